//! Evidence, from the files in a hand to a record that is checked: real drags, the real clipboard,
//! pictures that the real web view loads.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use buyerwatch_tests::bwatch::{Bwatch, CLAUSE, text, yesterday};
use buyerwatch_tests::canary::Watch;
use buyerwatch_tests::desktop::Desktop;
use buyerwatch_tests::evidence::{bomb, document, film, order_page, parcel, tone};
use buyerwatch_tests::generate::{Encoding, Plan, people, report};
use buyerwatch_tests::process::Running;
use buyerwatch_tests::stage::{Stage, support};
use serde_json::{Value, json};

use crate::steps::{Language, onboard, try_passphrase};

const ORDER: &str = "305-7418529-9638527";
const STORY: &str = "Sent back another thing than was sent.";
/// Words that stand in the files and nowhere else.
const IN_PAGE: &str = "marigold-in-the-order-page";
const IN_PHOTO: &str = "larkspur-in-the-photo";
const IN_LABEL: &str = "foxglove in the label";
const IN_CHAT: &str = "hollyhock in what the buyer wrote";
const IN_CLIPBOARD: &str = "snapdragon-in-the-clipboard";
const IN_FILM: &str = "goldfinch-in-the-film";
const IN_CALL: &str = "nightingale-in-the-call";
/// Seconds of a call that is too long for one answer of the media scheme.
const CALL: u32 = 300;
const CONTROL_V: &str = "ctrl+v";

/// The files, and as what each is recognised.
fn files(stage: &Stage) -> Vec<(PathBuf, &'static str)> {
    let chat = format!("# Messages\n\n**Buyer:** {IN_CHAT}\n\n**Shop:** Please send it back.\n");
    vec![
        (order_page(stage, &format!("order {ORDER}.png"), IN_PAGE), "order_page"),
        (parcel(stage, "packing table 2.jpg", IN_PHOTO), "packing_photo"),
        (stage.write("return label.pdf", &document([IN_LABEL, "Page two"])), "label"),
        (stage.write("chat.md", chat.as_bytes()), "message"),
        (stage.write("packing table 2.webm", &film(IN_FILM)), "packing_video"),
        (stage.write("call.wav", &tone(CALL, IN_CALL)), "phone_note"),
    ]
}

/// A buyer with an incident that names the order. Returns the buyer's ID.
fn buyer_with_an_incident(stage: &Stage) -> String {
    let bwatch = Bwatch::beside(stage);
    let alias = format!("alias={}", people(47, 1, Encoding::Utf8)[0].alias);
    let buyer = text(&bwatch.ok(["buyer", "add", "--identifier", &alias]), "buyer_id");
    let incident = ["incident", "add", "--buyer", &buyer, "--clause", CLAUSE, "--at", &yesterday()];
    bwatch.ok(incident.into_iter().chain(["--text", STORY, "--order", ORDER]));
    buyer
}

/// Drags the files from another program onto an element and lets go; `held` happens in between.
fn drag(window: &Desktop, files: &[(PathBuf, &str)], css: &str, held: impl FnOnce()) {
    let paths: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    let drag = window.hold_files(&paths, css);
    window.find("drop-target");
    held();
    assert!(drag.drop_here(), "the window takes the files");
}

/// How many things with this `data-testid` are there, by the kind they say.
fn kinds(window: &Desktop, id: &str) -> Vec<String> {
    let all = "return [...document.querySelectorAll(`[data-testid='${arguments[0]}']`)]
        .map((e) => e.dataset.kind).sort()";
    let kinds = window.script(all, vec![id.into()]);
    let kinds = kinds.as_array().cloned().unwrap_or_default();
    kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn wait_for_kinds(window: &Desktop, id: &str, files: &[(PathBuf, &str)]) {
    let mut expected: Vec<&str> = files.iter().map(|(_, kind)| *kind).collect();
    expected.sort_unstable();
    window.wait_until(&format!("{id} shows {expected:?}"), |window| kinds(window, id) == expected);
}

/// Waits until the web view painted this many pictures from the vault in the gallery.
fn wait_for_thumbnails(window: &Desktop, count: usize) {
    let loaded = "return [...document.querySelectorAll('[data-testid=gallery-item] img')]
        .filter((e) => e.complete && e.naturalWidth > 0 && /^(media:|http:.*media)/.test(e.src))
        .length";
    window.wait_until(&format!("{count} thumbnails are loaded"), |window| {
        window.script(loaded, vec![]) == json!(count)
    });
}

fn gallery_item(kind: &str) -> String {
    format!("[data-testid='gallery-item'][data-kind='{kind}']")
}

/// Opens an exhibit in the viewer, as a second click of two does.
fn view(window: &Desktop, kind: &str) {
    let place = window.on_screen(&gallery_item(kind));
    window.point(&["mousemove", &place.0.to_string(), &place.1.to_string()]);
    window.point(&["click", "--repeat", "2", "--delay", "60", "1"]);
    window.find("viewer");
}

fn close_viewer(window: &Desktop) {
    window.click("viewer-close");
    window.wait_gone("viewer");
}

/// Waits until the viewer shows a picture that the web view could load; returns its address.
fn picture_in_viewer(window: &Desktop, what: &str) -> String {
    let shown = "const e = document.querySelector('[data-testid=viewer-picture] img');
        return e && e.complete && e.naturalWidth > 300 ? e.src : null";
    let mut address = String::new();
    window.wait_until(&format!("the viewer shows {what}"), |window| {
        window.script(shown, vec![]).as_str().map(|src| address = src.to_owned()).is_some()
    });
    address
}

/// Whether the web view can load a picture from this address.
fn loads(window: &Desktop, address: &str) -> bool {
    window.script(
        "window.probe = null;
         const e = new Image();
         e.onload = () => (window.probe = true);
         e.onerror = () => (window.probe = false);
         e.src = arguments[0];",
        vec![address.into()],
    );
    let mut loads = false;
    window.wait_until("the picture loads or does not", |window| {
        window.script("return window.probe", vec![]).as_bool().map(|of| loads = of).is_some()
    });
    loads
}

/// A film or a sound tells how long it is, plays, and goes on from near its end when it is moved there.
fn plays(window: &Desktop, kind: &str, player: &str, seconds: f64) {
    let ask = |what: &str| {
        let script = format!(
            "const e = document.querySelector(`[data-testid='${{arguments[0]}}']`); {what}"
        );
        window.script(&script, vec![player.into()])
    };
    view(window, kind);
    window.wait_until("it knows its length", |window| {
        assert!(!window.has("viewer-cannot"), "{player} cannot be played");
        let length = ask("return e && e.readyState >= 1 ? e.duration : null").as_f64();
        length.is_some_and(|of| (of - seconds).abs() < 0.5)
    });
    window.assert_accessible(player);
    ask("e.muted = true; void e.play()");
    window.wait_until("it plays", |_| ask("return e.currentTime > 0.3") == true);
    ask(&format!("e.currentTime = {}", seconds - 2.0));
    window.wait_until("it goes on from there", |_| {
        let at = ask("return e.seeking ? null : e.currentTime").as_f64();
        at.is_some_and(|at| at > seconds - 1.8)
    });
    assert_eq!(ask("return e.error"), Value::Null);
    ask("e.pause()");
}

#[test]
fn evidence_is_taken_in_looked_at_and_verified() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    buyer_with_an_incident(&stage);
    let files = files(&stage);
    let picture = |name: &str| {
        stage.screenshot(&format!("evidence-{name}-zh-CN"));
    };

    take_in(&window, &files, &picture);
    // From here on only what is stored is shown: no byte of it may stand in a file, however briefly.
    let canaries =
        [ORDER, STORY, IN_PAGE, IN_PHOTO, IN_LABEL, IN_CHAT, IN_FILM, IN_CALL, IN_CLIPBOARD];
    // Players of some systems buffer there whatever the environment names.
    let folders = [stage.home(), Path::new("/var/tmp")];
    let watch = Watch::over(&folders, &canaries.map(str::to_owned));
    let page = look(&window, &picture);
    paste(&stage, &window, files.len(), &picture);
    redact(&window, &picture);
    custody_and_verification(&window, &picture);
    lock(&window, &page);

    assert_eq!(watch.end(), []);
}

/// Several files at once, onto the page of the evidence: kinds are guessed, the incident of the
/// order in a name is offered, and everything ends in the gallery.
fn take_in(window: &Desktop, files: &[(PathBuf, &str)], picture: &impl Fn(&str)) {
    window.click("nav-evidence");
    window.find("evidence-empty");
    window.assert_accessible("evidence, empty");
    drag(window, files, "[data-testid='evidence']", || picture("drag"));
    window.find("intake-sheet");
    wait_for_kinds(window, "intake-file", files);
    window.find("intake-in-name");
    window.find("intake-suggestion");
    picture("sheet");
    window.assert_accessible("the sheet of dropped files");
    while window.has("intake-suggestion") {
        let left = window.all("intake-suggestion").len();
        window.click("intake-suggestion");
        window.wait_until("it is linked", |window| window.all("intake-suggestion").len() < left);
    }
    assert!(window.all("intake-link").len() >= 2, "the order and the incident are linked");
    picture("sheet-linked");
    window.click("intake-submit");
    window.wait_gone("intake-sheet");
    wait_for_kinds(window, "gallery-item", files);
    window.wait_until("the work ends", |window| !window.has("job-running"));
    // The order page, the photo and the first page of the document.
    wait_for_thumbnails(window, 3);
    picture("gallery");
    window.assert_accessible("evidence, a gallery");
}

/// Every class in the viewer. Returns the address of a picture.
fn look(window: &Desktop, picture: &impl Fn(&str)) -> String {
    view(window, "order_page");
    let page = picture_in_viewer(window, "the order page");
    picture("viewer");
    window.assert_accessible("viewer, a picture");
    window.press("+");
    window.wait_until("it is enlarged", |window| {
        let zoom = "return document.querySelector('[data-testid=viewer-zoom-out]').disabled";
        window.script(zoom, vec![]) == false
    });
    close_viewer(window);

    view(window, "label");
    let first = picture_in_viewer(window, "the first page");
    picture("viewer-pdf");
    window.click("viewer-page-next");
    window.wait_until("the second page is shown", |window| {
        picture_in_viewer(window, "a page") != first
    });
    close_viewer(window);

    view(window, "message");
    window.wait_for_text(IN_CHAT);
    picture("viewer-text");
    window.assert_accessible("viewer, a text");
    close_viewer(window);

    plays(window, "packing_video", "viewer-video", 3.0);
    picture("viewer-film");
    close_viewer(window);
    plays(window, "phone_note", "viewer-audio", CALL.into());
    picture("viewer-call");
    close_viewer(window);
    // A frame of the film has become its small picture.
    wait_for_thumbnails(window, 4);
    page
}

/// A picture that another program put on the clipboard.
fn paste(stage: &Stage, window: &Desktop, before: usize, picture: &impl Fn(&str)) {
    let shot = order_page(stage, "shot.png", IN_CLIPBOARD);
    let mut command = stage.command("/usr/bin/python3");
    command.arg(support("clipboard_source.py")).arg(&shot);
    let (_holds, ready) = Running::start_and_read_line({
        command.stdout(Stdio::piped());
        command
    });
    assert_eq!(ready, "ready");
    window.point(&["key", CONTROL_V]);
    window.find("intake-sheet");
    window.wait_until("it is seen before it is taken in", |window| {
        let seen = "const e = document.querySelector('[data-testid=intake-file] img');
            return !!e && e.complete && e.naturalWidth > 0";
        window.script(seen, vec![]) == true
    });
    picture("sheet-pasted");
    window.assert_accessible("the sheet of a pasted picture");
    window.click("intake-submit");
    window.wait_gone("intake-sheet");
    window.wait_until("what was pasted is in the gallery", |window| {
        window.all("gallery-item").len() == before + 1
    });
    wait_for_thumbnails(window, 5);
}

/// A box over a part makes another exhibit that names the first.
fn redact(window: &Desktop, picture: &impl Fn(&str)) {
    let before = window.all("gallery-item").len();
    view(window, "order_page");
    let source = picture_in_viewer(window, "the order page");
    window.click("viewer-redact");
    window.find("redaction-layer");
    picture_in_viewer(window, "the order page, to be blackened");
    let (x, y) = window.on_screen("[data-testid='redaction-layer']");
    let to = |dx: i32, dy: i32| {
        window.point(&["mousemove", &(x + dx).to_string(), &(y + dy).to_string()]);
    };
    to(-180, -60);
    window.point(&["mousedown", "1"]);
    to(-60, -20);
    to(120, 40);
    window.point(&["mouseup", "1"]);
    window.find("redaction-item");
    assert_eq!(window.all("redaction-box").len(), 1);
    picture("redaction");
    window.assert_accessible("redaction");
    window.click("redaction-save");
    window.wait_gone("redaction-layer");
    window.wait_until("the copy is shown", |window| {
        picture_in_viewer(window, "the blackened copy") != source
    });
    picture("redacted");
    close_viewer(window);
    window.wait_until("the copy is in the gallery", |window| {
        window.all("gallery-item").len() == before + 1
    });
    wait_for_thumbnails(window, 6);
}

fn custody_and_verification(window: &Desktop, picture: &impl Fn(&str)) {
    // The copy came last, so it stands first.
    window.click("gallery-item");
    window.click("exhibit-source");
    for act in ["added", "viewed"] {
        window.find_css(&format!("[data-testid='custody-entry'][data-act='{act}']"));
    }
    window.find("exhibit-derived");
    for kind in ["order", "incident"] {
        window.find_css(&format!("[data-testid='exhibit-link'][data-type='{kind}']"));
    }
    picture("detail");
    window.assert_accessible("an exhibit");
    window.script(
        "document.querySelector('[data-testid=custody]').scrollIntoView({ block: 'end' })",
        vec![],
    );
    picture("custody");

    window.click("verify-open");
    window.click("verify-start");
    window.find_css("[data-testid='verify-outcome'][data-damaged='0']");
    picture("verified");
    window.assert_accessible("verified");
    window.press("\u{e00c}");
    window.wait_gone("verify-panel");
}

/// After the lock no address of before answers, nor after the next unlock.
fn lock(window: &Desktop, page: &str) {
    let thumb = window
        .script("return document.querySelector('[data-testid=gallery-item] img').src", vec![]);
    let thumb = thumb.as_str().expect("a thumbnail has an address").to_owned();
    assert!(loads(window, &thumb) && loads(window, page), "while it is open");
    window.click("lock-now");
    window.find("unlock-passphrase");
    // A web view keeps pictures of a page in its memory by their address; what is asked is the vault.
    for address in [page, &thumb] {
        assert!(!loads(window, &format!("{address}?locked")), "{address} answers after the lock");
    }
    try_passphrase(window, buyerwatch_tests::bwatch::PASSPHRASE);
    window.find("gallery");
    wait_for_thumbnails(window, 6);
    for address in [page, &thumb] {
        assert!(!loads(window, &format!("{address}?later")), "{address} answers after an unlock");
    }
}

#[test]
fn evidence_of_a_buyer_fills_a_large_dark_window() {
    let stage = Stage::sized(1920, 1080);
    let window = Desktop::open(&stage);
    window.fill_the_screen();
    onboard(&window, Language::English);
    let buyer = buyer_with_an_incident(&stage);
    let files = files(&stage);
    window.click("nav-settings");
    window.click("settings-theme-dark");

    // What is dropped onto a buyer belongs to the buyer: nothing is asked.
    window.click("nav-buyers");
    window.click_css(&format!("[data-testid='buyer-row'][data-id='{buyer}']"));
    window.click("tab-exhibits");
    window.find("buyer-no-exhibits");
    drag(&window, &files, "[data-testid='buyer-no-exhibits']", || {});
    wait_for_kinds(&window, "gallery-item", &files);
    wait_for_thumbnails(&window, 3);
    stage.screenshot("evidence-buyer-en-dark");
    window.assert_accessible("evidence of a buyer");

    let met = meet_a_requirement(&stage, &window, &buyer);
    drop_on_an_order(&stage, &window);

    window.click("nav-evidence");
    window.find("evidence");
    wait_for_thumbnails(&window, 5);
    stage.screenshot("evidence-gallery-en-dark");
    window.click_css(&gallery_item("order_page"));
    window.find("exhibit-pane");
    window.find_css("[data-testid='exhibit-link'][data-type='buyer']");
    wait_for_thumbnails(&window, 5);
    stage.screenshot("evidence-detail-en-dark");
    window.assert_accessible("an exhibit, dark");
    damage(&stage, &window, &met);
}

/// What is dropped onto a line of the checklist is of that kind and of that incident.
/// Returns the file in which it is kept.
fn meet_a_requirement(stage: &Stage, window: &Desktop, buyer: &str) -> PathBuf {
    let bwatch = Bwatch::beside(stage);
    let report = ["incident", "add", "--buyer", buyer, "--clause", "RETURN_ABUSE", "--at"];
    let added = bwatch.ok(report.into_iter().chain([&*yesterday(), "--text", STORY]));
    let incident =
        format!("[data-testid='readiness-incident'][data-id='{}']", text(&added, "incident_id"));
    let open = format!("{incident} [data-testid='readiness-item'][data-present='0']");
    window.find_css(&open);
    let ask = |css: &str, field: &str| {
        let of = format!("return document.querySelector(`{css}`).dataset.{field}");
        window.script(&of, vec![]).as_str().unwrap().to_owned()
    };
    let line =
        format!("{incident} [data-testid='readiness-item'][data-kind='{}']", ask(&open, "kind"));
    let lacked: usize = ask(&incident, "missing").parse().unwrap();
    // The name says nothing: the line does.
    let file = [(parcel(stage, "0001.jpg", "for the checklist"), "")];
    drag(window, &file, &line, || {
        stage.screenshot("evidence-requirement-drag-en-dark");
    });
    window.find_css(&format!("{line}[data-present='1']"));
    assert_eq!(ask(&incident, "missing"), (lacked - 1).to_string());
    stage.screenshot("evidence-requirement-en-dark");
    newest_blob(stage)
}

fn newest_blob(stage: &Stage) -> PathBuf {
    let folders = std::fs::read_dir(stage.data_dir().join("blobs")).unwrap().flatten();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten());
    let files =
        files.flatten().filter(|file| file.path().extension().is_some_and(|of| of == "age"));
    files.max_by_key(|file| file.metadata().unwrap().modified().unwrap()).unwrap().path()
}

/// What is not any more what was taken in is named, and meets nothing.
fn damage(stage: &Stage, window: &Desktop, file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(file, bytes).unwrap();
    window.click("verify-open");
    window.click("verify-start");
    window.find_css("[data-testid='verify-outcome'][data-damaged='1']");
    stage.screenshot("evidence-damaged-en-dark");
    window.press("\u{e00c}");
    window.wait_gone("verify-panel");
    window.click("nav-buyers");
    window.click("buyer-row");
    window.click("tab-exhibits");
    window.find("readiness-damaged");
    stage.screenshot("evidence-requirement-damaged-en-dark");
    window.assert_accessible("a checklist with a damaged exhibit");
}

/// What is dropped onto an order belongs to it.
fn drop_on_an_order(stage: &Stage, window: &Desktop) {
    let plan = Plan { seed: 9, rows: 3, ..Plan::default() };
    let bwatch = Bwatch::beside(stage);
    let report = bwatch.input("orders.txt", &report(&plan).0);
    bwatch.ok(["import".as_ref(), report.as_os_str()]);
    window.click("nav-orders");
    window.find("order-row");
    window.click("order-row");
    window.find("order-evidence");
    let file = [(parcel(stage, "0002.jpg", "for the order"), "")];
    drag(window, &file, "[data-testid='order-pane']", || {});
    window.wait_until("it is with the order", |window| {
        let names = "return document.querySelector('[data-testid=order-evidence]').textContent";
        window.script(names, vec![]).as_str().is_some_and(|text| text.contains("0002.jpg"))
    });
    stage.screenshot("evidence-order-en-dark");
    window.assert_accessible("evidence of an order");
}

/// Files that somebody hostile sends: whatever they hold is shown as what it is or not at all, runs
/// nothing, and the window stays where it is.
#[test]
fn hostile_files_run_nothing_and_lead_nowhere() {
    const SCRIPT: &str = "<script>window.hacked = 1; location = 'https://hacked.invalid/'</script>";
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::English);
    let page = format!("<html><body onload='window.hacked = 1'>{SCRIPT}</body></html>");
    let svg =
        format!("<svg xmlns='http://www.w3.org/2000/svg' onload='window.hacked=1'>{SCRIPT}</svg>");
    let mail = format!(
        "From: a@example.org\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n\
         <img src=http://hacked.invalid/a.png onerror='window.hacked=1'>{SCRIPT}\
         <a href=http://hacked.invalid/>away</a><p>what the mail says</p>\r\n"
    );
    let bomb = bomb();
    let files: Vec<(PathBuf, &str)> = [
        ("page.png", page.as_bytes()),
        ("drawing.svg", svg.as_bytes()),
        ("letter.eml", mail.as_bytes()),
        ("bomb.png", &bomb),
        ("invoice\u{202e}gnp.html", page.as_bytes()),
        (&*format!("{}.txt", "n".repeat(240)), SCRIPT.as_bytes()),
    ]
    .into_iter()
    .map(|(name, bytes)| (stage.write(name, bytes), "other"))
    .collect();
    let home = window.script("return location.origin", vec![]);

    window.click("nav-evidence");
    window.find("evidence-empty");
    drag(&window, &files, "[data-testid='evidence']", || {});
    window.find("intake-sheet");
    window.click("intake-submit");
    window.wait_gone("intake-sheet");
    window.wait_until("all are in the gallery", |window| {
        window.all("gallery-item").len() == files.len()
    });
    let ids = "return [...document.querySelectorAll('[data-testid=gallery-item]')].map((e) => e.dataset.id)";
    let ids = window.script(ids, vec![]);
    let ids: Vec<&str> = ids.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(ids.len(), files.len());
    for id in ids {
        let place = window.on_screen(&format!("[data-testid='gallery-item'][data-id='{id}']"));
        window.point(&["mousemove", &place.0.to_string(), &place.1.to_string()]);
        window.point(&["click", "--repeat", "2", "--delay", "60", "1"]);
        window.find("viewer");
        window.wait_until("it is shown or refused", |window| {
            window.has("viewer-text")
                || window.has("error-banner")
                || window.has("viewer-cannot")
                || window.has("viewer-picture")
        });
        std::thread::sleep(std::time::Duration::from_millis(300));
        // What cannot be seen cannot be redacted either.
        assert!(!(window.has("error-banner") && window.has("viewer-redact")));
        assert_eq!(window.script("return window.hacked ?? null", vec![]), Value::Null);
        assert_eq!(window.script("return location.origin", vec![]), home);
        close_viewer(&window);
    }
    // An address is no file: it is neither fetched nor silently gone.
    let address = [(PathBuf::from("https://hacked.invalid/page"), "")];
    drag(&window, &address, "[data-testid='evidence']", || {});
    window.wait_for_text("That is no file.");
    assert_eq!(window.script("return location.origin", vec![]), home);
    assert_eq!(window.all("gallery-item").len(), files.len());
}

/// A file that takes long is stopped and leaves nothing; one that could not be read is tried again; two
/// are looked at side by side, which the record of both says.
#[test]
fn files_are_stopped_tried_again_and_compared() {
    let stage = Stage::new();
    let window = Desktop::open(&stage);
    onboard(&window, Language::Chinese);
    let long = stage.write("long.bin", b"");
    // A hole takes no room; what is made of it is written until it is stopped.
    std::fs::File::options().write(true).open(&long).unwrap().set_len(6 << 30).unwrap();
    let gone = stage.write("gone for now.txt", b"here");
    window.click("nav-evidence");
    window.find("evidence-empty");
    drag(&window, &[(gone.clone(), ""), (long, "")], "[data-testid='evidence']", || {});
    window.find("intake-sheet");
    std::fs::remove_file(&gone).unwrap();
    window.click("intake-submit");
    window.wait_gone("intake-sheet");
    window.click("bell");
    window.click_css("[data-testid='job-running'] [data-testid='job-cancel']");
    window.wait_until("both have ended", |window| {
        !window.has("job-running") && window.all("job-finished").len() == 2
    });
    stage.screenshot("evidence-stopped-zh-CN");
    window.assert_accessible("stopped files");
    assert_eq!(window.all("gallery-item").len(), 0);
    assert_eq!(stored(&stage), Vec::<String>::new());

    stage.write("gone for now.txt", b"here again");
    window.script(
        "[...document.querySelectorAll('[data-testid=job-finished]')]
            .find((e) => e.textContent.includes('gone for now'))
            .querySelector('[data-testid=job-again]').click()",
        vec![],
    );
    window.wait_until("it is taken in after all", |window| window.all("gallery-item").len() == 1);
    assert_eq!(stored(&stage).len(), 1);
    window.press("\u{e00c}");

    let photos = [
        (parcel(&stage, "packed.jpg", IN_PHOTO), "packing_photo"),
        (order_page(&stage, "what came back.png", IN_PAGE), "order_page"),
    ];
    drag(&window, &photos, "[data-testid='evidence']", || {});
    window.find("intake-sheet");
    window.click("intake-submit");
    window.wait_gone("intake-sheet");
    window.wait_until("they are in the gallery", |window| window.all("gallery-item").len() == 3);
    view(&window, "packing_photo");
    window.click("viewer-compare");
    let sides = |window: &Desktop| {
        let ids = "return [...document.querySelectorAll('[data-testid=viewer-side]')]
            .map((e) => e.dataset.id)";
        window.script(ids, vec![]).as_array().cloned().unwrap_or_default()
    };
    window.wait_until("two are shown", |window| {
        let shown = sides(window);
        shown.len() == 2 && shown[0] != shown[1]
    });
    let before = sides(&window);
    stage.screenshot("evidence-side-by-side-zh-CN");
    window.assert_accessible("two exhibits side by side");
    window.click("viewer-swap");
    window.wait_until("they change places", |window| sides(window).iter().eq(before.iter().rev()));
    window.click("viewer-join");
    window.wait_until("one is left", |window| sides(window).len() == 1);
    close_viewer(&window);
    let bwatch = Bwatch::beside(&stage);
    for id in before {
        let shown = bwatch.ok(["evidence", "show", id.as_str().unwrap()]);
        let custody = shown["exhibits"][0]["custody"].as_array().cloned().unwrap();
        assert!(custody.iter().any(|entry| entry["act"] == "viewed"), "{custody:?}");
    }
}

/// Names of the files of evidence that lie in the vault, finished or not.
fn stored(stage: &Stage) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![stage.data_dir().join("blobs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ if name == "identity.age" || name == "lock" => {}
                _ => found.push(name),
            }
        }
    }
    found
}
