//! Reading a stored file anywhere in it.

use super::identity::Stream;
use super::{BlobError, BlobId, Blobs, Damage};
use crate::pool::lock;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex};

/// The stream of one reader, taken away when the vault is closed.
pub(super) type Slot = Mutex<Option<Stream>>;

/// The content of a stored file. Keeps about 200 KB, for any length.
///
/// Decrypts 64 KiB at a time, and gives out no byte before the 64 KiB around it are known to be
/// authentic. Errors wrap a [`BlobError`]; [`BlobError::from`] takes it out. Once the vault is
/// closed, every use is refused.
pub struct BlobReader {
    blobs: Blobs,
    id: BlobId,
    pub(super) slot: Arc<Slot>,
    len: u64,
    position: u64,
    /// Where the stream is; reading a little and seeking a lot costs nothing.
    stream_at: u64,
}

impl std::fmt::Debug for BlobReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BlobReader").field("id", &self.id).field("len", &self.len).finish()
    }
}

impl BlobReader {
    pub(super) fn open(blobs: Blobs, id: BlobId) -> Result<Self, BlobError> {
        let slot = Arc::new(Slot::default());
        {
            let mut open = lock(&blobs.0.open);
            let open = open.as_mut().ok_or(BlobError::Closed)?;
            open.readers.retain(|reader| reader.strong_count() > 0);
            open.readers.push(Arc::downgrade(&slot));
        }
        let mut reader = Self { blobs, id, slot, len: 0, position: 0, stream_at: 0 };
        reader.len = {
            let mut slot = lock(&reader.slot);
            let stream = slot.insert(reader.blobs.stream(id)?);
            // Authenticates the end, and by it the length.
            let len = stream.seek(SeekFrom::End(0)).map_err(damage)?;
            stream.rewind().map_err(damage)?;
            len
        };
        Ok(reader)
    }

    /// Length of the content.
    #[must_use]
    pub const fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is no content.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Fills the buffer from a place in the content; less only where the content ends.
    ///
    /// # Errors
    /// [`BlobError::Damaged`], [`BlobError::Closed`], or the file cannot be read.
    pub fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> Result<usize, BlobError> {
        self.position = offset;
        let mut len = 0;
        while let Some(rest) = buffer.get_mut(len..).filter(|rest| !rest.is_empty()) {
            match self.read_some(rest)? {
                0 => break,
                read => len += read,
            }
        }
        Ok(len)
    }

    fn read_some(&mut self, buffer: &mut [u8]) -> Result<usize, BlobError> {
        let mut slot = lock(&self.slot);
        if slot.is_none() {
            // Closed, or there was an error before: other parts of the file may be whole.
            *slot = Some(self.blobs.stream(self.id)?);
            self.stream_at = 0;
        }
        let Some(stream) = slot.as_mut() else { return Err(BlobError::Closed) };
        if buffer.is_empty() || self.position >= self.len {
            return Ok(0);
        }
        let read = (|| {
            if self.stream_at != self.position {
                stream.seek(SeekFrom::Start(self.position))?;
            }
            match stream.read(buffer)? {
                0 => Err(ErrorKind::UnexpectedEof.into()),
                read => Ok(read),
            }
        })();
        match read {
            Ok(read) => {
                self.position = self.position.saturating_add(u64::try_from(read).unwrap_or(0));
                self.stream_at = self.position;
                Ok(read)
            }
            Err(error) => {
                *slot = None;
                Err(damage(error))
            }
        }
    }
}

impl Read for BlobReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.read_some(buffer)?)
    }
}

impl Seek for BlobReader {
    /// Any place may be sought; behind the end there is nothing to read.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.blobs.still_open()?;
        let (from, by) = match to {
            SeekFrom::Start(place) => (place, 0),
            SeekFrom::End(by) => (self.len, by),
            SeekFrom::Current(by) => (self.position, by),
        };
        self.position = from.checked_add_signed(by).ok_or(ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

impl Blobs {
    /// Decrypts a file from its beginning.
    fn stream(&self, id: BlobId) -> Result<Stream, BlobError> {
        let identity = self.identity()?;
        identity.decrypt(id, File::open(self.path(id))?)
    }
}

/// What the decrypting stream reports in its own way.
fn damage(error: io::Error) -> BlobError {
    match error.kind() {
        ErrorKind::UnexpectedEof => BlobError::Damaged(Damage::Truncated),
        ErrorKind::InvalidData => BlobError::Damaged(Damage::Altered),
        _ => error.into(),
    }
}
