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
    /// Put off until later.
    Snoozed,
    /// Handled or dismissed.
    Closed,
}

/// Which part of which list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListAlerts {
    /// Which alerts.
    pub view: AlertView,
    /// Part of an order ID, or of an identifier or remark of the buyer; left out for all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub query: Option<String>,
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
            AlertView::Snoozed => Which::Snoozed,
            AlertView::Closed => Which::Closed,
        },
        now: open.now(),
        text: request.query.unwrap_or_default(),
        offset: request.offset,
        limit: request.limit.min(LIMIT),
    };
    open.read(|read| {
        let team = Team::read(read)?;
        let (total, alerts) = read.alerts(&query)?;
        Ok(Page { total, items: alerts.iter().map(|alert| shown::row(alert, &team)).collect() })
    })
}
