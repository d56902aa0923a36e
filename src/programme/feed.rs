//! Calendars for programs: one showcase as a file, and a person's own entries behind an address that holds a secret.
//!
//! The secret is shown once and kept as its hash; its owner can end it at any time. What the address gives is what a
//! calendar shows to whoever looks over a shoulder: titles of showcases, references of events, no company, no person.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Serialize;

use super::calendar::authorised;
use super::ics::{self, Event, When};
use super::{invitations, store};
use crate::app::Tx;
use crate::clock::{Instant, local_date};
use crate::db::schema::calendar_feeds;
use crate::error::{Error, Result};
use crate::formats;
use crate::journal::{self, Event as Fact};
use crate::people::{self, PersonId};
use crate::random::{self, sha256_hex};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// Days before today that a calendar still holds, and days ahead.
const BEHIND: u64 = 60;
const AHEAD: u64 = 400;
/// Open addresses of one person at most.
const MOST_FEEDS: usize = 5;

fn calendar_file(name: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/calendar; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.ics\"")))
        .body(text)
}

/// `GET /evenements/{reference}/calendrier.ics`
pub async fn of_showcase(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    let (reference, language) = (reference.into_inner(), visit.language);
    let (name, text) = visit
        .app
        .read(move |tx| {
            let showcase = store::find(tx, &reference)?;
            let entry = invitations::of_showcase(tx, &showcase, language)?;
            Ok((showcase.reference, invitations::calendar(tx, &[entry], language)))
        })
        .await?;
    Ok(calendar_file(&name, text))
}

/// `GET /calendrier/{token}.ics`: what its owner has a place at, and events they may go to. Nothing is written down.
pub async fn personal(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let token = token.into_inner();
    let text = visit
        .app
        .read(move |tx| {
            let owner = owner(tx, &token)?.ok_or(Error::NotFound)?;
            text_for(tx, owner)
        })
        .await?;
    Ok(calendar_file("registre", text))
}

/// Whose calendar a secret opens: never that of somebody who is gone, or whose account is suspended.
fn owner(tx: &mut Tx<'_>, token: &str) -> Result<Option<PersonId>> {
    let found: Option<PersonId> = calendar_feeds::table
        .filter(calendar_feeds::token_hash.eq(sha256_hex(token.as_bytes())))
        .filter(calendar_feeds::revoked_at.is_null())
        .select(calendar_feeds::person_id)
        .first(tx.conn)
        .optional()?;
    let Some(person) = found else { return Ok(None) };
    let open = people::store::find(tx, person)?.is_active(tx.today()) && people::suspension::of(tx, person)?.is_none();
    Ok(open.then_some(person))
}

fn text_for(tx: &mut Tx<'_>, person: PersonId) -> Result<String> {
    let today = tx.today();
    let language = Language::parse(&people::store::find(tx, person)?.language);
    let from = today.checked_sub_days(Days::new(BEHIND)).unwrap_or(today);
    let to = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let places = store::places_of(tx, person, from)?;
    let mut events = Vec::new();
    for showcase in store::between(tx, from, to)?.iter().filter(|showcase| places.contains(&showcase.id)) {
        events.push(invitations::of_showcase(tx, showcase, language)?);
    }
    for entry in authorised(tx, person, false, from, to)? {
        events.push(authorised_event(tx, &entry.reference, entry.on, language));
    }
    Ok(invitations::calendar(tx, &events, language))
}

/// An authorised event as an entry: a whole day, its reference, nothing of the company nor of the matter.
pub fn authorised_event(tx: &Tx<'_>, reference: &str, on: NaiveDate, language: Language) -> Event {
    let public_url = &tx.book.config.server.public_url;
    Event {
        uid: ics::uid(reference, public_url),
        sequence: 0,
        when: When::Day(on),
        summary: say(language, "calendar-authorised", &[("ref", Arg::from(reference))]),
        description: say(language, "calendar-authorised-text", &[]),
        location: String::new(),
        url: format!("{public_url}/d/{reference}"),
        cancelled: false,
        alarm: true,
    }
}

/// An open address, in the preferences.
#[derive(Debug, Serialize)]
pub struct FeedView {
    pub since: String,
    pub end: String,
}

/// Open addresses of a person, oldest first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId, language: Language) -> Result<Vec<FeedView>> {
    let zone = tx.zone();
    let rows: Vec<(i64, Instant)> = calendar_feeds::table
        .filter(calendar_feeds::person_id.eq(person))
        .filter(calendar_feeds::revoked_at.is_null())
        .order(calendar_feeds::id.asc())
        .select((calendar_feeds::id, calendar_feeds::created_at))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, at)| FeedView {
            since: formats::format_date_long(local_date(at, zone), language),
            end: format!("/preferences/calendrier/{id}/fin"),
        })
        .collect())
}

#[derive(Serialize)]
struct FeedPage {
    address: String,
}

/// Opens an address for a person: its last part, which is kept nowhere.
///
/// # Errors
/// [`Error::NotPossible`] when they have as many as one person may.
pub fn open_for(tx: &mut Tx<'_>, person: PersonId, language: Language) -> Result<String> {
    if of_person(tx, person, language)?.len() >= MOST_FEEDS {
        return Err(Error::NotPossible("not-possible-feed"));
    }
    let token = random::token::<24>()?;
    let now = tx.now();
    diesel::insert_into(calendar_feeds::table)
        .values((
            calendar_feeds::person_id.eq(person),
            calendar_feeds::token_hash.eq(sha256_hex(token.as_bytes())),
            calendar_feeds::created_at.eq(now),
        ))
        .execute(tx.conn)?;
    journal::record(tx, Some(person), None, &Fact::CalendarFeedOpened { person })?;
    Ok(token)
}

/// `POST /preferences/calendrier`: opens an address, shown now and never again.
pub async fn open(visit: Visit) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let token = visit.app.write(move |tx| open_for(tx, actor.person, language)).await?;
    let content = FeedPage { address: format!("{}/calendrier/{token}.ics", visit.app.book.config.server.public_url) };
    Page::titled(&visit, "feed-title").back("/preferences", "back-preferences").render("pages/programme/feed", &content)
}

/// `POST /preferences/calendrier/{id}/fin`: the address opens nothing any more.
pub async fn close(visit: Visit, id: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    visit
        .app
        .write(move |tx| {
            let now = tx.now();
            let changed = diesel::update(
                calendar_feeds::table
                    .filter(calendar_feeds::id.eq(id))
                    .filter(calendar_feeds::person_id.eq(actor.person))
                    .filter(calendar_feeds::revoked_at.is_null()),
            )
            .set(calendar_feeds::revoked_at.eq(now))
            .execute(tx.conn)?;
            if changed == 0 {
                return Err(Error::NotFound);
            }
            journal::record(tx, Some(actor.person), None, &Fact::CalendarFeedClosed { person: actor.person })
        })
        .await?;
    Ok(see_other("/preferences", Some("flash-feed-closed")))
}
