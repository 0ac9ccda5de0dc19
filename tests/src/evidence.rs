//! Files as people keep them for evidence, made on the spot: pictures, documents, sound.

use std::io::Read as _;
use std::path::PathBuf;

use crate::process::output;
use crate::stage::Stage;

/// A screenshot of an order page, as PNG; `comment` stands readable in the file.
pub fn order_page(stage: &Stage, name: &str, comment: &str) -> PathBuf {
    let rows: Vec<String> = (0..7)
        .flat_map(|row| {
            let y = 250 + row * 62;
            let end = 900 - row * 70 % 330;
            [
                format!("fill #dfe5ea roundrectangle 60,{y} {end},{} 6,6", y + 20),
                format!("fill #eef1f4 roundrectangle 60,{} {},{} 5,5", y + 28, end - 160, y + 42),
            ]
        })
        .collect();
    let mut drawing = vec![
        "fill #232f3e rectangle 0,0 1200,70".to_owned(),
        "fill #ff9900 roundrectangle 980,120 1140,170 8,8".to_owned(),
        "fill #16202a font-size 34 text 60,152 'Order details'".to_owned(),
        "fill #51606d font-size 22 text 60,200 'Delivered, left at the front door'".to_owned(),
    ];
    drawing.extend(rows);
    let drawing = drawing.join(" ");
    convert(stage, name, &["-size", "1200x760", "xc:white", "-draw", &drawing], comment)
}

/// A photo of a parcel, as JPEG.
pub fn parcel(stage: &Stage, name: &str, comment: &str) -> PathBuf {
    let drawing = "fill #b98d5a polygon 260,330 760,250 1010,400 520,520 \
        fill #a0764a polygon 260,330 520,520 520,860 270,640 \
        fill #8d653c polygon 520,520 1010,400 980,720 520,860 \
        fill #e4cfa4 polygon 480,295 560,282 800,448 715,472 \
        fill #f7f5f0 polygon 620,610 800,565 795,680 618,730 \
        fill #23201c rectangle 650,640 764,648 fill #23201c rectangle 650,662 730,668";
    convert(
        stage,
        name,
        &["-size", "1280x960", "gradient:#cfd6d2-#7f8a86", "-draw", drawing],
        comment,
    )
}

fn convert(stage: &Stage, name: &str, drawing: &[&str], comment: &str) -> PathBuf {
    let path = stage.write(name, b"");
    let target = path.to_string_lossy().into_owned();
    let last = ["-font", "DejaVu-Sans", "-set", "comment", comment];
    // The font has to be known before it is drawn with.
    let (font, comment) = last.split_at(2);
    let arguments = font.iter().chain(drawing).chain(comment).copied().chain([target.as_str()]);
    output("convert", arguments, stage.environment());
    path
}

/// A picture of 30,000 × 30,000 dots that is whole and takes a hundred kilobytes, as PNG: unpacked it is 3.6 GB.
pub fn bomb() -> Vec<u8> {
    const SIDE: u32 = 30_000;
    let row = u64::from(SIDE.div_ceil(8)) + 1;
    let mut header = b"IHDR".to_vec();
    header.extend([SIDE.to_be_bytes(), SIDE.to_be_bytes()].concat());
    // One bit a dot, grey.
    header.extend([1, 0, 0, 0, 0]);
    let mut dots = std::io::repeat(0).take(row * u64::from(SIDE));
    let mut packer = flate2::write::ZlibEncoder::new(b"IDAT".to_vec(), flate2::Compression::best());
    std::io::copy(&mut dots, &mut packer).expect("memory takes it");
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [header, packer.finish().expect("memory takes it"), b"IEND".to_vec()] {
        let length = u32::try_from(chunk.len() - 4).expect("a chunk is small");
        let mut sum = flate2::Crc::new();
        sum.update(&chunk);
        bytes.extend(length.to_be_bytes());
        bytes.extend(chunk);
        bytes.extend(sum.sum().to_be_bytes());
    }
    bytes
}

/// The film, with `comment` readable behind what is played.
pub fn film(comment: &str) -> Vec<u8> {
    // An element that every player passes over, see <https://www.rfc-editor.org/rfc/rfc8794#section-11.3.2>.
    let length = u8::try_from(comment.len()).ok().filter(|length| *length < 0x7f);
    let mut film = FILM.to_vec();
    film.extend([0xec, 0x80 | length.expect("a comment is short")]);
    film.extend(comment.as_bytes());
    film
}

/// A document of two pages, as PDF.
pub fn document(lines: [&str; 2]) -> Vec<u8> {
    let page = |line: &str| {
        let text = format!(
            "0.86 0.9 0.93 rg 60 640 475 90 re f 0.1 0.13 0.16 rg BT /F1 28 Tf 80 678 Td ({line}) Tj \
             ET 0.8 0.83 0.86 rg 60 590 420 12 re f 60 560 380 12 re f 60 530 440 12 re f"
        );
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len())
    };
    let leaf = |content: u8| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R \
             /Resources << /Font << /F1 7 0 R >> >> >>"
        )
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_owned(),
        leaf(5),
        leaf(6),
        page(lines[0]),
        page(lines[1]),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", pdf.len()));
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let start = pdf.len();
    pdf += &format!(
        "xref\n0 8\n0000000000 65535 f \n{}trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n{start}\n\
         %%EOF\n",
        places.concat()
    );
    pdf.into_bytes()
}

/// A tone of so many seconds, as WAV with a remark that stands readable in the file.
pub fn tone(seconds: u32, remark: &str) -> Vec<u8> {
    const RATE: u32 = 8000;
    // Chunks have an even length.
    let mut remark = remark.as_bytes().to_vec();
    remark.resize(remark.len().next_multiple_of(2), 0);
    let said = u32::try_from(remark.len()).expect("a short remark");
    let samples: Vec<u8> = (0..RATE * seconds)
        .flat_map(|at| {
            let up = at / 10 % 2 == 0;
            (if up { 4000i16 } else { -4000 }).to_le_bytes()
        })
        .collect();
    let length = u32::try_from(samples.len()).expect("a short sound");
    let mut wav = Vec::new();
    wav.extend(b"RIFF");
    wav.extend((56 + said + length).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16u32.to_le_bytes());
    wav.extend([1u16, 1].map(u16::to_le_bytes).concat());
    wav.extend([RATE, RATE * 2].map(u32::to_le_bytes).concat());
    wav.extend([2u16, 16].map(u16::to_le_bytes).concat());
    wav.extend(b"LIST");
    wav.extend((12 + said).to_le_bytes());
    wav.extend(b"INFOICMT");
    wav.extend(said.to_le_bytes());
    wav.extend(remark);
    wav.extend(b"data");
    wav.extend(length.to_le_bytes());
    wav.extend(samples);
    wav
}

/// Three seconds of somebody packing, as WebM.
pub const FILM: &[u8] = include_bytes!("../fixtures/evidence/packing.webm");

/// A small picture of one colour, as BMP; no two numbers give the same file.
pub fn swatch(stage: &Stage, name: &str, number: u32) -> PathBuf {
    const SIDE: u32 = 96;
    let size = SIDE * SIDE * 3;
    let mut bytes = b"BM".to_vec();
    for field in [54 + size, 0, 54, 40, SIDE, SIDE] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.extend([1, 0, 24, 0]);
    for field in [0, size, 2_835, 2_835, 0, 0] {
        bytes.extend(field.to_le_bytes());
    }
    let [blue, green, red, _] = number.wrapping_mul(0x9E37_79B1).to_le_bytes();
    for _ in 0..SIDE * SIDE - 2 {
        bytes.extend([blue, green, red]);
    }
    bytes.extend(number.to_be_bytes());
    bytes.extend([0, 0]);
    stage.write(name, &bytes)
}
