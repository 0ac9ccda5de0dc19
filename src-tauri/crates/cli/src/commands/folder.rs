//! `bwatch folder …`

use super::{Done, Opened};
use crate::{
    answer::{Answer, value},
    args::{Folder, Lang},
    table::{Table, plain},
};
use buyerwatch_app::{
    Nothing,
    folders::{OneFolder, add::AddFolder, test::TestFolder},
};
use serde_json::json;
use std::path::Path;

pub(crate) fn folder(vault: &Opened, command: Folder) -> Done {
    match command {
        Folder::Add { folder, move_done } => {
            let path = text(&folder);
            let added = vault.desk.folders_add(AddFolder { path, move_done })?;
            let text = format!("{} {}", vault.say("正在监视", "watching"), plain(&added.path));
            Ok(Answer::new(json!({ "folder": value(&added) }), text))
        }
        Folder::List => {
            let folders = vault.desk.folders_list(Nothing {})?.items;
            let mut table = match vault.lang {
                Lang::Zh => Table::new(["ID", "文件夹", "已导入", "失败", "问题"]),
                Lang::En => Table::new(["ID", "FOLDER", "IMPORTED", "FAILED", "PROBLEM"]),
            };
            for one in &folders {
                let failing = one.files.iter().find_map(|file| file.error.clone());
                table.row([
                    one.id.clone(),
                    one.path.clone(),
                    one.done.to_string(),
                    one.failed.to_string(),
                    one.error.clone().or(failing).unwrap_or_default(),
                ]);
            }
            let text = vault.table_or(&table, "没有监视任何文件夹", "no folder is watched");
            Ok(Answer::new(json!({ "folders": value(&folders) }), text))
        }
        Folder::Remove { id } => {
            vault.desk.folders_remove(OneFolder { id })?;
            let text = vault.say(
                "不再监视；文件和已导入的内容不变",
                "watched no more; files and what was imported stay",
            );
            Ok(Answer::new(json!({ "removed": true }), text))
        }
        Folder::Test { folder, move_done } => {
            let path = text(&folder);
            let tested = vault.desk.folders_test(TestFolder { path, move_done })?;
            let text = format!(
                "{} {}",
                vault.say("可以监视，待导入文件：", "can be watched; files to import:"),
                tested.files
            );
            Ok(Answer::new(value(&tested), text))
        }
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
