//! `bwatch demo`: the whole path on sample data, in a vault that is thrown away.

use super::{Done, Opened, Place, alerts};
use crate::{
    answer::{Answer, value},
    args::Lang,
    failure::Failure,
    host::Terminal,
    progress::Meter,
    table::Table,
    when::shown,
};
use buyerwatch_app::{
    Desk, DeskOptions, Host as _, Manner, Secret,
    alerts::OneAlert,
    buyers::OneBuyer,
    session::{
        create::{CreateVault, PassphraseRule, create},
        load_sample,
    },
    view::{AlertDetail, Language},
};
use serde_json::{Value, json};
use std::{fmt::Write as _, sync::Arc, time::Instant};

pub(crate) fn demo(place: &Place) -> Done {
    let folder = tempfile::Builder::new().prefix("buyerwatch-demo-").tempdir()?;
    let host = Arc::new(Terminal::default());
    let options = DeskOptions::new(folder.path().join("data"), Manner::Unattended);
    let desk = Desk::new(host.clone(), options);
    let language = match place.lang {
        Lang::Zh => Language::Chinese,
        Lang::En => Language::English,
    };
    // Nobody needs to open it again.
    let mut drawn = [0; 16];
    host.random(&mut drawn).map_err(|_| Failure::new("internal"))?;
    let request = CreateVault {
        passphrase: Secret::new(format!("{:032x}", u128::from_be_bytes(drawn))),
        person_name: place.lang.pick("演示", "Demo").to_owned(),
        language,
    };
    create(&desk, &request, PassphraseRule::Script)?;
    let vault =
        Opened { open: desk.open()?, desk, host, lang: place.lang, json: place.global.json };
    let buyer = load_sample::list_buyer(&vault.open)?;
    let mut meter = Meter::new("orders.txt", vault.json, vault.lang);
    let imported = vault.open.import(
        load_sample::orders(&vault.open),
        Instant::now(),
        &mut |progress, _| {
            meter.show(progress);
            true
        },
    )?;
    drop(meter);
    let mut details = Vec::new();
    for row in vault.open.every_alert()?.iter().rev() {
        details.push(vault.desk.alerts_get(OneAlert { id: row.id })?);
    }
    details.sort_by_key(|detail| detail.row.at);
    let listed = vault.desk.buyers_get(OneBuyer { id: buyer })?;
    let record = &imported.record;
    let json = json!({
        "buyer": value(&listed.row),
        "rows": record.rows,
        "orders": record.orders,
        "screened": record.screened,
        "alerts": details.iter().map(alerts::shape).collect::<Vec<Value>>(),
    });
    let mut text =
        opening(&vault, &listed.row.label, &listed.row.clause.clone().unwrap_or_default());
    let _ = match vault.lang {
        Lang::Zh => writeln!(
            text,
            "导入示例报表：{} 行，新订单 {}，跳过 {}，已比对 {}。\n",
            record.rows, record.orders, record.skipped, record.screened
        ),
        Lang::En => writeln!(
            text,
            "Imported the sample report: {} rows, {} orders, {} skipped, {} screened.\n",
            record.rows, record.orders, record.skipped, record.screened
        ),
    };
    text.push_str(&table(vault.lang, &details));
    if let Some(first) = details.first() {
        let _ = write!(
            text,
            "\n{}\n\n{}",
            vault.say("第一条的依据：", "Why the first one:"),
            alerts::argument(vault.lang, first)
        );
    }
    Ok(Answer::new(json, text))
}

fn opening(vault: &Opened, label: &str, clause: &str) -> String {
    match vault.lang {
        Lang::Zh => {
            format!("在临时文件夹中创建了加密保险库，已将买家 {label} 按条款 {clause} 列入名单。\n")
        }
        Lang::En => format!(
            "Created an encrypted vault in a temporary folder and listed the buyer {label} under {clause}.\n"
        ),
    }
}

fn table(lang: Lang, details: &[AlertDetail]) -> String {
    let mut table = match lang {
        Lang::Zh => Table::new(["级别", "订单", "市场", "下单时间", "一致之处", "分值"]),
        Lang::En => Table::new(["TIER", "ORDER", "MARKETPLACE", "ORDERED", "AGREES", "SCORE"]),
    };
    for detail in details {
        let agrees: Vec<String> = detail
            .reasons
            .iter()
            .filter(|reason| reason.weight > 0.0)
            .map(|reason| alerts::field(lang, value(&reason.field).as_str().unwrap_or_default()))
            .collect();
        table.row([
            match detail.row.tier.code() {
                "alert" => lang.pick("警示", "alert").to_owned(),
                _ => lang.pick("可能", "possible").to_owned(),
            },
            detail.row.order_id.clone(),
            detail.row.marketplace.clone(),
            shown(&detail.row.at.to_string()),
            agrees.join(", "),
            format!("{:.1}", detail.score),
        ]);
    }
    table.text()
}
