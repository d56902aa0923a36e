//! Incidents and their versions.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::incident_versions as versions;
use crate::error::{Error, Result};
use crate::people::PersonId;

/// One version of an incident: what the regulation asks for, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = versions)]
pub struct Incident {
    /// INC-2026-0001
    pub number: String,
    pub version: i32,
    /// Information concerned, or why it is not known.
    pub information: String,
    pub circumstances: String,
    /// Date or period.
    pub happened: String,
    /// Day on which the organisation knew.
    pub known_on: NaiveDate,
    /// How many people, or about how many.
    pub people: String,
    /// What led to think that there is a risk of serious injury, or not.
    pub assessment: String,
    pub serious: bool,
    /// Day on which the Commission d’accès à l’information was told.
    pub commission_told_on: Option<NaiveDate>,
    pub people_told_on: Option<NaiveDate>,
    /// Public notice, and why.
    pub public_notice: String,
    /// What was done to reduce the risk.
    pub measures: String,
    pub recorded_by: PersonId,
    pub recorded_at: Instant,
}

impl Incident {
    /// The law wants a notice that was not given yet.
    pub fn awaits_notice(&self) -> bool {
        self.serious && (self.commission_told_on.is_none() || self.people_told_on.is_none())
    }
}

/// Every version of an incident, the last first.
///
/// # Errors
/// [`Error::NotFound`]
pub fn versions_of(tx: &mut Tx<'_>, number: &str) -> Result<Vec<Incident>> {
    let found: Vec<Incident> = versions::table
        .filter(versions::number.eq(number))
        .order(versions::version.desc())
        .select(Incident::as_select())
        .load(tx.conn)?;
    if found.is_empty() { Err(Error::NotFound) } else { Ok(found) }
}

/// The last version of each incident, the last known first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Incident>> {
    let rows: Vec<Incident> = versions::table
        .order((versions::number.desc(), versions::version.desc()))
        .select(Incident::as_select())
        .load(tx.conn)?;
    let mut last: Vec<Incident> = Vec::new();
    for row in rows {
        if last.last().is_none_or(|known| known.number != row.number) {
            last.push(row);
        }
    }
    last.sort_by(|a, b| (b.known_on, &b.number).cmp(&(a.known_on, &a.number)));
    Ok(last)
}

/// Adds a version; of two at once, the second finds its number taken.
pub fn insert(tx: &mut Tx<'_>, incident: &Incident) -> Result<()> {
    diesel::insert_into(versions::table).values(incident).execute(tx.conn)?;
    Ok(())
}
