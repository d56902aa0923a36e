//! The list of people: who works here, under whom, with which roles. For those who administer the service or answer
//! for ethics; it opens no declaration.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PersonId;
use super::listing::{self, Filter, PersonLine};
use crate::access::{PageAction, Role};
use crate::clock::local_date;
use crate::declarations::inbox::{Chip, Picked};
use crate::declarations::lists::PAGE;
use crate::error::Result;
use crate::formats::format_date_long;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, percent};

/// What the address of the list says.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PeopleQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    unite: String,
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct PeoplePage {
    q: String,
    units: Vec<Picked>,
    chips: Vec<Chip>,
    lines: Vec<LineView>,
    may_manage: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    href: String,
    name: String,
    number: String,
    title: String,
    unit: String,
    supervisor: Option<PersonLink>,
    roles: Vec<String>,
    state: StateView,
}

/// A person named on a page.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLink {
    pub href: String,
    pub name: String,
}

impl PersonLink {
    pub fn new(number: &str, name: String) -> Self {
        Self { href: address(number), name }
    }

    /// From the columns of an outer join.
    pub fn of(number: Option<&str>, given: Option<&str>, family: Option<&str>) -> Option<Self> {
        Some(Self::new(number?, format!("{} {}", given?, family?)))
    }
}

/// Page of a person.
pub fn address(number: &str) -> String {
    format!("/personnes/{}", percent(number))
}

/// In service, gone, to come, or with a suspended account: a tag and its words.
#[derive(Debug, Clone, Serialize)]
pub struct StateView {
    pub state: &'static str,
    pub label: String,
}

impl StateView {
    pub fn new(
        from: NaiveDate,
        until: Option<NaiveDate>,
        suspended: bool,
        today: NaiveDate,
        language: Language,
    ) -> Self {
        let dated =
            |key: &str, date: NaiveDate| say(language, key, &[("date", Arg::from(format_date_long(date, language)))]);
        match until {
            Some(last) if last < today => Self { state: "closed", label: dated("people-left", last) },
            _ if from > today => Self { state: "draft", label: dated("people-to-come", from) },
            _ if suspended => Self { state: "late", label: say(language, "people-suspended", &[]) },
            Some(last) => Self { state: "decided", label: dated("people-until", last) },
            None => Self { state: "decided", label: say(language, "people-in-service", &[]) },
        }
    }
}

pub fn role_name(role: Role, language: Language) -> String {
    say(language, &format!("role-{}", role.as_str().replace('_', "-")), &[])
}

/// The civil date of the organisation.
pub fn today(visit: &Visit) -> NaiveDate {
    local_date(visit.app.clock.now(), visit.app.book.calendar.default_zone())
}

/// `GET /personnes`
pub async fn list(visit: Visit, query: web::Query<PeopleQuery>) -> Result<HttpResponse> {
    let (actor, query) = (visit.actor()?, query.into_inner());
    let filter = Filter { words: query.q.clone(), unit: query.unite.parse().ok() };
    let after: Option<PersonId> = query.apres.parse().ok();
    let (found, roles, tree) = visit
        .app
        .read(move |tx| {
            let found = listing::people(tx, &filter, after, PAGE)?;
            let ids: Vec<PersonId> = found.lines.iter().map(|line| line.id).collect();
            let roles = listing::roles_of(tx, &ids)?;
            Ok((found, roles, listing::unit_tree(tx)?))
        })
        .await?;
    let mut by_person: HashMap<PersonId, Vec<String>> = HashMap::new();
    for (person, role) in roles {
        by_person.entry(person).or_default().push(role_name(role, visit.language));
    }
    let units: Vec<Picked> = tree
        .into_iter()
        .map(|(depth, unit)| Picked {
            selected: unit.id.to_string() == query.unite,
            value: unit.id.to_string(),
            // A list of options shows no tree: the depth is drawn.
            label: format!("{}{}", "\u{2013}\u{a0}".repeat(depth), unit.name),
        })
        .collect();
    let today = today(&visit);
    let content = PeoplePage {
        chips: chips(&visit, &query, &units),
        lines: found.lines.into_iter().map(|line| line_view(line, &mut by_person, today, visit.language)).collect(),
        may_manage: visit.app.book.access.opens(PageAction::ManagePeople, Some(&actor)),
        previous_href: (!query.apres.is_empty()).then(|| narrowed(&query, "", "")),
        next_href: found.next.map(|last| narrowed(&query, "", &last.to_string())),
        q: query.q,
        units,
    };
    Page::titled(&visit, "people-title").wide().render("pages/people/list", &content)
}

fn line_view(
    line: PersonLine,
    roles: &mut HashMap<PersonId, Vec<String>>,
    today: NaiveDate,
    language: Language,
) -> LineView {
    LineView {
        href: address(&line.number),
        name: format!("{} {}", line.given_name, line.family_name),
        supervisor: PersonLink::of(
            line.supervisor_number.as_deref(),
            line.supervisor_given.as_deref(),
            line.supervisor_family.as_deref(),
        ),
        roles: roles.remove(&line.id).unwrap_or_default(),
        state: StateView::new(line.active_from, line.active_until, line.suspended == Some(true), today, language),
        number: line.number,
        title: line.title,
        unit: line.unit,
    }
}

/// The address of the list without one filter, after a person when one is given.
fn narrowed(query: &PeopleQuery, without: &str, after: &str) -> String {
    let parts: Vec<String> = [("q", query.q.trim()), ("unite", query.unite.as_str()), ("apres", after)]
        .into_iter()
        .filter(|(name, value)| *name != without && !value.is_empty())
        .map(|(name, value)| format!("{name}={}", percent(value)))
        .collect();
    if parts.is_empty() { "/personnes".to_owned() } else { format!("/personnes?{}", parts.join("&")) }
}

fn chips(visit: &Visit, query: &PeopleQuery, units: &[Picked]) -> Vec<Chip> {
    let mut chips = Vec::new();
    let words = query.q.trim();
    if !words.is_empty() {
        let label = say(visit.language, "people-chip-words", &[("value", Arg::from(words))]);
        chips.push(Chip { label, remove_href: narrowed(query, "q", "") });
    }
    if let Some(unit) = units.iter().find(|unit| unit.selected) {
        let name = unit.label.trim_start_matches(['\u{2013}', '\u{a0}']);
        let label = say(visit.language, "people-chip-unit", &[("value", Arg::from(name))]);
        chips.push(Chip { label, remove_href: narrowed(query, "unite", "") });
    }
    chips
}
