//! People as the pages list them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::store::{self, Unit};
use super::{PersonId, UnitId};
use crate::access::Role;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{accounts, events, journal_head, persons, roles, supervisions, units};
use crate::db::search::fold;
use crate::error::Result;

/// One line of the list.
#[derive(Debug, Clone, Queryable)]
pub struct PersonLine {
    pub id: PersonId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub title: String,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
    pub unit: String,
    pub supervisor_number: Option<String>,
    pub supervisor_given: Option<String>,
    pub supervisor_family: Option<String>,
    /// Whether the account is suspended, when there is one.
    pub suspended: Option<bool>,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub words: String,
    /// A unit and those under it.
    pub unit: Option<UnitId>,
}

/// A page of people and the last of them when there are more.
pub struct PeoplePage {
    pub lines: Vec<PersonLine>,
    pub next: Option<PersonId>,
}

diesel::alias!(persons as above: Above);

/// People in the order of their names, from the one after `after` on.
pub fn people(tx: &mut Tx<'_>, filter: &Filter, after: Option<PersonId>, size: i64) -> Result<PeoplePage> {
    let mut query = persons::table
        .inner_join(units::table.on(persons::unit_id.eq(units::id)))
        .left_join(above.on(persons::supervisor_id.eq(above.field(persons::id).nullable())))
        .left_join(accounts::table.on(accounts::person_id.eq(persons::id)))
        .select((
            persons::id,
            persons::number,
            persons::given_name,
            persons::family_name,
            persons::title,
            persons::active_from,
            persons::active_until,
            units::name,
            above.field(persons::number).nullable(),
            above.field(persons::given_name).nullable(),
            above.field(persons::family_name).nullable(),
            accounts::disabled.nullable(),
        ))
        .into_boxed();
    // A sign that LIKE would read as « anything » has no place in a name, a number or an address.
    let typed: String = filter.words.trim().to_lowercase().replace(['%', '\\'], "");
    if typed.contains('@') {
        query = query.filter(persons::email.like(format!("{typed}%")));
    } else if typed.chars().any(|c| c.is_ascii_digit()) {
        let upper = typed.to_uppercase();
        query = query.filter(persons::number.like(format!("{typed}%")).or(persons::number.like(format!("{upper}%"))));
    } else {
        // Each word anywhere: « Tremblay Rosalie » is found too. A number may be made of letters.
        let number = filter.words.trim().to_owned();
        for word in fold(&typed).split(' ').filter(|word| !word.is_empty()).take(6).map(str::to_owned) {
            query = query.filter(persons::folded.like(format!("%{word}%")).or(persons::number.eq(number.clone())));
        }
    }
    if let Some(unit) = filter.unit {
        let path: Option<String> = units::table.find(unit).select(units::path).first(tx.conn).optional()?;
        query = query.filter(units::path.like(format!("{}%", path.unwrap_or_else(|| "?".into()))));
    }
    if let Some(after) = after {
        let folded: String = persons::table.find(after).select(persons::folded).first(tx.conn)?;
        query = query
            .filter(persons::folded.ge(folded.clone()))
            .filter(persons::folded.gt(folded).or(persons::id.gt(after)));
    }
    let mut lines: Vec<PersonLine> =
        query.order((persons::folded.asc(), persons::id.asc())).limit(size + 1).load(tx.conn)?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = lines.len() > size;
    lines.truncate(size);
    let next = lines.last().filter(|_| more).map(|line| line.id);
    Ok(PeoplePage { lines, next })
}

/// Roles in force today of several people.
pub fn roles_of(tx: &mut Tx<'_>, people: &[PersonId]) -> Result<Vec<(PersonId, Role)>> {
    let today = tx.today();
    let rows: Vec<(PersonId, String)> = roles::table
        .filter(roles::person_id.eq_any(people))
        .filter(roles::since.le(today))
        .filter(roles::until.is_null().or(roles::until.ge(today)))
        .order(roles::id.asc())
        .select((roles::person_id, roles::role))
        .load(tx.conn)?;
    Ok(rows.into_iter().filter_map(|(person, role)| Some((person, Role::parse(&role)?))).collect())
}

/// Units from the top down, each after its parent and in the order of names, with its depth.
pub fn unit_tree(tx: &mut Tx<'_>) -> Result<Vec<(usize, Unit)>> {
    let all = store::units(tx)?;
    let paths = super::directory::units::paths(&all);
    let mut tree: Vec<(Vec<String>, Unit)> = all
        .into_iter()
        .map(|unit| {
            let names = paths.get(&unit.id).map(|path| path.names().iter().map(|name| fold(name)).collect());
            (names.unwrap_or_default(), unit)
        })
        .collect();
    tree.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(tree.into_iter().map(|(names, unit)| (names.len().saturating_sub(1), unit)).collect())
}

/// A stretch under a supervisor.
#[derive(Debug, Clone, Queryable)]
pub struct Stretch {
    pub since: NaiveDate,
    pub until: Option<NaiveDate>,
    pub number: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
}

/// Who supervised a person, last first.
pub fn supervisors_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Stretch>> {
    Ok(supervisions::table
        .left_join(persons::table.on(supervisions::supervisor_id.eq(persons::id.nullable())))
        .filter(supervisions::person_id.eq(person))
        .order((supervisions::since.desc(), supervisions::id.desc()))
        .select((
            supervisions::since,
            supervisions::until,
            persons::number.nullable(),
            persons::given_name.nullable(),
            persons::family_name.nullable(),
        ))
        .load(tx.conn)?)
}

/// How many people in service report to a person.
pub fn team(tx: &mut Tx<'_>, person: PersonId) -> Result<i64> {
    let today = tx.today();
    Ok(persons::table
        .filter(persons::supervisor_id.eq(person))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .count()
        .get_result(tx.conn)?)
}

/// An import already made.
pub struct PastImport {
    pub at: Instant,
    pub by: Option<String>,
    pub file: String,
    pub added: usize,
    pub changed: usize,
    pub departed: usize,
    pub moved: i64,
}

/// Events looked at for the last imports: the journal has no index by name of event.
const LOOKED_AT: i64 = 50_000;

/// The last imports, as the journal tells them.
pub fn past_imports(tx: &mut Tx<'_>, most: i64) -> Result<Vec<PastImport>> {
    type Row = (i64, Instant, Option<String>, Option<String>, String);
    let head: i64 = journal_head::table.select(journal_head::seq).first(tx.conn)?;
    let found: Vec<Row> = events::table
        .left_join(persons::table.on(events::actor_id.eq(persons::id.nullable())))
        .filter(events::seq.gt(head - LOOKED_AT))
        .filter(events::event.eq("directory_imported"))
        .order(events::seq.desc())
        .limit(most)
        .select((
            events::seq,
            events::at,
            persons::given_name.nullable(),
            persons::family_name.nullable(),
            events::leaf,
        ))
        .load(tx.conn)?;
    let mut imports = Vec::new();
    for (seq, at, given, family, leaf) in found {
        let leaf: serde_json::Value = serde_json::from_str(&leaf)?;
        let data = leaf.get("data");
        let number = |name: &str| {
            let value = data.and_then(|data| data.get(name)).and_then(serde_json::Value::as_u64).unwrap_or(0);
            usize::try_from(value).unwrap_or(usize::MAX)
        };
        // What moved is told by the events of the same transaction: they follow, at the same instant.
        let moved = events::table
            .filter(events::seq.gt(seq))
            .filter(events::seq.le(seq + LOOKED_AT))
            .filter(events::at.eq(at))
            .filter(events::event.eq("rerouted"))
            .count()
            .get_result(tx.conn)?;
        imports.push(PastImport {
            at,
            by: given.zip(family).map(|(given, family)| format!("{given} {family}")),
            file: data.and_then(|data| data.get("file")).and_then(|f| f.as_str()).unwrap_or("").to_owned(),
            added: number("added"),
            changed: number("changed"),
            departed: number("departed"),
            moved,
        });
    }
    Ok(imports)
}
