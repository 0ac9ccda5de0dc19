//! Creates the vault.

use super::strength::accept;
use crate::{
    ApiError, Desk, Secret,
    desk::{HostEntropy, Session, passphrase},
    view::Language,
};
use buyerwatch_domain::{Person, PersonId, Refusal, Role, shipped_criteria};
use buyerwatch_vault::{CreateError, NewVault, Vault};
use serde::{Deserialize, Serialize};
use std::sync::PoisonError;
use ts_rs::TS;

/// What a new vault needs.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreateVault {
    /// Opens it from now on.
    pub passphrase: Secret,
    /// Name of the first member of the team.
    pub person_name: String,
    /// Language of the product.
    pub language: Language,
}

/// The new vault.
#[derive(Clone, Serialize, TS)]
pub struct CreatedVault {
    /// Opens the vault when the passphrase is lost. Shown this once.
    pub recovery_key: String,
    /// Identity of the vault.
    pub vault_id: String,
}

/// How strict to be with a new passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassphraseRule {
    /// It must be hard to guess.
    Strong,
    /// It must have 8 characters; for scripts, whose passphrases are drawn by a program.
    Script,
}

pub(crate) fn run(desk: &Desk, request: CreateVault) -> Result<CreatedVault, ApiError> {
    create(desk, &request, PassphraseRule::Strong)
}

/// Creates the vault and opens it.
///
/// # Errors
/// `vault_exists`, `folder_occupied`, `weak_passphrase`, `empty` without a name, or the disk fails.
pub fn create(
    desk: &Desk,
    request: &CreateVault,
    rule: PassphraseRule,
) -> Result<CreatedVault, ApiError> {
    let _door = desk.door().lock().unwrap_or_else(PoisonError::into_inner);
    if desk.folder().exists() {
        return Err(CreateError::Exists.into());
    }
    let name = request.person_name.trim();
    if name.is_empty() {
        return Err(Refusal::Empty("name").into());
    }
    accept(&request.passphrase, &[name], rule)?;
    let person =
        Person { id: desk.draw(PersonId::from_bytes)?, name: name.to_owned(), role: Role::Owner };
    let id = person.id;
    let new =
        NewVault { kdf: desk.options().kdf, person, criteria: shipped_criteria(), at: desk.now() };
    let (vault, recovery_key) = Vault::create(
        desk.folder(),
        &passphrase(&request.passphrase),
        new,
        &mut HostEntropy(desk),
    )?;
    // The vault is there: settings that cannot be written must not keep the key from being shown.
    let _ = desk.settings_file().set(|settings| settings.language = request.language);
    let _ = desk.settings_file().set_person(id);
    let vault_id = vault.id().to_string();
    // The key is shown this once: it must not get lost because the vault cannot be read right now.
    if let Ok(session) = Session::new(desk, vault) {
        desk.begin(session);
    }
    Ok(CreatedVault { recovery_key: recovery_key.to_string(), vault_id })
}

impl std::fmt::Debug for CreatedVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedVault").field("vault_id", &self.vault_id).finish_non_exhaustive()
    }
}
