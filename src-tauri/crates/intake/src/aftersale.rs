//! Returns, claims and ratings from the values of a row.

use crate::layout::Field;
use crate::order::{self, Cells};
use crate::{ReportFormat, value};
use buyerwatch_domain::{
    AfterSale, ClaimKind, ObservedClaim, ObservedFeedback, ObservedReturn, SkipReason,
};

/// Adds what the cells observe: one return or rating, and the claims that its columns tell of.
pub(crate) fn read(
    cells: &Cells<'_>,
    format: ReportFormat,
    out: &mut Vec<AfterSale>,
) -> Result<(), SkipReason> {
    let mut order_id = String::new();
    order::id(cells, format, &mut order_id)?;
    if format == ReportFormat::MappedClaims {
        let mut amount = None;
        order::money(cells, Field::Refunded, &mut amount);
        out.push(AfterSale::Claim(ObservedClaim {
            order_id,
            kind: ClaimKind::AToZ,
            claim_id: text(cells, Field::ReturnId),
            filed_at: cells.at(Field::RequestedAt),
            state: text(cells, Field::Status),
            reason: text(cells, Field::Reason),
            amount,
        }));
        return Ok(());
    }
    if matches!(format, ReportFormat::Feedback | ReportFormat::MappedFeedback) {
        out.push(AfterSale::Feedback(ObservedFeedback {
            order_id,
            at: cells.at(Field::RequestedAt),
            rating: value::tidy(cells.get(Field::Rating))
                .parse()
                .ok()
                .filter(|stars| (1..=5).contains(stars)),
            comment: text(cells, Field::Comment),
            response: text(cells, Field::Response),
            rater_email: text(cells, Field::Alias),
        }));
        return Ok(());
    }
    claims(cells, &order_id, out);
    let mut refunded = None;
    order::money(cells, Field::Refunded, &mut refunded);
    let policy = value::tidy(cells.get(Field::InPolicy));
    out.push(AfterSale::Return(ObservedReturn {
        order_id,
        return_id: text(cells, Field::ReturnId),
        sku: text(cells, Field::Sku),
        asin: text(cells, Field::Asin),
        product: text(cells, Field::Product),
        quantity: value::count(cells.get(Field::Quantity)),
        requested_at: cells.at(Field::RequestedAt),
        delivered_at: cells.at(Field::DeliveredAt),
        status: text(cells, Field::Status),
        reason: text(cells, Field::Reason),
        disposition: text(cells, Field::Disposition),
        comment: text(cells, Field::Comment),
        resolution: text(cells, Field::Resolution),
        in_policy: (!policy.is_empty()).then(|| value::yes(policy)),
        tracking_id: text(cells, Field::TrackingId),
        refunded,
    }));
    Ok(())
}

fn claims(cells: &Cells<'_>, order_id: &str, out: &mut Vec<AfterSale>) {
    if value::yes(cells.get(Field::AToZ)) {
        out.push(AfterSale::Claim(ObservedClaim {
            order_id: order_id.to_owned(),
            kind: ClaimKind::AToZ,
            ..ObservedClaim::default()
        }));
    }
    let claim_id = text(cells, Field::SafeTId);
    let state = text(cells, Field::SafeTState);
    // Where there is no claim the columns are empty, or say so with `N/A`.
    let said = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if said(&claim_id) || !state.is_empty() && !state.eq_ignore_ascii_case("n/a") {
        let mut amount = None;
        order::money(cells, Field::SafeTAmount, &mut amount);
        out.push(AfterSale::Claim(ObservedClaim {
            order_id: order_id.to_owned(),
            kind: ClaimKind::SafeT,
            claim_id,
            filed_at: cells.at(Field::SafeTFiledAt),
            state,
            reason: text(cells, Field::SafeTReason),
            amount,
        }));
    }
}

fn text(cells: &Cells<'_>, field: Field) -> String {
    let mut out = String::new();
    value::put(&mut out, cells.get(field), true);
    out
}
