//! `bwatch people …` and `bwatch policy`

use super::{Done, Opened, named};
use crate::{
    answer::{Answer, value},
    args::{Lang, People, Switch},
    table::Table,
};
use buyerwatch_app::{
    Nothing,
    people::{add::AddPerson, switch::SwitchPerson},
    policy::set::ChangePolicy,
};
use serde_json::json;

pub(crate) fn people(vault: &Opened, command: People) -> Done {
    match command {
        People::Add { name, role } => {
            let person = vault.desk.people_add(AddPerson { name, role: named(&role)? })?;
            let text = format!("{} {}", person.id, person.name);
            Ok(Answer::new(json!({ "person": value(&person) }), text))
        }
        People::List => {
            let team = vault.desk.people_list(Nothing {})?;
            let mut table = match vault.lang {
                Lang::Zh => Table::new(["", "ID", "名字", "职责"]),
                Lang::En => Table::new(["", "ID", "NAME", "ROLE"]),
            };
            for person in &team.people {
                let mark = if person.id == team.me { "*" } else { "" };
                table.row([
                    mark.into(),
                    person.id.to_string(),
                    person.name.clone(),
                    person.role.code().into(),
                ]);
            }
            Ok(Answer::new(value(&team), table.text()))
        }
        People::Switch { person } => {
            let person_id = vault.person(&person)?;
            let person = vault.desk.people_switch(SwitchPerson { person_id })?;
            let text =
                format!("{} {}", vault.say("现在的使用者：", "now working here:"), person.name);
            Ok(Answer::new(json!({ "person": value(&person) }), text))
        }
    }
}

pub(crate) fn policy(
    vault: &Opened,
    second_person: Option<Switch>,
    review_days: Option<u32>,
    retention_days: Option<u32>,
) -> Done {
    let asked = second_person.is_none() && review_days.is_none() && retention_days.is_none();
    let policy = if asked {
        vault.desk.policy_get(Nothing {})?
    } else {
        let second_person = second_person.map(|switch| switch == Switch::On);
        vault.desk.policy_set(ChangePolicy { second_person, review_days, retention_days })?
    };
    let text = match vault.lang {
        Lang::Zh => format!(
            "列入名单需要第二人确认：{}\n复查间隔：{} 天\n资料保留：{} 天",
            if policy.second_person { "是" } else { "否" },
            policy.review_days,
            policy.retention_days
        ),
        Lang::En => format!(
            "a listing needs a second person: {}\ndays until a review: {}\n\
             days until names and messages are taken out: {}",
            if policy.second_person { "yes" } else { "no" },
            policy.review_days,
            policy.retention_days
        ),
    };
    Ok(Answer::new(json!({ "policy": value(&policy) }), text))
}
