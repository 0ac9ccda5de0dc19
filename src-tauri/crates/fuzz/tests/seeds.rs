//! Every seed is read, and what once broke something does not break it again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use buyerwatch_fuzz::TARGETS;
use buyerwatch_mailbox::{Content, Trouble, fuzz::visit};
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

/// The seeds of the mailbox lead through it: answers out of step with the questions would end at once.
#[test]
fn the_seeds_of_the_mailbox_come_as_far_as_they_should() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/mailbox");
    for (name, trouble, whole, withheld) in [
        ("whole.txt", None, 2, 0),
        ("empty.txt", None, 0, 0),
        ("refused.txt", None, 1, 1),
        ("silent.txt", None, 1, 1),
        ("busy.txt", Some(Trouble::Busy), 0, 0),
        ("no-next.txt", None, 0, 0),
        ("id.txt", Some(Trouble::Folder), 0, 0),
        ("password.txt", Some(Trouble::Password), 0, 0),
        ("bye.txt", Some(Trouble::Busy), 0, 0),
    ] {
        let visited = visit(&std::fs::read(seeds.join(name)).unwrap());
        let letters = || visited.taken.iter().flat_map(|(letters, _)| letters);
        let count = |what: fn(&Content) -> bool| letters().filter(|of| what(&of.content)).count();
        let came =
            (count(|of| matches!(of, Content::Whole(_))), count(|of| *of == Content::Withheld));
        assert_eq!((visited.trouble, came), (trouble, (whole, withheld)), "{name}");
    }
}
