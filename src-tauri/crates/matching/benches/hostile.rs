//! Values made to hurt, in each field of an order and of a buyer: how long the longest takes.
//!
//! `cargo bench -p buyerwatch-matching --bench hostile`, as `cargo xtask bench matching --scale` does. In each
//! field alone and in all of them; the bar is 50 ms.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use buyerwatch_domain::{
    Address, BuyerId, Identifier, IdentifierId, IdentifierKind, ObservedOrder, Timestamp,
};
use buyerwatch_matching::{
    BlindKey, Index, Likenesses, ListedIdentifier, NoCrowd, linkage::Veil, order_profile,
    order_tokens, recognise,
};
use std::hint::black_box;
use std::time::{Duration, Instant};

const MEGABYTE: usize = 1 << 20;

fn values() -> Vec<(&'static str, String)> {
    let zalgo = |times: usize| -> String {
        let marks = || ('\u{300}'..='\u{36F}').cycle();
        "Erika Beispiel"
            .chars()
            .flat_map(|c| std::iter::once(c).chain(marks().take(times)))
            .collect()
    };
    let fill = |text: &str| text.repeat(MEGABYTE / text.len());
    vec![
        ("an ordinary name", "Erika Beispiel".to_owned()),
        ("1 MB, one word", fill("x")),
        ("1 MB, words of one letter", fill("x ")),
        ("1 MB, words of a name", fill("Erika Beispiel ")),
        ("1 MB, ideographs", fill("王")),
        ("1 MB, kana", fill("ッャー")),
        ("1 MB, Cyrillic", fill("щ")),
        ("1 MB, Greek", fill("ΐ")),
        ("1 MB, numbers", fill("1 ")),
        ("1 MB, signs of flats", fill("#")),
        ("1 MB, commas", fill(",")),
        ("1 MB, hyphens", fill("a-")),
        ("1 MB, combining marks alone", fill("\u{300}")),
        ("1 MB, one sign that unfolds to eighteen", fill("\u{FDFA}")),
        ("1 MB, control characters", fill("\u{1}\u{7}\u{1B}[31m")),
        ("1 MB, marks of direction", fill("\u{202E}\u{2066}\u{200F}")),
        ("1 MB, line breaks", fill("\r\n")),
        ("1 MB, apostrophes", fill("'")),
        ("zalgo, 1 MB", zalgo(MEGABYTE / 28)),
        ("zalgo, just short enough to be read", zalgo(17)),
        (
            "mixed directions",
            "\u{202E}akirE\u{202C} مثال אריקה \u{2067}leipsieB\u{2069}".to_owned(),
        ),
        ("512 bytes, twelve words", "Abcdefghijklmnopqrstuvwxyzabcdefghijklmno ".repeat(12)),
        ("1,024 bytes of words", "ab cd ef gh ".repeat(85)),
        ("1,024 bytes of numbers", "12 34 5/6 ".repeat(102)),
        ("1,024 bytes of Chinese lanes", "路弄号".repeat(113)),
    ]
}

fn main() {
    let key = BlindKey::from_bytes([0x5C; 32]);
    // A list that was made to hurt, too.
    let (mut index, mut likenesses) = (Index::new(), Likenesses::default());
    for ((_, value), number) in values().iter().zip(0u8..) {
        put_in(&key, &mut index, &mut likenesses, number, &identifiers(value));
    }
    println!("| Value, in the worst field | order, ms | buyer, ms | kept when purged, ms |");
    println!("| --- | ---: | ---: | ---: |");
    let mut worst = Duration::ZERO;
    for ((what, value), number) in values().iter().zip(100u8..) {
        let (mut screened, mut veiled) = (Duration::ZERO, Duration::ZERO);
        for order in orders(value) {
            screened = screened.max(slowest(|| {
                let tokens = order_tokens(&key, &order);
                let profile = order_profile(&order);
                let alike = likenesses.find(&profile);
                black_box(recognise(&index, &likenesses, &tokens, || profile, &alike, &NoCrowd));
            }));
            veiled = veiled.max(slowest(|| {
                black_box(Veil::of(&key, &likenesses.model(), &order_profile(&order)));
            }));
        }
        let identifiers = identifiers(value);
        let listed = slowest(|| put_in(&key, &mut index, &mut likenesses, number, &identifiers));
        worst = worst.max(screened).max(listed).max(veiled);
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!("| {what} | {:.3} | {:.3} | {:.3} |", ms(screened), ms(listed), ms(veiled));
    }
    println!("\nThe worst: {:.3} ms", worst.as_secs_f64() * 1e3);
}

fn slowest(mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..5).map(once).max().unwrap_or_default()
}

/// Orders with the value in each field alone, and in all of them.
fn orders(value: &str) -> Vec<ObservedOrder> {
    type Field = fn(&mut ObservedOrder, String);
    let fields: [Field; 15] = [
        |order, value| order.order_id = value,
        |order, value| order.buyer_name = value,
        |order, value| order.recipient_name = value,
        |order, value| order.alias = value,
        |order, value| order.phone = value,
        |order, value| order.ship_phone = value,
        |order, value| order.user_name = value,
        |order, value| order.marketplace_buyer_id = value,
        |order, value| order.ship_to.lines = vec![value],
        |order, value| order.ship_to.lines = vec![value.clone(), value],
        |order, value| order.ship_to.city = value,
        |order, value| order.ship_to.state = value,
        |order, value| order.ship_to.postal = value,
        |order, value| order.ship_to.country = value,
        |order, value| order.channel.0 = value,
    ];
    let ordinary = ObservedOrder {
        buyer_name: "Erika Beispiel".to_owned(),
        ship_to: Address { lines: vec!["Ringweg 3".to_owned()], ..Address::default() },
        ..ObservedOrder::default()
    };
    let alone = fields.iter().map(|field| {
        let mut order = ordinary.clone();
        field(&mut order, value.to_owned());
        order
    });
    let mut all = ordinary.clone();
    fields.iter().for_each(|field| field(&mut all, value.to_owned()));
    alone.chain([all]).collect()
}

fn identifiers(value: &str) -> Vec<Identifier> {
    let kinds = [
        IdentifierKind::Name,
        IdentifierKind::Address,
        IdentifierKind::Alias,
        IdentifierKind::Phone,
        IdentifierKind::UserName,
        IdentifierKind::OrderId,
        IdentifierKind::MarketplaceId,
    ];
    kinds
        .into_iter()
        .zip(1u8..)
        .map(|(kind, part)| Identifier {
            id: IdentifierId::from_bytes([part; 16]),
            kind,
            value: value.to_owned(),
            shared: false,
            added_at: Timestamp::from_millis(0),
        })
        .collect()
}

fn put_in(
    key: &BlindKey,
    index: &mut Index,
    likenesses: &mut Likenesses,
    number: u8,
    identifiers: &[Identifier],
) {
    let tokens: Vec<ListedIdentifier> = ListedIdentifier::all_of(key, identifiers)
        .into_iter()
        .filter_map(|(_, listed)| listed.ok())
        .collect();
    let buyer = BuyerId::from_bytes([number; 16]);
    index.insert_buyer(buyer, &tokens);
    likenesses.insert_buyer(buyer, identifiers);
}
