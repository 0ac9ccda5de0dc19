//! Telling people about alerts: one pop-up for one alert, one for many, never fifty.

use super::{Desk, open::lock};
use crate::{
    Notification,
    settings::{NotificationDetail, Settings},
    view::Language,
};
use buyerwatch_domain::{AlertId, Event, Tier};
use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

/// Alerts that come one after another within this time are told together.
const QUIET: Duration = Duration::from_millis(400);
/// The same once an import of this process has ended: all of its alerts are known by then, and what is
/// waited for is only the next file of the same folder.
const IMPORTED: Duration = Duration::from_millis(100);
/// While a long import runs, the first alerts are told after this time, the rest at its end.
const FIRST: Duration = Duration::from_millis(1_500);

/// Alerts that nobody was told of yet.
#[derive(Debug, Default)]
pub(crate) struct Announcer {
    waiting: Mutex<Waiting>,
}

/// What is told of one alert.
#[derive(Debug, Clone)]
struct Raised {
    alert: AlertId,
    order_id: String,
    /// The buyer wrote rather than ordered.
    wrote: bool,
}

#[derive(Debug, Default)]
struct Waiting {
    alerts: Vec<Raised>,
    since: Option<Instant>,
    newest: Option<Instant>,
    /// All of them came from an import of this process.
    imported: bool,
    /// Something was told since the running imports began.
    told: bool,
}

impl Announcer {
    /// Notes the alerts among these events. Possible matches are never told.
    pub(super) fn take_in(&self, desk: &Desk, events: &[Event], own: bool) {
        let raised = events.iter().filter_map(|event| match event {
            Event::AlertRaised { alert, order, tier: Tier::Alert, .. } => Some(Raised {
                alert: *alert,
                order_id: order.order_id.clone(),
                wrote: !order.message.is_empty(),
            }),
            _ => None,
        });
        let importing = own && desk.board().is_importing();
        let now = Instant::now();
        let mut waiting = lock(&self.waiting);
        let before = waiting.alerts.len();
        waiting.alerts.extend(raised);
        if waiting.alerts.len() > before {
            waiting.imported = importing && (before == 0 || waiting.imported);
            waiting.since.get_or_insert(now);
            waiting.newest = Some(now);
        }
    }

    /// Tells what is due. Called several times a second.
    pub(super) fn tick(&self, desk: &Desk) {
        let importing = desk.board().is_importing();
        let (alerts, imported) = {
            let mut waiting = lock(&self.waiting);
            if !importing && waiting.alerts.is_empty() {
                waiting.told = false;
            }
            let (Some(since), Some(newest)) = (waiting.since, waiting.newest) else { return };
            let due = if importing {
                !waiting.told && since.elapsed() >= FIRST
            } else {
                newest.elapsed() >= if waiting.imported { IMPORTED } else { QUIET }
            };
            if !due {
                return;
            }
            let told = importing;
            let taken = std::mem::take(&mut *waiting);
            waiting.told = told;
            (taken.alerts, taken.imported)
        };
        let settings = desk.settings();
        if settings.notifications {
            desk.host().notify(worded(&settings, &alerts, imported));
        }
    }
}

/// Puts alerts into words that name nobody.
fn worded(settings: &Settings, alerts: &[Raised], imported: bool) -> Notification {
    let language = settings.language;
    match alerts {
        [Raised { alert, order_id, wrote }] => Notification {
            title: if *wrote {
                language.pick("名单上的买家来信", "A listed buyer wrote")
            } else {
                language.pick("名单上的买家再次下单", "A listed buyer ordered again")
            }
            .to_owned(),
            body: match settings.notification_detail {
                NotificationDetail::None => String::new(),
                // Not every message names one.
                NotificationDetail::Order if order_id.is_empty() => String::new(),
                NotificationDetail::Order => {
                    format!("{} {order_id}", language.pick("订单", "Order"))
                }
            },
            alert: Some(*alert),
        },
        several => {
            let count = several.len();
            let title = match (imported, language) {
                (true, Language::Chinese) => format!("一次导入产生 {count} 条警示"),
                (true, Language::English) => format!("{count} alerts from one import"),
                (false, Language::Chinese) => format!("{count} 条新警示"),
                (false, Language::English) => format!("{count} new alerts"),
            };
            Notification { title, body: String::new(), alert: None }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alerts(count: u8) -> Vec<Raised> {
        (0..count)
            .map(|n| Raised {
                alert: AlertId::from_bytes([n; 16]),
                order_id: format!("305-1234567-000000{n}"),
                wrote: false,
            })
            .collect()
    }

    #[test]
    fn words_name_nobody_and_an_order_only_when_wanted() {
        let english = Settings { language: Language::English, ..Settings::default() };
        let chinese = Settings { language: Language::Chinese, ..Settings::default() };
        let with_order =
            Settings { notification_detail: NotificationDetail::Order, ..english.clone() };
        let one = worded(&english, &alerts(1), true);
        assert_eq!(one.title, "A listed buyer ordered again");
        assert_eq!((one.body.as_str(), one.alert), ("", Some(AlertId::from_bytes([0; 16]))));
        assert_eq!(worded(&with_order, &alerts(1), true).body, "Order 305-1234567-0000000");
        assert_eq!(worded(&chinese, &alerts(1), true).title, "名单上的买家再次下单");
        let many = worded(&with_order, &alerts(9), true);
        assert_eq!((many.title.as_str(), many.body.as_str()), ("9 alerts from one import", ""));
        assert_eq!(many.alert, None);
        assert_eq!(worded(&chinese, &alerts(9), false).title, "9 条新警示");
    }
}
