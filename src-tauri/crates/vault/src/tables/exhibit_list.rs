//! Evidence as the gallery shows it: filtered, sorted, counted by kind.

use super::exhibits::{COLUMNS, OF_BUYER, all};
use crate::{Read, VaultError};
use buyerwatch_domain::{BuyerId, Exhibit, ExhibitKind, IncidentId, MediaClass, Timestamp};
use rusqlite::{params_from_iter, types::Value};

/// In which order exhibits are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExhibitSort {
    /// The last taken in first.
    #[default]
    Added,
    /// The last captured first, those without a time at the end.
    Captured,
    /// By the name of the file.
    Name,
}

/// Which exhibits to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExhibitsQuery {
    /// Only those that concern this buyer.
    pub buyer: Option<BuyerId>,
    /// Only those that prove this incident.
    pub incident: Option<IncidentId>,
    /// Only those of this order.
    pub order_id: Option<String>,
    /// Only those that show this.
    pub kind: Option<ExhibitKind>,
    /// Only those of this class.
    pub class: Option<MediaClass>,
    /// Only those with this in their name, remarks, order or hash, or among what identifies their
    /// buyer; blank means all.
    pub text: String,
    /// Only those that were taken in or captured at this instant or later.
    pub from: Option<Timestamp>,
    /// Only those that were taken in or captured before this instant.
    pub until: Option<Timestamp>,
    /// Only those that belong to nothing yet.
    pub unlinked_only: bool,
    /// Only those that the last check found damaged.
    pub damaged_only: bool,
    /// Only those that were taken out, else only those that are there.
    pub removed: bool,
    /// In which order.
    pub sort: ExhibitSort,
    /// Leave out this many at the beginning.
    pub offset: u32,
    /// At most this many.
    pub limit: u32,
}

/// Some exhibits of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExhibitsFound {
    /// How many there are in all.
    pub total: u64,
    /// How many of each kind there are without the filter by kind.
    pub kinds: Vec<(ExhibitKind, u64)>,
    /// Those that were asked for.
    pub exhibits: Vec<Exhibit>,
}

/// Exhibits that prove the incident `?`: named by a link, or of an order that it names.
const OF_INCIDENT: &str = "
    SELECT exhibit FROM exhibit_links WHERE incident = ?1 AND linked
    UNION SELECT l.exhibit
    FROM incidents AS i, json_each(CAST(i.orders AS TEXT)) AS named
    JOIN exhibit_links AS l ON l.order_id = named.value
    WHERE i.id = ?1 AND l.linked";

/// The condition without the kind, and its values.
fn condition(query: &ExhibitsQuery) -> (String, Vec<Value>) {
    let mut parts = vec![if query.removed {
        "e.removed_stamp IS NOT NULL".to_owned()
    } else {
        "e.removed_stamp IS NULL".to_owned()
    }];
    let mut values: Vec<Value> = Vec::new();
    // Subqueries are written with `?1`; here each value has a number of its own.
    let mut with = |sql: &str, value: Value| {
        values.push(value);
        parts.push(sql.replace("?1", &format!("?{}", values.len())));
    };
    if let Some(buyer) = query.buyer {
        // Of those merged into the buyer, too.
        let people = "buyer IN (SELECT ?1 UNION ALL SELECT id FROM buyers WHERE holder = ?1)";
        let of_all = OF_BUYER.replace("buyer = ?1", people);
        with(&format!("e.id IN ({of_all})"), buyer.as_bytes().to_vec().into());
    }
    if let Some(incident) = query.incident {
        with(&format!("e.id IN ({OF_INCIDENT})"), incident.as_bytes().to_vec().into());
    }
    if let Some(order_id) = &query.order_id {
        with(
            "e.id IN (SELECT exhibit FROM exhibit_links WHERE order_id = ?1 AND linked)",
            order_id.clone().into(),
        );
    }
    if let Some(class) = query.class {
        with("e.class = ?1", class.code().to_owned().into());
    }
    let text = query.text.trim();
    if !text.is_empty() {
        let mut like = String::from("%");
        for c in text.chars() {
            if matches!(c, '%' | '_' | '\\') {
                like.push('\\');
            }
            like.push(c);
        }
        like.push('%');
        with(
            "(e.name LIKE ?1 ESCAPE '\\' OR e.sha256 LIKE ?1 ESCAPE '\\'
              OR EXISTS (SELECT 1 FROM exhibit_links AS l
                         WHERE l.exhibit = e.id AND l.linked AND l.order_id LIKE ?1 ESCAPE '\\')
              OR EXISTS (SELECT 1 FROM custody AS c WHERE c.exhibit = e.id
                         AND c.act = 'annotated' AND c.detail LIKE ?1 ESCAPE '\\')
              OR e.id IN (SELECT l.exhibit FROM identifiers AS i
                          JOIN exhibit_links AS l ON l.buyer = i.buyer
                          WHERE i.removed_stamp IS NULL AND l.linked
                          AND i.value LIKE ?1 ESCAPE '\\'))",
            like.into(),
        );
    }
    if query.from.is_some() || query.until.is_some() {
        let mut within = Vec::new();
        for at in ["e.added_at", "e.captured_at"] {
            let mut bounds = Vec::new();
            for (bound, sign) in [(query.from, ">="), (query.until, "<")] {
                if let Some(bound) = bound {
                    values.push(bound.millis().into());
                    bounds.push(format!("{at} {sign} ?{}", values.len()));
                }
            }
            within.push(bounds.join(" AND "));
        }
        parts.push(format!("(({}))", within.join(") OR (")));
    }
    if query.damaged_only {
        parts.push("e.damaged IS NOT NULL".to_owned());
    }
    if query.unlinked_only {
        parts.push(
            "NOT EXISTS (SELECT 1 FROM exhibit_links AS l WHERE l.exhibit = e.id AND l.linked)"
                .to_owned(),
        );
    }
    (parts.join(" AND "), values)
}

/// The statement that answers a page, and its values but limit and offset.
pub(super) fn statement(query: &ExhibitsQuery) -> (String, Vec<Value>) {
    let (mut condition, mut values) = condition(query);
    if let Some(kind) = query.kind {
        values.push(kind.code().to_owned().into());
        condition.push_str(&format!(" AND e.kind = ?{}", values.len()));
    }
    let order = match query.sort {
        ExhibitSort::Added => "e.added_at DESC, e.id DESC",
        ExhibitSort::Captured => "e.captured_at IS NULL, e.captured_at DESC, e.id DESC",
        ExhibitSort::Name => "e.name COLLATE NOCASE, e.id",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM exhibits AS e WHERE {condition} ORDER BY {order}
         LIMIT ?{} OFFSET ?{}",
        values.len() + 1,
        values.len() + 2
    );
    (sql, values)
}

impl Read<'_> {
    /// A page of exhibits.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn exhibits(&self, query: &ExhibitsQuery) -> Result<ExhibitsFound, VaultError> {
        let (without_kind, values) = condition(query);
        let sql = format!(
            "SELECT e.kind, count(*) FROM exhibits AS e WHERE {without_kind} GROUP BY e.kind"
        );
        let mut counts = self.conn().prepare_cached(&sql)?;
        let counts = counts.query_map(params_from_iter(values), |row| {
            let kind = super::column::code(row, 0, ExhibitKind::from_code)?;
            Ok((kind, row.get::<_, i64>(1)?.unsigned_abs()))
        })?;
        let mut kinds = counts.collect::<Result<Vec<_>, _>>()?;
        kinds.sort_by_key(|(kind, _)| ExhibitKind::ALL.iter().position(|known| known == kind));
        let of_kind = |(kind, _): &&(ExhibitKind, u64)| query.kind.is_none_or(|k| k == *kind);
        let total = kinds.iter().filter(of_kind).map(|(_, count)| count).sum();
        let (sql, mut values) = statement(query);
        values.push(i64::from(query.limit).into());
        values.push(i64::from(query.offset).into());
        let exhibits = all(self.conn(), &sql, params_from_iter(values))?;
        Ok(ExhibitsFound { total, kinds, exhibits })
    }
}
