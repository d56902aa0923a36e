//! Letters about comments. They hold nothing of them.

use super::Audience;
use crate::access::Actor;
use crate::app::Tx;
use crate::declarations::mail::{Matter, holders};
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::outbox::enqueue;
use crate::people::{self, PersonId};

/// E24: a comment, to whoever is mentioned in it, to the declarant when it is written for them, and to whoever has the
/// file when they write. The letter holds nothing of it.
pub fn commented(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    author: &Actor,
    audience: Audience,
    mentions: Vec<PersonId>,
) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let mut told = mentions;
    if audience == Audience::Person && declaration.declarant_id != author.person {
        told.push(declaration.declarant_id);
    } else if declaration.declarant_id == author.person {
        told.extend(holders(tx, declaration)?.into_iter().map(|holder| holder.id));
    }
    told.sort_unstable();
    told.dedup();
    for id in told.into_iter().filter(|id| *id != author.person) {
        let person = people::store::find(tx, id)?;
        let mut letter = matter.letter(tx, "commented", &person);
        // Nothing is due because of a comment.
        letter.facts.retain(|(label, _)| *label != "letter-fact-due");
        enqueue(tx, &person, &letter)?;
    }
    Ok(())
}
