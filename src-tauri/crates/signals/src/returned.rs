//! Whose doing a return was, by what a marketplace reports of it.
//!
//! A wrong flag on an honest buyer is worse than a missed one. So whatever lays a return at the shop, the
//! marketplace or the carrier is taken at its word, though some buyers say so untruly; what says
//! nothing, or nothing that is known, counts and is marked as unsure.

use crate::fold::is_dense;
use crate::reported::says_not_received;
use crate::{Act, By};
use buyerwatch_domain::ObservedReturn;

/// Words of a state in which nothing comes back: the request was cancelled or denied.
const CAME_TO_NOTHING: &[&str] = &[
    "cancel",
    "denied",
    "declin",
    "reject",
    "refuse",
    "withdrawn",
    "storniert",
    "abgelehnt",
    "zurückgezogen",
    "annul",
    "anulad",
    "refusé",
    "rejet",
    "rifiut",
    "rechaz",
    "deneg",
    "recusad",
    "rejeitad",
    "キャンセル",
    "取り消",
    "却下",
    "拒否",
    "取消",
    "撤销",
    "拒绝",
    "驳回",
];

/// What precedes a code in reports of returns to the seller.
const PREFIXES: [&str; 2] = ["CR_", "AMZ_PG_"];

/// Codes by which a buyer sends back what came as it was ordered.
const CHOSEN: &[&str] = &[
    "UNWANTED_ITEM",
    "FOUND_BETTER_PRICE",
    "ORDERED_WRONG_ITEM",
    "MISORDERED",
    "APPAREL_STYLE",
    "APP_STYLE",
    "NO_LONGER_NEEDED",
    "NO_LONGER_NEED_ITEM",
    "CHANGED_MIND",
    "ORDERED_BY_MISTAKE",
];

/// Codes that lay a return at the shop, the marketplace or the carrier.
const FAULT: &[&str] = &[
    // The article.
    "DEFECTIVE",
    "DEFECTIVE_ITEM",
    "QUALITY_UNACCEPTABLE",
    "MISSING_PARTS",
    "WARRANTY",
    "RECALL",
    "NOT_AUTHENTIC",
    "JEWELRY_BATTERY",
    "JEWELRY_NO_DOCS",
    "JEWELRY_BAD_CLASP",
    "JEWELRY_LOOSE_STONE",
    "JEWELRY_NO_CERT",
    // The page that sold it. What does not fit with something else was not told well enough.
    "NOT_AS_DESCRIBED",
    "BAD_DESC",
    "NOT_COMPATIBLE",
    "PART_NOT_COMPATIBLE",
    "PRODUCT_NOT_ITALIAN",
    "PRODUCT_NOT_SPANISH",
    // What was sent. "Switcheroo" is the buyer's word for a wrong article in the parcel.
    "WRONG_ITEM",
    "SWITCHEROO",
    "EXTRA_ITEM",
    // The way to the buyer.
    "DAMAGED",
    "DAMAGED_BY_CARRIER",
    "DAMAGED_BY_FC",
    "DAMAGED_IN_TRANSIT",
    "ARRIVED_DAMAGED",
    "MISSED_ESTIMATED_DELIVERY",
    "ARRIVED_LATE",
    "APP_TOO_LATE",
    "NEVER_ARRIVED",
    "LOST_IN_TRANSIT",
];

/// The buyer never had it in hand: `UNDELIVERABLE_UNKNOWN` and the like. That a parcel was refused or not
/// collected is among them, for a carrier reports that of parcels that it did not bring.
const UNDELIVERABLE: &str = "UNDELIVERABLE";

/// The same as [`FAULT`] where a report has words and no codes, in small letters.
const FAULT_WORDS: &[&str] = &[
    "defect",
    "damaged",
    "broken",
    "not work",
    "n't work",
    "wrong item was sent",
    "wrong item sent",
    "sent the wrong",
    "sent me the wrong",
    "received wrong",
    "received the wrong",
    "extra item",
    "too late",
    "arrived late",
    "took too long",
    "missing",
    "not as described",
    "inaccurate",
    "not accurate",
    "incompatible",
    "not compatible",
    "quality",
    "undeliverable",
    "defekt",
    "beschädigt",
    "mangel",
    "mängel",
    "funktioniert nicht",
    "falschen artikel erhalten",
    "falscher artikel geliefert",
    "falscher artikel erhalten",
    "falschlieferung",
    "zu spät",
    "qualität",
    "fehlende teile",
    "nicht wie beschrieben",
    "entspricht nicht",
    "unzustellbar",
    "défect",
    "endommag",
    "abîm",
    "cassé",
    "ne fonctionne pas",
    "mauvais article",
    "en retard",
    "trop tard",
    "manquant",
    "qualité",
    "non conforme",
    "difett",
    "danneggi",
    "non funziona",
    "articolo sbagliato ricevuto",
    "in ritardo",
    "troppo tardi",
    "mancant",
    "qualità",
    "dañad",
    "averiad",
    "no funciona",
    "demasiado tarde",
    "llegó tarde",
    "faltan",
    "calidad",
    "no coincide",
    "defeit",
    "danificad",
    "avariad",
    "não funciona",
    "atrasad",
    "qualidade",
    "不良",
    "欠陥",
    "破損",
    "壊れ",
    "故障",
    "誤配送",
    "違う商品が届",
    "遅れ",
    "説明と",
    "品質",
    "质量",
    "瑕疵",
    "缺陷",
    "损坏",
    "破损",
    "发错",
    "错发",
    "漏发",
    "少件",
    "缺件",
    "不符",
    "延误",
    "太晚",
];

/// Words by which the ground of a SAFE-T claim speaks of the buyer: the parcel was empty, held another thing,
/// or the marketplace found abuse.
const OF_THE_BUYER: &[&str] = &[
    "abus",
    "fraud",
    "empty",
    "another item",
    "another product",
    "other item",
    "different item",
    "different product",
    "different from what was sent",
    "wrong item returned",
    "swapped",
    "missbr",
    "betrug",
    "leer",
    "anderen artikel",
    "anderer artikel",
    "fraude",
    "boîte vide",
    "colis vide",
    "carton vide",
    "autre article",
    "article différent",
    "frode",
    "vuot",
    "altro articolo",
    "articolo diverso",
    "vací",
    "otro artículo",
    "artículo diferente",
    "vazi",
    "outro artigo",
    "outro produto",
    "不正",
    "悪用",
    "空箱",
    "空の",
    "別の商品",
    "違う商品",
    "滥用",
    "欺诈",
    "空包",
    "空盒",
    "调包",
    "掉包",
    "其他商品",
    "不同商品",
    "不同的商品",
];

/// Words by which it speaks of something else: the way there or back, and what that cost.
const OF_THE_WAY: &[&str] = &[
    "transit",
    "transport",
    "carrier",
    "courier",
    "shipping",
    "shipment",
    "postal",
    "delivery",
    "lost",
    "label",
    "warehouse",
    "beförder",
    "zusteller",
    "versand",
    "verloren",
    "etikett",
    "livraison",
    "perdu",
    "étiquette",
    "trasport",
    "corriere",
    "spedizion",
    "smarrit",
    "etichetta",
    "mensajer",
    "envío",
    "perdid",
    "etiqueta",
    "輸送",
    "運送",
    "配送",
    "紛失",
    "运输",
    "承运",
    "物流",
    "快递",
    "丢失",
    "标签",
];

/// Whether one of the words stands in a text in small letters, from the beginning of a word on.
fn says(text: &str, words: &[&str]) -> bool {
    let begins = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|char| !char.is_alphabetic() || is_dense(char))
    };
    words.iter().any(|word| {
        let within = word.starts_with("n't") || word.starts_with(is_dense);
        text.match_indices(word).any(|(at, _)| within || begins(at))
    })
}

/// A text as [`says`] reads it.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('_', " ").replace('’', "'")
}

/// A code without what precedes it, in one writing.
fn code(reason: &str) -> String {
    let parts = reason.split(|char: char| !char.is_alphanumeric()).filter(|part| !part.is_empty());
    let code = parts.collect::<Vec<_>>().join("_").to_uppercase();
    let known = PREFIXES.into_iter().find_map(|prefix| code.strip_prefix(prefix));
    known.unwrap_or(&code).to_owned()
}

impl By {
    /// Whose doing a return was, by the reason that the marketplace tells.
    ///
    /// Sizes, purchases that nobody authorised and returns without a reason may be anybody's doing.
    #[must_use]
    pub fn of_return(reason: &str) -> Self {
        let code = code(reason);
        if CHOSEN.contains(&&*code) {
            Self::Buyer
        } else if FAULT.contains(&&*code)
            || code.starts_with(UNDELIVERABLE)
            || says(&plain(reason), FAULT_WORDS)
        {
            Self::Shop
        } else {
            Self::Unknown
        }
    }

    /// Of whom the ground of a SAFE-T claim speaks. What speaks of the buyer and of the way of the parcel
    /// leaves it open.
    #[must_use]
    pub fn of_safe_t(ground: &str) -> Self {
        let words = plain(ground);
        let way = says(&words, OF_THE_WAY) || says_not_received(ground);
        match (says(&words, OF_THE_BUYER), way) {
            (true, false) => Self::Buyer,
            (false, true) => Self::Shop,
            _ => Self::Unknown,
        }
    }
}

impl Act {
    /// What a return says that its buyer did; `None` when nothing came of it.
    #[must_use]
    pub fn of_return(one: &ObservedReturn) -> Option<Self> {
        let nothing = says(&plain(&one.status), CAME_TO_NOTHING);
        (!nothing).then(|| Self::Returned(By::of_return(&one.reason)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_counts_by_whose_doing_it_was() {
        for reason in [
            "DEFECTIVE",
            "CR-DEFECTIVE",
            "Defective/Does not work properly",
            "Item doesn't work",
            "CR-QUALITY_UNACCEPTABLE",
            "CR-SWITCHEROO",
            "AMZ-PG-BAD-DESC",
            "NOT_AS_DESCRIBED",
            "PART_NOT_COMPATIBLE",
            "CR-DAMAGED_BY_CARRIER",
            "damaged_by_fc",
            "CR-MISSED_ESTIMATED_DELIVERY",
            "AMZ-PG-APP-TOO-LATE",
            "UNDELIVERABLE_REFUSED",
            "UNDELIVERABLE_CARRIER_MISS_SORTED",
            "Item arrived too late",
            "Artikel defekt",
            "Article endommagé",
            "Articolo danneggiato",
            "Llegó tarde",
            "商品破損",
            "与描述不符",
            "卖家发错货",
        ] {
            assert_eq!(By::of_return(reason), By::Shop, "{reason}");
        }
        for reason in ["UNWANTED_ITEM", "CR-ORDERED_WRONG_ITEM", "AMZ-PG-MISORDERED"] {
            assert_eq!(By::of_return(reason), By::Buyer, "{reason}");
        }
        for reason in
            ["", "NO_REASON_GIVEN", "APPAREL_TOO_SMALL", "UNAUTHORIZED_PURCHASE", "Andere"]
        {
            assert_eq!(By::of_return(reason), By::Unknown, "{reason}");
        }
    }

    #[test]
    fn what_was_cancelled_or_denied_is_no_return() {
        let of = |status: &str| {
            let one = ObservedReturn { status: status.into(), ..ObservedReturn::default() };
            Act::of_return(&one)
        };
        for status in
            ["Cancelled", "Canceled", "Denied", "Declined", "Abgelehnt", "Annulé", "已拒绝"]
        {
            assert_eq!(of(status), None, "{status}");
        }
        for status in
            ["", "Approved", "Pending Approval", "Completed", "Unit returned to inventory"]
        {
            assert_eq!(of(status), Some(Act::Returned(By::Unknown)), "{status}");
        }
    }

    #[test]
    fn a_safe_t_claim_counts_by_whom_its_ground_speaks_of() {
        for ground in [
            "Buyer returned another item",
            "Customer abused the return policy",
            "EMPTY_BOX",
            "Leeres Paket zurückgesandt",
            "Colis vide",
            "买家退回空包",
        ] {
            assert_eq!(By::of_safe_t(ground), By::Buyer, "{ground}");
        }
        for ground in [
            "Damaged in transit",
            "DAMAGED_BY_CARRIER",
            "Lost by the courier",
            "Return label overcharged",
            "The item was not received",
            "Transportschaden",
            "运输损坏",
        ] {
            assert_eq!(By::of_safe_t(ground), By::Shop, "{ground}");
        }
        for ground in ["", "N/A", "Video provided", "Other", "The carrier returned an empty box"] {
            assert_eq!(By::of_safe_t(ground), By::Unknown, "{ground}");
        }
    }
}
