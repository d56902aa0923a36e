//! Rows of the access log, and of the alarms drawn from it.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::{Actor, Role};
use crate::app::Tx;
use crate::clock::{Instant, start_of_day};
use crate::db::schema::{access_log, declarations, persons, reading_alarms};
use crate::declarations::kind::Class;
use crate::error::Result;
use crate::people::PersonId;

/// Declarations of one person looked at, the last ones: more than anybody makes.
const MOST_FILES: i64 = 2_000;

/// One reading of a declaration by somebody else.
#[derive(Debug, Clone, Queryable)]
pub struct Reading {
    pub id: i64,
    pub at: Instant,
    pub action: String,
    pub allowed: bool,
    pub reader: PersonId,
    pub given_name: String,
    pub family_name: String,
    /// Of the reader's position.
    pub title: String,
    pub declaration: i64,
    pub reference: Option<String>,
    pub kind: String,
}

/// A declaration of the person who is told who looked at it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct OwnFile {
    pub id: i64,
    pub reference: Option<String>,
    pub kind: String,
    /// When it was first filed.
    pub filed_at: Instant,
    class: String,
}

impl OwnFile {
    pub fn is_sealed(&self) -> bool {
        self.class == Class::C3.as_str()
    }
}

/// What a person filed, the last ones first.
pub fn own_files(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<OwnFile>> {
    Ok(declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(declarations::first_filed_at.is_not_null())
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(MOST_FILES)
        .select((
            declarations::id,
            declarations::reference,
            declarations::kind,
            declarations::first_filed_at.assume_not_null(),
            declarations::class,
        ))
        .load(tx.conn)?)
}

/// Readings of a person's declarations by others, the last ones first, below a row when one is given.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, before: Option<i64>, most: i64) -> Result<Vec<Reading>> {
    // Two ranges of two indexes: joined, the log would be read backwards until enough of it is about this person.
    let files: Vec<i64> = own_files(tx, person)?.into_iter().map(|file| file.id).collect();
    let mut query = access_log::table
        .inner_join(declarations::table.on(access_log::declaration_id.eq(declarations::id.nullable())))
        .inner_join(persons::table.on(access_log::person_id.eq(persons::id)))
        .filter(access_log::declaration_id.eq_any(files.into_iter().map(Some)))
        .filter(access_log::person_id.ne(person))
        .order(access_log::id.desc())
        .limit(most)
        .select((
            access_log::id,
            access_log::at,
            access_log::action,
            access_log::allowed,
            access_log::person_id,
            persons::given_name,
            persons::family_name,
            persons::title,
            declarations::id,
            declarations::reference,
            declarations::kind,
        ))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(access_log::id.lt(before));
    }
    Ok(query.load(tx.conn)?)
}

/// A row of a day about a declaration, or about files that were exported.
#[derive(Debug, Clone, Queryable)]
pub struct OfDay {
    pub reader: PersonId,
    pub declaration: Option<i64>,
    pub allowed: bool,
    /// Files that an export carried.
    pub files: Option<i64>,
}

/// The rows of a civil day that are about declarations, or that refused something.
pub fn of_day(tx: &mut Tx<'_>, day: NaiveDate) -> Result<Vec<OfDay>> {
    let (from, to) = (start_of_day(day, tx.zone()), start_of_day(day.succ_opt().unwrap_or(day), tx.zone()));
    Ok(access_log::table
        .filter(access_log::at.ge(from))
        .filter(access_log::at.lt(to))
        .filter(
            access_log::declaration_id
                .is_not_null()
                .or(access_log::files.is_not_null())
                .or(access_log::allowed.eq(false)),
        )
        .select((access_log::person_id, access_log::declaration_id, access_log::allowed, access_log::files))
        .load(tx.conn)?)
}

/// How many declarations of each kind somebody read, or was refused, on a day.
pub fn kinds_read(tx: &mut Tx<'_>, reader: PersonId, day: NaiveDate) -> Result<Vec<(String, i64)>> {
    let (from, to) = (start_of_day(day, tx.zone()), start_of_day(day.succ_opt().unwrap_or(day), tx.zone()));
    Ok(access_log::table
        .inner_join(declarations::table.on(access_log::declaration_id.eq(declarations::id.nullable())))
        .filter(access_log::person_id.eq(reader))
        .filter(access_log::at.ge(from))
        .filter(access_log::at.lt(to))
        .group_by(declarations::kind)
        .select((declarations::kind, diesel::dsl::count(declarations::id).aggregate_distinct()))
        .order(declarations::kind.asc())
        .load(tx.conn)?)
}

/// An alarm: somebody read much, or tried much, on a day.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reading_alarms)]
pub struct Alarm {
    pub id: i64,
    pub person_id: PersonId,
    pub day: NaiveDate,
    pub files: i32,
    pub refused: i32,
    pub exported: i64,
    pub note: Option<String>,
    pub answered_by: Option<PersonId>,
    pub answered_at: Option<Instant>,
}

/// The alarm of a person on a day.
pub fn alarm_of(tx: &mut Tx<'_>, person: PersonId, day: NaiveDate) -> Result<Option<Alarm>> {
    Ok(reading_alarms::table
        .filter(reading_alarms::person_id.eq(person))
        .filter(reading_alarms::day.eq(day))
        .select(Alarm::as_select())
        .first(tx.conn)
        .optional()?)
}

/// What somebody did on a day, as an alarm keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Declarations opened.
    pub files: i32,
    /// Attempts refused.
    pub refused: i32,
    /// Files carried by exports, as many times as they were.
    pub exported: i64,
}

pub fn insert(tx: &mut Tx<'_>, person: PersonId, day: NaiveDate, figures: Figures) -> Result<i64> {
    let now = tx.now();
    Ok(diesel::insert_into(reading_alarms::table)
        .values((
            reading_alarms::person_id.eq(person),
            reading_alarms::day.eq(day),
            reading_alarms::files.eq(figures.files),
            reading_alarms::refused.eq(figures.refused),
            reading_alarms::exported.eq(figures.exported),
            reading_alarms::raised_at.eq(now),
        ))
        .returning(reading_alarms::id)
        .get_result(tx.conn)?)
}

/// The day goes on: the alarm has the figures of now.
pub fn raise(tx: &mut Tx<'_>, alarm: i64, figures: Figures) -> Result<()> {
    diesel::update(reading_alarms::table.find(alarm))
        .set((
            reading_alarms::files.eq(figures.files),
            reading_alarms::refused.eq(figures.refused),
            reading_alarms::exported.eq(figures.exported),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The alarms that this reader answers for, the last ones first: never their own; those about the ethics office are the
/// secretary general's.
pub fn alarms_for(tx: &mut Tx<'_>, actor: &Actor, before: Option<i64>, most: i64) -> Result<Vec<(Alarm, String)>> {
    let office = crate::people::roles::holders(tx, Role::EthicsOfficer)?;
    let mut query = reading_alarms::table
        .inner_join(persons::table.on(reading_alarms::person_id.eq(persons::id)))
        .filter(reading_alarms::person_id.ne(actor.person))
        .order(reading_alarms::id.desc())
        .limit(most)
        .select((Alarm::as_select(), persons::given_name, persons::family_name))
        .into_boxed();
    if !actor.has(Role::EthicsOfficer) {
        query = query.filter(reading_alarms::person_id.eq_any(office));
    } else if !actor.has(Role::SecretaryGeneral) {
        query = query.filter(reading_alarms::person_id.ne_all(office));
    }
    if let Some(before) = before {
        query = query.filter(reading_alarms::id.lt(before));
    }
    let found: Vec<(Alarm, String, String)> = query.load(tx.conn)?;
    Ok(found.into_iter().map(|(alarm, given, family)| (alarm, format!("{given} {family}"))).collect())
}

pub fn explain(tx: &mut Tx<'_>, alarm: i64, by: PersonId, note: &str) -> Result<()> {
    let now = tx.now();
    diesel::update(reading_alarms::table.find(alarm))
        .set((reading_alarms::note.eq(note), reading_alarms::answered_by.eq(by), reading_alarms::answered_at.eq(now)))
        .execute(tx.conn)?;
    Ok(())
}
