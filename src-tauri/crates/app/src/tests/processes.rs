//! Two programs over one vault.

use crate::{
    Manner, Nothing, Push,
    buyers::OneBuyer,
    testing::{ALIAS, Line, fresh, line, report},
    trust::{add::AddTrust, remove::RemoveTrust},
};
use buyerwatch_domain::{IdentifierKind, Tag};
use std::time::{Duration, Instant};

fn soon(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what} never happened");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_window_hears_of_what_another_program_did() {
    let window = fresh(Manner::Attended);
    window.listed_buyer();
    let script = window.other(Manner::Unattended);
    window.host.pushes.lock().unwrap().clear();
    script.import(&report(&[line(1), Line { alias: ALIAS.to_owned(), ..line(2) }]));
    soon("the news", || {
        window
            .host
            .pushes
            .lock()
            .unwrap()
            .iter()
            .any(|push| matches!(push, Push::Stale { tags } if tags.contains(&Tag::Alerts)))
    });
    assert_eq!(window.open_alerts().len(), 1);
    soon("the pop-up", || !window.host.notifications.lock().unwrap().is_empty());
    let notifications = window.host.notifications.lock().unwrap();
    assert_eq!(notifications.len(), 1);
    assert_eq!(notifications[0].title, "A listed buyer ordered again");
    assert!(notifications[0].alert.is_some());
    assert!(script.host.notifications.lock().unwrap().is_empty());
}

#[test]
fn an_import_sees_what_another_program_listed_a_moment_ago() {
    let window = fresh(Manner::Unattended);
    let script = window.other(Manner::Unattended);
    // Both have their lists in memory before the other one changes anything.
    window.import(&report(&[line(1)]));
    script.import(&report(&[line(2)]));
    let buyer = script.listed_buyer();
    let record = window.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(3) }]));
    assert_eq!(record.alerts, 1);
    // And what is stored here is found by what is listed there.
    script
        .desk
        .buyers_add_identifier(crate::buyers::add_identifier::AddIdentifier {
            buyer_id: buyer,
            kind: IdentifierKind::Alias,
            value: line(1).alias,
        })
        .unwrap();
    assert_eq!(window.open_alerts().len(), 2);
    assert_eq!(script.desk.buyers_get(OneBuyer { id: buyer }).unwrap().row.sightings, 2);
    assert!(window.desk.journal_verify(Nothing {}).unwrap().ok);
}

#[test]
fn a_trust_that_ends_is_held_against_what_another_program_listed_a_moment_ago() {
    let window = fresh(Manner::Unattended);
    let script = window.other(Manner::Unattended);
    let trusted = window
        .desk
        .trust_add(AddTrust {
            kind: IdentifierKind::Alias,
            value: ALIAS.to_owned(),
            reason: "Test orders of our own".to_owned(),
            until: None,
        })
        .unwrap();
    window.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
    script.listed_buyer();
    assert!(script.open_alerts().is_empty());
    let reason = "They ended".to_owned();
    window.desk.trust_remove(RemoveTrust { id: trusted.id, reason }).unwrap();
    assert_eq!(window.open_alerts().len(), 1);
}

#[test]
fn many_alerts_of_one_import_are_one_pop_up() {
    let window = fresh(Manner::Attended);
    window.listed_buyer();
    // One name throughout: several names would make the alias a shared one.
    let lines: Vec<Line> =
        (1..=12).map(|n| Line { alias: ALIAS.to_owned(), name: line(1).name, ..line(n) }).collect();
    let job = window.drop_file(&window.file("many.txt", report(&lines)));
    assert_eq!(job.import.unwrap().alerts, 12);
    soon("the pop-up", || !window.host.notifications.lock().unwrap().is_empty());
    std::thread::sleep(Duration::from_millis(800));
    let notifications = window.host.notifications.lock().unwrap();
    assert_eq!(notifications.len(), 1, "{notifications:?}");
    assert_eq!(notifications[0].title, "12 alerts from one import");
    assert_eq!(notifications[0].alert, None);
}
