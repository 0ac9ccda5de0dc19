//! `bwatch import` and `bwatch screen`

use super::{Done, Opened};
use crate::{
    answer::{Answer, value},
    args::Lang,
    failure::Failure,
    progress::Meter,
    table::plain,
};
use buyerwatch_app::{
    imports::{
        Source,
        run::Imported,
        screen::{Screened, ScreenedMatch},
    },
    view::{ImportRecord, ObservationCounts, SkippedRow, UnscreenableCount},
};
use serde_json::{Map, Value, json};
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Instant,
};

pub(crate) fn import(vault: &Opened, files: &[PathBuf]) -> Done {
    let (mut done, mut text, mut first) = (Vec::new(), String::new(), None);
    let (mut alerts, mut possible) = (Vec::new(), Vec::new());
    let mut signals: Vec<String> = Vec::new();
    for path in files {
        match one(vault, path) {
            Ok((imported, skipped)) => {
                for (alert, tier) in &imported.alerts {
                    let list = if tier.code() == "alert" { &mut alerts } else { &mut possible };
                    list.push(alert.to_string());
                }
                signals.extend(imported.signals.iter().map(ToString::to_string));
                text.push_str(&told(vault, path, &imported.record));
                done.push(shape(path, &imported.record, &skipped));
            }
            Err(failure) => {
                let error = failure.json(vault.lang);
                let _ = writeln!(text, "{}: {}", shown(path), failure.text(vault.lang));
                done.push(json!({ "path": shown(path), "error": error }));
                first.get_or_insert(failure);
            }
        }
    }
    let count = alerts.len();
    if count > 0 {
        let _ = match vault.lang {
            Lang::Zh => writeln!(text, "{count} 条警示，见 `bwatch alerts list --state open`"),
            Lang::En => writeln!(text, "{count} alerts; see `bwatch alerts list --state open`"),
        };
    }
    if !signals.is_empty() {
        let count = signals.len();
        let _ = match vault.lang {
            Lang::Zh => writeln!(text, "{count} 条线索，见 `bwatch signals list`"),
            Lang::En => writeln!(text, "{count} signals; see `bwatch signals list`"),
        };
    }
    let mut json = json!({
        "files": done,
        "alerts": alerts,
        "possible": possible,
        "signals": signals,
    });
    if let (Some(object), Some(failure)) = (json.as_object_mut(), &first) {
        object.insert("error".into(), failure.json(vault.lang));
    }
    Ok(Answer::new(json, text).ok_if(first.is_none()))
}

fn one(vault: &Opened, path: &Path) -> Result<(Imported, Vec<SkippedRow>), Failure> {
    let since = Instant::now();
    let source = source(path);
    let mut meter = Meter::new(source.name(), vault.json, vault.lang);
    let imported = vault.open.import(source, since, &mut |progress, _| {
        meter.show(progress);
        true
    })?;
    drop(meter);
    let skipped = vault.open.skipped_rows(&imported.record.id)?;
    Ok((imported, skipped))
}

fn source(path: &Path) -> Source {
    if path.as_os_str() == "-" {
        Source::stream("-", Box::new(std::io::stdin()))
    } else {
        Source::file(path)
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn shape(path: &Path, record: &ImportRecord, listed: &[SkippedRow]) -> Value {
    let (undated, skipped): (Vec<_>, Vec<_>) = listed.iter().partition(|row| row.is_undated());
    json!({
        "path": shown(path),
        "import_id": record.id,
        "state": value(&record.state),
        "format": record.format,
        "encoding": record.encoding,
        "rows": record.rows,
        "observations": observations(record.orders, record.observations),
        "duplicates": record.duplicates,
        "skipped": value(&skipped),
        "skipped_total": record.skipped,
        "screened": record.screened,
        "unscreenable": by_reason(&record.unscreenable),
        "undated": record.undated,
        "undated_rows": value(&undated),
        "alerts": record.alerts,
        "possible": record.possible,
    })
}

/// New observations by kind.
fn observations(orders: u64, others: ObservationCounts) -> Value {
    json!({
        "orders": orders,
        "messages": others.messages,
        "returns": others.returns,
        "claims": others.claims,
        "feedback": others.feedback,
    })
}

/// Counts under the codes of their reasons.
pub(crate) fn by_reason(counts: &[UnscreenableCount]) -> Map<String, Value> {
    counts.iter().map(|one| (one.reason.code().to_owned(), one.count.into())).collect()
}

fn told(vault: &Opened, path: &Path, record: &ImportRecord) -> String {
    let unscreenable: u64 = record.unscreenable.iter().map(|one| one.count).sum();
    let mut text = match vault.lang {
        Lang::Zh => format!(
            "{}（{}，{}）\n  {} 行：新订单 {}，重复 {}，跳过 {}\n  已比对 {}，无法比对 {unscreenable}\n  警示 {}，可能 {}\n",
            plain(&shown(path)),
            record.format,
            record.encoding,
            record.rows,
            record.orders,
            record.duplicates,
            record.skipped,
            record.screened,
            record.alerts,
            record.possible,
        ),
        Lang::En => format!(
            "{} ({}, {})\n  {} rows: {} new orders, {} duplicates, {} skipped\n  {} screened, {unscreenable} not screenable\n  {} alerts, {} possible\n",
            plain(&shown(path)),
            record.format,
            record.encoding,
            record.rows,
            record.orders,
            record.duplicates,
            record.skipped,
            record.screened,
            record.alerts,
            record.possible,
        ),
    };
    let others = record.observations;
    for (count, zh, en) in [
        (others.messages, "消息", "messages"),
        (others.returns, "退货", "returns"),
        (others.claims, "索赔", "claims"),
        (others.feedback, "评价", "ratings"),
    ] {
        if count > 0 {
            let _ = writeln!(text, "  {} {count}", vault.say(zh, en));
        }
    }
    if record.undated > 0 {
        let _ = match vault.lang {
            Lang::Zh => writeln!(
                text,
                "  {} 行的日期缺失或无法识别，已照常存入：这样的订单不计入任何时间段内的次数，退货和索赔按订单日期计",
                record.undated
            ),
            Lang::En => writeln!(
                text,
                "  {} rows were taken without a date that could be read: such an order counts in no span of days, a return or claim as of its order's date",
                record.undated
            ),
        };
    }
    for one in &record.skipped_by_reason {
        let _ = writeln!(text, "  {} {}: {}", vault.say("跳过", "skipped"), one.reason, one.count);
    }
    text
}

pub(crate) fn screen(vault: &Opened, path: &Path) -> Done {
    let source = source(path);
    let mut meter = Meter::new(source.name(), vault.json, vault.lang);
    let screened = vault.open.screen(source, &mut |progress| {
        meter.show(progress);
        true
    })?;
    drop(meter);
    let file = json!({
        "path": shown(path),
        "format": screened.format,
        "encoding": screened.encoding,
        "rows": screened.rows,
        "observations": observations(screened.orders, screened.observations),
        "duplicates": screened.duplicates,
        "skipped": value(&screened.skipped),
        "skipped_total": screened.skipped_total,
        "screened": screened.screened,
        "unscreenable": by_reason(&screened.unscreenable),
        "undated": screened.undated,
        "undated_rows": value(&screened.undated_rows),
    });
    let matches: Vec<Value> = screened.matches.iter().map(one_match).collect();
    let json = json!({
        "files": [file],
        "alerts": [],
        "possible": [],
        "signals": [],
        "matches": matches,
        "stored": false,
    });
    Ok(Answer::new(json, screened_text(vault, &screened)))
}

fn one_match(found: &ScreenedMatch) -> Value {
    json!({
        "buyer_id": found.buyer,
        "status": found.status,
        "tier": found.tier,
        "observation": {
            "kind": "order",
            "order_id": found.order_id,
            "marketplace": found.marketplace,
            "at": found.at,
        },
        "score": found.score,
        "ground": found.ground.code(),
        "reasons": value(&found.reasons),
    })
}

fn screened_text(vault: &Opened, screened: &Screened) -> String {
    let mut text = match vault.lang {
        Lang::Zh => {
            format!("{} 行，已比对 {}；没有保存任何内容\n", screened.rows, screened.screened)
        }
        Lang::En => {
            format!("{} rows, {} screened; nothing was stored\n", screened.rows, screened.screened)
        }
    };
    for found in &screened.matches {
        let _ = writeln!(
            text,
            "  {} {} {} {} ({})",
            found.tier.code(),
            plain(&found.order_id),
            plain(&found.marketplace),
            found.buyer,
            found.status.code()
        );
    }
    text
}
