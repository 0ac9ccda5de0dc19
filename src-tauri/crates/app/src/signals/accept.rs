//! Reports incidents on a signal: one for each observation, each with copies of its order and of its
//! message or letter as they are stored now.

use super::{Stored, known, letter};
use crate::{
    ApiError, Open,
    alerts::shown::message_hex,
    buyers::{self, add::TypedIdentifier},
    desk::Stopped,
    exhibits::{Received, Source, commit, freeze_message, freeze_order, receive},
    listings, orders,
    view::GateView,
};
use buyerwatch_domain::{
    BuyerId, Command, ExhibitKind, IdentifierId, IdentifierKind, IncidentId, NewIdentifier,
    Refusal, SignalBasis, SignalId, SignalKind,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to report.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AcceptSignal {
    /// The signal.
    pub id: SignalId,
    /// On whom; somebody new when left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub buyer_id: Option<BuyerId>,
    /// It is somebody new although others share an identifier.
    #[serde(default)]
    pub as_new: bool,
    /// What happened.
    pub text: String,
    /// Observations, by their keys, that are nothing. They are judged, too.
    #[serde(default)]
    pub except: Vec<String>,
}

/// What was reported.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AcceptedSignal {
    /// On whom.
    pub buyer_id: BuyerId,
    /// The incidents, oldest first.
    pub incidents: Vec<IncidentId>,
    /// How far the buyer is now from being listed under the clause.
    pub gate: GateView,
    /// Orders whose copies do not say who bought, since that was taken out when its retention time ended.
    pub personal_data_removed: u32,
}

pub(crate) fn run(open: &Open, request: AcceptSignal) -> Result<AcceptedSignal, ApiError> {
    let AcceptSignal { id, buyer_id, as_new, text, except } = request;
    let signal = known(open, id)?.signal;
    let chosen: Vec<SignalBasis> =
        signal.basis.iter().filter(|one| !except.contains(&one.key())).cloned().collect();
    if chosen.is_empty() {
        let why = "nothing is left to report; reject the signal instead";
        return Err(ApiError::new("nothing_chosen", why));
    }
    let new = match buyer_id {
        Some(_) => None,
        None => Some(somebody_new(open, &chosen, as_new)?),
    };
    let buyer = match buyer_id {
        Some(buyer) => buyer,
        None => open.draw(BuyerId::from_bytes)?,
    };
    let (mut received, mut reports) = (Vec::new(), Vec::with_capacity(chosen.len()));
    let mut personal_data_removed = 0;
    for one in chosen {
        let Copies { copies, personal_data_removed: removed } = copies(open, signal.kind, &one)?;
        personal_data_removed += u32::from(removed);
        let incident = open.draw(IncidentId::from_bytes)?;
        reports.push((incident, one, copies.len()));
        received.extend(copies);
    }
    let incidents: Vec<IncidentId> = reports.iter().map(|(incident, ..)| *incident).collect();
    let clause = signal.clause.clone();
    let decision = Command::AcceptSignal {
        signal: id,
        kind: signal.kind,
        clause: signal.clause,
        basis: signal.basis,
        buyer,
        incidents: incidents.clone(),
    };
    commit(open, received, |tx, stamp, exhibits| {
        if let Some(identifiers) = new {
            tx.execute(Command::AddBuyer { buyer, identifiers, note: None }, stamp)?;
        }
        let mut exhibits = exhibits.into_iter();
        for (incident, one, copies) in reports {
            let orders = if one.order_id.is_empty() { Vec::new() } else { vec![one.order_id] };
            let report = Command::AddIncident {
                buyer,
                incident,
                clause: clause.clone(),
                at: one.at,
                orders,
                text: text.clone(),
                buyer_version: None,
                exhibits: exhibits.by_ref().take(copies).collect(),
            };
            tx.execute(report, stamp)?;
        }
        tx.execute(decision, stamp)?;
        Ok(())
    })?;
    Ok(AcceptedSignal {
        buyer_id: buyer,
        gate: listings::gate::view(open, buyer, &clause)?,
        incidents,
        personal_data_removed,
    })
}

/// What an observation rests on.
struct Copies {
    copies: Vec<Received>,
    /// Its order does not say who bought any more.
    personal_data_removed: bool,
}

/// What an observation rests on, as files that are taken in with the incident.
fn copies(open: &Open, kind: SignalKind, one: &SignalBasis) -> Result<Copies, ApiError> {
    let (Stored { order, message }, letter) =
        open.read(|read| Ok((Stored::read(read, one)?, letter(read, kind, one)?)))?;
    let (mut copies, mut kept, mut personal_data_removed) = (Vec::new(), Vec::new(), false);
    let mut take = |name: &str, bytes: &[u8], kind| -> Result<(), ApiError> {
        let source = Source::Bytes(name, bytes);
        let copy = receive(open, source, Some(kind), &mut |_| true).map_err(Stopped::into_error)?;
        copies.push(copy);
        Ok(())
    };
    let written = message.or(letter);
    if let Some(row) = written.filter(|row| !freeze_message::is_purged(&row.message)) {
        kept = freeze_message::copies(open, &message_hex(&row.id))?;
    }
    if let Some(record) = order {
        let copy = freeze_order::copy(open, &record)?;
        take(&copy.name, copy.text.as_bytes(), ExhibitKind::OrderPage)?;
        personal_data_removed = copy.personal_data_removed;
    }
    kept.append(&mut copies);
    Ok(Copies { copies: kept, personal_data_removed })
}

/// What ties somebody to the observations: of the newest that says it.
pub(super) fn identifiers(
    open: &Open,
    basis: &[SignalBasis],
) -> Result<Vec<TypedIdentifier>, ApiError> {
    for one in basis.iter().rev() {
        let Stored { order, message } = open.read(|read| Stored::read(read, one))?;
        let compared = message.and_then(|row| row.message.compared());
        // Who writes is who acts; an order may have been placed from another account.
        let of = [compared, order.map(|record| record.order)];
        let found: Vec<TypedIdentifier> = of
            .into_iter()
            .flatten()
            .flat_map(|order| orders::shown::identifiers(open.key(), &order))
            .filter(|(kind, _)| *kind != IdentifierKind::OrderId)
            .fold(Vec::new(), |mut kept: Vec<TypedIdentifier>, (kind, value)| {
                if !kept.iter().any(|of| of.kind == kind && of.value == value) {
                    kept.push(TypedIdentifier { kind, value });
                }
                kept
            });
        if !found.is_empty() {
            return Ok(found);
        }
    }
    // Everything else was purged.
    let orders = basis.iter().filter(|one| !one.order_id.is_empty());
    let typed = |one: &SignalBasis| TypedIdentifier {
        kind: IdentifierKind::OrderId,
        value: one.order_id.clone(),
    };
    Ok(orders.map(typed).collect())
}

fn somebody_new(
    open: &Open,
    basis: &[SignalBasis],
    as_new: bool,
) -> Result<Vec<NewIdentifier>, ApiError> {
    let identifiers = identifiers(open, basis)?;
    if !as_new && !buyers::add::sharing(open, &identifiers)?.is_empty() {
        let why = "a buyer on record shares an identifier with these orders; \
                   choose that buyer, or say that it is somebody new";
        return Err(ApiError::new("choose_buyer", why));
    }
    if identifiers.is_empty() {
        return Err(Refusal::NoIdentifier.into());
    }
    let new = |of: TypedIdentifier| {
        let id = open.draw(IdentifierId::from_bytes)?;
        Ok(NewIdentifier { id, kind: of.kind, value: of.value })
    };
    identifiers.into_iter().map(new).collect()
}
