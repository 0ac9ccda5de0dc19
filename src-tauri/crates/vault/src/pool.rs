//! A few connections for reading.

use crate::database::{Opener, Use};
use crate::{Read, VaultError};
use rusqlite::Connection;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// More readers than that wait for one another.
const LIMIT: usize = 3;

/// Takes a lock. A panic elsewhere leaves nothing half-done here: transactions roll back.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Connections that only read, opened when first needed.
#[derive(Debug)]
pub(crate) struct Pool {
    opener: Opener,
    readers: Mutex<Readers>,
    returned: Condvar,
}

#[derive(Debug, Default)]
struct Readers {
    idle: Vec<Connection>,
    open: usize,
}

/// One of the connections; goes back when dropped.
struct Lent<'a> {
    pool: &'a Pool,
    conn: Option<Connection>,
}

impl Pool {
    pub(crate) fn new(opener: Opener) -> Self {
        Self { opener, readers: Mutex::default(), returned: Condvar::new() }
    }

    /// Reads from one moment of the database.
    pub(crate) fn read<T, E: From<VaultError>>(
        &self,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut lent = self.lend()?;
        let Some(conn) = lent.conn.as_mut() else {
            return Err(VaultError::Database(1).into());
        };
        // Dropping it ends the reading transaction.
        let transaction = conn.transaction().map_err(VaultError::from)?;
        work(&Read::new(&transaction))
    }

    fn lend(&self) -> Result<Lent<'_>, VaultError> {
        let mut readers = lock(&self.readers);
        loop {
            if let Some(conn) = readers.idle.pop() {
                return Ok(Lent { pool: self, conn: Some(conn) });
            }
            if readers.open < LIMIT {
                readers.open += 1;
                drop(readers);
                // From here on, dropping the loan gives the place back, with or without connection.
                let mut lent = Lent { pool: self, conn: None };
                lent.conn = Some(self.opener.open(Use::Read)?);
                return Ok(lent);
            }
            readers = self.returned.wait(readers).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut readers = lock(&self.pool.readers);
        match self.conn.take() {
            Some(conn) => readers.idle.push(conn),
            None => readers.open = readers.open.saturating_sub(1),
        }
        self.pool.returned.notify_one();
    }
}
