//! The fuzzer's program: the variable `BUYERWATCH_FUZZ` names what reads. `cargo xtask fuzz` builds it
//! with the marks that tell the driver which way the bytes went.

#![no_main]

use buyerwatch_fuzz::{TARGETS, Target};
use std::sync::OnceLock;

fn target() -> &'static Target {
    static TARGET: OnceLock<&Target> = OnceLock::new();
    TARGET.get_or_init(|| {
        let name = std::env::var("BUYERWATCH_FUZZ").unwrap_or_default();
        let named = TARGETS.iter().find(|target| target.name == name);
        named.unwrap_or_else(|| {
            eprintln!("BUYERWATCH_FUZZ names no target: {name:?}");
            std::process::exit(2)
        })
    })
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (target().read)(bytes));
