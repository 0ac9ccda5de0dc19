//! Says that an exhibit does not belong to something.

use super::{link::LinkExhibit, shown};
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::Command;

pub(crate) fn run(open: &Open, request: LinkExhibit) -> Result<ExhibitDetail, ApiError> {
    let LinkExhibit { exhibit_id: exhibit, link } = request;
    open.execute(Command::UnlinkExhibit { exhibit, link })?;
    shown::detail(open, exhibit)
}
