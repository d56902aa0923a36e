//! By when a request is answered, and when whoever answers is reminded.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::app::Tx;
use crate::clock::{Instant, local_date};

/// Days between two reminders of what is late.
const WEEK: u64 = 7;

/// The last day to answer a request, with the time that was added to it or without.
pub fn due(tx: &Tx<'_>, asked_at: Instant, extended: bool) -> NaiveDate {
    let settings = &tx.book.config.privacy;
    let extra = if extended { settings.rectification_extra_days } else { 0 };
    local_date(asked_at + TimeDelta::days(settings.rectification_days + extra), tx.zone())
}

/// The last day, until today, on which whoever answers is reminded: some days before it is due, that day, then each week.
pub fn last_reminder(due: NaiveDate, before: u16, today: NaiveDate) -> Option<NaiveDate> {
    if today >= due {
        let late = u64::try_from((today - due).num_days()).unwrap_or_default();
        return due.checked_add_days(Days::new(late - late % WEEK));
    }
    due.checked_sub_days(Days::new(u64::from(before))).filter(|first| *first <= today)
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::last_reminder;

    #[test]
    fn whoever_answers_is_reminded_before_it_is_due_that_day_and_each_week_after() {
        let due = NaiveDate::from_ymd_opt(2026, 12, 14).unwrap();
        let mut told: Vec<i64> = Vec::new();
        let mut last = None;
        for day in 0..=60 {
            let today = due - Days::new(20) + Days::new(day);
            let reminder = last_reminder(due, 5, today);
            if reminder.is_some() && reminder > last {
                told.push((today - due).num_days());
                last = Some(today);
            }
        }
        assert_eq!(told, [-5, 0, 7, 14, 21, 28, 35]);
    }

    #[test]
    fn days_without_the_worker_do_not_add_up() {
        let due = NaiveDate::from_ymd_opt(2026, 12, 14).unwrap();
        assert_eq!(last_reminder(due, 5, due + Days::new(13)), Some(due + Days::new(7)), "one reminder, not three");
        assert_eq!(last_reminder(due, 0, due - Days::new(1)), None);
        assert_eq!(last_reminder(due, 0, due), Some(due));
    }
}
