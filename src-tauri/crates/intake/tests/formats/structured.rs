//! Order XML and the answers of the Selling Partner API.

use crate::{read, seen};
use buyerwatch_domain::{Fulfillment, OrderStatus, SkipReason};

pub(crate) const ORDER_XML: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?>
<AmazonEnvelope><Header><DocumentVersion>1.01</DocumentVersion></Header><MessageType>OrderReport</MessageType>
<Message><MessageID>1</MessageID><OrderReport><AmazonOrderID>302-0000001-1234567</AmazonOrderID><OrderDate>2026-11-02T10:11:12+00:00</OrderDate>
<BillingData><BuyerEmailAddress>x1@marketplace.amazon.de</BuyerEmailAddress><BuyerName>J&#246;rg Keller</BuyerName><BuyerPhoneNumber>+49 30 5550142</BuyerPhoneNumber></BillingData>
<FulfillmentData><FulfillmentMethod>Ship</FulfillmentMethod><Address><Name>J&#xF6;rg Keller</Name><AddressFieldOne>Eichenweg 3</AddressFieldOne><City>Musterstadt</City><PostalCode>10115</PostalCode><CountryCode>DE</CountryCode></Address></FulfillmentData>
<Item><AmazonOrderItemCode>1</AmazonOrderItemCode><SKU>L-1</SKU><Title>Lamp</Title><Quantity>1</Quantity><ItemPrice><Component><Type>Principal</Type><Amount currency="EUR">49.90</Amount></Component></ItemPrice></Item>
<Item><AmazonOrderItemCode>2</AmazonOrderItemCode><SKU>B-1</SKU><Title>Bulb</Title><Quantity>2</Quantity></Item>
</OrderReport></Message></AmazonEnvelope>"#;

pub(crate) const V0: &str = r#"{"payload":{"CreatedBefore":"x","Orders":[
 {"AmazonOrderId":"902-1845936-5435065","PurchaseDate":"2026-11-02T10:11:12Z","OrderStatus":"Unshipped","FulfillmentChannel":"MFN","SalesChannel":"Amazon.com","IsBusinessOrder":true,
  "DefaultShipFromLocationAddress":{"Name":"The Shop","Phone":"+1 555 555 0100"},
  "BuyerInfo":{"BuyerEmail":"q1@marketplace.amazon.com","BuyerName":"Nora Keller"},
  "ShippingAddress":{"Name":"Nora Keller","AddressLine1":"12 Oak Street","City":"Springfield","StateOrRegion":"IL","PostalCode":"62701","CountryCode":"US","Phone":"555-555-0142"}},
 {"AmazonOrderId":"nonsense"}, 7]}}"#;

pub(crate) const V2026: &str = r#"{"orders":[{"orderId":"250-1234567-8901234","createdTime":"2026-11-02T02:30:00Z","programs":["PRIME"],
 "salesChannel":{"channelName":"AMAZON","marketplaceId":"A1VC38T7YXB528","marketplaceName":"Amazon.co.jp"},
 "buyer":{"buyerName":"Sora Mori","buyerEmail":"s1@marketplace.amazon.co.jp"},
 "recipient":{"deliveryAddress":{"name":"Sora Mori","addressLine1":"1-2-3 Kita","addressLine2":"Room 4","city":"Tokyo","postalCode":"150-0002","countryCode":"JP","phone":"03-5550-0142"}},
 "fulfillment":{"fulfillmentStatus":"SHIPPED","fulfilledBy":"AMAZON"},
 "orderItems":[{"orderItemId":"1","quantityOrdered":1,"product":{"title":"Speaker","sellerSku":"S-1"},"proceeds":{"proceedsTotal":{"amount":"5980","currencyCode":"JPY"}}},
  {"orderItemId":"2","quantityOrdered":2,"product":{"title":"Stick","sellerSku":"F-1"}}]}],"pagination":{"nextToken":"x"}}"#;

#[test]
fn order_xml_gives_a_row_for_each_item() {
    let seen = read(ORDER_XML);
    assert_eq!((seen.format, seen.skipped.len()), ("order_xml", 0));
    let [lamp, bulb] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((&*lamp.order_id, &*lamp.buyer_name), ("302-0000001-1234567", "Jörg Keller"));
    assert_eq!((&*lamp.alias, &*lamp.channel.0), ("x1@marketplace.amazon.de", "Amazon.de"));
    assert_eq!((&*lamp.phone, &*lamp.recipient_name), ("+49 30 5550142", "Jörg Keller"));
    assert_eq!(lamp.ship_to.one_line(), "Eichenweg 3, Musterstadt, 10115, DE");
    let price = lamp.price.as_ref().unwrap();
    assert_eq!((&*price.amount, &*price.currency), ("49.90", "EUR"));
    assert_eq!((&*bulb.sku, bulb.quantity, &bulb.price), ("B-1", Some(2), &None));
    assert_eq!(bulb.alias, lamp.alias);
}

#[test]
fn one_item_can_be_cancelled_of_an_order_that_goes_on() {
    let text = "<AmazonEnvelope><Message><Order><AmazonOrderID>302-0000001-1234567</AmazonOrderID>\
        <OrderStatus>Shipped</OrderStatus><SalesChannel>Amazon.de</SalesChannel>\
        <OrderItem><SKU>L-1</SKU><ItemStatus>Cancelled</ItemStatus></OrderItem>\
        <OrderItem><SKU>B-1</SKU><ItemStatus>Shipped</ItemStatus></OrderItem>\
        </Order></Message></AmazonEnvelope>";
    let statuses: Vec<_> = read(text).orders.iter().map(|order| order.status).collect();
    assert_eq!(statuses, [OrderStatus::Cancelled, OrderStatus::Shipped]);
}

#[test]
fn xml_that_breaks_off_keeps_what_it_had() {
    let cut = ORDER_XML.split("</AmazonEnvelope>").next().unwrap();
    let seen = read(cut);
    assert_eq!(seen.orders.len(), 2);
    assert_eq!(seen.skipped.len(), 1);
    assert_eq!(seen.skipped[0].1, SkipReason::Malformed);
}

#[test]
fn version_0_is_read_whole_alone_and_line_by_line() {
    let seen = read(V0);
    assert_eq!(seen.format, "sp_api_orders");
    let [one] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((&*one.order_id, one.business), ("902-1845936-5435065", true));
    assert_eq!((one.status, one.fulfillment), (OrderStatus::Unshipped, Fulfillment::Seller));
    assert_eq!((&*one.ship_phone, &*one.phone), ("555-555-0142", ""), "never the shop's own");
    let reasons: Vec<_> = seen.skipped.iter().map(|(_, reason)| *reason).collect();
    assert_eq!(reasons, [SkipReason::MalformedOrderId, SkipReason::MissingOrderId]);

    let one_line = V0.replace('\n', " ");
    let buyer = r#"{"payload":{"AmazonOrderId":"902-1845936-5435065","BuyerEmail":"q1@marketplace.amazon.com","BuyerName":"Nora Keller"}}"#;
    let lines =
        format!("\u{feff}{one_line}\r\n\r\nno json\n{buyer}\n[{buyer},{buyer}]\n{{\"other\":1}}\n");
    let seen = read(lines);
    assert_eq!(seen.orders.len(), 4);
    assert_eq!(seen.orders[1].alias, "q1@marketplace.amazon.com");
    let at = |line, reason| (line, reason);
    assert_eq!(
        seen.skipped,
        [
            at(1, SkipReason::MalformedOrderId),
            at(1, SkipReason::MissingOrderId),
            at(3, SkipReason::Malformed),
            at(6, SkipReason::Malformed),
        ]
    );
    assert_eq!(read(one_line.replace("\"payload\":", "\"Order\":")).orders.len(), 1);
}

#[test]
fn version_2026_is_read_with_its_items() {
    let seen = read(V2026);
    let [speaker, stick] = &*seen.orders else { panic!("{:?}", seen.orders) };
    assert_eq!((&*speaker.order_id, &*speaker.channel.0), ("250-1234567-8901234", "Amazon.co.jp"));
    assert_eq!(
        (&*speaker.buyer_name, &*speaker.alias),
        ("Sora Mori", "s1@marketplace.amazon.co.jp")
    );
    assert_eq!(
        (speaker.status, speaker.fulfillment),
        (OrderStatus::Shipped, Fulfillment::Marketplace)
    );
    assert_eq!(speaker.ship_to.lines, ["1-2-3 Kita", "Room 4"]);
    assert_eq!(speaker.price.as_ref().unwrap().amount, "5980");
    assert_eq!((&*stick.item_id, stick.quantity), ("2", Some(2)));
    assert_eq!(stick.recipient_name, "Sora Mori");
}

#[test]
fn what_stands_among_orders_and_is_none_loses_no_order() {
    let order = |n: u32| format!("{{\"AmazonOrderId\":\"302-1234567-765432{n}\"}}");
    let text = format!("[{},{{\"errors\":[]}},7,{}]", order(1), order(2));
    let found = seen(text.as_bytes()).unwrap();
    assert_eq!(found.orders.len(), 2);
    assert_eq!(found.skipped, [(1, SkipReason::Malformed); 2]);
    let text = format!("[\n{},\n{{}},\n{}\n]", order(1), order(2));
    assert_eq!(seen(text.as_bytes()).unwrap().skipped, [(3, SkipReason::Malformed)]);
    for none in ["[{}, 7]", "[{\"errors\":[]}]", "7"] {
        assert!(seen(none.as_bytes()).is_err(), "{none}");
    }
    assert_eq!(seen(&b"[]"[..]).unwrap().orders, []);
}

#[test]
fn json_is_read_in_wide_text_too() {
    let text = "{\"Orders\":[{\"AmazonOrderId\":\"302-1234567-7654321\",\
        \"BuyerInfo\":{\"BuyerName\":\"Jürgen 山\"}}]}";
    let wide = |marked: bool, big: bool| -> Vec<u8> {
        let mark = marked.then_some(0xfeff);
        let units = mark.into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    for (marked, big) in [(true, false), (true, true)] {
        let found = seen(&*wide(marked, big)).unwrap();
        assert_eq!(found.orders[0].buyer_name, "Jürgen 山");
    }
}

#[test]
fn an_answer_with_an_error_says_which() {
    for text in [
        "{\"errors\": [{\"code\": \"Unauthorized\", \"message\": \"Access to 302-1234567-7654321 denied\"}]}",
        "{\n \"errors\": [\n {\"code\": \"Unauthorized\"}\n]\n}",
    ] {
        let error = seen(text.as_bytes()).unwrap_err();
        assert_eq!(error.code(), "structured_data");
        let told = error.to_string();
        assert!(told.contains("Unauthorized") && !told.contains("302-"), "{told}");
    }
}

#[test]
fn xml_without_a_true_encoding_is_read_in_the_one_it_has() {
    for declared in ["", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"] {
        let text = format!(
            "{declared}<AmazonEnvelope><OrderReport><AmazonOrderID>302-1234567-7654321</AmazonOrderID>\
             <BillingData><BuyerName>Jürgen Groß</BuyerName></BillingData></OrderReport></AmazonEnvelope>"
        );
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for bytes in [latin, text.into_bytes()] {
            assert_eq!(seen(&*bytes).unwrap().orders[0].buyer_name, "Jürgen Groß", "{declared}");
        }
    }
}
