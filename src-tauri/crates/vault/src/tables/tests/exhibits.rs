//! Evidence: what it belongs to, what happened to it, what the gallery shows.

use super::*;
use crate::{CustodyEntry, ExhibitSort, ExhibitsQuery, Thumbnail, Write};
use buyerwatch_domain::{BlobId, ExhibitLink, MediaClass};

const ORDER: &str = "302-0000001-0000001";

fn new(n: u16, name: &str, media_type: &str) -> NewExhibit {
    let mut blob = [0; 32];
    blob[30..].copy_from_slice(&n.to_be_bytes());
    NewExhibit {
        id: ExhibitId::from_bytes(wide(n)),
        kind: ExhibitKind::Other,
        name: name.into(),
        sha256: format!("{n:064x}"),
        bytes: u64::from(n),
        media_type: media_type.into(),
        captured_offset: n.is_multiple_of(4).then_some(480),
        captured_at: n.is_multiple_of(2).then(|| at(-i64::from(n))),
        blob: BlobId::from_bytes(blob),
        derived_from: None,
        links: Vec::new(),
    }
}

fn take_in(shop: &mut Shop, new: NewExhibit, links: Vec<ExhibitLink>) -> ExhibitId {
    let id = new.id;
    shop.run(Command::AddExhibits { exhibits: vec![new], links, purpose: None });
    id
}

fn order_link() -> ExhibitLink {
    ExhibitLink::Order { order_id: ORDER.into() }
}

fn query() -> ExhibitsQuery {
    ExhibitsQuery { limit: 100, ..ExhibitsQuery::default() }
}

fn names(shop: &Shop, query: &ExhibitsQuery) -> Vec<String> {
    let found = shop.read().exhibits(query).unwrap();
    assert!(query.limit < 100 || found.total == found.exhibits.len() as u64);
    found.exhibits.into_iter().map(|exhibit| exhibit.name).collect()
}

#[test]
fn a_buyer_has_what_names_them_and_what_belongs_to_their_orders() {
    let mut shop = Shop::new();
    let (buyer, other) = (shop.add(1, "Ada Kurz"), shop.add(2, "Bo Lang"));
    let of_order = take_in(&mut shop, new(7, "order.png", "image/png"), vec![order_link()]);
    assert!(shop.read().buyer(buyer).unwrap().unwrap().exhibits.is_empty());
    let incident = shop.report(1, buyer);
    let ids = |shop: &Shop, buyer| -> Vec<ExhibitId> {
        let known = shop.read().buyer(buyer).unwrap().unwrap();
        known.exhibits.iter().map(|exhibit| exhibit.id).collect()
    };
    assert_eq!(ids(&shop, buyer), [of_order, ExhibitId::from_bytes(wide(1))]);
    assert!(ids(&shop, other).is_empty());
    assert_eq!(shop.read().buyers_citing(ORDER).unwrap(), [buyer]);
    let of_incident = ExhibitsQuery { incident: Some(incident), ..query() };
    assert_eq!(names(&shop, &of_incident), ["message.png", "order.png"]);
    shop.run(Command::WithdrawIncident { buyer, incident, reason: "wrong".into() });
    assert_eq!(ids(&shop, buyer), [ExhibitId::from_bytes(wide(1))]);
    assert!(shop.read().buyers_citing(ORDER).unwrap().is_empty());
    let link = ExhibitLink::Buyer { buyer: other };
    shop.run(Command::LinkExhibit { exhibit: of_order, link, purpose: None });
    assert_eq!(ids(&shop, other), [of_order]);
}

#[test]
fn the_gallery_filters_sorts_and_counts() {
    let mut shop = Shop::new();
    let buyer = shop.add(1, "Ada Kurz");
    let to_buyer = vec![ExhibitLink::Buyer { buyer }];
    take_in(&mut shop, new(1, "b_100%.png", "image/png"), to_buyer);
    take_in(&mut shop, new(2, "A.pdf", "application/pdf"), vec![order_link()]);
    let film = take_in(&mut shop, new(4, "c.mp4", "video/mp4"), Vec::new());
    shop.run(Command::ChangeExhibitKind {
        exhibit: film,
        kind: ExhibitKind::PackingVideo,
        purpose: None,
    });
    shop.run(Command::AnnotateExhibit { exhibit: film, text: "seal intact".into(), purpose: None });
    let with = |change: &dyn Fn(&mut ExhibitsQuery)| {
        let mut query = query();
        change(&mut query);
        names(&shop, &query)
    };
    assert_eq!(with(&|_| {}), ["c.mp4", "A.pdf", "b_100%.png"]);
    assert_eq!(with(&|q| q.sort = ExhibitSort::Name), ["A.pdf", "b_100%.png", "c.mp4"]);
    assert_eq!(with(&|q| q.sort = ExhibitSort::Captured), ["A.pdf", "c.mp4", "b_100%.png"]);
    assert_eq!(with(&|q| q.buyer = Some(buyer)), ["b_100%.png"]);
    assert_eq!(with(&|q| q.order_id = Some(ORDER.into())), ["A.pdf"]);
    assert_eq!(with(&|q| q.kind = Some(ExhibitKind::PackingVideo)), ["c.mp4"]);
    assert_eq!(with(&|q| q.class = Some(MediaClass::Pdf)), ["A.pdf"]);
    assert_eq!(with(&|q| q.unlinked_only = true), ["c.mp4"]);
    for (text, found) in
        [("100%", "b_100%.png"), ("SEAL", "c.mp4"), ("0000001-", "A.pdf"), ("ada k", "b_100%.png")]
    {
        assert_eq!(with(&|q| q.text = text.into()), [found], "{text}");
    }
    assert!(with(&|q| q.text = "a_pdf".into()).is_empty());
    // Taken in after all of them were captured; two say when that was.
    let list = shop.read().exhibits(&query()).unwrap().exhibits;
    let captured = list.iter().filter_map(|of| of.captured_at).max().unwrap();
    let added = list.iter().map(|of| of.added_at).min().unwrap();
    assert!(captured < added);
    assert_eq!(with(&|q| q.until = Some(added)), ["c.mp4", "A.pdf"]);
    assert_eq!(with(&|q| (q.from, q.until) = (Some(captured), Some(added))), ["A.pdf"]);
    assert_eq!(with(&|q| q.from = Some(added)).len(), 3);
    assert_eq!(with(&|q| q.until = Some(captured)), ["c.mp4"]);
    let page = ExhibitsQuery { offset: 1, limit: 1, ..query() };
    let found = shop.read().exhibits(&page).unwrap();
    assert_eq!((found.total, found.exhibits.len()), (3, 1));
    assert_eq!(found.kinds, [(ExhibitKind::PackingVideo, 1), (ExhibitKind::Other, 2)]);
    shop.run(Command::RemoveExhibit { exhibit: film, reason: "not ours".into() });
    let removed = ExhibitsQuery { removed: true, ..query() };
    assert_eq!(names(&shop, &removed), ["c.mp4"]);
    assert_eq!(names(&shop, &query()).len(), 2);
}

#[test]
fn custody_tells_everything_in_order() {
    let mut shop = Shop::new();
    let source = take_in(&mut shop, new(1, "a.png", "image/png"), vec![order_link()]);
    let made = NewExhibit { derived_from: Some(source), ..new(2, "b.png", "image/png") };
    let made = take_in(&mut shop, made, Vec::new());
    let purpose = Some("claim".to_owned());
    let why = |n: u8| Some(format!("reason {n}"));
    for command in [
        Command::UnlinkExhibit { exhibit: source, link: order_link(), purpose: why(1) },
        Command::LinkExhibit { exhibit: source, link: order_link(), purpose: why(2) },
        Command::AnnotateExhibit { exhibit: source, text: "seen".into(), purpose: why(3) },
        Command::ChangeExhibitKind { exhibit: source, kind: ExhibitKind::Label, purpose: None },
        Command::RecordExhibitView { exhibit: source, purpose: purpose.clone() },
        Command::RecordExhibitExport { exhibit: source, purpose },
        Command::RecordExhibitsVerified {
            intact: vec![source],
            damaged: Vec::new(),
            purpose: None,
        },
        Command::RecordExhibitsVerified {
            intact: Vec::new(),
            damaged: vec![(source, "altered".into())],
            purpose: Some("scrub".to_owned()),
        },
    ] {
        shop.run(command);
    }
    assert_eq!(shop.read().exhibit(source).unwrap().unwrap().damaged.as_deref(), Some("altered"));
    shop.run(Command::RemoveExhibit { exhibit: source, reason: "over".into() });
    let told = |of| -> Vec<String> {
        let entries = shop.read().custody(of).unwrap();
        assert!(entries.iter().all(|entry| entry.actor == OWNER));
        let text = |e: CustodyEntry| {
            let links: Vec<String> = e.links.iter().map(ExhibitLink::text).collect();
            let said = [e.detail, e.purpose, Some(links.join(" "))];
            [e.act].into_iter().chain(said.map(Option::unwrap_or_default)).collect::<Vec<_>>()
        };
        entries.into_iter().map(|entry| text(entry).join("|")).collect()
    };
    let order = order_link().text();
    assert_eq!(
        told(source),
        [
            format!("added|{:064x}||{order}", 1),
            format!("derived|{made}||"),
            format!("unlinked||reason 1|{order}"),
            format!("linked||reason 2|{order}"),
            "annotated|seen|reason 3|".to_owned(),
            "kind_changed|label||".to_owned(),
            "viewed||claim|".to_owned(),
            "exported||claim|".to_owned(),
            "verified|||".to_owned(),
            "damaged|altered|scrub|".to_owned(),
            "removed|over||".to_owned(),
        ]
    );
    assert_eq!(told(made), [format!("added|{:064x}||", 2)]);
    assert_eq!(shop.read().exhibits_derived_from(source).unwrap(), [made]);
}

#[test]
fn equal_contents_are_found_until_they_are_damaged_or_gone() {
    let mut shop = Shop::new();
    let first = new(1, "a.png", "image/png");
    let (blob, sha256) = (first.blob, first.sha256.clone());
    let one = take_in(&mut shop, first, Vec::new());
    let again = NewExhibit { blob, sha256: sha256.clone(), ..new(2, "copy.png", "image/png") };
    let two = take_in(&mut shop, again, Vec::new());
    assert_eq!(shop.read().blob_with(&sha256).unwrap(), Some(blob));
    assert_eq!(shop.read().exhibits_on(blob).unwrap(), [one, two]);
    assert_eq!(shop.read().blobs_in_use().unwrap().len(), 1);
    assert_eq!(shop.read().stored_files().unwrap().len(), 1);
    shop.run(Command::RemoveExhibit { exhibit: one, reason: "double".into() });
    assert_eq!(shop.read().exhibits_on(blob).unwrap(), [two]);
    let damaged = vec![(two, "truncated".to_owned())];
    shop.run(Command::RecordExhibitsVerified { intact: Vec::new(), damaged, purpose: None });
    assert_eq!(shop.read().blob_with(&sha256).unwrap(), None);
    assert_eq!(shop.read().blobs_in_use().unwrap().len(), 1);
    shop.run(Command::RemoveExhibit { exhibit: two, reason: "broken".into() });
    assert!(shop.read().blobs_in_use().unwrap().is_empty());
}

#[test]
fn small_pictures_and_checks_go_with_the_file() {
    let fresh = crate::testing::fresh();
    let (picture, film) = (new(1, "a.png", "image/png"), new(2, "a.mp4", "video/mp4"));
    let (blob, other) = (picture.blob, film.blob);
    let small = Thumbnail { mime: "image/jpeg".into(), width: 2, height: 1, bytes: vec![1, 2] };
    let done = |work: &dyn Fn(&mut Write<'_>) -> Result<(), crate::WriteError>| {
        let _ = fresh.vault.write(|tx| work(tx)).unwrap();
    };
    let exhibits = vec![picture, film];
    done(&|tx| {
        tx.execute(
            Command::AddExhibits { exhibits: exhibits.clone(), links: Vec::new(), purpose: None },
            crate::testing::stamp(1),
        )?;
        assert_eq!(tx.read().without_thumbnail(9)?, [(blob, "image/png".to_owned())]);
        tx.save_thumbnail(blob, Some(&small))?;
        tx.save_thumbnail(other, None)?;
        tx.note_verified(blob, at(5))?;
        assert!(tx.read().has_thumbnail(blob)? && !tx.read().has_thumbnail(other)?);
        assert_eq!(tx.read().thumbnail(blob)?.as_ref(), Some(&small));
        assert!(tx.read().without_thumbnail(9)?.is_empty());
        let files = tx.read().stored_files()?;
        assert_eq!((files[0].blob, files[1].verified_at), (other, Some(at(5))));
        Ok(())
    });
    assert!(fresh.vault.rebuild_check().unwrap().ok);
    done(&|tx| {
        let exhibit = exhibits[0].id;
        let remove = Command::RemoveExhibit { exhibit, reason: "over".into() };
        tx.execute(remove, crate::testing::stamp(2))?;
        tx.forget_unused_files()?;
        assert_eq!(tx.read().thumbnail(blob)?, None);
        tx.save_thumbnail(blob, Some(&small))?;
        assert_eq!(tx.read().thumbnail(blob)?, None, "made while it was taken out");
        Ok(())
    });
}

#[test]
fn an_unfinished_check_goes_on_and_a_finished_one_begins_anew() {
    let fresh = crate::testing::fresh();
    let _ = fresh
        .vault
        .write(|tx| -> Result<(), VaultError> {
            assert_eq!(tx.begin_verify(100, at(0))?, at(0));
            assert_eq!(tx.begin_verify(100, at(50))?, at(0));
            assert_eq!(tx.begin_verify(5, at(60))?, at(60), "another share is another check");
            tx.end_verify()?;
            assert_eq!(tx.begin_verify(5, at(70))?, at(70));
            let late = at(70).plus_days(8);
            assert_eq!(tx.begin_verify(5, late)?, late);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_an_entry_brings_in_stands_in_its_header() {
    let fresh = crate::testing::fresh();
    let exhibit = new(1, "a.png", "image/png");
    let blob = *exhibit.blob.as_bytes();
    let add = Command::AddExhibits { exhibits: vec![exhibit], links: Vec::new(), purpose: None };
    let _ = fresh.vault.execute(add, crate::testing::stamp(1)).unwrap();
    let header: Vec<u8> = fresh
        .vault
        .read(|read| -> Result<_, VaultError> {
            let newest = "SELECT header FROM journal ORDER BY position DESC LIMIT 1";
            Ok(read.conn().query_row(newest, [], |row| row.get(0))?)
        })
        .unwrap();
    assert!(header.windows(32).any(|part| part == blob));
    assert!(fresh.vault.verify_journal().unwrap().ok);
}
