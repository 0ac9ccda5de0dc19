//! What the receiving server found out about the sender (RFC 8601).

use buyerwatch_domain::Forgery;

/// What the receiving server's `Authentication-Results` say against the sender, topmost first.
///
/// A server puts its own above all that the sender may have written, some of them one for each
/// method: those that bear the name of the topmost are read, or the name that a person gave, since a
/// mailbox to which letters are forwarded may find fault with each. `domain` is the visible sender's.
///
/// A letter that was handed on comes from a server that the sender's domain does not name, and many
/// bear a second signature. So DMARC decides where it was looked at; else a whole signature of the
/// sender's domain outweighs the rest.
pub(super) fn failure<'a>(
    results: impl Iterator<Item = &'a str> + Clone,
    domain: &str,
    checked_by: Option<&str>,
) -> Option<Forgery> {
    // Where the named server said nothing, its silence outweighs nobody's word.
    let names = |result: &str, trusted| is_named(server_of(&without_comments(result)), trusted);
    let checked_by = checked_by.filter(|trusted| results.clone().any(|one| names(one, trusted)));
    let mut server = None;
    let (mut dmarc, mut signed) = (None, false);
    let (mut dkim_failed, mut spf_failed) = (false, false);
    for result in results {
        let bare = without_comments(result);
        let (name, parts) = (server_of(&bare), bare.split(';').skip(1));
        if let Some(trusted) = checked_by {
            if !is_named(name, trusted) {
                continue;
            }
        } else if server.get_or_insert_with(|| name.to_ascii_lowercase())
            != &name.to_ascii_lowercase()
        {
            break;
        }
        for part in parts {
            let Some(Verdict { method, passed, failed, aligned }) = Verdict::read(part, domain)
            else {
                continue;
            };
            match &*method {
                // What speaks of another sender says nothing of this one.
                "dmarc" if (passed && aligned != Some(false)) || failed => {
                    dmarc = dmarc.or(Some(passed));
                }
                "dkim" => {
                    signed |= passed && aligned == Some(true);
                    dkim_failed |= failed;
                }
                "spf" => spf_failed |= failed,
                _ => {}
            }
        }
    }
    match dmarc {
        Some(true) => None,
        Some(false) => Some(Forgery::Dmarc),
        None if signed => None,
        None if dkim_failed => Some(Forgery::Dkim),
        None => spf_failed.then_some(Forgery::Spf),
    }
}

/// The server that a result names.
fn server_of(bare: &str) -> &str {
    bare.split(';').next().and_then(|id| id.split_whitespace().next()).unwrap_or_default()
}

/// Whether that is the one that a person named. Some name themselves by one word.
fn is_named(name: &str, trusted: &str) -> bool {
    name.eq_ignore_ascii_case(trusted) || is_of(name, trusted)
}

/// What one method found.
struct Verdict {
    method: String,
    passed: bool,
    failed: bool,
    /// Whether the domain that it looked at is the visible sender's or one above it; `None` when it
    /// names none.
    aligned: Option<bool>,
}

impl Verdict {
    fn read(result: &str, domain: &str) -> Option<Self> {
        let mut words = result.split_whitespace();
        let (name, verdict) = words.next()?.split_once('=')?;
        let verdict = verdict.to_ascii_lowercase();
        let looked_at = words.filter_map(|word| {
            let (property, value) = word.split_once('=')?;
            let property = property.to_ascii_lowercase();
            matches!(&*property, "header.d" | "header.i" | "header.from").then_some(value)
        });
        Some(Self {
            method: name.split('/').next().unwrap_or(name).to_ascii_lowercase(),
            passed: verdict == "pass",
            failed: matches!(&*verdict, "fail" | "hardfail"),
            aligned: looked_at
                .map(|value| is_of(domain, value))
                .reduce(|every, aligned| every && aligned),
        })
    }
}

/// Whether `domain` is the one of `signer`, which may be an address, or lies under it.
fn is_of(domain: &str, signer: &str) -> bool {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    let signer = signer.trim_matches('"').trim_end_matches('.').to_ascii_lowercase();
    let signer = signer.rsplit_once('@').map_or(&*signer, |(_, domain)| domain);
    signer.contains('.')
        && domain
            .strip_suffix(signer)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
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

    fn found(results: &[&str]) -> Option<Forgery> {
        failure(results.iter().copied(), "marketplace.amazon.de", None)
    }

    #[test]
    fn a_named_server_is_believed_wherever_its_word_stands_and_no_other() {
        let found = |results: &[&str], name| {
            failure(results.iter().copied(), "marketplace.amazon.de", Some(name))
        };
        let own = "mx2.shop.example; dmarc=pass header.from=marketplace.amazon.de";
        let forwarded = "mx.provider.example; spf=fail; dmarc=fail";
        assert_eq!(found(&[forwarded, own], "shop.example"), None);
        assert_eq!(found(&[forwarded, own], "mx2.Shop.example."), None);
        assert_eq!(found(&[forwarded, own], "provider.example"), Some(Forgery::Dmarc));
        let bad = "mx2.shop.example; dmarc=fail";
        assert_eq!(found(&[forwarded, bad, own], "shop.example"), Some(Forgery::Dmarc), "topmost");
        // Nobody else's word is taken for it.
        let other = "evil-shop.example; dmarc=pass";
        assert_eq!(found(&[other, bad], "shop.example"), Some(Forgery::Dmarc));
        // And its silence outweighs nobody's, as where a name was typed wrong.
        assert_eq!(found(&[forwarded], "shop.example"), Some(Forgery::Dmarc));
    }

    #[test]
    fn only_an_explicit_failure_counts() {
        let found = |results: &str| found(&[results]);
        assert_eq!(found("mx.example.com; spf=pass smtp.mailfrom=a; dkim=pass; dmarc=pass"), None);
        assert_eq!(found("mx.example.com; spf=softfail; dkim=none; dmarc=temperror"), None);
        assert_eq!(found("mx.example.com; spf=fail smtp.mailfrom=a"), Some(Forgery::Spf));
        assert_eq!(found("mx; dkim=FAIL (bad; signature) header.d=a"), Some(Forgery::Dkim));
        assert_eq!(found("mx; spf=fail; dmarc/1=fail (p=reject)"), Some(Forgery::Dmarc));
        assert_eq!(found("mx; spf=pass (comment; spf=fail)"), None);
        assert_eq!(found("spf=fail"), None, "without the server's name it is none");
        assert_eq!(failure(std::iter::empty(), "amazon.de", None), None);
    }

    #[test]
    fn a_letter_that_was_handed_on_is_not_forged() {
        let found = |results: &str| found(&[results]);
        for results in [
            "mx.google.com; dkim=pass header.i=@marketplace.amazon.de header.s=x header.b=AB; \
             spf=fail (google.com: domain of a@b does not designate 192.0.2.1) smtp.mailfrom=a@b; \
             dmarc=pass (p=QUARANTINE dis=NONE) header.from=marketplace.amazon.de",
            "mx; spf=fail; dkim=fail header.d=amazonses.com; dmarc=pass",
            "mx; spf=fail; dkim=pass header.d=marketplace.amazon.de",
            "mx; spf=fail; dkim=pass header.d=Amazon.de",
            "mx; dkim=fail header.d=amazonses.com; dkim=pass header.i=@amazon.de; dmarc=none",
            "mx; dkim=pass header.d=amazon.de header.i=bounce@amazon.de; dkim=fail header.d=a.example",
        ] {
            assert_eq!(found(results), None, "{results}");
        }
        for (results, forgery) in [
            ("mx; spf=fail; dkim=pass header.d=evil.example", Forgery::Spf),
            ("mx; spf=fail; dkim=pass", Forgery::Spf),
            ("mx; spf=fail; dkim=pass header.d=de", Forgery::Spf),
            ("mx; spf=fail; dkim=pass header.d=eamazon.de", Forgery::Spf),
            ("mx; spf=fail; dkim=pass header.d=a.marketplace.amazon.de", Forgery::Spf),
            ("mx; spf=fail; dkim=pass header.d=amazon.de header.i=@evil.example", Forgery::Spf),
            ("mx; dkim=pass header.d=amazonses.com; dkim=fail header.d=amazon.de", Forgery::Dkim),
            ("mx; spf=pass; dkim=pass header.d=amazon.de; dmarc=fail", Forgery::Dmarc),
            ("mx; spf=fail; dmarc=pass header.from=evil.example", Forgery::Spf),
        ] {
            assert_eq!(found(results), Some(forgery), "{results}");
        }
    }

    #[test]
    fn a_server_may_write_one_header_for_each_method() {
        let spf = "mail.example.com; spf=fail smtp.mailfrom=a";
        let signed = "mail.example.com 1; dkim=pass header.d=amazon.de";
        let other = "other.example.com; dmarc=fail";
        assert_eq!(found(&[spf, signed]), None);
        assert_eq!(found(&[signed, "Mail.Example.com; dmarc=fail"]), Some(Forgery::Dmarc));
        assert_eq!(found(&[signed, other]), None, "another server's");
        assert_eq!(found(&[spf, "x.example; dmarc=pass"]), Some(Forgery::Spf), "another server's");
        assert_eq!(found(&[spf, "x.example; dmarc=pass", signed]), Some(Forgery::Spf), "below it");
        let (pass, fail) = ("mail.example.com; dmarc=pass", "mail.example.com; dmarc=fail");
        assert_eq!(found(&[fail, pass]), Some(Forgery::Dmarc), "the topmost");
    }
}
