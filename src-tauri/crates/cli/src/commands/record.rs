//! `bwatch journal …` and `bwatch doctor`

use super::{Done, Opened};
use crate::{
    answer::{Answer, value},
    args::{Journal, Lang},
};
use buyerwatch_app::{Nothing, journal::accept_head::AcceptHead, view::JournalReport};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

pub(crate) fn journal(vault: &Opened, command: Journal) -> Done {
    match command {
        Journal::Verify => Ok(checked(vault, &vault.desk.journal_verify(Nothing {})?)),
        Journal::AcceptHead { reason } => {
            Ok(checked(vault, &vault.desk.journal_accept_head(AcceptHead { reason })?))
        }
        Journal::Rebuild { check: _ } => rebuild(vault),
    }
}

fn checked(vault: &Opened, report: &JournalReport) -> Answer {
    let mut text = if report.ok {
        match vault.lang {
            Lang::Zh => format!("记录完整：{} 条\n", report.events),
            Lang::En => format!("the record is whole: {} entries\n", report.events),
        }
    } else {
        vault.say("记录有问题：\n", "the record has problems:\n").to_owned()
    };
    for problem in &report.problems {
        let at = problem.seq.map(|seq| format!(" #{seq}")).unwrap_or_default();
        let _ = writeln!(text, "  {}{at}", problem.code);
    }
    if let Some(head) = &report.head {
        let _ = writeln!(text, "#{} {}", head.seq, head.hash);
    }
    Answer::new(value(report), text).ok_if(report.ok)
}

fn rebuild(vault: &Opened) -> Done {
    let report = vault.open.check_tables()?;
    let head = vault.desk.journal_head(Nothing {})?;
    let different = || report.tables.iter().filter(|table| !table.equal);
    let problems: Vec<_> =
        different().map(|table| json!({ "code": "table_differs", "table": table.name })).collect();
    let json = json!({
        "ok": report.ok,
        "head": { "seq": head.seq, "hash": head.hash },
        "problems": problems,
        "tables": value(&report.tables),
    });
    let mut text = match (report.ok, vault.lang) {
        (true, Lang::Zh) => format!("{} 张数据表与记录一致\n", report.tables.len()),
        (true, Lang::En) => format!("{} tables follow from the record\n", report.tables.len()),
        (false, Lang::Zh) => "数据表与记录不一致：\n".to_owned(),
        (false, Lang::En) => "tables differ from the record:\n".to_owned(),
    };
    for table in different() {
        let _ = writeln!(text, "  {}", table.name);
    }
    Ok(Answer::new(json, text).ok_if(report.ok))
}

pub(crate) fn doctor(vault: &Opened) -> Done {
    let storage = vault.open.check_storage()?;
    let record = vault.desk.journal_verify(Nothing {})?;
    let tables = vault.open.check_tables()?;
    let mut problems: Vec<Value> = storage
        .problems
        .iter()
        .map(|found| json!({ "code": "storage", "detail": found }))
        .collect();
    problems.extend(record.problems.iter().map(value));
    let different = tables.tables.iter().filter(|table| !table.equal);
    problems.extend(different.map(|table| json!({ "code": "table_differs", "table": table.name })));
    let ok = storage.ok && record.ok && tables.ok;
    let checks = [
        ("cipher_integrity_check", storage.cipher_integrity_check),
        ("integrity_check", storage.integrity_check),
        ("foreign_key_check", storage.foreign_key_check),
        ("journal", record.ok),
        ("tables", tables.ok),
    ];
    let json = json!({
        "ok": ok,
        "head": value(&record.head),
        "problems": problems,
        "events": record.events,
        "checks": checks.iter().map(|(name, ok)| ((*name).to_owned(), (*ok).into())).collect::<Map<_, _>>(),
        "data_dir": vault.desk.data_dir().display().to_string(),
    });
    let mut text = String::new();
    for (name, ok) in checks {
        let word = if ok { vault.say("正常", "ok") } else { vault.say("有问题", "PROBLEM") };
        let _ = writeln!(text, "{word:8} {name}");
    }
    for problem in &problems {
        let _ = writeln!(text, "  {problem}");
    }
    Ok(Answer::new(json, text).ok_if(ok))
}

pub(crate) fn retention(vault: &Opened) -> Done {
    let purged = vault.desk.retention_run(Nothing {})?;
    let text = match vault.lang {
        Lang::Zh => format!(
            "已删除 {} 笔订单的姓名和地址、{} 封来信的内容、{} 条售后记录的文字；{} 笔订单因警示未结而保留",
            purged.orders, purged.messages, purged.after_sales, purged.held
        ),
        Lang::En => format!(
            "names and addresses of {} orders, texts of {} messages and of {} returns and ratings are \
             taken out; {} orders wait for the end of an alert",
            purged.orders, purged.messages, purged.after_sales, purged.held
        ),
    };
    let rows = purged.orders + purged.messages + purged.after_sales;
    let json = json!({
        "purged": {
            "rows": rows,
            "orders": purged.orders,
            "messages": purged.messages,
            "after_sales": purged.after_sales,
        },
        "held": purged.held,
    });
    Ok(Answer::new(json, text))
}
