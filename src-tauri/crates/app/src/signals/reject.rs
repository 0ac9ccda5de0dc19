//! Says that a signal is nothing. Its observations do not propose again.

use super::{OneSignal, get, get::SignalDetail, known};
use crate::{ApiError, Open};
use buyerwatch_domain::{Command, SignalId};
use serde::Deserialize;
use ts_rs::TS;

/// Which signal, and why.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RejectSignal {
    /// The signal.
    pub id: SignalId,
    /// Why.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

pub(crate) fn run(open: &Open, request: RejectSignal) -> Result<SignalDetail, ApiError> {
    let RejectSignal { id, reason } = request;
    let signal = known(open, id)?.signal;
    open.execute(Command::RejectSignal {
        signal: id,
        kind: signal.kind,
        clause: signal.clause,
        basis: signal.basis,
        reason,
    })?;
    get::run(open, OneSignal { id })
}
