//! The list in memory follows what is decided, and says when it is not there yet.

use super::*;
use crate::{
    Manner, Push,
    buyers::{
        OneBuyer, add_identifier::AddIdentifier, mark_shared::MarkShared, merge::MergeBuyers,
        remove_identifier::RemoveIdentifier, unmerge::UnmergeBuyers,
    },
    desk::StoredCrowd,
    listings::{decline::EndListing, gate::AskGate},
    lookup::find::{Find, LookupItem},
    testing::{Bench, Line, fresh, line, report},
};
use buyerwatch_domain::{Address, Tier};
use proptest::prelude::*;
use std::time::{Duration, Instant};

#[test]
fn a_look_up_before_the_list_is_there_says_so_and_is_asked_again() {
    let bench = fresh(Manner::Attended);
    let buyer = bench.listed_buyer();
    let open = bench.desk.open().unwrap();
    let recogniser = &open.session().recogniser;
    recogniser.ensure(&open).unwrap();
    // As while a long list is read after unlocking.
    let reading = recogniser.building.lock().unwrap();
    recogniser.list.write().unwrap().known = None;
    let find = || {
        // In another spelling, so that only the list can tell.
        let query = "0049 40 5550163".to_owned();
        bench.desk.lookup_find(Find { query, message_id: None }).unwrap()
    };
    let early = find();
    assert!(early.reading && early.items.is_empty(), "{early:?}");
    bench.host.pushes.lock().unwrap().clear();
    drop(reading);
    recogniser.ensure(&open).unwrap();
    let told = bench
        .host
        .pushes
        .lock()
        .unwrap()
        .iter()
        .any(|push| matches!(push, Push::Stale { tags } if tags.contains(&Tag::Buyers)));
    assert!(told, "whoever waits is told");
    let late = find();
    assert!(!late.reading);
    assert!(matches!(&late.items[..], [LookupItem::Buyer { id, .. }] if *id == buyer), "{late:?}");
}

#[test]
fn a_look_up_has_a_lost_list_read_again() {
    let bench = fresh(Manner::Attended);
    bench.listed_buyer();
    let open = bench.desk.open().unwrap();
    let recogniser = &open.session().recogniser;
    recogniser.ensure(&open).unwrap();
    recogniser.list.write().unwrap().known = None;
    let find = || {
        bench.desk.lookup_find(Find { query: "Sollwedel".to_owned(), message_id: None }).unwrap()
    };
    let begun = Instant::now();
    while find().reading {
        assert!(begun.elapsed() < Duration::from_secs(60), "nobody reads it");
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(find().items.len(), 1);
}

#[test]
fn a_command_waits_for_the_list() {
    let bench = fresh(Manner::Unattended);
    bench.listed_buyer();
    let other = bench.other(Manner::Unattended);
    let query = "0049 40 5550163".to_owned();
    let found = other.desk.lookup_find(Find { query, message_id: None }).unwrap();
    assert_eq!((found.items.len(), found.reading), (1, false));
}

const NAMES: [&str; 6] = [
    "Rosalinde Quastenberg",
    "R. Quastenburg",
    "Ottokar Brandis",
    "王小明",
    "王小",
    "Amazon-Kunde",
];
const STREETS: [(&str, &str); 4] = [
    ("Fliederstieg 14 Apt 6", "20095"),
    ("Fliedersteig 14 #6", "20095"),
    ("Birkenring 3", "80331"),
    ("Ahornweg 1", "20095"),
];
const PHONES: [&str; 4] = ["+49 40 5550163", "040 5550163", "12", "+86 138 0000 1111"];
const ALIASES: [&str; 3] = [
    "q1w2e3r4t5@marketplace.amazon.de",
    "Q1W2E3R4T5+ab@marketplace.amazon.de",
    "no-reply@example.org",
];

/// An identifier out of a small number, so that buyers share them.
fn identifier(pick: u8) -> (IdentifierKind, String) {
    let at = usize::from(pick / 5);
    match pick % 5 {
        0 => (IdentifierKind::Name, NAMES[at % NAMES.len()].to_owned()),
        1 => {
            let (street, postal) = STREETS[at % STREETS.len()];
            (IdentifierKind::Address, format!("{street}, {postal} Nordstadt, DE"))
        }
        2 => (IdentifierKind::Phone, PHONES[at % PHONES.len()].to_owned()),
        3 => (IdentifierKind::Alias, ALIASES[at % ALIASES.len()].to_owned()),
        _ => (IdentifierKind::UserName, ["quiet_fox", "Quiet_Fox", "loud_owl"][at % 3].to_owned()),
    }
}

/// Orders that carry what buyers may, each in another mixture.
fn orders() -> Vec<ObservedOrder> {
    (0..24_usize)
        .map(|n| {
            let (street, postal) = STREETS[n % STREETS.len()];
            let pick = |of: &[&str], every: usize| match n % every {
                0 => String::new(),
                _ => of[(n / 2) % of.len()].to_owned(),
            };
            ObservedOrder {
                order_id: format!("305-4711000-{n:07}"),
                buyer_name: pick(&NAMES, 7),
                recipient_name: NAMES[n % NAMES.len()].to_owned(),
                alias: pick(&ALIASES, 3),
                ship_phone: pick(&PHONES, 2),
                user_name: if n % 5 == 1 { "quiet_fox".to_owned() } else { String::new() },
                ship_to: Address {
                    lines: vec![street.to_owned()],
                    city: "Nordstadt".to_owned(),
                    postal: postal.to_owned(),
                    country: "DE".to_owned(),
                    ..Address::default()
                },
                ..ObservedOrder::default()
            }
        })
        .collect()
}

/// One thing that a person does.
#[derive(Debug, Clone)]
enum Act {
    Record(Vec<u8>),
    Add(u8, u8),
    Share(u8, u8),
    Remove(u8, u8),
    List(u8),
    Clear(u8),
    Merge(u8, u8),
    Unmerge(u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let record = || prop::collection::vec(0u8..30, 1..4).prop_map(Act::Record);
    let act = prop_oneof![
        3 => record(),
        3 => (any::<u8>(), 0u8..30).prop_map(|(buyer, pick)| Act::Add(buyer, pick)),
        2 => any::<(u8, u8)>().prop_map(|(buyer, at)| Act::Share(buyer, at)),
        2 => any::<(u8, u8)>().prop_map(|(buyer, at)| Act::Remove(buyer, at)),
        1 => any::<u8>().prop_map(Act::List),
        1 => any::<u8>().prop_map(Act::Clear),
        3 => any::<(u8, u8)>().prop_map(|(from, into)| Act::Merge(from, into)),
        2 => any::<u8>().prop_map(Act::Unmerge),
    ];
    (prop::collection::vec(record(), 3), prop::collection::vec(act, 4..12))
        .prop_map(|(first, then)| [first, then].concat())
}

/// Everybody who was ever recorded, by when; merged ones, too.
struct Team<'a> {
    bench: &'a Bench,
    recorded: Vec<BuyerId>,
}

impl Team<'_> {
    fn one(&self, pick: u8) -> BuyerId {
        self.recorded[usize::from(pick) % self.recorded.len()]
    }

    /// What is refused, as a merge with oneself is, changes nothing.
    fn act(&mut self, act: Act) {
        let desk = &self.bench.desk;
        let reason = || "Told by the customer.".to_owned();
        let carried = |buyer: BuyerId, at: u8| {
            let all = desk.buyers_get(OneBuyer { id: buyer }).unwrap().identifiers;
            let one = &all[usize::from(at) % all.len()];
            (one.id, one.marked_shared)
        };
        match act {
            Act::Record(picks) => {
                let mut of: Vec<(IdentifierKind, String)> =
                    picks.into_iter().map(identifier).collect();
                of.sort_by(|one, other| (one.0.code(), &one.1).cmp(&(other.0.code(), &other.1)));
                of.dedup();
                let of: Vec<_> = of.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
                self.recorded.push(self.bench.add_buyer(&of));
            }
            Act::Add(buyer, pick) => {
                let (kind, value) = identifier(pick);
                let _ = desk.buyers_add_identifier(AddIdentifier {
                    buyer_id: self.one(buyer),
                    kind,
                    value,
                });
            }
            Act::Share(buyer, at) => {
                let buyer_id = self.one(buyer);
                let (identifier_id, shared) = carried(buyer_id, at);
                let _ = desk.buyers_mark_shared(MarkShared {
                    buyer_id,
                    identifier_id,
                    shared: !shared,
                });
            }
            Act::Remove(buyer, at) => {
                let buyer_id = self.one(buyer);
                let (identifier_id, _) = carried(buyer_id, at);
                let _ = desk.buyers_remove_identifier(RemoveIdentifier {
                    buyer_id,
                    identifier_id,
                    reason: reason(),
                });
            }
            Act::List(buyer) => {
                let buyer = self.one(buyer);
                self.bench.add_incident(buyer, &[]);
                let clause = "REVIEW_EXTORTION".to_owned();
                let _ = desk.listings_add(AskGate { buyer_id: buyer, clause });
            }
            Act::Clear(buyer) => {
                let _ =
                    desk.listings_clear(EndListing { buyer_id: self.one(buyer), reason: reason() });
            }
            Act::Merge(from, into) => {
                let (from, into) = (self.one(from), self.one(into));
                let _ = desk.buyers_merge(MergeBuyers { into, from, reason: Some(reason()) });
            }
            Act::Unmerge(buyer) => {
                let buyer_id = self.one(buyer);
                let _ = desk.buyers_unmerge(UnmergeBuyers { buyer_id, reason: reason() });
            }
        }
    }
}

/// Whom each order is recognised as of, with the whole argument.
type Verdicts = Vec<(usize, BuyerId, Tier, String)>;

fn verdicts(open: &Open, recogniser: &Recogniser, orders: &[ObservedOrder]) -> Verdicts {
    let list = recogniser.hold().expect("it was read");
    let found = orders.iter().enumerate().flat_map(|(n, order)| {
        let tokens = buyerwatch_matching::order_tokens(open.key(), order);
        let matches = open
            .read(|read| {
                let crowd = StoredCrowd::new(read);
                Ok(list.screen(order, &tokens, &list.alike(order), &crowd))
            })
            .unwrap();
        matches.into_iter().map(move |of| {
            // Weights are sums, and may be summed up in another order.
            let lines = of.reasons.iter().map(|reason| {
                format!(
                    "{:?} {:?} {:?} {:.6}",
                    reason.field, reason.identifier, reason.note, reason.weight
                )
            });
            let mut lines: Vec<String> = lines.collect();
            lines.sort();
            (n, of.buyer, of.tier, lines.join("; "))
        })
    });
    let mut found: Verdicts = found.collect();
    found.sort_by_key(|one| (one.0, one.1));
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 24, ..ProptestConfig::default() })]

    /// Whatever people do to the list, in whatever order: what is kept in memory answers as if it
    /// had just been read.
    #[test]
    fn kept_in_memory_equals_read_anew(acts in acts()) {
        let bench = fresh(Manner::Unattended);
        let stored: Vec<Line> = (0..6)
            .map(|n| Line { alias: ALIASES[0].to_owned(), name: NAMES[n % 5].to_owned(), ..line(n as u32 + 1) })
            .collect();
        bench.import(&report(&stored));
        let open = bench.desk.open().unwrap();
        let kept = &open.session().recogniser;
        // The import read the list before it stored what is learnt from.
        kept.list.write().unwrap().known = None;
        kept.ensure(&open).unwrap();
        let orders = orders();
        let mut team = Team { bench: &bench, recorded: Vec::new() };
        for (step, act) in acts.into_iter().enumerate() {
            team.act(act.clone());
            let anew = Recogniser::default();
            anew.ensure(&open).unwrap();
            let fresh = verdicts(&open, &anew, &orders);
            prop_assert_eq!(verdicts(&open, kept, &orders), fresh, "after {} {:?}", step, act);
            let (one, other) = (kept.hold().unwrap(), anew.hold().unwrap());
            prop_assert_eq!(one.sharing(), other.sharing());
            prop_assert_eq!(one.compared(), other.compared());
            for buyer in &team.recorded {
                prop_assert_eq!(one.like(*buyer), other.like(*buyer));
            }
        }
    }
}
