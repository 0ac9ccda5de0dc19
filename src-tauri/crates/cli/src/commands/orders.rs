//! `bwatch orders …`

use super::{Done, Opened, named};
use crate::{
    answer::{Answer, value},
    args::{Lang, OrderSearch, Orders},
    failure::Failure,
    table::{Table, plain},
    when::shown,
};
use buyerwatch_app::{
    orders::{
        OneOrder,
        list::{ListOrders, OrderSort},
        reveal::OrderPlain,
    },
    view::{ClaimView, FeedbackView, OrderDetail, OrderMark, OrderRow, ReturnView},
};
use serde_json::json;
use std::fmt::Write as _;

/// Orders that are asked for at a time.
const PAGE: u32 = 500;

pub(crate) fn orders(vault: &Opened, command: Orders) -> Done {
    match command {
        Orders::List(search) => list(vault, search),
        Orders::Show { id, marketplace, reveal } => {
            let one = || OneOrder { order_id: id.clone(), marketplace: marketplace.clone() };
            let detail = vault.desk.orders_get(one())?;
            let clear = if reveal { Some(vault.desk.orders_reveal(one())?) } else { None };
            let text = told(vault.lang, &detail, clear.as_ref());
            let mut json = json!({ "order": value(&detail) });
            if let (Some(fields), Some(clear)) = (json.as_object_mut(), &clear) {
                fields.insert("revealed".into(), value(clear));
            }
            Ok(Answer::new(json, text))
        }
    }
}

fn list(vault: &Opened, search: OrderSearch) -> Done {
    let most = search.limit.unwrap_or(u32::MAX);
    let mut asked = asked(search)?;
    let first = asked.offset;
    let mut all: Vec<OrderRow> = Vec::new();
    let (total, marketplaces) = loop {
        let read = u32::try_from(all.len()).unwrap_or(u32::MAX);
        asked.offset = first.saturating_add(read);
        asked.limit = PAGE.min(most.saturating_sub(read));
        let page = vault.desk.orders_list(asked.clone())?;
        let ended = page.items.is_empty();
        all.extend(page.items);
        let wanted = page.total.saturating_sub(u64::from(first)).min(u64::from(most));
        if ended || all.len() as u64 >= wanted {
            break (page.total, page.marketplaces);
        }
    };
    let mut table = match vault.lang {
        Lang::Zh => Table::new(["订单", "站点", "下单时间", "状态", "买家", "商品", "标记"]),
        Lang::En => {
            Table::new(["ORDER", "MARKETPLACE", "PLACED", "STATUS", "BUYER", "ARTICLE", "MARK"])
        }
    };
    for row in &all {
        table.row([
            row.order_id.clone(),
            row.marketplace.clone(),
            row.purchased_at.map(|at| shown(&at.to_string())).unwrap_or_default(),
            value(&row.status).as_str().unwrap_or_default().to_owned(),
            row.buyer_label.clone(),
            row.product.chars().take(40).collect(),
            mark(vault.lang, row).to_owned(),
        ]);
    }
    let text = vault.table_or(&table, "没有订单", "no orders");
    let json = json!({ "total": total, "marketplaces": marketplaces, "orders": value(&all) });
    Ok(Answer::new(json, text))
}

fn asked(search: OrderSearch) -> Result<ListOrders, Failure> {
    Ok(ListOrders {
        flag: named(search.flag.as_deref().unwrap_or("all"))?,
        marketplace: search.marketplace,
        from: search.from,
        to: search.until,
        imported_from: None,
        query: search.query.unwrap_or_default(),
        sort: OrderSort::Purchased,
        descending: true,
        offset: search.offset,
        limit: PAGE,
    })
}

/// What was recognised in an order, or why nothing could be.
fn mark(lang: Lang, row: &OrderRow) -> &'static str {
    match (row.flag, row.unscreenable) {
        (Some(OrderMark::Alert), _) => lang.pick("警示", "alert"),
        (Some(OrderMark::Possible), _) => lang.pick("可能", "possible"),
        (Some(OrderMark::Watching), _) => lang.pick("已有买家", "on record"),
        (None, Some(_)) => lang.pick("无法比对", "not screenable"),
        (None, None) => "",
    }
}

/// One order for people.
fn told(lang: Lang, detail: &OrderDetail, clear: Option<&OrderPlain>) -> String {
    let say = |zh, en| lang.pick(zh, en);
    let row = &detail.row;
    let placed = row.purchased_at.map(|at| shown(&at.to_string())).unwrap_or_default();
    let mut out = format!("{} {} {placed}\n", plain(&row.order_id), plain(&row.marketplace));
    let named = match clear {
        Some(of) => [&of.buyer_name, &of.recipient_name, &of.alias, &of.phone, &of.ship_to],
        None => [
            &row.buyer_label,
            &detail.recipient_label,
            &detail.alias_masked,
            &detail.phone_masked,
            &detail.ship_to_masked,
        ],
    };
    let words = [
        say("买家", "buyer"),
        say("收件人", "recipient"),
        say("邮箱别名", "relay alias"),
        say("电话", "phone"),
        say("地址", "address"),
    ];
    let known = words.into_iter().zip(named).filter(|(_, text)| !text.is_empty());
    for (word, text) in known {
        let _ = writeln!(out, "  {word} {}", plain(text));
    }
    if row.purged {
        let _ = writeln!(
            out,
            "  {}",
            say("保存期已过，姓名和地址已删除", "taken out: its time is over")
        );
    }
    for line in &detail.lines {
        let count = line.quantity.map(|count| format!("{count} × ")).unwrap_or_default();
        let _ = writeln!(out, "  {count}{} ({})", plain(&line.product), plain(&line.sku));
    }
    for one in &detail.returns {
        let _ = writeln!(out, "  {}", returned(lang, one));
    }
    for one in &detail.claims {
        let _ = writeln!(out, "  {}", claimed(lang, one));
    }
    for one in &detail.feedback {
        let _ = writeln!(out, "  {}", rated(lang, one));
    }
    if let Some(buyer) = row.buyer_id {
        let label = row.recognised_label.as_deref().unwrap_or_default();
        let _ = writeln!(out, "  {}: {buyer} {}", mark(lang, row), plain(label));
    } else if let Some(reason) = row.unscreenable {
        let _ = writeln!(out, "  {}: {}", mark(lang, row), reason.code());
    }
    if let Some(alert) = row.alert_id {
        let _ = writeln!(out, "  {} {alert}", say("警示", "alert"));
    }
    let _ = writeln!(
        out,
        "  {} {} {}",
        say("导入", "imported"),
        shown(&detail.imported_at.to_string()),
        plain(&detail.source)
    );
    out
}

/// A return in one line.
pub(crate) fn returned(lang: Lang, one: &ReturnView) -> String {
    let refunded = one.refunded.as_ref().map(|of| format!("{} {}", of.amount, of.currency));
    joined(
        lang.pick("退货", "return"),
        one.at.map(|at| at.to_string()),
        [
            ("", one.quantity.map(|count| format!("{count} ×")).unwrap_or_default()),
            ("", one.product.clone()),
            (lang.pick("原因", "reason"), one.reason.clone()),
            (lang.pick("状态", "status"), one.status.clone()),
            (lang.pick("状况", "condition"), one.disposition.clone()),
            (lang.pick("已退款", "refunded"), refunded.unwrap_or_default()),
            (lang.pick("买家写道", "comment"), one.comment.clone()),
        ],
    )
}

/// A claim in one line.
pub(crate) fn claimed(lang: Lang, one: &ClaimView) -> String {
    let kind = match one.kind.code() {
        "safe_t" => lang.pick("SAFE-T 索赔", "SAFE-T claim"),
        _ => lang.pick("A-to-z 索赔", "A-to-z claim"),
    };
    let amount = one.amount.as_ref().map(|of| format!("{} {}", of.amount, of.currency));
    joined(
        kind,
        one.at.map(|at| at.to_string()),
        [
            ("", one.claim_id.clone()),
            (lang.pick("理由", "ground"), one.reason.clone()),
            (lang.pick("状态", "state"), one.state.clone()),
            (lang.pick("金额", "amount"), amount.unwrap_or_default()),
        ],
    )
}

/// A rating in one line.
fn rated(lang: Lang, one: &FeedbackView) -> String {
    joined(
        lang.pick("评分", "feedback"),
        one.at.map(|at| at.to_string()),
        [
            ("", one.rating.map(|stars| format!("{stars}/5")).unwrap_or_default()),
            (lang.pick("买家写道", "comment"), one.comment.clone()),
            (lang.pick("回复", "answer"), one.response.clone()),
        ],
    )
}

/// What it is, when it was, and what is known of it.
fn joined<const N: usize>(what: &str, at: Option<String>, parts: [(&str, String); N]) -> String {
    let at = at.map(|at| format!(" {}", shown(&at))).unwrap_or_default();
    let told = parts.into_iter().filter(|(_, text)| !text.trim().is_empty()).map(|(word, text)| {
        let text = plain(text.trim());
        if word.is_empty() { text } else { format!("{word}: {text}") }
    });
    std::iter::once(format!("{what}{at}")).chain(told).collect::<Vec<_>>().join(" · ")
}
