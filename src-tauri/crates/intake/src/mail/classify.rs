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

/// Words of subjects in en, de, fr, it, es, pt, ja, zh, nl, pl, sv, tr, in lower case and without accents.
const RETURN: &[&str] = &[
    "return authorization",
    "return authorisation",
    "return request",
    "rucksendeantrag",
    "rucksendung",
    "demande de retour",
    "autorisation de retour",
    "autorizzazione del reso",
    "richiesta di reso",
    "autorizacion de devolucion",
    "solicitud de devolucion",
    "autorizacao de devolucao",
    "solicitacao de devolucao",
    "返品リクエスト",
    "返品の承認",
    "退货请求",
    "退货申请",
    "retourautorisatie",
    "retourverzoek",
    "retouraanvraag",
    "autoryzacji zwrotu",
    "autoryzacja zwrotu",
    "prosba o zwrot",
    "returauktorisering",
    "returbegaran",
    "iade onayi",
    "iade talebi",
];
const CANCEL: &[&str] = &[
    "cancellation request",
    "order cancellation requested",
    "stornierungsanfrage",
    "demande d'annulation",
    "richiesta di annullamento",
    "richiesta di cancellazione",
    "solicitud de cancelacion",
    "solicitacao de cancelamento",
    "キャンセルリクエスト",
    "取消请求",
    "取消订单请求",
    "annuleringsverzoek",
    "prosba o anulowanie",
    "avbokningsbegaran",
    "iptal talebi",
];
const REFUND: &[&str] = &[
    "refund initiated",
    "refund issued",
    "erstattung veranlasst",
    "remboursement initie",
    "rimborso avviato",
    "rimborso emesso",
    "reembolso iniciado",
    "reembolso emitido",
    "返金のお知らせ",
    "退款已发起",
    "terugbetaling gestart",
    "zainicjowano zwrot",
    "aterbetalning pabor",
    "iade baslatildi",
];
/// Words of which one of either list stands in the subject where the whole is worded in many ways: about
/// returns in de, fr, it, es, pt, ja, zh, nl, pl, sv, tr.
const RETURNS: &[(&[&str], &[&str])] = &[
    (&["rucksend", "retour"], &["anfrage", "antrag", "genehmigung", "beantragt"]),
    (&[" retour"], &["demande", "autorisation"]),
    (&[" reso "], &["richiesta", "richiesto", "autorizzazione"]),
    (&["devolucion"], &["solicitud", "solicita", "autorizacion"]),
    (&["devolucao"], &["solicitacao", "solicita", "pedido de", "autorizacao"]),
    (&["返品"], &["リクエスト", "承認", "申請", "依頼"]),
    (&["退货", "退貨"], &["请求", "請求", "申请", "申請", "授权", "授權"]),
    (&["retour"], &["verzoek", "aanvraag", "autorisatie"]),
    (&["zwrot"], &["autoryzac"]),
    (&["retur"], &["begaran", "auktoris"]),
    (&["iade"], &["talep", "talebi", "onay"]),
];
/// The same about cancellations, in en, de, fr, it, es and pt, ja, zh, nl, pl, sv, tr.
const CANCELS: &[(&[&str], &[&str])] = &[
    (&["cancel"], &["buyer request", "customer request", "request from", "requested by"]),
    (&["storn"], &["anfrage", "antrag", "beantragt", "gebeten"]),
    (&["annul"], &["demande"]),
    (&["annulla", "cancella"], &["richiesta", "richiesto", "richiede"]),
    (&["cancel"], &["solicit", "pedido de cancel"]),
    (&["キャンセル"], &["リクエスト", "申請", "依頼", "要求"]),
    (&["取消"], &["请求", "請求", "申请", "申請", "要求"]),
    (&["annuler"], &["verzoek", "verzocht", "aangevraagd"]),
    (&["anulowa"], &["prosb", "prosi"]),
    (&["avbok", "avbest"], &["begaran", "begart"]),
    (&["iptal"], &["talep", "talebi"]),
];
/// The same about refunds, in en, de, fr, it, es and pt: the amount stands between the words.
const REFUNDS: &[(&[&str], &[&str])] = &[
    (&["refund"], &["initiated", "issued"]),
    (&["erstattung"], &["veranlasst", "eingeleitet"]),
    (&["remboursement"], &["initie", "effectue", "emis"]),
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
    "gewahrt",
    "abgelehnt",
    "clotur",
    "decision",
    "a decide",
    "ete decide",
    "avons decide",
    "tranche",
    "accorde",
    "rejete",
    "refuse",
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
    "decision",
    "decidid",
    "resuelt",
    "resolucion",
    "concedid",
    "aprobad",
    "denegad",
    "rechazad",
    "encerrad",
    "decisao",
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
    "gesloten",
    "beslissing",
    "toegekend",
    "afgewezen",
    "zamkniet",
    "decyzja",
    "przyznan",
    "odrzucon",
    "stangd",
    "beslut",
    "beviljat",
    "avslag",
    "kapatildi",
    "karari",
    "reddedildi",
];
/// What letters about a claim say of it that is decided, at the beginning of a sentence, where the subject
/// does not: en, es, fr, it, pt, pl, sv. Of what may come no sentence speaks so.
const DECIDED: &[&str] = &[
    "we have granted",
    "we have denied",
    "we have closed",
    "we granted",
    "we denied",
    "we closed",
    "we've granted",
    "we've denied",
    "we have made a decision",
    "hemos concedido",
    "hemos aprobado",
    "hemos denegado",
    "hemos rechazado",
    "hemos cerrado",
    "hemos resuelto",
    "nous avons accorde",
    "nous avons rejete",
    "nous avons refuse",
    "nous avons cloture",
    "abbiamo concesso",
    "abbiamo accolto",
    "abbiamo respinto",
    "abbiamo chiuso",
    "abbiamo negato",
    "concedemos",
    "negamos",
    "recusamos",
    "encerramos",
    "przyznalismy",
    "odrzucilismy",
    "vi har beviljat",
    "vi har avslagit",
];
/// The same of languages whose sentence ends with what it says, de and nl: how it begins, and what stands in
/// it.
const DECIDED_LATER: &[(&[&str], &[&str])] = &[
    (&["wir haben"], &["stattgegeben", "gewahrt", "bewilligt", "abgelehnt", "geschlossen"]),
    (&["we hebben", "wij hebben"], &["toegekend", "afgewezen", "gesloten"]),
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
    /// Its text.
    pub(super) text: &'a dyn Fn() -> &'a str,
    /// Whether it names an order: reports on returns do not.
    pub(super) names_order: &'a dyn Fn() -> bool,
    /// Whether it has the link under which a buyer is answered who asks to return something.
    pub(super) answers_return: &'a dyn Fn() -> bool,
}

/// By who sent it, and its subject.
pub(super) fn by_sender(told: &Told<'_>) -> MessageKind {
    let local = told.local.to_ascii_lowercase();
    // Words stand between blanks.
    let subject = format!(" {} ", folded(told.subject));
    let says = |words: &[&str]| words.iter().any(|word| subject.contains(word));
    let says_both = |pairs: &[(&[&str], &[&str])]| {
        pairs.iter().any(|(one, other)| says(one) && says(other)) && (told.names_order)()
    };
    if told.relay {
        return MessageKind::Buyer;
    }
    if local.starts_with("atoz-guarantee") || local == "seller-guarantee" {
        let closed = says(CLOSED) || tells_decision((told.text)());
        return if closed { MessageKind::ClaimClosed } else { MessageKind::ClaimFiled };
    }
    match &*local {
        "cb-seller-notification" | "cb-seller-query" => MessageKind::Chargeback,
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

/// In lower case, with plain apostrophes and without the accents of Latin letters, which programs leave out.
fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| {
            Some(match c {
                'à'..='å' | 'ą' => 'a',
                'ç' | 'ć' => 'c',
                'è'..='ë' | 'ę' => 'e',
                'ì'..='ï' | 'ı' => 'i',
                'ł' => 'l',
                'ñ' | 'ń' => 'n',
                'ò'..='ö' => 'o',
                'ś' | 'ş' => 's',
                'ù'..='ü' => 'u',
                'ź' | 'ż' => 'z',
                'ğ' => 'g',
                '\u{2019}' => '\'',
                '\u{300}'..='\u{36f}' => return None,
                _ => c,
            })
        })
        .collect()
}

/// Whether a sentence near the beginning of a letter about a claim says that it was decided.
fn tells_decision(text: &str) -> bool {
    /// Bytes that are looked at, of the letter and of a sentence.
    const LOOKED_AT: usize = 4_000;
    const SENTENCE: usize = 300;
    let text = folded(text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or_default());
    let starts = text.split(['\n', '.', '!', ',', ':']).map(str::trim_start);
    let mut starts = starts.filter(|start| !start.is_empty());
    if starts.any(|start| DECIDED.iter().any(|words| start.starts_with(words))) {
        return true;
    }
    DECIDED_LATER.iter().any(|(begin, words)| {
        let places = begin.iter().flat_map(|begin| text.match_indices(begin).take(10));
        let mut sentences = places.map(|(at, _)| {
            let rest = text.get(at..).unwrap_or_default();
            let rest = rest.get(..rest.floor_char_boundary(SENTENCE)).unwrap_or_default();
            let ends = [". ", ".\n", ".\r", "\n\n", "\r\n\r\n"];
            let end = ends.into_iter().filter_map(|end| rest.find(end)).min();
            rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
        });
        sentences.any(|sentence| words.iter().any(|word| sentence.contains(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(local: &str, relay: bool, subject: &str, framed: bool) -> MessageKind {
        by_sender(&Told {
            local,
            relay,
            subject,
            text: &|| "",
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
            ("Retouranfrage zu Bestellung 1", MessageKind::ReturnRequest),
            ("Notificacion de autorizacion de devolucion 1", MessageKind::ReturnRequest),
            (
                "Notificac\u{327}a\u{303}o de autorizac\u{327}a\u{303}o de devoluc\u{327}a\u{303}o",
                MessageKind::ReturnRequest,
            ),
            ("Melding van retourautorisatie voor bestelling 1", MessageKind::ReturnRequest),
            ("Powiadomienie o autoryzacji zwrotu dla zamówienia 1", MessageKind::ReturnRequest),
            ("Avisering om returauktorisering för beställning 1", MessageKind::ReturnRequest),
            ("1 numaralı sipariş için İade onayı bildirimi", MessageKind::ReturnRequest),
            ("Verzoek om bestelling 1 te annuleren", MessageKind::CancelRequest),
            ("Prośba o anulowanie zamówienia 1", MessageKind::CancelRequest),
            ("Begäran om avbokning av beställning 1", MessageKind::CancelRequest),
            ("1 siparişi için iptal talebi", MessageKind::CancelRequest),
            ("Nasz zwrot kosztów", MessageKind::Notice),
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
            text: &|| "",
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
    fn where_the_subject_says_nothing_of_it_the_letter_tells_that_a_claim_is_decided() {
        let told = |subject: &str, text: &str| {
            by_sender(&Told {
                local: "atoz-guarantee-no-reply",
                relay: false,
                subject,
                text: &|| text,
                framed: &|| false,
                names_order: &|| true,
                answers_return: &|| false,
            })
        };
        for (subject, text) in [
            (
                "Su reclamación bajo la Garantía de la A a la Z de Amazon para el pedido 1",
                "Hola, Lamp:\nHemos concedido una reclamación de 49,90 EUR en relación con el pedido 1.",
            ),
            (
                "A-bis-z-Garantieantrag zu Bestellung 1",
                "Guten Tag,\r\n\r\nwir haben einem Antrag in Höhe\r\nvon 49,90 EUR stattgegeben.\r\n",
            ),
            ("A-to-z Guarantee claim on order 1", "Hello, we have granted a claim of $49.90."),
            ("Réclamation pour la commande 1", "Bonjour,\nNous avons accordé une réclamation."),
            ("Il reclamo per l\u{2019}ordine 1", "Abbiamo respinto un reclamo."),
            ("A-tot-Z-claim", "We hebben een claim van 49,90 EUR toegekend."),
        ] {
            assert_eq!(told(subject, text), MessageKind::ClaimClosed, "{subject}");
        }
        for text in [
            "We have received a claim. If you do not answer, we may grant it. You can appeal once we have \
             granted the claim.",
            "Wir haben einen Antrag erhalten. Wird dem Antrag stattgegeben, belasten wir Ihr Konto.",
            "Hemos recibido una reclamación. Si hemos concedido otra antes, no importa.",
            "Nous avons reçu une réclamation, qui peut être accordée.",
            "",
        ] {
            assert_eq!(told("Claim on order 1", text), MessageKind::ClaimFiled, "{text}");
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
            ("cb-seller-query", "Charge Dispute Inquiry", MessageKind::Chargeback),
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
