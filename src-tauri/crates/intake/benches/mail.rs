//! Reading a buyer's message, beside the `email` package of Python doing the same in the same run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use buyerwatch_intake::mail::{MboxReader, parse};
use std::{
    io::Write as _,
    process::{Command, Stdio},
    time::Instant,
};

const LETTERS: usize = 20_000;

/// Parses each letter with the modern policy, reads sender, subject and text, as a program would.
const PYTHON: &str = r#"
import sys, time, email, email.policy
data = sys.stdin.buffer.read().split(b"\0")
begun = time.perf_counter()
read = 0
for one in data:
    letter = email.message_from_bytes(one, policy=email.policy.default)
    part = letter.get_body(("plain", "html"))
    read += bool(letter["from"]) + len(part.get_content()) * 0
taken = time.perf_counter() - begun
assert read == len(data)
print(read / taken)
"#;

fn letter(n: usize) -> String {
    format!(
        "Received: from mail.example.com by mx.example.com; Tue, 5 May 2026 10:00:00 +0200\r\n\
         Authentication-Results: mx.example.com; spf=pass; dkim=pass; dmarc=pass\r\n\
         From: \"Mira Feldt - Amazon Marketplace\" <a1b2c3d4e5{n:05}+0b1c2d3e@marketplace.amazon.de>\r\n\
         To: shop@example.com\r\nMessage-ID: <m{n}@example.com>\r\n\
         Date: Tue, 5 May 2026 10:00:00 +0200\r\n\
         Subject: =?UTF-8?Q?Paket_nicht_angekommen:_f=C3=BCr_Gutschrift?= (Bestellung: 305-1234567-{n:07})\r\n\
         X-Space-Notification-Type: BBC_MESSAGE_SENT_TO_MERCHANT\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n\
         --b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         Bestellnummer: 305-1234567-{n:07}\r\n------------- Anfang der Nachricht -------------\r\n\
         Guten Tag, das Paket ist bis heute nicht da. Bitte pr=C3=BCfen Sie das.\r\n\
         ------------- Ende der Nachricht -------------\r\n[commMgrTok:A1]\r\n\
         --b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
         <html><body><p>Guten Tag, das Paket ist bis heute nicht da.</p></body></html>\r\n--b1--\r\n"
    )
}

fn main() {
    let letters: Vec<String> = (0..LETTERS).map(letter).collect();
    let mbox: String =
        letters.iter().map(|one| format!("From x Tue May  5 10:00:00 2026\n{one}\n")).collect();
    for round in 1..=5 {
        let begun = Instant::now();
        for one in &letters {
            assert!(!parse(one.as_bytes()).unwrap().order_id.is_empty());
        }
        let ours = LETTERS as f64 / begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let mut reader = MboxReader::new(mbox.as_bytes(), 0);
        let mut read = 0;
        while let Some(item) = reader.next_letter().unwrap() {
            read += usize::from(!parse(&item.bytes.unwrap()).unwrap().order_id.is_empty());
        }
        assert_eq!(read, LETTERS);
        let cut = LETTERS as f64 / begun.elapsed().as_secs_f64();
        let theirs = python(&letters[..LETTERS / 10]);
        println!("round {round}: {ours:.0}/s, from a mailbox file {cut:.0}/s, Python {theirs}/s");
    }
}

fn python(letters: &[String]) -> String {
    let started = Command::new("python3")
        .args(["-c", PYTHON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut python) = started else { return "is missing: no figure".to_owned() };
    python.stdin.take().unwrap().write_all(letters.join("\0").as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
