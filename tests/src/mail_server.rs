//! A real mail server, Dovecot, of its own: in a temporary folder, on the loopback interface.

use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

/// The password of every mailbox.
pub const PASSWORD: &str = "seven-quiet-otters";
/// Debian's user `mail`, who owns letters.
const MAIL: u32 = 8;

/// A running mail server; ends when dropped.
#[derive(Debug)]
pub struct Dovecot {
    folder: tempfile::TempDir,
    /// Where it answers with TLS from the first byte.
    pub port: u16,
    /// Where it answers with STARTTLS.
    pub plain_port: u16,
    /// Who vouches for it, as DER.
    pub authority: Vec<u8>,
    server: Option<Child>,
    letters: AtomicU32,
}

/// What a server shows and who vouches for it.
#[derive(Debug, Clone)]
pub struct Certified {
    /// The server's certificate, for `localhost`, as PEM.
    pub certificate: String,
    /// Its key, as PEM.
    pub key: String,
    /// The authority, as DER.
    pub authority: Vec<u8>,
    /// The authority, as PEM.
    pub authority_pem: String,
}

/// An authority and a certificate of it.
pub fn certified() -> Certified {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    Certified {
        certificate: certificate.pem(),
        key: key.serialize_pem(),
        authority: issuer.der().to_vec(),
        authority_pem: issuer.pem(),
    }
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

impl Dovecot {
    /// Nothing where none can be started: it takes an administrator.
    pub fn start(settings: &str) -> Option<Self> {
        let root = rustix::process::geteuid().is_root();
        if !root || Command::new("dovecot").arg("--version").output().is_err() {
            eprintln!(
                "NOT RUN: needs Dovecot (apt-get install dovecot-imapd), as an administrator"
            );
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
        let made = certified();
        for (name, text) in [
            ("certificate.pem", &made.certificate),
            ("key.pem", &made.key),
            ("authority.pem", &made.authority_pem),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let mut server = Self {
            folder,
            port: free_port(),
            plain_port: free_port(),
            authority: made.authority,
            server: None,
            letters: AtomicU32::new(0),
        };
        let dir = server.folder.path().display();
        let (port, plain) = (server.port, server.plain_port);
        let config = format!(
            "protocols = imap\nlisten = 127.0.0.1\nbase_dir = {dir}/run\nstate_dir = {dir}/state\n\
             log_path = {dir}/log\ninstance_name = test-{port}\n\
             ssl = required\nssl_cert = <{dir}/certificate.pem\nssl_key = <{dir}/key.pem\n\
             mail_location = maildir:{dir}/mail/%u\nfirst_valid_uid = 1\nauth_mechanisms = plain\n\
             auth_failure_delay = 0\nmail_max_userip_connections = 50\n\
             passdb {{\n driver = passwd-file\n args = scheme=PLAIN {dir}/users\n}}\n\
             userdb {{\n driver = static\n args = uid={MAIL} gid={MAIL} home={dir}/home/%u\n}}\n\
             service imap-login {{\n inet_listener imap {{\n port = {plain}\n }}\n \
             inet_listener imaps {{\n port = {port}\n ssl = yes\n }}\n}}\n{settings}\n"
        );
        fs::write(server.folder.path().join("dovecot.conf"), config).unwrap();
        fs::create_dir(server.folder.path().join("mail")).unwrap();
        chown(server.folder.path().join("mail"), Some(MAIL), Some(MAIL)).unwrap();
        fs::write(server.folder.path().join("users"), "").unwrap();
        server.go();
        Some(server)
    }

    /// Starts it, for the first time or again.
    pub fn go(&mut self) {
        let config = self.folder.path().join("dovecot.conf");
        let server = Command::new("dovecot")
            .args(["-F", "-c"])
            .arg(config)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.server = Some(server);
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < until, "Dovecot does not start: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it with all its connections.
    pub fn end(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        let id = rustix::process::Pid::from_child(&server);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        server.wait().unwrap();
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Makes a mailbox.
    pub fn add(&self, user: &str) {
        self.set_password(user, PASSWORD);
        let maildir = self.maildir(user);
        for sub in ["new", "cur", "tmp"] {
            fs::create_dir_all(maildir.join(sub)).unwrap();
            chown(maildir.join(sub), Some(MAIL), Some(MAIL)).unwrap();
        }
        chown(&maildir, Some(MAIL), Some(MAIL)).unwrap();
    }

    /// Changes the password of a mailbox.
    pub fn set_password(&self, user: &str, password: &str) {
        let path = self.folder.path().join("users");
        let mut lines: Vec<String> = fs::read_to_string(&path)
            .unwrap()
            .lines()
            .filter(|line| !line.starts_with(&format!("{user}:")))
            .map(str::to_owned)
            .collect();
        lines.push(format!("{user}:{password}"));
        fs::write(path, lines.join("\n") + "\n").unwrap();
    }

    /// Where the letters of a mailbox lie.
    pub fn maildir(&self, user: &str) -> PathBuf {
        self.folder.path().join("mail").join(user)
    }

    /// Puts a letter into the mailbox as a delivery does; answers its `Message-ID`.
    pub fn deliver(&self, user: &str, body: &[u8]) -> String {
        let number = self.letters.fetch_add(1, Ordering::Relaxed);
        let id = format!("{number}@letters.example");
        let mut letter =
            format!("From: a@example.org\r\nMessage-ID: <{id}>\r\nSubject: {number}\r\n\r\n")
                .into_bytes();
        letter.extend_from_slice(body);
        letter.extend_from_slice(b"\r\n");
        self.deliver_letter(user, &letter);
        id
    }

    /// Puts a whole letter into the mailbox as a delivery does.
    pub fn deliver_letter(&self, user: &str, letter: &[u8]) {
        let number = self.letters.fetch_add(1, Ordering::Relaxed);
        let maildir = self.maildir(user);
        let name = format!("{number:08}.test");
        let temp = maildir.join("tmp").join(&name);
        fs::File::create(&temp).unwrap().write_all(letter).unwrap();
        chown(&temp, Some(MAIL), Some(MAIL)).unwrap();
        fs::rename(temp, maildir.join("new").join(name)).unwrap();
    }

    /// The certificate of who vouches for it, as PEM.
    pub fn authority_pem(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// Names of the letters as they lie in the mailbox: their marks are part of them.
    pub fn names(&self, user: &str) -> Vec<String> {
        let mut names: Vec<String> =
            ["new", "cur"].iter().flat_map(|sub| listed(&self.maildir(user).join(sub))).collect();
        names.sort();
        names
    }

    /// Forgets what the numbers of letters mean, as a server does whose index was lost.
    pub fn renumber(&mut self, user: &str) {
        self.end();
        // The new meaning is taken from the clock, in seconds.
        std::thread::sleep(Duration::from_millis(1100));
        for name in listed(&self.maildir(user)).iter().filter(|name| name.starts_with("dovecot")) {
            fs::remove_file(self.maildir(user).join(name)).unwrap();
        }
        self.go();
    }
}

fn listed(folder: &Path) -> Vec<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.end();
    }
}
