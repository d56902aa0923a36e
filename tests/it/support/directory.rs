//! The ministry's directory as a file, changed and imported again.

use chrono::NaiveDate;
use diesel::prelude::*;
use probite::db::schema::persons;
use probite::people::directory;
use probite::people::store::{self, Person};

use super::TestApp;

/// One line of the file.
#[derive(Debug, Clone)]
pub struct Line {
    pub number: String,
    pub title: String,
    pub unit: String,
    /// Number of the supervisor, or nothing.
    pub supervisor: String,
    pub last_day: String,
    person: Person,
}

impl TestApp {
    /// The directory as it stands, one line a person in service.
    pub fn directory(&self) -> Vec<Line> {
        self.lines(Person::is_active)
    }

    /// The line of somebody, in service or not.
    pub fn line_of(&self, name: &str) -> Line {
        let number = self.number(name);
        self.lines(|person, _| person.number == number).pop().expect("somebody of the directory")
    }

    fn lines(&self, is_wanted: impl Fn(&Person, NaiveDate) -> bool) -> Vec<Line> {
        self.read(|tx| {
            let units = store::units(tx)?;
            let path = |id: i64| {
                let mut names = Vec::new();
                let mut next = Some(id);
                while let Some(unit) = next.and_then(|id| units.iter().find(|unit| unit.id == id)) {
                    names.insert(0, unit.name.clone());
                    next = unit.parent_id;
                }
                names.join(" > ")
            };
            let people: Vec<Person> =
                persons::table.order(persons::id.asc()).select(Person::as_select()).load(tx.conn)?;
            let today = tx.today();
            Ok(people
                .iter()
                .filter(|person| is_wanted(person, today))
                .map(|person| Line {
                    number: person.number.clone(),
                    title: person.title.clone(),
                    unit: path(person.unit_id),
                    supervisor: person
                        .supervisor_id
                        .and_then(|id| people.iter().find(|other| other.id == id))
                        .map(|above| above.number.clone())
                        .unwrap_or_default(),
                    last_day: person.active_until.map(|day| day.to_string()).unwrap_or_default(),
                    person: person.clone(),
                })
                .collect())
        })
    }

    /// Imports the directory again, as a change of it says; gives how many open files moved.
    pub fn reimports(&self, change: impl FnOnce(&mut Vec<Line>)) -> usize {
        let mut lines = self.directory();
        change(&mut lines);
        let mut text =
            "numero;prenom;nom;courriel;titre;unite;site;superieur;regime;fonction_cadre;langue;debut;fin\n".to_owned();
        for line in &lines {
            let person = &line.person;
            let regime = if person.regime == "state_administrator" { "administrateur_etat" } else { "fonctionnaire" };
            let position = match person.position.as_str() {
                "deputy_minister" => "sous_ministre",
                "director_general" => "directeur_general",
                _ => "aucune",
            };
            text.push_str(&format!(
                "{};{};{};{};{};{};{};{};{regime};{position};{};{};{}\n",
                line.number,
                person.given_name,
                person.family_name,
                person.email,
                line.title,
                line.unit,
                person.site,
                line.supervisor,
                person.language,
                person.active_from,
                line.last_day,
            ));
        }
        let bytes = text.into_bytes();
        let preview = self.read(|tx| directory::preview(tx, None, &bytes));
        assert!(preview.problems.is_empty(), "{:?}", preview.problems);
        self.write(move |tx| directory::import(tx, None, "repertoire.csv", &bytes, &preview.seal)).moved
    }

    /// Changes one line of the directory.
    pub fn reimports_one(&self, name: &str, change: impl FnOnce(&mut Line)) -> usize {
        let number = self.number(name);
        self.reimports(|lines| {
            let line = lines.iter_mut().find(|line| line.number == number);
            change(line.expect("somebody of the directory"));
        })
    }
}
