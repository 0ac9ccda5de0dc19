//! `bwatch coverage`

use super::{Done, Opened};
use crate::{answer::Answer, args::Lang, commands::import::by_reason, table::Table, when::shown};
use buyerwatch_app::overview::days::{AskDays, CoverageDay};
use serde_json::{Value, json};

pub(crate) fn coverage(vault: &Opened, days: u32) -> Done {
    let days = vault.desk.overview_days(AskDays { days })?.items;
    let mut table = match vault.lang {
        Lang::Zh => Table::new(["日期", "已比对", "无法比对", "来信", "隔离", "原因"]),
        Lang::En => {
            Table::new(["DAY", "SCREENED", "NOT SCREENABLE", "MESSAGES", "QUARANTINED", "REASONS"])
        }
    };
    for day in &days {
        let unscreenable = &day.coverage.unscreenable;
        let reasons: Vec<String> =
            unscreenable.iter().map(|of| format!("{} {}", of.reason.code(), of.count)).collect();
        table.row([
            // The local day, without the hour at which it begins.
            shown(&day.day.to_string()).chars().take(10).collect(),
            day.coverage.screened.to_string(),
            unscreenable.iter().map(|of| of.count).sum::<u64>().to_string(),
            day.messages.to_string(),
            day.forged.to_string(),
            reasons.join(", "),
        ]);
    }
    let json: Vec<Value> = days.iter().map(shape).collect();
    Ok(Answer::new(json!({ "days": json }), table.text()))
}

/// One day for programs.
fn shape(day: &CoverageDay) -> Value {
    json!({
        "day": day.day,
        "screened": day.coverage.screened,
        "unscreenable": by_reason(&day.coverage.unscreenable),
        "messages": day.messages,
        "quarantined": day.forged,
    })
}
