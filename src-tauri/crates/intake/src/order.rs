//! An order from the values of its row.

use crate::layout::{Field, Layout};
use crate::{Delimiter, ReportFormat, instant, split, value};
use buyerwatch_domain::{Fulfillment, Money, ObservedOrder, OrderStatus, SkipReason, Timestamp};

/// The values of one row, by what they mean.
pub(crate) struct Cells<'a> {
    cells: [&'a str; Field::COUNT],
    day_first: bool,
    serials: bool,
    year_first: bool,
    /// Whether the marketplace wrote the dates, of a rating.
    rates: bool,
    /// Whether no value stands behind the last column of the header.
    pub(crate) fits: bool,
    columns: usize,
}

impl<'a> Cells<'a> {
    pub(crate) fn cut(row: &'a str, layout: &Layout, delimiter: Delimiter) -> Self {
        let tabs = delimiter == Delimiter::Tab;
        // Only a quoted row has more than one line.
        let quotes = || memchr::memchr(b'"', row.as_bytes()).is_some();
        if tabs && quotes() && memchr::memchr2(b'\n', b'\r', row.as_bytes()).is_some() {
            return Self::of(row, layout, delimiter, true);
        }
        let plain = Self::of(row, layout, delimiter, false);
        let width = layout.names.len();
        if plain.columns <= width || !tabs || !quotes() {
            return plain;
        }
        // Some programs do quote what holds a tab.
        let quoted = Self::of(row, layout, delimiter, true);
        let fits = quoted.columns == width || !plain.fits && quoted.fits && quoted.columns > width;
        if fits { quoted } else { plain }
    }

    fn of(row: &'a str, layout: &Layout, delimiter: Delimiter, quoted: bool) -> Self {
        let mut cut = Self {
            cells: [""; Field::COUNT],
            day_first: layout.day_first,
            serials: layout.serials,
            year_first: layout.year_first,
            rates: layout.format == ReportFormat::Feedback,
            fits: true,
            columns: 0,
        };
        let width = layout.names.len();
        let take = |column: usize, cell: &'a str| {
            cut.columns = column + 1;
            if let Some(Some(field)) = layout.fields.get(column) {
                cut.cells[*field as usize] = cell;
            } else if column >= width && !value::tidy(cell).is_empty() {
                cut.fits = false;
            }
        };
        if quoted {
            split::quoted(row, delimiter, take);
        } else {
            split::each(row, delimiter, take);
        }
        cut
    }

    /// Whether the values stand in their columns although there is one too many: those with a form of
    /// their own have it.
    pub(crate) fn keeps_its_columns(&self) -> bool {
        const FORMS: [Field; 8] = [
            Field::PurchasedAt,
            Field::RequestedAt,
            Field::DeliveredAt,
            Field::Alias,
            Field::Quantity,
            Field::Currency,
            Field::Channel,
            Field::Country,
        ];
        let letters = |text: &str| !text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@');
        let in_form = |field, text: &str| match field {
            Field::Alias => text.contains('@'),
            Field::Quantity => value::count(text).is_some(),
            Field::Currency => text.len() == 3 && letters(text),
            Field::Channel => text.to_ascii_lowercase().contains("amazon"),
            Field::Country => text.chars().count() >= 2 && letters(text),
            date => self.at(date).is_some(),
        };
        let mut filled = FORMS
            .into_iter()
            .map(|field| (field, value::tidy(self.get(field))))
            .filter(|(_, text)| !text.is_empty())
            .peekable();
        filled.peek().is_some() && filled.all(|(field, text)| in_form(field, text))
    }

    /// The date or time in a column.
    pub(crate) fn at(&self, field: Field) -> Option<Timestamp> {
        let text = value::tidy(self.get(field));
        let japanese = || value::marketplace(value::tidy(self.get(Field::Alias))) == Some("co.jp");
        // In a list of the seller's own `05/03/26` is what it is everywhere.
        if (self.year_first || self.rates && japanese())
            && let Some(at) = instant::year_first(text)
        {
            return Some(at);
        }
        let serial = || if self.serials { instant::serial(text) } else { None };
        instant::instant_in(text, self.day_first).or_else(serial)
    }

    /// Whether the day stands before the month where the row comes from, if it says where.
    fn day_first_at_home(&self) -> Option<bool> {
        let tidy = |field| value::tidy(self.get(field));
        day_first_on(tidy(Field::Channel))
            .or_else(|| Some(value::marketplace(tidy(Field::Alias))? != "com"))
            .or_else(|| day_first_in(tidy(Field::Country)))
            .or_else(|| {
                let currency = tidy(Field::Currency);
                (!currency.is_empty()).then(|| !currency.eq_ignore_ascii_case("USD"))
            })
    }

    pub(crate) const fn get(&self, field: Field) -> &'a str {
        self.cells[field as usize]
    }
}

/// Whether a marketplace of Amazon writes the day first; `None` for other channels.
fn day_first_on(channel: &str) -> Option<bool> {
    let channel = channel
        .get(..7)
        .filter(|head| head.eq_ignore_ascii_case("amazon."))
        .and_then(|_| channel.get(7..))?;
    Some(!channel.eq_ignore_ascii_case("com"))
}

/// Whether people in this country write the day first.
fn day_first_in(country: &str) -> Option<bool> {
    const MONTH_FIRST: [&str; 6] =
        ["US", "USA", "United States", "United States of America", "美国", "アメリカ合衆国"];
    let american = || MONTH_FIRST.iter().any(|name| country.eq_ignore_ascii_case(name));
    (!country.is_empty()).then(|| !american())
}

/// Whether dates between slashes in the rows of `text`, the beginning of a file, have their day
/// first: as the dates show that can be read in one way only, else as is usual where most of the rows
/// come from. Reports that do not say are American. What would lie ahead of `read_at` so is read in the
/// other order.
pub(crate) fn day_first(
    text: &str,
    layout: &Layout,
    delimiter: Delimiter,
    read_at: Option<Timestamp>,
) -> bool {
    /// Zones differ by so many milliseconds.
    const AHEAD: i64 = 26 * 3_600_000;
    // Whichever the country, Etsy writes the month first.
    if layout.format == ReportFormat::Etsy {
        return false;
    }
    let latest = read_at.map_or(i64::MAX, |at| at.millis().saturating_add(AHEAD));
    let ahead = |text, day_first| {
        instant::instant_in(text, day_first).is_some_and(|at| at.millis() > latest)
    };
    const DATES: [Field; 4] =
        [Field::PurchasedAt, Field::RequestedAt, Field::DeliveredAt, Field::SafeTFiledAt];
    let (mut shown, mut usual) = (None, 0_i64);
    // Whether a date would lie ahead with its month first, and with its day first.
    let (mut month_ahead, mut day_ahead) = (false, false);
    for line in text.split(['\r', '\n']) {
        let cells = Cells::cut(line, layout, delimiter);
        // Part of a value that spans lines is no row.
        if value::order_id_of(cells.get(Field::OrderId), layout.format).is_none() {
            continue;
        }
        for field in DATES {
            let text = value::tidy(cells.get(field));
            match instant::day_stands_first(text) {
                // Nobody writes a thirteenth month.
                Some(true) => return true,
                told => shown = shown.or(told),
            }
            match (ahead(text, false), ahead(text, true)) {
                (true, false) => month_ahead = true,
                (false, true) => day_ahead = true,
                _ => {}
            }
        }
        let at_home = cells.day_first_at_home().or_else(|| day_first_on(&layout.channel));
        usual += match at_home.or_else(|| layout.day_first_by_names()) {
            Some(true) => 1,
            Some(false) => -1,
            None => 0,
        };
    }
    let possible = (month_ahead != day_ahead).then_some(month_ahead);
    shown.or(possible).unwrap_or(usual > 0)
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
    // The rounded numbers of an order's lines are one and the same.
    if value::is_rounded(&row.item_id) {
        row.item_id.clear();
    }
    settle(row, format);
    row.quantity = value::count(cells.get(Field::Quantity));
    row.purchased_at = cells.at(Field::PurchasedAt);
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
    let by = canceller(cells.get(Field::CancelledBy));
    row.cancel_requested = value::yes(cells.get(Field::CancelRequested)) || by == Some(true);
    row.cancelled_by_shop = by == Some(false);
    Ok(())
}

/// Whether the buyer cancelled; `None` where nobody says who did.
pub(crate) fn canceller(text: &str) -> Option<bool> {
    match value::tidy(text).to_ascii_lowercase().as_str() {
        // TikTok Shop calls the buyer a user.
        "buyer" | "user" | "customer" => Some(true),
        "seller" | "system" | "operator" | "platform" => Some(false),
        _ => None,
    }
}

/// Takes out what is no identity, and names the channel, once the texts of an order are read.
pub(crate) fn settle(row: &mut ObservedOrder, format: ReportFormat) {
    for phone in [&mut row.phone, &mut row.ship_phone] {
        // What a spreadsheet rounded stands for many numbers.
        if value::is_masked_phone(phone) || value::is_rounded(phone) {
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
        for number in [&mut row.phone, &mut row.ship_phone, &mut row.ship_to.postal] {
            value::plain_number(number);
        }
        unmask(row);
    }
    if format == ReportFormat::Etsy {
        user_of_etsy(row);
    }
}

/// Etsy writes a user name, a name, or both as in `Nora Keller (nora_k)`. A user name has no blanks, and who bought as a
/// guest has none: what many bear for a name would make one buyer of them.
fn user_of_etsy(row: &mut ObservedOrder) {
    if row.user_name.contains(char::is_whitespace) {
        let text = std::mem::take(&mut row.user_name);
        let both = text.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        let (name, user) = both.unwrap_or((&text, ""));
        user.clone_into(&mut row.user_name);
        if row.buyer_name.is_empty() {
            name.trim().clone_into(&mut row.buyer_name);
        }
    }
    if row.user_name.contains(char::is_whitespace) || row.user_name.eq_ignore_ascii_case("guest") {
        row.user_name.clear();
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

/// Empties what the channel hid: `S***` may stand for anybody, so it is nobody's name. eBay writes `--`
/// where there is nothing.
fn unmask(row: &mut ObservedOrder) {
    let nobody = |text: &str| value::is_masked(text) || value::is_dash(text);
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
        if nobody(text) {
            text.clear();
        }
    }
    row.ship_to.lines.retain(|line| !nobody(line));
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
