//! The stage on which a journey plays: a display, a session bus, a window manager, a notification
//! server and a home folder, all of its own and all real programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::process::{Running, output, wait_for};

/// One stage at a time: two windows on two cores would only measure each other.
static CURTAIN: Mutex<()> = Mutex::new(());

/// A notification as the desktop's notification server showed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Popup {
    /// The first, bold line.
    pub summary: String,
    /// The text below it, as handed over (markup not interpreted).
    pub body: String,
    /// The name of the application that sent it.
    pub app: String,
}

/// A display with everything that a desktop session has.
#[derive(Debug)]
pub struct Stage {
    environment: Vec<(String, String)>,
    // Dropped in this order: what needs the display goes before the display.
    _notifications: Running,
    _window_manager: Option<Running>,
    _display: Running,
    _bus: Running,
    home: TempDir,
    inputs: TempDir,
    _curtain: MutexGuard<'static, ()>,
}

impl Stage {
    /// Sets a stage of 1280×800 up and waits until every part answers.
    pub fn new() -> Self {
        Self::sized(1280, 800)
    }

    /// Sets a stage of this size up and waits until every part answers.
    pub fn sized(width: u32, height: u32) -> Self {
        let curtain = CURTAIN.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = |name| {
            let folder = tempfile::Builder::new().prefix(name).tempdir();
            folder.expect("the temporary folder takes a folder")
        };
        let (home, inputs) = (folder("buyerwatch-stage-"), folder("buyerwatch-inputs-"));
        let mut environment = private_environment(home.path());

        let mut display = Command::new("Xvfb");
        display
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24")])
            .args(["-nolisten", "tcp"])
            .args(["-noreset", "-dpi", "96", "-fbdir"])
            .arg(home.path())
            .stderr(Stdio::null());
        let (display, number) = Running::start_and_read_line(display);
        environment.push(("DISPLAY".into(), format!(":{}", number.trim())));

        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--print-address=1"])
            .arg(format!("--address=unix:path={}", home.path().join("bus").display()))
            .envs(environment.iter().cloned())
            .stderr(Stdio::null());
        let (bus, address) = Running::start_and_read_line(bus);
        environment.push(("DBUS_SESSION_BUS_ADDRESS".into(), address.trim().into()));

        let window_manager = Self::window_manager(&environment);

        let mut dunst = Command::new("dunst");
        dunst
            .arg("-conf")
            .arg(support("dunstrc"))
            .envs(environment.iter().cloned())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let notifications = Running::start(dunst);
        let stage = Self {
            environment,
            _notifications: notifications,
            _window_manager: window_manager,
            _display: display,
            _bus: bus,
            home,
            inputs,
            _curtain: curtain,
        };
        wait_for(Duration::from_secs(20), || {
            let mut ask = stage.command("dunstctl");
            ask.arg("history").stdout(Stdio::null()).stderr(Stdio::null());
            ask.status().ok().filter(std::process::ExitStatus::success)
        })
        .expect("dunst answers on the session bus");
        stage
    }

    fn window_manager(environment: &[(String, String)]) -> Option<Running> {
        let mut command = Command::new("openbox");
        command
            .args(["--sm-disable"])
            .envs(environment.iter().cloned())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let found = Command::new("openbox").arg("--version").stdout(Stdio::null()).status().is_ok();
        found.then(|| {
            let running = Running::start(command);
            wait_for(Duration::from_secs(10), || {
                let mut ask = Command::new("xdotool");
                ask.args(["get_num_desktops"]).envs(environment.iter().cloned());
                let ask = ask.stdout(Stdio::null()).stderr(Stdio::null()).status();
                ask.ok().filter(std::process::ExitStatus::success)
            });
            running
        })
    }

    /// A command that runs on this stage.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.envs(self.environment.iter().cloned()).stdin(Stdio::null());
        command
    }

    /// The variables that put a program onto this stage.
    pub fn environment(&self) -> &[(String, String)] {
        &self.environment
    }

    /// The home folder of this stage; everything that programs on it write is below.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The data folder that the desktop and `bwatch` use here.
    pub fn data_dir(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Has this system lack a library: the loader finds an empty file first, and goes no further.
    pub fn without_libraries(&mut self, names: &[String]) {
        let folder = self.inputs.path().join("no-libraries");
        fs::create_dir_all(&folder).expect("the temporary folder takes folders");
        for name in names {
            fs::write(folder.join(name), b"").expect("the temporary folder takes files");
        }
        let folder = folder.to_string_lossy().into_owned();
        self.environment.push(("LD_LIBRARY_PATH".to_owned(), folder));
    }

    /// Writes a file with exactly these bytes beside the stage's home, where a search of what
    /// programs wrote does not look, and returns its path.
    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.inputs.path().join(name);
        fs::write(&path, bytes).expect("the temporary folder takes files");
        path
    }

    /// Every notification shown since the stage was set up, the oldest first, whether it is still
    /// on screen or not.
    pub fn popups(&self) -> Vec<Popup> {
        // History holds what was closed, so what is still on screen is closed first.
        output("dunstctl", ["close-all"], &self.environment);
        let history = output("dunstctl", ["history"], &self.environment);
        let history: Value = serde_json::from_str(&history).expect("dunst prints JSON");
        let text = |entry: &Value, field: &str| {
            entry.pointer(&format!("/{field}/data")).and_then(Value::as_str).unwrap_or("").into()
        };
        let mut popups: Vec<(i64, Popup)> = history
            .pointer("/data/0")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|entry| {
                let id = entry.pointer("/id/data").and_then(Value::as_i64).unwrap_or_default();
                let popup = Popup {
                    summary: text(entry, "summary"),
                    body: text(entry, "body"),
                    app: text(entry, "appname"),
                };
                (id, popup)
            })
            .collect();
        popups.sort_by_key(|(id, _)| *id);
        popups.into_iter().map(|(_, popup)| popup).collect()
    }

    /// The number of the newest notification, whether it is still on screen or not; 0 before the first.
    pub fn newest_popup(&self) -> i64 {
        // History holds what was closed, so what is still on screen is closed first.
        output("dunstctl", ["close-all"], &self.environment);
        let history = output("dunstctl", ["history"], &self.environment);
        let history: Value = serde_json::from_str(&history).expect("dunst prints JSON");
        let entries = history.pointer("/data/0").and_then(Value::as_array);
        let ids = entries.into_iter().flatten();
        ids.filter_map(|entry| entry.pointer("/id/data").and_then(Value::as_i64)).max().unwrap_or(0)
    }

    /// Waits until at least `count` notifications were shown.
    pub fn wait_for_popups(&self, count: usize) -> Vec<Popup> {
        wait_for(Duration::from_secs(20), || {
            let popups = self.popups();
            (popups.len() >= count).then_some(popups)
        })
        .unwrap_or_else(|| panic!("{count} pop-ups expected, got {:?}", self.popups()))
    }

    /// The middle of the screen: the pixels of the window without its frame, every third line.
    ///
    /// Reads the memory of the virtual screen directly, so that watching it hardly costs time.
    pub fn pixels(&self) -> Vec<[u8; 4]> {
        const COLUMNS: std::ops::Range<usize> = 300..980;
        const LINES: std::ops::Range<usize> = 200..600;
        let path = self.home.path().join("Xvfb_screen0");
        let Ok(screen) = fs::read(path) else { return Vec::new() };
        // An X window dump (XWDFile.h): big-endian words, then a colour map of 12 bytes per entry.
        let word = |index: usize| {
            let bytes = screen.get(index * 4..index * 4 + 4).and_then(|b| b.try_into().ok());
            bytes.map_or(0, |bytes| u32::from_be_bytes(bytes) as usize)
        };
        let (start, line_bytes) = (word(0) + word(19) * 12, word(12));
        let lines = LINES.step_by(3).filter_map(|line| {
            let line = start + line * line_bytes;
            screen.get(line + COLUMNS.start * 4..line + COLUMNS.end * 4)
        });
        lines.flat_map(|line| line.as_chunks().0).copied().collect()
    }

    /// How many different colours the middle of the screen shows, counted up to `enough`. One means
    /// that nothing is painted there yet.
    pub fn colours(&self, enough: usize) -> usize {
        let mut seen = Vec::new();
        for pixel in self.pixels() {
            if !seen.contains(&pixel) {
                seen.push(pixel);
                if seen.len() >= enough {
                    break;
                }
            }
        }
        seen.len()
    }

    /// Takes a picture of the whole screen, pop-ups included, into `name`.png in the folder for
    /// screenshots (see [`screenshot_dir`]) and returns its path.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let dir = screenshot_dir();
        fs::create_dir_all(&dir).expect("the folder for screenshots can be made");
        let path = dir.join(format!("{name}.png"));
        let target = path.to_string_lossy().into_owned();
        // 256 colours keep the pictures small enough for the repository; interfaces lose nothing.
        let options = ["-window", "root", "-strip", "-dither", "None", "-colors", "256"];
        output("import", options.into_iter().chain([target.as_str()]), &self.environment);
        path
    }
}

impl Default for Stage {
    fn default() -> Self {
        Self::new()
    }
}

/// Where journeys put their pictures: `tests/screenshots` when `BUYERWATCH_SCREENSHOTS=keep` asks
/// for new ones for the README, otherwise a folder beside the build.
pub fn screenshot_dir() -> PathBuf {
    if std::env::var("BUYERWATCH_SCREENSHOTS").as_deref() == Ok("keep") {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots")
    } else {
        crate::program_dir().join("screenshots")
    }
}

/// A file in `tests/support`.
pub fn support(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("support").join(name)
}

fn private_environment(home: &Path) -> Vec<(String, String)> {
    let folder = |name: &str| {
        let path = home.join(name);
        fs::create_dir_all(&path).expect("the stage's home takes folders");
        path.to_string_lossy().into_owned()
    };
    let mut environment = vec![
        ("HOME".to_owned(), folder("")),
        ("BUYERWATCH_DATA_DIR".to_owned(), folder("data")),
        ("XDG_CONFIG_HOME".to_owned(), folder("config")),
        ("XDG_DATA_HOME".to_owned(), folder("share")),
        ("XDG_CACHE_HOME".to_owned(), folder("cache")),
        ("XDG_STATE_HOME".to_owned(), folder("state")),
        ("XDG_RUNTIME_DIR".to_owned(), folder("run")),
        ("TMPDIR".to_owned(), folder("tmp")),
    ];
    let fixed = [
        ("LANG", "C.UTF-8"),
        ("LC_ALL", "C.UTF-8"),
        ("GDK_BACKEND", "x11"),
        ("WAYLAND_DISPLAY", ""),
        // No accessibility bus, settings daemon or portal: they are not what is tested and each
        // costs seconds to time out on a bare machine.
        ("NO_AT_BRIDGE", "1"),
        ("GTK_USE_PORTAL", "0"),
        ("GSETTINGS_BACKEND", "memory"),
        // There is no graphics hardware behind a virtual display.
        ("LIBGL_ALWAYS_SOFTWARE", "1"),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ];
    environment.extend(fixed.map(|(name, value)| (name.to_owned(), value.to_owned())));
    environment
}
