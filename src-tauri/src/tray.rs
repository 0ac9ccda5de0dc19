//! The icon in the tray: that the program watches, how many alerts wait, and the way back to the
//! window once it is closed.

use crate::window;
use buyerwatch_app::{Closed, Desk, Nothing, view::Language};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tauri::{
    App, AppHandle, Manager as _, WebviewWindow, Wry,
    menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};

/// The icon among those of the program.
const ICON: &str = "buyerwatch";
const OPEN: &str = "open";
const LOCK: &str = "lock";
const QUIT: &str = "quit";

/// News that come within this time are shown together: an import changes alerts many times a second.
const GATHER: Duration = Duration::from_millis(250);

/// How long a panel may take to answer.
#[cfg(target_os = "linux")]
const PANEL: Duration = Duration::from_secs(1);

/// The lines of the icon's menu. The icon itself is kept by Tauri, which takes it away at the end.
pub(crate) struct Tray {
    head: MenuItem<Wry>,
    open: MenuItem<Wry>,
    lock: MenuItem<Wry>,
    quit: MenuItem<Wry>,
    /// A refresh is on its way.
    due: AtomicBool,
}

/// Puts the icon into the tray. Where there can be none, closing the window minimises it.
pub(crate) fn start(app: &App, data: &Path) {
    // On Linux the icon is shown by libayatana-appindicator, which is loaded when the first icon is
    // made; the binding panics where it is missing (libappindicator-sys 0.9, `static LIB`). All
    // frames up to here are Rust's, and nothing of the icon exists by then.
    let made = catch_unwind(AssertUnwindSafe(|| build(app, data)));
    if let Ok(Ok(tray)) = made {
        app.manage(tray);
        refresh(app.handle());
    }
}

fn build(app: &App, data: &Path) -> tauri::Result<Tray> {
    let language = app.state::<Desk>().settings().language;
    let words = Words::of(language, None);
    let item =
        |id: &str, text: &str, enabled| MenuItem::with_id(app, id, text, enabled, None::<&str>);
    // Linux shows no tooltip (tauri 2, `TrayIconBuilder::tooltip`): there the first line of the menu
    // tells what the tooltip tells elsewhere.
    let head = item("head", &words.head, false)?;
    let open = item(OPEN, words.open, true)?;
    let lock = item(LOCK, words.lock, false)?;
    let quit = item(QUIT, words.quit, true)?;
    let (above, below) = (PredefinedMenuItem::separator(app)?, PredefinedMenuItem::separator(app)?);
    let menu = Menu::with_items(app, &[&head, &above, &open, &lock, &below, &quit])?;
    let mut builder = TrayIconBuilder::with_id(ICON)
        .menu(&menu)
        // A left click opens the window and the right one the menu. Linux tells no clicks (tauri 2,
        // `TrayIconEvent`) and opens the menu with either.
        .show_menu_on_left_click(false)
        // Linux reads the picture from a file, by default in a folder that all programs share.
        .temp_dir_path(data.join("window"))
        .tooltip(&words.head)
        .on_menu_event(chosen)
        .on_tray_icon_event(|icon, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                window::bring_forward(icon.app_handle());
            }
        });
    if let Some(icon) = app.default_window_icon() {
        builder = builder.icon(icon.clone());
    }
    builder.build(app)?;
    Ok(Tray { head, open, lock, quit, due: AtomicBool::new(false) })
}

fn chosen(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        OPEN => window::bring_forward(app),
        LOCK => {
            let desk = app.state::<Desk>().inner().clone();
            // Not on the thread of the window, which must not wait for the vault.
            tauri::async_runtime::spawn_blocking(move || desk.session_lock(Nothing {}));
        }
        QUIT => app.exit(0),
        _ => {}
    }
}

/// Has the icon say how things stand. Returns at once: the desk must not be asked while it pushes.
pub(crate) fn refresh(app: &AppHandle) {
    let Some(tray) = app.try_state::<Tray>() else { return };
    if tray.due.swap(true, Ordering::AcqRel) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        std::thread::sleep(GATHER);
        let (tray, desk) = (app.state::<Tray>(), app.state::<Desk>());
        tray.due.store(false, Ordering::Release);
        tray.say(&app, desk.settings().language, desk.open_alerts());
    });
}

impl Tray {
    /// What fails here is a tray that is gone; the window says the same.
    fn say(&self, app: &AppHandle, language: Language, alerts: Option<u64>) {
        let words = Words::of(language, alerts);
        let _ = self.head.set_text(&words.head);
        let _ = self.open.set_text(words.open);
        let _ = self.lock.set_text(words.lock);
        let _ = self.lock.set_enabled(alerts.is_some());
        let _ = self.quit.set_text(words.quit);
        let Some(icon) = app.tray_by_id(ICON) else { return };
        let _ = icon.set_tooltip(Some(&words.head));
        // Beside the icon, where the system has a place for it: macOS, and some panels of Linux.
        let _ = icon.set_title(alerts.filter(|count| *count > 0).map(|count| count.to_string()));
    }
}

/// What the tray says.
struct Words {
    head: String,
    open: &'static str,
    lock: &'static str,
    quit: &'static str,
}

impl Words {
    fn of(language: Language, alerts: Option<u64>) -> Self {
        let head = match (alerts, language) {
            (None, Language::Chinese) => "买家守望：已锁定，不读取任何内容".to_owned(),
            (None, Language::English) => "Buyerwatch: locked, nothing is read".to_owned(),
            (Some(0), Language::Chinese) => "买家守望：没有待处理的警示".to_owned(),
            (Some(0), Language::English) => "Buyerwatch: no open alerts".to_owned(),
            (Some(count), Language::Chinese) => format!("买家守望：{count} 条待处理的警示"),
            (Some(1), Language::English) => "Buyerwatch: 1 open alert".to_owned(),
            (Some(count), Language::English) => format!("Buyerwatch: {count} open alerts"),
        };
        Self {
            head,
            open: language.pick("打开买家守望", "Open Buyerwatch"),
            lock: language.pick("锁定", "Lock"),
            quit: language.pick("退出", "Quit"),
        }
    }
}

/// A person closes the window: it goes out of sight and the program goes on, unless the settings
/// say otherwise. Whether it went.
pub(crate) fn put_away(window: &WebviewWindow) -> bool {
    let app = window.app_handle();
    let desk = app.state::<Desk>();
    if !desk.settings().keep_running {
        return false;
    }
    let (put_away, closed) = if app.try_state::<Tray>().is_some() && is_shown() {
        (window.hide(), Closed::Tray)
    } else {
        (window.minimize(), Closed::Minimised)
    };
    if put_away.is_err() {
        return false;
    }
    desk.tell_of_closing(closed);
    true
}

/// Whether a panel shows icons at all: plain GNOME has none. Asked of whoever lists them on the session
/// bus (StatusNotifierWatcher of freedesktop, `IsStatusNotifierHostRegistered`).
#[cfg(target_os = "linux")]
fn is_shown() -> bool {
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    let asked = || -> zbus::Result<bool> {
        let bus = zbus::blocking::connection::Builder::session()?.method_timeout(PANEL).build()?;
        let property =
            zbus::blocking::fdo::PropertiesProxy::new(&bus, WATCHER, "/StatusNotifierWatcher")?
                .get(
                    zbus::names::InterfaceName::from_static_str(WATCHER)?,
                    "IsStatusNotifierHostRegistered",
                )?;
        Ok(bool::try_from(property)?)
    };
    asked().unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
const fn is_shown() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_how_many_alerts_wait_or_that_nothing_is_read() {
        let head = |language, alerts| Words::of(language, alerts).head;
        assert_eq!(head(Language::English, Some(1)), "Buyerwatch: 1 open alert");
        assert_eq!(head(Language::English, Some(3)), "Buyerwatch: 3 open alerts");
        assert_eq!(head(Language::Chinese, Some(3)), "买家守望：3 条待处理的警示");
        assert_eq!(head(Language::Chinese, None), "买家守望：已锁定，不读取任何内容");
    }
}
