//! What a reader took away of a period is in the journal; the signed proof of it can be kept beside the report, and checked
//! without the service (trust.md A09). Two things are proved: the hash that the report prints, which comes from its rows, so
//! whoever has them finds it again (`tests/tools/recompute.py`); and each file that was taken away, byte for byte.

use std::io::Write;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::figures::DataSeal;
use super::pages::{self, Period};
use super::queries::Scope;
use super::rows::{SignedHead, Witnessed};
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::start_of_day;
use crate::db::schema::events;
use crate::error::{Error, Result};
use crate::formats;
use crate::journal::event::ReportFile;
use crate::journal::receipt::Receipt;
use crate::journal::store::last_before;
use crate::journal::waits::{self, Waits};
use crate::journal::{self, Event, checkpoints};
use crate::random::{Hashing, sha256_hex};
use crate::text::Language;
use crate::web::Visit;

/// Reports of the same period proved together: what was taken away before, and what the report says now.
const MOST: usize = 10;
/// Reports of a person among which those of the period are looked for.
const LOOKED_AT: i64 = 500;

/// Writes in the journal what a report said, and the file that it was taken away as.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, scope: &Scope, seal: &DataSeal, file: Option<ReportFile>) -> Result<()> {
    let event = Event::Reported {
        from: scope.from,
        to: scope.to,
        unit: scope.unit,
        rows: i64::try_from(seal.rows).unwrap_or(i64::MAX),
        sha256: seal.sha256.clone(),
        file,
    };
    journal::record(tx, Some(actor.person), None, &event)
}

/// A file that is at hand.
pub fn file_of(format: &str, bytes: &[u8]) -> ReportFile {
    ReportFile { format: format.to_owned(), sha256: sha256_hex(bytes) }
}

/// Writes a file, and gives what stands for its bytes beside what the writing gave.
///
/// # Errors
/// As for `write`.
pub fn written<T>(
    format: &str,
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<(T, ReportFile)> {
    let mut out = Hashing::new(out);
    let made = write(&mut out)?;
    Ok((made, ReportFile { format: format.to_owned(), sha256: out.hash() }))
}

/// What the proof of a report says of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub rows: i64,
    pub format: String,
    /// The hash that it prints.
    pub printed: String,
}

/// Is a file of this hash one of the reports of a proof? The proof was verified before.
pub fn told_of(proof: &Receipt, sha256: &str) -> Option<Told> {
    proof.entries.iter().find_map(|entry| match serde_json::from_str(&entry.leaf) {
        Ok(Event::Reported { from, to, rows, sha256: printed, file: Some(file), .. }) if file.sha256 == sha256 => {
            Some(Told { from, to, rows, format: file.format, printed })
        }
        _ => None,
    })
}

/// `GET /rapports/audit.preuve.json`: the reports of this period that the reader took away, the one of now included, and the
/// proof that the signed journal holds them.
pub async fn download(visit: Visit, query: web::Query<Period>) -> Result<HttpResponse> {
    checkpoints::signer(&visit.app.book.config)?.ok_or(Error::NotPossible("not-possible-proof"))?;
    let (app, actor, scope) = pages::prepared(&visit, &query, "audit.preuve.json").await?;
    let language = visit.language;
    let (by, of) = (actor.clone(), scope.clone());
    let seal = app.read_long(move |tx| Ok(pages::figures(tx, &by, &of, language)?.0.data)).await?;
    let (by, of) = (actor.clone(), scope.clone());
    app.write(move |tx| record(tx, &by, &of, &seal, None)).await?;
    let about = about(&scope);
    let name = format!("preuve-{about}.json");
    journal::pages::proof(&app, &name, about, move |tx| numbers(tx, &actor, &scope)).await
}

/// What every format of the report says of the journal; nothing where nothing is signed.
///
/// # Errors
/// The database cannot be read.
pub fn witnessed(tx: &mut Tx<'_>, scope: &Scope, language: Language) -> Result<Option<Witnessed>> {
    if tx.book.config.journal.key_file.is_empty() {
        return Ok(None);
    }
    let head = checkpoints::latest(tx)?.map(|head| SignedHead {
        events: u64::try_from(head.size).unwrap_or_default(),
        signed_at: head.made_at,
        signed_local: formats::format_datetime(head.made_at, tx.zone(), language),
    });
    Ok(Some(Witnessed { head, waits: waits_of(tx, scope)? }))
}

/// How long what was recorded in a period waited for a witness; nothing where nobody is one.
fn waits_of(tx: &mut Tx<'_>, scope: &Scope) -> Result<Option<Waits>> {
    if tx.book.config.journal.stale_after().is_none() {
        return Ok(None);
    }
    let (zone, after) = (tx.zone(), scope.to.succ_opt().unwrap_or(scope.to));
    let first = last_before(tx, start_of_day(scope.from, zone))? + 1;
    let last = last_before(tx, start_of_day(after, zone))?;
    if last < first {
        return Ok(None);
    }
    waits::between(tx, first, last).map(Some)
}

/// What the proof says that it is about.
pub fn about(scope: &Scope) -> String {
    format!("rapport-{}-{}", scope.from, scope.to)
}

/// The last reports of this period that the reader took away.
pub fn numbers(tx: &mut Tx<'_>, actor: &Actor, scope: &Scope) -> Result<Vec<i64>> {
    let rows: Vec<(i64, String)> = events::table
        .filter(events::actor_id.eq(actor.person))
        .filter(events::event.eq("reported"))
        .order(events::seq.desc())
        .limit(LOOKED_AT)
        .select((events::seq, events::leaf))
        .load(tx.conn)?;
    let (from, to) = (scope.from.to_string(), scope.to.to_string());
    let is_of_period = |leaf: &str| {
        let leaf: Value = serde_json::from_str(leaf).unwrap_or_default();
        let told = |name: &str| leaf.get("data").and_then(|data| data.get(name));
        told("from").and_then(Value::as_str) == Some(&from)
            && told("to").and_then(Value::as_str) == Some(&to)
            && told("unit").and_then(Value::as_i64) == scope.unit
    };
    Ok(rows.into_iter().filter(|(_, leaf)| is_of_period(leaf)).map(|(seq, _)| seq).take(MOST).collect())
}
