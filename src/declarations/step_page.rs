//! One question per page: what is being written, its steps, saving each of them.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::answers::{self, Answers};
use super::catalogue::KindVersion;
use super::drafts;
use super::filing;
use super::form::{CandidateView, ErrorView, FieldView, RowView, field_views, named_error_views, question_of};
use super::kind::{Kind, Phase, Step, Widget};
use super::store::{self, Declaration};
use super::workflow::State;
use crate::access::Action;
use crate::app::Tx;
use crate::attachments::receive::{Submitted, keep_all};
use crate::attachments::scan::Scans;
use crate::attachments::store as files_joined;
use crate::companies;
use crate::error::{Error, FieldError, Result};
use crate::people;
use crate::web::Visit;
use crate::web::page::{Page, see_other};

/// What is being written: a draft, a correction, what is told after the decision, or a form looked at before anybody may
/// answer it.
pub(crate) struct Writing {
    pub(super) declaration: Declaration,
    pub(super) kind: std::sync::Arc<Kind>,
    pub(super) answers: Answers,
    pub(super) scans: Scans,
    pub(super) phase: Phase,
    pub(super) today: chrono::NaiveDate,
    pub(super) person: people::store::Person,
    /// Where the change of the form is: nothing typed here is kept anywhere but in the page.
    preview: Option<String>,
}

/// Companies proposed for a name that was typed without an NEQ.
pub(super) struct Proposed {
    pub(super) step: String,
    pub(super) field: String,
    pub(super) found: Vec<companies::suggest::Suggestion>,
}

/// What a page says of itself when it is only looked at.
#[derive(Debug, Serialize)]
pub(super) struct PreviewView {
    back: String,
    /// What was typed on the pages before.
    answers: String,
    follow_up: bool,
}

impl Writing {
    pub(super) fn load(tx: &mut Tx<'_>, visit: &Visit, slug: &str) -> Result<Self> {
        let declaration = store::authorized(tx, &*visit.actor()?, slug, Action::Edit)?.declaration;
        let phase = match declaration.state() {
            State::Draft => Phase::Filing,
            state if state.is_pending() => Phase::Filing,
            State::Decided | State::Monitoring => Phase::FollowUp,
            _ => return Err(Error::NotPossible("not-possible-edit")),
        };
        let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
        let answers = declaration.working_answers()?;
        let scans = Scans::of(tx, declaration.id, &answers)?;
        let person = people::store::find(tx, declaration.declarant_id)?;
        let today = tx.today_at(&person.site);
        Ok(Self { declaration, kind, answers, scans, phase, today, person, preview: None })
    }

    /// A form as this person would see it, in a draft that exists nowhere.
    pub(crate) fn previewed(
        tx: &mut Tx<'_>,
        visit: &Visit,
        version: &KindVersion,
        at: String,
        answers: Answers,
        phase: Phase,
    ) -> Result<Self> {
        let person = people::store::find(tx, visit.actor()?.person)?;
        let today = tx.today_at(&person.site);
        let declaration = Declaration::draft(String::new(), version, &person, &answers, tx.now())?;
        let (kind, scans) = (std::sync::Arc::clone(&version.kind), Scans::default());
        Ok(Self { declaration, kind, answers, scans, phase, today, person, preview: Some(at) })
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    pub(crate) fn into_answers(self) -> Answers {
        self.answers
    }

    /// The name of a company, as it was typed to look it up.
    pub(crate) fn typed(&self, field: &str) -> String {
        self.answers.get(field).get("name").and_then(|value| value.as_str()).unwrap_or("").to_owned()
    }

    /// For each company typed without an NEQ, on one page or on all, those that have one and bear its name.
    pub(super) fn homonyms(&self, tx: &mut Tx<'_>, on: Option<&str>) -> Result<Vec<Proposed>> {
        let mut all = Vec::new();
        for step in self.steps().into_iter().filter(|step| on.is_none_or(|on| step.id == on)) {
            for field in step.fields.iter().filter(|field| field.widget == Widget::Company) {
                let found = companies::suggest::homonyms(tx, self.answers.get(&field.id))?;
                if !found.is_empty() {
                    all.push(Proposed { step: step.id.clone(), field: field.id.clone(), found });
                }
            }
        }
        Ok(all)
    }

    pub(super) fn preview_view(&self) -> Result<Option<PreviewView>> {
        let Some(back) = self.preview.clone() else { return Ok(None) };
        let answers = serde_json::to_string(&self.answers)?;
        Ok(Some(PreviewView { back, answers, follow_up: self.phase == Phase::FollowUp }))
    }

    pub(super) fn is_preview(&self) -> bool {
        self.preview.is_some()
    }

    /// The page that comes after one, by name; the check page at the end.
    pub(crate) fn after(&self, step: &str) -> String {
        let steps = self.steps();
        let place = steps.iter().position(|s| s.id == step);
        place.and_then(|place| steps.get(place + 1)).map_or("verifier", |step| step.id.as_str()).to_owned()
    }

    pub(crate) fn given(&self) -> answers::Given<'_> {
        filing::given(&self.person, self.today)
    }

    fn steps(&self) -> Vec<&Step> {
        self.kind.steps_for(&self.answers, self.phase, self.given())
    }

    pub(crate) fn errors_of(&self, step: &Step) -> Vec<FieldError> {
        answers::check_step(step, &self.answers, self.given())
    }

    pub(super) fn path(&self) -> String {
        match &self.preview {
            Some(at) => format!("{at}/apercu"),
            None => format!("/brouillons/{}", self.declaration.slug()),
        }
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
    preview: Option<PreviewView>,
}

/// `GET /brouillons/{slug}/{step}`
pub async fn step(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (slug, step) = path.into_inner();
    let at = visit.clone();
    let asked = step.clone();
    let (writing, proposed) = visit
        .app
        .read(move |tx| {
            let writing = Writing::load(tx, &at, &slug)?;
            let proposed = writing.homonyms(tx, Some(asked.as_str()))?;
            Ok((writing, proposed))
        })
        .await?;
    let language = visit.language;
    let search = proposed.into_iter().next().map(|proposed| {
        let typed = writing.typed(&proposed.field);
        let candidates = proposed.found.into_iter().map(|one| one.candidate(language)).collect();
        (proposed.field, candidates, typed)
    });
    show_step(&visit, &writing, &step, &[], search)
}

/// A page of the form, with what was typed and what to put right.
pub(crate) fn show_step(
    visit: &Visit,
    writing: &Writing,
    step_id: &str,
    errors: &[FieldError],
    search: Option<(String, Vec<CandidateView>, String)>,
) -> Result<HttpResponse> {
    let language = visit.language;
    let mut steps = writing.steps();
    if writing.is_preview() && !steps.iter().any(|step| step.id == step_id) {
        // A page that other answers would open is looked at all the same.
        steps = writing.kind.steps.iter().filter(|step| step.phase == writing.phase).collect();
    }
    let place = steps.iter().position(|step| step.id == step_id).ok_or(Error::NotFound)?;
    let step = *steps.get(place).ok_or(Error::NotFound)?;
    let mut fields = field_views(step, &writing.answers, errors, writing.given(), language);
    if let Some((field, candidates, searched)) = search
        && let Some(company) = fields.iter_mut().find(|f| f.id == field).and_then(|f| f.company.as_mut())
    {
        company.search_name = candidates.is_empty().then_some(searched);
        company.candidates = candidates;
    }
    for row in fields.iter_mut().flat_map(|field| &mut field.rows) {
        if let RowView::File { id, note, .. } = row {
            *note = match writing.is_preview() {
                true => Some(visit.say("form-preview-file")),
                false => writing.scans.get(*id).note(language),
            };
        }
    }
    let title_is_label = fields.iter().any(|field| field.as_heading);
    let back = match place.checked_sub(1).and_then(|before| steps.get(before)) {
        Some(before) => format!("{}/{}", writing.path(), before.id),
        None if writing.is_preview() => writing.preview.clone().unwrap_or_default(),
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
        // A question alone on its page is in its heading.
        errors: named_error_views(errors, language, |field| question_of(&fields, field).filter(|_| fields.len() > 1)),
        fields,
        title_is_label,
        discard: (writing.declaration.state() == State::Draft && !writing.is_preview())
            .then(|| format!("{}/suppression", writing.path())),
        preview: writing.preview_view()?,
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
    let mut sealed = false;
    if !files.is_empty() {
        // Nothing is kept of somebody who may not write here.
        let (by, key) = (visit.actor()?, slug.clone());
        let into = visit.app.read(move |tx| store::authorized(tx, &by, &key, Action::Edit)).await?;
        sealed = into.declaration.is_sealed();
    }
    let (kept, uncleaned) = keep_all(&visit.app, files, sealed).await?;
    refused.extend(uncleaned);
    let named = |name: &str| form.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let (search, later) = (named("_search"), named("_later").is_some());
    let at = visit.clone();
    let step_id = step.clone();
    let writing = visit
        .app
        .write(move |tx| {
            let (actor, mut form) = (at.actor()?, form);
            companies::suggest::fill(tx, &mut form)?;
            drafts::save_step(tx, &actor, &slug, &step_id, &form)?;
            let writing = Writing::load(tx, &at, &slug)?;
            let Some(step) = writing.kind.steps.iter().find(|step| step.id == step_id) else {
                return Err(Error::NotFound);
            };
            if step.fields.iter().any(|field| field.widget == Widget::Attachment) {
                files_joined::update(tx, &actor, &slug, step, &form, kept)?;
            }
            Writing::load(tx, &at, &slug)
        })
        .await?;
    if let Some(field) = search {
        let typed = writing.typed(&field);
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
    Ok(see_other(&format!("{}/{}", writing.path(), writing.after(&step)), None))
}

/// Companies whose name is near what was typed.
pub(crate) async fn search_companies(visit: &Visit, typed: &str) -> Result<Vec<CandidateView>> {
    let typed = typed.to_owned();
    let found = visit.app.read(move |tx| companies::suggest::suggest(tx, &typed, 8)).await?;
    Ok(found.into_iter().map(|company| company.candidate(visit.language)).collect())
}
