//! Each statement that a request would write fails in turn, and the database must stay as it was.
//!
//! `FAILPOINTS=1` puts every story under it: whatever changes something is first tried with its first written row failing, then its
//! second, and so on until nothing fails any more; only then does the story go on.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, SqliteConnection};

/// Written beside a use case, on purpose, by whoever asks: who read, and when somebody was last seen.
const BESIDE: [&str; 2] = ["access_log", "sessions"];

/// Rows of each table, as text.
pub type Everything = BTreeMap<String, String>;

pub struct Failpoints {
    conn: RefCell<Conn>,
    /// Table and the query that says everything in it.
    tables: Vec<(String, String)>,
    failed: Cell<u32>,
}

enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    value: String,
}

impl Conn {
    fn run(&mut self, sql: &str) {
        match self {
            Self::Sqlite(conn) => conn.batch_execute(sql),
            Self::Postgres(conn) => conn.batch_execute(sql),
        }
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn ask(&mut self, sql: &str) -> Vec<String> {
        let lines: Vec<Line> = match self {
            Self::Sqlite(conn) => diesel::sql_query(sql).load(conn),
            Self::Postgres(conn) => diesel::sql_query(sql).load(conn),
        }
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
        lines.into_iter().map(|line| line.value).collect()
    }
}

impl Failpoints {
    /// Puts a trigger on every table of a database.
    pub fn install(url: &str) -> Self {
        let mut conn = if url.starts_with("postgres") {
            Conn::Postgres(PgConnection::establish(url).expect("the database opens"))
        } else {
            let mut conn = SqliteConnection::establish(url).expect("the database opens");
            conn.batch_execute("PRAGMA busy_timeout = 10000").expect("a setting");
            Conn::Sqlite(conn)
        };
        let tables = match &mut conn {
            Conn::Sqlite(_) => install_sqlite(&mut conn),
            Conn::Postgres(_) => install_postgres(&mut conn),
        };
        assert!(tables.len() > 40, "the tables of the product: {tables:?}");
        Self { conn: RefCell::new(conn), tables, failed: Cell::default() }
    }

    /// From now on the row written in this place, counted from one, fails. Zero: none does.
    pub fn arm(&self, at: u32) {
        let conn = &mut *self.conn.borrow_mut();
        if let Conn::Postgres(_) = conn {
            conn.run("SELECT setval('failpoint_written', 1, false)");
        }
        conn.run(&format!("UPDATE failpoint SET written = 0, at = {at}"));
    }

    /// Nothing fails any more; so many rows did.
    pub fn disarm(&self, failed: u32) {
        self.arm(0);
        self.failed.set(self.failed.get() + failed);
    }

    /// How many rows failed until now, each in its turn.
    pub fn failed(&self) -> u32 {
        self.failed.get()
    }

    /// Did the row armed fail, whatever was answered? PostgreSQL alone remembers what was rolled back.
    pub fn struck(&self, row: u32) -> bool {
        let conn = &mut *self.conn.borrow_mut();
        let Conn::Postgres(_) = conn else { return false };
        let asked = "SELECT (CASE WHEN is_called THEN last_value ELSE 0 END)::text AS value FROM failpoint_written";
        let written = conn.ask(asked).first().and_then(|text| text.parse::<u32>().ok()).expect("a number");
        written >= row
    }

    /// All that is in the database, but what is written beside.
    pub fn everything(&self) -> Everything {
        let conn = &mut *self.conn.borrow_mut();
        self.tables.iter().map(|(table, query)| (table.clone(), conn.ask(query).concat())).collect()
    }

    /// Tables that do not hold what they held.
    pub fn changed(&self, before: &Everything) -> Vec<String> {
        let after = self.everything();
        before.iter().filter(|(table, rows)| after.get(*table) != Some(rows)).map(|(table, _)| table.clone()).collect()
    }
}

fn install_sqlite(conn: &mut Conn) -> Vec<(String, String)> {
    let names = conn.ask(
        "SELECT name AS value FROM pragma_table_list \
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    conn.run(
        "CREATE TABLE failpoint (written INTEGER NOT NULL, at INTEGER NOT NULL); INSERT INTO failpoint VALUES (0, 0);",
    );
    let mut tables = Vec::new();
    for name in names {
        for what in ["INSERT", "UPDATE", "DELETE"] {
            // The count goes back with what is rolled back: it says what is written in the end.
            conn.run(&format!(
                "CREATE TRIGGER failpoint_{name}_{what} BEFORE {what} ON \"{name}\" BEGIN \
                 UPDATE failpoint SET written = written + 1; \
                 SELECT RAISE(ABORT, 'failpoint') FROM failpoint WHERE written = at; END;"
            ));
        }
        if !BESIDE.contains(&name.as_str()) {
            let columns = conn.ask(&format!("SELECT name AS value FROM pragma_table_info('{name}') ORDER BY cid"));
            let row: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
            let query = format!("SELECT {} || char(10) AS value FROM \"{name}\" ORDER BY 1", row.join(" || ',' || "));
            tables.push((name, query));
        }
    }
    tables
}

fn install_postgres(conn: &mut Conn) -> Vec<(String, String)> {
    let names = conn.ask(
        "SELECT tablename::text AS value FROM pg_tables WHERE schemaname = current_schema() \
         AND tablename NOT LIKE '\\_\\_diesel%' ORDER BY 1",
    );
    conn.run(
        "CREATE SEQUENCE failpoint_written; \
         CREATE TABLE failpoint (written BIGINT NOT NULL, at BIGINT NOT NULL); INSERT INTO failpoint VALUES (0, 0); \
         CREATE FUNCTION failpoint() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF nextval('failpoint_written') = (SELECT at FROM failpoint) THEN RAISE EXCEPTION 'failpoint'; END IF; \
         IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;",
    );
    let mut tables = Vec::new();
    for name in names {
        conn.run(&format!(
            "CREATE TRIGGER a_failpoint BEFORE INSERT OR UPDATE OR DELETE ON \"{name}\" \
             FOR EACH ROW EXECUTE FUNCTION failpoint();"
        ));
        if !BESIDE.contains(&name.as_str()) {
            let query = format!("SELECT t::text || chr(10) AS value FROM \"{name}\" t ORDER BY 1");
            tables.push((name, query));
        }
    }
    tables
}
