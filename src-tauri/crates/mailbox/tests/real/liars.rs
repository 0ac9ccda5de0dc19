//! Servers that lie, and what they get to see.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use buyerwatch_mailbox::{Account, Security, Trouble, Trust, test};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::dovecot::{Certified, certified};
use crate::reader::Reader;

const USER: &str = "shop@example.com";
const PASSWORD: &str = "seven-quiet-otters";

fn account(port: u16, security: Security) -> Account {
    Account {
        host: "localhost".to_owned(),
        port,
        security,
        user: USER.to_owned(),
        password: PASSWORD.to_owned().into(),
        folder: "INBOX".to_owned(),
        first_days: None,
    }
}

/// Answers each connection with `serve`; keeps every byte that comes before TLS.
fn listen(
    serve: impl Fn(TcpStream, &Mutex<Vec<u8>>) + Send + 'static,
) -> (u16, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
            serve(stream, &kept);
        }
    });
    (port, heard)
}

fn nothing_of_the_credential(heard: &Mutex<Vec<u8>>) {
    let heard = heard.lock().unwrap();
    // In Base64, too, as `AUTHENTICATE PLAIN` sends it.
    for secret in [USER, PASSWORD, "c2hvcEBleGFtcGxl", "c2V2ZW4tcXVpZXQ"] {
        let found = heard.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(!found, "{secret} was sent");
    }
}

fn hear(stream: &mut TcpStream, heard: &Mutex<Vec<u8>>) {
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut buffer) {
        heard.lock().unwrap().extend_from_slice(&buffer[..read]);
    }
}

#[test]
fn a_server_without_encryption_hears_no_credential() {
    for greeting in ["* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n", "220 smtp\r\n", ""] {
        let (port, heard) = listen(move |mut stream, heard| {
            let _ = stream.write_all(greeting.as_bytes());
            hear(&mut stream, heard);
        });
        let refused = test(&account(port, Security::Tls), &Trust::public()).unwrap_err();
        assert_eq!(refused, Trouble::NotEncrypted);
        nothing_of_the_credential(&heard);
    }
}

#[test]
fn a_server_that_refuses_to_encrypt_hears_no_credential() {
    for answer in
        ["s BAD no\r\n", "s NO not now\r\n", "* BYE\r\n", "s OK go on\r\ns OK signed in\r\n"]
    {
        let (port, heard) = listen(move |mut stream, heard| {
            let _ = stream.write_all(b"* OK ready\r\n");
            let mut asked = [0; 12];
            let _ = stream.read_exact(&mut asked);
            // Noted before the answer: whoever gets that looks here at once.
            heard.lock().unwrap().extend_from_slice(&asked);
            let _ = stream.write_all(answer.as_bytes());
            hear(&mut stream, heard);
        });
        let refused = test(&account(port, Security::StartTls), &Trust::public()).unwrap_err();
        assert!(matches!(refused, Trouble::NotEncrypted | Trouble::Lost), "{answer}: {refused:?}");
        nothing_of_the_credential(&heard);
        assert!(heard.lock().unwrap().starts_with(b"s STARTTLS"));
    }
}

#[test]
fn a_server_with_a_certificate_of_its_own_hears_no_credential() {
    let made = certified();
    let (port, heard) = listen(move |stream, heard| {
        let mut tls = accept(stream, &made);
        let mut buffer = [0; 4096];
        let _ = tls.write_all(b"* OK ready\r\n");
        while let Ok(read @ 1..) = tls.read(&mut buffer) {
            heard.lock().unwrap().extend_from_slice(&buffer[..read]);
        }
    });
    let refused = test(&account(port, Security::Tls), &Trust::public()).unwrap_err();
    assert_eq!(refused, Trouble::Certificate);
    std::thread::sleep(Duration::from_millis(100));
    assert!(heard.lock().unwrap().is_empty(), "it decrypted something");
}

/// What it sends without end is not kept without end.
#[test]
fn a_server_that_does_not_stop_talking_is_left() {
    for (before, endless) in [
        ("", "* OK and on and on ".repeat(200)),
        ("* OK ready\r\n", "* 1 EXISTS\r\n".repeat(400)),
        ("* OK ready\r\n", "* LIST (".repeat(400)),
    ] {
        let made = certified();
        let authority = made.authority.clone();
        let (port, _) = listen(move |stream, _| {
            let mut tls = accept(stream, &made);
            let _ = tls.write_all(before.as_bytes());
            let mut sent = 0;
            while sent < 64 << 20 && tls.write_all(endless.as_bytes()).is_ok() {
                sent += endless.len();
            }
            assert!(sent < 16 << 20, "all of it was taken");
        });
        let refused = test(&account(port, Security::Tls), &Trust::only(&authority)).unwrap_err();
        assert!(
            matches!(refused, Trouble::Protocol | Trouble::NotImap | Trouble::Lost),
            "{refused:?}"
        );
    }
}

/// One that tells of a letter once: while another is fetched, while it looks for some, and before it waits.
#[test]
fn a_server_that_tells_but_once_is_heard_whatever_it_was_asked() {
    let made = certified();
    let authority = made.authority.clone();
    let (port, _) = listen(move |stream, _| {
        stream.set_read_timeout(None).unwrap();
        let mut tls = accept(stream, &made);
        let _ = tls.write_all(b"* OK ready\r\n");
        // Letters in the mailbox, and those that were told of.
        let (mut letters, mut idles) = (1_u32, 0);
        let mut line = Vec::new();
        let mut byte = [0];
        let mut waiting = String::new();
        while let Ok(1..) = tls.read(&mut byte) {
            line.push(byte[0]);
            if !line.ends_with(b"\r\n") {
                continue;
            }
            let asked = String::from_utf8(std::mem::take(&mut line)).unwrap();
            let (tag, asked) = asked.trim().split_once(' ').unwrap_or(("", asked.trim()));
            let done = format!("{tag} OK done\r\n");
            let answer = if asked == "DONE" {
                std::mem::take(&mut waiting)
            } else if asked.starts_with("CAPABILITY") {
                format!("* CAPABILITY IMAP4rev1 IDLE\r\n{done}")
            } else if asked.starts_with("EXAMINE") {
                format!(
                    "* {letters} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n{done}"
                )
            } else if let Some(from) = asked.strip_prefix("UID SEARCH UID ") {
                let from: u32 = from.split(':').next().unwrap().parse().unwrap();
                let found: Vec<_> = (from..=letters).map(|uid| uid.to_string()).collect();
                let mut told = String::new();
                if letters == 2 && from == 3 {
                    letters = 3;
                    told = "* 3 EXISTS\r\n".to_owned();
                }
                format!("* SEARCH {}\r\n{told}{done}", found.join(" "))
            } else if let Some(set) = asked.strip_prefix("UID FETCH ") {
                let (uid, what) = set.split_once(' ').unwrap();
                let body = format!("Message-ID: <{uid}@x>\r\n\r\nhello\r\n");
                let size = body.len();
                let mut told = String::new();
                if what.contains("BODY") && letters == 1 {
                    letters = 2;
                    told = "* 2 EXISTS\r\n".to_owned();
                }
                if what.contains("BODY") {
                    format!("{told}* {uid} FETCH (UID {uid} BODY[] {{{size}}}\r\n{body})\r\n{done}")
                } else {
                    format!("* {uid} FETCH (UID {uid} RFC822.SIZE {size})\r\n{done}")
                }
            } else if asked == "IDLE" {
                waiting = done;
                idles += 1;
                let told = if idles == 1 { "* 4 EXISTS\r\n" } else { "" };
                letters = 4;
                format!("{told}+ idling\r\n")
            } else {
                done
            };
            if tls.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    });
    let reader = Reader::of(&account(port, Security::Tls), &Trust::only(&authority));
    for letters in 1..=4 {
        reader.wait("each is read", |kept| kept.letters.len() >= letters);
    }
    assert!(reader.end().lock().unwrap().letters.values().all(|count| *count == 1));
}

fn accept(stream: TcpStream, made: &Certified) -> StreamOwned<ServerConnection, TcpStream> {
    let certificate = CertificateDer::from_pem_slice(made.certificate.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(made.key.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream)
}
