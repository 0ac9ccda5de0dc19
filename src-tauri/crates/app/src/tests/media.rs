//! What a web view gets through the media scheme, and what it does not.

use crate::{
    Manner, Nothing,
    exhibits::{
        OneExhibit,
        add::{AddExhibits, AddedFile},
        keep_frame::KeepFrame,
        list::ListExhibits,
        open::{OpenExhibit, OpenedExhibit},
        remove::RemoveExhibit,
    },
    media::{MediaRequest, MediaResponse, answer},
    session::unlock::Unlock,
    testing::{Bench, PASSPHRASE, fresh, secret},
    view::{CustodyAct, ExhibitView},
};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use buyerwatch_domain::MediaClass;
use buyerwatch_media::Limits;
use std::{
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::{Duration, Instant},
};

fn add(bench: &Bench, name: &str, content: &[u8]) -> ExhibitView {
    let files = vec![AddedFile { handle: bench.handle(name, content), kind: None }];
    let request = AddExhibits { files, links: Vec::new(), purpose: None };
    bench.desk.exhibits_add(request).unwrap().exhibits.remove(0)
}

fn open(bench: &Bench, exhibit: &ExhibitView) -> OpenedExhibit {
    let purpose = Some("claim".to_owned());
    bench.desk.exhibits_open(OpenExhibit { exhibit_id: exhibit.id, purpose }).unwrap()
}

fn get(bench: &Bench, path: &str, range: Option<&str>) -> MediaResponse {
    let (path, query) = path.split_once('?').map_or((path, None), |(p, q)| (p, Some(q)));
    let request = MediaRequest {
        path: path.to_owned(),
        query: query.map(str::to_owned),
        range: range.map(str::to_owned),
    };
    answer(&bench.desk, &request, |answer| answer)
}

fn header<'a>(response: &'a MediaResponse, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(of, _)| *of == name).map(|(_, value)| value.as_str())
}

/// A film, as far as its first bytes go.
fn film(length: usize) -> Vec<u8> {
    let mut bytes = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41".to_vec();
    bytes.extend((0..length - bytes.len()).map(|n| (n % 251) as u8));
    bytes
}

fn bitmap() -> Vec<u8> {
    let mut bytes = b"BM".to_vec();
    for part in [58u32, 0, 54, 40, 1, 1] {
        bytes.extend(part.to_le_bytes());
    }
    bytes.extend([1, 0, 24, 0]);
    for part in [0u32, 4, 2835, 2835, 0, 0] {
        bytes.extend(part.to_le_bytes());
    }
    bytes.extend([0, 0, 255, 0]);
    bytes
}

#[test]
fn a_film_is_played_in_parts_of_bounded_size() {
    let bench = fresh(Manner::Unattended);
    let content = film(5 << 20);
    let exhibit = add(&bench, "pack.mp4", &content);
    assert_eq!(exhibit.class, MediaClass::Video);
    let base = bench.desk.session_state(Nothing {}).unwrap().media.unwrap();
    let token = base.rsplit('/').next().unwrap().to_owned();
    let path = format!("/{token}/exhibit/{}", exhibit.id);
    assert_eq!(get(&bench, &path, None).status, 403, "nobody has opened it");
    let opened = open(&bench, &exhibit);
    assert_eq!((opened.path.as_str(), opened.bytes), (path.as_str(), 5 << 20));
    assert_eq!(opened.url, format!("{base}/exhibit/{}", exhibit.id));
    // Without a part that is asked for, nothing: not all of it, and no part that looks like all of it.
    let all = get(&bench, &path, None);
    assert_eq!((all.status, all.body.len()), (413, 0));
    assert_eq!(header(&all, "Accept-Ranges"), Some("bytes"));
    let first = get(&bench, &path, Some("bytes=0-"));
    assert_eq!((first.status, first.body.len()), (206, 1 << 20));
    assert_eq!(header(&first, "Content-Range"), Some("bytes 0-1048575/5242880"));
    assert_eq!(header(&first, "Content-Type"), Some("video/mp4"));
    assert_eq!(header(&first, "X-Content-Type-Options"), Some("nosniff"));
    assert_eq!(header(&first, "Content-Security-Policy"), Some("sandbox; default-src 'none'"));
    assert_eq!(header(&first, "Cache-Control"), Some("no-store"));
    assert_eq!(header(&first, "Accept-Ranges"), Some("bytes"));
    let mut whole = Vec::new();
    while whole.len() < content.len() {
        let part = get(&bench, &path, Some(&format!("bytes={}-", whole.len())));
        assert!(part.status == 206 && part.body.len() <= 1 << 20);
        whole.extend(part.body);
    }
    assert!(whole == content);
    // As a script asks, which may not set that header by itself.
    let last = get(&bench, &format!("{path}?from={}", (4 << 20) + 7), None);
    assert_eq!((last.status, &last.body[..]), (206, &content[(4 << 20) + 7..]));
    assert_eq!(get(&bench, &format!("{path}?from=5242880"), None).status, 416);
    let end = get(&bench, &path, Some("bytes=-3"));
    assert_eq!((end.status, &end.body[..]), (206, &content[content.len() - 3..]));
    let beyond = get(&bench, &path, Some("bytes=5242880-"));
    assert_eq!((beyond.status, beyond.body.len()), (416, 0));
    assert_eq!(header(&beyond, "Content-Range"), Some("bytes */5242880"));
    let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: exhibit.id }).unwrap();
    let views: Vec<_> =
        detail.custody.iter().filter(|entry| entry.act == CustodyAct::Viewed).collect();
    assert_eq!((views.len(), views[0].purpose.as_deref()), (1, Some("claim")));
}

/// The web view decodes films; what it hands over is kept as a picture, once, and only by who may look.
#[test]
fn a_frame_of_a_film_becomes_its_small_picture() {
    let bench = fresh(Manner::Unattended);
    let exhibit = add(&bench, "pack.mp4", &film(9_000));
    let note = add(&bench, "note.txt", b"a note");
    let keep = |id, jpeg: &[u8]| {
        let jpeg_base64 = BASE64_STANDARD.encode(jpeg);
        bench.desk.exhibits_keep_frame(KeepFrame { exhibit_id: id, jpeg_base64 })
    };
    let has = || {
        let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: exhibit.id }).unwrap();
        detail.exhibit.has_thumbnail
    };
    let picture = std::io::Cursor::new(bitmap());
    let made = buyerwatch_media::thumbnail(picture, "image/bmp", &Limits::default()).unwrap();
    let frame = [made.bytes, b"<script>".to_vec()].concat();
    keep(exhibit.id, &frame).unwrap();
    assert!(!has(), "nobody has opened it");
    open(&bench, &exhibit);
    open(&bench, &note);
    assert_eq!(keep(exhibit.id, b"<svg onload=x>").unwrap_err().code, "preview_damaged");
    assert_eq!(keep(note.id, &frame).unwrap_err().code, "malformed_paste");
    assert!(!has());
    keep(exhibit.id, &frame).unwrap();
    assert!(has());
    let base = bench.desk.session_state(Nothing {}).unwrap().media.unwrap();
    let token = base.rsplit('/').next().unwrap().to_owned();
    let shown = |bench: &Bench| get(bench, &format!("/{token}/thumb/{}", exhibit.id), None);
    let first = shown(&bench);
    assert_eq!((first.status, header(&first, "Content-Type")), (200, Some("image/jpeg")));
    assert!(!first.body.windows(8).any(|part| part == b"<script>"), "written anew");
    // The first stays.
    keep(exhibit.id, b"another").unwrap();
    assert_eq!(shown(&bench), first);
}

#[test]
fn only_pictures_films_and_sounds_have_their_type() {
    let bench = fresh(Manner::Unattended);
    let page = add(&bench, "page.png", b"<html><script>alert(1)</script></html>");
    assert_eq!(page.class, MediaClass::Text, "whatever it is called");
    let drawing = add(&bench, "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
    for exhibit in [page, drawing] {
        let answered = get(&bench, &open(&bench, &exhibit).path, None);
        assert_eq!(answered.status, 200);
        assert_eq!(header(&answered, "Content-Type"), Some("application/octet-stream"));
        assert_eq!(header(&answered, "Content-Disposition"), Some("attachment"));
    }
}

#[test]
fn pictures_are_decoded_within_limits_before_they_are_shown() {
    let bench = fresh(Manner::Unattended);
    let picture = add(&bench, "a.bmp", &bitmap());
    let opened = open(&bench, &picture);
    let shown = get(&bench, &opened.path, None);
    assert_eq!((shown.status, shown.body), (200, bitmap()));
    let list = ListExhibits { limit: 9, ..ListExhibits::default() };
    assert!(bench.desk.exhibits_list(list).unwrap().rows[0].has_thumbnail);
    let token = opened.path.split('/').nth(1).unwrap();
    let small = get(&bench, &format!("/{token}/thumb/{}", picture.id), None);
    assert_eq!(small.status, 200);
    assert!(header(&small, "Content-Type").unwrap().starts_with("image/"));
    let drawn = get(&bench, &format!("/{token}/page/{}/0?px=100", picture.id), None);
    assert_eq!(drawn.status, 200);
    // A header that promises 60,000 by 60,000 pixels.
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bomb.extend(60_000u32.to_be_bytes());
    bomb.extend(60_000u32.to_be_bytes());
    bomb.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    let bomb = add(&bench, "bomb.png", &bomb);
    assert_eq!(bomb.class, MediaClass::Image);
    let refused =
        bench.desk.exhibits_open(OpenExhibit { exhibit_id: bomb.id, purpose: None }).unwrap_err();
    assert!(refused.code.starts_with("preview_"), "{}", refused.code);
    let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: bomb.id }).unwrap();
    assert_eq!(detail.custody.len(), 1, "what was not shown was not looked at");
}

#[test]
fn wrong_addresses_and_locked_vaults_answer_nothing() {
    let bench = fresh(Manner::Unattended);
    let exhibit = add(&bench, "pack.mp4", &film(4096));
    let path = open(&bench, &exhibit).path;
    let token = path.split('/').nth(1).unwrap().to_owned();
    for (wrong, status) in [
        ("", 403),
        ("/", 403),
        ("/0000/exhibit/1", 403),
        (&*format!("/{}x/exhibit/{}", token, exhibit.id), 403),
        (&*format!("/{token}"), 404),
        (&*format!("/{token}/exhibit/../vault.db"), 404),
        (&*format!("/{token}/exhibit/{}", "0".repeat(32)), 404),
        (&*format!("/{token}/page/{}/0", exhibit.id), 404),
        (&*format!("/{token}/page/{}/x", exhibit.id), 404),
        (&*format!("/{token}/thumb/{}", exhibit.id), 404),
    ] {
        assert_eq!(get(&bench, wrong, None).status, status, "{wrong}");
    }
    assert_eq!(get(&bench, &path, None).status, 200);
    bench.desk.session_lock(Nothing {}).unwrap();
    assert_eq!(get(&bench, &path, None).status, 403);
    assert_eq!(bench.desk.session_state(Nothing {}).unwrap().media, None);
    bench.desk.session_unlock(Unlock { passphrase: secret(PASSPHRASE) }).unwrap();
    assert_eq!(get(&bench, &path, None).status, 403, "another unlock, another token");
    let path = open(&bench, &exhibit).path;
    let reason = "not ours".to_owned();
    bench.desk.exhibits_remove(RemoveExhibit { exhibit_id: exhibit.id, reason }).unwrap();
    assert_eq!(get(&bench, &path, None).status, 404);
}

#[test]
fn a_damaged_file_gives_no_wrong_byte() {
    let bench = fresh(Manner::Unattended);
    let exhibit = add(&bench, "pack.mp4", &film(300_000));
    let path = open(&bench, &exhibit).path;
    let mut folders = vec![bench.desk.data_dir().join("blobs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.metadata().unwrap().len() > 300_000 {
                let mut bytes = std::fs::read(entry.path()).unwrap();
                bytes[200_000] ^= 0x40;
                std::fs::write(entry.path(), bytes).unwrap();
            }
        }
    }
    let whole = get(&bench, &path, None);
    assert_eq!((whole.status, whole.body.len()), (410, 0));
    let intact = get(&bench, &path, Some("bytes=0-99"));
    assert_eq!((intact.status, &intact.body[..]), (206, &film(300_000)[..100]));
}

#[test]
fn small_pictures_are_made_by_themselves_in_a_window() {
    let bench = fresh(Manner::Attended);
    add(&bench, "a.bmp", &bitmap());
    // By another program.
    add(&bench.other(Manner::Unattended), "b.txt", b"no picture");
    let begun = Instant::now();
    let all = || ListExhibits { limit: 9, ..ListExhibits::default() };
    while !bench.desk.exhibits_list(all()).unwrap().rows.iter().any(|row| row.has_thumbnail) {
        assert!(begun.elapsed() < Duration::from_secs(30), "no small picture was made");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_quiet_comparison_covers_all_and_records_it() {
    let bench = fresh(Manner::Unattended);
    let one = add(&bench, "a.bin", &[1; 1000]);
    add(&bench, "b.bin", &[2; 1000]);
    let open = bench.desk.open().unwrap();
    crate::desk::scrub(&open).unwrap();
    let files = open.read(|read| read.stored_files()).unwrap();
    assert!(files.iter().all(|file| file.verified_at.is_some()));
    let length = open.vault().journal_len().unwrap();
    crate::desk::scrub(&open).unwrap();
    assert_eq!(open.vault().journal_len().unwrap(), length, "nothing is due");
    let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: one.id }).unwrap();
    assert_eq!(detail.custody.last().unwrap().act, CustodyAct::Verified);
}

#[test]
fn a_picture_that_not_every_window_draws_is_drawn_here() {
    let bench = fresh(Manner::Unattended);
    // An uncompressed picture of one grey pixel, as scanners write them.
    let entry = |tag: u16, kind: u16, value: u32| {
        let mut bytes = tag.to_le_bytes().to_vec();
        bytes.extend(kind.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
        bytes
    };
    let entries = [
        entry(256, 4, 1),
        entry(257, 4, 1),
        entry(258, 3, 8),
        entry(259, 3, 1),
        entry(262, 3, 1),
        entry(273, 4, 122),
        entry(277, 3, 1),
        entry(278, 4, 1),
        entry(279, 4, 1),
    ];
    let mut scan = b"II*\0\x08\0\0\0".to_vec();
    scan.extend(9u16.to_le_bytes());
    scan.extend(entries.concat());
    scan.extend([0; 4]);
    scan.push(200);
    assert_eq!(scan.len(), 123);
    let opened = open(&bench, &add(&bench, "scan.tiff", &scan));
    let drawn = get(&bench, &opened.path, None);
    assert_eq!((drawn.status, header(&drawn, "Content-Type")), (200, Some("image/jpeg")));
}

/// A HEIC that names this size.
fn heif(width: u32, height: u32) -> Vec<u8> {
    let boxed = |name: &[u8], content: &[u8]| {
        let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&size[..], name, content].concat()
    };
    let size = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
    let properties = boxed(b"iprp", &boxed(b"ipco", &boxed(b"ispe", &size)));
    let meta = boxed(b"meta", &[&[0; 4][..], &properties].concat());
    [boxed(b"ftyp", b"heic\0\0\0\0mif1heic"), meta, boxed(b"mdat", &[0x9c; 99])].concat()
}

/// The web view decodes what the program cannot, and only within the same bounds.
#[test]
fn a_picture_that_only_the_system_decodes_is_measured_first() {
    let bench = fresh(Manner::Unattended);
    let photo = add(&bench, "photo.heic", &heif(4032, 3024));
    assert_eq!((&*photo.media_type, photo.class), ("image/heif", MediaClass::Image));
    assert!(!photo.redactable && add(&bench, "photo.bmp", &bitmap()).redactable);
    let opened = open(&bench, &photo);
    assert_eq!(get(&bench, &opened.path, None).body, heif(4032, 3024));
    let base = bench.desk.session_state(Nothing {}).unwrap().media.unwrap();
    let token = base.rsplit('/').next().unwrap();
    let unsized_one = [&heif(1, 1)[..24], &[0x9c; 99]].concat();
    for (name, content, code) in [
        ("bomb.heic", heif(60_000, 60_000), "preview_too_large"),
        ("plain.heic", unsized_one, "no_preview"),
    ] {
        let picture = add(&bench, name, &content);
        let request = OpenExhibit { exhibit_id: picture.id, purpose: None };
        assert_eq!(bench.desk.exhibits_open(request).unwrap_err().code, code);
        let path = format!("/{token}/exhibit/{}", picture.id);
        assert_eq!(get(&bench, &path, None).status, 403, "{name}");
    }
}

/// A page that is decoded counts until the web view has it, and keeps nothing but other pages waiting.
#[test]
fn one_page_at_a_time_is_decoded_and_handed_over() {
    let bench = fresh(Manner::Unattended);
    let picture = add(&bench, "photo.bmp", &bitmap());
    open(&bench, &picture);
    let note = add(&bench, "note.txt", b"a note");
    let note = open(&bench, &note).path;
    let base = bench.desk.session_state(Nothing {}).unwrap().media.unwrap();
    let token = base.rsplit('/').next().unwrap();
    let path = format!("/{token}/page/{}/0", picture.id);
    let (held, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                let request = MediaRequest { path: path.clone(), ..MediaRequest::default() };
                answer(&bench.desk, &request, |page| {
                    most.fetch_max(held.fetch_add(1, Relaxed) + 1, Relaxed);
                    assert_eq!(page.status, 200);
                    assert_eq!(get(&bench, &note, None).body, b"a note");
                    std::thread::sleep(Duration::from_millis(5));
                    held.fetch_sub(1, Relaxed);
                });
            });
        }
    });
    assert_eq!(most.into_inner(), 1);
}
