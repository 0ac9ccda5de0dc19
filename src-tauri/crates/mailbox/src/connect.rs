//! The way to a folder: found, reached, encrypted, signed in, opened for reading only.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use async_imap::imap_proto::{Response, Status};
use async_imap::types::{Capability, Mailbox};
use async_imap::{Client, Session, error::Error};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::limited::Limited;
use crate::{Account, Security, Trouble, Trust};

/// An encrypted connection.
pub(crate) type Stream = Limited<Box<dyn Encrypted>>;

/// What bytes pass through.
pub(crate) trait Encrypted: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Encrypted for T {}

/// How long each step may take.
const STEP: Duration = Duration::from_secs(20);
/// Bytes of an answer that is no letter.
pub(crate) const ANSWER: u64 = 1 << 20;
/// Bytes of the greeting and the answers before TLS.
const PLAIN: usize = 8 * 1024;

/// A folder that is open for reading.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) session: Session<Stream>,
    pub(crate) folder: Mailbox,
    /// The server tells by itself when something comes.
    pub(crate) idle: bool,
    /// Letters came that nobody has looked for yet.
    pub(crate) more: bool,
}

impl Opened {
    /// The server says how many letters there are. Some say it again and again.
    pub(crate) const fn exist(&mut self, letters: u32) {
        self.more |= letters != self.folder.exists;
        self.folder.exists = letters;
    }

    /// One of the letters is gone.
    pub(crate) const fn expunged(&mut self) {
        self.folder.exists = self.folder.exists.saturating_sub(1);
    }
}

/// Waits for a step, and no longer than a step may take.
async fn step<T>(
    late: Trouble,
    work: impl Future<Output = Result<T, Trouble>>,
) -> Result<T, Trouble> {
    tokio::time::timeout(STEP, work).await.unwrap_or(Err(late))
}

/// Opens the folder of an account.
pub(crate) async fn open(account: &Account, trust: &Trust) -> Result<Opened, Trouble> {
    let stream = encrypted(account, trust).await?;
    enter(Box::new(stream), account.security == Security::StartTls, account).await
}

/// Signs in and opens the folder, over a connection that is encrypted.
pub(crate) async fn enter(
    stream: Box<dyn Encrypted>,
    greeted: bool,
    account: &Account,
) -> Result<Opened, Trouble> {
    let client = step(Trouble::NotImap, greet(stream, greeted)).await?;
    let mut session = step(Trouble::Lost, sign_in(client, account)).await?;
    let idle = step(Trouble::Lost, introduce(&mut session)).await?;
    let folder = step(Trouble::Lost, examine(&mut session, &account.folder)).await?;
    Ok(Opened { session, folder, idle, more: false })
}

async fn encrypted(account: &Account, trust: &Trust) -> Result<TlsStream<TcpStream>, Trouble> {
    let name = ServerName::try_from(account.host.clone()).map_err(|_| Trouble::NoSuchHost)?;
    let found = step(Trouble::NoSuchHost, async {
        let found = tokio::net::lookup_host((account.host.as_str(), account.port)).await;
        Ok(found.map_err(|_| Trouble::NoSuchHost)?.collect::<Vec<_>>())
    });
    let found = found.await?;
    if found.is_empty() {
        return Err(Trouble::NoSuchHost);
    }
    let reach = async { TcpStream::connect(&*found).await.map_err(|_| Trouble::Unreachable) };
    let mut stream = step(Trouble::Unreachable, reach).await?;
    // Small questions, each of which somebody waits for.
    let _ = stream.set_nodelay(true);
    if account.security == Security::StartTls {
        step(Trouble::NotEncrypted, start_tls(&mut stream)).await?;
    }
    let connector = TlsConnector::from(Arc::clone(&trust.0));
    let encrypt =
        async { connector.connect(name, stream).await.map_err(|error| not_encrypted(&error)) };
    step(Trouble::NotEncrypted, encrypt).await
}

fn not_encrypted(error: &std::io::Error) -> Trouble {
    let of_tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match of_tls {
        Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) => {
            Trouble::Certificate
        }
        _ => Trouble::NotEncrypted,
    }
}

/// Asks for TLS (RFC 9051, 6.2.1). Nothing of what comes before is believed, and nothing may come along
/// with the answer: somebody in between could have put it there.
async fn start_tls(stream: &mut TcpStream) -> Result<(), Trouble> {
    let greeting = line(stream).await?;
    if !greeting.starts_with(b"* OK") {
        return Err(Trouble::NotImap);
    }
    stream.write_all(b"s STARTTLS\r\n").await.map_err(|_| Trouble::Lost)?;
    loop {
        let answer = line(stream).await?;
        if answer.starts_with(b"* ") {
            continue;
        }
        return if answer.starts_with(b"s OK") { Ok(()) } else { Err(Trouble::NotEncrypted) };
    }
}

/// A line, byte by byte: what follows it belongs to TLS.
async fn line(stream: &mut TcpStream) -> Result<Vec<u8>, Trouble> {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        if line.len() >= PLAIN {
            return Err(Trouble::NotImap);
        }
        line.push(stream.read_u8().await.map_err(|_| Trouble::Lost)?);
    }
    Ok(line)
}

async fn greet(stream: Box<dyn Encrypted>, greeted: bool) -> Result<Client<Stream>, Trouble> {
    let mut client = Client::new(Limited::new(stream, ANSWER));
    if greeted {
        return Ok(client);
    }
    let greeting = client.read_response().await.map_err(|_| Trouble::NotImap)?;
    let parsed = greeting.as_ref().map(|greeting| greeting.parsed());
    match parsed {
        Some(Response::Data { status: Status::Ok, .. }) => Ok(client),
        Some(Response::Data { status: Status::Bye, .. }) => Err(Trouble::Busy),
        Some(_) => Err(Trouble::NotImap),
        None => Err(Trouble::Lost),
    }
}

async fn sign_in(client: Client<Stream>, account: &Account) -> Result<Session<Stream>, Trouble> {
    client.login(&account.user, account.password.as_str()).await.map_err(|(error, _)| match error {
        Error::No(text) | Error::Bad(text) if wants_a_pause(&text) || is_out_of_order(&text) => {
            Trouble::Busy
        }
        // Whatever else is said, the server does not want these.
        Error::No(_) | Error::Bad(_) | Error::Validate(_) => Trouble::Password,
        other => lost(&other),
    })
}

/// Whether a server that refuses something says that the fault is its own (RFC 5530).
pub(crate) fn is_out_of_order(text: &str) -> bool {
    text.to_lowercase().contains("[serverbug")
}

/// Whether a server that refuses something wants a pause. The few codes that say so (RFC 5530) are rarely
/// sent, so that words have to do.
pub(crate) fn wants_a_pause(text: &str) -> bool {
    const CODES: [&str; 3] = ["[unavailable", "[inuse", "[limit"];
    const WORDS: [&str; 6] = ["too many", "frequen", "busy", "try again", "temporar", "overquota"];
    // Some name all that could be wrong in one sentence, or ask to try again with the right password. That
    // is for a person: whoever tries again soon gets the account locked.
    const REFUSED: [&str; 5] =
        ["password", "credential", "[authenticationfailed", "[authorizationfailed", "[expired"];
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    says(&CODES) || (says(&WORDS) && !says(&REFUSED))
}

/// Says who reads where that is wanted (RFC 2971; NetEase opens no folder without), and asks whether the
/// server tells by itself when something comes.
async fn introduce(session: &mut Session<Stream>) -> Result<bool, Trouble> {
    session.get_mut().allow(ANSWER);
    let known = session.capabilities().await.map_err(|error| lost(&error))?;
    let can = |name: &str| known.has(&Capability::Atom(name.to_owned()));
    let (id, idle) = (can("ID"), can("IDLE"));
    if id {
        let who = [("name", Some("Buyerwatch")), ("version", Some(env!("CARGO_PKG_VERSION")))];
        // Whatever is answered, the folder tells.
        session
            .id(who)
            .await
            .map_err(|error| lost(&error))
            .map(drop)
            .or_else(|trouble| if trouble == Trouble::Lost { Err(trouble) } else { Ok(()) })?;
    }
    Ok(idle)
}

pub(crate) async fn examine(
    session: &mut Session<Stream>,
    folder: &str,
) -> Result<Mailbox, Trouble> {
    session.get_mut().allow(ANSWER);
    let opened = session.examine(folder).await.map_err(|error| match error {
        Error::No(_) | Error::Bad(_) | Error::Validate(_) => Trouble::Folder,
        other => lost(&other),
    })?;
    if opened.uid_validity.is_none() { Err(Trouble::Protocol) } else { Ok(opened) }
}

/// What an error means without a word of what the server said.
pub(crate) fn lost(error: &Error) -> Trouble {
    match error {
        Error::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => Trouble::Protocol,
        Error::Io(_) | Error::ConnectionLost => Trouble::Lost,
        _ => Trouble::Protocol,
    }
}
