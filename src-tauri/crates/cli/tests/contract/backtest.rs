//! `criteria backtest`.

use crate::program::{Bwatch, keys};
use serde_json::json;

const HEADER: &str = "order-id\torder-item-id\tpurchase-date\tbuyer-email\tbuyer-name\t\
    recipient-name\tsales-channel\torder-status\tis-buyer-requested-cancellation\n";

/// Day of November, alias, name, status, whether the buyer asked to cancel.
fn orders(rows: &[(u32, &str, &str, &str, &str)]) -> String {
    let mut out = HEADER.to_owned();
    for (n, (day, alias, name, status, asked)) in rows.iter().enumerate() {
        out.push_str(&format!(
            "305-2000000-{n:07}\t{n:014}\t2026-11-{day:02}T10:00:00+00:00\t\
             {alias}@marketplace.amazon.de\t{name}\t{name}\tAmazon.de\t{status}\t{asked}\n"
        ));
    }
    out
}

const LOST: &str = "k1m2n3o4p5q6r7";
const FAITHFUL: &str = "a2b3c4d5e6f7g8";
const CROWD: &str = "z9y8x7w6v5u4t3";

fn past() -> Bwatch {
    let bwatch = Bwatch::new();
    let cancelled = |day, alias, name| (day, alias, name, "Cancelled", "true");
    let rows = [
        cancelled(1, LOST, "Jona Dorn"),
        cancelled(2, LOST, "Jona Dorn"),
        cancelled(20, LOST, "Jona Dorn"),
        cancelled(3, FAITHFUL, "Ute Sander"),
        (4, FAITHFUL, "Ute Sander", "Cancelled", "false"),
        (5, FAITHFUL, "Ute Sander", "Shipped", "false"),
        (6, FAITHFUL, "Ute Sander", "Shipped", "false"),
        cancelled(1, CROWD, "Anna Berg"),
        cancelled(1, CROWD, "Emil Kranz"),
        cancelled(2, CROWD, "Pia Lorenz"),
        cancelled(2, CROWD, "Otto Weiss"),
        cancelled(3, CROWD, "Rita Hagen"),
        cancelled(3, CROWD, "Sven Falk"),
    ];
    let file = bwatch.file("past.txt", orders(&rows));
    bwatch.ok(&["import", &file]);
    bwatch
}

#[test]
fn who_would_reach_a_clause_and_who_is_clean_otherwise() {
    let bwatch = past();
    let tried = bwatch.ok(&["criteria", "backtest", "REPEAT_CANCEL"]);
    assert_eq!((&tried["count"], &tried["window_days"]), (&3.into(), &30.into()));
    assert_eq!((&tried["orders"], &tried["identities"]), (&13.into(), &3.into()));
    // Six people behind one alias are not one buyer.
    assert_eq!((&tried["exempt"], &tried["unidentified"]), (&1.into(), &0.into()));
    let reached = tried["reached"].as_array().unwrap();
    assert_eq!(reached.len(), 1, "{tried}");
    assert_eq!(
        keys(&reached[0]["windows"][0]),
        ["from", "observed", "orders", "placed", "reached_at", "unsure", "until"],
        "no personal data"
    );
    assert_eq!(reached[0]["windows"][0]["orders"].as_array().unwrap().len(), 3);
    assert_eq!(tried["only_clean_otherwise"], 0);

    // A stricter count meets a customer who is faithful otherwise: that is what one must see.
    let strict =
        bwatch.ok(&["criteria", "backtest", "REPEAT_CANCEL", "--count", "2", "--window-days", "7"]);
    assert_eq!(strict["reached"].as_array().unwrap().len(), 2, "{strict}");
    assert_eq!(strict["only_clean_otherwise"], 1);
    let unsure = strict["reached"].as_array().unwrap().iter();
    let unsure: u64 = unsure.map(|one| one["windows"][0]["unsure"].as_u64().unwrap()).sum();
    assert_eq!(unsure, 1, "one cancellation may be the shop's");

    let none = bwatch.ok(&["criteria", "backtest", "REPEAT_CANCEL", "--count", "4"]);
    assert_eq!(none["reached"], json!([]));
    // Nothing was recorded by trying.
    assert_eq!(bwatch.ok(&["buyer", "list"])["buyers"], json!([]));
}

#[test]
fn a_trusted_identity_is_not_counted() {
    let bwatch = past();
    let alias = format!("alias={LOST}@marketplace.amazon.de");
    bwatch.ok(&["trust", "add", "--identifier", &alias, "--reason", "spoken to them"]);
    let tried = bwatch.ok(&["criteria", "backtest", "REPEAT_CANCEL"]);
    assert_eq!((&tried["reached"], &tried["exempt"]), (&json!([]), &2.into()));
}

#[test]
fn returns_and_claims_count_by_what_they_say() {
    let bwatch = past();
    let trying = |args: &[&str]| {
        let all = [&["criteria", "backtest"], args].concat();
        bwatch.ok(&all)
    };
    // The faithful customer's four orders: three came back, one of them under a granted claim.
    let row = |n: u32, state: &str| {
        format!(
            "305-2000000-{n:07}\t2026-11-{:02}T10:00:00Z\tRMA{n}\tSKU{n}\tUNWANTED_ITEM\tApproved\t{state}\tS{n}\n",
            10 + n
        )
    };
    let header = "Order ID\tReturn request date\tAmazon RMA ID\tMerchant SKU\tReturn Reason\t\
        Return request status\tSafeT claim state\tSafeT claim id\n";
    let returns = format!("{header}{}{}{}", row(4, "Denied"), row(5, "Granted"), row(6, "Denied"));
    let file = bwatch.file("returns.txt", returns);
    bwatch.ok(&["import", &file]);

    let granted = trying(&["RETURN_ABUSE"]);
    assert_eq!(
        (&granted["counted"], &granted["reached_total"]),
        (&json!("safe_t_granted"), &1.into())
    );
    let filed = trying(&["RETURN_ABUSE", "--counted", "safe_t_filed", "--count", "3"]);
    assert_eq!(filed["reached_total"], 1, "{filed}");
    let usual = trying(&["RETURN_ABUSE", "--counted", "returns"]);
    assert_eq!((&usual["percent"], &usual["min_orders"]), (&50.into(), &8.into()));
    assert_eq!(usual["reached_total"], 0, "four orders say nothing of a share");
    let few = ["RETURN_ABUSE", "--counted", "returns", "--count", "3", "--min-orders", "4"];
    let few = trying(&few);
    assert_eq!(few["reached_total"], 1, "{few}");
    let reached = &few["reached"][0];
    assert_eq!(reached["windows"][0]["placed"], 4);
    assert_eq!(reached["first_reached_at"], "2026-11-16T10:00:00.000Z");
    assert_eq!((&reached["other_orders"], &reached["clean_orders"]), (&1.into(), &0.into()));
    let steep = trying(&[
        "RETURN_ABUSE",
        "--counted",
        "returns",
        "--count",
        "3",
        "--min-orders",
        "4",
        "--percent",
        "80",
    ]);
    assert_eq!(steep["reached_total"], 0);
    // Nothing before the period counts.
    let late = trying(&["RETURN_ABUSE", "--from", "2026-11-16"]);
    assert_eq!((&late["reached_total"], &late["observed"]), (&0.into(), &0.into()));
    // Returns are no claim that something did not arrive.
    assert_eq!(trying(&["NOT_RECEIVED_CLAIMS", "--count", "1"])["reached_total"], 0);
}

#[test]
fn what_cannot_be_tried_is_refused() {
    let bwatch = Bwatch::new();
    let code = |args: &[&str]| bwatch.refused(args)["code"].clone();
    assert_eq!(code(&["criteria", "backtest", "NO_SUCH"]), "unknown_clause");
    let none = ["criteria", "backtest", "REPEAT_CANCEL", "--count", "0"];
    assert_eq!(code(&none), "out_of_range");
    let share = ["criteria", "backtest", "ABUSIVE_LANGUAGE", "--percent", "10"];
    assert_eq!(code(&share), "out_of_range", "messages have no share");
}
