//! `cargo xtask`: the commands that build, run, test and measure Buyerwatch.
//!
//! The two that everyone needs are `run` and `test`; both set up whatever is missing first.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![allow(clippy::print_stdout, reason = "a program that talks to a person in a terminal")]

mod bench;
mod bundle;
mod check;
mod fuzz;
mod icons;
mod rules;
mod run;
mod setup;
mod shell;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run [--release] [-- ARGUMENTS]  set up whatever is missing, build, and open Buyerwatch;
                                  without a display the same job runs in the terminal on sample data
  test [FILTER]                   set up whatever is missing and run every test
  check                           formatting, lints, types, generated bindings, dependency rules
  bench [import|evidence|mailbox|matching|startup]
                                  measure; prints Markdown tables
  bench matching --scale          up to a million listed and a million orders, and hostile values
  fuzz [TARGET…] [--seconds N]    feed every parser made-up bytes, each for N seconds (600)
  bundle                          make the installer for this system
  icons                           render icons/*.svg to all sizes
  setup                           only install what the other commands need
  fix                             format everything and regenerate the bindings
";

/// Why a command stopped; the text is for the person at the terminal.
pub type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match command.as_str() {
        "run" => run::run(&rest),
        "test" => test::test(&rest),
        "check" => check::check(),
        "fix" => check::fix(),
        "bench" => bench::bench(&rest),
        "fuzz" => fuzz::fuzz(&rest),
        "bundle" => bundle::bundle(&rest),
        "icons" => icons::icons(),
        "setup" => setup::everything(),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => Err(format!("there is no command {other:?}\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}
