//! Shows one order in full.

use super::{OneOrder, shown};
use crate::{ApiError, Open, view::OrderDetail};
use buyerwatch_domain::Refusal;

pub(crate) fn run(open: &Open, request: OneOrder) -> Result<OrderDetail, ApiError> {
    let found = open.read(|read| match read.order(&request.order_id, &request.marketplace)? {
        Some(record) => shown::detail(read, &record).map(Some),
        None => Ok(None),
    })?;
    Ok(found.ok_or(Refusal::NotFound("order"))?)
}
