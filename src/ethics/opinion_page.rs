//! Writing an opinion, and the receipt that its reader can show.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions::{self, looked_up_by, opinion_outcome};
use super::opinion::{Compared, Opinion, Stance, reason_field, stance_field};
use super::precedents::{self, Precedent};
use super::store;
use crate::access::{Action, policy};
use crate::app::Tx;
use crate::attachments::scan::Scans;
use crate::clock::local_date;
use crate::declarations::answers::Form;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::kind::Phase;
use crate::declarations::store::{Authorized, authorized};
use crate::declarations::summary::{Section, sections};
use crate::declarations::{filing, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

/// One text to write.
#[derive(Debug, Serialize)]
pub struct PartView {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub value: String,
    pub error: Option<String>,
    pub rows: u8,
}

impl PartView {
    /// A part named by its key: `advice-part-facts` and `advice-part-facts-hint`.
    pub fn new(
        prefix: &str,
        name: &'static str,
        value: String,
        rows: u8,
        errors: &[FieldError],
        language: Language,
    ) -> Self {
        let key = format!("{prefix}-{name}");
        Self {
            name,
            label: say(language, &key, &[]),
            hint: say(language, &format!("{key}-hint"), &[]),
            value,
            error: errors.iter().find(|e| e.field == name).map(|e| field_message(e, language)),
            rows,
        }
    }
}

#[derive(Serialize)]
struct ProposedView {
    id: i64,
    href: String,
    title: String,
    recommendation: String,
    stances: Vec<StanceView>,
    reason: String,
    error: Option<String>,
    reason_error: Option<String>,
    /// Taken out of the library while the opinion was written: it asks for no answer any more.
    withdrawn: bool,
}

#[derive(Serialize)]
struct StanceView {
    value: &'static str,
    label: String,
    checked: bool,
}

#[derive(Serialize)]
struct OpinionPage {
    reference: String,
    asker: String,
    asker_title: String,
    unit: String,
    sections: Vec<Section>,
    parts: Vec<PartView>,
    proposed: Vec<ProposedView>,
    seen_by: String,
    action: String,
    version: i32,
    errors: Vec<ErrorView>,
    /// Says when what the page begins with was left half written.
    resumed: Option<String>,
}

fn typed<'f>(form: &'f Form, name: &str) -> &'f str {
    form.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
}

fn opinion_of(form: &Form) -> Opinion {
    let part = |name| typed(form, name).to_owned();
    Opinion {
        facts: part("facts"),
        norms: part("norms"),
        analysis: part("analysis"),
        recommendation: part("recommendation"),
    }
}

/// What somebody wrote in a form, without its buttons and without the version it answered.
fn written_in(form: &Form) -> Form {
    form.iter().filter(|(name, _)| !name.starts_with('_') && name != "version").cloned().collect()
}

/// The precedents a form speaks of: those it was made with.
fn compared_of(form: &Form) -> Vec<Compared> {
    form.iter()
        .filter(|(name, _)| name == "proposed")
        .filter_map(|(_, id)| id.parse::<i64>().ok())
        .map(|precedent| Compared {
            precedent,
            stance: Stance::parse(typed(form, &stance_field(precedent))),
            reason: typed(form, &reason_field(precedent)).to_owned(),
        })
        .collect()
}

/// `GET /conseils/{slug}/rediger`
pub async fn write(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, slug.into_inner(), None, &[]).await
}

/// The page with what was just typed, or with what its author left half written.
async fn render(visit: &Visit, slug: String, typed: Option<&Form>, errors: &[FieldError]) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let (language, typed, told) = (visit.language, typed.cloned(), errors.to_vec());
    let (_, content) = reading::open(&visit.app, &actor, &slug, move |tx, actor, found| {
        policy::require(&tx.book.access, actor, Action::Decide, &found.target())?;
        let (form, saved) = match typed {
            Some(form) => (form, None),
            None => store::draft_of(tx, &found.declaration, actor.person)?
                .map_or_else(Default::default, |(form, at)| (form, Some(at))),
        };
        Ok(OpinionPage {
            resumed: saved.map(|at| {
                let at = formats::format_datetime(at, tx.zone(), language);
                say(language, "advice-draft-resumed", &[("at", Arg::from(at.as_str()))])
            }),
            ..content(tx, found, &form, &told, language)?
        })
    })
    .await?;
    Page::titled(visit, "advice-write-title")
        .wide()
        .with_errors(!errors.is_empty())
        .back(format!("/d/{slug}"), "back-file")
        .render("pages/ethics/opinion", &content)
}

fn content(
    tx: &mut Tx<'_>,
    found: &Authorized,
    form: &Form,
    errors: &[FieldError],
    language: Language,
) -> Result<OpinionPage> {
    let declaration = &found.declaration;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    if opinion_outcome(&kind.outcomes).is_none() || !declaration.state().is_pending() {
        return Err(Error::NotPossible("not-possible-opinion"));
    }
    let answers = declaration.answers()?;
    let given = filing::given(&found.declarant, tx.today());
    let opinion = opinion_of(form);
    let mut shown = precedents::similar_to(tx, &looked_up_by(declaration, &opinion)?)?;
    let mut gone = Vec::new();
    for compared in compared_of(form) {
        // One looked at before the text changed keeps its answer.
        if compared.stance.is_some() && shown.iter().all(|one| one.id != compared.precedent) {
            match precedents::find(tx, compared.precedent) {
                Ok(precedent) => shown.push(precedent),
                // Told once, beside its title; an opinion given after that does not speak of it.
                Err(Error::NotFound) if errors.iter().any(|e| e.field == stance_field(compared.precedent)) => {
                    gone.extend(precedents::ever_published(tx, compared.precedent)?);
                }
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
    }
    let rows = |name| if name == "facts" || name == "norms" { 5 } else { 8 };
    let asker = found.declarant.name();
    let scans = Scans::of(tx, declaration.id, &answers)?;
    Ok(OpinionPage {
        reference: declaration.reference.clone().unwrap_or_default(),
        seen_by: say(language, "advice-seen-by", &[("person", Arg::from(asker.as_str()))]),
        asker,
        asker_title: found.declarant.title.clone(),
        unit: found.unit.clone(),
        sections: sections(&kind, &answers, &scans, &[Phase::Filing], given, language, None),
        parts: opinion
            .parts()
            .into_iter()
            .map(|(name, text)| PartView::new("advice-part", name, text.to_owned(), rows(name), errors, language))
            .collect(),
        proposed: (shown.into_iter().map(|one| proposed_view(one, form, errors, language)))
            .chain(gone.into_iter().map(|one| {
                let view = proposed_view(one, form, errors, language);
                ProposedView { withdrawn: true, ..view }
            }))
            .collect(),
        action: format!("/conseils/{}/rediger", declaration.slug()),
        version: declaration.version,
        errors: error_views(errors, language),
        resumed: None,
    })
}

fn proposed_view(precedent: Precedent, form: &Form, errors: &[FieldError], language: Language) -> ProposedView {
    let chosen = Stance::parse(typed(form, &stance_field(precedent.id)));
    let message = |field: String| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    ProposedView {
        id: precedent.id,
        href: format!("/precedents/{}", precedent.id),
        title: precedent.title,
        recommendation: precedent.recommendation,
        stances: Stance::ALL
            .into_iter()
            .map(|stance| StanceView {
                value: stance.as_str(),
                label: say(language, &format!("precedent-stance-{}", stance.as_str()), &[]),
                checked: chosen == Some(stance),
            })
            .collect(),
        reason: typed(form, &reason_field(precedent.id)).to_owned(),
        error: message(stance_field(precedent.id)),
        reason_error: message(reason_field(precedent.id)),
        withdrawn: false,
    }
}

/// `POST /conseils/{slug}/rediger`: gives the opinion, keeps it half written, or looks precedents up again for what is
/// written.
pub async fn give(visit: Visit, slug: web::Path<String>, form: web::Form<Form>) -> Result<HttpResponse> {
    let (slug, form) = (slug.into_inner(), form.into_inner());
    let pressed = |button: &str| form.iter().any(|(name, _)| name == button);
    if pressed("_search") {
        return render(&visit, slug, Some(&form), &[]).await;
    }
    let (actor, wanted) = (visit.actor()?, slug.clone());
    let done = if pressed("_later") {
        let written = written_in(&form);
        let kept = visit.app.write(move |tx| actions::keep_draft(tx, &actor, &wanted, &written)).await;
        kept.map(|()| (slug.clone(), "flash-opinion-kept"))
    } else {
        let (opinion, compared) = (opinion_of(&form), compared_of(&form));
        let version = typed(&form, "version").parse().unwrap_or_default();
        let given =
            visit.app.write(move |tx| actions::give_opinion(tx, &actor, &wanted, version, &opinion, &compared)).await;
        given.map(|declaration| (declaration.slug().to_owned(), "flash-opinion-given"))
    };
    match done {
        Ok((slug, flash)) => Ok(see_other(&format!("/d/{slug}"), Some(flash))),
        Err(Error::NotFound) => {
            reading::refused(&visit.app, &visit.actor()?, &slug).await?;
            Err(Error::NotFound)
        }
        Err(Error::Invalid(errors)) => render(&visit, slug, Some(&form), &errors).await,
        Err(Error::Stale) => render(&visit, slug, Some(&form), &[FieldError::new("facts", "error-stale")]).await,
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct ReceiptPage {
    reference: String,
    person: String,
    asked_on: String,
    given_on: String,
    given_by: String,
    sections: Vec<Section>,
    parts: Vec<PartView>,
    printed_on: String,
}

/// `GET /conseils/{slug}/recu`: what the person may show later, to whom they want. For them alone.
pub async fn receipt(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    let (actor, language, wanted) = (visit.actor()?, visit.language, slug.into_inner());
    let by = std::sync::Arc::clone(&actor);
    let asked = wanted.clone();
    let content = visit
        .app
        .read(move |tx| {
            let found = authorized(tx, &by, &asked, Action::Edit)?;
            let given = store::of(tx, &found.declaration)?.ok_or(Error::NotPossible("not-possible-receipt"))?;
            let kind = tx.book.catalogue.version(found.declaration.kind_version_id)?;
            let answers = found.declaration.answers()?;
            let scans = Scans::of(tx, found.declaration.id, &answers)?;
            let zone = tx.zone();
            let day = |at| formats::format_date_long(local_date(at, zone), language);
            let parts = given
                .opinion
                .parts()
                .map(|(name, text)| PartView::new("advice-part", name, text.to_owned(), 0, &[], language));
            Ok(ReceiptPage {
                reference: found.declaration.reference.clone().unwrap_or_default(),
                person: found.declarant.name(),
                asked_on: found.declaration.first_filed_at.map(day).unwrap_or_default(),
                given_on: day(given.at),
                given_by: given.by,
                sections: sections(
                    &kind,
                    &answers,
                    &scans,
                    &[Phase::Filing],
                    filing::given(&found.declarant, tx.today()),
                    language,
                    None,
                ),
                parts: parts.into_iter().collect(),
                printed_on: formats::format_date_long(tx.today(), language),
            })
        })
        .await;
    let content = match content {
        Err(Error::NotFound) => {
            reading::refused(&visit.app, &actor, &wanted).await?;
            return Err(Error::NotFound);
        }
        other => other?,
    };
    Page::titled(&visit, "advice-receipt-title")
        .back(format!("/d/{wanted}"), "back-file")
        .render("pages/ethics/receipt", &content)
}
