//! Opening the files that people name: only plain files with content, whatever stands in their way.

use crate::ApiError;
use std::{
    fs::{File, Metadata},
    io::Read as _,
    path::Path,
};

/// Opens a file that a person named, and answers how it stood at that moment.
///
/// # Errors
/// `file_missing`, `not_a_file` for folders, devices and pipes, `file_elsewhere` for a link out of
/// its folder, `file_empty`, `file_denied`, `file_changed` when it was exchanged meanwhile.
pub(crate) fn open_plain(path: &Path) -> Result<(File, Metadata), ApiError> {
    // Looked at before it is opened: opening a pipe waits until somebody writes into it.
    let seen = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !seen.is_file() {
        return Err(ApiError::new("not_a_file", "this is a folder or a device; choose a file"));
    }
    if leads_elsewhere(path) {
        return Err(ApiError::new(
            "file_elsewhere",
            "this is a link to a file in another folder; choose that file itself",
        ));
    }
    let file = open_at_once(path).map_err(|error| unreadable(&error))?;
    let opened = file.metadata().map_err(|error| unreadable(&error))?;
    if !opened.is_file() {
        return Err(changed());
    }
    if opened.len() == 0 {
        return Err(empty());
    }
    Ok((file, opened))
}

/// Opens a file without waiting for anybody: in the place of one that was looked at, there may be a
/// pipe by now.
fn open_at_once(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        const FILE_SHARE_READ: u32 = 1;
        const FILE_SHARE_WRITE: u32 = 2;
        const FILE_SHARE_DELETE: u32 = 4;
        // Nobody writes while it is read. A change by whoever has it open for that already shows in its
        // length and time.
        options.share_mode(FILE_SHARE_READ | FILE_SHARE_DELETE);
        if let Ok(file) = options.open(path) {
            return Ok(file);
        }
        options.share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NONBLOCK);
    }
    options.open(path)
}

/// Whether a name is a link that leads out of the folder in which it lies.
fn leads_elsewhere(path: &Path) -> bool {
    if !std::fs::symlink_metadata(path).is_ok_and(|seen| seen.is_symlink()) {
        return false;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = std::fs::canonicalize(folder.unwrap_or(Path::new(".")));
    !std::fs::canonicalize(path).is_ok_and(|to| folder.is_ok_and(|folder| to.starts_with(folder)))
}

/// The first bytes of a file that a person named, and its size.
pub(crate) fn head_of(path: &Path, length: u64) -> Result<(Vec<u8>, u64), ApiError> {
    let (file, opened) = open_plain(path)?;
    let mut head = Vec::new();
    file.take(length).read_to_end(&mut head).map_err(|error| unreadable(&error))?;
    Ok((head, opened.len()))
}

pub(super) fn empty() -> ApiError {
    ApiError::new("file_empty", "the file is empty and shows nothing; choose another one")
}

pub(super) fn differs(before: &Metadata, after: &Metadata) -> bool {
    // Programs set the time of a change as they like; that of the last touch is the system's own.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let touched = |of: &Metadata| (of.ctime(), of.ctime_nsec());
        if touched(before) != touched(after) {
            return true;
        }
    }
    before.len() != after.len()
        || match (before.modified(), after.modified()) {
            (Ok(before), Ok(after)) => before != after,
            _ => false,
        }
}

pub(super) fn changed() -> ApiError {
    ApiError::new(
        "file_changed",
        "the file changed while it was read; add it again when it is done",
    )
}

pub(crate) fn unreadable(error: &std::io::Error) -> ApiError {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            ApiError::new("file_missing", "the file is no longer there; choose it again")
        }
        std::io::ErrorKind::PermissionDenied => {
            ApiError::new("file_denied", "the file may not be read; check its permissions")
        }
        std::io::ErrorKind::IsADirectory => {
            ApiError::new("not_a_file", "this is a folder or a device; choose a file")
        }
        _ => {
            ApiError::new("file_failed", "the file cannot be read; copy it to this computer first")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_with_content_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let code = |path: &Path| open_plain(path).unwrap_err().code;
        assert_eq!(code(folder.path()), "not_a_file");
        assert_eq!(code(&folder.path().join("gone")), "file_missing");
        let empty = folder.path().join("empty");
        std::fs::write(&empty, b"").unwrap();
        assert_eq!(code(&empty), "file_empty");
        #[cfg(unix)]
        assert_eq!(code(Path::new("/dev/zero")), "not_a_file");
    }

    /// Without a writer on the other end, opening a pipe in the usual way never returns.
    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_a_file_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(open_plain(&pipe).unwrap_err().code, "not_a_file");
        let (done, opened) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let file = open_at_once(&pipe).unwrap();
            done.send(file.metadata().unwrap().is_file()).unwrap();
        });
        assert_eq!(opened.recv_timeout(std::time::Duration::from_secs(30)), Ok(false));
    }

    /// As a recorder does that writes in place and sets the old time again.
    #[cfg(unix)]
    #[test]
    fn a_change_that_leaves_length_and_time_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film");
        std::fs::write(&path, b"first").unwrap();
        let before = std::fs::metadata(&path).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        let file = File::options().write(true).open(&path).unwrap();
        std::io::Write::write_all(&mut &file, b"other").unwrap();
        file.set_modified(before.modified().unwrap()).unwrap();
        let after = std::fs::metadata(&path).unwrap();
        assert_eq!(before.modified().unwrap(), after.modified().unwrap());
        assert!(differs(&before, &after));
        assert!(!differs(&after, &std::fs::metadata(&path).unwrap()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_its_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let target = elsewhere.path().join("secret.txt");
        std::fs::write(&target, b"x").unwrap();
        std::fs::write(folder.path().join("near.txt"), b"x").unwrap();
        let link = |to: &Path, name: &str| {
            let link = folder.path().join(name);
            std::os::unix::fs::symlink(to, &link).unwrap();
            link
        };
        let out = open_plain(&link(&target, "out")).unwrap_err();
        assert_eq!(out.code, "file_elsewhere");
        assert!(open_plain(&link(Path::new("near.txt"), "in")).is_ok());
        assert_eq!(
            open_plain(&link(Path::new("gone"), "broken")).unwrap_err().code,
            "file_missing"
        );
    }

    // Endless when read: would hang instead of failing.
    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(open_plain(&pipe).unwrap_err().code, "not_a_file");
    }
}
