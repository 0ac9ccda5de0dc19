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
const CLOSED: &[&str] = &[
    "claim closed",
    "claim decision",
    "claim was denied",
    "claim granted",
    "abgeschlossen",
    "geschlossen",
    "clôturée",
    "chiusa",
    "chiuso",
    "cerrada",
    "encerrada",
    "終了",
    "已关闭",
    "已结案",
];

/// By who sent it. `local` is the part before the `@`; the domain is known to be the marketplace's. `framed`
/// tells whether somebody's text stands in the marketplace's frame, as of what it passes on that people wrote.
pub(super) fn by_sender(
    local: &str,
    relay: bool,
    subject: &str,
    framed: impl Fn() -> bool,
) -> MessageKind {
    let local = local.to_ascii_lowercase();
    let subject = subject.to_lowercase().replace('\u{2019}', "'");
    let says = |words: &[&str]| words.iter().any(|word| subject.contains(word));
    if relay {
        return MessageKind::Buyer;
    }
    if local.starts_with("atoz-guarantee") {
        return if says(CLOSED) { MessageKind::ClaimClosed } else { MessageKind::ClaimFiled };
    }
    match &*local {
        "cb-seller-notification" => MessageKind::Chargeback,
        "seller-notification" => MessageKind::Sold,
        "auto-communication" => MessageKind::OptedOut,
        _ if says(RETURN) => MessageKind::ReturnRequest,
        _ if says(CANCEL) => MessageKind::CancelRequest,
        _ if says(REFUND) => MessageKind::Refund,
        // What a buyer wrote comes from the relay: this is the seller's own text, confirmed.
        "donotreply" | "do-not-reply" if framed() => MessageKind::OwnReply,
        _ => MessageKind::Notice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("donotreply", "注文の返品リクエスト", MessageKind::ReturnRequest),
            ("donotreply", "买家取消请求", MessageKind::CancelRequest),
            ("donotreply", "Demande d\u{2019}annulation", MessageKind::CancelRequest),
            (
                "atoz-guarantee-no-reply",
                "Richiesta di rimborso ricevuta per l\u{2019}ordine 1",
                MessageKind::ClaimFiled,
            ),
            ("atoz-guarantee-no-reply", "Claim closed on order 1", MessageKind::ClaimClosed),
            ("cb-seller-notification", "x", MessageKind::Chargeback),
            ("seller-notification", "Sold, ship now", MessageKind::Sold),
            ("auto-communication", "Your message was not delivered", MessageKind::OptedOut),
            ("Auto-Communication", "Refund issued", MessageKind::OptedOut),
            ("marketing", "News", MessageKind::Notice),
            ("donotreply", "News", MessageKind::Notice),
        ] {
            assert_eq!(by_sender(local, false, subject, || false), kind, "{subject}");
        }
        assert_eq!(by_sender("a1b2c3d4e5", true, "Return request", || true), MessageKind::Buyer);
    }

    #[test]
    fn what_people_wrote_and_no_relay_sent_is_the_sellers_own() {
        let framed = |local: &str, subject: &str| by_sender(local, false, subject, || true);
        assert_eq!(framed("donotreply", "Your message to a buyer"), MessageKind::OwnReply);
        assert_eq!(framed("do-not-reply", "x"), MessageKind::OwnReply);
        assert_eq!(framed("donotreply", "Return request"), MessageKind::ReturnRequest);
        assert_eq!(framed("marketing", "x"), MessageKind::Notice);
    }
}
