//! How alike two words are written.

/// Edits between two words, where exchanging two neighbours counts as one; `None` if there are more
/// than `limit`. Letters are whole characters.
///
/// The restricted Damerau-Levenshtein distance (optimal string alignment).
pub(crate) fn edits(one: &str, other: &str, limit: usize) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    let (mut a, mut b) = ([' '; LONGEST], [' '; LONGEST]);
    let (a, b) = (letters(one, &mut a)?, letters(other, &mut b)?);
    // What both begin or end with costs nothing.
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(front..)?, b.get(front..)?);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - back)?, b.get(..b.len() - back)?);
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // Row i of the table, the one before it and the one before that.
    let mut rows = [[0u8; LONGEST + 1]; 3];
    for (column, cell) in rows[2].iter_mut().enumerate().take(b.len() + 1) {
        *cell = u8::try_from(column).unwrap_or(u8::MAX);
    }
    for (i, x) in a.iter().enumerate() {
        rows.rotate_left(1);
        let [before, above, row] = &mut rows;
        // After the turn: `above` is row i, `row` is room for row i + 1.
        let mut left = u8::try_from(i + 1).unwrap_or(u8::MAX);
        row[0] = left;
        let mut least = left;
        let mut last = ' ';
        for (j, y) in b.iter().enumerate() {
            let diagonal = above.get(j).copied().unwrap_or(u8::MAX);
            let over = above.get(j + 1).copied().unwrap_or(u8::MAX);
            let mut cost = diagonal.saturating_add(u8::from(x != y));
            cost = cost.min(left.saturating_add(1)).min(over.saturating_add(1));
            let swapped = i > 0 && j > 0 && *x == last && a.get(i - 1) == Some(y);
            if swapped && let Some(two_back) = before.get(j - 1) {
                cost = cost.min(two_back.saturating_add(1));
            }
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = cost;
            }
            least = least.min(cost);
            left = cost;
            last = *y;
        }
        if usize::from(least) > limit {
            return None;
        }
    }
    let total = rows[2].get(b.len()).copied().map(usize::from)?;
    (total <= limit).then_some(total)
}

/// Which letters occur in a text, in 32 classes: enough to see that two texts are far apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Signs(u32);

impl Signs {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.chars().fold(0, |signs, letter| signs | 1 << (u32::from(letter) % 32)))
    }

    /// For keeping them.
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    /// What [`bits`](Self::bits) said.
    pub(crate) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Of texts put together.
    pub(crate) fn of_all(parts: impl Iterator<Item = Self>) -> Self {
        Self(parts.fold(0, |signs, part| signs | part.0))
    }

    /// Whether so many edits can make one text of the other: each changes two signs at most.
    pub(crate) const fn within(self, other: Self, edits: usize) -> bool {
        (self.0 ^ other.0).count_ones() as usize <= 2 * edits
    }

    /// Whether one of the texts can be part of the other.
    pub(crate) const fn nested(self, other: Self) -> bool {
        let both = self.0 & other.0;
        both == self.0 || both == other.0
    }
}

/// Longer words are compared as equal or not.
const LONGEST: usize = 40;

fn letters<'a>(word: &str, room: &'a mut [char; LONGEST]) -> Option<&'a [char]> {
    let mut count = 0;
    for letter in word.chars() {
        *room.get_mut(count)? = letter;
        count += 1;
    }
    room.get(..count)
}

/// Edits that one writer's slip makes in a word: none in a short one, where another word is as
/// near; two in a long one.
pub(crate) fn slip(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=8 => 1,
        _ => 2,
    }
}

/// The word without what is mistyped most: its first letter, then the consonants, each once. Vowels,
/// `h`, `y` and doubled letters fall away.
pub(crate) fn skeleton(word: &str, out: &mut String) {
    let mut last = ' ';
    for (position, letter) in word.chars().enumerate() {
        let dropped = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w');
        if position == 0 || !(dropped || letter == last) {
            out.push(match letter {
                'k' | 'q' | 'c' => 'k',
                'z' | 's' => 's',
                'v' | 'f' | 'w' if position > 0 => 'f',
                'd' | 't' if position > 0 => 't',
                'm' | 'n' if position > 0 => 'n',
                _ => letter,
            });
        }
        if !dropped {
            last = letter;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn edits_are_counted() {
        for (one, other, expected) in [
            ("", "", Some(0)),
            ("smith", "smith", Some(0)),
            ("smith", "smiht", Some(1)),
            ("smith", "smth", Some(1)),
            ("smith", "smyth", Some(1)),
            ("smith", "ssmith", Some(1)),
            ("smith", "mihst", None),
            ("braithwaite", "braitwhaite", Some(1)),
            ("müller", "miller", Some(1)),
            ("", "ab", Some(2)),
            ("", "abc", None),
        ] {
            assert_eq!(edits(one, other, 2), expected, "{one} {other}");
        }
    }

    /// The table as the textbook draws it.
    fn whole_table(one: &str, other: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for (i, row) in table.iter_mut().enumerate() {
            row[0] = i;
        }
        table[0] = (0..=b.len()).collect();
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                let mut cost = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                cost = cost.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    cost = cost.min(table[i - 2][j - 2] + 1);
                }
                table[i][j] = cost;
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn signs_never_hide_what_is_near(one in "[a-e王]{0,9}", other in "[a-e王]{0,9}") {
            let (own, theirs) = (Signs::of(&one), Signs::of(&other));
            prop_assert!(own.within(theirs, whole_table(&one, &other)));
            prop_assert!(own.nested(theirs) || !one.contains(&other));
        }

        #[test]
        fn edits_agree_with_the_whole_table(one in "[abc王]{0,9}", other in "[abc王]{0,9}", limit in 0usize..4) {
            let whole = whole_table(&one, &other);
            prop_assert_eq!(edits(&one, &other, limit), (whole <= limit).then_some(whole));
        }
    }
}
