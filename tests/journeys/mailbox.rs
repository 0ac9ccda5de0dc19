//! A listed buyer writes: from a real mail server to the notification on the screen.

use buyerwatch_tests::bwatch::Bwatch;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::letters::{of_buyer, order, untouched, watch, with_file};
use buyerwatch_tests::mail_server::Dovecot;
use buyerwatch_tests::stage::Stage;

use crate::steps::{Language, choose, onboard};

const ALIAS: &str = "a1b2c3d4e5f6g7@marketplace.amazon.de";
const STRANGER: &str = "z9y8x7w6v5u4t3@marketplace.amazon.de";
const WORDS: &str = "Refund me half of the money or I will leave a one star review.";
/// A picture of one dot.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[test]
fn a_letter_of_a_listed_buyer_raises_an_alert_on_the_screen() {
    let Some(server) = Dovecot::start("") else { return };
    server.add("shop");
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    let bwatch = Bwatch::beside(&stage);
    bwatch.list_buyer(&[format!("alias={ALIAS}")]);
    server.deliver_letter("shop", &of_buyer(1, STRANGER, &order(1), "Thank you, all is well."));
    let before = server.names("shop");
    let mailbox = watch(&bwatch, &server, "shop");
    let mailboxes = || bwatch.ok(["mailbox", "list"])["mailboxes"][0].clone();
    window.wait_until("what was there is read", |_| mailboxes()["letters"] == 1);
    assert_eq!(stage.popups().len(), 0);

    let letter = with_file(&of_buyer(2, ALIAS, &order(2), WORDS), "lamp.png", DOT);
    server.deliver_letter("shop", &letter);
    let popups = stage.wait_for_popups(1);
    assert!(!format!("{popups:?}").contains("review"), "nothing of what was written: {popups:?}");
    window.click("nav-watch");
    window.find("alert-message");
    window.wait_for_text(WORDS);
    stage.screenshot("mailbox-alert-zh-CN");
    window.assert_accessible("an alert on a message");

    // What was written becomes evidence of the buyer.
    window.click("alert-message-keep");
    window.wait_until("it is kept", |_| {
        let kept = bwatch.ok(["evidence", "list", "--kind", "message"]);
        kept["exhibits"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one["name"] != "message.txt"))
    });

    // Every word of the buyer in one place, with what waits for an answer.
    window.click("nav-messages");
    window.find("conversation-pane");
    window.wait_for_text(WORDS);
    window.find("message-alert");
    // What its words may mean is a hint, with the words.
    window.find("message-findings");
    let marked = "return document.querySelector('[data-testid=message-text] mark').textContent";
    assert!(WORDS.contains(window.script(marked, vec![]).as_str().unwrap()));
    stage.screenshot("messages-zh-CN");
    window.assert_accessible("messages");

    // Whoever wrote is looked up, and nobody is shown who that is.
    window.click("message-look-up");
    window.find("palette-about");
    window.wait_until("the buyer is found", |window| window.all("palette-result").len() == 1);
    assert!(!window.text("palette").contains("a1b2c3d4e5f6g7"));
    window.assert_accessible("who wrote a message");
    window.press("\u{e00c}");
    window.wait_gone("palette");

    // What hangs on it becomes evidence by itself, or goes into an incident with the words.
    window.click("message-file-keep");
    window.wait_until("the picture is kept", |_| {
        let kept = bwatch.ok(["evidence", "list"]);
        let all = kept["exhibits"].as_array().cloned().unwrap_or_default();
        all.iter().any(|one| one["name"] == "lamp.png")
    });
    window.click("message-report");
    window.find("incident-message");
    window.click("incident-match-pick");
    choose(&window, "incident-clause", "REVIEW_EXTORTION");
    window.fill("incident-text", "要求退一半，否则给一星。");
    stage.screenshot("messages-report-zh-CN");
    window.assert_accessible("an incident that a message begins");
    window.click("incident-submit");
    window.wait_gone("incident-sheet");
    let listed = bwatch.ok(["buyer", "list"])["buyers"][0]["id"].clone();
    let shown = bwatch.ok(["buyer", "show", listed.as_str().unwrap()]);
    let exhibits = shown["buyer"]["exhibits"].as_array().unwrap();
    let newest = &shown["buyer"]["incidents"][0]["id"];
    let taken: Vec<_> = exhibits.iter().filter(|one| one["incident_id"] == *newest).collect();
    let has = |kind: &str| taken.iter().any(|one| one["media_type"] == kind);
    assert!(taken.len() == 2 && has("text/plain") && has("image/png"), "{taken:?}");
    window.click("nav-messages");
    window.find("conversation-pane");
    window.click("messages-view-alerted");
    window.wait_until("one listed buyer wrote", |window| window.all("conversation-row").len() == 1);

    window.click("nav-sources");
    window.find("mailbox-row");
    window.find("coverage-day");
    stage.screenshot("sources-zh-CN");
    window.assert_accessible("sources");
    // Whose word on forged senders counts is said later, too.
    window.click("mailbox-senders");
    window.fill("sender-value", "mx.example.com");
    window.assert_accessible("who checks senders");
    window.click("sender-submit");
    window.wait_gone("sender-sheet");
    assert_eq!(mailboxes()["auth_server"], "mx.example.com");
    window.click("mailbox-add");
    window.find("mailbox-sheet");
    window.fill("mailbox-user", "shop@qq.com");
    window.wait_until("the provider follows from the address", |window| {
        let host = "return document.querySelector('[data-testid=mailbox-host]').value";
        window.script(host, vec![]) == "imap.qq.com"
    });
    stage.screenshot("sources-mailbox-zh-CN");
    window.assert_accessible("a new mailbox");
    // A server that is not there: the step that fails is named, and nothing is stored.
    // A known provider's server is folded away, and can be changed.
    window.click("mailbox-server");
    window.fill("mailbox-host", "no-such-host.invalid");
    window.fill("mailbox-password-value", "seven");
    window.click("mailbox-try");
    window.find_css("[data-testid='error-banner'][data-code='mail_no_host']");
    window.press("\u{e00c}");
    window.wait_gone("mailbox-sheet");
    assert_eq!(window.all("mailbox-row").len(), 1);

    // A folder: what is put there comes in, and its history says so.
    let folder = stage.home().join("reports");
    std::fs::create_dir(&folder).unwrap();
    window.click("folder-add");
    window.fill("folder-path", folder.to_str().unwrap());
    window.click("folder-submit");
    window.wait_gone("folder-sheet");
    window.find("folder-row");
    std::fs::write(
        folder.join("letter.eml"),
        of_buyer(3, STRANGER, &order(3), "And another thing."),
    )
    .unwrap();
    window.find("folder-history");

    // The password expires: a calm word with the way out, and everything else goes on.
    server.set_password("shop", "another-one");
    assert!(untouched(&server, "shop", &before), "nothing is marked or moved");
    let sync = bwatch.run(["mailbox", "sync", &mailbox]);
    assert_eq!(sync.json["error"]["code"], "mail_password");
    window.wait_until("the strip says that a source waits", |window| {
        window.text("strip-doors").contains("1 个来源需要处理")
    });
    window.find("mailbox-password");
    window.click_css("[data-testid='door-errors'] summary");
    window.find_css("[data-testid='door-error'][data-code='mail_password']");
    stage.screenshot("sources-password-zh-CN");
    window.assert_accessible("a password that is no longer good");
    assert_eq!(bwatch.ok(["alerts", "list"])["alerts"].as_array().map(Vec::len), Some(1));
}
