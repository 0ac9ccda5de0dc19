//! Checks the record.

use crate::{
    ApiError, Nothing, Open,
    view::{JournalProblem, JournalReport, RecordHead},
};

pub(crate) fn run(open: &Open, _: Nothing) -> Result<JournalReport, ApiError> {
    let report = open.vault().verify_journal()?;
    Ok(JournalReport {
        ok: report.ok,
        head: report.head.map(|head| RecordHead { seq: head.seq, hash: head.hash.to_string() }),
        events: report.events,
        problems: report
            .problems
            .into_iter()
            .map(|problem| JournalProblem {
                code: problem.code.code().to_owned(),
                seq: problem.seq,
            })
            .collect(),
    })
}
