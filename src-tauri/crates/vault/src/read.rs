//! The handle for reading.

use rusqlite::Connection;

/// A consistent view of the vault: everything read through one handle comes from the same moment.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    conn: &'a Connection,
}

impl<'a> Read<'a> {
    /// Tables read through this. The connection must be inside a transaction.
    pub(crate) const fn new(conn: &'a Connection) -> Self {
        Self { conn }
    }

    /// The connection, for the queries of the tables.
    #[must_use]
    pub(crate) const fn conn(&self) -> &'a Connection {
        self.conn
    }
}
