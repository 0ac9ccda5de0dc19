//! Files that no format knows: what their columns mean is guessed, and said by a person once.

use crate::layout::{self, Field};
use crate::{
    Delimiter, Encoding, IntakeError, ReportFormat, encoding, gzip, instant, junk, open, sheet,
    split, value,
};
use serde::{Deserialize, Serialize};
use std::io::Read;

/// Bytes of a file that a preview looks at.
const PREVIEWED: u64 = 64 << 10;
/// Rows of a preview.
const ROWS: usize = 10;
/// Most characters of a value in a preview.
const VALUE_CHARS: usize = 120;
/// Most columns of a preview.
const COLUMNS_MAX: usize = 512;

macro_rules! mapped {
    ($($(#[$doc:meta])* $field:ident $code:literal: $($word:literal),+;)+) => {
        /// What a column of any file can hold.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum MappedField { $($(#[$doc])* $field),+ }

        impl MappedField {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$field),+];

            /// The stable name used in storage and JSON.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$field => $code),+ }
            }

            const fn field(self) -> Field {
                match self { $(Self::$field => Field::$field),+ }
            }
        }

        /// Words of headers in English, Chinese, German, French, Italian, Spanish and Japanese, in
        /// the normal form of headers. Fields with longer words stand first.
        const WORDS: &[(MappedField, &[&str])] = &[$((MappedField::$field, &[$($word),+])),+];
    };
}

mapped! {
    /// Order ID. Without it there is no order.
    OrderId "order_id": "order-id", "order-number", "order-no", "order-#", "ordernumber", "订单号", "订单编号", "bestellnummer", "auftragsnummer", "numéro-de-commande", "n°-commande", "numero-ordine", "número-de-pedido", "id-pedido", "注文番号", "受注番号";
    /// ID of the line.
    ItemId "item_id": "item-id", "line-id", "子订单号", "明细编号", "明細番号";
    /// The seller's article number.
    Sku "sku": "sku", "item-number", "货号", "商品编码", "artikelnummer", "référence", "codice-articolo", "referencia", "商品コード";
    /// Title of the article.
    Product "product": "product-name", "item-name", "title", "product", "商品名称", "商品标题", "品名", "artikelbezeichnung", "artikel", "produit", "prodotto", "producto", "商品名";
    /// Units.
    Quantity "quantity": "quantity", "qty", "数量", "menge", "anzahl", "quantité", "quantità", "cantidad";
    /// Price of the line.
    Price "price": "item-price", "price", "amount", "total", "订单总额", "金额", "价格", "preis", "betrag", "prix", "montant", "prezzo", "importo", "precio", "importe", "価格";
    /// Currency.
    Currency "currency": "currency", "币种", "货币", "währung", "devise", "valuta", "moneda", "通貨";
    /// Sales channel.
    Channel "channel": "sales-channel", "marketplace", "channel", "平台", "渠道", "站点", "vertriebskanal", "marktplatz", "canal-de-vente", "canale", "canal", "販売チャネル";
    /// When it was placed.
    PurchasedAt "purchased_at": "purchase-date", "order-date", "date", "下单时间", "订购时间", "订单日期", "付款时间", "bestelldatum", "datum", "date-de-commande", "data-ordine", "fecha", "注文日", "日付";
    /// How far it has come.
    OrderStatus "status": "order-status", "status", "订单状态", "状态", "statut", "stato", "estado", "ステータス";
    /// The recipient's telephone number.
    ShipPhone "ship_phone": "ship-phone", "ship-to-phone", "shipping-phone", "recipient-phone", "收货电话", "收件人电话", "lieferung-telefon", "téléphone-de-livraison", "お届け先電話番号";
    /// The buyer's telephone number.
    Phone "phone": "phone", "mobile", "telephone", "电话", "手机", "telefon", "téléphone", "telefono", "teléfono", "電話番号";
    /// Mail address or relay alias.
    Alias "email": "email", "e-mail", "mail", "邮箱", "电子邮件", "courriel", "correo", "メール";
    /// User name.
    UserName "user_name": "username", "user-name", "nickname", "用户名", "昵称", "benutzername", "pseudo", "nome-utente", "usuario", "ユーザー名";
    /// Buyer ID of the channel.
    BuyerId "buyer_id": "buyer-id", "customer-id", "买家id", "客户编号", "kundennummer", "numéro-client", "codice-cliente", "id-cliente", "顧客番号";
    /// Who receives the parcel.
    RecipientName "recipient_name": "recipient", "ship-name", "shipping-name", "ship-to-name", "收件人", "收货人", "empfänger", "destinataire", "destinatario", "お届け先", "受取人";
    /// Who paid.
    BuyerName "buyer_name": "buyer-name", "buyer", "customer-name", "customer", "name", "买家姓名", "买家", "客户姓名", "姓名", "käufer", "kunde", "acheteur", "client", "acquirente", "cliente", "comprador", "購入者", "氏名", "名前";
    /// Street, first line.
    Street1 "address_1": "address-1", "address-line-1", "street", "address", "详细地址", "收货地址", "地址", "straße", "strasse", "lieferadresse", "adresse", "indirizzo", "dirección", "住所1", "住所";
    /// Street, second line.
    Street2 "address_2": "address-2", "address-line-2", "adresszusatz", "complément-d'adresse", "地址2", "住所2";
    /// Street, third line.
    Street3 "address_3": "address-3", "address-line-3", "地址3", "住所3";
    /// City.
    City "city": "city", "town", "城市", "市", "stadt", "ort", "ville", "città", "ciudad", "市区町村";
    /// State or province.
    State "state": "state", "province", "region", "county", "省份", "省/州", "州/省", "省", "bundesland", "région", "provincia", "都道府県";
    /// Postcode.
    Postal "postal": "postal-code", "postcode", "zip", "邮编", "邮政编码", "plz", "postleitzahl", "code-postal", "cap", "código-postal", "郵便番号";
    /// What a rating gives, from 1 to 5.
    Rating "rating": "rating", "stars", "评分", "星级", "bewertung", "évaluation", "valutazione", "valoración", "評価";
    /// Why something was sent back or claimed.
    Reason "reason": "return-reason", "claim-reason", "reason", "退货原因", "申诉原因", "原因", "rücksendegrund", "retourengrund", "grund", "motif", "motivo", "理由";
    /// What the buyer wrote.
    Comment "comment": "comments", "comment", "评论", "备注", "kommentar", "commentaire", "commento", "comentario", "コメント";
    /// What the shop answered.
    Response "response": "response", "回复", "antwort", "réponse", "risposta", "respuesta", "返信";
    /// Country.
    Country "country": "country", "国家", "land", "pays", "paese", "país", "国";
}

/// What the rows of a mapped file are.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum MappedKind {
    /// Orders.
    #[default]
    Orders,
    /// Returns.
    Returns,
    /// Claims of buyers, such as A-to-z claims.
    Claims,
    /// Ratings of the shop.
    Feedback,
}

impl MappedKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Orders, Self::Returns, Self::Claims, Self::Feedback];

    /// The stable name used in storage and JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Returns => "returns",
            Self::Claims => "claims",
            Self::Feedback => "feedback",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What columns of such rows can hold. What came after an order has a date, a state and an amount
    /// of its own.
    pub fn fields(self) -> impl Iterator<Item = MappedField> {
        MappedField::ALL.iter().copied().filter(move |field| self.has(*field))
    }

    const fn has(self, field: MappedField) -> bool {
        use MappedField as F;
        match self {
            Self::Orders => !matches!(field, F::Rating | F::Reason | F::Comment | F::Response),
            Self::Returns => matches!(
                field,
                F::OrderId
                    | F::ItemId
                    | F::Sku
                    | F::Product
                    | F::Quantity
                    | F::Price
                    | F::Currency
                    | F::PurchasedAt
                    | F::OrderStatus
                    | F::Reason
                    | F::Comment
            ),
            Self::Claims => matches!(
                field,
                F::OrderId
                    | F::ItemId
                    | F::Price
                    | F::Currency
                    | F::PurchasedAt
                    | F::OrderStatus
                    | F::Reason
            ),
            Self::Feedback => matches!(
                field,
                F::OrderId | F::PurchasedAt | F::Rating | F::Comment | F::Response | F::Alias
            ),
        }
    }

    /// What a column with this field holds in the layout of such rows.
    const fn field(self, field: MappedField) -> Field {
        match (self, field) {
            (Self::Orders, _) => field.field(),
            (_, MappedField::ItemId) => Field::ReturnId,
            (_, MappedField::PurchasedAt) => Field::RequestedAt,
            (_, MappedField::OrderStatus) => Field::Status,
            (_, MappedField::Price) => Field::Refunded,
            _ => field.field(),
        }
    }

    pub(crate) const fn format(self) -> ReportFormat {
        match self {
            Self::Orders => ReportFormat::Mapped,
            Self::Returns => ReportFormat::MappedReturns,
            Self::Claims => ReportFormat::MappedClaims,
            Self::Feedback => ReportFormat::MappedFeedback,
        }
    }
}

/// What the columns of one header mean. The header is known by its names in normal form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The names of all columns in normal form, in their order.
    pub header: Vec<String>,
    /// What a column holds, by its place from 0.
    pub columns: Vec<(usize, MappedField)>,
    /// Sales channel of its orders where no column names it.
    pub channel: String,
    /// What its rows are.
    #[serde(default)]
    pub kind: MappedKind,
}

impl Mapping {
    /// Whether a mapping has what it takes to give orders that can be recognised, or what came after
    /// them: the order ID and a second column, of ratings the rating; each field once, of its kind, and
    /// in a column that is there.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let mut fields: Vec<MappedField> = self.columns.iter().map(|(_, field)| *field).collect();
        let inside = self.columns.iter().all(|(column, _)| *column < self.header.len());
        fields.sort_unstable();
        let many = fields.len();
        fields.dedup();
        let fits = fields.iter().all(|field| self.kind.has(*field));
        let rated = self.kind != MappedKind::Feedback || fields.contains(&MappedField::Rating);
        let names_order = fields.contains(&MappedField::OrderId);
        inside && fits && rated && names_order && many == fields.len() && many >= 2
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = (usize, Field)> + '_ {
        self.columns.iter().map(|(column, field)| (*column, self.kind.field(*field)))
    }
}

/// The beginning of a file of unknown format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The names of the columns as they stand there.
    pub names: Vec<String>,
    /// The same in normal form, by which the header is known.
    pub header: Vec<String>,
    /// What each column may hold if the rows are orders.
    pub guesses: Vec<Option<MappedField>>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
}

impl Preview {
    /// What each column may hold if the rows are of this kind.
    #[must_use]
    pub fn guesses_of(&self, kind: MappedKind) -> Vec<Option<MappedField>> {
        guess(&self.header, &self.rows, kind)
    }
}

/// Shows how a file of delimited text, or a workbook, begins, and guesses what its columns hold.
///
/// # Errors
///
/// As [`Report::open`](crate::Report::open), but for the columns.
pub fn preview<R: Read>(mut reader: R) -> Result<Preview, IntakeError> {
    let mut head = Vec::new();
    reader.by_ref().take(PREVIEWED).read_to_end(&mut head).map_err(IntakeError::Read)?;
    if gzip::is(&head) {
        head = gzip::unpacked(&mut std::io::Cursor::new(head).chain(reader.by_ref()))?;
    }
    if head.starts_with(b"PK\x03\x04") {
        let mut whole = std::io::Cursor::new(head).chain(reader);
        head = sheet::to_text(&mut whole, &|text| open::holds_report(text, &[]))?.text;
    }
    head.truncate(usize::try_from(PREVIEWED).unwrap_or(usize::MAX));
    if head.is_empty() {
        return Err(IntakeError::Empty);
    }
    junk::refuse(&head)?;
    let (encoding, mark) = encoding::marked(&head).unwrap_or_else(|| (told(&head), 0));
    let mut text = String::new();
    encoding.decode(head.get(mark..).unwrap_or_default(), &mut text);
    junk::refuse_text(&text)?;
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let mut first = lines.next().ok_or(IntakeError::Empty)?;
    // Titles stand in a cell alone, be it of many columns.
    let titles =
        |line: &str| layout::read(line, &[]).1.iter().filter(|name| !name.is_empty()).count() < 2;
    let separator = open::is_separator(first);
    if separator || titles(first) {
        // As far down as a header is looked for once its columns are known.
        let left = open::HEADER_LINES - usize::from(!separator);
        let header = lines.clone().take(left).position(|line| !titles(line));
        if let Some(line) = header.and_then(|at| lines.nth(at)) {
            first = line;
        }
    }
    let (delimiter, header, _) = layout::read(first, &[]);
    if header.len() < 2 || header.len() > COLUMNS_MAX {
        return Err(IntakeError::UnknownColumns {
            found: header.into_iter().take(1).collect(),
            sheet: None,
        });
    }
    let cut = |line: &str| {
        let mut cells = Vec::new();
        split::each(line, delimiter, |_, cell| {
            let mut text = String::new();
            value::put(&mut text, cell, true);
            cells.push(text.chars().take(VALUE_CHARS).collect::<String>());
        });
        cells
    };
    let rows: Vec<Vec<String>> = lines.take(ROWS).map(cut).collect();
    let guesses = guess(&header, &rows, MappedKind::Orders);
    Ok(Preview { names: cut(first), header, guesses, rows })
}

/// The encoding of bytes without a mark.
pub(crate) fn told(head: &[u8]) -> Encoding {
    // Half a character at the cut speaks against nothing.
    let whole = memchr::memrchr(b'\n', head).unwrap_or(head.len());
    told_by(head.get(..whole).unwrap_or_default())
}

/// The encoding of text of which this is all.
pub(crate) fn told_by(head: &[u8]) -> Encoding {
    let mut decision = crate::decide::Decision { encoding: None, weighed: 0 };
    decision.weigh(head, &[], crate::decide::Origin::Unknown)
}

/// What each column may hold: by its values where they leave no doubt, else by its name. No field
/// is guessed twice.
fn guess(header: &[String], rows: &[Vec<String>], kind: MappedKind) -> Vec<Option<MappedField>> {
    let mut guesses = vec![None; header.len()];
    let mut given = Vec::new();
    let mut give = |guesses: &mut Vec<Option<MappedField>>, column: usize, field: MappedField| {
        if !given.contains(&field)
            && kind.has(field)
            && let Some(slot @ None) = guesses.get_mut(column)
        {
            given.push(field);
            *slot = Some(field);
        }
    };
    let values = |column: usize| {
        rows.iter().filter_map(move |row| row.get(column)).filter(|value| !value.is_empty())
    };
    let all = |column: usize, is: &dyn Fn(&str) -> bool| {
        values(column).next().is_some() && values(column).all(|value| is(value))
    };
    let amazon = |text: &str| value::order_id(text).is_some();
    let mail = |text: &str| {
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    for column in 0..header.len() {
        if all(column, &amazon) {
            give(&mut guesses, column, MappedField::OrderId);
        } else if all(column, &mail) {
            give(&mut guesses, column, MappedField::Alias);
        }
    }
    // The whole name says more than a part of it, and a longer word more than a shorter one.
    let exact = |name: &str, word: &str| name == word;
    let part = |name: &str, word: &str| word.chars().count() > 1 && name.contains(word);
    for same in [&exact as &dyn Fn(&str, &str) -> bool, &part] {
        for (field, words) in WORDS {
            for (column, name) in header.iter().enumerate() {
                if words.iter().any(|word| same(name, word)) {
                    give(&mut guesses, column, *field);
                }
            }
        }
    }
    for column in 0..header.len() {
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let dated =
            |text: &str| text.len() >= 8 && !number(text) && instant::instant(text).is_some();
        if all(column, &dated) {
            give(&mut guesses, column, MappedField::PurchasedAt);
        }
    }
    guesses
}

/// The mapping of a header line, under the delimiter that gives it.
pub(crate) fn find(
    line: &str,
    mappings: &[Mapping],
) -> Option<(Delimiter, Vec<String>, ReportFormat)> {
    if mappings.is_empty() {
        return None;
    }
    Delimiter::ALL.into_iter().find_map(|delimiter| {
        let names = layout::names(line, delimiter);
        let found = mappings.iter().find(|mapping| mapping.header == names)?;
        Some((delimiter, names, found.kind.format()))
    })
}
