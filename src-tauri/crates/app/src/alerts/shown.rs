//! Alerts as they are shown.

use crate::{
    ApiError, Open,
    buyers::shown as buyers,
    compared, listings, orders,
    people::shown::Team,
    view::{AlertDetail, AlertMessage, AlertRow, TimelineKind},
};
use buyerwatch_domain::{
    Alert, AlertId, Buyer, ExhibitKind, Ground, Incident, Localized, ObservedMessage, Refusal,
};
use buyerwatch_vault::{AlertSummary, MessageKey, OrderRecord, Read, VaultError};

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
        message_id: (!order.message.is_empty()).then(|| order.message.clone()),
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
    pub(super) message: Option<ObservedMessage>,
}

pub(super) fn case(read: &Read<'_>, id: AlertId) -> Result<Option<Case>, VaultError> {
    let Some(summary) = read.alert_summary(id)? else { return Ok(None) };
    let Some(buyer) = read.buyer(summary.alert.buyer)? else { return Ok(None) };
    let seen = &summary.alert.order;
    let order = read.order(&seen.order_id, &seen.marketplace)?;
    let message = match message_key(&seen.message) {
        Some(key) => read.message(&key)?.map(|row| row.message),
        None => None,
    };
    Ok(Some(Case { summary, buyer, order, message }))
}

/// The ID of a message as alerts and lists name it.
pub(crate) fn message_hex(key: &MessageKey) -> String {
    use std::fmt::Write as _;
    key.iter().fold(String::with_capacity(32), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

pub(crate) fn message_key(hex: &str) -> Option<MessageKey> {
    let mut key = [0; 16];
    if hex.len() != 2 * key.len() {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(key)
}

fn message(of: &ObservedMessage) -> AlertMessage {
    AlertMessage {
        kind: of.kind,
        subject: of.subject.clone(),
        text: of.body.clone(),
        truncated: of.truncated,
        sent_at: of.sent_at,
        attachments: of.attachments.iter().map(|of| of.name.clone()).collect(),
    }
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
        // What the message says where no order is known.
        let written = case.message.as_ref().and_then(ObservedMessage::compared);
        let order = match &case.order {
            Some(record) => Some(orders::shown::detail(read, record)?),
            None => None,
        };
        Ok(Some(AlertDetail {
            row: row(&case.summary, &team),
            score: alert.score,
            latency_ms: alert.latency_ms,
            order,
            message: case.message.as_ref().map(message),
            ground: Ground::of(&alert.reasons),
            reasons: compared::reasons(
                open.key(),
                &alert.reasons,
                &case.buyer,
                case.order.as_ref().map(|record| &record.order).or(written.as_ref()),
            ),
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

/// Kinds of evidence that still count.
fn present(buyer: &Buyer) -> Vec<ExhibitKind> {
    let standing: Vec<&Incident> =
        buyer.incidents.iter().filter(|incident| incident.withdrawn.is_none()).collect();
    ExhibitKind::ALL
        .into_iter()
        .filter(|kind| {
            let mut of_kind = buyer.exhibits.iter().filter(|exhibit| exhibit.kind == *kind);
            of_kind.any(|exhibit| exhibit.is_sound() && buyer.is_shown_by(exhibit, &standing))
        })
        .collect()
}
