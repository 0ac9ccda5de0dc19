//! How large the streams of a PDF become, counted before anything keeps them.

use std::io::{self, Read, Write};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Object, Stream};
use memchr::{memchr_iter, memmem};
use weezl::{BitOrder, decode::Decoder};

use crate::PreviewError;
use crate::worker::Deadline;

/// Most bytes that one stream may unpack to: a scanned page of 600 dots an inch in colour.
const STREAM_MAX: u64 = 160 << 20;

/// Most filters behind one another.
const FILTERS_MAX: usize = 6;

/// Most filters guessed behind one another, where their names are not known yet.
const GUESSES_MAX: usize = 4;

/// Most procedures of a calculator function.
const PROCEDURES_MAX: usize = 4096;

/// Most functions that are made of functions, and colour spaces that are made of colour spaces.
const LINKS_MAX: usize = 16_384;

/// How far before a stream its dictionary is searched for the names of filters.
const DICTIONARY: usize = 16 << 10;

/// Looks at the bytes before the PDF library does, which unpacks some streams while it opens the
/// file: every stream is tried as what it most likely is.
pub(super) fn scan(bytes: &[u8], deadline: Deadline) -> Result<(), PreviewError> {
    if has_name(bytes, b"Encrypt") {
        // What is encrypted cannot be measured before it is unpacked.
        return Err(PreviewError::Locked);
    }
    for at in memmem::find_iter(bytes, b"stream") {
        deadline.check()?;
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        if !before.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | 0)) {
            continue;
        }
        let data = bytes.get(at + 6..).unwrap_or_default();
        let data = match data {
            [b'\r', b'\n', data @ ..] | [b'\r' | b'\n', data @ ..] => data,
            data => data,
        };
        let dictionary = bytes.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
        let dictionary = after_last(dictionary, b"endobj");
        let names = |names: &[&[u8]]| names.iter().any(|name| has_name(dictionary, name));
        // The library unpacks these itself while opening; nobody writes them in any other way.
        if names(&[b"ObjStm", b"XRef"])
            && names(&[b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL", b"ASCIIHexDecode"])
            || names(&[b"ObjStm", b"XRef"]) && names(&[b"AHx", b"ASCII85Decode", b"A85"])
        {
            return Err(PreviewError::TooComplex);
        }
        guess(data, GUESSES_MAX, deadline)?;
    }
    Ok(())
}

fn after_last<'a>(bytes: &'a [u8], word: &[u8]) -> &'a [u8] {
    memmem::rfind(bytes, word).and_then(|at| bytes.get(at..)).unwrap_or(bytes)
}

/// Whether a name stands in these bytes, also when it is written with escapes.
fn has_name(bytes: &[u8], name: &[u8]) -> bool {
    memchr_iter(b'/', bytes).any(|at| {
        let mut rest = bytes.get(at + 1..).unwrap_or_default();
        for expected in name {
            let (found, after) = match rest {
                [b'#', high, low, after @ ..] => match (hex(*high), hex(*low)) {
                    (Some(high), Some(low)) => (high << 4 | low, after),
                    _ => (b'#', rest.get(1..).unwrap_or_default()),
                },
                [byte, after @ ..] => (*byte, after),
                [] => return false,
            };
            if found != *expected {
                return false;
            }
            rest = after;
        }
        !rest.first().is_some_and(u8::is_ascii_alphanumeric)
    })
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Unpacks what looks packed, and what comes out of it.
fn guess(data: &[u8], levels: usize, deadline: Deadline) -> Result<(), PreviewError> {
    if levels == 0 {
        return Err(PreviewError::TooComplex);
    }
    let mut sink = Sink::new(deadline, Some(is_zlib));
    inflate(data, &mut sink)?;
    if sink.kept.is_empty() { Ok(()) } else { guess(&sink.kept, levels - 1, deadline) }
}

fn is_zlib(bytes: &[u8]) -> bool {
    let [method, flags, ..] = bytes else { return false };
    method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31)
}

/// Every way in which the library would try to inflate it.
fn inflate(data: &[u8], sink: &mut Sink) -> Result<(), PreviewError> {
    if is_zlib(data) && sink.fill(ZlibDecoder::new(data))? {
        return Ok(());
    }
    sink.restart();
    if sink.fill(DeflateDecoder::new(data))? {
        return Ok(());
    }
    sink.restart();
    sink.fill(DeflateDecoder::new(data.get(2..).unwrap_or_default()))?;
    Ok(())
}

/// Walks through every object of an opened PDF: streams whose filters `scan` could not know, and
/// what the library follows by calling itself.
pub(super) fn walk(pdf: &Pdf, deadline: Deadline) -> Result<(), PreviewError> {
    let mut links = 0;
    for object in pdf.objects() {
        deadline.check()?;
        links += links_of(&object);
        if links > LINKS_MAX {
            return Err(PreviewError::TooComplex);
        }
        let Object::Stream(stream) = object else { continue };
        let program = stream.dict().get::<u8>("FunctionType") == Some(4);
        if program || !matches!(stream.filters().as_slice(), [] | [Filter::FlateDecode]) {
            let (data, _) = unpacked(&stream, program, deadline)?;
            // A procedure inside a procedure is parsed by recursion.
            if memchr_iter(b'{', &data).take(PROCEDURES_MAX + 1).count() > PROCEDURES_MAX {
                return Err(PreviewError::TooComplex);
            }
        }
    }
    Ok(())
}

/// How many links an object can add to a chain of functions or of colour spaces: itself and what it
/// holds directly.
fn links_of(object: &Object<'_>) -> usize {
    let with = |mark: &[u8], data: &[u8]| 1 + memmem::find_iter(data, mark).count();
    match object {
        Object::Dict(dict) if dict.get::<u8>("FunctionType") == Some(3) => with(b"<<", dict.data()),
        Object::Array(array) => match array.iter::<Object<'_>>().next() {
            Some(Object::Name(_)) => with(b"[", array.data()),
            _ => 0,
        },
        Object::Stream(stream) if stream.dict().contains_key("Alternate") => {
            with(b"[", stream.dict().data())
        }
        _ => 0,
    }
}

/// What a stream is before its picture filter, when it has one: then the data is handed out for
/// that. Otherwise the bytes are only counted.
pub(super) fn unpacked(
    stream: &Stream<'_>,
    keep: bool,
    deadline: Deadline,
) -> Result<(Vec<u8>, Option<Filter>), PreviewError> {
    let filters = stream.filters();
    if filters.len() > FILTERS_MAX {
        return Err(PreviewError::TooComplex);
    }
    let mut data = stream.raw_data().into_owned();
    for (n, filter) in filters.iter().enumerate() {
        let last = n + 1 == filters.len();
        let mut sink = Sink::new(deadline, (keep || !last).then_some(|_: &[u8]| true));
        match filter {
            Filter::FlateDecode => inflate(&data, &mut sink)?,
            Filter::LzwDecode => {
                // Which of the two variants it is, the parameters say; the larger one counts.
                let early = Decoder::with_tiff_size_switch(BitOrder::Msb, 8);
                lzw(early, &data, &mut sink)?;
                let mut other = Sink::new(deadline, None);
                lzw(Decoder::new(BitOrder::Msb, 8), &data, &mut other)?;
            }
            Filter::RunLengthDecode => run_length(&data, &mut sink)?,
            Filter::AsciiHexDecode => sink.put(&ascii_hex(&data))?,
            Filter::Ascii85Decode => sink.put(&ascii_85(&data))?,
            Filter::Crypt => continue,
            Filter::DctDecode
            | Filter::JpxDecode
            | Filter::Jbig2Decode
            | Filter::CcittFaxDecode => return Ok((data, Some(*filter))),
        }
        data = sink.kept;
    }
    Ok((data, None))
}

/// Counts what comes out of a filter, and keeps it when the next one needs it.
struct Sink {
    count: u64,
    kept: Vec<u8>,
    /// Decides by its first bytes whether it is kept.
    keep: Option<fn(&[u8]) -> bool>,
    keeping: Option<bool>,
    deadline: Deadline,
}

impl Sink {
    fn new(deadline: Deadline, keep: Option<fn(&[u8]) -> bool>) -> Self {
        Self { count: 0, kept: Vec::new(), keep, keeping: None, deadline }
    }

    fn restart(&mut self) {
        self.count = 0;
        self.kept.clear();
        self.keeping = None;
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), PreviewError> {
        self.count = self.count.saturating_add(bytes.len() as u64);
        if self.count > STREAM_MAX {
            return Err(PreviewError::TooLarge);
        }
        let keep = self.keep;
        if *self.keeping.get_or_insert_with(|| keep.is_some_and(|keep| keep(bytes))) {
            self.kept.extend_from_slice(bytes);
        }
        Ok(())
    }

    /// Whether the reader came to its own end. What it gave before an error counts all the same.
    fn fill(&mut self, mut reader: impl Read) -> Result<bool, PreviewError> {
        let mut buffer = vec![0; 64 << 10];
        loop {
            self.deadline.check()?;
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(true),
                Ok(length) => self.put(buffer.get(..length).unwrap_or_default())?,
                Err(_) => return Ok(false),
            }
        }
    }
}

/// A sink behind a decoder that writes; the decoder's own errors are none of ours.
struct Into<'a> {
    sink: &'a mut Sink,
    error: Option<PreviewError>,
}

impl Write for Into<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let put = self.sink.deadline.check().and_then(|()| self.sink.put(bytes));
        put.map(|()| bytes.len()).map_err(|error| {
            self.error = Some(error);
            io::ErrorKind::Other.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn lzw(mut decoder: Decoder, data: &[u8], sink: &mut Sink) -> Result<(), PreviewError> {
    let mut into = Into { sink, error: None };
    // A broken end is no error here: the library keeps what came before.
    let _ = decoder.into_stream(&mut into).decode_all(data);
    into.error.map_or(Ok(()), Err)
}

fn run_length(data: &[u8], sink: &mut Sink) -> Result<(), PreviewError> {
    let mut rest = data;
    while let [length, after @ ..] = rest {
        rest = match (length, after) {
            (128, _) | (_, []) => break,
            (0..=127, _) => {
                let count = (usize::from(*length) + 1).min(after.len());
                let (copied, after) = after.split_at(count);
                sink.put(copied)?;
                after
            }
            (_, [byte, after @ ..]) => {
                sink.put(&vec![*byte; 257 - usize::from(*length)])?;
                after
            }
        };
    }
    Ok(())
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> =
        data.iter().take_while(|byte| **byte != b'>').filter_map(|byte| hex(*byte)).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect()
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut group = Vec::new();
    for byte in data.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            bytes.extend(base_85(&group).to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let count = group.len() - 1;
        group.resize(5, 84);
        bytes.extend(base_85(&group).to_be_bytes().iter().take(count));
    }
    bytes
}

fn base_85(group: &[u32]) -> u32 {
    group.iter().fold(0, |value: u32, digit| value.wrapping_mul(85).wrapping_add(*digit))
}
