//! The calendar and the deadlines, by example and against walking the days.

use chrono::Datelike;
use proptest::prelude::*;

use super::*;

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
fn what_is_overdue_counts_business_days_and_one_at_least() {
    let overdue = |today| overdue(date(2026, 6, 19), today, &calendar());
    assert_eq!(overdue(date(2026, 6, 18)), 0);
    assert_eq!(overdue(date(2026, 6, 19)), 0, "its last day");
    assert_eq!(overdue(date(2026, 6, 20)), 1, "a Saturday");
    assert_eq!(overdue(date(2026, 6, 22)), 1);
    assert_eq!(overdue(date(2026, 6, 25)), 3, "the Fête nationale does not count");
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
    let calendar = Calendar::parse(include_str!("../../../config/calendars/quebec.toml")).unwrap();
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

#[test]
fn what_is_needed_sooner_is_due_sooner_and_never_in_the_past() {
    let calendar = calendar();
    let (due, today) = (date(2026, 12, 7), date(2026, 11, 23));
    let due_for = |needed| due_for(due, needed, today, &calendar);
    assert_eq!(due_for(date(2026, 11, 27)), date(2026, 11, 27));
    assert_eq!(due_for(date(2026, 11, 28)), date(2026, 11, 27), "a Saturday: the day before, not the day after");
    assert_eq!(due_for(date(2026, 11, 23)), today);
    assert_eq!(due_for(date(2026, 11, 2)), today);
    assert_eq!(due_for(date(2027, 1, 12)), due, "later than the usual delay");
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
