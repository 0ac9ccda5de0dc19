//! The mail server and the way to it.

use buyerwatch_mailbox::{Account, Security, Trust};

#[allow(dead_code, reason = "the journeys use more of it")]
#[path = "../../../../../tests/src/mail_server.rs"]
mod mail_server;

pub use mail_server::{Certified, Dovecot, PASSWORD, certified};

pub fn trust(server: &Dovecot) -> Trust {
    Trust::only(&server.authority)
}

/// Makes a mailbox and says how to reach it.
pub fn account(server: &Dovecot, user: &str) -> Account {
    server.add(user);
    Account {
        host: "localhost".to_owned(),
        port: server.port,
        security: Security::Tls,
        user: user.to_owned(),
        password: PASSWORD.to_owned().into(),
        folder: "INBOX".to_owned(),
        first_days: None,
    }
}
