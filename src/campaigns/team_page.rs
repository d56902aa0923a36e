//! « Mon équipe » : who of one's own team answered the campaign under way.

use std::sync::Arc;

use actix_web::HttpResponse;
use serde::Serialize;

use super::store;
use crate::declarations::{access_log, reading};
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
    let by = Arc::clone(&actor);
    let (content, owed) = visit
        .app
        .read(move |tx| {
            let Some(campaign) = store::open(tx)? else {
                let nobody = TeamPage { label: None, due: String::new(), done: 0, people: 0, lines: Vec::new() };
                return Ok((nobody, None));
            };
            let mut team = store::asked(tx, &campaign)?;
            team.retain(|one| one.supervisor == Some(by.person));
            let (done, people) = store::progress(&team);
            let owed = if team.is_empty() { None } else { access_log::owed(tx, &by, "campaign_team")? };
            let content = TeamPage {
                label: Some(campaign.label),
                due: format_date_long(campaign.due_on, language),
                done,
                people,
                lines: team.into_iter().map(|one| Line { done: one.done(), name: one.name }).collect(),
            };
            Ok((content, owed))
        })
        .await?;
    reading::opened(&visit.app, &actor, owed).await?;
    Page::titled(&visit, "campaign-team-title").back("/", "back-home").render("pages/campaigns/team", &content)
}
