//! A file's name, size and SHA-256, read once in bounded memory.

use crate::{ApiError, files::file_name};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{File, Metadata},
    io::Read as _,
    path::Path,
};

/// Read at a time.
const CHUNK: usize = 256 * 1024;

/// A file that was read whole and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashedFile {
    /// Its name, without its folder.
    pub name: String,
    /// SHA-256 of its content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl HashedFile {
    /// Reads a file whole.
    ///
    /// # Errors
    /// `file_missing`, `not_a_file` for folders, devices and pipes, `file_empty`, `file_changed`
    /// when it changes meanwhile, `file_failed` when it cannot be read.
    pub fn read(path: &Path) -> Result<Self, ApiError> {
        // Looked at before it is opened: opening a pipe waits until somebody writes into it.
        let seen = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
        if !seen.is_file() {
            return Err(ApiError::new("not_a_file", "this is a folder or a device; choose a file"));
        }
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        let before = file.metadata().map_err(|error| unreadable(&error))?;
        if !before.is_file() {
            return Err(changed());
        }
        let mut hash = Sha256::new();
        let mut bytes: u64 = 0;
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(&error)),
            };
            hash.update(chunk.get(..read).unwrap_or_default());
            bytes = bytes.saturating_add(read as u64);
            // A file that grows for ever would never be done.
            if bytes > before.len() {
                return Err(changed());
            }
        }
        let after = file.metadata().map_err(|error| unreadable(&error))?;
        if bytes != before.len() || differs(&before, &after) {
            return Err(changed());
        }
        if bytes == 0 {
            return Err(ApiError::new(
                "file_empty",
                "the file is empty and shows nothing; choose another one",
            ));
        }
        let digest = hash.finalize();
        let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { name: file_name(path), sha256, bytes })
    }
}

fn differs(before: &Metadata, after: &Metadata) -> bool {
    before.len() != after.len()
        || match (before.modified(), after.modified()) {
            (Ok(before), Ok(after)) => before != after,
            _ => false,
        }
}

fn changed() -> ApiError {
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
    fn content_size_and_name_are_those_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("message.txt");
        std::fs::write(&path, b"abc").unwrap();
        let file = HashedFile::read(&path).unwrap();
        // FIPS 180-2, appendix B.1.
        assert_eq!(file.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((file.name.as_str(), file.bytes), ("message.txt", 3));
    }

    #[test]
    fn a_file_of_several_chunks_hashes_like_one_piece() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.bin");
        let content: Vec<u8> = (0..CHUNK * 2 + 17).map(|n| (n % 251) as u8).collect();
        std::fs::write(&path, &content).unwrap();
        let whole: String =
            Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(HashedFile::read(&path).unwrap().sha256, whole);
    }

    #[test]
    fn what_is_no_file_with_content_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let code = |path: &Path| HashedFile::read(path).unwrap_err().code;
        assert_eq!(code(folder.path()), "not_a_file");
        assert_eq!(code(&folder.path().join("gone")), "file_missing");
        let empty = folder.path().join("empty");
        std::fs::write(&empty, b"").unwrap();
        assert_eq!(code(&empty), "file_empty");
        #[cfg(unix)]
        assert_eq!(code(Path::new("/dev/zero")), "not_a_file");
    }

    // Endless when read: would hang instead of failing.
    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(HashedFile::read(&pipe).unwrap_err().code, "not_a_file");
    }
}
