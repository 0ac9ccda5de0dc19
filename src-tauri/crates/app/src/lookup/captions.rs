//! Captions that stand before the parts of a label: `收件人：`, `Name:`, `Téléphone :`.

use super::asked::is_cjk;

/// What a caption says of what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caption {
    /// A whole name.
    Name,
    /// A given name, which the family name completes.
    Given,
    /// A family name.
    Family,
    /// A telephone number.
    Phone,
    /// An address or a part of one.
    Place,
    /// The lines below an address; no word of its own.
    Below,
    /// Something else that may tell who it is: a mail address, an order ID, a user name.
    Other,
}

/// A caption found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) caption: Caption,
    /// Where what it names begins.
    pub(super) after: usize,
}

/// Words that need no colon before their value: nothing else begins with them.
const SURE: &str = "收件人|收货人|收貨人|姓名|地址|收件地址|收货地址|收貨地址|详细地址|詳細地址|邮编|邮政编码|郵遞區號|\
    联系电话|联系方式|手机号码|手机号|手机|电话号码|电话|電話|手機|郵便番号|電話番号|氏名|お名前|住所";

/// Every caption, in Chinese, Japanese, English, German, French, Italian, Spanish and Portuguese.
const WORDS: [(Caption, &str); 6] = [
    (
        Caption::Name,
        "收件人|收件人姓名|收货人|收货人姓名|收貨人|姓名|买家|买家姓名|客户|客户姓名|联系人|名字|氏名|お名前|名前|宛名|受取人|\
         受取人名|購入者|ご購入者|name|full name|your name|recipient|recipient name|recipient's name|buyer|buyer name|\
         customer|customer name|contact|contact name|contact buyer|ship to|deliver to|vollständiger name|empfänger|\
         empfaenger|käufer|kaeufer|kunde|nom et prénom|nom complet|destinataire|acheteur|nome completo|nome e cognome|\
         destinatario|acquirente|cliente|nombre completo|nombre y apellidos|comprador|destinatário",
    ),
    (Caption::Given, "名|first name|given name|vorname|prénom|prenom|nome|nombre"),
    (
        Caption::Family,
        "姓|last name|surname|family name|nachname|familienname|nom de famille|nom|cognome|apellido|apellidos|apelido",
    ),
    (
        Caption::Phone,
        "电话|联系电话|电话号码|收件人电话|收货人电话|手机|手机号|手机号码|收件人手机|联系方式|電話|電話番号|手機|携帯|\
         携帯電話|携帯番号|phone|phone number|telephone|telephone number|tel|tel no|mobile|mobile number|mobile phone|cell|\
         cell phone|contact number|telefon|telefonnummer|tel-nr|handy|handynummer|mobil|mobilnummer|téléphone|tél|\
         portable|numéro de téléphone|telefono|numero di telefono|cellulare|teléfono|teléf|móvil|movil|\
         número de teléfono|telefone|telemóvel|celular",
    ),
    (
        Caption::Place,
        "地址|收件地址|收货地址|收貨地址|收件人地址|收货人地址|详细地址|詳細地址|所在地区|所在地|省市区|地区|住址|街道|省份|城市|国家|\
         邮编|邮政编码|郵遞區號|郵便番号|住所|ご住所|お届け先|お届け先住所|配送先|都道府県|address|street address|\
         shipping address|delivery address|address line|street|city|town|state|county|province|region|country|\
         country/region|postcode|post code|postal code|zip|zip code|adresse|anschrift|lieferadresse|straße|strasse|\
         hausnummer|ort|stadt|land|bundesland|plz|postleitzahl|adresse de livraison|rue|ville|pays|code postal|cp|\
         indirizzo|indirizzo di spedizione|città|citta|paese|provincia|cap|codice postale|dirección|direccion|\
         dirección de envío|calle|ciudad|país|pais|código postal|codigo postal|endereço|endereco|morada|cidade|cep",
    ),
    (
        Caption::Other,
        "邮箱|电子邮箱|邮箱别名|邮件|买家邮箱|订单|订单号|订单编号|订单id|用户名|账号|买家账号|买家id|旺旺|メール|メールアドレス|\
         注文番号|ユーザー名|e-mail|email|e-mail address|email address|mail|alias|order|order id|order number|order no|\
         order #|buyer id|user name|username|user id|e-mail-adresse|bestellung|bestellnummer|auftragsnummer|\
         benutzername|käufer-id|courriel|adresse e-mail|commande|numéro de commande|nom d'utilisateur|ordine|\
         numero ordine|numero d'ordine|nome utente|correo|correo electrónico|pedido|número de pedido|\
         nombre de usuario|nome de utilizador",
    ),
];

/// The caption that begins here. `text` is what [`plain`](super::asked::plain) left.
pub(super) fn caption_at(text: &[char], at: usize) -> Option<Found> {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    let ideographs = text.get(at).copied().is_some_and(is_cjk);
    let fresh = before.is_none_or(|c| !c.is_alphabetic() && (ideographs || !c.is_numeric()));
    // Without blanks between words, a caption may follow a name at once; then only its colon tells.
    if !fresh && !ideographs {
        return None;
    }
    let (length, word, caption) = longest(text, at)?;
    let end = at + length;
    // `商品名：` and `Product name:` name something else.
    let within = match ideographs {
        true => !fresh && length == 1,
        false => caption == Caption::Name && follows_word(text, at),
    };
    if within {
        return None;
    }
    let begins_line = before.is_none_or(|c| matches!(c, '\n' | '\t'));
    if !ideographs && text.get(end).is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let after = skip(text, end, |c| matches!(c, '.' | ' '));
    // `Address 2:`, `地址1：`.
    let numbered = skip(text, skip(text, after, |c| c.is_ascii_digit()), |c| c == ' ');
    for colon in [after, numbered] {
        if text.get(colon).is_some_and(|c| matches!(c, ':' | '=')) {
            return Some(Found {
                caption,
                after: skip(text, colon, |c| matches!(c, ':' | '=' | ' ')),
            });
        }
    }
    let found = Found { caption, after };
    if caption == Caption::Phone && dials(text, after) {
        return Some(found);
    }
    if !fresh {
        return None;
    }
    // A column of captions beside one of values.
    let alone = text.get(after).is_none_or(|c| matches!(c, '\n' | '\t'));
    if alone && begins_line && after < text.len() {
        return Some(found);
    }
    // `手机城` is a place.
    let attached = caption == Caption::Phone && after == end;
    let sure = !attached && after < text.len() && SURE.split('|').any(|sure| sure == word);
    sure.then_some(found)
}

/// Whether a telephone number begins here.
fn dials(text: &[char], at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let begins = rest.first().is_some_and(|c| c.is_ascii_digit() || matches!(c, '+' | '('));
    let dialled = rest.iter().take_while(|c| c.is_ascii_digit() || " +-()/.".contains(**c));
    begins && dialled.filter(|c| c.is_ascii_digit()).count() >= 6
}

/// Whether a word stands before, with a mere blank between.
fn follows_word(text: &[char], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().iter().rev();
    let last = before.take_while(|c| **c != '\n').find(|c| **c != ' ');
    last.is_some_and(|c| c.is_alphabetic())
}

fn longest(text: &[char], at: usize) -> Option<(usize, &'static str, Caption)> {
    let rest = text.get(at..)?;
    let mut best: Option<(usize, &'static str, Caption)> = None;
    for (caption, words) in WORDS {
        for word in words.split('|') {
            let mut length = 0;
            let same = word.chars().all(|c| {
                let same = rest.get(length).is_some_and(|other| lower(*other) == c);
                length += 1;
                same
            });
            if same && best.is_none_or(|(longest, ..)| length > longest) {
                best = Some((length, word, caption));
            }
        }
    }
    best
}

fn lower(c: char) -> char {
    match c {
        '\u{2019}' => '\'',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

fn skip(text: &[char], from: usize, over: impl Fn(char) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|c| over(**c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption(text: &str, at: usize) -> Option<(Caption, String)> {
        let text: Vec<char> = text.chars().collect();
        caption_at(&text, at).map(|found| (found.caption, text[found.after..].iter().collect()))
    }

    #[test]
    fn captions_are_known_in_every_language_of_the_marketplaces() {
        for (text, expected, rest) in [
            ("收件人:王小明", Caption::Name, "王小明"),
            ("收件人 王小明", Caption::Name, "王小明"),
            ("电话13800001111", Caption::Phone, "13800001111"),
            ("手机号码: 13800001111", Caption::Phone, "13800001111"),
            ("所在地区:浙江省", Caption::Place, "浙江省"),
            ("邮编310000", Caption::Place, "310000"),
            ("Name: Ann Example", Caption::Name, "Ann Example"),
            ("TEL. 030 5550142", Caption::Phone, "030 5550142"),
            ("Address line 2: Apt 6", Caption::Place, "Apt 6"),
            ("Empfänger: Ute", Caption::Name, "Ute"),
            ("Nachname: Sander", Caption::Family, "Sander"),
            ("Téléphone : 01 23", Caption::Phone, "01 23"),
            ("Indirizzo: Via Roma 1", Caption::Place, "Via Roma 1"),
            ("Dirección: Calle Mayor 3", Caption::Place, "Calle Mayor 3"),
            ("電話番号:03-1234-5678", Caption::Phone, "03-1234-5678"),
            ("Order ID: 305-1", Caption::Other, "305-1"),
            ("Name\nAnn Example", Caption::Name, "\nAnn Example"),
        ] {
            assert_eq!(caption(text, 0), Some((expected, rest.to_owned())), "{text}");
        }
        assert_eq!(caption("王小明电话13800001111", 3).map(|found| found.0), Some(Caption::Phone));
        assert_eq!(caption("1111地址浙江", 4), Some((Caption::Place, "浙江".to_owned())));
        assert_eq!(caption("王小明电话:1", 3), Some((Caption::Phone, "1".to_owned())));
    }

    #[test]
    fn words_that_only_look_like_captions_are_left() {
        for text in [
            "Ortenburg 5",
            "Landstraße 4",
            "城市花园3栋",
            "手机城5号",
            "名古屋市",
            "Cap",
            "Stadt Land",
        ] {
            assert_eq!(caption(text, 0), None, "{text}");
        }
        assert_eq!(caption("Zustadt: x", 2), None);
        assert_eq!(caption("商品名:茶杯", 2), None);
        assert_eq!(caption("Product name: Kettle", 8), None);
    }
}
