//! The window is closed and the program watches on, with an icon in the tray.

use std::time::Duration;

use buyerwatch_tests::bwatch::{Bwatch, PASSPHRASE};
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::generate::{Encoding, Plan, people, report};
use buyerwatch_tests::process::{Running, output, wait_for};
use buyerwatch_tests::program;
use buyerwatch_tests::stage::{Stage, support};

use crate::steps::{Language, onboard, try_passphrase};

const PATIENCE: Duration = Duration::from_secs(30);

/// Windows of the program that are on the screen.
fn windows(stage: &Stage) -> Vec<String> {
    let mut search = stage.command("xdotool");
    search.args(["search", "--onlyvisible", "--name", "^(Buyerwatch|买家守望)"]);
    // It fails where it finds none.
    let found = search.output().expect("xdotool runs").stdout;
    String::from_utf8_lossy(&found).lines().map(str::to_owned).collect()
}

/// Closes the window as its owner does: the window manager asks it to.
fn close(stage: &Stage) {
    let shown = windows(stage);
    output("xdotool", ["windowactivate", "--sync", shown[0].as_str()], stage.environment());
    output("xdotool", ["key", "alt+F4"], stage.environment());
    wait_for(PATIENCE, || windows(stage).is_empty().then_some(())).expect("the window goes away");
}

fn start_again(stage: &Stage) {
    let mut second = Running::start(stage.command(program("buyerwatch")));
    second.wait(PATIENCE).expect("the second start ends by itself");
}

fn tray(stage: &Stage, arguments: &[&str]) -> String {
    let to = ["call", "--session", "--dest", "org.kde.StatusNotifierWatcher"];
    let object = ["--object-path", "/StatusNotifierWatcher", "--method"];
    output("gdbus", to.iter().chain(&object).chain(arguments), stage.environment())
}

fn menu_says(stage: &Stage, text: &str) {
    wait_for(PATIENCE, || tray(stage, &["test.Tray.Menu"]).contains(text).then_some(()))
        .unwrap_or_else(|| panic!("no {text:?} in {}", tray(stage, &["test.Tray.Menu"])));
}

#[test]
fn a_closed_window_watches_on_until_somebody_quits() {
    let stage = Stage::new();
    let mut panel = stage.command("/usr/bin/python3");
    panel.arg(support("tray.py"));
    let _panel = Running::start_and_read_line(panel);
    let window = Desktop::open(&stage);
    onboard(&window, Language::English);
    menu_says(&stage, "Buyerwatch: no open alerts");
    let bwatch = Bwatch::beside(&stage);
    let known = people(43, 1, Encoding::Utf8);
    bwatch.list_buyer(&[format!("alias={}", known[0].alias)]);
    let folder = stage.home().join("reports");
    std::fs::create_dir(&folder).unwrap();
    bwatch.ok(["folder".as_ref(), "add".as_ref(), folder.as_os_str()]);

    close(&stage);
    let told = stage.wait_for_popups(1);
    assert_eq!(told[0].summary, "Buyerwatch goes on running");

    // A report comes in while no window is there.
    let plan = Plan { seed: 3, rows: 200, known: &known, known_per_100k: 3_000, ..Plan::default() };
    let (bytes, planted) = report(&plan);
    assert!(!planted.is_empty(), "the report holds orders of the buyer");
    std::fs::write(folder.join("orders.txt"), bytes).unwrap();
    let told = stage.wait_for_popups(2);
    assert!(!format!("{told:?}").contains(&known[0].alias), "{told:?}");
    menu_says(&stage, "open alert");
    assert!(windows(&stage).is_empty(), "an alert opens no window by itself");

    // A second start brings the window back, and closing it again is not explained again.
    start_again(&stage);
    wait_for(PATIENCE, || (windows(&stage).len() == 1).then_some(())).expect("it is shown again");
    window.find("alert-row");
    close(&stage);

    // The menu of the icon: lock, open, quit.
    tray(&stage, &["test.Tray.Choose", "Lock"]);
    menu_says(&stage, "Buyerwatch: locked, nothing is read");
    tray(&stage, &["test.Tray.Choose", "Open Buyerwatch"]);
    wait_for(PATIENCE, || (windows(&stage).len() == 1).then_some(())).expect("it is shown again");
    window.find("unlock-standstill");
    window.find("unlock-since");
    window.assert_accessible("lock screen of a watch that stopped");
    stage.screenshot("closed-locked-en");
    try_passphrase(&window, PASSPHRASE);
    window.find("rail");
    assert_eq!(stage.popups().len(), 2);
    tray(&stage, &["test.Tray.Choose", "Quit"]);
    wait_for(PATIENCE, || windows(&stage).is_empty().then_some(())).expect("the window is gone");
    wait_for(PATIENCE, || tray_is_empty(&stage).then_some(())).expect("the icon is gone");
}

/// Whether the program that put its icon into the tray has left the session.
fn tray_is_empty(stage: &Stage) -> bool {
    let mut ask = stage.command("gdbus");
    ask.args(["call", "--session", "--dest", "org.kde.StatusNotifierWatcher"]);
    ask.args(["--object-path", "/StatusNotifierWatcher", "--method", "test.Tray.Menu"]);
    !ask.output().expect("gdbus runs").status.success()
}

#[test]
fn a_person_may_have_closing_the_window_quit() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::English);
    window.click("nav-settings");
    window.click("settings-keep-running");
    window.wait_until("it is stored", |_| {
        let stored = std::fs::read_to_string(stage.data_dir().join("settings.json"));
        stored.is_ok_and(|text| text.contains("\"keep_running\": false"))
    });
    close(&stage);
    // Nobody answers a second start, so it is the first one.
    let mut second = Running::start(stage.command(program("buyerwatch")));
    wait_for(PATIENCE, || (windows(&stage).len() == 1).then_some(())).expect("it starts anew");
    assert!(second.alive());
    second.kill();
}

#[test]
fn without_a_tray_the_window_is_minimised() {
    let mut stage = Stage::new();
    // Every name under which the icon's library is looked for.
    let names = ["libayatana-appindicator3", "libappindicator3"];
    let files = names.map(|name| [format!("{name}.so.1"), format!("{name}.so")]).concat();
    stage.without_libraries(&files);
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    close(&stage);
    let told = stage.wait_for_popups(1);
    assert!(told[0].body.contains("窗口已最小化"), "{told:?}");
    start_again(&stage);
    wait_for(PATIENCE, || (windows(&stage).len() == 1).then_some(())).expect("it is shown again");
    window.find("rail");
}
