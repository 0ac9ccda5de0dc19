//! Why an identifier can never be found in an order, and what helps.

use crate::{args::Lang, commands::kind_word, table::plain};
use buyerwatch_app::buyers::check::UnusableIdentifier;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The reason with its remedy, by its code.
pub(crate) fn why(lang: Lang, code: &str) -> &'static str {
    let (zh, en) = match code {
        "empty" => ("去掉多余字符后是空的；请填写内容", "nothing is there; enter the value"),
        "too_long" => (
            "太长，不像一个标识；请只填写标识本身",
            "too long for its kind; enter only the identifier",
        ),
        "generic_name" => (
            "平台的占位姓名，认不出是谁；请填写买家本人的姓名",
            "stands for any buyer; enter the buyer's own name",
        ),
        "generic_phone" => (
            "占位号码，认不出是谁；请填写买家本人的号码",
            "a filler number; enter the buyer's own number",
        ),
        "masked" => {
            ("已被平台打码，认不出是谁；请填写完整内容", "part of it is hidden; enter it in full")
        }
        "shared_by_nature" => (
            "本身就是多人共用的，不单独作为依据",
            "many people share such a value; alone it proves nothing",
        ),
        "not_an_email" => (
            "不是邮箱地址；请填写完整地址，如 name@example.org",
            "no e-mail address; enter it as name@example.org",
        ),
        "not_a_phone" => (
            "不是完整的电话号码；请填写完整号码，最好带国家代码，如 +86",
            "no whole telephone number; enter it with + and the country code",
        ),
        "not_an_address" => (
            "地址不完整；请填写街道、门牌号和邮编",
            "no whole address; enter street, number and postcode",
        ),
        "not_a_postcode" => ("不是邮编；请按面单填写", "no postcode; enter it as on a label"),
        "not_an_order_id" => {
            ("不是订单号；请从订单中完整复制", "no order ID; copy it whole from the order")
        }
        "not_a_buyer_id" => {
            ("不是买家 ID；请从平台完整复制", "no buyer ID; copy it whole from the marketplace")
        }
        "not_a_user_name" => {
            ("不是用户名；请按平台显示的填写", "no user name; enter it as the channel shows it")
        }
        _ => ("不能用于比对；请检查后再试", "cannot be compared; check it and try again"),
    };
    lang.pick(zh, en)
}

/// The lines of a warning, one for each.
pub(crate) fn warning(lang: Lang, all: &[UnusableIdentifier]) -> String {
    let mut text = String::new();
    for one in all {
        let (kind, masked) = (kind_word(lang, one.kind.code()), plain(&one.masked));
        let why = why(lang, &one.reason);
        let _ = match lang {
            Lang::Zh => writeln!(text, "注意：{kind} {masked} 永远不会与订单相符：{why}"),
            Lang::En => {
                writeln!(text, "warning: {kind} {masked} will never be found in an order: {why}")
            }
        };
    }
    text
}

/// The same for programs.
pub(crate) fn shape(lang: Lang, all: &[UnusableIdentifier]) -> Vec<Value> {
    all.iter()
        .map(|one| {
            json!({
                "at": one.at,
                "type": one.kind,
                "masked": one.masked,
                "reason": one.reason,
                "message": why(lang, &one.reason),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_told_in_both_languages() {
        let source =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../matching/src/identifier.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let codes = source.split("const fn code").nth(1).unwrap().split("\n}").next().unwrap();
        let codes: Vec<&str> = codes.split('"').skip(1).step_by(2).collect();
        assert!(codes.len() >= 12, "{codes:?}");
        for code in codes.into_iter().chain(["shared_by_nature"]) {
            for lang in [Lang::Zh, Lang::En] {
                assert_ne!(why(lang, code), why(lang, "something else"), "{code}");
            }
        }
    }
}
