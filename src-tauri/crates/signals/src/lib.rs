#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

//! What the program notices by itself: words in a message, and counts over observations.
//!
//! Whatever is found here is a proposal to a person. A finding says which words it rests on, and a
//! count which observations; neither decides anything.

mod claimed;
mod count;
mod find;
mod fold;
mod list;
mod past;
mod reported;
mod returned;
mod rule;
mod shipped;

pub use claimed::{claim_says_not_received, demands_refund_of_lost};
pub use count::{Act, By, Counted, Counter, History, Observed, Proposal, Rate, SafeTState, Seen};
pub use find::{FINDINGS_KEPT, Finding, Found, READ_BYTES, Reader};
pub use list::{Class, ListError, PhraseList, Problem};
pub use past::{Otherwise, Tally, Tick, windows};
pub use reported::says_not_received;
pub use rule::Kind;
pub use shipped::{rules_mark, shipped_lists, shipped_text};
