//! The read door and the write door.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::SimpleConnection;
use diesel::r2d2::Pool;

use super::conn::{LONGEST_STATEMENT, PostgresManager, is_postgres, postgres_upkeep, sqlite_reader, sqlite_writer};
use super::writer::{Writer, say};
use super::{DbConn, migrate};
use crate::error::{Error, Result};
use crate::texts::Sentence;

#[derive(Clone)]
pub struct Db {
    id: u64,
    url: std::sync::Arc<str>,
    engine: Engine,
}

#[derive(Clone)]
enum Engine {
    Sqlite { writer: Writer },
    Postgres { pool: Pool<PostgresManager> },
}

thread_local! {
    /// Reading connections of this thread, by database (tests open several in one process).
    static READERS: RefCell<HashMap<u64, DbConn>> = RefCell::new(HashMap::new());
}

/// How long a request waits for a connection before it is told that the database does not answer; tries to reach it again are never
/// further apart than half of it.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

impl Db {
    /// Opens the database, applies pending migrations and refuses unsafe settings.
    ///
    /// # Errors
    /// When it cannot be opened, migrated, or is not safe to keep a register in.
    pub fn open(url: &str, pool_size: u32, unsafe_settings: bool) -> Result<Self> {
        Self::open_within(url, pool_size, unsafe_settings, LONGEST_STATEMENT)
    }

    /// [`Db::open`] with another limit to what one statement of a use case takes on PostgreSQL, in milliseconds. Migrations and
    /// [`Db::scrub`] have none.
    ///
    /// # Errors
    /// As for [`Db::open`].
    pub fn open_within(url: &str, pool_size: u32, unsafe_settings: bool, longest_statement: u32) -> Result<Self> {
        let engine = if is_postgres(url) {
            let pool = Pool::builder()
                .max_size(pool_size)
                .min_idle(Some(1))
                .connection_timeout(PATIENCE)
                .build(PostgresManager { url: url.to_owned(), longest_statement })
                .map_err(|e| Error::Operator(Sentence::new("operator-postgres").with("why", e)))?;
            let mut conn = postgres_upkeep(url)?;
            migrate::run(&mut conn)?;
            migrate::check_settings(&mut conn, url, unsafe_settings)?;
            Engine::Postgres { pool }
        } else {
            let mut conn = DbConn::Sqlite(sqlite_writer(url)?);
            migrate::run(&mut conn)?;
            migrate::check_settings(&mut conn, url, unsafe_settings)?;
            Engine::Sqlite { writer: Writer::start(conn)? }
        };
        Ok(Self { id: NEXT_ID.fetch_add(1, Ordering::Relaxed), url: url.into(), engine })
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres { .. })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Reads in one snapshot. On SQLite the reading happens at once on the calling thread: a page's queries cost less
    /// than handing them over.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut DbConn) -> Result<T> + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite { .. } => self.read_here(work),
            Engine::Postgres { .. } => {
                let db = self.clone();
                tokio::task::spawn_blocking(move || db.read_here(work)).await.map_err(Error::internal)?
            }
        }
    }

    /// Long reads (exports, reports) leave the thread that serves pages.
    pub async fn read_long<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut DbConn) -> Result<T> + Send + 'static,
    {
        let db = self.clone();
        tokio::task::spawn_blocking(move || db.read_here(work)).await.map_err(Error::internal)?
    }

    /// Reads on the calling thread: commands, the worker and tests.
    pub fn read_here<T>(&self, work: impl FnOnce(&mut DbConn) -> Result<T>) -> Result<T> {
        match &self.engine {
            Engine::Sqlite { .. } => READERS.with(|readers| {
                let conn = readers.borrow_mut().remove(&self.id);
                let mut conn = match conn {
                    Some(conn) => conn,
                    None => DbConn::Sqlite(sqlite_reader(&self.url)?),
                };
                let result = snapshot(&mut conn, "BEGIN", work);
                readers.borrow_mut().insert(self.id, conn);
                result
            }),
            Engine::Postgres { pool } => {
                let mut conn = pool.get().map_err(Error::unavailable)?;
                snapshot(&mut conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work)
            }
        }
    }

    /// Runs one use case in one transaction; returns once it is durable. An error rolls back this use case alone.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut DbConn) -> Result<T> + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite { writer } => {
                let (tell, told) = tokio::sync::oneshot::channel();
                writer.submit(job(work, move |result| drop(tell.send(result))))?;
                told.await.map_err(|_| Error::Internal("the use case did not finish".into()))?
            }
            Engine::Postgres { .. } => {
                let db = self.clone();
                tokio::task::spawn_blocking(move || db.write_here(work)).await.map_err(Error::internal)?
            }
        }
    }

    /// Leaves nothing in the files of the database of what was deleted from its tables. Everybody who writes waits
    /// meanwhile. What the server of PostgreSQL keeps elsewhere (its log of writes, replicas, archives) follows its own
    /// settings.
    ///
    /// # Errors
    /// The database does not let it; it can be tried again.
    pub fn scrub(&self) -> Result<()> {
        match &self.engine {
            Engine::Sqlite { writer } => {
                let (tell, told) = std::sync::mpsc::channel();
                writer.submit_upkeep(Box::new(move |conn| drop(tell.send(scrub_sqlite(conn)))))?;
                told.recv().map_err(|_| Error::Internal("the upkeep did not finish".into()))?
            }
            // In no transaction, as VACUUM wants.
            Engine::Postgres { .. } => Ok(postgres_upkeep(&self.url)?.batch_execute("VACUUM FULL")?),
        }
    }

    /// Same as [`Db::write`], waiting on the calling thread.
    pub fn write_here<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut DbConn) -> Result<T> + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite { writer } => {
                let (tell, told) = std::sync::mpsc::channel();
                writer.submit(job(work, move |result| drop(tell.send(result))))?;
                told.recv().map_err(|_| Error::Internal("the use case did not finish".into()))?
            }
            Engine::Postgres { pool } => {
                let mut conn = pool.get().map_err(Error::unavailable)?;
                snapshot(&mut conn, "BEGIN", work)
            }
        }
    }
}

/// Whether a checkpoint was hindered by somebody who still reads.
#[derive(diesel::QueryableByName)]
struct Checkpointed {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    busy: i32,
}

/// Leaves nothing of what was deleted: indexes of words merged, free pages given back, the log emptied.
fn scrub_sqlite(conn: &mut DbConn) -> Result<()> {
    conn.batch_execute("INSERT INTO declaration_words (declaration_words) VALUES ('optimize'); VACUUM;")?;
    let DbConn::Sqlite(conn) = conn else { return Ok(()) };
    let done: Checkpointed =
        diesel::RunQueryDsl::get_result(diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)"), conn)?;
    if done.busy == 0 { Ok(()) } else { Err(Error::Internal("the log of the database is still being read".into())) }
}

fn snapshot<T>(conn: &mut DbConn, begin: &str, work: impl FnOnce(&mut DbConn) -> Result<T>) -> Result<T> {
    say(conn, begin)?;
    // A connection that went back to the pool in the middle of a transaction would carry it into somebody else's.
    let result = catch_unwind(AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_| Err(Error::Internal("a use case panicked and was rolled back".into())));
    match result {
        Ok(value) => {
            say(conn, "COMMIT")?;
            Ok(value)
        }
        Err(error) => {
            say(conn, "ROLLBACK")?;
            Err(error)
        }
    }
}

fn job<T, F>(work: F, tell: impl FnOnce(Result<T>) + Send + 'static) -> super::writer::Job
where
    T: Send + 'static,
    F: FnOnce(&mut DbConn) -> Result<T> + Send + 'static,
{
    Box::new(move |conn| {
        let result = work(conn);
        (result.is_ok(), Box::new(move |committed: Result<()>| tell(committed.and(result))))
    })
}
