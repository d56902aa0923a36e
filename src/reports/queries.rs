//! Rows of a report, read from the database in one pass of constant memory.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::rows::{ReportContext, ReportRow};
use crate::access::{Action, Actor, Kinds};
use crate::app::Tx;
use crate::clock::{Instant, local_date, start_of_day};
use crate::db::schema::{barred, companies, decisions, declarations, measures, persons, units};
use crate::declarations::catalogue::KindVersion;
use crate::declarations::deadlines;
use crate::declarations::kind::{Fact, Kind, Office};
use crate::declarations::lists::{self, Cursor, Filter, Order, Placed, StateFilter, narrowed, register_page};
use crate::declarations::shown;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::formats;
use crate::people::{PersonId, UnitId};
use crate::policy;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Rows read at a time.
const CHUNK: i64 = 2_000;

#[derive(Queryable)]
struct Raw {
    id: i64,
    reference: Option<String>,
    kind: String,
    kind_version_id: i64,
    state: String,
    outcome: Option<String>,
    first_filed_at: Option<Instant>,
    occurred_on: Option<NaiveDate>,
    days_late: i32,
    decided_at: Option<Instant>,
    decide_by: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    held_since: Option<Instant>,
    holder_office: Option<String>,
    attention: i16,
    value_cents: Option<i64>,
    category: Option<String>,
    disposition: Option<String>,
    supervisor_id: Option<PersonId>,
    company_name: Option<String>,
    company_id: Option<i64>,
    reason: Option<String>,
    measures: String,
    unit_id: UnitId,
    declarant_id: PersonId,
    holder_id: Option<PersonId>,
    decider_id: Option<PersonId>,
    decided_for_id: Option<PersonId>,
    outside_authority: Option<String>,
}

macro_rules! rows {
    () => {
        declarations::table
            // A direction comes after a first decision: the one in force is meant.
            .left_join(
                decisions::table.on(decisions::declaration_id
                    .eq(declarations::id)
                    .and(declarations::decided_step.eq(decisions::step.nullable()))),
            )
            .select((
                declarations::id,
                declarations::reference,
                declarations::kind,
                declarations::kind_version_id,
                declarations::state,
                declarations::outcome,
                declarations::first_filed_at,
                declarations::occurred_on,
                declarations::days_late,
                declarations::decided_at,
                declarations::decide_by,
                declarations::due_on,
                declarations::held_since,
                declarations::holder_office,
                declarations::attention,
                declarations::value_cents,
                declarations::category,
                declarations::disposition,
                declarations::supervisor_id,
                declarations::company_name,
                declarations::company_id,
                decisions::reason.nullable(),
                declarations::measures,
                declarations::unit_id,
                declarations::declarant_id,
                declarations::holder_id,
                declarations::decider_id,
                declarations::decided_for_id,
                declarations::outside_authority,
            ))
            .into_boxed()
    };
}

/// Names that many rows share, read once: people, units and companies are few beside declarations.
pub struct Names {
    language: Language,
    /// Number and name.
    people: HashMap<PersonId, (String, String)>,
    /// Code and name.
    units: HashMap<UnitId, (String, String)>,
    /// Québec business numbers.
    companies: HashMap<i64, String>,
    offices: HashMap<&'static str, String>,
}

impl Names {
    pub fn read(tx: &mut Tx<'_>, language: Language) -> Result<Self> {
        let people: Vec<(PersonId, String, String, String)> = persons::table
            .select((persons::id, persons::number, persons::given_name, persons::family_name))
            .load(tx.conn)?;
        let units: Vec<(UnitId, String, String)> =
            units::table.select((units::id, units::code, units::name)).load(tx.conn)?;
        let companies: Vec<(i64, Option<String>)> =
            companies::table.select((companies::id, companies::neq)).load(tx.conn)?;
        let office = |office: Office| {
            let key = format!("office-{}", office.as_str().replace('_', "-"));
            (office.as_str(), say(language, &key, &[]))
        };
        Ok(Self {
            language,
            people: people
                .into_iter()
                .map(|(id, number, given, family)| (id, (number, format!("{given} {family}"))))
                .collect(),
            units: units.into_iter().map(|(id, code, name)| (id, (code, name))).collect(),
            companies: companies.into_iter().filter_map(|(id, neq)| Some((id, neq?))).collect(),
            offices: Office::ALL.into_iter().map(office).collect(),
        })
    }

    fn person(&self, id: Option<PersonId>) -> Option<String> {
        self.people.get(&id?).map(|(_, name)| name.clone())
    }

    /// « X, pour Y » when somebody decided in the place of another.
    fn acting(&self, who: Option<PersonId>, whom: Option<PersonId>) -> Option<String> {
        let who = self.person(who)?;
        Some(match self.person(whom) {
            Some(whom) => say(self.language, "by-for", &[("who", Arg::from(who)), ("whom", Arg::from(whom))]),
            None => who,
        })
    }
}

/// The period and unit of an audit report.
#[derive(Debug, Clone)]
pub struct Scope {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub unit: Option<i64>,
    /// The only units whose declarations are counted: the sector of an executive.
    pub within: Option<Vec<UnitId>>,
}

/// Every declaration first filed in the period, sorted by reference, given one by one.
pub fn each_in_period(
    tx: &mut Tx<'_>,
    actor: &Actor,
    scope: &Scope,
    language: Language,
    mut each: impl FnMut(ReportRow) -> Result<()>,
) -> Result<()> {
    let zone = tx.zone();
    let from = start_of_day(scope.from, zone);
    let to = start_of_day(scope.to.succ_opt().unwrap_or(scope.to), zone);
    let names = Names::read(tx, language)?;
    let countable = shown::narrowed_to(tx, &shown::by_role(actor), Action::Count);
    let mut after = String::new();
    loop {
        let mut query = rows!()
            .filter(declarations::reference.gt(after.clone()))
            .filter(declarations::first_filed_at.ge(from))
            .filter(declarations::first_filed_at.lt(to))
            .filter(shown::not_sealed())
            .filter(not(exists(
                barred::table
                    .filter(barred::declaration_id.eq(declarations::id))
                    .filter(barred::person_id.eq(actor.person)),
            )));
        if let Some(kinds) = &countable {
            query = query.filter(shown::kind_column().eq_any(kinds.clone()));
        }
        if let Some(unit) = scope.unit {
            query = query.filter(declarations::unit_id.eq(unit));
        }
        if let Some(units) = &scope.within {
            query = query.filter(declarations::unit_id.eq_any(units.clone()));
        }
        let chunk: Vec<Raw> = query.order(declarations::reference.asc()).limit(CHUNK).load(tx.conn)?;
        let Some(last) = chunk.last().and_then(|row| row.reference.clone()) else { break };
        after = last;
        let full = i64::try_from(chunk.len()).is_ok_and(|count| count == CHUNK);
        let states = measure_states(tx, &chunk)?;
        for raw in chunk {
            each(row(tx, &names, raw, &states)?)?;
        }
        if !full {
            break;
        }
    }
    Ok(())
}

/// How many sealed files of each kind this reader counts were first filed in the period. Of what somebody is barred from,
/// they do not even know the number.
pub fn sealed_counts(tx: &mut Tx<'_>, actor: &Actor, scope: &Scope) -> Result<Vec<(KindVersion, i64)>> {
    let zone = tx.zone();
    let from = start_of_day(scope.from, zone);
    let to = start_of_day(scope.to.succ_opt().unwrap_or(scope.to), zone);
    let counted = tx.book.access.kinds(&shown::by_role(actor), Action::Count);
    let sealed: Vec<KindVersion> =
        tx.book.catalogue.kinds().iter().filter(|version| version.kind.is_sealed()).cloned().collect();
    let mut counts = Vec::new();
    for version in sealed.into_iter().filter(|version| match &counted {
        Kinds::Every => true,
        Kinds::Only(kinds) => kinds.contains(&version.kind.id),
    }) {
        let mut query = declarations::table
            .filter(sql::<Bool>("declarations.class = 'C3'"))
            .filter(declarations::kind.eq(version.kind.id.clone()))
            .filter(declarations::first_filed_at.ge(from))
            .filter(declarations::first_filed_at.lt(to))
            .filter(not(exists(
                barred::table
                    .filter(barred::declaration_id.eq(declarations::id))
                    .filter(barred::person_id.eq(actor.person)),
            )))
            .into_boxed();
        if let Some(unit) = scope.unit {
            query = query.filter(declarations::unit_id.eq(unit));
        }
        if let Some(units) = &scope.within {
            query = query.filter(declarations::unit_id.eq_any(units.clone()));
        }
        let count: i64 = query.count().get_result(tx.conn)?;
        counts.push((version, count));
    }
    Ok(counts)
}

impl Placed for Raw {
    fn place(&self, order: Order) -> Cursor {
        lists::place(order, self.id, self.first_filed_at, self.due_on)
    }
}

/// A page of the rows of the register that a filter leaves, in the order of its pages, and where the next one begins.
pub fn of_register(
    tx: &mut Tx<'_>,
    names: &Names,
    actor: &Actor,
    filter: &Filter,
    after: Option<&Cursor>,
    size: i64,
) -> Result<(Vec<ReportRow>, Option<Cursor>)> {
    let (raws, next) = register_page!(rows!(), Raw, tx, actor, filter, after, size);
    let states = measure_states(tx, &raws)?;
    let rows: Result<_> = raws.into_iter().map(|raw| row(tx, names, raw, &states)).collect();
    Ok((rows?, next))
}

/// Where a row is, and nothing of it: what counting reads.
#[derive(Queryable)]
struct PlaceOnly {
    id: i64,
    first_filed_at: Option<Instant>,
    due_on: Option<NaiveDate>,
}

impl Placed for PlaceOnly {
    fn place(&self, order: Order) -> Cursor {
        lists::place(order, self.id, self.first_filed_at, self.due_on)
    }
}

/// How many rows [`of_register`] gives in all; no further than one over `most`.
///
/// # Errors
/// The database does not answer.
pub fn count_of_register(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter, most: Option<i64>) -> Result<i64> {
    macro_rules! places {
        () => {
            declarations::table
                .select((declarations::id, declarations::first_filed_at, declarations::due_on))
                .into_boxed()
        };
    }
    let size = most.map_or(COUNTED_AT_ONCE, |most| most.saturating_add(1).min(COUNTED_AT_ONCE));
    let (mut count, mut after) = (0, None);
    loop {
        let (some, next) = register_page!(places!(), PlaceOnly, tx, actor, filter, after.as_ref(), size);
        count += i64::try_from(some.len()).unwrap_or(i64::MAX);
        after = next;
        if after.is_none() || most.is_some_and(|most| count > most) {
            return Ok(count);
        }
    }
}

/// Whether no filter could ever give more than `most` rows: no more numbers were given to declarations. Asked before anything is
/// counted, as it costs two looks at an index.
///
/// # Errors
/// The database does not answer.
pub fn never_more_than(tx: &mut Tx<'_>, most: i64) -> Result<bool> {
    let ids = || declarations::table.select(declarations::id).into_boxed();
    let first: Option<i64> = ids().order(declarations::id.asc()).first(tx.conn).optional()?;
    let last: Option<i64> = ids().order(declarations::id.desc()).first(tx.conn).optional()?;
    Ok(first.zip(last).is_none_or(|(first, last)| last - first < most))
}

/// Rows counted at a time.
const COUNTED_AT_ONCE: i64 = 10_000;

/// The same rows by reference, from the one after `after`.
pub fn by_reference(
    tx: &mut Tx<'_>,
    names: &Names,
    actor: &Actor,
    filter: &Filter,
    after: &str,
    size: i64,
) -> Result<Vec<ReportRow>> {
    let filter = filter.for_reader(actor);
    let raws: Vec<Raw> = narrowed!(rows!(), tx, actor, &filter)
        .filter(declarations::reference.gt(after.to_owned()))
        .order(declarations::reference.asc())
        .limit(size)
        .load(tx.conn)?;
    let states = measure_states(tx, &raws)?;
    raws.into_iter().map(|raw| row(tx, names, raw, &states)).collect()
}

/// States of the measures of each declaration that has some, in their order.
type MeasureStates = HashMap<i64, Vec<String>>;

fn measure_states(tx: &mut Tx<'_>, raws: &[Raw]) -> Result<MeasureStates> {
    let with: Vec<i64> = raws.iter().filter(|raw| raw.measures != "[]").map(|raw| raw.id).collect();
    let mut states = MeasureStates::new();
    // SQLite takes so many values at once.
    for ids in with.chunks(500) {
        let rows: Vec<(i64, String)> = measures::table
            .filter(measures::declaration_id.eq_any(ids))
            .order((measures::declaration_id.asc(), measures::number.asc()))
            .select((measures::declaration_id, measures::state))
            .load(tx.conn)?;
        for (declaration, state) in rows {
            states.entry(declaration).or_default().push(state);
        }
    }
    Ok(states)
}

/// The same rows, of some references, by reference.
pub fn of_references(
    tx: &mut Tx<'_>,
    names: &Names,
    actor: &Actor,
    filter: &Filter,
    references: &[String],
) -> Result<Vec<ReportRow>> {
    let filter = filter.for_reader(actor);
    let raws: Vec<Raw> = narrowed!(rows!(), tx, actor, &filter)
        .filter(declarations::reference.eq_any(references.to_vec()))
        .order(declarations::reference.asc())
        .load(tx.conn)?;
    let states = measure_states(tx, &raws)?;
    raws.into_iter().map(|raw| row(tx, names, raw, &states)).collect()
}

fn row(tx: &Tx<'_>, names: &Names, raw: Raw, states: &MeasureStates) -> Result<ReportRow> {
    let (zone, language) = (tx.zone(), names.language);
    let calendar = &tx.book.calendar;
    let kind = tx.book.catalogue.version(raw.kind_version_id)?;
    let filed_on = raw.first_filed_at.map_or(tx.today(), |at| local_date(at, zone));
    let decided_on = raw.decided_at.map(|at| local_date(at, zone));
    let decided = decided_on.is_some();
    let outcome = raw.outcome.as_deref().and_then(|id| kind.outcome(id));
    let due_on = if decided { raw.decide_by } else { raw.due_on };
    let pending = State::parse(&raw.state).is_some_and(State::is_pending);
    let held = raw.held_since.filter(|_| pending).map(|at| local_date(at, zone));
    let office = raw.holder_office.as_deref().and_then(|office| names.offices.get(office).cloned());
    let (unit_code, unit_name) = names.units.get(&raw.unit_id).cloned().unwrap_or_default();
    let (declarant_number, declarant_name) = names.people.get(&raw.declarant_id).cloned().unwrap_or_default();
    Ok(ReportRow {
        reference: raw.reference.unwrap_or_default(),
        kind: raw.kind,
        kind_title: kind.title.get(language).to_owned(),
        unit_code,
        unit_name,
        declarant_number,
        declarant_name,
        state: raw.state,
        outcome_label: outcome.map(|outcome| outcome.done.get(language).to_owned()),
        tone: outcome.map(|outcome| format!("{:?}", outcome.tone).to_lowercase()),
        outcome: raw.outcome,
        reason: raw.reason.filter(|reason| !reason.is_empty()),
        measures: if raw.measures == "[]" { Vec::new() } else { serde_json::from_str(&raw.measures)? },
        measure_states: states.get(&raw.id).cloned().unwrap_or_default(),
        first_filed_on: filed_on,
        occurred_on: raw.occurred_on,
        days_late: i64::from(raw.days_late),
        decided_on,
        decider_name: raw.outside_authority.or_else(|| names.acting(raw.decider_id, raw.decided_for_id)),
        decision_days: decided_on.map(|on| deadlines::age(filed_on, on, calendar)),
        due_on,
        on_time: decided_on.and_then(|on| Some(on <= due_on?)),
        holder_name: names.person(raw.holder_id).or(office),
        held_days: held.map(|since| deadlines::age(since, tx.today(), calendar)),
        attention: raw.attention,
        company_name: raw.company_name,
        neq: raw.company_id.and_then(|company| names.companies.get(&company).cloned()),
        value_cents: raw.value_cents,
        category_label: label(&kind, Fact::Category, raw.category.as_deref(), language),
        category: raw.category,
        disposition_label: label(&kind, Fact::Disposition, raw.disposition.as_deref(), language),
        disposition: raw.disposition,
        supervisor_missing: raw.supervisor_id.is_none(),
    })
}

fn label(kind: &Kind, fact: Fact, id: Option<&str>, language: Language) -> Option<String> {
    let id = id?;
    let field = kind.field_of_fact(fact)?;
    field.options.iter().find(|option| option.id == id).map(|option| option.label.get(language).to_owned())
}

/// The frame in which the rows are read.
///
/// `purpose` is what its reader does with the rows: `Count` in the audit report, `Read` in an export of the register.
pub fn context(
    tx: &mut Tx<'_>,
    actor: &Actor,
    purpose: Action,
    scope: &Scope,
    language: Language,
) -> Result<ReportContext> {
    let today = tx.today();
    let population: i64 = persons::table
        .filter(persons::active_from.le(scope.to))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(scope.from)))
        .count()
        .get_result(tx.conn)?;
    let unit_label = match scope.unit {
        Some(unit) => Some(crate::declarations::lists::unit_name(tx, unit)?),
        None => None,
    };
    let kinds = shown::kinds_shown(tx.book, &shown::by_role(actor), purpose);
    let policy_versions = policy::versions::during(tx, scope.from, scope.to)?.iter().map(ToString::to_string).collect();
    let (organisation, _) = crate::web::page::organisation(&tx.book.config, language);
    Ok(ReportContext {
        organisation: organisation.to_owned(),
        from: scope.from,
        to: scope.to,
        as_of: today,
        generated_at: tx.now(),
        generated_local: formats::format_datetime(tx.now(), tx.zone(), language),
        generated_by: actor.name.clone(),
        language,
        policy_versions,
        population: u64::try_from(population).unwrap_or_default(),
        unit_filter: unit_label,
        kinds: kinds.iter().map(|v| (v.kind.id.clone(), v.kind.title.get(language).to_owned())).collect(),
        gift_kinds: kinds
            .iter()
            .filter(|v| v.kind.field_of_fact(Fact::Disposition).is_some())
            .map(|v| v.kind.id.clone())
            .collect(),
        scope_note: None,
    })
}
