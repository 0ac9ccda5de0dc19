//! Files of unknown columns: guessed, mapped once, known from then on.

use crate::workbook;
use buyerwatch_domain::{AfterSale, ClaimKind, Money, ObservedOrder, SkipReason};
use buyerwatch_intake::{Hints, MappedField, MappedKind, Mapping, Report, RowOutcome, preview};

const GERMAN: &str = "Auftragsnummer;Kunde;E-Mail;Telefon;Straße;PLZ;Ort;Land;Bestelldatum;Artikel;Menge;Bemerkung\n\
A-1001;Jörg Keller;joerg@example.com;+49 30 5550142;Eichenweg 3;10115;Musterstadt;DE;02.11.2026;Lampe;1;eilig\n\
A-1002;S*** K***;;;E***;;;DE;02.11.2026;Lampe;2;\n\
Auftragsnummer;Kunde;E-Mail;Telefon;Straße;PLZ;Ort;Land;Bestelldatum;Artikel;Menge;Bemerkung\n\
\n\
Summe\n";

fn mapping(bytes: &[u8]) -> Mapping {
    mapping_of(bytes, MappedKind::Orders)
}

fn mapping_of(bytes: &[u8], kind: MappedKind) -> Mapping {
    let preview = preview(bytes).unwrap();
    let guesses = preview.guesses_of(kind).into_iter().enumerate();
    let columns = guesses.filter_map(|(at, guess)| guess.map(|field| (at, field))).collect();
    Mapping { header: preview.header, columns, channel: "Lampenladen".to_owned(), kind }
}

#[test]
fn columns_are_guessed_by_name_in_seven_languages() {
    use MappedField::{
        Alias, BuyerName, City, OrderId, Phone, Postal, Product, PurchasedAt, RecipientName,
        ShipPhone, State, Street1,
    };
    for (header, expected) in [
        (
            "Order No,Customer,Phone,Street,Zip,City",
            [OrderId, BuyerName, Phone, Street1, Postal, City],
        ),
        (
            "订单编号,买家姓名,手机,详细地址,邮编,城市",
            [OrderId, BuyerName, Phone, Street1, Postal, City],
        ),
        (
            "Bestellnummer,Käufer,Telefon,Straße,PLZ,Stadt",
            [OrderId, BuyerName, Phone, Street1, Postal, City],
        ),
        (
            "Numéro de commande,Acheteur,Téléphone,Adresse,Code postal,Ville",
            [OrderId, BuyerName, Phone, Street1, Postal, City],
        ),
        (
            "Numero ordine,Acquirente,Telefono,Indirizzo,CAP,Città",
            [OrderId, BuyerName, Phone, Street1, Postal, City],
        ),
        (
            "订单号,买家姓名,收件人电话,省/州,品名,订购时间",
            [OrderId, BuyerName, ShipPhone, State, Product, PurchasedAt],
        ),
        (
            "Order - Number,Ship To - Name,Ship To - Phone,Ship To - State,Item - Name,Date - Order Date",
            [OrderId, RecipientName, ShipPhone, State, Product, PurchasedAt],
        ),
        (
            "Número de pedido,Comprador,Teléfono,Dirección,Código postal,Ciudad",
            [OrderId, BuyerName, Phone, Street1, Postal, City],
        ),
        (
            "注文番号,お届け先,電話番号,住所,郵便番号,メールアドレス",
            [OrderId, RecipientName, Phone, Street1, Postal, Alias],
        ),
    ] {
        let found = preview(header.as_bytes()).unwrap().guesses;
        assert_eq!(found, expected.map(Some), "{header}");
    }
}

#[test]
fn columns_are_guessed_by_what_they_hold() {
    let text = "a,b,c,d\n302-0000001-1234567,x@example.com,2026-11-02,1\n302-0000002-1234567,,2026-11-03,2\n";
    use MappedField::{Alias, OrderId, PurchasedAt};
    let found = preview(text.as_bytes()).unwrap();
    assert_eq!(found.guesses, [Some(OrderId), Some(Alias), Some(PurchasedAt), None]);
    assert_eq!(found.rows[1], ["302-0000002-1234567", "", "2026-11-03", "2"]);
}

#[test]
fn a_title_above_the_columns_is_none_of_them() {
    for title in ["sep=,\n", "Orders of May\n\n", "Orders of May,,,\nby me,,,\n"] {
        let text = format!("{title}No,Buyer,Tel,Day\nA-1,Nora Keller,555-0142,2026-11-02\n");
        let found = preview(text.as_bytes()).unwrap();
        assert_eq!(found.names, ["No", "Buyer", "Tel", "Day"], "{title}");
        assert_eq!(found.rows.len(), 1, "{title}");
    }
    // No later than where it is looked for once the columns are known.
    for (titles, names) in [(11, "No"), (12, "x")] {
        let text = format!(
            "{}No,Buyer,Tel,Day\nA-1,Nora Keller,555-0142,2026-11-02\n",
            "x,\n".repeat(titles)
        );
        let found = preview(text.as_bytes()).unwrap();
        assert_eq!(found.names[0], names, "{titles}");
        let mut known = mapping(text.as_bytes());
        known.columns = vec![(0, MappedField::OrderId)];
        let hints = Hints { mappings: vec![known], ..Hints::default() };
        assert!(Report::open(text.as_bytes(), hints).is_ok(), "{titles}");
    }
    let alone = preview(&b"x\ny\n"[..]).unwrap_err();
    assert_eq!(alone.code(), "unknown_columns");
}

#[test]
fn the_year_stands_first_in_ratings_of_japan_and_not_in_a_sellers_own_list() {
    let text = "Order No,Email,Order date\n\
        A-1,a1b2c3d4e5f6g7@marketplace.amazon.co.jp,05/03/26\n\
        A-2,a1b2c3d4e5f6g7@marketplace.amazon.co.jp,05/13/26\n";
    let hints = Hints { mappings: vec![mapping(text.as_bytes())], ..Hints::default() };
    let mut report = Report::open(text.as_bytes(), hints).unwrap();
    let mut row = ObservedOrder::default();
    for day in ["2026-05-03", "2026-05-13"] {
        report.next(&mut row, &mut Vec::new()).unwrap();
        let at = row.purchased_at.map(|at| at.to_string()).unwrap_or_default();
        assert!(at.starts_with(day), "{at}");
    }
}

#[test]
fn a_mapped_file_is_read_in_every_encoding() {
    let cp1252: Vec<u8> = GERMAN.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for bytes in [GERMAN.as_bytes(), &cp1252] {
        let mapping = mapping(bytes);
        assert!(mapping.is_sound());
        let fields: Vec<_> = mapping.columns.iter().map(|(_, field)| field.code()).collect();
        assert_eq!(
            fields,
            [
                "order_id",
                "buyer_name",
                "email",
                "phone",
                "address_1",
                "postal",
                "city",
                "country",
                "purchased_at",
                "product",
                "quantity"
            ]
        );
        let hints = Hints { mappings: vec![mapping], ..Hints::default() };
        let mut report = Report::open(bytes, hints.clone()).unwrap();
        assert_eq!((report.format().code(), report.columns().phone), ("mapped", true));
        let mut row = ObservedOrder::default();
        let mut next = |report: &mut Report<_>| {
            let outcome = report.next(&mut row, &mut Vec::new()).unwrap();
            (outcome, row.clone())
        };
        let (outcome, first) = next(&mut report);
        assert_eq!(outcome, Some(RowOutcome::Order { line: 2 }));
        assert_eq!((&*first.order_id, &*first.channel.0), ("A-1001", "Lampenladen"));
        assert_eq!((&*first.buyer_name, &*first.phone), ("Jörg Keller", "+49 30 5550142"));
        assert_eq!(first.ship_to.one_line(), "Eichenweg 3, Musterstadt, 10115, DE");
        assert_eq!(first.purchased_at.unwrap().to_string(), "2026-11-02T00:00:00.000Z");
        let (_, masked) = next(&mut report);
        assert_eq!((&*masked.order_id, &*masked.buyer_name), ("A-1002", ""));
        // It goes on where it stopped.
        let place = report.position().unwrap();
        let rest = &bytes[usize::try_from(place.offset).unwrap()..];
        let again = Hints { resume: Some(place), ..hints };
        let mut again = Report::open(rest, again).unwrap();
        for reason in [SkipReason::RepeatedHeader, SkipReason::Blank, SkipReason::MalformedOrderId]
        {
            let (outcome, _) = next(&mut report);
            assert!(
                matches!(outcome, Some(RowOutcome::Skipped { reason: found, .. }) if found == reason)
            );
            assert_eq!(
                again.next(&mut ObservedOrder::default(), &mut Vec::new()).unwrap(),
                outcome
            );
        }
        assert_eq!(next(&mut report).0, None);
    }
}

#[test]
fn a_workbook_is_mapped_and_other_headers_are_not() {
    let bytes = workbook::sheet(&[&["Auftragsnummer", "Kunde"], &["#1001", "Jo Keller"]]);
    let mapping = mapping(&bytes);
    let hints = |mapping: &Mapping| Hints { mappings: vec![mapping.clone()], ..Hints::default() };
    let mut report = Report::open(&*bytes, hints(&mapping)).unwrap();
    let mut row = ObservedOrder::default();
    report.next(&mut row, &mut Vec::new()).unwrap();
    assert_eq!((&*row.order_id, &*row.buyer_name), ("1001", "Jo Keller"));
    let other = &b"Auftragsnummer,Kunde,Ort\n1,b,c\n"[..];
    assert_eq!(Report::open(other, hints(&mapping)).unwrap_err().code(), "unknown_columns");
    let without = Mapping { columns: vec![(1, MappedField::BuyerName)], ..mapping.clone() };
    let outside =
        Mapping { columns: vec![(0, MappedField::OrderId), (7, MappedField::City)], ..mapping };
    assert!(!without.is_sound() && !outside.is_sound());
}

/// All that a mapped file holds after its orders.
fn after(text: &str, mapping: &Mapping) -> (&'static str, Vec<AfterSale>) {
    let hints = Hints { mappings: vec![mapping.clone()], ..Hints::default() };
    let mut report = Report::open(text.as_bytes(), hints).unwrap();
    let mut after = Vec::new();
    while let Some(outcome) = report.next(&mut ObservedOrder::default(), &mut after).unwrap() {
        assert!(matches!(outcome, RowOutcome::AfterSale { .. }), "{outcome:?}");
    }
    (report.format().code(), after)
}

#[test]
fn returns_claims_and_ratings_are_mapped_too() {
    use MappedField::{Comment, OrderId, OrderStatus, PurchasedAt, Rating, Reason};
    let text = "Bestellnummer;Datum;Grund;Betrag;Währung;Status\n\
                A-1;05.11.2026;Paket nicht erhalten;49,90;EUR;offen\n";
    let returns = mapping_of(text.as_bytes(), MappedKind::Returns);
    let fields: Vec<_> = returns.columns.iter().map(|(_, field)| field.code()).collect();
    assert_eq!(fields, ["order_id", "purchased_at", "reason", "price", "currency", "status"]);
    let (format, found) = after(text, &returns);
    let [AfterSale::Return(one)] = &*found else { panic!("{found:?}") };
    assert_eq!((format, &*one.order_id, &*one.status), ("mapped_returns", "A-1", "offen"));
    assert_eq!(one.requested_at.unwrap().to_string(), "2026-11-05T00:00:00.000Z");
    let euros = Some(Money { amount: "49.90".to_owned(), currency: "EUR".to_owned() });
    assert_eq!((&*one.reason, &one.refunded), ("Paket nicht erhalten", &euros));

    let (format, found) = after(text, &mapping_of(text.as_bytes(), MappedKind::Claims));
    let [AfterSale::Claim(one)] = &*found else { panic!("{found:?}") };
    assert_eq!((format, one.kind, &*one.order_id), ("mapped_claims", ClaimKind::AToZ, "A-1"));
    assert_eq!((&*one.reason, &*one.state, &one.amount), ("Paket nicht erhalten", "offen", &euros));
    assert_eq!(one.filed_at.unwrap().to_string(), "2026-11-05T00:00:00.000Z");

    let text = "订单号,日期,评分,评论\nA-2,2026-11-05,2,没有收到\n";
    let ratings = mapping_of(text.as_bytes(), MappedKind::Feedback);
    let fields: Vec<_> = ratings.columns.iter().map(|(_, field)| *field).collect();
    assert_eq!(fields, [OrderId, PurchasedAt, Rating, Comment]);
    let (format, found) = after(text, &ratings);
    let [AfterSale::Feedback(one)] = &*found else { panic!("{found:?}") };
    assert_eq!((format, one.rating, &*one.comment), ("mapped_feedback", Some(2), "没有收到"));

    // Each kind has its fields, and a rating without stars is none.
    let of = |kind, fields: &[MappedField]| {
        let columns = fields.iter().copied().enumerate().collect();
        Mapping { kind, columns, ..ratings.clone() }.is_sound()
    };
    assert!(of(MappedKind::Feedback, &[OrderId, Rating]));
    assert!(!of(MappedKind::Feedback, &[OrderId, Comment]));
    assert!(of(MappedKind::Claims, &[OrderId, Reason]) && !of(MappedKind::Claims, &[Reason]));
    assert!(!of(MappedKind::Orders, &[OrderId, Reason]));
    assert!(of(MappedKind::Returns, &[OrderId, OrderStatus]));
    assert!(!of(MappedKind::Returns, &[OrderId, Rating]));
}

#[test]
fn what_was_said_of_orders_before_is_said_of_orders() {
    let json = r#"{"header":["a","b"],"columns":[[0,"order_id"],[1,"alias"]],"channel":""}"#;
    let mapping: Mapping = serde_json::from_str(json).unwrap();
    assert_eq!(mapping.kind, MappedKind::Orders);
    assert!(mapping.is_sound());
}
