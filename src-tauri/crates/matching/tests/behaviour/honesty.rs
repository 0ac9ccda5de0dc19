//! Honest buyers who resemble a listed one. A false alert is the worst that can happen.

use crate::support::{Counted, buyer, identifiers, key, list, matches, order, tokens};
use buyerwatch_domain::IdentifierKind::{Address, Alias, Name, Phone};
use buyerwatch_domain::{ReasonField, Tier};
use buyerwatch_matching::{Index, NameTokens, order_tokens, screen, unrelated_names};
use std::collections::HashMap;

const HOME: &str = "Königsgasse 14, 97070 Würzburg";

fn alerts(index: &Index, order: &buyerwatch_domain::ObservedOrder) -> usize {
    matches(index, order).iter().filter(|found| found.tier == Tier::Alert).count()
}

#[test]
fn the_rest_of_the_household() {
    let index = list(&[(Name, "Erika Beispiel"), (Address, HOME), (Phone, "+4993112345670")]);
    for name in ["Max Beispiel", "Mia Muster", "Beispiel", "E. Beispiel", "Amazon-Kunde", ""] {
        assert_eq!(
            alerts(&index, &order(name, &["Königsgasse 14"], "Würzburg", "97070")),
            0,
            "{name}"
        );
    }
}

#[test]
fn father_and_son() {
    let index = list(&[(Name, "John Sample Jr."), (Address, "12 Main St, Springfield, IL 62704")]);
    for name in ["John Sample Sr.", "John Sample", "John Sample III", "Sample, John Senior"] {
        let found = matches(&index, &order(name, &["12 Main Street"], "Springfield", "62704"));
        assert_eq!(found.len(), 1, "{name} is shown");
        assert_eq!(found[0].tier, Tier::Possible, "{name}");
    }
}

#[test]
fn namesakes_elsewhere() {
    let index = list(&[
        (Name, "Erika Beispiel"),
        (Address, HOME),
        (Alias, "a1b2c3d4e5f6g7@marketplace.amazon.de"),
    ]);
    let mut other_town = order("Erika Beispiel", &["Ringweg 3"], "Wien", "1010");
    other_town.alias = "zz99yy88xx77ww@marketplace.amazon.de".into();
    assert!(matches(&index, &other_town).is_empty());
    let same_town = order("Erika Beispiel", &["Ringweg 3"], "Würzburg", "97070");
    assert_eq!(alerts(&index, &same_town), 0);
}

#[test]
fn the_new_tenant_and_the_neighbours() {
    let index = list(&[(Name, "Jo Sample"), (Address, "12 Main St Apt 4, Springfield, IL 62704")]);
    for (name, line) in [
        ("Kim Other", "12 Main St Apt 4"),
        ("Jo Sample", "12 Main St Apt 5"),
        ("Kim Other", "12 Main St"),
        ("Jo Example", "12 Main St Apt 4"),
    ] {
        assert_eq!(
            alerts(&index, &order(name, &[line], "Springfield", "62704")),
            0,
            "{name} {line}"
        );
    }
}

#[test]
fn the_ten_most_common_chinese_names() {
    let names = ["王伟", "王芳", "王秀英", "李伟", "李娜", "张敏", "李静", "张静", "刘伟", "王静"];
    let mut index = Index::new();
    for (number, name) in (1u8..).zip(names) {
        let address = format!("广东省深圳市南山区样例路{number}号3栋402室 518000");
        index.insert_buyer(buyer(number), &identifiers(&[(Name, name), (Address, &address)]));
    }
    for name in names {
        for number in 50..90 {
            let line = format!("样例路{number}号3栋402室");
            assert_eq!(alerts(&index, &order(name, &[&line], "深圳市", "518000")), 0, "{name}");
            // In another city the name alone says nothing at all.
            assert!(
                matches(&index, &order(name, &[&line], "北京市", "100000")).is_empty(),
                "{name}"
            );
        }
    }
    // Two different ones at the same address do not alert either.
    for (number, name) in (1u8..).zip(names) {
        let line = format!("样例路{number}号3栋402室");
        for other in names.iter().filter(|other| **other != name) {
            assert_eq!(alerts(&index, &order(other, &[&line], "深圳市", "518000")), 0, "{other}");
        }
    }
}

#[test]
fn a_thousand_buyers_of_one_forwarder() {
    let index = list(&[
        (Name, "Erika Beispiel"),
        (Address, "5 Forwarder Way, Portland, OR 97230"),
        (Phone, "+15035550142"),
    ]);
    let orders: Vec<_> = (0..1_000)
        .map(|number| {
            // Every hundredth is a namesake of the listed buyer.
            let name = match number % 100 {
                0 => "Erika Beispiel".to_owned(),
                _ => format!("Given{} Family{}", letters(number), letters(number / 2)),
            };
            let mut seen = order(&name, &["5 Forwarder Way"], "Portland", "97230");
            seen.phone = "+1 503 555 0142".into();
            tokens(&seen)
        })
        .collect();
    let mut crowd = Counted::default();
    let names = unrelated_names(ReasonField::Phone, orders.iter().map(|seen| seen.buyer_name));
    assert!(names > 100);
    crowd.0 = HashMap::from([
        ((ReasonField::Address, orders[1].address.unwrap()), names),
        ((ReasonField::Phone, orders[1].phone.unwrap()), names),
    ]);
    for seen in &orders {
        let found = screen(&index, seen, &crowd);
        assert!(found.iter().all(|found| found.tier != Tier::Alert));
        let namesake = seen.buyer_name == orders[0].buyer_name;
        assert_eq!(!found.is_empty(), namesake, "strangers at a forwarder are not even possible");
    }
}

fn letters(mut number: u32) -> String {
    let mut out = String::from("x");
    while number > 0 {
        out.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    out
}

#[test]
fn one_buyer_with_many_recipients_is_not_shared() {
    let gifts: Vec<NameTokens> = ["Mia Muster", "Jo Sample", "Kim Other", "Li Example"]
        .iter()
        .map(|recipient| {
            let mut gift = order("Erika Beispiel", &[], "", "");
            gift.recipient_name = (*recipient).to_owned();
            order_tokens(&key(), &gift).buyer_name
        })
        .collect();
    assert_eq!(unrelated_names(ReasonField::Alias, gifts), 1);
}

#[test]
fn the_business_alias_of_everybody() {
    let alias = "no-reply-amazon-iba-buyer@marketplace.amazon.it";
    let index = list(&[(Alias, alias), (Name, "Erika Beispiel"), (Address, HOME)]);
    for name in ["Amazon Business EU SARL", "Muster AG", ""] {
        let mut seen = order(name, &["Via dell'Esempio 9"], "Roma", "00184");
        seen.alias = alias.into();
        assert!(matches(&index, &seen).is_empty(), "{name}");
    }
}

#[test]
fn fillers_are_no_identity() {
    let index = list(&[(Name, "Erika Beispiel"), (Address, HOME)]);
    for filler in ["0000000000", "1234567890", "n/a", "-"] {
        let mut seen = order(filler, &[filler], filler, filler);
        seen.phone = filler.into();
        seen.alias = filler.into();
        seen.marketplace_buyer_id = filler.into();
        assert!(matches(&index, &seen).is_empty(), "{filler}");
    }
}

/// An identifier on half the list must neither alert nor cost a second per order.
#[test]
fn what_thousands_of_listed_buyers_carry_is_shared() {
    let mut index = Index::new();
    let alias = "a1b2c3d4e5f6g7@marketplace.amazon.de";
    for number in 0..3_000u32 {
        let name = format!("Given{} Family{}", letters(number), letters(number / 2));
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_le_bytes());
        let tokens = identifiers(&[(Alias, alias), (Name, &name), (Address, HOME)]);
        index.insert_buyer(buyerwatch_domain::BuyerId::from_bytes(id), &tokens);
    }
    let mut seen = order("Max Muster", &[], "", "");
    seen.alias = alias.into();
    assert!(matches(&index, &seen).is_empty());
    // With the name it is worth a look.
    seen.buyer_name = format!("Given{} Family{}", letters(700), letters(350));
    let found = matches(&index, &seen);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].tier, Tier::Possible);
    let at_home = order(&seen.buyer_name, &["Königsgasse 14"], "", "97070");
    let found = matches(&index, &at_home);
    assert_eq!((found.len(), found[0].tier), (1, Tier::Possible));
    assert!(matches(&index, &order("", &["Königsgasse 14"], "", "97070")).is_empty());
}

#[test]
fn an_order_gets_fifty_matches_at_most_and_the_strongest_first() {
    let mut index = Index::new();
    for number in 0..200u8 {
        let home = format!("样例路{number}号3栋402室, 518000");
        index.insert_buyer(buyer(number), &identifiers(&[(Name, "王伟"), (Address, &home)]));
    }
    index
        .insert_buyer(buyer(250), &identifiers(&[(Alias, "zz99yy88xx77ww@marketplace.amazon.de")]));
    let mut seen = order("王伟", &["样例路150号3栋402室"], "", "518000");
    seen.alias = "zz99yy88xx77ww@marketplace.amazon.de".into();
    let found = matches(&index, &seen);
    assert_eq!(found.len(), 50);
    assert_eq!(found.iter().filter(|found| found.tier == Tier::Alert).count(), 2);
    assert!(found[..2].iter().any(|found| found.buyer == buyer(150)));
}
