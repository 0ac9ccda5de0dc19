//! Holds two buyers side by side: what speaks for one person, and what a merge would mean.

use super::shown;
use crate::{
    ApiError, Open, compared,
    desk::{Guard, unread},
    people::shown::Team,
    view::{ApartView, DuplicateView, ReasonView},
};
use buyerwatch_domain::{
    Buyer, BuyerId, BuyerStatus, Ground, Identifier, IdentifierKind, Listing, Reason, ReasonField,
    ReasonNote, Refusal, Token,
};
use buyerwatch_matching::{BlindKey, identifier_tokens, is_shared, weights};
use buyerwatch_vault::{Apart, Read, VaultError};
use serde::Deserialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// Which two.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct CompareBuyers {
    /// One of them.
    pub one: BuyerId,
    /// The other one.
    pub other: BuyerId,
}

pub(crate) fn run(open: &Open, request: CompareBuyers) -> Result<DuplicateView, ApiError> {
    open.session().recogniser.ensure(open)?;
    let list = open.session().recogniser.hold().ok_or_else(unread)?;
    let (view, _) = open
        .read(|read| {
            let team = Team::read(read)?;
            let apart = read.all_apart()?;
            view(open, read, &list, &team, &apart, (request.one, request.other))
        })?
        .ok_or(Refusal::NotFound("buyer"))?;
    if view.one.id == view.other.id { Err(Refusal::SameBuyer.into()) } else { Ok(view) }
}

/// Two buyers side by side, and whether it should be asked whether they are one. `None` if one of
/// them is not there.
pub(super) fn view(
    open: &Open,
    read: &Read<'_>,
    list: &Guard<'_>,
    team: &Team,
    apart: &[Apart],
    (one, other): (BuyerId, BuyerId),
) -> Result<Option<(DuplicateView, bool)>, VaultError> {
    let (Some(one), Some(other)) = (read.buyer(one)?, read.buyer(other)?) else { return Ok(None) };
    let rank = |of: &Buyer| (of.status != BuyerStatus::Listed, of.added_at, of.id);
    let (one, other) = if rank(&one) <= rank(&other) { (one, other) } else { (other, one) };
    let (Some(row), Some(other_row)) = (read.buyer_summary(one.id)?, read.buyer_summary(other.id)?)
    else {
        return Ok(None);
    };
    let told = told_apart(read, apart, one.id, other.id)?;
    let mut lines = Vec::new();
    // Whether anything that one person alone carries came after they were told apart.
    let mut anew = told.is_none();
    for (own, theirs, reason) in same_identifiers(read, open.key(), &one, &other)? {
        let later = |of: &Identifier| told.is_some_and(|told| of.added_at > told.at);
        anew |= reason.weight > 0.0 && (later(own) || later(theirs));
        let shown = (Some(own.value.clone()), Some(theirs.value.clone()));
        lines.push((reason, shown));
    }
    let carried =
        |buyer: &Buyer, id| buyer.identifiers.iter().find(|of| Some(of.id) == id).cloned();
    for (own, reason) in list.weigh_pair(one.id, other.id) {
        let part = |of: Option<Identifier>| of.and_then(|of| compared::part(reason.field, &of));
        let shown = (part(carried(&one, own)), part(carried(&other, reason.identifier)));
        lines.push((reason, shown));
    }
    lines.sort_by(|(one, _), (other, _)| other.weight.abs().total_cmp(&one.weight.abs()));
    let reasons: Vec<Reason> = lines.iter().map(|(reason, _)| reason.clone()).collect();
    let listings = [&one, &other].into_iter().filter_map(|of| of.listing.clone());
    let listing = Listing::strictest(listings).filter(Listing::is_open);
    let view = DuplicateView {
        ground: Ground::of(&reasons),
        score: reasons.iter().map(|reason| reason.weight).sum(),
        reasons: lines.into_iter().map(|(reason, shown)| masked(&reason, shown)).collect(),
        apart: told.map(|told| ApartView {
            at: told.at,
            by: team.view(told.by),
            reason: told.reason.clone(),
        }),
        status: BuyerStatus::of_all([one.status, other.status]).unwrap_or(one.status),
        clause: listing.as_ref().map(|listing| listing.clause.clone()),
        review_due: listing.as_ref().map(|listing| listing.review_due),
        lists: (one.status == BuyerStatus::Listed) != (other.status == BuyerStatus::Listed),
        one: shown::row(&row),
        other: shown::row(&other_row),
    };
    Ok(Some((view, anew)))
}

fn masked(reason: &Reason, (query, listed): (Option<String>, Option<String>)) -> ReasonView {
    let mask = |value: Option<String>| value.map(|value| compared::masked(reason.field, &value));
    ReasonView {
        field: reason.field,
        query: mask(query),
        listed: mask(listed),
        similarity: reason.similarity,
        weight: reason.weight,
        note: reason.note,
        named: None,
    }
}

/// The newest decision that two records, or people merged into them, are of two people.
fn told_apart<'a>(
    read: &Read<'_>,
    apart: &'a [Apart],
    one: BuyerId,
    other: BuyerId,
) -> Result<Option<&'a Apart>, VaultError> {
    let mut newest: Option<&Apart> = None;
    for told in apart {
        let people = (read.holder(told.one)?, read.holder(told.other)?);
        if (people == (one, other) || people == (other, one))
            && newest.is_none_or(|newest| newest.at < told.at)
        {
            newest = Some(told);
        }
    }
    Ok(newest)
}

/// Identifiers that name one person and that both carry, each once.
fn same_identifiers<'a>(
    read: &Read<'_>,
    key: &BlindKey,
    one: &'a Buyer,
    other: &'a Buyer,
) -> Result<Vec<(&'a Identifier, &'a Identifier, Reason)>, VaultError> {
    let exact = |of: &'a Buyer| of.identifiers.iter().filter(|of| of.kind.is_exact());
    let tokens = |of: &Identifier| -> BTreeSet<Token> {
        let read = identifier_tokens(key, of.kind, &of.value);
        read.map(|tokens| tokens.all().collect()).unwrap_or_default()
    };
    let theirs: Vec<_> = exact(other).map(|of| (of, tokens(of))).collect();
    let mut found: Vec<(&Identifier, &Identifier, Reason)> = Vec::new();
    let mut told: BTreeSet<(IdentifierKind, Token)> = BTreeSet::new();
    for own in exact(one) {
        let own_tokens = tokens(own);
        for (same, same_tokens) in theirs.iter().filter(|(of, _)| of.kind == own.kind) {
            let Some(token) = own_tokens.intersection(same_tokens).next() else { continue };
            if !told.insert((own.kind, *token)) {
                continue;
            }
            let (field, weight) = field(own.kind);
            let names = crate::desk::crowd_names(read, field, *token)?;
            let by_nature = identifier_tokens(key, own.kind, &own.value).is_ok_and(|of| of.shared);
            let shared = own.shared || same.shared || by_nature || is_shared(field, names);
            let reason = Reason {
                field,
                identifier: Some(same.id),
                similarity: 1.0,
                weight: if shared { 0.0 } else { weight },
                note: if shared { ReasonNote::Shared } else { ReasonNote::Exact },
            };
            found.push((own, same, reason));
        }
    }
    Ok(found)
}

const fn field(kind: IdentifierKind) -> (ReasonField, f64) {
    match kind {
        IdentifierKind::Alias => (ReasonField::Alias, weights::UNIQUE_ID),
        IdentifierKind::MarketplaceId => (ReasonField::MarketplaceId, weights::UNIQUE_ID),
        IdentifierKind::Phone => (ReasonField::Phone, weights::PHONE),
        IdentifierKind::UserName => (ReasonField::UserName, weights::USER_NAME),
        IdentifierKind::OrderId => (ReasonField::OrderId, weights::UNIQUE_ID),
        IdentifierKind::Name => (ReasonField::Name, weights::NAME),
        IdentifierKind::Address => (ReasonField::Address, weights::ADDRESS),
    }
}
