//! The tables over a database in memory: what orders merge to, what lists show, which indexes the
//! hot queries use.

mod after_sales;
mod door_errors;
mod exhibits;
mod imports;
mod lists;
mod merged_buyers;
mod merging;
mod messages;
mod orders;
mod plans;
mod speed;
mod veils;

use super::upsert::{Origin, StoredOrder, Upsert, upsert};
use super::{Meta, OrderTokenRow, apply};
use crate::{Read, VaultError, schema};
use buyerwatch_domain::{
    Address, AlertId, BlobId, BuyerId, Channel, Command, Event, ExhibitId, ExhibitKind,
    IdentifierId, IdentifierKind, ImportId, IncidentId, ListingId, Money, NewExhibit,
    NewIdentifier, ObservedOrder, OrderStatus, PersonId, Role, SeenOrder, Stamp, Tier, Timestamp,
    Token, Unscreenable, decide, shipped_criteria,
};
use rusqlite::Connection;

const OWNER: PersonId = PersonId::from_bytes([1; 16]);
fn not_this_buyer(alert: AlertId) -> Command {
    let note = Some("another person".into());
    Command::DismissAlert { alert, note, not_this_buyer: true, until: None }
}

const IMPORT: ImportId = ImportId::from_bytes([9; 16]);
const NOW: i64 = 1_790_000_000_000;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(NOW + ms)
}

fn origin(ms: i64) -> Origin {
    Origin { import: IMPORT, at: at(ms) }
}

/// A shop's tables, with a clock that moves on by a second per command.
struct Shop {
    conn: Connection,
    seq: i64,
}

impl Shop {
    fn empty() -> Self {
        let conn = Connection::open_in_memory().unwrap();
        conn.set_prepared_statement_cache_capacity(128);
        conn.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON").unwrap();
        schema::migrate(&conn).unwrap();
        Self { conn, seq: 0 }
    }

    fn new() -> Self {
        let mut shop = Self::empty();
        let role = Role::Owner;
        shop.run(Command::AddPerson { person: OWNER, name: "Mara Lindqvist".into(), role });
        for criterion in shipped_criteria() {
            shop.run(Command::PublishCriterion { criterion });
        }
        shop
    }

    fn read(&self) -> Read<'_> {
        Read::new(&self.conn)
    }

    fn meta(&mut self, at: Timestamp) -> Meta {
        self.seq += 1;
        Meta { at, actor: OWNER, hlc: at.millis() << 16, device: [7; 32], seq: self.seq }
    }

    fn apply(&mut self, event: &Event) {
        let meta = self.meta(at(self.seq * 1000));
        apply(&self.conn, event, &meta).unwrap();
    }

    fn run(&mut self, command: Command) -> Vec<Event> {
        let at = at(self.seq * 1000);
        let events = decide(&self.read(), command, Stamp { at, actor: OWNER }).unwrap();
        for event in &events {
            let meta = self.meta(at);
            apply(&self.conn, event, &meta).unwrap();
        }
        events
    }

    /// Records a buyer with a name and an alias.
    fn add(&mut self, n: u16, name: &str) -> BuyerId {
        let buyer = BuyerId::from_bytes(wide(n));
        let mut alias_id = wide(n);
        alias_id[0] = 1;
        let identifier = |id, kind, value: String| NewIdentifier {
            id: IdentifierId::from_bytes(id),
            kind,
            value,
        };
        let alias = format!("a{n:05}b2c3d4e5f@marketplace.amazon.de");
        let identifiers = vec![
            identifier(alias_id, IdentifierKind::Alias, alias),
            identifier(wide(n), IdentifierKind::Name, name.to_owned()),
        ];
        self.run(Command::AddBuyer { buyer, identifiers, note: None });
        buyer
    }

    /// Records an incident under the one-incident clause and lists the buyer.
    fn list(&mut self, n: u16, buyer: BuyerId) -> ListingId {
        self.report(n, buyer);
        let listing = ListingId::from_bytes(wide(n));
        self.run(Command::AddListing { buyer, listing, clause: "REVIEW_EXTORTION".into() });
        listing
    }

    fn report(&mut self, n: u16, buyer: BuyerId) -> IncidentId {
        let incident = IncidentId::from_bytes(wide(n));
        let exhibit = NewExhibit {
            id: ExhibitId::from_bytes(wide(n)),
            kind: ExhibitKind::Message,
            name: "message.png".into(),
            sha256: "0f".repeat(32),
            bytes: 4711,
            media_type: "image/png".into(),
            captured_at: None,
            captured_offset: None,
            blob: BlobId::from_bytes([7; 32]),
            derived_from: None,
            links: Vec::new(),
        };
        self.run(Command::AddIncident {
            buyer,
            incident,
            clause: "REVIEW_EXTORTION".into(),
            at: at(-5_000),
            orders: vec!["302-0000001-0000001".into()],
            text: "Asked for a refund or a bad review would follow.".into(),
            buyer_version: None,
            exhibits: vec![exhibit],
        });
        incident
    }

    fn raise(&mut self, n: u16, buyer: BuyerId, order_id: &str, tier: Tier) -> AlertId {
        let alert = AlertId::from_bytes(wide(n));
        self.run(Command::RaiseAlert {
            alert,
            buyer,
            order: SeenOrder {
                order_id: order_id.into(),
                marketplace: "Amazon.de".into(),
                at: at(0),
                identity: Token(i64::from(n)),
                message: String::new(),
            },
            tier,
            score: 19.25,
            reasons: Vec::new(),
            latency_ms: 40,
        });
        alert
    }

    fn take(&self, lines: &[(ObservedOrder, OrderTokenRow)]) -> Vec<Upsert> {
        self.try_take(lines).unwrap()
    }

    fn try_take(
        &self,
        lines: &[(ObservedOrder, OrderTokenRow)],
    ) -> Result<Vec<Upsert>, VaultError> {
        let batch: Vec<StoredOrder<'_>> = lines
            .iter()
            .map(|(order, tokens)| StoredOrder {
                order,
                tokens: *tokens,
                unscreenable: (tokens.alias.is_none() && tokens.address.is_none())
                    .then_some(Unscreenable::IdentityEmpty),
            })
            .collect();
        upsert(&self.conn, origin(0), &batch)
    }

    fn take_one(&self, line: (ObservedOrder, OrderTokenRow)) -> Upsert {
        self.take(&[line])[0]
    }
}

/// An identity from a number.
fn wide(n: u16) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[14..].copy_from_slice(&n.to_be_bytes());
    bytes
}

/// A line of a full report about an invented buyer.
fn line(order_id: &str) -> (ObservedOrder, OrderTokenRow) {
    let order = ObservedOrder {
        order_id: order_id.into(),
        item_id: format!("1{}", order_id.replace('-', "")),
        sku: "BW-00017".into(),
        product: "Trinkflasche 750 ml".into(),
        quantity: Some(1),
        price: Some(Money { amount: "24.90".into(), currency: "EUR".into() }),
        channel: Channel("Amazon.de".into()),
        purchased_at: Some(at(-60_000)),
        status: OrderStatus::Unshipped,
        buyer_name: "Carla Beispiel".into(),
        alias: "k7m2q9x4w1r8t6@marketplace.amazon.de".into(),
        phone: "+49 30 5550199".into(),
        recipient_name: "Carla Beispiel".into(),
        ship_phone: "+49 30 5550199".into(),
        ship_to: Address {
            lines: vec!["Lindenhofweg 3".into(), "Hinterhaus".into()],
            city: "Würzburg".into(),
            state: "Bayern".into(),
            postal: "97070".into(),
            country: "DE".into(),
        },
        ..ObservedOrder::default()
    };
    let tokens = OrderTokenRow {
        alias: Some(Token(11)),
        phone: Some(Token(12)),
        ship_phone: Some(Token(12)),
        order_id: Some(Token(order_id.bytes().map(i64::from).sum::<i64>() << 20)),
        buyer_name: Some(Token(13)),
        buyer_family: Some(Token(14)),
        recipient_name: Some(Token(13)),
        recipient_family: Some(Token(14)),
        address: Some(Token(15)),
        postcode: Some(Token(16)),
        ..OrderTokenRow::default()
    };
    (order, tokens)
}

/// The same line as a report without identity carries it: no line ID, no names, no street.
fn bare(order_id: &str) -> (ObservedOrder, OrderTokenRow) {
    let (mut order, tokens) = line(order_id);
    order.item_id.clear();
    for text in [
        &mut order.buyer_name,
        &mut order.alias,
        &mut order.phone,
        &mut order.recipient_name,
        &mut order.ship_phone,
    ] {
        text.clear();
    }
    order.ship_to.lines.clear();
    let tokens = OrderTokenRow {
        order_id: tokens.order_id,
        postcode: tokens.postcode,
        ..OrderTokenRow::default()
    };
    (order, tokens)
}
