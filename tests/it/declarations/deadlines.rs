//! Numbers, due dates, reminders: what must be right with nobody looking.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Timelike};
use diesel::prelude::*;
use probite::db::schema::{letters, timers};
use serde_json::json;

use crate::support::{TestApp, answers};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A06: 200 people send at once; numbers are dense.
#[actix_web::test]
async fn references_have_no_gap_under_concurrent_submissions() {
    let app = TestApp::new().await;
    let people = ["camille", "theo", "emma", "olivier"];
    let drafts: Vec<(&str, String)> = (0..200)
        .map(|n| {
            let name = people[n % people.len()];
            let kind = if n % 4 == 0 { "business_relation" } else { "gift_declaration" };
            (name, app.drafts(name, kind, answers::ordinary(kind)))
        })
        .collect();
    let (threads, mut filed) = (8, Vec::new());
    std::thread::scope(|scope| {
        let workers: Vec<_> = drafts
            .chunks(drafts.len() / threads)
            .map(|chunk| {
                let jobs: Vec<_> = chunk.iter().map(|(name, key)| (app.actor(name), key.clone())).collect();
                let product = app.app.clone();
                scope.spawn(move || {
                    jobs.into_iter()
                        .map(|(actor, key)| {
                            let send = move |tx: &mut probite::app::Tx<'_>| {
                                let filed = probite::declarations::actions::submit(tx, &actor, &key, true)?;
                                // Some give up at the last moment: their number must go to somebody else.
                                if key.starts_with(|c: char| c.is_ascii_digit()) {
                                    return Err(probite::error::Error::Stale);
                                }
                                Ok(filed.reference)
                            };
                            product.write_here(send).ok().flatten()
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        for worker in workers {
            filed.extend(worker.join().unwrap().into_iter().flatten());
        }
    });
    for prefix in ["CAD-2026-", "REL-2026-"] {
        let numbers: BTreeSet<u32> =
            filed.iter().filter_map(|reference| reference.strip_prefix(prefix)).map(|n| n.parse().unwrap()).collect();
        let last = u32::try_from(numbers.len()).unwrap();
        assert!(last > 20, "{prefix}: {last}");
        assert_eq!(numbers, (1..=last).collect(), "{prefix} dense");
    }
    let distinct: BTreeSet<&String> = filed.iter().collect();
    assert_eq!(distinct.len(), filed.len(), "no number twice");
    assert_eq!(app.read(probite::journal::store::first_break), None, "the chain holds");
}

/// A06
#[actix_web::test]
async fn numbers_begin_again_with_the_fiscal_year() {
    let app = TestApp::new().await;
    assert_eq!(app.files_gift("camille"), "CAD-2026-000001");
    app.clock.set(day(2027, 3, 31), 23, 59);
    assert_eq!(app.files_gift("camille"), "CAD-2026-000002", "still 31 March in Québec, already April in UTC");
    app.clock.set(day(2027, 4, 1), 0, 1);
    assert_eq!(app.files_gift("camille"), "CAD-2027-000001");
}

#[actix_web::test]
async fn a_late_filing_is_computed_and_said_without_blame() {
    let app = TestApp::new().await;
    let old = json!({ "offered_on": "2026-11-02" });
    let reference = app.files("camille", "gift_declaration", answers::changed(answers::gift(), old));
    // Five business days from 2 November end on the 9th; ten more have passed by the 23rd.
    assert_eq!(app.row(&reference).days_late, 10);
    let page = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    assert!(page.says("Hors délai de 10 jours ouvrables."), "{}", page.text());
    // The limit of a first declaration of interests is in civil days, and so is what is said beside its rule.
    let first = json!({ "type": "initial", "duties_since": "2026-10-01" });
    let interest = app.files("camille", "interest_declaration", answers::changed(answers::interest(), first));
    assert_eq!(app.row(&interest).days_late, 21, "from Monday 2 November: the 31 October is a Saturday");
    let page = app.as_("camille").open(&format!("/d/{interest}")).await;
    assert!(page.says("Hors délai de 21 jours civils."), "{}", page.text());
    // A correction does not change when it was first filed.
    app.clock.advance_business_days(2);
    app.corrects("camille", &reference, answers::changed(answers::gift(), json!({ "offered_on": "2026-11-02" })))
        .unwrap();
    assert_eq!(app.row(&reference).days_late, 10);
}

#[actix_web::test]
async fn an_event_declared_too_close_to_its_date_is_late_and_still_taken() {
    let app = TestApp::new().await;
    let soon = json!({ "event_on": "2026-11-27" });
    let reference = app.files("camille", "event_request", answers::changed(answers::event(), soon));
    assert!(app.row(&reference).days_late > 0);
    assert_eq!(app.holder(&reference), "rosalie");
}

#[actix_web::test]
async fn due_dates_skip_the_holidays() {
    let app = TestApp::new().await;
    app.clock.set(day(2026, 12, 22), 10, 0);
    let recent = answers::changed(answers::gift(), json!({ "offered_on": "2026-12-21" }));
    let reference = app.files("camille", "gift_declaration", recent);
    // 23, then 29, 30, then 5 and 6 January: the offices close in between.
    assert_eq!(app.row(&reference).due_on, Some(day(2027, 1, 6)));
}

#[actix_web::test]
async fn somebody_at_blanc_sablon_files_on_her_own_day() {
    let app = TestApp::new().await;
    // 23:30 in Québec, already tomorrow on the Lower North Shore.
    app.clock.set(day(2026, 11, 27), 23, 30);
    let given = answers::changed(answers::gift(), json!({ "offered_on": "2026-11-20" }));
    let here = app.files("camille", "gift_declaration", given.clone());
    let there = app.files("baptiste", "gift_declaration", given);
    assert_eq!((app.row(&here).days_late, app.row(&there).days_late), (0, 1));
}

/// Turns the clock through every hour of so many days, as the worker would.
fn live_through(app: &TestApp, days: u32) {
    for _ in 0..days * 24 {
        app.clock.advance(chrono::TimeDelta::hours(1));
        app.remind();
    }
}

#[actix_web::test]
async fn reminders_come_at_half_time_on_the_due_date_and_every_week_after() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    live_through(&app, 36);
    let zone = app.app.book.calendar.default_zone();
    let told: Vec<String> = app
        .letters()
        .iter()
        .skip(2)
        .map(|l| format!("{} {} → {}", probite::clock::local_date(l.written_at, zone), l.letter, l.to))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(app.journal(&reference).contains(&"escalated".to_owned()));
    // Whoever opens the file reads what people did: reminders take one line between two of its events, which tells each day.
    let page = app.as_("denis").open(&format!("/d/{reference}")).await;
    let titles = page.select_text(".timeline__title");
    let is_reminder = |title: &String| title.contains("rappels envoyés") || title == "Rappel envoyé";
    assert!(titles.windows(2).all(|two| !two.iter().all(is_reminder)), "{titles:?}");
    let lines = titles.iter().filter(|title| is_reminder(title));
    let told: usize = lines.map(|title| title.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(1)).sum();
    let sent = app.journal(&reference).iter().filter(|event| event.as_str() == "reminded").count();
    assert_eq!((told, sent > 4), (sent, true), "{titles:?}");
    assert!(page.says("Du 25 novembre 2026 au"), "{}", page.text());
}

#[actix_web::test]
async fn nobody_gets_more_than_one_reminder_a_day_nor_outside_working_hours() {
    let app = TestApp::new().await;
    for (n, name) in (0..).zip(["camille", "theo", "emma", "camille", "theo"]) {
        app.clock.advance_business_days(n % 2);
        for kind in ["gift_declaration", "business_relation", "event_request"] {
            app.files(name, kind, answers::ordinary(kind));
        }
    }
    live_through(&app, 60);
    let zone = app.app.book.calendar.default_zone();
    let mut days = BTreeSet::new();
    let reminders: Vec<_> = app.letters().into_iter().filter(|letter| letter.letter == "reminder").collect();
    assert!(reminders.len() > 8, "{}", reminders.len());
    for letter in reminders {
        let local = letter.written_at.and_utc().with_timezone(&zone);
        assert!(days.insert((letter.to, local.date_naive())), "{} twice on {}", letter.to, local.date_naive());
        assert!((7..18).contains(&local.hour()), "{local}");
        assert!(app.app.book.calendar.is_business_day(local.date_naive()), "{local}");
    }
}

/// The twin: without the rule of one a day there would be more.
#[actix_web::test]
async fn several_files_due_the_same_day_make_one_letter_that_counts_them() {
    let app = TestApp::new().await;
    for _ in 0..3 {
        app.files_gift("camille");
    }
    app.clock.set(day(2026, 11, 30), 9, 0);
    assert_eq!(app.remind(), 1);
    let letter = app.letters_to("rosalie").pop().unwrap();
    assert_eq!(letter.subject, "Rappel\u{a0}: 3 éléments vous attendent");
    assert_eq!(app.remind(), 0, "once");
}

#[actix_web::test]
async fn a_late_decision_goes_up_to_the_ethics_officer_after_five_business_days() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    app.clock.advance_business_days(9);
    app.remind();
    assert!(!app.journal(&reference).contains(&"escalated".to_owned()), "four business days late");
    app.clock.advance_business_days(1);
    app.remind();
    let told: Vec<_> =
        app.letters().into_iter().filter(|l| l.letter == "escalated").map(|l| (l.to, l.subject)).collect();
    assert_eq!(
        told,
        [
            ("aline", format!("Retard de 5 jours ouvrables – {reference}")),
            ("marc", format!("Retard de 5 jours ouvrables – {reference}"))
        ]
    );
}

#[actix_web::test]
async fn nothing_is_reminded_once_it_is_decided_withdrawn_or_answered() {
    let app = TestApp::new().await;
    let decided = app.files("camille", "gift_declaration", answers::declined_gift());
    let withdrawn = app.files_gift("camille");
    app.decides("rosalie", &decided, "refusal_noted").unwrap();
    app.withdraws("camille", &withdrawn).unwrap();
    let before = app.letters().len();
    live_through(&app, 40);
    assert_eq!(app.post_since(before), Vec::<String>::new());
}

#[actix_web::test]
async fn whoever_must_act_is_the_one_reminded() {
    let app = TestApp::new().await;
    let asked = app.files_gift("camille");
    app.asks("rosalie", &asked, "Quand?").unwrap();
    let before = app.letters().len();
    app.clock.advance_business_days(5);
    app.remind();
    assert_eq!(app.post_since(before), ["reminder → camille"]);
    app.answers("camille", &asked, "Vendredi.").unwrap();
    app.decides("rosalie", &asked, "accept").unwrap();
    let before = app.letters().len();
    app.clock.advance_business_days(10);
    app.remind();
    assert_eq!(app.post_since(before), ["reminder → camille"], "what became of the gift");
}

#[actix_web::test]
async fn what_a_person_who_left_will_not_answer_comes_back_to_those_who_can_go_on() {
    let app = TestApp::new().await;
    let asked = app.files_gift("camille");
    app.asks("rosalie", &asked, "Quand?").unwrap();
    app.leaves("camille", app.clock.today());
    let before = app.letters().len();
    app.clock.advance_business_days(5);
    app.remind();
    assert_eq!(app.post_since(before), ["reminder → rosalie"]);
    app.goes_on("rosalie", &asked, "La personne a quitté le Ministère.").unwrap();
    app.decides("rosalie", &asked, "accept").unwrap();
    let before = app.letters().len();
    app.clock.advance_business_days(10);
    app.remind();
    assert_eq!(app.post_since(before), ["reminder → rosalie"], "she may close the file");
}

/// The twin: whoever may not know of a file, or left too, is not told that it waits.
#[actix_web::test]
async fn a_file_whose_declarant_left_is_told_to_the_ethics_office_when_the_supervisor_may_not_or_cannot_close_it() {
    let kind = "gift_declaration";
    for barred in [true, false] {
        let app = TestApp::new().await;
        let reference = if barred {
            let about_her = app.files("camille", kind, answers::about_the_supervisor(kind));
            app.decides("denis", &about_her, "return").unwrap();
            about_her
        } else {
            let gift = app.files_gift("camille");
            app.decides("rosalie", &gift, "return").unwrap();
            app.leaves("rosalie", app.clock.today());
            gift
        };
        app.leaves("camille", app.clock.today());
        let before = app.letters().len();
        app.clock.advance_business_days(10);
        app.remind();
        assert_eq!(app.post_since(before), ["reminder → aline", "reminder → marc"], "barred: {barred}");
        assert_eq!(app.as_("aline").open(&format!("/d/{reference}")).await.status, 200);
    }
}

/// Over the bound of one pass, or planned after the hour of letters: what somebody could not be told today is told the next morning.
#[actix_web::test]
async fn a_reminder_that_meets_the_letter_of_the_day_waits_for_the_next_morning() {
    let app = TestApp::new().await;
    let (one, other) = (app.files_gift("camille"), app.files_gift("theo"));
    app.clock.advance_business_days(5);
    let pass = || app.write(|tx| probite::declarations::reminders::send_some(tx, 1));
    let told =
        || app.letters_to("rosalie").into_iter().filter(|letter| letter.letter == "reminder").collect::<Vec<_>>();
    assert_eq!(pass(), 1);
    for _ in 0..6 {
        assert_eq!(pass(), 0, "one letter a day");
    }
    let first = told();
    assert!(first.len() == 1 && first[0].text.contains(&one) && !first[0].text.contains(&other), "{first:?}");
    app.clock.advance_business_days(1);
    app.remind();
    let second = told();
    assert!(second.len() == 2 && second[1].text.contains(&other), "{second:?}");
    app.remind();
    app.clock.advance_business_days(1);
    app.remind();
    assert_eq!(told().len(), 2, "once each");
}

/// The service was stopped for two weeks: what came due meanwhile is told once, and the reminders go on the week after.
#[actix_web::test]
async fn a_backlog_of_reminders_does_not_end_the_weekly_ones() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let id = app.row(&reference).id;
    app.clock.advance_business_days(10);
    let undone = |purpose: &'static str| -> Vec<probite::clock::Instant> {
        app.read(|tx| {
            let waiting = timers::table.filter(timers::declaration_id.eq(id)).filter(timers::done_at.is_null());
            Ok(waiting.filter(timers::purpose.eq(purpose)).select(timers::due_at).load(tx.conn)?)
        })
    };
    for _ in 0..10 {
        app.write(|tx| probite::declarations::reminders::send_some(tx, 1));
    }
    let told = app.letters_to("rosalie").into_iter().filter(|letter| letter.letter == "reminder").count();
    assert_eq!(told, 1, "one letter for half-time, the due date and the week after");
    let left = undone("weekly");
    assert_eq!((left.len(), undone("half").len(), undone("due").len()), (1, 0, 0), "{left:?}");
    assert!(left[0] > app.clock.now(), "{left:?}");
}

/// An event of the journal comes before the rows of a file: the worker waits its turn before it takes the first timer.
#[actix_web::test]
async fn reminders_and_somebody_who_changes_a_file_take_turns() {
    use probite::declarations::{reminders, store};
    use probite::journal::{self, Event};
    let app = TestApp::new().await;
    app.is_altered();
    let id = app.row(&app.files_gift("camille")).id;
    app.clock.advance_business_days(5);
    let (changed, reminded) = app.meet(
        move |tx, pause| {
            journal::record(tx, None, Some(id), &Event::TakenUp)?;
            pause();
            let file = store::find_unguarded(tx, id)?;
            reminders::plan(tx, &file)
        },
        reminders::send_due,
    );
    assert!(changed.is_ok() && reminded.is_ok(), "{changed:?} {reminded:?}");
}

#[actix_web::test]
async fn nobody_is_reminded_of_the_report_on_an_event_before_the_event() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &reference, "authorised").unwrap();
    let before = app.letters().len();
    live_through(&app, 60);
    let zone = app.app.book.calendar.default_zone();
    let told: Vec<NaiveDate> =
        app.letters().iter().skip(before).map(|l| probite::clock::local_date(l.written_at, zone)).collect();
    let event_on = app.row(&reference).occurred_on.unwrap();
    assert!(told.len() > 3, "{told:?}");
    assert!(told.iter().all(|on| *on > event_on), "{event_on}: {told:?}");
}

#[actix_web::test]
async fn reminders_can_be_turned_off() {
    let app = TestApp::with(|config| config.deadlines.reminders = false).await;
    app.files_gift("camille");
    live_through(&app, 20);
    assert_eq!(app.letters().len(), 2);
}

#[actix_web::test]
async fn letters_wait_for_working_hours_unless_they_answer_an_action() {
    let app = TestApp::new().await;
    app.clock.set(day(2026, 12, 5), 21, 0);
    let given = answers::changed(answers::gift(), json!({ "offered_on": "2026-12-04" }));
    app.files("camille", "gift_declaration", given);
    let (receipt, decide) = (app.letters_to("camille").remove(0), app.letters_to("rosalie").remove(0));
    assert_eq!(receipt.leaves_at, app.clock.now(), "she is at her screen");
    let local = decide.leaves_at.and_utc().with_timezone(&app.app.book.calendar.default_zone());
    assert_eq!((local.date_naive(), local.hour()), (day(2026, 12, 7), 7), "Monday morning");
    assert_eq!(local.weekday(), chrono::Weekday::Mon);
}

#[actix_web::test]
async fn the_same_reminder_is_not_written_twice_by_two_workers() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    app.clock.advance_business_days(5);
    let before = app.letters().len();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let product = app.app.clone();
            scope.spawn(move || drop(product.write_here(probite::declarations::reminders::send_due)));
        }
    });
    let reminders: i64 =
        app.read(|tx| Ok(letters::table.filter(letters::letter.eq("reminder")).count().get_result(tx.conn)?));
    assert_eq!((reminders, app.letters().len()), (1, before + 1));
}
