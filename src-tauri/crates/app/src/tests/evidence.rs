//! Evidence from the file to the copy that is handed out.

use crate::{
    Manner, Nothing,
    desk::{Progress, Stopped},
    exhibits::{
        OneExhibit,
        add::{AddExhibits, AddedFile},
        annotate::AnnotateExhibit,
        export::{ExportExhibits, Target},
        freeze_order::FreezeOrder,
        guess::GuessExhibits,
        link::LinkExhibit,
        list::ListExhibits,
        open::OpenExhibit,
        paste::PasteExhibit,
        redact::{RedactBox, RedactExhibit},
        remove::RemoveExhibit,
        set_kind::SetExhibitKind,
        start::StartExhibits,
        verify::VerifyExhibits,
    },
    imports::cancel::CancelJob,
    incidents::add::ExhibitFile,
    listings::decline::EndListing,
    people::{add::AddPerson, switch::SwitchPerson},
    testing::{ALIAS, Bench, Line, NAME, fresh, line, order_id, report},
    view::{CustodyAct, ExhibitView, Job, JobKind, JobState},
};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use buyerwatch_domain::{
    AfterSale, ExhibitId, ExhibitKind, ExhibitLink, IdentifierKind, MediaClass, ObservedFeedback,
    Role,
};
use buyerwatch_vault::Origin;
use sha2::{Digest as _, Sha256};
use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn add(bench: &Bench, name: &str, content: &[u8], links: Vec<ExhibitLink>) -> ExhibitView {
    let files = vec![AddedFile { handle: bench.handle(name, content), kind: None }];
    let added = bench.desk.exhibits_add(AddExhibits { files, links, purpose: None }).unwrap();
    added.exhibits.into_iter().next().unwrap()
}

/// Files of evidence that lie in the data folder.
fn stored(bench: &Bench) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![bench.desk.data_dir().join("blobs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "age")
                && path.file_name().unwrap() != "identity.age"
                || path.extension().is_some_and(|extension| extension == "part")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn acts(bench: &Bench, id: ExhibitId) -> Vec<CustodyAct> {
    let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: id }).unwrap();
    detail.custody.into_iter().map(|entry| entry.act).collect()
}

fn job(bench: &Bench, id: &str) -> Job {
    bench.desk.wait_for_jobs();
    let jobs = bench.desk.jobs_list(Nothing {}).unwrap().jobs;
    jobs.into_iter().find(|job| job.id == id).unwrap()
}

fn start(bench: &Bench, name: &str, content: &[u8]) -> Job {
    let files = vec![ExhibitFile { kind: ExhibitKind::Other, handle: bench.handle(name, content) }];
    let started = bench
        .desk
        .exhibits_start(StartExhibits { files, links: Vec::new(), purpose: None })
        .unwrap();
    job(bench, &started.jobs[0])
}

/// A picture that decodes: two by two pixels, 24 bits, uncompressed.
fn bitmap() -> Vec<u8> {
    let mut bytes = b"BM".to_vec();
    for part in [70u32, 0, 54, 40, 2, 2] {
        bytes.extend(part.to_le_bytes());
    }
    bytes.extend([1, 0, 24, 0]);
    for part in [0u32, 16, 2835, 2835, 0, 0] {
        bytes.extend(part.to_le_bytes());
    }
    bytes.extend([255, 255, 255, 0, 0, 255, 0, 0, 0, 255, 0, 255, 0, 0, 0, 0]);
    bytes
}

#[test]
fn a_file_is_kept_encrypted_hashed_and_tied_to_what_its_name_says() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    let content = b"Refund me or one star.\n".repeat(100);
    let name = format!("message {}.txt", order_id(7));
    let exhibit = add(&bench, &name, &content, vec![ExhibitLink::Buyer { buyer }]);
    assert_eq!((exhibit.name.clone(), exhibit.bytes), (name, 2300));
    assert_eq!(exhibit.sha256, hash(&content));
    assert_eq!((&*exhibit.media_type, exhibit.class), ("text/plain", MediaClass::Text));
    assert_eq!(exhibit.kind, ExhibitKind::Message);
    let order = ExhibitLink::Order { order_id: order_id(7) };
    assert_eq!(exhibit.links, [ExhibitLink::Buyer { buyer }, order.clone()]);
    let files = stored(&bench);
    assert_eq!(files.len(), 1);
    let sealed = fs::read(&files[0]).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n"));
    assert!(!sealed.windows(9).any(|part| part == b"Refund me"));
    let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: exhibit.id }).unwrap();
    assert_eq!(detail.links[1].label, order_id(7));
    assert_eq!(detail.custody[0].act, CustodyAct::Added);
    assert_eq!(detail.custody[0].detail.as_deref(), Some(&*exhibit.sha256));
    assert_eq!(detail.custody[0].actor.name, "Mara Lindqvist");

    // What is said about it later is remembered in order.
    let one = |link| LinkExhibit { exhibit_id: exhibit.id, link, purpose: None };
    bench.desk.exhibits_unlink(one(order.clone())).unwrap();
    bench.desk.exhibits_link(one(order)).unwrap();
    let text = "Came by relay.".to_owned();
    bench
        .desk
        .exhibits_annotate(AnnotateExhibit { exhibit_id: exhibit.id, text, purpose: None })
        .unwrap();
    let kind = ExhibitKind::PhoneNote;
    let detail =
        bench.desk.exhibits_set_kind(SetExhibitKind { exhibit_id: exhibit.id, kind }).unwrap();
    assert_eq!(detail.exhibit.kind, kind);
    assert_eq!(detail.notes[0].text, "Came by relay.");
    use CustodyAct as A;
    let expected = [A::Added, A::Unlinked, A::Linked, A::Annotated, A::KindChanged];
    assert_eq!(acts(&bench, exhibit.id), expected);
    assert_eq!(detail.custody[2].links[0].label, order_id(7));
    assert_eq!(detail.custody[0].links, detail.links, "what it belonged to from the start");
    let purposes: Vec<_> =
        detail.custody.iter().map(|entry| entry.purpose.as_deref().unwrap_or("")).collect();
    assert_eq!(purposes, ["evidence", "filing", "filing", "remark", "filing"]);
    assert!(bench.desk.open().unwrap().check_tables().unwrap().ok);
}

#[test]
fn the_same_content_is_one_file_until_the_last_exhibit_on_it_goes() {
    let bench = fresh(Manner::Unattended);
    let one = add(&bench, "one.txt", b"the same", Vec::new());
    let files = ["two.txt", "three.txt"].map(|name| AddedFile {
        handle: bench.handle(name, b"the same"),
        kind: Some(ExhibitKind::Label),
    });
    let request = AddExhibits { files: files.into(), links: Vec::new(), purpose: None };
    let more = bench.desk.exhibits_add(request).unwrap().exhibits;
    let both = ["four.txt", "five.txt"]
        .map(|name| AddedFile { handle: bench.handle(name, b"another"), kind: None });
    let request = AddExhibits { files: both.into(), links: Vec::new(), purpose: None };
    let twins = bench.desk.exhibits_add(request).unwrap().exhibits;
    assert_eq!(stored(&bench).len(), 2);
    let remove = |id, reason: &str| {
        bench.desk.exhibits_remove(RemoveExhibit { exhibit_id: id, reason: reason.to_owned() })
    };
    assert_eq!(remove(one.id, " ").unwrap_err().code, "empty");
    for id in [one.id, more[0].id] {
        let detail = remove(id, "double").unwrap();
        assert_eq!(detail.exhibit.removed.unwrap().reason, "double");
        assert_eq!(stored(&bench).len(), 2);
    }
    remove(more[1].id, "double").unwrap();
    assert_eq!(stored(&bench).len(), 1);
    assert_eq!(remove(one.id, "again").unwrap_err().code, "exhibit_removed");
    // Taken in again, it is a new file.
    add(&bench, "again.txt", b"the same", Vec::new());
    assert_eq!(stored(&bench).len(), 2);
    remove(twins[0].id, "x").unwrap();
    assert_eq!(stored(&bench).len(), 2);
    // The record of what is gone stays.
    let gone = ListExhibits { removed: Some(true), limit: 10, ..ListExhibits::default() };
    assert_eq!(bench.desk.exhibits_list(gone).unwrap().total, 4);
    assert_eq!(acts(&bench, one.id).last(), Some(&CustodyAct::Removed));
}

#[test]
fn content_that_is_stored_already_is_compared_in_the_open_and_can_be_stopped() {
    let bench = fresh(Manner::Unattended);
    let content: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    let length = content.len() as u64;
    add(&bench, "one.bin", &content, Vec::new());
    let path = bench.dir.path().join("two.bin");
    fs::write(&path, &content).unwrap();
    let open = bench.desk.open().unwrap();
    // Stopped as soon as what is stored is compared.
    let stopped = open
        .add_evidence(&path, None, &[], None, &mut |progress| {
            progress.bytes_total != Some(2 * length)
        })
        .unwrap_err();
    assert_eq!(stopped, Stopped::Cancelled);
    let all = || bench.desk.exhibits_list(ListExhibits { limit: 10, ..ListExhibits::default() });
    assert_eq!((all().unwrap().total, stored(&bench).len()), (1, 1));
    let mut last = Progress::default();
    open.add_evidence(&path, None, &[], None, &mut |progress| {
        assert!(progress.bytes >= last.bytes);
        last = progress;
        true
    })
    .unwrap();
    assert_eq!((last.bytes, last.bytes_total), (2 * length, Some(2 * length)));
    assert_eq!((all().unwrap().total, stored(&bench).len()), (2, 1));
}

#[test]
fn what_a_listing_rests_on_stays() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    let list = ListExhibits { buyer_id: Some(buyer), limit: 10, ..ListExhibits::default() };
    let id = bench.desk.exhibits_list(list).unwrap().rows[0].id;
    let remove =
        || bench.desk.exhibits_remove(RemoveExhibit { exhibit_id: id, reason: "no".to_owned() });
    assert_eq!(remove().unwrap_err().code, "exhibit_held");
    assert_eq!(stored(&bench).len(), 1);
    let end = EndListing { buyer_id: buyer, reason: "Settled.".to_owned() };
    bench.desk.listings_clear(end).unwrap();
    remove().unwrap();
    assert!(stored(&bench).is_empty());
    let ready = bench.desk.exhibits_readiness(crate::buyers::OneBuyer { id: buyer }).unwrap();
    let items = &ready.clauses[0].incidents[0].items;
    assert_eq!((items[0].kind, items[0].present.len()), (ExhibitKind::Message, 0));
}

#[test]
fn readiness_follows_what_is_there() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    bench.add_incident(buyer, &[&order_id(3)]);
    let ready =
        || bench.desk.exhibits_readiness(crate::buyers::OneBuyer { id: buyer }).unwrap().clauses;
    let clauses = ready();
    assert_eq!(clauses.len(), 1);
    assert_eq!(clauses[0].clause, "REVIEW_EXTORTION");
    assert_eq!(clauses[0].incidents[0].orders, [order_id(3)]);
    assert_eq!(clauses[0].incidents[0].items[0].present.len(), 1);
    // By the order that the incident names.
    add(&bench, &format!("chat {}.txt", order_id(3)), b"more", Vec::new());
    let item = || ready()[0].incidents[0].items[0].clone();
    assert_eq!((item().present.len(), item().damaged.len()), (2, 0));
    // What cannot be read any more shows nothing.
    for path in stored(&bench) {
        fs::write(path, b"gone").unwrap();
    }
    bench.desk.open().unwrap().verify_exhibits(None, &mut |_, _| true).unwrap();
    assert_eq!((item().present.len(), item().damaged.len()), (0, 2));
}

/// The record names who dropped the file, not who sits there when it is taken in.
#[test]
fn a_file_is_taken_in_for_whoever_asked() {
    let bench = fresh(Manner::Unattended);
    let lead = AddPerson { name: "Ines Faber".to_owned(), role: Role::Lead };
    let lead = bench.desk.people_add(lead).unwrap().id;
    let handle = bench.handle("film.bin", vec![7; 48 << 20]);
    let files = vec![ExhibitFile { kind: ExhibitKind::Other, handle }];
    let request = StartExhibits { files, links: Vec::new(), purpose: None };
    let started = bench.desk.exhibits_start(request).unwrap();
    bench.desk.people_switch(SwitchPerson { person_id: lead }).unwrap();
    let done = job(&bench, &started.jobs[0]);
    let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: done.exhibit.unwrap() }).unwrap();
    assert_eq!(detail.exhibit.added_by.name, "Mara Lindqvist");
    assert_eq!(detail.custody[0].actor.name, "Mara Lindqvist");
}

#[test]
fn many_files_are_jobs_with_progress_and_each_stands_for_itself() {
    let bench = fresh(Manner::Unattended);
    let content = vec![7; 3 << 20];
    let done = start(&bench, "film.bin", &content);
    assert_eq!((done.kind, done.state), (JobKind::Exhibit, JobState::Done));
    assert_eq!(done.bytes_done, content.len() as u64);
    let id = done.exhibit.unwrap();
    let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: id }).unwrap();
    assert_eq!(detail.exhibit.sha256, hash(&content));
    let failed = start(&bench, "empty.bin", b"");
    assert_eq!(failed.state, JobState::Failed);
    assert_eq!(failed.error.unwrap().code, "file_empty");
    let cancel = CancelJob { job: "nope".to_owned() };
    assert_eq!(bench.desk.jobs_cancel(cancel).unwrap_err().code, "not_found");
    assert_eq!(stored(&bench).len(), 1);
}

#[test]
fn a_break_in_the_middle_leaves_nothing() {
    let bench = fresh(Manner::Unattended);
    let path = bench.file("film.bin", vec![7; 8 << 20]);
    let open = bench.desk.open().unwrap();
    let stopped =
        open.add_evidence(&path, None, &[], None, &mut |progress| progress.bytes < 2 << 20);
    assert_eq!(stopped.unwrap_err(), crate::Stopped::Cancelled);
    assert!(stored(&bench).is_empty());
    // It grows while it is read, or is cut; Windows lets nobody write to it meanwhile.
    for change in [true, false] {
        let path = path.clone();
        let refused = open.add_evidence(&path, None, &[], None, &mut |progress| {
            if progress.bytes == 1 << 20 {
                let file = fs::OpenOptions::new().write(true).open(&path);
                assert_eq!(file.is_err(), cfg!(windows));
                let Ok(file) = file else { return false };
                file.set_len(if change { 9 << 20 } else { 2 << 20 }).unwrap();
            }
            true
        });
        match refused.unwrap_err() {
            crate::Stopped::Failed(error) => assert_eq!(error.code, "file_changed"),
            stopped => assert!(cfg!(windows) && stopped == crate::Stopped::Cancelled),
        }
    }
    assert!(stored(&bench).is_empty());
    // A lock takes it away within a second.
    let begun = Instant::now();
    let path = bench.file("long.bin", vec![7; 8 << 20]);
    let stopped = open.add_evidence(&path, None, &[], None, &mut |progress| {
        if progress.bytes == 1 << 20 {
            bench.desk.session_lock(Nothing {}).unwrap();
        }
        true
    });
    assert_eq!(stopped.unwrap_err(), crate::Stopped::Locked);
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(stored(&bench).is_empty());
}

#[test]
fn a_lock_stops_a_large_file_on_its_way() {
    let bench = fresh(Manner::Unattended);
    let path = bench.file("long.bin", b"");
    // Takes many seconds to its end, and no room.
    let length = 4 << 30;
    fs::File::options().write(true).open(&path).unwrap().set_len(length).unwrap();
    let open = bench.desk.open().unwrap();
    let (say, heard) = std::sync::mpsc::channel();
    let (stopped, read) = std::thread::scope(|scope| {
        let taking_in = scope.spawn(|| {
            let mut read = 0;
            let stopped = open.add_evidence(&path, None, &[], None, &mut |progress| {
                read = progress.bytes;
                say.send(()).is_ok()
            });
            (stopped, read)
        });
        heard.recv().unwrap();
        bench.desk.session_lock(Nothing {}).unwrap();
        taking_in.join().unwrap()
    });
    assert_eq!(stopped.unwrap_err(), crate::Stopped::Locked);
    assert!(read < length / 2, "it went on to {read}");
    assert!(stored(&bench).is_empty());
}

#[test]
fn a_record_that_is_refused_leaves_no_file() {
    let bench = fresh(Manner::Unattended);
    let nobody = ExhibitLink::Buyer { buyer: buyerwatch_domain::BuyerId::from_bytes([9; 16]) };
    let files = vec![AddedFile { handle: bench.handle("a.txt", b"abc"), kind: None }];
    let refused =
        bench.desk.exhibits_add(AddExhibits { files, links: vec![nobody], purpose: None });
    assert_eq!(refused.unwrap_err().code, "not_found");
    assert!(stored(&bench).is_empty());
}

#[test]
fn what_a_break_left_is_swept_at_the_next_start() {
    let bench = fresh(Manner::Unattended);
    add(&bench, "kept.txt", b"kept", Vec::new());
    let kept = stored(&bench);
    let blobs = bench.desk.data_dir().join("blobs");
    let orphan = blobs.join("ab").join(format!("{}.age", "ab".repeat(32)));
    fs::create_dir_all(orphan.parent().unwrap()).unwrap();
    fs::copy(&kept[0], &orphan).unwrap();
    fs::create_dir_all(blobs.join("incoming")).unwrap();
    fs::write(blobs.join("incoming").join(format!("{}.part", "cd".repeat(32))), b"x").unwrap();
    fs::write(blobs.join("incoming").join(format!("{}.pending", "ab".repeat(32))), b"").unwrap();
    assert_eq!(stored(&bench).len(), 3);
    let other = bench.other(Manner::Unattended);
    assert_eq!(stored(&other), kept);
}

#[test]
fn evidence_outlives_an_older_database() {
    let bench = fresh(Manner::Unattended);
    let database = bench.desk.data_dir().join("vault.db");
    bench.desk.session_lock(Nothing {}).unwrap();
    let older = fs::read(&database).unwrap();
    let after = bench.other(Manner::Unattended);
    let newer = add(&after, "newer.txt", b"newer", Vec::new());
    let files = stored(&after);
    after.desk.session_lock(Nothing {}).unwrap();
    let current = fs::read(&database).unwrap();
    // As if it had been killed between the entry and the last step.
    let marks = after.desk.data_dir().join("blobs").join("incoming");
    let name = files[0].file_stem().unwrap().to_str().unwrap();
    let mark = marks.join(format!("{name}.pending"));
    for marked in [false, true] {
        if marked {
            fs::write(&mark, b"").unwrap();
        }
        fs::write(&database, &older).unwrap();
        let restored = bench.other(Manner::Unattended);
        assert!(!restored.desk.journal_verify(Nothing {}).unwrap().ok);
        assert_eq!(stored(&restored), files, "marked: {marked}");
        restored.desk.session_lock(Nothing {}).unwrap();
    }
    fs::write(&database, &current).unwrap();
    let back = bench.other(Manner::Unattended);
    assert!(!mark.exists());
    let verified = back.desk.open().unwrap().verify_exhibits(None, &mut |_, _| true).unwrap();
    assert_eq!((verified.exhibits, verified.damaged), (1, Vec::new()));
    let detail = back.desk.exhibits_get(OneExhibit { exhibit_id: newer.id }).unwrap();
    assert_eq!(detail.exhibit.sha256, newer.sha256);
}

#[test]
fn pasted_and_frozen_things_are_evidence_too() {
    let bench = fresh(Manner::Unattended);
    let paste = |data: String| PasteExhibit {
        data_base64: data,
        name: "screenshot.bmp".to_owned(),
        kind: ExhibitKind::OrderPage,
        links: Vec::new(),
    };
    let pasted = bench.desk.exhibits_paste(paste(BASE64_STANDARD.encode(bitmap()))).unwrap();
    assert_eq!((pasted.class, pasted.sha256), (MediaClass::Image, hash(&bitmap())));
    assert_eq!(bench.desk.exhibits_paste(paste("%".into())).unwrap_err().code, "malformed_paste");
    assert_eq!(bench.desk.exhibits_paste(paste(String::new())).unwrap_err().code, "file_empty");

    bench.import(&report(&[Line { name: NAME.to_owned(), ..line(5) }]));
    let freeze = |order_id: String| {
        bench.desk.exhibits_freeze_order(FreezeOrder {
            order_id,
            marketplace: None,
            links: Vec::new(),
        })
    };
    let frozen = freeze(order_id(5)).unwrap().exhibit;
    assert_eq!((frozen.kind, frozen.class), (ExhibitKind::OrderPage, MediaClass::Text));
    assert_eq!(frozen.links, [ExhibitLink::Order { order_id: order_id(5) }]);
    let text = bench.desk.exhibits_text(OneExhibit { exhibit_id: frozen.id }).unwrap();
    let copy: serde_json::Value = serde_json::from_str(&text.text).unwrap();
    assert_eq!((&copy["order_id"], &copy["buyer_name"]), (&order_id(5).into(), &NAME.into()));
    assert!(!text.truncated && text.mail.is_none());
    assert_eq!(acts(&bench, frozen.id), [CustodyAct::Added, CustodyAct::Viewed]);
    assert_eq!(freeze(order_id(6)).unwrap_err().code, "not_found");
}

/// The copy of an order holds what became of it, and does not pass over that somebody is missing in it.
#[test]
fn a_frozen_order_says_what_came_after_it_and_what_is_gone() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[Line { name: NAME.to_owned(), ..line(5) }]));
    let returned = bench.import(&format!(
        "Order ID\tReturn request date\tReturn request status\tReturn Reason\tAmazon RMA ID\t\
         A-to-Z Claim\tSafeT Action reason\tSafeT claim id\tSafeT claim state\tMerchant SKU\n\
         {}\t05-Nov-2026\tApproved\tCR-DEFECTIVE\tD5\tY\tBuyer damaged\t77001\tGranted\tSKU-1\n",
        order_id(5)
    ));
    let open = bench.desk.open().unwrap();
    let feedback = AfterSale::Feedback(ObservedFeedback {
        order_id: order_id(5),
        rating: Some(1),
        comment: "Came empty.".to_owned(),
        ..ObservedFeedback::default()
    });
    let origin = Origin { import: returned.id.parse().unwrap(), at: crate::testing::start() };
    open.write_observations(|tx, _| Ok(tx.note_after_sale(origin, &feedback)?)).unwrap();
    let freeze = || {
        let order = FreezeOrder { order_id: order_id(5), marketplace: None, links: Vec::new() };
        let frozen = bench.desk.exhibits_freeze_order(order).unwrap();
        let of = OneExhibit { exhibit_id: frozen.exhibit.id };
        let text = bench.desk.exhibits_text(of).unwrap().text;
        (frozen.personal_data_removed, serde_json::from_str::<serde_json::Value>(&text).unwrap())
    };
    let (removed, copy) = freeze();
    assert_eq!((removed, &copy["personal_data_removed"]), (false, &false.into()));
    let one = &copy["returns"][0];
    assert_eq!((&one["status"], &one["reason"]), (&"Approved".into(), &"CR-DEFECTIVE".into()));
    let claims = copy["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 2, "{claims:?}");
    let safe_t = claims.iter().find(|one| one["kind"] == "safe_t").unwrap();
    assert_eq!((&safe_t["state"], &safe_t["reason"]), (&"Granted".into(), &"Buyer damaged".into()));
    let given = &copy["feedback"][0];
    assert_eq!((&given["rating"], &given["comment"]), (&1.into(), &"Came empty.".into()));
    assert_eq!(super::purged::purge(&bench), 1);
    let (removed, copy) = freeze();
    assert_eq!((removed, &copy["personal_data_removed"]), (true, &true.into()));
    assert_eq!(
        (&copy["buyer_name"], &copy["returns"][0]["status"]),
        (&"".into(), &"Approved".into())
    );
    // What came in anew is there again.
    bench.import(&report(&[Line { name: NAME.to_owned(), ..line(5) }]));
    let (removed, copy) = freeze();
    assert_eq!((removed, &copy["buyer_name"]), (false, &NAME.into()));
}

#[test]
fn guesses_name_the_order_its_incident_and_its_buyer() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Name, NAME)]);
    bench.add_incident(buyer, &[&order_id(4)]);
    let name = format!("packing {}.mp4", order_id(4));
    let handle = bench.handle(&name, b"not really a film");
    let folder = bench.desk.offer_file(bench.dir.path().to_path_buf()).unwrap().handle;
    let request = GuessExhibits { handles: vec![handle, folder] };
    let guessed = bench.desk.exhibits_guess(request).unwrap().files;
    assert_eq!(guessed[0].order_ids, [order_id(4)]);
    assert_eq!(guessed[0].kind, ExhibitKind::OrderPage, "by content it is neither");
    let types: Vec<_> = guessed[0]
        .suggestions
        .iter()
        .map(|of| serde_json::to_value(&of.link).unwrap()["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(types, ["order", "incident", "buyer"]);
    assert!(!serde_json::to_string(&guessed).unwrap().contains("Sollwedel"));
    assert_eq!(guessed[1].error.as_ref().unwrap().code, "not_a_file");
    // A tracking number leads where an exhibit of the same parcel leads.
    let to_order = vec![ExhibitLink::Order { order_id: order_id(9) }];
    add(&bench, "label rr473124829de.pdf", b"%PDF-1.4", to_order.clone());
    let proof = add(&bench, "delivered RR473124829DE.txt", b"delivered", Vec::new());
    assert_eq!((proof.kind, proof.links), (ExhibitKind::Tracking, to_order));
}

#[test]
fn a_redaction_is_a_copy_that_names_its_source() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    let source = add(&bench, "page.bmp", &bitmap(), vec![ExhibitLink::Buyer { buyer }]);
    let redact = |id, boxes| bench.desk.exhibits_redact(RedactExhibit { exhibit_id: id, boxes });
    let box_of = |w| RedactBox { x: 0.0, y: 0.0, w, h: 0.5 };
    assert_eq!(redact(source.id, Vec::new()).unwrap_err().code, "nothing_to_redact");
    assert_eq!(redact(source.id, vec![box_of(2.0)]).unwrap_err().code, "invalid_area");
    let copy = redact(source.id, vec![box_of(0.5)]).unwrap();
    assert_eq!(copy.derived_from, Some(source.id));
    assert_eq!((copy.links.clone(), copy.kind), (source.links.clone(), source.kind));
    assert_eq!((&*copy.media_type, &*copy.name), ("image/png", "page (redacted).png"));
    let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: source.id }).unwrap();
    assert_eq!(detail.derived, [copy.id]);
    assert_eq!(detail.exhibit.sha256, source.sha256);
    assert_eq!(acts(&bench, source.id), [CustodyAct::Added, CustodyAct::Derived]);
    let text = add(&bench, "a.txt", b"words", Vec::new());
    assert_eq!(redact(text.id, vec![box_of(0.5)]).unwrap_err().code, "not_a_picture");
}

#[test]
fn copies_are_the_original_bytes_with_hashes_and_custody() {
    let bench = fresh(Manner::Unattended);
    let one = add(&bench, "a.txt", b"first", Vec::new());
    let two = add(&bench, "a.txt", b"second", Vec::new());
    let request =
        || ExportExhibits { exhibit_ids: vec![one.id, two.id], purpose: Some("=claim".to_owned()) };
    assert!(bench.desk.exhibits_export(request()).unwrap().cancelled);
    assert_eq!(acts(&bench, one.id), [CustodyAct::Added]);
    *bench.host.folder.lock().unwrap() = Some(bench.desk.data_dir().to_path_buf());
    let inside = bench.desk.exhibits_export(request()).unwrap_err();
    assert_eq!(inside.code, "export_inside_data_folder");
    let place = bench.dir.path().join("copies");
    fs::create_dir(&place).unwrap();
    *bench.host.folder.lock().unwrap() = Some(place.clone());
    let exported = bench.desk.exhibits_export(request()).unwrap();
    let done = job(&bench, &exported.job.unwrap());
    assert_eq!((done.kind, done.state), (JobKind::Export, JobState::Done));
    assert_eq!((done.bytes_done, done.bytes_total), (11, Some(11)));
    let folder = place.join(exported.folder.unwrap());
    let mut files = names_in(&folder);
    files.sort();
    assert_eq!(files, ["SHA256SUMS", "a (2).txt", "a.txt", "custody.csv"]);
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!((read("a.txt"), read("a (2).txt")), ("first".to_owned(), "second".to_owned()));
    let expected = format!("{}  a.txt\n{}  a (2).txt\n", hash(b"first"), hash(b"second"));
    assert_eq!(read("SHA256SUMS"), expected);
    let custody = read("custody.csv");
    assert!(custody.contains(",exported,'=claim,,\r\n"), "{custody}");
    assert_eq!(acts(&bench, one.id), [CustodyAct::Added, CustodyAct::Exported]);

    let open = bench.desk.open().unwrap();
    let path = bench.dir.path().join("single.txt");
    let to = Target::File(path.clone());
    let names = open.export_exhibits(&[one.id], None, &to).unwrap();
    assert_eq!(names[0], "single.txt");
    assert_eq!(fs::read(&path).unwrap(), b"first");
    assert_eq!(open.export_exhibits(&[one.id], None, &to).unwrap_err().code, "export_name_taken");
    let full = open.export_exhibits(&[one.id], None, &Target::Folder(place)).unwrap_err();
    assert_eq!(full.code, "export_exists");
}

#[test]
fn an_export_that_is_stopped_leaves_nothing_and_one_that_a_lock_stops_begins_anew() {
    let bench = fresh(Manner::Unattended);
    let film = vec![7; 5 << 20];
    let ids = ["a.bin", "b.bin"].map(|name| add(&bench, name, &film, Vec::new()).id);
    let folder = bench.dir.path().join("copies");
    let to = Target::Folder(folder.clone());
    let open = bench.desk.open().unwrap();
    let mut heard = Vec::new();
    let stopped = open.export_watched(&ids, None, &to, &mut |progress| {
        heard.push(progress.bytes);
        progress.bytes < 7 << 20
    });
    assert_eq!(stopped.unwrap_err(), Stopped::Cancelled);
    assert_eq!(heard.last(), Some(&(7 << 20)));
    assert!(!folder.exists());
    assert_eq!(acts(&bench, ids[0]), [CustodyAct::Added]);
    let stopped = open.export_watched(&ids, None, &to, &mut |_| {
        bench.desk.session_lock(Nothing {}).unwrap();
        true
    });
    assert_eq!(stopped.unwrap_err(), Stopped::Locked);
    assert!(!folder.exists());
    drop(open);

    bench.unlock();
    fs::create_dir(&folder).unwrap();
    *bench.host.folder.lock().unwrap() = Some(folder.clone());
    let request = ExportExhibits { exhibit_ids: ids.to_vec(), purpose: None };
    let started = bench.desk.exhibits_export(request).unwrap();
    bench.desk.session_lock(Nothing {}).unwrap();
    bench.desk.wait_for_jobs();
    bench.unlock();
    assert_eq!(job(&bench, &started.job.unwrap()).state, JobState::Done);
    let folder = folder.join(started.folder.unwrap());
    assert!(fs::read(folder.join("a.bin")).unwrap() == film);
    assert!(fs::read(folder.join("b.bin")).unwrap() == film);
    assert_eq!(acts(&bench, ids[0]), [CustodyAct::Added, CustodyAct::Exported]);
}

/// A program that holds the file for a moment, a disk that was pulled.
#[test]
fn what_cannot_be_read_is_looked_at_again_with_the_next_check() {
    let bench = fresh(Manner::Unattended);
    let one = add(&bench, "a.txt", b"words", Vec::new());
    let open = bench.desk.open().unwrap();
    let path = stored(&bench).remove(0);
    let aside = path.with_extension("aside");
    fs::rename(&path, &aside).unwrap();
    // A folder can be opened, but not read.
    fs::create_dir(&path).unwrap();
    let damaged = || {
        let detail = bench.desk.exhibits_get(OneExhibit { exhibit_id: one.id }).unwrap();
        detail.exhibit.damaged
    };
    let due = || open.read(|read| read.stored_files()).unwrap()[0].verified_at.is_none();
    crate::desk::scrub(&open).unwrap();
    assert_eq!((damaged().as_deref(), due()), (Some("unreadable"), true));
    fs::remove_dir(&path).unwrap();
    fs::rename(&aside, &path).unwrap();
    crate::desk::scrub(&open).unwrap();
    assert_eq!((damaged(), due()), (None, false));
}

#[test]
fn no_name_leads_to_the_bytes_of_another_exhibit() {
    let bench = fresh(Manner::Unattended);
    let names = ["a.part", "a", "b", "b.part", "b.part.part", "SHA256SUMS.part", "sha256sums"];
    let added: Vec<_> =
        names.iter().map(|name| add(&bench, name, name.as_bytes(), Vec::new()).id).collect();
    let folder = bench.dir.path().join("copies");
    let open = bench.desk.open().unwrap();
    let files = open.export_exhibits(&added, None, &Target::Folder(folder.clone())).unwrap();
    for (file, name) in files.iter().zip(names) {
        assert_eq!(fs::read(folder.join(file)).unwrap(), name.as_bytes(), "{file}");
    }
    let mut found = names_in(&folder);
    let mut told = files;
    found.sort();
    told.sort();
    assert_eq!(found, told);
}

fn names_in(folder: &std::path::Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

#[test]
fn a_failed_export_leaves_what_was_there_and_nothing_else() {
    let bench = fresh(Manner::Unattended);
    let one = add(&bench, "a.txt", b"first", Vec::new());
    let open = bench.desk.open().unwrap();
    for theirs in ["out.txt.SHA256SUMS", "out.txt.custody.csv", "out.txt"] {
        let place = bench.dir.path().join(format!("beside {theirs}"));
        fs::create_dir(&place).unwrap();
        for name in [theirs, "out.txt.part"] {
            fs::write(place.join(name), b"theirs").unwrap();
        }
        let to = Target::File(place.join("out.txt"));
        let refused = open.export_exhibits(&[one.id], None, &to).unwrap_err();
        assert_eq!(refused.code, "export_name_taken");
        assert_eq!(names_in(&place).len(), 2);
        for name in [theirs, "out.txt.part"] {
            assert_eq!(fs::read(place.join(name)).unwrap(), b"theirs");
        }
    }
    // Of several folders that are made, all go.
    fs::remove_file(stored(&bench).remove(0)).unwrap();
    let made = bench.dir.path().join("made");
    let to = Target::Folder(made.join("deep"));
    let refused = open.export_exhibits(&[one.id], None, &to).unwrap_err();
    assert_eq!((&*refused.code, made.exists()), ("evidence_missing", false));
    assert_eq!(acts(&bench, one.id), [CustodyAct::Added]);
}

#[test]
fn what_cannot_be_recorded_is_not_handed_out() {
    let bench = fresh(Manner::Unattended);
    let one = add(&bench, "a.txt", b"first", Vec::new());
    let place = bench.dir.path().join("place");
    fs::create_dir(&place).unwrap();
    let open = bench.desk.open().unwrap();
    let endless = Some("x".repeat(100_000));
    let to = Target::File(place.join("out.txt"));
    let refused = open.export_exhibits(&[one.id], endless, &to).unwrap_err();
    assert_eq!(refused.code, "too_long");
    assert_eq!(names_in(&place), [""; 0]);
}

#[test]
fn damage_is_named_recorded_and_never_handed_out() {
    let bench = fresh(Manner::Unattended);
    let whole = add(&bench, "whole.txt", b"whole", Vec::new());
    let before = stored(&bench);
    let bent = add(&bench, "bent.txt", &vec![5; 200_000], Vec::new());
    let path = stored(&bench).into_iter().find(|path| !before.contains(path)).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let started = bench.desk.exhibits_verify(VerifyExhibits::default()).unwrap();
    let done = job(&bench, &started.jobs[0]);
    assert_eq!((done.kind, done.state), (JobKind::Verify, JobState::Done));
    let counts = done.verified.unwrap();
    assert_eq!((counts.total, counts.checked, counts.damaged), (2, 2, 1));
    assert_eq!(acts(&bench, whole.id), [CustodyAct::Added, CustodyAct::Verified]);
    assert_eq!(acts(&bench, bent.id), [CustodyAct::Added, CustodyAct::Damaged]);
    let one = |id| bench.desk.exhibits_get(OneExhibit { exhibit_id: id }).unwrap().exhibit;
    assert_eq!(one(bent.id).damaged.as_deref(), Some("altered"));
    let to = Target::File(bench.dir.path().join("out.bin"));
    let open = bench.desk.open().unwrap();
    let refused = open.export_exhibits(&[bent.id], None, &to).unwrap_err();
    assert_eq!(refused.code, "evidence_damaged");
    assert!(!bench.dir.path().join("out.bin").exists());
    assert!(!bench.dir.path().join("out.bin.part").exists());
    // The same content taken in again is stored anew, not tied to the damaged file.
    let again = add(&bench, "again.txt", &vec![5; 200_000], Vec::new());
    assert_eq!(stored(&bench).len(), 3);
    fs::remove_file(&path).unwrap();
    bench.host.advance(1_000);
    let verified = open.verify_exhibits(None, &mut |_, _| true).unwrap();
    assert_eq!(verified.damaged, [(bent.id, "missing".to_owned())]);
    assert_eq!((verified.exhibits, one(again.id).damaged), (3, None));
    bench.host.advance(1_000);
    let sampled = open.verify_exhibits(Some(34), &mut |_, _| true).unwrap();
    assert_eq!(sampled.counts.total, 2);
    let percent = VerifyExhibits { sample_percent: Some(0), ..VerifyExhibits::default() };
    assert_eq!(bench.desk.exhibits_verify(percent).unwrap_err().code, "out_of_range");
}

#[test]
fn an_interrupted_check_goes_on_where_it_stopped() {
    let bench = fresh(Manner::Unattended);
    for n in 0..40u8 {
        add(&bench, "a.bin", &[n; 100], Vec::new());
    }
    let open = bench.desk.open().unwrap();
    let stopped = open.verify_exhibits(None, &mut |_, counts| counts.checked < 2);
    assert_eq!(stopped.unwrap_err(), crate::Stopped::Cancelled);
    let mut first = None;
    open.verify_exhibits(None, &mut |_, counts| {
        first.get_or_insert(counts.checked);
        true
    })
    .unwrap();
    // Those that others were comparing at that moment count, too.
    assert!(first.is_some_and(|first| (2..30).contains(&first)), "{first:?}");
    let id = bench
        .desk
        .exhibits_list(ListExhibits { limit: 1, ..ListExhibits::default() })
        .unwrap()
        .rows[0]
        .id;
    let verified = acts(&bench, id).into_iter().filter(|act| *act == CustodyAct::Verified);
    assert_eq!(verified.count(), 1);
}

#[test]
fn a_check_that_goes_on_counts_what_it_found_before() {
    let bench = fresh(Manner::Unattended);
    let open = bench.desk.open().unwrap();
    for n in 0..3u8 {
        add(&bench, "a.bin", &[n; 100], Vec::new());
    }
    let first = open.read(|read| read.stored_files()).unwrap()[0].blob.to_string();
    let path = stored(&bench).into_iter().find(|path| path.ends_with(format!("{first}.age")));
    fs::remove_file(path.unwrap()).unwrap();
    let stopped = open.verify_exhibits(None, &mut |_, counts| counts.checked < 2);
    assert_eq!(stopped.unwrap_err(), crate::Stopped::Cancelled);
    let verified = open.verify_exhibits(None, &mut |_, _| true).unwrap();
    assert_eq!((verified.counts.checked, verified.counts.damaged), (3, 1));
    assert_eq!(verified.damaged.len(), 1);
    // What was compared before is told apart; whoever doubts it reads everything again.
    assert!((1..=3).contains(&verified.counts.before), "{:?}", verified.counts);
    bench.host.advance(1_000);
    open.verify_exhibits(None, &mut |_, counts| counts.checked < 2).unwrap_err();
    open.forget_check().unwrap();
    bench.host.advance(1_000);
    let verified = open.verify_exhibits(None, &mut |_, _| true).unwrap();
    assert_eq!((verified.counts.checked, verified.counts.before), (3, 0));
}

#[test]
fn what_was_compared_in_the_future_is_compared_again() {
    let bench = fresh(Manner::Unattended);
    let open = bench.desk.open().unwrap();
    add(&bench, "a.bin", b"first", Vec::new());
    let year = 365 * 86_400_000;
    bench.host.advance(year);
    open.verify_exhibits(None, &mut |_, _| true).unwrap();
    bench.host.advance(-year);
    fs::remove_file(&stored(&bench)[0]).unwrap();
    let verified = open.verify_exhibits(None, &mut |_, _| true).unwrap();
    assert_eq!((verified.counts.damaged, verified.damaged.len()), (1, 1));
}

#[test]
fn one_file_that_cannot_be_read_keeps_nobody_from_the_others() {
    let bench = fresh(Manner::Unattended);
    let open = bench.desk.open().unwrap();
    let one = add(&bench, "one.bin", b"one", Vec::new());
    let path = stored(&bench).remove(0);
    add(&bench, "two.bin", b"two", Vec::new());
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let verified = open.verify_exhibits(None, &mut |_, _| true).unwrap();
    assert_eq!(verified.damaged, [(one.id, "unreadable".to_owned())]);
    assert_eq!((verified.counts.checked, verified.exhibits), (2, 2));
}

#[test]
fn content_that_is_stored_damaged_is_stored_again() {
    let bench = fresh(Manner::Unattended);
    let content = vec![5; 200_000];
    let first = add(&bench, "first.bin", &content, Vec::new());
    let path = stored(&bench).remove(0);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    // Nobody has compared it yet.
    let again = add(&bench, "again.bin", &content, Vec::new());
    add(&bench, "once more.bin", &content, Vec::new());
    assert_eq!(stored(&bench).len(), 2);
    let open = bench.desk.open().unwrap();
    let to = Target::File(bench.dir.path().join("out.bin"));
    open.export_exhibits(&[again.id], None, &to).unwrap();
    assert_eq!(fs::read(bench.dir.path().join("out.bin")).unwrap(), content);
    let one = bench.desk.exhibits_get(OneExhibit { exhibit_id: first.id }).unwrap().exhibit;
    assert_eq!(one.damaged.as_deref(), Some("altered"));
}

#[test]
fn the_identity_opens_the_files_without_this_program() {
    let bench = fresh(Manner::Unattended);
    add(&bench, "a.txt", b"readable elsewhere", Vec::new());
    let identity = bench.desk.open().unwrap().evidence_identity().unwrap();
    assert!(identity.reveal().starts_with("AGE-SECRET-KEY-1"));
    bench.desk.session_lock(Nothing {}).unwrap();
    let key = crate::testing::secret(&bench.recovery_key);
    let again = bench.desk.open_with_recovery_key(&key).unwrap().evidence_identity().unwrap();
    assert_eq!(again.reveal(), identity.reveal());
    // The passphrase is as it was.
    bench.desk.session_lock(Nothing {}).unwrap();
    let passphrase = crate::testing::secret(crate::testing::PASSPHRASE);
    bench.desk.session_unlock(crate::session::unlock::Unlock { passphrase }).unwrap();
}

#[test]
fn whoever_takes_over_opens_evidence_anew() {
    let bench = fresh(Manner::Unattended);
    let exhibit = add(&bench, "a.txt", b"words", Vec::new());
    let open = bench.desk.open().unwrap();
    bench.desk.exhibits_open(OpenExhibit { exhibit_id: exhibit.id, purpose: None }).unwrap();
    assert!(open.session().media.admits(exhibit.id));
    let lead = bench
        .desk
        .people_add(AddPerson { name: "Ines Faber".to_owned(), role: Role::Lead })
        .unwrap()
        .id;
    bench.desk.people_switch(SwitchPerson { person_id: lead }).unwrap();
    assert!(!open.session().media.admits(exhibit.id));
}
