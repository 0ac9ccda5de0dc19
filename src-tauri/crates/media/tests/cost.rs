//! What the worst file costs that is decoded at all. A process of its own, whose peak of memory is that of
//! the decoder.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::io::{Cursor, Write as _};
use std::time::Instant;

use buyerwatch_media::{Limits, captured, thumbnail};
use flate2::{Compression, Crc, write::ZlibEncoder};

/// A PNG of one colour, written row by row.
fn png(side: u32) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let row = vec![0u8; 1 + 3 * side as usize];
    for _ in 0..side {
        packed.write_all(&row).unwrap();
    }
    let header =
        [&b"IHDR"[..], &side.to_be_bytes(), &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let data = [&b"IDAT"[..], &packed.finish().unwrap()].concat();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [header, data, b"IEND".to_vec()] {
        bytes.extend(u32::try_from(chunk.len() - 4).unwrap().to_be_bytes());
        let mut sum = Crc::new();
        sum.update(&chunk);
        bytes.extend(&chunk);
        bytes.extend(sum.sum().to_be_bytes());
    }
    bytes
}

/// Bytes that this process holds at most since the peak was last forgotten.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() * 1024
}

fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}

#[test]
fn the_worst_picture_that_is_decoded_stays_below_the_bound() {
    const BOUND: u64 = 300_000_000;
    let limits = Limits::default();
    // The largest square of three bytes a pixel that is let in.
    let side = u32::try_from((limits.memory / 3).min(limits.pixels).isqrt()).unwrap();
    let worst = png(side);
    forget_peak();
    let before = peak();
    let started = Instant::now();
    let small = thumbnail(Cursor::new(worst), "image/png", &limits).unwrap();
    let cost = peak().saturating_sub(before);
    println!("{side} by {side}: {} MB in {:.2?}", cost / 1_000_000, started.elapsed());
    assert!(cost > limits.memory / 2, "it was not decoded, or the peak is not seen");
    assert!(cost < BOUND, "{cost} bytes");
    assert_eq!(small.width.max(small.height), limits.side);

    let larger = png(side + 600);
    forget_peak();
    let before = peak();
    let refused = thumbnail(Cursor::new(larger), "image/png", &limits);
    assert_eq!(refused.unwrap_err().code(), "preview_too_large");
    let cost = peak().saturating_sub(before);
    assert!(cost < 32_000_000, "{cost} bytes");

    // The date of a picture is looked for in its first part, whatever its length.
    let long = vec![1u8; 64 << 20];
    forget_peak();
    let before = peak();
    assert!(captured(Cursor::new(&long), "image/png").is_none());
    let cost = peak().saturating_sub(before);
    println!("looking for a date: {} MB", cost / 1_000_000);
    assert!(cost < 32_000_000, "{cost} bytes");
}
