use super::*;
use std::io::{self, ErrorKind, Write};

/// Gives a few bytes at a time, is interrupted now and then, and fails at the end if asked to.
struct Slow<'a>(&'a [u8], usize, Option<ErrorKind>);

impl Read for Slow<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.1 += 1;
        if self.1.is_multiple_of(5) {
            return Err(ErrorKind::Interrupted.into());
        }
        let len = self.0.len().min(to.len()).min(self.1 % 3_000);
        match self.2 {
            Some(kind) if self.0.is_empty() => Err(kind.into()),
            _ => self.0.split_off(..len).unwrap_or_default().read(to),
        }
    }
}

#[test]
fn length_hash_and_beginning_are_told() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    for len in [0, 1, 8_191, 8_192, 8_193, 1024 * 1024, 9_000_000] {
        let bytes = content(5, len);
        let incoming = take_in(&blobs, &bytes);
        assert_eq!(incoming.bytes, len as u64);
        assert_eq!(incoming.sha256, sha256(&bytes));
        assert!(incoming.head == bytes[..len.min(8_192)]);
        let id = incoming.id;
        assert!(!blobs.exists(id).unwrap(), "it does not count yet");
        assert_eq!(incoming.keep().unwrap().id(), id);
        assert_eq!(check(&blobs, id, &bytes), None);
    }
}

#[test]
fn a_source_that_gives_little_at_a_time_is_stored_whole() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let bytes = content(6, 2_500_000);
    let mut told = Vec::new();
    let mut source = Slow(&bytes, 0, None);
    let incoming = blobs
        .ingest(&mut source, &mut |so_far| {
            told.push(so_far);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(told.is_sorted() && told.last() == Some(&2_500_000), "progress goes forward");
    let id = incoming.keep().unwrap().id();
    assert_eq!(check(&blobs, id, &bytes), None);
}

#[test]
fn one_that_is_cancelled_or_fails_or_is_dropped_leaves_nothing() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let bytes = content(6, 10_000_000);
    for limit in [1, 3_000_000, 9_999_999] {
        let mut until = |so_far| {
            if so_far >= limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let cancelled = blobs.ingest(&mut &bytes[..], &mut until).unwrap_err();
        assert_eq!(cancelled, BlobError::Cancelled);
        assert_eq!(left_behind(&blobs).len(), 0);
    }
    let mut source = Slow(&bytes, 0, Some(ErrorKind::ConnectionReset));
    let failed = blobs.ingest(&mut source, &mut go).unwrap_err();
    assert_eq!(failed, BlobError::Source(ErrorKind::ConnectionReset));
    drop(take_in(&blobs, &bytes));
    assert_eq!(left_behind(&blobs).len(), 0);
    let swept = blobs.sweep(&|_| Some(false)).unwrap();
    assert_eq!(swept, Swept::default(), "nobody keeps the lock either");
}

/// Gives the same byte for ever, a MiB at a time, and says how much it gave.
struct Endless<'a>(&'a std::sync::atomic::AtomicU64);

impl Read for Endless<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        to.fill(7);
        self.0.fetch_add(to.len() as u64, std::sync::atomic::Ordering::SeqCst);
        Ok(to.len())
    }
}

#[test]
fn locking_ends_what_is_being_stored_or_checked_within_a_few_megabytes() {
    use std::sync::atomic::{AtomicU64, Ordering};
    const MIB: u64 = 1024 * 1024;
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let (given, checked) = (AtomicU64::new(0), AtomicU64::new(0));
    let large = content(7, 40 * 1024 * 1024);
    let id = store(&blobs, &large);
    std::thread::scope(|scope| {
        let storing = scope.spawn(|| blobs.ingest(&mut Endless(&given), &mut go).unwrap_err());
        let checking = scope.spawn(|| {
            loop {
                let verified = blobs.verify(id, &sha256(&large), large.len() as u64, &mut |_| {
                    checked.fetch_add(1, Ordering::SeqCst);
                    ControlFlow::Continue(())
                });
                match verified {
                    Ok(damage) => assert_eq!(damage, None),
                    Err(error) => return error,
                }
            }
        });
        while given.load(Ordering::SeqCst) < 4 * MIB || checked.load(Ordering::SeqCst) < 4 {
            std::thread::yield_now();
        }
        drop(fresh.vault);
        let when_locked = given.load(Ordering::SeqCst);
        assert_eq!(storing.join().unwrap(), BlobError::Closed);
        assert_eq!(checking.join().unwrap(), BlobError::Closed);
        let after = given.load(Ordering::SeqCst) - when_locked;
        assert!(after <= 4 * MIB, "{after} bytes were read after the lock");
    });
    let left = left_behind(&blobs);
    assert_eq!(left, [blobs.path(id)], "nothing half done is left");
}

/// Passes on so many bytes, then fails.
struct Full<W>(W, usize, ErrorKind);

impl<W: Write> Write for Full<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.1 == 0 {
            return Err(self.2.into());
        }
        let written = self.0.write(&bytes[..bytes.len().min(self.1)])?;
        self.1 -= written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[test]
fn a_disk_that_is_full_at_any_byte_is_named_and_nothing_is_left() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let bytes = content(7, 3_000_000);
    for room in [0, 1, 100, 500, 65_000, 1_000_000, 2_999_999] {
        for (kind, error) in [
            (ErrorKind::StorageFull, BlobError::DiskFull),
            (ErrorKind::QuotaExceeded, BlobError::DiskFull),
            (ErrorKind::ReadOnlyFilesystem, BlobError::ReadOnly),
            (ErrorKind::InvalidInput, BlobError::File(ErrorKind::InvalidInput)),
        ] {
            let through = |file| Full(file, room, kind);
            let failed = blobs.ingest_through(&mut &bytes[..], &mut go, through).unwrap_err();
            assert_eq!(failed, error, "room for {room}");
            assert_eq!(left_behind(&blobs).len(), 0);
        }
    }
    let through = |file| Full(file, 4_000_000, ErrorKind::StorageFull);
    blobs.ingest_through(&mut &bytes[..], &mut go, through).unwrap().keep().map(drop).unwrap();
}

#[test]
fn one_that_cannot_be_kept_leaves_nothing() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let incoming = take_in(&blobs, b"in the way");
    // A file where the folder should be.
    std::fs::write(blobs.shard(incoming.id).path(), "").unwrap();
    assert!(matches!(incoming.keep().unwrap_err(), BlobError::File(_)));
    assert_eq!(left_behind(&blobs).len(), 1, "only what was in the way");
}

#[test]
fn many_are_stored_at_once() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    std::thread::scope(|scope| {
        for n in 0..8 {
            let blobs = &blobs;
            scope.spawn(move || {
                let bytes = content(n, 2_000_000);
                let id = store(blobs, &bytes);
                assert_eq!(check(blobs, id, &bytes), None);
            });
        }
    });
    assert_eq!(blobs.list().unwrap().len(), 8);
}

/// The real thing, where a small disk can be mounted.
#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_fills_up_and_recovers() {
    struct Mounted<'a>(&'a Path);
    impl Drop for Mounted<'_> {
        fn drop(&mut self) {
            let _ = std::process::Command::new("umount").arg(self.0).status();
        }
    }
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let kept = store(&blobs, &content(1, 100));
    let mount = blobs.incoming();
    std::fs::create_dir_all(mount.path()).unwrap();
    let mut command = std::process::Command::new("mount");
    command.args(["-t", "tmpfs", "-o", "size=4m", "buyerwatch-test"]).arg(mount.path());
    if !command.output().is_ok_and(|done| done.status.success()) {
        return;
    }
    let _mounted = Mounted(mount.path());
    for round in 0..3 {
        let full = blobs.ingest(&mut &content(8, 6_000_000)[..], &mut go).unwrap_err();
        assert_eq!(full, BlobError::DiskFull);
        assert_eq!(left_behind(&blobs).len(), 1);
        assert_eq!(check(&blobs, kept, &content(1, 100)), None, "reading goes on");
        drop(take_in(&blobs, &content(round, 3_000_000)));
    }
}
