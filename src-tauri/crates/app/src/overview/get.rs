//! Counts for the frame of the window.

use crate::{
    ApiError, Nothing, Open, buyers,
    view::{AlertCounts, Coverage, Overview, UnscreenableCount},
};
use buyerwatch_domain::Unscreenable;

pub(crate) fn run(open: &Open, _: Nothing) -> Result<Overview, ApiError> {
    let now = open.now();
    let today = open.desk().host().day_start(now);
    open.read(|read| {
        let alerts = read.alert_counts(open.me(), now)?;
        let (_, imports) = read.imports(0, 1)?;
        Ok(Overview {
            alerts: AlertCounts {
                open: alerts.open,
                mine: alerts.mine,
                possible: alerts.possible,
                closed: alerts.closed,
                snoozed: alerts.snoozed,
            },
            signals: read.open_signal_count()?,
            buyers: buyers::list::counts(read)?,
            orders: read.order_count()?,
            coverage: coverage(read.coverage(Some(today), None)?),
            coverage_total: coverage(read.coverage(None, None)?),
            last_import: imports.into_iter().next().map(Into::into),
        })
    })
}

pub(super) fn coverage(of: buyerwatch_vault::Coverage) -> Coverage {
    Coverage {
        screened: of.screened,
        unscreenable: of.unscreenable.into_iter().map(counted).collect(),
    }
}

pub(super) fn counted((reason, count): (Unscreenable, u64)) -> UnscreenableCount {
    UnscreenableCount { reason, count }
}
