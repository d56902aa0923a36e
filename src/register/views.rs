//! Saved views: a name and the query of an address. Whoever opens one sees what they may see.

use actix_web::{HttpResponse, web};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::Tx;
use crate::db::schema::saved_views;
use crate::error::{Error, FieldError, Result};
use crate::people::PersonId;
use crate::web::Visit;
use crate::web::page::see_other;

/// Views one person keeps at most.
const MOST_VIEWS: i64 = 30;

#[derive(Debug, Clone, Queryable, Serialize)]
pub struct SavedView {
    pub id: i64,
    pub name: String,
    pub query: String,
}

/// The views of a person for a page, by name.
pub fn of(tx: &mut Tx<'_>, person: PersonId, page: &str) -> Result<Vec<SavedView>> {
    Ok(saved_views::table
        .filter(saved_views::person_id.eq(person))
        .filter(saved_views::page.eq(page))
        .order((saved_views::name.asc(), saved_views::id.asc()))
        .limit(MOST_VIEWS)
        .select((saved_views::id, saved_views::name, saved_views::query))
        .load(tx.conn)?)
}

/// Keeps a view under a name; the same name replaces it.
pub fn save(tx: &mut Tx<'_>, person: PersonId, page: &str, name: &str, query: &str) -> Result<()> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::field("name", "error-view-name"));
    }
    if name.chars().count() > 80 || query.len() > 2_000 {
        return Err(Error::Invalid(vec![FieldError::with("name", "error-too-long", 80)]));
    }
    let same = saved_views::table
        .filter(saved_views::person_id.eq(person))
        .filter(saved_views::page.eq(page))
        .filter(saved_views::name.eq(name));
    diesel::delete(same).execute(tx.conn)?;
    diesel::insert_into(saved_views::table)
        .values((
            saved_views::person_id.eq(person),
            saved_views::page.eq(page),
            saved_views::name.eq(name),
            saved_views::query.eq(query),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// A page that keeps views: its name in the database, and its path.
pub struct Place {
    pub page: &'static str,
    path: &'static str,
}

pub const REGISTER: Place = Place { page: "registre", path: "/registre" };
pub const INBOX: Place = Place { page: "a-traiter", path: "/a-traiter" };

impl Place {
    /// An address below that of the page.
    pub fn address(&self, rest: &str) -> String {
        format!("{}{rest}", self.path)
    }
}

/// A saved view, to open or to take away.
#[derive(Serialize)]
pub struct ViewLink {
    href: String,
    name: String,
    remove: String,
}

/// The views of a page, as it shows them.
pub fn links(place: &Place, saved: Vec<SavedView>) -> Vec<ViewLink> {
    let link = |view: SavedView| ViewLink {
        href: place.address(&format!("?{}", view.query)),
        name: view.name,
        remove: place.address(&format!("/vues/{}/suppression", view.id)),
    };
    saved.into_iter().map(link).collect()
}

/// What is shown now, to be given a name.
#[derive(Serialize)]
pub struct SaveForm {
    pub action: String,
    pub query: String,
}

#[derive(Deserialize)]
pub struct NewView {
    #[serde(default)]
    name: String,
    #[serde(default)]
    query: String,
}

/// `POST /registre/vues`
pub async fn create(visit: Visit, form: web::Form<NewView>) -> Result<HttpResponse> {
    create_on(&REGISTER, &visit, form.into_inner()).await
}

/// `POST /a-traiter/vues`
pub async fn create_in_inbox(visit: Visit, form: web::Form<NewView>) -> Result<HttpResponse> {
    create_on(&INBOX, &visit, form.into_inner()).await
}

async fn create_on(place: &'static Place, visit: &Visit, form: NewView) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let back = place.address(&format!("?{}", form.query));
    let saved = visit.app.write(move |tx| save(tx, actor.person, place.page, &form.name, &form.query)).await;
    match saved {
        Ok(()) => Ok(see_other(&back, Some("flash-view-saved"))),
        Err(Error::Invalid(_)) => Ok(see_other(&back, Some("flash-view-needs-name"))),
        Err(error) => Err(error),
    }
}

/// `POST /registre/vues/{id}/suppression`
pub async fn remove(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    remove_from(&REGISTER, &visit, *id).await
}

/// `POST /a-traiter/vues/{id}/suppression`
pub async fn remove_from_inbox(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    remove_from(&INBOX, &visit, *id).await
}

async fn remove_from(place: &'static Place, visit: &Visit, id: i64) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let removed = visit
        .app
        .write(move |tx| {
            let mine = saved_views::table
                .filter(saved_views::id.eq(id))
                .filter(saved_views::page.eq(place.page))
                .filter(saved_views::person_id.eq(actor.person));
            Ok(diesel::delete(mine).execute(tx.conn)?)
        })
        .await?;
    if removed == 0 {
        return Err(Error::NotFound);
    }
    Ok(see_other(place.path, Some("flash-view-removed")))
}
