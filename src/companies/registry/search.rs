//! The register as somebody types: words in any order, the last one unfinished, accents forgotten, one error forgiven in each
//! word of four letters or more.
//!
//! Measured choices: a list of words with the number of names that hold them answers « what may this word be » with a few
//! hundred reads of one index, on both engines, without an extension of the server nor a copy in the memory of each process;
//! the full-text index of the engine then joins the words. Names are numbered from the shortest on, so that the first found
//! are the best: nothing is ranked.

use super::store::{self, Enterprise, Name};
use super::words;
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::registry_names;
use crate::db::search::fold;
use crate::error::Result;

use diesel::prelude::*;

/// Legal forms and small words, folded: they tell no two firms apart, and hundreds of thousands of names hold them.
const COMMON: [&str; 22] = [
    "inc", "ltee", "limitee", "ltd", "senc", "sencrl", "sec", "enr", "corp", "cie", "co", "llp", "s", "n", "c", "r",
    "l", "de", "du", "la", "le", "les",
];
/// Words of a query looked at, and words that one of them may be.
const MOST_WORDS: usize = 6;
const MOST_READINGS: i64 = 40;
/// Names read before the best are chosen.
const LOOKED_AT: i64 = 64;

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
fn near(word: &str) -> Vec<String> {
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

/// Enterprises that what was typed may mean, at most `most`.
pub fn find(tx: &mut Tx<'_>, typed: &str, most: usize) -> Result<Vec<Found>> {
    let Some(generation) = store::current(tx)? else { return Ok(Vec::new()) };
    let folded = indexed(&typed.chars().take(100).collect::<String>());
    let words: Vec<String> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map(|word| word.chars().take(24).collect())
        .collect();
    let Some((last, before)) = words.split_last() else { return Ok(Vec::new()) };
    if before.is_empty() && last.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let long = |word: &str, letters: usize| word.chars().count() >= letters;
    let mut groups: Vec<Vec<String>> = before.iter().map(|word| vec![word.clone()]).collect();
    // Two letters begin too many words to be looked up; after other words they choose among what those find.
    let begun = (!long(last, 3) && !before.is_empty()).then(|| last.clone());
    if begun.is_none() {
        let mut unfinished = vec![last.clone()];
        if long(last, 3) {
            unfinished.extend(held(words::like(
                tx.conn,
                generation.id,
                std::slice::from_ref(last),
                true,
                MOST_READINGS,
            )?));
        }
        groups.push(unfinished);
    }
    let asked = Asked { generation: generation.id, typed: &folded, begun: begun.as_deref(), most };
    let range = (generation.first_name, generation.last_name);
    let mut ids = words::names(tx.conn, &groups, range.0, range.1, LOOKED_AT)?;
    let mut found = Vec::new();
    collect(tx, &asked, &ids, &mut found)?;
    if found.len() < most && words.iter().any(|word| long(word, 4)) {
        for (group, word) in groups.iter_mut().zip(&words).filter(|(_, word)| long(word, 4)) {
            let near = near(word);
            group.extend(held(words::like(tx.conn, generation.id, &near, false, MOST_READINGS)?));
            if word == last && long(word, 5) {
                group.extend(held(words::like(tx.conn, generation.id, &near, true, MOST_READINGS)?));
            }
            group.sort_unstable();
            group.dedup();
        }
        ids = words::names(tx.conn, &groups, range.0, range.1, LOOKED_AT)?;
        collect(tx, &asked, &ids, &mut found)?;
    }
    Ok(found)
}

fn held(words: Vec<words::Held>) -> impl Iterator<Item = String> {
    words.into_iter().map(|held| held.word)
}

/// What is asked of the names found.
struct Asked<'a> {
    generation: store::GenerationId,
    typed: &'a str,
    /// The first letters of a last word, too few to be looked up.
    begun: Option<&'a str>,
    most: usize,
}

/// Adds the enterprises of some names, those whose name begins as what was typed first, each once.
fn collect(tx: &mut Tx<'_>, asked: &Asked<'_>, ids: &[i64], found: &mut Vec<Found>) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let most = asked.most;
    let mut names: Vec<Name> = each_engine!(tx.conn, conn => registry_names::table
        .filter(registry_names::id.eq_any(ids))
        .select(Name::as_select())
        .load(conn))?;
    if let Some(begun) = asked.begun {
        names.retain(|name| fold(&name.name).split(' ').any(|word| word.starts_with(begun)));
    }
    names.sort_by_cached_key(|name| (!indexed(&name.name).starts_with(asked.typed), !name.in_force, name.id));
    let mut chosen: Vec<&Name> = Vec::new();
    for name in &names {
        let there = found.iter().any(|found| found.enterprise.neq == name.neq);
        if !there && chosen.iter().all(|other| other.neq != name.neq) && found.len() + chosen.len() < most {
            chosen.push(name);
        }
    }
    if chosen.is_empty() {
        return Ok(());
    }
    let neqs: Vec<String> = chosen.iter().map(|name| name.neq.clone()).collect();
    let enterprises = store::with_numbers(tx, asked.generation, &neqs)?;
    for name in chosen {
        if let Some(enterprise) = enterprises.iter().find(|enterprise| enterprise.neq == name.neq) {
            let by = (enterprise.name != name.name).then(|| name.name.clone());
            found.push(Found { enterprise: enterprise.clone(), by });
        }
    }
    Ok(())
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
