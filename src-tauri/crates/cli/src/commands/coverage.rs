//! `bwatch coverage`

use super::{Done, Opened};
use crate::{answer::Answer, args::Lang, commands::import::by_reason, table::Table, when::shown};
use buyerwatch_app::{
    overview::days::{AskDays, CoverageDay},
    view::SkippedCount,
};
use serde_json::{Map, Value, json};

pub(crate) fn coverage(vault: &Opened, days: u32) -> Done {
    let days = vault.desk.overview_days(AskDays { days })?.items;
    let mut table = match vault.lang {
        Lang::Zh => Table::new([
            "日期",
            "订单已比对",
            "无法比对",
            "来信已比对",
            "无法比对",
            "隔离",
            "跳过",
            "原因",
        ]),
        Lang::En => Table::new([
            "DAY",
            "ORDERS SCREENED",
            "NOT SCREENABLE",
            "MESSAGES SCREENED",
            "NOT SCREENABLE",
            "QUARANTINED",
            "SKIPPED",
            "REASONS",
        ]),
    };
    for day in &days {
        let (orders, written) = (&day.coverage.unscreenable, &day.written.unscreenable);
        let missed = orders.iter().chain(written).map(|of| (of.reason.code(), of.count));
        let skipped = day.skipped.iter().map(|of| (of.reason.as_str(), of.count));
        let reasons: Vec<String> =
            missed.chain(skipped).map(|(reason, count)| format!("{reason} {count}")).collect();
        table.row([
            // The local day, without the hour at which it begins.
            shown(&day.day.to_string()).chars().take(10).collect(),
            day.coverage.screened.to_string(),
            orders.iter().map(|of| of.count).sum::<u64>().to_string(),
            day.written.screened.to_string(),
            written.iter().map(|of| of.count).sum::<u64>().to_string(),
            day.forged.to_string(),
            day.skipped.iter().map(|of| of.count).sum::<u64>().to_string(),
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
        "messages_screened": day.written.screened,
        "messages_unscreenable": by_reason(&day.written.unscreenable),
        "quarantined": day.forged,
        "skipped": skipped(&day.skipped),
    })
}

fn skipped(counts: &[SkippedCount]) -> Map<String, Value> {
    counts.iter().map(|of| (of.reason.clone(), of.count.into())).collect()
}
