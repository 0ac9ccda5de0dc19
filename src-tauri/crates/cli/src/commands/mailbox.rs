//! `bwatch mailbox …`

use super::{Done, Opened, id};
use crate::{
    answer::{Answer, value},
    args::{Lang, MailServer, Mailbox},
    failure::Failure,
    passphrase::Source,
    table::{Table, plain},
    when::shown,
};
use buyerwatch_app::{
    Nothing, Secret,
    mailboxes::{
        MailSecurity, MailboxAccess, OneMailbox, add::AddMailbox,
        set_auth_server::SetMailboxAuthServer, set_password::SetMailboxPassword, test::TestMailbox,
    },
};
use serde_json::json;
use std::fmt::Write as _;

pub(crate) fn mailbox(vault: &Opened, secrets: Source, command: Mailbox) -> Done {
    match command {
        Mailbox::Add { server, days, auth_server } => {
            let access = access(server, secrets.mailbox()?)?;
            let first_days = (days > 0).then_some(days);
            let request = AddMailbox { access, first_days, auth_server };
            let added = vault.desk.mailboxes_add(request)?;
            let text = format!("{} {}", vault.say("正在监视", "watching"), plain(&added.user));
            Ok(Answer::new(json!({ "mailbox": value(&added) }), text))
        }
        Mailbox::List => {
            let mailboxes = vault.desk.mailboxes_list(Nothing {})?.items;
            let mut table = match vault.lang {
                Lang::Zh => {
                    Table::new(["ID", "邮箱", "服务器", "文件夹", "已读", "上次读完", "问题"])
                }
                Lang::En => {
                    Table::new(["ID", "MAILBOX", "SERVER", "FOLDER", "READ", "LAST", "PROBLEM"])
                }
            };
            for one in &mailboxes {
                table.row([
                    one.id.clone(),
                    one.user.clone(),
                    one.host.clone(),
                    one.folder_name.clone(),
                    one.letters.to_string(),
                    one.last_success.map(|at| shown(&at.to_string())).unwrap_or_default(),
                    one.error.clone().unwrap_or_default(),
                ]);
            }
            let text = vault.table_or(&table, "没有监视任何邮箱", "no mailbox is watched");
            Ok(Answer::new(json!({ "mailboxes": value(&mailboxes) }), text))
        }
        Mailbox::Test { server } => {
            let access = Some(access(server, secrets.mailbox()?)?);
            let tested = vault.desk.mailboxes_test(TestMailbox { id: None, access })?;
            let mut text = format!(
                "{} {}\n",
                vault.say("可以读取，邮件数：", "can be read; letters:"),
                tested.letters
            );
            for of in &tested.folders {
                let _ = writeln!(text, "{}  {}", plain(&of.folder), plain(&of.name));
            }
            Ok(Answer::new(value(&tested), text))
        }
        Mailbox::Sync { id: of } => sync(vault, &of),
        Mailbox::Retry { id: of } => {
            vault.desk.mailboxes_retry(OneMailbox { id: of.clone() })?;
            sync(vault, &of)
        }
        Mailbox::Password { id } => {
            let password = secrets.mailbox()?;
            vault.desk.mailboxes_set_password(SetMailboxPassword { id, password })?;
            let text = vault.say("已更换密码", "the password was changed");
            Ok(Answer::new(json!({ "changed": true }), text))
        }
        Mailbox::Checks { id, auth_server } => {
            vault.desk.mailboxes_set_auth_server(SetMailboxAuthServer { id, auth_server })?;
            let text = vault
                .say("已更改；之后的来信按此判断", "changed; letters from now on are judged by it");
            Ok(Answer::new(json!({ "changed": true }), text))
        }
        Mailbox::Remove { id } => {
            vault.desk.mailboxes_remove(OneMailbox { id })?;
            let text = vault.say(
                "不再监视；邮箱里的邮件和已读入的内容不变",
                "watched no more; the letters in it and what was read stay",
            );
            Ok(Answer::new(json!({ "removed": true }), text))
        }
    }
}

/// Reads what is new in a mailbox, once.
fn sync(vault: &Opened, of: &str) -> Done {
    let synced = vault.open.sync_mailbox(id(of)?)?;
    let text = format!("{} {}", vault.say("新读邮件：", "letters read:"), synced.letters);
    let json = json!({
        "letters": synced.letters,
        "alerts": synced.alerts,
        "possible": synced.possible,
    });
    Ok(Answer::new(json, text))
}

fn access(server: MailServer, password: Secret) -> Result<MailboxAccess, Failure> {
    let MailServer { host, port, starttls, user, folder, authority } = server;
    let (usual, security) =
        if starttls { (143, MailSecurity::StartTls) } else { (993, MailSecurity::Tls) };
    let read = |path| std::fs::read_to_string(path).map_err(|_| Failure::new("file_missing"));
    Ok(MailboxAccess {
        host,
        port: port.unwrap_or(usual),
        security,
        user,
        password,
        folder: Some(folder),
        authority_pem: authority.map(read).transpose()?,
    })
}
