//! Pages of a PDF, drawn.
//!
//! A PDF is a program over compressed streams, so it is measured before it is drawn: its streams
//! are unpacked to count their bytes (`unpack`), and its page is run once on a device that draws
//! nothing and counts operations, pixels and nesting (`meter`). What goes over its budget is
//! refused before the drawing allocates anything.

use std::io::Read;
use std::time::Duration;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::{DynamicImage, RgbaImage};

use crate::limits::SIDE_MAX;
use crate::picture::{encode_small, png};
use crate::worker::{Deadline, bounded};
use crate::{Limits, Picture, PreviewError};

mod meter;
mod pixels;
mod unpack;

/// How many pages a PDF has.
///
/// # Errors
///
/// [`PreviewError::Locked`] for a protected one, and whatever is wrong with the file.
pub fn pages(source: impl Read) -> Result<u32, PreviewError> {
    let limits = asked_for(Limits::default());
    let bytes = limits.read(source)?;
    bounded(limits.time, move |deadline| Ok(count(&load(bytes, deadline)?)))
}

/// A PNG of a page, counted from 0, with at most `max_px` (and never more than 4096) pixels on its
/// longer side, on white.
///
/// # Errors
///
/// [`PreviewError::NoSuchPage`] behind the last one, and whatever is wrong with the file.
pub fn render(source: impl Read, page: u32, max_px: u32) -> Result<Picture, PreviewError> {
    let limits = asked_for(Limits::default().with_side(max_px));
    drawn(source, page, &limits, |image| {
        let image = image.into_rgb8();
        png(&image, image.width(), image.height(), image::ExtendedColorType::Rgb8)
    })
}

/// The limits of what somebody asks to see and waits for, instead of what is made of every file.
fn asked_for(limits: Limits) -> Limits {
    Limits { source: 128 << 20, time: Duration::from_secs(20), ..limits }
}

pub(crate) fn thumbnail(source: impl Read, limits: &Limits) -> Result<Picture, PreviewError> {
    drawn(source, 0, limits, |image| encode_small(&image))
}

fn drawn(
    source: impl Read,
    page: u32,
    limits: &Limits,
    encode: fn(DynamicImage) -> Result<Picture, PreviewError>,
) -> Result<Picture, PreviewError> {
    let (limits, bytes) = (*limits, limits.read(source)?);
    bounded(limits.time, move |deadline| {
        encode(draw(&load(bytes, deadline)?, page, &limits, deadline)?)
    })
}

fn load(bytes: Vec<u8>, deadline: Deadline) -> Result<Pdf, PreviewError> {
    unpack::scan(&bytes, deadline)?;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PreviewError::Locked,
        LoadPdfError::Invalid => PreviewError::Damaged,
    })?;
    deadline.check()?;
    Ok(pdf)
}

fn count(pdf: &Pdf) -> u32 {
    u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX)
}

#[allow(clippy::cast_precision_loss, reason = "a side is far below what f32 counts exactly")]
fn draw(
    pdf: &Pdf,
    page: u32,
    limits: &Limits,
    deadline: Deadline,
) -> Result<DynamicImage, PreviewError> {
    unpack::walk(pdf, deadline)?;
    let pages = count(pdf);
    let index = usize::try_from(page).unwrap_or(usize::MAX);
    let page = pdf.pages().get(index).ok_or(PreviewError::NoSuchPage { pages })?;
    let (width, height) = page.render_dimensions();
    let longer = width.max(height);
    if !longer.is_finite() || width < 1.0 || height < 1.0 {
        return Err(PreviewError::Damaged);
    }
    let side = limits.side.min(SIDE_MAX) as f32;
    let scale = side / longer;
    // A page may be a thousand times as long as it is wide; a pixel is the least.
    let scaled = |length: f32| scale.max(1.0 / length);
    let drawing =
        PixmapSettings { x_scale: scaled(width), y_scale: scaled(height), bg_color: WHITE };
    let settings = InterpreterSettings::default();
    meter::measure(page, &settings, &drawing, deadline);
    deadline.check()?;
    let pixmap =
        hayro::render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &drawing);
    deadline.check()?;
    // On opaque white, so premultiplied and plain colours are the same.
    RgbaImage::from_raw(
        pixmap.width().into(),
        pixmap.height().into(),
        pixmap.data_as_u8_slice().to_vec(),
    )
    .map(DynamicImage::ImageRgba8)
    .ok_or(PreviewError::Damaged)
}

#[cfg(test)]
mod tests;
