//! The columns of Amazon's two reports on returns, in English and in the languages of its marketplaces.
//!
//! English names are those of Amazon's own documents. The others are plain translations: Amazon publishes
//! none of them, so a report is known by one only together with a name that no other report has. Where
//! the translation is another one, a column stays empty, or a person says what the columns mean.

use crate::ReportFormat;
use crate::layout::{Field, Names};

/// The order, by which returns and ratings are joined with it.
pub(crate) const ORDER: &[&str] = &[
    "order-id",
    "bestellnummer",
    "bestell-id",
    "amazon-bestellnummer",
    "transaktionsnummer",
    "numéro-de-commande",
    "numéro-de-la-commande",
    "n°-de-commande",
    "id-de-commande",
    "numero-ordine",
    "numero-d'ordine",
    "numero-dell'ordine",
    "id-ordine",
    "número-de-pedido",
    "número-del-pedido",
    "id-de-pedido",
    "id-del-pedido",
    "número-do-pedido",
    "id-do-pedido",
    "注文番号",
    "注文id",
    "订单编号",
    "订单号",
    "订单-id",
    "订单id",
];

/// The seller's own number of a return, which stands in for Amazon's.
const MERCHANT_RMA: &str = "merchant-rma-id";

/// Amazon's own number of a return to the seller, which no other report has.
const RMA: &[&str] = &[
    "amazon-rma-id",
    "amazon-rma-nummer",
    "rma-nummer-von-amazon",
    "numéro-rma-amazon",
    "numéro-de-rma-amazon",
    "numéro-rma-d'amazon",
    "id-rma-amazon",
    "numero-rma-amazon",
    "numero-rma-di-amazon",
    "id-rma-di-amazon",
    "número-rma-de-amazon",
    "número-de-rma-de-amazon",
    "id-rma-de-amazon",
    "id-de-rma-de-amazon",
    "amazonのrma番号",
    "amazon-rma番号",
    "amazon-rma-番号",
    "亚马逊rma编号",
    "亚马逊-rma-编号",
    "亚马逊-rma-id",
    MERCHANT_RMA,
];

/// When a unit came back to a warehouse; telling beside the warehouse's own number of the article.
const RETURNED_AT: &[&str] = &[
    "return-date",
    "rücksendedatum",
    "rückgabedatum",
    "retourendatum",
    "date-de-retour",
    "date-du-retour",
    "data-del-reso",
    "data-di-reso",
    "data-reso",
    "fecha-de-devolución",
    "fecha-de-la-devolución",
    "返品日",
    "返品日時",
    "退货日期",
    "退货时间",
];

/// The warehouse's own number of an article, the same in every language.
const FNSKU: &str = "fnsku";

/// Title of the article.
const PRODUCT: &[&str] = &[
    "item-name",
    "product-name",
    "artikelname",
    "produktname",
    "nom-de-l'article",
    "nom-du-produit",
    "nome-articolo",
    "nome-dell'articolo",
    "nome-prodotto",
    "nome-del-prodotto",
    "nombre-del-artículo",
    "nombre-del-producto",
    "商品名",
    "商品名称",
];

/// Why it was sent back.
const REASON: &[&str] = &[
    "return-reason",
    "reason",
    "rücksendegrund",
    "grund-für-die-rücksendung",
    "grund",
    "motif-du-retour",
    "raison-du-retour",
    "motif",
    "motivo-del-reso",
    "motivo-reso",
    "motivo-de-la-devolución",
    "motivo-de-devolución",
    "motivo",
    "返品理由",
    "理由",
    "退货原因",
    "原因",
];

/// Columns of which one tells an English report.
const RETURNS_TELL: &[&str] = &["return-request-date", "return-request-status"];
const FBA_RETURNS_TELL: &[&str] = &["license-plate-number", "detailed-disposition"];

/// Returns to the seller.
pub(crate) const RETURNS: Names = &[
    (Field::OrderId, ORDER),
    (Field::ReturnId, RMA),
    (
        Field::Sku,
        &[
            "merchant-sku",
            "händler-sku",
            "verkäufer-sku",
            "sku-du-vendeur",
            "sku-venditore",
            "sku-del-venditore",
            "sku-del-vendedor",
            "出品者sku",
            "卖家-sku",
            "卖家sku",
            "sku",
        ],
    ),
    (Field::Asin, &["asin"]),
    (Field::Product, PRODUCT),
    (
        Field::Quantity,
        &[
            "return-quantity",
            "rücksendemenge",
            "quantité-retournée",
            "quantità-resa",
            "quantità-del-reso",
            "cantidad-devuelta",
            "cantidad-de-devolución",
            "返品数量",
            "退货数量",
        ],
    ),
    (
        Field::RequestedAt,
        &[
            "return-request-date",
            "datum-der-rücksendeanfrage",
            "datum-des-rücksendeantrags",
            "date-de-demande-de-retour",
            "date-de-la-demande-de-retour",
            "data-richiesta-reso",
            "data-della-richiesta-di-reso",
            "data-di-richiesta-del-reso",
            "fecha-de-solicitud-de-devolución",
            "fecha-de-la-solicitud-de-devolución",
            "返品リクエスト日",
            "返品リクエストの日付",
            "退货请求日期",
            "退货申请日期",
        ],
    ),
    (
        Field::DeliveredAt,
        &[
            "return-delivery-date",
            "zustelldatum-der-rücksendung",
            "lieferdatum-der-rücksendung",
            "date-de-livraison-du-retour",
            "data-di-consegna-del-reso",
            "fecha-de-entrega-de-la-devolución",
            "返品配達日",
            "返品の配達日",
            "退货送达日期",
            "退货配送日期",
        ],
    ),
    (
        Field::Status,
        &[
            "return-request-status",
            "status-der-rücksendeanfrage",
            "status-des-rücksendeantrags",
            "statut-de-la-demande-de-retour",
            "stato-della-richiesta-di-reso",
            "stato-richiesta-reso",
            "estado-de-la-solicitud-de-devolución",
            "返品リクエストのステータス",
            "退货请求状态",
            "退货申请状态",
        ],
    ),
    (Field::Reason, REASON),
    (
        Field::Resolution,
        &[
            "resolution",
            "lösung",
            "résolution",
            "risoluzione",
            "resolución",
            "解決方法",
            "解决方案",
        ],
    ),
    (Field::InPolicy, &["in-policy"]),
    (
        Field::TrackingId,
        &[
            "tracking-id",
            "sendungsverfolgungsnummer",
            "sendungsnummer",
            "numéro-de-suivi",
            "numero-di-tracking",
            "numero-di-tracciabilità",
            "número-de-seguimiento",
            "追跡番号",
            "お問い合わせ伝票番号",
            "追踪编号",
            "追踪号",
        ],
    ),
    (
        Field::Refunded,
        &[
            "refunded-amount",
            "erstatteter-betrag",
            "erstattungsbetrag",
            "montant-remboursé",
            "importo-rimborsato",
            "importe-reembolsado",
            "返金額",
            "退款金额",
        ],
    ),
    (
        Field::Currency,
        &[
            "currency-code",
            "währungscode",
            "währung",
            "code-de-la-devise",
            "code-devise",
            "codice-valuta",
            "código-de-moneda",
            "código-de-divisa",
            "通貨コード",
            "货币代码",
        ],
    ),
    (
        Field::AToZ,
        &[
            "a-to-z-claim",
            "a-bis-z-garantieantrag",
            "a-bis-z-antrag",
            "réclamation-a-à-z",
            "reclamo-dalla-a-alla-z",
            "reclamación-de-la-a-a-la-z",
            "亚马逊商城交易保障索赔",
        ],
    ),
    (Field::SafeTReason, &["safet-action-reason"]),
    (Field::SafeTId, &["safet-claim-id"]),
    (Field::SafeTState, &["safet-claim-state"]),
    (Field::SafeTFiledAt, &["safet-claim-creation-time"]),
    (Field::SafeTAmount, &["safet-claim-reimbursement-amount"]),
];

/// Returns to Amazon's warehouses.
pub(crate) const FBA_RETURNS: Names = &[
    (Field::OrderId, ORDER),
    (Field::ReturnId, &["license-plate-number", "lpn"]),
    (Field::Sku, &["sku", "händler-sku", "verkäufer-sku", "出品者sku", "卖家-sku", "卖家sku"]),
    (Field::Asin, &["asin"]),
    (Field::Product, PRODUCT),
    (Field::Quantity, &["quantity", "menge", "anzahl", "quantité", "quantità", "cantidad", "数量"]),
    (Field::RequestedAt, RETURNED_AT),
    (Field::Status, &["status", "statut", "stato", "estado", "ステータス", "状态"]),
    (Field::Reason, REASON),
    (
        Field::Disposition,
        &[
            "detailed-disposition",
            "disposition-détaillée",
            "disposizione-dettagliata",
            "disposición-detallada",
        ],
    ),
    (
        Field::Comment,
        &[
            "customer-comments",
            "kundenkommentare",
            "kommentare-des-kunden",
            "commentaires-du-client",
            "commentaires-des-clients",
            "commenti-del-cliente",
            "commenti-dei-clienti",
            "comentarios-del-cliente",
            "comentarios-de-los-clientes",
            "購入者のコメント",
            "お客様のコメント",
            "买家评论",
            "客户评论",
        ],
    ),
];

/// Which of the two reports the columns are those of. Both must name the order.
pub(crate) fn recognize(names: &[String]) -> Option<ReportFormat> {
    let any = |telling: &[&str]| names.iter().any(|name| telling.contains(&name.as_str()));
    if !any(ORDER) {
        return None;
    }
    if any(FBA_RETURNS_TELL) || any(&[FNSKU]) && any(RETURNED_AT) {
        return Some(ReportFormat::FbaReturns);
    }
    let numbered = |name: &String| name != MERCHANT_RMA && RMA.contains(&name.as_str());
    (names.iter().any(numbered) || any(RETURNS_TELL)).then_some(ReportFormat::Returns)
}

/// Whether the names are those of a marketplace that writes the day before the month between slashes;
/// `None` when they do not tell: Chinese and Japanese ones stand on American reports, too.
pub(crate) fn day_first(names: &[String]) -> Option<bool> {
    let translated = |name: &&String| **name != "order-id" && ORDER.contains(&name.as_str());
    let order = names.iter().find(translated)?;
    order.chars().all(|c| c < '\u{3000}').then_some(true)
}
