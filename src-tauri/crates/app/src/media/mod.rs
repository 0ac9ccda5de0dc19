//! The media scheme: exhibits as a web view asks for them, decrypted on the way and never to a file.
//!
//! An address begins with a token that is drawn at the unlock and worth nothing after the lock. The
//! content of an exhibit is answered only after it was opened, which the record keeps.

mod allowance;
mod range;

use crate::{ApiError, Desk, Open, desk::lock};
use allowance::Allowance;
use buyerwatch_domain::{Exhibit, ExhibitId, MediaClass};
use buyerwatch_media::{Limits, pdf, thumbnail};
use range::{Wanted, wanted};
use std::{
    collections::BTreeSet,
    io::{Read as _, Seek as _, SeekFrom},
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// What a web view asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaRequest {
    /// The path, beginning with a slash.
    pub path: String,
    /// What follows the question mark.
    pub query: Option<String>,
    /// The header `Range`.
    pub range: Option<String>,
}

impl MediaRequest {
    /// Whether a page is to be drawn, which takes long.
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(parts(&self.path).as_slice(), [_, "page", ..])
    }
}

/// Token, manner and names of a path.
fn parts(path: &str) -> Vec<&str> {
    path.trim_start_matches('/').split('/').collect()
}

/// What it gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaResponse {
    /// Status of HTTP.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Bytes of one answer to a request for a part.
const PART: u64 = 1 << 20;
/// Larger files are answered in parts only; players ask for them.
const WHOLE: u64 = 4 << 20;
/// A picture is shown whole or not at all.
const WHOLE_PICTURE: u64 = 32 << 20;
/// Answers that are made at the same time: each holds its body.
const AT_ONCE: usize = 8;
/// Pages among them: each holds its whole file, what was decoded of it, and the picture. The decoder
/// makes one at a time, so more would only wait with their files in hand.
const PAGES_AT_ONCE: usize = 1;
/// Longest side of a page unless the address says otherwise, and at most, in pixels.
const SIDE: u32 = 1600;
const SIDE_LIMIT: u32 = 4096;

/// Scheme and host of every address. Windows serves schemes of programs under a host of their own.
pub(crate) const fn root() -> &'static str {
    if cfg!(windows) { "http://media.localhost" } else { "media://localhost" }
}

/// Beginning of every address while the vault is open.
pub(crate) fn base(open: &Open) -> String {
    format!("{}/{}", root(), open.session().media.token)
}

/// Pictures that every web view draws.
const DRAWN: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];

/// Bytes of the beginning of a picture in which it says whether it moves.
const HEAD: u64 = 64 << 10;

/// Path at which an exhibit is shown.
///
/// # Errors
/// When the stored file cannot be read.
pub(crate) fn path_of(open: &Open, exhibit: &Exhibit) -> Result<String, ApiError> {
    let (token, id) = (&open.session().media.token, exhibit.id);
    let moves = || -> Result<bool, ApiError> {
        let mut head = Vec::new();
        let reader = open.vault().blobs().open(exhibit.blob)?;
        reader.take(HEAD).read_to_end(&mut head).map_err(buyerwatch_vault::BlobError::from)?;
        Ok(buyerwatch_media::moves(&exhibit.media_type, &head))
    };
    Ok(match MediaClass::of(&exhibit.media_type) {
        MediaClass::Pdf => format!("/{token}/page/{id}"),
        // Some web views draw none but these, and nobody bounds how many pictures a moving one holds.
        MediaClass::Image
            if buyerwatch_media::decodes(&exhibit.media_type)
                && (exhibit.bytes > WHOLE_PICTURE
                    || !DRAWN.contains(&&*exhibit.media_type)
                    || moves()?) =>
        {
            format!("/{token}/page/{id}/0?px={SIDE_LIMIT}")
        }
        _ => format!("/{token}/exhibit/{id}"),
    })
}

/// What of the media scheme lives from one unlock to the next lock.
pub(crate) struct Door {
    token: String,
    /// Exhibits that were opened, each with an entry in the record.
    opened: Mutex<BTreeSet<ExhibitId>>,
    making: Mutex<Making>,
    made: Condvar,
}

/// Answers that are being made, or made and not handed over, and how fast they are.
struct Making {
    answers: usize,
    pages: usize,
    allowance: Allowance,
}

impl Door {
    /// A door with a key that nobody can guess.
    pub(crate) fn new(drawn: [u8; 16]) -> Self {
        Self {
            token: format!("{:032x}", u128::from_be_bytes(drawn)),
            opened: Mutex::default(),
            making: Mutex::new(Making {
                answers: 0,
                pages: 0,
                allowance: Allowance::new(Instant::now()),
            }),
            made: Condvar::new(),
        }
    }

    /// Notes that an exhibit was opened.
    pub(crate) fn admit(&self, exhibit: ExhibitId) {
        lock(&self.opened).insert(exhibit);
    }

    /// Whether an exhibit was opened.
    pub(crate) fn admits(&self, exhibit: ExhibitId) -> bool {
        lock(&self.opened).contains(&exhibit)
    }

    /// Forgets that an exhibit was opened.
    pub(crate) fn forget(&self, exhibit: ExhibitId) {
        lock(&self.opened).remove(&exhibit);
    }

    /// Forgets everything that was opened: whoever looks next is another person, and the record is
    /// to say so.
    pub(crate) fn forget_all(&self) {
        lock(&self.opened).clear();
    }

    /// Waits for its turn. A page that waits for another one keeps nothing else waiting.
    fn turn(&self, page: bool) -> Turn<'_> {
        let full = |making: &mut Making| {
            making.answers >= AT_ONCE || (page && making.pages >= PAGES_AT_ONCE)
        };
        let mut making = lock(&self.making);
        loop {
            making = self.made.wait_while(making, full).unwrap_or_else(PoisonError::into_inner);
            let wait = making.allowance.wait(Instant::now());
            if wait == Duration::ZERO {
                break;
            }
            let waited = self.made.wait_timeout(making, wait);
            (making, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
        making.answers += 1;
        making.pages += usize::from(page);
        Turn { door: self, page }
    }
}

/// One answer, from the moment that it is begun until it was handed over.
struct Turn<'a> {
    door: &'a Door,
    page: bool,
}

impl Turn<'_> {
    /// Counts the bytes of the answer.
    fn hands_over(&self, bytes: usize) {
        lock(&self.door.making).allowance.handed(u64::try_from(bytes).unwrap_or(u64::MAX));
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut making = lock(&self.door.making);
        making.answers -= 1;
        making.pages -= usize::from(self.page);
        drop(making);
        // They wait for different things.
        self.door.made.notify_all();
    }
}

impl MediaResponse {
    fn empty(status: u16) -> Self {
        Self::with(status, "text/plain", Vec::new())
    }

    fn with(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![
                ("Content-Type", content_type.to_owned()),
                ("Content-Length", body.len().to_string()),
                // A file that pretends to be a page stays a file.
                ("X-Content-Type-Options", "nosniff".to_owned()),
                ("Content-Security-Policy", "sandbox; default-src 'none'".to_owned()),
                // Nothing of it may end up in a cache on the disk.
                ("Cache-Control", "no-store".to_owned()),
            ],
            body,
        }
    }

    fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// Answers a request of the media scheme. Never fails: what cannot be answered has a status.
///
/// `hand_over` passes the answer on. Only when it is done does the next one in line have its turn, so
/// that what is decoded and not yet handed over is bounded however many ask at once.
pub fn answer<T>(
    desk: &Desk,
    request: &MediaRequest,
    hand_over: impl FnOnce(MediaResponse) -> T,
) -> T {
    let parts = parts(&request.path);
    let (Some((token, rest)), Ok(open)) = (parts.split_first(), desk.open()) else {
        return hand_over(MediaResponse::empty(403));
    };
    if *token != open.session().media.token {
        return hand_over(MediaResponse::empty(403));
    }
    let turn = open.session().media.turn(request.is_page());
    let made = made(desk, &open, rest, request);
    turn.hands_over(made.body.len());
    hand_over(made)
}

fn made(desk: &Desk, open: &Open, rest: &[&str], request: &MediaRequest) -> MediaResponse {
    let answered = match rest {
        ["thumb", id] => thumb(open, id),
        ["exhibit", id] => {
            let part = request.query.as_deref().and_then(|query| query.strip_prefix("from="));
            // A script asks so, since a header of its own would need leave first.
            let part = part.map(|from| format!("bytes={from}-"));
            content(open, id, part.as_deref().or(request.range.as_deref()))
        }
        ["page", id, page] => self::page(open, id, page, request.query.as_deref()),
        _ => Ok(MediaResponse::empty(404)),
    };
    // Locked while it was made: as if it had never been asked.
    if open.still_open().is_err() {
        return MediaResponse::empty(403);
    }
    answered.unwrap_or_else(|error| {
        let status = match &*error.code {
            "locked" => 403,
            "evidence_missing" => 404,
            "evidence_damaged" => 410,
            "preview_too_large" => 413,
            _ => 500,
        };
        desk.report("media", error);
        MediaResponse::empty(status)
    })
}

/// The exhibit with this ID, unless it was taken out.
fn found(open: &Open, id: &str) -> Result<Option<Exhibit>, ApiError> {
    let Ok(id) = id.parse::<ExhibitId>() else { return Ok(None) };
    let exhibit = open.read(|read| read.exhibit(id))?;
    Ok(exhibit.filter(|exhibit| exhibit.removed.is_none()))
}

fn thumb(open: &Open, id: &str) -> Result<MediaResponse, ApiError> {
    let Some(exhibit) = found(open, id)? else { return Ok(MediaResponse::empty(404)) };
    let small = open.read(|read| read.thumbnail(exhibit.blob))?;
    Ok(small.map_or_else(
        || MediaResponse::empty(404),
        |small| MediaResponse::with(200, &small.mime, small.bytes),
    ))
}

fn content(open: &Open, id: &str, range: Option<&str>) -> Result<MediaResponse, ApiError> {
    let Some(exhibit) = found(open, id)? else { return Ok(MediaResponse::empty(404)) };
    if !open.session().media.admits(exhibit.id) {
        return Ok(MediaResponse::empty(403));
    }
    let class = MediaClass::of(&exhibit.media_type);
    let mut reader = open.vault().blobs().open(exhibit.blob)?;
    let length = reader.len();
    let whole = if class == MediaClass::Image { WHOLE_PICTURE } else { WHOLE };
    let (status, start, take) = match wanted(range, length) {
        Wanted::Nowhere => {
            return Ok(
                MediaResponse::empty(416).header("Content-Range", format!("bytes */{length}"))
            );
        }
        Wanted::Part { start, end } => (206, start, (end - start + 1).min(PART)),
        Wanted::All if length <= whole => (200, 0, length),
        // Whoever asks for the whole would take a part for it.
        Wanted::All => {
            return Ok(MediaResponse::empty(413).header("Accept-Ranges", "bytes".to_owned()));
        }
    };
    reader.seek(SeekFrom::Start(start)).map_err(buyerwatch_vault::BlobError::from)?;
    let mut body = Vec::with_capacity(usize::try_from(take).unwrap_or(0));
    reader.take(take).read_to_end(&mut body).map_err(buyerwatch_vault::BlobError::from)?;
    let end = start + (body.len() as u64).saturating_sub(1);
    let shown = matches!(class, MediaClass::Image | MediaClass::Video | MediaClass::Audio);
    let content_type = if shown { &*exhibit.media_type } else { "application/octet-stream" };
    let mut response =
        MediaResponse::with(status, content_type, body).header("Accept-Ranges", "bytes".to_owned());
    if status == 206 {
        response = response.header("Content-Range", format!("bytes {start}-{end}/{length}"));
    }
    if !shown {
        response = response.header("Content-Disposition", "attachment".to_owned());
    }
    Ok(response)
}

fn page(open: &Open, id: &str, page: &str, query: Option<&str>) -> Result<MediaResponse, ApiError> {
    let (Some(exhibit), Ok(page)) = (found(open, id)?, page.parse::<u32>()) else {
        return Ok(MediaResponse::empty(404));
    };
    if !open.session().media.admits(exhibit.id) {
        return Ok(MediaResponse::empty(403));
    }
    let px = query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .find_map(|part| part.strip_prefix("px=")?.parse::<u32>().ok())
        .unwrap_or(SIDE)
        .clamp(1, SIDE_LIMIT);
    let reader = open.vault().blobs().open(exhibit.blob)?;
    let picture = match MediaClass::of(&exhibit.media_type) {
        MediaClass::Pdf => match pdf::render(reader, page, px) {
            Err(buyerwatch_media::PreviewError::NoSuchPage { .. }) => {
                return Ok(MediaResponse::empty(404));
            }
            made => made?,
        },
        MediaClass::Image if page == 0 => {
            thumbnail(reader, &exhibit.media_type, &Limits::default().with_side(px))?
        }
        _ => return Ok(MediaResponse::empty(404)),
    };
    Ok(MediaResponse::with(200, picture.mime, picture.bytes))
}
