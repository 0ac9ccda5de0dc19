//! Listings as they are shown.

use crate::{people::shown::Team, view::ListingView};
use buyerwatch_domain::Listing;

pub(crate) fn listing(of: &Listing, team: &Team) -> ListingView {
    ListingView {
        id: of.id,
        clause: of.clause.clone(),
        criterion_version: of.criterion_version,
        state: of.state,
        listed_at: of.listed_at,
        listed_by: team.view(of.listed_by),
        approved_by: of.approved_by.map(|person| team.view(person)),
        review_due: of.review_due,
        ended_at: of.ended_at,
        ended_reason: of.ended_reason.clone(),
    }
}
