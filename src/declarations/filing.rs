//! Putting a version on file: facts out of answers, rules over facts, a route, a due date.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::answers::{self, Answers, Given};
use super::deadlines;
use super::direction;
use super::kind::{Delay, Fact, Kind, Office, Phase, Widget};
use super::routing::{self, Case, Chart, Decider, Route};
use super::store::{self, Declaration};
use super::workflow::State;
use crate::app::Tx;
use crate::clock;
use crate::companies;
use crate::companies::store::Company;
use crate::error::{Error, FieldError, Result};
use crate::people::chart::Line;
use crate::people::store::Person;
use crate::people::{self, PersonId};
use crate::policy::gather::{self, Said};
use crate::policy::rules::Finding;
use crate::policy::versions;
use crate::text::Language;

/// What a person gives to checks and conditions.
pub fn given<'a>(person: &'a Person, today: NaiveDate) -> Given<'a> {
    Given { today, regime: &person.regime, position: &person.position }
}

/// Everything that follows from the answers of one version.
pub struct Assessment {
    pub findings: Vec<Finding>,
    pub policy_version_id: i64,
    pub route: Route,
    /// A correction stays where the file is.
    pub stays: bool,
    pub days_late: i64,
    pub due_on: Option<NaiveDate>,
}

/// Checks the answers of a version to be filed; names what to put right.
pub fn check(tx: &mut Tx<'_>, kind: &Kind, answers: &mut Answers, declarant: &Person) -> Result<()> {
    let today = tx.today_at(&declarant.site);
    let given = given(declarant, today);
    answers.prune(kind, given);
    let mut errors = answers::check(kind, answers, Phase::Filing, given);
    for field in kind.fields() {
        match field.widget {
            Widget::Persons => recognise_people(tx, &field.id, answers, &mut errors)?,
            Widget::Company => recognise_company(tx, &field.id, answers, &mut errors)?,
            _ => {}
        }
    }
    errors.extend(recipient_error(kind, answers, declarant));
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// The supervisor receives nothing that names the supervisor, and nobody is chosen who does not exist.
fn recipient_error(kind: &Kind, answers: &Answers, declarant: &Person) -> Option<FieldError> {
    let field = kind.field_of_fact(Fact::Recipient)?;
    if answers.text(&field.id) != Office::Supervisor.as_str() {
        return None;
    }
    match declarant.supervisor_id {
        None => Some(FieldError::new(&field.id, "error-recipient-nobody")),
        Some(supervisor) => {
            named(kind, answers).contains(&supervisor).then(|| FieldError::new(&field.id, "error-recipient-named"))
        }
    }
}

/// Who receives a version first: whom the declarant chose, else whom the kind says.
pub fn recipient(kind: &Kind, answers: &Answers) -> Office {
    kind.field_of_fact(Fact::Recipient)
        .and_then(|field| Office::parse(answers.text(&field.id)))
        .unwrap_or(kind.routing.first)
}

/// Replaces names typed by the people they mean; a name that means nobody, or several, is an error beside the field.
fn recognise_people(tx: &mut Tx<'_>, field: &str, answers: &mut Answers, errors: &mut Vec<FieldError>) -> Result<()> {
    let Value::Array(items) = answers.get(field).clone() else { return Ok(()) };
    let mut recognised = Vec::new();
    for item in items {
        let typed = item.get("name").and_then(Value::as_str).unwrap_or("").to_owned();
        // A number wins over a name, and the name kept is the directory's: nobody is named under another's.
        let found = match item.get("person_id").and_then(Value::as_i64) {
            Some(id) => match people::store::find(tx, id) {
                Ok(person) => vec![person],
                Err(Error::NotFound) => Vec::new(),
                Err(error) => return Err(error),
            },
            None => people::store::recognise(tx, &typed)?,
        };
        match found.as_slice() {
            [person] => recognised.push(json!({ "person_id": person.id, "name": person.name() })),
            [] => errors.push(FieldError::with(field, "error-person-unknown", &typed)),
            _ => errors.push(FieldError::with(field, "error-person-ambiguous", &typed)),
        }
    }
    answers.set(field, Value::Array(recognised));
    Ok(())
}

/// A company chosen by its number must be in the register.
fn recognise_company(tx: &mut Tx<'_>, field: &str, answers: &Answers, errors: &mut Vec<FieldError>) -> Result<()> {
    if let Some(id) = answers.get(field).get("company_id").and_then(Value::as_i64)
        && companies::store::find(tx, id)?.is_none()
    {
        errors.push(FieldError::new(format!("{field}.company_id"), "error-company-unknown"));
    }
    Ok(())
}

/// Fills the typed columns from the answers; a company not known yet joins the register.
pub fn extract_facts(tx: &mut Tx<'_>, kind: &Kind, answers: &mut Answers, declaration: &mut Declaration) -> Result<()> {
    let company = match kind.field_of_fact(Fact::Company) {
        Some(field) => companies::store::resolve(tx, declaration.declarant_id, answers.get(&field.id))?,
        None => None,
    };
    fill_facts(kind, answers, declaration, company);
    Ok(())
}

/// The same before filing, without writing anything.
pub fn preview_facts(tx: &mut Tx<'_>, kind: &Kind, answers: &mut Answers, declaration: &mut Declaration) -> Result<()> {
    let company = match kind.field_of_fact(Fact::Company) {
        Some(field) => companies::store::lookup(tx, declaration.declarant_id, answers.get(&field.id))?,
        None => None,
    };
    fill_facts(kind, answers, declaration, company);
    Ok(())
}

fn fill_facts(kind: &Kind, answers: &mut Answers, declaration: &mut Declaration, company: Option<Company>) {
    let text = |answers: &Answers, fact| {
        kind.field_of_fact(fact).map(|field| answers.text(&field.id)).filter(|t| !t.is_empty()).map(str::to_owned)
    };
    let date = |answers: &Answers, fact| kind.field_of_fact(fact).and_then(|field| answers.date(&field.id));
    declaration.occurred_on = date(answers, Fact::OccurredOn);
    declaration.occurred_until = date(answers, Fact::OccurredUntil);
    declaration.value_cents = kind.field_of_fact(Fact::ValueCents).and_then(|field| answers.get(&field.id).as_i64());
    declaration.contract = text(answers, Fact::Contract);
    declaration.contract_linked = is_contract_linked(declaration.contract.as_deref(), answers);
    declaration.purpose = text(answers, Fact::Purpose);
    declaration.category = text(answers, Fact::Category).or_else(|| {
        // Several kinds of interest may be ticked: the first names the category.
        let field = kind.field_of_fact(Fact::Category)?;
        answers.get(&field.id).as_array()?.first()?.as_str().map(str::to_owned)
    });
    declaration.disposition = text(answers, Fact::Disposition);
    declaration.company_id = None;
    declaration.company_name = None;
    if let Some(field) = kind.field_of_fact(Fact::Company)
        && let Some(company) = company
    {
        let said = |name: &str| answers.get(&field.id).get(name).and_then(Value::as_str).map(str::to_owned);
        let typed = said("name").unwrap_or_else(|| company.name.clone());
        // The reason that this person gave is theirs: what others said of the company does not replace it.
        let reason = said("no_neq_reason").filter(|reason| !reason.trim().is_empty()).or(company.no_neq_reason);
        let mut answer = json!({ "company_id": company.id, "name": company.name });
        if let Some(object) = answer.as_object_mut() {
            if let Some(neq) = &company.neq {
                object.insert("neq".into(), neq.as_str().into());
            }
            if let Some(reason) = reason {
                object.insert("no_neq_reason".into(), reason.into());
            }
            if typed != company.name {
                object.insert("typed".into(), typed.into());
            }
        }
        answers.set(&field.id, answer);
        declaration.company_id = Some(company.id);
        declaration.company_name = Some(company.name);
    }
    declaration.subject = kind.subject_of(answers, Language::Fr);
}

/// It names a contract, or its company is under contract: what the contract monitor has to see (C-65.1, s. 21.0.2).
pub fn is_contract_linked(contract: Option<&str>, answers: &Answers) -> bool {
    contract.is_some_and(|number| !number.trim().is_empty()) || answers.text("under_contract") == "yes"
}

/// A rule tells the contract monitor of a version: whatever its answers say of a contract, the file that the letter names
/// is open to them. Later versions leave it open.
pub fn opens_to_contract_monitor(before: &Declaration, findings: &[Finding]) -> Result<bool> {
    let tells = |findings: &[Finding]| findings.iter().any(|finding| finding.tell_contract_monitor);
    let by_its_words = is_contract_linked(before.contract.as_deref(), &before.answers()?);
    Ok(tells(findings) || tells(&before.findings()?) || (before.contract_linked && !by_its_words))
}

/// Where the answers keep « ce n’est pas ma ou mon gestionnaire »: a name and a reason.
pub const SUPERVISOR_NOTE: &str = "_supervisor";

/// The declarant says that the directory names the wrong supervisor. Nobody chooses their own decider: the ethics
/// officer looks and gives the file to the right person.
pub fn supervisor_disputed(answers: &Answers) -> bool {
    answers.get(SUPERVISOR_NOTE).is_object()
}

/// Members of staff named in the answers.
pub fn named(kind: &Kind, answers: &Answers) -> Vec<PersonId> {
    kind.fields()
        .filter(|field| field.fact == Some(Fact::Named))
        .filter_map(|field| answers.get(&field.id).as_array())
        .flatten()
        .filter_map(|item| item.get("person_id").and_then(Value::as_i64))
        .collect()
}

/// Looks at a version with the rules in force, and finds who has it and by when.
pub fn assess(
    tx: &mut Tx<'_>,
    kind: &Kind,
    answers: &Answers,
    declaration: &Declaration,
    declarant: &Person,
) -> Result<Assessment> {
    let today = tx.today();
    let filed_on = declaration.first_filed_at.map_or_else(
        || tx.today_at(&declarant.site),
        |at| clock::local_date(at, tx.book.calendar.zone(&declarant.site)),
    );
    let days_late = match &kind.deadlines.file {
        Some(delay) => {
            answers.date(&delay.of).map_or(0, |fact| deadlines::days_late(delay, fact, filed_on, &tx.book.calendar))
        }
        None => 0,
    };
    let mut case = case(kind, answers, declarant.id, None);
    let names_decider = case.names_supervisor || !case.named.is_empty();
    if declaration.state() != State::Draft {
        // Named once, barred for good: a correction that names nobody any more does not send the file back to them.
        case.named.extend(store::barred_from(tx, declaration.id)?);
    }
    let version = versions::in_force(tx, today)?;
    // No rule looks at what is sealed: what it saw would be told to others.
    let findings = if kind.is_sealed() {
        Vec::new()
    } else {
        let (regime, position) = (declarant.regime.as_str(), declarant.position.as_str());
        let said = Said { kind, answers, declaration, regime, position, days_late, names_decider, today };
        version.policy.evaluate(&gather::facts(tx, &said, declarant, &version.policy.gift_limits())?)
    };
    let policy_version_id = version.id;
    let disputed = supervisor_disputed(answers);
    let referred = disputed || findings.iter().any(|finding| finding.refer);
    let to = if referred { Office::EthicsOfficer } else { recipient(kind, answers) };
    let people: Vec<PersonId> = case.named.iter().copied().chain([declarant.id]).chain(declaration.holder_id).collect();
    let line = Line::read(tx, &people, &kind.id)?;
    let (mut route, stays) = destination(&line, &Case { to: Some(to), ..case }, declaration);
    if !stays && route.decider == Decider::Office(Office::EthicsOfficer) {
        if disputed {
            route.why = "route-disputed";
        } else if !referred && to == Office::EthicsOfficer {
            route.why = "route-direct";
        }
    }
    let due_on = if direction::is_awaited(declaration) {
        direction::due_on(tx, kind, &route.decider)
    } else {
        due_on(tx, kind, answers, &route.decider)
    };
    Ok(Assessment { findings, policy_version_id, route, stays, days_late, due_on })
}

/// What routing looks at in a version.
pub fn case(kind: &Kind, answers: &Answers, declarant: PersonId, to: Option<Office>) -> Case {
    let says = |fact| kind.field_of_fact(fact).is_some_and(|field| answers.get(&field.id).as_bool() == Some(true));
    Case {
        declarant,
        named: named(kind, answers),
        names_supervisor: says(Fact::NamesSupervisor),
        names_ethics: says(Fact::NamesEthics),
        to,
        advisory: kind.routing.advisory,
        exact: kind.field_of_fact(Fact::Recipient).is_some(),
        passed: Vec::new(),
    }
}

/// Where a version goes, and whether the file stays where it is. A correction does, so that nobody chooses another
/// decider by correcting, nor takes a file away from whoever directs; unless whoever has it may not decide it any more,
/// or a rule refers it.
fn destination(line: &Line, case: &Case, declaration: &Declaration) -> (Route, bool) {
    let route = routing::route(line, case);
    if declaration.state() == State::Draft {
        return (route, false);
    }
    if direction::is_awaited(declaration) {
        return awaited(line, case, declaration);
    }
    if declaration.office() == Some(Office::EthicsOfficer) {
        let route = routing::route(line, &Case { to: Some(Office::EthicsOfficer), ..case.clone() });
        let stays = route.decider == Decider::Office(Office::EthicsOfficer);
        return (route, stays);
    }
    match (declaration.holder_id, &route.decider) {
        (Some(holder), Decider::Person(_)) if routing::may_decide(line, case, holder) => {
            (Route { decider: Decider::Person(holder), ..route }, true)
        }
        _ => (route, false),
    }
}

/// Where a direction that was asked comes from once the file is corrected: from where it is awaited, while that may direct.
fn awaited(line: &Line, case: &Case, declaration: &Declaration) -> (Route, bool) {
    let case = Case { passed: direction::passed(declaration), ..case.clone() };
    let asked = routing::direction(line, &case);
    let may_direct = |person| routing::may_decide(line, &case, person);
    let here = match (declaration.holder_id, declaration.office()) {
        (Some(holder), _) => may_direct(holder).then_some((Decider::Person(holder), "route-direction-delegate")),
        (None, Some(office)) => {
            line.holders(office).into_iter().any(may_direct).then_some((Decider::Office(office), "route-direction"))
        }
        (None, None) => Some((Decider::Outside, "route-direction-outside")),
    };
    match here {
        Some((decider, why)) => (Route { decider, acting_for: declaration.held_for_id, why, ..asked }, true),
        None => (asked, false),
    }
}

/// By when a decider answers; nobody here waits for what is decided outside.
pub(super) fn due_on(tx: &Tx<'_>, kind: &Kind, answers: &Answers, decider: &Decider) -> Option<NaiveDate> {
    let delay = match decider {
        Decider::Office(Office::EthicsOfficer) => kind.deadlines.ethics,
        Decider::Office(_) | Decider::Person(_) => kind.deadlines.decide,
        Decider::Outside => return None,
    };
    Some(due_within(tx, kind, answers, delay))
}

/// By when somebody who has a delay from today answers, or sooner when the declarant needs it sooner.
pub fn due_within(tx: &Tx<'_>, kind: &Kind, answers: &Answers, delay: Delay) -> NaiveDate {
    let due = deadlines::due_on(delay, tx.today(), &tx.book.calendar);
    match kind.field_of_fact(Fact::NeededBy).and_then(|field| answers.date(&field.id)) {
        Some(needed) => deadlines::due_for(due, needed, tx.today(), &tx.book.calendar),
        None => due,
    }
}

/// Text by which a declaration is found: reference, people, company, and every answer.
pub fn searchable(kind: &Kind, answers: &Answers, declaration: &Declaration, declarant: &Person) -> String {
    let mut text = vec![
        declaration.reference.clone().unwrap_or_default(),
        declarant.name(),
        declarant.number.clone(),
        kind.title.fr.clone(),
        declaration.company_name.clone().unwrap_or_default(),
    ];
    for field in kind.fields() {
        text.extend(answers::lines(field, answers.get(&field.id), Language::Fr));
    }
    text.join(" ")
}
