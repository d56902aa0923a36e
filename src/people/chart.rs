//! The organisation on a day, as routing sees it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{PersonId, roles};
use crate::access::Role;
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::persons;
use crate::declarations::kind::Office;
use crate::declarations::routing::Chart;
use crate::error::Result;

/// The part of the chart that one file needs: the line above a few people, and the holders of offices.
pub struct Line {
    people: HashMap<PersonId, (Option<PersonId>, bool)>,
    offices: HashMap<Office, Vec<PersonId>>,
}

impl Line {
    /// Reads the line above the declarant, the people named and the holders of offices. Stops at cycles.
    pub fn read(tx: &mut Tx<'_>, from: &[PersonId]) -> Result<Self> {
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
        let starts: Vec<PersonId> = from.iter().copied().chain(offices.values().flatten().copied()).collect();
        for start in starts {
            let mut next = Some(start);
            while let Some(person) = next.filter(|p| !people.contains_key(p)) {
                let (above, active) = read_one(tx, person, today)?;
                people.insert(person, (above, active));
                next = above;
            }
        }
        Ok(Self { people, offices })
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

    fn holders(&self, office: Office) -> Vec<PersonId> {
        self.offices.get(&office).cloned().unwrap_or_default()
    }
}
