//! The use cases. Each is one function in one transaction: load and ask the policy, move along the workflow, save
//! unless somebody else did, record the event, write the letters.

use super::afterwards;
use super::answers::Answers;
use super::deadlines;
use super::direction;
use super::drafts;
use super::filing;
use super::handing::{self, hand_over};
use super::kind::{Kind, Need, Office, Outcome, Phase, Then};
use super::mail;
use super::renewal;
use super::routing::Decider;
use super::store::{self, Authorized, Declaration};
use super::workflow::{Command, State, next};
use crate::access::{self, Action, Actor};
use crate::app::Tx;
use crate::clock;
use crate::db::search;
use crate::error::{Error, FieldError, Result};
use crate::journal::event::Filed;
use crate::journal::{self, Event};
use crate::measures;
use crate::measures::wishes::{self, Order, Wish};
use crate::people;
use crate::people::store::Person;
use crate::programme::passports;
use crate::text::Language;

/// Files a draft: the declaration gets its number, its decider and its due date.
pub fn submit(tx: &mut Tx<'_>, actor: &Actor, slug: &str, attested: bool) -> Result<Declaration> {
    let Authorized { declaration, declarant, .. } = store::authorized(tx, actor, slug, Action::Submit)?;
    if declaration.state() != State::Draft {
        return Err(Error::NotPossible("not-possible-submit"));
    }
    file_first(tx, actor, declaration, &declarant, attested)
}

/// Opens a declaration and files it in one go: nothing is kept of one that cannot be filed.
pub fn submit_new(tx: &mut Tx<'_>, actor: &Actor, kind: &str, known: &Answers, attested: bool) -> Result<Declaration> {
    let (draft, declarant) = drafts::begin(tx, actor, kind, known)?;
    access::require(&tx.book.access, actor, Action::Submit, &draft.target(false))?;
    file_first(tx, actor, draft, &declarant, attested)
}

/// The first version of a declaration.
fn file_first(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut declaration: Declaration,
    declarant: &Person,
    attested: bool,
) -> Result<Declaration> {
    if !attested {
        return Err(Error::field("attestation", "error-attestation"));
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    if !tx.book.access.files(&kind.id, actor) {
        return Err(Error::NotAllowed);
    }
    let mut answers = declaration.answers()?;
    filing::check(tx, &kind, &mut answers, declarant)?;
    let series = format!("{}-{}", kind.prefix, clock::fiscal_year(tx.today()));
    let number = if kind.is_sealed() { store::free_number(tx, &series)? } else { store::next_number(tx, &series)? };
    declaration.reference = Some(format!("{series}-{number:06}"));
    declaration.first_filed_at = Some(tx.now());
    // The person may have moved since the draft was opened.
    declaration.unit_id = declarant.unit_id;
    declaration.supervisor_id = declarant.supervisor_id.filter(|_| !kind.is_sealed());
    declaration.regime.clone_from(&declarant.regime);
    let filed = file(tx, actor, &kind, &mut declaration, declarant, answers, false)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::Submitted(filed))?;
    super::automatic::decide(tx, &kind, &mut declaration)?;
    mail::after_filing(tx, &kind, &declaration, declarant, mail::Filing::New)?;
    drafts::open_linked(tx, &kind, &declaration, Phase::Filing)?;
    if kind.id == renewal::KIND {
        renewal::settle(tx, declaration.declarant_id)?;
    }
    Ok(declaration)
}

/// Files a new version before the decision; the decider sees the difference.
pub fn correct(tx: &mut Tx<'_>, actor: &Actor, slug: &str, attested: bool) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Correct)?;
    if !declaration.state().is_pending() {
        return Err(Error::NotPossible("not-possible-correct"));
    }
    if !attested {
        return Err(Error::field("attestation", "error-attestation"));
    }
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let declarant = people::store::find(tx, declaration.declarant_id)?;
    let mut answers = declaration.working_answers()?;
    filing::check(tx, &kind, &mut answers, &declarant)?;
    let before = declaration.findings()?;
    let filed = file(tx, actor, &kind, &mut declaration, &declarant, answers, true)?;
    let newly_flagged = filed.findings.iter().any(|finding| !before.iter().any(|known| known.rule == finding.rule));
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::Corrected(filed))?;
    mail::after_filing(tx, &kind, &declaration, &declarant, mail::Filing::Correction { newly_flagged })?;
    Ok(declaration)
}

/// What filing and correcting share: facts, findings, route, version.
fn file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &Kind,
    declaration: &mut Declaration,
    declarant: &Person,
    mut answers: Answers,
    correction: bool,
) -> Result<Filed> {
    let on_file = declaration.clone();
    filing::extract_facts(tx, kind, &mut answers, declaration)?;
    let assessment = filing::assess(tx, kind, &answers, declaration, declarant)?;
    declaration.contract_linked |= filing::opens_to_contract_monitor(&on_file, &assessment.findings)?;
    let to_ethics = matches!(assessment.route.decider, Decider::Office(Office::EthicsOfficer));
    let command = if correction { Command::Correct { to_ethics } } else { Command::Submit { to_ethics } };
    let before = declaration.state();
    let after = next(before, command).ok_or(Error::NotPossible("not-possible-submit"))?;
    declaration.set_state(after);
    declaration.resume_state = None;
    declaration.revision += 1;
    declaration.filed_at = Some(tx.now());
    declaration.answers = serde_json::to_string(&answers)?;
    declaration.correction = None;
    declaration.findings = serde_json::to_string(&assessment.findings)?;
    declaration.attention = assessment.findings.iter().map(|f| f.severity.rank()).max().unwrap_or(0);
    declaration.policy_version_id = Some(assessment.policy_version_id);
    if !correction {
        declaration.days_late = i32::try_from(assessment.days_late).unwrap_or(i32::MAX);
    }
    if !assessment.stays {
        hand_over(tx, declaration, &assessment.route);
    }
    // Once the ethics officer has it, or a direction is awaited, a correction gives no more time; less, when the answer is
    // needed sooner.
    let waits = before == State::WithEthics || (before != State::InfoRequested && direction::is_awaited(declaration));
    if !(assessment.stays && waits) {
        declaration.due_on = assessment.due_on;
    } else if let (Some(due), Some(sooner)) = (declaration.due_on, assessment.due_on) {
        declaration.due_on = Some(due.min(sooner));
    }
    store::save(tx, declaration)?;
    store::bar(tx, declaration.id, &assessment.route.barred)?;
    store::insert_revision(tx, declaration, actor.person)?;
    if !kind.is_sealed() {
        search::index(tx.conn, declaration.id, &filing::searchable(kind, &answers, declaration, declarant))?;
    }
    super::reminders::plan(tx, declaration)?;
    Ok(Filed {
        reference: declaration.reference.clone().unwrap_or_default(),
        revision: declaration.revision,
        answers,
        findings: assessment.findings,
        holder: declaration.holder_id,
        office: declaration.holder_office.clone(),
        why: declaration.route_reason.clone().unwrap_or_default(),
        due_on: declaration.due_on,
        days_late: assessment.days_late,
    })
}

/// Takes a declaration back before the decision. The trace stays.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, slug: &str, reason: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Withdraw)?;
    if !may_be_withdrawn(&declaration) {
        return Err(Error::NotPossible("not-possible-withdraw"));
    }
    let holder = (declaration.holder_id, declaration.office());
    step(&mut declaration, Command::Withdraw, "not-possible-withdraw")?;
    release(&mut declaration);
    declaration.correction = None;
    declaration.closed_at = Some(tx.now());
    store::save(tx, &mut declaration)?;
    store::plan(tx, declaration.id, &[])?;
    crate::ethics::store::forget_drafts(tx, declaration.id)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::Withdrawn { reason: clean(reason) })?;
    mail::after_withdrawal(tx, &declaration, holder)?;
    Ok(declaration)
}

/// What was decided once stays, even while another decision takes its place.
pub(super) fn may_be_withdrawn(declaration: &Declaration) -> bool {
    declaration.decider_id.is_none() && next(declaration.state(), Command::Withdraw).is_some()
}

/// The decider starts on it; the declarant sees that somebody did.
pub fn take_up(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::TakeUp)?;
    step(&mut declaration, Command::TakeUp, "not-possible-take-up")?;
    store::save(tx, &mut declaration)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::TakenUp)?;
    Ok(declaration)
}

/// Asks the declarant a question; the file waits for the answer.
pub fn ask(tx: &mut Tx<'_>, actor: &Actor, slug: &str, version: i32, question: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Ask)?;
    let question = required("reason", question, "error-question")?;
    unchanged(&declaration, version)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let before = declaration.state();
    step(&mut declaration, Command::Ask, "not-possible-decided")?;
    declaration.resume_state = Some(before.as_str().to_owned());
    let due_on = deadlines::due_on(kind.deadlines.answer, tx.today(), &tx.book.calendar);
    declaration.due_on = Some(due_on);
    store::save(tx, &mut declaration)?;
    super::reminders::plan(tx, &declaration)?;
    let event = Event::InformationRequested { question: question.clone(), due_on };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::question(tx, &declaration)?;
    Ok(declaration)
}

/// The same from the form of a decision, whose box of conditions a question would lose.
pub fn ask_beside(tx: &mut Tx<'_>, actor: &Actor, slug: &str, choice: &Choice) -> Result<Declaration> {
    let Authorized { declaration, .. } = store::authorized(tx, actor, slug, Action::Ask)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    match unused(tx, &kind, &declaration, choice, actor.language)? {
        Some(error) => Err(Error::Invalid(vec![error])),
        None => ask(tx, actor, slug, choice.version, &choice.reason),
    }
}

/// The declarant answers; the file goes back to whoever asked.
pub fn answer(tx: &mut Tx<'_>, actor: &Actor, slug: &str, text: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Answer)?;
    let text = required("answer", text, "error-answer")?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let command = Command::Answer { back_to: asked_in(&declaration) };
    step(&mut declaration, command, "not-possible-answer")?;
    give_back(tx, &kind, &mut declaration)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::InformationProvided { answer: text })?;
    mail::answered(tx, &declaration)?;
    Ok(declaration)
}

/// Whoever asked goes on without the answer: the declarant left, or what is known will do.
pub fn go_on(tx: &mut Tx<'_>, actor: &Actor, slug: &str, version: i32, reason: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Ask)?;
    let reason = required("reason", reason, "error-reason")?;
    unchanged(&declaration, version)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let command = Command::GoOn { back_to: asked_in(&declaration) };
    step(&mut declaration, command, "not-possible-go-on")?;
    give_back(tx, &kind, &mut declaration)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::QuestionSetAside { reason })?;
    Ok(declaration)
}

/// The state in which the question was asked.
fn asked_in(declaration: &Declaration) -> State {
    declaration.resume_state.as_deref().and_then(State::parse).unwrap_or(State::UnderReview)
}

/// No question waits any more: whoever asked has the file again, with all their time.
fn give_back(tx: &mut Tx<'_>, kind: &Kind, declaration: &mut Declaration) -> Result<()> {
    declaration.resume_state = None;
    let delay = if declaration.state() == State::WithEthics { kind.deadlines.ethics } else { kind.deadlines.decide };
    declaration.due_on = Some(filing::due_within(tx, kind, &declaration.answers()?, delay));
    declaration.held_since = Some(tx.now());
    store::save(tx, declaration)?;
    super::reminders::plan(tx, declaration)
}

/// The ethics officer gives an opinion while the file stays where it is.
pub fn opine(tx: &mut Tx<'_>, actor: &Actor, slug: &str, opinion: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Opine)?;
    let opinion = required("reason", opinion, "error-opinion")?;
    if !declaration.state().is_pending() {
        return Err(Error::NotPossible("not-possible-decided"));
    }
    store::save(tx, &mut declaration)?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::OpinionGiven { opinion })?;
    mail::opinion(tx, &declaration)?;
    Ok(declaration)
}

/// What a decider chose.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub outcome: String,
    pub reason: String,
    /// Conditions or measures: a line of text is enough.
    pub measures: Vec<Wish>,
    /// Version of the declaration that the decider was reading.
    pub version: i32,
}

/// Decides. The reason is asked where the kind says so, and always against a flag that says stop.
pub fn decide(tx: &mut Tx<'_>, actor: &Actor, slug: &str, choice: &Choice) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Decide)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    if direction::is_awaited(&declaration) && direction::passed(&declaration).contains(&actor.person) {
        return Err(Error::NotAllowed);
    }
    let outcome = match kind.outcome(&choice.outcome) {
        Some(outcome) if outcome.opinion => return Err(Error::field("outcome", "error-opinion-has-a-page")),
        found => found.filter(|found| offered(&kind, &declaration).any(|one| one.id == found.id)),
    };
    let Some(outcome) = outcome else { return Err(Error::field("outcome", "error-choose-outcome")) };
    if outcome.then == Then::WithEthics {
        // Handing the file over is an action of its own in the access table.
        store::authorized(tx, actor, slug, Action::Refer)?;
    }
    // Going against what the ethics officer ruled on the event is possible, and explained.
    let against_passport = passports::contradicts(tx, &declaration, outcome)?;
    let (reason, orders) = check_choice(tx, actor, &kind, &declaration, outcome, choice, against_passport)?;
    unchanged(&declaration, choice.version)?;
    step(&mut declaration, Command::Decide { then: outcome.then }, "not-possible-decided")?;
    if outcome.then == Then::WithEthics {
        handing::to_ethics(tx, actor, &mut declaration, reason)?;
        return Ok(declaration);
    }
    decided_here(tx, actor, &kind, &mut declaration, outcome, reason, &orders)?;
    Ok(declaration)
}

/// What a decision taken here leaves: the outcome, its row, its event and its letters.
pub(crate) fn decided_here(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &Kind,
    declaration: &mut Declaration,
    outcome: &Outcome,
    reason: String,
    orders: &[Order],
) -> Result<()> {
    let office = deciding_office(declaration);
    let on_behalf_of = declaration.held_for_id;
    conclude(tx, actor, kind, declaration, outcome, office.as_str(), &reason, orders)?;
    let measures = wishes::texts(orders);
    let revision = declaration.revision;
    let event = Event::Decided { outcome: outcome.id.clone(), reason, measures, revision, on_behalf_of };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    // Its letter names the slip of what goes to the State.
    crate::custody::actions::after_decision(tx, actor, kind, declaration)?;
    mail::decided(tx, declaration, outcome, actor.person)?;
    if office == Office::DeputyMinister {
        mail::directed(tx, declaration)?;
    }
    measures::actions::order(tx, actor, declaration, orders)
}

/// What a decision sets in motion: the measures it asks for, and the thing that goes to the State.
pub(super) fn follow_through(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &Kind,
    declaration: &Declaration,
    orders: &[Order],
) -> Result<()> {
    measures::actions::order(tx, actor, declaration, orders)?;
    crate::custody::actions::after_decision(tx, actor, kind, declaration)
}

/// Puts a decision on file; whoever acted did so in the place of whom the file was held for.
#[expect(clippy::too_many_arguments, reason = "the members of a decision, given once")]
pub(super) fn conclude(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &Kind,
    declaration: &mut Declaration,
    outcome: &Outcome,
    step: &str,
    reason: &str,
    orders: &[Order],
) -> Result<()> {
    declaration.outcome = Some(outcome.id.clone());
    declaration.decider_id = Some(actor.person);
    declaration.decided_for_id = declaration.held_for_id;
    declaration.decided_step = Some(step.to_owned());
    declaration.decided_at = Some(tx.now());
    declaration.measures = serde_json::to_string(&wishes::texts(orders))?;
    declaration.decide_by = declaration.due_on;
    release(declaration);
    declaration.correction = None;
    if declaration.state() == State::Closed {
        declaration.closed_at = Some(tx.now());
        // Nothing more is asked: what became of the thing is what the outcome says.
        if declaration.disposition.is_none() {
            declaration.disposition = outcome.dispositions.first().cloned();
        }
    }
    if let (State::Decided | State::Monitoring, Some(delay)) = (declaration.state(), &kind.deadlines.follow_up) {
        let from = delay.of.as_deref().and_then(|of| declaration.answers().ok()?.date(of)).unwrap_or(tx.today());
        let delay = super::kind::Delay { days: delay.days, unit: delay.unit };
        declaration.due_on = Some(deadlines::due_on(delay, from.max(tx.today()), &tx.book.calendar));
    }
    store::insert_decision(tx, declaration, step, actor.person, declaration.decided_for_id, &outcome.id, reason)?;
    store::save(tx, declaration)?;
    super::reminders::plan(tx, declaration)
}

/// The place from which the holder decides: an office, the deputy minister's when a direction is asked of a delegate,
/// or the line (whoever the route found there).
pub fn deciding_office(declaration: &Declaration) -> Office {
    match (declaration.office(), declaration.route_reason.as_deref()) {
        (Some(office), _) => office,
        (None, Some("route-direction-delegate")) => Office::DeputyMinister,
        (None, _) => Office::Supervisor,
    }
}

/// What may be decided now: the outcomes of the place that decides, or all but handing over when it is decided outside, that
/// suit what was declared.
pub fn offered<'k>(kind: &'k Kind, declaration: &Declaration) -> impl Iterator<Item = &'k Outcome> + use<'k> {
    let (office, outside) = (deciding_office(declaration), declaration.is_outside());
    // Answers that cannot be read hide no decision: the page says elsewhere what is wrong with them.
    let answers = declaration.answers().ok();
    kind.outcomes
        .iter()
        .filter(move |outcome| if outside { outcome.then != Then::WithEthics } else { outcome.by.contains(&office) })
        .filter(|outcome| !outcome.opinion)
        .filter(move |outcome| answers.as_ref().is_none_or(|answers| answers.hold(&outcome.only_when)))
}

pub(super) fn check_choice(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &Kind,
    declaration: &Declaration,
    outcome: &super::kind::Outcome,
    choice: &Choice,
    against_passport: bool,
) -> Result<(String, Vec<Order>)> {
    let mut errors = Vec::new();
    let reason = clean(&choice.reason);
    let against_stop = declaration.attention >= 3 && outcome.tone == super::kind::Tone::Positive;
    if reason.is_empty() && (outcome.reason == Need::Required || against_stop) {
        errors.push(FieldError::new("reason", "error-reason"));
    } else if reason.is_empty() && against_passport {
        errors.push(FieldError::new("reason", "error-passport-departs"));
    }
    if reason.chars().count() > 4000 {
        errors.push(FieldError::with("reason", "error-too-long", 4000));
    }
    if outcome.measures == Need::None {
        errors.extend(unused(tx, kind, declaration, choice, actor.language)?);
    }
    let (orders, wrong) = wishes::read(tx, kind, declaration, outcome.measures, &choice.measures, actor.language)?;
    errors.extend(wrong);
    if errors.is_empty() { Ok((reason, orders)) } else { Err(Error::Invalid(errors)) }
}

/// Conditions that the decision chosen does not take, unless a passport proposed them and nobody changed them.
fn unused(
    tx: &mut Tx<'_>,
    kind: &Kind,
    declaration: &Declaration,
    choice: &Choice,
    language: Language,
) -> Result<Option<FieldError>> {
    if choice.measures.iter().all(Wish::says_nothing) {
        return Ok(None);
    }
    let mut proposed = Vec::new();
    if let Some(passport) = passports::store::of_declaration(tx, declaration.id)? {
        for language in [Language::Fr, Language::En] {
            proposed.push(passports::panel::inherited(tx, &passport, language)?);
        }
    }
    Ok(wishes::unused(kind, &choice.measures, &proposed, language))
}

/// The declarant tells what was still expected: what became of the gift, how the event went.
pub fn complete(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Complete)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    if !declaration.expects_more(&kind) {
        return Err(Error::NotPossible("not-possible-complete"));
    }
    let declarant = people::store::find(tx, declaration.declarant_id)?;
    let given = filing::given(&declarant, tx.today_at(&declarant.site));
    let (before, mut answers) = (declaration.answers()?, declaration.working_answers()?);
    answers.prune(&kind, given);
    let errors = super::answers::check(&kind, &answers, Phase::FollowUp, given);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    // All is told: what remains, if anything, is the measures, or what somebody must read.
    declaration.due_on = None;
    declaration.disposition = kind
        .field_of_fact(super::kind::Fact::Disposition)
        .map(|field| answers.text(&field.id).to_owned())
        .filter(|text| !text.is_empty());
    declaration.revision += 1;
    declaration.answers = serde_json::to_string(&answers)?;
    declaration.correction = None;
    let seen = afterwards::look(tx, &kind, &answers, &mut declaration, &declarant)?;
    if seen.reopens() {
        afterwards::reopen(tx, &kind, &mut declaration)?;
    } else {
        // Nobody settles the last measure while they are counted: each would leave it to the other to close the file.
        journal::take_turn(tx)?;
        let (live, lasts) = (measures::store::live(tx, declaration.id)?, measures::store::lasts(tx, declaration.id)?);
        let measures_open = live > 0 || lasts || seen.is_to_be_read();
        step(&mut declaration, Command::Complete { measures_open }, "not-possible-complete")?;
        if seen.is_to_be_read() {
            afterwards::give_readers(tx, &mut declaration)?;
        }
    }
    if declaration.state() == State::Closed {
        declaration.closed_at = Some(tx.now());
    }
    store::save(tx, &mut declaration)?;
    store::insert_revision(tx, &declaration, actor.person)?;
    if !kind.is_sealed() {
        search::index(tx.conn, declaration.id, &filing::searchable(&kind, &answers, &declaration, &declarant))?;
    }
    super::reminders::plan(tx, &declaration)?;
    let event = Event::Completed { answers, findings: seen.new.clone() };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    if !declaration.state().is_pending() {
        // What is to be handed to the State is still expected while the decision is taken again.
        crate::custody::actions::after_completion(tx, actor, &kind, &declaration)?;
    }
    afterwards::tell(tx, &declaration, &seen, &before)?;
    drafts::open_linked(tx, &kind, &declaration, Phase::FollowUp)?;
    Ok(declaration)
}

/// Closes a decided file: its measures are done, or nothing more is expected. One that lasts is confirmed as long as its file
/// is open: whoever decided that it lasts, or the ethics officer, would not know that closing ended it.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, slug: &str, note: &str) -> Result<Declaration> {
    // What is counted here stays so until it is closed.
    journal::take_turn(tx)?;
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::Close)?;
    let note = required("note", note, "error-note")?;
    let measures_open = measures::store::live(tx, declaration.id)? > 0;
    let lasts = measures::store::lasts(tx, declaration.id)?;
    let otherwise = match (measures_open, lasts) {
        (true, _) => "not-possible-close-measures",
        (false, true) => "not-possible-close-lasting",
        (false, false) => "not-possible-close",
    };
    step(&mut declaration, Command::Close { measures_open: measures_open || lasts }, otherwise)?;
    declaration.closed_at = Some(tx.now());
    declaration.due_on = None;
    declaration.correction = None;
    declaration.is_read_by_all();
    store::save(tx, &mut declaration)?;
    store::plan(tx, declaration.id, &[])?;
    journal::record(tx, Some(actor.person), Some(declaration.id), &Event::Closed { note })?;
    Ok(declaration)
}

pub(crate) fn step(declaration: &mut Declaration, command: Command, otherwise: &'static str) -> Result<()> {
    let after = next(declaration.state(), command).ok_or(Error::NotPossible(otherwise))?;
    declaration.set_state(after);
    Ok(())
}

fn release(declaration: &mut Declaration) {
    declaration.holder_id = None;
    declaration.held_for_id = None;
    declaration.holder_office = None;
    declaration.held_since = None;
    declaration.due_on = None;
}

/// What was decided must be what was read.
pub(crate) fn unchanged(declaration: &Declaration, version: i32) -> Result<()> {
    if declaration.version == version { Ok(()) } else { Err(Error::Stale) }
}

/// What was typed, without blanks around it, line ends as ours.
pub(crate) fn clean(text: &str) -> String {
    // PostgreSQL keeps no NUL in a text.
    text.trim().replace("\r\n", "\n").replace('\0', "")
}

/// A text that must be there and fit.
pub(crate) fn required(field: &str, text: &str, message: &'static str) -> Result<String> {
    let text = clean(text);
    if text.is_empty() {
        return Err(Error::field(field, message));
    }
    if text.chars().count() > 4000 {
        return Err(Error::Invalid(vec![FieldError::with(field, "error-too-long", 4000)]));
    }
    Ok(text)
}

/// Reads and logs: every reading of a confidential declaration leaves a row, committed before any byte leaves.
pub fn read(tx: &mut Tx<'_>, actor: &Actor, slug: &str) -> Result<Authorized> {
    store::authorized(tx, actor, slug, Action::Summarise)
}
