//! Buyers as they are shown.

use crate::{
    ApiError, Open,
    alerts::shown::message_key,
    desk::crowd_names,
    exhibits, listings, mask,
    people::shown::Team,
    view::{
        BuyerDetail, BuyerRow, IdentifierView, IncidentView, MergedView, NoteView, PairView,
        TimelineEntry, TimelineKind,
    },
};
use buyerwatch_domain::{
    Alert, Buyer, BuyerId, Identifier, IdentifierKind, Incident, MergedBuyer, ObservedOrder,
    PairDecision, ReasonField, Refusal, Timestamp, Token,
};
use buyerwatch_matching::{BlindKey, Unusable, identifier_tokens, is_shared};
use buyerwatch_vault::{self as vault, BuyerSummary, Read, VaultError};
use std::{cmp::Reverse, collections::BTreeSet};

/// Entries of a buyer's history that are read.
const TIMELINE: u32 = 500;

/// The identifier that names a buyer in a list, masked.
pub(crate) fn label(identifier: Option<&Identifier>) -> String {
    identifier.map(|of| mask::mask(of.kind, &of.value)).unwrap_or_default()
}

/// The same in clear.
pub(crate) fn plain_label(buyer: &Buyer) -> Option<String> {
    naming(&buyer.identifiers).map(|of| of.value.clone())
}

/// The first name, else the first identifier of any kind.
pub(crate) fn naming(identifiers: &[Identifier]) -> Option<&Identifier> {
    identifiers.iter().find(|i| i.kind == IdentifierKind::Name).or_else(|| identifiers.first())
}

pub(crate) fn row(summary: &BuyerSummary) -> BuyerRow {
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    BuyerRow {
        id: summary.id,
        label: label(summary.label.as_ref()),
        status: summary.status,
        clause: summary.clause.clone(),
        incidents: count(summary.incidents),
        sightings: count(summary.sightings),
        open_alerts: count(summary.open_alerts),
        last_seen_at: summary.last_seen_at,
        review_due: summary.review_due,
        added_at: summary.added_at,
        awaiting_approval: summary.awaiting_approval,
    }
}

/// One buyer in full. One who was merged into another is shown as that one.
pub(crate) fn detail(open: &Open, id: BuyerId) -> Result<BuyerDetail, ApiError> {
    let now = open.now();
    let found = open.read(|read| {
        let (Some(buyer), Some(summary)) = (read.buyer(id)?, read.buyer_summary(id)?) else {
            return Ok(None);
        };
        let id = buyer.id;
        let team = Team::read(read)?;
        let identifiers = buyer
            .identifiers
            .iter()
            .map(|of| identifier(read, open.key(), of))
            .collect::<Result<_, _>>()?;
        let pairs = read.pairs_of(id)?;
        Ok(Some(BuyerDetail {
            row: row(&summary),
            added_by: team.view(buyer.added_by),
            identifiers,
            incidents_list: buyer
                .incidents
                .iter()
                .rev()
                .map(|of| incident(read, of, &buyer, &team))
                .collect::<Result<_, _>>()?,
            exhibits: buyer
                .exhibits
                .iter()
                .rev()
                .map(|of| exhibits::shown::view(read, of, &team))
                .collect::<Result<_, _>>()?,
            notes: newest_first(&buyer.notes, |note| NoteView {
                id: note.id,
                text: note.text.clone(),
                at: note.at,
                by: team.view(note.by),
            }),
            listing: buyer.listing.as_ref().map(|of| listings::shown::listing(of, &team)),
            timeline: timeline(read, id, &team, TIMELINE)?,
            timeline_cut: read.timeline_length(id)? > TIMELINE.into(),
            pair_decisions: pairs
                .iter()
                .map(|of| pair(read, of, &team, now))
                .collect::<Result<_, _>>()?,
            merged: buyer.merged.iter().map(|of| merged(of, &buyer, &team)).collect(),
        }))
    })?;
    Ok(found.ok_or(Refusal::NotFound("buyer"))?)
}

fn merged(of: &MergedBuyer, buyer: &Buyer, team: &Team) -> MergedView {
    let own = buyer.identifiers.iter().filter(|one| of.identifiers.contains(&one.id));
    let own: Vec<Identifier> = own.cloned().collect();
    let standing = buyer.incidents.iter().filter(|one| one.withdrawn.is_none());
    let incidents = standing.filter(|one| of.incidents.contains(&one.id)).count();
    MergedView {
        id: of.id,
        label: label(naming(&own)),
        status: of.status,
        identifiers: own.iter().map(|one| one.id).collect(),
        incidents: u32::try_from(incidents).unwrap_or(u32::MAX),
        at: of.merge.at,
        by: team.view(of.merge.by),
        reason: of.merge.reason.clone(),
    }
}

fn newest_first<T, V>(items: &[T], show: impl Fn(&T) -> V) -> Vec<V> {
    items.iter().rev().map(show).collect()
}

fn identifier(
    read: &Read<'_>,
    key: &BlindKey,
    of: &Identifier,
) -> Result<IdentifierView, VaultError> {
    let field = match of.kind {
        IdentifierKind::Alias => Some(ReasonField::Alias),
        IdentifierKind::MarketplaceId => Some(ReasonField::MarketplaceId),
        IdentifierKind::Phone => Some(ReasonField::Phone),
        IdentifierKind::UserName => Some(ReasonField::UserName),
        IdentifierKind::Address => Some(ReasonField::Address),
        IdentifierKind::Name | IdentifierKind::OrderId => None,
    };
    let tokens = identifier_tokens(key, of.kind, &of.value);
    let mut shared_names = None;
    if let (Ok(tokens), Some(field)) = (&tokens, field) {
        let mut most = 0;
        for token in tokens.all() {
            most = most.max(crowd_names(read, field, token)?);
        }
        shared_names = Some(most);
    }
    let by_crowd = field.zip(shared_names).is_some_and(|(field, names)| is_shared(field, names));
    let by_nature = tokens.as_ref().is_ok_and(|tokens| tokens.shared);
    let unusable = match tokens {
        Ok(tokens) if tokens.shared => Some("shared_by_nature"),
        Ok(_) => None,
        Err(why) => Some(Unusable::code(why)),
    };
    Ok(IdentifierView {
        id: of.id,
        kind: of.kind,
        masked: mask::mask(of.kind, &of.value),
        shared: of.shared || by_nature || by_crowd,
        marked_shared: of.shared,
        shared_names,
        unusable: unusable.map(str::to_owned),
        added_at: of.added_at,
    })
}

fn incident(
    read: &Read<'_>,
    of: &Incident,
    buyer: &Buyer,
    team: &Team,
) -> Result<IncidentView, VaultError> {
    let own = buyer.exhibits.iter().filter(|exhibit| exhibit.proves(of));
    Ok(IncidentView {
        id: of.id,
        clause: of.clause.clone(),
        criterion_version: of.criterion_version,
        at: of.at,
        orders: of.orders.clone(),
        text: of.text.clone(),
        buyer_version: of.buyer_version.clone(),
        reported_at: of.reported_at,
        reported_by: team.view(of.reported_by),
        withdrawn: of.withdrawn.clone(),
        exhibits: own
            .map(|exhibit| exhibits::shown::view(read, exhibit, team))
            .collect::<Result<_, _>>()?,
    })
}

/// A decision on a pair.
pub(crate) fn pair(
    read: &Read<'_>,
    of: &PairDecision,
    team: &Team,
    now: Timestamp,
) -> Result<PairView, VaultError> {
    let mut decided = read.alerts_of_buyer(of.buyer)?;
    decided.retain(|alert| alert.order.identity == of.identity);
    decided.sort_by_key(|alert| (alert.closed_at != Some(of.at), Reverse(alert.raised_at)));
    let order_id = decided.iter().map(|alert| &alert.order.order_id).find(|id| !id.is_empty());
    Ok(PairView {
        identity: of.identity.0.to_string(),
        label: whose(read, of.identity, &decided)?,
        order_id: order_id.cloned(),
        reason: of.reason.clone(),
        at: of.at,
        by: team.view(of.by),
        until: of.until,
        ended: !of.holds(now),
    })
}

/// Whose identity it is: the name, else the alias, on an order or a message of these alerts, or on any
/// stored order that carries it.
fn whose(read: &Read<'_>, identity: Token, alerts: &[Alert]) -> Result<String, VaultError> {
    for seen in alerts.iter().map(|alert| &alert.order) {
        let mut of = read.order(&seen.order_id, &seen.marketplace)?.map(|record| record.order);
        if let (None, Some(key)) = (&of, message_key(&seen.message)) {
            of = read.message(&key)?.and_then(|row| row.message.compared());
        }
        if let Some(label) = of.as_ref().map(order_label).filter(|label| !label.is_empty()) {
            return Ok(label);
        }
    }
    for key in read.orders_with_tokens(&[identity], 1)? {
        if let Some(record) = read.order_by_key(key)? {
            return Ok(order_label(&record.order));
        }
    }
    Ok(String::new())
}

fn order_label(order: &ObservedOrder) -> String {
    let mut names = [&order.buyer_name, &order.recipient_name].into_iter();
    let name = names.find(|name| !name.trim().is_empty());
    name.map_or_else(|| mask::alias(&order.alias), |name| mask::name(name))
}

/// A buyer's history, newest first. A sighting that raised an alert is one entry: the alert.
pub(crate) fn timeline(
    read: &Read<'_>,
    buyer: BuyerId,
    team: &Team,
    limit: u32,
) -> Result<Vec<TimelineEntry>, VaultError> {
    let entries = read.timeline(buyer, limit)?;
    let alerted: BTreeSet<String> = entries
        .iter()
        .filter(|entry| entry.kind == vault::TimelineKind::Alert)
        .filter_map(|entry| entry.order_id.clone())
        .collect();
    let told = |entry: &vault::TimelineEntry| {
        entry.kind == vault::TimelineKind::Sighting
            && entry.order_id.as_ref().is_some_and(|order| alerted.contains(order))
    };
    Ok(entries
        .into_iter()
        .filter(|entry| !told(entry))
        .map(|entry| TimelineEntry {
            at: entry.at,
            kind: kind(entry.kind),
            by: entry.by.map(|person| team.view(person)),
            clause: entry.clause,
            text: entry.text,
            order_id: entry.order_id,
            marketplace: entry.marketplace,
            ref_id: entry.reference.map(|id| format!("{:032x}", u128::from_be_bytes(id))),
        })
        .collect())
}

const fn kind(kind: vault::TimelineKind) -> TimelineKind {
    use vault::TimelineKind as K;
    match kind {
        K::Added => TimelineKind::Added,
        K::Incident => TimelineKind::Incident,
        K::IncidentWithdrawn => TimelineKind::IncidentWithdrawn,
        K::Exhibit => TimelineKind::Exhibit,
        K::Note => TimelineKind::Note,
        K::Listed => TimelineKind::Listed,
        K::ListingProposed => TimelineKind::ListingProposed,
        K::Approved => TimelineKind::Approved,
        K::Declined => TimelineKind::Declined,
        K::Cleared => TimelineKind::Cleared,
        K::Sighting => TimelineKind::Sighting,
        K::Alert => TimelineKind::Alert,
        K::NotThisBuyer => TimelineKind::NotThisBuyer,
        K::PairRestored => TimelineKind::PairRestored,
        K::Merged => TimelineKind::Merged,
        K::Unmerged => TimelineKind::Unmerged,
    }
}
