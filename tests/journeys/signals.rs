//! What the program noticed by itself, from a report to incidents: a person decides each step.

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::letters::cancelled_orders;
use buyerwatch_tests::stage::Stage;

use crate::steps::{Language, onboard};

#[test]
fn cancelled_orders_are_rejected_taken_up_again_and_reported() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    let bwatch = Bwatch::beside(&stage);
    window.click("nav-signals");
    window.find("signals-empty");
    stage.screenshot("signals-empty-zh-CN");
    let report = stage.write("orders.txt", cancelled_orders(3).as_bytes());
    window.drop_files(&[&report], "[data-testid='signals-empty']");
    // It comes by itself, beside the name of the place as well.
    window.find("signal-row");
    window.wait_until("its number is told", |window| window.text("nav-signals-count") == "1");
    window.find("signal-pane");
    window.wait_until("all three are shown", |window| window.all("signal-basis-row").len() == 3);
    stage.screenshot("signals-zh-CN");
    window.assert_accessible("signals");
    assert_eq!(stage.popups().len(), 0, "a signal calls nobody");

    window.click("signal-reject");
    window.find("signal-reject-sheet");
    stage.screenshot("signals-reject-zh-CN");
    window.assert_accessible("rejecting a signal");
    window.fill("signal-reject-reason", "本店缺货");
    window.click("signal-reject-submit");
    window.find("signals-empty");
    window.click("toast-undo");
    window.find("signal-row");

    window.find("signal-pane");
    window.click("signal-accept");
    window.find("signal-accept-sheet");
    stage.screenshot("signals-accept-zh-CN");
    window.assert_accessible("accepting a signal");
    window.click("signal-accept-submit");
    window.find("signals-empty");
    window.click("signals-view-decided");
    window.find("signal-verdict");
    stage.screenshot("signals-decided-zh-CN");
    window.click("signal-buyer");
    window.find("buyer-compare");
    let buyers = bwatch.ok(["buyer", "list"]);
    assert_eq!(buyers["buyers"].as_array().map(Vec::len), Some(1));
    assert_eq!(buyers["buyers"][0]["status"], "watching", "nothing lists by itself");
    let kept = bwatch.ok(["evidence", "list", "--kind", "order_page"]);
    assert_eq!(kept["exhibits"].as_array().map(Vec::len), Some(3), "each order as it was");
}

#[test]
fn a_list_of_phrases_is_tried_and_published() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    window.click("nav-rules");
    window.find("phrases");
    window.wait_until("eight languages", |window| window.all("phrases-row").len() == 8);
    window.click("phrases-edit-en");
    window.find("phrases-sheet");
    window.fill("phrases-sample", "You flumpet, where is my lamp?");
    window.click("phrases-try");
    window.wait_for_text("没有发现。");
    let write = |from: &str, to: &str| {
        let script = "const field = document.querySelector('[data-testid=phrases-text]');
            field.value = field.value.replace(arguments[0], arguments[1]);
            field.dispatchEvent(new Event('input', { bubbles: true }));";
        window.script(script, vec![from.into(), to.into()]);
    };
    window.click_css("[data-testid=phrases-section][data-section=insult]");
    window.click("phrases-add");
    window.fill("phrases-line-text", "(you flumpet");
    window.click("phrases-keep");
    window.find_css("[data-change=added] [data-testid=phrases-line-fault]");
    window.wait_for_text("括号没有成对");
    window.click("phrases-publish");
    window.wait_until("it is not put in force", |window| !window.all("phrases-fault").is_empty());
    window.click("phrases-view-text");
    window.wait_for_text("行无法读取");
    write("(you flumpet", "you flumpet");
    window.click("phrases-view-rows");
    window.wait_for_text("新增 1 条");
    window.find_css("[data-testid=phrases-line][data-change=added]");
    window.click("phrases-try");
    window.wait_until("the word is marked", |window| !window.all("phrases-tried").is_empty());
    window.wait_for_text("可能是辱骂");
    stage.screenshot("phrases-zh-CN");
    window.assert_accessible("a list of phrases");
    window.click("phrases-publish");
    window.wait_gone("phrases-sheet");
    window.wait_for_text("本店修改");
    stage.screenshot("rules-phrases-zh-CN");
    let bwatch = Bwatch::beside(&stage);
    let tried = bwatch.ok(["phrases", "test", "You flumpet!"]);
    assert_eq!(tried["findings"][0]["kind"], "insult");
}

#[test]
fn a_clause_is_tried_on_the_past_before_anybody_is_judged_by_it() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    let bwatch = Bwatch::beside(&stage);
    let report = stage.write("orders.txt", cancelled_orders(4).as_bytes());
    bwatch.ok(["import".as_ref(), report.as_os_str()]);
    window.click("nav-rules");
    window.click("try-REPEAT_CANCEL");
    window.find("try-sheet");
    window.click("try-start");
    window.find("try-found");
    window.wait_until("one account reaches it", |window| window.all("try-row").len() == 1);
    stage.screenshot("rules-try-zh-CN");
    window.assert_accessible("trying a clause");
    // More than anybody did; and what is no number is not asked.
    window.fill("try-count", "5");
    window.click("try-start");
    window.wait_until("nobody reaches it", |window| window.all("try-row").is_empty());
    window.find("try-found");
    window.fill("try-count", "many");
    window.wait_until("it cannot be started", |window| {
        let disabled = "return document.querySelector('[data-testid=try-start]').disabled";
        window.script(disabled, vec![]) == true
    });
    window.click("try-sheet-close");
    window.wait_gone("try-sheet");
    let buyers = bwatch.ok(["buyer", "list"]);
    assert_eq!(buyers["buyers"].as_array().map(Vec::len), Some(0), "nothing was recorded");
}
