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
fn the_subject_names_the_buyer_where_the_sender_does_not() {
    for (subject, name) in [
        ("Frage von Amazon-Kunde Mira Feldt(Bestellung: 305-1234567-7654321)", "Mira Feldt"),
        ("Pregunta del cliente de Amazon Mira Feldt (Pedido: 404-1234567-1234567)", "Mira Feldt"),
        ("Demande de renseignements de la part du client Amazon Mira", "Mira"),
        ("Detalhes do produto Amazon Mira Feldt pergunta do cliente", "Mira Feldt"),
        ("Question", ""),
    ] {
        let letter = format!("From: <{ALIAS}>\nSubject: {subject}\n\nhello");
        assert_eq!(parse(letter.as_bytes()).unwrap().buyer_name, name, "{subject}");
    }
}

#[test]
fn a_page_without_markers_shows_what_was_written_by_how_it_is_set() {
    let page = "<p>Sie haben eine Nachricht erhalten.</p><table><tr><td># 305-1234567-7654321:</td></tr></table>\
        <pre style=\"white-space: pre-wrap; white-space: -o-pre-wrap\">Wo ist mein Paket?\nUnd 305-1111111-2222222?</pre>\
        <p>War diese E-Mail hilfreich?</p>";
    let letter = |header: &str| {
        format!(
            "From: <a1b2c3d4e5f6g7@marketplace.amazon.de>\nSubject: Frage\n{header}\
             Content-Type: text/html; charset=utf-8\n\n{page}"
        )
    };
    let header = "X-Space-Notification-Type: BBC_MESSAGE_SENT_TO_MERCHANT\n";
    let found = parse(letter(header).as_bytes()).unwrap();
    assert_eq!(found.body, "Wo ist mein Paket?\nUnd 305-1111111-2222222?");
    assert_eq!(found.order_id, "305-1234567-7654321");
    assert_eq!(found.mentioned, ["305-1111111-2222222"]);
    // What a mail program set may hold more than that.
    assert!(parse(letter("").as_bytes()).unwrap().body.contains("hilfreich"));
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

#[test]
fn the_page_is_read_where_the_plain_text_only_stands_in_for_it() {
    let page = "<p>------------- Anfang der Nachricht -------------</p><p>Es gibt einen Stern.</p>\
        <p>------------- Ende der Nachricht -------------</p>";
    let read = |plain: &str, page: &str| {
        let letter = format!(
            "From: <{ALIAS}>\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\
             Content-Type: text/plain; charset=utf-8\n\n{plain}\n--b\n\
             Content-Type: text/html; charset=utf-8\n\n{page}\n--b--\n"
        );
        parse(letter.as_bytes()).unwrap().body
    };
    for plain in
        [" \n", "\u{a0}\u{200b}", "This message is in HTML.", "Bestellung 305-1234567-7654321"]
    {
        assert_eq!(read(plain, page), "Es gibt einen Stern.", "{plain}");
    }
    assert_eq!(
        read("Please see the HTML part", "<p>hello from the page that says more</p>"),
        "hello from the page that says more"
    );
    assert_eq!(read("my own words", "<p>my own words, and a footer</p>"), "my own words");
    assert_eq!(read("my own words", "<p> </p>"), "my own words");
    let framed = "------------- Begin message -------------\nplain\n\
        ------------- End message -------------";
    assert_eq!(read(framed, page), "plain");
}

#[test]
fn a_frame_is_found_whatever_the_page_is_made_of() {
    let (begin, end) =
        ("------------- Begin message -------------", "------------- End message -------------");
    let nbsp = |text: &str| text.replace(' ', "&nbsp;");
    for page in [
        format!("<pre>Order\n{begin}\n\none\ntwo\n\n{end}\nfoot</pre>"),
        format!("<PRE class=x>Order\r\n{begin}\r\n\r\none\r\ntwo\r\n{end}\r\nfoot</PRE>"),
        format!(
            "<div>{}</div><div>one</div><div>two</div><div>{}</div>foot",
            nbsp(begin),
            nbsp(end)
        ),
        format!("Order<div>\u{200b}{begin}\u{feff}</div>one<div>two</div>{end}<div>foot</div>"),
    ] {
        let letter = format!("From: <{ALIAS}>\nContent-Type: text/html; charset=utf-8\n\n{page}");
        assert_eq!(parse(letter.as_bytes()).unwrap().body, "one\ntwo", "{page}");
    }
}

#[test]
fn a_letter_without_a_true_encoding_is_read_in_the_one_it_has() {
    let read = |header: &str, body: &[u8]| {
        let head = format!("From: <{ALIAS}>\nContent-Type: text/plain{header}\n\n");
        parse(&[head.as_bytes(), body].concat()).unwrap().body
    };
    let text = "Käse für Jürgen – 退款";
    for header in ["", "; charset=us-ascii", "; charset=\"unknown-8bit\"", "; charset=no-such"] {
        assert_eq!(read(header, text.as_bytes()), text, "{header}");
        assert_eq!(read(header, b"K\xe4se f\xfcr J\xfcrgen"), "Käse für Jürgen", "{header}");
    }
    assert_eq!(read("; charset=iso-8859-1", b"K\xe4se"), "Käse");
    assert_eq!(
        read("\nContent-Transfer-Encoding: quoted-printable", b"K=E4se f=FCr J=FCrgen"),
        "Käse für Jürgen"
    );
    assert_eq!(read("\nContent-Transfer-Encoding: base64", b"S8Okc2UgZsO8cg=="), "Käse für");
}

#[test]
fn one_mailbox_is_the_senders_whatever_commas_stand_before_it() {
    let read = |from: &str| {
        let letter = format!("From: {from}\nSubject: x\n\nhello");
        let found = parse(letter.as_bytes()).unwrap();
        (found.alias, found.buyer_name, found.forged)
    };
    let genuine = |name: &str| (ALIAS.to_owned(), name.to_owned(), None);
    assert_eq!(read(&format!("Doe, John <{ALIAS}>")), genuine("Doe, John"));
    assert_eq!(read(&format!("\"Doe, John\" <{ALIAS}>")), genuine("Doe, John"));
    assert_eq!(read(&format!("A <{ALIAS}>, <{ALIAS}>")), genuine("A"));
    for several in [
        format!("A <{ALIAS}>, B <x@evil.example>"),
        format!("B <x@evil.example>, A <{ALIAS}>"),
        format!("A <{ALIAS}>, <b1b2c3d4e5f6g7@marketplace.amazon.de>"),
    ] {
        assert_eq!(read(&several).2, Some(Forgery::Lookalike), "{several}");
    }
    let strangers = "From: <a@example.com>, <b@example.com>\nSubject: x\n\nhello";
    assert_eq!(parse(strangers.as_bytes()).unwrap(), ObservedMessage::default());
}

#[test]
fn a_return_is_known_by_its_link_whatever_its_subject() {
    let read = |from: &str, path: &str| {
        let html = format!(
            "From: <{from}>\nSubject: Sie haben Post\nContent-Type: text/html\n\n\
             <p>Bestellung 305-1234567-7654321</p>\
             <a href=\"https://sellercentral.amazon.de/messaging/contact/{path}?buyerID=A3H1234567890X&amp;x=1\">c</a>"
        );
        let found = parse(html.as_bytes()).unwrap();
        (found.kind, found.marketplace_buyer_id)
    };
    let returned = (MessageKind::ReturnRequest, "A3H1234567890X".to_owned());
    assert_eq!(read("donotreply@amazon.de", "returns"), returned);
    assert_eq!(read("donotreply@amazon.de", "orders").0, MessageKind::Notice);
    assert_eq!(read("atoz-guarantee-no-reply@amazon.de", "returns").0, MessageKind::ClaimFiled);
    assert_eq!(read("x@example.com", "returns").0, MessageKind::Foreign);
}

#[test]
fn an_alias_that_only_a_link_holds_is_found() {
    let letter = format!(
        "From: <auto-communication@amazon.de>\nSubject: x\nContent-Type: text/html\n\n\
         <p>Write to <a href=\"mailto:{ALIAS}\">the buyer</a></p>"
    );
    let found = parse(letter.as_bytes()).unwrap();
    assert_eq!((found.kind, &*found.alias), (MessageKind::OptedOut, ALIAS));
}

#[test]
fn a_date_beyond_what_can_be_gives_way_to_when_it_was_received() {
    let read = |head: &str| {
        let letter = format!("{head}From: <{ALIAS}>\n\nhello");
        parse(letter.as_bytes()).unwrap().sent_at.map(|at| at.to_string())
    };
    let received = "Received: by mx.example.com; Tue, 10 Nov 2026 09:00:00 +0100\n\
        Received: by mx.example.net; Wed, 11 Nov 2026 09:00:00 +0100\n";
    let at = Some("2026-11-10T08:00:00.000Z".to_owned());
    for date in [
        "",
        "Date: Tue, 10 Nov 2037 09:00:00 +0100\n",
        "Date: Thu, 1 Jan 1970 00:00:00 +0000\n",
        "Date: nonsense\n",
    ] {
        assert_eq!(read(&format!("{received}{date}")), at, "{date}");
    }
    let earlier = "Date: Mon, 3 Aug 2026 09:00:00 +0000\n";
    assert_eq!(read(&format!("{received}{earlier}")).as_deref(), Some("2026-08-03T09:00:00.000Z"));
    assert_eq!(read("Date: Thu, 1 Jan 1970 00:00:00 +0000\n"), None);
}

#[test]
fn what_the_shop_wrote_to_a_buyer_is_its_own_answer() {
    let read = |head: &str| {
        let letter = format!(
            "{head}To: \"Mira\" <a1b2c3d4e5f6g7+0b1c2d3e@marketplace.amazon.de>\n\
             Message-ID: <s@shop.example>\nSubject: Re: Frage (Bestellung: 305-1234567-7654321)\n\n\
             We sent it again.\n\nOn Tue, May 5, 2026 at 10:00 AM Mira wrote:\n> 028-1111111-2222222\n"
        );
        parse(letter.as_bytes()).unwrap()
    };
    let own = read("From: Lamp Shop <shop@example.com>\n");
    assert_eq!((own.kind, own.forged), (MessageKind::OwnReply, None));
    assert_eq!((&*own.alias, &*own.case, &*own.marketplace), (ALIAS, "0b1c2d3e", "Amazon.de"));
    assert_eq!((&*own.order_id, &*own.body), ("305-1234567-7654321", "We sent it again."));
    let fail = "Authentication-Results: mx; dmarc=fail\n";
    for other in [
        &format!("{fail}From: <shop@example.com>\n"),
        "From: <shop@example.com>, <other@example.com>\n",
        "From: <shop@example.com>\nFrom: <other@example.com>\n",
    ] {
        assert_eq!(read(other).kind, MessageKind::Foreign, "{other}");
    }
    assert_eq!(read("From: <x@amaz0n.de>\n").forged, Some(Forgery::Lookalike));
}

#[test]
fn letters_are_known_as_programs_keep_them() {
    let letter = buyer("", "hi");
    let whole = parse(letter.as_bytes()).unwrap();
    let apple = format!("{}    \n{letter}<?xml version=\"1.0\"?><plist/>\n", letter.len());
    let mac = letter.replace("\r\n", "\r");
    for kept in [apple, mac] {
        assert_eq!(recognize(kept.as_bytes()), Some(MailFormat::Eml));
        assert_eq!(parse(kept.as_bytes()).unwrap(), whole);
    }
    let short = format!("From: {ALIAS}\r\nTo: shop@example.com\r\n\r\nhello");
    assert_eq!(recognize(short.as_bytes()), Some(MailFormat::Eml));
    for other in [
        "From: 2026-11-01\nTo: 2026-11-30\n\norder-id,x\n",
        "12345\norder-id\tpurchase-date\n",
        "12345\n",
    ] {
        assert_eq!(recognize(other.as_bytes()), None, "{other}");
    }
}
