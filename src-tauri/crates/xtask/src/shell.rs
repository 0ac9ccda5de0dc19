//! Running other programs, and where things lie.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The repository's root folder.
///
/// Cargo says at run time where this package lies. The folder of compile time can be another clone's, when both
/// share a build cache.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf(), PathBuf::from);
    here.ancestors().nth(3).unwrap_or(&here).to_path_buf()
}

/// The folder with the window's sources.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// The folder for build results that this very build uses (`target` unless set otherwise).
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program that a build with this profile made.
pub fn built(release: bool, name: &str) -> PathBuf {
    let profile = if release { "release" } else { "debug" };
    target_dir().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Tells what comes next.
pub fn say(what: &str) {
    eprintln!("\n== {what}");
}

/// A command in the repository's root.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// `cargo`, the same one that started this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// `npm` in the window's folder.
pub fn npm() -> Command {
    // On Windows npm is a script, which only a shell starts.
    let mut npm = if cfg!(windows) {
        let mut shell = Command::new("cmd");
        shell.args(["/C", "npm"]);
        shell
    } else {
        Command::new("npm")
    };
    npm.current_dir(ui());
    npm
}

/// Runs a command to its end; its output goes to the terminal.
pub fn must(command: &mut Command) -> Outcome {
    let shown = show(command);
    eprintln!("$ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` failed ({status})")),
        Err(error) => Err(format!("`{shown}` did not start: {error}")),
    }
}

/// Runs a command that depends on the network: tried a second time when it fails.
pub fn must_retrying(command: &mut Command) -> Outcome {
    must(command).or_else(|why| {
        eprintln!("{why}; trying once more");
        must(command)
    })
}

/// What a command prints, when it succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let out = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Whether a program can be started.
pub fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

fn show(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
