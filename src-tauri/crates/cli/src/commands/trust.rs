//! `bwatch trust …`

use super::{Done, Opened, id};
use crate::{
    answer::{Answer, value},
    args::{Lang, Trust},
    failure::Failure,
    table::Table,
    when::shown,
};
use buyerwatch_app::{
    Nothing, Timestamp,
    buyers::add::TypedIdentifier,
    trust::{
        add::AddTrust,
        reach::{AskReach, TrustReach},
        remove::RemoveTrust,
        restore_pair::RestorePair,
    },
    view::{PairView, TrustView},
};
use serde_json::{Value, json};

pub(crate) fn trust(vault: &Opened, command: Trust) -> Done {
    match command {
        Trust::Add { identifier, reason, until } => {
            let until = until
                .map(|until| until.0.parse())
                .transpose()
                .map_err(|_| Failure::new("malformed_input"))?;
            let TypedIdentifier { kind, value: written } = identifier;
            let reach = vault.desk.trust_reach(AskReach { kind, value: written.clone() })?;
            let trust = vault.desk.trust_add(AddTrust { kind, value: written, reason, until })?;
            let text = format!("{} {}", vault.say("已信任", "trusted:"), trust.masked);
            let named = kind.code() == "name";
            let text = [text, warning(vault.lang, named, reach)].join("\n");
            Ok(Answer::new(json!({ "trust": shape(&trust), "reach": value(&reach) }), text))
        }
        Trust::Decisions => {
            let pairs = vault.desk.trust_pairs(Nothing {})?;
            let mut table = match vault.lang {
                Lang::Zh => Table::new(["买家", "身份", "是谁", "理由", "日期", "到期", "决定人"]),
                Lang::En => {
                    Table::new(["BUYER", "IDENTITY", "WHO", "REASON", "SINCE", "UNTIL", "BY"])
                }
            };
            for one in &pairs.items {
                table.row([
                    one.buyer_id.to_string(),
                    one.pair.identity.clone(),
                    who(vault.lang, &one.pair),
                    one.pair.reason.clone().unwrap_or_default(),
                    shown(&one.pair.at.to_string()),
                    end(vault.lang, one.pair.until, one.pair.ended),
                    one.pair.by.name.clone(),
                ]);
            }
            let text = vault.table_or(&table, "没有此类决定", "nobody was decided to be another");
            Ok(Answer::new(json!({ "decisions": value(&pairs.items) }), text))
        }
        Trust::Restore { buyer, identity, reason } => {
            let request = RestorePair { buyer_id: id(&buyer)?, identity, reason };
            vault.desk.trust_restore_pair(request)?;
            let text = vault.say(
                "已撤回；已保存的订单会重新比对",
                "taken back; stored orders are screened again",
            );
            Ok(Answer::new(json!({ "restored": true }), text))
        }
        Trust::List => {
            let trusts = vault.desk.trust_list(Nothing {})?;
            let mut table = match vault.lang {
                Lang::Zh => Table::new(["ID", "类型", "标识", "理由", "日期", "到期", "决定人"]),
                Lang::En => {
                    Table::new(["ID", "TYPE", "IDENTITY", "REASON", "SINCE", "UNTIL", "BY"])
                }
            };
            for one in &trusts.items {
                table.row([
                    one.id.to_string(),
                    one.kind.code().into(),
                    one.masked.clone(),
                    one.reason.clone(),
                    shown(&one.at.to_string()),
                    end(vault.lang, one.until, one.ended),
                    one.by.name.clone(),
                ]);
            }
            let all: Vec<Value> = trusts.items.iter().map(shape).collect();
            let text = vault.table_or(&table, "没有信任的身份", "no identity is trusted");
            Ok(Answer::new(json!({ "trusts": all }), text))
        }
        Trust::Remove { id: trust, reason } => {
            vault.desk.trust_remove(RemoveTrust { id: id(&trust)?, reason })?;
            let text = vault.say(
                "不再信任；已保存的订单会重新比对",
                "no longer trusted; stored orders are screened again",
            );
            Ok(Answer::new(json!({ "removed": true }), text))
        }
    }
}

/// How far a trust reaches that many people may share, before they are surprised.
fn warning(lang: Lang, named: bool, reach: TrustReach) -> String {
    if !reach.borne_by_many {
        return String::new();
    }
    let orders = format!("{}{}", reach.orders, if reach.more { "+" } else { "" });
    match (lang, named) {
        (Lang::Zh, true) => format!(
            "注意：已保存的订单中有 {orders} 个带有这个姓名；仅凭姓名和地址的匹配不再警示，别名、买家 ID、电话、用户名或订单号相符时仍会警示"
        ),
        (Lang::Zh, false) => format!(
            "注意：已保存的订单中有 {orders} 个带有这个地址；仅凭姓名和地址的匹配不再警示，别名、买家 ID、电话、用户名或订单号相符时仍会警示"
        ),
        (Lang::En, _) => format!(
            "note: {orders} stored orders carry this {}; matches by name and home alone no longer alert, those by alias, buyer ID, phone, user name or order ID still do",
            if named { "name" } else { "address" }
        ),
    }
}

/// Whose identity it is, for people.
fn who(lang: Lang, pair: &PairView) -> String {
    match (&*pair.label, &pair.order_id) {
        ("", Some(order)) => match lang {
            Lang::Zh => format!("订单 {order} 的账号"),
            Lang::En => format!("account of order {order}"),
        },
        (label, _) => label.to_owned(),
    }
}

/// When a decision ends, for people.
fn end(lang: Lang, until: Option<Timestamp>, ended: bool) -> String {
    match until {
        _ if ended => lang.pick("已到期", "ended").to_owned(),
        Some(until) => shown(&until.to_string()),
        None => String::new(),
    }
}

fn shape(trust: &TrustView) -> Value {
    json!({
        "id": trust.id,
        "type": trust.kind,
        "masked": trust.masked,
        "reason": trust.reason,
        "at": trust.at,
        "by": value(&trust.by),
        "until": trust.until,
        "ended": trust.ended,
    })
}
