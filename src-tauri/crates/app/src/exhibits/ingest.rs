//! Taking a file in: read once from one open handle, hashed and encrypted on the way, made to last,
//! and only then recorded. A break at any moment leaves all of it or nothing.

use super::{
    names::{kind_of, named_in},
    plain::{changed, differs, empty, open_plain, unreadable},
    verify,
};
use crate::{
    ApiError, Open,
    desk::{Stopped, Tx},
    files::file_name,
};
use buyerwatch_domain::{
    BlobId, ExhibitId, ExhibitKind, ExhibitLink, NewExhibit, Stamp, Timestamp,
};
use buyerwatch_media::{MediaType, captured, sniff};
use buyerwatch_vault::{BlobError, Incoming, Kept, StoredFile};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    ops::ControlFlow,
    path::Path,
};

/// What comes in.
pub(crate) enum Source<'a> {
    /// A file that a person named.
    File(&'a Path),
    /// Bytes that this program holds, under a name.
    Bytes(&'a str, &'a [u8]),
}

/// A file that is stored and not yet recorded. Dropping it removes it.
pub(crate) struct Received {
    name: String,
    sha256: String,
    bytes: u64,
    media: MediaType,
    kind: ExhibitKind,
    derived_from: Option<ExhibitId>,
    /// What its name says that it belongs to.
    links: Vec<ExhibitLink>,
    incoming: Incoming,
}

impl Received {
    /// Says from which exhibit it was made.
    pub(crate) fn derived_from(mut self, source: ExhibitId) -> Self {
        self.derived_from = Some(source);
        self
    }
}

/// Reads a source to its end. `watch` hears of the bytes so far and answers whether to go on.
pub(crate) fn receive(
    open: &Open,
    source: Source<'_>,
    kind: Option<ExhibitKind>,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<Received, Stopped> {
    let mut control = |bytes: u64| {
        let go_on = !open.session().has_ended() && watch(bytes);
        if go_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let blobs = open.vault().blobs();
    let (name, incoming) = match source {
        Source::Bytes(name, mut bytes) => {
            (file_name(Path::new(name)), blobs.ingest(&mut bytes, &mut control))
        }
        Source::File(path) => {
            let (file, before) = open_plain(path)?;
            let mut file = Bounded { file, left: before.len(), grew: false, failed: None };
            let incoming = blobs.ingest(&mut file, &mut control);
            // What grows while it is read would never be done.
            if file.grew {
                return Err(changed().into());
            }
            if let Some(error) = file.failed {
                return Err(unreadable(&error).into());
            }
            if let Ok(incoming) = &incoming {
                let after = file.file.metadata().map_err(|error| unreadable(&error))?;
                if incoming.bytes != before.len() || differs(&before, &after) {
                    return Err(changed().into());
                }
            }
            (file_name(path), incoming)
        }
    };
    let incoming = match incoming {
        Ok(incoming) => incoming,
        Err(BlobError::Cancelled) if !open.session().has_ended() => return Err(Stopped::Cancelled),
        Err(BlobError::Cancelled | BlobError::Closed) => return Err(Stopped::Locked),
        Err(error) => return Err(ApiError::from(error).into()),
    };
    if incoming.bytes == 0 {
        return Err(empty().into());
    }
    let media = sniff(&incoming.head, &name);
    let links = open.read(|read| named_in(read, &name))?;
    Ok(Received {
        kind: kind.unwrap_or_else(|| kind_of(&name, media.class)),
        sha256: incoming.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
        bytes: incoming.bytes,
        derived_from: None,
        name,
        media,
        links,
        incoming,
    })
}

/// A file that must not be longer than it was when it was opened.
struct Bounded {
    file: File,
    left: u64,
    grew: bool,
    failed: Option<io::Error>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.file.read(buffer) {
            Ok(read) => match self.left.checked_sub(read as u64) {
                Some(left) => {
                    self.left = left;
                    Ok(read)
                }
                None => {
                    self.grew = true;
                    Err(io::ErrorKind::InvalidData.into())
                }
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                self.failed = Some(error);
                Err(kind.into())
            }
        }
    }
}

/// A received file on its way into the record.
struct Settling {
    new: NewExhibit,
    /// The file has its name for good and waits to be recorded.
    kept: Option<Kept>,
    incoming: Option<Incoming>,
}

/// Makes received files last and records them: `record` gets the exhibits and executes the commands
/// that take them in. Content that is stored already is not stored again.
pub(crate) fn commit<T>(
    open: &Open,
    received: Vec<Received>,
    record: impl FnOnce(&mut Tx<'_, '_>, Stamp, Vec<NewExhibit>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    commit_watched(open, received, &mut |_| true, record).map_err(Stopped::into_error)
}

/// The same. Content that is stored already is compared with what is stored, which is read to its end:
/// `watch` hears of the bytes so far, those that were received included, and answers whether to go on.
pub(crate) fn commit_watched<T>(
    open: &Open,
    received: Vec<Received>,
    watch: &mut dyn FnMut(u64) -> bool,
    record: impl FnOnce(&mut Tx<'_, '_>, Stamp, Vec<NewExhibit>) -> Result<T, ApiError>,
) -> Result<T, Stopped> {
    let mut settling = Vec::with_capacity(received.len());
    // By content: the stored file that holds it, whole.
    let mut seen: BTreeMap<String, BlobId> = BTreeMap::new();
    for one in received {
        let known = match seen.get(&one.sha256) {
            Some(known) => Ok(Some(*known)),
            None => stored(open, &one.sha256, one.bytes, watch),
        };
        match known.and_then(|known| Ok(settle(open, one, known)?)) {
            Ok(settled) => settling.push(settled),
            Err(error) => {
                // None of them is recorded when one is not.
                discard(settling);
                return Err(error);
            }
        }
        if let Some(Settling { new, .. }) = settling.last() {
            seen.insert(new.sha256.clone(), new.blob);
        }
    }
    let mut refused = true;
    let recorded = open.write(|tx, stamp| {
        let mut chosen: BTreeMap<String, BlobId> = BTreeMap::new();
        let mut exhibits = Vec::with_capacity(settling.len());
        for one in &mut settling {
            let sha256 = &one.new.sha256;
            let known = match chosen.get(sha256) {
                Some(known) => Some(*known),
                None => match tx.read().blob_with(sha256)? {
                    // What was found damaged is marked by now.
                    Some(known) if opens(open, known, one.new.bytes) => Some(known),
                    _ => None,
                },
            };
            if let Some(known) = known {
                one.new.blob = known;
            } else if let Some(incoming) = one.incoming.take() {
                // What held the same content was taken out a moment ago.
                one.new.blob = incoming.id;
                one.kept = Some(incoming.keep()?);
            }
            chosen.insert(sha256.clone(), one.new.blob);
            exhibits.push(one.new.clone());
        }
        let recorded = record(tx, stamp, exhibits)?;
        refused = false;
        Ok(recorded)
    });
    // What a full disk stopped was not written to its end, and cannot become true later.
    let undone = |error: &ApiError, blob| {
        error.code == "disk_full"
            && open.read(|read| read.blobs_in_use()).is_ok_and(|used| !used.contains(&blob))
    };
    for Settling { new, kept, .. } in settling {
        let Some(kept) = kept else { continue };
        match &recorded {
            Ok(_) if kept.id() == new.blob => kept.recorded(),
            // Another file holds the same content.
            Ok(_) => kept.discard(),
            Err(error) if refused || undone(error, kept.id()) => kept.discard(),
            // Whether it was recorded is open: the next start looks.
            Err(_) => {}
        }
    }
    if recorded.is_ok() {
        open.session().quiet.poke();
    }
    Ok(recorded?)
}

/// Takes away what was to be recorded and never will be.
fn discard(settling: Vec<Settling>) {
    settling.into_iter().filter_map(|one| one.kept).for_each(Kept::discard);
}

/// The stored file with this content, if it is whole: it is read to its end. One that is not is
/// recorded as damaged, and what comes in is kept as a file of its own.
fn stored(
    open: &Open,
    sha256: &str,
    bytes: u64,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<Option<BlobId>, Stopped> {
    let mut looked_at = None;
    loop {
        let known = open.read(|read| read.blob_with(sha256))?;
        let Some(blob) = known.filter(|_| known != looked_at) else { return Ok(None) };
        let file = StoredFile { blob, sha256: sha256.to_owned(), bytes, verified_at: None };
        // What is stored is a little longer than its content.
        let mut watch = |read: u64| watch(bytes.saturating_add(read.min(bytes)));
        let damage = verify::check(open, &file, &mut watch)?;
        if damage.is_none() {
            return Ok(Some(blob));
        }
        verify::record(open, &[(blob, damage)], verify::Occasion::Stored)?;
        looked_at = Some(blob);
    }
}

/// Whether a stored file begins and ends as it should and is as long.
fn opens(open: &Open, blob: BlobId, bytes: u64) -> bool {
    open.vault().blobs().open(blob).is_ok_and(|reader| reader.len() == bytes)
}

fn settle(open: &Open, one: Received, known: Option<BlobId>) -> Result<Settling, ApiError> {
    let Received { name, sha256, bytes, media, kind, derived_from, links, incoming } = one;
    let drawn = open.draw(ExhibitId::from_bytes)?;
    let (blob, kept, incoming) = match known {
        Some(known) => (known, None, Some(incoming)),
        None => {
            let id = incoming.id;
            (id, Some(incoming.keep()?), None)
        }
    };
    // Read from what is stored, so that the claim is that of the bytes that count.
    let reader = open.vault().blobs().open(blob).ok();
    let claim = reader.and_then(|reader| captured(reader, media.mime));
    let new = NewExhibit {
        id: drawn,
        kind,
        name,
        sha256,
        bytes,
        media_type: media.mime.to_owned(),
        captured_at: claim.map(|claim| Timestamp::from_millis(claim.at_ms)),
        captured_offset: claim.and_then(|claim| claim.offset_minutes),
        blob,
        derived_from,
        links,
    };
    Ok(Settling { new, kept, incoming })
}
