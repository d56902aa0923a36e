//! Writing and reading the journal.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;

use super::Event;
use super::imprints::{self, Imprint};
use super::tree::{Hash, leaf_hash};
use crate::app::Tx;
use crate::bench::off;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::kept::Keep;
use crate::db::schema::{events, journal_head, persons};
use crate::declarations::standing::{self, Standing};
use crate::error::{Error, Result};
use crate::people::PersonId;
use crate::random::{self, sha256_hex};
use crate::sealing::{DataKey, Place, record};

/// Adds an event, in the transaction of its change and after it: the leaf says where the declaration stands then, and what
/// the rows of other things are.
///
/// The hash covers the previous hash and the leaf; the head row orders writers, so numbers have no gap. What happens to a
/// sealed file is sealed with it: its leaf says who did what and when, and the rest only to who has the key. Nobody can
/// try likely words against its hash, and when the key is destroyed the tree still verifies.
pub fn record(tx: &mut Tx<'_>, actor: Option<PersonId>, declaration: Option<i64>, event: &Event) -> Result<()> {
    if off::is_off() {
        return Ok(());
    }
    let (seq, previous): (i64, String) = match tx.conn {
        crate::db::DbConn::Postgres(conn) => journal_head::table
            .select((journal_head::seq, journal_head::hash))
            .filter(journal_head::id.eq(1))
            .for_update()
            .first(conn)?,
        crate::db::DbConn::Sqlite(conn) => journal_head::table
            .select((journal_head::seq, journal_head::hash))
            .filter(journal_head::id.eq(1))
            .first(conn)?,
    };
    // Another process may have a clock a little ahead: times in the journal never go back.
    let at = tx.now().max(at_of(tx, seq)?.unwrap_or_default());
    let seq = seq + 1;
    let (name, goes) = (event.name(), declaration.is_some() || event.goes_with_a_file());
    let left = serde_json::to_value(imprints::of(tx, declaration, event)?)?;
    let mut leaf = json!({
        "seq": seq,
        "at": at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        "actor": actor,
        "declaration": declaration,
    });
    if at > tx.now()
        && let Some(object) = leaf.as_object_mut()
    {
        // Rows of this transaction have its own time.
        object.insert(CLOCK.into(), tx.now().and_utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true).into());
    }
    if let (Some(object), serde_json::Value::Object(mut event)) = (leaf.as_object_mut(), serde_json::to_value(event)?) {
        if let Some(declaration) = declaration {
            let standing = standing::now(tx, declaration)?.map(serde_json::to_value).transpose()?;
            match record::whole(tx, declaration)? {
                Some(key) => {
                    let facts = event.remove(DATA).map(|data| (SEALED, place(declaration, seq), data));
                    let standing = standing.map(|standing| (STANDING, standing_place(declaration, seq), standing));
                    for (member, place, words) in facts.into_iter().chain(standing) {
                        event.insert(member.into(), key.seal_text(&place, &words.to_string())?.into());
                    }
                }
                None => event.extend(standing.map(|standing| (STANDING.to_owned(), standing))),
            }
        }
        // Nobody can try likely words against the hash of a leaf whose words were destroyed (trust.md A12).
        if goes && !event.contains_key(SEALED) {
            event.insert(SALT.into(), random::token::<16>()?.into());
        }
        object.extend(event);
        object.insert(LEFT.into(), left);
    }
    let leaf = leaf.to_string();
    let hash = chain(&previous, &leaf);
    each_engine!(tx.conn, conn => diesel::insert_into(events::table)
        .values((
            events::seq.eq(seq),
            events::at.eq(at),
            events::actor_id.eq(actor),
            events::event.eq(name),
            events::declaration_id.eq(declaration),
            events::leaf.eq(leaf),
            events::hash.eq(&hash),
        ))
        .kept()
        .execute(conn))?;
    each_engine!(tx.conn, conn => diesel::update(journal_head::table.filter(journal_head::id.eq(1)))
        .set((journal_head::seq.eq(seq), journal_head::hash.eq(&hash)))
        .kept()
        .execute(conn))?;
    Ok(())
}

/// Waits until nobody else records, and keeps the others from it until this use case ends: what is read from now on is what those who
/// recorded before left, and nobody who has yet to record changes it meanwhile. Whoever changes a file that was filed takes their turn
/// before its row, as whoever recorded something already did: the two never wait for each other. With SQLite, which has one
/// writer, it is always one's turn.
///
/// # Errors
/// The database does not answer.
pub fn take_turn(tx: &mut Tx<'_>) -> Result<()> {
    if off::is_off() {
        return Ok(());
    }
    if let crate::db::DbConn::Postgres(conn) = &mut *tx.conn {
        journal_head::table.select(journal_head::seq).filter(journal_head::id.eq(1)).for_update().first::<i64>(conn)?;
    }
    Ok(())
}

/// When an event was recorded.
fn at_of(tx: &mut Tx<'_>, seq: i64) -> Result<Option<Instant>> {
    Ok(each_engine!(tx.conn, conn => events::table.find(seq).select(events::at).first(conn).optional())?)
}

/// The number of the last event recorded before an instant; 0 when there is none. Times never go back, so that a few readings
/// find it among any number.
pub fn last_before(tx: &mut Tx<'_>, before: Instant) -> Result<i64> {
    let (mut low, mut high): (i64, i64) = (0, journal_head::table.select(journal_head::seq).first(tx.conn)?);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if at_of(tx, middle)?.is_some_and(|at| at < before) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(low)
}

/// When the last event was recorded.
pub fn last_at(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    Ok(
        each_engine!(tx.conn, conn => events::table.order(events::seq.desc()).select(events::at).first(conn).optional())?,
    )
}

/// Member of a leaf that has the facts of its event.
const DATA: &str = "data";
/// Member drawn at random, of no meaning.
const SALT: &str = "salt";
/// Member that has the time of the transaction, when the event is recorded as of a later one.
const CLOCK: &str = "clock";
/// Member that has them encrypted.
const SEALED: &str = "sealed";
/// Member that says where the declaration stands after the event; encrypted, a text, when the file is sealed.
const STANDING: &str = "standing";

/// Member that says what the event leaves of things that are no files, in clear: rows of sealed words are sealed themselves.
const LEFT: &str = "left";

/// [`SEALED`] in the text of a leaf.
const SEALED_MEMBER: &str = "\"sealed\":";

fn standing_place(declaration: i64, seq: i64) -> Place {
    Place::new("standing", declaration, seq)
}

fn place(declaration: i64, seq: i64) -> Place {
    Place::new("event", declaration, seq)
}

/// The event of a leaf of a declaration, opened when it is sealed.
pub(crate) fn event_of(leaf: &str, declaration: i64, seq: i64, key: Option<&DataKey>) -> Result<Event> {
    if !leaf.contains(SEALED_MEMBER) {
        return Ok(serde_json::from_str(leaf)?);
    }
    // The leaf has the members of its event among its own.
    let mut leaf: serde_json::Value = serde_json::from_str(leaf)?;
    if let Some(members) = leaf.as_object_mut()
        && let Some(envelope) = members.remove(SEALED)
    {
        let key = key.ok_or(Error::NotFound)?;
        let data = key.open_text(&place(declaration, seq), envelope.as_str().unwrap_or_default())?;
        members.insert(DATA.into(), serde_json::from_str(&data)?);
    }
    Ok(serde_json::from_value(leaf)?)
}

/// The members of a leaf that the columns beside it repeat.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Repeated {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: Option<PersonId>,
    pub declaration: Option<i64>,
    pub event: String,
    /// Time of the rows of its transaction, when it is not that of the event.
    pub clock: Option<DateTime<Utc>>,
    /// What it left of things that are no files; nothing in a leaf of before leaves said it.
    pub left: Option<Vec<Imprint>>,
}

/// Where a declaration stood after the event of a leaf; nothing in a leaf of before leaves said it.
///
/// # Errors
/// The leaf is not one, or was sealed and does not open.
pub fn standing_of(leaf: &str, declaration: i64, seq: i64, key: Option<&DataKey>) -> Result<Option<Standing>> {
    #[derive(Deserialize)]
    struct Told {
        standing: Option<serde_json::Value>,
    }
    let Told { standing } = serde_json::from_str(leaf)?;
    Ok(match standing {
        None => None,
        Some(serde_json::Value::String(envelope)) => {
            let words = key.ok_or(Error::NotFound)?.open_text(&standing_place(declaration, seq), &envelope)?;
            Some(serde_json::from_str(&words)?)
        }
        Some(standing) => Some(serde_json::from_value(standing)?),
    })
}

/// `SHA-256(previous hash in hexadecimal, line feed, leaf)`, in hexadecimal.
pub fn chain(previous: &str, leaf: &str) -> String {
    sha256_hex(format!("{previous}\n{leaf}").as_bytes())
}

/// One event as read back, with the name of who acted.
#[derive(Debug, Clone)]
pub struct Entry {
    pub seq: i64,
    pub at: Instant,
    pub actor: Option<PersonId>,
    pub actor_name: Option<String>,
    pub event: Event,
}

/// What happened to a declaration, oldest first.
pub fn timeline(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<Entry>> {
    type Row = (i64, Instant, Option<PersonId>, Option<String>, Option<String>, String);
    let rows: Vec<Row> = each_engine!(tx.conn, conn => events::table
        .left_join(persons::table.on(events::actor_id.eq(persons::id.nullable())))
        .filter(events::declaration_id.eq(declaration))
        .order(events::seq.asc())
        .select((
            events::seq,
            events::at,
            events::actor_id,
            persons::given_name.nullable(),
            persons::family_name.nullable(),
            events::leaf,
        ))
        .load(conn))?;
    let key = if rows.iter().any(|row| row.5.contains(SEALED_MEMBER)) { record::whole(tx, declaration)? } else { None };
    rows.into_iter()
        .map(|(seq, at, actor, given, family, leaf)| {
            let event = event_of(&leaf, declaration, seq, key.as_deref())?;
            let actor_name = given.zip(family).map(|(given, family)| format!("{given} {family}"));
            Ok(Entry { seq, at, actor, actor_name, event })
        })
        .collect()
}

/// Whether somebody did anything on a declaration from an instant on.
pub fn acted_since(tx: &mut Tx<'_>, declaration: i64, person: PersonId, since: Instant) -> Result<bool> {
    let found: Option<i64> = events::table
        .filter(events::declaration_id.eq(declaration))
        .filter(events::actor_id.eq(person))
        .filter(events::at.ge(since))
        .select(events::seq)
        .first(tx.conn)
        .optional()?;
    Ok(found.is_some())
}

/// What is kept of a leaf whose words were destroyed: `#` and its hash in the tree.
fn gone(leaf: &str) -> String {
    format!("{GONE}{}", hex::encode(leaf_hash(leaf.as_bytes())))
}

pub(super) const GONE: char = '#';

/// Hash in the tree of a leaf as it is kept.
///
/// # Errors
/// What is kept instead of a leaf is not a hash.
pub fn hash_of(leaf: &str) -> Result<Hash> {
    leaf.strip_prefix(GONE).map_or_else(|| Ok(leaf_hash(leaf.as_bytes())), super::nodes::from_hex)
}

/// Destroys the words of the events of a declaration, when there is one, and of those `beside`: their hashes stay, so that the tree, the
/// chain and every receipt still verify. Gives their numbers and the digest that the certificate keeps. The database lets it be done
/// only for what is being destroyed.
///
/// # Errors
/// The database refuses, or does not answer.
pub fn forget(tx: &mut Tx<'_>, declaration: Option<i64>, beside: &[i64]) -> Result<(Vec<i64>, String)> {
    let mut rows: Vec<(i64, String, String)> = match declaration {
        Some(id) => events::table
            .filter(events::declaration_id.eq(id))
            .select((events::seq, events::leaf, events::hash))
            .load(tx.conn)?,
        None => Vec::new(),
    };
    let others: Vec<(i64, String, String)> = events::table
        .filter(events::seq.eq_any(beside.to_vec()))
        .select((events::seq, events::leaf, events::hash))
        .load(tx.conn)?;
    rows.extend(others);
    rows.sort_unstable_by_key(|(seq, ..)| *seq);
    let mut kept = Vec::with_capacity(rows.len());
    for (seq, leaf, hash) in rows {
        let leaf = gone(&leaf);
        diesel::update(events::table.find(seq))
            .set((
                events::leaf.eq(&leaf),
                events::event.eq("destroyed"),
                events::actor_id.eq(None::<PersonId>),
                events::declaration_id.eq(None::<i64>),
            ))
            .execute(tx.conn)?;
        kept.push((seq, leaf, hash));
    }
    Ok((kept.iter().map(|(seq, ..)| *seq).collect(), digest(&kept)))
}

/// Over the number of each event whose words were destroyed, what is kept of its leaf and its hash in the chain.
fn digest(events: &[(i64, String, String)]) -> String {
    let lines: String = events.iter().map(|(seq, leaf, chain)| format!("{seq} {leaf} {chain}\n")).collect();
    sha256_hex(lines.as_bytes())
}

/// Events without words, as the chain is read, and the certificates that say so.
#[derive(Default)]
struct Destroyed {
    found: BTreeMap<i64, (String, String)>,
}

impl Destroyed {
    /// A certificate covers its events when what is kept of them is what it says.
    fn certified(&mut self, leaf: &str) {
        let Ok(Event::FileDestroyed { events, hashes, .. }) = serde_json::from_str(leaf) else { return };
        let kept: Option<Vec<_>> = events
            .iter()
            .map(|seq| self.found.get(seq).map(|(leaf, chain)| (*seq, leaf.clone(), chain.clone())))
            .collect();
        if kept.is_some_and(|kept| digest(&kept) == hashes) {
            for seq in events {
                self.found.remove(&seq);
            }
        }
    }

    /// The first event whose words nobody certified that they destroyed.
    fn uncertified(&self) -> Option<i64> {
        self.found.keys().next().copied()
    }
}

/// In the leaf of a certificate.
const CERTIFICATE: &str = "\"event\":\"file_destroyed\"";

/// Where the chain breaks first, when it does: the number of the event whose hash does not follow.
pub fn first_break(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    let (mut previous, mut destroyed) = (String::new(), Destroyed::default());
    let mut expected = 1;
    loop {
        let rows: Vec<(i64, String, String)> = events::table
            .filter(events::seq.ge(expected))
            .order(events::seq.asc())
            .limit(5_000)
            .select((events::seq, events::leaf, events::hash))
            .load(tx.conn)?;
        if rows.is_empty() {
            break;
        }
        for (seq, leaf, hash) in rows {
            // The chain over destroyed words is that of their certificate, and of the tree.
            let is_gone = leaf.starts_with(GONE);
            if seq != expected || (!is_gone && hash != chain(&previous, &leaf)) {
                return Ok(Some(expected));
            }
            if is_gone {
                destroyed.found.insert(seq, (leaf, hash.clone()));
            } else if leaf.contains(CERTIFICATE) {
                destroyed.certified(&leaf);
            }
            previous = hash;
            expected = seq + 1;
        }
    }
    let (seq, hash): (i64, String) =
        journal_head::table.select((journal_head::seq, journal_head::hash)).first(tx.conn).map_err(Error::from)?;
    Ok((seq != expected - 1 || hash != previous).then_some(expected).or(destroyed.uncertified()))
}
