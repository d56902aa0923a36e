//! Who is away, and who acts in their place. Set by the person, or for them by whoever administers the service; without
//! a delegate, what waits goes up the line. Decisions say « par X, pour Y ».

use chrono::NaiveDate;
use diesel::prelude::*;

use super::store::{self, Person};
use super::{PersonId, mail};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::kept::Keep;
use crate::db::schema::absences;
use crate::declarations::handover;
use crate::declarations::routing;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};

/// Every kind of declaration.
pub const EVERYTHING: &str = "*";

/// Where an absence stands. It moves with the calendar (`follow`), or when somebody ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Planned,
    Running,
    Over,
    /// Taken back before it began.
    Cancelled,
}

impl Stage {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Over => "over",
            Self::Cancelled => "cancelled",
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "planned" => Self::Planned,
            "running" => Self::Running,
            "cancelled" => Self::Cancelled,
            _ => Self::Over,
        }
    }
}

/// An absence as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = absences)]
pub struct Absence {
    pub id: i64,
    pub person_id: PersonId,
    pub first_day: NaiveDate,
    pub last_day: Option<NaiveDate>,
    pub delegate_id: Option<PersonId>,
    pub scope: String,
    #[diesel(column_name = stage)]
    stage_name: String,
    pub set_by: Option<PersonId>,
    pub set_at: Instant,
}

impl Absence {
    pub fn stage(&self) -> Stage {
        Stage::parse(&self.stage_name)
    }

    pub fn is_open(&self) -> bool {
        matches!(self.stage(), Stage::Planned | Stage::Running)
    }
}

/// An absence to set.
#[derive(Debug, Clone)]
pub struct NewAbsence {
    pub first_day: NaiveDate,
    pub last_day: Option<NaiveDate>,
    /// Number, address or full name; empty for nobody.
    pub delegate: String,
    /// [`EVERYTHING`], or the id of a kind.
    pub scope: String,
}

/// Who is away today among some people, for files of a kind.
pub fn of_day(tx: &mut Tx<'_>, people: &[PersonId], kind: &str) -> Result<Vec<(PersonId, routing::Absence)>> {
    type Row = (PersonId, Option<PersonId>, Option<PersonId>);
    let today = tx.today();
    let rows: Vec<Row> = each_engine!(tx.conn, conn => absences::table
        .filter(absences::person_id.eq_any(people))
        .filter(absences::first_day.le(today))
        .filter(absences::last_day.is_null().or(absences::last_day.ge(today)))
        .filter(absences::stage.ne(Stage::Cancelled.as_str()))
        .filter(absences::scope.eq(EVERYTHING).or(absences::scope.eq(kind)))
        .order((absences::scope.asc(), absences::id.asc()))
        .select((absences::person_id, absences::delegate_id, absences::set_by))
        .kept()
        .load(conn))?;
    // `*` sorts first: an absence for this kind alone says more, and wins.
    Ok(rows
        .into_iter()
        .map(|(person, delegate, appointed_by)| (person, routing::Absence { delegate, appointed_by }))
        .collect())
}

/// Everybody who is away today, from everything or from files of one kind.
pub fn away_today(tx: &mut Tx<'_>) -> Result<std::collections::HashSet<PersonId>> {
    let today = tx.today();
    let away: Vec<PersonId> = absences::table
        .filter(absences::first_day.le(today))
        .filter(absences::last_day.is_null().or(absences::last_day.ge(today)))
        .filter(absences::stage.ne(Stage::Cancelled.as_str()))
        .select(absences::person_id)
        .load(tx.conn)?;
    Ok(away.into_iter().collect())
}

/// Absences of a person, last begun first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Absence>> {
    Ok(each_engine!(tx.conn, conn => absences::table
        .filter(absences::person_id.eq(person))
        .order((absences::first_day.desc(), absences::id.desc()))
        .limit(20)
        .select(Absence::as_select())
        .load(conn))?)
}

/// Absences, not over yet, during which a person acts for somebody else.
pub fn covered_by(tx: &mut Tx<'_>, delegate: PersonId) -> Result<Vec<Absence>> {
    let rows: Vec<Absence> = each_engine!(tx.conn, conn => absences::table
        .filter(absences::delegate_id.eq(delegate))
        .order((absences::first_day.desc(), absences::id.desc()))
        .limit(20)
        .select(Absence::as_select())
        .load(conn))?;
    Ok(rows.into_iter().filter(Absence::is_open).collect())
}

/// Looks at an absence to set: the delegate found, if one is named.
///
/// # Errors
/// What to put right, beside each field.
pub fn check(tx: &mut Tx<'_>, by: Option<PersonId>, away: &Person, new: &NewAbsence) -> Result<Option<Person>> {
    let today = tx.today();
    let (delegate, mut errors) = delegate(tx, by, away, new)?;
    if new.first_day < today {
        errors.push(FieldError::new("first_day", "error-absence-past"));
    }
    if new.last_day.is_some_and(|last| last < new.first_day) {
        errors.push(FieldError::new("last_day", "error-period"));
    }
    if new.scope != EVERYTHING && tx.book.catalogue.kind(&new.scope).is_none() {
        errors.push(FieldError::new("scope", "error-unknown-choice"));
    }
    if errors.is_empty() && overlaps(tx, away.id, new)? {
        errors.push(FieldError::new("first_day", "error-absence-overlap"));
    }
    if errors.is_empty() { Ok(delegate) } else { Err(Error::Invalid(errors)) }
}

/// Sets an absence. The person and the delegate are told; what waits moves at once when it begins today.
///
/// # Errors
/// What to put right, beside each field.
pub fn set(tx: &mut Tx<'_>, by: Option<PersonId>, person: PersonId, new: &NewAbsence) -> Result<Absence> {
    let away = store::find(tx, person)?;
    let delegate = check(tx, by, &away, new)?;
    let (now, today) = (tx.now(), tx.today());
    let id: i64 = each_engine!(tx.conn, conn => diesel::insert_into(absences::table)
        .values((
            absences::person_id.eq(person),
            absences::first_day.eq(new.first_day),
            absences::last_day.eq(new.last_day),
            absences::delegate_id.eq(delegate.as_ref().map(|delegate| delegate.id)),
            absences::scope.eq(&new.scope),
            absences::stage.eq(Stage::Planned.as_str()),
            absences::set_by.eq(by),
            absences::set_at.eq(now),
        ))
        .returning(absences::id)
        .get_result(conn))?;
    let event = Event::AbsenceSet {
        person,
        first_day: new.first_day,
        last_day: new.last_day,
        delegate: delegate.as_ref().map(|delegate| delegate.id),
        scope: new.scope.clone(),
    };
    journal::record(tx, by, None, &event)?;
    let absence = find(tx, id)?;
    if new.first_day <= today {
        begin(tx, &absence)?;
    }
    mail::absence_set(tx, &absence, &away, delegate.as_ref())?;
    find(tx, id)
}

/// The delegate named, and what is wrong with the choice.
fn delegate(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    away: &Person,
    new: &NewAbsence,
) -> Result<(Option<Person>, Vec<FieldError>)> {
    let typed = new.delegate.trim();
    if typed.is_empty() {
        return Ok((None, Vec::new()));
    }
    let found = store::recognise(tx, typed)?;
    let wrong = |message| vec![FieldError::with("delegate", message, typed)];
    let [person] = found.as_slice() else {
        let message = if found.is_empty() { "error-person-unknown" } else { "error-person-ambiguous" };
        return Ok((None, wrong(message)));
    };
    let last = new.last_day.unwrap_or(new.first_day);
    let errors = if person.id == away.id {
        wrong("error-delegate-self")
    } else if by == Some(person.id) {
        // Whoever administers the service opens no file by naming themselves.
        wrong("error-delegate-own")
    } else if !person.is_active(new.first_day) || !person.is_active(last) {
        wrong("error-delegate-gone")
    } else {
        Vec::new()
    };
    Ok((Some(person.clone()), errors))
}

/// Another absence, about the same files, meets these days.
fn overlaps(tx: &mut Tx<'_>, person: PersonId, new: &NewAbsence) -> Result<bool> {
    Ok(of_person(tx, person)?.into_iter().filter(Absence::is_open).any(|other| {
        other.scope == new.scope
            && other.last_day.is_none_or(|last| new.first_day <= last)
            && new.last_day.is_none_or(|last| other.first_day <= last)
    }))
}

fn find(tx: &mut Tx<'_>, id: i64) -> Result<Absence> {
    Ok(each_engine!(tx.conn, conn => absences::table.find(id).select(Absence::as_select()).first(conn))?)
}

fn move_to(tx: &mut Tx<'_>, id: i64, stage: Stage) -> Result<()> {
    diesel::update(absences::table.find(id)).set(absences::stage.eq(stage.as_str())).execute(tx.conn)?;
    Ok(())
}

fn begin(tx: &mut Tx<'_>, absence: &Absence) -> Result<usize> {
    move_to(tx, absence.id, Stage::Running)?;
    handover::cover(tx, absence.person_id)
}

/// Ends an absence of a person: today is the first day back, or it never begins. Both are told.
///
/// # Errors
/// [`Error::NotFound`] when the person has no such absence.
pub fn end(tx: &mut Tx<'_>, by: Option<PersonId>, person: PersonId, id: i64) -> Result<()> {
    let absence = find(tx, id)?;
    if absence.person_id != person {
        return Err(Error::NotFound);
    }
    if !absence.is_open() {
        return Err(Error::NotPossible("not-possible-absence"));
    }
    let yesterday = tx.today().pred_opt().unwrap_or(tx.today());
    let last = if absence.stage() == Stage::Planned { absence.first_day } else { yesterday.max(absence.first_day) };
    if absence.stage() == Stage::Planned || absence.first_day > yesterday {
        // Nothing of it is left: today counts as a day of presence.
        move_to(tx, id, Stage::Cancelled)?;
    } else {
        diesel::update(absences::table.find(id)).set(absences::last_day.eq(last)).execute(tx.conn)?;
        move_to(tx, id, Stage::Over)?;
    }
    journal::record(tx, by, None, &Event::AbsenceEnded { person, last_day: last })?;
    let ended = find(tx, id)?;
    come_back(tx, &ended).map(drop)
}

fn come_back(tx: &mut Tx<'_>, absence: &Absence) -> Result<usize> {
    let moved = handover::give_back(tx, absence.person_id)?;
    mail::absence_over(tx, absence)?;
    Ok(moved)
}

/// Absences that begin or end with the day. Returns how many files moved.
pub fn follow(tx: &mut Tx<'_>) -> Result<usize> {
    let today = tx.today();
    let open: Vec<Absence> = each_engine!(tx.conn, conn => absences::table
        .filter(absences::stage.eq_any([Stage::Planned.as_str(), Stage::Running.as_str()]))
        .filter(absences::first_day.le(today))
        .order(absences::id.asc())
        .select(Absence::as_select())
        .load(conn))?;
    let mut moved = 0;
    for absence in open {
        if absence.last_day.is_some_and(|last| last < today) {
            move_to(tx, absence.id, Stage::Over)?;
            let last_day = absence.last_day.unwrap_or(today);
            journal::record(tx, None, None, &Event::AbsenceEnded { person: absence.person_id, last_day })?;
            moved += come_back(tx, &absence)?;
        } else if absence.stage() == Stage::Planned {
            moved += begin(tx, &absence)?;
        }
    }
    Ok(moved)
}
