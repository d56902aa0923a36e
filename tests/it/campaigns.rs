//! The yearly campaign: opened after a trial run, answered, reminded, shown to supervisors, closed (E15 to E18).

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use probite::campaigns::actions::{self, Plan};
use probite::campaigns::{store, worker};
use probite::db::schema::events;
use probite::error::Error;

use crate::support::{TestApp, answers, say};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn plan(label: &str, due_on: NaiveDate) -> Plan<'_> {
    Plan { label, due_on, exceptions: "" }
}

pub fn opens(app: &TestApp, due_on: NaiveDate) -> i64 {
    app.does("aline", move |tx, actor| actions::open(tx, actor, &plan("2026-2027", due_on))).unwrap().id
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
    let each = [
        "Année – Écrivez une réponse.",
        "Dernier jour pour répondre – Laissez au moins cinq jours ouvrables pour répondre.",
    ];
    assert_eq!((refused.status, refused.errors()), (422, each.map(str::to_owned).to_vec()));
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
    let second = app.does("marc", move |tx, actor| actions::open(tx, actor, &plan("Autre", day(12, 18))));
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

#[actix_web::test]
async fn people_on_leave_are_left_out_and_asked_again_when_they_come_back() {
    let app = TestApp::new().await;
    let (theo, camille) = (app.number("theo"), app.number("camille"));
    let aline = app.as_("aline");
    // Each line that will not do is named, beside the field, and nothing typed is lost.
    let typed = format!("999999 congé\n{theo}\n{camille} prêtée\n{camille} prêtée");
    let fields = |exceptions| [("label", "2026-2027"), ("due_on", "2026-12-18"), ("exceptions", exceptions)];
    let refused = aline.post("/campagnes", &fields(&typed)).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.errors().len(), 3, "{:?}", refused.errors());
    for said in ["999999", &theo, &camille] {
        assert!(refused.errors().iter().any(|error| error.contains(said)), "{said}: {:?}", refused.errors());
    }
    assert!(refused.html.contains("999999 congé"));

    let everybody = app.read(store::population).len();
    let on_leave = format!("{theo} congé sans solde");
    let trial = aline.post("/campagnes", &fields(&on_leave)).await;
    assert!(trial.text().contains(&format!("{} {}", say("campaign-people"), everybody - 1)), "{}", trial.text());
    assert!(trial.text().contains(&format!("{} 1", say("campaign-excepted"))), "{}", trial.text());
    let opened = aline.send(&trial.form("/campagnes")).await;
    assert!(opened.text().contains("congé sans solde"), "{}", opened.text());
    let (before, campaign) = (app.letters().len(), opened.path.clone());
    assert_eq!(works(&app), everybody - 1);
    assert!(!sent(&app, 0, "yearly").contains(&"theo"));
    assert!(!app.as_("theo").open("/").await.text().contains("Déclaration annuelle"), "nothing is asked of him");
    app.clock.set(day(12, 15), 9, 0);
    works(&app);
    assert!(!sent(&app, before, "yearly-reminder").contains(&"theo"));
    assert!(sent(&app, before, "yearly-reminder").contains(&"camille"));

    // During the campaign: somebody leaves, somebody comes back.
    let aline = app.as_("aline");
    let bad = aline.post(&format!("{campaign}/exceptions"), &[("number", "abc"), ("reason", "prêt")]).await;
    assert_eq!((bad.status, bad.errors().len()), (422, 1), "{:?}", bad.errors());
    let bare = aline.post(&format!("{campaign}/exceptions"), &[("number", &camille), ("reason", " ")]).await;
    assert_eq!((bare.status, bare.errors()), (422, vec!["Motif – Écrivez une réponse.".to_owned()]));
    let done = aline.post(&format!("{campaign}/exceptions"), &[("number", &camille), ("reason", "prêtée")]).await;
    assert!(done.says(&say("flash-campaign-excepted")), "{}", done.text());
    assert!(done.text().contains(&format!("0 sur {}", everybody - 2)), "{}", done.text());
    let form = done.form(&format!("/exceptions/{}", app.id("theo")));
    let asked = aline.send(&form).await;
    assert!(asked.says(&say("flash-campaign-asked-again")), "{}", asked.text());
    let before = app.letters().len();
    assert_eq!(works(&app), 1);
    assert_eq!(sent(&app, before, "yearly"), ["theo"]);
    let told: i64 =
        app.read(|tx| Ok(events::table.filter(events::event.eq("campaign_excepted")).count().get_result(tx.conn)?));
    assert_eq!(told, 2, "who is left out is in the journal, why is not");
}

#[actix_web::test]
async fn the_trial_shows_its_letters_sends_one_to_aline_and_names_whom_it_would_hardly_reach() {
    let app = TestApp::new().await;
    app.is_away("theo", 3, None, "serge").unwrap();
    let aline = app.as_("aline");
    let fields = [("label", "2026-2027"), ("due_on", "2026-12-18")];
    let trial = aline.post("/campagnes", &fields).await;
    for subject in ["Votre déclaration annuelle – d’ici le 18 décembre 2026", "Re: Votre déclaration annuelle"] {
        assert!(trial.text().contains(subject), "{subject}: {}", trial.text());
    }
    assert!(trial.text().contains("Your yearly declaration"), "in both languages: {}", trial.text());
    let before = app.letters().len();
    let tested = aline.post("/campagnes", &[fields[0], fields[1], ("confirmed", "test")]).await;
    assert!(tested.text().contains("essai vous est envoyé"), "{}", tested.text());
    let letters = app.letters();
    assert_eq!(letters.len(), before + 1);
    let letter = letters.last().unwrap();
    assert_eq!((letter.letter.as_str(), letter.to), ("yearly", "aline"));
    assert!(letter.text.contains("n’est envoyé qu’à vous"), "{}", letter.text);
    assert!(app.read(store::open).is_none(), "a test opens nothing");

    let file = aline.open("/campagnes/essai.csv").await;
    let rows: Vec<&str> = file.html.lines().collect();
    assert!(rows.iter().any(|row| row.contains("Théo") && row.contains(&say("campaign-away"))), "{rows:?}");
    assert_eq!(app.as_("rosalie").open("/campagnes/essai.csv").await.status, 403);
}

/// Z15: it names people, as the register does: beyond a number of them, a second person.
#[actix_web::test]
async fn the_list_of_a_trial_waits_for_a_second_person_when_it_names_many() {
    let app = TestApp::with(|config| config.acts.export_rows = 0).await;
    app.is_away("theo", 3, None, "serge").unwrap();
    let aline = app.as_("aline");
    let asked = aline.open("/campagnes/essai.csv").await;
    assert_eq!(asked.h1(), say("act-export-title"), "{}", asked.text());
    let request = aline.send(&asked.form("/actes").with("reason", "Joindre ces personnes autrement.")).await;
    assert!(request.says(&say("act-file-campaign-trial-csv")), "{}", request.text());
    let approved = app.as_("solange").post(&format!("{}/approbation", request.path), &[]).await;
    assert!(approved.says(&say("act-in-force")), "{}", approved.text());
    let page = aline.open(&request.path).await;
    let taken = aline.open(&page.link(&say("act-use"))).await;
    assert_eq!(taken.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(taken.html.contains("Théo"), "{}", taken.html);
    assert_eq!(app.as_("marc").open("/campagnes/essai.csv").await.h1(), say("act-export-title"), "another person");
}

#[actix_web::test]
async fn the_page_of_a_campaign_says_whether_it_will_end_in_time() {
    let app = TestApp::new().await;
    // The campaign of before, closed, is drawn too.
    let first = opens(&app, app.app.book.calendar.add_business_days(app.clock.today(), 8));
    app.does("aline", move |tx, actor| actions::close(tx, actor, first)).unwrap();
    app.clock.advance_business_days(1);
    let id = opens(&app, app.app.book.calendar.add_business_days(app.clock.today(), 10));
    let page = app.as_("aline").open(&format!("/campagnes/{id}")).await;
    assert!(page.text().contains(&say("campaign-too-soon")), "{}", page.text());
    app.clock.advance_business_days(5);
    app.files("camille", "interest_declaration", answers::interest());
    let page = app.as_("aline").open(&format!("/campagnes/{id}")).await;
    let people = app.read(store::population).len();
    // One in five days: one more in the five that are left.
    let missing = people - 2;
    assert!(page.text().contains(&format!("il manquera {missing} réponses")), "{}", page.text());
    assert_eq!(page.select_text("svg polyline").len(), 3, "this one, the pace, the one before");
    assert!(page.html.contains("role=\"img\""));
    app.clock.advance_business_days(6);
    let page = app.as_("aline").open(&format!("/campagnes/{id}")).await;
    assert!(page.text().contains(&format!("{} réponses manquent encore", people - 1)), "{}", page.text());
}

#[actix_web::test]
async fn a_program_follows_a_campaign_and_reads_nobody_s_name() {
    let app = TestApp::new().await;
    let id = opens(&app, day(12, 18));
    app.files("camille", "interest_declaration", answers::interest());
    let aline = app.as_("aline");
    let list: serde_json::Value = serde_json::from_str(&aline.open("/api/v1/campaigns").await.html).unwrap();
    assert_eq!((&list["items"][0]["id"], &list["items"][0]["answered"]), (&id.into(), &1.into()), "{list}");
    let page = aline.open(&format!("/api/v1/campaigns/{id}")).await;
    let one: serde_json::Value = serde_json::from_str(&page.html).unwrap();
    let sum =
        |field: &str| one["units"].as_array().unwrap().iter().map(|unit| unit[field].as_i64().unwrap()).sum::<i64>();
    assert_eq!((sum("people"), sum("answered")), (one["people"].as_i64().unwrap(), 1), "{one}");
    assert!(!page.html.contains("Camille"));
    assert_eq!(aline.open("/api/v1/campaigns/999").await.status, 404);
    assert_eq!(app.as_("camille").open("/api/v1/campaigns").await.status, 403);
}
