//! `cargo xtask bench`: figures on this machine, printed as Markdown tables.

use crate::Outcome;
use crate::setup;
use crate::shell::{cargo, must, say};

/// Runs the benchmarks that are named, or all.
pub fn bench(names: &[String]) -> Outcome {
    let all = ["import", "startup"];
    if let Some(unknown) = names.iter().find(|name| !all.contains(&name.as_str())) {
        return Err(format!("there is no benchmark {unknown:?}; there are {}", all.join(", ")));
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|asked| asked == name);
    if wanted("import") {
        setup::for_terminal()?;
        say("Import");
        must(cargo().args(["build", "--release", "--package", "buyerwatch-cli"]))?;
        must(cargo().args(["bench", "--package", "buyerwatch-tests", "--bench", "import"]))?;
    }
    if wanted("startup") {
        setup::for_tests()?;
        say("Start-up");
        must(cargo().args(["build", "--release", "--package", "buyerwatch-desktop"]).args([
            "--bins",
            "--examples",
            "--features",
            "custom-protocol",
        ]))?;
        must(cargo().args(["bench", "--package", "buyerwatch-tests", "--bench", "startup"]))?;
    }
    Ok(())
}
