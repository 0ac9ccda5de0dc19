//! Says that a conversation was answered where it is not seen, or takes that back.

use super::{
    OneMessage,
    get::{self, Conversation},
};
use crate::{ApiError, Open, alerts::shown::message_key};
use buyerwatch_domain::{MessageKind, Refusal};
use serde::Deserialize;
use ts_rs::TS;

/// Which conversation, and whether it was answered.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AnsweredElsewhere {
    /// The newest message that whoever answered has seen: what came after it still waits.
    pub id: String,
    /// Whether all up to it was answered elsewhere; otherwise what was said last of it is taken back.
    pub answered: bool,
}

pub(crate) fn run(open: &Open, request: AnsweredElsewhere) -> Result<Conversation, ApiError> {
    let AnsweredElsewhere { id, answered } = request;
    let key = message_key(&id).ok_or(Refusal::NotFound("message"))?;
    open.write_observations(|tx, stamp| {
        let rows = tx.read().conversation(&key)?;
        if answered {
            let seen = rows.iter().map(|(row, _)| row).skip_while(|row| row.id != key);
            let of_buyer = |message: &buyerwatch_domain::ObservedMessage| {
                message.kind == MessageKind::Buyer && message.forged.is_none()
            };
            if let Some(asked) = seen.into_iter().find(|row| of_buyer(&row.message)) {
                tx.set_answered(&asked.id, Some(stamp.at))?;
            }
        } else {
            if let Some((row, _)) = rows.iter().find(|(row, _)| row.answered_at.is_some()) {
                tx.set_answered(&row.id, None)?;
            }
        }
        Ok(())
    })?;
    get::run(open, OneMessage { id })
}
