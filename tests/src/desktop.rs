//! The real window of the real program, driven through the web view's own WebDriver server.

use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::drag::Drag;
use crate::process::{Running, output, wait_for};
use crate::stage::Stage;

/// How long an element may take to appear. Not a promise of speed: only the point at which a test
/// stops to wait on a machine that may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// The application's window, open on a [`Stage`].
#[derive(Debug)]
pub struct Desktop<'a> {
    stage: &'a Stage,
    runtime: Runtime,
    client: Option<Client>,
    driver: Running,
}

impl<'a> Desktop<'a> {
    /// Starts the desktop program that the test build made.
    pub fn open(stage: &'a Stage) -> Self {
        Self::open_program(stage, &crate::program("buyerwatch"))
    }

    /// Starts any program with a Tauri window.
    pub fn open_program(stage: &'a Stage, program: &Path) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .expect("the loopback interface has a free port")
            .port();
        let mut driver = stage.command("WebKitWebDriver");
        driver
            .arg(format!("--port={port}"))
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let driver = Running::start(driver);
        wait_for(Duration::from_secs(20), || {
            std::net::TcpStream::connect(("127.0.0.1", port)).ok()
        })
        .expect("the WebDriver server listens");

        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("the system allows an event loop");
        let mut capabilities = serde_json::Map::new();
        capabilities.insert(
            "webkitgtk:browserOptions".to_owned(),
            json!({ "binary": program, "args": [] }),
        );
        let client = runtime
            .block_on(
                ClientBuilder::new(HttpConnector::new())
                    .capabilities(capabilities)
                    .connect(&format!("http://127.0.0.1:{port}")),
            )
            .unwrap_or_else(|error| panic!("the window did not open: {error}"));
        Self { stage, runtime, client: Some(client), driver }
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("the window is open until it is closed")
    }

    /// The stage that the window is on.
    pub fn stage(&self) -> &'a Stage {
        self.stage
    }

    /// Waits for the element with this `data-testid`.
    pub fn find(&self, id: &str) -> Element {
        self.find_css(&format!("[data-testid=\"{id}\"]"))
    }

    /// Waits for the first element that a CSS selector names.
    pub fn find_css(&self, css: &str) -> Element {
        let found = self.runtime.block_on(
            self.client()
                .wait()
                .at_most(PATIENCE)
                .every(Duration::from_millis(50))
                .for_element(Locator::Css(css)),
        );
        found.unwrap_or_else(|error| self.fail(&format!("nothing matches {css} ({error})")))
    }

    /// All elements with this `data-testid` at this moment.
    pub fn all(&self, id: &str) -> Vec<Element> {
        let css = format!("[data-testid=\"{id}\"]");
        let found = self.runtime.block_on(self.client().find_all(Locator::Css(&css)));
        found.unwrap_or_default()
    }

    /// Whether an element with this `data-testid` is there at this moment.
    pub fn has(&self, id: &str) -> bool {
        !self.all(id).is_empty()
    }

    /// Waits until an element with this `data-testid` can be clicked, and clicks it.
    pub fn click(&self, id: &str) {
        self.click_css(&format!("[data-testid=\"{id}\"]"));
    }

    /// Waits until what a CSS selector names can be clicked, and clicks it.
    pub fn click_css(&self, css: &str) {
        let mut last = String::new();
        let clicked = wait_for(PATIENCE, || {
            let attempt = self.runtime.block_on(async {
                let element = self.client().find(Locator::Css(css)).await?;
                if !element.is_enabled().await? {
                    return Ok(false);
                }
                element.click().await.map(|()| true)
            });
            match attempt {
                Ok(done) => done.then_some(()),
                Err(error) => {
                    last = error.to_string();
                    None
                }
            }
        });
        if clicked.is_none() {
            self.fail(&format!("{css} could not be clicked ({last})"));
        }
    }

    /// Clicks the first element with this role whose accessible text contains `text`.
    pub fn click_role(&self, role: &str, text: &str) {
        let find = r"
            const [role, text] = arguments;
            const tag = { button: 'button', link: 'a[href]', option: 'option', tab: '' }[role];
            const css = `[role='${role}']` + (tag ? `, ${tag}` : '');
            return [...document.querySelectorAll(css)].find((e) =>
              (e.getAttribute('aria-label') || e.innerText || '').includes(text)) || null;";
        let clicked = wait_for(PATIENCE, || {
            let found = self.try_script(find, vec![json!(role), json!(text)]).ok()?;
            if found.is_null() {
                return None;
            }
            let click = "arguments[0].click(); return true;";
            self.try_script(click, vec![found]).ok()
        });
        if clicked.is_none() {
            self.fail(&format!("no {role} says {text:?}"));
        }
    }

    /// Replaces what a field holds by `text`, typed key by key.
    pub fn fill(&self, id: &str, text: &str) {
        let element = self.find(id);
        self.runtime
            .block_on(async {
                element.clear().await?;
                element.send_keys(text).await
            })
            .unwrap_or_else(|error| self.fail(&format!("{id} took no text ({error})")));
    }

    /// Types keys into whatever has the focus, as the keyboard does (WebDriver key codes allowed).
    pub fn press(&self, keys: &str) {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.runtime
            .block_on(self.client().perform_actions(actions))
            .unwrap_or_else(|error| self.fail(&format!("keys were not taken ({error})")));
    }

    /// Holds `modifier` (a WebDriver key code such as `'\u{e009}'` for Control) and presses `key`.
    pub fn press_with(&self, modifier: char, key: char) {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        let actions = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: modifier })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: modifier });
        self.runtime
            .block_on(self.client().perform_actions(actions))
            .unwrap_or_else(|error| self.fail(&format!("keys were not taken ({error})")));
    }

    /// The visible text of an element.
    pub fn text(&self, id: &str) -> String {
        let element = self.find(id);
        self.runtime.block_on(element.text()).unwrap_or_default()
    }

    /// The visible text of the whole page.
    pub fn page_text(&self) -> String {
        let text = self.script("return document.body.innerText", vec![]);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page shows `text`.
    pub fn wait_for_text(&self, text: &str) {
        let seen = wait_for(PATIENCE, || {
            let page = self.try_script("return document.body.innerText", vec![]).ok()?;
            page.as_str()?.contains(text).then_some(())
        });
        if seen.is_none() {
            self.fail(&format!("the page never showed {text:?}"));
        }
    }

    /// Waits until no element with this `data-testid` is left.
    pub fn wait_gone(&self, id: &str) {
        if wait_for(PATIENCE, || (!self.has(id)).then_some(())).is_none() {
            self.fail(&format!("{id} is still there"));
        }
    }

    /// Waits until `condition` holds.
    pub fn wait_until(&self, what: &str, mut condition: impl FnMut(&Self) -> bool) {
        if wait_for(PATIENCE, || condition(self).then_some(())).is_none() {
            self.fail(&format!("it never came true that {what}"));
        }
    }

    /// Runs a function body in the page and returns what it returns.
    pub fn script(&self, body: &str, arguments: Vec<Value>) -> Value {
        self.try_script(body, arguments)
            .unwrap_or_else(|error| self.fail(&format!("a script failed ({error})")))
    }

    fn try_script(
        &self,
        body: &str,
        arguments: Vec<Value>,
    ) -> Result<Value, fantoccini::error::CmdError> {
        self.runtime.block_on(self.client().execute(body, arguments))
    }

    /// Where the middle of an element is on the screen.
    pub fn on_screen(&self, css: &str) -> (i32, i32) {
        self.find_css(css);
        let middle = self.script(
            "const e = document.querySelector(arguments[0]);
             e.scrollIntoView({ block: 'nearest', behavior: 'instant' });
             const r = e.getBoundingClientRect();
             return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)]",
            vec![css.into()],
        );
        let place = |index: usize| i32::try_from(middle[index].as_i64()?).ok();
        let (Some(x), Some(y)) = (place(0), place(1)) else {
            self.fail(&format!("{css} has no place"))
        };
        let (left, top) = self.origin();
        (left + x, top + y)
    }

    /// Where the page's top left corner is on the screen: the pointer is put onto the window, and
    /// the page tells where it is. Window managers and tools disagree about frames; this does not.
    fn origin(&self) -> (i32, i32) {
        const ASK: &str = "window.pointerSeen = null;
            document.addEventListener('mousemove', (e) => {
              window.pointerSeen = [Math.round(e.clientX), Math.round(e.clientY)];
            }, { capture: true, once: true });";
        const TELL: &str = "return window.pointerSeen";
        let mut at = 400;
        let seen = wait_for(PATIENCE, || {
            self.script(ASK, vec![]);
            // A pointer that rests is not told.
            at = if at == 400 { 410 } else { 400 };
            let to = at.to_string();
            output("xdotool", ["mousemove", to.as_str(), to.as_str()], self.stage.environment());
            wait_for(Duration::from_millis(500), || {
                let seen = self.script(TELL, vec![]);
                Some((
                    i32::try_from(seen[0].as_i64()?).ok()?,
                    i32::try_from(seen[1].as_i64()?).ok()?,
                ))
            })
        });
        let (x, y) = seen.unwrap_or_else(|| self.fail("the page does not see the pointer"));
        (at - x, at - y)
    }

    /// Moves the real pointer, presses its buttons or the keys of the real keyboard, in the words of
    /// xdotool.
    pub fn point(&self, how: &[&str]) {
        output("xdotool", how, self.stage.environment());
    }

    /// Makes the window as large as the screen.
    pub fn fill_the_screen(&self) {
        self.runtime
            .block_on(self.client().maximize_window())
            .unwrap_or_else(|error| self.fail(&format!("the window did not grow ({error})")));
    }

    /// Drags real files from another program onto an element and lets go.
    pub fn drop_files(&self, files: &[&Path], css: &str) {
        let target = self.on_screen(css);
        let mut drag = Drag::begin(self.stage, files);
        drag.move_to(target);
        assert!(drag.drop_here(), "the window refused the files");
    }

    /// Starts to drag real files and holds them over an element.
    pub fn hold_files(&self, files: &[&Path], css: &str) -> Drag<'a> {
        let target = self.on_screen(css);
        let mut drag = Drag::begin(self.stage, files);
        drag.move_to(target);
        drag
    }

    /// Fails when axe-core finds a serious or critical violation on the present screen.
    ///
    /// The rules are those of axe-core (<https://github.com/dequelabs/axe-core>) with the tags
    /// WCAG 2 A and AA.
    pub fn assert_accessible(&self, screen: &str) {
        let source =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(source).expect("`npm ci` in ui installs axe-core");
        let run = format!(
            "const done = arguments[arguments.length - 1];
             if (!window.axe) {{ {axe} }}
             window.axe.run(document, {{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }})
               .then((r) => done(r.violations
                 .filter((v) => v.impact === 'serious' || v.impact === 'critical')
                 .map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' | '
                   + (n.any[0] || n.all[0] || n.none[0] || {{}}).message).join('; '))))
               .catch((e) => done(['axe failed: ' + e]));"
        );
        let found = self
            .runtime
            .block_on(self.client().execute_async(&run, vec![]))
            .unwrap_or_else(|error| self.fail(&format!("axe did not run ({error})")));
        let found = found.as_array().cloned().unwrap_or_default();
        if !found.is_empty() {
            let list: Vec<_> = found.iter().filter_map(Value::as_str).collect();
            self.fail(&format!("{screen} is not accessible:\n  {}", list.join("\n  ")));
        }
    }

    /// Closes the window as WebDriver does, without a chance for the program to object.
    pub fn close(mut self) {
        self.end_session();
    }

    fn end_session(&mut self) {
        if let Some(client) = self.client.take() {
            // The timer needs the event loop, so it is made inside.
            let limit = Duration::from_secs(5);
            let _ =
                self.runtime.block_on(async { tokio::time::timeout(limit, client.close()).await });
        }
        self.driver.kill();
    }

    fn fail(&self, why: &str) -> ! {
        let picture = self.stage.screenshot("failure");
        let page = self
            .try_script("return document.body.innerText", vec![])
            .ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default();
        panic!("{why}\nscreen: {}\npage:\n{page}", picture.display());
    }
}

impl Drop for Desktop<'_> {
    fn drop(&mut self) {
        self.end_session();
    }
}
