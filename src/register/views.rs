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

#[derive(Deserialize)]
pub struct NewView {
    #[serde(default)]
    name: String,
    #[serde(default)]
    query: String,
}

/// `POST /registre/vues`
pub async fn create(visit: Visit, form: web::Form<NewView>) -> Result<HttpResponse> {
    let (actor, form) = (visit.actor()?, form.into_inner());
    let back = format!("/registre?{}", form.query);
    let saved = visit.app.write(move |tx| save(tx, actor.person, "registre", &form.name, &form.query)).await;
    match saved {
        Ok(()) => Ok(see_other(&back, Some("flash-view-saved"))),
        Err(Error::Invalid(_)) => Ok(see_other(&back, Some("flash-view-needs-name"))),
        Err(error) => Err(error),
    }
}

/// `POST /registre/vues/{id}/suppression`
pub async fn remove(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let removed = visit
        .app
        .write(move |tx| {
            let mine =
                saved_views::table.filter(saved_views::id.eq(*id)).filter(saved_views::person_id.eq(actor.person));
            Ok(diesel::delete(mine).execute(tx.conn)?)
        })
        .await?;
    if removed == 0 {
        return Err(Error::NotFound);
    }
    Ok(see_other("/registre", Some("flash-view-removed")))
}
