//! Imports files.

use crate::{ApiError, Open, desk::Work, files::file_name};
use buyerwatch_domain::Tag;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to import.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartImports {
    /// The files.
    pub handles: Vec<String>,
}

/// The work that it is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StartedImports {
    /// One job for each file, in the order of the files.
    pub jobs: Vec<String>,
}

pub(crate) fn run(open: &Open, request: StartImports) -> Result<StartedImports, ApiError> {
    let desk = open.desk();
    let files = request.handles.iter().map(|handle| desk.files().handed_over(handle));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let jobs = files.into_iter().map(|(path, since)| {
        let name = file_name(&path);
        desk.board().queue(desk, Work::Import { path, name }, since)
    });
    let jobs = jobs.collect::<Result<_, _>>()?;
    desk.stale([Tag::Imports]);
    Ok(StartedImports { jobs })
}
