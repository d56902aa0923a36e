//! The versions of a kind: those that came with the files of the service, and those that two people adopted. A version is
//! never written again; adopting puts one in force from a day, and adopting an earlier one is how one goes back.

use std::sync::Arc;

use chrono::NaiveDate;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::DbConn;
use crate::db::schema::{kind_adoptions, kind_versions};
use crate::declarations::catalogue::KindVersion;
use crate::declarations::kind::Kind;
use crate::error::{Error, Result};
use crate::random::sha256_hex;

/// The last version and the last adoption of the database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Newest {
    pub version: i64,
    pub adoption: i64,
}

/// What there is of newest: a process that knows as much has nothing to learn.
pub fn newest(conn: &mut DbConn) -> Result<Newest> {
    let version: Option<i64> = kind_versions::table.select(max(kind_versions::id)).first(conn)?;
    let adoption: Option<i64> = kind_adoptions::table.select(max(kind_adoptions::id)).first(conn)?;
    Ok(Newest { version: version.unwrap_or(0), adoption: adoption.unwrap_or(0) })
}

/// The files of the versions that came after one.
pub fn after(conn: &mut DbConn, version: i64) -> Result<Vec<(i64, String)>> {
    Ok(kind_versions::table
        .filter(kind_versions::id.gt(version))
        .select((kind_versions::id, kind_versions::document))
        .load(conn)?)
}

/// What two people put in force, by kind, on a day: the last to take effect, and of two of the same day the last adopted.
pub fn adopted_by(conn: &mut DbConn, on: NaiveDate) -> Result<Vec<(String, i64)>> {
    let lines: Vec<(String, i64)> = kind_adoptions::table
        .filter(kind_adoptions::effective.le(on))
        .order((kind_adoptions::effective.desc(), kind_adoptions::adopted_at.desc(), kind_adoptions::id.desc()))
        .select((kind_adoptions::kind, kind_adoptions::kind_version_id))
        .load(conn)?;
    let mut first: Vec<(String, i64)> = Vec::new();
    for (kind, version) in lines {
        if !first.iter().any(|(known, _)| *known == kind) {
            first.push((kind, version));
        }
    }
    Ok(first)
}

/// Keeps a file as a version of a kind, once.
pub fn keep(conn: &mut DbConn, kind: &str, document: &str, now: Instant) -> Result<i64> {
    let hash = sha256_hex(document.as_bytes());
    let known: Option<i64> = kind_versions::table
        .filter(kind_versions::kind.eq(kind))
        .filter(kind_versions::hash.eq(&hash))
        .select(kind_versions::id)
        .first(conn)
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    Ok(diesel::insert_into(kind_versions::table)
        .values((
            kind_versions::kind.eq(kind),
            kind_versions::hash.eq(&hash),
            kind_versions::document.eq(document),
            kind_versions::loaded_at.eq(now),
        ))
        .returning(kind_versions::id)
        .get_result(conn)?)
}

/// Puts a file in force from a day; answers its version.
pub fn adopt(tx: &mut Tx<'_>, kind: &str, document: &str, effective: NaiveDate) -> Result<i64> {
    let now = tx.now();
    let version = keep(tx.conn, kind, document, now)?;
    diesel::insert_into(kind_adoptions::table)
        .values((
            kind_adoptions::kind.eq(kind),
            kind_adoptions::kind_version_id.eq(version),
            kind_adoptions::effective.eq(effective),
            kind_adoptions::adopted_at.eq(now),
        ))
        .execute(tx.conn)?;
    tx.book.catalogue.look_again();
    Ok(version)
}

/// The version in force today of a kind.
pub fn in_force(tx: &Tx<'_>, kind: &str) -> Result<KindVersion> {
    tx.book.catalogue.kind(kind).ok_or(Error::NotFound)
}

/// A version, whenever it was in force, with its kind's name and its file.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Stored> {
    let found: Option<(i64, String, String, Instant)> = kind_versions::table
        .find(id)
        .select((kind_versions::id, kind_versions::kind, kind_versions::document, kind_versions::loaded_at))
        .first(tx.conn)
        .optional()?;
    let (id, name, document, loaded_at) = found.ok_or(Error::NotFound)?;
    let kind: Kind = toml::from_str(&document)
        .map_err(|error| Error::Internal(format!("kind version {id}: {}", error.message())))?;
    Ok(Stored { id, name, kind: Arc::new(kind), document, loaded_at })
}

/// A version as stored.
#[derive(Debug, Clone)]
pub struct Stored {
    pub id: i64,
    pub name: String,
    pub kind: Arc<Kind>,
    pub document: String,
    pub loaded_at: Instant,
}

/// A line of the history of a kind.
#[derive(Debug, Clone)]
pub struct Past {
    pub version: i64,
    pub hash: String,
    pub loaded_at: Instant,
    /// From when, and when it was adopted; nothing for what came with the files.
    pub adopted: Option<(NaiveDate, Instant)>,
}

/// Every adoption, the last to take effect first, then what came with the files and nobody adopted again.
pub fn history(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<Past>> {
    let stored: Vec<(i64, String, Instant)> = kind_versions::table
        .filter(kind_versions::kind.eq(kind))
        .order(kind_versions::id.desc())
        .select((kind_versions::id, kind_versions::hash, kind_versions::loaded_at))
        .limit(200)
        .load(tx.conn)?;
    let adoptions: Vec<(i64, NaiveDate, Instant)> = kind_adoptions::table
        .filter(kind_adoptions::kind.eq(kind))
        .order((kind_adoptions::effective.desc(), kind_adoptions::adopted_at.desc(), kind_adoptions::id.desc()))
        .select((kind_adoptions::kind_version_id, kind_adoptions::effective, kind_adoptions::adopted_at))
        .limit(200)
        .load(tx.conn)?;
    let past = |id: i64, adopted: Option<(NaiveDate, Instant)>| {
        let (_, hash, loaded_at) = stored.iter().find(|(known, _, _)| *known == id)?;
        Some(Past { version: id, hash: hash.clone(), loaded_at: *loaded_at, adopted })
    };
    let put_in_force = adoptions.iter().filter_map(|(id, effective, at)| past(*id, Some((*effective, *at))));
    let shipped = stored.iter().filter(|(id, _, at)| {
        // A version written in the instant of its adoption was never anything else.
        !adoptions.iter().any(|(adopted, _, adopted_at)| adopted == id && adopted_at == at)
    });
    Ok(put_in_force.chain(shipped.filter_map(|(id, _, _)| past(*id, None))).collect())
}
