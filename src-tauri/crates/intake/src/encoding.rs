//! The encodings that reports come in, and text from bytes.

use serde::{Deserialize, Serialize};

/// How the text of a report is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8 without a mark. Also what pure ASCII counts as.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-8 that begins with a byte order mark.
    #[serde(rename = "utf-8-bom")]
    Utf8Bom,
    /// Code page 1252, Western Europe. Never ISO 8859-1, which lacks `„`, `“` and `€`.
    #[serde(rename = "cp1252")]
    Windows1252,
    /// Code page 932, Microsoft's Shift JIS, Japan.
    #[serde(rename = "cp932")]
    Cp932,
    /// Code page 936, GBK, mainland China.
    #[serde(rename = "gbk")]
    Gbk,
    /// UTF-16, low byte first, as spreadsheets save "Unicode text".
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 7] = [
        Self::Utf8,
        Self::Utf8Bom,
        Self::Windows1252,
        Self::Cp932,
        Self::Gbk,
        Self::Utf16Le,
        Self::Utf16Be,
    ];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Bom => "utf-8-bom",
            Self::Windows1252 => "cp1252",
            Self::Cp932 => "cp932",
            Self::Gbk => "gbk",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// The encoding with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.code() == code)
    }

    pub(crate) const fn is_wide(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    const fn tables(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 | Self::Utf8Bom => encoding_rs::UTF_8,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Cp932 => encoding_rs::SHIFT_JIS,
            Self::Gbk => encoding_rs::GBK,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
        }
    }

    /// Puts the text of `bytes` in place of what `text` holds; what cannot be decoded becomes
    /// U+FFFD.
    pub(crate) fn decode(self, bytes: &[u8], text: &mut String) {
        text.clear();
        let mut decoder = self.tables().new_decoder_without_bom_handling();
        if let Some(room) = decoder.max_utf8_buffer_length(bytes.len()) {
            text.reserve(room);
        }
        let (_, _, _) = decoder.decode_to_string(bytes, text, true);
    }
}

/// The encoding that a byte order mark, or the zero bytes of wide ASCII, give away, and the length
/// of the mark.
pub(crate) fn marked(prefix: &[u8]) -> Option<(Encoding, usize)> {
    if prefix.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Some((Encoding::Utf8Bom, 3));
    }
    // A UTF-32 mark begins like that of UTF-16; its text is refused later as no text.
    if prefix.starts_with(&[0xff, 0xfe]) && !prefix.starts_with(&[0xff, 0xfe, 0, 0]) {
        return Some((Encoding::Utf16Le, 2));
    }
    if prefix.starts_with(&[0xfe, 0xff]) {
        return Some((Encoding::Utf16Be, 2));
    }
    // A header is ASCII, so without a mark every other byte is zero and the others never are.
    let head = prefix.get(..prefix.len().min(256) & !1)?;
    let zeros =
        |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let units = head.len() / 2;
    if units < 8 {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (0, odd) if odd == units => Some((Encoding::Utf16Le, 0)),
        (even, 0) if even == units => Some((Encoding::Utf16Be, 0)),
        _ => None,
    }
}
