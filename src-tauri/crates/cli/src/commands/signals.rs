//! `bwatch signals …`

use super::{Done, Opened, id, orders};
use crate::{
    answer::{Answer, value},
    args::{Lang, Signals},
    failure::Failure,
    table::plain,
    when::shown,
};
use buyerwatch_app::signals::{
    OneSignal,
    accept::AcceptSignal,
    get::SignalDetail,
    list::{ListSignals, SignalsShown},
    reject::RejectSignal,
};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Signals that are asked for at a time.
const PAGE: u32 = 500;

pub(crate) fn signals(vault: &Opened, command: Signals) -> Done {
    let one = |signal: &str| Ok::<_, Failure>(OneSignal { id: id(signal)? });
    match command {
        Signals::List { decided, withdrawn } => list(
            vault,
            match (decided, withdrawn) {
                (true, _) => SignalsShown::Decided,
                (_, true) => SignalsShown::Withdrawn,
                _ => SignalsShown::Open,
            },
        ),
        Signals::Show { id } => {
            let detail = vault.desk.signals_get(one(&id)?)?;
            let text = told(vault.lang, &detail);
            Ok(Answer::new(json!({ "signal": shape(&detail) }), text))
        }
        Signals::Accept { id: signal, buyer, new, text, except } => {
            let accepted = vault.desk.signals_accept(AcceptSignal {
                id: id(&signal)?,
                buyer_id: buyer.as_deref().map(id).transpose()?,
                as_new: new,
                text,
                except,
            })?;
            let mut lines = match vault.lang {
                Lang::Zh => format!(
                    "已为买家 {} 记录 {} 个事件\n",
                    accepted.buyer_id,
                    accepted.incidents.len()
                ),
                Lang::En => format!(
                    "{} incidents reported on buyer {}\n",
                    accepted.incidents.len(),
                    accepted.buyer_id
                ),
            };
            let gone = accepted.personal_data_removed;
            if gone > 0 {
                lines.push_str(&match vault.lang {
                    Lang::Zh => format!("其中 {gone} 笔订单保存期已过，副本里没有买家和地址\n"),
                    Lang::En => format!(
                        "copies that do not say who bought or where to, as the retention period was over: {gone}\n"
                    ),
                });
            }
            let incidents: Vec<String> =
                accepted.incidents.iter().map(ToString::to_string).collect();
            let json = json!({
                "buyer_id": accepted.buyer_id,
                "incidents": incidents,
                "gate": value(&accepted.gate),
                "personal_data_removed": gone,
            });
            Ok(Answer::new(json, lines))
        }
        Signals::Reject { id: signal, reason } => {
            let detail = vault.desk.signals_reject(RejectSignal { id: id(&signal)?, reason })?;
            let text = told(vault.lang, &detail);
            Ok(Answer::new(json!({ "signal": shape(&detail) }), text))
        }
        Signals::Reopen { id } => {
            vault.desk.signals_reopen(one(&id)?)?;
            let detail = vault.desk.signals_get(one(&id)?)?;
            let text = told(vault.lang, &detail);
            Ok(Answer::new(json!({ "signal": shape(&detail) }), text))
        }
    }
}

fn list(vault: &Opened, show: SignalsShown) -> Done {
    let all = every(vault, show)?;
    let text = if all.is_empty() {
        vault.say("没有线索", "no signals").to_owned()
    } else {
        all.iter().map(|detail| told(vault.lang, detail)).collect::<Vec<_>>().join("\n")
    };
    let json: Vec<Value> = all.iter().map(shape).collect();
    Ok(Answer::new(json!({ "signals": json }), text))
}

/// Every signal of a state, the newest first.
pub(crate) fn every(vault: &Opened, show: SignalsShown) -> Result<Vec<SignalDetail>, Failure> {
    let mut all = Vec::new();
    loop {
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let page = vault.desk.signals_list(ListSignals { show, offset, limit: PAGE })?;
        if page.items.is_empty() {
            return Ok(all);
        }
        for row in page.items {
            all.push(vault.desk.signals_get(OneSignal { id: row.id })?);
        }
    }
}

/// One signal for programs.
pub(crate) fn shape(detail: &SignalDetail) -> Value {
    let row = &detail.row;
    let observations: Vec<Value> = detail
        .basis
        .iter()
        .map(|one| {
            let message = one.message.as_ref();
            json!({
                "key": one.key,
                "at": one.at,
                "order_id": one.order_id,
                "message_id": message.map(|of| &of.id),
                "text": message.map(|of| &of.text),
                "purged": message.is_some_and(|of| of.purged),
                "cancelled": one.cancelled,
                "returns": value(&one.returns),
                "claims": value(&one.claims),
            })
        })
        .collect();
    let existing: Vec<Value> = detail
        .existing
        .iter()
        .map(|of| json!({ "buyer_id": of.buyer_id, "label": of.label }))
        .collect();
    json!({
        "id": row.id,
        "kind": row.kind,
        "clause": row.clause,
        "identity": row.label,
        "buyer_id": row.buyer_id,
        "withdrawn_at": row.withdrawn_at,
        "existing": existing,
        "count": row.count,
        "orders": row.orders,
        "unsure": row.unsure,
        "window": { "from": row.from, "until": row.until },
        "at": row.at,
        "verdict": row.verdict,
        "reason": row.reason,
        "observations": observations,
    })
}

/// One signal for people.
pub(crate) fn told(lang: Lang, detail: &SignalDetail) -> String {
    let row = &detail.row;
    let state = match row.verdict.map(|of| of.code()) {
        None if row.withdrawn_at.is_some() => {
            lang.pick("已按新规则撤回", "withdrawn: does not hold by the rules of this version")
        }
        None => lang.pick("待判断", "open"),
        Some("accepted") => lang.pick("已采纳", "accepted"),
        Some(_) => lang.pick("已否决", "rejected"),
    };
    let mut out = format!(
        "{} [{state}] {}\n  {} {}\n  {} {}\n",
        lang.pick("线索", "SIGNAL"),
        row.id,
        lang.pick("条款", "clause"),
        row.clause,
        lang.pick("谁", "who"),
        plain(&row.label),
    );
    if row.orders > row.count {
        let _ = match lang {
            Lang::Zh => writeln!(out, "  {} 笔订单中的 {} 笔", row.orders, row.count),
            Lang::En => writeln!(out, "  {} of {} orders", row.count, row.orders),
        };
    }
    for one in &detail.basis {
        let cancelled = if one.cancelled { lang.pick(" 已取消", " cancelled") } else { "" };
        let at = shown(&one.at.to_string());
        let _ = writeln!(out, "  {at} {}{cancelled}", plain(&one.order_id));
        for of in &one.returns {
            let _ = writeln!(out, "    {}", orders::returned(lang, of));
        }
        for of in &one.claims {
            let _ = writeln!(out, "    {}", orders::claimed(lang, of));
        }
        if let Some(message) = &one.message {
            let gone = lang.pick("保存期已过，来信内容已删除", "text taken out: its time is over");
            let text = if message.purged { gone } else { &message.text };
            let _ = writeln!(out, "    {}", plain(text));
        }
    }
    if row.unsure > 0 {
        let open = match row.kind.code() {
            "returns" => lang.pick("退货责任在谁", "whose doing the return was"),
            "safe_t" => lang.pick("是否买家所为", "whether it was the buyer"),
            // What is known is a message alone.
            "not_received" => "",
            _ => lang.pick("是谁取消的", "who cancelled"),
        };
        let _ = match lang {
            Lang::Zh if open.is_empty() => {
                writeln!(out, "  其中 {} 笔只来自买家要求退款的站内信，没有索赔", row.unsure)
            }
            Lang::En if open.is_empty() => writeln!(
                out,
                "  of {} only a message is known that demands a refund, and no claim",
                row.unsure
            ),
            Lang::Zh => writeln!(out, "  其中 {} 笔的报表未说明{open}", row.unsure),
            Lang::En => writeln!(out, "  of {} the reports do not say {open}", row.unsure),
        };
    }
    for known in &detail.existing {
        let name = plain(&known.label);
        let _ = match lang {
            Lang::Zh => writeln!(out, "  可能是已有的买家 {} {name}", known.buyer_id),
            Lang::En => writeln!(out, "  perhaps buyer {} {name}", known.buyer_id),
        };
    }
    if let Some(reason) = &row.reason {
        let _ = writeln!(out, "  {} {}", lang.pick("原因", "reason"), plain(reason));
    }
    out
}
