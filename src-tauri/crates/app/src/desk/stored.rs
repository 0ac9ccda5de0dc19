//! A stored order as it is compared: by its plaintext, or by what is kept in the place of it.

use super::{Open, crowd::order_tokens};
use crate::ApiError;
use buyerwatch_domain::BuyerId;
use buyerwatch_matching::{
    BlindKey, Crowd, Explanation, Index, Likenesses, Match, Order, OrderTokens, Veiled,
    linkage::Veil, order_profile, recognise, recognise_veiled, weigh_against, weigh_veiled,
};
use buyerwatch_vault::{OrderKey, OrderRecord, Read, VeilRow};

/// One stored order with all that is compared.
pub(crate) struct Stored {
    pub(crate) record: OrderRecord,
    pub(crate) tokens: OrderTokens,
    /// What is kept of its names and address, if they are purged.
    veil: Option<(BlindKey, Veil)>,
}

impl Stored {
    /// The order with this number, if there is one.
    pub(crate) fn read(
        key: &BlindKey,
        read: &Read<'_>,
        order: OrderKey,
    ) -> Result<Option<Self>, ApiError> {
        let record = read.order_by_key(order)?;
        record.map(|record| Self::of(key, read, record)).transpose()
    }

    /// As it is compared.
    pub(crate) fn of(
        key: &BlindKey,
        read: &Read<'_>,
        record: OrderRecord,
    ) -> Result<Self, ApiError> {
        let tokens = order_tokens(&record.tokens);
        // A report that came in anew brought the plaintext back.
        let veil =
            if order_profile(&record.order).is_empty() { read.veil(record.key)? } else { None };
        let veil = veil.and_then(|bytes| Veil::read(&bytes)).map(|veil| (key.clone(), veil));
        Ok(Self { record, tokens, veil })
    }

    fn veiled(&self) -> Option<Veiled<'_>> {
        let (key, veil) = self.veil.as_ref()?;
        Some(Veiled { key, tokens: &self.tokens, veil })
    }

    /// The whole argument on one buyer.
    pub(crate) fn weigh(
        &self,
        index: &Index,
        likenesses: &Likenesses,
        buyer: &BuyerId,
        crowd: &dyn Crowd,
    ) -> Option<Explanation> {
        if let Some(veiled) = self.veiled() {
            return weigh_veiled(index, likenesses, veiled, buyer, crowd);
        }
        let profile = order_profile(&self.record.order);
        let order = Order { tokens: &self.tokens, profile: &profile };
        weigh_against(index, likenesses, order, buyer, crowd)
    }

    /// Buyers whom it may be of. After its plaintext is purged only those with an identity of it: who
    /// else resembles it is found from the buyer.
    pub(crate) fn recognise(
        &self,
        index: &Index,
        likenesses: &Likenesses,
        crowd: &dyn Crowd,
    ) -> Vec<Match> {
        if let Some(veiled) = self.veiled() {
            return recognise_veiled(index, likenesses, veiled, [], crowd);
        }
        let profile = order_profile(&self.record.order);
        let alike = likenesses.find(&profile);
        recognise(index, likenesses, &self.tokens, || profile, &alike, crowd)
    }
}

impl Open {
    /// Takes out who bought these orders and where they went, and keeps in the place of it what it takes to
    /// recognise them; all or, when it fails, none. Answers how many had anything to take out.
    ///
    /// # Errors
    /// `locked` when the vault is; a code of storage when it cannot be written.
    pub fn purge_orders(&self, orders: &[OrderKey]) -> Result<u64, ApiError> {
        self.session().recogniser.ensure(self)?;
        let model = match self.session().recogniser.hold() {
            Some(list) => list.model(),
            None => return Err(super::unread()),
        };
        self.write_observations(|tx, _| {
            let mut veils = Vec::with_capacity(orders.len());
            for order in orders {
                let Some(record) = tx.read().order_by_key(*order)? else { continue };
                let veil = Veil::of(self.key(), &model, &order_profile(&record.order));
                veils.push((*order, veil.bytes(), veil));
            }
            let rows: Vec<VeilRow<'_>> = veils
                .iter()
                .map(|(order, bytes, veil)| VeilRow {
                    order: *order,
                    veil: bytes,
                    keys: veil.keys(),
                })
                .collect();
            Ok(tx.purge_orders(&rows)?)
        })
    }
}
