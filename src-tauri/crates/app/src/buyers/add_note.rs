//! Writes a remark about a buyer.

use super::shown;
use crate::{ApiError, Open, view::BuyerDetail};
use buyerwatch_domain::{BuyerId, Command, NoteId};
use serde::Deserialize;
use ts_rs::TS;

/// What to write.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddNote {
    /// The buyer.
    pub buyer_id: BuyerId,
    /// The remark.
    pub text: String,
}

pub(crate) fn run(open: &Open, request: AddNote) -> Result<BuyerDetail, ApiError> {
    let note = open.draw(NoteId::from_bytes)?;
    open.execute(Command::AddNote { buyer: request.buyer_id, note, text: request.text })?;
    shown::detail(open, request.buyer_id)
}
