//! Letters as a marketplace passes them on, made up.

use std::path::Path;

use crate::bwatch::{Bwatch, text};
use crate::mail_server::{Dovecot, PASSWORD};

/// A buyer's letter about an order, as the marketplace passes it on.
pub fn of_buyer(number: u64, alias: &str, order: &str, words: &str) -> Vec<u8> {
    let (name, host) = alias.split_once('@').expect("an address");
    format!(
        "Message-ID: <{number}@relay.example>\r\n\
         From: \"Hanna Sorbe - Amazon Marketplace\" <{name}+c{number:07}@{host}>\r\n\
         To: shop@example.com\r\n\
         Date: Tue, 24 Nov 2026 10:{:02}:{:02} +0000\r\n\
         Subject: Anfrage zur Bestellung (Bestellung: {order})\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n\
         {words}\r\n",
        number / 60 % 60,
        number % 60
    )
    .into_bytes()
}

/// The same letter with a file.
pub fn with_file(letter: &[u8], name: &str, base64: &str) -> Vec<u8> {
    let text = String::from_utf8(letter.to_vec()).expect("a letter of this module");
    let kind = "Content-Type: text/plain; charset=utf-8\r\n\r\n";
    let parts =
        format!("Content-Type: multipart/mixed; boundary=\"parts\"\r\n\r\n--parts\r\n{kind}");
    format!(
        "{}\r\n--parts\r\nContent-Type: image/png; name=\"{name}\"\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{base64}\r\n--parts--\r\n",
        text.replacen(kind, &parts, 1)
    )
    .into_bytes()
}

/// A made-up order ID.
pub fn order(number: u64) -> String {
    format!(
        "{:03}-{:07}-{:07}",
        100 + number % 900,
        number * 7_919 % 10_000_000,
        number * 104_729 % 10_000_000
    )
}

/// Watches a mailbox of this server; answers the mailbox's ID.
pub fn watch(bwatch: &Bwatch, server: &Dovecot, user: &str) -> String {
    let (port, authority) = (server.port.to_string(), server.authority_pem());
    let place = ["--host", "localhost", "--port", &port, "--user", user];
    let authority = ["--authority", authority.to_str().expect("a plain path")];
    let arguments = ["mailbox", "add", "--days", "0"].iter().chain(&place).chain(&authority);
    let added = bwatch.run_with_input(arguments, format!("{PASSWORD}\n").as_bytes());
    assert_eq!(added.status, Some(0), "{} {}", added.json, added.stderr);
    text(&added.json["mailbox"], "id")
}

/// Whether nothing in a mailbox was marked or moved since these were its letters.
pub fn untouched(server: &Dovecot, user: &str, before: &[String]) -> bool {
    let now = server.names(user);
    before.iter().all(|name| now.contains(name)) && Path::new(&server.maildir(user)).exists()
}

/// A report of orders that one account placed and asked to cancel within days.
#[must_use]
pub fn cancelled_orders(count: u32) -> String {
    let mut report = "order-id\torder-item-id\tpurchase-date\tbuyer-email\tbuyer-name\t\
        recipient-name\tproduct-name\tsales-channel\torder-status\tis-buyer-requested-cancellation\n"
        .to_owned();
    for n in 1..=count {
        let at = format!("2025-11-{:02}T10:00:00+00:00", 3 * n);
        report.push_str(&format!(
            "305-2000000-{n:07}\t{n:014}\t{at}\tk1m2n3o4p5q6r7@marketplace.amazon.de\tJona Dorn\t\
             Jona Dorn\tTable lamp, brass\tAmazon.de\tCancelled\ttrue\n"
        ));
    }
    report
}
