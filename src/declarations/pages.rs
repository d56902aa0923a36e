//! Pages of the person who declares: choose, answer one question per page, check, attest, send.

use std::path::PathBuf;

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions;
use super::answers::{self, Answers, Form};
use super::attachments::{self, Submitted};
use super::filing;
use super::form::{CandidateView, ErrorView, FieldView, error_views, field_views};
use super::kind::{Kind, Phase, Step, Widget};
use super::store::{self, Declaration};
use super::workflow::State;
use crate::access::Action;
use crate::app::Tx;
use crate::companies;
use crate::error::{Error, FieldError, Result};
use crate::people;
use crate::text::Language;
use crate::web::Visit;
use crate::web::page::{Link, Page, see_other};

#[derive(Serialize)]
struct Choose {
    situations: Vec<Situation>,
}

#[derive(Serialize)]
struct Situation {
    href: String,
    situation: String,
    example: String,
}

/// `GET /declarer`: the situations, in the person's words.
pub async fn choose(visit: Visit) -> Result<HttpResponse> {
    Page::titled(&visit, "declare-title")
        .back("/", "back-home")
        .render("pages/declarations/choose", &Choose { situations: situations(&visit) })
}

fn situations(visit: &Visit) -> Vec<Situation> {
    visit
        .app
        .book
        .catalogue
        .kinds()
        .iter()
        .map(|version| Situation {
            href: format!("/declarer/{}", version.kind.id),
            situation: version.kind.situation.get(visit.language).to_owned(),
            example: version.kind.example.get(visit.language).to_owned(),
        })
        .collect()
}

#[derive(Serialize)]
struct Intro {
    kind: String,
    title: String,
    situation: String,
    notice: String,
    source: String,
    steps: usize,
    shortcut: Option<String>,
    org_name: String,
    ethics_email: String,
}

/// `GET /declarer/{kind}`: what will be asked, and the collection notice (A-2.1, s. 65).
pub async fn introduce(visit: Visit, kind: web::Path<String>) -> Result<HttpResponse> {
    let version = visit.app.book.catalogue.kind(&kind).ok_or(Error::NotFound)?;
    let kind = &version.kind;
    let language = visit.language;
    let content = Intro {
        kind: kind.id.clone(),
        title: kind.title.get(language).to_owned(),
        situation: kind.situation.get(language).to_owned(),
        notice: kind.notice.get(language).to_owned(),
        source: kind.source.get(language).to_owned(),
        steps: kind.steps.iter().filter(|step| step.phase == Phase::Filing).count(),
        shortcut: kind.nothing_to_declare.as_ref().map(|s| s.label.get(language).to_owned()),
        org_name: visit.app.book.config.organisation.name.clone(),
        ethics_email: visit.app.book.config.organisation.ethics_email.clone(),
    };
    Page::new(&visit, kind.title.get(language))
        .back("/declarer", "back-choose")
        .render("pages/declarations/introduce", &content)
}

/// `POST /declarer/{kind}`: opens a draft and its first question.
pub async fn start(visit: Visit, kind: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let draft = visit.app.write(move |tx| actions::start(tx, &actor, &kind, &Answers::default())).await?;
    Ok(see_other(&format!("/brouillons/{}", draft.key), None))
}

/// `POST /declarer/{kind}/rien`: nothing to declare, straight to the attestation.
pub async fn nothing(visit: Visit, kind: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let draft = visit
        .app
        .write(move |tx| {
            let version = tx.book.catalogue.kind(&kind).ok_or(Error::NotFound)?.clone();
            actions::start(tx, &actor, &version.kind.id, &actions::shortcut_answers(&version.kind)?)
        })
        .await?;
    Ok(see_other(&format!("/brouillons/{}/verifier", draft.key), None))
}

/// What is being written: a draft, a correction, or what is told after the decision.
struct Writing {
    declaration: Declaration,
    kind: std::sync::Arc<Kind>,
    answers: Answers,
    phase: Phase,
    today: chrono::NaiveDate,
    person: people::store::Person,
}

impl Writing {
    fn load(tx: &mut Tx<'_>, visit: &Visit, slug: &str) -> Result<Self> {
        let declaration = store::authorized(tx, &*visit.actor()?, slug, Action::Edit)?.declaration;
        let phase = match declaration.state() {
            State::Draft => Phase::Filing,
            state if state.is_pending() => Phase::Filing,
            State::Decided | State::Monitoring => Phase::FollowUp,
            _ => return Err(Error::NotPossible("not-possible-edit")),
        };
        let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
        let answers = declaration.working_answers()?;
        let person = people::store::find(tx, declaration.declarant_id)?;
        let today = tx.today_at(&person.site);
        Ok(Self { declaration, kind, answers, phase, today, person })
    }

    fn given(&self) -> answers::Given<'_> {
        filing::given(&self.person, self.today)
    }

    fn steps(&self) -> Vec<&Step> {
        self.kind.steps_for(&self.answers, self.phase, self.given())
    }

    fn errors_of(&self, step: &Step) -> Vec<FieldError> {
        answers::check_step(step, &self.answers, self.given())
    }

    fn path(&self) -> String {
        format!("/brouillons/{}", self.declaration.slug())
    }
}

/// `GET /brouillons/{slug}`: the first question not answered yet, or the check page.
pub async fn resume(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    let at = visit.clone();
    let to = visit
        .app
        .read(move |tx| {
            let writing = Writing::load(tx, &at, &slug)?;
            let open = writing.steps().into_iter().find(|step| !writing.errors_of(step).is_empty());
            let next = open.map_or("verifier", |step| step.id.as_str());
            Ok(format!("{}/{next}", writing.path()))
        })
        .await?;
    Ok(see_other(&to, None))
}

#[derive(Serialize)]
struct StepPage {
    action: String,
    kind: String,
    title: String,
    hint: Option<String>,
    why: Option<String>,
    number: i64,
    count: i64,
    fields: Vec<FieldView>,
    errors: Vec<ErrorView>,
    title_is_label: bool,
    has_files: bool,
    discard: Option<String>,
}

/// `GET /brouillons/{slug}/{step}`
pub async fn step(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (slug, step) = path.into_inner();
    let at = visit.clone();
    let writing = visit.app.read(move |tx| Writing::load(tx, &at, &slug)).await?;
    show_step(&visit, &writing, &step, &[], None)
}

fn show_step(
    visit: &Visit,
    writing: &Writing,
    step_id: &str,
    errors: &[FieldError],
    search: Option<(String, Vec<CandidateView>, String)>,
) -> Result<HttpResponse> {
    let language = visit.language;
    let steps = writing.steps();
    let place = steps.iter().position(|step| step.id == step_id).ok_or(Error::NotFound)?;
    let step = *steps.get(place).ok_or(Error::NotFound)?;
    let mut fields = field_views(step, &writing.answers, errors, writing.given(), language);
    if let Some((field, candidates, searched)) = search
        && let Some(company) = fields.iter_mut().find(|f| f.id == field).and_then(|f| f.company.as_mut())
    {
        company.search_name = candidates.is_empty().then_some(searched);
        company.candidates = candidates;
    }
    let title_is_label = fields.iter().any(|field| field.as_heading);
    let back = match place.checked_sub(1).and_then(|before| steps.get(before)) {
        Some(before) => format!("{}/{}", writing.path(), before.id),
        None if writing.declaration.state() == State::Draft => format!("/declarer/{}", writing.kind.id),
        None => format!("/d/{}", writing.declaration.slug()),
    };
    let content = StepPage {
        action: format!("{}/{}", writing.path(), step.id),
        kind: writing.kind.title.get(language).to_owned(),
        title: step.title.get(language).to_owned(),
        hint: step.hint.as_ref().map(|text| text.get(language).to_owned()),
        why: step.why.as_ref().map(|text| text.get(language).to_owned()),
        number: i64::try_from(place + 1).unwrap_or(1),
        count: i64::try_from(steps.len()).unwrap_or(1),
        has_files: fields.iter().any(|field| field.widget == "attachment"),
        fields,
        errors: error_views(errors, language),
        title_is_label,
        discard: (writing.declaration.state() == State::Draft).then(|| format!("{}/suppression", writing.path())),
    };
    Page::new(visit, step.title.get(language))
        .with_errors(!errors.is_empty())
        .back(back, "back-previous")
        .render("pages/declarations/step", &content)
}

/// `POST /brouillons/{slug}/{step}`: saves, then goes on, comes back later, or looks a company up.
pub async fn save(visit: Visit, path: web::Path<(String, String)>, sent: Submitted) -> Result<HttpResponse> {
    let (slug, step) = path.into_inner();
    let Submitted { form, files, mut refused } = sent;
    let mut kept = Vec::new();
    for file in files {
        let folder = PathBuf::from(&visit.app.book.config.uploads.directory);
        match tokio::task::spawn_blocking(move || attachments::keep(&folder, file)).await.map_err(Error::internal)? {
            Ok(file) => kept.push(file),
            Err(Error::Invalid(errors)) => refused.extend(errors),
            Err(error) => return Err(error),
        }
    }
    let named = |name: &str| form.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let (search, later) = (named("_search"), named("_later").is_some());
    let at = visit.clone();
    let step_id = step.clone();
    let writing = visit
        .app
        .write(move |tx| {
            let actor = at.actor()?;
            actions::save_step(tx, &actor, &slug, &step_id, &form)?;
            let writing = Writing::load(tx, &at, &slug)?;
            let Some(step) = writing.kind.steps.iter().find(|step| step.id == step_id) else {
                return Err(Error::NotFound);
            };
            if step.fields.iter().any(|field| field.widget == Widget::Attachment) {
                attachments::update(tx, &actor, &slug, step, &form, kept)?;
            }
            Writing::load(tx, &at, &slug)
        })
        .await?;
    if let Some(field) = search {
        let typed = writing.answers.get(&field).get("name").and_then(|v| v.as_str()).unwrap_or("").to_owned();
        let candidates = search_companies(&visit, &typed).await?;
        return show_step(&visit, &writing, &step, &[], Some((field, candidates, typed)));
    }
    if later && refused.is_empty() {
        return Ok(see_other("/", Some("flash-draft-saved")));
    }
    let Some(current) = writing.kind.steps.iter().find(|s| s.id == step) else { return Err(Error::NotFound) };
    let mut errors = writing.errors_of(current);
    errors.extend(refused);
    if !errors.is_empty() {
        return show_step(&visit, &writing, &step, &errors, None);
    }
    let steps = writing.steps();
    let place = steps.iter().position(|s| s.id == step);
    let next = place.and_then(|place| steps.get(place + 1)).map_or("verifier", |step| step.id.as_str());
    Ok(see_other(&format!("{}/{next}", writing.path()), None))
}

async fn search_companies(visit: &Visit, typed: &str) -> Result<Vec<CandidateView>> {
    let typed = typed.to_owned();
    let found = visit.app.read(move |tx| companies::store::suggest(tx, &typed, 8)).await?;
    Ok(found
        .into_iter()
        .map(|company| CandidateView {
            id: company.id.to_string(),
            name: company.name,
            neq: company.neq,
            checked: false,
        })
        .collect())
}

#[derive(Serialize)]
struct CheckPage {
    sections: Vec<Section>,
    findings: Vec<super::detail::FindingView>,
    recipient: String,
    why: String,
    action: String,
    errors: Vec<ErrorView>,
    is_correction: bool,
    is_follow_up: bool,
    send_label: String,
    attestation: FieldView,
    notice: String,
    supervisor: Option<SupervisorNote>,
}

/// « Ce n’est pas la bonne personne? »
#[derive(Serialize)]
struct SupervisorNote {
    name: String,
    reason: String,
    open: bool,
    error: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Section {
    pub title: Option<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub label: String,
    pub value: Vec<String>,
    /// Files to download.
    pub links: Vec<Link>,
    pub change_href: Option<String>,
    pub change_hidden: Option<String>,
}

/// The answers of some phases by step, with or without links to change them.
pub fn sections(
    kind: &Kind,
    answers: &Answers,
    phases: &[Phase],
    given: answers::Given<'_>,
    language: Language,
    change: Option<&str>,
) -> Vec<Section> {
    kind.steps
        .iter()
        .filter(|step| phases.contains(&step.phase))
        .filter_map(|step| {
            let rows: Vec<Row> = step
                .fields
                .iter()
                .filter(|field| answers.shows(field, given))
                .filter(|field| change.is_some() || !answers.get(&field.id).is_null())
                .map(|field| {
                    let label = field.label.get(language).to_owned();
                    let is_file = field.widget == Widget::Attachment;
                    Row {
                        links: if is_file { file_links(answers.get(&field.id)) } else { Vec::new() },
                        value: if is_file {
                            Vec::new()
                        } else {
                            answers::lines(field, answers.get(&field.id), language)
                        },
                        change_href: change.map(|path| format!("{path}/{}", step.id)),
                        change_hidden: change.map(|_| format!("«\u{a0}{label}\u{a0}»")),
                        label,
                    }
                })
                .collect();
            (!rows.is_empty()).then(|| Section { title: Some(step.title.get(language).to_owned()), rows })
        })
        .collect()
}

fn file_links(value: &serde_json::Value) -> Vec<Link> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| {
            let id = item.get("id").and_then(serde_json::Value::as_i64)?;
            let label = item.get("name").and_then(serde_json::Value::as_str)?.to_owned();
            Some(Link { href: format!("/pieces/{id}"), label })
        })
        .collect()
}

/// `GET /brouillons/{slug}/verifier`: everything on one page, what will be looked at, who receives it.
pub async fn check(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    show_check(&visit, slug.into_inner(), &[]).await
}

async fn show_check(visit: &Visit, slug: String, errors: &[FieldError]) -> Result<HttpResponse> {
    let at = visit.clone();
    let mut errors = errors.to_vec();
    let (content, errors) = visit
        .app
        .read(move |tx| {
            let writing = Writing::load(tx, &at, &slug)?;
            let language = at.language;
            let path = writing.path();
            let missing = answers::check(&writing.kind, &writing.answers, writing.phase, writing.given());
            errors.extend(missing);
            let mut findings = Vec::new();
            let (mut recipient, mut why) = (String::new(), String::new());
            if writing.phase == Phase::Filing {
                let mut facts = writing.declaration.clone();
                let mut answers = writing.answers.clone();
                filing::preview_facts(tx, &writing.kind, &mut answers, &mut facts)?;
                let assessment = filing::assess(tx, &writing.kind, &answers, &facts, &writing.person)?;
                findings = super::detail::finding_views(&assessment.findings, language);
                recipient = super::detail::decider_name(tx, &assessment.route.decider, language)?;
                why = crate::texts::say(language, assessment.route.why, &[]);
            }
            let notice = writing.kind.notice.get(language).to_owned();
            let follow_up = writing.phase == Phase::FollowUp;
            let sections =
                sections(&writing.kind, &writing.answers, &[writing.phase], writing.given(), language, Some(&path));
            let state = writing.declaration.state();
            let noted = |name: &str| {
                let value = writing.answers.get(filing::SUPERVISOR_NOTE).get(name);
                value.and_then(serde_json::Value::as_str).unwrap_or("").to_owned()
            };
            let wrong = errors.iter().find(|error| error.field.starts_with("supervisor"));
            let note = SupervisorNote {
                name: noted("name"),
                reason: noted("reason"),
                open: filing::supervisor_disputed(&writing.answers) || wrong.is_some(),
                error: wrong.map(|error| crate::web::problems::field_message(error, language)),
            };
            let send_key = match (follow_up, state) {
                (true, _) => "check-send-follow-up",
                (false, State::Draft) => "check-send",
                (false, _) => "check-send-correction",
            };
            let send_label = crate::texts::say(language, send_key, &[("to", recipient.as_str().into())]);
            let content = CheckPage {
                sections,
                findings,
                recipient,
                why,
                action: format!("{path}/envoi"),
                errors: Vec::new(),
                is_correction: state != State::Draft && !follow_up,
                is_follow_up: follow_up,
                send_label,
                attestation: attestation(language, &errors),
                notice,
                supervisor: (state == State::Draft && !follow_up).then_some(note),
            };
            Ok((content, errors))
        })
        .await?;
    let views: Vec<ErrorView> = errors
        .iter()
        .map(|error| {
            let text = crate::web::problems::field_message(error, visit.language);
            let href = match error.field.as_str() {
                "attestation" => "#attestation",
                field if field.starts_with("supervisor") => "#supervisor_name",
                _ => "#resume",
            }
            .to_owned();
            ErrorView { href, text }
        })
        .collect();
    let failed = errors.iter().any(|error| error.field == "attestation" || error.field.starts_with("supervisor"));
    let content = CheckPage { errors: views, ..content };
    Page::titled(visit, "check-title").with_errors(failed).render("pages/declarations/check", &content)
}

fn attestation(language: Language, errors: &[FieldError]) -> FieldView {
    let error = errors
        .iter()
        .find(|error| error.field == "attestation")
        .map(|error| crate::web::problems::field_message(error, language));
    FieldView {
        id: "attestation".into(),
        name: "attestation".into(),
        label: crate::texts::say(language, "check-attestation", &[]),
        hint: None,
        described_by: error.as_ref().map(|_| "attestation-error".to_owned()),
        error,
        required: true,
        optional_label_needed: false,
        widget: "checkbox",
        value: String::new(),
        options: Vec::new(),
        rows: Vec::new(),
        max: None,
        as_heading: false,
        shown_when: None,
        inputmode: None,
        autocomplete: None,
        spellcheck: false,
        company: None,
    }
}

/// `POST /brouillons/{slug}/envoi`: files the draft, the correction, or what was still expected.
pub async fn send(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let slug = slug.into_inner();
    let attested = form.iter().any(|(name, value)| name == "attestation" && !value.is_empty());
    let typed = |wanted: &str| form.iter().find(|(name, _)| name == wanted).map_or("", |(_, v)| v.as_str()).to_owned();
    let (supervisor, why) = (typed("supervisor_name"), typed("supervisor_reason"));
    let at = visit.clone();
    let sent = slug.clone();
    let result = visit
        .app
        .write(move |tx| {
            let actor = at.actor()?;
            let declaration = store::authorized(tx, &actor, &sent, Action::Edit)?.declaration;
            if declaration.reference.is_some() && declaration.key == sent {
                // A double click: the draft's address was filed a moment ago.
                return Ok((declaration, "flash-already-filed"));
            }
            if declaration.state() == State::Draft {
                actions::dispute_supervisor(tx, &actor, &sent, &supervisor, &why)?;
            }
            match declaration.state() {
                State::Draft => actions::submit(tx, &actor, &sent, attested).map(|d| (d, "flash-filed")),
                State::Decided | State::Monitoring if !attested => {
                    Err(Error::field("attestation", "error-attestation"))
                }
                State::Decided | State::Monitoring => {
                    actions::complete(tx, &actor, &sent).map(|d| (d, "flash-completed"))
                }
                _ => actions::correct(tx, &actor, &sent, attested).map(|d| (d, "flash-corrected")),
            }
        })
        .await;
    match result {
        Ok((declaration, "flash-filed")) => Ok(see_other(&format!("/d/{}/recue", declaration.slug()), None)),
        Ok((declaration, flash)) => Ok(see_other(&format!("/d/{}", declaration.slug()), Some(flash))),
        Err(Error::Invalid(errors)) => {
            let own: Vec<FieldError> = errors
                .into_iter()
                .filter(|e| {
                    e.field == "attestation"
                        || e.field.starts_with("supervisor")
                        || e.message.starts_with("error-person")
                })
                .collect();
            show_check(&visit, slug, &own).await
        }
        Err(error) => Err(error),
    }
}

/// `POST /brouillons/{slug}/suppression`
pub async fn discard(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    visit.app.write(move |tx| actions::discard(tx, &actor, &slug)).await?;
    Ok(see_other("/mes-declarations", Some("flash-discarded")))
}

#[derive(Serialize)]
struct Received {
    reference: String,
    holder: String,
    why: String,
    due: Option<String>,
    linked: Vec<Link>,
}

/// `GET /d/{slug}/recue`: the reference, who has it, by when, and what can still be done.
pub async fn received(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    let at = visit.clone();
    let content = visit
        .app
        .read(move |tx| {
            let actor = at.actor()?;
            let declaration = store::authorized(tx, &actor, &slug, Action::Edit)?.declaration;
            let linked = super::lists::drafts_from(tx, declaration.id)?
                .into_iter()
                .map(|(key, subject)| Link { href: format!("/brouillons/{key}"), label: subject })
                .collect();
            Ok(Received {
                reference: declaration.reference.clone().unwrap_or_default(),
                holder: super::detail::holder_name(tx, &declaration, at.language)?,
                why: crate::texts::say(
                    at.language,
                    declaration.route_reason.as_deref().unwrap_or("route-supervisor"),
                    &[],
                ),
                due: declaration.due_on.map(|due| crate::formats::format_date_long(due, at.language)),
                linked,
            })
        })
        .await?;
    Page::titled(&visit, "received-title").render("pages/declarations/received", &content)
}
