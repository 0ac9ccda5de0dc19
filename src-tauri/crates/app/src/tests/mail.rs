//! Letters that were saved from a mailbox: each once, recognised by account and order, never by what
//! a forger wrote.

use crate::{
    Manner, Nothing,
    alerts::dismiss::DismissAlert,
    buyers::add_from_order::AddBuyerFromOrder,
    exhibits::{OneExhibit, freeze_message::FreezeMessage, keep_attachment::KeepAttachment},
    imports::list::ListImports,
    incidents::add::AddIncident,
    lookup::find::{Find, LookupItem},
    messages::{
        OneMessage,
        answered::AnsweredElsewhere,
        list::{ListMessages, MessagesShown},
    },
    orders::OneOrder,
    overview::days::AskDays,
    phrases::publish::PublishPhrases,
    signals::reject::RejectSignal,
    testing::{ALIAS, Line, fresh, line, not_this_buyer, order_id, report},
    view::{ImportState, UnscreenableCount},
};
use buyerwatch_domain::{
    BuyerStatus, ExhibitKind, ExhibitLink, Forgery, IdentifierKind, MediaClass, MessageKind, Tier,
    Unscreenable,
};
use buyerwatch_mailbox::Content;

/// A buyer's letter as the marketplace passes it on.
pub(super) fn letter(n: u32, alias: &str, order: &str, text: &str) -> String {
    let (name, host) = alias.split_once('@').unwrap();
    format!(
        "Message-ID: <{n}@relay.example>\r\n\
         From: \"Hanna Sorbe - Amazon Marketplace\" <{name}+c{n:07}@{host}>\r\n\
         To: shop@example.com\r\n\
         Date: Tue, 24 Nov 2026 10:00:{:02} +0000\r\n\
         Subject: Anfrage zur Bestellung (Bestellung: {order})\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n\
         {text}\r\n",
        n % 60
    )
}

#[test]
fn a_listed_buyer_who_writes_is_announced_once_for_the_conversation() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    let import = |n, text: &str| {
        let letter = letter(n, ALIAS, &order_id(1), text);
        bench.import_file(&bench.file(&format!("{n}.eml"), &letter))
    };
    let first = import(1, "Where is my parcel?");
    assert_eq!((first.format.as_str(), first.state), ("eml", ImportState::Done));
    assert_eq!((first.rows, first.observations.messages, first.screened), (1, 1, 1));
    assert_eq!((first.alerts, first.possible, first.duplicates), (1, 0, 0));
    // The same letter again, and another one of the same conversation.
    let again = import(1, "Where is my parcel?");
    assert_eq!((again.duplicates, again.observations.messages, again.alerts), (1, 0, 0));
    assert_eq!(import(2, "Hello?").alerts, 0);
    let open = bench.open_alerts();
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].buyer_id, open[0].tier), (buyer, Tier::Alert));
    assert_eq!(open[0].order_id, order_id(1));
    let detail = bench.desk.alerts_get(crate::alerts::OneAlert { id: open[0].id }).unwrap();
    let message = detail.message.unwrap();
    assert_eq!(message.kind, MessageKind::Buyer);
    assert_eq!(message.text.trim(), "Where is my parcel?");
    assert_eq!(detail.row.message_id.as_deref().map(str::len), Some(32));
    // An order of the same buyer is other news.
    let order = Line { alias: ALIAS.to_owned(), ..line(1) };
    assert_eq!(bench.import(&report(&[order])).alerts, 1);
    // Once it is closed, the next letter is news again.
    bench
        .desk
        .alerts_dismiss(DismissAlert {
            id: open[0].id,
            not_this_buyer: false,
            note: None,
            until: None,
        })
        .unwrap();
    assert_eq!(import(3, "I want my money back.").alerts, 1);
    assert!(bench.desk.journal_verify(Nothing {}).unwrap().ok);
}

#[test]
fn who_writes_is_known_by_the_order_when_the_letter_names_no_account() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }, line(2)]));
    let request = |n: u32, order: u32| {
        format!(
            "Message-ID: <r{n}@relay.example>\r\nFrom: <donotreply@amazon.de>\r\n\
             X-Space-Notification-Type: RETURN_REQUEST\r\n\
             Subject: Return authorization request for order {}\r\n\r\nA return was requested.\r\n",
            order_id(order)
        )
    };
    let file = bench.file(
        "returns.mbox",
        format!(
            "From a@b Tue Nov 24 10:00:00 2026\r\n{}\r\nFrom a@b Tue Nov 24 10:00:01 2026\r\n{}",
            request(1, 1),
            request(2, 2)
        ),
    );
    let record = bench.import_file(&file);
    assert_eq!((record.format.as_str(), record.rows, record.observations.messages), ("mbox", 2, 2));
    assert_eq!((record.screened, record.alerts), (2, 1), "{record:?}");
    let today = || bench.desk.overview_days(AskDays { days: 1 }).unwrap().items.remove(0);
    let reasons = |of: &[UnscreenableCount]| -> Vec<_> {
        of.iter().map(|of| (of.reason, of.count)).collect()
    };
    // An order that is not stored names nobody.
    let unknown = bench.import_file(&bench.file("unknown.eml", request(3, 77)));
    let one = vec![(Unscreenable::OrderUnknown, 1)];
    assert_eq!((unknown.screened, reasons(&unknown.unscreenable)), (0, one.clone()));
    let day = today();
    assert_eq!((day.written.screened, reasons(&day.written.unscreenable)), (2, one));
    assert_eq!((day.messages, day.coverage.screened, day.skipped.len()), (3, 2, 0));
    // Once its order is there it was screened with it.
    bench.import(&report(&[line(77)]));
    let day = today();
    assert_eq!((day.written.screened, day.written.unscreenable.len()), (3, 0));
    let wrote = bench.open_alerts().into_iter().filter(|alert| alert.message_id.is_some());
    assert_eq!(wrote.map(|alert| alert.order_id).collect::<Vec<_>>(), [order_id(1)]);
}

#[test]
fn a_notice_about_an_order_that_is_not_stored_is_not_screenable() {
    let bench = fresh(Manner::Unattended);
    bench.import(&report(&[line(1)]));
    let sold = |order: &str| {
        let letter = format!(
            "Message-ID: <sold{order}@x>\r\nFrom: <seller-notification@amazon.de>\r\n\
             Date: Tue, 17 Nov 2026 10:00:00 +0000\r\nSubject: Sold, ship now\r\n\r\n\
             Order number: {order}\r\n"
        );
        let record = bench.import_file(&bench.file("sold.eml", letter));
        let of = record.unscreenable.iter().map(|of| (of.reason, of.count)).collect::<Vec<_>>();
        (record.screened, of)
    };
    // Of a stored order the order itself was compared.
    assert_eq!(sold(&order_id(1)), (0, vec![]));
    assert_eq!(sold(&order_id(2)), (0, vec![(Unscreenable::OrderUnknown, 1)]));
    let today = || bench.desk.overview_days(AskDays { days: 1 }).unwrap().items.remove(0).written;
    assert_eq!(today().unscreenable.iter().map(|of| of.count).sum::<u64>(), 1);
    bench.import(&report(&[line(2)]));
    assert_eq!(today().unscreenable, []);
}

#[test]
fn neither_forgers_nor_strangers_nor_honest_buyers_alert() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let forged = format!(
        "Authentication-Results: mx.example; dkim=fail header.d=amazon.de\r\n{}",
        letter(1, ALIAS, &order_id(1), "Click here")
    );
    let honest = letter(2, "h0000000000001@marketplace.amazon.de", &order_id(2), "Thank you!");
    let private =
        "From: friend@example.com\r\nSubject: Lunch?\r\nMessage-ID: <p@x>\r\n\r\nAt noon.\r\n";
    let mut mbox = String::new();
    for letter in [forged.as_str(), &honest, private] {
        mbox.push_str(&format!("From a@b Tue Nov 24 10:00:00 2026\r\n{letter}\r\n"));
    }
    let record = bench.import_file(&bench.file("box.mbox", &mbox));
    assert_eq!((record.rows, record.observations.messages, record.skipped), (3, 2, 1));
    assert_eq!((record.screened, record.alerts, record.possible), (1, 0, 0));
    assert_eq!(bench.open_alerts(), []);
    let open = bench.desk.open().unwrap();
    let skipped = open.skipped_rows(&record.id).unwrap();
    assert_eq!(skipped[0].reason, "not_of_marketplace");
    // What is private is not kept; what looks forged is set aside.
    let forged = buyerwatch_vault::MessageFilter { forged: Some(true), ..Default::default() };
    let (all, set_aside) = open
        .read(|read| {
            Ok((read.messages(&Default::default(), 0, 10)?.0, read.messages(&forged, 0, 10)?.0))
        })
        .unwrap();
    assert_eq!((all, set_aside), (2, 1));
}

/// A download that broke off above the ID of a letter is that letter, and no other one.
#[test]
fn a_letter_that_was_cut_gives_way_to_the_whole_one() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let text = |n: u32, body: &str| {
        let letter = letter(n, ALIAS, &order_id(n), body);
        let (id, rest) = letter.split_once("\r\n").unwrap();
        // As most servers write it: the ID below.
        rest.replacen("Content-Type:", &format!("{id}\r\nContent-Type:"), 1)
    };
    let whole = text(1, "Refund me or I leave a one star review.");
    let (head, _) = whole.split_once("Message-ID").unwrap();
    let import = |name: &str, letter: &str| {
        let record = bench.import_file(&bench.file(name, letter));
        (record.observations.messages, record.duplicates, record.alerts)
    };
    let all = || {
        let ask = ListMessages { show: MessagesShown::All, limit: 10, ..ListMessages::default() };
        bench.desk.messages_list(ask).unwrap().items
    };
    assert_eq!(import("cut.eml", &format!("{head}Message-ID: <1@re")), (1, 0, 1));
    assert_eq!(import("again.eml", &head.replace("\r\n", "\n")), (0, 1, 0));
    let alerted = bench.open_alerts()[0].message_id.clone().unwrap();
    assert_eq!(all()[0].newest.text, "");
    // What is whole takes the place of what was cut, and is what the alert names.
    assert_eq!(import("whole.eml", &whole), (1, 0, 0));
    let [one] = <[_; 1]>::try_from(all()).unwrap();
    assert_eq!((one.messages, &one.newest.id), (1, &alerted));
    assert!(one.newest.text.contains("one star"), "{one:?}");
    assert_eq!(bench.open_signals().len(), 1);
    for (name, letter) in [("whole2.eml", &*whole), ("cut2.eml", head)] {
        // Another way it came by.
        assert_eq!(import(name, &format!("X-Seen: {name}\r\n{letter}")), (0, 1, 0));
    }
    assert_eq!(import("whole3.eml", &whole.replace("\r\n", "\n")), (0, 1, 0));
    // Another letter of the same buyer is another letter, however it is cut.
    let other = text(2, "Hello?");
    let (head, _) = other.split_once("Message-ID").unwrap();
    assert_eq!(import("other.eml", head).0, 1);
    assert_eq!(import("other2.eml", &other).0, 1);
    assert_eq!(all().iter().map(|of| of.messages).sum::<u64>(), 2);
}

/// A mailbox file that is read while it is written ends anywhere.
#[test]
fn a_mailbox_file_that_grows_from_within_a_head_holds_each_letter_once() {
    let bench = fresh(Manner::Unattended);
    let whole: String = (1..=2)
        .map(|n| {
            let letter = letter(n, ALIAS, &order_id(n), "Hello? Where is the lamp?");
            let (id, rest) = letter.split_once("\r\n").unwrap();
            let rest = rest.replacen("Content-Type:", &format!("{id}\r\nContent-Type:"), 1);
            format!("From a@b Tue Nov 24 10:00:0{n} 2026\r\n{rest}\r\n")
        })
        .collect();
    let second = whole.rfind("Message-ID").unwrap();
    let open = bench.desk.open().unwrap();
    let mut before = None;
    for end in [second + 14, whole.len() - 20, whole.len()] {
        let file = bench.file("box.mbox", &whole.as_bytes()[..end]);
        let source = crate::imports::Source::file(&file).after(before);
        let imported = open.import(source, std::time::Instant::now(), &mut |_, _| true).unwrap();
        before = Some(imported.record.id.parse().unwrap());
        let (total, rows) = open.read(|read| read.messages(&Default::default(), 0, 9)).unwrap();
        assert_eq!(total, 2, "{end}");
        let texts = rows.iter().filter(|row| row.message.body == "Hello? Where is the lamp?");
        assert_eq!(texts.count(), 1 + usize::from(end == whole.len()), "{end}");
    }
}

/// Whoever hands a letter on may have written it: it is shown and kept, and counts once it comes by itself.
#[test]
fn a_letter_that_hangs_on_anothers_is_set_aside_and_counts_once_it_is_taken_in_itself() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let inner = letter(1, ALIAS, &order_id(1), "Refund me or I leave a one star review.");
    let carrier = format!(
        "From: Support <agent@shop.example>\r\nSubject: Fwd: please look\r\nMessage-ID: <c@x>\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
         see below\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n"
    );
    let carried = bench.import_file(&bench.file("fwd.eml", &carrier));
    assert_eq!((carried.rows, carried.observations.messages, carried.skipped), (1, 1, 0));
    assert_eq!((carried.screened, carried.alerts, carried.possible), (0, 0, 0));
    assert_eq!((carried.unscreenable.len(), bench.open_signals().len()), (0, 0));
    let again = bench.import_file(&bench.file("again.eml", format!("X-Seen: 1\r\n{carrier}")));
    assert_eq!((again.observations.messages, again.duplicates), (0, 1));
    let list = |show| {
        let ask = ListMessages { show, limit: 10, ..ListMessages::default() };
        bench.desk.messages_list(ask).unwrap().items
    };
    assert!(list(MessagesShown::All).is_empty());
    let [one] = <[_; 1]>::try_from(list(MessagesShown::Forged)).unwrap();
    assert_eq!((one.newest.forged, &one.buyer), (Some(Forgery::Attached), &None));
    let keep = KeepAttachment { message_id: one.newest.id, part: 0, links: Vec::new() };
    let kept = bench.desk.exhibits_keep_attachment(keep).unwrap();
    assert_eq!((kept.name.as_str(), kept.bytes), ("letter.eml", inner.len() as u64));
    // By itself it is what it says.
    let dropped = bench.import_file(&bench.file("own.eml", &inner));
    assert_eq!((dropped.observations.messages, dropped.alerts), (1, 1));
    assert_eq!(bench.open_signals().len(), 1);
}

#[test]
fn a_message_is_kept_as_evidence_as_it_was_stored() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    let text = "Give me five stars' worth of refund\r\nor I write a bad review.";
    bench.import_file(&bench.file("1.eml", letter(1, ALIAS, &order_id(1), text)));
    let id = bench.open_alerts()[0].message_id.clone().unwrap();
    let freeze = |message_id: String| {
        let links = vec![ExhibitLink::Buyer { buyer }];
        bench.desk.exhibits_freeze_message(FreezeMessage { message_id, links })
    };
    let kept = freeze(id.clone()).unwrap();
    assert_eq!((kept.kind, kept.class), (ExhibitKind::Message, MediaClass::Text));
    assert_eq!(kept.name, format!("message 2026-11-24 {}.txt", order_id(1)));
    let order = ExhibitLink::Order { order_id: order_id(1) };
    assert_eq!(kept.links, [ExhibitLink::Buyer { buyer }, order]);
    let shown = bench.desk.exhibits_text(OneExhibit { exhibit_id: kept.id }).unwrap();
    for part in
        ["It is not the mail itself", "or I write a bad review.", "From: Hanna Sorbe", ALIAS]
    {
        assert!(shown.text.contains(part), "{part} in {}", shown.text);
    }
    assert_eq!(freeze("0".repeat(32)).unwrap_err().code, "not_found");
    assert_eq!(freeze("no key".to_owned()).unwrap_err().code, "not_found");

    // After its retention nothing can be copied, and what was copied before stays.
    let vault = bench.desk.open().unwrap();
    let later = vault.now().plus_days(1);
    let purge = || vault.vault().write(|tx| tx.purge_messages(later)).unwrap().view;
    assert_eq!(purge(), 0, "somebody works on its alert");
    let alert = bench.open_alerts()[0].id;
    let closed = DismissAlert { id: alert, not_this_buyer: false, note: None, until: None };
    bench.desk.alerts_dismiss(closed).unwrap();
    assert_eq!(purge(), 0, "what was noticed in it waits for a person");
    let id_of_signal = bench.open_signals()[0].id;
    bench
        .desk
        .signals_reject(RejectSignal { id: id_of_signal, reason: Some("Fair.".into()) })
        .unwrap();
    assert_eq!(purge(), 1);
    assert_eq!(freeze(id).unwrap_err().code, "message_purged");
    let again = bench.desk.exhibits_text(OneExhibit { exhibit_id: kept.id }).unwrap();
    assert_eq!(again.text, shown.text);
}

/// The photo of a letter goes into the incident with the text, byte by byte, or alone; the purge takes it.
#[test]
fn what_hangs_on_a_letter_is_kept_with_it_and_becomes_evidence() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    let (order, alias) = (order_id(1), ALIAS);
    let text = letter(1, alias, &order, "Look at this.").replace(
        "Content-Type: text/plain; charset=utf-8\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n",
    );
    let text = format!(
        "{text}\r\n--b\r\nContent-Type: application/pdf; name=\"../bill.pdf\"\r\n\
         Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         JVBERi0xLjQK\r\n--b--\r\n"
    );
    bench.import_file(&bench.file("1.eml", text));
    let ask =
        ListMessages { show: MessagesShown::All, offset: 0, limit: 10, ..ListMessages::default() };
    let id = bench.desk.messages_list(ask).unwrap().items[0].newest.id.clone();
    let shown = bench.desk.messages_get(OneMessage { id: id.clone() }).unwrap();
    let [file] = shown.messages[0].attachments.as_slice() else { panic!("{shown:?}") };
    assert_eq!((file.bytes, file.kept), (9, true));

    let keep = |part| {
        bench.desk.exhibits_keep_attachment(KeepAttachment {
            message_id: id.clone(),
            part,
            links: Vec::new(),
        })
    };
    let kept = keep(0).unwrap();
    assert_eq!((kept.class, kept.bytes), (MediaClass::Pdf, 9));
    assert_eq!(kept.links, [ExhibitLink::Order { order_id: order.clone() }]);
    assert!(!kept.name.contains('/'), "{}", kept.name);
    assert_eq!(keep(1).unwrap_err().code, "not_found");

    let added = bench
        .desk
        .incidents_add(AddIncident {
            buyer_id: buyer,
            clause: "REVIEW_EXTORTION".to_owned(),
            at: crate::testing::start().plus_days(-1),
            orders: vec![order],
            text: "Threatened.".to_owned(),
            buyer_version: None,
            exhibits: Vec::new(),
            messages: vec![id.clone()],
        })
        .unwrap();
    let kinds: Vec<_> = added.exhibits.iter().map(|one| (one.kind, one.class)).collect();
    assert_eq!(kinds[0], (ExhibitKind::Message, MediaClass::Text));
    assert_eq!((kinds.len(), kinds[1].1), (2, MediaClass::Pdf));
    let sha256 = &added.exhibits[1].sha256;
    assert_eq!(sha256, &kept.sha256, "one content");

    let alert = bench.open_alerts()[0].id;
    let closed = DismissAlert { id: alert, not_this_buyer: false, note: None, until: None };
    bench.desk.alerts_dismiss(closed).unwrap();
    let vault = bench.desk.open().unwrap();
    let later = vault.now().plus_days(1);
    assert_eq!(vault.vault().write(|tx| tx.purge_messages(later)).unwrap().view, 1);
    let key = crate::alerts::shown::message_key(&id).unwrap();
    assert_eq!(vault.read(|read| read.attachments_kept(&key)).unwrap(), [0_u32; 0]);
    assert_eq!(keep(0).unwrap_err().code, "message_purged");
}

/// The marketplace confirms an answer without the account of the buyer, and its clock runs for each order.
#[test]
fn an_answer_stops_the_clock_of_its_order_alone() {
    let bench = fresh(Manner::Unattended);
    let import = |n: u32, text: String| {
        bench.import_file(&bench.file(&format!("{n}.eml"), text));
    };
    let reply = |n: u32, order: &str| {
        letter(n, "donotreply@amazon.com", order, "We sent it again.").replace(
            "To: shop",
            "X-Space-Notification-Type: BBC_MESSAGE_CONFIRMATION_TO_MERCHANT\r\nTo: shop",
        )
    };
    import(1, letter(1, ALIAS, &order_id(1), "Where is it?"));
    import(2, letter(2, ALIAS, &order_id(2), "And this one?"));
    import(3, reply(3, &order_id(2)));
    let ask = ListMessages {
        show: MessagesShown::Unanswered,
        offset: 0,
        limit: 10,
        ..ListMessages::default()
    };
    let waiting = bench.desk.messages_list(ask).unwrap();
    let orders: Vec<_> = waiting.items.iter().map(|of| of.newest.order_id.clone()).collect();
    assert_eq!(orders, [order_id(1)]);
    let all =
        ListMessages { show: MessagesShown::All, offset: 0, limit: 10, ..ListMessages::default() };
    let all = bench.desk.messages_list(all).unwrap();
    assert_eq!(all.total, 2, "{all:?}");
    let answered = all.items.iter().find(|of| of.newest.order_id == order_id(2)).unwrap();
    assert_eq!((answered.messages, answered.reply_due), (2, None));
}

/// What was answered where it is not seen stops the clock, as far as whoever says so has read.
#[test]
fn what_was_answered_elsewhere_is_said_and_taken_back() {
    let bench = fresh(Manner::Unattended);
    let import = |n: u32| {
        let text = letter(n, ALIAS, "", "Does it fit?");
        bench.import_file(&bench.file(&format!("{n}.eml"), text));
    };
    let list = |show| {
        let ask = ListMessages { show, limit: 10, ..ListMessages::default() };
        bench.desk.messages_list(ask).unwrap().items
    };
    let say = |id: &str, answered| {
        let id = id.to_owned();
        bench.desk.messages_answered(AnsweredElsewhere { id, answered })
    };
    import(1);
    let first = list(MessagesShown::Unanswered)[0].newest.id.clone();
    import(2);
    // Of a second letter, whoever answered knew nothing.
    let shown = say(&first, true).unwrap();
    assert_eq!(shown.reply_due.unwrap().to_string(), "2026-11-25T10:00:02.000Z");
    let second = list(MessagesShown::Unanswered)[0].newest.id.clone();
    let shown = say(&second, true).unwrap();
    assert!(shown.reply_due.is_none() && shown.answered_at.is_some(), "{shown:?}");
    assert!(list(MessagesShown::Unanswered).is_empty());
    assert_eq!(list(MessagesShown::All)[0].reply_due, None);
    let shown = say(&first, false).unwrap();
    assert!(shown.reply_due.is_some() && shown.answered_at.is_none(), "{shown:?}");
    assert_eq!(list(MessagesShown::Unanswered).len(), 1);
    assert_eq!(say("none", true).unwrap_err().code, "not_found");
}

/// A message often comes in before the report that holds its order.
#[test]
fn who_wrote_is_recorded_before_the_order_is_stored() {
    let bench = fresh(Manner::Unattended);
    bench.import_file(&bench.file("1.eml", letter(1, ALIAS, &order_id(1), "Hello?")));
    let order = |n| OneOrder { order_id: order_id(n), marketplace: "Amazon.de".to_owned() };
    let carried = bench.desk.orders_identifiers(order(1)).unwrap();
    let kinds: Vec<_> = carried.identifiers.iter().map(|of| of.kind).collect();
    assert!(kinds.contains(&IdentifierKind::Alias), "{kinds:?}");
    assert_eq!((carried.buyer_id, carried.existing.len()), (None, 0));
    let OneOrder { order_id, marketplace } = order(1);
    let made = bench
        .desk
        .buyers_add_from_order(AddBuyerFromOrder { order_id, marketplace, kinds, note: None })
        .unwrap();
    let again = bench.desk.orders_identifiers(order(1)).unwrap();
    assert_eq!(again.existing[0].buyer_id, made.buyer_id);
    assert_eq!(bench.desk.orders_identifiers(order(2)).unwrap_err().code, "not_found");
}

/// What a person found to be somebody else marks nobody.
#[test]
fn a_buyer_who_is_not_the_listed_one_bears_no_mark() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    bench.import_file(&bench.file("1.eml", letter(1, ALIAS, &order_id(1), "Hello?")));
    let alerted = || {
        let ask = ListMessages {
            show: MessagesShown::Alerted,
            offset: 0,
            limit: 10,
            ..ListMessages::default()
        };
        bench.desk.messages_list(ask).unwrap().total
    };
    assert_eq!(alerted(), 1);
    let id = bench.open_alerts()[0].id;
    let dismissed = not_this_buyer(id);
    bench.desk.alerts_dismiss(dismissed).unwrap();
    assert_eq!(alerted(), 0);
    let ask =
        ListMessages { show: MessagesShown::All, offset: 0, limit: 10, ..ListMessages::default() };
    assert_eq!(bench.desk.messages_list(ask).unwrap().items[0].newest.alert_id, None);
}

/// Whoever is on record is named beside what they wrote, also where no alert was raised; what a person
/// found to be somebody else's, and what looks forged, names nobody.
#[test]
fn what_a_buyer_wrote_bears_their_mark_and_is_found_by_it() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.listed_buyer();
    let import = |n: u32, text: String| {
        bench.import_file(&bench.file(&format!("{n}.eml"), text));
    };
    import(1, letter(1, ALIAS, &order_id(1), "Where is it?"));
    // The conversation about another order raises none: one is open.
    import(2, letter(2, ALIAS, &order_id(2), "And this one?"));
    import(3, letter(3, "h0000000000001@marketplace.amazon.de", &order_id(3), "Thank you!"));
    let forged = letter(4, ALIAS, &order_id(4), "Click here");
    import(4, format!("Authentication-Results: mx.example; dkim=fail\r\n{forged}"));
    // An order of theirs, about which the marketplace writes without the account.
    bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(5) }]));
    import(
        5,
        letter(5, "donotreply@amazon.com", &order_id(5), "Sent again.").replace(
            "To: shop",
            "X-Space-Notification-Type: BBC_MESSAGE_CONFIRMATION_TO_MERCHANT\r\nTo: shop",
        ),
    );
    let list = |buyer_id, show| {
        let ask = ListMessages { show, buyer_id, limit: 10, ..ListMessages::default() };
        bench.desk.messages_list(ask).unwrap().items
    };
    let marked = |show| -> Vec<_> {
        let items = list(None, show).into_iter();
        items.map(|of| (of.newest.order_id, of.buyer.map(|of| of.id))).collect()
    };
    let all = [5, 3, 2, 1].map(|n| (order_id(n), (n != 3).then_some(buyer)));
    assert_eq!(marked(MessagesShown::All), all);
    assert_eq!(marked(MessagesShown::Forged), [(order_id(4), None)]);
    let hers = list(Some(buyer), MessagesShown::All);
    let orders: Vec<_> = hers.iter().map(|of| of.newest.order_id.clone()).collect();
    assert_eq!(orders, [5, 2, 1].map(order_id));
    assert!(list(Some(buyer), MessagesShown::Forged).is_empty());
    let shown = bench.desk.messages_get(OneMessage { id: hers[1].newest.id.clone() }).unwrap();
    let named = shown.buyer.unwrap();
    assert_eq!((named.id, named.status), (buyer, BuyerStatus::Listed));
    assert!(!named.label.contains("Solwedel") && !named.label.is_empty(), "{named:?}");
    let of_order =
        ListMessages { order_id: Some(order_id(3)), limit: 10, ..ListMessages::default() };
    assert_eq!(bench.desk.messages_list(of_order).unwrap().total, 1);

    let wrote = bench.open_alerts().into_iter().find(|alert| alert.message_id.is_some()).unwrap();
    let dismissed = not_this_buyer(wrote.id);
    bench.desk.alerts_dismiss(dismissed).unwrap();
    assert!(marked(MessagesShown::All).iter().all(|(_, buyer)| buyer.is_none()));
    assert!(list(Some(buyer), MessagesShown::All).is_empty());
}

/// Conversations by order, the newest first, with the clock of the answer; forged letters stand apart.
#[test]
fn conversations_are_listed_with_what_waits_for_an_answer() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let other = "z9y8x7w6v5u4t3@marketplace.amazon.de";
    let import = |n: u32, text: String| {
        bench.import_file(&bench.file(&format!("{n}.eml"), text));
    };
    import(1, letter(1, ALIAS, &order_id(1), "Where is it?"));
    import(2, letter(2, ALIAS, &order_id(1), "Hello?"));
    import(3, letter(3, other, &order_id(2), "All is well."));
    let forged = letter(4, other, &order_id(2), "Sign in here.").replacen(
        "To: shop",
        "Authentication-Results: mx.example.com; dmarc=fail header.from=marketplace.amazon.de\r\nTo: shop",
        1,
    );
    import(4, forged);
    let list = |show| {
        let ask = ListMessages { show, offset: 0, limit: 10, ..ListMessages::default() };
        bench.desk.messages_list(ask).unwrap()
    };
    let all = list(MessagesShown::All);
    assert_eq!((all.total, all.items.len()), (2, 2));
    let newest = &all.items[0];
    assert_eq!((newest.messages, newest.newest.text.trim()), (1, "All is well."));
    let listed = &all.items[1];
    assert_eq!((listed.messages, listed.newest.text.trim()), (2, "Hello?"));
    assert!(!listed.label.contains("Sorbe"), "masked");
    // From the first message that waits: 10:00:01, a day later.
    assert_eq!(listed.reply_due.unwrap().to_string(), "2026-11-25T10:00:01.000Z");
    assert_eq!(list(MessagesShown::Unanswered).total, 2);
    let alerted = list(MessagesShown::Alerted);
    assert_eq!((alerted.total, alerted.items[0].newest.order_id.clone()), (1, order_id(1)));
    assert!(alerted.items[0].newest.alert_id.is_some());
    let set_aside = list(MessagesShown::Forged);
    assert_eq!((set_aside.total, set_aside.items[0].reply_due), (1, None));
    assert_eq!(set_aside.items[0].newest.forged, Some(Forgery::Dmarc));

    let opened = bench.desk.messages_get(OneMessage { id: listed.newest.id.clone() }).unwrap();
    assert_eq!((opened.messages.len(), opened.order_ids), (2, vec![order_id(1)]));
    assert_eq!(opened.messages[1].text.trim(), "Where is it?");
    let alone = bench.desk.messages_get(OneMessage { id: set_aside.items[0].newest.id.clone() });
    assert_eq!(alone.unwrap().messages.len(), 1, "a forged letter joins no conversation");
    let none = bench.desk.messages_get(OneMessage { id: "0".repeat(32) });
    assert_eq!(none.unwrap_err().code, "not_found");

    let days = bench.desk.overview_days(AskDays { days: 3 }).unwrap().items;
    assert_eq!((days.len(), days[0].messages, days[0].forged), (3, 3, 1));
    assert_eq!((days[0].written.screened, days[0].written.unscreenable.len()), (3, 0));
    assert_eq!((days[1].messages, days[1].written.screened, days[2].forged), (0, 0, 0));
    assert!(days[0].day > days[1].day && days[1].day > days[2].day);
}

/// Lures and phishing call for no decision, so a list shows where they are; it follows the lists of phrases.
#[test]
fn conversations_in_which_something_is_noticed_are_listed_by_themselves() {
    let bench = fresh(Manner::Unattended);
    let alias = |n: u32| format!("h{n:013}@marketplace.amazon.de");
    let import = |n: u32, order: u32, text: &str| {
        let letter = letter(n, &alias(order), &order_id(order), text);
        bench.import_file(&bench.file(&format!("{n}.eml"), letter));
    };
    let marked = || -> Vec<String> {
        let show = MessagesShown::Marked;
        let ask = ListMessages { show, limit: 10, ..ListMessages::default() };
        let page = bench.desk.messages_list(ask).unwrap();
        assert_eq!(page.total, page.items.len() as u64);
        page.items.into_iter().map(|of| of.newest.order_id).collect()
    };
    assert!(marked().is_empty());
    import(1, 1, "Refund me half or I will leave a one star review.");
    import(2, 1, "Are you there?");
    import(3, 2, "The lamp is broken, I am very angry and will return it.");
    assert_eq!(marked(), [order_id(1)], "also when something else was written since");
    import(4, 3, "Do you have WhatsApp? Mine is +1 555 0177, let me know there.");
    assert_eq!(marked(), [order_id(3), order_id(1)]);
    assert_eq!(bench.open_signals().len(), 1, "a lure is none");
    import(5, 4, "You flumpet!");
    assert_eq!(marked().len(), 2);
    let english = bench.desk.phrases_list(Nothing {}).unwrap().items;
    let english = english.into_iter().find(|of| of.language == "en").unwrap();
    let text = english.text.replacen("[insult]\n", "[insult]\nyou flumpet\n", 1);
    bench.desk.phrases_publish(PublishPhrases { text }).unwrap();
    assert_eq!(marked(), [order_id(4), order_id(3), order_id(1)]);
}

/// A part of an order ID or alias finds what begins with it; a name what is signed with it, and what a
/// buyer or an order of that name has.
#[test]
fn conversations_are_found_by_order_alias_and_name() {
    let bench = fresh(Manner::Unattended);
    let import = |n: u32, text: String| {
        bench.import_file(&bench.file(&format!("{n}.eml"), text));
    };
    import(1, letter(1, ALIAS, &order_id(1), "Hello?"));
    let other = letter(2, "z9y8x7w6v5u4t3@marketplace.amazon.de", &order_id(2), "Thank you!");
    import(2, other.replace("Hanna Sorbe", "Ümit 100% Dorn"));
    let forged = letter(3, "z9y8x7w6v5u4t3@marketplace.amazon.de", &order_id(3), "Sign in here.");
    import(3, format!("Authentication-Results: mx.example; dkim=fail\r\n{forged}"));
    let found = |show, query: &str| -> Vec<String> {
        let query = Some(query.to_owned());
        let ask = ListMessages { show, query, limit: 10, ..ListMessages::default() };
        let items = bench.desk.messages_list(ask).unwrap().items.into_iter();
        items.map(|of| of.newest.order_id).collect()
    };
    let all = |query: &str| found(MessagesShown::All, query);
    assert_eq!(all(&format!(" {} ", order_id(2))), [order_id(2)]);
    assert_eq!(all(&order_id(1)[..8]).len(), 2, "the forged one stands apart");
    assert_eq!(all("Z9Y8"), [order_id(2)]);
    assert_eq!(all("dorn"), [order_id(2)]);
    assert_eq!(all("100%"), [order_id(2)]);
    assert_eq!(all("%"), [order_id(2)], "no wild card");
    assert_eq!(all("  ").len(), 2);
    assert!(all("Nobody Known").is_empty());
    assert_eq!(found(MessagesShown::Forged, "z9y8"), [order_id(3)]);
    // Somebody whose name no letter bears: the look-up knows them.
    bench.add_buyer(&[(IdentifierKind::Name, "Gesine Solwedel"), (IdentifierKind::Alias, ALIAS)]);
    assert_eq!(all("Gesine Solwedel"), [order_id(1)]);
}

/// Whoever wrote is looked up by what the message carries, which the window is not shown.
#[test]
fn who_wrote_is_looked_up_from_the_message() {
    let bench = fresh(Manner::Unattended);
    let buyer = bench.add_buyer(&[(IdentifierKind::Alias, ALIAS)]);
    let of_alias = |n| Line { alias: ALIAS.to_owned(), ..line(n) };
    bench.import(&report(&[of_alias(1), line(2), of_alias(3)]));
    bench.import_file(&bench.file("1.eml", letter(1, ALIAS, &order_id(2), "Hello?")));
    let id = {
        let ask = ListMessages {
            show: MessagesShown::All,
            offset: 0,
            limit: 10,
            ..ListMessages::default()
        };
        bench.desk.messages_list(ask).unwrap().items[0].newest.id.clone()
    };
    let find = |id: &str| {
        let ask = Find { query: String::new(), message_id: Some(id.to_owned()) };
        bench.desk.lookup_find(ask).map(|found| found.items)
    };
    let items = find(&id).unwrap();
    let LookupItem::Buyer { id: found, matched, .. } = &items[0] else { panic!("{items:?}") };
    assert_eq!((*found, *matched), (buyer, IdentifierKind::Alias));
    let orders: Vec<_> = items[1..]
        .iter()
        .map(|item| match item {
            LookupItem::Order { order_id, .. } => order_id.clone(),
            LookupItem::Buyer { .. } => panic!("{items:?}"),
        })
        .collect();
    assert_eq!(orders, [order_id(2), order_id(1), order_id(3)], "that of the message first");
    assert_eq!(find("no key").unwrap_err().code, "not_found");

    let forged = letter(2, ALIAS, &order_id(1), "Click here");
    let forged = format!("Authentication-Results: mx.example; dkim=fail\r\n{forged}");
    bench.import_file(&bench.file("2.eml", forged));
    let ask = ListMessages {
        show: MessagesShown::Forged,
        offset: 0,
        limit: 10,
        ..ListMessages::default()
    };
    let id = bench.desk.messages_list(ask).unwrap().items[0].newest.id.clone();
    assert_eq!(find(&id).unwrap().len(), 0, "whoever forged it chose the sender");
}

/// Why a letter of a mailbox was not read is told apart.
#[test]
fn a_letter_that_is_not_read_is_counted_with_its_reason() {
    let bench = fresh(Manner::Unattended);
    let open = bench.desk.open().unwrap();
    let mut import = open.begin_mailbox("shop@example.com", &[7; 32]).unwrap();
    let whole = letter(1, ALIAS, &order_id(1), "Hello?").into_bytes();
    let letters = vec![Content::TooLong, Content::Withheld, Content::Whole(whole)];
    open.take_mailbox(&mut import, letters, |_| Ok(())).unwrap();
    open.end_mailbox(import).unwrap();
    let ask = ListImports { offset: 0, limit: 10 };
    let record = bench.desk.imports_list(ask).unwrap().items.remove(0);
    assert_eq!((record.rows, record.skipped, record.observations.messages), (3, 2, 1));
    let skipped = open.skipped_rows(&record.id).unwrap();
    let reasons: Vec<_> = skipped.iter().map(|row| (row.line, row.reason.as_str())).collect();
    assert_eq!(reasons, [(1, "mail_too_large"), (2, "mail_withheld")]);
    let days = bench.desk.overview_days(AskDays { days: 2 }).unwrap().items;
    let told: Vec<_> = days[0].skipped.iter().map(|of| (of.reason.as_str(), of.count)).collect();
    assert_eq!(told, [("mail_too_large", 1), ("mail_withheld", 1)]);
    assert_eq!(days[1].skipped, []);
}

/// A notice names no buyer: that nobody was looked for is counted. And nothing was written after now.
#[test]
fn a_notice_about_an_order_counts_and_no_letter_is_of_the_future() {
    let bench = fresh(Manner::Unattended);
    let notice = format!(
        "Message-ID: <n@relay.example>\r\nFrom: <donotreply@amazon.de>\r\n\
         Subject: About order {}\r\n\r\nSomething happened.\r\n",
        order_id(1)
    );
    let record = bench.import_file(&bench.file("notice.eml", notice));
    let one = [UnscreenableCount { reason: Unscreenable::OrderUnknown, count: 1 }];
    assert_eq!((record.screened, record.unscreenable.as_slice()), (0, one.as_slice()));
    let late = letter(1, ALIAS, &order_id(1), "Hello?").replace("2026", "2037");
    bench.import_file(&bench.file("late.eml", late));
    let ask = ListMessages { show: MessagesShown::All, limit: 10, ..ListMessages::default() };
    let page = bench.desk.messages_list(ask).unwrap();
    let newest = page.items.iter().map(|of| of.newest.sent_at);
    assert!(newest.clone().count() > 0 && newest.clone().all(|at| at.is_none()), "{page:?}");
}

/// A letter that only one program reads is to be saved in another form.
#[test]
fn a_letter_of_another_form_says_how_to_save_it() {
    let bench = fresh(Manner::Unattended);
    let bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0".to_vec();
    let open = bench.desk.open().unwrap();
    let error = |name: &str| {
        let source = crate::imports::Source::file(&bench.file(name, &bytes));
        let stopped = open.import(source, std::time::Instant::now(), &mut |_, _| true).unwrap_err();
        let crate::desk::Stopped::Failed(error) = stopped else { panic!("{stopped:?}") };
        error
    };
    let told = error("Inquiry.MSG");
    assert_eq!(told.code, "not_mail");
    assert!(told.message.contains(".eml"), "{told}");
    assert_eq!(error("orders.xls").code, "archive");
}

/// A letter that was forwarded to the mailbox is judged by the server that the team names.
#[test]
fn the_word_of_the_named_server_counts() {
    let bench = fresh(Manner::Unattended);
    let open = bench.desk.open().unwrap();
    let forwarded = format!(
        "Authentication-Results: mx.provider.example; dmarc=fail\r\n\
         Authentication-Results: mx.shop.example; dmarc=pass\r\n{}",
        letter(1, ALIAS, &order_id(1), "Hello?")
    );
    let take = |day: u8, server: Option<&str>| {
        let import = open.begin_mailbox("shop@example.com", &[day; 32]).unwrap();
        let mut import = import.checked_by(server.map(str::to_owned));
        let letters = vec![Content::Whole(forwarded.clone().into_bytes())];
        open.take_mailbox(&mut import, letters, |_| Ok(())).unwrap();
        open.end_mailbox(import).unwrap();
    };
    let total = |show| {
        bench
            .desk
            .messages_list(ListMessages { show, offset: 0, limit: 10, ..ListMessages::default() })
            .unwrap()
            .total
    };
    take(1, None);
    assert_eq!((total(MessagesShown::All), total(MessagesShown::Forged)), (0, 1));
    take(2, Some("shop.example"));
    assert_eq!((total(MessagesShown::All), total(MessagesShown::Forged)), (1, 1));
}
