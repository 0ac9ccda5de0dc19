//! The desktop window of Buyerwatch: it carries calls to the use cases and carries back what they
//! say. It decides nothing.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod drop;
mod host;
mod instance;
mod log;
mod media;
mod notify;
mod tray;
mod window;

use buyerwatch_app::{ApiError, Desk, DeskOptions, DragPhase, FileHandle, Manner, Nothing, Push};
use drop::{Resting, css};
use host::WindowHost;
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tauri::{
    App, AppHandle, DragDropEvent, Emitter as _, Manager as _, RunEvent, State, WindowEvent,
};
use tauri_plugin_window_state::StateFlags;

/// Runs one use case, away from the thread of the window.
#[tauri::command]
async fn call(desk: State<'_, Desk>, name: String, input: Value) -> Result<Value, ApiError> {
    let desk = desk.inner().clone();
    tauri::async_runtime::spawn_blocking(move || desk.dispatch(&name, input))
        .await
        .unwrap_or_else(|_| Err(ApiError::new("internal", "the use case broke off; try again")))
}

fn main() {
    let Some(options) = DeskOptions::of_this_computer(Manner::Attended) else {
        std::process::exit(1)
    };
    let data = options.data_dir.clone();
    let mut context = tauri::generate_context!();
    let instance = instance::name(&context.config().identifier, &data);
    if cfg!(not(target_os = "linux")) {
        // There the plugin goes by the identifier of the program alone.
        context.config_mut().identifier.clone_from(&instance);
    }
    let second_start = tauri_plugin_single_instance::Builder::new()
        .dbus_id(instance)
        .callback(|app, _, _| window::bring_forward(app))
        .build();
    let window_state = tauri_plugin_window_state::Builder::default()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .with_filename(data.join("window.json").to_string_lossy())
        .build();
    let app = tauri::Builder::default()
        .plugin(second_start)
        .plugin(window_state)
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, |context, request, responder| {
            media::respond(context.app_handle(), &request, responder);
        })
        .invoke_handler(tauri::generate_handler![call])
        .setup(move |app| Ok(start(app, options)?))
        .build(context);
    match app {
        Ok(app) => app.run(|app, event| match event {
            RunEvent::Exit => {
                // Running work ends between two transactions, and keys are wiped.
                let _ = app.state::<Desk>().session_lock(Nothing {});
            }
            // A click on the icon in the Dock, also while every window is hidden.
            #[cfg(target_os = "macos")]
            RunEvent::Reopen { .. } => window::bring_forward(app),
            _ => {}
        }),
        Err(_) => std::process::exit(1),
    }
}

/// Opens the window. The vault stays untouched until the window asks for it.
fn start(app: &App, options: DeskOptions) -> tauri::Result<()> {
    let data = options.data_dir.clone();
    let handle = app.handle();
    let host = Arc::new(WindowHost::new(handle, &data));
    let desk = Desk::new(host.clone(), options);
    let look = host.adopt(&desk.settings());
    app.manage(media::Lanes::start());
    app.manage(desk);
    app.manage(host);
    let window = window::open(app, look, &data)?;
    tray::start(app, &data);
    let (handle, resting) = (handle.clone(), Resting::default());
    window.clone().on_window_event(move |event| match event {
        WindowEvent::DragDrop(event) => {
            dragged(&handle, &resting, event, window.scale_factor().unwrap_or(1.0));
        }
        WindowEvent::CloseRequested { api, .. } if tray::put_away(&window) => api.prevent_close(),
        _ => {}
    });
    Ok(())
}

/// Tells the window about a drag over it. Paths stay here: the window gets handles.
fn dragged(app: &AppHandle, resting: &Resting, event: &DragDropEvent, scale: f64) {
    let push = match event {
        DragDropEvent::Enter { position, .. } => {
            let (x, y) = css(*position, scale);
            resting.moved((x, y));
            Push::Drag { phase: DragPhase::Enter, x, y }
        }
        DragDropEvent::Over { position } => {
            let (x, y) = css(*position, scale);
            if !resting.moved((x, y)) {
                return;
            }
            Push::Drag { phase: DragPhase::Over, x, y }
        }
        DragDropEvent::Drop { paths, position } => {
            let (x, y) = css(*position, scale);
            Push::Dropped { files: offered(app, paths), x, y }
        }
        _ => Push::Drag { phase: DragPhase::Leave, x: 0.0, y: 0.0 },
    };
    let _ = app.emit_to(window::MAIN, "push", push);
}

fn offered(app: &AppHandle, paths: &[PathBuf]) -> Vec<FileHandle> {
    let desk = app.state::<Desk>();
    // A dropped link is no path, and a folder is no file; both are refused where they are used.
    let known = |path: &&PathBuf| Path::new(path).is_absolute();
    paths.iter().filter(known).filter_map(|path| desk.offer_file(path.clone()).ok()).collect()
}
