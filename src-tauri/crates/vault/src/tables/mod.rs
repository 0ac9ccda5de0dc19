//! The tables: one file each, with its migrations, row struct, queries and what events do to it.
//!
//! Two sorts. *Decided* tables follow from the journal alone: [`apply`] looks at nothing but the
//! event, its header and these tables, so that a replay gives the same bytes, and every group of
//! fields that two people may set keeps the stamp that last set it. *Observed* tables hold what was
//! imported and what is derived from it.

mod after_sales;
mod alert_list;
mod alerts;
mod browse;
mod buyer_list;
mod buyers;
mod claims;
mod column;
mod conversations;
mod coverage;
mod criteria;
mod crowd;
mod custody;
mod door_errors;
mod drafts;
mod exhibit_list;
mod exhibits;
mod feedback;
mod filter;
mod folders;
mod identifiers;
mod imports;
mod incidents;
mod listings;
mod mailboxes;
mod mappings;
mod merge;
mod merges;
mod messages;
mod money;
mod notes;
mod order_acts;
mod order_identities;
mod order_list;
mod orders;
mod pairs;
mod past;
mod people;
mod phrases;
mod policy;
mod recounts;
mod retention;
mod returns;
mod sightings;
mod signal_decisions;
mod signals;
mod state;
mod stored_files;
#[cfg(test)]
mod tests;
mod timeline;
mod tokens;
mod trusts;
mod upsert;
mod veils;

pub use after_sales::{Joined, Noted};
pub use alert_list::{AlertCounts, AlertSummary, AlertView, AlertsQuery};
pub use buyer_list::{BuyerCounts, BuyerSort, BuyerSummary, BuyersQuery};
pub use conversations::{Conversation, ConversationFilter, MessageCounts};
pub use coverage::Coverage;
pub use crowd::{Crowd, NameRow};
pub use custody::CustodyEntry;
pub use door_errors::{DOOR_ERRORS_KEPT, DoorError};
pub use drafts::Draft;
pub use exhibit_list::{ExhibitSort, ExhibitsFound, ExhibitsQuery};
pub use folders::{Claim, FolderFile, FolderRow};
pub use identifiers::CarriedIdentifier;
pub use imports::{
    Begun, ImportProgress, ImportRow, ImportStart, ImportState, Observations, SKIPS_KEPT,
};
pub use mailboxes::{MailboxRow, NewMailbox};
pub use mappings::MappingRow;
pub use merges::Apart;
pub use messages::{
    Copies, MessageFilter, MessageKey, MessageRow, MessageTokens, NotReceived, StoredMessage,
};
pub use order_acts::OrderAct;
pub use order_list::{OrderFilter, OrderFlag, OrderSort, OrderSummary, OrdersQuery};
pub use orders::{OrderKey, OrderLine, OrderRecord};
pub use past::{AfterOrders, BuyerText, PastSize};
pub use recounts::Withdrawn;
pub use sightings::Sighting;
pub use signals::Signal;
pub use stored_files::{StoredFile, Thumbnail};
pub use timeline::{TimelineEntry, TimelineKind};
pub use tokens::{OrderTokenRow, TokenFilters};
pub use upsert::{Origin, StoredOrder, Upsert};
pub use veils::VeilRow;

use crate::VaultError;
use buyerwatch_domain::{
    AlertState, BuyerId, Event, ExhibitLink, ListingState, PersonId, Timestamp, Verdict,
};
use rusqlite::Connection;

/// Version 1 of every table, in the order in which they refer to one another.
pub(crate) const SCHEMA_1: &[&str] = &[
    people::SCHEMA_1,
    policy::SCHEMA_1,
    criteria::SCHEMA_1,
    buyers::SCHEMA_1,
    identifiers::SCHEMA_1,
    notes::SCHEMA_1,
    incidents::SCHEMA_1,
    exhibits::SCHEMA_1,
    custody::SCHEMA_1,
    listings::SCHEMA_1,
    alerts::SCHEMA_1,
    pairs::SCHEMA_1,
    trusts::SCHEMA_1,
    browse::SCHEMA_1,
    imports::SCHEMA_1,
    orders::SCHEMA_1,
    tokens::SCHEMA_1,
    coverage::SCHEMA_1,
    sightings::SCHEMA_1,
    drafts::SCHEMA_1,
    stored_files::SCHEMA_1,
];

/// Version 2: merged buyers; decisions that expire; what is observed of an order after its delivery, watched
/// folders, mappings; what is kept of purged orders.
pub(crate) const SCHEMA_2: &[&str] = &[
    buyers::SCHEMA_2,
    exhibits::SCHEMA_2,
    merges::SCHEMA_2,
    trusts::SCHEMA_2,
    alerts::SCHEMA_2,
    messages::SCHEMA_2,
    returns::SCHEMA_2,
    claims::SCHEMA_2,
    feedback::SCHEMA_2,
    folders::SCHEMA_2,
    mailboxes::SCHEMA_2,
    mappings::SCHEMA_2,
    phrases::SCHEMA_2,
    signals::SCHEMA_2,
    signal_decisions::SCHEMA_2,
    veils::SCHEMA_2,
];

pub(crate) const SCHEMA_3: &[&str] = &[
    custody::SCHEMA_3,
    messages::SCHEMA_3,
    folders::SCHEMA_3,
    mailboxes::SCHEMA_3,
    door_errors::SCHEMA_3,
];

/// Version 4: messages by case, and those that were answered elsewhere.
pub(crate) const SCHEMA_4: &[&str] = &[messages::SCHEMA_4, mailboxes::SCHEMA_4];

/// Version 5: what "not this buyer" was decided on, and when it ends.
pub(crate) const SCHEMA_5: &[&str] = &[pairs::SCHEMA_5];

/// Version 6: by which rules signals were worked out.
pub(crate) const SCHEMA_6: &[&str] = &[recounts::SCHEMA_6];

/// Tables that follow from the journal alone. A rebuild must give each byte for byte.
pub(crate) const DECIDED: &[&str] = &[
    "people",
    "policy",
    "criteria",
    "buyers",
    "buyers_apart",
    "identifiers",
    "notes",
    "incidents",
    "exhibits",
    "exhibit_links",
    "custody",
    "listings",
    "alerts",
    "pairs",
    "trusts",
    "phrases",
    "signal_decisions",
    "signal_judgements",
];

/// What the journal's header says about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meta {
    /// When it was decided, by the clock of whoever decided it.
    pub(crate) at: Timestamp,
    /// Who decided it.
    pub(crate) actor: PersonId,
    /// Hybrid logical clock: milliseconds in the upper 48 bits, a counter in the lower 16. With
    /// `device` and `seq` it orders all events of all devices. Fits `INTEGER` without sign change.
    pub(crate) hlc: i64,
    /// Public key of the device.
    pub(crate) device: [u8; 32],
    /// Number of the event on that device, from 0.
    pub(crate) seq: i64,
}

impl Meta {
    /// The place of the event among all events of all devices, as bytes that compare like it.
    pub(crate) fn stamp(&self) -> [u8; 48] {
        let mut stamp = [0; 48];
        let parts = self.hlc.to_be_bytes().into_iter().chain(self.device);
        let parts = parts.chain(self.seq.to_be_bytes());
        stamp.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        stamp
    }
}

/// Brings an event into the tables. Looks at nothing but the tables, the event and its header, so
/// that a replay gives the same bytes. An event about something unknown changes nothing.
///
/// # Errors
/// When the store cannot be written.
pub(crate) fn apply(conn: &Connection, event: &Event, meta: &Meta) -> Result<(), VaultError> {
    match event {
        Event::PersonAdded { person, name, role } => {
            people::added(conn, *person, name, *role, meta)
        }
        Event::CriterionPublished { criterion } => criteria::published(conn, criterion, meta),
        Event::PhrasesPublished { language, version, text } => {
            phrases::published(conn, (language, *version), text, meta)
        }
        Event::PolicyChanged { second_person, review_days, retention_days } => {
            policy::changed(conn, *second_person, *review_days, *retention_days, meta)
        }
        Event::AlertRaised { alert, buyer, listing, order, tier, score, reasons, latency_ms } => {
            let new = alerts::New {
                alert: *alert,
                buyer: *buyer,
                listing: *listing,
                order,
                tier: *tier,
                score: *score,
                reasons,
                latency_ms: *latency_ms,
            };
            alerts::raised(conn, &new, meta)
        }
        Event::AlertClaimed { alert } => alerts::claim(conn, *alert, true, meta),
        Event::AlertReleased { alert } => alerts::claim(conn, *alert, false, meta),
        Event::AlertHandled { alert, note } => {
            alerts::close(conn, *alert, Some((AlertState::Handled, note.as_deref())), meta)
        }
        Event::AlertSuperseded { alert, .. } => {
            alerts::close(conn, *alert, Some((AlertState::Dismissed, None)), meta)
        }
        Event::AlertDismissed { alert, note } => {
            alerts::close(conn, *alert, Some((AlertState::Dismissed, note.as_deref())), meta)
        }
        Event::AlertReopened { alert } => alerts::close(conn, *alert, None, meta),
        Event::AlertSnoozed { alert, until } => alerts::snooze(conn, *alert, Some(*until), meta),
        Event::PairRejected { buyer, identity, reason, ties, until } => {
            let (reason, ties) = (reason.as_deref(), ties.as_deref());
            let outcome = pairs::Outcome::Rejected { reason, ties, until: *until };
            pairs::decided(conn, *buyer, *identity, outcome, meta)
        }
        Event::PairRestored { buyer, identity, .. } => {
            pairs::decided(conn, *buyer, *identity, pairs::Outcome::Restored, meta)
        }
        Event::TrustGranted { trust, identifier_kind, value, reason, until } => {
            trusts::granted(conn, *trust, *identifier_kind, (value, reason), *until, meta)
        }
        Event::TrustRevoked { trust, reason } => trusts::revoked(conn, *trust, reason, meta),
        Event::SignalAccepted { .. }
        | Event::SignalRejected { .. }
        | Event::SignalReopened { .. } => apply_to_signals(conn, event, meta),
        Event::BuyersMerged { into, from, reason } => {
            merges::merged(conn, (*into, *from), reason.as_deref(), meta)
        }
        Event::BuyersUnmerged { into, from, reason } => {
            merges::unmerged(conn, (*into, *from), reason, meta)
        }
        Event::BuyersToldApart { one, other, apart, reason } => {
            merges::told_apart(conn, (*one, *other), *apart, reason.as_deref(), meta)
        }
        Event::HeadAccepted { .. } | Event::ValuesRevealed { .. } => Ok(()),
        Event::ExhibitAdded { .. }
        | Event::ExhibitLinked { .. }
        | Event::ExhibitUnlinked { .. }
        | Event::ExhibitAnnotated { .. }
        | Event::ExhibitKindChanged { .. }
        | Event::ExhibitViewed { .. }
        | Event::ExhibitExported { .. }
        | Event::ExhibitsVerified { .. }
        | Event::ExhibitRemoved { .. } => apply_to_exhibits(conn, event, meta),
        _ => {
            let buyer = BuyerId::from_bytes(event.entity().1);
            apply_to_buyer(conn, event, meta)?;
            match event {
                Event::IdentifierAdded { identifier, .. }
                | Event::IdentifierRemoved { identifier, .. } => {
                    browse::refresh_identifier(conn, buyer, *identifier)?;
                }
                Event::NoteAdded { note, .. } => browse::refresh_note(conn, buyer, *note)?,
                _ => {}
            }
            browse::refresh(conn, buyer, meta)
        }
    }
}

/// Events about a buyer and what belongs to them.
fn apply_to_buyer(conn: &Connection, event: &Event, meta: &Meta) -> Result<(), VaultError> {
    match event {
        Event::BuyerAdded { buyer } => buyers::added(conn, *buyer, meta),
        Event::IdentifierAdded { buyer, identifier, kind, value } => {
            identifiers::added(conn, (*buyer, *identifier), *kind, value, meta)
        }
        Event::IdentifierRemoved { buyer, identifier, reason } => {
            identifiers::removed(conn, (*buyer, *identifier), reason, meta)
        }
        Event::IdentifierShared { buyer, identifier, shared } => {
            identifiers::shared(conn, (*buyer, *identifier), *shared, meta)
        }
        Event::NoteAdded { buyer, note, text } => notes::added(conn, *buyer, *note, text, meta),
        Event::IncidentAdded {
            buyer,
            incident,
            clause,
            criterion_version,
            at,
            orders,
            text,
            buyer_version,
        } => {
            let new = incidents::New {
                buyer: *buyer,
                incident: *incident,
                clause,
                criterion_version: *criterion_version,
                at: *at,
                orders,
                text,
                buyer_version: buyer_version.as_deref(),
            };
            incidents::added(conn, &new, meta)
        }
        Event::IncidentWithdrawn { buyer, incident, reason } => {
            incidents::withdrawn(conn, *buyer, *incident, reason, meta)
        }
        Event::ListingAdded {
            buyer,
            listing,
            clause,
            criterion_version,
            incidents,
            review_due,
            awaiting_approval,
        } => {
            let new = listings::New {
                buyer: *buyer,
                listing: *listing,
                clause,
                criterion_version: *criterion_version,
                incidents,
                review_due: *review_due,
                awaiting: *awaiting_approval,
            };
            listings::added(conn, &new, meta)
        }
        Event::ListingApproved { buyer, listing } => {
            listings::approved(conn, *buyer, *listing, meta)
        }
        Event::ListingDeclined { buyer, listing, reason } => {
            listings::ended(conn, (*buyer, *listing), ListingState::Declined, reason, meta)
        }
        Event::ListingCleared { buyer, listing, reason } => {
            listings::ended(conn, (*buyer, *listing), ListingState::Cleared, reason, meta)
        }
        // `apply` sends no other event here.
        _ => Ok(()),
    }
}

/// Decisions on what the program noticed.
fn apply_to_signals(conn: &Connection, event: &Event, meta: &Meta) -> Result<(), VaultError> {
    let new = match event {
        Event::SignalAccepted { signal, signal_kind, clause, basis, buyer, incidents } => {
            signal_decisions::New {
                signal: *signal,
                kind: *signal_kind,
                clause,
                basis,
                verdict: Some(Verdict::Accepted),
                buyer: Some(*buyer),
                incidents,
                reason: None,
            }
        }
        Event::SignalRejected { signal, signal_kind, clause, basis, reason } => {
            signal_decisions::New {
                signal: *signal,
                kind: *signal_kind,
                clause,
                basis,
                verdict: Some(Verdict::Rejected),
                buyer: None,
                incidents: &[],
                reason: reason.as_deref(),
            }
        }
        Event::SignalReopened { signal, signal_kind, basis } => signal_decisions::New {
            signal: *signal,
            kind: *signal_kind,
            clause: "",
            basis,
            verdict: None,
            buyer: None,
            incidents: &[],
            reason: None,
        },
        // `apply` sends no other event here.
        _ => return Ok(()),
    };
    signal_decisions::decided(conn, &new, meta)
}

/// Events about evidence.
fn apply_to_exhibits(conn: &Connection, event: &Event, meta: &Meta) -> Result<(), VaultError> {
    match event {
        Event::ExhibitAdded {
            exhibit,
            exhibit_kind,
            name,
            sha256,
            bytes,
            media_type,
            captured_at,
            captured_offset,
            blob,
            derived_from,
            links,
            purpose: _,
        } => {
            let new = exhibits::New {
                exhibit: *exhibit,
                kind: *exhibit_kind,
                name,
                sha256,
                bytes: *bytes,
                media_type,
                captured_at: *captured_at,
                captured_offset: *captured_offset,
                blob: *blob,
                derived_from: *derived_from,
                links,
            };
            exhibits::added(conn, &new, meta)?;
            links.iter().try_for_each(|link| touched(conn, link, meta))?;
        }
        Event::ExhibitLinked { exhibit, link, .. } => {
            exhibits::link(conn, *exhibit, link, true, meta)?;
            touched(conn, link, meta)?;
        }
        Event::ExhibitUnlinked { exhibit, link, .. } => {
            exhibits::link(conn, *exhibit, link, false, meta)?;
            touched(conn, link, meta)?;
        }
        Event::ExhibitKindChanged { exhibit, exhibit_kind, .. } => {
            exhibits::kind_changed(conn, *exhibit, *exhibit_kind, meta)?;
        }
        Event::ExhibitsVerified { intact, damaged, .. } => {
            for exhibit in intact {
                exhibits::verified(conn, *exhibit, None, meta)?;
            }
            for (exhibit, code) in damaged {
                exhibits::verified(conn, *exhibit, Some(code), meta)?;
            }
        }
        Event::ExhibitRemoved { exhibit, reason } => {
            exhibits::removed(conn, *exhibit, reason, meta)?;
        }
        _ => {}
    }
    custody::follow(conn, event, meta)
}

/// The list shows that something changed about the buyer whom a link names.
fn touched(conn: &Connection, link: &ExhibitLink, meta: &Meta) -> Result<(), VaultError> {
    link.buyer().map_or(Ok(()), |buyer| browse::refresh(conn, buyer, meta))
}

/// Empties the decided tables and the texts derived from them, before a replay fills them again.
/// What was observed, such as sightings, stays.
pub(crate) fn empty_decided(conn: &Connection) -> Result<(), VaultError> {
    conn.execute("DELETE FROM buyer_search", [])?;
    for table in DECIDED.iter().rev() {
        conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

/// Takes out what is derived from decisions that a replay did not bring back.
pub(crate) fn sweep_derived(conn: &Connection) -> Result<(), VaultError> {
    conn.execute("DELETE FROM buyer_browse WHERE buyer NOT IN (SELECT id FROM buyers)", [])?;
    stored_files::sweep(conn)?;
    Ok(())
}
