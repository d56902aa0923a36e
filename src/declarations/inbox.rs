//! Pages of lists: my declarations, and what waits for a decision.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::detail::state_label;
use super::kind::Office;
use super::lists::{self, Cursor, Filter, InboxView, ListRow, PAGE};
use super::workflow::State;
use crate::access::{RegisterScope, Role};
use crate::app::Rulebook;
use crate::clock::local_date;
use crate::companies;
use crate::error::Result;
use crate::formats;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Link, Page, percent};
use crate::web::rows::Cells;

/// One line of a list on a page.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    pub href: String,
    pub reference: String,
    pub subject: String,
    pub kind: String,
    pub person: String,
    pub unit: String,
    pub state: &'static str,
    pub state_label: String,
    pub flagged: bool,
    pub attention_label: Option<String>,
    pub age: Option<String>,
    pub filed_on: String,
    pub due: Option<String>,
    pub overdue: bool,
    /// Can be chosen to be decided with others.
    pub pick: bool,
    /// Within a sentence.
    pub holder: Option<String>,
    /// Alone in a cell.
    pub holder_label: Option<String>,
    /// Name and page of the company.
    pub company: Option<Link>,
}

impl Cells for LineView {
    fn cell(&self, name: &str) -> Option<&str> {
        Some(match name {
            "href" => &self.href,
            "reference" => &self.reference,
            "subject" => &self.subject,
            "kind" => &self.kind,
            "person" => &self.person,
            "unit" => &self.unit,
            "state" => self.state,
            "state_label" => &self.state_label,
            "attention_label" => self.attention_label.as_deref().unwrap_or(""),
            "age" => self.age.as_deref().unwrap_or(""),
            "filed_on" => &self.filed_on,
            "due" => self.due.as_deref().unwrap_or(""),
            "overdue" => {
                if self.overdue {
                    "1"
                } else {
                    ""
                }
            }
            "pick" => {
                if self.pick {
                    "1"
                } else {
                    ""
                }
            }
            "holder" => self.holder_label.as_deref().unwrap_or(""),
            "company" => self.company.as_ref().map_or("", |company| &company.label),
            "company_href" => self.company.as_ref().map_or("", |company| &company.href),
            _ => return None,
        })
    }
}

/// Turns rows into lines; `today` and the calendar give ages in business days.
pub fn line_views(visit: &Visit, rows: &[ListRow]) -> Vec<LineView> {
    let book = &visit.app.book;
    let language = visit.language;
    let zone = book.calendar.default_zone();
    let today = local_date(visit.app.clock.now(), zone);
    rows.iter()
        .map(|row| {
            let holder = row.holder().or_else(|| Some(say(language, &office_key(row.holder_office.as_deref()?), &[])));
            let state = row.state();
            let since = row.held_since.map(|at| local_date(at, zone));
            let age =
                since.filter(|_| state.is_pending()).map(|since| super::deadlines::age(since, today, &book.calendar));
            let kind = book.catalogue.kind(&row.kind);
            LineView {
                href: if state == State::Draft {
                    format!("/brouillons/{}", row.key)
                } else {
                    format!("/d/{}", row.slug())
                },
                reference: row.reference.clone().unwrap_or_default(),
                subject: row.subject.clone(),
                kind: kind.map_or_else(|| row.kind.clone(), |version| version.kind.title.get(language).to_owned()),
                person: row.declarant(),
                unit: row.unit.clone(),
                state: state.as_str(),
                state_label: state_label(state, language),
                flagged: row.attention >= 2,
                attention_label: match row.attention {
                    2 => Some(say(language, "severity-attention", &[])),
                    3 => Some(say(language, "severity-stop", &[])),
                    _ => None,
                },
                age: age.map(|days| say(language, "list-age", &[("days", Arg::from(days))])),
                filed_on: row.first_filed_at.map(|at| local_date(at, zone).to_string()).unwrap_or_default(),
                due: row.due_on.map(|due| formats::format_date_medium(due, language)),
                overdue: row.due_on.is_some_and(|due| due < today),
                pick: false,
                holder_label: holder.as_deref().map(formats::capitalised),
                holder,
                company: row
                    .company_id
                    .zip(row.company_name.clone())
                    .map(|(id, label)| Link { href: companies::address(id), label }),
            }
        })
        .collect()
}

/// Lines of the register as one of its readers reads them: without names for whoever may not know them, and for what
/// they read in summary, without what it is about (domain.md §11).
pub fn veil(lines: &mut [LineView], rows: &[ListRow], scope: &RegisterScope, book: &Rulebook) {
    for (line, row) in lines.iter_mut().zip(rows) {
        if scope.masked {
            line.person = book.keyring.pseudonym(&row.declarant_number);
            if row.holder_given.is_some() {
                line.holder = Some("–".to_owned());
                line.holder_label = Some("–".to_owned());
            }
        } else if scope.summarises(&book.access, &row.kind) {
            line.subject.clone_from(&line.kind);
            line.flagged = false;
            line.attention_label = None;
        }
    }
}

/// An office as the label of a tab.
fn office_label(office: &str, language: Language) -> String {
    formats::capitalised(&say(language, &office_key(office), &[]))
}

pub fn office_key(office: &str) -> String {
    format!("office-{}", office.replace('_', "-"))
}

#[derive(Serialize)]
struct MinePage {
    /// HTML.
    lines: String,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
    filters: Vec<Tab>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

#[derive(Debug, Default, Deserialize)]
pub struct MineQuery {
    #[serde(default)]
    etat: String,
    #[serde(default)]
    apres: String,
}

/// `GET /mes-declarations`
pub async fn mine(visit: Visit, query: web::Query<MineQuery>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let state = State::parse(&query.etat);
    let cursor = Cursor::parse(&query.apres);
    let listed = visit.app.read(move |tx| lists::mine(tx, actor.person, state, cursor.as_ref(), PAGE)).await?;
    let base = if query.etat.is_empty() {
        "/mes-declarations?".to_owned()
    } else {
        format!("/mes-declarations?etat={}&", percent(&query.etat))
    };
    let mut filters =
        vec![Tab { href: "/mes-declarations".into(), label: visit.say("mine-all"), current: state.is_none() }];
    for one in [State::Draft, State::Submitted, State::InfoRequested, State::Decided, State::Closed] {
        filters.push(Tab {
            href: format!("/mes-declarations?etat={}", one.as_str()),
            label: state_label(one, visit.language),
            current: state == Some(one),
        });
    }
    let content = MinePage {
        lines: visit.app.book.views.rows(visit.language, "mine", &line_views(&visit, &listed.rows))?,
        empty: listed.rows.is_empty(),
        previous_href: (!query.apres.is_empty()).then(|| base.trim_end_matches(['?', '&']).to_owned()),
        next_href: listed.next.map(|cursor| format!("{base}apres={}", percent(&cursor.to_string()))),
        filters,
    };
    Page::titled(&visit, "mine-title").wide().render("pages/declarations/mine", &content)
}

#[derive(Serialize)]
struct InboxPage {
    /// HTML.
    lines: String,
    empty: bool,
    views: Vec<Tab>,
    offices: Vec<Tab>,
    previous_href: Option<String>,
    next_href: Option<String>,
    checked_at: String,
    kinds: Vec<Picked>,
    view: &'static str,
    office: String,
    chips: Vec<Chip>,
    decided: bool,
    /// Several can be decided at once.
    picking: bool,
}

/// One choice of a filter.
#[derive(Debug, Clone, Serialize)]
pub struct Picked {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

impl Cells for Picked {
    fn cell(&self, name: &str) -> Option<&str> {
        match name {
            "value" => Some(&self.value),
            "label" => Some(&self.label),
            "selected" => Some(if self.selected { "1" } else { "" }),
            _ => None,
        }
    }
}

/// A filter in force, and the address without it.
#[derive(Debug, Clone, Serialize)]
pub struct Chip {
    pub label: String,
    pub remove_href: String,
}

#[derive(Debug, Default, Deserialize)]
pub struct InboxQuery {
    #[serde(default)]
    vue: String,
    #[serde(default)]
    bureau: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    apres: String,
}

/// `GET /a-traiter`: views, filters in the address, ages in business days.
pub async fn inbox(visit: Visit, query: web::Query<InboxQuery>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let language = visit.language;
    let view = InboxView::parse(&query.vue).unwrap_or(InboxView::ADecider);
    let mine_too = actor.leads || actor.offices().is_empty();
    let office = Office::parse(&query.bureau)
        .filter(|office| actor.offices().contains(office))
        .or_else(|| actor.offices().first().copied().filter(|_| !mine_too && query.bureau != "moi"));
    let kind = Some(query.kind.clone()).filter(|kind| visit.app.book.catalogue.kind(kind).is_some());
    let filter = Filter { kind: kind.clone(), ..Filter::default() };
    let cursor = Cursor::parse(&query.apres);
    let by = std::sync::Arc::clone(&actor);
    let unasked = query.bureau.is_empty() && cursor.is_none();
    let (office, listed) = visit
        .app
        .read(move |tx| {
            let listed = lists::inbox(tx, &by, office, view, &filter, cursor.as_ref(), PAGE)?;
            // Whoever leads people and holds an office lands where something waits.
            match by.offices().first() {
                Some(first) if unasked && office.is_none() && listed.rows.is_empty() => {
                    Ok((Some(*first), lists::inbox(tx, &by, Some(*first), view, &filter, None, PAGE)?))
                }
                _ => Ok((office, listed)),
            }
        })
        .await?;
    super::reading::listed(&visit.app, &actor, &listed.rows).await?;
    let address = |view: InboxView, office: &str, kind: &str| {
        let mut parts = vec![format!("vue={}", view.as_str())];
        if !office.is_empty() {
            parts.push(format!("bureau={office}"));
        }
        if !kind.is_empty() {
            parts.push(format!("type={kind}"));
        }
        format!("/a-traiter?{}", parts.join("&"))
    };
    let office_name = match office {
        Some(office) => office.as_str().to_owned(),
        None if actor.offices().is_empty() => String::new(),
        None => "moi".to_owned(),
    };
    let kind_name = kind.clone().unwrap_or_default();
    let views = InboxView::ALL
        .into_iter()
        .filter(|v| match v {
            InboxView::Equipe => actor.leads,
            InboxView::AInscrire => actor.has(Role::SecretaryGeneral),
            _ => true,
        })
        .map(|v| Tab {
            href: address(v, &office_name, &kind_name),
            label: say(language, &format!("inbox-view-{}", v.as_str()), &[]),
            current: v == view,
        })
        .collect();
    let mut offices = Vec::new();
    if !actor.offices().is_empty() {
        offices.push(Tab {
            href: address(view, "moi", &kind_name),
            label: visit.say("inbox-to-me"),
            current: office.is_none(),
        });
        for each in actor.offices() {
            offices.push(Tab {
                href: address(view, each.as_str(), &kind_name),
                label: office_label(each.as_str(), language),
                current: office == Some(each),
            });
        }
    }
    let here = address(view, &office_name, &kind_name);
    let kinds: Vec<Picked> = visit
        .app
        .book
        .catalogue
        .kinds()
        .iter()
        .map(|version| Picked {
            value: version.kind.id.clone(),
            label: version.kind.title.get(language).to_owned(),
            selected: Some(&version.kind.id) == kind.as_ref(),
        })
        .collect();
    let chips = kinds
        .iter()
        .filter(|picked| picked.selected)
        .map(|picked| Chip { label: picked.label.clone(), remove_href: address(view, &office_name, "") })
        .collect();
    let zone = visit.app.book.calendar.default_zone();
    let picking = view == InboxView::ADecider;
    let mut lines = line_views(&visit, &listed.rows);
    lines.iter_mut().for_each(|line| line.pick = picking);
    let content = InboxPage {
        lines: visit.app.book.views.rows(language, "inbox", &lines)?,
        picking,
        empty: listed.rows.is_empty(),
        views,
        offices,
        previous_href: (!query.apres.is_empty()).then(|| here.clone()),
        next_href: listed.next.map(|cursor| format!("{here}&apres={}", percent(&cursor.to_string()))),
        checked_at: formats::format_datetime(visit.app.clock.now(), zone, language),
        kinds,
        view: view.as_str(),
        office: office_name,
        chips,
        decided: view == InboxView::Decidees,
    };
    Page::titled(&visit, "inbox-title").wide().render("pages/declarations/inbox", &content)
}
