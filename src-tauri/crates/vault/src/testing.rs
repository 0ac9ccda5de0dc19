//! What the tests of this crate share: a vault in a temporary folder, and commands for it.

use crate::{Folder, KdfCost, NewVault, OsEntropy, Passphrase, RecoveryKey, Unlock, Vault};
use buyerwatch_domain::{
    BuyerId, Command, IdentifierId, IdentifierKind, NewIdentifier, NoteId, Person, PersonId, Role,
    Stamp, Timestamp, shipped_criteria,
};

/// The owner of every vault here.
pub(crate) const OWNER: PersonId = PersonId::from_bytes([1; 16]);

pub(crate) fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(1_780_000_000_000 + ms)
}

pub(crate) fn stamp(ms: i64) -> Stamp {
    Stamp { at: at(ms), actor: OWNER }
}

pub(crate) fn passphrase() -> Passphrase {
    Passphrase::new("plum lantern orbit canvas".to_owned())
}

/// A vault with its folder, which goes away when this is dropped.
pub(crate) struct Fresh {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) vault: Vault,
    pub(crate) recovery: RecoveryKey,
}

impl Fresh {
    pub(crate) fn folder(&self) -> Folder {
        self.vault.folder().clone()
    }

    /// Closes the vault and keeps the folder.
    pub(crate) fn close(self) -> (tempfile::TempDir, Folder) {
        let folder = self.folder();
        self.vault.close();
        (self.dir, folder)
    }
}

pub(crate) fn new_vault() -> NewVault {
    NewVault {
        kdf: KdfCost::Fast,
        person: Person { id: OWNER, name: "Mara Lindqvist".to_owned(), role: Role::Owner },
        criteria: shipped_criteria(),
        at: at(0),
    }
}

pub(crate) fn fresh() -> Fresh {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path().join("vault"));
    let (vault, recovery) =
        Vault::create(&folder, &passphrase(), new_vault(), &mut OsEntropy).unwrap();
    Fresh { dir, vault, recovery }
}

pub(crate) fn open(folder: &Folder) -> Vault {
    Vault::open(folder, Unlock::Passphrase(&passphrase()), at(1)).unwrap()
}

pub(crate) fn buyer(n: u8) -> BuyerId {
    BuyerId::from_bytes([n; 16])
}

/// Records buyer `n` under an alias of their own.
pub(crate) fn add_buyer(n: u8) -> Command {
    let value = format!("b{n:03}u7y1e2r3w4@marketplace.amazon.de");
    let id = IdentifierId::from_bytes([n; 16]);
    let identifiers = vec![NewIdentifier { id, kind: IdentifierKind::Alias, value }];
    Command::AddBuyer { buyer: buyer(n), identifiers, note: None }
}

pub(crate) fn add_note(n: u8, note: u64, text: &str) -> Command {
    let mut id = [n; 16];
    id[..8].copy_from_slice(&note.to_be_bytes());
    Command::AddNote { buyer: buyer(n), note: NoteId::from_bytes(id), text: text.to_owned() }
}
