//! `bwatch criteria …`

use super::{Done, Opened};
use crate::{
    answer::{Answer, value},
    args::Criteria,
};
use buyerwatch_app::Nothing;
use std::fmt::Write as _;

pub(crate) fn criteria(vault: &Opened, command: Criteria) -> Done {
    let Criteria::List = command;
    let listed = vault.desk.criteria_list(Nothing {})?;
    let say = |zh, en| vault.lang.pick(zh, en);
    let mut text = String::new();
    for criterion in &listed.criteria {
        let title = say(&criterion.title.zh, &criterion.title.en);
        let _ = writeln!(text, "{} (v{}) {title}", criterion.code, criterion.version);
        for clause in &criterion.clauses {
            let needed = clause.threshold;
            let often = match vault.lang {
                crate::args::Lang::Zh => {
                    format!("{} 天内 {} 次", needed.window_days, needed.count)
                }
                crate::args::Lang::En => {
                    format!("{} within {} days", needed.count, needed.window_days)
                }
            };
            let exhibits: Vec<&str> =
                clause.required_exhibits.iter().map(|kind| kind.code()).collect();
            let _ = writeln!(text, "  {}: {often}", clause.code);
            let _ = writeln!(text, "    {}", say(&clause.text.zh, &clause.text.en));
            let _ = writeln!(text, "    {}: {}", say("所需证据", "evidence"), exhibits.join(", "));
        }
        text.push('\n');
    }
    Ok(Answer::new(value(&listed), text.trim_end()))
}
