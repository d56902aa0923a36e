//! The register as it was known at the end of a day: what the journal had recorded by then, whatever happened since
//! (trust.md A16).

use std::collections::{BTreeMap, HashMap};

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::access::RegisterScope;
use crate::app::Tx;
use crate::clock::{Instant, local_date, start_of_day};
use crate::db::schema::{checkpoints, events, persons};
use crate::declarations::detail::state_label;
use crate::declarations::inbox::{line_views, office_key, veil};
use crate::declarations::lists::{self, Cursor, Filter, ListRow, PAGE};
use crate::declarations::standing::Standing;
use crate::declarations::workflow::State;
use crate::declarations::{access_log, reading};
use crate::error::Result;
use crate::formats::{self, parse_date};
use crate::journal::store::{last_before, standing_of};
use crate::people::PersonId;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, percent};

/// `?le=&type=&apres=`
#[derive(Debug, Clone, Default, Deserialize)]
pub struct KnownQuery {
    #[serde(default)]
    le: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    apres: String,
}

/// A file as the journal knew it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Number of the last event about it by then.
    pub event: i64,
    pub at: Instant,
    /// Nothing in the events of before they said where a file stands.
    pub standing: Option<Standing>,
}

/// How far the journal went by then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub event: i64,
    /// The first head that was signed over all of it: its size and its root.
    pub head: Option<(i64, String, Instant)>,
}

/// Where each of these files stood before `before`; those that nothing was recorded of are left out. Sealed files are in no
/// list of others.
///
/// # Errors
/// The database does not answer.
pub fn known(tx: &mut Tx<'_>, declarations: &[i64], before: Instant) -> Result<BTreeMap<i64, Known>> {
    let until = last_before(tx, before)?;
    let last: Vec<Option<i64>> = events::table
        .filter(events::declaration_id.eq_any(declarations.iter().copied().map(Some)))
        .filter(events::seq.le(until))
        .group_by(events::declaration_id)
        .select(diesel::dsl::max(events::seq))
        .load(tx.conn)?;
    let rows: Vec<(i64, i64, Instant, String)> = events::table
        .filter(events::seq.eq_any(last.into_iter().flatten()))
        .filter(events::declaration_id.is_not_null())
        .select((events::seq, events::declaration_id.assume_not_null(), events::at, events::leaf))
        .load(tx.conn)?;
    rows.into_iter()
        .map(|(event, declaration, at, leaf)| {
            Ok((declaration, Known { event, at, standing: standing_of(&leaf, declaration, event, None)? }))
        })
        .collect()
}

/// A day as typed and the first instant after it, or a Fluent key that says why it is none: a day to come is not known.
pub(super) fn day_before(
    typed: &str,
    today: NaiveDate,
    zone: Tz,
    language: Language,
) -> std::result::Result<(NaiveDate, Instant), &'static str> {
    match parse_date(typed, today, language) {
        Ok(date) if date > today => Err("error-future-date"),
        Ok(date) => Ok((date, start_of_day(date.succ_opt().unwrap_or(date), zone))),
        Err(wrong) => Err(wrong.message_key()),
    }
}

/// Name of an office as it begins a sentence.
pub(super) fn office_name(office: &str, language: Language) -> String {
    formats::capitalised(&say(language, &office_key(office), &[]))
}

/// The last event before `before`, and the head that covers it.
///
/// # Errors
/// The database does not answer.
pub fn reach(tx: &mut Tx<'_>, before: Instant) -> Result<Reach> {
    let event = last_before(tx, before)?;
    let head = checkpoints::table
        .filter(checkpoints::size.ge(event))
        .order(checkpoints::size.asc())
        .select((checkpoints::size, checkpoints::root, checkpoints::made_at))
        .first(tx.conn)
        .optional()?;
    Ok(Reach { event, head })
}

#[derive(Serialize)]
struct KnownPage {
    /// As typed.
    day: String,
    error: Option<String>,
    kinds: Vec<KindOption>,
    masked: bool,
    /// Nothing while no day is chosen, or the one typed is none.
    found: Option<FoundView>,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct KindOption {
    value: String,
    label: String,
    selected: bool,
}

#[derive(Serialize)]
struct FoundView {
    title: String,
    reach: String,
    head: Option<String>,
    /// SHA-256, as the signed head has it.
    root: Option<String>,
    lines: Vec<KnownLine>,
}

#[derive(Serialize)]
struct KnownLine {
    href: String,
    reference: String,
    kind: String,
    person: String,
    unit: String,
    state: &'static str,
    state_label: String,
    holder: String,
    due: String,
    version: i32,
    event: String,
    /// Where it stands now, when that is elsewhere.
    since: Option<String>,
    said: bool,
}

/// `GET /registre/connu`
pub async fn show(visit: Visit, query: web::Query<KnownQuery>) -> Result<HttpResponse> {
    let (actor, query) = (visit.actor()?, query.into_inner());
    let (book, language) = (&visit.app.book, visit.language);
    let scope = RegisterScope::of(&actor);
    let zone = book.calendar.default_zone();
    let today = local_date(visit.app.clock.now(), zone);
    let (mut day, mut problem) = (None, None);
    match query.le.trim() {
        "" => {}
        typed => match day_before(typed, today, zone, language) {
            Ok(found) => day = Some(found),
            Err(wrong) => problem = Some(wrong),
        },
    }
    let mut page = KnownPage {
        day: query.le.clone(),
        error: problem.map(|key| visit.say(key)),
        kinds: book
            .catalogue
            .kinds()
            .iter()
            .filter(|version| !version.kind.is_sealed() && scope.holds(&book.access, &version.kind.id))
            .map(|version| KindOption {
                value: version.kind.id.clone(),
                label: version.kind.title.get(language).to_owned(),
                selected: version.kind.id == query.kind,
            })
            .collect(),
        masked: scope.masked,
        found: None,
        previous_href: None,
        next_href: None,
    };
    if let Some((day, before)) = day {
        let (by, asked) = (std::sync::Arc::clone(&actor), query.clone());
        let (listed, known, reach, names, owed) = visit
            .app
            .read(move |tx| {
                let kind = Some(asked.kind).filter(|kind| !kind.is_empty());
                let filter = Filter { kind, to: Some(day), ..Filter::default() };
                let listed = lists::register(tx, &by, &filter, Cursor::parse(&asked.apres).as_ref(), PAGE)?;
                let ids: Vec<i64> = listed.rows.iter().map(|row| row.id).collect();
                let known = known(tx, &ids, before)?;
                let names = names(tx, &known)?;
                Ok((listed, known, reach(tx, before)?, names, access_log::owed(tx, &by, "register")?))
            })
            .await?;
        reading::opened(&visit.app, &actor, owed).await?;
        let address = |after: Option<&Cursor>| {
            let mut address = format!("/registre/connu?le={day}");
            if !query.kind.is_empty() {
                address.push_str(&format!("&type={}", percent(&query.kind)));
            }
            if let Some(after) = after {
                address.push_str(&format!("&apres={}", percent(&after.to_string())));
            }
            address
        };
        page.previous_href = (!query.apres.is_empty()).then(|| address(None));
        page.next_href = listed.next.as_ref().map(|cursor| address(Some(cursor)));
        page.day = day.to_string();
        page.found = Some(found(&visit, day, &listed.rows, &known, &reach, &names, &scope));
    }
    let refused = page.error.is_some();
    Page::titled(&visit, "as-known-title").wide().with_errors(refused).render("pages/register/known", &page)
}

/// Names of those who had the files.
fn names(tx: &mut Tx<'_>, known: &BTreeMap<i64, Known>) -> Result<HashMap<PersonId, String>> {
    let ids: Vec<PersonId> = known.values().filter_map(|known| known.standing.as_ref()?.holder).collect();
    let rows: Vec<(PersonId, String, String)> = persons::table
        .filter(persons::id.eq_any(ids))
        .select((persons::id, persons::given_name, persons::family_name))
        .load(tx.conn)?;
    Ok(rows.into_iter().map(|(id, given, family)| (id, format!("{given} {family}"))).collect())
}

fn found(
    visit: &Visit,
    day: NaiveDate,
    rows: &[ListRow],
    known: &BTreeMap<i64, Known>,
    reach: &Reach,
    names: &HashMap<PersonId, String>,
    scope: &RegisterScope,
) -> FoundView {
    let language = visit.language;
    let zone = visit.app.book.calendar.default_zone();
    let mut lines = line_views(visit, rows);
    veil(&mut lines, rows, scope, &visit.app.book);
    let lines = lines
        .into_iter()
        .zip(rows)
        .filter_map(|(line, row)| Some((line, row, known.get(&row.id)?)))
        .map(|(line, row, known)| {
            let standing = known.standing.as_ref();
            let state = standing.map_or(State::Submitted, |standing| standing.state);
            let holder = standing.and_then(|standing| match (standing.holder, &standing.office) {
                (Some(_), _) if scope.masked => None,
                (Some(person), _) => names.get(&person).cloned(),
                (None, Some(office)) => Some(office_name(office, language)),
                (None, None) => None,
            });
            let moved = standing.is_some_and(|standing| standing.state != row.state());
            let due = standing.and_then(|standing| standing.due_on);
            KnownLine {
                href: if scope.summarises(&visit.app.book.access, &row.kind) {
                    line.href
                } else {
                    format!("/registre/connu/{}?le={day}", row.slug())
                },
                reference: line.reference,
                kind: line.kind,
                person: line.person,
                unit: line.unit,
                state: state.as_str(),
                state_label: state_label(state, language),
                holder: holder.unwrap_or_else(|| "–".to_owned()),
                due: due.map_or_else(|| "–".to_owned(), |due| formats::format_date_medium(due, language)),
                version: standing.map_or(1, |standing| standing.revision),
                event: say(
                    language,
                    "as-known-event",
                    &[
                        ("event", Arg::from(known.event)),
                        ("date", Arg::from(formats::format_date_medium(local_date(known.at, zone), language))),
                    ],
                ),
                since: moved.then_some(line.state_label),
                said: standing.is_some(),
            }
        })
        .collect();
    let date = |date: NaiveDate| Arg::from(formats::format_date_long(date, language));
    FoundView {
        title: say(language, "as-known-on", &[("date", date(day))]),
        reach: say(language, "as-known-reach", &[("event", Arg::from(reach.event))]),
        head: reach.head.as_ref().map(|(size, _, at)| {
            say(language, "as-known-head", &[("size", Arg::from(*size)), ("date", date(local_date(*at, zone)))])
        }),
        root: reach.head.as_ref().map(|(_, root, _)| root.clone()),
        lines,
    }
}
