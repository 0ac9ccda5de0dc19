//! What the use cases need from a desktop: dialogs, notifications, the window to tell, the log.

use crate::{
    log::Log,
    notify::{Notifier, Pop},
    tray,
    window::{self, Look},
};
use buyerwatch_app::{
    Desk, Host, LogLine, Notification, Push, Tag,
    files::pick::Purpose,
    settings::Settings,
    view::{Language, Theme},
};
use std::{
    path::{Path, PathBuf},
    sync::Mutex,
};
use tauri::{AppHandle, Emitter as _, Manager as _};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};

/// Name under which installers register the program; `identifier` in `tauri.conf.json`.
const IDENTIFIER: &str = "app.buyerwatch.desktop";

/// The desktop around one window.
pub(crate) struct WindowHost {
    app: AppHandle,
    log: Log,
    notifier: Option<Notifier>,
    look: Mutex<Look>,
}

impl WindowHost {
    /// The desktop that this program runs on.
    pub(crate) fn new(app: &AppHandle, data: &Path) -> Self {
        Self {
            app: app.clone(),
            log: Log::under(data),
            // Without the thread alerts still stand in the window.
            notifier: Notifier::start(IDENTIFIER.to_owned()).ok(),
            look: Mutex::new(Look { chinese: false, theme: None }),
        }
    }

    /// Takes over language and theme. They are kept here because the settings are read through the
    /// desk, which may be busy when a dialog opens.
    pub(crate) fn adopt(&self, settings: &Settings) -> Look {
        let look = look(settings);
        if let Ok(mut kept) = self.look.lock() {
            *kept = look;
        }
        look
    }

    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.look.lock().is_ok_and(|look| look.chinese) { zh } else { en }
    }

    fn dialog(&self) -> FileDialogBuilder<tauri::Wry> {
        let dialog = self.app.dialog().file();
        match self.app.get_webview_window(window::MAIN) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

/// What the settings mean for the window itself.
pub(crate) fn look(settings: &Settings) -> Look {
    Look {
        chinese: settings.language == Language::Chinese,
        theme: match settings.theme {
            Theme::System => None,
            Theme::Light => Some(tauri::Theme::Light),
            Theme::Dark => Some(tauri::Theme::Dark),
        },
    }
}

impl Host for WindowHost {
    fn push(&self, push: Push) {
        if matches!(&push, Push::Stale { tags } if tags.iter().any(about_settings)) {
            follow_settings(&self.app);
        }
        let counts = |tag: &Tag| matches!(tag, Tag::Settings | Tag::Session | Tag::Alerts);
        if matches!(&push, Push::Stale { tags } if tags.iter().any(counts)) {
            tray::refresh(&self.app);
        }
        // A window that is gone has nobody to tell.
        let _ = self.app.emit_to(window::MAIN, "push", push);
    }

    fn notify(&self, notification: Notification) {
        let Some(notifier) = &self.notifier else { return };
        let app = self.app.clone();
        notifier.send(Pop {
            title: notification.title,
            body: notification.body,
            open: self.say("查看", "Show"),
            clicked: Box::new(move || {
                window::bring_forward(&app);
                let push = Push::FocusAlert { alert_id: notification.alert };
                let _ = app.emit_to(window::MAIN, "push", push);
            }),
        });
    }

    fn log(&self, line: &LogLine<'_>) {
        self.log.add(line);
    }

    fn pick_files(&self, purpose: Purpose, multiple: bool) -> Vec<PathBuf> {
        let mut dialog = self.dialog();
        match purpose {
            Purpose::Import => {
                dialog = dialog
                    .set_title(self.say("选择要导入的文件", "Choose files to import"))
                    .add_filter(self.say("报表和邮件", "Reports and mails"), &IMPORTED)
                    .add_filter(self.say("所有文件", "All files"), &["*"]);
            }
            Purpose::Exhibit => dialog = dialog.set_title(self.say("选择证据", "Choose evidence")),
        }
        let picked = if multiple {
            dialog.blocking_pick_files().unwrap_or_default()
        } else {
            dialog.blocking_pick_file().into_iter().collect()
        };
        picked.into_iter().filter_map(local).collect()
    }

    fn choose_save_path(&self, suggested_name: &str) -> Option<PathBuf> {
        self.dialog()
            .set_title(self.say("保存", "Save"))
            .set_file_name(suggested_name)
            .blocking_save_file()
            .and_then(local)
    }

    fn choose_folder(&self) -> Option<PathBuf> {
        self.dialog()
            .set_title(self.say("选择文件夹", "Choose a folder"))
            .blocking_pick_folder()
            .and_then(local)
    }
}

/// How the names of files end that an import takes; any other is told by its content all the same.
const IMPORTED: [&str; 11] =
    ["txt", "tsv", "csv", "xlsx", "xml", "json", "zip", "gz", "eml", "emlx", "mbox"];

fn about_settings(tag: &Tag) -> bool {
    matches!(tag, Tag::Settings)
}

/// Brings title and colours of the window in line with the settings. From another thread, for the
/// desk must not be called while it pushes.
fn follow_settings(app: &AppHandle) {
    let handle = app.clone();
    let _ = app.run_on_main_thread(move || {
        let (Some(desk), Some(host)) =
            (handle.try_state::<Desk>(), handle.try_state::<std::sync::Arc<WindowHost>>())
        else {
            return;
        };
        window::restyle(&handle, host.adopt(&desk.settings()));
    });
}

fn local(file: FilePath) -> Option<PathBuf> {
    file.into_path().ok()
}
