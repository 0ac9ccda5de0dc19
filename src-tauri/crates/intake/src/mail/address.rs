//! Whose address it is: a buyer's relay alias, the marketplace's own, or one that imitates it.

/// What follows `amazon.` in the domains of the 22 marketplaces with a relay.
const ENDINGS: [&str; 22] = [
    "com", "com.au", "com.be", "com.br", "com.mx", "com.tr", "co.jp", "co.uk", "ae", "ca", "de",
    "eg", "es", "fr", "ie", "in", "it", "nl", "pl", "sa", "se", "sg",
];

/// The marketplaces by the IDs that Amazon publishes.
const MARKETPLACES: [(&str, &str); 23] = [
    ("ATVPDKIKX0DER", "com"),
    ("A2EUQ1WTGCTBG2", "ca"),
    ("A1AM78C64UM0Y8", "com.mx"),
    ("A2Q3Y263D00KWC", "com.br"),
    ("A28R8C7NBKEWEA", "ie"),
    ("A1RKKUPIHCS9HS", "es"),
    ("A1F83G8C2ARO7P", "co.uk"),
    ("A13V1IB3VIYZZH", "fr"),
    ("AMEN7PMS3EDWL", "com.be"),
    ("A1805IZSGTT6HS", "nl"),
    ("A1PA6795UKMFR9", "de"),
    ("APJ6JRA9NG5V4", "it"),
    ("A2NODRKZP88ZB9", "se"),
    ("AE08WJ6YKNBMC", "co.za"),
    ("A1C3SOZRARQ6R3", "pl"),
    ("ARBP9OOSHTCHU", "eg"),
    ("A33AVAJ2PDY3EV", "com.tr"),
    ("A17E79C6D8DWNP", "sa"),
    ("A2VIGQ35RCS4UG", "ae"),
    ("A21TJRUUN4KGV", "in"),
    ("A19VAU5U5O7RUS", "sg"),
    ("A39IBJ37TRP1C6", "com.au"),
    ("A1VC38T7YXB528", "co.jp"),
];

/// What follows `amazon.` in the domain of the marketplace with this ID.
pub(super) fn marketplace(id: &str) -> Option<&'static str> {
    MARKETPLACES.into_iter().find(|(known, _)| *known == id).map(|(_, ending)| ending)
}

const RELAY: &str = "marketplace.amazon.";

/// A relay address of one buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relay {
    /// The address without the case.
    pub(super) alias: String,
    /// The conversation; empty when the address names none.
    pub(super) case: String,
    /// What follows `amazon.`.
    pub(super) ending: &'static str,
}

/// Reads a relay address. Addresses that answer nobody are no buyer's.
pub(super) fn relay(address: &str) -> Option<Relay> {
    let address = address.trim().to_ascii_lowercase();
    let (local, domain) = address.rsplit_once('@')?;
    let ending = domain.strip_prefix(RELAY)?;
    let ending = ENDINGS.into_iter().find(|known| *known == ending)?;
    let (stable, case) = local.split_once('+').unwrap_or((local, ""));
    let alias =
        (8..=32).contains(&stable.len()) && stable.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let parts = || case.split('-');
    let hex = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !alias || answers_nobody(stable) || (local.contains('+') && !parts().all(hex)) {
        return None;
    }
    Some(Relay { alias: format!("{stable}@{domain}"), case: case.to_owned(), ending })
}

/// The first relay address in a text.
pub(super) fn relay_in(text: &str) -> Option<Relay> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "+-._@".contains(c)))
        .find_map(|word| relay(word.trim_matches(['.', '-'])))
}

fn answers_nobody(local: &str) -> bool {
    ["donotreply", "noreply"].iter().any(|prefix| local.starts_with(prefix))
}

/// What follows `amazon.` in further domains of Amazon's own, with no relay that is known.
const OTHER_ENDINGS: [&str; 4] = ["cl", "cn", "co.za", "com.co"];

/// Domains of Amazon's other businesses, which write to no seller about a buyer.
const BUSINESSES: [&str; 2] = ["amazonaws.com", "amazonses.com"];

/// What follows `amazon.` when the domain is the marketplace's or lies under it.
pub(super) fn genuine(domain: &str) -> Option<&'static str> {
    let domain = domain.to_ascii_lowercase();
    ENDINGS.into_iter().chain(OTHER_ENDINGS).find(|ending| {
        domain
            .strip_suffix(ending)
            .and_then(|rest| rest.strip_suffix("amazon."))
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// Whether a domain that is not the marketplace's is made to look like it.
pub(super) fn imitates(domain: &str) -> bool {
    let lower = domain.to_ascii_lowercase();
    let business = |own: &str| {
        lower.strip_suffix(own).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    genuine(domain).is_none()
        && !BUSINESSES.iter().any(|own| business(own))
        && skeleton(domain).contains("amazon")
}

/// Whether a name is the marketplace's, in the words in which it signs.
pub(super) fn is_its_name(name: &str) -> bool {
    const BEHIND: [&str; 12] = [
        "",
        "marketplace",
        "marketplaces",
        "seller central",
        "seller support",
        "seller services",
        "seller performance",
        "seller notification",
        "seller notifications",
        "services",
        "customer service",
        "payments",
    ];
    let name = name.to_lowercase().replace(['-', '_', '\u{a0}'], " ");
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let behind = words.collect::<Vec<_>>().join(" ");
    let marketplace = match skeleton(first).strip_prefix("amazon") {
        Some("") => true,
        Some(ending) => ending.strip_prefix('.').is_some_and(|ending| {
            ENDINGS.into_iter().chain(OTHER_ENDINGS).any(|own| own == ending)
        }),
        None => matches!(first, "亚马逊" | "亞馬遜" | "アマゾン"),
    };
    marketplace && BEHIND.contains(&&*behind)
}

/// Letters that look alike made one. Covers what imitates the seven letters of the name.
fn skeleton(text: &str) -> String {
    let alike = |c: char| match c {
        '0' | 'о' | 'ο' | 'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => 'o',
        'а' | 'α' | 'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' | '4' | '@' => 'a',
        'м' => 'm',
        'п' | 'ñ' | 'ń' => 'n',
        'ž' | 'ż' | 'ź' | '2' => 'z',
        _ => c,
    };
    let plain: String =
        text.to_lowercase().chars().filter(|c| !matches!(c, '-' | '_')).map(alike).collect();
    plain.replace("rn", "m").replace("nn", "m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marketplace_has_a_relay_and_the_case_is_cut_off() {
        for ending in ENDINGS {
            let found = relay(&format!("A1b2c3d4e5f6g7@Marketplace.Amazon.{ending}")).unwrap();
            assert_eq!((found.ending, &*found.case), (ending, ""));
        }
        let case = "0b1c2d3e-1111-2222-3333-444455556666";
        let found = relay(&format!("a1b2c3d4e5f6g7+{case}@marketplace.amazon.co.jp")).unwrap();
        assert_eq!(found.alias, "a1b2c3d4e5f6g7@marketplace.amazon.co.jp");
        assert_eq!(found.case, case);
    }

    #[test]
    fn every_marketplace_with_a_relay_has_an_id() {
        for ending in ENDINGS {
            assert!(MARKETPLACES.iter().any(|(_, known)| *known == ending), "{ending}");
        }
        let mut ids = MARKETPLACES.map(|(id, _)| id).to_vec();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), MARKETPLACES.len());
        assert_eq!(marketplace("A1PA6795UKMFR9"), Some("de"));
        assert_eq!((marketplace(""), marketplace("A1PA6795UKMFR")), (None, None));
    }

    #[test]
    fn what_is_no_buyers_relay_is_none() {
        for address in [
            "donotreply@marketplace.amazon.de",
            "no-reply-amazon-iba-buyer@marketplace.amazon.it",
            "a1b2c3d4e5@marketplace.amazon.de.example.com",
            "a1b2c3d4e5@marketplace.amazon.xx",
            "short@marketplace.amazon.de",
            "a1b2c3d4e5+case!@marketplace.amazon.de",
            "a1b2c3d4e5+@marketplace.amazon.de",
            "a1b2c3d4e5@amazon.de",
            "",
        ] {
            assert_eq!(relay(address), None, "{address}");
        }
    }

    #[test]
    fn imitations_are_told_from_the_marketplace() {
        for domain in [
            "amazon.de",
            "email.amazon.co.uk",
            "marketplace.amazon.com.tr",
            "amazon.co.za",
            "mail.amazon.cn",
            "amazon.com.co",
            "amazon.cl",
        ] {
            assert!(genuine(domain).is_some() && !imitates(domain), "{domain}");
        }
        for domain in [
            "amazon.de.example.com",
            "amaz0n.de",
            "arnazon.com",
            "аmazon.com",
            "amazon-seller.example",
            "notamazon.de",
            "a-m-a-z-o-n.example",
        ] {
            assert!(imitates(domain), "{domain}");
        }
        for domain in ["example.com", "amazonses.com", "eu-west-1.amazonses.com"] {
            assert!(!imitates(domain) && genuine(domain).is_none(), "{domain}");
        }
        for domain in ["xamazonses.com", "amazonses.com.example", "amazon.com.cn", "amazon.co"] {
            assert!(imitates(domain), "{domain}");
        }
    }

    #[test]
    fn only_the_names_in_which_it_signs_are_the_marketplaces() {
        for name in [
            "Amazon",
            "amazon.de",
            "AMAZON MARKETPLACE",
            "Amazon.co.uk Marketplace",
            "Amazon Seller Central",
            "Amazon-Seller-Support",
            "Amaz0n",
            "亚马逊",
        ] {
            assert!(is_its_name(name), "{name}");
        }
        for name in [
            "",
            "Jungle Scout · Amazon tips",
            "Amazon客服小王",
            "Amazon FBA Forum",
            "Anna Amazon",
            "Amazonas",
            "amazon.example",
            "Marketplace",
        ] {
            assert!(!is_its_name(name), "{name}");
        }
    }
}
