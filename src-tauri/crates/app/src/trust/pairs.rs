//! Lists every "not this buyer".

use crate::{ApiError, Nothing, Open, buyers::shown, people::shown::Team, view::PairView};
use buyerwatch_domain::{BuyerId, BuyerStatus};
use serde::Serialize;
use ts_rs::TS;

/// One decision with the buyer whom it is about.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DecidedPair {
    /// The buyer whom the identity is not.
    pub buyer_id: BuyerId,
    /// Their name or first identifier, masked.
    pub buyer_label: String,
    /// How the shop stands to them.
    pub buyer_status: BuyerStatus,
    /// The decision.
    #[serde(flatten)]
    #[ts(flatten)]
    pub pair: PairView,
}

/// Every decision that was not taken back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DecidedPairs {
    /// Newest first.
    pub items: Vec<DecidedPair>,
}

pub(crate) fn run(open: &Open, _: Nothing) -> Result<DecidedPairs, ApiError> {
    let now = open.now();
    open.read(|read| {
        let team = Team::read(read)?;
        let mut pairs = read.pairs()?;
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.at));
        let mut items = Vec::with_capacity(pairs.len());
        for of in &pairs {
            let Some(summary) = read.buyer_summary(of.buyer)? else { continue };
            items.push(DecidedPair {
                buyer_id: of.buyer,
                buyer_label: shown::label(summary.label.as_ref()),
                buyer_status: summary.status,
                pair: shown::pair(read, of, &team, now)?,
            });
        }
        Ok(DecidedPairs { items })
    })
}
