//! Reading and writing long files past the system's cache, where the system can.
//!
//! Evidence is written once and rarely read again; keeping gigabytes of it in memory costs more time
//! than encrypting them, and drives out what is of use. Past the cache, place, length and memory have
//! to be multiples of a block. What is not, and everything on systems and disks that refuse, goes the
//! usual way.

use std::fs::File;
use std::io::{self, ErrorKind, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Multiple that suits disks with blocks of 512 and of 4,096 bytes, and pages of memory.
const BLOCK: usize = 4096;
/// What is written at a time.
const PART: usize = 1024 * 1024;

/// Memory that begins at a multiple of a block.
#[derive(Debug)]
pub(super) struct Aligned {
    memory: Vec<u8>,
    start: usize,
    size: usize,
}

impl Aligned {
    pub(super) fn new(size: usize) -> Self {
        let memory = vec![0; size + BLOCK];
        let start = memory.as_ptr().align_offset(BLOCK);
        Self { memory, start: if start < BLOCK { start } else { 0 }, size }
    }

    pub(super) fn bytes(&mut self) -> &mut [u8] {
        self.memory
            .get_mut(self.start..)
            .and_then(|all| all.get_mut(..self.size))
            .unwrap_or_default()
    }
}

/// The same file once more, past the cache.
#[cfg(target_os = "linux")]
fn past_cache(path: &Path, options: &mut std::fs::OpenOptions) -> Option<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.custom_flags(libc::O_DIRECT).open(path).ok()
}

#[cfg(not(target_os = "linux"))]
fn past_cache(_: &Path, _: &mut std::fs::OpenOptions) -> Option<File> {
    None
}

/// Whether the disk refuses to be read or written past the cache.
fn refused(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported)
}

/// Writes a new file from its beginning. Without [`flush`](Write::flush) its end is missing.
#[derive(Debug)]
pub(super) struct Writer {
    file: File,
    /// None as soon as it was refused once.
    direct: Option<File>,
    part: Aligned,
    filled: usize,
    /// Where the part belongs.
    at: u64,
    /// A disk that takes less at a time than it is given.
    #[cfg(test)]
    short: bool,
}

impl Writer {
    /// Writes `file`, which stands at `path` and is empty.
    pub(super) fn new(file: File, path: &Path) -> Self {
        let direct = past_cache(path, File::options().write(true));
        Self {
            file,
            direct,
            part: Aligned::new(PART),
            filled: 0,
            at: 0,
            #[cfg(test)]
            short: false,
        }
    }

    /// Whether the cache is left out.
    pub(super) const fn is_direct(&self) -> bool {
        self.direct.is_some()
    }

    /// Writes what the part holds.
    fn write_part(&mut self) -> io::Result<()> {
        let mut done = 0;
        while done < self.filled {
            let rest = self.part.bytes().get(done..self.filled).unwrap_or_default();
            #[cfg(test)]
            let rest =
                if self.short { rest.get(..rest.len().min(9_999)).unwrap_or(rest) } else { rest };
            let whole = rest.len() / BLOCK * BLOCK;
            let written = match &mut self.direct {
                Some(direct) if whole > 0 && done.is_multiple_of(BLOCK) => {
                    direct.seek(SeekFrom::Start(self.at))?;
                    match direct.write(rest.get(..whole).unwrap_or_default()) {
                        Err(error) if refused(&error) => {
                            self.direct = None;
                            continue;
                        }
                        written => written,
                    }
                }
                _ => {
                    self.file.seek(SeekFrom::Start(self.at))?;
                    self.file.write(rest)
                }
            };
            match written {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(written) => {
                    done += written;
                    self.at = self.at.saturating_add(u64::try_from(written).unwrap_or(0));
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.filled = 0;
        Ok(())
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let filled = self.filled;
        let room = self.part.bytes().get_mut(filled..).unwrap_or_default();
        let len = bytes.len().min(room.len());
        for (room, bytes) in room.get_mut(..len).into_iter().zip(bytes.get(..len)) {
            room.copy_from_slice(bytes);
        }
        self.filled += len;
        if self.filled == PART {
            self.write_part()?;
        }
        Ok(len)
    }

    /// Writes the rest. What comes after the end of no block goes through the cache.
    fn flush(&mut self) -> io::Result<()> {
        self.write_part()?;
        self.direct = self.direct.take().filter(|_| self.at.is_multiple_of(BLOCK as u64));
        self.file.flush()
    }
}

/// Reads a file that several threads read at the same time, each into memory of its own.
#[derive(Debug)]
pub(super) struct Reader {
    file: File,
    direct: Option<File>,
    refused: AtomicBool,
}

impl Reader {
    /// What memory for a part needs beyond its size: it may begin and end within a block.
    pub(super) const SLACK: usize = 2 * BLOCK;

    /// Reads `file`, which stands at `path`.
    pub(super) fn new(file: File, path: &Path) -> Self {
        let direct = past_cache(path, File::options().read(true));
        Self { file, direct, refused: AtomicBool::new(false) }
    }

    /// Reads `size` bytes from a place in the file, into memory of so many and
    /// [`SLACK`](Self::SLACK). They are fewer only where the file ends.
    pub(super) fn read_at<'a>(
        &self,
        place: u64,
        size: usize,
        memory: &'a mut Aligned,
    ) -> io::Result<&'a [u8]> {
        let block = BLOCK as u64;
        // The block is read from its beginning.
        let from = place / block * block;
        let before = usize::try_from(place - from).unwrap_or(0);
        let end = before + size;
        let mut filled = 0;
        while filled < end {
            let at = from.saturating_add(u64::try_from(filled).unwrap_or(u64::MAX));
            // A disk that stops within a block has come to the end, of which the system tells only the
            // usual way.
            let direct = self
                .direct
                .as_ref()
                .filter(|_| filled.is_multiple_of(BLOCK) && !self.refused.load(Ordering::Relaxed));
            let until = if direct.is_some() { end.next_multiple_of(BLOCK) } else { end };
            let room = memory.bytes().get_mut(filled..until).unwrap_or_default();
            match read_at(direct.unwrap_or(&self.file), room, at) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if direct.is_some() && refused(&error) => {
                    self.refused.store(true, Ordering::Relaxed);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(memory.bytes().get(before.min(filled)..filled.min(end)).unwrap_or_default())
    }
}

#[cfg(unix)]
fn read_at(file: &File, room: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, room, at)
}

#[cfg(windows)]
fn read_at(file: &File, room: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, room, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(len: usize) -> Vec<u8> {
        (0..len).map(|n| (n * 31 % 251) as u8).collect()
    }

    /// In the folder of the build, which is on a disk; a temporary folder may be in memory.
    fn folder() -> tempfile::TempDir {
        tempfile::tempdir_in(std::env::current_exe().unwrap().parent().unwrap()).unwrap()
    }

    /// All that a reader reads from a place, in parts.
    fn all(reader: &Reader, from: u64, size: usize, memory: fn(usize) -> Aligned) -> Vec<u8> {
        let mut memory = memory(size + Reader::SLACK);
        let mut read = Vec::new();
        loop {
            let part = reader.read_at(from + read.len() as u64, size, &mut memory).unwrap();
            read.extend_from_slice(part);
            if part.len() < size {
                return read;
            }
        }
    }

    #[test]
    fn what_is_written_past_the_cache_is_what_is_read_with_and_without_it() {
        let dir = folder();
        for len in [0, 1, 4095, 4096, 4097, PART - 1, PART, PART + 1, 3 * PART + 4096, 5_000_001] {
            for step in [1000, 65_552, 3 * PART] {
                let path = dir.path().join(format!("{len} {step}"));
                let bytes = content(len);
                let mut writer = Writer::new(File::create_new(&path).unwrap(), &path);
                for part in bytes.chunks(step) {
                    writer.write_all(part).unwrap();
                }
                writer.flush().unwrap();
                assert!(std::fs::read(&path).unwrap() == bytes, "{len} in steps of {step}");
                for from in [0, 1, 4096, 5000] {
                    let reader = Reader::new(File::open(&path).unwrap(), &path);
                    let read = all(&reader, from as u64, step, Aligned::new);
                    assert!(read == bytes.get(from..).unwrap_or_default(), "{len} from {from}");
                }
            }
        }
    }

    #[test]
    fn a_disk_that_takes_little_at_a_time_gets_everything() {
        let dir = folder();
        for (len, direct) in [(2 * PART + 5_001, true), (2 * PART, true), (PART + 77, false)] {
            let path = dir.path().join(format!("{len}"));
            let bytes = content(len);
            let mut writer = Writer::new(File::create_new(&path).unwrap(), &path);
            writer.short = true;
            writer.direct = writer.direct.take().filter(|_| direct);
            writer.write_all(&bytes).unwrap();
            writer.flush().unwrap();
            assert!(std::fs::read(&path).unwrap() == bytes, "{len}");
        }
    }

    #[test]
    fn without_it_everything_goes_the_usual_way() {
        let dir = folder();
        let path = dir.path().join("plain");
        let bytes = content(3 * PART + 5);
        let mut writer = Writer::new(File::create_new(&path).unwrap(), &path);
        writer.direct = None;
        writer.write_all(&bytes).unwrap();
        writer.flush().unwrap();
        let mut reader = Reader::new(File::open(&path).unwrap(), &path);
        reader.direct = None;
        assert!(all(&reader, 0, 70_000, Aligned::new) == bytes);
    }

    #[test]
    fn writing_goes_on_after_a_flush_in_the_middle_of_a_block() {
        let dir = folder();
        let path = dir.path().join("twice");
        let bytes = content(2 * PART + 77);
        let mut writer = Writer::new(File::create_new(&path).unwrap(), &path);
        let (first, second) = bytes.split_at(4000);
        writer.write_all(first).unwrap();
        writer.flush().unwrap();
        writer.write_all(second).unwrap();
        writer.flush().unwrap();
        assert!(std::fs::read(&path).unwrap() == bytes);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_disk_that_refuses_only_when_written_is_written_the_usual_way() {
        let dir = folder();
        let path = dir.path().join("refusing");
        let bytes = content(PART + 77);
        let mut writer = Writer::new(File::create_new(&path).unwrap(), &path);
        if !writer.is_direct() {
            return;
        }
        // Memory at an odd address is refused by every disk.
        writer.part.start += 1;
        writer.write_all(&bytes).unwrap();
        writer.flush().unwrap();
        assert!(!writer.is_direct(), "nothing was refused");
        assert!(std::fs::read(&path).unwrap() == bytes);
        let odd = |size| {
            let mut memory = Aligned::new(size);
            memory.start += 1;
            memory
        };
        let reader = Reader::new(File::open(&path).unwrap(), &path);
        assert!(all(&reader, 0, PART, odd) == bytes);
        assert!(reader.refused.load(Ordering::Relaxed), "nothing was refused");
        assert!(all(&reader, 5, 70_000, odd) == bytes[5..]);
    }
}
