//! What went wrong at a door: counted while it lasts, kept when it is over, and never without end.

use super::*;
use crate::tables::door_errors::{DOOR_ERRORS_KEPT, end, forget, note};

const DOOR: [u8; 16] = [4; 16];

fn kept(shop: &Shop) -> Vec<(String, String, u32, bool)> {
    let found = shop.read().door_errors(&DOOR).unwrap().into_iter();
    found.map(|of| (of.error, of.subject, of.times, of.ended_at.is_some())).collect()
}

#[test]
fn what_lasts_is_counted_and_what_is_over_is_kept() {
    let shop = Shop::empty();
    let row = |error: &str, subject: &str, times, over| (error.into(), subject.into(), times, over);
    note(&shop.conn, &DOOR, "", "mail_lost", at(1)).unwrap();
    note(&shop.conn, &DOOR, "", "mail_lost", at(2)).unwrap();
    note(&shop.conn, &DOOR, "a.txt", "unknown_columns", at(3)).unwrap();
    assert_eq!(
        kept(&shop),
        [row("unknown_columns", "a.txt", 1, false), row("mail_lost", "", 2, false)]
    );
    // Another reason takes the place of the first; what is about a file goes on.
    note(&shop.conn, &DOOR, "", "mail_password", at(4)).unwrap();
    end(&shop.conn, &DOOR, "", at(5)).unwrap();
    note(&shop.conn, &DOOR, "", "mail_password", at(6)).unwrap();
    assert_eq!(
        kept(&shop),
        [
            row("mail_password", "", 1, false),
            row("mail_password", "", 1, true),
            row("unknown_columns", "a.txt", 1, false),
            row("mail_lost", "", 2, true),
        ]
    );
    let lost = shop.read().door_errors(&DOOR).unwrap().pop().unwrap();
    assert_eq!((lost.first_at, lost.last_at, lost.ended_at), (at(1), at(2), Some(at(4))));
    forget(&shop.conn, &DOOR).unwrap();
    assert_eq!(kept(&shop), []);
}

#[test]
fn the_newest_are_kept_of_each_door() {
    let shop = Shop::empty();
    note(&shop.conn, &[5; 16], "", "mail_lost", at(0)).unwrap();
    for n in 0..i64::from(DOOR_ERRORS_KEPT) + 10 {
        note(&shop.conn, &DOOR, "", "mail_lost", at(n)).unwrap();
        end(&shop.conn, &DOOR, "", at(n)).unwrap();
    }
    let found = shop.read().door_errors(&DOOR).unwrap();
    assert_eq!(found.len(), DOOR_ERRORS_KEPT as usize);
    assert_eq!((found[0].first_at, found[49].first_at), (at(59), at(10)));
    assert_eq!(shop.read().door_errors(&[5; 16]).unwrap().len(), 1, "another door's");
}
