//! The yearly campaign: opened after a trial run, answered, reminded, shown to supervisors, closed (E15 to E18).

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use probite::campaigns::{actions, store, worker};
use probite::error::Error;

use crate::support::{TestApp, answers, say};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn opens(app: &TestApp, due_on: NaiveDate) -> i64 {
    app.does("aline", move |tx, actor| actions::open(tx, actor, "2026-2027", due_on)).unwrap().id
}

/// What the worker does until nothing is left to do now; how many letters.
fn works(app: &TestApp) -> usize {
    let mut written = 0;
    loop {
        match app.write(worker::go_on) {
            0 => return written,
            some => written += some,
        }
    }
}

/// Letters of this name written since a count, by who received them.
fn sent(app: &TestApp, since: usize, name: &str) -> Vec<&'static str> {
    let mut to: Vec<_> = app.letters().iter().skip(since).filter(|l| l.letter == name).map(|l| l.to).collect();
    to.sort_unstable();
    to
}

/// Opened, one answered, the first Monday, the first reminder, closed.
pub fn every_letter_of_a_campaign(app: &TestApp) {
    let due_on = app.app.book.calendar.add_business_days(app.clock.today(), 12);
    let id = opens(app, due_on);
    for _ in 0..11 {
        works(app);
        app.clock.advance_business_days(1);
    }
    works(app);
    app.does("aline", move |tx, actor| actions::close(tx, actor, id)).unwrap();
}

#[actix_web::test]
async fn aline_reads_the_trial_run_before_anything_leaves() {
    let app = TestApp::new().await;
    let aline = app.as_("aline");
    let refused = aline.post("/campagnes", &[("label", ""), ("due_on", "2026-11-26")]).await;
    assert_eq!((refused.status, refused.errors().len()), (422, 2), "{:?}", refused.errors());
    let odd = aline.post("/campagnes", &[("label", "2026-2027"), ("due_on", "bientôt")]).await;
    assert_eq!(odd.status, 422);
    assert!(odd.html.contains("bientôt"), "nothing typed is lost");

    app.is_away("theo", 3, None, "serge").unwrap();
    let before = app.letters().len();
    let trial = aline.post("/campagnes", &[("label", "2026-2027"), ("due_on", "18 décembre 2026")]).await;
    let facts = trial.text();
    let people = app.read(store::population).len();
    assert!(facts.contains(&format!("{} {people}", say("campaign-people"))), "{facts}");
    assert!(facts.contains(&format!("{} 1", say("campaign-away"))), "{facts}");
    for reminder in ["15 décembre 2026", "17 décembre 2026", "21 décembre 2026"] {
        assert!(facts.contains(reminder), "{reminder}: {facts}");
    }
    assert_eq!((works(&app), app.letters().len()), (0, before), "a trial run sends nothing");

    let opened = aline.send(&trial.form("/campagnes")).await;
    assert!(opened.path.starts_with("/campagnes/"), "{}: {}", opened.path, opened.text());
    assert_eq!(works(&app), people);
    assert_eq!(sent(&app, before, "yearly").len(), people, "each of them, once");
    assert_eq!(works(&app), 0);
    let again = aline.post("/campagnes", &[("label", "2027"), ("due_on", "2027-01-29")]).await;
    assert!(again.says(&say("not-possible-campaign")), "{}", again.text());
    assert_eq!(app.as_("rosalie").open("/campagnes").await.status, 403);
}

#[actix_web::test]
async fn whoever_answered_is_not_reminded_and_each_supervisor_sees_their_team() {
    let app = TestApp::new().await;
    let id = opens(&app, day(12, 18));
    let people = works(&app);
    let home = app.as_("camille").open("/").await;
    assert!(home.text().contains("Déclaration annuelle 2026-2027, d’ici le 18 décembre 2026"), "{}", home.text());

    // Nothing to declare is an answer; a declaration of before the campaign was none.
    let nothing = app.as_("camille").post("/declarer/interest_declaration/rien", &[]).await;
    let key = nothing.path.split('/').nth(2).unwrap().to_owned();
    app.sends("camille", &key).unwrap();
    assert!(!app.as_("camille").open("/").await.text().contains("Déclaration annuelle 2026-2027"));
    assert!(app.as_("theo").open("/").await.text().contains("Déclaration annuelle 2026-2027"));

    // The first business day of the week after, and once.
    let before = app.letters().len();
    app.clock.set(day(11, 27), 10, 0);
    assert_eq!(works(&app), 0, "a Friday");
    app.clock.set(day(11, 30), 6, 0);
    assert_eq!(works(&app), 0, "before the hour of letters");
    app.clock.set(day(11, 30), 9, 0);
    works(&app);
    let letter = app.letters_to("rosalie").pop().unwrap();
    assert_eq!(letter.letter, "yearly-team");
    assert!(letter.text.contains("Théo") && !letter.text.contains("Camille"), "{}", letter.text);
    assert_eq!(sent(&app, before, "yearly-team").iter().filter(|to| **to == "rosalie").count(), 1);
    assert_eq!(works(&app), 0);
    let team = app.as_("rosalie").open("/campagnes/equipe").await;
    let lines = team.select_text("tbody tr");
    assert!(lines.iter().any(|line| line.contains("Camille") && line.contains("Reçue")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("Théo") && line.contains("Attendue")), "{lines:?}");
    assert!(app.as_("camille").open("/campagnes/equipe").await.select_text("tbody tr").is_empty());

    let before = app.letters().len();
    app.clock.set(day(12, 15), 9, 0);
    works(&app);
    let reminded = sent(&app, before, "yearly-reminder");
    assert_eq!(reminded.len(), people - 1);
    assert!(!reminded.contains(&"camille"));
    assert_eq!(
        app.letters_to("theo").pop().unwrap().subject,
        "Re: Votre déclaration annuelle – d’ici le 18 décembre 2026"
    );
    assert_eq!(works(&app), 0, "once a day");

    let page = app.as_("aline").open(&format!("/campagnes/{id}")).await;
    assert!(page.text().contains(&format!("1 sur {people}")), "{}", page.text());
    let done = app.as_("aline").send(&page.form("/cloture")).await;
    assert!(done.says(&say("flash-campaign-closed")) && !done.has_form("/cloture"), "{}", done.text());
    assert_eq!(app.letters_to("marc").pop().unwrap().letter, "yearly-closed");
    // What comes after the close changes its figures no more.
    app.clock.advance(TimeDelta::days(2));
    app.files("theo", "interest_declaration", answers::interest());
    let later = app.as_("aline").open(&format!("/campagnes/{id}")).await;
    assert!(later.text().contains(&format!("1 sur {people}")), "{}", later.text());
    assert_eq!(works(&app), 0);
}

#[actix_web::test]
async fn two_campaigns_are_never_open_together() {
    let app = TestApp::new().await;
    opens(&app, day(12, 18));
    let second = app.does("marc", move |tx, actor| actions::open(tx, actor, "Autre", day(12, 18)));
    assert!(matches!(second, Err(Error::NotPossible("not-possible-campaign"))));
    // Were two to pass the check at once, the database refuses the second.
    let by = app.id("marc");
    assert!(app.app.write_here(move |tx| store::insert(tx, "Autre", day(12, 18), by, &[])).is_err());
}

#[actix_web::test]
async fn whoever_comes_after_the_opening_is_asked_too_and_once() {
    let app = TestApp::new().await;
    // Theo is in the directory, and begins in two days.
    let (begins, theo) = (app.clock.today() + TimeDelta::days(2), app.id("theo"));
    app.write(move |tx| {
        use probite::db::schema::persons;
        diesel::update(persons::table.find(theo)).set(persons::active_from.eq(begins)).execute(tx.conn)?;
        Ok(())
    });
    let due_on = app.app.book.calendar.add_business_days(app.clock.today(), 12);
    let id = opens(&app, due_on);
    let before = app.letters().len();
    let asked = |app: &TestApp| {
        let people = app.read(|tx| {
            let campaign = store::find(tx, id)?;
            store::asked(tx, &campaign)
        });
        people.iter().filter(|one| one.person == theo).count()
    };
    works(&app);
    assert_eq!(asked(&app), 0, "not before his first day");
    assert!(!sent(&app, before, "yearly").contains(&"theo"));
    app.clock.advance_business_days(2);
    works(&app);
    works(&app);
    assert_eq!(asked(&app), 1);
    assert_eq!(sent(&app, before, "yearly").iter().filter(|to| **to == "theo").count(), 1, "once");
}

#[actix_web::test]
async fn the_progress_of_a_campaign_is_taken_away_by_unit_and_names_nobody() {
    let app = TestApp::new().await;
    let due_on = app.app.book.calendar.add_business_days(app.clock.today(), 12);
    let id = opens(&app, due_on);
    app.files("camille", "interest_declaration", answers::interest());
    let aline = app.as_("aline");
    let page = aline.open(&format!("/campagnes/{id}")).await;
    let file = aline.open(&page.link(&say("campaign-csv"))).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<&str> = file.html.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "Unité;Personnes qui ont répondu;Personnes invitées à répondre");
    let number = |line: &str, column: usize| line.split(';').nth(column).unwrap().parse::<i64>().unwrap();
    let (done, people) = app.read(|tx| {
        let campaign = store::find(tx, id)?;
        Ok(store::progress(&store::asked(tx, &campaign)?))
    });
    assert_eq!(lines[1..].iter().map(|line| number(line, 1)).sum::<i64>(), done);
    assert_eq!(lines[1..].iter().map(|line| number(line, 2)).sum::<i64>(), people);
    assert!(done >= 1 && !file.html.contains("Gagnon"), "{}", file.html);
    assert_eq!(app.as_("rosalie").open(&format!("/campagnes/{id}/suivi.csv")).await.status, 403);
}
