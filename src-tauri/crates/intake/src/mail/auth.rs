//! What the receiving server found out about the sender (RFC 8601).

use buyerwatch_domain::Forgery;

/// An explicit failure in one `Authentication-Results` header.
///
/// Only the topmost header may be handed over: the receiving server puts its own above all that the
/// sender may have written. DMARC names the failure best, so it is named first.
/// What was forwarded fails SPF by nature: a DMARC pass, or without one a valid signature of the sender's
/// own domain, outweighs it (RFC 7489, section 3.1).
pub(super) fn failure(results: &str, sender_domain: &str) -> Option<Forgery> {
    let bare = without_comments(results);
    let says = |method: &str, verdicts: &[&str], also: &dyn Fn(&str) -> bool| {
        bare.split(';').skip(1).any(|result| {
            let mut words = result.split_whitespace();
            let Some((name, verdict)) = words.next().and_then(|first| first.split_once('=')) else {
                return false;
            };
            let name = name.split('/').next().unwrap_or(name);
            name.eq_ignore_ascii_case(method)
                && verdicts.iter().any(|known| verdict.eq_ignore_ascii_case(known))
                && also(result)
        })
    };
    let failed = |method: &str| says(method, &["fail", "hardfail"], &|_| true);
    let signed = |result: &str| {
        result.split_whitespace().filter_map(|word| word.split_once('=')).any(|(name, value)| {
            let value = value.trim_matches('"');
            let domain = value.rsplit_once('@').map_or(value, |(_, domain)| domain);
            ["header.d", "header.i"].iter().any(|known| name.eq_ignore_ascii_case(known))
                && is_within(sender_domain, domain)
        })
    };
    if !failed("dmarc") && (says("dmarc", &["pass"], &|_| true) || says("dkim", &["pass"], &signed))
    {
        return None;
    }
    [("dmarc", Forgery::Dmarc), ("dkim", Forgery::Dkim), ("spf", Forgery::Spf)]
        .into_iter()
        .find(|(method, _)| failed(method))
        .map(|(_, forgery)| forgery)
}

/// Whether a domain is another one or lies below it.
fn is_within(domain: &str, of: &str) -> bool {
    let (domain, of) = (domain.to_ascii_lowercase(), of.to_ascii_lowercase());
    of.contains('.')
        && domain.strip_suffix(&of).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Comments in round brackets may hold anything, also semicolons.
fn without_comments(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| {
            match c {
                '(' => depth = depth.saturating_add(1),
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_explicit_failure_counts() {
        let found = |results: &str| failure(results, "marketplace.amazon.de");
        assert_eq!(found("mx.example.com; spf=pass smtp.mailfrom=a; dkim=pass; dmarc=pass"), None);
        assert_eq!(found("mx.example.com; spf=softfail; dkim=none; dmarc=temperror"), None);
        assert_eq!(found("mx.example.com; spf=fail smtp.mailfrom=a"), Some(Forgery::Spf));
        assert_eq!(found("mx; dkim=FAIL (bad; signature) header.d=a"), Some(Forgery::Dkim));
        assert_eq!(found("mx; spf=fail; dmarc/1=fail (p=reject)"), Some(Forgery::Dmarc));
        assert_eq!(found("mx; spf=pass (comment; spf=fail)"), None);
        assert_eq!(found("spf=fail"), None, "without the server's name it is none");
    }

    #[test]
    fn what_was_forwarded_is_no_forgery() {
        let found = |results: &str| failure(results, "marketplace.amazon.de");
        assert_eq!(found("mx; spf=fail smtp.mailfrom=a; dkim=pass header.d=b.c; dmarc=pass"), None);
        assert_eq!(
            found("mx; spf=fail; dkim=pass header.i=@amazon.de; dkim=fail header.d=x.y"),
            None
        );
        // Signed by somebody else, or by a top-level domain.
        for other in ["evil.example", "amazon.de.evil.example", "de", "notamazon.de"] {
            let results = format!("mx; spf=fail; dkim=pass header.d={other}");
            assert_eq!(found(&results), Some(Forgery::Spf), "{other}");
        }
        assert_eq!(found("mx; dkim=pass header.d=amazon.de; dmarc=fail"), Some(Forgery::Dmarc));
    }
}
