//! Exports that a break interrupted. The vault notes where one began, and, in the transaction that
//! records it, under which names its files are to lie. The next start finishes what was recorded
//! and removes what was not, so that no draft is left in a person's folder.

use super::unfinished::{self, Unfinished};
use crate::{ApiError, Open, desk::Tx};
use buyerwatch_domain::Timestamp;
use buyerwatch_vault::{VaultError, rename};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

/// Beginning of what such notes are called among the drafts of the vault.
const TARGET: &str = "export:";

/// Whether a draft of the vault is a note of an export, and so not the window's.
pub(crate) fn is_note(target: &str) -> bool {
    target.starts_with(TARGET)
}

/// Held while an export runs, so that no other program takes it for one that was interrupted.
#[derive(Debug)]
pub(super) struct Running {
    _lock: File,
}

impl Running {
    pub(super) fn begin(data_dir: &Path) -> Result<Self, ApiError> {
        let lock = lockable(data_dir)?;
        // Waits for a start that clears away, which takes moments.
        lock.lock_shared().map_err(VaultError::from)?;
        Ok(Self { _lock: lock })
    }
}

fn lockable(data_dir: &Path) -> Result<File, VaultError> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(data_dir.join("exports.lock"))?)
}

/// What the vault knows of an export.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Note {
    folder: PathBuf,
    /// Beginning of the names of its drafts.
    prefix: String,
    /// Folders that it made, the outermost first.
    made: Vec<PathBuf>,
    /// Each draft and its name, once it is recorded.
    names: Vec<(String, String)>,
}

/// An export that the vault has a note of.
#[derive(Debug)]
pub(super) struct Begun {
    target: String,
    /// None where the folder has a name that no text holds.
    note: Option<Note>,
}

impl Begun {
    /// Notes that an export begins in this folder.
    pub(super) fn note(open: &Open, made: &Unfinished, folder: &Path) -> Result<Self, ApiError> {
        let whole = |path: &Path| std::path::absolute(path).map_err(VaultError::from);
        // An empty path is the folder in which the program runs.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let note = Note {
            folder: whole(folder)?,
            prefix: made.prefix().to_owned(),
            made: made.folders().iter().map(|of| whole(of)).collect::<Result<_, _>>()?,
            names: Vec::new(),
        };
        let target = format!("{TARGET}{}", made.prefix());
        let Ok(text) = serde_json::to_string(&note) else {
            return Ok(Self { target, note: None });
        };
        open.write_observations(|tx, stamp| Ok(tx.set_draft(&target, Some(&text), stamp.at)?))?;
        Ok(Self { target, note: Some(note) })
    }

    /// Notes the names, in the transaction that records the export.
    pub(super) fn recorded<'a>(
        &self,
        tx: &mut Tx<'_, '_>,
        at: Timestamp,
        names: impl Iterator<Item = (&'a PathBuf, &'a PathBuf)>,
    ) -> Result<(), VaultError> {
        let text = |path: &Path| path.file_name()?.to_str().map(str::to_owned);
        let names: Option<_> =
            names.map(|(draft, path)| Some((text(draft)?, text(path)?))).collect();
        let (Some(note), Some(names)) = (&self.note, names) else { return Ok(()) };
        match serde_json::to_string(&Note { names, ..note.clone() }) {
            Ok(text) => tx.set_draft(&self.target, &text, at),
            Err(_) => Ok(()),
        }
    }

    /// The export came to its end. A note that stays is looked at by the next start, which finds
    /// nothing to do.
    pub(super) fn forget(self, open: &Open) {
        let _ = forget(open, &self.target);
    }
}

fn forget(open: &Open, target: &str) -> Result<(), ApiError> {
    open.write_observations(|tx, stamp| Ok(tx.set_draft(target, None, stamp.at)?))
}

/// Finishes or clears away what interrupted exports left, unless one runs now. One whose folder
/// cannot be reached waits for a later start.
pub(crate) fn clear_away(open: &Open) -> Result<(), ApiError> {
    let notes = open.read(|read| read.drafts())?;
    let mut notes = notes.into_iter().filter(|draft| is_note(&draft.target)).peekable();
    if notes.peek().is_none() {
        return Ok(());
    }
    let lock = lockable(open.desk().data_dir())?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(()),
        Err(TryLockError::Error(error)) => return Err(VaultError::from(error).into()),
    }
    for draft in notes {
        let Ok(note) = serde_json::from_str::<Note>(&draft.content) else { continue };
        if !note.folder.is_dir() {
            continue;
        }
        if note.names.is_empty() {
            note.remove()
        } else {
            note.finish()
        }
        forget(open, &draft.target)?;
    }
    Ok(())
}

impl Note {
    /// Removes the drafts, and the folders if nothing else lies in them.
    fn remove(&self) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(&self.prefix) && name.ends_with(".part") {
                let _ = fs::remove_file(entry.path());
            }
        }
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Gives those drafts their names that are still drafts. A name that somebody else took
    /// meanwhile stays theirs.
    fn finish(&self) {
        for (draft, name) in &self.names {
            let (draft, path) = (self.folder.join(draft), self.folder.join(name));
            // An empty file is what holds a name for a draft.
            let free =
                path.symlink_metadata().map_or(true, |seen| seen.is_file() && seen.len() == 0);
            if !draft.is_file() || (free && rename(&draft, &path).is_ok()) {
                continue;
            }
            let _ = fs::remove_file(draft);
        }
        unfinished::sync(&self.folder);
    }
}
