//! A file that no format knows is mapped once and known from then on.

use crate::{
    Manner, Nothing,
    imports::Source,
    mappings::{
        preview::PreviewMapping,
        remove::RemoveMapping,
        save::{SaveColumn, SaveMapping},
    },
    testing::{ALIAS, Bench, NAME, fresh},
};
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
