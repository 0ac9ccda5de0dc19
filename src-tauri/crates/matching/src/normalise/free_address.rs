//! Telling street, postcode and city apart in an address that a person wrote.

use super::address_words::{Word, word};
use super::country::{Country, is_country};
use super::simple::postcode_into;
use super::text::{is_cjk, is_word};

/// A written address, split at its postcode.
pub(crate) struct Split {
    /// Goes from the large to the small without blanks.
    pub cjk: bool,
    /// One form of the postcode; empty if none was found.
    pub postcode: String,
    /// The country that it names beyond doubt.
    pub country: Option<Country>,
    /// Parts before the postcode, or all of them.
    before: Vec<String>,
    /// Parts behind it.
    behind: Vec<String>,
    /// City and postcode stand in that order, so the last part before is the city.
    city_first: bool,
    /// The first part is a line of its own.
    first_line: bool,
}

/// One way to read a written address.
pub(crate) struct Reading<'a> {
    /// Parts that name the street.
    pub street: Vec<&'a str>,
    /// Of a Chinese, Japanese or Korean address: the parts behind the street, small to large.
    pub places: Vec<&'a str>,
}

impl Split {
    /// Splits a folded address.
    pub(crate) fn of(folded: &str) -> Self {
        let cjk = folded.chars().any(is_cjk);
        let separators = [',', '\n', ';', '|', '、', '،', '。'];
        let first_line =
            folded.find(separators).is_some_and(|at| folded.as_bytes().get(at) == Some(&b'\n'));
        let mut parts: Vec<&str> =
            folded.split(separators).map(str::trim).filter(|part| !part.is_empty()).collect();
        let mut ends = Vec::new();
        while parts.len() > 1 && parts.last().is_some_and(|part| is_country(part)) {
            ends.extend(parts.pop());
        }
        if cjk && parts.len() > 1 && parts.first().is_some_and(|part| is_country(part)) {
            ends.push(parts.remove(0));
        }
        for part in parts.iter_mut().skip(1) {
            *part = without_filler(part);
        }
        parts.retain(|part| !part.is_empty());
        let taiwan = ends.iter().any(|end| Country::from_folded(end) == Some(Country::new("TW")));
        let found = if cjk { find_cjk(&parts, taiwan) } else { find_latin(&parts) };
        let postcode = found.as_ref().map_or("", |found| found.postcode.as_str());
        let beside = found.as_ref().map(|found| found.behind.as_str());
        let country =
            ends.into_iter().chain(beside).find_map(|end| Country::written(end, postcode));
        let owned =
            |parts: &[&str]| -> Vec<String> { parts.iter().map(|&p| p.to_owned()).collect() };
        let Some(found) = found else {
            let before = owned(&parts);
            return Self {
                cjk,
                postcode: String::new(),
                country,
                before,
                behind: Vec::new(),
                city_first: true,
                first_line,
            };
        };
        let mut before = owned(parts.get(..found.part).unwrap_or(&[]));
        let mut behind = Vec::new();
        if !found.before.is_empty() {
            before.push(found.before.clone());
        }
        if !found.behind.is_empty() && !is_country(&found.behind) {
            behind.push(found.behind.clone());
        }
        let city_first = behind.is_empty();
        behind.extend(owned(parts.get(found.part + 1..).unwrap_or(&[])));
        Self { cjk, postcode: found.postcode, country, before, behind, city_first, first_line }
    }

    /// The ways to read it, likeliest first.
    pub(crate) fn readings(&self) -> Vec<Reading<'_>> {
        if self.cjk {
            return self.readings_cjk();
        }
        let before: Vec<&str> = self.before.iter().map(String::as_str).collect();
        let behind: Vec<&str> = self.behind.iter().map(String::as_str).collect();
        let mut readings = Vec::new();
        let numbered =
            |parts: &[&str]| parts.iter().any(|part| part.bytes().any(|b| b.is_ascii_digit()));
        if self.postcode.is_empty() {
            push(&mut readings, before.clone(), &[]);
        } else if before.is_empty() || (!numbered(&before) && numbered(&behind)) {
            // Postcode first, then from the large to the small.
            let named = behind.iter().take_while(|part| !numbered(&[part])).count();
            for drop in [1, 2, 0] {
                if drop <= named && drop < behind.len() {
                    push(&mut readings, behind.get(drop..).unwrap_or(&[]).to_vec(), &[]);
                }
            }
        } else {
            let named = before.iter().rev().take_while(|part| is_place_name(part)).count();
            let order: &[usize] = if self.city_first { &[1, 2, 0] } else { &[0, 1] };
            for &drop in order {
                if drop <= named && drop < before.len() {
                    let kept = before.get(..before.len() - drop).unwrap_or(&[]);
                    push(&mut readings, kept.to_vec(), &[]);
                    if let Some((last, others)) = kept.split_last()
                        && let Some(cut) = cut_behind_street(last)
                    {
                        push(&mut readings, others.iter().copied().chain([cut]).collect(), &[]);
                    }
                }
            }
        }
        // Labels begin with a name; the person pasted the whole of one.
        if self.first_line {
            let without: Vec<Vec<&str>> = readings
                .iter()
                .filter(|reading| {
                    reading.street.len() > 1
                        && reading.street.first().is_some_and(|first| is_place_name(first))
                        && numbered(reading.street.get(1..).unwrap_or(&[]))
                })
                .map(|reading| reading.street.get(1..).unwrap_or(&[]).to_vec())
                .collect();
            for street in without {
                push(&mut readings, street, &[]);
            }
        }
        readings
    }

    /// Street, city and state, in the likeliest reading that has a city; without one, all is street.
    ///
    /// Streets that are compared by likeness lose by a city that stands among their words, where keys
    /// that have to be equal are tried in every reading.
    pub(crate) fn columns(&self) -> (Vec<&str>, &str, &str) {
        let all: Vec<&str> = self.before.iter().map(String::as_str).collect();
        if !self.cjk && !self.city_first && !all.is_empty() {
            let city = self.behind.first().map_or("", String::as_str);
            return (all, city, "");
        }
        let parts = if all.is_empty() || self.cjk {
            self.before.iter().chain(&self.behind).map(String::as_str).collect()
        } else {
            all
        };
        let named = parts.iter().rev().take_while(|part| is_place_name(part)).count();
        let (city, state) = match parts.as_slice() {
            // Of two alone the first may be a street without a number.
            [.., city, state]
                if named >= 2
                    && is_state(state)
                    && (parts.len() > 2 || !(self.cjk || names_street(city))) =>
            {
                (*city, *state)
            }
            [.., city] if named >= 1 && parts.len() > 1 => (*city, ""),
            _ => return (parts, "", ""),
        };
        let street = parts.len() - if state.is_empty() { 1 } else { 2 };
        (parts.get(..street).unwrap_or(&[]).to_vec(), city, state)
    }

    fn readings_cjk(&self) -> Vec<Reading<'_>> {
        let parts: Vec<&str> = self.before.iter().chain(&self.behind).map(String::as_str).collect();
        let mut readings = Vec::new();
        push(&mut readings, parts.clone(), &[]);
        // Our own one-line form puts city and province behind the street.
        let named = parts.iter().rev().take_while(|part| is_place_name(part)).count();
        for drop in [1, 2, 3] {
            if drop <= named && drop < parts.len() {
                let (street, places) = parts.split_at(parts.len() - drop);
                push(&mut readings, street.to_vec(), places);
            }
        }
        readings
    }
}

/// A part without the noughts that stand where a form demands a postcode.
fn without_filler(part: &str) -> &str {
    let filler = |word: &str| word.len() >= 4 && word.bytes().all(|byte| byte == b'0');
    match part.rsplit_once(char::is_whitespace) {
        Some((rest, last)) if filler(last) => rest.trim_end(),
        None if filler(part) => "",
        _ => part,
    }
}

/// Whether a word says that the part is a street.
fn names_street(part: &str) -> bool {
    part.split(|c: char| !is_word(c)).any(|text| {
        matches!(word(text), Some(Word::Street(_)))
            || ["strasse", "straat", "gasse", "gatan", "vagen"]
                .iter()
                .any(|end| text.ends_with(end))
    })
}

fn push<'a>(readings: &mut Vec<Reading<'a>>, street: Vec<&'a str>, places: &[&'a str]) {
    if !street.is_empty() && !readings.iter().any(|r| r.street == street && r.places == places) {
        readings.push(Reading { street, places: places.to_vec() });
    }
}

/// Whether the part, behind another that can be a city, is a state, province or prefecture rather.
fn is_state(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    let short = letters <= 3 && !part.chars().any(is_cjk);
    short
        || ["省", "县", "県", "都", "府", "道", "自治区", "自治區"]
            .iter()
            .any(|end| part.ends_with(end))
        || matches!(part, "北京市" | "上海市" | "天津市" | "重庆市")
        || STATES.binary_search(&part).is_ok()
}

/// States that reports write out: Australia, Brazil, Canada, India, Mexico, the United Kingdom and the
/// United States, folded. In order.
const STATES: &[&str] = &[
    "alabama",
    "alaska",
    "alberta",
    "andhra pradesh",
    "arizona",
    "arkansas",
    "bahia",
    "bihar",
    "british columbia",
    "california",
    "ceara",
    "colorado",
    "connecticut",
    "delaware",
    "delhi",
    "district of columbia",
    "england",
    "florida",
    "georgia",
    "goias",
    "gujarat",
    "haryana",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "jalisco",
    "kansas",
    "karnataka",
    "kentucky",
    "kerala",
    "louisiana",
    "madhya pradesh",
    "maharashtra",
    "maine",
    "manitoba",
    "maryland",
    "massachusetts",
    "michigan",
    "minas gerais",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "nebraska",
    "nevada",
    "new brunswick",
    "new hampshire",
    "new jersey",
    "new mexico",
    "new south wales",
    "new york",
    "north carolina",
    "north dakota",
    "northern ireland",
    "nova scotia",
    "nuevo leon",
    "ohio",
    "oklahoma",
    "ontario",
    "oregon",
    "parana",
    "pennsylvania",
    "puerto rico",
    "punjab",
    "quebec",
    "queensland",
    "rajasthan",
    "rhode island",
    "rio grande do sul",
    "santa catarina",
    "saskatchewan",
    "scotland",
    "south australia",
    "south carolina",
    "south dakota",
    "tamil nadu",
    "tasmania",
    "telangana",
    "tennessee",
    "texas",
    "utah",
    "uttar pradesh",
    "vermont",
    "victoria",
    "virginia",
    "wales",
    "washington",
    "west bengal",
    "west virginia",
    "western australia",
    "wisconsin",
    "wyoming",
];

/// Whether the part can be a city, a state or a person: a few words without a number.
fn is_place_name(part: &str) -> bool {
    !part.bytes().any(|byte| byte.is_ascii_digit()) && part.split_whitespace().count() <= 4
}

/// `12 main st springfield il` up to `st`: what follows the kind of street or the number, if it is
/// only a few words, may be the city.
fn cut_behind_street(part: &str) -> Option<&str> {
    let mut end = 0;
    let mut behind = 0;
    let mut offset = 0;
    for chunk in part.split_inclusive(|c: char| !is_word(c)) {
        let here = chunk.trim_matches(|c: char| !is_word(c));
        offset += chunk.len();
        if here.is_empty() {
            continue;
        }
        let anchor = here.bytes().any(|b| b.is_ascii_digit())
            || matches!(word(here), Some(Word::Street(_)))
            || here.ends_with("strasse")
            || (here.len() > 3 && here.ends_with("str"));
        if anchor {
            end = offset;
            behind = 0;
        } else {
            behind += 1;
        }
    }
    ((1..=4).contains(&behind) && end > 0).then(|| part.get(..end)).flatten().map(str::trim)
}

struct Found {
    part: usize,
    before: String,
    behind: String,
    postcode: String,
}

/// How surely a word is a postcode.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// Four digits: a house number may look like that.
    Hardly,
    /// Five or six digits, or a pair such as `1012 ab`.
    Mostly,
    /// A shape that only postcodes have.
    Quite,
}

fn find_latin(parts: &[&str]) -> Option<Found> {
    parts.iter().enumerate().rev().find_map(|(part, text)| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut best: Option<(Sure, usize, usize)> = None;
        for start in 0..words.len() {
            for length in [2, 1] {
                let Some(candidate) = words.get(start..start + length) else { continue };
                let Some(sure) = shape_of(candidate) else { continue };
                let fits = stands_well(parts, part, &words, start, length, sure);
                if fits && best.is_none_or(|(known, _, _)| sure >= known) {
                    // A pair found here is not to lose against its own second half.
                    let inside =
                        best.is_some_and(|(known, at, len)| known == sure && start < at + len);
                    if !inside {
                        best = Some((sure, start, length));
                    }
                }
            }
        }
        let (_, start, length) = best?;
        let mut postcode = String::new();
        postcode_into(&words.get(start..start + length)?.join(" "), None, &mut postcode).ok()?;
        Some(Found {
            part,
            before: words.get(..start)?.join(" "),
            behind: words.get(start + length..)?.join(" "),
            postcode,
        })
    })
}

/// Whether a word of this shape can be the postcode where it stands.
fn stands_well(
    parts: &[&str],
    part: usize,
    words: &[&str],
    start: usize,
    length: usize,
    sure: Sure,
) -> bool {
    if sure == Sure::Quite {
        return true;
    }
    let before = words.get(..start).unwrap_or(&[]);
    let behind = words.get(start + length..).unwrap_or(&[]);
    let digits = |words: &[&str]| {
        words.iter().flat_map(|word| word.bytes()).filter(u8::is_ascii_digit).count()
    };
    // Florida, not a floor: no house has that many.
    let many = digits(words.get(start..start + length).unwrap_or(&[])) >= 5;
    let announced = before.last().is_some_and(|last| {
        let last = last.trim_matches(|c: char| !is_word(c));
        if last == "fl" && many {
            return false;
        }
        matches!(word(last), Some(Word::Unit | Word::Number | Word::Plain("pobox" | "fl" | "bldg")))
            || last == "box"
    });
    let before_street = behind.iter().any(|w| {
        let w = w.trim_matches(|c: char| !is_word(c));
        matches!(word(w), Some(Word::Street(kind)) if kind != "st" || w != "saint")
            || w.ends_with("strasse")
    });
    if announced || before_street {
        return false;
    }
    let numbered = |words: &[&str]| words.iter().any(|w| w.bytes().any(|b| b.is_ascii_digit()));
    if part == 0 {
        // Alone on the first line, with a city at most, or behind a street with its own number.
        let alone = words.len() == length && parts.len() > 1;
        let with_city = start == 0 && parts.len() == 1 && !numbered(behind);
        return (sure == Sure::Mostly && (alone || with_city)) || numbered(before);
    }
    start == 0 || behind.is_empty() || numbered(before) || sure == Sure::Mostly
}

fn shape_of(words: &[&str]) -> Option<Sure> {
    let shape = |text: &str| -> String {
        text.trim_matches(|c: char| matches!(c, '.' | '(' | ')'))
            .chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    'd'
                } else if c.is_ascii_alphabetic() {
                    'a'
                } else {
                    c
                }
            })
            .collect()
    };
    match words {
        [one] => match shape(one).as_str() {
            "ddddd-dddd" | "dd-ddd" | "dddd-ddd" | "ddd-dddd" | "ddddd-ddd" | "a-dddd"
            | "a-ddddd" | "aa-dddd" | "aa-ddddd" | "aa-dddddd" | "addaa" | "adddaa" | "aaddaa"
            | "aadddaa" | "adadaa" | "aadadaa" | "adadad" | "ada-dad" | "ddddddd" => {
                Some(Sure::Quite)
            }
            "ddddd" | "dddddd" | "ddddaa" => Some(Sure::Mostly),
            "dddd" => Some(Sure::Hardly),
            _ => None,
        },
        [one, two] => match (shape(one).as_str(), shape(two).as_str()) {
            ("ad" | "add" | "aad" | "aadd" | "ada" | "aada", "daa") | ("ada", "dad") => {
                Some(Sure::Quite)
            }
            // Eircode.
            ("add" | "ada", inward)
                if inward.len() == 4 && inward.contains('d') && inward.contains('a') =>
            {
                Some(Sure::Quite)
            }
            ("dddd", "aa") | ("ddd", "dd" | "ddd") => Some(Sure::Mostly),
            _ => None,
        },
        _ => None,
    }
}

/// `short`: three digits alone are a postcode.
fn find_cjk(parts: &[&str], short: bool) -> Option<Found> {
    parts.iter().enumerate().find_map(|(part, text)| {
        let mut from = 0;
        while let Some(start) =
            text.get(from..)?.find(|c: char| c.is_ascii_digit()).map(|at| at + from)
        {
            let tail = text.get(start..)?;
            let end =
                start + tail.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(tail.len());
            let run = text.get(start..end)?;
            let before = text.get(..start)?;
            let behind = text.get(end..)?;
            let marked = before.trim_end().ends_with('〒');
            let edge = before.trim().is_empty() || behind.trim().is_empty();
            let shape: String = run.chars().map(|c| if c == '-' { '-' } else { 'd' }).collect();
            let is_postcode = match shape.as_str() {
                "ddd-dddd" => true,
                "ddddddd" | "dddddd" | "ddddd" => edge || marked,
                "ddd" => short && before.trim().is_empty() && behind.trim().is_empty(),
                _ => false,
            };
            if is_postcode {
                let mut postcode = String::new();
                postcode_into(run, None, &mut postcode).ok()?;
                let before = before.trim().trim_end_matches('〒').trim().to_owned();
                return Some(Found { part, before, behind: behind.trim().to_owned(), postcode });
            }
            from = end;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::text::fold;

    #[test]
    fn the_postcode_is_found_where_people_write_it() {
        for (text, postcode) in [
            ("12 main st, springfield, il 62704, us", "62704"),
            ("12 main st, springfield, il 62704-1234", "62704"),
            ("12 main st springfield il 62704", "62704"),
            ("konigsgasse 14, 97070 wurzburg", "97070"),
            ("konigsgasse 14 97070 wurzburg", "97070"),
            ("konigsgasse 14\n97070 wurzburg\ngermany", "97070"),
            ("ringweg 3, a-1010 wien", "1010"),
            ("ringweg 3, 1010 wien", "1010"),
            ("100 main st, tampa, fl 33602, us", "33602"),
            ("100 main st tampa fl 33602", "33602"),
            ("100 main st, fl 12, springfield", ""),
            ("5 high st, london w1a 1aa, uk", "w1a1aa"),
            ("5 high st, london, w1a1aa", "w1a1aa"),
            ("gracht 7, 1012 ab amsterdam", "1012ab"),
            ("9 king st, sydney nsw 2000", "2000"),
            ("101000, москва, ул. примерная 5", "101000"),
            ("97070", "97070"),
            ("97070 wurzburg", "97070"),
            ("12345 main st, springfield", ""),
            ("12 main st, suite 1200, springfield", ""),
            ("12 main st, 1200 mill lane", ""),
            ("flat 5, 8 example road, kowloon, hk", ""),
            ("〒100-0001 東京都千代田区千代田1-1", "1000001"),
            ("东京路12号3栋402, 518000", "518000"),
            ("广东省深圳市南山区样例路12号 518000", "518000"),
        ] {
            assert_eq!(Split::of(text).postcode, postcode, "{text}");
        }
    }

    #[test]
    fn a_city_is_told_from_the_street_and_the_state() {
        for (written, street, city) in [
            (
                "7 Yuranigh Court, Brentwood, Homebush, NSW, 4220, AU",
                "7 yuranigh court+brentwood",
                "homebush",
            ),
            (
                "6556 NE Airport Way, Suite 5355, New Castle, DE, 19720, US",
                "6556 ne airport way+suite 5355",
                "new castle",
            ),
            ("2 Walker Village, Ashleighton, TR9 8EU, GB", "2 walker village", "ashleighton"),
            ("Lindenweg 4, 80331 Nordstadt, Deutschland", "lindenweg 4", "nordstadt"),
            ("12 Main St, Springfield, Illinois, 62701", "12 main st", "springfield"),
            (
                "羽折町2丁目26番20号, 武蔵野市, 福井県, 909-6017, JP",
                "羽折町2丁目26番20号",
                "武蔵野市",
            ),
            ("Hauptstr. 5", "hauptstr. 5", ""),
            // Somebody of whom only the town is known.
            ("Springfield, IL, 62704, US", "", "springfield"),
            ("Springfield, IL 62704", "", "springfield"),
            ("Anytown, WA, 00000, US", "", "anytown"),
            ("Long Lane, LA", "long lane", "la"),
            ("927 Broomfield Ln, Anytown, WA, 00000, US", "927 broomfield ln", "anytown"),
            ("927 Broomfield Ln, Anytown, WA 00000", "927 broomfield ln", "anytown"),
        ] {
            let mut folded = String::new();
            fold(written, &mut folded);
            let split = Split::of(&folded);
            let (lines, found, _) = split.columns();
            assert_eq!((lines.join("+").as_str(), found), (street, city), "{written}");
        }
    }

    #[test]
    fn states_are_in_order() {
        assert!(STATES.is_sorted());
    }
}
