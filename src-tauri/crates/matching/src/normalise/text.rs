//! One way of writing: compatibility forms, case, Latin diacritics, invisible characters.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Appends `input` to `out` in one way of writing.
///
/// Compatibility forms (full-width digits, ligatures) become plain, letters lower-case, diacritics
/// of Latin letters fall away, as do apostrophes and everything invisible (controls, marks of
/// direction, joiners). White space becomes a blank, a line break stays one.
pub(crate) fn fold(input: &str, out: &mut String) {
    let start = out.len();
    // Most values: nothing to drop or to level but case.
    if input.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'\'' | b'`')) {
        out.push_str(input);
        if let Some(tail) = out.get_mut(start..) {
            tail.make_ascii_lowercase();
        }
    } else if input.is_ascii() {
        for byte in input.bytes() {
            push_plain(char::from(byte), out);
        }
    } else if input.chars().all(is_quick) {
        for char in input.chars() {
            push_quick(char, out);
        }
    } else {
        let mut after_latin = false;
        let kept = input.nfkd().filter(|&char| {
            let mark = is_combining_mark(char);
            if !mark {
                after_latin = char.is_ascii_alphabetic() || is_latin(char);
            }
            // Arabic vowel signs and the Hebrew points are left out in everyday writing.
            !(mark
                && (after_latin || matches!(char, '\u{64B}'..='\u{65F}' | '\u{5B0}'..='\u{5C7}')))
        });
        for char in kept.nfc() {
            push_quick(char, out);
        }
    }
}

/// Whether decomposition changes nothing that [`push_quick`] does not do.
fn is_quick(char: char) -> bool {
    matches!(char,
        '\0'..='\u{7F}' | '\u{C0}'..='\u{FF}' | '\u{3001}'..='\u{3002}' | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FE}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

fn is_latin(char: char) -> bool {
    matches!(char, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}'
        | '\u{A720}'..='\u{A7FF}')
}

fn push_plain(char: char, out: &mut String) {
    match char {
        '\'' | '`' => {}
        '\n' => out.push('\n'),
        '\r' => {
            // Old line ends; the blank after `\n` is trimmed with the rest.
            out.push('\n');
        }
        '\t' | '\u{B}' | '\u{C}' => out.push(' '),
        '\0'..='\u{1F}' | '\u{7F}' => {}
        _ => out.push(char.to_ascii_lowercase()),
    }
}

fn push_quick(char: char, out: &mut String) {
    match char {
        '\0'..='\u{7F}' => push_plain(char, out),
        'À'..='Å' | 'à'..='å' | 'Æ' | 'æ' => {
            out.push('a');
            if matches!(char, 'Æ' | 'æ') {
                out.push('e');
            }
        }
        'Ç' | 'ç' => out.push('c'),
        'È'..='Ë' | 'è'..='ë' => out.push('e'),
        'Ì'..='Ï' | 'ì'..='ï' | 'ı' => out.push('i'),
        'Ð' | 'ð' | 'Đ' | 'đ' => out.push('d'),
        'Ñ' | 'ñ' => out.push('n'),
        'Ò'..='Ö' | 'ò'..='ö' | 'Ø' | 'ø' => out.push('o'),
        'Œ' | 'œ' => out.push_str("oe"),
        'Ù'..='Ü' | 'ù'..='ü' => out.push('u'),
        'Ý' | 'ý' | 'ÿ' => out.push('y'),
        'Þ' | 'þ' => out.push_str("th"),
        'ß' | 'ẞ' => out.push_str("ss"),
        'Ł' | 'ł' => out.push('l'),
        'Ħ' | 'ħ' => out.push('h'),
        'Ŧ' | 'ŧ' => out.push('t'),
        '°' => out.push('o'),
        // Typographic apostrophes and the Hawaiian and Uzbek letters written like them.
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BB}' | '\u{2BC}' | '\u{2032}' | '´' => {}
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
        'ё' | 'Ё' => out.push('е'),
        'ς' => out.push('σ'),
        'ـ' => {}
        _ if is_invisible(char) => {}
        _ if char.is_whitespace() => out.push(' '),
        _ => out.extend(char.to_lowercase().map(|lower| if lower == 'ё' { 'е' } else { lower })),
    }
}

fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether the character belongs to Chinese, Japanese or Korean writing.
pub(crate) fn is_cjk(char: char) -> bool {
    char >= '\u{1100}'
        && matches!(char, '\u{1100}'..='\u{11FF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}'
            | '\u{3130}'..='\u{318F}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{323AF}')
}

/// Whether the character is a letter, a digit or a sign that belongs to one.
pub(crate) fn is_word(char: char) -> bool {
    if char.is_ascii() {
        char.is_ascii_alphanumeric()
    } else {
        char.is_alphanumeric() || is_combining_mark(char)
    }
}

/// Splits at the first word: what stands before it, the word, what stands behind.
pub(crate) fn split_word(text: &str) -> Option<(&str, &str, &str)> {
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    // Plain letters need no decoding; all else is told apart character by character.
    let start = match bytes.get(start) {
        Some(byte) if byte.is_ascii() => start,
        _ => start + text.get(start..)?.find(is_word)?,
    };
    let (before, from) = text.split_at_checked(start)?;
    let plain = from.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(from.len());
    let end = match from.as_bytes().get(plain) {
        Some(byte) if !byte.is_ascii() => from.find(|c| !is_word(c)).unwrap_or(from.len()),
        _ => plain,
    };
    let (word, behind) = from.split_at_checked(end)?;
    Some((before, word, behind))
}

/// Whether [`push_without_umlauts`] may change a word of the text.
pub(crate) fn has_umlaut_pair(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| matches!(pair, [b'a' | b'o' | b'u', b'e']))
}

/// Appends a lower-case word with `ae`, `oe` and `ue` written as `a`, `o` and `u`, so that `ä`,
/// `ae` and `a` meet in one form.
///
/// Left alone where the two letters are no umlaut: in words of three letters (Sue, Joe), before
/// another e (Naeem), `ue` after a vowel or q, x, y (Bauer is not Baur; the Chinese Xue is not Xu),
/// and in a closing `ael` (Michael is not Michal).
pub(crate) fn push_without_umlauts(word: &str, out: &mut String) {
    let bytes = word.as_bytes();
    if bytes.len() <= 3 || !has_umlaut_pair(word) || !word.is_ascii() {
        out.push_str(word);
        return;
    }
    let mut previous = b' ';
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        out.push(char::from(byte));
        position += 1;
        let umlaut = bytes.get(position) == Some(&b'e')
            && bytes.get(position + 1) != Some(&b'e')
            && match byte {
                b'a' => bytes.get(position + 1..) != Some(b"l".as_slice()),
                b'o' => true,
                b'u' => {
                    let pinyin = previous == b'j' && bytes.len() <= 4;
                    !(pinyin || matches!(previous, b'a' | b'e' | b'i' | b'o' | b'q' | b'x' | b'y'))
                }
                _ => false,
            };
        if umlaut {
            position += 1;
        }
        previous = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(input: &str) -> String {
        let mut out = String::new();
        fold(input, &mut out);
        out
    }

    fn plain(word: &str) -> String {
        let mut out = String::new();
        push_without_umlauts(word, &mut out);
        out
    }

    #[test]
    fn writing_is_levelled() {
        for (input, expected) in [
            ("Müller", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("GROẞ Groß", "gross gross"),
            ("O’Brien O'Brien", "obrien obrien"),
            ("Łukasz Ørsted", "lukasz orsted"),
            ("İstanbul", "istanbul"),
            ("１２３ＡＢＣ", "123abc"),
            ("ｶﾞｷﾞ", "ガギ"),
            ("が", "が"),
            ("김민준", "김민준"),
            ("Йод Ёлка", "йод елка"),
            ("\u{202E}abc\u{200B}d\u{FEFF}", "abcd"),
            ("a\tb\u{A0}c\u{3000}d", "a b c d"),
            ("Nguyễn Văn", "nguyen van"),
            ("Œuvre", "oeuvre"),
            ("a–b", "a-b"),
            ("Ŝtefan", "stefan"),
        ] {
            assert_eq!(folded(input), expected, "{input:?}");
        }
    }

    #[test]
    fn composed_and_decomposed_writing_agree() {
        for text in ["Ångström", "Ḱ", "Żółć", "é́", "ộ", "한글", "ば", "नमस्ते"]
        {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            assert_eq!(folded(&composed), folded(&decomposed), "{text}");
        }
    }

    #[test]
    fn words_are_split_alike_in_every_script() {
        for (text, words) in [
            ("ab, cd-e", vec!["ab", "cd", "e"]),
            ("иван-абв 12", vec!["иван", "абв", "12"]),
            ("aб вg", vec!["aб", "вg"]),
            ("–a–", vec!["a"]),
            ("– «б» –", vec!["б"]),
            ("नमस्ते जी", vec!["नमस्ते", "जी"]),
            ("", vec![]),
            (" -–- ", vec![]),
        ] {
            let mut found = Vec::new();
            let mut rest = text;
            while let Some((_, word, behind)) = split_word(rest) {
                found.push(word);
                rest = behind;
            }
            assert_eq!(found, words, "{text:?}");
        }
    }

    #[test]
    fn umlauts_have_one_form_and_other_pairs_stay() {
        for (word, expected) in [
            ("mueller", "muller"),
            ("juergen", "jurgen"),
            ("goethe", "gothe"),
            ("schaefer", "schafer"),
            ("bauer", "bauer"),
            ("enrique", "enrique"),
            ("xue", "xue"),
            ("xuefeng", "xuefeng"),
            ("yue", "yue"),
            ("sue", "sue"),
            ("michael", "michael"),
            ("michaela", "michala"),
            ("naeem", "naeem"),
        ] {
            assert_eq!(plain(word), expected, "{word}");
        }
    }
}
