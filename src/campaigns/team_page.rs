//! « Mon équipe » : who of one's own team answered the campaign under way.

use actix_web::HttpResponse;
use serde::Serialize;

use super::store;
use crate::error::Result;
use crate::formats::format_date_long;
use crate::web::Visit;
use crate::web::page::Page;

#[derive(Serialize)]
struct TeamPage {
    label: Option<String>,
    due: String,
    done: i64,
    people: i64,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    name: String,
    done: bool,
}

/// `GET /campagnes/equipe`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let content = visit
        .app
        .read(move |tx| {
            let Some(campaign) = store::open(tx)? else {
                return Ok(TeamPage { label: None, due: String::new(), done: 0, people: 0, lines: Vec::new() });
            };
            let mut team = store::asked(tx, &campaign)?;
            team.retain(|one| one.supervisor == Some(actor.person));
            let (done, people) = store::progress(&team);
            Ok(TeamPage {
                label: Some(campaign.label),
                due: format_date_long(campaign.due_on, language),
                done,
                people,
                lines: team.into_iter().map(|one| Line { done: one.done(), name: one.name }).collect(),
            })
        })
        .await?;
    Page::titled(&visit, "campaign-team-title").back("/", "back-home").render("pages/campaigns/team", &content)
}
