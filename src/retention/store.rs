//! Files and things that are over, what the schedule says of them, and the lists of those it gives up.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::holds::{self, Held};
use super::schedule::{Facts, Fate};
use super::things::{self, Thing, ThingKind};
use crate::app::Tx;
use crate::clock::{Instant, local_date};
use crate::companies::CompanyId;
use crate::contracts;
use crate::db::schema::{declarations, measures, retention_files, retention_lists};
use crate::declarations::filing;
use crate::declarations::workflow::State;
use crate::error::{Error, Result};
use crate::people::PersonId;

/// Rows read at once.
const CHUNK: i64 = 500;
/// Files and things of one list: one transaction destroys them.
pub const MOST: usize = 500;

/// A file as the schedule reads it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = declarations)]
pub struct File {
    pub id: i64,
    pub reference: Option<String>,
    pub kind: String,
    state: String,
    outcome: Option<String>,
    contract_linked: bool,
    answers: String,
    closed_at: Option<Instant>,
    changed_at: Instant,
    first_filed_at: Option<Instant>,
    pub company_id: Option<CompanyId>,
    contract: Option<String>,
    pub declarant_id: PersonId,
}

impl File {
    /// Day it was closed or withdrawn.
    fn closed_on(&self, tx: &Tx<'_>) -> Option<NaiveDate> {
        let at = self.closed_at.or((self.state == State::Withdrawn.as_str()).then_some(self.changed_at))?;
        Some(local_date(at, tx.zone()))
    }

    /// It says that there is a contract. One that is only open to the contract monitor, because a rule told them, is not
    /// kept until the end of a contract that nobody named.
    fn is_contract_linked(&self) -> bool {
        let says = || {
            serde_json::from_str(&self.answers)
                .map_or(true, |answers| filing::is_contract_linked(self.contract.as_deref(), &answers))
        };
        self.contract_linked && says()
    }

    /// End of the last contract it is linked to: the one it names, else those of its company when it was filed.
    fn contract_end(&self, tx: &mut Tx<'_>) -> Result<Option<NaiveDate>> {
        let Some(company) = self.company_id.filter(|_| self.is_contract_linked()) else { return Ok(None) };
        let all = contracts::store::of_company(tx, company)?;
        let filed = self.first_filed_at.map(|at| local_date(at, tx.zone()));
        let named = |contract: &contracts::store::Contract| self.contract.as_deref() == Some(contract.number.as_str());
        let linked: Vec<Option<NaiveDate>> = if all.iter().any(named) {
            all.iter().filter(|contract| named(contract)).map(contracts::store::Contract::end).collect()
        } else {
            let ran = |contract: &&contracts::store::Contract| filed.is_some_and(|day| contract.is_active_on(day));
            all.iter().filter(ran).map(contracts::store::Contract::end).collect()
        };
        // One whose end nobody wrote keeps the file.
        let whole: Option<Vec<NaiveDate>> = linked.into_iter().collect();
        Ok(whole.and_then(|ends| ends.into_iter().max()))
    }

    /// Something is still asked of somebody about it.
    fn lives(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let live: Option<i64> = measures::table
            .filter(measures::declaration_id.eq(self.id))
            .filter(measures::settled_at.is_null())
            .select(measures::id)
            .first(tx.conn)
            .optional()?;
        Ok(live.is_some())
    }

    /// What the schedule says of it.
    pub fn fate<'s>(&self, tx: &mut Tx<'s>) -> Result<Fate<'s>> {
        let closed_on = if self.lives(tx)? { None } else { self.closed_on(tx) };
        let contract_end = self.contract_end(tx)?;
        let book = tx.book;
        Ok(book.schedule.fate(&Facts {
            kind: &self.kind,
            outcome: self.outcome.as_deref(),
            contract_linked: self.is_contract_linked(),
            closed_on,
            contract_end,
        }))
    }
}

pub fn file(tx: &mut Tx<'_>, id: i64) -> Result<Option<File>> {
    Ok(declarations::table.find(id).select(File::as_select()).first(tx.conn).optional()?)
}

/// What may be due: a file, or a thing that is none.
#[derive(Debug, Clone)]
pub enum Due {
    File(File),
    Thing(Thing),
}

impl Due {
    pub fn fate<'s>(&self, tx: &mut Tx<'s>) -> Result<Fate<'s>> {
        match self {
            Self::File(file) => file.fate(tx),
            Self::Thing(thing) => Ok(thing.fate(tx)),
        }
    }

    /// Nothing while a file was not filed.
    pub fn reference(&self) -> Option<&str> {
        match self {
            Self::File(file) => file.reference.as_deref(),
            Self::Thing(thing) => Some(&thing.reference),
        }
    }

    /// The kind of the file, or that of the thing.
    pub fn kind(&self) -> &str {
        match self {
            Self::File(file) => &file.kind,
            Self::Thing(thing) => thing.kind.as_str(),
        }
    }

    pub fn declaration(&self) -> Option<i64> {
        match self {
            Self::File(file) => Some(file.id),
            Self::Thing(_) => None,
        }
    }
}

/// What each line of a list is now, in its order; nothing where it is there no more.
pub fn now(tx: &mut Tx<'_>, listed: &[Listed]) -> Result<Vec<Option<Due>>> {
    let has_things = listed.iter().any(|one| one.declaration.is_none());
    let mut things = if has_things { things::all(tx)? } else { Vec::new() };
    let mut found = Vec::with_capacity(listed.len());
    for one in listed {
        found.push(match one.declaration {
            Some(id) => file(tx, id)?.map(Due::File),
            None => {
                let is_it = |thing: &Thing| thing.reference == one.reference && thing.kind.as_str() == one.kind;
                things.iter().position(is_it).map(|at| Due::Thing(things.swap_remove(at)))
            }
        });
    }
    Ok(found)
}

/// Everything that is over, one by one, with whether a hold covers it.
pub fn each_over(tx: &mut Tx<'_>, mut each: impl FnMut(&mut Tx<'_>, &Due, bool) -> Result<()>) -> Result<()> {
    let held: Held = holds::held(tx)?;
    let mut after = 0;
    loop {
        let files: Vec<File> = declarations::table
            .filter(declarations::id.gt(after))
            .filter(declarations::first_filed_at.is_not_null())
            .filter(declarations::closed_at.is_not_null().or(declarations::state.eq(State::Withdrawn.as_str())))
            .order(declarations::id.asc())
            .limit(CHUNK)
            .select(File::as_select())
            .load(tx.conn)?;
        let Some(last) = files.last() else { break };
        after = last.id;
        for file in files {
            let due = Due::File(file);
            each(tx, &due, held.covers(&due))?;
        }
    }
    for thing in things::all(tx)? {
        let due = Due::Thing(thing);
        each(tx, &due, held.covers(&due))?;
    }
    Ok(())
}

/// A list and where it stands.
#[derive(Debug, Clone, Queryable)]
pub struct List {
    pub id: i64,
    pub prepared_at: Instant,
    pub prepared_by: Option<PersonId>,
    pub state: String,
    pub ended_at: Option<Instant>,
}

impl List {
    pub fn is_open(&self) -> bool {
        self.state == "prepared"
    }
}

macro_rules! list_columns {
    () => {
        (
            retention_lists::id,
            retention_lists::prepared_at,
            retention_lists::prepared_by,
            retention_lists::state,
            retention_lists::ended_at,
        )
    };
}

pub fn list(tx: &mut Tx<'_>, id: i64) -> Result<List> {
    Ok(retention_lists::table.find(id).select(list_columns!()).first(tx.conn)?)
}

pub fn lists(tx: &mut Tx<'_>) -> Result<Vec<List>> {
    Ok(retention_lists::table.order(retention_lists::id.desc()).limit(50).select(list_columns!()).load(tx.conn)?)
}

/// The list that waits for a decision.
pub fn open(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    Ok(retention_lists::table
        .filter(retention_lists::state.eq("prepared"))
        .select(retention_lists::id)
        .first(tx.conn)
        .optional()?)
}

/// Does a list have people who left?
pub fn has_people(tx: &mut Tx<'_>, id: i64) -> Result<bool> {
    let found: Option<i64> = retention_files::table
        .filter(retention_files::list_id.eq(id))
        .filter(retention_files::kind.eq(ThingKind::Person.as_str()))
        .select(retention_files::position)
        .first(tx.conn)
        .optional()?;
    Ok(found.is_some())
}

/// Was a list prepared from this instant on?
pub fn prepared_since(tx: &mut Tx<'_>, since: Instant) -> Result<bool> {
    let found: Option<i64> = retention_lists::table
        .filter(retention_lists::prepared_at.ge(since))
        .select(retention_lists::id)
        .first(tx.conn)
        .optional()?;
    Ok(found.is_some())
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Listed {
    /// Of a file; nothing of a thing, which its kind and its reference name.
    pub declaration: Option<i64>,
    pub reference: String,
    pub kind: String,
    pub rule: String,
    pub ended_on: NaiveDate,
    pub due_on: NaiveDate,
    pub destroyed_at: Option<Instant>,
}

pub fn files(tx: &mut Tx<'_>, list: i64) -> Result<Vec<Listed>> {
    Ok(retention_files::table
        .filter(retention_files::list_id.eq(list))
        .order(retention_files::position.asc())
        .select((
            retention_files::declaration_id,
            retention_files::reference,
            retention_files::kind,
            retention_files::rule,
            retention_files::ended_on,
            retention_files::due_on,
            retention_files::destroyed_at,
        ))
        .load(tx.conn)?)
}

/// Writes a list; the database refuses a second one that waits.
pub fn insert(tx: &mut Tx<'_>, by: Option<PersonId>, files: &[Listed]) -> Result<i64> {
    let now = tx.now();
    let id: i64 = diesel::insert_into(retention_lists::table)
        .values((
            retention_lists::prepared_at.eq(now),
            retention_lists::prepared_by.eq(by),
            retention_lists::state.eq("prepared"),
        ))
        .returning(retention_lists::id)
        .get_result(tx.conn)?;
    for (position, file) in (1_i64..).zip(files) {
        diesel::insert_into(retention_files::table)
            .values((
                retention_files::list_id.eq(id),
                retention_files::position.eq(position),
                retention_files::declaration_id.eq(file.declaration),
                retention_files::reference.eq(&file.reference),
                retention_files::kind.eq(&file.kind),
                retention_files::rule.eq(&file.rule),
                retention_files::ended_on.eq(file.ended_on),
                retention_files::due_on.eq(file.due_on),
            ))
            .execute(tx.conn)?;
    }
    Ok(id)
}

/// Ends the wait of a list.
pub fn end(tx: &mut Tx<'_>, id: i64, state: &str) -> Result<()> {
    let now = tx.now();
    let ended = diesel::update(retention_lists::table.find(id).filter(retention_lists::state.eq("prepared")))
        .set((retention_lists::state.eq(state), retention_lists::ended_at.eq(now)))
        .execute(tx.conn)?;
    if ended == 1 { Ok(()) } else { Err(Error::NotPossible("not-possible-retention-over")) }
}
