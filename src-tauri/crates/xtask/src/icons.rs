//! `cargo xtask icons`: the drawn icons in all the sizes and containers that systems ask for.

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::shell::{command, exists, must, root, say};

/// Sizes in a Windows icon file, in pixels.
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];

/// Entries of a macOS icon file that hold PNG data: type code and size in pixels, see
/// <https://en.wikipedia.org/wiki/Apple_Icon_Image_format>.
const ICNS: [(&[u8; 4], u32); 8] = [
    (b"icp4", 16),
    (b"icp5", 32),
    (b"ic07", 128),
    (b"ic08", 256),
    (b"ic09", 512),
    (b"ic10", 1024),
    (b"ic11", 32),
    (b"ic12", 64),
];

/// Single pictures: name and size in pixels. The second group is for the Microsoft Store.
const PNG: [(&str, u32); 15] = [
    ("32x32", 32),
    ("64x64", 64),
    ("128x128", 128),
    ("128x128@2x", 256),
    ("icon", 512),
    ("StoreLogo", 50),
    ("Square30x30Logo", 30),
    ("Square44x44Logo", 44),
    ("Square71x71Logo", 71),
    ("Square89x89Logo", 89),
    ("Square107x107Logo", 107),
    ("Square142x142Logo", 142),
    ("Square150x150Logo", 150),
    ("Square284x284Logo", 284),
    ("Square310x310Logo", 310),
];

/// Renders `icons/icon.svg` to every size, and each `icons/tray*.svg` to a tray picture.
pub fn icons() -> Outcome {
    if !exists("rsvg-convert") {
        return Err("rsvg-convert is missing: apt-get install librsvg2-bin, or brew install \
                    librsvg"
            .into());
    }
    let icons = root().join("icons");
    let source = icons.join("icon.svg");
    // Small sizes may have a drawing of their own with less detail.
    let small = icons.join("icon-small.svg");
    let drawing = |size: u32| if size <= 32 && small.exists() { &small } else { &source };

    say("Rendering icons");
    for (name, size) in PNG {
        render(drawing(size), size, &icons.join(format!("{name}.png")))?;
    }
    let scratch = crate::shell::target_dir().join("icons");
    fs::create_dir_all(&scratch).map_err(|error| format!("no scratch folder: {error}"))?;
    let picture = |size: u32| -> Result<Vec<u8>, String> {
        let path = scratch.join(format!("{size}.png"));
        render(drawing(size), size, &path)?;
        fs::read(&path).map_err(|error| format!("a rendered icon cannot be read: {error}"))
    };
    let ico = ICO.map(|size| picture(size).map(|png| (size, png)));
    write(&icons.join("icon.ico"), &ico_file(&ico.into_iter().collect::<Result<Vec<_>, _>>()?))?;
    let icns = ICNS.map(|(kind, size)| picture(size).map(|png| (*kind, png)));
    write(&icons.join("icon.icns"), &icns_file(&icns.into_iter().collect::<Result<Vec<_>, _>>()?))?;

    let entries = fs::read_dir(&icons).map_err(|error| format!("no icons folder: {error}"))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("tray") && name.ends_with(".svg") {
            // 32 pixels: sharp in a 16-point tray at twice the density, scaled down elsewhere.
            render(&path, 32, &path.with_extension("png"))?;
        }
    }
    Ok(())
}

fn render(source: &Path, size: u32, target: &Path) -> Outcome {
    let size = size.to_string();
    must(
        command("rsvg-convert")
            .args(["--width", &size, "--height", &size, "--output"])
            .arg(target)
            .arg(source),
    )
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|error| format!("an icon cannot be written: {error}"))
}

/// A Windows icon file of PNG pictures: a directory of 16 bytes per picture, then the pictures.
fn ico_file(pictures: &[(u32, Vec<u8>)]) -> Vec<u8> {
    const HEADER: usize = 6;
    const ENTRY: usize = 16;
    let le16 = |value: usize| u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes();
    let le32 = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes();
    let mut file = vec![0, 0, 1, 0];
    file.extend(le16(pictures.len()));
    let mut offset = HEADER + ENTRY * pictures.len();
    for (size, png) in pictures {
        // 256 is written as 0: the field is one byte wide.
        let side = u8::try_from(*size).unwrap_or(0);
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(le32(png.len()));
        file.extend(le32(offset));
        offset += png.len();
    }
    for (_, png) in pictures {
        file.extend(png);
    }
    file
}

/// A macOS icon file: a magic word and the whole length, then type, length and data per picture.
fn icns_file(pictures: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let be32 = |value: usize| u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes();
    let mut body = Vec::new();
    for (kind, png) in pictures {
        body.extend(kind);
        body.extend(be32(png.len() + 8));
        body.extend(png);
    }
    let mut file = b"icns".to_vec();
    file.extend(be32(body.len() + 8));
    file.extend(body);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ico_directory_points_at_its_pictures() {
        let file = ico_file(&[(16, vec![1, 2, 3]), (256, vec![4, 5])]);
        assert_eq!(&file[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!(file[6], 16);
        assert_eq!(file[22], 0, "256 does not fit into a byte");
        let offset = u32::from_le_bytes(file[34..38].try_into().unwrap()) as usize;
        assert_eq!(&file[offset..], [4, 5]);
    }

    #[test]
    fn an_icns_file_knows_its_length() {
        let file = icns_file(&[(*b"ic07", vec![9; 10])]);
        assert_eq!(&file[..4], b"icns");
        assert_eq!(u32::from_be_bytes(file[4..8].try_into().unwrap()) as usize, file.len());
        assert_eq!(u32::from_be_bytes(file[12..16].try_into().unwrap()), 18);
    }
}
