//! Honest people who look like listed ones, through the whole path: imported after somebody is listed,
//! before, and before with the plaintext taken out meanwhile. None of them alerts; the listed do.

use super::purged::purge;
use crate::{
    Manner,
    testing::{Bench, fresh, order_id},
};
use buyerwatch_domain::IdentifierKind;
use std::{collections::BTreeSet, fmt::Write as _};

/// Somebody with a home.
#[derive(Clone)]
struct Person {
    name: String,
    lines: [String; 2],
    city: &'static str,
    postal: String,
    country: &'static str,
    /// Empty: an alias of their own for each order.
    alias: String,
}

impl Person {
    fn named(&self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self.clone() }
    }
}

#[derive(Default)]
struct Set {
    listed: Vec<Person>,
    innocent: Vec<Person>,
    /// Orders of the listed, in other words where the test says so.
    theirs: Vec<Person>,
}

impl Set {
    fn list(&self, bench: &Bench) {
        for person in &self.listed {
            let Person { name, lines: [one, two], city, postal, country, alias } = person;
            let home = format!("{one}, {two}, {postal} {city}, {country}").replace(", , ", ", ");
            let mut identifiers =
                vec![(IdentifierKind::Name, &**name), (IdentifierKind::Address, &*home)];
            if !alias.is_empty() {
                identifiers.push((IdentifierKind::Alias, alias));
            }
            let buyer = bench.add_buyer(&identifiers);
            bench.add_incident(buyer, &[]);
            bench.list(buyer);
        }
    }

    fn import(&self, bench: &Bench) {
        let mut report = "order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\t\
             buyer-name\tbuyer-phone-number\tsku\tproduct-name\tquantity-purchased\tcurrency\t\
             item-price\trecipient-name\tship-address-1\tship-address-2\tship-city\t\
             ship-postal-code\tship-country\tsales-channel\n"
            .to_owned();
        for (at, person) in (1u32..).zip(self.theirs.iter().chain(&self.innocent)) {
            let Person { name, lines: [one, two], city, postal, country, alias } = person;
            let own = format!("h{at:013}@marketplace.amazon.de");
            let alias = if alias.is_empty() { &own } else { alias };
            let _ = writeln!(
                report,
                "{}\t{at}\t2026-11-18T10:00:00+00:00\t2026-11-18T10:05:00+00:00\t{alias}\t{name}\t\t\
                 SKU-1\tWooden spoon\t1\tEUR\t19.90\t{name}\t{one}\t{two}\t{city}\t{postal}\t\
                 {country}\tAmazon.de",
                order_id(at)
            );
        }
        let record = bench.import(&report);
        assert_eq!(record.skipped, 0);
    }

    /// No innocent alerts, and an engine that never alerts does not pass either.
    fn check(&self, bench: &Bench, when: &str) {
        let found: BTreeSet<String> =
            bench.open_alerts().into_iter().map(|alert| alert.order_id).collect();
        let count = u32::try_from(self.theirs.len()).unwrap();
        let theirs: BTreeSet<String> = (1..=count).map(order_id).collect();
        let wrong: Vec<&Person> = (count + 1..)
            .zip(&self.innocent)
            .filter(|(at, _)| found.contains(&order_id(*at)))
            .map(|(_, person)| person)
            .collect();
        let names: Vec<_> = wrong.iter().map(|of| format!("{} {:?}", of.name, of.lines)).collect();
        assert!(wrong.is_empty(), "{when}: {} innocent alert: {names:?}", wrong.len());
        let right = found.intersection(&theirs).count();
        assert!(right * 10 >= self.theirs.len() * 9, "{when}: {right} of {count} found");
    }

    fn nobody(&self) {
        let bench = fresh(Manner::Unattended);
        self.list(&bench);
        self.import(&bench);
        self.check(&bench, "listed before");
        let bench = fresh(Manner::Unattended);
        self.import(&bench);
        self.list(&bench);
        self.check(&bench, "listed afterwards");
        let bench = fresh(Manner::Unattended);
        self.import(&bench);
        assert_eq!(purge(&bench), (self.theirs.len() + self.innocent.len()) as u64);
        self.list(&bench);
        self.check(&bench, "listed after the plaintext was gone");
    }
}

const GIVEN: [&str; 20] = [
    "Anna", "Bernd", "Clara", "Dieter", "Emily", "Frank", "Greta", "Hugo", "Irene", "Jonas",
    "Karin", "Lukas", "Monika", "Nils", "Olivia", "Paul", "Renate", "Stefan", "Tanja", "Walter",
];
const FAMILY: [&str; 20] = [
    "Musterle",
    "Beispiel",
    "Probst",
    "Sampleton",
    "Ejemplar",
    "Exempleau",
    "Vorbild",
    "Testa",
    "Schmidt",
    "Smith",
    "Garcia",
    "Martin",
    "Rossi",
    "Jones",
    "Weber",
    "Meyer",
    "Lopez",
    "Brown",
    "Dubois",
    "Nguyen",
];

fn at(lines: [String; 2], city: &'static str, postal: usize, country: &'static str) -> Person {
    let postal = format!("{postal:05}");
    Person { name: String::new(), lines, city, postal, country, alias: String::new() }
}

#[test]
fn twenty_households() {
    let mut set = Set::default();
    for n in 0..20 {
        let line = format!("{}gasse {}", FAMILY[(n + 5) % 20], 3 + n * 7);
        let home = at([line, String::new()], "Musterstadt", 10_115 + n * 431, "DE");
        let (given, family) = (GIVEN[n], FAMILY[n]);
        set.listed.push(home.named(&format!("{given} {family}")));
        set.theirs.push(home.named(&format!("{family}, {given}")));
        for other in 1..6 {
            set.innocent.push(home.named(&format!("{} {family}", GIVEN[(n + other * 3) % 20])));
        }
        let lodger = format!("{} {}", GIVEN[(n + 1) % 20], FAMILY[(n + 9) % 20]);
        set.innocent.push(home.named(&lodger));
    }
    set.nobody();
}

#[test]
fn twenty_fathers_and_sons() {
    let mut set = Set::default();
    for n in 0..20 {
        let line = format!("{} {} Lane", 11 + n * 13, FAMILY[(n + 3) % 20]);
        let home = at([line, String::new()], "Sampleville", 20_117 + n * 313, "US");
        let (given, family) = (GIVEN[n], FAMILY[(n + 7) % 20]);
        set.listed.push(home.named(&format!("{given} {family} Jr")));
        set.theirs.push(home.named(&format!("{family}, {given} Jr.")));
        for father in ["Sr", "III", "Senior", ""] {
            set.innocent.push(home.named(format!("{given} {family} {father}").trim()));
        }
    }
    set.nobody();
}

#[test]
fn five_forwarders_with_three_hundred_customers_each() {
    let letters = |n: usize| -> String {
        [n, n / 26 + 7, n * 5 + 3].map(|n| char::from(b'a' + (n % 26) as u8)).iter().collect()
    };
    let mut set = Set::default();
    for forwarder in 0..5 {
        let line = format!("{} NE Harbor Way", 9_100 + forwarder * 23);
        for customer in 0..300 {
            let suite = format!("Suite {}", 1_000 + customer * 7);
            let home = at([line.clone(), suite], "Portland", 97_220 + forwarder, "US");
            let person = home.named(&format!(
                "{} {}{}",
                GIVEN[customer % 20],
                FAMILY[(customer / 20) % 20],
                letters(customer / 20 + forwarder * 31)
            ));
            if customer % 60 == 0 {
                set.listed.push(person.clone());
                set.theirs.push(person);
            } else {
                set.innocent.push(person);
            }
        }
    }
    set.nobody();
}

#[test]
fn ten_aliases_of_businesses() {
    let mut set = Set::default();
    for n in 0..10 {
        let city = ["Musterstadt", "Beispielburg", "Probedorf"][n % 3];
        let site = |n: usize| {
            let mut site = at([format!("Werkweg {n}"), String::new()], city, 30_159 + n * 97, "DE");
            site.alias = format!("einkauf@{}-handel.example", FAMILY[n % 20].to_lowercase());
            site
        };
        let own = site(n).named(&format!("{} {}", GIVEN[n], FAMILY[n]));
        set.listed.push(own.clone());
        set.theirs.push(own);
        for other in 1..8 {
            let name = format!("{} {}", GIVEN[(n + other) % 20], FAMILY[(n + other * 2 + 1) % 20]);
            // At the same site, and at one of their own.
            set.innocent.push(site(n + 20 * (other / 4) * other).named(&name));
        }
    }
    set.nobody();
}

#[test]
fn two_hundred_bearers_of_the_ten_commonest_chinese_names() {
    let names =
        ["张伟", "王伟", "李娜", "王芳", "李伟", "王秀英", "李秀英", "张敏", "李强", "张丽"];
    let cities = ["杭州市", "成都市", "武汉市", "南京市"];
    let mut set = Set::default();
    for n in 0..200 {
        let way = ["东", "西", "南", "北"][n / 10 % 4];
        let line = format!("样例{way}路{}号{}室", 5 + n * 3, 101 + n);
        let home = at([line, String::new()], cities[n / 10 % 4], 310_000 + n * 117, "CN");
        let person = home.named(names[n % 10]);
        if n < 20 {
            set.listed.push(person.clone());
            set.theirs.push(person);
        } else {
            set.innocent.push(person);
        }
    }
    set.nobody();
}
