//! What reports and letters of a marketplace say of an order, as something that counts.
//!
//! Only what they say plainly: an A-to-z claim may be about anything, so one counts as "not
//! received" only when its ground says so.

use crate::fold::is_dense;
use crate::{Act, By, SafeTState};
use buyerwatch_domain::{ClaimKind, ObservedClaim};

/// Words by which marketplaces and buyers say that something was not received, in small letters,
/// without underscores: English, German, French, Italian, Spanish, Portuguese, Japanese, Chinese.
/// What it was, they leave open.
const NOT_RECEIVED: &[&str] = &[
    "not received",
    "not receive",
    "n't receive",
    "non-receipt",
    "non receipt",
    "never received",
    "nicht erhalten",
    "nie erhalten",
    "nicht bekommen",
    "pas reçu",
    "non reçu",
    "jamais reçu",
    "non ricevut",
    "non ho ricevut",
    "non ha ricevut",
    "mai ricevut",
    "no recibid",
    "no recibí",
    "no recibió",
    "no ha recibid",
    "no he recibid",
    "nunca recib",
    "não receb",
    "nunca receb",
    "受け取っていない",
    "受け取っていません",
    "未收到",
    "没有收到",
    "没收到",
    "没有收到过",
    "never got",
    "did not get",
    "didn't get",
    "nichts erhalten",
    "nichts bekommen",
    "nie bekommen",
    "rien reçu",
    "nunca me lleg",
    "no me han lleg",
    "来ません",
    "来ていません",
    "来ておりません",
    "まだ来ない",
    "来ないまま",
    "受け取れていません",
    "受け取れておりません",
    "受け取れません",
    "受け取っておりません",
    "还没到",
    "没到货",
    "一直没到",
    "没有到",
    "没到我",
    "还没有到",
    "还没送到",
    "pas encore reçu",
    "non ho ancora ricevut",
    "non ho mai ricevut",
    "todavía no recib",
    "aún no recib",
    "ainda não receb",
    "jamais receb",
    "jamás recib",
    "受け取ることができて",
    "还没收到",
    "尚未收到",
    "从未收到",
    "从来没收到",
];
/// Words by which they say that it did not come, as a parcel does.
const NOT_ARRIVED: &[&str] = &[
    "never arrived",
    "not arrived",
    "not arrive",
    "n't arrive",
    "not delivered",
    "n't delivered",
    "nicht angekommen",
    "nie angekommen",
    "nicht zugestellt",
    "nicht geliefert",
    "pas arrivé",
    "jamais arrivé",
    "non livré",
    "pas été livré",
    "mai arrivat",
    "non è arrivat",
    "non è mai arrivat",
    "non consegnat",
    "no ha llegado",
    "no llegó",
    "nunca llegó",
    "no entregad",
    "não chegou",
    "nunca chegou",
    "não entregue",
    "届いていない",
    "届いていません",
    "届いておりません",
    "届きません",
    "未着",
    "未送达",
    "没有送达",
    "没送到",
    "nothing was delivered",
    "nothing arrived",
    "nothing has arrived",
    "nothing came",
    "never came",
    "never turned up",
    "not turned up",
    "never showed up",
    "not show up",
    "n't show up",
    "isn't here",
    "is not here",
    "not here yet",
    "never delivered",
    "noch nicht da",
    "kam nichts an",
    "kam nie an",
    "kam nicht an",
    "nichts angekommen",
    "nie eingetroffen",
    "nicht eingetroffen",
    "nie aufgetaucht",
    "nicht aufgetaucht",
    "nie gekommen",
    "toujours pas là",
    "jamais parvenu",
    "pas parvenu",
    "jamais livré",
    "rien ne m'a été livré",
    "rien n'a été livré",
    "rien n'est arrivé",
    "non c'è ancora",
    "ancora non c'è",
    "non è stato consegnat",
    "non mi è stato consegnat",
    "mai consegnat",
    "mai pervenut",
    "non pervenut",
    "non mi è arrivat",
    "non mi è mai arrivat",
    "sin llegar",
    "no me entregaron",
    "no entregaron",
    "no me lo entregaron",
    "no lo han entregado",
    "nunca entregaron",
    "no fue entregad",
    "nunca me llegó",
    "no me llegó",
    "no me ha llegado",
    "não está aqui",
    "não me entregaram",
    "não entregaram",
    "nunca me chegou",
    "não me chegou",
    "nunca veio",
    "não foi entregue",
    "nunca foi entregue",
    "não apareceu",
    "届きませんでした",
    "什么都没收到",
    "什么也没收到",
    "啥也没收到",
    "没送来",
    "没有送来",
    "没到手",
    "never made it to",
    "n't made it to",
    "not made it to",
    "nie bei mir",
    "nicht bei mir an",
    "pas encore arrivé",
    "pas encore livré",
    "jamais venu",
    "pas encore parvenu",
    "non mi è stata consegnat",
    "non è stata consegnat",
    "non mi è stata recapitat",
    "non mi è stato recapitat",
    "mai giunt",
    "non è giunt",
    "no me ha sido entregad",
    "no ha sido entregad",
    "jamás llegó",
    "jamás me llegó",
    "no me llega",
    "não me foi entregue",
    "jamais chegou",
    "jamais me chegou",
    "到着しておりません",
    "到着していません",
    "到着しません",
    "届かなかった",
    "届かないまま",
    "届かず",
    "未到着",
    "没到我家",
    "压根没到",
    "根本没到",
    "没到家",
    "没见到货",
    "没见着货",
    "no parcel",
    "no package",
    "no delivery",
    "any parcel",
    "any package",
    "parcel lost",
    "package lost",
    "parcel missing",
    "package missing",
    "kein paket bekommen",
    "kein paket erhalten",
    "kein paket angekommen",
    "keine sendung erhalten",
    "keine sendung bekommen",
    "keine ware erhalten",
    "keine ware bekommen",
    "keine lieferung erhalten",
    "keine lieferung bekommen",
    "kein päckchen",
    "paket verloren",
    "sendung verloren",
    "bestellung verloren",
    "aucun colis",
    "aucun paquet",
    "aucune livraison",
    "colis perdu",
    "paquet perdu",
    "commande perdue",
    "nessun pacco",
    "nessuna consegna",
    "nessuna merce",
    "pacco perso",
    "ordine perso",
    "spedizione persa",
    "ningún paquete",
    "ningún pedido",
    "ninguna entrega",
    "paquete perdido",
    "pedido perdido",
    "envío perdido",
    "nenhuma encomenda",
    "nenhum pacote",
    "nenhum pedido",
    "nenhuma entrega",
    "encomenda perdida",
    "pacote perdido",
    "pedido perdido",
    "任何包裹",
    "任何货",
];
/// Words by which they say that it is lost, or waited for. They say something only of a parcel.
const LOST: &[&str] = &[
    "gone missing",
    "went missing",
    "got lost",
    "been lost",
    "was lost",
    "is lost",
    "lost in transit",
    "lost in the post",
    "lost in the mail",
    "courier lost",
    "carrier lost",
    "post lost",
    "still waiting for",
    "still waiting on",
    "verloren gegangen",
    "verlorengegangen",
    "verschollen",
    "abhandengekommen",
    "abhanden gekommen",
    "immer noch auf",
    "noch immer auf",
    "warte noch auf",
    "s'est perdu",
    "a été perdu",
    "est perdu",
    "égaré",
    "attends toujours",
    "attends encore",
    "andato perso",
    "andata persa",
    "smarrit",
    "aspetto ancora",
    "aspettando ancora",
    "ancora aspettando",
    "attendo ancora",
    "se perdió",
    "se ha perdido",
    "extravi",
    "sigo esperando",
    "todavía espero",
    "aún espero",
    "se perdeu",
    "perdeu-se",
    "foi perdid",
    "continuo à espera",
    "ainda à espera",
    "continuo esperando",
    "ainda espero",
    "紛失",
    "行方不明",
    "丢失",
    "丢件",
    "弄丢",
    "遗失",
    "where is my",
    "where's my",
    "where are my",
    "wo bleibt",
    "wo bleiben",
    "wo ist mein",
    "où est mon",
    "où est ma",
    "où sont mes",
    "où se trouve",
    "dov'è il mio",
    "dov'è la mia",
    "dove è il mio",
    "dove sono",
    "dónde está mi",
    "donde esta mi",
    "dónde están mis",
    "cadê",
    "onde está o meu",
    "onde está a minha",
    "onde está meu",
    "onde está minha",
    "はどこ",
    "在哪",
    "哪去了",
    "去哪了",
    "no sign of",
    "no trace of",
    "jede spur",
    "keine spur",
    "aucune trace",
    "nulle trace",
    "nessuna traccia",
    "no hay rastro",
    "sin rastro",
    "ni rastro",
    "nem sinal",
    "sem sinal",
    "の行方",
    "不见踪影",
    "没了踪影",
    "踪影全无",
    "not reached me",
    "never reached me",
    "n't reached me",
    "mich nicht erreicht",
    "mich nie erreicht",
    "heute nicht erreicht",
    "not seen the",
    "n't seen the",
    "not seen my",
    "n't seen my",
    "never saw the",
    "never saw my",
    "nicht gesehen",
    "nie gesehen",
    "nie zu gesicht",
    "pas vu",
    "jamais vu",
    "non si è ancora vist",
    "non si è vist",
    "non si è mai vist",
    "mai vist",
    "aún no veo",
    "todavía no veo",
    "no he visto",
    "no se ve por ningún",
    "nunca vi",
    "ainda não vi",
    "não vi o",
    "não vi a",
    "見ていません",
    "見ておりません",
    "見当たりません",
    "没见着",
    "没见到",
    "没看到",
    "没有见到",
    "丢了",
    "has not come",
    "hasn't come",
    "have not come",
    "haven't come",
    "did not come",
    "didn't come",
    "nicht gekommen",
    "nie gekommen",
    "pas venu",
    "jamais venu",
    "non è venut",
    "non è mai venut",
    "no ha venido",
    "no vino",
    "não veio",
    "nunca veio",
];
/// Words by which they say that something was handed over, as the carrier claims.
const HANDED_OVER: &[&str] = &[
    "delivered",
    "zugestellt",
    "geliefert",
    "livré",
    "consegnat",
    "entregad",
    "entregue",
    "配達済",
    "配達完了",
    "签收",
    "送达",
    "送到",
];
/// Words by which they say that they got nothing; after those, the parcel is meant.
const NOTHING: &[&str] = &[
    "received nothing",
    "not receive anything",
    "n't receive anything",
    "not received anything",
    "got nothing",
    "nichts erhalten",
    "nichts bekommen",
    "nichts angekommen",
    "rien reçu",
    "ricevuto nulla",
    "ricevuto niente",
    "arrivato nulla",
    "arrivato niente",
    "recibí nada",
    "recibido nada",
    "llegó nada",
    "recebi nada",
    "chegou nada",
    "何も受け取っていま",
    "何も届いて",
    "什么都没",
    "什么也没",
    "啥也没",
    "啥都没",
];
/// Words for what was sent. They stand at the start of a word.
const PARCEL: &[&str] = &[
    "parcel",
    "package",
    "order",
    "item",
    "product",
    "shipment",
    "delivery",
    "goods",
    "purchase",
    "paket",
    "päckchen",
    "bestell",
    "sendung",
    "lieferung",
    "artikel",
    "ware",
    "produkt",
    "colis",
    "paquet",
    "commande",
    "commandé",
    "marchandise",
    "article",
    "produit",
    "livraison",
    "pacco",
    "ordine",
    "ordinat",
    "merce",
    "articol",
    "prodott",
    "spedizione",
    "paquete",
    "pedido",
    "artículo",
    "producto",
    "envío",
    "mercancía",
    "encomenda",
    "mercadoria",
    "pacote",
    "produto",
    "artigo",
    "商品",
    "荷物",
    "注文",
    "品物",
    "包裹",
    "货",
    "订单",
    "东西",
    "快递",
];
/// What else does not arrive: money, an answer, a paper, the right thing, a part.
const SOMETHING_ELSE: &[&str] = &[
    "refund",
    "reimburs",
    "money",
    "credit",
    "payment",
    "voucher",
    "response",
    "reply",
    "replies",
    "answer",
    "message",
    "mail",
    "call",
    "label",
    "invoice",
    "receipt ",
    "tracking",
    "confirmation",
    "instruction",
    "manual",
    "replacement",
    "exchange",
    " right",
    "correct",
    "what i ",
    "what was",
    "accessor",
    "cable",
    "spare",
    "erstattung",
    "geld",
    "gutschrift",
    "zahlung",
    "antwort",
    "nachricht",
    "rückmeldung",
    "etikett",
    "rechnung",
    "ersatz",
    "richtige",
    "was ich",
    "zubehör",
    "kabel",
    "farbe",
    "rückzahlung",
    "rembours",
    "argent",
    "avoir ",
    "réponse",
    "étiquette",
    "facture",
    "remplacement",
    "bon article",
    "bonne couleur",
    "bonne taille",
    "bon produit",
    "bon modèle",
    "ce que j'",
    "rimbors",
    "soldi",
    "denaro",
    "rispost",
    "etichetta",
    "fattura",
    "ricambio",
    "sostituzione",
    "giust",
    "corrett",
    "quello che",
    "reembols",
    "respuest",
    "dinero",
    "contestación",
    "etiqueta",
    "factura",
    "reemplazo",
    "lo que ped",
    "estorno",
    "dinheiro",
    "respost",
    "nota fiscal",
    "fatura",
    "cor certa",
    "cert",
    "o que ped",
    "substitut",
    "返金",
    "返信",
    "返事",
    "回答",
    "連絡",
    "ラベル",
    "領収書",
    "代金",
    "正しい",
    "交換品",
    "付属品",
    "退款",
    "退钱",
    "钱",
    "回复",
    "答复",
    "回信",
    "消息",
    "标签",
    "发票",
    "正确",
    "配件",
    "赔偿",
    "补发",
    "换货",
    "solution",
    "explanation",
    "help",
    "lösung",
    "erklärung",
    "hilfe",
    "explication",
    "aide",
    "soluzione",
    "spiegazione",
    "aiuto",
    "solución",
    "explicación",
    "ayuda",
    "solução",
    "explicação",
    "ajuda",
    "説明書",
    "解決",
    "解决",
    "处理",
    "charger",
    "ladegerät",
    "chargeur",
    "caricatore",
    "cargador",
    "carregador",
    "充電器",
    "充电器",
    "screw",
    "schraube",
    "adapter",
    "remote",
    "fernbedienung",
    "screws",
    "partie",
    "pièce",
    "pezzo",
    "pieza",
    "peça",
    "部品",
    "零件",
];
/// Bytes to either side in which the thing would be named.
const NEAR: usize = 200;
/// Where another thought begins.
const JOINTS: &[&str] = &[
    ",", "，", "、", " and ", " but ", " so ", " und ", " aber ", " et ", " mais ", " e ", " ma ",
    " y ", " pero ", " mas ",
];
/// Words for a thing that the buyer sent back.
const SENT_BACK: &[&str] = &[
    "return",
    "sent back",
    "sent it back",
    "send back",
    "zurückge",
    "rücksend",
    "retour",
    "renvoy",
    "restitu",
    "reso ",
    "rispedit",
    "devol",
    "devuel",
    "返品",
    "返送",
    "退货",
    "寄回",
    "退回",
];
/// Words that join a thing to the parcel: a refund for the order is no order.
const LINKS: &[&str] = &[
    "for",
    "of",
    "on",
    "to",
    "für",
    "zu",
    "zur",
    "zum",
    "meiner",
    "der",
    "des",
    "pour",
    "de",
    "du",
    "sur",
    "per",
    "dell'ordine",
    "dell'articolo",
    "del",
    "della",
    "por",
    "do",
    "da",
    "para",
];
/// Words that name no thing. Where there are no others, the parcel is meant.
const FILLING: &[&str] = &[
    "a",
    "the",
    "i",
    "we",
    "he",
    "she",
    "it",
    "they",
    "you",
    "my",
    "has",
    "have",
    "had",
    "did",
    "was",
    "is",
    "still",
    "yet",
    "so",
    "far",
    "anything",
    "them",
    "this",
    "that",
    "buyer",
    "customer",
    "says",
    "said",
    "claims",
    "reports",
    "reason",
    "claim",
    "by",
    "been",
    "since",
    "until",
    "now",
    "today",
    "nothing",
    "d",
    "ich",
    "wir",
    "er",
    "sie",
    "es",
    "habe",
    "hat",
    "noch",
    "bisher",
    "immer",
    "bis",
    "heute",
    "käufer",
    "der",
    "die",
    "das",
    "den",
    "kunde",
    "grund",
    "je",
    "j'ai",
    "n'ai",
    "n'a",
    "nous",
    "il",
    "elle",
    "l'ai",
    "l'a",
    "toujours",
    "encore",
    "rien",
    "client",
    "le",
    "la",
    "acheteur",
    "l'acheteur",
    "motif",
    "ne",
    "non",
    "ancora",
    "cliente",
    "lo",
    "l'ho",
    "o",
    "a",
    "e",
    "i",
    "mai",
    "nulla",
    "niente",
    "acquirente",
    "l'acquirente",
    "motivo",
    "el",
    "comprador",
    "aún",
    "todavía",
    "nada",
    "he",
    "ha",
    "ainda",
    "nunca",
    "em",
    "u",
    "m",
    "s",
    "eu",
];
const FILLING_DENSE: &[&str] = &[
    "まだ",
    "一切",
    "購入者",
    "お客様",
    "から",
    "理由",
    "が",
    "は",
    "も",
    "を",
    "に",
    "。",
    "です",
    "買家",
    "买家",
    "客户",
    "顾客",
    "我",
    "还",
    "至今",
    "一直",
    "仍",
    "尚",
    "说",
    "原因",
    "到现在",
    "都",
    "的",
    "了",
];

/// Whether a ground or a letter says that the order did not arrive: the parcel, and not a refund,
/// an answer or a part of it.
#[must_use]
pub fn says_not_received(text: &str) -> bool {
    let mut unwrapped = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        // Mail is wrapped anywhere.
        unwrapped.push(if line.starts_with(char::is_lowercase) { ' ' } else { '\n' });
        unwrapped.push_str(line);
    }
    let text = unwrapped.to_lowercase().replace('_', " ").replace('’', "'");
    // Short enough to be part of another word.
    let short = text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "inr");
    let ends =
        |c: char| matches!(c, '.' | '!' | '?' | '\n' | ';' | ':' | '。' | '！' | '？' | '：');
    short || text.split(ends).any(sentence_says_so)
}

fn sentence_says_so(sentence: &str) -> bool {
    let says = |words: &&str, saying: Saying| {
        sentence.match_indices(words).any(|(at, _)| {
            let (before, rest) = sentence.split_at(at);
            let before = before.get(before.ceil_char_boundary(at.saturating_sub(NEAR))..);
            let before = before.unwrap_or_default();
            let after = rest.get(words.len()..rest.floor_char_boundary(words.len() + NEAR));
            let after = after.unwrap_or_default();
            // What did not come with the parcel is a part of it.
            if after.starts_with(" with ") || is_part(after) {
                return false;
            }
            // "not received" goes on from "not receive".
            let after =
                after.trim_start_matches(|char: char| char.is_alphabetic() && !is_dense(char));
            let clause = JOINTS.iter().fold(after, |clause, joint| {
                clause.split_once(joint).map_or(clause, |(clause, _)| clause)
            });
            let same = JOINTS
                .iter()
                .fold(before, |same, joint| same.rsplit_once(joint).map_or(same, |(_, same)| same));
            // What was sent back is on its way to the shop.
            let sent_back = || SENT_BACK.iter().any(|word| before.contains(word));
            let named = first_thing(clause).or_else(|| last_thing(same).filter(|_| !sent_back()));
            // Another word names something that no list knows: a gift, the shoes.
            let other = !(is_filling(same) && is_filling(clause));
            if named.is_none() && other && saying == Saying::Received {
                return false;
            }
            match named.or_else(|| last_thing(before).filter(|_| !sent_back())) {
                Some(thing) => thing == Thing::Parcel,
                None if sent_back() => false,
                None => match saying {
                    Saying::Arrived => true,
                    Saying::Received => is_filling(before) && is_filling(clause),
                    Saying::Lost => false,
                },
            }
        })
    };
    let handed_over = HANDED_OVER.iter().filter_map(|words| sentence.find(words)).min();
    let nothing = handed_over.and_then(|at| sentence.get(at..)).is_some_and(|after| {
        NOTHING.iter().any(|words| after.contains(words))
            && !SENT_BACK.iter().any(|word| sentence.contains(word))
            && !SOMETHING_ELSE.iter().any(|word| after.contains(word))
    });
    nothing
        || NOT_RECEIVED.iter().any(|words| says(words, Saying::Received))
        || NOT_ARRIVED.iter().any(|words| says(words, Saying::Arrived))
        || LOST.iter().any(|words| says(words, Saying::Lost))
}

/// Words behind a parcel or a delivery that make another thing of it: a delivery note, a package insert.
const PARTS: &[&str] = &[
    "note",
    "slip",
    "fee",
    "insert",
    "damage",
    "label",
    "charge",
    "cost",
    "receipt",
    "confirmation",
    "notification",
    "wrapping",
    "deal",
    "leaflet",
    "date",
];

fn is_part(after: &str) -> bool {
    let word = after.trim_start_matches([' ', '-']);
    word.len() < after.len() && PARTS.iter().any(|part| word.starts_with(part))
}

/// What is said of a thing, and so what may be meant when none is named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saying {
    /// Not received: the parcel, when no other word stands there.
    Received,
    /// Not arrived: the parcel.
    Arrived,
    /// Lost or waited for: anything.
    Lost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Parcel,
    Else,
}

/// Things in the order of the text, by where they start and end; one within another is not told.
fn things(text: &str) -> Vec<(usize, usize, Thing)> {
    let of = |words: &'static [&'static str], thing: Thing| {
        words.iter().flat_map(move |word| {
            text.match_indices(word).map(move |(at, found)| (at, at + found.len(), thing))
        })
    };
    let starts = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|char| !char.is_alphabetic() || is_dense(char))
    };
    let parcels = of(PARCEL, Thing::Parcel).filter(|(at, _, _)| starts(*at));
    let mut found: Vec<_> = parcels.chain(of(SOMETHING_ELSE, Thing::Else)).collect();
    found.sort_by_key(|(at, end, _)| (*at, usize::MAX - *end));
    found.dedup_by(|later, earlier| later.0 < earlier.1);
    found
}

fn first_thing(text: &str) -> Option<Thing> {
    things(text).first().map(|(_, _, thing)| *thing)
}

fn last_thing(text: &str) -> Option<Thing> {
    let found = things(text);
    let (&(at, _, last), others) = found.split_last()?;
    let linked = others.last().is_some_and(|&(_, end, other)| {
        let between = text.get(end..at).unwrap_or_default();
        let mut words = between.split_whitespace();
        let dense = between.chars().count() <= 4 && between.ends_with(['の', '的']);
        let spaced = words.clone().count() <= 4 && words.any(|word| LINKS.contains(&word));
        other == Thing::Else && (dense || spaced)
    });
    Some(if linked { Thing::Else } else { last })
}

/// Whether no word names a thing.
fn is_filling(text: &str) -> bool {
    let text = FILLING_DENSE.iter().fold(text.to_owned(), |text, word| text.replace(word, " "));
    let mut words = text
        .split(|char: char| !(char.is_alphanumeric() || char == '\''))
        .filter(|word| !word.is_empty() && !word.chars().all(char::is_numeric));
    words.all(|word| FILLING.contains(&word))
}

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
            ClaimKind::SafeT => {
                Some(Self::SafeT(SafeTState::of(&claim.state), By::of_safe_t(&claim.reason)))
            }
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
            "Not received",
            "The buyer says: I still have not received it.",
            "I want a refund because the item was not received",
            "I did not receive my order or any refund",
            "It never arrived, please refund",
            "I did not receive the package. I received no answer either.",
            "Grund: Sendung nicht angekommen",
            "Ich habe meine Bestellung nie erhalten und möchte mein Geld zurück",
            "Motif : colis non reçu",
            "La commande n'est pas arrivée, je veux un remboursement",
            "Articolo non ricevuto",
            "Il pacco non è mai arrivato",
            "No he recibido el paquete",
            "El pedido no llegó",
            "Não recebi a encomenda",
            "O produto não chegou",
            "荷物がまだ届いていません",
            "商品未着",
            "Claim reason: Item not received\nRefund amount: 20.00",
            "The customer has\nnot received the\npackage",
            "I cannot return it because I did not receive the order",
            "没有收到货",
            "一直没收到快递",
            "包裹未送达",
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
    fn money_an_answer_or_the_right_thing_is_no_parcel() {
        for ground in [
            "Customer returned the item but has not received a refund",
            "The refund for the order was not received",
            "Buyer has not received a response from the seller",
            "I did not receive the right colour",
            "I did not receive what I ordered",
            "The item is broken and no delivery note was included",
            "There was no package insert in the box",
            "I have not received the return label for this item",
            "We have not received the charging station's lid",
            "The replacement has not arrived",
            "Rückerstattung nicht erhalten",
            "Der Käufer hat die Erstattung für die Bestellung nicht erhalten",
            "Ich habe keine Antwort vom Verkäufer erhalten und die Gutschrift nicht bekommen",
            "Die richtige Farbe nicht erhalten",
            "Ich habe das Ladekabel zum Gerät nicht erhalten",
            "Article retourné, remboursement non reçu",
            "Je n'ai pas reçu de réponse du vendeur",
            "Je n'ai pas reçu la bonne couleur",
            "Le remboursement de la commande n'est pas arrivé",
            "Rimborso non ricevuto",
            "Non ho ricevuto risposta dal venditore",
            "Non ho ricevuto il colore giusto",
            "Il rimborso non è arrivato",
            "No he recibido el reembolso del pedido",
            "No ha recibido respuesta del vendedor",
            "No recibí el color correcto",
            "El reembolso no ha llegado",
            "Não recebi o reembolso do pedido",
            "O comprador não recebeu resposta",
            "Não recebi a cor certa",
            "O estorno não chegou",
            "返金が届いていない",
            "商品を返品しましたが返金が届いていません",
            "出品者からの返信を受け取っていません",
            "正しい色の商品が届いていない",
            "The customer has not received\na refund",
            "I returned the item and have not received anything",
            "Ich habe die Ware zurückgeschickt und noch nichts bekommen, Geld nicht erhalten",
            "未收到退款",
            "买家已退货，但没有收到退款",
            "没有收到卖家的回复",
            "没收到正确颜色的商品",
        ] {
            let claim = ObservedClaim { reason: ground.into(), ..ObservedClaim::default() };
            assert_eq!(Act::of_claim(&claim), None, "{ground}");
        }
    }

    #[test]
    fn work_grows_with_the_length_and_no_further() {
        // A search through the whole text at every finding would not come to an end.
        assert!(!says_not_received(&"refund not received ".repeat(5_000)));
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
            assert_eq!(Act::of_claim(&claim), Some(Act::SafeT(state, By::Unknown)), "{words}");
        }
    }
}
