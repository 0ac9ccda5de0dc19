//! Hands out copies of exhibits: the original bytes, their hashes and their custody.

use super::{copies, present};
use crate::{ApiError, Desk, Open, files::file_name, people::shown::Team};
use buyerwatch_domain::{Command, Exhibit, ExhibitId, Refusal};
use buyerwatch_vault::VaultError;
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
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

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportedExhibits {
    /// The person chose no folder; nothing was handed out.
    pub cancelled: bool,
    /// Name of the folder, without where it lies.
    pub folder: Option<String>,
    /// Names of the files in it.
    pub files: Vec<String>,
}

pub(crate) fn run(desk: &Desk, request: ExportExhibits) -> Result<ExportedExhibits, ApiError> {
    let ExportExhibits { exhibit_ids, purpose } = request;
    let Some(chosen) = desk.host().choose_folder() else {
        return Ok(ExportedExhibits { cancelled: true, folder: None, files: Vec::new() });
    };
    let open = desk.open()?;
    let day = open.now().to_datetime().with_timezone(&chrono::Local).format("%Y-%m-%d %H%M%S");
    let word = desk.settings().language.pick("证据", "evidence");
    let folder = chosen.join(format!("{word} {day}"));
    let files = open.export_exhibits(&exhibit_ids, purpose, &Target::Folder(folder.clone()))?;
    Ok(ExportedExhibits { cancelled: false, folder: Some(file_name(&folder)), files })
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
    path: PathBuf,
    /// The name that it has until all is well.
    part: PathBuf,
}

impl Open {
    /// Writes copies of exhibits with their hashes and custody, and records that they were handed
    /// out. After an error none of them is left. Answers the names of the files.
    ///
    /// # Errors
    /// `unknown_exhibit`, `exhibit_removed`, `evidence_damaged`, `export_exists`,
    /// `export_inside_data_folder`, `disk_full`.
    pub fn export_exhibits(
        &self,
        ids: &[ExhibitId],
        purpose: Option<String>,
        to: &Target,
    ) -> Result<Vec<String>, ApiError> {
        let mut exhibits: Vec<Exhibit> = Vec::with_capacity(ids.len());
        for id in ids {
            if exhibits.iter().all(|known| known.id != *id) {
                exhibits.push(present(self, *id)?);
            }
        }
        if exhibits.is_empty() {
            return Err(Refusal::Empty("exhibits").into());
        }
        let folder = match to {
            Target::File(path) => path.parent().unwrap_or(Path::new("")).to_path_buf(),
            Target::Folder(path) => path.clone(),
        };
        let made = copies::ready(self.desk(), &folder, matches!(to, Target::Folder(_)))?;
        let copies = planned(exhibits, to, &folder)?;
        let written = self.write_copies(&copies, purpose, to, &folder);
        if written.is_err() {
            for copy in &copies {
                let _ = fs::remove_file(&copy.part);
            }
            if made {
                let _ = fs::remove_dir(&folder);
            }
        }
        written
    }

    fn write_copies(
        &self,
        copies: &[Copy],
        purpose: Option<String>,
        to: &Target,
        folder: &Path,
    ) -> Result<Vec<String>, ApiError> {
        for copy in copies {
            copies::write(self, &copy.exhibit, &copy.part)?;
        }
        // Recorded before anything has its name: what cannot be recorded is not handed out.
        self.write(|tx, stamp| {
            for copy in copies {
                let exhibit = copy.exhibit.id;
                let purpose = purpose.clone();
                tx.execute(Command::RecordExhibitExport { exhibit, purpose }, stamp)?;
            }
            Ok(())
        })?;
        let mut names = Vec::with_capacity(copies.len() + 2);
        let mut sums = String::new();
        for copy in copies {
            fs::rename(&copy.part, &copy.path).map_err(VaultError::from)?;
            sums.push_str(&format!("{}  {}\n", copy.exhibit.sha256, copy.name));
            names.push(copy.name.clone());
        }
        let custody = self.custody_list(copies)?;
        let (sums_name, custody_name) = match to {
            Target::Folder(_) => (SUMS.to_owned(), CUSTODY.to_owned()),
            Target::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                (format!("{name}.{SUMS}"), format!("{name}.{CUSTODY}"))
            }
        };
        for (name, content) in [(sums_name, sums), (custody_name, custody)] {
            copies::put(&folder.join(&name), content.as_bytes())?;
            names.push(name);
        }
        copies::sync(folder);
        Ok(names)
    }

    fn custody_list(&self, copies: &[Copy]) -> Result<String, ApiError> {
        self.read(|read| {
            let team = Team::read(read)?;
            let mut out = copies::row(
                ["exhibit", "file", "sha256", "at", "actor", "device", "act", "detail"]
                    .map(str::to_owned),
            );
            for copy in copies {
                for entry in super::shown::custody_of(read, copy.exhibit.id, &team)? {
                    out.push_str(&copies::row([
                        copy.exhibit.id.to_string(),
                        copy.name.clone(),
                        copy.exhibit.sha256.clone(),
                        entry.at.to_string(),
                        entry.actor.name,
                        entry.device,
                        entry.act.code().to_owned(),
                        entry.detail.unwrap_or_default(),
                    ]));
                }
            }
            Ok(out)
        })
    }
}

/// Where each copy goes.
fn planned(exhibits: Vec<Exhibit>, to: &Target, folder: &Path) -> Result<Vec<Copy>, ApiError> {
    let part = |path: &Path| {
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        PathBuf::from(name)
    };
    if let (Target::File(path), [exhibit]) = (to, &exhibits[..]) {
        if path.symlink_metadata().is_ok() {
            return Err(copies::exists());
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let exhibit = exhibit.clone();
        return Ok(vec![Copy { exhibit, name, path: path.clone(), part: part(path) }]);
    }
    if matches!(to, Target::File(_)) {
        return Err(Refusal::OutOfRange { field: "exhibits", min: 1, max: 1 }.into());
    }
    let mut taken = vec![SUMS.to_lowercase(), CUSTODY.to_lowercase()];
    let plan = exhibits.into_iter().map(|exhibit| {
        let name = copies::safe_name(&exhibit.name, &mut taken);
        let path = folder.join(&name);
        Copy { part: part(&path), exhibit, name, path }
    });
    Ok(plan.collect())
}
