//! A page run without drawing, to see what drawing it would cost.

use std::collections::HashSet;

use hayro::PixmapSettings;
use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::pattern::Pattern;
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, Paint, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Rect};

use super::pixels;
use crate::PreviewError;
use crate::worker::{Deadline, stop};

/// Most steps of a page: pieces of paths, glyphs, clips and groups. A detailed map has a million.
const STEPS_MAX: u64 = 4_000_000;

/// Most pixels of all pictures on a page, each as often as it is drawn.
const PIXELS_MAX: u64 = 4 * pixels::PIXELS_MAX;

/// Most patterns, masks and drawn glyphs inside one another, and most open clips and groups.
const DEPTH_MAX: usize = 24;
const OPEN_MAX: usize = 400;

/// Most copies of a tile for one surface.
const COPIES_MAX: f64 = 256.0;

/// Most bytes of masks, which are kept until the page is drawn.
const MASKS_MAX: u64 = 128 << 20;

/// Runs the page and comes back when drawing it is affordable; otherwise leaves the job.
pub(super) fn measure<'a>(
    page: &Page<'a>,
    settings: &InterpreterSettings,
    drawing: &PixmapSettings,
    deadline: Deadline,
) {
    let (width, height) = page.render_dimensions();
    let (x_scale, y_scale) = (f64::from(drawing.x_scale), f64::from(drawing.y_scale));
    let target = Rect::new(0.0, 0.0, f64::from(width) * x_scale, f64::from(height) * y_scale);
    let transform =
        Affine::scale_non_uniform(x_scale, y_scale) * page.initial_transform(true).to_kurbo();
    let cache = InterpreterCache::new();
    let mut context = Context::new(transform, target, &cache, page.xref(), settings.clone());
    let mut meter = Meter {
        area: pixels_of(target),
        deadline,
        steps: 0,
        pixels: 0,
        depth: 0,
        open: 0,
        masks: HashSet::new(),
    };
    interpret_page(page, &mut context, &mut meter);
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a target has at most 4096 pixels a side"
)]
fn pixels_of(target: Rect) -> u64 {
    target.area().max(1.0) as u64
}

struct Meter {
    /// Pixels of the whole drawing.
    area: u64,
    deadline: Deadline,
    steps: u64,
    pixels: u64,
    depth: usize,
    open: usize,
    /// Masks seen; the renderer draws each once.
    masks: HashSet<u128>,
}

impl Meter {
    fn spend(&mut self, steps: u64) {
        let before = self.steps >> 10;
        self.steps = self.steps.saturating_add(steps);
        if self.steps > STEPS_MAX {
            stop(PreviewError::TooComplex);
        }
        if self.steps >> 10 != before && self.deadline.passed() {
            stop(PreviewError::TimedOut);
        }
    }

    fn deeper(&mut self, run: impl FnOnce(&mut Self)) {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            stop(PreviewError::TooComplex);
        }
        run(self);
        self.depth -= 1;
    }

    fn open(&mut self, steps: usize) {
        self.open += 1;
        if self.open > OPEN_MAX {
            stop(PreviewError::TooComplex);
        }
        self.spend(steps as u64 + 4);
    }

    /// What a surface as large as the drawing costs.
    fn surface(&mut self) {
        self.spend(self.area / 512 + 16);
    }

    fn mask<'a>(&mut self, mask: Option<&SoftMask<'a>>) {
        let Some(mask) = mask else { return };
        if self.masks.insert(mask.cache_key()) {
            if self.masks.len() as u64 * self.area > MASKS_MAX {
                stop(PreviewError::TooLarge);
            }
            self.surface();
            self.deeper(|meter| mask.interpret(meter));
        }
    }

    fn paint<'a>(&mut self, paint: &Paint<'a>, draw_mode: Option<&DrawMode>) {
        let Paint::Pattern(pattern) = paint else { return };
        let stroke = matches!(draw_mode, Some(DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)));
        self.surface();
        match &**pattern {
            // Every pixel of a shading runs its function.
            Pattern::Shading(_) => self.spend(self.area / 64),
            Pattern::Tiling(tile) => {
                let copies = |length: f64, step: f32| length.abs() / f64::from(step.abs()) + 2.0;
                let across = copies(tile.bbox.width(), tile.x_step);
                let copies = across * copies(tile.bbox.height(), tile.y_step);
                // Also not when it is no number.
                if copies.is_nan() || copies > COPIES_MAX {
                    stop(PreviewError::TooComplex);
                }
                let before = (self.steps, self.pixels);
                self.deeper(|meter| {
                    tile.interpret(meter, Affine::IDENTITY, stroke);
                });
                let times = copies.ceil();
                let more = |spent: u64| (spent as f64 * times) as u64;
                let (steps, pixels) = (self.steps - before.0, self.pixels - before.1);
                self.spend(more(steps));
                self.picture(more(pixels));
            }
        }
    }

    fn picture(&mut self, pixels: u64) {
        self.pixels = self.pixels.saturating_add(pixels);
        if self.pixels > PIXELS_MAX {
            stop(PreviewError::TooLarge);
        }
        if self.deadline.passed() {
            stop(PreviewError::TimedOut);
        }
    }
}

impl<'a> Device<'a> for Meter {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.spend(path.elements().len() as u64 + 1);
        self.mask(props.soft_mask.as_ref());
        self.paint(&props.paint, Some(draw_mode));
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.open(clip_path.path.elements().len());
    }

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.open(64);
        self.mask(mask.as_ref());
    }

    fn draw_glyph_run(
        &mut self,
        glyph_run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        draw_mode: &DrawMode,
    ) {
        self.mask(props.soft_mask.as_ref());
        let glyphs = glyph_run.glyphs();
        self.spend(glyphs.len() as u64 * 4 + 1);
        self.paint(&props.paint, Some(draw_mode));
        for glyph in glyphs {
            if let Glyph::Type3(drawn) = &**glyph {
                self.deeper(|meter| {
                    drawn.interpret(meter, props.transform, glyph.transform(), &props.paint);
                });
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.spend(256);
        self.mask(props.soft_mask.as_ref());
        let (width, height) = (image.width(), image.height());
        let stream = match &image {
            Image::Stencil(stencil) => stencil.stream(),
            Image::Raster(raster) => raster.stream(),
        };
        match pixels::check(stream, width, height, self.deadline) {
            Ok(pixels) => self.picture(pixels),
            Err(error) => stop(error),
        }
    }

    fn pop_clip(&mut self) {
        self.open = self.open.saturating_sub(1);
        self.spend(1);
    }

    fn pop_transparency_group(&mut self) {
        self.open = self.open.saturating_sub(1);
        self.spend(1);
    }
}
