//! The page that holds the recovery key, to be printed.

use crate::view::Language;
use std::fmt::Write as _;

/// What stands on the page.
pub(super) struct Kit<'a> {
    pub(super) language: Language,
    pub(super) recovery_key: &'a str,
    pub(super) vault_id: &'a str,
    /// The local date, `2026-05-03`.
    pub(super) date: &'a str,
}

/// The page: one file, nothing fetched, black on white, one sheet.
pub(super) fn page(kit: &Kit<'_>) -> String {
    let t = |zh, en| kit.language.pick(zh, en);
    let mut groups = String::new();
    for group in kit.recovery_key.split(['-', ' ']).filter(|group| !group.is_empty()) {
        let _ = write!(groups, "<span>{}</span>", escaped(group));
    }
    let steps = [
        t(
            "打开买家守望，在解锁画面选择“忘记口令”。",
            "Open Buyerwatch and choose “Forgot the passphrase” on the unlock screen.",
        ),
        t(
            "输入上面的恢复密钥。大小写、空格和连字符都不影响。",
            "Type the recovery key above. Capitals, spaces and dashes do not matter.",
        ),
        t(
            "设置一个新口令。恢复密钥保持不变。",
            "Set a new passphrase. The recovery key stays the same.",
        ),
    ];
    let mut list = String::new();
    for step in steps {
        let _ = write!(list, "<li>{}</li>", escaped(step));
    }
    let advice = [
        t(
            "打印后收进保险柜，或与其他重要文件放在一起。不要拍照，不要发到聊天群或邮箱。",
            "Print this page and keep it in a safe or with your other important papers. Do not photograph it and do not send it by chat or e-mail.",
        ),
        t(
            "拿到这把密钥和数据文件夹的人可以看到全部内容。口令和密钥都丢失时，任何人都无法恢复数据。",
            "Whoever holds this key and the data folder can read everything. If both passphrase and key are lost, nobody can recover the data.",
        ),
        t("打印完成后，请删除这个文件。", "Delete this file once it is printed."),
    ];
    let mut notes = String::new();
    for note in advice {
        let _ = write!(notes, "<p>{}</p>", escaped(note));
    }
    let title = t("买家守望 恢复密钥", "Buyerwatch recovery key");
    format!(
        "<!doctype html>\n\
         <html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{title}</title><style>\
         body{{font:15px/1.6 system-ui,\"PingFang SC\",\"Microsoft YaHei UI\",\"Noto Sans CJK SC\",sans-serif;color:#000;background:#fff;max-width:44rem;margin:3rem auto;padding:0 1.5rem}}\
         h1{{font-size:22px;margin:0 0 1.5rem}}h2{{font-size:16px;margin:2rem 0 .5rem}}\
         .key{{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;font:600 24px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.08em;text-align:center;border:2px solid #000;border-radius:8px;padding:20px}}\
         dl{{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:1.5rem 0 0}}dd{{margin:0;font-family:ui-monospace,Menlo,Consolas,monospace}}\
         @media print{{body{{margin:0 auto}}}}\
         </style></head><body><h1>{title}</h1>\
         <div class=\"key\">{groups}</div>\
         <dl><dt>{vault_label}</dt><dd>{vault_id}</dd><dt>{date_label}</dt><dd>{date}</dd></dl>\
         <h2>{use_label}</h2><ol>{list}</ol><h2>{keep_label}</h2>{notes}</body></html>\n",
        lang = kit.language.code(),
        vault_label = t("保险库编号", "Vault"),
        vault_id = escaped(kit.vault_id),
        date_label = t("日期", "Date"),
        date = escaped(kit.date),
        use_label = t("忘记口令时", "When the passphrase is forgotten"),
        keep_label = t("保管", "Keeping it"),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kit(language: Language) -> String {
        page(&Kit {
            language,
            recovery_key: "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
            vault_id: "00112233445566778899aabbccddeeff",
            date: "2026-05-03",
        })
    }

    #[test]
    fn the_page_holds_the_key_in_groups_and_fetches_nothing() {
        for language in [Language::Chinese, Language::English] {
            let page = kit(language);
            for group in ["0123", "4567", "GHJK", "WXYZ"] {
                assert!(page.contains(&format!("<span>{group}</span>")), "{group}");
            }
            assert!(page.contains("00112233445566778899aabbccddeeff"));
            assert!(page.contains("2026-05-03"));
            for foreign in ["http://", "https://", "<script", "src="] {
                assert!(!page.contains(foreign), "{foreign}");
            }
        }
        assert!(kit(Language::Chinese).contains("恢复密钥"));
        assert!(kit(Language::English).contains("Forgot the passphrase"));
    }

    #[test]
    fn what_is_put_in_stays_text() {
        assert_eq!(escaped("<b>&\"x\""), "&lt;b&gt;&amp;&quot;x&quot;");
    }
}
