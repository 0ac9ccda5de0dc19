//! The settings file.

use crate::{
    ApiError,
    view::{Language, Theme},
};
use buyerwatch_domain::PersonId;
use buyerwatch_vault::VaultError;
use serde::{Deserialize, Serialize};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use ts_rs::TS;

/// How close rows stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// 32 pixels a row.
    #[default]
    Compact,
    /// 40 pixels a row.
    Comfortable,
}

/// What a desktop notification may say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotificationDetail {
    /// That something happened.
    #[default]
    None,
    /// Also the order ID; never a name.
    Order,
}

/// Settings of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Language of the window, the notifications and the recovery kit.
    pub language: Language,
    /// Colours of the window.
    pub theme: Theme,
    /// How close rows stand.
    pub density: Density,
    /// Minutes without a person until the vault locks, 1 to 15; 0 turns it off.
    pub idle_lock_minutes: u32,
    /// Whether desktop notifications are shown.
    pub notifications: bool,
    /// What they may say.
    pub notification_detail: NotificationDetail,
    /// Whether the program goes on watching when its window is closed.
    pub keep_running: bool,
}

/// Minutes to the idle lock unless a person says otherwise.
const IDLE_LOCK_MINUTES: u32 = 10;
/// Longest time to the idle lock that the marketplace's rules allow.
pub(crate) const IDLE_LOCK_LIMIT: u32 = 15;

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: system_language(),
            theme: Theme::default(),
            density: Density::default(),
            idle_lock_minutes: IDLE_LOCK_MINUTES,
            notifications: true,
            notification_detail: NotificationDetail::default(),
            keep_running: true,
        }
    }
}

fn system_language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Language::from_code(&value))
        .unwrap_or_default()
}

/// What the file holds: the settings, who worked here last, and what was told once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    #[serde(flatten)]
    settings: Settings,
    /// An identity without meaning outside the vault.
    person: Option<PersonId>,
    /// Somebody was told that closing the window does not end the program.
    told_of_closing: bool,
}

/// The settings file in the data folder.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    path: PathBuf,
    stored: Mutex<Stored>,
}

impl SettingsFile {
    /// Reads the file. Missing or unreadable ones give the defaults: settings must never keep
    /// anybody from their data.
    pub(crate) fn open(folder: &Path) -> Self {
        let path = folder.join("settings.json");
        let stored = fs::read(&path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Self { path, stored: Mutex::new(stored) }
    }

    pub(crate) fn get(&self) -> Settings {
        self.lock().settings.clone()
    }

    /// Who worked here last.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.lock().person
    }

    pub(crate) fn set(&self, change: impl FnOnce(&mut Settings)) -> Result<Settings, ApiError> {
        self.store(|stored| change(&mut stored.settings)).map(|stored| stored.settings)
    }

    pub(crate) fn set_person(&self, person: PersonId) -> Result<(), ApiError> {
        self.store(|stored| stored.person = Some(person)).map(drop)
    }

    /// Notes that somebody is told what closing the window means; whether nobody was before.
    pub(crate) fn tell_of_closing(&self) -> Result<bool, ApiError> {
        if self.lock().told_of_closing {
            return Ok(false);
        }
        self.store(|stored| stored.told_of_closing = true).map(|_| true)
    }

    fn store(&self, change: impl FnOnce(&mut Stored)) -> Result<Stored, ApiError> {
        let mut stored = self.lock();
        let mut next = stored.clone();
        change(&mut next);
        self.write(&next).map_err(VaultError::from)?;
        stored.clone_from(&next);
        Ok(next)
    }

    /// Replaces the file whole, so that a crash leaves the old one or the new one.
    fn write(&self, stored: &Stored) -> std::io::Result<()> {
        let text = serde_json::to_vec_pretty(stored)?;
        if let Some(folder) = self.path.parent() {
            make_private(folder)?;
        }
        let staged = self.path.with_extension("json.new");
        let mut file = fs::File::create(&staged)?;
        file.write_all(&text)?;
        file.sync_all()?;
        buyerwatch_vault::rename(&staged, &self.path)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Stored> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a folder that other users of the computer cannot look into.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::open(folder.path());
        file.set(|settings| {
            settings.language = Language::Chinese;
            settings.idle_lock_minutes = 3;
            settings.keep_running = false;
        })
        .unwrap();
        let person = PersonId::from_bytes([5; 16]);
        file.set_person(person).unwrap();
        let again = SettingsFile::open(folder.path());
        assert_eq!(again.get().language, Language::Chinese);
        assert_eq!(again.get().idle_lock_minutes, 3);
        assert!(!again.get().keep_running);
        assert_eq!(again.person(), Some(person));
    }

    #[test]
    fn a_damaged_or_foreign_file_gives_defaults_and_keeps_what_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("settings.json"), b"\x00not json").unwrap();
        assert_eq!(SettingsFile::open(folder.path()).get(), Settings::default());
        fs::write(
            folder.path().join("settings.json"),
            br#"{"theme":"dark","of_a_later_version":[1]}"#,
        )
        .unwrap();
        let read = SettingsFile::open(folder.path()).get();
        assert_eq!(read.theme, Theme::Dark);
        assert_eq!(read.idle_lock_minutes, IDLE_LOCK_MINUTES);
        assert!(read.keep_running);
    }
}
