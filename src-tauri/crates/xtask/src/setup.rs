//! Installing what a fresh machine lacks.
//!
//! On Debian and Ubuntu packages are installed with apt. On Windows and macOS the compilers come
//! from their makers' installers, so those are only checked and named.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::Outcome;
use crate::shell::{exists, must, must_retrying, npm, output, root, say, ui};

/// To compile the programs without a window: a C compiler, and Perl and make for OpenSSL.
const COMPILE: &[&str] = &["build-essential", "perl", "pkg-config"];

/// To compile and show the window.
const WINDOW: &[&str] = &[
    // Plays films and sounds in the web view.
    "gstreamer1.0-plugins-good",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libwebkit2gtk-4.1-dev",
];

/// To play the journeys: a display, a session bus, a notification server, a web driver, a hand, a mail
/// server.
const JOURNEYS: &[&str] = &[
    "dbus",
    "dbus-x11",
    "dovecot-imapd",
    "dunst",
    "fonts-dejavu-core",
    "fonts-noto-cjk",
    "gir1.2-gtk-3.0",
    "imagemagick",
    "libglib2.0-bin",
    "openbox",
    "python3-gi",
    "webkit2gtk-driver",
    "xdotool",
    "xvfb",
];

/// The oldest Node.js release line that the window's tools run on.
const NODE: u32 = 20;

/// What `bwatch` alone needs.
pub fn for_terminal() -> Outcome {
    system_packages(&[COMPILE])
}

/// What the desktop needs, and the window itself, built.
pub fn for_desktop() -> Outcome {
    system_packages(&[COMPILE, WINDOW])?;
    window()
}

/// What the tests need on top.
pub fn for_tests() -> Outcome {
    system_packages(&[COMPILE, WINDOW, JOURNEYS])?;
    rust_components()?;
    window()
}

/// The public programs that figures are compared with. `rage` is taken when it is there:
/// `cargo install rage`.
pub fn competitors() -> Outcome {
    system_packages(&[&["age"]])
}

/// The Python libraries that matching is compared with, in an environment of their own in the cache
/// folder; its interpreter.
pub fn python_competitors() -> Result<PathBuf, String> {
    system_packages(&[&["python3", "python3-venv"]])?;
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
    let cache = cache.or_else(home).ok_or("there is no cache folder: set HOME")?;
    let folder = cache.join("buyerwatch").join("competitors");
    let python = folder.join("bin").join("python");
    let list = root().join("tests/benches/competitors/requirements.txt");
    if !python.exists() {
        must(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    must(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(list))?;
    Ok(python)
}

/// Everything.
pub fn everything() -> Outcome {
    for_tests()
}

/// Whether a window can be shown.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn system_packages(groups: &[&[&str]]) -> Outcome {
    if cfg!(target_os = "windows") {
        return windows_prerequisites();
    }
    if cfg!(target_os = "macos") {
        return macos_prerequisites();
    }
    let wanted: Vec<&str> = groups.iter().flat_map(|group| group.iter().copied()).collect();
    if !exists("dpkg-query") {
        eprintln!(
            "This is not Debian or Ubuntu: if the build misses a library, install your system's \
             names for {}.",
            wanted.join(", ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = wanted.into_iter().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("Installing {}", missing.join(", ")));
    must_retrying(apt()?.arg("update")).or_else(|why| {
        // An old list may still do; the installation says so if it does not.
        eprintln!("{why}; going on with the package list at hand");
        Ok::<(), String>(())
    })?;
    must_retrying(apt()?.args(["install", "-y", "--no-install-recommends"]).args(&missing))
}

fn installed(package: &str) -> bool {
    output(Command::new("dpkg-query").args(["-W", "-f", "${Status}", package]))
        .is_some_and(|status| status.ends_with(" installed"))
}

fn apt() -> Result<Command, String> {
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let mut apt = if root {
        Command::new("apt-get")
    } else if exists("sudo") {
        let mut sudo = Command::new("sudo");
        sudo.arg("apt-get");
        sudo
    } else {
        return Err("system packages are missing and neither root nor sudo is at hand: \
                    run `cargo xtask setup` once as root"
            .into());
    };
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(apt)
}

fn windows_prerequisites() -> Outcome {
    let mut missing = Vec::new();
    if output(Command::new("rustc").arg("-vV")).is_none_or(|about| !about.contains("msvc")) {
        missing.push(
            "Rust for MSVC and the \"Desktop development with C++\" workload of the Visual Studio \
             Build Tools: winget install Rustlang.Rustup Microsoft.VisualStudio.2022.BuildTools",
        );
    }
    if !exists("perl") {
        missing.push(
            "Perl, which builds OpenSSL for the database encryption: \
             winget install StrawberryPerl.StrawberryPerl",
        );
    }
    // WebView2 comes with Windows 11 and with current Windows 10.
    report_missing(&missing)
}

fn macos_prerequisites() -> Outcome {
    let mut missing = Vec::new();
    if output(Command::new("xcode-select").arg("-p")).is_none() {
        missing.push("Apple's command line tools: xcode-select --install");
    }
    report_missing(&missing)
}

fn report_missing(missing: &[&str]) -> Outcome {
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("please install first, then run this again:\n  - {}", missing.join("\n  - ")))
}

fn rust_components() -> Outcome {
    for component in ["rustfmt", "clippy"] {
        let program = if component == "rustfmt" { "rustfmt" } else { "cargo-clippy" };
        if !exists(program) {
            must(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Installs the window's libraries and builds it, each only when something changed.
pub fn window() -> Outcome {
    window_libraries()?;
    if !build_is_current() {
        say("Building the window");
        must(npm().args(["run", "build"]))?;
    }
    Ok(())
}

/// Installs the window's libraries when the lock file is newer than what is installed.
pub fn window_libraries() -> Outcome {
    node()?;
    let lock = modified(&ui().join("package-lock.json"));
    let installed = modified(&ui().join("node_modules/.package-lock.json"));
    if installed.is_none() || installed < lock {
        say("Installing the window's libraries");
        must_retrying(npm().args(["ci", "--no-audit", "--no-fund"]))?;
        // npm keeps the time of an unchanged file; without this the next run installs again.
        let record = ui().join("node_modules/.package-lock.json");
        if let Ok(file) = fs::File::options().append(true).open(record) {
            let _ = file.set_modified(SystemTime::now());
        }
    }
    Ok(())
}

fn node() -> Outcome {
    let how = if cfg!(target_os = "windows") {
        "winget install OpenJS.NodeJS.LTS"
    } else if cfg!(target_os = "macos") {
        "brew install node"
    } else {
        "apt-get install nodejs npm (or https://nodejs.org when that is older)"
    };
    let version = output(Command::new("node").arg("--version"))
        .ok_or_else(|| format!("Node.js {NODE} or newer is missing: {how}"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    match major.parse::<u32>() {
        Ok(major) if major >= NODE => Ok(()),
        _ => Err(format!("Node.js {NODE} or newer is needed, this is {}: {how}", version.trim())),
    }
}

fn build_is_current() -> bool {
    let built = modified(&ui().join("build/index.html"));
    built.is_some() && built >= newest(&ui())
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|about| about.modified()).ok()
}

/// When the newest source below `dir` was changed.
fn newest(dir: &Path) -> Option<SystemTime> {
    const RESULTS: [&str; 4] = ["node_modules", "build", ".svelte-kit", "coverage"];
    fs::read_dir(dir)
        .ok()?
        .flatten()
        .filter(|entry| !RESULTS.iter().any(|name| entry.file_name() == *name))
        .filter_map(|entry| {
            let path = entry.path();
            if path.is_dir() { newest(&path) } else { modified(&path) }
        })
        .max()
}
