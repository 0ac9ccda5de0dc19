//! XML: Amazon's order reports and its report of returns.
//!
//! A document type is refused, so no entity but the five of XML itself is ever expanded; depth,
//! texts and leaves are bounded, and the file is.

use crate::held::{Held, Record, whole};
use crate::{Encoding, FileKind, IntakeError, ReportFormat, encoding, instant, order, value};
use buyerwatch_domain::{
    AfterSale, ClaimKind, Money, ObservedClaim, ObservedOrder, ObservedReturn, OrderStatus,
    SkipReason,
};
use quick_xml::{Reader, escape::resolve_predefined_entity, events::Event};
use std::io::Read;

/// Most elements inside one another.
const DEPTH_MAX: usize = 64;
/// Longest text of an element, in bytes.
const TEXT_MAX: usize = 64 << 10;
/// Most texts of one order or return.
const LEAVES_MAX: usize = 4096;
/// Longest name of an element, in bytes: every text below it bears it in its path.
const NAME_MAX: usize = 128;
/// Most records of a file: each takes more memory than its shortest text.
const RECORDS_MAX: usize = 100_000;
/// Most bytes that the records of a file take: what an order says is held once for each of its items.
const WEIGHT_MAX: u64 = 96 << 20;

/// Bytes that tell an encoding which is not named.
const TOLD_BY: usize = 1 << 20;

/// A text of a record: the names down to it, the text, and the child of the record it stands in.
struct Leaf {
    path: String,
    text: String,
    group: u64,
}

/// An element that is open.
struct Open {
    name: String,
    id: u64,
    line: u64,
    text: String,
    leaves: Vec<Leaf>,
    has_children: bool,
}

/// Reads the records of a file.
pub(crate) fn read(reader: &mut dyn Read) -> Result<Held, IntakeError> {
    let bytes = whole(reader)?;
    let (encoding, mark) = encoding_of(&bytes);
    let mut text = String::new();
    encoding.decode(bytes.get(mark..).unwrap_or_default(), &mut text);
    let total = bytes.len() as u64;
    drop(bytes);
    let mut walk = Walk { records: Vec::new(), format: None, next: 0, weight: 0 };
    let ended = walk.all(&text);
    let Walk { mut records, format, .. } = walk;
    let Some(format) = format else {
        ended?;
        return Err(IntakeError::Structured { kind: FileKind::Xml });
    };
    match ended {
        Ok(()) => {}
        // What stands before the damage counts.
        Err(IntakeError::Malformed { .. }) => {
            let line = records.last().map_or(1, |(line, _)| line + 1);
            records.push((line, Record::Skipped(SkipReason::Malformed)));
        }
        Err(error) => return Err(error),
    }
    Ok(Held::new(format, encoding, total, records))
}

/// The encoding that the mark or the declaration names.
fn encoding_of(bytes: &[u8]) -> (Encoding, usize) {
    if let Some(found) = encoding::marked(bytes) {
        return found;
    }
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(256)).unwrap_or_default());
    let head = head.to_ascii_lowercase();
    let declared = head.split_once("?>").map_or("", |(declaration, _)| declaration);
    let says = |names: &[&str]| names.iter().any(|name| declared.contains(name));
    // What it says is not believed where it cannot be.
    let is_utf8 = || std::str::from_utf8(bytes).is_ok();
    let encoding = if says(&["1252", "8859-1"]) {
        Encoding::Windows1252
    } else if says(&["shift_jis", "shift-jis", "windows-31j"]) {
        Encoding::Cp932
    } else if says(&["gbk", "gb2312", "gb18030"]) {
        Encoding::Gbk
    } else if is_utf8() {
        Encoding::Utf8
    } else {
        crate::mapping::told_by(bytes.get(..TOLD_BY).unwrap_or(bytes))
    };
    (encoding, 0)
}

struct Walk {
    records: Vec<(u64, Record)>,
    format: Option<ReportFormat>,
    next: u64,
    /// About how many bytes the records take.
    weight: u64,
}

impl Walk {
    fn all(&mut self, text: &str) -> Result<(), IntakeError> {
        let malformed = || IntakeError::Malformed { kind: FileKind::Xml };
        let mut reader = Reader::from_str(text);
        let mut stack: Vec<Open> = Vec::new();
        let (mut line, mut counted) = (1, 0);
        loop {
            let event = reader.read_event().map_err(|_| malformed())?;
            let position = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
            let passed = text.as_bytes().get(counted..position).unwrap_or_default();
            line += memchr::memchr_iter(b'\n', passed).count() as u64;
            counted = position;
            match event {
                Event::Start(start) => {
                    if stack.len() == DEPTH_MAX || start.local_name().as_ref().len() > NAME_MAX {
                        return Err(malformed());
                    }
                    if let Some(parent) = stack.last_mut() {
                        parent.has_children = true;
                    }
                    self.next += 1;
                    let mut open = Open {
                        name: start.local_name().as_ref().to_owned(),
                        id: self.next,
                        line,
                        text: String::new(),
                        leaves: Vec::new(),
                        has_children: false,
                    };
                    if let Ok(Some(currency)) = start.try_get_attribute("currency") {
                        let text = currency.value.chars().take(8).collect();
                        open.leaves.push(Leaf { path: "@currency".to_owned(), text, group: 0 });
                    }
                    stack.push(open);
                }
                Event::End(_) => {
                    let Some(open) = stack.pop() else { return Err(malformed()) };
                    self.close(open, stack.last_mut())?;
                }
                Event::Text(part) => add(&mut stack, &part.xml10_content()),
                Event::CData(part) => add(&mut stack, &part.xml10_content()),
                Event::GeneralRef(reference) => {
                    if let Ok(Some(c)) = reference.resolve_char_ref() {
                        add(&mut stack, c.encode_utf8(&mut [0; 4]));
                    } else {
                        let known = resolve_predefined_entity(&reference.xml10_content())
                            .ok_or(IntakeError::Entities)?;
                        add(&mut stack, known);
                    }
                }
                Event::DocType(_) => return Err(IntakeError::Entities),
                Event::Eof if stack.is_empty() => return Ok(()),
                Event::Eof => return Err(malformed()),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// An element ends: it is a record, or its texts belong to the one around it.
    fn close(&mut self, open: Open, parent: Option<&mut Open>) -> Result<(), IntakeError> {
        let direct = |name: &str| open.leaves.iter().any(|leaf| leaf.path == name);
        let format = if direct("AmazonOrderID") {
            Some(ReportFormat::OrderXml)
        } else if direct("order_id") && (direct("amazon_rma_id") || direct("return_request_date")) {
            Some(ReportFormat::ReturnsXml)
        } else {
            None
        };
        if let Some(format) = format {
            if self.records.len() >= RECORDS_MAX {
                return Err(IntakeError::TooLarge { limit: crate::held::HELD_MAX });
            }
            self.format.get_or_insert(format);
            let leaves = Leaves(&open.leaves);
            self.weight = self.weight.saturating_add(leaves.weight());
            if self.weight > WEIGHT_MAX {
                return Err(IntakeError::TooLarge { limit: crate::held::HELD_MAX });
            }
            if format == ReportFormat::OrderXml {
                leaves.orders(open.line, &mut self.records);
            } else {
                leaves.returns(open.line, &mut self.records);
            }
            return Ok(());
        }
        let Some(parent) = parent else { return Ok(()) };
        let room = LEAVES_MAX.saturating_sub(parent.leaves.len());
        let Open { name, id, text, leaves, has_children, .. } = open;
        parent.leaves.extend(leaves.into_iter().take(room).map(|leaf| Leaf {
            path: format!("{name}/{}", leaf.path),
            text: leaf.text,
            group: id,
        }));
        if !has_children && parent.leaves.len() < LEAVES_MAX {
            parent.leaves.push(Leaf { path: name, text, group: 0 });
        }
        Ok(())
    }
}

fn add(stack: &mut [Open], part: &str) {
    if let Some(open) = stack.last_mut()
        && open.text.len() + part.len() <= TEXT_MAX
    {
        open.text.push_str(part);
    }
}

struct Leaves<'a>(&'a [Leaf]);

/// What tells the items of a record apart.
const ITEMS: [&str; 4] =
    ["Item/SKU", "OrderItem/SKU", "item_details/asin", "item_details/merchant_sku"];

impl Leaves<'_> {
    /// About how many bytes the record takes: each of its items repeats what is said once.
    fn weight(&self) -> u64 {
        let of_items = |path: &str| {
            ["Item/", "OrderItem/", "item_details/"].iter().any(|item| path.starts_with(item))
        };
        let once = self.0.iter().filter(|leaf| !of_items(&leaf.path));
        let once = once.map(|leaf| leaf.text.len() as u64 + 16).sum::<u64>();
        let items = self.groups(&ITEMS).len().max(1) as u64;
        items.saturating_mul(once + size_of::<ObservedOrder>() as u64)
    }

    /// The first of the paths that holds anything, in one child of the record if `group` is given.
    fn get(&self, group: Option<u64>, paths: &[&str]) -> String {
        let mut out = String::new();
        for path in paths {
            let found = self
                .0
                .iter()
                .find(|leaf| leaf.path == *path && group.is_none_or(|group| leaf.group == group));
            value::put(&mut out, found.map_or("", |leaf| leaf.text.as_str()), true);
            if !out.is_empty() {
                break;
            }
        }
        out
    }

    /// The children of the record that hold any of the paths.
    fn groups(&self, paths: &[&str]) -> Vec<u64> {
        let mut groups: Vec<u64> = Vec::new();
        for leaf in self.0.iter().filter(|leaf| paths.contains(&leaf.path.as_str())) {
            if groups.last() != Some(&leaf.group) {
                groups.push(leaf.group);
            }
        }
        groups
    }

    fn orders(&self, line: u64, out: &mut Vec<(u64, Record)>) {
        let id = self.get(None, &["AmazonOrderID"]);
        let Some(order_id) = value::order_id(&id) else {
            let missing = id.is_empty();
            let reason =
                if missing { SkipReason::MissingOrderId } else { SkipReason::MalformedOrderId };
            out.push((line, Record::Skipped(reason)));
            return;
        };
        let get = |paths: &[&str]| self.get(None, paths);
        let mut order = ObservedOrder {
            order_id: order_id.into_owned(),
            purchased_at: instant::instant(&get(&["PurchaseDate", "OrderDate", "OrderPostedDate"])),
            status: value::status(&get(&["OrderStatus"])),
            fulfillment: value::fulfillment(&get(&["FulfillmentData/FulfillmentChannel"]))
                .unwrap_or_default(),
            business: value::yes(&get(&["IsBusinessOrder"])),
            buyer_name: get(&["BillingData/BuyerName"]),
            alias: get(&["BillingData/BuyerEmailAddress"]),
            phone: get(&["BillingData/BuyerPhoneNumber"]),
            recipient_name: get(&["FulfillmentData/Address/Name"]),
            ship_phone: get(&["FulfillmentData/Address/PhoneNumber"]),
            ..ObservedOrder::default()
        };
        order.channel.0 = get(&["SalesChannel"]);
        for path in ["AddressFieldOne", "AddressFieldTwo", "AddressFieldThree"] {
            let text = self.get(None, &[&format!("FulfillmentData/Address/{path}")]);
            if !text.is_empty() {
                order.ship_to.lines.push(text);
            }
        }
        order.ship_to.city = get(&["FulfillmentData/Address/City"]);
        order.ship_to.state =
            get(&["FulfillmentData/Address/StateOrRegion", "FulfillmentData/Address/State"]);
        order.ship_to.postal = get(&["FulfillmentData/Address/PostalCode"]);
        order.ship_to.country =
            get(&["FulfillmentData/Address/CountryCode", "FulfillmentData/Address/Country"]);
        order::settle(&mut order, ReportFormat::OrderXml);
        let items = self.groups(&["Item/SKU", "OrderItem/SKU"]);
        for group in &items {
            let get = |paths: &[&str]| self.get(Some(*group), paths);
            let mut item = order.clone();
            item.item_id = get(&["Item/AmazonOrderItemCode", "OrderItem/AmazonOrderItemCode"]);
            item.sku = get(&["Item/SKU", "OrderItem/SKU"]);
            item.product = get(&["Item/Title", "OrderItem/ProductName"]);
            item.quantity = value::count(&get(&["Item/Quantity", "OrderItem/Quantity"]));
            // One item can be cancelled of an order that goes on.
            let status = value::status(&get(&["OrderItem/ItemStatus", "Item/ItemStatus"]));
            if status == OrderStatus::Cancelled {
                item.status = status;
            }
            const PRICE: [&str; 2] =
                ["Item/ItemPrice/Component/Amount", "OrderItem/ItemPrice/Component/Amount"];
            let mut amount = String::new();
            if value::decimal(&get(&PRICE), &mut amount) {
                let currency = get(&[
                    "Item/ItemPrice/Component/Amount/@currency",
                    "OrderItem/ItemPrice/Component/Amount/@currency",
                ]);
                item.price = Some(Money { amount, currency });
            }
            out.push((line, Record::Order(Box::new(item))));
        }
        if items.is_empty() {
            out.push((line, Record::Order(Box::new(order))));
        }
    }

    fn returns(&self, line: u64, out: &mut Vec<(u64, Record)>) {
        let id = self.get(None, &["order_id"]);
        let Some(order_id) = value::order_id(&id) else {
            let missing = id.is_empty();
            let reason =
                if missing { SkipReason::MissingOrderId } else { SkipReason::MalformedOrderId };
            out.push((line, Record::Skipped(reason)));
            return;
        };
        let order_id = order_id.into_owned();
        let mut after = Vec::new();
        if value::yes(&self.get(None, &["a_to_z_claim"])) {
            after.push(AfterSale::Claim(ObservedClaim {
                order_id: order_id.clone(),
                kind: ClaimKind::AToZ,
                ..ObservedClaim::default()
            }));
        }
        let mut items: Vec<Option<u64>> = self
            .groups(&["item_details/asin", "item_details/merchant_sku"])
            .into_iter()
            .map(Some)
            .collect();
        if items.is_empty() {
            items.push(None);
        }
        for group in items {
            let item = |name: &str| self.get(group, &[&format!("item_details/{name}")]);
            let mut amount = String::new();
            let refunded = value::decimal(&item("refund_amount"), &mut amount).then(|| Money {
                amount,
                currency: self.get(None, &["currency_code", "label_details/currency_code"]),
            });
            let policy = item("in_policy");
            after.push(AfterSale::Return(ObservedReturn {
                order_id: order_id.clone(),
                return_id: self.get(None, &["amazon_rma_id", "merchant_rma_id"]),
                sku: item("merchant_sku"),
                asin: item("asin"),
                product: item("item_name"),
                quantity: value::count(&item("return_quantity")),
                requested_at: instant::instant(&self.get(None, &["return_request_date"])),
                status: self.get(None, &["return_request_status"]),
                reason: item("return_reason_code"),
                resolution: item("resolution"),
                in_policy: (!policy.is_empty()).then(|| value::yes(&policy)),
                tracking_id: self.get(None, &["label_details/tracking_id", "tracking_id"]),
                refunded,
                ..ObservedReturn::default()
            }));
        }
        out.push((line, Record::After(after)));
    }
}
