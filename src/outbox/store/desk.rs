//! A desk for tests: a database of its own, on the engine of `TEST_DATABASE_URL` or SQLite, with one person.

use chrono::{NaiveDate, TimeDelta};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::{LetterRow, find};
use crate::app::App;
use crate::clock::{Clock, Instant};
use crate::config::{Config, SmtpTls, TransportKind};
use crate::db::schema::{letters, persons, units};
use crate::outbox::smtp::sink::Sink;

pub struct Desk {
    pub app: App,
    pub folder: tempfile::TempDir,
}

/// A Monday, at eight in the morning in Québec.
pub fn monday() -> Instant {
    NaiveDate::from_ymd_opt(2026, 6, 15).unwrap().and_hms_opt(12, 0, 0).unwrap()
}

impl Desk {
    pub fn new(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::defaults().unwrap();
        config.database.url = database(folder.path());
        config.database.allow_unsafe_settings = true;
        config.letters.directory = folder.path().join("letters").display().to_string();
        change(&mut config);
        let app = App::build(config, Clock::at(monday())).unwrap();
        app.write_here(|tx| {
            diesel::insert_into(units::table)
                .values((units::id.eq(1), units::code.eq("U"), units::name.eq("Unité"), units::path.eq("U/")))
                .execute(tx.conn)?;
            diesel::insert_into(persons::table)
                .values((
                    persons::id.eq(3),
                    persons::number.eq("3"),
                    persons::given_name.eq("Awa"),
                    persons::family_name.eq("Diop"),
                    persons::email.eq("awa@ministere.example"),
                    persons::title.eq(""),
                    persons::unit_id.eq(1),
                    persons::site.eq("quebec"),
                    persons::regime.eq("employee"),
                    persons::position.eq(""),
                    persons::language.eq("fr"),
                    persons::active_from.eq(monday().date()),
                    persons::folded.eq("awa diop"),
                ))
                .execute(tx.conn)?;
            Ok(())
        })
        .unwrap();
        Self { app, folder }
    }

    /// Sends through a sink, in clear.
    pub fn posting_to(sink: &Sink) -> Self {
        let port = sink.address.port();
        Self::new(move |config| {
            config.letters.transport = TransportKind::Smtp;
            config.letters.smtp_host = "127.0.0.1".into();
            config.letters.smtp_port = port;
            config.letters.smtp_tls = SmtpTls::None;
        })
    }

    /// Queues a letter, due in some seconds; returns its number.
    pub fn letter(&self, to: &str, due_in: i64) -> i64 {
        let to = to.to_owned();
        self.app
            .write_here(move |tx| {
                let now = tx.now();
                let unique = crate::random::token::<9>()?;
                let id = diesel::insert_into(letters::table)
                    .values((
                        letters::letter.eq("decide"),
                        letters::recipient_id.eq(3),
                        letters::recipient_email.eq(to),
                        letters::reference.eq("C-2026-0142"),
                        letters::message_id.eq(format!("<{unique}@ministere.example>")),
                        letters::subject.eq("Déclaration C-2026-0142 à traiter"),
                        letters::text_body.eq("Une déclaration vous attend.\n"),
                        letters::html_body.eq("<p>Une déclaration vous attend.</p>"),
                        letters::reason.eq("decide"),
                        letters::state.eq("queued"),
                        letters::created_at.eq(now),
                        letters::due_at.eq(now + TimeDelta::seconds(due_in)),
                        letters::attempts.eq(0),
                    ))
                    .returning(letters::id)
                    .get_result(tx.conn)?;
                Ok(id)
            })
            .unwrap()
    }

    pub fn row(&self, id: i64) -> LetterRow {
        self.app.read_here(|tx| find(tx, id)).unwrap()
    }

    pub fn state(&self, id: i64) -> String {
        self.row(id).state
    }

    pub fn wait(&self, seconds: i64) {
        self.app.clock.advance(TimeDelta::seconds(seconds));
    }
}

fn database(folder: &std::path::Path) -> String {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
        return folder.join("probite.db").display().to_string();
    };
    let name = format!("desk_{}", hex::encode(crate::random::token::<9>().unwrap()));
    let mut server = PgConnection::establish(&url).unwrap();
    server.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}
