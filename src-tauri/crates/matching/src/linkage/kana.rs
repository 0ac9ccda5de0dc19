//! Names in kana, which say how they are read: beside Latin letters they are compared by the reading.
//!
//! All romanisations meet in one spelling (Kunrei letters, long vowels short). Names in ideographs have more
//! than one reading and have none here.

/// The one spelling of the reading of a name in kana; nothing if it has other letters.
pub(crate) fn reading(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut doubled = false;
    for letter in name.chars().map(katakana) {
        if letter == 'ー' {
            continue;
        }
        if letter == 'ッ' {
            doubled = true;
            continue;
        }
        let small = match letter {
            'ャ' => Some("ya"),
            'ュ' => Some("yu"),
            'ョ' => Some("yo"),
            'ァ' => Some("a"),
            'ィ' => Some("i"),
            'ゥ' => Some("u"),
            'ェ' => Some("e"),
            'ォ' => Some("o"),
            _ => None,
        };
        if let Some(small) = small {
            // キャ is kya, ファ is ha.
            out.pop()?;
            out.push_str(small);
            continue;
        }
        let sound = sound(letter)?;
        if doubled {
            out.extend(sound.chars().next());
            doubled = false;
        }
        out.push_str(sound);
    }
    (!out.is_empty()).then(|| level(&out))
}

/// The one spelling of Latin letters that may be a reading.
pub(crate) fn level(latin: &str) -> String {
    let mut text = latin.to_owned();
    for (from, to) in [
        ("tch", "tty"),
        ("cch", "tty"),
        ("shi", "si"),
        ("sh", "sy"),
        ("tsu", "tu"),
        ("tyi", "ti"),
        ("chi", "ti"),
        ("ch", "ty"),
        ("ji", "zi"),
        ("j", "zy"),
        ("zyy", "zy"),
        ("dz", "z"),
        ("du", "zu"),
        ("f", "h"),
        ("v", "b"),
        ("l", "r"),
        ("mb", "nb"),
        ("mp", "np"),
        ("mm", "nm"),
    ] {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        out.push(letter);
        // Long vowels: ou, oo, uu, and oh where no vowel follows.
        match (letter, letters.peek().copied()) {
            ('o', Some('u' | 'o')) | ('u', Some('u')) | ('a', Some('a')) => {
                letters.next();
            }
            ('o', Some('h')) => {
                let mut ahead = letters.clone();
                ahead.next();
                if !ahead
                    .peek()
                    .is_some_and(|next| matches!(next, 'a' | 'i' | 'u' | 'e' | 'o' | 'y'))
                {
                    letters.next();
                }
            }
            _ => {}
        }
    }
    out
}

/// Hiragana as katakana; all else stays.
pub(crate) fn katakana(letter: char) -> char {
    match letter {
        '\u{3041}'..='\u{3096}' => char::from_u32(u32::from(letter) + 0x60).unwrap_or(letter),
        _ => letter,
    }
}

fn sound(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ア' => "a",
        'イ' | 'ヰ' => "i",
        'ウ' => "u",
        'エ' | 'ヱ' => "e",
        'オ' | 'ヲ' => "o",
        'カ' | 'ヵ' => "ka",
        'キ' => "ki",
        'ク' => "ku",
        'ケ' | 'ヶ' => "ke",
        'コ' => "ko",
        'ガ' => "ga",
        'ギ' => "gi",
        'グ' => "gu",
        'ゲ' => "ge",
        'ゴ' => "go",
        'サ' => "sa",
        'シ' => "si",
        'ス' => "su",
        'セ' => "se",
        'ソ' => "so",
        'ザ' => "za",
        'ジ' | 'ヂ' => "zi",
        'ズ' | 'ヅ' => "zu",
        'ゼ' => "ze",
        'ゾ' => "zo",
        'タ' => "ta",
        'チ' => "ti",
        'ツ' => "tu",
        'テ' => "te",
        'ト' => "to",
        'ダ' => "da",
        'デ' => "de",
        'ド' => "do",
        'ナ' => "na",
        'ニ' => "ni",
        'ヌ' => "nu",
        'ネ' => "ne",
        'ノ' => "no",
        'ハ' => "ha",
        'ヒ' => "hi",
        'フ' => "hu",
        'ヘ' => "he",
        'ホ' => "ho",
        'バ' => "ba",
        'ビ' => "bi",
        'ブ' | 'ヴ' => "bu",
        'ベ' => "be",
        'ボ' => "bo",
        'パ' => "pa",
        'ピ' => "pi",
        'プ' => "pu",
        'ペ' => "pe",
        'ポ' => "po",
        'マ' => "ma",
        'ミ' => "mi",
        'ム' => "mu",
        'メ' => "me",
        'モ' => "mo",
        'ヤ' => "ya",
        'ユ' => "yu",
        'ヨ' => "yo",
        'ラ' => "ra",
        'リ' => "ri",
        'ル' => "ru",
        'レ' => "re",
        'ロ' => "ro",
        'ワ' => "wa",
        'ン' => "n",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_meet_their_romanisations() {
        for (kana, latin) in [
            ("サイトウショウタ", &["saitoshota", "saitoushouta", "saitohshohta"][..]),
            ("オオノユウスケ", &["onoyusuke", "ohnoyusuke", "oonoyuusuke"]),
            ("ほんまじゅん", &["hommajun", "honmajun", "honmazyun"]),
            ("ハットリリョウ", &["hattoriryo", "hattoriryou"]),
            ("つじちひろ", &["tsujichihiro", "tuzitihiro"]),
            ("ふじわらふみ", &["fujiwarafumi", "huziwarahumi"]),
            ("イッチュウ", &["itchu", "icchu", "ittyuu"]),
            ("ファン", &["fan"]),
        ] {
            let reading = reading(kana).unwrap();
            for latin in latin {
                assert_eq!(level(latin), reading, "{kana} {latin}");
            }
        }
        assert_ne!(reading("サトウユキ"), reading("サトウユカ"));
        for none in ["山田タロウ", "王伟", "ッ", "ー", "ャ", "김민준", ""] {
            assert_eq!(reading(none), None, "{none}");
        }
    }
}
