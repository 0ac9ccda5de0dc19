use crate::support::{buyer, identifiers, key, tokens};
use buyerwatch_domain::{Address, IdentifierKind, ObservedOrder};
use buyerwatch_matching::{Index, NoCrowd, identifier_tokens, screen};
use proptest::prelude::*;

/// Texts that have broken other programs.
fn nasty() -> Vec<String> {
    let zalgo: String = "Z̷̢̧̛̤͓̭̹̥͚͒̊̋͐̈́̇a̵͎̐l̴̡̛͍g̶̡̙̿ó̷̫".repeat(40);
    vec![
        "\u{202E}\u{202D}\u{2066}erika\u{2069}".to_owned(),
        "\0\u{1}\u{7}\u{1B}[31m\u{7F}\u{80}\u{9F}".to_owned(),
        zalgo.clone(),
        zalgo.repeat(2_000),
        "a".repeat(1_000_000),
        "王".repeat(350_000),
        "\u{300}".repeat(500_000),
        "a\u{300}".repeat(400),
        "1-".repeat(400),
        "1 ".repeat(500),
        "#".repeat(900),
        ",".repeat(1_000),
        "\n".repeat(1_000),
        "Apt ".repeat(200),
        "号".repeat(300),
        "1号".repeat(250),
        "市".repeat(300),
        "﷽".repeat(50),
        "ﷺ 12 ﷺ 34567".to_owned(),
        "🏳️‍🌈👨‍👩‍👧‍👦".repeat(20),
        "@".repeat(300),
        "<>@.".to_owned(),
        "+".to_owned(),
        "+(0)".to_owned(),
        "(0)(0)(0)".to_owned(),
        "ǅ ŉ ﬁ İ ı ẞ".to_owned(),
        "\u{1100}\u{1161}\u{11A8}".repeat(50),
        "c/o".to_owned(),
        "c/o c/o".to_owned(),
        "- Amazon Marketplace".to_owned(),
        "，、；｜".repeat(50),
    ]
}

fn order_of(text: &str) -> ObservedOrder {
    let text = || text.to_owned();
    ObservedOrder {
        order_id: text(),
        buyer_name: text(),
        alias: text(),
        phone: text(),
        marketplace_buyer_id: text(),
        user_name: text(),
        recipient_name: text(),
        ship_phone: text(),
        ship_to: Address {
            lines: vec![text(), text(), text()],
            city: text(),
            state: text(),
            postal: text(),
            country: text(),
        },
        ..ObservedOrder::default()
    }
}

fn exercise(text: &str) {
    let seen = tokens(&order_of(text));
    assert_eq!(seen, tokens(&order_of(text)), "equal input gives equal tokens");
    let mut index = Index::new();
    for kind in IdentifierKind::ALL {
        if let Ok(listed) = identifier_tokens(&key(), kind, text) {
            assert!(
                listed.all().next().is_some()
                    || listed.family.is_some()
                    || listed.postcode.is_some(),
                "an accepted identifier can be compared: {kind:?}"
            );
            index.insert_buyer(buyer(1), &identifiers(&[(kind, text)]));
            let _ = screen(&index, &seen, &NoCrowd);
        }
    }
}

#[test]
fn nothing_that_a_file_may_hold_is_too_much() {
    for text in nasty() {
        exercise(&text);
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC{0,80}|[0-9a-zA-Z#,./ \\-\\n]{0,80}|[一-鿿0-9号市区丁目番 ,\\-]{0,40}|\\p{any}{0,60}") {
        exercise(&text);
    }

    /// A form is a fixed point: bringing it into form again changes nothing.
    #[test]
    fn names_in_form_stay(text in "[A-Za-zÀ-ſ']{5,9}([ ,\\-][A-Za-zÀ-ſ]{5,9}){1,3}") {
        use buyerwatch_matching::normalise::name;
        if let Ok(form) = name(&text)
            && let Some(full) = form.full
            && let Ok(again) = name(&full)
        {
            prop_assert_eq!(again.full, Some(full));
        }
    }

    #[test]
    fn numbers_in_form_stay(digits in "[0-9]{6,13}", country in prop::sample::select(vec!["US", "DE", "IT", "CN", "JP", "GB", "MX", "BR"])) {
        use buyerwatch_matching::normalise::phone;
        if let Ok(form) = phone(&digits, Some(country)) {
            prop_assert_eq!(phone(&form.e164, None).map(|again| again.e164), Ok(form.e164));
        }
    }

    #[test]
    fn case_and_blanks_change_nothing(name in "[A-Za-z]{3,9} [A-Za-z]{3,9}", street in "[A-Z][a-z]{4,9}", number in 1u32..9999) {
        use crate::support::order;
        let one = order(&name, &[&format!("{number} {street} Street")], "Springfield", "62704");
        let other = order(&format!("  {} ", name.to_uppercase()), &[&format!("{number}  {} ST. ", street.to_uppercase())], "", "62704-0001");
        prop_assert_eq!(tokens(&one).buyer_name, tokens(&other).buyer_name);
        prop_assert_eq!(tokens(&one).address, tokens(&other).address);
    }
}
