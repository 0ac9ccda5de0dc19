//! The stage can be trusted: a bare window opens on it, is driven, and a pop-up is seen.

use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::process::output;
use buyerwatch_tests::stage::{Popup, Stage};

#[test]
fn a_bare_window_opens_and_popups_are_read() {
    let stage = Stage::new();
    let program = buyerwatch_tests::program_dir().join("examples/bare_window");
    let window = Desktop::open_program(&stage, &program);
    assert_eq!(window.text("bare"), "A bare window");

    let method = "org.freedesktop.Notifications.Notify";
    let call = ["call", "--session", "--dest", "org.freedesktop.Notifications"];
    let target = ["--object-path", "/org/freedesktop/Notifications", "--method", method];
    let popup = ["stage", "0", "", "A <b>summary</b>", "and a body", "[]", "{}", "5000"];
    output("gdbus", call.into_iter().chain(target).chain(popup), stage.environment());
    let expected = Popup {
        summary: "A <b>summary</b>".into(),
        body: "and a body".into(),
        app: "stage".into(),
    };
    assert_eq!(stage.wait_for_popups(1), [expected]);
}
