//! `bwatch watch`

use super::{Done, Opened, alerts, signals};
use crate::{
    answer::{Answer, value},
    args::Lang,
    when::shown,
};
use buyerwatch_app::{
    Tag,
    alerts::OneAlert,
    folders::Watcher,
    imports::list::ListImports,
    signals::list::SignalsShown,
    view::{ImportRecord, ImportState},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, io::Write as _, time::Duration};

/// Between two questions to the vault; what another process stores is seen within a second.
const FOLLOW: Duration = Duration::from_millis(300);
/// Between two looks into the watched folders until all is complete.
const LOOK: Duration = Duration::from_millis(100);
/// Imports that are looked at for each piece of news.
const RECENT: u32 = 1_000;

pub(crate) fn watch(vault: &Opened, once: bool) -> Done {
    let mut seen = Seen::default();
    if once {
        let mut folders = Watcher::default();
        // What lies in the watched folders comes in first, once it is complete.
        loop {
            folders.look(&vault.open)?;
            if !folders.waits() {
                break;
            }
            std::thread::sleep(LOOK);
        }
        vault.open.sync_mailboxes()?;
        // What there is: finished imports, then alerts that wait, oldest first.
        news(vault, &mut seen, &mut |alert| alert.state.code() == "open")?;
        return Ok(Answer::new(Value::Null, ""));
    }
    // What was there before is no news.
    let mut quiet = Seen::default();
    collect(vault, &mut quiet)?;
    seen = quiet;
    vault.open.watch_folders();
    vault.open.watch_mailboxes();
    loop {
        std::thread::sleep(FOLLOW);
        // Another program may hold the vault for a while; it is looked at again.
        match vault.open.follow() {
            Err(error) if error.code == "busy" => continue,
            followed => followed?,
        }
        let stale = vault.host.take_stale();
        if stale.contains(&Tag::Alerts)
            || stale.contains(&Tag::Imports)
            || stale.contains(&Tag::Signals)
        {
            news(vault, &mut seen, &mut |_| true)?;
        }
    }
}

/// What was told already.
#[derive(Default)]
struct Seen {
    imports: BTreeSet<String>,
    alerts: BTreeSet<String>,
    signals: BTreeSet<String>,
}

fn collect(vault: &Opened, seen: &mut Seen) -> Result<(), crate::failure::Failure> {
    seen.imports.extend(finished(vault)?.into_iter().map(|import| import.id));
    seen.alerts.extend(vault.open.every_alert()?.iter().map(|alert| alert.id.to_string()));
    let open = signals::every(vault, SignalsShown::Open)?;
    seen.signals.extend(open.iter().map(|detail| detail.row.id.to_string()));
    Ok(())
}

fn finished(vault: &Opened) -> Result<Vec<ImportRecord>, crate::failure::Failure> {
    let page = vault.desk.imports_list(ListImports { offset: 0, limit: RECENT })?;
    let mut imports = page.items;
    imports.retain(|import| import.state != ImportState::Running);
    imports.reverse();
    Ok(imports)
}

fn news(
    vault: &Opened,
    seen: &mut Seen,
    wanted: &mut dyn FnMut(&buyerwatch_app::view::AlertRow) -> bool,
) -> Result<(), crate::failure::Failure> {
    for import in finished(vault)? {
        if seen.imports.insert(import.id.clone()) {
            tell(vault, &json!({ "import": value(&import) }), &import_line(vault.lang, &import))?;
        }
    }
    let mut rows = vault.open.every_alert()?;
    rows.reverse();
    for row in rows {
        if wanted(&row) && seen.alerts.insert(row.id.to_string()) {
            let detail = vault.desk.alerts_get(OneAlert { id: row.id })?;
            let line = json!({ "alert": alerts::shape(&detail) });
            tell(vault, &line, &alerts::argument(vault.lang, &detail))?;
        }
    }
    for detail in signals::every(vault, SignalsShown::Open)?.into_iter().rev() {
        if seen.signals.insert(detail.row.id.to_string()) {
            let line = json!({ "signal": signals::shape(&detail) });
            tell(vault, &line, &signals::told(vault.lang, &detail))?;
        }
    }
    Ok(())
}

/// One line of JSON; text for people who watch without `--json` at a terminal.
fn tell(vault: &Opened, json: &Value, text: &str) -> std::io::Result<()> {
    use std::io::IsTerminal as _;
    let mut out = std::io::stdout().lock();
    if vault.json || !out.is_terminal() {
        writeln!(out, "{json}")?;
    } else {
        write!(out, "{text}")?;
    }
    out.flush()
}

fn import_line(lang: Lang, import: &ImportRecord) -> String {
    format!(
        "{} {} {}: {} {}\n",
        shown(&import.started_at.to_string()),
        lang.pick("导入", "import"),
        crate::table::plain(&import.name),
        import.rows,
        lang.pick("行", "rows")
    )
}
