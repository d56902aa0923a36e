//! The page of one declaration: facts, what deserves attention, history, and what this reader may do.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::actions;
use super::answers::{Answers, Form};
use super::automatic::{self, AutomaticView};
use super::direction;
use super::filing;
use super::form::{ErrorView, error_views};
use super::kind::{Fact, Kind, Need, Office, Phase, Then, Widget};
use super::lists::Earlier;
use super::routing::Decider;
use super::store::{Authorized, Declaration};
use super::summary::{Row, Section, sections};
use super::timeline::{self, DecisionView, TimelineView, decision, open_question, timeline};
use super::versions;
use super::workflow::{Command, State, next};
use crate::access::{Action, Actor, Depth, PageAction, Verdict, may, policy};
use crate::app::Tx;
use crate::attachments::scan::Scans;
use crate::clock::local_date;
use crate::comments;
use crate::comments::views::CommentView;
use crate::companies::meeting;
use crate::companies::{self, CompanyId};
use crate::contracts;
use crate::crosschecks;
use crate::crosschecks::views::CrosscheckView;
use crate::error::{FieldError, Result};
use crate::ethics;
use crate::formats;
use crate::journal;
use crate::measures;
use crate::measures::views::{MeasureView, RowView, every_picks, evidence_picks};
use crate::measures::wishes::{MOST_ROWS, row_field};
use crate::people;
use crate::people::store::Person;
use crate::policy::rules::Finding;
use crate::programme::passports::panel::{self, PanelView};
use crate::rectifications;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Link, Page, see_other};

#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    pub severity: &'static str,
    pub severity_label: String,
    pub sentence: String,
    pub article: String,
    pub now: String,
    #[serde(skip)]
    rule: String,
    /// The person it is about may say why it does not hold: what the comment is about, and the id of its form.
    contest: Option<ContestView>,
    /// The person did.
    contested: bool,
}

#[derive(Debug, Clone, Serialize)]
struct ContestView {
    about: String,
    id: String,
    action: String,
}

/// The findings with what the person says of them.
fn contested(mut findings: Vec<FindingView>, comments: &[CommentView], action: Option<&str>) -> Vec<FindingView> {
    for (finding, number) in findings.iter_mut().zip(1..) {
        finding.contested = comments.iter().any(|comment| comment.contests.as_ref() == Some(&finding.rule));
        finding.contest = action.map(|action| ContestView {
            about: comments::actions::of_rule(&finding.rule),
            id: format!("contest-{number}"),
            action: format!("{action}/commentaires"),
        });
    }
    findings
}

pub fn finding_views(findings: &[Finding], language: Language) -> Vec<FindingView> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    sorted
        .into_iter()
        .map(|finding| FindingView {
            severity: finding.severity.as_str(),
            severity_label: say(language, &format!("severity-{}", finding.severity.as_str()), &[]),
            sentence: finding.say.get(language).to_owned(),
            article: finding.article.get(language).to_owned(),
            now: finding.now.get(language).to_owned(),
            rule: finding.rule.clone(),
            contest: None,
            contested: false,
        })
        .collect()
}

/// The same for whoever the file is about: what a decider has to do is not said to them.
pub fn own_finding_views(findings: &[Finding], language: Language) -> Vec<FindingView> {
    let mut views = finding_views(findings, language);
    for view in &mut views {
        view.now.clear();
        view.severity_label = say(language, &format!("severity-own-{}", view.severity), &[]);
    }
    views
}

/// Name of a decider, an office, or « à l’extérieur ».
pub fn decider_name(tx: &mut Tx<'_>, decider: &Decider, language: Language) -> Result<String> {
    Ok(match decider {
        Decider::Person(person) => people::store::find(tx, *person)?.name(),
        Decider::Office(office) => say(language, &format!("office-{}", office.as_str().replace('_', "-")), &[]),
        Decider::Outside => say(language, "office-outside", &[]),
    })
}

/// Who has it now, in words; nobody when it is decided.
pub fn holder_name(tx: &mut Tx<'_>, declaration: &Declaration, language: Language) -> Result<String> {
    let decider = match (declaration.holder_id, declaration.office()) {
        (Some(person), _) => Decider::Person(person),
        (None, Some(office)) => Decider::Office(office),
        (None, None) if declaration.state().is_pending() => Decider::Outside,
        (None, None) => return Ok(String::new()),
    };
    decider_name(tx, &decider, language)
}

#[derive(Serialize)]
struct DetailPage {
    reference: String,
    heading: String,
    kind: String,
    declarant: String,
    declarant_title: String,
    /// Where somebody on loan comes from.
    home_body: Option<String>,
    unit: String,
    state: &'static str,
    state_label: String,
    /// « Chez Rosalie Tremblay depuis 2 jours ouvrables · décision attendue le 27 novembre 2026 »
    whereabouts: Vec<String>,
    filed_on: String,
    late: Option<String>,
    sections: Vec<Section>,
    findings: Vec<FindingView>,
    has_findings: bool,
    /// A rule decided alone.
    automatic: Option<AutomaticView>,
    /// What files from outside brought since it was filed.
    crosschecks: Vec<CrosscheckView>,
    /// Contracts and calls for tenders of the company, for whoever has to say something about the file.
    contracts: Vec<String>,
    timeline: Vec<TimelineView>,
    decision: Option<DecisionView>,
    /// Why the person contests it, until the direction.
    contest: Option<String>,
    measures: Vec<MeasureView>,
    /// Measures of a decision taken before they were followed one by one.
    measures_said: Vec<String>,
    /// Number of the slip of what goes to the State.
    slip: Option<String>,
    /// Why the file cannot close yet.
    close_waits: Option<String>,
    question: Option<String>,
    choices: Vec<ChoiceView>,
    /// One of the choices comes with conditions or measures.
    takes_measures: bool,
    /// The detailed form of measures.
    rows: Vec<RowView>,
    rows_open: bool,
    can: Can,
    version: i32,
    action: String,
    errors: Vec<ErrorView>,
    typed: Typed,
    field_errors: FieldErrors,
    history: Vec<HistoryView>,
    /// Its versions, or the declaration it follows, can be put side by side.
    compare: bool,
    receipt: bool,
    confidential: bool,
    is_mine: bool,
    /// Said to somebody who sees a part only.
    veil: Option<String>,
    next_href: Option<String>,
    opinion: Option<OpinionView>,
    followed: Option<FollowedView>,
    sealed: Option<&'static str>,
    /// What the ethics officer ruled on this event, once for all invitees.
    passport: Option<PanelView>,
    /// What is written about it, for whoever may comment.
    comments: Vec<CommentView>,
    rectifications: rectifications::views::Panel,
    /// The file may be given, line by line, to somebody who asked for it.
    may_release: bool,
    /// Conditions that a decision starts from.
    #[serde(skip)]
    inherited: String,
}

/// The structured opinion on file, and what its reader may do with it.
#[derive(Serialize)]
struct OpinionView {
    parts: Vec<ethics::opinion_page::PartView>,
    given: String,
    receipt_href: Option<String>,
    precedent_href: Option<String>,
}

/// « A suivi l’avis AVI-… »
#[derive(Serialize)]
struct FollowedView {
    reference: String,
    text: String,
}

/// What was typed when a form comes back with errors.
#[derive(Debug, Clone, Default, Serialize)]
struct Typed {
    reason: String,
    measures: String,
    answer: String,
    note: String,
    to: String,
    authority: String,
    decided_on: String,
    document: String,
}

#[derive(Debug, Clone, Default, Serialize)]
struct FieldErrors {
    outcome: Option<String>,
    reason: Option<String>,
    measures: Option<String>,
    answer: Option<String>,
    note: Option<String>,
    to: Option<String>,
    authority: Option<String>,
    decided_on: Option<String>,
    document: Option<String>,
}

#[derive(Serialize)]
struct ChoiceView {
    id: String,
    label: String,
    hint: Option<String>,
    checked: bool,
    needs: String,
}

#[derive(Serialize)]
struct HistoryView {
    href: String,
    reference: String,
    subject: String,
    filed_on: String,
    state: &'static str,
    state_label: String,
}

/// What this reader may do now: the policy and the workflow agree. The page shows its buttons from it, the API its
/// `actions`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Can {
    pub edit: bool,
    pub submit: bool,
    pub discard: bool,
    pub decide: bool,
    /// Answer with a structured opinion.
    pub advise: bool,
    pub ask: bool,
    pub refer: bool,
    pub take_up: bool,
    pub send_back: bool,
    pub opine: bool,
    pub correct: bool,
    pub continue_correction: bool,
    pub withdraw: bool,
    pub answer: bool,
    pub go_on: bool,
    pub complete: bool,
    pub close: bool,
    pub reassign: bool,
    pub record_outside: bool,
    pub seek_direction: bool,
    pub contest: bool,
    pub comment: bool,
    pub examine: bool,
}

/// `GET /d/{slug}`
pub async fn show(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse> {
    render(&visit, slug.into_inner(), &[], &Vec::new()).await
}

pub(crate) async fn render(visit: &Visit, slug: String, errors: &[FieldError], form: &Form) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let at = visit.clone();
    let (declaration, content) = super::reading::open(&visit.app, &actor, &slug, move |tx, actor, found| {
        let is_draft = found.declaration.state() == State::Draft;
        if is_draft { Ok(None) } else { content(tx, &at, actor, found).map(Some) }
    })
    .await?;
    let Some(mut content) = content else {
        return Ok(see_other(&format!("/brouillons/{}", declaration.key), None));
    };
    let language = visit.language;
    let typed = |name: &str| form.iter().find(|(n, _)| n == name).map_or_else(String::new, |(_, value)| value.clone());
    let message = |field: &str| {
        errors.iter().find(|e| e.field == field).map(|e| crate::web::problems::field_message(e, language))
    };
    let chosen = typed("outcome");
    for choice in &mut content.choices {
        choice.checked = choice.id == chosen;
    }
    content.typed = Typed {
        reason: typed("reason"),
        measures: if form.is_empty() { content.inherited.clone() } else { typed("measures") },
        answer: typed("answer"),
        note: typed("note"),
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
        note: message("note"),
        to: message("to"),
        authority: message("authority"),
        decided_on: message("decided_on"),
        document: message("document"),
    };
    // Whoever had to carry out a measure would learn of a file told in confidence: it has the quick list alone.
    if content.takes_measures && !declaration.is_sealed() {
        let kind = visit.app.book.catalogue.version(declaration.kind_version_id)?;
        content.rows = measure_rows(&kind, form, &message, language);
        content.rows_open = form.iter().any(|(name, value)| !value.is_empty() && (name == "more" || is_row(name)));
    }
    for crosscheck in &mut content.crosschecks {
        crosscheck.refill(errors, form, language);
    }
    content.errors = error_views(errors, language);
    let has_inbox = actor.leads || actor.holds || !actor.offices().is_empty();
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
    let (declarant, unit) = (&found.declarant, found.unit.clone());
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
    let can = can(tx, actor, found)?;
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
    let office = actions::deciding_office(declaration);
    let takes_measures = kind
        .outcomes
        .iter()
        .any(|outcome| outcome.measures != Need::None && (can.record_outside || outcome.by.contains(&office)));
    // Asked only where there can be some: a page costs a few readings.
    let asked = match declaration.measures.as_str() {
        "[]" => Vec::new(),
        _ => measures::store::of_declaration(tx, declaration.id)?,
    };
    let measures_said = if asked.is_empty() { declaration.measures()? } else { Vec::new() };
    let open = asked.iter().filter(|measure| measure.state().is_live()).count();
    let target = found.target();
    let decided = matches!(state, State::Decided | State::Monitoring);
    let may_close = decided && may(&tx.book.access, actor, Action::Close, &target) == Verdict::Allowed;
    let close_waits = (may_close && open > 0).then(|| {
        let count = Arg::from(i64::try_from(open).unwrap_or(i64::MAX));
        say(language, "close-waits", &[("count", count)])
    });
    let earlier = if is_mine { Vec::new() } else { super::lists::earlier(tx, actor, declaration)? };
    let opinion = opinion(tx, actor, declaration, is_mine, language)?;
    let slip = match kind.custody {
        Some(_) => crate::custody::store::of_declaration(tx, declaration.id)?.map(|object| object.number),
        None => None,
    };
    let comments =
        if can.comment { comments::views::of_file(tx, actor, &kind, declaration, language)? } else { Vec::new() };
    // Before the decision, a correction does it: a page costs a few readings.
    let rectifications = match state.is_pending() {
        true => rectifications::views::Panel::default(),
        false => rectifications::views::panel(tx, actor, &kind, declaration, can.comment, language)?,
    };
    let may_contest = is_mine && can.comment;
    let address = format!("/d/{}", declaration.slug());
    let findings = contested(findings, &comments, may_contest.then_some(address.as_str()));
    let crosschecks = match declaration.company_id {
        Some(_) => crosschecks::views::of_file(tx, actor, declaration, can.comment, language)?,
        None => Vec::new(),
    };
    let contracts = match declaration.company_id.filter(|_| !is_mine && state.is_pending()) {
        Some(company) => {
            let neqs = contracts::store::neqs_of(tx, company)?;
            contracts::panel::lines(tx, &neqs, tx.today(), language)?
        }
        None => Vec::new(),
    };
    let depth = policy::depth(&tx.book.access, actor, &found.target());
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
        late: (declaration.days_late > 0)
            .then(|| say(language, "detail-late", &[("days", Arg::from(i64::from(declaration.days_late)))])),
        sections,
        has_findings: !findings.is_empty(),
        findings,
        contracts,
        automatic: automatic::view(&kind, actor, declaration, can.comment, language)?,
        crosschecks,
        // An opinion says the whole of the decision.
        decision: decision(declaration, &kind, &entries, tx, language)?.filter(|_| opinion.is_none()),
        contest: timeline::contest(&entries),
        timeline: timeline(tx, &kind, &entries, given, is_mine, language)?,
        measures: measures::views::of_file(tx, actor, &kind, found, &asked, language)?,
        measures_said,
        slip,
        close_waits,
        question: open_question(state, &entries),
        choices,
        takes_measures,
        rows: Vec::new(),
        rows_open: false,
        version: declaration.version,
        action: address,
        errors: Vec::new(),
        typed: Typed::default(),
        field_errors: FieldErrors::default(),
        receipt: can.examine && !tx.book.config.journal.key_file.is_empty(),
        compare: can.examine && versions::is_offered(declaration, &earlier),
        history: history(earlier, tx.zone(), language),
        confidential: declaration.is_confidential(),
        is_mine,
        veil: None,
        next_href: next_to_decide(tx, actor, declaration)?,
        opinion,
        followed: ethics::citing::followed(&answers)
            .map(|followed| FollowedView { reference: followed.reference, text: followed.text }),
        sealed: kind.is_sealed().then_some(if is_mine { "mine" } else { "read" }),
        comments,
        rectifications,
        may_release: can.comment && crate::releases::document::may_release(actor, declaration),
        can,
        passport: panel::panel(tx, actor, declaration, decides, language)?,
        inherited: if decides { panel::inherited(tx, declaration, language)? } else { String::new() },
    };
    Ok(veiled(page, depth, &kind, declarant, language))
}

/// What is left of the page for somebody who reads it masked, or in summary (domain.md §11).
fn veiled(mut page: DetailPage, depth: Depth, kind: &Kind, declarant: &Person, language: Language) -> DetailPage {
    let labels = |wanted: &dyn Fn(&super::kind::Field) -> bool| -> Vec<String> {
        kind.fields().filter(|field| wanted(field)).map(|field| field.label.get(language).to_owned()).collect()
    };
    match depth {
        Depth::Whole => return page,
        Depth::Masked => {
            let subject = page.heading.split_once(" – ").map_or("", |(_, subject)| subject);
            page.declarant = people::masked(&declarant.number);
            page.heading = format!("{} – {subject}", page.declarant);
            page.declarant_title = "–".to_owned();
            page.home_body = None;
            let named = labels(&|field| matches!(field.widget, Widget::Persons | Widget::Attachment));
            for row in page.sections.iter_mut().flat_map(|section| &mut section.rows) {
                if named.contains(&row.label) {
                    row.value = vec!["–".to_owned()];
                    row.links.clear();
                }
            }
            page.sections.retain(|section| section.title.is_some());
            page.whereabouts.clear();
            for event in &mut page.timeline {
                event.actor = None;
                event.changes = None;
            }
            if let Some(decision) = &mut page.decision {
                decision.mask();
            }
            for crosscheck in &mut page.crosschecks {
                crosscheck.mask();
            }
            page.slip = None;
            page.rectifications = rectifications::views::Panel::default();
            page.compare = false;
            for measure in &mut page.measures {
                // It names whoever must carry it out.
                measure.waits.clear();
            }
            page.veil = Some(say(language, "detail-masked", &[]));
        }
        Depth::Summary => {
            let kept = labels(&|field| matches!(field.fact, Some(Fact::Company | Fact::Contract)));
            for section in &mut page.sections {
                section.rows.retain(|row| kept.contains(&row.label));
            }
            page.sections.retain(|section| !section.rows.is_empty());
            page.heading = format!("{} – {}", page.declarant, page.kind);
            page.whereabouts.clear();
            page.findings.clear();
            page.has_findings = false;
            page.contracts.clear();
            page.crosschecks.clear();
            page.automatic = None;
            page.rectifications = rectifications::views::Panel::default();
            page.timeline.clear();
            page.decision = None;
            page.contest = None;
            page.measures.clear();
            page.measures_said.clear();
            page.slip = None;
            page.passport = None;
            page.question = None;
            page.history.clear();
            page.veil = Some(say(language, "detail-summary", &[]));
        }
    }
    page
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
    if !takes_opinion(tx, declaration) {
        return Ok(None);
    }
    let Some(given) = ethics::store::of(tx, declaration)? else { return Ok(None) };
    let at = formats::format_datetime(given.at, tx.zone(), language);
    let slug = declaration.slug();
    let writes = tx.book.access.opens(PageAction::WritePrecedents, Some(actor));
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
        precedent_href: (writes && !is_mine).then(|| format!("/precedents/rediger?avis={slug}")),
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
    let filter = super::lists::Filter::default();
    let view = super::lists::InboxView::ADecider;
    let page = super::lists::inbox(tx, actor, office, view, &filter, None, 1)?;
    Ok(page.rows.first().map(|row| format!("/d/{}", row.slug())))
}

pub fn state_label(state: State, language: Language) -> String {
    say(language, &format!("state-{}", state.as_str().replace('_', "-")), &[])
}

/// What this reader may do now with what they found.
pub fn can(tx: &mut Tx<'_>, actor: &Actor, found: &Authorized) -> Result<Can> {
    let declaration = &found.declaration;
    let target = found.target();
    let state = declaration.state();
    let allowed = |action| may(&tx.book.access, actor, action, &target) == Verdict::Allowed;
    let possible = |command| next(state, command).is_some();
    let pending = state.is_pending();
    let followed = matches!(state, State::Decided | State::Monitoring) && declaration.measures != "[]";
    let measures_open = followed && measures::store::live(tx, declaration.id)? > 0;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let decidable = matches!(state, State::Submitted | State::UnderReview | State::WithEthics);
    let draft = state == State::Draft;
    Ok(Can {
        edit: (draft || pending || matches!(state, State::Decided | State::Monitoring)) && allowed(Action::Edit),
        submit: draft && allowed(Action::Submit),
        discard: draft && allowed(Action::Edit),
        ask: possible(Command::Ask) && allowed(Action::Ask),
        refer: possible(Command::Refer) && allowed(Action::Refer),
        decide: decidable && allowed(Action::Decide),
        advise: decidable && allowed(Action::Decide) && takes_opinion(tx, declaration),
        take_up: possible(Command::TakeUp) && allowed(Action::TakeUp),
        send_back: possible(Command::SendBack) && allowed(Action::SendBack),
        opine: pending && state != State::WithEthics && allowed(Action::Opine),
        correct: pending && declaration.correction.is_none() && allowed(Action::Correct),
        continue_correction: pending && declaration.correction.is_some() && allowed(Action::Correct),
        withdraw: possible(Command::Withdraw) && allowed(Action::Withdraw),
        answer: state == State::InfoRequested && allowed(Action::Answer),
        go_on: state == State::InfoRequested && allowed(Action::Ask),
        complete: declaration.expects_more(&kind)
            && possible(Command::Complete { measures_open })
            && allowed(Action::Complete),
        close: possible(Command::Close { measures_open }) && allowed(Action::Close),
        reassign: pending
            && !declaration.is_outside()
            && actions::deciding_office(declaration) != Office::DeputyMinister
            && allowed(Action::Reassign),
        record_outside: declaration.is_outside() && decidable && allowed(Action::RecordOutside),
        seek_direction: possible(Command::SeekDirection) && allowed(Action::SeekDirection),
        contest: direction::may_be_contested(tx, declaration) && allowed(Action::Contest),
        comment: !draft && allowed(Action::Comment),
        examine: !draft && allowed(Action::Examine),
    })
}

/// The rows of the detailed form: two empty ones more than what was typed, and two more when asked.
fn measure_rows(
    kind: &Kind,
    form: &Form,
    message: &dyn Fn(&str) -> Option<String>,
    language: Language,
) -> Vec<RowView> {
    let typed = |row: usize, part: &str| {
        let name = row_field(row, part);
        form.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, value)| value.clone())
    };
    let parts = ["text", "owner", "due", "evidence", "every"];
    let last = (1..=MOST_ROWS).rev().find(|row| parts.iter().any(|part| !typed(*row, part).is_empty())).unwrap_or(0);
    let more = form.iter().any(|(name, value)| name == "more" && !value.is_empty());
    let sent = (1..=MOST_ROWS).rev().find(|row| form.iter().any(|(n, _)| *n == row_field(*row, "text"))).unwrap_or(0);
    let count = (last + 1).max(sent + if more { 2 } else { 0 }).clamp(2, MOST_ROWS);
    (1..=count)
        .map(|row| RowView {
            id: format!("m{row}"),
            number: row,
            text: typed(row, "text"),
            owner: typed(row, "owner"),
            due: typed(row, "due"),
            evidence: evidence_picks(kind, &typed(row, "evidence"), language),
            every: every_picks(kind, &typed(row, "every"), language),
            text_error: message(&row_field(row, "text")),
            owner_error: message(&row_field(row, "owner")),
            due_error: message(&row_field(row, "due")),
            evidence_error: message(&row_field(row, "evidence")),
            every_error: message(&row_field(row, "every")),
        })
        .collect()
}

/// A field of the detailed form: `m2-owner`.
fn is_row(name: &str) -> bool {
    name.strip_prefix('m').and_then(|rest| rest.split_once('-')).is_some_and(|(row, _)| row.parse::<usize>().is_ok())
}

/// The answer to this kind is a structured opinion.
fn takes_opinion(tx: &Tx<'_>, declaration: &Declaration) -> bool {
    let kind = tx.book.catalogue.version(declaration.kind_version_id);
    kind.is_ok_and(|kind| ethics::actions::opinion_outcome(&kind.outcomes).is_some())
}

fn choices(tx: &Tx<'_>, kind: &Kind, declaration: &Declaration, actor: &Actor, language: Language) -> Vec<ChoiceView> {
    let office = actions::deciding_office(declaration);
    let outside = declaration.is_outside();
    let mut choices: Vec<ChoiceView> = kind
        .outcomes
        .iter()
        .filter(|outcome| if outside { outcome.then != Then::WithEthics } else { outcome.by.contains(&office) })
        .filter(|outcome| !outcome.opinion)
        .map(|outcome| {
            let mut needs = Vec::new();
            if outcome.reason == Need::Required {
                needs.push(say(language, "choice-needs-reason", &[]));
            }
            if outcome.measures == Need::Required {
                needs.push(say(language, "choice-needs-measures", &[]));
            }
            ChoiceView {
                id: outcome.id.clone(),
                label: outcome.label.get(language).to_owned(),
                hint: outcome.hint.as_ref().map(|hint| hint.get(language).to_owned()),
                checked: false,
                needs: needs.join(" "),
            }
        })
        .collect();
    if may(&tx.book.access, actor, Action::Ask, &declaration.target(false)) == Verdict::Allowed {
        choices.push(ChoiceView {
            id: "_ask".into(),
            label: say(language, "choice-ask", &[]),
            hint: Some(say(language, "choice-ask-hint", &[])),
            checked: false,
            needs: String::new(),
        });
    }
    choices
}

fn whereabouts(tx: &mut Tx<'_>, found: &Authorized, is_mine: bool, language: Language) -> Result<Vec<String>> {
    let declaration = &found.declaration;
    let state = declaration.state();
    let mut parts = Vec::new();
    if state.is_pending() {
        let zone = tx.zone();
        let since = declaration.held_since.map_or(tx.today(), |at| local_date(at, zone));
        let days = super::deadlines::age(since, tx.today(), &tx.book.calendar);
        let office =
            declaration.office().map(|o| say(language, &format!("office-{}", o.as_str().replace('_', "-")), &[]));
        if state == State::InfoRequested {
            parts.push(say(language, "where-answer", &[]));
        } else if let Some(who) = held_by(tx, found, language)?.or(office) {
            parts.push(say(language, "where-held", &[("who", who.into()), ("days", Arg::from(days))]));
        } else {
            parts.push(say(language, "where-outside", &[]));
        }
        if let Some(why) = declaration.route_reason.as_deref().and_then(|why| route_words(why, is_mine)) {
            parts.push(say(language, why, &[]));
        }
    }
    if let Some(due) = declaration.due_on {
        let late = super::deadlines::age(due, tx.today(), &tx.book.calendar);
        let shown = formats::format_date_long(due, language);
        let key = match state {
            State::InfoRequested => "where-due-answer",
            State::Decided | State::Monitoring => "where-due-follow-up",
            _ => "where-due",
        };
        parts.push(say(language, key, &[("date", shown.into())]));
        if late > 0 {
            parts.push(say(language, "where-overdue", &[("days", Arg::from(late))]));
        }
    }
    Ok(parts)
}

/// Who has it, and in whose place: « Denis Roy, pour Rosalie Tremblay ».
fn held_by(tx: &mut Tx<'_>, found: &Authorized, language: Language) -> Result<Option<String>> {
    let (Some(who), Some(whom)) = (&found.holder, found.declaration.held_for_id) else {
        return Ok(found.holder.clone());
    };
    let whom = people::store::find(tx, whom)?.name();
    Ok(Some(say(language, "by-for", &[("who", who.as_str().into()), ("whom", whom.into())])))
}

/// Why the file is where it is, for this reader: some reasons are worded for the declarant alone.
pub fn route_words(why: &str, is_mine: bool) -> Option<&str> {
    match why {
        _ if is_mine => Some(why),
        // Whoever decides, or looks on, reads the name beside it.
        "route-supervisor" => None,
        "route-next-level" => Some("route-next-level-seen"),
        "route-nobody-above" => Some("route-nobody-above-seen"),
        "route-disputed" => Some("route-disputed-seen"),
        "route-delegate" => Some("route-delegate-seen"),
        "route-absent" => Some("route-absent-seen"),
        "route-no-action" => Some("route-no-action-seen"),
        _ => Some(why),
    }
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
