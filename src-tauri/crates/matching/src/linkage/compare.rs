//! Weighing two people field by field.

use super::kana::level;
use super::model::{Addresses, Model};
use super::pinyin;
use super::profile::{NameProfile, PlaceProfile, Profile, Word};
use super::spelling::{Signs, edits, slip};
use super::tables::same_given;
use crate::normalise::country::Country;
use crate::normalise::text::is_cjk;
use crate::weigh::{CROWDED, FORWARDER, weights};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The given name.
    Given,
    /// The family name; of a Chinese, Japanese or Korean name the whole.
    Family,
    /// Further given names and initials.
    Middle,
    /// What tells father from son.
    Generation,
    /// Name of street, village or building.
    Street,
    /// House number.
    Number,
    /// Flat, suite, room.
    Unit,
    /// Postcode.
    Postcode,
    /// City or town.
    City,
    /// Country.
    Country,
    /// Telephone number.
    Phone,
    /// Relay alias or another e-mail address.
    Alias,
}

/// How two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// In one spelling they are the same.
    Same,
    /// One is a short or pet form of the other.
    Short,
    /// A slip of the pen apart.
    Close,
    /// One is the first letter of the other.
    Initial,
    /// The same, but many people share it.
    Shared,
    /// One side has none.
    Missing,
    /// Both have one, and they differ.
    Conflict,
}

/// One field's part of the argument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// What was compared.
    pub field: Field,
    /// How it agrees.
    pub likeness: Likeness,
    /// In bits: positive speaks for one person.
    pub weight: f64,
}

/// How two names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum NameVerdict {
    /// One side has no name.
    #[default]
    Missing,
    /// Nothing or next to nothing agrees.
    Conflict,
    /// Something agrees, and something is missing or differs.
    Partly,
    /// Two of three words agree, and the third is missing or differs.
    Most,
    /// The family name agrees, and the first letter of the given name.
    Initial,
    /// Family and given name agree, at least nearly.
    Whole,
}

/// What the fields amount to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// Sum of all weights, in bits.
    pub score: f64,
    /// Sum of the weights of names alone.
    pub name_score: f64,
    /// Sum of the weights of addresses alone.
    pub place_score: f64,
    /// How the names stand to each other.
    pub name: NameVerdict,
    /// A telephone number or an alias agrees.
    pub proof: bool,
    /// Every field that was compared.
    pub evidence: Vec<Evidence>,
}

/// Compares two people. Of several names and addresses, the pair that agrees best counts.
pub fn compare(
    model: &Model,
    crowd: Option<&Addresses>,
    order: &Profile,
    listed: &Profile,
) -> Side {
    let place = best_place(model, crowd, order, listed);
    together(best_name(model, order, listed), place, order, listed)
}

/// The pair of names that agrees best.
pub(crate) fn best_name(model: &Model, order: &Profile, listed: &Profile) -> Side {
    let mut best = Side::default();
    let mut first = true;
    for one in &order.names {
        for other in &listed.names {
            let side = names(model, one, other);
            if first || (side.name as u8, side.name_score) > (best.name as u8, best.name_score) {
                best = side;
                first = false;
            }
        }
    }
    best
}

/// The pair of addresses that agrees best; nothing if one side has none.
pub(crate) fn best_place(
    model: &Model,
    crowd: Option<&Addresses>,
    order: &Profile,
    listed: &Profile,
) -> Option<Side> {
    let mut place: Option<Side> = None;
    for one in &order.places {
        for other in &listed.places {
            let side = places(model, crowd, one, other);
            if place.as_ref().is_none_or(|best| side.place_score > best.place_score) {
                place = Some(side);
            }
        }
    }
    place
}

/// One argument of both and of what else there is.
pub(crate) fn together(name: Side, place: Option<Side>, order: &Profile, listed: &Profile) -> Side {
    let mut best = name;
    if let Some(place) = place {
        best.place_score = place.place_score;
        best.evidence.reserve_exact(place.evidence.len() + 2);
        best.evidence.extend(place.evidence);
    }
    best.score = best.name_score + best.place_score;
    ids(order, listed, &mut best);
    best
}

/// More than this the names of two people never weigh.
pub(crate) fn most_of_names(model: &Model) -> f64 {
    whole_name_cap(model).max(UNPROVEN_NAME_CAP).max(NAME_CAP + 2.0)
}

/// Beyond this the name alone would outweigh a different home.
fn whole_name_cap(model: &Model) -> f64 {
    WHOLE_NAME_CAP.min(UNPROVEN_NAME_CAP + 6.0 * model.names_known())
}

/// Telephone numbers and aliases.
fn ids(order: &Profile, listed: &Profile, side: &mut Side) {
    let mut put = |field, likeness, weight| {
        side.score += weight;
        side.evidence.push(Evidence { field, likeness, weight });
    };
    if !order.aliases.is_empty() && !listed.aliases.is_empty() {
        if order.aliases.iter().any(|alias| listed.aliases.contains(alias)) {
            side.proof = true;
            put(Field::Alias, Likeness::Same, weights::UNIQUE_ID);
        } else {
            put(Field::Alias, Likeness::Conflict, weights::CHANGEABLE_CONFLICT);
        }
    }
    if !order.phones.is_empty() && !listed.phones.is_empty() {
        if order.phones.iter().any(|phone| listed.phones.contains(phone)) {
            side.proof = true;
            put(Field::Phone, Likeness::Same, weights::PHONE);
        } else {
            put(Field::Phone, Likeness::Conflict, weights::PHONE_CONFLICT);
        }
    }
}

fn bits(share: f64) -> f64 {
    (0.95 / share).log2()
}

const NAME_CAP: f64 = 14.0;

/// The home differs: m = one in a hundred orders goes elsewhere, u = nearly all strangers'.
const MOVED: f64 = -10.5;

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
    if let (Some(i), Some(j)) = (mine, their)
        && let (Some(x), Some(y)) = (one.words.get(i), other.words.get(j))
    {
        let skip = is_stand_in(&x.text) || is_stand_in(&y.text);
        if used.0.contains(&i) || used.1.contains(&j) {
        } else if skip {
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

pub(crate) fn places(
    model: &Model,
    crowd: Option<&Addresses>,
    one: &PlaceProfile,
    other: &PlaceProfile,
) -> Side {
    let mut side = Side { evidence: Vec::with_capacity(8), ..Side::default() };
    let mut put =
        |field, likeness, weight| side.evidence.push(Evidence { field, likeness, weight });
    let mut house = 0.0;
    // Street.
    if !one.joined.is_empty() && !other.joined.is_empty() {
        let (likeness, weight) = street(model, one, other);
        house += weight;
        put(Field::Street, likeness, weight);
    }
    // House number. In another street it says nothing.
    let elsewhere = house < 0.0;
    if !elsewhere && let (Some(a), Some(b)) = (one.numbers.first(), other.numbers.first()) {
        let shared = one.numbers.iter().find(|n| other.numbers.iter().any(|m| m.hash == n.hash));
        let (likeness, weight) = if let Some(number) = shared {
            (Likeness::Same, bits(model.number(number)).min(11.0))
        } else if let Some(number) = house_of(b, &one.numbers, &one.units)
            .or_else(|| house_of(a, &other.numbers, &other.units))
        {
            (Likeness::Same, bits(model.number(number)).min(11.0))
        } else if a.letters > 2 && b.letters > 2 && a.edits(b, 1).is_some() {
            // A slip, or a house nearby.
            (Likeness::Close, -1.0)
        } else {
            (Likeness::Conflict, -3.5)
        };
        house += weight;
        put(Field::Number, likeness, weight);
    }
    let mut area = 0.0;
    let mut postcode_agrees = false;
    // A shop whose buyers all live in one town knows them by their streets.
    let mut one_town = false;
    if let (Some(a), Some(b)) = (&one.postcode, &other.postcode) {
        let (likeness, weight) = if a.hash == b.hash {
            postcode_agrees = true;
            (Likeness::Same, bits(model.postcode(b)).clamp(0.0, 11.0))
        } else if a.edits(b, 1).is_some() && !(other_town(one, other) && other_region(a, b)) {
            // Postcodes of one town are alike: where the town agrees, that is no news.
            let most = if same_town(one, other) { 0.0 } else { 5.0 };
            (Likeness::Close, (bits(model.postcode(b)) - 5.0).clamp(-1.0, most))
        } else if same_town(one, other) && (a.is_unseen() || b.is_unseen()) {
            // After the purge a slip looks like any other postcode.
            (Likeness::Close, -4.0)
        } else if one.city.is_some() && other.city.is_some() {
            (Likeness::Conflict, -4.0)
        } else {
            // It speaks for the town, too.
            (Likeness::Conflict, -7.0)
        };
        area += weight;
        put(Field::Postcode, likeness, weight);
    }
    if let (Some(a), Some(b)) = (&one.city, &other.city) {
        let full = bits(model.city(b, same_country(one, other))).clamp(0.0, 9.0);
        let limit = slip(usize::from(a.letters.min(b.letters)));
        let (likeness, mut weight) = if is_town(a, b) {
            // A town of that name elsewhere; where the postcode agrees, the state was mistaken.
            let elsewhere = !postcode_agrees && other_state(one, other);
            one_town = full < 1.0;
            (Likeness::Same, if elsewhere { 0.0 } else { full })
        } else if a.edits(b, limit).is_some() {
            (Likeness::Close, (full - 1.5).max(0.0))
        } else if postcode_agrees {
            (Likeness::Conflict, -1.0)
        } else {
            (Likeness::Conflict, -3.0)
        };
        // The postcode has said most of it.
        if postcode_agrees && weight > 1.5 {
            weight = 1.5;
        }
        area += weight;
        put(Field::City, likeness, weight);
    }
    if let (Some(a), Some(b)) = (one.country, other.country)
        && a.postal() != b.postal()
    {
        area -= 6.0;
        put(Field::Country, Likeness::Conflict, -6.0);
    }
    // Flat. In another house it says nothing.
    let mut flat = 0.0;
    if !is_another_building(&side.evidence)
        && let (Some(_), Some(_)) = (one.units.first(), other.units.first())
    {
        let close = |u: &Word| u.letters > 2 && other.units.iter().any(|v| u.edits(v, 1).is_some());
        let same = one.units.iter().find(|u| other.units.iter().any(|v| v.hash == u.hash));
        let (likeness, weight) = if let Some(unit) = same {
            let weight = match unit.letters {
                0 | 1 => 3.0,
                2 => 5.0,
                3 => 7.0,
                _ => 9.0,
            };
            (Likeness::Same, weight)
        } else if one.units.iter().any(close) {
            (Likeness::Close, 0.0)
        } else {
            (Likeness::Conflict, -5.0)
        };
        flat = weight;
        side.evidence.push(Evidence { field: Field::Unit, likeness, weight });
    }
    let mut sum = house + area;
    let neighbours = postcode_agrees || one_town;
    let excess = if neighbours { 0.0 } else { beyond_another_home(&side.evidence) };
    if excess > 0.0 {
        // Where nothing differs but the town, it is the street that counts for too much.
        let differs = side.evidence.iter().position(is_another_home);
        let street = || side.evidence.iter().position(|of| of.field == Field::Street);
        if let Some(of) = differs.or_else(street).and_then(|at| side.evidence.get_mut(at)) {
            of.weight -= excess;
            sum -= excess;
        }
    }
    let mut put =
        |field, likeness, weight| side.evidence.push(Evidence { field, likeness, weight });
    if let Some(crowd) = crowd {
        let names = crowd.at_building(one).max(crowd.at_building(other));
        let forwarder = names > FORWARDER as usize;
        let limit = if forwarder {
            0.0
        } else if names > CROWDED as usize {
            3.0
        } else {
            f64::MAX
        };
        if sum > limit {
            put(Field::Street, Likeness::Shared, limit - sum);
            sum = limit;
        }
        if forwarder && flat > 0.0 && crowd.at_dwelling(one) > CROWDED as usize {
            flat = 0.0;
        }
    }
    // Whoever moved changed street, town and all: that is one change.
    side.place_score = (sum.min(30.0) + flat).max(MOVED);
    side
}

/// The house of a number that was written with its flat, `51/8`, if the other side writes both apart. In Poland an `m`
/// for *mieszkanie* stands between them.
fn house_of<'a>(whole: &Word, numbers: &'a [Word], units: &[Word]) -> Option<&'a Word> {
    let (house, flat) = whole.text.split_once('/')?;
    let is_house = |word: &&Word| word.text.strip_suffix('m').unwrap_or(&word.text) == house;
    let found = numbers.iter().find(is_house)?;
    let rest = numbers.iter().filter(|word| !is_house(word));
    units.iter().chain(rest).any(|unit| *unit.text == *flat).then_some(found)
}

/// Whether the evidence says that it is another house.
fn is_another_home(of: &Evidence) -> bool {
    matches!(of.field, Field::Street | Field::Number) && of.likeness == Likeness::Conflict
}

/// Whether it is another house, or a town so far away that the street is another one of that name.
fn is_another_building(evidence: &[Evidence]) -> bool {
    let conflicts =
        |field| evidence.iter().any(|of| of.field == field && of.likeness == Likeness::Conflict);
    evidence.iter().any(is_another_home) || (conflicts(Field::City) && conflicts(Field::Postcode))
}

/// Bits by which a home that differs counts for too little: a namesake in the same town, or in a street of that name
/// elsewhere, is a namesake all the same. What agrees counts for how rare it is, the rest for a move.
///
/// Not asked where the postcode agrees, which is the same neighbourhood at least.
fn beyond_another_home(evidence: &[Evidence]) -> f64 {
    let weight = |field: Field| -> f64 {
        evidence.iter().filter(|of| of.field == field).map(|of| of.weight).sum()
    };
    let conflicts =
        |field| evidence.iter().any(|of| of.field == field && of.likeness == Likeness::Conflict);
    if conflicts(Field::City) && conflicts(Field::Postcode) {
        // Every town has a street of that name.
        return (weight(Field::Street) + weight(Field::Number)).max(0.0);
    }
    if !evidence.iter().any(is_another_home) {
        return 0.0;
    }
    let parts = [Field::Street, Field::Number, Field::Postcode, Field::City];
    let sum: f64 = parts.into_iter().map(weight).sum();
    let agrees = [Field::Street, Field::Postcode, Field::City].map(|field| weight(field).max(0.0));
    (sum - (MOVED + agrees.iter().sum::<f64>())).max(0.0)
}

/// The country, if both name it and it is one.
fn same_country(one: &PlaceProfile, other: &PlaceProfile) -> Option<Country> {
    one.country.filter(|of| other.country.is_some_and(|other| of.postal() == other.postal()))
}

/// Whether both towns are told and agree, at least nearly.
fn same_town(one: &PlaceProfile, other: &PlaceProfile) -> bool {
    one.city.as_ref().zip(other.city.as_ref()).is_some_and(|(a, b)| is_nearly_town(a, b))
}

/// Whether two postcodes begin with other digits, as those of two parts of a country do.
fn other_region(a: &Word, b: &Word) -> bool {
    a.text.chars().next() != b.text.chars().next()
}

/// Whether both towns are told and are two.
fn other_town(one: &PlaceProfile, other: &PlaceProfile) -> bool {
    one.city.as_ref().zip(other.city.as_ref()).is_some_and(|(a, b)| !is_nearly_town(a, b))
}

fn is_nearly_town(a: &Word, b: &Word) -> bool {
    is_town(a, b) || a.edits(b, slip(usize::from(a.letters.min(b.letters)))).is_some()
}

/// The same name; in China and Japan the word for a town may be left out, or the district be named besides.
fn is_town(a: &Word, b: &Word) -> bool {
    let (short, long) = if a.letters <= b.letters { (a, b) } else { (b, a) };
    a.hash == b.hash
        || (short.letters >= 2
            && !short.text.is_ascii()
            && long.text.starts_with(&*short.text)
            && short.text.chars().all(is_cjk))
}

/// Whether the states are told and are two: Springfield in Illinois is not the one in Ohio. One that is
/// written in full beside an abbreviation says nothing.
fn other_state(one: &PlaceProfile, other: &PlaceProfile) -> bool {
    one.state.as_ref().zip(other.state.as_ref()).is_some_and(|(a, b)| {
        let short = |word: &Word| word.text.is_ascii() && word.letters <= 3;
        let limit = slip(usize::from(a.letters.min(b.letters)));
        short(a) == short(b)
            && a.text.is_ascii() == b.text.is_ascii()
            && a.edits(b, limit).is_none()
    })
}

fn street(model: &Model, one: &PlaceProfile, other: &PlaceProfile) -> (Likeness, f64) {
    if one.cjk != other.cjk {
        return (Likeness::Conflict, -3.0);
    }
    let full = |place: &PlaceProfile| -> f64 {
        let words = place.street.iter().map(|w| bits(model.street(w)).clamp(0.0, 11.0));
        words.sum::<f64>() + 0.5 * f64::from(u8::try_from(place.kinds.len()).unwrap_or(u8::MAX))
    };
    if one.joined == other.joined {
        return (Likeness::Same, full(one).clamp(2.0, 13.0));
    }
    if one.cjk {
        let contains = one.joined.ends_with(&*other.joined) || other.joined.ends_with(&*one.joined);
        let close =
            one.joined.chars().count() > 3 && edits(&one.joined, &other.joined, 1).is_some();
        return if contains {
            (Likeness::Close, 7.0)
        } else if close {
            (Likeness::Close, 5.0)
        } else {
            (Likeness::Conflict, -4.0)
        };
    }
    let mut agreed = 0.0;
    let mut best_only = 0.0;
    for word in &one.street {
        let weight = bits(model.street(word)).clamp(0.0, 11.0);
        let same = other.street.iter().any(|w| w.hash == word.hash);
        let close = || {
            let near = |w: &&Word| {
                let limit = slip(usize::from(w.letters.min(word.letters)));
                limit > 0 && w.edits(word, limit).is_some()
            };
            other.street.iter().find(near).map(|w| bits(model.street(w)).clamp(0.0, 11.0))
        };
        if same {
            agreed += weight;
        } else if let Some(of) = close() {
            agreed += (weight.min(of) - 2.5).max(1.0);
        } else if let Some(of) = run_together(model, word, other) {
            agreed += (of - 2.0).max(1.0);
        }
        best_only += weight;
    }
    let kinds = one.kinds.iter().filter(|w| other.kinds.iter().any(|v| v.hash == w.hash)).count();
    agreed += 0.5 * f64::from(u8::try_from(kinds).unwrap_or(u8::MAX));
    let most = best_only.max(1.0).min(full(other).max(1.0));
    if agreed >= 0.45 * most && agreed > 2.0 {
        return (Likeness::Close, (agreed - 1.0).min(12.0));
    }
    // Blanks may be missing or in the wrong place.
    let limit = (1 + one.joined.len().min(other.joined.len()) / 6).min(3);
    let signs = |place: &PlaceProfile| Signs::of_all(place.street.iter().map(|word| word.signs));
    let (own, theirs) = (signs(one), signs(other));
    if own.within(theirs, limit) || own.nested(theirs) {
        let (a, b) = (in_order(one), in_order(other));
        if edits(&a, &b, limit).is_some() && a.len() > 5 {
            return (Likeness::Close, 6.0);
        }
        if a.len() > 5 && b.len() > 5 && (a.contains(&b) || b.contains(&a)) {
            return (Likeness::Close, 5.0);
        }
    }
    let box_only =
        |p: &PlaceProfile| p.street.is_empty() && p.kinds.iter().any(|w| &*w.text == "pobox");
    if box_only(one) != box_only(other) {
        return (Likeness::Missing, -0.5);
    }
    if one.street.is_empty() || other.street.is_empty() {
        return (Likeness::Missing, 0.0);
    }
    (Likeness::Conflict, -3.5)
}

/// The weight of a word of the other place to which a blank is missing in this one, or the reverse.
fn run_together(model: &Model, word: &Word, place: &PlaceProfile) -> Option<f64> {
    let found = place.street.iter().find(|other| {
        let shorter = word.letters.min(other.letters);
        shorter >= 5 && (word.text.starts_with(&*other.text) || other.text.starts_with(&*word.text))
    })?;
    let shorter = if found.letters < word.letters { found } else { word };
    Some(bits(model.street(shorter)).clamp(0.0, 11.0))
}

fn in_order(place: &PlaceProfile) -> String {
    place.street.iter().map(|word| &*word.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use buyerwatch_domain::Address;

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

    fn at(line: &str, postal: &str, city: &str, country: &str) -> Profile {
        let mut profile = Profile::default();
        profile.add_address(&Address {
            lines: vec![line.into()],
            postal: postal.into(),
            city: city.into(),
            country: country.into(),
            ..Address::default()
        });
        profile
    }

    #[test]
    fn one_home_is_recognised_in_other_spellings_and_its_neighbours_are_not() {
        let weigh = |one: &Profile, other: &Profile| {
            compare(&Model::default(), None, one, other).place_score
        };
        let home = at("12 Windich Street Apt 4B", "6153", "Lansvale", "AU");
        for line in ["12 windich st #4b", "12 Windichstreet Apt. 4B", "12 Windihc Street Unit 4b"] {
            let score = weigh(&at(line, "6153", "Lansvale", "AU"), &home);
            assert!(score > 18.0, "{line}: {score}");
        }
        let same = weigh(&home, &home);
        for line in ["14 Windich Street Apt 4B", "12 Windich Street Apt 9"] {
            let score = weigh(&at(line, "6153", "Lansvale", "AU"), &home);
            assert!(score < same - 8.0, "{line}: {score}");
        }
        assert!(weigh(&at("7 Yuranigh Court", "4220", "Brentwood", "AU"), &home) < 0.0);
        // A flat behind the number, or apart from it.
        let flat = |line| at(line, "85-708", "Nowodwór", "PL");
        let home = flat("ul. Długa 51/8");
        for line in ["ul. Długa 51 m. 8", "Długa 51 m 8"] {
            let score = weigh(&flat(line), &home);
            assert!(score > 25.0, "{line}: {score}");
            assert!((score - weigh(&home, &flat(line))).abs() < 1e-9, "{line}");
        }
        for line in ["ul. Długa 51 m. 9", "ul. Długa 53 m. 8"] {
            let score = weigh(&flat(line), &home);
            assert!(score < 20.0, "{line}: {score}");
        }
        let tokyo = |line| at(line, "947-4354", "品川区", "JP");
        assert!(weigh(&tokyo("千束２６-5-1"), &tokyo("千束26丁目5番1号")) > 18.0);
    }

    #[test]
    fn a_town_is_weighed_once_and_another_state_is_another_town() {
        let at = |line: &str, postal: &str, city: &str, state: &str| {
            let place = |line: &str, postal: &str, city: &str, state: &str| {
                let mut profile = Profile::default();
                profile.add_address(&Address {
                    lines: vec![line.into()],
                    city: city.into(),
                    state: state.into(),
                    postal: postal.into(),
                    country: "US".into(),
                });
                profile
            };
            let order = place(line, postal, city, state);
            let home = place("12 Windich Street", "62704", "Springfield", "IL");
            compare(&Model::default(), None, &order, &home).place_score
        };
        // Beside the town, a postcode that is nearly the same is worth what another one costs.
        let home = |postal: &str| at("Windich Street", postal, "Springfield", "IL");
        let (near, other) = (home("62703"), home("62911"));
        assert!((near - other - 4.0).abs() < 1e-9, "{near} {other}");
        let weigh =
            |postal: &str, city: &str, state: &str| at("7 Yuranigh Court", postal, city, state);
        let same_town = weigh("62911", "Springfield", "IL");
        assert!(weigh("45501", "Springfield", "OH") < same_town - 5.0);
        // An abbreviation beside a whole name says nothing, nor does a state beside the same postcode.
        assert!((weigh("62911", "Springfield", "Illinois") - same_town).abs() < 1e-9);
        let same_postcode = weigh("62704", "Springfield", "IL");
        assert!((weigh("62704", "Springfield", "OH") - same_postcode).abs() < 1e-9);
    }

    #[test]
    fn another_home_in_the_town_is_a_move_and_a_street_of_that_name_elsewhere_is_none() {
        let mut model = Model::default();
        let weigh = |model: &Model, line: &str, postal: &str, city: &str| {
            let home = at("Kopernika 2", "85708", "Nowodwór", "PL");
            let side = compare(model, None, &at(line, postal, city, "PL"), &home);
            let sum: f64 = side.evidence.iter().map(|of| of.weight).sum();
            assert!((sum - side.place_score).abs() < 1e-9, "{side:?}");
            side.place_score
        };
        let town = bits(1.0 / 500.0);
        let street = 11.0;
        for (line, postal, city, expected) in [
            // The town counts for how rare it is, the rest for a move.
            ("Lipowa 12", "34366", "Nowodwór", MOVED + town),
            ("Lipowa 12", "", "Nowodwór", MOVED + town),
            ("Kopernika 70", "34366", "Nowodwór", MOVED + town + street),
            ("Kopernika 70", "22530", "Miłosław", -7.0),
            ("Lipowa 12", "22530", "Miłosław", MOVED),
            // The neighbourhood is the same.
            ("Lipowa 12", "85708", "Nowodwór", -3.5 + bits(1.0 / 2_000.0) + 1.5),
        ] {
            let found = weigh(&model, line, postal, city);
            assert!((found - expected).abs() < 1e-9, "{line} {postal} {city}: {found} {expected}");
        }
        // All buyers of the shop live in the town, so that it says nothing.
        for n in 0..9_000 {
            model.learn(&at(&format!("Lipowa {n}"), "", "Nowodwór", "PL"));
        }
        let found = weigh(&model, "Polna 5", "", "Nowodwór");
        assert!((-3.5..-3.0).contains(&found), "{found}");
    }

    #[test]
    fn a_forwarders_address_says_next_to_nothing() {
        let mut crowd = Addresses::default();
        let suite = |name: &str, suite: u32| {
            let mut profile =
                at(&format!("9302 Airport Way Suite {suite}"), "97220", "Portland", "US");
            profile.add_name(name);
            profile
        };
        for n in 0..20u8 {
            let letter = char::from(b'a' + n);
            crowd.learn(&suite(&format!("Customer{letter} Family{letter}"), n.into()));
        }
        let (one, other) = (suite("Ann Lee", 77), suite("Bo Ray", 77));
        let without = compare(&Model::default(), None, &one, &other);
        let with = compare(&Model::default(), Some(&crowd), &one, &other);
        assert!(without.place_score > 20.0 && with.place_score <= 9.0, "{with:?}");
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

    #[test]
    fn a_flat_of_that_number_in_another_house_says_nothing() {
        let weigh = |line: &str, postal: &str, city: &str| {
            let home = at("Kungsstigen 40 lgh 1016", "22579", "Östervåla", "SE");
            compare(&Model::default(), None, &at(line, postal, city, "SE"), &home)
        };
        for flat in ["", " lgh 1016", " lgh 1009"] {
            let line = format!("Industrivägen 38{flat}");
            for (postal, city) in [("67540", "Norrvik"), ("67540", "Östervåla")] {
                let (side, bare) =
                    (weigh(&line, postal, city), weigh("Industrivägen 38", postal, city));
                assert_eq!(side.place_score, bare.place_score, "{line}, {city}");
                assert!(side.evidence.iter().all(|of| of.field != Field::Unit), "{side:?}");
            }
        }
        let (same, other) = ("Kungsstigen 40 lgh 1016", "Kungsstigen 40 lgh 1009");
        let (same, other) = (weigh(same, "22579", "Östervåla"), weigh(other, "22579", "Östervåla"));
        assert!(same.place_score > other.place_score + 8.0, "{same:?} {other:?}");
    }

    #[test]
    fn a_door_of_floor_and_side_is_a_flat() {
        let weigh = |one: &str, other: &str, country: &str| {
            let (one, other) =
                (at(one, "28331", "Covelo", country), at(other, "28331", "Covelo", country));
            compare(&Model::default(), None, &one, &other)
        };
        let unit = |side: &Side| {
            side.evidence.iter().find(|of| of.field == Field::Unit).map(|of| of.likeness)
        };
        for (one, other, country) in [
            ("Rua Garrett, 18 7º Frt", "R. Garrett 18, 7º frente", "PT"),
            ("Calle Goya 9, 3º B", "C/ Goya, 9 3º B", "ES"),
            ("Calle Goya 9, 3º izq.", "C/ Goya, 9 3º Izquierda", "ES"),
        ] {
            let side = weigh(one, other, country);
            assert_eq!(unit(&side), Some(Likeness::Same), "{one}: {side:?}");
        }
        // The floor is no number of a house: another street stays another street.
        let side = weigh("Avenida Loreto, 218 7º Frt", "Avenida Aljubarrota, 10 7º Frt", "PT");
        assert!(side.evidence.iter().all(|of| of.field != Field::Number), "{side:?}");
        let side = weigh("Rua Garrett, 18 2230º Esq", "Rua Garrett, 18 1532º Esq", "PT");
        assert_eq!(unit(&side), Some(Likeness::Conflict));
    }

    #[test]
    fn a_town_is_no_rarer_for_its_countrys_being_rare() {
        let mut model = Model::default();
        for n in 0..3_000 {
            let (city, country) = match n % 10 {
                0 => ("Norrvik", "SE"),
                1 => ("Lundby", "SE"),
                _ => ("Springfield", "US"),
            };
            model.learn(&at(&format!("{n} Main Street"), "", city, country));
        }
        let city = |name: &str, country: &str| {
            let word = at("1 Main Street", "", name, country).places.remove(0);
            (
                bits(model.city(word.city.as_ref().unwrap(), word.country)),
                bits(model.city(word.city.as_ref().unwrap(), None)),
            )
        };
        let (within, of_all) = city("Norrvik", "SE");
        assert!((0.5..2.0).contains(&within) && of_all > within + 1.5, "{within} {of_all}");
        let (within, of_all) = city("Springfield", "US");
        assert!(within < of_all && within < 0.2, "{within} {of_all}");
    }
}
