//! Desktop notifications, shown from a thread of their own so that a slow notification server
//! never holds up an import or the window.

use notify_rust::NotificationResponse;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
    mpsc,
};

/// A notification. Personal data is in it only where a person asked for that.
pub(crate) struct Pop {
    /// One line.
    pub(crate) title: String,
    /// A second line; may be empty.
    pub(crate) body: String,
    /// Word on the way to the window, where the system shows one.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "there the whole is clicked"))]
    pub(crate) open: &'static str,
    /// What a click does, on any thread.
    pub(crate) clicked: Box<dyn FnOnce() + Send>,
}

/// Notifications that may wait for a click at a time. Older ones still stand in the notification
/// centre; a click on them does nothing.
const WAITING: usize = 32;

/// The way to the thread that shows notifications.
#[derive(Debug, Clone)]
pub(crate) struct Notifier {
    queue: Arc<Mutex<mpsc::Sender<Pop>>>,
}

impl Notifier {
    /// Starts the thread. `identifier` is the name of the installed program.
    pub(crate) fn start(identifier: String) -> std::io::Result<Self> {
        let (queue, pops) = mpsc::channel::<Pop>();
        std::thread::Builder::new().name("notifications".into()).spawn(move || {
            let waiting = Arc::new(AtomicUsize::new(0));
            let mut system = None;
            for pop in pops {
                // Asked at the first one: the start of the program must not wait for the server.
                let system = system.get_or_insert_with(|| System::ask(&identifier));
                show(system, pop, &waiting);
            }
        })?;
        Ok(Self { queue: Arc::new(Mutex::new(queue)) })
    }

    /// Queues a notification; never blocks and never fails, for an alert stands in the window too.
    pub(crate) fn send(&self, pop: Pop) {
        if let Ok(queue) = self.queue.lock() {
            let _ = queue.send(pop);
        }
    }
}

/// What the notification server is and can do.
struct System {
    /// Name of the installed program, by which Windows and macOS find its icon.
    #[cfg_attr(target_os = "linux", expect(dead_code, reason = "Linux goes by the icon's name"))]
    identifier: String,
    /// Bodies are read as markup, so markup in them must be escaped to be shown as text.
    markup: bool,
}

impl System {
    fn ask(identifier: &str) -> Self {
        #[cfg(target_os = "linux")]
        // A server that does not answer is treated as one that reads markup: seeing `&amp;` is
        // harmless, a link that a buyer wrote into a name is not.
        let markup = notify_rust::get_capabilities()
            .map_or(true, |all| all.iter().any(|one| one == "body-markup"));
        #[cfg(not(target_os = "linux"))]
        let markup = false;
        #[cfg(target_os = "macos")]
        let _ = notify_rust::set_application(identifier);
        Self { identifier: identifier.to_owned(), markup }
    }
}

fn show(system: &System, pop: Pop, waiting: &Arc<AtomicUsize>) {
    let mut notification = notify_rust::Notification::new();
    notification.appname("Buyerwatch").summary(&pop.title);
    if !pop.body.is_empty() {
        notification.body(&if system.markup { inert(&pop.body) } else { pop.body.clone() });
    }
    #[cfg(target_os = "linux")]
    notification
        .icon("buyerwatch")
        .hint(notify_rust::Hint::DesktopEntry("Buyerwatch".into()))
        .hint(notify_rust::Hint::Category("im.received".into()))
        .action("default", pop.open);
    #[cfg(target_os = "windows")]
    // Windows shows the icon and name of a registered program only; a development build is not.
    if installed() {
        notification.app_id(&system.identifier);
    }
    let Ok(handle) = notification.show() else { return };
    if waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
        waiting.fetch_sub(1, Ordering::Relaxed);
        return;
    }
    let (clicked, done) = (pop.clicked, waiting.clone());
    let wait = move || {
        let _ = handle.wait_for_response(|response: &NotificationResponse| {
            if !matches!(response, NotificationResponse::Closed(_)) {
                clicked();
            }
        });
        done.fetch_sub(1, Ordering::Relaxed);
    };
    if std::thread::Builder::new().name("notification".into()).spawn(wait).is_err() {
        waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Whether this program lies where an installer puts it, not in a build folder.
#[cfg(target_os = "windows")]
fn installed() -> bool {
    std::env::current_exe().is_ok_and(|exe| {
        !exe.parent().is_some_and(|folder| folder.ends_with("debug") || folder.ends_with("release"))
    })
}

/// Text that shows as it is where the server reads markup (Desktop Notifications Specification,
/// "Markup").
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_shows_as_text() {
        assert_eq!(
            inert("<a href=\"x\">order</a> & <b>more</b>"),
            "&lt;a href=\"x\"&gt;order&lt;/a&gt; &amp; &lt;b&gt;more&lt;/b&gt;"
        );
        assert_eq!(inert("名单上的买家再次下单"), "名单上的买家再次下单");
    }
}
