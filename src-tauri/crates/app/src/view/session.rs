use super::PersonView;
use buyerwatch_domain::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether the data can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// There is no vault yet.
    None,
    /// There is one, and nobody has opened it.
    Locked,
    /// It is open.
    Open,
}

/// Language of the product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Language {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The BCP 47 tag.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language with this tag; any kind of Chinese counts as Chinese.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_', '.']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// Chooses between two texts.
    #[must_use]
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Chinese => zh,
            Self::English => en,
        }
    }
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SessionState {
    /// Whether the data can be read.
    pub phase: Phase,
    /// Language of the window.
    pub language: Language,
    /// Colours of the window.
    pub theme: Theme,
    /// Version of the product.
    pub version: String,
    /// Identity of the vault, for the recovery kit and for support.
    pub vault_id: Option<String>,
    /// Folder that holds the vault.
    pub data_dir: String,
    /// Since when it is locked, or since when this program has run without its being opened; `None`
    /// while it is open.
    pub locked_since: Option<Timestamp>,
    /// Milliseconds until a passphrase may be tried again; 0 means now.
    pub unlock_wait_ms: u64,
    /// Wrong passphrases since the last right one.
    pub failed_attempts: u32,
    /// Seconds to the idle lock at this moment; `None` when it is off or the vault is locked.
    pub lock_in_s: Option<u64>,
    /// Beginning of every address of the media scheme while the vault is open, such as
    /// `media://localhost/<token>`: `/thumb/<exhibit>` and what `exhibits.open` answers follow.
    pub media: Option<String>,
    /// Who works here.
    pub me: Option<PersonView>,
}
