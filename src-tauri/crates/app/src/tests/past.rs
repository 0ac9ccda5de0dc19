//! Trying a clause on what is stored: the same however much is gone over at a time, stopped when asked,
//! and as a job.

use crate::{
    Manner, Nothing, Stopped,
    criteria::{
        backtest::{BacktestClause, Backtested, Countable},
        backtested::OneBacktest,
    },
    testing::{Bench, fresh, order_id},
    view::JobState,
};
use std::fmt::Write as _;

/// Accounts that cancel so many of so many orders each.
fn past(bench: &Bench) {
    let mut text =
        "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tbuyer-email\tbuyer-name\n"
            .to_owned();
    let mut order = 0;
    for (account, cancelled, placed) in [(1, 3, 5), (2, 4, 4), (3, 2, 9), (4, 3, 3)] {
        for n in 0..placed {
            order += 1;
            let status = if n < cancelled { "Cancelled" } else { "Shipped" };
            let _ = writeln!(
                text,
                "{}\t2026-11-{:02}T10:00:00+00:00\t{status}\tAmazon.de\t\
                 h{account:013}@marketplace.amazon.de\tName Of{account}",
                order_id(order),
                n + 1
            );
        }
    }
    bench.import(&text);
}

fn cancels() -> BacktestClause {
    BacktestClause {
        clause: "REPEAT_CANCEL".to_owned(),
        counted: Some(Countable::Cancels),
        count: None,
        window_days: None,
        percent: None,
        min_orders: None,
        from: None,
        until: None,
        limit: None,
    }
}

#[test]
fn the_answer_is_the_same_however_much_is_gone_over_at_a_time() {
    let bench = fresh(Manner::Unattended);
    past(&bench);
    let open = bench.desk.open().unwrap();
    let with = |at_a_time| -> Backtested {
        crate::criteria::tried(&open, &cancels(), at_a_time, &mut |_| true).unwrap()
    };
    let whole = with(1_000);
    assert_eq!((whole.orders, whole.identities, whole.reached_total), (21, 4, 3));
    assert_eq!(whole.only_clean_otherwise, 1, "the first has two more orders, the others none");
    for at_a_time in [1, 2, 5, 20] {
        assert_eq!(with(at_a_time), whole, "{at_a_time} at a time");
    }
}

#[test]
fn it_stops_when_asked_and_answers_as_a_job() {
    let bench = fresh(Manner::Unattended);
    past(&bench);
    let open = bench.desk.open().unwrap();
    let mut heard = 0;
    let stopped = open.backtest(&cancels(), &mut |_| {
        heard += 1;
        false
    });
    assert!(matches!(stopped, Err(Stopped::Cancelled)), "{stopped:?}");
    assert_eq!(heard, 1);

    let started = bench.desk.criteria_backtest(cancels()).unwrap();
    bench.desk.wait_for_jobs();
    let jobs = bench.desk.jobs_list(Nothing {}).unwrap().jobs;
    let job = jobs.iter().find(|job| job.id == started.jobs[0]).unwrap();
    assert_eq!(job.state, JobState::Done);
    let tried = bench.desk.criteria_backtested(OneBacktest { job: job.id.clone() }).unwrap();
    assert_eq!(tried, open.backtest(&cancels(), &mut |_| true).unwrap());
    // Refused at once, not by a job that fails.
    let unknown = BacktestClause { clause: "NO_SUCH".to_owned(), ..cancels() };
    assert_eq!(bench.desk.criteria_backtest(unknown).unwrap_err().code, "unknown_clause");
    let none = OneBacktest { job: "0".to_owned() };
    assert_eq!(bench.desk.criteria_backtested(none).unwrap_err().code, "not_found");
}
