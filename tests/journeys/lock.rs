//! Locking, unlocking, wrong passphrases, the recovery key, and a second start.

use std::time::Duration;

use buyerwatch_tests::bwatch::PASSPHRASE;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::process::{Running, output, wait_for};
use buyerwatch_tests::program;
use buyerwatch_tests::stage::Stage;

use crate::steps::{Language, onboard, try_passphrase};

#[test]
fn a_locked_vault_opens_with_the_right_passphrase_only() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::English);

    window.click("lock-now");
    window.find("unlock-passphrase");
    assert!(!window.has("rail"), "nothing of the vault is on the lock screen");
    window.assert_accessible("lock screen");
    stage.screenshot("lock-en");

    try_passphrase(&window, "not the passphrase at all");
    window.find("error-banner");
    assert!(!window.has("rail"));
    window.assert_accessible("lock screen after a wrong passphrase");
    // After a wrong attempt the field opens again when the wait is over.
    window.wait_until("the field can be typed in again", |window| {
        let enabled = "return !document.querySelector('[data-testid=unlock-passphrase]').disabled";
        window.script(enabled, vec![]) == true
    });
    try_passphrase(&window, PASSPHRASE);
    window.find("rail");
}

#[test]
fn the_recovery_key_sets_a_new_passphrase() {
    const NEXT: &str = "nine brass kettles hum at dawn";
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    let key = onboard(&window, Language::English);
    window.click("lock-now");

    window.click("unlock-forgot");
    window.fill("unlock-recovery-key", &key);
    window.fill("unlock-new-passphrase", NEXT);
    window.assert_accessible("recovery");
    window.click("unlock-recovery-submit");
    window.find("rail");

    window.click("lock-now");
    try_passphrase(&window, NEXT);
    window.find("rail");
}

#[test]
fn a_second_start_ends_and_shows_the_first_window() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    window.find("onboarding-next");
    let windows = || {
        let search = ["search", "--onlyvisible", "--name", "^Buyerwatch"];
        output("xdotool", search, stage.environment()).lines().count()
    };
    assert_eq!(windows(), 1);

    let mut second = Running::start(stage.command(program("buyerwatch")));
    let status = second.wait(Duration::from_secs(30)).expect("the second start ends by itself");
    assert!(status.success(), "{status}");
    assert_eq!(windows(), 1);

    // Hidden behind another program, the window comes to the front on the next start.
    let id = output(
        "xdotool",
        ["search", "--onlyvisible", "--name", "^Buyerwatch"],
        stage.environment(),
    );
    output("xdotool", ["windowminimize", id.trim()], stage.environment());
    let mut third = Running::start(stage.command(program("buyerwatch")));
    third.wait(Duration::from_secs(30)).expect("the third start ends by itself");
    wait_for(Duration::from_secs(20), || (windows() == 1).then_some(()))
        .expect("the first window is shown again");
}
