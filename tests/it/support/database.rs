//! A database for each test, copied from one that is migrated and peopled: a SQLite file, or a PostgreSQL database when
//! `TEST_DATABASE_URL` names one. Copies are deleted when their test ends, the original when the last one does.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use probite::app::{App, Rulebook};
use probite::clock::Clock;
use probite::config::Config;
use probite::db::Db;
use tempfile::TempDir;

use super::ministry;

/// Address of the PostgreSQL to use, when there is one.
pub fn postgres() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| url.starts_with("postgres"))
}

/// The database that the others are copied from.
pub struct Template {
    place: Place,
    pub book: Arc<Rulebook>,
    /// Row numbers of people, by the short name that stories use.
    pub people: BTreeMap<&'static str, i64>,
}

/// Where a database is; it goes with this value.
pub struct Place {
    pub url: String,
    file: Option<PathBuf>,
    folder: TempDir,
    postgres: Option<(String, String)>,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.postgres {
            drop_database(server, name);
        }
    }
}

/// A worker of PostgreSQL that happens to vacuum a database can be neither ended by us nor waited for: tries again, and
/// leaves the database to the server, which goes with the run.
fn drop_database(server: &str, name: &str) {
    let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    for _ in 0..20 {
        let Ok(mut conn) = PgConnection::establish(server) else { return };
        if conn.batch_execute(&sql).is_ok() {
            return;
        }
        let _ = conn.batch_execute("SELECT pg_sleep(0.25)");
    }
    eprintln!("left behind: {name}");
}

fn on_server(server: &str, sql: &str) {
    let mut conn = PgConnection::establish(server).expect("the PostgreSQL of TEST_DATABASE_URL answers");
    conn.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn folder() -> TempDir {
    // Memory when there is some: these databases are thrown away.
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.or_else(|_| tempfile::tempdir()).expect("a temporary folder")
}

/// The sealing key of every test of this process.
pub fn sealing_key() -> String {
    static FILE: std::sync::OnceLock<tempfile::TempPath> = std::sync::OnceLock::new();
    let make = || {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let key = probite::sealing::keyring::MasterKey::generate().expect("a key");
        std::fs::write(file.path(), &*key.line()).expect("the key is written");
        file.into_temp_path()
    };
    FILE.get_or_init(make).display().to_string()
}

/// Settings of every test: throw-away data, a mailbox nobody empties.
fn config(url: &str, attachments: &std::path::Path) -> Config {
    let mut config = Config::defaults().expect("the defaults are right");
    config.database.url = url.to_owned();
    config.database.pool_size = 6;
    config.database.allow_unsafe_settings = true;
    // Stories sign people in without a password; those about codes ask for them.
    config.sign_in.second_factor_for.clear();
    config.sealing.key_file = sealing_key();
    config.contracts.buyers = vec!["Ministère fictif".into()];
    config.uploads.directory = attachments.display().to_string();
    config
}

impl Template {
    pub fn get() -> Arc<Self> {
        static TEMPLATE: Mutex<Weak<Template>> = Mutex::new(Weak::new());
        let mut kept = TEMPLATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(template) = kept.upgrade() {
            return template;
        }
        let template = Arc::new(Self::make());
        *kept = Arc::downgrade(&template);
        template
    }

    fn make() -> Self {
        let place = Place::empty();
        let app = App::build(place.config(), Clock::at(super::start())).expect("the product starts");
        let people = ministry::settle(&app);
        let App { db, book, .. } = app;
        drop(db);
        match (&place.file, &place.postgres) {
            (Some(file), _) => {
                let clean = file.with_file_name("clean.db");
                let mut conn = SqliteConnection::establish(&place.url).expect("the original opens");
                conn.batch_execute("PRAGMA busy_timeout = 10000").expect("a setting");
                conn.batch_execute(&format!("VACUUM INTO '{}'", clean.display())).expect("the original is copied");
            }
            (None, Some((server, name))) => on_server(
                server,
                &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
            ),
            (None, None) => unreachable!("a database is a file or on a server"),
        }
        Self { place, book, people }
    }

    /// A copy for one test.
    pub fn copy(&self) -> (Db, Place) {
        let place = match &self.place.postgres {
            Some((server, original)) => {
                let name = fresh_name();
                // The original's last connections may still be leaving.
                for attempt in 0.. {
                    let mut conn =
                        PgConnection::establish(server).expect("the PostgreSQL of TEST_DATABASE_URL answers");
                    match conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {original}")) {
                        Ok(()) => break,
                        Err(error) if attempt > 200 => panic!("{error}"),
                        Err(_) => std::thread::yield_now(),
                    }
                }
                Place::named(server, name)
            }
            None => {
                let place = Place::empty();
                let clean = self.place.file.as_ref().expect("a file").with_file_name("clean.db");
                std::fs::copy(clean, &place.url).expect("the original is copied");
                place
            }
        };
        let db = Db::open(&place.url, 6, true).expect("the copy opens");
        (db, place)
    }
}

fn fresh_name() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("probite_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

impl Place {
    pub fn config(&self) -> Config {
        config(&self.url, &self.folder.path().join("attachments"))
    }

    /// A database with nothing in it, on the engine under test.
    pub fn empty() -> Self {
        match postgres() {
            Some(server) => {
                let name = fresh_name();
                on_server(&server, &format!("CREATE DATABASE {name}"));
                Self::named(&server, name)
            }
            None => Self::empty_sqlite(),
        }
    }

    pub fn empty_sqlite() -> Self {
        let folder = folder();
        let file = folder.path().join("register.db");
        Self { url: file.display().to_string(), file: Some(file), folder, postgres: None }
    }

    fn named(server: &str, name: String) -> Self {
        let (front, _) = server.rsplit_once('/').expect("postgres://user@host/database");
        Self { url: format!("{front}/{name}"), file: None, folder: folder(), postgres: Some((server.to_owned(), name)) }
    }
}
