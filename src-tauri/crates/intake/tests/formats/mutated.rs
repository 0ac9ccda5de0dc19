//! Every parser over its seeds with bytes changed, cut and repeated: it reads or refuses, and never
//! breaks down. The same changes each time; `BUYERWATCH_MUTATIONS` asks for more of them.

use crate::{aftersale, channels, seen, structured, workbook};

/// A small generator of numbers that are the same on every computer (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap()
    }
}

const TOKENS: [&[u8]; 14] = [
    b"\t",
    b"\n",
    b"\"",
    b",",
    b"<",
    b"</",
    b"&",
    b"]]>",
    b"{",
    b"[",
    b"\xff\xfe",
    b"\xf0\x9f",
    b"302-0000001-1234567",
    b"<![CDATA[",
];

fn mutate(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(8) {
        let at = numbers.below(bytes.len());
        match numbers.below(6) {
            0 if !bytes.is_empty() => bytes[at] = numbers.next().to_le_bytes()[0],
            1 => bytes.truncate(at),
            2 => {
                let to = (at + numbers.below(64)).min(bytes.len());
                bytes.drain(at..to);
            }
            3 => {
                let token = TOKENS[numbers.below(TOKENS.len())];
                bytes.splice(at..at, token.iter().copied());
            }
            4 => {
                let to = (at + numbers.below(256)).min(bytes.len());
                let part = bytes[at..to].to_vec();
                let again = numbers.below(bytes.len() + 1);
                bytes.splice(again..again, part);
            }
            _ if !bytes.is_empty() => bytes[at] ^= 1 << numbers.below(8),
            _ => {}
        }
    }
    bytes
}

#[test]
fn a_changed_file_is_read_or_refused() {
    let rounds = std::env::var("BUYERWATCH_MUTATIONS");
    let rounds: u64 = rounds.ok().and_then(|text| text.parse().ok()).unwrap_or(400);
    let walmart = workbook::walmart();
    let seeds: [&[u8]; 14] = [
        aftersale::RETURNS.as_bytes(),
        aftersale::FBA.as_bytes(),
        aftersale::FEEDBACK.as_bytes(),
        aftersale::XML.as_bytes(),
        channels::EBAY.as_bytes(),
        channels::SHOPIFY.as_bytes(),
        channels::TIKTOK.as_bytes(),
        channels::TEMU.as_bytes(),
        channels::EBAY_DE.as_bytes(),
        channels::ETSY_ITEMS.as_bytes(),
        structured::ORDER_XML.as_bytes(),
        structured::V0.as_bytes(),
        structured::V2026.as_bytes(),
        &walmart,
    ];
    let mut numbers = Numbers(0x5eed_0000_0000_0001);
    let mut read = 0;
    for seed in seeds {
        for _ in 0..rounds {
            read += usize::from(seen(&*mutate(seed, &mut numbers)).is_ok());
        }
    }
    assert!(read > 0, "some are still read");
}
