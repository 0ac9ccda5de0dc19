//! Alerts: raised, claimed, closed, taken back.

use super::{Outcome, Stamp, known, remark};
use crate::{
    Alert, AlertState, BuyerId, BuyerStatus, Command, Declined, Event, ListingState, Refusal,
    State, Tier, Timestamp,
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
        Command::DismissAlert { alert, note, not_this_buyer } => {
            let known_alert = read(alert)?;
            free_to_close(&known_alert, stamp)?;
            let note = remark(note, "note")?;
            let mut events = vec![Event::AlertDismissed { alert, note: note.clone() }];
            if not_this_buyer {
                let (buyer, identity) = (known_alert.buyer, known_alert.order.identity);
                // What else this identity raised is not of this buyer either. What somebody else
                // works on stays in their hands.
                let others = alerts_of(state, buyer)?.into_iter().filter(|other| {
                    other.id != alert
                        && other.order.identity == identity
                        && free_to_close(other, stamp).is_ok()
                });
                let dismissed =
                    |other: Alert| Event::AlertDismissed { alert: other.id, note: note.clone() };
                events.extend(others.map(dismissed));
                // One that was raised in spite of an earlier decision needs a newer one.
                let pair = state.pair(buyer, identity).map_err(Declined::Unreadable)?;
                if pair.is_none_or(|pair| pair.at < known_alert.raised_at) {
                    events.push(Event::PairRejected { buyer, identity, reason: note });
                }
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
