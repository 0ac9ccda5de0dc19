//! What is imported: a file, or whatever another program writes.

use crate::{ApiError, exhibits::unreadable, files::file_name};
use buyerwatch_domain::ImportId;
use std::{
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Bytes at either end that tell one file from another.
const ENDS: u64 = 64 * 1024;

/// An order report to be read.
pub struct Source {
    name: String,
    input: Input,
    before: Option<ImportId>,
}

enum Input {
    File(PathBuf),
    Stream(Box<dyn Read + Send>),
    Bundled(Arc<[u8]>),
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The path may hold the name of a person.
        f.write_str("Source(***)")
    }
}

impl Source {
    /// A file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        Self { name: file_name(path), input: Input::File(path.to_path_buf()), before: None }
    }

    /// Whatever comes out of a reader, such as the standard input. It cannot go on after a break.
    #[must_use]
    pub fn stream(name: &str, reader: Box<dyn Read + Send>) -> Self {
        Self { name: name.to_owned(), input: Input::Stream(reader), before: None }
    }

    pub(crate) fn bundled(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.to_owned(), input: Input::Bundled(bytes.into()), before: None }
    }

    /// The file was imported before under its name, and may have been written on since.
    pub(crate) fn after(self, before: Option<ImportId>) -> Self {
        Self { before, ..self }
    }

    /// Its name, without a folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens it.
    pub(crate) fn open(self) -> Result<Opened, ApiError> {
        let Self { name, input, before } = self;
        let (reader, bytes_total) = match input {
            Input::File(path) => {
                // Looked at first: opening a pipe waits until somebody writes into it.
                let seen = std::fs::metadata(&path).map_err(|error| unreadable(&error))?;
                if !seen.is_file() {
                    return Err(unreadable(&io::ErrorKind::IsADirectory.into()));
                }
                let file = File::open(&path).map_err(|error| unreadable(&error))?;
                let bytes = file.metadata().map_err(|error| unreadable(&error))?.len();
                (Bytes::File(file), Some(bytes))
            }
            Input::Stream(reader) => (Bytes::Stream(reader), None),
            Input::Bundled(bytes) => {
                let length = bytes.len() as u64;
                (Bytes::Bundled(Cursor::new(bytes)), Some(length))
            }
        };
        Ok(Opened { name, reader, bytes_total, before })
    }
}

/// An open source.
pub(crate) struct Opened {
    pub(crate) name: String,
    pub(crate) reader: Bytes,
    pub(crate) bytes_total: Option<u64>,
    /// The import of the file as it was before.
    pub(crate) before: Option<ImportId>,
}

/// Its bytes.
pub(crate) enum Bytes {
    File(File),
    Stream(Box<dyn Read + Send>),
    Bundled(Cursor<Arc<[u8]>>),
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Stream(stream) => stream.read(buffer),
            Self::Bundled(bytes) => bytes.read(buffer),
        }
    }
}

impl Bytes {
    /// The first 64 KiB, which are read again afterwards.
    pub(crate) fn beginning(&mut self) -> io::Result<Vec<u8>> {
        let mut beginning = Vec::new();
        self.by_ref().take(ENDS).read_to_end(&mut beginning)?;
        if !self.seek_to(0)? {
            let rest = std::mem::replace(self, Self::Bundled(Cursor::new(Arc::from([]))));
            *self = Self::Stream(Box::new(Cursor::new(beginning.clone()).chain(rest)));
        }
        Ok(beginning)
    }

    /// Goes to a place, if the source can.
    pub(crate) fn seek_to(&mut self, offset: u64) -> io::Result<bool> {
        match self {
            Self::File(file) => file.seek(SeekFrom::Start(offset)).map(|_| true),
            Self::Bundled(bytes) => bytes.seek(SeekFrom::Start(offset)).map(|_| true),
            Self::Stream(_) => Ok(false),
        }
    }

    /// A second hold on the same bytes, if the source can be read twice. Both share one place.
    pub(crate) fn again(&self) -> io::Result<Option<Self>> {
        match self {
            Self::File(file) => file.try_clone().map(|file| Some(Self::File(file))),
            Self::Bundled(bytes) => Ok(Some(Self::Bundled(bytes.clone()))),
            Self::Stream(_) => Ok(None),
        }
    }

    /// What tells this content from others: its size and a keyed hash of its ends. Without the key
    /// it says nothing about the content. `None` for a stream. Ends at the beginning.
    pub(crate) fn fingerprint(
        &mut self,
        key: &[u8; 32],
        bytes_total: u64,
    ) -> io::Result<Option<Vec<u8>>> {
        if !self.seek_to(0)? {
            return Ok(None);
        }
        let key = blake3::derive_key("buyerwatch/1/import-fingerprint", key);
        let mut hash = blake3::Hasher::new_keyed(&key);
        hash.update(&bytes_total.to_le_bytes());
        let mut room = Vec::new();
        self.by_ref().take(ENDS).read_to_end(&mut room)?;
        hash.update(&room);
        room.clear();
        self.seek_to(bytes_total.saturating_sub(ENDS))?;
        self.by_ref().take(ENDS).read_to_end(&mut room)?;
        hash.update(&room);
        self.seek_to(0)?;
        Ok(Some(hash.finalize().as_bytes().to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled(bytes: &'static [u8]) -> Bytes {
        Source::bundled("x", bytes).open().unwrap().reader
    }

    #[test]
    fn a_fingerprint_tells_contents_and_keys_apart_and_rewinds() {
        let print = |bytes: &'static [u8], key: u8| {
            let mut source = bundled(bytes);
            let print = source.fingerprint(&[key; 32], bytes.len() as u64).unwrap().unwrap();
            let mut rest = Vec::new();
            source.read_to_end(&mut rest).unwrap();
            assert_eq!(rest, bytes);
            print
        };
        assert_eq!(print(b"one", 1), print(b"one", 1));
        assert_ne!(print(b"one", 1), print(b"two", 1));
        assert_ne!(print(b"one", 1), print(b"one", 2));
    }

    #[test]
    fn a_stream_has_none_and_a_folder_is_refused() {
        let mut stream = Source::stream("-", Box::new(io::empty())).open().unwrap().reader;
        assert_eq!(stream.fingerprint(&[1; 32], 0).unwrap(), None);
        let folder = tempfile::tempdir().unwrap();
        let refused = |path: &Path| Source::file(path).open().err().map(|error| error.code);
        assert_eq!(refused(folder.path()).as_deref(), Some("not_a_file"));
        assert_eq!(refused(&folder.path().join("gone")).as_deref(), Some("file_missing"));
    }
}
