//! Where a vault lies: which computer, and which copy of it.
//!
//! A device signs its entries and numbers them without a gap. Two copies of one vault that went on
//! as the same device would give the same number to different entries, so a device belongs to one
//! computer and one copy. Files keep their creation time and number when they are renamed, and get
//! new ones when they are copied or restored. The creation time alone would not do: on Windows some
//! programs copy it along, and a file that soon takes the place of another inherits it.

use crate::Folder;
use crate::secret::{Key, Purpose};
use std::path::Path;

/// Names this computer and this copy of the vault, hidden by a key of the vault.
pub(crate) fn binding(folder: &Folder, key: &Key) -> std::io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new_keyed(key.derive(Purpose::Device).bytes());
    for part in [machine(), copy(&folder.database())?] {
        hasher.update(&u64::try_from(part.len()).unwrap_or(0).to_le_bytes());
        hasher.update(&part);
    }
    Ok(*hasher.finalize().as_bytes())
}

/// What tells a file from a copy of it.
fn copy(path: &Path) -> std::io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    let mut identity = Vec::new();
    let created = metadata
        .created()
        .ok()
        .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
        .map(|at| at.as_nanos().to_le_bytes());
    identity.extend(created.unwrap_or_default());
    #[cfg(unix)]
    identity.extend(std::os::unix::fs::MetadataExt::ino(&metadata).to_le_bytes());
    #[cfg(windows)]
    identity.extend(number(path)?.to_le_bytes());
    Ok(identity)
}

/// The number of a file, which NTFS gives to no other one after it.
#[cfg(windows)]
fn number(path: &Path) -> std::io::Result<u64> {
    use std::os::windows::fs::OpenOptionsExt as _;
    // Asks for no right to the content, so that whoever holds the file cannot refuse.
    let file = std::fs::File::options().access_mode(0).open(path)?;
    Ok(winapi_util::file::information(&file)?.file_index())
}

#[cfg(target_os = "linux")]
fn machine() -> Vec<u8> {
    ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .iter()
        .find_map(|path| std::fs::read(path).ok().filter(|id| !id.trim_ascii().is_empty()))
        .unwrap_or_default()
}

#[cfg(target_os = "macos")]
fn machine() -> Vec<u8> {
    let mut ask = std::process::Command::new("/usr/sbin/ioreg");
    answer(ask.args(["-rd1", "-c", "IOPlatformExpertDevice"]), b"IOPlatformUUID")
}

#[cfg(windows)]
fn machine() -> Vec<u8> {
    use std::os::windows::process::CommandExt;
    /// Keeps a console window from flashing up.
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    let root = std::env::var_os("SystemRoot").unwrap_or_else(|| r"C:\Windows".into());
    let mut ask = std::process::Command::new(Path::new(&root).join(r"System32\reg.exe"));
    ask.args(["query", r"HKLM\SOFTWARE\Microsoft\Cryptography", "/v", "MachineGuid"]);
    answer(ask.creation_flags(CREATE_NO_WINDOW), b"MachineGuid")
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn machine() -> Vec<u8> {
    Vec::new()
}

/// The line of a tool's answer that holds the word; nothing when the tool is missing.
#[cfg(any(target_os = "macos", windows))]
fn answer(ask: &mut std::process::Command, word: &[u8]) -> Vec<u8> {
    let output = ask.output().map(|output| output.stdout).unwrap_or_default();
    output
        .split(|&byte| byte == b'\n')
        .find(|line| line.windows(word.len()).any(|part| part == word))
        .map(|line| line.trim_ascii().to_vec())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_folder_stays_itself_and_a_copy_does_not() {
        let dir = tempfile::tempdir().unwrap();
        let key = Key::new([1; 32]);
        let folder = Folder::at(dir.path().join("vault"));
        folder.make().unwrap();
        std::fs::write(folder.database(), "database").unwrap();
        let here = binding(&folder, &key).unwrap();
        assert_eq!(binding(&folder, &key).unwrap(), here);

        let moved = Folder::at(dir.path().join("moved"));
        std::fs::rename(folder.path(), moved.path()).unwrap();
        assert_eq!(binding(&moved, &key).unwrap(), here, "a folder may be moved");

        folder.make().unwrap();
        std::fs::copy(moved.database(), folder.database()).unwrap();
        assert_ne!(binding(&folder, &key).unwrap(), here, "a copy is another device");
        assert_ne!(binding(&moved, &Key::new([2; 32])).unwrap(), here, "hidden by the key");
    }
}
