//! `bwatch criteria …`

use super::{Done, Opened};
use crate::{
    answer::{Answer, value},
    args::{Criteria, Lang},
};
use buyerwatch_app::{
    Nothing,
    criteria::backtest::{BacktestClause, Backtested},
};
use std::fmt::Write as _;

pub(crate) fn criteria(vault: &Opened, command: Criteria) -> Done {
    match command {
        Criteria::List => list(vault),
        Criteria::Backtest { code: clause, count, window_days } => {
            backtest(vault, BacktestClause { clause, count, window_days })
        }
    }
}

fn backtest(vault: &Opened, request: BacktestClause) -> Done {
    let tried = vault.desk.criteria_backtest(request)?;
    let (reached, clean) = (tried.reached.len(), tried.only_clean_otherwise);
    let Backtested { count, window_days, orders, identities, unidentified, exempt, .. } = &tried;
    let mut text = match vault.lang {
        Lang::Zh => format!(
            "{window_days} 天内 {count} 次：{orders} 个订单，{identities} 个买家身份，{reached} 个会达到，其中 {clean} 个其余订单全部正常。\n另有 {unidentified} 个订单无法归到某个买家；{exempt} 个身份为多人共用或受信任，不计。\n"
        ),
        Lang::En => format!(
            "{count} within {window_days} days: {orders} orders, {identities} identities, {reached} would reach it, {clean} of them with nothing but clean orders otherwise.\n{unidentified} orders cannot be told to be anybody's; {exempt} identities are shared by many or trusted and do not count.\n"
        ),
    };
    for window in tried.reached.iter().flat_map(|one| &one.windows) {
        let _ =
            writeln!(text, "  {} – {}: {}", window.from, window.until, window.orders.join(", "));
    }
    Ok(Answer::new(value(&tried), text.trim_end()))
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
