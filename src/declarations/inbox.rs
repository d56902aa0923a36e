//! Lines of lists as pages show them, and the list of one's own declarations.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::detail::state_label;
use super::kind::Kind;
use super::lists::{self, Cursor, ListRow, PAGE};
use super::workflow::State;
use crate::access::RegisterScope;
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
    /// Why: the first sentence of what rules found.
    pub reason: Option<String>,
    pub age: Option<String>,
    pub filed_on: String,
    pub due: Option<String>,
    pub overdue: bool,
    /// Others of the list can be chosen to be decided together.
    pub picking: bool,
    /// Can be chosen to be decided with others.
    pub pick: bool,
    /// Says who has it: a list of what several people have.
    pub held: bool,
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
            "reason" => self.reason.as_deref().unwrap_or(""),
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
            "picking" => {
                if self.picking {
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
            "held" => {
                if self.held {
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
            // Once decided, nobody has it but whoever must read what was told since.
            let waits = state.is_pending() || state == State::Monitoring;
            let age = since.filter(|_| waits).map(|since| super::deadlines::age(since, today, &book.calendar));
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
                reason: None,
                age: age.map(|days| say(language, "list-age", &[("days", Arg::from(days))])),
                filed_on: row
                    .first_filed_at
                    .map(|at| formats::format_date_medium(local_date(at, zone), language))
                    .unwrap_or_default(),
                due: row.due_on.map(|due| formats::format_date_medium(due, language)),
                overdue: row.due_on.is_some_and(|due| due < today),
                picking: false,
                pick: false,
                held: false,
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

/// A sealed file says nothing of itself in a list: the day it came tells it from the next one.
pub fn tell_apart(lines: &mut [LineView], rows: &[ListRow], visit: &Visit) {
    let zone = visit.app.book.calendar.default_zone();
    for (line, row) in lines.iter_mut().zip(rows).filter(|(_, row)| row.is_sealed()) {
        if let Some(at) = row.first_filed_at {
            let date = formats::format_date_long(local_date(at, zone), visit.language);
            line.subject = say(visit.language, "line-received", &[("date", date.into())]);
        }
    }
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
            line.reason = None;
        }
    }
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
    for one in State::ALL {
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

/// One choice of a filter.
#[derive(Debug, Clone, Serialize)]
pub struct Picked {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

impl Picked {
    /// A kind among those a filter offers.
    pub fn kind(kind: &Kind, chosen: &str, language: Language) -> Self {
        Self { value: kind.id.clone(), label: kind.title.get(language).to_owned(), selected: kind.id == chosen }
    }
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
