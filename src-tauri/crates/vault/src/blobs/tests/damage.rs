//! Files are changed on disk in every way: no wrong byte is ever given out, and each is named.

use super::*;
use crate::blobs::verify::PART;
use std::cell::Cell;

const CHUNK: usize = 64 * 1024 + 16;
/// Two whole chunks and a part of one.
const LEN: usize = 2 * 64 * 1024 + 777;

struct Bench {
    fresh: Fresh,
    blobs: Blobs,
    id: BlobId,
    bytes: Vec<u8>,
    /// The file as it was stored.
    whole: Vec<u8>,
    header: usize,
    /// Files that were put in its place.
    tried: Cell<usize>,
}

impl Bench {
    fn new(len: usize) -> Self {
        let fresh = fresh();
        let blobs = fresh.vault.blobs();
        let bytes = content(3, len);
        let id = store(&blobs, &bytes);
        let whole = std::fs::read(blobs.path(id)).unwrap();
        let header = payload(&blobs, id);
        Self { fresh, blobs, id, bytes, whole, header, tried: Cell::new(0) }
    }

    fn chunk(&self, n: usize) -> &[u8] {
        let body = &self.whole[self.header..];
        &body[n * CHUNK..body.len().min((n + 1) * CHUNK)]
    }

    /// The file made of these chunks.
    fn made_of(&self, chunks: &[usize]) -> Vec<u8> {
        let mut file = self.whole[..self.header].to_vec();
        chunks.iter().for_each(|&n| file.extend(self.chunk(n)));
        file
    }

    /// Puts another file in place; answers what verifying finds. Panics when a wrong byte is read.
    fn put(&self, file: &[u8], what: &str) -> Option<Damage> {
        std::fs::write(self.blobs.path(self.id), file).unwrap();
        self.tried.set(self.tried.get() + usize::from(file != self.whole));
        if let Ok(mut reader) = self.blobs.open(self.id) {
            assert!(reader.len() <= self.bytes.len() as u64, "{what}: longer than stored");
            let mut buffer = vec![0; 50_000];
            // On behind what cannot be read: later parts may be whole.
            for at in (0..self.bytes.len()).step_by(25_000) {
                reader.seek(SeekFrom::Start(at as u64)).unwrap();
                while let Ok(read @ 1..) = reader.read(&mut buffer) {
                    let end = usize::try_from(reader.stream_position().unwrap()).unwrap();
                    assert!(buffer[..read] == self.bytes[end - read..end], "{what}: wrong bytes");
                    if end > at + 25_000 {
                        break;
                    }
                }
            }
        }
        check(&self.blobs, self.id, &self.bytes)
    }
}

#[test]
fn ten_thousand_changes_are_found() {
    let ways = [
        every_flipped_bit_of_the_header_is_found,
        every_cut_of_a_small_file_is_found,
        flips_and_cuts_anywhere_are_found,
        flips_and_cuts_between_the_parts_that_are_read_at_a_time_are_found,
        chunks_in_any_other_order_or_number_are_found,
        swapped_and_duplicated_files_are_found_also_without_the_hash,
    ];
    let tried: usize = std::thread::scope(|scope| {
        let threads = ways.map(|way| scope.spawn(way));
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(tried >= 10_000, "only {tried}");
}

fn every_flipped_bit_of_the_header_is_found() -> usize {
    let bench = Bench::new(1_000);
    for bit in 0..bench.header * 8 {
        let mut file = bench.whole.clone();
        file[bit / 8] ^= 1 << (bit % 8);
        // A line that no longer ends goes on to the end of the file.
        let found = bench.put(&file, "flip");
        assert!(matches!(found, Some(Damage::Altered | Damage::Truncated)), "{bit}: {found:?}");
    }
    assert_eq!(bench.put(&bench.whole, "as it was"), None);
    bench.tried.get()
}

fn every_cut_of_a_small_file_is_found() -> usize {
    let mut tried = 0;
    for len in [0, 1, 700] {
        let bench = Bench::new(len);
        for cut in 0..bench.whole.len() {
            let found = bench.put(&bench.whole[..cut], "cut");
            assert_eq!(found, Some(Damage::Truncated), "{cut} of {}", bench.whole.len());
        }
        tried += bench.tried.get();
    }
    tried
}

fn flips_and_cuts_anywhere_are_found() -> usize {
    let bench = Bench::new(LEN);
    let mut draw = Draw::new("seed 1");
    for _ in 0..5_200 {
        let mut file = bench.whole.clone();
        let at = draw.below(file.len());
        file[at] ^= 1 << draw.below(8);
        assert_eq!(bench.put(&file, "flip"), Some(Damage::Altered), "byte {at}");
    }
    let edges = [0, 1, 2]
        .map(|n| bench.header + n * CHUNK)
        .into_iter()
        .flat_map(|edge| edge - 17..edge + 18);
    let anywhere: Vec<usize> = (0..200).map(|_| draw.below(bench.whole.len())).collect();
    for cut in edges.chain(anywhere) {
        let found = bench.put(&bench.whole[..cut], "cut");
        assert_eq!(found, Some(Damage::Truncated), "at {cut}");
    }
    for more in [1, 16, 17, CHUNK, 2 * CHUNK] {
        let mut file = bench.whole.clone();
        file.extend(content(9, more));
        assert_eq!(bench.put(&file, "added"), Some(Damage::Altered), "{more} more");
        // Sealed bytes are as good as random: writing over a single one must not happen to keep it.
        let end = bench.whole.len() - more;
        file.truncate(bench.whole.len());
        file[end..].iter_mut().for_each(|byte| *byte = !*byte);
        assert_eq!(bench.put(&file, "turned"), Some(Damage::Altered), "{more} turned at the end");
        if more >= 16 {
            file[end..].fill(0);
            assert_eq!(bench.put(&file, "zeros"), Some(Damage::Altered), "{more} zeros at the end");
        }
    }
    file_of_zeros(&bench);
    bench.tried.get()
}

/// A file that is longer than what is read from the disk at a time: changed and cut around every place at
/// which one part ends and the next begins.
fn flips_and_cuts_between_the_parts_that_are_read_at_a_time_are_found() -> usize {
    // More parts than threads that read them.
    let bench = Bench::new(5 * PART + 77);
    let length = bench.whole.len();
    // Parts of the stored file, and parts from where its payload begins.
    let edges = [1, 2, 5].into_iter().flat_map(|n| [n * PART, bench.header + n * PART]);
    let places: Vec<usize> = edges.flat_map(|edge| [edge - 1, edge, edge + 16]).collect();
    for at in places.into_iter().filter(|at| *at < length) {
        let mut file = bench.whole.clone();
        file[at] ^= 1;
        assert_eq!(bench.put(&file, "flip"), Some(Damage::Altered), "byte {at}");
        let found = bench.put(&bench.whole[..at], "cut");
        assert_eq!(found, Some(Damage::Truncated), "at {at}");
    }
    assert_eq!(bench.put(&bench.whole, "as it was"), None);
    bench.tried.get()
}

/// As a disk that lost its power may leave it.
fn file_of_zeros(bench: &Bench) {
    let mut file = vec![0; bench.whole.len()];
    assert_eq!(bench.put(&file, "zeros"), Some(Damage::Altered));
    file[..60].copy_from_slice(&bench.whole[..60]);
    assert_eq!(bench.put(&file, "nearly zeros"), Some(Damage::Altered));
}

fn chunks_in_any_other_order_or_number_are_found() -> usize {
    let mut all = 0;
    for len in [LEN, 3 * 64 * 1024] {
        let bench = Bench::new(len);
        let mut tried = 0;
        // Every list of up to four of the three chunks.
        for count in 0..=4_u32 {
            for n in 0..3_usize.pow(count) {
                let chunks: Vec<usize> =
                    (0..count).map(|place| n / 3_usize.pow(place) % 3).collect();
                if chunks == [0, 1, 2] {
                    continue;
                }
                tried += 1;
                let file = bench.made_of(&chunks);
                let short = file.len() < bench.whole.len();
                let expected = if short { Damage::Truncated } else { Damage::Altered };
                assert_eq!(bench.put(&file, "order"), Some(expected), "{chunks:?}");
            }
        }
        assert_eq!(tried, 1 + 3 + 9 + 27 + 81 - 1);
        assert_eq!(bench.put(&bench.made_of(&[0, 1, 2]), "as it was"), None);
        assert_eq!(bench.tried.get(), tried);
        all += tried;
    }
    all
}

fn swapped_and_duplicated_files_are_found_also_without_the_hash() -> usize {
    let bench = Bench::new(LEN);
    let other = store(&bench.blobs, &content(4, LEN));
    let twin = store(&bench.blobs, &bench.bytes);
    for stored in [other, twin] {
        let file = std::fs::read(bench.blobs.path(stored)).unwrap();
        assert_eq!(bench.put(&file, "swapped"), Some(Damage::OtherContent));
        let refused = bench.blobs.open(bench.id).unwrap_err();
        assert_eq!(refused, BlobError::Damaged(Damage::OtherContent));
    }
    // The header of one, the content of another.
    let file = std::fs::read(bench.blobs.path(other)).unwrap();
    let sealed = payload(&bench.blobs, other);
    let mixed = [&bench.whole[..bench.header], &file[sealed..]].concat();
    assert_eq!(bench.put(&mixed, "mixed"), Some(Damage::Altered));

    // A file of the same name from another vault, and one that somebody encrypted for this one.
    let stranger = fresh();
    let foreign = stranger.vault.blobs();
    let moved = store(&foreign, &bench.bytes);
    let file = std::fs::read(foreign.path(moved)).unwrap();
    assert_eq!(bench.put(&file, "foreign"), Some(Damage::Altered));
    let secret = bench.blobs.recovery_identity().unwrap();
    let identity: age::x25519::Identity = secret.expose_secret().parse().unwrap();
    let file = age::encrypt(&identity.to_public(), &bench.bytes).unwrap();
    assert_eq!(bench.put(&file, "made by another program"), Some(Damage::OtherContent));

    std::fs::remove_file(bench.blobs.path(bench.id)).unwrap();
    assert_eq!(check(&bench.blobs, bench.id, &bench.bytes), Some(Damage::Missing));
    drop(bench.fresh);
    bench.tried.get()
}

#[test]
fn another_hash_or_length_is_named() {
    let bench = Bench::new(LEN);
    let verify = |sha256, len| bench.blobs.verify(bench.id, sha256, len, &mut go).unwrap();
    let hash = sha256(&bench.bytes);
    assert_eq!(verify(&hash, LEN as u64), None);
    assert_eq!(verify(&[7; 32], LEN as u64), Some(Damage::OtherContent));
    assert_eq!(verify(&hash, LEN as u64 + 1), Some(Damage::OtherContent));
}

#[test]
fn verifying_can_be_cancelled() {
    for (len, reports) in [(LEN, 1), (6 * PART, 1), (6 * PART, 3), (6 * PART, 6)] {
        let bench = Bench::new(len);
        let mut heard = 0;
        let verified = bench.blobs.verify(bench.id, &[0; 32], 1, &mut |_| {
            heard += 1;
            if heard < reports { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert_eq!(verified, Err(BlobError::Cancelled), "{len} bytes, after {reports}");
        assert_eq!(heard, reports);
    }
}

#[test]
fn what_is_behind_a_damaged_part_is_still_read() {
    let bench = Bench::new(LEN);
    let mut file = bench.whole.clone();
    file[bench.header + 10] ^= 1;
    std::fs::write(bench.blobs.path(bench.id), file).unwrap();
    let mut reader = bench.blobs.open(bench.id).unwrap();
    let mut got = vec![0; 1_000];
    for _ in 0..3 {
        let refused = reader.read_at(0, &mut got).unwrap_err();
        assert_eq!(refused, BlobError::Damaged(Damage::Altered));
        assert_eq!(reader.read_at(100_000, &mut got).unwrap(), 1_000);
        assert!(got == bench.bytes[100_000..101_000]);
    }
}

#[test]
fn one_that_cannot_be_read_is_named() {
    let fresh = fresh();
    let blobs = fresh.vault.blobs();
    let id = store(&blobs, b"in a bad place");
    // A folder can be opened, or not, and in no case be read.
    std::fs::remove_file(blobs.path(id)).unwrap();
    std::fs::create_dir(blobs.path(id)).unwrap();
    assert_eq!(check(&blobs, id, b"in a bad place"), Some(Damage::Unreadable));
}
