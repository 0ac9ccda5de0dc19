//! `bwatch messages …`

use super::{Done, Opened, buyer::status_word, id};
use crate::{
    answer::{Answer, value},
    args::{Lang, Messages},
    failure::Failure,
    table::{Table, plain},
    when::shown,
};
use buyerwatch_app::{
    Forgery, Timestamp,
    lookup::find::{Find, LookupItem},
    messages::{
        FindingView, MessageView, OneMessage, RecognisedBuyer,
        answered::AnsweredElsewhere,
        get::Conversation,
        list::{ConversationRow, ListMessages, MessagesShown},
    },
};
use serde::Serialize;
use serde_json::json;
use std::fmt::Write as _;

/// Conversations that are asked for at a time.
const PAGE: u32 = 500;
/// Characters of what was written in a table.
const SNIPPET: usize = 60;

pub(crate) fn messages(vault: &Opened, command: Messages) -> Done {
    match command {
        Messages::List { buyer, order, query, waiting, alerted, marked, forged, limit } => {
            let show = match (waiting, alerted, marked, forged) {
                (true, ..) => MessagesShown::Unanswered,
                (_, true, ..) => MessagesShown::Alerted,
                (.., true, _) => MessagesShown::Marked,
                (.., true) => MessagesShown::Forged,
                _ => MessagesShown::All,
            };
            let buyer_id = buyer.as_deref().map(id).transpose()?;
            let asked =
                ListMessages { show, buyer_id, order_id: order, query, offset: 0, limit: PAGE };
            list(vault, &asked, limit.unwrap_or(u32::MAX))
        }
        Messages::Show { id } => show(vault, id),
        Messages::Answered { id, undo } => answered(vault, id, undo),
    }
}

fn list(vault: &Opened, asked: &ListMessages, most: u32) -> Done {
    let mut all: Vec<ConversationRow> = Vec::new();
    let total = loop {
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let limit = PAGE.min(most.saturating_sub(offset));
        let page = vault.desk.messages_list(ListMessages { offset, limit, ..asked.clone() })?;
        let ended = page.items.is_empty();
        all.extend(page.items);
        if ended || all.len() as u64 >= page.total.min(u64::from(most)) {
            break page.total;
        }
    };
    let mut table = match vault.lang {
        Lang::Zh => Table::new(["ID", "时间", "谁", "订单", "消息", "回复期限", "名单", "内容"]),
        Lang::En => {
            Table::new(["ID", "AT", "WHO", "ORDER", "MESSAGES", "ANSWER BY", "RECORD", "TEXT"])
        }
    };
    for of in &all {
        let newest = &of.newest;
        let text = if newest.text.is_empty() { &newest.subject } else { &newest.text };
        table.row([
            newest.id.clone(),
            at(newest.sent_at.unwrap_or(newest.received_at)),
            of.label.clone(),
            newest.order_id.clone(),
            of.messages.to_string(),
            of.reply_due.map(at).unwrap_or_default(),
            mark(vault.lang, of.buyer.as_ref(), newest),
            text.chars().take(SNIPPET).collect(),
        ]);
    }
    let text = vault.table_or(&table, "没有来信", "no messages");
    Ok(Answer::new(json!({ "total": total, "conversations": value(&all) }), text))
}

/// What stands out of a conversation, in a word.
fn mark(lang: Lang, buyer: Option<&RecognisedBuyer>, newest: &MessageView) -> String {
    match (buyer, newest.forged) {
        (_, Some(Forgery::Attached)) => lang.pick("附件，未验证", "attached, unchecked").to_owned(),
        (_, Some(_)) => lang.pick("疑似伪造", "looks forged").to_owned(),
        (Some(buyer), _) => status_word(lang, buyer.status.code()).to_owned(),
        (None, None) => String::new(),
    }
}

fn show(vault: &Opened, id: String) -> Done {
    let conversation = vault.desk.messages_get(OneMessage { id: id.clone() })?;
    let find = Find { query: String::new(), message_id: Some(id) };
    let found = vault.desk.lookup_find(find)?.items;
    let text = told(vault, &conversation, &found)?;
    let json = json!({ "conversation": value(&conversation), "found": value(&found) });
    Ok(Answer::new(json, text))
}

fn answered(vault: &Opened, id: String, undo: bool) -> Done {
    let said = AnsweredElsewhere { id, answered: !undo };
    let conversation = vault.desk.messages_answered(said)?;
    let text = match conversation.reply_due {
        Some(due) => format!("{} {}\n", vault.say("请在此前回复：", "answer by"), at(due)),
        None => format!("{}\n", vault.say("不再等待回复", "waits for no answer")),
    };
    Ok(Answer::new(json!({ "conversation": value(&conversation) }), text))
}

/// A conversation for people, the newest message first.
fn told(vault: &Opened, of: &Conversation, found: &[LookupItem]) -> Result<String, Failure> {
    let say = |zh, en| vault.say(zh, en);
    let mut out = format!("{} {}\n", say("来信人", "from"), plain(&of.label));
    if let Some(buyer) = &of.buyer {
        let status = status_word(vault.lang, buyer.status.code());
        let _ = writeln!(
            out,
            "{} {} {} [{status}]",
            say("买家", "buyer"),
            plain(&buyer.label),
            buyer.id
        );
    }
    for order in &of.order_ids {
        let _ = writeln!(out, "{} {}", say("订单", "order"), plain(order));
    }
    if let Some(due) = of.reply_due {
        let _ = writeln!(out, "{} {}", say("请在此前回复：", "answer by"), at(due));
    }
    for message in &of.messages {
        letter(vault, message, &mut out);
    }
    let known = found.iter().filter_map(|item| match item {
        LookupItem::Buyer { id, label, .. } => Some((id, label)),
        LookupItem::Order { .. } => None,
    });
    for (id, label) in known.filter(|(id, _)| of.buyer.as_ref().map(|of| &of.id) != Some(*id)) {
        let _ = writeln!(
            out,
            "{} {id} {}",
            say("有相同标识的买家", "shares an identifier:"),
            plain(label)
        );
    }
    Ok(out)
}

/// One message with what is noticed in it.
fn letter(vault: &Opened, message: &MessageView, out: &mut String) {
    let lang = vault.lang;
    let say = |zh, en| lang.pick(zh, en);
    let _ = writeln!(
        out,
        "\n{} [{}] {}",
        at(message.sent_at.unwrap_or(message.received_at)),
        kind(lang, &code(&message.kind)),
        message.id
    );
    if let Some(forged) = message.forged {
        let why = match forged {
            Forgery::Attached => say(
                "另一封邮件的附件，发件人未经验证；如确定是真的，请另存为 .eml 再导入",
                "hung on another mail, its sender was not checked; if you know it is genuine, save it as .eml \
                 and import it",
            ),
            _ => say("疑似伪造：不要点开链接", "looks forged: open no link of it"),
        };
        let _ = writeln!(out, "  {why} ({})", forged.code());
    }
    if let Some(alert) = message.alert_id {
        let _ = writeln!(out, "  {} {alert}", say("警示", "alert"));
    }
    for FindingView { kind, clause, .. } in &message.findings {
        let clause = clause.as_deref().unwrap_or_default();
        let _ = writeln!(out, "  {} {clause}", finding(lang, kind));
    }
    if message.purged {
        let _ = writeln!(out, "  {}", say("保存期已过，内容已删除", "taken out: its time is over"));
    }
    if !message.subject.is_empty() {
        let _ = writeln!(out, "  {}", plain(&message.subject));
    }
    for line in message.text.lines() {
        let _ = writeln!(out, "  {}", plain(line));
    }
    if message.truncated {
        let _ = writeln!(out, "  {}", say("……（过长，未全部保存）", "… (longer than is kept)"));
    }
    for file in &message.attachments {
        let _ = writeln!(
            out,
            "  {} {} ({} B)",
            say("附件", "attachment"),
            plain(&file.name),
            file.bytes
        );
    }
}

fn at(at: Timestamp) -> String {
    shown(&at.to_string())
}

/// The stable name of what has one.
fn code(of: &impl Serialize) -> String {
    value(of).as_str().unwrap_or_default().to_owned()
}

/// What a message is about.
fn kind(lang: Lang, code: &str) -> &'static str {
    match code {
        "buyer" => lang.pick("买家来信", "buyer"),
        "own_reply" => lang.pick("我方回复", "our reply"),
        "return_request" => lang.pick("退货申请", "return request"),
        "claim_filed" => lang.pick("索赔已提交", "claim filed"),
        "claim_closed" => lang.pick("索赔已裁定", "claim decided"),
        "cancel_request" => lang.pick("取消申请", "cancellation request"),
        "refund" => lang.pick("退款", "refund"),
        "opted_out" => {
            lang.pick("未送达：买家不接收消息", "not delivered: the buyer wants no messages")
        }
        "sold" => lang.pick("已售出", "sold"),
        "chargeback" => lang.pick("信用卡拒付", "chargeback"),
        "foreign" => lang.pick("其他邮件", "other mail"),
        _ => lang.pick("平台通知", "notice of the marketplace"),
    }
}

/// What is noticed in the words of a message: a hint.
fn finding(lang: Lang, code: &str) -> String {
    let known = match code {
        "review_threat" => lang.pick("可能以评价相要挟", "may threaten with a review"),
        "insult" => lang.pick("可能是辱骂", "may be an insult"),
        "threat" => lang.pick("可能是威胁", "may be a threat"),
        "off_platform" => lang.pick("引导到平台外", "leads off the platform"),
        "phishing" => lang.pick("可能是钓鱼", "may be phishing"),
        other => return plain(other),
    };
    known.to_owned()
}
