//! By when, and how late: due dates, lateness, reminders, working hours. Values in, values out.

use chrono::{Days, NaiveDate, Timelike};
use chrono_tz::Tz;

use super::calendar::Calendar;
use super::kind::{BeforeAfter, DayUnit, Delay, FilingDelay};
use crate::clock::{Instant, at_local_time};

/// Most weekly reminders after the due date; by then somebody else has been told.
const MOST_WEEKLY: u64 = 8;

/// The day by which something is due. The day it starts from does not count, and a deadline that falls on a day not
/// worked is carried to the next business day (Interpretation Act, I-16, s. 52).
pub fn due_on(delay: Delay, from: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let last = match delay.unit {
        DayUnit::Business => calendar.add_business_days(from, delay.days.into()),
        DayUnit::Calendar => add_days(from, delay.days.into()),
    };
    calendar.next_business_day(last)
}

/// The day by which something is due when somebody needs it by a day: the sooner of both. What is needed on a day not
/// worked is due before it, since the day after would be too late, and nothing is due in the past.
pub fn due_for(due: NaiveDate, needed: NaiveDate, today: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let last = if calendar.is_business_day(needed) { needed } else { calendar.subtract_business_days(needed, 1) };
    due.min(last.max(today))
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
/// when on time. A filing on a day not worked counts as in [`overdue`].
pub fn days_late(delay: &FilingDelay, fact: NaiveDate, filed: NaiveDate, calendar: &Calendar) -> i64 {
    let limit = file_by(delay, fact, calendar);
    match delay.unit {
        DayUnit::Business => overdue(limit, filed, calendar),
        DayUnit::Calendar => (filed - limit).num_days().max(0),
    }
}

/// How many business days past its last day something is; zero until that day is over, and one at least after it: on the
/// Saturday after a Friday limit it is late, though no business day has passed.
pub fn overdue(last: NaiveDate, today: NaiveDate, calendar: &Calendar) -> i64 {
    if today <= last { 0 } else { calendar.business_days_between(last, today).max(1) }
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
mod tests;
