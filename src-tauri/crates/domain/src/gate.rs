//! The listing gate: is a clause met, and is its evidence there?

use std::collections::BTreeSet;

use crate::{
    Buyer, Clause, Criterion, ExhibitKind, Incident, IncidentId, Timestamp, incident::order_key,
};

/// One required kind of exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// What must be shown.
    pub kind: ExhibitKind,
    /// How many exhibits show it.
    pub present: usize,
}

/// What keeps a buyer from being listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// An incident more.
    Incident,
    /// An exhibit of this kind.
    Exhibit(ExhibitKind),
}

impl Missing {
    /// The stable name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Exhibit(kind) => kind.code(),
        }
    }
}

/// How far a buyer is from meeting one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Code of the clause.
    pub clause: String,
    /// Version of the criterion.
    pub criterion_version: u32,
    /// The incidents that count: the largest number of them within one window.
    pub counted: Vec<IncidentId>,
    /// How many count.
    pub incidents: usize,
    /// How many are needed.
    pub needed: u32,
    /// Days that they may span.
    pub window_days: u32,
    /// Required evidence and what of it is there.
    pub requirements: Vec<Requirement>,
    /// Whether each counted incident holds the buyer's own version. Asked for, never required:
    /// a buyer who does not answer must not become unlistable by silence.
    pub buyer_version_recorded: bool,
}

impl Gate {
    /// Holds a buyer against a clause. An exhibit counts if its file is sound and it belongs to a counted incident or to an
    /// order that one names or, taken in before anybody said to which, to none. Where one incident is
    /// enough, it must be shown whole: what belongs to another proves nothing about it.
    #[must_use]
    pub fn new(buyer: &Buyer, criterion: &Criterion, clause: &Clause) -> Self {
        let counted = densest_window(buyer, clause);
        let shown = showing(buyer, &counted, clause);
        let requirements = clause
            .required_exhibits
            .iter()
            .map(|&kind| Requirement {
                kind,
                present: buyer
                    .exhibits
                    .iter()
                    .filter(|exhibit| exhibit.is_sound() && exhibit.kind.satisfies(kind))
                    .filter(|exhibit| buyer.is_shown_by(exhibit, &shown))
                    .count(),
            })
            .collect();
        Self {
            clause: clause.code.clone(),
            criterion_version: criterion.version,
            incidents: counted.len(),
            needed: clause.threshold.count,
            window_days: clause.threshold.window_days,
            requirements,
            buyer_version_recorded: !counted.is_empty()
                && counted.iter().all(|incident| incident.buyer_version.is_some()),
            counted: counted.into_iter().map(|incident| incident.id).collect(),
        }
    }

    /// Whether enough incidents lie within one window.
    #[must_use]
    pub fn clause_met(&self) -> bool {
        u32::try_from(self.incidents).unwrap_or(u32::MAX) >= self.needed
    }

    /// Whether a person may list the buyer.
    #[must_use]
    pub fn met(&self) -> bool {
        self.clause_met() && self.missing_exhibits().next().is_none()
    }

    /// Required kinds of which nothing is there.
    pub fn missing_exhibits(&self) -> impl Iterator<Item = ExhibitKind> + '_ {
        self.requirements.iter().filter(|r| r.present == 0).map(|r| r.kind)
    }

    /// All that is missing.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let incident = (!self.clause_met()).then_some(Missing::Incident);
        incident.into_iter().chain(self.missing_exhibits().map(Missing::Exhibit)).collect()
    }
}

/// The counted incidents whose exhibits are looked at: all, or where one is enough the one of which
/// most is shown; of equal ones the newest.
fn showing<'a>(buyer: &Buyer, counted: &[&'a Incident], clause: &Clause) -> Vec<&'a Incident> {
    if clause.threshold.count > 1 {
        return counted.to_vec();
    }
    let shown = |incident: &&&Incident| {
        let of = |kind: &&ExhibitKind| {
            let mut exhibits = buyer.exhibits.iter().filter(|of| of.kind.satisfies(**kind));
            exhibits.any(|exhibit| exhibit.is_sound() && buyer.is_shown_by(exhibit, &[incident]))
        };
        clause.required_exhibits.iter().filter(of).count()
    };
    counted.iter().max_by_key(shown).copied().into_iter().collect()
}

/// The largest set of incidents under the clause that lie within one window; of equal ones the
/// newest. A window is closed on both sides. Where a clause counts an order once, an incident that
/// names no other order than those before it does not count; of those that name none, one counts for
/// each instant.
fn densest_window<'a>(buyer: &'a Buyer, clause: &Clause) -> Vec<&'a Incident> {
    let mut under: Vec<&Incident> = buyer
        .incidents
        .iter()
        .filter(|incident| incident.clause == clause.code && incident.withdrawn.is_none())
        .collect();
    under.sort_by_key(|incident| (incident.at, incident.id));
    let window = i64::from(clause.threshold.window_days).saturating_mul(Timestamp::DAY);
    let (mut best, mut start) = (Vec::new(), 0);
    for (end, incident) in under.iter().enumerate() {
        while under
            .get(start)
            .is_some_and(|first| incident.at.millis().saturating_sub(first.at.millis()) > window)
        {
            start += 1;
        }
        let within = counting(under.get(start..=end).unwrap_or_default(), clause);
        if within.len() >= best.len() {
            best = within;
        }
    }
    best
}

fn counting<'a>(within: &[&'a Incident], clause: &Clause) -> Vec<&'a Incident> {
    let (mut named, mut at) = (BTreeSet::new(), BTreeSet::new());
    let counts = |incident: &&&'a Incident| {
        let orders = incident.orders.iter().map(|order| order_key(order));
        let new = orders.filter(|order| named.insert(order.clone())).count() > 0;
        let new = new || (incident.orders.is_empty() && at.insert(incident.at));
        !clause.once_per_order || new
    };
    within.iter().filter(counts).copied().collect()
}
