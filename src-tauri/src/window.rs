//! The one window: locked to the program's own pages, in the colours of its theme from the first
//! frame on.

use std::path::Path;
use tauri::{
    App, AppHandle, Manager, Theme, Url, WebviewWindow, WebviewWindowBuilder,
    webview::{Color, NewWindowResponse},
};

/// Label of the window, by which the capability file knows it.
pub(crate) const MAIN: &str = "main";

/// What the first frame must already be right about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Chinese, else English.
    pub(crate) chinese: bool,
    /// A theme that a person chose; `None` follows the system.
    pub(crate) theme: Option<Theme>,
}

impl Look {
    /// The product's name in the language of the window.
    pub(crate) const fn title(self) -> &'static str {
        if self.chinese { "买家守望" } else { "Buyerwatch" }
    }
}

/// `--bg` of the window's style sheet, so that nothing flashes before the page is painted.
const fn backdrop(theme: Theme) -> Color {
    match theme {
        Theme::Dark => Color(0x11, 0x16, 0x1b, 0xff),
        _ => Color(0xf6, 0xf7, 0xf8, 0xff),
    }
}

/// Makes the data folder, readable by its owner alone, before the web view makes it readable by
/// all. A folder that cannot be made is told when the vault is created.
fn claim(data: &Path) {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let _ = builder.create(data);
}

/// Opens the window. Nothing of the vault is touched: the page is painted first.
pub(crate) fn open(app: &App, look: Look, data: &Path) -> tauri::Result<WebviewWindow> {
    claim(data);
    let config = app.config().app.windows.iter().find(|window| window.label == MAIN);
    let Some(config) = config else { return Err(tauri::Error::WindowNotFound) };
    let mut builder = WebviewWindowBuilder::from_config(app, config)?
        .title(look.title())
        .theme(look.theme)
        .background_color(backdrop(look.theme.unwrap_or(Theme::Light)))
        // Everything that this program keeps lies in one folder that a person can move or remove.
        .data_directory(data.join("window"))
        .devtools(cfg!(debug_assertions))
        .general_autofill_enabled(false)
        .on_navigation(at_home)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    if !cfg!(debug_assertions) {
        builder = builder.initialization_script(NO_PAGE_MENU);
    }
    let window = builder.build()?;
    if look.theme.is_none() {
        window.set_background_color(Some(backdrop(window.theme()?)))?;
    }
    Ok(window)
}

/// The web view's own menu offers to reload or go back; where text is edited it stays, for copy
/// and paste.
const NO_PAGE_MENU: &str = "addEventListener('contextmenu', (event) => { \
    if (!(event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]'))) \
    event.preventDefault(); });";

/// Only the program's own pages. Links to elsewhere, dropped addresses and `data:` pages go nowhere.
fn at_home(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Windows serves the pages under this host.
        "http" | "https" if url.host_str() == Some("tauri.localhost") => url.port().is_none(),
        "http" => {
            tauri::is_dev() && url.host_str() == Some("localhost") && url.port() == Some(1420)
        }
        _ => false,
    }
}

/// Brings the window to the person: a second start, a click on a notification.
pub(crate) fn bring_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Follows a change of language or theme in the settings.
pub(crate) fn restyle(app: &AppHandle, look: Look) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.set_title(look.title());
        let _ = window.set_theme(look.theme);
        if let Some(theme) = look.theme.or_else(|| window.theme().ok()) {
            let _ = window.set_background_color(Some(backdrop(theme)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_programs_own_pages_opens() {
        for home in
            ["tauri://localhost/", "tauri://localhost/buyers/1?x=y", "http://tauri.localhost/"]
        {
            assert!(at_home(&Url::parse(home).unwrap()), "{home}");
        }
        for elsewhere in [
            "https://example.com/",
            "http://tauri.localhost:8080/",
            "http://tauri.localhost.example.com/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
            "tauri://elsewhere/",
        ] {
            assert!(!at_home(&Url::parse(elsewhere).unwrap()), "{elsewhere}");
        }
    }
}
