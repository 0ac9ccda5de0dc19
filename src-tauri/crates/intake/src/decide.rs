//! Which encoding a row is in.
//!
//! A report does not say. Its first byte above ASCII may come after gigabytes, so nothing is
//! decided before one is seen; and files are glued together from several, so nothing is decided
//! for good: a row that contradicts the decision is weighed anew, together with what follows it.

use crate::Encoding;
use crate::plausible::score;

/// How many bytes behind a row in doubt are weighed with it.
pub(crate) const AHEAD: usize = 8 << 10;

/// How often what follows is weighed before rows in doubt stand alone: a bound on the work that a
/// hostile file can cause.
const AHEAD_TIMES: u32 = 4096;

const CANDIDATES: [Encoding; 4] =
    [Encoding::Utf8, Encoding::Cp932, Encoding::Gbk, Encoding::Windows1252];

/// What the row in doubt says about where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Japan,
    China,
    Elsewhere,
    Unknown,
}

impl Origin {
    /// Reads a sales channel, a country or a currency.
    pub(crate) fn of(value: &str) -> Self {
        let value = value.trim_matches(|c: char| c.is_whitespace() || c == '"');
        let is = |word: &str| value.eq_ignore_ascii_case(word);
        let ends = |tail: &str| {
            value
                .len()
                .checked_sub(tail.len())
                .and_then(|from| value.get(from..))
                .is_some_and(|end| end.eq_ignore_ascii_case(tail))
        };
        if is("JP") || is("JPY") || is("Japan") || ends(".co.jp") || ends(".jp") {
            Self::Japan
        } else if is("CN") || is("CNY") || is("China") || ends(".cn") {
            Self::China
        } else if value.is_empty()
            || !value.is_ascii()
            || is("HK")
            || is("TW")
            || is("MO")
            || is("SG")
        {
            Self::Unknown
        } else {
            Self::Elsewhere
        }
    }

    const fn favour(self, encoding: Encoding) -> i64 {
        match (self, encoding) {
            (Self::Japan, Encoding::Cp932) => 60,
            (Self::Japan, Encoding::Gbk | Encoding::Windows1252) => -30,
            (Self::China, Encoding::Gbk) => 40,
            (Self::China, Encoding::Cp932) => -40,
            (Self::Elsewhere, Encoding::Windows1252) => 15,
            (Self::Elsewhere, Encoding::Cp932) => -15,
            _ => 0,
        }
    }
}

/// What a row's bytes say at first sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// It is in this encoding.
    Settled(Encoding),
    /// It has to be weighed.
    Doubt,
}

/// The decision so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision {
    /// `None` while everything was ASCII.
    pub(crate) encoding: Option<Encoding>,
    /// How often what follows a row was weighed.
    pub(crate) weighed: u32,
}

impl Decision {
    /// Whether the row settles itself. `utf8` says whether it is valid UTF-8, as a row of ASCII is.
    pub(crate) fn sight(&self, row: &[u8], utf8: bool) -> Sight {
        let current = self.encoding.unwrap_or(Encoding::Utf8);
        if current.is_wide() {
            return Sight::Settled(current);
        }
        if utf8 && row.is_ascii() {
            return Sight::Settled(Encoding::Utf8);
        }
        let settled = match self.encoding {
            // The first text above ASCII decides for many rows, so what follows is looked at, too.
            None => false,
            Some(Encoding::Utf8 | Encoding::Utf8Bom) => utf8,
            Some(legacy) => !utf8 && score(legacy, row) > 0,
        };
        if settled { Sight::Settled(current) } else { Sight::Doubt }
    }

    /// Whether what follows a row in doubt should be read before [`weigh`](Self::weigh).
    pub(crate) const fn looks_ahead(&self) -> bool {
        self.weighed < AHEAD_TIMES
    }

    /// Decides a row in doubt, and how to go on. `ahead` is what follows the row.
    pub(crate) fn weigh(&mut self, row: &[u8], ahead: &[u8], origin: Origin) -> Encoding {
        let characters = std::str::from_utf8(row)
            .ok()
            .map(|text| text.chars().filter(|c| !c.is_ascii()).count())
            .unwrap_or_default();
        // Text of other encodings is hardly ever valid UTF-8, least of all over many rows, while
        // UTF-8 that says little, a lone `®` or `°`, reads as usual text in each of them.
        let begins = self.encoding.is_none_or(|current| same(current, Encoding::Utf8));
        if characters > 0 && begins && std::str::from_utf8(ahead).is_ok() {
            self.weighed = self.weighed.saturating_add(1);
            self.encoding.get_or_insert(Encoding::Utf8);
            return Encoding::Utf8;
        }
        let inertia = |encoding: Encoding| match self.encoding {
            // Two characters of valid UTF-8 are no accident any more.
            Some(current) if same(current, encoding) && characters < 2 => 30,
            _ => 0,
        };
        let alone = |encoding: Encoding| score(encoding, row) + origin.favour(encoding);
        let best = |weight: &dyn Fn(Encoding) -> i64| {
            // The first of equals: what is strict before what reads anything.
            CANDIDATES
                .into_iter()
                .rev()
                .max_by_key(|encoding| weight(*encoding))
                .unwrap_or(Encoding::Utf8)
        };
        let looks_ahead = self.looks_ahead();
        let onward = best(&|encoding| {
            let ahead = if looks_ahead { score(encoding, ahead) } else { 0 };
            alone(encoding) + ahead + inertia(encoding)
        });
        self.weighed = self.weighed.saturating_add(1);
        let row_in = if score(onward, row) > 0 {
            onward
        } else {
            best(&|encoding| alone(encoding) + inertia(encoding) / 3)
        };
        if !self.encoding.is_some_and(|current| same(current, onward)) {
            self.encoding = Some(onward);
        }
        row_in
    }
}

fn same(a: Encoding, b: Encoding) -> bool {
    let plain = |e: Encoding| matches!(e, Encoding::Utf8 | Encoding::Utf8Bom);
    plain(a) && plain(b) || a == b
}
