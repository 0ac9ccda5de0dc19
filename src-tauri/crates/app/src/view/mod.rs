//! What the window and the command line show: masked, joined, ready to be printed.
//!
//! The names and shapes here are the contract with the window; its generated TypeScript is made
//! from them.

mod after_sale;
mod alert;
mod buyer;
mod door;
mod exhibit;
mod import;
mod job;
mod journal;
mod listing;
mod order;
mod overview;
mod person;
mod session;
mod trust;

pub use after_sale::{ClaimView, FeedbackView, ReturnView};
pub use alert::{AlertDetail, AlertMessage, AlertRow, Named, ReasonView};
pub use buyer::{
    ApartView, BuyerCounts, BuyerDetail, BuyerRow, DuplicateView, IdentifierView, IncidentView,
    MergedView, NoteView, PairView, TimelineEntry, TimelineKind,
};
pub use door::DoorErrorView;
pub use exhibit::{
    CustodyAct, CustodyView, ExhibitDetail, ExhibitNoteView, ExhibitView, GuessedFile, LinkView,
    RemovedView,
};
pub use import::{
    Coverage, ImportRecord, ImportState, ObservationCounts, SkippedCount, SkippedRow,
    UnscreenableCount,
};
pub use job::{Job, JobKind, JobState, VerifyCounts};
pub use journal::{JournalHead, JournalProblem, JournalReport, RecordHead};
pub use listing::{Approval, GateExhibit, GateView, ListingView};
pub use order::{OrderDetail, OrderLine, OrderMark, OrderRow};
pub use overview::{AlertCounts, Overview};
pub use person::{PersonView, PolicyView};
pub use session::{Language, Phase, SessionState, Theme};
pub use trust::TrustView;
