//! Scenarios made anew in each run, the same every time: other countries, names, noise and shares than those on which
//! the weights were first chosen. `known` has been looked at and is spent; `abroad` is of other lands and
//! noise, of which half the lands are only ever counted.

use super::{Row, Scenario};

pub mod abroad;
pub mod known;
mod lands;

/// `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end.max(1) as u64).unwrap_or(0)
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// The first are drawn more often, as names are.
    fn first(&mut self, of: &[&'static str]) -> &'static str {
        let (one, other) = (self.below(of.len()), self.below(of.len()));
        of[if self.percent(60) { one.min(other) } else { one }]
    }
}

fn alias(dice: &mut Dice) -> String {
    format!("{:013x}@marketplace.amazon.example", dice.roll() >> 12)
}

/// A slip of the pen in one place.
fn slip(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 5 {
        return text.to_owned();
    }
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = dice.one(&['a', 'e', 'i', 'o', 'n', 'r', 's', 't']),
    }
    letters.into_iter().collect()
}

fn row(id: String, fields: [(&str, String); 10]) -> Row {
    let mut row: Row = fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    row.insert("id".to_owned(), id);
    row
}

/// An order, its kind, and the place of the listed person whose it is.
type Order = (Row, &'static str, usize);

fn next_id(orders: &[Order]) -> String {
    format!("H{}", orders.len())
}

/// The scenario of a list and its orders. The person at a place of the list is called `L` and the place.
fn finished(name: &str, flagged: Vec<Row>, orders: Vec<Order>) -> Scenario {
    let truth = |(order, kind, at): &Order| {
        let flagged = if *kind == "match" { format!("L{at}") } else { String::new() };
        let fields = [("kind", (*kind).to_owned()), ("flagged_id", flagged)];
        let row: Row = fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        (order["id"].clone(), row)
    };
    Scenario {
        name: name.to_owned(),
        truth: orders.iter().map(truth).collect(),
        flagged,
        seen: &[],
        orders: orders.into_iter().map(|(order, _, _)| order).collect(),
    }
}
