//! Letters to whoever has a file from now on, and to whoever had it.

use super::{Matter, ethics_officers, holders, to_holders, to_office};
use crate::app::Tx;
use crate::declarations::kind::Office;
use crate::declarations::store::{self, Declaration};
use crate::error::Result;
use crate::outbox::enqueue;
use crate::people::{self, PersonId};

/// E2 to the ethics officer, to whom the file was handed.
pub fn referred(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "referred", None)
}

/// E2 to the person who decides from now on.
pub fn sent_back(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "decide", None)
}

/// E2 again: somebody is asked to look at what a rule decided.
pub fn reopened(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "decide", None)
}

/// To the secretary general: a file waits for a decision that nobody here may take.
pub fn outside(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_office(tx, declaration, Office::SecretaryGeneral, "outside")
}

/// A direction is asked: to the deputy minister's office, or to the secretary general when it comes from outside; the
/// declarant is told.
pub fn direction_asked(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    if declaration.is_outside() {
        outside(tx, declaration)?;
    } else {
        to_holders(tx, declaration, "direction", None)?;
    }
    let matter = Matter::of(tx, declaration)?;
    let letter = matter.letter(tx, "direction-asked", &matter.declarant);
    enqueue(tx, &matter.declarant, &letter)
}

/// The direction is given: to the ethics officers who advise, and to the supervisor who applies it.
pub fn directed(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let mut readers = ethics_officers(tx, declaration)?;
    if let Some(above) = declaration.supervisor_id
        && !store::is_barred(tx, declaration.id, above)?
    {
        readers.push(people::store::find(tx, above)?);
    }
    for reader in readers.into_iter().filter(|reader| Some(reader.id) != declaration.decider_id) {
        let letter = matter.letter(tx, "directed", &reader);
        enqueue(tx, &reader, &letter)?;
    }
    Ok(())
}

/// E4 to whoever has it from now on: why it comes to them, and who had it.
pub fn passed_up(tx: &mut Tx<'_>, declaration: &Declaration, before: Option<PersonId>) -> Result<()> {
    let before = before.map(|before| people::store::find(tx, before)).transpose()?;
    let matter = Matter::of(tx, declaration)?;
    for holder in holders(tx, declaration)? {
        let mut letter = matter.letter(tx, "passed-up", &holder);
        if let Some(before) = &before {
            letter.facts.push(("letter-fact-before", before.name()));
        }
        enqueue(tx, &holder, &letter)?;
    }
    Ok(())
}

/// E4: a file went up the line; whoever had it is told.
pub fn passed_on(tx: &mut Tx<'_>, declaration: &Declaration, before: PersonId) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let to = people::store::find(tx, before)?;
    let mut letter = matter.letter(tx, "passed-on", &to);
    "/a-traiter".clone_into(&mut letter.link);
    enqueue(tx, &to, &letter)
}
