//! What is posted from the pages of a showcase.

use actix_web::{HttpResponse, web};
use serde_json::{Map, Value};

use super::hearings::Note;
use super::store::Showcase;
use super::{actions, hearings, ledger_page, showcase_page, taking_part};
use crate::access::Actor;
use crate::app::Tx;
use crate::declarations::answers::Form;
use crate::error::{Error, Result};
use crate::web::Visit;
use crate::web::page::see_other;

fn typed(form: &Form, name: &str) -> String {
    form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone())
}

/// Which page a form stands on, and comes back to with its errors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum On {
    Showcase,
    Ledger,
}

async fn act<F>(visit: Visit, reference: String, form: Form, on: On, flash: &str, work: F) -> Result<HttpResponse>
where
    F: FnOnce(&mut Tx<'_>, &Actor, &str) -> Result<Showcase> + Send + 'static,
{
    let (actor, wanted) = (visit.actor()?, reference.clone());
    match visit.app.write(move |tx| work(tx, &actor, &wanted)).await {
        Ok(showcase) => {
            let end = if on == On::Ledger { "/registre" } else { "" };
            Ok(see_other(&format!("{}{end}", showcase.address()), Some(flash)))
        }
        Err(Error::Invalid(errors)) if on == On::Ledger => ledger_page::render(&visit, reference, &errors, &form).await,
        Err(Error::Invalid(errors)) => showcase_page::render(&visit, reference, &errors, &form).await,
        Err(error) => Err(error),
    }
}

/// `POST /evenements/{reference}/inscription`
pub async fn register(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    act(visit, reference.into_inner(), Vec::new(), On::Showcase, "flash-registered", taking_part::register).await
}

/// `POST /evenements/{reference}/desistement`
pub async fn give_up(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    act(visit, reference.into_inner(), Vec::new(), On::Showcase, "flash-gave-up", taking_part::give_up).await
}

/// `POST /evenements/{reference}/annulation`
pub async fn cancel(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let reason = typed(&form, "cancel_reason");
    let work = move |tx: &mut Tx<'_>, actor: &Actor, reference: &str| actions::cancel(tx, actor, reference, &reason);
    act(visit, reference.into_inner(), form, On::Showcase, "flash-showcase-cancelled", work).await
}

/// `POST /evenements/{reference}/tenue`: it took place, and these people came.
pub async fn hold(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let version = typed(&form, "version").parse().unwrap_or_default();
    let others = typed(&form, "others");
    let present: Vec<String> =
        form.iter().filter(|(name, _)| name == "present").map(|(_, value)| value.clone()).collect();
    let work = move |tx: &mut Tx<'_>, actor: &Actor, reference: &str| {
        taking_part::hold(tx, actor, reference, version, &present, &others)
    };
    act(visit, reference.into_inner(), form, On::Showcase, "flash-showcase-held", work).await
}

/// `POST /evenements/{reference}/entreprises`
pub async fn add_firm(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let form = crate::companies::suggest::filled(&visit, form.into_inner()).await?;
    if form.iter().any(|(name, _)| name == "_search") {
        return ledger_page::search(&visit, reference.into_inner(), &form).await;
    }
    let (company, origin) = (company_of(&form), typed(&form, "origin"));
    let work =
        move |tx: &mut Tx<'_>, actor: &Actor, reference: &str| hearings::add(tx, actor, reference, &company, &origin);
    act(visit, reference.into_inner(), form, On::Ledger, "flash-firm-added", work).await
}

/// The company a form names.
pub(crate) fn company_of(form: &Form) -> Value {
    let part = |name: &str| typed(form, &format!("company.{name}")).trim().replace('\0', "");
    let mut company = Map::new();
    if let Ok(id) = part("id").parse::<i64>() {
        company.insert("company_id".into(), id.into());
    }
    let neq = crate::formats::parse_neq(&part("neq")).unwrap_or_else(|_| part("neq"));
    for (name, value) in [("name", part("name")), ("neq", neq), ("no_neq_reason", part("no_neq_reason"))] {
        if !value.is_empty() {
            company.insert(name.into(), value.into());
        }
    }
    Value::Object(company)
}

/// `POST /evenements/{reference}/entreprises/{firm}`
pub async fn note_firm(visit: Visit, path: web::Path<(String, String)>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (reference, firm) = path.into_inner();
    let firm: i64 = firm.parse().map_err(|_| Error::NotFound)?;
    let form = form.into_inner();
    let at = |name: &str| typed(&form, &format!("{name}-{firm}"));
    let note = Note { heard: at("heard"), minutes: at("minutes"), stage: at("stage"), reason: at("reason") };
    let work = move |tx: &mut Tx<'_>, actor: &Actor, reference: &str| hearings::note(tx, actor, reference, firm, &note);
    act(visit, reference, form, On::Ledger, "flash-firm-noted", work).await
}

/// `POST /evenements/{reference}/reponses`
pub async fn publish(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let (question, answer) = (typed(&form, "question"), typed(&form, "answer"));
    let work = move |tx: &mut Tx<'_>, actor: &Actor, reference: &str| {
        hearings::publish(tx, actor, reference, &question, &answer)
    };
    act(visit, reference.into_inner(), form, On::Ledger, "flash-answer-published", work).await
}

/// `POST /evenements/{reference}/avis`: the contract monitor answers.
pub async fn advise(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let opinion = typed(&form, "opinion");
    let work = move |tx: &mut Tx<'_>, actor: &Actor, reference: &str| actions::advise(tx, actor, reference, &opinion);
    act(visit, reference.into_inner(), form, On::Ledger, "flash-opinion", work).await
}
