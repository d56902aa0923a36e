//! Each file against its events: its row, its versions, its decisions, what is joined to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use diesel::prelude::*;

use super::Difference;
use crate::app::Tx;
use crate::attachments::scan::Scan;
use crate::attachments::store::{named, place_of};
use crate::clock::Instant;
use crate::db::schema::{attachments, decisions, declarations, events, persons, revisions};
use crate::declarations::standing::Standing;
use crate::declarations::workflow::State;
use crate::declarations::{Declaration, sealed};
use crate::error::{Error, Result};
use crate::journal::Event;
use crate::journal::store::{Repeated, event_of, standing_of};
use crate::people::PersonId;
use crate::random::{Hashing, sha256_hex};
use crate::sealing::record;

/// Files compared in one transaction.
const AT_ONCE: i64 = 200;

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
pub(super) type OfOne = (bool, Vec<Difference>);

type EventRow = (i64, i64, Instant, Option<PersonId>, String);
type VersionRow = (i64, i32, String, Instant, PersonId);
type DecisionRow = (i64, i32, String, PersonId, String, String, String, Instant);
type FileRow = (i64, i64, String, String);

/// The files after `last`, and where to go on.
pub(super) fn some_files(tx: &mut Tx<'_>, last: i64) -> Result<(Option<i64>, Vec<OfOne>)> {
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
            let event = event_of(&leaf, id, seq, key.as_deref())?;
            let clock = serde_json::from_str::<Repeated>(&leaf)?.clock;
            let at = clock.map_or(at, |clock| clock.naive_utc());
            Ok(Told { seq, at, actor, event, standing: standing_of(&leaf, id, seq, key.as_deref())? })
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
            let mut is = Standing::of(tx, &file)?;
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
        // Files that waited for a reader before the journal said so are told by none of its events.
        (told.readers.is_some() && is.readers != told.readers, "agreement-part-holder"),
        (is.due_on != told.due_on, "agreement-part-due"),
        (is.revision != told.revision || is.answers != told.answers, "agreement-part-answers"),
        (told.measures.is_some() && is.measures != told.measures, "agreement-part-measures"),
        (told.joined.is_some() && is.joined != told.joined, "agreement-part-joined"),
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
    let named = named(&serde_json::from_str(&file.answers)?);
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
