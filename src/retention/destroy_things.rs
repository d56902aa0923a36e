//! One thing that is no file destroyed: its rows, the letters about it, the words of its events. A person leaves a bare number.

use diesel::prelude::*;

use super::people;
use super::store::Listed;
use super::things::{ThingKind, reference_of};
use crate::app::Tx;
use crate::db::schema::{
    clearance_lines, clearance_reasons, clearances, consultations, destroying_things, digest_items, events,
    incident_versions, legal_holds, letters, passport_rulings, passports, registrations, showcase_drafts,
    showcase_events, showcase_firms, showcase_questions, showcases,
};
use crate::error::{Error, Result};
use crate::journal;

/// Destroys a thing of a list that two people approved: the database itself refuses otherwise. Gives the events that lost their words,
/// and the digest of what is kept of them.
///
/// # Errors
/// The database does not answer, or refuses.
pub(super) fn thing(tx: &mut Tx<'_>, listed: &Listed) -> Result<(Vec<i64>, String)> {
    let kind = ThingKind::parse(&listed.kind).ok_or(Error::NotFound)?;
    let reference = listed.reference.as_str();
    diesel::insert_into(destroying_things::table)
        .values((destroying_things::kind.eq(kind.as_str()), destroying_things::reference.eq(reference)))
        .execute(tx.conn)?;
    let told = events_of(tx, kind, reference)?;
    let forgotten = journal::store::forget(tx, None, &told)?;
    match kind {
        ThingKind::Showcase => showcase(tx, reference)?,
        ThingKind::Passport => passport(tx, reference)?,
        ThingKind::Clearance => clearance(tx, reference)?,
        ThingKind::Incident => {
            diesel::delete(incident_versions::table.filter(incident_versions::number.eq(reference)))
                .execute(tx.conn)?;
        }
        ThingKind::Person => people::empty(tx, reference)?,
    }
    beside(tx, reference)?;
    diesel::delete(destroying_things::table.find((kind.as_str(), reference))).execute(tx.conn)?;
    Ok(forgotten)
}

/// The events that say what it is about, and whose words go with it.
fn events_of(tx: &mut Tx<'_>, kind: ThingKind, reference: &str) -> Result<Vec<i64>> {
    let rows: Vec<(i64, String)> = events::table
        .filter(events::event.eq_any(kind.events().to_vec()))
        .filter(events::declaration_id.is_null())
        .order(events::seq.asc())
        .select((events::seq, events::leaf))
        .load(tx.conn)?;
    Ok(rows.into_iter().filter(|(_, leaf)| is_about(leaf, reference)).map(|(seq, _)| seq).collect())
}

/// As the triggers of the database read a leaf.
fn is_about(leaf: &str, reference: &str) -> bool {
    let leaf: serde_json::Value = serde_json::from_str(leaf).unwrap_or_default();
    let Some(data) = leaf.get("data") else { return false };
    let said = |member: &str| data.get(member).and_then(serde_json::Value::as_str) == Some(reference);
    let person = data.get("person").and_then(serde_json::Value::as_i64);
    said("reference") || said("number") || said("thing") || person.is_some_and(|id| reference_of(id) == reference)
}

fn showcase(tx: &mut Tx<'_>, reference: &str) -> Result<()> {
    let id: i64 = showcases::table.filter(showcases::reference.eq(reference)).select(showcases::id).first(tx.conn)?;
    macro_rules! gone {
        ($($table:ident),+) => {
            $(diesel::delete($table::table.filter($table::showcase_id.eq(id))).execute(tx.conn)?;)+
        };
    }
    gone!(showcase_firms, showcase_questions, registrations, showcase_drafts, consultations, showcase_events);
    diesel::delete(showcases::table.find(id)).execute(tx.conn)?;
    Ok(())
}

fn passport(tx: &mut Tx<'_>, reference: &str) -> Result<()> {
    let id: i64 = passports::table.filter(passports::reference.eq(reference)).select(passports::id).first(tx.conn)?;
    diesel::delete(passport_rulings::table.filter(passport_rulings::passport_id.eq(id))).execute(tx.conn)?;
    diesel::delete(passports::table.find(id)).execute(tx.conn)?;
    Ok(())
}

fn clearance(tx: &mut Tx<'_>, number: &str) -> Result<()> {
    let id: i64 = clearances::table.filter(clearances::number.eq(number)).select(clearances::id).first(tx.conn)?;
    diesel::delete(clearance_reasons::table.filter(clearance_reasons::clearance_id.eq(id))).execute(tx.conn)?;
    diesel::delete(clearance_lines::table.filter(clearance_lines::clearance_id.eq(id))).execute(tx.conn)?;
    diesel::delete(clearances::table.find(id)).execute(tx.conn)?;
    Ok(())
}

/// Letters about it, and why it was held; that it was held, when and by whom stays.
fn beside(tx: &mut Tx<'_>, reference: &str) -> Result<()> {
    diesel::delete(letters::table.filter(letters::declaration_id.is_null()).filter(letters::reference.eq(reference)))
        .execute(tx.conn)?;
    let leading = digest_items::link.like(format!("%/{reference}%"));
    diesel::delete(digest_items::table.filter(digest_items::declaration_id.is_null()).filter(leading))
        .execute(tx.conn)?;
    diesel::update(legal_holds::table.filter(legal_holds::thing.eq(reference)))
        .set(legal_holds::reason.eq(""))
        .execute(tx.conn)?;
    if let Some(person) = super::things::person_of(reference) {
        diesel::update(legal_holds::table.filter(legal_holds::person_id.eq(person)))
            .set(legal_holds::reason.eq(""))
            .execute(tx.conn)?;
    }
    Ok(())
}
