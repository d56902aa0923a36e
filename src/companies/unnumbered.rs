//! Lines of files from outside that name a firm without its NEQ. Nothing ties them to a company: those that bear one of its names are
//! shown to whoever says which companies are one, who looks at the source.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::lists::{self, Entry};
use super::store::bare;
use crate::app::Tx;
use crate::contracts::panel;
use crate::contracts::store::{self as contracts, Contract};
use crate::error::Result;
use crate::formats;
use crate::sources::Source;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Lines shown.
const SHOWN: usize = 10;

/// The lines that bear a name.
#[derive(Debug, Default)]
pub struct Found {
    entries: Vec<Entry>,
    /// With the name under which the firm is there.
    contracts: Vec<(Contract, String)>,
}

/// Reads the lines that bear one of some names, a legal form aside.
pub fn of(tx: &mut Tx<'_>, names: &[String]) -> Result<Found> {
    let wanted: BTreeSet<String> = names.iter().map(|name| bare(name)).filter(|name| !name.is_empty()).collect();
    let mut found = Found::default();
    for name in &wanted {
        let alike = lists::unnumbered_beginning(tx, name)?;
        found.entries.extend(alike.into_iter().filter(|entry| bare(&entry.name) == *name));
    }
    let mut suppliers = contracts::unnumbered_suppliers(tx)?;
    suppliers.retain(|(_, name)| wanted.contains(&bare(name)));
    let ids: Vec<i64> = suppliers.iter().map(|(contract, _)| *contract).collect();
    let rows = contracts::with_ids(tx, &ids)?;
    // An award that became a contract is told by it.
    let told: BTreeSet<String> = rows.iter().filter_map(|contract| contract.award_key.clone()).collect();
    found.contracts = rows
        .into_iter()
        .filter(|contract| contract.stage != "award" || !told.contains(&contract.key))
        .filter_map(|contract| {
            let name = suppliers.iter().find(|(id, _)| *id == contract.id)?.1.clone();
            Some((contract, name))
        })
        .collect();
    Ok(found)
}

#[derive(Debug, Serialize)]
pub struct Panel {
    /// « 2 lignes sans NEQ ressemblent à cette entreprise. »
    told: String,
    lines: Vec<Line>,
    more: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Line {
    text: String,
    /// Something to look at before going on.
    warns: bool,
}

/// Puts them in words; nothing when there are none.
pub fn panel(found: &Found, today: NaiveDate, language: Language) -> Option<Panel> {
    let count = found.entries.len() + found.contracts.len();
    if count == 0 {
        return None;
    }
    let number = |count: usize| Arg::from(i64::try_from(count).unwrap_or(i64::MAX));
    let entries = found.entries.iter().map(|entry| entry_line(entry, today, language));
    let contracts = found.contracts.iter().map(|(contract, name)| {
        let args = [
            ("number", Arg::from(contract.number.as_str())),
            ("buyer", Arg::from(contract.buyer.as_str())),
            ("title", Arg::from(contract.title.as_str())),
            ("name", Arg::from(name.as_str())),
            ("period", Arg::from(panel::period(contract, language))),
        ];
        Line { text: say(language, "unnumbered-contract", &args), warns: contract.is_active_on(today) }
    });
    let more = count.saturating_sub(SHOWN);
    Some(Panel {
        told: say(language, "unnumbered-told", &[("count", number(count))]),
        lines: entries.chain(contracts).take(SHOWN).collect(),
        more: (more > 0).then(|| say(language, "sources-more", &[("count", number(more))])),
    })
}

/// A line of a list, with its days when it has some.
pub fn entry_line(entry: &Entry, today: NaiveDate, language: Language) -> Line {
    let day =
        |day: Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| formats::format_date_medium(day, language));
    let list = Source::ALL.into_iter().find(|source| source.as_str() == entry.list);
    let dated = entry.starts_on.is_some() || entry.ends_on.is_some();
    let args = [
        ("list", Arg::from(list.map_or_else(String::new, |source| say(language, source.title(), &[])))),
        ("name", Arg::from(entry.name.as_str())),
        ("from", Arg::from(day(entry.starts_on))),
        ("until", Arg::from(day(entry.ends_on))),
    ];
    let text = say(language, if dated { "unnumbered-entry" } else { "unnumbered-entry-undated" }, &args);
    Line { text, warns: entry.list == Source::Rena.as_str() && entry.holds_on(today) }
}
