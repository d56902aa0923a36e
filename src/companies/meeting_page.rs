//! « Avant une rencontre »: a company and a purpose; then go, caution or stop, with the articles.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::lobby::Last;
use super::meeting::{self, Looked, Verdict};
use super::suggest;
use crate::declarations::answers::{Answers, Form, read_step};
use crate::declarations::detail::{FindingView, finding_views};
use crate::declarations::filing;
use crate::declarations::form::{CandidateView, ErrorView, FieldView, error_views, field_views};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people::store as people;
use crate::sources::age::{self, AgeView};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// Companies proposed for a name.
const PROPOSED: usize = 8;

#[derive(Serialize)]
struct MeetingPage {
    fields: Vec<FieldView>,
    errors: Vec<ErrorView>,
    result: Option<ResultView>,
}

#[derive(Serialize)]
struct ResultView {
    verdict: &'static str,
    title: String,
    text: String,
    findings: Vec<FindingView>,
    contracts: Vec<String>,
    unsearched: bool,
    /// The company that a name typed without an NEQ was taken for.
    taken: Option<String>,
    ages: Vec<AgeView>,
    unread: bool,
    tenders: Vec<String>,
    more_tenders: bool,
    /// What the registry of lobbyists is known to say.
    lobby: String,
    lobby_doubt: bool,
    /// The answers looked at, to begin the declaration with them.
    kept: Vec<(String, String)>,
}

/// `GET /avant-rencontre`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    render(&visit, Answers::default(), &[], None, None).await
}

/// `POST /avant-rencontre`: looks the company up, or begins the declaration of the exchange.
pub async fn post(visit: Visit, form: web::Form<Form>) -> Result<HttpResponse> {
    let form = suggest::filled(&visit, form.into_inner()).await?;
    let (actor, language) = (visit.actor()?, visit.language);
    let is = |name: &str| form.iter().any(|(n, value)| n == name && !value.is_empty());
    let (searches, declares) = (is("_search"), is("_declare"));
    let (by, typed) = (actor.clone(), form.clone());
    let answers = visit
        .app
        .read(move |tx| {
            let kind = tx.book.catalogue.kind(meeting::KIND).ok_or(Error::NotFound)?.kind.clone();
            let person = people::find(tx, by.person)?;
            let mut answers = Answers::default();
            let given = filing::given(&person, tx.today_at(&person.site));
            read_step(&meeting::questions(&kind)?, &typed, given, language, &mut answers);
            Ok(answers)
        })
        .await?;
    if searches {
        let name = form.iter().find(|(n, _)| n == "company.name").map_or_else(String::new, |(_, name)| name.clone());
        let wanted = name.clone();
        let found = visit.app.read(move |tx| suggest::suggest(tx, &wanted, PROPOSED)).await?;
        let found = found.into_iter().map(|one| one.candidate(language)).collect();
        return render(&visit, answers, &[], Some((found, name)), None).await;
    }
    let (by, asked) = (actor, answers.clone());
    if declares {
        let draft = visit.app.write(move |tx| meeting::declare(tx, &by, &asked, language)).await;
        return match draft {
            Ok(draft) => Ok(see_other(&format!("/brouillons/{}", draft.key), None)),
            Err(Error::Invalid(errors)) => render(&visit, answers, &errors, None, None).await,
            Err(error) => Err(error),
        };
    }
    let looked = visit.app.read(move |tx| {
        let mut asked = asked;
        let taken = meeting::take_the_only_one(tx, &mut asked)?;
        Ok((meeting::look(tx, &by, &asked, language)?, taken))
    });
    match looked.await {
        Ok((looked, taken)) => {
            let mut kept: Form = form.into_iter().filter(|(name, _)| !name.starts_with('_')).collect();
            let taken = taken.map(|company| {
                let neq = company.neq.unwrap_or_default();
                let args = [("name", Arg::from(company.name.as_str())), ("neq", Arg::from(neq.as_str()))];
                let told = say(language, "meeting-taken", &args);
                // Whoever begins the declaration has read which company it is about.
                refill(&mut kept, &company.name, &neq);
                told
            });
            // Without an NEQ nothing was searched: those that it may be are proposed.
            let proposed: Vec<CandidateView> = if looked.unsearched {
                let name = looked.name.clone();
                let found = visit.app.read(move |tx| suggest::suggest(tx, &name, PROPOSED)).await?;
                let found: Vec<_> = found.into_iter().filter(|one| one.neq.is_some()).collect();
                found.into_iter().map(|one| one.candidate(language)).collect()
            } else {
                Vec::new()
            };
            let search = (!proposed.is_empty()).then(|| (proposed, looked.name.clone()));
            let result = result(looked, taken, kept, &visit);
            render(&visit, answers, &[], search, Some(result)).await
        }
        Err(Error::Invalid(errors)) => render(&visit, answers, &errors, None, None).await,
        Err(error) => Err(error),
    }
}

/// The name and the NEQ of a company, where a form has them.
fn refill(form: &mut Form, company: &str, neq: &str) {
    form.retain(|(name, _)| !matches!(name.as_str(), "company.name" | "company.neq"));
    form.extend([("company.name".to_owned(), company.to_owned()), ("company.neq".to_owned(), neq.to_owned())]);
}

fn result(looked: Looked, taken: Option<String>, kept: Form, visit: &Visit) -> ResultView {
    let verdict = looked.verdict.as_str();
    // Nobody says that a meeting is possible with whom was not looked up.
    let text = if looked.unsearched && looked.verdict != Verdict::Stop { "unsearched" } else { verdict };
    let name = [("name", Arg::from(looked.name))];
    ResultView {
        verdict,
        title: say(visit.language, &format!("meeting-{verdict}"), &name),
        text: visit.say(&format!("meeting-{text}-text")),
        findings: finding_views(&looked.findings, visit.language),
        contracts: looked.contracts,
        unsearched: looked.unsearched,
        taken,
        ages: age::views(&looked.ages, visit.language),
        unread: looked.unread,
        tenders: looked.tenders,
        more_tenders: looked.more_tenders,
        lobby: lobby_line(&looked.lobby, visit.language),
        lobby_doubt: looked.lobby.is_in_doubt(),
        kept,
    }
}

/// « Vérifié le 20 novembre 2026 : mandat M-42 inscrit. » Who looked is told on the page of the company.
fn lobby_line(last: &Last, language: Language) -> String {
    let Some(check) = &last.check else { return say(language, "meeting-lobby-none", &[]) };
    let args = [
        ("date", Arg::from(formats::format_date_long(check.checked_on, language))),
        ("mandate", Arg::from(check.mandate.as_str())),
    ];
    let mut line = say(language, &format!("meeting-lobby-{}", check.result), &args);
    if last.old {
        line = format!("{line} {}", say(language, "meeting-lobby-old", &[]));
    }
    line
}

async fn render(
    visit: &Visit,
    answers: Answers,
    errors: &[FieldError],
    search: Option<(Vec<CandidateView>, String)>,
    result: Option<ResultView>,
) -> Result<HttpResponse> {
    let (actor, language, told) = (visit.actor()?, visit.language, errors.to_vec());
    let mut fields = visit
        .app
        .read(move |tx| {
            let kind = tx.book.catalogue.kind(meeting::KIND).ok_or(Error::NotFound)?.kind.clone();
            let person = people::find(tx, actor.person)?;
            let given = filing::given(&person, tx.today_at(&person.site));
            Ok(field_views(&meeting::questions(&kind)?, &answers, &told, given, language))
        })
        .await?;
    if let (Some((candidates, searched)), Some(company)) =
        (search, fields.iter_mut().find_map(|field| field.company.as_mut()))
    {
        company.search_name = candidates.is_empty().then_some(searched);
        company.candidates = candidates;
    }
    let content = MeetingPage { fields, errors: error_views(errors, language), result };
    Page::titled(visit, "meeting-title")
        .back("/", "back-home")
        .with_errors(!errors.is_empty())
        .render("pages/companies/meeting", &content)
}
