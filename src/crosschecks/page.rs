//! « Recoupements »: every cross-check, for the ethics officer; and the answer posted from a declaration's page.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::{Answer, actions, store, views};
use crate::clock::local_date;
use crate::comments;
use crate::comments::actions::{of_news, of_rule};
use crate::declarations::answers::Form;
use crate::declarations::inbox::Tab;
use crate::declarations::posts::{act_then, one};
use crate::declarations::{access_log, reading};
use crate::error::Result;
use crate::formats;
use crate::people;
use crate::web::Visit;
use crate::web::halves::{self, Asked, Halves};
use crate::web::page::Page;

/// What waits for an answer, and what has one.
const HALVES: Halves = Halves { address: "/recoupements", done: "repondus" };

#[derive(Serialize)]
struct ListPage {
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    href: String,
    reference: String,
    person: String,
    company: String,
    what: String,
    sentence: String,
    /// The person contests it, or what the same rule found when the file arrived.
    contested: bool,
    on: String,
    answer: Option<String>,
    note: Option<String>,
}

/// `GET /recoupements`
pub async fn list(visit: Visit, query: web::Query<Asked>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let (answered, before) = (HALVES.is_done(&query), query.from());
    let by = Arc::clone(&actor);
    let (lines, next, owed) = visit
        .app
        .read(move |tx| {
            let zone = tx.zone();
            let found = store::list(tx, &by, answered, before, halves::wanted())?;
            let (found, next) = halves::page(found, |(one, _)| one.id);
            let files: Vec<i64> = found.iter().map(|(_, declaration)| declaration.id).collect();
            let said = comments::store::about_by_declarants(tx, &files)?;
            let mut lines = Vec::with_capacity(found.len());
            for (one, declaration) in found {
                let finding = one.finding()?;
                let contests = |about: String| said.contains(&(declaration.id, about));
                lines.push(Line {
                    href: format!("/d/{}", declaration.slug()),
                    reference: declaration.slug().to_owned(),
                    person: people::store::find(tx, declaration.declarant_id)?.name(),
                    company: declaration.company_name.clone().unwrap_or_default(),
                    what: crate::texts::say(language, &views::key(&one.what), &[]),
                    sentence: finding.say.get(language).to_owned(),
                    contested: contests(of_news(one.id)) || contests(of_rule(&one.rule)),
                    on: formats::format_date_medium(local_date(one.found_at, zone), language),
                    answer: one.answer.as_deref().and_then(Answer::parse).map(|said| views::label(said, language)),
                    note: one.note.filter(|note| !note.is_empty()),
                });
            }
            let owed = if lines.is_empty() { None } else { access_log::owed(tx, &by, "crosschecks")? };
            Ok((lines, next, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    let (previous_href, next_href) = HALVES.around(&query, next);
    let tabs = HALVES.tabs(&visit, &query, ["crosschecks-waiting", "crosschecks-done"]);
    let content = ListPage { tabs, lines, previous_href, next_href };
    Page::titled(&visit, "crosschecks-title").wide().render("pages/crosschecks/list", &content)
}

/// `POST /d/{slug}/recoupements/{id}`
pub async fn answer(visit: Visit, path: web::Path<(String, i64)>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    act_then(visit, slug.into(), form, "flash-crosscheck", move |tx, actor, slug, form| {
        let note = one(form, &actions::field(id));
        actions::answer(tx, actor, slug, id, Answer::parse(one(form, "said")), note)
    })
    .await
}
