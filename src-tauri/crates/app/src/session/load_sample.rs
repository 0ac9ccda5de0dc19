//! Fills the vault with the bundled sample: a report of 500 invented orders, and a buyer who is
//! listed for what the sample says he wrote.

use crate::{
    ApiError, Nothing, Open,
    buyers::add::{TypedIdentifier, add},
    desk::{Stopped, Work},
    exhibits::{Source, commit, receive},
    imports,
};
use buyerwatch_domain::{
    BuyerId, Command, ExhibitKind, IdentifierKind, IncidentId, ListingId, Timestamp,
};
use serde::Serialize;
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

/// The bundled report, its dates moved so that its last order is of yesterday: orders of long ago would
/// lose their names at once.
#[must_use]
pub fn orders(open: &Open) -> imports::Source {
    let now = open.now();
    let text = String::from_utf8_lossy(ORDERS);
    let day = |at: Timestamp| at.millis().div_euclid(Timestamp::DAY);
    let placed = |line: &str| line.split('\t').nth(2)?.parse::<Timestamp>().ok();
    let last = text.lines().filter_map(placed).max();
    let shift = last.map_or(0, |last| day(now) - 1 - day(last));
    let moved: Vec<String> = text
        .split('\t')
        .map(|cell| match cell.parse::<Timestamp>() {
            Ok(at) => at.plus_days(shift).to_string(),
            Err(_) => cell.to_owned(),
        })
        .collect();
    imports::Source::bundled("orders.txt", moved.join("\t").into_bytes())
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
    let text = language.pick(
        "在消息中要求全额退款并另寄一套，否则与朋友一起给所有商品打一星差评。",
        "Demanded in a message a full refund and a second set for free, or one-star reviews on every product.",
    );
    let version = language
        .pick("买家称收到的套装少了一件。", "The buyer says that a piece of the set was missing.");
    let incident = open.draw(IncidentId::from_bytes)?;
    let message = Source::Bytes("message.txt", MESSAGE);
    let message = receive(open, message, Some(ExhibitKind::Message), &mut |_| true)
        .map_err(Stopped::into_error)?;
    commit(open, vec![message], |tx, stamp, exhibits| {
        let report = Command::AddIncident {
            buyer,
            incident,
            clause: CLAUSE.to_owned(),
            at: stamp.at.plus_days(-14),
            orders: vec![ORDER.to_owned()],
            text: text.to_owned(),
            buyer_version: Some(version.to_owned()),
            exhibits,
        };
        Ok(tx.execute(report, stamp)?)
    })?;
    let listing = open.draw(ListingId::from_bytes)?;
    open.execute(Command::AddListing { buyer, listing, clause: CLAUSE.to_owned() })?;
    Ok(buyer)
}
