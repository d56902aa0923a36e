//! Letters of questions, answers, opinions and decisions.

use super::{Matter, is_advice, to_holders};
use crate::app::Tx;
use crate::config::Detail;
use crate::custody;
use crate::declarations::kind::{Outcome, Tone};
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::formats;
use crate::outbox::enqueue;
use crate::outbox::letter::enqueue_with_calendar;
use crate::people::store::Person;
use crate::people::{self, PersonId};
use crate::programme::calendar::is_prior;
use crate::programme::feed::authorised_event;
use crate::programme::invitations;
use crate::text::Language;
use crate::texts::{Arg, say};

/// E5. The question is in the product only when the matter is confidential.
pub fn question(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let letter = matter.letter(tx, "question", &matter.declarant);
    enqueue(tx, &matter.declarant, &letter)
}

/// E6.
pub fn answered(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "answered", None)
}

/// The holder is told that an opinion is there.
pub fn opinion(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "opinion", Some("decide"))
}

/// E7, E8 or E9 to the declarant, E10 to the decider.
pub fn decided(tx: &mut Tx<'_>, declaration: &Declaration, outcome: &Outcome, decider: PersonId) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let name = match matter.detail {
        // The subject of a letter says nothing of what was decided on a confidential matter.
        Detail::Minimal => "decided",
        Detail::Standard => name_of(outcome, declaration.measures != "[]"),
    };
    let mut letter = matter.letter(tx, name, &matter.declarant);
    let language = Language::parse(&matter.declarant.language);
    if matter.detail == Detail::Standard {
        letter.args.push(("outcome", Arg::from(outcome.done.get(language).to_owned())));
        letter.facts.push(("letter-fact-outcome", outcome.done.get(language).to_owned()));
    }
    // Orienting elsewhere is no opinion: its letter says that a message waits.
    if is_advice(declaration) && !outcome.opinion {
        letter.name = "sealed-message";
    }
    if let Some(by) = decided_by(tx, declaration, language)? {
        letter.facts.push(("letter-fact-by", by));
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let to_the_state = kind.custody.as_ref().is_some_and(|custody| custody.outcome == outcome.id);
    if to_the_state && let Some(object) = custody::store::of_declaration(tx, declaration.id)? {
        let (due, _) = custody::actions::due(&object, tx.book, tx.today());
        letter.facts.push(("letter-fact-slip", object.number));
        letter.facts.push(("letter-fact-hand-over", formats::format_date_long(due, language)));
    }
    let calendar = promised_date(tx, declaration, outcome, language)?;
    enqueue_with_calendar(tx, &matter.declarant, &letter, calendar.as_deref())?;
    if declaration.is_sealed() {
        // Whoever answered knows it; one letter less that says so.
        return Ok(());
    }
    let decider = people::store::find(tx, decider)?;
    let mut receipt = matter.letter(tx, "recorded", &decider);
    receipt.receipt = true;
    if matter.detail == Detail::Standard {
        let language = Language::parse(&decider.language);
        receipt.facts.push(("letter-fact-outcome", outcome.done.get(language).to_owned()));
    }
    if let Some(by) = decided_by(tx, declaration, Language::parse(&decider.language))? {
        receipt.facts.push(("letter-fact-by", by));
    }
    enqueue(tx, &decider, &receipt)
}

/// The letter of a decision. Its subject and its sentence are those of the outcome: the kind file words it (« À retourner »);
/// the tone and what is asked choose the rest.
fn name_of(outcome: &Outcome, asks_measures: bool) -> &'static str {
    match outcome.tone {
        Tone::Negative => "refused",
        Tone::Positive | Tone::Conditional | Tone::Neutral if asks_measures => "conditions",
        Tone::Positive | Tone::Conditional => "approved",
        Tone::Neutral => "noted",
    }
}

/// Names whoever decided when it was in somebody else's place: « par X, pour Y ».
fn decided_by(tx: &mut Tx<'_>, declaration: &Declaration, language: Language) -> Result<Option<String>> {
    let (Some(by), Some(on_behalf_of)) = (declaration.decider_id, declaration.decided_for_id) else { return Ok(None) };
    let (by, on_behalf_of) = (people::store::find(tx, by)?.name(), people::store::find(tx, on_behalf_of)?.name());
    Ok(Some(say(language, "by-for", &[("who", Arg::from(by)), ("whom", Arg::from(on_behalf_of))])))
}

/// The date of an event that somebody may go to, as an entry of their calendar (ux.md §4.4).
fn promised_date(
    tx: &Tx<'_>,
    declaration: &Declaration,
    outcome: &Outcome,
    language: Language,
) -> Result<Option<String>> {
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let goes = is_prior(&kind) && matches!(outcome.tone, Tone::Positive | Tone::Conditional);
    let (Some(on), Some(reference), true) = (declaration.occurred_on, &declaration.reference, goes) else {
        return Ok(None);
    };
    let entry = authorised_event(tx, reference, on, language);
    Ok(Some(invitations::calendar(tx, &[entry], language)))
}

/// A rule decided: to the person, with what the law asks to be told (A-2.1, s. 65.2), and to the supervisor.
pub fn decided_automatically(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    outcome: &Outcome,
    supervisor: &Person,
) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for (to, name) in [(&matter.declarant, "ruled-alone"), (supervisor, "ruled-for-you")] {
        let mut letter = matter.letter(tx, name, to);
        letter.facts.retain(|(label, _)| *label != "letter-fact-due");
        if matter.detail == Detail::Standard {
            let language = Language::parse(&to.language);
            letter.facts.push(("letter-fact-outcome", outcome.done.get(language).to_owned()));
        }
        enqueue(tx, to, &letter)?;
    }
    Ok(())
}

/// The decision taken outside is recorded: to the declarant, and a receipt to whoever recorded it.
pub fn decided_outside(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    outcome: &Outcome,
    recorder: PersonId,
) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let recorder = people::store::find(tx, recorder)?;
    for (to, name) in [(&matter.declarant, "decided-outside"), (&recorder, "recorded-outside")] {
        let mut letter = matter.letter(tx, name, to);
        letter.receipt = to.id == recorder.id;
        if matter.detail == Detail::Standard {
            let language = Language::parse(&to.language);
            letter.facts.push(("letter-fact-outcome", outcome.done.get(language).to_owned()));
        }
        enqueue(tx, to, &letter)?;
    }
    Ok(())
}
