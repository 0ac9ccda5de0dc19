//! Files dragged onto the window from elsewhere. Their paths stay on this side: the window gets a
//! handle, a name and a size for each.

use tauri::PhysicalPosition;

/// A position in CSS pixels.
///
/// Windows reports positions in physical pixels; WebKitGTK and WKWebView report logical ones,
/// although the type says otherwise (wry 0.57: `webkitgtk/drag_drop.rs`,
/// `wkwebview/class/wry_web_view_parent.rs`).
pub(crate) fn css(position: PhysicalPosition<f64>, scale: f64) -> (f64, f64) {
    if cfg!(windows) && scale > 0.0 {
        (position.x / scale, position.y / scale)
    } else {
        (position.x, position.y)
    }
}

/// Lets through the first of each run of equal positions: a pointer that rests still reports.
#[derive(Debug, Default)]
pub(crate) struct Resting {
    last: std::sync::Mutex<Option<(f64, f64)>>,
}

impl Resting {
    /// Whether the position differs from the last one.
    pub(crate) fn moved(&self, to: (f64, f64)) -> bool {
        self.last.lock().is_ok_and(|mut last| last.replace(to) != Some(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resting_pointer_is_told_once() {
        let resting = Resting::default();
        let told: Vec<bool> =
            [(1.0, 1.0), (1.0, 1.0), (2.0, 1.0), (2.0, 1.0)].map(|at| resting.moved(at)).into();
        assert_eq!(told, [true, false, true, false]);
    }
}
