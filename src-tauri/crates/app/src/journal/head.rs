//! The newest entry of the record.

use crate::{ApiError, Nothing, Open, view::JournalHead};

pub(crate) fn run(open: &Open, _: Nothing) -> Result<JournalHead, ApiError> {
    let device_id = open.vault().device_id().to_string();
    let head = open.vault().head()?;
    Ok(JournalHead {
        seq: head.as_ref().map_or(0, |head| head.seq),
        hash: head.as_ref().map(|head| head.hash.to_string()).unwrap_or_default(),
        events: open.vault().journal_len()?,
        device_id,
    })
}
