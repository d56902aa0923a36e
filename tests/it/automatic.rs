//! What a rule decides alone: only when the setting says so, only what is of no risk, and never the last word.

use probite::declarations::workflow::State;
use serde_json::json;

use crate::support::{TestApp, answers, say};

async fn on() -> TestApp {
    TestApp::with(|config| config.automatic.enabled = true).await
}

/// A gift declined, which a rule may note; with the person asking for somebody.
fn ruled_alone(app: &TestApp) -> String {
    app.files("camille", "gift_declaration", answers::declined_gift())
}

#[actix_web::test]
async fn nothing_is_decided_alone_until_the_setting_says_so() {
    let app = TestApp::new().await;
    let gift = ruled_alone(&app);
    assert_eq!((app.state(&gift), app.holder(&gift).as_str()), (State::Submitted, "rosalie"));
}

#[actix_web::test]
async fn a_declined_gift_is_noted_by_a_rule_that_says_what_it_saw() {
    let app = on().await;
    let before = app.letters().len();
    let gift = ruled_alone(&app);
    assert_eq!(app.state(&gift), State::Closed);
    assert_eq!(app.row(&gift).disposition.as_deref(), Some("refused"), "what became of it is known");
    assert_eq!(app.post_since(before), ["ruled-alone → camille", "received → camille"], "Rosalie has hers in a digest");
    assert_eq!(app.decisions(&gift), 1);
    assert_eq!(app.journal(&gift), ["submitted", "decided_automatically"]);
    let letter = app.letters_to("camille").into_iter().find(|letter| letter.subject.contains("Décision")).unwrap();
    assert!(letter.text.contains("une règle du service a pris la décision"), "{}", letter.text);
    let page = app.as_("camille").open(&format!("/d/{gift}")).await;
    assert!(
        page.says(&say("automatic-title")) && page.says("La personne a décliné ce qui lui était offert"),
        "{}",
        page.text()
    );
    assert!(page.says("REDFP, art. 6 · gift.declined") && !page.html.contains("direction"), "{}", page.text());
    assert!(page.says(&say("detail-decided-by-rule")) && !page.says("la règle gift.declined"), "{}", page.text());
    assert!(page.says("art. 65.2"));
    let page = app.as_("rosalie").open(&format!("/d/{gift}")).await;
    assert!(page.says(&say("automatic-title")) && page.has_form("/examen"));
}

#[actix_web::test]
async fn the_person_asks_that_somebody_look_and_somebody_decides() {
    let app = on().await;
    let gift = ruled_alone(&app);
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{gift}")).await;
    let asked = camille.send(&page.form("/examen").with("note", "J’ai en fait gardé la carte.")).await;
    assert_eq!(asked.flash(), say("flash-reopened"));
    assert_eq!((app.state(&gift), app.holder(&gift).as_str()), (State::Submitted, "rosalie"));
    assert_eq!(app.row(&gift).disposition, None, "it is not known any more");
    assert!(app.letters_to("rosalie").pop().unwrap().subject.contains(&gift));
    assert_eq!(camille.post(&format!("/d/{gift}/examen"), &[]).await.status, 409, "once");
    let page = app.as_("rosalie").open(&format!("/d/{gift}")).await;
    assert!(page.says("gardé la carte") && page.has_form("/decision"), "{}", page.text());
    app.decides("rosalie", &gift, "refusal_noted").unwrap();
    assert_eq!(app.decisions(&gift), 2);
    assert_eq!(app.as_("olivier").post(&format!("/d/{gift}/examen"), &[]).await.status, 404);
}

/// The supervisor of that day may be elsewhere by now.
#[actix_web::test]
async fn whoever_supervises_the_person_now_looks_at_what_a_rule_decided() {
    let app = on().await;
    let (gift, other) = (ruled_alone(&app), ruled_alone(&app));
    app.moves("camille", Some("nadia"));
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{gift}")).await;
    camille.send(&page.form("/examen").with("note", "J’ai gardé la carte.")).await;
    assert_eq!((app.state(&gift), app.holder(&gift).as_str()), (State::Submitted, "nadia"));
    assert!(app.letters_to("nadia").iter().any(|letter| letter.subject.contains(&gift)));
    app.decides("nadia", &gift, "refusal_noted").unwrap();
    // Away, somebody acts in her place, as for what is filed today.
    app.is_away("nadia", 5, Some("helene"), "nadia").unwrap();
    let page = camille.open(&format!("/d/{other}")).await;
    camille.send(&page.form("/examen").with("note", "La carte aussi.")).await;
    assert_eq!(app.holder(&other), "helene");
}

#[actix_web::test]
async fn what_asks_for_attention_or_names_somebody_waits_for_a_person() {
    let app = on().await;
    let late = json!({ "value_cents": 9_000, "value_method": "price" });
    let dear = app.files("camille", "gift_declaration", answers::changed(answers::declined_gift(), late));
    assert_eq!(app.state(&dear), State::Submitted, "another rule asks for attention");
    let tender = json!({ "contract_process": "yes", "under_contract": "no" });
    let tender = app.files("camille", "gift_declaration", answers::changed(answers::declined_gift(), tender));
    assert_eq!(app.state(&tender), State::WithEthics);
    let interest = app.files("camille", "interest_declaration", answers::interest());
    assert_eq!(app.state(&interest), State::Submitted, "never an interest");
    app.is_away("rosalie", 5, Some("denis"), "rosalie").unwrap();
    let delegated = ruled_alone(&app);
    assert_eq!(app.state(&delegated), State::Submitted, "the supervisor is away: her delegate looks");
}
