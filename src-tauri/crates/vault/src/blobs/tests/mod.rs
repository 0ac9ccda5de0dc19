mod crash;
mod damage;
mod format;
mod ingest;
mod sweep;

use super::*;
use crate::testing::{Fresh, fresh};
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

/// The same bytes for the same seed.
fn content(seed: u64, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof().fill(&mut bytes);
    bytes
}

/// Numbers in no order, the same in each run.
struct Draw(blake3::OutputReader);

impl Draw {
    fn new(seed: &str) -> Self {
        Self(blake3::Hasher::new().update(seed.as_bytes()).finalize_xof())
    }

    fn below(&mut self, limit: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) >> 1).unwrap() % limit
    }
}

fn go(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn take_in(blobs: &Blobs, mut bytes: &[u8]) -> Incoming {
    blobs.ingest(&mut bytes, &mut go).unwrap()
}

fn store(blobs: &Blobs, bytes: &[u8]) -> BlobId {
    let kept = take_in(blobs, bytes).keep().unwrap();
    let id = kept.id();
    kept.recorded();
    id
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).into()
}

fn check(blobs: &Blobs, id: BlobId, bytes: &[u8]) -> Option<Damage> {
    let len = u64::try_from(bytes.len()).unwrap();
    blobs.verify(id, &sha256(bytes), len, &mut go).unwrap()
}

/// Where the encrypted content of a file begins.
fn payload(blobs: &Blobs, id: BlobId) -> usize {
    identity::payload(&mut std::fs::File::open(blobs.path(id)).unwrap()).unwrap()
}

/// Files that hold content, with or without a final name.
fn stored(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(stored(&entry.path()));
        } else if entry.file_name() != "lock" && entry.file_name() != "identity.age" {
            found.push(entry.path());
        }
    }
    found
}

fn left_behind(blobs: &Blobs) -> Vec<std::path::PathBuf> {
    stored(blobs.0.folder.path())
}

#[test]
fn what_was_stored_is_read_from_anywhere() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    for len in [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000] {
        let bytes = content(1, len);
        let id = store(&blobs, &bytes);
        let mut reader = blobs.open(id).unwrap();
        assert_eq!(reader.len(), len as u64);
        assert_eq!(reader.is_empty(), len == 0);
        let mut model = std::io::Cursor::new(&bytes);
        let mut draw = Draw::new("seek");
        for step in 0..200 {
            let by = i64::try_from(draw.below(len * 2 + 10)).unwrap() - len as i64;
            let to = match step % 3 {
                0 => SeekFrom::Start(draw.below(len + 100) as u64),
                1 => SeekFrom::End(by),
                _ => SeekFrom::Current(by),
            };
            assert_eq!(reader.seek(to).ok(), model.seek(to).ok(), "{len}, {to:?}");
            let mut want = vec![0; draw.below(100_000)];
            let mut got = want.clone();
            let read = model.read(&mut want).unwrap();
            let at = reader.stream_position().unwrap();
            assert_eq!(reader.read_at(at, &mut got).unwrap(), read, "{len}, {to:?}");
            assert!(got == want, "{len}, {to:?}");
        }
        let mut whole = Vec::new();
        reader.rewind().unwrap();
        reader.read_to_end(&mut whole).unwrap();
        assert!(whole == bytes, "{len}");
    }
}

#[test]
fn files_are_listed_and_removed() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    assert_eq!(blobs.list().unwrap(), []);
    let mut ids: Vec<BlobId> = (0..20).map(|n| store(&blobs, &content(n, 10))).collect();
    ids.sort_unstable();
    let strange = blobs.0.folder.path().join("zz");
    std::fs::create_dir(&strange).unwrap();
    std::fs::write(strange.join(format!("{}.age", ids[0])), "in the wrong folder").unwrap();
    std::fs::write(blobs.0.folder.path().join("ab"), "no folder").unwrap_or_default();
    assert_eq!(blobs.list().unwrap(), ids);
    for id in &ids {
        assert!(blobs.exists(*id).unwrap());
        blobs.remove(*id).unwrap();
        blobs.remove(*id).unwrap();
        assert!(!blobs.exists(*id).unwrap());
        assert_eq!(blobs.open(*id).unwrap_err(), BlobError::Missing);
    }
    assert_eq!(blobs.list().unwrap(), []);
}

#[test]
fn whoever_reads_a_file_that_is_removed_may_read_on() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let bytes = content(1, 200_000);
    let id = store(&blobs, &bytes);
    let mut reader = blobs.open(id).unwrap();
    blobs.remove(id).unwrap();
    let mut got = vec![0; 1000];
    assert_eq!(reader.read_at(150_000, &mut got).unwrap(), 1000);
    assert_eq!(got, bytes[150_000..151_000]);
}

#[test]
fn a_hundred_read_at_once() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let bytes = content(1, 1_000_000);
    let id = store(&blobs, &bytes);
    std::thread::scope(|scope| {
        for n in 0..100 {
            let (blobs, bytes) = (&blobs, &bytes);
            scope.spawn(move || {
                let mut reader = blobs.open(id).unwrap();
                let mut draw = Draw::new(&format!("reader {n}"));
                for _ in 0..5 {
                    let (at, mut got) = (draw.below(900_000), vec![0; 50_000]);
                    assert_eq!(reader.read_at(at as u64, &mut got).unwrap(), got.len());
                    assert!(got == bytes[at..at + 50_000]);
                }
            });
        }
    });
    drop(blobs.open(id).unwrap());
    assert_eq!(lock(&blobs.0.open).as_ref().unwrap().readers.len(), 1, "the others are forgotten");
}

#[test]
fn once_the_vault_is_closed_everything_is_refused() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let id = store(&blobs, &content(1, 200_000));
    let mut reader = blobs.open(id).unwrap();
    let mut byte = [0];
    reader.read_exact(&mut byte).unwrap();
    let incoming = take_in(&blobs, b"not kept yet");
    let (_dir, _folder) = fresh.close();

    let refused = reader.read(&mut byte).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::PermissionDenied);
    assert_eq!(BlobError::from(refused), BlobError::Closed);
    assert_eq!(reader.read_at(0, &mut byte).unwrap_err(), BlobError::Closed);
    assert_eq!(reader.read_at(u64::MAX, &mut byte).unwrap_err(), BlobError::Closed);
    assert!(reader.seek(SeekFrom::Start(0)).is_err());
    assert!(lock(&reader.slot).is_none(), "key and file are gone");
    assert_eq!(incoming.keep().unwrap_err(), BlobError::Closed);
    assert_eq!(left_behind(&blobs).len(), 1);

    let closed = Err(BlobError::Closed);
    assert_eq!(blobs.exists(id), closed);
    assert_eq!(blobs.remove(id), Err(BlobError::Closed));
    assert_eq!(blobs.list(), Err(BlobError::Closed));
    assert_eq!(blobs.sweep(&|_| Some(false)), Err(BlobError::Closed));
    assert_eq!(blobs.verify(id, &[0; 32], 1, &mut go), Err(BlobError::Closed));
    assert_eq!(blobs.open(id).unwrap_err(), BlobError::Closed);
    assert_eq!(blobs.ingest(&mut &b"more"[..], &mut go).unwrap_err(), BlobError::Closed);
    assert!(blobs.recovery_identity().is_err());
    assert_eq!(left_behind(&blobs).len(), 1, "nothing was removed either");
}

#[test]
fn a_vault_that_closes_while_others_read_and_store_stops_them() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let id = store(&blobs, &content(1, 3_000_000));
    let (say, started) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let (blobs, say) = (&blobs, say.clone());
            scope.spawn(move || {
                let mut reader = blobs.open(id).unwrap();
                let mut buffer = vec![0; 100_000];
                say.send(()).unwrap();
                let refused = loop {
                    if let Err(error) = reader.read_at(0, &mut buffer) {
                        break error;
                    }
                };
                assert_eq!(refused, BlobError::Closed);
            });
        }
        let (blobs, say) = (&blobs, say.clone());
        scope.spawn(move || {
            let mut endless = std::io::repeat(7);
            say.send(()).unwrap();
            assert_eq!(blobs.ingest(&mut endless, &mut go).unwrap_err(), BlobError::Closed);
        });
        (0..5).for_each(|_| started.recv().unwrap());
        fresh.vault.close();
    });
    assert_eq!(left_behind(&blobs).len(), 1);
}

#[test]
fn secrets_print_as_stars() {
    let Fresh { vault, .. } = &fresh();
    let blobs = vault.blobs();
    let secret = blobs.recovery_identity().unwrap();
    let shown = format!("{blobs:?} {secret:?} {vault:?}");
    assert!(shown.contains("Identity(***)"));
    assert!(!shown.contains("AGE-SECRET"), "{shown}");
    assert!(secret.expose_secret().starts_with("AGE-SECRET-KEY-1"));
}
