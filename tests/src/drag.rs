//! Dragging real files from another program onto the window, with the real drag protocol.

use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::process::{Running, output};
use crate::stage::{Stage, support};

/// Where the source window stands: the corner that is farthest from the usual targets.
const SOURCE: (i32, i32) = (1204, 4);

/// A drag of files that is under way: the button is down.
#[derive(Debug)]
pub struct Drag<'a> {
    stage: &'a Stage,
    _source: Running,
    lines: Receiver<String>,
    at: (i32, i32),
}

impl<'a> Drag<'a> {
    /// Opens a window that offers `files`, presses the button on it and starts to move.
    pub fn begin(stage: &'a Stage, files: &[&Path]) -> Self {
        // The system's Python, which has the GTK bindings, whatever else is first on the path.
        let mut command = stage.command("/usr/bin/python3");
        command
            .arg(support("drag_source.py"))
            .args([SOURCE.0.to_string(), SOURCE.1.to_string()])
            .args(files)
            .stdout(Stdio::piped());
        let mut source = Running::start(command);
        let lines = source.lines();
        let mut drag = Self { stage, _source: source, lines, at: (SOURCE.0 + 36, SOURCE.1 + 20) };
        drag.expect("ready");
        drag.xdotool(&["mousemove", &drag.at.0.to_string(), &drag.at.1.to_string()]);
        drag.pause();
        drag.xdotool(&["mousedown", "1"]);
        drag.move_to((drag.at.0 - 30, drag.at.1 + 30));
        drag.expect("begun");
        drag
    }

    /// Moves to a point of the screen in small steps, as a hand does.
    pub fn move_to(&mut self, to: (i32, i32)) {
        const STEPS: i32 = 12;
        let from = self.at;
        for step in 1..=STEPS {
            let x = from.0 + (to.0 - from.0) * step / STEPS;
            let y = from.1 + (to.1 - from.1) * step / STEPS;
            self.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
            std::thread::sleep(Duration::from_millis(15));
        }
        self.at = to;
        self.pause();
    }

    /// Lets go; returns whether the target took the files.
    pub fn drop_here(self) -> bool {
        self.xdotool(&["mouseup", "1"]);
        self.expect("ended") != "ended 0"
    }

    fn expect(&self, word: &str) -> String {
        loop {
            let line = self
                .lines
                .recv_timeout(Duration::from_secs(20))
                .unwrap_or_else(|_| panic!("the drag source did not say {word:?}"));
            if line.starts_with(word) {
                return line;
            }
        }
    }

    fn xdotool(&self, arguments: &[&str]) {
        output("xdotool", arguments, self.stage.environment());
    }

    fn pause(&self) {
        std::thread::sleep(Duration::from_millis(120));
    }
}
