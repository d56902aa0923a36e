//! The fairness ledger as it is written: companies invited or that asked, heard or not and why, answers published.

use serde_json::Value;

use super::actions::{organised, possible};
use super::kind;
use super::state::Command;
use super::store::{self, Firm, Showcase};
use crate::access::Actor;
use crate::app::Tx;
use crate::companies;
use crate::declarations::actions::{clean, required};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::journal::Event;

/// Longest hearing, in minutes.
const LONGEST: i32 = 600;

/// Invites a company, or notes that one asked to be heard. It joins the register when it is not there.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, reference: &str, company: &Value, origin: &str) -> Result<Showcase> {
    let showcase = organised(tx, actor, reference, Command::AddFirm)?;
    let part = |name: &str| company.get(name).and_then(Value::as_str).unwrap_or("").trim().to_owned();
    let mut errors = Vec::new();
    if part("name").is_empty() {
        errors.push(FieldError::new("company", "error-required-company"));
    } else if companies::store::lookup(tx, actor.person, company)?.is_none() {
        match (part("neq"), part("no_neq_reason")) {
            (neq, reason) if neq.is_empty() && reason.is_empty() => {
                errors.push(FieldError::new("company", "error-neq-or-reason"));
            }
            (neq, _) if !neq.is_empty() && formats::parse_neq(&neq).is_err() => {
                errors.push(FieldError::new("company", "error-neq"));
            }
            _ => {}
        }
    }
    if !["invited", "asked"].contains(&origin) {
        errors.push(FieldError::new("origin", "error-required-choice"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let found = companies::store::resolve(tx, actor.person, company)?;
    let found = found.ok_or_else(|| Error::field("company", "error-required-company"))?;
    store::add_firm(tx, showcase.id, found.id, origin, actor.person)?;
    let event =
        Event::FirmAdded { reference: showcase.reference.clone(), company: found.id, origin: origin.to_owned() };
    store::record(tx, actor.person, &showcase, &event)?;
    Ok(showcase)
}

/// What was typed about one company.
#[derive(Debug, Clone, Default)]
pub struct Note {
    /// `yes` or `no`.
    pub heard: String,
    pub minutes: String,
    pub stage: String,
    pub reason: String,
}

/// Notes whether a company was heard, how long and at what stage; or why it was not.
pub fn note(tx: &mut Tx<'_>, actor: &Actor, reference: &str, firm: i64, note: &Note) -> Result<Showcase> {
    let showcase = organised(tx, actor, reference, Command::Hear)?;
    let firm = store::firms(tx, showcase.id)?.into_iter().find(|known| known.id == firm).ok_or(Error::NotFound)?;
    let kind = kind::find(&tx.book.showcases, &showcase.kind)?.clone();
    let at = |name: &str| format!("{name}-{}", firm.id);
    let mut errors = Vec::new();
    let reason = clean(&note.reason);
    let mut minutes = None;
    match note.heard.as_str() {
        // Nobody is heard before the day; whether a company declined may be known earlier.
        "yes" if tx.today() < showcase.held_on => {
            errors.push(FieldError::new(at("heard"), "error-showcase-not-yet"));
        }
        "yes" => match note.minutes.trim().parse::<i32>() {
            Ok(typed) if (1..=LONGEST).contains(&typed) => minutes = Some(typed),
            _ => errors.push(FieldError::with(at("minutes"), "error-showcase-minutes", LONGEST)),
        },
        "no" if reason.is_empty() => errors.push(FieldError::new(at("reason"), "error-showcase-why-not")),
        "no" => {}
        _ => errors.push(FieldError::new(at("heard"), "error-required-choice")),
    }
    if reason.chars().count() > 1000 {
        errors.push(FieldError::with(at("reason"), "error-too-long", 1000));
    }
    let stage = if note.stage.is_empty() { &showcase.stage } else { &note.stage };
    if !kind.field("stage").is_some_and(|field| field.options.iter().any(|option| option.id == *stage)) {
        errors.push(FieldError::new(at("stage"), "error-unknown-choice"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let heard = note.heard == "yes";
    let reason = Some(reason).filter(|reason| !heard && !reason.is_empty());
    store::note_firm(tx, firm.id, heard, minutes, stage, reason.as_deref())?;
    let event = Event::FirmHeard {
        reference: showcase.reference.clone(),
        company: firm.company_id,
        heard,
        minutes,
        stage: stage.clone(),
        reason,
    };
    store::record(tx, actor.person, &showcase, &event)?;
    Ok(showcase)
}

/// Publishes a question and its answer to everybody: what one company was told, all were.
pub fn publish(tx: &mut Tx<'_>, actor: &Actor, reference: &str, question: &str, answer: &str) -> Result<Showcase> {
    let showcase = organised(tx, actor, reference, Command::Publish)?;
    let mut errors = Vec::new();
    let mut text = |field: &str, typed: &str, message: &'static str| match required(field, typed, message) {
        Ok(text) => text,
        Err(Error::Invalid(found)) => {
            errors.extend(found);
            String::new()
        }
        Err(_) => String::new(),
    };
    let (question, answer) = (text("question", question, "error-question"), text("answer", answer, "error-answer"));
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    store::publish(tx, showcase.id, actor.person, &question, &answer)?;
    let event = Event::AnswerPublished { reference: showcase.reference.clone(), question, answer };
    store::record(tx, actor.person, &showcase, &event)?;
    Ok(showcase)
}

/// The ledger is complete enough to say that the showcase took place: a company at least, each of them noted, and no
/// silence about one that was not heard.
pub fn ready_to_hold(showcase: &Showcase, firms: &[Firm]) -> Result<()> {
    possible(showcase, Command::Hold)?;
    if firms.is_empty() {
        return Err(Error::field("hold", "error-showcase-no-firm"));
    }
    if firms.iter().any(|firm| firm.heard.is_none()) {
        return Err(Error::field("hold", "error-showcase-unnoted"));
    }
    Ok(())
}
