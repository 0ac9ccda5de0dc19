//! Fills the vault with the bundled sample: a report of 500 invented orders, and a buyer who is
//! listed for what the sample says he wrote.

use crate::{
    ApiError, Nothing, Open,
    buyers::add::{TypedIdentifier, add},
    desk::Work,
    imports::Source,
};
use buyerwatch_domain::{
    BuyerId, Command, ExhibitId, ExhibitKind, IdentifierKind, IncidentId, ListingId, NewExhibit,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use ts_rs::TS;

/// The work that it is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SampleLoading {
    /// The job that imports the orders.
    pub job: String,
}

const ORDERS: &[u8] = include_bytes!("../../assets/sample/orders.txt");
const MESSAGE: &[u8] = include_bytes!("../../assets/sample/message.txt");
const CLAUSE: &str = "REVIEW_EXTORTION";
const ALIAS: &str = "k7m2q9x4w1r8t5@marketplace.amazon.de";
/// An order before those of the report.
const ORDER: &str = "305-7719042-6618357";

pub(crate) fn run(open: &Open, _: Nothing) -> Result<SampleLoading, ApiError> {
    list_buyer(open)?;
    let desk = open.desk();
    let job = desk.board().queue(desk, Work::Sample, Instant::now())?;
    Ok(SampleLoading { job })
}

/// The bundled report.
#[must_use]
pub fn orders() -> Source {
    Source::bundled("orders.txt", ORDERS)
}

/// Records and lists the sample's buyer, unless they are recorded.
///
/// # Errors
/// When the vault is locked or cannot be written.
pub fn list_buyer(open: &Open) -> Result<BuyerId, ApiError> {
    let known = open.read(|read| read.carriers(IdentifierKind::Alias, ALIAS))?;
    if let Some(known) = known.first() {
        return Ok(*known);
    }
    let identifiers = [
        (IdentifierKind::Name, "Jonas Dornfeld"),
        (IdentifierKind::Alias, ALIAS),
        (IdentifierKind::Phone, "+49 30 5550142"),
        (IdentifierKind::Address, "Lindenhofweg 14, 97070 Würzburg, DE"),
    ];
    let typed =
        |(kind, value): (IdentifierKind, &str)| TypedIdentifier { kind, value: value.to_owned() };
    let buyer = add(open, identifiers.map(typed).to_vec(), None)?.buyer_id;
    let language = open.desk().settings().language;
    let digest = Sha256::digest(MESSAGE);
    open.execute(Command::AddIncident {
        buyer,
        incident: open.draw(IncidentId::from_bytes)?,
        clause: CLAUSE.to_owned(),
        at: open.now().plus_days(-14),
        orders: vec![ORDER.to_owned()],
        text: language
            .pick(
                "在消息中要求全额退款并另寄一套，否则与朋友一起给所有商品打一星差评。",
                "Demanded in a message a full refund and a second set for free, or one-star reviews on every product.",
            )
            .to_owned(),
        buyer_version: Some(
            language
                .pick("买家称收到的套装少了一件。", "The buyer says that a piece of the set was missing.")
                .to_owned(),
        ),
        exhibits: vec![crate::exhibits::take_in(open, ExhibitKind::Message, "")?],
    })?;
    let listing = open.draw(ListingId::from_bytes)?;
    open.execute(Command::AddListing { buyer, listing, clause: CLAUSE.to_owned() })?;
    Ok(buyer)
}
