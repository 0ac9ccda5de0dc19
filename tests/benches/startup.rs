//! How long the product takes from its start to the first paint, beside a bare Tauri window.
//!
//! Both are release builds, started in turns on one display. The measure is the same for both, seen
//! in the memory of the virtual screen: the time from starting the program to the first moment at
//! which the middle of the screen shows content, and to the moment after which it stays as it is,
//! which is when the passphrase can be typed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The start-up benchmark needs a virtual display and runs on Linux only.");
}

#[cfg(target_os = "linux")]
fn main() {
    linux::measure();
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    use buyerwatch_tests::bwatch::PASSPHRASE;
    use buyerwatch_tests::process::{Running, wait_for};
    use buyerwatch_tests::stage::Stage;
    use buyerwatch_tests::{program, program_dir};

    /// Measured starts of each program, after one that warms the caches.
    const STARTS: usize = 15;
    /// A window without content shows one colour, one with a line of text dozens.
    const CONTENT: usize = 8;
    /// Pixels, of those looked at, that a blinking caret may change in a picture that is complete.
    const CARET: usize = 60;
    /// A picture that did not change for so long is complete.
    const STILL: Duration = Duration::from_millis(600);

    pub fn measure() {
        let stage = Stage::new();
        // The pointer is part of the picture: out of the way.
        let moved = stage.command(Path::new("xdotool")).args(["mousemove", "0", "0"]).status();
        assert!(moved.is_ok_and(|status| status.success()), "the pointer moves");
        let mut init = stage.command(program("bwatch"));
        init.args(["--json", "init"]).env("BUYERWATCH_PASSPHRASE", PASSPHRASE);
        let made = init.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert!(made.success(), "a vault is made, so that the product shows its lock screen");

        let bare = program_dir().join("examples/bare_window");
        let product = program("buyerwatch");
        let mut starts = [Vec::new(), Vec::new()];
        for round in 0..=STARTS {
            for (starts, program) in starts.iter_mut().zip([&bare, &product]) {
                let start = start(&stage, program);
                if round > 0 {
                    starts.push(start);
                }
            }
        }
        println!("\n{STARTS} starts each, in turns; release builds; milliseconds\n");
        println!("| Program | First paint | Fastest | Slowest | × bare | Complete | × bare |");
        println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        let [bare, product] = starts.map(|starts| {
            let (first, complete) = starts.into_iter().unzip();
            [Summary::of(first), Summary::of(complete)]
        });
        for (name, own) in [("Bare Tauri window", &bare), ("Buyerwatch (lock screen)", &product)] {
            let [first, complete] = own;
            let ratio = |own: &Summary, bare: &Summary| {
                own.median.as_secs_f64() / bare.median.as_secs_f64()
            };
            println!(
                "| {name} | {} | {} | {} | {:.2} | {} | {:.2} |",
                first.median.as_millis(),
                first.fastest.as_millis(),
                first.slowest.as_millis(),
                ratio(first, &bare[0]),
                complete.median.as_millis(),
                ratio(complete, &bare[1]),
            );
        }
    }

    /// Time to the first content, and to the last change of the picture.
    fn start(stage: &Stage, program: &Path) -> (Duration, Duration) {
        wait_for(Duration::from_secs(10), || (stage.colours(CONTENT) == 1).then_some(()))
            .expect("the screen is empty before a start");
        let mut command = stage.command(program);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let _running = Running::start(command);
        while stage.colours(CONTENT) < CONTENT {
            assert!(start.elapsed() < Duration::from_secs(60), "no content after a minute");
            std::thread::sleep(Duration::from_millis(2));
        }
        let first = start.elapsed();
        let (mut complete, mut picture) = (first, stage.pixels());
        while start.elapsed() < complete + STILL {
            let now = stage.pixels();
            let changed = now.iter().zip(&picture).filter(|(now, before)| now != before).count();
            if changed > CARET {
                (complete, picture) = (start.elapsed(), now);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        (first, complete)
    }

    struct Summary {
        median: Duration,
        fastest: Duration,
        slowest: Duration,
    }

    impl Summary {
        fn of(mut times: Vec<Duration>) -> Self {
            times.sort();
            Self {
                median: times[times.len() / 2],
                fastest: times[0],
                slowest: times[times.len() - 1],
            }
        }
    }
}
