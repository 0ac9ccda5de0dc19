//! Exhibits as they are shown.

use crate::{
    ApiError, Open,
    buyers::shown::{label, naming},
    people::shown::Team,
    view::{
        CustodyAct, CustodyView, ExhibitDetail, ExhibitNoteView, ExhibitView, LinkView, RemovedView,
    },
};
use buyerwatch_domain::{Exhibit, ExhibitId, ExhibitLink, MediaClass, Refusal};
use buyerwatch_vault::{CustodyEntry, Part, Read, VaultError};

/// One exhibit as a list shows it.
pub(crate) fn view(read: &Read<'_>, of: &Exhibit, team: &Team) -> Result<ExhibitView, VaultError> {
    Ok(ExhibitView {
        id: of.id,
        incident_id: of.incident(),
        links: of.links.clone(),
        kind: of.kind,
        name: of.name.clone(),
        media_type: of.media_type.clone(),
        class: MediaClass::of(&of.media_type),
        sha256: of.sha256.clone(),
        bytes: of.bytes,
        captured_at: of.captured_at,
        captured_offset: of.captured_offset,
        added_at: of.added_at,
        added_by: team.view(of.added_by),
        derived_from: of.derived_from,
        has_thumbnail: of.removed.is_none() && read.has_thumbnail(of.blob)?,
        redactable: of.removed.is_none() && buyerwatch_media::decodes(&of.media_type),
        removed: of.removed.as_ref().map(|removed| RemovedView {
            reason: removed.reason.clone(),
            at: removed.at,
            by: team.view(removed.by),
        }),
        damaged: of.damaged.clone(),
    })
}

/// What a link leads to, in words.
pub(crate) fn link(read: &Read<'_>, to: &ExhibitLink) -> Result<LinkView, VaultError> {
    let label = match to {
        ExhibitLink::Buyer { buyer } => match read.buyer(*buyer)? {
            Some(buyer) => label(naming(&buyer.identifiers)),
            None => String::new(),
        },
        ExhibitLink::Incident { buyer, incident } => {
            let buyer = read.buyer(*buyer)?;
            let of = buyer.iter().flat_map(|buyer| &buyer.incidents).find(|i| i.id == *incident);
            let day = |at: buyerwatch_domain::Timestamp| {
                at.to_datetime().with_timezone(&chrono::Local).format("%Y-%m-%d").to_string()
            };
            of.map(|of| format!("{} · {}", of.clause, day(of.at))).unwrap_or_default()
        }
        ExhibitLink::Order { order_id } => order_id.clone(),
    };
    Ok(LinkView { link: to.clone(), label })
}

fn custody(read: &Read<'_>, of: CustodyEntry, team: &Team) -> Result<CustodyView, VaultError> {
    let damaged = VaultError::Damaged(Part::Table);
    let act = CustodyAct::from_code(&of.act).ok_or(damaged)?;
    Ok(CustodyView {
        at: of.at,
        actor: team.view(of.actor),
        device: of.device.to_string(),
        act,
        purpose: of.purpose,
        links: of.links.iter().map(|to| link(read, to)).collect::<Result<_, _>>()?,
        detail: of.detail,
    })
}

/// All that happened to an exhibit, oldest first.
pub(crate) fn custody_of(
    read: &Read<'_>,
    id: ExhibitId,
    team: &Team,
) -> Result<Vec<CustodyView>, VaultError> {
    read.custody(id)?.into_iter().map(|entry| custody(read, entry, team)).collect()
}

/// One exhibit in full.
pub(crate) fn detail(open: &Open, id: ExhibitId) -> Result<ExhibitDetail, ApiError> {
    let found = open.read(|read| {
        let Some(exhibit) = read.exhibit(id)? else { return Ok(None) };
        let team = Team::read(read)?;
        let custody = custody_of(read, id, &team)?;
        let notes = custody.iter().filter(|entry| entry.act == CustodyAct::Annotated);
        Ok(Some(ExhibitDetail {
            links: exhibit.links.iter().map(|to| link(read, to)).collect::<Result<_, _>>()?,
            notes: notes
                .map(|entry| ExhibitNoteView {
                    text: entry.detail.clone().unwrap_or_default(),
                    at: entry.at,
                    by: entry.actor.clone(),
                })
                .collect(),
            derived: read.exhibits_derived_from(id)?,
            derived_from: exhibit.derived_from,
            exhibit: view(read, &exhibit, &team)?,
            custody,
        }))
    })?;
    Ok(found.ok_or(Refusal::UnknownExhibit)?)
}

/// One exhibit as a list shows it, by its identity.
pub(crate) fn one(open: &Open, id: ExhibitId) -> Result<ExhibitView, ApiError> {
    let found = open.read(|read| match read.exhibit(id)? {
        Some(exhibit) => view(read, &exhibit, &Team::read(read)?).map(Some),
        None => Ok(None),
    })?;
    Ok(found.ok_or(Refusal::UnknownExhibit)?)
}

/// Several exhibits as a list shows them, in their order.
pub(crate) fn several(open: &Open, ids: &[ExhibitId]) -> Result<Vec<ExhibitView>, ApiError> {
    open.read(|read| {
        let team = Team::read(read)?;
        let mut views = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(exhibit) = read.exhibit(*id)? {
                views.push(view(read, &exhibit, &team)?);
            }
        }
        Ok(views)
    })
}
