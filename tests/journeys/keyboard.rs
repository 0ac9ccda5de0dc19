//! Everything can be done without a pointer.

use buyerwatch_tests::bwatch::PASSPHRASE;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::stage::Stage;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const CONTROL: char = '\u{e009}';

/// Moves the focus with the Tab key until it is on the element with this test ID.
fn tab_to(window: &Desktop, id: &str) {
    let there = "const e = document.activeElement;
        return !!e && (e.dataset.testid === arguments[0]
          || !!e.closest(`[data-testid='${arguments[0]}']`))";
    window.find(id);
    for _ in 0..80 {
        if window.script(there, vec![id.into()]) == true {
            return;
        }
        window.press(TAB);
    }
    panic!("{id} cannot be reached with the Tab key");
}

#[test]
fn a_vault_is_made_and_an_alert_handled_by_keyboard() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);

    tab_to(&window, "onboarding-language-en");
    window.press(" ");
    tab_to(&window, "onboarding-next");
    window.press(ENTER);
    window.wait_gone("onboarding-language-en");
    tab_to(&window, "onboarding-next");
    window.press(ENTER);
    tab_to(&window, "onboarding-name");
    window.press("Li Na");
    tab_to(&window, "onboarding-passphrase");
    window.press(PASSPHRASE);
    tab_to(&window, "onboarding-passphrase-repeat");
    window.press(PASSPHRASE);
    window.press(ENTER);
    let key = crate::steps::recovery_key(&window);
    tab_to(&window, "onboarding-copy-key");
    window.press(ENTER);
    crate::steps::confirm_key(&window, &key);
    tab_to(&window, "onboarding-sample");
    window.press(ENTER);

    // The sample has a listed buyer who ordered again.
    window.find("alert-row");
    tab_to(&window, "alert");
    window.find_css("[data-testid='alert-pane'][aria-busy='false']");
    let shown = "return document.querySelector('[data-testid=alert-pane]').dataset.id";
    let first = window.script(shown, vec![]);
    window.press(DOWN);
    window.wait_until("the next alert is shown", |window| window.script(shown, vec![]) != first);
    window.find_css("[data-testid='alert-pane'][aria-busy='false']");
    window.press("c");
    window.find("alert-handle");
    tab_to(&window, "alert-handle");
    window.press(ENTER);
    window.find("toast-undo");

    window.press_with(CONTROL, 'k');
    window.find("palette-input");
    window.assert_accessible("palette");
    window.press(ESCAPE);
    window.wait_gone("palette");
    window.press_with(CONTROL, '2');
    window.find("buyer-row");
    window.press("?");
    window.find("shortcuts");
    window.assert_accessible("shortcuts");
    window.press(ESCAPE);
    window.wait_gone("shortcuts");
    window.press_with(CONTROL, 'l');
    window.find("unlock-passphrase");
    window.press(PASSPHRASE);
    window.press(ENTER);
    window.find("rail");
}
