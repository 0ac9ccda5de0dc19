//! No letter is lost, none is taken twice, none is touched.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use buyerwatch_mailbox::{FolderName, Security, State, Trouble, test};

use crate::dovecot::{Dovecot, account, trust};
use crate::proxy::Proxy;
use crate::reader::{Kept, Reader};

/// Bodies of many lengths, some of them long.
fn body(n: usize) -> Vec<u8> {
    let length = if n.is_multiple_of(40) { 300_000 } else { n * 37 % 4_000 };
    let line = format!("line of letter {n}, ");
    let mut body = line.as_bytes().repeat(length / line.len() + 1);
    body.chunks_mut(60).for_each(|line| *line.last_mut().unwrap() = b'\n');
    body
}

fn deliver(server: &Dovecot, user: &str, count: usize) -> BTreeSet<String> {
    (0..count).map(|n| server.deliver(user, &body(n))).collect()
}

fn once_each(kept: &Kept, expected: &BTreeSet<String>) {
    assert!(kept.letters.keys().eq(expected.iter()), "not the letters that were delivered");
    assert!(kept.letters.values().all(|count| *count == 1), "some came twice");
}

#[test]
fn letters_are_read_and_told_of_and_left_as_they_were() {
    let Some(server) = Dovecot::start("") else { return };
    let account = account(&server, "shop");
    let mut expected = deliver(&server, "shop", 260);
    let found = test(&account, &trust(&server)).unwrap();
    assert_eq!((found.letters, found.tells), (260, true));
    assert_eq!(found.folders[0], FolderName { name: "INBOX".into(), shown: "INBOX".into() });
    let before = server.names("shop");
    let reader = Reader::of(&account, &trust(&server));
    reader.wait("all are read", |kept| kept.letters.len() == 260);
    reader.wait("it watches", |kept| kept.states.last() == Some(&State::Watching));
    assert_eq!(server.names("shop"), before, "nothing is marked or moved");
    for n in 0..5 {
        expected.insert(server.deliver("shop", b"a new one"));
        reader.wait("it is told of", |kept| kept.letters.len() == 261 + n);
    }
    once_each(&reader.end().lock().unwrap(), &expected);
    assert!(server.names("shop").iter().all(|name| !name.contains(":2,S")));
}

/// Each comes while the one before it is fetched, looked for or waited for.
#[test]
fn letters_that_come_in_a_rush_are_all_seen() {
    let Some(server) = Dovecot::start("") else { return };
    let account = account(&server, "shop");
    let mut expected = deliver(&server, "shop", 1);
    let reader = Reader::of(&account, &trust(&server));
    reader.wait("it watches", |kept| kept.states.last() == Some(&State::Watching));
    for round in 0..12_u64 {
        for n in 0..6 {
            expected.insert(server.deliver("shop", &body(40)));
            std::thread::sleep(Duration::from_millis((round * 7 + n * 13) % 41));
        }
        reader.wait("the rush is read", |kept| kept.letters.len() == expected.len());
    }
    once_each(&reader.end().lock().unwrap(), &expected);
}

#[test]
fn a_server_that_ends_and_comes_back_loses_nothing() {
    let Some(mut server) = Dovecot::start("") else { return };
    let account = account(&server, "shop");
    let mut expected = deliver(&server, "shop", 400);
    let reader = Reader::of(&account, &trust(&server));
    for round in 0..3 {
        reader.wait("some are read", |kept| kept.letters.len() > round * 120);
        server.end();
        expected.insert(server.deliver("shop", b"while it was away"));
        reader.wait("it is noticed", |kept| {
            matches!(kept.states.last(), Some(State::Waiting { .. }))
        });
        server.go();
    }
    reader.wait("all are read", |kept| kept.letters.len() == expected.len());
    once_each(&reader.end().lock().unwrap(), &expected);
}

#[test]
fn a_connection_that_breaks_in_the_middle_of_letters_loses_nothing() {
    let Some(server) = Dovecot::start("") else { return };
    let mut account = account(&server, "shop");
    let expected = deliver(&server, "shop", 160);
    let proxy = Proxy::to(server.port, 40_000);
    account.port = proxy.port;
    let reader = Reader::of(&account, &trust(&server));
    // Each time a little later: in greetings, in the middle of letters, at their ends.
    let mut limit = 40_000;
    reader.wait("all are read over broken connections", |kept| {
        limit = limit * 21 / 20 + 1_111;
        proxy.limit.store(limit, Ordering::Relaxed);
        kept.letters.len() == expected.len()
    });
    assert!(proxy.connections.load(Ordering::Relaxed) > 3, "it never broke");
    once_each(&reader.end().lock().unwrap(), &expected);
}

/// The numbers mean something else: everything comes again, and whoever knows the letters keeps each once.
#[test]
fn new_numbers_are_noticed() {
    let Some(mut server) = Dovecot::start("") else { return };
    let account = account(&server, "shop");
    let mut expected = deliver(&server, "shop", 30);
    let reader = Reader::of(&account, &trust(&server));
    reader.wait("all are read", |kept| kept.letters.len() == 30);
    let shelf = reader.end();
    let before = shelf.lock().unwrap().place;
    server.renumber("shop");
    expected.insert(server.deliver("shop", b"after that"));
    let reader = Reader::with(&account, &trust(&server), shelf);
    reader.wait("the new one is read", |kept| kept.letters.len() == 31);
    let shelf = reader.end();
    let kept = shelf.lock().unwrap();
    assert_ne!(kept.place.uid_validity, before.uid_validity);
    assert!(kept.letters.keys().eq(expected.iter()));
    assert!(kept.letters.values().all(|count| *count <= 2));
}

#[test]
fn ten_mailboxes_are_watched_at_once() {
    let Some(server) = Dovecot::start("") else { return };
    let readers: Vec<_> = (0..10)
        .map(|n| {
            let user = format!("shop{n}");
            let account = account(&server, &user);
            let mut expected = deliver(&server, &user, 40);
            let reader = Reader::of(&account, &trust(&server));
            expected.insert(server.deliver(&user, b"one more"));
            (reader, expected)
        })
        .collect();
    for (reader, expected) in readers {
        reader.wait("all are read", |kept| kept.letters.len() == expected.len());
        once_each(&reader.end().lock().unwrap(), &expected);
    }
}

#[test]
fn a_server_that_does_not_tell_is_asked() {
    let Some(server) = Dovecot::start("imap_capability = IMAP4rev1 ID UIDPLUS\n") else { return };
    let account = account(&server, "shop");
    let mut expected = deliver(&server, "shop", 3);
    let found = test(&account, &trust(&server)).unwrap();
    assert_eq!((found.letters, found.tells), (3, false));
    let reader = Reader::of(&account, &trust(&server));
    reader.wait("all are read", |kept| kept.letters.len() == 3);
    expected.insert(server.deliver("shop", b"a new one"));
    reader.wait("the new one is read", |kept| kept.letters.len() == 4);
    once_each(&reader.end().lock().unwrap(), &expected);
}

#[test]
fn only_the_last_days_are_read_the_first_time() {
    let Some(server) = Dovecot::start("") else { return };
    let mut account = account(&server, "shop");
    account.first_days = Some(30);
    let old = server.deliver("shop", b"of last year");
    let file = server.maildir("shop").join("new").join(&server.names("shop")[0]);
    let year = std::time::SystemTime::now() - std::time::Duration::from_secs(400 * 86_400);
    std::fs::File::options().write(true).open(file).unwrap().set_modified(year).unwrap();
    // Nothing but old letters: they stay behind for good.
    let reader = Reader::of(&account, &trust(&server));
    reader.wait("it watches", |kept| kept.states.last() == Some(&State::Watching));
    let new = server.deliver("shop", b"of today");
    reader.wait("the new one is read", |kept| !kept.letters.is_empty());
    let shelf = reader.end();
    let kept = shelf.lock().unwrap();
    assert!(kept.letters.contains_key(&new) && !kept.letters.contains_key(&old));
}

#[test]
fn letters_that_are_too_long_are_counted_and_not_read() {
    let Some(server) = Dovecot::start("") else { return };
    let account = account(&server, "shop");
    server.deliver("shop", &b"a long line of a long letter\r\n".repeat(1_200_000));
    server.deliver("shop", b"a short one");
    let reader = Reader::of(&account, &trust(&server));
    reader.wait("both are behind", |kept| kept.long == 1 && kept.letters.len() == 1);
    reader.end();
}

/// A wrong password is said, and is not tried again and again; a new one is used at once.
#[test]
fn a_password_that_is_no_longer_good_is_told() {
    let Some(server) = Dovecot::start("") else { return };
    let account = account(&server, "shop");
    server.set_password("shop", "another-one");
    server.deliver("shop", b"waits");
    assert_eq!(test(&account, &trust(&server)), Err(Trouble::Password));
    let reader = Reader::of(&account, &trust(&server));
    let refused = |kept: &Kept| {
        let refused =
            |state: &&State| matches!(state, State::Waiting { trouble: Trouble::Password, .. });
        kept.states.iter().filter(refused).count()
    };
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while refused(&reader.shelf.lock().unwrap()) == 0 {
        assert!(std::time::Instant::now() < until, "nothing is told");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::thread::sleep(std::time::Duration::from_millis(2_500));
    assert_eq!(refused(&reader.shelf.lock().unwrap()), 1, "tried again");
    server.set_password("shop", crate::dovecot::PASSWORD);
    reader.wait("it is read", |kept| kept.letters.len() == 1);
}

#[test]
fn every_step_that_fails_is_named() {
    let Some(server) = Dovecot::start("") else { return };
    let account = account(&server, "shop");
    let with = |change: &dyn Fn(&mut buyerwatch_mailbox::Account)| {
        let mut other = account.clone();
        change(&mut other);
        test(&other, &trust(&server)).map(|_| ())
    };
    assert_eq!(with(&|_| {}), Ok(()));
    let starttls = with(&|of| (of.security, of.port) = (Security::StartTls, server.plain_port));
    assert_eq!(starttls, Ok(()), "encrypted after a plain greeting");
    assert_eq!(with(&|of| of.host = "no-such-host.invalid".into()), Err(Trouble::NoSuchHost));
    assert_eq!(with(&|of| of.port = 1), Err(Trouble::Unreachable));
    assert_eq!(with(&|of| of.port = server.plain_port), Err(Trouble::NotEncrypted));
    assert_eq!(with(&|of| of.folder = "Nothing".into()), Err(Trouble::Folder));
    assert_eq!(with(&|of| of.user = "nobody".into()), Err(Trouble::Password));
    assert_eq!(with(&|of| of.password = "a\r\nb".to_owned().into()), Err(Trouble::Password));
    // The certificate is of `localhost`, not of its number.
    assert_eq!(with(&|of| of.host = "127.0.0.1".into()), Err(Trouble::Certificate));
    let public = test(&account, &buyerwatch_mailbox::Trust::public());
    assert_eq!(public, Err(Trouble::Certificate));
}
