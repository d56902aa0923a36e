//! What is posted from the page of one declaration: a decision, a question, an answer, an opinion, a withdrawal.

use actix_web::{HttpResponse, web};

use super::acknowledging;
use super::actions::{self, Choice};
use super::answers::Form;
use super::detail::{UNSENT, render, words_of};
use super::handing;
use super::kind::Office;
use super::reading;
use super::store::{self, Declaration};
use super::workflow::State;
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::error::{Error, FieldError, Result};
use crate::web::Visit;
use crate::web::page::see_other;

/// `POST /d/{slug}/decision`: one of the outcomes, or a question. None is preset; an untouched form decides nothing.
pub async fn decide(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let typed = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    let choice = Choice {
        outcome: typed("outcome"),
        reason: typed("reason"),
        measures: crate::measures::wishes::typed(&form),
        version: typed("version").parse().unwrap_or_default(),
    };
    if !typed("more").is_empty() {
        // One more row of measures: nothing is decided, nothing typed is lost.
        return render(&visit, slug.into_inner(), &[], &form).await;
    }
    let asked = choice.outcome == "_ask";
    let done = act(&visit, &slug, &form, move |tx, actor, slug| {
        if asked { actions::ask_beside(tx, actor, slug, &choice) } else { actions::decide(tx, actor, slug, &choice) }
    })
    .await?;
    match done {
        Done::Did(declaration) => {
            let flash = if asked { "flash-asked" } else { "flash-decided" };
            let readable =
                declaration.state() != State::WithEthics || visit.actor()?.offices().contains(&Office::EthicsOfficer);
            let to = if readable { format!("/d/{}", declaration.slug()) } else { "/a-traiter".to_owned() };
            Ok(see_other(&to, Some(flash)))
        }
        Done::Again(response) => Ok(response),
    }
}

enum Done {
    Did(Box<Declaration>),
    /// The page again, with errors beside the fields and what was typed.
    Again(HttpResponse),
}

async fn act<F>(visit: &Visit, slug: &str, form: &Form, work: F) -> Result<Done>
where
    F: FnOnce(&mut Tx<'_>, &Actor, &str) -> Result<Declaration> + Send + 'static,
{
    let (actor, wanted) = (visit.actor()?, slug.to_owned());
    match visit.app.write(move |tx| work(tx, &actor, &wanted)).await {
        Ok(declaration) => Ok(Done::Did(Box::new(declaration))),
        Err(Error::NotFound) => {
            let (actor, wanted) = (visit.actor()?, slug.to_owned());
            visit.app.write(move |tx| super::access_log::refused(tx, &actor, &wanted)).await?;
            Err(Error::NotFound)
        }
        Err(Error::Invalid(errors)) => Ok(Done::Again(render(visit, slug.to_owned(), &errors, form).await?)),
        Err(Error::Stale) => {
            let errors = [FieldError::new("outcome", "error-stale")];
            Ok(Done::Again(render(visit, slug.to_owned(), &errors, form).await?))
        }
        Err(error @ (Error::NotAllowed | Error::NotPossible(_))) => too_late(visit, slug, form, error).await,
        Err(error) => Err(error),
    }
}

/// Somebody else acted first: the file comes back as it is now, with what was written beside it, for whoever may still read it.
async fn too_late(visit: &Visit, slug: &str, form: &Form, error: Error) -> Result<Done> {
    let told = match error {
        Error::NotPossible(key) => key,
        _ if has_moved(visit, slug, form).await => "error-moved-on",
        _ => return Err(error),
    };
    if words_of(form).is_empty() {
        return Err(error);
    }
    let errors = [FieldError::new(UNSENT, told)];
    render(visit, slug.to_owned(), &errors, form).await.map(Done::Again).map_err(|_| error)
}

/// Another version than the one that was read, and not by this person's own decision sent twice. A form that says no version says nothing
/// of it.
async fn has_moved(visit: &Visit, slug: &str, form: &Form) -> bool {
    let (Ok(actor), wanted) = (visit.actor(), slug.to_owned()) else { return false };
    let Ok(read) = one(form, "version").parse::<i32>() else { return false };
    let found = visit.app.read(move |tx| {
        let declaration = store::authorized(tx, &actor, &wanted, Action::Read)?.declaration;
        Ok(declaration.version != read && declaration.decider_id != Some(actor.person))
    });
    found.await.is_ok_and(|moved| moved)
}

pub(crate) async fn act_then(
    visit: Visit,
    slug: web::Path<String>,
    form: web::Form<Form>,
    flash: &'static str,
    work: impl FnOnce(&mut Tx<'_>, &Actor, &str, &Form) -> Result<Declaration> + Send + 'static,
) -> Result<HttpResponse> {
    let form = form.into_inner();
    let given = form.clone();
    match act(&visit, &slug, &form, move |tx, actor, slug| work(tx, actor, slug, &given)).await? {
        Done::Did(declaration) => Ok(see_other(&format!("/d/{}", declaration.slug()), Some(flash))),
        Done::Again(response) => Ok(response),
    }
}

/// What follows a form of a page of its own: the file it is about at `part`, or the page `again` with what is to be corrected.
pub(crate) async fn settle(
    visit: &Visit,
    slug: &str,
    done: Result<Declaration>,
    part: &str,
    flash: &'static str,
    again: impl AsyncFnOnce(&[FieldError]) -> Result<HttpResponse>,
) -> Result<HttpResponse> {
    match done {
        Ok(declaration) => Ok(see_other(&format!("/d/{}#{part}", declaration.slug()), Some(flash))),
        Err(Error::Invalid(errors)) => again(&errors).await,
        Err(Error::NotFound) => {
            reading::refused(&visit.app, &visit.actor()?, slug).await?;
            Err(Error::NotFound)
        }
        Err(error) => Err(error),
    }
}

pub(crate) fn one<'f>(form: &'f Form, name: &str) -> &'f str {
    form.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
}

pub(crate) fn version(form: &Form) -> i32 {
    one(form, "version").parse().unwrap_or_default()
}

/// `POST /d/{slug}/prise-en-charge`
pub async fn take_up(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-taken-up", |tx, actor, slug, _| actions::take_up(tx, actor, slug)).await
}

/// `POST /d/{slug}/reponse`
pub async fn answer(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-answered", |tx, actor, slug, form| {
        actions::answer(tx, actor, slug, one(form, "answer"))
    })
    .await
}

/// `POST /d/{slug}/suite`: goes on without the answer.
pub async fn go_on(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-gone-on", |tx, actor, slug, form| {
        actions::go_on(tx, actor, slug, version(form), one(form, "note")).map_err(as_note)
    })
    .await
}

/// `POST /d/{slug}/avis`: an opinion, with or without sending the file back.
pub async fn opine(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-opinion", |tx, actor, slug, form| {
        if one(form, "back").is_empty() {
            actions::opine(tx, actor, slug, one(form, "note")).map_err(as_note)
        } else {
            handing::send_back(tx, actor, slug, version(form), one(form, "note")).map_err(as_note)
        }
    })
    .await
}

/// The opinion's box is called `note` on the page, because the decision's is called `reason`.
pub(super) fn as_note(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(
            errors
                .into_iter()
                .map(|error| FieldError {
                    field: if error.field == "reason" { "note".into() } else { error.field },
                    ..error
                })
                .collect(),
        ),
        other => other,
    }
}

/// `POST /d/{slug}/retrait`
pub async fn withdraw(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-withdrawn", |tx, actor, slug, form| {
        actions::withdraw(tx, actor, slug, one(form, "note"))
    })
    .await
}

/// `POST /d/{slug}/fermeture`
pub async fn close(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-closed", |tx, actor, slug, form| {
        actions::close(tx, actor, slug, one(form, "note"))
    })
    .await
}

/// `POST /d/{slug}/lecture`: « J’ai lu ».
pub async fn acknowledge(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-acknowledged", |tx, actor, slug, _| acknowledging::acknowledge(tx, actor, slug))
        .await
}

/// `POST /d/{slug}/reaffectation`
pub async fn reassign(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    act_then(visit, slug, form, "flash-reassigned", |tx, actor, slug, form| {
        handing::reassign(tx, actor, slug, one(form, "to"), one(form, "note")).map_err(as_note)
    })
    .await
}
