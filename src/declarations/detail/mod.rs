//! The page of one declaration: facts, what deserves attention, history, and what this reader may do.

mod beside;
mod can;
mod choices;
mod findings;
mod notes;
mod veil;
mod views;
mod whereabouts;

use actix_web::{HttpResponse, web};

use super::actions;
use super::answers::{Answers, Form};
use super::automatic;
use super::filing;
use super::form::error_views;
use super::kind::{Fact, Kind, Need, Phase};
use super::lists::{self, Earlier};
use super::reading;
use super::renewal;
use super::store::{Authorized, Declaration};
use super::summary::{Row, Section, sections};
use super::timeline::{self, decision, open_question, timeline};
use super::versions;
use super::workflow::State;
use crate::access::{Action, Actor, PageAction, Verdict, may, policy};
use crate::app::Tx;
use crate::attachments::scan::Scans;
use crate::clock::local_date;
use crate::comments;
use crate::companies::meeting;
use crate::companies::{self, CompanyId};
use crate::contracts;
use crate::crosschecks;
use crate::crosschecks::looked::Looks;
use crate::custody;
use crate::error::{FieldError, Result};
use crate::ethics;
use crate::formats;
use crate::journal;
use crate::measures::{self, Measure};
use crate::programme::passports::{self, panel};
use crate::rectifications;
use crate::releases;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Link, Page, see_other};
use crate::web::problems::field_message;
use beside::Beside;
use choices::{choices, is_row, measure_rows, reason_hint};
use findings::contested;
use notes::{Notes, box_of, on_its_box};
pub use veil::unit_told;
use veil::veiled;
use views::{DetailPage, FieldErrors, FollowedView, HistoryView, OpinionView, Typed};
use whereabouts::{late, whereabouts};

pub use can::{Can, can};
pub use findings::{FindingView, finding_views, lifted, own_finding_views};
pub use whereabouts::{decider_name, holder_name, route_words};

/// Where the page shows what was written and could not be sent.
pub const UNSENT: &str = "unsent";

/// What somebody wrote in a form of the page.
pub fn words_of(form: &Form) -> Vec<String> {
    let is_text = |name: &str| matches!(name, "reason" | "note" | "answer" | "measures") || is_row(name);
    form.iter()
        .filter(|(name, value)| is_text(name) && !value.trim().is_empty())
        .map(|(_, text)| text.clone())
        .collect()
}

/// `GET /d/{slug}`
pub async fn show(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, slug.into_inner(), &[], &Vec::new()).await
}

pub(crate) async fn render(visit: &Visit, slug: String, errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let at = visit.clone();
    let (declaration, content) = reading::open(&visit.app, &actor, &slug, move |tx, actor, found| {
        let is_draft = found.declaration.state() == State::Draft;
        if is_draft { Ok(None) } else { content(tx, &at, actor, found).map(Some) }
    })
    .await?;
    let Some(mut content) = content else {
        return Ok(see_other(&format!("/brouillons/{}", declaration.key), None));
    };
    let language = visit.language;
    let sent = box_of(&visit.address).filter(|_| !form.is_empty());
    let errors = &on_its_box(errors, sent);
    let typed = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let chosen = typed("outcome");
    for choice in &mut content.choices {
        choice.checked = choice.id == chosen;
    }
    content.typed = Typed {
        reason: typed("reason"),
        measures: if form.is_empty() { content.inherited.clone() } else { typed("measures") },
        answer: typed("answer"),
        to: typed("to"),
        authority: typed("authority"),
        decided_on: typed("decided_on"),
        document: typed("document"),
    };
    content.field_errors = FieldErrors {
        outcome: message("outcome"),
        reason: message("reason"),
        measures: message("measures"),
        answer: message("answer"),
        to: message("to"),
        authority: message("authority"),
        decided_on: message("decided_on"),
        document: message("document"),
    };
    content.notes = Notes::of(sent, form, errors, language);
    // Whoever had to carry out a measure would learn of a file told in confidence: it has the quick list alone.
    if content.takes_measures && !declaration.is_sealed() {
        let kind = visit.app.book.catalogue.version(declaration.kind_version_id)?;
        content.rows = measure_rows(&kind, form, &message, language);
        content.rows_open = form.iter().any(|(name, value)| !value.is_empty() && (name == "more" || is_row(name)));
    }
    for crosscheck in &mut content.crosschecks {
        crosscheck.refill(errors, form, language);
    }
    if errors.iter().any(|error| error.field == UNSENT) {
        content.unsent = words_of(form);
    }
    content.errors = error_views(errors, language);
    let has_inbox = actor.has_inbox();
    let (href, key) = match (content.is_mine, has_inbox) {
        (true, _) => ("/mes-declarations", "back-mine"),
        (false, true) => ("/a-traiter", "back-inbox"),
        (false, false) => ("/registre", "back-register"),
    };
    Page::new(visit, content.heading.clone())
        .wide()
        .back(href, key)
        .with_errors(!errors.is_empty())
        .render("pages/declarations/detail", &content)
}

fn content(tx: &mut Tx<'_>, visit: &Visit, actor: &Actor, found: &Authorized) -> Result<DetailPage> {
    let declaration = &found.declaration;
    let language = visit.language;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let declarant = &found.declarant;
    let entries = journal::timeline(tx, declaration.id)?;
    let zone = tx.zone();
    let answers = declaration.answers()?;
    let filed_on = declaration.first_filed_at.map_or(tx.today(), |at| local_date(at, zone));
    let given = filing::given(declarant, filed_on);
    let is_mine = declaration.declarant_id == actor.person;
    let phases = [Phase::Filing, Phase::FollowUp];
    let found_by_rules = declaration.findings()?;
    let findings =
        if is_mine { own_finding_views(&found_by_rules, language) } else { finding_views(&found_by_rules, language) };
    let state = declaration.state();
    let beside = Beside::of(tx, declaration)?;
    let open = beside.open_measures();
    let lasts = beside.measures.iter().any(Measure::comes_back);
    let can = can(tx, actor, found, open > 0 || lasts, &entries)?;
    let scans = Scans::of(tx, declaration.id, &answers)?;
    let mut sections = sections(&kind, &answers, &scans, &phases, given, language, None);
    sections.extend(supervisor_note(&answers, language));
    sections.extend(meeting_note(&answers, language));
    if let Some(company) = declaration.company_id.filter(|_| tx.book.access.opens(PageAction::Register, Some(actor))) {
        link_company(&mut sections, &kind, company, language);
    }
    let decides = can.decide;
    let choices =
        if can.decide || can.record_outside { choices(tx, &kind, declaration, actor, language) } else { Vec::new() };
    let takes_measures = actions::offered(&kind, declaration).any(|outcome| outcome.measures != Need::None);
    let measures_said = if beside.measures.is_empty() { declaration.measures()? } else { Vec::new() };
    let target = found.target();
    let decided = matches!(state, State::Decided | State::Monitoring);
    let may_close = decided && may(&tx.book.access, actor, Action::Close, &target) == Verdict::Allowed;
    let close_waits = match (may_close, open) {
        (false, _) => None,
        (true, 0) => lasts.then(|| say(language, "close-lasts", &[])),
        (true, _) => {
            let count = Arg::from(i64::try_from(open).unwrap_or(i64::MAX));
            Some(say(language, "close-waits", &[("count", count)]))
        }
    };
    let mut earlier = if is_mine { Vec::new() } else { lists::earlier(tx, actor, declaration)? };
    lists::in_language(tx, &mut earlier, language)?;
    let opinion = opinion(tx, actor, declaration, is_mine, language)?;
    let slip = match kind.custody.is_some() && beside.object {
        true => custody::store::of_declaration(tx, declaration.id)?.map(|object| object.number),
        false => None,
    };
    let comments = match can.comment && beside.comments {
        true => comments::views::of_file(tx, actor, &kind, declaration, language)?,
        false => Vec::new(),
    };
    // Before the decision, a correction does it.
    let rectifications = match state.is_pending() {
        true => rectifications::views::Panel::default(),
        false => {
            let asked = if beside.rectifications { rectifications::store::of(tx, declaration.id)? } else { Vec::new() };
            rectifications::views::panel(tx, actor, &kind, declaration, &asked, can.comment, language)
        }
    };
    let may_contest = is_mine && can.comment;
    let address = format!("/d/{}", declaration.slug());
    let findings = contested(findings, &comments, may_contest.then_some(address.as_str()));
    let (mut crosschecks, looks) = match beside.crosschecks {
        true => {
            let views = crosschecks::views::of_file(tx, actor, declaration, can.comment, language)?;
            (views, Looks::of(tx, declaration)?)
        }
        false => Default::default(),
    };
    let findings = lifted(findings, &looks, declaration.id, language);
    for crosscheck in &mut crosschecks {
        crosscheck.contest(&comments, may_contest.then_some(address.as_str()));
    }
    // As long as somebody follows the file; an interest lasts, and what was decided of it with it.
    let is_followed = state.is_pending() || decided || (declaration.kind == renewal::KIND && state != State::Withdrawn);
    let contracts = match declaration.company_id.filter(|_| is_followed) {
        Some(company) => {
            let neqs = contracts::store::neqs_of(tx, company)?;
            contracts::panel::lines(tx, &neqs, tx.today(), language)?
        }
        None => Vec::new(),
    };
    let passport = match beside.passport {
        true => passports::store::of_declaration(tx, declaration.id)?,
        false => None,
    };
    let mut happened = timeline::gathered(timeline(tx, &kind, &entries, given, is_mine, language)?, zone, language);
    // Whoever decides may have read it before.
    let corrected = match !is_mine && state.is_pending() {
        true => timeline::last_correction(&mut happened, zone, language),
        false => None,
    };
    let depth = policy::depth(&tx.book.access, actor, &found.target());
    let unit = unit_told(tx, depth, found)?;
    let page = DetailPage {
        reference: declaration.reference.clone().unwrap_or_default(),
        heading: if is_mine {
            kind.subject_of(&answers, language)
        } else {
            format!("{} – {}", declarant.name(), kind.subject_of(&answers, language))
        },
        kind: kind.title.get(language).to_owned(),
        declarant: declarant.name(),
        declarant_title: declarant.title.clone(),
        home_body: Some(declarant.home_body.clone()).filter(|body| !body.is_empty()),
        unit,
        state: state.as_str(),
        state_label: state_label(state, language),
        whereabouts: whereabouts(tx, found, is_mine, language)?,
        filed_on: formats::format_date_long(filed_on, language),
        late: late(&kind, declaration, language),
        sections,
        has_findings: !findings.is_empty(),
        findings,
        contracts,
        automatic: automatic::view(&kind, actor, declaration, can.comment, language)?,
        crosschecks,
        // An opinion says the whole of the decision.
        decision: decision(declaration, &kind, &entries, tx, language)?.filter(|_| opinion.is_none()),
        contest: timeline::contest(&entries),
        timeline: happened,
        corrected,
        measures: measures::views::of_file(tx, actor, &kind, found, &beside.measures, language)?,
        measures_said,
        slip,
        close_waits,
        question: open_question(state, &entries),
        reason_hint: reason_hint(&choices, language),
        choices,
        takes_measures,
        rows: Vec::new(),
        rows_open: false,
        version: declaration.version,
        action: address,
        errors: Vec::new(),
        unsent: Vec::new(),
        typed: Typed::default(),
        field_errors: FieldErrors::default(),
        notes: Notes::default(),
        receipt: can.examine && !tx.book.config.journal.key_file.is_empty(),
        compare: can.examine && versions::is_offered(declaration, &earlier),
        history: history(earlier, tx.zone(), language),
        confidential: declaration.is_confidential(),
        is_mine,
        veil: None,
        in_summary: false,
        next_href: next_to_decide(tx, actor, declaration)?,
        opinion,
        followed: ethics::citing::followed(&answers)
            .map(|followed| FollowedView { reference: followed.reference, text: followed.text }),
        sealed: kind.is_sealed().then_some(if is_mine { "mine" } else { "read" }),
        comments,
        rectifications,
        may_release: can.comment && releases::document::may_release(actor, declaration),
        can,
        inherited: match &passport {
            Some(passport) if decides => panel::inherited(tx, passport, language)?,
            _ => String::new(),
        },
        passport: panel::panel(tx, actor, declaration, passport.as_ref(), decides, language)?,
    };
    Ok(veiled(page, depth, &kind, declarant, &tx.book.keyring, language))
}

/// The page of the company, beside its name, for whoever may open it.
fn link_company(sections: &mut [Section], kind: &Kind, company: CompanyId, language: Language) {
    let Some(field) = kind.field_of_fact(Fact::Company) else { return };
    let label = field.label.get(language);
    for row in sections.iter_mut().flat_map(|section| &mut section.rows).filter(|row| row.label == label) {
        row.links.push(Link { href: companies::address(company), label: say(language, "companies-open", &[]) });
    }
}

fn opinion(
    tx: &mut Tx<'_>,
    actor: &Actor,
    declaration: &Declaration,
    is_mine: bool,
    language: Language,
) -> Result<Option<OpinionView>> {
    if !can::takes_opinion(tx, declaration) {
        return Ok(None);
    }
    let Some(given) = ethics::store::of(tx, declaration)? else { return Ok(None) };
    let at = formats::format_datetime(given.at, tx.zone(), language);
    let slug = declaration.slug();
    let writes = tx.book.access.opens(PageAction::WritePrecedents, Some(actor));
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let agreed = ethics::precedents::may_come_from(&kind, &declaration.answers()?);
    Ok(Some(OpinionView {
        parts: given
            .opinion
            .parts()
            .into_iter()
            .map(|(name, text)| {
                ethics::opinion_page::PartView::new("advice-part", name, text.to_owned(), 0, &[], language)
            })
            .collect(),
        given: say(language, "detail-decided-by", &[("who", given.by.into()), ("at", at.into())]),
        receipt_href: is_mine.then(|| format!("/conseils/{slug}/recu")),
        precedent_href: (writes && !is_mine && agreed).then(|| format!("/precedents/rediger?avis={slug}")),
        precedent_refused: writes && !is_mine && !agreed,
    }))
}

/// « Ce n’est pas la bonne personne »: who the declarant says the supervisor is, and why.
fn supervisor_note(answers: &Answers, language: Language) -> Option<Section> {
    let note = answers.get(filing::SUPERVISOR_NOTE).as_object()?;
    let value = ["name", "reason"].iter().filter_map(|part| note.get(*part)?.as_str().map(str::to_owned)).collect();
    let label = say(language, "detail-supervisor-note", &[]);
    let row = Row { label, value, links: Vec::new(), files: Vec::new(), change_href: None, change_hidden: None };
    Some(Section { title: None, rows: vec![row] })
}

fn meeting_note(answers: &Answers, language: Language) -> Option<Section> {
    let (on, verdict) = meeting::noted(answers)?;
    let date = Arg::from(formats::format_date_long(on, language));
    let value = vec![say(language, &format!("meeting-noted-{}", verdict.as_str()), &[("date", date)])];
    let label = say(language, "meeting-noted", &[]);
    let row = Row { label, value, links: Vec::new(), files: Vec::new(), change_href: None, change_hidden: None };
    Some(Section { title: None, rows: vec![row] })
}

/// After a decision: the next declaration that waits for the same person.
fn next_to_decide(tx: &mut Tx<'_>, actor: &Actor, declaration: &Declaration) -> Result<Option<String>> {
    if declaration.decider_id != Some(actor.person) {
        return Ok(None);
    }
    let office = actor.offices().first().copied().filter(|_| !actor.leads);
    let filter = lists::Filter::default();
    let view = lists::InboxView::ADecider;
    let page = lists::inbox(tx, actor, office, view, &filter, None, 1)?;
    Ok(page.rows.first().map(|row| format!("/d/{}", row.slug())))
}

pub fn state_label(state: State, language: Language) -> String {
    say(language, &format!("state-{}", state.as_str().replace('_', "-")), &[])
}

/// Earlier declarations of the same person, in words.
fn history(earlier: Vec<Earlier>, zone: chrono_tz::Tz, language: Language) -> Vec<HistoryView> {
    earlier
        .into_iter()
        .map(|row| HistoryView {
            href: format!("/d/{}", row.slug()),
            reference: row.reference.clone().unwrap_or_default(),
            subject: row.subject.clone(),
            filed_on: row
                .first_filed_at
                .map(|at| formats::format_date_long(local_date(at, zone), language))
                .unwrap_or_default(),
            state: row.state().as_str(),
            state_label: state_label(row.state(), language),
        })
        .collect()
}
