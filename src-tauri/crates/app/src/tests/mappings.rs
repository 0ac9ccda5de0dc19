//! A file that no format knows is mapped once and known from then on.

use crate::{
    Manner, Nothing,
    imports::Source,
    mappings::{
        preview::PreviewMapping,
        remove::RemoveMapping,
        save::{SaveColumn, SaveMapping},
    },
    testing::{ALIAS, Bench, Line, NAME, fresh, line, order_id, report},
};
use buyerwatch_domain::SignalKind;
use std::time::Instant;

fn code(bench: &Bench, text: &str) -> String {
    let path = bench.file("list.csv", text);
    let open = bench.desk.open().unwrap();
    match open.import(Source::file(&path), Instant::now(), &mut |_, _| true) {
        Ok(done) => done.record.format,
        Err(stopped) => stopped.into_error().code.into_owned(),
    }
}

#[test]
fn a_mapping_is_saved_by_its_header_and_applied_by_itself() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let text =
        format!("Auftragsnummer;Kunde;E-Mail\nA-1;{NAME};{ALIAS}\nA-2;Jo Sander;jo@example.com\n");
    assert_eq!(code(&bench, &text), "unknown_columns");
    let preview = bench
        .desk
        .mappings_preview(PreviewMapping { handle: bench.handle("list.csv", &text) })
        .unwrap();
    let guesses: Vec<_> = preview.columns.iter().map(|column| column.guess.as_deref()).collect();
    assert_eq!(guesses, [Some("order_id"), Some("buyer_name"), Some("email")]);
    assert_eq!(preview.rows[1][1], "Jo Sander");
    let header: Vec<String> = preview.columns.iter().map(|column| column.normal.clone()).collect();
    let save = |columns: &[(u32, &str)]| {
        let columns = columns
            .iter()
            .map(|(column, field)| SaveColumn { column: *column, field: (*field).to_owned() });
        let (name, channel) = ("Lamp shop".to_owned(), "Own shop".to_owned());
        bench.desk.mappings_save(SaveMapping {
            name,
            header: header.clone(),
            columns: columns.collect(),
            channel,
            kind: None,
        })
    };
    for unsound in [
        &[(1, "buyer_name"), (2, "email")][..],
        &[(0, "order_id")],
        &[(0, "order_id"), (9, "email")],
        &[(0, "order_id"), (1, "nonsense")],
        &[(0, "order_id"), (1, "email"), (2, "email")],
    ] {
        assert_eq!(save(unsound).unwrap_err().code, "unsound_mapping", "{unsound:?}");
    }
    save(&[(0, "order_id"), (1, "buyer_name")]).unwrap();
    let saved = save(&[(0, "order_id"), (1, "buyer_name"), (2, "email")]).unwrap();
    assert_eq!(bench.desk.mappings_list(Nothing {}).unwrap().items.len(), 1);
    let record = bench.import(&text);
    assert_eq!((record.format.as_str(), record.orders, record.alerts), ("mapped", 2, 1));
    assert_eq!(bench.import(&text).duplicates, 2);
    bench.desk.mappings_remove(RemoveMapping { id: saved.id.clone() }).unwrap();
    assert_eq!(code(&bench, &text), "unknown_columns");
    assert_eq!(
        bench.desk.mappings_remove(RemoveMapping { id: saved.id }).unwrap_err().code,
        "not_found"
    );
}

#[test]
fn claims_of_a_mapped_file_are_joined_with_their_orders_and_count() {
    let bench = fresh(Manner::Unattended);
    let lines: Vec<Line> = (1..=3).map(|n| Line { alias: ALIAS.to_owned(), ..line(n) }).collect();
    bench.import(&report(&lines));
    let mut text = "Bestellnummer;Datum;Grund\n".to_owned();
    for n in 1..=3 {
        text.push_str(&format!("{};0{n}.11.2026;Paket nicht erhalten\n", order_id(n)));
    }
    let preview = bench
        .desk
        .mappings_preview(PreviewMapping { handle: bench.handle("claims.csv", &text) })
        .unwrap();
    let kinds: Vec<_> = preview.kinds.iter().map(|of| of.kind.as_str()).collect();
    assert_eq!(kinds, ["orders", "returns", "claims", "feedback"]);
    assert_eq!(preview.kinds[2].guesses[2].as_deref(), Some("reason"));
    assert_eq!(preview.columns[2].guess, None, "orders have no reason");
    let save = |kind: &str| {
        let guesses = preview.kinds.iter().find(|of| of.kind == "claims").unwrap();
        let columns = (0..)
            .zip(&guesses.guesses)
            .filter_map(|(column, guess)| guess.clone().map(|field| SaveColumn { column, field }));
        bench.desk.mappings_save(SaveMapping {
            name: "Claims".to_owned(),
            header: preview.columns.iter().map(|column| column.normal.clone()).collect(),
            columns: columns.collect(),
            channel: String::new(),
            kind: Some(kind.to_owned()),
        })
    };
    assert_eq!(save("nonsense").unwrap_err().code, "unsound_mapping");
    assert_eq!(save("orders").unwrap_err().code, "unsound_mapping");
    assert_eq!(save("claims").unwrap().kind, "claims");
    let record = bench.import_file(&bench.file("claims.csv", &text));
    assert_eq!((record.format.as_str(), record.observations.claims), ("mapped_claims", 3));
    let signals = bench.open_signals();
    assert_eq!(signals.len(), 1, "{signals:?}");
    assert_eq!(signals[0].kind, SignalKind::NotReceived);
}
