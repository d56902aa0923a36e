//! « Rectifications »: every request, for whoever answers them.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::store::{self, Listed};
use super::times;
use crate::access::{Action, Actor, Target, Verdict, may};
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::inbox::Tab;
use crate::declarations::store::is_barred;
use crate::error::Result;
use crate::formats;
use crate::people;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

/// Lines of a page.
const PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    /// `repondues`, or those that wait.
    #[serde(default)]
    vue: String,
    #[serde(default)]
    apres: String,
}

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
    let mut found = store::list(tx, answered, from, PAGE + 1)?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > page;
    found.truncate(page);
    let next = found.last().filter(|_| more).map(|last| last.request);
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

/// `GET /rectifications`
pub async fn list(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse> {
    let (actor, at) = (visit.actor()?, visit.clone());
    let answered = query.vue == "repondues";
    let from = query.apres.parse::<i64>().ok();
    let (lines, next) = visit
        .app
        .read(move |tx| {
            let (found, next) = readable(tx, &actor, answered, from)?;
            let lines: Result<Vec<Line>> = found.into_iter().map(|one| line(tx, &at, one)).collect();
            Ok((lines?, next))
        })
        .await?;
    let here = if answered { "/rectifications?vue=repondues" } else { "/rectifications" };
    let sign = if answered { '&' } else { '?' };
    let tab = |href: &str, key: &str, current| Tab { href: href.to_owned(), label: visit.say(key), current };
    let content = ListPage {
        tabs: vec![
            tab("/rectifications", "rectifications-waiting", !answered),
            tab("/rectifications?vue=repondues", "rectifications-answered", answered),
        ],
        lines,
        answered,
        previous_href: from.map(|_| here.to_owned()),
        next_href: next.map(|id| format!("{here}{sign}apres={id}")),
    };
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
