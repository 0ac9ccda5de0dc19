//! Suggests buyers who may be one person. Nothing is ever merged by itself.

use super::compare;
use crate::{
    ApiError, Open,
    desk::{Guard, unread},
    people::shown::Team,
    view::DuplicateView,
};
use buyerwatch_domain::{BuyerId, Ground};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// For whom to look.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct FindDuplicates {
    /// Only for this buyer; without one for everybody.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub buyer_id: Option<BuyerId>,
}

/// Pairs of buyers who may be one person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Duplicates {
    /// The likeliest first, at most 100.
    pub items: Vec<DuplicateView>,
    /// How many there are.
    pub total: u32,
    /// Names and addresses of everybody were compared, not only identifiers.
    pub by_likeness: bool,
}

/// Most pairs that are shown.
const SHOWN: usize = 100;
/// Longest list of which everybody is compared with everybody by name and address at once: a buyer
/// takes some tens of microseconds. On a longer one that is done for one buyer at a time.
const COMPARED: usize = 5_000;

pub(crate) fn run(open: &Open, request: FindDuplicates) -> Result<Duplicates, ApiError> {
    let recogniser = &open.session().recogniser;
    find(open, request, &|| {
        if let Some(list) = recogniser.hold() {
            return Ok(list);
        }
        recogniser.ensure(open)?;
        recogniser.hold().ok_or_else(unread)
    })
}

/// `list` holds the list for one step: whatever comes in meanwhile changes it, and waits for no more than that.
/// Nobody waits for it while holding a reader of the vault.
fn find<'a>(
    open: &Open,
    request: FindDuplicates,
    list: &dyn Fn() -> Result<Guard<'a>, ApiError>,
) -> Result<Duplicates, ApiError> {
    let by_likeness = request.buyer_id.is_some() || list()?.compared() <= COMPARED;
    let mut pairs: BTreeSet<(BuyerId, BuyerId)> = BTreeSet::new();
    let ordered = |one: BuyerId, other: BuyerId| (one.min(other), one.max(other));
    match request.buyer_id {
        Some(buyer) => {
            let buyer = open.read(|read| read.holder(buyer))?;
            pairs.extend(list()?.like(buyer).into_iter().map(|other| ordered(buyer, other)));
        }
        None => {
            pairs.extend(list()?.sharing());
            let everybody = if by_likeness { list()?.everybody() } else { Vec::new() };
            for one in everybody {
                pairs.extend(list()?.resembling(one).into_iter().map(|of| ordered(one, of)));
            }
        }
    }
    let (team, apart) = open.read(|read| Ok((Team::read(read)?, read.all_apart()?)))?;
    let mut found = Vec::new();
    for pair in pairs {
        let list = list()?;
        let shown = open.read(|read| compare::view(open, read, &list, &team, &apart, pair))?;
        // What only many carry says nothing, however it was found.
        found.extend(shown.filter(|(_, anew)| *anew).map(|(view, _)| view).filter(speaks));
    }
    found.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then_with(|| one.one.id.cmp(&other.one.id))
    });
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    found.truncate(SHOWN);
    Ok(Duplicates { items: found, total, by_likeness })
}

fn speaks(view: &DuplicateView) -> bool {
    view.score > 0.0
        && matches!(
            view.ground,
            Ground::Identifier
                | Ground::NameAndHome
                | Ground::NameAndPart
                | Ground::Household
                | Ground::InPart
                | Ground::NameAlone
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Manner, testing::fresh};
    use buyerwatch_domain::IdentifierKind;
    use std::cell::Cell;

    #[test]
    fn the_list_is_let_go_between_any_two_steps() {
        let bench = fresh(Manner::Unattended);
        for n in 0..6 {
            let home = format!("Fliederstieg 14 Apt {}, 20095 Nordstadt, DE", n / 2);
            let name = ["Rosalinde Quastenberg", "Ottokar Brandis", "Mira Feldt"][n / 2];
            bench.add_buyer(&[
                (IdentifierKind::Name, name),
                (IdentifierKind::Address, &home),
                (IdentifierKind::Phone, &format!("+49 151 555 0{:03}", n / 2)),
            ]);
        }
        let open = bench.desk.open().unwrap();
        let recogniser = &open.session().recogniser;
        recogniser.ensure(&open).unwrap();
        let steps = Cell::new(0);
        let found = find(&open, FindDuplicates { buyer_id: None }, &|| {
            assert!(recogniser.is_free(), "step {}", steps.get());
            steps.set(steps.get() + 1);
            recogniser.hold().ok_or_else(unread)
        });
        assert_eq!(found.unwrap().total, 3);
        // The size of the list, who shares, everybody, each of them, and each pair.
        assert_eq!(steps.get(), 3 + 6 + 3);
    }
}
