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
        [(2, SkipReason::MalformedOrderId)],
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
