//! Hands out copies of exhibits: the original bytes, their hashes and their custody.

use super::{
    begun::{Begun, Running},
    copies, present,
    unfinished::{Unfinished, is_taken},
};
use crate::{
    ApiError, Desk, Open,
    desk::{JobSlot, Progress, Stopped, Work},
    files::file_name,
    people::shown::Team,
};
use buyerwatch_domain::{Command, Exhibit, ExhibitId, Purpose, Refusal};
use buyerwatch_vault::{Read, VaultError};
use serde::{Deserialize, Serialize};
use std::{
    path::{Path, PathBuf},
    time::Instant,
};
use ts_rs::TS;

/// What to hand out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportExhibits {
    /// The exhibits.
    pub exhibit_ids: Vec<ExhibitId>,
    /// What for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub purpose: Option<String>,
}

/// The work that it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StartedExport {
    /// The person chose no folder; nothing is handed out.
    pub cancelled: bool,
    /// Name of the folder that the copies get, without where it lies.
    pub folder: Option<String>,
    /// The job that writes them.
    pub job: Option<String>,
}

pub(crate) fn run(desk: &Desk, request: ExportExhibits) -> Result<StartedExport, ApiError> {
    let ExportExhibits { exhibit_ids, purpose } = request;
    let open = desk.open()?;
    chosen(&open, &exhibit_ids)?;
    let Some(place) = desk.host().choose_folder() else {
        return Ok(StartedExport { cancelled: true, folder: None, job: None });
    };
    copies::outside(desk, &place)?;
    let day = open.now().to_datetime().with_timezone(&chrono::Local).format("%Y-%m-%d %H%M%S");
    let word = desk.settings().language.pick("证据", "evidence");
    let folder = place.join(format!("{word} {day}"));
    let name = file_name(&folder);
    let work = Work::Export { exhibits: exhibit_ids, purpose, folder, name: name.clone() };
    let job = desk.board().queue(desk, work, Instant::now())?;
    Ok(StartedExport { cancelled: false, folder: Some(name), job: Some(job) })
}

/// Hands out as a job. After a lock it begins anew: nothing of it was left.
pub(crate) fn job(
    open: &Open,
    slot: &JobSlot,
    ids: &[ExhibitId],
    purpose: Option<String>,
    folder: &Path,
) -> Result<(), Stopped> {
    let to = Target::Folder(folder.to_path_buf());
    open.export_watched(ids, purpose, &to, &mut |progress| {
        slot.progress(open.desk(), progress, None);
        !slot.is_cancelled()
    })?;
    Ok(())
}

/// The exhibits that are meant, each once.
fn chosen(open: &Open, ids: &[ExhibitId]) -> Result<Vec<Exhibit>, ApiError> {
    let mut exhibits: Vec<Exhibit> = Vec::with_capacity(ids.len());
    for id in ids {
        if exhibits.iter().all(|known| known.id != *id) {
            exhibits.push(present(open, *id)?);
        }
    }
    if exhibits.is_empty() {
        return Err(Refusal::Empty("exhibits").into());
    }
    Ok(exhibits)
}

/// Where copies go.
#[derive(Debug, Clone)]
pub enum Target {
    /// One exhibit into this file; hashes and custody lie beside it.
    File(PathBuf),
    /// Any number into this folder, which is made or empty.
    Folder(PathBuf),
}

/// The list of hashes, as `sha256sum -c` reads it.
const SUMS: &str = "SHA256SUMS";
/// What happened to each exhibit.
const CUSTODY: &str = "custody.csv";

/// One copy that is being made.
struct Copy {
    exhibit: Exhibit,
    /// The name that it gets.
    name: String,
}

/// The files of an export: the copies in their order, the hashes, the custody.
struct Plan {
    copies: Vec<Copy>,
    folder: PathBuf,
    /// Where each file goes.
    paths: Vec<PathBuf>,
    /// What to say when one of them is there already.
    taken: fn() -> ApiError,
}

impl Open {
    /// Writes copies of exhibits with their hashes and custody, and records that they were handed
    /// out. After an error none of them is left, and what was there before is as it was. After a
    /// break the next start removes what was not recorded yet, and gives what was its names.
    /// Answers the names of the files.
    ///
    /// # Errors
    /// `unknown_exhibit`, `exhibit_removed`, `evidence_damaged`, `export_exists` for a folder with
    /// something in it, `export_name_taken` for a file, `export_inside_data_folder`, `disk_full`.
    pub fn export_exhibits(
        &self,
        ids: &[ExhibitId],
        purpose: Option<String>,
        to: &Target,
    ) -> Result<Vec<String>, ApiError> {
        self.export_watched(ids, purpose, to, &mut |_| true).map_err(Stopped::into_error)
    }

    /// The same; `watch` hears how far it has come and answers whether to go on.
    ///
    /// # Errors
    /// [`Stopped`]: by `watch`, by a lock, or for the same reasons.
    pub fn export_watched(
        &self,
        ids: &[ExhibitId],
        purpose: Option<String>,
        to: &Target,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Vec<String>, Stopped> {
        let plan = planned(chosen(self, ids)?, to)?;
        let _running = Running::begin(self.desk().data_dir())?;
        let mut made = Unfinished::new(&**self.desk().host())?;
        let empty = matches!(to, Target::Folder(_));
        copies::ready(self.desk(), &mut made, &plan.folder, empty)?;
        let begun = Begun::note(self, &made, &plan.folder)?;
        let named = self
            .hand_out(&plan, purpose.as_deref(), &begun, &mut made, watch)
            .and_then(|drafts| Ok(plan.name(&drafts, &mut made)?));
        match &named {
            Ok(_) => made.keep(&plan.folder),
            Err(_) => drop(made),
        }
        begun.forget(self);
        named
    }

    /// Writes the copies under the names of drafts and records that they are handed out.
    fn hand_out(
        &self,
        plan: &Plan,
        purpose: Option<&str>,
        begun: &Begun,
        made: &mut Unfinished,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Vec<PathBuf>, Stopped> {
        plan.all_free()?;
        let total = plan.copies.iter().map(|copy| copy.exhibit.bytes).sum();
        let mut progress = Progress { bytes_total: Some(total), ..Progress::default() };
        let mut wrote = |bytes: u64| {
            progress.bytes = progress.bytes.saturating_add(bytes);
            watch(progress)
        };
        let mut drafts = Vec::with_capacity(plan.paths.len());
        let mut sums = String::new();
        for copy in &plan.copies {
            let (file, draft) = made.draft(&plan.folder)?;
            copies::write(self, &copy.exhibit, file, &mut wrote)?;
            sums.push_str(&copies::sum(&copy.exhibit.sha256, &copy.name));
            drafts.push(draft);
        }
        let (file, draft) = made.draft(&plan.folder)?;
        copies::put(file, sums.as_bytes())?;
        drafts.push(draft);
        // Recorded before anything has its name: what cannot be recorded is not handed out. And
        // recorded only when everything is written, the record itself included.
        let recorded = self.write(|tx, stamp| {
            for copy in &plan.copies {
                let purpose = Purpose::Handover.unless(purpose.map(str::to_owned));
                let exhibit = copy.exhibit.id;
                tx.execute(Command::RecordExhibitExport { exhibit, purpose }, stamp)?;
            }
            let custody = custody_list(&tx.read(), &plan.copies)?;
            let (file, draft) = made.draft(&plan.folder)?;
            copies::put(file, custody.as_bytes())?;
            plan.all_free()?;
            drafts.push(draft);
            begun.recorded(tx, stamp.at, drafts.iter().zip(&plan.paths))?;
            Ok(drafts)
        });
        Ok(recorded?)
    }
}

impl Plan {
    /// Gives the drafts their names, and answers them.
    fn name(&self, drafts: &[PathBuf], made: &mut Unfinished) -> Result<Vec<String>, ApiError> {
        for (draft, path) in drafts.iter().zip(&self.paths) {
            made.name(draft, path).map_err(|error| {
                if is_taken(&error) { (self.taken)() } else { VaultError::from(error).into() }
            })?;
        }
        let names = self.paths.iter().map(|path| path.file_name().unwrap_or_default());
        Ok(names.map(|name| name.to_string_lossy().into_owned()).collect())
    }

    fn all_free(&self) -> Result<(), ApiError> {
        let free = self.paths.iter().all(|path| path.symlink_metadata().is_err());
        if free { Ok(()) } else { Err((self.taken)()) }
    }
}

fn custody_list(read: &Read<'_>, of: &[Copy]) -> Result<String, VaultError> {
    let team = Team::read(read)?;
    let mut out = copies::row(
        ["exhibit", "file", "sha256", "at", "actor", "device", "act", "purpose", "links", "detail"]
            .map(str::to_owned),
    );
    for copy in of {
        for entry in super::shown::custody_of(read, copy.exhibit.id, &team)? {
            let links: Vec<String> = entry.links.iter().map(|to| to.link.text()).collect();
            out.push_str(&copies::row([
                copy.exhibit.id.to_string(),
                copy.name.clone(),
                copy.exhibit.sha256.clone(),
                entry.at.to_string(),
                entry.actor.name,
                entry.device,
                entry.act.code().to_owned(),
                entry.purpose.unwrap_or_default(),
                links.join("; "),
                entry.detail.unwrap_or_default(),
            ]));
        }
    }
    Ok(out)
}

/// Where each file goes.
fn planned(exhibits: Vec<Exhibit>, to: &Target) -> Result<Plan, ApiError> {
    match to {
        Target::File(path) => {
            let [exhibit] = <[Exhibit; 1]>::try_from(exhibits)
                .map_err(|_| Refusal::OutOfRange { field: "exhibits", min: 1, max: 1 })?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let beside = |ending: &str| {
                let mut beside = path.as_os_str().to_owned();
                beside.push(format!(".{ending}"));
                PathBuf::from(beside)
            };
            Ok(Plan {
                copies: vec![Copy { exhibit, name }],
                folder: path.parent().unwrap_or(Path::new("")).to_path_buf(),
                paths: vec![path.clone(), beside(SUMS), beside(CUSTODY)],
                taken: copies::name_taken,
            })
        }
        Target::Folder(folder) => {
            let mut names = copies::Names::with(&[SUMS, CUSTODY]);
            let copies: Vec<Copy> = exhibits
                .into_iter()
                .map(|exhibit| Copy { name: names.safe(&exhibit.name), exhibit })
                .collect();
            let files = copies.iter().map(|copy| &*copy.name).chain([SUMS, CUSTODY]);
            Ok(Plan {
                paths: files.map(|name| folder.join(name)).collect(),
                folder: folder.clone(),
                taken: copies::occupied,
                copies,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner,
        exhibits::add::{AddExhibits, AddedFile},
        testing::{Bench, fresh},
    };
    use std::fs;

    /// Two exhibits on their way into a folder.
    struct Way {
        bench: Bench,
        open: Open,
        folder: PathBuf,
        plan: Plan,
    }

    fn way() -> Way {
        let bench = fresh(Manner::Unattended);
        let files = ["a.txt", "b.txt"]
            .map(|name| AddedFile { handle: bench.handle(name, name), kind: None })
            .into();
        let added = bench
            .desk
            .exhibits_add(AddExhibits { files, links: Vec::new(), purpose: None })
            .unwrap();
        let open = bench.desk.open().unwrap();
        let folder = bench.dir.path().join("new/copies");
        let exhibits = added.exhibits.iter().map(|one| present(&open, one.id).unwrap()).collect();
        let plan = planned(exhibits, &Target::Folder(folder.clone())).unwrap();
        Way { bench, open, folder, plan }
    }

    impl Way {
        /// Goes as far as the entry in the record, and breaks off before or behind it.
        fn break_off(&self, recorded: bool, named: usize) {
            let _running = Running::begin(self.open.desk().data_dir()).unwrap();
            let mut made = Unfinished::new(&**self.open.desk().host()).unwrap();
            copies::ready(self.open.desk(), &mut made, &self.folder, true).unwrap();
            let begun = Begun::note(&self.open, &made, &self.folder).unwrap();
            if recorded {
                let drafts =
                    self.open.hand_out(&self.plan, None, &begun, &mut made, &mut |_| true).unwrap();
                for (draft, path) in drafts.iter().zip(&self.plan.paths).take(named) {
                    made.name(draft, path).unwrap();
                }
                // The next one has taken its name, and is not moved there yet.
                if let Some(path) = self.plan.paths.get(named) {
                    fs::write(path, b"").unwrap();
                }
            } else {
                made.draft(&self.folder).unwrap();
            }
            std::mem::forget(made);
        }
    }

    #[test]
    fn what_a_break_left_is_finished_when_it_was_recorded() {
        for named in [0, 1, 3, 4] {
            let way = way();
            way.break_off(true, named);
            // Another program at work keeps its hands off.
            let running = Running::begin(way.bench.desk.data_dir()).unwrap();
            way.bench.other(Manner::Unattended);
            let drafts = || {
                let names = fs::read_dir(&way.folder).unwrap().map(|entry| entry.unwrap().path());
                names.filter(|path| path.extension().is_some_and(|of| of == "part")).count()
            };
            assert_eq!(drafts(), 4 - named);
            drop(running);
            let after = way.bench.other(Manner::Unattended);
            assert_eq!(drafts(), 0);
            assert_eq!(fs::read(way.folder.join("a.txt")).unwrap(), b"a.txt");
            assert_eq!(fs::read(way.folder.join("b.txt")).unwrap(), b"b.txt");
            let sums = fs::read_to_string(way.folder.join(SUMS)).unwrap();
            assert!(sums.ends_with("  b.txt\n"), "{sums}");
            let custody = fs::read_to_string(way.folder.join(CUSTODY)).unwrap();
            assert!(custody.contains(",exported,"), "{custody}");
            let left = after.desk.open().unwrap().read(|read| read.drafts()).unwrap();
            assert_eq!(left, []);
        }
    }

    #[test]
    fn what_a_break_left_goes_when_it_was_not_recorded() {
        let way = way();
        way.break_off(false, 0);
        assert!(fs::read_dir(&way.folder).unwrap().next().is_some());
        let after = way.bench.other(Manner::Unattended);
        assert!(!way.bench.dir.path().join("new").exists());
        let left = after.desk.open().unwrap().read(|read| read.drafts()).unwrap();
        assert_eq!(left, []);
    }

    #[test]
    fn an_export_that_ends_leaves_no_note_and_none_is_the_windows() {
        let way = way();
        let ids: Vec<_> = way.plan.copies.iter().map(|copy| copy.exhibit.id).collect();
        let to = Target::Folder(way.folder.clone());
        way.open.export_exhibits(&ids, None, &to).unwrap();
        assert_eq!(way.open.export_exhibits(&ids, None, &to).unwrap_err().code, "export_exists");
        assert_eq!(way.open.read(|read| read.drafts()).unwrap(), []);
        let target = "export:1".to_owned();
        let content = Some("{}".to_owned());
        let set = crate::drafts::set::SetDraft { target, content };
        assert_eq!(way.bench.desk.drafts_set(set).unwrap_err().code, "not_found");
    }
}
