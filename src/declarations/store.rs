//! SQL of declarations.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::answers::Answers;
use super::kind::Office;
use super::rules::Finding;
use super::workflow::State;
use crate::access::{Action, Actor, Target, policy};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{barred, counters, decisions, declarations, persons, revisions, timers, units};
use crate::error::{Error, Result};
use crate::people::store::Person;
use crate::people::{PersonId, UnitId};

/// One declaration, as stored.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, AsChangeset)]
#[diesel(table_name = declarations, treat_none_as_null = true)]
pub struct Declaration {
    pub id: i64,
    pub key: String,
    pub reference: Option<String>,
    pub kind: String,
    pub kind_version_id: i64,
    pub class: String,
    #[diesel(column_name = state)]
    state_name: String,
    pub resume_state: Option<String>,
    pub version: i32,
    pub revision: i32,
    pub declarant_id: PersonId,
    pub unit_id: UnitId,
    pub supervisor_id: Option<PersonId>,
    pub holder_id: Option<PersonId>,
    pub holder_office: Option<String>,
    pub held_since: Option<Instant>,
    pub route_reason: Option<String>,
    pub created_at: Instant,
    pub changed_at: Instant,
    pub first_filed_at: Option<Instant>,
    pub filed_at: Option<Instant>,
    pub due_on: Option<NaiveDate>,
    pub decide_by: Option<NaiveDate>,
    pub decided_at: Option<Instant>,
    pub decider_id: Option<PersonId>,
    pub outcome: Option<String>,
    pub closed_at: Option<Instant>,
    pub days_late: i32,
    pub attention: i16,
    pub findings: String,
    pub policy_version_id: Option<i64>,
    pub subject: String,
    pub occurred_on: Option<NaiveDate>,
    pub occurred_until: Option<NaiveDate>,
    pub value_cents: Option<i64>,
    pub company_id: Option<i64>,
    pub company_name: Option<String>,
    pub contract: Option<String>,
    pub purpose: Option<String>,
    pub category: Option<String>,
    pub disposition: Option<String>,
    pub regime: String,
    pub origin_id: Option<i64>,
    pub answers: String,
    pub correction: Option<String>,
    pub measures: String,
}

impl Declaration {
    pub fn state(&self) -> State {
        State::parse(&self.state_name).unwrap_or(State::Closed)
    }

    pub fn set_state(&mut self, state: State) {
        state.as_str().clone_into(&mut self.state_name);
    }

    pub fn office(&self) -> Option<Office> {
        self.holder_office.as_deref().and_then(Office::parse)
    }

    /// The answers on file, or those of the draft.
    pub fn answers(&self) -> Result<Answers> {
        Ok(serde_json::from_str(&self.answers)?)
    }

    /// The answers being written: the correction when one is open.
    pub fn working_answers(&self) -> Result<Answers> {
        Ok(serde_json::from_str(self.correction.as_deref().unwrap_or(&self.answers))?)
    }

    pub fn findings(&self) -> Result<Vec<Finding>> {
        Ok(serde_json::from_str(&self.findings)?)
    }

    pub fn measures(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_str(&self.measures)?)
    }

    /// Reference, or the key of a draft: the last part of its address.
    pub fn slug(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.key)
    }

    pub fn target(&self, barred: bool) -> Target<'_> {
        Target {
            kind: &self.kind,
            state: self.state(),
            declarant: self.declarant_id,
            holder: self.holder_id,
            holder_office: self.office(),
            supervisor: self.supervisor_id,
            decider: self.decider_id,
            barred,
        }
    }

    pub fn is_confidential(&self) -> bool {
        self.class != "C1"
    }
}

/// A declaration that its reader may touch, loaded for one action with the people it speaks of. Handlers receive
/// nothing else.
#[derive(Debug, Clone)]
pub struct Authorized {
    pub declaration: Declaration,
    pub declarant: Person,
    /// Name of the unit it was filed in.
    pub unit: String,
    /// Name of the person who has it.
    pub holder: Option<String>,
    pub barred: bool,
}

diesel::alias!(persons as holder: Holder);

/// Loads by reference or draft key in one query, and asks the policy. Whoever may not read it is told that it does not
/// exist.
pub fn authorized(tx: &mut Tx<'_>, actor: &Actor, slug: &str, action: Action) -> Result<Authorized> {
    type Row = (Declaration, Person, String, Option<(String, String)>, Option<PersonId>);
    /// The declaration that a column names, with the people it speaks of.
    macro_rules! named_by {
        ($column:ident) => {
            each_engine!(tx.conn, conn => declarations::table
                .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
                .inner_join(units::table.on(declarations::unit_id.eq(units::id)))
                .left_join(holder.on(declarations::holder_id.eq(holder.field(persons::id).nullable())))
                .left_join(
                    barred::table
                        .on(barred::declaration_id.eq(declarations::id).and(barred::person_id.eq(actor.person))),
                )
                .filter(declarations::$column.eq(slug))
                .select((
                    Declaration::as_select(),
                    Person::as_select(),
                    units::name,
                    (holder.field(persons::given_name), holder.field(persons::family_name)).nullable(),
                    barred::person_id.nullable(),
                ))
                .first::<Row>(conn))
        };
    }
    let found = if is_reference(slug) { named_by!(reference) } else { named_by!(key) };
    let row = found.optional()?;
    let (declaration, declarant, unit, held_by, barred) = row.ok_or(Error::NotFound)?;
    let barred = barred.is_some() && declaration.declarant_id != actor.person;
    policy::require(&tx.book.access, actor, action, &declaration.target(barred))?;
    let held_by = held_by.map(|(given, family)| format!("{given} {family}"));
    Ok(Authorized { declaration, declarant, unit, holder: held_by, barred })
}

/// `CAD-2026-000123`; anything else is the key of a draft.
fn is_reference(slug: &str) -> bool {
    let mut parts = slug.split('-');
    let prefix = parts.next().is_some_and(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_uppercase()));
    let digits = |part: Option<&str>| part.is_some_and(|p| p.len() >= 4 && p.bytes().all(|b| b.is_ascii_digit()));
    prefix && digits(parts.next()) && digits(parts.next()) && parts.next().is_none()
}

/// For the worker and routing, which act for nobody.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Declaration> {
    Ok(each_engine!(tx.conn, conn => declarations::table.find(id).select(Declaration::as_select()).first(conn))?)
}

pub fn is_barred(tx: &mut Tx<'_>, declaration: i64, person: PersonId) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        barred::table.filter(barred::declaration_id.eq(declaration)).filter(barred::person_id.eq(person)),
    ))
    .get_result(tx.conn)?)
}

/// Bars people from a declaration; earlier ones stay barred.
pub fn bar(tx: &mut Tx<'_>, declaration: i64, people: &[PersonId]) -> Result<()> {
    for person in people {
        if !is_barred(tx, declaration, *person)? {
            diesel::insert_into(barred::table)
                .values((barred::declaration_id.eq(declaration), barred::person_id.eq(*person)))
                .execute(tx.conn)?;
        }
    }
    Ok(())
}

/// What a new draft starts from.
pub struct NewDraft<'d> {
    pub key: &'d str,
    pub kind: &'d str,
    pub kind_version_id: i64,
    pub class: &'d str,
    pub declarant_id: PersonId,
    pub unit_id: UnitId,
    pub supervisor_id: Option<PersonId>,
    pub regime: &'d str,
    pub subject: &'d str,
    pub origin_id: Option<i64>,
    pub answers: &'d str,
}

pub fn insert(tx: &mut Tx<'_>, draft: &NewDraft<'_>) -> Result<Declaration> {
    let now = tx.now();
    let id: i64 = each_engine!(tx.conn, conn => diesel::insert_into(declarations::table)
        .values((
            (
                declarations::key.eq(draft.key),
                declarations::kind.eq(draft.kind),
                declarations::kind_version_id.eq(draft.kind_version_id),
                declarations::class.eq(draft.class),
                declarations::state.eq(State::Draft.as_str()),
                declarations::version.eq(1),
                declarations::revision.eq(0),
                declarations::declarant_id.eq(draft.declarant_id),
                declarations::unit_id.eq(draft.unit_id),
                declarations::supervisor_id.eq(draft.supervisor_id),
            ),
            (
                declarations::created_at.eq(now),
                declarations::changed_at.eq(now),
                declarations::days_late.eq(0),
                declarations::attention.eq(0_i16),
                declarations::findings.eq("[]"),
                declarations::subject.eq(draft.subject),
                declarations::regime.eq(draft.regime),
                declarations::origin_id.eq(draft.origin_id),
                declarations::answers.eq(draft.answers),
                declarations::measures.eq("[]"),
            ),
        ))
        .returning(declarations::id)
        .get_result(conn))?;
    find(tx, id)
}

/// Saves every column, unless somebody saved since it was read.
pub fn save(tx: &mut Tx<'_>, declaration: &mut Declaration) -> Result<()> {
    let read = declaration.version;
    declaration.version = read + 1;
    declaration.changed_at = tx.now();
    let changed = diesel::update(
        declarations::table.filter(declarations::id.eq(declaration.id)).filter(declarations::version.eq(read)),
    )
    .set(&*declaration)
    .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Removes a draft for good. Nothing of it is in the journal: it was never filed.
pub fn delete_draft(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    use crate::db::schema::attachments;
    diesel::delete(attachments::table.filter(attachments::declaration_id.eq(declaration.id))).execute(tx.conn)?;
    diesel::update(declarations::table.filter(declarations::origin_id.eq(declaration.id)))
        .set(declarations::origin_id.eq(None::<i64>))
        .execute(tx.conn)?;
    let deleted = diesel::delete(
        declarations::table
            .filter(declarations::id.eq(declaration.id))
            .filter(declarations::version.eq(declaration.version))
            .filter(declarations::first_filed_at.is_null()),
    )
    .execute(tx.conn)?;
    if deleted == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub fn insert_revision(tx: &mut Tx<'_>, declaration: &Declaration, filed_by: PersonId) -> Result<()> {
    let now = tx.now();
    each_engine!(tx.conn, conn => diesel::insert_into(revisions::table)
        .values((
            revisions::declaration_id.eq(declaration.id),
            revisions::number.eq(declaration.revision),
            revisions::kind_version_id.eq(declaration.kind_version_id),
            revisions::answers.eq(&declaration.answers),
            revisions::filed_at.eq(now),
            revisions::filed_by.eq(filed_by),
        ))
        .execute(conn))?;
    Ok(())
}

/// A version as filed.
pub fn revision(tx: &mut Tx<'_>, declaration: i64, number: i32) -> Result<Option<(i64, Answers)>> {
    let row: Option<(i64, String)> = revisions::table
        .find((declaration, number))
        .select((revisions::kind_version_id, revisions::answers))
        .first(tx.conn)
        .optional()?;
    row.map(|(version, answers)| Ok((version, serde_json::from_str(&answers)?))).transpose()
}

/// Records a decision. Two deciders at once meet the primary key: the second is told that it is decided.
pub fn insert_decision(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    step: &str,
    decider: PersonId,
    outcome: &str,
    reason: &str,
    measures: &str,
) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(decisions::table)
        .values((
            decisions::declaration_id.eq(declaration.id),
            decisions::revision.eq(declaration.revision),
            decisions::step.eq(step),
            decisions::decider_id.eq(decider),
            decisions::outcome.eq(outcome),
            decisions::reason.eq(reason),
            decisions::measures.eq(measures),
            decisions::decided_at.eq(now),
        ))
        .execute(tx.conn)
        .map_err(|error| match error {
            diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => {
                Error::NotPossible("not-possible-decided")
            }
            other => other.into(),
        })?;
    Ok(())
}

/// The next number of a series, without gaps: it is taken in the transaction that uses it.
pub fn next_number(tx: &mut Tx<'_>, series: &str) -> Result<i64> {
    let updated =
        diesel::update(counters::table.find(series)).set(counters::value.eq(counters::value + 1)).execute(tx.conn)?;
    if updated == 0 {
        each_engine!(tx.conn, conn => diesel::insert_into(counters::table)
            .values((counters::name.eq(series), counters::value.eq(0_i64)))
            .on_conflict_do_nothing()
            .execute(conn))?;
        diesel::update(counters::table.find(series)).set(counters::value.eq(counters::value + 1)).execute(tx.conn)?;
    }
    Ok(counters::table.find(series).select(counters::value).first(tx.conn)?)
}

/// Replaces what is planned for a declaration.
pub fn plan(tx: &mut Tx<'_>, declaration: i64, planned: &[(&str, Instant)]) -> Result<()> {
    // Those of its measures have their own plan.
    let planned_before = timers::table
        .filter(timers::declaration_id.eq(declaration))
        .filter(timers::measure_id.is_null())
        .filter(timers::done_at.is_null());
    diesel::delete(planned_before).execute(tx.conn)?;
    add_timers(tx, declaration, planned)
}

/// Adds to what is planned, in one statement.
pub fn add_timers(tx: &mut Tx<'_>, declaration: i64, planned: &[(&str, Instant)]) -> Result<()> {
    if planned.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = planned
        .iter()
        .map(|(purpose, due_at)| {
            (timers::declaration_id.eq(declaration), timers::purpose.eq(*purpose), timers::due_at.eq(*due_at))
        })
        .collect();
    each_engine!(tx.conn, conn => diesel::insert_into(timers::table).values(&rows).execute(conn))?;
    Ok(())
}

/// Value and number of the gifts a person declared from a company since a day, this declaration aside.
pub fn gifts_from(
    tx: &mut Tx<'_>,
    declarant: PersonId,
    company: i64,
    since: NaiveDate,
    except: i64,
) -> Result<(i64, i64)> {
    let values: Vec<Option<i64>> = declarations::table
        .filter(declarations::declarant_id.eq(declarant))
        .filter(declarations::company_id.eq(company))
        .filter(declarations::kind.eq("gift_declaration"))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(declarations::occurred_on.ge(since))
        .filter(declarations::id.ne(except))
        .select(declarations::value_cents)
        .load(tx.conn)?;
    let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
    Ok((values.into_iter().flatten().sum(), count))
}
