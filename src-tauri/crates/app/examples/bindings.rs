//! Writes the window's TypeScript module; with `--check` says whether it is up to date.

use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/lib/api/generated.ts");
    let text = buyerwatch_app::bindings::typescript();
    if std::env::args().any(|argument| argument == "--check") {
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        if written.replace("\r\n", "\n") == text {
            return ExitCode::SUCCESS;
        }
        eprintln!("the bindings are out of date: cargo run -p buyerwatch-app --example bindings");
        return ExitCode::FAILURE;
    }
    match std::fs::write(&path, text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the bindings cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
