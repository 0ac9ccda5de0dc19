//! How fast letters come in: from a mail server to the notification on the screen, one after the other; and
//! a full mailbox, read for the first time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The mailbox benchmark starts a mail server and runs on Linux only.");
}

#[cfg(target_os = "linux")]
fn main() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    linux::full(number("BUYERWATCH_LETTERS").unwrap_or(50_000));
    linux::to_the_screen(number("BUYERWATCH_ROUNDS").unwrap_or(200));
}

#[cfg(target_os = "linux")]
mod linux {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    use buyerwatch_tests::bwatch::{Bwatch, PASSPHRASE};
    use buyerwatch_tests::desktop::Desktop;
    use buyerwatch_tests::letters::{of_buyer, order, watch};
    use buyerwatch_tests::mail_server::Dovecot;
    use buyerwatch_tests::program_dir;
    use buyerwatch_tests::stage::Stage;

    fn alias(number: u64) -> String {
        format!("b{number:013}@marketplace.amazon.de")
    }

    fn words(number: u64) -> String {
        let sentence =
            "The parcel arrived and the lamp does not light, please tell me how to send it back. ";
        sentence.repeat(usize::try_from(number % 30 + 1).unwrap())
    }

    /// A full mailbox, from the start of the program to its end.
    pub fn full(count: u64) {
        let server = Dovecot::start("").expect("Dovecot, as an administrator");
        server.add("shop");
        let mut bytes = 0;
        for number in 0..count {
            let letter = of_buyer(number, &alias(number), &order(number), &words(number));
            bytes += letter.len();
            server.deliver_letter("shop", &letter);
        }
        let folder = tempfile::tempdir_in(program_dir()).unwrap();
        let bwatch = Bwatch::with_vault_at(&folder.path().join("vault"));
        bwatch.list_buyer(&[format!("alias={}", alias(7))]);
        let mailbox = watch(&bwatch, &server, "shop");
        println!(
            "\n| First reading of {count} letters, {} MB | Seconds | Letters/s | Peak memory |",
            bytes / 1_000_000
        );
        println!("| --- | ---: | ---: | ---: |");
        // The server makes its index when a mailbox is opened first.
        for round in ["server without index", "server with index"] {
            if round == "server with index" {
                // Everything once more, in a vault that knows none of it.
                let again = tempfile::tempdir_in(program_dir()).unwrap();
                let bwatch = Bwatch::with_vault_at(&again.path().join("vault"));
                bwatch.list_buyer(&[format!("alias={}", alias(7))]);
                let mailbox = watch(&bwatch, &server, "shop");
                read(&bwatch, &mailbox, count, round);
            } else {
                read(&bwatch, &mailbox, count, round);
            }
        }
    }

    fn read(bwatch: &Bwatch, mailbox: &str, count: u64, round: &str) {
        let start = Instant::now();
        let mut child = bwatch
            .command(["mailbox", "sync", mailbox])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut peak = 0;
        let status = loop {
            let text =
                std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
            peak =
                peak.max(line.split_whitespace().next().unwrap_or("0").parse::<u64>().unwrap_or(0));
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        assert!(status.success());
        let took = start.elapsed().as_secs_f64();
        let listed = bwatch.ok(["mailbox", "list"]);
        assert_eq!(listed["mailboxes"][0]["letters"], count);
        println!(
            "| {round} | {took:.1} | {:.0} | {} MB |",
            count as f64 / took,
            peak * 1024 / 1_000_000
        );
    }

    /// From the moment at which a letter lies in the mailbox to the notification.
    pub fn to_the_screen(rounds: u64) {
        let server = Dovecot::start("").expect("Dovecot, as an administrator");
        server.add("shop");
        let stage = Stage::new();
        let bwatch = Bwatch::with_vault_at(&stage.data_dir());
        let listed: Vec<String> =
            (0..rounds).map(|number| format!("alias={}", alias(number))).collect();
        // A buyer each: what is written in a conversation that is open already is no news.
        for some in listed.chunks(1) {
            bwatch.list_buyer(some);
        }
        watch(&bwatch, &server, "shop");
        let window = Desktop::open(&stage);
        window.fill("unlock-passphrase", PASSPHRASE);
        window.click("unlock-submit");
        window.find("nav-watch");
        window.wait_until("the mailbox is watched", |_| {
            bwatch.ok(["mailbox", "list"])["mailboxes"][0]["last_success"].is_string()
        });
        measure(&window, "a letter in the mailbox", rounds, |number| {
            let letter = of_buyer(number, &alias(number), &order(number), "Where is it?");
            server.deliver_letter("shop", &letter);
        });

        // The same by a report that is put into a watched folder.
        let folder = stage.home().join("reports");
        std::fs::create_dir_all(&folder).unwrap();
        bwatch.ok(["folder".as_ref(), "add".as_ref(), folder.as_os_str()]);
        std::thread::sleep(Duration::from_secs(3));
        measure(&window, "a file closed in a watched folder", rounds, |number| {
            let report = format!(
                "order-id\torder-item-id\tpurchase-date\tbuyer-email\tbuyer-name\tsales-channel\n\
                 {}\t{number:014}\t2026-11-20T10:00:00+00:00\t{}\tHanna Sorbe\tAmazon.de\n",
                order(number + 100_000),
                alias(number)
            );
            std::fs::write(folder.join(format!("report {number}.txt")), report).unwrap();
        });
    }

    /// From what `deliver` does to the notification, so many times.
    fn measure(window: &Desktop, what: &str, rounds: u64, deliver: impl Fn(u64)) {
        let shown = || window.stage().newest_popup();
        let mut took: Vec<f64> = Vec::new();
        for number in 0..rounds {
            // Somebody is there: a window that nobody touches locks after ten minutes.
            let place = (300 + number % 100).to_string();
            window.point(&["mousemove", &place, &place]);
            let before = shown();
            let start = Instant::now();
            deliver(number);
            while shown() == before {
                assert!(start.elapsed() < Duration::from_secs(60), "{number}: nothing is shown");
                std::thread::sleep(Duration::from_millis(5));
            }
            took.push(start.elapsed().as_secs_f64());
            // Notifications of one moment are told together: the next one is to be one of its own.
            std::thread::sleep(Duration::from_millis(2_500));
        }
        took.sort_by(f64::total_cmp);
        let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
        println!(
            "\nFrom {what} to the notification, {rounds} times: median {:.2} s, p95 {:.2} s, worst {:.2} s",
            at(0.5),
            at(0.95),
            at(1.0)
        );
    }
}
