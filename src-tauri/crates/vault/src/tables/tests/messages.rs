//! Messages: each once, found by order and identity, without text after the purge.

use super::*;
use crate::tables::messages::{note, place, purge, set_answered};
use crate::{ConversationFilter, Copies, MessageFilter, MessageTokens, NotReceived, StoredMessage};
use buyerwatch_domain::{Forgery, MessageKind, ObservedAttachment, ObservedMessage};

const ID: &str = "302-0000001-1234567";

fn message(text: &str) -> ObservedMessage {
    ObservedMessage {
        message_id: "a@b".into(),
        kind: MessageKind::Buyer,
        marketplace: "Amazon.de".into(),
        alias: "k1m2n3o4p5q6r7@marketplace.amazon.de".into(),
        case: "c1".into(),
        order_id: ID.into(),
        buyer_name: "Jona Dorn".into(),
        subject: "Frage".into(),
        sent_at: Some(at(-5)),
        body: text.into(),
        attachments: vec![ObservedAttachment {
            name: "photo.jpg".into(),
            media_type: "image/jpeg".into(),
            bytes: 77,
            content: Vec::new(),
        }],
        ..ObservedMessage::default()
    }
}

#[test]
fn a_message_is_stored_once_and_read_back_whole() {
    let shop = Shop::new();
    let (first, second) =
        (message("one"), ObservedMessage { forged: Some(Forgery::Dkim), ..message("two") });
    let tokens = MessageTokens { alias: Some(Token(7)), marketplace_id: Some(Token(-3)) };
    let one = StoredMessage { id: [1; 16], message: &first, tokens, not_received: NotReceived::No };
    assert!(note(&shop.conn, origin(0), &one).unwrap());
    assert!(!note(&shop.conn, origin(1), &one).unwrap());
    let two = StoredMessage {
        id: [2; 16],
        message: &second,
        tokens: MessageTokens::default(),
        not_received: NotReceived::No,
    };
    assert!(note(&shop.conn, origin(0), &two).unwrap());
    let read = shop.read();
    let row = read.message(&[1; 16]).unwrap().unwrap();
    assert_eq!((row.message, row.tokens), (first, tokens));
    let of = |filter: MessageFilter| {
        let (count, rows) = read.messages(&filter, 0, 10).unwrap();
        assert_eq!(count, rows.len() as u64);
        rows.into_iter().map(|row| row.id[0]).collect::<Vec<_>>()
    };
    assert_eq!(of(MessageFilter::default()), [2, 1]);
    assert_eq!(of(MessageFilter { forged: Some(true), ..MessageFilter::default() }), [2]);
    assert_eq!(of(MessageFilter { forged: Some(false), ..MessageFilter::default() }), [1]);
    assert_eq!(of(MessageFilter { alias: Some(Token(7)), ..MessageFilter::default() }), [1]);
    let order = |id: &str| MessageFilter { order_id: Some(id.into()), ..MessageFilter::default() };
    assert_eq!(of(order(ID)), [2, 1]);
    assert_eq!(of(order("302-0000001-7654321")), [0; 0]);
}

/// Also where nobody can read when it was written.
#[test]
fn a_letter_that_took_the_place_of_a_cut_one_is_there_only_once() {
    let shop = Shop::new();
    for (of, sent_at) in [(1, Some(at(-5))), (2, None)] {
        let name = format!("{of}@x");
        let whole = ObservedMessage { message_id: name, sent_at, ..message("text") };
        let cut =
            ObservedMessage { message_id: String::new(), body: String::new(), ..whole.clone() };
        let stored = |id: u8, message| StoredMessage {
            id: [id; 16],
            message,
            tokens: MessageTokens::default(),
            not_received: NotReceived::No,
        };
        let (own, begun) = (of, of + 100);
        assert!(note(&shop.conn, origin(0), &stored(begun, &cut)).unwrap());
        let copies = Copies { earlier: vec![[begun; 16]], ..Copies::default() };
        let to_be = || place(&shop.conn, &stored(own, &whole), &copies).unwrap();
        assert_eq!(to_be(), Some([begun; 16]));
        assert!(note(&shop.conn, origin(0), &stored(begun, &whole)).unwrap());
        assert_eq!(to_be(), None, "{of}");
        // Another one that begins alike is another one.
        let other = ObservedMessage { message_id: "other@x".into(), ..whole.clone() };
        let other = place(&shop.conn, &stored(own, &other), &copies).unwrap();
        assert_eq!(other, Some([own; 16]));
    }
}

#[test]
fn a_purge_takes_the_text_and_leaves_what_is_counted() {
    let shop = Shop::new();
    let first = message("one");
    let tokens = MessageTokens { alias: Some(Token(7)), marketplace_id: None };
    let one = StoredMessage { id: [1; 16], message: &first, tokens, not_received: NotReceived::No };
    note(&shop.conn, origin(0), &one).unwrap();
    let marked = ConversationFilter { noticed: Some(vec![[1; 16]]), ..Default::default() };
    let listed = || shop.read().conversations(&marked, 0, 10).unwrap().0;
    assert_eq!((listed(), shop.read().messages_signed("dorn").unwrap().len()), (1, 1));
    assert_eq!(shop.read().writings(0, 10).unwrap(), [(1, [1; 16], "one".to_owned())]);
    assert_eq!(purge(&shop.conn, at(1_000_000)).unwrap(), 1);
    assert_eq!((listed(), shop.read().messages_signed("dorn").unwrap().len()), (0, 0));
    assert_eq!(shop.read().writings(0, 10).unwrap(), []);
    assert_eq!(shop.read().messages_beginning("302-0000001-12").unwrap(), [[1; 16]]);
    assert_eq!(purge(&shop.conn, at(1_000_000)).unwrap(), 0);
    let row = shop.read().message(&[1; 16]).unwrap().unwrap();
    assert_eq!(row.tokens, tokens);
    let kept = row.message;
    assert_eq!((kept.kind, kept.order_id.as_str(), kept.sent_at), (first.kind, ID, first.sent_at));
    assert!(kept.body.is_empty() && kept.subject.is_empty() && kept.buyer_name.is_empty());
    assert!(kept.alias.is_empty() && kept.attachments.is_empty());
}

#[test]
fn what_names_nobody_is_counted_apart_from_what_could_be_screened() {
    let shop = Shop::new();
    let put = |n: u8, alias: Option<i64>, order: &str, kind, forged| {
        let of = ObservedMessage { order_id: order.into(), kind, forged, ..message("text") };
        let tokens = MessageTokens { alias: alias.map(Token), marketplace_id: None };
        let stored =
            StoredMessage { id: [n; 16], message: &of, tokens, not_received: NotReceived::No };
        note(&shop.conn, origin(0), &stored).unwrap();
    };
    put(1, Some(7), ID, MessageKind::Buyer, None);
    put(2, None, ID, MessageKind::ReturnRequest, None);
    put(3, None, "", MessageKind::Chargeback, None);
    put(4, None, ID, MessageKind::Notice, None);
    put(5, None, ID, MessageKind::Buyer, Some(Forgery::Spf));
    // News about no order is about nobody, and a copy of an answer is about its account.
    put(6, None, "", MessageKind::Notice, None);
    put(7, Some(7), "302-0000009-1234567", MessageKind::OwnReply, None);
    let counts = || {
        let of = shop.read().message_counts(Some(at(0)), None).unwrap();
        (of.genuine, of.forged, of.screened, of.order_unknown)
    };
    assert_eq!(counts(), (6, 1, 1, 3), "the notice names an order that nobody knows");
    let order = ObservedOrder { order_id: ID.into(), ..ObservedOrder::default() };
    let line = StoredOrder { order: &order, tokens: OrderTokenRow::default(), unscreenable: None };
    upsert(&shop.conn, origin(1), &[line]).unwrap();
    assert_eq!(counts(), (6, 1, 2, 1));
    let later = shop.read().message_counts(Some(at(1)), None).unwrap();
    assert_eq!((later.genuine, later.screened, later.order_unknown), (0, 0, 0));
}

#[test]
fn messages_of_an_account_or_an_order_are_found_the_newest_first_and_no_forged_ones() {
    let shop = Shop::new();
    let put = |n: u8, alias: i64, buyer: i64, order: &str, forged| {
        let of = ObservedMessage {
            order_id: order.into(),
            sent_at: Some(at(i64::from(n))),
            forged,
            ..message("text")
        };
        let tokens =
            MessageTokens { alias: Some(Token(alias)), marketplace_id: Some(Token(buyer)) };
        let stored =
            StoredMessage { id: [n; 16], message: &of, tokens, not_received: NotReceived::No };
        assert!(note(&shop.conn, origin(0), &stored).unwrap());
    };
    put(1, 1, 10, ID, None);
    put(2, 2, 10, "", None);
    put(3, 3, 30, ID, Some(Forgery::Spf));
    put(4, 1, 40, "302-0000001-7654321", None);
    put(5, 5, 50, ID, None);
    let found = |identities: &[i64], orders: &[&str], limit| {
        let tokens: Vec<Token> = identities.iter().copied().map(Token).collect();
        let rows = shop.read().messages_by(&tokens, orders, limit).unwrap();
        rows.iter().map(|row| row.id[0]).collect::<Vec<_>>()
    };
    assert_eq!(found(&[1], &[], 9), [4, 1]);
    assert_eq!(found(&[10, 1], &[], 9), [4, 2, 1], "each once");
    assert_eq!(found(&[], &[ID], 9), [5, 1]);
    assert_eq!(found(&[3], &[""], 9), [0_u8; 0], "a forged one, and messages about no order");
    assert_eq!(found(&[10], &[], 1), [2], "the newest");
}

/// A message of the account `alias`, none when 0, written at `ms`.
fn put(shop: &Shop, n: u8, kind: MessageKind, (alias, order, case): (i64, &str, &str)) {
    let of = ObservedMessage {
        kind,
        order_id: order.into(),
        case: case.into(),
        sent_at: Some(at(i64::from(n))),
        ..message("text")
    };
    let alias = (alias != 0).then_some(Token(alias));
    let tokens = MessageTokens { alias, marketplace_id: None };
    let stored = StoredMessage { id: [n; 16], message: &of, tokens, not_received: NotReceived::No };
    assert!(note(&shop.conn, origin(0), &stored).unwrap());
}

/// The conversations, the newest first, each with its messages.
fn conversations(shop: &Shop, filter: ConversationFilter) -> Vec<Vec<u8>> {
    let read = shop.read();
    let (total, found) = read.conversations(&filter, 0, 10).unwrap();
    for (offset, limit) in [(100, 10), (0, 0), (0, 1)] {
        let page = read.conversations(&filter, offset, limit).unwrap();
        assert_eq!(page.0, total, "whichever part is asked for");
    }
    assert_eq!(total, found.len() as u64);
    let all = found.into_iter().map(|of| {
        let rows = read.conversation(&of.newest.id).unwrap();
        assert_eq!(rows.len() as u64, of.messages);
        rows.into_iter().map(|(row, _)| row.id[0]).collect()
    });
    all.collect()
}

fn waiting(shop: &Shop) -> Vec<Vec<u8>> {
    conversations(shop, ConversationFilter { unanswered: true, ..ConversationFilter::default() })
}

#[test]
fn a_confirmation_without_an_order_answers_what_was_written_in_its_case() {
    let shop = Shop::new();
    let (asks, replies) = (MessageKind::Buyer, MessageKind::OwnReply);
    put(&shop, 1, asks, (-7, "", "c1"));
    put(&shop, 2, asks, (8, "", "c2"));
    put(&shop, 3, asks, (7, ID, "c3"));
    put(&shop, 4, asks, (9, "", ""));
    assert_eq!(waiting(&shop), [[4], [3], [2], [1]]);
    put(&shop, 5, replies, (0, "", "c1"));
    put(&shop, 6, replies, (0, "", "c3"));
    put(&shop, 7, replies, (0, "", "c0"));
    put(&shop, 8, replies, (0, "", ""));
    let all = conversations(&shop, ConversationFilter::default());
    assert_eq!(all, [vec![8], vec![7], vec![6, 3], vec![5, 1], vec![4], vec![2]]);
    assert_eq!(waiting(&shop), [[4], [2]]);
    // The order comes first, then the case, then the account.
    put(&shop, 9, replies, (8, ID, "c2"));
    put(&shop, 10, replies, (9, "", "c1"));
    let all = conversations(&shop, ConversationFilter::default());
    assert_eq!(all[..2], [vec![10, 4], vec![9, 6, 3]], "a case of another account is none");
    assert_eq!(waiting(&shop), [[2]]);
    let order_id = Some(ID.to_lowercase());
    let of_order = ConversationFilter { order_id, ..ConversationFilter::default() };
    assert_eq!(conversations(&shop, of_order), [[9, 6, 3]]);
}

/// Whatever order they come in: what is written after an answer does not take it along.
#[test]
fn a_confirmation_answers_what_was_written_before_it() {
    let shop = Shop::new();
    let (asks, replies) = (MessageKind::Buyer, MessageKind::OwnReply);
    put(&shop, 30, asks, (7, ID, "c1"));
    put(&shop, 20, replies, (0, "", "c1"));
    put(&shop, 10, asks, (7, "", "c1"));
    let all = conversations(&shop, ConversationFilter::default());
    assert_eq!(all, [vec![30], vec![20, 10]]);
    assert_eq!(waiting(&shop), [[30]]);
}

#[test]
fn what_was_answered_elsewhere_waits_no_more_until_the_buyer_writes_again() {
    let shop = Shop::new();
    put(&shop, 1, MessageKind::Buyer, (7, "", "c1"));
    put(&shop, 2, MessageKind::Buyer, (8, "", "c2"));
    set_answered(&shop.conn, &[1; 16], Some(at(50))).unwrap();
    assert_eq!(waiting(&shop), [[2]]);
    let row = shop.read().message(&[1; 16]).unwrap().unwrap();
    assert_eq!(row.answered_at, Some(at(50)));
    let times: Vec<_> = row.times().collect();
    assert_eq!(times, [(at(1), MessageKind::Buyer), (at(1), MessageKind::OwnReply)]);
    put(&shop, 3, MessageKind::Buyer, (7, "", "c1"));
    assert_eq!(waiting(&shop), [vec![3, 1], vec![2]]);
    set_answered(&shop.conn, &[3; 16], Some(at(60))).unwrap();
    assert_eq!(waiting(&shop), [[2]]);
    set_answered(&shop.conn, &[3; 16], None).unwrap();
    assert_eq!(waiting(&shop), [vec![3, 1], vec![2]]);
}
