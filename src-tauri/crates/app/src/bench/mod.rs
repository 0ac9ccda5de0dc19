//! Measuring the program on prepared data, without a vault.

pub mod matching;
