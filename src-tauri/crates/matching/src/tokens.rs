//! Tokens of an order.

use crate::Unusable;
use crate::identifier::country_token;
use crate::key::{BlindKey, Field, Pair, compound};
use crate::normalise::address::AddressForms;
use crate::normalise::alias::{alias_into, is_shared_alias};
use crate::normalise::country::{Country, country_of};
use crate::normalise::name::NameForms;
use crate::normalise::phone::phone_into;
use crate::normalise::simple;
use buyerwatch_domain::{ObservedOrder, ReasonField, Token, Unscreenable};

/// Version of the normal forms and of the way tokens are made. Tokens of different schemes do not
/// agree even if the values do.
pub const SCHEME: u32 = 2;

/// Tokens of one name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameTokens {
    /// The whole name, unless it is one word.
    pub full: Option<Token>,
    /// The family name, if it can be told.
    pub family: Option<Token>,
}

impl NameTokens {
    /// Whether the name says anything.
    #[must_use]
    pub const fn is_present(&self) -> bool {
        self.full.is_some() || self.family.is_some()
    }
}

/// Everything about one order that is compared. Holds no plaintext, so it may be stored after the
/// plaintext is purged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderTokens {
    /// Relay alias or another e-mail address.
    pub alias: Option<Token>,
    /// The alias belongs to many by its nature.
    pub alias_shared: bool,
    /// Buyer ID that the marketplace assigns.
    pub marketplace_id: Option<Token>,
    /// The buyer's telephone number.
    pub phone: Option<Token>,
    /// It has an extension, so the number is a switchboard's or a relay's.
    pub phone_shared: bool,
    /// The recipient's telephone number.
    pub ship_phone: Option<Token>,
    /// As [`phone_shared`](Self::phone_shared).
    pub ship_phone_shared: bool,
    /// User name.
    pub user_name: Option<Token>,
    /// Order ID.
    pub order_id: Option<Token>,
    /// Who paid.
    pub buyer_name: NameTokens,
    /// Who receives.
    pub recipient_name: NameTokens,
    /// Street and postcode.
    pub address: Option<Token>,
    /// Of a Chinese address that names its district: the same without it.
    pub address_without_district: Option<Token>,
    /// Of an address that names a flat: the house, as an address there without a flat has it.
    pub building: Option<Token>,
    /// Postcode.
    pub postcode: Option<Token>,
    /// Country of the address, if it is named.
    pub country: Option<Token>,
    /// A field held text that tells nobody apart: a generic name, a masked number.
    pub meaningless: bool,
}

impl OrderTokens {
    /// The names, buyer first.
    pub(crate) fn names(&self) -> [NameTokens; 2] {
        [self.buyer_name, self.recipient_name]
    }

    pub(crate) fn has_name(&self) -> bool {
        self.buyer_name.is_present() || self.recipient_name.is_present()
    }

    /// The buyer's and the recipient's number, each with whether it is shared by its nature.
    pub(crate) fn phones(&self) -> [(Option<Token>, bool); 2] {
        [(self.phone, self.phone_shared), (self.ship_phone, self.ship_phone_shared)]
    }
}

/// The tokens of one order.
#[must_use]
pub fn order_tokens(key: &BlindKey, order: &ObservedOrder) -> OrderTokens {
    OrderReader::default().read(key, order)
}

/// Makes the tokens of many orders; keeps its room between them.
#[derive(Default)]
pub struct OrderReader {
    text: String,
    name: NameForms,
    address: AddressForms,
}

impl std::fmt::Debug for OrderReader {
    // Its room holds plaintext of the last order.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OrderReader(***)")
    }
}

impl OrderReader {
    /// The tokens of one order.
    #[must_use]
    pub fn read(&mut self, key: &BlindKey, order: &ObservedOrder) -> OrderTokens {
        let mut tokens = OrderTokens::default();
        let text = &mut self.text;
        let meaningless = &mut tokens.meaningless;
        let mut usable = |result: Result<(), Unusable>| match result {
            Ok(()) => true,
            Err(Unusable::Empty) => false,
            Err(_) => {
                *meaningless = true;
                false
            }
        };
        if usable(alias_into(&order.alias, text)) {
            tokens.alias = Some(key.token(Field::Alias, text));
            tokens.alias_shared = is_shared_alias(text);
        }
        if usable(simple::marketplace_id_into(&order.marketplace_buyer_id, text)) {
            tokens.marketplace_id = Some(key.token(Field::MarketplaceId, text));
        }
        if usable(simple::user_name_into(&order.user_name, text)) {
            tokens.user_name = Some(key.token(Field::UserName, text));
        }
        if simple::order_id_into(&order.order_id, text).is_ok() {
            tokens.order_id = Some(key.token(Field::OrderId, text));
        }
        if !order.phone.is_empty() || !order.ship_phone.is_empty() {
            let country = country_of(&order.ship_to.country, text)
                .or_else(|| Country::from_channel(&order.channel.0));
            let mut read = |value: &str| {
                let mut extension = false;
                let read = phone_into(value, country, text).map(|cut| extension = cut);
                usable(read).then(|| (key.token(Field::Phone, text), extension))
            };
            let phone = read(&order.phone);
            let same = order.ship_phone == order.phone;
            let ship_phone = if same { phone } else { read(&order.ship_phone) };
            tokens.phone = phone.map(|(token, _)| token);
            tokens.phone_shared = phone.is_some_and(|(_, extension)| extension);
            tokens.ship_phone = ship_phone.map(|(token, _)| token);
            tokens.ship_phone_shared = ship_phone.is_some_and(|(_, extension)| extension);
        }
        let name = &mut self.name;
        if usable(name.read(&order.buyer_name)) {
            tokens.buyer_name = name_tokens(key, name);
        }
        if order.recipient_name == order.buyer_name {
            tokens.recipient_name = tokens.buyer_name;
        } else if usable(name.read(&order.recipient_name)) {
            tokens.recipient_name = name_tokens(key, name);
        }
        let address = &mut self.address;
        let names = [order.recipient_name.as_str(), order.buyer_name.as_str()];
        if usable(address.read(&order.ship_to, &names)) {
            if !address.key.is_empty() {
                tokens.address = Some(key.token(Field::Address, &address.key));
            }
            if !address.without_district.is_empty() {
                tokens.address_without_district =
                    Some(key.token(Field::Address, &address.without_district));
            }
            if !address.building.is_empty() {
                tokens.building = Some(key.token(Field::Address, &address.building));
            }
            tokens.country = address.country.map(|country| country_token(key, country));
            if !address.postcode.is_empty() {
                tokens.postcode = Some(key.token(Field::Postcode, &address.postcode));
            }
        }
        tokens
    }
}

fn name_tokens(key: &BlindKey, forms: &NameForms) -> NameTokens {
    let token = |field, text: &str| (!text.is_empty()).then(|| key.token(field, text));
    NameTokens {
        full: token(Field::Name, &forms.full),
        family: token(Field::Family, &forms.family),
    }
}

/// The identity that an order carries, for remembering decisions on it: the alias unless it is
/// shared by its nature, else name with address, else the telephone number, else what is left.
///
/// It is zero for an order that carries nothing at all, not even an order ID.
#[must_use]
pub fn identity_token(order: &OrderTokens) -> Token {
    let alias = order.alias.filter(|_| !order.alias_shared);
    let name = order.names().into_iter().find_map(|name| name.full);
    let placed = name
        .zip(order.address)
        .map(|(name, address)| Token(compound(Pair::NameAddress, name, address).cast_signed()));
    let phone = order.phones().into_iter().find_map(|(phone, shared)| phone.filter(|_| !shared));
    alias
        .or(placed)
        .or(phone)
        .or(order.marketplace_id)
        .or(order.user_name)
        .or(order.order_id)
        .unwrap_or(Token(0))
}

/// Why an order cannot be compared with the list, `None` if it can.
///
/// `has_identity_columns`: the report it came from has columns for who bought. An order that can
/// be compared by its ID alone counts as not compared, since that finds only orders already known.
#[must_use]
pub fn unscreenable(order: &OrderTokens, has_identity_columns: bool) -> Option<Unscreenable> {
    let own_alias = order.alias.is_some() && !order.alias_shared;
    let own_phone = order.phones().iter().any(|(phone, shared)| phone.is_some() && !shared);
    let named = order.names().iter().any(|name| name.full.is_some());
    let placed = order.address.is_some() || (named && order.postcode.is_some());
    if own_alias
        || own_phone
        || placed
        || order.marketplace_id.is_some()
        || order.user_name.is_some()
    {
        return None;
    }
    let shared = order.alias.is_some() || order.phone.is_some() || order.ship_phone.is_some();
    Some(if shared || order.has_name() || (order.meaningless && has_identity_columns) {
        Unscreenable::OnlySharedIdentity
    } else if has_identity_columns {
        Unscreenable::IdentityEmpty
    } else {
        Unscreenable::NoIdentityColumns
    })
}

/// How many unrelated people the names are; for implementing [`Crowd`](crate::Crowd) over stored
/// tokens. Missing names do not count.
///
/// Under an address, names with the same whole or family name are one household. Under all else
/// every whole name counts: half of China shares a dozen family names, so five people named Wang
/// under one alias are five. A name without a whole one (`J. Dornfeld`, `Dornfeld`) belongs to
/// whoever bears that family name.
#[must_use]
pub fn unrelated_names(field: ReasonField, names: impl IntoIterator<Item = NameTokens>) -> u32 {
    let mut names: Vec<NameTokens> = names.into_iter().filter(NameTokens::is_present).collect();
    // The answer must not depend on which order came first.
    names.sort_unstable();
    names.dedup();
    let same = |one: Option<Token>, other: Option<Token>| one.is_some() && one == other;
    let count = if matches!(field, ReasonField::Address | ReasonField::Street) {
        // Households that turn out to be one are merged.
        let mut households: Vec<Vec<NameTokens>> = Vec::new();
        for name in names {
            let (related, mut others): (Vec<_>, Vec<_>) =
                households.into_iter().partition(|household| {
                    household
                        .iter()
                        .any(|known| same(known.full, name.full) || same(known.family, name.family))
                });
            let mut household: Vec<NameTokens> = related.into_iter().flatten().collect();
            household.push(name);
            others.push(household);
            households = others;
        }
        households.len()
    } else {
        let mut whole: Vec<Token> = names.iter().filter_map(|name| name.full).collect();
        whole.sort_unstable();
        whole.dedup();
        let bare = names.iter().filter(|name| {
            name.full.is_none()
                && !names.iter().any(|other| other.full.is_some() && other.family == name.family)
        });
        whole.len() + bare.count()
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}
