//! Rows as the database gives them, and what they say. Reading them and putting them in words are apart: an export does both at once.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::answer_columns::{AnswerColumns, Cell};
use super::rows::ReportRow;
use crate::app::{Rulebook, Tx};
use crate::clock::local_date;
use crate::db::schema::{companies, declarations, measures, persons, units};
use crate::db::stamps::{Day, Stamp};
use crate::declarations::calendar::Calendar;
use crate::declarations::deadlines;
use crate::declarations::kind::{DayUnit, Fact, Kind, Office};
use crate::declarations::lists::{self, Cursor, Order, Placed};
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::people::gathered::Gathered;
use crate::people::{PersonId, UnitId};
use crate::text::Language;
use crate::texts::{Arg, say};

#[derive(Queryable)]
pub struct Raw {
    id: i64,
    reference: Option<String>,
    kind: String,
    kind_version_id: i64,
    state: String,
    outcome: Option<String>,
    first_filed_at: Option<Stamp>,
    occurred_on: Option<Day>,
    days_late: i32,
    decided_at: Option<Stamp>,
    decide_by: Option<Day>,
    due_on: Option<Day>,
    held_since: Option<Stamp>,
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

/// What every query of rows begins with.
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
pub(super) use rows;

impl Placed for Raw {
    fn place(&self, order: Order) -> Cursor {
        lists::place(order, self.id, self.first_filed_at.map(|at| at.0), self.due_on.map(|on| on.0))
    }
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
    /// Units of a few people are told as the one above where people are not named.
    pub fn read(tx: &mut Tx<'_>, masked: bool, language: Language) -> Result<Self> {
        let people: Vec<(PersonId, String, String, String)> = persons::table
            .select((persons::id, persons::number, persons::given_name, persons::family_name))
            .load(tx.conn)?;
        let units: Vec<(UnitId, String, String)> =
            units::table.select((units::id, units::code, units::name)).load(tx.conn)?;
        let mut units: HashMap<UnitId, (String, String)> =
            units.into_iter().map(|(id, code, name)| (id, (code, name))).collect();
        if masked {
            let gathered = Gathered::read(tx)?;
            for (unit, told) in &mut units {
                *told = gathered
                    .of(*unit)
                    .map_or_else(|| ("–".to_owned(), "–".to_owned()), |unit| (unit.code.clone(), unit.name.clone()));
            }
        }
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
            units,
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

/// What rows are put in words with.
#[derive(Clone, Copy)]
pub struct Frame<'f> {
    pub book: &'f Rulebook,
    pub names: &'f Names,
    /// What is open has been so until then.
    pub today: NaiveDate,
}

/// Rows that were read, with the states of their measures.
pub struct Batch {
    raws: Vec<Raw>,
    states: MeasureStates,
    /// By declaration, when they were asked for.
    answers: HashMap<i64, String>,
}

impl Batch {
    /// # Errors
    /// The database does not answer.
    pub fn of(tx: &mut Tx<'_>, raws: Vec<Raw>) -> Result<Self> {
        let states = measure_states(tx, &raws)?;
        Ok(Self { raws, states, answers: HashMap::new() })
    }

    /// Reads what was answered too.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn read_answers(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let ids: Vec<i64> = self.raws.iter().map(|raw| raw.id).collect();
        // SQLite takes so many values at once.
        for ids in ids.chunks(500) {
            let rows: Vec<(i64, String)> = declarations::table
                .filter(declarations::id.eq_any(ids))
                .select((declarations::id, declarations::answers))
                .load(tx.conn)?;
            self.answers.extend(rows);
        }
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.raws.len()
    }

    pub fn is_empty(&self) -> bool {
        self.raws.is_empty()
    }

    /// Of the last one, when there is one.
    pub fn last_reference(&self) -> Option<&str> {
        self.raws.last().and_then(|raw| raw.reference.as_deref())
    }

    pub fn references(self) -> impl Iterator<Item = String> {
        self.raws.into_iter().filter_map(|raw| raw.reference)
    }

    /// Each in words.
    pub fn rows(self, frame: Frame<'_>) -> impl Iterator<Item = Result<ReportRow>> {
        let Self { raws, states, .. } = self;
        raws.into_iter().map(move |raw| row(frame, raw, &states))
    }

    /// Each in words, with what was answered.
    pub fn rows_with(
        self,
        frame: Frame<'_>,
        columns: Option<&AnswerColumns>,
    ) -> impl Iterator<Item = Result<(ReportRow, Vec<Cell>)>> {
        let Self { raws, states, answers } = self;
        raws.into_iter().map(move |raw| {
            let cells = match columns {
                Some(columns) => {
                    let version = frame.book.catalogue.version(raw.kind_version_id)?;
                    let given = answers.get(&raw.id).map_or("{}", String::as_str);
                    columns.cells(&version, &serde_json::from_str(given)?)
                }
                None => Vec::new(),
            };
            Ok((row(frame, raw, &states)?, cells))
        })
    }
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

fn row(frame: Frame<'_>, raw: Raw, states: &MeasureStates) -> Result<ReportRow> {
    let Frame { book, names, today } = frame;
    let calendar = &book.calendar;
    let (zone, language) = (calendar.default_zone(), names.language);
    let kind = book.catalogue.version(raw.kind_version_id)?;
    let filed_on = raw.first_filed_at.map_or(today, |at| local_date(at.0, zone));
    let decided_on = raw.decided_at.map(|at| local_date(at.0, zone));
    let decided = decided_on.is_some();
    let outcome = raw.outcome.as_deref().and_then(|id| kind.outcome(id));
    let due_on = if decided { raw.decide_by } else { raw.due_on }.map(|on| on.0);
    let pending = State::parse(&raw.state).is_some_and(State::is_pending);
    let held = raw.held_since.filter(|_| pending).map(|at| local_date(at.0, zone));
    let office = raw.holder_office.as_deref().and_then(|office| names.offices.get(office).cloned());
    let (unit_code, unit_name) = names.units.get(&raw.unit_id).cloned().unwrap_or_default();
    let (declarant_number, declarant_name) = names.people.get(&raw.declarant_id).cloned().unwrap_or_default();
    let mut row = ReportRow {
        reference: raw.reference.unwrap_or_default(),
        kind: raw.kind,
        kind_title: kind.title.get(language).to_owned(),
        unit_code,
        unit_name,
        declarant_number,
        declarant_name,
        state: raw.state,
        outcome_label: outcome.map(|outcome| outcome.done.get(language).to_owned()),
        tone: outcome.map(|outcome| outcome.tone.as_str().to_owned()),
        outcome: raw.outcome,
        reason: raw.reason.filter(|reason| !reason.is_empty()),
        measures: if raw.measures == "[]" { Vec::new() } else { serde_json::from_str(&raw.measures)? },
        measure_states: states.get(&raw.id).cloned().unwrap_or_default(),
        first_filed_on: filed_on,
        occurred_on: raw.occurred_on.map(|on| on.0),
        days_late: filed_late(&kind, raw.days_late.into(), filed_on, calendar),
        decided_on,
        decider_name: raw.outside_authority.or_else(|| names.acting(raw.decider_id, raw.decided_for_id)),
        decision_days: decided_on.map(|on| deadlines::age(filed_on, on, calendar)),
        due_on,
        on_time: decided_on.and_then(|on| Some(on <= due_on?)),
        holder_name: names.person(raw.holder_id).or(office),
        held_days: held.map(|since| deadlines::age(since, today, calendar)),
        attention: raw.attention,
        company_name: raw.company_name,
        neq: raw.company_id.and_then(|company| names.companies.get(&company).cloned()),
        value_cents: raw.value_cents,
        category_label: label(&kind, Fact::Category, raw.category.as_deref(), language),
        category: raw.category,
        disposition_label: label(&kind, Fact::Disposition, raw.disposition.as_deref(), language),
        disposition: raw.disposition,
        supervisor_missing: raw.supervisor_id.is_none(),
        overdue_days: None,
    };
    if row.is_overdue(today) {
        row.overdue_days = row.due_on.map(|due| deadlines::overdue(due, today, calendar));
    }
    Ok(row)
}

/// How late a filing was, in business days. It was counted in the unit of its kind; what is in several units has neither order
/// nor median.
fn filed_late(kind: &Kind, days: i64, filed_on: NaiveDate, calendar: &Calendar) -> i64 {
    match kind.deadlines.file.as_ref().map(|delay| delay.unit) {
        Some(DayUnit::Calendar) => {
            let limit = filed_on.checked_sub_signed(TimeDelta::days(days)).unwrap_or(filed_on);
            deadlines::overdue(limit, filed_on, calendar)
        }
        Some(DayUnit::Business) | None => days,
    }
}

fn label(kind: &Kind, fact: Fact, id: Option<&str>, language: Language) -> Option<String> {
    let id = id?;
    let field = kind.field_of_fact(fact)?;
    field.options.iter().find(|option| option.id == id).map(|option| option.label.get(language).to_owned())
}
