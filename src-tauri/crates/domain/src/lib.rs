#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)
)]

//! What Buyerwatch knows and decides, without any input or output.
//!
//! Everything here is a value or a pure function. Time, identity and randomness come in as
//! arguments; storage is behind [`State`]. The one entrance for a change is [`decide`]: it takes
//! what is known, a [`Command`] and a [`Stamp`], and answers with the [`Event`]s to record or with
//! a [`Refusal`] that says what is missing.

mod aftersale;
mod alert;
mod buyer;
mod command;
mod criterion;
mod decide;
mod event;
mod exhibit;
mod gate;
mod ground;
mod id;
mod identifier;
mod incident;
mod listing;
mod memory;
mod merge;
mod message;
mod observation;
mod order_id;
mod person;
mod purpose;
mod refusal;
mod shipped;
mod signal;
mod state;
mod tag;
mod time;
mod trust;

pub use aftersale::{AfterSale, ClaimKind, ObservedClaim, ObservedFeedback, ObservedReturn};
pub use alert::{Alert, AlertState, Reason, ReasonField, ReasonNote, SeenOrder, Tier};
pub use buyer::{Buyer, BuyerStatus, Note};
pub use command::{Command, NewExhibit, NewIdentifier};
pub use criterion::{Clause, Criterion, Localized, Threshold};
pub use decide::{Stamp, decide};
pub use event::{Event, LostEnd};
pub use exhibit::{Exhibit, ExhibitKind, ExhibitLink, MediaClass, Removal};
pub use gate::{Gate, Missing, Requirement};
pub use ground::Ground;
pub use id::{
    AlertId, BlobId, BuyerId, ExhibitId, FolderId, IdentifierId, ImportId, IncidentId, ListingId,
    MailboxId, MalformedId, NoteId, PersonId, SignalId, TrustId,
};
pub use identifier::{Address, Identifier, IdentifierKind, Token};
pub use incident::Incident;
pub use listing::{Listing, ListingState};
pub use memory::Memory;
pub use merge::{Merge, MergedBuyer, holder};
pub use message::{
    Forgery, MessageKind, ObservedAttachment, ObservedMessage, REPLY_HOURS, reply_due,
};
pub use observation::{
    Channel, Fulfillment, Money, ObservedOrder, OrderStatus, SkipReason, Unscreenable,
};
pub use order_id::order_id;
pub use person::{Person, Policy, Role};
pub use purpose::Purpose;
pub use refusal::{Declined, Refusal};
pub use shipped::shipped_criteria;
pub use signal::{SignalBasis, SignalDecision, SignalKind, Verdict};
pub use state::State;
pub use tag::Tag;
pub use time::{MalformedTimestamp, Timestamp};
pub use trust::{PairDecision, Trust, exact_ties, ties};
