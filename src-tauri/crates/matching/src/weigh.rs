//! Weighing one order against one buyer.

use crate::index::{Entry, Index};
use crate::tokens::OrderTokens;
use buyerwatch_domain::{
    IdentifierId, IdentifierKind, Reason, ReasonField, ReasonNote, Tier, Token,
};
use std::cell::Cell;

/// Evidence in bits: log2(m/u), where m is how often the field agrees for one person's orders and
/// u how often for two strangers'.
///
/// Figures marked (measured) come from a prototype on synthetic buyers of many countries; the rest
/// follow from the stated m and u. They order matches and explain them; the tier follows from which
/// fields agree.
pub mod weights {
    /// m ≈ 1 within a marketplace, u about one in a million: aliases, buyer IDs and order IDs are
    /// random, what remains are mix-ups.
    pub const UNIQUE_ID: f64 = 20.0;
    /// Chosen by the buyer, unique within one channel; the same text on another channel can be
    /// somebody else.
    pub const USER_NAME: f64 = 15.0;
    /// (measured) Telephone numbers are handed on and shared in a household.
    pub const PHONE: f64 = 13.0;
    /// A number whose country is open is read in up to 24 countries, each a chance to agree with a
    /// stranger's: log2(24) less than [`PHONE`].
    pub const PHONE_WITHOUT_COUNTRY: f64 = 8.4;
    /// A whole name is carried by one in 1,000 where names are few (ten per cent of Vietnamese
    /// share one given with one family name), far fewer elsewhere.
    pub const NAME: f64 = 10.0;
    /// A family name: m = 1, u about one in 12 for the common ones of China and Korea.
    pub const FAMILY: f64 = 3.5;
    /// (measured) Two strangers' whole names differ nearly always, one person's 1 in 128.
    pub const NAME_CONFLICT: f64 = -7.0;
    /// Postcode with street and number: a household's or a small building's.
    pub const ADDRESS: f64 = 13.0;
    /// A Chinese city has about ten districts, most with a 人民路: log2(10) less than
    /// [`ADDRESS`].
    pub const ADDRESS_WITHOUT_DISTRICT: f64 = 9.7;
    /// More than four unrelated names share the address: a third of its evidence at most.
    pub const CROWDED_ADDRESS: f64 = 3.0;
    /// (measured) 9 to 12, the lower end.
    pub const POSTCODE: f64 = 9.0;
    /// People move, send gifts, change numbers and open accounts: half of one person's differ.
    pub const CHANGEABLE_CONFLICT: f64 = -1.0;
    /// Three in ten of one person's orders bear another number, nearly all of strangers': log2(0.3).
    pub const PHONE_CONFLICT: f64 = -1.7;
}

/// So many unrelated names under one telephone number make it shared.
const SHARED_PHONE_NAMES: u32 = 3;
/// So many under one alias, buyer ID or user name do. An account has one owner, who may write their
/// name in several ways.
const SHARED_ACCOUNT_NAMES: u32 = 5;
/// More unrelated names than these make an address crowded: a large household at most has as many.
pub(crate) const CROWDED: u32 = 4;
/// More unrelated names than these make it a forwarder's: it says nothing. More listed buyers than
/// these make any identifier a shared one.
pub(crate) const FORWARDER: u32 = 15;

/// Bits of an address that remain in a house of more unrelated names than [`CROWDED`].
pub(crate) const CROWDED_HOUSE: f64 = weights::CROWDED_ADDRESS;

/// Where orders name no buyer, so many unrelated recipients under one alias, buyer ID or user name
/// count as one name: one buyer sends to several people.
pub const RECIPIENTS_PER_NAME: u32 = 3;

/// Whether an identifier with so many unrelated names behind it is a shared one, which proves
/// nothing alone. Addresses are judged by degrees instead, never shared by this measure.
#[must_use]
pub const fn is_shared(field: ReasonField, names: u32) -> bool {
    match field {
        ReasonField::Phone => names >= SHARED_PHONE_NAMES,
        ReasonField::Alias | ReasonField::MarketplaceId | ReasonField::UserName => {
            names >= SHARED_ACCOUNT_NAMES
        }
        _ => false,
    }
}

/// What the shop's own orders say about how common a token is.
pub trait Crowd {
    /// How many unrelated names the stored orders carry under this alias, marketplace ID, user
    /// name, telephone number (count buyers' names, so that one buyer's gifts do not count) or
    /// address (count recipients' names). Under [`ReasonField::Street`] an address token stands for
    /// the whole house with all its flats. Where an order lacks the one name, take the other; see
    /// [`RECIPIENTS_PER_NAME`] for what recipients say about an account.
    ///
    /// Asked only when a listed buyer was found, at most once per token and order. See
    /// [`unrelated_names`](crate::unrelated_names) for counting.
    fn distinct_names(&self, field: ReasonField, token: Token) -> u32;
}

/// No orders are known, so nothing is known to be shared.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCrowd;

impl Crowd for NoCrowd {
    fn distinct_names(&self, _: ReasonField, _: Token) -> u32 {
        0
    }
}

/// One order weighed against one buyer.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The tier, `None` if it is no match.
    pub tier: Option<Tier>,
    /// Sum of the weights, in bits.
    pub score: f64,
    /// Every field that one of the two carries, strongest evidence first. Order IDs only when
    /// equal, since every order has its own.
    pub reasons: Vec<Reason>,
}

/// Asks the crowd at most once per token.
pub(crate) struct Guards<'a> {
    crowd: &'a dyn Crowd,
    index: Option<&'a Index>,
    asked: [Cell<Option<(ReasonField, Token, u32)>>; 6],
}

impl<'a> Guards<'a> {
    pub(crate) fn new(crowd: &'a dyn Crowd) -> Self {
        Self { crowd, index: None, asked: Default::default() }
    }

    /// Counts the listed buyers, too.
    pub(crate) fn within(index: &'a Index, crowd: &'a dyn Crowd) -> Self {
        Self { crowd, index: Some(index), asked: Default::default() }
    }

    /// Whether more listed buyers carry the token than one person may be listed as.
    fn crowded(&self, token: Token) -> bool {
        self.index.is_some_and(|index| Index::is_crowded(index.posting(token.0.cast_unsigned())))
    }

    /// Unrelated names under the token. Many listed buyers make an identifier a shared one, and an
    /// address a crowded one, no forwarder's: the same whole name there again is worth a look.
    fn names(&self, field: ReasonField, token: Token) -> u32 {
        let listed = if self.crowded(token) { CROWDED + 1 } else { 0 };
        self.stored_names(field, token).max(listed)
    }

    fn stored_names(&self, field: ReasonField, token: Token) -> u32 {
        for cell in &self.asked {
            match cell.get() {
                Some((known, of, count)) if known == field && of == token => return count,
                Some(_) => {}
                None => {
                    let count = self.crowd.distinct_names(field, token);
                    cell.set(Some((field, token, count)));
                    return count;
                }
            }
        }
        self.crowd.distinct_names(field, token)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NameAgrees {
    Whole,
    Family,
    Missing,
    No,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PlaceAgrees {
    Own,
    /// One side does not name the district.
    Wide,
    Crowded,
    Forwarder,
    No,
}

/// Weighs an order against one buyer's identifiers.
pub(crate) fn weigh(entries: &[Entry], order: &OrderTokens, guards: &Guards<'_>) -> Explanation {
    let mut ledger = Ledger {
        entries,
        guards,
        reasons: Vec::with_capacity(8),
        proof: false,
        unsure: false,
        shared: false,
    };
    use ReasonField as F;
    use weights::{CHANGEABLE_CONFLICT, PHONE, PHONE_CONFLICT, UNIQUE_ID, USER_NAME};
    ledger.id(F::Alias, &[(order.alias, order.alias_shared)], UNIQUE_ID, CHANGEABLE_CONFLICT);
    ledger.id(F::MarketplaceId, &[(order.marketplace_id, false)], UNIQUE_ID, CHANGEABLE_CONFLICT);
    ledger.id(F::Phone, &order.phones(), PHONE, PHONE_CONFLICT);
    ledger.id(F::UserName, &[(order.user_name, false)], USER_NAME, CHANGEABLE_CONFLICT);
    ledger.order_id(order);
    let name = ledger.name(order);
    let place = ledger.address(order);
    let postcode = place == PlaceAgrees::No && ledger.postcode(order);
    let tier = if ledger.proof {
        Some(Tier::Alert)
    } else {
        match (name, place) {
            (NameAgrees::Whole, PlaceAgrees::Own) => Some(Tier::Alert),
            (NameAgrees::Whole, _) | (_, PlaceAgrees::Own) if ledger.unsure => Some(Tier::Alert),
            (NameAgrees::Family, _) if ledger.unsure => Some(Tier::Possible),
            (NameAgrees::Whole, PlaceAgrees::Crowded | PlaceAgrees::Wide) => Some(Tier::Possible),
            (NameAgrees::Family | NameAgrees::Missing, PlaceAgrees::Own) => Some(Tier::Possible),
            (NameAgrees::Whole, _) if postcode || ledger.shared => Some(Tier::Possible),
            _ => None,
        }
    };
    let mut reasons = ledger.reasons;
    // Stable: fields of equal weight stay in the order in which they were compared.
    reasons.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
    Explanation { tier, score: reasons.iter().map(|reason| reason.weight).sum(), reasons }
}

struct Ledger<'a> {
    entries: &'a [Entry],
    guards: &'a Guards<'a>,
    reasons: Vec<Reason>,
    /// An identifier that one buyer alone carries agrees.
    proof: bool,
    /// One agrees in one of several readings.
    unsure: bool,
    /// One that several carry agrees.
    shared: bool,
}

impl<'a> Ledger<'a> {
    fn of(&self, kind: IdentifierKind) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }

    fn note(
        &mut self,
        field: ReasonField,
        id: Option<IdentifierId>,
        note: ReasonNote,
        weight: f64,
    ) {
        let similarity = match note {
            ReasonNote::Exact | ReasonNote::Shared => 1.0,
            ReasonNote::Variant => 0.95,
            ReasonNote::Partial => 0.5,
            _ => 0.0,
        };
        self.reasons.push(Reason { field, identifier: id, similarity, weight, note });
    }

    /// States that a field cannot be compared, or that it differs.
    fn differ(
        &mut self,
        field: ReasonField,
        in_record: Option<IdentifierId>,
        in_order: bool,
        conflict: f64,
    ) {
        match (in_record, in_order) {
            (Some(id), true) => self.note(field, Some(id), ReasonNote::Conflict, conflict),
            (Some(id), false) => self.note(field, Some(id), ReasonNote::MissingInOrder, 0.0),
            (None, true) => self.note(field, None, ReasonNote::MissingInRecord, 0.0),
            (None, false) => {}
        }
    }

    /// Fields that identify by themselves.
    fn id(
        &mut self,
        field: ReasonField,
        values: &[(Option<Token>, bool)],
        weight: f64,
        conflict: f64,
    ) {
        let Some(kind) = kind_of(field) else { return };
        let mut shared = None;
        let mut unsure = None;
        for entry in self.of(kind) {
            for (token, by_nature) in values {
                let (Some(token), Some(known)) = (*token, entry.exact()) else { continue };
                if token != known {
                    continue;
                }
                if entry.shared || *by_nature || is_shared(field, self.guards.names(field, token)) {
                    shared = Some(entry.id);
                    continue;
                }
                if !entry.sure {
                    unsure = Some(entry.id);
                    continue;
                }
                self.proof = true;
                self.note(field, Some(entry.id), ReasonNote::Exact, weight);
                return;
            }
        }
        if let Some(id) = unsure {
            self.unsure = true;
            let weight = weights::PHONE_WITHOUT_COUNTRY;
            self.note(field, Some(id), ReasonNote::Partial, weight);
            return;
        }
        if let Some(id) = shared {
            self.shared = true;
            self.note(field, Some(id), ReasonNote::Shared, 0.0);
            return;
        }
        let in_record = self.of(kind).find(|entry| entry.exact().is_some()).map(|entry| entry.id);
        let in_order = values.iter().any(|(token, _)| token.is_some());
        self.differ(field, in_record, in_order, conflict);
    }

    fn order_id(&mut self, order: &OrderTokens) {
        let Some(token) = order.order_id else { return };
        let known = self.of(IdentifierKind::OrderId).filter(|entry| entry.exact() == Some(token));
        // A flag on one of several entries does not hide another one.
        let Some(entry) = known.min_by_key(|entry| entry.shared) else { return };
        if entry.shared || self.guards.crowded(token) {
            self.shared = true;
            self.note(ReasonField::OrderId, Some(entry.id), ReasonNote::Shared, 0.0);
        } else {
            self.proof = true;
            self.note(ReasonField::OrderId, Some(entry.id), ReasonNote::Exact, weights::UNIQUE_ID);
        }
    }

    fn name(&mut self, order: &OrderTokens) -> NameAgrees {
        let names = order.names();
        let agrees = |token: Option<Token>, of: fn(&crate::NameTokens) -> Option<Token>| {
            token.is_some() && names.iter().any(|name| of(name) == token)
        };
        let mut whole: Vec<&Entry> = self
            .of(IdentifierKind::Name)
            .filter(|entry| agrees(entry.exact(), |name| name.full))
            .collect();
        whole.sort_by_key(|entry| entry.shared);
        if let Some(entry) = whole.first() {
            let (id, shared) = (entry.id, entry.shared);
            if shared {
                self.note(ReasonField::Name, Some(id), ReasonNote::Shared, 0.0);
                return NameAgrees::No;
            }
            self.note(ReasonField::Name, Some(id), ReasonNote::Exact, weights::NAME);
            return NameAgrees::Whole;
        }
        let family = self
            .of(IdentifierKind::Name)
            .find(|entry| !entry.shared && agrees(entry.part(), |name| name.family));
        if let Some(entry) = family {
            self.note(ReasonField::Name, Some(entry.id), ReasonNote::Partial, weights::FAMILY);
            return NameAgrees::Family;
        }
        let in_record = self.of(IdentifierKind::Name).next().map(|entry| entry.id);
        self.differ(ReasonField::Name, in_record, order.has_name(), weights::NAME_CONFLICT);
        if in_record.is_some() && order.has_name() { NameAgrees::No } else { NameAgrees::Missing }
    }

    fn address(&mut self, order: &OrderTokens) -> PlaceAgrees {
        let field = ReasonField::Address;
        // Both name the district or neither does, or else only one: then the other's form agrees.
        let whole =
            |entry: &Entry| entry.sure && entry.exact().is_some() && entry.exact() == order.address;
        let wide = |entry: &Entry| {
            let other = if entry.sure { order.address_without_district } else { order.address };
            entry.exact().is_some() && entry.exact() == other
        };
        let equal = self
            .of(IdentifierKind::Address)
            .filter(|entry| whole(entry) || wide(entry))
            .filter(|entry| entry.may_lie_in(order.country))
            .min_by_key(|entry| (!whole(entry), entry.shared));
        if let (Some(entry), Some(token)) = (equal, order.address) {
            let names = self.guards.names(field, token);
            return if entry.shared || names > FORWARDER {
                self.note(field, Some(entry.id), ReasonNote::Shared, 0.0);
                PlaceAgrees::Forwarder
            } else if names > CROWDED {
                self.note(field, Some(entry.id), ReasonNote::Shared, weights::CROWDED_ADDRESS);
                PlaceAgrees::Crowded
            } else if !whole(entry) {
                let weight = weights::ADDRESS_WITHOUT_DISTRICT;
                self.note(field, Some(entry.id), ReasonNote::Partial, weight);
                PlaceAgrees::Wide
            } else {
                self.note(field, Some(entry.id), ReasonNote::Exact, weights::ADDRESS);
                PlaceAgrees::Own
            };
        }
        let in_record = self
            .of(IdentifierKind::Address)
            .find(|entry| entry.exact().is_some())
            .map(|entry| entry.id);
        self.differ(field, in_record, order.address.is_some(), weights::CHANGEABLE_CONFLICT);
        PlaceAgrees::No
    }

    /// Asked only when the addresses differ; answers whether the postcode agrees.
    fn postcode(&mut self, order: &OrderTokens) -> bool {
        let field = ReasonField::Postcode;
        let equal = self.of(IdentifierKind::Address).find(|entry| {
            !entry.shared
                && entry.part().is_some()
                && entry.part() == order.postcode
                && entry.may_lie_in(order.country)
        });
        if let Some(entry) = equal {
            self.note(field, Some(entry.id), ReasonNote::Exact, weights::POSTCODE);
            return true;
        }
        let in_record = self
            .of(IdentifierKind::Address)
            .find(|entry| entry.part().is_some())
            .map(|entry| entry.id);
        self.differ(field, in_record, order.postcode.is_some(), weights::CHANGEABLE_CONFLICT);
        false
    }
}

const fn kind_of(field: ReasonField) -> Option<IdentifierKind> {
    match field {
        ReasonField::Alias => Some(IdentifierKind::Alias),
        ReasonField::MarketplaceId => Some(IdentifierKind::MarketplaceId),
        ReasonField::Phone => Some(IdentifierKind::Phone),
        ReasonField::UserName => Some(IdentifierKind::UserName),
        ReasonField::OrderId => Some(IdentifierKind::OrderId),
        _ => None,
    }
}
