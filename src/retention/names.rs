//! Letters to others that said the name of somebody who becomes a bare number: what was sent to whom and when stays, its words go. Those
//! about a file go with it. What waits to leave and says it does not leave, whatever it is about.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::store::Listed;
use super::things::{ThingKind, person_of};
use crate::app::Tx;
use crate::db::schema::{digest_items, letters, persons};
use crate::error::Result;
use crate::outbox::held;
use crate::outbox::store::LetterState;
use crate::people::PersonId;
use crate::people::store::Person;

/// Letters read at once.
const CHUNK: i64 = 500;

/// What names those whom a list destroys, in letters.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// By the word that each begins with.
    by_word: HashMap<String, Vec<String>>,
}

impl Names {
    /// Of the people of a list, while the directory still has them.
    ///
    /// # Errors
    /// The database does not answer.
    pub(super) fn of(tx: &mut Tx<'_>, listed: &[Listed]) -> Result<Self> {
        let people = listed.iter().filter(|line| line.kind == ThingKind::Person.as_str());
        let gone: BTreeSet<PersonId> = people.filter_map(|line| person_of(&line.reference)).collect();
        if gone.is_empty() {
            return Ok(Self::default());
        }
        let all: Vec<Person> = persons::table.order(persons::id.asc()).select(Person::as_select()).load(tx.conn)?;
        let (gone, others): (Vec<Person>, Vec<Person>) = all.into_iter().partition(|person| gone.contains(&person.id));
        Ok(Self::among(&gone, &others))
    }

    /// A name that somebody else bears, alone or within theirs, is left out: a letter that says it may be about them.
    fn among(gone: &[Person], others: &[Person]) -> Self {
        let borne: HashSet<String> = others.iter().flat_map(said_of).flat_map(|name| parts(&name)).collect();
        let mut by_word: HashMap<String, Vec<String>> = HashMap::new();
        for name in gone.iter().flat_map(said_of).filter(|name| !borne.contains(name)) {
            let first = words(&name).map(|(_, word)| word.to_owned()).find(|word| !word.is_empty());
            if let Some(word) = first {
                by_word.entry(word).or_default().push(name);
            }
        }
        Self { by_word }
    }

    /// Withdraws what waits and says them, and empties what said them of what is no longer on its way.
    ///
    /// # Errors
    /// The database does not answer.
    pub(super) fn take_out(&self, tx: &mut Tx<'_>) -> Result<()> {
        if self.by_word.is_empty() {
            return Ok(());
        }
        held::take_back(tx, |said| self.is_one_said_in(said))?;
        self.of_letters(tx)?;
        self.of_digests(tx)
    }

    fn of_letters(&self, tx: &mut Tx<'_>) -> Result<()> {
        let on_its_way = [LetterState::Queued.as_str(), LetterState::Sending.as_str()];
        let mut after = 0;
        loop {
            let some: Vec<(i64, String, String, String)> = letters::table
                .filter(letters::id.gt(after))
                .filter(letters::declaration_id.is_null())
                .filter(letters::state.ne_all(on_its_way))
                .order(letters::id.asc())
                .limit(CHUNK)
                .select((letters::id, letters::subject, letters::text_body, letters::html_body))
                .load(tx.conn)?;
            let Some((last, ..)) = some.last() else { return Ok(()) };
            after = *last;
            let say_one = |(_, subject, text, html): &&(i64, String, String, String)| {
                [subject, text, html].into_iter().any(|said| self.is_one_said_in(said))
            };
            let ids: Vec<i64> = some.iter().filter(say_one).map(|(id, ..)| *id).collect();
            diesel::update(letters::table.filter(letters::id.eq_any(ids)))
                .set((
                    letters::subject.eq(""),
                    letters::text_body.eq(""),
                    letters::html_body.eq(""),
                    letters::calendar.eq(None::<String>),
                ))
                .execute(tx.conn)?;
        }
    }

    fn of_digests(&self, tx: &mut Tx<'_>) -> Result<()> {
        let mut after = 0;
        loop {
            // What waits for the next digest goes, whatever it is about.
            let some: Vec<(i64, String)> = digest_items::table
                .filter(digest_items::id.gt(after))
                .filter(digest_items::declaration_id.is_null().or(digest_items::sent_at.is_null()))
                .order(digest_items::id.asc())
                .limit(CHUNK)
                .select((digest_items::id, digest_items::topic))
                .load(tx.conn)?;
            let Some((last, _)) = some.last() else { return Ok(()) };
            after = *last;
            let say_one = some.iter().filter(|(_, topic)| self.is_one_said_in(topic));
            let ids: Vec<i64> = say_one.map(|(id, _)| *id).collect();
            let waiting =
                digest_items::table.filter(digest_items::id.eq_any(&ids)).filter(digest_items::sent_at.is_null());
            diesel::delete(waiting).execute(tx.conn)?;
            diesel::update(digest_items::table.filter(digest_items::id.eq_any(&ids)))
                .set(digest_items::topic.eq(""))
                .execute(tx.conn)?;
        }
    }

    /// Does a text say one of them, in whole words?
    fn is_one_said_in(&self, text: &str) -> bool {
        words(text).any(|(at, word)| {
            let Some(names) = self.by_word.get(word) else { return false };
            let Some((before, rest)) = text.split_at_checked(at) else { return false };
            let is_said = |name: &String| rest.strip_prefix(name.as_str()).is_some_and(|after| !joins(after.chars()));
            !joins(before.chars().rev()) && names.iter().any(is_said)
        })
    }
}

/// What letters call a person: in full, in short, and by their address.
fn said_of(person: &Person) -> [String; 3] {
    [person.name(), person.short_name(), person.email.clone()]
}

/// Every run of words of a name: « Marie Jean Roy » has « Jean Roy » in it.
fn parts(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let lengths = 1..=words.len();
    lengths.flat_map(|length| words.windows(length).map(|some| some.join(" "))).collect()
}

/// Runs of letters and digits, each with the byte where it begins; empty ones between two signs.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    text.split_inclusive(|c: char| !c.is_alphanumeric()).map(move |piece| {
        let at = next;
        next += piece.len();
        (at, piece.trim_end_matches(|c: char| !c.is_alphanumeric()))
    })
}

/// Does a word go on across this end of it? « Roy-Tremblay » is not « Roy », « M.-J. Roy » not « J. Roy », nor « x@y.example.org »
/// « x@y.example ».
fn joins(mut beside: impl Iterator<Item = char>) -> bool {
    match (beside.next(), beside.next()) {
        (Some('-'), Some('.')) => true,
        (Some('-' | '_' | '.' | '@'), after) => after.is_some_and(char::is_alphanumeric),
        (Some(next), _) => next.is_alphanumeric(),
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn person(id: PersonId, given: &str, family: &str, email: &str) -> Person {
        Person {
            id,
            number: id.to_string(),
            given_name: given.into(),
            family_name: family.into(),
            email: email.into(),
            title: String::new(),
            unit_id: 1,
            site: String::new(),
            supervisor_id: None,
            regime: String::new(),
            position: String::new(),
            language: "fr".into(),
            active_from: NaiveDate::MIN,
            active_until: None,
            home_body: String::new(),
        }
    }

    #[test]
    fn a_name_is_said_in_whole_words_only() {
        let names = Names::among(&[person(1, "Jeanne", "Roy", "jeanne.r_y@mf.example")], &[]);
        for said in [
            "Absence de Jeanne Roy",
            "« J. Roy » est absente.",
            "l’adresse de J. Roy.",
            "<td>jeanne.r_y@mf.example</td>",
            "à jeanne.r_y@mf.example.",
            "D’ici là, é, J. Roy",
        ] {
            assert!(names.is_one_said_in(said), "{said}");
        }
        for other in [
            "J. Royer",
            "Jeanne Roy-Tremblay",
            "M.-J. Roy",
            "MJ. Roy",
            "jeanne.roy@mf.example",
            "a.jeanne.r_y@mf.example",
            "jeanne.r_y@mf.example.org",
            "Jeanne",
            "",
        ] {
            assert!(!names.is_one_said_in(other), "{other}");
        }
    }

    #[test]
    fn a_name_that_somebody_else_bears_is_nobodys_trace() {
        let gone = [person(1, "Jeanne", "Roy", "jr1@mf.example")];
        let others = [person(2, "Jean", "Roy", "jr2@mf.example"), person(3, "Anne", "Jeanne Roy", "ajr@mf.example")];
        let names = Names::among(&gone, &others);
        assert!(!names.is_one_said_in("J. Roy") && !names.is_one_said_in("Jeanne Roy"));
        assert!(names.is_one_said_in("jr1@mf.example"));
        // The twin.
        let names = Names::among(&gone, &others[..0]);
        assert!(names.is_one_said_in("J. Roy") && names.is_one_said_in("Jeanne Roy"));
    }
}
