//! Records a buyer.

use super::{
    check::{UnusableIdentifier, unusable},
    shown,
};
use crate::{ApiError, Open};
use buyerwatch_domain::{BuyerId, Command, IdentifierId, IdentifierKind, NewIdentifier, NoteId};
use buyerwatch_matching::identifier_tokens;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// An identifier as typed.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TypedIdentifier {
    /// What kind of thing the value is.
    pub kind: IdentifierKind,
    /// The value.
    pub value: String,
}

/// Who to record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddBuyer {
    /// What ties orders to them; at least one.
    pub identifiers: Vec<TypedIdentifier>,
    /// A first remark.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

/// Another buyer who shares an identifier.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Existing {
    /// Their identity.
    pub buyer_id: BuyerId,
    /// Their name or first identifier, masked.
    pub label: String,
}

/// The buyer as recorded.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AddedBuyer {
    /// Their identity.
    pub buyer_id: BuyerId,
    /// Their name or first identifier, masked.
    pub label: String,
    /// Others who share an identifier. Nothing is merged; a person decides.
    pub existing: Vec<Existing>,
    /// Identifiers that can never be found in an order. They are kept in the record.
    pub unusable: Vec<UnusableIdentifier>,
}

pub(crate) fn run(open: &Open, request: AddBuyer) -> Result<AddedBuyer, ApiError> {
    add(open, request.identifiers, request.note)
}

/// Records a buyer and names others who share an identifier.
pub(crate) fn add(
    open: &Open,
    identifiers: Vec<TypedIdentifier>,
    note: Option<String>,
) -> Result<AddedBuyer, ApiError> {
    let buyer = open.draw(BuyerId::from_bytes)?;
    let existing = sharing(open, &identifiers)?;
    let unusable = unusable(open, Vec::new(), &identifiers);
    let identifiers = identifiers
        .into_iter()
        .map(|typed| {
            let id = open.draw(IdentifierId::from_bytes)?;
            Ok(NewIdentifier { id, kind: typed.kind, value: typed.value })
        })
        .collect::<Result<Vec<_>, ApiError>>()?;
    let note = match note.filter(|text| !text.trim().is_empty()) {
        Some(text) => Some((open.draw(NoteId::from_bytes)?, text)),
        None => None,
    };
    open.execute(Command::AddBuyer { buyer, identifiers, note })?;
    let summary = open.read(|read| read.buyer_summary(buyer))?;
    let label = shown::label(summary.and_then(|summary| summary.label).as_ref());
    Ok(AddedBuyer { buyer_id: buyer, label, existing, unusable })
}

/// Buyers who carry one of these already. Names alone do not count: namesakes are many; nor does what
/// can never be found in an order: it says nothing about anybody.
pub(crate) fn sharing(
    open: &Open,
    identifiers: &[TypedIdentifier],
) -> Result<Vec<Existing>, ApiError> {
    let mut found: BTreeSet<BuyerId> = BTreeSet::new();
    let list = open.session().recogniser.hold();
    let telling = identifiers.iter().filter(|typed| typed.kind != IdentifierKind::Name);
    for TypedIdentifier { kind, value } in telling {
        let Ok(tokens) = identifier_tokens(open.key(), *kind, value) else { continue };
        found.extend(open.read(|read| read.carriers(*kind, value.trim()))?);
        // Written otherwise, but the same.
        if let Some(list) = &list {
            found.extend(tokens.all().flat_map(|token| list.holders(token)));
        }
    }
    drop(list);
    open.read(|read| {
        let summaries = found.into_iter().map(|id| read.buyer_summary(id));
        let summaries = summaries.collect::<Result<Vec<_>, _>>()?;
        Ok(summaries
            .into_iter()
            .flatten()
            .map(|summary| Existing {
                buyer_id: summary.id,
                label: shown::label(summary.label.as_ref()),
            })
            .collect())
    })
}
