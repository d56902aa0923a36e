//! Units as the directory names them: a path of names, recognised whatever its case, accents and punctuation.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::app::Tx;
use crate::db::schema::units;
use crate::db::search::fold;
use crate::error::Result;
use crate::people::UnitId;
use crate::people::directory_values::{Directory, UnitPath};
use crate::people::store::{self, Unit};
use crate::random::sha256_hex;

/// Longest readable part of a code.
const LONGEST_SLUG: usize = 40;

/// What two spellings of a path share.
fn key(names: &[String]) -> String {
    let levels: Vec<String> = names
        .iter()
        .map(|name| {
            let folded = fold(name);
            // A name of signs only has nothing to fold.
            if folded.is_empty() { name.to_lowercase() } else { folded }
        })
        .collect();
    levels.join(" > ")
}

/// Code of a unit: its name to be read and sorted by, then the path that makes it unique. It never changes.
fn code(names: &[String]) -> String {
    let slug: String = fold(names.last().map_or("", String::as_str)).replace(' ', "-");
    let slug: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(LONGEST_SLUG).collect();
    let hash: String = sha256_hex(key(names).as_bytes()).chars().take(8).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { hash } else { format!("{slug}-{hash}") }
}

/// « Direction des achats » and « Direction des Achats » in one file are one unit: the first spelling is kept.
pub(super) fn one_spelling(directory: &mut Directory) {
    let mut first: HashMap<String, String> = HashMap::new();
    let people = std::mem::take(&mut directory.people);
    let people = people
        .into_iter()
        .map(|mut row| {
            let names = row.unit.names();
            let names: Vec<String> = (1..=names.len())
                .filter_map(|depth| names.get(..depth))
                .map(|path| first.entry(key(path)).or_insert_with(|| path.last().cloned().unwrap_or_default()).clone())
                .collect();
            if let Some(unit) = UnitPath::of(names) {
                row.unit = unit;
            }
            row
        })
        .collect();
    *directory = Directory::of(people);
}

/// The path of each unit, from the top down.
pub fn paths(all: &[Unit]) -> HashMap<UnitId, UnitPath> {
    let by_id: HashMap<UnitId, &Unit> = all.iter().map(|unit| (unit.id, unit)).collect();
    all.iter()
        .filter_map(|unit| {
            let above = std::iter::successors(Some(unit), |unit| by_id.get(&unit.parent_id?).copied());
            let mut names: Vec<String> = above.take(64).map(|unit| unit.name.clone()).collect();
            names.reverse();
            Some((unit.id, UnitPath::of(names)?))
        })
        .collect()
}

/// Creates the units that are not there and renames those written otherwise; parents come first.
pub(super) fn bring_in(tx: &mut Tx<'_>, wanted: &[UnitPath]) -> Result<HashMap<UnitPath, UnitId>> {
    let all = store::units(tx)?;
    let names = paths(&all);
    let mut known: HashMap<String, (UnitId, String, String)> = all
        .into_iter()
        .filter_map(|unit| Some((key(names.get(&unit.id)?.names()), (unit.id, unit.name, unit.path))))
        .collect();
    let mut found = HashMap::with_capacity(wanted.len());
    for path in wanted {
        let place = key(path.names());
        if let Some((id, name, _)) = known.get(&place) {
            if name != path.name() {
                diesel::update(units::table.find(*id)).set(units::name.eq(path.name())).execute(tx.conn)?;
            }
            found.insert(path.clone(), *id);
            continue;
        }
        let parent = path.parent().and_then(|parent| known.get(&key(parent.names())).cloned());
        let code = code(path.names());
        let above = parent.as_ref().map_or("", |(_, _, path)| path.as_str());
        let codes = format!("{above}{code}/");
        let id: UnitId = diesel::insert_into(units::table)
            .values((
                units::code.eq(&code),
                units::name.eq(path.name()),
                units::parent_id.eq(parent.as_ref().map(|(id, _, _)| *id)),
                units::path.eq(&codes),
            ))
            .returning(units::id)
            .get_result(tx.conn)?;
        known.insert(place, (id, path.name().to_owned(), codes));
        found.insert(path.clone(), id);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        UnitPath::parse(text).unwrap().names().to_vec()
    }

    #[test]
    fn a_code_is_read_sorted_and_stays() {
        let code = code(&names("Ministère > Direction des achats"));
        assert!(code.starts_with("direction-des-achats-"), "{code}");
        assert_eq!(code, super::code(&names("MINISTERE > Direction, des Achats")));
        assert_ne!(code, super::code(&names("Autre > Direction des achats")));
        assert!(!super::code(&names("M > ★")).contains('★'));
    }
}
