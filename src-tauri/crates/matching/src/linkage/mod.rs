//! Recognising people whose names and addresses are written in other ways.
//!
//! Record linkage after Fellegi and Sunter: what agrees, what is close and what differs each weigh
//! log2(m/u) bits, where m is how often it happens between two orders of one person and u between
//! those of strangers. u of a name, a town or a postcode is counted in the shop's own orders.
//!
//! Measured by `cargo bench -p buyerwatch-matching --bench scenarios -- FOLDER`. Figures stand in the
//! README of the crate. Screening uses it beside equal tokens: see [`recognise`](crate::recognise).

mod compare;
mod explain;
mod ideographs;
mod index;
mod kana;
mod model;
mod names;
mod packed;
mod pairing;
mod pinyin;
mod places;
mod profile;
mod script;
mod spelling;
mod tables;
mod tally;
mod text;
mod tier;
mod veil;

pub use compare::{Evidence, Field, Likeness, NameVerdict, Side, compare};
pub use explain::{Line, Note, Rarity, Verdict, WhyNot, lines, why_not};
pub use index::{Found, Linker};
pub use model::{Addresses, Model};
pub(crate) use names::most_of_names;
pub(crate) use pairing::closest;
pub use pairing::{address_line_part, address_part, name_part};
pub(crate) use profile::NameProfile;
pub use profile::Profile;
pub(crate) use tier::ruled_out;
pub use tier::{ALERT_BITS, Guard, tier};
pub use veil::Veil;
