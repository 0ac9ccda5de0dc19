//! Copies of evidence on their way out of the vault, through the system's own dialog.

use std::path::Path;
use std::time::{Duration, Instant};

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::stage::Stage;

use crate::steps::{Language, onboard};

/// Long enough to be stopped in the middle.
const FILM: u64 = 1_500_000_000;

#[test]
fn copies_are_handed_out_and_an_export_that_is_stopped_leaves_nothing() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    let bwatch = Bwatch::beside(&stage);
    let film = stage.home().join("packing.bin");
    std::fs::File::create(&film).unwrap().set_len(FILM).unwrap();
    let note = stage.write("note.txt", b"left at the gate");
    for file in [&film, &note] {
        bwatch.ok(["evidence".as_ref(), "add".as_ref(), file.as_os_str()]);
    }
    let place = stage.home().join("handed out");
    std::fs::create_dir(&place).unwrap();

    window.click("nav-evidence");
    window.wait_until("both are there", |window| window.all("gallery-item").len() == 2);
    // The film came first, so it stands last.
    let last = window.all("gallery-item").len() - 1;
    window.script(
        "document.querySelectorAll(`[data-testid=gallery-item]`)[arguments[0]].click()",
        vec![last.into()],
    );
    export(&window, &place);
    window.click("bell");
    window.find("job-running");
    stage.screenshot("export-running");
    window.click("job-cancel");
    window.find("job-finished");
    stage.screenshot("export-stopped");
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 0, "nothing is left");
    window.press("\u{e00c}");

    window.click("gallery-item");
    export(&window, &place);
    window.wait_until("the copy is there", |_| {
        std::fs::read_dir(&place)
            .unwrap()
            .flatten()
            .any(|folder| folder.path().join("custody.csv").is_file())
    });
    stage.screenshot("export-done");
    let folder = std::fs::read_dir(&place).unwrap().next().unwrap().unwrap().path();
    assert_eq!(std::fs::read(folder.join("note.txt")).unwrap(), b"left at the gate");
    window.find_css("[data-testid='custody-entry'][data-act='exported']");
}

/// From the button of the exhibit that is looked at to the folder in the dialog.
fn export(window: &Desktop, place: &Path) {
    window.click("exhibit-export");
    window.find("export-sheet");
    window.stage().screenshot("export-sheet");
    window.click("export-submit");
    let dialog = wait_for_dialog(window.stage());
    let keys = |arguments: &[&str]| {
        let done = window.stage().command("xdotool").args(arguments).status().unwrap();
        assert!(done.success(), "xdotool {arguments:?}");
        std::thread::sleep(Duration::from_millis(300));
    };
    keys(&["windowactivate", "--sync", &dialog]);
    // The first key opens the field; what comes at once would be lost.
    keys(&["type", "/"]);
    keys(&["type", "--delay", "20", place.to_str().unwrap().trim_start_matches('/')]);
    keys(&["key", "Return"]);
    window.wait_gone("export-sheet");
}

fn wait_for_dialog(stage: &Stage) -> String {
    let start = Instant::now();
    loop {
        let found =
            stage.command("xdotool").args(["search", "--name", "选择文件夹"]).output().unwrap();
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        if let Some(id) = found.lines().last() {
            return id.to_owned();
        }
        assert!(start.elapsed() < Duration::from_secs(20), "no dialog opened");
        std::thread::sleep(Duration::from_millis(100));
    }
}
