//! The organisation on a day, as routing sees it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{PersonId, absences, roles};
use crate::access::Role;
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::persons;
use crate::declarations::kind::Office;
use crate::declarations::routing::{Absence, Chart};
use crate::error::Result;

/// The part of the chart that one file needs: the line above a few people, and the holders of offices.
pub struct Line {
    people: HashMap<PersonId, (Option<PersonId>, bool)>,
    offices: HashMap<Office, Vec<PersonId>>,
    absences: HashMap<PersonId, Absence>,
}

impl Line {
    /// Reads the line above the declarant, the people named and the holders of offices, and who is away among them for
    /// files of a kind. Stops at cycles.
    pub fn read(tx: &mut Tx<'_>, from: &[PersonId], kind: &str) -> Result<Self> {
        let today = tx.today();
        let held = roles::all_holders(tx)?;
        let holders_of = |office| {
            let role = Role::of_office(office);
            held.iter().filter(|(held, _)| Some(*held) == role).map(|(_, person)| *person).collect::<Vec<_>>()
        };
        let offices: HashMap<_, _> = [Office::EthicsOfficer, Office::SecretaryGeneral, Office::DeputyMinister]
            .into_iter()
            .map(|office| (office, holders_of(office)))
            .collect();
        let mut people = HashMap::new();
        let mut starts: Vec<PersonId> = from.iter().copied().chain(offices.values().flatten().copied()).collect();
        let mut away: HashMap<PersonId, Absence> = HashMap::new();
        // Once for the line, once more for the delegates of those who are away: a delegate's own is not followed.
        for _ in 0..2 {
            let mut met = Vec::new();
            for start in starts {
                let mut next = Some(start);
                while let Some(person) = next.filter(|p| !people.contains_key(p)) {
                    let (above, active) = read_one(tx, person, today)?;
                    people.insert(person, (above, active));
                    met.push(person);
                    next = above;
                }
            }
            if met.is_empty() {
                break;
            }
            let found = absences::of_day(tx, &met, kind)?;
            starts = found.iter().filter_map(|(_, absence)| absence.delegate).collect();
            away.extend(found);
        }
        Ok(Self { people, offices, absences: away })
    }
}

fn read_one(tx: &mut Tx<'_>, person: PersonId, today: NaiveDate) -> Result<(Option<PersonId>, bool)> {
    let row: Option<(Option<PersonId>, NaiveDate, Option<NaiveDate>)> = each_engine!(tx.conn, conn => persons::table
        .find(person)
        .select((persons::supervisor_id, persons::active_from, persons::active_until))
        .first(conn))
    .optional()?;
    Ok(row.map_or((None, false), |(above, from, until)| {
        (above, from <= today && until.is_none_or(|until| today <= until))
    }))
}

impl Chart for Line {
    fn supervisor(&self, person: PersonId) -> Option<PersonId> {
        self.people.get(&person).and_then(|(above, _)| *above)
    }

    fn is_active(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(|(_, active)| *active)
    }

    fn absence(&self, person: PersonId) -> Option<Absence> {
        self.absences.get(&person).copied()
    }

    fn holders(&self, office: Office) -> Vec<PersonId> {
        self.offices.get(&office).cloned().unwrap_or_default()
    }
}
