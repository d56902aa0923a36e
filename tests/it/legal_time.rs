//! Legal time: every deadline rule against an independent oracle, `tests/tools/deadlines_oracle.py`.
//!
//! Random questions are written to the oracle as lines of JSON while its answers are read back, then compared with ours
//! one by one: the three legal times of Québec, 2020 to 2035, three calendars, with a good share of the questions on the
//! nights when clocks change. `PROBITE_SEED` replays a run; `PROBITE_LEGAL_TIME_CASES` changes how many (100,000).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Command, Stdio};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use probite::clock::{at_local_time, local_date};
use probite::declarations::calendar::Calendar;
use probite::declarations::deadlines::{ReminderKind, age, at_working_hours, days_late, due_on, reminders};
use probite::declarations::kind::{BeforeAfter, DayUnit, Delay, FilingDelay};
use serde_json::{Value, json};

const ZONES: [Tz; 3] = [chrono_tz::America::Toronto, chrono_tz::America::Halifax, chrono_tz::America::BlancSablon];

/// SplitMix64: a seed gives the same questions everywhere.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn small(&mut self, sides: u16) -> u16 {
        u16::try_from(self.below(sides.into())).unwrap()
    }

    fn date(&mut self) -> NaiveDate {
        // 2020-01-01 to 2035-12-31.
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + Days::new(self.below(5844))
    }

    /// The Sundays when clocks change: the second of March, the first of November.
    fn clock_change(&mut self) -> NaiveDate {
        let year = 2020 + i32::from(self.small(16));
        let (month, nth) = if self.below(2) == 0 { (3, 2) } else { (11, 1) };
        NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, nth).unwrap()
    }

    /// Any second of these years, or one of the hours around a change.
    fn instant(&mut self) -> NaiveDateTime {
        let (date, from, within) = if self.below(3) == 0 { (self.clock_change(), 3, 6) } else { (self.date(), 0, 24) };
        let seconds = i64::try_from(self.below(within * 3600)).unwrap();
        // Edges: the whole hour and the second before.
        let seconds = match self.below(4) {
            0 => seconds - seconds % 3600,
            1 => seconds - seconds % 3600 + 3599,
            _ => seconds,
        };
        date.and_hms_opt(from, 0, 0).unwrap() + TimeDelta::seconds(seconds)
    }

    fn unit(&mut self) -> (DayUnit, &'static str) {
        if self.below(2) == 0 { (DayUnit::Business, "business") } else { (DayUnit::Calendar, "calendar") }
    }
}

/// A calendar for us, and the same for the oracle.
fn calendar(weekend: &[u8], holidays: &[NaiveDate]) -> (Calendar, Value) {
    let mut text = format!("weekend = {weekend:?}\ndefault_zone = \"America/Toronto\"\n");
    for holiday in holidays {
        text.push_str(&format!("[[holiday]]\ndate = {holiday}\nname = \"Congé\"\n"));
    }
    (Calendar::parse(&text).unwrap(), json!({ "weekend": weekend, "holidays": holidays }))
}

/// The ordinary week with the fixed and some movable holidays; a week without weekend, so that clock changes fall on
/// worked days; an odd week with holidays at random, some in a row.
fn calendars(dice: &mut Dice) -> Vec<(Calendar, Value)> {
    let mut usual = Vec::new();
    for year in 2020..=2036 {
        let fixed = [(1, 1), (1, 2), (6, 24), (7, 1), (12, 24), (12, 25), (12, 26), (12, 31)];
        usual.extend(fixed.iter().filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, *month, *day)));
        usual.extend(NaiveDate::from_weekday_of_month_opt(year, 9, Weekday::Mon, 1));
        usual.extend(NaiveDate::from_weekday_of_month_opt(year, 10, Weekday::Mon, 2));
    }
    let mut random: Vec<NaiveDate> = (0..200).map(|_| dice.date()).collect();
    let shutdown = dice.date();
    random.extend((0..25).map(|day| shutdown + Days::new(day)));
    random.sort_unstable();
    random.dedup();
    vec![calendar(&[6, 7], &usual), calendar(&[], &usual), calendar(&[2, 5, 7], &random)]
}

/// One question and our answer to it.
fn question(dice: &mut Dice, calendars: &[(Calendar, Value)]) -> (Value, Value) {
    let which = usize::try_from(dice.below(3)).unwrap();
    let calendar = &calendars[which].0;
    let zone = ZONES[usize::try_from(dice.below(3)).unwrap()];
    let (from, days) = (dice.date(), dice.small(120));
    let near = from + Days::new(dice.below(200)) - Days::new(60);
    match dice.below(10) {
        0 => {
            let ask = json!({ "op": "between", "calendar": which, "from": from, "to": near });
            (ask, json!(calendar.business_days_between(from, near)))
        }
        1 => {
            let ask = json!({ "op": "add", "calendar": which, "from": from, "days": days });
            (ask, json!(calendar.add_business_days(from, days.into())))
        }
        2 => {
            let ask = json!({ "op": "subtract", "calendar": which, "from": from, "days": days });
            (ask, json!(calendar.subtract_business_days(from, days.into())))
        }
        3 => {
            let (unit, name) = dice.unit();
            let ask = json!({ "op": "due", "calendar": which, "from": from, "days": days, "unit": name });
            (ask, json!(due_on(Delay { days, unit }, from, calendar)))
        }
        4 => {
            let (unit, name) = dice.unit();
            let (when, moment) =
                if dice.below(2) == 0 { (BeforeAfter::Before, "before") } else { (BeforeAfter::After, "after") };
            let days = days / 2;
            let delay = FilingDelay { days, unit, when, of: "occurred_on".to_owned() };
            let ask = json!({ "op": "late", "calendar": which, "fact": from, "filed": near, "days": days, "unit": name,
                "when": moment });
            (ask, json!(days_late(&delay, from, near, calendar)))
        }
        5 => {
            let ask = json!({ "op": "age", "calendar": which, "from": from, "to": near });
            (ask, json!(age(from, near, calendar)))
        }
        6 => {
            let (due, escalate) = (from + Days::new(dice.below(60)), dice.small(30));
            let ask = json!({ "op": "reminders", "calendar": which, "received": from, "due": due,
                "escalate_after": escalate });
            let ours: Vec<Value> = reminders(from, due, escalate, calendar)
                .into_iter()
                .map(|(kind, date)| json!([reminder_name(kind), date]))
                .collect();
            (ask, json!(ours))
        }
        7 => {
            let instant = dice.instant();
            let start = dice.below(24);
            let end = start + 1 + dice.below(24 - start);
            let ask = json!({ "op": "working", "calendar": which, "instant": instant, "zone": zone.name(),
                "start": start, "end": end });
            let hours = (u32::try_from(start).unwrap(), u32::try_from(end).unwrap());
            (ask, json!(at_working_hours(instant, zone, calendar, hours.0, hours.1)))
        }
        8 => {
            let instant = dice.instant();
            let ask = json!({ "op": "date", "calendar": which, "instant": instant, "zone": zone.name() });
            (ask, json!(local_date(instant, zone)))
        }
        _ => {
            // Every other time on a night when clocks change, between midnight and four.
            let (date, hours) = if dice.below(2) == 0 { (dice.clock_change(), 4) } else { (from, 24) };
            let (hour, minute) = (u32::from(dice.small(hours)), u32::from(dice.small(60)));
            let ask = json!({ "op": "wall", "calendar": which, "date": date, "hour": hour, "minute": minute,
                "zone": zone.name() });
            (ask, json!(at_local_time(date, hour, minute, zone)))
        }
    }
}

fn reminder_name(kind: ReminderKind) -> &'static str {
    match kind {
        ReminderKind::Half => "half",
        ReminderKind::Due => "due",
        ReminderKind::Weekly => "weekly",
        ReminderKind::Escalate => "escalate",
    }
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// C11
#[test]
fn every_deadline_agrees_with_an_independent_oracle() {
    let seed = setting("PROBITE_SEED").unwrap_or_else(|| RandomState::new().hash_one("legal time"));
    let cases = setting("PROBITE_LEGAL_TIME_CASES").unwrap_or(100_000);
    println!("legal time: PROBITE_SEED={seed}, {cases} cases");
    let mut dice = Dice(seed);
    let calendars = calendars(&mut dice);

    let oracle = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/deadlines_oracle.py");
    let mut child = Command::new("python3")
        .arg(oracle)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the oracle needs python3 (3.10 or newer) and the system's time zones (package tzdata)");
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let input = child.stdin.take().unwrap();

    // Questions go out from a thread of their own: with one thread, both sides would wait on full pipes.
    let (send, receive) = std::sync::mpsc::channel();
    let asking = std::thread::spawn(move || {
        let mut input = BufWriter::new(input);
        let theirs: Vec<&Value> = calendars.iter().map(|(_, value)| value).collect();
        writeln!(input, "{}", json!({ "calendars": theirs })).unwrap();
        for _ in 0..cases {
            let (ask, ours) = question(&mut dice, &calendars);
            writeln!(input, "{ask}").unwrap();
            send.send((ask, ours)).unwrap();
        }
    });
    let (mut compared, mut mismatches) = (0u64, Vec::new());
    for (ask, ours) in receive {
        let Some(line) = answers.next() else { break };
        let theirs: Value = serde_json::from_str(&line.unwrap()).unwrap();
        compared += 1;
        if ours != theirs {
            mismatches.push(format!("{ask}: ours {ours}, theirs {theirs}"));
        }
    }
    asking.join().expect("the oracle stopped early; its message is above");
    assert!(child.wait().unwrap().success());
    assert_eq!(compared, cases, "every question was answered");
    let shown = mismatches.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(mismatches.is_empty(), "PROBITE_SEED={seed}: {} mismatches\n{shown}", mismatches.len());
}

/// C11: The twin.
#[test]
fn quebec_changes_its_clocks_when_the_test_says_so() {
    // The questions on nights of change are worth nothing if the nights are the wrong ones.
    let mut dice = Dice(1);
    for _ in 0..200 {
        let sunday = dice.clock_change();
        let at_noon = |date, zone| at_local_time(date, 12, 0, zone);
        for zone in ZONES {
            let hours = (at_noon(sunday, zone) - at_noon(sunday - Days::new(1), zone)).num_hours();
            let expected = match (zone, sunday.month()) {
                (chrono_tz::America::BlancSablon, _) => 24,
                (_, 3) => 23,
                _ => 25,
            };
            assert_eq!(hours, expected, "{sunday} {zone}");
        }
    }
}
