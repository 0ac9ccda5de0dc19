//! Alerts as they are shown.

use crate::{
    ApiError, Open,
    buyers::shown as buyers,
    listings, mask, orders,
    people::shown::Team,
    view::{AlertDetail, AlertRow, ReasonView, TimelineKind},
};
use buyerwatch_domain::{
    Alert, AlertId, Buyer, ExhibitKind, Identifier, IdentifierKind, Incident, Localized,
    ObservedOrder, Reason, ReasonField, ReasonNote, Refusal,
};
use buyerwatch_matching::{BlindKey, identifier_tokens, normalise};
use buyerwatch_vault::{AlertSummary, OrderRecord, Read, VaultError};

/// Entries of the buyer's history beside an alert.
const HISTORY: usize = 3;
/// Entries among which they are sought.
const RECENT: u32 = 64;

pub(crate) fn row(summary: &AlertSummary, team: &Team) -> AlertRow {
    let Alert { id, tier, state, buyer, order, raised_at, claimed_by, snoozed_until, .. } =
        &summary.alert;
    AlertRow {
        id: *id,
        tier: *tier,
        state: *state,
        buyer_id: *buyer,
        buyer_label: buyers::label(summary.buyer_label.as_ref()),
        buyer_status: summary.buyer_status,
        clause: summary.clause.clone(),
        order_id: order.order_id.clone(),
        marketplace: order.marketplace.clone(),
        amount: summary.order.as_ref().and_then(|order| order.amount.clone()),
        at: order.at,
        raised_at: *raised_at,
        claimed_by: claimed_by.map(|person| team.view(person)),
        snoozed_until: *snoozed_until,
    }
}

/// An alert with all that belongs to it, read from one moment.
pub(super) struct Case {
    pub(super) summary: AlertSummary,
    pub(super) buyer: Buyer,
    pub(super) order: Option<OrderRecord>,
}

pub(super) fn case(read: &Read<'_>, id: AlertId) -> Result<Option<Case>, VaultError> {
    let Some(summary) = read.alert_summary(id)? else { return Ok(None) };
    let Some(buyer) = read.buyer(summary.alert.buyer)? else { return Ok(None) };
    let seen = &summary.alert.order;
    let order = read.order(&seen.order_id, &seen.marketplace)?;
    Ok(Some(Case { summary, buyer, order }))
}

/// One alert in full.
pub(super) fn detail(open: &Open, id: AlertId) -> Result<AlertDetail, ApiError> {
    let found = open.read(|read| {
        let Some(case) = case(read, id)? else { return Ok(None) };
        let team = Team::read(read)?;
        let alert = &case.summary.alert;
        let listing = read.listing(alert.listing)?;
        let criterion = match &listing {
            Some(of) => read.clause_at(&of.clause, of.criterion_version)?,
            None => None,
        };
        let length = read.timeline_length(alert.buyer)?;
        let mut history = buyers::timeline(read, alert.buyer, &team, RECENT)?;
        // The alert itself is no history.
        history.retain(|entry| {
            let seen = matches!(entry.kind, TimelineKind::Alert | TimelineKind::Sighting);
            !(seen && entry.order_id.as_deref() == Some(alert.order.order_id.as_str()))
        });
        // Exact unless the history is long; then it counts a few entries twice.
        let left_out = length.saturating_sub(RECENT.into());
        let history_total = u32::try_from(history.len() as u64 + left_out).unwrap_or(u32::MAX);
        history.truncate(HISTORY);
        let order = match &case.order {
            Some(record) => Some(orders::shown::detail(read, record)?),
            None => None,
        };
        Ok(Some(AlertDetail {
            row: row(&case.summary, &team),
            score: alert.score,
            latency_ms: alert.latency_ms,
            order,
            reasons: reasons(open.key(), &case),
            listing: listing.as_ref().map(|listing| listings::shown::listing(listing, &team)),
            criterion_title: criterion.map_or_else(
                || Localized { zh: String::new(), en: String::new() },
                |criterion| criterion.title,
            ),
            history,
            history_total,
            exhibits_present: present(&case.buyer),
            note: alert.note.clone(),
            claimed_at: alert.claimed_at,
            closed_at: alert.closed_at,
            closed_by: alert.closed_by.map(|person| team.view(person)),
        }))
    })?;
    Ok(found.ok_or(Refusal::NotFound("alert"))?)
}

fn reasons(key: &BlindKey, case: &Case) -> Vec<ReasonView> {
    let masked = |kind: Option<IdentifierKind>, value: Option<String>| match kind {
        Some(kind) => value.map(|value| mask::mask(kind, &value)),
        // A postcode stands in clear in a masked address, too.
        None => value,
    };
    case.summary
        .alert
        .reasons
        .iter()
        .map(|reason| {
            let kind = kind_of(reason.field);
            let (query, listed) = values(key, reason, case);
            ReasonView {
                field: reason.field,
                query: masked(kind, query),
                listed: masked(kind, listed),
                similarity: reason.similarity,
                weight: reason.weight,
                note: reason.note,
            }
        })
        .collect()
}

/// The two values that a line of the argument compares: in the order and in the record.
pub(super) fn values(
    key: &BlindKey,
    reason: &Reason,
    case: &Case,
) -> (Option<String>, Option<String>) {
    let identifier = reason
        .identifier
        .and_then(|id| case.buyer.identifiers.iter().find(|identifier| identifier.id == id));
    let query = case
        .order
        .as_ref()
        .filter(|_| reason.note != ReasonNote::MissingInOrder)
        .and_then(|record| in_order(key, reason.field, &record.order, identifier));
    let listed =
        identifier.filter(|_| reason.note != ReasonNote::MissingInRecord).and_then(|identifier| {
            match reason.field {
                ReasonField::Postcode => normalise::address_line(&identifier.value).ok()?.postcode,
                _ => Some(identifier.value.clone()),
            }
        });
    (query, listed)
}

/// The order's value of a field; of several the one that agrees with the identifier.
fn in_order(
    key: &BlindKey,
    field: ReasonField,
    order: &ObservedOrder,
    identifier: Option<&Identifier>,
) -> Option<String> {
    let address = || order.ship_to.one_line();
    let candidates: Vec<String> = match field {
        ReasonField::Alias => vec![order.alias.clone()],
        ReasonField::MarketplaceId => vec![order.marketplace_buyer_id.clone()],
        ReasonField::Phone => vec![order.phone.clone(), order.ship_phone.clone()],
        ReasonField::Name => vec![order.buyer_name.clone(), order.recipient_name.clone()],
        ReasonField::Address => vec![address()],
        ReasonField::Postcode => vec![order.ship_to.postal.clone()],
        ReasonField::UserName => vec![order.user_name.clone()],
        ReasonField::OrderId => vec![order.order_id.clone()],
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

pub(super) const fn kind_of(field: ReasonField) -> Option<IdentifierKind> {
    match field {
        ReasonField::Alias => Some(IdentifierKind::Alias),
        ReasonField::MarketplaceId => Some(IdentifierKind::MarketplaceId),
        ReasonField::Phone => Some(IdentifierKind::Phone),
        ReasonField::Name => Some(IdentifierKind::Name),
        ReasonField::Address => Some(IdentifierKind::Address),
        ReasonField::UserName => Some(IdentifierKind::UserName),
        ReasonField::OrderId => Some(IdentifierKind::OrderId),
        ReasonField::Postcode => None,
    }
}

/// Kinds of evidence that still count.
fn present(buyer: &Buyer) -> Vec<ExhibitKind> {
    let standing: Vec<&Incident> =
        buyer.incidents.iter().filter(|incident| incident.withdrawn.is_none()).collect();
    ExhibitKind::ALL
        .into_iter()
        .filter(|kind| {
            let mut of_kind = buyer.exhibits.iter().filter(|exhibit| exhibit.kind == *kind);
            of_kind.any(|exhibit| exhibit.counts_for(buyer.id, &standing))
        })
        .collect()
}
