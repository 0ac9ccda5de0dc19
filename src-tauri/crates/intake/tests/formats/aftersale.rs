//! Returns, claims and feedback as delimited text and XML.

use crate::read;
use buyerwatch_domain::{AfterSale, ClaimKind, Money, SkipReason};

pub(crate) const RETURNS: &str = "Order ID\tOrder date\tReturn request date\tReturn request status\tAmazon RMA ID\tMerchant RMA ID\tLabel type\tCurrency code\tTracking ID\tA-to-Z Claim\tASIN\tMerchant SKU\tItem Name\tReturn quantity\tReturn Reason\tIn policy\tResolution\tReturn delivery date\tSafeT Action reason\tSafeT claim id\tSafeT claim state\tSafeT claim creation time\tSafeT claim reimbursement amount\tRefunded Amount\n\
302-0000001-1234567\t01-Nov-2026\t05-Nov-2026\tApproved\tDabcDEF1RRMA\t\tAmazonUnPaidLabel\tEUR\t1Z0000\tN\tB000000001\tSKU-1\tLamp\t1\tCR-DEFECTIVE\tY\tStandardRefund\t09-Nov-2026\t\t\t\t\t\t49,90\n\
302-0000002-1234567\t01-Nov-2026\t06-Nov-2026\tPending Approval\tDabcDEF2RRMA\t\t\tEUR\t\tY\tB000000002\tSKU-2\tChair\t2\tCR-SWITCHEROO\tN\t\t\tBuyer returned another item\t200123\tGranted\t12-Nov-2026\t30.00\t\n";

pub(crate) const FBA: &str = "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments\n\
2026-11-09T10:11:12+00:00\t302-0000003-1234567\tSKU-3\tB000000003\tX00\tKettle\t1\tXDE1\tCUSTOMER_DAMAGED\tDEFECTIVE\tUnit returned to inventory\tLPNHK1\tThe box held a brick\n";

pub(crate) const FEEDBACK: &str = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n\
11/10/26\t1\tNever came\t\t302-0000004-1234567\tx1@marketplace.amazon.de\n\
11/11/26\tnone\tGood\tThank you\t302-0000005-1234567\t\n\
11/11/26\t5\tGood\t\t\t\n";

pub(crate) const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<return_report>
 <return_details>
  <item_details><item_name>Lamp &amp; bulb</item_name><asin>B000000001</asin><return_reason_code>CR-DEFECTIVE</return_reason_code><merchant_sku>SKU-1</merchant_sku><in_policy>Y</in_policy><return_quantity>1</return_quantity><resolution>StandardRefund</resolution><refund_amount>49.90</refund_amount></item_details>
  <item_details><item_name>Shade</item_name><asin>B000000009</asin><merchant_sku>SKU-9</merchant_sku><in_policy>N</in_policy><return_quantity>3</return_quantity></item_details>
  <order_id>302-0000001-1234567</order_id><order_date>2026-11-01T00:00:00+00:00</order_date>
  <amazon_rma_id>DabcDEF1RRMA</amazon_rma_id><return_request_date>2026-11-05T00:00:00+00:00</return_request_date>
  <return_request_status>Approved</return_request_status><a_to_z_claim>Y</a_to_z_claim><is_prime>N</is_prime>
  <label_details><label_type>AmazonUnPaidLabel</label_type><tracking_id>1Z0000</tracking_id><currency_code>EUR</currency_code></label_details>
 </return_details>
 <return_details><order_id>nonsense</order_id><amazon_rma_id>D3</amazon_rma_id></return_details>
</return_report>"#;

#[test]
fn a_return_row_may_hold_a_return_and_claims() {
    let seen = read(RETURNS);
    assert_eq!((seen.format, seen.orders.len(), seen.skipped.len()), ("returns", 0, 0));
    let [
        AfterSale::Return(first),
        AfterSale::Claim(a_to_z),
        AfterSale::Claim(safe_t),
        AfterSale::Return(second),
    ] = &*seen.after
    else {
        panic!("{:?}", seen.after)
    };
    assert_eq!(first.order_id, "302-0000001-1234567");
    assert_eq!(
        (&*first.return_id, &*first.sku, &*first.asin),
        ("DabcDEF1RRMA", "SKU-1", "B000000001")
    );
    assert_eq!(first.requested_at.unwrap().to_string(), "2026-11-05T00:00:00.000Z");
    assert_eq!(first.delivered_at.unwrap().to_string(), "2026-11-09T00:00:00.000Z");
    assert_eq!(
        (&*first.status, &*first.reason, first.in_policy),
        ("Approved", "CR-DEFECTIVE", Some(true))
    );
    let euros =
        |amount: &str| Some(Money { amount: amount.to_owned(), currency: "EUR".to_owned() });
    assert_eq!(first.refunded, euros("49.90"));
    assert_eq!((a_to_z.kind, &*a_to_z.order_id), (ClaimKind::AToZ, "302-0000002-1234567"));
    assert_eq!(
        (safe_t.kind, &*safe_t.claim_id, &*safe_t.state),
        (ClaimKind::SafeT, "200123", "Granted")
    );
    assert_eq!(safe_t.amount, euros("30.00"));
    assert_eq!(
        (second.quantity, second.in_policy, &second.refunded),
        (Some(2), Some(false), &None)
    );
}

#[test]
fn fba_returns_say_in_which_condition_units_came_back() {
    let seen = read(FBA);
    let [AfterSale::Return(one)] = &*seen.after else { panic!("{:?}", seen.after) };
    assert_eq!(seen.format, "fba_returns");
    assert_eq!((&*one.return_id, &*one.disposition), ("LPNHK1", "CUSTOMER_DAMAGED"));
    assert_eq!((&*one.reason, &*one.comment), ("DEFECTIVE", "The box held a brick"));
    assert_eq!(one.in_policy, None);
}

#[test]
fn feedback_keeps_its_stars_and_a_row_without_order_is_counted() {
    let seen = read(FEEDBACK);
    let [AfterSale::Feedback(one), AfterSale::Feedback(two)] = &*seen.after else {
        panic!("{:?}", seen.after)
    };
    assert_eq!(
        (one.rating, &*one.comment, &*one.rater_email),
        (Some(1), "Never came", "x1@marketplace.amazon.de")
    );
    assert_eq!(one.at.unwrap().to_string(), "2026-10-11T00:00:00.000Z", "the day first in Germany");
    assert_eq!((two.rating, &*two.response), (None, "Thank you"));
    assert_eq!(seen.skipped, [(4, SkipReason::MissingOrderId)]);
}

#[test]
fn returns_in_xml_are_the_same_returns() {
    let seen = read(XML);
    let [AfterSale::Claim(claim), AfterSale::Return(lamp), AfterSale::Return(shade)] = &*seen.after
    else {
        panic!("{:?}", seen.after)
    };
    assert_eq!((seen.format, claim.kind), ("returns_xml", ClaimKind::AToZ));
    let AfterSale::Return(flat) = &read(RETURNS).after[0] else { panic!() };
    for (xml, flat) in [
        (&lamp.order_id, &flat.order_id),
        (&lamp.return_id, &flat.return_id),
        (&lamp.sku, &flat.sku),
        (&lamp.asin, &flat.asin),
        (&lamp.status, &flat.status),
        (&lamp.reason, &flat.reason),
        (&lamp.tracking_id, &flat.tracking_id),
    ] {
        assert_eq!(xml, flat);
    }
    assert_eq!((&lamp.refunded, lamp.requested_at), (&flat.refunded, flat.requested_at));
    assert_eq!(lamp.product, "Lamp & bulb");
    assert_eq!((&*shade.sku, shade.quantity, shade.in_policy), ("SKU-9", Some(3), Some(false)));
    assert_eq!(seen.skipped, [(11, SkipReason::MalformedOrderId)]);
}

/// The header in the language of the marketplace, in part English all the same.
#[test]
fn feedback_is_known_by_its_header_in_five_languages() {
    let row = "\t1\tNunca llegó\tPerdón\t302-0000004-1234567\t";
    for (header, date) in [
        (
            "Datum\tBewertung\tKommentar\tIhre Antwort\tTransaktionsnummer\tE-Mail des Bewertenden",
            "5.11.26",
        ),
        ("Date\tRating\tComentarios\tResponse\tNúmero de pedido\tE-mail del cliente", "5/11/26"),
        (
            "Fecha\tRating\tComentarios\tTu respuesta\tNúmero de pedido\tCorreo electrónico del evaluador",
            "5/11/26",
        ),
        (
            "Date\tRating\tComments\tResponse\tNumero ordine\tE-mail autore della valutazione",
            "5/11/26",
        ),
        ("Date\tÉvaluation\tCommentaire\tResponse\tOrder ID\tE-mail de l'évaluateur", "5/11/26"),
    ] {
        let text = format!("{header}\n{date}{row}\n");
        let western: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for bytes in [text.clone().into_bytes(), western] {
            let seen = read(&bytes);
            let [AfterSale::Feedback(one)] = &*seen.after else { panic!("{header}: {seen:?}") };
            assert_eq!((seen.format, one.rating), ("feedback", Some(1)), "{header}");
            assert_eq!(one.order_id, "302-0000004-1234567");
            assert_eq!((&*one.comment, &*one.response), ("Nunca llegó", "Perdón"), "{header}");
            let day = one.at.unwrap().to_string();
            assert_eq!(day, "2026-11-05T00:00:00.000Z", "{header}");
        }
    }
    // Ratings of something else are none.
    let other = "Date\tRating\tProduct\tOrder ID\n5/11/26\t1\tLamp\t302-0000004-1234567\n";
    assert_eq!(crate::refusal(other.as_bytes()), "unknown_columns");
}

/// What a report of returns to the seller says in the language of a marketplace.
const RETURNED: [(&str, &str, &str); 6] = [
    (
        "Bestellnummer\tDatum der Rücksendeanfrage\tStatus der Rücksendeanfrage\tAmazon RMA-Nummer\tWährungscode\tA-bis-Z-Garantieantrag\tASIN\tHändler-SKU\tArtikelname\tRücksendemenge\tRücksendegrund\tErstatteter Betrag",
        "05.11.2026",
        "Ja",
    ),
    (
        "Numéro de commande\tDate de la demande de retour\tStatut de la demande de retour\tNuméro RMA Amazon\tCode de la devise\tRéclamation A à Z\tASIN\tSKU du vendeur\tNom de l'article\tQuantité retournée\tMotif du retour\tMontant remboursé",
        "5/11/2026",
        "Oui",
    ),
    (
        "Numero ordine\tData della richiesta di reso\tStato della richiesta di reso\tNumero RMA Amazon\tCodice valuta\tReclamo dalla A alla Z\tASIN\tSKU del venditore\tNome dell'articolo\tQuantità resa\tMotivo del reso\tImporto rimborsato",
        "5/11/2026",
        "Sì",
    ),
    (
        "Número de pedido\tFecha de la solicitud de devolución\tEstado de la solicitud de devolución\tNúmero de RMA de Amazon\tCódigo de moneda\tReclamación de la A a la Z\tASIN\tSKU del vendedor\tNombre del artículo\tCantidad devuelta\tMotivo de la devolución\tImporte reembolsado",
        "5/11/2026",
        "Sí",
    ),
    (
        "注文番号\t返品リクエスト日\t返品リクエストのステータス\tAmazon RMA ID\t通貨コード\tA-to-Z Claim\tASIN\t出品者SKU\t商品名\t返品数量\t返品理由\t返金額",
        "2026/11/05",
        "はい",
    ),
    (
        "订单编号\t退货请求日期\t退货请求状态\t亚马逊 RMA 编号\t货币代码\tA-to-Z Claim\tASIN\t卖家 SKU\t商品名称\t退货数量\t退货原因\t退款金额",
        "2026-11-05",
        "是",
    ),
];

#[test]
fn returns_to_the_seller_are_known_in_the_languages_of_the_marketplaces() {
    for (header, date, yes) in RETURNED {
        let row = format!(
            "302-0000001-1234567\t{date}\tApproved\tDabcDEF1RRMA\tEUR\t{yes}\tB000000001\tSKU-1\tLamp\t2\tCR-DEFECTIVE\t49,90"
        );
        let text = format!("{header}\n{row}\n");
        let western: Option<Vec<u8>> =
            text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        for bytes in [Some(text.clone().into_bytes()), western].into_iter().flatten() {
            let seen = read(&bytes);
            let [AfterSale::Claim(claim), AfterSale::Return(one)] = &*seen.after else {
                panic!("{header}: {seen:?}")
            };
            assert_eq!((seen.format, claim.kind), ("returns", ClaimKind::AToZ), "{header}");
            assert_eq!((&*one.order_id, &*claim.order_id), ("302-0000001-1234567", &*one.order_id));
            assert_eq!((&*one.return_id, &*one.sku), ("DabcDEF1RRMA", "SKU-1"), "{header}");
            assert_eq!((&*one.product, &*one.asin), ("Lamp", "B000000001"), "{header}");
            assert_eq!((&*one.status, &*one.reason), ("Approved", "CR-DEFECTIVE"), "{header}");
            let day = one.requested_at.unwrap().to_string();
            assert_eq!((one.quantity, &*day), (Some(2), "2026-11-05T00:00:00.000Z"), "{header}");
            let refunded = Money { amount: "49.90".to_owned(), currency: "EUR".to_owned() };
            assert_eq!(one.refunded, Some(refunded), "{header}");
        }
    }
}

#[test]
fn returns_to_warehouses_are_known_in_the_languages_of_the_marketplaces() {
    for (header, date) in [
        (
            "Rücksendedatum\tBestellnummer\tHändler-SKU\tASIN\tFNSKU\tProduktname\tMenge\tGrund\tStatus\tKundenkommentare",
            "09.11.2026",
        ),
        (
            "Date de retour\tNuméro de commande\tSKU\tASIN\tFNSKU\tNom du produit\tQuantité\tMotif\tStatut\tCommentaires du client",
            "9/11/2026",
        ),
        (
            "Data del reso\tNumero ordine\tSKU\tASIN\tFNSKU\tNome prodotto\tQuantità\tMotivo\tStato\tCommenti del cliente",
            "9/11/2026",
        ),
        (
            "Fecha de devolución\tNúmero de pedido\tSKU\tASIN\tFNSKU\tNombre del producto\tCantidad\tMotivo\tEstado\tComentarios del cliente",
            "9/11/2026",
        ),
        (
            "返品日\t注文番号\t出品者SKU\tASIN\tFNSKU\t商品名\t数量\t返品理由\tステータス\t購入者のコメント",
            "2026/11/09",
        ),
        (
            "退货日期\t订单编号\t卖家 SKU\tASIN\tFNSKU\t商品名称\t数量\t退货原因\t状态\t买家评论",
            "2026-11-09",
        ),
    ] {
        let row =
            "302-0000003-1234567\tSKU-3\tB000000003\tX00\tKettle\t1\tDEFECTIVE\tReturned\tA brick";
        let seen = read(format!("{header}\n{date}\t{row}\n"));
        let [AfterSale::Return(one)] = &*seen.after else { panic!("{header}: {seen:?}") };
        assert_eq!(
            (seen.format, &*one.order_id),
            ("fba_returns", "302-0000003-1234567"),
            "{header}"
        );
        let day = one.requested_at.unwrap().to_string();
        assert_eq!((one.quantity, &*day), (Some(1), "2026-11-09T00:00:00.000Z"), "{header}");
        assert_eq!((&*one.sku, &*one.product), ("SKU-3", "Kettle"), "{header}");
        assert_eq!((&*one.reason, &*one.status), ("DEFECTIVE", "Returned"), "{header}");
        assert_eq!(&*one.comment, "A brick", "{header}");
    }
}

/// What other programs and reports write in the same words is asked about.
#[test]
fn returns_of_somebody_else_are_not_taken_for_amazons() {
    for header in [
        "订单号\t退货申请日期\t退货申请状态\t退货原因",
        "Bestellnummer\tRücksendedatum\tRücksendegrund\tMenge",
        "Numéro de commande\tMerchant RMA ID\tMotif du retour",
        // The order is named in words that nobody knows.
        "Ordernummer\tAmazon RMA ID\tRetourdatum",
    ] {
        let text = format!("{header}\n302-0000001-1234567\t2026-11-05\tx\ty\n");
        assert_eq!(crate::refusal(text.as_bytes()), "unknown_columns", "{header}");
    }
}
