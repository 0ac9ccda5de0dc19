//! Order exports of other sales channels.

use crate::read;
use buyerwatch_domain::{OrderStatus, SkipReason};

pub(crate) const EBAY: &str = "\u{feff}\n\
\"Sales Record Number\",\"Order Number\",\"Buyer Username\",\"Buyer Name\",\"Buyer Email\",\"Ship To Name\",\"Ship To Phone\",\"Ship To Address 1\",\"Ship To Address 2\",\"Ship To City\",\"Ship To State\",\"Ship To Zip\",\"Ship To Country\",\"Item Number\",\"Item Title\",\"Custom Label\",\"Quantity\",\"Sold For\",\"Sale Date\"\n\
\n\
\"101\",\"12-34567-89012\",\"nora_k\",\"Nora Keller\",\"a1b2@members.ebay.com\",\"Nora Keller\",\"+1 555-555-0142\",\"12 Oak Street\",\"Apt 4\",\"Springfield\",\"IL\",\"62701\",\"United States\",\"\",\"\",\"\",\"2\",\"$30.00\",\"Nov-02-26\"\n\
\"101\",\"12-34567-89012\",\"nora_k\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"250001\",\"Lamp\",\"L-1\",\"1\",\"$10.00\",\"\"\n\
\"101\",\"12-34567-89012\",\"nora_k\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"250002\",\"Bulb\",\"B-1\",\"1\",\"$20.00\",\"\"\n\
\n\
\"3\",\"record(s) downloaded\",\"from\",\"Nov-01-26\"\n\
\"Seller ID : lampshop\"\n";

pub(crate) const SHOPIFY: &str = "Name,Email,Financial Status,Fulfillment Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Shipping Name,Shipping Address1,Shipping Address2,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Cancelled at,Phone\n\
#1001,nora@example.com,paid,fulfilled,USD,2026-11-02 10:11:12 -0500,1,Lamp,10.00,L-1,Nora Keller,Nora Keller,12 Oak Street,,Springfield,'62701,IL,US,555-555-0142,,\n\
#1001,nora@example.com,,,,,2,Bulb,20.00,B-1,,,,,,,,,,,\n\
#1002,bo@example.com,paid,unfulfilled,USD,2026-11-03 10:11:12 -0500,1,Lamp,10.00,L-1,Bo Lind,Bo Lind,1 Elm Street,,Springfield,62702,IL,US,,2026-11-04 09:00:00 -0500,\n";

pub(crate) const TIKTOK: &str = "\u{feff}Order ID,Order Status,Created Time,Seller SKU,Product Name,Quantity,Buyer Username,Recipient,Phone #,Country,State,Post Town,Zipcode,Detail Address\n\
Platform unique order ID.,Current order status.,,,,,,,,,,,,\n\
576400000000000001\t,To ship,11/02/2026 10:11:12 AM\t,L-1\t,Lamp,1,nora_k\t,Nora Keller\t,(+44)7700900142\t,United Kingdom,England,Leeds,LS1 1AA\t,12 Oak Street\t\n\
576400000000000002\t,To ship,11/02/2026 10:11:12 AM\t,L-1\t,Lamp,1,S***\t,S*** K***\t,(+44)77*****42\t,United Kingdom,England,L***,LS1***\t,1* O** S*****\t\n";

pub(crate) const TEMU: &str = "order id,order status,product name,quantity purchased,recipient name,recipient phone number,virtual email,ship address 1,ship address 2,ship address 3,ship city,ship state,ship postal code,ship country,purchase date\n\
PO-076-00000000000000001,Unshipped,Lamp,1,Nora Keller,+1 555-555-0142,abc1@temuemail.com,12 Oak Street,,,Springfield,IL,62701,United States,2026-11-02 10:11:12\n";

#[test]
fn ebay_has_lines_before_and_below_its_rows() {
    let seen = read(EBAY);
    assert_eq!((seen.format, seen.orders.len()), ("ebay", 3));
    for order in &seen.orders {
        assert_eq!((&*order.order_id, &*order.channel.0), ("12-34567-89012", "eBay"));
        assert_eq!((&*order.user_name, &*order.recipient_name), ("nora_k", "Nora Keller"));
        assert_eq!(order.ship_to.lines, ["12 Oak Street", "Apt 4"]);
        assert_eq!((&*order.ship_to.postal, &*order.alias), ("62701", "a1b2@members.ebay.com"));
    }
    assert_eq!(seen.orders[2].purchased_at.unwrap().to_string(), "2026-11-02T00:00:00.000Z");
    assert_eq!((&*seen.orders[2].sku, &*seen.orders[2].item_id), ("B-1", "250002"));
    assert_eq!(seen.orders[2].price.as_ref().unwrap().amount, "20.00");
    let reasons: Vec<_> = seen.skipped.iter().map(|(_, reason)| *reason).collect();
    use SkipReason::{Blank, Footer};
    assert_eq!(reasons, [Blank, Blank, Footer, Footer]);
}

const EBAY_EXCHANGE: &str = "Sales Record Number,User Id,Buyer Fullname,Buyer Phone Number,Buyer Email,Buyer Address 1,Buyer Address 2,Buyer Town/City,Buyer County,Buyer Postcode,Buyer Country,Order ID,Item ID,Transaction ID,Item Title,Quantity,Sale Price,Sale Date,Custom Label\n\
\n\
\"501\",nora_k,Nora Keller,0113 496 0142,a1b2@members.ebay.com,12 Oak Street,Flat 4,Leeds,,LS1 1AA,United Kingdom,250001-4000000001,250001,4000000001,Lamp,1,£10.00,Nov-02-26,L-1\n\
\n\
1,record(s) downloaded\n\
Seller ID: lamps\n";

#[test]
fn the_file_exchange_of_ebay_is_no_report_of_amazon() {
    let seen = read(EBAY_EXCHANGE);
    assert_eq!((seen.format, seen.orders.len()), ("ebay", 1));
    let order = &seen.orders[0];
    assert_eq!((&*order.order_id, &*order.channel.0), ("250001-4000000001", "eBay"));
    assert_eq!((&*order.user_name, &*order.buyer_name), ("nora_k", "Nora Keller"));
    assert_eq!(order.ship_to.lines, ["12 Oak Street", "Flat 4"]);
    assert_eq!((&*order.ship_to.city, &*order.ship_to.postal), ("Leeds", "LS1 1AA"));
    assert_eq!(order.price.as_ref().unwrap().amount, "10.00");
}

pub(crate) const EBAY_DE: &str = "\u{feff}\n\
\"Verkaufsprotokollnummer\";\"Bestellnummer\";\"Nutzername des Käufers\";\"Name des Käufers\";\"E-Mail des Käufers\";\"Name des Empfängers\";\"Telefonnummer des Empfängers\";\"Adresse 1 des Empfängers\";\"Adresse 2 des Empfängers\";\"Versand nach - Ort\";\"Versand nach - PLZ\";\"Versand nach - Land\";\"Artikelnummer\";\"Angebotstitel\";\"Bestandseinheit\";\"Anzahl\";\"Verkauft für\";\"Verkauft am\"\n\
\n\
\"501\";\"23-12345-12345\";\"nora_k\";\"Nora Keller\";\"a1b2@members.ebay.com\";\"Nora Keller\";\"0303 1234567\";\"Eichenweg 3\";\"--\";\"Musterstadt\";\"07743\";\"Deutschland\";\"250001\";\"Lampe, blau\";\"L-1\";\"1\";\"1.116,99 €\";\"10-Dez-25\"\n";

pub(crate) const ETSY_ORDERS: &str = "Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Street 1,Street 2,Ship City,Ship State,Ship Zipcode,Ship Country,Currency,Order Value,Order Total,Status,Buyer,SKU\n\
09/12/26,3900000001,nora_k,Nora Keller,Nora,Keller,2,Credit Card,09/14/26,12 Oak Street,Flat 4,Leeds,,LS1 1AA,United Kingdom,GBP,30.00,33.00,,Nora Keller (nora_k),\"L-1,B-1\"\n";

pub(crate) const ETSY_ITEMS: &str = "Sale Date,Item Name,Buyer,Quantity,Price,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship Address2,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,SKU\n\
09/12/26,\"Lamp, blue\",nora_k,1,10.00,10.00,GBP,4000000001,1500000001,09/12/26,09/14/26,Nora Keller,12 Oak Street,Flat 4,Leeds,,LS1 1AA,United Kingdom,3900000001,,L-1\n\
09/12/26,Bulb,nora_k,2,10.00,20.00,GBP,4000000002,1500000002,09/12/26,09/14/26,Nora Keller,12 Oak Street,Flat 4,Leeds,,LS1 1AA,United Kingdom,3900000001,,B-1\n";

#[test]
fn german_ebay_separates_by_semicolons_and_marks_what_is_missing() {
    let seen = read(EBAY_DE);
    assert_eq!((seen.format, seen.orders.len()), ("ebay", 1), "{:?}", seen.skipped);
    let order = &seen.orders[0];
    assert_eq!((&*order.order_id, &*order.channel.0), ("23-12345-12345", "eBay"));
    assert_eq!((&*order.user_name, &*order.buyer_name), ("nora_k", "Nora Keller"));
    assert_eq!((&*order.recipient_name, &*order.ship_phone), ("Nora Keller", "0303 1234567"));
    assert_eq!((&*order.alias, &*order.sku), ("a1b2@members.ebay.com", "L-1"));
    assert_eq!(order.ship_to.one_line(), "Eichenweg 3, Musterstadt, 07743, Deutschland");
    assert_eq!(order.price.as_ref().unwrap().amount, "1116.99");
    assert_eq!(order.purchased_at.unwrap().to_string(), "2025-12-10T00:00:00.000Z");
    // What was paid out names orders and buyers, too, and is no report of orders.
    let paid = "Typ;Bestellnummer;Nutzername des Käufers;Name des Käufers;Angebotstitel;Betrag abzügl. Kosten\n";
    assert_eq!(crate::refusal(paid.as_bytes()), "unknown_columns");
}

#[test]
fn etsy_dates_have_the_month_first_whatever_the_country() {
    let (orders, items) = (read(ETSY_ORDERS), read(ETSY_ITEMS));
    assert_eq!((orders.format, items.format), ("etsy", "etsy"));
    let [order] = &*orders.orders else { panic!("{:?}", orders.orders) };
    let [lamp, bulb] = &*items.orders else { panic!("{:?}", items.orders) };
    for one in [order, lamp, bulb] {
        assert_eq!((&*one.order_id, &*one.channel.0), ("3900000001", "Etsy"));
        assert_eq!((&*one.user_name, &*one.recipient_name), ("nora_k", "Nora Keller"));
        assert_eq!(one.purchased_at.unwrap().to_string(), "2026-09-12T00:00:00.000Z");
        let home = "12 Oak Street, Flat 4, Leeds, LS1 1AA, United Kingdom";
        assert_eq!(one.ship_to.one_line(), home);
    }
    assert_eq!((&*bulb.item_id, &*bulb.sku, bulb.quantity), ("4000000002", "B-1", Some(2)));
    assert_eq!(order.price.as_ref().unwrap().amount, "30.00");
}

#[test]
fn what_stands_for_many_etsy_buyers_is_nobodys_user_name() {
    let read_as = |buyer: &str| {
        let seen = read(ETSY_ITEMS.replace("nora_k", buyer));
        let one = &seen.orders[0];
        (one.user_name.clone(), one.buyer_name.clone())
    };
    let found = |user: &str, name: &str| (user.to_owned(), name.to_owned());
    assert_eq!(read_as("nora_k"), found("nora_k", ""));
    assert_eq!(read_as("Nora Keller"), found("", "Nora Keller"));
    assert_eq!(read_as("Nora Keller (nora_k)"), found("nora_k", "Nora Keller"));
    assert_eq!(read_as("Nora (Nono) Keller"), found("", "Nora (Nono) Keller"));
    for guest in ["Guest", "Nora Keller (guest)", "guest"] {
        assert_eq!(read_as(guest).0, "", "{guest}");
    }
    let orders = read(ETSY_ORDERS.replace(",nora_k,", ",Guest,"));
    assert_eq!(&*orders.orders[0].user_name, "");
}

#[test]
fn shopify_writes_what_looks_like_a_number_behind_an_apostrophe() {
    let text = SHOPIFY.replace("555-555-0142", "'+15555550142").replace("Cancelled", "Canceled");
    let seen = read(&text);
    let [lamp, _, cancelled] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((&*lamp.ship_to.postal, &*lamp.ship_phone), ("62701", "+15555550142"));
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    let few = "Name,Financial Status,Paid at,Currency,Total,Created at,Billing Name,Shipping Name\n\
               #1001,paid,2026-05-02,EUR,39.90,2026-05-02,Nora Keller,Bo Lind\n";
    let seen = read(few);
    assert_eq!((seen.format, &*seen.orders[0].recipient_name), ("shopify", "Bo Lind"));
}

#[test]
fn tiktok_tells_a_cancelled_order_in_every_language() {
    let text = "Order ID,Order Status,Order Substatus,Cancelation/Return Type,Seller SKU,Product Name,Quantity,Created Time,Cancelled Time,Cancel By\n\
        576400000000000001,ยกเลิกแล้ว,ยกเลิกแล้ว,Cancel,L-1,Lamp,1,10/05/2026 22:05:43\t,10/05/2026 23:00:00\t,User\n\
        576400000000000002,จัดส่งแล้ว,จัดส่งสำเร็จ,,L-1,Lamp,1,20/05/2026 22:05:43\t,\t,\n";
    let seen = read(text);
    assert_eq!(seen.format, "tiktok_shop");
    let [cancelled, sent] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((cancelled.status, cancelled.cancel_requested), (OrderStatus::Cancelled, true));
    assert_eq!((sent.status, sent.cancel_requested), (OrderStatus::Unknown, false));
    assert_eq!(cancelled.purchased_at.unwrap().to_string(), "2026-05-10T22:05:43.000Z");
}

#[test]
fn rounded_order_ids_merge_no_strangers() {
    for rounded in ["5.764E+17", "5.764E17", "5,764E+17"] {
        let cell = if rounded.contains(',') { format!("\"{rounded}\"") } else { rounded.into() };
        let text = TIKTOK
            .replace("576400000000000001\t", &cell)
            .replace("576400000000000002\t", "576400000000000002");
        let seen = read(&text);
        let ids: Vec<_> = seen.orders.iter().map(|order| &*order.order_id).collect();
        assert_eq!(ids, ["576400000000000002"], "{rounded}");
        assert!(seen.skipped.contains(&(3, SkipReason::OrderIdRounded)), "{:?}", seen.skipped);
    }
}

#[test]
fn day_and_month_are_told_by_the_file_then_by_the_country() {
    let dates = |rows: &[(&str, &str)]| {
        let header = TIKTOK.lines().next().unwrap();
        let row = |(at, country): &(&str, &str)| {
            format!("\n576400000000000001,To ship,{at},L-1,Lamp,1,nora_k,Nora,1,{country},,,,\n")
        };
        let text = format!("{header}{}", rows.iter().map(row).collect::<String>());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let seen = read(&text);
        assert_eq!(read(wide).orders, seen.orders);
        let day =
            |at: buyerwatch_domain::Timestamp| at.to_string().chars().take(10).collect::<String>();
        seen.orders.iter().map(|order| order.purchased_at.map(day).unwrap()).collect::<Vec<_>>()
    };
    let first = ("05/10/2026 10:11:12", "");
    assert_eq!(dates(&[first, ("20/10/2026", "")]), ["2026-10-05", "2026-10-20"]);
    assert_eq!(dates(&[first, ("10/20/2026", "")]), ["2026-05-10", "2026-10-20"]);
    assert_eq!(dates(&[first]), ["2026-05-10"]);
    let british = ("05/10/2026", "United Kingdom");
    let american = ("05/10/2026", "United States");
    assert_eq!(dates(&[british]), ["2026-10-05"]);
    assert_eq!(dates(&[american]), ["2026-05-10"]);
    assert_eq!(dates(&[british, american, british]), ["2026-10-05"; 3]);
    assert_eq!(dates(&[british, ("10/20/2026", "United Kingdom")]), ["2026-05-10", "2026-10-20"]);
}

#[test]
fn british_ebay_posts_where_american_ships() {
    let text = EBAY.replace("Ship To Zip", "Post to postcode").replace("Ship To", "Post to");
    let (british, american) = (read(&text), read(EBAY));
    assert_eq!(british.orders, american.orders);
}

#[test]
fn shopify_repeats_an_order_without_its_fields() {
    let seen = read(SHOPIFY);
    assert_eq!((seen.format, seen.skipped.len()), ("shopify", 0));
    let [lamp, bulb, cancelled] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((&*lamp.order_id, &*bulb.order_id), ("#1001", "#1001"));
    assert_eq!(bulb.buyer_name, "Nora Keller");
    assert_eq!(bulb.ship_to, lamp.ship_to);
    assert_eq!(bulb.ship_to.lines, ["12 Oak Street"]);
    assert_eq!((&*bulb.sku, bulb.quantity), ("B-1", Some(2)));
    assert_eq!(bulb.price.as_ref().unwrap().currency, "USD");
    assert_eq!((bulb.purchased_at, bulb.status), (lamp.purchased_at, OrderStatus::Shipped));
    assert_eq!(lamp.purchased_at.unwrap().to_string(), "2026-11-02T15:11:12.000Z");
    assert_eq!((cancelled.status, &*cancelled.buyer_name), (OrderStatus::Cancelled, "Bo Lind"));
    assert_eq!(cancelled.ship_phone, "", "nothing is carried from one order to another");
}

#[test]
fn tiktok_values_end_in_tabs_and_hidden_ones_are_nobody() {
    let seen = read(TIKTOK);
    assert_eq!(seen.format, "tiktok_shop");
    let [open, masked] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((&*open.order_id, &*open.channel.0), ("576400000000000001", "TikTok Shop"));
    assert_eq!((&*open.user_name, &*open.recipient_name), ("nora_k", "Nora Keller"));
    assert_eq!((&*open.ship_phone, &*open.ship_to.city), ("(+44)7700900142", "Leeds"));
    assert_eq!(open.purchased_at.unwrap().to_string(), "2026-02-11T10:11:12.000Z");
    for hidden in [
        &masked.user_name,
        &masked.recipient_name,
        &masked.ship_phone,
        &masked.ship_to.city,
        &masked.ship_to.postal,
    ] {
        assert_eq!(hidden, "");
    }
    assert!(masked.ship_to.lines.is_empty());
    assert_eq!(
        seen.skipped,
        [(2, SkipReason::RepeatedHeader)],
        "the line that explains the columns"
    );
}

#[test]
fn temu_is_no_amazon_report() {
    let seen = read(TEMU);
    let [one] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((seen.format, &*one.channel.0), ("temu", "Temu"));
    assert_eq!((&*one.order_id, &*one.alias), ("PO-076-00000000000000001", "abc1@temuemail.com"));
    assert_eq!((&*one.recipient_name, one.status), ("Nora Keller", OrderStatus::Unshipped));
}

#[test]
fn who_cancelled_is_read_where_the_report_says_it() {
    let header = TIKTOK.lines().next().unwrap();
    let row = |by: &str| {
        let text = format!(
            "{header},Cancel By\n576400000000000001,Canceled,11/02/2026,L-1,Lamp,1,nora_k,Nora,1,United Kingdom,,,,,{by}\n"
        );
        let order = read(text).orders.remove(0);
        assert_eq!(order.status, OrderStatus::Cancelled);
        (order.cancel_requested, order.cancelled_by_shop)
    };
    assert_eq!((row("User"), row("Buyer")), ((true, false), (true, false)));
    assert_eq!((row("Seller"), row("System")), ((false, true), (false, true)));
    assert_eq!((row(""), row("of tomorrow")), ((false, false), (false, false)));
    let told = |requester: &str| {
        let text = format!(
            r#"{{"orders":[{{"orderId":"302-0000001-1234567","orderItems":[{{"orderItemId":"1","cancellation":{{"cancellationRequest":{{"requester":"{requester}"}}}}}}]}}]}}"#
        );
        let order = read(text).orders.remove(0);
        (order.cancel_requested, order.cancelled_by_shop)
    };
    assert_eq!((told("BUYER"), told("SELLER")), ((true, false), (false, true)));
}
