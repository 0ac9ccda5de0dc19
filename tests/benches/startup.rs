//! How long the product takes from its start to the first paint, beside a bare Tauri window.
//!
//! Both are release builds, started in turns on one display. The measure is the same for both: the
//! time from starting the program to the first moment at which the middle of the screen shows
//! content, seen in the memory of the virtual screen.

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
        let mut times = [Vec::new(), Vec::new()];
        for round in 0..=STARTS {
            for (times, program) in times.iter_mut().zip([&bare, &product]) {
                let time = first_paint(&stage, program);
                if round > 0 {
                    times.push(time);
                }
            }
        }
        let [bare, product] = times.map(Summary::of);
        println!("\n{STARTS} starts each, in turns; release builds; milliseconds to first paint\n");
        println!("| Program | Median | Fastest | Slowest | × bare |");
        println!("| --- | ---: | ---: | ---: | ---: |");
        for (name, own) in [("Bare Tauri window", &bare), ("Buyerwatch (lock screen)", &product)] {
            let ratio = own.median.as_secs_f64() / bare.median.as_secs_f64();
            let [median, fastest, slowest] =
                [own.median, own.fastest, own.slowest].map(|time| time.as_millis());
            println!("| {name} | {median} | {fastest} | {slowest} | {ratio:.2} |");
        }
    }

    fn first_paint(stage: &Stage, program: &Path) -> Duration {
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
        start.elapsed()
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
