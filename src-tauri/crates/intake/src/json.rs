//! Orders as the Selling Partner API answers them: version 0 and 2026-01-01, whole answers, their
//! payload alone, single orders, and any of these one to a line.
//!
//! The names of the members are those of Amazon's models `ordersV0.json` and
//! `orders_2026-01-01.json`.

use crate::held::HELD_MAX;
use crate::source::{LineEnd, Next, ROW_MAX, Source};
use crate::{Encoding, FileKind, IntakeError, ReportFormat, RowOutcome, instant, order, value};
use buyerwatch_domain::{Fulfillment, Money, ObservedOrder, OrderStatus, SkipReason};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, value::RawValue};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::Read;

/// Most envelopes around orders: a payload in an answer in a list.
const WRAPPED_MAX: usize = 4;
/// Most orders of a document. Each takes more memory than its shortest text.
const ORDERS_MAX: usize = 100_000;
/// Most bytes of the lines of an order, each of which repeats what the order says once.
const LINES_MAX: u64 = 32 << 20;

type Waiting = VecDeque<Option<Box<RawValue>>>;

/// The orders of a source of JSON.
pub(crate) struct Lines<R> {
    source: Source<R>,
    line: u64,
    /// Orders of the document in hand, as text; `None` for what stands among them and is none.
    waiting: Waiting,
    /// Further lines of the order in hand.
    rows: VecDeque<ObservedOrder>,
    /// A document to a line; otherwise everything is read already.
    by_line: bool,
}

impl<R: Read> Lines<R> {
    /// Recognises the first document.
    pub(crate) fn open(reader: R) -> Result<Self, IntakeError> {
        let mut lines = Self {
            source: Source::new(reader, 0),
            line: 1,
            waiting: VecDeque::new(),
            rows: VecDeque::new(),
            by_line: true,
        };
        lines.source.fill(3).map_err(IntakeError::Read)?;
        if lines.source.available().starts_with(&[0xef, 0xbb, 0xbf]) {
            lines.source.consume(3);
        }
        let length = match lines.row()? {
            Next::Line(found) => found.len,
            Next::TooLong => return Err(IntakeError::TooLarge { limit: HELD_MAX }),
            Next::End => return Err(IntakeError::Empty),
        };
        let first = lines.source.available().get(..length).unwrap_or_default();
        if serde_json::from_slice::<&RawValue>(first).is_ok() {
            if let Some(code) = answered_error(first) {
                return Err(IntakeError::ApiError { code });
            }
            if !lines.take_line()? {
                return Err(IntakeError::Structured { kind: FileKind::Json });
            }
            return Ok(lines);
        }
        lines.by_line = false;
        lines.take_all()?;
        Ok(lines)
    }

    fn row(&mut self) -> Result<Next, IntakeError> {
        let limit = usize::try_from(HELD_MAX).unwrap_or(usize::MAX);
        self.source.line(Encoding::Utf8, LineEnd::Lf, limit).map_err(IntakeError::Read)
    }

    /// Takes the line in front; whether it holds orders.
    fn take_line(&mut self) -> Result<bool, IntakeError> {
        let Next::Line(found) = self.row()? else { return Ok(false) };
        let text = self.source.available().get(..found.len).unwrap_or_default();
        let known = match serde_json::from_slice::<&RawValue>(text) {
            Ok(raw) => orders(raw, 0, &mut self.waiting)?,
            Err(_) => false,
        };
        self.source.consume(found.consumed);
        Ok(known)
    }

    /// Takes all documents, which span lines.
    fn take_all(&mut self) -> Result<(), IntakeError> {
        let limit = usize::try_from(HELD_MAX).unwrap_or(usize::MAX);
        self.source.fill(limit.saturating_add(1)).map_err(IntakeError::Read)?;
        let bytes = self.source.available();
        if bytes.len() > limit {
            return Err(IntakeError::TooLarge { limit: HELD_MAX });
        }
        let malformed = || IntakeError::Malformed { kind: FileKind::Json };
        let text = std::str::from_utf8(bytes).map_err(|_| malformed())?;
        if let Some(code) = answered_error(text.as_bytes()) {
            return Err(IntakeError::ApiError { code });
        }
        let mut known = false;
        for document in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
            known |= orders(document.map_err(|_| malformed())?, 0, &mut self.waiting)?;
        }
        let read = bytes.len();
        self.source.consume(read);
        if known { Ok(()) } else { Err(IntakeError::Structured { kind: FileKind::Json }) }
    }

    pub(crate) const fn bytes_read(&self) -> u64 {
        self.source.offset()
    }

    /// The next line of an order. A document on one line counts as that line; otherwise orders are
    /// numbered.
    pub(crate) fn next(
        &mut self,
        row: &mut ObservedOrder,
    ) -> Result<Option<RowOutcome>, IntakeError> {
        loop {
            if let Some(next) = self.rows.pop_front() {
                *row = next;
                return Ok(Some(RowOutcome::Order { line: self.line }));
            }
            if let Some(raw) = self.waiting.pop_front() {
                if !self.by_line {
                    self.line += 1;
                }
                let order = raw.as_deref().ok_or(SkipReason::Malformed).and_then(order_of);
                match order.and_then(|order| lines_of(&order)) {
                    Ok(found) => self.rows.extend(found),
                    Err(reason) => {
                        return Ok(Some(RowOutcome::Skipped { line: self.line, reason }));
                    }
                }
                continue;
            }
            if !self.by_line {
                return Ok(None);
            }
            match self.row()? {
                Next::End => return Ok(None),
                Next::TooLong => {
                    self.source
                        .skip_line(Encoding::Utf8, LineEnd::Lf)
                        .map_err(IntakeError::Read)?;
                    self.line += 1;
                    let reason = SkipReason::RowTooLong;
                    return Ok(Some(RowOutcome::Skipped { line: self.line, reason }));
                }
                Next::Line(found) => {
                    self.line += 1;
                    let text = self.source.available().get(..found.len).unwrap_or_default();
                    if text.iter().all(u8::is_ascii_whitespace) {
                        self.source.consume(found.consumed);
                    } else if !self.take_line()? {
                        let reason = SkipReason::Malformed;
                        return Ok(Some(RowOutcome::Skipped { line: self.line, reason }));
                    }
                }
            }
        }
    }
}

/// What the interface answered instead of orders: the code of its first error.
fn answered_error(document: &[u8]) -> Option<String> {
    /// Longest answer of this kind, in bytes.
    const ANSWER_MAX: usize = 64 << 10;
    const CODE_MAX: usize = 40;
    if document.len() > ANSWER_MAX {
        return None;
    }
    let answer: Value = serde_json::from_slice(document).ok()?;
    let code = answer.get("errors")?.get(0)?.get("code")?.as_str()?;
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (answer.get("payload").is_none() && answer.get("orders").is_none())
        .then(|| code.chars().filter(plain).take(CODE_MAX).collect())
}

/// Puts the orders of a document into `waiting`; whether it is one of orders at all. What it is not, it
/// leaves `waiting` as it was.
fn orders(raw: &RawValue, depth: usize, waiting: &mut Waiting) -> Result<bool, IntakeError> {
    if depth > WRAPPED_MAX {
        return Ok(false);
    }
    if raw.get().starts_with('[') {
        let Some(list) = list(raw)? else { return Ok(false) };
        let (before, empty) = (waiting.len(), list.is_empty());
        let mut known = false;
        for one in list {
            if orders(one, depth + 1, waiting)? {
                known = true;
            } else {
                push(None, waiting)?;
            }
        }
        if !known {
            waiting.truncate(before);
        }
        return Ok(known || empty);
    }
    let Ok(members) = serde_json::from_str::<Members<'_>>(raw.get()) else { return Ok(false) };
    let member = |name: &str| members.0.iter().rev().find(|(known, _)| *known == name);
    if member("AmazonOrderId").or_else(|| member("orderId")).is_some() {
        put(raw, waiting)?;
        return Ok(true);
    }
    if let Some((_, inner)) = member("Orders").or_else(|| member("orders")) {
        let Some(list) = list(inner)? else { return Ok(false) };
        list.into_iter().try_for_each(|one| put(one, waiting))?;
        return Ok(true);
    }
    for name in ["payload", "order", "Order"] {
        if let Some((_, inner)) = member(name)
            && orders(inner, depth + 1, waiting)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn put(raw: &RawValue, waiting: &mut Waiting) -> Result<(), IntakeError> {
    push(Some(raw.to_owned()), waiting)
}

fn push(one: Option<Box<RawValue>>, waiting: &mut Waiting) -> Result<(), IntakeError> {
    if waiting.len() >= ORDERS_MAX {
        return Err(IntakeError::TooLarge { limit: HELD_MAX });
    }
    waiting.push_back(one);
    Ok(())
}

/// The elements of a list; `None` when it is none.
fn list(raw: &RawValue) -> Result<Option<Vec<&RawValue>>, IntakeError> {
    let Ok(list) = serde_json::from_str::<Bounded<'_>>(raw.get()) else { return Ok(None) };
    if list.whole {
        Ok(Some(list.elements))
    } else {
        Err(IntakeError::TooLarge { limit: HELD_MAX })
    }
}

/// The first elements of a list, and whether those are all.
struct Bounded<'a> {
    elements: Vec<&'a RawValue>,
    whole: bool,
}

impl<'de> Deserialize<'de> for Bounded<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Elements;
        impl<'de> Visitor<'de> for Elements {
            type Value = Bounded<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Bounded<'de>, A::Error> {
                let mut elements = Vec::new();
                while elements.len() < ORDERS_MAX {
                    let Some(one) = list.next_element()? else {
                        return Ok(Bounded { elements, whole: true });
                    };
                    elements.push(one);
                }
                let mut whole = true;
                while list.next_element::<IgnoredAny>()?.is_some() {
                    whole = false;
                }
                Ok(Bounded { elements, whole })
            }
        }
        deserializer.deserialize_seq(Elements)
    }
}

/// The members of an object that say what it is, in order.
struct Members<'a>(Vec<(&'static str, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const NAMES: [&str; 7] =
            ["AmazonOrderId", "orderId", "Orders", "orders", "payload", "order", "Order"];
        /// So often does no object name its members.
        const MEMBERS_MAX: usize = 64;
        struct Known;
        impl<'de> Visitor<'de> for Known {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(name) = map.next_key::<Cow<'_, str>>()? {
                    let value = map.next_value::<&RawValue>()?;
                    let known = NAMES.into_iter().find(|known| *known == name);
                    if let Some(known) = known.filter(|_| members.len() < MEMBERS_MAX) {
                        members.push((known, value));
                    }
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Known)
    }
}

/// The order of a text, which is not longer than a row can be.
fn order_of(raw: &RawValue) -> Result<Value, SkipReason> {
    if raw.get().len() > ROW_MAX {
        return Err(SkipReason::RowTooLong);
    }
    serde_json::from_str(raw.get()).map_err(|_| SkipReason::Malformed)
}

/// Text or a number at a path.
fn at<'v>(value: &'v Value, path: &[&str]) -> Cow<'v, str> {
    let found = path.iter().try_fold(value, |value, name| value.get(name));
    match found {
        Some(Value::String(text)) => text.as_str().into(),
        Some(Value::Number(number)) => number.to_string().into(),
        Some(Value::Bool(yes)) => if *yes { "true" } else { "false" }.into(),
        _ => "".into(),
    }
}

/// The first of the paths that holds anything.
fn first(value: &Value, paths: &[&[&str]]) -> String {
    let mut out = String::new();
    for path in paths {
        value::put(&mut out, &at(value, path), true);
        if !out.is_empty() {
            break;
        }
    }
    out
}

/// An order, once for each of its items.
fn lines_of(order: &Value) -> Result<Vec<ObservedOrder>, SkipReason> {
    let id = first(order, &[&["AmazonOrderId"], &["orderId"]]);
    if id.is_empty() {
        return Err(SkipReason::MissingOrderId);
    }
    let order_id = value::order_id(&id).ok_or(SkipReason::MalformedOrderId)?.into_owned();
    let address = order
        .get("ShippingAddress")
        .or_else(|| order.get("recipient").and_then(|recipient| recipient.get("deliveryAddress")))
        .unwrap_or(&Value::Null);
    let status = first(order, &[&["OrderStatus"], &["fulfillment", "fulfillmentStatus"]]);
    let by = first(order, &[&["FulfillmentChannel"], &["fulfillment", "fulfilledBy"]]);
    let programs = order.get("programs").and_then(Value::as_array);
    let mut whole = ObservedOrder {
        order_id,
        purchased_at: instant::instant(&first(order, &[&["PurchaseDate"], &["createdTime"]])),
        status: value::status(&status),
        fulfillment: value::fulfillment(&by).unwrap_or(Fulfillment::Unknown),
        business: value::yes(&at(order, &["IsBusinessOrder"]))
            || programs.is_some_and(|list| list.iter().any(|one| one == "AMAZON_BUSINESS")),
        buyer_name: first(
            order,
            &[&["BuyerInfo", "BuyerName"], &["BuyerName"], &["buyer", "buyerName"]],
        ),
        alias: first(
            order,
            &[&["BuyerInfo", "BuyerEmail"], &["BuyerEmail"], &["buyer", "buyerEmail"]],
        ),
        recipient_name: first(address, &[&["Name"], &["name"]]),
        ship_phone: first(address, &[&["Phone"], &["phone"]]),
        ..ObservedOrder::default()
    };
    whole.channel.0 = first(order, &[&["SalesChannel"], &["salesChannel", "marketplaceName"]]);
    for (old, new) in [
        ("AddressLine1", "addressLine1"),
        ("AddressLine2", "addressLine2"),
        ("AddressLine3", "addressLine3"),
        ("District", "districtOrCounty"),
    ] {
        let line = first(address, &[&[old], &[new]]);
        if !line.is_empty() {
            whole.ship_to.lines.push(line);
        }
    }
    whole.ship_to.city = first(address, &[&["City"], &["city"]]);
    whole.ship_to.state = first(address, &[&["StateOrRegion"], &["stateOrRegion"]]);
    whole.ship_to.postal = first(address, &[&["PostalCode"], &["postalCode"]]);
    whole.ship_to.country = first(address, &[&["CountryCode"], &["countryCode"]]);
    order::settle(&mut whole, ReportFormat::SpApiOrders);
    let items = order.get("OrderItems").or_else(|| order.get("orderItems"));
    let items = items.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if items.is_empty() {
        return Ok(vec![whole]);
    }
    if (items.len() as u64).saturating_mul(weight(&whole)) > LINES_MAX {
        return Err(SkipReason::RowTooLong);
    }
    Ok(items.iter().map(|item| with_item(&whole, item)).collect())
}

/// About how many bytes an order takes: each of its items takes as many again.
fn weight(order: &ObservedOrder) -> u64 {
    let texts = [
        &order.order_id,
        &order.buyer_name,
        &order.alias,
        &order.phone,
        &order.recipient_name,
        &order.ship_phone,
        &order.channel.0,
        &order.ship_to.city,
        &order.ship_to.state,
        &order.ship_to.postal,
        &order.ship_to.country,
    ];
    let texts = texts.into_iter().chain(&order.ship_to.lines).map(|text| text.len() as u64 + 16);
    size_of::<ObservedOrder>() as u64 + texts.sum::<u64>()
}

fn with_item(whole: &ObservedOrder, item: &Value) -> ObservedOrder {
    let mut row = whole.clone();
    row.item_id = first(item, &[&["OrderItemId"], &["orderItemId"]]);
    row.sku = first(item, &[&["SellerSKU"], &["product", "sellerSku"]]);
    row.product = first(item, &[&["Title"], &["product", "title"]]);
    row.quantity = value::count(&first(item, &[&["QuantityOrdered"], &["quantityOrdered"]]));
    let mut amount = String::new();
    let written =
        first(item, &[&["ItemPrice", "Amount"], &["proceeds", "proceedsTotal", "amount"]]);
    if value::decimal(&written, &mut amount) {
        let currency = first(
            item,
            &[&["ItemPrice", "CurrencyCode"], &["proceeds", "proceedsTotal", "currencyCode"]],
        );
        row.price = Some(Money { amount, currency });
    }
    let asked = first(
        item,
        &[
            &["BuyerRequestedCancel", "IsBuyerRequestedCancel"],
            &["cancellation", "cancellationRequest", "requester"],
        ],
    );
    let by = order::canceller(&asked);
    row.cancel_requested = value::yes(&asked) || by == Some(true);
    row.cancelled_by_shop = by == Some(false);
    if row.status == OrderStatus::Unknown {
        row.status = whole.status;
    }
    row
}
