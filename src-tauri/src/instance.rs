//! One window per data folder.

use std::path::{Path, PathBuf};

/// The name under which a second start finds the first: one for each data folder, so that two
/// folders are two programs.
pub(crate) fn name(base: &str, data: &Path) -> String {
    // The digits begin with a letter: no part of a D-Bus name may begin with a digit.
    format!("{base}.f{:016x}", fnv1a(&settled(data)))
}

/// One spelling of a folder, whether or not it exists yet.
fn settled(path: &Path) -> PathBuf {
    if let Ok(real) = std::fs::canonicalize(path) {
        return real;
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (whole.parent(), whole.file_name()) {
        (Some(parent), Some(name)) => settled(parent).join(name),
        _ => whole,
    }
}

/// FNV-1a, 64 bits: stable over versions, and nothing here is secret.
fn fnv1a(path: &Path) -> u64 {
    path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_has_its_own_name_however_it_is_spelt() {
        let id = |folder| name("app.example", Path::new(folder));
        assert_ne!(id("/nowhere/a"), id("/nowhere/b"));
        assert_eq!(id("/nowhere/a"), id("/nowhere/./a"));
        assert!(id("/nowhere/a").starts_with("app.example.f"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_to_the_same_name() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert_eq!(name("x", &real.join("data")), name("x", &link.join("data")));
    }
}
