//! Which letters follow what happens to a measure. They carry the reference, a day and a link, never what was asked nor
//! why: a measure is confidential (design §5).

use super::actions::{overseers, verifiers};
use super::store::Measure;
use crate::app::Tx;
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::formats;
use crate::outbox::{Letter, enqueue};
use crate::people::store::Person;
use crate::people::{self, PersonId};
use crate::text::Language;
use crate::texts::Arg;

/// The letter `name` about a measure, for a recipient.
fn letter<'l>(name: &'static str, measure: &Measure, declaration: &'l Declaration, to: &Person) -> Letter<'l> {
    let language = Language::parse(&to.language);
    let reference = declaration.reference.as_deref().unwrap_or("");
    let due = formats::format_date_long(measure.due_on, language);
    let facts = vec![
        ("letter-fact-reference", reference.to_owned()),
        ("letter-fact-measure", measure.number.to_string()),
        ("letter-fact-due", due.clone()),
    ];
    let args = vec![
        ("ref", Arg::from(reference)),
        ("due", Arg::from(due)),
        ("dueshort", Arg::from(formats::format_date_short(measure.due_on, language))),
    ];
    Letter {
        name,
        declaration: Some(declaration.id),
        reference: declaration.reference.as_deref(),
        args,
        facts,
        quote: None,
        link: format!("/mesures/{}", measure.id),
        in_thread_of: None,
        receipt: false,
    }
}

fn send(
    tx: &mut Tx<'_>,
    name: &'static str,
    measure: &Measure,
    declaration: &Declaration,
    to: &[PersonId],
) -> Result<usize> {
    for id in to {
        let person = people::store::find(tx, *id)?;
        let mut letter = letter(name, measure, declaration, &person);
        if matches!(name, "obligation-verified" | "obligation-lifted") {
            // Nothing is expected any more on that day.
            letter.facts.retain(|(label, _)| *label != "letter-fact-due");
        }
        enqueue(tx, &person, &letter)?;
    }
    Ok(to.len())
}

/// Somebody else than the declarant is asked for it.
pub fn given(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration) -> Result<()> {
    send(tx, "obligation-given", measure, declaration, &[measure.owner_id]).map(drop)
}

/// A proof waits for whoever verifies.
pub fn proof(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration) -> Result<()> {
    let to = verifiers(tx, measure, declaration)?;
    send(tx, "obligation-proof", measure, declaration, &to).map(drop)
}

pub fn sent_back(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration) -> Result<()> {
    send(tx, "obligation-sent-back", measure, declaration, &[measure.owner_id]).map(drop)
}

pub fn verified(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration) -> Result<()> {
    send(tx, "obligation-verified", measure, declaration, &[measure.owner_id]).map(drop)
}

pub fn lifted(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration) -> Result<()> {
    send(tx, "obligation-lifted", measure, declaration, &[measure.owner_id]).map(drop)
}

/// E21: a lasting measure is to be confirmed.
pub fn review(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration) -> Result<usize> {
    let to = verifiers(tx, measure, declaration)?;
    send(tx, "obligation-review", measure, declaration, &to)
}

/// The owner must show it again; those who oversee it know that it did not hold.
pub fn denied(tx: &mut Tx<'_>, measure: &Measure, declaration: &Declaration, by: PersonId) -> Result<()> {
    send(tx, "obligation-sent-back", measure, declaration, &[measure.owner_id])?;
    let mut told = overseers(tx, declaration)?;
    told.retain(|id| *id != by);
    send(tx, "obligation-denied", measure, declaration, &told).map(drop)
}

/// To each of those who oversee them, one letter for all the measures that became late, among those they may see.
pub fn overdue(tx: &mut Tx<'_>, late: &[(Measure, Declaration)]) -> Result<usize> {
    let mut by_person: Vec<(PersonId, Vec<&(Measure, Declaration)>)> = Vec::new();
    for each in late {
        for person in overseers(tx, &each.1)? {
            match by_person.iter_mut().find(|(id, _)| *id == person) {
                Some((_, list)) => list.push(each),
                None => by_person.push((person, vec![each])),
            }
        }
    }
    for (id, list) in &by_person {
        let person = people::store::find(tx, *id)?;
        let count = i64::try_from(list.len()).unwrap_or(i64::MAX);
        let references = list.iter().filter_map(|(_, declaration)| declaration.reference.clone());
        let letter = Letter {
            args: vec![("count", Arg::from(count))],
            facts: references.map(|reference| ("letter-fact-reference", reference)).collect(),
            ..Letter::plain("obligations-overdue", "/mesures?vue=toutes&etat=en-retard")
        };
        enqueue(tx, &person, &letter)?;
    }
    Ok(by_person.len())
}

/// The one reminder of the day, when it is about a single measure: it continues the letter that asked (E21).
pub fn reminder<'l>(measure: &Measure, declaration: &'l Declaration, to: &Person) -> Letter<'l> {
    let mut letter = letter("reminder", measure, declaration, to);
    letter.args.push(("count", Arg::from(1)));
    letter.in_thread_of = Some("obligation-review");
    letter
}
