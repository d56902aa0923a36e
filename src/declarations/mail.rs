//! Which letters follow which event, to whom. Letters carry the reference, dates and a link; nothing confidential.

use chrono::NaiveDate;

use super::answers::Answers;
use super::kind::{Kind, Office, Outcome, Tone};
use super::reminders::{Waiting, holders_allowed};
use super::store::{self, Declaration};
use super::{filing, told_changes};
use crate::access::actor::Channel;
use crate::access::{Action, Actor, Role, Verdict, may};
use crate::app::Tx;
use crate::comments::Audience;
use crate::config::Detail;
use crate::custody;
use crate::error::Result;
use crate::formats;
use crate::outbox::letter::enqueue_with_calendar;
use crate::outbox::{Letter, enqueue};
use crate::people::store::Person;
use crate::people::{self, PersonId, roles, sessions};
use crate::programme::calendar::is_prior;
use crate::programme::feed::authorised_event;
use crate::programme::invitations;
use crate::text::Language;
use crate::texts::{Arg, say};

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
        let given = filing::given(&self.declarant, tx.today_at(&self.declarant.site));
        let mut lines = told_changes::in_words(&kind, (before, after), given, language);
        if lines.is_empty() {
            return Ok(None);
        }
        lines.insert(0, say(language, "letter-changes", &[]));
        Ok(Some(lines.join("\n")))
    }

    /// The letter `name` about this matter, for a recipient. What is sealed has words of its own.
    fn letter<'l>(&'l self, tx: &Tx<'_>, name: &'static str, to: &Person) -> Letter<'l>
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
    kind: &Kind,
    declaration: &Declaration,
    declarant: &Person,
    filing: Filing,
) -> Result<()> {
    let matter = Matter::from(tx, declaration, declarant.clone());
    if filing == Filing::New {
        let mut receipt = matter.letter(tx, "received", declarant);
        receipt.receipt = true;
        enqueue(tx, declarant, &receipt)?;
    }
    let name = if filing == Filing::New { "decide" } else { "corrected" };
    for holder in holders(tx, declaration)? {
        let mut letter = matter.letter(tx, name, &holder);
        letter.in_thread_of = (filing != Filing::New && !declaration.is_sealed()).then_some("decide");
        enqueue(tx, &holder, &letter)?;
    }
    if filing == Filing::New {
        for office in &kind.routing.also_told {
            // Whoever a rule warns, or who has the file, is told already.
            let warned = declaration.attention >= 2 && *office == Office::EthicsOfficer;
            if warned || declaration.office() == Some(*office) {
                continue;
            }
            for id in holders_allowed(tx, declaration, *office)? {
                let person = people::store::find(tx, id)?;
                let letter = matter.letter(tx, "copied", &person);
                enqueue(tx, &person, &letter)?;
            }
        }
    }
    if declaration.is_outside() {
        outside(tx, declaration)?;
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
        contract(tx, declaration)?;
    }
    Ok(())
}

/// To the contract-rules officer: a rule says that it concerns a contract process.
pub fn contract(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for id in roles::holders(tx, Role::ContractMonitor)? {
        if id != declaration.declarant_id && !store::is_barred(tx, declaration.id, id)? {
            let monitor = people::store::find(tx, id)?;
            let mut letter = matter.letter(tx, "contract", &monitor);
            letter.facts.retain(|(label, _)| *label == "letter-fact-reference");
            enqueue(tx, &monitor, &letter)?;
        }
    }
    Ok(())
}

/// E11. What was told after the decision is to be read: to whoever decided, to whoever has the file from now on, and to the ethics
/// officers, with what changed in words (`told_changes.rs`); of a confidential matter, nothing of it.
pub fn told_after(tx: &mut Tx<'_>, declaration: &Declaration, before: &Answers) -> Result<()> {
    if declaration.is_outside() {
        outside(tx, declaration)?;
    }
    let mut told = holders(tx, declaration)?;
    told.extend(decider_told(tx, declaration)?);
    told.extend(ethics_officers(tx, declaration)?);
    let matter = Matter::of(tx, declaration)?;
    let after = declaration.answers()?;
    let mut done = Vec::new();
    for person in told {
        if done.contains(&person.id) {
            continue;
        }
        done.push(person.id);
        let mut letter = matter.letter(tx, "told-after", &person);
        let decided = declaration.decider_id == Some(person.id);
        letter.args.push(("decided", Arg::from(if decided { "yes" } else { "no" })));
        letter.quote = matter.changes(tx, (before, &after), Language::parse(&person.language))?;
        enqueue(tx, &person, &letter)?;
    }
    Ok(())
}

/// Whoever decided, when they may still read the file: advice is read by whoever holds the office today, not by whoever once gave
/// it. Never the declarant, nor somebody who is barred from it.
fn decider_told(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Option<Person>> {
    let Some(decider) = declaration.decider_id.filter(|decider| *decider != declaration.declarant_id) else {
        return Ok(None);
    };
    let barred = store::is_barred(tx, declaration.id, decider)?;
    let person = people::store::find(tx, decider)?;
    let Some(actor) = sessions::actor(tx, &person, Channel::Page, false)? else { return Ok(None) };
    let reads = may(&tx.book.access, &actor, Action::Read, &declaration.target(barred)) == Verdict::Allowed;
    Ok(reads.then_some(person))
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
        letter.in_thread_of = in_thread_of.filter(|_| !declaration.is_sealed());
        enqueue(tx, &holder, &letter)?;
    }
    Ok(())
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
pub fn rectification_asked(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for person in rectifiers(tx, declaration)? {
        enqueue(tx, &person, &matter.letter(tx, "rectify-asked", &person))?;
    }
    Ok(())
}

/// A request for rectification still waits, to whoever answers.
pub fn rectification_due(tx: &mut Tx<'_>, declaration: &Declaration, due: NaiveDate) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for person in rectifiers(tx, declaration)? {
        let mut letter = matter.letter(tx, "rectify-due", &person);
        letter.args.push(("date", Arg::from(formats::format_date_long(due, Language::parse(&person.language)))));
        enqueue(tx, &person, &letter)?;
    }
    Ok(())
}

/// More time is taken to answer, to whom the file is about. The reason is in the product.
pub fn rectification_extended(tx: &mut Tx<'_>, declaration: &Declaration, due: NaiveDate) -> Result<()> {
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
pub fn rectification_answered(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let declarant = matter.declarant.clone();
    let letter = matter.letter(tx, "rectify-answered", &declarant);
    enqueue(tx, &declarant, &letter)
}

/// E23: something new about the company, to the declarant, to whoever has the file, and to the ethics officer. What is new
/// is in the product.
pub fn rescored(tx: &mut Tx<'_>, declaration: &Declaration, tell_contract_monitor: bool) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    let mut told = vec![matter.declarant.clone()];
    told.extend(holders(tx, declaration)?);
    if let Some(above) = declaration.supervisor_id
        && !store::is_barred(tx, declaration.id, above)?
    {
        told.push(people::store::find(tx, above)?);
    }
    told.extend(ethics_officers(tx, declaration)?);
    if tell_contract_monitor {
        for id in roles::holders(tx, Role::ContractMonitor)? {
            if !store::is_barred(tx, declaration.id, id)? {
                told.push(people::store::find(tx, id)?);
            }
        }
    }
    let mut done = Vec::new();
    for person in told {
        if done.contains(&person.id) {
            continue;
        }
        done.push(person.id);
        let mut letter = matter.letter(tx, "rescored", &person);
        // Nothing is due because of it.
        letter.facts.retain(|(label, _)| *label != "letter-fact-due");
        if let Some(company) = declaration.company_name.clone().filter(|_| matter.detail == Detail::Standard) {
            letter.facts.push(("letter-fact-company", company));
        }
        enqueue(tx, &person, &letter)?;
    }
    Ok(())
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

/// E2 again: somebody is asked to look at what a rule decided.
pub fn reopened(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_holders(tx, declaration, "decide", None)
}

/// Names whoever decided when it was in somebody else's place: « par X, pour Y ».
fn decided_by(tx: &mut Tx<'_>, declaration: &Declaration, language: Language) -> Result<Option<String>> {
    let (Some(by), Some(on_behalf_of)) = (declaration.decider_id, declaration.decided_for_id) else { return Ok(None) };
    let (by, on_behalf_of) = (people::store::find(tx, by)?.name(), people::store::find(tx, on_behalf_of)?.name());
    Ok(Some(say(language, "by-for", &[("who", Arg::from(by)), ("whom", Arg::from(on_behalf_of))])))
}

/// To the secretary general: a file waits for a decision that nobody here may take.
pub fn outside(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    to_office(tx, declaration, Office::SecretaryGeneral, "outside")
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

fn to_office(tx: &mut Tx<'_>, declaration: &Declaration, office: Office, name: &'static str) -> Result<()> {
    let matter = Matter::of(tx, declaration)?;
    for id in holders_allowed(tx, declaration, office)? {
        let holder = people::store::find(tx, id)?;
        let letter = matter.letter(tx, name, &holder);
        enqueue(tx, &holder, &letter)?;
    }
    Ok(())
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
        super::workflow::State::InfoRequested => "question",
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
