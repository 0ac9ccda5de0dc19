//! Pages that are drawn, and pages that would never end.

use std::time::{Duration, Instant};

use super::*;
use crate::samples::{mutations, packed, pdf, pdf_from, pdf_of, stream, zeros};
use crate::thumbnail;

fn code(bytes: &[u8]) -> &'static str {
    let started = Instant::now();
    let result = thumbnail(bytes, "application/pdf", &Limits::default());
    assert!(started.elapsed() < Duration::from_secs(45));
    result.map_or_else(|error| error.code(), |_| "shown")
}

#[test]
fn a_page_is_drawn() {
    let page = render(&pdf("Hello")[..], 0, 600).unwrap();
    assert_eq!((page.mime, page.width, page.height), ("image/png", 400, 600));
    let shown = image::load_from_memory(&page.bytes).unwrap().into_rgb8();
    let ink = |part: &mut dyn Iterator<Item = (u32, u32, &image::Rgb<u8>)>| {
        part.filter(|(_, _, pixel)| pixel.0 != [255; 3]).count()
    };
    assert_eq!(shown.get_pixel(200, 530).0, [230, 0, 0], "the bar");
    assert!(ink(&mut shown.enumerate_pixels().filter(|(_, y, _)| (140..210).contains(y))) > 500);
    assert_eq!(shown.get_pixel(5, 5).0, [255; 3]);
    let small = thumbnail(&pdf("Hello")[..], "application/pdf", &Limits::default()).unwrap();
    assert_eq!((small.mime, small.width, small.height), ("image/jpeg", 213, 320));
}

#[test]
fn pages_are_counted_and_their_size_is_bounded() {
    assert_eq!(pages(&pdf("x")[..]).unwrap(), 1);
    let error = render(&pdf("x")[..], 1, 100).unwrap_err();
    assert!(matches!(error, PreviewError::NoSuchPage { pages: 1 }));
    assert!(matches!(render(&pdf("x")[..], u32::MAX, 9), Err(PreviewError::NoSuchPage { .. })));
    let large = render(&pdf("x")[..], 0, u32::MAX).unwrap();
    assert_eq!(large.height, SIDE_MAX);
    assert_eq!(render(&pdf("x")[..], 0, 0).unwrap().height, 1);
    for media_box in
        ["0 0 1e30 1", "0 0 0 0", "0 0 1 99999999", "-5 -5 -9 -9", "a b c d", "0 0 9e99 9e99"]
    {
        let page =
            String::from_utf8_lossy(&pdf("x")).replace("0 0 200 300", media_box).into_bytes();
        code(&page);
    }
}

#[test]
fn what_is_no_pdf_is_told_apart() {
    assert_eq!(code(b""), "empty_file");
    assert_eq!(code(b"%PDF-1.7\n"), "preview_damaged");
    assert_eq!(code(&b"%PDF-1.7\nnothing ".repeat(999)), "preview_damaged");
    let whole = pdf("x");
    for cut in (9..whole.len()).step_by(37) {
        code(&whole[..cut]);
    }
    let locked = [&whole[..], b"trailer << /Encr#79pt 9 0 R >>"].concat();
    assert_eq!(code(&locked), "preview_locked");
}

#[test]
fn streams_that_unpack_without_end_are_refused() {
    let bomb = zeros(1 << 30);
    let flate = "/Filter /FlateDecode";
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]";
    let with = |entries: &str, data: &[u8]| {
        code(&pdf_of("/X Do", "/XObject << /X 10 0 R >>", &[stream(entries, data)]))
    };
    assert_eq!(with(&format!("{form} {flate}"), &bomb), "preview_too_large");
    // Packed twice, and in letters.
    let twice = packed(&bomb[..]);
    let entries = format!("{form} /Filter [/FlateDecode /FlateDecode]");
    assert_eq!(with(&entries, &twice), "preview_too_large");
    let letters: String = twice.iter().map(|byte| format!("{byte:02x}")).collect();
    let entries = format!("{form} /Filter [/AHx /Fl /Fl]");
    assert_eq!(with(&entries, letters.as_bytes()), "preview_too_large");
    let runs = packed(&[129, 0].repeat(2 << 20)[..]);
    let entries = format!("{form} /Filter [/FlateDecode /RunLengthDecode]");
    assert_eq!(with(&entries, &runs), "preview_too_large");
    let mut lzw = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
    let lzw = lzw.encode(&vec![0; 200 << 20]).unwrap();
    assert_eq!(with(&format!("{form} /Filter /LZWDecode"), &lzw), "preview_too_large");
    // Where the file is opened with it: a stream of objects, and the table itself.
    let mut objects = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (5, stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &bomb)),
    ];
    assert_eq!(code(&pdf_from(&objects)), "preview_too_large");
    objects[1].1 = stream("/Type /ObjStm /N 1 /First 4 /Filter [/AHx /FlateDecode]", b"00>");
    assert_eq!(code(&pdf_from(&objects)), "preview_too_complex");
}

#[test]
fn pictures_that_claim_too_much_are_refused() {
    let with = |entries: &str, data: &[u8]| {
        let entries = format!("/Type /XObject /Subtype /Image {entries}");
        let content = "q 100 0 0 100 0 0 cm /X Do Q";
        code(&pdf_of(content, "/XObject << /X 10 0 R >>", &[stream(&entries, data)]))
    };
    let grey = "/ColorSpace /DeviceGray /BitsPerComponent 8";
    assert_eq!(with(&format!("/Width 2 /Height 2 {grey}"), b"abcd"), "shown");
    let jpeg = crate::samples::jpeg(64, 64);
    let rgb = "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode";
    assert_eq!(with(&format!("/Width 64 /Height 64 {rgb}"), &jpeg), "shown");
    assert_eq!(with(&format!("/Width 60000 /Height 60000 {grey}"), b"abcd"), "preview_too_large");
    let claim = crate::samples::jpeg_claiming(65_000, 65_000);
    assert_eq!(with(&format!("/Width 65000 /Height 65000 {rgb}"), &claim), "preview_too_large");
    let small = with(&format!("/Width 16 /Height 16 {rgb}"), &claim);
    assert_eq!(small, "shown", "the dictionary's size is the one that counts");
    let size = |tile: u32| {
        let mut bytes = b"\xff\x4f\xff\x51\0\x2f\0\0".to_vec();
        for field in [60_000_u32, 60_000, 0, 0, tile, tile, 0, 0] {
            bytes.extend(field.to_be_bytes());
        }
        bytes.extend([0, 1, 7, 1, 1]);
        bytes
    };
    let jpx = "/Width 8 /Height 8 /Filter /JPXDecode";
    assert_eq!(with(jpx, &size(60_000)), "preview_too_large");
    assert_eq!(with(jpx, &size(1)), "preview_too_complex");
    assert_eq!(with(jpx, b"none"), "preview_damaged");
    let mut page = vec![0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19];
    page.extend(60_000_u32.to_be_bytes().repeat(2));
    page.extend([0; 11]);
    assert_eq!(with("/Width 8 /Height 8 /Filter /JBIG2Decode", &page), "preview_too_large");
    let fax = "/Width 8 /Height 60000 /Filter /CCITTFaxDecode /DecodeParms << /Columns 60000 >>";
    assert_eq!(with(fax, &[0; 99]), "preview_too_large");
    let mask = stream(&format!("/Subtype /Image /Width 60000 /Height 60000 {grey}"), b"x");
    let image =
        stream(&format!("/Subtype /Image /Width 2 /Height 2 {grey} /SMask 11 0 R"), b"abcd");
    let page = pdf_of("/X Do", "/XObject << /X 10 0 R >>", &[image, mask]);
    assert_eq!(code(&page), "preview_too_large");
    let inline = "q 9 0 0 9 0 0 cm BI /W 60000 /H 60000 /CS /G /BPC 8 ID abc EI Q";
    assert_eq!(code(&pdf_of(inline, "", &[])), "preview_too_large");
}

#[test]
fn drawing_without_end_is_refused() {
    // Each form draws the next one ten times: ten to the power of thirty.
    let forms: Vec<Vec<u8>> = (0..30)
        .map(|n| {
            let entries = format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] \
                 /Resources << /XObject << /X {} 0 R >> >>",
                n + 11
            );
            stream(&entries, "/X Do ".repeat(10).as_bytes())
        })
        .collect();
    let laughs = pdf_of("/X Do", "/XObject << /X 10 0 R >>", &forms);
    assert_eq!(code(&laughs), "preview_too_complex");

    let strokes = "0 0 m 9 9 l S ".repeat(3_000_000);
    assert_eq!(code(&pdf_of(&strokes, "", &[])), "preview_too_complex");
    let clips = "q 0 0 9 9 re W n ".repeat(5000);
    let clipped = code(&pdf_of(&clips, "", &[]));
    assert!(["shown", "preview_too_complex"].contains(&clipped), "{clipped}");

    let tile = |step: &str, content: &str, resources: &str| {
        let entries = format!(
            "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 100 100] \
             /XStep {step} /YStep {step} /Resources << {resources} >>"
        );
        let page = "/Pattern cs /P scn 0 0 200 300 re f";
        code(&pdf_of(page, "/Pattern << /P 10 0 R >>", &[stream(&entries, content.as_bytes())]))
    };
    assert_eq!(tile("100", "1 0 0 rg 0 0 50 50 re f", ""), "shown");
    assert_eq!(tile("0.01", "1 0 0 rg 0 0 50 50 re f", ""), "preview_too_complex");
    let own = tile("100", "/Pattern cs /P scn 0 0 50 50 re f", "/Pattern << /P 10 0 R >>");
    assert!(["shown", "preview_too_complex"].contains(&own), "{own}");
}

#[test]
fn what_refers_to_itself_comes_to_an_end() {
    let form = |n: usize| {
        let entries = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Group << /S /Transparency >> \
             /Resources << /XObject << /X {n} 0 R >> >>"
        );
        stream(&entries, b"/X Do")
    };
    code(&pdf_of("/X Do", "/XObject << /X 10 0 R >>", &[form(10)]));
    code(&pdf_of("/X Do", "/XObject << /X 10 0 R >>", &[form(11), form(10)]));

    let function = "<< /FunctionType 3 /Domain [0 1] /Functions [10 0 R 10 0 R] /Bounds [0.5] \
                    /Encode [0 1 0 1] >>";
    let shading = "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] \
                   /Function 10 0 R >> >>";
    code(&pdf_of("/S sh", shading, &[function.into()]));

    for space in [
        "[/Separation /A 10 0 R << /FunctionType 2 /Domain [0 1] /N 1 >>]",
        "[/Indexed 10 0 R 1 <0000>]",
        "[/Pattern 10 0 R]",
        "[/DeviceN [/A /B] 10 0 R << /FunctionType 2 /Domain [0 1] /N 1 >>]",
        "10 0 R",
    ] {
        let content = "/C cs 0.5 sc 0 0 9 9 re f";
        code(&pdf_of(content, "/ColorSpace << /C 10 0 R >>", &[space.into()]));
    }
    let icc = stream("/N 3 /Alternate [/ICCBased 10 0 R]", b"no profile");
    let content = "/C cs 0.5 0.5 0.5 sc 0 0 9 9 re f";
    code(&pdf_of(content, "/ColorSpace << /C [/ICCBased 10 0 R] >>", &[icc]));

    let mask = stream(
        "/Subtype /Form /BBox [0 0 99 99] /Group << /S /Transparency /CS /DeviceGray >> \
         /Resources << /ExtGState << /G 11 0 R >> >>",
        b"/G gs 0 0 50 50 re f",
    );
    let state = b"<< /SMask << /S /Luminosity /G 10 0 R >> >>".to_vec();
    code(&pdf_of("/G gs 0 0 9 9 re f", "/ExtGState << /G 11 0 R >>", &[mask, state]));

    let font = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] \
                /CharProcs << /a 11 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 \
                /LastChar 97 /Widths [9] /Resources << /Font << /F 10 0 R >> >> >>";
    let glyph = stream("", b"9 0 d0 BT /F 9 Tf (aaaa) Tj ET");
    code(&pdf_of("BT /F 9 Tf (a) Tj ET", "/Font << /F 10 0 R >>", &[font.into(), glyph]));

    let image = |mask: usize| {
        let entries = format!(
            "/Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 \
             /SMask {mask} 0 R"
        );
        stream(&entries, b"abcd")
    };
    code(&pdf_of("/X Do", "/XObject << /X 10 0 R >>", &[image(10)]));

    for pages in [
        &b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"[..],
        b"<< /Type /Pages /Kids [3 0 R 2 0 R 3 0 R] /Parent 2 0 R /Count 99999999 >>",
        b"2 0 R",
    ] {
        let page = b"<< /Type /Page /Parent 3 0 R /Contents 3 0 R /Resources 3 0 R >>";
        code(&pdf_from(&[
            (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
            (2, pages.to_vec()),
            (3, page.to_vec()),
        ]));
    }
    code(&pdf_of("", "", &[b"<< /Length 10 0 R >>\nstream\nx\nendstream".to_vec()]));
    let previous = String::from_utf8_lossy(&pdf("x")).replace("/Root", "/Prev 0 /Root");
    code(previous.as_bytes());
    let table = memchr::memmem::rfind(&pdf("x"), b"xref\n0").unwrap();
    let previous = previous.replace("/Prev 0", &format!("/Prev {table}"));
    code(previous.as_bytes());
}

#[test]
fn nesting_does_not_overflow_the_stack() {
    for (open, close) in [("[", "]"), ("<< /A ", ">>"), ("(", ")"), ("{", "}")] {
        let deep = open.repeat(200_000) + &close.repeat(200_000);
        code(&pdf_of("/A gs", &format!("/ExtGState {deep}"), &[]));
        code(&pdf_of("", "", &[deep.clone().into_bytes()]));
        code(&pdf_of(&format!("{deep} TJ"), "", &[]));
        code(&pdf_of(&format!("/X {deep} BDC"), "", &[]));
        let function = stream(
            "/FunctionType 4 /Domain [0 1] /Range [0 1]",
            format!("{{ {deep} }}").as_bytes(),
        );
        let shading = "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray \
                       /Coords [0 0 9 9] /Function 10 0 R >> >>";
        code(&pdf_of("/S sh", shading, &[function]));
    }
    // A chain of functions and of colour spaces, each inside the next one.
    let functions = |next: usize| {
        format!(
            "<< /FunctionType 3 /Domain [0 1] /Functions [{next} 0 R] /Bounds [] /Encode [0 1] >>"
        )
    };
    let shading = "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] \
                   /Function 10 0 R >> >>";
    let spaces = |next: usize| format!("[/Indexed {next} 0 R 1 <0000>]");
    let references = |next: usize| format!("{next} 0 R");
    let chain = |length: usize, text: &dyn Fn(usize) -> String| -> Vec<Vec<u8>> {
        (0..length).map(|n| text(n + 11).into_bytes()).collect()
    };
    let fill = "/C cs 0 sc 0 0 9 9 re f";
    let space = "/ColorSpace << /C 10 0 R >>";
    for length in [1000, 8000, 50_000] {
        let long = if length > 8000 { "preview_too_complex" } else { "shown" };
        assert_eq!(code(&pdf_of("/S sh", shading, &chain(length, &functions))), long);
        assert_eq!(code(&pdf_of(fill, space, &chain(length, &spaces))), long);
        code(&pdf_of(fill, space, &chain(length, &references)));
    }
}

#[test]
fn mutations_never_panic_or_hang() {
    let picture = stream(
        "/Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceRGB /BitsPerComponent 8 \
         /Filter /DCTDecode",
        &crate::samples::jpeg(8, 8),
    );
    let form = stream(
        "/Subtype /Form /BBox [0 0 90 90] /Group << /S /Transparency >> /Filter /FlateDecode",
        &packed(&b"0 1 0 rg 5 5 40 40 re f 0 0 m 9 9 20 3 50 50 c S"[..]),
    );
    let resources = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> \
        /XObject << /I 10 0 R /X 11 0 R >> /Shading << /S << /ShadingType 3 /ColorSpace /DeviceRGB \
        /Coords [50 50 0 50 50 40] /Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] \
        /C1 [0 0 1] /N 1 >> >> >>";
    let content = "q 50 0 0 50 9 9 cm /I Do Q /X Do /S sh BT /F 12 Tf 9 90 Td (word) Tj ET";
    let rich = pdf_of(content, resources, &[picture, form]);
    assert_eq!(code(&rich), "shown");
    for (seed, rounds) in [(rich, 1000), (pdf("seed"), 1000)] {
        mutations(&seed, rounds, |bytes| {
            let code = code(bytes);
            assert!(!["preview_timed_out", "preview_busy"].contains(&code), "{code}");
        });
    }
}
