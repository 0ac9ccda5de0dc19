//! Order reports of invented people, in every format and encoding, from a seed.
//!
//! The same plan gives the same bytes on every machine. Nobody in here exists: names, streets and
//! towns are drawn from lists, everything else from a generator of random numbers.

use std::io::{self, Write};

/// The order reports of Seller Central.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Without name, e-mail, telephone number and street.
    AllOrders,
    /// As the reports API delivers it.
    Unshipped,
    /// As Seller Central downloads it, 41 columns.
    UnshippedSellerCentral,
    /// New orders.
    NewOrders,
    /// Shipments by Amazon.
    FbaShipments,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [
        Self::AllOrders,
        Self::Unshipped,
        Self::UnshippedSellerCentral,
        Self::NewOrders,
        Self::FbaShipments,
    ];

    /// The columns, in the order in which the report has them.
    pub fn columns(self) -> Vec<&'static str> {
        let text = match self {
            Self::AllOrders => {
                "amazon-order-id merchant-order-id purchase-date last-updated-date order-status \
                 fulfillment-channel sales-channel order-channel url ship-service-level \
                 product-name sku asin item-status quantity currency item-price item-tax \
                 shipping-price shipping-tax gift-wrap-price gift-wrap-tax \
                 item-promotion-discount ship-promotion-discount ship-city ship-state \
                 ship-postal-code ship-country promotion-ids is-business-order \
                 purchase-order-number price-designation"
            }
            Self::Unshipped => {
                "order-id order-item-id purchase-date payments-date reporting-date promise-date \
                 days-past-promise buyer-email buyer-phone-number sku product-name \
                 quantity-purchased quantity-shipped quantity-to-ship ship-service-level \
                 recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city ship-state \
                 ship-postal-code ship-country is-business-order purchase-order-number \
                 price-designation is-prime"
            }
            Self::UnshippedSellerCentral => {
                "order-id order-item-id purchase-date payments-date reporting-date promise-date \
                 days-past-promise buyer-email buyer-name cpf buyer-phone-number sku \
                 number-of-items product-name quantity-purchased quantity-shipped \
                 quantity-to-ship ship-service-level ship-service-name recipient-name \
                 ship-address-1 ship-address-2 ship-address-3 ship-city ship-state \
                 ship-postal-code ship-country is-business-order purchase-order-number \
                 price-designation is-prime sales-channel customized-url customized-page \
                 is-buyer-requested-cancellation buyer-requested-cancel-reason \
                 verge-of-cancellation verge-of-lateShipment signature-confirmation-recommended \
                 buyer-identification-number buyer-identification-type"
            }
            Self::NewOrders => {
                "order-id order-item-id purchase-date payments-date buyer-email buyer-name \
                 buyer-phone-number sku product-name quantity-purchased currency item-price \
                 item-tax shipping-price shipping-tax ship-service-level recipient-name \
                 ship-address-1 ship-address-2 ship-address-3 ship-city ship-state \
                 ship-postal-code ship-country ship-phone-number delivery-start-date \
                 delivery-end-date delivery-time-zone delivery-Instructions sales-channel"
            }
            Self::FbaShipments => {
                "amazon-order-id merchant-order-id shipment-id shipment-item-id \
                 amazon-order-item-id merchant-order-item-id purchase-date payments-date \
                 shipment-date reporting-date buyer-email buyer-name buyer-phone-number sku \
                 product-name quantity-shipped currency item-price item-tax shipping-price \
                 shipping-tax gift-wrap-price gift-wrap-tax ship-service-level recipient-name \
                 ship-address-1 ship-address-2 ship-address-3 ship-city ship-state \
                 ship-postal-code ship-country ship-phone-number bill-address-1 bill-address-2 \
                 bill-address-3 bill-city bill-state bill-postal-code bill-country \
                 item-promotion-discount ship-promotion-discount carrier tracking-number \
                 estimated-arrival-date fulfillment-center-id fulfillment-channel sales-channel"
            }
        };
        text.split_whitespace().collect()
    }
}

/// How the text is encoded. Each encoding is given people whose names it can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a mark.
    Utf8Bom,
    /// Code page 1252.
    Windows1252,
    /// Code page 932.
    Cp932,
    /// Code page 936.
    Gbk,
    /// UTF-16 with a mark, low byte first.
    Utf16Le,
    /// UTF-16 with a mark, high byte first.
    Utf16Be,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 7] = [
        Self::Utf8,
        Self::Utf8Bom,
        Self::Windows1252,
        Self::Cp932,
        Self::Gbk,
        Self::Utf16Le,
        Self::Utf16Be,
    ];

    /// The mark that begins a file.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8Bom => b"\xef\xbb\xbf",
            Self::Utf16Le => b"\xff\xfe",
            Self::Utf16Be => b"\xfe\xff",
            _ => b"",
        }
    }

    /// Appends `text` in this encoding.
    ///
    /// # Panics
    ///
    /// When the encoding lacks a character of the text.
    pub fn encode(self, text: &str, out: &mut Vec<u8>) {
        let table = match self {
            Self::Utf8 | Self::Utf8Bom => return out.extend_from_slice(text.as_bytes()),
            Self::Utf16Le => return out.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
            Self::Utf16Be => return out.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Cp932 => encoding_rs::SHIFT_JIS,
            Self::Gbk => encoding_rs::GBK,
        };
        let (bytes, _, lacking) = table.encode(text);
        assert!(!lacking, "{} cannot write this text", table.name());
        out.extend_from_slice(&bytes);
    }

    fn locales(self) -> &'static [Locale] {
        match self {
            Self::Windows1252 => &LOCALES[..6],
            Self::Cp932 => &LOCALES[6..7],
            Self::Gbk => &LOCALES[7..],
            _ => &LOCALES,
        }
    }
}

/// An invented person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Relay alias.
    pub alias: String,
    /// Telephone number in international form.
    pub phone: String,
    /// Street line.
    pub street: String,
    /// Second line; often empty.
    pub unit: String,
    /// Town.
    pub city: String,
    /// State, region or prefecture; often empty.
    pub state: String,
    /// Postcode.
    pub postal: String,
    /// Country code.
    pub country: String,
    /// Marketplace where the person buys, e.g. `Amazon.de`.
    pub channel: String,
    /// Currency of that marketplace.
    pub currency: String,
}

/// What to generate.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// Equal seeds give equal reports.
    pub seed: u64,
    /// Rows below the header.
    pub rows: u64,
    /// Which report.
    pub format: Format,
    /// In which encoding.
    pub encoding: Encoding,
    /// People who may turn up, for example those on a list.
    pub known: &'a [Person],
    /// How many of 100,000 rows are theirs.
    pub known_per_100k: u32,
    /// Seconds since 1970 of the newest purchase; the others lie in the 30 days before.
    pub newest: i64,
}

impl Default for Plan<'_> {
    fn default() -> Self {
        Self {
            seed: 1,
            rows: 1_000,
            format: Format::UnshippedSellerCentral,
            encoding: Encoding::Utf8,
            known: &[],
            known_per_100k: 0,
            newest: 1_795_262_400,
        }
    }
}

/// A row that belongs to someone known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planted {
    /// Index of the row, from 0.
    pub row: u64,
    /// Index in [`Plan::known`].
    pub known: usize,
}

/// Random numbers by SplitMix64.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x5851_f42d_4c95_7f2d)
    }

    /// 64 random bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        let at = self.below(from.len() as u64);
        &from[usize::try_from(at).unwrap()]
    }
}

/// Person number `index` of the world that `seed` makes.
pub fn person(seed: u64, index: u64, encoding: Encoding) -> Person {
    let mut dice = Dice::new(seed.wrapping_mul(0x9e37_79b9).wrapping_add(index));
    // The generator's first numbers of neighbouring seeds are unalike already.
    let locale = dice.pick(encoding.locales());
    let (first, last) = (dice.pick(locale.first), dice.pick(locale.last));
    let mut name = String::with_capacity(32);
    if locale.family_first {
        name.push_str(last);
        name.push_str(locale.between);
        name.push_str(first);
    } else {
        name.push_str(first);
        name.push_str(locale.between);
        name.push_str(last);
    }
    let mut alias = String::with_capacity(40);
    let mut bits = dice.roll();
    for _ in 0..12 {
        alias.push(char::from(b"0123456789abcdefghijklmnopqrstuv"[(bits & 31) as usize]));
        bits >>= 5;
    }
    number(&mut alias, dice.below(90) + 10, 2);
    alias.push_str("@marketplace.amazon.");
    alias.push_str(locale.tld);
    let mut phone = String::with_capacity(18);
    phone.push_str(locale.dial);
    number(&mut phone, dice.below(100_000_000), 8);
    let road = dice.pick(locale.streets);
    let house = dice.below(180) + 1;
    let mut street = String::with_capacity(40);
    for part in locale.street.chars() {
        match part {
            '#' => number(&mut street, house, 1),
            '%' => number(&mut street, dice.below(30) + 1, 1),
            '@' => street.push_str(road),
            other => street.push(other),
        }
    }
    let mut unit = String::new();
    if dice.below(6) == 0 {
        for part in locale.unit.chars() {
            match part {
                '#' | '%' => number(&mut unit, dice.below(60) + 1, 1),
                other => unit.push(other),
            }
        }
    }
    let (city, state, area) = dice.pick(locale.cities);
    let mut postal = String::with_capacity(10);
    for part in area.chars() {
        match part {
            '#' => number(&mut postal, dice.below(10), 1),
            '?' => postal.push(char::from(b"ABDEFGHJLNPQRSTUWXYZ"[dice.below(20) as usize])),
            other => postal.push(other),
        }
    }
    Person {
        name,
        alias,
        phone,
        street,
        unit,
        city: (*city).to_owned(),
        state: (*state).to_owned(),
        postal,
        country: locale.country.to_owned(),
        channel: locale.channel.to_owned(),
        currency: locale.currency.to_owned(),
    }
}

/// `count` people, none of whom turns up in a report by chance.
pub fn people(seed: u64, count: usize, encoding: Encoding) -> Vec<Person> {
    (0..count as u64).map(|index| person(seed, index | 1 << 40, encoding)).collect()
}

/// The whole report in memory, and the rows that are known people's.
pub fn report(plan: &Plan<'_>) -> (Vec<u8>, Vec<Planted>) {
    let mut out = Vec::new();
    let planted = write(plan, &mut out).expect("memory takes every byte");
    (out, planted)
}

/// Writes the report, and answers which rows are known people's.
pub fn write(plan: &Plan<'_>, out: &mut impl Write) -> io::Result<Vec<Planted>> {
    let columns = plan.format.columns();
    let cells: Vec<Cell> = columns.iter().map(|name| Cell::of(name, plan.format)).collect();
    let mut planted = Vec::new();
    let mut dice = Dice::new(plan.seed);
    let mut text = columns.join("\t");
    text.push('\n');
    let mut bytes = plan.encoding.mark().to_vec();
    let mut order = Order::default();
    let mut someone = person(plan.seed, 0, plan.encoding);
    let mut known = None;
    for row in 0..plan.rows {
        // Some orders have several lines.
        if row == 0 || dice.below(20) != 0 {
            known = (!plan.known.is_empty() && dice.below(100_000) < plan.known_per_100k.into())
                .then(|| usize::try_from(dice.below(plan.known.len() as u64)).unwrap());
            // Fewer people than orders, so that some buy again.
            someone = match known {
                Some(at) => plan.known[at].clone(),
                None => person(plan.seed, dice.below(plan.rows * 3 / 4 + 1), plan.encoding),
            };
            order.draw(row, plan, &mut dice);
        }
        planted.extend(known.map(|known| Planted { row, known }));
        order.item = row;
        order.product = usize::try_from(dice.below(PRODUCTS.len() as u64)).unwrap();
        order.quantity = 1 + dice.below(20) / 18;
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                text.push('\t');
            }
            order.put(*cell, &someone, plan, &mut text);
        }
        text.push('\n');
        if text.len() > 1 << 16 {
            plan.encoding.encode(&text, &mut bytes);
            text.clear();
            out.write_all(&bytes)?;
            bytes.clear();
        }
    }
    plan.encoding.encode(&text, &mut bytes);
    out.write_all(&bytes)?;
    Ok(planted)
}

/// What a column is filled with.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Empty,
    Text(&'static str),
    OrderId,
    ItemId,
    Purchased(i64),
    Day(i64),
    Alias,
    Name,
    Phone,
    Sku,
    Asin,
    Product,
    Quantity,
    Street,
    Unit,
    City,
    State,
    Postal,
    Country,
    Channel,
    Currency,
    Price(u64),
    Status,
    Business,
    CancelRequested,
}

impl Cell {
    fn of(column: &str, format: Format) -> Self {
        match column {
            "amazon-order-id" | "order-id" => Self::OrderId,
            "order-item-id" | "amazon-order-item-id" | "shipment-item-id" => Self::ItemId,
            "purchase-date" => Self::Purchased(0),
            "payments-date" | "last-updated-date" => Self::Purchased(1_260),
            "shipment-date" => Self::Purchased(93_600),
            "reporting-date" => Self::Purchased(180_000),
            "promise-date" | "estimated-arrival-date" => Self::Day(3),
            "days-past-promise" => Self::Text("-2"),
            "buyer-email" => Self::Alias,
            "buyer-name" | "recipient-name" => Self::Name,
            "buyer-phone-number" | "ship-phone-number" => Self::Phone,
            "sku" => Self::Sku,
            "asin" => Self::Asin,
            "product-name" => Self::Product,
            "quantity" | "quantity-purchased" | "quantity-to-ship" | "number-of-items" => {
                Self::Quantity
            }
            "quantity-shipped" if format == Format::FbaShipments => Self::Quantity,
            "quantity-shipped" => Self::Text("0"),
            "ship-address-1" | "bill-address-1" => Self::Street,
            "ship-address-2" | "bill-address-2" => Self::Unit,
            "ship-city" | "bill-city" => Self::City,
            "ship-state" | "bill-state" => Self::State,
            "ship-postal-code" | "bill-postal-code" => Self::Postal,
            "ship-country" | "bill-country" => Self::Country,
            "sales-channel" => Self::Channel,
            "currency" => Self::Currency,
            "item-price" => Self::Price(100),
            "item-tax" => Self::Price(19),
            "shipping-price" | "shipping-tax" | "gift-wrap-price" | "gift-wrap-tax" => {
                Self::Text("0.00")
            }
            "order-status" | "item-status" => Self::Status,
            "fulfillment-channel" if format == Format::AllOrders => Self::Text("Merchant"),
            "fulfillment-channel" => Self::Text("AFN"),
            "is-business-order" => Self::Business,
            "is-buyer-requested-cancellation" => Self::CancelRequested,
            "ship-service-level" => Self::Text("Standard"),
            "ship-service-name" => Self::Text("Standard Shipping"),
            "is-prime"
            | "verge-of-cancellation"
            | "verge-of-lateShipment"
            | "signature-confirmation-recommended" => Self::Text("false"),
            "carrier" => Self::Text("AMZN_LOGISTICS"),
            "fulfillment-center-id" => Self::Text("LEJ1"),
            "delivery-time-zone" => Self::Text("UTC"),
            _ => Self::Empty,
        }
    }
}

#[derive(Debug, Default)]
struct Order {
    id: String,
    item: u64,
    at: i64,
    product: usize,
    quantity: u64,
    chance: u64,
}

impl Order {
    fn draw(&mut self, row: u64, plan: &Plan<'_>, dice: &mut Dice) {
        self.id.clear();
        number(&mut self.id, [302, 305, 113, 203, 408, 503][dice.below(6) as usize], 3);
        self.id.push('-');
        // Multiplying by a number without factors in common with the modulus visits every ID once.
        let step = u128::from(row + plan.seed % 100_000 * 1_000_000_000) * 61_803_398_874_989;
        let unique = ((step + 7_316_904_558_217) % 100_000_000_000_000) as u64;
        number(&mut self.id, unique / 10_000_000, 7);
        self.id.push('-');
        number(&mut self.id, unique % 10_000_000, 7);
        self.at = plan.newest - i64::try_from(dice.below(30 * 86_400)).unwrap();
        self.chance = dice.roll();
    }

    fn put(&self, cell: Cell, person: &Person, plan: &Plan<'_>, out: &mut String) {
        let rarely = |one_in: u64, shift: u32| (self.chance >> shift).is_multiple_of(one_in);
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => out.push_str(text),
            Cell::OrderId => out.push_str(&self.id),
            Cell::ItemId => number(out, 10_000_000_000_000 + self.item * 7, 14),
            Cell::Purchased(later) => instant(out, self.at + later, person),
            Cell::Day(later) => day(out, (self.at).div_euclid(86_400) + later),
            Cell::Alias => out.push_str(&person.alias),
            // A few accounts never gave a name.
            Cell::Name if rarely(400, 8) => out.push_str("Amazon Customer"),
            Cell::Name => out.push_str(&person.name),
            Cell::Phone if rarely(5, 20) && plan.known.is_empty() => {}
            Cell::Phone => out.push_str(&person.phone),
            Cell::Sku => {
                out.push_str("KD-");
                number(out, self.product as u64 * 37 + 104, 5);
            }
            Cell::Asin => {
                out.push_str("B0");
                number(out, self.product as u64 * 7_654_321 % 100_000_000, 8);
            }
            Cell::Product => out.push_str(PRODUCTS[self.product]),
            Cell::Quantity => number(out, self.quantity, 1),
            Cell::Street => out.push_str(&person.street),
            Cell::Unit => out.push_str(&person.unit),
            Cell::City => out.push_str(&person.city),
            Cell::State => out.push_str(&person.state),
            Cell::Postal => out.push_str(&person.postal),
            Cell::Country => out.push_str(&person.country),
            Cell::Channel => out.push_str(&person.channel),
            Cell::Currency => out.push_str(&person.currency),
            Cell::Price(percent) => {
                let cents = (self.product as u64 * 731 % 9_000 + 499) * percent / 100;
                number(out, cents / 100, 1);
                out.push('.');
                number(out, cents % 100, 2);
            }
            Cell::Status => {
                out.push_str(
                    ["Shipped", "Unshipped", "Pending", "Cancelled"]
                        [(self.chance >> 40) as usize % 4],
                );
            }
            Cell::Business => out.push_str(if rarely(30, 30) { "true" } else { "false" }),
            Cell::CancelRequested => out.push_str(if rarely(60, 36) { "true" } else { "false" }),
        }
    }
}

/// Decimal digits, with zeros in front up to `width`.
fn number(out: &mut String, value: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    let mut rest = value;
    while rest > 0 || digits.len() - at < width {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

fn day(out: &mut String, days: i64) {
    // Howard Hinnant's civil_from_days.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    number(out, year.unsigned_abs(), 4);
    out.push('-');
    number(out, month.unsigned_abs(), 2);
    out.push('-');
    number(out, (doy - (153 * mp + 2) / 5 + 1).unsigned_abs(), 2);
}

/// In the zone that the report of the person's marketplace is written in.
fn instant(out: &mut String, at: i64, person: &Person) {
    let (ahead, zone) = match person.country.as_str() {
        "JP" => (9, "+09:00"),
        "US" => (-7, "-07:00"),
        _ => (0, "+00:00"),
    };
    let local = at + ahead * 3_600;
    day(out, local.div_euclid(86_400));
    out.push('T');
    let seconds = local.rem_euclid(86_400).unsigned_abs();
    number(out, seconds / 3_600, 2);
    out.push(':');
    number(out, seconds / 60 % 60, 2);
    out.push(':');
    number(out, seconds % 60, 2);
    out.push_str(zone);
}

/// Where a share of the people live. In patterns `#` stands for a number, `%` for another one,
/// `@` for the street, `?` for a letter.
struct Locale {
    country: &'static str,
    channel: &'static str,
    currency: &'static str,
    tld: &'static str,
    dial: &'static str,
    family_first: bool,
    between: &'static str,
    first: &'static [&'static str],
    last: &'static [&'static str],
    street: &'static str,
    unit: &'static str,
    streets: &'static [&'static str],
    /// Town, state, postcode.
    cities: &'static [(&'static str, &'static str, &'static str)],
}

const PRODUCTS: [&str; 24] = [
    "Desk lamp with dimmer, 12 W, matt black",
    "Cordless hand vacuum 120 W, 2 filters",
    "Cotton bath towel set, 4 pieces, sage",
    "Espresso tamper 58 mm, walnut handle",
    "Phone stand, aluminium, foldable",
    "Kitchen scale 5 kg, glass, with timer",
    "Noise-reducing headphones, 40 h battery",
    "Travel adapter, 4 ports, 65 W",
    "Yoga mat 183 x 61 cm, 6 mm",
    "Bicycle light set, rechargeable",
    "Water bottle 750 ml, double wall",
    "Storage boxes, set of 6, stackable",
    "Mechanical keyboard, 84 keys, hot swap",
    "Garden hose 20 m with spray gun",
    "Stoneware bowls, set of 4, sand",
    "LED strip 5 m, warm white",
    "Baby monitor with camera, 720p",
    "Cast iron pan 26 cm",
    "Laptop sleeve 14 inch, felt",
    "Car phone holder, vent clip",
    "Electric kettle 1.7 l, glass",
    "Hair dryer 2000 W, ionic",
    "Wall clock 30 cm, silent",
    "USB-C hub, 7 in 1",
];

#[rustfmt::skip]
static LOCALES: [Locale; 8] = [
    Locale {
        country: "US", channel: "Amazon.com", currency: "USD", tld: "com", dial: "+1 21",
        family_first: false, between: " ",
        first: &["Ava", "Brenda", "Caleb", "Dana", "Elliot", "Faith", "Gavin", "Hazel", "Imani", "Jonah", "Kayla", "Landon", "Marisol", "Nolan", "Opal", "Priya", "Quentin", "Rhonda", "Silas", "Tamara", "Ulysses", "Vera", "Wade", "Ximena", "Yolanda", "Zane", "Aubrey", "Bryce", "Colleen", "Desmond", "Esther", "Felix", "Gloria", "Harvey", "Iris", "Jasper"],
        last: &["Abernathy", "Blackwood", "Castellano", "Dunleavy", "Eastwick", "Fairbairn", "Goldfinch", "Hollister", "Ingleby", "Jessup", "Kirkbride", "Lovelace", "Merriweather", "Northcutt", "Okonkwo", "Pemberton", "Quimby", "Ravenscroft", "Stockbridge", "Thistlewood", "Umberland", "Vandermeer", "Whitlock", "Yarborough", "Zimmerly", "Ashdown", "Birdsong", "Cobbledick", "Drinkwater", "Farnsworth", "Gillingham", "Hathersage", "Larkspur", "Mossman", "Pennyworth", "Satterfield"],
        street: "# @", unit: "Apt #B",
        streets: &["Maple Hollow Rd", "Cedar Bend Ave", "Old Mill Ln", "Sycamore St", "Prairie View Dr", "Quarry Hill Rd", "Larkspur Ct", "Juniper Way", "Harbor Point Blvd", "Willow Creek Dr", "Fox Run", "Granite Pass", "Meadowlark Ln", "Orchard St", "Pinecrest Ave", "Riverbend Rd", "Stonegate Dr", "Timberline Trl"],
        cities: &[("Springvale", "OH", "45###"), ("Cedarburg", "WI", "53###"), ("Ashford", "TX", "77###"), ("Lakemont", "GA", "30###"), ("Fairhaven", "WA", "98###"), ("Brookline", "MA", "02###"), ("Mesa Verde", "AZ", "85###"), ("Port Allen", "LA", "70###"), ("Glenwood", "IL", "60###"), ("Oak Hollow", "NC", "27###")],
    },
    Locale {
        country: "GB", channel: "Amazon.co.uk", currency: "GBP", tld: "co.uk", dial: "+44 20 ",
        family_first: false, between: " ",
        first: &["Alfie", "Bronwen", "Callum", "Daphne", "Euan", "Fiona", "Gethin", "Harriet", "Isla", "Jocelyn", "Keir", "Lowri", "Murdo", "Niamh", "Oswin", "Poppy", "Rhys", "Saoirse", "Tamsin", "Una", "Verity", "Wilfred", "Zadie", "Angus", "Beatrix", "Conor", "Eilidh", "Ffion", "Graham", "Hamish"],
        last: &["Applegarth", "Braithwaite", "Carruthers", "Dalrymple", "Entwistle", "Featherstone", "Grimshaw", "Hebblethwaite", "Inchbald", "Jellicoe", "Kettlewell", "Llewellyn", "Micklethwait", "Netherby", "Ormerod", "Postlethwaite", "Quennell", "Ramsbottom", "Swarbrick", "Tregenza", "Urquhart", "Venables", "Wolstenholme", "Yelverton", "Auchterlonie", "Bickerstaff", "Cholmondeley", "Duckworth", "Fotheringay", "Golightly"],
        street: "# @", unit: "Flat #",
        streets: &["Chapel Row", "Mill Lane", "Orchard Close", "Weavers Yard", "Station Approach", "Kiln Street", "Priory Gardens", "Hawthorn Rise", "Canal Walk", "Abbey Terrace", "Foundry Road", "Paddock Way", "Bramble Lane", "Harbour View", "Tannery Court"],
        cities: &[("Leeds", "", "LS# #??"), ("Cardiff", "", "CF1# #??"), ("Dundee", "", "DD# #??"), ("Exeter", "", "EX# #??"), ("Norwich", "", "NR# #??"), ("Preston", "", "PR# #??"), ("York", "", "YO# #??"), ("Bath", "", "BA# #??")],
    },
    Locale {
        country: "DE", channel: "Amazon.de", currency: "EUR", tld: "de", dial: "+49 30 ",
        family_first: false, between: " ",
        first: &["Änne", "Björn", "Cäcilia", "Dörte", "Emil", "Frauke", "Götz", "Hannelore", "Ingo", "Jörg", "Käthe", "Lütke", "Malte", "Nele", "Oskar", "Petra", "Rüdiger", "Sönke", "Tjark", "Ulrike", "Volker", "Wiebke", "Yannick", "Zoë", "Annegret", "Bernd", "Jürgen", "Günter", "Heike", "Torben", "Steffi", "Renate"],
        last: &["Müller-Brandt", "Schäferlein", "Großkopf", "Weißgerber", "Köhlmeier", "Böttcher", "Jäckel", "Lüdemann", "Süßmilch", "Röthlisberg", "Kühnemund", "Tränkner", "Dornbusch", "Eichhorst", "Falkenrath", "Gerstäcker", "Hinrichsen", "Immendorf", "Kästner", "Löwenthal", "Mönnich", "Nüßlein", "Ölschläger", "Pfützner", "Quandtmeier", "Rübsam", "Stößel", "Thönnissen", "Übelacker", "Vögele", "Wörtmann", "Zöllner"],
        street: "@ #", unit: "c/o Wohnung #",
        streets: &["Lindenhofweg", "Mühlgasse", "Am Schloßberg", "Gänseweide", "Brückenstraße", "Tännichweg", "Großer Hirschgraben", "Birkenallee", "Kirchplatz", "Rosenstr.", "Hölderlinstraße", "Zum Kühlhaus", "Färbergasse", "Bahnhofstraße", "An der Stadtmauer", "Kastanienweg"],
        cities: &[("Würzburg", "", "970##"), ("Köln", "", "506##"), ("München", "Bayern", "803##"), ("Lübeck", "", "235##"), ("Görlitz", "Sachsen", "028##"), ("Düsseldorf", "NRW", "402##"), ("Berlin", "", "104##"), ("Osnabrück", "", "490##"), ("Gießen", "Hessen", "353##"), ("Leipzig", "", "042##")],
    },
    Locale {
        country: "FR", channel: "Amazon.fr", currency: "EUR", tld: "fr", dial: "+33 1 ",
        family_first: false, between: " ",
        first: &["Aurélie", "Benoît", "Célestine", "Désiré", "Eloïse", "François", "Geneviève", "Hélène", "Inès", "Joël", "Kévin", "Loïc", "Maëlys", "Noémie", "Odile", "Pénélope", "Quitterie", "Rémi", "Solène", "Théo", "Ursule", "Valérie", "Xavier", "Yaël", "Zélie", "Anaïs", "Gaël", "Léa", "Jérôme", "Océane"],
        last: &["Lefèvre-Caumont", "Bélanger", "Châtelain", "Délécluse", "Épinay", "Façonnier", "Gérardin", "Hébrard", "L'Hôpital", "Joséphin", "Kermorvan", "Lacôte", "Mérimont", "Nédélec", "Orléac", "Pécresson", "Quéméneur", "Rébuffat", "Sévérac", "Thévenoux", "Valençay", "Vézelin", "Garçonnet", "d'Œuvray", "Brûlard", "Crépin", "Dufaÿ", "Forêtier", "Gâtinel", "Plaçon"],
        street: "# @", unit: "Bâtiment C, porte #",
        streets: &["rue des Églantines", "avenue du Maréchal-Ferrant", "place de la Halle", "impasse des Tilleuls", "chemin du Moulin à Vent", "boulevard de l'Abbaye", "rue Saint-Éloi", "allée des Érables", "quai de la Douane", "rue du Chêne vert", "cours Hébert", "montée des Forges"],
        cities: &[("Orléans", "", "450##"), ("Angoulême", "", "160##"), ("Besançon", "", "250##"), ("Saint-Étienne", "", "420##"), ("Nîmes", "", "300##"), ("Évreux", "", "270##"), ("Lyon", "", "690##"), ("Bordeaux", "", "330##")],
    },
    Locale {
        country: "IT", channel: "Amazon.it", currency: "EUR", tld: "it", dial: "+39 02 ",
        family_first: false, between: " ",
        first: &["Alessia", "Beatrice", "Cosimo", "Domenico", "Elettra", "Fabrizio", "Ginevra", "Ilaria", "Jacopo", "Leandro", "Mafalda", "Niccolò", "Ottavia", "Piergiorgio", "Quirino", "Rosalba", "Serafino", "Tecla", "Umberto", "Viola", "Zaira", "Noè", "Nicolò", "Aldo", "Rosà", "Carlotta", "Desirè", "Gioele", "Loredana", "Renzo"],
        last: &["Abbondanza", "Bellavigna", "Cantalupo", "Dell'Orto", "Esposto", "Fierabosco", "Guardabassi", "Iacobelli", "Lanfranchetti", "Mezzanotte", "Nicolò", "Ombroso", "Pontecorvo", "Quattrociocchi", "Roccaforte", "Spaccapietra", "Tagliaferro", "Uccellini", "Vinciguerra", "Zampieron", "Cornà", "Dalla Riva", "Forlì", "Scarfò", "Paternò", "Di Salvo", "Mondì", "Fusarò", "Bragagnolo", "Serracchioli"],
        street: "@ #", unit: "Scala A, interno #",
        streets: &["Via delle Rose", "Via Libertà", "Corso Università", "Piazza della Città", "Viale dei Tigli", "Vicolo Corto", "Via San Nicolò", "Largo Pietà", "Strada Provinciale", "Via Molino Vecchio", "Via Fiume", "Salita Belvedere"],
        cities: &[("Forlì", "FC", "471##"), ("Cantù", "CO", "220##"), ("Torino", "TO", "101##"), ("Bari", "BA", "701##"), ("Pistoia", "PT", "511##"), ("Trento", "TN", "381##"), ("Nardò", "LE", "730##"), ("Genova", "GE", "161##")],
    },
    Locale {
        country: "ES", channel: "Amazon.es", currency: "EUR", tld: "es", dial: "+34 9",
        family_first: false, between: " ",
        first: &["Álvaro", "Begoña", "Concepción", "Darío", "Elías", "Fermín", "Gonzalo", "Héctor", "Íñigo", "Julián", "Lucía", "Martín", "Nuria", "Óscar", "Pilar", "Ramón", "Sofía", "Tomás", "Úrsula", "Víctor", "Ximena", "Yésica", "Zacarías", "Inmaculada", "Joaquín", "Belén", "Íker", "Ángela", "Adrián", "Rocío"],
        last: &["Muñoz Peña", "Ibáñez Roldán", "Nuñez Cortés", "Zúñiga Prado", "Cañizares Vela", "Ordóñez Gil", "Bermúdez Lago", "Calderón Ríos", "Espronceda Solís", "Fariñas Oliva", "Góngora Paz", "Hernánsanz", "Jáuregui Mora", "Lacárcel Soto", "Mañas Robledo", "Ochoa Peñalver", "Quiñones Baza", "Riquelme Añón", "Sáez Montaña", "Téllez Cano", "Urdaneta Güell", "Villacañas Ruiz", "Yáñez Barceló", "Zárate Pérez", "Arguiñano Díaz", "Cebrián Núñez", "Doñate Marín", "Güemes Soler", "Lainez Acuña", "Montañés Rey"],
        street: "@, #", unit: "#º izquierda",
        streets: &["Calle del Olmo", "Avenida de la Constitución", "Paseo del Río", "Plaza de España", "Calle Núñez de Arce", "Camino Viejo", "Ronda de San Telmo", "Calle Peñuelas", "Travesía del Jardín", "Calle Ramón y Cajal", "Cuesta de la Ermita", "Calle Málaga"],
        cities: &[("Málaga", "Málaga", "290##"), ("A Coruña", "A Coruña", "150##"), ("León", "León", "240##"), ("Cádiz", "Cádiz", "110##"), ("Logroño", "La Rioja", "260##"), ("Madrid", "Madrid", "280##"), ("Ávila", "Ávila", "050##"), ("Castellón", "", "120##")],
    },
    Locale {
        country: "JP", channel: "Amazon.co.jp", currency: "JPY", tld: "co.jp", dial: "+81 90",
        family_first: true, between: " ",
        first: &["蒼真", "陽菜", "健太郎", "美咲", "拓也", "結衣", "大輔", "さくら", "翔平", "ひなた", "直樹", "真由美", "亮", "カレン", "康介", "千尋", "純一", "あかり", "悠斗", "由紀子", "正和", "恵", "浩二", "琴音", "祐介", "奈々", "隆", "ほのか", "誠", "麻衣"],
        last: &["髙橋", "田中", "桜庭", "宮﨑", "小鳥遊", "渡邊", "五十嵐", "長谷部", "藤ノ木", "綾小路", "石動", "鬼塚", "東雲", "早乙女", "榊原", "柊", "北条", "御手洗", "能登谷", "蓮見", "古河", "真壁", "三ツ矢", "湯浅", "若狭", "八重樫", "入間", "上遠野", "江戸川", "越智"],
        street: "@%丁目#-%", unit: "コーポ桜 #号室",
        streets: &["桜木町", "緑ヶ丘", "中央", "本町", "若葉台", "南青葉", "東雲", "栄町", "みなと", "大和田", "西ノ宮", "旭ケ丘"],
        cities: &[("札幌市中央区", "北海道", "060-0###"), ("横浜市港北区", "神奈川県", "222-0###"), ("大阪市北区", "大阪府", "530-0###"), ("名古屋市中区", "愛知県", "460-0###"), ("福岡市博多区", "福岡県", "812-0###"), ("世田谷区", "東京都", "154-0###"), ("仙台市青葉区", "宮城県", "980-0###"), ("金沢市", "石川県", "920-0###")],
    },
    Locale {
        country: "CN", channel: "Amazon.com", currency: "USD", tld: "com", dial: "+86 138",
        family_first: true, between: "",
        first: &["子轩", "雨桐", "浩然", "梓涵", "建国", "秀英", "志强", "丽华", "晓东", "静怡", "明哲", "思远", "文博", "佳琪", "海燕", "国栋", "雪梅", "俊杰", "晨曦", "玉兰", "伟", "芳", "磊", "娜", "洋", "婷", "鹏飞", "若彤", "一诺", "可欣"],
        last: &["欧阳", "诸葛", "慕容", "司徒", "陆", "沈", "韩", "唐", "邓", "彭", "曹", "蒋", "蔡", "贾", "魏", "薛", "阎", "潘", "钟", "谭", "汪", "范", "石", "姚", "廖", "邹", "熊", "白", "孟", "秦"],
        street: "@#号", unit: "%栋#室",
        streets: &["和平路", "解放大道", "梧桐街", "滨江东路", "建设三路", "文化巷", "学院南路", "湖滨路", "桂花街", "松柏路", "凤凰山路", "长安西街"],
        cities: &[("深圳市", "广东省", "5180##"), ("杭州市", "浙江省", "3100##"), ("成都市", "四川省", "6100##"), ("南京市", "江苏省", "2100##"), ("武汉市", "湖北省", "4300##"), ("西安市", "陕西省", "7100##"), ("厦门市", "福建省", "3610##"), ("青岛市", "山东省", "2660##")],
    },
];
