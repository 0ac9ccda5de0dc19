//! Storing, seeking in and checking a large evidence file, beside age alone.
//!
//! `cargo bench -p buyerwatch-vault --bench blobs -- [megabytes] [rounds]`
//!
//! Everything is on the disk of `BENCH_DIR`, and synced. When the programs `rage` or `age` are
//! installed, they encrypt the same file in the same run.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use buyerwatch_domain::{Person, PersonId, Role, Timestamp};
use buyerwatch_vault::{
    BlobId, Blobs, Folder, KdfCost, NewVault, OsEntropy, Passphrase, SecretString, Vault,
};
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;
use std::time::{Duration, Instant};

const MIB: usize = 1024 * 1024;

fn main() {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<u64>().ok());
    let megabytes = numbers.next().unwrap_or(4_000);
    let rounds = numbers.next().unwrap_or(2);
    let dir = tempfile::tempdir_in(std::env::var("BENCH_DIR").unwrap_or(".".into())).unwrap();
    let source = dir.path().join("source");
    make(&source, megabytes);
    let vault = vault(&dir.path().join("vault"));
    let blobs = vault.blobs();
    let identity = blobs.recovery_identity().unwrap();
    // A virtual machine is given its memory when it is first used: nobody's figure should pay for that.
    copied_once(&source, &dir.path().join("first.age"));
    println!("{megabytes} MB, each figure with the file synced to disk");
    let mut last = None;
    for _ in 0..rounds {
        let before = peak_megabytes();
        timed("stored: encrypted and hashed", megabytes, || {
            let mut file = File::open(&source).unwrap();
            let incoming = blobs.ingest(&mut file, &mut |_| ControlFlow::Continue(())).unwrap();
            let (sha256, bytes) = (incoming.sha256, incoming.bytes);
            last = Some((incoming.keep().unwrap().id(), sha256, bytes));
        });
        println!("  peak memory before {before} MB, after {} MB", peak_megabytes());
        alone(&source, &dir.path().join("alone.age"), &identity, megabytes);
        for program in ["rage", "age"] {
            installed(program, &source, &dir.path().join("program.age"), &identity, megabytes);
        }
    }
    let (id, sha256, bytes) = last.unwrap();
    seek(&blobs, id, bytes);
    readers(&blobs, id, bytes);
    verified(&blobs, &source, (id, sha256, bytes), megabytes);
}

/// Verifying beside reading alone, in turns: what a disk gives changes from one second to the next.
fn verified(blobs: &Blobs, source: &Path, stored: (BlobId, [u8; 32], u64), megabytes: u64) {
    let (id, sha256, bytes) = stored;
    let mut took = [const { Vec::new() }; 3];
    for _ in 0..5 {
        for (n, took) in (0..).zip(&mut took) {
            drop_caches();
            let start = Instant::now();
            match n {
                0 => read_alone(File::open(source).unwrap(), MIB),
                1 => read_alone(past_cache(source), 4 * MIB),
                _ => {
                    let damage = blobs
                        .verify(id, &sha256, bytes, &mut |_| ControlFlow::Continue(()))
                        .unwrap();
                    assert_eq!(damage, None);
                }
            }
            took.push(start.elapsed().as_secs_f64());
        }
    }
    let speeds = took.map(|mut took| {
        took.sort_by(f64::total_cmp);
        [took[4], took[2], took[0]].map(|took| megabytes as f64 / 1e3 / took)
    });
    let [alone, past, verified] = speeds;
    println!("cold cache, slowest, median and fastest of five, in GB/s");
    for (what, speed) in
        [("read alone", alone), ("read past the cache", past), ("verified", verified)]
    {
        let [slowest, median, fastest] = speed;
        let share = 100.0 * verified[1] / median;
        println!(
            "{what:<32} {slowest:.2} {median:.2} {fastest:.2}  verified at {share:.0} % of it"
        );
    }
}

fn read_alone(mut file: File, at_a_time: usize) {
    let mut memory = vec![0; at_a_time + 4096];
    let start = memory.as_ptr().align_offset(4096);
    let buffer = &mut memory[start..start + at_a_time];
    while file.read(buffer).unwrap() > 0 {}
}

/// The file past the cache, where the system has that.
fn past_cache(path: &Path) -> File {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        if let Ok(file) = File::options().read(true).custom_flags(libc::O_DIRECT).open(path) {
            return file;
        }
    }
    File::open(path).unwrap()
}

/// Copies the file once and throws the copy away.
fn copied_once(source: &Path, to: &Path) {
    std::io::copy(&mut File::open(source).unwrap(), &mut File::create(to).unwrap()).unwrap();
    std::fs::remove_file(to).unwrap();
}

/// Bytes that no disk compresses.
fn make(path: &Path, megabytes: u64) {
    let mut random = blake3::Hasher::new().update(b"seed 1").finalize_xof();
    let mut file = File::create(path).unwrap();
    let mut buffer = vec![0; 1_000_000];
    for _ in 0..megabytes {
        random.fill(&mut buffer);
        file.write_all(&buffer).unwrap();
    }
    file.sync_all().unwrap();
}

fn vault(path: &Path) -> Vault {
    let new = NewVault {
        kdf: KdfCost::Calibrated,
        person: Person {
            id: PersonId::from_bytes([1; 16]),
            name: "Bench".to_owned(),
            role: Role::Owner,
        },
        criteria: Vec::new(),
        at: Timestamp::from_millis(1_790_000_000_000),
    };
    let passphrase = Passphrase::new("plum lantern orbit canvas".to_owned());
    Vault::create(&Folder::at(path), &passphrase, new, &mut OsEntropy).unwrap().0
}

fn timed(what: &str, megabytes: u64, work: impl FnOnce()) {
    let (start, before) = (Instant::now(), cpu());
    work();
    let (took, used) = (start.elapsed().as_secs_f64(), cpu() - before);
    let speed = megabytes as f64 / 1e3 / took;
    println!("{what:<32} {speed:>5.2} GB/s  {took:.2} s, {used:.2} s of CPU");
}

/// Seconds of CPU that this process and the programs it started took; zero where the system does
/// not tell.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(11).take(4).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn recipient(identity: &SecretString) -> age::x25519::Recipient {
    use buyerwatch_vault::ExposeSecret;
    age::x25519::Identity::from_str(identity.expose_secret()).unwrap().to_public()
}

/// The library alone, in the way that `rage` uses it.
fn alone(source: &Path, to: &Path, identity: &SecretString, megabytes: u64) {
    let recipient = recipient(identity);
    timed("age library alone", megabytes, || {
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(recipients).unwrap();
        let mut sealed = encryptor.wrap_output(File::create(to).unwrap()).unwrap();
        std::io::copy(&mut BufReader::new(File::open(source).unwrap()), &mut sealed).unwrap();
        sealed.finish().unwrap().sync_all().unwrap();
    });
    std::fs::remove_file(to).unwrap();
}

/// A public program, when it is there.
fn installed(program: &str, source: &Path, to: &Path, identity: &SecretString, megabytes: u64) {
    if Command::new(program).arg("--version").output().is_err() {
        return;
    }
    let recipient = recipient(identity).to_string();
    timed(&format!("the program {program}"), megabytes, || {
        let mut command = Command::new(program);
        let done = command.args(["-r", &recipient, "-o"]).arg(to).arg(source).status().unwrap();
        assert!(done.success());
        File::options().write(true).open(to).unwrap().sync_all().unwrap();
    });
    std::fs::remove_file(to).unwrap();
}

fn seek(blobs: &Blobs, id: BlobId, bytes: u64) {
    for (what, again) in [("opened once", false), ("opened each time", true)] {
        for cache in ["cold", "warm"] {
            let mut buffer = vec![0; MIB];
            let mut reader = blobs.open(id).unwrap();
            let mut took: Vec<Duration> = (0..400_u64)
                .map(|n| {
                    if cache == "cold" && n % 20 == 0 {
                        drop_caches();
                    }
                    let place = mix(n) % (bytes - MIB as u64);
                    let start = Instant::now();
                    if again {
                        reader = blobs.open(id).unwrap();
                    }
                    assert_eq!(reader.read_at(place, &mut buffer).unwrap(), MIB);
                    start.elapsed()
                })
                .collect();
            took.sort_unstable();
            println!(
                "1 MiB anywhere, {what}, {cache} cache: median {:.1?}, p95 {:.1?}, worst {:.1?}",
                took[200], took[380], took[399]
            );
        }
    }
}

fn readers(blobs: &Blobs, id: BlobId, bytes: u64) {
    let before = resident_kilobytes();
    let mut readers: Vec<_> = (0..100).map(|_| blobs.open(id).unwrap()).collect();
    let mut buffer = vec![0; 1000];
    for (n, reader) in (0..).zip(&mut readers) {
        reader.read_at(mix(n) % (bytes - 1000), &mut buffer).unwrap();
    }
    let more = resident_kilobytes().saturating_sub(before);
    println!("100 readers keep {:.1} MB", more as f64 / 1e3);
    drop(readers);
    // Each on a thread of its own, a mebibyte in pieces as a player takes it, all at the same time.
    let forgotten = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = resident_kilobytes();
    let together = std::sync::Barrier::new(100);
    std::thread::scope(|scope| {
        for n in 0..100 {
            let together = &together;
            scope.spawn(move || {
                let mut reader = blobs.open(id).unwrap();
                let mut piece = vec![0; 64 * 1024];
                together.wait();
                let place = mix(n) % (bytes - MIB as u64);
                for at in (0..MIB as u64).step_by(piece.len()) {
                    assert_eq!(reader.read_at(place + at, &mut piece).unwrap(), piece.len());
                }
                together.wait();
            });
        }
    });
    if forgotten {
        let more = status("VmHWM:").saturating_sub(before);
        println!(
            "100 threads that read 1 MiB each at the same time: {:.1} MB more",
            more as f64 / 1e3
        );
    }
}

/// Whether the next reads come from the disk. Takes an administrator, on Linux.
fn drop_caches() -> bool {
    std::fs::write("/proc/sys/vm/drop_caches", "3").is_ok()
}

fn status(field: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}

fn peak_megabytes() -> u64 {
    status("VmHWM:") / 1024
}

fn resident_kilobytes() -> u64 {
    status("VmRSS:")
}

fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
