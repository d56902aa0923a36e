//! Rows of files joined, and their content under its hash: two people who join the same file keep it once.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::prelude::*;
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::scan::Scan;
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{attachments, retention_contents};
use crate::declarations::answers::Form;
use crate::declarations::drafts;
use crate::declarations::kind::{Step, Widget};
use crate::declarations::store::{self as declarations, Declaration};
use crate::error::{Error, Result};
use crate::people::PersonId;
use crate::random::sha256_hex;
use crate::sealing::envelope::KEY_BYTES;
use crate::sealing::{DataKey, Place, record};

/// A file cleaned and put under the hash of what was kept.
pub struct Kept {
    pub field: String,
    pub name: String,
    pub media_type: &'static str,
    pub size: i64,
    /// Of what is kept, encrypted or not.
    pub sha256: String,
    pub scan: Scan,
    /// What opens it, when it is encrypted.
    pub key: Option<DataKey>,
}

/// Puts content in its place: written, flushed, renamed, and the folder flushed too. Gives its hash.
pub fn put(folder: &Path, content: &[u8]) -> Result<String> {
    let sha256 = sha256_hex(content);
    let place = place_of(folder, &sha256);
    if !is_young_again(&place)? {
        let parent = place.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(Error::internal)?;
        let mut file = NamedTempFile::new_in(parent).map_err(Error::internal)?;
        file.write_all(content).map_err(Error::internal)?;
        file.as_file().sync_all().map_err(Error::internal)?;
        file.persist(&place).map_err(Error::internal)?;
        std::fs::File::open(parent).and_then(|folder| folder.sync_all()).map_err(Error::internal)?;
    }
    Ok(sha256)
}

/// Makes content that is there as young as if it came now: the sweep of what nothing joins (`orphans.rs`) leaves it the time to be
/// joined. False when it is not there, or was just swept.
fn is_young_again(place: &Path) -> Result<bool> {
    let young = std::fs::File::options().append(true).open(place);
    match young.and_then(|file| file.set_modified(std::time::SystemTime::now())) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::internal(error)),
    }
}

/// Every content of the folder: its hash and where it is.
///
/// # Errors
/// When the folder cannot be read.
pub fn contents(folder: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for shelf in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        found.extend(entries(&shelf)?.into_iter().filter_map(|path| Some((hash_in(&path)?, path))));
    }
    Ok(found)
}

/// What a folder holds; nothing when it is not there yet.
pub(super) fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    match std::fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The hash that names a content; nothing for another file.
pub(super) fn hash_in(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    (name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| name.to_owned())
}

/// Where content is.
pub fn place_of(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(sha256.get(..2).unwrap_or("00")).join(sha256)
}

fn name_place(declaration: i64, sha256: &str) -> Place {
    Place::new("attachment-name", declaration, sha256)
}

fn key_place(declaration: i64, sha256: &str) -> Place {
    Place::new("attachment-key", declaration, sha256)
}

/// Encrypts content under a key of its own: it is put in its place before anybody knows what it is joined to.
///
/// # Errors
/// No randomness.
pub fn close(content: &[u8]) -> Result<(DataKey, Vec<u8>)> {
    let key = DataKey::generate()?;
    let closed = key.seal(&Place::new("attachment", 0, ""), content)?;
    Ok((key, closed))
}

/// What opens the content of a file joined.
pub struct Opener(Option<DataKey>);

impl Opener {
    /// The name of a file joined and what opens its content, for whoever may read it.
    ///
    /// # Errors
    /// What was changed or moved from another file does not open.
    pub fn of(
        tx: &mut Tx<'_>,
        declaration: i64,
        sha256: &str,
        name: String,
        sealed_key: Option<&str>,
    ) -> Result<(String, Self)> {
        let Some(sealed_key) = sealed_key else { return Ok((name, Self(None))) };
        let key = record::required(tx, declaration)?;
        let name = key.open_text(&name_place(declaration, sha256), &name)?;
        let sealed_key = STANDARD.decode(sealed_key).map_err(Error::internal)?;
        let bytes = key.open(&key_place(declaration, sha256), &sealed_key)?;
        let bytes = <[u8; KEY_BYTES]>::try_from(bytes.as_slice()).map_err(Error::internal)?;
        Ok((name, Self(Some(DataKey::from_bytes(Zeroizing::new(bytes))?))))
    }

    /// The content as it was received, from what is kept of it.
    ///
    /// # Errors
    /// It was changed.
    pub fn open(&self, kept: Vec<u8>) -> Result<Vec<u8>> {
        match &self.0 {
            None => Ok(kept),
            Some(key) => Ok(key.open(&Place::new("attachment", 0, ""), &kept)?.to_vec()),
        }
    }
}

/// Joins a file to a declaration, or to the proof of a measure.
pub fn insert(tx: &mut Tx<'_>, declaration: i64, measure: Option<i64>, by: PersonId, file: &Kept) -> Result<i64> {
    let now = tx.now();
    let (mut name, mut sealed_key) = (file.name.clone(), None);
    if let Some(content_key) = &file.key {
        let key = record::required(tx, declaration)?;
        name = key.seal_text(&name_place(declaration, &file.sha256), &name)?;
        sealed_key = Some(STANDARD.encode(key.seal(&key_place(declaration, &file.sha256), content_key.bytes())?));
    }
    Ok(diesel::insert_into(attachments::table)
        .values((
            attachments::declaration_id.eq(declaration),
            attachments::measure_id.eq(measure),
            attachments::field.eq(&file.field),
            attachments::name.eq(name),
            attachments::sealed_key.eq(sealed_key),
            attachments::media_type.eq(file.media_type),
            attachments::size.eq(file.size),
            attachments::sha256.eq(&file.sha256),
            attachments::added_by.eq(by),
            attachments::added_at.eq(now),
            attachments::scan.eq(file.scan.as_str()),
            attachments::scanned_at.eq((file.scan != Scan::Unscanned).then_some(now)),
        ))
        .returning(attachments::id)
        .get_result(tx.conn)?)
}

/// The files of a question that somebody ticked for removal.
pub fn removed(form: &Form, field: &str) -> Vec<i64> {
    let ticked = form.iter().filter(|(name, _)| *name == format!("{field}.remove"));
    ticked.filter_map(|(_, id)| id.parse().ok()).collect()
}

/// Joins files to what is being written, and takes away those ticked for removal.
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &str,
    step: &Step,
    form: &Form,
    kept: Vec<Kept>,
) -> Result<Declaration> {
    let declaration = declarations::authorized(tx, actor, slug, Action::Edit)?.declaration;
    let mut answers = declaration.working_answers()?;
    for field in step.fields.iter().filter(|field| field.widget == Widget::Attachment) {
        let gone = removed(form, &field.id);
        let mut items: Vec<Value> = answers.get(&field.id).as_array().cloned().unwrap_or_default();
        items.retain(|item| item.get("id").and_then(Value::as_i64).is_none_or(|id| !gone.contains(&id)));
        for file in kept.iter().filter(|file| file.field == field.id) {
            let id = insert(tx, declaration.id, None, actor.person, file)?;
            items.push(json!({ "id": id, "name": file.name, "sha256": file.sha256 }));
        }
        answers.set(&field.id, if items.is_empty() { Value::Null } else { Value::Array(items) });
    }
    drafts::save_working(tx, declaration, &answers)
}

/// Number and hash of each file that answers name.
pub fn named(answers: &Value) -> HashMap<i64, String> {
    let mut found = HashMap::new();
    let lists = answers.as_object().into_iter().flat_map(|answers| answers.values()).filter_map(Value::as_array);
    for item in lists.flatten() {
        let (id, sha256) = (item.get("id").and_then(Value::as_i64), item.get("sha256").and_then(Value::as_str));
        if let (Some(id), Some(sha256)) = (id, sha256) {
            found.insert(id, sha256.to_owned());
        }
    }
    found
}

/// SHA-256 of the rows of the files that the answers on file name, and of those that prove its measures. The journal says it after
/// each event (`declarations/standing.rs`). When the antivirus was last asked is left out: the worker notes it without an event.
///
/// # Errors
/// The database does not answer.
pub fn fingerprint(tx: &mut Tx<'_>, declaration: i64, named: &HashMap<i64, String>) -> Result<String> {
    type Whose = (i64, Option<i64>, PersonId, Instant);
    type What = (String, String, String, i64, String, String, Option<String>);
    let rows: Vec<(Whose, What)> = attachments::table
        .filter(attachments::declaration_id.eq(declaration))
        .order(attachments::id.asc())
        .select((
            (attachments::id, attachments::measure_id, attachments::added_by, attachments::added_at),
            (
                attachments::field,
                attachments::name,
                attachments::media_type,
                attachments::size,
                attachments::sha256,
                attachments::scan,
                attachments::sealed_key,
            ),
        ))
        .load(tx.conn)?;
    let joined: Vec<_> =
        rows.into_iter().filter(|((id, measure, ..), _)| measure.is_some() || named.contains_key(id)).collect();
    Ok(sha256_hex(serde_json::to_string(&joined)?.as_bytes()))
}

/// The content of the files joined to a draft, by hash.
pub fn hashes_of(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<String>> {
    Ok(attachments::table
        .filter(attachments::declaration_id.eq(declaration))
        .select(attachments::sha256)
        .distinct()
        .load(tx.conn)?)
}

/// The content sealed for a declaration, by hash: under a key of its own, it is joined by nothing else and never will be.
pub fn sealed_hashes_of(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<String>> {
    Ok(attachments::table
        .filter(attachments::declaration_id.eq(declaration))
        .filter(attachments::sealed_key.is_not_null())
        .select(attachments::sha256)
        .distinct()
        .load(tx.conn)?)
}

/// Notes content to remove once this is durable (`orphans.rs`): what is removed from a folder does not come back with a transaction
/// that fails.
pub fn give_up(tx: &mut Tx<'_>, hashes: &[String]) -> Result<()> {
    for sha256 in hashes {
        each_engine!(tx.conn, conn => diesel::insert_into(retention_contents::table)
            .values(retention_contents::sha256.eq(sha256))
            .on_conflict_do_nothing()
            .execute(conn))?;
    }
    Ok(())
}

/// Does something join this content, other than as infected?
pub(super) fn is_joined(tx: &mut Tx<'_>, sha256: &str) -> Result<bool> {
    let joined: Option<i64> = attachments::table
        .filter(attachments::sha256.eq(sha256))
        .filter(attachments::scan.ne(Scan::Infected.as_str()))
        .select(attachments::id)
        .first(tx.conn)
        .optional()?;
    Ok(joined.is_some())
}

/// Removes the content that nothing joins any more, or only as infected.
pub fn forget(tx: &mut Tx<'_>, hashes: &[String]) -> Result<()> {
    forget_if(tx, hashes, |_| true)
}

/// [`forget`] for what may still go when it is looked at in its place, last.
pub(super) fn forget_if(tx: &mut Tx<'_>, hashes: &[String], may_go: impl Fn(&Path) -> bool) -> Result<()> {
    for sha256 in hashes {
        let place = place_of(Path::new(&tx.book.config.uploads.directory), sha256);
        if !is_joined(tx, sha256)? && may_go(&place) {
            match std::fs::remove_file(place) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::internal(error)),
                _ => {}
            }
        }
    }
    Ok(())
}
