//! The versions of the policy: those that came with the files of the service, and those that two people adopted. Which one
//! is in force is read in the transaction that needs it: several processes always agree.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::file;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::DbConn;
use crate::db::schema::policy_versions;
use crate::declarations::catalogue::PolicyVersion;
use crate::error::{Error, Result};
use crate::random::sha256_hex;

/// The policy in force on a day: the last to take effect, and of two of the same day the last adopted.
pub fn in_force(tx: &mut Tx<'_>, on: NaiveDate) -> Result<Arc<PolicyVersion>> {
    let shipped = tx.book.catalogue.shipped_policy(on)?;
    let adopted: Option<(i64, NaiveDate)> = policy_versions::table
        .filter(policy_versions::adopted_at.is_not_null())
        .filter(policy_versions::effective.le(on))
        .order((policy_versions::effective.desc(), policy_versions::adopted_at.desc(), policy_versions::id.desc()))
        .select((policy_versions::id, policy_versions::effective))
        .first(tx.conn)
        .optional()?;
    match adopted {
        Some((id, effective)) if effective >= shipped.policy.file.effective || shipped.policy.file.effective > on => {
            by_id(tx, id)
        }
        _ => Ok(shipped),
    }
}

/// A version, whenever it was in force.
pub fn by_id(tx: &mut Tx<'_>, id: i64) -> Result<Arc<PolicyVersion>> {
    if let Some(known) = tx.book.catalogue.known_policy(id) {
        return Ok(known);
    }
    let document = document(tx, id)?;
    let kinds = tx.book.catalogue.kinds();
    let kinds: Vec<_> = kinds.iter().map(|version| version.kind.as_ref()).collect();
    let policy = file::read_adopted(&format!("policy version {id}"), &document, &kinds)
        .map_err(|problems| Error::Internal(problems.to_text(crate::text::Language::Fr)))?;
    let version = Arc::new(PolicyVersion { id, policy });
    tx.book.catalogue.remember_policy(Arc::clone(&version));
    Ok(version)
}

/// The file of a version.
pub fn document(tx: &mut Tx<'_>, id: i64) -> Result<String> {
    Ok(policy_versions::table.find(id).select(policy_versions::document).first(tx.conn)?)
}

/// Keeps a file as a version, once; `adopted_at` when two people adopted it.
pub fn keep(
    conn: &mut DbConn,
    effective: NaiveDate,
    document: &str,
    now: Instant,
    adopted_at: Option<Instant>,
) -> Result<i64> {
    let hash = sha256_hex(document.as_bytes());
    if adopted_at.is_none() {
        let known: Option<i64> = policy_versions::table
            .filter(policy_versions::hash.eq(&hash))
            .select(policy_versions::id)
            .first(conn)
            .optional()?;
        if let Some(id) = known {
            return Ok(id);
        }
    }
    Ok(diesel::insert_into(policy_versions::table)
        .values((
            policy_versions::effective.eq(effective),
            policy_versions::hash.eq(&hash),
            policy_versions::document.eq(document),
            policy_versions::loaded_at.eq(now),
            policy_versions::adopted_at.eq(adopted_at),
        ))
        .returning(policy_versions::id)
        .get_result(conn)?)
}

/// Was a file ever a version?
pub fn was_one(tx: &mut Tx<'_>, document: &str) -> Result<bool> {
    let hash = sha256_hex(document.as_bytes());
    let known = policy_versions::table.filter(policy_versions::hash.eq(hash));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(tx.conn)?)
}

/// The effective dates of the policies in force at some time of a period, in order.
pub fn during(tx: &mut Tx<'_>, from: NaiveDate, to: NaiveDate) -> Result<BTreeSet<NaiveDate>> {
    let first = in_force(tx, from)?.policy.file.effective;
    let all: Vec<NaiveDate> = history(tx)?.into_iter().map(|version| version.effective).collect();
    Ok(all.into_iter().filter(|effective| *effective > first && *effective <= to).chain([first]).collect())
}

/// A version in the history.
#[derive(Debug, Clone, Queryable)]
pub struct Past {
    pub id: i64,
    pub effective: NaiveDate,
    pub hash: String,
    pub loaded_at: Instant,
    pub adopted_at: Option<Instant>,
}

/// Every version, the last to take effect first.
pub fn history(tx: &mut Tx<'_>) -> Result<Vec<Past>> {
    Ok(policy_versions::table
        .order((policy_versions::effective.desc(), policy_versions::adopted_at.desc(), policy_versions::id.desc()))
        .select((
            policy_versions::id,
            policy_versions::effective,
            policy_versions::hash,
            policy_versions::loaded_at,
            policy_versions::adopted_at,
        ))
        .limit(200)
        .load(tx.conn)?)
}
