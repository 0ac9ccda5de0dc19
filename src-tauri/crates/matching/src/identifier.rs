//! Tokens of a buyer's identifiers.

use crate::key::{BlindKey, Field};
use crate::normalise::address::address_line;
use crate::normalise::alias::{alias_into, country_of_alias, is_shared_alias};
use crate::normalise::country::{Country, country_of};
use crate::normalise::generic_name::is_firm;
use crate::normalise::name::NameForms;
use crate::normalise::phone::{country_of_phone, phone_readings};
use crate::normalise::simple;
use crate::normalise::text::fold;
use buyerwatch_domain::{Identifier, IdentifierId, IdentifierKind, Token};

/// Why a value cannot tell a buyer apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unusable {
    /// Nothing is there.
    #[error("the value is empty; enter one")]
    Empty,
    /// Longer than such a thing can be.
    #[error("the value is too long for its kind; enter only the identifier itself")]
    TooLong,
    /// A name that marketplaces put in place of one, or bare initials.
    #[error("the name stands for any buyer; enter the buyer's own name")]
    GenericName,
    /// A filler such as 0000000000.
    #[error("the number is a filler; enter the buyer's own number")]
    GenericPhone,
    /// The channel hides part of the value behind asterisks.
    #[error("part of the value is hidden; enter it in full")]
    Masked,
    /// No e-mail address.
    #[error("this is no e-mail address; enter it as name@example.org")]
    NotAnEmail,
    /// No telephone number, or a national one that fits no country.
    #[error("this is no telephone number; enter it with + and the country code")]
    NotAPhone,
    /// Neither street nor postcode.
    #[error("this is no postal address; enter street, number and postcode")]
    NotAnAddress,
    /// No postcode.
    #[error("this is no postcode; enter the digits or letters as on a label")]
    NotAPostcode,
    /// No order ID.
    #[error("this is no order ID; copy it whole from the order")]
    NotAnOrderId,
    /// No buyer ID.
    #[error("this is no buyer ID; copy it whole from the marketplace")]
    NotABuyerId,
    /// No user name.
    #[error("this is no user name; enter it as the channel shows it")]
    NotAUserName,
}

impl Unusable {
    /// The stable name used on the command line and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::GenericName => "generic_name",
            Self::GenericPhone => "generic_phone",
            Self::Masked => "masked",
            Self::NotAnEmail => "not_an_email",
            Self::NotAPhone => "not_a_phone",
            Self::NotAnAddress => "not_an_address",
            Self::NotAPostcode => "not_a_postcode",
            Self::NotAnOrderId => "not_an_order_id",
            Self::NotABuyerId => "not_a_buyer_id",
            Self::NotAUserName => "not_a_user_name",
        }
    }
}

/// What an order must carry to agree with an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentifierTokens {
    /// What kind of identifier it is.
    pub kind: IdentifierKind,
    /// Tokens of the whole value. Several if it can be read in several ways (an address in one
    /// line): one that agrees is enough. None for a name of one word, for an address without a
    /// street and for a telephone number whose country is open.
    pub exact: Vec<Token>,
    /// Tokens whose agreement says less, since something is left open: the country of a telephone
    /// number, the district of a Chinese address.
    pub unsure: Vec<Token>,
    /// Of a name: the family name, if it can be told.
    pub family: Option<Token>,
    /// Of an address: the postcode, if it has one.
    pub postcode: Option<Token>,
    /// Of an address: the country, if it is named. Another one does not agree.
    pub country: Option<Token>,
    /// Belongs to many by its nature: a no-reply address, a number with an extension.
    pub shared: bool,
}

impl IdentifierTokens {
    /// All tokens of the whole value, the sure ones first.
    pub fn all(&self) -> impl Iterator<Item = Token> + '_ {
        self.exact.iter().chain(&self.unsure).copied()
    }
}

/// The tokens of one identifier, of which nothing else is known.
///
/// # Errors
/// [`Unusable`] says why the value cannot tell a buyer apart.
pub fn identifier_tokens(
    key: &BlindKey,
    kind: IdentifierKind,
    value: &str,
) -> Result<IdentifierTokens, Unusable> {
    tokens_among(key, kind, value, &[])
}

/// `homes`: countries of the buyer, the best evidence first.
fn tokens_among(
    key: &BlindKey,
    kind: IdentifierKind,
    value: &str,
    homes: &[Vec<Country>],
) -> Result<IdentifierTokens, Unusable> {
    let mut tokens = IdentifierTokens {
        kind,
        exact: Vec::new(),
        unsure: Vec::new(),
        family: None,
        postcode: None,
        country: None,
        shared: false,
    };
    let mut normal = String::new();
    match kind {
        IdentifierKind::Alias => {
            alias_into(value, &mut normal)?;
            tokens.shared = is_shared_alias(&normal);
            tokens.exact.push(key.token(Field::Alias, &normal));
        }
        IdentifierKind::MarketplaceId => {
            simple::marketplace_id_into(value, &mut normal)?;
            tokens.exact.push(key.token(Field::MarketplaceId, &normal));
        }
        IdentifierKind::Phone => {
            let readings = phone_readings(value, homes)?;
            tokens.shared = readings.extension;
            let token = |e164: &String| key.token(Field::Phone, e164);
            tokens.exact.extend(readings.sure.iter().map(token));
            tokens.unsure.extend(readings.unsure.iter().map(token));
        }
        IdentifierKind::Name => {
            let mut forms = NameForms::default();
            forms.read(value)?;
            fold(value, &mut normal);
            tokens.shared = is_firm(&normal);
            if !forms.full.is_empty() {
                tokens.exact.push(key.token(Field::Name, &forms.full));
            }
            if !forms.family.is_empty() {
                tokens.family = Some(key.token(Field::Family, &forms.family));
            }
        }
        IdentifierKind::Address => {
            let form = address_line(value)?;
            let token = |form: &String| key.token(Field::Address, form);
            tokens.exact.extend(form.keys.iter().map(token));
            tokens.unsure.extend(form.without_district.iter().map(token));
            tokens.postcode = form.postcode.map(|code| key.token(Field::Postcode, &code));
            tokens.country = form
                .country
                .and_then(|code| country_of(&code, &mut normal))
                .map(|country| country_token(key, country));
        }
        IdentifierKind::UserName => {
            simple::user_name_into(value, &mut normal)?;
            tokens.exact.push(key.token(Field::UserName, &normal));
        }
        IdentifierKind::OrderId => {
            simple::order_id_into(value, &mut normal)?;
            tokens.exact.push(key.token(Field::OrderId, &normal));
        }
    }
    Ok(tokens)
}

/// An identifier as the [`Index`](crate::Index) takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedIdentifier {
    /// Which identifier of the buyer it is.
    pub id: IdentifierId,
    /// A person marked it as carried by many.
    pub shared: bool,
    /// What an order must carry.
    pub tokens: IdentifierTokens,
}

impl ListedIdentifier {
    /// Makes the tokens of all identifiers of one buyer. They explain each other: a telephone
    /// number that is written nationally belongs to the country of the buyer's address, of its
    /// other numbers, or of the marketplace that relays its alias, in this order.
    ///
    /// An identifier that is [`Unusable`] is kept in the record and never compared.
    #[must_use]
    pub fn all_of(
        key: &BlindKey,
        identifiers: &[Identifier],
    ) -> Vec<(IdentifierId, Result<Self, Unusable>)> {
        let phones = identifiers.iter().any(|one| one.kind == IdentifierKind::Phone);
        let homes = if phones { homes(identifiers) } else { Vec::new() };
        identifiers
            .iter()
            .map(|Identifier { id, kind, value, shared, .. }| {
                let tokens = tokens_among(key, *kind, value, &homes);
                (*id, tokens.map(|tokens| Self { id: *id, shared: *shared, tokens }))
            })
            .collect()
    }

    /// Makes the tokens of one identifier of which nothing else is known; for a buyer's take
    /// [`all_of`](Self::all_of).
    ///
    /// # Errors
    /// As [`identifier_tokens`].
    pub fn of(key: &BlindKey, identifier: &Identifier) -> Result<Self, Unusable> {
        let tokens = identifier_tokens(key, identifier.kind, &identifier.value)?;
        Ok(Self { id: identifier.id, shared: identifier.shared, tokens })
    }
}

/// The countries that a buyer's identifiers name: of addresses, of international numbers, of relay
/// aliases.
fn homes(identifiers: &[Identifier]) -> Vec<Vec<Country>> {
    let of = |kind: IdentifierKind, read: fn(&str) -> Option<Country>| {
        let of_kind = identifiers.iter().filter(move |one| one.kind == kind);
        let mut found: Vec<Country> = of_kind.filter_map(|one| read(&one.value)).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let of_address = |value: &str| {
        let code = address_line(value).ok()?.country?;
        country_of(&code, &mut String::new())
    };
    vec![
        of(IdentifierKind::Address, of_address),
        of(IdentifierKind::Phone, country_of_phone),
        of(IdentifierKind::Alias, country_of_alias),
    ]
}

/// The token by which countries of addresses are compared.
pub(crate) fn country_token(key: &BlindKey, country: Country) -> Token {
    key.token(Field::Country, country.postal().code())
}
