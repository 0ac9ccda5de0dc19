//! `bwatch bench`

use super::Done;
use crate::{
    answer::{Answer, value},
    args::{Bench, Lang, Switch},
    table::plain,
};
use buyerwatch_app::bench::matching::{Measured, Options, Quality, Tiers, measure};
use std::fmt::Write as _;

/// Measures on prepared data; no vault is opened.
pub(crate) fn bench(lang: Lang, command: Bench) -> Done {
    let Bench::Matching { folder, guard, purged } = command;
    let options = Options { guard_off: guard == Switch::Off, purged };
    let measured = measure(&folder, options)?;
    let text = told(lang, &measured);
    Ok(Answer::new(value(&measured), text))
}

fn told(lang: Lang, measured: &Measured) -> String {
    let Measured { scenario, listed, orders, tier, by_kind, by_lang, us_per_order, peak_mb } =
        measured;
    let mut out = match lang {
        Lang::Zh => format!("{}：名单 {listed} 人，订单 {orders} 笔\n", plain(scenario)),
        Lang::En => format!("{}: {listed} listed, {orders} orders\n", plain(scenario)),
    };
    out.push_str(lang.pick(
        "                    精确率  召回率  F1      误报率\n",
        "                    precis. recall  F1      false alerts\n",
    ));
    let mut lines = |name: &str, Tiers { alert, possible }: &Tiers| {
        for (tier, quality) in
            [(lang.pick("警示", "alert"), alert), (lang.pick("可能", "possible"), possible)]
        {
            let Quality { precision, recall, f1, false_alert_rate } = quality;
            let label = format!("{} {tier}", plain(name));
            let _ = writeln!(
                out,
                "{label:<19} {precision:.4}  {recall:.4}  {f1:.4}  {:.4} %",
                100.0 * false_alert_rate
            );
        }
    };
    lines(lang.pick("全部", "all"), tier);
    if by_lang.len() > 1 {
        for (name, tiers) in by_lang {
            lines(name, tiers);
        }
    }
    for (name, kind) in by_kind {
        let (name, kind) = (plain(name), *kind);
        let _ = match lang {
            Lang::Zh => writeln!(
                out,
                "{name}：{} 笔，警示 {}，至少可能 {}",
                kind.orders, kind.alert, kind.possible
            ),
            Lang::En => writeln!(
                out,
                "{name}: {} orders, {} alert, {} at least possible",
                kind.orders, kind.alert, kind.possible
            ),
        };
    }
    let peak = peak_mb.map_or("–".to_owned(), |peak| format!("{peak:.0} MB"));
    let (mean, p50, p99) = (us_per_order.mean, us_per_order.p50, us_per_order.p99);
    let _ = match lang {
        Lang::Zh => {
            writeln!(out, "每笔订单 {mean:.1} 微秒（中位 {p50:.1}，p99 {p99:.1}），内存峰值 {peak}")
        }
        Lang::En => writeln!(
            out,
            "{mean:.1} µs per order (median {p50:.1}, p99 {p99:.1}), peak memory {peak}"
        ),
    };
    out
}
