//! A label that another program put on the clipboard is pasted into the look-up, and a new buyer is
//! written down with what can never be found.

use std::process::Stdio;

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::process::Running;
use buyerwatch_tests::stage::{Stage, support};

use crate::steps::{Language, onboard};

const CONTROL: char = '\u{e009}';
const ESCAPE: &str = "\u{e00c}";
const ADDRESS: &str = "浙江省杭州市西湖区文三路100号3栋502室";

/// Keeps a text on the clipboard as long as what is answered lives.
fn on_the_clipboard(stage: &Stage, text: &str) -> Running {
    let file = stage.write("label.txt", text.as_bytes());
    let mut command = stage.command("/usr/bin/python3");
    command.arg(support("clipboard_source.py")).arg("--text").arg(file);
    command.stdout(Stdio::piped());
    let (holds, ready) = Running::start_and_read_line(command);
    assert_eq!(ready, "ready");
    holds
}

#[test]
fn a_label_is_pasted_into_the_look_up() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    let bwatch = Bwatch::beside(&stage);
    let add = |identifiers: &[&str]| {
        let mut arguments = vec!["buyer", "add"];
        for one in identifiers {
            arguments.extend(["--identifier", one]);
        }
        bwatch.ok(arguments);
    };
    add(&["phone=+86 138 0000 1111"]);
    add(&["name=王小明", &format!("address={ADDRESS}")]);
    add(&["name=李建国", "address=上海市徐汇区漕溪北路 18 号 200030"]);
    window.click("nav-buyers");
    window.wait_until("all three are there", |window| window.all("buyer-row").len() == 3);

    for label in [
        format!("王小明\n13800001111\n{ADDRESS}\n"),
        format!("收件人：王小明 电话：13800001111 地址：{ADDRESS}"),
    ] {
        let _holds = on_the_clipboard(&stage, &label);
        window.press_with(CONTROL, 'k');
        window.find("palette-input");
        window.point(&["key", "ctrl+v"]);
        window
            .wait_until("both records are found", |window| window.all("palette-result").len() == 2);
        stage.screenshot("palette-label");
        window.assert_accessible("palette, a pasted label");
        let shown = "return document.querySelector('[data-testid=palette-input]').value";
        let shown = window.script(shown, vec![]);
        let lines = label.trim_end().matches('\n').count();
        assert_eq!(shown.as_str().unwrap_or_default().matches('↵').count(), lines, "{shown}");
        window.press(ESCAPE);
        window.wait_gone("palette");
    }

    window.press_with(CONTROL, '2');
    window.click("flag-buyer");
    window.find("flag-sheet");
    window.fill("flag-value", "12");
    crate::steps::choose(&window, "flag-kind", "phone");
    window.find("flag-unusable");
    stage.screenshot("flag-unusable");
    window.assert_accessible("flag a buyer by what can never be found");
    assert!(window.text("flag-unusable").contains("请填写完整号码"));
    window.click("flag-submit");
    window.find("identifier-why");
}
