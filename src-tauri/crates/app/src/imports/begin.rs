//! The beginning of an import: a new one, or an interrupted one of the same file that goes on.

pub(super) use super::owner::AtWork;
use super::source::Bytes;
use crate::{ApiError, Open};
use buyerwatch_domain::ImportId;
use buyerwatch_intake::{Hints, Mapping, Report, ResumePoint};
use buyerwatch_vault::{ImportStart, ImportState};

impl Open {
    /// Notes that the import begins, or finds where an interrupted one of the same file goes on.
    pub(super) fn begin(
        &self,
        name: String,
        report: Report<Bytes>,
        again: Option<Bytes>,
        fingerprint: Option<Vec<u8>>,
        mappings: Vec<Mapping>,
        bytes_total: Option<u64>,
    ) -> Result<Begun, ApiError> {
        let drawn = self.draw(|bytes| bytes)?;
        // A stream is like no other.
        let fingerprint = fingerprint.unwrap_or_else(|| drawn.to_vec());
        let owner = self.desk().owner()?;
        let begun = self.write_observations(|tx, stamp| {
            tx.interrupt_imports(|import, name| owner.runs(import, name))?;
            let start = ImportStart {
                id: ImportId::from_bytes(drawn),
                name: &name,
                fingerprint: &fingerprint,
                bytes_total,
                format: report.format().code(),
                encoding: report.encoding().code(),
                owner: owner.name(),
                at: stamp.at,
            };
            let mut begun = tx.begin_import(&start, |import| owner.is_at(import))?;
            let place = begun.resume.take().map(|bytes| place(&bytes));
            if let Some(None) = place {
                // Written by a version that counts otherwise: from the beginning, as a new one.
                tx.end_import(begun.import.id, ImportState::Cancelled, stamp.at)?;
                begun = tx.begin_import(&start, |import| owner.is_at(import))?;
            }
            // From within the transaction: no other import may take it for dead in between.
            let at_work = owner.sets_to(begun.import.id);
            Ok((begun.import, place.flatten(), at_work))
        })?;
        let (import, place, at_work) = begun;
        let resumed = place.zip(again).and_then(|(place, mut reader)| {
            // Seen from the beginning, it is the same file: it can be read from anywhere.
            reader.seek_to(place.offset).ok().filter(|moved| *moved)?;
            Report::open(reader, Hints { resume: Some(place), mappings, read_at: None }).ok()
        });
        let rows = if resumed.is_some() { import.rows } else { 0 };
        Ok(Begun { report: resumed.unwrap_or(report), id: import.id, rows, at_work })
    }
}

/// An import that is under way.
pub(super) struct Begun {
    pub(super) report: Report<Bytes>,
    pub(super) id: ImportId,
    /// Rows that an earlier run has stored.
    pub(super) rows: u64,
    /// What tells other imports of this process that it lives.
    pub(super) at_work: AtWork,
}

fn place(bytes: &[u8]) -> Option<ResumePoint> {
    serde_json::from_slice(bytes).ok()
}
