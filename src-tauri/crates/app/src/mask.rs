//! Personal data as it stands on an open screen: enough to tell two buyers apart, too little to
//! tell who they are. A mask never shows how long the hidden part is.

use buyerwatch_domain::{Address, IdentifierKind};

const DOTS: &str = "•••";

/// A value of this kind, masked.
#[must_use]
pub(crate) fn mask(kind: IdentifierKind, value: &str) -> String {
    match kind {
        IdentifierKind::Alias => alias(value),
        IdentifierKind::Phone => phone(value),
        IdentifierKind::Name => name(value),
        IdentifierKind::Address => address_line(value),
        IdentifierKind::MarketplaceId | IdentifierKind::UserName => start(value, 3),
        // Names an order, not a person.
        IdentifierKind::OrderId => value.trim().to_owned(),
    }
}

/// `Jonas Dornfeld` → `J••• D•••`, `王小明` → `王••`.
pub(crate) fn name(value: &str) -> String {
    let words: Vec<&str> = value.split_whitespace().take(3).collect();
    let masked: Vec<String> = words
        .iter()
        .filter_map(|word| {
            let first = word.chars().find(|c| c.is_alphanumeric())?;
            let dots = if is_cjk(first) { "••" } else { DOTS };
            Some(format!("{first}{dots}"))
        })
        .collect();
    masked.join(" ")
}

/// `s2y5q8w1e4r7t0@marketplace.amazon.de` → `s2y5•••@…amazon.de`.
pub(crate) fn alias(value: &str) -> String {
    let value = value.trim();
    if value.is_empty() {
        return String::new();
    }
    let Some((local, domain)) = value.rsplit_once('@') else { return start(value, 2) };
    let relay = domain.to_ascii_lowercase();
    match relay.strip_prefix("marketplace.") {
        // Random letters: four of them tell aliases apart and name nobody.
        Some(marketplace) => format!("{}@…{marketplace}", start(local, 4)),
        None => {
            let labels: Vec<&str> = relay.split('.').collect();
            let tail = labels.iter().rev().take(2).rev().copied().collect::<Vec<_>>().join(".");
            let gap = if labels.len() > 2 { "…" } else { "" };
            format!("{}@{gap}{tail}", start(local, 1))
        }
    }
}

/// `+49 30 5550142` → `+49 ••• 142`.
pub(crate) fn phone(value: &str) -> String {
    let digits: Vec<char> = value.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 5 {
        return if value.trim().is_empty() { String::new() } else { DOTS.to_owned() };
    }
    let last: String = digits.iter().rev().take(3).rev().collect();
    let international = match value.trim_start() {
        text if text.starts_with('+') => Some(0),
        text if text.starts_with("00") => Some(2),
        _ => None,
    };
    match international {
        Some(skip) => {
            let number: String = digits.iter().skip(skip).collect();
            let code: String = number.chars().take(calling_code_length(&number)).collect();
            format!("+{code} {DOTS} {last}")
        }
        None => format!("{DOTS} {last}"),
    }
}

/// How many digits the country takes (ITU-T E.164): one for 1 and 7, else two for the codes listed
/// here, else three.
fn calling_code_length(digits: &str) -> usize {
    const TWO: &[&str] = &[
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    if digits.starts_with(['1', '7']) {
        1
    } else if TWO.iter().any(|code| digits.starts_with(code)) {
        2
    } else {
        3
    }
}

/// `Königsgasse 14, 97070 Würzburg` → `Königsg••• 14, 97070`.
pub(crate) fn address_line(value: &str) -> String {
    let parts: Vec<&str> = value
        .split([',', '\n', ';', '，', '、'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    // A pasted address may begin with the person's name: the street is the first part with a
    // number in it.
    let at = parts.iter().position(|part| part.chars().any(char::is_numeric)).unwrap_or(0);
    let Some(street) = parts.get(at) else { return String::new() };
    let postal = parts
        .iter()
        .skip(at + 1)
        .rev()
        .flat_map(|part| part.split_whitespace().rev())
        .find(|word| is_postcode(word));
    joined(&self::street(street), postal.unwrap_or_default())
}

/// The same for an address in parts.
pub(crate) fn address(value: &Address) -> String {
    let lines = || value.lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let with_number = lines().find(|line| line.chars().any(char::is_numeric));
    let street = with_number.or_else(|| lines().next()).unwrap_or_default();
    joined(&self::street(street), value.postal.trim())
}

fn joined(street: &str, postal: &str) -> String {
    match (street.is_empty(), postal.is_empty()) {
        (true, _) => postal.to_owned(),
        (false, true) => street.to_owned(),
        (false, false) => format!("{street}, {postal}"),
    }
}

fn street(line: &str) -> String {
    let mut number = "";
    let mut words = String::new();
    let mut before = true;
    for word in line.split_whitespace() {
        let is_number =
            word.chars().next().is_some_and(char::is_numeric) && word.chars().count() <= 6;
        if is_number && number.is_empty() {
            number = word;
            before = words.is_empty();
        } else if words.is_empty() {
            words.push_str(word);
        }
    }
    let first = words.chars().next();
    let shown = match first {
        None => String::new(),
        Some(c) if is_cjk(c) => start(&words, 3),
        // Three letters less than the word has, so that a short one is hidden, too.
        Some(_) => start(&words, words.chars().count().saturating_sub(3).clamp(1, 7)),
    };
    match (shown.is_empty(), number.is_empty(), before) {
        (true, ..) => number.to_owned(),
        (false, true, _) => shown,
        (false, false, true) => format!("{number} {shown}"),
        (false, false, false) => format!("{shown} {number}"),
    }
}

fn is_postcode(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let rest = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    digits >= 4 && rest && word.len() <= 10
}

fn start(value: &str, letters: usize) -> String {
    let value = value.trim();
    if value.is_empty() {
        return String::new();
    }
    let shown: String = value.chars().filter(|c| !c.is_control()).take(letters).collect();
    format!("{shown}{DOTS}")
}

/// Scripts in which one character is a name or a syllable of one.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use IdentifierKind as K;

    #[test]
    fn each_kind_has_its_mask() {
        for (kind, value, masked) in [
            (K::Name, "Jonas Dornfeld", "J••• D•••"),
            (K::Name, "  anna  maria von  Elsewo ", "a••• m••• v•••"),
            (K::Name, "王小明", "王••"),
            (K::Name, "山田 太郎", "山•• 太••"),
            (K::Name, "김민준", "김••"),
            (K::Name, "\"Élodie\"", "É•••"),
            (K::Name, "", ""),
            (K::Alias, "s2y5q8w1e4r7t0@marketplace.amazon.de", "s2y5•••@…amazon.de"),
            (K::Alias, "s2y5q8w1e4r7t0+AB12@Marketplace.Amazon.co.jp", "s2y5•••@…amazon.co.jp"),
            (K::Alias, "anna@example.org", "a•••@example.org"),
            (K::Alias, "anna@mail.shop.example.org", "a•••@…example.org"),
            (K::Alias, "not an address", "no•••"),
            (K::Phone, "+49 30 5550142", "+49 ••• 142"),
            (K::Phone, "0049 30 5550142", "+49 ••• 142"),
            (K::Phone, "+1 212-555-0187", "+1 ••• 187"),
            (K::Phone, "+353 1 555 0134", "+353 ••• 134"),
            (K::Phone, "030 5550142", "••• 142"),
            (K::Phone, "123", "•••"),
            (K::Phone, "", ""),
            (K::Address, "Königsgasse 14, 97070 Würzburg, DE", "Königsg••• 14, 97070"),
            (K::Address, "Jonas Dornfeld\nLindenhofweg 14\n97070 Würzburg", "Lindenh••• 14, 97070"),
            (K::Address, "12 Main St, Springfield, IL 62704, US", "12 M•••, 62704"),
            (K::Address, "北京市朝阳区建国路88号, 100022", "北京市•••, 100022"),
            (K::Address, "No street", "N•••"),
            (K::MarketplaceId, "A3H8K2LQ0ZV7", "A3H•••"),
            (K::UserName, "quiet_fox", "qui•••"),
            (K::OrderId, " 305-1234567-7654321 ", "305-1234567-7654321"),
        ] {
            assert_eq!(mask(kind, value), masked, "{value}");
        }
    }

    #[test]
    fn an_address_in_parts_masks_like_one_line() {
        let address = Address {
            lines: vec!["c/o Müller".into(), "Königsgasse 14".into()],
            city: "Würzburg".into(),
            postal: "97070".into(),
            ..Address::default()
        };
        assert_eq!(self::address(&address), "Königsg••• 14, 97070");
        assert_eq!(self::address(&Address::default()), "");
    }
}
