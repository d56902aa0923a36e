//! Letters about requests for rectification. They hold nothing of what is asked, nor of the answer.

use chrono::NaiveDate;

use crate::access::Role;
use crate::app::Tx;
use crate::declarations::mail::{Matter, decider_told, ethics_officers};
use crate::declarations::store::{self, Declaration};
use crate::error::Result;
use crate::formats;
use crate::outbox::enqueue;
use crate::people::store::Person;
use crate::people::{self, PersonId, roles};
use crate::text::Language;
use crate::texts::Arg;

/// Whoever answers requests for rectification of a file: the ethics office; the secretary general, when it may not.
fn rectifiers(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<Person>> {
    let mut told = ethics_officers(tx, declaration)?;
    told.retain(|person| person.id != declaration.declarant_id);
    if told.is_empty() {
        for id in roles::holders(tx, Role::SecretaryGeneral)? {
            if id != declaration.declarant_id && !store::is_barred(tx, declaration.id, id)? {
                told.push(people::store::find(tx, id)?);
            }
        }
    }
    Ok(told)
}

/// A request for rectification, to whoever answers; never to whom it is about. The letter holds nothing of it.
pub fn asked(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for person in rectifiers(tx, declaration)? {
        enqueue(tx, &person, &matter.letter(tx, "rectify-asked", &person))?;
    }
    Ok(())
}

/// A request for rectification still waits, to whoever answers.
pub fn due(tx: &mut Tx<'_>, declaration: &Declaration, due: NaiveDate) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for person in rectifiers(tx, declaration)? {
        let mut letter = matter.letter(tx, "rectify-due", &person);
        letter.args.push(("date", Arg::from(formats::format_date_long(due, Language::parse(&person.language)))));
        enqueue(tx, &person, &letter)?;
    }
    Ok(())
}

/// More time is taken to answer, to whom the file is about. The reason is in the product.
pub fn extended(tx: &mut Tx<'_>, declaration: &Declaration, due: NaiveDate) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let declarant = matter.declarant.clone();
    let mut letter = matter.letter(tx, "rectify-extended", &declarant);
    letter.args.push(("date", Arg::from(formats::format_date_long(due, Language::parse(&declarant.language)))));
    enqueue(tx, &declarant, &letter)
}

/// E11. What somebody decided on is annotated since: to whoever decided, unless they granted it. What it says is in the product.
pub fn rectified(tx: &mut Tx<'_>, declaration: &Declaration, granted_by: PersonId) -> Result<()> {
    let Some(decider) = decider_told(tx, declaration)?.filter(|decider| decider.id != granted_by) else {
        return Ok(());
    };
    let matter = Matter::of(tx, declaration)?;
    let mut letter = matter.letter(tx, "rectified", &decider);
    // Nothing is due because of it.
    letter.facts.retain(|(label, _)| *label != "letter-fact-due");
    enqueue(tx, &decider, &letter)
}

/// The answer to a request for rectification, to whom the file is about.
pub fn answered(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let declarant = matter.declarant.clone();
    let letter = matter.letter(tx, "rectify-answered", &declarant);
    enqueue(tx, &declarant, &letter)
}
