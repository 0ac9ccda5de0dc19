//! Countries by code and by the names that labels carry.

use super::text::fold;

/// A country as its ISO 3166-1 alpha-2 code, upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Country(pub [u8; 2]);

impl Country {
    pub(crate) const fn new(code: &str) -> Self {
        match *code.as_bytes() {
            [a, b] => Self([a, b]),
            _ => Self(*b"ZZ"),
        }
    }

    pub(crate) fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }

    /// The country behind a code or a folded name.
    pub(crate) fn from_folded(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c == '.' || c.is_whitespace());
        if let [a, b] = *text.as_bytes()
            && a.is_ascii_alphabetic()
            && b.is_ascii_alphabetic()
        {
            return Some(match (a.to_ascii_uppercase(), b.to_ascii_uppercase()) {
                // Not assigned by ISO, yet written all the time.
                (b'U', b'K') => Self(*b"GB"),
                (a, b) => Self([a, b]),
            });
        }
        NAMES.iter().find(|(_, names)| names.contains(&text)).map(|(code, _)| Self::new(code))
    }

    /// The country whose postcodes are in use there: territories are named in both ways.
    pub(crate) fn postal(self) -> Self {
        Self(match &self.0 {
            b"AS" | b"GU" | b"MP" | b"PR" | b"VI" => *b"US",
            b"GG" | b"IM" | b"JE" => *b"GB",
            b"BL" | b"GF" | b"GP" | b"MC" | b"MF" | b"MQ" | b"NC" | b"PF" | b"PM" | b"RE"
            | b"WF" | b"YT" => *b"FR",
            b"SM" | b"VA" => *b"IT",
            b"EA" | b"IC" => *b"ES",
            b"LI" => *b"CH",
            b"AX" => *b"FI",
            b"SJ" => *b"NO",
            b"HK" | b"MO" | b"TW" => *b"CN",
            _ => self.0,
        })
    }

    /// The country that the end of a written address names. `postcode`: the one found beside it.
    ///
    /// Two letters may be a state or a province as well (IL, CA, FR for Frosinone), so they count
    /// only if the country has such postcodes and no namesake has.
    pub(crate) fn written(end: &str, postcode: &str) -> Option<Self> {
        if !is_country(end) {
            return None;
        }
        let end = end.trim_matches(|c: char| c == '.' || c.is_whitespace());
        let country = Self::from_folded(end)?;
        if end.len() != 2 {
            return Some(country);
        }
        let digits = postcode.bytes().filter(u8::is_ascii_digit).count();
        let fits = if digits < postcode.len() {
            matches!(&country.0, b"CA" | b"GB" | b"IE" | b"MT" | b"NL")
        } else {
            match &country.0 {
                b"AE" | b"HK" => digits == 0,
                b"AT" | b"AU" | b"BE" | b"BG" | b"CH" | b"CY" | b"DK" | b"HU" | b"LU" | b"LV"
                | b"NO" | b"NZ" | b"PH" | b"SI" => digits == 4,
                b"CZ" | b"DE" | b"EE" | b"EG" | b"ES" | b"FI" | b"FR" | b"GR" | b"HR" | b"IT"
                | b"KR" | b"LT" | b"MX" | b"MY" | b"PL" | b"PR" | b"SA" | b"SE" | b"SK" | b"TH"
                | b"TR" | b"UA" | b"US" => digits == 5,
                b"CN" | b"IN" | b"RO" | b"RU" | b"SG" | b"VN" => digits == 6,
                b"IL" | b"JP" | b"PT" => digits == 7,
                b"BR" => digits == 8,
                b"TW" => matches!(digits, 3 | 5 | 6),
                _ => false,
            }
        };
        // Delaware; the provinces of Catanzaro, Frosinone, Latina, Parma, Salerno and Terni; the
        // cantons of Bern and Lucerne; Newfoundland and Labrador.
        let namesake = matches!(
            (end, postcode.as_bytes()),
            ("de", [b'1', b'9', ..])
                | ("cz", [b'8', b'8', ..])
                | ("fr", [b'0', b'3', ..])
                | ("lt", [b'0', b'4', ..])
                | ("pr", [b'4', b'3', ..])
                | ("sa", [b'8', b'4', ..])
                | ("tr", [b'0', b'5', ..])
                | ("be", [b'3', ..])
                | ("lu", [b'6', ..])
                | ("nl", [b'a', ..])
        );
        (fits && !namesake).then_some(country)
    }

    /// The country of a channel such as `Amazon.de` or of a relay domain.
    pub(crate) fn from_channel(channel: &str) -> Option<Self> {
        let (_, ending) = channel.rsplit_once('.')?;
        if channel.len() > MAX_BYTES {
            return None;
        }
        if ending.eq_ignore_ascii_case("com") {
            return channel.to_ascii_lowercase().contains("amazon.").then_some(Self(*b"US"));
        }
        Self::from_folded(&ending.to_ascii_lowercase())
    }
}

/// Longest name of a country, with room; what is longer is not worth folding.
const MAX_BYTES: usize = 96;

/// The country that a report names by code or name. `room` is overwritten.
pub(crate) fn country_of(text: &str, room: &mut String) -> Option<Country> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    room.clear();
    fold(text, room);
    Country::from_folded(room)
}

/// Whether a folded text is nothing but the name or the code of a country.
pub(crate) fn is_country(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if text.len() == 2 && text.is_ascii() {
        return text == "uk" || NAMES.iter().any(|(code, _)| code.eq_ignore_ascii_case(text));
    }
    NAMES.iter().any(|(_, names)| names.contains(&text))
}

/// Code and folded names (English, the country's own, three-letter code) of the countries that the
/// 22 marketplaces and their neighbours ship to.
const NAMES: &[(&str, &[&str])] = &[
    (
        "AE",
        &[
            "are",
            "uae",
            "united arab emirates",
            "الامارات العربية المتحدة",
            "الإمارات العربية المتحدة",
        ],
    ),
    ("AT", &["aut", "austria", "osterreich", "oesterreich", "autriche"]),
    ("AU", &["aus", "australia"]),
    ("BE", &["bel", "belgium", "belgique", "belgie", "belgien"]),
    ("BG", &["bgr", "bulgaria", "българия"]),
    ("BR", &["bra", "brazil", "brasil"]),
    ("CA", &["can", "canada"]),
    ("CH", &["che", "switzerland", "schweiz", "suisse", "svizzera"]),
    (
        "CN",
        &[
            "chn",
            "china",
            "pr china",
            "p.r. china",
            "peoples republic of china",
            "中国",
            "中國",
            "中华人民共和国",
        ],
    ),
    ("CY", &["cyp", "cyprus"]),
    ("CZ", &["cze", "czech republic", "czechia", "ceska republika", "cesko", "tschechien"]),
    (
        "DE",
        &["deu", "germany", "deutschland", "allemagne", "germania", "alemania", "德国", "ドイツ"],
    ),
    ("DK", &["dnk", "denmark", "danmark"]),
    ("EE", &["est", "estonia", "eesti"]),
    ("EG", &["egy", "egypt", "مصر"]),
    ("ES", &["esp", "spain", "espana", "spanien", "spagna", "espagne"]),
    ("FI", &["fin", "finland", "suomi"]),
    ("FR", &["fra", "france", "frankreich", "francia", "法国"]),
    (
        "GB",
        &[
            "gbr",
            "uk",
            "u.k",
            "united kingdom",
            "great britain",
            "england",
            "scotland",
            "wales",
            "northern ireland",
            "英国",
        ],
    ),
    ("GR", &["grc", "greece", "hellas", "ελλαδα"]),
    ("HK", &["hkg", "hong kong", "hongkong", "香港"]),
    ("HR", &["hrv", "croatia", "hrvatska", "kroatien"]),
    ("HU", &["hun", "hungary", "magyarorszag", "ungarn"]),
    ("IE", &["irl", "ireland", "eire", "irland"]),
    ("IL", &["isr", "israel", "ישראל"]),
    ("IN", &["ind", "india", "bharat"]),
    ("IT", &["ita", "italy", "italia", "italien", "italie", "意大利"]),
    ("JP", &["jpn", "japan", "nippon", "日本", "日本国"]),
    (
        "KR",
        &["kor", "korea", "south korea", "republic of korea", "대한민국", "한국", "韩国", "韓国"],
    ),
    ("LT", &["ltu", "lithuania", "lietuva"]),
    ("LU", &["lux", "luxembourg", "luxemburg"]),
    ("LV", &["lva", "latvia", "latvija"]),
    ("MO", &["mac", "macao", "macau", "澳门", "澳門"]),
    ("MT", &["mlt", "malta"]),
    ("MX", &["mex", "mexico"]),
    ("MY", &["mys", "malaysia"]),
    (
        "NL",
        &[
            "nld",
            "netherlands",
            "the netherlands",
            "nederland",
            "holland",
            "niederlande",
            "pays-bas",
        ],
    ),
    ("NO", &["nor", "norway", "norge", "norwegen"]),
    ("NZ", &["nzl", "new zealand"]),
    ("PH", &["phl", "philippines", "pilipinas"]),
    ("PL", &["pol", "poland", "polska", "polen"]),
    ("PR", &["pri", "puerto rico"]),
    ("PT", &["prt", "portugal"]),
    ("RO", &["rou", "romania", "rumanien"]),
    ("RU", &["rus", "russia", "russian federation", "россия"]),
    ("SA", &["sau", "saudi arabia", "ksa", "المملكة العربية السعودية", "السعودية"]),
    ("SE", &["swe", "sweden", "sverige", "schweden"]),
    ("SG", &["sgp", "singapore", "新加坡"]),
    ("SI", &["svn", "slovenia", "slovenija"]),
    ("SK", &["svk", "slovakia", "slovensko"]),
    ("TH", &["tha", "thailand", "ประเทศไทย"]),
    ("TR", &["tur", "turkey", "turkiye", "tuerkei", "turkei"]),
    ("TW", &["twn", "taiwan", "台湾", "臺灣", "台灣"]),
    ("UA", &["ukr", "ukraine", "україна"]),
    (
        "US",
        &[
            "usa",
            "u.s",
            "u.s.a",
            "united states",
            "united states of america",
            "estados unidos",
            "美国",
            "美國",
            "アメリカ",
        ],
    ),
    ("VN", &["vnm", "vietnam", "viet nam"]),
    ("ZA", &["zaf", "south africa"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_names_and_channels_are_known() {
        for (text, code) in [
            ("de", "DE"),
            ("uk", "GB"),
            ("united states", "US"),
            ("deutschland", "DE"),
            ("日本", "JP"),
            ("u.s.a.", "US"),
        ] {
            assert_eq!(Country::from_folded(text), Some(Country::new(code)), "{text}");
            assert!(is_country(text), "{text}");
        }
        for (channel, code) in [
            ("Amazon.de", "DE"),
            ("Amazon.co.uk", "GB"),
            ("Amazon.com.mx", "MX"),
            ("Amazon.com", "US"),
        ] {
            assert_eq!(Country::from_channel(channel), Some(Country::new(code)), "{channel}");
        }
        assert_eq!(Country::from_channel("Non-Amazon"), None);
        assert_eq!(Country::from_channel("shop.example.com"), None);
        assert!(!is_country("springfield"));
    }
}
