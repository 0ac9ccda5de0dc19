//! An order from the values of its row.

use crate::layout::{Field, Layout};
use crate::{Delimiter, ReportFormat, split, value};
use buyerwatch_domain::{Fulfillment, Money, ObservedOrder, OrderStatus, SkipReason};

/// The values of one row, by what they mean.
pub(crate) struct Cells<'a> {
    cells: [&'a str; Field::COUNT],
}

impl<'a> Cells<'a> {
    pub(crate) fn cut(row: &'a str, layout: &Layout, delimiter: Delimiter) -> Self {
        let mut cells = [""; Field::COUNT];
        split::each(row, delimiter, |column, cell| {
            if let Some(Some(field)) = layout.fields.get(column) {
                cells[*field as usize] = cell;
            }
        });
        Self { cells }
    }

    pub(crate) const fn get(&self, field: Field) -> &'a str {
        self.cells[field as usize]
    }
}

/// Fills `row` from the cells; what the report does not carry is emptied. `controls` says that the
/// text holds control characters.
pub(crate) fn read(
    cells: &Cells<'_>,
    format: ReportFormat,
    controls: bool,
    row: &mut ObservedOrder,
) -> Result<(), SkipReason> {
    id(cells, format, &mut row.order_id)?;
    for (field, target) in [
        (Field::ItemId, &mut row.item_id),
        (Field::Sku, &mut row.sku),
        (Field::Product, &mut row.product),
        (Field::Channel, &mut row.channel.0),
        (Field::BuyerName, &mut row.buyer_name),
        (Field::Alias, &mut row.alias),
        (Field::Phone, &mut row.phone),
        (Field::BuyerId, &mut row.marketplace_buyer_id),
        (Field::UserName, &mut row.user_name),
        (Field::RecipientName, &mut row.recipient_name),
        (Field::ShipPhone, &mut row.ship_phone),
        (Field::City, &mut row.ship_to.city),
        (Field::State, &mut row.ship_to.state),
        (Field::Postal, &mut row.ship_to.postal),
        (Field::Country, &mut row.ship_to.country),
    ] {
        value::put(target, cells.get(field), controls);
    }
    streets(cells, controls, &mut row.ship_to.lines);
    settle(row, format);
    row.quantity = value::count(cells.get(Field::Quantity));
    row.purchased_at = crate::instant::instant(value::tidy(cells.get(Field::PurchasedAt)));
    price(cells, &mut row.price);
    row.status = status(cells, format);
    row.fulfillment = value::fulfillment(cells.get(Field::Fulfillment)).unwrap_or(match format {
        ReportFormat::FbaShipments => Fulfillment::Marketplace,
        // What the seller does not ship stands in none of these.
        ReportFormat::Unshipped
        | ReportFormat::UnshippedSellerCentral
        | ReportFormat::NewOrders => Fulfillment::Seller,
        _ => Fulfillment::Unknown,
    });
    row.business = value::yes(cells.get(Field::Business));
    row.cancel_requested = value::yes(cells.get(Field::CancelRequested));
    Ok(())
}

/// Takes out what is no identity, and names the channel, once the texts of an order are read.
pub(crate) fn settle(row: &mut ObservedOrder, format: ReportFormat) {
    for phone in [&mut row.phone, &mut row.ship_phone] {
        if value::is_masked_phone(phone) {
            phone.clear();
        }
    }
    if let Some(channel) = format.channel() {
        row.channel.0.clear();
        row.channel.0.push_str(channel);
    }
    // An address that many buyers share says nothing about where one of them bought.
    if row.channel.0.is_empty()
        && !value::is_no_reply(&row.alias)
        && let Some(ending) = value::marketplace(&row.alias)
    {
        row.channel.0.push_str("Amazon.");
        row.channel.0.push_str(ending);
    }
    if format.is_foreign() {
        unmask(row);
    }
}

/// The order ID of a row.
pub(crate) fn id(
    cells: &Cells<'_>,
    format: ReportFormat,
    order_id: &mut String,
) -> Result<(), SkipReason> {
    let cell = cells.get(Field::OrderId);
    let Some(id) = value::order_id_of(cell, format) else {
        return Err(if value::tidy(cell).is_empty() {
            SkipReason::MissingOrderId
        } else if value::is_rounded(cell) {
            SkipReason::OrderIdRounded
        } else {
            SkipReason::MalformedOrderId
        });
    };
    order_id.clear();
    order_id.push_str(&id);
    Ok(())
}

/// Empties what the channel hid: `S***` may stand for anybody, so it is nobody's name.
fn unmask(row: &mut ObservedOrder) {
    for text in [
        &mut row.buyer_name,
        &mut row.alias,
        &mut row.user_name,
        &mut row.recipient_name,
        &mut row.phone,
        &mut row.ship_phone,
        &mut row.ship_to.city,
        &mut row.ship_to.state,
        &mut row.ship_to.postal,
    ] {
        if value::is_masked(text) {
            text.clear();
        }
    }
    row.ship_to.lines.retain(|line| !value::is_masked(line));
}

fn streets(cells: &Cells<'_>, controls: bool, lines: &mut Vec<String>) {
    let mut filled = 0;
    for field in [Field::Street1, Field::Street2, Field::Street3] {
        let cell = cells.get(field);
        if value::tidy(cell).is_empty() {
            continue;
        }
        if filled == lines.len() {
            lines.push(String::new());
        }
        if let Some(line) = lines.get_mut(filled) {
            value::put(line, cell, controls);
        }
        filled += 1;
    }
    lines.truncate(filled);
}

fn price(cells: &Cells<'_>, price: &mut Option<Money>) {
    money(cells, Field::Price, price);
}

/// The amount in a column, in the currency of the row.
pub(crate) fn money(cells: &Cells<'_>, field: Field, price: &mut Option<Money>) {
    let cell = cells.get(field);
    if value::tidy(cell).is_empty() {
        *price = None;
        return;
    }
    let money =
        price.get_or_insert_with(|| Money { amount: String::new(), currency: String::new() });
    if !value::amount(cell, &mut money.amount) {
        *price = None;
        return;
    }
    money.currency.clear();
    money.currency.extend(
        value::tidy(cells.get(Field::Currency)).chars().take(8).map(|c| c.to_ascii_uppercase()),
    );
}

fn status(cells: &Cells<'_>, format: ReportFormat) -> OrderStatus {
    if !value::tidy(cells.get(Field::CancelledAt)).is_empty() {
        return OrderStatus::Cancelled;
    }
    let line = value::status(cells.get(Field::ItemStatus));
    // One line can be cancelled of an order that goes on.
    if line == OrderStatus::Cancelled {
        return line;
    }
    match (value::status(cells.get(Field::OrderStatus)), format) {
        (OrderStatus::Unknown, ReportFormat::FbaShipments) => OrderStatus::Shipped,
        (OrderStatus::Unknown, ReportFormat::Unshipped | ReportFormat::UnshippedSellerCentral) => {
            OrderStatus::Unshipped
        }
        (OrderStatus::Unknown, _) => line,
        (order, _) => order,
    }
}
