//! The use cases: an opinion given, a precedent published or taken back.

use super::opinion::{Compared, Opinion, Stance, check, departures, stance_field};
use super::precedents::{self, Text};
use super::store;
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::db::search::fold;
use crate::declarations::actions::{clean, decided_here, step, unchanged};
use crate::declarations::answers::{Answers, Form};
use crate::declarations::kind::Outcome;
use crate::declarations::store::{Authorized, Declaration, authorized};
use crate::declarations::workflow::Command;
use crate::error::{Error, FieldError, Result};
use crate::journal::{self, Event};

/// Answers a request for advice. Each precedent proposed was looked at; a departure says why, for the file alone.
pub fn give_opinion(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &str,
    version: i32,
    opinion: &Opinion,
    compared: &[Compared],
) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = authorized(tx, actor, slug, Action::Decide)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let outcome = opinion_outcome(&kind.outcomes).ok_or(Error::NotPossible("not-possible-opinion"))?;
    let mut errors = Vec::new();
    let checked = kept(&mut errors, opinion.checked())?;
    let departures = kept(&mut errors, departures(&with_proposed(tx, &declaration, opinion, compared)?))?;
    errors.extend(withdrawn(tx, compared)?);
    let (Some(opinion), Some(departures), true) = (checked, departures, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    unchanged(&declaration, version)?;
    step(&mut declaration, Command::Decide { then: outcome.then }, "not-possible-decided")?;
    store::insert(tx, &declaration, actor.person, &opinion)?;
    store::forget_drafts(tx, declaration.id)?;
    let Opinion { facts, norms, analysis, recommendation } = opinion;
    let event = Event::AdviceGiven { facts, norms, analysis, recommendation };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    for (precedent, reason) in departures {
        let event = Event::PrecedentDeparted { precedent, reason };
        journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    }
    decided_here(tx, actor, &kind, &mut declaration, outcome, String::new(), &[])?;
    Ok(declaration)
}

/// Keeps a half-written opinion for its author alone. It is not an act: it leaves no event, as no draft does.
pub fn keep_draft(tx: &mut Tx<'_>, actor: &Actor, slug: &str, typed: &Form) -> Result<()> {
    let Authorized { declaration, .. } = authorized(tx, actor, slug, Action::Decide)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    if opinion_outcome(&kind.outcomes).is_none() || !declaration.state().is_pending() {
        return Err(Error::NotPossible("not-possible-opinion"));
    }
    store::keep_draft(tx, &declaration, actor.person, typed)
}

/// What the precedents are looked up by: the question, and what is written of it. Not the norms: the same few articles are in
/// most precedents, and would make unlike situations look alike.
pub fn looked_up_by(request: &Declaration, opinion: &Opinion) -> Result<String> {
    let answers = request.answers()?;
    let asked = ["topic", "question", "context"].map(|field| answers.text(field).to_owned());
    let written = [&opinion.facts, &opinion.analysis, &opinion.recommendation];
    Ok(asked.iter().chain(written).map(String::as_str).collect::<Vec<_>>().join("\n"))
}

/// What was compared, and the precedents that the product proposes and nobody looked at yet.
fn with_proposed(
    tx: &mut Tx<'_>,
    request: &Declaration,
    opinion: &Opinion,
    compared: &[Compared],
) -> Result<Vec<Compared>> {
    let mut all = compared.to_vec();
    for proposed in precedents::similar_to(tx, &looked_up_by(request, opinion)?)? {
        if all.iter().all(|one| one.precedent != proposed.id) {
            all.push(Compared { precedent: proposed.id, stance: None, reason: String::new() });
        }
    }
    Ok(all)
}

/// Precedents that an opinion follows or sets aside, and that a colleague took out of the library meanwhile.
fn withdrawn(tx: &mut Tx<'_>, compared: &[Compared]) -> Result<Vec<FieldError>> {
    let mut gone = Vec::new();
    for one in compared.iter().filter(|one| matches!(one.stance, Some(Stance::Follows | Stance::Departs))) {
        match precedents::find(tx, one.precedent) {
            Ok(_) => {}
            Err(Error::NotFound) => {
                gone.push(FieldError::new(stance_field(one.precedent), "error-precedent-withdrawn"));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(gone)
}

/// What can be used, or its errors added to the others: they are all told at once.
fn kept<T>(errors: &mut Vec<FieldError>, result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::Invalid(more)) => {
            errors.extend(more);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The outcome of a kind that is an opinion.
pub fn opinion_outcome(outcomes: &[Outcome]) -> Option<&Outcome> {
    outcomes.iter().find(|outcome| outcome.opinion)
}

/// Publishes a precedent. One that comes from a request has the consent of its asker, and nothing in it identifies the
/// request.
pub fn publish(tx: &mut Tx<'_>, actor: &Actor, from: Option<&str>, text: &Text) -> Result<i64> {
    if actor.read_only {
        return Err(Error::NotAllowed);
    }
    let text = Text {
        title: clean(&text.title),
        situation: clean(&text.situation),
        norms: clean(&text.norms),
        recommendation: clean(&text.recommendation),
    };
    let mut errors: Vec<FieldError> = [
        ("title", &text.title),
        ("situation", &text.situation),
        ("norms", &text.norms),
        ("recommendation", &text.recommendation),
    ]
    .into_iter()
    .filter_map(|(name, part)| check(name, part))
    .collect();
    if text.title.chars().count() > 200 {
        errors.push(FieldError::with("title", "error-too-long", 200));
    }
    if let Some(from) = from.filter(|from| !from.is_empty()) {
        let request = authorized(tx, actor, from, Action::Read)?;
        let kind = tx.book.catalogue.version(request.declaration.kind_version_id)?;
        if !precedents::may_come_from(&kind, &request.declaration.answers()?) {
            return Err(Error::NotPossible("not-possible-precedent"));
        }
        if let Some(word) = identifying(&request, &text)? {
            errors.push(FieldError::with("situation", "error-precedent-identifies", word));
        }
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let id = precedents::insert(tx, actor.person, &text)?;
    let event = Event::PrecedentPublished { precedent: id, title: text.title };
    journal::record(tx, Some(actor.person), None, &event)?;
    Ok(id)
}

/// First words of companies' names that many companies share.
const PLAIN: [&str; 8] =
    ["groupe", "societe", "services", "solutions", "centre", "gestion", "conseils", "technologies"];

/// A word of the text that tells who asked: a name, the reference, the company.
fn identifying(request: &Authorized, text: &Text) -> Result<Option<String>> {
    let text = format!(" {} ", fold(&text.whole()));
    let answers: Answers = request.declaration.answers()?;
    let company = answers.get("company").get("name").and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
    let person = &request.declarant;
    // A trade or a legal form says nothing of a company; the first word of its name mostly does.
    let company_word = fold(&company).split(' ').next().map(str::to_owned);
    let told = [
        person.family_name.clone(),
        person.name(),
        person.number.clone(),
        person.email.clone(),
        request.declaration.reference.clone().unwrap_or_default(),
        company,
    ];
    let by_name = told.into_iter().find(|word| {
        let word = fold(word);
        !word.is_empty() && text.contains(&format!(" {word} "))
    });
    let distinct = |word: &String| word.chars().count() > 4 && !PLAIN.contains(&word.as_str());
    Ok(by_name.or_else(|| company_word.filter(|word| distinct(word) && text.contains(&format!(" {word} ")))))
}

/// Takes a precedent out of the library.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: i64) -> Result<()> {
    if actor.read_only {
        return Err(Error::NotAllowed);
    }
    precedents::withdraw(tx, id)?;
    journal::record(tx, Some(actor.person), None, &Event::PrecedentWithdrawn { precedent: id })
}
