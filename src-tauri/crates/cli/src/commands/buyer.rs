//! `bwatch buyer …`

use super::{Done, Opened, id, named};
use crate::{
    answer::{Answer, value},
    args::{Buyer, Identifier, Lang},
    failure::Failure,
    table::{Table, plain},
    unusable,
    when::shown,
};
use buyerwatch_app::{
    buyers::{
        OneBuyer,
        add::AddBuyer,
        add_identifier::AddIdentifier,
        add_note::AddNote,
        check::CheckIdentifiers,
        dismiss_duplicate::DismissDuplicate,
        duplicates::{Duplicates, FindDuplicates},
        list::{BuyerSort, ListBuyers},
        mark_shared::MarkShared,
        merge::MergeBuyers,
        remove_identifier::RemoveIdentifier,
        unmerge::UnmergeBuyers,
    },
    view::{BuyerDetail, BuyerRow, DuplicateView, TimelineKind},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _};

/// Rows that one question asks for; a list of any length is read in such steps.
const STEP: u32 = 1_000;

pub(crate) fn buyer(vault: &Opened, command: Buyer) -> Done {
    match command {
        Buyer::Add { identifiers, note } => {
            let added = vault.desk.buyers_add(AddBuyer { identifiers, note })?;
            let mut text =
                format!("{} {}", vault.say("已记录买家", "recorded buyer"), added.buyer_id);
            for other in &added.existing {
                let _ = write!(
                    text,
                    "\n{} {} ({})",
                    vault.say("与另一位买家有相同的标识：", "shares an identifier with"),
                    other.buyer_id,
                    plain(&other.label)
                );
            }
            text.push('\n');
            text.push_str(&unusable::warning(vault.lang, &added.unusable));
            let mut json = value(&added);
            if let Some(object) = json.as_object_mut() {
                let told = unusable::shape(vault.lang, &added.unusable);
                object.insert("unusable".into(), told.into());
            }
            Ok(Answer::new(json, text))
        }
        Buyer::Show { id: buyer, reveal } => show(vault, OneBuyer { id: id(&buyer)? }, reveal),
        Buyer::List { status, query, offset, limit, brief } => {
            let asked = ListBuyers {
                status: status.as_deref().map(named).transpose()?,
                query: query.unwrap_or_default(),
                sort: BuyerSort::Recent,
                descending: true,
                offset,
                limit: STEP,
            };
            list(vault, asked, limit.unwrap_or(u32::MAX), brief)
        }
        Buyer::Identifier(command) => identifier(vault, command),
        Buyer::Duplicates { buyer } => {
            let buyer_id = buyer.as_deref().map(id).transpose()?;
            duplicates(vault, &vault.desk.buyers_duplicates(FindDuplicates { buyer_id })?)
        }
        Buyer::Distinct { one, other, reason, undo } => {
            let asked = DismissDuplicate { one: id(&one)?, other: id(&other)?, undo, reason };
            vault.desk.buyers_dismiss_duplicate(asked)?;
            let said = if undo {
                vault.say("已取消“两个人”的说明", "no longer two people")
            } else {
                vault.say("已记住是两个人", "remembered as two people")
            };
            Ok(Answer::new(json!({ "distinct": !undo }), said.to_owned()))
        }
        Buyer::Merge { from, into, reason } => {
            let asked = MergeBuyers { into: id(&into)?, from: id(&from)?, reason };
            shown_buyer(vault, &vault.desk.buyers_merge(asked)?, &BTreeMap::new())
        }
        Buyer::Unmerge { merged, reason } => {
            let asked = UnmergeBuyers { buyer_id: id(&merged)?, reason };
            shown_buyer(vault, &vault.desk.buyers_unmerge(asked)?, &BTreeMap::new())
        }
        Buyer::Note { buyer, text } => {
            let detail = vault.desk.buyers_add_note(AddNote { buyer_id: id(&buyer)?, text })?;
            shown_buyer(vault, &detail, &BTreeMap::new())
        }
    }
}

fn duplicates(vault: &Opened, found: &Duplicates) -> Done {
    let mut table = match vault.lang {
        Lang::Zh => Table::new(["保留", "买家", "并入", "买家", "依据", "分值"]),
        Lang::En => Table::new(["STAYS", "BUYER", "MERGED", "BUYER", "AGREES", "SCORE"]),
    };
    for pair in &found.items {
        let agrees = pair.reasons.iter().filter(|reason| reason.weight > 0.0);
        let fields: Vec<String> =
            agrees.filter_map(|reason| value(&reason.field).as_str().map(str::to_owned)).collect();
        table.row([
            pair.one.id.to_string(),
            pair.one.label.clone(),
            pair.other.id.to_string(),
            pair.other.label.clone(),
            fields.join(", "),
            format!("{:.1}", pair.score),
        ]);
    }
    let shown = |pair: &DuplicateView| {
        json!({
            "one": brief(&pair.one),
            "other": brief(&pair.other),
            "ground": pair.ground,
            "score": pair.score,
            "reasons": value(&pair.reasons),
            "status": pair.status,
            "lists": pair.lists,
        })
    };
    let items: Vec<Value> = found.items.iter().map(shown).collect();
    let json = json!({
        "duplicates": items,
        "total": found.total,
        "by_likeness": found.by_likeness,
    });
    let none = ("没有可能是同一人的买家", "no buyers who may be one person");
    Ok(Answer::new(json, vault.table_or(&table, none.0, none.1)))
}

fn identifier(vault: &Opened, command: Identifier) -> Done {
    let detail = match command {
        Identifier::Add { buyer, identifiers } => {
            let buyer_id = id(&buyer)?;
            let asked =
                CheckIdentifiers { identifiers: identifiers.clone(), buyer_id: Some(buyer_id) };
            let told = vault.desk.buyers_check(asked)?.unusable;
            let mut last = None;
            for typed in identifiers {
                let one = AddIdentifier { buyer_id, kind: typed.kind, value: typed.value };
                last = Some(vault.desk.buyers_add_identifier(one)?);
            }
            let detail = last.ok_or_else(|| Failure::new("no_identifier"))?;
            let mut answer = shown_buyer(vault, &detail, &BTreeMap::new())?;
            answer.text.insert_str(0, &unusable::warning(vault.lang, &told));
            if let Some(object) = answer.json.as_object_mut() {
                object.insert("unusable".into(), unusable::shape(vault.lang, &told).into());
            }
            return Ok(answer);
        }
        Identifier::Remove { buyer, identifier, reason } => {
            let one =
                RemoveIdentifier { buyer_id: id(&buyer)?, identifier_id: id(&identifier)?, reason };
            vault.desk.buyers_remove_identifier(one)?
        }
        Identifier::Shared { buyer, identifier, undo } => {
            let one = MarkShared {
                buyer_id: id(&buyer)?,
                identifier_id: id(&identifier)?,
                shared: !undo,
            };
            vault.desk.buyers_mark_shared(one)?
        }
    };
    shown_buyer(vault, &detail, &BTreeMap::new())
}

fn show(vault: &Opened, one: OneBuyer, reveal: bool) -> Done {
    let values = if reveal { vault.desk.buyers_reveal(one)?.values } else { BTreeMap::new() };
    let detail = vault.desk.buyers_get(one)?;
    shown_buyer(vault, &detail, &values)
}

fn shown_buyer(vault: &Opened, detail: &BuyerDetail, values: &BTreeMap<String, String>) -> Done {
    let json = json!({ "buyer": shape(vault.lang, detail, values) });
    Ok(Answer::new(json, text(vault, detail, values)))
}

fn list(vault: &Opened, mut asked: ListBuyers, limit: u32, only_rows: bool) -> Done {
    let mut rows: Vec<BuyerRow> = Vec::new();
    let (total, counts) = loop {
        let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        asked.limit = left.min(STEP);
        let page = vault.desk.buyers_list(asked.clone())?;
        let read = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
        rows.extend(page.items);
        asked.offset = asked.offset.saturating_add(read);
        if read < STEP || u64::from(asked.offset) >= page.total {
            break (page.total, page.counts);
        }
    };
    let mut table = match vault.lang {
        Lang::Zh => Table::new(["ID", "状态", "买家", "条款", "事件", "再次出现", "待处理警示"]),
        Lang::En => {
            Table::new(["ID", "STATUS", "BUYER", "CLAUSE", "INCIDENTS", "SIGHTINGS", "OPEN ALERTS"])
        }
    };
    for row in &rows {
        table.row([
            row.id.to_string(),
            status(vault.lang, row).into(),
            row.label.clone(),
            row.clause.clone().unwrap_or_default(),
            row.incidents.to_string(),
            row.sightings.to_string(),
            row.open_alerts.to_string(),
        ]);
    }
    let full = |row: &BuyerRow| -> Result<Value, Failure> {
        let detail = vault.desk.buyers_get(OneBuyer { id: row.id })?;
        Ok(shape(vault.lang, &detail, &BTreeMap::new()))
    };
    let buyers: Vec<Value> = match (vault.json, only_rows) {
        (true, false) => rows.iter().map(full).collect::<Result<_, _>>()?,
        _ => rows.iter().map(brief).collect(),
    };
    let json = json!({ "buyers": buyers, "total": total, "counts": value(&counts) });
    Ok(Answer::new(json, vault.table_or(&table, "没有买家", "no buyers")))
}

fn brief(row: &BuyerRow) -> Value {
    json!({
        "id": row.id,
        "status": row.status,
        "label": row.label,
        "clause": row.clause,
        "awaiting_approval": row.awaiting_approval,
        "counts": {
            "incidents": row.incidents,
            "sightings": row.sightings,
            "open_alerts": row.open_alerts,
        },
        "last_seen_at": row.last_seen_at,
        "review_due": row.review_due,
        "added_at": row.added_at,
    })
}

fn shape(lang: Lang, detail: &BuyerDetail, values: &BTreeMap<String, String>) -> Value {
    let identifiers: Vec<Value> = detail
        .identifiers
        .iter()
        .map(|one| {
            let mut json = json!({
                "id": one.id,
                "type": one.kind,
                "masked": one.masked,
                "shared": one.shared,
                "shared_names": one.shared_names,
                "unusable": one.unusable,
                "unusable_message": one.unusable.as_deref().map(|code| unusable::why(lang, code)),
                "added_at": one.added_at,
            });
            if let (Some(object), Some(clear)) =
                (json.as_object_mut(), values.get(&one.id.to_string()))
            {
                object.insert("value".into(), clear.clone().into());
            }
            json
        })
        .collect();
    // An order that raised an alert stands in the history once, as the alert.
    let seen = |kind| matches!(kind, TimelineKind::Sighting | TimelineKind::Alert);
    let sightings: Vec<Value> = detail
        .timeline
        .iter()
        .filter(|entry| seen(entry.kind))
        .map(|entry| {
            json!({
                "at": entry.at,
                "kind": "order",
                "order_id": entry.order_id,
                "marketplace": entry.marketplace,
                "alert_id": (entry.kind == TimelineKind::Alert).then_some(&entry.ref_id),
            })
        })
        .collect();
    let mut json = brief(&detail.row);
    if let Some(object) = json.as_object_mut() {
        object.insert("added_by".into(), value(&detail.added_by));
        object.insert("identifiers".into(), identifiers.into());
        object.insert("incidents".into(), value(&detail.incidents_list));
        object.insert("sightings".into(), sightings.into());
        object.insert("exhibits".into(), value(&detail.exhibits));
        object.insert("listing".into(), value(&detail.listing));
        object.insert("notes".into(), value(&detail.notes));
        object.insert("timeline".into(), value(&detail.timeline));
        object.insert("not_this_buyer".into(), value(&detail.pair_decisions));
        object.insert("merged".into(), value(&detail.merged));
    }
    json
}

fn status(lang: Lang, row: &BuyerRow) -> &'static str {
    match row.awaiting_approval {
        true => lang.pick("待确认", "awaiting approval"),
        false => status_word(lang, row.status.code()),
    }
}

/// A kind of identifier in a word, by its code.
pub(crate) fn kind_word(lang: Lang, code: &str) -> &'static str {
    match code {
        "alias" => lang.pick("邮箱别名", "alias"),
        "marketplace_id" => lang.pick("买家 ID", "marketplace ID"),
        "phone" => lang.pick("电话", "phone"),
        "name" => lang.pick("姓名", "name"),
        "address" => lang.pick("地址", "address"),
        "user_name" => lang.pick("用户名", "user name"),
        "order_id" => lang.pick("订单号", "order ID"),
        _ => lang.pick("标识", "identifier"),
    }
}

/// How the shop stands to a buyer.
pub(super) fn status_word(lang: Lang, code: &str) -> &'static str {
    match code {
        "listed" => lang.pick("已列入", "listed"),
        "cleared" => lang.pick("已移出", "cleared"),
        _ => lang.pick("观察", "watching"),
    }
}

fn text(vault: &Opened, detail: &BuyerDetail, values: &BTreeMap<String, String>) -> String {
    let say = |zh, en| vault.lang.pick(zh, en);
    let mut out = format!(
        "{} {} [{}]\n",
        say("买家", "Buyer"),
        plain(&detail.row.label),
        status(vault.lang, &detail.row)
    );
    let _ = writeln!(out, "ID {}", detail.row.id);
    if let Some(listing) = &detail.listing {
        let _ = writeln!(
            out,
            "{} {} (v{}), {} {}",
            say("条款", "Clause"),
            listing.clause,
            listing.criterion_version,
            say("复查日期", "review due"),
            shown(&listing.review_due.to_string())
        );
        if let Some(reason) = &listing.ended_reason {
            let _ = writeln!(out, "{} {}", say("结束理由：", "ended:"), plain(reason));
        }
    }
    for merged in &detail.merged {
        let _ = writeln!(
            out,
            "{} {} ({})",
            say("已并入：", "Merged:"),
            plain(&merged.label),
            merged.id
        );
    }
    let _ = writeln!(out, "\n{}", say("标识", "Identifiers"));
    let mut table = Table::default();
    for one in &detail.identifiers {
        let clear = values.get(&one.id.to_string()).unwrap_or(&one.masked);
        let mark = if one.shared { say("共用", "shared") } else { "" };
        let why = one.unusable.as_deref().map(|code| unusable::why(vault.lang, code));
        table.row([
            "  ".into(),
            one.kind.code().into(),
            clear.clone(),
            mark.into(),
            why.unwrap_or_default().into(),
            one.id.to_string(),
        ]);
    }
    out.push_str(&table.text());
    if !detail.incidents_list.is_empty() {
        let _ = writeln!(out, "\n{}", say("事件", "Incidents"));
    }
    for one in &detail.incidents_list {
        let taken_back = match &one.withdrawn {
            Some(reason) => format!(" [{}: {}]", say("已撤回", "withdrawn"), plain(reason)),
            None => String::new(),
        };
        let _ = writeln!(
            out,
            "  {} {} {}{taken_back}\n    {}",
            shown(&one.at.to_string()),
            one.clause,
            one.orders.join(", "),
            plain(&one.text)
        );
        if let Some(version) = &one.buyer_version {
            let _ =
                writeln!(out, "    {} {}", say("买家的说法：", "the buyer says:"), plain(version));
        }
        for exhibit in &one.exhibits {
            let _ = writeln!(out, "    {} {}", exhibit.kind.code(), plain(&exhibit.name));
        }
    }
    if !detail.timeline.is_empty() {
        let _ = writeln!(out, "\n{}", say("经过", "History"));
    }
    for entry in &detail.timeline {
        let what = value(&entry.kind);
        let by = entry.by.as_ref().map(|person| plain(&person.name)).unwrap_or_default();
        let about: Vec<String> = [&entry.clause, &entry.order_id, &entry.text]
            .into_iter()
            .flatten()
            .map(|part| plain(part))
            .collect();
        let _ = writeln!(
            out,
            "  {} {} {by} {}",
            shown(&entry.at.to_string()),
            what.as_str().unwrap_or_default(),
            about.join(" ")
        );
    }
    out
}
