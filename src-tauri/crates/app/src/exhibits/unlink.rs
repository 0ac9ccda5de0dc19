//! Says that an exhibit does not belong to something.

use super::{link::LinkExhibit, shown};
use crate::{ApiError, Open, view::ExhibitDetail};
use buyerwatch_domain::{Command, Purpose};

pub(crate) fn run(open: &Open, request: LinkExhibit) -> Result<ExhibitDetail, ApiError> {
    let LinkExhibit { exhibit_id: exhibit, link, purpose } = request;
    let purpose = Purpose::Filing.unless(purpose);
    open.execute(Command::UnlinkExhibit { exhibit, link, purpose })?;
    shown::detail(open, exhibit)
}
