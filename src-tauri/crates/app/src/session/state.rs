//! Where the session stands.

use crate::{
    ApiError, Desk, Nothing, Open,
    view::{PersonView, Phase, SessionState},
};
use buyerwatch_vault::unlock_wait;

pub(crate) fn run(desk: &Desk, _: Nothing) -> Result<SessionState, ApiError> {
    of(desk)
}

pub(super) fn of(desk: &Desk) -> Result<SessionState, ApiError> {
    match at_once(desk) {
        // Locked in the middle of the question: then that is the answer.
        Err(error) if error.code == "locked" => at_once(desk),
        answer => answer,
    }
}

fn at_once(desk: &Desk) -> Result<SessionState, ApiError> {
    let settings = desk.settings();
    let folder = desk.folder();
    let exists = folder.exists();
    let open = desk.open().ok();
    let phase = match (&open, exists) {
        (Some(_), _) => Phase::Open,
        (None, true) => Phase::Locked,
        (None, false) => Phase::None,
    };
    let wait = if phase == Phase::Locked { Some(unlock_wait(folder, desk.now())?) } else { None };
    Ok(SessionState {
        phase,
        language: settings.language,
        theme: settings.theme,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        // A damaged header is told when somebody tries to open it.
        vault_id: if exists { folder.vault_id().ok().map(|id| id.to_string()) } else { None },
        data_dir: desk.data_dir().display().to_string(),
        locked_since: (phase == Phase::Locked).then(|| desk.locked_since()),
        unlock_wait_ms: wait.as_ref().map_or(0, |wait| wait.wait_ms),
        failed_attempts: wait.as_ref().map_or(0, |wait| wait.attempts),
        lock_in_s: open.as_ref().and_then(super::touch::left),
        media: open.as_ref().map(crate::media::base),
        me: open.as_ref().map(me).transpose()?,
    })
}

fn me(open: &Open) -> Result<PersonView, ApiError> {
    crate::people::list::person(open, open.me())
}
