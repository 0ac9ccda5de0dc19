//! Saves the recovery key as a page to print.

use super::kit::{self, Kit};
use crate::{ApiError, Desk, Secret, files::file_name};
use buyerwatch_vault::{RecoveryKey, VaultError};
use serde::{Deserialize, Serialize};
use std::{io::Write as _, path::Path};
use ts_rs::TS;

/// What to save.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveKit {
    /// The key as it was shown.
    pub recovery_key: Secret,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KitSaved {
    /// Whether a place was chosen and the page was written.
    pub saved: bool,
    /// Name of the file, without its folder.
    pub name: Option<String>,
}

pub(crate) fn run(desk: &Desk, request: SaveKit) -> Result<KitSaved, ApiError> {
    let key: RecoveryKey = request
        .recovery_key
        .reveal()
        .parse()
        .map_err(|error| ApiError::new("malformed_recovery_key", format!("{error}")))?;
    let suggested = desk
        .settings()
        .language
        .pick("买家守望 恢复密钥.html", "Buyerwatch recovery key.html")
        .to_owned();
    let Some(path) = desk.host().choose_save_path(&suggested) else {
        return Ok(KitSaved { saved: false, name: None });
    };
    write(desk, &key, &path)?;
    Ok(KitSaved { saved: true, name: Some(file_name(&path)) })
}

/// Writes the page where a person chose.
///
/// # Errors
/// `inside_data_folder` when it would lie beside the data that it opens, or the disk fails.
pub fn write(desk: &Desk, key: &RecoveryKey, path: &Path) -> Result<(), ApiError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = |folder: &Path| {
        let data = std::fs::canonicalize(desk.data_dir());
        std::fs::canonicalize(folder).is_ok_and(|of| data.is_ok_and(|data| of.starts_with(data)))
    };
    if folder.is_some_and(beside) {
        return Err(ApiError::new(
            "inside_data_folder",
            "a key beside the lock it opens protects nothing; choose another folder",
        ));
    }
    let language = desk.settings().language;
    let vault_id = desk.folder().vault_id()?.to_string();
    let date = desk.now().to_datetime().with_timezone(&chrono::Local).format("%Y-%m-%d");
    let page = kit::page(&Kit {
        language,
        recovery_key: &key.to_string(),
        vault_id: &vault_id,
        date: &date.to_string(),
    });
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(page.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| match VaultError::from(error) {
        full @ VaultError::DiskFull => full.into(),
        // It is the chosen folder that refuses, not the data folder.
        _ => ApiError::new("save_failed", "the page could not be saved; choose another folder"),
    })
}
