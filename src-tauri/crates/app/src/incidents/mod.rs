//! What buyers did.

pub mod add;
pub mod withdraw;
