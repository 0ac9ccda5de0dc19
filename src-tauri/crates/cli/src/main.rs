//! `bwatch`: every use case of Buyerwatch without a window.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

mod answer;
mod args;
mod commands;
mod failure;
mod help;
mod host;
mod passphrase;
mod progress;
mod table;
mod unusable;
mod when;

use answer::Answer;
use args::{Cli, Command, Lang};
use clap::FromArgMatches as _;
use failure::Failure;
use serde_json::{Value, json};
use std::{ffi::OsString, io::Write as _, process::ExitCode};

fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let matches = help::command(&typed).get_matches_from(&typed);
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let (json, asked) = (cli.global.json, cli.global.lang);
    if let Command::Completions { shell } = cli.command {
        let mut command = help::command(&typed);
        clap_complete::generate(shell, &mut command, "bwatch", &mut std::io::stdout());
        return ExitCode::SUCCESS;
    }
    match commands::place(cli.global) {
        Ok(place) => {
            let done = commands::run(&place, cli.command);
            report(done, json, place.lang)
        }
        Err(failure) => report(Err(failure), json, asked.unwrap_or_else(|| help::asked(&typed))),
    }
}

/// Prints what a command came to.
fn report(done: commands::Done, json: bool, lang: Lang) -> ExitCode {
    let (printed, ok) = match done {
        Ok(answer) => (print(&answer, json), answer.ok),
        Err(failure) => (refuse(&failure, json, lang), false),
    };
    match printed {
        Ok(()) if ok => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn print(answer: &Answer, json: bool) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if !json {
        out.write_all(answer.text.as_bytes())?;
    } else if answer.json != Value::Null {
        writeln!(out, "{}", answer.json)?;
    }
    out.flush()
}

fn refuse(failure: &Failure, json: bool, lang: Lang) -> std::io::Result<()> {
    if json {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", json!({ "error": failure.json(lang) }))?;
        return out.flush();
    }
    let mut out = std::io::stderr().lock();
    writeln!(out, "bwatch: {}", table::plain(&failure.text(lang)))
}
