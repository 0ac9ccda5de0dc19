//! Counting and reading anew what waits for a person, once a newer program brings other rules or other
//! phrases. What no longer holds is withdrawn and listed as such; what somebody decided stays.

use super::Open;
use crate::{
    ApiError, alerts::shown::message_key, exhibits::freeze_message::is_purged,
    imports::not_received, messages::signal_kinds,
};
use buyerwatch_domain::{SignalId, SignalKind};
use buyerwatch_signals::rules_mark;
use buyerwatch_vault::{NotReceived, Signal};

/// Letters that are looked at in one transaction.
const AT_ONCE: usize = 200;

impl Open {
    /// Works out anew all that waits for a person, if that was worked out by other rules than those of this
    /// program; answers the signals that are new. A break loses nothing: it is begun again.
    ///
    /// # Errors
    /// When the vault is locked, cannot be read or written.
    pub(crate) fn recount_by_new_rules(&self) -> Result<Vec<SignalId>, ApiError> {
        let mark = rules_mark();
        if self.read(|read| read.signal_rules())?.as_deref() == Some(&*mark) {
            return Ok(Vec::new());
        }
        self.write_observations(|tx, stamp| {
            tx.keep_open_signals(stamp.at)?;
            Ok(tx.count_all_again()?)
        })?;
        self.read_claims_again()?;
        let new = self.count_due()?;
        self.read_open_again()?;
        self.write_observations(|tx, _| Ok(tx.set_signal_rules(&mark)?))?;
        Ok(new)
    }

    /// Takes back of letters that they say that something did not arrive, where they do not by these rules.
    fn read_claims_again(&self) -> Result<(), ApiError> {
        let mut after = 0;
        loop {
            self.still_open()?;
            let letters = self.read(|read| read.letters_said_lost(after, AT_ONCE))?;
            let Some((last, _)) = letters.last() else { return Ok(()) };
            after = *last;
            let wrong: Vec<_> = letters
                .into_iter()
                .map(|(_, row)| row)
                // Of what was taken out nobody can tell.
                .filter(|row| !is_purged(&row.message))
                .filter(|row| not_received(&row.message) == NotReceived::No)
                .collect();
            if wrong.is_empty() {
                continue;
            }
            self.write_observations(|tx, _| {
                for row in wrong {
                    tx.set_not_received(&row.id, NotReceived::No)?;
                    tx.count_again(&row.message.order_id)?;
                }
                Ok(())
            })?;
        }
    }

    /// Withdraws what was read in words in which these phrases find nothing of the kind. Nothing is added: as
    /// when a list is published, what came in before is not read for more.
    fn read_open_again(&self) -> Result<(), ApiError> {
        let reader = self.phrases()?;
        let (_, open) = self.read(|read| read.open_signals(0, u32::MAX))?;
        let is_read =
            |of: &&Signal| matches!(of.kind, SignalKind::ReviewThreat | SignalKind::Abuse);
        let mut gone: Vec<SignalId> = Vec::new();
        for signal in open.iter().filter(is_read) {
            self.still_open()?;
            let key = signal.basis.first().and_then(|one| message_key(&one.message));
            let Some(key) = key else { continue };
            let row = self.read(|read| read.message(&key))?;
            let Some(row) = row.filter(|row| !is_purged(&row.message)) else { continue };
            let kinds = signal_kinds(&reader, row.message.kind, &row.message.body);
            if !kinds.iter().any(|(kind, clause)| *kind == signal.kind && *clause == signal.clause)
            {
                gone.push(signal.id);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        self.write_observations(|tx, _| {
            Ok(gone.into_iter().try_for_each(|id| tx.withdraw_signal(id))?)
        })
    }
}
