//! `bwatch explain`

use super::{Done, Opened, alerts::lines, id};
use crate::{
    answer::{Answer, value},
    args::Lang,
    table::plain,
    when::shown,
};
use buyerwatch_app::orders::{
    compare::{CompareOrder, Comparison, Silence},
    reveal_compared::RevealedComparison,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _};

pub(crate) fn explain(
    vault: &Opened,
    order_id: String,
    marketplace: String,
    buyer: &str,
    reveal: bool,
) -> Done {
    let request = CompareOrder { order_id, marketplace, buyer_id: id(buyer)? };
    if !reveal {
        let found = vault.desk.orders_compare(request)?;
        let text = told(vault.lang, &found);
        return Ok(Answer::new(json!({ "comparison": value(&found) }), text));
    }
    let RevealedComparison { comparison, values } = vault.desk.orders_reveal_compared(request)?;
    let text = told(vault.lang, &unmasked(comparison.clone(), &values));
    let json: Value = json!({ "comparison": value(&comparison), "revealed": values });
    Ok(Answer::new(json, text))
}

/// The comparison with the values in the place of the masks.
fn unmasked(mut found: Comparison, values: &BTreeMap<String, String>) -> Comparison {
    for (at, reason) in found.reasons.iter_mut().enumerate() {
        let clear = |side: &str| values.get(&format!("reason.{at}.{side}")).cloned();
        reason.query = clear("query").or_else(|| reason.query.take());
        reason.listed = clear("listed").or_else(|| reason.listed.take());
    }
    if let Some(label) = values.get("buyer_label") {
        found.buyer_label.clone_from(label);
    }
    found
}

fn told(lang: Lang, found: &Comparison) -> String {
    let tier = found.tier.map(|tier| tier.code());
    let mut out = format!(
        "{} {} · {} · {}\n",
        verdict(lang, tier),
        plain(&found.order_id),
        plain(&found.buyer_label),
        ground(lang, tier, found.ground.code()),
    );
    out.push_str(&lines(lang, &found.reasons));
    let _ = match lang {
        Lang::Zh => writeln!(
            out,
            "  合计 {:+.1}；凭姓名和住址提醒至少需要 {:.1}",
            found.score, found.needed
        ),
        Lang::En => writeln!(
            out,
            "  sum {:+.1}; an alert by name and home takes at least {:.1}",
            found.score, found.needed
        ),
    };
    if let Some(at) = found.raised_at {
        let at = shown(&at.to_string());
        let _ = match lang {
            Lang::Zh => writeln!(out, "  以上为 {at} 发出时的结论"),
            Lang::En => writeln!(out, "  as it was raised at {at}"),
        };
    }
    if let Some(today) = found.today {
        let verdict = verdict(lang, today.tier.map(|tier| tier.code()));
        let _ = match lang {
            Lang::Zh => {
                writeln!(out, "  按现在的权重：{verdict}，合计 {:+.1}", today.score)
            }
            Lang::En => writeln!(out, "  by today's weights: {verdict}, sum {:+.1}", today.score),
        };
    }
    for silence in &found.silences {
        let _ = writeln!(out, "  {}", why_silent(lang, *silence));
    }
    out
}

fn verdict(lang: Lang, tier: Option<&str>) -> &'static str {
    match tier {
        Some("alert") => lang.pick("警示", "ALERT"),
        Some(_) => lang.pick("可能", "POSSIBLE"),
        None => lang.pick("不匹配", "NO MATCH"),
    }
}

fn ground(lang: Lang, tier: Option<&str>, code: &str) -> String {
    let known = match (code, tier) {
        ("identifier", _) => lang.pick("标识相同", "an identifier agrees"),
        ("name_and_home", _) => lang.pick("姓名和地址相符", "name and home agree"),
        ("name_and_part", _) => {
            lang.pick("姓名相符，地址只有部分相符", "the name agrees, the home in part")
        }
        ("crowded_home", _) => lang.pick("多人共用的地址", "a home that many share"),
        ("household", Some("alert")) => {
            lang.pick("同住一处，姓名相符之处足够", "same home, and enough of the name")
        }
        ("household", _) => lang.pick("同住一处，姓名只有部分相符", "same home, name in part"),
        ("in_part", _) => lang.pick("姓名和地址都只有部分相符", "name and home both in part"),
        ("home_without_name", _) => {
            lang.pick("地址相符，没有姓名可比", "same home, no name to compare")
        }
        ("home_alone", _) => lang.pick("地址相符，姓名不同", "same home, another name"),
        ("name_alone", Some("alert")) => {
            lang.pick("只有姓名相符，而这个姓名很少见", "the name alone, which is rare")
        }
        ("name_alone", _) => lang.pick("只有姓名相符", "the name alone"),
        ("shared_identifier", _) => lang.pick("多人共用的标识", "an identifier that many share"),
        ("too_little", Some("alert")) => lang.pick("多处部分相符", "many things agree in part"),
        ("too_little", _) => lang.pick("相符之处太少", "too little agrees"),
        ("nothing", _) => lang.pick("没有相符之处", "nothing agrees"),
        (other, _) => return other.to_owned(),
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
