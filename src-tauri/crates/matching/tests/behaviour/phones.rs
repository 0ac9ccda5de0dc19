use buyerwatch_domain::IdentifierKind;
use buyerwatch_matching::normalise::phone;
use buyerwatch_matching::{IdentifierTokens, Unusable, identifier_tokens, order_tokens};

fn e164(value: &str, country: Option<&str>) -> String {
    phone(value, country).unwrap_or_else(|e| panic!("{value:?} {country:?}: {e}")).e164
}

#[test]
fn one_number_however_it_is_written() {
    for (normal, written) in [
        (
            "+4993112345670",
            &[
                ("+49 931 12345670", None),
                ("+49 (0)931 12345670", None),
                ("+49 0931 12345670", None),
                ("0049 931 12345670", None),
                ("0931/12345670", Some("DE")),
                ("0931 1234-5670", Some("Germany")),
                ("(0931) 12 34 56 70", Some("de")),
                ("93112345670", Some("DE")),
                ("＋４９９３１１２３４５６７０", None),
                ("Tel. 0931 12345670", Some("DE")),
                ("\u{202A}+49 931 12345670\u{202C}", None),
            ][..],
        ),
        (
            "+12125550123",
            &[
                ("+1 212-555-0123", None),
                ("(212) 555-0123", Some("US")),
                ("1-212-555-0123", Some("US")),
                ("212.555.0123", Some("Canada")),
                ("2125550123", Some("US")),
                ("001 212 555 0123", Some("DE")),
            ],
        ),
        ("+390612345678", &[("06 12345678", Some("IT")), ("+39 06 12345678", None)]),
        (
            "+8613812345670",
            &[
                ("138 1234 5670", Some("CN")),
                ("+86 138-1234-5670", None),
                ("8613812345670", Some("CN")),
            ],
        ),
        ("+819012345670", &[("090-1234-5670", Some("JP")), ("+81 90 1234 5670", None)]),
        ("+442079460123", &[("020 7946 0123", Some("UK")), ("+44 (0)20 7946 0123", None)]),
        ("+966501234567", &[("٠٥٠١٢٣٤٥٦٧", Some("SA")), ("0501234567", Some("Saudi Arabia"))]),
        ("+525512345678", &[("55 1234 5678", Some("MX")), ("+52 1 55 1234 5678", None)]),
    ] {
        for (text, country) in written {
            assert_eq!(e164(text, *country), normal, "{text:?} {country:?}");
        }
    }
}

#[test]
fn a_country_outside_the_table_is_read_by_the_library() {
    assert_eq!(e164("01 224 5678", Some("PE")), "+5112245678");
    assert_eq!(e164("+51 1 224 5678", None), "+5112245678");
}

#[test]
fn an_extension_is_cut_and_told() {
    for written in [
        "+1 212-555-0123 ext. 12345",
        "+1 212-555-0123 x12345",
        "+1 212 555 0123;ext=12345",
        "+1 212-555-0123, 12345",
        "+1 212 555 0123 #12345",
    ] {
        let found = phone(written, None).unwrap();
        assert_eq!((found.e164.as_str(), found.extension), ("+12125550123", true), "{written}");
    }
    assert!(!phone("+1 212-555-0123", None).unwrap().extension);
}

#[test]
fn what_is_no_number_is_refused() {
    for (value, country, reason) in [
        ("", None, Unusable::Empty),
        ("  ", None, Unusable::Empty),
        ("0000000000", Some("US"), Unusable::GenericPhone),
        ("9999999999", Some("US"), Unusable::GenericPhone),
        ("1234567890", Some("US"), Unusable::GenericPhone),
        ("+1 0000000000", None, Unusable::GenericPhone),
        ("n/a", Some("US"), Unusable::NotAPhone),
        ("0931 123456", None, Unusable::NotAPhone),
        ("112", Some("DE"), Unusable::NotAPhone),
        ("112-555-0123", Some("US"), Unusable::NotAPhone),
        ("+49931123456789012", None, Unusable::NotAPhone),
        ("(*) ***-0123", Some("US"), Unusable::Masked),
        ("+49 931 1234 erika@example.org", None, Unusable::NotAPhone),
    ] {
        assert_eq!(phone(value, country).map(|found| found.e164), Err(reason), "{value:?}");
    }
    assert_eq!(phone(&"1".repeat(1_000_000), Some("US")), Err(Unusable::NotAPhone));
}

/// The table is a shortcut: wherever the library calls a number valid, both must agree.
#[test]
fn the_table_agrees_with_the_library() {
    let mut compared = 0;
    for country in [
        "US", "CA", "MX", "BR", "DE", "AT", "CH", "GB", "IE", "FR", "BE", "NL", "LU", "IT", "ES",
        "PT", "PL", "CZ", "SE", "DK", "NO", "FI", "GR", "TR", "AE", "SA", "EG", "IN", "JP", "CN",
        "TW", "KR", "AU", "NZ", "SG", "HK", "ZA",
    ] {
        let id: phonenumber::country::Id = country.parse().unwrap();
        // Multiples of a large prime spread over lengths and leading digits.
        for step in 1..400u64 {
            let digits = (step * 7_368_787_151 % 100_000_000_000).to_string();
            let cut = 7 + usize::try_from(step % 6).unwrap();
            let body: String = digits.chars().take(cut).collect();
            for written in [format!("0{body}"), body.clone(), format!("1{body}")] {
                let Ok(number) = phonenumber::parse(Some(id), &written) else { continue };
                if !number.is_valid() || number.country().id() != Some(id) {
                    continue;
                }
                // Junk that the library mends by cutting at both ends is no way of writing.
                let national = number.national().value().to_string();
                if written.trim_start_matches('0').len() > national.len() + 1 {
                    continue;
                }
                let library = number.format().mode(phonenumber::Mode::E164).to_string();
                let Ok(ours) = phone(&written, Some(country)) else {
                    panic!("{country} {written}: the library reads {library}, we refuse it");
                };
                assert_eq!(ours.e164, library, "{country} {written}");
                compared += 1;
            }
        }
    }
    assert!(compared > 2_000, "too few numbers were valid to prove anything: {compared}");
}

/// How a listed number agrees with one that is seen: surely, in one of several readings, or not.
fn agreement(listed: &IdentifierTokens, e164: &str) -> &'static str {
    let mut order = crate::support::order("", &[], "", "");
    order.phone = e164.to_owned();
    let seen = order_tokens(&crate::support::key(), &order).phone.unwrap();
    if listed.exact.contains(&seen) {
        "sure"
    } else if listed.unsure.contains(&seen) {
        "unsure"
    } else {
        "no"
    }
}

#[test]
fn a_number_alone_is_sure_only_if_one_country_has_such_numbers() {
    for (written, seen) in [
        ("030 1234567", &[("+49301234567", "unsure"), ("+34301234567", "no")][..]),
        ("0931 12345670", &[("+4993112345670", "unsure"), ("+19311234567", "no")]),
        ("(212) 555-0123", &[("+12125550123", "sure"), ("+522125550123", "no")]),
        ("212 555 0123 ext. 5", &[("+12125550123", "sure"), ("+912125550123", "no")]),
        ("+49 30 1234567", &[("+49301234567", "sure")]),
        ("0049301234567", &[("+49301234567", "sure")]),
        // Thirteen digits behind the trunk zero fit Austria alone.
        ("0 1234567890124", &[("+431234567890124", "sure")]),
    ] {
        let key = crate::support::key();
        let listed = identifier_tokens(&key, IdentifierKind::Phone, written).unwrap();
        for (e164, expected) in seen {
            assert_eq!(agreement(&listed, e164), *expected, "{written} {e164}");
        }
    }
}

#[test]
fn the_buyers_other_identifiers_tell_the_country() {
    use IdentifierKind::{Address, Alias, Phone};
    const BERLIN: &str = "030 1234567";
    type Case = (&'static [(IdentifierKind, &'static str)], &'static str, &'static str);
    let cases: [Case; 9] = [
        (&[(Alias, "a1b2c3d4e5f6g7@marketplace.amazon.de")], BERLIN, "+49301234567"),
        (&[(Address, "Ringweg 3, 1010 Wien, Austria")], BERLIN, "+43301234567"),
        (&[(Phone, "+41 44 123 45 67")], "044 765 43 21", "+41447654321"),
        // The address tells more than the marketplace.
        (
            &[
                (Alias, "a1b2c3d4e5f6g7@marketplace.amazon.de"),
                (Address, "Ringweg 3, 1010 Wien, Österreich"),
            ],
            BERLIN,
            "+43301234567",
        ),
        // A number that the first country has not belongs to the next.
        (
            &[
                (Alias, "a1b2c3d4e5f6g7@marketplace.amazon.de"),
                (Address, "5 rue Exemple, 75001 Paris, France"),
            ],
            "030 12345678",
            "+493012345678",
        ),
        (&[(Alias, "a1b2c3d4e5f6g7@marketplace.amazon.com")], "1-212-555-0123", "+12125550123"),
        (&[(Alias, "a1b2c3d4e5f6g7@marketplace.amazon.in")], "98765 43211", "+919876543211"),
        (&[(Alias, "a1b2c3d4e5f6g7@marketplace.amazon.com.mx")], "55 2345 6781", "+525523456781"),
        // A country that the table of plans does not hold.
        (&[(Address, "Calle 3, 15001 Lima, Peru"), (Phone, "+51 1 224 5678")], BERLIN, ""),
    ];
    for (others, written, proof) in cases {
        let all: Vec<_> = others.iter().copied().chain([(Phone, written)]).collect();
        let listed = crate::support::identifiers(&all);
        let tokens = &listed.last().unwrap().tokens;
        if proof.is_empty() {
            assert!(tokens.exact.is_empty() && !tokens.unsure.is_empty(), "{written}");
            continue;
        }
        assert_eq!(tokens.exact.len(), 1, "{written} {others:?}");
        assert_eq!(agreement(tokens, proof), "sure", "{written} {others:?}");
    }
    // Two homes, and both have such numbers.
    let listed = crate::support::identifiers(&[
        (Address, "Ringweg 3, 1010 Wien, Austria"),
        (Address, "Königsgasse 14, 97070 Würzburg, Germany"),
        (Phone, BERLIN),
    ]);
    let tokens = &listed.last().unwrap().tokens;
    assert_eq!(agreement(tokens, "+49301234567"), "unsure");
    assert_eq!(agreement(tokens, "+43301234567"), "unsure");
}
