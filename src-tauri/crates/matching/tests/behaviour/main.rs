//! What the crate promises, seen from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice)]

mod addresses;
mod frozen;
mod honest_pairs;
mod honesty;
mod linkage_honesty;
mod linkage_hostile;
mod linkage_names;
mod phones;
mod robustness;
mod screening;
mod support;
