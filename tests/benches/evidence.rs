//! How long a file of 4 GB takes to become evidence, through the window and through the command line,
//! beside the public programs `age` and `rage`, which only encrypt it; and how fast what is stored is
//! verified, beside reading it past all caches.
//!
//! All take turns on the same file and the same disk, and each figure ends when the result is on the
//! disk. The product's also hold unlocking or the drag, hashing, and the journal entry.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The evidence benchmark drags a file onto a real window and runs on Linux only.");
}

#[cfg(target_os = "linux")]
fn main() {
    linux::measure();
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::{self, File};
    use std::io::{Seek as _, Write as _};
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
    use std::time::{Duration, Instant};

    use buyerwatch_tests::bwatch::{Bwatch, PASSPHRASE};
    use buyerwatch_tests::desktop::Desktop;
    use buyerwatch_tests::stage::Stage;
    use buyerwatch_tests::{program, program_dir};

    const MEGABYTE: usize = 1_000_000;

    /// Seconds and peak kibibytes of one round.
    type Figure = (f64, u64);
    /// One way to do it, with its name.
    type Way<'a> = (&'a str, &'a dyn Fn() -> Figure);

    pub fn measure() {
        let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<usize>().ok());
        let megabytes = number("BUYERWATCH_MEGABYTES").unwrap_or(4_000);
        let rounds = number("BUYERWATCH_ROUNDS").unwrap_or(3);
        let folder = tempfile::tempdir_in(program_dir()).unwrap();
        let source = folder.path().join("packing table.bin");
        make(&source, megabytes);
        let key = folder.path().join("recipient");
        let recipient = recipient(&key);
        let ways: [Way<'_>; 4] = [
            ("Dropped on the window", &|| window(&source)),
            ("`bwatch evidence add`, unlocking included", &|| terminal(&source)),
            ("`age`, encrypting alone", &|| public("age", &source, &recipient)),
            ("`rage`, encrypting alone", &|| public("rage", &source, &recipient)),
        ];
        let mut all: Vec<(&str, Vec<Figure>)> = Vec::new();
        for round in 0..rounds {
            for (name, way) in ways {
                let alone = name.strip_prefix('`').and_then(|name| name.split('`').next());
                if alone.is_some_and(|name| name.ends_with("age") && !installed(name)) {
                    continue;
                }
                // Nothing may be recognised as stored already.
                mark(&source, round as u64);
                let figure = way();
                eprintln!("{name}: {:.2} s", figure.0);
                match all.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, series)) => series.push(figure),
                    None => all.push((name, vec![figure])),
                }
            }
        }
        println!("\n{megabytes} MB, {rounds} rounds in turns, until it is on the disk\n");
        println!("| Way | Seconds of each round | Median | Peak memory |");
        println!("| --- | --- | ---: | ---: |");
        for (name, series) in all {
            let seconds: Vec<String> =
                series.iter().map(|(seconds, _)| format!("{seconds:.1}")).collect();
            let peak = series.iter().map(|(_, kib)| *kib).max().unwrap_or_default();
            let mut sorted: Vec<f64> = series.iter().map(|(seconds, _)| *seconds).collect();
            sorted.sort_by(f64::total_cmp);
            let median = sorted[sorted.len() / 2];
            let peak = peak * 1024 / 1_000_000;
            println!("| {name} | {} | {median:.1} | {peak} MB |", seconds.join(", "));
        }
        println!("\nMemory of the window: beyond what it held before the drop.");
        parts(&source, megabytes);
        fs::remove_file(source).unwrap();
        verification(folder.path(), megabytes, rounds);
    }

    /// Parts of the stored file, as the page of the window gets them: one after the other, and a hundred
    /// at the same time.
    fn parts(source: &Path, megabytes: usize) {
        let stage = Stage::new();
        let bwatch = Bwatch::with_vault_at(&stage.data_dir());
        let buyer = bwatch.list_buyer(&["phone=+4915112345678".to_owned()]);
        let added = [
            "evidence".as_ref(),
            "add".as_ref(),
            source.as_os_str(),
            "--buyer".as_ref(),
            buyer.as_ref(),
        ];
        let id = bwatch.ok(added)["exhibits"][0]["id"].clone();
        let window = Desktop::open(&stage);
        window.fill("unlock-passphrase", PASSPHRASE);
        window.click("unlock-submit");
        window.find("nav-buyers");
        window.script(
            "window.done = null;
             const [id, megabytes] = arguments;
             const call = (name, input) => window.__TAURI_INTERNALS__.invoke('call', { name, input });
             const place = () => Math.floor(Math.random() * (megabytes - 2)) * 1_000_000;
             window.part = async () => {
               const answer = await fetch(`${window.opened.url}?from=${place()}`);
               const length = (await answer.arrayBuffer()).byteLength;
               if (answer.status !== 206 || length !== 1 << 20) throw new Error(`${answer.status}`);
             };
             (async () => {
               window.opened = await call('exhibits.open', { exhibit_id: id, purpose: null });
               const took = [];
               for (let n = 0; n < 400; n++) {
                 const start = performance.now();
                 await window.part();
                 took.push(performance.now() - start);
               }
               window.done = took.sort((a, b) => a - b);
             })().catch((error) => (window.done = `${error}`));",
            vec![id, megabytes.into()],
        );
        let mut took = Vec::new();
        window.wait_until("400 parts were read", |window| {
            let done = window.script("return window.done", vec![]);
            assert!(!done.is_string(), "{done}");
            took = done.as_array().cloned().unwrap_or_default();
            !took.is_empty()
        });
        let ms = |at: usize| took.get(at).and_then(serde_json::Value::as_f64).unwrap_or_default();
        println!(
            "\n1 MiB anywhere in {megabytes} MB, in the page of the window: median {:.1} ms, p95 {:.1} ms, \
             worst {:.1} ms",
            ms(200),
            ms(380),
            ms(399)
        );
        let peak = Peak::beyond(pid_of(&program("buyerwatch")));
        window.script(
            "window.done = null;
             Promise.all(Array.from({ length: 100 }, window.part))
               .then(() => (window.done = true))
               .catch((error) => (window.done = `${error}`));",
            vec![],
        );
        window.wait_until("a hundred were read at the same time", |window| {
            let done = window.script("return window.done", vec![]);
            assert!(!done.is_string(), "{done}");
            done == true
        });
        println!(
            "100 readers of 1 MiB at the same time: {:.1} MB more",
            peak.end() as f64 * 1024.0 / 1e6
        );
        window.close();
    }

    /// Reading and checking all that is stored, in one file and in four. The time that any command takes
    /// to unlock is taken off.
    fn verification(folder: &Path, megabytes: usize, rounds: usize) {
        println!(
            "\n| Stored | Verified, GB/s of each round | Read with `cat`, nothing cached, GB/s | Ratio | \
             Read past caches, GB/s | Ratio |"
        );
        println!("| --- | --- | --- | ---: | --- | ---: |");
        for files in [1, 4] {
            let vault = tempfile::tempdir_in(program_dir()).unwrap();
            let bwatch = Bwatch::with_vault_at(&vault.path().join("vault"));
            for file in 0..files {
                let source = folder.join(format!("{file}.bin"));
                make(&source, megabytes / files);
                mark(&source, file as u64);
                bwatch.ok([
                    "evidence".as_ref(),
                    "add".as_ref(),
                    source.as_os_str(),
                    "--order".as_ref(),
                    "305-1234567-7654321".as_ref(),
                ]);
                fs::remove_file(source).unwrap();
            }
            let stored = blobs(&bwatch.vault().join("blobs"));
            assert_eq!(stored.len(), files);
            let gigabytes = megabytes as f64 / 1000.0;
            let timed = |work: &dyn Fn()| {
                let start = Instant::now();
                work();
                start.elapsed().as_secs_f64()
            };
            let (mut verified, mut read, mut plain) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..rounds {
                let unlocking = timed(&|| drop(bwatch.ok(["evidence", "list"])));
                let checking = timed(&|| {
                    assert_eq!(bwatch.ok(["evidence", "verify"])["verified"], files);
                });
                verified.push(gigabytes / (checking - unlocking));
                read.push(
                    gigabytes / timed(&|| stored.iter().for_each(|blob| read_past_caches(blob))),
                );
            }
            for _ in 0..rounds {
                // Takes an administrator; without, what is cached makes this look faster.
                let _ = fs::write("/proc/sys/vm/drop_caches", "3");
                plain
                    .push(gigabytes / timed(&|| stored.iter().for_each(|blob| read_plainly(blob))));
            }
            let list = |all: &[f64]| {
                all.iter().map(|rate| format!("{rate:.2}")).collect::<Vec<_>>().join(", ")
            };
            let median = |all: &[f64]| {
                let mut all = all.to_vec();
                all.sort_by(f64::total_cmp);
                all[all.len() / 2]
            };
            println!(
                "| {files} of {} MB | {} | {} | {:.0} % | {} | {:.0} % |",
                megabytes / files,
                list(&verified),
                list(&plain),
                100.0 * median(&verified) / median(&plain),
                list(&read),
                100.0 * median(&verified) / median(&read)
            );
        }
    }

    fn blobs(folder: &Path) -> Vec<std::path::PathBuf> {
        let within = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
        let shards = within.filter(|path| path.is_dir() && !path.ends_with("incoming"));
        shards
            .flat_map(|shard| fs::read_dir(shard).unwrap().flatten().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|of| of == "age"))
            .collect()
    }

    fn read_plainly(blob: &Path) {
        let status = Command::new("cat").arg(blob).stdout(Stdio::null()).status();
        assert!(status.unwrap().success());
    }

    fn read_past_caches(blob: &Path) {
        let mut input = std::ffi::OsString::from("if=");
        input.push(blob);
        let mut dd = Command::new("dd");
        dd.arg(input).args(["of=/dev/null", "bs=8M", "iflag=direct"]).stderr(Stdio::null());
        assert!(dd.status().unwrap().success(), "the file system reads past its cache");
    }

    /// Content that no disk compresses, written once so that it is in memory for everybody.
    fn make(path: &Path, megabytes: usize) {
        let mut file = File::create(path).unwrap();
        let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut block = vec![0; MEGABYTE];
        for _ in 0..megabytes {
            for place in block.chunks_exact_mut(8) {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                place.copy_from_slice(&state.to_le_bytes());
            }
            file.write_all(&block).unwrap();
        }
        file.sync_all().unwrap();
    }

    fn mark(path: &Path, round: u64) {
        let mut file = File::options().write(true).open(path).unwrap();
        file.rewind().unwrap();
        file.write_all(&round.to_le_bytes()).unwrap();
        file.sync_all().unwrap();
    }

    /// A key made for the occasion; what it encrypts is thrown away.
    fn recipient(path: &Path) -> String {
        let made = Command::new("age-keygen").arg("-o").arg(path).stderr(Stdio::null()).status();
        assert!(made.is_ok_and(|status| status.success()), "the package `age` is needed");
        let shown = Command::new("age-keygen").arg("-y").arg(path).output().unwrap();
        String::from_utf8(shown.stdout).unwrap().trim().to_owned()
    }

    fn installed(program: &str) -> bool {
        Command::new(program).arg("--version").output().is_ok()
    }

    fn public(program: &str, source: &Path, recipient: &str) -> Figure {
        let target = source.with_extension("age");
        let start = Instant::now();
        let mut command = Command::new(program);
        let mut child =
            command.args(["-r", recipient, "-o"]).arg(&target).arg(source).spawn().unwrap();
        let peak = Peak::of(child.id());
        assert!(child.wait().unwrap().success());
        File::options().write(true).open(&target).unwrap().sync_all().unwrap();
        let took = start.elapsed().as_secs_f64();
        fs::remove_file(target).unwrap();
        (took, peak.end())
    }

    fn terminal(source: &Path) -> Figure {
        let folder = tempfile::tempdir_in(program_dir()).unwrap();
        let bwatch = Bwatch::with_vault_at(&folder.path().join("vault"));
        let buyer = bwatch.list_buyer(&["phone=+4915112345678".to_owned()]);
        let add = ["evidence", "add", "--buyer", &buyer].map(std::ffi::OsString::from);
        let start = Instant::now();
        let mut command = bwatch.command(add.into_iter().chain([source.into()]));
        let child = command.stderr(Stdio::null()).spawn().unwrap();
        let peak = Peak::of(child.id());
        let output = child.wait_with_output().unwrap();
        let took = start.elapsed().as_secs_f64();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        (took, peak.end())
    }

    /// From letting go of the file over the evidence of a buyer, who has one exhibit, to its tile.
    fn window(source: &Path) -> Figure {
        let stage = Stage::new();
        let bwatch = Bwatch::with_vault_at(&stage.data_dir());
        let buyer = bwatch.list_buyer(&["phone=+4915112345678".to_owned()]);
        let window = Desktop::open(&stage);
        window.fill("unlock-passphrase", PASSPHRASE);
        window.click("unlock-submit");
        window.click("nav-buyers");
        window.click_css(&format!("[data-testid='buyer-row'][data-id='{buyer}']"));
        window.click("tab-exhibits");
        window.find("gallery-item");
        let drag = window.hold_files(&[source], "[data-testid='gallery']");
        window.find("drop-target");
        let peak = Peak::beyond(pid_of(&program("buyerwatch")));
        let start = Instant::now();
        assert!(drag.drop_here(), "the window takes the file");
        let tiles = "return document.querySelectorAll(`[data-testid='gallery-item']`).length";
        window.wait_until("the file is evidence", |window| {
            window.script(tiles, vec![]).as_u64().unwrap_or(0) > 1
        });
        let took = start.elapsed().as_secs_f64();
        let stored = bwatch.ok(["evidence", "list", "--buyer", &buyer]);
        assert_eq!(stored["exhibits"].as_array().map(Vec::len), Some(2), "{stored}");
        let peak = peak.end();
        window.close();
        (took, peak)
    }

    /// The one process of this program; the web view runs in others.
    fn pid_of(program: &Path) -> u32 {
        let of = |entry: fs::DirEntry| {
            let exe = fs::read_link(entry.path().join("exe")).ok()?;
            let pid = entry.file_name().to_string_lossy().parse().ok()?;
            (exe == *program).then_some(pid)
        };
        fs::read_dir("/proc").unwrap().flatten().find_map(of).expect("the window runs")
    }

    /// Watches how much memory a process takes at most, while it runs.
    struct Peak {
        stop: Arc<AtomicBool>,
        kib: Arc<AtomicU64>,
        thread: std::thread::JoinHandle<()>,
        before: u64,
    }

    impl Peak {
        /// Counts from what the process holds now.
        fn beyond(pid: u32) -> Self {
            fs::write(format!("/proc/{pid}/clear_refs"), "5").unwrap();
            let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
            let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
            let before = line.split_whitespace().next().unwrap().parse().unwrap();
            Self { before, ..Self::of(pid) }
        }

        fn of(pid: u32) -> Self {
            let (stop, kib) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
            let (ended, peak) = (Arc::clone(&stop), Arc::clone(&kib));
            let thread = std::thread::spawn(move || {
                while !ended.load(Ordering::Relaxed) {
                    // The kernel keeps the peak itself.
                    let text = fs::read_to_string(format!("/proc/{pid}/status"));
                    let text = text.unwrap_or_default();
                    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
                    let field = line.and_then(|line| line.split_whitespace().next());
                    if let Some(now) = field.and_then(|field| field.parse().ok()) {
                        peak.fetch_max(now, Ordering::Relaxed);
                    }
                    std::thread::sleep(Duration::from_millis(20));
                }
            });
            Self { stop, kib, thread, before: 0 }
        }

        fn end(self) -> u64 {
            self.stop.store(true, Ordering::Relaxed);
            self.thread.join().unwrap();
            self.kib.load(Ordering::Relaxed).saturating_sub(self.before)
        }
    }
}
