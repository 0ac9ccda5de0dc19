//! Numbers and addresses of mail that say what they are, wherever in a text they stand.

/// A part of a line that may be a telephone number, an address of mail or an order ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It may also go on until here: whether the last group belongs to it is open.
    pub(super) or_end: Option<usize>,
}

/// Digits of a number that alone are too many for a house and a postcode.
const LONG: usize = 9;
/// Digits that a telephone number has at most (ITU-T E.164).
const MOST: usize = 15;

/// Every run of a line, from left to right, none over another.
pub(super) fn runs(line: &[char]) -> Vec<Run> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let begins = at == 0 || line.get(at - 1).is_some_and(|c| !joins(*c));
        let run = if begins {
            mail(line, at).or_else(|| number(line, at)).or_else(|| code(line, at))
        } else {
            None
        };
        match run {
            Some(run) => {
                found.push(run);
                at = run.end;
            }
            None => at += 1,
        }
    }
    found
}

/// Signs that continue a word of letters and digits. Ideographs do not: numbers stand between them.
fn joins(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '@')
}

fn at(line: &[char], at: usize) -> Option<char> {
    line.get(at).copied()
}

fn span(line: &[char], from: usize, of: impl Fn(char) -> bool) -> usize {
    let rest = line.get(from..).unwrap_or_default();
    rest.iter().take_while(|c| of(**c)).count()
}

fn digits(line: &[char], from: usize, end: usize) -> usize {
    let part = line.get(from..end).unwrap_or_default();
    part.iter().filter(|c| c.is_ascii_digit()).count()
}

fn mail(line: &[char], start: usize) -> Option<Run> {
    let local = span(line, start, |c| c.is_ascii_alphanumeric() || "._%+-'".contains(c));
    let sign = start + local;
    if local == 0 || at(line, sign) != Some('@') {
        return None;
    }
    let domain = span(line, sign + 1, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let mut end = sign + 1 + domain;
    while end > sign + 1 && matches!(at(line, end - 1), Some('.' | '-')) {
        end -= 1;
    }
    let dotted = line.get(sign + 1..end).is_some_and(|domain| domain.contains(&'.'));
    dotted.then_some(Run { start, end, or_end: None })
}

/// A word of letters and digits: an order ID, or a buyer ID of a marketplace.
fn code(line: &[char], start: usize) -> Option<Run> {
    let length = span(line, start, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let end = start + length;
    let word = line.get(start..end)?;
    let count = digits(line, start, end);
    let upper = word.iter().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let buyer_id = word.first() == Some(&'A') && (12..=21).contains(&length) && upper && count > 0;
    let letters = word.iter().any(char::is_ascii_alphabetic);
    ((count >= LONG && letters) || buyer_id).then_some(Run { start, end, or_end: None })
}

/// One group of digits: where it begins and ends, and what stands before it.
struct Group {
    start: usize,
    end: usize,
    blank: bool,
}

impl Group {
    const fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Groups of digits, between which nothing stands but what divides a number.
fn groups(line: &[char], from: usize) -> Vec<Group> {
    let (mut groups, mut at): (Vec<Group>, usize) = (Vec::new(), from);
    loop {
        let between = span(line, at, |c| matches!(c, ' ' | '-' | '.' | '/' | '(' | ')'));
        let gap = line.get(at..at + between).unwrap_or_default();
        let length = span(line, at + between, |c| c.is_ascii_digit());
        if length == 0 || (!groups.is_empty() && (between == 0 || between > 3)) {
            return groups;
        }
        let start = at + between;
        groups.push(Group { start, end: start + length, blank: gap.contains(&' ') });
        at = start + length;
    }
}

fn number(line: &[char], start: usize) -> Option<Run> {
    let first = at(line, start)?;
    let plus = first == '+';
    let bracket = first == '(';
    if !plus && !bracket && !first.is_ascii_digit() {
        return None;
    }
    let groups = groups(line, if plus { start + 1 } else { start });
    let opening = groups.first()?;
    let dial = |n: usize| {
        line.get(opening.start..).is_some_and(|d| d.iter().take(n).eq(['0'; 2].iter().take(n)))
    };
    let international = plus || (!bracket && dial(2));
    // The most groups that are still one number, by how it begins.
    let run = if international {
        taken(line, &groups, 8, MOST)
    } else if dial(1) {
        taken(line, &groups, 8, 12)
    } else {
        None
    };
    let run = run.or_else(|| hyphened(line, &groups)).or_else(|| grouped(&groups));
    let (end, or_end) = run?;
    // `12345678A` is no number.
    if at(line, end).is_some_and(|c| c.is_ascii_alphabetic() && !c.eq_ignore_ascii_case(&'x')) {
        return None;
    }
    Some(Run { start, end: extension(line, end), or_end })
}

/// Groups until there are too many digits, if there are enough.
fn taken(
    line: &[char],
    groups: &[Group],
    least: usize,
    most: usize,
) -> Option<(usize, Option<usize>)> {
    let (mut count, mut end) = (0, 0);
    for group in groups {
        if count + group.len() > most {
            break;
        }
        // A postcode may follow at once: then both is possible.
        let place = group.blank && matches!(group.len(), 5 | 6);
        let follows = skip_blanks(line, group.end);
        if count >= LONG && place && at(line, follows).is_some_and(char::is_alphabetic) {
            return Some((end, Some(group.end)));
        }
        count += group.len();
        end = group.end;
    }
    (count >= least).then_some((end, None))
}

/// Digits that hyphens, dots or slashes hold together: `305-1234567-1234567`, `0571-88888888`.
fn hyphened(line: &[char], groups: &[Group]) -> Option<(usize, Option<usize>)> {
    let held: Vec<&Group> = groups
        .iter()
        .enumerate()
        .take_while(|(n, of)| *n == 0 || !of.blank)
        .map(|(_, of)| of)
        .collect();
    let (first, last) = (held.first()?, held.last()?);
    let count = digits(line, first.start, last.end);
    // One hyphen and nine digits is an American postcode.
    let least = if held.len() == 2 { LONG + 1 } else { LONG };
    (count >= least && count <= 24).then_some((last.end, None))
}

/// Groups between blanks, as telephone numbers are written and houses are not: three or more of two
/// to four digits, or a short one and a long one.
fn grouped(groups: &[Group]) -> Option<(usize, Option<usize>)> {
    let even = groups.iter().take_while(|of| (2..=4).contains(&of.len())).take(5);
    let (mut count, mut end, mut many) = (0, None, 0);
    for group in even {
        if count + group.len() > 12 {
            break;
        }
        count += group.len();
        many += 1;
        end = Some(group.end);
    }
    if many >= 3 && count >= LONG {
        return Some((end?, None));
    }
    match groups {
        [first, second, ..] if first.len() == 3 && second.len() >= 7 && second.len() <= 8 => {
            Some((second.end, None))
        }
        _ => None,
    }
}

fn skip_blanks(line: &[char], from: usize) -> usize {
    from + span(line, from, |c| c == ' ')
}

/// Where an extension ends that follows, or the same place.
fn extension(line: &[char], end: usize) -> usize {
    const WORDS: [&str; 6] = ["extension", "ext.", "ext", "x", "转", "分机"];
    let from = skip_blanks(line, end);
    for word in WORDS {
        let rest = line.get(from..).unwrap_or_default();
        let length = word.chars().count();
        let same = rest.len() > length
            && rest.iter().zip(word.chars()).all(|(c, w)| c.to_ascii_lowercase() == w);
        if !same {
            continue;
        }
        let number = from + length + span(line, from + length, |c| matches!(c, ' ' | ':'));
        let length = span(line, number, |c| c.is_ascii_digit());
        if (1..=6).contains(&length) {
            return number + length;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<String> {
        let line: Vec<char> = line.chars().collect();
        runs(&line).iter().map(|run| line[run.start..run.end].iter().collect()).collect()
    }

    #[test]
    fn numbers_and_mail_stand_anywhere() {
        for (line, expected) in [
            ("王小明 13800001111 浙江省杭州市", vec!["13800001111"]),
            ("王小明138 0000 1111浙江省", vec!["138 0000 1111"]),
            ("王小明13800001111转1234", vec!["13800001111转1234"]),
            ("座机0571-88888888,李", vec!["0571-88888888"]),
            ("Ann +49 30 1234567 20095 Berlin", vec!["+49 30 1234567"]),
            ("call +86 138 0000 1111 杭州", vec!["+86 138 0000 1111"]),
            ("0049 40 5550163", vec!["0049 40 5550163"]),
            ("(212) 555-0187 Main St", vec!["(212) 555-0187"]),
            ("+1 212-555-0187 ext. 12345", vec!["+1 212-555-0187 ext. 12345"]),
            ("Lindenhofweg 14 030 5550142", vec!["030 5550142"]),
            ("tél 01 23 45 67 89 Paris", vec!["01 23 45 67 89"]),
            ("612 345 678", vec!["612 345 678"]),
            ("order 305-1234567-1234567 of", vec!["305-1234567-1234567"]),
            ("订单D01-1234567-1234567王小明", vec!["D01-1234567-1234567"]),
            ("Ann <k7m2q9@marketplace.amazon.de>.", vec!["k7m2q9@marketplace.amazon.de"]),
            ("邮箱a.b+c@x.example.", vec!["a.b+c@x.example"]),
            ("buyer A3H8K2LQ0ZV7XY", vec!["A3H8K2LQ0ZV7XY"]),
            ("PO-211-12345678901234", vec!["PO-211-12345678901234"]),
        ] {
            assert_eq!(found(line), expected, "{line}");
        }
    }

    #[test]
    fn houses_and_postcodes_are_no_runs() {
        for line in [
            "Fliederstieg 14 20095 Nordstadt",
            "12 Main St Apt 4 90210-1234",
            "Hauptstr. 5 01067 Dresden",
            "文三路 100 号 1203 310012",
            "〒150-0001 東京都渋谷区神宮前1-2-3",
            "Rua X 12 12345-678 Porto",
            "CAP 00184 Roma",
            "Ahornweg 3",
        ] {
            assert_eq!(found(line), Vec::<String>::new(), "{line}");
        }
    }
}
