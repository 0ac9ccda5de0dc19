//! How much of a stranger's file is decoded.

use std::io::Read;
use std::time::Duration;

use crate::PreviewError;

/// How much of a stranger's file is decoded. More is refused before it is allocated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest side of what is handed out, in pixels. Nothing is ever enlarged.
    pub side: u32,
    /// Most pixels of a source picture.
    pub pixels: u64,
    /// Most bytes that one decoder may hold at a time, beside the source itself.
    pub memory: u64,
    /// Most bytes of the source. Decoders keep the whole of it in memory.
    pub source: u64,
    /// How long the caller waits for the decoder.
    pub time: Duration,
}

/// Longest side that anything is drawn at.
pub(crate) const SIDE_MAX: u32 = 4096;

impl Default for Limits {
    /// A thumbnail, which is made of every file without anybody asking: 320 pixels from at most 80
    /// megapixels, 48 MiB of file and 232 MiB of picture, so that the worst file costs less than
    /// 300 MB, and two seconds. Decoders that are not optimised, in tests, take five times as long.
    fn default() -> Self {
        Self {
            side: 320,
            pixels: 80_000_000,
            memory: 232 << 20,
            source: 48 << 20,
            time: Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 }),
        }
    }
}

impl Limits {
    /// The same limits for a picture of another size, at most 4096 pixels.
    #[must_use]
    pub fn with_side(self, side: u32) -> Self {
        Self { side: side.clamp(1, SIDE_MAX), ..self }
    }

    /// The whole source, when it is neither empty nor larger than allowed.
    pub(crate) fn read(&self, source: impl Read) -> Result<Vec<u8>, PreviewError> {
        let mut bytes = Vec::new();
        source
            .take(self.source.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(PreviewError::Read)?;
        match bytes.len() as u64 {
            0 => Err(PreviewError::Empty),
            length if length > self.source => Err(PreviewError::TooLarge),
            _ => Ok(bytes),
        }
    }
}
