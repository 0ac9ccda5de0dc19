//! How large a picture inside a PDF becomes, by what its own format says.

use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::object::{Array, Dict, Stream};
use memchr::memmem;

use super::unpack::unpacked;
use crate::PreviewError;
use crate::worker::Deadline;

/// Most pixels of one picture: a page of 600 dots an inch has 35 million.
pub(super) const PIXELS_MAX: u64 = 50_000_000;

/// Most tiles of a JPEG 2000.
const TILES_MAX: u64 = 16_384;

/// Most scans of a JPEG.
const SCANS_MAX: usize = 200;

/// How many pixels the picture and its masks have, when that and everything they unpack to is
/// within reason.
pub(super) fn check(
    stream: &Stream<'_>,
    width: u32,
    height: u32,
    deadline: Deadline,
) -> Result<u64, PreviewError> {
    let mut pixels = one(stream, width, height, deadline)?;
    for mask in ["SMask", "Mask"] {
        if let Some(mask) = stream.dict().get::<Stream<'_>>(mask) {
            let side = |name| mask.dict().get::<u32>(name).unwrap_or(0);
            pixels += one(&mask, side("Width"), side("Height"), deadline)?;
        }
    }
    Ok(pixels)
}

fn one(
    stream: &Stream<'_>,
    width: u32,
    height: u32,
    deadline: Deadline,
) -> Result<u64, PreviewError> {
    let pixels = within(width, height)?;
    let (data, filter) = unpacked(stream, false, deadline)?;
    match filter {
        Some(Filter::DctDecode) => {
            let scans = memmem::find_iter(&data, b"\xff\xda").take(SCANS_MAX + 1).count();
            if scans > SCANS_MAX { Err(PreviewError::TooComplex) } else { Ok(pixels) }
        }
        Some(Filter::JpxDecode) => Ok(pixels.max(jpeg2000(&data)?)),
        Some(Filter::Jbig2Decode) => Ok(pixels.max(jbig2(&data)?)),
        Some(Filter::CcittFaxDecode) => within(columns(stream.dict()), height),
        _ => Ok(pixels),
    }
}

fn within(width: u32, height: u32) -> Result<u64, PreviewError> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PIXELS_MAX { Err(PreviewError::TooLarge) } else { Ok(pixels) }
}

/// The longest line that any of the parameters names.
fn columns(dict: &Dict<'_>) -> u32 {
    let own = |parameters: &Dict<'_>| parameters.get::<u32>("Columns").unwrap_or(1728);
    ["DecodeParms", "DP"]
        .into_iter()
        .flat_map(|name| {
            let one = dict.get::<Dict<'_>>(name);
            let many = dict.get::<Array<'_>>(name);
            let many =
                many.into_iter().flat_map(|many| many.iter::<Dict<'_>>().collect::<Vec<_>>());
            one.into_iter().chain(many).collect::<Vec<_>>()
        })
        .map(|parameters| own(&parameters))
        .max()
        .unwrap_or(1728)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_be_bytes)
}

/// By its first segment, which names the size of the picture and of its tiles.
fn jpeg2000(data: &[u8]) -> Result<u64, PreviewError> {
    let start = memmem::find(data, b"\xff\x4f\xff\x51").ok_or(PreviewError::Damaged)?;
    let field = |n: usize| long(data, start + 8 + 4 * n).ok_or(PreviewError::Damaged);
    let (right, lower, left, upper) = (field(0)?, field(1)?, field(2)?, field(3)?);
    let (tile_width, tile_height) = (field(4)?.max(1), field(5)?.max(1));
    let components = data.get(start + 40..start + 42).unwrap_or(&[0, 0]);
    let components = components.iter().fold(0, |count, byte| count << 8 | u64::from(*byte));
    let (width, height) = (right.saturating_sub(left), lower.saturating_sub(upper));
    let tiles = u64::from(right.div_ceil(tile_width)) * u64::from(lower.div_ceil(tile_height));
    if components > 5 || tiles > TILES_MAX {
        return Err(PreviewError::TooComplex);
    }
    within(width, height)
}

/// By its segments: pages and regions begin with their size.
fn jbig2(data: &[u8]) -> Result<u64, PreviewError> {
    let mut pixels = 0;
    let mut at = 0;
    while let Some(segment) = jbig2_segment(data, at) {
        if segment.sized {
            let side = |n| long(data, segment.start + n).unwrap_or(0);
            // The height of a page may be left open.
            let height = side(4);
            let height = if height == u32::MAX { 0 } else { height };
            pixels += within(side(0), height)?;
        }
        if pixels > 4 * PIXELS_MAX {
            return Err(PreviewError::TooLarge);
        }
        // Of unknown length: the library looks for its end, and so it is the last one here.
        let Some(end) = segment.end else { break };
        at = end;
    }
    Ok(pixels)
}

struct Segment {
    sized: bool,
    start: usize,
    end: Option<usize>,
}

fn jbig2_segment(data: &[u8], at: usize) -> Option<Segment> {
    let number = long(data, at)?;
    let flags = *data.get(at + 4)?;
    let count = *data.get(at + 5)?;
    let (references, mut next) = if count >> 5 == 7 {
        let references = usize::try_from(long(data, at + 5)? & 0x1fff_ffff).ok()?;
        (references, at + 9 + (references + 1).div_ceil(8))
    } else {
        (usize::from(count >> 5), at + 6)
    };
    let width = match number {
        0..=256 => 1,
        257..=65536 => 2,
        _ => 4,
    };
    next = next.checked_add(references.checked_mul(width)?)?;
    next = next.checked_add(if flags & 0x40 == 0 { 1 } else { 4 })?;
    let length = long(data, next)?;
    let start = next + 4;
    let end = (length != u32::MAX).then(|| start.saturating_add(length as usize));
    let kind = flags & 0x3f;
    let sized = matches!(kind, 4 | 6 | 7 | 20 | 22 | 23 | 36 | 38 | 39 | 40 | 42 | 43 | 48);
    Some(Segment { sized, start, end })
}
