//! The whole database in one file, as it was at one instant, and back. SQLite copies itself; PostgreSQL's own tools do it
//! (`pg_dump`, `pg_restore`), found where the settings say.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::conn::{is_postgres, sqlite_reader};
use super::{Db, DbConn};
use crate::error::{Error, Result};
use crate::texts::Sentence;

/// PostgreSQL's tools: names found in `PATH`, or whole paths.
#[derive(Debug, Clone)]
pub struct Tools {
    pub pg_dump: String,
    pub pg_restore: String,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    value: String,
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// Name of an engine, as copies carry it.
pub fn engine_of(url: &str) -> &'static str {
    if is_postgres(url) { "postgres" } else { "sqlite" }
}

/// Writes the database to `file` and asks `what` of exactly what is written. Nobody waits meanwhile.
///
/// # Errors
/// The disk is full, or the tool of PostgreSQL is not there.
pub fn dump<T>(db: &Db, tools: &Tools, file: &Path, what: impl FnOnce(&mut DbConn) -> Result<T>) -> Result<T> {
    if !db.is_postgres() {
        let target = file.display().to_string();
        diesel::sql_query("VACUUM INTO ?")
            .bind::<Text, _>(&target)
            .execute(&mut super::conn::open_sqlite(db.url())?)?;
        return what(&mut DbConn::Sqlite(sqlite_reader(&target)?));
    }
    db.read_here(|conn| {
        let DbConn::Postgres(server) = &mut *conn else { return Err(Error::Internal("not PostgreSQL".into())) };
        // A long copy is not a forgotten transaction.
        server.batch_execute("SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0")?;
        let snapshot: Line = diesel::sql_query("SELECT pg_export_snapshot() AS value").get_result(server)?;
        let output = File::create(file).map_err(Error::internal)?;
        let mut tool = Tool::new(&tools.pg_dump, db.url())?;
        tool.command.args(["--format=custom", "--no-owner", "--no-privileges", "--snapshot", &snapshot.value]);
        tool.run(Stdio::null(), Stdio::from(output))?;
        what(conn)
    })
}

/// Puts a dump where nothing is.
///
/// # Errors
/// Something is there, or the dump is not one.
pub fn load(url: &str, tools: &Tools, file: &Path) -> Result<()> {
    require_empty(url)?;
    if is_postgres(url) {
        let mut tool = Tool::new(&tools.pg_restore, url)?;
        tool.command.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]);
        return tool.run(Stdio::from(File::open(file).map_err(Error::internal)?), Stdio::null());
    }
    let target = Path::new(url);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(Error::internal)?;
    std::fs::copy(file, target).map_err(Error::internal)?;
    File::open(target).and_then(|file| file.sync_all()).map_err(Error::internal)?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::internal)
}

/// Refuses a place where something is already: nothing is ever written over.
///
/// # Errors
/// Says what is there.
pub fn require_empty(url: &str) -> Result<()> {
    if !is_postgres(url) {
        let taken = ["", "-wal", "-shm"].iter().map(|end| format!("{url}{end}")).find(|path| Path::new(path).exists());
        return taken.map_or(Ok(()), |path| Err(Error::Operator(Sentence::new("place-taken").with("path", path))));
    }
    let tables = tables(&mut PgConnection::establish(url).map_err(Error::internal)?)?;
    let not_empty = |table: &String| Error::Operator(Sentence::new("place-not-empty").with("table", table));
    tables.first().map_or(Ok(()), |table| Err(not_empty(table)))
}

/// Takes back what [`load`] put somewhere empty.
///
/// # Errors
/// The file or the server does not let it.
pub fn unload(url: &str) -> Result<()> {
    if !is_postgres(url) {
        return match std::fs::remove_file(url) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::internal(error)),
            _ => Ok(()),
        };
    }
    let mut conn = PgConnection::establish(url).map_err(Error::internal)?;
    for table in tables(&mut conn)? {
        conn.batch_execute(&format!("DROP TABLE {table} CASCADE"))?;
    }
    let functions: Vec<Line> = diesel::sql_query(
        "SELECT p.oid::regprocedure::text AS value FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace \
         AND pg_get_userbyid(p.proowner) = current_user",
    )
    .load(&mut conn)?;
    for function in functions {
        conn.batch_execute(&format!("DROP FUNCTION {} CASCADE", function.value))?;
    }
    Ok(())
}

/// A connection that reads what is there, as it is: nothing is migrated.
///
/// # Errors
/// It cannot be opened.
pub fn reader(url: &str) -> Result<DbConn> {
    Ok(if is_postgres(url) {
        let mut conn = PgConnection::establish(url).map_err(Error::internal)?;
        conn.batch_execute("SET default_transaction_read_only = on")?;
        DbConn::Postgres(conn)
    } else {
        DbConn::Sqlite(sqlite_reader(url)?)
    })
}

/// What the engine itself finds wrong. PostgreSQL checks what it loads.
///
/// # Errors
/// The database cannot be read.
pub fn faults(conn: &mut DbConn) -> Result<Vec<String>> {
    let DbConn::Sqlite(conn) = conn else { return Ok(Vec::new()) };
    let lines: Vec<Line> =
        diesel::sql_query("SELECT integrity_check AS value FROM pragma_integrity_check").load(conn)?;
    let orphans: Vec<Line> = diesel::sql_query("SELECT \"table\" AS value FROM pragma_foreign_key_check").load(conn)?;
    let broken = lines.into_iter().map(|line| line.value).filter(|line| line != "ok");
    let mut found: Vec<String> =
        broken.chain(orphans.into_iter().map(|line| format!("foreign key of {}", line.value))).collect();
    // A damaged page was told already, and reading on would only fail.
    if found.is_empty() {
        found.extend(misdated(conn)?);
    }
    Ok(found)
}

/// Columns of dates and times, by the table they are in, which SQLite holds as text.
pub fn dated(conn: &mut SqliteConnection) -> Result<Vec<(String, String)>> {
    let columns: Vec<Place> = diesel::sql_query(
        "SELECT tables.name AS place, columns.name AS name \
         FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
         WHERE tables.type = 'table' AND columns.type = 'TEXT' AND (columns.name GLOB '*_at' OR columns.name GLOB '*_on' \
         OR columns.name GLOB '*_until' OR columns.name GLOB '*_since' OR columns.name GLOB '*_from' OR columns.name IN \
         ('at', 'since', 'until', 'effective', 'dated', 'day', 'first_day', 'last_day', 'decide_by', 'about')) \
         ORDER BY tables.name, columns.cid",
    )
    .load(conn)?;
    Ok(columns.into_iter().map(|one| (one.place, one.name)).collect())
}

/// Columns that hold a date or a time otherwise than it is written: read in eighteen forms, it would say the same here, and not to the
/// statements that compare it as text.
fn misdated(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    const DAY: &str = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";
    const TIME: &str = "[0-9][0-9]:[0-9][0-9]:[0-9][0-9]";
    let mut found = Vec::new();
    for (table, column) in dated(conn)? {
        let sql = format!(
            "SELECT \"{column}\" AS value FROM \"{table}\" WHERE \"{column}\" NOT GLOB '{DAY}' \
             AND \"{column}\" NOT GLOB '{DAY} {TIME}' AND (\"{column}\" NOT GLOB '{DAY} {TIME}.?*' \
             OR substr(\"{column}\", 21) GLOB '*[^0-9]*') LIMIT 1"
        );
        let wrong: Option<Line> = diesel::sql_query(sql).get_result(conn).optional()?;
        found.extend(wrong.map(|_| format!("{table}.{column}: a date or a time is written otherwise than it is here")));
    }
    Ok(found)
}

/// [`faults`] as a connection opened for the occasion finds them: one that searched for words before holds a map of their index
/// that its check would compare with the index of now, and find it damaged.
///
/// # Errors
/// The database cannot be read.
pub fn faults_of(url: &str) -> Result<Vec<String>> {
    if is_postgres(url) { Ok(Vec::new()) } else { faults(&mut reader(url)?) }
}

fn tables(conn: &mut PgConnection) -> Result<Vec<String>> {
    let tables: Vec<Line> = diesel::sql_query(
        "SELECT quote_ident(tablename::text) AS value FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
    )
    .load(conn)?;
    Ok(tables.into_iter().map(|line| line.value).collect())
}

/// A tool and the database it works on. The password goes by the environment: everybody reads the arguments of a process.
struct Tool {
    command: Command,
    name: String,
}

impl Tool {
    fn new(name: &str, url: &str) -> Result<Self> {
        let mut address = url::Url::parse(url).map_err(|e| Error::Internal(format!("database.url: {e}")))?;
        let mut command = Command::new(name);
        if let Some(password) = address.password() {
            let password = percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned();
            command.env("PGPASSWORD", password);
        }
        address.set_password(None).map_err(|()| Error::Internal("database.url has no host".into()))?;
        command.args(["--dbname", address.as_str()]);
        Ok(Self { command, name: name.to_owned() })
    }

    fn run(mut self, input: Stdio, output: Stdio) -> Result<()> {
        let failed = |why: String| Error::Internal(format!("{}: {why}", self.name));
        let child = self.command.stdin(input).stdout(output).stderr(Stdio::piped()).spawn();
        let done = child.and_then(std::process::Child::wait_with_output).map_err(|e| failed(e.to_string()))?;
        if done.status.success() {
            Ok(())
        } else {
            Err(failed(String::from_utf8_lossy(&done.stderr).trim().to_owned()))
        }
    }
}
