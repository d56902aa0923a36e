//! One file as the journal had it at the end of a day: what had been answered, where it stood, what had happened. Read from the
//! events alone, whatever the tables say now (trust.md A16).

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::known::{day_before, known};
use crate::access::{Actor, Depth, PageAction, policy};
use crate::app::Tx;
use crate::attachments::scan::Scans;
use crate::clock::{Instant, local_date};
use crate::declarations::answers::Answers;
use crate::declarations::detail::state_label;
use crate::declarations::kind::{Phase, Widget};
use crate::declarations::standing::Standing;
use crate::declarations::store::Authorized;
use crate::declarations::summary::{Section, sections};
use crate::declarations::timeline::{TimelineView, timeline};
use crate::declarations::{filing, reading};
use crate::error::{Error, Result};
use crate::formats::{format_date_long, format_datetime};
use crate::journal::{self, Entry, Event};
use crate::people;
use crate::random::sha256_hex;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

/// `?le=`
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    le: String,
}

#[derive(Serialize)]
struct FilePage {
    /// Its page of today.
    href: String,
    /// The whole register on that day.
    list_href: String,
    reference: String,
    heading: String,
    title: String,
    masked: bool,
    state: &'static str,
    /// Nothing in the events of before they said where a file stands.
    state_label: Option<String>,
    holder: Option<String>,
    due: Option<String>,
    last: String,
    /// The answers have the hash that the journal kept that day.
    checked: Option<String>,
    sections: Vec<Section>,
    timeline: Vec<TimelineView>,
}

/// `GET /registre/connu/{slug}`
pub async fn show(visit: Visit, slug: web::Path<String>, asked: web::Query<Asked>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let zone = visit.app.book.calendar.default_zone();
    let (day, before) = day_before(&asked.le, local_date(visit.app.clock.now(), zone), zone, language)
        .map_err(|_| Error::BadRequest("problem-bad-request"))?;
    let then =
        move |tx: &mut Tx<'_>, actor: &Actor, found: &Authorized| content(tx, actor, found, (day, before), language);
    let (_, page) = reading::open(&visit.app, &actor, &slug, then).await?;
    let back = page.list_href.clone();
    Page::new(&visit, page.heading.clone()).wide().back(&back, "back-known").render("pages/register/known_file", &page)
}

/// What was on file: the last answers that an event put there.
fn answers_then(entries: &[Entry]) -> Option<&Answers> {
    entries.iter().rev().find_map(|entry| match &entry.event {
        Event::Submitted(filed) | Event::Corrected(filed) => Some(&filed.answers),
        Event::Completed { answers, .. } => Some(answers),
        _ => None,
    })
}

fn content(
    tx: &mut Tx<'_>,
    actor: &Actor,
    found: &Authorized,
    (day, before): (NaiveDate, Instant),
    language: Language,
) -> Result<FilePage> {
    policy::require_page(&tx.book.access, actor, PageAction::Register)?;
    let (declaration, declarant) = (&found.declaration, &found.declarant);
    let depth = policy::depth(&tx.book.access, actor, &found.target());
    // What is told in confidence is in no register, and a summary says nothing of answers.
    if declaration.is_sealed() || depth == Depth::Summary {
        return Err(Error::NotFound);
    }
    let masked = depth == Depth::Masked;
    let then = known(tx, &[declaration.id], before)?.remove(&declaration.id).ok_or(Error::NotFound)?;
    let mut entries = journal::timeline(tx, declaration.id)?;
    entries.retain(|entry| entry.seq <= then.event);
    let answers = answers_then(&entries).cloned().ok_or(Error::NotFound)?;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let filed_on = declaration.first_filed_at.map_or(day, |at| local_date(at, tx.zone()));
    let given = filing::given(declarant, filed_on);
    let scans = Scans::of(tx, declaration.id, &answers)?;
    let mut told = sections(&kind, &answers, &scans, &[Phase::Filing, Phase::FollowUp], given, language, None);
    let mut events = timeline(tx, &kind, &entries, given, false, language)?;
    let mut heading = format!("{} – {}", declarant.name(), kind.subject_of(&answers, language));
    if masked {
        heading = format!("{} – {}", tx.book.keyring.pseudonym(&declarant.number), kind.subject_of(&answers, language));
        let named: Vec<&str> = kind
            .fields()
            .filter(|field| matches!(field.widget, Widget::Persons | Widget::Attachment))
            .map(|field| field.label.get(language))
            .collect();
        for section in &mut told {
            section.rows.retain(|row| !named.contains(&row.label.as_str()));
        }
        told.retain(|section| section.title.is_some());
        for event in &mut events {
            (event.actor, event.changes) = (None, None);
        }
    }
    let standing = then.standing.as_ref();
    let holder = standing.map(|standing| holder_then(tx, standing, masked, language)).transpose()?.flatten();
    let date = format_date_long(day, language);
    let is_same = standing
        .map(|standing| Ok::<_, Error>(sha256_hex(serde_json::to_string(&answers)?.as_bytes()) == standing.answers))
        .transpose()?;
    let last = [("event", Arg::from(then.event)), ("date", Arg::from(format_datetime(then.at, tx.zone(), language)))];
    Ok(FilePage {
        href: format!("/d/{}", declaration.slug()),
        list_href: format!("/registre/connu?le={day}"),
        reference: declaration.slug().to_owned(),
        heading,
        title: say(language, "as-known-on", &[("date", Arg::from(date))]),
        masked,
        state: standing.map_or("", |standing| standing.state.as_str()),
        state_label: standing.map(|standing| state_label(standing.state, language)),
        holder,
        due: standing.and_then(|standing| standing.due_on).map(|due| format_date_long(due, language)),
        last: say(language, "as-known-event", &last),
        checked: is_same.map(|same| say(language, if same { "as-known-same" } else { "as-known-other" }, &[])),
        sections: told,
        timeline: events,
    })
}

fn holder_then(tx: &mut Tx<'_>, standing: &Standing, masked: bool, language: Language) -> Result<Option<String>> {
    Ok(match (standing.holder, &standing.office) {
        (Some(_), _) if masked => None,
        (Some(person), _) => Some(people::store::find(tx, person)?.name()),
        (None, Some(office)) => Some(super::known::office_name(office, language)),
        (None, None) => None,
    })
}
