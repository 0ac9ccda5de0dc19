//! `bwatch alerts …`

use super::{Done, Opened, id};
use crate::{
    answer::{Answer, value},
    args::{Alerts, Lang},
    failure::Failure,
    table::{Table, plain},
    when::shown,
};
use buyerwatch_app::{
    alerts::{OneAlert, dismiss::DismissAlert, handle::HandleAlert, snooze::SnoozeAlert},
    view::{AlertDetail, AlertRow, Named, ReasonView},
};
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(crate) fn alerts(vault: &Opened, command: Alerts) -> Done {
    let one = |alert: &str| Ok::<_, Failure>(OneAlert { id: id(alert)? });
    let detail = match command {
        Alerts::List { state, tier } => return list(vault, state.as_deref(), tier.as_deref()),
        Alerts::Claim { id } => vault.desk.alerts_claim(one(&id)?)?,
        Alerts::Release { id } => vault.desk.alerts_release(one(&id)?)?,
        Alerts::Reopen { id } => vault.desk.alerts_reopen(one(&id)?)?,
        Alerts::Handle { id: alert, note } => {
            vault.desk.alerts_handle(HandleAlert { id: id(&alert)?, note })?
        }
        Alerts::Dismiss { id: alert, not_this_buyer, note, until } => {
            let until = until
                .map(|until| until.0.parse())
                .transpose()
                .map_err(|_| Failure::new("malformed_input"))?;
            let id = id(&alert)?;
            vault.desk.alerts_dismiss(DismissAlert { id, note, not_this_buyer, until })?
        }
        Alerts::Snooze { id: alert, until } => {
            let until = until.0.parse().map_err(|_| Failure::new("malformed_input"))?;
            vault.desk.alerts_snooze(SnoozeAlert { id: id(&alert)?, until })?
        }
    };
    let text = argument(vault.lang, &detail);
    Ok(Answer::new(json!({ "alert": shape(&detail) }), text))
}

fn list(vault: &Opened, state: Option<&str>, tier: Option<&str>) -> Done {
    let mut all = Vec::new();
    for row in vault.open.every_alert()? {
        let fits = state.is_none_or(|state| row.state.code() == state)
            && tier.is_none_or(|tier| row.tier.code() == tier);
        if fits {
            all.push(vault.desk.alerts_get(OneAlert { id: row.id })?);
        }
    }
    let json: Vec<Value> = all.iter().map(shape).collect();
    let text = if all.is_empty() {
        vault.say("没有警示", "no alerts").to_owned()
    } else {
        all.iter().map(|detail| argument(vault.lang, detail)).collect::<Vec<_>>().join("\n")
    };
    Ok(Answer::new(json!({ "alerts": json }), text))
}

/// One alert for programs.
pub(crate) fn shape(detail: &AlertDetail) -> Value {
    let row = &detail.row;
    json!({
        "id": row.id,
        "buyer_id": row.buyer_id,
        "buyer_label": row.buyer_label,
        "buyer_status": row.buyer_status,
        "clause": row.clause,
        "tier": row.tier,
        "state": row.state,
        "observation": observation(row),
        "score": detail.score,
        "ground": value(&detail.ground),
        "reasons": value(&detail.reasons),
        "latency_ms": detail.latency_ms,
        "raised_at": row.raised_at,
        "claimed_by": value(&row.claimed_by),
        "claimed_at": detail.claimed_at,
        "closed_by": value(&detail.closed_by),
        "closed_at": detail.closed_at,
        "snoozed_until": row.snoozed_until,
        "note": detail.note,
    })
}

/// What was recognised: an order, or a message, which may name an order.
fn observation(row: &AlertRow) -> Value {
    let mut seen = json!({
        "kind": "order",
        "order_id": row.order_id,
        "marketplace": row.marketplace,
        "at": row.at,
    });
    if let (Some(fields), Some(message)) = (seen.as_object_mut(), &row.message_id) {
        fields.insert("kind".into(), "message".into());
        fields.insert("message_id".into(), message.as_str().into());
    }
    seen
}

/// One alert for people: who, what, and the argument.
pub(crate) fn argument(lang: Lang, detail: &AlertDetail) -> String {
    let row = &detail.row;
    let tier = match row.tier.code() {
        "alert" => lang.pick("警示", "ALERT"),
        _ => lang.pick("可能", "POSSIBLE"),
    };
    let mut out = format!(
        "{tier} [{}] {}\n  {} {} {}\n  {} {} ({})\n",
        state(lang, row.state.code()),
        row.id,
        row.order_id,
        plain(&row.marketplace),
        shown(&row.at.to_string()),
        lang.pick("买家", "buyer"),
        plain(&row.buyer_label),
        row.clause,
    );
    out.push_str(&lines(lang, &detail.reasons));
    if let Some(person) = &row.claimed_by {
        let _ = writeln!(out, "  {} {}", lang.pick("认领人", "claimed by"), plain(&person.name));
    }
    if let Some(note) = &detail.note {
        let _ = writeln!(out, "  {} {}", lang.pick("备注", "note"), plain(note));
    }
    out
}

fn state(lang: Lang, code: &str) -> &'static str {
    match code {
        "open" => lang.pick("待处理", "open"),
        "claimed" => lang.pick("处理中", "claimed"),
        "handled" => lang.pick("已处理", "handled"),
        _ => lang.pick("已忽略", "dismissed"),
    }
}

/// The name of a compared field.
pub(crate) fn field(lang: Lang, code: &str) -> String {
    let known = match code {
        "alias" => lang.pick("邮箱别名", "relay alias"),
        "marketplace_id" => lang.pick("买家 ID", "buyer ID"),
        "phone" => lang.pick("电话", "phone"),
        "name" => lang.pick("姓名", "name"),
        "address" => lang.pick("地址", "address"),
        "postcode" => lang.pick("邮编", "postcode"),
        "user_name" => lang.pick("用户名", "user name"),
        "order_id" => lang.pick("订单号", "order ID"),
        "given_name" => lang.pick("名", "given name"),
        "family_name" => lang.pick("姓", "family name"),
        "middle_name" => lang.pick("中间名", "middle name"),
        "generation" => lang.pick("辈分后缀", "generation"),
        "street" => lang.pick("街道", "street"),
        "house_number" => lang.pick("门牌号", "house number"),
        "unit" => lang.pick("房号", "flat"),
        "city" => lang.pick("城市", "city"),
        "country" => lang.pick("国家", "country"),
        other => return other.to_owned(),
    };
    known.to_owned()
}

/// How two compared values relate.
fn word(lang: Lang, note: &str) -> String {
    let known = match note {
        "exact" => lang.pick("相同", "same"),
        "variant" => lang.pick("写法不同", "written differently"),
        "partial" => lang.pick("部分相同", "in part"),
        "conflict" => lang.pick("不同", "differs"),
        "missing_in_order" => lang.pick("订单中没有", "not in the order"),
        "missing_in_record" => lang.pick("名单中没有", "not on the list"),
        "shared" => lang.pick("多人共用", "shared by many"),
        "nickname" => lang.pick("昵称", "short form"),
        "close" => lang.pick("相近", "close"),
        "initial" => lang.pick("首字母相同", "initial agrees"),
        "missing" => lang.pick("一方没有", "missing on one side"),
        other => return other.to_owned(),
    };
    known.to_owned()
}

/// An argument line by line, for people.
pub(crate) fn lines(lang: Lang, reasons: &[ReasonView]) -> String {
    let mut table = match lang {
        Lang::Zh => Table::new(["  ", "字段", "订单中", "名单中", "权重"]),
        Lang::En => Table::new(["  ", "FIELD", "IN THE ORDER", "ON THE LIST", "WEIGHT"]),
    };
    for reason in reasons {
        let note = value(&reason.note);
        let mut compared = field(lang, value(&reason.field).as_str().unwrap_or_default());
        if let Some(named) = reason.named {
            let whose = match named {
                Named::Buyer => lang.pick("（买家）", " (buyer)"),
                Named::Recipient => lang.pick("（收货人）", " (recipient)"),
            };
            compared.push_str(whose);
        }
        table.row([
            "  ".into(),
            compared,
            reason.query.clone().unwrap_or_else(|| "–".into()),
            reason.listed.clone().unwrap_or_else(|| "–".into()),
            format!("{:+.1} {}", reason.weight, word(lang, note.as_str().unwrap_or_default())),
        ]);
    }
    table.text()
}
