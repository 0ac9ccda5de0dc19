//! Names of people.

use super::generic_name::{is_generic, is_generic_cjk};
use super::text::{fold, has_umlaut_pair, is_cjk, is_word, push_without_umlauts, split_word};
use crate::Unusable;

/// No name that a person bears is longer; what is, was pasted by mistake or on purpose.
pub(crate) const MAX_BYTES: usize = 512;

/// More words than this are a sentence.
const MAX_WORDS: usize = 12;

/// A name in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The whole name. `None` if it is one word only (a bare given or family name, 王先生): that
    /// many strangers share.
    pub full: Option<String>,
    /// The family name, or the one word there is. `None` if it cannot be told.
    pub family: Option<String>,
}

/// The one form of a name: titles off, order of words and diacritics levelled; Chinese, Japanese
/// and Korean names letter by letter.
///
/// # Errors
/// [`Unusable::Empty`], [`Unusable::TooLong`]; [`Unusable::Masked`] for `S***`;
/// [`Unusable::GenericName`] for names that marketplaces put in place of one and for initials.
pub fn name(value: &str) -> Result<Name, Unusable> {
    let mut forms = NameForms::default();
    forms.read(value)?;
    let some = |text: String| (!text.is_empty()).then_some(text);
    Ok(Name { full: some(forms.full), family: some(forms.family) })
}

/// Reused room, so that a bulk import does not allocate per name.
#[derive(Default)]
pub(crate) struct NameForms {
    /// The whole name; empty if there is none.
    pub full: String,
    /// The family name; empty if it cannot be told.
    pub family: String,
    folded: String,
    plain: String,
}

impl NameForms {
    pub(crate) fn read(&mut self, value: &str) -> Result<(), Unusable> {
        self.spell(value)?;
        let Self { full, family, folded, plain } = self;
        let text = if plain.is_empty() { bare(folded) } else { plain.as_str() };
        if !text.is_ascii() && text.chars().any(is_cjk) {
            return read_cjk(text, full, family);
        }
        read_words(text, full, family)
    }

    /// The words of a name in the order in which they were written.
    ///
    /// # Errors
    /// As [`name`].
    pub(crate) fn parts(&mut self, value: &str) -> Result<NameParts<'_>, Unusable> {
        self.read(value)?;
        let Self { full, folded, .. } = self;
        let text = bare(folded);
        let mut parts = NameParts::default();
        if !text.is_ascii() && text.chars().any(is_cjk) {
            parts.whole = Some(full.as_str()).filter(|whole| !whole.is_empty());
            let edge = |c: char| !is_word(c);
            parts.halves = text.split_once(' ').map(|(one, other)| {
                parts.cut = one.ends_with('.') || other.ends_with('.');
                (one.trim_matches(edge), other.trim_matches(edge))
            });
            return Ok(parts);
        }
        let mut family_at_comma = None;
        let mut rest = text;
        while let Some((between, word, behind)) = split_word(rest) {
            rest = behind;
            if between.contains(',') && !parts.words.is_empty() && family_at_comma.is_none() {
                family_at_comma = Some(parts.words.len() - 1);
            }
            let leading = parts.words.is_empty();
            // Jun Honma and Min-jun are no juniors.
            let of = generation(word);
            if is_generation(of) && !leading && !between.contains('-') {
                parts.generation = Some(of);
            } else if !is_title(word, leading) {
                parts.words.push(word);
            }
        }
        let last = parts.words.len().saturating_sub(1);
        parts.family = family_at_comma.filter(|position| *position < last).unwrap_or(last);
        Ok(parts)
    }

    /// Writes the value in one spelling; words and separators stay in place.
    fn spell(&mut self, value: &str) -> Result<(), Unusable> {
        for text in [&mut self.full, &mut self.family, &mut self.folded, &mut self.plain] {
            text.clear();
        }
        let value = value.trim();
        if value.is_empty() {
            return Err(Unusable::Empty);
        }
        if value.len() > MAX_BYTES {
            return Err(Unusable::TooLong);
        }
        let hidden = value.bytes().any(|byte| byte == b'*')
            || (!value.is_ascii() && value.contains(['＊', '•']));
        if hidden {
            return Err(Unusable::Masked);
        }
        fold(value, &mut self.folded);
        let folded = bare(&self.folded);
        let cjk = !folded.is_ascii() && folded.chars().any(is_cjk);
        if cjk || !has_umlaut_pair(folded) {
            return Ok(());
        }
        // Umlauts are levelled before words are told apart; separators stay in place.
        let mut rest = folded;
        while let Some((between, word, behind)) = split_word(rest) {
            self.plain.push_str(between);
            push_without_umlauts(word, &mut self.plain);
            rest = behind;
        }
        self.plain.push_str(rest);
        Ok(())
    }
}

/// The words of one name, in lower case and without titles. Umlauts written with an e keep it.
#[derive(Debug, Default)]
pub(crate) struct NameParts<'a> {
    /// As written. Empty for Chinese, Japanese and Korean names.
    pub words: Vec<&'a str>,
    /// Which word is the family name: the last, or the one before a comma.
    pub family: usize,
    /// What tells father from son: `jr`, `sr`, `ii` …
    pub generation: Option<&'a str>,
    /// A Chinese, Japanese or Korean name without blanks.
    pub whole: Option<&'a str>,
    /// Its two parts, if it was written in two.
    pub halves: Option<(&'a str, &'a str)>,
    /// One of the two is cut short with a full stop.
    pub cut: bool,
}

/// Without what does not belong to the name.
fn bare(folded: &str) -> &str {
    without_care_of(without_marketplace_suffix(folded.trim()))
}

fn without_marketplace_suffix(folded: &str) -> &str {
    const SUFFIX: &str = "amazon marketplace";
    match folded.strip_suffix(SUFFIX) {
        Some(before) => before.trim_end_matches(|c: char| c.is_whitespace() || c == '-'),
        None => folded,
    }
}

/// The person that a parcel is for, not the one whose letter box is used.
fn without_care_of(folded: &str) -> &str {
    if !folded.bytes().any(|byte| byte == b'/') {
        return folded;
    }
    match folded.split_once("c/o") {
        Some((before, after)) => {
            let before = before.trim();
            if before.is_empty() { after.trim() } else { before }
        }
        None => folded,
    }
}

fn read_words(plain: &str, full: &mut String, family: &mut String) -> Result<(), Unusable> {
    let mut words = [""; MAX_WORDS];
    let mut count = 0;
    let mut family_at_comma = None;
    let mut rest = plain;
    while let Some((between, word, behind)) = split_word(rest) {
        rest = behind;
        if between.contains(',') && count > 0 && family_at_comma.is_none() {
            family_at_comma = Some(count - 1);
        }
        let leading = count == 0 || family_at_comma == Some(count - 1);
        if is_title(word, leading) {
            continue;
        }
        *words.get_mut(count).ok_or(Unusable::TooLong)? = generation(word);
        count += 1;
    }
    let words = words.get_mut(..count).unwrap_or(&mut []);
    if !words.iter().any(|word| word.chars().any(char::is_alphabetic)) {
        return Err(if count == 0 { Unusable::Empty } else { Unusable::GenericName });
    }
    // "Smith, Jr" has no given name behind the comma.
    let by_comma = family_at_comma
        .filter(|position| words.iter().skip(position + 1).any(|word| !is_generation(word)))
        .and_then(|position| words.get(position).copied());
    let last = words.iter().rev().find(|word| !is_generation(word)).copied();
    let last = by_comma.or(last).unwrap_or("");
    words.sort_unstable();
    if is_generic(words) {
        return Err(Unusable::GenericName);
    }
    let spelled = |word: &&&str| word.chars().nth(1).is_some() && !is_generation(word);
    match words.iter().filter(spelled).count() {
        0 => return Err(Unusable::GenericName),
        // One word and perhaps initials: too many strangers share that.
        1 => {
            family.extend(words.iter().find(spelled).copied());
            return Ok(());
        }
        _ => {
            for word in words.iter() {
                if !full.is_empty() {
                    full.push(' ');
                }
                full.push_str(word);
            }
        }
    }
    if last.chars().nth(1).is_some() {
        family.push_str(last);
    }
    Ok(())
}

/// Titles that say nothing about who it is. `leading`: only before a name does `Sr` mean Señor.
fn is_title(word: &str, leading: bool) -> bool {
    match word {
        "mr" | "mrs" | "ms" | "miss" | "mx" | "dr" | "prof" | "professor" | "herr" | "frau"
        | "herrn" | "fraulein" | "dipl" | "ing" | "mme" | "mlle" | "madame" | "monsieur"
        | "sig" | "sigra" | "signor" | "signora" | "signore" | "sra" | "srta" | "senor"
        | "senora" | "dott" | "dottssa" | "dhr" | "mevr" | "phd" | "esq" => true,
        "sr" | "hr" | "fr" | "sir" | "dame" | "doctor" | "doktor" | "mag" | "msr" => leading,
        _ => false,
    }
}

/// Father and son are two people: what tells them apart stays, in one spelling.
fn generation(word: &str) -> &str {
    match word {
        "junior" | "jun" | "jnr" => "jr",
        "senior" | "sen" | "snr" => "sr",
        "2nd" => "ii",
        "3rd" => "iii",
        "4th" => "iv",
        _ => word,
    }
}

fn is_generation(word: &str) -> bool {
    matches!(word, "jr" | "sr" | "ii" | "iii" | "iv")
}

fn read_cjk(folded: &str, full: &mut String, family: &mut String) -> Result<(), Unusable> {
    let kept = |c: &char| is_word(*c) || *c == '々' || *c == '〆';
    full.extend(folded.chars().filter(kept));
    if is_generic_cjk(full) {
        full.clear();
        return Err(Unusable::GenericName);
    }
    let mut polite = false;
    for title in ["様", "さま", "さん", "殿", "先生", "女士", "小姐", "太太", "님", "씨"]
    {
        if let Some(bare) = full.strip_suffix(title)
            && !bare.is_empty()
        {
            let length = bare.len();
            full.truncate(length);
            polite = true;
            break;
        }
    }
    let length = full.chars().count();
    // Spaced names say where the family name ends; else it is known for Chinese and Korean only,
    // where it is one character but for a few of two.
    let spaced = folded.split_whitespace().count() == 2;
    let first = folded.split_whitespace().next().unwrap_or("");
    let ideographs = full.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let hangul = full.chars().all(|c| matches!(c, '\u{AC00}'..='\u{D7A3}'));
    if spaced && !polite && first.chars().all(is_cjk) {
        family.push_str(first);
    } else if (ideographs || hangul) && (1..=4).contains(&length) {
        let of_two =
            full.chars().count() > 2 && COMPOUND_FAMILIES.iter().any(|two| full.starts_with(two));
        let take = if of_two { 2 } else { 1 };
        if of_two || length <= 3 {
            family.extend(full.chars().take(take));
        }
    }
    if length < 2 {
        full.clear();
        if family.is_empty() {
            return Err(Unusable::GenericName);
        }
    }
    Ok(())
}

/// Family names of two characters or syllables that are still common.
const COMPOUND_FAMILIES: [&str; 24] = [
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "皇甫", "尉迟", "尉遲", "东方", "東方",
    "慕容", "司徒", "夏侯", "令狐", "公孙", "公孫", "宇文", "端木", "남궁", "황보", "제갈", "선우",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn full(value: &str) -> String {
        name(value).unwrap_or_else(|e| panic!("{value:?}: {e}")).full.unwrap_or_default()
    }

    #[test]
    fn one_person_written_in_several_ways() {
        for ways in [
            &[
                "Erika Beispiel",
                "BEISPIEL, Erika",
                "Frau Dr. Erika Beispiel",
                "beispiel erika",
                "Erika\u{A0}Beispiel ",
            ][..],
            &[
                "Jürgen Müller",
                "Juergen Mueller",
                "Jurgen Muller",
                "Herr Müller, Jürgen",
                "Ju\u{308}rgen MÜLLER",
            ],
            &["Hans-Peter Groß", "Hans Peter Gross", "HANS PETER GROSS"],
            &["Siobhán O'Example", "Siobhan O’Example", "Siobhan OExample"],
            &["Sr. Ramón Ejemplo", "Ramon Ejemplo", "Señor Ramón Ejemplo"],
            &["Łucja Przykład", "Lucja Przyklad"],
            &["Søren Eksempel", "Soeren Eksempel"],
            &["Amélie Exemple - Amazon Marketplace", "Mme Amélie Exemple"],
            &["John Sample Jr.", "Sample, John Jr", "John Sample, Junior"],
            &["Erika Beispiel c/o Max Muster", "c/o Erika Beispiel", "Erika Beispiel"],
            &["王伟", "王 伟", "王伟先生", " 王伟\u{200B}"],
            &["山田 太郎", "山田太郎", "山田太郎様", "山田　太郎　様"],
            &["ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ"],
            &["김민준", "김 민준", "김민준님"],
            &["Иван Примеров", "ПРИМЕРОВ ИВАН"],
            &["Ελένη Παράδειγμα", "ΠΑΡΆΔΕΙΓΜΑ ΕΛΈΝΗ"],
        ] {
            let first = full(ways[0]);
            assert!(!first.is_empty());
            for way in ways {
                assert_eq!(full(way), first, "{way:?}");
            }
        }
    }

    #[test]
    fn different_people_stay_different() {
        for (one, other) in [
            ("John Sample Jr", "John Sample Sr"),
            ("John Sample", "John Sample Jr"),
            ("John Sample", "Joan Sample"),
            ("John A Sample", "John B Sample"),
            ("王伟", "王玮"),
            ("王伟", "王小伟"),
            ("王伟", "王"),
            ("山田太郎", "山田太一"),
            ("Yue Wang", "Yu Wang"),
            ("Xue Li", "Xu Li"),
            ("Max Bauer", "Max Baur"),
            ("Michael Probe", "Michal Probe"),
            ("李娜", "李那"),
        ] {
            assert_ne!(name(one), name(other), "{one} / {other}");
        }
    }

    #[test]
    fn names_that_only_look_like_nothing() {
        for value in [
            "Maria Amazon",
            "Kunde, Erika",
            "Jo Guest",
            "Will Buyer",
            "Eu Jin Test",
            "Erika Beispiel Amazon",
            "王亚马",
        ] {
            assert!(name(value).unwrap().full.is_some(), "{value}");
        }
    }

    #[test]
    fn names_that_mean_nothing() {
        for value in [
            "Amazon Customer",
            "AMAZON CUSTOMER",
            "Amazon User",
            "Amazon Business Buyer",
            "Acquirente Amazon",
            "Cliente Amazon",
            "Client Amazon",
            "Amazon-Kunde",
            "amazon kunde",
            "Amazonカスタマー",
            "亚马逊买家",
            "Amazon Business EU SARL",
            "Amazon Customer - Amazon Marketplace",
            "J. S.",
            "X",
            "---1",
            "N/A",
            "Guest",
            "お客様",
            "Amazon Müşterisi",
            "Cliente de Amazon",
            "Client d'Amazon",
            "Client d’Amazon",
            "Amazon Käufer",
            "Amazon Kaeufer",
            "Amazon Business",
            "Amazon EU SARL",
            "Amazon EU S.à r.l.",
            "Amazon Business EU S.à r.l.",
            "Amazon.co.jp カスタマー",
            "Amazon 顾客",
            "亚马逊海外购",
            "アマゾン ロッカー",
            "Amazon Locker",
            "Amazon Locker Veilchen",
            "Amazon.de",
            "Name Unavailable",
            "Name not available",
            "Unknown Buyer",
            "Guest Customer",
        ] {
            assert_eq!(name(value), Err(Unusable::GenericName), "{value}");
        }
        assert_eq!(name(" \u{200B} "), Err(Unusable::Empty));
        assert_eq!(name("- / -"), Err(Unusable::Empty));
        assert_eq!(name("S***"), Err(Unusable::Masked));
        assert_eq!(name(&"x ".repeat(500_000)), Err(Unusable::TooLong));
        assert_eq!(name("a b c d e f g h i j k l m n"), Err(Unusable::TooLong));
    }

    #[test]
    fn the_family_name_is_told_where_it_can_be() {
        for (value, family) in [
            ("Erika Beispiel", Some("beispiel")),
            ("Beispiel, Erika", Some("beispiel")),
            ("John Sample Jr", Some("sample")),
            ("Sample, Jr", Some("sample")),
            ("Maria", Some("maria")),
            ("王伟", Some("王")),
            ("欧阳娜", Some("欧阳")),
            ("王先生", Some("王")),
            ("山田 太郎", Some("山田")),
            ("山田太郎", None),
            ("김민준", Some("김")),
            ("John S", Some("john")),
        ] {
            let found = name(value).unwrap().family;
            assert_eq!(found.as_deref(), family, "{value}");
        }
    }

    #[test]
    fn one_word_is_no_whole_name() {
        for value in ["Maria", "Frau Beispiel", "王先生", "Maria Jr", "M. Beispiel", "John S"] {
            assert_eq!(name(value).unwrap().full, None, "{value}");
        }
    }
}
