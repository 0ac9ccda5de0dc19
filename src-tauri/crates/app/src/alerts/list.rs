//! Lists alerts, newest first.

use super::shown;
use crate::{
    ApiError, Open,
    page::{LIMIT, Page},
    people::shown::Team,
    view::AlertRow,
};
use buyerwatch_vault::{AlertView as Which, AlertsQuery};
use serde::Deserialize;
use ts_rs::TS;

/// Which alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlertView {
    /// Sure ones that are open or claimed, not snoozed.
    Open,
    /// Those that who works here has claimed.
    Mine,
    /// Possible matches that wait.
    Possible,
    /// Handled or dismissed.
    Closed,
}

/// Which part of which list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListAlerts {
    /// Which alerts.
    pub view: AlertView,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many to show.
    pub limit: u32,
}

pub(crate) fn run(open: &Open, request: ListAlerts) -> Result<Page<AlertRow>, ApiError> {
    let query = AlertsQuery {
        view: match request.view {
            AlertView::Open => Which::Open,
            AlertView::Mine => Which::Mine(open.me()),
            AlertView::Possible => Which::Possible,
            AlertView::Closed => Which::Closed,
        },
        now: open.now(),
        offset: request.offset,
        limit: request.limit.min(LIMIT),
    };
    open.read(|read| {
        let team = Team::read(read)?;
        let (total, alerts) = read.alerts(&query)?;
        Ok(Page { total, items: alerts.iter().map(|alert| shown::row(alert, &team)).collect() })
    })
}
