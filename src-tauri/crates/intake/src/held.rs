//! Files that are read as a whole before their first row, within bounds.

use crate::{Encoding, IntakeError, ReportFormat, RowOutcome};
use buyerwatch_domain::{AfterSale, ObservedOrder, SkipReason};
use std::io::Read;

/// Most bytes of a file that is held in memory as a whole.
pub(crate) const HELD_MAX: u64 = 32 << 20;

/// What one record became.
#[derive(Debug)]
pub(crate) enum Record {
    Order(Box<ObservedOrder>),
    After(Vec<AfterSale>),
    Skipped(SkipReason),
}

/// The records of a file, each with its place.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) format: ReportFormat,
    pub(crate) encoding: Encoding,
    pub(crate) bytes: u64,
    records: std::vec::IntoIter<(u64, Record)>,
}

impl Held {
    pub(crate) fn new(
        format: ReportFormat,
        encoding: Encoding,
        bytes: u64,
        records: Vec<(u64, Record)>,
    ) -> Self {
        Self { format, encoding, bytes, records: records.into_iter() }
    }

    pub(crate) fn next(
        &mut self,
        row: &mut ObservedOrder,
        after: &mut Vec<AfterSale>,
    ) -> Option<RowOutcome> {
        let (line, record) = self.records.next()?;
        Some(match record {
            Record::Order(order) => {
                *row = *order;
                RowOutcome::Order { line }
            }
            Record::After(observed) => {
                after.extend(observed);
                RowOutcome::AfterSale { line }
            }
            Record::Skipped(reason) => RowOutcome::Skipped { line, reason },
        })
    }
}

/// The whole of a source, if it is not larger than such files are.
pub(crate) fn whole(reader: &mut dyn Read) -> Result<Vec<u8>, IntakeError> {
    let mut bytes = Vec::new();
    reader.take(HELD_MAX + 1).read_to_end(&mut bytes).map_err(IntakeError::Read)?;
    if bytes.len() as u64 > HELD_MAX {
        return Err(IntakeError::TooLarge { limit: HELD_MAX });
    }
    Ok(bytes)
}
