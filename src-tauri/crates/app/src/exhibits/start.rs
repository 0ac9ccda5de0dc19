//! Takes files in as evidence, one job a file.

use super::{Received, Source, commit_watched, receive, shown};
use crate::{
    ApiError, Open,
    desk::{JobSlot, Progress, Stopped, Work},
    files::file_name,
    incidents::add::ExhibitFile,
    view::ExhibitView,
};
use buyerwatch_domain::{
    Command, ExhibitId, ExhibitKind, ExhibitLink, IncidentId, Purpose, Refusal,
};
use serde::{Deserialize, Serialize};
use std::{path::Path, time::Instant};
use ts_rs::TS;

/// What to take in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartExhibits {
    /// The files.
    pub files: Vec<ExhibitFile>,
    /// What all of them belong to; what stands in their names is added to it.
    pub links: Vec<ExhibitLink>,
    /// What for; by the place where it is done when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub purpose: Option<String>,
}

/// The work that it is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StartedJobs {
    /// The jobs, in the order of the files.
    pub jobs: Vec<String>,
}

pub(crate) fn run(open: &Open, request: StartExhibits) -> Result<StartedJobs, ApiError> {
    let StartExhibits { files, links, purpose } = request;
    let desk = open.desk();
    let paths = files.iter().map(|file| desk.files().path(&file.handle));
    let paths = paths.collect::<Result<Vec<_>, _>>()?;
    let jobs = paths.into_iter().zip(files).map(|(path, file)| {
        let name = file_name(&path);
        let (links, purpose) = (links.clone(), purpose.clone());
        let work = Work::Exhibit { path, name, kind: file.kind, links, purpose };
        desk.board().queue(desk, work, Instant::now())
    });
    Ok(StartedJobs { jobs: jobs.collect::<Result<_, _>>()? })
}

/// Takes one file in as a job.
pub(crate) fn job(
    open: &Open,
    slot: &JobSlot,
    path: &Path,
    kind: ExhibitKind,
    links: &[ExhibitLink],
    purpose: Option<String>,
) -> Result<(), Stopped> {
    let total = std::fs::metadata(path).ok().map(|meta| meta.len());
    let mut watch = |bytes: u64| {
        slot.progress(open.desk(), so_far(bytes, total), None);
        !slot.is_cancelled()
    };
    let received = receive(open, Source::File(path), Some(kind), &mut watch)?;
    if slot.is_cancelled() {
        return Err(Stopped::Cancelled);
    }
    let taken_in = record(open, received, links, purpose, &mut watch)?;
    slot.taken_in(taken_in);
    Ok(())
}

impl Open {
    /// Takes one file in and waits for its end. `watch` hears how far it has come and answers
    /// whether to go on.
    ///
    /// # Errors
    /// [`Stopped`]: cancelled by `watch`, locked meanwhile, or refused. Nothing was taken in then.
    pub fn add_evidence(
        &self,
        path: &Path,
        kind: Option<ExhibitKind>,
        links: &[ExhibitLink],
        purpose: Option<String>,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<ExhibitView, Stopped> {
        let bytes_total = std::fs::metadata(path).ok().map(|meta| meta.len());
        let mut watch = |bytes: u64| watch(so_far(bytes, bytes_total));
        let received = receive(self, Source::File(path), kind, &mut watch)?;
        let id = record(self, received, links, purpose, &mut watch)?;
        Ok(shown::one(self, id)?)
    }

    /// What ties an exhibit to an incident.
    ///
    /// # Errors
    /// `not_found` when there is no such incident.
    pub fn incident_link(&self, incident: IncidentId) -> Result<ExhibitLink, ApiError> {
        let buyer = self.read(|read| read.buyer_of_incident(incident))?;
        let buyer = buyer.ok_or(Refusal::NotFound("incident"))?;
        Ok(ExhibitLink::Incident { buyer, incident })
    }
}

/// How far it has come. What is stored already is compared after the file was read, which is as much
/// once more.
fn so_far(bytes: u64, length: Option<u64>) -> Progress {
    let twice = |length: u64| if bytes > length { length.saturating_mul(2) } else { length };
    Progress { bytes, bytes_total: length.map(twice), ..Progress::default() }
}

fn record(
    open: &Open,
    received: Received,
    links: &[ExhibitLink],
    purpose: Option<String>,
    watch: &mut dyn FnMut(u64) -> bool,
) -> Result<ExhibitId, Stopped> {
    let (links, purpose) = (links.to_vec(), Purpose::Evidence.unless(purpose));
    let id = commit_watched(open, vec![received], watch, |tx, stamp, exhibits| {
        let id = exhibits.first().map(|exhibit| exhibit.id);
        tx.execute(Command::AddExhibits { exhibits, links, purpose }, stamp)?;
        Ok(id)
    })?;
    Ok(id.ok_or(ApiError::from(Refusal::UnknownExhibit))?)
}
