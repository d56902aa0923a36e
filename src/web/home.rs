//! Home, help pages, health.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::Visit;
use super::page::{Link, Page};
use super::sessions_page::{self, SessionView};
use crate::campaigns;
use crate::declarations::inbox::{LineView, line_views};
use crate::declarations::{lists, renewal};
use crate::error::Result;
use crate::formats::format_date_long;
use crate::outbox::digest;
use crate::rectifications;
use crate::texts::say;

#[derive(Serialize)]
struct Home {
    heading: String,
    /// What waits for whoever decides stands before what they may declare.
    waiting_first: bool,
    situations: Vec<Situation>,
    nothing: Option<Nothing>,
    /// Interests that this person declared and did not say are over: they are looked at again before there is nothing to declare.
    interests: usize,
    /// What the campaign under way asks of this person.
    campaign: Option<String>,
    drafts: Vec<LineView>,
    current: Vec<LineView>,
    waiting: i64,
    /// Told after a decision, to be read before its file closes.
    to_read: i64,
    /// Decided outside, to be recorded here.
    to_record: i64,
    measures: i64,
    /// Requests for rectification that this person answers.
    rectifications: Vec<Link>,
}

#[derive(Serialize)]
struct Situation {
    href: String,
    situation: String,
    example: String,
}

#[derive(Serialize)]
struct Nothing {
    action: String,
    label: String,
}

/// `GET /`: what to declare, what is under way; first what waits for whoever decides or holds an office.
pub async fn home(visit: Visit) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let (by, language) = (std::sync::Arc::clone(&actor), visit.language);
    let (rows, waiting, to_read, to_record, measures, campaign, rectifications, interests) = visit
        .app
        .read(move |tx| {
            let mine = lists::mine(tx, by.person, None, None, 12)?.rows;
            let campaign = match campaigns::store::open(tx)? {
                Some(open) if !campaigns::store::has_answered(tx, &open, by.person)? => Some(open),
                _ => None,
            };
            let rectifications = rectifications::views::waiting(tx, &by, language)?;
            let (waiting, to_read) = (lists::waiting(tx, &by)?, lists::to_read(tx, &by)?);
            let (to_record, measures) = (lists::to_record(tx, &by)?, crate::measures::lists::waiting(tx, &by)?);
            let interests = renewal::items(tx, by.person)?.len();
            Ok((mine, waiting, to_read, to_record, measures, campaign, rectifications, interests))
        })
        .await?;
    let lines = line_views(&visit, &rows);
    let (drafts, filed): (Vec<LineView>, Vec<LineView>) = lines.into_iter().partition(|line| line.state == "draft");
    let book = &visit.app.book;
    let versions = book.catalogue.kinds();
    let kinds: Vec<_> = versions.iter().filter(|v| book.access.files(&v.kind.id, &actor)).collect();
    let first = actor.name.split(' ').next().unwrap_or_default().to_owned();
    let waits = waiting > 0 || to_read > 0 || to_record > 0 || measures > 0 || !rectifications.is_empty();
    let waiting_first = actor.has_inbox() && waits;
    let greeting = if waiting_first { "home-greeting" } else { "home-title" };
    let heading = say(visit.language, greeting, &[("name", first.into())]);
    let content = Home {
        waiting_first,
        situations: kinds
            .iter()
            .map(|version| Situation {
                href: format!("/declarer/{}", version.kind.id),
                situation: version.kind.situation.get(visit.language).to_owned(),
                example: version.kind.example.get(visit.language).to_owned(),
            })
            .collect(),
        nothing: kinds.iter().find_map(|version| {
            let shortcut = version.kind.nothing_to_declare.as_ref()?;
            Some(Nothing {
                action: format!("/declarer/{}/rien", version.kind.id),
                label: shortcut.label.get(visit.language).to_owned(),
            })
        }),
        interests,
        campaign: campaign.map(|open| {
            let date = format_date_long(open.due_on, visit.language);
            say(visit.language, "home-campaign", &[("label", open.label.into()), ("date", date.into())])
        }),
        drafts,
        current: filed.into_iter().filter(|line| !["closed", "withdrawn"].contains(&line.state)).collect(),
        waiting,
        to_read,
        to_record,
        measures,
        rectifications,
        heading: heading.clone(),
    };
    Page::new(&visit, heading).wide().count("/a-traiter", waiting + to_record).render("pages/home", &content)
}

#[derive(Serialize)]
struct Words {
    heading: String,
    paragraphs: Vec<String>,
    email: String,
    /// This register signs what happens, and says here how that is verified.
    proof: bool,
}

async fn words(visit: Visit, key: &str) -> Result<HttpResponse> {
    let config = &visit.app.book.config;
    let (org, service) = super::page::organisation(config, visit.language);
    let email = config.organisation.ethics_email.clone();
    let args = [("org", org.into()), ("service", service.into()), ("email", email.as_str().into())];
    let body = crate::texts::say(visit.language, &format!("{key}-body"), &args);
    let content = Words {
        heading: visit.say(&format!("{key}-title")),
        paragraphs: body.split("\n\n").map(|p| p.replace('\n', " ")).collect(),
        email: email.clone(),
        proof: key == "help" && !config.journal.key_file.is_empty(),
    };
    Page::titled(&visit, &format!("{key}-title")).render("pages/words", &content)
}

/// `GET /aide`
pub async fn help(visit: Visit) -> Result<HttpResponse> {
    words(visit, "help").await
}

/// `GET /accessibilite`
pub async fn accessibility(visit: Visit) -> Result<HttpResponse> {
    words(visit, "accessibility").await
}

/// `GET /confidentialite`
pub async fn privacy(visit: Visit) -> Result<HttpResponse> {
    words(visit, "privacy").await
}

#[derive(Serialize)]
struct Preferences {
    name: String,
    roles: Vec<String>,
    fr_href: String,
    en_href: String,
    is_french: bool,
    feeds: Vec<crate::programme::feed::FeedView>,
    /// News are grouped in a digest.
    digest: bool,
    digest_at: String,
    sessions: Vec<SessionView>,
    /// There are others than this one.
    several: bool,
}

/// `GET /preferences`
pub async fn preferences(visit: Visit) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let (by, language) = (actor.person, visit.language);
    let current = visit.session.clone();
    let (feeds, digest, sessions) = visit
        .app
        .read(move |tx| {
            let feeds = crate::programme::feed::of_person(tx, by, language)?;
            Ok((feeds, digest::wants(tx, by)?, sessions_page::views(tx, by, current.as_deref(), language)?))
        })
        .await?;
    let letters = &visit.app.book.config.letters;
    let digest_at = match language {
        crate::text::Language::Fr => format!("{}\u{a0}h\u{a0}{:02}", letters.digest_hour, letters.digest_minute),
        crate::text::Language::En => format!("{}:{:02}", letters.digest_hour, letters.digest_minute),
    };
    let content = Preferences {
        name: actor.name.clone(),
        roles: actor.roles.iter().map(|role| visit.say(&format!("role-{}", role.as_str().replace('_', "-")))).collect(),
        fr_href: "/langue/fr?retour=%2Fpreferences".into(),
        en_href: "/langue/en?retour=%2Fpreferences".into(),
        is_french: visit.language == crate::text::Language::Fr,
        feeds,
        digest,
        digest_at,
        several: sessions.len() > 1,
        sessions,
    };
    Page::titled(&visit, "preferences-title").render("pages/preferences", &content)
}

/// `POST /preferences/courriels`: news grouped once a day, or each at once.
pub async fn choose_letters(visit: Visit, form: web::Form<crate::declarations::answers::Form>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let chosen = form.iter().find(|(name, _)| name == "envoi").map_or("", |(_, value)| value.as_str());
    let wanted = match chosen {
        "resume" => true,
        "immediat" => false,
        _ => return Err(crate::error::Error::BadRequest("problem-bad-request")),
    };
    visit.app.write(move |tx| digest::choose(tx, actor.person, wanted)).await?;
    Ok(super::page::see_other("/preferences", Some("flash-letters-chosen")))
}

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}
