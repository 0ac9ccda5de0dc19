use super::*;
use proptest::prelude::*;

const ALIAS: &str = "a1b2c3d4e5f6g7@marketplace.amazon.de";

fn buyer(extra: &str, body: &str) -> String {
    format!(
        "{extra}From: \"Mira Feldt - Amazon Marketplace\" \
         <a1b2c3d4e5f6g7+0b1c2d3e-1111-2222-3333-444455556666@marketplace.amazon.de>\r\n\
         To: shop@example.com\r\nMessage-ID: <m1@example.com>\r\n\
         Date: Tue, 5 May 2026 10:00:00 +0200\r\n\
         Subject: Frage von Amazon-Kunde Mira Feldt (Bestellung: 305-1234567-7654321)\r\n\
         X-Space-Notification-Type: BBC_MESSAGE_SENT_TO_MERCHANT\r\n\
         X-Marketplace-ID: A1PA6795UKMFR9\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{body}"
    )
}

#[test]
fn a_buyers_message_is_read_whole() {
    let body = "Bestellnummer: 305-1234567-7654321\r\n------------- Anfang der Nachricht -------------\r\n\
        Wo bleibt 028-1111111-2222222?\r\n------------- Ende der Nachricht -------------\r\n[commMgrTok:A]";
    let found = parse(buyer("", body).as_bytes()).unwrap();
    let expected = ObservedMessage {
        message_id: "m1@example.com".into(),
        kind: MessageKind::Buyer,
        marketplace: "Amazon.de".into(),
        marketplace_id: "A1PA6795UKMFR9".into(),
        alias: ALIAS.into(),
        case: "0b1c2d3e-1111-2222-3333-444455556666".into(),
        order_id: "305-1234567-7654321".into(),
        mentioned: vec!["028-1111111-2222222".into()],
        buyer_name: "Mira Feldt".into(),
        subject: "Frage von Amazon-Kunde Mira Feldt (Bestellung: 305-1234567-7654321)".into(),
        sent_at: Some("2026-05-05T08:00:00Z".parse().unwrap()),
        body: "Wo bleibt 028-1111111-2222222?".into(),
        ..ObservedMessage::default()
    };
    assert_eq!(found, expected);
}

#[test]
fn an_order_that_only_the_buyer_names_is_never_the_messages_order() {
    let letter = "From: <a1b2c3d4e5f6g7@marketplace.amazon.de>\nSubject: hello\n\n\
        ------------- Begin message -------------\nmine is 305-1234567-7654321\n\
        https://x/?buyerID=A3H1234567890X\n------------- End message -------------\n";
    let found = parse(letter.as_bytes()).unwrap();
    assert_eq!((found.kind, &*found.order_id), (MessageKind::Buyer, ""));
    assert_eq!(found.marketplace_buyer_id, "");
    assert_eq!(found.mentioned, ["305-1234567-7654321"]);
}

#[test]
fn only_the_verdicts_of_the_own_server_count() {
    let pass = "Authentication-Results: mx.example.com; spf=pass; dkim=pass\r\n";
    let fail = "Authentication-Results: mx.example.com; spf=pass;\r\n dmarc=fail (p=none)\r\n";
    let other = "Authentication-Results: mx.example.net; dmarc=fail (p=none)\r\n";
    let handed_on = "Authentication-Results: mx.example.com; spf=fail smtp.mailfrom=x@amazon.de\r\n\
        Received: by mx.example.com\r\nAuthentication-Results: mx.example.com;\r\n\
        \tdkim=pass header.d=amazon.de;\r\n\tdkim=fail header.d=amazonses.com\r\n";
    let forged = |extra: &str| parse(buyer(extra, "hi").as_bytes()).unwrap().forged;
    assert_eq!(forged(fail), Some(Forgery::Dmarc));
    assert_eq!(forged(pass), None);
    assert_eq!(forged(&format!("{pass}{other}")), None);
    assert_eq!(forged(&format!("{pass}{fail}")), Some(Forgery::Dmarc));
    assert_eq!(forged(&format!("{fail}{pass}")), Some(Forgery::Dmarc));
    assert_eq!(forged(handed_on), None);
}

#[test]
fn lookalikes_are_set_aside_and_strangers_left_alone() {
    let read = |from: &str, extra: &str| {
        let letter = format!("From: {from}\n{extra}Subject: Return request\n\nhello");
        let found = parse(letter.as_bytes()).unwrap();
        (found.kind, found.forged)
    };
    for from in [
        "<a1b2c3d4e5@marketplace.amaz0n.de>",
        "<a1b2c3d4e5@marketplace.amazon.de.example.com>",
        "\"Amazon Seller Support\" <help@example.com>",
    ] {
        assert_eq!(read(from, "").1, Some(Forgery::Lookalike), "{from}");
    }
    let claims = "X-Space-Notification-Type: RETURN_REQUEST\n";
    assert_eq!(
        read("<x@example.com>", claims),
        (MessageKind::ReturnRequest, Some(Forgery::Lookalike))
    );
    for (from, extra) in [
        ("\"Amazon\" <x@example.com>", ""),
        ("\"Amazon.de\" <x@example.com>", ""),
        ("\"Amazon Marketplace\" <x@example.com>", ""),
        ("\"Kunde bei Amazon\" <x@example.com>", "X-Space-Notification-Type: NEW_ONE\n"),
        ("\"Amazon order 305-1234567-7654321\" <x@example.com>", ""),
        ("\"Mira - a1b2c3d4e5@marketplace.amazon.de\" <x@example.com>", ""),
    ] {
        assert_eq!(read(from, extra).1, Some(Forgery::Lookalike), "{from}");
    }
    for name in ["Jungle Scout · Amazon tips", "Amazon客服小王", "Amazon FBA Forum"] {
        let from = format!("\"{name}\" <x@example.com>");
        assert_eq!(read(&from, ""), (MessageKind::Foreign, None), "{name}");
        for claim in ["order 305-1234567-7654321", "write to a1b2c3d4e5@marketplace.amazon.de."] {
            let letter = format!("From: {from}\nSubject: x\n\nhello, {claim}");
            let forged = parse(letter.as_bytes()).unwrap().forged;
            assert_eq!(forged, Some(Forgery::Lookalike), "{name}: {claim}");
        }
    }
    let letter = "From: \"Amazon Team\" <x@example.com>\nSubject: Order 305-1234567-7654321\n\nhi";
    assert_eq!(parse(letter.as_bytes()).unwrap().forged, Some(Forgery::Lookalike));
    assert_eq!(read("<x@bounce.amazonses.com>", ""), (MessageKind::Foreign, None));
    assert_eq!(read("<x@amazon.co.za>", ""), (MessageKind::ReturnRequest, None));
    assert_eq!(read("<friend@example.com>", ""), (MessageKind::Foreign, None));
    assert_eq!(read("<donotreply@amazon.com>", ""), (MessageKind::ReturnRequest, None));
}

#[test]
fn a_buyers_address_to_answer_to_makes_no_buyer_of_a_stranger() {
    let read = |from: &str| {
        let letter = format!(
            "Authentication-Results: mx; spf=pass; dkim=pass header.d=evil.example; dmarc=pass\n\
             From: {from}\nReply-To: <{ALIAS}>\nSubject: Frage\n\nhello"
        );
        parse(letter.as_bytes()).unwrap()
    };
    let stranger = read("\"Kunde\" <x@evil.example>");
    assert_eq!(stranger.forged, Some(Forgery::Lookalike));
    assert_eq!((stranger.kind, &*stranger.alias), (MessageKind::Notice, ""));
    assert_eq!((&*stranger.marketplace, &*stranger.body), ("", "hello"));
    assert_eq!(stranger.compared(), None);
    let own = read("<donotreply@amazon.com>");
    assert_eq!((own.forged, &*own.alias), (None, ALIAS));
    assert_eq!(own.marketplace, "Amazon.de");
}

#[test]
fn the_id_of_the_marketplace_says_more_than_the_senders_domain() {
    let read = |from: &str, id: &str| {
        let letter = format!(
            "From: <{from}>\nX-Space-Notification-Type: RETURN_REQUEST\n\
             X-Marketplace-ID: {id}\nSubject: x\n\nhello"
        );
        parse(letter.as_bytes()).unwrap().marketplace
    };
    assert_eq!(read("donotreply@amazon.com", "A1PA6795UKMFR9"), "Amazon.de");
    assert_eq!(read("donotreply@amazon.com", " A1VC38T7YXB528 "), "Amazon.co.jp");
    assert_eq!(read("donotreply@amazon.com", "UNKNOWN"), "Amazon.com");
    assert_eq!(read("donotreply@amazon.co.uk", ""), "Amazon.co.uk");
    assert_eq!(read(ALIAS, "A28R8C7NBKEWEA"), "Amazon.ie");
    assert_eq!(read("x@example.com", "A1PA6795UKMFR9"), "", "forged");
    let opted_out = "From: <donotreply@amazon.com>\n\
        X-Space-Notification-Type: BUYER_OPTED_OUT_BSM_MESSAGES\n\
        X-Marketplace-ID: A28R8C7NBKEWEA\n\n<a1b2c3d4e5f6g7@marketplace.amazon.co.uk>";
    assert_eq!(parse(opted_out.as_bytes()).unwrap().marketplace, "Amazon.ie");
}

#[test]
fn a_return_mail_gives_its_hidden_buyer() {
    let html = "From: <donotreply@amazon.com>\nX-Space-Notification-Type: RETURN_REQUEST\n\
        Subject: Return authorization request for order # 111-1234567-7654321\n\
        Content-Type: text/html\n\n<style>p{}</style><p>Reason: <b>broken</b></p>\
        <a href=\"https://x/r?u=aHR0cHM6Ly94L3JldHVybnM_YnV5ZXJJRD1BM0gxMjM0NTY3ODkwWCZvcmRlcklEPTE\">c</a>";
    let found = parse(html.as_bytes()).unwrap();
    assert_eq!(found.marketplace_buyer_id, "A3H1234567890X");
    assert_eq!(found.order_id, "111-1234567-7654321");
    assert!(found.body.contains("Reason: broken") && !found.body.contains("p{"), "{}", found.body);
}

#[test]
fn attachments_are_named_by_their_content() {
    let letter = "From: <a1b2c3d4e5f6g7@marketplace.amazon.de>\nContent-Type: multipart/mixed; boundary=b\n\n\
        --b\nContent-Type: text/plain\n\nlook\n--b\nContent-Type: image/png; name=\"../x.png\"\n\
        Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n--b--\n";
    let found = parse(letter.as_bytes()).unwrap();
    let [one] = found.attachments.as_slice() else { panic!("{:?}", found.attachments) };
    assert_eq!((&*one.name, &*one.media_type, one.bytes), ("../x.png", "application/pdf", 9));
    assert_eq!(one.content, b"%PDF-1.4\n");
    assert_eq!(found.body, "look");
}

#[test]
fn two_senders_are_one_too_many() {
    let letter = "From: <x@example.com>\nFrom: <a1b2c3d4e5f6g7@marketplace.amazon.de>\n\nhi";
    assert_eq!(parse(letter.as_bytes()).unwrap().forged, Some(Forgery::Lookalike));
}

#[test]
fn letters_are_told_from_reports() {
    assert_eq!(
        recognize(buyer("Received: by x\r\n\tid 1\r\n", "hi").as_bytes()),
        Some(MailFormat::Eml)
    );
    assert_eq!(recognize(b"\nFrom a@example.com Mon\nSubject: x\n\n"), Some(MailFormat::Mbox));
    for other in [
        &b"order-id\torder-item-id\tpurchase-date\n1\t2\t3\n"[..],
        b"From here on\tx\n1\t2\n",
        b"Subject: x\n\nno sender",
        b"{\"from\": 1}",
        b"",
    ] {
        assert_eq!(recognize(other), None, "{}", String::from_utf8_lossy(other));
    }
}

#[test]
fn what_looks_forged_is_not_compared_and_what_is_carries_no_text() {
    let genuine = parse(buyer("", "hi").as_bytes()).unwrap();
    let compared = genuine.compared().unwrap();
    assert_eq!((&*compared.alias, &*compared.buyer_name), (ALIAS, "Mira Feldt"));
    assert_eq!((&*compared.order_id, &*compared.channel.0), ("305-1234567-7654321", "Amazon.de"));
    let fail = "Authentication-Results: mx; spf=fail\r\n";
    assert_eq!(parse(buyer(fail, "hi").as_bytes()).unwrap().compared(), None);
}

#[test]
fn endless_open_tags_end() {
    for tag in ["</", "<", "<!--", "&", "</div"] {
        let html = tag.repeat(TEXT_MAX / tag.len());
        let letter = format!(
            "From: <a1b2c3d4e5f6g7@marketplace.amazon.de>\nContent-Type: text/html\n\n{html}"
        );
        assert!(parse(letter.as_bytes()).is_ok(), "{tag}");
    }
}

#[test]
fn the_head_ends_at_its_first_blank_line() {
    let long = "x".repeat(HEADERS_MAX);
    for (head, text) in [("\r\n", "\n\n"), ("\n", "\r\n\r\n")] {
        let letter = format!("From: <{ALIAS}>{head}Subject: hi{head}{head}{long}{text}more");
        let read = parse(letter.as_bytes()).map(|found| found.subject);
        assert_eq!(read.as_deref(), Ok("hi"), "{head:?}");
        let letter = format!("From: <{ALIAS}>{head}Subject: {long}{head}{head}{text}more");
        assert_eq!(parse(letter.as_bytes()), Err(MailError::TooComplex), "{head:?}");
    }
}

#[test]
fn bombs_are_refused() {
    let nested = b"Content-Type: message/rfc822\n\n".repeat(1000);
    assert_eq!(parse(&nested), Err(MailError::TooComplex));
    assert_eq!(
        parse(&b"Content-Type:\n message/rfc822\n\n".repeat(1000)),
        Err(MailError::TooComplex)
    );
    assert_eq!(parse(&b"a:\n".repeat(1_000_000)), Err(MailError::TooComplex));
    assert_eq!(parse(&vec![b'x'; MAIL_MAX + 1]), Err(MailError::TooLarge));
    assert_eq!(parse(b""), Err(MailError::NotMail));
}

proptest! {
    #[test]
    fn mutations_never_panic(
        edits in proptest::collection::vec((0_usize..2000, any::<u8>()), 0..40),
        cut in 0_usize..2000,
    ) {
        let body = "------------- Begin message -------------\r\nhé 305-1234567-7654321\r\n\
            ------------- End message -------------\r\n";
        let mut bytes = buyer("Authentication-Results: mx; spf=fail\r\n", body).into_bytes();
        for (at, byte) in edits {
            if let Some(slot) = bytes.get_mut(at) {
                *slot = byte;
            }
        }
        bytes.truncate(cut.max(1));
        let _ = parse(&bytes);
        let mut reader = MboxReader::new(&*bytes, 0);
        while reader.next_letter().unwrap().is_some() {}
    }
}

#[test]
fn a_message_in_html_alone_comes_out_of_its_frame() {
    let dashes = "-------------";
    for (open, close) in
        [("<p>", "</p>"), ("<div>", "</div>"), ("", "<br>"), ("<tr><td>", "</td></tr>")]
    {
        let line = |text: &str| format!("{open}{text}{close}");
        let body: String = [
            "Bestellnummer: 305-1234567-7654321",
            &format!("{dashes} Anfang der Nachricht {dashes}"),
            "Das Ger&auml;t ist <b>kaputt</b>.",
            &format!("{dashes} Ende der Nachricht {dashes}"),
            "Fu&szlig;zeile",
        ]
        .into_iter()
        .map(line)
        .collect();
        let letter = format!(
            "From: <a1b2c3d4e5f6g7@marketplace.amazon.de>\nContent-Type: text/html; charset=utf-8\n\n\
             <html><head><style>p{{}}</style></head><body><table>{body}</table></body></html>"
        );
        let found = parse(letter.as_bytes()).unwrap();
        assert_eq!(found.body, "Das Gerät ist kaputt.", "{open}");
        assert_eq!(found.order_id, "305-1234567-7654321", "{open}");
    }
}

#[test]
fn without_the_header_a_confirmation_and_a_bounce_are_told_by_who_sent_them() {
    let body = "------------- Begin message -------------\nWe sent it again.\n\
        ------------- End message -------------\n";
    let read = |from: &str, text: &str| {
        let letter =
            format!("From: <{from}>\nSubject: Your message (Order: 305-1234567-7654321)\n\n{text}");
        parse(letter.as_bytes()).unwrap()
    };
    let reply = read("donotreply@amazon.com", body);
    assert_eq!((reply.kind, reply.forged), (MessageKind::OwnReply, None));
    assert_eq!((&*reply.body, &*reply.order_id), ("We sent it again.", "305-1234567-7654321"));
    assert_eq!(read("donotreply@amazon.com", "News for you").kind, MessageKind::Notice);
    assert_eq!(read("donotreply@example.com", body).kind, MessageKind::Foreign);
    let bounced = read("auto-communication@amazon.de", &format!("Write to mailto:{ALIAS}"));
    assert_eq!((bounced.kind, &*bounced.alias), (MessageKind::OptedOut, ALIAS));
    let elsewhere = read("auto-communication@example.com", &format!("mailto:{ALIAS}"));
    assert_eq!(elsewhere.kind, MessageKind::Foreign);
}
