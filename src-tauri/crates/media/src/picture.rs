//! Pictures: decoded within limits, turned upright, made small.

use std::io::{BufRead, Cursor, Read, Seek};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat};
use image::{ImageReader, Limits as DecoderLimits};

use crate::worker::{Deadline, Timed, bounded};
use crate::{Limits, PreviewError, container, pdf};

/// A picture to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The encoded picture, without any metadata.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/png`.
    pub mime: &'static str,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// More scans than any encoder writes. Each goes over the whole picture again and needs but a few
/// bytes to say so.
const SCANS_MAX: usize = 200;

const QUALITY: u8 = 82;

/// A small picture of a picture or of the first page of a PDF, at most [`Limits::side`] pixels on
/// its longer side, upright.
///
/// # Errors
///
/// [`PreviewError::Unsupported`] for other kinds, and whatever is wrong with the file.
pub fn thumbnail(source: impl Read, mime: &str, limits: &Limits) -> Result<Picture, PreviewError> {
    if mime == "application/pdf" {
        return pdf::thumbnail(source, limits);
    }
    let format = format(mime).ok_or(PreviewError::Unsupported)?;
    let (limits, bytes) = (*limits, limits.read(source)?);
    bounded(limits.time, move |deadline| {
        let (image, orientation) = decode(bytes, format, &limits, deadline)?;
        let mut small = shrink(image, limits.side);
        small.apply_orientation(orientation);
        encode_small(&small)
    })
}

/// Whether pictures of this media type are decoded here.
#[must_use]
pub fn decodes(mime: &str) -> bool {
    format(mime).is_some()
}

/// Whether a picture that is not decoded here, but by the system, keeps within the limits: a HEIC or an
/// AVIF whose sizes, as it names them, all do.
///
/// # Errors
///
/// [`PreviewError::TooLarge`] for more pixels than allowed, [`PreviewError::Unsupported`] for other kinds
/// and when it names no size, and whatever is wrong with the file.
pub fn measure(
    mut source: impl Read + Seek,
    mime: &str,
    limits: &Limits,
) -> Result<(), PreviewError> {
    if !matches!(mime, "image/heif" | "image/heic" | "image/avif") {
        return Err(PreviewError::Unsupported);
    }
    // Tells one that cannot be read from one that says nothing.
    source.by_ref().take(1).read_to_end(&mut Vec::new()).map_err(PreviewError::Read)?;
    let extents = container::extents(&mut source);
    if extents.is_empty() {
        return Err(PreviewError::Unsupported);
    }
    for (width, height) in extents {
        match u64::from(width) * u64::from(height) {
            0 => return Err(PreviewError::Damaged),
            pixels if pixels > limits.pixels => return Err(PreviewError::TooLarge),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a picture of this media type that begins so may hold more than one: an animated GIF, WebP or
/// PNG. A GIF tells only at its end, so that each counts as one.
#[must_use]
pub fn moves(mime: &str, head: &[u8]) -> bool {
    let holds = |mark: &[u8]| memchr::memmem::find(head, mark).is_some();
    match mime {
        "image/gif" => true,
        "image/webp" => holds(b"ANIM"),
        // The mark stands before the first dots, see <https://www.w3.org/TR/png-3/#11acTL>. Text before it
        // may be longer than what is looked at, so that one without dots yet may move, too.
        "image/png" => holds(b"acTL") || !holds(b"IDAT"),
        _ => false,
    }
}

/// The decoder for a media type. SVG has none, and never will.
pub(crate) fn format(mime: &str) -> Option<ImageFormat> {
    Some(match mime {
        "image/png" => ImageFormat::Png,
        "image/jpeg" => ImageFormat::Jpeg,
        "image/webp" => ImageFormat::WebP,
        "image/gif" => ImageFormat::Gif,
        "image/bmp" => ImageFormat::Bmp,
        "image/tiff" => ImageFormat::Tiff,
        _ => return None,
    })
}

/// The first picture of a file and how it has to be turned.
pub(crate) fn decode(
    bytes: Vec<u8>,
    format: ImageFormat,
    limits: &Limits,
    deadline: Deadline,
) -> Result<(DynamicImage, Orientation), PreviewError> {
    let jpeg = format == ImageFormat::Jpeg;
    if jpeg
        && memchr::memmem::find_iter(&bytes, b"\xff\xda").take(SCANS_MAX + 1).count() > SCANS_MAX
    {
        return Err(PreviewError::TooComplex);
    }
    let progressive = jpeg && memchr::memmem::find(&bytes, b"\xff\xc2").is_some();
    let source = Timed { inner: Cursor::new(bytes), deadline };
    decode_within(source, format, limits, progressive)
        .map_err(|error| if deadline.passed() { PreviewError::TimedOut } else { error })
}

fn decode_within(
    source: impl BufRead + Seek,
    format: ImageFormat,
    limits: &Limits,
    progressive: bool,
) -> Result<(DynamicImage, Orientation), PreviewError> {
    let mut reader = ImageReader::with_format(source, format);
    let mut own = DecoderLimits::default();
    own.max_alloc = Some(limits.memory);
    reader.limits(own);
    let mut decoder = reader.into_decoder().map_err(reason)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(PreviewError::Damaged);
    }
    // What the decoder allocates on its own, which its limits do not count.
    let beside = match format {
        // All coefficients of all components, two bytes each.
        ImageFormat::Jpeg if progressive => pixels * 6,
        ImageFormat::WebP | ImageFormat::Gif => pixels * 4,
        _ => 0,
    };
    if pixels > limits.pixels || decoder.total_bytes().saturating_add(beside) > limits.memory {
        return Err(PreviewError::TooLarge);
    }
    // A broken orientation is none.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(reason)?;
    Ok((image, orientation))
}

fn reason(error: ImageError) -> PreviewError {
    match error {
        ImageError::Limits(_) => PreviewError::TooLarge,
        ImageError::Unsupported(_) => PreviewError::Unsupported,
        _ => PreviewError::Damaged,
    }
}

/// The picture fitted into a square; never enlarged.
pub(crate) fn shrink(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width() <= side && image.height() <= side {
        image
    } else {
        image.thumbnail(side, side)
    }
}

/// JPEG, or PNG for what is see-through.
pub(crate) fn encode_small(image: &DynamicImage) -> Result<Picture, PreviewError> {
    if image.color().has_alpha() {
        let image = image.to_rgba8();
        if image.pixels().any(|pixel| pixel.0[3] != 255) {
            return png(&image, image.width(), image.height(), ExtendedColorType::Rgba8);
        }
    }
    let image = image.to_rgb8();
    let (width, height) = image.dimensions();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(&image, width, height, ExtendedColorType::Rgb8)
        .map_err(reason)?;
    Ok(Picture { bytes, mime: "image/jpeg", width, height })
}

pub(crate) fn png(
    samples: &[u8],
    width: u32,
    height: u32,
    color: ExtendedColorType,
) -> Result<Picture, PreviewError> {
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive)
        .write_image(samples, width, height, color)
        .map_err(reason)?;
    Ok(Picture { bytes, mime: "image/png", width, height })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::samples;

    fn thumb(bytes: &[u8], mime: &str) -> Result<Picture, PreviewError> {
        thumbnail(bytes, mime, &Limits::default())
    }

    fn code(bytes: &[u8], mime: &str) -> &'static str {
        thumb(bytes, mime).map_or_else(|error| error.code(), |_| "shown")
    }

    #[test]
    fn every_kind_becomes_a_small_picture() {
        for (bytes, mime) in [
            (samples::png(1000, 500), "image/png"),
            (samples::jpeg(1000, 500), "image/jpeg"),
            (samples::webp(1000, 500), "image/webp"),
            (samples::bmp(1000, 500), "image/bmp"),
            (samples::tiff(1000, 500), "image/tiff"),
        ] {
            let small = thumb(&bytes, mime).unwrap();
            assert_eq!((small.width, small.height), (320, 160), "{mime}");
            let shown = image::load_from_memory(&small.bytes).unwrap();
            assert_eq!((shown.width(), shown.height()), (320, 160));
        }
        let small = thumb(&samples::png(20, 10), "image/png").unwrap();
        assert_eq!((small.width, small.height), (20, 10), "nothing is enlarged");
        let narrow = thumb(&samples::png(1, 5000), "image/png").unwrap();
        assert_eq!((narrow.width, narrow.height), (1, 320));
    }

    #[test]
    fn a_picture_stands_upright() {
        for (orientation, expected) in [(1, (320, 160)), (3, (320, 160)), (6, (160, 320))] {
            let date = "2026:03:04 05:06:07";
            let jpeg = samples::jpeg_with_exif(640, 320, orientation, date, None);
            let small = thumb(&jpeg, "image/jpeg").unwrap();
            assert_eq!((small.width, small.height), expected, "{orientation}");
            assert!(memchr::memmem::find(&small.bytes, b"2026:03").is_none(), "no metadata");
        }
    }

    #[test]
    fn transparency_stays() {
        let image = DynamicImage::ImageRgba8(image::RgbaImage::new(8, 8));
        assert_eq!(encode_small(&image).unwrap().mime, "image/png");
        let opaque = image::RgbaImage::from_pixel(8, 8, image::Rgba([1, 2, 3, 255]));
        assert_eq!(encode_small(&opaque.into()).unwrap().mime, "image/jpeg");
    }

    #[test]
    fn what_moves_says_so_at_its_beginning() {
        assert!(moves("image/gif", &samples::gif(1)));
        assert!(!moves("image/png", &samples::png(8, 8)));
        let mut moving = samples::png(8, 8);
        // Behind the header, as <https://www.w3.org/TR/png-3/#11acTL> says.
        moving.splice(33..33, *b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0");
        assert!(moves("image/png", &moving));
        assert!(moves("image/png", &moving[..40]));
        assert!(!moves("image/webp", &samples::webp(8, 8)));
        assert!(moves("image/webp", b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0ANIM"));
        assert!(!moves("image/jpeg", b"ANIM") && decodes("image/jpeg") && !decodes("image/heif"));
    }

    #[test]
    fn what_the_system_decodes_is_measured_before() {
        let code = |bytes: &[u8], mime: &str| {
            let measured = measure(Cursor::new(bytes), mime, &Limits::default());
            measured.map_or_else(|error| error.code(), |()| "shown")
        };
        let photo = samples::heif(&[(512, 512), (4032, 3024)]);
        assert_eq!(code(&photo, "image/heif"), "shown");
        assert_eq!(code(&photo, "image/avif"), "shown");
        assert_eq!(code(&photo, "image/jxl"), "no_preview");
        assert_eq!(code(&photo, "image/svg+xml"), "no_preview");
        let most = samples::heif(&[(10_000, 8_000)]);
        assert_eq!(code(&most, "image/heif"), "shown");
        for sizes in [
            &[(10_000, 8_001)][..],
            &[(u32::MAX, u32::MAX)],
            &[(512, 512), (65_535, 65_535)],
            &[(65_535, 65_535), (0, 1)],
        ] {
            let hostile = samples::heif(sizes);
            assert_eq!(code(&hostile, "image/heif"), "preview_too_large", "{sizes:?}");
        }
        assert_eq!(code(&samples::heif(&[(0, 3024)]), "image/heif"), "preview_damaged");
        // What names no size, names one twice over, or moves.
        assert_eq!(code(&samples::heif(&[]), "image/heif"), "no_preview");
        assert_eq!(code(&samples::heif(&[(8, 8); 300]), "image/heif"), "no_preview");
        let twice = [photo.clone(), samples::heif(&[(8, 8)])].concat();
        assert_eq!(code(&twice, "image/heif"), "no_preview");
        let moving = [photo.clone(), samples::mp4(9)].concat();
        assert_eq!(code(&moving, "image/avif"), "no_preview");
        let cut = memchr::memmem::find(&photo, b"ispe").unwrap();
        for end in [0, 4, 20, cut, cut + 9] {
            assert_eq!(code(&photo[..end], "image/heif"), "no_preview", "{end}");
        }
        let long = [photo, vec![0; 1 << 20]].concat();
        assert_eq!(code(&long, "image/heif"), "shown", "what follows the boxes is none");
        assert!(samples::heif(&[(1, 1)]).starts_with(b"\0\0\0\x18ftypheic"));
    }

    #[test]
    fn bombs_are_refused_at_once() {
        let started = Instant::now();
        assert_eq!(code(&samples::png_bomb(60_000, 60_000), "image/png"), "preview_too_large");
        assert_eq!(code(&samples::png_bomb(u32::MAX >> 1, 1), "image/png"), "preview_too_large");
        assert_eq!(
            code(&samples::jpeg_claiming(65_500, 65_500), "image/jpeg"),
            "preview_too_large"
        );
        assert_eq!(code(&samples::gif_claiming(65_535, 65_535), "image/gif"), "preview_too_large");
        assert_eq!(code(&samples::bmp_claiming(60_000, 60_000), "image/bmp"), "preview_too_large");
        let scans = [samples::jpeg(64, 64), b"\xff\xda\0\x08".repeat(5000)].concat();
        assert_eq!(code(&scans, "image/jpeg"), "preview_too_complex");
        assert!(started.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn a_source_larger_than_the_limit_is_not_read() {
        let limits = Limits { source: 1000, ..Limits::default() };
        let endless = std::io::repeat(b'x');
        let error = thumbnail(endless, "image/png", &limits).unwrap_err();
        assert!(matches!(error, PreviewError::TooLarge));
    }

    #[test]
    fn thousands_of_frames_cost_one() {
        let started = Instant::now();
        let gif = samples::gif(5000);
        assert_eq!(code(&gif, "image/gif"), "shown");
        assert!(started.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn what_is_no_picture_is_told_apart() {
        assert_eq!(code(b"", "image/png"), "empty_file");
        assert_eq!(code(b"<html><script>", "image/png"), "preview_damaged");
        assert_eq!(code(b"<svg><script/></svg>", "image/svg+xml"), "no_preview");
        assert_eq!(code(b"<svg/>", "text/plain"), "no_preview");
        assert_eq!(code(&samples::png(9, 9), "image/jpeg"), "preview_damaged");
        let png = samples::png(300, 300);
        assert_eq!(code(&png[..png.len() / 2], "image/png"), "preview_damaged");
        assert_eq!(code(&png[..20], "image/png"), "preview_damaged");
        let noise: Vec<u8> =
            (0..9999_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for mime in
            ["image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff", "image/webp"]
        {
            assert_eq!(code(&noise, mime), "preview_damaged", "{mime}");
        }
    }

    #[test]
    fn mutations_never_panic_or_hang() {
        for (seed, mime, rounds) in [
            (samples::png(40, 30), "image/png", 1500),
            (samples::jpeg(40, 30), "image/jpeg", 1500),
            (samples::gif(3), "image/gif", 400),
            (samples::webp(40, 30), "image/webp", 400),
            (samples::bmp(20, 20), "image/bmp", 400),
            (samples::tiff(20, 20), "image/tiff", 400),
        ] {
            samples::mutations(&seed, rounds, |bytes| {
                let started = Instant::now();
                let code = code(bytes, mime);
                assert!(!["preview_timed_out", "preview_busy"].contains(&code), "{mime}");
                assert!(started.elapsed() < Duration::from_secs(40), "{mime}");
            });
        }
    }
}
