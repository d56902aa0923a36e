//! What the business register says of a company besides its name and its status, in words for its page: the split that it came out
//! of, a party to its merger that has no NEQ, the law under which it goes on. Each leads to the other company when somebody declared
//! something about it; none counts for the other.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::registry::store::{Enterprise, Generation, with_numbers};
use super::registry::ties::{self, Told};
use super::{CompanyId, address, store};
use crate::app::Tx;
use crate::error::Result;
use crate::formats::format_date_medium;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Ties read and shown.
const READ: i64 = 200;
const SHOWN: usize = 12;

/// A tie of one of the company's enterprises.
#[derive(Debug)]
struct Tie {
    /// Fluent key of its sentence.
    key: &'static str,
    /// Name and NEQ of the enterprise.
    of: String,
    /// The other party, or the law and the place.
    other: String,
    /// What the registrar calls it.
    words: String,
    on: Option<NaiveDate>,
    company: Option<CompanyId>,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Found {
    ties: Vec<Tie>,
    more: usize,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct TieView {
    pub text: String,
    /// Page of the other company.
    pub href: Option<String>,
}

fn named(name: &str, neq: &str) -> String {
    format!("{name} ({neq})").trim_start().to_owned()
}

/// Reads the ties of some enterprises of the register in force.
pub fn read(tx: &mut Tx<'_>, generation: &Generation, enterprises: &[&Enterprise]) -> Result<Found> {
    let neqs: Vec<String> = enterprises.iter().map(|enterprise| enterprise.neq.clone()).collect();
    let told = ties::of(tx, generation.id, &neqs, READ)?;
    let mut kept = once(told, &neqs);
    let more = kept.len().saturating_sub(SHOWN);
    kept.truncate(SHOWN);
    let party = |one: &Told| if neqs.contains(&one.neq) { one.other.clone() } else { Some(one.neq.clone()) };
    let parties: Vec<String> = kept.iter().filter_map(|(one, _)| party(one)).collect();
    let others = with_numbers(tx, generation.id, &parties)?.into_iter().map(|one| (one.neq, one.name));
    let mut names: HashMap<String, String> = others.collect();
    names.extend(enterprises.iter().map(|one| (one.neq.clone(), one.name.clone())));
    let name = |neq: &str| names.get(neq).filter(|name| !name.is_empty());
    let mut found = Found { ties: Vec::new(), more };
    for (one, is_mutual) in kept {
        let other = party(&one);
        let ours = neqs.contains(&one.neq);
        let key = match (one.kind.as_str(), is_mutual, ours) {
            ("change", ..) => "known-changed",
            ("merger", ..) => "known-merged-with",
            (_, true, _) => "known-split-with",
            (_, false, true) => "known-split-from",
            (_, false, false) => "known-split-into",
        };
        let mine = if ours { Some(&one.neq) } else { one.other.as_ref() };
        let of = mine.map(|neq| named(name(neq).map_or("", String::as_str), neq)).unwrap_or_default();
        let company = match &other {
            Some(neq) => store::find_by_neq(tx, neq)?.map(|company| company.id),
            None => None,
        };
        let other = match &other {
            // The name on the row is that of the party on the other side of it.
            Some(neq) if ours => named(name(neq).unwrap_or(&one.name), neq),
            Some(neq) => named(name(neq).map_or("", String::as_str), neq),
            None => one.name,
        };
        found.ties.push(Tie { key, of, other, words: one.words, on: one.happened_on, company });
    }
    Ok(found)
}

/// Both parties of a split may tell of each other: each such tie once, said to be mutual.
fn once(told: Vec<Told>, neqs: &[String]) -> Vec<(Told, bool)> {
    let other_way = |one: &Told, two: &Told| {
        two.kind == one.kind && one.other.as_ref() == Some(&two.neq) && two.other.as_ref() == Some(&one.neq)
    };
    let mutual: Vec<bool> = told.iter().map(|one| told.iter().any(|two| other_way(one, two))).collect();
    let mut kept: Vec<(Told, bool)> = told.into_iter().zip(mutual).collect();
    kept.retain(|(one, is_mutual)| !is_mutual || neqs.contains(&one.neq));
    kept
}

/// Puts it in words.
pub fn views(found: &Found, language: Language) -> Vec<TieView> {
    let mut all: Vec<TieView> = Vec::new();
    for tie in &found.ties {
        let view = view(tie, language);
        if !all.contains(&view) {
            all.push(view);
        }
    }
    if found.more > 0 {
        let count = Arg::from(i64::try_from(found.more).unwrap_or(i64::MAX));
        all.push(TieView { text: say(language, "sources-more", &[("count", count)]), href: None });
    }
    all
}

fn view(tie: &Tie, language: Language) -> TieView {
    let what = if tie.words.is_empty() { say(language, "known-change", &[]) } else { tie.words.clone() };
    let args = [
        ("of", Arg::from(tie.of.as_str())),
        ("other", Arg::from(tie.other.as_str())),
        ("what", Arg::from(if tie.other.is_empty() { what } else { format!("{what}, {}", tie.other) })),
    ];
    let mut text = say(language, tie.key, &args);
    if let Some(on) = tie.on {
        let date = Arg::from(format_date_medium(on, language));
        text = say(language, "known-tie-dated", &[("text", Arg::from(text)), ("date", date)]);
    }
    TieView { text: format!("{text}."), href: tie.company.map(address) }
}
