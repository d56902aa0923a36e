//! Business days of Québec's public service, and the clock each site lives by.
//!
//! The calendar is a file (`config/calendars/`), because the list of holidays is decided each year by the collective
//! agreements (`domain.md` §9). Business days are counted by arithmetic on whole weeks and a search among holidays,
//! never by walking the days: a list of 100,000 files is dated in one pass.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::db::search::fold;
use crate::text::{Bilingual, Language};

/// Which days are worked, and which clock each site lives by.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Worked days of an ordinary week, Monday first.
    pub(super) worked: [bool; 7],
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
