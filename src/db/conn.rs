//! Connections of either engine, and the settings each must have.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, R2D2Connection};
use diesel::{PgConnection, SqliteConnection};

use crate::error::{Error, Result};
use crate::texts::Sentence;

#[derive(diesel::MultiConnection)]
pub enum DbConn {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Runs the same expression once per engine: for what `MultiConnection` lacks (batches, ON CONFLICT), and for statements of
/// every request, whose text is then written once for all instead of each time.
macro_rules! each_engine {
    ($conn:expr, $c:ident => $e:expr) => {
        match $conn {
            $crate::db::DbConn::Postgres($c) => $e,
            $crate::db::DbConn::Sqlite($c) => $e,
        }
    };
}
pub(crate) use each_engine;

/// True for `postgres://` and `postgresql://` addresses; anything else is a SQLite file.
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

/// `busy_timeout` comes first so that the next lines wait for a lock rather than fail.
const SQLITE_COMMON: &str = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000; \
                             PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;";

/// A SQLite connection for the writer: durable at each commit (trust.md D06, `synchronous = FULL`). It copies the log back to the
/// database by hand (`writer.rs`).
pub fn sqlite_writer(path: &str) -> Result<SqliteConnection> {
    let mut conn = open_sqlite(path)?;
    conn.batch_execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0;")?;
    Ok(conn)
}

/// A SQLite connection that cannot write.
pub fn sqlite_reader(path: &str) -> Result<SqliteConnection> {
    let mut conn = open_sqlite(path)?;
    conn.batch_execute("PRAGMA query_only = ON;")?;
    Ok(conn)
}

pub(super) fn open_sqlite(path: &str) -> Result<SqliteConnection> {
    let mut conn = SqliteConnection::establish(path)
        .map_err(|e| Error::Operator(Sentence::new("operator-sqlite").with("file", path).with("why", e)))?;
    conn.batch_execute(SQLITE_COMMON)?;
    Ok(conn)
}

#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    alone: bool,
}

/// What one process at a time does: two workers over one PostgreSQL would each write the same letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    Reminders,
    Digests,
    /// What is new about firms, from files as from the calendar.
    CrossChecks,
    Backup,
    Comparison,
    ReadingSeals,
    Campaign,
    Departures,
    UndeliveredLetters,
    LateConfirmations,
    Rectifications,
    UnusualReadings,
    ForgottenDrafts,
    Calendar,
    RetentionList,
}

impl Job {
    /// The number of its lock. A number in service is never given to another job: two versions of the product may run side
    /// by side while one replaces the other.
    fn number(self) -> i64 {
        match self {
            Self::Reminders => 1,
            Self::Digests => 2,
            Self::CrossChecks => 3,
            Self::Backup => 27,
            Self::Comparison => 29,
            Self::ReadingSeals => 33,
            Self::Campaign => 34,
            Self::Departures => 35,
            Self::UndeliveredLetters => 36,
            Self::LateConfirmations => 37,
            Self::Rectifications => 38,
            Self::UnusualReadings => 39,
            Self::ForgottenDrafts => 40,
            Self::Calendar => 41,
            Self::RetentionList => 42,
        }
    }
}

/// True when nobody else does this job now; until the transaction ends, nobody else will. SQLite has one writer.
pub fn alone(conn: &mut DbConn, job: Job) -> Result<bool> {
    match conn {
        DbConn::Sqlite(_) => Ok(true),
        DbConn::Postgres(conn) => Ok(diesel::sql_query("SELECT pg_try_advisory_xact_lock($1) AS alone")
            .bind::<diesel::sql_types::BigInt, _>(job.number())
            .get_result::<Locked>(conn)?
            .alone),
    }
}

/// Longest statement of a use case on PostgreSQL, and longest silence in the middle of one, in milliseconds: past it, somebody waits
/// for nothing.
pub const LONGEST_STATEMENT: u32 = 60_000;

/// A PostgreSQL connection for work on the whole database (migrations, `VACUUM FULL`): it lasts as long as the register is large, and
/// cut in the middle it would begin again for ever.
///
/// # Errors
/// The server does not answer.
pub fn postgres_upkeep(url: &str) -> Result<DbConn> {
    let mut conn = PgConnection::establish(url).map_err(Error::unavailable)?;
    conn.batch_execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;")?;
    Ok(DbConn::Postgres(conn))
}

/// Opens PostgreSQL connections for the pool.
#[derive(Debug, Clone)]
pub struct PostgresManager {
    pub url: String,
    /// Longest statement, in milliseconds.
    pub longest_statement: u32,
}

impl ManageConnection for PostgresManager {
    type Connection = DbConn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<DbConn, Self::Error> {
        let mut conn = PgConnection::establish(&self.url).map_err(diesel::r2d2::Error::ConnectionError)?;
        let (limit, silence) = (self.longest_statement, LONGEST_STATEMENT);
        conn.batch_execute(&format!(
            "SET idle_in_transaction_session_timeout = {silence}; SET statement_timeout = {limit};"
        ))
        .map_err(diesel::r2d2::Error::QueryError)?;
        Ok(DbConn::Postgres(conn))
    }

    fn is_valid(&self, conn: &mut DbConn) -> Result<(), Self::Error> {
        conn.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut DbConn) -> bool {
        conn.is_broken()
    }
}
