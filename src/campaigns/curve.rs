//! How answers come in, business day by business day, beside the pace that would end in time and beside the campaign before.
//! Pure: the page and the command say the same.

use chrono::NaiveDate;

use super::store::Asked;
use crate::declarations::calendar::Calendar;

/// Business days over which the pace is measured.
const PACE: usize = 5;

/// A business day of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub on: NaiveDate,
    /// People who had answered by the end of it.
    pub done: usize,
}

/// How it is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Nobody is asked, or not one business day is over.
    TooSoon,
    /// Everybody answered.
    Complete,
    /// At the pace of the last days, everybody will have answered in time.
    InTime,
    /// At that pace, so many will be missing on the last day.
    Behind { missing: usize },
    /// The last day is over: so many are missing.
    Late { missing: usize },
}

/// The business days of a campaign from its opening to a day, with how many had answered.
pub fn steps(asked: &[Asked], opened: NaiveDate, until: NaiveDate, calendar: &Calendar) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut on = opened;
    while on <= until {
        let next = calendar.add_business_days(on, 1);
        // What is answered on a Saturday counts on the business day before.
        let done = asked.iter().filter(|one| one.answered_on.is_some_and(|day| day < next)).count();
        steps.push(Step { on, done });
        on = next;
    }
    steps
}

/// What the steps say, of `people` asked, on a day, of a campaign due on another.
pub fn finding(steps: &[Step], people: usize, today: NaiveDate, due_on: NaiveDate, calendar: &Calendar) -> Finding {
    let Some(last) = steps.last().filter(|_| people > 0) else { return Finding::TooSoon };
    let missing = people.saturating_sub(last.done);
    if missing == 0 {
        return Finding::Complete;
    }
    if today > due_on {
        return Finding::Late { missing };
    }
    let days = (steps.len() - 1).min(PACE);
    let Some(before) = steps.len().checked_sub(days + 1).and_then(|at| steps.get(at)).filter(|_| days > 0) else {
        return Finding::TooSoon;
    };
    let left = usize::try_from(calendar.business_days_between(today, due_on)).unwrap_or(0);
    let expected = (last.done - before.done.min(last.done)) * left / days;
    match missing.saturating_sub(expected) {
        0 => Finding::InTime,
        missing => Finding::Behind { missing },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::parse(include_str!("../../config/calendars/quebec.toml")).unwrap()
    }

    fn asked(answers: &[Option<NaiveDate>]) -> Vec<Asked> {
        let one = |answered_on: &Option<NaiveDate>| Asked {
            person: 1,
            name: String::new(),
            supervisor: None,
            unit: 1,
            unit_name: String::new(),
            answered_on: *answered_on,
        };
        answers.iter().map(one).collect()
    }

    #[test]
    fn answers_add_up_and_those_of_a_week_end_count_on_the_friday() {
        // Friday, Saturday, Monday, none.
        let asked = asked(&[Some(day(11, 20)), Some(day(11, 21)), Some(day(11, 23)), None]);
        let steps = steps(&asked, day(11, 19), day(11, 24), &calendar());
        let seen: Vec<_> = steps.iter().map(|step| (step.on, step.done)).collect();
        assert_eq!(seen, [(day(11, 19), 0), (day(11, 20), 2), (day(11, 23), 3), (day(11, 24), 3)]);
    }

    #[test]
    fn the_pace_of_the_last_days_says_who_will_be_missing() {
        let pace = |answered: &[usize], people, today, due_on| {
            let mut on = day(11, 16);
            let mut steps = Vec::new();
            for done in answered {
                steps.push(Step { on, done: *done });
                on = calendar().add_business_days(on, 1);
            }
            finding(&steps, people, today, due_on, &calendar())
        };
        assert_eq!(pace(&[], 10, day(11, 16), day(11, 30)), Finding::TooSoon);
        assert_eq!(pace(&[3], 10, day(11, 16), day(11, 30)), Finding::TooSoon);
        assert_eq!(pace(&[3], 0, day(11, 16), day(11, 30)), Finding::TooSoon);
        assert_eq!(pace(&[0, 10], 10, day(11, 17), day(11, 30)), Finding::Complete);
        // Two a day, ten days left, ten missing.
        assert_eq!(pace(&[0, 2, 4, 6, 8, 10], 20, day(11, 23), day(12, 7)), Finding::InTime);
        // Five days left only.
        assert_eq!(pace(&[0, 2, 4, 6, 8, 10], 30, day(11, 23), day(11, 30)), Finding::Behind { missing: 10 });
        // A start that was quick says nothing of a week without an answer.
        assert_eq!(pace(&[9, 9, 9, 9, 9, 9, 9], 10, day(11, 24), day(11, 30)), Finding::Behind { missing: 1 });
        assert_eq!(pace(&[0, 9], 10, day(12, 1), day(11, 30)), Finding::Late { missing: 1 });
    }
}
