//! Every letter as its recipient would see it, so that nobody needs a mail server to look.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::Tx;
use crate::clock::Instant;
use crate::db::schema::{letters, persons};
use crate::error::{Error, Result};
use crate::formats;
use crate::outbox::store::LetterRow;
use crate::people::store as people;
use crate::web::Visit;
use crate::web::page::{Page, percent};

/// Letters on a page.
const PAGE: i64 = 50;
/// A letter looks unread for so long.
const FRESH: TimeDelta = TimeDelta::hours(72);

#[derive(Queryable)]
struct Row {
    id: i64,
    subject: String,
    state: String,
    created_at: Instant,
    sent_at: Option<Instant>,
    given: String,
    family: String,
}

#[derive(Serialize)]
struct MailboxPage {
    q: String,
    lines: Vec<Line>,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    href: String,
    to: String,
    subject: String,
    at: String,
    datetime: String,
    unread: bool,
    /// Not gone yet: the words for its state.
    waiting: bool,
}

#[derive(Debug, Default, Deserialize)]
pub struct MailboxQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    avant: Option<i64>,
}

/// `GET /demo/courriels`: newest first, to everybody or to the people whose name is typed.
pub async fn list(visit: Visit, query: web::Query<MailboxQuery>) -> Result<HttpResponse> {
    let (typed, before): (String, _) = (query.q.trim().chars().take(100).collect(), query.avant);
    let sought = typed.clone();
    let mut rows = visit.app.read(move |tx| newest(tx, &sought, before)).await?;
    let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let base = if typed.is_empty() { String::new() } else { format!("q={}&", percent(&typed)) };
    let now = visit.app.clock.now();
    let content = MailboxPage {
        empty: rows.is_empty(),
        previous_href: before.map(|_| format!("/demo/courriels?{}", base.trim_end_matches('&'))),
        next_href: rows.last().filter(|_| more).map(|row| format!("/demo/courriels?{base}avant={}", row.id)),
        lines: rows.iter().map(|row| line(&visit, row, now)).collect(),
        q: typed,
    };
    Page::titled(&visit, "demo-mailbox-title").wide().render("pages/demo/mailbox", &content)
}

fn newest(tx: &mut Tx<'_>, sought: &str, before: Option<i64>) -> Result<Vec<Row>> {
    let mut query = letters::table
        .inner_join(persons::table.on(letters::recipient_id.eq(persons::id)))
        .filter(letters::id.lt(before.unwrap_or(i64::MAX)))
        // What was taken back, or was for somebody who left, is in no mailbox.
        .filter(letters::state.ne("cancelled"))
        .order(letters::id.desc())
        .limit(PAGE + 1)
        .select((
            letters::id,
            letters::subject,
            letters::state,
            letters::created_at,
            letters::sent_at,
            persons::given_name,
            persons::family_name,
        ))
        .into_boxed();
    if !sought.is_empty() {
        let found: Vec<i64> = people::search(tx, sought, 200)?.into_iter().map(|person| person.id).collect();
        query = query.filter(letters::recipient_id.eq_any(found));
    }
    Ok(query.load(tx.conn)?)
}

fn line(visit: &Visit, row: &Row, now: Instant) -> Line {
    let zone = visit.app.book.calendar.default_zone();
    let at = row.sent_at.unwrap_or(row.created_at);
    Line {
        href: format!("/demo/courriels/{}", row.id),
        to: format!("{} {}", row.given, row.family),
        subject: row.subject.clone(),
        at: formats::format_datetime(at, zone, visit.language),
        datetime: at.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        unread: now - row.created_at < FRESH,
        waiting: row.state != "sent",
    }
}

#[derive(Serialize)]
struct LetterPage {
    subject: String,
    from: String,
    to: String,
    at: String,
    message_id: String,
    in_reply_to: Option<String>,
    reason: String,
    waiting: bool,
    /// Paragraphs, lines, and the parts of a line.
    paragraphs: Vec<Vec<Vec<Part>>>,
    html_href: String,
    mailbox_href: String,
    purged: bool,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Part {
    text: String,
    href: Option<String>,
}

/// `GET /demo/courriels/{id}`: headers and text, its links leading into this demonstration.
pub async fn show(visit: Visit, path: web::Path<i64>) -> Result<HttpResponse> {
    let id = path.into_inner();
    let (letter, recipient) = visit
        .app
        .read(move |tx| {
            let letter: LetterRow = letters::table.find(id).select(LetterRow::as_select()).first(tx.conn)?;
            let recipient = people::find(tx, letter.recipient_id)?;
            Ok((letter, recipient))
        })
        .await?;
    let config = &visit.app.book.config;
    let at = letter.sent_at.unwrap_or(letter.created_at);
    let content = LetterPage {
        from: config.letters.from.clone(),
        to: format!("{} <{}>", recipient.name(), letter.recipient_email),
        at: formats::format_datetime(at, visit.app.book.calendar.default_zone(), visit.language),
        message_id: letter.message_id,
        in_reply_to: letter.thread_id,
        reason: letter.reason,
        waiting: letter.state != "sent",
        paragraphs: paragraphs(&letter.text_body, &config.server.public_url),
        html_href: format!("/demo/courriels/{id}/html"),
        mailbox_href: format!("/demo/courriels?q={}", percent(&recipient.name())),
        purged: letter.text_body.is_empty(),
        subject: letter.subject.clone(),
    };
    Page::new(&visit, letter.subject)
        .back("/demo/courriels", "demo-mailbox-title")
        .render("pages/demo/letter", &content)
}

/// What the HTML part may do: show itself, and open links. No script, no image, no frame around it.
const HTML_PART: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; \
                         sandbox allow-popups allow-top-navigation-by-user-activation; frame-ancestors 'none'";

/// `GET /demo/courriels/{id}/html`: the HTML part alone.
pub async fn html(visit: Visit, path: web::Path<i64>) -> Result<HttpResponse> {
    let id = path.into_inner();
    let body: String =
        visit.app.read(move |tx| Ok(letters::table.find(id).select(letters::html_body).first(tx.conn)?)).await?;
    if body.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, HTML_PART))
        .body(localised(&body, &visit.app.book.config.server.public_url)))
}

/// Where a letter written by an earlier run of the demonstration led, perhaps on another port.
const LOOPBACK: &str = "http://127.0.0.1:";

/// The path of an address that leads to this service; `None` for any other.
fn local_path<'a>(address: &'a str, public_url: &str) -> Option<&'a str> {
    let path = address
        .strip_prefix(public_url)
        .or_else(|| address.strip_prefix(LOOPBACK).map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit())))?;
    match path {
        "" => Some("/"),
        path if path.starts_with('/') => Some(path),
        _ => None,
    }
}

/// The same letter with its own addresses leading here, whatever the port was.
fn localised(body: &str, public_url: &str) -> String {
    let mut done = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once(LOOPBACK) {
        done.push_str(before);
        done.push_str(public_url);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    done.push_str(rest);
    done
}

fn paragraphs(text: &str, public_url: &str) -> Vec<Vec<Vec<Part>>> {
    text.split("\n\n")
        .map(|block| block.lines().filter(|line| !line.is_empty()).map(|line| parts(line, public_url)).collect())
        .filter(|lines: &Vec<_>| !lines.is_empty())
        .collect()
}

/// Text and links of one line.
fn parts(line: &str, public_url: &str) -> Vec<Part> {
    let plain = |text: &str| Part { text: text.to_owned(), href: None };
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find("http") {
        let (before, after) = rest.split_at(start);
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        let (address, after) = after.split_at(end);
        if !before.is_empty() {
            parts.push(plain(before));
        }
        let href = local_path(address, public_url).map(str::to_owned);
        let text = href.as_ref().map_or_else(|| address.to_owned(), |_| localised(address, public_url));
        parts.push(Part { text, href });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(plain(rest));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "http://127.0.0.1:8080";

    #[test]
    fn links_to_the_service_become_paths_whatever_the_port() {
        assert_eq!(local_path("http://127.0.0.1:8080/d/REL-1", HERE), Some("/d/REL-1"));
        assert_eq!(local_path("http://127.0.0.1:9/d/REL-1", HERE), Some("/d/REL-1"));
        assert_eq!(local_path("http://127.0.0.1:8080", HERE), Some("/"));
        assert_eq!(local_path("http://127.0.0.1:8080.evil.example/", HERE), None);
        assert_eq!(local_path("https://ailleurs.example/d", HERE), None);
    }

    #[test]
    fn a_line_is_cut_around_its_links() {
        let found = parts("Ouvrir http://127.0.0.1:8080/d/X maintenant", HERE);
        assert_eq!(found.len(), 3);
        assert_eq!(found[1], Part { text: "http://127.0.0.1:8080/d/X".into(), href: Some("/d/X".into()) });
    }
}
