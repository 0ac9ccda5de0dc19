//! `bwatch evidence …`

use super::{Done, Opened, id, named};
use crate::{
    answer::{Answer, value},
    args::{Evidence, Lang},
    failure::Failure,
    progress::Meter,
    table::{Table, plain},
    when::shown,
};
use buyerwatch_app::{
    ApiError, ExhibitLink, Progress, Purpose,
    buyers::OneBuyer,
    exhibits::{
        OneExhibit,
        annotate::AnnotateExhibit,
        export::Target,
        freeze_message::FreezeMessage,
        freeze_order::FreezeOrder,
        link::LinkExhibit,
        list::{ExhibitSort, ListExhibits},
        readiness::ReadyIncident,
        remove::RemoveExhibit,
        set_kind::SetExhibitKind,
    },
    view::{CustodyAct, CustodyView, ExhibitDetail, ExhibitView},
};
use serde_json::{Value, json};
use std::{fmt::Write as _, path::PathBuf};

/// Exhibits read at a time.
const PAGE: u32 = 1_000;

pub(crate) fn evidence(vault: &Opened, command: Evidence) -> Done {
    match command {
        Evidence::Add { files, buyer, incident, order, kind, purpose } => {
            let links = links(vault, buyer, incident, order)?;
            add(vault, &files, &links, kind, purpose.as_deref())
        }
        Evidence::List { buyer, incident, order, kind, damaged } => {
            let query = ListExhibits {
                buyer_id: buyer.map(|buyer| id(&buyer)).transpose()?,
                incident_id: incident.map(|incident| id(&incident)).transpose()?,
                order_id: order,
                kind: kind.map(|kind| named(&kind)).transpose()?,
                damaged_only: Some(damaged),
                sort: ExhibitSort::AddedDesc,
                ..ListExhibits::default()
            };
            list(vault, &query)
        }
        Evidence::Show { id: of } => {
            let detail = vault.desk.exhibits_get(OneExhibit { exhibit_id: id(&of)? })?;
            Ok(Answer::new(json!({ "exhibits": [shape(&detail)] }), told(vault, &detail)))
        }
        Evidence::Export { ids, out, purpose } => export(vault, &ids, out, purpose),
        Evidence::Verify { sample, fresh } => verify(vault, sample, fresh),
        Evidence::Remove { id: of, reason } => {
            let detail =
                vault.desk.exhibits_remove(RemoveExhibit { exhibit_id: id(&of)?, reason })?;
            let text = vault.say("已移除；记录保留", "removed; its record stays");
            Ok(Answer::new(json!({ "exhibits": [shape(&detail)] }), text))
        }
        Evidence::Link { id: of, buyer, incident, order, undo, purpose } => {
            let exhibit_id = id(&of)?;
            for link in links(vault, buyer, incident, order)? {
                let request = LinkExhibit { exhibit_id, link, purpose: purpose.clone() };
                if undo {
                    vault.desk.exhibits_unlink(request)?;
                } else {
                    vault.desk.exhibits_link(request)?;
                }
            }
            let detail = vault.desk.exhibits_get(OneExhibit { exhibit_id })?;
            Ok(Answer::new(json!({ "exhibits": [shape(&detail)] }), told(vault, &detail)))
        }
        Evidence::Kind { id: of, kind } => {
            let kind = SetExhibitKind { exhibit_id: id(&of)?, kind: named(&kind)? };
            let detail = vault.desk.exhibits_set_kind(kind)?;
            Ok(Answer::new(json!({ "exhibits": [shape(&detail)] }), told(vault, &detail)))
        }
        Evidence::Freeze { order, marketplace, message } => {
            freeze(vault, order, marketplace, message)
        }
        Evidence::Readiness { buyer, incident } => readiness(vault, &buyer, incident.as_deref()),
        Evidence::Annotate { id: of, text, purpose } => {
            let note = AnnotateExhibit { exhibit_id: id(&of)?, text, purpose };
            let detail = vault.desk.exhibits_annotate(note)?;
            let text = vault.say("已写下备注", "the remark was written");
            Ok(Answer::new(json!({ "exhibits": [shape(&detail)] }), text))
        }
    }
}

/// What evidence is said to belong to.
fn links(
    vault: &Opened,
    buyer: Option<String>,
    incident: Option<String>,
    order: Option<String>,
) -> Result<Vec<ExhibitLink>, Failure> {
    let mut links = Vec::new();
    if let Some(buyer) = buyer {
        links.push(ExhibitLink::Buyer { buyer: id(&buyer)? });
    }
    if let Some(incident) = incident {
        links.push(vault.open.incident_link(id(&incident)?)?);
    }
    links.extend(order.map(|order_id| ExhibitLink::Order { order_id }));
    Ok(links)
}

fn add(
    vault: &Opened,
    files: &[PathBuf],
    links: &[ExhibitLink],
    kind: Option<String>,
    purpose: Option<&str>,
) -> Done {
    let kind = kind.map(|kind| named(&kind)).transpose()?;
    let (mut taken_in, mut failed, mut text) = (Vec::new(), Vec::new(), String::new());
    let mut first = None;
    for path in files {
        let name = path.display().to_string();
        let mut meter = Meter::new(&name, vault.json, vault.lang);
        let purpose = purpose.map(str::to_owned);
        let outcome =
            vault.open.add_evidence(path, kind, links, purpose, &mut |progress: Progress| {
                meter.show(progress);
                true
            });
        drop(meter);
        match outcome {
            Ok(exhibit) => {
                let detail = vault.desk.exhibits_get(OneExhibit { exhibit_id: exhibit.id })?;
                let _ = writeln!(text, "{}", line(&exhibit));
                taken_in.push(shape(&detail));
            }
            Err(stopped) => {
                let failure = Failure::from(stopped);
                let _ = writeln!(text, "{}: {}", plain(&name), failure.text(vault.lang));
                failed.push(json!({ "path": name, "error": failure.json(vault.lang) }));
                first.get_or_insert(failure);
            }
        }
    }
    let mut json = json!({ "exhibits": taken_in, "failed": failed });
    if let (Some(object), Some(failure)) = (json.as_object_mut(), &first) {
        object.insert("error".into(), failure.json(vault.lang));
    }
    Ok(Answer::new(json, text).ok_if(first.is_none()))
}

fn line(exhibit: &ExhibitView) -> String {
    format!("{} {} {} {}", exhibit.id, exhibit.sha256, exhibit.kind.code(), plain(&exhibit.name))
}

fn list(vault: &Opened, query: &ListExhibits) -> Done {
    let mut exhibits = Vec::new();
    let mut table = match vault.lang {
        Lang::Zh => Table::new(["ID", "种类", "文件", "字节", "存入时间", "状态"]),
        Lang::En => Table::new(["ID", "KIND", "FILE", "BYTES", "TAKEN IN", "STATE"]),
    };
    let mut offset = 0;
    loop {
        let page = ListExhibits { offset, limit: PAGE, ..query.clone() };
        let page = vault.desk.exhibits_list(page)?;
        for exhibit in &page.rows {
            if vault.json {
                let one = OneExhibit { exhibit_id: exhibit.id };
                exhibits.push(shape(&vault.desk.exhibits_get(one)?));
            }
            table.row([
                exhibit.id.to_string(),
                exhibit.kind.code().to_owned(),
                exhibit.name.clone(),
                exhibit.bytes.to_string(),
                shown(&exhibit.added_at.to_string()),
                exhibit.damaged.clone().unwrap_or_default(),
            ]);
        }
        offset = offset.saturating_add(PAGE);
        if u64::from(offset) >= page.total {
            break;
        }
    }
    let text = vault.table_or(&table, "还没有证据", "no evidence yet");
    Ok(Answer::new(json!({ "exhibits": exhibits }), text))
}

/// One exhibit for programs.
fn shape(detail: &ExhibitDetail) -> Value {
    let exhibit = &detail.exhibit;
    let custody = |entry: &CustodyView| {
        json!({
            "at": entry.at,
            "actor": value(&entry.actor),
            "device": entry.device,
            "act": entry.act.code(),
            "purpose": entry.purpose,
            "links": entry.links.iter().map(|to| value(&to.link)).collect::<Vec<_>>(),
            "detail": entry.detail,
        })
    };
    json!({
        "id": exhibit.id,
        "kind": exhibit.kind,
        "name": exhibit.name,
        "sha256": exhibit.sha256,
        "bytes": exhibit.bytes,
        "media_type": exhibit.media_type,
        "captured_at": exhibit.captured_at,
        "captured_offset": exhibit.captured_offset,
        "added_at": exhibit.added_at,
        "derived_from": exhibit.derived_from,
        "derived": detail.derived,
        "links": value(&exhibit.links),
        "removed": value(&exhibit.removed),
        "damaged": exhibit.damaged,
        "custody": detail.custody.iter().map(custody).collect::<Vec<_>>(),
    })
}

/// One exhibit for people.
fn told(vault: &Opened, detail: &ExhibitDetail) -> String {
    let exhibit = &detail.exhibit;
    let say = |zh, en| vault.say(zh, en);
    let mut out = format!("{}\n", plain(&exhibit.name));
    let _ = writeln!(out, "  ID      {}", exhibit.id);
    let _ = writeln!(out, "  SHA-256 {}", exhibit.sha256);
    let _ = writeln!(
        out,
        "  {}, {}, {} {}",
        exhibit.kind.code(),
        exhibit.media_type,
        exhibit.bytes,
        say("字节", "bytes")
    );
    if let Some(at) = exhibit.captured_at {
        let by = say("设备自称的拍摄时间", "captured, as the device claims");
        match exhibit.captured_offset {
            Some(_) => {
                let _ = writeln!(out, "  {by} {}", shown(&at.to_string()));
            }
            // What its clock showed, wherever it was: no zone to convert it from.
            None => {
                let clock = at.to_datetime().format("%Y-%m-%d %H:%M");
                let _ = writeln!(out, "  {by} {clock} {}", say("（时区未知）", "(zone unknown)"));
            }
        }
    }
    if let Some(code) = &exhibit.damaged {
        let _ = writeln!(out, "  {} {code}", say("已损坏：", "damaged:"));
    }
    for link in &detail.links {
        let _ = writeln!(out, "  → {}", plain(&link.label));
    }
    for entry in &detail.custody {
        let _ = write!(
            out,
            "  {} {} [{}] {}",
            shown(&entry.at.to_string()),
            plain(&entry.actor.name),
            entry.device.get(..8).unwrap_or(&entry.device),
            act(vault.lang, entry.act),
        );
        if let Some(detail) = &entry.detail {
            let _ = write!(out, " {}", plain(detail));
        }
        for to in &entry.links {
            let _ = write!(out, " → {}", plain(&to.label));
        }
        if let Some(told) = &entry.purpose {
            let _ = write!(out, " ({})", purpose(vault.lang, told));
        }
        out.push('\n');
    }
    out
}

/// What somebody did, for people.
fn act(lang: Lang, act: CustodyAct) -> &'static str {
    let zh = match act {
        CustodyAct::Added => "存入",
        CustodyAct::Linked => "关联",
        CustodyAct::Unlinked => "取消关联",
        CustodyAct::Annotated => "备注",
        CustodyAct::KindChanged => "改为",
        CustodyAct::Viewed => "查看",
        CustodyAct::Exported => "导出",
        CustodyAct::Verified => "核验一致",
        CustodyAct::Damaged => "核验发现",
        CustodyAct::Derived => "制作遮盖副本",
        CustodyAct::Removed => "移除",
    };
    lang.pick(zh, act.code())
}

/// What for, for people: the words of whoever did it, or those of the place where it was done.
fn purpose(lang: Lang, told: &str) -> String {
    let Some(purpose) = Purpose::from_code(told) else { return plain(told) };
    let (zh, en) = match purpose {
        Purpose::Evidence => ("留作证据", "kept as evidence"),
        Purpose::Incident => ("证明该事件", "to show the incident"),
        Purpose::Requirement => ("满足条款要求", "required by the clause"),
        Purpose::Filing => ("归档", "to file it where it belongs"),
        Purpose::Remark => ("说明", "to explain it"),
        Purpose::Review => ("查阅", "to look through it"),
        Purpose::Comparison => ("对比", "to compare it"),
        Purpose::Redaction => ("遮盖个人信息", "to hide personal data"),
        Purpose::Handover => ("对外提供", "to hand it out"),
        Purpose::Asked => ("有人要求核验", "somebody asked for the check"),
        Purpose::Scrub => ("程序定期核验", "the program checks by itself"),
        Purpose::Stored => ("相同内容再次存入", "the same content came in again"),
    };
    lang.pick(zh, en).to_owned()
}

fn export(vault: &Opened, ids: &[String], out: PathBuf, purpose: Option<String>) -> Done {
    let ids = ids.iter().map(|typed| id(typed)).collect::<Result<Vec<_>, _>>()?;
    let ends = out.to_string_lossy().ends_with(std::path::is_separator);
    let folder = ids.len() > 1 || out.is_dir() || ends;
    let target = if folder { Target::Folder(out.clone()) } else { Target::File(out.clone()) };
    let files = vault.open.export_exhibits(&ids, purpose, &target)?;
    let mut exhibits = Vec::with_capacity(ids.len());
    for exhibit_id in ids {
        exhibits.push(shape(&vault.desk.exhibits_get(OneExhibit { exhibit_id })?));
    }
    let text: String = files.iter().map(|file| format!("{}\n", plain(file))).collect();
    let json = json!({ "exhibits": exhibits, "out": out.display().to_string(), "files": files });
    Ok(Answer::new(json, text))
}

fn freeze(
    vault: &Opened,
    order: Option<String>,
    marketplace: Option<String>,
    message: Option<String>,
) -> Done {
    let (exhibit, personal_data_removed) = match (order, message) {
        (Some(order_id), _) => {
            let order = FreezeOrder { order_id, marketplace, links: Vec::new() };
            let frozen = vault.desk.exhibits_freeze_order(order)?;
            (frozen.exhibit, frozen.personal_data_removed)
        }
        (None, Some(message_id)) => {
            let message = FreezeMessage { message_id, links: Vec::new() };
            (vault.desk.exhibits_freeze_message(message)?, false)
        }
        // The command line asks for one of them.
        (None, None) => return Err(Failure::new("internal")),
    };
    let detail = vault.desk.exhibits_get(OneExhibit { exhibit_id: exhibit.id })?;
    let mut text = told(vault, &detail);
    if personal_data_removed {
        let gone = vault.say(
            "保存期已过，买家和地址此前已删除，副本里没有",
            "the copy does not say who bought or where to: that was taken out after the retention period",
        );
        let _ = writeln!(text, "{gone}");
    }
    let json = json!({
        "exhibits": [shape(&detail)],
        "personal_data_removed": personal_data_removed,
    });
    Ok(Answer::new(json, text))
}

fn readiness(vault: &Opened, buyer: &str, incident: Option<&str>) -> Done {
    let buyer = id(buyer)?;
    let asked = incident.map(id).transpose()?;
    if let Some(incident) = asked {
        let link = vault.open.incident_link(incident)?;
        if !matches!(link, ExhibitLink::Incident { buyer: of, .. } if of == buyer) {
            let error = ApiError::new("not_found", "this buyer has no such incident");
            return Err(error.with("what", "incident").into());
        }
    }
    let ready = vault.desk.exhibits_readiness(OneBuyer { id: buyer })?;
    let (mut items, mut text) = (Vec::new(), String::new());
    for clause in &ready.clauses {
        let chosen = |of: &&ReadyIncident| asked.is_none_or(|asked| asked == of.incident_id);
        for incident in clause.incidents.iter().filter(chosen) {
            let title = vault.say(&clause.title.zh, &clause.title.en);
            let _ = writeln!(
                text,
                "{} {title} {} {}",
                clause.clause,
                shown(&incident.at.to_string()),
                incident.incident_id
            );
            for item in &incident.items {
                let present = !item.present.is_empty();
                let state = match (present, item.damaged.is_empty()) {
                    (true, _) => vault.say("已有", "present"),
                    (false, true) => vault.say("缺少", "missing"),
                    (false, false) => vault.say("已损坏", "damaged"),
                };
                let _ = write!(text, "  {state} {}", item.kind.code());
                for exhibit in item.present.iter().chain(&item.damaged) {
                    let _ = write!(text, " {exhibit}");
                }
                text.push('\n');
                items.push(json!({
                    "clause": clause.clause,
                    "incident_id": incident.incident_id,
                    "at": incident.at,
                    "orders": incident.orders,
                    "item": item.kind,
                    "present": present,
                    "exhibits": item.present,
                    "damaged": item.damaged,
                }));
            }
        }
    }
    if text.is_empty() {
        text = vault.say("没有需要证据的事件", "no incident asks for evidence").to_owned();
    }
    Ok(Answer::new(json!({ "readiness": items }), text))
}

fn verify(vault: &Opened, sample: Option<u32>, fresh: bool) -> Done {
    if fresh {
        vault.open.forget_check()?;
    }
    let name = vault.say("核验", "verify");
    let mut meter = Meter::new(name, vault.json, vault.lang);
    let verified = vault.open.verify_exhibits(sample, &mut |progress, counts| {
        meter.show(Progress { rows: counts.checked, committed: counts.checked, ..progress });
        true
    })?;
    drop(meter);
    let bad: Vec<Value> =
        verified.damaged.iter().map(|(id, reason)| json!({ "id": id, "reason": reason })).collect();
    let mut text = match vault.lang {
        Lang::Zh => format!("已核验 {} 份证据\n", verified.exhibits),
        Lang::En => format!("{} exhibits verified\n", verified.exhibits),
    };
    let before = verified.counts.before;
    if before > 0 {
        let since = shown(&verified.counts.began_at.to_string());
        let _ = match vault.lang {
            Lang::Zh => writeln!(
                text,
                "其中 {before} 个文件由 {since} 开始、后来中断的核验比对过；加 --fresh 全部重新读取"
            ),
            Lang::En => writeln!(
                text,
                "{before} of the files were compared before the check of {since} was interrupted; --fresh reads all again"
            ),
        };
    }
    for (id, reason) in &verified.damaged {
        let _ = writeln!(text, "  {} {id} {reason}", vault.say("有问题", "BAD"));
    }
    let ok = bad.is_empty();
    let json = json!({
        "verified": verified.exhibits,
        "bad": bad,
        "files": verified.counts.checked,
        "files_before": before,
    });
    Ok(Answer::new(json, text).ok_if(ok))
}
