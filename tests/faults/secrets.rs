//! Nothing that was typed or imported can be read from the disk.

use std::fs;

use buyerwatch_tests::bwatch::{Bwatch, CLAUSE, PASSPHRASE, text, yesterday};
use buyerwatch_tests::canary::leaks;

/// Makes strings that stand nowhere else, and remembers them.
struct Canaries(Vec<String>);

impl Canaries {
    fn within(&mut self, form: impl Fn(&str) -> String) -> String {
        let number = self.0.len();
        let word = format!("zqx{:05}wvk{:02}", 48_271 * (number + 1) % 99_991, number);
        let value = form(&word);
        self.0.push(word);
        value
    }

    fn word(&mut self) -> String {
        self.within(str::to_owned)
    }

    /// Digits only, where letters are refused.
    fn digits(&mut self, length: usize) -> String {
        let number = self.0.len() as u64 + 1;
        let digits: String = format!("{:020}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let value: String = digits.chars().rev().take(length).collect();
        self.0.push(value.clone());
        value
    }
}

#[test]
fn nothing_typed_or_imported_is_readable_on_the_disk() {
    let bwatch = Bwatch::new();
    let mut canaries = Canaries(vec![PASSPHRASE.to_owned()]);
    let recovery_key = text(&bwatch.ok(["init"]), "recovery_key");
    canaries.0.push(recovery_key);

    let mut buyers = Vec::new();
    for _ in 0..2 {
        let identifiers = [
            format!("alias={}", canaries.within(|w| format!("{w}@marketplace.amazon.de"))),
            format!("marketplace_id={}", canaries.within(|w| format!("A{}", w.to_uppercase()))),
            format!("phone=+4930{}", canaries.digits(8)),
            format!("name={} {}", canaries.word(), canaries.word()),
            format!("address={} 7, 10115 {}, DE", canaries.word(), canaries.word()),
            format!("user_name={}", canaries.word()),
            format!("order_id=302-{}-{}", canaries.digits(7), canaries.digits(7)),
        ];
        let mut add = vec!["buyer".to_owned(), "add".to_owned()];
        add.extend(identifiers.into_iter().flat_map(|i| ["--identifier".to_owned(), i]));
        add.extend(["--note".into(), canaries.word()]);
        buyers.push(text(&bwatch.ok(add), "buyer_id"));
    }

    let mut incident: Vec<String> =
        ["incident", "add", "--buyer", &buyers[0], "--clause", CLAUSE, "--at", &yesterday()]
            .map(str::to_owned)
            .into();
    incident.extend(["--text".into(), canaries.word(), "--buyer-version".into(), canaries.word()]);
    incident
        .extend(["--order".into(), format!("302-{}-{}", canaries.digits(7), canaries.digits(7))]);
    for kind in bwatch.required_exhibits(CLAUSE) {
        let (name, content) = (canaries.word(), canaries.word());
        let file = bwatch.input(&format!("{name}.txt"), content.as_bytes());
        incident.extend(["--exhibit".into(), format!("{kind}={}", file.display())]);
    }
    bwatch.ok(incident);
    bwatch.ok(["listing", "add", "--buyer", &buyers[0], "--clause", CLAUSE]);

    let report = orders(&mut canaries);
    let name = canaries.word();
    let file = bwatch.input(&format!("{name}.txt"), report.as_bytes());
    bwatch.ok(["import".as_ref(), file.as_os_str()]);
    bwatch.ok(["listing", "clear", "--buyer", &buyers[0], "--reason", &canaries.word()]);
    for alert in bwatch.ok(["alerts", "list"])["alerts"].as_array().into_iter().flatten() {
        bwatch.run(["alerts", "dismiss", &text(alert, "id"), "--note", &canaries.word()]);
    }
    bwatch.ok(["buyer", "show", &buyers[1]]);
    // Refused input must not linger either.
    bwatch.run(["buyer", "show", &canaries.word()]);
    bwatch.run(["import", &format!("/nowhere/{}", canaries.word())]);
    assert!(canaries.0.len() >= 50, "{} canaries", canaries.0.len());

    assert_eq!(leaks(bwatch.home(), &canaries.0), []);
    let database = fs::read(bwatch.vault().join("vault.db")).unwrap();
    assert_ne!(&database[..16], b"SQLite format 3\0", "the database is encrypted");
}

#[cfg(unix)]
#[test]
fn a_killed_import_leaves_nothing_readable() {
    use buyerwatch_tests::generate::{Encoding, Plan, person, report};

    let bwatch = Bwatch::with_vault();
    let plan = Plan { rows: 20_000, ..Plan::default() };
    let bytes = report(&plan).0;
    let file = bwatch.input("orders.txt", &bytes);
    // Cut while rows are in the write-ahead log and in temporary memory.
    for pause in [5, 20, 60, 150] {
        let mut child = bwatch.command(["import".as_ref(), file.as_os_str()]).spawn().unwrap();
        let mut first = String::new();
        let mut progress = std::io::BufReader::new(child.stderr.take().unwrap());
        let _ = std::io::BufRead::read_line(&mut progress, &mut first);
        std::thread::sleep(std::time::Duration::from_millis(pause));
        let _ = child.kill();
        let _ = child.wait();
        let canaries: Vec<String> =
            (0..200).map(|index| person(plan.seed, index, Encoding::Utf8).alias).collect();
        assert_eq!(leaks(bwatch.home(), &canaries), []);
    }
}

/// An order report in which every personal field is a canary.
fn orders(canaries: &mut Canaries) -> String {
    const COLUMNS: [&str; 18] = [
        "order-id",
        "order-item-id",
        "purchase-date",
        "payments-date",
        "buyer-email",
        "buyer-name",
        "buyer-phone-number",
        "sku",
        "product-name",
        "quantity-purchased",
        "recipient-name",
        "ship-address-1",
        "ship-address-2",
        "ship-city",
        "ship-state",
        "ship-postal-code",
        "ship-country",
        "sales-channel",
    ];
    let mut report = COLUMNS.join("\t") + "\r\n";
    for _ in 0..3 {
        let cells = [
            format!("302-{}-{}", canaries.digits(7), canaries.digits(7)),
            canaries.digits(14),
            "2026-11-20T10:00:00+00:00".into(),
            "2026-11-20T10:00:00+00:00".into(),
            canaries.within(|w| format!("{w}@marketplace.amazon.de")),
            format!("{} {}", canaries.word(), canaries.word()),
            format!("+4930{}", canaries.digits(8)),
            canaries.word(),
            canaries.word(),
            "1".into(),
            format!("{} {}", canaries.word(), canaries.word()),
            format!("{} 12", canaries.word()),
            canaries.word(),
            canaries.word(),
            canaries.word(),
            "10115".into(),
            "DE".into(),
            "Amazon.de".into(),
        ];
        report += &(cells.join("\t") + "\r\n");
    }
    report
}
