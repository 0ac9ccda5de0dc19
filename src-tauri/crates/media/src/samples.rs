//! Files for the tests, made here: nothing in them is of a person.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

fn picture(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([200, (x % 200) as u8 + 30, (y % 200) as u8 + 30]))
        .into()
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::Png)
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::Jpeg)
}

pub(crate) fn webp(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::WebP)
}

pub(crate) fn bmp(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::Bmp)
}

pub(crate) fn tiff(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::Tiff)
}

/// A GIF with so many frames, of which the second and later are one made once.
pub(crate) fn gif(frames: usize) -> Vec<u8> {
    let still = encoded(16, 16, ImageFormat::Gif);
    // After the header and the table of colours: extensions and the picture, then the end.
    let table = 3 << (usize::from(still[10] & 7) + 1);
    let start = 13 + if still[10] & 0x80 == 0 { 0 } else { table };
    let (frame, end) = (&still[start..still.len() - 1], still[still.len() - 1]);
    [&still[..start], &frame.repeat(frames), &[end]].concat()
}

pub(crate) fn gif_claiming(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = gif(1);
    bytes[6..8].copy_from_slice(&width.to_le_bytes());
    bytes[8..10].copy_from_slice(&height.to_le_bytes());
    bytes
}

pub(crate) fn bmp_claiming(width: i32, height: i32) -> Vec<u8> {
    let mut bytes = bmp(4, 4);
    bytes[18..22].copy_from_slice(&width.to_le_bytes());
    bytes[22..26].copy_from_slice(&height.to_le_bytes());
    bytes
}

/// A JPEG whose frame claims another size than it has.
pub(crate) fn jpeg_claiming(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(16, 16);
    let frame = memchr::memmem::find(&bytes, b"\xff\xc0").unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A JPEG as a camera writes it.
pub(crate) fn jpeg_with_exif(
    width: u32,
    height: u32,
    orientation: u16,
    date: &str,
    offset: Option<&str>,
) -> Vec<u8> {
    let jpeg = jpeg(width, height);
    let exif = [b"Exif\0\0", exif(orientation, date, offset).as_slice()].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
}

fn exif(orientation: u16, date: &str, offset: Option<&str>) -> Vec<u8> {
    let mut texts = vec![(0x9003_u16, date)];
    texts.extend(offset.map(|offset| (0x9011, offset)));
    let entry = |tag: u16, kind: u16, count: usize, value: [u8; 4]| {
        let count = u32::try_from(count).unwrap().to_be_bytes();
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count, &value].concat()
    };
    let [high, low] = orientation.to_be_bytes();
    // Two directories: the first at 8 with two entries, the second at 38.
    let mut bytes = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    bytes.extend(entry(0x0112, 3, 1, [high, low, 0, 0]));
    bytes.extend(entry(0x8769, 4, 1, [0, 0, 0, 38]));
    bytes.extend([0; 4]);
    bytes.extend(u16::try_from(texts.len()).unwrap().to_be_bytes());
    let mut at = 38 + 2 + 12 * texts.len() + 4;
    for (tag, text) in &texts {
        bytes.extend(entry(*tag, 2, text.len() + 1, u32::try_from(at).unwrap().to_be_bytes()));
        at += text.len() + 1;
    }
    bytes.extend([0; 4]);
    for (_, text) in &texts {
        bytes.extend(text.bytes().chain([0]));
    }
    bytes
}

/// A PNG that claims a size and unpacks to zeros without end.
pub(crate) fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let mut data = b"IDAT".to_vec();
    data.extend(zeros(64 << 20));
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [header, data, b"IEND".to_vec()] {
        bytes.extend(u32::try_from(chunk.len() - 4).unwrap().to_be_bytes());
        let mut sum = flate2::Crc::new();
        sum.update(&chunk);
        bytes.extend(&chunk);
        bytes.extend(sum.sum().to_be_bytes());
    }
    bytes
}

/// So many zeros, packed.
pub(crate) fn zeros(length: u64) -> Vec<u8> {
    packed(std::io::Read::take(std::io::repeat(0), length))
}

pub(crate) fn packed(mut source: impl std::io::Read) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::copy(&mut source, &mut encoder).unwrap();
    encoder.finish().unwrap()
}

/// A page with a word on it and a bar.
pub(crate) fn pdf(word: &str) -> Vec<u8> {
    let content = format!("0.9 0 0 rg 20 20 160 30 re f BT /F 24 Tf 20 200 Td ({word}) Tj ET");
    pdf_of(&content, "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>", &[])
}

/// A page of 200 × 300 with this content and these resources, and further objects from 10 on.
pub(crate) fn pdf_of(content: &str, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 4 0 R \
         /Resources << {resources} >> >>"
    );
    let mut objects = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec()),
        (3, page.into_bytes()),
        (4, stream("", content.as_bytes())),
    ];
    objects.extend(more.iter().cloned().enumerate().map(|(n, object)| (n + 10, object)));
    pdf_from(&objects)
}

pub(crate) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A PDF of numbered objects, the first of which is its catalog.
pub(crate) fn pdf_from(objects: &[(usize, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
    for (number, object) in objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let size = objects.iter().map(|(number, _)| number + 1).max().unwrap_or(0);
    let at = bytes.len();
    bytes.extend(table.bytes());
    let end = format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n");
    bytes.extend(end.bytes());
    bytes
}

fn boxed(name: &[u8], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&size[..], name, content].concat()
}

/// A HEIC as far as the sizes that it names; nothing in it can be decoded.
pub(crate) fn heif(sizes: &[(u32, u32)]) -> Vec<u8> {
    let sizes: Vec<u8> = sizes
        .iter()
        .flat_map(|(width, height)| {
            let content = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
            [boxed(b"hvcC", &[1; 23]), boxed(b"ispe", &content)].concat()
        })
        .collect();
    let properties = boxed(b"iprp", &boxed(b"ipco", &sizes));
    let handler = boxed(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let meta = boxed(b"meta", &[&[0; 4][..], &handler, &properties].concat());
    let kind = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    [kind, meta, boxed(b"mdat", &[7; 999])].concat()
}

/// An MP4 with this creation time, in seconds since 1904.
pub(crate) fn mp4(seconds: u32) -> Vec<u8> {
    let header = [&[0; 4][..], &seconds.to_be_bytes(), &[0; 92]].concat();
    let movie = boxed(b"moov", &[boxed(b"trak", &[0; 40]), boxed(b"mvhd", &header)].concat());
    let kind = boxed(b"ftyp", b"isom\0\0\x02\0isommp42");
    [kind, boxed(b"mdat", &[7; 999]), movie].concat()
}

/// A MOV as a phone writes it.
pub(crate) fn mov(date: &str) -> Vec<u8> {
    let key = boxed(b"mdta", b"com.apple.quicktime.creationdate");
    let keys = boxed(b"keys", &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &key].concat());
    let data = boxed(b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0][..], date.as_bytes()].concat());
    let values = boxed(b"ilst", &boxed(&[0, 0, 0, 1], &data));
    let header = boxed(b"mvhd", &[0; 100]);
    let movie = boxed(b"moov", &[header, boxed(b"meta", &[keys, values].concat())].concat());
    [boxed(b"ftyp", b"qt  \0\0\0\0qt  "), movie].concat()
}

/// A WebM with this creation time, in nanoseconds since 2001.
pub(crate) fn webm(nanos: i64) -> Vec<u8> {
    let date = [&b"\x44\x61\x88"[..], &nanos.to_be_bytes()].concat();
    let information = [&b"\x15\x49\xa9\x66"[..], &[0x80 | date.len() as u8], &date].concat();
    let void = b"\xec\x85aaaaa";
    let unknown = b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff";
    [&b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"[..], unknown, void, &information].concat()
}

pub(crate) fn eml() -> Vec<u8> {
    let mut letter = b"From: A Buyer <buyer@example.com>\r\n\
        To: Shop <shop@example.com>, other@example.com\r\n\
        Subject: =?UTF-8?B?6YCA5qy+?= now\r\n\
        Date: Wed, 4 Mar 2026 13:06:07 +0800\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=\"frontier\"\r\n\r\n\
        --frontier\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n\
        I never got it, 49 =E2=82=AC\r\n\
        --frontier\r\nContent-Type: image/png; name=\"../../photo.png\"\r\n\
        Content-Disposition: attachment; filename=\"../../photo.png\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\n"
        .to_vec();
    for line in base64(&png(4, 4)).as_bytes().chunks(76) {
        letter.extend(line);
        letter.extend(b"\r\n");
    }
    letter.extend(b"--frontier--\r\n");
    letter
}

fn base64(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for n in 0..4 {
            let letter = alphabet[(bits >> (18 - 6 * n) & 63) as usize];
            text.push(if n > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

/// One valid file of each kind.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    vec![
        png(12, 9),
        jpeg_with_exif(12, 9, 6, "2026:03:04 05:06:07", Some("+08:00")),
        gif(2),
        webp(12, 9),
        bmp(12, 9),
        tiff(12, 9),
        pdf("seed"),
        mp4(9),
        mov("2026-03-04T13:06:07+0800"),
        webm(9),
        eml(),
        b"plain text".to_vec(),
    ]
}

/// Runs `check` on so many mutations of a file, the same ones every time: bytes and bits changed,
/// ranges cut out, doubled, zeroed or swapped, numbers put to their extremes, ends cut off.
pub(crate) fn mutations(seed: &[u8], rounds: u64, mut check: impl FnMut(&[u8])) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 ^ seed.len() as u64;
    let mut below = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit.max(1) as u64) as usize
    };
    for _ in 0..rounds {
        let mut bytes = seed.to_vec();
        for _ in 0..1 + below(4) {
            if bytes.is_empty() {
                break;
            }
            let at = below(bytes.len());
            let end = (at + 1 + below(24)).min(bytes.len());
            match below(9) {
                0 => bytes[at] ^= 1 << below(8),
                1 => bytes[at] = below(256) as u8,
                2 => drop(bytes.drain(at..end)),
                3 => {
                    let range = bytes[at..end].to_vec();
                    drop(bytes.splice(at..at, range));
                }
                4 => bytes[at..end].fill(0),
                5 => bytes[at..(at + 4).min(end)].fill(0xff),
                6 => bytes.truncate(at),
                7 => {
                    let other = below(bytes.len());
                    bytes.swap(at, other);
                }
                // Numbers in text, as PDF and mail have them.
                _ => {
                    let digit = (at..bytes.len()).find(|n| bytes[*n].is_ascii_digit());
                    if let Some(digit) = digit {
                        drop(bytes.splice(digit..=digit, *b"99999"));
                    }
                }
            }
        }
        check(&bytes);
    }
}
