//! Orders as the Selling Partner API answers them: version 0 and 2026-01-01, whole answers, their
//! payload alone, single orders, and any of these one to a line.
//!
//! The names of the members are those of Amazon's models `ordersV0.json` and
//! `orders_2026-01-01.json`.

use crate::held::HELD_MAX;
use crate::source::{LineEnd, Next, Source};
use crate::{Encoding, FileKind, IntakeError, ReportFormat, RowOutcome, instant, order, value};
use buyerwatch_domain::{Fulfillment, Money, ObservedOrder, OrderStatus, SkipReason};
use serde_json::{Value, value::RawValue};
use std::collections::{HashMap, VecDeque};
use std::io::Read;

/// Most envelopes around orders: a payload in an answer in a list.
const WRAPPED_MAX: usize = 4;

/// The orders of a source of JSON.
pub(crate) struct Lines<R> {
    source: Source<R>,
    line: u64,
    /// Orders of the document in hand, as text.
    waiting: VecDeque<Box<RawValue>>,
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
        let orders = serde_json::from_slice::<&RawValue>(text).ok().and_then(|raw| orders(raw, 0));
        self.source.consume(found.consumed);
        let Some(orders) = orders else { return Ok(false) };
        self.waiting.extend(orders);
        Ok(true)
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
        let mut known = false;
        for document in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
            let found = orders(document.map_err(|_| malformed())?, 0);
            known |= found.is_some();
            self.waiting.extend(found.unwrap_or_default());
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
                match serde_json::from_str(raw.get())
                    .map_err(|_| SkipReason::Malformed)
                    .and_then(|order| lines_of(&order))
                {
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

/// The orders of a document; `None` when it is none of orders.
fn orders(raw: &RawValue, depth: usize) -> Option<Vec<Box<RawValue>>> {
    if depth > WRAPPED_MAX {
        return None;
    }
    if raw.get().starts_with('[') {
        let list: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
        let mut found = Vec::new();
        for one in list {
            found.extend(orders(one, depth + 1)?);
        }
        return Some(found);
    }
    // Members with a control character or an escape in their name are none of these.
    let mut members: HashMap<std::borrow::Cow<'_, str>, &RawValue> =
        serde_json::from_str(raw.get()).ok()?;
    if members.contains_key("AmazonOrderId") || members.contains_key("orderId") {
        return Some(vec![raw.to_owned()]);
    }
    if let Some(list) = members.remove("Orders").or_else(|| members.remove("orders")) {
        let list: Vec<&RawValue> = serde_json::from_str(list.get()).ok()?;
        return Some(list.into_iter().map(RawValue::to_owned).collect());
    }
    ["payload", "order", "Order"]
        .into_iter()
        .find_map(|name| members.get(name).and_then(|inner| orders(inner, depth + 1)))
}

/// Text or a number at a path.
fn at<'v>(value: &'v Value, path: &[&str]) -> std::borrow::Cow<'v, str> {
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
    Ok(items.iter().map(|item| with_item(&whole, item)).collect())
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
    row.cancel_requested = value::yes(&asked) || asked.eq_ignore_ascii_case("buyer");
    if row.status == OrderStatus::Unknown {
        row.status = whole.status;
    }
    row
}
