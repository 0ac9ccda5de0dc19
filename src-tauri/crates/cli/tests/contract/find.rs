//! `find`, and what is said of identifiers that can never be found.

use crate::program::{ALIAS, Bwatch, PASSPHRASE, keys, report, text};
use serde_json::{Value, json};

const LABEL: &str = "收件人：王小明 电话：13800001111 地址：浙江省杭州市西湖区文三路100号3栋502室";

fn buyers(found: &Value) -> Vec<String> {
    let items = found["found"].as_array().unwrap().iter();
    items.filter(|item| item["type"] == "buyer").map(|item| text(&item["id"])).collect()
}

#[test]
fn a_pasted_label_is_looked_up() {
    let bwatch = Bwatch::new();
    let by_phone = bwatch.buyer(&["phone=+86 138 0000 1111"]);
    let at_home = bwatch.buyer(&["name=王小明", "address=浙江省杭州市西湖区文三路100号3栋502室"]);
    let by_alias = bwatch.buyer(&[&format!("alias={ALIAS}")]);
    let order = "305-1000000-0000001";
    let orders = bwatch.file(
        "orders.txt",
        report(&[(order, "z9y8x7w6v5u4t3@marketplace.amazon.de", "Ute Sander")]),
    );
    bwatch.ok(&["import", &orders]);

    let mut both = buyers(&bwatch.ok(&["find", LABEL]));
    both.sort();
    let mut expected = vec![by_phone.clone(), at_home];
    expected.sort();
    assert_eq!(both, expected);
    // Words that no shell held together, and one value.
    assert_eq!(buyers(&bwatch.ok(&["find", "+86", "138", "0000", "1111"])), [by_phone]);
    assert_eq!(buyers(&bwatch.ok(&["find", ALIAS])), std::slice::from_ref(&by_alias));
    let found = bwatch.ok(&["find", &format!("Order {order}")]);
    assert_eq!(found["found"][0]["order_id"], order);
    assert_eq!(
        keys(&found["found"][0]),
        ["flag", "label", "marketplace", "order_id", "purchased_at", "type"]
    );
    assert_eq!(bwatch.ok(&["find", "nobody at all"]), json!({ "found": [] }));

    let mut piped = bwatch.bare(&["--json", "--passphrase-stdin", "find", "-"]);
    let block = format!("{PASSPHRASE}\nName: Ute\nE-Mail: {ALIAS}\nOrder ID: {order}\n");
    let ran = bwatch.fed(&mut piped, block);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(buyers(&ran.json), [by_alias]);
    assert!(ran.json["found"].as_array().unwrap().iter().any(|item| item["order_id"] == order));

    let read = |lang: &str, query: &str| {
        let mut command = bwatch.bare(&["--lang", lang, "find", query]);
        bwatch.fed(command.env("BUYERWATCH_PASSPHRASE", PASSPHRASE), "").stdout
    };
    assert!(read("zh-CN", LABEL).contains("相符： 电话"));
    assert!(read("en", LABEL).contains("agrees: phone"));
    assert!(read("zh-CN", "nobody at all").contains("没有找到"));
    for lang in ["en", "zh-CN"] {
        assert!(!read(lang, LABEL).contains("王小明"), "masked as everywhere");
    }
}

#[test]
fn an_identifier_that_can_never_be_found_is_warned_of() {
    let bwatch = Bwatch::new();
    let weak = ["phone=12", "name=Amazon-Kunde", "alias=foo"];
    let args: Vec<&str> = weak.iter().flat_map(|one| ["--identifier", *one]).collect();
    let added = bwatch.ok(&[&["buyer", "add"], &args[..]].concat());
    let told = added["unusable"].as_array().unwrap();
    let reasons: Vec<_> = told.iter().map(|one| text(&one["reason"])).collect();
    assert_eq!(reasons, ["not_a_phone", "generic_name", "not_an_email"]);
    assert_eq!(keys(&told[0]), ["at", "masked", "message", "reason", "type"]);
    assert!(text(&told[0]["message"]).contains("country code"), "{told:?}");
    // A second one with the same filler is nobody's double.
    let again = bwatch.ok(&["buyer", "add", "--identifier", "phone=12"]);
    assert_eq!(again["existing"], json!([]));
    assert_eq!(bwatch.ok(&["buyer", "duplicates"])["total"], 0);

    let buyer = text(&added["buyer_id"]);
    let read = |args: &[&str]| {
        let mut command = bwatch.bare(args);
        bwatch.fed(command.env("BUYERWATCH_PASSPHRASE", PASSPHRASE), "").stdout
    };
    let english = read(&["buyer", "show", &buyer]);
    assert!(
        english.contains("enter the buyer's own name") && !english.contains("generic_name"),
        "{english}"
    );
    let chinese = read(&["--lang", "zh-CN", "buyer", "show", &buyer]);
    assert!(chinese.contains("占位姓名") && !chinese.contains("not_a_phone"), "{chinese}");
    let chinese = read(&["--lang", "zh-CN", "buyer", "add", "--identifier", "phone=12"]);
    assert!(chinese.contains("注意：电话") && chinese.contains("请填写完整号码"), "{chinese}");
    let shown = bwatch.ok(&["buyer", "show", &buyer]);
    assert_eq!(shown["buyer"]["identifiers"][0]["unusable"], "not_a_phone");
    assert!(text(&shown["buyer"]["identifiers"][0]["unusable_message"]).contains("country code"));

    let more = ["buyer", "identifier", "add", "--buyer", &buyer, "--identifier", "alias=bar"];
    assert_eq!(bwatch.ok(&more)["unusable"][0]["reason"], "not_an_email");
    let english =
        read(&["buyer", "identifier", "add", "--buyer", &buyer, "--identifier", "alias=baz"]);
    assert!(english.starts_with("warning: alias"), "{english}");
    let fine =
        ["buyer", "identifier", "add", "--buyer", &buyer, "--identifier", "phone=+49 40 5550177"];
    assert_eq!(bwatch.ok(&fine)["unusable"], json!([]));
}
