//! What the clock alone makes stale: an alert whose sleep is over, and the counts of a day that has
//! ended.

use super::Open;
use crate::ApiError;
use buyerwatch_domain::{Tag, Timestamp};

/// What it waits for.
#[derive(Debug, Default)]
pub(super) struct Alarm {
    /// When the next alert wakes.
    wakes: Option<Timestamp>,
    /// When the day began that is shown as today.
    today: Option<Timestamp>,
}

impl Alarm {
    /// Tells windows what went stale since it was asked last. Reads the vault only when alerts
    /// changed or one woke.
    pub(super) fn ring(&mut self, open: &Open) -> Result<(), ApiError> {
        let now = open.now();
        let today = open.desk().host().day_start(now);
        let woken = self.wakes.is_some_and(|at| at <= now);
        if open.session().alerts_changed() || woken {
            self.wakes = None;
            match open.read(|read| read.next_waking(now)) {
                Ok(next) => self.wakes = next,
                Err(error) => {
                    open.session().note_alerts();
                    return Err(error);
                }
            }
        }
        let dawned = self.today.replace(today).is_some_and(|before| before != today);
        let alerts = woken.then_some(Tag::Alerts);
        let coverage = dawned.then_some(Tag::Coverage);
        open.desk().stale(alerts.into_iter().chain(coverage));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner, Push,
        alerts::{list::AlertView, snooze::SnoozeAlert},
        testing::{ALIAS, Line, fresh, line, report},
    };

    #[test]
    fn a_snoozed_alert_comes_back_by_itself_and_a_new_day_is_noticed() {
        let bench = fresh(Manner::Unattended);
        bench.listed_buyer();
        bench.import(&report(&[Line { alias: ALIAS.to_owned(), ..line(1) }]));
        let id = bench.open_alerts()[0].id;
        let open = bench.desk.open().unwrap();
        let mut alarm = Alarm::default();
        let mut rings = || {
            bench.host.pushes.lock().unwrap().clear();
            alarm.ring(&open).unwrap();
            let mut tags = Vec::new();
            for push in bench.host.pushes.lock().unwrap().drain(..) {
                if let Push::Stale { tags: of } = push {
                    tags.extend(of);
                }
            }
            tags
        };
        assert_eq!(rings(), []);
        let until = open.now().plus_days(1);
        bench.desk.alerts_snooze(SnoozeAlert { id, until }).unwrap();
        assert_eq!(rings(), []);
        assert_eq!(bench.alerts(AlertView::Snoozed).len(), 1);
        bench.host.advance(Timestamp::DAY - 1);
        assert_eq!(rings(), [Tag::Coverage]);
        bench.host.advance(1);
        assert_eq!(rings(), [Tag::Alerts]);
        assert_eq!((bench.open_alerts().len(), rings().len()), (1, 0));
    }
}
