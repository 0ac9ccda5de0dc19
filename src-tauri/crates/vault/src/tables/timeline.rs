//! Everything that happened with a buyer, newest first.

use super::column::{at, id_or_none};
use super::merges;
use crate::{Read, VaultError};
use buyerwatch_domain::{BuyerId, PersonId, Timestamp};
use rusqlite::{Row, named_params};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineKind {
    /// The buyer was recorded.
    Added,
    /// An incident was reported.
    Incident,
    /// An incident was taken back; the text is the reason.
    IncidentWithdrawn,
    /// Evidence was taken in; the text is its name.
    Exhibit,
    /// A remark.
    Note,
    /// The buyer was listed at once.
    Listed,
    /// A listing was proposed to a second person.
    ListingProposed,
    /// A second person confirmed.
    Approved,
    /// A second person declined; the text is the reason.
    Declined,
    /// A listing ended; the text is the reason.
    Cleared,
    /// The buyer was recognised in an order.
    Sighting,
    /// An alert was raised.
    Alert,
    /// An identity was decided to be somebody else; the text is the reason.
    NotThisBuyer,
    /// That decision was taken back.
    PairRestored,
    /// Another buyer was merged into this one; the text is the reason.
    Merged,
    /// A merge of this buyer and another one was taken back; the text is the reason.
    Unmerged,
}

impl TimelineKind {
    const ALL: [Self; 16] = [
        Self::Added,
        Self::Incident,
        Self::IncidentWithdrawn,
        Self::Exhibit,
        Self::Note,
        Self::Listed,
        Self::ListingProposed,
        Self::Approved,
        Self::Declined,
        Self::Cleared,
        Self::Sighting,
        Self::Alert,
        Self::NotThisBuyer,
        Self::PairRestored,
        Self::Merged,
        Self::Unmerged,
    ];

    /// The stable name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Incident => "incident",
            Self::IncidentWithdrawn => "incident_withdrawn",
            Self::Exhibit => "exhibit",
            Self::Note => "note",
            Self::Listed => "listed",
            Self::ListingProposed => "listing_proposed",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Cleared => "cleared",
            Self::Sighting => "sighting",
            Self::Alert => "alert",
            Self::NotThisBuyer => "not_this_buyer",
            Self::PairRestored => "pair_restored",
            Self::Merged => "merged",
            Self::Unmerged => "unmerged",
        }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When it was recorded; for an incident when it happened, for a sighting when the order was
    /// placed.
    pub at: Timestamp,
    /// What happened.
    pub kind: TimelineKind,
    /// Who did it; nobody for what the program noticed.
    pub by: Option<PersonId>,
    /// Code of the clause.
    pub clause: Option<String>,
    /// What was written.
    pub text: Option<String>,
    /// The order that it concerns.
    pub order_id: Option<String>,
    /// Where that order was placed.
    pub marketplace: Option<String>,
    /// Identity of the incident, exhibit, note, listing or alert, or of the other buyer.
    pub reference: Option<[u8; 16]>,
}

// Each branch is limited by itself, so that a buyer with very many sightings is read no further
// than is shown.
const ENTRIES: &str = "
SELECT * FROM (SELECT added_at AS at, 'added' AS kind, added_by AS by, NULL AS clause, NULL AS text,
        NULL AS order_id, NULL AS marketplace, NULL AS reference, stamp AS tie
    FROM buyers WHERE id = :buyer)
UNION ALL SELECT * FROM (SELECT at, 'incident', reported_by, clause, text,
        NULL, NULL, id, stamp
    FROM incidents WHERE buyer = :buyer ORDER BY at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT withdrawn_at, 'incident_withdrawn', withdrawn_by, clause, withdrawn,
        NULL, NULL, id, withdrawn_stamp
    FROM incidents WHERE buyer = :buyer AND withdrawn_stamp IS NOT NULL
    ORDER BY withdrawn_at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT DISTINCT e.added_at, 'exhibit', e.added_by, NULL, e.name,
        NULL, NULL, e.id, e.stamp
    FROM exhibit_links AS l JOIN exhibits AS e ON e.id = l.exhibit
    WHERE l.buyer = :buyer AND l.linked ORDER BY e.added_at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT at, 'note', by, NULL, text,
        NULL, NULL, id, stamp
    FROM notes WHERE buyer = :buyer ORDER BY at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT listed_at, iif(awaiting, 'listing_proposed', 'listed'), listed_by,
        clause, NULL, NULL, NULL, id, stamp
    FROM listings WHERE buyer = :buyer ORDER BY listed_at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT approved_at, 'approved', approved_by, clause, NULL,
        NULL, NULL, id, approved_stamp
    FROM listings WHERE buyer = :buyer AND approved_stamp IS NOT NULL
    ORDER BY approved_at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT ended_at, ended, ended_by, clause, ended_reason,
        NULL, NULL, id, ended_stamp
    FROM listings WHERE buyer = :buyer AND ended IS NOT NULL ORDER BY ended_at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT raised_at, 'alert', NULL, NULL, NULL,
        order_id, marketplace, id, stamp
    FROM alerts WHERE buyer = :buyer ORDER BY raised_at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT at, iif(restored, 'pair_restored', 'not_this_buyer'), by, NULL, reason,
        NULL, NULL, NULL, stamp
    FROM pairs WHERE buyer = :buyer ORDER BY at DESC LIMIT :limit)
UNION ALL SELECT * FROM (SELECT s.at, 'sighting', NULL, NULL, NULL,
        o.order_id, coalesce(m.name, ''), NULL, o.key
    FROM sightings AS s JOIN orders AS o ON o.key = s.order_key
    LEFT JOIN marketplaces AS m ON m.id = o.marketplace
    WHERE s.buyer = :buyer ORDER BY s.at DESC LIMIT :limit)
ORDER BY at DESC, tie DESC LIMIT :limit";

const MERGES: &str = "
SELECT merge_at, 'merged', merge_by, NULL, merge_reason, NULL, NULL, id
    FROM buyers WHERE holder = :buyer
UNION ALL SELECT merge_at, 'unmerged', merge_by, NULL, merge_reason, NULL, NULL, id
    FROM buyers WHERE unmerged_from = :buyer
UNION ALL SELECT merge_at, 'unmerged', merge_by, NULL, merge_reason, NULL, NULL, unmerged_from
    FROM buyers WHERE id = :buyer AND unmerged_from IS NOT NULL";

fn entry(row: &Row<'_>) -> rusqlite::Result<TimelineEntry> {
    Ok(TimelineEntry {
        at: at(row, 0)?,
        kind: super::column::code(row, 1, |code| {
            TimelineKind::ALL.into_iter().find(|kind| kind.code() == code)
        })?,
        by: id_or_none(row, 2)?,
        clause: row.get(3)?,
        text: row.get(4)?,
        order_id: row.get(5)?,
        marketplace: row.get(6)?,
        reference: row.get(7)?,
    })
}

impl Read<'_> {
    /// The newest entries about a buyer and those merged into them, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn timeline(&self, buyer: BuyerId, limit: u32) -> Result<Vec<TimelineEntry>, VaultError> {
        let holder = self.holder(buyer)?;
        let mut merges = self.conn().prepare_cached(MERGES)?;
        let found = merges.query_map(named_params! { ":buyer": holder.as_bytes() }, entry)?;
        let mut entries = found.collect::<Result<Vec<_>, _>>()?;
        let mut query = self.conn().prepare_cached(ENTRIES)?;
        for person in merges::people(self.conn(), holder)? {
            let values = named_params! { ":buyer": person.as_bytes(), ":limit": limit };
            let theirs = query.query_map(values, entry)?.collect::<Result<Vec<_>, _>>()?;
            for entry in theirs {
                // An order or a file of both is told once.
                let told = |of: &TimelineEntry| {
                    of.kind == entry.kind
                        && (&of.order_id, of.reference) == (&entry.order_id, entry.reference)
                };
                let once = matches!(entry.kind, TimelineKind::Sighting | TimelineKind::Exhibit);
                if person == holder || !once || !entries.iter().any(told) {
                    entries.push(entry);
                }
            }
        }
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(entries)
    }

    /// How many entries there are about a buyer.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn timeline_length(&self, buyer: BuyerId) -> Result<u64, VaultError> {
        let mut query = self.conn().prepare_cached(
            "SELECT (SELECT count(*) FROM buyers WHERE id = ?1)
                 + (SELECT count(*) FROM buyers WHERE holder = ?1 OR unmerged_from = ?1)
                 + (SELECT count(unmerged_from) FROM buyers WHERE id = ?1)
                 + (SELECT count(*) + count(withdrawn_stamp) FROM incidents WHERE buyer = ?1)
                 + (SELECT count(DISTINCT exhibit) FROM exhibit_links
                    WHERE buyer = ?1 AND linked)
                 + (SELECT count(*) FROM notes WHERE buyer = ?1)
                 + (SELECT count(*) + count(approved_stamp) + count(ended) FROM listings
                    WHERE buyer = ?1)
                 + (SELECT count(*) FROM alerts WHERE buyer = ?1)
                 + (SELECT count(*) FROM pairs WHERE buyer = ?1)
                 + (SELECT count(*) FROM sightings WHERE buyer = ?1)",
        )?;
        let mut length = 0;
        for person in merges::people(self.conn(), self.holder(buyer)?)? {
            length += query.query_row([person.as_bytes()], |row| row.get::<_, i64>(0))?;
        }
        Ok(length.unsigned_abs())
    }
}

#[cfg(test)]
pub(super) const STATEMENT: &str = ENTRIES;
