//! What a run has put outside the vault so far; all of it goes when the run does not come to its
//! end.

use crate::{ApiError, Host};
use buyerwatch_vault::{VaultError, rename};
use std::{
    fs::{self, File, OpenOptions},
    io::{Error, ErrorKind},
    path::{Path, PathBuf},
};

/// Folders and files that this run made, and nothing that somebody else did. Dropped before
/// [`keep`](Self::keep), it removes them.
#[derive(Debug)]
pub(super) struct Unfinished {
    /// Beginning of the names of files on their way, which nobody can have given already.
    prefix: String,
    drafts: usize,
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
    kept: bool,
}

impl Unfinished {
    pub(super) fn new(host: &dyn Host) -> Result<Self, ApiError> {
        let mut drawn = [0; 16];
        host.random(&mut drawn)?;
        let prefix = format!(".{:032x}", u128::from_be_bytes(drawn));
        Ok(Self { prefix, drafts: 0, folders: Vec::new(), files: Vec::new(), kept: false })
    }

    /// Beginning of the names of files on their way.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The folders that it made so far, the outermost first.
    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Makes a folder and those that it lies in, as far as they are missing.
    pub(super) fn folder(&mut self, folder: &Path) -> Result<(), ApiError> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
            .collect();
        for above in missing.into_iter().rev() {
            match fs::create_dir(above) {
                Ok(()) => self.folders.push(above.to_path_buf()),
                Err(_) if above.is_dir() => {}
                Err(error) => return Err(VaultError::from(error).into()),
            }
        }
        Ok(())
    }

    /// A new file in a folder, which only this user of the computer may read, under a name that
    /// it has until all is well.
    pub(super) fn draft(&mut self, folder: &Path) -> Result<(File, PathBuf), ApiError> {
        let path = folder.join(format!("{}-{}.part", self.prefix, self.drafts));
        self.drafts += 1;
        let file = new(&path).map_err(VaultError::from)?;
        self.files.push(path.clone());
        Ok((file, path))
    }

    /// Gives a draft its name. A file that has the name already stays as it is.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] when the name is taken.
    pub(super) fn name(&mut self, draft: &Path, path: &Path) -> Result<(), Error> {
        // No system lets a name be taken only when it is free, and works on every medium. So the
        // name is first taken by an empty file, and that is what gives way.
        new(path)?;
        self.files.push(path.to_path_buf());
        rename(draft, path)?;
        self.files.retain(|file| file != draft);
        Ok(())
    }

    /// Keeps what was made, and makes sure that its names survive a power cut where that can be
    /// done.
    pub(super) fn keep(mut self, folder: &Path) {
        self.kept = true;
        sync(folder);
        for made in self.folders.iter().rev() {
            made.parent().into_iter().for_each(sync);
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        // A folder into which somebody put something meanwhile stays.
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn new(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes sure that names survive a power cut where that can be done.
pub(super) fn sync(folder: &Path) {
    #[cfg(unix)]
    {
        let here = folder.as_os_str().is_empty();
        if let Ok(folder) = File::open(if here { Path::new(".") } else { folder }) {
            let _ = folder.sync_all();
        }
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Whether a failure means that the name is taken.
pub(super) fn is_taken(error: &Error) -> bool {
    error.kind() == ErrorKind::AlreadyExists
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Quiet;

    impl Host for Quiet {
        fn push(&self, _: crate::Push) {}
        fn notify(&self, _: crate::Notification) {}
        fn log(&self, _: &crate::LogLine<'_>) {}
    }

    #[test]
    fn only_what_this_run_made_is_removed() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("one/two");
        let mut made = Unfinished::new(&Quiet).unwrap();
        made.folder(&folder).unwrap();
        let (_, named) = made.draft(&folder).unwrap();
        let (_, left) = made.draft(&folder).unwrap();
        made.name(&named, &folder.join("named")).unwrap();
        assert!(!named.exists() && left.exists());
        let theirs = place.path().join("one/theirs");
        fs::write(&theirs, b"theirs").unwrap();
        assert!(is_taken(&made.name(&left, &theirs).unwrap_err()));
        drop(made);
        assert_eq!(fs::read(&theirs).unwrap(), b"theirs");
        assert!(!folder.exists());
    }

    #[test]
    fn what_is_kept_stays() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("new");
        let mut made = Unfinished::new(&Quiet).unwrap();
        made.folder(&folder).unwrap();
        let (_, draft) = made.draft(&folder).unwrap();
        made.name(&draft, &folder.join("named")).unwrap();
        made.keep(&folder);
        assert!(folder.join("named").exists());
    }
}
