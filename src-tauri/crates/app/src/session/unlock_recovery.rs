//! Opens the vault with the recovery key and sets a new passphrase.

use super::{create::PassphraseRule, strength::accept};
use crate::{
    ApiError, Desk, Secret,
    desk::{Session, passphrase},
    view::SessionState,
};
use buyerwatch_vault::{OpenError, RecoveryKey, Unlock as With, Vault};
use serde::Deserialize;
use std::sync::PoisonError;
use ts_rs::TS;

/// How to open it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UnlockRecovery {
    /// The recovery key as printed; case, spaces and dashes do not matter.
    pub recovery_key: Secret,
    /// Opens it from now on.
    pub new_passphrase: Secret,
}

pub(crate) fn run(desk: &Desk, request: UnlockRecovery) -> Result<SessionState, ApiError> {
    recover(desk, &request, PassphraseRule::Strong)
}

/// Sets a new passphrase with the recovery key, and opens the vault.
///
/// # Errors
/// `malformed_recovery_key`, `wrong_recovery_key`, `weak_passphrase`, `wait`, `no_vault`.
pub fn recover(
    desk: &Desk,
    request: &UnlockRecovery,
    rule: PassphraseRule,
) -> Result<SessionState, ApiError> {
    let door = desk.door().lock().unwrap_or_else(PoisonError::into_inner);
    let key: RecoveryKey = request
        .recovery_key
        .reveal()
        .parse()
        .map_err(|error| ApiError::new("malformed_recovery_key", format!("{error}")))?;
    accept(&request.new_passphrase, &[], rule)?;
    let next = passphrase(&request.new_passphrase);
    Vault::reset_passphrase(desk.folder(), &key, &next, desk.now()).map_err(wrong_key)?;
    if desk.session().is_none() {
        let vault =
            Vault::open(desk.folder(), With::Recovery(&key), desk.now()).map_err(wrong_key)?;
        desk.begin(Session::new(desk, vault)?);
    }
    drop(door);
    super::state::of(desk)
}

/// Opens the vault and leaves the passphrase as it is.
pub(crate) fn open(desk: &Desk, key: &Secret) -> Result<(), ApiError> {
    let _door = desk.door().lock().unwrap_or_else(PoisonError::into_inner);
    let key: RecoveryKey = key
        .reveal()
        .parse()
        .map_err(|error| ApiError::new("malformed_recovery_key", format!("{error}")))?;
    if desk.session().is_none() {
        let vault =
            Vault::open(desk.folder(), With::Recovery(&key), desk.now()).map_err(wrong_key)?;
        desk.begin(Session::new(desk, vault)?);
    }
    Ok(())
}

/// The same refusal under the name of what was typed.
fn wrong_key(error: OpenError) -> ApiError {
    let mut error = ApiError::from(error);
    if error.code == "wrong_passphrase" {
        error.code = "wrong_recovery_key".into();
    }
    error
}
