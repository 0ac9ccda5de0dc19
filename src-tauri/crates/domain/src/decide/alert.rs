//! Alerts: raised, claimed, closed, taken back.

use super::{Outcome, Stamp, known, remark};
use crate::{
    Alert, AlertState, BuyerId, BuyerStatus, Command, Declined, Event, ListingState, Refusal,
    State, Tier, Timestamp, ties,
};

/// Longest time for which an alert may be hidden.
const SNOOZE_LIMIT_MS: i64 = 30 * Timestamp::DAY;

pub(super) fn decide<S: State>(state: &S, command: Command, stamp: Stamp) -> Outcome<S::Error> {
    let read = |alert| known(state.alert(alert), "alert");
    match command {
        Command::RaiseAlert { alert, buyer, order, tier, score, reasons, latency_ms } => {
            let status = known(state.buyer_status(buyer), "buyer")?;
            let listing = state
                .newest_listing(buyer)
                .map_err(Declined::Unreadable)?
                .filter(|l| l.state == ListingState::Active && status == BuyerStatus::Listed)
                .ok_or(Refusal::NotListed)?
                .id;
            let before = state.alert_on(buyer, &order).map_err(Declined::Unreadable)?;
            if before.as_ref().is_some_and(|before| before.tier >= tier) {
                return Err(Refusal::AlreadyAlerted.into());
            }
            // A possible match that became certain: the team must hear of it, once.
            let superseded = before.filter(|before| !before.state.is_closed());
            let mut events: Vec<Event> = superseded
                .map(|before| Event::AlertSuperseded { alert: before.id, by: alert })
                .into_iter()
                .collect();
            events.push(Event::AlertRaised {
                alert,
                buyer,
                listing,
                order,
                tier,
                score,
                reasons,
                latency_ms,
            });
            Ok(events)
        }
        Command::ClaimAlert { alert } => {
            let known_alert = read(alert)?;
            match known_alert.state {
                AlertState::Open => Ok(vec![Event::AlertClaimed { alert }]),
                AlertState::Claimed if known_alert.claimed_by == Some(stamp.actor) => {
                    Ok(Vec::new())
                }
                AlertState::Claimed => Err(Refusal::ClaimedByOther.into()),
                _ => Err(Refusal::WrongAlertState.into()),
            }
        }
        Command::ReleaseAlert { alert } => match read(alert)?.state {
            AlertState::Claimed => Ok(vec![Event::AlertReleased { alert }]),
            _ => Err(Refusal::WrongAlertState.into()),
        },
        Command::HandleAlert { alert, note } => {
            free_to_close(&read(alert)?, stamp)?;
            Ok(vec![Event::AlertHandled { alert, note: remark(note, "note")? }])
        }
        Command::DismissAlert { alert, note, not_this_buyer, until } => {
            let known_alert = read(alert)?;
            free_to_close(&known_alert, stamp)?;
            let note = remark(note, "note")?;
            let mut events = vec![Event::AlertDismissed { alert, note: note.clone() }];
            if not_this_buyer {
                if note.is_none() {
                    return Err(Refusal::ReasonNeeded.into());
                }
                events.extend(reject(state, &known_alert, note, until, stamp)?);
            }
            Ok(events)
        }
        Command::ReopenAlert { alert } => {
            let known_alert = read(alert)?;
            if !known_alert.state.is_closed() {
                // One that sleeps is woken: its sleep ends now.
                return match known_alert.snoozed_until {
                    Some(until) if until > stamp.at => {
                        Ok(vec![Event::AlertSnoozed { alert, until: stamp.at }])
                    }
                    Some(_) => Ok(Vec::new()),
                    None => Err(Refusal::WrongAlertState.into()),
                };
            }
            let mut events = vec![Event::AlertReopened { alert }];
            // Taking back "not this buyer" must let the pair alert again, or an undo would leave
            // the buyer silenced for good.
            let (buyer, identity) = (known_alert.buyer, known_alert.order.identity);
            let pair = state.pair(buyer, identity).map_err(Declined::Unreadable)?;
            if let Some(pair) = pair.filter(|pair| Some(pair.at) == known_alert.closed_at) {
                // What was dismissed with it was dismissed for nothing else.
                let with_it = alerts_of(state, buyer)?.into_iter().filter(|other| {
                    other.id != alert
                        && other.order.identity == identity
                        && other.state == AlertState::Dismissed
                        && (other.closed_at, other.closed_by)
                            == (known_alert.closed_at, known_alert.closed_by)
                });
                events.extend(with_it.map(|other| Event::AlertReopened { alert: other.id }));
                events.push(Event::PairRestored { buyer: pair.buyer, identity, reason: None });
            }
            Ok(events)
        }
        Command::SnoozeAlert { alert, until } => {
            if read(alert)?.state.is_closed() {
                return Err(Refusal::WrongAlertState.into());
            }
            let ahead = until.millis().saturating_sub(stamp.at.millis());
            if ahead <= 0 || ahead > SNOOZE_LIMIT_MS {
                return Err(Refusal::SnoozeOutOfRange.into());
            }
            Ok(vec![Event::AlertSnoozed { alert, until }])
        }
        // `super::decide` sends no other command here.
        _ => Ok(Vec::new()),
    }
}

/// Remembers that the identity of an alert is not its buyer, and closes what else that explains.
fn reject<S: State>(
    state: &S,
    alert: &Alert,
    note: Option<String>,
    until: Option<Timestamp>,
    stamp: Stamp,
) -> Outcome<S::Error> {
    if until.is_some_and(|until| until <= stamp.at) {
        return Err(Refusal::EndsInThePast.into());
    }
    let (buyer, identity) = (alert.buyer, alert.order.identity);
    let earlier = state.pair(buyer, identity).map_err(Declined::Unreadable)?;
    let earlier = earlier.filter(|pair| pair.holds(stamp.at));
    let mut known = ties(&alert.reasons);
    match earlier.as_ref().map(|pair| (pair, pair.ties.as_ref())) {
        Some((_, Some(before))) => known.extend(before),
        // Earlier programs did not keep what tied the two: it was before whoever decided if the buyer carried it.
        Some((pair, None)) => {
            let carried = state.buyer(buyer).map_err(Declined::Unreadable)?;
            let carried =
                carried.iter().flat_map(|of| of.identifiers.iter().map(move |id| (of, id)));
            let known_then = carried.filter(|(of, id)| id.kind.is_exact() && pair.knows(of, id.id));
            known.extend(known_then.map(|(_, id)| id.id));
        }
        None => {}
    }
    known.sort_unstable();
    known.dedup();
    // What else this identity raised is not of this buyer either, unless it rests on an identifier
    // that was not looked at. What somebody else works on stays in their hands.
    let others = alerts_of(state, buyer)?.into_iter().filter(|other| {
        other.id != alert.id
            && other.order.identity == identity
            && free_to_close(other, stamp).is_ok()
            && ties(&other.reasons).iter().all(|id| known.contains(id))
    });
    let mut events: Vec<Event> =
        others.map(|other| Event::AlertDismissed { alert: other.id, note: note.clone() }).collect();
    // One that was raised in spite of an earlier decision, or beside it, needs a newer one.
    let says_it = earlier.is_some_and(|pair| {
        pair.at >= alert.raised_at
            && pair.until == until
            && pair.ties.is_none_or(|before| known.iter().all(|id| before.contains(id)))
    });
    if !says_it {
        let ties = Some(known);
        events.push(Event::PairRejected { buyer, identity, reason: note, ties, until });
    }
    Ok(events)
}

/// Every alert of a buyer, oldest first.
pub(super) fn alerts_of<S: State>(
    state: &S,
    buyer: BuyerId,
) -> Result<Vec<Alert>, Declined<S::Error>> {
    let mut alerts = state.alerts_of(buyer).map_err(Declined::Unreadable)?;
    alerts.sort_by_key(|alert| (alert.raised_at, alert.id));
    Ok(alerts)
}

/// A possible match may be closed by anybody; an alert that somebody works on, by them.
fn free_to_close(alert: &Alert, stamp: Stamp) -> Result<(), Refusal> {
    match alert.state {
        AlertState::Open => Ok(()),
        AlertState::Claimed if alert.tier == Tier::Possible => Ok(()),
        AlertState::Claimed if alert.claimed_by == Some(stamp.actor) => Ok(()),
        AlertState::Claimed => Err(Refusal::ClaimedByOther),
        AlertState::Handled | AlertState::Dismissed => Err(Refusal::WrongAlertState),
    }
}
