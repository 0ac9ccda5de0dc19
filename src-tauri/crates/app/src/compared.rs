//! The argument for a match as it is shown: the two values of every line, side by side.

use crate::{
    mask,
    view::{Named, ReasonView},
};
use buyerwatch_domain::{
    Buyer, Identifier, IdentifierKind, ObservedOrder, Reason, ReasonField, ReasonNote,
};
use buyerwatch_matching::{
    BlindKey, identifier_tokens,
    linkage::{self, Field, Model, Profile},
    normalise,
};
use std::collections::BTreeMap;

/// Every line of an argument, masked.
pub(crate) fn reasons(
    key: &BlindKey,
    reasons: &[Reason],
    buyer: &Buyer,
    order: Option<&ObservedOrder>,
) -> Vec<ReasonView> {
    reasons
        .iter()
        .map(|reason| {
            let (query, listed) = values(key, reason, buyer, order);
            ReasonView {
                field: reason.field,
                query: query.map(|value| masked(reason.field, &value)),
                listed: listed.map(|value| masked(reason.field, &value)),
                similarity: reason.similarity,
                weight: reason.weight,
                note: reason.note,
                named: order.and_then(|order| named(key, reason, buyer, order)),
            }
        })
        .collect()
}

/// The values of every line in clear, by where they stand: `reason.0.query`, `reason.0.listed`.
pub(crate) fn in_clear(
    key: &BlindKey,
    reasons: &[Reason],
    buyer: &Buyer,
    order: Option<&ObservedOrder>,
) -> BTreeMap<String, String> {
    let lines = reasons.iter().enumerate().flat_map(|(at, reason)| {
        let (query, listed) = values(key, reason, buyer, order);
        let place = |side| move |value| (format!("reason.{at}.{side}"), value);
        [query.map(place("query")), listed.map(place("listed"))]
    });
    lines.flatten().filter(|(_, value)| !value.is_empty()).collect()
}

/// Whose name a line about a name is about, where an order is paid by one and goes to another.
fn named(key: &BlindKey, reason: &Reason, buyer: &Buyer, order: &ObservedOrder) -> Option<Named> {
    if kind_of(reason.field) != Some(IdentifierKind::Name)
        || reason.note == ReasonNote::MissingInOrder
    {
        return None;
    }
    let [payer, recipient] = [order.buyer_name.trim(), order.recipient_name.trim()];
    if payer.is_empty() || recipient.is_empty() || payer == recipient {
        return None;
    }
    let identifier = of_buyer(reason, buyer);
    let compared = match reason.field {
        ReasonField::Name => in_order(key, reason.field, order, identifier)?,
        _ => name_like(order, identifier)?.to_owned(),
    };
    Some(if compared == order.buyer_name { Named::Buyer } else { Named::Recipient })
}

fn of_buyer<'a>(reason: &Reason, buyer: &'a Buyer) -> Option<&'a Identifier> {
    let id = reason.identifier?;
    buyer.identifiers.iter().find(|identifier| identifier.id == id)
}

pub(crate) fn masked(field: ReasonField, value: &str) -> String {
    use ReasonField as F;
    match field {
        // They stand in clear in a masked address, too, or tell nobody apart.
        F::Postcode | F::City | F::Country | F::Generation => value.to_owned(),
        F::Street => mask::name(value),
        F::HouseNumber | F::Unit => "•••".to_owned(),
        _ => kind_of(field).map_or_else(String::new, |kind| mask::mask(kind, value)),
    }
}

/// The two values that a line of the argument compares: in the order and in the record.
pub(crate) fn values(
    key: &BlindKey,
    reason: &Reason,
    buyer: &Buyer,
    order: Option<&ObservedOrder>,
) -> (Option<String>, Option<String>) {
    let identifier = of_buyer(reason, buyer);
    let order = order.filter(|_| reason.note != ReasonNote::MissingInOrder);
    let listed = identifier.filter(|_| reason.note != ReasonNote::MissingInRecord);
    if let Some(part) = part_of(reason.field)
        && (reason.field != ReasonField::Postcode || identifier.is_some())
    {
        let listed = listed.and_then(|identifier| match identifier.kind {
            IdentifierKind::Name => linkage::name_part(&identifier.value, part),
            _ => linkage::address_line_part(&identifier.value, part),
        });
        let query = order.and_then(|order| match kind_of(reason.field) {
            Some(IdentifierKind::Name) => linkage::name_part(name_like(order, identifier)?, part),
            _ => linkage::address_part(&order.ship_to, part),
        });
        let upper = matches!(reason.field, ReasonField::Postcode | ReasonField::Unit);
        let written = |text: String| if upper { text.to_uppercase() } else { capitalised(&text) };
        return (query.map(written), listed.map(written));
    }
    let query = order.and_then(|order| in_order(key, reason.field, order, identifier));
    let listed = listed.and_then(|identifier| match reason.field {
        ReasonField::Postcode => normalise::address_line(&identifier.value).ok()?.postcode,
        _ => Some(identifier.value.clone()),
    });
    (query, listed)
}

/// The part of a name or address that a line between two records is about, as people write it.
pub(crate) fn part(field: ReasonField, identifier: &Identifier) -> Option<String> {
    let part = part_of(field)?;
    let text = match identifier.kind {
        IdentifierKind::Name => linkage::name_part(&identifier.value, part),
        _ => linkage::address_line_part(&identifier.value, part),
    }?;
    let upper = matches!(field, ReasonField::Postcode | ReasonField::Unit);
    Some(if upper { text.to_uppercase() } else { capitalised(&text) })
}

/// What was written without capitals; people write names otherwise.
fn capitalised(text: &str) -> String {
    if text.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    let mut start = true;
    text.chars()
        .flat_map(|c| {
            let upper =
                std::mem::replace(&mut start, c.is_whitespace() || c == '-') && !c.is_whitespace();
            let letters: Vec<char> = if upper { c.to_uppercase().collect() } else { vec![c] };
            letters
        })
        .collect()
}

/// The order's name that is the more like the recorded one.
fn name_like<'a>(order: &'a ObservedOrder, recorded: Option<&Identifier>) -> Option<&'a str> {
    let names = [order.recipient_name.as_str(), order.buyer_name.as_str()];
    let mut names = names.into_iter().filter(|name| !name.trim().is_empty());
    let Some(recorded) = recorded else { return names.next() };
    let model = Model::default();
    let profile = |name: &str| {
        let mut profile = Profile::default();
        profile.add_name(name);
        profile
    };
    let recorded = profile(&recorded.value);
    let likeness =
        |name: &str| linkage::compare(&model, None, &profile(name), &recorded).name_score;
    names.max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
}

/// The order's value of a field; of several the one that agrees with the identifier.
fn in_order(
    key: &BlindKey,
    field: ReasonField,
    order: &ObservedOrder,
    identifier: Option<&Identifier>,
) -> Option<String> {
    let candidates: Vec<String> = match field {
        ReasonField::Alias => vec![order.alias.clone()],
        ReasonField::MarketplaceId => vec![order.marketplace_buyer_id.clone()],
        ReasonField::Phone => vec![order.phone.clone(), order.ship_phone.clone()],
        ReasonField::Name => vec![order.buyer_name.clone(), order.recipient_name.clone()],
        ReasonField::Address => vec![order.ship_to.one_line()],
        ReasonField::Postcode => vec![order.ship_to.postal.clone()],
        ReasonField::UserName => vec![order.user_name.clone()],
        ReasonField::OrderId => vec![order.order_id.clone()],
        _ => Vec::new(),
    };
    let mut candidates = candidates.into_iter().filter(|value| !value.trim().is_empty());
    let Some(identifier) = identifier.filter(|of| Some(of.kind) == kind_of(field)) else {
        return candidates.next();
    };
    let Ok(known) = identifier_tokens(key, identifier.kind, &identifier.value) else {
        return candidates.next();
    };
    let all: Vec<String> = candidates.collect();
    let agrees = |value: &&String| {
        identifier_tokens(key, identifier.kind, value).is_ok_and(|tokens| {
            tokens.all().any(|token| known.all().any(|of| of == token))
                || (tokens.family.is_some() && tokens.family == known.family)
        })
    };
    all.iter().find(agrees).or_else(|| all.first()).cloned()
}

/// The part of a name or an address that a field is about.
const fn part_of(field: ReasonField) -> Option<Field> {
    match field {
        ReasonField::GivenName => Some(Field::Given),
        ReasonField::FamilyName => Some(Field::Family),
        ReasonField::MiddleName => Some(Field::Middle),
        ReasonField::Generation => Some(Field::Generation),
        ReasonField::Street => Some(Field::Street),
        ReasonField::HouseNumber => Some(Field::Number),
        ReasonField::Unit => Some(Field::Unit),
        ReasonField::Postcode => Some(Field::Postcode),
        ReasonField::City => Some(Field::City),
        ReasonField::Country => Some(Field::Country),
        _ => None,
    }
}

const fn kind_of(field: ReasonField) -> Option<IdentifierKind> {
    use ReasonField as F;
    match field {
        F::Alias => Some(IdentifierKind::Alias),
        F::MarketplaceId => Some(IdentifierKind::MarketplaceId),
        F::Phone => Some(IdentifierKind::Phone),
        F::Name | F::GivenName | F::FamilyName | F::MiddleName | F::Generation => {
            Some(IdentifierKind::Name)
        }
        F::Address | F::Street | F::HouseNumber | F::Unit | F::City | F::Country => {
            Some(IdentifierKind::Address)
        }
        F::UserName => Some(IdentifierKind::UserName),
        F::OrderId => Some(IdentifierKind::OrderId),
        F::Postcode => None,
    }
}
