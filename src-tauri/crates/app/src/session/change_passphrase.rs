//! Changes the passphrase.

use super::{create::PassphraseRule, strength::accept};
use crate::{ApiError, Open, Secret, desk::passphrase, people};
use serde::{Deserialize, Serialize};
use std::sync::PoisonError;
use ts_rs::TS;

/// Old and new.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChangePassphrase {
    /// The one that opens it now.
    pub current: Secret,
    /// The one that opens it from now on.
    pub next: Secret,
}

/// It was changed.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct PassphraseChanged {
    /// Always so; a refusal is an error.
    #[ts(type = "true")]
    pub changed: bool,
}

pub(crate) fn run(open: &Open, request: ChangePassphrase) -> Result<PassphraseChanged, ApiError> {
    change(open, &request, PassphraseRule::Strong)
}

/// Changes the passphrase; the recovery key stays as it is.
///
/// # Errors
/// `wrong_passphrase`, `wait`, `weak_passphrase`.
pub fn change(
    open: &Open,
    request: &ChangePassphrase,
    rule: PassphraseRule,
) -> Result<PassphraseChanged, ApiError> {
    let _door = open.desk().door().lock().unwrap_or_else(PoisonError::into_inner);
    let name = people::list::person(open, open.me())?.name;
    accept(&request.next, &[&name], rule)?;
    open.vault().change_passphrase(
        &passphrase(&request.current),
        &passphrase(&request.next),
        open.now(),
    )?;
    Ok(PassphraseChanged { changed: true })
}
