//! Ruling on an event, ruling again, and saying which requests are for it.

use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::mail;
use super::matching::{self, Known, Likeness};
use super::store::{self, NewRuling, Passport, Verb};
use crate::access::{Action, Actor, PageAction, policy};
use crate::app::Tx;
use crate::clock;
use crate::companies;
use crate::declarations::actions::{clean, required};
use crate::declarations::store::{self as declarations, Declaration};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::journal::{self, Event};
use crate::text::Language;

/// What was typed about the event.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub title: String,
    pub event_on: String,
    pub company: Value,
    /// Reference of the request it was opened from.
    pub from: String,
}

/// What was typed about the ruling.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub ruling: String,
    pub cap: String,
    pub conditions: String,
    pub reason: String,
}

/// Rules on an event for the first time. A request it was opened from is linked at once: a person said so.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, about: &About, typed: &Typed) -> Result<Passport> {
    policy::require_page(&tx.book.access, actor, PageAction::Passports)?;
    let mut errors = Vec::new();
    let title = clean(&about.title);
    if title.is_empty() {
        errors.push(FieldError::new("title", "error-required-text"));
    } else if title.chars().count() > 200 {
        errors.push(FieldError::with("title", "error-too-long", 200));
    }
    let event_on = read_date(tx, &about.event_on, actor.language, &mut errors);
    if companies::store::lookup(tx, actor.person, &about.company)?.is_none() {
        errors.push(FieldError::new("company", "error-passport-company"));
    }
    let ruling = read(typed, &mut errors);
    let (Some(event_on), Some(ruling), true) = (event_on, ruling, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let company = companies::store::lookup(tx, actor.person, &about.company)?.ok_or(Error::NotFound)?;
    let year = clock::fiscal_year(tx.today());
    let number = declarations::next_number(tx, &format!("PAS-{year}"))?;
    let reference = format!("PAS-{year}-{number:06}");
    let mut passport = store::insert(tx, &reference, company.id, &title, event_on, actor.person)?;
    put_in_force(tx, actor, &mut passport, &ruling)?;
    if !about.from.is_empty() {
        confirm(tx, actor, &reference, std::slice::from_ref(&about.from))?;
    }
    Ok(passport)
}

/// Rules again: the ruling before stays on file. Whoever has a linked request to decide is told.
pub fn rule_again(tx: &mut Tx<'_>, actor: &Actor, reference: &str, version: i32, typed: &Typed) -> Result<Passport> {
    policy::require_page(&tx.book.access, actor, PageAction::Passports)?;
    let mut passport = store::find(tx, reference)?;
    let mut errors = Vec::new();
    let ruling = read(typed, &mut errors);
    let (Some(ruling), true) = (ruling, errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    if passport.ruling != version {
        return Err(Error::Stale);
    }
    put_in_force(tx, actor, &mut passport, &ruling)?;
    for request in store::every_linked(tx, passport.id)? {
        mail::ruled(tx, &passport, &request, actor.person)?;
    }
    Ok(passport)
}

fn put_in_force(tx: &mut Tx<'_>, actor: &Actor, passport: &mut Passport, ruling: &NewRuling) -> Result<()> {
    store::rule(tx, passport, actor.person, ruling)?;
    let event = Event::PassportRuled {
        reference: passport.reference.clone(),
        number: passport.ruling,
        ruling: ruling.verb.as_str().to_owned(),
        cap_cents: ruling.cap_cents,
        conditions: ruling.conditions.clone(),
        reason: ruling.reason.clone(),
    };
    journal::record(tx, Some(actor.person), None, &event)
}

fn read_date(tx: &Tx<'_>, typed: &str, language: Language, errors: &mut Vec<FieldError>) -> Option<NaiveDate> {
    if typed.trim().is_empty() {
        errors.push(FieldError::new("event_on", "error-required-date"));
        return None;
    }
    match formats::parse_date(typed, tx.today(), language) {
        Ok(date) => Some(date),
        Err(problem) => {
            errors.push(FieldError::new("event_on", problem.message_key()));
            None
        }
    }
}

fn read(typed: &Typed, errors: &mut Vec<FieldError>) -> Option<NewRuling> {
    let verb = Verb::parse(&typed.ruling);
    if verb.is_none() {
        errors.push(FieldError::new("ruling", "error-passport-ruling"));
    }
    let cap_cents = match typed.cap.trim() {
        "" => None,
        text => match formats::parse_money(text) {
            Ok(cents) => Some(cents),
            Err(problem) => {
                errors.push(FieldError::new("cap", problem.message_key()));
                None
            }
        },
    };
    let conditions: Vec<String> = typed.conditions.lines().map(clean).filter(|line| !line.is_empty()).collect();
    if verb == Some(Verb::Conditions) && conditions.is_empty() && cap_cents.is_none() {
        errors.push(FieldError::new("conditions", "error-passport-conditions"));
    }
    if conditions.len() > 20 || conditions.iter().any(|line| line.chars().count() > 500) {
        errors.push(FieldError::with("conditions", "error-too-long", 500));
    }
    let reason = match required("reason", &typed.reason, "error-reason") {
        Ok(reason) => reason,
        Err(Error::Invalid(found)) => {
            errors.extend(found);
            String::new()
        }
        Err(_) => String::new(),
    };
    Some(NewRuling { verb: verb?, cap_cents, conditions, reason })
}

/// Requests that may be for the event of a passport, the likeliest first.
pub fn proposals(tx: &mut Tx<'_>, actor: &Actor, passport: &Passport) -> Result<Vec<(Declaration, Likeness)>> {
    let days = tx.book.config.programme.same_event_days;
    let (from, to) = around(passport.event_on, days);
    let known = known_of(tx, passport)?;
    let mut found: Vec<(Declaration, Likeness)> = Vec::new();
    for request in store::unlinked(tx, actor, passport.company_id, from, to)? {
        if let Some(likeness) = likeness_of(tx, &request, &known, days)? {
            found.push((request, likeness));
        }
    }
    found.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
    Ok(found)
}

/// Passports that may be for the event of a request, the likeliest first.
pub fn proposed_for(tx: &mut Tx<'_>, request: &Declaration) -> Result<Vec<Passport>> {
    let (Some(company), Some(on)) = (request.company_id, request.occurred_on) else { return Ok(Vec::new()) };
    let days = tx.book.config.programme.same_event_days;
    let (from, to) = around(on, days);
    let mut found: Vec<(Passport, Likeness)> = Vec::new();
    for passport in store::near(tx, company, from, to)? {
        let known = known_of(tx, &passport)?;
        if let Some(likeness) = likeness_of(tx, request, &known, days)? {
            found.push((passport, likeness));
        }
    }
    found.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
    Ok(found.into_iter().map(|(passport, _)| passport).collect())
}

fn around(on: NaiveDate, days: i64) -> (NaiveDate, NaiveDate) {
    let days = Days::new(days.unsigned_abs());
    (on.checked_sub_days(days).unwrap_or(on), on.checked_add_days(days).unwrap_or(on))
}

/// What is known of the event of a passport; a company merged into another stands for it.
fn known_of<'p>(tx: &mut Tx<'_>, passport: &'p Passport) -> Result<Known<'p>> {
    let company = companies::store::kept(tx, passport.company_id)?;
    Ok(Known { company, on: passport.event_on, title: &passport.title })
}

fn likeness_of(tx: &mut Tx<'_>, request: &Declaration, known: &Known<'_>, days: i64) -> Result<Option<Likeness>> {
    let (Some(company), Some(on)) = (request.company_id, request.occurred_on) else { return Ok(None) };
    let company = companies::store::kept(tx, company)?;
    let answers = request.answers()?;
    let title = match answers.text("title") {
        "" => request.subject.as_str(),
        title => title,
    };
    Ok(matching::likeness(&Known { company, on, title }, known, days))
}

/// The ethics officer says that these requests are for the event: each inherits the ruling.
pub fn confirm(tx: &mut Tx<'_>, actor: &Actor, reference: &str, slugs: &[String]) -> Result<Passport> {
    policy::require_page(&tx.book.access, actor, PageAction::Passports)?;
    let passport = store::find(tx, reference)?;
    if slugs.is_empty() {
        return Err(Error::field("requests", "error-passport-requests"));
    }
    for slug in slugs {
        let request = declarations::authorized(tx, actor, slug, Action::Read)?.declaration;
        link(tx, actor, &passport, &request)?;
        mail::ruled(tx, &passport, &request, actor.person)?;
    }
    Ok(passport)
}

/// Whoever decides a request says that it is for the event of a passport.
pub fn confirm_own(tx: &mut Tx<'_>, actor: &Actor, slug: &str, reference: &str) -> Result<Declaration> {
    let request = declarations::authorized(tx, actor, slug, Action::Decide)?.declaration;
    if !request.state().is_pending() {
        return Err(Error::NotPossible("not-possible-decided"));
    }
    let proposed = proposed_for(tx, &request)?;
    let passport = proposed.into_iter().find(|passport| passport.reference == reference);
    let passport = passport.ok_or_else(|| Error::field("passport", "error-passport-unknown"))?;
    link(tx, actor, &passport, &request)?;
    Ok(request)
}

fn link(tx: &mut Tx<'_>, actor: &Actor, passport: &Passport, request: &Declaration) -> Result<()> {
    let days = tx.book.config.programme.same_event_days;
    let known = known_of(tx, passport)?;
    if likeness_of(tx, request, &known, days)?.is_none() {
        return Err(Error::NotPossible("not-possible-passport-other"));
    }
    store::link(tx, passport.id, request.id, actor.person)?;
    let event = Event::PassportLinked { reference: passport.reference.clone() };
    journal::record(tx, Some(actor.person), Some(request.id), &event)
}

/// A request was for another event after all.
pub fn unlink(tx: &mut Tx<'_>, actor: &Actor, reference: &str, slug: &str) -> Result<Passport> {
    policy::require_page(&tx.book.access, actor, PageAction::Passports)?;
    let passport = store::find(tx, reference)?;
    let request = declarations::authorized(tx, actor, slug, Action::Read)?.declaration;
    if !store::unlink(tx, passport.id, request.id)? {
        return Err(Error::NotFound);
    }
    let event = Event::PassportUnlinked { reference: passport.reference.clone() };
    journal::record(tx, Some(actor.person), Some(request.id), &event)?;
    Ok(passport)
}
