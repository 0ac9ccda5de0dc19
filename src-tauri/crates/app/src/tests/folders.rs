//! Watched folders: each file once, whatever it is called and whoever starts again.

use crate::{
    ApiError, Manner, Nothing,
    folders::{OneFolder, Watcher, add::AddFolder, list::FolderView, test::TestFolder},
    imports::list::ListImports,
    mappings::save::{SaveColumn, SaveMapping},
    messages::{OneMessage, list::ListMessages},
    testing::{ALIAS, Bench, Line, fresh, line, order_id, report},
    tests::mail::letter,
};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Moves files sooner than outside of tests.
fn watcher() -> Watcher {
    Watcher::patient(Duration::from_millis(500))
}

struct Door {
    bench: Bench,
    watcher: Watcher,
    folder: TempDir,
}

impl Door {
    fn new(move_done: bool) -> Self {
        let bench = fresh(Manner::Unattended);
        let folder = tempfile::tempdir().unwrap();
        let door = Self { bench, watcher: watcher(), folder };
        door.add(door.folder.path(), move_done).unwrap();
        door
    }

    fn add(&self, path: &Path, move_done: bool) -> Result<FolderView, ApiError> {
        let path = path.to_str().unwrap().to_owned();
        self.bench.desk.folders_add(AddFolder { path, move_done })
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Looks until nothing waits; answers how many imports there were.
    fn settle(&mut self) -> usize {
        let open = self.bench.desk.open().unwrap();
        let begun = Instant::now();
        let mut imports = 0;
        loop {
            imports += self.watcher.look(&open).unwrap().len();
            if !self.watcher.waits() {
                return imports;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "it never came to rest");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Looks until something is imported; what is to be moved is not awaited.
    fn until_imported(&mut self) {
        let open = self.bench.desk.open().unwrap();
        let begun = Instant::now();
        while self.watcher.look(&open).unwrap().is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(60), "nothing was imported");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn append(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    /// What buyers wrote, sorted.
    fn written(&self) -> Vec<String> {
        let ask = ListMessages { limit: 10, ..ListMessages::default() };
        let rows = self.bench.desk.messages_list(ask).unwrap().items.into_iter();
        let mut texts: Vec<String> = rows
            .flat_map(|row| {
                let id = row.newest.id;
                self.bench.desk.messages_get(OneMessage { id }).unwrap().messages
            })
            .map(|message| message.text)
            .collect();
        texts.sort();
        texts
    }

    fn view(&self) -> FolderView {
        self.bench.desk.folders_list(Nothing {}).unwrap().items.remove(0)
    }
}

#[test]
fn what_is_put_there_is_imported_once_and_raises_its_alert() {
    let mut door = Door::new(false);
    door.bench.listed_buyer();
    let text = report(&[line(1), Line { alias: ALIAS.to_owned(), ..line(2) }]);
    let path = door.put("orders.txt", &text);
    door.put("half.txt.part", &text);
    door.put(".hidden", &text);
    fs::create_dir(door.folder.path().join("sub")).unwrap();
    assert_eq!(door.settle(), 1);
    assert_eq!(door.bench.open_alerts().len(), 1);
    assert!(path.exists(), "left in place");
    // A new name, a copy, a new start: the content was imported.
    fs::rename(&path, door.folder.path().join("renamed.txt")).unwrap();
    door.put("copy.txt", &text);
    assert_eq!(door.settle(), 0);
    door.watcher = watcher();
    assert_eq!(door.settle(), 0);
    let view = door.view();
    assert_eq!((view.done, view.failed, view.error.as_deref()), (1, 0, None));
    assert_eq!((view.files[0].state.as_str(), view.files[0].tries), ("done", 1));
    assert!(view.last_success.is_some() && view.files[0].import_id.is_some());
    door.put("copy.txt", &report(&[line(3)]));
    assert_eq!(door.settle(), 1, "other content under a known name");
}

#[test]
fn imported_files_move_and_never_take_anothers_place() {
    let mut door = Door::new(true);
    door.put("orders.txt", &report(&[line(1)]));
    assert_eq!(door.settle(), 1);
    door.put("orders.txt", &report(&[line(2)]));
    assert_eq!(door.settle(), 1);
    let done = door.folder.path().join("done");
    let mut names: Vec<_> = fs::read_dir(&done)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["orders (2).txt", "orders.txt"]);
    assert_eq!(door.settle(), 0, "what was moved is not looked at");
}

#[test]
fn what_was_imported_is_moved_once_it_is_still_also_by_another_start() {
    let mut door = Door::new(true);
    let path = door.put("orders.txt", &report(&[line(1)]));
    door.until_imported();
    assert!(path.exists(), "somebody may write on");
    // Killed before it was moved, and started again.
    door.watcher = watcher();
    assert_eq!(door.settle(), 0, "not twice");
    assert!(!path.exists() && door.folder.path().join("done/orders.txt").exists());
    let view = door.view();
    assert_eq!((view.done, view.failed, view.files[0].error.as_deref()), (1, 0, None));
}

#[test]
fn what_is_written_on_after_the_import_is_imported_before_it_moves() {
    let mut door = Door::new(true);
    let path = door.put("orders.txt", &report(&[line(1)]));
    door.until_imported();
    door.append("orders.txt", report(&[line(2)]).split_once('\n').unwrap().1);
    assert_eq!(door.settle(), 1);
    assert!(!path.exists());
    let done = fs::read_to_string(door.folder.path().join("done/orders.txt")).unwrap();
    assert_eq!(done.lines().count(), 3);
    let imports = door.bench.desk.imports_list(ListImports { offset: 0, limit: 9 }).unwrap().items;
    let counts: Vec<_> = imports.iter().map(|of| (of.orders, of.duplicates)).collect();
    assert_eq!((counts.len(), counts.contains(&(1, 0)), counts.contains(&(1, 1))), (2, true, true));
}

#[test]
fn a_letter_that_was_cut_is_read_to_its_end_once_it_is_there() {
    let text = "Where is it?\r\nOtherwise I will ruin you.";
    let cut = |letter: String| -> (String, String) {
        let at = letter.find("Otherwise").unwrap();
        (letter[..at].to_owned(), letter[at..].to_owned())
    };
    let alias = |n: u32| format!("h000000000000{n}@marketplace.amazon.de");
    let letter = |n: u32, text: &str| letter(n, &alias(n), &order_id(n), text);
    let (begun, rest) = cut(letter(3, text));
    let begin = "Tue Nov 24 10:00:00 2026\n";
    let first = format!("From a {begin}{}\nFrom b {begin}", letter(1, "All is well."));
    let (second, end) = cut(letter(2, text));
    for move_done in [false, true] {
        let mut door = Door::new(move_done);
        door.put("box.mbox", &format!("{first}{second}"));
        door.put("one.eml", &begun);
        let open = door.bench.desk.open().unwrap();
        let mut imports = 0;
        while imports < 2 {
            imports += door.watcher.look(&open).unwrap().len();
        }
        assert_eq!(door.written(), ["All is well.", "Where is it?", "Where is it?"]);
        door.append("box.mbox", &end);
        door.append("one.eml", &rest);
        assert_eq!(door.settle(), 2);
        let whole = text.replace("\r\n", "\n");
        assert_eq!(door.written(), ["All is well.", &whole, &whole], "each once");
        // What came whole is not read anew.
        if !move_done {
            door.append("box.mbox", &format!("\r\nFrom c {begin}{}", letter(4, "Thank you.")));
            assert_eq!(door.settle(), 1);
            assert_eq!(door.written(), ["All is well.", "Thank you.", &whole, &whole]);
        }
    }
}

#[test]
fn what_was_imported_and_cannot_be_moved_says_so_again_when_it_comes_back() {
    let mut door = Door::new(true);
    // Where the subfolder would be is a file.
    fs::write(door.folder.path().join("done"), "").unwrap();
    let path = door.put("orders.txt", &report(&[line(1)]));
    assert_eq!(door.settle(), 1);
    let error = |door: &Door| door.view().files[0].error.clone();
    assert_eq!(error(&door).as_deref(), Some("move_failed"));
    // As when a share is away and its mount point is an empty folder.
    let away = door.folder.path().with_extension("txt");
    fs::rename(&path, &away).unwrap();
    assert_eq!((door.settle(), error(&door)), (0, None));
    fs::rename(&away, &path).unwrap();
    assert_eq!(door.settle(), 0);
    assert_eq!(error(&door).as_deref(), Some("move_failed"));
    let errors = door.view().errors;
    assert_eq!((errors.len(), errors[0].times, errors[0].ended_at), (2, 1, None));
}

#[test]
fn what_cannot_be_read_is_shown_and_tried_again_later() {
    let mut door = Door::new(true);
    let path = door.put("notes.txt", "colour,size\nred,4\n");
    assert_eq!(door.settle(), 0);
    let file = door.view().files.remove(0);
    assert_eq!((file.state.as_str(), file.error.as_deref()), ("failed", Some("unknown_columns")));
    assert!(path.exists(), "only what was imported moves");
    let wait = |file: &crate::folders::list::FolderFileView| {
        file.next_try.unwrap().millis() - file.changed_at.millis()
    };
    assert_eq!(wait(&file), 5_000);
    // Not before its time, also by another start.
    door.watcher = watcher();
    door.settle();
    assert_eq!(door.view().files[0].tries, 1);
    door.bench.host.advance(6_000);
    door.watcher = watcher();
    door.settle();
    let file = door.view().files.remove(0);
    assert_eq!((file.tries, wait(&file)), (2, 10_000));
    let errors = door.view().errors;
    let of = |n: usize| (errors[n].error.as_str(), errors[n].file.as_deref(), errors[n].times);
    assert_eq!((errors.len(), of(0)), (1, ("unknown_columns", Some("notes.txt"), 2)));
    assert_eq!(errors[0].last_at.millis() - errors[0].first_at.millis(), 6_000);
    // Written anew, it is another file.
    fs::write(&path, report(&[line(1)])).unwrap();
    assert_eq!(door.settle(), 1);
}

#[test]
fn what_went_wrong_with_a_file_is_over_when_it_is_gone() {
    let mut door = Door::new(false);
    let notes = door.put("notes.txt", "colour,size\nred,4\n");
    let other = door.put("other.txt", "colour,size\nblue,2\n");
    door.settle();
    let open_errors = |door: &Door| -> Vec<String> {
        let errors = door.view().errors.into_iter();
        errors.filter(|of| of.ended_at.is_none()).filter_map(|of| of.file).collect()
    };
    assert_eq!(open_errors(&door).len(), 2);
    door.bench.host.advance(1_000);
    fs::remove_file(&notes).unwrap();
    door.settle();
    assert_eq!(open_errors(&door), ["other.txt"]);
    let view = door.view();
    assert_eq!((view.failed, view.files.len(), view.errors.len()), (1, 1, 2), "kept as history");
    let gone = view.errors.iter().find(|of| of.file.as_deref() == Some("notes.txt")).unwrap();
    assert_eq!(gone.ended_at.unwrap().millis() - gone.first_at.millis(), 1_000);
    // Also while nobody watches, and under another name.
    fs::rename(&other, door.folder.path().join("renamed.txt")).unwrap();
    door.watcher = watcher();
    door.settle();
    assert_eq!(open_errors(&door), ["renamed.txt"]);
    // What comes back is another try, and a folder that is away says nothing of its files.
    door.put("notes.txt", "colour,size\nred,4\n");
    door.settle();
    let away = door.folder.path().with_extension("away");
    fs::rename(door.folder.path(), &away).unwrap();
    door.settle();
    let mut still = open_errors(&door);
    still.sort();
    assert_eq!(still, ["notes.txt", "renamed.txt"]);
    fs::rename(&away, door.folder.path()).unwrap();
}

#[test]
fn what_was_written_over_is_over() {
    let mut door = Door::new(false);
    let good = report(&[line(1)]);
    door.put("good.txt", &good);
    door.put("a.txt", "colour,size\nred,4\n");
    door.settle();
    let errors = |door: &Door| -> Vec<(u32, bool)> {
        let errors = door.view().errors.into_iter();
        errors.map(|of| (of.times, of.ended_at.is_some())).collect()
    };
    assert_eq!(errors(&door), [(1, false)]);
    // By what cannot be read either: that is another matter, and counted by itself.
    door.bench.host.advance(1);
    door.put("a.txt", "colour,size\nblue,2\n");
    door.settle();
    assert_eq!(errors(&door), [(1, false), (1, true)]);
    assert_eq!(door.view().failed, 1);
    door.bench.host.advance(6_000);
    door.watcher = watcher();
    door.settle();
    assert_eq!(errors(&door), [(2, false), (1, true)], "the same once more");
    // By what was imported before.
    door.put("a.txt", &good);
    assert_eq!(door.settle(), 0);
    assert_eq!(errors(&door), [(2, true), (1, true)]);
    assert_eq!((door.view().failed, door.view().done), (0, 1));
}

#[test]
fn a_share_that_goes_away_comes_back() {
    let mut door = Door::new(false);
    door.put("a.txt", &report(&[line(1)]));
    assert_eq!(door.settle(), 1);
    let away = door.folder.path().with_extension("away");
    fs::rename(door.folder.path(), &away).unwrap();
    door.settle();
    assert_eq!(door.view().error.as_deref(), Some("folder_missing"));
    fs::write(away.join("b.txt"), report(&[line(2)])).unwrap();
    fs::rename(&away, door.folder.path()).unwrap();
    // As after the pause between looks for a folder that is not there.
    door.watcher = watcher();
    assert_eq!(door.settle(), 1, "the new file, and the old one not again");
    let view = door.view();
    assert_eq!(view.error, None);
    let [gone] = view.errors.as_slice() else { panic!("{view:?}") };
    assert_eq!((gone.error.as_str(), &gone.file, gone.times), ("folder_missing", &None, 1));
    assert!(gone.ended_at.is_some(), "kept, and over");
}

#[test]
fn folders_are_tried_before_and_belong_to_nobody_else() {
    let door = Door::new(false);
    let code = |path: &Path| door.add(path, false).unwrap_err().code;
    assert_eq!(code(door.folder.path()), "already_watched");
    assert_eq!(code(&door.folder.path().join("gone")), "folder_missing");
    assert_eq!(code(&door.put("file.txt", "x")), "not_a_folder");
    assert_eq!(code(door.bench.desk.data_dir()), "folder_inside_data");
    let path = door.folder.path().to_str().unwrap().to_owned();
    let tested = door.bench.desk.folders_test(TestFolder { path, move_done: true }).unwrap();
    assert_eq!(tested.files, 1);
    let id = door.view().id;
    door.bench.desk.folders_remove(OneFolder { id: id.clone() }).unwrap();
    assert!(door.bench.desk.folders_list(Nothing {}).unwrap().items.is_empty());
    assert_eq!(door.bench.desk.folders_remove(OneFolder { id }).unwrap_err().code, "not_found");
}

#[test]
fn a_file_that_waits_for_its_columns_is_taken_in_as_soon_as_they_are_known() {
    let mut door = Door::new(false);
    let header = "Auftragsnummer;Kunde;E-Mail";
    // One that was written over, as that of every day is.
    door.put("list.csv", &format!("{header}\nA-0;Jo Sander;jo@example.com\n"));
    assert_eq!(door.settle(), 0);
    // The history has the newest first.
    door.bench.host.advance(1);
    door.put("list.csv", &format!("{header}\nA-1;Jo Sander;jo@example.com\n"));
    door.put("other.csv", "colour,size\nred,4\n");
    assert_eq!(door.settle(), 0);
    let save = || {
        let columns = [(0, "order_id"), (1, "buyer_name"), (2, "email")];
        let columns = columns
            .iter()
            .map(|(column, field)| SaveColumn { column: *column, field: (*field).to_owned() });
        door.bench.desk.mappings_save(SaveMapping {
            name: "Lamp shop".to_owned(),
            header: ["auftragsnummer", "kunde", "e-mail"].map(str::to_owned).to_vec(),
            columns: columns.collect(),
            channel: "Own shop".to_owned(),
            kind: None,
        })
    };
    save().unwrap();
    assert_eq!(door.settle(), 1, "the clock stands still: it is not the next try");
    let open = door.bench.desk.open().unwrap();
    let waiting = open.read(|read| {
        let folder = read.folders()?.remove(0).id;
        read.folder_files_to_retry(folder)
    });
    assert_eq!(waiting.unwrap(), Vec::<String>::new(), "what was written over waits for nothing");
    let files = door.view().files;
    let of = |name: &str| files.iter().find(|file| file.name == name).unwrap();
    assert_eq!((of("list.csv").state.as_str(), of("list.csv").tries), ("done", 2));
    assert_eq!((of("other.csv").state.as_str(), of("other.csv").tries), ("failed", 2));
    assert!(of("other.csv").next_try.is_some(), "it waits again");
    let errors = door.view().errors;
    let list = errors.iter().find(|of| of.file.as_deref() == Some("list.csv")).unwrap();
    assert!(list.ended_at.is_some());
}
