//! Lists evidence.

use super::shown;
use crate::{ApiError, Open, page::LIMIT, people::shown::Team, view::ExhibitView};
use buyerwatch_domain::{BuyerId, ExhibitKind, IncidentId, MediaClass, Timestamp, order_id};
use buyerwatch_vault::ExhibitsQuery;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExhibitSort {
    /// The last taken in first.
    #[default]
    AddedDesc,
    /// The last captured first, those without a time at the end.
    CapturedDesc,
    /// By the name of the file.
    Name,
}

/// Which exhibits.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ListExhibits {
    /// Only those that concern this buyer.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub buyer_id: Option<BuyerId>,
    /// Only those that prove this incident.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub incident_id: Option<IncidentId>,
    /// Only those of this order.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub order_id: Option<String>,
    /// Only those that show this.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub kind: Option<ExhibitKind>,
    /// Only those that are shown like this.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub class: Option<MediaClass>,
    /// Only those with this in their name, remarks, order or hash, or among what identifies their
    /// buyer.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub text: Option<String>,
    /// Only those that were taken in or captured at this instant or later.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub from: Option<Timestamp>,
    /// Only those that were taken in or captured before this instant.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<Timestamp>,
    /// Only those that belong to nothing yet.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub unlinked_only: Option<bool>,
    /// Only those that the last check found damaged.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub damaged_only: Option<bool>,
    /// Only those that were taken out, else only those that are there.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub removed: Option<bool>,
    /// In which order.
    pub sort: ExhibitSort,
    /// Leave out this many at the beginning.
    pub offset: u32,
    /// At most this many.
    pub limit: u32,
}

/// How many exhibits show one kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct KindCount {
    /// What they show.
    pub kind: ExhibitKind,
    /// How many.
    pub count: u64,
}

/// Part of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExhibitsPage {
    /// Those that were asked for.
    pub rows: Vec<ExhibitView>,
    /// How many there are in all.
    pub total: u64,
    /// How many of each kind there are, whatever kind was asked for.
    pub counts_by_kind: Vec<KindCount>,
}

pub(crate) fn run(open: &Open, request: ListExhibits) -> Result<ExhibitsPage, ApiError> {
    use buyerwatch_vault::ExhibitSort as Sort;
    let query = ExhibitsQuery {
        buyer: request.buyer_id,
        incident: request.incident_id,
        order_id: request.order_id.map(|id| order_id(&id)),
        kind: request.kind,
        class: request.class,
        text: request.text.unwrap_or_default(),
        from: request.from,
        until: request.until,
        unlinked_only: request.unlinked_only.unwrap_or_default(),
        damaged_only: request.damaged_only.unwrap_or_default(),
        removed: request.removed.unwrap_or_default(),
        sort: match request.sort {
            ExhibitSort::AddedDesc => Sort::Added,
            ExhibitSort::CapturedDesc => Sort::Captured,
            ExhibitSort::Name => Sort::Name,
        },
        offset: request.offset,
        limit: request.limit.min(LIMIT),
    };
    open.read(|read| {
        let found = read.exhibits(&query)?;
        let counts = found.kinds.into_iter().map(|(kind, count)| KindCount { kind, count });
        let team = Team::read(read)?;
        Ok(ExhibitsPage {
            rows: found
                .exhibits
                .iter()
                .map(|of| shown::view(read, of, &team))
                .collect::<Result<_, _>>()?,
            total: found.total,
            counts_by_kind: counts.collect(),
        })
    })
}
