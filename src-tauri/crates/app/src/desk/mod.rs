//! The place where everything comes together: the data folder, whether it is open, running work.

mod alarm;
mod announce;
mod board;
mod calls;
mod checks;
mod counting;
mod crowd;
mod look_back;
mod open;
mod quiet;
mod recogniser;
mod recount;
mod rescreen;
mod sentry;
mod sightings;
mod standing;
mod stored;
mod writer;

pub(crate) use board::{JobSlot, Work};
pub use board::{Progress, Stopped};
pub use checks::{CheckedTable, StorageReport, TablesReport};
pub(crate) use counting::{
    counted_identities, counted_identity, observed_after, observed_of_order, signal_id,
};
pub(crate) use crowd::{StoredCrowd, crowd_names, order_tokens, token_row};
pub use open::Open;
pub(crate) use open::{HostEntropy, Session, Tx, lock, passphrase};
#[cfg(test)]
pub(crate) use quiet::scrub;
pub(crate) use recogniser::{Guard, listed, unread};
pub(crate) use rescreen::{is_account, rescreen_written};
pub(crate) use sightings::{
    Seen, Sighted, SightedMessage, SightedOrder, Trusted, Watchman, is_told_apart,
};
pub use standing::Closed;
pub(crate) use stored::Stored;
pub(crate) use writer::{Writer, is_of_buyer};

use crate::{
    ApiError, FileShelf, Host, LogLevel, LogLine, Push,
    imports::Owner,
    settings::{Settings, SettingsFile},
};
use board::Board;
use buyerwatch_domain::{Tag, Timestamp};
use buyerwatch_vault::{Folder, KdfCost};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
};

/// Whether people or a script are at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// A window: locks when nobody is there, follows what other programs change, announces.
    Attended,
    /// One command and out: no threads beyond the work itself, no idle lock, no notifications.
    Unattended,
}

/// How a desk works.
#[derive(Debug, Clone)]
pub struct DeskOptions {
    /// Folder that holds, or will hold, the vault and the settings.
    pub data_dir: PathBuf,
    /// Folder in which the end of the record is remembered, too, if it shall be.
    pub state_dir: Option<PathBuf>,
    /// Whether people or a script are at work.
    pub manner: Manner,
    /// How much work a guess at a new passphrase takes.
    pub kdf: KdfCost,
}

impl DeskOptions {
    /// A desk over this folder, which writes nowhere else.
    #[must_use]
    pub const fn new(data_dir: PathBuf, manner: Manner) -> Self {
        Self { data_dir, state_dir: None, manner, kdf: KdfCost::Calibrated }
    }

    /// A desk over a folder that was named by hand. It writes nowhere else, unless the variable
    /// `BUYERWATCH_STATE_DIR` names a folder in which the end of the record is remembered, too.
    #[must_use]
    pub fn in_folder(data_dir: PathBuf, manner: Manner) -> Self {
        Self { state_dir: state_dir(true), ..Self::new(data_dir, manner) }
    }

    /// A desk over the folder of [`default_data_dir`]; `None` when the system names no home.
    ///
    /// The end of the record is remembered in a second folder, too: a data folder that is put back
    /// to an earlier state does not take that memory back. `BUYERWATCH_STATE_DIR` names another one
    /// for it, or none when it is empty.
    #[must_use]
    pub fn of_this_computer(manner: Manner) -> Option<Self> {
        let named = std::env::var_os("BUYERWATCH_DATA_DIR").is_some_and(|dir| !dir.is_empty());
        Some(Self { state_dir: state_dir(named), ..Self::new(default_data_dir()?, manner) })
    }
}

/// The folder in which this computer keeps the product's data, unless the variable
/// `BUYERWATCH_DATA_DIR` names another; `None` when the system names no home.
#[must_use]
pub fn default_data_dir() -> Option<PathBuf> {
    match std::env::var_os("BUYERWATCH_DATA_DIR") {
        Some(folder) if !folder.is_empty() => Some(PathBuf::from(folder)),
        _ => directories::ProjectDirs::from("com", "buyerwatch", "Buyerwatch")
            .map(|dirs| dirs.data_local_dir().to_path_buf()),
    }
}

/// Where the end of the record is remembered outside the data folder. One that was named by hand is
/// a script's or a test's, which expect nothing elsewhere.
fn state_dir(data_is_named: bool) -> Option<PathBuf> {
    match std::env::var_os("BUYERWATCH_STATE_DIR") {
        Some(folder) if folder.is_empty() => None,
        Some(folder) => Some(PathBuf::from(folder)),
        None if data_is_named => None,
        None => directories::ProjectDirs::from("com", "buyerwatch", "Buyerwatch")
            .map(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.preference_dir()).to_path_buf()),
    }
}

/// One data folder with everything that goes on over it. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

pub(crate) struct Inner {
    host: Arc<dyn Host>,
    options: DeskOptions,
    folder: Folder,
    settings: SettingsFile,
    files: FileShelf,
    session: RwLock<Option<Arc<Session>>>,
    /// When the last session ended, or when this began.
    ended_at: Mutex<Timestamp>,
    /// Held while a passphrase is tried, so that two tries do not race for the delay.
    door: Mutex<()>,
    board: Board,
    owner: OnceLock<Owner>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("manner", &self.0.options.manner).finish_non_exhaustive()
    }
}

impl Desk {
    /// Sits down at a folder. Reads the settings, opens nothing.
    #[must_use]
    pub fn new(host: Arc<dyn Host>, options: DeskOptions) -> Self {
        Self(Arc::new(Inner {
            folder: match &options.state_dir {
                Some(state) => Folder::at(&options.data_dir).witnessed(state),
                None => Folder::at(&options.data_dir),
            },
            settings: SettingsFile::open(&options.data_dir),
            ended_at: Mutex::new(host.now()),
            host,
            options,
            files: FileShelf::default(),
            session: RwLock::new(None),
            door: Mutex::new(()),
            board: Board::default(),
            owner: OnceLock::new(),
        }))
    }

    /// The open vault.
    ///
    /// # Errors
    /// `no_vault` when there is none, `locked` when nobody has opened it.
    pub fn open(&self) -> Result<Open, ApiError> {
        match self.session() {
            Some(session) => Ok(Open::new(self.clone(), session)),
            None if self.0.folder.exists() => Err(ApiError::locked()),
            None => Err(ApiError::new("no_vault", "there is no vault yet; create one first")),
        }
    }

    /// The files that the window may name.
    #[must_use]
    pub fn files(&self) -> &FileShelf {
        &self.0.files
    }

    /// Puts a file that a person dropped or picked where the window can name it.
    ///
    /// # Errors
    /// When the system has no random numbers to give.
    pub fn offer_file(&self, path: PathBuf) -> Result<crate::FileHandle, ApiError> {
        self.0.files.put(path, |bytes| self.0.host.random(bytes))
    }

    /// Settings of this computer.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.0.settings.get()
    }

    /// The data folder.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.0.options.data_dir
    }

    pub(crate) fn settings_file(&self) -> &SettingsFile {
        &self.0.settings
    }

    pub(crate) fn folder(&self) -> &Folder {
        &self.0.folder
    }

    pub(crate) fn options(&self) -> &DeskOptions {
        &self.0.options
    }

    pub(crate) fn host(&self) -> &Arc<dyn Host> {
        &self.0.host
    }

    pub(crate) fn board(&self) -> &Board {
        &self.0.board
    }

    /// This process as the runner of imports.
    pub(crate) fn owner(&self) -> Result<&Owner, ApiError> {
        if let Some(owner) = self.0.owner.get() {
            return Ok(owner);
        }
        let name = self.draw(|bytes| format!("{:032x}", u128::from_be_bytes(bytes)))?;
        let owner = Owner::claim(self.data_dir(), name)?;
        Ok(self.0.owner.get_or_init(|| owner))
    }

    /// Opens the vault with the recovery key and leaves the passphrase as it is.
    ///
    /// # Errors
    /// `malformed_recovery_key`, `wrong_recovery_key`, `wait`, `no_vault`.
    pub fn open_with_recovery_key(&self, key: &crate::Secret) -> Result<Open, ApiError> {
        crate::session::unlock_recovery::open(self, key)?;
        self.open()
    }

    /// Waits until no job runs; while the vault is open also until none waits for its turn.
    pub fn wait_for_jobs(&self) {
        self.0.board.wait(self);
    }

    pub(crate) const fn of(inner: Arc<Inner>) -> Self {
        Self(inner)
    }

    pub(crate) fn downgrade(&self) -> std::sync::Weak<Inner> {
        Arc::downgrade(&self.0)
    }

    pub(crate) fn door(&self) -> &Mutex<()> {
        &self.0.door
    }

    /// Since when nothing is open here.
    pub(crate) fn locked_since(&self) -> Timestamp {
        *lock(&self.0.ended_at)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.host.now()
    }

    /// Draws a new identity.
    pub(crate) fn draw<T>(&self, make: impl FnOnce([u8; 16]) -> T) -> Result<T, ApiError> {
        let mut bytes = [0; 16];
        self.0.host.random(&mut bytes)?;
        Ok(make(bytes))
    }

    /// Tells open windows that something is out of date.
    pub(crate) fn stale(&self, tags: impl IntoIterator<Item = Tag>) {
        let tags: Vec<Tag> = tags.into_iter().collect();
        if !tags.is_empty() {
            self.0.host.push(Push::Stale { tags });
        }
    }

    pub(crate) fn session(&self) -> Option<Arc<Session>> {
        self.0.session.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Begins a session and starts what goes on in it.
    pub(crate) fn begin(&self, session: Session) -> Arc<Session> {
        let session = Arc::new(session);
        let earlier = self
            .0
            .session
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(Arc::clone(&session));
        if let Some(earlier) = earlier {
            earlier.end();
        }
        if self.0.options.manner == Manner::Attended {
            sentry::start(self, &session);
            quiet::start(self, &session);
            crate::folders::watch::start(self, &session);
            crate::mailboxes::watch::start(self, &session);
        } else if let Err(error) = Open::new(self.clone(), Arc::clone(&session)).sweep_evidence() {
            // What a break left behind takes room and does no harm.
            self.report("evidence", error);
        }
        self.0.board.resume(self);
        self.stale([Tag::Session]);
        session
    }

    /// Ends the session: from here on nothing is answered that needs the vault, and when the work
    /// that still runs has put its things down the keys are wiped.
    pub(crate) fn end(&self) -> bool {
        let ended = self.0.session.write().unwrap_or_else(PoisonError::into_inner).take();
        let Some(session) = ended else { return false };
        session.end();
        *lock(&self.0.ended_at) = self.now();
        self.0.host.push(Push::Locked);
        self.stale([Tag::Session]);
        true
    }

    /// Finishes an error on its way out: gives it a reference and writes the log.
    pub(crate) fn report(&self, during: &str, mut error: ApiError) -> ApiError {
        if error.reference.is_empty() {
            error.reference = self.reference();
            self.0.host.log(&LogLine {
                at: self.now(),
                level: LogLevel::Error,
                code: &error.code,
                reference: &error.reference,
                during,
            });
        }
        error
    }

    /// Eight letters and digits that are hard to confuse.
    fn reference(&self) -> String {
        const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut bytes = [0; 8];
        if self.0.host.random(&mut bytes).is_err() {
            return "00000000".to_owned();
        }
        let digit = |byte: u8| DIGITS.get(usize::from(byte & 31)).copied().unwrap_or(b'0');
        bytes.into_iter().map(|byte| char::from(digit(byte))).collect()
    }
}
