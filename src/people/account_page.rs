//! The account on the page of a person: how it stands, suspending it at once, asking that it opens again.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::person_page::{self, Typed};
use super::store::Person;
use super::{accounts, pages, store, suspension};
use crate::acts::{self, Act};
use crate::app::Tx;
use crate::clock::local_date;
use crate::error::{Error, FieldError, Result};
use crate::formats::{format_date_long, format_datetime};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::see_other;

/// What the page says of an account.
#[derive(Serialize)]
pub struct AccountView {
    /// Whoever reads the page of a person reads why their account is suspended; how it stands otherwise is for administrators.
    shown: bool,
    manages: bool,
    text: String,
    /// The account can be suspended: it is not, and it is somebody else's.
    may_suspend: bool,
    suspended: Option<SuspendedView>,
    command: String,
    action: String,
    typed: String,
    error: Option<String>,
}

#[derive(Serialize)]
struct SuspendedView {
    at: String,
    by: Option<String>,
    reason: String,
    /// Somebody asked already that it opens again.
    request: Option<String>,
}

/// The account of a person for a reader who `manages` accounts or not; with what was typed and what is wrong with it.
pub(super) fn view(
    tx: &mut Tx<'_>,
    person: &Person,
    (manages, mine): (bool, bool),
    typed: &Typed,
    error: Option<String>,
    language: Language,
) -> Result<AccountView> {
    let zone = tx.zone();
    let text = match accounts::password_since(tx, person.id)? {
        None => say(language, "person-account-none", &[]),
        Some(since) => {
            let since = format_date_long(local_date(since, zone), language);
            say(language, "person-account-open", &[("date", Arg::from(since))])
        }
    };
    let suspended = match suspension::of(tx, person.id)? {
        None => None,
        Some(suspension) => {
            let asked = acts::store::asked(tx, &Act::AccountRestoration { number: person.number.clone() })?;
            Some(SuspendedView {
                at: format_datetime(suspension.at, zone, language),
                by: suspension.by.map(|by| store::find(tx, by).map(|by| by.name())).transpose()?,
                reason: suspension.reason,
                request: asked.map(|request| format!("/actes/{}", request.id)),
            })
        }
    };
    Ok(AccountView {
        shown: manages || suspended.is_some(),
        manages,
        text,
        may_suspend: manages && suspended.is_none() && !mine,
        suspended,
        command: format!("probite person password {}", person.number),
        action: pages::address(&person.number),
        typed: typed.why.clone(),
        error,
    })
}

/// Why an account is suspended, or is to open again.
#[derive(Debug, Deserialize)]
pub struct Why {
    #[serde(default)]
    why: String,
}

/// `POST /personnes/{number}/suspension`
pub async fn suspend(visit: Visit, number: web::Path<String>, form: web::Form<Why>) -> Result<HttpResponse> {
    let (number, why) = (number.into_inner(), form.into_inner().why);
    let (actor, of, reason) = (visit.actor()?, number.clone(), why.clone());
    let done = visit.app.write(move |tx| suspension::suspend(tx, Some(actor.person), &of, &reason)).await;
    match done {
        Ok(()) => Ok(see_other(&pages::address(&number), Some("flash-suspended"))),
        Err(error) => again(&visit, number, why, error).await,
    }
}

/// `POST /personnes/{number}/reouverture`: asks that the account opens again, which somebody else approves.
pub async fn restore(visit: Visit, number: web::Path<String>, form: web::Form<Why>) -> Result<HttpResponse> {
    let (number, why) = (number.into_inner(), form.into_inner().why);
    let (actor, reason) = (visit.actor()?, why.clone());
    let act = Act::AccountRestoration { number: number.clone() };
    match visit.app.write(move |tx| acts::actions::ask(tx, &actor, &act, &reason)).await {
        Ok(request) => Ok(see_other(&format!("/actes/{request}"), Some("flash-act-asked"))),
        Err(error) => again(&visit, number, why, error).await,
    }
}

/// The page with what was typed, and what is wrong beside it.
async fn again(visit: &Visit, number: String, why: String, error: Error) -> Result<HttpResponse> {
    let Error::Invalid(errors) = error else { return Err(error) };
    let errors: Vec<FieldError> = errors
        .into_iter()
        .map(|mut error| {
            if error.field == "reason" {
                error.field = "why".into();
            }
            error
        })
        .collect();
    person_page::render(visit, number, Typed::saying(visit, why), &errors).await
}
