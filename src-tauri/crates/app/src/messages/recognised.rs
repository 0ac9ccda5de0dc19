//! Which buyer on record wrote a conversation: whoever an alert on it names, else whoever is recognised in
//! the account that writes and in its order.

use crate::{
    ApiError, Open,
    alerts::shown::message_key,
    buyers,
    desk::{Guard, StoredCrowd, Trusted, Writer, is_account, is_told_apart, listed},
};
use buyerwatch_domain::{
    Alert, AlertId, AlertState, BuyerId, BuyerStatus, ObservedMessage, Refusal, Tier, Timestamp,
    Token,
};
use buyerwatch_vault::{MessageKey, MessageTokens, Read};
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// A buyer on record who was recognised for sure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RecognisedBuyer {
    /// Their identity.
    pub id: BuyerId,
    /// Their name or first identifier, masked.
    pub label: String,
    /// How the shop stands to them.
    pub status: BuyerStatus,
}

/// Orders of a buyer whose messages are looked for, the newest.
const ORDERS: usize = 20_000;
/// Messages of one account or order that are looked at, the newest.
const MESSAGES: usize = 1_000;

/// Tells who wrote, by what is stored and by the list as it is now.
pub(super) struct Marks<'a> {
    open: &'a Open,
    list: Option<Guard<'a>>,
    trusted: Trusted,
    now: Timestamp,
}

impl<'a> Marks<'a> {
    /// # Errors
    /// When the vault is locked or cannot be read.
    pub(super) fn new(open: &'a Open) -> Result<Self, ApiError> {
        open.session().recogniser.ensure(open)?;
        let trusts = open.read(|read| read.trusts())?;
        let (now, key) = (open.now(), open.key());
        let trusted = Trusted::of(key, &trusts, now);
        Ok(Self { open, list: open.session().recogniser.hold(), trusted, now })
    }

    /// Who wrote a conversation that these accounts wrote, of which perhaps an alert stands; `message` is one
    /// of it. None of a buyer who was cleared, of a trusted identity, and of whom a person found that it is
    /// somebody else.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub(super) fn of(
        &self,
        alert: Option<AlertId>,
        message: &ObservedMessage,
        accounts: &[MessageTokens],
    ) -> Result<Option<RecognisedBuyer>, ApiError> {
        self.open.vault().read(|read| {
            let alerted = match alert {
                Some(alert) => read.alert(alert)?.map(|alert| alert.buyer),
                None => None,
            };
            let found = match alerted {
                Some(buyer) => Some(buyer),
                None => self.named(read, message, accounts)?,
            };
            match found {
                Some(buyer) => shown(read, buyer),
                None => Ok(None),
            }
        })
    }

    /// Who is recognised for sure in one of the accounts and in their order, else who was recognised in the
    /// order. As alerts do, it keeps silent of trusted identities and of "not this buyer".
    fn named(
        &self,
        read: &Read<'_>,
        message: &ObservedMessage,
        accounts: &[MessageTokens],
    ) -> Result<Option<BuyerId>, ApiError> {
        let Some(list) = &self.list else { return Ok(None) };
        let mut of_order = match message.order_id.as_str() {
            "" => None,
            order_id => read.recognised_in_order(order_id)?,
        };
        // Without an account the order alone says who writes.
        let nobody = [MessageTokens::default()];
        for account in if accounts.is_empty() { &nobody } else { accounts } {
            let Some(writer) = Writer::of(self.open.key(), read, message, *account)? else {
                continue;
            };
            if self.trusted.is_account(writer.tokens()) {
                return Ok(None);
            }
            let crowd = StoredCrowd::new(read);
            let matches = list.recognise_writer(&writer, &crowd);
            crowd.finish()?;
            for found in matches.into_iter().filter(|found| found.tier == Tier::Alert) {
                let trusted = self.trusted.silences(writer.tokens(), &found.reasons);
                if !trusted && !is_told_apart(read, &found, &writer.identities(), self.now)? {
                    return Ok(Some(found.buyer));
                }
                of_order = of_order.filter(|buyer| *buyer != found.buyer);
            }
        }
        Ok(of_order)
    }

    /// Messages that a buyer wrote; one of each conversation at least.
    ///
    /// # Errors
    /// `not_found`, or the vault cannot be read.
    pub(super) fn written_by(&self, buyer: BuyerId) -> Result<Vec<MessageKey>, ApiError> {
        self.open.vault().read(|read| {
            let known = read.buyer(buyer)?.ok_or(Refusal::NotFound("buyer"))?;
            let accounts: Vec<Token> = listed(self.open.key(), &known.identifiers)
                .iter()
                .filter(|of| !of.shared && !of.tokens.shared && is_account(of.tokens.kind))
                .flat_map(|of| of.tokens.all())
                .collect();
            let mut orders = BTreeSet::new();
            for sighting in read.sightings_of_buyer(known.id, ORDERS)? {
                orders.extend(read.order_by_key(sighting.order)?.map(|of| of.order.order_id));
            }
            let orders: Vec<&str> = orders.iter().map(String::as_str).collect();
            let alerts = read.alerts_of_buyer(known.id)?.into_iter();
            let mut written: Vec<MessageKey> =
                alerts.filter(stands).filter_map(|of| message_key(&of.order.message)).collect();
            for row in read.messages_by(&accounts, &orders, MESSAGES)? {
                if self.named(read, &row.message, &[row.tokens])? == Some(known.id) {
                    written.push(row.id);
                }
            }
            Ok(written)
        })
    }
}

/// Whether an alert says something of the buyer.
fn stands(alert: &Alert) -> bool {
    alert.tier == Tier::Alert && alert.state != AlertState::Dismissed
}

fn shown(read: &Read<'_>, buyer: BuyerId) -> Result<Option<RecognisedBuyer>, ApiError> {
    let summary = read.buyer_summary(buyer)?;
    let summary = summary.filter(|summary| summary.status != BuyerStatus::Cleared);
    Ok(summary.map(|summary| RecognisedBuyer {
        id: summary.id,
        label: buyers::shown::label(summary.label.as_ref()),
        status: summary.status,
    }))
}
