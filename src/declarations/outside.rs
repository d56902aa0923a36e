//! A decision taken outside: the deputy minister's own file, or one that nobody here may decide. The secretary general
//! writes down who decided, when, and in which document (F-3.1.1, r. 3, s. 5, third paragraph).

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use diesel::prelude::*;

use super::actions::{Choice, check_choice, clean, conclude, follow_through, offered, step, unchanged};
use super::answers::Form;
use super::mail;
use super::posts::{act_then, one, version};
use super::store::{self, Authorized, Declaration};
use super::workflow::Command;
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::clock::local_date;
use crate::db::schema::outside_decisions;
use crate::error::{Error, FieldError, Result};
use crate::formats::parse_date;
use crate::journal::{self, Event};
use crate::measures::wishes;
use crate::sealing::{Place, record};
use crate::web::Visit;

/// Step of such a decision.
pub const STEP: &str = "outside";

/// What the authority decided.
#[derive(Debug, Clone, Default)]
pub struct OutsideDecision {
    pub choice: Choice,
    /// Who decided, in words.
    pub authority: String,
    pub decided_on: Option<NaiveDate>,
    /// Reference of the authority's document.
    pub document: String,
}

/// Records what was decided outside. Nobody here decides: whoever records only says what a document says.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, slug: &str, given: &OutsideDecision) -> Result<Declaration> {
    let Authorized { mut declaration, .. } = store::authorized(tx, actor, slug, Action::RecordOutside)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let Some(outcome) = offered(&kind, &declaration).find(|outcome| outcome.id == given.choice.outcome) else {
        return Err(Error::field("outcome", "error-choose-outcome"));
    };
    let (authority, document) = (clean(&given.authority), clean(&given.document));
    let mut errors = Vec::new();
    for (field, text, missing) in
        [("authority", &authority, "error-outside-authority"), ("document", &document, "error-outside-document")]
    {
        if text.is_empty() {
            errors.push(FieldError::new(field, missing));
        } else if text.chars().count() > 300 {
            errors.push(FieldError::with(field, "error-too-long", 300));
        }
    }
    let filed_on = declaration.first_filed_at.map_or(tx.today(), |at| local_date(at, tx.zone()));
    let decided_on = given.decided_on.unwrap_or(tx.today());
    match given.decided_on {
        None => errors.push(FieldError::new("decided_on", "error-required-date")),
        Some(on) if on > tx.today() => errors.push(FieldError::new("decided_on", "error-future-date")),
        Some(on) if on < filed_on => errors.push(FieldError::with("decided_on", "error-date-order", filed_on)),
        Some(_) => {}
    }
    if clean(&given.choice.reason).is_empty() {
        errors.push(FieldError::new("reason", "error-reason"));
    }
    let (reason, orders) = match check_choice(tx, actor, &kind, &declaration, outcome, &given.choice, false) {
        Ok(checked) => checked,
        Err(Error::Invalid(more)) => {
            errors.extend(more.into_iter().filter(|error| !errors.contains(error)).collect::<Vec<_>>());
            return Err(Error::Invalid(errors));
        }
        Err(error) => return Err(error),
    };
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    unchanged(&declaration, given.choice.version)?;
    if !declaration.is_outside() {
        return Err(Error::NotPossible("not-possible-decided"));
    }
    step(&mut declaration, Command::Decide { then: outcome.then }, "not-possible-decided")?;
    declaration.outside_authority = Some(authority.clone());
    conclude(tx, actor, &kind, &mut declaration, outcome, STEP, &reason, &orders)?;
    keep(tx, &declaration, actor, &authority, decided_on, &document)?;
    let event = Event::DecidedOutside {
        authority,
        decided_on,
        document,
        outcome: outcome.id.clone(),
        reason,
        measures: wishes::texts(&orders),
        revision: declaration.revision,
    };
    journal::record(tx, Some(actor.person), Some(declaration.id), &event)?;
    mail::decided_outside(tx, &declaration, outcome, actor.person)?;
    follow_through(tx, actor, &kind, &declaration, &orders)?;
    Ok(declaration)
}

fn keep(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    actor: &Actor,
    authority: &str,
    decided_on: NaiveDate,
    document: &str,
) -> Result<()> {
    let now = tx.now();
    // Of a sealed file, who decided and where are as confidential as the rest.
    let key = record::whole(tx, declaration.id)?;
    let closed = |column: &str, text: &str| match &key {
        Some(key) => key.seal_text(&Place::new(column, declaration.id, declaration.revision), text),
        None => Ok(text.to_owned()),
    };
    let (authority, document) = (closed("outside-authority", authority)?, closed("outside-document", document)?);
    diesel::insert_into(outside_decisions::table)
        .values((
            outside_decisions::declaration_id.eq(declaration.id),
            outside_decisions::revision.eq(declaration.revision),
            outside_decisions::authority.eq(authority),
            outside_decisions::decided_on.eq(decided_on),
            outside_decisions::document.eq(document),
            outside_decisions::recorded_by.eq(actor.person),
            outside_decisions::recorded_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// `POST /d/{slug}/decision-externe`
pub async fn post(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let language = visit.language;
    act_then(visit, slug, form, "flash-outside-recorded", move |tx, actor, slug, form| {
        let typed = one(form, "decided_on");
        let decided_on = match typed.trim() {
            "" => None,
            typed => match parse_date(typed, tx.today(), language) {
                Ok(date) => Some(date),
                Err(problem) => return Err(Error::field("decided_on", problem.message_key())),
            },
        };
        let given = OutsideDecision {
            choice: Choice {
                outcome: one(form, "outcome").to_owned(),
                reason: one(form, "reason").to_owned(),
                measures: wishes::typed(form),
                version: version(form),
            },
            authority: one(form, "authority").to_owned(),
            decided_on,
            document: one(form, "document").to_owned(),
        };
        record(tx, actor, slug, &given)
    })
    .await
}
