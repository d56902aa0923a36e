//! When things happen: on business days, in office hours, a little late now and then.

use chrono::{NaiveDate, TimeDelta};

use super::chance::Chance;
use crate::clock::{self, Instant};
use crate::declarations::calendar::Calendar;

/// A moment of a day at the office.
pub fn office_hours(day: NaiveDate, calendar: &Calendar, chance: &mut Chance) -> Instant {
    let zone = calendar.default_zone();
    let minutes = chance.weighted(&[(510, 20), (590, 30), (660, 15), (800, 20), (900, 25), (980, 10)], 600)
        + chance.between(0, 55);
    let (hour, minute) = (u32::try_from(minutes / 60).unwrap_or(9), u32::try_from(minutes % 60).unwrap_or(0));
    clock::at_local_time(day, hour, minute, zone) + TimeDelta::seconds(chance.between(0, 59))
}

/// Some business days after a moment, and never before it.
pub fn business_days_after(at: Instant, days: i64, calendar: &Calendar, chance: &mut Chance) -> Instant {
    let day = clock::local_date(at, calendar.default_zone());
    let day = calendar.add_business_days(day, u32::try_from(days).unwrap_or(0));
    let day = calendar.next_business_day(day);
    office_hours(day, calendar, chance).max(at + TimeDelta::minutes(chance.between(4, 50)))
}

/// A business day some business days before another day.
pub fn business_days_before(day: NaiveDate, days: i64, calendar: &Calendar) -> NaiveDate {
    calendar.subtract_business_days(day, u32::try_from(days).unwrap_or(0))
}

/// A business day between two days, more often in busy months.
pub fn filing_day(
    first: NaiveDate,
    last: NaiveDate,
    busy: &[(u32, u32)],
    calendar: &Calendar,
    chance: &mut Chance,
) -> NaiveDate {
    use chrono::Datelike;
    let span = (last - first).num_days().max(0);
    for _ in 0..200 {
        let day = first + TimeDelta::days(chance.between(0, span));
        let weight = busy.iter().find(|(month, _)| *month == day.month()).map_or(60, |(_, weight)| *weight);
        if calendar.is_business_day(day) && chance.percent(weight) {
            return day;
        }
    }
    calendar.next_business_day(first)
}
