//! `cargo xtask bundle`: the installer for the system that it runs on.

use crate::Outcome;
use crate::setup;
use crate::shell::{must, npm, root, say, target_dir};

/// Makes a `.deb` on Linux, an `.msi` and an NSIS installer on Windows, an `.app` and a `.dmg` on
/// macOS. Arguments go to the Tauri bundler, for example `--bundles nsis`.
pub fn bundle(arguments: &[String]) -> Outcome {
    setup::for_desktop()?;
    say("Building the installer");
    let mut bundler = npm();
    bundler.current_dir(root().join("src-tauri"));
    // The bundler is fetched when it is needed: no other command uses it.
    bundler.args(["exec", "--yes", "--package", "@tauri-apps/cli@2", "--", "tauri", "build"]);
    if arguments.is_empty() && cfg!(target_os = "linux") {
        bundler.args(["--bundles", "deb"]);
    }
    // The window was built above; the bundler must not do it its own way.
    bundler.args(["--config", r#"{"build":{"beforeBuildCommand":""}}"#]);
    must(bundler.args(arguments))?;
    say(&format!("The installer lies in {}", target_dir().join("release/bundle").display()));
    Ok(())
}
