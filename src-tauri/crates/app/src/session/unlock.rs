//! Opens the vault with the passphrase.

use crate::{
    ApiError, Desk, Secret,
    desk::{Session, passphrase},
    view::SessionState,
};
use buyerwatch_vault::{Unlock as With, Vault};
use serde::Deserialize;
use std::sync::PoisonError;
use ts_rs::TS;

/// How to open it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Unlock {
    /// The passphrase.
    pub passphrase: Secret,
}

pub(crate) fn run(desk: &Desk, request: Unlock) -> Result<SessionState, ApiError> {
    let door = desk.door().lock().unwrap_or_else(PoisonError::into_inner);
    if desk.session().is_none() {
        let typed = passphrase(&request.passphrase);
        let vault = Vault::open(desk.folder(), With::Passphrase(&typed), desk.now())?;
        desk.begin(Session::new(desk, vault)?);
    }
    drop(door);
    super::state::of(desk)
}
