//! Suggests buyers who may be one person. Nothing is ever merged by itself.

use super::compare;
use crate::{ApiError, Open, desk::unread, people::shown::Team, view::DuplicateView};
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
    open.session().recogniser.ensure(open)?;
    let list = open.session().recogniser.hold().ok_or_else(unread)?;
    let by_likeness = request.buyer_id.is_some() || list.compared() <= COMPARED;
    let mut found = open.read(|read| {
        let mut pairs: BTreeSet<(BuyerId, BuyerId)> = BTreeSet::new();
        let ordered = |one: BuyerId, other: BuyerId| (one.min(other), one.max(other));
        match request.buyer_id {
            Some(buyer) => {
                let buyer = read.holder(buyer)?;
                pairs.extend(list.like(buyer).into_iter().map(|other| ordered(buyer, other)));
            }
            None => {
                pairs.extend(list.sharing());
                for one in by_likeness.then(|| list.everybody()).into_iter().flatten() {
                    pairs.extend(list.resembling(one).into_iter().map(|of| ordered(one, of)));
                }
            }
        }
        let team = Team::read(read)?;
        let apart = read.all_apart()?;
        let mut found = Vec::new();
        for pair in pairs {
            let shown = compare::view(open, read, &list, &team, &apart, pair)?;
            // What only many carry says nothing, however it was found.
            found.extend(shown.filter(|(_, anew)| *anew).map(|(view, _)| view).filter(speaks));
        }
        Ok(found)
    })?;
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
