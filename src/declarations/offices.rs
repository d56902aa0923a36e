//! An office changes hands: a role begins or ends, its holder leaves or comes back, or has somebody else above them. Whoever
//! holds it from now on may have an interest that nobody weighed when a file came to it, and whoever is left may have one in
//! all that remains: what waits there is looked at again, once for each change.

use diesel::prelude::*;

use super::handover;
use super::kind::Office;
use super::routing;
use super::store;
use super::workflow::State;
use crate::access::Role;
use crate::app::Tx;
use crate::db::schema::{barred, declarations, office_holders};
use crate::error::Result;
use crate::people::chart::Line;
use crate::people::{PersonId, absences, roles};

/// Offices in whose queue a file waits.
const DECIDING: [Office; 3] = [Office::EthicsOfficer, Office::SecretaryGeneral, Office::DeputyMinister];

/// Looks again at the files of the offices whose holders are not those of the last time. Returns how many moved.
pub fn follow(tx: &mut Tx<'_>) -> Result<usize> {
    follow_chart(tx, &|_| false)
}

/// The same after a change of chart; `touched` says whose line of authority is another.
pub fn follow_chart(tx: &mut Tx<'_>, touched: &dyn Fn(PersonId) -> bool) -> Result<usize> {
    let held = roles::all_holders(tx)?;
    let known: Vec<(String, PersonId)> =
        office_holders::table.select((office_holders::office, office_holders::person_id)).load(tx.conn)?;
    let mut moved = 0;
    for office in DECIDING {
        let role = Role::of_office(office);
        let mut holders: Vec<PersonId> =
            held.iter().filter(|(held, _)| Some(*held) == role).map(|(_, person)| *person).collect();
        holders.sort_unstable();
        holders.dedup();
        let before: Vec<PersonId> =
            known.iter().filter(|(known, _)| known == office.as_str()).map(|(_, person)| *person).collect();
        let newly: Vec<PersonId> =
            holders.iter().copied().filter(|person| !before.contains(person) || touched(*person)).collect();
        if newly.is_empty() && before.iter().all(|person| holders.contains(person)) {
            continue;
        }
        keep(tx, office, &holders)?;
        moved += review(tx, office, &newly)?;
    }
    Ok(moved)
}

/// Keeps who holds an office as its files are looked at.
fn keep(tx: &mut Tx<'_>, office: Office, holders: &[PersonId]) -> Result<()> {
    let of_office = office_holders::table.filter(office_holders::office.eq(office.as_str()));
    diesel::delete(of_office).execute(tx.conn)?;
    for person in holders {
        diesel::insert_into(office_holders::table)
            .values((office_holders::office.eq(office.as_str()), office_holders::person_id.eq(*person)))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Keeps newcomers out of the files in which they have an interest, and sends on those that nobody left may decide.
fn review(tx: &mut Tx<'_>, office: Office, newly: &[PersonId]) -> Result<usize> {
    let waiting: Vec<i64> = declarations::table
        .filter(declarations::holder_office.eq(office.as_str()))
        .order(declarations::id.asc())
        .select(declarations::id)
        .load(tx.conn)?;
    let mut moved = 0;
    for declaration in waiting {
        keep_out(tx, declaration, office, newly)?;
        moved += usize::from(handover::reroute(tx, declaration)?);
    }
    if office == Office::EthicsOfficer {
        // It reads more than its queue: what is sealed, open or not, and the whole register.
        for declaration in about_those_above(tx, newly)? {
            keep_out(tx, declaration, office, newly)?;
        }
    }
    Ok(moved)
}

/// The files, closed ones too, of those above some people, or that name one of them.
fn about_those_above(tx: &mut Tx<'_>, people: &[PersonId]) -> Result<Vec<i64>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let line = Line::read(tx, people, absences::EVERYTHING)?;
    let mut above: Vec<PersonId> = people.iter().flat_map(|person| routing::above(&line, *person)).collect();
    above.sort_unstable();
    above.dedup();
    let mut found: Vec<i64> = declarations::table
        .filter(declarations::declarant_id.eq_any(&above))
        .filter(declarations::state.ne(State::Draft.as_str()))
        .select(declarations::id)
        .load(tx.conn)?;
    // Whoever a file names is barred from it.
    found.extend(
        barred::table.filter(barred::person_id.eq_any(&above)).select(barred::declaration_id).load::<i64>(tx.conn)?,
    );
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Bars newcomers to an office from a file as they would have been, had they held it when the file came.
fn keep_out(tx: &mut Tx<'_>, declaration: i64, office: Office, newly: &[PersonId]) -> Result<()> {
    if newly.is_empty() {
        return Ok(());
    }
    let declaration = store::find_unguarded(tx, declaration)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let case = handover::case(tx, &kind, &declaration)?;
    let people: Vec<PersonId> = case.named.iter().copied().chain([declaration.declarant_id]).collect();
    let line = Line::read(tx, &people, &kind.id)?;
    // What is sealed stays in the list of the office that answered it.
    let answered = declaration.is_sealed() && declaration.decided_step.as_deref() == Some(office.as_str());
    let queue = Some(office).filter(|office| declaration.office() == Some(*office) || answered);
    let mut out = routing::kept_out(&line, &case, queue);
    out.retain(|person| newly.contains(person));
    store::bar(tx, declaration.id, &out)
}
