//! Providers whose servers are known. Facts: the providers' own help pages and the provider database of
//! the chatmail project (<https://github.com/chatmail/provider-db>), as of 2026-11.

/// What a provider wants in the place of the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Secret {
    /// The password of the mailbox.
    Password,
    /// A password for one program, made in the settings of an account with two-step verification.
    AppPassword,
    /// An authorisation code (授权码), made in the settings of the mailbox when IMAP is switched on.
    AuthorizationCode,
    /// Signing in through a browser only (OAuth 2), which this program does not do.
    BrowserOnly,
}

impl Secret {
    /// The stable name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::AppPassword => "app_password",
            Self::AuthorizationCode => "authorization_code",
            Self::BrowserOnly => "browser_only",
        }
    }
}

/// A provider whose server is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Stable name.
    pub id: &'static str,
    /// The server of IMAP, with TLS from the first byte.
    pub host: &'static str,
    /// Its port.
    pub port: u16,
    /// What it wants for signing in.
    pub secret: Secret,
    /// Ends of the addresses that it serves.
    pub domains: &'static [&'static str],
    /// Where a person gets what is wanted.
    pub help: &'static str,
}

/// The known providers, in the order in which they are offered.
pub const PRESETS: [Preset; 7] = [
    // IMAP has to be switched on; an app password needs two-step verification.
    Preset {
        id: "gmail",
        host: "imap.gmail.com",
        port: 993,
        secret: Secret::AppPassword,
        domains: &["gmail.com", "googlemail.com"],
        help: "https://support.google.com/accounts/answer/185833",
    },
    // Microsoft ended signing in with passwords, app passwords included: for Exchange Online in
    // 2022, for Outlook.com in September 2024.
    Preset {
        id: "outlook",
        host: "outlook.office365.com",
        port: 993,
        secret: Secret::BrowserOnly,
        domains: &["outlook.com", "hotmail.com", "live.com", "msn.com"],
        help: "https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040",
    },
    // Only authorisation codes since 2022-11-01.
    Preset {
        id: "qq",
        host: "imap.qq.com",
        port: 993,
        secret: Secret::AuthorizationCode,
        domains: &["qq.com", "foxmail.com", "vip.qq.com"],
        help: "https://service.mail.qq.com/detail/0/75",
    },
    Preset {
        id: "exmail",
        host: "imap.exmail.qq.com",
        port: 993,
        secret: Secret::AuthorizationCode,
        domains: &[],
        help: "https://open.work.weixin.qq.com/help2/pc/19886",
    },
    // Wants to be told who reads (RFC 2971) before a folder is opened.
    Preset {
        id: "netease",
        host: "imap.163.com",
        port: 993,
        secret: Secret::AuthorizationCode,
        domains: &["163.com"],
        help: "https://help.mail.163.com",
    },
    Preset {
        id: "netease126",
        host: "imap.126.com",
        port: 993,
        secret: Secret::AuthorizationCode,
        domains: &["126.com"],
        help: "https://help.mail.163.com",
    },
    Preset {
        id: "aliyun",
        host: "imap.qiye.aliyun.com",
        port: 993,
        secret: Secret::Password,
        domains: &[],
        help: "https://help.aliyun.com/document_detail/36576.html",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_belongs_to_one_provider() {
        let mut domains: Vec<&str> = PRESETS.iter().flat_map(|of| of.domains).copied().collect();
        let count = domains.len();
        domains.sort_unstable();
        domains.dedup();
        assert_eq!(domains.len(), count);
        assert!(PRESETS.iter().all(|of| of.host.starts_with("imap.") || of.id == "outlook"));
    }
}
