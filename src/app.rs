//! The running product: database, clock, and what is in force. Built the same way by `serve`, commands and tests.

use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::access::AccessTable;
use crate::clock::{self, Clock, Instant};
use crate::config::Config;
use crate::db::{Db, DbConn};
use crate::declarations::calendar::Calendar;
use crate::declarations::catalogue::Catalogue;
use crate::error::Result;
use crate::journal;
use crate::people;
use crate::programme::{self, kind::ShowcaseKind};
use crate::retention::schedule::Schedule;
use crate::sealing::record::Opened;
use crate::sealing::{self, Keyring};
use crate::web::openapi::{Description, Descriptions};
use crate::web::view::Views;

/// What is in force while the process runs.
pub struct Rulebook {
    pub config: Config,
    pub access: AccessTable,
    pub catalogue: Catalogue,
    /// Kinds of showcases, technology showcase first.
    pub showcases: Vec<Arc<ShowcaseKind>>,
    pub calendar: Calendar,
    pub views: Views,
    /// Of the API, for programs and people.
    pub descriptions: Descriptions,
    /// How long files are kept.
    pub schedule: Schedule,
    /// Opens what is sealed.
    pub keyring: Keyring,
    /// Units as they are told where people are not named.
    pub gathered: people::gathered::Kept,
}

impl Rulebook {
    /// Of the API as it is in force.
    ///
    /// # Errors
    /// When a schema cannot be written: ours.
    pub fn description(&self) -> Result<Arc<Description>> {
        self.descriptions.in_force(&self.config, &self.catalogue)
    }
}

#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub clock: Clock,
    pub book: Arc<Rulebook>,
}

/// One use case in progress: its connection, its time, and what is in force.
pub struct Tx<'t> {
    pub conn: &'t mut DbConn,
    pub book: &'t Rulebook,
    /// Keys of sealed files, as long as the use case lasts.
    pub keys: Opened,
    now: Instant,
    writes_letter_texts: bool,
    letters_after: Option<Instant>,
}

impl<'t> Tx<'t> {
    pub fn new(conn: &'t mut DbConn, book: &'t Rulebook, now: Instant) -> Self {
        Self { conn, book, keys: Opened::default(), now, writes_letter_texts: true, letters_after: None }
    }

    /// At the door of a transaction: the kinds in force are those that this process would find in the database.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn begin(conn: &'t mut DbConn, book: &'t Rulebook, now: Instant) -> Result<Self> {
        book.catalogue.catch_up(conn, now, clock::local_date(now, book.calendar.default_zone()))?;
        Ok(Self::new(conn, book, now))
    }

    /// A use case of a past older than `letters.keep_days`: its letters are as they would be found today, without their
    /// text. Only the history of the demonstration is made so.
    pub fn long_past(conn: &'t mut DbConn, book: &'t Rulebook, now: Instant) -> Self {
        Self { writes_letter_texts: false, ..Self::new(conn, book, now) }
    }

    /// False when the text of a letter written now would already have been deleted.
    pub fn writes_letter_texts(&self) -> bool {
        self.writes_letter_texts
    }

    /// Letters written from now on leave no earlier than this: what they tell can be undone until then.
    pub fn hold_letters(&mut self, until: Option<Instant>) {
        self.letters_after = until;
    }

    /// When letters written now may leave, when they are held.
    pub fn letters_after(&self) -> Option<Instant> {
        self.letters_after
    }

    /// Time of record of this use case.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Civil date of the organisation.
    pub fn today(&self) -> NaiveDate {
        clock::local_date(self.now, self.zone())
    }

    pub fn zone(&self) -> Tz {
        self.book.calendar.default_zone()
    }

    /// Civil date at a site, which may lie in another legal time zone.
    pub fn today_at(&self, site: &str) -> NaiveDate {
        clock::local_date(self.now, self.book.calendar.zone(site))
    }
}

impl App {
    /// Opens the database and loads everything in force.
    ///
    /// # Errors
    /// A sentence that says which file or setting to correct.
    pub fn build(config: Config, clock: Clock) -> Result<Self> {
        let db = Db::open(&config.database.url, config.database.pool_size, config.database.allow_unsafe_settings)?;
        let access = AccessTable::parse(&config.access_table()?).map_err(crate::error::Error::Internal)?;
        let calendar = Calendar::parse(&config.calendar()?)
            .map_err(|e| crate::error::Error::Internal(format!("calendar: {e}")))?;
        let now = clock.now();
        let catalogue = Catalogue::load(&config, &db, now, calendar.default_zone())?;
        let showcases = programme::kind::load(&config)?;
        let views = Views::load()?;
        let descriptions = Descriptions::default();
        let keyring = Keyring::load(&config.sealing.key_file)?;
        let kinds: Vec<String> = catalogue.kinds().iter().map(|version| version.kind.id.clone()).collect();
        let schedule = Schedule::parse(&config.retention_schedule()?, &kinds).map_err(crate::error::Error::Internal)?;
        let gathered = people::gathered::Kept::default();
        let book = Rulebook {
            config,
            access,
            catalogue,
            showcases,
            calendar,
            views,
            descriptions,
            schedule,
            keyring,
            gathered,
        };
        let app = Self { db, clock, book: Arc::new(book) };
        app.read_here(sealing::rotation::check)?;
        if let Some(last) = app.read_here(journal::store::last_at)? {
            app.clock.raise(last);
        }
        Ok(app)
    }

    /// Reads in one snapshot.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (book, now) = (Arc::clone(&self.book), self.clock.now());
        self.db.read(move |conn| work(&mut Tx::begin(conn, &book, now)?)).await
    }

    /// Reads away from the threads that serve pages.
    pub async fn read_long<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (book, now) = (Arc::clone(&self.book), self.clock.now());
        self.db.read_long(move |conn| work(&mut Tx::begin(conn, &book, now)?)).await
    }

    /// Runs one use case in one durable transaction.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (book, clock) = (Arc::clone(&self.book), self.clock.clone());
        self.db.write(move |conn| work(&mut Tx::begin(conn, &book, clock.now())?)).await
    }

    /// [`App::read`] on the calling thread.
    pub fn read_here<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.db.read_here(|conn| work(&mut Tx::begin(conn, &self.book, self.clock.now())?))
    }

    /// [`App::write`] on the calling thread.
    pub fn write_here<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (book, clock) = (Arc::clone(&self.book), self.clock.clone());
        self.db.write_here(move |conn| work(&mut Tx::begin(conn, &book, clock.now())?))
    }
}
