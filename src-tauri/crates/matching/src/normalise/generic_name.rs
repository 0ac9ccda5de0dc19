//! Names that marketplaces and lockers put in place of a person's.

use super::text::{is_word, push_without_umlauts};

/// Words by which a name is a firm's or an institution's, under which many people order.
#[rustfmt::skip]
const FIRMS: &[&str] = &[
    "gmbh", "mbh", "ohg", "gbr", "llc", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "company",
    "sarl", "srl", "plc", "pty", "pte", "aps", "university", "universitat", "universite", "universidad",
    "universidade", "universita", "hochschule", "college", "schule", "ecole", "escuela", "scuola", "klinik", "klinikum",
    "clinic", "clinique", "clinica", "hospital", "krankenhaus", "hopital", "ospedale", "hotel", "hostel", "restaurant",
    "logistics", "logistik", "spedition", "warehouse", "ministerium", "ministry", "museum", "bibliothek", "stadtverwaltung",
];

/// The same in Chinese, Japanese and Korean, where they stand within the name.
#[rustfmt::skip]
const FIRMS_CJK: &[&str] = &[
    "公司", "株式会社", "有限会社", "合同会社", "大学", "大學", "医院", "醫院", "病院", "学校", "學校", "酒店", "宾馆",
    "集团", "集團", "集运", "集運", "转运", "轉運", "회사", "대학교", "병원", "학교",
];

/// Whether a folded name is a firm's or an institution's: everybody there orders under it, so it tells nobody apart. It
/// is a name all the same, under which decisions are remembered.
pub(crate) fn is_firm(folded: &str) -> bool {
    let mut level = String::new();
    folded.split(|c: char| !is_word(c)).any(|word| {
        level.clear();
        push_without_umlauts(word, &mut level);
        FIRMS.contains(&level.as_str())
    }) || (!folded.is_ascii() && FIRMS_CJK.iter().any(|firm| folded.contains(firm)))
}

/// Whether a name stands for any buyer. Words sorted, umlauts levelled.
///
/// It does if it holds the word Amazon and otherwise only words of [`AROUND_AMAZON`], or if it is
/// made of [`PLACEHOLDERS`] alone.
pub(crate) fn is_generic(sorted: &[&str]) -> bool {
    // `Client d'Amazon` and its kin: apostrophes are gone by now.
    let amazon = |word: &str| matches!(word, "amazon" | "damazon" | "lamazon" | "dellamazon");
    if sorted.iter().any(|word| amazon(word)) {
        return sorted.iter().any(|word| LOCKERS.contains(word))
            || sorted.iter().all(|word| {
                amazon(word) || AROUND_AMAZON.contains(word) || PLACEHOLDERS.contains(word)
            });
    }
    matches!(sorted, ["a", "n"] | ["na"] | ["name", "no"])
        || sorted.iter().all(|word| PLACEHOLDERS.contains(word))
}

/// Where parcels wait. What follows Amazon's word for it is the name of the locker, not of a buyer.
const LOCKERS: [&str; 4] = ["locker", "hub", "counter", "packstation"];

/// What stands beside Amazon in names that it puts in place of the buyer's: the word for a buyer
/// (also in other languages), what it calls its parts, kinds of company, endings of its domains.
#[rustfmt::skip]
const AROUND_AMAZON: &[&str] = &[
    "user", "shopper", "business", "acquirente", "acheteur", "clienti", "clients", "comprador",
    "compradora", "kaufer", "kauferin", "klant", "klient", "kopare", "koper", "kund", "kunden",
    "kundin", "kupujacy", "musteri", "musterisi", "nabywca", "usuario", "utente", "utilisateur",
    "account", "deals", "export", "fresh", "fulfillment", "fulfilment", "global", "logistics",
    "marketplace", "order", "pickup", "point", "prime", "retail", "returns", "seller", "service",
    "services", "shop", "store", "warehouse", "web",
    "co", "corp", "europe", "gmbh", "inc", "kk", "llc", "ltd", "sarl", "core",
    "a", "l", "r", "s", "and", "by", "da", "del", "di", "do", "du", "of", "sur", "the", "uber",
    "ae", "au", "be", "br", "ca", "com", "de", "eg", "es", "eu", "fr", "ie", "in", "it", "jp",
    "mx", "nl", "pl", "sa", "se", "sg", "tr", "uk", "us",
];

/// Words that a form holds where nobody wrote a name. Each is a family name, too, so a name with
/// any other word counts.
const PLACEHOLDERS: [&str; 17] = [
    "amazon",
    "anonymous",
    "available",
    "buyer",
    "client",
    "cliente",
    "customer",
    "guest",
    "gust",
    "kunde",
    "name",
    "none",
    "not",
    "null",
    "test",
    "unavailable",
    "unknown",
];

/// As [`is_generic`], for letters without blanks of which some are Chinese, Japanese or Korean.
pub(crate) fn is_generic_cjk(letters: &str) -> bool {
    const AMAZON: [&str; 5] = ["amazon", "アマゾン", "亚马逊", "亞馬遜", "아마존"];
    #[rustfmt::skip]
    const AROUND: &[&str] = &[
        "カスタマー", "カスタマ", "お客様", "お客さま", "ユーザー", "ビジネス", "ロッカー",
        "購入者", "様", "の", "顾客", "顧客", "客户", "客戶", "用户", "用戶", "买家", "買家",
        "购物者", "购买者", "海外购", "会员", "匿名", "中国", "日本", "고객", "구매자", "사용자",
        "님", "customer", "business", "com", "co", "jp", "cn", "kr",
    ];
    const ALONE: [&str; 9] =
        ["お客様", "お客さま", "买家", "買家", "匿名", "匿名用户", "匿名用戶", "고객", "구매자"];
    if ALONE.contains(&letters) {
        return true;
    }
    let mut rest = letters;
    let mut amazon = false;
    while !rest.is_empty() {
        if let Some(behind) = AMAZON.iter().find_map(|word| rest.strip_prefix(word)) {
            (rest, amazon) = (behind, true);
        } else if let Some(behind) = AROUND.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = behind;
        } else {
            return false;
        }
    }
    amazon
}
