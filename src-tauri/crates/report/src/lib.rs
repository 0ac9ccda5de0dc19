//! Turns a case into what is handed to the marketplace: a PDF, a text-only version and a bag of
//! exhibits that anyone can verify.
//!
//! Nothing is made here yet: cases come after alerts. The crate holds its place, so that the rule
//! that reports depend on the domain alone is already kept.
