//! Tells of files, before they are taken in, what they probably show and belong to.

use super::{
    names::{kind_of, named_in, order_ids, tracked, tracking_numbers},
    plain::head_of,
    shown,
};
use crate::{
    ApiError, Open,
    files::file_name,
    view::{GuessedFile, LinkView},
};
use buyerwatch_domain::{ExhibitKind, ExhibitLink, MediaClass};
use buyerwatch_media::{MediaType, sniff};
use buyerwatch_vault::{Read, VaultError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which files.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GuessExhibits {
    /// The files.
    pub handles: Vec<String>,
}

/// What can be told of them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GuessedFiles {
    /// One for each file, in their order.
    pub files: Vec<GuessedFile>,
}

/// Bytes that tell what a file is.
const HEAD: u64 = 8 * 1024;

pub(crate) fn run(open: &Open, request: GuessExhibits) -> Result<GuessedFiles, ApiError> {
    let files = request.handles.into_iter().map(|handle| guess(open, handle));
    Ok(GuessedFiles { files: files.collect::<Result<_, _>>()? })
}

fn guess(open: &Open, handle: String) -> Result<GuessedFile, ApiError> {
    let path = open.desk().files().path(&handle)?;
    let name = file_name(&path);
    let (media, bytes, table, error) = match head_of(&path, HEAD) {
        Ok((head, bytes)) => (sniff(&head, &name), bytes, is_table(&head), None),
        Err(error) => {
            let error = open.desk().report("exhibits.guess", error);
            (MediaType::UNKNOWN, 0, false, Some(error))
        }
    };
    let kind = if error.is_none() { kind_of(&name, media.class) } else { ExhibitKind::Other };
    Ok(GuessedFile {
        handle,
        bytes,
        media_type: media.mime.to_owned(),
        class: MediaClass::of(media.mime),
        table,
        kind,
        order_ids: order_ids(&name),
        tracking_numbers: tracking_numbers(&name),
        suggestions: open.read(|read| suggestions(read, &name))?,
        error,
        name,
    })
}

/// Columns that the first line of a report has at least, kept apart by tabs.
const COLUMNS: usize = 4;

/// Whether a text begins with the names of columns, as reports of marketplaces do.
fn is_table(head: &[u8]) -> bool {
    let first = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    first.iter().filter(|byte| **byte == b'\t').count() + 1 >= COLUMNS
}

/// What a file may belong to: first what its name says, then whose order that is.
fn suggestions(read: &Read<'_>, name: &str) -> Result<Vec<LinkView>, VaultError> {
    let mut links = named_in(read, name)?;
    for number in tracking_numbers(name) {
        links.extend(tracked(read, &number)?);
    }
    let orders: Vec<String> = links
        .iter()
        .filter_map(|link| match link {
            ExhibitLink::Order { order_id } => Some(order_id.clone()),
            _ => None,
        })
        .collect();
    for order_id in orders {
        for buyer in read.buyers_citing(&order_id)? {
            let incidents = read.buyer(buyer)?.map(|known| known.incidents).unwrap_or_default();
            let naming = incidents
                .into_iter()
                .filter(|of| of.withdrawn.is_none() && of.orders.contains(&order_id));
            links.extend(naming.map(|of| ExhibitLink::Incident { buyer, incident: of.id }));
            links.push(ExhibitLink::Buyer { buyer });
        }
        if let Some(record) = read.order(&order_id, "")? {
            let seen = read.sightings_of_order(record.key)?;
            links.extend(seen.into_iter().map(|of| ExhibitLink::Buyer { buyer: of.buyer }));
        }
    }
    let mut views: Vec<LinkView> = Vec::with_capacity(links.len());
    for link in links {
        if views.iter().all(|known| known.link != link) {
            views.push(shown::link(read, &link)?);
        }
    }
    Ok(views)
}
