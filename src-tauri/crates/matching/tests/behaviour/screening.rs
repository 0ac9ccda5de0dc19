use crate::support::{Counted, buyer, identifiers, key, list, matches, order, place, tokens};
use buyerwatch_domain::IdentifierKind::{self, *};
use buyerwatch_domain::{ObservedOrder, ReasonField, ReasonNote, Tier, Unscreenable};
use buyerwatch_matching::{
    Index, NameTokens, NoCrowd, OrderTokens, Unusable, explain, explain_listed, identifier_tokens,
    identity_token, screen, unrelated_names, unscreenable,
};

const ALIAS: &str = "a1b2c3d4e5f6g7@marketplace.amazon.de";

fn empty() -> ObservedOrder {
    order("", &[], "", "")
}

fn tier(index: &Index, order: &ObservedOrder) -> Option<Tier> {
    let found = matches(index, order);
    assert!(found.len() <= 1, "one buyer is listed");
    found.first().map(|found| found.tier)
}

#[test]
fn each_identifier_of_one_buyer_alone_alerts() {
    type Fill = fn(&mut ObservedOrder, &str);
    let cases: [(IdentifierKind, &str, &str, Fill); 7] = [
        (Alias, ALIAS, "A1B2C3D4E5F6G7+0b9c1d2e@marketplace.amazon.de", |o, v| o.alias = v.into()),
        (MarketplaceId, "A3H6EXAMPLE1", "a3h6example1", |o, v| o.marketplace_buyer_id = v.into()),
        (Phone, "+49 931 12345670", "0931 12345670", |o, v| {
            o.phone = v.into();
            o.ship_to.country = "DE".into();
        }),
        (Phone, "+4993112345670", "0931/12345670", |o, v| {
            o.ship_phone = v.into();
            o.channel.0 = "Amazon.de".into();
        }),
        (UserName, "erika_b", "Erika_B", |o, v| o.user_name = v.into()),
        (OrderId, "302-7654321-1234567", " 302-7654321-1234567", |o, v| o.order_id = v.into()),
        (Alias, "Erika@Example.org", "erika@example.org", |o, v| o.alias = v.into()),
    ];
    for (kind, listed, seen, fill) in cases {
        let index = list(&[(kind, listed)]);
        let mut carrying = empty();
        fill(&mut carrying, seen);
        let found = matches(&index, &carrying);
        assert_eq!(found.len(), 1, "{kind:?}");
        assert_eq!((found[0].buyer, found[0].tier), (buyer(1), Tier::Alert), "{kind:?}");
        assert!(found[0].reasons.iter().any(|r| r.note == ReasonNote::Exact && r.weight > 10.0));
        assert_eq!(tier(&index, &empty()), None, "{kind:?}");
    }
}

#[test]
fn name_and_place_by_how_much_of_them_agrees() {
    let index = list(&[(Name, "Erika Beispiel"), (Address, "Königsgasse 14, 97070 Würzburg")]);
    let street: &[&str] = &["Koenigsgasse 14"];
    for (name, lines, postal, expected) in [
        ("BEISPIEL, Erika", street, "97070", Some(Tier::Alert)),
        ("Frau Erika Beispiel", &["Andere Gasse 3"], "97070", Some(Tier::Possible)),
        ("Erika Beispiel", &[], "97070", Some(Tier::Possible)),
        ("Amazon-Kunde", street, "97070", Some(Tier::Possible)),
        ("", street, "97070", Some(Tier::Possible)),
        ("Max Beispiel", street, "97070", Some(Tier::Possible)),
        ("Frau Beispiel", street, "97070", Some(Tier::Possible)),
        ("Max Muster", street, "97070", None),
        ("Erika Muster", street, "97070", None),
        ("Erika Beispiel", &["Königsgasse 14"], "97072", None),
        ("Erika Beispiel", &[], "", None),
        ("", &[], "97070", None),
        ("Max Beispiel", &["Andere Gasse 3"], "97070", None),
    ] {
        let seen = order(name, lines, "Würzburg", postal);
        assert_eq!(tier(&index, &seen), expected, "{name} {lines:?} {postal}");
    }
}

#[test]
fn the_recipient_counts_like_the_buyer() {
    let index = list(&[(Name, "Erika Beispiel"), (Address, "Königsgasse 14, 97070 Würzburg")]);
    let mut gift = order("Max Muster", &["Königsgasse 14"], "", "97070");
    gift.recipient_name = "Erika Beispiel".into();
    assert_eq!(tier(&index, &gift), Some(Tier::Alert));
}

#[test]
fn a_record_without_a_name_is_found_by_its_address_as_possible() {
    let index = list(&[(Address, "Königsgasse 14, 97070 Würzburg")]);
    for name in ["", "Max Muster", "Amazon Customer"] {
        let seen = order(name, &["Königsgasse 14"], "", "97070");
        assert_eq!(tier(&index, &seen), Some(Tier::Possible), "{name}");
    }
}

#[test]
fn the_best_of_several_names_and_addresses_counts() {
    let index = list(&[
        (Name, "Erika Beispiel"),
        (Name, "Erika Muster"),
        (Address, "Königsgasse 14, 97070 Würzburg"),
        (Address, "Ringweg 3, 1010 Wien"),
    ]);
    let found = matches(&index, &order("Erika Muster", &["Ringweg 3"], "Wien", "1010"));
    assert_eq!(found[0].tier, Tier::Alert);
    let of = |field| found[0].reasons.iter().find(|reason| reason.field == field).unwrap();
    assert_eq!(of(ReasonField::Name).identifier.unwrap().as_bytes(), &[1; 16]);
    assert_eq!(of(ReasonField::Address).identifier.unwrap().as_bytes(), &[3; 16]);
}

#[test]
fn chinese_japanese_and_korean_names_agree_letter_by_letter_only() {
    for (name, address, seen_name, line, postal, expected) in [
        (
            "王伟",
            "广东省深圳市南山区样例路12号3栋402室 518000",
            "王 伟",
            "南山区样例路12号3栋402",
            "518000",
            Some(Tier::Alert),
        ),
        (
            "王伟",
            "广东省深圳市南山区样例路12号3栋402室 518000",
            "王小伟",
            "南山区样例路12号3栋402",
            "518000",
            Some(Tier::Possible),
        ),
        (
            "王伟",
            "广东省深圳市南山区样例路12号3栋402室 518000",
            "李娜",
            "南山区样例路12号3栋402",
            "518000",
            None,
        ),
        (
            "欧阳娜",
            "广东省深圳市南山区样例路12号3栋402室 518000",
            "欧小明",
            "南山区样例路12号3栋402",
            "518000",
            None,
        ),
        (
            "山田太郎",
            "〒100-0001 東京都千代田区千代田1-2-3",
            "山田　太郎 様",
            "千代田１丁目２番３号",
            "1000001",
            Some(Tier::Alert),
        ),
        (
            "山田 太郎",
            "〒100-0001 東京都千代田区千代田1-2-3",
            "山本 太郎",
            "千代田1-2-3",
            "1000001",
            None,
        ),
        ("김민준", "06236 서울 강남구 견본로 152", "박민준", "강남구 견본로 152", "06236", None),
    ] {
        let index = list(&[(Name, name), (Address, address)]);
        let seen = order(seen_name, &[line], "", postal);
        assert_eq!(tier(&index, &seen), expected, "{name} / {seen_name}");
    }
}

#[test]
fn a_district_that_one_side_does_not_name_leaves_a_doubt() {
    let named = "广东省深圳市南山区人民路12号3栋402室";
    for (address, postal) in [(format!("{named} 518000"), "518000"), (named.to_owned(), "")] {
        let index = list(&[(Name, "王伟"), (Address, &address)]);
        for (line, expected) in [
            ("南山区人民路12号3栋402", Some(Tier::Alert)),
            ("人民路12号3栋402", Some(Tier::Possible)),
        ] {
            let seen = order("王伟", &[line], "深圳市", postal);
            assert_eq!(tier(&index, &seen), expected, "{line}");
        }
        let namesake = order("王伟", &["罗湖区人民路12号3栋402"], "深圳市", postal);
        assert_ne!(tier(&index, &namesake), Some(Tier::Alert));
        // Half an address and half a name are nothing.
        for name in ["", "王芳"] {
            let seen = order(name, &["人民路12号3栋402"], "深圳市", postal);
            assert_eq!(tier(&index, &seen), None, "{name}");
        }
        let other = list(&[(Name, "王伟"), (Address, "深圳市人民路12号3栋402室, 518000")]);
        let seen = order("王伟", &["南山区人民路12号3栋402"], "深圳市", "518000");
        assert_eq!(tier(&other, &seen), Some(Tier::Possible));
        let said = matches(&other, &seen);
        let of_address = said[0].reasons.iter().find(|r| r.field == ReasonField::Address).unwrap();
        assert_eq!(of_address.note, ReasonNote::Partial);
    }
}

#[test]
fn two_countries_that_are_named_must_agree() {
    for (listed, country, expected) in [
        ("Schulstr. 5, 12345 Musterstadt, Germany", "DE", Some(Tier::Alert)),
        ("Schulstr. 5, 12345 Musterstadt, Germany", "FR", None),
        ("Schulstr. 5, 12345 Musterstadt, DE", "France", None),
        ("Schulstr. 5, 12345 Musterstadt, Germany", "", Some(Tier::Alert)),
        ("Schulstr. 5, 12345 Musterstadt", "FR", Some(Tier::Alert)),
        // Named in both ways.
        ("5 School Street, 00901 San Juan, Puerto Rico", "US", Some(Tier::Alert)),
    ] {
        let index = list(&[(Name, "Erika Beispiel"), (Address, listed)]);
        let mut seen = order("Erika Beispiel", &["Schulstraße 5"], "", "12345");
        if listed.contains("School") {
            seen = order("Erika Beispiel", &["5 School St"], "", "00901");
        }
        seen.ship_to.country = country.to_owned();
        assert_eq!(tier(&index, &seen), expected, "{listed} / {country}");
        seen.ship_to.lines = vec!["Andere Gasse 3".to_owned()];
        let of_postcode = expected.map(|_| Tier::Possible);
        assert_eq!(tier(&index, &seen), of_postcode, "the postcode: {listed} / {country}");
    }
}

#[test]
fn a_number_of_an_open_country_counts_only_with_a_name_or_an_address() {
    let index = list(&[
        (Phone, "030 1234567"),
        (Name, "Erika Beispiel"),
        (Address, "Königsgasse 14, 97070 Würzburg"),
    ]);
    for (name, street, expected) in [
        ("", "", None),
        ("Max Muster", "", None),
        ("Max Beispiel", "", Some(Tier::Possible)),
        ("Erika Beispiel", "", Some(Tier::Alert)),
        ("Max Muster", "Königsgasse 14", Some(Tier::Alert)),
    ] {
        for phone in ["+49 30 1234567", "+43 30 1234567"] {
            let mut seen = order(name, &[street], "", if street.is_empty() { "" } else { "97070" });
            seen.phone = phone.to_owned();
            assert_eq!(tier(&index, &seen), expected, "{name} {street} {phone}");
            let found = matches(&index, &seen);
            let of_phone = |m: &buyerwatch_matching::Match| {
                m.reasons.iter().find(|r| r.field == ReasonField::Phone).unwrap().note
            };
            assert!(found.iter().all(|found| of_phone(found) == ReasonNote::Partial));
        }
    }
    // With a country of the buyer's own, only that reading proves.
    let index = list(&[(Phone, "030 1234567"), (Alias, ALIAS)]);
    for (phone, expected) in [("+49 30 1234567", Some(Tier::Alert)), ("+43 30 1234567", None)] {
        let mut seen = empty();
        seen.phone = phone.to_owned();
        assert_eq!(tier(&index, &seen), expected, "{phone}");
    }
}

#[test]
fn shared_identifiers_prove_nothing_alone() {
    // By nature.
    let business = "no-reply-amazon-iba-buyer@marketplace.amazon.it";
    let index = list(&[(Alias, business), (Name, "Erika Beispiel")]);
    let mut seen = order("Max Muster", &[], "", "");
    seen.alias = business.into();
    assert_eq!(tier(&index, &seen), None);
    seen.buyer_name = "Erika Beispiel".into();
    assert_eq!(tier(&index, &seen), Some(Tier::Possible));
    // A relay's number: the extension is the buyer's, the number everybody's.
    let index = list(&[(Phone, "+1 212-555-0123 ext. 11111"), (Name, "Jo Sample")]);
    let mut seen = order("Max Muster", &[], "", "");
    seen.phone = "+1 212-555-0123 ext. 22222".into();
    assert_eq!(tier(&index, &seen), None);
    // Marked by a person.
    let mut marked = identifiers(&[(Alias, ALIAS), (Name, "Erika Beispiel")]);
    marked[0].shared = true;
    let mut index = Index::new();
    index.insert_buyer(buyer(1), &marked);
    let mut seen = order("Max Muster", &[], "", "");
    seen.alias = ALIAS.into();
    assert_eq!(tier(&index, &seen), None);
    // By the crowd: a number from the third unrelated name on, an account from the fifth.
    let index = list(&[(Alias, ALIAS), (Phone, "+4993112345670"), (Name, "Erika Beispiel")]);
    for (field, names, expected) in [
        (ReasonField::Phone, 1, Some(Tier::Alert)),
        (ReasonField::Phone, 2, Some(Tier::Alert)),
        (ReasonField::Phone, 3, None),
        (ReasonField::Phone, 900, None),
        (ReasonField::Alias, 4, Some(Tier::Alert)),
        (ReasonField::Alias, 5, None),
        (ReasonField::Alias, 900, None),
    ] {
        let mut seen = order("Max Muster", &[], "", "");
        let by_phone = field == ReasonField::Phone;
        if by_phone { &mut seen.phone } else { &mut seen.alias }.push_str(if by_phone {
            "+4993112345670"
        } else {
            ALIAS
        });
        let carried = tokens(&seen);
        let token = if by_phone { carried.phone } else { carried.alias };
        let mut crowd = Counted::default();
        crowd.0.insert((field, token.unwrap()), names);
        let found = screen(&index, &carried, &crowd);
        assert_eq!(found.first().map(|found| found.tier), expected, "{field:?} {names}");
    }
}

#[test]
fn one_shared_identifier_does_not_hide_another_of_its_own() {
    let index = list(&[(Phone, "+4993112345670"), (Phone, "+4993112345671")]);
    let mut seen = empty();
    seen.phone = "+4993112345670".into();
    seen.ship_phone = "+4993112345671".into();
    let carried = tokens(&seen);
    let mut crowd = Counted::default();
    crowd.0.insert((ReasonField::Phone, carried.phone.unwrap()), 9);
    let found = screen(&index, &carried, &crowd);
    assert_eq!(found[0].tier, Tier::Alert);
}

#[test]
fn a_crowded_address_says_less_and_a_forwarders_nothing() {
    let index = list(&[(Name, "Erika Beispiel"), (Address, "Königsgasse 14, 97070 Würzburg")]);
    let whole = tokens(&order("Erika Beispiel", &["Königsgasse 14"], "", "97070"));
    let family = tokens(&order("Max Beispiel", &["Königsgasse 14"], "", "97070"));
    let nameless = tokens(&order("", &["Königsgasse 14"], "", "97070"));
    for (names, of_whole, of_less) in [
        (4, Some(Tier::Alert), Some(Tier::Possible)),
        (5, Some(Tier::Possible), None),
        (15, Some(Tier::Possible), None),
        (16, None, None),
    ] {
        let mut crowd = Counted::default();
        crowd.0.insert((ReasonField::Address, whole.address.unwrap()), names);
        for (carried, expected) in [(&whole, of_whole), (&family, of_less), (&nameless, of_less)] {
            let found = screen(&index, carried, &crowd);
            assert_eq!(found.first().map(|found| found.tier), expected, "{names} names");
        }
        let said = explain_listed(&index, &buyer(1), &whole, &crowd).unwrap();
        let address = said.reasons.iter().find(|r| r.field == ReasonField::Address).unwrap();
        assert_eq!(address.note == ReasonNote::Shared, names > 4, "the guard is stated");
    }
}

#[test]
fn every_field_that_one_side_carries_is_in_the_argument() {
    let listed = identifiers(&[
        (Alias, ALIAS),
        (Phone, "+4993112345670"),
        (Name, "Erika Beispiel"),
        (Address, "Königsgasse 14, 97070 Würzburg"),
        (OrderId, "302-7654321-1234567"),
    ]);
    let mut seen = order("Max Muster", &["Ringweg 3"], "Wien", "1010");
    seen.alias = ALIAS.into();
    seen.user_name = "max_m".into();
    let said = explain(&listed, &tokens(&seen), &NoCrowd);
    let table: Vec<(ReasonField, ReasonNote)> =
        said.reasons.iter().map(|reason| (reason.field, reason.note)).collect();
    for expected in [
        (ReasonField::Alias, ReasonNote::Exact),
        (ReasonField::Phone, ReasonNote::MissingInOrder),
        (ReasonField::UserName, ReasonNote::MissingInRecord),
        (ReasonField::Name, ReasonNote::Conflict),
        (ReasonField::Address, ReasonNote::Conflict),
        (ReasonField::Postcode, ReasonNote::Conflict),
    ] {
        assert!(table.contains(&expected), "{expected:?} is missing in {table:?}");
    }
    assert_eq!(table.len(), 6, "{table:?}");
    assert_eq!(said.tier, Some(Tier::Alert), "the alias proves it in spite of the conflicts");
    let sum: f64 = said.reasons.iter().map(|reason| reason.weight).sum();
    assert!((said.score - sum).abs() < 1e-9);
    let weight = |field| said.reasons.iter().find(|r| r.field == field).unwrap().weight;
    assert!(weight(ReasonField::Name) < 0.0 && weight(ReasonField::Address) < 0.0);
    assert!(said.reasons.is_sorted_by(|a, b| a.weight.abs() >= b.weight.abs()));
}

#[test]
fn what_does_not_match_is_explained_too() {
    let listed =
        identifiers(&[(Name, "Erika Beispiel"), (Address, "Königsgasse 14, 97070 Würzburg")]);
    let said =
        explain(&listed, &tokens(&order("Max Muster", &["Königsgasse 14"], "", "97070")), &NoCrowd);
    assert_eq!(said.tier, None);
    assert!(
        said.reasons.iter().any(|r| r.field == ReasonField::Address && r.note == ReasonNote::Exact)
    );
    assert!(
        said.reasons.iter().any(|r| r.field == ReasonField::Name && r.note == ReasonNote::Conflict)
    );
}

#[test]
fn alerts_come_first_and_each_buyer_once() {
    let mut index = Index::new();
    index.insert_buyer(
        buyer(3),
        &identifiers(&[(Name, "Erika Beispiel"), (Address, "Ringweg 3, 97070 Würzburg")]),
    );
    index.insert_buyer(buyer(2), &identifiers(&[(Alias, ALIAS), (Phone, "+4993112345670")]));
    index.insert_buyer(buyer(1), &identifiers(&[(Alias, ALIAS), (Name, "Erika Beispiel")]));
    let mut seen = order("Erika Beispiel", &["Königsgasse 14"], "", "97070");
    seen.alias = ALIAS.into();
    seen.phone = "+4993112345670".into();
    let found: Vec<_> = matches(&index, &seen).iter().map(|m| (m.buyer, m.tier)).collect();
    assert_eq!(
        found,
        [(buyer(2), Tier::Alert), (buyer(1), Tier::Alert), (buyer(3), Tier::Possible)]
    );
}

#[test]
fn a_removed_or_changed_buyer_is_no_longer_found() {
    let mut index = list(&[(Alias, ALIAS)]);
    let mut seen = empty();
    seen.alias = ALIAS.into();
    assert_eq!(tier(&index, &seen), Some(Tier::Alert));
    index.insert_buyer(buyer(1), &identifiers(&[(UserName, "erika_b")]));
    assert_eq!(tier(&index, &seen), None);
    assert!(index.remove_buyer(&buyer(1)));
    assert!(!index.remove_buyer(&buyer(1)));
    assert!(index.is_empty());
}

#[test]
fn the_identity_is_the_best_that_the_order_carries() {
    let mut seen = order("Erika Beispiel", &["Königsgasse 14"], "", "97070");
    seen.phone = "+4993112345670".into();
    seen.alias = ALIAS.into();
    let all = tokens(&seen);
    assert_eq!(identity_token(&all), all.alias.unwrap());
    // The next order under the same alias is the same identity, whatever its number.
    seen.order_id = "302-0000001-0000002".into();
    seen.alias = format!("{}+77aa88bb{}", &ALIAS[..14], &ALIAS[14..]);
    assert_eq!(identity_token(&tokens(&seen)), all.alias.unwrap());
    seen.alias = "no-reply-amazon-iba-buyer@marketplace.amazon.it".into();
    let placed = identity_token(&tokens(&seen));
    assert_ne!(placed, all.alias.unwrap());
    seen.alias.clear();
    assert_eq!(identity_token(&tokens(&seen)), placed);
    seen.ship_to = place(&[], "", "", "", "");
    let carried = tokens(&seen);
    assert_eq!(identity_token(&carried), carried.phone.unwrap());
    seen.phone.clear();
    let carried = tokens(&seen);
    assert_eq!(identity_token(&carried), carried.order_id.unwrap());
}

#[test]
fn what_cannot_be_compared_says_why() {
    let of = |seen: &ObservedOrder, columns| unscreenable(&tokens(seen), columns);
    assert_eq!(of(&empty(), false), Some(Unscreenable::NoIdentityColumns));
    assert_eq!(
        of(&order("", &[], "Springfield", "62704"), false),
        Some(Unscreenable::NoIdentityColumns)
    );
    assert_eq!(of(&empty(), true), Some(Unscreenable::IdentityEmpty));
    let mut business = order("Amazon Business EU SARL", &[], "", "");
    business.alias = "no-reply-amazon-iba-buyer@marketplace.amazon.it".into();
    assert_eq!(of(&business, true), Some(Unscreenable::OnlySharedIdentity));
    assert_eq!(
        of(&order("Amazon Customer", &[], "", "62704"), true),
        Some(Unscreenable::OnlySharedIdentity)
    );
    assert_eq!(
        of(&order("Erika Beispiel", &[], "", ""), true),
        Some(Unscreenable::OnlySharedIdentity)
    );
    assert_eq!(of(&order("Erika Beispiel", &[], "", "97070"), true), None);
    assert_eq!(of(&order("", &["Königsgasse 14"], "", "97070"), true), None);
    let mut seen = empty();
    seen.alias = ALIAS.into();
    assert_eq!(of(&seen, true), None);
    assert_eq!(unscreenable(&OrderTokens::default(), true), Some(Unscreenable::IdentityEmpty));
}

#[test]
fn unusable_identifiers_say_why() {
    for (kind, value, reason) in [
        (Name, "Amazon Customer", Unusable::GenericName),
        (Phone, "0000000000", Unusable::GenericPhone),
        (Phone, "call me", Unusable::NotAPhone),
        (Alias, "erika", Unusable::NotAnEmail),
        (Address, "Springfield", Unusable::NotAnAddress),
        (OrderId, "none", Unusable::NotAnOrderId),
        (UserName, "a***b", Unusable::Masked),
        (MarketplaceId, "", Unusable::Empty),
    ] {
        assert_eq!(identifier_tokens(&key(), kind, value), Err(reason), "{value}");
        assert!(!reason.to_string().contains(value) || value.is_empty(), "no personal data");
    }
}

#[test]
fn related_names_count_once() {
    let name = |text: &str| tokens(&order(text, &[], "", "")).buyer_name;
    let count = |field, names: &[&str]| {
        let counted = unrelated_names(field, names.iter().map(|text| name(text)));
        let turned = unrelated_names(field, names.iter().rev().map(|text| name(text)));
        assert_eq!(counted, turned, "the order of names says nothing: {names:?}");
        counted
    };
    for (names, at_address, under_alias) in [
        (&[][..], 0, 0),
        (&["Erika Beispiel", "Max Muster", "Jo Sample"], 3, 3),
        (&["Amazon Customer", "", "Erika Beispiel"], 1, 1),
        // One person, however it signs.
        (&["Jonas Dornfeld", "J. Dornfeld", "Dornfeld, Jonas", "Herr Dornfeld"], 1, 1),
        (&["Dornfeld", "J. Dornfeld"], 1, 1),
        // A household at an address; several people under one alias.
        (&["Erika Beispiel", "Max Beispiel", "Frau Beispiel"], 1, 2),
        (&["王伟", "王芳", "王秀英", "王娜", "王敏"], 1, 5),
        (&["Wei Wang", "Fang Wang", "Na Wang"], 1, 3),
    ] {
        assert_eq!(count(ReasonField::Address, names), at_address, "{names:?}");
        for field in [ReasonField::Alias, ReasonField::Phone, ReasonField::MarketplaceId] {
            assert_eq!(count(field, names), under_alias, "{names:?}");
        }
    }
    assert_eq!(unrelated_names(ReasonField::Alias, [NameTokens::default()]), 0);
}
