//! The directory as the register holds it.

use std::collections::HashMap;

use diesel::prelude::*;

use super::units;
use crate::app::Tx;
use crate::db::schema::persons;
use crate::error::Result;
use crate::people::PersonId;
use crate::people::directory_values::{DirectoryRow, Position, Regime, UnitPath};
use crate::people::store::{self, Person};
use crate::text::Language;

/// Everybody, past and present.
pub(super) struct Standing {
    /// In the order of `people`.
    pub rows: Vec<DirectoryRow>,
    pub people: Vec<Person>,
    by_number: HashMap<String, usize>,
    by_id: HashMap<PersonId, usize>,
}

impl Standing {
    pub fn load(tx: &mut Tx<'_>) -> Result<Self> {
        let all = store::units(tx)?;
        let paths = units::paths(&all);
        let people: Vec<Person> = persons::table.order(persons::id.asc()).select(Person::as_select()).load(tx.conn)?;
        let by_id: HashMap<PersonId, usize> = people.iter().enumerate().map(|(at, person)| (person.id, at)).collect();
        let by_number = people.iter().enumerate().map(|(at, person)| (person.number.clone(), at)).collect();
        let rows = people
            .iter()
            .map(|person| {
                row(person, paths.get(&person.unit_id), |id| people.get(*by_id.get(&id)?).map(|p| p.number.clone()))
            })
            .collect();
        Ok(Self { rows, people, by_number, by_id })
    }

    pub fn person(&self, number: &str) -> Option<&Person> {
        self.people.get(*self.by_number.get(number)?)
    }

    pub fn id(&self, number: &str) -> Option<PersonId> {
        self.person(number).map(|person| person.id)
    }

    pub fn number(&self, id: PersonId) -> Option<&str> {
        self.people.get(*self.by_id.get(&id)?).map(|person| person.number.as_str())
    }
}

fn row(person: &Person, unit: Option<&UnitPath>, number: impl Fn(PersonId) -> Option<String>) -> DirectoryRow {
    DirectoryRow {
        number: person.number.clone(),
        given_name: person.given_name.clone(),
        family_name: person.family_name.clone(),
        email: person.email.clone(),
        title: person.title.clone(),
        unit: unit.cloned().unwrap_or_default(),
        site: person.site.clone(),
        supervisor: person.supervisor_id.and_then(number),
        regime: Regime::parse(&person.regime).unwrap_or(Regime::Other),
        position: Position::parse(&person.position).unwrap_or(Position::None),
        language: Language::parse(&person.language),
        active_from: person.active_from,
        active_until: person.active_until,
        home_body: person.home_body.clone(),
    }
}
