//! What a typed or pasted text may be: one value, or a block of name, address and numbers.
//!
//! Captions and what says by itself what it is (numbers, addresses of mail, order IDs) are taken out
//! wherever they stand; the rest is name and address.

use super::{
    captions::{Caption, caption_at},
    runs::runs,
};
use buyerwatch_matching::{linkage::Profile, normalise::chinese_provinces};

/// Signs that are looked at; longer texts are letters, not labels.
const LONGEST: usize = 4_000;
/// Names and parts of an address that are looked at.
const PARTS: usize = 24;
/// Values that are looked up.
const VALUES: usize = 48;

/// A text, taken apart.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// What may be an alias, a number, an order ID or a user name: the whole first, then the parts.
    pub(super) values: Vec<String>,
    /// The only value, unless it is a label.
    pub(super) alone: Option<String>,
    /// Name and address, for comparing by likeness; empty for a text that can be neither.
    pub(super) profile: Profile,
}

/// What a label says, while it is read.
#[derive(Default)]
struct Label {
    values: Vec<String>,
    names: Vec<String>,
    given: String,
    family: String,
    /// What may be the name, if no caption says so.
    guessed: Option<String>,
    place: Vec<String>,
}

impl Asked {
    pub(super) fn of(text: &str) -> Self {
        let whole = text.trim();
        let text: Vec<char> = plain(whole).into_iter().take(LONGEST).collect();
        let mut label = Label::default();
        // One line is divided at its commas, several at their ends.
        let many = text.contains(&'\n') || text.contains(&'\t');
        let mut captioned = false;
        for (caption, part) in segments(&text) {
            captioned |= caption.is_some();
            label.read(caption, part, many);
        }
        label.finish(whole, captioned)
    }
}

impl Label {
    fn read(&mut self, caption: Option<Caption>, text: &[char], many: bool) {
        // A caption names what stands first after it: the rest of its line, in a label of one line
        // until the next comma.
        let mut caption = caption;
        let lines = text.split(|c| matches!(c, '\n' | '\t'));
        for line in lines.filter(|line| line.iter().any(|c| !c.is_whitespace())) {
            let mut from = 0;
            let found = runs(line);
            let none = found.is_empty();
            for run in found {
                self.read_words(&mut caption, line.get(from..run.start), many);
                let end = run.or_end.unwrap_or(run.end);
                for end in [run.end, end] {
                    self.value(line.get(run.start..end).unwrap_or_default().iter().collect());
                }
                // `13800001111-1234` is a number with an extension, too.
                let first = line.get(run.start..run.end).unwrap_or_default();
                let first: String = first.iter().take_while(|c| c.is_ascii_digit()).collect();
                if first.len() >= 9 {
                    self.value(first);
                }
                from = run.end;
                if matches!(caption, Some(Caption::Phone | Caption::Other)) {
                    caption = None;
                }
            }
            self.read_words(&mut caption, line.get(from..), many && none);
            // An address goes on below, until a name is alone on a line.
            caption = match caption {
                Some(Caption::Place | Caption::Below) => Some(Caption::Below),
                _ => None,
            };
        }
    }

    /// What stands between runs.
    fn read_words(&mut self, caption: &mut Option<Caption>, words: Option<&[char]>, many: bool) {
        let words = words.unwrap_or_default();
        let latin = !words.iter().any(|c| is_cjk(*c) || c.is_numeric());
        let whole_line = many && (caption.is_none() || (*caption == Some(Caption::Name) && latin));
        let divides = |c: &char| !whole_line && matches!(c, ',' | ';' | '|' | '、' | '。');
        for piece in words.split(divides) {
            let piece = tidy(piece);
            if piece.is_empty() {
                continue;
            }
            match *caption {
                Some(Caption::Name) => self.name_then(piece, caption),
                Some(Caption::Given) => {
                    self.given = piece;
                    *caption = None;
                }
                Some(Caption::Family) => {
                    self.family = piece;
                    *caption = None;
                }
                Some(Caption::Below) if is_short_name(&piece) && !is_place(&piece) => {
                    self.guess(&piece)
                }
                Some(Caption::Place | Caption::Below) => self.place.push(piece),
                Some(Caption::Phone | Caption::Other) => {
                    self.value(piece);
                    *caption = None;
                }
                None => self.guess(&piece),
            }
        }
    }

    /// After `收件人：` an address may follow the name behind a mere blank.
    fn name_then(&mut self, piece: String, caption: &mut Option<Caption>) {
        *caption = None;
        match name_and_place(&piece) {
            Some((name, place)) => {
                self.names.push(name);
                self.place.push(place);
            }
            None => self.names.push(piece),
        }
    }

    /// A label says who first and where then; in Chinese and Japanese also the other way round.
    fn guess(&mut self, piece: &str) {
        let piece = without_caption(piece);
        self.value(piece.to_owned());
        let (open, first) = (self.guessed.is_none(), self.place.is_empty());
        if let Some((name, place)) = name_and_place(piece).filter(|_| open) {
            self.guessed = Some(name);
            self.place.push(place);
        } else if open && !is_place(piece) && (is_short_name(piece) || (first && !has_digit(piece)))
        {
            self.guessed = Some(piece.to_owned());
        } else if !is_number(piece) || is_postcode_like(piece) {
            self.place.push(piece.to_owned());
        }
    }

    fn value(&mut self, value: String) {
        let value = value.trim().to_owned();
        if !value.is_empty() && self.values.len() < VALUES && !self.values.contains(&value) {
            self.values.push(value);
        }
    }

    fn finish(mut self, whole: &str, captioned: bool) -> Asked {
        let full = format!("{} {}", self.given, self.family);
        if !full.trim().is_empty() {
            self.names.push(full.trim().to_owned());
        }
        if self.names.is_empty() {
            self.names.extend(self.guessed.take());
        } else if let Some(other) = self.guessed.take() {
            // A caption says who it is, so this is where.
            self.place.insert(0, other);
        }
        let mut profile = Profile::default();
        for name in self.names.iter().take(PARTS) {
            profile.add_name(name);
        }
        self.place.truncate(PARTS);
        let place = self.place.join(", ");
        if !self.place.is_empty() {
            // Too long for an address: then it is compared as what else it may be.
            let _ = profile.add_address_line(&place);
        }
        for value in self.names.clone().into_iter().chain([place]) {
            self.value(value);
        }
        let alone = match &self.values[..] {
            [] => Some(whole.to_owned()),
            [one] if captioned => Some(one.clone()),
            [_] => Some(whole.to_owned()),
            _ => None,
        };
        let mut values = vec![whole.to_owned()];
        values.extend(self.values.into_iter().filter(|value| value != whole));
        Asked { values, alone, profile }
    }
}

/// The text in one way of writing: signs of full width as those of ASCII, no invisible ones.
pub(super) fn plain(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| {
            !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        })
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => {
                u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
            }
            '\u{3000}' | '\u{a0}' | '\u{2007}' | '\u{202f}' => ' ',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            _ => c,
        })
        .collect()
}

/// The text between captions, each part with the caption before it.
fn segments(text: &[char]) -> Vec<(Option<Caption>, &[char])> {
    let mut parts = Vec::new();
    let (mut caption, mut start, mut at) = (None, 0, 0);
    while at < text.len() {
        match caption_at(text, at) {
            Some(found) => {
                parts.push((caption, text.get(start..at).unwrap_or_default()));
                caption = Some(found.caption);
                start = found.after;
                at = found.after.max(at + 1);
            }
            None => at += 1,
        }
    }
    parts.push((caption, text.get(start..).unwrap_or_default()));
    parts
}

fn tidy(piece: &[char]) -> String {
    let text: String = piece.iter().collect();
    let around = |c: char| c.is_whitespace() || ",;:|<>-、。，\"".contains(c);
    text.trim_matches(around).to_owned()
}

/// `Recipient of the gift: Ann Example`, whatever the caption.
fn without_caption(piece: &str) -> &str {
    match piece.split_once(':') {
        Some((caption, rest)) if !rest.trim().is_empty() && !has_digit(caption) => rest.trim(),
        _ => piece,
    }
}

/// A name before or behind an address, with only a blank or nothing between them.
fn name_and_place(piece: &str) -> Option<(String, String)> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let (first, rest) = words.split_first()?;
    if let Some((name, place)) = before_province(first) {
        let place = std::iter::once(place.as_str()).chain(rest.iter().copied());
        return Some((name, place.collect::<Vec<_>>().join(" ")));
    }
    let named = |word: &str| is_short_name(word) && !is_place(word);
    if named(first) {
        // A family name and a given name, as Japanese labels have them.
        let two = rest.first().filter(|second| {
            named(second)
                && first.chars().count() <= 3
                && rest.len() > 1
                && second.chars().count() <= 3
        });
        let of_name = if two.is_some() { 2 } else { 1 };
        let place = words.get(of_name..)?.join(" ");
        let name = words.get(..of_name)?.join(" ");
        return is_place(&place).then_some((name, place));
    }
    // `John Smith 浙江省…`
    let foreign =
        words.iter().take_while(|word| word.chars().all(|c| c.is_ascii_alphabetic())).count();
    if (1..=4).contains(&foreign) {
        let (name, place) = (words.get(..foreign)?.join(" "), words.get(foreign..)?.join(" "));
        return (place.starts_with(is_cjk) && is_place(&place)).then_some((name, place));
    }
    let (last, rest) = words.split_last()?;
    let place = rest.join(" ");
    (named(last) && is_place(&place)).then(|| ((*last).to_owned(), place))
}

/// `王小明浙江省杭州市…`: the name ends where a province begins.
fn before_province(word: &str) -> Option<(String, String)> {
    let chars: Vec<char> = word.chars().collect();
    (2..=4).find_map(|at| {
        let (name, place) = (chars.get(..at)?, chars.get(at..)?);
        let (name, place): (String, String) = (name.iter().collect(), place.iter().collect());
        let rest = provinces().find_map(|province| place.strip_prefix(province))?;
        let named = rest.starts_with(['省', '市']) || rest.starts_with("自治区");
        (named && name.chars().all(is_cjk) && !is_place(&name)).then_some((name, place))
    })
}

/// Two to four ideographs, or a foreign name in them with its dot.
fn is_short_name(word: &str) -> bool {
    let dotted = word.contains(['·', '・', '•']);
    let length = word.chars().count();
    let letters = word.chars().all(|c| is_cjk(c) || matches!(c, '·' | '・' | '•' | ' '));
    letters && (2..=if dotted || word.contains(' ') { 16 } else { 5 }).contains(&length)
}

/// Chinese and Japanese addresses say it by their provinces and by what stands behind their parts.
fn is_place(text: &str) -> bool {
    const BEHIND: &str = "省市区區县縣郡府都道町村镇鎮乡鄉路街巷弄号號楼樓栋棟幢室层層州盟";
    let compact: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !compact.iter().any(|c| is_cjk(*c) || *c == '〒') {
        return false;
    }
    let compact: String = compact.iter().collect();
    let begins = compact.starts_with(['〒']) || provinces().any(|of| compact.starts_with(of));
    let length = compact.chars().count();
    let ends = length >= 3 && compact.ends_with(|c| BEHIND.contains(c));
    // `市川` and `路遥` are names.
    let inside = length >= 6 && compact.chars().skip(1).any(|c| BEHIND.contains(c));
    begins || ends || inside
}

/// What an address in Chinese begins with.
fn provinces() -> impl Iterator<Item = &'static str> {
    chinese_provinces().iter().copied().chain(["中国", "臺灣"])
}

/// Scripts that write no blanks between words.
pub(super) const fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Nothing but digits and what stands between them.
fn is_number(text: &str) -> bool {
    has_digit(text) && !text.chars().any(char::is_alphabetic)
}

/// Short enough for a postcode; a telephone number is longer.
fn is_postcode_like(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() <= 7
}
