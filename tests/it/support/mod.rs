//! What stories are told with: a product on a database of its own, a clock turned by hand, people and their browsers.

pub mod answers;
pub mod authenticator;
pub mod browser;
pub mod clamd;
pub mod database;
pub mod database_server;
pub mod directory;
pub mod failpoints;
pub mod files;
pub mod measures;
pub mod ministry;
pub mod process;
mod stories;
pub mod wire;

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::test::{self, TestRequest};
use actix_web::{App as ActixApp, web};
use chrono::{NaiveDate, TimeDelta, Timelike};
use diesel::prelude::*;
use probite::access::Actor;
use probite::access::actor::Channel;
use probite::app::{App, Rulebook, Tx};
use probite::clock::{Clock, Instant, at_local_time, local_date};
use probite::config::Config;
use probite::db::schema::{letters, persons};
use probite::doctor::ready::Readiness;
use probite::error::Result;
use probite::journal::agreement::Difference;
use probite::people::{self, sessions, suspension};
use probite::web::limits::Limits;
use probite::web::{gate, routes, server};

use browser::Browser;
use database::{Place, Template};
use failpoints::Failpoints;

/// Monday 23 November 2026, 10:00 in Québec.
pub fn start() -> Instant {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    at_local_time(day, 10, 0, chrono_tz::America::Toronto)
}

/// Longer than anything that a story waits for takes, on a machine that does something else: past it, it will not come.
const CEILING: Duration = Duration::from_secs(60);

/// What a story waits for from another process or thread that tells nobody when it is done: asked again and again until it is there.
/// The only wait of the stories; how long it takes changes nothing to what they say.
pub fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let begun = std::time::Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(begun.elapsed() < CEILING, "a minute later, still not: {what}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// A sentence of the French files.
pub fn say(key: &str) -> String {
    assert!(probite::texts::exists(key), "no text {key}");
    probite::texts::say(probite::text::Language::Fr, key, &[])
}

type Answer = Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>;

pub struct TestApp {
    pub app: App,
    pub clock: Hand,
    service: Box<dyn Fn(TestRequest) -> Answer>,
    template: Arc<Template>,
    /// A story altered the tables by hand: they do not say what the journal says any more.
    altered: Cell<bool>,
    failpoints: Option<Failpoints>,
    // Last: the database goes when nothing uses it any more.
    _place: Place,
}

/// The clock on the wall, in Québec.
pub struct Hand {
    clock: Clock,
    book: Arc<probite::app::Rulebook>,
}

impl Hand {
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub fn today(&self) -> NaiveDate {
        local_date(self.now(), self.book.calendar.default_zone())
    }

    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// The same hour, so many business days later.
    pub fn advance_business_days(&self, days: u32) {
        let zone = self.book.calendar.default_zone();
        let hour = self.now().and_utc().with_timezone(&zone);
        let day = self.book.calendar.add_business_days(self.today(), days);
        self.set(day, hour.hour(), hour.minute());
    }

    pub fn set(&self, day: NaiveDate, hour: u32, minute: u32) {
        self.clock.set(at_local_time(day, hour, minute, self.book.calendar.default_zone()));
    }
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// The same product with other settings.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let template = Template::get();
        let (db, place) = template.copy();
        let clock = Clock::at(start());
        let mut config = place.config();
        let before = config.print().expect("settings print");
        change(&mut config);
        let app = if config.print().expect("settings print") == before {
            App { db, clock, book: Arc::clone(&template.book) }
        } else {
            App::build(config, clock).expect("the product starts")
        };
        Self::serve(app, template, place).await
    }

    /// The same settings and rules as another product, on a database of its own.
    pub async fn with_book(book: &Arc<Rulebook>) -> Self {
        let template = Template::get();
        let (db, place) = template.copy();
        let app = App { db, clock: Clock::at(start()), book: Arc::clone(book) };
        Self::serve(app, template, place).await
    }

    /// A product that shares nothing with the other stories: what it adopts stays its own.
    pub async fn alone() -> Self {
        let template = Template::get();
        let (_, place) = template.copy();
        let app = App::build(place.config(), Clock::at(start())).expect("the product starts");
        Self::serve(app, template, place).await
    }

    /// Another process on the same database, under the same clock.
    pub fn another_process(&self) -> App {
        App::build(self.app.book.config.clone(), self.app.clock.clone()).expect("the product starts again")
    }

    async fn serve(app: App, template: Arc<Template>, place: Place) -> Self {
        let limits = web::Data::new(Limits::new(&app.book.config));
        let service = test::init_service(
            ActixApp::new()
                .app_data(web::Data::new(app.clone()))
                .app_data(limits)
                .app_data(web::Data::new(Readiness::default()))
                .configure(server::extractors(app.book.config.server.max_body))
                .wrap(from_fn(gate::gate))
                .configure(routes::configure),
        )
        .await;
        let service = boxed(service, TestRequest::to_request);
        let clock = Hand { clock: app.clock.clone(), book: Arc::clone(&app.book) };
        let failpoints =
            std::env::var_os("FAILPOINTS").is_some_and(|set| set == "1").then(|| Failpoints::install(app.db.url()));
        Self { app, clock, service, template, altered: Cell::new(false), failpoints, _place: place }
    }

    /// From now on each row that a request would write fails in its turn before the request is let through.
    pub fn puts_failpoints(&mut self) {
        self.failpoints.get_or_insert_with(|| Failpoints::install(self.app.db.url()));
    }

    pub fn failpoints(&self) -> Option<&Failpoints> {
        self.failpoints.as_ref()
    }

    /// Says that this story altered the tables behind the product's back.
    pub fn is_altered(&self) {
        self.altered.set(true);
    }

    /// Row number of somebody.
    pub fn id(&self, name: &str) -> i64 {
        *self.template.people.get(name).unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// Row number of a company, by NEQ.
    pub fn company(&self, neq: &str) -> i64 {
        self.read(|tx| probite::companies::store::find_by_neq(tx, neq)).expect("a company has this NEQ").id
    }

    pub fn everybody(&self) -> Vec<&'static str> {
        self.template.people.keys().copied().collect()
    }

    /// First name as stories write it.
    pub fn name(&self, id: i64) -> &'static str {
        self.template.people.iter().find(|(_, row)| **row == id).map_or("?", |(name, _)| name)
    }

    /// A visitor who has not signed in.
    pub fn stranger(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// Somebody who has just signed in.
    pub fn as_(&self, name: &str) -> Browser<'_> {
        let id = self.id(name);
        let secret = self
            .app
            .write_here(move |tx| {
                let person = people::store::find(tx, id)?;
                sessions::open(tx, &person, sessions::Factor::Password)
            })
            .expect("a session opens");
        let browser = Browser::new(self);
        browser.set_cookie(gate::SESSION_COOKIE, &secret);
        browser
    }

    /// Gives somebody a password.
    pub fn gives_password(&self, name: &str, password: &str) {
        let (id, hash) = (self.id(name), people::accounts::hash(password).expect("a hash"));
        self.app.write_here(move |tx| people::accounts::set_password(tx, None, id, &hash)).expect("an account");
    }

    pub fn actor(&self, name: &str) -> Actor {
        let id = self.id(name);
        self.app
            .read_here(|tx| {
                let person = people::store::find(tx, id)?;
                sessions::actor(tx, &person, Channel::Page, false)
            })
            .expect("the directory is read")
            .unwrap_or_else(|| panic!("{name} is not in service"))
    }

    /// Does something in somebody's name, without pages.
    pub fn does<T: Send + 'static>(
        &self,
        name: &str,
        work: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let actor = self.actor(name);
        self.app.write_here(move |tx| work(tx, &actor))
    }

    pub fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> T {
        self.app.read_here(work).expect("the database is read")
    }

    pub fn write<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
        self.app.write_here(work).expect("the database is written")
    }

    /// Two use cases at once: the second begins when the first says so by its pause, before what that did is durable. SQLite does one
    /// after the other.
    pub fn meet<A: Send + 'static, B: Send + 'static>(
        &self,
        first: impl FnOnce(&mut Tx<'_>, &dyn Fn()) -> Result<A> + Send + 'static,
        second: impl FnOnce(&mut Tx<'_>) -> Result<B> + Send + 'static,
    ) -> (Result<A>, Result<B>) {
        let (began, begins) = std::sync::mpsc::channel();
        let product = self.app.clone();
        std::thread::scope(|scope| {
            let one = scope.spawn(move || {
                product.write_here(move |tx| {
                    let pause = || {
                        began.send(()).ok();
                        // Long enough for the other to read what it reads, then to wait.
                        let until = std::time::Instant::now() + std::time::Duration::from_millis(400);
                        while std::time::Instant::now() < until {
                            std::thread::park_timeout(std::time::Duration::from_millis(20));
                        }
                    };
                    first(tx, &pause)
                })
            });
            begins.recv().ok();
            let two = self.app.write_here(second);
            (one.join().expect("the first ends"), two)
        })
    }

    /// Gives a person another supervisor in the directory, as an import does.
    pub fn moves(&self, name: &str, to: Option<&str>) {
        let (id, above) = (self.id(name), to.map(|name| self.id(name)));
        self.write(move |tx| {
            diesel::update(persons::table.find(id)).set(persons::supervisor_id.eq(above)).execute(tx.conn)?;
            Ok(())
        });
    }

    /// The last day of somebody in service.
    pub fn leaves(&self, name: &str, last_day: NaiveDate) {
        let id = self.id(name);
        self.write(move |tx| {
            diesel::update(persons::table.find(id)).set(persons::active_until.eq(last_day)).execute(tx.conn)?;
            Ok(())
        });
    }

    /// The account of somebody opens nothing any more.
    pub fn suspends(&self, name: &str) {
        let number = self.number(name);
        self.write(move |tx| suspension::suspend(tx, None, &number, "Un mot de passe a circulé."));
    }

    /// Every letter written, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        type Row = (
            String,
            i64,
            Option<String>,
            String,
            Option<String>,
            String,
            String,
            String,
            Instant,
            Instant,
            Option<String>,
        );
        let rows: Vec<Row> = self.read(|tx| {
            Ok(letters::table
                .order(letters::id.asc())
                .select((
                    letters::letter,
                    letters::recipient_id,
                    letters::reference,
                    letters::message_id,
                    letters::thread_id,
                    letters::subject,
                    letters::text_body,
                    letters::html_body,
                    letters::created_at,
                    letters::due_at,
                    letters::calendar,
                ))
                .load(tx.conn)?)
        });
        rows.into_iter()
            .map(
                |(
                    letter,
                    to,
                    reference,
                    message_id,
                    thread_id,
                    subject,
                    text,
                    html,
                    written_at,
                    leaves_at,
                    calendar,
                )| Letter {
                    letter,
                    to: self.name(to),
                    reference,
                    message_id,
                    thread_id,
                    subject,
                    text,
                    html,
                    written_at,
                    leaves_at,
                    calendar,
                },
            )
            .collect()
    }

    pub fn letters_to(&self, name: &str) -> Vec<Letter> {
        self.letters().into_iter().filter(|letter| letter.to == name).collect()
    }

    /// « letter → person » for each letter after the first so many.
    pub fn post_since(&self, first: usize) -> Vec<String> {
        self.letters().iter().skip(first).map(|letter| format!("{} → {}", letter.letter, letter.to)).collect()
    }

    /// Chooses between one digest a business day and each letter on its own.
    /// The last letter written could not be delivered.
    pub fn a_letter_fails(&self, code: u16, said: &str) {
        let (now, cause) = (self.clock.now(), format!("permanent {code} {said}"));
        self.write(move |tx| {
            use diesel::prelude::*;
            use probite::db::schema::letters;
            let last: i64 = letters::table.order(letters::id.desc()).select(letters::id).first(tx.conn)?;
            diesel::update(letters::table.find(last))
                .set((letters::state.eq("failed"), letters::due_at.eq(now), letters::last_error.eq(cause)))
                .execute(tx.conn)?;
            Ok(())
        });
    }

    pub fn wants_digest(&self, name: &str, digest: bool) {
        let id = self.id(name);
        self.write(move |tx| probite::outbox::digest::choose(tx, id, digest));
    }

    /// What the worker does when it wakes up: digests.
    pub fn digests(&self) -> usize {
        self.write(probite::outbox::digest::send_due)
    }

    /// What the worker does when it wakes up: reminders.
    pub fn remind(&self) -> usize {
        self.write(probite::declarations::reminders::send_due)
    }
}

/// A03: whatever a story told, the tables say at its end what the journal says.
impl Drop for TestApp {
    fn drop(&mut self) {
        if std::thread::panicking() || self.altered.get() {
            return;
        }
        let found = probite::journal::agreement::compare(&self.app, &[], &|_| {}).expect("the register is read again");
        // Its folder of attachments may be gone before it.
        let gone = !std::path::Path::new(&self.app.book.config.uploads.directory).exists();
        let told = |one: &&Difference| !(gone && matches!(one, Difference::Content { .. }));
        let told: Vec<&Difference> = found.differences.iter().filter(told).collect();
        assert!(told.is_empty(), "the tables do not say what the journal says: {told:?}");
    }
}

/// A letter in the outbox.
#[derive(Debug, Clone)]
pub struct Letter {
    pub letter: String,
    pub to: &'static str,
    pub reference: Option<String>,
    pub message_id: String,
    pub thread_id: Option<String>,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub written_at: Instant,
    pub leaves_at: Instant,
    pub calendar: Option<String>,
}

/// `R` is the request type of actix, which has no name here.
fn boxed<S, R>(service: S, made: fn(TestRequest) -> R) -> Box<dyn Fn(TestRequest) -> Answer>
where
    S: Service<R, Response = ServiceResponse<BoxBody>, Error = actix_web::Error> + 'static,
    R: 'static,
{
    Box::new(move |request| {
        let answer = service.call(made(request));
        Box::pin(async move {
            match answer.await {
                Ok(response) => response,
                Err(error) => panic!("the service failed: {error}"),
            }
        })
    })
}
