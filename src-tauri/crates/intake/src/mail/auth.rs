//! What the receiving server found out about the sender (RFC 8601).

use buyerwatch_domain::Forgery;

/// An explicit failure in one `Authentication-Results` header.
///
/// Only the topmost header may be handed over: the receiving server puts its own above all that the
/// sender may have written. DMARC names the failure best, so it is named first.
pub(super) fn failure(results: &str) -> Option<Forgery> {
    let bare = without_comments(results);
    let failed = |method: &str| {
        bare.split(';').skip(1).any(|result| {
            let mut words = result.split_whitespace();
            let Some((name, verdict)) = words.next().and_then(|first| first.split_once('=')) else {
                return false;
            };
            let name = name.split('/').next().unwrap_or(name);
            name.eq_ignore_ascii_case(method)
                && ["fail", "hardfail"].iter().any(|fail| verdict.eq_ignore_ascii_case(fail))
        })
    };
    [("dmarc", Forgery::Dmarc), ("dkim", Forgery::Dkim), ("spf", Forgery::Spf)]
        .into_iter()
        .find(|(method, _)| failed(method))
        .map(|(_, forgery)| forgery)
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
        let found = |results: &str| failure(results);
        assert_eq!(found("mx.example.com; spf=pass smtp.mailfrom=a; dkim=pass; dmarc=pass"), None);
        assert_eq!(found("mx.example.com; spf=softfail; dkim=none; dmarc=temperror"), None);
        assert_eq!(found("mx.example.com; spf=fail smtp.mailfrom=a"), Some(Forgery::Spf));
        assert_eq!(found("mx; dkim=FAIL (bad; signature) header.d=a"), Some(Forgery::Dkim));
        assert_eq!(found("mx; spf=fail; dmarc/1=fail (p=reject)"), Some(Forgery::Dmarc));
        assert_eq!(found("mx; spf=pass (comment; spf=fail)"), None);
        assert_eq!(found("spf=fail"), None, "without the server's name it is none");
    }
}
