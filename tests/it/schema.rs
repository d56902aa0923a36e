//! Tables as diesel sees them are the tables that are there, on both engines.

use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use probite::db::{Db, DbConn, dump, migrate};
use probite::privacy::dictionary::Dictionary;

use crate::support::TestApp;
use crate::support::database::{Place, postgres};

/// Column, type as diesel writes it, and whether it may be empty, by table.
pub(crate) type Tables = BTreeMap<String, BTreeMap<String, (String, bool)>>;

/// P10: a column without a reason to be kept fails here.
#[actix_web::test]
async fn every_column_says_why_it_is_kept() {
    let app = TestApp::new().await;
    let said = names(&Dictionary::read().unwrap());
    let mut there: BTreeSet<String> = found(&app)
        .iter()
        .flat_map(|(table, columns)| columns.keys().map(move |column| format!("{table}.{column}")))
        .collect();
    // Of the search, which each engine keeps in tables of its own.
    there.extend(["declaration_words.rowid".to_owned(), "declaration_words.words".to_owned()]);
    let without: Vec<&String> = there.difference(&said).collect();
    let gone: Vec<&String> = said.difference(&there).collect();
    assert!(
        without.is_empty() && gone.is_empty(),
        "not in config/data-dictionary.toml: {without:?}; not in the database: {gone:?}"
    );
    for (table, entry) in Dictionary::read().unwrap().tables {
        for (column, words) in &entry.columns {
            assert!(entry.purpose_of(column).is_some() && entry.kept_of(column).is_some(), "{table}.{column}");
            assert!(
                !words.about.is_somebody() || words.kept.is_some(),
                "{table}.{column}: how long is left to its table"
            );
            for text in [&words.fr, &words.en] {
                assert!((4..=100).contains(&text.chars().count()), "{table}.{column}: {text}");
            }
        }
    }
}

fn names(dictionary: &Dictionary) -> BTreeSet<String> {
    let columns = dictionary
        .tables
        .iter()
        .flat_map(|(table, entry)| entry.columns.keys().map(move |column| format!("{table}.{column}")));
    columns.collect()
}

/// P10: The twin: a column that somebody adds without a word is found.
#[test]
fn a_column_left_out_of_the_dictionary_is_seen() {
    let mut dictionary = Dictionary::read().unwrap();
    let before = names(&dictionary);
    dictionary.tables.get_mut("declarations").unwrap().columns.remove("purpose").unwrap();
    assert_eq!(before.difference(&names(&dictionary)).collect::<Vec<_>>(), ["declarations.purpose"]);
}

/// P10: The twin: a column that says neither why nor how long it is kept is refused, and one about somebody that leaves it to its table.
#[test]
fn a_column_that_does_not_say_why_or_how_long_it_is_kept_is_refused() {
    let read = |as_table: &str, about: &str, more: &str| {
        let text = format!(
            "[things]\npurpose = {{ fr = \"Une raison.\" }}\nkept = \"file\"\nas_table = [{as_table}]\n[things.columns]\n\
             name = {{ about = \"{about}\", fr = \"Nom.\", en = \"Name.\", {more} }}\n"
        );
        Dictionary::parse(&text).map(drop).map_err(|error| format!("{error:?}"))
    };
    let (why, long, class) = ("purpose = { fr = \"La sienne.\" }", "kept = \"directory\"", "class = \"C2\"");
    for (as_table, about, more) in [
        ("\"name\"", "person", format!("{class}, {long}")),
        ("", "person", format!("{class}, {why}, {long}")),
        ("\"name\"", "company", class.to_owned()),
    ] {
        assert_eq!(read(as_table, about, &more), Ok(()), "{about}: {more}");
    }
    for (as_table, about, more, wrong) in [
        ("\"name\"", "person", class.to_owned(), "things.name: no retention"),
        ("", "person", format!("{class}, {long}"), "things.name: no purpose"),
        ("", "nobody", format!("{class}, {why}"), "things.name: no retention"),
        ("\"name\"", "third", format!("{class}, {why}, {long}"), "things.name: two purposes"),
        ("\"name\", \"nom\"", "person", format!("{class}, {long}"), "things.nom: no column"),
        ("\"name\"", "person", long.to_owned(), "class"),
    ] {
        let said = read(as_table, about, &more).unwrap_err();
        assert!(said.contains(wrong), "{about}, {more}: {said}");
    }
}

pub(crate) const SCHEMA: &str = include_str!("../../src/db/schema.rs");

/// What `src/db/schema.rs` says.
pub(crate) fn written(text: &str) -> Tables {
    let mut tables = Tables::new();
    for block in text.split("diesel::table! {").skip(1) {
        let head = block.trim_start();
        let name = head.split([' ', '(']).next().unwrap_or_default().to_owned();
        let body = block.split('{').nth(1).unwrap_or_default().split('}').next().unwrap_or_default();
        let columns = body
            .lines()
            .filter_map(|line| line.trim().trim_end_matches(',').split_once(" -> "))
            .map(|(column, kind)| {
                let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
                (column.to_owned(), (inner.unwrap_or(kind).to_owned(), inner.is_some()))
            })
            .collect();
        tables.insert(name, columns);
    }
    tables
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

/// What the engine says, its types turned into those that diesel would accept.
fn found(app: &TestApp) -> BTreeMap<String, BTreeMap<String, (String, bool)>> {
    let sql = if app.app.db.is_postgres() {
        "SELECT table_name::text AS place, column_name::text AS name, data_type::text AS kind, \
         is_nullable = 'YES' AS nullable FROM information_schema.columns WHERE table_schema = 'public'"
    } else {
        "SELECT t.name AS place, c.name AS name, c.type AS kind, (c.\"notnull\" = 0 AND c.pk = 0) AS nullable \
         FROM pragma_table_list t, pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.type = 'table'"
    };
    let columns: Vec<Column> = app.read(|tx| Ok(diesel::sql_query(sql).load(tx.conn)?));
    let mut tables = Tables::new();
    for column in columns {
        let ours = !column.place.starts_with("sqlite_")
            && !column.place.starts_with("__diesel")
            && !column.place.starts_with("declaration_words")
            && !column.place.starts_with("registry_search");
        if ours {
            tables.entry(column.place).or_default().insert(column.name, (column.kind, column.nullable));
        }
    }
    tables
}

/// Types of an engine that hold a type of diesel.
fn holds(postgres: bool, diesel: &str, engine: &str) -> bool {
    let accepted: &[&str] = match (postgres, diesel) {
        (true, "BigInt") => &["bigint"],
        (true, "Integer") => &["integer"],
        (true, "SmallInt") => &["smallint"],
        (true, "Bool") => &["boolean"],
        (true, "Text") => &["text"],
        (true, "Date") => &["date"],
        (true, "Timestamp") => &["timestamp without time zone"],
        (false, "BigInt" | "Integer" | "SmallInt" | "Bool") => &["INTEGER"],
        (false, "Text" | "Date" | "Timestamp") => &["TEXT"],
        _ => &[],
    };
    accepted.contains(&engine)
}

fn differences(postgres: bool, written: &Tables, found: &Tables) -> Vec<String> {
    let mut all = Vec::new();
    let names: BTreeSet<&String> = written.keys().chain(found.keys()).collect();
    for table in names {
        let (Some(ours), Some(theirs)) = (written.get(table), found.get(table)) else {
            all.push(format!(
                "{table}: in schema.rs {}, in the database {}",
                written.contains_key(table),
                found.contains_key(table)
            ));
            continue;
        };
        let columns: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        for column in columns {
            match (ours.get(column), theirs.get(column)) {
                (Some((kind, null)), Some((engine, engine_null))) => {
                    if !holds(postgres, kind, engine) || null != engine_null {
                        all.push(format!("{table}.{column}: {kind} {null}, {engine} {engine_null}"));
                    }
                }
                (ours, theirs) => all.push(format!("{table}.{column}: {ours:?}, {theirs:?}")),
            }
        }
    }
    all
}

#[actix_web::test]
async fn the_schema_of_diesel_is_the_schema_of_the_database() {
    let app = TestApp::new().await;
    let written = written(SCHEMA);
    assert!(written.len() > 20, "{}", written.len());
    let differences = differences(app.app.db.is_postgres(), &written, &found(&app));
    assert!(differences.is_empty(), "{differences:#?}");
}

/// The twin: a column forgotten, a type changed and a null forbidden are each found.
#[actix_web::test]
async fn a_schema_that_differs_is_found() {
    let app = TestApp::new().await;
    let found = found(&app);
    for (from, to) in [
        ("        resume_state -> Nullable<Text>,\n", ""),
        ("        days_late -> Integer,", "        days_late -> Text,"),
        ("        outcome -> Nullable<Text>,", "        outcome -> Text,"),
    ] {
        assert!(SCHEMA.contains(from), "{from}");
        let changed = written(&SCHEMA.replacen(from, to, 1));
        assert_eq!(differences(app.app.db.is_postgres(), &changed, &found).len(), 1, "{from}");
    }
}

/// D07: SQLite holds dates and times as text; one that is written otherwise than the service writes it reads the same, and is compared
/// differently.
#[actix_web::test]
async fn a_date_that_is_written_otherwise_is_a_fault_of_the_database() {
    let app = TestApp::new().await;
    if app.app.db.is_postgres() {
        return;
    }
    app.files_gift("camille");
    let url = app.app.db.url().to_owned();
    let mut conn = SqliteConnection::establish(&url).unwrap();
    let mut columns: BTreeSet<(String, String)> = dump::dated(&mut conn).unwrap().into_iter().collect();
    // Tables that the search of SQLite makes of its own have none.
    columns.retain(|(table, _)| !table.starts_with("__diesel"));
    let is_dated = |kind: &str| kind == "Date" || kind == "Timestamp";
    let of_diesel: BTreeSet<(String, String)> = written(SCHEMA)
        .into_iter()
        .flat_map(|(table, columns)| {
            let dated = columns.into_iter().filter(|(_, (kind, _))| is_dated(kind));
            dated.map(move |(column, _)| (table.clone(), column)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(columns, of_diesel);
    let faults = || dump::faults_of(&url).unwrap();
    assert_eq!(faults(), Vec::<String>::new());
    for (table, column, wrong) in [
        ("declarations", "first_filed_at", "substr(first_filed_at, 1, 14) || ' ' || substr(first_filed_at, 16)"),
        ("declarations", "due_on", "due_on || ' '"),
        ("declarations", "due_on", "'+' || due_on"),
        ("declarations", "first_filed_at", "replace(first_filed_at, ' ', 'T')"),
        ("declarations", "filed_at", "filed_at || '.12x'"),
    ] {
        conn.batch_execute("BEGIN").unwrap();
        conn.batch_execute(&format!("UPDATE {table} SET {column} = {wrong} WHERE {column} IS NOT NULL")).unwrap();
        let said = dump::faults(&mut DbConn::Sqlite(conn)).unwrap();
        assert!(said.iter().any(|fault| fault.starts_with(&format!("{table}.{column}: "))), "{wrong}: {said:?}");
        conn = SqliteConnection::establish(&url).unwrap();
    }
    assert_eq!(faults(), Vec::<String>::new(), "nothing was kept");
}

/// What is done to the whole database lasts as long as it must: the limit of a statement does not stop it in the middle.
#[test]
fn migrations_and_upkeep_are_not_stopped_by_the_limit_of_a_statement() {
    if postgres().is_none() {
        // SQLite has no such limit.
        return;
    }
    let place = Place::empty();
    let db = Db::open_within(&place.url, 2, true, 1).expect("a millisecond is for use cases");
    db.scrub().unwrap();
    // The twin: a use case is stopped.
    assert!(db.write_here(|conn| Ok(conn.batch_execute("SELECT pg_sleep(1)")?)).is_err());
}

#[test]
fn migrations_run_twice_do_nothing_the_second_time() {
    let place = Place::empty_sqlite();
    let mut conn = DbConn::Sqlite(probite::db::conn::sqlite_writer(&place.url).unwrap());
    assert!(!migrate::run(&mut conn).unwrap().is_empty());
    assert_eq!(migrate::run(&mut conn).unwrap(), Vec::<String>::new());
}
