//! Tells which identifiers can never be found in an order, before or after they are recorded.

use super::add::TypedIdentifier;
use crate::{ApiError, Open, mask};
use buyerwatch_domain::{BuyerId, Identifier, IdentifierId, IdentifierKind};
use buyerwatch_matching::ListedIdentifier;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to look at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CheckIdentifiers {
    /// As typed.
    pub identifiers: Vec<TypedIdentifier>,
    /// Whose they will be, if there is a record: what it holds tells how they are read.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub buyer_id: Option<BuyerId>,
}

/// An identifier that can never be found in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnusableIdentifier {
    /// Which of those that were given, from 0.
    pub at: u32,
    /// What kind of thing it was said to be.
    pub kind: IdentifierKind,
    /// The value, masked.
    pub masked: String,
    /// Why: a code such as `not_a_phone`, which the texts tell with the remedy.
    pub reason: String,
}

/// What was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckedIdentifiers {
    /// Those that can never be found in an order.
    pub unusable: Vec<UnusableIdentifier>,
}

pub(crate) fn run(open: &Open, request: CheckIdentifiers) -> Result<CheckedIdentifiers, ApiError> {
    let own = match request.buyer_id {
        Some(id) => open.read(|read| read.buyer(id))?.map(|buyer| buyer.identifiers),
        None => None,
    };
    Ok(CheckedIdentifiers {
        unusable: unusable(open, own.unwrap_or_default(), &request.identifiers),
    })
}

/// Those that can never be found in an order, beside what the record holds already.
pub(super) fn unusable(
    open: &Open,
    own: Vec<Identifier>,
    typed: &[TypedIdentifier],
) -> Vec<UnusableIdentifier> {
    let before = own.len();
    let mut all = own;
    all.extend(typed.iter().map(|TypedIdentifier { kind, value }| Identifier {
        id: IdentifierId::from_bytes([0; 16]),
        kind: *kind,
        value: value.clone(),
        shared: false,
        added_at: open.now(),
    }));
    let read = ListedIdentifier::all_of(open.key(), &all).into_iter().skip(before);
    (0..)
        .zip(read.zip(typed))
        .filter_map(|(at, ((_, read), TypedIdentifier { kind, value }))| {
            Some(UnusableIdentifier {
                at,
                kind: *kind,
                masked: mask::mask(*kind, value),
                reason: read.err()?.code().to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Manner,
        buyers::{OneBuyer, add::AddBuyer, duplicates::FindDuplicates},
        testing::{Bench, fresh},
    };
    use buyerwatch_domain::IdentifierKind as K;

    fn typed(of: &[(K, &str)]) -> Vec<TypedIdentifier> {
        let one =
            |(kind, value): &(K, &str)| TypedIdentifier { kind: *kind, value: (*value).to_owned() };
        of.iter().map(one).collect()
    }

    fn check(bench: &Bench, of: &[(K, &str)]) -> Vec<(u32, String)> {
        let asked = CheckIdentifiers { identifiers: typed(of), buyer_id: None };
        let found = bench.desk.buyers_check(asked).unwrap().unusable;
        found.into_iter().map(|one| (one.at, one.reason)).collect()
    }

    #[test]
    fn what_can_never_match_is_told_with_its_reason() {
        let bench = fresh(Manner::Unattended);
        let of = [
            (K::Phone, "12"),
            (K::Name, "Amazon-Kunde"),
            (K::Alias, "foo"),
            (K::Phone, "+49 40 5550177"),
            (K::Name, "王小明"),
        ];
        let told = [
            (0, "not_a_phone".to_owned()),
            (1, "generic_name".to_owned()),
            (2, "not_an_email".to_owned()),
        ];
        assert_eq!(check(&bench, &of), told);
        let added =
            bench.desk.buyers_add(AddBuyer { identifiers: typed(&of), note: None }).unwrap();
        let said: Vec<_> = added.unusable.iter().map(|one| (one.at, one.reason.clone())).collect();
        assert_eq!(said, told);
        assert!(added.unusable.iter().all(|one| !one.masked.contains("12") && one.masked != "foo"));
        let detail = bench.desk.buyers_get(OneBuyer { id: added.buyer_id }).unwrap();
        let shown = detail.identifiers.iter().filter_map(|one| one.unusable.clone());
        assert_eq!(shown.collect::<Vec<_>>(), ["not_a_phone", "generic_name", "not_an_email"]);
    }

    #[test]
    fn what_can_never_match_is_nobodys_mark() {
        let bench = fresh(Manner::Unattended);
        let add = |value: &str| {
            let identifiers = typed(&[(K::Phone, value), (K::Alias, "foo")]);
            bench.desk.buyers_add(AddBuyer { identifiers, note: None }).unwrap()
        };
        assert!(add("12").existing.is_empty());
        assert!(add("12").existing.is_empty());
        let pairs = bench.desk.buyers_duplicates(FindDuplicates { buyer_id: None }).unwrap();
        assert_eq!(pairs.total, 0);
        add("+49 40 5550177");
        assert_eq!(add("+49 40 5550177").existing.len(), 1);
    }
}
