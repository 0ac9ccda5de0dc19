//! The rules of the architecture that a compiler does not enforce.
//!
//! Which crate may depend on which, which libraries belong to one crate alone, where the window may
//! reach the backend, and how the window is confined. Each function returns what is broken, in
//! words.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::shell::{cargo, output, root, ui};

/// A crate of ours and the crates of ours that it may depend on, also in tests.
const ARROWS: [(&str, &[&str]); 14] = [
    ("buyerwatch-domain", &[]),
    ("buyerwatch-matching", &["buyerwatch-domain"]),
    ("buyerwatch-vault", &["buyerwatch-domain"]),
    ("buyerwatch-intake", &["buyerwatch-domain"]),
    ("buyerwatch-mailbox", &[]),
    ("buyerwatch-media", &[]),
    ("buyerwatch-report", &["buyerwatch-domain"]),
    ("buyerwatch-signals", &["buyerwatch-domain"]),
    (
        "buyerwatch-app",
        &[
            "buyerwatch-domain",
            "buyerwatch-matching",
            "buyerwatch-vault",
            "buyerwatch-intake",
            "buyerwatch-mailbox",
            "buyerwatch-media",
            "buyerwatch-report",
            "buyerwatch-signals",
        ],
    ),
    (
        "buyerwatch-fuzz",
        &[
            "buyerwatch-domain",
            "buyerwatch-intake",
            "buyerwatch-mailbox",
            "buyerwatch-matching",
            "buyerwatch-media",
            "buyerwatch-signals",
        ],
    ),
    ("buyerwatch-cli", &["buyerwatch-app"]),
    ("buyerwatch-desktop", &["buyerwatch-app"]),
    ("buyerwatch-tests", &["buyerwatch-app"]),
    ("xtask", &[]),
];

/// The beginning of a library's name and the only crates that may name it. The tests name the
/// database to measure a plain insert beside the product.
const OWNED: [(&str, &[&str]); 14] = [
    ("rusqlite", &["buyerwatch-vault", "buyerwatch-tests"]),
    ("libsqlite3-sys", &["buyerwatch-vault"]),
    ("tauri", &["buyerwatch-desktop"]),
    ("wry", &["buyerwatch-desktop"]),
    ("notify-rust", &["buyerwatch-desktop"]),
    ("clap", &["buyerwatch-cli"]),
    ("fantoccini", &["buyerwatch-tests"]),
    // What decodes a stranger's file runs behind the bounds of one crate, or not at all.
    ("hayro", &["buyerwatch-media"]),
    ("image", &["buyerwatch-media"]),
    ("infer", &["buyerwatch-media"]),
    ("kamadak-exif", &["buyerwatch-media"]),
    ("mail-parser", &["buyerwatch-media", "buyerwatch-intake"]),
    ("async-imap", &["buyerwatch-mailbox"]),
    ("weezl", &["buyerwatch-media"]),
];

/// The only file of the window that talks to the backend.
const TRANSPORT: &str = "src/lib/api/transport.ts";

/// Every broken rule.
pub fn all() -> Result<Vec<String>, String> {
    let metadata = metadata()?;
    let mut broken = arrows(&metadata);
    broken.extend(owned(&metadata));
    broken.extend(transport()?);
    broken.extend(confinement()?);
    Ok(broken)
}

fn metadata() -> Result<Value, String> {
    let text = output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))
        .ok_or("`cargo metadata` failed")?;
    serde_json::from_str(&text).map_err(|error| format!("`cargo metadata` is no JSON: {error}"))
}

/// Every pair of a package of ours and the name of one of its direct dependencies, also those for
/// tests and builds.
fn dependencies(metadata: &Value) -> Vec<(String, String)> {
    let list = |value: &Value, field: &str| value[field].as_array().cloned().unwrap_or_default();
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    list(metadata, "packages")
        .iter()
        .flat_map(|package| {
            let package_name = name(package);
            list(package, "dependencies")
                .iter()
                .map(name)
                .map(|n| (package_name.clone(), n))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn arrows(metadata: &Value) -> Vec<String> {
    let ours = |name: &str| ARROWS.iter().find(|(crate_name, _)| *crate_name == name);
    let mut broken = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        if ours(name).is_none() {
            broken.push(format!("{name} has no place in the dependency rules: give it one"));
        }
    }
    for (package, dependency) in dependencies(metadata) {
        let (Some((_, allowed)), Some(_)) = (ours(&package), ours(&dependency)) else { continue };
        if !allowed.contains(&dependency.as_str()) {
            broken.push(format!("{package} must not depend on {dependency}"));
        }
    }
    broken
}

fn owned(metadata: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    for (package, dependency) in dependencies(metadata) {
        for (library, owners) in OWNED {
            let named = dependency == library || dependency.starts_with(&format!("{library}-"));
            if named && !owners.contains(&package.as_str()) {
                broken.push(format!("{package} names {dependency}, which is for {owners:?} alone"));
            }
        }
    }
    broken
}

/// Only the transport module may import Tauri's libraries.
fn transport() -> Result<Vec<String>, String> {
    let mut broken = Vec::new();
    for path in files(&ui().join("src"), &["ts", "js", "svelte"]) {
        let text = read(&path)?;
        let imports = text.contains("@tauri-apps/") || text.contains("__TAURI");
        if imports && !path.ends_with(TRANSPORT) {
            broken.push(format!("{} reaches the backend past {TRANSPORT}", relative(&path)));
        }
    }
    Ok(broken)
}

/// The window's rights, content security policy and build features.
fn confinement() -> Result<Vec<String>, String> {
    let shell = root().join("src-tauri");
    let config = json(&shell.join("tauri.conf.json"))?;
    let manifest = read(&shell.join("Cargo.toml"))? + &read(&root().join("Cargo.toml"))?;
    let mut broken = config_rules(&config);
    if manifest.lines().any(|line| line.contains("tauri") && line.contains("\"devtools\"")) {
        broken.push("the feature `devtools` opens the inspector in released builds".into());
    }
    for path in files(&shell.join("capabilities"), &["json", "json5", "toml"]) {
        let capability = json(&path)?;
        broken.extend(capability_rules(&relative(&path), &capability));
    }
    Ok(broken)
}

fn config_rules(config: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    let app = &config["app"];
    if app["withGlobalTauri"] == true {
        broken.push("withGlobalTauri gives every script the backend: leave it off".into());
    }
    let security = &app["security"];
    if security["freezePrototype"] != true {
        broken.push("freezePrototype must be on".into());
    }
    // Tauri adds hashes of its own scripts to the policy; for styles that would switch off
    // 'unsafe-inline', which element styles need, so only styles may be left alone.
    let untouched = &security["dangerousDisableAssetCspModification"];
    let styles_only = untouched.as_array().is_some_and(|directives| {
        directives.iter().all(|name| name.as_str().is_some_and(|n| n.starts_with("style-src")))
    });
    if !(untouched.is_null() || *untouched == false || styles_only) {
        broken.push("dangerousDisableAssetCspModification weakens the script policy".into());
    }
    if security["assetProtocol"]["enable"] == true {
        broken.push("the asset protocol lets the window read files: leave it off".into());
    }
    for (name, window) in app["windows"].as_array().into_iter().flatten().enumerate() {
        if window["devtools"] == true {
            broken.push(format!("window {name} opens the inspector in released builds"));
        }
        if window["dragDropEnabled"] == false {
            broken.push(format!("window {name} switches native file drop off"));
        }
    }
    let policy = match &security["csp"] {
        Value::String(policy) => policy.clone(),
        Value::Object(directives) => directives
            .iter()
            .map(|(name, value)| match value {
                Value::Array(sources) => {
                    let sources: Vec<_> = sources.iter().filter_map(Value::as_str).collect();
                    format!("{name} {}", sources.join(" "))
                }
                other => format!("{name} {}", other.as_str().unwrap_or_default()),
            })
            .collect::<Vec<_>>()
            .join("; "),
        _ => String::new(),
    };
    broken.extend(policy_rules(&policy));
    broken
}

fn policy_rules(policy: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let directives: Vec<Vec<&str>> =
        policy.split(';').map(|directive| directive.split_whitespace().collect()).collect();
    let directive =
        |name: &str| directives.iter().find(|words| words.first().is_some_and(|w| *w == name));
    if directive("default-src").is_none() {
        broken.push("the content security policy has no default-src".into());
    }
    // Scripts fall back to the default when they have no directive of their own.
    for name in ["default-src", "script-src", "script-src-elem", "script-src-attr"] {
        for source in directive(name).into_iter().flatten() {
            if source.contains("unsafe") {
                broken.push(format!("{name} allows {source}"));
            }
        }
    }
    for words in &directives {
        // Windows serves the program's media scheme under this host, which leads to no network. It is
        // for pictures and films only: what lies there was written by strangers.
        let shows = matches!(words.first(), Some(&("img-src" | "media-src")));
        let local = |source: &str| {
            source.contains("ipc.localhost")
                || source == "ipc:"
                || (shows && source == "http://media.localhost")
        };
        for source in words.iter().skip(1) {
            let network = *source == "*"
                || ((source.starts_with("http:")
                    || source.starts_with("https:")
                    || source.starts_with("ws"))
                    && !local(source));
            if network {
                broken.push(format!("the content security policy lets {source} be reached"));
            }
        }
    }
    broken
}

fn capability_rules(file: &str, capability: &Value) -> Vec<String> {
    /// What would let the window touch files, programs or the network by itself.
    const NEVER: [&str; 7] =
        ["fs:", "shell:", "http:", "opener:", "process:", "websocket:", "upload:"];
    let mut broken = Vec::new();
    if capability.to_string().contains('*') {
        broken.push(format!("{file} has a wildcard"));
    }
    if !capability["remote"].is_null() {
        broken.push(format!("{file} gives rights to remote pages"));
    }
    if capability["windows"].as_array().is_none_or(|windows| windows.len() != 1) {
        broken.push(format!("{file} must be for exactly one window"));
    }
    for permission in capability["permissions"].as_array().into_iter().flatten() {
        let name = permission.as_str().or(permission["identifier"].as_str()).unwrap_or_default();
        if NEVER.iter().any(|prefix| name.starts_with(prefix)) {
            broken.push(format!("{file} grants {name}"));
        }
    }
    broken
}

fn files(dir: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() {
                return files(&path, extensions);
            }
            let extension = path.extension().and_then(|extension| extension.to_str());
            if extension.is_some_and(|own| extensions.contains(&own)) { vec![path] } else { vec![] }
        })
        .collect()
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", relative(path)))
}

fn json(path: &Path) -> Result<Value, String> {
    serde_json::from_str(&read(path)?).map_err(|error| format!("{}: {error}", relative(path)))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_workspace_keeps_the_rules() {
        assert_eq!(all().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_wrong_arrow_is_seen() {
        let metadata = json!({ "packages": [
            { "name": "buyerwatch-domain", "dependencies": [{ "name": "buyerwatch-vault" }] },
            { "name": "buyerwatch-cli", "dependencies": [{ "name": "tauri-plugin-dialog" }] },
            { "name": "buyerwatch-new", "dependencies": [] },
        ] });
        assert_eq!(arrows(&metadata).len(), 2);
        assert_eq!(owned(&metadata).len(), 1);
    }

    #[test]
    fn an_open_window_is_seen() {
        let config = json!({ "app": {
            "withGlobalTauri": true,
            "windows": [{ "devtools": true, "dragDropEnabled": false }],
            "security": { "csp": { "default-src": "'self'", "script-src": ["'self'", "'unsafe-eval'"] } },
        } });
        assert_eq!(config_rules(&config).len(), 5);
        assert_eq!(policy_rules("default-src 'self'; connect-src https://example.org").len(), 1);
        assert_eq!(
            policy_rules("default-src 'self'; connect-src ipc: http://ipc.localhost"),
            [""; 0]
        );
        let media = "http://media.localhost";
        let shown = format!("default-src 'none'; img-src media: {media}; media-src media: {media}");
        assert_eq!(policy_rules(&shown), [""; 0]);
        for directive in ["default-src", "script-src", "connect-src", "frame-src"] {
            let policy = format!("default-src 'none'; {directive} {media}");
            assert_eq!(policy_rules(&policy).len(), 1, "{directive}");
        }
        let near = policy_rules("default-src 'none'; img-src http://media.localhost.example.org");
        assert_eq!(near.len(), 1);
        assert_eq!(policy_rules("").len(), 1);
    }

    #[test]
    fn a_generous_capability_is_seen() {
        let generous = json!({ "windows": ["*"], "permissions": ["fs:default"] });
        assert_eq!(capability_rules("x.json", &generous).len(), 2);
        let narrow = json!({ "windows": ["main"], "permissions": ["core:event:allow-listen"] });
        assert_eq!(capability_rules("x.json", &narrow), [""; 0]);
    }
}
