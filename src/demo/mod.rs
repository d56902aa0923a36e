//! The demonstration: a fictional ministry with three years of history, personas to become, and the letters as their
//! recipients would see them.
//!
//! Nothing here is a shortcut through the product: the history is made by the use cases that pages call
//! (`declarations::actions`), each at its own time of record, so that the journal, the revisions, the decisions, the
//! findings, the reminders and the letters are genuine. The same seed and the same last day give the same world and
//! the same history; only what must be random in the product (draft keys, Message-IDs) differs.

pub mod chance;
pub mod data;
pub mod letters;
pub mod mailbox;
pub mod pages;
pub mod story;
pub mod world;

mod acting;
mod committee;
mod confidences;
mod continuity;
mod deciding;
mod events;
mod followups;
mod gifts;
mod hiring;
mod interests;
mod office;
mod outside;
mod planning;
mod programme;
mod relations;
mod rulings;
mod scenes;
mod times;
mod words;
mod writing;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use futures_util::future::join_all;

use crate::app::{App, Tx};
use crate::clock::Instant;
use crate::error::{Error, Result};
use data::Data;
use story::{Story, Tally};
use world::World;

/// How large a world, and which one.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub people: usize,
    pub declarations: usize,
    pub seed: u64,
}

/// Years of history before the last day.
pub const YEARS: u32 = 3;

/// Steps handed to the writer at once: it commits as many together as it finds waiting.
const STEPS_AT_ONCE: usize = 240;

/// First day of a history that ends on a day.
pub fn first_day(last: NaiveDate) -> NaiveDate {
    last.checked_sub_months(chrono::Months::new(YEARS * 12)).unwrap_or(last)
}

/// Fills an empty database with the fictional ministry and its history until `end`.
///
/// `progress` is told the percentage done.
///
/// # Errors
/// When the database fails, or a file of `config/demo` is not what it should be.
pub fn build(app: &App, size: Size, end: Instant, progress: &dyn Fn(u64)) -> Result<Tally> {
    let data = Arc::new(Data::load()?);
    let book = Arc::clone(&app.book);
    let story = app.db.write_here(move |conn| {
        let world = World::people(conn, &book, &data, size, end)?;
        Story::begin(&book, world, data, size, end)
    })?;
    let story = Arc::new(Mutex::new(story));
    // Each step is a use case of its own: the writer of SQLite gives it a savepoint, and one commit to many of them. PostgreSQL
    // would play them on several connections, where a step does not see the one before until it is committed.
    let at_once = if app.db.is_postgres() { 1 } else { STEPS_AT_ONCE };
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Error::internal)?;
    while !lock(&story)?.is_over() {
        let step = |_| {
            let (story, book) = (Arc::clone(&story), Arc::clone(&app.book));
            app.db.write(move |conn| lock(&story)?.advance(conn, &book))
        };
        let done: Result<Vec<()>> = runtime.block_on(join_all((0..at_once).map(step))).into_iter().collect();
        done?;
        let (book, at) = (Arc::clone(&app.book), lock(&story)?.time());
        app.db.write_here(move |conn| letters::leave(&mut Tx::new(conn, &book, at)))?;
        progress(lock(&story)?.progress());
    }
    let book = Arc::clone(&app.book);
    let delegate = continuity::delegate_of(&Data::load()?.ministry.posts);
    app.db.write_here(move |conn| {
        let tx = &mut Tx::new(conn, &book, end);
        delegate.map_or(Ok(()), |delegate| continuity::last_day(tx, &delegate))
    })?;
    let book = Arc::clone(&app.book);
    app.db.write_here(move |conn| letters::settle(conn, &book, end))?;
    let partners = lock(&story)?.world.partners.clone();
    outside::import_all(app, &Data::load()?, &partners, size.seed, end)?;
    outside::look_again(app)?;
    let book = Arc::clone(&app.book);
    app.db.write_here(move |conn| letters::settle(conn, &book, end))?;
    let purpose = Data::load()?.list("clearance.purpose").first().cloned().unwrap_or_default();
    app.write_here(move |tx| {
        committee::check(tx, &purpose)?;
        hiring::imported(tx)
    })?;
    let tally = lock(&story)?.tally();
    Ok(tally)
}

fn lock(story: &Mutex<Story>) -> Result<std::sync::MutexGuard<'_, Story>> {
    story.lock().map_err(|_| Error::Internal("a step of the story panicked".into()))
}
