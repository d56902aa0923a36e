//! SQL of the business register: the generation in force, its enterprises.

use diesel::prelude::*;
use serde::Serialize;

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::kept::Keep;
use crate::db::schema::{registry_enterprises, registry_generations, registry_names};
use crate::error::Result;
use crate::sources::store::ImportId;

/// Row number of one reading of the register.
pub type GenerationId = i64;

/// One reading of the register.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = registry_generations)]
pub struct Generation {
    pub id: GenerationId,
    pub state: String,
    pub started_at: Instant,
    pub import_id: Option<ImportId>,
    pub first_name: i64,
    pub last_name: i64,
}

/// An enterprise of the register.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = registry_enterprises)]
pub struct Enterprise {
    pub neq: String,
    /// `registered`, `struck_off` or `unregistered`.
    pub status: String,
    /// Legal form, in the registrar's words.
    pub form: String,
    /// Name in force.
    pub name: String,
    /// NEQ of the enterprise it was merged into.
    pub successor: Option<String>,
    /// Its status in the registrar's words; empty when it is registered.
    pub standing: String,
}

/// The generation in force, when a register was read.
pub fn current(tx: &mut Tx<'_>) -> Result<Option<Generation>> {
    Ok(each_engine!(tx.conn, conn => registry_generations::table
        .filter(registry_generations::state.eq("current"))
        .select(Generation::as_select())
        .first(conn)
        .optional())?)
}

/// An enterprise by its number.
pub fn find(tx: &mut Tx<'_>, neq: &str) -> Result<Option<Enterprise>> {
    let Some(generation) = current(tx)? else { return Ok(None) };
    Ok(registry_enterprises::table
        .find((generation.id, neq))
        .select(Enterprise::as_select())
        .first(tx.conn)
        .optional()?)
}

/// Enterprises whose number begins so.
pub fn beginning(tx: &mut Tx<'_>, digits: &str, most: i64) -> Result<Vec<Enterprise>> {
    let Some(generation) = current(tx)? else { return Ok(Vec::new()) };
    Ok(registry_enterprises::table
        .filter(registry_enterprises::generation.eq(generation.id))
        .filter(registry_enterprises::neq.ge(digits))
        // ':' is the character after '9'.
        .filter(registry_enterprises::neq.lt(format!("{digits}:")))
        .order(registry_enterprises::neq.asc())
        .limit(most)
        .select(Enterprise::as_select())
        .load(tx.conn)?)
}

/// Some enterprises, by number.
pub fn with_numbers(tx: &mut Tx<'_>, generation: GenerationId, neqs: &[String]) -> Result<Vec<Enterprise>> {
    if neqs.is_empty() {
        return Ok(Vec::new());
    }
    Ok(registry_enterprises::table
        .filter(registry_enterprises::generation.eq(generation))
        .filter(registry_enterprises::neq.eq_any(neqs))
        .select(Enterprise::as_select())
        .load(tx.conn)?)
}

/// How far mergers of mergers are followed.
const MERGERS: usize = 5;

/// Numbers of the enterprises that were merged into some others, mergers of mergers included.
pub fn merged_into(tx: &mut Tx<'_>, neqs: &[String]) -> Result<Vec<String>> {
    let Some(generation) = current(tx)? else { return Ok(Vec::new()) };
    let (mut all, mut layer) = (Vec::new(), neqs.to_vec());
    for _ in 0..MERGERS {
        if layer.is_empty() {
            break;
        }
        let found: Vec<String> = registry_enterprises::table
            .filter(registry_enterprises::successor.eq_any(&layer))
            // The sum keeps the engine from reading the whole generation by its number when several are asked.
            .filter((registry_enterprises::generation + 0_i64).eq(generation.id))
            .order(registry_enterprises::neq.asc())
            .limit(200)
            .select(registry_enterprises::neq)
            .kept()
            .load(tx.conn)?;
        layer = found.into_iter().filter(|neq| !all.contains(neq) && !neqs.contains(neq)).collect();
        all.extend(layer.clone());
    }
    Ok(all)
}

/// What some enterprises were merged into, mergers of mergers included: pairs of an enterprise and its successor.
pub fn successors_of(tx: &mut Tx<'_>, neqs: &[String]) -> Result<Vec<(String, String)>> {
    let Some(generation) = current(tx)? else { return Ok(Vec::new()) };
    let mut all: Vec<(String, String)> = Vec::new();
    let mut layer: Vec<(String, String)> = neqs.iter().map(|neq| (neq.clone(), neq.clone())).collect();
    for _ in 0..MERGERS {
        let at: Vec<&String> = layer.iter().map(|(_, into)| into).collect();
        let found: Vec<(String, Option<String>)> = registry_enterprises::table
            .filter(registry_enterprises::generation.eq(generation.id))
            .filter(registry_enterprises::neq.eq_any(at))
            .filter(registry_enterprises::successor.is_not_null())
            .select((registry_enterprises::neq, registry_enterprises::successor))
            .load(tx.conn)?;
        let into: std::collections::HashMap<String, String> =
            found.into_iter().filter_map(|(neq, into)| Some((neq, into?))).collect();
        let next = layer.iter().filter_map(|(neq, at)| Some((neq.clone(), into.get(at)?.clone())));
        layer = next.filter(|pair| pair.0 != pair.1 && !all.contains(pair)).collect();
        if layer.is_empty() {
            break;
        }
        all.extend(layer.iter().cloned());
    }
    Ok(all)
}

/// A name of the register.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = registry_names)]
pub struct Name {
    pub id: i64,
    pub neq: String,
    pub name: String,
    pub in_force: bool,
}
