//! What the words of a message may fall under, when it comes in and when its writer is no longer trusted.

use crate::{
    ApiError, Open,
    alerts::shown::message_hex,
    desk::{Trusted, signal_id},
    messages::signal_kinds,
};
use buyerwatch_domain::{SignalBasis, SignalId, Stamp};
use buyerwatch_signals::Reader;
use buyerwatch_vault::{NotReceived, Signal, StoredMessage, Write};

/// What a buyer's words may fall under is put before a person.
pub(super) fn notice(
    open: &Open,
    tx: &mut Write<'_>,
    stamp: Stamp,
    stored: &StoredMessage<'_>,
    reader: &Reader,
    trusted: &Trusted,
    signals: &mut Vec<SignalId>,
) -> Result<(), ApiError> {
    let message = stored.message;
    let carried = [stored.tokens.alias, stored.tokens.marketplace_id];
    if message.forged.is_some() || trusted.has(carried) {
        return Ok(());
    }
    for (kind, clause) in signal_kinds(reader, message.kind, &message.body) {
        if tx.read().criterion_of_clause(clause)?.is_none() {
            continue;
        }
        let at = message.sent_at.unwrap_or(stamp.at);
        let basis = SignalBasis {
            at,
            order_id: message.order_id.clone(),
            message: message_hex(&stored.id),
        };
        let signal = Signal {
            id: signal_id(open, kind, None, &basis),
            kind,
            clause: clause.to_owned(),
            identity: stored.tokens.alias.or(stored.tokens.marketplace_id),
            from: at,
            until: at,
            raised_at: stamp.at,
            orders: 0,
            unsure: 0,
            basis: vec![basis],
        };
        if tx.put_signal(&signal)? {
            signals.push(signal.id);
        }
    }
    Ok(())
}

impl Open {
    /// Reads stored messages again whose writers are no longer trusted; answers the signals that are new.
    ///
    /// # Errors
    /// When the vault is locked, cannot be read or written. What was not read stays due.
    pub(crate) fn read_due(&self) -> Result<Vec<SignalId>, ApiError> {
        let mut new = Vec::new();
        let reader = self.phrases()?;
        for identity in self.read(|read| read.to_read())? {
            new.extend(self.write_observations(|tx, stamp| {
                let mut new = Vec::new();
                let trusted = Trusted::of(self.key(), &tx.read().trusts()?, stamp.at);
                for row in tx.read().messages_of(identity)? {
                    let stored = StoredMessage {
                        id: row.id,
                        message: &row.message,
                        tokens: row.tokens,
                        not_received: NotReceived::No,
                    };
                    notice(self, tx, stamp, &stored, &reader, &trusted, &mut new)?;
                }
                tx.was_read(identity)?;
                Ok(new)
            })?);
        }
        Ok(new)
    }
}
