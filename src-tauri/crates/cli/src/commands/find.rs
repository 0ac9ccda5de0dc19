//! `bwatch find`

use super::{
    Done, Opened,
    buyer::{kind_word, status_word},
};
use crate::{
    answer::{Answer, value},
    failure::Failure,
    table::plain,
    when::shown,
};
use buyerwatch_app::lookup::find::{Find, LookupItem};
use serde_json::json;
use std::{fmt::Write as _, io::Read as _};

/// More than anybody pastes.
const LONGEST: u64 = 1 << 20;

pub(crate) fn find(vault: &Opened, words: &[String]) -> Done {
    let query = match words {
        [dash] if dash == "-" => pasted()?,
        words => words.join(" "),
    };
    let found = vault.desk.lookup_find(Find { query, message_id: None })?.items;
    let mut text = String::new();
    for item in &found {
        let _ = match item {
            LookupItem::Buyer { id, label, status, matched } => writeln!(
                text,
                "{} {id} {} [{}] {} {}",
                vault.say("买家", "buyer"),
                plain(label),
                status_word(vault.lang, status.code()),
                vault.say("相符：", "agrees:"),
                kind_word(vault.lang, matched.code()),
            ),
            LookupItem::Order { order_id, marketplace, purchased_at, label, .. } => {
                let at = purchased_at.map(|at| shown(&at.to_string())).unwrap_or_default();
                let line = [
                    vault.say("订单", "order").to_owned(),
                    plain(order_id),
                    plain(marketplace),
                    at,
                    plain(label),
                ];
                writeln!(text, "{}", line.join(" ").trim_end())
            }
        };
    }
    if found.is_empty() {
        text = vault
            .say(
                "没有找到；可以粘贴整个收件信息，或输入完整的订单号、别名、电话或姓名",
                "nothing found; paste a whole label, or enter a whole order ID, alias, number or name",
            )
            .to_owned();
    }
    Ok(Answer::new(json!({ "found": value(&found) }), text))
}

/// What stands on standard input, behind the passphrase if that came there, too.
fn pasted() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(LONGEST).read_to_end(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| Failure::new("not_utf8"))
}
