//! Why a command did not do what was asked.

use crate::args::Lang;
use buyerwatch_app::{ApiError, Param, Stopped};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A refusal or failure: its code is stable, its text is in the chosen language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    code: String,
    params: BTreeMap<String, Param>,
    /// English, from where it was refused; empty for the codes of this program.
    message: String,
}

impl Failure {
    /// A failure of this program itself.
    pub(crate) fn new(code: &str) -> Self {
        Self { code: code.to_owned(), params: BTreeMap::new(), message: String::new() }
    }

    /// Adds a value for the text.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Param>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The text for people.
    pub(crate) fn text(&self, lang: Lang) -> String {
        let known = match lang {
            Lang::Zh => zh(&self.code),
            Lang::En => en(&self.code),
        };
        match known {
            Some(text) => filled(text, &self.params),
            None if self.message.is_empty() => self.code.clone(),
            None => self.message.clone(),
        }
    }

    /// What goes under `error` in JSON.
    pub(crate) fn json(&self, lang: Lang) -> Value {
        json!({ "code": self.code, "message": self.text(lang), "params": self.params })
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self { code: error.code.into_owned(), params: error.params, message: error.message }
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Failed(error) => error.into(),
            Stopped::Locked => ApiError::locked().into(),
            Stopped::Cancelled => Self::new("cancelled"),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(_: std::io::Error) -> Self {
        Self::new("io")
    }
}

/// Puts values in the place of `{name}`.
fn filled(text: &str, params: &BTreeMap<String, Param>) -> String {
    params.iter().fold(text.to_owned(), |text, (name, value)| {
        let value = match value {
            Param::Text(one) => one.clone(),
            Param::Number(number) => number.to_string(),
            Param::List(many) => many.join(", "),
        };
        text.replace(&format!("{{{name}}}"), &value)
    })
}

/// English for the codes of this program; all others bring their text along.
fn en(code: &str) -> Option<&'static str> {
    Some(match code {
        "passphrase_needed" => {
            "no passphrase was given; type it at the prompt, or use --passphrase-stdin or BUYERWATCH_PASSPHRASE"
        }
        "passphrase_too_short" => "the passphrase needs at least {min} characters",
        "passphrases_differ" => "the two passphrases differ; try again",
        "malformed_id" => "an ID is 32 hexadecimal digits; copy it whole from a list command",
        "unknown_person" => "nobody on the team has that name or ID; see `bwatch people list`",
        "ambiguous_person" => "several members of the team have that name; use the ID",
        "no_vault" => {
            "there is no vault in this folder; create one with `bwatch init`, or name another with --vault"
        }
        "vault_exists" => {
            "there is a vault in this folder already; open it, or name another with --vault"
        }
        "no_home" => "this system names no home folder; name the vault's folder with --vault",
        "reason_needed" => {
            "\"not this buyer\" needs a reason; say with --note why it is somebody else"
        }
        "cancelled" => "stopped; what was read stays",
        "internal" => "something went wrong inside the program; try again",
        "not_utf8" => "the text is not in UTF-8; convert it, or give it as an argument",
        "io" => "a file could not be read or written; check that it is there and may be used",
        _ => return None,
    })
}

/// Chinese for every code that people can meet here.
fn zh(code: &str) -> Option<&'static str> {
    Some(match code {
        "passphrase_needed" => {
            "没有给出口令；请在提示处输入，或使用 --passphrase-stdin 或 BUYERWATCH_PASSPHRASE"
        }
        "passphrase_too_short" => "口令至少需要 {min} 个字符",
        "passphrases_differ" => "两次输入的口令不同，请重试",
        "malformed_auth_server" => "这不是服务器名称；请复制 Authentication-Results 后面的第一个词",
        "malformed_id" => "ID 是 32 位十六进制数，请从列表命令中完整复制",
        "unknown_person" => "团队中没有这个名字或 ID，请看 `bwatch people list`",
        "ambiguous_person" => "团队中有几位成员同名，请使用 ID",
        "not_utf8" => "这段文字不是 UTF-8 编码；请先转换，或直接写在命令里",
        "no_home" => "系统没有指明用户文件夹，请用 --vault 指定保险库",
        "locked" => "保险库已锁定，请先解锁",
        "wrong_passphrase" => "口令不对，打不开保险库；请检查大小写和键盘语言，或使用恢复密钥",
        "wait" => "输错次数过多，请稍等再试",
        "wrong_recovery_key" => "这把密钥打不开这个保险库，请确认是否属于它",
        "malformed_recovery_key" => "密钥有输错或缺少的部分，请逐组对照",
        "weak_passphrase" => "口令太弱，请用几个互不相关的词",
        "vault_exists" => "这个文件夹里已经有保险库，请打开它或另选文件夹",
        "no_vault" => "这个文件夹里没有保险库，请先用 `bwatch init` 创建，或用 --vault 指定",
        "damaged" => "部分数据已损坏；请先备份数据文件夹，再运行 `bwatch doctor`",
        "disk_full" => "磁盘已满；腾出空间后再试，已保存的内容没有丢失",
        "read_only" => "保险库所在的文件夹不可写，请检查权限",
        "busy" => "另一个程序正在写入保险库，请稍后再试",
        "newer_version" => "这个保险库由更新的版本写入，请安装新版本",
        "scenario_unreadable" => {
            "场景数据无法使用：文件缺失、不是 CSV 或缺少列；请按 `bwatch bench matching --help` 准备"
        }
        "not_found" => "内容不存在，可能已被移除",
        "empty" => "有一项没有填写，请填好再试",
        "too_long" => "文字太长，请缩短到 {limit} 个字符以内",
        "no_identifier" => "买家至少需要一个标识，例如邮箱别名或订单号",
        "identifier_exists" => "这位买家已有这个标识",
        "last_identifier" => "买家至少要保留一个标识，请先添加别的",
        "unusable_identifier" => "这个内容不能用于比对，请检查后再试",
        "unknown_clause" => "没有这个条款，请看 `bwatch criteria list`",
        "not_countable" => "这项条款没有默认的统计对象，请用 --counted 指明",
        "in_future" => "事件时间在将来，请检查日期",
        "clause_not_met" => "条款尚未成立：{window} 天内需要 {need} 起事件，现有 {have} 起",
        "exhibits_missing" => "缺少证据：{missing}",
        "already_listed" => "买家已在名单上，或正在等待确认",
        "not_listed" => "这位买家没有可以处理的列入记录",
        "same_person" => "需要第二人确认，请用 --actor 换一位成员",
        "same_buyer" => "这已是同一份记录，请选择另一位买家",
        "already_merged" => "这位买家已并入另一位，请先撤销那次合并",
        "not_merged" => "这位买家没有并入别人，请重新查看记录",
        "listing_waits" => "有一项列入提议等待第二人确认，请先确认或不同意，再合并",
        "listing_rests_on_both" => "列入名单以两者的事件为依据，请先移出名单或不同意，再撤销合并",
        "listing_rests_on_it" => "列入名单以此为依据，请先移出名单或不同意提议",
        "proposal_outdated" => "提议所依据的内容已有变化，请先不同意，再重新提议",
        "role_not_allowed" => "需要组长或店主操作，请用 --actor 换一位成员",
        "owner_only" => "需要店主操作，请用 --actor 换一位成员",
        "reason_needed" => "“不是同一人”需要理由；请用 --note 写明为什么是别人",
        "malformed_hash" => "文件没有记录成功，请重新添加",
        "unknown_exhibit" => "没有这份证据，请重新查看列表",
        "exhibit_removed" => "这份证据已被移除，只保留了记录",
        "exhibit_held" => "列入名单以这份证据为依据，请先把买家移出名单",
        "source_held" => "列入名单以这份证据的遮盖副本为依据，请先把买家移出名单",
        "evidence_missing" => "保存的文件不见了。请从备份恢复，记录中仍有它的校验值",
        "evidence_damaged" => "保存的文件与存入时不一致。请从备份恢复后再核验",
        "paste_too_large" => "粘贴的内容超过 {limit} MB。请先存成文件再添加",
        "malformed_paste" => "粘贴的内容无法读取。请先存成文件再添加",
        "not_a_picture" => "只有图片可以涂黑",
        "nothing_to_redact" => "请先框出要涂黑的部分",
        "no_text" => "这个文件没有文字。可以导出后查看",
        "export_inside_data_folder" => "副本不能放在数据文件夹里，请另选文件夹",
        "export_exists" => "文件夹里已有文件，请选择空文件夹",
        "export_name_taken" => "已有同名文件，请换一个文件名",
        "file_elsewhere" => "这是指向别处文件的链接，请选择那个文件本身",
        "no_preview" => "这种文件无法在这里显示。请导出后用对应的程序打开",
        "preview_too_large" => "文件展开后过大，无法在这里显示。可以导出后查看",
        "preview_too_complex" => "文件结构过于复杂，无法在这里显示。可以导出后查看",
        "preview_damaged" => "文件已损坏，或内容与类型不符。文件按原样保存",
        "preview_locked" => "这个 PDF 受密码保护。请导出后用 PDF 程序打开",
        "preview_timed_out" => "解码时间过长，已停止。可以导出后查看",
        "preview_busy" => "还有文件在解码，请稍后再试",
        "no_such_page" => "没有这一页，文件共 {pages} 页",
        "invalid_area" => "有一个框超出了图片，请重新框选",
        "not_mail" => "这个文件不是邮件，可以当作文字打开",
        "claimed_by_other" => "已有同事在处理这条警示",
        "wrong_alert_state" => "这条警示的状态不允许这样做，请重新查看列表",
        "ends_in_the_past" => "请选择将来的时间",
        "snooze_out_of_range" => "请选择 30 天以内的时间",
        "already_alerted" => "这个订单已经为这位买家发过警示",
        "malformed_phrases" => "措辞表第 {line} 行无法读取，请检查这一行的括号、节标题和用词",
        "phrases_empty" => "措辞表中没有任何措辞；请至少写一条，或保留现行的",
        "phrases_too_many" => "措辞表合计过长，请缩短其中一份",
        "signal_decided" => "这条线索已有人作出判断；请重新读取列表",
        "signal_accepted" => "已按这条线索记录了事件；如有误，请撤回事件",
        "nothing_chosen" => "没有选中任何记录；请改为否决这条线索",
        "choose_buyer" => "已有买家与这些订单有相同标识；请用 --buyer 指定，或用 --new 新建",
        "already_trusted" => "这个身份已在信任名单上",
        "wrong_version" => "判定标准刚刚有改动，请重新查看",
        "malformed_criterion" => "判定标准需要中英文条款、次数和期限",
        "out_of_range" => "数值应在 {min} 到 {max} 之间",
        "empty_file" => {
            "文件是空的；需要的是首行为列名的订单报表，例如含有这些列：{needed}。请重新下载"
        }
        "archive" => "这是压缩包，或读不出来的电子表格；请先解压，或另存为制表符分隔的文本或 .xlsx",
        "not_text" => "这不是文本文件；订单报表是制表符分隔的文本，与卖家平台下载的一致",
        "web_page" => "这是保存下来的网页，可能是登录页；请登录后下载报表本身",
        "structured_data" => "这个 XML 或 JSON 不是已知的报表；请申请文本版本",
        "file_too_large" => {
            "文件过大，或解压后超过 {limit_mb} MB，没有读取；请导出更短的时间段，或改用制表符分隔的文本"
        }
        "xml_entities" => "这个 XML 自带实体定义，报表不会这样写，没有读取；请重新下载报表",
        "unsound_mapping" => "需要名称、订单号列和至少另外一列，每种内容只能用一次",
        "mailbox_known" => "这个邮箱的这个文件夹已经在监视",
        "malformed_authority" => "这不是证书；请选择它的 .pem 文件",
        "mail_no_host" => "找不到邮件服务器；请检查服务器名称和本机网络",
        "mail_unreachable" => "邮件服务器没有应答；请检查端口和本机网络",
        "mail_not_encrypted" => "无法加密连接；请检查端口和加密方式，没有发送任何密码",
        "mail_certificate" => {
            "服务器无法证明自己的身份，没有向它发送任何内容；请检查服务器名称，或联系网络管理员"
        }
        "mail_not_imap" => "这不是 IMAP 邮件服务器；请检查名称和端口",
        "mail_password" => {
            "服务器不接受这个登录名和密码；请在邮箱设置里新建授权码或应用密码后重新填写"
        }
        "mail_busy" => "邮件服务器要求稍等；会自动再试",
        "mail_folder" => "打不开这个文件夹；请检查名称，并确认邮箱已开启 IMAP",
        "mail_lost" => "连接中断；会自动再试",
        "mail_protocol" => "邮件服务器的应答无法理解；会自动再试",
        "already_watched" => "已经在监视这个文件夹",
        "folder_missing" => "文件夹不在那里；请连接共享或磁盘，监视会自动继续",
        "folder_denied" => "没有读取这个文件夹的权限；请检查文件夹和共享的权限",
        "not_a_folder" => "这不是文件夹，请选择文件夹",
        "folder_name" => "这个文件夹的路径无法保存，请改名",
        "folder_inside_data" => "这个文件夹存放本程序自己的数据，请选择别的文件夹",
        "folder_read_only" => "无法在这个文件夹里移动文件；请允许写入，或把文件留在原处",
        "malformed_file" => "文件已损坏，不符合它的格式；请重新下载",
        "header_too_long" => {
            "第一行比任何订单报表的表头都长；需要的是用制表符分隔、首行为列名的文本，例如含有这些列：{needed}。请重新下载报表"
        }
        "no_header" => "第一行已经是数据，缺少列名行；请重新下载报表，不要改动",
        "not_an_order_report" => "这是别的报表（{format}），不是订单报表",
        "unknown_columns" => "没有哪种订单报表有这些列；需要的列：{needed}",
        "stale_resume_point" => "导入无法从中断处继续，请从头导入这个文件",
        "read_failed" | "io" => "文件读写失败，请确认文件还在且可以使用",
        "not_a_file" => "这是文件夹或设备，请选择文件",
        "file_missing" => "文件不在那里，请检查路径",
        "message_purged" => "保存期已过，这封来信的内容已删除，没有可以保存的了",
        "file_empty" => "这个文件是空的，看不出任何内容，请换一个",
        "file_denied" => "没有读取这个文件的权限；请检查权限，或把它复制到别处",
        "file_failed" => "文件读写失败，请检查磁盘后再试",
        "file_changed" => "读取时文件发生了变化，请等它写完再添加",
        "already_running" => "已经在进行了",
        "cancelled" => "已停止；读过的内容保留",
        "internal" => "出了点问题，请重试",
        "no_entropy" => "系统没有给出随机数，请重启电脑后再试",
        "no_cipher" => "这个程序缺少加密部分，请重新安装",
        "too_large" => "内容太大，无法一次写入，请分成几部分",
        "store_failed" => "保险库读写失败，请检查磁盘和权限后再试",
        "inside_data_folder" => "恢复密钥不能放在数据文件夹里，请另选文件夹",
        "save_failed" => "文件没有保存成功，请另选文件夹",
        "unknown_file" => "程序已不记得这个文件，请重新添加",
        "malformed_input" | "unknown_use_case" => "输入的内容格式不对，请检查后再试",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_refused_for_is_said_in_chinese() {
        for code in ["file_empty", "file_denied", "file_failed", "file_missing", "file_changed"] {
            assert_ne!(Failure::from(ApiError::new(code, "English")).text(Lang::Zh), "English");
        }
    }

    /// Every code that the source of the use cases names, so that none is forgotten.
    #[test]
    fn every_refusal_is_told_in_chinese() {
        fn sources(folder: &std::path::Path, into: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    sources(&path, into);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    into.push(std::fs::read_to_string(path).unwrap());
                }
            }
        }
        let mut texts = Vec::new();
        sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"), &mut texts);
        let mut codes = std::collections::BTreeSet::new();
        for text in &texts {
            for after in text.split("ApiError::new(").skip(1) {
                let Some(rest) = after.trim_start().strip_prefix('"') else { continue };
                codes.extend(rest.split('"').next().map(str::to_owned));
            }
        }
        assert!(codes.len() >= 25, "{codes:?}");
        let untold: Vec<_> = codes.iter().filter(|code| zh(code).is_none()).collect();
        assert!(untold.is_empty(), "{untold:?}");
    }

    #[test]
    fn texts_carry_their_values_in_both_languages() {
        let short = Failure::new("passphrase_too_short").with("min", 8_u32);
        assert_eq!(short.text(Lang::En), "the passphrase needs at least 8 characters");
        assert_eq!(short.text(Lang::Zh), "口令至少需要 8 个字符");
        let missing = ApiError::new("exhibits_missing", "evidence is missing: message, tracking")
            .with("missing", vec!["message".to_owned(), "tracking".to_owned()]);
        let missing = Failure::from(missing);
        assert_eq!(missing.text(Lang::Zh), "缺少证据：message, tracking");
        assert_eq!(missing.text(Lang::En), "evidence is missing: message, tracking");
    }
}
