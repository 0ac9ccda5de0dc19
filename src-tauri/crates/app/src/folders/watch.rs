//! Looks into watched folders and imports what is complete.
//!
//! Looking again and again finds what comes to a network share, of which systems send no word, and
//! costs next to nothing for a folder of reports. Each folder has a thread of its own, so that a share
//! that does not answer holds up nobody else.

use super::{
    DONE, add,
    settle::{Files, Look, Next, SETTLED, STILL},
};
use crate::{
    ApiError, Open,
    desk::{Desk, Inner, Session, Stopped, lock},
    exhibits::unreadable,
    imports::{Source, run::Imported},
};
use buyerwatch_domain::{FolderId, ImportId, Timestamp};
use buyerwatch_vault::{Claim, FolderRow};
use std::{
    collections::HashMap,
    ffi::{OsStr, OsString},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, Weak},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Between two looks, unless a file is due sooner. With [`SETTLED`], a file is imported some 0.4 seconds after it
/// was written.
pub const TICK: Duration = Duration::from_millis(100);
/// Between two looks for a folder that is not there.
const ABSENT: Duration = Duration::from_secs(2);
/// The first wait before another try, which doubles each time.
const FIRST_WAIT_MS: i64 = 5_000;
/// The longest.
const LONGEST_WAIT_MS: i64 = 3_600_000;
/// Endings of files that are being downloaded or edited.
const UNFINISHED: [&str; 6] = ["tmp", "part", "partial", "crdownload", "download", "filepart"];

/// How long a folder may not answer before that is told.
const SILENCE: Duration = Duration::from_secs(20);

/// What a watcher remembers between looks, which are taken by one thread after another.
pub struct Watcher {
    folders: HashMap<FolderId, State>,
    still: Duration,
}

impl Default for Watcher {
    fn default() -> Self {
        Self { folders: HashMap::new(), still: STILL }
    }
}

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watcher").field("folders", &self.folders.len()).finish()
    }
}

struct State {
    files: Files,
    absent_until: Option<Instant>,
    /// How long an imported file rests before it is moved.
    still: Duration,
}

impl Watcher {
    /// As [`Watcher::default`], with another time that an imported file rests before it is moved.
    #[cfg(test)]
    pub(crate) fn patient(still: Duration) -> Self {
        Self { still, ..Self::default() }
    }

    /// Looks into every watched folder once, imports what is complete, and answers the imports. What
    /// goes wrong with a folder or a file is noted with it and tried again later.
    ///
    /// # Errors
    /// When the vault is locked or cannot be written.
    pub fn look(&mut self, open: &Open) -> Result<Vec<Imported>, ApiError> {
        let folders = open.read(|read| read.folders())?;
        self.folders.retain(|id, _| folders.iter().any(|folder| folder.id == *id));
        let mut imported = Vec::new();
        for folder in folders {
            let state = self.folders.entry(folder.id).or_insert_with(|| State::new(self.still));
            if !state.rests() {
                let seen = files(Path::new(&folder.path));
                state.look(open, &folder, seen, &mut imported)?;
            }
        }
        Ok(imported)
    }

    /// Whether some file that was seen is neither imported nor put off, or is to be moved.
    #[must_use]
    pub fn waits(&self) -> bool {
        let now = Instant::now();
        self.folders.values().any(|state| state.files.wait(now))
    }
}

impl State {
    fn new(still: Duration) -> Self {
        Self { files: Files::default(), absent_until: None, still }
    }

    /// How long to wait for the next look: no longer than for the file that is due next.
    fn pause(&self, now: Instant) -> Duration {
        let due = self.files.next_due().map(|due| due.saturating_duration_since(now));
        due.map_or(TICK, |due| due.clamp(Duration::from_millis(5), TICK))
    }

    /// Whether it is too early to look again for a folder that was not there.
    fn rests(&self) -> bool {
        self.absent_until.is_some_and(|until| Instant::now() < until)
    }

    fn look(
        &mut self,
        open: &Open,
        folder: &FolderRow,
        seen: io::Result<Vec<(OsString, Look)>>,
        imported: &mut Vec<Imported>,
    ) -> Result<(), ApiError> {
        let now = Instant::now();
        let path = Path::new(&folder.path);
        let seen = match seen {
            Ok(seen) => seen,
            Err(error) => {
                // What comes back may be another disk: everything is looked at anew.
                *self = Self { absent_until: Some(now + ABSENT), ..Self::new(self.still) };
                return note_folder(open, folder, Some(&add::missing(&error).code));
            }
        };
        self.absent_until = None;
        note_folder(open, folder, None)?;
        for name in open.read(|read| read.folder_files_to_retry(folder.id))? {
            self.files.again(OsStr::new(&name), now);
        }
        let due = self.files.look(seen, now);
        if self.files.lost_some() {
            if forget_gone(open, folder, &self.files)? {
                // One that waits may have had its story under the name of another.
                self.files.none_waits(now);
            }
            self.files.told();
        }
        for (name, since) in due {
            let Some(look) = self.files.seen(&name) else { continue };
            let found = Found { path: path.join(&name), look, since, moves: since + self.still };
            let next = take(open, folder, &found, imported)?;
            self.files.dealt_with(&name, next);
        }
        Ok(())
    }
}

fn note_folder(open: &Open, folder: &FolderRow, error: Option<&str>) -> Result<(), ApiError> {
    if folder.error.as_deref() == error {
        return Ok(());
    }
    open.write_observations(|tx, stamp| Ok(tx.set_folder_error(folder.id, error, stamp.at)?))
}

/// What could not be imported or moved is over once its file is there no more.
///
/// Answers whether there was something.
fn forget_gone(open: &Open, folder: &FolderRow, files: &Files) -> Result<bool, ApiError> {
    let mut gone = open.read(|read| read.folder_files_at_odds(folder.id))?;
    let there = files.names();
    gone.retain(|name| !there.contains(name));
    if gone.is_empty() {
        return Ok(false);
    }
    open.write_observations(|tx, stamp| Ok(tx.forget_folder_files(folder.id, &gone, stamp.at)?))?;
    Ok(true)
}

/// The files of a folder that a person may have put there. Links are not followed.
pub(super) fn files(folder: &Path) -> io::Result<Vec<(OsString, Look)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if is_unfinished(&name) {
            continue;
        }
        match entry.metadata() {
            Ok(seen) if seen.is_file() => files.push((name, look_of(&seen))),
            Ok(_) => {}
            // One that is gone already is no reason to overlook the others.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // There, and to be looked at when the system tells more of it.
            Err(_) => files.push((name, Look { size: 0, modified: None })),
        }
    }
    Ok(files)
}

fn look_of(seen: &fs::Metadata) -> Look {
    Look { size: seen.len(), modified: seen.modified().ok() }
}

fn is_unfinished(name: &OsStr) -> bool {
    let text = name.to_string_lossy();
    let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    text.starts_with('.')
        || text.starts_with("~$")
        || ending.is_some_and(|ending| UNFINISHED.contains(&&*ending))
}

/// A file that is complete as far as can be seen.
struct Found {
    path: PathBuf,
    look: Look,
    /// Since when it looks so.
    since: Instant,
    /// When it may be moved if it still does.
    moves: Instant,
}

/// Imports a file unless its content was before; answers what is left to do about it as it is.
fn take(
    open: &Open,
    folder: &FolderRow,
    found: &Found,
    imported: &mut Vec<Imported>,
) -> Result<Next, ApiError> {
    let path = &*found.path;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Ok(content) = content(open, path) else {
        // Held by the program that writes it, or gone: the next look tells.
        return Ok(Next::Try(Instant::now() + ABSENT));
    };
    let owner = open.desk().owner()?;
    let none = ImportId::from_bytes([0; 16]);
    let claim = open.write_observations(|tx, stamp| {
        let lives = |name: &str| owner.runs(none, name);
        Ok(tx.claim_folder_file(folder.id, &content, &name, owner.name(), stamp.at, lives)?)
    })?;
    let tries = match claim {
        Claim::Taken { tries } => tries,
        Claim::Done => {
            let next = put_away(folder, found);
            if matches!(next, Next::Try(_)) {
                open.write_observations(|tx, stamp| {
                    Ok(tx.folder_file_stays(folder.id, &content, "move_failed", stamp.at)?)
                })?;
            }
            return Ok(next);
        }
        Claim::Later(at) => return Ok(Next::Try(until(open, at))),
        Claim::Busy => return Ok(Next::Try(Instant::now() + ABSENT)),
    };
    let before = open.read(|read| read.folder_file_before(folder.id, &name, &content))?;
    let source = Source::file(path).after(before);
    let outcome = open.import(source, found.since, &mut |_, _| true);
    let now = open.now();
    match outcome {
        Ok(done) => {
            let import: Option<ImportId> = done.record.id.parse().ok();
            imported.push(done);
            open.write_observations(|tx, stamp| {
                Ok(tx.end_folder_file(folder.id, &content, import, None, None, stamp.at)?)
            })?;
            Ok(if folder.move_done { Next::Move(found.moves) } else { Next::Done })
        }
        Err(Stopped::Failed(error)) => {
            let wait = FIRST_WAIT_MS
                .saturating_mul(1_i64.checked_shl(tries.min(20)).unwrap_or(i64::MAX))
                .min(LONGEST_WAIT_MS);
            let next = Timestamp::from_millis(now.millis().saturating_add(wait));
            open.write_observations(|tx, stamp| {
                let code = Some(&*error.code);
                Ok(tx.end_folder_file(folder.id, &content, None, code, Some(next), stamp.at)?)
            })?;
            Ok(Next::Try(until(open, next)))
        }
        Err(stopped) => Err(stopped.into_error()),
    }
}

/// The moment on this process' clock.
fn until(open: &Open, at: Timestamp) -> Instant {
    let wait = at.millis().saturating_sub(open.now().millis()).max(0).unsigned_abs();
    Instant::now() + Duration::from_millis(wait)
}

/// What tells the content of a file from others; without the vault's key it says nothing.
fn content(open: &Open, path: &Path) -> Result<[u8; 32], ApiError> {
    let key = blake3::derive_key("buyerwatch/1/folder-file", open.vault().blind_key().as_bytes());
    let mut hash = blake3::Hasher::new_keyed(&key);
    let mut file = fs::File::open(path).map_err(|error| unreadable(&error))?;
    io::copy(&mut file, &mut hash).map_err(|error| unreadable(&error))?;
    Ok(*hash.finalize().as_bytes())
}

/// Moves a file whose content was imported out of the way, if that is wanted and it has been as it is for long
/// enough; answers what is left to do.
fn put_away(folder: &FolderRow, found: &Found) -> Next {
    let now = Instant::now();
    if !folder.move_done {
        return Next::Done;
    }
    if now < found.moves {
        return Next::Move(found.moves);
    }
    let gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    match fs::symlink_metadata(&found.path) {
        // Written on since it was listed: the next look tells.
        Ok(seen) if look_of(&seen) != found.look => return Next::Move(now + ABSENT),
        Err(error) if gone(&error) => return Next::Done,
        _ => {}
    }
    match move_to_done(Path::new(&folder.path), &found.path) {
        Err(_) if fs::symlink_metadata(&found.path).is_err_and(|error| gone(&error)) => Next::Done,
        Err(_) => Next::Try(now + ABSENT * 5),
        Ok(()) => Next::Done,
    }
}

/// The subfolder for imported files, made if it is not there.
pub(super) fn make_done(folder: &Path) -> io::Result<PathBuf> {
    let done = folder.join(DONE);
    match fs::create_dir(&done) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(done),
    }
}

/// Moves a file without taking the place of another of its name.
fn move_to_done(folder: &Path, path: &Path) -> io::Result<()> {
    let done = make_done(folder)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    let ending = ending.unwrap_or_default();
    let mut to = done.join(path.file_name().unwrap_or_default());
    let mut number = 2;
    while to.try_exists()? {
        to = done.join(format!("{stem} ({number}){ending}"));
        number += 1;
    }
    fs::rename(path, to)
}

/// How the files of a folder are found.
type List = Arc<dyn Fn(&Path) -> io::Result<Vec<(OsString, Look)>> + Send + Sync>;

/// Starts watching the folders of a session. Ends with it.
pub(crate) fn start(desk: &Desk, session: &Arc<Session>) {
    start_with(desk, session, Arc::new(files), SILENCE);
}

/// As [`start`], with another way to find files, and another time that a folder may not answer.
fn start_with(desk: &Desk, session: &Arc<Session>, list: List, silence: Duration) {
    let place = Place { desk: desk.downgrade(), session: Arc::downgrade(session) };
    let _ = thread::Builder::new()
        .name("folders".to_owned())
        .spawn(move || supervise(&place, &list, silence));
}

impl Open {
    /// Watches the folders from now on until the vault is locked, as a window does by itself.
    pub fn watch_folders(&self) {
        start(self.desk(), self.session());
    }
}

/// Where the work is done, without keeping it open.
#[derive(Clone)]
struct Place {
    desk: Weak<Inner>,
    session: Weak<Session>,
}

impl Place {
    fn open(&self) -> Option<Open> {
        let (inner, session) = (self.desk.upgrade()?, self.session.upgrade()?);
        (!session.has_ended()).then(|| Open::new(Desk::of(inner), session))
    }
}

/// A folder between its thread and whoever supervises it.
struct Watched {
    /// As it is stored; `None` when it is watched no more.
    row: Mutex<Option<FolderRow>>,
    /// Since when its files are asked for.
    asked: Mutex<Option<Instant>>,
}

/// Keeps a thread for each folder, and says which do not answer.
fn supervise(place: &Place, list: &List, silence: Duration) {
    let mut threads: HashMap<FolderId, (Arc<Watched>, JoinHandle<()>)> = HashMap::new();
    loop {
        let Some(open) = place.open() else { break };
        if let Err(error) = supervise_once(&open, place, list, silence, &mut threads)
            && !matches!(&*error.code, "locked" | "busy")
        {
            open.desk().report("folders", error);
        }
        drop(open);
        thread::sleep(TICK);
    }
    // They hold nothing of the vault while they wait for a share.
    threads.values().for_each(|(watched, _)| *lock(&watched.row) = None);
}

fn supervise_once(
    open: &Open,
    place: &Place,
    list: &List,
    silence: Duration,
    threads: &mut HashMap<FolderId, (Arc<Watched>, JoinHandle<()>)>,
) -> Result<(), ApiError> {
    let rows = open.read(|read| read.folders())?;
    open.session().note_folders(!rows.is_empty());
    threads.retain(|id, (watched, thread)| {
        let row = rows.iter().find(|row| row.id == *id).cloned();
        let wanted = row.is_some();
        *lock(&watched.row) = row;
        wanted && !thread.is_finished()
    });
    for row in rows {
        if let Some((watched, _)) = threads.get(&row.id) {
            if lock(&watched.asked).is_some_and(|at| at.elapsed() > silence) {
                note_folder(open, &row, Some("folder_silent"))?;
            }
            continue;
        }
        let id = row.id;
        let watched = Arc::new(Watched { row: Mutex::new(Some(row)), asked: Mutex::new(None) });
        let (place, list, its) = (place.clone(), Arc::clone(list), Arc::clone(&watched));
        let spawned = thread::Builder::new()
            .name("folder".to_owned())
            .spawn(move || work(&place, &list, &its));
        if let Ok(thread) = spawned {
            threads.insert(id, (watched, thread));
        }
    }
    Ok(())
}

fn work(place: &Place, list: &List, watched: &Watched) {
    let mut state = State::new(STILL);
    loop {
        let Some(row) = lock(&watched.row).clone() else { return };
        if !state.rests() {
            *lock(&watched.asked) = Some(Instant::now());
            // The vault is not held meanwhile: a lock must not wait for a share.
            let seen = list(Path::new(&row.path));
            *lock(&watched.asked) = None;
            let Some(open) = place.open() else { return };
            if let Err(error) = state.look(&open, &row, seen, &mut Vec::new())
                && !matches!(&*error.code, "locked" | "busy")
            {
                open.desk().report("folders", error);
                drop(open);
                thread::sleep(SETTLED * 10);
            }
        }
        thread::sleep(state.pause(Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner, Nothing,
        folders::{add::AddFolder, list::FolderView},
        testing::{Bench, fresh, line, report},
    };
    use std::sync::Condvar;

    fn soon(what: &str, mut done: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !done() {
            assert!(begun.elapsed() < Duration::from_secs(60), "{what} never happened");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn watched(bench: &Bench, folder: &Path) -> FolderView {
        let path = folder.to_str().unwrap().to_owned();
        bench.desk.folders_add(AddFolder { path, move_done: false }).unwrap()
    }

    /// As another program writes on.
    fn append(path: &Path, text: &str) {
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    }

    #[test]
    fn what_grows_while_it_is_imported_or_moved_stays_until_it_is_still() {
        let bench = fresh(Manner::Unattended);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap().to_owned();
        bench.desk.folders_add(AddFolder { path, move_done: true }).unwrap();
        let open = bench.desk.open().unwrap();
        let row = open.read(|read| read.folders()).unwrap().remove(0);
        let mut state = State::new(Duration::from_millis(500));
        let mut imported = Vec::new();
        let mut look = |seen: io::Result<Vec<(OsString, Look)>>| {
            state.look(&open, &row, seen, &mut imported).unwrap();
            imported.len()
        };
        let list = || files(folder.path());
        let seen = || list().unwrap();
        let path = folder.path().join("orders.txt");
        fs::write(&path, report(&[line(1)])).unwrap();
        look(list());
        let before = seen();
        thread::sleep(SETTLED);
        // After it was listed and before it is read.
        append(&path, report(&[line(2)]).split_once('\n').unwrap().1);
        assert_eq!(look(Ok(before)), 1, "with what was written on");
        look(list());
        let before = seen();
        thread::sleep(Duration::from_millis(600));
        append(&path, report(&[line(3)]).split_once('\n').unwrap().1);
        assert_eq!(look(Ok(before)), 2);
        assert!(path.exists(), "not as it was when it was listed");
        look(list());
        thread::sleep(SETTLED);
        assert_eq!(look(list()), 2, "the content is known");
        assert!(path.exists(), "not still for long enough");
        thread::sleep(Duration::from_millis(300));
        look(list());
        assert!(!path.exists());
        let moved = fs::read_to_string(folder.path().join("done/orders.txt")).unwrap();
        assert_eq!(moved.lines().count(), 4);
        let orders: Vec<_> = imported.iter().map(|of| of.record.orders).collect();
        assert_eq!(orders, [2, 1], "each once");
    }

    #[test]
    fn a_share_that_does_not_answer_holds_up_nobody_and_is_told() {
        let bench = fresh(Manner::Unattended);
        let (silent, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        // The silent one comes first.
        let id = watched(&bench, silent.path()).id;
        bench.host.advance(1);
        watched(&bench, other.path());
        fs::write(silent.path().join("a.txt"), report(&[line(1)])).unwrap();
        fs::write(other.path().join("b.txt"), report(&[line(2)])).unwrap();
        let answers = Arc::new((Mutex::new(false), Condvar::new()));
        let list: List = {
            let (answers, silent) = (Arc::clone(&answers), fs::canonicalize(&silent).unwrap());
            Arc::new(move |path: &Path| {
                if path == silent {
                    let (answers, told) = &*answers;
                    drop(told.wait_while(answers.lock().unwrap(), |answers| !*answers).unwrap());
                }
                files(path)
            })
        };
        let open = bench.desk.open().unwrap();
        start_with(&bench.desk, open.session(), list, Duration::from_millis(50));
        let views = || bench.desk.folders_list(Nothing {}).unwrap().items;
        soon("the other folder's import", || views()[1].done == 1);
        soon("the word", || views()[0].error.as_deref() == Some("folder_silent"));
        assert_eq!((views()[0].done, views()[1].error.as_deref()), (0, None));
        *answers.0.lock().unwrap() = true;
        answers.1.notify_all();
        soon("the first folder's import", || views()[0].done == 1 && views()[0].error.is_none());
        let errors = views().remove(0).errors;
        assert_eq!((errors[0].error.as_str(), errors[0].file.as_deref()), ("folder_silent", None));
        assert!(errors[0].ended_at.is_some());
        // Watched no more, its thread ends; what comes there is nobody's business.
        bench.desk.folders_remove(crate::folders::OneFolder { id }).unwrap();
        soon("the end", || views().len() == 1);
        fs::write(other.path().join("c.txt"), report(&[line(3)])).unwrap();
        soon("the next import", || views()[0].done == 2);
    }
}
