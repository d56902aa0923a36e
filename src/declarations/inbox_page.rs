//! « À traiter »: what waits for a decision. Views, filters and order are in the address.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::form::{ErrorView, error_views};
use super::inbox::{Chip, Picked, Tab, line_views, office_key, tell_apart};
use super::kind::{Kind, Office};
use super::lists::{self, Cursor, Filter, InboxView, ListPage, ListRow, PAGE, Sort};
use super::{access_log, batch, narrowing, reading};
use crate::access::Actor;
use crate::app::Tx;
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people;
use crate::register::views::{self, INBOX, SavedView};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, percent};
use crate::web::problems::field_message;

#[derive(Serialize)]
struct InboxPage {
    /// HTML.
    lines: String,
    empty: bool,
    /// Where what the filters hide is, when they are why nothing is listed.
    widened_href: Option<String>,
    views: Vec<Tab>,
    offices: Vec<Tab>,
    previous_href: Option<String>,
    next_href: Option<String>,
    checked_at: String,
    kinds: Vec<Picked>,
    options: Options,
    company: String,
    view: &'static str,
    office: String,
    sort: &'static str,
    chips: Vec<Chip>,
    /// Several can be decided at once.
    picking: bool,
    /// Several people have what is listed.
    held: bool,
    due: SortHead,
    /// Nothing waits any more in what was decided.
    age: Option<SortHead>,
    saved: Vec<views::ViewLink>,
    save: Option<views::SaveForm>,
    /// Parts of the address that mean nothing: no line is shown then.
    errors: Vec<ErrorView>,
    kind_error: Option<String>,
    unit_error: Option<String>,
    company_error: Option<String>,
}

/// Choices of the filter, HTML.
#[derive(Serialize)]
struct Options {
    units: String,
}

/// The head of a column that orders the list.
#[derive(Serialize)]
struct SortHead {
    href: String,
    /// `aria-sort`, while the list is in that order.
    order: Option<&'static str>,
}

/// `?vue=&bureau=&type=&unite=&entreprise=&tri=&apres=`
#[derive(Debug, Clone, Default, Deserialize)]
pub struct InboxQuery {
    #[serde(default)]
    vue: String,
    #[serde(default)]
    bureau: String,
    #[serde(default, rename = "type")]
    kind: String,
    /// Id of a unit.
    #[serde(default)]
    unite: String,
    /// Name or NEQ of a company.
    #[serde(default)]
    entreprise: String,
    /// A column; a hyphen before it turns it round.
    #[serde(default)]
    tri: String,
    #[serde(default)]
    apres: String,
}

impl InboxQuery {
    /// The same list with one part changed: its address, from the first page.
    fn with(&self, name: &str, value: &str) -> String {
        let parts = [
            ("vue", self.vue.as_str()),
            ("bureau", &self.bureau),
            ("type", &self.kind),
            ("unite", &self.unite),
            ("entreprise", &self.entreprise),
            ("tri", &self.tri),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .map(|(part, own)| (part, if part == name { value } else { own.trim() }))
            .filter(|(_, value)| !value.is_empty())
            .map(|(part, value)| format!("{part}={}", percent(value)))
            .collect();
        format!("/a-traiter?{}", parts.join("&"))
    }

    /// The same list, neither narrowed to a kind nor to a unit nor to a company.
    fn widened(&self) -> String {
        let (kind, unite, entreprise) = (String::new(), String::new(), String::new());
        Self { kind, unite, entreprise, ..self.clone() }.with("", "")
    }

    /// Narrowed to a kind, a unit or a company.
    fn is_narrowed(&self) -> bool {
        [&self.kind, &self.unite, &self.entreprise].into_iter().any(|part| !part.trim().is_empty())
    }

    fn filter(&self, tx: &mut Tx<'_>) -> Result<Filter> {
        let mut wrong = Vec::new();
        let filter = Filter {
            kind: narrowing::kind(tx, &self.kind, &mut wrong),
            units: narrowing::unit(tx, &self.unite, &mut wrong)?.map(|unit| vec![unit]),
            company: narrowing::companies(tx, &self.entreprise, "", &mut wrong)?,
            sort: Sort::parse(self.tri.trim()),
            ..Filter::default()
        };
        if wrong.is_empty() { Ok(filter) } else { Err(Error::Invalid(wrong)) }
    }
}

/// What is listed, why some of it deserves attention, and for which office.
struct Found {
    office: Option<Office>,
    listed: ListPage,
    /// How many files the views that say it hold in that name.
    counts: Vec<(InboxView, i64)>,
    reasons: std::collections::HashMap<i64, String>,
    wrong: Vec<FieldError>,
    units: Vec<people::store::Unit>,
    saved: Vec<SavedView>,
    /// The row that showing it leaves.
    owed: Option<&'static str>,
}

fn find(
    tx: &mut Tx<'_>,
    by: &Actor,
    query: &InboxQuery,
    view: InboxView,
    mut office: Option<Office>,
    language: Language,
) -> Result<Found> {
    let units = people::store::units(tx)?;
    let saved = views::of(tx, by.person, INBOX.page)?;
    let cursor = Cursor::parse(&query.apres);
    let filter = match query.filter(tx) {
        Ok(filter) => filter,
        Err(Error::Invalid(wrong)) => {
            let listed = ListPage { rows: Vec::new(), next: None };
            let counts = lists::counts(tx, by, office)?;
            let reasons = std::collections::HashMap::new();
            return Ok(Found { office, listed, counts, reasons, wrong, units, saved, owed: None });
        }
        Err(error) => return Err(error),
    };
    let mut listed = lists::inbox(tx, by, office, view, &filter, cursor.as_ref(), PAGE)?;
    let unasked = query.bureau.is_empty() && cursor.is_none();
    // Whoever leads people and holds an office lands where something waits.
    if let Some(first) = by.offices().first()
        && unasked
        && office.is_none()
        && listed.rows.is_empty()
    {
        office = Some(*first);
        listed = lists::inbox(tx, by, office, view, &filter, None, PAGE)?;
    }
    let reasons = lists::findings_of(tx, by.person, &listed.rows)?
        .into_iter()
        .filter_map(|(id, findings)| Some((id, findings.first()?.say.get(language).to_owned())))
        .collect();
    let counts = lists::counts(tx, by, office)?;
    let owed = if listed.rows.is_empty() { None } else { access_log::owed(tx, by, "inbox")? };
    Ok(Found { office, listed, counts, reasons, wrong: Vec::new(), units, saved, owed })
}

/// `GET /a-traiter`: views, filters and order in the address, ages in business days.
pub async fn inbox(visit: Visit, query: web::Query<InboxQuery>) -> Result<HttpResponse> {
    let (actor, mut query) = (visit.actor()?, query.into_inner());
    let language = visit.language;
    let view = InboxView::parse(&query.vue).unwrap_or(InboxView::ADecider);
    let mine_too = actor.leads || actor.offices().is_empty();
    let office = Office::parse(&query.bureau)
        .filter(|office| actor.offices().contains(office))
        .or_else(|| actor.offices().first().copied().filter(|_| !mine_too && query.bureau != "moi"));
    let (by, asked) = (Arc::clone(&actor), query.clone());
    let Found { office, listed, counts, reasons, wrong, units, saved, owed } =
        visit.app.read(move |tx| find(tx, &by, &asked, view, office, language)).await?;
    reading::listed(&visit.app, &actor, owed, &listed.rows).await?;
    view.as_str().clone_into(&mut query.vue);
    query.bureau = match office {
        Some(office) => office.as_str().to_owned(),
        None if actor.offices().is_empty() => String::new(),
        None => "moi".to_owned(),
    };
    let sort = Sort::parse(query.tri.trim());
    query.tri = sort.map(|sort| sort.as_str().to_owned()).unwrap_or_default();
    let tabs = tabs(&actor, &query, view, &counts, language);
    let kinds = visit.app.book.catalogue.kinds();
    let kinds: Vec<Picked> = kinds
        .iter()
        .filter(|version| {
            version.kind.id == query.kind.trim()
                || comes_to(&version.kind, office, view)
                || listed.rows.iter().any(|row| row.kind == version.kind.id)
        })
        .map(|version| Picked::kind(&version.kind, query.kind.trim(), language))
        .collect();
    let units: Vec<Picked> = units
        .into_iter()
        .map(|unit| Picked {
            selected: unit.id.to_string() == query.unite.trim(),
            value: unit.id.to_string(),
            label: unit.name,
        })
        .collect();
    let beside =
        |name: &str| wrong.iter().find(|error| error.field == name).map(|error| field_message(error, language));
    let zone = visit.app.book.calendar.default_zone();
    let held = matches!(view, InboxView::Equipe | InboxView::Avis);
    let book = &visit.app.book;
    let may_take = |row: &ListRow| {
        view == InboxView::ADecider
            && book.catalogue.kind(&row.kind).is_some_and(|version| batch::may_take(&version.kind, row))
    };
    let picking = listed.rows.iter().any(may_take);
    let mut lines = line_views(&visit, &listed.rows);
    tell_apart(&mut lines, &listed.rows, &visit);
    for (line, row) in lines.iter_mut().zip(&listed.rows) {
        (line.picking, line.pick, line.held) = (picking, may_take(row), held);
        line.reason = reasons.get(&row.id).cloned();
    }
    let here = query.with("", "");
    let content = InboxPage {
        lines: visit.app.book.views.rows(language, "inbox", &lines)?,
        picking,
        held,
        empty: listed.rows.is_empty(),
        widened_href: query.is_narrowed().then(|| query.widened()),
        views: tabs,
        offices: offices(&visit, &actor, &query, office),
        previous_href: (wrong.is_empty() && !query.apres.is_empty()).then(|| here.clone()),
        next_href: listed.next.map(|cursor| format!("{here}&apres={}", percent(&cursor.to_string()))),
        checked_at: formats::format_datetime(visit.app.clock.now(), zone, language),
        chips: if wrong.is_empty() { chips(&query, &kinds, &units, language) } else { Vec::new() },
        kinds,
        options: Options { units: visit.app.book.views.rows(language, "option", &units)? },
        company: query.entreprise.clone(),
        view: view.as_str(),
        office: query.bureau.clone(),
        sort: sort.map_or("", Sort::as_str),
        due: due_head(&query, sort, view),
        age: (view != InboxView::Decidees).then(|| age_head(&query, sort, view)),
        saved: views::links(&INBOX, saved),
        // What is worth a name: the usual list is one click away.
        save: (wrong.is_empty() && (sort.is_some() || query.is_narrowed())).then(|| views::SaveForm {
            action: INBOX.address("/vues"),
            query: here.strip_prefix("/a-traiter?").unwrap_or_default().to_owned(),
        }),
        errors: error_views(&wrong, language),
        kind_error: beside("type"),
        unit_error: beside("unite"),
        company_error: beside("entreprise"),
    };
    Page::titled(&visit, "inbox-title")
        .wide()
        .with_errors(!wrong.is_empty())
        .render("pages/declarations/inbox", &content)
}

/// The views of this reader; some of them say how many files they hold, whatever narrows the list.
fn tabs(
    actor: &Actor,
    query: &InboxQuery,
    view: InboxView,
    counts: &[(InboxView, i64)],
    language: Language,
) -> Vec<Tab> {
    let count = |v: InboxView| counts.iter().find(|(counted, _)| *counted == v).map_or(0, |(_, count)| *count);
    InboxView::ALL
        .into_iter()
        // Rare: shown while something is there.
        .filter(|v| v.is_for(actor) && (*v != InboxView::ARelire || count(*v) > 0 || view == InboxView::ARelire))
        .map(|v| Tab {
            href: query.with("vue", v.as_str()),
            label: say(language, &format!("inbox-view-{}", v.as_str()), &[("count", Arg::from(count(v)))]),
            current: v == view,
        })
        .collect()
}

/// Is a kind ever in this view? What waits for somebody is what they decide of; the others hold what they read as well.
fn comes_to(kind: &Kind, office: Option<Office>, view: InboxView) -> bool {
    let waits =
        matches!(view, InboxView::ADecider | InboxView::EnRetard | InboxView::Signalees | InboxView::AttendReponse);
    // In one's own name there may be what was delegated by whoever holds an office.
    !waits || office.is_none_or(|office| kind.outcomes.iter().any(|outcome| outcome.by.contains(&office)))
}

/// In whose name: the person's own, and each office they hold.
fn offices(visit: &Visit, actor: &Actor, query: &InboxQuery, office: Option<Office>) -> Vec<Tab> {
    if actor.offices().is_empty() {
        return Vec::new();
    }
    let mine = Tab { href: query.with("bureau", "moi"), label: visit.say("inbox-to-me"), current: office.is_none() };
    let held = actor.offices().into_iter().map(|each| Tab {
        href: query.with("bureau", each.as_str()),
        label: formats::capitalised(&say(visit.language, &office_key(each.as_str()), &[])),
        current: office == Some(each),
    });
    std::iter::once(mine).chain(held).collect()
}

/// The filters in force, each with the address without it.
fn chips(query: &InboxQuery, kinds: &[Picked], units: &[Picked], language: Language) -> Vec<Chip> {
    let chosen = |list: &[Picked]| list.iter().find(|picked| picked.selected).map(|picked| picked.label.clone());
    let company = Some(query.entreprise.trim())
        .filter(|typed| !typed.is_empty())
        .map(|typed| say(language, "register-chip-entreprise", &[("value", Arg::from(typed))]));
    [("type", chosen(kinds)), ("unite", chosen(units)), ("entreprise", company)]
        .into_iter()
        .filter_map(|(name, label)| Some(Chip { label: label?, remove_href: query.with(name, "") }))
        .collect()
}

/// By day of answer, as the lists of what waits already are.
fn due_head(query: &InboxQuery, sort: Option<Sort>, view: InboxView) -> SortHead {
    let by_due = !matches!(view, InboxView::Decidees | InboxView::Equipe | InboxView::AInscrire | InboxView::ARelire);
    let (order, next) = match sort {
        Some(Sort::Due) => (Some("ascending"), Sort::DueLast),
        None if by_due => (Some("ascending"), Sort::DueLast),
        Some(Sort::DueLast) => (Some("descending"), Sort::Due),
        _ => (None, Sort::Due),
    };
    SortHead { href: query.with("tri", next.as_str()), order }
}

/// By age: what waits for the longest first, then the other way round.
fn age_head(query: &InboxQuery, sort: Option<Sort>, view: InboxView) -> SortHead {
    let (order, next) = match sort {
        None if view == InboxView::ARelire => (Some("descending"), Sort::Age),
        Some(Sort::Oldest) => (Some("descending"), Sort::Age),
        Some(Sort::Age) => (Some("ascending"), Sort::Oldest),
        _ => (None, Sort::Oldest),
    };
    SortHead { href: query.with("tri", next.as_str()), order }
}
