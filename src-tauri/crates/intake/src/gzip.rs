//! A report as the marketplace's API packs it: one file in gzip.

use crate::held::whole;
use crate::{FileKind, IntakeError};
use flate2::read::MultiGzDecoder;
use std::io::Read;

/// What such files begin with.
const MARK: [u8; 3] = [0x1f, 0x8b, 8];
/// Most bytes that one unpacks to.
const UNPACKED_MAX: u64 = 48 << 20;

pub(crate) fn is(head: &[u8]) -> bool {
    head.starts_with(&MARK)
}

/// What is packed in a file. One that broke off is refused: its rows would be missed.
pub(crate) fn unpacked(reader: &mut dyn Read) -> Result<Vec<u8>, IntakeError> {
    let packed = whole(reader)?;
    let mut bytes = Vec::new();
    // It does not say reliably how much it holds.
    let read = MultiGzDecoder::new(&*packed).take(UNPACKED_MAX + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > UNPACKED_MAX {
        return Err(IntakeError::TooLarge { limit: UNPACKED_MAX });
    }
    match read {
        Ok(_) => Ok(bytes),
        Err(_) => Err(IntakeError::Archive { kind: FileKind::Compressed }),
    }
}
