//! Whether the program watches at this moment, for whoever does not see its window.

use super::{Desk, Manner};
use crate::{ApiError, Notification, Open};

/// Where a closed window went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It is hidden; an icon in the tray brings it back.
    Tray,
    /// There is no tray: it is among the windows that are put away.
    Minimised,
}

impl Desk {
    /// Alerts that wait for somebody; `None` while the vault is locked or cannot be read.
    #[must_use]
    pub fn open_alerts(&self) -> Option<u64> {
        self.open().and_then(|open| open.open_alerts()).ok()
    }

    /// Says once, ever, that the program goes on without its window.
    pub fn tell_of_closing(&self, closed: Closed) {
        // What is not shown is not told.
        if !self.settings().notifications || self.options().manner != Manner::Attended {
            return;
        }
        // One that cannot be noted is told again: better twice than never.
        if !self.settings_file().tell_of_closing().unwrap_or(true) {
            return;
        }
        let body = match closed {
            Closed::Tray => (
                "从托盘图标可重新打开或退出；再次启动本程序也会显示窗口。锁定后停止读取。",
                "The tray icon opens or quits it; starting Buyerwatch again shows the window, too. It stops \
                 when the vault locks.",
            ),
            Closed::Minimised => (
                "窗口已最小化。若要关闭窗口即退出，可在设置中更改。锁定后停止读取。",
                "The window is minimised. Settings can make closing it quit. It stops when the vault locks.",
            ),
        };
        self.tell(("买家守望继续运行", "Buyerwatch goes on running"), body);
    }

    fn tell(&self, title: (&str, &str), body: (&str, &str)) {
        let settings = self.settings();
        let worded = |(zh, en)| settings.language.pick(zh, en).to_owned();
        if settings.notifications && self.options().manner == Manner::Attended {
            self.host().notify(Notification {
                title: worded(title),
                body: worded(body),
                alert: None,
            });
        }
    }
}

impl Open {
    fn open_alerts(&self) -> Result<u64, ApiError> {
        let (me, now) = (self.me(), self.now());
        self.read(|read| Ok(read.alert_counts(me, now)?.open))
    }
}

/// Says that the idle lock ended the watch.
pub(super) fn tell_of_idle_lock(desk: &Desk) {
    desk.tell(
        ("已停止监看", "Watching has stopped"),
        (
            "无人操作，已自动锁定：不再读取邮箱和文件夹，也不再发出警示。点按以解锁。",
            "Nobody was there, so the vault locked: no mailbox and no folder is read, and no alert comes. \
             Open Buyerwatch and unlock to go on.",
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Nothing,
        folders::add::AddFolder,
        settings::set::ChangeSettings,
        testing::{ALIAS, Bench, Line, fresh, line, report},
        view::{Language, Phase},
    };
    use std::time::{Duration, Instant};

    fn titles(bench: &Bench) -> Vec<String> {
        let told = bench.host.notifications.lock().unwrap();
        told.iter().map(|one| one.title.clone()).collect()
    }

    fn soon(what: &str, mut done: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !done() {
            assert!(begun.elapsed() < Duration::from_secs(30), "{what} never happened");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Leaves the desk alone until it locks.
    fn leave(bench: &Bench) {
        let minutes = i64::from(bench.desk.settings().idle_lock_minutes);
        bench.host.advance((minutes + 1) * 60_000);
        soon("the idle lock", || bench.desk.session().is_none());
    }

    fn watch_a_folder(bench: &Bench) {
        let folder = bench.dir.path().join("reports");
        std::fs::create_dir(&folder).unwrap();
        let path = folder.to_str().unwrap().to_owned();
        bench.desk.folders_add(AddFolder { path, move_done: false }).unwrap();
        let session = bench.desk.session().unwrap();
        soon("the watch", || session.has_doors());
    }

    #[test]
    fn an_idle_lock_that_ends_a_watch_is_told() {
        let bench = fresh(Manner::Attended);
        watch_a_folder(&bench);
        leave(&bench);
        soon("the word", || !titles(&bench).is_empty());
        assert_eq!(titles(&bench), ["Watching has stopped"]);
        let told = bench.host.notifications.lock().unwrap()[0].clone();
        assert!(!told.body.contains("reports"), "no path, no name: {told:?}");
        assert_eq!(told.alert, None);
    }

    #[test]
    fn a_lock_by_hand_or_without_a_watch_or_without_notifications_is_not_told() {
        let by_hand = fresh(Manner::Attended);
        watch_a_folder(&by_hand);
        by_hand.desk.session_lock(Nothing {}).unwrap();
        let nothing_watched = fresh(Manner::Attended);
        leave(&nothing_watched);
        let silent = fresh(Manner::Attended);
        let off = ChangeSettings { notifications: Some(false), ..Default::default() };
        silent.desk.settings_set(off).unwrap();
        watch_a_folder(&silent);
        leave(&silent);
        std::thread::sleep(Duration::from_millis(300));
        for bench in [&by_hand, &nothing_watched, &silent] {
            assert_eq!(titles(bench), Vec::<String>::new());
        }
    }

    #[test]
    fn the_lock_says_since_when() {
        let bench = fresh(Manner::Unattended);
        let state = || bench.desk.session_state(Nothing {}).unwrap();
        assert_eq!(state().locked_since, None);
        bench.host.advance(60_000);
        let locked = bench.desk.session_lock(Nothing {}).unwrap();
        assert_eq!(locked.phase, Phase::Locked);
        let since = locked.locked_since.unwrap();
        bench.host.advance(60_000);
        assert_eq!(state().locked_since, Some(since));
    }

    #[test]
    fn closing_the_window_is_explained_once_ever() {
        let bench = fresh(Manner::Attended);
        let chinese = ChangeSettings { language: Some(Language::Chinese), ..Default::default() };
        bench.desk.settings_set(chinese).unwrap();
        bench.desk.tell_of_closing(Closed::Tray);
        bench.desk.tell_of_closing(Closed::Tray);
        bench.other(Manner::Attended).desk.tell_of_closing(Closed::Minimised);
        assert_eq!(titles(&bench), ["买家守望继续运行"]);
    }

    #[test]
    fn open_alerts_are_counted_and_unknown_while_locked() {
        let bench = fresh(Manner::Unattended);
        assert_eq!(bench.desk.open_alerts(), Some(0));
        bench.listed_buyer();
        bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
        assert_eq!(bench.desk.open_alerts(), Some(1));
        bench.desk.session_lock(Nothing {}).unwrap();
        assert_eq!(bench.desk.open_alerts(), None);
    }
}
