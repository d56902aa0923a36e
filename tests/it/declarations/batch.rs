//! Several files decided at once, and undone before anybody is told.

use chrono::TimeDelta;
use diesel::prelude::*;
use probite::db::schema::letters;
use probite::declarations::workflow::State;

use crate::support::browser::Page;
use crate::support::{TestApp, answers};

/// The selection page of some files, through the check boxes of the inbox.
async fn chosen(app: &TestApp, name: &str, slugs: &[&str]) -> Page {
    let browser = app.as_(name);
    let inbox = browser.open("/a-traiter").await;
    let mut form = inbox.form("/a-traiter/lot");
    assert!(
        !form.offers("d").is_empty() && form.offers("d").iter().all(|slug| slugs.contains(slug)),
        "{}",
        inbox.text()
    );
    form.fields = slugs.iter().map(|slug| ("d".to_owned(), (*slug).to_owned())).collect();
    browser.send(&form).await
}

fn letter_states(app: &TestApp) -> Vec<String> {
    app.read(|tx| Ok(letters::table.order(letters::id.asc()).select(letters::state).load(tx.conn)?))
}

#[actix_web::test]
async fn several_files_are_decided_at_once_and_flagged_ones_are_left_out() {
    let app = TestApp::new().await;
    let first = app.files_gift("camille");
    let second = app.files_gift("theo");
    let dear = answers::changed(answers::gift(), serde_json::json!({ "value_cents": 9000 }));
    let flagged = app.files("theo", "gift_declaration", dear);
    let interest = app.files("camille", "interest_declaration", answers::interest());
    let before = app.letters().len();
    // Nobody is invited to choose what would be left out; whoever names it is told why.
    let inbox = app.as_("rosalie").open("/a-traiter").await;
    let (form, boxes) = (inbox.form("/a-traiter/lot"), |slug: &String| format!("lot-{slug}"));
    assert_eq!(form.offers("d").len(), 3, "{}", inbox.text());
    assert!(inbox.html.contains(&boxes(&first)) && !inbox.html.contains(&boxes(&flagged)), "{}", inbox.text());
    let page = chosen(&app, "rosalie", &[&first, &second, &flagged, &interest]).await;
    assert!(page.says("3 dossiers seront décidés. Un dossier est laissé de côté."), "{}", page.text());
    assert!(page.says("Il porte un point à vérifier"), "{}", page.text());
    assert_eq!(app.decisions(&first), 0, "looking decides nothing");
    let form = page.form("/a-traiter/lot");
    assert_eq!(form.offers("outcome-gift_declaration-accept-share"), ["accept", "share"], "none needs a reason");
    let rosalie = app.as_("rosalie");
    let page = rosalie.send(&form.with("outcome-gift_declaration-accept-share", "accept")).await;
    assert_eq!(page.errors(), ["Choisissez une décision."], "nothing is preset for interests either");
    assert_eq!(app.decisions(&first), 0, "all or nothing");
    let form = page.form("/a-traiter/lot");
    assert_eq!(form.value("outcome-gift_declaration-accept-share"), Some("accept"), "the choice made is kept");
    let page = rosalie.send(&form.with("outcome-interest_declaration", "no_conflict")).await;
    assert_eq!(page.flash(), "Vos décisions sont enregistrées.");
    let states = [&first, &second, &interest, &flagged].map(|slug| app.state(slug));
    assert_eq!(states, [State::Decided, State::Decided, State::Closed, State::Submitted]);
    // Nobody is told before it can no longer be undone.
    let until = app.clock.now() + TimeDelta::minutes(10);
    let written: Vec<_> = app.letters().into_iter().skip(before).collect();
    assert_eq!(written.len(), 6);
    assert!(written.iter().all(|letter| letter.leaves_at >= until), "{written:?}");
}

#[actix_web::test]
async fn decisions_taken_together_are_undone_together_before_letters_leave() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    let declined = app.files("theo", "gift_declaration", answers::declined_gift());
    let due = app.row(&gift).due_on;
    let page = chosen(&app, "rosalie", &[&gift, &declined]).await;
    let rosalie = app.as_("rosalie");
    // What was received and what was declined are not decided by the same choice.
    let form = page.form("/a-traiter/lot").with("outcome-gift_declaration-accept-share", "share");
    let page = rosalie.send(&form.with("outcome-gift_declaration-refusal_noted", "refusal_noted")).await;
    assert_eq!((app.state(&gift), app.state(&declined)), (State::Decided, State::Closed));
    app.clock.advance(TimeDelta::minutes(9));
    let form = page.form("/annulation");
    assert_eq!(app.as_("denis").post_only(&form.action, &[]).await.status, 404, "it is Rosalie’s");
    let page = rosalie.send(&form).await;
    assert_eq!(page.flash(), "Vos décisions sont annulées.");
    assert_eq!(
        (app.state(&gift), app.holder(&gift).as_str(), app.row(&gift).due_on),
        (State::Submitted, "rosalie", due)
    );
    assert_eq!(app.journal(&gift), ["submitted", "decided", "decision_undone"]);
    assert_eq!(letter_states(&app)[4..], ["cancelled"; 4]);
    assert_eq!(rosalie.post_only(&form.action, &[]).await.status, 409, "once is enough");
    // The file is decided again, as a new version; the decision undone stays on file.
    app.decides("rosalie", &gift, "accept").unwrap();
    assert_eq!((app.state(&gift), app.decisions(&gift)), (State::Decided, 2));
}

#[actix_web::test]
async fn after_ten_minutes_nothing_is_undone() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    let page = chosen(&app, "rosalie", &[&gift]).await;
    let rosalie = app.as_("rosalie");
    let page = rosalie.send(&page.form("/a-traiter/lot").with("outcome-gift_declaration-accept-share", "accept")).await;
    let form = page.form("/annulation");
    app.clock.advance(TimeDelta::minutes(10));
    assert_eq!(rosalie.send(&form).await.status, 409);
    let page = rosalie.open(&page.path).await;
    assert!(page.says("Les personnes sont avisées.") && !page.has_form("/annulation"), "{}", page.text());
    assert_eq!(app.state(&gift), State::Decided);
}

#[actix_web::test]
async fn what_happened_since_stays_and_what_is_not_hers_is_not_decided() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let page = chosen(&app, "rosalie", &[&gift]).await;
    let form = page.form("/a-traiter/lot").with("outcome-gift_declaration-accept-share", "accept");
    // Changed between the page and the button: it is not decided unread.
    let again = answers::changed(answers::gift(), serde_json::json!({ "value_cents": 2600 }));
    app.corrects("camille", &gift, again).unwrap();
    assert_eq!(rosalie.send(&form).await.status, 409);
    assert_eq!(app.decisions(&gift), 0);
    // Somebody else’s, and one that she cannot see.
    let elsewhere = app.files_gift("olivier");
    let page = rosalie.open(&format!("/a-traiter/lot?d={elsewhere}")).await;
    assert!(
        !page.text().contains(&elsewhere) && page.says("Aucun dossier ne peut être décidé ainsi."),
        "{}",
        page.text()
    );
    let page = app.as_("aline").open(&format!("/a-traiter/lot?d={gift}")).await;
    assert!(page.says("Il n’attend pas votre décision."), "{}", page.text());
}
