//! Cyrillic and Greek words in Latin letters, so that one name meets itself in another script.
//!
//! Cyrillic after BGN/PCGN as passports and shops write it, Ukrainian and Serbian after their own rules
//! where a letter shows which of them it is; Greek after ELOT 743. What a scheme leaves open (y, i or j) is a
//! slip like any other.

/// Which rules a Cyrillic name follows. Told by letters that the others do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    Russian,
    Ukrainian,
    Serbian,
}

/// A name of which some words are in Cyrillic or Greek.
pub(crate) struct Script(Rules);

impl Script {
    /// What is to be done with a name; nothing, if it has neither.
    pub(crate) fn of(words: &[&str]) -> Option<Self> {
        let letters = || words.iter().flat_map(|word| word.chars());
        if !letters().any(|letter| is_cyrillic(letter) || is_greek(letter)) {
            return None;
        }
        let has = |of: &str| letters().any(|letter| of.contains(letter));
        Some(Self(if has("іїєґ") {
            Rules::Ukrainian
        } else if has("ђћјљњџ") {
            Rules::Serbian
        } else {
            Rules::Russian
        }))
    }

    /// A word of it in Latin letters; one that is in none of these scripts stays.
    pub(crate) fn latin(&self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        let mut out = String::with_capacity(word.len() * 2);
        let mut at = 0;
        while let Some(letter) = letters.get(at).copied() {
            let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
            let after = letters.get(at + 1).copied();
            let used = if is_cyrillic(letter) {
                out.push_str(cyrillic(self.0, letter, after, letters.len() - at));
                if matches!(letter, 'и' | 'ы') && after == Some('й') && at + 2 == letters.len() {
                    2
                } else {
                    1
                }
            } else if is_greek(letter) {
                greek(before, letter, after, letters.get(at + 2).copied(), &mut out)
            } else {
                out.push(letter);
                1
            };
            at += used;
        }
        out
    }
}

const fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{4FF}')
}

const fn is_greek(letter: char) -> bool {
    matches!(letter, '\u{370}'..='\u{3FF}')
}

fn cyrillic(rules: Rules, letter: char, after: Option<char>, left: usize) -> &'static str {
    match (letter, rules) {
        ('г', Rules::Ukrainian) => return "h",
        ('и', Rules::Ukrainian) => return "y",
        // Dmitriy, Yuriy: the ending is written as one letter.
        ('и' | 'ы', _) if left == 2 && after == Some('й') => return "y",
        ('ь', _) if matches!(after, Some('е' | 'э' | 'о')) => return "y",
        ('ж', Rules::Serbian) => return "z",
        ('ц' | 'ч', Rules::Serbian) => return "c",
        ('ш', Rules::Serbian) => return "s",
        ('х', Rules::Serbian) => return "h",
        _ => {}
    }
    match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'ї' => "yi",
        'й' | 'ы' => "y",
        'ј' => "j",
        'к' => "k",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' => "c",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'џ' => "dz",
        'ђ' => "dj",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
}

/// Writes one sound; answers how many letters it took.
fn greek(
    before: Option<char>,
    letter: char,
    after: Option<char>,
    third: Option<char>,
    out: &mut String,
) -> usize {
    let (letter, after) = (plain(letter), after.map(|of| (of, plain(of))));
    // A diaeresis keeps two vowels apart.
    let pair =
        after.filter(|(written, _)| !matches!(written, 'ϊ' | 'ϋ' | 'ΐ' | 'ΰ')).map(|(_, of)| of);
    let voiced = third.map(plain).is_some_and(|of| {
        matches!(
            of,
            'α' | 'β'
                | 'γ'
                | 'δ'
                | 'ε'
                | 'ζ'
                | 'η'
                | 'ι'
                | 'λ'
                | 'μ'
                | 'ν'
                | 'ο'
                | 'ρ'
                | 'υ'
                | 'ω'
        )
    });
    let two = match (letter, pair) {
        ('ο', Some('υ')) => "ou",
        ('α', Some('υ')) => {
            if voiced {
                "av"
            } else {
                "af"
            }
        }
        ('ε', Some('υ')) => {
            if voiced {
                "ev"
            } else {
                "ef"
            }
        }
        ('γ', Some('γ')) => "ng",
        ('γ', Some('ξ')) => "nx",
        ('γ', Some('χ')) => "nch",
        ('μ', Some('π')) if before.is_none() => "b",
        ('ν', Some('τ')) if before.is_none() => "d",
        ('γ', Some('κ')) if before.is_none() => "g",
        _ => "",
    };
    if !two.is_empty() {
        out.push_str(two);
        return 2;
    }
    out.push_str(match letter {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => "",
    });
    1
}

/// Without accent and diaeresis.
const fn plain(letter: char) -> char {
    match letter {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin(name: &str) -> String {
        let words: Vec<&str> = name.split(' ').collect();
        let script = Script::of(&words).unwrap();
        words.iter().map(|word| script.latin(word)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_in_latin_letters() {
        for (name, expected) in [
            ("дмитрий васильев", "dmitry vasilyev"),
            ("наталья щербакова", "natalya shcherbakova"),
            ("андрій гончаренко", "andriy honcharenko"),
            ("милош јовановић", "milos jovanovic"),
            ("γιώργος παπαδόπουλος", "giorgos papadopoulos"),
            ("παύλος αγγελόπουλος", "pavlos angelopoulos"),
            ("μπάμπης ντάλης", "bampis dalis"),
            ("ευθύμιος μάιος", "efthymios maios"),
            ("ζαΐρα smith", "zaira smith"),
        ] {
            assert_eq!(latin(name), expected, "{name}");
        }
        assert!(Script::of(&["erika", "王伟"]).is_none());
    }
}
