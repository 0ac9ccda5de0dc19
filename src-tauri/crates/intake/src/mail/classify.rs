//! What a message is about: by the marketplace's own header, else by sender and subject.

use buyerwatch_domain::MessageKind;

/// What `X-Space-Notification-Type` says, as seen in mails of the marketplace.
pub(super) fn by_header(notification: &str) -> Option<MessageKind> {
    Some(match notification.trim() {
        "BBC_MESSAGE_SENT_TO_MERCHANT" => MessageKind::Buyer,
        "BBC_MESSAGE_CONFIRMATION_TO_MERCHANT" => MessageKind::OwnReply,
        "RETURN_REQUEST" => MessageKind::ReturnRequest,
        "A_Z_CLAIM_RESPONDENT_NOTIFY" => MessageKind::ClaimFiled,
        "A_Z_CLAIM_RESPONDENT_CLOSE" => MessageKind::ClaimClosed,
        "BRC_SELLER_NOTIFICATION" => MessageKind::CancelRequest,
        "REFUND_ISSUED" => MessageKind::Refund,
        "BUYER_OPTED_OUT_BSM_MESSAGES" => MessageKind::OptedOut,
        _ => return None,
    })
}

/// Words of subjects in en, de, fr, it, es, pt, ja, zh, in lower case.
const RETURN: &[&str] = &[
    "return authorization",
    "return authorisation",
    "return request",
    "rücksendeantrag",
    "rücksendung",
    "demande de retour",
    "autorisation de retour",
    "autorizzazione del reso",
    "richiesta di reso",
    "autorización de devolución",
    "solicitud de devolución",
    "autorização de devolução",
    "solicitação de devolução",
    "返品リクエスト",
    "返品の承認",
    "退货请求",
    "退货申请",
];
const CANCEL: &[&str] = &[
    "cancellation request",
    "order cancellation requested",
    "stornierungsanfrage",
    "demande d'annulation",
    "richiesta di annullamento",
    "richiesta di cancellazione",
    "solicitud de cancelación",
    "solicitação de cancelamento",
    "キャンセルリクエスト",
    "取消请求",
    "取消订单请求",
];
const REFUND: &[&str] = &[
    "refund initiated",
    "refund issued",
    "erstattung veranlasst",
    "remboursement initié",
    "rimborso avviato",
    "rimborso emesso",
    "reembolso iniciado",
    "reembolso emitido",
    "返金のお知らせ",
    "退款已发起",
];
/// Words of which one of either list stands in the subject where the whole is worded in many ways: about
/// returns in de, fr, it, es, pt, ja, zh.
const RETURNS: &[(&[&str], &[&str])] = &[
    (&["rücksend", "retoure"], &["anfrage", "antrag", "genehmigung", "beantragt"]),
    (&[" retour"], &["demande", "autorisation"]),
    (&[" reso "], &["richiesta", "richiesto", "autorizzazione"]),
    (&["devolución"], &["solicitud", "solicita", "autorización"]),
    (&["devolução"], &["solicitação", "solicita", "pedido de", "autorização"]),
    (&["返品"], &["リクエスト", "承認", "申請", "依頼"]),
    (&["退货", "退貨"], &["请求", "請求", "申请", "申請", "授权", "授權"]),
];
/// The same about cancellations, in en, de, fr, it, es and pt, ja, zh.
const CANCELS: &[(&[&str], &[&str])] = &[
    (&["cancel"], &["buyer request", "customer request", "request from", "requested by"]),
    (&["storn"], &["anfrage", "antrag", "beantragt", "gebeten"]),
    (&["annul"], &["demande"]),
    (&["annulla", "cancella"], &["richiesta", "richiesto", "richiede"]),
    (&["cancel"], &["solicit", "pedido de cancel"]),
    (&["キャンセル"], &["リクエスト", "申請", "依頼", "要求"]),
    (&["取消"], &["请求", "請求", "申请", "申請", "要求"]),
];
/// The same about refunds, in en, de, fr, it, es and pt: the amount stands between the words.
const REFUNDS: &[(&[&str], &[&str])] = &[
    (&["refund"], &["initiated", "issued"]),
    (&["erstattung"], &["veranlasst", "eingeleitet"]),
    (&["remboursement"], &["initié", "effectué", "émis"]),
    (&["rimborso"], &["avviato", "emesso"]),
    (&["reembolso"], &["iniciado", "emitido"]),
];
/// Words of subjects about a claim that is decided, by whomever: en, de, fr, it, es, pt, ja, zh.
const CLOSED: &[&str] = &[
    "closed",
    "decision",
    "decided",
    "granted",
    "denied",
    "resolved",
    "outcome",
    "geschlossen",
    "entscheidung",
    "entschieden",
    "stattgegeben",
    "bewilligt",
    "gewährt",
    "abgelehnt",
    "clôtur",
    "décision",
    "décidé",
    "tranché",
    "accordé",
    "rejeté",
    "refusé",
    "chiusa",
    "chiuso",
    "chiusura",
    "decisione",
    "deciso",
    "decisa",
    "accolt",
    "concess",
    "respint",
    "negat",
    "cerrad",
    "decisión",
    "decidid",
    "resuelt",
    "resolución",
    "concedid",
    "aprobad",
    "denegad",
    "rechazad",
    "encerrad",
    "decisão",
    "resolvid",
    "aprovad",
    "negad",
    "recusad",
    "終了",
    "審査結果",
    "決定",
    "裁定",
    "承認され",
    "却下",
    "已关闭",
    "已结案",
    "裁决",
    "裁決",
    "决定",
    "判定",
    "批准",
    "驳回",
    "駁回",
    "拒绝",
];

/// What tells what a letter of the marketplace is about, where no header does.
pub(super) struct Told<'a> {
    /// The sender's address before the `@`; its domain is known to be the marketplace's.
    pub(super) local: &'a str,
    /// Whether that is a buyer's relay.
    pub(super) relay: bool,
    pub(super) subject: &'a str,
    /// Whether somebody's text stands in the marketplace's frame, as of what it passes on that people
    /// wrote.
    pub(super) framed: &'a dyn Fn() -> bool,
    /// Whether it names an order: reports on returns do not.
    pub(super) names_order: &'a dyn Fn() -> bool,
    /// Whether it has the link under which a buyer is answered who asks to return something.
    pub(super) answers_return: &'a dyn Fn() -> bool,
}

/// By who sent it, and its subject.
pub(super) fn by_sender(told: &Told<'_>) -> MessageKind {
    let local = told.local.to_ascii_lowercase();
    // Words stand between blanks.
    let subject = format!(" {} ", told.subject.to_lowercase().replace('\u{2019}', "'"));
    let says = |words: &[&str]| words.iter().any(|word| subject.contains(word));
    let says_both = |pairs: &[(&[&str], &[&str])]| {
        pairs.iter().any(|(one, other)| says(one) && says(other)) && (told.names_order)()
    };
    if told.relay {
        return MessageKind::Buyer;
    }
    if local.starts_with("atoz-guarantee") || local == "seller-guarantee" {
        return if says(CLOSED) { MessageKind::ClaimClosed } else { MessageKind::ClaimFiled };
    }
    match &*local {
        "cb-seller-notification" => MessageKind::Chargeback,
        "seller-notification" => MessageKind::Sold,
        "auto-communication" => MessageKind::OptedOut,
        _ if says(RETURN) => MessageKind::ReturnRequest,
        _ if says(CANCEL) => MessageKind::CancelRequest,
        _ if says(REFUND) => MessageKind::Refund,
        _ if says_both(RETURNS) => MessageKind::ReturnRequest,
        _ if says_both(CANCELS) => MessageKind::CancelRequest,
        _ if says_both(REFUNDS) => MessageKind::Refund,
        // What a buyer wrote comes from the relay: this is the seller's own text, confirmed.
        "donotreply" | "do-not-reply" if (told.framed)() => MessageKind::OwnReply,
        _ if (told.answers_return)() => MessageKind::ReturnRequest,
        _ => MessageKind::Notice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(local: &str, relay: bool, subject: &str, framed: bool) -> MessageKind {
        by_sender(&Told {
            local,
            relay,
            subject,
            framed: &|| framed,
            names_order: &|| true,
            answers_return: &|| false,
        })
    }

    #[test]
    fn pairs_of_words_tell_where_the_letter_names_an_order() {
        for (subject, kind) in [
            ("Anfrage auf Rücksendegenehmigung für Bestellnummer 1", MessageKind::ReturnRequest),
            ("Demande d\u{2019}autorisation pour un retour", MessageKind::ReturnRequest),
            (
                "Richiesta di autorizzazione per il reso dell\u{2019}ordine",
                MessageKind::ReturnRequest,
            ),
            ("Pedido de autorização de devolução", MessageKind::ReturnRequest),
            ("Solicitud para la devolución del pedido", MessageKind::ReturnRequest),
            ("返品承認リクエスト（注文番号 1）", MessageKind::ReturnRequest),
            ("订单 1 的退货授权请求", MessageKind::ReturnRequest),
            ("Anfrage zur Stornierung der Bestellung", MessageKind::CancelRequest),
            ("Action required: Buyer requested to cancel order 1", MessageKind::CancelRequest),
            ("Demande pour annuler la commande", MessageKind::CancelRequest),
            ("Il cliente ha richiesto di annullare l\u{2019}ordine", MessageKind::CancelRequest),
            ("El comprador solicita cancelar el pedido", MessageKind::CancelRequest),
            ("rimborso 39.9 EUR avviato - ordine 1", MessageKind::Refund),
            ("Refund of EUR 39.90 initiated for order 1", MessageKind::Refund),
            ("Richiesta di rimborso ricevuta", MessageKind::Notice),
            ("注文キャンセルのリクエスト 1", MessageKind::CancelRequest),
            ("买家请求取消订单 1", MessageKind::CancelRequest),
            ("Ihre Bestellung wurde storniert", MessageKind::Notice),
            ("订单已取消", MessageKind::Notice),
            ("You cancelled order 1", MessageKind::Notice),
            ("Congreso: solicitud", MessageKind::Notice),
        ] {
            assert_eq!(told("donotreply", false, subject, false), kind, "{subject}");
        }
        let nameless = Told {
            local: "donotreply",
            relay: false,
            subject: "Anfrage zum Bericht über Retouren",
            framed: &|| false,
            names_order: &|| false,
            answers_return: &|| false,
        };
        assert_eq!(by_sender(&nameless), MessageKind::Notice);
        let linked = Told { subject: "Sie haben Post", answers_return: &|| true, ..nameless };
        assert_eq!(by_sender(&linked), MessageKind::ReturnRequest);
    }

    #[test]
    fn the_decision_on_a_claim_is_no_new_claim() {
        for subject in [
            "A-to-z Guarantee Claim decision for order 1",
            "Claim on order 1 has been closed",
            "Your appeal was granted for order 1",
            "A-to-z claim denied",
            "Entscheidung zum A-bis-z-Garantieantrag für Bestellung 1",
            "Ihr Einspruch wurde abgelehnt",
            "Décision concernant la réclamation pour la commande 1",
            "Reclamo chiuso: la decisione",
            "Resolución de la reclamación",
            "A reclamação foi negada",
            "注文1の申請の審査結果",
            "订单 1 的索赔已作出裁决",
        ] {
            let kind = told("atoz-guarantee-no-reply", false, subject, false);
            assert_eq!(kind, MessageKind::ClaimClosed, "{subject}");
        }
        for subject in [
            "Action required: Claim received on order 1",
            "Antrag auf A-bis-z-Garantie für Bestellung 1 eingegangen",
            "Réclamation reçue pour la commande 1",
            "Richiesta di rimborso ricevuta per l\u{2019}ordine 1",
            "Reclamación recibida",
            "マーケットプレイス保証の申請を受け付けました",
            "收到亚马逊商城交易保障索赔",
        ] {
            let kind = told("atoz-guarantee-no-reply", false, subject, false);
            assert_eq!(kind, MessageKind::ClaimFiled, "{subject}");
        }
    }

    #[test]
    fn without_the_header_sender_and_subject_tell() {
        for (local, subject, kind) in [
            (
                "donotreply",
                "Return authorization request for order # 111-1234567-1234567",
                MessageKind::ReturnRequest,
            ),
            (
                "donotreply",
                "Notifica di autorizzazione del reso per l\u{2019}ordine 1",
                MessageKind::ReturnRequest,
            ),
            (
                "order-update",
                "Return authorisation notification for order # 202-1234567-1234567",
                MessageKind::ReturnRequest,
            ),
            ("donotreply", "注文の返品リクエスト", MessageKind::ReturnRequest),
            ("donotreply", "买家取消请求", MessageKind::CancelRequest),
            ("donotreply", "Demande d\u{2019}annulation", MessageKind::CancelRequest),
            (
                "atoz-guarantee-no-reply",
                "Richiesta di rimborso ricevuta per l\u{2019}ordine 1",
                MessageKind::ClaimFiled,
            ),
            ("atoz-guarantee-no-reply", "Claim closed on order 1", MessageKind::ClaimClosed),
            ("seller-guarantee", "A-to-z Guarantee Claim for Order 1", MessageKind::ClaimFiled),
            ("cb-seller-notification", "x", MessageKind::Chargeback),
            ("seller-notification", "Sold, ship now", MessageKind::Sold),
            ("auto-communication", "Your message was not delivered", MessageKind::OptedOut),
            ("Auto-Communication", "Refund issued", MessageKind::OptedOut),
            ("marketing", "News", MessageKind::Notice),
            ("donotreply", "News", MessageKind::Notice),
        ] {
            assert_eq!(told(local, false, subject, false), kind, "{subject}");
        }
        assert_eq!(told("a1b2c3d4e5", true, "Return request", true), MessageKind::Buyer);
    }

    #[test]
    fn what_people_wrote_and_no_relay_sent_is_the_sellers_own() {
        let framed = |local: &str, subject: &str| told(local, false, subject, true);
        assert_eq!(framed("donotreply", "Your message to a buyer"), MessageKind::OwnReply);
        assert_eq!(framed("do-not-reply", "x"), MessageKind::OwnReply);
        assert_eq!(framed("donotreply", "Return request"), MessageKind::ReturnRequest);
        assert_eq!(framed("marketing", "x"), MessageKind::Notice);
    }
}
