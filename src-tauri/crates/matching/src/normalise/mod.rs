//! One form for each kind of identifier, so that equal things have equal text.
//!
//! Tokens of these forms are stored. A change here changes them, so it needs a new
//! [`SCHEME`](crate::SCHEME) and stored tokens must be made anew where the plaintext still exists.

pub(crate) mod address;
pub(crate) mod address_words;
pub(crate) mod alias;
pub(crate) mod cjk_address;
pub(crate) mod country;
pub(crate) mod free_address;
pub(crate) mod generic_name;
pub(crate) mod name;
pub(crate) mod phone;
pub(crate) mod phone_plan;
pub(crate) mod simple;
pub(crate) mod text;

pub use address::{AddressForm, address, address_line};
pub use alias::{alias, is_relay_alias};
pub use cjk_address::chinese_provinces;
pub use name::{Name, name};
pub use phone::{Phone, phone};
pub use simple::{marketplace_id, order_id, postcode, user_name};
