//! The fairness ledger: which companies were heard, how long, at what stage, which were not and why. For whoever
//! organises, the contract monitor and the ethics officer; printed or exported for the contract file.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::fairness::{self, Equality, Heard, Indicator};
use super::kind::{self, ShowcaseKind};
use super::posts::company_of;
use super::showcase_page::{self, QuestionView};
use super::state::{Command, next};
use super::store::{self, Consultation, Firm, Showcase};
use super::timeline::{self, Moment};
use crate::access::{PageAction, policy};
use crate::app::Tx;
use crate::clock::local_date;
use crate::companies;
use crate::declarations::access_log;
use crate::declarations::answers::Form;
use crate::declarations::form::{CandidateView, CompanyView, ErrorView, error_views};
use crate::declarations::inbox::Picked;
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::journal::{self, Event};
use crate::people;
use crate::register::export::attachment;
use crate::reports::csv::short_table;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;
use crate::web::problems::field_message;

#[derive(Serialize)]
struct LedgerPage {
    heading: String,
    reference: String,
    address: String,
    showcase: String,
    when: String,
    tag: &'static str,
    state_label: String,
    /// One sentence, its tone, and what to do about it.
    finding: String,
    even: bool,
    advice: String,
    call: Option<String>,
    lines: Vec<LineView>,
    csv_href: String,
    can_note: bool,
    can_add: bool,
    can_publish: bool,
    can_advise: bool,
    consultations: Vec<ConsultationView>,
    questions: Vec<QuestionView>,
    story: Vec<Moment>,
    errors: Vec<ErrorView>,
    add: AddView,
    publish: PublishView,
    opinion: String,
    opinion_error: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    id: i64,
    name: String,
    neq: Option<String>,
    origin: String,
    outcome: String,
    minutes: Option<String>,
    stage: String,
    reason: Option<String>,
    action: String,
    open: bool,
    yes: bool,
    no: bool,
    minutes_typed: String,
    reason_typed: String,
    stages: Vec<Picked>,
    heard_error: Option<String>,
    minutes_error: Option<String>,
    reason_error: Option<String>,
}

#[derive(Serialize)]
struct ConsultationView {
    asked: String,
    call: String,
    opinion: Option<String>,
    answered: String,
}

/// What `fields/company` reads, and the way the company came.
#[derive(Serialize)]
struct AddView {
    id: &'static str,
    name: &'static str,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    described_by: Option<&'static str>,
    shown_when: Option<String>,
    as_heading: bool,
    optional_label_needed: bool,
    company: CompanyView,
    invited: bool,
    asked: bool,
    origin_error: Option<String>,
    open: bool,
}

#[derive(Serialize)]
struct PublishView {
    question: String,
    answer: String,
    question_error: Option<String>,
    answer_error: Option<String>,
    open: bool,
}

/// `GET /evenements/{reference}/registre`
pub async fn show(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, reference.into_inner(), &[], &Vec::new()).await
}

pub(super) async fn render(
    visit: &Visit,
    reference: String,
    errors: &[FieldError],
    form: &Form,
) -> Result<HttpResponse> {
    answer(visit, reference, errors, form, None).await
}

/// The page again, with the companies that what was typed may mean.
pub(super) async fn search(visit: &Visit, reference: String, form: &Form) -> Result<HttpResponse> {
    let company = company_of(form);
    let typed = company.get("name").and_then(|name| name.as_str()).unwrap_or("").to_owned();
    let sought = typed.clone();
    let found = visit.app.read(move |tx| companies::suggest::suggest(tx, &sought, 8)).await?;
    let candidates = found.into_iter().map(|company| company.candidate(visit.language)).collect();
    answer(visit, reference, &[], form, Some((candidates, typed))).await
}

async fn answer(
    visit: &Visit,
    reference: String,
    errors: &[FieldError],
    form: &Form,
    search: Option<(Vec<CandidateView>, String)>,
) -> Result<HttpResponse> {
    let (at, failed, typed) = (visit.clone(), errors.to_vec(), form.clone());
    let mut content = visit.app.read(move |tx| content(tx, &at, &reference, &failed, &typed)).await?;
    if let Some((candidates, typed)) = search {
        content.add.open = true;
        content.add.company.search_name = candidates.is_empty().then_some(typed);
        content.add.company.candidates = candidates;
    }
    Page::new(visit, content.heading.clone())
        .wide()
        .back(content.address.clone(), "back-showcase")
        .with_errors(!errors.is_empty())
        .render("pages/programme/ledger", &content)
}

/// The showcase, for whoever may read its ledger.
fn readable(tx: &mut Tx<'_>, visit: &Visit, reference: &str) -> Result<Showcase> {
    let showcase = store::find(tx, reference)?;
    let actor = visit.actor()?;
    if policy::may_read_ledger(&tx.book.access, &actor, showcase.organiser_id) {
        Ok(showcase)
    } else {
        Err(Error::NotAllowed)
    }
}

fn content(tx: &mut Tx<'_>, visit: &Visit, reference: &str, errors: &[FieldError], form: &Form) -> Result<LedgerPage> {
    let actor = visit.actor()?;
    let language = visit.language;
    let showcase = readable(tx, visit, reference)?;
    let kind = kind::find(&tx.book.showcases, &showcase.kind)?.clone();
    let firms = store::firms(tx, showcase.id)?;
    let runs = policy::require_organiser(&tx.book.access, &actor, showcase.organiser_id).is_ok();
    let possible = |command| next(showcase.state(), command).is_some();
    let indicator = indicator(tx, &firms);
    let asked = store::consultations(tx, showcase.id)?;
    let open = asked.iter().any(|asked| asked.answered_at.is_none());
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let typed = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    let lines = firms.iter().map(|firm| line(firm, &kind, &showcase, errors, form, language)).collect();
    Ok(LedgerPage {
        heading: say(language, "ledger-title", &[]),
        reference: showcase.reference.clone(),
        address: showcase.address(),
        showcase: showcase.title.clone(),
        when: showcase_page::when(&showcase, language),
        tag: showcase_page::tag(showcase.state()),
        state_label: showcase_page::state_label(showcase.state(), language),
        finding: finding(&indicator, language),
        even: indicator.equality == Equality::Even,
        advice: say(language, &format!("equality-advice-{}", indicator.equality.as_str()), &[]),
        call: call(&showcase, language),
        lines,
        csv_href: format!("{}/registre.csv", showcase.address()),
        can_note: runs && possible(Command::Hear),
        can_add: runs && possible(Command::AddFirm),
        can_publish: runs && possible(Command::Publish),
        can_advise: open
            && possible(Command::Advise)
            && policy::require_page(&tx.book.access, &actor, PageAction::AdviseOnCalls).is_ok(),
        consultations: consultation_views(tx, asked, language)?,
        questions: showcase_page::question_views(tx, &showcase, language)?,
        story: timeline::story(tx, &showcase, language)?,
        errors: error_views(errors, language),
        add: add_view(form, &message, language),
        publish: PublishView {
            question: typed("question"),
            answer: typed("answer"),
            question_error: message("question"),
            answer_error: message("answer"),
            open: message("question").is_some() || message("answer").is_some(),
        },
        opinion: typed("opinion"),
        opinion_error: message("opinion"),
    })
}

fn add_view(form: &Form, message: &impl Fn(&str) -> Option<String>, language: Language) -> AddView {
    let company = company_of(form);
    let part = |name: &str| company.get(name).and_then(|value| value.as_str()).unwrap_or("").to_owned();
    let origin = form.iter().find(|(name, _)| name == "origin").map_or("", |(_, value)| value.as_str());
    let error = message("company");
    let origin_error = message("origin");
    AddView {
        id: "company",
        name: "company",
        label: say(language, "firm-company", &[]),
        hint: None,
        described_by: error.is_some().then_some("company-error"),
        shown_when: None,
        as_heading: false,
        optional_label_needed: false,
        company: CompanyView {
            id: company.get("company_id").and_then(|id| id.as_i64()).map(|id| id.to_string()).unwrap_or_default(),
            name: part("name"),
            neq: part("neq"),
            no_neq_reason: part("no_neq_reason"),
            candidates: Vec::new(),
            search_name: None,
        },
        invited: origin == "invited",
        asked: origin == "asked",
        open: error.is_some() || origin_error.is_some(),
        error,
        origin_error,
    }
}

fn indicator(tx: &Tx<'_>, firms: &[Firm]) -> Indicator {
    let outcomes: Vec<Heard> = firms.iter().map(Firm::outcome).collect();
    fairness::indicator(&outcomes, tx.book.config.programme.time_gap_percent)
}

/// The indicator in one sentence.
fn finding(indicator: &Indicator, language: Language) -> String {
    let count = |number: usize| Arg::from(i64::try_from(number).unwrap_or(i64::MAX));
    let args = [
        ("firms", count(indicator.firms)),
        ("heard", count(indicator.heard)),
        ("missing", count(indicator.unknown + indicator.without_reason)),
        ("shortest", Arg::from(i64::from(indicator.shortest))),
        ("longest", Arg::from(i64::from(indicator.longest))),
    ];
    say(language, &format!("equality-{}", indicator.equality.as_str()), &args)
}

fn call(showcase: &Showcase, language: Language) -> Option<String> {
    let on = showcase.call_on.filter(|_| showcase.call_planned)?;
    Some(call_words(showcase.call_reference.as_deref(), on, language))
}

fn call_words(reference: Option<&str>, on: chrono::NaiveDate, language: Language) -> String {
    let date = Arg::from(formats::format_date_long(on, language));
    match reference {
        Some(number) => say(language, "ledger-call-numbered", &[("date", date), ("number", Arg::from(number))]),
        None => say(language, "ledger-call", &[("date", date)]),
    }
}

fn consultation_views(tx: &mut Tx<'_>, asked: Vec<Consultation>, language: Language) -> Result<Vec<ConsultationView>> {
    let zone = tx.zone();
    let day = |at| formats::format_date_long(local_date(at, zone), language);
    let mut views = Vec::new();
    for one in asked {
        let answered = match (one.answered_by, one.answered_at) {
            (Some(by), Some(at)) => {
                let name = people::store::find(tx, by)?.name();
                say(language, "consultation-answered", &[("name", Arg::from(name)), ("date", Arg::from(day(at)))])
            }
            _ => say(language, "consultation-waiting", &[]),
        };
        views.push(ConsultationView {
            asked: say(language, "consultation-asked", &[("date", Arg::from(day(one.asked_at)))]),
            call: one.call_on.map(|on| call_words(one.call_reference.as_deref(), on, language)).unwrap_or_default(),
            opinion: one.opinion,
            answered,
        });
    }
    Ok(views)
}

fn line(
    firm: &Firm,
    kind: &ShowcaseKind,
    showcase: &Showcase,
    errors: &[FieldError],
    form: &Form,
    language: Language,
) -> LineView {
    let at = |name: &str| format!("{name}-{}", firm.id);
    let was_typed = form.iter().any(|(name, _)| *name == at("minutes"));
    let typed = |name: &str| form.iter().find(|(n, _)| *n == at(name)).map_or("", |(_, value)| value.as_str());
    let message = |name: &str| errors.iter().find(|e| e.field == at(name)).map(|e| field_message(e, language));
    let heard = match (was_typed, typed("heard"), firm.heard) {
        (true, "yes", _) | (false, _, Some(true)) => Some(true),
        (true, "no", _) | (false, _, Some(false)) => Some(false),
        _ => None,
    };
    let stage = firm.stage.as_deref().unwrap_or(&showcase.stage);
    let chosen = if was_typed { typed("stage") } else { stage };
    let options = kind.field("stage").map(|field| field.options.as_slice()).unwrap_or_default();
    let errors = (message("heard"), message("minutes"), message("reason"));
    LineView {
        id: firm.id,
        name: firm.name.clone(),
        neq: firm.neq.clone(),
        origin: say(language, &format!("firm-{}", firm.origin), &[]),
        outcome: outcome_words(firm, language),
        minutes: firm.minutes.map(|minutes| minutes.to_string()),
        stage: if firm.heard.is_some() { kind.option("stage", stage, language) } else { String::new() },
        reason: firm.reason.clone(),
        action: format!("{}/entreprises/{}", showcase.address(), firm.id),
        open: errors.0.is_some() || errors.1.is_some() || errors.2.is_some(),
        yes: heard == Some(true),
        no: heard == Some(false),
        minutes_typed: if was_typed {
            typed("minutes").to_owned()
        } else {
            firm.minutes.map(|minutes| minutes.to_string()).unwrap_or_default()
        },
        reason_typed: if was_typed { typed("reason").to_owned() } else { firm.reason.clone().unwrap_or_default() },
        stages: options
            .iter()
            .map(|option| Picked {
                value: option.id.clone(),
                label: option.label.get(language).to_owned(),
                selected: option.id == chosen,
            })
            .collect(),
        heard_error: errors.0,
        minutes_error: errors.1,
        reason_error: errors.2,
    }
}

fn outcome_words(firm: &Firm, language: Language) -> String {
    let key = match firm.heard {
        None => "firm-unknown",
        Some(true) => "firm-heard",
        Some(false) => "firm-not-heard",
    };
    say(language, key, &[])
}

/// Names of the columns, French then English: part of the contract with whoever reads the file by machine.
const COLUMNS: [(&str, &str); 11] = [
    ("vitrine", "showcase"),
    ("titre", "title"),
    ("date", "date"),
    ("appel_offres", "call"),
    ("entreprise", "company"),
    ("neq", "neq"),
    ("provenance", "origin"),
    ("entendue", "heard"),
    ("minutes", "minutes"),
    ("etape", "stage"),
    ("motif", "reason"),
];

/// `GET /evenements/{reference}/registre.csv`: for the contract file; an event of the journal, as every export.
pub async fn to_csv(visit: Visit, reference: web::Path<String>) -> Result<HttpResponse> {
    let (actor, reference, language) = (visit.actor()?, reference.into_inner(), visit.language);
    visit.limits.export(actor.person)?;
    let (at, name) = (visit.clone(), format!("registre-equite-{reference}.csv"));
    let body = visit
        .app
        .write(move |tx| {
            let showcase = readable(tx, &at, &reference)?;
            let firms = store::firms(tx, showcase.id)?;
            let rows = i64::try_from(firms.len()).unwrap_or(i64::MAX);
            let event = Event::Exported { what: "ledger.csv".into(), rows, filter: showcase.reference.clone() };
            journal::record(tx, Some(actor.person), None, &event)?;
            access_log::exported(tx, &actor, "ledger.csv", None)?;
            csv(tx, &showcase, &firms, language)
        })
        .await?;
    Ok(attachment(&name, "text/csv; charset=utf-8").body(body))
}

fn csv(tx: &Tx<'_>, showcase: &Showcase, firms: &[Firm], language: Language) -> Result<Vec<u8>> {
    let kind = kind::find(&tx.book.showcases, &showcase.kind)?;
    let header = COLUMNS.iter().map(|(fr, en)| if language == Language::Fr { fr } else { en });
    let call = showcase.call_on.filter(|_| showcase.call_planned).map(|on| on.to_string()).unwrap_or_default();
    let call = [showcase.call_reference.clone().unwrap_or_default(), call].join(" ").trim().to_owned();
    let rows = firms.iter().map(|firm| {
        let stage = firm.stage.as_deref().unwrap_or(&showcase.stage);
        [
            showcase.reference.clone(),
            showcase.title.clone(),
            showcase.held_on.to_string(),
            call.clone(),
            firm.name.clone(),
            firm.neq.clone().unwrap_or_default(),
            say(language, &format!("firm-{}", firm.origin), &[]),
            outcome_words(firm, language),
            firm.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            if firm.heard.is_some() { kind.option("stage", stage, language) } else { String::new() },
            firm.reason.clone().unwrap_or_default(),
        ]
    });
    short_table(language, header, rows)
}
