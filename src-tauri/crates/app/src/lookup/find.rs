//! Finds buyers and orders by what a person types or pastes: an identifier, a part of one, or a
//! whole label; or by a message, without showing who wrote it.

use super::asked::Asked;
use crate::{ApiError, Open, alerts::shown::message_key, buyers::shown, orders, view::OrderMark};
use buyerwatch_domain::{BuyerId, BuyerStatus, IdentifierKind, Refusal, Timestamp, Token};
use buyerwatch_matching::identifier_tokens;
use buyerwatch_vault::{BuyerSort, BuyersQuery, OrderKey, Read, VaultError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// What to look for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Find {
    /// An order ID, alias, telephone number, name or buyer ID, or a whole address block.
    pub query: String,
    /// A message: whoever wrote it, and its order. Nothing else is looked for then.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub message_id: Option<String>,
}

/// One thing found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LookupItem {
    /// A buyer.
    Buyer {
        /// Their identity.
        id: BuyerId,
        /// Their name or first identifier, masked.
        label: String,
        /// How the shop stands to them.
        status: BuyerStatus,
        /// Which kind of identifier agreed.
        matched: IdentifierKind,
    },
    /// An order.
    Order {
        /// The marketplace's order ID.
        order_id: String,
        /// Where it was placed.
        marketplace: String,
        /// When it was placed.
        purchased_at: Option<Timestamp>,
        /// Name of the buyer, masked.
        label: String,
        /// What was recognised in it.
        flag: Option<OrderMark>,
    },
}

/// All that was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Found {
    /// Buyers first.
    pub items: Vec<LookupItem>,
    /// The list is still being read, so buyers may be missing. When it is there, the tag of buyers
    /// becomes stale.
    pub reading: bool,
}

impl Found {
    const fn nothing() -> Self {
        Self { items: Vec::new(), reading: false }
    }
}

/// Shorter questions fit everything.
const SHORTEST: usize = 2;
/// Orders that are answered.
const ORDERS: usize = 10;
/// Buyers found by likeness that are answered.
const ALIKE: usize = 8;
/// Buyers found by a part of a text that are answered.
const BUYERS: u32 = 8;

pub(crate) fn run(open: &Open, request: Find) -> Result<Found, ApiError> {
    if let Some(id) = &request.message_id {
        return by_message(open, id);
    }
    let query = request.query.trim();
    if query.chars().count() < SHORTEST {
        return Ok(Found::nothing());
    }
    let mut buyers: Vec<(BuyerId, IdentifierKind)> = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let asked = Asked::of(query);
    let list = open.session().recogniser.hold_or_read(open)?;
    for value in &asked.values {
        for kind in KINDS {
            let Ok(read) = identifier_tokens(open.key(), kind, value) else { continue };
            if let Some(list) = &list {
                let holders = read.all().flat_map(|token| list.holders(token));
                buyers.extend(holders.map(|buyer| (buyer, kind)));
            }
            // Of a label only what tells an order by itself: every question costs a look at the disk.
            if asked.alone.is_some() || kind.is_exact() {
                tokens.extend(read.all());
            }
        }
    }
    if let Some(list) = &list {
        buyers.extend(list.look_up(&asked.profile, ALIKE));
        if let Some(alone) = &asked.alone {
            let begun = list.begin_with(alone, ALIKE).into_iter();
            buyers.extend(begun.map(|buyer| (buyer, IdentifierKind::Name)));
        }
    }
    let reading = list.is_none();
    drop(list);
    let part = BuyersQuery {
        status: None,
        text: asked.alone.clone().unwrap_or_default(),
        sort: BuyerSort::Recent,
        descending: true,
        offset: 0,
        limit: BUYERS,
    };
    open.read(|read| {
        let orders = read.orders_with_tokens(&tokens, ORDERS)?;
        // Looks at everybody, so only for what was not found otherwise. No identifier holds a label.
        let by_part = match asked.alone.is_some() && buyers.is_empty() && orders.is_empty() {
            true => read.buyers(&part)?.1,
            false => Vec::new(),
        };
        for summary in by_part {
            let kind = summary.label.map_or(IdentifierKind::Name, |label| label.kind);
            buyers.push((summary.id, kind));
        }
        Ok(Found { reading, ..found(read, buyers, orders)? })
    })
}

/// Who carries what a message carries of its writer, and their orders. What looks forged names nobody:
/// whoever forged it chose whom it is from.
fn by_message(open: &Open, id: &str) -> Result<Found, ApiError> {
    let key = message_key(id).ok_or(Refusal::NotFound("message"))?;
    let row = open.read(|read| read.message(&key))?.ok_or(Refusal::NotFound("message"))?;
    if row.message.forged.is_some() {
        return Ok(Found::nothing());
    }
    let account = [
        (IdentifierKind::Alias, row.tokens.alias),
        (IdentifierKind::MarketplaceId, row.tokens.marketplace_id),
    ];
    let account = account.into_iter().filter_map(|(kind, token)| Some((kind, token?)));
    // An order comes first of the orders.
    let order = identifier_tokens(open.key(), IdentifierKind::OrderId, &row.message.order_id);
    let order = order.into_iter().flat_map(|of| of.all().collect::<Vec<_>>());
    let tokens: Vec<(IdentifierKind, Token)> =
        order.map(|token| (IdentifierKind::OrderId, token)).chain(account).collect();
    open.session().recogniser.ensure(open)?;
    let list = open.session().recogniser.hold();
    let mut buyers: Vec<(BuyerId, IdentifierKind)> = Vec::new();
    for (kind, token) in &tokens {
        let holders = list.iter().flat_map(|list| list.holders(*token));
        buyers.extend(holders.map(|buyer| (buyer, *kind)));
    }
    drop(list);
    open.read(|read| {
        let mut orders: Vec<OrderKey> = Vec::new();
        for (_, token) in &tokens {
            for key in read.orders_with_tokens(&[*token], ORDERS)? {
                if !orders.contains(&key) {
                    orders.push(key);
                }
            }
        }
        found(read, buyers, orders)
    })
}

/// As it is shown, each once.
fn found(
    read: &Read<'_>,
    buyers: Vec<(BuyerId, IdentifierKind)>,
    orders: Vec<OrderKey>,
) -> Result<Found, VaultError> {
    let mut items = Vec::new();
    let mut seen = BTreeSet::new();
    for (buyer, matched) in buyers {
        let Some(summary) = read.buyer_summary(buyer)?.filter(|_| seen.insert(buyer)) else {
            continue;
        };
        items.push(LookupItem::Buyer {
            id: summary.id,
            label: shown::label(summary.label.as_ref()),
            status: summary.status,
            matched,
        });
    }
    for key in orders.into_iter().take(ORDERS) {
        let Some(order) = read.order_summary(key)? else { continue };
        items.push(LookupItem::Order {
            label: orders::shown::label(&order.buyer_name, &order.recipient_name, &order.alias),
            order_id: order.order_id,
            marketplace: order.marketplace,
            purchased_at: order.purchased_at,
            flag: order.flag.map(orders::shown::mark),
        });
    }
    Ok(Found { items, reading: false })
}

/// As what a question may be read.
const KINDS: [IdentifierKind; 7] = [
    IdentifierKind::Address,
    IdentifierKind::OrderId,
    IdentifierKind::Alias,
    IdentifierKind::Phone,
    IdentifierKind::MarketplaceId,
    IdentifierKind::UserName,
    IdentifierKind::Name,
];
