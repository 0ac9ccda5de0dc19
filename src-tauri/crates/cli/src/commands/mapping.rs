//! `bwatch mapping …`

use super::{Done, Opened};
use crate::{
    answer::{Answer, value},
    args::{Lang, Mapping, RowsKind},
    table::{Table, plain},
};
use buyerwatch_app::{
    Nothing,
    mappings::{
        preview::MappingPreview,
        remove::RemoveMapping,
        save::{SaveColumn, SaveMapping},
    },
};
use serde_json::json;

pub(crate) fn mapping(vault: &Opened, command: Mapping) -> Done {
    match command {
        Mapping::Preview { file, kind } => {
            let found = guessed(vault.open.preview_mapping(&file)?, kind);
            let mut table = match vault.lang {
                Lang::Zh => Table::new(["序号", "列名", "猜测", "第一个值"]),
                Lang::En => Table::new(["PLACE", "COLUMN", "GUESS", "FIRST VALUE"]),
            };
            for (at, column) in found.columns.iter().enumerate() {
                let first = found.rows.first().and_then(|row| row.get(at));
                table.row([
                    (at + 1).to_string(),
                    column.name.clone(),
                    column.guess.clone().unwrap_or_default(),
                    first.map(|value| plain(value)).unwrap_or_default(),
                ]);
            }
            let text = vault.table_or(&table, "没有列", "no columns");
            Ok(Answer::new(value(&found), text))
        }
        Mapping::Save { file, name, channel, kind, columns } => {
            let found = guessed(vault.open.preview_mapping(&file)?, kind);
            let columns = chosen(&found, &columns);
            let header = found.columns.into_iter().map(|column| column.normal).collect();
            let kind = Some(kind.code().to_owned());
            let request = SaveMapping { name, header, columns, channel, kind };
            let saved = vault.desk.mappings_save(request)?;
            let text = format!("{} {}", vault.say("已保存", "saved:"), plain(&saved.name));
            Ok(Answer::new(json!({ "mapping": value(&saved) }), text))
        }
        Mapping::List => {
            let mappings = vault.desk.mappings_list(Nothing {})?.items;
            let mut table = match vault.lang {
                Lang::Zh => Table::new(["ID", "名称", "内容", "渠道", "列数"]),
                Lang::En => Table::new(["ID", "NAME", "ROWS", "CHANNEL", "COLUMNS"]),
            };
            for one in &mappings {
                let count = one.columns.len().to_string();
                let (name, kind) = (one.name.clone(), one.kind.clone());
                table.row([one.id.clone(), name, kind, one.channel.clone(), count]);
            }
            let text = vault.table_or(&table, "没有保存任何对应关系", "no mapping is saved");
            Ok(Answer::new(json!({ "mappings": value(&mappings) }), text))
        }
        Mapping::Remove { id } => {
            vault.desk.mappings_remove(RemoveMapping { id })?;
            let text = vault.say("已删除；已导入的内容不变", "forgotten; what was imported stays");
            Ok(Answer::new(json!({ "removed": true }), text))
        }
    }
}

/// With the guesses and fields of what the rows are.
fn guessed(mut found: MappingPreview, kind: RowsKind) -> MappingPreview {
    if let Some(of) = found.kinds.iter().find(|of| of.kind == kind.code()) {
        for (column, guess) in found.columns.iter_mut().zip(&of.guesses) {
            column.guess.clone_from(guess);
        }
        found.fields.clone_from(&of.fields);
    }
    found
}

/// The guesses, but for what was said otherwise. A field that was given to one column is taken from
/// the column for which it was guessed.
fn chosen(found: &MappingPreview, said: &[(u32, String)]) -> Vec<SaveColumn> {
    let mut columns: Vec<SaveColumn> = (0..)
        .zip(&found.columns)
        .filter_map(|(column, of)| of.guess.clone().map(|field| SaveColumn { column, field }))
        .filter(|guess| {
            !said.iter().any(|(place, field)| place - 1 == guess.column || *field == guess.field)
        })
        .collect();
    let said = said.iter().filter(|(_, field)| field != "none");
    columns
        .extend(said.map(|(place, field)| SaveColumn { column: place - 1, field: field.clone() }));
    columns
}
