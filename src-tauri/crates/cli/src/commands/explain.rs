//! `bwatch explain`

use super::{Done, Opened, alerts::lines, id};
use crate::{
    answer::{Answer, value},
    args::Lang,
    table::plain,
};
use buyerwatch_app::orders::compare::{CompareOrder, Comparison, Silence};
use serde_json::json;
use std::fmt::Write as _;

pub(crate) fn explain(vault: &Opened, order_id: String, marketplace: String, buyer: &str) -> Done {
    let request = CompareOrder { order_id, marketplace, buyer_id: id(buyer)? };
    let found = vault.desk.orders_compare(request)?;
    let text = told(vault.lang, &found);
    Ok(Answer::new(json!({ "comparison": value(&found) }), text))
}

fn told(lang: Lang, found: &Comparison) -> String {
    let verdict = match found.tier.map(|tier| tier.code()) {
        Some("alert") => lang.pick("警示", "ALERT"),
        Some(_) => lang.pick("可能", "POSSIBLE"),
        None => lang.pick("不匹配", "NO MATCH"),
    };
    let mut out = format!(
        "{verdict} {} · {} · {}\n",
        plain(&found.order_id),
        plain(&found.buyer_label),
        ground(lang, found.ground.code()),
    );
    out.push_str(&lines(lang, &found.reasons));
    let _ = match lang {
        Lang::Zh => writeln!(out, "  合计 {:+.1}，需要 {:.1}", found.score, found.needed),
        Lang::En => writeln!(out, "  sum {:+.1}, needed {:.1}", found.score, found.needed),
    };
    for silence in &found.silences {
        let _ = writeln!(out, "  {}", why_silent(lang, *silence));
    }
    out
}

fn ground(lang: Lang, code: &str) -> String {
    let known = match code {
        "identifier" => lang.pick("标识相同", "an identifier agrees"),
        "name_and_home" => lang.pick("姓名和地址相符", "name and home agree"),
        "crowded_home" => lang.pick("多人共用的地址", "a home that many share"),
        "household" => lang.pick("同住一处，姓名只有部分相符", "same home, name in part"),
        "home_without_name" => lang.pick("地址相符，没有姓名可比", "same home, no name to compare"),
        "home_alone" => lang.pick("地址相符，姓名不同", "same home, another name"),
        "name_alone" => lang.pick("只有姓名相符", "the name alone"),
        "shared_identifier" => lang.pick("多人共用的标识", "an identifier that many share"),
        "too_little" => lang.pick("相符之处太少", "too little agrees"),
        "nothing" => lang.pick("没有相符之处", "nothing agrees"),
        other => return other.to_owned(),
    };
    known.to_owned()
}

const fn why_silent(lang: Lang, silence: Silence) -> &'static str {
    match silence {
        Silence::Trusted => {
            lang.pick("身份在信任名单中，不会警示", "the identity is trusted and never alerts")
        }
        Silence::NotThisBuyer => lang.pick(
            "已判定为非同一人，不会警示",
            "decided to be somebody else, so it does not alert",
        ),
        Silence::Reported => lang.pick(
            "团队已在事件中记录此订单，不再警示",
            "the team reported this order itself, so it is no news",
        ),
        Silence::NotListed => {
            lang.pick("买家未列入名单，不会警示", "the buyer is not listed, so nothing alerts")
        }
    }
}
