//! Letters about what waits, and about what is late.

use super::{Matter, ethics_officers};
use crate::app::Tx;
use crate::declarations::reminders::Waiting;
use crate::declarations::store::Declaration;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::outbox::{Letter, enqueue};
use crate::people::{self, PersonId};
use crate::texts::Arg;

/// E3: one letter for everything that waits for a person.
pub fn reminder(tx: &mut Tx<'_>, person: PersonId, waiting: &[Waiting]) -> Result<()> {
    let to = people::store::find(tx, person)?;
    let [only] = waiting else {
        let measures = waiting.iter().filter(|each| matches!(each, Waiting::Measure(..))).count();
        let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
        let facts = waiting
            .iter()
            .filter(|each| !each.declaration().is_sealed())
            .filter_map(|each| each.declaration().reference.clone())
            .map(|reference| ("letter-fact-reference", reference))
            .collect();
        let letter = Letter {
            name: "reminder",
            declaration: None,
            reference: None,
            args: vec![("count", Arg::from(count))],
            facts,
            quote: None,
            link: match measures {
                0 => "/a-traiter",
                all if all == waiting.len() => "/mesures",
                _ => "/",
            }
            .into(),
            in_thread_of: None,
            receipt: false,
        };
        return enqueue(tx, &to, &letter);
    };
    let only = match only {
        Waiting::File(declaration) => declaration.as_ref(),
        Waiting::Measure(measure, declaration) => {
            return enqueue(tx, &to, &crate::measures::mail::reminder(measure, declaration, &to));
        }
    };
    let matter = Matter::of(tx, only)?;
    let mut letter = matter.letter(tx, "reminder", &to);
    letter.args.push(("count", Arg::from(1)));
    // A sealed file has a reminder without words of its own: they would say what it is.
    letter.in_thread_of = (!only.is_sealed()).then_some(match only.state() {
        State::InfoRequested => "question",
        state if state.is_decided() => "follow-up",
        _ => "decide",
    });
    if only.is_sealed() {
        letter.link = if to.id == only.declarant_id { "/mes-declarations".into() } else { "/a-traiter".into() };
    }
    enqueue(tx, &to, &letter)
}

/// To the ethics officers: a decision is late.
pub fn escalated(tx: &mut Tx<'_>, declaration: &Declaration, days_late: i64) -> Result<usize> {
    let matter = Matter::of(tx, declaration)?;
    let officers = ethics_officers(tx, declaration)?;
    for officer in &officers {
        let mut letter = matter.letter(tx, "escalated", officer);
        letter.args.push(("days", Arg::from(days_late)));
        enqueue(tx, officer, &letter)?;
    }
    Ok(officers.len())
}
