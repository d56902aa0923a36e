//! By when, and how late: business days, legal time, reminders.
//!
//! The calendar is a file (`config/calendars/`), because the list of holidays is decided each year by the collective
//! agreements (`domain.md` §9). Everything here takes values and returns values. Business days are counted by
//! arithmetic on whole weeks and a search among holidays, never by walking the days: a list of 100,000 files is dated
//! in one pass.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Timelike};
use chrono_tz::Tz;
use serde::Deserialize;

use super::kind::{BeforeAfter, DayUnit, Delay, FilingDelay};
use crate::clock::{Instant, at_local_time};
use crate::db::search::fold;
use crate::text::{Bilingual, Language};

/// Most weekly reminders after the due date; by then somebody else has been told.
const MOST_WEEKLY: u64 = 8;

/// Which days are worked, and which clock each site lives by.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Worked days of an ordinary week, Monday first.
    worked: [bool; 7],
    /// Every holiday, in order, weekends included: they have a name to show.
    holidays: Vec<(NaiveDate, Bilingual)>,
    /// Holidays that take a worked day away, as day numbers, in order.
    lost: Vec<i64>,
    /// For each of `lost`, the number of business days up to and including that day, plus one: its place in the count
    /// had it been worked. In order.
    lost_ranks: Vec<i64>,
    years: BTreeSet<i32>,
    default_zone: Tz,
    /// By folded site name.
    zones: BTreeMap<String, Tz>,
}

/// What is wrong with a calendar file, said to the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    /// Not TOML, an unknown key or a missing one; the message carries the line.
    #[error("{0}")]
    Unreadable(String),
    #[error("weekend: {0} is not a day of the week; 1 is Monday, 7 is Sunday")]
    NotAWeekday(u8),
    #[error("weekend: at least one day of the week must be worked")]
    NoWorkedDay,
    #[error("holiday {0}: write a date alone, such as 2026-06-24")]
    NotADate(String),
    #[error("holiday {0} is listed twice")]
    Twice(NaiveDate),
    #[error("holiday {0} has no French name")]
    Unnamed(NaiveDate),
    #[error("{place}: unknown time zone {zone:?}{}", .nearest.map(|n| format!("; did you mean {n:?}?")).unwrap_or_default())]
    UnknownZone { place: String, zone: String, nearest: Option<&'static str> },
    #[error("zones: the site {0:?} is listed twice")]
    SiteTwice(String),
    #[error("write the zone of the ministry once: default_zone = \"America/Toronto\", or default under [zones]")]
    DefaultZone,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    weekend: Vec<u8>,
    default_zone: Option<String>,
    #[serde(default, rename = "holiday")]
    holidays: Vec<HolidayEntry>,
    /// By site; `default` stands for the sites not listed.
    #[serde(default)]
    zones: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayEntry {
    /// `2026-06-24`, with or without quotes.
    date: toml::Value,
    name: Bilingual,
}

impl Calendar {
    /// Reads a calendar file.
    pub fn parse(text: &str) -> Result<Self, CalendarProblem> {
        let mut file: CalendarFile =
            toml::from_str(text).map_err(|problem| CalendarProblem::Unreadable(problem.to_string()))?;
        let mut worked = [true; 7];
        for day in file.weekend {
            let index = usize::from(day).checked_sub(1).ok_or(CalendarProblem::NotAWeekday(day))?;
            *worked.get_mut(index).ok_or(CalendarProblem::NotAWeekday(day))? = false;
        }
        if !worked.contains(&true) {
            return Err(CalendarProblem::NoWorkedDay);
        }
        let mut named = BTreeMap::new();
        for HolidayEntry { date: written, name } in file.holidays {
            let date = local_date_only(&written).ok_or_else(|| CalendarProblem::NotADate(written.to_string()))?;
            if name.get(Language::Fr).trim().is_empty() {
                return Err(CalendarProblem::Unnamed(date));
            }
            if named.insert(date, name).is_some() {
                return Err(CalendarProblem::Twice(date));
            }
        }
        let default_zone = match (file.default_zone, file.zones.remove("default")) {
            (Some(zone), None) => parse_zone("default_zone", &zone)?,
            (None, Some(zone)) => parse_zone("zones, default", &zone)?,
            _ => return Err(CalendarProblem::DefaultZone),
        };
        let mut zones = BTreeMap::new();
        for (site, zone) in file.zones {
            if zones.insert(fold(&site), parse_zone(&format!("zones, {site}"), &zone)?).is_some() {
                return Err(CalendarProblem::SiteTwice(site));
            }
        }
        let mut calendar = Self {
            worked,
            years: named.keys().map(Datelike::year).collect(),
            holidays: named.into_iter().collect(),
            lost: Vec::new(),
            lost_ranks: Vec::new(),
            default_zone,
            zones,
        };
        calendar.lost =
            calendar.holidays.iter().map(|(date, _)| day_number(*date)).filter(|day| calendar.in_week(*day)).collect();
        calendar.lost_ranks = (0i64..).zip(&calendar.lost).map(|(i, day)| calendar.week_count(*day) - i).collect();
        Ok(calendar)
    }

    /// Is this day worked: neither weekend nor holiday?
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        let day = day_number(date);
        self.in_week(day) && self.lost.binary_search(&day).is_err()
    }

    /// The first business day on or after a date.
    pub fn next_business_day(&self, date: NaiveDate) -> NaiveDate {
        if self.is_business_day(date) { date } else { self.nth(self.count(day_number(date)) + 1) }
    }

    /// The `days`-th business day after a date; the day after counts 1. Zero is the date itself, worked or not.
    pub fn add_business_days(&self, from: NaiveDate, days: u32) -> NaiveDate {
        if days == 0 { from } else { self.nth(self.count(day_number(from)) + i64::from(days)) }
    }

    /// The `days`-th business day before a date; the day before counts 1. Zero is the date itself, worked or not.
    pub fn subtract_business_days(&self, from: NaiveDate, days: u32) -> NaiveDate {
        if days == 0 { from } else { self.nth(self.count(day_number(from) - 1) - i64::from(days) + 1) }
    }

    /// Number of business days after `from`, up to and including `to`. Negative when `to` comes first.
    pub fn business_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        self.count(day_number(to)) - self.count(day_number(from))
    }

    /// The zone of a site, as the directory names it; the default zone for a site the file does not list.
    pub fn zone(&self, site: &str) -> Tz {
        self.zones.get(&fold(site)).copied().unwrap_or(self.default_zone)
    }

    /// The zone of the ministry: `America/Toronto`, legal time of most of Québec.
    pub fn default_zone(&self) -> Tz {
        self.default_zone
    }

    /// Are the holidays of that year known? When not, only weekends are skipped and the doctor command says so.
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.years.contains(&date.year())
    }

    /// The holiday of a date, even on a weekend.
    pub fn holiday(&self, date: NaiveDate) -> Option<&Bilingual> {
        let place = self.holidays.binary_search_by_key(&date, |(date, _)| *date).ok()?;
        self.holidays.get(place).map(|(_, name)| name)
    }

    fn in_week(&self, day: i64) -> bool {
        usize::try_from(day.rem_euclid(7)).ok().and_then(|day| self.worked.get(day)).copied().unwrap_or(false)
    }

    /// Worked days of ordinary weeks from day 0 up to and including `day`, holidays ignored.
    fn week_count(&self, day: i64) -> i64 {
        let (weeks, rest) = ((day + 1).div_euclid(7), (day + 1).rem_euclid(7));
        weeks * self.worked_a_week() + (0..rest).map(|day| i64::from(self.in_week(day))).sum::<i64>()
    }

    fn worked_a_week(&self) -> i64 {
        self.worked.iter().map(|worked| i64::from(*worked)).sum()
    }

    /// Business days from day 0 up to and including `day`; negative before.
    fn count(&self, day: i64) -> i64 {
        self.week_count(day) - to_i64(self.lost.partition_point(|lost| *lost <= day))
    }

    /// The day on which `count` reaches `rank`: the inverse of `count`.
    fn nth(&self, rank: i64) -> NaiveDate {
        let in_weeks = rank + to_i64(self.lost_ranks.partition_point(|lost| *lost <= rank));
        let each = self.worked_a_week();
        // The last worked day of a week closes it, hence the subtraction before dividing.
        let (weeks, rest) = ((in_weeks - 1).div_euclid(each), (in_weeks - 1).rem_euclid(each));
        let mut seen = -1;
        let within = (0..7)
            .find(|day| {
                seen += i64::from(self.in_week(*day));
                seen == rest
            })
            .unwrap_or_default();
        date_of(weeks * 7 + within)
    }
}

fn to_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Days since Monday 1 January of year 1, so that a multiple of seven is a Monday.
fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) - 1
}

fn date_of(day: i64) -> NaiveDate {
    i32::try_from(day + 1).ok().and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(NaiveDate::MAX)
}

/// A date without time or zone.
fn local_date_only(written: &toml::Value) -> Option<NaiveDate> {
    match written {
        toml::Value::Datetime(toml::value::Datetime { date: Some(date), time: None, offset: None }) => {
            NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into())
        }
        toml::Value::String(text) => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
        _ => None,
    }
}

fn parse_zone(place: &str, zone: &str) -> Result<Tz, CalendarProblem> {
    zone.parse().map_err(|_| {
        let likeness = |known: &&'static str| strsim::jaro_winkler(known, zone);
        let nearest = chrono_tz::TZ_VARIANTS.iter().map(|known| known.name());
        let nearest = nearest.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|name| likeness(name) > 0.8);
        CalendarProblem::UnknownZone { place: place.to_owned(), zone: zone.to_owned(), nearest }
    })
}

/// The day by which something is due. The day it starts from does not count, and a deadline that falls on a day not
/// worked is carried to the next business day (Interpretation Act, I-16, s. 52).
pub fn due_on(delay: Delay, from: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let last = match delay.unit {
        DayUnit::Business => calendar.add_business_days(from, delay.days.into()),
        DayUnit::Calendar => add_days(from, delay.days.into()),
    };
    calendar.next_business_day(last)
}

/// The last day on which a fact may be declared in time.
///
/// After the fact, it is the due date. Before it, the days are the office's time to answer, so a date that is not
/// worked is not carried to a later one: that would take a day from the office.
pub fn file_by(delay: &FilingDelay, fact: NaiveDate, calendar: &Calendar) -> NaiveDate {
    match (delay.when, delay.unit) {
        (BeforeAfter::After, unit) => due_on(Delay { days: delay.days, unit }, fact, calendar),
        (BeforeAfter::Before, DayUnit::Business) => calendar.subtract_business_days(fact, delay.days.into()),
        (BeforeAfter::Before, DayUnit::Calendar) => {
            fact.checked_sub_days(Days::new(delay.days.into())).unwrap_or(NaiveDate::MIN)
        }
    }
}

/// How many days late a fact was declared, in the unit of the delay; before a fact, how many days were missing. Zero
/// when on time. A filing on the Saturday after a Friday limit is late, though no business day has passed: it counts 1.
pub fn days_late(delay: &FilingDelay, fact: NaiveDate, filed: NaiveDate, calendar: &Calendar) -> i64 {
    let limit = file_by(delay, fact, calendar);
    if filed <= limit {
        return 0;
    }
    match delay.unit {
        DayUnit::Business => calendar.business_days_between(limit, filed).max(1),
        DayUnit::Calendar => (filed - limit).num_days(),
    }
}

/// Age of a file in business days; the day it starts counts 0.
pub fn age(since: NaiveDate, today: NaiveDate, calendar: &Calendar) -> i64 {
    calendar.business_days_between(since, today).max(0)
}

/// Why a reminder leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReminderKind {
    /// Half of the time is gone.
    Half,
    /// It is due today.
    Due,
    /// It is late, again.
    Weekly,
    /// It is late enough for the next person up.
    Escalate,
}

/// When to remind of something received one day and due another, in order, on business days only: at half of the time
/// when that falls strictly between both, on the due date, each week after it (eight times at most), and to the next
/// person up once it is `escalate_after` business days late (at least one).
pub fn reminders(
    received: NaiveDate,
    due: NaiveDate,
    escalate_after: u16,
    calendar: &Calendar,
) -> Vec<(ReminderKind, NaiveDate)> {
    let due = calendar.next_business_day(due);
    let mut all = Vec::new();
    let half = u32::try_from(calendar.business_days_between(received, due) / 2).unwrap_or_default();
    if half > 0 {
        all.push((ReminderKind::Half, calendar.add_business_days(received, half)));
    }
    all.push((ReminderKind::Due, due));
    let mut weekly: Vec<NaiveDate> =
        (1..=MOST_WEEKLY).map(|week| calendar.next_business_day(add_days(due, week * 7))).collect();
    // Two weeks can fall on the same day when the offices close for longer than a week.
    weekly.dedup();
    all.extend(weekly.into_iter().map(|date| (ReminderKind::Weekly, date)));
    all.push((ReminderKind::Escalate, calendar.add_business_days(due, u32::from(escalate_after).max(1))));
    all.sort_by_key(|(kind, date)| (*date, *kind));
    all
}

/// The earliest instant, not before the one given, at which the clock of a zone reads from `start_hour` to before
/// `end_hour` on a business day. No letter leaves outside. Hours are 0 to 23 and 1 to 24; when they leave no time at
/// all, the hour that follows `start_hour` is used.
pub fn at_working_hours(instant: Instant, zone: Tz, calendar: &Calendar, start_hour: u32, end_hour: u32) -> Instant {
    let start_hour = start_hour.min(23);
    let end_hour = end_hour.max(start_hour + 1);
    let within = |candidate: Instant| {
        let local = candidate.and_utc().with_timezone(&zone);
        (start_hour..end_hour).contains(&local.hour()) && calendar.is_business_day(local.date_naive())
    };
    let mut candidate = instant;
    let mut day = calendar.next_business_day(instant.and_utc().with_timezone(&zone).date_naive());
    // The day itself, then the next; a third and a fourth only when daylight saving skips the whole of the hours.
    for _ in 0..4 {
        if within(candidate) {
            return candidate;
        }
        candidate = at_local_time(day, start_hour, 0, zone).max(instant);
        if within(candidate) {
            return candidate;
        }
        day = calendar.next_business_day(add_days(day, 1));
    }
    candidate
}

fn add_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CALENDAR: &str = r#"
        weekend = [6, 7]
        default_zone = "America/Toronto"
        [zones]
        "Îles-de-la-Madeleine" = "America/Halifax"
        "Blanc-Sablon" = "America/Blanc-Sablon"
        [[holiday]]
        date = 2026-06-24
        name = { fr = "Fête nationale", en = "Québec National Holiday" }
        [[holiday]]
        date = 2026-07-01
        name = { fr = "Fête du Canada", en = "Canada Day" }
        [[holiday]]
        date = 2026-12-24
        name = "Veille de Noël"
        [[holiday]]
        date = 2026-12-25
        name = "Noël"
        [[holiday]]
        date = 2026-12-26
        name = "Lendemain de Noël"
    "#;

    fn calendar() -> Calendar {
        Calendar::parse(CALENDAR).unwrap()
    }

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn business(days: u16) -> Delay {
        Delay { days, unit: DayUnit::Business }
    }

    fn filing(days: u16, unit: DayUnit, when: BeforeAfter) -> FilingDelay {
        FilingDelay { days, unit, when, of: "occurred_on".into() }
    }

    #[test]
    fn holidays_and_weekends_are_not_worked() {
        let calendar = calendar();
        assert!(calendar.is_business_day(date(2026, 6, 23)));
        assert!(!calendar.is_business_day(date(2026, 6, 24)));
        assert!(!calendar.is_business_day(date(2026, 6, 27)));
        assert_eq!(calendar.next_business_day(date(2026, 6, 24)), date(2026, 6, 25));
        assert_eq!(calendar.next_business_day(date(2026, 12, 24)), date(2026, 12, 28));
        assert_eq!(calendar.holiday(date(2026, 12, 26)).unwrap().fr, "Lendemain de Noël");
        assert_eq!(calendar.holiday(date(2026, 6, 23)), None);
        assert!(calendar.covers(date(2026, 1, 1)));
        assert!(!calendar.covers(date(2027, 1, 1)));
    }

    #[test]
    fn the_day_after_counts_one() {
        let calendar = calendar();
        assert_eq!(calendar.add_business_days(date(2026, 6, 23), 1), date(2026, 6, 25));
        assert_eq!(calendar.add_business_days(date(2026, 6, 27), 1), date(2026, 6, 29));
        assert_eq!(calendar.subtract_business_days(date(2026, 6, 25), 1), date(2026, 6, 23));
        assert_eq!(calendar.add_business_days(date(2026, 6, 27), 0), date(2026, 6, 27));
        assert_eq!(calendar.business_days_between(date(2026, 6, 19), date(2026, 6, 26)), 4);
        assert_eq!(calendar.business_days_between(date(2026, 6, 26), date(2026, 6, 19)), -4);
        assert_eq!(age(date(2026, 6, 26), date(2026, 6, 19), &calendar), 0);
    }

    #[test]
    fn a_site_lives_by_its_own_clock() {
        let calendar = calendar();
        assert_eq!(calendar.zone("iles de la madeleine"), chrono_tz::America::Halifax);
        assert_eq!(calendar.zone("Rimouski"), chrono_tz::America::Toronto);
        assert_eq!(calendar.default_zone(), chrono_tz::America::Toronto);
    }

    #[test]
    fn a_deadline_on_a_day_not_worked_is_carried_to_the_next_business_day() {
        let calendar = calendar();
        let ten_days = Delay { days: 10, unit: DayUnit::Calendar };
        assert_eq!(due_on(ten_days, date(2026, 6, 17), &calendar), date(2026, 6, 29), "a Saturday");
        assert_eq!(due_on(ten_days, date(2026, 6, 14), &calendar), date(2026, 6, 25), "the Fête nationale");
        assert_eq!(due_on(business(5), date(2026, 6, 17), &calendar), date(2026, 6, 25));
        assert_eq!(due_on(business(0), date(2026, 6, 27), &calendar), date(2026, 6, 29));
    }

    #[test]
    fn lateness_is_counted_in_the_unit_of_the_delay() {
        let calendar = calendar();
        let after = filing(5, DayUnit::Business, BeforeAfter::After);
        let fact = date(2026, 6, 11);
        assert_eq!(file_by(&after, fact, &calendar), date(2026, 6, 18));
        assert_eq!(days_late(&after, fact, date(2026, 6, 18), &calendar), 0);
        assert_eq!(days_late(&after, fact, date(2026, 6, 25), &calendar), 4, "the Fête nationale does not count");
        let before = filing(10, DayUnit::Calendar, BeforeAfter::Before);
        assert_eq!(days_late(&before, date(2026, 6, 30), date(2026, 6, 20), &calendar), 0);
        assert_eq!(days_late(&before, date(2026, 6, 30), date(2026, 6, 23), &calendar), 3);
        assert_eq!(days_late(&before, date(2026, 6, 30), date(2026, 7, 2), &calendar), 12, "after the event");
    }

    #[test]
    fn a_filing_on_the_saturday_after_a_friday_limit_is_late() {
        let after = filing(1, DayUnit::Business, BeforeAfter::After);
        assert_eq!(days_late(&after, date(2026, 6, 18), date(2026, 6, 20), &calendar()), 1);
    }

    #[test]
    fn reminders_leave_on_business_days_and_stop() {
        let all = reminders(date(2026, 11, 2), date(2026, 11, 16), 5, &calendar());
        let of = |kind| all.iter().filter(|(k, _)| *k == kind).map(|(_, date)| *date).collect::<Vec<_>>();
        assert_eq!(of(ReminderKind::Half), [date(2026, 11, 9)]);
        assert_eq!(of(ReminderKind::Due), [date(2026, 11, 16)]);
        assert_eq!(of(ReminderKind::Escalate), [date(2026, 11, 23)]);
        assert_eq!(of(ReminderKind::Weekly).len(), 8);
        assert_eq!(of(ReminderKind::Weekly)[0], date(2026, 11, 23));
        assert!(all.is_sorted_by_key(|(_, date)| *date));
        let short = reminders(date(2026, 11, 2), date(2026, 11, 3), 0, &calendar());
        assert_eq!(short[0], (ReminderKind::Due, date(2026, 11, 3)), "no half of one day");
        assert_eq!(short[1], (ReminderKind::Escalate, date(2026, 11, 4)), "never on the due date");
    }

    #[test]
    fn letters_wait_for_the_working_hours_of_their_reader() {
        let calendar = calendar();
        let at = |day, hour, minute| date(2026, 11, day).and_hms_opt(hour, minute, 0).unwrap();
        let toronto = chrono_tz::America::Toronto;
        assert_eq!(at_working_hours(at(3, 15, 30), toronto, &calendar, 8, 17), at(3, 15, 30), "10:30 there");
        assert_eq!(at_working_hours(at(3, 12, 59), toronto, &calendar, 8, 17), at(3, 13, 0), "before the opening");
        assert_eq!(at_working_hours(at(3, 22, 0), toronto, &calendar, 8, 17), at(4, 13, 0), "17:00 is closed");
        assert_eq!(at_working_hours(at(6, 23, 0), toronto, &calendar, 8, 17), at(9, 13, 0), "the weekend");
        let halifax = chrono_tz::America::Halifax;
        assert_eq!(at_working_hours(at(3, 11, 0), halifax, &calendar, 8, 17), at(3, 12, 0));
        // Daylight saving ended on 1 November: on Friday 30 October, 8:00 was 12:00 UTC; on the Monday it is 13:00.
        let friday_evening = date(2026, 10, 30).and_hms_opt(23, 0, 0).unwrap();
        assert_eq!(at_working_hours(friday_evening, toronto, &calendar, 8, 17), at(2, 13, 0));
    }

    #[test]
    fn a_calendar_file_says_what_is_wrong_with_it() {
        let say = |text: &str| Calendar::parse(text).unwrap_err().to_string();
        let zone = "default_zone = \"America/Toronto\"\n";
        assert!(say(&format!("weekend = [6, 7]\n{zone}week_end = 1")).contains("week_end"));
        assert!(say("weekend = [6, 7]").contains("default_zone"));
        assert!(say(&format!("weekend = [0]\n{zone}")).contains("1 is Monday"));
        assert!(say(&format!("weekend = [8]\n{zone}")).contains("7 is Sunday"));
        assert!(say(&format!("weekend = [1, 2, 3, 4, 5, 6, 7]\n{zone}")).contains("must be worked"));
        assert!(say("weekend = []\ndefault_zone = \"America/Tornto\"").contains("did you mean \"America/Toronto\""));
        let holiday = |date: &str| format!("weekend = []\n{zone}[[holiday]]\ndate = {date}\nname = \"Noël\"\n");
        assert!(say(&holiday("2026-12-25T00:00:00")).contains("write a date alone"));
        assert!(say(&holiday("\"25 décembre\"")).contains("write a date alone"));
        assert!(say(&format!("weekend = []\n{zone}[zones]\ndefault = \"America/Toronto\"")).contains("once"));
        let twice = format!("{}[[holiday]]\ndate = 2026-12-25\nname = \"Encore\"\n", holiday("2026-12-25"));
        assert!(say(&twice).contains("listed twice"));
        let sites = "[zones]\n\"Îles\" = \"America/Halifax\"\niles = \"America/Halifax\"\n";
        assert!(say(&format!("weekend = []\n{zone}{sites}")).contains("listed twice"));
    }

    #[test]
    fn the_calendar_of_the_product_is_read_and_covers_its_years() {
        let calendar = Calendar::parse(include_str!("../../config/calendars/quebec.toml")).unwrap();
        assert!((2020..=2035).all(|year| calendar.covers(date(year, 6, 1))));
        assert_eq!(calendar.default_zone(), chrono_tz::America::Toronto);
        assert_eq!(calendar.zone("Îles-de-la-Madeleine"), chrono_tz::America::Halifax);
        assert!(!calendar.is_business_day(date(2026, 4, 3)), "Good Friday");
        assert!(calendar.add_business_days(date(2026, 12, 23), 1) >= date(2026, 12, 28), "Christmas");
    }

    /// A calendar with a random week and random holidays.
    fn any_calendar() -> impl Strategy<Value = Calendar> {
        let week = prop::collection::btree_set(1u8..=7, 0..=6);
        let holidays = prop::collection::btree_set(0u64..400, 0..40);
        (week, holidays).prop_map(|(week, holidays)| {
            let mut text = format!("weekend = {:?}\ndefault_zone = \"America/Toronto\"\n", Vec::from_iter(week));
            for day in holidays {
                let date = date(2026, 1, 1) + Days::new(day);
                text.push_str(&format!("[[holiday]]\ndate = {date}\nname = \"Congé\"\n"));
            }
            Calendar::parse(&text).unwrap()
        })
    }

    /// The slow way, one day after the other.
    fn walk(calendar: &Calendar, from: NaiveDate, days: u32, step: i64) -> NaiveDate {
        let (mut day, mut left) = (from, days);
        while left > 0 {
            day += chrono::TimeDelta::days(step);
            left -= u32::from(calendar.is_business_day(day));
        }
        day
    }

    proptest! {
        #[test]
        fn counting_agrees_with_walking(calendar in any_calendar(), start in 0u64..500, days in 0u32..200) {
            let from = date(2025, 11, 1) + Days::new(start);
            let later = walk(&calendar, from, days, 1);
            prop_assert_eq!(calendar.add_business_days(from, days), later);
            prop_assert_eq!(calendar.subtract_business_days(from, days), walk(&calendar, from, days, -1));
            prop_assert_eq!(calendar.business_days_between(from, later), i64::from(days));
            prop_assert_eq!(calendar.business_days_between(later, from), -i64::from(days));
            let next = (0..).map(|n| from + Days::new(n)).find(|day| calendar.is_business_day(*day)).unwrap();
            prop_assert_eq!(calendar.next_business_day(from), next);
            let listed = calendar.holiday(from).is_some();
            let weekend = !calendar.worked[usize::try_from(from.weekday().num_days_from_monday()).unwrap()];
            prop_assert_eq!(calendar.is_business_day(from), !listed && !weekend);
        }

        #[test]
        fn lateness_starts_the_day_after_the_limit(
            calendar in any_calendar(), start in 0u64..500, days in 0u16..60, shift in 1u64..60, unit: bool, before: bool,
        ) {
            let unit = if unit { DayUnit::Business } else { DayUnit::Calendar };
            let when = if before { BeforeAfter::Before } else { BeforeAfter::After };
            let delay = filing(days, unit, when);
            let fact = date(2025, 11, 1) + Days::new(start);
            let limit = file_by(&delay, fact, &calendar);
            prop_assert_eq!(limit <= fact, before || limit == fact);
            prop_assert_eq!(days_late(&delay, fact, limit, &calendar), 0);
            prop_assert_eq!(days_late(&delay, fact, limit + Days::new(1), &calendar), 1);
            let late = days_late(&delay, fact, limit + Days::new(shift), &calendar);
            prop_assert!(late >= 1 && late <= i64::try_from(shift).unwrap());
        }

        #[test]
        fn every_reminder_falls_on_a_business_day(
            calendar in any_calendar(), start in 0u64..500, span in 0u64..90, escalate in 0u16..40,
        ) {
            let received = date(2025, 11, 1) + Days::new(start);
            let due = received + Days::new(span);
            let all = reminders(received, due, escalate, &calendar);
            prop_assert!(all.len() <= 11);
            prop_assert!(all.is_sorted_by_key(|(_, date)| *date));
            for (kind, day) in &all {
                prop_assert!(calendar.is_business_day(*day));
                prop_assert!(*day >= received);
                if *kind == ReminderKind::Half {
                    prop_assert!(*day > received && *day < calendar.next_business_day(due));
                }
            }
        }

        #[test]
        fn no_date_is_too_far(days in 0u32.., from in proptest::sample::select(vec![NaiveDate::MIN, NaiveDate::MAX, date(2026, 1, 1)])) {
            let calendar = calendar();
            calendar.add_business_days(from, days);
            calendar.subtract_business_days(from, days);
            calendar.next_business_day(from);
            due_on(Delay { days: u16::MAX, unit: DayUnit::Calendar }, from, &calendar);
            file_by(&filing(u16::MAX, DayUnit::Calendar, BeforeAfter::Before), from, &calendar);
        }
    }
}
