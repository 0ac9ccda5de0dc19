//! `cargo xtask run`: from a clone to the open application.

use crate::Outcome;
use crate::shell::{built, cargo, command, must, say};
use crate::{setup, shell};

/// Builds the product and opens it; without a display, runs its main job in the terminal.
pub fn run(arguments: &[String]) -> Outcome {
    let mut own = arguments;
    let mut passed: &[String] = &[];
    if let Some(at) = arguments.iter().position(|word| word == "--") {
        (own, passed) = (&arguments[..at], &arguments[at + 1..]);
    }
    let release = own.iter().any(|word| word == "--release");
    if let Some(unknown) = own.iter().find(|word| *word != "--release") {
        return Err(format!("`run` does not know {unknown:?}; arguments follow `--`"));
    }
    let profile: &[&str] = if release { &["--release"] } else { &[] };

    if setup::has_display() {
        setup::for_desktop()?;
        say("Building Buyerwatch");
        must(
            cargo()
                .args(["build", "--package", "buyerwatch-desktop", "--bin", "buyerwatch"])
                .args(["--features", "custom-protocol"])
                .args(profile),
        )?;
        say("Opening Buyerwatch");
        return must(command(built(release, "buyerwatch")).args(passed));
    }

    say("No display here: the same job in the terminal, on sample data");
    setup::for_terminal()?;
    must(cargo().args(["build", "--package", "buyerwatch-cli"]).args(profile))?;
    let mut demo = shell::command(built(release, "bwatch"));
    must(demo.arg("demo").args(passed))
}
