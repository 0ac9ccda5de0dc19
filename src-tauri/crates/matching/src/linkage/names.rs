//! Weighing two names word by word.

use super::compare::{Evidence, Field, Likeness, NameVerdict, Side, bits};
use super::kana::level;
use super::model::Model;
use super::pinyin;
use super::profile::{NameProfile, Word};
use super::spelling::{Signs, edits, slip};
use super::tables::same_given;

/// No single word of a name weighs more.
const NAME_CAP: f64 = 14.0;

/// More than this the names of two people never weigh.
pub(crate) fn most_of_names(model: &Model) -> f64 {
    whole_name_cap(model).max(UNPROVEN_NAME_CAP).max(NAME_CAP + 2.0)
}

/// Beyond this the name alone would outweigh a different home.
fn whole_name_cap(model: &Model) -> f64 {
    WHOLE_NAME_CAP.min(UNPROVEN_NAME_CAP + 6.0 * model.names_known())
}

/// How two words of names agree, and the weight.
fn words(model: &Model, one: &Word, other: &Word, given: bool) -> Option<(Likeness, f64)> {
    if one.hash == other.hash {
        let cap = if one.is_initial() { 4.0 } else { NAME_CAP };
        return Some((Likeness::Same, bits(model.name(one)).min(cap)));
    }
    if one.is_initial() || other.is_initial() {
        let same = one.text.chars().next() == other.text.chars().next();
        return same.then_some((Likeness::Initial, 3.0));
    }
    // Asked for only where something agrees: most words of two people are far apart.
    let common = || model.name(one).max(model.name(other));
    if given && same_given(&one.text, &other.text) {
        return Some((Likeness::Short, (bits(common()) - 3.0).clamp(1.0, NAME_CAP - 3.0)));
    }
    if given && is_other_gender(&one.text, &other.text) {
        return None;
    }
    // A letter that is doubled or not makes no other name.
    if one.signs == other.signs && undoubled(&one.text).eq(undoubled(&other.text)) {
        return Some((Likeness::Close, (bits(common()) - 2.0).clamp(1.0, NAME_CAP - 2.0)));
    }
    let limit = slip(usize::from(one.letters.max(other.letters)));
    let distance = one.edits(other, limit)?;
    // Two names that people bear are two names, however alike; so are two short ones.
    let short = one.letters.max(other.letters) <= SHORT_NAME;
    if short || (model.is_name(one) && model.is_name(other)) {
        return None;
    }
    let weight = bits(common()) - 2.0 - 1.5 * slips(distance);
    Some((Likeness::Close, weight.clamp(1.0, NAME_CAP - 3.0)))
}

/// Whether two given names differ by the ending that tells a man's from a woman's: Kamal and Kamala, Michel and Michèle,
/// Fumio and Fumiko. Brothers and sisters, husbands and wives are called so.
fn is_other_gender(one: &str, other: &str) -> bool {
    let added = |short: &str, long: &str| {
        long.strip_prefix(short).is_some_and(|end| {
            matches!(end, "a" | "e" | "o" | "ia" | "ina" | "ine" | "ette" | "le")
        })
    };
    let ends = |one: &str, other: &str, of: &[(&str, &str)]| {
        of.iter().any(|(his, her)| {
            one.strip_suffix(his)
                .is_some_and(|stem| stem.len() > 1 && other.strip_suffix(her) == Some(stem))
        })
    };
    const ENDS: &[(&str, &str)] = &[
        ("o", "a"),
        ("o", "ko"),
        ("io", "ia"),
        ("e", "a"),
        ("us", "a"),
        ("y", "a"),
        ("i", "a"),
        ("an", "a"),
    ];
    added(one, other) || added(other, one) || ends(one, other, ENDS) || ends(other, one, ENDS)
}

/// Letters of a name of which another one is another name: Fang and Fan, Omar and Umar.
const SHORT_NAME: u8 = 4;

fn undoubled(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut last = None;
    word.chars().filter(move |letter| last.replace(*letter) != Some(*letter))
}

pub(crate) fn names(model: &Model, one: &NameProfile, other: &NameProfile) -> Side {
    let mut side = Side::default();
    if one.cjk || other.cjk {
        cjk_names(model, one, other, &mut side);
    } else {
        latin_names(model, one, other, &mut side);
    }
    side.name_score = side.evidence.iter().map(|e| e.weight).sum();
    side
}

fn cjk_names(model: &Model, one: &NameProfile, other: &NameProfile, side: &mut Side) {
    let (Some(a), Some(b)) = (one.words.first(), other.words.first()) else { return };
    let turned = one.turned == Some(b.hash) || other.turned == Some(a.hash);
    let (likeness, weight) = if one.cjk != other.cjk {
        let (kana, latin) = if one.cjk { (one, other) } else { (other, one) };
        if kana.reading.as_ref().is_some_and(|reading| is_read_as(latin, reading)) {
            side.name = NameVerdict::Whole;
            let words = latin.words.iter().map(|word| bits(model.name(word)).min(NAME_CAP));
            // Several names share a reading.
            let sum = words.sum::<f64>() * 0.7 - 2.0;
            (Likeness::Close, sum.clamp(6.0, UNPROVEN_NAME_CAP))
        } else {
            // Which reading a name in ideographs has is not known, nor what a foreign one in kana stands for.
            side.name = NameVerdict::Missing;
            (Likeness::Missing, 0.0)
        }
    } else if one.reading.is_some() != other.reading.is_some() {
        side.name = NameVerdict::Missing;
        (Likeness::Missing, 0.0)
    } else if a.hash == b.hash || turned {
        side.name = NameVerdict::Whole;
        (Likeness::Same, bits(model.name(b)).min(NAME_CAP + 2.0))
    } else if begins(one, b) || begins(other, a) {
        side.name = NameVerdict::Initial;
        (Likeness::Initial, 7.0)
    } else {
        side.name = NameVerdict::Conflict;
        (Likeness::Conflict, -8.0)
    };
    side.evidence.push(Evidence { field: Field::Family, likeness, weight });
}

/// Whether the words, in whatever order, are the reading.
fn is_read_as(latin: &NameProfile, reading: &str) -> bool {
    let words: Vec<&str> = latin.words.iter().map(|word| &*word.text).collect();
    let (Some((first, behind)), Some((last, before))) = (words.split_first(), words.split_last())
    else {
        return false;
    };
    let turned = [&[*last], before].concat();
    let ahead = [behind, &[*first]].concat();
    [words.as_slice(), &turned, &ahead].iter().any(|order| level(&order.concat()) == reading)
}

fn begins(cut: &NameProfile, whole: &Word) -> bool {
    cut.cut.as_ref().is_some_and(|cut| whole.text.starts_with(&**cut))
}

fn latin_names(model: &Model, one: &NameProfile, other: &NameProfile, side: &mut Side) {
    let mut best = roles(model, one, one.family, other, other.family);
    // Written the other way round, without a comma that would say so.
    let turned =
        [(first_as_family(one), Some(other.family)), (Some(one.family), first_as_family(other))];
    for (mine, theirs) in turned {
        if let (Some(mine), Some(theirs)) = (mine, theirs) {
            let mut way = roles(model, one, mine, other, theirs);
            way.push(Field::Family, Likeness::Same, -1.0);
            // Of two family names one may be left out, the others are all there.
            let left_out = one.words.len().abs_diff(other.words.len()) == 1
                && one.words.len().min(other.words.len()) == 2;
            let whole =
                way.verdict == NameVerdict::Whole && (left_out || !way.odd && !way.borrowed);
            let some = way.verdict == NameVerdict::Partly && best.verdict == NameVerdict::Conflict;
            if (whole || some) && (way.verdict, way.total) > (best.verdict, best.total) {
                best = way;
            }
        }
    }
    if best.verdict != NameVerdict::Whole
        && one.joined.len() > 5
        && one.words.len() != other.words.len()
    {
        // The letters are all there, only the blanks are not; or the family name stands first, too.
        let limit = slip(one.joined.chars().count());
        let signs = |name: &NameProfile| Signs::of_all(name.words.iter().map(|word| word.signs));
        let distance = signs(one)
            .within(signs(other), limit)
            .then(|| edits(&one.joined, &other.joined, limit))
            .flatten()
            .or_else(|| (is_turned(one, other) || is_turned(other, one)).then_some(0));
        if let Some(distance) = distance {
            let more = if one.words.len() < other.words.len() { other } else { one };
            let sum: f64 = more.words.iter().map(|w| bits(model.name(w)).min(NAME_CAP)).sum();
            let mut way = Roles::default();
            let weight = (sum * 0.7 - 2.0 - 2.0 * slips(distance)).clamp(6.0, 22.0);
            way.push(Field::Family, Likeness::Close, weight);
            way.verdict = NameVerdict::Whole;
            best = way;
        }
    }
    if one.generation != other.generation {
        let both = one.generation.is_some() && other.generation.is_some();
        let (likeness, weight) =
            if both { (Likeness::Conflict, -8.0) } else { (Likeness::Missing, -3.0) };
        best.push(Field::Generation, likeness, weight);
        best.verdict = best.verdict.min(NameVerdict::Partly);
    }
    if best.verdict > NameVerdict::Partly
        && one.joined != other.joined
        && pinyin::are_other_names(one, other)
    {
        best.verdict = NameVerdict::Partly;
    }
    side.name = best.verdict;
    side.evidence = best.evidence;
    if best.verdict == NameVerdict::Conflict {
        let sum: f64 = side.evidence.iter().map(|e| e.weight).sum();
        if sum < NAMES_DIFFER {
            side.evidence = vec![Evidence {
                field: Field::Given,
                likeness: Likeness::Conflict,
                weight: NAMES_DIFFER,
            }];
        }
    }
    let sum: f64 = side.evidence.iter().map(|e| e.weight).sum();
    let such =
        model.names_known() < 1.0 || model.knows_such(&one.words) || model.knows_such(&other.words);
    // An initial beside the name is as rare anywhere.
    let initial = side
        .evidence
        .iter()
        .filter(|of| of.field == Field::Middle && of.likeness == Likeness::Same);
    let initial = initial.map(|of| of.weight.min(FOREIGN_INITIAL)).fold(0.0, f64::max);
    let cap = if such { whole_name_cap(model) } else { FOREIGN_NAME_CAP + initial };
    if sum > cap
        && let Some(strongest) =
            side.evidence.iter_mut().max_by(|x, y| x.weight.total_cmp(&y.weight))
    {
        strongest.weight -= sum - cap;
    }
}

/// Whether the letters are the same once the outermost word of `one` changes its end.
fn is_turned(one: &NameProfile, other: &NameProfile) -> bool {
    let (one_name, other_name) = (&*one.joined, &*other.joined);
    let ends = [one.words.first(), one.words.last()];
    one_name.len() == other_name.len()
        && ends.into_iter().flatten().filter(|word| word.letters > 1).any(|word| {
            let head = one_name
                .strip_prefix(&*word.text)
                .is_some_and(|rest| other_name.strip_prefix(rest) == Some(&*word.text));
            head || one_name
                .strip_suffix(&*word.text)
                .is_some_and(|rest| other_name.strip_suffix(rest) == Some(&*word.text))
        })
}

const WHOLE_NAME_CAP: f64 = 24.0;

/// As long as the shop's orders do not show how rare a name is, it is not held to be so rare that it
/// outweighs a different home: 18 - 10.5 is below what any list asks for.
const UNPROVEN_NAME_CAP: f64 = 18.0;

/// What a name counts at most in a shop that has seen nobody of such a name, so that it cannot tell how rare it is:
/// less than what outweighs another flat or house.
const FOREIGN_NAME_CAP: f64 = 16.5;

/// Bits of a further name of the same beginning: of two strangers, one pair in four has it.
const FOREIGN_INITIAL: f64 = 2.0;

/// One person's orders bear another name once in 250: gifts, typing errors, a second account.
const NAMES_DIFFER: f64 = -8.0;

fn slips(distance: usize) -> f64 {
    f64::from(u8::try_from(distance).unwrap_or(u8::MAX))
}

fn first_as_family(name: &NameProfile) -> Option<usize> {
    (name.words.len() > 1 && name.family != 0).then_some(0)
}

/// One way to say which word of a name is which.
#[derive(Default)]
struct Roles {
    evidence: Vec<Evidence>,
    verdict: NameVerdict,
    total: f64,
    /// A word that is spelled out found no other.
    odd: bool,
    /// The family name was found among the other words.
    borrowed: bool,
}

impl Roles {
    fn push(&mut self, field: Field, likeness: Likeness, weight: f64) {
        self.total += weight;
        self.evidence.push(Evidence { field, likeness, weight });
    }
}

/// Room for the words that will follow, so that it is asked for once.
fn one_of(word: usize) -> Vec<usize> {
    let mut words = Vec::with_capacity(6);
    words.push(word);
    words
}

fn roles(
    model: &Model,
    one: &NameProfile,
    family: usize,
    other: &NameProfile,
    theirs: usize,
) -> Roles {
    let mut way = Roles::default();
    let given = |name: &NameProfile, family: usize| {
        let others = || (0..name.words.len()).filter(|at| *at != family);
        let spelled = |at: &usize| name.words.get(*at).is_some_and(|word| !is_particle(&word.text));
        others().find(spelled).or_else(|| others().next())
    };
    let (Some(a), Some(b)) = (one.words.get(family), other.words.get(theirs)) else { return way };
    let mut used = (one_of(family), one_of(theirs));
    // A closing initial may be one of a further given name as well as of the family name.
    if a.is_initial() != b.is_initial() {
        if a.is_initial() {
            used.0.clear();
        } else {
            used.1.clear();
        }
    }
    // Family name.
    let mut family_agrees = None;
    let generic = is_stand_in(&a.text) || is_stand_in(&b.text);
    let mut mistyped = false;
    let alike = words(model, a, b, false).filter(|(l, _)| *l != Likeness::Initial);
    if let Some((likeness, weight)) = alike.or_else(|| garbled(model, a, b)) {
        family_agrees = Some(true);
        way.push(Field::Family, likeness, weight);
    } else if let Some((likeness, weight)) = short_slip(model, a, b) {
        family_agrees = Some(true);
        mistyped = true;
        way.push(Field::Family, likeness, weight);
    } else if let Some((i, j, weight)) = other_family(model, one, family, other, theirs) {
        // Two family names, of which one was left out or comes first.
        family_agrees = Some(true);
        way.borrowed = true;
        // What stood where the family name stands is a word like the others.
        used = (vec![i], vec![j]);
        way.push(Field::Family, Likeness::Same, weight - 1.5);
    } else if !(generic
        || one.words.len() == 1
        || other.words.len() == 1
        || a.is_initial()
        || b.is_initial())
    {
        family_agrees = Some(false);
        way.push(Field::Family, Likeness::Conflict, -6.5);
    }
    // Given name.
    let mut given_agrees = None;
    let (mut mine, mut their) = (given(one, family), given(other, theirs));
    if family_agrees.is_none() {
        // A single word may as well be the given name.
        if one.words.len() == 1 {
            mine = Some(0);
            used.0.clear();
        }
        if other.words.len() == 1 {
            their = Some(0);
            used.1.clear();
        }
    }
    let mut by_initial = false;
    let mut spelled = false;
    let mut same_given = false;
    let mut relative = false;
    if let (Some(i), Some(j)) = (mine, their)
        && let (Some(x), Some(y)) = (one.words.get(i), other.words.get(j))
    {
        let skip = is_stand_in(&x.text) || is_stand_in(&y.text);
        if used.0.contains(&i) || used.1.contains(&j) {
        } else if skip {
            relative = is_relative(&x.text) != is_relative(&y.text);
            used.0.push(i);
            used.1.push(j);
        } else if let Some((likeness, weight)) = words(model, x, y, true)
            .or_else(|| garbled(model, x, y).filter(|_| x.letters.min(y.letters) > 5))
        {
            given_agrees = Some(true);
            by_initial = x.is_initial() || y.is_initial();
            spelled = likeness != Likeness::Initial && !x.is_initial();
            same_given = likeness == Likeness::Same && x.letters >= SHORT_NAME;
            used.0.push(i);
            used.1.push(j);
            way.push(Field::Given, likeness, weight);
        } else if let Some((i, j, weight)) = called_by_middle(model, one, i, other, j, &used) {
            given_agrees = Some(true);
            used.0.push(i);
            used.1.push(j);
            way.push(Field::Given, Likeness::Same, weight - 1.5);
        } else if let Some((i, j)) = only_initial(one, i, other, j, &used) {
            // "J Hood" beside "Emmanuel J Hood": it may as well be Jane.
            used.0.push(i);
            used.1.push(j);
            way.push(Field::Given, Likeness::Initial, 2.0);
        } else {
            given_agrees = Some(false);
            used.0.push(i);
            used.1.push(j);
            way.push(Field::Given, Likeness::Conflict, -7.0);
        }
    } else if mine.is_some() != their.is_some() {
        way.push(Field::Given, Likeness::Missing, -1.0);
    }
    // What is left. A particle is part of the family name, and half a country has it.
    let rest = |name: &NameProfile, used: &[usize]| -> Vec<usize> {
        let words = name.words.iter().enumerate();
        let left = words.filter(|(at, word)| !used.contains(at) && !is_particle(&word.text));
        left.map(|(at, _)| at).collect()
    };
    let (left, mut right) = (rest(one, &used.0), rest(other, &used.1));
    let mut lone = 0;
    let mut middle_conflict = false;
    let mut middle_agrees = false;
    for i in left {
        let Some(x) = one.words.get(i) else { continue };
        let found = right
            .iter()
            .position(|j| other.words.get(*j).is_some_and(|y| words(model, x, y, true).is_some()));
        match found.map(|at| right.remove(at)).and_then(|j| other.words.get(j)) {
            Some(y) => {
                if let Some((likeness, weight)) = words(model, x, y, true) {
                    middle_agrees = true;
                    way.push(Field::Middle, likeness, weight);
                }
            }
            None => {
                lone += 1;
                way.odd |= !x.is_initial();
            }
        }
    }
    way.odd |= right.iter().filter_map(|j| other.words.get(*j)).any(|y| !y.is_initial());
    if lone > 0 && !right.is_empty() {
        middle_conflict = true;
        way.push(Field::Middle, Likeness::Conflict, -4.5);
    } else if lone > 0 || !right.is_empty() {
        way.push(Field::Middle, Likeness::Missing, -0.4);
    }
    way.verdict = match (family_agrees, given_agrees) {
        // "Daughter M Raymond" lives with them, and is not Nicholas.
        (Some(true), None) if relative => NameVerdict::Partly,
        (Some(true), Some(true)) if middle_conflict => NameVerdict::Partly,
        (Some(true), _) if mistyped && !same_given => NameVerdict::Partly,
        (Some(true), Some(true)) if by_initial => NameVerdict::Initial,
        (Some(true), Some(true)) => NameVerdict::Whole,
        // "Linda C" and "Linda C Purvis": two of three, and the third is not there.
        (None, Some(true)) if spelled && middle_agrees => NameVerdict::Most,
        (Some(true), None) if middle_agrees && !middle_conflict => NameVerdict::Most,
        (Some(true), _) | (_, Some(true)) => NameVerdict::Partly,
        _ => NameVerdict::Conflict,
    };
    way
}

/// Two slips in a family name of middling length: little by itself, enough beside a given name.
fn garbled(model: &Model, one: &Word, other: &Word) -> Option<(Likeness, f64)> {
    let letters = one.letters.min(other.letters);
    let near = (5..=8).contains(&letters)
        && one.edits(other, 2).is_some()
        && !(model.is_name(one) && model.is_name(other));
    near.then_some((Likeness::Close, 2.0))
}

/// One slip in a short family name of which one spelling is nobody's: "Kign" for King. It says little by itself, and
/// nothing beside another given name: relatives and neighbours have short names that are alike.
fn short_slip(model: &Model, one: &Word, other: &Word) -> Option<(Likeness, f64)> {
    let letters = one.letters.min(other.letters);
    let near = (3..=SHORT_NAME).contains(&letters)
        && one.edits(other, 1).is_some()
        && !(model.is_name(one) && model.is_name(other));
    near.then_some((Likeness::Close, 1.0))
}

/// A family name of one that is another word of the other.
fn other_family(
    model: &Model,
    one: &NameProfile,
    family: usize,
    other: &NameProfile,
    theirs: usize,
) -> Option<(usize, usize, f64)> {
    let a = one.words.get(family)?;
    let b = other.words.get(theirs)?;
    let behind = |name: &NameProfile, of: &Word, not: usize| {
        name.words
            .iter()
            .enumerate()
            .skip(1)
            .position(|(at, word)| at != not && !word.is_initial() && word.hash == of.hash)
            .map(|at| at + 1)
            .filter(|_| !is_particle(&of.text))
    };
    if let Some(j) = behind(other, a, theirs) {
        return Some((family, j, bits(model.name(a)).min(NAME_CAP)));
    }
    let i = behind(one, b, family)?;
    Some((i, theirs, bits(model.name(b)).min(NAME_CAP)))
}

/// The first name of one is a further one of the other.
fn called_by_middle(
    model: &Model,
    one: &NameProfile,
    first: usize,
    other: &NameProfile,
    theirs: usize,
    used: &(Vec<usize>, Vec<usize>),
) -> Option<(usize, usize, f64)> {
    let (x, y) = (one.words.get(first)?, other.words.get(theirs)?);
    let among = |name: &NameProfile, of: &Word, used: &[usize]| {
        name.words
            .iter()
            .enumerate()
            .position(|(at, word)| !used.contains(&at) && word.letters > 1 && word.hash == of.hash)
            .filter(|_| !is_particle(&of.text))
    };
    if let Some(j) = among(other, x, &used.1).filter(|_| !x.is_initial()) {
        return Some((first, j, bits(model.name(x)).min(NAME_CAP)));
    }
    let i = among(one, y, &used.0).filter(|_| !y.is_initial())?;
    Some((i, theirs, bits(model.name(y)).min(NAME_CAP)))
}

/// One has nothing but an initial for a given name, and it is a further one of the other.
fn only_initial(
    one: &NameProfile,
    first: usize,
    other: &NameProfile,
    theirs: usize,
    used: &(Vec<usize>, Vec<usize>),
) -> Option<(usize, usize)> {
    let (x, y) = (one.words.get(first)?, other.words.get(theirs)?);
    let free = |name: &NameProfile, used: &[usize], not: usize| -> Vec<usize> {
        (0..name.words.len()).filter(|at| *at != not && !used.contains(at)).collect()
    };
    let same = |name: &NameProfile, free: &[usize], initial: &Word| {
        free.iter().copied().find(|at| name.words.get(*at).is_some_and(|w| w.hash == initial.hash))
    };
    let (left, right) = (free(one, &used.0, first), free(other, &used.1, theirs));
    if x.is_initial() && left.is_empty() && !y.is_initial() {
        return same(other, &right, x).map(|j| (first, j));
    }
    if y.is_initial() && right.is_empty() && !x.is_initial() {
        return same(one, &left, y).map(|i| (i, theirs));
    }
    None
}

/// Words before a family name that belong to it and tell nobody apart.
pub(crate) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "af" | "al"
            | "av"
            | "bin"
            | "bint"
            | "binti"
            | "da"
            | "das"
            | "de"
            | "degli"
            | "dei"
            | "del"
            | "della"
            | "dello"
            | "dem"
            | "den"
            | "der"
            | "des"
            | "di"
            | "do"
            | "dos"
            | "du"
            | "el"
            | "het"
            | "ibn"
            | "la"
            | "las"
            | "le"
            | "les"
            | "los"
            | "op"
            | "ten"
            | "ter"
            | "van"
            | "vom"
            | "von"
            | "zu"
            | "zum"
            | "zur"
    )
}

/// Words that stand where a name should and say that it is another of the family.
fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "baby"
            | "boy"
            | "girl"
            | "child"
            | "daughter"
            | "son"
            | "hijo"
            | "hija"
            | "mother"
            | "father"
            | "wife"
            | "husband"
            | "spouse"
    )
}

/// Words that stand where a name should.
fn is_stand_in(word: &str) -> bool {
    matches!(
        word,
        "occupant"
            | "resident"
            | "respondent"
            | "householder"
            | "household"
            | "owner"
            | "tenant"
            | "baby"
            | "boy"
            | "girl"
            | "child"
            | "daughter"
            | "son"
            | "mother"
            | "father"
            | "wife"
            | "husband"
            | "spouse"
            | "male"
            | "female"
            | "inmate"
            | "anonymous"
            | "hijo"
            | "hija"
            | "oldest"
            | "youngest"
            | "lady"
            | "gentlemen"
            | "gentleman"
            | "family"
            | "familie"
            | "famille"
            | "familia"
            | "famiglia"
            | "no"
            | "of"
            | "unknown"
            | "none"
            | "customer"
            | "brother"
            | "sister"
            | "grandma"
            | "grandpa"
            | "mom"
            | "dad"
    )
}

#[cfg(test)]
mod tests {
    use super::super::compare::{best_name, compare};
    use super::super::profile::Profile;
    use super::*;

    fn named(name: &str) -> Profile {
        let mut profile = Profile::default();
        profile.add_name(name);
        profile
    }

    #[test]
    fn no_two_names_weigh_more_than_the_most() {
        let all = [
            "Xaverius Quillfeather Zyphandor",
            "Zyphandor, Xaverius Q.",
            "Xaveriusquillfeather Zyphandor Brockelmoor Ostrowhyte",
            "X. Q. Zyphandor Jr",
            "齋藤 凛太朗",
            "齋藤",
            "サイトウ リンタロウ",
            "Saito Rintaro",
            "Ксаверий Зифандоров",
        ];
        let mut known = Model::default();
        let name = |n: u32| if n < 5 { "Xaverius Exempel" } else { "Erika Beispiel" };
        (0..2_500).for_each(|n| known.learn(&named(name(n))));
        for model in [Model::default(), known] {
            let most = most_of_names(&model);
            for (one, other) in all.iter().flat_map(|one| all.map(|other| (*one, other))) {
                let score = best_name(&model, &named(one), &named(other)).name_score;
                assert!(score <= most + 1e-9, "{one} {other} {score}");
            }
            let rare = best_name(&model, &named(all[0]), &named(all[0])).name_score;
            assert!(rare > most - 1e-9, "{rare} is the most there can be");
        }
    }

    #[test]
    fn names_are_told_apart_and_together() {
        use NameVerdict::{Conflict, Initial, Missing, Most, Partly, Whole};
        for (one, other, verdict) in [
            ("Jürgen Müller", "Juergen Mueller", Whole),
            ("Müller, Jürgen", "Jurgen Muller", Whole),
            ("Harley McCarthy", "mccarthy harley", Whole),
            ("Robert Smith", "Bob Smith", Whole),
            ("Rebekah Modystach", "Reekah Modystach", Whole),
            ("ro nan phillpott", "ronan phillpott", Whole),
            ("山田 太郎", "山田太郎", Whole),
            ("太郎 山田", "山田太郎", Whole),
            ("J. Smith", "John Smith", Initial),
            ("Smith, J.", "John Smith", Initial),
            ("Linda C", "Linda C Purvis", Most),
            ("Occupant M Raymond", "Nicholas M Raymond", Most),
            ("Daughter M Raymond", "Nicholas M Raymond", Partly),
            ("Tracy B Choi", "Karissa T Choi", Partly),
            ("John Sample Jr", "John Sample Sr", Partly),
            ("John Sample", "John Sample Jr", Partly),
            ("Yves De Sousa", "Olivie De Sousa", Partly),
            ("Anna Beispiel", "Anja Beispiel", Partly),
            ("John A Sample", "John B Sample", Partly),
            ("Fernández Delgado Francisco", "Francisco Fernández Delgado", Whole),
            ("Fernández Delgado Carlos", "Francisco Fernández Delgado", Partly),
            ("Ana Delgado Tapuri", "Ana Tapuri Fuentes", Partly),
            ("Ana Delgado", "Ana Delgado Tapuri", Whole),
            ("Delgado Ana", "Ana Delgado Tapuri", Whole),
            ("Tapuri Ana", "Ana Delgado Tapuri", Whole),
            ("Delgado Eva", "Ana Delgado Tapuri", Partly),
            ("Gosia Zając", "Małgorzata Zajac", Whole),
            ("Bianchi, Mimmo", "Domenico Bianchi", Whole),
            ("Paqui Romero", "Francisca Romero", Whole),
            ("王伟", "王玮", Conflict),
            ("Erika Beispiel", "Max Muster", Conflict),
            ("王伟", "Wei Wang", Missing),
        ] {
            let found = compare(&Model::default(), None, &named(one), &named(other));
            assert_eq!(found.name, verdict, "{one} / {other}: {:?}", found.evidence);
        }
    }

    #[test]
    fn one_slip_in_a_short_family_name_is_one_beside_the_same_given_name_alone() {
        let mut model = Model::default();
        let borne = ["Victor King", "Anna King", "Victor Kim", "Anna Kim", "Victoria King"];
        (0..40).for_each(|_| borne.iter().for_each(|name| model.learn(&named(name))));
        let verdict =
            |one: &str, other: &str| compare(&model, None, &named(one), &named(other)).name;
        assert_eq!(verdict("VICTOR KIGN", "Victor King"), NameVerdict::Whole);
        assert_eq!(verdict("Kig, Victor", "Victor King"), NameVerdict::Whole);
        // Two names that people bear, another person, and nothing but an initial.
        assert_eq!(verdict("Victor Kim", "Victor King"), NameVerdict::Partly);
        assert!(verdict("Anna Kign", "Victor King") <= NameVerdict::Partly);
        assert_eq!(verdict("V. Kign", "Victor King"), NameVerdict::Partly);
        assert!(verdict("Victoria Kign", "Victor King") <= NameVerdict::Partly);
    }

    #[test]
    fn an_initial_adds_to_a_name_that_the_shop_does_not_know() {
        let mut model = Model::default();
        (0..2_100).for_each(|n| model.learn(&named(&format!("Petra{n} Muster{n}"))));
        let weight =
            |one: &str, other: &str| compare(&model, None, &named(one), &named(other)).name_score;
        let without = weight("Zayra Homerly", "Zayra Homerly");
        let with = weight("Zayra J Homerly", "Zayra J Homerly");
        assert!(without < with && with <= without + FOREIGN_INITIAL, "{without} {with}");
    }

    #[test]
    fn a_particle_tells_nobody_apart() {
        let names = |one: &str, other: &str| {
            let side = compare(&Model::default(), None, &named(one), &named(other));
            (side.name, side.name_score)
        };
        // Half a country is called "van" or "de la".
        for (one, other) in [
            ("Sem de Koolhuis", "Sem de Dekker"),
            ("Maria de la Cruz", "Maria de la Torre"),
            ("Catharina van Zandhuis", "Catharina van den Visser"),
        ] {
            assert_eq!(names(one, other).0, NameVerdict::Partly, "{one}, {other}");
        }
        let bare = names("Lucas Achmans", "Lucas Achmans");
        for (one, other) in [
            ("Lucas van der Achmans", "Lucas van der Achmans"),
            ("Lucas van Achmans", "Lucas van den Achmans"),
            ("Lucas van Achmans", "Lucas Achmans"),
        ] {
            assert_eq!(names(one, other), bare, "{one}, {other}");
        }
        assert_eq!(names("van der Achmans, Lucas", "Lucas van der Achmans").0, NameVerdict::Whole);
    }
}
