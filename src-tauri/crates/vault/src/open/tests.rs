use super::*;
use crate::attempts::unlock_wait;
use crate::testing::{Fresh, add_buyer, at, buyer, fresh, new_vault, open, passphrase, stamp};
use crate::{Part, ProblemCode, VaultError};
use buyerwatch_domain::{
    AlertId, BlobId, Command, ExhibitId, ExhibitKind, ExhibitLink, IdentifierId, IncidentId,
    ListingId, NewExhibit, Reason, ReasonField, ReasonNote, SeenOrder, Tier, Token,
};

fn wrong() -> Passphrase {
    Passphrase::new("plum lantern orbit Canvas".to_owned())
}

fn try_open(folder: &Folder, with: &Passphrase, ms: i64) -> Result<Vault, OpenError> {
    Vault::open(folder, Unlock::Passphrase(with), at(ms))
}

#[test]
fn a_wrong_passphrase_is_one_uniform_error_with_a_growing_delay_that_survives_a_restart() {
    let (_dir, folder) = fresh().close();
    let blank = Passphrase::new(String::new());
    for (attempt, with) in [&wrong(), &blank, &wrong()].into_iter().enumerate() {
        let refused = try_open(&folder, with, 0).unwrap_err();
        let OpenError::WrongKey { wait_ms, attempts } = refused else { panic!("{refused:?}") };
        assert_eq!(attempts as usize, attempt + 1);
        assert_eq!(wait_ms, if attempts < 3 { 0 } else { 1000 });
    }
    // Even the right one has to wait, and the wait is the same for every process.
    let early = try_open(&folder, &passphrase(), 400).unwrap_err();
    assert!(matches!(early, OpenError::Delayed { wait_ms: 600, attempts: 3 }));
    assert_eq!(unlock_wait(&folder, at(400)).unwrap().wait_ms, 600);
    try_open(&folder, &passphrase(), 1000).unwrap().close();
    assert_eq!(unlock_wait(&folder, at(1000)).unwrap().attempts, 0);
}

#[test]
fn the_right_passphrase_opens_where_attempts_cannot_be_counted_and_a_wrong_one_does_not() {
    let (_dir, folder) = fresh().close();
    blocked(&folder.attempts());
    let refused = try_open(&folder, &wrong(), 0).unwrap_err();
    assert!(matches!(refused, OpenError::Vault(VaultError::File(_))), "{refused:?}");
    open(&folder).close();
}

#[test]
fn an_attempt_that_never_ended_costs_the_right_passphrase_nothing() {
    let (_dir, folder) = fresh().close();
    for _ in 0..20 {
        assert!(matches!(attempts::begin(&folder, at(0)), Ok(Attempt::Begun)));
    }
    try_open(&folder, &passphrase(), 0).unwrap().close();
    assert_eq!(unlock_wait(&folder, at(0)).unwrap(), Wait::default());
}

#[test]
fn a_wrong_recovery_key_looks_the_same_and_counts() {
    let (_dir, folder) = fresh().close();
    let other = RecoveryKey::random(&mut OsEntropy).unwrap();
    let refused = Vault::open(&folder, Unlock::Recovery(&other), at(0)).unwrap_err();
    assert!(matches!(refused, OpenError::WrongKey { wait_ms: 0, attempts: 1 }));
    let by_passphrase = try_open(&folder, &wrong(), 0).unwrap_err();
    assert_eq!(refused.to_string(), by_passphrase.to_string());
}

#[test]
fn the_passphrase_changes_and_the_recovery_key_stays() {
    let fresh = fresh();
    let folder = fresh.folder();
    let refused = fresh.vault.change_passphrase(&wrong(), &wrong(), at(0)).unwrap_err();
    assert!(matches!(refused, OpenError::WrongKey { .. }));
    fresh.vault.change_passphrase(&passphrase(), &wrong(), at(0)).unwrap();
    let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
    let Fresh { dir: _dir, vault, recovery } = fresh;
    vault.close();
    assert!(matches!(
        try_open(&folder, &passphrase(), 10).unwrap_err(),
        OpenError::WrongKey { .. }
    ));
    assert_eq!(try_open(&folder, &wrong(), 10).unwrap().verify_journal().unwrap().events, 8);
    Vault::open(&folder, Unlock::Recovery(&recovery), at(10)).unwrap().close();
    Vault::reset_passphrase(&folder, &recovery, &passphrase(), at(10)).unwrap();
    open(&folder).close();
    assert!(!folder.path().join("vault.new").exists());
}

#[test]
fn of_two_changes_of_the_passphrase_at_once_one_is_made_and_one_refused() {
    let fresh = fresh();
    let folder = fresh.folder();
    let third = Passphrase::new("velvet anchor tulip summit".to_owned());
    let change = |to: &Passphrase| {
        let (header, key) = unlock(&folder, Unlock::Passphrase(&passphrase()), at(0)).unwrap();
        (header.with_passphrase(&key, to, &mut OsEntropy).unwrap(), header)
    };
    let (first, second) = (change(&wrong()), change(&third));
    exchange(&folder, &first.1, &first.0).unwrap();
    let refused = exchange(&folder, &second.1, &second.0).unwrap_err();
    assert!(matches!(refused, OpenError::Changed), "{refused:?}");
    try_open(&folder, &wrong(), 0).unwrap().close();
    fresh.vault.change_passphrase(&wrong(), &third, at(0)).unwrap();
    try_open(&folder, &third, 0).unwrap().close();
}

#[test]
fn a_folder_holds_one_vault() {
    let fresh = fresh();
    let folder = fresh.folder();
    let again = Vault::create(&folder, &wrong(), new_vault(), &mut OsEntropy);
    assert!(matches!(again, Err(CreateError::Exists)));
    let (_dir, folder) = fresh.close();
    // The header is lost: the database must not be written over.
    let header = std::fs::read(folder.header()).unwrap();
    std::fs::remove_file(folder.header()).unwrap();
    assert!(matches!(try_open(&folder, &passphrase(), 0), Err(OpenError::NoVault)));
    for _ in 0..2 {
        let again = Vault::create(&folder, &wrong(), new_vault(), &mut OsEntropy);
        assert!(matches!(again, Err(CreateError::Occupied)));
        // An empty place of building proves nothing.
        folder.staging().make().unwrap();
    }
    std::fs::write(folder.header(), header).unwrap();
    open(&folder).close();
    assert!(!folder.staging().path().exists());
    // Only the evidence is left: the key by which it can be read must not be written over.
    std::fs::remove_file(folder.header()).unwrap();
    std::fs::remove_file(folder.database()).unwrap();
    let identity = std::fs::read(folder.identity()).unwrap();
    let again = Vault::create(&folder, &wrong(), new_vault(), &mut OsEntropy);
    assert!(matches!(again, Err(CreateError::Occupied)));
    assert_eq!(std::fs::read(folder.identity()).unwrap(), identity);
}

#[test]
fn what_a_killed_change_of_the_passphrase_left_is_gone_after_opening() {
    let (_dir, folder) = fresh().close();
    let left = crate::folder::beside(&folder.header());
    std::fs::copy(folder.header(), &left).unwrap();
    open(&folder).close();
    assert!(!left.exists());
}

#[test]
fn an_unfinished_creation_is_cleared_away() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    folder.staging().make().unwrap();
    std::fs::write(folder.staging().database(), b"half").unwrap();
    std::fs::write(folder.staging().header(), b"waiting").unwrap();
    std::fs::write(folder.database(), b"moved already").unwrap();
    let (vault, _) = Vault::create(&folder, &passphrase(), new_vault(), &mut OsEntropy).unwrap();
    assert!(vault.verify_journal().unwrap().ok);
    assert!(!folder.staging().path().exists());
}

/// Something in the way of one of the files.
fn blocked(path: &Path) {
    std::fs::create_dir_all(path.join("in the way")).unwrap();
}

#[test]
fn a_creation_that_fails_at_the_end_leaves_a_folder_in_which_it_succeeds() {
    for in_the_way in [Folder::head, Folder::header, Folder::attempts] {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        blocked(&in_the_way(&folder));
        let failed = Vault::create(&folder, &passphrase(), new_vault(), &mut OsEntropy);
        assert!(matches!(failed, Err(CreateError::Vault(VaultError::File(_)))), "{failed:?}");
        assert!(!folder.exists() && !folder.database().exists() && !folder.blobs().path().exists());
        std::fs::remove_dir_all(in_the_way(&folder)).unwrap();
        let (vault, _) =
            Vault::create(&folder, &passphrase(), new_vault(), &mut OsEntropy).unwrap();
        vault.close();
        open(&folder).close();
        assert!(!folder.staging().path().exists() && folder.identity().exists());
    }
}

#[test]
fn remains_are_removed_before_the_header_by_which_they_are_known() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    let remains = || {
        folder.staging().make().unwrap();
        std::fs::write(folder.staging().header(), b"waiting").unwrap();
        std::fs::write(folder.database(), b"moved already").unwrap();
    };
    remains();
    let mut refused = new_vault();
    refused.person.name = " ".to_owned();
    let refused = Vault::create(&folder, &passphrase(), refused, &mut OsEntropy);
    assert!(matches!(refused, Err(CreateError::Refused(_))), "{refused:?}");
    assert!(!folder.database().exists() && !folder.staging().path().exists());

    remains();
    std::fs::remove_file(folder.database()).unwrap();
    blocked(&folder.database());
    for _ in 0..20 {
        let failed = Vault::create(&folder, &passphrase(), new_vault(), &mut OsEntropy);
        assert!(matches!(failed, Err(CreateError::Vault(VaultError::File(_)))), "{failed:?}");
        assert!(folder.staging().exists(), "still known as remains");
    }
    std::fs::remove_dir_all(folder.database()).unwrap();
    Vault::create(&folder, &passphrase(), new_vault(), &mut OsEntropy).unwrap().0.close();
}

#[test]
fn refused_first_entries_leave_no_vault() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    let mut new = new_vault();
    new.person.name = " ".to_owned();
    let refused = Vault::create(&folder, &passphrase(), new, &mut OsEntropy);
    assert!(matches!(refused, Err(CreateError::Refused(_))));
    assert!(!folder.exists() && !folder.database().exists());
    Vault::create(&folder, &passphrase(), new_vault(), &mut OsEntropy).unwrap().0.close();
}

#[test]
fn nothing_readable_lies_in_the_folder() {
    let fresh = fresh();
    let canary = "canary-lantern-7731";
    let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
    let _ = fresh.vault.execute(crate::testing::add_note(1, 1, canary), stamp(1)).unwrap();
    let all = || std::fs::read_dir(fresh.folder().path()).unwrap().map(Result::unwrap);
    let files = || all().filter(|entry| entry.file_type().unwrap().is_file());
    assert!(files().count() >= 4);
    for file in files() {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(!bytes.starts_with(b"SQLite format"));
        for secret in [canary, "Mara", "plum lantern", "u7y1e2r3w4", "REPEAT_CANCEL", "journal"] {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} in {:?}", file.file_name());
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = file.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{:?}", file.file_name());
        }
    }
}

fn copy(from: &Folder, to: &Folder) {
    std::fs::create_dir_all(to.path()).unwrap();
    for file in std::fs::read_dir(from.path()).unwrap().map(Result::unwrap) {
        if file.file_type().unwrap().is_dir() {
            copy(&Folder::at(file.path()), &Folder::at(to.path().join(file.file_name())));
        } else {
            std::fs::copy(file.path(), to.path().join(file.file_name())).unwrap();
        }
    }
}

#[test]
fn a_copy_is_another_device_and_the_original_stays_itself() {
    let fresh = fresh();
    let device = fresh.vault.device_id();
    let (dir, folder) = fresh.close();
    let elsewhere = Folder::at(dir.path().join("copy"));
    copy(&folder, &elsewhere);
    let copied = open(&elsewhere);
    assert_ne!(copied.device_id(), device);
    assert_eq!(copied.id(), folder.vault_id().unwrap());
    assert_eq!(copied.head().unwrap().unwrap().device, device, "it has written nothing yet");
    let _ = copied.execute(add_buyer(1), stamp(1)).unwrap();
    let head = copied.head().unwrap().unwrap();
    assert_eq!((head.device, head.seq), (copied.device_id(), 1));
    assert!(copied.verify_journal().unwrap().ok);
    let again = copied.device_id();
    copied.close();
    assert_eq!(open(&elsewhere).device_id(), again, "once is enough");
    assert_eq!(open(&folder).device_id(), device);
}

#[test]
fn a_database_put_back_is_noticed_and_never_gives_a_number_twice() {
    let fresh = fresh();
    let device = fresh.vault.device_id();
    let _ = fresh.vault.execute(add_buyer(1), stamp(1)).unwrap();
    let (dir, folder) = fresh.close();
    let old = dir.path().join("old.db");
    std::fs::copy(folder.database(), &old).unwrap();
    let vault = open(&folder);
    let _ = vault.execute(add_buyer(2), stamp(2)).unwrap();
    vault.close();
    // Written over in place: the file keeps its identity.
    std::fs::write(folder.database(), std::fs::read(&old).unwrap()).unwrap();
    let vault = open(&folder);
    assert_ne!(vault.device_id(), device);
    let _ = vault.execute(add_buyer(3), stamp(3)).unwrap();
    let problems = vault.verify_journal().unwrap().problems;
    let found: Vec<_> = problems.iter().map(|p| (p.code, p.device, p.seq)).collect();
    assert_eq!(found, [(ProblemCode::TailCut, Some(device), Some(9))]);
    vault.accept_head().unwrap();
    assert!(vault.verify_journal().unwrap().ok, "a person accepted it");
}

#[test]
fn a_folder_put_back_whole_is_noticed_by_what_is_remembered_outside() {
    let fresh = fresh();
    let device = fresh.vault.device_id();
    let (dir, folder) = fresh.close();
    let folder = folder.witnessed(dir.path().join("state"));
    let vault = open(&folder);
    let _ = vault.execute(add_buyer(1), stamp(1)).unwrap();
    vault.close();
    let old = Folder::at(dir.path().join("old"));
    copy(&folder, &old);
    let vault = open(&folder);
    assert_eq!(vault.device_id(), device);
    let _ = vault.execute(add_buyer(2), stamp(2)).unwrap();
    vault.close();
    // Every file is written over in place, the remembered head with them.
    for file in std::fs::read_dir(old.path()).unwrap().map(Result::unwrap) {
        if file.file_type().unwrap().is_file() {
            let bytes = std::fs::read(file.path()).unwrap();
            std::fs::write(folder.path().join(file.file_name()), bytes).unwrap();
        }
    }
    let vault = open(&folder);
    assert_ne!(vault.device_id(), device, "its numbers are taken");
    let _ = vault.execute(add_buyer(3), stamp(3)).unwrap();
    let problems = || {
        let problems = vault.verify_journal().unwrap().problems;
        problems.iter().map(|p| (p.code, p.device, p.seq)).collect::<Vec<_>>()
    };
    assert_eq!(problems(), [(ProblemCode::TailCut, Some(device), Some(9))]);
    std::fs::remove_file(folder.head()).unwrap();
    assert_eq!(
        problems(),
        [(ProblemCode::HeadLost, None, None), (ProblemCode::TailCut, Some(device), Some(9))]
    );
    vault.accept_head().unwrap();
    assert!(vault.verify_journal().unwrap().ok, "a person accepted it");
    let successor = vault.device_id();
    vault.close();
    assert_eq!(open(&folder).device_id(), successor);
    // Nothing but its file lies there, and a folder without one is no worse off.
    assert_eq!(std::fs::read_dir(dir.path().join("state")).unwrap().count(), 1);
    std::fs::remove_dir_all(dir.path().join("state")).unwrap();
    assert!(open(&folder).verify_journal().unwrap().ok);
}

/// Gives one secret, to whoever asks.
struct Secret([u8; 32]);

impl Entropy for Secret {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), VaultError> {
        out.copy_from_slice(&self.0);
        Ok(())
    }
}

/// The secret of a device that is listed before or after another.
fn secret(order: std::cmp::Ordering, other: &[u8; 32]) -> Secret {
    let listed = |n: u64| {
        let mut secret = [7; 32];
        secret[..8].copy_from_slice(&n.to_le_bytes());
        let public = ed25519_dalek::SigningKey::from_bytes(&secret).verifying_key().to_bytes();
        (public.cmp(other) == order).then_some(Secret(secret))
    };
    (0..).find_map(listed).unwrap()
}

#[test]
fn a_device_that_lost_entries_stays_away_after_a_person_accepted_it() {
    for order in [std::cmp::Ordering::Less, std::cmp::Ordering::Greater] {
        let fresh = fresh();
        let device = fresh.vault.device_id();
        let (dir, folder) = fresh.close();
        let old = dir.path().join("old.db");
        std::fs::copy(folder.database(), &old).unwrap();
        let vault = open(&folder);
        let _ = vault.execute(add_buyer(1), stamp(1)).unwrap();
        vault.close();
        std::fs::write(folder.database(), std::fs::read(&old).unwrap()).unwrap();

        let (header, key) = unlock(&folder, Unlock::Passphrase(&passphrase()), at(1)).unwrap();
        let mut next = secret(order, device.as_bytes());
        let vault = connect(&folder, key, header.vault_id().0, &mut next).unwrap();
        let successor = vault.device_id();
        assert_eq!(successor.as_bytes().cmp(device.as_bytes()), order);
        vault.accept_head().unwrap();
        vault.close();

        let vault = open(&folder);
        assert_eq!(vault.device_id(), successor, "{order:?}");
        let _ = vault.execute(add_buyer(2), stamp(2)).unwrap();
        assert_eq!(vault.head().unwrap().unwrap().device, successor);
        assert!(vault.verify_journal().unwrap().ok);
    }
}

#[test]
fn a_missing_or_damaged_database_is_named() {
    let (_dir, folder) = fresh().close();
    let whole = std::fs::read(folder.database()).unwrap();
    let damaged = |folder: &Folder| {
        let opened = try_open(folder, &passphrase(), 0);
        matches!(opened, Err(OpenError::Vault(VaultError::Damaged(Part::Database))))
    };
    for at in [0, 20, 100, 4000] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(folder.database(), bytes).unwrap();
        assert!(damaged(&folder), "byte {at}");
    }
    std::fs::write(folder.database(), &whole[..1000]).unwrap();
    assert!(damaged(&folder));
    std::fs::write(folder.database(), b"").unwrap();
    assert!(damaged(&folder), "an empty file is no new database");
    std::fs::remove_file(folder.database()).unwrap();
    assert!(damaged(&folder));
    assert!(!folder.attempts().exists(), "the passphrase was right");
    std::fs::write(folder.database(), whole).unwrap();
    open(&folder).close();
}

#[test]
fn a_vault_of_a_newer_version_is_left_alone() {
    let fresh = fresh();
    crate::pool::lock(fresh.vault.writer())
        .pragma_update(None, "user_version", schema::VERSION + 1)
        .unwrap();
    let (_dir, folder) = fresh.close();
    let opened = try_open(&folder, &passphrase(), 0);
    assert!(matches!(opened, Err(OpenError::Vault(VaultError::Newer))));
}

/// What an earlier program left out of the tables stands in the journal.
#[test]
fn a_vault_of_an_earlier_version_has_everything_after_it_was_opened() {
    let exhibit = ExhibitId::from_bytes([7; 16]);
    let links = vec![ExhibitLink::Buyer { buyer: buyer(1) }];
    let new = NewExhibit {
        id: exhibit,
        kind: ExhibitKind::PackingPhoto,
        name: "packing table.jpg".to_owned(),
        sha256: "0".repeat(64),
        bytes: 5,
        media_type: "image/jpeg".to_owned(),
        captured_at: Some(at(5)),
        captured_offset: Some(480),
        blob: BlobId::from_bytes([7; 32]),
        derived_from: None,
        links: Vec::new(),
    };
    let known = |vault: &Vault| {
        vault.read(|read| Ok::<_, VaultError>((read.exhibit(exhibit)?, read.custody(exhibit)?)))
    };
    for version in 1..usize::try_from(schema::VERSION).unwrap() {
        let fresh = fresh();
        let add = Command::AddExhibits {
            exhibits: vec![new.clone()],
            links: links.clone(),
            purpose: Some("for the claim".to_owned()),
        };
        let text = "seal intact".to_owned();
        let annotate = Command::AnnotateExhibit { exhibit, text, purpose: None };
        for (ms, command) in (1..).zip([add_buyer(1), add, annotate]) {
            let _ = fresh.vault.execute(command, stamp(ms)).unwrap();
        }
        let before = known(&fresh.vault).unwrap();
        assert!(before.0.is_some() && before.1.len() == 2);
        schema::put_back(&crate::pool::lock(fresh.vault.writer()), version);
        let (_dir, folder) = fresh.close();
        let vault = open(&folder);
        assert_eq!(known(&vault).unwrap(), before, "from version {version}");
        assert!(vault.rebuild_check().unwrap().ok, "from version {version}");
        let found = schema::version(&crate::pool::lock(vault.writer())).unwrap();
        assert_eq!(found, schema::VERSION);
        let _ = vault.execute(add_buyer(2), stamp(9)).unwrap();
    }
}

/// What tied the two and when it ends stand in the journal; the tables of earlier programs had no room
/// for them.
#[test]
fn a_decision_on_a_pair_is_whole_after_a_vault_of_an_earlier_version_was_opened() {
    let (listed, alert) = (buyer(1), AlertId::from_bytes([5; 16]));
    let exhibit = NewExhibit {
        id: ExhibitId::from_bytes([7; 16]),
        kind: ExhibitKind::Message,
        name: "message.png".to_owned(),
        sha256: "0".repeat(64),
        bytes: 5,
        media_type: "image/png".to_owned(),
        captured_at: None,
        captured_offset: None,
        blob: BlobId::from_bytes([7; 32]),
        derived_from: None,
        links: Vec::new(),
    };
    let tie = |field| Reason {
        field,
        identifier: Some(IdentifierId::from_bytes([1; 16])),
        similarity: 1.0,
        weight: 20.0,
        note: ReasonNote::Exact,
    };
    let order = SeenOrder {
        order_id: "302-0000001-0000002".to_owned(),
        marketplace: "Amazon.de".to_owned(),
        at: at(0),
        identity: Token(77),
        message: String::new(),
    };
    let commands = [
        add_buyer(1),
        Command::AddIncident {
            buyer: listed,
            incident: IncidentId::from_bytes([3; 16]),
            clause: "REVIEW_EXTORTION".to_owned(),
            at: at(0),
            orders: vec!["302-0000001-0000001".to_owned()],
            text: "Asked for a refund or a bad review would follow.".to_owned(),
            buyer_version: None,
            exhibits: vec![exhibit],
        },
        Command::AddListing {
            buyer: listed,
            listing: ListingId::from_bytes([4; 16]),
            clause: "REVIEW_EXTORTION".to_owned(),
        },
        Command::RaiseAlert {
            alert,
            buyer: listed,
            order,
            tier: Tier::Alert,
            score: 20.0,
            reasons: vec![tie(ReasonField::Alias)],
            latency_ms: 4,
        },
        Command::DismissAlert {
            alert,
            note: Some("Her neighbour".to_owned()),
            not_this_buyer: true,
            until: Some(at(9_000)),
        },
    ];
    let pair = |vault: &Vault| vault.read(|read| read.pair(listed, Token(77))).unwrap();
    for version in 1..usize::try_from(schema::VERSION).unwrap() {
        let fresh = fresh();
        for (ms, command) in (10..).zip(commands.clone()) {
            let _ = fresh.vault.execute(command, stamp(ms)).unwrap();
        }
        let before = pair(&fresh.vault).unwrap();
        assert_eq!(before.ties.as_deref(), Some(&[IdentifierId::from_bytes([1; 16])][..]));
        assert_eq!(before.until, Some(at(9_000)));
        schema::put_back(&crate::pool::lock(fresh.vault.writer()), version);
        let (_dir, folder) = fresh.close();
        let vault = open(&folder);
        assert_eq!(pair(&vault), Some(before), "from version {version}");
        assert!(vault.rebuild_check().unwrap().ok, "from version {version}");
    }
}

#[test]
fn damage_in_the_pages_is_found() {
    let fresh = fresh();
    for n in 1..40 {
        let _ = fresh.vault.execute(add_buyer(n), stamp(1)).unwrap();
    }
    let report = fresh.vault.integrity().unwrap();
    assert!(report.ok, "{report:?}");
    let (_dir, folder) = fresh.close();
    let mut bytes = std::fs::read(folder.database()).unwrap();
    let last = bytes.len() - 2000;
    bytes[last] ^= 1;
    std::fs::write(folder.database(), bytes).unwrap();
    let report = open(&folder).integrity().unwrap();
    assert!(!report.ok && !report.cipher_integrity_check, "{report:?}");
}
