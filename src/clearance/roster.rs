//! The people of a committee as somebody pastes them: one a line, by number, address or name. What is not recognised comes
//! back with the names that were perhaps meant; nothing is guessed.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::app::Tx;
use crate::db::schema::persons;
use crate::db::search::fold;
use crate::error::{FieldError, Result};
use crate::people::store::{self, Person};

/// Near names proposed for one line.
const MOST: usize = 5;
/// Names compared for each beginning of a word.
const COMPARED: i64 = 500;

/// Somebody, or a company, that a line perhaps means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub name: String,
    /// What to write instead of the line: an employee number, a NEQ.
    pub code: String,
}

/// A line that names nobody, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub field: &'static str,
    /// Fluent key: what is wrong with the line.
    pub message: &'static str,
    pub typed: String,
    pub candidates: Vec<Candidate>,
}

impl Doubt {
    /// The same beside its field.
    pub fn error(&self) -> FieldError {
        FieldError::with(self.field, self.message, format!("«\u{a0}{}\u{a0}»", self.typed))
    }
}

/// The lines with something to read, without the bullets and marks that lists carry along.
pub fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines()
        .map(|line| {
            let line =
                line.trim().trim_start_matches(['-', '–', '•', '*', '·']).trim_matches([',', ';', ' ', '\t', '\u{a0}']);
            line.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .filter(|line| !line.is_empty())
}

/// Reads a roster: the people named, each once and in order, and the lines in doubt.
pub fn read(tx: &mut Tx<'_>, text: &str) -> Result<(Vec<Person>, Vec<Doubt>)> {
    let (mut people, mut doubts): (Vec<Person>, Vec<Doubt>) = (Vec::new(), Vec::new());
    for typed in lines(text) {
        let mut found = named(tx, &typed)?;
        match (found.pop(), found.is_empty()) {
            (Some(person), true) => {
                if people.iter().all(|known| known.id != person.id) {
                    people.push(person);
                }
            }
            (Some(last), false) => {
                found.push(last);
                doubts.push(doubt("error-clearance-several", typed, found));
            }
            (None, _) => {
                let near = near(tx, &typed)?;
                let message = if near.is_empty() { "error-clearance-nobody" } else { "error-clearance-near" };
                doubts.push(doubt(message, typed, near));
            }
        }
    }
    Ok((people, doubts))
}

fn doubt(message: &'static str, typed: String, people: Vec<Person>) -> Doubt {
    let candidates = people.into_iter().map(|person| Candidate { name: person.name(), code: person.number }).collect();
    Doubt { field: "roster", message, typed, candidates }
}

/// The people in service that a line names: whole, then by the number it holds, then without its commas.
fn named(tx: &mut Tx<'_>, typed: &str) -> Result<Vec<Person>> {
    let today = tx.today();
    let spaced = typed.replace([',', ';', '(', ')', '\t'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let numbers = spaced.split(' ').filter(|part| part.len() >= 4 && part.bytes().any(|b| b.is_ascii_digit()));
    let mut readings = vec![typed.to_owned()];
    readings.extend(numbers.map(str::to_owned));
    readings.push(spaced.clone());
    for reading in readings {
        let mut found = store::recognise(tx, &reading)?;
        found.retain(|person| person.is_active(today));
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The names that look most like what was typed, among those with a word that begins as one of its words.
fn near(tx: &mut Tx<'_>, typed: &str) -> Result<Vec<Person>> {
    let today = tx.today();
    let folded = fold(typed);
    let mut known: BTreeMap<i64, Person> = BTreeMap::new();
    for word in folded.split(' ').filter(|word| word.chars().count() >= 3).take(4) {
        let beginning: String = word.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).take(3).collect();
        let found: Vec<Person> = persons::table
            .filter(persons::folded.like(format!("%{beginning}%")))
            .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
            .order((persons::folded.asc(), persons::id.asc()))
            .limit(COMPARED)
            .select(Person::as_select())
            .load(tx.conn)?;
        known.extend(found.into_iter().map(|person| (person.id, person)));
    }
    let mut ranked: Vec<(usize, String, Person)> =
        known.into_values().map(|person| (distance(&folded, &fold(&person.name())), person.name(), person)).collect();
    ranked.retain(|(distance, name, _)| *distance <= name.chars().count() / 3);
    ranked.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Ok(ranked.into_iter().take(MOST).map(|(_, _, person)| person).collect())
}

/// How far two names are, whatever the order of their parts; a family name alone is near whoever bears it.
fn distance(typed: &str, name: &str) -> usize {
    if !typed.contains(' ') && name.split(' ').any(|part| part == typed) {
        return 0;
    }
    let turned = typed.split_once(' ').map_or_else(|| typed.to_owned(), |(a, b)| format!("{b} {a}"));
    strsim::damerau_levenshtein(typed, name).min(strsim::damerau_levenshtein(&turned, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_their_bullets_and_nothing_else() {
        let pasted = "- Camille Gagnon\n\n • 100010 ;\n\t\nGagnon,  Camille,\n* Marie-Ève D’Amours\r\n";
        let read: Vec<String> = lines(pasted).collect();
        assert_eq!(read, ["Camille Gagnon", "100010", "Gagnon, Camille", "Marie-Ève D’Amours"]);
    }

    #[test]
    fn a_family_name_alone_is_near_whoever_bears_it() {
        assert_eq!(distance("gagnon", "camille gagnon"), 0);
        assert_eq!(distance("ganon camile", "camille gagnon"), 2);
        assert!(distance("pelletier", "camille gagnon") > 5);
    }
}
