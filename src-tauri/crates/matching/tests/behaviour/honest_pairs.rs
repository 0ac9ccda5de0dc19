//! Two people who are easily taken for one, screened as the program does: by equal tokens and by likeness, in a shop
//! that knows nobody and in one that has seen thousands of orders, none of them under such names.

use crate::support::{key, place};
use buyerwatch_domain::{
    Address, BuyerId, Identifier, IdentifierId, IdentifierKind, ObservedOrder, Tier, Timestamp,
};
use buyerwatch_matching::linkage::Model;
use buyerwatch_matching::{
    Index, Likenesses, ListedIdentifier, OrdersInMemory, order_profile, order_tokens, recognise,
};
use std::sync::{Arc, LazyLock};

/// What is known of a person, and what their order shows.
#[derive(Clone, Default)]
struct Person<'a> {
    name: &'a str,
    alias: &'a str,
    phone: &'a str,
    home: Address,
}

fn person<'a>(name: &'a str, home: &Address) -> Person<'a> {
    Person { name, home: home.clone(), ..Person::default() }
}

impl Person<'_> {
    fn order(&self) -> ObservedOrder {
        ObservedOrder {
            order_id: "302-1111111-2222222".to_owned(),
            buyer_name: self.name.to_owned(),
            recipient_name: self.name.to_owned(),
            alias: self.alias.to_owned(),
            phone: self.phone.to_owned(),
            ship_to: self.home.clone(),
            ..ObservedOrder::default()
        }
    }

    fn identifiers(&self) -> Vec<Identifier> {
        use IdentifierKind as K;
        let home = self.home.one_line();
        let values = [
            (K::Name, self.name),
            (K::Alias, self.alias),
            (K::Phone, self.phone),
            (K::Address, home.as_str()),
        ];
        let kept = (0u8..).zip(values).filter(|(_, (_, value))| !value.trim().is_empty());
        kept.map(|(at, (kind, value))| Identifier {
            id: IdentifierId::from_bytes([at; 16]),
            kind,
            value: value.to_owned(),
            shared: false,
            added_at: Timestamp::from_millis(0),
        })
        .collect()
    }
}

/// A shop of 2,500 customers in Germany and America, with given names that repeat and family names that hardly do.
static KNOWN: LazyLock<(Arc<Model>, OrdersInMemory)> = LazyLock::new(|| {
    let given = [
        "Petra", "Holger", "Sabine", "Uwe", "Heike", "Brandon", "Ashley", "Tyler", "Megan", "Kyle",
    ];
    let syllables =
        ["bar", "dol", "fin", "gress", "hol", "kam", "lun", "mor", "pel", "stad", "tur", "wes"];
    let (mut model, mut orders) = (Model::default(), OrdersInMemory::default());
    for n in 0..2_500usize {
        let family = [n % 12, n / 12 % 12, n / 144 % 12].map(|at| syllables[at]).concat();
        let street = [n / 3 % 12, n / 7 % 12].map(|at| syllables[at]).concat();
        let name = format!("{} {family}", given[n % given.len()]);
        let line = format!("{street}weg {}", n % 60 + 1);
        let home =
            place(&[&line], syllables[n / 5 % 12], "", &format!("{:05}", 10_000 + n * 31), "DE");
        let order = person(&name, &home).order();
        model.learn(&order_profile(&order));
        orders.put(&order_tokens(&key(), &order));
    }
    (Arc::new(model), orders)
});

fn verdict(listed: &Person<'_>, order: &Person<'_>, known: bool) -> Option<Tier> {
    verdict_in(listed, order, known.then_some(&*KNOWN))
}

fn verdict_in(
    listed: &Person<'_>,
    order: &Person<'_>,
    shop: Option<&(Arc<Model>, OrdersInMemory)>,
) -> Option<Tier> {
    let (mut index, mut likenesses) = (Index::new(), Likenesses::default());
    let empty = OrdersInMemory::default();
    let crowd = match shop {
        Some((model, orders)) => {
            likenesses.set_model(Arc::clone(model));
            orders
        }
        None => &empty,
    };
    let buyer = BuyerId::from_bytes([1; 16]);
    let identifiers = listed.identifiers();
    let tokens: Vec<ListedIdentifier> = ListedIdentifier::all_of(&key(), &identifiers)
        .into_iter()
        .filter_map(|(_, listed)| listed.ok())
        .collect();
    index.insert_buyer(buyer, &tokens);
    likenesses.insert_buyer(buyer, &identifiers);
    let order = order.order();
    let (tokens, profile) = (order_tokens(&key(), &order), order_profile(&order));
    let alike = likenesses.find(&profile);
    recognise(&index, &likenesses, &tokens, || profile, &alike, crowd)
        .first()
        .map(|found| found.tier)
}

fn nobody(pairs: &[(Person<'_>, Person<'_>)]) {
    let mut wrong = Vec::new();
    for (listed, order) in pairs {
        for known in [false, true] {
            if verdict(listed, order, known) == Some(Tier::Alert) {
                wrong.push(format!(
                    "{} / {} at {:?}, known {known}",
                    listed.name, order.name, order.home
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} alert: {wrong:#?}", wrong.len());
}

fn home() -> Address {
    place(&["Lindenweg 4"], "Freiburg", "", "79098", "DE")
}

fn at(lines: &[&str], city: &str, postal: &str, country: &str) -> Address {
    place(lines, city, "", postal, country)
}

#[test]
fn members_of_one_household() {
    let pairs = [
        ("Nguyen Thi Hoa", "Nguyen Thi Mai"),
        ("Tran Minh Duc", "Tran Minh Tuan"),
        ("Kim Ji Hoon", "Kim Ji Won"),
        ("Lee Wei Ling", "Lee Wei Ming"),
        ("Siti Nur Aisyah", "Siti Nur Halimah"),
        ("Jesús García López", "Jesús García Ruiz"),
        ("Maria Silva Santos", "Maria Silva Costa"),
        ("Sem de Koolhuis", "Sem de Dekker"),
        ("Kamal Singh", "Kamala Singh"),
        ("Fumio Tanaka", "Fumiko Tanaka"),
        ("Wang Fang", "Wang Fan"),
        ("Ivan Petrov", "Ivana Petrova"),
        ("Acme GmbH Otto Brandt", "Acme GmbH Hilde Sorge"),
        ("University of Leeds", "University of Leeds"),
        ("Klinikum Nord Station 3", "Klinikum Nord Station 9"),
    ];
    let pairs = pairs.map(|(one, other)| (person(one, &home()), person(other, &home())));
    nobody(&pairs);
}

#[test]
fn namesakes_in_a_street_of_that_name_elsewhere() {
    let pairs = [
        ("王伟", "人民路12号", ("杭州市", "310000"), ("成都市", "610000"), "CN"),
        ("Thomas Müller", "Hauptstraße 12", ("Kehl", "77694"), ("Celle", "29221"), "DE"),
        ("Jean Martin", "12 rue de la République", ("Lyon", "69002"), ("Nice", "06000"), "FR"),
        ("Giuseppe Russo", "Via Roma 12", ("Napoli", "80121"), ("Torino", "10121"), "IT"),
        ("James Smith", "100 Main St", ("Toledo", "43604"), ("Salem", "97301"), "US"),
        ("David Jones", "12 High Street", ("Cardiff", "CF10 1AA"), ("Leeds", "LS1 4AP"), "GB"),
    ];
    let pairs = pairs.map(|(name, line, one, other, country)| {
        let (one, other) =
            (at(&[line], one.0, one.1, country), at(&[line], other.0, other.1, country));
        (person(name, &one), person(name, &other))
    });
    nobody(&pairs);
}

#[test]
fn namesakes_in_another_flat_or_house() {
    let pairs = [
        (
            "James Lee",
            at(&["100 Harbor Drive Apt 12B"], "San Diego", "92101", "US"),
            at(&["100 Harbor Drive Apt 845"], "San Diego", "92101", "US"),
        ),
        (
            "김민수",
            at(&["테헤란로 152 101동 1203호"], "서울", "06236", "KR"),
            at(&["테헤란로 152 104동 305호"], "서울", "06236", "KR"),
        ),
        // One figure is all that tells neighbours apart.
        (
            "김민수",
            at(&["테헤란로 152 105동 1504호"], "서울", "06236", "KR"),
            at(&["테헤란로 152 105동 504호"], "서울", "06236", "KR"),
        ),
        (
            "김민수",
            at(&["테헤란로 152 1104호"], "서울", "06236", "KR"),
            at(&["테헤란로 152 1404호"], "서울", "06236", "KR"),
        ),
        (
            "James Lee",
            at(&["100 Harbor Drive Apt 118"], "San Diego", "92101", "US"),
            at(&["100 Harbor Drive Apt 119"], "San Diego", "92101", "US"),
        ),
        (
            "王伟",
            at(&["学院路37号3栋402室"], "北京市", "100083", "CN"),
            at(&["学院路37号5栋210室"], "北京市", "100083", "CN"),
        ),
        (
            "王伟",
            at(&["学院路37号3栋402室"], "北京市", "100083", "CN"),
            at(&["学院路37号3栋403室"], "北京市", "100083", "CN"),
        ),
        (
            "Mary Murphy",
            at(&["Ballymore"], "Co. Cork", "P25 X2T4", "IE"),
            at(&["Ballymore"], "Co. Cork", "P25 K1W8", "IE"),
        ),
        (
            "Thomas Müller",
            at(&["Hauptstraße 12"], "Berlin", "10827", "DE"),
            at(&["Hauptstraße 12"], "Berlin", "13158", "DE"),
        ),
        (
            "John Smith",
            at(&["PO Box 12"], "Reno", "89501", "US"),
            at(&["PO Box 88"], "Reno", "89501", "US"),
        ),
        (
            "James Carter",
            at(&["100 Main St"], "Tampa, FL", "33602", "US"),
            at(&["100 Main St"], "Pensacola, FL", "32501", "US"),
        ),
    ];
    nobody(&pairs.map(|(name, one, other)| (person(name, &one), person(name, &other))));
}

#[test]
fn namesakes_in_another_country() {
    let elsewhere = at(&["12 Main Street"], "Toledo", "43604", "US");
    let names = [
        "Wang Wei",
        "Zhang Min",
        "Rajesh Kumar",
        "Ahmed Hassan",
        "Olga Ivanova",
        "Nikos Papadopoulos",
        "Nguyen Van Anh",
        "Mohamed Ali",
        "Deepak Patel",
        "Anna Nowak",
        "Kim Minho",
        "Jan de Vries",
        "王伟",
        "김민준",
        "田中太郎",
    ];
    let munich = at(&["Lindenweg 4"], "München", "80331", "DE");
    let nowhere = Address::default();
    let pairs: Vec<_> = names
        .into_iter()
        .flat_map(|name| {
            [
                (person(name, &munich), person(name, &elsewhere)),
                (person(name, &nowhere), person(name, &elsewhere)),
            ]
        })
        .collect();
    nobody(&pairs);
}

#[test]
fn a_number_that_went_to_somebody_else() {
    let elsewhere = at(&["Hafengasse 9"], "Hamburg", "20095", "DE");
    let osaka = at(&["5-6-7 Umeda"], "Osaka", "530-0001", "JP");
    let tokyo = at(&["西新宿1-2-3"], "新宿区", "160-0023", "JP");
    let with = |name, phone, home: &Address| Person { phone, ..person(name, home) };
    let german = "+4915112345678";
    nobody(&[
        (with("Otto Brandt", german, &home()), with("Hilde Sorge", german, &elsewhere)),
        (with("Otto Müller", german, &home()), with("Hilde Müller", german, &elsewhere)),
        (with("Otto Brandt", german, &Address::default()), with("Hilde Sorge", german, &elsewhere)),
        (with("田中太郎", "09012345678", &tokyo), with("Yuki Sato", "09012345678", &osaka)),
    ]);
    // The same person is still found by it.
    let same = (with("Otto Brandt", german, &home()), with("Otto Brandt", german, &elsewhere));
    assert_eq!(verdict(&same.0, &same.1, false), Some(Tier::Alert));
}

#[test]
fn a_firms_address_for_a_task() {
    let elsewhere = at(&["Hafengasse 9"], "Hamburg", "20095", "DE");
    let with = |name, alias, home: &Address| Person { alias, ..person(name, home) };
    for alias in
        ["einkauf@huber-handel.example", "info@huber-handel.example", "caigou@huber.example"]
    {
        nobody(&[(with("Otto Brandt", alias, &home()), with("Hilde Sorge", alias, &elsewhere))]);
    }
}

/// Two customers of one name at a house where forty people receive, each with a number of their own.
fn at_a_house_of_many(home: impl Fn(usize) -> Address, country: &str) -> Option<Tier> {
    let given = ["Olga", "Dmitri", "Lucia", "Carlos", "Ming", "Irina", "Pavel", "Sofia"];
    let family = ["Petrov", "Herrera", "Tanaka", "Novak", "Silva"];
    let (mut model, mut orders) = ((*KNOWN.0).clone(), OrdersInMemory::default());
    for n in 0..40 {
        let name = format!("{} {}", given[n % 8], family[n % 5]);
        let order = person(&name, &home(100 + n)).order();
        model.learn(&order_profile(&order));
        orders.put(&order_tokens(&key(), &order));
    }
    let shop = (Arc::new(model), orders);
    let (one, other) = (person("Petra Novak", &home(501)), person("Petra Novak", &home(777)));
    let found = |order: &Person<'_>| verdict_in(&one, order, Some(&shop));
    // At a home of their own they are found.
    let own = at(&["12 Elm Row"], "Dover", "19700", country);
    let own = person("Petra Novak", &own);
    assert_eq!(verdict_in(&own, &own, Some(&shop)), Some(Tier::Alert));
    found(&other)
}

#[test]
fn customers_of_a_forwarder_however_their_number_is_written() {
    let forms: [fn(usize) -> [String; 2]; 9] = [
        |n| ["8400 Harbor Way".into(), format!("Suite {n}")],
        |n| ["8400 Harbor Way".into(), format!("PMB {n}")],
        |n| ["8400 Harbor Way".into(), format!("Mailbox {n}")],
        |n| ["8400 Harbor Way".into(), format!("Dept {n}")],
        |n| ["8400 Harbor Way".into(), format!("Client {n}")],
        |n| ["8400 Harbor Way".into(), format!("QX{n:05}")],
        |n| [format!("8400 Harbor Way QX{n:05}"), String::new()],
        |n| [format!("8400 Harbor Way, {}", 700_000 + n), String::new()],
        |n| [format!("ShipFast LLC QX{n:05}"), "8400 Harbor Way".into()],
    ];
    for form in forms {
        let home = |n: usize| {
            let [one, other] = form(n);
            let lines: Vec<&str> =
                [one.as_str(), &other].into_iter().filter(|line| !line.is_empty()).collect();
            at(&lines, "Dover", "19702", "US")
        };
        let found = at_a_house_of_many(home, "US");
        assert_ne!(found, Some(Tier::Alert), "{:?}", form(501));
    }
}

#[test]
fn customers_of_a_parcel_locker() {
    let forms: [fn(usize) -> [String; 2]; 3] = [
        |n| ["Packstation 114".into(), format!("{}", 54_380_000 + n * 37)],
        |n| [format!("{}", 54_380_000 + n * 37), "Packstation 114".into()],
        |n| [format!("Postnummer {}", 54_380_000 + n * 37), "Packstation 114".into()],
    ];
    for form in forms {
        let home = |n: usize| {
            let [one, other] = form(n);
            at(&[&one, &other], "Berlin", "10114", "DE")
        };
        assert_ne!(at_a_house_of_many(home, "DE"), Some(Tier::Alert), "{:?}", form(501));
        // Nor where the shop knows nobody who uses it: the number is another person's.
        let (one, other) = (person("Jens Weber", &home(501)), person("Jens Weber", &home(777)));
        nobody(&[(one.clone(), other)]);
        assert_eq!(verdict(&one, &one, true), Some(Tier::Alert), "{:?}", form(501));
    }
}

#[test]
fn those_who_are_one_are_found() {
    let hangzhou = at(&["浙江省杭州市西湖区文三路5号3栋402室"], "杭州市", "310000", "CN");
    let taipei = at(&["台北市信義區信義路五段7號"], "", "110", "TW");
    let pairs = [
        (
            person("Jörg Müller", &at(&["Königstraße 14"], "Köln", "50667", "DE")),
            person("Joerg Mueller", &at(&["Koenigstr. 14"], "Koeln", "50667", "DE")),
        ),
        (person("Lucas van der Achmans", &home()), person("Lucas Achmans", &home())),
        (person("王小明", &hangzhou), person("王小明", &hangzhou)),
        (
            person("王芳", &at(&["程路h座"], "天津县", "398949", "CN")),
            person("王芳", &at(&["程路h座"], "天津县", "398949", "CN")),
        ),
        (person("陳大文", &taipei), person("陳大文", &taipei)),
        (
            person("陳大文", &taipei),
            person("陈大文", &at(&["台北市信义区信义路5段7号"], "", "11049", "TW")),
        ),
        (person("Linda C Purvis", &home()), person("Linda C", &home())),
        (person("Amber Jackson", &home()), person("Ambr Jackson", &home())),
    ];
    for (listed, order) in &pairs {
        for known in [false, true] {
            let found = verdict(listed, order, known);
            assert_eq!(found, Some(Tier::Alert), "{} / {}, known {known}", listed.name, order.name);
        }
    }
}
