//! `bwatch incident …` and `bwatch listing …`

use super::{Done, Opened, id};
use crate::{
    answer::{Answer, value},
    args::{Incident, Listing},
    failure::Failure,
    table::plain,
    when::shown,
};
use buyerwatch_app::{
    incidents::{
        add::{AddIncident, ExhibitFile},
        withdraw::WithdrawIncident,
    },
    listings::{approve::ApproveListing, decline::EndListing, gate::AskGate},
    view::{Approval, BuyerDetail, GateView, ListingView},
};
use serde_json::{Value, json};
use std::{fmt::Write as _, path::Path};

pub(crate) fn incident(vault: &Opened, command: Incident) -> Done {
    match command {
        Incident::Add { buyer, clause, at, orders, text, buyer_version, exhibits, messages } => {
            let mut files = Vec::with_capacity(exhibits.len());
            for exhibit in exhibits {
                let handle = vault.handle(Path::new(&exhibit.handle))?;
                files.push(ExhibitFile { kind: exhibit.kind, handle });
            }
            let added = vault.desk.incidents_add(AddIncident {
                buyer_id: id(&buyer)?,
                clause,
                at: at.0.parse().map_err(|_| Failure::new("malformed_input"))?,
                orders,
                text,
                buyer_version,
                exhibits: files,
                messages,
            })?;
            let json = json!({
                "incident_id": added.incident_id,
                "exhibits": value(&added.exhibits),
                "clause_met": clause_met(&added.gate),
                "missing": added.gate.missing,
                "gate": value(&added.gate),
            });
            let mut text =
                format!("{} {}\n", vault.say("已报告事件", "reported incident"), added.incident_id);
            for exhibit in &added.exhibits {
                let _ = writeln!(
                    text,
                    "  {} {} {}",
                    exhibit.sha256,
                    exhibit.kind.code(),
                    plain(&exhibit.name)
                );
            }
            text.push_str(&gate(vault, &added.gate));
            Ok(Answer::new(json, text))
        }
        Incident::Withdraw { buyer, incident, reason } => {
            let one =
                WithdrawIncident { buyer_id: id(&buyer)?, incident_id: id(&incident)?, reason };
            let detail = vault.desk.incidents_withdraw(one)?;
            let left = detail.row.incidents;
            let json = json!({ "incident_id": incident, "withdrawn": true, "incidents": left });
            let text = match vault.lang {
                crate::args::Lang::Zh => format!("已撤回；还有 {left} 起事件"),
                crate::args::Lang::En => format!("withdrawn; incidents that still count: {left}"),
            };
            Ok(Answer::new(json, text))
        }
    }
}

/// Whether enough incidents count; evidence is asked apart.
fn clause_met(gate: &GateView) -> bool {
    gate.incidents >= gate.needed
}

fn gate(vault: &Opened, gate: &GateView) -> String {
    let say = |zh, en| vault.lang.pick(zh, en);
    let mark = |met| if met { say("✓", "ok     ") } else { say("缺", "missing") };
    let mut out = format!("{} {}\n", gate.clause, say("列入条件：", "asks for:"));
    let incidents = match vault.lang {
        crate::args::Lang::Zh => {
            format!("{} 天内 {} 起事件，现有 {} 起", gate.window_days, gate.needed, gate.incidents)
        }
        crate::args::Lang::En => {
            format!(
                "{} of {} incidents within {} days",
                gate.incidents, gate.needed, gate.window_days
            )
        }
    };
    let _ = writeln!(out, "  {} {incidents}", mark(clause_met(gate)));
    for exhibit in &gate.exhibits {
        let _ = writeln!(out, "  {} {}", mark(exhibit.present > 0), exhibit.kind.code());
    }
    if !gate.buyer_version_recorded {
        let text = say("还没有记下买家自己的说法", "the buyer's own version is not recorded yet");
        let _ = writeln!(out, "  {} {text}", say("提示", "note   "));
    }
    if gate.approval == Approval::Needed {
        let _ = writeln!(
            out,
            "  {} {}",
            say("提示", "note   "),
            say("需要第二人确认", "a second person must confirm")
        );
    }
    out
}

pub(crate) fn listing(vault: &Opened, command: Listing) -> Done {
    match command {
        Listing::Add { buyer, clause } => {
            let added = vault.desk.listings_add(AskGate { buyer_id: id(&buyer)?, clause })?;
            listed(vault, &added.listing)
        }
        Listing::Approve { buyer } => {
            let detail = vault.desk.listings_approve(ApproveListing { buyer_id: id(&buyer)? })?;
            of(vault, &detail)
        }
        Listing::Decline { buyer, reason } => {
            let end = EndListing { buyer_id: id(&buyer)?, reason };
            of(vault, &vault.desk.listings_decline(end)?)
        }
        Listing::Clear { buyer, reason } => {
            let end = EndListing { buyer_id: id(&buyer)?, reason };
            of(vault, &vault.desk.listings_clear(end)?)
        }
    }
}

fn of(vault: &Opened, detail: &BuyerDetail) -> Done {
    match &detail.listing {
        Some(listing) => listed(vault, listing),
        None => Err(Failure::new("not_listed")),
    }
}

fn listed(vault: &Opened, listing: &ListingView) -> Done {
    let json = json!({
        "listing_id": listing.id,
        "clause": listing.clause,
        "criterion_version": listing.criterion_version,
        "review_due": listing.review_due,
        "state": value(&listing.state),
        "listed_at": listing.listed_at,
        "ended_at": listing.ended_at,
    });
    let state: Value = value(&listing.state);
    let word = match state.as_str() {
        Some("awaiting_approval") => {
            vault.say("已提出，等待第二人确认", "proposed; a second person must confirm")
        }
        Some("active") => vault.say("已列入名单", "listed"),
        Some("declined") => vault.say("第二人未同意", "declined"),
        _ => vault.say("已移出名单", "cleared"),
    };
    let text = format!(
        "{word}: {} (v{}), {} {}",
        listing.clause,
        listing.criterion_version,
        vault.say("复查日期", "review due"),
        shown(&listing.review_due.to_string())
    );
    Ok(Answer::new(json, text))
}
