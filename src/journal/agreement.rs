//! Do the tables say what the journal says? Whoever rewrites the database as root finds the journal chained, signed and held
//! elsewhere; here each row that people read is held against the event that left it (trust.md A03, A04, D07).
//!
//! What is compared: where each file stands and all its columns, its versions, its decisions, and the content of what is
//! joined. Read a few files at a time, whatever the register holds.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::path::Path;

use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::Event;
use super::checkpoints;
use super::leaves::retell;
use super::store::{GONE, Repeated, event_of, first_break, standing_of};
use super::tree::Hash;
use super::verify::Frontier;
use crate::app::{App, Tx};
use crate::attachments::scan::Scan;
use crate::attachments::store::place_of;
use crate::clock::Instant;
use crate::db::dump;
use crate::db::schema::{attachments, decisions, declarations, events, persons, revisions};
use crate::declarations::standing::Standing;
use crate::declarations::workflow::State;
use crate::declarations::{Declaration, sealed};
use crate::error::{Error, Result};
use crate::people::PersonId;
use crate::random::{Hashing, sha256_hex};
use crate::sealing::record;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Files compared in one transaction.
const AT_ONCE: i64 = 200;
/// Differences told one by one; the others are counted.
const MOST: usize = 1_000;

/// Something that the tables and the journal do not say alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Difference {
    /// What the database itself says is wrong with it.
    Database {
        fault: String,
    },
    /// The chain breaks, or words are gone that nobody certified.
    Chain {
        event: i64,
    },
    /// The events are not those of the head signed at `size` events.
    Head {
        size: i64,
    },
    /// A file that its events tell, and that is not there.
    Gone {
        declaration: i64,
        event: i64,
    },
    /// A file that no event tells.
    Untold {
        declaration: String,
    },
    /// The file is not as its last event left it; `part` is the first of [`Standing`] that differs.
    Row {
        declaration: String,
        event: i64,
        part: &'static str,
    },
    /// What is kept of it does not open: it was changed, moved or put back from before.
    Closed {
        declaration: i64,
    },
    Version {
        declaration: String,
        number: i32,
    },
    Decision {
        declaration: String,
        revision: i32,
    },
    /// The content of a file joined is not there, or not what was joined.
    Content {
        declaration: String,
        sha256: String,
    },
    /// The row of a file joined is not the one that the answers name.
    Attachment {
        declaration: String,
        attachment: i64,
    },
}

impl Difference {
    /// As a sentence.
    pub fn told(&self, language: Language) -> String {
        let text = |text: &String| Arg::from(text.clone());
        let (key, args): (&str, Vec<(&str, Arg<'_>)>) = match self {
            Self::Database { fault } => ("agreement-database", vec![("fault", text(fault))]),
            Self::Chain { event } => ("agreement-chain", vec![("event", Arg::from(*event))]),
            Self::Head { size } => ("agreement-head", vec![("size", Arg::from(*size))]),
            Self::Gone { declaration, event } => {
                ("agreement-gone", vec![("declaration", Arg::from(*declaration)), ("event", Arg::from(*event))])
            }
            Self::Untold { declaration } => ("agreement-untold", vec![("declaration", text(declaration))]),
            Self::Row { declaration, event, part } => (
                "agreement-row",
                vec![
                    ("declaration", text(declaration)),
                    ("event", Arg::from(*event)),
                    ("part", Arg::from(say(language, part, &[]))),
                ],
            ),
            Self::Closed { declaration } => ("agreement-closed", vec![("declaration", Arg::from(*declaration))]),
            Self::Version { declaration, number } => (
                "agreement-version",
                vec![("declaration", text(declaration)), ("number", Arg::from(i64::from(*number)))],
            ),
            Self::Decision { declaration, revision } => (
                "agreement-decision",
                vec![("declaration", text(declaration)), ("number", Arg::from(i64::from(*revision)))],
            ),
            Self::Content { declaration, sha256 } => {
                ("agreement-content", vec![("declaration", text(declaration)), ("sha256", text(sha256))])
            }
            Self::Attachment { declaration, attachment } => (
                "agreement-attachment",
                vec![("declaration", text(declaration)), ("attachment", Arg::from(*attachment))],
            ),
        };
        say(language, key, &args)
    }
}

/// What a comparison found.
#[derive(Debug, Default, Serialize)]
pub struct Found {
    pub events: u64,
    pub files: u64,
    /// Files whose last event is of before events said where a file stands: their rows are compared with nothing.
    pub unsaid: u64,
    /// Signed heads that the events were held against.
    pub heads: usize,
    pub differences: Vec<Difference>,
    /// Differences beyond those that are listed.
    pub others: usize,
}

impl Found {
    pub fn agrees(&self) -> bool {
        self.differences.is_empty() && self.others == 0
    }

    fn add(&mut self, found: impl IntoIterator<Item = Difference>) {
        for difference in found {
            if self.differences.len() < MOST {
                self.differences.push(difference);
            } else {
                self.others += 1;
            }
        }
    }
}

/// Compares all, a few files in each transaction; `kept` are heads held elsewhere: how many events, and their root. `after`
/// is told how many files were done.
///
/// # Errors
/// The database cannot be read. What it says wrong is no error: it is found.
pub fn compare(app: &App, kept: &[(u64, Hash)], after: &dyn Fn(u64)) -> Result<Found> {
    let mut comparison = app.read_here(|tx| Comparing::begin(tx, kept))?;
    while app.read_here(|tx| comparison.go_on(tx))? {
        after(comparison.found.files);
    }
    Ok(comparison.found)
}

/// [`compare`] as one transaction sees everything.
///
/// # Errors
/// As for [`compare`].
pub fn compare_within(tx: &mut Tx<'_>, kept: &[(u64, Hash)]) -> Result<Found> {
    let mut comparison = Comparing::begin(tx, kept)?;
    while comparison.go_on(tx)? {}
    Ok(comparison.found)
}

/// A comparison under way.
struct Comparing {
    found: Found,
    /// The last file that was compared.
    last: i64,
}

impl Comparing {
    fn begin(tx: &mut Tx<'_>, kept: &[(u64, Hash)]) -> Result<Self> {
        let mut found = Found::default();
        found.add(dump::faults(tx.conn)?.into_iter().map(|fault| Difference::Database { fault }));
        chain(tx, kept, &mut found)?;
        Ok(Self { found, last: 0 })
    }

    /// The next files; false when there are no more.
    fn go_on(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        let (next, files) = some_files(tx, self.last)?;
        for (unsaid, differences) in files {
            self.found.files += 1;
            self.found.unsaid += u64::from(unsaid);
            self.found.add(differences);
        }
        self.last = next.unwrap_or(self.last);
        Ok(next.is_some())
    }
}

/// The events: chained, and those that were signed here and that others keep the heads of.
fn chain(tx: &mut Tx<'_>, kept: &[(u64, Hash)], found: &mut Found) -> Result<()> {
    if let Some(event) = first_break(tx)? {
        found.add([Difference::Chain { event }]);
    }
    found.add(columns(tx)?.into_iter().map(|event| Difference::Chain { event }));
    let mut wanted: BTreeMap<u64, BTreeSet<Hash>> = BTreeMap::new();
    for (size, root) in checkpoints::roots(tx)?.into_iter().chain(kept.iter().copied()) {
        wanted.entry(size).or_default().insert(root);
    }
    found.heads = wanted.values().map(BTreeSet::len).sum();
    let mut differing = Vec::new();
    let told = retell(tx.conn, |frontier: &Frontier| {
        if let Some(roots) = wanted.remove(&frontier.size)
            && roots.iter().any(|root| *root != frontier.root())
        {
            differing.push(frontier.size);
        }
    });
    match told {
        Ok(frontier) => found.events = frontier.size,
        // A number is missing, or a leaf is not one: the chain said where.
        Err(_) if !found.agrees() => {}
        Err(error) => return Err(error),
    }
    // More events were signed than there are.
    differing.extend(wanted.into_keys());
    found.add(differing.into_iter().map(|size| Difference::Head { size: i64::try_from(size).unwrap_or(i64::MAX) }));
    Ok(())
}

/// Events whose columns, which lists read, do not repeat their leaf.
fn columns(tx: &mut Tx<'_>) -> Result<Vec<i64>> {
    type Row = (i64, Instant, Option<PersonId>, String, Option<i64>, String);
    let (mut differing, mut last) = (Vec::new(), i64::MIN);
    loop {
        let rows: Vec<Row> = events::table
            .filter(events::seq.gt(last))
            .order(events::seq.asc())
            .limit(2_000)
            .select((events::seq, events::at, events::actor_id, events::event, events::declaration_id, events::leaf))
            .load(tx.conn)?;
        let Some(end) = rows.last() else { return Ok(differing) };
        last = end.0;
        for (seq, at, actor, event, declaration, leaf) in rows {
            // Words that were destroyed: their certificate answers for them (`first_break`).
            if leaf.starts_with(GONE) {
                continue;
            }
            let repeats = serde_json::from_str::<Repeated>(&leaf).is_ok_and(|leaf| {
                (leaf.seq, leaf.at.naive_utc(), leaf.actor, leaf.event.as_str(), leaf.declaration)
                    == (seq, at, actor, event.as_str(), declaration)
            });
            if !repeats {
                differing.push(seq);
            }
        }
    }
}

/// One event about a file.
struct Told {
    seq: i64,
    /// Time of the rows that it left.
    at: Instant,
    actor: Option<PersonId>,
    event: Event,
    standing: Option<Standing>,
}

/// Whether the journal is silent on where a file stands, and what differs.
type OfOne = (bool, Vec<Difference>);

type EventRow = (i64, i64, Instant, Option<PersonId>, String);
type VersionRow = (i64, i32, String, Instant, PersonId);
type DecisionRow = (i64, i32, String, PersonId, String, String, String, Instant);
type FileRow = (i64, i64, String, String);

/// The files after `last`, and where to go on.
fn some_files(tx: &mut Tx<'_>, last: i64) -> Result<(Option<i64>, Vec<OfOne>)> {
    let rows: Vec<Declaration> = declarations::table
        .filter(declarations::id.gt(last))
        .order(declarations::id.asc())
        .limit(AT_ONCE)
        .select(Declaration::as_select())
        .load(tx.conn)?;
    let next = rows.last().map(|row| row.id).filter(|_| i64::try_from(rows.len()).is_ok_and(|rows| rows == AT_ONCE));
    let until = next.unwrap_or(i64::MAX);
    let told: Vec<EventRow> = events::table
        .filter(events::declaration_id.gt(last).and(events::declaration_id.le(until)))
        .order((events::declaration_id.asc(), events::seq.asc()))
        .select((events::declaration_id.assume_not_null(), events::seq, events::at, events::actor_id, events::leaf))
        .load(tx.conn)?;
    let versions: Vec<VersionRow> = revisions::table
        .filter(revisions::declaration_id.gt(last).and(revisions::declaration_id.le(until)))
        .select((
            revisions::declaration_id,
            revisions::number,
            revisions::answers,
            revisions::filed_at,
            revisions::filed_by,
        ))
        .load(tx.conn)?;
    let decided: Vec<DecisionRow> = decisions::table
        .filter(decisions::declaration_id.gt(last).and(decisions::declaration_id.le(until)))
        .select((
            decisions::declaration_id,
            decisions::revision,
            decisions::step,
            decisions::decider_id,
            decisions::outcome,
            decisions::reason,
            decisions::measures,
            decisions::decided_at,
        ))
        .load(tx.conn)?;
    let joined: Vec<FileRow> = attachments::table
        .filter(attachments::declaration_id.gt(last).and(attachments::declaration_id.le(until)))
        .select((attachments::declaration_id, attachments::id, attachments::sha256, attachments::scan))
        .load(tx.conn)?;

    let mut told = by_file(told, |row| row.0);
    let mut versions = by_file(versions, |row| row.0);
    let mut decided = by_file(decided, |row| row.0);
    let mut joined = by_file(joined, |row| row.0);
    let mut found = Vec::new();
    for row in rows {
        let id = row.id;
        let told = told.remove(&id).unwrap_or_default();
        if row.first_filed_at.is_none() && told.is_empty() {
            // A draft is told by nothing.
            continue;
        }
        let of_file = OfFile {
            versions: versions.remove(&id).unwrap_or_default(),
            decided: decided.remove(&id).unwrap_or_default(),
            joined: joined.remove(&id).unwrap_or_default(),
        };
        found.push(match one_file(tx, row, told, of_file) {
            Ok(found) => found,
            // What does not open, or reads as nothing that we write, was not written by us.
            Err(_) => (false, vec![Difference::Closed { declaration: id }]),
        });
    }
    // Events, and rows, about files that are not there.
    for (id, told) in told {
        let event = told.last().map_or(0, |row| row.1);
        found.push((false, vec![Difference::Gone { declaration: id, event }]));
    }
    Ok((next, found))
}

fn by_file<T>(rows: Vec<T>, id: impl Fn(&T) -> i64) -> BTreeMap<i64, Vec<T>> {
    let mut found: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for row in rows {
        found.entry(id(&row)).or_default().push(row);
    }
    found
}

/// The rows beside the one of the file.
struct OfFile {
    versions: Vec<VersionRow>,
    decided: Vec<DecisionRow>,
    joined: Vec<FileRow>,
}

fn one_file(tx: &mut Tx<'_>, row: Declaration, told: Vec<EventRow>, beside: OfFile) -> Result<OfOne> {
    let name = row.slug().to_owned();
    let key = if row.is_sealed() { record::whole(tx, row.id)? } else { None };
    // Nobody reads what stands in the place of sealed words: it is nothing all the same.
    let clear = row.is_sealed() && !sealed::is_emptied(&row);
    let file = sealed::opened(tx, row)?;
    let told: Vec<Told> = told
        .into_iter()
        .map(|(id, seq, at, actor, leaf)| {
            let event = event_of(&leaf, id, seq, key.as_ref())?;
            let clock = serde_json::from_str::<Repeated>(&leaf)?.clock;
            let at = clock.map_or(at, |clock| clock.naive_utc());
            Ok(Told { seq, at, actor, event, standing: standing_of(&leaf, id, seq, key.as_ref())? })
        })
        .collect::<Result<_>>()?;
    let mut found = Vec::new();
    if clear {
        found.push(Difference::Closed { declaration: file.id });
    }
    let unsaid = match told.last() {
        None => {
            found.push(Difference::Untold { declaration: name.clone() });
            false
        }
        Some(Told { standing: None, .. }) => true,
        Some(Told { standing: Some(standing), seq, .. }) => {
            let mut is = Standing::of(&file)?;
            if is.supervisor != standing.supervisor && is.supervisor == supervisor_in_directory(tx, &file)? {
                is.supervisor = standing.supervisor;
            }
            let part = differing(&is, standing);
            found.extend(part.map(|part| Difference::Row { declaration: name.clone(), event: *seq, part }));
            false
        }
    };
    if told.iter().all(|told| told.standing.is_some()) {
        found.extend(versions(tx, &file, &told, beside.versions)?);
    }
    found.extend(decided(tx, &file, &told, beside.decided)?);
    found.extend(contents(tx, &file, &beside.joined)?);
    Ok((unsaid, found))
}

/// Whom the directory says now, for a file that is still open.
fn supervisor_in_directory(tx: &mut Tx<'_>, file: &Declaration) -> Result<Option<PersonId>> {
    if matches!(file.state(), State::Closed | State::Withdrawn) {
        return Ok(None);
    }
    Ok(persons::table.find(file.declarant_id).select(persons::supervisor_id).first(tx.conn)?)
}

/// The first part of where a file stands that is not what its last event said, as a Fluent key.
fn differing(is: &Standing, told: &Standing) -> Option<&'static str> {
    let parts = [
        (is.state != told.state, "agreement-part-state"),
        (is.outcome != told.outcome || is.decider != told.decider, "agreement-part-decision"),
        (is.holder != told.holder || is.office != told.office, "agreement-part-holder"),
        (is.due_on != told.due_on, "agreement-part-due"),
        (is.revision != told.revision || is.answers != told.answers, "agreement-part-answers"),
        (is.rest != told.rest || is.supervisor != told.supervisor, "agreement-part-rest"),
    ];
    parts.into_iter().find_map(|(differs, part)| differs.then_some(part))
}

/// Each version is there, as the first event of its number left it.
fn versions(tx: &mut Tx<'_>, file: &Declaration, told: &[Told], rows: Vec<VersionRow>) -> Result<Vec<Difference>> {
    let mut wanted: BTreeMap<i32, (String, Instant)> = BTreeMap::new();
    for told in told {
        if let Some(standing) = &told.standing {
            wanted.entry(standing.revision).or_insert_with(|| (standing.answers.clone(), told.at));
        }
    }
    let mut found = Vec::new();
    let mut differs = |number| found.push(Difference::Version { declaration: file.slug().to_owned(), number });
    for (_, number, answers, filed_at, _) in rows {
        let answers = sealed::read(tx, file, "revision", number, answers)?;
        if wanted.remove(&number) != Some((sha256_hex(answers.as_bytes()), filed_at)) {
            differs(number);
        }
    }
    wanted.into_keys().for_each(&mut differs);
    Ok(found)
}

/// What a decision says, wherever it is kept.
type Decided = (i32, String, String, Vec<String>, Instant, Option<PersonId>);

/// Each decision is there, as its event told it, and no other.
fn decided(tx: &mut Tx<'_>, file: &Declaration, told: &[Told], rows: Vec<DecisionRow>) -> Result<Vec<Difference>> {
    let mut wanted: Vec<Decided> = told.iter().filter_map(decision_of).collect();
    let mut found = Vec::new();
    let mut differs = |revision| found.push(Difference::Decision { declaration: file.slug().to_owned(), revision });
    for (_, revision, step, decider, outcome, reason, measures, at) in rows {
        let place = format!("{revision}/{step}");
        let reason = sealed::read(tx, file, "reason", &place, reason)?;
        let measures = sealed::read(tx, file, "decided-measures", &place, measures)?;
        // Nobody acted when a rule decided: the row has the person in whose place it did.
        let decider = (step != crate::declarations::automatic::STEP).then_some(decider);
        let is: Decided = (revision, outcome, reason, serde_json::from_str(&measures)?, at, decider);
        match wanted.iter().position(|told| *told == is) {
            Some(place) => drop(wanted.swap_remove(place)),
            None => differs(revision),
        }
    }
    wanted.into_iter().for_each(|told| differs(told.0));
    found.sort();
    found.dedup();
    Ok(found)
}

fn decision_of(told: &Told) -> Option<Decided> {
    Some(match &told.event {
        Event::Decided { outcome, reason, measures, revision, .. }
        | Event::DecidedOutside { outcome, reason, measures, revision, .. } => {
            (*revision, outcome.clone(), reason.clone(), measures.clone(), told.at, told.actor)
        }
        Event::DecidedAutomatically { outcome, reason, revision, .. } => {
            (*revision, outcome.clone(), reason.clone(), Vec::new(), told.at, told.actor)
        }
        _ => return None,
    })
}

/// The answers name files by their hash: the rows have the same, and the contents are what the hashes say.
fn contents(tx: &mut Tx<'_>, file: &Declaration, joined: &[FileRow]) -> Result<Vec<Difference>> {
    let declaration = || file.slug().to_owned();
    let named = files_named(&serde_json::from_str(&file.answers)?);
    let mut found = Vec::new();
    for (_, id, sha256, scan) in joined {
        if named.get(id).is_some_and(|named| named != sha256) {
            found.push(Difference::Attachment { declaration: declaration(), attachment: *id });
        }
        let kept = place_of(Path::new(&tx.book.config.uploads.directory), sha256);
        if scan != Scan::Infected.as_str() && hash_of_file(&kept)?.as_ref() != Some(sha256) {
            found.push(Difference::Content { declaration: declaration(), sha256: sha256.clone() });
        }
    }
    let rows: BTreeSet<i64> = joined.iter().map(|row| row.1).collect();
    let lost = named.into_keys().filter(|id| !rows.contains(id));
    found.extend(lost.map(|attachment| Difference::Attachment { declaration: declaration(), attachment }));
    Ok(found)
}

/// Number and hash of each file that answers name.
fn files_named(answers: &Value) -> HashMap<i64, String> {
    let mut found = HashMap::new();
    for item in
        answers.as_object().into_iter().flat_map(|answers| answers.values()).filter_map(Value::as_array).flatten()
    {
        let member = |name: &str| item.get(name);
        if let (Some(id), Some(sha256)) =
            (member("id").and_then(Value::as_i64), member("sha256").and_then(Value::as_str))
        {
            found.insert(id, sha256.to_owned());
        }
    }
    found
}

/// Nothing when there is no such file.
fn hash_of_file(path: &Path) -> Result<Option<String>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::internal(error)),
    };
    let mut reader = Hashing::new(file);
    std::io::copy(&mut reader, &mut std::io::sink()).map_err(Error::internal)?;
    Ok(Some(reader.hash()))
}
