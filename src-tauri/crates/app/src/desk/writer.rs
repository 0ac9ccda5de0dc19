//! Who wrote a message, as it is compared: the account, and all that its order knows of the buyer.

use super::stored::Stored;
use crate::ApiError;
use buyerwatch_domain::{MessageKind, ObservedMessage, Token};
use buyerwatch_matching::{
    BlindKey, Crowd, Index, Likenesses, Match, OrderReader, OrderTokens, identity_token,
    linkage::Profile, recognise,
};
use buyerwatch_vault::{MessageTokens, Read};

/// Whether the buyer is the one who acts: only then somebody has to hear of it.
pub(crate) const fn is_of_buyer(kind: MessageKind) -> bool {
    kind.is_of_buyer()
}

/// Who wrote a message.
pub(crate) enum Writer {
    /// Of a stored order, with the account that writes: an order may have been placed from another one.
    OfOrder {
        /// The order, with that account.
        stored: Box<Stored>,
        /// What a decision may have been made on before the order told more: the order alone, the account
        /// alone.
        apart: Vec<Token>,
    },
    /// Known by the account alone.
    Account(Box<OrderTokens>),
}

impl Writer {
    /// Who wrote a message; `None` when it names nobody, neither an account nor a stored order, or looks
    /// forged.
    pub(crate) fn of(
        key: &BlindKey,
        read: &Read<'_>,
        message: &ObservedMessage,
        own: MessageTokens,
    ) -> Result<Option<Self>, ApiError> {
        let Some(mut order) = message.compared() else { return Ok(None) };
        let known = match message.order_id.as_str() {
            "" => None,
            order_id => {
                let mut found = read.orders_by_id(order_id)?;
                // An ID that several marketplaces gave out names nobody.
                found.pop().filter(|_| found.is_empty())
            }
        };
        if let Some(record) = known {
            let mut stored = Stored::of(key, read, record)?;
            let account = OrderTokens {
                alias: own.alias,
                marketplace_id: own.marketplace_id,
                ..OrderTokens::default()
            };
            let apart = [identity_token(&stored.tokens), identity_token(&account)];
            let apart = apart.into_iter().filter(|token| *token != Token(0)).collect();
            stored.tokens.alias = own.alias.or(stored.tokens.alias);
            stored.tokens.marketplace_id = own.marketplace_id.or(stored.tokens.marketplace_id);
            return Ok(Some(Self::OfOrder { stored: Box::new(stored), apart }));
        }
        if own.alias.is_none() && own.marketplace_id.is_none() {
            return Ok(None);
        }
        // A name alone is what anybody writes below a message.
        order.buyer_name.clear();
        let mut tokens = OrderReader::default().read(key, &order);
        // The text of the message may be gone, its tokens stay.
        tokens.alias = own.alias;
        tokens.marketplace_id = own.marketplace_id;
        Ok(Some(Self::Account(Box::new(tokens))))
    }

    /// What is compared by equality.
    pub(crate) fn tokens(&self) -> &OrderTokens {
        match self {
            Self::OfOrder { stored, .. } => &stored.tokens,
            Self::Account(tokens) => tokens,
        }
    }

    /// The identities on which a decision on whoever writes may have been made, the present one first.
    pub(crate) fn identities(&self) -> Vec<Token> {
        let apart = match self {
            Self::OfOrder { apart, .. } => apart.as_slice(),
            Self::Account(_) => &[],
        };
        std::iter::once(identity_token(self.tokens())).chain(apart.iter().copied()).collect()
    }

    /// Buyers who may have written it.
    pub(crate) fn recognise(
        &self,
        index: &Index,
        likenesses: &Likenesses,
        crowd: &dyn Crowd,
    ) -> Vec<Match> {
        match self {
            Self::OfOrder { stored, .. } => stored.recognise(index, likenesses, crowd),
            Self::Account(tokens) => {
                recognise(index, likenesses, tokens, Profile::default, &[], crowd)
            }
        }
    }
}
