//! `bwatch trust …`

use super::{Done, Opened, id};
use crate::{
    answer::{Answer, value},
    args::Trust,
    failure::Failure,
    table::Table,
    when::shown,
};
use buyerwatch_app::{
    Nothing,
    trust::{add::AddTrust, remove::RemoveTrust, restore_pair::RestorePair},
    view::TrustView,
};
use serde_json::{Value, json};

pub(crate) fn trust(vault: &Opened, command: Trust) -> Done {
    match command {
        Trust::Add { identifier, reason, until } => {
            let until = until
                .map(|until| until.0.parse())
                .transpose()
                .map_err(|_| Failure::new("malformed_input"))?;
            let kind = identifier.kind;
            let trust =
                vault.desk.trust_add(AddTrust { kind, value: identifier.value, reason, until })?;
            let text = format!("{} {}", vault.say("已信任", "trusted:"), trust.masked);
            Ok(Answer::new(json!({ "trust": shape(&trust) }), text))
        }
        Trust::Decisions => {
            let pairs = vault.desk.trust_pairs(Nothing {})?;
            let mut table = match vault.lang {
                crate::args::Lang::Zh => {
                    Table::new(["买家", "身份", "姓名", "理由", "日期", "决定人"])
                }
                crate::args::Lang::En => {
                    Table::new(["BUYER", "IDENTITY", "NAME", "REASON", "SINCE", "BY"])
                }
            };
            for one in &pairs.items {
                table.row([
                    one.buyer_id.to_string(),
                    one.pair.identity.clone(),
                    one.pair.label.clone(),
                    one.pair.reason.clone().unwrap_or_default(),
                    shown(&one.pair.at.to_string()),
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
                crate::args::Lang::Zh => {
                    Table::new(["ID", "类型", "标识", "理由", "日期", "决定人"])
                }
                crate::args::Lang::En => {
                    Table::new(["ID", "TYPE", "IDENTITY", "REASON", "SINCE", "BY"])
                }
            };
            for one in &trusts.items {
                table.row([
                    one.id.to_string(),
                    one.kind.code().into(),
                    one.masked.clone(),
                    one.reason.clone(),
                    shown(&one.at.to_string()),
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
