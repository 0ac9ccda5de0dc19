//! Names alone: one person written in other ways, and other people whose names are alike.

use buyerwatch_matching::linkage::{Model, NameVerdict, Profile, compare};

const PAIRS: &str = include_str!("../data/name_pairs.txt");

/// Taken for one person: what would alert at a home that is surely the same.
fn same(one: &str, other: &str) -> bool {
    let named = |name: &str| {
        let mut person = Profile::default();
        person.add_name(name);
        person
    };
    let side = compare(&Model::default(), None, &named(one), &named(other));
    matches!(side.name, NameVerdict::Whole | NameVerdict::Initial)
}

// The table is what a reader of the test wants to see: `cargo test … names_alone -- --nocapture`.
#[allow(clippy::print_stdout)]
#[test]
fn names_alone_are_told_together_and_apart() {
    let (mut right, mut wrong, mut missed, mut pairs) = (0u32, 0u32, 0u32, 0u32);
    let mut table: Vec<(String, u32, u32)> = Vec::new();
    let mut misses = Vec::new();
    for line in PAIRS.lines().filter(|line| !line.starts_with('#')) {
        let Some((one, other)) = line.split_once(" | ") else {
            table.push((line.to_owned(), 0, 0));
            continue;
        };
        let (phenomenon, of, correct) = table.last_mut().unwrap();
        let (expected, found) = (phenomenon.starts_with('='), same(one, other));
        assert_eq!(found, same(other, one), "the same whichever comes first: {line}");
        pairs += 1;
        *of += 1;
        *correct += u32::from(expected == found);
        right += u32::from(expected && found);
        wrong += u32::from(!expected && found);
        missed += u32::from(expected && !found);
        if expected != found {
            misses.push(format!("{phenomenon}: {line}"));
        }
    }
    let f1 = f64::from(2 * right) / f64::from(2 * right + wrong + missed);
    println!("| phenomenon | pairs | right |\n| --- | ---: | ---: |");
    for (phenomenon, of, correct) in &table {
        println!("| {phenomenon} | {of} | {correct} |");
    }
    println!("{pairs} pairs, {wrong} wrong, {missed} missed, F1 {f1:.3}\n{}", misses.join("\n"));
    assert!(pairs >= 300, "{pairs}");
    assert!(f1 >= 0.95, "F1 {f1:.3}");
    let ideographs = table.iter().find(|(of, ..)| of == "! one ideograph").unwrap();
    assert_eq!(ideographs.1, ideographs.2, "one character more or other is another person");
}
