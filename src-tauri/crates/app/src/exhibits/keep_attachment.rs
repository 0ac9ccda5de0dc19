//! Takes in as evidence what hangs on a stored message.

use super::{
    freeze_message::{attachment_name, stored},
    from_bytes,
};
use crate::{ApiError, Open, view::ExhibitView};
use buyerwatch_domain::{ExhibitLink, Refusal};
use serde::Deserialize;
use ts_rs::TS;

/// Which attachment.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeepAttachment {
    /// The ID of the message.
    pub message_id: String,
    /// Its place among all that hangs on the message, from 0.
    pub part: u32,
    /// What it belongs to beside the order that the message names.
    pub links: Vec<ExhibitLink>,
}

pub(crate) fn run(open: &Open, request: KeepAttachment) -> Result<ExhibitView, ApiError> {
    let KeepAttachment { message_id, part, mut links } = request;
    let row = stored(open, &message_id)?;
    let index = usize::try_from(part).unwrap_or(usize::MAX);
    let file = row.message.attachments.get(index).ok_or(Refusal::NotFound("attachment"))?;
    let content =
        open.read(|read| read.attachment(&row.id, part))?.ok_or(Refusal::NotFound("attachment"))?;
    if !row.message.order_id.is_empty() {
        let own = ExhibitLink::Order { order_id: row.message.order_id.clone() };
        if !links.contains(&own) {
            links.push(own);
        }
    }
    from_bytes(open, &attachment_name(&file.name, part), &content, None, links)
}
