//! « Rectifications »: every request, for whoever answers them.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::store::{self, Listed};
use super::times;
use crate::access::{Action, Actor, Target, Verdict, may};
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::inbox::Tab;
use crate::declarations::store::is_barred;
use crate::declarations::{access_log, reading};
use crate::error::Result;
use crate::formats;
use crate::people;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::halves::{self, Asked, Halves};
use crate::web::page::Page;

/// What waits for an answer, and what has one.
const HALVES: Halves = Halves { address: "/rectifications", done: "repondues" };

#[derive(Serialize)]
struct ListPage {
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    answered: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    href: String,
    reference: String,
    person: String,
    asked_on: String,
    due_on: String,
    /// « en retard de 3 jours »
    late: Option<String>,
    extended: bool,
    /// How it was answered, and when.
    verdict: Option<String>,
    answered: Option<String>,
}

/// The requests that this reader answers or answered, and where the next ones begin.
pub(super) fn readable(
    tx: &mut Tx<'_>,
    actor: &Actor,
    answered: bool,
    from: Option<i64>,
) -> Result<(Vec<Listed>, Option<i64>)> {
    let (found, next) = halves::page(store::list(tx, answered, from, halves::wanted())?, |one| one.request);
    let mut lines = Vec::with_capacity(found.len());
    for one in found {
        let of = &one.declaration;
        // Of a file of their own, or from which they are barred, they know what its person knows.
        if of.declarant_id == actor.person || is_barred(tx, of.id, actor.person)? {
            continue;
        }
        let target: Target<'_> = of.target(false);
        if may(&tx.book.access, actor, Action::Comment, &target) == Verdict::Allowed {
            lines.push(one);
        }
    }
    Ok((lines, next))
}

/// The row that showing requests leaves in the access log: none is about the reader's own file.
pub(super) fn owed(tx: &mut Tx<'_>, actor: &Actor, found: &[Listed]) -> Result<Option<&'static str>> {
    if found.is_empty() { Ok(None) } else { access_log::owed(tx, actor, "rectifications") }
}

/// `GET /rectifications`
pub async fn list(visit: Visit, query: web::Query<Asked>) -> Result<HttpResponse> {
    let (actor, at) = (visit.actor()?, visit.clone());
    let (answered, from) = (HALVES.is_done(&query), query.from());
    let by = Arc::clone(&actor);
    let (lines, next, owed) = visit
        .app
        .read(move |tx| {
            let (found, next) = readable(tx, &by, answered, from)?;
            let owed = owed(tx, &by, &found)?;
            let lines: Result<Vec<Line>> = found.into_iter().map(|one| line(tx, &at, one)).collect();
            Ok((lines?, next, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let (previous_href, next_href) = HALVES.around(&query, next);
    let tabs = HALVES.tabs(&visit, &query, ["rectifications-waiting", "rectifications-answered"]);
    let content = ListPage { tabs, lines, answered, previous_href, next_href };
    Page::titled(&visit, "rectifications-title").wide().render("pages/rectifications/list", &content)
}

fn line(tx: &mut Tx<'_>, visit: &Visit, one: Listed) -> Result<Line> {
    let (language, zone, today) = (visit.language, tx.zone(), tx.today());
    let day = |on| formats::format_date_medium(on, language);
    let due = times::due(tx, one.asked_at, one.extended);
    let asked = store::of(tx, one.declaration.id)?;
    let answer = asked.into_iter().find(|asked| asked.id == one.request).and_then(|asked| asked.answer);
    let late = (today - due).num_days();
    let slug = one.declaration.slug();
    Ok(Line {
        href: if answer.is_some() { format!("/d/{slug}") } else { format!("/d/{slug}/rectification") },
        reference: slug.to_owned(),
        person: people::store::find(tx, one.declaration.declarant_id)?.name(),
        asked_on: day(local_date(one.asked_at, zone)),
        due_on: day(due),
        late: (answer.is_none() && late > 0).then(|| say(language, "rectification-late", &[("days", Arg::from(late))])),
        extended: one.extended,
        verdict: answer
            .as_ref()
            .map(|answer| say(language, &format!("rectification-{}", answer.verdict.as_str()), &[])),
        answered: answer.map(|answer| format!("{}, {}", answer.by, day(local_date(answer.at, zone)))),
    })
}
