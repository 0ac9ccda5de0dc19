//! Whose address it is: a buyer's relay alias, the marketplace's own, or one that imitates it.

/// What follows `amazon.` in the domains of the 22 marketplaces with a relay.
const ENDINGS: [&str; 22] = [
    "com", "com.au", "com.be", "com.br", "com.mx", "com.tr", "co.jp", "co.uk", "ae", "ca", "de",
    "eg", "es", "fr", "ie", "in", "it", "nl", "pl", "sa", "se", "sg",
];

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

fn answers_nobody(local: &str) -> bool {
    ["donotreply", "noreply"].iter().any(|prefix| local.starts_with(prefix))
}

/// What follows `amazon.` when the domain is the marketplace's or lies under it.
pub(super) fn genuine(domain: &str) -> Option<&'static str> {
    let domain = domain.to_ascii_lowercase();
    ENDINGS.into_iter().find(|ending| {
        domain
            .strip_suffix(ending)
            .and_then(|rest| rest.strip_suffix("amazon."))
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// Whether a domain that is not the marketplace's is made to look like it.
pub(super) fn imitates(domain: &str) -> bool {
    genuine(domain).is_none() && skeleton(domain).contains("amazon")
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
        for domain in ["amazon.de", "email.amazon.co.uk", "marketplace.amazon.com.tr"] {
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
        assert!(!imitates("example.com"));
    }
}
