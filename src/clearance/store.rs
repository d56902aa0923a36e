//! SQL of sheets. A sheet, its lines and its reasons are written once; triggers refuse any change.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::ClearanceId;
use super::rules::{Judgement, Reason, Verdict};
use super::sheet::{Line, Sheet};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{clearance_lines, clearance_reasons, clearances, declarations, events, journal_head};
use crate::declarations::lists::Cursor;
use crate::error::Result;
use crate::people::PersonId;
use crate::people::store::Person;

/// A sheet as stored, its lines aside.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = clearances)]
pub struct Row {
    pub id: ClearanceId,
    pub number: String,
    pub asked_by: PersonId,
    pub asked_by_name: String,
    pub asked_at: Instant,
    pub purpose: String,
    pub contract: Option<String>,
    pub companies: String,
    pub fingerprint: String,
    pub event_seq: i64,
}

/// Who asks, and on which day of the organisation.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    pub person: PersonId,
    pub on: NaiveDate,
}

/// Keeps a sheet, right after its event was recorded: the number of the event is that of the head of the journal.
pub fn insert(tx: &mut Tx<'_>, asker: Asker, sheet: &Sheet, people: &[(Person, Judgement)]) -> Result<ClearanceId> {
    let event: i64 = journal_head::table.select(journal_head::seq).filter(journal_head::id.eq(1)).first(tx.conn)?;
    let id: ClearanceId = each_engine!(tx.conn, conn => diesel::insert_into(clearances::table)
        .values((
            clearances::number.eq(&sheet.number),
            clearances::asked_by.eq(asker.person),
            clearances::asked_by_name.eq(&sheet.asked_by),
            clearances::asked_at.eq(sheet.asked_at),
            clearances::asked_on.eq(asker.on),
            clearances::purpose.eq(&sheet.purpose),
            clearances::contract.eq(&sheet.contract),
            clearances::companies.eq(serde_json::to_string(&sheet.companies)?),
            clearances::fingerprint.eq(sheet.fingerprint()?),
            clearances::event_seq.eq(event),
        ))
        .returning(clearances::id)
        .get_result(conn))?;
    for (position, (line, (person, judged))) in (1_i32..).zip(sheet.lines.iter().zip(people)) {
        diesel::insert_into(clearance_lines::table)
            .values((
                clearance_lines::clearance_id.eq(id),
                clearance_lines::position.eq(position),
                clearance_lines::person_id.eq(person.id),
                clearance_lines::person_number.eq(&line.number),
                clearance_lines::person_name.eq(&line.name),
                clearance_lines::verdict.eq(line.verdict.as_str()),
            ))
            .execute(tx.conn)?;
        for (reason, declaration) in &judged.reasons {
            diesel::insert_into(clearance_reasons::table)
                .values((
                    clearance_reasons::clearance_id.eq(id),
                    clearance_reasons::position.eq(position),
                    clearance_reasons::reason.eq(reason.as_str()),
                    clearance_reasons::declaration_id.eq(*declaration),
                ))
                .execute(tx.conn)?;
        }
    }
    Ok(id)
}

/// A sheet by its number.
pub fn find(tx: &mut Tx<'_>, number: &str) -> Result<Row> {
    Ok(each_engine!(tx.conn, conn => clearances::table
        .filter(clearances::number.eq(number))
        .select(Row::as_select())
        .first(conn))?)
}

/// The sheet of a row, with its lines in order.
pub fn sheet(tx: &mut Tx<'_>, row: &Row) -> Result<Sheet> {
    let lines: Vec<(String, String, String)> = clearance_lines::table
        .filter(clearance_lines::clearance_id.eq(row.id))
        .order(clearance_lines::position.asc())
        .select((clearance_lines::person_number, clearance_lines::person_name, clearance_lines::verdict))
        .load(tx.conn)?;
    Ok(Sheet {
        number: row.number.clone(),
        asked_by: row.asked_by_name.clone(),
        asked_at: row.asked_at,
        purpose: row.purpose.clone(),
        contract: row.contract.clone(),
        companies: serde_json::from_str(&row.companies)?,
        lines: lines
            .into_iter()
            // A word that is not one of ours would be a change: the gravest is shown, and the fingerprint tells.
            .map(|(number, name, verdict)| Line {
                number,
                name,
                verdict: Verdict::parse(&verdict).unwrap_or(Verdict::Recuse),
            })
            .collect(),
    })
}

/// The leaf of the event that a sheet names.
pub fn leaf(tx: &mut Tx<'_>, row: &Row) -> Result<Option<String>> {
    Ok(events::table.find(row.event_seq).select(events::leaf).first(tx.conn).optional()?)
}

/// Why each person of a sheet has their verdict: place on the sheet, reason, reference of the declaration.
pub fn reasons(tx: &mut Tx<'_>, id: ClearanceId) -> Result<Vec<(i32, Reason, Option<String>)>> {
    let rows: Vec<(i32, String, Option<i64>)> = clearance_reasons::table
        .filter(clearance_reasons::clearance_id.eq(id))
        .order(clearance_reasons::id.asc())
        .select((clearance_reasons::position, clearance_reasons::reason, clearance_reasons::declaration_id))
        .load(tx.conn)?;
    let mut reasons = Vec::new();
    for (position, reason, declaration) in rows {
        let reference: Option<Option<String>> = match declaration {
            Some(id) => declarations::table.find(id).select(declarations::reference).first(tx.conn).optional()?,
            None => None,
        };
        if let Some(reason) = Reason::parse(&reason) {
            reasons.push((position, reason, reference.flatten()));
        }
    }
    Ok(reasons)
}

/// How many sheets somebody asked for on a day, and on how many of them a person is.
pub fn asked(tx: &mut Tx<'_>, asker: Asker, person: Option<PersonId>) -> Result<i64> {
    let mut query = clearances::table
        .filter(clearances::asked_by.eq(asker.person))
        .filter(clearances::asked_on.eq(asker.on))
        .select(clearances::id)
        .into_boxed();
    if let Some(person) = person {
        let with: Vec<ClearanceId> = clearance_lines::table
            .inner_join(clearances::table.on(clearance_lines::clearance_id.eq(clearances::id)))
            .filter(clearance_lines::person_id.eq(person))
            .filter(clearances::asked_by.eq(asker.person))
            .filter(clearances::asked_on.eq(asker.on))
            .select(clearances::id)
            .load(tx.conn)?;
        query = query.filter(clearances::id.eq_any(with));
    }
    let found: Vec<ClearanceId> = query.load(tx.conn)?;
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
}

/// A page of sheets, newest first: everybody's, or those that one person asked for.
pub fn list(
    tx: &mut Tx<'_>,
    asked_by: Option<PersonId>,
    after: Option<&Cursor>,
    size: i64,
) -> Result<(Vec<Row>, Option<Cursor>)> {
    let (after, most) = (after.map(|cursor| cursor.id), usize::try_from(size).unwrap_or(usize::MAX));
    let mut rows: Vec<Row> = each_engine!(tx.conn, conn => {
        let mut query = clearances::table.select(Row::as_select()).into_boxed();
        if let Some(person) = asked_by {
            query = query.filter(clearances::asked_by.eq(person));
        }
        if let Some(after) = after {
            query = query.filter(clearances::id.lt(after));
        }
        query.order(clearances::id.desc()).limit(size + 1).load(conn)
    })?;
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: String::new(), id: row.id });
    Ok((rows, next))
}

/// A check of one person, as they read it: no company is in it.
#[derive(Debug, Clone, Queryable)]
pub struct Own {
    pub id: ClearanceId,
    pub number: String,
    pub asked_by_name: String,
    pub asked_at: Instant,
    pub purpose: String,
    pub contract: Option<String>,
    pub verdict: String,
}

/// A page of the checks of a person, newest first.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    after: Option<&Cursor>,
    size: i64,
) -> Result<(Vec<Own>, Option<Cursor>)> {
    let mut query = clearance_lines::table
        .inner_join(clearances::table.on(clearance_lines::clearance_id.eq(clearances::id)))
        .filter(clearance_lines::person_id.eq(person))
        .select((
            clearances::id,
            clearances::number,
            clearances::asked_by_name,
            clearances::asked_at,
            clearances::purpose,
            clearances::contract,
            clearance_lines::verdict,
        ))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(clearances::id.lt(after.id));
    }
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let mut rows: Vec<Own> = query.order(clearances::id.desc()).limit(size + 1).load(tx.conn)?;
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|row| Cursor { at: String::new(), id: row.id });
    Ok((rows, next))
}
