//! Recognising a buyer again: normalise, make keys, look up, score, explain.
//!
//! Pure: no input or output, no clock, no randomness. Every value is brought into one form
//! ([`normalise`]), the form is hashed with the vault's [`BlindKey`] into a 64-bit token, and only
//! tokens are compared, so orders are recognised after their plaintext is purged.
//!
//! [`screen`] compares one order with all listed buyers and answers with [`Match`]es, each with the
//! full argument. Tiers:
//!
//! | agrees | tier |
//! |---|---|
//! | alias, marketplace buyer ID, telephone number, user name or order ID, none of them shared | alert |
//! | whole name and address | alert; possible if more than 4 unrelated names share the address, nothing if more than 15 |
//! | whole name and postcode | possible |
//! | address, while the name is missing on one side or only the family name agrees | possible |
//! | a shared alias, ID or number, and the whole name | possible |
//! | all else: the address alone, the name alone, the address under an unrelated name | nothing |
//!
//! [`recognise`] does the same for names and addresses in other spellings beside it, which needs the
//! plaintext: see [`linkage`] for the weights and the table in its module for what they may decide.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

mod crowd;
mod identifier;
mod index;
mod key;
mod likeness;
pub mod linkage;
pub mod normalise;
mod postings;
mod screen;
mod tokens;
mod veiled;
mod weigh;

pub use crowd::OrdersInMemory;
pub use identifier::{IdentifierTokens, ListedIdentifier, Unusable, identifier_tokens};
pub use index::Index;
pub use key::BlindKey;
pub use likeness::{
    Likenesses, Order, Resemblance, order_profile, profile, recognise, weigh_against,
};
pub use screen::{Match, explain, explain_listed, screen};
pub use tokens::{
    NameTokens, OrderReader, OrderTokens, SCHEME, identity_token, order_tokens, unrelated_names,
    unscreenable,
};
pub use veiled::{Veiled, recognise_veiled, weigh_veiled};
pub use weigh::{Crowd, Explanation, NoCrowd, RECIPIENTS_PER_NAME, is_shared, weights};
