//! What reports and letters of a marketplace say of an order, as something that counts.
//!
//! Only what they say plainly: an A-to-z claim may be about anything, so one counts as "not
//! received" only when its ground says so.

use crate::{Act, SafeTState};
use buyerwatch_domain::{ClaimKind, ObservedClaim};

/// Words by which marketplaces and buyers say that something did not arrive, in small letters,
/// without underscores: English, German, French, Italian, Spanish, Portuguese, Japanese, Chinese.
const NOT_RECEIVED: [&str; 46] = [
    "not received",
    "not receive ",
    "n't receive",
    "non-receipt",
    "non receipt",
    "never received",
    "never arrived",
    "not arrived",
    "n't arrive",
    "not delivered",
    "n't delivered",
    "inr",
    "nicht erhalten",
    "nie erhalten",
    "nicht angekommen",
    "nie angekommen",
    "nicht zugestellt",
    "nicht geliefert",
    "pas reçu",
    "non reçu",
    "jamais reçu",
    "pas arrivé",
    "jamais arrivé",
    "non livré",
    "non ricevut",
    "non ho ricevut",
    "non ha ricevut",
    "mai ricevut",
    "mai arrivat",
    "non è arrivat",
    "no recibid",
    "no recibió",
    "no ha recibid",
    "no he recibid",
    "no ha llegado",
    "no llegó",
    "nunca llegó",
    "não receb",
    "não recebid",
    "não chegou",
    "nunca chegou",
    "届いていない",
    "届きません",
    "未着",
    "未收到",
    "没有收到",
];

/// Whether a ground or a letter says that the order did not arrive.
#[must_use]
pub fn says_not_received(text: &str) -> bool {
    let text = text.to_lowercase().replace('_', " ").replace('’', "'");
    NOT_RECEIVED.iter().any(|words| match *words {
        // Short enough to be part of another word.
        "inr" => text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "inr"),
        words => text.match_indices(words).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + words.len()..).unwrap_or_default();
            !is_of_something_else(before, after)
        }),
    })
}

/// What else does not arrive: money, an answer, the right thing.
const SOMETHING_ELSE: [&str; 30] = [
    "refund",
    "reimburs",
    "money",
    "response",
    "reply",
    "answer",
    "replacement",
    "right ",
    "correct",
    "erstattung",
    "geld",
    "antwort",
    "ersatz",
    "richtige",
    "rembours",
    "réponse",
    "bon article",
    "rimbors",
    "rispost",
    "giusto",
    "reembols",
    "respuest",
    "dinero",
    "correcto",
    "respost",
    "返金",
    "返信",
    "回答",
    "退款",
    "回复",
];
/// Characters to either side in which it would be named.
const NEAR: usize = 24;

/// Whether the words beside name something other than the parcel. The nearest sentence only.
fn is_of_something_else(before: &str, after: &str) -> bool {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n' | ';' | '。' | '！' | '？');
    let before = before.rsplit(ends).next().unwrap_or_default();
    let after = after.split(ends).next().unwrap_or_default();
    let skipped = before.chars().count().saturating_sub(NEAR);
    let before: String = before.chars().skip(skipped).collect();
    let after: String = after.chars().take(NEAR).collect();
    let parcel = |text: &str| PARCEL.iter().any(|word| text.contains(word));
    SOMETHING_ELSE.iter().any(|word| {
        after.split_once(word).is_some_and(|(between, _)| !parcel(between))
            || before.rsplit_once(word).is_some_and(|(_, between)| !parcel(between))
    })
}

/// Words for what was sent.
const PARCEL: [&str; 24] = [
    "parcel",
    "package",
    "order",
    "item",
    "product",
    "shipment",
    "paket",
    "bestellung",
    "sendung",
    "artikel",
    "ware",
    "colis",
    "commande",
    "article",
    "pacco",
    "ordine",
    "articolo",
    "paquete",
    "pedido",
    "encomenda",
    "商品",
    "荷物",
    "包裹",
    "货",
];

impl SafeTState {
    /// Where a claim stands by the marketplace's words, e.g. `Granted`; what is not known is open.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let words = words.to_lowercase();
        let has = |of: &[&str]| of.iter().any(|word| words.contains(word));
        // "Not granted" and "appeal denied" are denials.
        if has(&["den", "reject", "declin", "refus", "not ", "abgelehnt", "拒"]) {
            Self::Denied
        } else if has(&["grant", "reimburs", "approv", "paid", "genehmigt", "erstattet", "批准"])
        {
            Self::Granted
        } else {
            Self::Open
        }
    }
}

impl Act {
    /// What a claim says that its buyer, or the shop about them, did; `None` when that is open.
    #[must_use]
    pub fn of_claim(claim: &ObservedClaim) -> Option<Self> {
        match claim.kind {
            ClaimKind::AToZ => says_not_received(&claim.reason).then_some(Self::NotReceived),
            ClaimKind::SafeT => Some(Self::SafeT(SafeTState::of(&claim.state))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_counts_as_not_received_only_when_it_says_so() {
        for ground in [
            "ITEM_NOT_RECEIVED",
            "Item not received",
            "INR",
            "Der Käufer hat die Sendung nicht erhalten",
            "Le client n’a jamais reçu le colis",
            "Il cliente non ha ricevuto l'ordine",
            "El comprador no ha recibido el pedido",
            "O comprador não recebeu o pedido",
            "商品が届いていない",
            "买家未收到包裹",
            "The package didn't arrive",
        ] {
            let claim = ObservedClaim { reason: ground.into(), ..ObservedClaim::default() };
            assert_eq!(Act::of_claim(&claim), Some(Act::NotReceived), "{ground}");
        }
        for ground in
            ["", "Y", "Item not as described", "Refund not issued", "Defekt erhalten", "Winrar"]
        {
            let claim = ObservedClaim { reason: ground.into(), ..ObservedClaim::default() };
            assert_eq!(Act::of_claim(&claim), None, "{ground}");
        }
    }

    #[test]
    fn only_a_claim_that_was_granted_is() {
        for (words, state) in [
            ("Granted", SafeTState::Granted),
            ("Reimbursed", SafeTState::Granted),
            ("Denied", SafeTState::Denied),
            ("Not granted", SafeTState::Denied),
            ("Under review", SafeTState::Open),
            ("", SafeTState::Open),
        ] {
            let claim = ObservedClaim {
                kind: ClaimKind::SafeT,
                state: words.into(),
                ..ObservedClaim::default()
            };
            assert_eq!(Act::of_claim(&claim), Some(Act::SafeT(state)), "{words}");
        }
    }
}
