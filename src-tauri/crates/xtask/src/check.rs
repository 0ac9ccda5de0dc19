//! `cargo xtask check`: everything that can be judged without running the product.

use crate::Outcome;
use crate::shell::{built, cargo, command, must, npm, say};
use crate::{rules, setup};

/// One feature set for every build of the checks and tests, so that nothing is compiled twice. The
/// tests play on the window that is shipped, hence the embedded one.
pub const FEATURES: [&str; 2] = ["--features", "buyerwatch-desktop/custom-protocol"];

/// Every package but this one: a running program cannot be replaced on Windows.
pub const PACKAGES: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// Runs all checks; stops at the first that fails.
pub fn check() -> Outcome {
    setup::for_tests()?;

    say("Dependency and security rules");
    let broken = rules::all()?;
    if !broken.is_empty() {
        return Err(format!("rules are broken:\n  - {}", broken.join("\n  - ")));
    }

    say("Formatting");
    must(cargo().args(["fmt", "--all", "--check"]))?;

    say("Lints");
    let deny = ["--", "-D", "warnings"];
    must(cargo().args(["clippy", "--workspace", "--all-targets"]).args(FEATURES).args(deny))?;

    say("The window: lints and types");
    must(npm().args(["run", "lint"]))?;
    must(npm().args(["run", "check"]))?;

    say("Generated bindings");
    bindings(&["--check"])
}

/// Formats all sources and writes the generated files anew.
pub fn fix() -> Outcome {
    setup::for_desktop()?;
    must(cargo().args(["fmt", "--all"]))?;
    bindings(&[])?;
    must(npm().args(["run", "format"]))
}

/// Builds every program, example and test of the workspace.
pub fn build_all() -> Outcome {
    let targets = ["--bins", "--examples", "--tests"];
    must(cargo().arg("build").args(PACKAGES).args(targets).args(FEATURES))
}

fn bindings(arguments: &[&str]) -> Outcome {
    build_all()?;
    must(command(built(false, "examples/bindings")).args(arguments))
}
