//! Changes settings.

use super::{Density, NotificationDetail, Settings, store::IDLE_LOCK_LIMIT};
use crate::{
    ApiError, Desk,
    view::{Language, Theme},
};
use buyerwatch_domain::Tag;
use serde::Deserialize;
use ts_rs::TS;

/// What to change; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct ChangeSettings {
    /// Language of the product.
    pub language: Option<Language>,
    /// Colours of the window.
    pub theme: Option<Theme>,
    /// How close rows stand.
    pub density: Option<Density>,
    /// Minutes until the idle lock, 1 to 15; 0 turns it off.
    pub idle_lock_minutes: Option<u32>,
    /// Whether desktop notifications are shown.
    pub notifications: Option<bool>,
    /// What they may say.
    pub notification_detail: Option<NotificationDetail>,
    /// Whether the program goes on watching when its window is closed.
    pub keep_running: Option<bool>,
}

pub(crate) fn run(desk: &Desk, change: ChangeSettings) -> Result<Settings, ApiError> {
    if change.idle_lock_minutes.is_some_and(|minutes| minutes > IDLE_LOCK_LIMIT) {
        return Err(ApiError::new("out_of_range", "the idle lock takes 0 to 15 minutes")
            .with("field", "idle_lock_minutes")
            .with("min", 0u32)
            .with("max", IDLE_LOCK_LIMIT));
    }
    let settings = desk.settings_file().set(|settings| {
        let ChangeSettings {
            language,
            theme,
            density,
            idle_lock_minutes,
            notifications,
            notification_detail,
            keep_running,
        } = change;
        settings.language = language.unwrap_or(settings.language);
        settings.theme = theme.unwrap_or(settings.theme);
        settings.density = density.unwrap_or(settings.density);
        settings.idle_lock_minutes = idle_lock_minutes.unwrap_or(settings.idle_lock_minutes);
        settings.notifications = notifications.unwrap_or(settings.notifications);
        settings.notification_detail = notification_detail.unwrap_or(settings.notification_detail);
        settings.keep_running = keep_running.unwrap_or(settings.keep_running);
    })?;
    desk.stale([Tag::Settings, Tag::Session]);
    Ok(settings)
}
