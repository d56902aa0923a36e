//! Which letters follow which event, to whom. Letters carry the reference, dates and a link; nothing confidential.

mod deciding;
mod filing;
mod handing;
mod reminding;

use super::answers::Answers;
use super::kind::Office;
use super::reminders::holders_allowed;
use super::store::{self, Declaration};
use super::{filing as filed, told_changes};
use crate::access::actor::Channel;
use crate::access::{Action, Verdict, may};
use crate::app::Tx;
use crate::config::Detail;
use crate::error::Result;
use crate::formats;
use crate::outbox::{Letter, enqueue};
use crate::people::store::Person;
use crate::people::{self, sessions};
use crate::text::Language;
use crate::texts::{Arg, say};

pub use deciding::{answered, decided, decided_automatically, decided_outside, opinion, question};
pub use filing::{after_filing, after_withdrawal, contract, told_after};
pub use handing::{directed, direction_asked, outside, passed_on, passed_up, referred, reopened, sent_back};
pub use reminding::{escalated, reminder};

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
pub(crate) struct Matter<'m> {
    declaration: &'m Declaration,
    pub(crate) declarant: Person,
    /// How much the letter may say.
    pub(crate) detail: Detail,
}

impl<'m> Matter<'m> {
    pub(crate) fn of(tx: &mut Tx<'_>, declaration: &'m Declaration) -> Result<Self> {
        let declarant = people::store::find(tx, declaration.declarant_id)?;
        Ok(Self::from(tx, declaration, declarant))
    }

    fn from(tx: &Tx<'_>, declaration: &'m Declaration, declarant: Person) -> Self {
        let detail = if declaration.is_confidential() { Detail::Minimal } else { tx.book.config.letters.detail };
        Self { declaration, declarant, detail }
    }

    /// What follows the reference in a subject: the person, unless the matter is confidential.
    fn who(&self) -> String {
        match self.detail {
            Detail::Standard => format!(", {}", self.declarant.short_name()),
            Detail::Minimal => String::new(),
        }
    }

    /// The reference, unless it would say too much: that of a concern in a mailbox that an assistant reads.
    fn written_reference(&self) -> Option<&'m str> {
        let told = !self.declaration.is_sealed() || is_advice(self.declaration);
        self.declaration.reference.as_deref().filter(|_| told)
    }

    /// What changed, set apart in a letter; nothing of it when the matter is confidential, or when letters say the least.
    fn changes(
        &self,
        tx: &Tx<'_>,
        (before, after): (&Answers, &Answers),
        language: Language,
    ) -> Result<Option<String>> {
        if self.detail == Detail::Minimal {
            return Ok(None);
        }
        let kind = tx.book.catalogue.version(self.declaration.kind_version_id)?;
        let given = filed::given(&self.declarant, tx.today_at(&self.declarant.site));
        let mut lines = told_changes::in_words(&kind, (before, after), given, language);
        if lines.is_empty() {
            return Ok(None);
        }
        lines.insert(0, say(language, "letter-changes", &[]));
        Ok(Some(lines.join("\n")))
    }

    /// The letter `name` about this matter, for a recipient. What is sealed has words of its own.
    pub(crate) fn letter<'l>(&'l self, tx: &Tx<'_>, name: &'static str, to: &Person) -> Letter<'l>
    where
        'm: 'l,
    {
        let language = Language::parse(&to.language);
        let name = sealed_name(self.declaration, name, to.id == self.declarant.id);
        let mut facts = Vec::new();
        if let Some(reference) = self.written_reference() {
            facts.push(("letter-fact-reference", reference.to_owned()));
        }
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
            ("ref", Arg::from(self.written_reference().unwrap_or(""))),
            ("who", Arg::from(self.who())),
            ("due", Arg::from(due.unwrap_or_default())),
            ("dueshort", Arg::from(due_short.unwrap_or_default())),
        ];
        Letter {
            name,
            declaration: Some(self.declaration.id),
            reference: self.written_reference(),
            args,
            facts,
            quote: None,
            // The key of the draft opens the file too, and says nothing.
            link: format!("/d/{}", self.written_reference().unwrap_or(&self.declaration.key)),
            in_thread_of: None,
            receipt: false,
        }
    }
}

/// Requests for advice have letters of their own (E13, E14): the person and the ethics officer know what it is about.
fn is_advice(declaration: &Declaration) -> bool {
    declaration.kind == "advice_request"
}

/// Name of the letter that says the same of a sealed file, without telling what it is.
fn sealed_name(declaration: &Declaration, name: &'static str, to_declarant: bool) -> &'static str {
    if !declaration.is_sealed() || name == "reminder" {
        return name;
    }
    match (name, is_advice(declaration)) {
        ("received", true) => "private-received",
        ("decide", true) => "private-asked",
        ("decided", true) => "private-given",
        ("received", false) => "sealed-received",
        _ if to_declarant => "sealed-message",
        _ => "sealed-file",
    }
}

/// The people who have the file now.
pub(crate) fn holders(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<Person>> {
    let ids = match (declaration.holder_id, declaration.office()) {
        (Some(person), _) => vec![person],
        (None, Some(office)) => holders_allowed(tx, declaration, office)?,
        (None, None) => Vec::new(),
    };
    ids.into_iter().map(|id| people::store::find(tx, id)).collect()
}

pub(crate) fn ethics_officers(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Vec<Person>> {
    holders_allowed(tx, declaration, Office::EthicsOfficer)?.into_iter().map(|id| people::store::find(tx, id)).collect()
}

/// Whoever decided, when they may still read the file: advice is read by whoever holds the office today, not by whoever once gave
/// it. Never the declarant, nor somebody who is barred from it.
pub(crate) fn decider_told(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Option<Person>> {
    let Some(decider) = declaration.decider_id.filter(|decider| *decider != declaration.declarant_id) else {
        return Ok(None);
    };
    let barred = store::is_barred(tx, declaration.id, decider)?;
    let person = people::store::find(tx, decider)?;
    let Some(actor) = sessions::actor(tx, &person, Channel::Page, false)? else { return Ok(None) };
    let reads = may(&tx.book.access, &actor, Action::Read, &declaration.target(barred)) == Verdict::Allowed;
    Ok(reads.then_some(person))
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
        letter.in_thread_of = in_thread_of.filter(|_| !declaration.is_sealed());
        enqueue(tx, &holder, &letter)?;
    }
    Ok(())
}

fn to_office(tx: &mut Tx<'_>, declaration: &Declaration, office: Office, name: &'static str) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for id in holders_allowed(tx, declaration, office)? {
        let holder = people::store::find(tx, id)?;
        let letter = matter.letter(tx, name, &holder);
        enqueue(tx, &holder, &letter)?;
    }
    Ok(())
}
