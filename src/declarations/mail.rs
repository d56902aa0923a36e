//! Which letters follow which event, to whom. Letters carry the reference, dates and a link; nothing confidential.

use chrono::NaiveDate;

use super::kind::{Kind, Office, Outcome, Tone};
use super::reminders::holders_allowed;
use super::store::{self, Declaration};
use crate::access::Role;
use crate::app::Tx;
use crate::config::Detail;
use crate::error::Result;
use crate::formats;
use crate::outbox::letter::enqueue_with_calendar;
use crate::outbox::{Letter, enqueue};
use crate::people::store::Person;
use crate::people::{self, PersonId, roles};
use crate::programme::calendar::is_prior;
use crate::programme::feed::authorised_event;
use crate::programme::invitations;
use crate::text::Language;
use crate::texts::Arg;

/// A first version, or a correction before the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filing {
    New,
    Correction {
        /// The rules see something that they did not see in the version before.
        newly_flagged: bool,
    },
}

/// What every letter about a declaration can say.
struct Matter<'m> {
    declaration: &'m Declaration,
    declarant: Person,
    detail: Detail,
}

impl<'m> Matter<'m> {
    fn of(tx: &mut Tx<'_>, declaration: &'m Declaration) -> Result<Self> {
        let declarant = people::store::find(tx, declaration.declarant_id)?;
        let detail = if declaration.is_confidential() { Detail::Minimal } else { tx.book.config.letters.detail };
        Ok(Self { declaration, declarant, detail })
    }

    fn reference(&self) -> &'m str {
        self.declaration.reference.as_deref().unwrap_or("")
    }

    /// What follows the reference in a subject: the person, unless the matter is confidential.
    fn who(&self) -> String {
        match self.detail {
            Detail::Standard => format!(", {}", self.declarant.short_name()),
            Detail::Minimal => String::new(),
        }
    }

    /// The letter `name` about this matter, for a recipient.
    fn letter<'l>(&'l self, tx: &Tx<'_>, name: &'static str, to: &Person) -> Letter<'l>
    where
        'm: 'l,
    {
        let language = Language::parse(&to.language);
        let mut facts = vec![("letter-fact-reference", self.reference().to_owned())];
        if self.detail == Detail::Standard {
            if let Some(version) = tx.book.catalogue.kind(&self.declaration.kind) {
                facts.push(("letter-fact-kind", version.kind.title.get(language).to_owned()));
            }
            if to.id != self.declarant.id {
                facts.push(("letter-fact-person", self.declarant.name()));
            }
        }
        let due = self.declaration.due_on.map(|due| formats::format_date_long(due, language));
        let due_short = self.declaration.due_on.map(|due| formats::format_date_short(due, language));
        if let Some(due) = &due {
            facts.push(("letter-fact-due", due.clone()));
        }
        let args = vec![
            ("ref", Arg::from(self.reference())),
            ("who", Arg::from(self.who())),
            ("due", Arg::from(due.unwrap_or_default())),
            ("dueshort", Arg::from(due_short.unwrap_or_default())),
        ];
        Letter {
            name,
            declaration: Some(self.declaration.id),
            reference: self.declaration.reference.as_deref(),
            args,
            facts,
            quote: None,
            link: format!("/d/{}", self.reference()),
            in_thread_of: None,
            receipt: false,
        }
    }
}

/// The people who have the file now.
fn holders(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<Person>> {
    let ids = match (declaration.holder_id, declaration.office()) {
        (Some(person), _) => vec![person],
        (None, Some(office)) => holders_allowed(tx, declaration, office)?,
        (None, None) => Vec::new(),
    };
    ids.into_iter().map(|id| people::store::find(tx, id)).collect()
}

fn ethics_officers(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<Person>> {
    holders_allowed(tx, declaration, Office::EthicsOfficer)?.into_iter().map(|id| people::store::find(tx, id)).collect()
}

/// E1 to the declarant, E2 to whoever decides (E11 for a correction), E12 to the ethics officer when flagged.
pub fn after_filing(
    tx: &mut Tx<'_>,
    _kind: &Kind,
    declaration: &Declaration,
    declarant: &Person,
    filing: Filing,
) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    if filing == Filing::New {
        let mut receipt = matter.letter(tx, "received", declarant);
        receipt.receipt = true;
        enqueue(tx, declarant, &receipt)?;
    }
    let name = if filing == Filing::New { "decide" } else { "corrected" };
    for holder in holders(tx, declaration)? {
        let mut letter = matter.letter(tx, name, &holder);
        letter.in_thread_of = (filing != Filing::New).then_some("decide");
        enqueue(tx, &holder, &letter)?;
    }
    let findings = declaration.findings()?;
    // The ethics officer is told once of a finding, however many versions have it.
    let flagged = filing != Filing::Correction { newly_flagged: false } && declaration.attention >= 2;
    if flagged && declaration.office() != Some(Office::EthicsOfficer) {
        for officer in ethics_officers(tx, declaration)? {
            let letter = matter.letter(tx, "flagged", &officer);
            enqueue(tx, &officer, &letter)?;
        }
    }
    if filing == Filing::New && findings.iter().any(|finding| finding.tell_contract_monitor) {
        for id in roles::holders(tx, Role::ContractMonitor)? {
            if id != declaration.declarant_id && !store::is_barred(tx, declaration.id, id)? {
                let monitor = people::store::find(tx, id)?;
                let mut letter = matter.letter(tx, "contract", &monitor);
                // The monitor may not open the declaration; the letter is the notice.
                "/".clone_into(&mut letter.link);
                letter.facts.retain(|(label, _)| *label == "letter-fact-reference");
                enqueue(tx, &monitor, &letter)?;
            }
        }
    }
    Ok(())
}

pub fn after_withdrawal(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    holder: (Option<PersonId>, Option<Office>),
) -> Result<()> {
    let mut before = declaration.clone();
    before.holder_id = holder.0;
    before.holder_office = holder.1.map(|office| office.as_str().to_owned());
    let matter = Matter::of(tx, declaration)?;
    for person in holders(tx, &before)? {
        let mut letter = matter.letter(tx, "withdrawn", &person);
        if holder.1.is_none() {
            // Whoever had it cannot open it any more unless they supervise the person.
            "/a-traiter".clone_into(&mut letter.link);
        }
        enqueue(tx, &person, &letter)?;
    }
    Ok(())
}

/// E5. The question is in the product only when the matter is confidential.
pub fn question(tx: &mut Tx<'_>, declaration: &Declaration, _asker: PersonId, _due: NaiveDate) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let letter = matter.letter(tx, "question", &matter.declarant);
    enqueue(tx, &matter.declarant, &letter)
}

/// E6.
pub fn answered(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "answered", None)
}

/// E2 to the ethics officer, to whom the file was handed.
pub fn referred(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "referred", None)
}

/// The holder is told that an opinion is there.
pub fn opinion(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "opinion", Some("decide"))
}

/// E2 to the person who decides from now on.
pub fn sent_back(tx: &mut Tx<'_>, _kind: &Kind, declaration: &Declaration, _declarant: &Person) -> Result<()> {
    to_holders(tx, declaration, "decide", None)
}

fn to_holders(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    name: &'static str,
    in_thread_of: Option<&'static str>,
) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for holder in holders(tx, declaration)? {
        let mut letter = matter.letter(tx, name, &holder);
        letter.in_thread_of = in_thread_of;
        enqueue(tx, &holder, &letter)?;
    }
    Ok(())
}

/// E7, E8 or E9 to the declarant, E10 to the decider.
pub fn decided(tx: &mut Tx<'_>, declaration: &Declaration, outcome: &Outcome, decider: PersonId) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let name = match outcome.tone {
        // The subject of a letter says nothing of what was decided on a confidential matter.
        _ if matter.detail == Detail::Minimal => "decided",
        Tone::Positive => "approved",
        Tone::Conditional => "conditions",
        Tone::Negative => "refused",
        Tone::Neutral => "noted",
    };
    let mut letter = matter.letter(tx, name, &matter.declarant);
    let language = Language::parse(&matter.declarant.language);
    if matter.detail == Detail::Standard {
        letter.facts.push(("letter-fact-outcome", outcome.done.get(language).to_owned()));
    }
    let calendar = promised_date(tx, declaration, outcome, language)?;
    enqueue_with_calendar(tx, &matter.declarant, &letter, calendar.as_deref())?;
    let decider = people::store::find(tx, decider)?;
    let mut receipt = matter.letter(tx, "recorded", &decider);
    receipt.receipt = true;
    if matter.detail == Detail::Standard {
        let language = Language::parse(&decider.language);
        receipt.facts.push(("letter-fact-outcome", outcome.done.get(language).to_owned()));
    }
    enqueue(tx, &decider, &receipt)
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

/// E3: one letter for everything that waits for a person.
pub fn reminder(tx: &mut Tx<'_>, person: PersonId, waiting: &[Declaration]) -> Result<()> {
    let to = people::store::find(tx, person)?;
    let [only] = waiting else {
        let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
        let facts = waiting
            .iter()
            .filter_map(|declaration| declaration.reference.clone())
            .map(|reference| ("letter-fact-reference", reference))
            .collect();
        let letter = Letter {
            name: "reminder",
            declaration: None,
            reference: None,
            args: vec![("count", Arg::from(count))],
            facts,
            quote: None,
            link: "/a-traiter".into(),
            in_thread_of: None,
            receipt: false,
        };
        return enqueue(tx, &to, &letter);
    };
    let matter = Matter::of(tx, only)?;
    let mut letter = matter.letter(tx, "reminder", &to);
    letter.args.push(("count", Arg::from(1)));
    letter.in_thread_of = Some(match only.state() {
        super::workflow::State::InfoRequested => "question",
        state if state.is_decided() => "follow-up",
        _ => "decide",
    });
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
