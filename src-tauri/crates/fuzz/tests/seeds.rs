//! Every seed is read, and what once broke something does not break it again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use buyerwatch_fuzz::TARGETS;
use std::path::Path;

#[test]
fn every_target_reads_its_seeds() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for target in TARGETS {
        let mut read = 0;
        for file in std::fs::read_dir(seeds.join(target.name)).expect(target.name) {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            (target.read)(&bytes);
            read += 1;
        }
        assert!(read > 0, "{} has no seed", target.name);
    }
}
