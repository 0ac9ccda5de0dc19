//! Pictures of every screen in both languages, light and dark, on a small and a large screen, for
//! people to look at. Nothing is compared, so that it runs only when it is asked for:
//!
//! `cargo test -p buyerwatch-tests --test journeys tour -- --ignored`

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::letters::{cancelled_orders, of_buyer, order, with_file};
use buyerwatch_tests::stage::Stage;

use crate::steps::{Language, confirm_key, recovery_key};
use buyerwatch_tests::bwatch::PASSPHRASE;

#[test]
#[ignore = "takes pictures for people to look at"]
fn tour_of_every_screen() {
    for (width, height) in [(1280, 800), (1920, 1080)] {
        for language in [Language::Chinese, Language::English] {
            let stage = Stage::sized(width, height);
            let window = Desktop::open(&stage);
            window.fill_the_screen();
            let picture = |name: &str| {
                std::thread::sleep(std::time::Duration::from_millis(350));
                stage.screenshot(&format!("tour-{}-{width}-{name}", language.tag()));
            };
            begin(&window, language, &picture);
            fill(&stage);
            for theme in ["light", "dark"] {
                window.click("nav-settings");
                window.click(&format!("settings-theme-{theme}"));
                walk(&window, &|name| picture(&format!("{theme}-{name}")));
            }
        }
    }
}

/// Onboarding up to the sample offer, which is taken.
fn begin(window: &Desktop, language: Language, picture: &impl Fn(&str)) {
    window.click(&format!("onboarding-language-{}", language.tag()));
    picture("onboarding-1");
    window.click("onboarding-next");
    picture("onboarding-2");
    window.click("onboarding-next");
    window.fill("onboarding-name", "Li Na");
    window.fill("onboarding-passphrase", PASSPHRASE);
    window.fill("onboarding-passphrase-repeat", PASSPHRASE);
    picture("onboarding-3");
    window.click("onboarding-create");
    let key = recovery_key(window);
    picture("onboarding-4");
    window.click("onboarding-copy-key");
    confirm_key(window, &key);
    window.find("onboarding-sample");
    picture("onboarding-5");
    window.click("onboarding-sample");
    window.find("alert-row");
}

/// Letters, a folder and a mailbox that cannot be reached, for the screens that show them.
fn fill(stage: &Stage) {
    let bwatch = Bwatch::beside(stage);
    let words = [
        "The lamp arrived, and one of the bulbs is broken. Could you send another one?",
        "Refund me half of the money or I will leave a one star review.",
        "您好，请问什么时候发货？",
    ];
    // One who writes is listed, one only watched.
    bwatch.list_buyer(&["alias=c0000000000011@marketplace.amazon.de".to_owned()]);
    let watched = "alias=c0000000000010@marketplace.amazon.de";
    bwatch.ok(["buyer", "add", "--identifier", watched]);
    for number in 0..12u64 {
        let alias = format!("c{number:013}@marketplace.amazon.de");
        let words = words[usize::try_from(number).unwrap() % words.len()];
        let mut letter = of_buyer(number, &alias, &order(number), words);
        if number % 2 == 1 {
            letter = with_file(&letter, "IMG 2041.png", "iVBORw0KGgo=");
        }
        if number == 5 {
            let forged = "Authentication-Results: mx.example.com; dmarc=fail\r\n";
            letter.splice(0..0, forged.bytes());
        }
        let file = stage.write(&format!("letter {number}.eml"), &letter);
        bwatch.ok(["import".as_ref(), file.as_os_str()]);
    }
    let report = stage.write("cancelled.txt", cancelled_orders(3).as_bytes());
    bwatch.ok(["import".as_ref(), report.as_os_str()]);
    let returned = "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\t\
        fulfillment-center-id\tdetailed-disposition\treason\tstatus\tlicense-plate-number\t\
        customer-comments\n\
        2025-11-12T10:00:00+00:00\t305-2000000-0000001\tTL-1\tB000000001\tX000000001\tTable lamp\t1\t\
        LEJ1\tCUSTOMER_DAMAGED\tUNWANTED_ITEM\tUnit returned to inventory\tLPN1\tNot what I expected\n";
    let report = stage.write("returns.txt", returned.as_bytes());
    bwatch.ok(["import".as_ref(), report.as_os_str()]);
    for name in ["chat 305-2000000-0000001.txt", "packing note.txt"] {
        let file = stage.write(name, name.as_bytes());
        bwatch.ok(["evidence".as_ref(), "add".as_ref(), file.as_os_str()]);
    }
    let folder = stage.home().join("reports");
    std::fs::create_dir_all(&folder).unwrap();
    bwatch.ok(["folder".as_ref(), "add".as_ref(), folder.as_os_str()]);
    let add =
        ["mailbox", "add", "--host", "no-such-host.invalid", "--user", "support@shop.example"];
    assert_eq!(bwatch.run_with_input(add, b"seven\n").status, Some(0));
}

fn walk(window: &Desktop, picture: &impl Fn(&str)) {
    window.click("nav-watch");
    window.click("alert-row");
    window.find("alert-reasons");
    picture("watch");
    window.click("nav-buyers");
    window.find("buyer-row");
    picture("buyers");
    window.click("buyer-row");
    window.click("tab-messages");
    window.find("buyer-conversation");
    picture("buyers-messages");
    window.press_with('\u{E009}', 'k');
    window.find("palette");
    picture("lookup");
    window.press("\u{E00C}");
    window.click("nav-orders");
    window.click("order-row");
    picture("orders");
    window.fill("order-filter", "305-2000000-0000001");
    window.wait_until("only that order is left", |window| {
        let rows = "return document.querySelectorAll('[data-testid=order-row]').length";
        window.script(rows, vec![]) == 1
    });
    window.click("order-row");
    window.find("order-after-sale");
    picture("orders-after-sale");
    window.click("nav-messages");
    window.click("conversation-row");
    window.find("conversation-pane");
    picture("messages");
    window.click("message-report");
    window.find("incident-message");
    picture("messages-report");
    window.press("\u{E00C}");
    window.wait_gone("incident-sheet");
    window.click("messages-view-forged");
    window.find("message");
    picture("messages-forged");
    window.click("messages-view-all");
    window.click("nav-signals");
    window.find("signal-pane");
    picture("signals");
    window.click("nav-evidence");
    window.click("gallery-item");
    window.find("custody");
    picture("evidence");
    window.click("exhibit-export");
    window.find("export-sheet");
    picture("evidence-export");
    window.press("\u{E00C}");
    window.wait_gone("export-sheet");
    window.click("verify-open");
    window.click("verify-start");
    window.wait_until("it ends", |window| window.has("verify-outcome"));
    picture("evidence-verified");
    window.press("\u{E00C}");
    window.wait_gone("verify-panel");
    window.click("nav-sources");
    window.find("folder-row");
    window.find("coverage-day");
    picture("sources");
    window.click("mailbox-add");
    window.find("mailbox-sheet");
    picture("sources-mailbox");
    window.press("\u{E00C}");
    window.wait_gone("mailbox-sheet");
    window.click("nav-rules");
    window.find("criterion");
    picture("rules");
    window.click("try-REPEAT_CANCEL");
    window.click("try-start");
    window.find("try-row");
    picture("rules-try");
    window.click("try-sheet-close");
    window.wait_gone("try-sheet");
    window.click("phrases-edit-de");
    window.find("phrases-sheet");
    picture("rules-phrases");
    window.click("phrases-sheet-close");
    window.wait_gone("phrases-sheet");
    window.click("nav-settings");
    window.find("settings");
    picture("settings");
    window.click("lock-now");
    window.find("unlock-passphrase");
    picture("lock");
    window.fill("unlock-passphrase", "not the one");
    window.press("\u{E007}");
    window.find("error-banner");
    picture("lock-wrong");
    window.wait_until("the field can be typed in again", |window| {
        let enabled = "return !document.querySelector('[data-testid=unlock-passphrase]').disabled";
        window.script(enabled, vec![]) == true
    });
    crate::steps::try_passphrase(window, PASSPHRASE);
    window.find("rail");
}

/// How long frames take while a gallery of 10,000 exhibits scrolls past. Prints figures; machines
/// differ, so that nothing is held against them.
#[test]
#[ignore = "measures; takes minutes"]
fn tour_of_a_gallery_of_ten_thousand() {
    let stage = Stage::sized(1920, 1080);
    let bwatch = buyerwatch_tests::bwatch::Bwatch::beside(&stage);
    bwatch.ok(["init"]);
    let files: Vec<_> = (0..10_000u32)
        .map(|n| buyerwatch_tests::evidence::swatch(&stage, &format!("photo {n:05}.png"), n))
        .collect();
    for part in files.chunks(2_000) {
        let mut add: Vec<std::ffi::OsString> = vec!["evidence".into(), "add".into()];
        add.extend(part.iter().map(Into::into));
        add.extend(["--order".into(), "305-1234567-7654321".into()]);
        bwatch.ok(add);
    }
    let window = Desktop::open(&stage);
    window.fill_the_screen();
    crate::steps::try_passphrase(&window, PASSPHRASE);
    window.find("rail");
    window.click("nav-evidence");
    window.find("gallery-item");
    window.script(
        "const port = document.querySelector('[data-testid=gallery]');
         const frames = [];
         let last = performance.now();
         window.frames = null;
         requestAnimationFrame(function step(now) {
           frames.push(now - last);
           last = now;
           port.scrollTop += 60;
           if (frames.length < 300) requestAnimationFrame(step);
           else window.frames = frames.slice(5).sort((a, b) => a - b);
         });",
        vec![],
    );
    window.wait_until("it has scrolled", |window| {
        window.script("return window.frames !== null", vec![]) == true
    });
    let at = |share: f64| {
        let frame = "return window.frames[Math.floor(window.frames.length * arguments[0])]";
        window.script(frame, vec![share.into()]).as_f64().unwrap_or_default()
    };
    println!(
        "10,000 exhibits, 1920×1080, software rendering: frame median {:.1} ms, p95 {:.1} ms, \
         longest {:.1} ms",
        at(0.5),
        at(0.95),
        at(0.999)
    );
}
