//! Providers whose servers are known.

use crate::{ApiError, Desk, Nothing};
use buyerwatch_mailbox::PRESETS;
use serde::Serialize;
use ts_rs::TS;

/// A provider whose server is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MailPreset {
    /// Stable name.
    pub id: String,
    /// Name of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// What it wants for signing in: `password`, `app_password`, `authorization_code` or `browser_only`.
    pub secret: String,
    /// Ends of the addresses that it serves.
    pub domains: Vec<String>,
    /// Where a person gets what is wanted.
    pub help: String,
}

/// Every known provider.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MailPresets {
    /// In the order in which they are offered.
    pub items: Vec<MailPreset>,
}

pub(crate) fn run(_: &Desk, _: Nothing) -> Result<MailPresets, ApiError> {
    let items = PRESETS.iter().map(|of| MailPreset {
        id: of.id.to_owned(),
        host: of.host.to_owned(),
        port: of.port,
        secret: of.secret.code().to_owned(),
        domains: of.domains.iter().map(|&domain| domain.to_owned()).collect(),
        help: of.help.to_owned(),
    });
    Ok(MailPresets { items: items.collect() })
}
