//! The register as somebody types: words in any order, the last one unfinished, accents forgotten, one error forgiven in each
//! word of four letters or more.
//!
//! Measured choices: a list of words with the number of names that hold them answers « what may this word be » with a few
//! hundred reads of one index, on both engines, without an extension of the server nor a copy in the memory of each process;
//! the full-text index of the engine then joins the words. Names are numbered from the shortest on, so that the first found
//! are the best: nothing is ranked.

use super::store::{self, Enterprise, Generation, Name};
use super::words::{self, Held};
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::registry_names;
use crate::db::search::fold;
use crate::error::Result;

use diesel::prelude::*;

/// Legal forms and small words, folded: they tell no two firms apart, and hundreds of thousands of names hold them.
const COMMON: [&str; 31] = [
    "inc", "ltee", "limitee", "ltd", "senc", "sencrl", "sec", "enr", "corp", "cie", "co", "llp", "s", "n", "c", "r",
    "l", "d", "de", "du", "des", "la", "le", "les", "et", "a", "au", "and", "the", "of", "quebec",
];
/// Words of a query looked at, and words that one of them may be.
const MOST_WORDS: usize = 6;
const MOST_READINGS: i64 = 40;
/// Names read before the best are chosen.
const LOOKED_AT: i64 = 64;
/// When a word is held by so few names, these are read, and the frequent words looked for in them: joining the long lists of the
/// index would cost more.
const FEW: i64 = 500;
/// A word held by more names than this is frequent.
const FREQUENT: i64 = 20_000;
/// Results under which errors are looked for.
const ENOUGH: usize = 3;

/// An enterprise found, by which of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub enterprise: Enterprise,
    /// The name that what was typed means, when it is not the one in force.
    pub by: Option<String>,
}

/// The words of a name that it is found by.
pub fn indexed(name: &str) -> String {
    let folded = fold(name);
    let telling: Vec<&str> = folded.split(' ').filter(|word| !COMMON.contains(word)).collect();
    if telling.is_empty() { folded } else { telling.join(" ") }
}

/// Every text one error away from a word: a letter more, less, another, or two swapped.
pub fn near(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let alphabet = || ('a'..='z').chain('0'..='9');
    let mut all = Vec::with_capacity(letters.len() * 75);
    for place in 0..=letters.len() {
        let (before, after) = letters.split_at(place);
        let text = |middle: &[char], after: &[char]| before.iter().chain(middle).chain(after).collect::<String>();
        for letter in alphabet() {
            all.push(text(&[letter], after));
        }
        if let Some((first, rest)) = after.split_first() {
            all.push(text(&[], rest));
            for letter in alphabet().filter(|letter| letter != first) {
                all.push(text(&[letter], rest));
            }
            if let Some((second, rest)) = rest.split_first().filter(|(second, _)| *second != first) {
                all.push(text(&[*second, *first], rest));
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// What a word of the query may be.
struct Reading {
    typed: String,
    words: Vec<Held>,
    /// Nobody finished it: a name holds it when one of its words begins so.
    unfinished: bool,
}

impl Reading {
    /// Names that hold one of its words, at most.
    fn names(&self) -> i64 {
        self.words.iter().map(|held| held.names).sum()
    }

    fn add(&mut self, more: Vec<Held>) {
        for held in more {
            if self.words.iter().all(|known| known.word != held.word) {
                self.words.push(held);
            }
        }
    }

    fn is_in(&self, folded: &str) -> bool {
        folded.split(' ').any(|word| {
            self.words.iter().any(|held| held.word == word) || (self.unfinished && word.starts_with(&self.typed))
        })
    }
}

/// Enterprises that what was typed may mean, at most `most`.
pub fn find(tx: &mut Tx<'_>, typed: &str, most: usize) -> Result<Vec<Found>> {
    let Some(generation) = store::current(tx)? else { return Ok(Vec::new()) };
    let folded = indexed(&typed.chars().take(100).collect::<String>());
    let mut readings: Vec<Reading> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map(|word| Reading { typed: word.chars().take(24).collect(), words: Vec::new(), unfinished: false })
        .collect();
    let alone = readings.len() == 1;
    let Some(last) = readings.last_mut() else { return Ok(Vec::new()) };
    last.unfinished = true;
    if alone && last.typed.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let mut search = Search { generation, typed: &folded, most, found: Vec::new() };
    search.read_as_typed(tx, &mut readings)?;
    search.look(tx, &readings)?;
    if search.found.len() < ENOUGH.min(most) && search.read_with_an_error(tx, &mut readings, false)? {
        search.look(tx, &readings)?;
    }
    if search.found.len() < ENOUGH.min(most) && search.read_with_an_error(tx, &mut readings, true)? {
        search.look(tx, &readings)?;
    }
    Ok(search.found)
}

struct Search<'a> {
    generation: Generation,
    typed: &'a str,
    most: usize,
    found: Vec<Found>,
}

impl Search<'_> {
    /// The words of the register that were typed, and those that the last one begins.
    fn read_as_typed(&self, tx: &mut Tx<'_>, readings: &mut [Reading]) -> Result<()> {
        let texts: Vec<String> = readings.iter().map(|reading| reading.typed.clone()).collect();
        let exact = words::like(tx.conn, self.generation.id, &texts, false, MOST_READINGS)?;
        for reading in readings.iter_mut() {
            reading.add(exact.iter().filter(|held| held.word == reading.typed).cloned().collect());
        }
        let Some((last, before)) = readings.split_last_mut() else { return Ok(()) };
        let few = before.iter().any(|reading| !reading.words.is_empty() && reading.names() <= FEW);
        // Two letters begin too many words; and beside a rare word, its names tell which begin so.
        if last.typed.chars().count() >= 3 && !few {
            let begun = std::slice::from_ref(&last.typed);
            last.add(words::like(tx.conn, self.generation.id, begun, true, MOST_READINGS)?);
        }
        Ok(())
    }

    /// What each word of four letters or more may be with one error, as a whole or, for the last one, as a beginning; false
    /// when that adds nothing.
    fn read_with_an_error(&self, tx: &mut Tx<'_>, readings: &mut [Reading], begun: bool) -> Result<bool> {
        let mut more = false;
        for reading in readings.iter_mut() {
            let letters = reading.typed.chars().count();
            if letters < 4 || (begun && (letters < 5 || !reading.unfinished)) {
                continue;
            }
            let before = reading.words.len();
            let near = near(&reading.typed);
            reading.add(words::like(tx.conn, self.generation.id, &near, begun, MOST_READINGS)?);
            more |= reading.words.len() > before;
        }
        Ok(more)
    }

    /// Adds the enterprises whose name holds a reading of each word.
    fn look(&mut self, tx: &mut Tx<'_>, readings: &[Reading]) -> Result<()> {
        let rarest = readings.iter().filter(|r| !r.words.is_empty()).map(Reading::names).min();
        let Some(rarest) = rarest else { return Ok(()) };
        let few = rarest <= FEW;
        let few_before = readings.iter().any(|r| !r.unfinished && !r.words.is_empty() && r.names() <= FEW);
        let (asked, checked): (Vec<&Reading>, Vec<&Reading>) = readings.iter().partition(|reading| {
            let left = few && (reading.names() > FREQUENT || (few_before && reading.unfinished));
            !reading.words.is_empty() && !left
        });
        // A word that nothing in the register is, or begins with, is in no name.
        if checked.iter().any(|reading| reading.words.is_empty() && !reading.unfinished) {
            return Ok(());
        }
        let groups: Vec<Vec<String>> =
            asked.iter().map(|reading| reading.words.iter().map(|held| held.word.clone()).collect()).collect();
        let most = if few { FEW } else { LOOKED_AT };
        let ids = words::names(tx.conn, &groups, self.generation.first_name, self.generation.last_name, most)?;
        self.collect(tx, &ids, &checked)
    }

    /// Adds the enterprises of some names, those whose name begins as what was typed first, each once.
    fn collect(&mut self, tx: &mut Tx<'_>, ids: &[i64], checked: &[&Reading]) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let names: Vec<Name> = each_engine!(tx.conn, conn => registry_names::table
            .filter(registry_names::id.eq_any(ids))
            .select(Name::as_select())
            .load(conn))?;
        let mut names: Vec<(bool, bool, Name)> = names
            .into_iter()
            .filter_map(|name| {
                let folded = fold(&name.name);
                let holds = checked.iter().all(|reading| reading.is_in(&folded));
                let begins = folded.starts_with(self.typed) || indexed(&name.name).starts_with(self.typed);
                holds.then_some((!begins, !name.in_force, name))
            })
            .collect();
        names.sort_unstable_by_key(|(begins, in_force, name)| (*begins, *in_force, name.id));
        let mut chosen: Vec<&Name> = Vec::new();
        for (_, _, name) in &names {
            let there = self.found.iter().any(|found| found.enterprise.neq == name.neq);
            if !there && chosen.iter().all(|other| other.neq != name.neq) && self.found.len() + chosen.len() < self.most
            {
                chosen.push(name);
            }
        }
        if chosen.is_empty() {
            return Ok(());
        }
        let neqs: Vec<String> = chosen.iter().map(|name| name.neq.clone()).collect();
        let enterprises = store::with_numbers(tx, self.generation.id, &neqs)?;
        for name in chosen {
            if let Some(enterprise) = enterprises.iter().find(|enterprise| enterprise.neq == name.neq) {
                let by = (enterprise.name != name.name).then(|| name.name.clone());
                self.found.push(Found { enterprise: enterprise.clone(), by });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_is_a_letter_more_less_another_or_two_swapped() {
        let near = near("nordik");
        for text in ["nordk", "nordiik", "nordyk", "nrodik", "xnordik", "nordi"] {
            assert!(near.iter().any(|found| found == text), "{text}");
        }
        // The twin: two errors.
        assert!(!near.iter().any(|found| found == "nrodk"));
    }

    #[test]
    fn legal_forms_and_small_words_are_not_what_a_name_is_found_by() {
        assert_eq!(indexed("Les Entreprises Côté & Fils inc."), "entreprises cote fils");
        assert_eq!(indexed("La Cie ltée"), "la cie ltee");
    }
}
