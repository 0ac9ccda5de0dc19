//! The log: what failed, when, and the reference that the person saw. It holds no personal data,
//! path or key, and grows to two megabytes at most.

use buyerwatch_app::{LogLevel, LogLine};
use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    sync::Mutex,
};

/// Size in bytes at which a new file begins; one older file is kept.
const FULL: u64 = 1 << 20;

/// The log file, opened at the first line.
#[derive(Debug)]
pub(crate) struct Log {
    folder: PathBuf,
    file: Mutex<Option<File>>,
}

impl Log {
    /// A log under the data folder. Nothing is created yet.
    pub(crate) fn under(data: &Path) -> Self {
        Self { folder: data.join("log"), file: Mutex::new(None) }
    }

    /// Adds a line. A log that cannot be written must not stop the work that it tells of, so
    /// failures are dropped.
    pub(crate) fn add(&self, line: &LogLine<'_>) {
        let level = match line.level {
            LogLevel::Info => "info",
            LogLevel::Error => "error",
        };
        let text = format!(
            "{at} {level} {during} {code} {reference}\n",
            at = line.at,
            during = line.during,
            code = line.code,
            reference = line.reference
        );
        let Ok(mut file) = self.file.lock() else { return };
        if let Ok(open) = self.opened(&mut file) {
            let _ = open.write_all(text.as_bytes());
        }
    }

    fn opened<'a>(&self, file: &'a mut Option<File>) -> std::io::Result<&'a mut File> {
        let path = self.folder.join("buyerwatch.log");
        let full = match file {
            Some(open) => open.metadata()?.len() >= FULL,
            None => fs::metadata(&path).is_ok_and(|found| found.len() >= FULL),
        };
        if full {
            *file = None;
            fs::rename(&path, self.folder.join("buyerwatch.1.log"))?;
        }
        match file {
            Some(open) => Ok(open),
            None => {
                fs::create_dir_all(&self.folder)?;
                Ok(file.insert(OpenOptions::new().create(true).append(true).open(&path)?))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use buyerwatch_app::{LogLevel, LogLine};

    #[test]
    fn lines_are_kept_and_the_file_stays_small() {
        let data = tempfile::tempdir().unwrap();
        let log = Log::under(data.path());
        let line = LogLine {
            at: "2026-05-03T10:41:00Z".parse().unwrap(),
            level: LogLevel::Error,
            code: "disk_full",
            reference: "k7m2q9",
            during: "imports.start",
        };
        log.add(&line);
        let path = data.path().join("log/buyerwatch.log");
        let expected = "2026-05-03T10:41:00.000Z error imports.start disk_full k7m2q9\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);

        fs::write(&path, vec![b'x'; usize::try_from(FULL).unwrap()]).unwrap();
        log.add(&line);
        assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        assert!(data.path().join("log/buyerwatch.1.log").exists());
    }
}
