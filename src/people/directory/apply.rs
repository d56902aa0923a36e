//! Writing a directory that was read whole: units, people, supervisions, then the files that follow.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::standing::Standing;
use super::units;
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::persons;
use crate::db::search::fold;
use crate::declarations::handover::{self, Changes};
use crate::error::{Error, Result};
use crate::people::confirmations::{self, Cause};
use crate::people::directory_diff::DirectoryDiff;
use crate::people::directory_values::{Directory, DirectoryRow, UnitPath};
use crate::people::{PersonId, UnitId, left};

/// Rows of one statement, well under what either engine binds.
const BATCH: usize = 500;

/// A person as written.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = persons, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Written<'r> {
    number: &'r str,
    given_name: &'r str,
    family_name: &'r str,
    email: &'r str,
    title: &'r str,
    unit_id: UnitId,
    site: &'r str,
    supervisor_id: Option<PersonId>,
    regime: &'r str,
    position: &'r str,
    language: &'r str,
    active_from: NaiveDate,
    active_until: Option<NaiveDate>,
    home_body: &'r str,
    folded: String,
}

/// Row numbers of what the file names.
struct Places<'d> {
    people: HashMap<&'d str, PersonId>,
    units: HashMap<UnitPath, UnitId>,
}

impl Places<'_> {
    fn written<'r>(&self, row: &'r DirectoryRow) -> Result<Written<'r>> {
        let missing = |what: &str| Error::Internal(format!("directory: {what} of {} was not written", row.number));
        let supervisor_id = match &row.supervisor {
            Some(number) => Some(*self.people.get(number.as_str()).ok_or_else(|| missing("supervisor"))?),
            None => None,
        };
        Ok(Written {
            number: &row.number,
            given_name: &row.given_name,
            family_name: &row.family_name,
            email: &row.email,
            title: &row.title,
            unit_id: *self.units.get(&row.unit).ok_or_else(|| missing("unit"))?,
            site: &row.site,
            supervisor_id,
            regime: row.regime.as_str(),
            position: row.position.as_str(),
            language: row.language.code(),
            active_from: row.active_from,
            active_until: row.active_until,
            home_body: &row.home_body,
            folded: fold(&row.name()),
        })
    }
}

/// Writes what the file says; returns how many open files moved.
pub(super) fn apply(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    standing: &Standing,
    directory: &Directory,
    found: &DirectoryDiff<'_>,
) -> Result<usize> {
    let today = tx.today();
    // Before anybody is in service again.
    left::take_back(tx, None)?;
    let mut places = Places {
        people: standing.people.iter().map(|person| (person.number.as_str(), person.id)).collect(),
        units: units::bring_in(tx, &directory.units)?,
    };
    free_addresses(tx, standing, directory)?;
    add(tx, &found.added, &mut places)?;
    let by_number: HashMap<&str, &DirectoryRow> =
        directory.people.iter().map(|row| (row.number.as_str(), row)).collect();
    for change in &found.changed {
        if let (Some(row), Some(id)) = (by_number.get(change.number), places.people.get(change.number)) {
            diesel::update(persons::table.find(*id)).set(&places.written(row)?).execute(tx.conn)?;
        }
    }
    let mut chart = NewChart::of(standing, directory, &places, today);
    for row in &found.departed {
        if let Some(id) = standing.id(&row.number) {
            chart.departed.insert(id);
            chart.touched.insert(id);
        }
    }
    leave(tx, by, &chart)?;
    super::supervisions::follow(tx, &chart.supervised(directory, &places, today))?;
    handover::follow_supervisors(tx, &chart.moved)?;
    ask_to_confirm(tx, standing, directory, &places, &chart)?;
    handover::reroute_after(tx, &Changes { above: &chart.above, touched: &chart.touched })
}

/// The chart after the import, and where it differs.
struct NewChart {
    above: HashMap<PersonId, PersonId>,
    /// Whose supervisor changed.
    moved: Vec<handover::Supervision>,
    touched: HashSet<PersonId>,
    /// No longer named.
    departed: HashSet<PersonId>,
}

impl NewChart {
    fn of(standing: &Standing, directory: &Directory, places: &Places<'_>, today: NaiveDate) -> Self {
        let mut chart = Self {
            above: standing.people.iter().filter_map(|person| Some((person.id, person.supervisor_id?))).collect(),
            moved: Vec::new(),
            touched: HashSet::new(),
            departed: HashSet::new(),
        };
        for row in &directory.people {
            let Some(id) = places.people.get(row.number.as_str()).copied() else { continue };
            let supervisor = row.supervisor.as_deref().and_then(|number| places.people.get(number).copied());
            match supervisor {
                Some(supervisor) => chart.above.insert(id, supervisor),
                None => chart.above.remove(&id),
            };
            let Some(before) = standing.person(&row.number) else { continue };
            if before.supervisor_id != supervisor {
                chart.moved.push((id, supervisor));
                chart.touched.insert(id);
            }
            if before.is_active(today) != row.is_active(today) {
                chart.touched.insert(id);
            }
        }
        chart
    }

    /// Who is supervised by whom from today on; people who left are supervised by nobody.
    fn supervised(&self, directory: &Directory, places: &Places<'_>, today: NaiveDate) -> HashMap<PersonId, PersonId> {
        let here = directory.people.iter().filter(|row| row.active_until.is_none_or(|last| today <= last));
        here.filter_map(|row| {
            let id = places.people.get(row.number.as_str())?;
            Some((*id, *self.above.get(id)?))
        })
        .collect()
    }
}

/// An address of the file may be that of somebody else until now (a rehire under another number, two people who swap):
/// it is taken from them first. Whoever left keeps one that no letter reaches.
fn free_addresses(tx: &mut Tx<'_>, standing: &Standing, directory: &Directory) -> Result<()> {
    let wanted: HashMap<&str, &str> =
        directory.people.iter().map(|row| (row.email.as_str(), row.number.as_str())).collect();
    for person in &standing.people {
        if wanted.get(person.email.as_str()).is_some_and(|number| *number != person.number) {
            let nowhere = format!("personne-{}@sans-adresse.invalid", person.id);
            diesel::update(persons::table.find(person.id)).set(persons::email.eq(nowhere)).execute(tx.conn)?;
        }
    }
    Ok(())
}

/// Writes new people, supervisors before those they supervise.
fn add<'d>(tx: &mut Tx<'_>, added: &[&'d DirectoryRow], places: &mut Places<'d>) -> Result<()> {
    let mut left: Vec<&DirectoryRow> = added.to_vec();
    while !left.is_empty() {
        let known = |row: &&DirectoryRow| row.supervisor.as_deref().is_none_or(|s| places.people.contains_key(s));
        let (level, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(known);
        if level.is_empty() {
            return Err(Error::Internal("directory: a chain of supervisors has no top".into()));
        }
        for rows in level.chunks(BATCH) {
            let written: Vec<Written<'_>> = rows.iter().map(|row| places.written(row)).collect::<Result<_>>()?;
            each_engine!(tx.conn, conn => diesel::insert_into(persons::table).values(&written).execute(conn))?;
            let numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
            let ids: Vec<(String, PersonId)> = persons::table
                .filter(persons::number.eq_any(numbers))
                .select((persons::number, persons::id))
                .load(tx.conn)?;
            let ids: HashMap<String, PersonId> = ids.into_iter().collect();
            for row in rows {
                if let Some(id) = ids.get(&row.number) {
                    places.people.insert(row.number.as_str(), *id);
                }
            }
        }
        left = rest;
    }
    Ok(())
}

/// Yesterday was the last day of those whom the file no longer names. What they held ends at once, as it does for those whose
/// last day the file says is past.
fn leave(tx: &mut Tx<'_>, by: Option<PersonId>, chart: &NewChart) -> Result<()> {
    let today = tx.today();
    let yesterday = today.pred_opt().unwrap_or(today);
    let departed: Vec<PersonId> = chart.departed.iter().copied().collect();
    for people in departed.chunks(BATCH) {
        diesel::update(persons::table.filter(persons::id.eq_any(people)))
            .set(persons::active_until.eq(yesterday))
            .execute(tx.conn)?;
    }
    left::take_back(tx, by)
}

/// E22: whoever has other duties, or another supervisor, is asked to confirm their interests.
fn ask_to_confirm(
    tx: &mut Tx<'_>,
    standing: &Standing,
    directory: &Directory,
    places: &Places<'_>,
    chart: &NewChart,
) -> Result<()> {
    let today = tx.today();
    let moved: HashSet<PersonId> = chart.moved.iter().map(|(person, _)| *person).collect();
    let mut asked = Vec::new();
    for row in directory.people.iter().filter(|row| row.is_active(today)) {
        let (Some(before), Some(id)) = (standing.person(&row.number), places.people.get(row.number.as_str())) else {
            continue;
        };
        let unit = places.units.get(&row.unit).copied();
        let duties = before.title != row.title
            || before.position != row.position.as_str()
            || unit.is_some_and(|unit| unit != before.unit_id);
        if before.is_active(today) && duties {
            asked.push((*id, Cause::Duties));
        } else if before.is_active(today) && moved.contains(id) {
            asked.push((*id, Cause::Supervisor));
        }
    }
    confirmations::ask(tx, &asked)
}
