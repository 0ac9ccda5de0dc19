//! Files are standard age files: another reader of the format opens them.

use super::*;
use age::secrecy::SecretString;
use std::fs::File;
use std::str::FromStr as _;

/// Opens a file with the age library and nothing of ours.
fn public(secret: &str, file: impl Read) -> Vec<u8> {
    let identity = age::x25519::Identity::from_str(secret).unwrap();
    let decryptor = age::Decryptor::new(file).unwrap();
    let mut bytes = Vec::new();
    let mut stream = decryptor.decrypt(std::iter::once(&identity as _)).unwrap();
    stream.read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_recovery_key_and_a_public_tool_open_every_file() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let lengths = [
        0, 1, 65_535, 65_536, 65_537, 131_072, 1_048_575, 1_048_576, 1_048_577, 3_145_728,
        9_000_001,
    ];
    let files: Vec<_> =
        lengths.map(|len| (len, store(&blobs, &content(2, len)))).into_iter().collect();
    let printed = fresh.recovery.to_string();
    let (_dir, folder) = fresh.close();

    let identity = File::open(folder.identity()).unwrap();
    let mut key = age::scrypt::Identity::new(SecretString::from(printed));
    key.set_max_work_factor(10);
    let decryptor = age::Decryptor::new(identity).unwrap();
    let mut text = String::new();
    let mut stream = decryptor.decrypt(std::iter::once(&key as _)).unwrap();
    stream.read_to_string(&mut text).unwrap();
    let secret = text.lines().find(|line| !line.starts_with('#')).unwrap();
    let public_key = text.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap();
    let derived = age::x25519::Identity::from_str(secret).unwrap().to_public().to_string();
    assert_eq!(public_key, derived);

    for (len, id) in files {
        let file = File::open(blobs.path(id)).unwrap();
        let stored = payload(&blobs, id) as u64 + verify::sealed_len(len as u64);
        assert_eq!(file.metadata().unwrap().len(), stored, "{len}");
        assert!(public(secret, file) == content(2, len), "{len}");
    }
}

#[test]
fn the_identity_is_that_of_the_vault() {
    let fresh = fresh();
    let secret = fresh.vault.blobs().recovery_identity().unwrap();
    let folder = fresh.folder();
    let (_dir, _) = fresh.close();
    let again = crate::testing::open(&folder).blobs().recovery_identity().unwrap();
    assert_eq!(secret.expose_secret(), again.expose_secret());
}

/// If this fails, evidence that was stored can no longer be read.
#[test]
fn stored_files_are_frozen() {
    let id: BlobId = GOLDEN_NAME.parse().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let door = Door::open(&Folder::at(dir.path()), &Key::new([1; 32])).unwrap();
    let blobs = door.handle();
    let golden = include_bytes!("golden.age");
    assert_eq!(blobs.recovery_identity().unwrap().expose_secret(), GOLDEN_SECRET);
    assert_eq!(public(GOLDEN_SECRET, &golden[..]), GOLDEN_CONTENT);

    blobs.shard(id).make().unwrap();
    std::fs::write(blobs.path(id), golden).unwrap();
    let mut text = Vec::new();
    blobs.open(id).unwrap().read_to_end(&mut text).unwrap();
    assert_eq!(text, GOLDEN_CONTENT);
    assert_eq!(check(&blobs, id, GOLDEN_CONTENT), None);
}

const GOLDEN_NAME: &str = "adec4f9571bdaf690f1861ba0860e35be79b16afb84273c36de3e68418e3458e";
const GOLDEN_SECRET: &str =
    "AGE-SECRET-KEY-10Z5T3X8TDZ7L9ZU8GCEUJ48EU2LMW9CETZKVXNX2VKLS8GSTGWCS2WNMKS";
const GOLDEN_CONTENT: &[u8] = b"the parcel came back with a brick in it";

#[test]
fn nothing_of_a_file_lies_readable_in_the_folder() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let canary = b"canary-lantern-7731".repeat(5_000);
    let kept = store(&blobs, &canary);
    let incoming = take_in(&blobs, &canary);
    let files = left_behind(&blobs);
    assert_eq!(files.len(), 2);
    for file in files.iter().chain([&fresh.folder().identity()]) {
        let bytes = std::fs::read(file).unwrap();
        for secret in [&b"canary-lantern"[..], b"AGE-SECRET", fresh.recovery.to_string().as_bytes()]
        {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{}", file.display());
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            for path in [file.as_path(), file.parent().unwrap()] {
                let mode = path.metadata().unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0, "{}", path.display());
            }
        }
    }
    drop(incoming);
    assert_eq!(left_behind(&blobs), [blobs.path(kept)]);
}
