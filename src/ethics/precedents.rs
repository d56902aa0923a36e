//! The library of precedents: anonymised texts, found by their words. It holds dozens of texts, not thousands: all the
//! ones in force are read at once.

use diesel::prelude::*;

use super::similar;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::precedents;
use crate::db::search;
use crate::declarations::answers::Answers;
use crate::declarations::kind::{Fact, Kind};
use crate::error::{Error, Result};
use crate::people::PersonId;

/// Most texts read for a search, the newest first.
pub const MOST_READ: i64 = 500;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = precedents)]
pub struct Precedent {
    pub id: i64,
    pub title: String,
    pub situation: String,
    pub norms: String,
    pub recommendation: String,
    pub words: String,
    pub published_at: Instant,
    pub withdrawn_at: Option<Instant>,
}

/// What is written of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub title: String,
    pub situation: String,
    pub norms: String,
    pub recommendation: String,
}

impl Text {
    /// All of it, for the search and for what must not be in it.
    pub fn whole(&self) -> String {
        [&self.title, &self.situation, &self.norms, &self.recommendation].map(String::as_str).join("\n")
    }
}

pub fn insert(tx: &mut Tx<'_>, by: PersonId, text: &Text) -> Result<i64> {
    let now = tx.now();
    let mut words = search::words(&text.whole());
    words.sort_unstable();
    words.dedup();
    Ok(diesel::insert_into(precedents::table)
        .values((
            precedents::title.eq(&text.title),
            precedents::situation.eq(&text.situation),
            precedents::norms.eq(&text.norms),
            precedents::recommendation.eq(&text.recommendation),
            precedents::words.eq(words.join(" ")),
            precedents::written_by.eq(by),
            precedents::published_at.eq(now),
        ))
        .returning(precedents::id)
        .get_result(tx.conn)?)
}

/// Takes one out of the library; it is kept, so that what was once public can be looked up.
pub fn withdraw(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let now = tx.now();
    let published = precedents::table.filter(precedents::id.eq(id)).filter(precedents::withdrawn_at.is_null());
    let changed = diesel::update(published).set(precedents::withdrawn_at.eq(now)).execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// What an asker answers who lets the question serve as an example.
pub const CONSENT: &str = "precedent";

/// May an opinion on this request become a precedent? Where the form asks it, the asker says so; else the office judges.
pub fn may_come_from(kind: &Kind, answers: &Answers) -> bool {
    kind.field_of_fact(Fact::Precedent).is_none_or(|field| answers.text(&field.id) == CONSENT)
}

/// One in force.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Precedent> {
    precedents::table
        .filter(precedents::id.eq(id))
        .filter(precedents::withdrawn_at.is_null())
        .select(Precedent::as_select())
        .first(tx.conn)
        .optional()?
        .ok_or(Error::NotFound)
}

/// One that was published, in force or not.
pub fn ever_published(tx: &mut Tx<'_>, id: i64) -> Result<Option<Precedent>> {
    Ok(precedents::table.find(id).select(Precedent::as_select()).first(tx.conn).optional()?)
}

/// Those in force, the newest first.
pub fn in_force(tx: &mut Tx<'_>) -> Result<Vec<Precedent>> {
    Ok(precedents::table
        .filter(precedents::withdrawn_at.is_null())
        .order(precedents::id.desc())
        .limit(MOST_READ)
        .select(Precedent::as_select())
        .load(tx.conn)?)
}

/// Those in force that hold every word of a query.
pub fn search_for(tx: &mut Tx<'_>, query: &str) -> Result<Vec<Precedent>> {
    let wanted = search::words(query);
    let mut found = in_force(tx)?;
    found.retain(|one| wanted.iter().all(|word| one.words.split(' ').any(|known| known.starts_with(word.as_str()))));
    Ok(found)
}

/// Those that look like a text, the closest first.
pub fn similar_to(tx: &mut Tx<'_>, text: &str) -> Result<Vec<Precedent>> {
    let library = in_force(tx)?;
    let closest = similar::closest(text, library.iter().map(|one| (one.id, one.words.as_str())));
    Ok(closest.into_iter().filter_map(|id| library.iter().find(|one| one.id == id).cloned()).collect())
}
