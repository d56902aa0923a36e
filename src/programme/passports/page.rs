//! The list of passports, and the page of one: the ruling, who went, what it cost, what came of it.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::actions::{self, Typed};
use super::attendance::{self, Attendance};
use super::matching::Likeness;
use super::new_page::{RulingForm, text, typed};
use super::store::{self, Passport, Ruling};
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::answers::Form;
use crate::declarations::detail;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::lists::PAGE;
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

/// `?avant=`: rows below this one.
#[derive(Debug, Default, Deserialize)]
pub struct Below {
    #[serde(default)]
    avant: String,
}

#[derive(Serialize)]
struct ListPage {
    lines: Vec<LineView>,
    previous_href: Option<&'static str>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    href: String,
    title: String,
    reference: String,
    company: String,
    on: String,
    ruling: String,
}

/// `GET /passeports`
pub async fn list(visit: Visit, query: web::Query<Below>) -> Result<HttpResponse> {
    let before: Option<i64> = query.avant.parse().ok();
    let language = visit.language;
    let (lines, next) = visit
        .app
        .read(move |tx| {
            let mut found = store::list(tx, before, PAGE + 1)?;
            let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
            let more = found.len() > most;
            found.truncate(most);
            let next = found.last().filter(|_| more).map(|passport| passport.id);
            let mut lines = Vec::new();
            for passport in found {
                let ruling = store::in_force(tx, passport.id)?;
                lines.push(LineView {
                    href: passport.address(),
                    on: formats::format_date_long(passport.event_on, language),
                    ruling: ruling_label(&ruling, language),
                    title: passport.title,
                    reference: passport.reference,
                    company: passport.company,
                });
            }
            Ok((lines, next))
        })
        .await?;
    let content = ListPage {
        lines,
        previous_href: before.is_some().then_some("/passeports"),
        next_href: next.map(|id| format!("/passeports?avant={id}")),
    };
    Page::titled(&visit, "passports-title")
        .wide()
        .back("/evenements", "back-events")
        .render("pages/passports/list", &content)
}

fn ruling_label(ruling: &Ruling, language: Language) -> String {
    say(language, &format!("ruling-{}", ruling.verb().as_str().replace('_', "-")), &[])
}

#[derive(Serialize)]
struct PassportPage {
    reference: String,
    address: String,
    title: String,
    company: String,
    on: String,
    rulings: Vec<RulingView>,
    attendance: Attendance,
    proposals: Vec<ProposalView>,
    version: i32,
    form: RulingForm,
    form_open: bool,
    errors: Vec<ErrorView>,
    requests_error: Option<String>,
}

#[derive(Serialize)]
struct RulingView {
    label: String,
    cap: Option<String>,
    conditions: Vec<String>,
    reason: String,
    by: String,
    in_force: bool,
}

#[derive(Serialize)]
struct ProposalView {
    reference: String,
    label: String,
    likely: bool,
    input_id: String,
}

/// `GET /passeports/{reference}`
pub async fn show(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, reference.into_inner(), &[], None).await
}

async fn render(visit: &Visit, reference: String, errors: &[FieldError], form: Option<&Form>) -> Result<HttpResponse> {
    let (at, failed, sent) = (visit.clone(), errors.to_vec(), form.cloned());
    let actor = visit.actor()?;
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read(move |tx| {
            let content = content(tx, &at, &reference, &failed, sent.as_ref())?;
            let names = !(content.attendance.lines.is_empty() && content.proposals.is_empty());
            Ok((content, if names { access_log::owed(tx, &by, "passport")? } else { None }))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    Page::new(visit, content.title.clone())
        .wide()
        .back("/passeports", "back-passports")
        .with_errors(!errors.is_empty())
        .render("pages/passports/passport", &content)
}

fn content(
    tx: &mut Tx<'_>,
    visit: &Visit,
    reference: &str,
    errors: &[FieldError],
    sent: Option<&Form>,
) -> Result<PassportPage> {
    let (actor, language) = (visit.actor()?, visit.language);
    let passport = store::find(tx, reference)?;
    let rulings = store::rulings(tx, passport.id)?;
    // A new ruling starts from the one in force, its reason and verb aside: none is preset.
    let known = match rulings.first() {
        Some(ruling) => Typed {
            cap: ruling
                .cap_cents
                .map(|cap| formats::format_money(cap, Language::Fr).replace("\u{a0}$", ""))
                .unwrap_or_default(),
            conditions: ruling.conditions()?.join("\n"),
            ..Typed::default()
        },
        None => Typed::default(),
    };
    let about_requests = errors.iter().any(|error| error.field == "requests");
    let shown = sent.filter(|_| !about_requests).map_or(known, typed);
    let mut views = Vec::new();
    for ruling in &rulings {
        views.push(ruling_view(tx, ruling, passport.ruling, language)?);
    }
    Ok(PassportPage {
        reference: passport.reference.clone(),
        address: passport.address(),
        title: passport.title.clone(),
        company: passport.company.clone(),
        on: formats::format_date_long(passport.event_on, language),
        rulings: views,
        attendance: attendance::read(tx, &actor, &passport, language)?,
        proposals: proposal_views(tx, &actor, &passport, language)?,
        version: passport.ruling,
        form: RulingForm::new(visit, &shown, errors),
        form_open: !errors.is_empty() && !about_requests,
        errors: error_views(errors, language),
        requests_error: errors.iter().find(|e| e.field == "requests").map(|e| field_message(e, language)),
    })
}

fn ruling_view(tx: &mut Tx<'_>, ruling: &Ruling, current: i32, language: Language) -> Result<RulingView> {
    let by = people::store::find(tx, ruling.ruled_by)?.name();
    let date = formats::format_date_long(local_date(ruling.ruled_at, tx.zone()), language);
    Ok(RulingView {
        label: ruling_label(ruling, language),
        cap: ruling
            .cap_cents
            .map(|cap| say(language, "passport-cap-is", &[("cap", Arg::from(formats::format_money(cap, language)))])),
        conditions: ruling.conditions()?,
        reason: ruling.reason.clone(),
        by: say(language, "consultation-answered", &[("name", Arg::from(by)), ("date", Arg::from(date))]),
        in_force: ruling.number == current,
    })
}

fn proposal_views(
    tx: &mut Tx<'_>,
    actor: &Actor,
    passport: &Passport,
    language: Language,
) -> Result<Vec<ProposalView>> {
    let mut views = Vec::new();
    for (request, likeness) in actions::proposals(tx, actor, passport)? {
        let reference = request.reference.clone().unwrap_or_default();
        let name = people::store::find(tx, request.declarant_id)?.name();
        let date = request.occurred_on.map(|on| formats::format_date_long(on, language)).unwrap_or_default();
        views.push(ProposalView {
            label: format!("{name}, {}, {date} ({reference})", request.subject),
            likely: likeness == Likeness::Likely,
            input_id: format!("request-{reference}"),
            reference,
        });
    }
    Ok(views)
}

/// `POST /passeports/{reference}/decision`: rules again.
pub async fn rule(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, reference, form) = (visit.actor()?, reference.into_inner(), form.into_inner());
    let version = text(&form, "version").parse().unwrap_or_default();
    let (wanted, ruling) = (reference.clone(), typed(&form));
    match visit.app.write(move |tx| actions::rule_again(tx, &actor, &wanted, version, &ruling)).await {
        Ok(passport) => Ok(see_other(&passport.address(), Some("flash-passport-ruled"))),
        Err(Error::Invalid(errors)) => render(&visit, reference, &errors, Some(&form)).await,
        Err(Error::Stale) => {
            let errors = [FieldError::new("ruling", "error-passport-stale")];
            render(&visit, reference, &errors, Some(&form)).await
        }
        Err(error) => Err(error),
    }
}

/// `POST /passeports/{reference}/demandes`: these requests are for the event.
pub async fn confirm(visit: Visit, reference: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, reference, form) = (visit.actor()?, reference.into_inner(), form.into_inner());
    let slugs: Vec<String> =
        form.iter().filter(|(name, _)| name == "request").map(|(_, value)| value.clone()).collect();
    let wanted = reference.clone();
    match visit.app.write(move |tx| actions::confirm(tx, &actor, &wanted, &slugs)).await {
        Ok(passport) => Ok(see_other(&passport.address(), Some("flash-passport-linked"))),
        Err(Error::Invalid(errors)) => render(&visit, reference, &errors, Some(&form)).await,
        Err(error) => Err(error),
    }
}

/// `POST /passeports/{reference}/demandes/{slug}/retrait`
pub async fn unlink(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (actor, (reference, slug)) = (visit.actor()?, path.into_inner());
    let passport = visit.app.write(move |tx| actions::unlink(tx, &actor, &reference, &slug)).await?;
    Ok(see_other(&passport.address(), Some("flash-passport-unlinked")))
}

/// `POST /d/{slug}/passeport`: whoever decides a request says which passport it is for.
pub async fn confirm_own(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (actor, slug, form) = (visit.actor()?, slug.into_inner(), form.into_inner());
    let (wanted, chosen) = (slug.clone(), text(&form, "passport"));
    match visit.app.write(move |tx| actions::confirm_own(tx, &actor, &wanted, &chosen)).await {
        Ok(request) => Ok(see_other(&format!("/d/{}", request.slug()), Some("flash-passport-linked"))),
        Err(Error::Invalid(errors)) => detail::render(&visit, slug, &errors, &form).await,
        Err(error) => Err(error),
    }
}
