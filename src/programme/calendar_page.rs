//! The calendar: a month as a list by week, a year, or a grid. The list comes first; the grid shows the same.

use actix_web::{HttpResponse, web};
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::{Entry, What, entries};
use super::showcase_page::{hour, state_label, tag};
use super::state::State;
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::error::Result;
use crate::formats;
use crate::people::pages::today;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Link, Page};

/// `?mois=2026-12`, `?an=2026`, `&vue=grille`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    mois: String,
    #[serde(default)]
    an: String,
    #[serde(default)]
    vue: String,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Period {
    /// First day of a month.
    Month(NaiveDate),
    /// First day of a year.
    Year(NaiveDate),
}

impl Period {
    fn of(asked: &Asked, today: NaiveDate) -> Self {
        let year = asked.an.trim().parse().ok().and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
        let month = format!("{}-01", asked.mois.trim()).parse::<NaiveDate>().ok();
        match (year, month) {
            (Some(first), _) if (1900..3000).contains(&first.year()) => Self::Year(first),
            (_, Some(first)) if (1900..3000).contains(&first.year()) => Self::Month(first),
            _ => Self::Month(today.with_day(1).unwrap_or(today)),
        }
    }

    fn first(self) -> NaiveDate {
        match self {
            Self::Month(first) | Self::Year(first) => first,
        }
    }

    fn months(self) -> u32 {
        match self {
            Self::Month(_) => 1,
            Self::Year(_) => 12,
        }
    }

    fn last(self) -> NaiveDate {
        let next = self.first().checked_add_months(Months::new(self.months()));
        next.and_then(|next| next.pred_opt()).unwrap_or(self.first())
    }

    fn before(self) -> Option<NaiveDate> {
        self.first().checked_sub_months(Months::new(self.months()))
    }

    fn after(self) -> Option<NaiveDate> {
        self.first().checked_add_months(Months::new(self.months()))
    }

    fn address(self, first: NaiveDate, grid: bool) -> String {
        let view = if grid { "&vue=grille" } else { "" };
        match self {
            Self::Month(_) => format!("/evenements?mois={}{view}", first.format("%Y-%m")),
            Self::Year(_) => format!("/evenements?an={}", first.format("%Y")),
        }
    }

    fn label(self, first: NaiveDate, language: Language) -> String {
        match self {
            Self::Month(_) => month_label(first, language),
            Self::Year(_) => first.year().to_string(),
        }
    }
}

#[derive(Serialize)]
struct CalendarPage {
    period: String,
    views: Vec<ViewLink>,
    previous: Option<Link>,
    next: Option<Link>,
    months: Vec<MonthView>,
    /// A year has a heading a month.
    names_months: bool,
    grid: Option<Grid>,
    empty: bool,
    /// An empty month leads to the nearest one that is not.
    nearest: Option<Link>,
    plan: Vec<Link>,
    organisers_href: Option<&'static str>,
    passports_href: Option<&'static str>,
}

#[derive(Serialize)]
struct ViewLink {
    href: String,
    label: String,
    current: bool,
}

#[derive(Serialize)]
struct MonthView {
    label: String,
    weeks: Vec<WeekView>,
}

#[derive(Serialize)]
struct WeekView {
    label: String,
    entries: Vec<EntryView>,
}

#[derive(Serialize, Clone)]
struct EntryView {
    day: String,
    time: Option<String>,
    title: String,
    company: Option<String>,
    href: Option<String>,
    tag: &'static str,
    label: String,
    note: Option<String>,
}

#[derive(Serialize)]
struct Grid {
    days: Vec<String>,
    weeks: Vec<Vec<Cell>>,
}

#[derive(Serialize)]
struct Cell {
    /// Day of the month; nothing outside of it.
    number: Option<u32>,
    holiday: Option<String>,
    entries: Vec<EntryView>,
}

/// `GET /evenements`
pub async fn show(visit: Visit, query: web::Query<Asked>) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let period = Period::of(&query, today(&visit));
    let grid = query.vue == "grille" && matches!(period, Period::Month(_));
    let by = std::sync::Arc::clone(&actor);
    let (found, nearest) = visit
        .app
        .read(move |tx| {
            let found = entries(tx, &by, period.first(), period.last())?;
            let nearest = if found.is_empty() { nearest(tx, &by, period)? } else { None };
            Ok((found, nearest))
        })
        .await?;
    let access = &visit.app.book.access;
    let may = |action| access.opens(action, Some(&actor));
    let link = |first: Option<NaiveDate>| {
        first.map(|first| Link { href: period.address(first, grid), label: period.label(first, language) })
    };
    let content = CalendarPage {
        period: period.label(period.first(), language),
        views: views(period, grid, today(&visit), language),
        previous: link(period.before()),
        next: link(period.after()),
        empty: found.is_empty(),
        nearest: nearest.map(|(key, on)| Link {
            href: Period::Month(on).address(on.with_day(1).unwrap_or(on), grid),
            label: say(language, key, &[("month", Arg::from(month_words(on, language)))]),
        }),
        names_months: period.months() > 1,
        grid: grid.then(|| self::grid(&visit, period.first(), period.last(), &found)),
        months: if grid { Vec::new() } else { months(&found, language) },
        plan: visit
            .app
            .book
            .showcases
            .iter()
            .filter(|_| may(PageAction::Organise))
            .map(|kind| Link {
                href: format!("/evenements/nouvelle/{}", kind.id),
                label: say(language, "calendar-plan", &[("kind", Arg::from(kind.title.get(language)))]),
            })
            .collect(),
        organisers_href: may(PageAction::NameOrganisers).then_some("/evenements/organisation"),
        passports_href: may(PageAction::Passports).then_some("/passeports"),
    };
    Page::titled(&visit, "calendar-title").wide().render("pages/programme/calendar", &content)
}

/// The day of the next thing within a year, or of the last one.
fn nearest(tx: &mut Tx<'_>, actor: &Actor, period: Period) -> Result<Option<(&'static str, NaiveDate)>> {
    let year = Months::new(12);
    if let Some((from, to)) = period.after().and_then(|from| Some((from, from.checked_add_months(year)?)))
        && let Some(next) = entries(tx, actor, from, to)?.first()
    {
        return Ok(Some(("calendar-nearest-next", next.on)));
    }
    let before = period.first().pred_opt().and_then(|to| Some((to.checked_sub_months(year)?, to)));
    let Some((from, to)) = before else { return Ok(None) };
    Ok(entries(tx, actor, from, to)?.last().map(|last| ("calendar-nearest-last", last.on)))
}

fn views(period: Period, grid: bool, today: NaiveDate, language: Language) -> Vec<ViewLink> {
    let first = period.first();
    // From a year, the month is that of today when it is in it.
    let month = if matches!(period, Period::Year(_)) && first.year() == today.year() {
        today.with_day(1).unwrap_or(first)
    } else {
        first
    };
    let year = first.with_month(1).unwrap_or(first);
    [
        ("calendar-view-month", Period::Month(month).address(month, false), period.months() == 1 && !grid),
        ("calendar-view-year", Period::Year(year).address(year, false), period.months() > 1),
        ("calendar-view-grid", Period::Month(month).address(month, true), grid),
    ]
    .into_iter()
    .map(|(key, href, current)| ViewLink { href, label: say(language, key, &[]), current })
    .collect()
}

fn month_label(first: NaiveDate, language: Language) -> String {
    formats::capitalised(&month_words(first, language))
}

/// « décembre 2026 »
fn month_words(day: NaiveDate, language: Language) -> String {
    format!("{} {}", say(language, &format!("month-{}", day.month()), &[]), day.year())
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

/// Monday of a week, and what it holds.
type Week = (NaiveDate, Vec<EntryView>);

/// By month, then by week; a week begins on Monday.
fn months(entries: &[Entry], language: Language) -> Vec<MonthView> {
    let mut months: Vec<(NaiveDate, Vec<Week>)> = Vec::new();
    for entry in entries {
        let month = entry.on.with_day(1).unwrap_or(entry.on);
        if months.last().is_none_or(|(last, _)| *last != month) {
            months.push((month, Vec::new()));
        }
        let Some((_, weeks)) = months.last_mut() else { continue };
        let week = monday(entry.on);
        if weeks.last().is_none_or(|(last, _)| *last != week) {
            weeks.push((week, Vec::new()));
        }
        if let Some((_, views)) = weeks.last_mut() {
            views.push(view(entry, language));
        }
    }
    months
        .into_iter()
        .map(|(month, weeks)| MonthView {
            label: month_label(month, language),
            weeks: weeks
                .into_iter()
                .map(|(week, entries)| {
                    let date = formats::format_date_long(week, language);
                    WeekView { label: say(language, "calendar-week", &[("date", Arg::from(date))]), entries }
                })
                .collect(),
        })
        .collect()
}

fn view(entry: &Entry, language: Language) -> EntryView {
    let words = |key: &str| say(language, key, &[]);
    let (tag, label, note) = match &entry.what {
        What::Showcase { kind, state, mine } => {
            let note = match (state, mine) {
                (State::Planned, true) => Some(words("showcase-place-held")),
                _ => None,
            };
            let label = match state {
                State::Planned => words(&format!("calendar-{}", kind.replace('_', "-"))),
                other => state_label(*other, language),
            };
            (tag(*state), label, note)
        }
        What::Mine => ("decided", words("calendar-mine"), None),
        What::Team { person } => {
            ("under_review", say(language, "calendar-team", &[("person", Arg::from(person.as_str()))]), None)
        }
        What::Passport { conditions } => {
            let key = if *conditions { "calendar-passport-conditions" } else { "calendar-passport-acceptable" };
            ("plain", words("calendar-company-event"), Some(words(key)))
        }
    };
    let day = format!(
        "{} {}",
        words(&format!("weekday-{}", entry.on.weekday().number_from_monday())),
        formats::format_date_long(entry.on, language)
    );
    EntryView {
        day,
        time: entry.begins.as_deref().map(|begins| hour(begins, language)),
        title: entry.title.clone(),
        company: entry.company.clone(),
        href: entry.href.clone(),
        tag,
        label,
        note,
    }
}

fn grid(visit: &Visit, first: NaiveDate, last: NaiveDate, entries: &[Entry]) -> Grid {
    let language = visit.language;
    let mut weeks = Vec::new();
    let mut day = monday(first);
    while day <= last && weeks.len() < 6 {
        let week: Vec<Cell> = day.iter_days().take(7).map(|day| cell(visit, day, first..=last, entries)).collect();
        weeks.push(week);
        day = day.checked_add_days(Days::new(7)).unwrap_or(NaiveDate::MAX);
    }
    Grid { days: (1..=7).map(|day| say(language, &format!("weekday-{day}"), &[])).collect(), weeks }
}

fn cell(visit: &Visit, day: NaiveDate, month: std::ops::RangeInclusive<NaiveDate>, entries: &[Entry]) -> Cell {
    let language = visit.language;
    if !month.contains(&day) {
        return Cell { number: None, holiday: None, entries: Vec::new() };
    }
    Cell {
        number: Some(day.day()),
        holiday: visit.app.book.calendar.holiday(day).map(|name| name.get(language).to_owned()),
        entries: entries.iter().filter(|entry| entry.on == day).map(|entry| view(entry, language)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked(mois: &str, an: &str) -> Period {
        Period::of(&Asked { mois: mois.into(), an: an.into(), vue: String::new() }, day("2026-11-23"))
    }

    #[test]
    fn a_week_begins_on_monday() {
        assert_eq!(monday(day("2026-11-29")), day("2026-11-23"));
        assert_eq!(monday(day("2026-11-30")), day("2026-11-30"));
    }

    #[test]
    fn a_period_is_read_from_the_address_and_today_stands_for_what_is_not_one() {
        assert_eq!(asked("2026-02", ""), Period::Month(day("2026-02-01")));
        assert_eq!(asked("2026-02", "2027"), Period::Year(day("2027-01-01")));
        for (month, year) in [("", ""), ("2026-13", ""), ("", "deux mille"), ("", "999999"), ("-1", "-4")] {
            assert_eq!(asked(month, year), Period::Month(day("2026-11-01")), "{month} {year}");
        }
    }

    #[test]
    fn a_month_ends_the_day_before_the_next() {
        assert_eq!(asked("2028-02", "").last(), day("2028-02-29"));
        assert_eq!(asked("", "2026").last(), day("2026-12-31"));
    }
}
