//! What the marketplace's letter about a claim says that the buyer claims, and not what the letter says of
//! claims in general: "If the buyer did not receive the item, …" stands below many a claim about a defect.

use crate::fold::is_dense;
use crate::reported::says_not_received;

/// Words before the ground of a claim, in small letters: English, German, French, Italian, Spanish,
/// Portuguese. German ones may be the end of a word.
const GROUND: &[&str] =
    &["reason", "grund", "motif", "raison", "motivo", "razón", "razon", "razão"];
/// Japanese and Chinese ones.
const GROUND_DENSE: &[&str] = &["理由", "原因"];
/// Words of a label, at most; longer ones are a sentence that ends in a colon.
const LABEL_WORDS: usize = 6;
/// Characters of one in Japanese or Chinese.
const LABEL_DENSE: usize = 12;

/// Whether the marketplace's letter about a claim says that the order did not arrive. What stands as
/// the ground decides; only a letter that names none is read as a whole, without what it says of claims
/// in general.
#[must_use]
pub fn claim_says_not_received(subject: &str, body: &str) -> bool {
    match ground(body) {
        Some(ground) => says_not_received(&asserted(&ground)),
        None => says_not_received(subject) || says_not_received(&asserted(body)),
    }
}

/// Words for money back, in the subjects of messages that the marketplace passes on.
const MONEY_BACK: &[&str] =
    &["refund", "gutschrift", "erstattung", "rembours", "rimborso", "reembols", "返金", "退款"];
/// Bytes of either half of such a subject.
const HALF: usize = 120;

/// Whether the subject of a buyer's message is the marketplace's own for a refund that a buyer demands
/// since the parcel did not arrive, as `Paket nicht angekommen: Gutschrift anfordern(Bestellung: …)`: what
/// happened, what is asked for, and the order. The buyer chooses it from a list and writes none.
#[must_use]
pub fn demands_refund_of_lost(subject: &str) -> bool {
    let Some(bracket) = subject.rfind(['(', '（']) else { return false };
    let (asked, order) = subject.split_at(bracket);
    let Some((happened, asked)) = asked.rsplit_once([':', '：']) else { return false };
    let asked = asked.to_lowercase();
    happened.len() <= HALF
        && asked.len() <= HALF
        && order.bytes().any(|byte| byte.is_ascii_digit())
        && MONEY_BACK.iter().any(|word| asked.contains(word))
        && says_not_received(happened)
}

/// The ground of the claim, if the letter names one: what stands behind its label, or below it.
fn ground(body: &str) -> Option<String> {
    let lines: Vec<&str> = body.lines().map(str::trim).collect();
    for (at, line) in lines.iter().enumerate() {
        let Some(value) = labelled(line) else { continue };
        let mut value = value.to_owned();
        let mut below = lines.iter().skip(at + 1);
        if value.is_empty() {
            // In a table each cell is a line of its own.
            let next = below.find(|line| !line.is_empty())?;
            if next.contains([':', '：']) {
                continue;
            }
            (*next).clone_into(&mut value);
        }
        // Mail is wrapped anywhere.
        for more in below.take_while(|line| line.starts_with(char::is_lowercase)) {
            value.push(' ');
            value.push_str(more);
        }
        return Some(value);
    }
    None
}

/// What stands behind the label of a ground in a line.
fn labelled(line: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(colon) = line.get(from..)?.find([':', '：', '\t']) {
        let end = from + colon;
        let separator = line.get(end..)?.chars().next()?;
        let label = line.get(from..end)?;
        let value = line.get(end + separator.len_utf8()..)?.trim();
        if is_label(label, from == 0) {
            // Behind other text the line is several that were joined; the next label is not the ground.
            return Some(if from == 0 { value } else { sentence(value) });
        }
        from = end + separator.len_utf8();
    }
    is_label(line, true).then_some("")
}

/// Whether a text is a label, or ends with one when it is no whole line's beginning.
fn is_label(text: &str, alone: bool) -> bool {
    let text = text.to_lowercase().replace('’', "'");
    let words: Vec<&str> = text
        .split(|char: char| !char.is_alphanumeric() && char != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let dense = GROUND_DENSE.iter().any(|word| text.trim_end().ends_with(word));
    if dense {
        return !alone || text.trim().chars().count() <= LABEL_DENSE;
    }
    let is_ground = |word: &&str| {
        GROUND.contains(word)
            || (word.ends_with("grund") && !["hintergrund", "aufgrund"].contains(word))
    };
    match words.iter().rposition(is_ground) {
        Some(at) if alone => words.len() <= LABEL_WORDS && (at == 0 || words.len() <= 3),
        // "… $119.00 Reason for claim"
        Some(at) => {
            let rest = words.get(at + 1..).unwrap_or_default();
            matches!(rest, [] | ["for", "claim"] | ["for", "the", "claim"])
        }
        None => false,
    }
}

fn sentence(text: &str) -> &str {
    let end = text.find(['.', '!', '?', '。', '！', '？', ';', ':', '：', '\n']);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Words with which a sentence opens that tells what would be, or of claims in general.
const OPENERS: &[&str] = &[
    "if ",
    "when ",
    "whenever ",
    "where ",
    "in case ",
    "in the event ",
    "unless ",
    "should ",
    "for claims ",
    "for items ",
    "for orders ",
    "claims for ",
    "wenn ",
    "falls ",
    "sofern ",
    "sollte ",
    "sollten ",
    "im falle ",
    "im fall ",
    "hat der ",
    "hat ein ",
    "bei anträgen ",
    "si ",
    "s'il ",
    "s'ils ",
    "lorsque ",
    "lorsqu'",
    "quand ",
    "au cas ",
    "dans le cas ",
    "en cas ",
    "se ",
    "qualora ",
    "quando ",
    "nel caso ",
    "in caso ",
    "cuando ",
    "en caso ",
    "en el caso ",
    "caso ",
    "no caso ",
    "em caso ",
    "如",
    "若",
    "倘",
    "假如",
    "当",
];
/// Words that open a sentence which tells what was, although they begin as one of those above: what was
/// lost in Spanish, Portuguese and Italian.
const PLAIN: &[&str] = &[
    "se perdi",
    "se ha ",
    "se han ",
    "se me ",
    "se extravi",
    "se perdeu",
    "se perderam",
    "si è ",
    "si sono ",
];
/// Words within a sentence from which on it tells what would be.
const WITHIN: &[&str] = &[
    " if ",
    " when ",
    " whenever ",
    " unless ",
    " in case ",
    " whether ",
    " in the event ",
    " wenn ",
    " falls ",
    " sofern ",
    " ob ",
    " s'il ",
    " s'ils ",
    " si le ",
    " si la ",
    " si l'",
    " si un ",
    " si el ",
    " si no ",
    ", si ",
    " lorsque ",
    " lorsqu'",
    " au cas où ",
    " dans le cas où ",
    " qualora ",
    " nel caso in cui ",
    " se il ",
    " se l'",
    " se un ",
    " se o ",
    " se a ",
    ", se ",
    " caso o ",
    " caso a ",
    " en caso de que ",
    " cuando el ",
    " cuando un ",
    " quando o ",
    " quando il ",
    " quando un",
    "如果",
    "如买家",
    "若买家",
    "假如",
    "倘若",
];
/// Words anywhere in a sentence that is about what would be, or about claims in general.
const GENERAL: &[&str] = &[
    "can be filed",
    "may be filed",
    "can file",
    "may file",
    "can be made",
    "claims for items",
    "claims for orders",
    "claims for packages",
    "claims where",
    "for example",
    "such as",
    "is covered",
    "are covered",
    "eligible",
    "kann gestellt",
    "können gestellt",
    "gestellt werden",
    "eingereicht werden",
    "kann einen antrag",
    "können einen antrag",
    "zum beispiel",
    "peut être dépos",
    "peuvent être dépos",
    "peut déposer",
    "peuvent déposer",
    "par exemple",
    "può essere presentat",
    "possono essere presentat",
    "può presentare",
    "possono presentare",
    "per esempio",
    "ad esempio",
    "puede presentar",
    "pueden presentar",
    "por ejemplo",
    "pode ser apresentad",
    "podem ser apresentad",
    "pode apresentar",
    "podem apresentar",
    "por exemplo",
    "場合",
    "ときは",
    "際は",
    "なければ",
    "なかったら",
    "申請できます",
    "請求できます",
    "例えば",
    "的话",
    "时可",
    "可以提出",
    "可提出",
    "可以申请",
    "可申请",
    "例如",
];

/// A letter without what it says of claims in general: sentences that open with a condition, that are
/// about what can be claimed, and what follows a condition within a sentence.
fn asserted(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    // A condition goes on over the end of a line, up to the end of its sentence.
    let mut dropping = false;
    for part in parts(text) {
        let ends = part.ends_with(['.', '!', '?', '。', '！', '？', ';', '；']) || is_blank(part);
        if !dropping {
            let small = part.to_lowercase().replace('’', "'");
            let opening = small.trim_start_matches(|char: char| {
                char.is_whitespace() || (char.is_ascii_punctuation() && char != '\'')
            });
            let opens = OPENERS.iter().any(|word| opening.starts_with(word))
                && !PLAIN.iter().any(|word| opening.starts_with(word));
            if opens || GENERAL.iter().any(|word| small.contains(word)) {
                dropping = true;
            } else if let Some(at) = WITHIN.iter().filter_map(|word| small.find(word)).min() {
                // Small letters may take other room; what is said before the condition is what counts.
                kept.push_str(small.get(..at).unwrap_or_default());
                dropping = true;
            } else {
                kept.push_str(part);
            }
        }
        if dropping && ends {
            dropping = false;
            kept.push('\n');
        }
    }
    kept
}

fn is_blank(part: &str) -> bool {
    part.trim().is_empty()
}

/// A text in parts that end with a sentence, a line, or a colon; together they are the text.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, char) in text.char_indices() {
        let ends = match char {
            '\n' | '!' | '?' | '。' | '！' | '？' | ';' | '；' | ':' | '：' => true,
            // Neither "Order no. 302-…" nor "119.00" ends there.
            '.' => {
                let rest = text.get(at + 1..).unwrap_or_default();
                let next = rest.trim_start().chars().next();
                rest.is_empty()
                    || (rest.starts_with(char::is_whitespace)
                        && !next.is_some_and(|next| {
                            next.is_numeric() || (next.is_lowercase() && !is_dense(next))
                        }))
            }
            _ => false,
        };
        if ends {
            let end = at + char.len_utf8();
            parts.extend(text.get(from..end));
            from = end;
        }
    }
    parts.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters about claims in each language: their ground, and what stands below it.
    const LETTERS: [(&str, &str, &str, &str); 8] = [
        (
            "Reason: ",
            "Item is materially different",
            "Package did not arrive",
            "Claim amount: $119.00\n\nIf the buyer did not receive the item, provide the tracking number \
             and proof of delivery.\nClaims can be filed when a package was not received, or when an item \
             was not as described.\nTip: claims for items that were not received are covered if you buy \
             shipping through us.",
        ),
        (
            "Grund: ",
            "Artikel entspricht nicht der Beschreibung",
            "Artikel nicht erhalten",
            "Betrag: 119,00 EUR\n\nWenn der Käufer den Artikel nicht erhalten hat, senden Sie uns bitte die \
             Sendungsnummer.\nSenden Sie uns den Zustellnachweis, falls die Sendung nicht angekommen ist.",
        ),
        (
            "Motif : ",
            "Article défectueux",
            "Article non reçu",
            "Si le client n’a pas reçu le colis, fournissez la preuve de livraison.",
        ),
        (
            "Motivo: ",
            "articolo difettoso",
            "articolo non ricevuto",
            "Se il cliente non ha ricevuto l’articolo, invia il numero di tracking.",
        ),
        (
            "Motivo: ",
            "artículo defectuoso",
            "No he recibido el paquete",
            "Si el comprador no ha recibido el artículo, envía el número de seguimiento.",
        ),
        (
            "Motivo: ",
            "produto com defeito",
            "Pacote não recebido",
            "Se o comprador não recebeu o produto, envie o código de rastreamento.\nCaso o comprador não \
             tenha recebido o pacote, envie o comprovante.",
        ),
        (
            "理由：",
            "商品の説明と異なる",
            "商品が届かない",
            "購入者が商品を受け取っていない場合は、追跡番号をご提出ください。",
        ),
        ("原因：", "商品与描述不符", "未收到商品", "如果买家未收到商品，请提供追踪编号。"),
    ];

    #[test]
    fn the_ground_decides_and_not_what_stands_below_it() {
        for (label, other, lost, below) in LETTERS {
            let says = |ground: &str| {
                claim_says_not_received(
                    "Action required: Claim received on order 302-7770000-0000001",
                    &format!("Order ID: 302-7770000-0000001\n{label}{ground}\n{below}\n"),
                )
            };
            assert!(!says(other), "{label}{other}");
            assert!(says(lost), "{label}{lost}");
            // Whatever the buyer adds: the charger that should be in the box.
            let letter = format!("{label}{other}\nThe package was not received.");
            assert!(!claim_says_not_received("", &letter), "{letter}");
            // Without a ground the rest is read, and says nothing of this buyer.
            assert!(!claim_says_not_received("", below), "{below}");
            assert!(claim_says_not_received("", &format!("{lost}\n\n{below}")), "{lost}");
        }
    }

    #[test]
    fn a_ground_is_found_however_it_is_laid_out() {
        let lost = [
            "Reason for claim: Package did not arrive",
            "Claim reason:\nItem not received\nClaim amount: $119.00",
            "Reason\nItem not received",
            "* Reason: The customer has not\nreceived the package",
            "Order ID: 302-1 Claim amount: $119.00 Reason: Item not received",
            "Antragsgrund: Sendung nicht angekommen",
            "Motif de la réclamation : colis non reçu",
            "Motivo de la reclamación: artículo no recibido",
            "申請理由：未配達",
            "索赔原因：包裹未送达",
            "Reason\tITEM_NOT_RECEIVED",
        ];
        for letter in lost {
            assert!(claim_says_not_received("Claim", letter), "{letter}");
        }
        let other = [
            "Reason:\nItem is materially\ndifferent\nThe package was not received by you",
            "Reason for claim: Defective\nThe item was not received",
            "Claim amount: $119.00 Reason: Defective Comments: I never received the charger",
            "Reklamationsgrund: Artikel beschädigt\nSendung nicht angekommen",
            "Reason: Buyer returned the item and has not received a refund",
        ];
        for letter in other {
            assert!(!claim_says_not_received("Claim", letter), "{letter}");
        }
        // A letter that only asks for a reason names none.
        let asks = "Tell us the reason why you disagree.\nThe buyer has not received the package.";
        assert!(claim_says_not_received("Claim", asks));
        assert!(claim_says_not_received(
            "Item not received: claim on order 302-1",
            "Please answer."
        ));
    }

    #[test]
    fn conditions_are_no_statements_wherever_a_line_ends() {
        for letter in [
            "Falls der Käufer den\nArtikel nicht erhalten hat, senden Sie uns die Nummer.",
            "If order no. 302-7770000-0000001\nwas not received, provide proof.",
            "Provide the tracking number if the buyer did not receive the item.",
            "Note: If the buyer did not receive the item, provide proof.",
            "- If the package did not arrive: tell us the carrier.",
            "Sollte die Sendung nicht angekommen sein, antworten Sie bitte.",
            "Lorsque le colis n’est pas arrivé, répondez-nous.",
            "Indica el seguimiento, si el paquete no ha llegado.",
            "Qualora il pacco non sia arrivato o non è arrivato in tempo, rispondi.",
            "未收到包裹的话，请提供追踪编号。",
            "若包裹未送达，请回复。",
            "荷物が届いていないときは、ご連絡ください。",
            "Please tell us whether the package was not delivered.",
        ] {
            assert!(!claim_says_not_received("Claim", letter), "{letter}");
        }
        for letter in [
            "If you disagree, answer within 72 hours. The package was not received.",
            "The package was not received. When will it come?",
            "Se ha perdido el paquete.",
            "El paquete se perdió, dice el comprador.",
            "Si è perso il pacco: il pacco non è arrivato.",
            "The buyer states that the package was not received.",
        ] {
            assert!(claim_says_not_received("Claim", letter), "{letter}");
        }
    }

    #[test]
    fn the_marketplaces_subject_of_a_demand_is_known() {
        for subject in [
            "Paket nicht angekommen: Gutschrift anfordern(Bestellung: 302-8810000-0000001)",
            "Re: Paket nicht angekommen: Gutschrift anfordern(Bestellung: 302-8810000-0000001)",
            "Package didn't arrive: Request a refund (Order: 111-8810000-0000001)",
            "Colis non reçu : demander un remboursement (Commande : 402-8810000-0000001)",
        ] {
            assert!(demands_refund_of_lost(subject), "{subject}");
        }
        for subject in [
            "Anfrage (Bestellung: 302-8810000-0000001)",
            "Paket nicht angekommen: Wo ist es (Bestellung: 302-8810000-0000001)",
            "Paket nicht angekommen: Gutschrift anfordern",
            "Artikel defekt: Gutschrift anfordern(Bestellung: 302-8810000-0000001)",
            "Gutschrift nicht erhalten: Gutschrift anfordern(Bestellung: 302-8810000-0000001)",
            "",
        ] {
            assert!(!demands_refund_of_lost(subject), "{subject}");
        }
    }

    #[test]
    fn work_grows_with_the_length_and_no_further() {
        let long = "reason why: ".repeat(5_000) + &"not received if ".repeat(5_000);
        assert!(claim_says_not_received("", &long));
        assert!(!claim_says_not_received("", &"a: ".repeat(200_000)));
    }
}
