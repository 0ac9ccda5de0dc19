use super::*;
use crate::testing::{at, fresh, open, passphrase};
use crate::{KdfCost, OsEntropy, Vault};

fn passphrase_of(n: u32) -> Passphrase {
    Passphrase::new(format!("passphrase {n}"))
}

fn sample() -> (Header, Key, RecoveryKey) {
    let key = Key::new([3; 32]);
    let recovery = RecoveryKey::random(&mut OsEntropy).unwrap();
    let kdf = Kdf::new(KdfCost::Fast, [4; 16]).unwrap();
    let header =
        Header::new([5; 16], &key, (kdf, &passphrase_of(1)), &recovery, &mut OsEntropy).unwrap();
    (header, key, recovery)
}

/// Bytes that do not repeat, for a frozen file.
struct Counting(u8);

impl Entropy for Counting {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), VaultError> {
        for byte in bytes {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
        Ok(())
    }
}

/// The format of the header file. If this fails, existing vaults cannot be opened.
#[test]
fn format_is_frozen() {
    let mut entropy = Counting(0);
    let recovery = RecoveryKey::random(&mut entropy).unwrap();
    let kdf = Kdf::new(KdfCost::Fast, [4; 16]).unwrap();
    let key = Key::new([3; 32]);
    let written =
        Header::new([5; 16], &key, (kdf, &passphrase_of(1)), &recovery, &mut entropy).unwrap();
    assert_eq!(written.format().unwrap(), FROZEN);
    let read = Header::parse(FROZEN.as_bytes()).unwrap();
    let opened = read.unlock(Unlock::Passphrase(&passphrase_of(1))).unwrap().unwrap();
    assert_eq!(opened.bytes(), key.bytes());
    let opened = read.unlock(Unlock::Recovery(&recovery)).unwrap().unwrap();
    assert_eq!(opened.bytes(), key.bytes());
}

const FROZEN: &str = concat!(
    "buyerwatch vault 1\n",
    r#"{"vault_id":"05050505050505050505050505050505","passphrase":{"kdf":{"memory_kib":64,"pas"#,
    r#"ses":1,"salt":"04040404040404040404040404040404"},"nonce":"101112131415161718191a1b1c1d1"#,
    r#"e1f2021222324252627","wrapped":"ff0143e361844a37b536963684f7a266332d86c576c7f0596f74aad6"#,
    r#"f399c93110dc73c29cf63b9df939e8aef667201d"},"recovery":{"kdf":"hkdf-sha256","nonce":"2829"#,
    r#"2a2b2c2d2e2f303132333435363738393a3b3c3d3e3f","wrapped":"ae8bec750ed7685b8afddaad5c49344"#,
    r#"2795bced2b77afac7fead6208ead2dbb892b66e40470747ae16fe3f17fd5c86b2"},"seal":"22dfc3cb5023"#,
    r#"9f181d952779527641b439c898e040c0cba4216b7dcd132bcaa4"}"#,
    "\n",
    "40d823fdc4b79062860cd01e091732cc278a7d8e0af3842dfa49488790635edd\n",
);

#[test]
fn each_secret_opens_its_slot_and_no_other_does() {
    let (header, key, recovery) = sample();
    let read = Header::parse(header.format().unwrap().as_bytes()).unwrap();
    assert_eq!(read, header);
    let open = |with: Unlock<'_>| read.unlock(with).unwrap().map(|key| *key.bytes());
    assert_eq!(open(Unlock::Passphrase(&passphrase_of(1))), Some(*key.bytes()));
    assert_eq!(open(Unlock::Recovery(&recovery)), Some(*key.bytes()));
    assert_eq!(open(Unlock::Passphrase(&passphrase_of(2))), None);
    let other = RecoveryKey::random(&mut OsEntropy).unwrap();
    assert_eq!(open(Unlock::Recovery(&other)), None);
}

#[test]
fn every_flipped_bit_and_every_cut_is_damage() {
    let whole = sample().0.format().unwrap().into_bytes();
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(
            matches!(Header::parse(&flipped), Err(VaultError::Damaged(Part::Header))),
            "bit {bit}"
        );
    }
    for cut in 0..whole.len() {
        assert!(Header::parse(&whole[..cut]).is_err(), "cut at {cut}");
    }
    for junk in [&b""[..], b"\n", b"\n\n\n", b"buyerwatch vault 1\n", &[0xff; 400]] {
        assert!(Header::parse(junk).is_err());
    }
}

/// A header whose hash is right, as an attacker would write it.
fn rehashed(text: &str) -> Vec<u8> {
    let (before, _) = text.trim_end().rsplit_once('\n').unwrap();
    let before = format!("{before}\n");
    format!("{before}{}\n", blake3::hash(before.as_bytes())).into_bytes()
}

#[test]
fn parameters_out_of_range_are_refused_before_any_work_is_done() {
    let text = sample().0.format().unwrap();
    let memory = "\"memory_kib\":64,";
    let passes = "\"passes\":1,";
    assert!(text.contains(memory) && text.contains(passes));
    for (from, to) in [
        (memory, "\"memory_kib\":4294967295,"),
        (memory, "\"memory_kib\":1048577,"),
        (memory, "\"memory_kib\":8,"),
        (memory, "\"memory_kib\":-1,"),
        (passes, "\"passes\":0,"),
        (passes, "\"passes\":65,"),
        (passes, "\"passes\":4294967295,"),
        (passes, "\"passes\":1,\"lanes\":9,"),
    ] {
        let parsed = Header::parse(&rehashed(&text.replace(from, to)));
        assert!(matches!(parsed, Err(VaultError::Damaged(Part::Header))), "{to}");
    }
}

#[test]
fn manipulation_with_a_right_hash_is_noticed() {
    let (header, _, recovery) = sample();
    let text = header.format().unwrap();
    // Less work: the slot is bound to its parameters, so that even the right passphrase fails.
    let cheaper = rehashed(&text.replace("\"memory_kib\":64,", "\"memory_kib\":65,"));
    let cheaper = Header::parse(&cheaper).unwrap();
    assert!(cheaper.unlock(Unlock::Passphrase(&passphrase_of(1))).unwrap().is_none());
    // And the slot that is untouched opens to a seal that does not fit.
    let opened = cheaper.unlock(Unlock::Recovery(&recovery));
    assert!(matches!(opened, Err(VaultError::Damaged(Part::Header))));
}

#[test]
fn a_newer_format_is_named_as_such() {
    let text = sample().0.format().unwrap().replacen("vault 1\n", "vault 2\n", 1);
    assert!(matches!(Header::parse(&rehashed(&text)), Err(VaultError::Newer)));
}

#[test]
fn a_damaged_header_file_is_a_clear_error_and_counts_as_no_attempt() {
    let (_dir, folder) = fresh().close();
    let whole = std::fs::read(folder.header()).unwrap();
    for damage in [&whole[..100], b"", &vec![b'x'; 200_000]] {
        std::fs::write(folder.header(), damage).unwrap();
        let opened = Vault::open(&folder, Unlock::Passphrase(&passphrase()), at(1));
        assert!(matches!(opened, Err(OpenError::Vault(VaultError::Damaged(Part::Header)))));
    }
    assert!(!folder.attempts().exists());
    std::fs::write(folder.header(), whole).unwrap();
    open(&folder).close();
}
