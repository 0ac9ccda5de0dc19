//! How values of the domain stand in columns.

use buyerwatch_domain::{
    AlertId, BuyerId, ExhibitId, FolderId, IdentifierId, ImportId, IncidentId, ListingId,
    MailboxId, NoteId, PersonId, SignalId, Timestamp, TrustId,
};
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};

/// An identity, stored as its 16 bytes.
pub(super) trait Id {
    /// From the stored bytes.
    fn stored(bytes: [u8; 16]) -> Self;
}

macro_rules! ids {
    ($($name:ident),+) => {$(
        impl Id for $name {
            fn stored(bytes: [u8; 16]) -> Self {
                Self::from_bytes(bytes)
            }
        }
    )+};
}

ids!(
    AlertId,
    BuyerId,
    ExhibitId,
    FolderId,
    MailboxId,
    IdentifierId,
    ImportId,
    IncidentId,
    ListingId,
    NoteId,
    PersonId,
    SignalId,
    TrustId
);

/// Reads an identity.
pub(super) fn id<T: Id>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    row.get(column).map(T::stored)
}

/// Reads an identity that may be absent.
pub(super) fn id_or_none<T: Id>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(T::stored))
}

/// Reads an instant.
pub(super) fn at(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(Timestamp::from_millis)
}

/// Reads an instant that may be absent.
pub(super) fn at_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Timestamp::from_millis))
}

/// Reads a value that is stored by its stable name.
pub(super) fn code<T>(
    row: &Row<'_>,
    column: usize,
    from_code: impl Fn(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str().map_err(|e| unreadable(column, Type::Text, e))?;
    from_code(text).ok_or_else(|| unreadable(column, Type::Text, FromSqlError::InvalidType))
}

/// Reads a column that holds one of our own encodings.
pub(super) fn decoded<T, E>(
    row: &Row<'_>,
    column: usize,
    decode: impl FnOnce(&[u8]) -> Result<T, E>,
) -> rusqlite::Result<T> {
    let bytes = row.get_ref(column)?.as_bytes().map_err(|e| unreadable(column, Type::Blob, e))?;
    decode(bytes).map_err(|_| unreadable(column, Type::Blob, FromSqlError::InvalidType))
}

fn unreadable(column: usize, kind: Type, error: FromSqlError) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
}
