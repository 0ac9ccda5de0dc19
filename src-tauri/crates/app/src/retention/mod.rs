//! Taking out what may not be kept any longer.

pub mod run;
