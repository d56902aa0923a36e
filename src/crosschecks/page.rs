//! « Recoupements »: every cross-check, for the ethics officer; and the answer posted from a declaration's page.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::{Answer, actions, store, views};
use crate::clock::local_date;
use crate::declarations::answers::Form;
use crate::declarations::inbox::Tab;
use crate::declarations::posts::{act_then, one};
use crate::error::Result;
use crate::formats;
use crate::people;
use crate::web::Visit;
use crate::web::page::Page;

/// Lines of a page.
const PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    /// `repondus`, or those that wait.
    #[serde(default)]
    vue: String,
    #[serde(default)]
    apres: String,
}

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
    on: String,
    answer: Option<String>,
    note: Option<String>,
}

/// `GET /recoupements`
pub async fn list(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let answered = query.vue == "repondus";
    let before = query.apres.parse::<i64>().ok();
    let (lines, next) = visit
        .app
        .read(move |tx| {
            let zone = tx.zone();
            let mut found = store::list(tx, &actor, answered, before, PAGE + 1)?;
            let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
            found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
            let next = found.last().filter(|_| more).map(|(last, _)| last.id);
            let mut lines = Vec::with_capacity(found.len());
            for (one, declaration) in found {
                let finding = one.finding()?;
                lines.push(Line {
                    href: format!("/d/{}", declaration.slug()),
                    reference: declaration.slug().to_owned(),
                    person: people::store::find(tx, declaration.declarant_id)?.name(),
                    company: declaration.company_name.clone().unwrap_or_default(),
                    what: crate::texts::say(language, &format!("crosscheck-{}", one.what), &[]),
                    sentence: finding.say.get(language).to_owned(),
                    on: formats::format_date_medium(local_date(one.found_at, zone), language),
                    answer: one.answer.as_deref().and_then(Answer::parse).map(|said| views::label(said, language)),
                    note: one.note.filter(|note| !note.is_empty()),
                });
            }
            Ok((lines, next))
        })
        .await?;
    let here = if answered { "/recoupements?vue=repondus" } else { "/recoupements" };
    let sign = if answered { '&' } else { '?' };
    let tab = |href: &str, key: &str, current| Tab { href: href.to_owned(), label: visit.say(key), current };
    let content = ListPage {
        tabs: vec![
            tab("/recoupements", "crosschecks-waiting", !answered),
            tab("/recoupements?vue=repondus", "crosschecks-done", answered),
        ],
        lines,
        previous_href: before.map(|_| here.to_owned()),
        next_href: next.map(|id| format!("{here}{sign}apres={id}")),
    };
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
