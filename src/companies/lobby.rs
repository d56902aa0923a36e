//! The registry of lobbyists, looked up by hand: who looked, when, what was there, under which mandate. Nothing is fetched; no
//! way of asking it by program is published.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::CompanyId;
use crate::access::policy::require_page;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::store;
use crate::db::schema::{lobby_checks, persons};
use crate::error::{Error, FieldError, Result};
use crate::formats::parse_date;
use crate::journal::{self, Event};

/// What somebody found there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A mandate is registered.
    Registered,
    /// Nothing is.
    Absent,
    /// It could not be told.
    Unclear,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Registered, Self::Absent, Self::Unclear];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Absent => "absent",
            Self::Unclear => "unclear",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// A check as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub on: String,
    pub result: String,
    pub mandate: String,
    pub note: String,
}

/// A check on file.
#[derive(Debug, Clone, Queryable)]
pub struct Check {
    pub id: i64,
    pub checked_on: NaiveDate,
    pub result: String,
    pub mandate: String,
    pub note: String,
    pub recorded_at: Instant,
    pub given_name: String,
    pub family_name: String,
}

/// Records that somebody looked a company up.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, company: CompanyId, typed: &Typed) -> Result<()> {
    require_page(&tx.book.access, actor, PageAction::LobbyChecks)?;
    let company = store::root(tx, company)?;
    let mut wrong = Vec::new();
    let today = tx.today();
    let checked_on = parse_date(&typed.on, today, actor.language).ok();
    match checked_on {
        None => wrong.push(FieldError::new("on", "error-lobby-date")),
        Some(day) if day > today => wrong.push(FieldError::new("on", "error-lobby-future")),
        Some(_) => {}
    }
    let outcome = Outcome::parse(&typed.result);
    if outcome.is_none() {
        wrong.push(FieldError::new("result", "error-lobby-result"));
    }
    if outcome == Some(Outcome::Registered) && typed.mandate.trim().is_empty() {
        wrong.push(FieldError::new("mandate", "error-lobby-mandate"));
    }
    for (field, text, most) in [("mandate", &typed.mandate, 200), ("note", &typed.note, 2_000)] {
        if text.chars().count() > most {
            wrong.push(FieldError::with(field, "error-too-long", most));
        }
    }
    let (Some(checked_on), Some(outcome), true) = (checked_on, outcome, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let now = tx.now();
    let mandate = typed.mandate.trim().to_owned();
    diesel::insert_into(lobby_checks::table)
        .values((
            lobby_checks::company_id.eq(company.id),
            lobby_checks::checked_on.eq(checked_on),
            lobby_checks::checked_by.eq(actor.person),
            lobby_checks::result.eq(outcome.as_str()),
            lobby_checks::mandate.eq(&mandate),
            lobby_checks::note.eq(typed.note.trim()),
            lobby_checks::recorded_at.eq(now),
        ))
        .execute(tx.conn)?;
    let event = Event::LobbyChecked { company: company.id, checked_on, result: outcome.as_str().to_owned(), mandate };
    journal::record(tx, Some(actor.person), None, &event)
}

/// The checks of some companies, newest first.
pub fn of_companies(tx: &mut Tx<'_>, companies: &[CompanyId], most: i64) -> Result<Vec<Check>> {
    Ok(lobby_checks::table
        .inner_join(persons::table.on(lobby_checks::checked_by.eq(persons::id)))
        .filter(lobby_checks::company_id.eq_any(companies))
        .order(lobby_checks::id.desc())
        .limit(most)
        .select((
            lobby_checks::id,
            lobby_checks::checked_on,
            lobby_checks::result,
            lobby_checks::mandate,
            lobby_checks::note,
            lobby_checks::recorded_at,
            persons::given_name,
            persons::family_name,
        ))
        .load(tx.conn)?)
}
