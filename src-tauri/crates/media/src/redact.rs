//! A copy of a picture with boxes over what others must not see.

use std::time::Duration;

use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType};

use crate::picture::{Picture, decode, format, png};
use crate::worker::bounded;
use crate::{Limits, PreviewError, sniff};

/// A box over a picture, in shares of its upright width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
}

/// Drawing a large picture anew takes longer than making it small.
const TIME: Duration = Duration::from_secs(60);

/// A PNG of the picture, upright and in its full size, in which every pixel that a box touches is
/// black. Nothing but the pixels goes into it: no metadata, no preview, no colour profile.
///
/// # Errors
///
/// [`PreviewError::InvalidArea`] for a box that reaches outside or covers nothing, and whatever is
/// wrong with the file.
pub fn redact(bytes: &[u8], areas: &[Area]) -> Result<Picture, PreviewError> {
    let limits = Limits { time: TIME, ..Limits::default() };
    let inside = |from: f64, length: f64| {
        // Shares come from a pointer, so the far edge may miss by a rounding.
        (0.0..1.0).contains(&from) && length > 0.0 && from + length <= 1.0 + 1e-6
    };
    if !areas.iter().all(|area| inside(area.x, area.w) && inside(area.y, area.h)) {
        return Err(PreviewError::InvalidArea);
    }
    let format = format(sniff(bytes, "").mime).ok_or(match bytes {
        [] => PreviewError::Empty,
        _ => PreviewError::Unsupported,
    })?;
    let (bytes, areas) = (limits.read(bytes)?, areas.to_vec());
    bounded(limits.time, move |deadline| {
        let (image, orientation) = decode(bytes, format, &limits, deadline)?;
        // Turning and changing the depth each take a second copy.
        let eight_bit = matches!(image, DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_));
        let held = image.as_bytes().len() as u64;
        let turned = orientation != Orientation::NoTransforms;
        if (turned || !eight_bit) && held.saturating_mul(2) > limits.memory {
            return Err(PreviewError::TooLarge);
        }
        let mut image = if image.color().has_alpha() {
            DynamicImage::ImageRgba8(image.into_rgba8())
        } else {
            DynamicImage::ImageRgb8(image.into_rgb8())
        };
        image.apply_orientation(orientation);
        deadline.check()?;
        let (width, height) = (image.width(), image.height());
        for area in &areas {
            let (left, right) = covered(area.x, area.w, width);
            let (top, bottom) = covered(area.y, area.h, height);
            blacken(&mut image, left..right, top..bottom);
        }
        let color = match image {
            DynamicImage::ImageRgba8(_) => ExtendedColorType::Rgba8,
            _ => ExtendedColorType::Rgb8,
        };
        png(image.as_bytes(), width, height, color)
    })
}

/// The pixels that a part of a side touches, also those it touches only in part.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within 0 and the side, which fits"
)]
fn covered(from: f64, length: f64, side: u32) -> (u32, u32) {
    let scale = f64::from(side);
    let first = (from * scale).floor().max(0.0) as u32;
    let last = ((from + length) * scale).ceil().min(scale) as u32;
    (first.min(side), last.max(first.saturating_add(1)).min(side))
}

fn blacken(image: &mut DynamicImage, columns: std::ops::Range<u32>, rows: std::ops::Range<u32>) {
    for y in rows {
        for x in columns.clone() {
            match image {
                DynamicImage::ImageRgba8(image) => {
                    image.put_pixel(x, y, image::Rgba([0, 0, 0, 255]));
                }
                DynamicImage::ImageRgb8(image) => image.put_pixel(x, y, image::Rgb([0, 0, 0])),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use image::GenericImageView;

    use super::*;
    use crate::samples;

    fn area(x: f64, y: f64, w: f64, h: f64) -> Area {
        Area { x, y, w, h }
    }

    #[test]
    fn boxes_are_burnt_in_and_metadata_is_gone() {
        let jpeg = samples::jpeg_with_exif(64, 32, 6, "2026:03:04 05:06:07", Some("+08:00"));
        let boxes = [area(0.0, 0.0, 0.5, 0.25), area(0.9, 0.9, 0.1, 0.1)];
        let copy = redact(&jpeg, &boxes).unwrap();
        assert_eq!((copy.mime, copy.width, copy.height), ("image/png", 32, 64));
        for trace in [&b"2026"[..], b"Exif", b"eXIf", b"iCCP", b"tEXt"] {
            assert!(memchr::memmem::find(&copy.bytes, trace).is_none());
        }
        let shown = image::load_from_memory(&copy.bytes).unwrap();
        for (x, y, _) in shown.pixels() {
            let hidden = (x < 16 && y < 16) || (x >= 28 && y >= 57);
            let black = shown.get_pixel(x, y).0 == [0, 0, 0, 255];
            assert!(black || !hidden, "{x} {y}");
        }
        assert_ne!(shown.get_pixel(20, 20).0, [0, 0, 0, 255]);
    }

    #[test]
    fn a_pixel_touched_in_part_is_black() {
        let copy = redact(&samples::png(10, 10), &[area(0.15, 0.15, 0.01, 0.1)]).unwrap();
        let shown = image::load_from_memory(&copy.bytes).unwrap();
        assert_eq!(shown.get_pixel(1, 1).0, [0, 0, 0, 255]);
        assert_eq!(shown.get_pixel(1, 2).0, [0, 0, 0, 255]);
        assert_ne!(shown.get_pixel(2, 1).0, [0, 0, 0, 255]);
    }

    #[test]
    fn a_see_through_pixel_is_covered_too() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::new(4, 4));
        let mut bytes = std::io::Cursor::new(Vec::new());
        clear.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let copy = redact(bytes.get_ref(), &[area(0.0, 0.0, 1.0, 1.0)]).unwrap();
        let shown = image::load_from_memory(&copy.bytes).unwrap();
        assert!(shown.pixels().all(|(_, _, pixel)| pixel.0 == [0, 0, 0, 255]));
    }

    #[test]
    fn impossible_boxes_and_files_are_refused() {
        let png = samples::png(8, 8);
        for bad in [
            area(-0.1, 0.0, 0.5, 0.5),
            area(0.0, 0.0, 0.0, 0.5),
            area(0.6, 0.0, 0.5, 0.5),
            area(1.0, 0.0, 0.1, 0.1),
            area(f64::NAN, 0.0, 0.5, 0.5),
            area(0.0, 0.0, f64::INFINITY, 0.5),
        ] {
            assert!(matches!(redact(&png, &[bad]), Err(PreviewError::InvalidArea)), "{bad:?}");
        }
        let whole = [area(0.0, 0.0, 1.0, 1.0)];
        let code = |bytes: &[u8]| redact(bytes, &whole).map_or_else(|e| e.code(), |_| "drawn");
        assert_eq!(code(b""), "empty_file");
        assert_eq!(code(b"<svg/>"), "no_preview");
        assert_eq!(code(&samples::pdf("x")), "no_preview");
        assert_eq!(code(&png[..40]), "preview_damaged");
        assert_eq!(code(&samples::png_bomb(60_000, 60_000)), "preview_too_large");
    }
}
