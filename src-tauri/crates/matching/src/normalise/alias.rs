//! Relay aliases and other e-mail addresses.

use super::country::Country;
use crate::Unusable;

/// Endings of `marketplace.amazon.…` for the 22 marketplaces.
const RELAY_ENDINGS: [&str; 22] = [
    "com", "com.au", "com.be", "com.br", "com.mx", "com.tr", "co.jp", "co.uk", "ae", "ca", "de",
    "eg", "es", "fr", "ie", "in", "it", "nl", "pl", "sa", "se", "sg",
];

/// Longest address that mail systems carry (RFC 5321, 4.5.3.1).
const MAX_BYTES: usize = 320;

/// The one form of an e-mail address: lower case, and for a relay alias without the `+case` that
/// each conversation appends.
///
/// # Errors
/// [`Unusable::Empty`], [`Unusable::TooLong`], [`Unusable::NotAnEmail`].
pub fn alias(value: &str) -> Result<String, Unusable> {
    let mut out = String::new();
    alias_into(value, &mut out)?;
    Ok(out)
}

pub(crate) fn alias_into(value: &str, out: &mut String) -> Result<(), Unusable> {
    out.clear();
    let mut text = value.trim();
    if text.is_empty() {
        return Err(Unusable::Empty);
    }
    // "Name <address>" as mail programs copy it.
    if let Some((_, rest)) = text.rsplit_once('<') {
        text = rest.split_once('>').map_or(rest, |(inside, _)| inside).trim();
    }
    if let Some((scheme, rest)) = text.split_once(':')
        && scheme.eq_ignore_ascii_case("mailto")
    {
        text = rest.split_once('?').map_or(rest, |(address, _)| address);
    }
    if text.len() > MAX_BYTES {
        return Err(Unusable::TooLong);
    }
    let (local, domain) = text.rsplit_once('@').ok_or(Unusable::NotAnEmail)?;
    let shaped = !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains("..")
        && text.chars().all(may_stand_in_address)
        && !local.contains('@');
    if !shaped {
        return Err(Unusable::NotAnEmail);
    }
    let local = match local.split_once('+') {
        Some((stable, _)) if is_relay_domain(domain) && !stable.is_empty() => stable,
        _ => local,
    };
    for part in [local, "@", domain] {
        if part.is_ascii() {
            out.extend(part.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            out.extend(part.chars().flat_map(char::to_lowercase));
        }
    }
    Ok(())
}

fn may_stand_in_address(char: char) -> bool {
    match char {
        '*' | ',' | ';' => false,
        '!'..='~' => true,
        _ => !(char.is_whitespace() || char.is_control()),
    }
}

fn is_relay_domain(domain: &str) -> bool {
    const PREFIX: &str = "marketplace.amazon.";
    match (domain.get(..PREFIX.len()), domain.get(PREFIX.len()..)) {
        (Some(head), Some(ending)) => {
            head.eq_ignore_ascii_case(PREFIX)
                && RELAY_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
        }
        _ => false,
    }
}

/// Whether the address is a marketplace's relay alias of one buyer.
#[must_use]
pub fn is_relay_alias(value: &str) -> bool {
    alias(value).is_ok_and(|normal| {
        normal.rsplit_once('@').is_some_and(|(local, domain)| {
            is_relay_domain(domain)
                && (8..=32).contains(&local.len())
                && local.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    })
}

/// The country whose marketplace relays this alias.
pub(crate) fn country_of_alias(value: &str) -> Option<Country> {
    let normal = alias(value).ok().filter(|normal| is_relay_alias(normal))?;
    Country::from_channel(normal.rsplit_once('@')?.1)
}

/// Whether a normal form belongs to many buyers by its nature: addresses that answer nobody, the one
/// that Amazon puts on all orders of a kind of business purchase, and those that a firm has for a task.
pub(crate) fn is_shared_alias(normal: &str) -> bool {
    const TASKS: [&str; 42] = [
        "accounting",
        "accounts",
        "achat",
        "achats",
        "acquisti",
        "admin",
        "administration",
        "bestellung",
        "bestellungen",
        "billing",
        "buchhaltung",
        "buero",
        "caigou",
        "commande",
        "commandes",
        "compras",
        "contact",
        "contacto",
        "contatti",
        "direzione",
        "einkauf",
        "empfang",
        "finance",
        "info",
        "invoice",
        "invoices",
        "kontakt",
        "logistik",
        "office",
        "order",
        "orders",
        "ordini",
        "procurement",
        "purchase",
        "purchasing",
        "rechnung",
        "reception",
        "sales",
        "service",
        "shop",
        "support",
        "verwaltung",
    ];
    if normal.split_once('@').is_some_and(|(local, _)| TASKS.contains(&local)) {
        return true;
    }
    const LOCAL: [&str; 15] = [
        "no-reply",
        "noreply",
        "no_reply",
        "no.reply",
        "donotreply",
        "do-not-reply",
        "do_not_reply",
        "auto-communication",
        "seller-notification",
        "cb-seller-notification",
        "atoz-guarantee",
        "mailer-daemon",
        "postmaster",
        "nobody@",
        "none@",
    ];
    LOCAL.iter().any(|start| normal.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relay_aliases_lose_the_case_and_keep_the_marketplace() {
        for ending in RELAY_ENDINGS {
            let plain = format!("a1b2c3d4e5f6g7@marketplace.amazon.{ending}");
            for written in [
                plain.clone(),
                plain.to_uppercase(),
                format!("  {plain}\r\n"),
                format!("a1b2c3d4e5f6g7+9f8e7d6c@marketplace.amazon.{ending}"),
                format!(
                    "a1b2c3d4e5f6g7+0b9c1d2e-1111-4222-8333-444455556666@marketplace.amazon.{ending}"
                ),
                format!("Erika Beispiel <{plain}>"),
                format!("mailto:{plain}?subject=x"),
            ] {
                assert_eq!(alias(&written), Ok(plain.clone()), "{written}");
                assert!(is_relay_alias(&written), "{written}");
            }
        }
        assert_ne!(
            alias("a1b2c3d4e5f6g7@marketplace.amazon.de"),
            alias("a1b2c3d4e5f6g7@marketplace.amazon.fr")
        );
    }

    #[test]
    fn other_addresses_keep_their_tag() {
        assert_eq!(alias("Erika+Shop@Example.ORG"), Ok("erika+shop@example.org".into()));
        assert!(!is_relay_alias("erika@example.org"));
        assert!(!is_relay_alias("a1b2c3d4e5f6g7@marketplace.amazon.example"));
        assert!(!is_relay_alias("a1b2c3d4e5f6g7@marketplace.amazon.de.example.org"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (value, reason) in [
            ("", Unusable::Empty),
            (" \t", Unusable::Empty),
            ("erika", Unusable::NotAnEmail),
            ("@example.org", Unusable::NotAnEmail),
            ("erika@", Unusable::NotAnEmail),
            ("erika@example", Unusable::NotAnEmail),
            ("erika@.org", Unusable::NotAnEmail),
            ("e r@example.org", Unusable::NotAnEmail),
            ("a@b@example.org", Unusable::NotAnEmail),
            ("e***a@example.org", Unusable::NotAnEmail),
        ] {
            assert_eq!(alias(value), Err(reason), "{value:?}");
        }
        assert_eq!(
            alias(&format!("{}@example.org", "x".repeat(1_000_000))),
            Err(Unusable::TooLong)
        );
    }

    #[test]
    fn known_shared_addresses_are_told_apart() {
        for shared in [
            "no-reply-amazon-iba-buyer@marketplace.amazon.it",
            "noreply@example.org",
            "donotreply@amazon.com",
            "atoz-guarantee-no-reply@amazon.de",
        ] {
            assert!(is_shared_alias(&alias(shared).unwrap()), "{shared}");
        }
        assert!(!is_shared_alias("a1b2c3d4e5f6g7@marketplace.amazon.de"));
        assert!(!is_shared_alias("nobody.special@example.org"));
    }
}
