//! The register's page.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::query::RegisterQuery;
use super::views::{self, REGISTER};
use crate::access::{PageAction, RegisterScope};
use crate::companies;
use crate::declarations::detail::state_label;
use crate::declarations::form::{ErrorView, error_views};
use crate::declarations::inbox::{Chip, Picked, line_views, veil};
use crate::declarations::kind::Kind;
use crate::declarations::lists::{self, Cursor, ListPage, Order, PAGE};
use crate::declarations::workflow::State;
use crate::declarations::{access_log, reading};
use crate::error::{Error, FieldError, Result};
use crate::formats::format_date_long;
use crate::people;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, percent};
use crate::web::problems;

#[derive(Serialize)]
struct RegisterPage {
    /// HTML.
    lines: String,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
    q: String,
    company: String,
    /// Id of the company whose page led here.
    fiche: String,
    from: String,
    to: String,
    flagged: bool,
    late: bool,
    options: Options,
    chips: Vec<Chip>,
    saved: Vec<views::ViewLink>,
    /// What is narrowed can be kept under a name.
    save: Option<views::SaveForm>,
    csv_href: String,
    xlsx_href: String,
    may_export: bool,
    /// People are not named, and cannot be searched for.
    masked: bool,
    /// Words came in the address all the same.
    words_ignored: bool,
    /// In which order the lines are, when it is not the usual one.
    order: Option<String>,
    /// Parts of the address that mean nothing: no line is shown then.
    errors: Vec<ErrorView>,
    field_errors: FieldErrors,
}

/// What is wrong beside each field.
#[derive(Serialize)]
struct FieldErrors {
    kind: Option<String>,
    etat: Option<String>,
    unite: Option<String>,
    entreprise: Option<String>,
    du: Option<String>,
    au: Option<String>,
}

impl FieldErrors {
    fn of(wrong: &[FieldError], language: Language) -> Self {
        let beside = |name: &str| {
            wrong.iter().find(|error| error.field == name).map(|error| problems::field_message(error, language))
        };
        Self {
            kind: beside("type"),
            etat: beside("etat"),
            unite: beside("unite"),
            entreprise: beside("entreprise"),
            du: beside("du"),
            au: beside("au"),
        }
    }
}

/// Choices of the filter, HTML.
#[derive(Serialize)]
struct Options {
    kinds: String,
    states: String,
    units: String,
}

/// `GET /registre`
pub async fn show(visit: Visit, query: web::Query<RegisterQuery>) -> Result<HttpResponse> {
    let (actor, mut query) = (visit.actor()?, query.into_inner());
    let language = visit.language;
    let words_ignored = RegisterScope::of(&actor).masked && !query.q.trim().is_empty();
    if words_ignored {
        query.q.clear();
    }
    let (by, asked) = (std::sync::Arc::clone(&actor), query.clone());
    let (found, units, saved, company) = visit
        .app
        .read(move |tx| {
            let company = match asked.fiche.trim().parse() {
                Ok(id) => companies::store::find(tx, id)?.map(|company| company.name),
                Err(_) => None,
            };
            let cursor = Cursor::parse(&asked.apres);
            let found = match asked.understood(tx, language) {
                Ok((understood, filter)) => {
                    let listed = lists::register(tx, &by, &filter, cursor.as_ref(), PAGE)?;
                    Ok((listed, filter.order(), understood, access_log::owed(tx, &by, "register")?))
                }
                Err(Error::Invalid(wrong)) => Err(wrong),
                Err(error) => return Err(error),
            };
            Ok((
                found,
                people::gathered::offered(tx, RegisterScope::of(&by).masked)?,
                views::of(tx, by.person, REGISTER.page)?,
                company,
            ))
        })
        .await?;
    let (listed, order, query, owed, wrong) = match found {
        Ok((listed, order, understood, owed)) => (listed, order, understood, owed, Vec::new()),
        Err(wrong) => (ListPage { rows: Vec::new(), next: None }, Order::Filed, query, None, wrong),
    };
    let scope = RegisterScope::of(&actor);
    let masked = scope.masked;
    reading::opened(&visit.app, &actor, owed).await?;
    let mut lines = line_views(&visit, &listed.rows);
    let book = &visit.app.book;
    veil(&mut lines, &listed.rows, &scope, book);
    let address = query.address(None);
    let shown = |kind: &Kind| !kind.is_sealed() && scope.holds(&book.access, &kind.id);
    let kinds: Vec<Picked> = book
        .catalogue
        .kinds()
        .iter()
        .filter(|version| shown(&version.kind))
        .map(|version| Picked::kind(&version.kind, &query.kind, language))
        .collect();
    let mut states = vec![Picked {
        value: "en-attente".into(),
        label: visit.say("register-pending"),
        selected: query.etat == "en-attente",
    }];
    states.extend(State::ALL.into_iter().filter(|state| *state != State::Draft).map(|state| Picked {
        value: state.as_str().into(),
        label: state_label(state, language),
        selected: query.etat == state.as_str(),
    }));
    let units: Vec<Picked> = units
        .into_iter()
        .map(|unit| Picked {
            selected: unit.id.to_string() == query.unite,
            value: unit.id.to_string(),
            label: unit.name,
        })
        .collect();
    let chips =
        if wrong.is_empty() { chips(&visit, &query, &kinds, &states, &units, company.as_deref()) } else { Vec::new() };
    let options = |picked: &[Picked]| visit.app.book.views.rows(language, "option", picked);
    let link = |path: &str, extra: &str| {
        let parts: Vec<&str> = [address.as_str(), extra].into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    };
    let content = RegisterPage {
        lines: visit.app.book.views.rows(language, "register", &lines)?,
        empty: listed.rows.is_empty(),
        previous_href: (wrong.is_empty() && !query.apres.is_empty()).then(|| link("/registre", "")),
        next_href: listed.next.map(|cursor| link("/registre", &format!("apres={}", percent(&cursor.to_string())))),
        csv_href: link("/registre/export.csv", ""),
        xlsx_href: link("/registre/export.xlsx", ""),
        may_export: wrong.is_empty() && visit.app.book.access.opens(PageAction::ExportRegister, Some(&actor)),
        order: match order {
            Order::Filed => None,
            Order::Due => Some(visit.say("register-order-due")),
            Order::Opened => Some(visit.say("register-order-opened")),
        },
        masked,
        words_ignored,
        errors: error_views(&wrong, language),
        field_errors: FieldErrors::of(&wrong, language),
        q: query.q,
        company: query.entreprise,
        fiche: query.fiche,
        from: query.du,
        to: query.au,
        flagged: !query.signalees.is_empty(),
        late: !query.retard.is_empty(),
        options: Options { kinds: options(&kinds)?, states: options(&states)?, units: options(&units)? },
        save: (!chips.is_empty()).then(|| views::SaveForm { action: REGISTER.address("/vues"), query: address }),
        chips,
        saved: views::links(&REGISTER, saved),
    };
    Page::titled(&visit, "register-title")
        .wide()
        .with_errors(!wrong.is_empty())
        .render("pages/register/register", &content)
}

fn chips(
    visit: &Visit,
    query: &RegisterQuery,
    kinds: &[Picked],
    states: &[Picked],
    units: &[Picked],
    company: Option<&str>,
) -> Vec<Chip> {
    let chosen = |list: &[Picked]| list.iter().find(|p| p.selected).map(|p| p.label.clone());
    query
        .parts()
        .into_iter()
        .filter_map(|(name, value)| {
            let label = match name {
                "type" => chosen(kinds)?,
                "etat" => chosen(states)?,
                "unite" => chosen(units)?,
                "du" | "au" => {
                    let day =
                        value.parse().map_or_else(|_| value.to_owned(), |day| format_date_long(day, visit.language));
                    say(visit.language, &format!("register-chip-{name}"), &[("value", Arg::from(day))])
                }
                "signalees" => visit.say("register-flagged"),
                "retard" => visit.say("list-late"),
                "fiche" => {
                    say(visit.language, "register-chip-entreprise", &[("value", Arg::from(company.unwrap_or(value)))])
                }
                _ => say(visit.language, &format!("register-chip-{name}"), &[("value", Arg::from(value))]),
            };
            let rest = query.address(Some(name));
            let remove_href = if rest.is_empty() { "/registre".to_owned() } else { format!("/registre?{rest}") };
            Some(Chip { label, remove_href })
        })
        .collect()
}
