//! `cargo xtask test`: every test there is.

use crate::Outcome;
use crate::check::{FEATURES, PACKAGES, build_all};
use crate::setup;
use crate::shell::{cargo, must, npm, say};

/// Sets up what is missing and runs the window's unit tests, the crates' tests, the journeys
/// through the real window and the fault tests. A filter narrows the Rust tests.
pub fn test(filter: &[String]) -> Outcome {
    setup::for_tests()?;

    say("Building everything that the tests start");
    build_all()?;

    say("The window's unit tests");
    let window = must(npm().args(["test"]));

    say("Rust tests, journeys and faults");
    let rust =
        must(cargo().args(["test", "--no-fail-fast"]).args(PACKAGES).args(FEATURES).args(filter));
    let own = must(cargo().args(["test", "--package", "xtask"]).args(filter));
    window.and(rust).and(own)
}
