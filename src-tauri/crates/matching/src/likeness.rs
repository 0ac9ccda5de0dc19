//! Screening by likeness beside equal tokens.
//!
//! Identifiers that name one account are compared by tokens alone ([`screen`]); names and addresses
//! in other spellings by [`linkage`]. What both say is one argument, and the surer verdict counts.
//! Likeness alone is held to more than its score:
//!
//! | agrees, at least closely | tier |
//! |---|---|
//! | name and street, with enough weight | alert |
//! | name alone, rare enough for the length of the list in a shop that knows its names | alert |
//! | a telephone number with its extension, and the name at least in part | alert |
//! | a telephone number, while family name and home are others | possible |
//! | the same, while more than 4 unrelated names share the house and no flat agrees | possible |
//! | name, and of the home only town or postcode, in a shop that has seen few orders | possible |
//! | home, while part of the name agrees or one side has none | possible |
//! | a common name alone, the home alone, a forwarder's house | nothing |

use crate::index::Index;
use crate::key::BlindKey;
use crate::linkage::{
    ALERT_BITS, Evidence, Field, Found, Guard, Likeness, Linker, Model, NameProfile, NameVerdict,
    Profile, Side, Veil, closest, compare, most_of_names, ruled_out, tier,
};
use crate::normalise::text::{fold, has_umlaut_pair, is_word, push_without_umlauts};
use crate::screen::{Match, explain_listed, screen};
use crate::tokens::OrderTokens;
use crate::weigh::{CROWDED, CROWDED_HOUSE, Crowd, Explanation, FORWARDER, weights};
use buyerwatch_domain::{
    BuyerId, Identifier, IdentifierId, IdentifierKind, ObservedOrder, Reason, ReasonField,
    ReasonNote, Tier,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// A short list is judged like one of so many: the measured thresholds hold from there on, and a
/// shop that lists three buyers has as many honest ones.
const SHORT_LIST: usize = 1_000;

/// What of a buyer's identifiers is compared by likeness. Shared ones are left out.
#[must_use]
pub fn profile(identifiers: &[Identifier]) -> Profile {
    Listed::of(identifiers).profile
}

/// What of an order is compared by likeness: who receives, who pays, where it goes, and numbers with an extension.
#[must_use]
pub fn order_profile(order: &ObservedOrder) -> Profile {
    let mut profile = Profile::default();
    profile.add_name(&order.recipient_name);
    if order.buyer_name != order.recipient_name {
        profile.add_name(&order.buyer_name);
    }
    if !order.ship_to.is_empty() {
        profile.add_address(&order.ship_to);
    }
    profile.add_extension(&order.phone);
    if order.ship_phone != order.phone {
        profile.add_extension(&order.ship_phone);
    }
    profile
}

/// A profile and which identifiers its parts came from.
#[derive(Debug, Default)]
struct Listed {
    profile: Profile,
    names: Vec<IdentifierId>,
    places: Vec<IdentifierId>,
}

impl Listed {
    fn of(identifiers: &[Identifier]) -> Self {
        let mut listed = Self::default();
        for identifier in identifiers.iter().filter(|identifier| !identifier.shared) {
            match identifier.kind {
                IdentifierKind::Name => listed.profile.add_name(&identifier.value),
                IdentifierKind::Address => {
                    let _ = listed.profile.add_address_line(&identifier.value);
                }
                IdentifierKind::Phone => listed.profile.add_extension(&identifier.value),
                _ => continue,
            }
            listed.names.resize(listed.profile.names.len(), identifier.id);
            listed.places.resize(listed.profile.places.len(), identifier.id);
        }
        listed
    }
}

/// Who stands at a place of the linker, and which identifiers the parts of the profile came from.
#[derive(Debug)]
struct Person {
    buyer: BuyerId,
    /// Of the names, then of the homes.
    parts: Box<[IdentifierId]>,
    names: u32,
}

impl Person {
    fn name(&self, at: usize) -> Option<IdentifierId> {
        self.parts.get(at).copied()
    }

    fn home(&self, at: usize) -> Option<IdentifierId> {
        self.parts.get(self.names as usize + at).copied()
    }
}

/// Buyers by what they are like, and how rare everything is in the shop's orders. Kept in memory
/// only.
#[derive(Debug, Default)]
pub struct Likenesses {
    linker: Linker,
    /// Whose each place in the linker is; none if its buyer was taken out or changed.
    places: Vec<Option<Person>>,
    of: HashMap<BuyerId, u32>,
    model: Arc<Model>,
    guard: Guard,
}

/// A buyer who resembles an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Resemblance {
    /// The buyer.
    pub buyer: BuyerId,
    /// The argument, without identifiers and without what is known of the house.
    pub side: Side,
}

impl Likenesses {
    /// Puts a buyer in, or takes in what changed.
    pub fn insert_buyer(&mut self, buyer: BuyerId, identifiers: &[Identifier]) {
        self.remove_buyer(&buyer);
        let Listed { profile, names, places } = Listed::of(identifiers);
        if profile.is_empty() {
            return;
        }
        self.of.insert(buyer, u32::try_from(self.places.len()).unwrap_or(u32::MAX));
        let parts = [names.as_slice(), &places].concat().into_boxed_slice();
        let names = u32::try_from(names.len()).unwrap_or(u32::MAX);
        self.places.push(Some(Person { buyer, parts, names }));
        self.linker.insert(profile);
        self.tidy();
    }

    /// Takes a buyer out.
    pub fn remove_buyer(&mut self, buyer: &BuyerId) {
        if let Some(at) = self.of.remove(buyer)
            && let Some(place) = self.places.get_mut(at as usize)
        {
            *place = None;
        }
    }

    /// Builds the linker anew when a quarter of it is of no use any more.
    fn tidy(&mut self) {
        if self.places.len() < 64 + self.of.len() + self.of.len() / 4 {
            return;
        }
        let linker = std::mem::take(&mut self.linker);
        let old = std::mem::take(&mut self.places);
        for (at, place) in (0u32..).zip(old) {
            let (Some(place), Some(profile)) = (place, linker.person(at)) else { continue };
            self.of.insert(place.buyer, u32::try_from(self.places.len()).unwrap_or(u32::MAX));
            self.places.push(Some(place));
            self.linker.insert(profile);
        }
    }

    /// How many buyers are compared.
    #[must_use]
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Whether nobody is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Everybody who is compared, in no particular order.
    pub fn buyers(&self) -> impl Iterator<Item = BuyerId> + '_ {
        self.of.keys().copied()
    }

    /// Replaces what is known of how rare things are.
    pub fn set_model(&mut self, model: Arc<Model>) {
        self.model = model;
    }

    /// Whether members of one household are told apart, as they are unless this is called.
    pub fn set_guard(&mut self, guard: Guard) {
        self.guard = guard;
    }

    /// What is known of how rare things are.
    #[must_use]
    pub fn model(&self) -> Arc<Model> {
        Arc::clone(&self.model)
    }

    /// Buyers whom an order resembles enough to look further.
    #[must_use]
    pub fn find(&self, order: &Profile) -> Vec<Resemblance> {
        if self.of.is_empty() || order.is_empty() {
            return Vec::new();
        }
        let least = if self.guard == Guard::Off { 1 } else { 2 };
        let found = self.likely(least, order).into_iter();
        found
            .filter(|found| self.judged(&found.side).is_some())
            .filter_map(|found| {
                let buyer = self.places.get(found.person as usize)?.as_ref()?.buyer;
                Some(Resemblance { buyer, side: found.side })
            })
            .collect()
    }

    /// Those who share so many keys, compared, without whom the address rules out.
    fn likely(&self, least: usize, order: &Profile) -> Vec<Found> {
        let (names, listed) = (most_of_names(&self.model), self.judged_as());
        let ruled_out = |place_score| ruled_out(place_score, names, listed);
        self.linker.find_unless(least, &self.model, None, order, ruled_out)
    }

    /// Buyers whom a pasted text resembles, best first: what agrees outweighs what differs, and
    /// nothing is asked for beyond.
    #[must_use]
    pub fn look_up(&self, asked: &Profile) -> Vec<Resemblance> {
        let found = self.linker.find(&self.model, None, asked).into_iter();
        found
            .filter(|found| found.side.score > 0.0)
            .filter_map(|found| {
                let buyer = self.places.get(found.person as usize)?.as_ref()?.buyer;
                Some(Resemblance { buyer, side: found.side })
            })
            .collect()
    }

    /// Others on the list whom a buyer resembles as an order that alerts does, best first. How many
    /// live in their house is not looked at.
    #[must_use]
    pub fn alike(&self, buyer: &BuyerId) -> Vec<BuyerId> {
        let own = self.of.get(buyer).and_then(|at| self.linker.person(*at));
        let Some(own) = own else { return Vec::new() };
        let found = self.likely(2, &own).into_iter();
        found
            .filter(|found| self.judged(&found.side) == Some(Tier::Alert))
            .filter_map(|found| Some(self.places.get(found.person as usize)?.as_ref()?.buyer))
            .filter(|other| other != buyer)
            .collect()
    }

    /// The argument on two buyers by name and address, strongest evidence first: each line with the
    /// identifier of the one and, in the reason, that of the other. `None` if one of them has neither.
    #[must_use]
    pub fn weigh_pair(
        &self,
        one: &BuyerId,
        other: &BuyerId,
    ) -> Option<Vec<(Option<IdentifierId>, Reason)>> {
        let profile = |buyer: &BuyerId| self.linker.person(*self.of.get(buyer)?);
        let (of_one, of_other) = (profile(one)?, profile(other)?);
        let side = compare(&self.model, None, &of_one, &of_other);
        let (theirs, own) = (self.about(other, &of_one), self.about(one, &of_other));
        let mut lines: Vec<_> = side
            .evidence
            .iter()
            .map(|evidence| {
                let named = NAME_FIELDS.contains(&evidence.field);
                let (own, theirs) = if named { (own.0, theirs.0) } else { (own.1, theirs.1) };
                (own, reason(evidence, theirs))
            })
            .collect();
        lines.sort_by(|(_, one), (_, other)| other.weight.abs().total_cmp(&one.weight.abs()));
        Some(lines)
    }

    /// At most so many buyers in one of whose names every typed word begins a word.
    #[must_use]
    pub fn begin_with(&self, typed: &str, most: usize) -> Vec<BuyerId> {
        let mut folded = String::new();
        fold(typed, &mut folded);
        let typed: Vec<&str> = folded.split(|c| !is_word(c)).filter(|w| !w.is_empty()).collect();
        if typed.is_empty() {
            return Vec::new();
        }
        let begun = |names: &[NameProfile]| {
            let of_name = |name: &NameProfile| {
                let begins = |typed: &&str| name.words.iter().any(|w| begins_with(&w.text, typed));
                typed.iter().all(begins)
            };
            names.iter().any(of_name)
        };
        let whose = |at: u32| Some(self.places.get(at as usize)?.as_ref()?.buyer);
        self.linker.named(begun).filter_map(whose).take(most).collect()
    }

    /// The score from which likeness may alert, in bits.
    #[must_use]
    pub fn needed(&self) -> f64 {
        let listed = u32::try_from(self.judged_as()).unwrap_or(u32::MAX);
        ALERT_BITS + f64::from(listed).log2()
    }

    /// Whether a name of the buyer is known.
    fn is_named(&self, buyer: &BuyerId) -> bool {
        let place = self.of.get(buyer).and_then(|at| self.places.get(*at as usize));
        place.is_some_and(|person| person.as_ref().is_some_and(|person| person.names > 0))
    }

    /// The argument on one buyer, whatever it amounts to.
    #[must_use]
    pub fn compare(&self, buyer: &BuyerId, order: &Profile) -> Option<Side> {
        let person = self.linker.person(*self.of.get(buyer)?)?;
        Some(compare(&self.model, None, order, &person))
    }

    /// Every key under which an order of the buyer may be kept after its plaintext is purged.
    #[must_use]
    pub fn sought(&self, key: &BlindKey, buyer: &BuyerId) -> Vec<u64> {
        let person = self.of.get(buyer).and_then(|at| self.linker.person(*at));
        person.map(|person| Veil::sought(key, &self.model, &person)).unwrap_or_default()
    }

    /// What a buyer's own names and addresses still show of an order without plaintext.
    pub(crate) fn seen(&self, key: &BlindKey, buyer: &BuyerId, veil: &Veil) -> Profile {
        let person = self.of.get(buyer).and_then(|at| self.linker.person(*at));
        person.map(|person| veil.seen_by(key, &self.model, &person)).unwrap_or_default()
    }

    /// Which of the buyer's names and addresses the argument is about.
    fn about(
        &self,
        buyer: &BuyerId,
        order: &Profile,
    ) -> (Option<IdentifierId>, Option<IdentifierId>) {
        let Some(at) = self.of.get(buyer).copied() else { return (None, None) };
        let Some(person) = self.linker.person(at) else { return (None, None) };
        let Some(Some(of)) = self.places.get(at as usize) else { return (None, None) };
        let (name, home) = closest(&self.model, order, &person);
        (name.and_then(|at| of.name(at)), home.and_then(|at| of.home(at)))
    }
}

/// One order in both forms.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// For what must be equal.
    pub tokens: &'a OrderTokens,
    /// For what may be alike.
    pub profile: &'a Profile,
}

/// The buyers whom an order may be of, by equal tokens or by likeness: alerts first, then by score;
/// each buyer once.
///
/// `profile` is asked for only if there is somebody to compare. `alike`: what
/// [`Likenesses::find`] answered for it.
#[must_use]
pub fn recognise(
    index: &Index,
    likenesses: &Likenesses,
    tokens: &OrderTokens,
    profile: impl FnOnce() -> Profile,
    alike: &[Resemblance],
    crowd: &dyn Crowd,
) -> Vec<Match> {
    let equal = screen(index, tokens, crowd);
    if equal.is_empty() && alike.is_empty() {
        return Vec::new();
    }
    let profile = profile();
    let order = Order { tokens, profile: &profile };
    let mut buyers: BTreeSet<BuyerId> = alike.iter().map(|alike| alike.buyer).collect();
    buyers.extend(equal.iter().map(|equal| equal.buyer));
    let mut matches: Vec<Match> = buyers
        .into_iter()
        .filter_map(|buyer| {
            let equal = equal.iter().find(|equal| equal.buyer == buyer);
            let equal = equal.map(|equal| Explanation {
                tier: Some(equal.tier),
                score: equal.score,
                reasons: equal.reasons.clone(),
            });
            let side = alike.iter().find(|alike| alike.buyer == buyer);
            let side = side.map(|alike| alike.side.clone());
            let Explanation { tier, score, reasons } =
                weigh_both(index, likenesses, order, &buyer, equal, side, crowd)?;
            Some(Match { buyer, tier: tier?, score, reasons })
        })
        .collect();
    surest_first(&mut matches);
    matches
}

pub(crate) fn surest_first(matches: &mut [Match]) {
    matches.sort_by(|one, other| {
        (other.tier, other.score)
            .partial_cmp(&(one.tier, one.score))
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(one.buyer.cmp(&other.buyer))
    });
}

/// The whole argument for and against one buyer, whether it makes a match or not; `None` if the
/// buyer is not in the index.
#[must_use]
pub fn weigh_against(
    index: &Index,
    likenesses: &Likenesses,
    order: Order<'_>,
    buyer: &BuyerId,
    crowd: &dyn Crowd,
) -> Option<Explanation> {
    weigh_both(index, likenesses, order, buyer, None, None, crowd)
}

fn weigh_both(
    index: &Index,
    likenesses: &Likenesses,
    order: Order<'_>,
    buyer: &BuyerId,
    equal: Option<Explanation>,
    side: Option<Side>,
    crowd: &dyn Crowd,
) -> Option<Explanation> {
    let equal = match equal {
        Some(equal) => equal,
        None => explain_listed(index, buyer, order.tokens, crowd)?,
    };
    let Some(mut side) = side.or_else(|| likenesses.compare(buyer, order.profile)) else {
        return Some(equal);
    };
    // Of the number alone nothing follows when it has an extension; of both together it does.
    let extension = side.evidence.iter().any(is_same_extension);
    side.evidence.retain(|of| of.field != Field::Phone);
    guard(&mut side, order.tokens, crowd);
    let about = likenesses.about(buyer, order.profile);
    let is_name = |field: Field| NAME_FIELDS.contains(&field);
    let named = side.evidence.iter().any(|of| is_name(of.field));
    let placed = side.evidence.iter().any(|of| !is_name(of.field));
    // Names and addresses are told part by part where both sides have them.
    let mut reasons: Vec<Reason> = equal
        .reasons
        .into_iter()
        .filter(|reason| match reason.field {
            ReasonField::Name => !named,
            ReasonField::Address | ReasonField::Postcode => !placed,
            _ => true,
        })
        .collect();
    if extension {
        let switchboards = reasons.iter_mut().filter(|reason| {
            reason.field == ReasonField::Phone && reason.note == ReasonNote::Shared
        });
        for reason in switchboards {
            (reason.note, reason.weight) = (ReasonNote::Exact, weights::PHONE);
        }
    }
    let ids = || reasons.iter().filter(|reason| is_identifier(reason.field));
    side.score = side.name_score + side.place_score + ids().map(|of| of.weight).sum::<f64>();
    side.proof = ids().any(|of| of.note == ReasonNote::Exact && of.weight > 0.0);
    let alike = likenesses.judged(&side);
    let both_named = !order.profile.names.is_empty() && likenesses.is_named(buyer);
    let sure = equal.tier.filter(|_| !is_reused_number(&reasons, &side, both_named));
    let equal_tier = sure.or(equal.tier.map(|_| Tier::Possible));
    reasons.extend(side.evidence.iter().map(|evidence| {
        let identifier = if is_name(evidence.field) { about.0 } else { about.1 };
        reason(evidence, identifier)
    }));
    reasons.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
    let score = reasons.iter().map(|reason| reason.weight).sum();
    Some(Explanation { tier: equal_tier.max(alike), score, reasons })
}

/// Whether a word begins so, `ä` and `ae` being one.
fn begins_with(word: &str, typed: &str) -> bool {
    if word.starts_with(typed) {
        return true;
    }
    // Most words differ in the first letter.
    if word.as_bytes().first() != typed.as_bytes().first()
        || !(has_umlaut_pair(word) || has_umlaut_pair(typed))
    {
        return false;
    }
    let plain = |text: &str| {
        let mut plain = String::new();
        push_without_umlauts(text, &mut plain);
        plain
    };
    plain(word).starts_with(&plain(typed))
}

const NAME_FIELDS: [Field; 4] = [Field::Given, Field::Family, Field::Middle, Field::Generation];

const fn is_identifier(field: ReasonField) -> bool {
    matches!(
        field,
        ReasonField::Alias
            | ReasonField::MarketplaceId
            | ReasonField::Phone
            | ReasonField::UserName
            | ReasonField::OrderId
    )
}

fn is_same_extension(of: &Evidence) -> bool {
    of.field == Field::Phone && of.likeness == Likeness::Same
}

/// Whether a telephone number is all that speaks for a buyer of another name elsewhere: numbers are given to somebody
/// else after a while, shared by relatives and mistyped.
fn is_reused_number(reasons: &[Reason], side: &Side, both_named: bool) -> bool {
    let mut ids =
        reasons.iter().filter(|reason| is_identifier(reason.field) && reason.weight > 0.0);
    let has = |field: Field, likeness: Likeness| {
        side.evidence.iter().any(|of| of.field == field && of.likeness == likeness)
    };
    let other_name = match side.name {
        NameVerdict::Conflict => true,
        // Names in two scripts that cannot be compared.
        NameVerdict::Missing => both_named,
        // A given name is no more than many share, a family name no more than relatives do.
        NameVerdict::Partly => {
            has(Field::Family, Likeness::Conflict) || has(Field::Given, Likeness::Conflict)
        }
        _ => false,
    };
    let street = has(Field::Street, Likeness::Same) || has(Field::Street, Likeness::Close);
    let home = side.place_score > 0.0 && street && !has(Field::Number, Likeness::Conflict);
    other_name && !home && ids.all(|reason| reason.field == ReasonField::Phone)
}

impl Likenesses {
    /// How long a list it is judged as.
    fn judged_as(&self) -> usize {
        self.len().max(SHORT_LIST)
    }

    /// How sure likeness alone makes.
    fn judged(&self, side: &Side) -> Option<Tier> {
        let tier = tier(side, self.judged_as(), self.guard)?;
        if side.proof || self.guard == Guard::Off {
            return Some(tier);
        }
        let agrees = |field: Field, likeness: Likeness| {
            side.evidence.iter().any(|of| of.field == field && of.likeness == likeness)
        };
        let street =
            agrees(Field::Street, Likeness::Same) || agrees(Field::Street, Likeness::Close);
        let shared = agrees(Field::Street, Likeness::Shared);
        // Another number is another house and another flat another home, however rare the rest seems.
        let parts = [Field::Number, Field::Unit, Field::Postcode];
        let apart = parts.into_iter().any(|field| agrees(field, Likeness::Conflict));
        let at_home = street
            && !apart
            && if shared {
                agrees(Field::Unit, Likeness::Same) && !agrees(Field::Unit, Likeness::Shared)
            } else {
                side.place_score >= AT_HOME
            };
        // A name is rare by what the shop's orders say, not by what a table does not hold. Beside another flat of the
        // house, or in a house of many, it has to be rare enough by itself.
        let compared = side.evidence.iter().any(|of| !NAME_FIELDS.contains(&of.field));
        let least = if shared || apart {
            RARE_BESIDE
        } else if agrees(Field::Street, Likeness::Conflict) {
            RARE_ELSEWHERE
        } else if street {
            0.0
        } else {
            RARE_WITHOUT
        };
        let rare = self.model.names_known() >= 1.0 && compared && side.name_score >= least;
        let near = side.place_score > 0.0
            || agrees(Field::City, Likeness::Same)
            || agrees(Field::Postcode, Likeness::Same);
        match tier {
            Tier::Alert if at_home || rare => Some(Tier::Alert),
            Tier::Alert | Tier::Possible if near => Some(Tier::Possible),
            _ => None,
        }
    }
}

/// Bits of a name that outweighs another flat of the house, another house of the street, or a house of many: more than
/// one weighs in a shop that knows no such people.
const RARE_BESIDE: f64 = 17.0;

/// Bits of a name that may alert in another street.
const RARE_ELSEWHERE: f64 = 15.0;

/// Bits of a name that may alert where one side tells no street.
const RARE_WITHOUT: f64 = 13.5;

/// Bits of an address at which street and number, or street and postcode, agree.
const AT_HOME: f64 = 9.0;

/// Takes from a house what it proves of one person, when many unrelated people live there.
fn guard(side: &mut Side, tokens: &OrderTokens, crowd: &dyn Crowd) {
    // What was clamped in the sum is taken from its parts, so that they add up.
    let place = |evidence: &Evidence| !NAME_FIELDS.contains(&evidence.field);
    let sum: f64 = side.evidence.iter().filter(|of| place(of)).map(|of| of.weight).sum();
    if sum.abs() > f64::EPSILON && (sum - side.place_score).abs() > 1e-9 {
        let share = side.place_score / sum;
        side.evidence.iter_mut().filter(|of| place(of)).for_each(|of| of.weight *= share);
    }
    let flat = side.evidence.iter().filter(|of| of.field == Field::Unit);
    let flat: f64 = flat.map(|of| of.weight).sum();
    let house = side.place_score - flat;
    if house <= 0.0 {
        return;
    }
    let people = |token| crowd.distinct_names(ReasonField::Street, token);
    let in_flat = tokens.address.map_or(0, people);
    let in_house = tokens.building.map_or(0, people).max(in_flat);
    let limit = match in_house {
        names if names > FORWARDER => 0.0,
        names if names > CROWDED => CROWDED_HOUSE,
        _ => return,
    };
    let over = (house - limit).max(0.0);
    let (field, likeness) = (Field::Street, Likeness::Shared);
    side.evidence.push(Evidence { field, likeness, weight: -over });
    side.place_score -= over;
    // A flat of one's own in a large house is a home all the same.
    if in_flat > CROWDED && flat > 0.0 {
        side.evidence.push(Evidence { field: Field::Unit, likeness, weight: -flat });
        side.place_score -= flat;
    }
}

fn reason(evidence: &Evidence, identifier: Option<IdentifierId>) -> Reason {
    let field = match evidence.field {
        Field::Given => ReasonField::GivenName,
        Field::Family => ReasonField::FamilyName,
        Field::Middle => ReasonField::MiddleName,
        Field::Generation => ReasonField::Generation,
        Field::Street => ReasonField::Street,
        Field::Number => ReasonField::HouseNumber,
        Field::Unit => ReasonField::Unit,
        Field::Postcode => ReasonField::Postcode,
        Field::City => ReasonField::City,
        Field::Country => ReasonField::Country,
        Field::Phone => ReasonField::Phone,
        Field::Alias => ReasonField::Alias,
    };
    let (note, similarity) = match evidence.likeness {
        Likeness::Same => (ReasonNote::Exact, 1.0),
        Likeness::Short => (ReasonNote::Nickname, 0.9),
        Likeness::Close => (ReasonNote::Close, 0.8),
        Likeness::Initial => (ReasonNote::Initial, 0.5),
        Likeness::Shared => (ReasonNote::Shared, 1.0),
        Likeness::Missing => (ReasonNote::Missing, 0.0),
        Likeness::Conflict => (ReasonNote::Conflict, 0.0),
    };
    Reason { field, identifier, similarity, weight: evidence.weight, note }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BlindKey, ListedIdentifier, NoCrowd, order_tokens};
    use buyerwatch_domain::{Address, Timestamp};

    fn buyer(n: u16) -> BuyerId {
        let mut id = [0; 16];
        id[..2].copy_from_slice(&n.to_be_bytes());
        BuyerId::from_bytes(id)
    }

    fn word(seed: usize) -> String {
        ["bal", "dor", "fen", "gul", "him", "jos", "kel", "lar"]
            .iter()
            .cycle()
            .skip(seed % 8)
            .step_by(1 + seed % 5)
            .take(3)
            .copied()
            .collect()
    }

    fn home(n: u16) -> (String, Address) {
        let n = usize::from(n);
        let name = format!("{} {}{}", word(n), word(n / 8), word(n / 64));
        let lines = vec![format!("{}weg {}", word(n / 3), n % 40 + 1)];
        let (postal, city) = (format!("{:05}", 20_000 + n / 7), "Nordstadt".to_owned());
        (name, Address { lines, postal, city, country: "DE".into(), ..Address::default() })
    }

    fn identifiers(n: u16) -> Vec<Identifier> {
        let (name, address) = home(n);
        [(IdentifierKind::Name, name), (IdentifierKind::Address, address.one_line())]
            .into_iter()
            .zip(1u8..)
            .map(|((kind, value), part)| Identifier {
                id: IdentifierId::from_bytes([part; 16]),
                kind,
                value,
                shared: false,
                added_at: Timestamp::from_millis(0),
            })
            .collect()
    }

    fn order(n: u16) -> Profile {
        let (name, address) = home(n);
        order_profile(&ObservedOrder {
            recipient_name: name,
            ship_to: address,
            ..ObservedOrder::default()
        })
    }

    #[test]
    fn whom_the_address_rules_out_is_nobody_that_would_be_found() {
        for (guard, orders) in [(Guard::On, 0), (Guard::Off, 0), (Guard::On, 2_100)] {
            let mut list = Likenesses::default();
            let mut model = Model::default();
            (0..orders).for_each(|n| model.learn(&order(n)));
            list.set_model(Arc::new(model));
            list.set_guard(guard);
            for n in 0..400 {
                list.insert_buyer(buyer(n), &identifiers(n));
            }
            let (mut found, mut compared) = (0, 0);
            for n in 0..600u16 {
                // The name of one beside the home of another, too.
                let (one, other) = (order(n), order(n.wrapping_mul(7) % 600));
                let mixed = Profile { places: other.places, ..one.clone() };
                for order in [one, mixed] {
                    let least = if guard == Guard::Off { 1 } else { 2 };
                    let all = list.linker.find_sharing(least, &list.model, None, &order);
                    compared += all.len();
                    let expected: Vec<Side> = all
                        .into_iter()
                        .map(|found| found.side)
                        .filter(|side| list.judged(side).is_some())
                        .collect();
                    let most = most_of_names(&list.model);
                    assert!(expected.iter().all(|side| side.name_score <= most), "{expected:?}");
                    let sides: Vec<Side> =
                        list.find(&order).into_iter().map(|found| found.side).collect();
                    assert_eq!(sides, expected);
                    found += sides.len();
                }
            }
            assert!(0 < found && found < compared, "{found} of {compared}");
        }
    }

    #[test]
    fn a_list_that_changed_in_place_equals_one_built_anew() {
        let mut changed = Likenesses::default();
        for round in 0..4u16 {
            for n in 0..120 {
                changed.insert_buyer(buyer(n), &identifiers(n + 200 * (3 - round)));
            }
        }
        for n in (0..120).step_by(3) {
            changed.remove_buyer(&buyer(n));
        }
        let mut fresh = Likenesses::default();
        for n in (0..120).filter(|n| n % 3 != 0) {
            fresh.insert_buyer(buyer(n), &identifiers(n));
        }
        assert_eq!(changed.len(), fresh.len());
        let mut found = 0;
        for n in 0..400 {
            let by_buyer = |list: &Likenesses| {
                let mut found = list.find(&order(n));
                found.sort_by_key(|of| of.buyer);
                found
            };
            let expected = by_buyer(&fresh);
            assert_eq!(by_buyer(&changed), expected, "{n}");
            found += expected.len();
        }
        assert!(found >= 80, "{found}");
    }

    /// The tier at which an order of `name` with this number is recognised as a listed buyer.
    fn tier_of(list: &[Identifier], name: &str, phone: &str, street: &str) -> Option<Tier> {
        let key = BlindKey::from_bytes([3; 32]);
        let (mut index, mut likenesses) = (Index::new(), Likenesses::default());
        let tokens = ListedIdentifier::all_of(&key, list).into_iter();
        let tokens: Vec<ListedIdentifier> = tokens.filter_map(|(_, listed)| listed.ok()).collect();
        index.insert_buyer(buyer(1), &tokens);
        likenesses.insert_buyer(buyer(1), list);
        let order = ObservedOrder {
            recipient_name: name.to_owned(),
            phone: phone.to_owned(),
            ship_to: Address {
                lines: vec![street.to_owned()],
                postal: "20095".into(),
                city: "Hamburg".into(),
                country: "DE".into(),
                ..Address::default()
            },
            ..ObservedOrder::default()
        };
        let tokens = order_tokens(&key, &order);
        let profile = order_profile(&order);
        let alike = likenesses.find(&profile);
        let found = recognise(&index, &likenesses, &tokens, || profile, &alike, &NoCrowd);
        for of in found.iter().flat_map(|found| &found.reasons) {
            assert!(of.note != ReasonNote::Conflict || of.weight < 0.0, "{of:?}");
        }
        found.first().map(|found| found.tier)
    }

    #[test]
    fn a_number_that_was_given_to_somebody_else_is_possible_at_most() {
        let of = |kind, value: &str, part| Identifier {
            id: IdentifierId::from_bytes([part; 16]),
            kind,
            value: value.to_owned(),
            ..identifiers(1).swap_remove(0)
        };
        let list = [
            of(IdentifierKind::Name, "Ottokar Brandis", 1),
            of(IdentifierKind::Address, "Lindenweg 4, Nordstadt, 80331, DE", 2),
            of(IdentifierKind::Phone, "+49 1511 2345678", 3),
        ];
        let (number, other) = ("+4915112345678", "+4915187654321");
        let tier = |name, phone, street| tier_of(&list, name, phone, street);
        assert_eq!(tier("Hildegund Sorbenrath", number, "Hafengasse 9"), Some(Tier::Possible));
        assert_eq!(tier("Ottokar Sorbenrath", number, "Hafengasse 9"), Some(Tier::Possible));
        assert_eq!(tier("O. Brandis", number, "Hafengasse 9"), Some(Tier::Alert));
        assert_eq!(tier("Ottokar Brandis", number, "Hafengasse 9"), Some(Tier::Alert));
        // A name alone is not enough in a shop that has seen no orders.
        assert_eq!(tier("Ottokar Brandis", other, "Hafengasse 9"), None);
    }

    #[test]
    fn a_namesake_in_the_same_town_is_possible_in_a_shop_that_knows_few_names() {
        let of = |kind, value: &str, part| Identifier {
            id: IdentifierId::from_bytes([part; 16]),
            kind,
            value: value.to_owned(),
            ..identifiers(1).swap_remove(0)
        };
        let list = |town: &str| {
            [
                of(IdentifierKind::Name, "Ottokar Brandis", 1),
                of(IdentifierKind::Address, &format!("Lindenweg 4, {town}, 80331, DE"), 2),
            ]
        };
        let tier = |town, name| tier_of(&list(town), name, "", "Hafengasse 9");
        assert_eq!(tier("Hamburg", "Ottokar Brandis"), Some(Tier::Possible));
        assert_eq!(tier("Hamburg", "Hildegund Sorbenrath"), None);
        assert_eq!(tier("Nordstadt", "Ottokar Brandis"), None);
    }

    #[test]
    fn a_number_proves_something_together_with_its_extension() {
        let of = |kind, value: &str, part| Identifier {
            id: IdentifierId::from_bytes([part; 16]),
            kind,
            value: value.to_owned(),
            ..identifiers(1).swap_remove(0)
        };
        let list = [
            of(IdentifierKind::Name, "Ottokar Brandis", 1),
            of(IdentifierKind::Address, "Lindenweg 4, Nordstadt, 80331, DE", 2),
            of(IdentifierKind::Phone, "+49 931 4567890 x771", 3),
        ];
        let tier = |name, phone| tier_of(&list, name, phone, "Hafengasse 9");
        assert_eq!(tier("Ottokar Brandis", "0931 4567890x771"), Some(Tier::Alert));
        assert_eq!(tier("O. Brandis", "0931 4567890x771"), Some(Tier::Alert));
        // Another extension is another person, and the extension alone is nobody.
        assert_eq!(tier("Ottokar Brandis", "0931 4567890x772"), Some(Tier::Possible));
        assert_eq!(tier("Ottokar Brandis", "0931 4567890"), Some(Tier::Possible));
        assert_eq!(tier("Hildegund Sorbenrath", "0931 4567890x771"), None);
    }

    #[test]
    fn who_is_typed_in_part_is_found() {
        let mut list = Likenesses::default();
        let named = |value: &str| {
            vec![Identifier { value: value.to_owned(), ..identifiers(1).swap_remove(0) }]
        };
        list.insert_buyer(buyer(1), &named("Ottokar Brandis"));
        list.insert_buyer(buyer(2), &named("Ottilie Weidenfeller"));
        list.insert_buyer(buyer(3), &named("王小明"));
        list.insert_buyer(buyer(4), &named("Jürgen Weißmüller"));
        list.insert_buyer(buyer(6), &named("Joerg Schroeder"));
        for (typed, found) in [
            ("ott", vec![1, 2]),
            ("OTTO", vec![1]),
            ("weid ott", vec![2]),
            ("王小", vec![3]),
            ("Weissmuel", vec![4]),
            ("juerg weißm", vec![4]),
            ("Schröd", vec![6]),
            ("x", vec![]),
            ("  ", vec![]),
        ] {
            let found: Vec<BuyerId> = found.into_iter().map(buyer).collect();
            assert_eq!(list.begin_with(typed, 9), found, "{typed}");
        }
        assert_eq!(list.begin_with("o", 1).len(), 1);
    }

    #[test]
    fn a_shared_identifier_is_not_compared() {
        let mut shared = identifiers(5);
        shared.iter_mut().for_each(|identifier| identifier.shared = true);
        let mut list = Likenesses::default();
        list.insert_buyer(buyer(5), &shared);
        assert!(list.is_empty() && list.find(&order(5)).is_empty());
    }
}
