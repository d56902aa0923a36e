//! Reading through the API.

use actix_web::{HttpResponse, web};

use super::super::access_log;
use super::super::kind::Office;
use super::super::lists::{self, Filter, InboxView, StateFilter};
use super::super::reading;
use super::super::workflow::State;
use super::asked::Order;
use super::call::Call;
use super::views::*;
use super::{show, slug};
use crate::access::{Action, RegisterScope, require};
use crate::error::{Error, Result};
use crate::{comments, companies, ethics, people};

/// `GET /api/v1/me`
pub async fn me(call: Call) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let actor = call.visit.actor()?;
    call.answer(&Me {
        number: actor.number.clone(),
        name: actor.name.clone(),
        language: actor.language.code().to_owned(),
        roles: actor.roles.iter().map(|role| role.as_str().to_owned()).collect(),
        offices: actor.offices().iter().map(|office| office.as_str().to_owned()).collect(),
        leads: actor.leads,
        scope: if actor.read_only { "read" } else { "write" }.to_owned(),
    })
}

/// `GET /api/v1/kinds`
pub async fn kinds(call: Call) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let (book, actor) = (&call.visit.app.book, call.visit.actor()?);
    let versions = book.catalogue.kinds();
    let kinds = versions.iter().filter(|version| book.access.files(&version.kind.id, &actor));
    let items = kinds.map(|version| show::kind_item(&version.kind, call.visit.language)).collect();
    call.answer(&ListOfKinds { items })
}

/// `GET /api/v1/kinds/{id}`
pub async fn kind(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let version = call.visit.app.book.catalogue.kind(&id).ok_or(Error::NotFound)?;
    call.answer(&show::kind(&version.kind, call.visit.language)?)
}

/// `GET /api/v1/declarations`: those of the person, drafts included.
pub async fn mine(call: Call) -> Result<HttpResponse> {
    let actor = call.visit.actor()?;
    let mut asked = call.asked()?;
    let state = asked.one("state", State::parse)?;
    let (size, after) = (asked.limit()?, asked.cursor(Order::Instant)?);
    asked.nothing_else()?;
    let page = call.visit.app.read(move |tx| lists::mine(tx, actor.person, state, after.as_ref(), size)).await?;
    call.answer(&show::list(&call.visit, &page, Order::Instant, None))
}

/// `GET /api/v1/declarations/{id}`
pub async fn declaration(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let (id, actor, language) = (slug(&id)?, call.visit.actor()?, call.visit.language);
    let (declaration, shown) = reading::open(&call.visit.app, &actor, &id, move |tx, actor, found| {
        show::declaration(tx, actor, found, language)
    })
    .await?;
    call.answer_version(declaration.version, &shown)
}

/// `GET /api/v1/declarations/{id}/comments`
pub async fn comments(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let (id, actor) = (slug(&id)?, call.visit.actor()?);
    let (_, found) = reading::open(&call.visit.app, &actor, &id, |tx, actor, found| {
        let declaration = &found.declaration;
        require(&tx.book.access, actor, Action::Examine, &found.target())?;
        comments::store::read_by(tx, declaration.id, actor.person, declaration.declarant_id == actor.person)
    })
    .await?;
    let items = found
        .into_iter()
        .map(|one| CommentItem {
            id: one.id,
            at: one.written_at.and_utc(),
            author: one.author_name,
            audience: one.audience,
            about: one.field,
            text: one.text,
        })
        .collect();
    call.answer(&ListOfComments { items })
}

/// `GET /api/v1/inbox`: what waits for the person, or for one of their offices.
pub async fn inbox(call: Call) -> Result<HttpResponse> {
    let actor = call.visit.actor()?;
    let mut asked = call.asked()?;
    let view = asked.one("view", InboxView::parse)?.unwrap_or(InboxView::ADecider);
    let office = asked.one("office", |text| Office::parse(text).filter(|office| *office != Office::Supervisor))?;
    let book = &call.visit.app.book;
    let kind = asked.one("kind", |id| book.catalogue.kind(id).map(|version| version.kind.id.clone()))?;
    let order = match view {
        InboxView::Decidees | InboxView::Equipe | InboxView::AInscrire | InboxView::Avis | InboxView::ARelire => {
            Order::Instant
        }
        InboxView::ADecider
        | InboxView::EnRetard
        | InboxView::Signalees
        | InboxView::AttendReponse
        | InboxView::Deleguees => Order::Date,
    };
    let (size, after) = (asked.limit()?, asked.cursor(order)?);
    asked.nothing_else()?;
    if office.is_some_and(|office| !actor.offices().contains(&office)) {
        return Err(Error::NotAllowed);
    }
    let filter = Filter { kind, ..Filter::default() };
    let by = std::sync::Arc::clone(&actor);
    let (page, owed) = call
        .visit
        .app
        .read(move |tx| {
            let page = lists::inbox(tx, &by, office, view, &filter, after.as_ref(), size)?;
            let owed = if page.rows.is_empty() { None } else { access_log::owed(tx, &by, "inbox")? };
            Ok((page, owed))
        })
        .await?;
    reading::listed(&call.visit.app, &actor, owed, &page.rows).await?;
    call.answer(&show::list(&call.visit, &page, order, None))
}

/// `GET /api/v1/register`: what the reader's role shows, narrowed as on the page.
pub async fn register(call: Call) -> Result<HttpResponse> {
    let actor = call.visit.actor()?;
    let mut asked = call.asked()?;
    let book = &call.visit.app.book;
    let state = |text: &str| match text {
        "pending" => Some(StateFilter::Pending),
        // A draft is nobody else's business.
        _ => State::parse(text).filter(|state| *state != State::Draft).map(StateFilter::One),
    };
    let filter = Filter {
        words: asked
            .one("q", |text| (1..=200).contains(&text.chars().count()).then(|| text.to_owned()))?
            .unwrap_or_default(),
        kind: asked.one("kind", |id| book.catalogue.kind(id).map(|version| version.kind.id.clone()))?,
        state: asked.one("state", state)?,
        units: asked.number("unit", 1, i64::from(i32::MAX))?.map(|unit| vec![unit]),
        company: None,
        flagged: asked.yes_or_no("flagged")?,
        late: asked.yes_or_no("late")?,
        from: asked.date("from")?,
        to: asked.date("to")?,
        sort: None,
    };
    let company = asked.number("company", 1, i64::from(i32::MAX))?;
    let (size, after) = (asked.limit()?, asked.cursor(Order::Instant)?);
    asked.nothing_else()?;
    let scope = RegisterScope::of(&actor);
    let by = std::sync::Arc::clone(&actor);
    let (page, owed) = call
        .visit
        .app
        .read(move |tx| {
            let company = company.map(|id| companies::store::standing_for(tx, id)).transpose()?;
            let page = lists::register(tx, &by, &Filter { company, ..filter }, after.as_ref(), size)?;
            Ok((page, access_log::owed(tx, &by, "register")?))
        })
        .await?;
    call.visit.limits.rows(actor.person, page.rows.len())?;
    reading::opened(&call.visit.app, &actor, owed).await?;
    call.answer(&show::list(&call.visit, &page, Order::Instant, Some(&scope)))
}

/// `GET /api/v1/companies?q=`
pub async fn companies(call: Call) -> Result<HttpResponse> {
    let mut asked = call.asked()?;
    let typed = asked.one("q", |text| (1..=100).contains(&text.chars().count()).then(|| text.to_owned()))?;
    asked.nothing_else()?;
    let typed =
        typed.ok_or_else(|| Error::BadParameters(vec![crate::error::FieldError::new("q", "error-missing-field")]))?;
    let found = call.visit.app.read(move |tx| companies::suggest::suggest(tx, &typed, 8)).await?;
    let items = found
        .into_iter()
        .map(|one| CompanyItem {
            id: one.id,
            name: one.name,
            neq: one.neq,
            struck_off: one.struck_off,
            found_by: one.by,
        })
        .collect();
    call.answer(&ListOfCompanies { items })
}

/// `GET /api/v1/precedents`: the library, or what of it holds the words asked.
pub async fn precedents(call: Call) -> Result<HttpResponse> {
    let mut asked = call.asked()?;
    let words =
        asked.one("q", |text| (1..=200).contains(&text.chars().count()).then(|| text.to_owned()))?.unwrap_or_default();
    asked.nothing_else()?;
    let found = call
        .visit
        .app
        .read(move |tx| {
            if words.is_empty() { ethics::precedents::in_force(tx) } else { ethics::precedents::search_for(tx, &words) }
        })
        .await?;
    let items = found
        .into_iter()
        .map(|one| PrecedentItem {
            id: one.id,
            title: one.title,
            situation: one.situation,
            norms: one.norms,
            recommendation: one.recommendation,
            published_at: one.published_at.and_utc(),
        })
        .collect();
    call.answer(&ListOfPrecedents { items })
}

/// `GET /api/v1/units`: ids for the filter of the register.
pub async fn units(call: Call) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let masked = call.visit.visitor().is_some_and(|actor| RegisterScope::of(actor).masked);
    let found = call.visit.app.read(move |tx| people::gathered::offered(tx, masked)).await?;
    let items = found.into_iter().map(|unit| UnitItem { id: unit.id, code: unit.code, name: unit.name }).collect();
    call.answer(&ListOfUnits { items })
}
