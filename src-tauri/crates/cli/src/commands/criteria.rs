//! `bwatch criteria …`

use super::{Done, Opened};
use crate::{
    answer::{Answer, value},
    args::{Criteria, Lang},
    progress::Meter,
    table::plain,
    when::shown,
};
use buyerwatch_app::{
    Nothing, Progress, Timestamp,
    criteria::backtest::{BacktestClause, Backtested, Countable},
};
use std::fmt::Write as _;

pub(crate) fn criteria(vault: &Opened, command: Criteria) -> Done {
    match command {
        Criteria::List => list(vault),
        Criteria::Backtest {
            code: clause,
            counted,
            count,
            window_days,
            percent,
            min_orders,
            from,
            until,
            limit,
        } => backtest(
            vault,
            &BacktestClause {
                clause,
                counted,
                count,
                window_days,
                percent,
                min_orders,
                from,
                until,
                limit,
            },
        ),
    }
}

/// What can be counted, by its name.
pub(crate) fn countable(name: &str) -> Result<Countable, String> {
    serde_json::from_value(name.into())
        .map_err(|_| "one of: cancels, not_received, returns, safe_t_granted, safe_t_filed, review_threats, abuse".to_owned())
}

/// An instant, or a day from its beginning in UTC.
pub(crate) fn day(text: &str) -> Result<Timestamp, String> {
    let whole = format!("{text}T00:00:00Z");
    text.parse().or_else(|_| whole.parse()).map_err(|_| {
        "a day such as 2026-05-01, or an instant such as 2026-05-01T08:00:00Z".to_owned()
    })
}

fn backtest(vault: &Opened, request: &BacktestClause) -> Done {
    let name = vault.say("试算", "backtest");
    let mut meter = Meter::new(name, vault.json, vault.lang);
    let tried = vault.open.backtest(request, &mut |progress| {
        meter.show(Progress {
            bytes: progress.done,
            bytes_total: Some(progress.total),
            rows: progress.done,
            committed: progress.done,
        });
        true
    })?;
    drop(meter);
    let text = told(vault, &tried);
    Ok(Answer::new(value(&tried), text.trim_end()))
}

fn told(vault: &Opened, tried: &Backtested) -> String {
    let Backtested {
        count,
        window_days,
        orders,
        identities,
        unidentified,
        exempt,
        reached_total: reached,
        only_clean_otherwise: clean,
        without_buyer,
        texts_gone,
        ..
    } = tried;
    let share = match (vault.lang, tried.percent.zip(tried.min_orders)) {
        (_, None) => String::new(),
        (Lang::Zh, Some((percent, of))) => format!("，且占订单 {percent}% 以上（至少 {of} 单）"),
        (Lang::En, Some((percent, of))) => {
            format!(" and {percent}% of the orders, of at least {of}")
        }
    };
    let mut text = match vault.lang {
        Lang::Zh => format!(
            "{window_days} 天内 {count} 次{share}：{orders} 个订单，{identities} 个买家身份，{reached} 个会达到，其中 {clean} 个其余订单全部正常。\n另有 {unidentified} 个订单、{without_buyer} 条记录无法归到某个买家；{exempt} 个身份为多人共用或受信任，不计。\n"
        ),
        Lang::En => format!(
            "{count} within {window_days} days{share}: {orders} orders, {identities} identities, {reached} would reach it, {clean} of them with nothing but clean orders otherwise.\n{unidentified} orders and {without_buyer} records cannot be told to be anybody's; {exempt} identities are shared by many or trusted and do not count.\n"
        ),
    };
    if *texts_gone > 0 {
        text += &match vault.lang {
            Lang::Zh => format!("{texts_gone} 条消息的正文已按保留期清除，无法试算。\n"),
            Lang::En => format!("The text of {texts_gone} messages is gone: they cannot count.\n"),
        };
    }
    for one in &tried.reached {
        let _ = match vault.lang {
            Lang::Zh => writeln!(
                text,
                "\n{}  首次达到 {}；其余 {} 单，正常 {} 单",
                plain(&one.label),
                shown(&one.first_reached_at.to_string()),
                one.other_orders,
                one.clean_orders
            ),
            Lang::En => writeln!(
                text,
                "\n{}  first reached {}; {} other orders, {} clean",
                plain(&one.label),
                shown(&one.first_reached_at.to_string()),
                one.other_orders,
                one.clean_orders
            ),
        };
        for observed in one.windows.iter().flat_map(|window| &window.observed) {
            let _ = writeln!(
                text,
                "  {}  {}",
                shown(&observed.at.to_string()),
                plain(&observed.order_id)
            );
        }
    }
    text
}

fn list(vault: &Opened) -> Done {
    let listed = vault.desk.criteria_list(Nothing {})?;
    let say = |zh, en| vault.lang.pick(zh, en);
    let mut text = String::new();
    for criterion in &listed.criteria {
        let title = say(&criterion.title.zh, &criterion.title.en);
        let _ = writeln!(text, "{} (v{}) {title}", criterion.code, criterion.version);
        for clause in &criterion.clauses {
            let needed = clause.threshold;
            let often = match vault.lang {
                Lang::Zh => {
                    format!("{} 天内 {} 次", needed.window_days, needed.count)
                }
                Lang::En => {
                    format!("{} within {} days", needed.count, needed.window_days)
                }
            };
            let exhibits: Vec<&str> =
                clause.required_exhibits.iter().map(|kind| kind.code()).collect();
            let _ = writeln!(text, "  {}: {often}", clause.code);
            let _ = writeln!(text, "    {}", say(&clause.text.zh, &clause.text.en));
            let _ = writeln!(text, "    {}: {}", say("所需证据", "evidence"), exhibits.join(", "));
        }
        text.push('\n');
    }
    Ok(Answer::new(value(&listed), text.trim_end()))
}
