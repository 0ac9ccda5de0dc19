//! `bwatch phrases …`

use super::{Done, Opened};
use crate::{
    answer::{Answer, value},
    args::{Lang, Phrases},
    failure::Failure,
    table::Table,
};
use buyerwatch_app::{
    Nothing,
    phrases::{list::PhrasesView, publish::PublishPhrases, test::TestPhrases},
};
use serde_json::json;
use std::path::Path;

pub(crate) fn phrases(vault: &Opened, command: Phrases) -> Done {
    match command {
        Phrases::List => Ok(listed(vault, &vault.desk.phrases_list(Nothing {})?.items)),
        Phrases::Show { language } => {
            let lists = vault.desk.phrases_list(Nothing {})?.items;
            let list = lists.into_iter().find(|of| of.language == language);
            let list = list.ok_or_else(|| Failure::new("not_found"))?;
            let json = json!({ "phrases": value(&list) });
            Ok(Answer::new(json, list.text))
        }
        Phrases::Publish { file } => {
            let text = read(&file)?;
            Ok(listed(vault, &vault.desk.phrases_publish(PublishPhrases { text })?.items))
        }
        Phrases::Test { text, list } => {
            let list = list.as_deref().map(read).transpose()?;
            let tested = vault.desk.phrases_test(TestPhrases { list, text: text.clone() })?;
            let wide: Vec<u16> = text.encode_utf16().collect();
            let lines: Vec<String> = tested
                .findings
                .iter()
                .map(|finding| {
                    let words = finding.words.iter().map(|(from, to)| {
                        let word = wide.get(*from as usize..*to as usize).unwrap_or_default();
                        String::from_utf16_lossy(word)
                    });
                    format!("{}: {}\n", finding.kind, words.collect::<Vec<_>>().join(" … "))
                })
                .collect();
            let text = if lines.is_empty() {
                vault.say("没有发现", "nothing is noticed").to_owned()
            } else {
                lines.concat()
            };
            Ok(Answer::new(json!({ "findings": value(&tested.findings) }), text))
        }
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|_| Failure::new("file_missing"))
}

fn listed(vault: &Opened, lists: &[PhrasesView]) -> Answer {
    let titles = match vault.lang {
        Lang::Zh => ["语言", "版本", "行数", "来源"],
        Lang::En => ["language", "version", "lines", "from"],
    };
    let mut table = Table::new(titles);
    for list in lists {
        let from = if list.own {
            vault.say("本店", "this shop")
        } else {
            vault.say("随产品提供", "shipped")
        };
        table.row([
            list.language.clone(),
            list.version.to_string(),
            list.phrases.to_string(),
            from.to_owned(),
        ]);
    }
    Answer::new(json!({ "phrases": value(&lists) }), table.text())
}
