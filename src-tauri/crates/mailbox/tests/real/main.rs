//! Against a real mail server, Dovecot, which each test starts for itself on the loopback interface; and
//! against servers that lie.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod dovecot;
mod liars;
mod proxy;
mod reader;
mod reading;
