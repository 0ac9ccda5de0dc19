//! Signals: accepted, rejected, taken up again.

use super::{Outcome, known, remark};
use crate::{Command, Declined, Event, Refusal, State, Verdict};

pub(super) fn decide<S: State>(state: &S, command: Command) -> Outcome<S::Error> {
    let undecided = |signal| match state.signal_decision(signal).map_err(Declined::Unreadable)? {
        Some(_) => Err(Declined::Refused(Refusal::SignalDecided)),
        None => Ok(()),
    };
    match command {
        Command::AcceptSignal { signal, kind, clause, mut basis, buyer, incidents } => {
            undecided(signal)?;
            let of = known(state.buyer(buyer), "buyer")?;
            // An accepted signal is one on which something was reported.
            if incidents.is_empty() || basis.is_empty() {
                return Err(Refusal::NotFound("incident").into());
            }
            for incident in &incidents {
                super::buyer::standing(&of, *incident)?;
            }
            basis.sort();
            basis.dedup();
            Ok(vec![Event::SignalAccepted {
                signal,
                signal_kind: kind,
                clause,
                basis,
                buyer,
                incidents,
            }])
        }
        Command::RejectSignal { signal, kind, clause, mut basis, reason } => {
            undecided(signal)?;
            if basis.is_empty() {
                return Err(Refusal::NotFound("signal").into());
            }
            basis.sort();
            basis.dedup();
            let reason = remark(reason, "reason")?;
            Ok(vec![Event::SignalRejected { signal, signal_kind: kind, clause, basis, reason }])
        }
        Command::ReopenSignal { signal } => {
            let decision = known(state.signal_decision(signal), "signal")?;
            match decision.verdict {
                Verdict::Rejected => Ok(vec![Event::SignalReopened {
                    signal,
                    signal_kind: decision.kind,
                    basis: decision.basis,
                }]),
                // What was reported stands until it is withdrawn.
                Verdict::Accepted => Err(Refusal::SignalAccepted.into()),
            }
        }
        // `super::decide` sends no other command here.
        _ => Ok(Vec::new()),
    }
}
