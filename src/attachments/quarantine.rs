//! Files that the antivirus did not answer about are sent to it again until it does. What it sees then is the content
//! that was cleaned, the only one that is kept and that somebody could open: the bytes as they were received are not kept,
//! they hold what the cleaning took away.

use std::path::Path;
use std::time::Instant;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::antivirus::{Answer, Antivirus};
use super::mail;
use super::scan::Scan;
use super::store::{Opener, forget, place_of};
use crate::app::{App, Tx};
use crate::db::schema::attachments;
use crate::declarations::store as declarations;
use crate::error::{Error, Result};
use crate::journal::{self, Event};
use crate::people::PersonId;

/// Files looked at in one pass.
const BATCH: i64 = 50;

/// A file joined, of some content.
struct Joined {
    id: i64,
    declaration: i64,
    measure: Option<i64>,
    name: String,
    added_by: PersonId,
}

/// Asks again about what waits, the longest first; stops when nobody answers. How many files were decided.
pub fn retry(app: &App) -> Result<usize> {
    forget_infected(app)?;
    let Some(antivirus) = Antivirus::of(&app.book.config.uploads) else { return Ok(0) };
    let begun = Instant::now();
    let mut decided = 0;
    for sha256 in app.read_here(|tx| waiting(tx, BATCH))? {
        // Letters leave from the same thread.
        if begun.elapsed() > antivirus.patience() {
            break;
        }
        let place = place_of(Path::new(&app.book.config.uploads.directory), &sha256);
        let opener = app.read_here(|tx| opener_of(tx, &sha256))?;
        let content = std::fs::read(&place).map_err(Error::internal).and_then(|kept| opener.open(kept));
        let answer = match content {
            Ok(content) => antivirus.scan(&content),
            Err(error) => {
                tracing::error!(sha256, %error, "the content of a file that waits cannot be read");
                Answer::Undecided("unreadable".into())
            }
        };
        match answer {
            Answer::Silent(cause) => {
                tracing::warn!(cause, "the antivirus does not answer; files wait");
                break;
            }
            Answer::Undecided(cause) => {
                tracing::warn!(sha256, cause, "the antivirus does not decide about a file");
                app.write_here(move |tx| tried(tx, &sha256))?;
            }
            Answer::Clean => decided += app.write_here(move |tx| clear(tx, &sha256))?,
            Answer::Infected(virus) => {
                tracing::warn!(sha256, virus, "a file that waited is infected");
                decided += app.write_here(move |tx| condemn(tx, &sha256))?;
            }
        }
    }
    forget_infected(app)?;
    Ok(decided)
}

/// How many files wait.
pub fn count(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(attachments::table.filter(sql::<Bool>("scan = 'pending'")).count().get_result(tx.conn)?)
}

/// Contents that wait, the one tried longest ago first.
pub fn waiting(tx: &mut Tx<'_>, most: i64) -> Result<Vec<String>> {
    let mut found: Vec<String> = attachments::table
        .filter(sql::<Bool>("scan = 'pending'"))
        .order((attachments::scanned_at.asc(), attachments::id.asc()))
        .select(attachments::sha256)
        .limit(most)
        .load(tx.conn)?;
    let mut seen = std::collections::HashSet::new();
    found.retain(|sha256| seen.insert(sha256.clone()));
    Ok(found)
}

/// What opens this content: encrypted, it is joined once.
fn opener_of(tx: &mut Tx<'_>, sha256: &str) -> Result<Opener> {
    let (declaration, name, sealed_key): (i64, String, Option<String>) = attachments::table
        .filter(attachments::sha256.eq(sha256))
        .select((attachments::declaration_id, attachments::name, attachments::sealed_key))
        .first(tx.conn)?;
    Ok(Opener::of(tx, declaration, sha256, name, sealed_key.as_deref())?.1)
}

/// It stays where it is, behind those that were not tried since.
fn tried(tx: &mut Tx<'_>, sha256: &str) -> Result<()> {
    let now = tx.now();
    diesel::update(attachments::table.filter(attachments::sha256.eq(sha256)).filter(attachments::scan.eq("pending")))
        .set(attachments::scanned_at.eq(now))
        .execute(tx.conn)?;
    Ok(())
}

/// Nothing was found: whoever may read it may download it.
pub fn clear(tx: &mut Tx<'_>, sha256: &str) -> Result<usize> {
    let files = decide(tx, sha256, Scan::Clean)?;
    for file in &files {
        let name = file.name.clone();
        record(tx, file, &Event::AttachmentCleared { name, sha256: sha256.to_owned() })?;
    }
    Ok(files.len())
}

/// Something was found: nobody opens it any more, wherever it is joined, and whoever joined it is told.
pub fn condemn(tx: &mut Tx<'_>, sha256: &str) -> Result<usize> {
    let files = decide(tx, sha256, Scan::Infected)?;
    let mut told = Vec::new();
    for file in &files {
        let name = file.name.clone();
        record(tx, file, &Event::AttachmentInfected { name, sha256: sha256.to_owned() })?;
        if !told.contains(&(file.declaration, file.added_by)) {
            told.push((file.declaration, file.added_by));
            let declaration = declarations::find_unguarded(tx, file.declaration)?;
            mail::infected(tx, &declaration, file.measure, file.added_by)?;
        }
    }
    Ok(files.len())
}

/// Writes what was found of the files of this content that wait; of all of them when it is a virus.
fn decide(tx: &mut Tx<'_>, sha256: &str, found: Scan) -> Result<Vec<Joined>> {
    let now = tx.now();
    let before: &[&str] = if found == Scan::Infected { &["pending", "clean", "unscanned"] } else { &["pending"] };
    type Row = (i64, i64, Option<i64>, String, PersonId, Option<String>);
    let rows: Vec<Row> = attachments::table
        .filter(attachments::sha256.eq(sha256))
        .filter(attachments::scan.eq_any(before))
        .order(attachments::id.asc())
        .select((
            attachments::id,
            attachments::declaration_id,
            attachments::measure_id,
            attachments::name,
            attachments::added_by,
            attachments::sealed_key,
        ))
        .load(tx.conn)?;
    let mut files = Vec::with_capacity(rows.len());
    for (id, declaration, measure, name, added_by, sealed_key) in rows {
        let (name, _) = Opener::of(tx, declaration, sha256, name, sealed_key.as_deref())?;
        files.push(Joined { id, declaration, measure, name, added_by });
    }
    for file in &files {
        diesel::update(attachments::table.find(file.id))
            .set((attachments::scan.eq(found.as_str()), attachments::scanned_at.eq(now)))
            .execute(tx.conn)?;
    }
    Ok(files)
}

/// A draft leaves nothing in the journal (docs/decisions/0002).
fn record(tx: &mut Tx<'_>, file: &Joined, event: &Event) -> Result<()> {
    if declarations::find_unguarded(tx, file.declaration)?.first_filed_at.is_none() {
        return Ok(());
    }
    journal::record(tx, None, Some(file.declaration), event)
}

/// Deletes the content of infected files, once what says so is durable; again when the process stopped in between.
fn forget_infected(app: &App) -> Result<()> {
    let folder = Path::new(&app.book.config.uploads.directory);
    let infected: Vec<String> = app.read_here(|tx| {
        Ok(attachments::table
            .filter(sql::<Bool>("scan = 'infected'"))
            .select(attachments::sha256)
            .distinct()
            .load(tx.conn)?)
    })?;
    let there: Vec<String> = infected.into_iter().filter(|sha256| place_of(folder, sha256).exists()).collect();
    if there.is_empty() { Ok(()) } else { app.write_here(move |tx| forget(tx, &there)).map_err(Error::internal) }
}
