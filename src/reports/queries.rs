//! Rows of a report, read from the database in one pass of constant memory.

use chrono::{Datelike, Months, NaiveDate};
use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::parts::{self, Part};
use super::raw::{Batch, Frame, Names, Raw, rows};
use super::rows::{ReportContext, ReportRow};
use crate::access::{Action, Actor, RegisterScope};
use crate::app::Tx;
use crate::clock::{Instant, start_of_day};
use crate::db::schema::{barred, decisions, declarations, persons};
use crate::declarations::carried::Carried;
use crate::declarations::catalogue::KindVersion;
use crate::declarations::kind::Fact;
use crate::declarations::lists::{self, Cursor, Filter, Order, Placed, StateFilter, narrowed, register_page};
use crate::declarations::shown;
use crate::error::Result;
use crate::formats;
use crate::people::UnitId;
use crate::people::gathered::Gathered;
use crate::policy;
use crate::text::Language;

/// Rows read at a time.
const CHUNK: i64 = 2_000;

/// The period of a report, and the files that it counts.
#[derive(Debug, Clone)]
pub struct Scope {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub unit: Option<i64>,
    /// The only units whose declarations are counted: the sector of an executive.
    pub within: Option<Vec<UnitId>>,
    pub part: Part,
}

impl Scope {
    /// Every file that the roles of its reader count, from a day to another, both included.
    pub fn whole(from: NaiveDate, to: NaiveDate) -> Self {
        Self { from, to, unit: None, within: None, part: Part::Register }
    }

    /// The whole months that hold this period: what readers of figures alone count. Two periods that differ by a day would tell, by
    /// their difference, what each of them leaves out.
    pub fn in_whole_months(self) -> Self {
        let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
        let last = |day: NaiveDate| first(day).checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
        Self { from: first(self.from), to: last(self.to).unwrap_or(self.to), ..self }
    }

    /// Are people not named to this reader? Whoever leads a team reads its files whole, whatever else they are.
    fn is_masked(&self, actor: &Actor) -> bool {
        self.part != Part::Team && RegisterScope::of(actor).masked
    }

    /// For a reader to whom people are not named, a unit is the one that it is told as (`people/gathered.rs`).
    fn for_reader(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Self> {
        let Some(unit) = self.unit.filter(|_| self.is_masked(actor)) else { return Ok(self.clone()) };
        let mut alike = Gathered::read(tx)?.alike(unit);
        if let Some(within) = &self.within {
            alike.retain(|unit| within.contains(unit));
        }
        Ok(Self { unit: None, within: Some(alike), ..self.clone() })
    }

    /// Name of the unit, as this reader is told it.
    fn unit_name(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<String>> {
        Ok(match self.unit {
            Some(unit) if self.is_masked(actor) => Some(Gathered::read(tx)?.name(unit)),
            Some(unit) => Some(lists::unit_name(tx, unit)?),
            None => None,
        })
    }
}

/// Every declaration first filed in the period, sorted by reference, given one by one as this reader is told them.
///
/// # Errors
/// The database does not answer, or whoever takes the rows refuses one.
pub fn each_in_period(
    tx: &mut Tx<'_>,
    actor: &Actor,
    scope: &Scope,
    language: Language,
    each: impl FnMut(ReportRow) -> Result<()>,
) -> Result<()> {
    each_told(tx, actor, scope, language, scope.is_masked(actor), each)
}

/// The same, with nobody named: for whoever this reader gives them to.
///
/// # Errors
/// As for [`each_in_period`].
pub fn each_masked(
    tx: &mut Tx<'_>,
    actor: &Actor,
    scope: &Scope,
    language: Language,
    each: impl FnMut(ReportRow) -> Result<()>,
) -> Result<()> {
    each_told(tx, actor, scope, language, true, each)
}

/// Narrows a query of declarations to those of a period that this reader counts; `scope` as the reader is told it.
macro_rules! in_period {
    ($query:expr, $tx:expr, $actor:expr, $scope:expr) => {{
        let zone = $tx.zone();
        let from = start_of_day($scope.from, zone);
        let to = start_of_day($scope.to.succ_opt().unwrap_or($scope.to), zone);
        let mut query = $query
            .filter(declarations::first_filed_at.ge(from))
            .filter(declarations::first_filed_at.lt(to))
            .filter(shown::not_sealed())
            .filter(not(exists(
                barred::table
                    .filter(barred::declaration_id.eq(declarations::id))
                    .filter(barred::person_id.eq($actor.person)),
            )));
        if let Some(kinds) = shown::narrowed_to($tx, &$scope.part.lines($actor), Action::Count) {
            query = query.filter(shown::kind_column().eq_any(kinds));
        }
        if let Some(unit) = $scope.unit {
            query = query.filter(declarations::unit_id.eq(unit));
        }
        if let Some(units) = &$scope.within {
            query = query.filter(declarations::unit_id.eq_any(units.clone()));
        }
        match $scope.part {
            Part::Register => query,
            Part::Team => query
                .filter(declarations::supervisor_id.eq($actor.person))
                .filter(declarations::declarant_id.ne($actor.person)),
            Part::Contracts => {
                query.filter(shown::contract_linked($tx)).filter(declarations::declarant_id.ne($actor.person))
            }
        }
    }};
}

/// The files of the rows that [`each_in_period`] and [`each_masked`] give.
///
/// # Errors
/// The database does not answer.
pub fn files_in_period(tx: &mut Tx<'_>, actor: &Actor, scope: &Scope) -> Result<Carried> {
    let scope = scope.for_reader(tx, actor)?;
    let ids = in_period!(declarations::table.select(declarations::id).into_boxed(), tx, actor, &scope);
    Ok(Carried::of(ids.load(tx.conn)?))
}

fn each_told(
    tx: &mut Tx<'_>,
    actor: &Actor,
    scope: &Scope,
    language: Language,
    masked: bool,
    mut each: impl FnMut(ReportRow) -> Result<()>,
) -> Result<()> {
    let scope = scope.for_reader(tx, actor)?;
    let names = Names::read(tx, masked, language)?;
    let frame = Frame { book: tx.book, names: &names, today: tx.today() };
    let read_whole = scope.part.read_whole(&tx.book.access);
    let mut after = String::new();
    loop {
        let query = in_period!(rows!(), tx, actor, &scope).filter(declarations::reference.gt(after.clone()));
        let raws: Vec<Raw> = query.order(declarations::reference.asc()).limit(CHUNK).load(tx.conn)?;
        let batch = Batch::of(tx, raws)?;
        let Some(last) = batch.last_reference() else { break };
        last.clone_into(&mut after);
        let full = i64::try_from(batch.len()).is_ok_and(|count| count == CHUNK);
        for row in batch.rows(frame) {
            let mut row = row?;
            if masked {
                row.mask(&tx.book.keyring);
            }
            if !read_whole.hold(&row.kind) {
                row.summarise();
            }
            each(row)?;
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
    let scope = scope.for_reader(tx, actor)?;
    let zone = tx.zone();
    let from = start_of_day(scope.from, zone);
    let to = start_of_day(scope.to.succ_opt().unwrap_or(scope.to), zone);
    let counted = tx.book.access.kinds(&scope.part.lines(actor), Action::Count);
    let sealed: Vec<KindVersion> =
        tx.book.catalogue.kinds().iter().filter(|version| version.kind.is_sealed()).cloned().collect();
    let mut counts = Vec::new();
    for version in sealed.into_iter().filter(|version| counted.hold(&version.kind.id)) {
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

/// A page of the rows of the register that a filter leaves, in the order of its pages, and where the next one begins.
pub fn of_register(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filter: &Filter,
    after: Option<&Cursor>,
    size: i64,
) -> Result<(Batch, Option<Cursor>)> {
    let (raws, next) = register_page!(rows!(), Raw, tx, actor, filter, after, size);
    Ok((Batch::of(tx, raws)?, next))
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
    Ok(i64::try_from(listed(tx, actor, filter, most)?.len()).unwrap_or(i64::MAX))
}

/// The files of the rows that [`of_register`] gives; no further than one over `most`.
fn listed(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter, most: Option<i64>) -> Result<Vec<i64>> {
    macro_rules! places {
        () => {
            declarations::table
                .select((declarations::id, declarations::first_filed_at, declarations::due_on))
                .into_boxed()
        };
    }
    let size = most.map_or(COUNTED_AT_ONCE, |most| most.saturating_add(1).min(COUNTED_AT_ONCE));
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let (some, next) = register_page!(places!(), PlaceOnly, tx, actor, filter, after.as_ref(), size);
        found.extend(some.into_iter().map(|place| place.id));
        after = next;
        let enough = most.is_some_and(|most| i64::try_from(found.len()).is_ok_and(|count| count > most));
        if after.is_none() || enough {
            return Ok(found);
        }
    }
}

/// The files of all the rows that [`of_register`] gives, in one statement: those of a search are read as they are found.
///
/// # Errors
/// The database does not answer.
pub fn files_of_register(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter) -> Result<Carried> {
    if filter.order() == Order::Opened {
        return Ok(Carried::of(listed(tx, actor, filter, None)?));
    }
    let filter = filter.for_reader(tx, actor)?;
    let ids = narrowed!(declarations::table.select(declarations::id).into_boxed(), tx, actor, &filter);
    Ok(Carried::of(ids.load(tx.conn)?))
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
pub fn by_reference(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter, after: &str, size: i64) -> Result<Batch> {
    let filter = filter.for_reader(tx, actor)?;
    let raws: Vec<Raw> = narrowed!(rows!(), tx, actor, &filter)
        .filter(declarations::reference.gt(after.to_owned()))
        .order(declarations::reference.asc())
        .limit(size)
        .load(tx.conn)?;
    Batch::of(tx, raws)
}

/// The same rows, of some references, by reference.
pub fn of_references(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter, references: &[String]) -> Result<Batch> {
    let filter = filter.for_reader(tx, actor)?;
    let raws: Vec<Raw> = narrowed!(rows!(), tx, actor, &filter)
        .filter(declarations::reference.eq_any(references.to_vec()))
        .order(declarations::reference.asc())
        .load(tx.conn)?;
    Batch::of(tx, raws)
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
    let (unit, part) = (scope.unit_name(tx, actor)?, parts::label(scope, actor, language));
    let kinds = shown::kinds_shown(tx.book, &scope.part.lines(actor), purpose);
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
        // Of a unit in a part, both are said.
        scope_note: part.clone().filter(|_| unit.is_some()),
        unit_filter: unit.or(part),
        kinds: kinds.iter().map(|v| (v.kind.id.clone(), v.kind.title.get(language).to_owned())).collect(),
        gift_kinds: kinds
            .iter()
            .filter(|v| v.kind.field_of_fact(Fact::Disposition).is_some())
            .map(|v| v.kind.id.clone())
            .collect(),
        witnessed: None,
    })
}
