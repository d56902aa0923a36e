//! The retention pages, for the ethics officer and whoever approves: what the schedule says, lists, holds, certificates.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::store::{List, Listed};
use super::things::{self, ThingKind};
use super::{actions, holds, store};
use crate::access::{Actor, PageAction};
use crate::acts::{self, Act};
use crate::app::Tx;
use crate::clock::local_date;
use crate::companies;
use crate::db::schema::{declarations, events};
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats::{format_date_long, format_datetime};
use crate::journal;
use crate::people;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// What is typed to place a hold.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    on: String,
    reason: String,
}

#[derive(Serialize)]
struct Overview {
    approval: String,
    rules: Vec<RuleView>,
    may_prepare: bool,
    /// One waits: no other is prepared.
    open: bool,
    lists: Vec<ListView>,
    holds: Vec<HoldView>,
    typed: Typed,
    errors: Vec<ErrorView>,
    on_error: Option<String>,
    reason_error: Option<String>,
}

#[derive(Serialize)]
struct RuleView {
    title: String,
    number: String,
    from: String,
    years: String,
    then: String,
    kept: i64,
    waiting: i64,
    held: i64,
    due: i64,
}

#[derive(Serialize)]
struct ListView {
    href: String,
    name: String,
    state: String,
    who: Option<String>,
    files: usize,
}

#[derive(Serialize)]
struct HoldView {
    id: i64,
    on: String,
    reason: String,
    who: String,
    since: String,
}

fn state_label(list: &List, language: Language) -> String {
    say(language, &format!("retention-{}", list.state), &[])
}

fn list_name(tx: &Tx<'_>, list: &List, language: Language) -> String {
    let date = format_date_long(local_date(list.prepared_at, tx.zone()), language);
    say(language, "retention-list-of", &[("date", Arg::from(date))])
}

/// `GET /conservation`
pub async fn overview(visit: Visit) -> Result<HttpResponse> {
    overview_page(&visit, Typed::default(), &[]).await
}

async fn overview_page(visit: &Visit, typed: Typed, errors: &[FieldError]) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let may_prepare = may_prepare(visit, &actor);
    let views = error_views(errors, language);
    let of = |field: &str| {
        let found = errors.iter().zip(&views).find(|(error, _)| error.field == field);
        found.map(|(_, view)| view.text.clone())
    };
    let (on_error, reason_error) = (of("on"), of("reason"));
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read_long(move |tx| {
            let figures = actions::figures(tx)?;
            let mut lists = Vec::new();
            for list in store::lists(tx)? {
                let who = match list.prepared_by {
                    Some(by) => Some(people::store::find(tx, by)?.name()),
                    None => None,
                };
                lists.push(ListView {
                    href: format!("/conservation/{}", list.id),
                    name: list_name(tx, &list, language),
                    state: state_label(&list, language),
                    who,
                    files: store::files(tx, list.id)?.len(),
                });
            }
            let mut views_of_holds = Vec::new();
            for hold in holds::in_force(tx)? {
                views_of_holds.push(hold_view(tx, &hold, language)?);
            }
            let names = !(lists.is_empty() && views_of_holds.is_empty());
            let owed = if names { access_log::owed(tx, &by, "retention")? } else { None };
            let schedule = &tx.book.schedule;
            let content = Overview {
                approval: schedule.approval.clone(),
                rules: schedule
                    .rules
                    .iter()
                    .zip(figures)
                    .map(|(rule, figures)| RuleView {
                        title: rule.title.get(language).to_owned(),
                        number: rule.number.clone(),
                        from: labelled("retention-from", rule.from, language),
                        years: say(language, "retention-years", &[("years", Arg::from(i64::from(rule.years)))]),
                        then: labelled("retention-then", rule.then, language),
                        kept: figures.kept,
                        waiting: figures.waiting,
                        held: figures.held,
                        due: figures.due,
                    })
                    .collect(),
                may_prepare,
                open: store::open(tx)?.is_some(),
                lists,
                holds: views_of_holds,
                typed,
                on_error,
                reason_error,
                errors: views,
            };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::titled(visit, "retention-title")
        .wide()
        .status(status)
        .with_errors(!errors.is_empty())
        .render("pages/retention/overview", &content)
}

/// A word of the schedule, as people read it.
fn labelled(prefix: &str, word: impl Serialize, language: Language) -> String {
    let word = serde_json::to_value(word).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    say(language, &format!("{prefix}-{}", word.replace('_', "-")), &[])
}

fn may_prepare(visit: &Visit, actor: &Actor) -> bool {
    visit.app.book.access.opens(PageAction::PrepareRetention, Some(actor))
}

fn hold_view(tx: &mut Tx<'_>, hold: &holds::Hold, language: Language) -> Result<HoldView> {
    let on = match (hold.declaration, hold.person, hold.company) {
        (Some(file), ..) => {
            let reference: Option<String> =
                declarations::table.find(file).select(declarations::reference).first(tx.conn)?;
            reference.unwrap_or_default()
        }
        (None, Some(person), _) => {
            let name = people::store::find(tx, person)?.name();
            say(language, "legal-hold-person", &[("name", Arg::from(name))])
        }
        (None, None, Some(company)) => {
            let name = companies::store::find(tx, company)?.map(|company| company.name).unwrap_or_default();
            say(language, "legal-hold-company", &[("name", Arg::from(name))])
        }
        (None, None, None) => hold.thing.clone().unwrap_or_default(),
    };
    Ok(HoldView {
        id: hold.id,
        on,
        reason: hold.reason.clone(),
        who: people::store::find(tx, hold.placed_by)?.name(),
        since: format_date_long(local_date(hold.placed_at, tx.zone()), language),
    })
}

/// `POST /conservation`: prepares the list of what is due today.
pub async fn prepare(visit: Visit) -> Result<HttpResponse> {
    let by = visit.actor()?.person;
    let id = visit.app.write(move |tx| actions::prepare(tx, Some(by))).await?;
    Ok(see_other(&format!("/conservation/{id}"), Some("flash-retention-listed")))
}

/// `POST /conservation/gels`
pub async fn place_hold(visit: Visit, form: web::Form<Typed>) -> Result<HttpResponse> {
    let (actor, typed) = (visit.actor()?, form.into_inner());
    let given = typed.clone();
    match visit.app.write(move |tx| holds::place(tx, &actor, &given.on, &given.reason)).await {
        Ok(()) => Ok(see_other("/conservation#gels", Some("flash-hold-placed"))),
        Err(Error::Invalid(errors)) => overview_page(&visit, typed, &errors).await,
        Err(error) => Err(error),
    }
}

/// `POST /conservation/gels/{id}/levee`
pub async fn lift_hold(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, id) = (visit.actor()?, id.into_inner());
    visit.app.write(move |tx| holds::lift(tx, &actor, id)).await?;
    Ok(see_other("/conservation#gels", Some("flash-hold-lifted")))
}

#[derive(Serialize)]
struct OnePage {
    id: i64,
    name: String,
    state: String,
    ended: Option<String>,
    files: Vec<FileView>,
    count: usize,
    is_open: bool,
    destroyed: bool,
    may_prepare: bool,
    /// The request that waits for a second person.
    request: Option<String>,
    reason: String,
    errors: Vec<ErrorView>,
    reason_error: Option<String>,
}

#[derive(Serialize)]
struct FileView {
    reference: String,
    /// Of the file or thing, for whoever reads the register.
    href: Option<String>,
    kind: String,
    rule: String,
    ended: String,
    due: String,
}

/// `GET /conservation/{id}`
pub async fn show(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    one_page(&visit, id.into_inner(), String::new(), &[]).await
}

async fn one_page(visit: &Visit, id: i64, reason: String, errors: &[FieldError]) -> Result<HttpResponse> {
    let (actor, language, views) = (visit.actor()?, visit.language, error_views(errors, visit.language));
    let may_prepare = may_prepare(visit, &actor);
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read(move |tx| {
            let list = store::list(tx, id)?;
            let files = store::files(tx, id)?;
            let owed = if files.is_empty() { None } else { access_log::owed(tx, &by, "retention_list")? };
            let act = Act::Destruction { list: id, files: 0 };
            let request = acts::store::asked(tx, &act)?.map(|request| format!("/actes/{}", request.id));
            let mut lines = Vec::with_capacity(files.len());
            for file in &files {
                lines.push(file_view(tx, file, may_prepare, language)?);
            }
            let content = OnePage {
                id,
                name: list_name(tx, &list, language),
                state: state_label(&list, language),
                ended: list.ended_at.map(|at| format_datetime(at, tx.zone(), language)),
                count: files.len(),
                is_open: list.is_open(),
                destroyed: list.state == "destroyed",
                files: lines,
                may_prepare,
                request,
                reason,
                reason_error: views.first().map(|view| view.text.clone()),
                errors: views,
            };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Page::new(visit, content.name.clone())
        .wide()
        .back("/conservation", "nav-retention")
        .status(status)
        .with_errors(!errors.is_empty())
        .render("pages/retention/one", &content)
}

fn file_view(tx: &mut Tx<'_>, file: &Listed, reads: bool, language: Language) -> Result<FileView> {
    let rule = tx.book.schedule.rules.iter().find(|rule| rule.id == file.rule);
    let version = tx.book.catalogue.kind(&file.kind);
    let kind = match (version, ThingKind::parse(&file.kind)) {
        (Some(version), _) => version.kind.title.get(language).to_owned(),
        (None, Some(thing)) => say(language, thing.name_key(), &[]),
        (None, None) => file.kind.clone(),
    };
    Ok(FileView {
        reference: file.reference.clone(),
        href: if reads && file.destroyed_at.is_none() { Some(address(tx, file)?) } else { None },
        kind,
        rule: rule.map_or_else(|| file.rule.clone(), |rule| rule.title.get(language).to_owned()),
        ended: format_date_long(file.ended_on, language),
        due: format_date_long(file.due_on, language),
    })
}

/// Where a line of a list is looked at before it is destroyed.
fn address(tx: &mut Tx<'_>, file: &Listed) -> Result<String> {
    let reference = &file.reference;
    Ok(match ThingKind::parse(&file.kind).filter(|_| file.declaration.is_none()) {
        None => format!("/d/{reference}"),
        Some(ThingKind::Showcase) => format!("/evenements/{reference}"),
        Some(ThingKind::Passport) => format!("/passeports/{reference}"),
        Some(ThingKind::Clearance) => format!("/verifications/{reference}"),
        Some(ThingKind::Incident) => format!("/incidents/{reference}"),
        Some(ThingKind::Person) => {
            let id = things::person_of(reference).ok_or(Error::NotFound)?;
            people::pages::address(&people::store::find(tx, id)?.number)
        }
    })
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    reason: String,
}

/// `POST /conservation/{id}/destruction`: asks for it; somebody else approves.
pub async fn ask(visit: Visit, id: web::Path<i64>, form: web::Form<Asked>) -> Result<HttpResponse> {
    let (actor, id, reason) = (visit.actor()?, id.into_inner(), form.into_inner().reason);
    let given = reason.clone();
    let asked = visit
        .app
        .write(move |tx| {
            let files = i64::try_from(store::files(tx, id)?.len()).unwrap_or(i64::MAX);
            acts::actions::ask(tx, &actor, &Act::Destruction { list: id, files }, &given)
        })
        .await;
    match asked {
        Ok(request) => Ok(see_other(&format!("/actes/{request}"), Some("flash-act-asked"))),
        Err(Error::Invalid(errors)) => one_page(&visit, id, reason, &errors).await,
        Err(error) => Err(error),
    }
}

/// `POST /conservation/{id}/abandon`: sets the list aside.
pub async fn drop_list(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, id) = (visit.actor()?, id.into_inner());
    visit.app.write(move |tx| actions::drop_list(tx, &actor, id)).await?;
    Ok(see_other("/conservation", Some("flash-retention-dropped")))
}

/// `GET /conservation/{id}/certificat.json`: the events of the destruction and the proof that the signed journal holds them.
/// It says which files, under which rule, when, by whom; nothing of what was in them (trust.md P03).
pub async fn certificate(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let (actor, id) = (visit.actor()?, id.into_inner());
    visit
        .app
        .write(move |tx| {
            if store::list(tx, id)?.state != "destroyed" {
                return Err(Error::NotFound);
            }
            access_log::exported(tx, &actor, "retention_certificate", None)
        })
        .await?;
    let about = format!("destruction-{id}");
    let name = format!("certificat-{about}.json");
    journal::pages::proof(&visit.app, &name, about, move |tx| numbers_of(tx, id)).await
}

/// Events of the destruction of a list: the approval, each file, the end.
fn numbers_of(tx: &mut Tx<'_>, list: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64, String)> = events::table
        .filter(events::event.eq_any(["file_destroyed", "retention_carried_out"]))
        .order(events::seq.asc())
        .select((events::seq, events::leaf))
        .load(tx.conn)?;
    let of_list = |leaf: &str| {
        let leaf: serde_json::Value = serde_json::from_str(leaf).unwrap_or_default();
        leaf.get("data").and_then(|data| data.get("list")).and_then(serde_json::Value::as_i64) == Some(list)
    };
    Ok(rows.into_iter().filter(|(_, leaf)| of_list(leaf)).map(|(seq, _)| seq).collect())
}
