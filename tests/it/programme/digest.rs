//! What asks for nothing now waits for one letter a day; what asks for something never does.

use chrono::TimeDelta;

use super::scene::PLAN;
use crate::support::{TestApp, answers};

#[actix_web::test]
async fn news_are_grouped_in_one_letter_at_half_past_seven_on_the_next_business_day() {
    let app = TestApp::new().await;
    // Friday at noon: two pieces of news for Aline.
    app.clock.set("2026-11-27".parse().unwrap(), 12, 0);
    app.plans("cyril", PLAN);
    app.plans("nadia", PLAN);
    assert_eq!(app.letters_to("aline").len(), 0);
    // Saturday, Sunday and Monday before the hour: nothing leaves.
    for (day, hour, minute) in [("2026-11-28", 9, 0), ("2026-11-29", 9, 0), ("2026-11-30", 7, 29)] {
        app.clock.set(day.parse().unwrap(), hour, minute);
        assert_eq!(app.digests(), 0, "{day}");
    }
    app.clock.set("2026-11-30".parse().unwrap(), 7, 30);
    assert_eq!(app.digests(), 2, "Aline and Marc");
    assert_eq!(app.digests(), 0, "once");
    let letters = app.letters_to("aline");
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(letter.subject.replace('\u{a0}', " "), "Résumé du jour : 2 éléments");
    assert!(letter.text.contains("VIT-2026-000001") && letter.text.contains("VIT-2026-000002"), "{}", letter.text);
    assert!(letter.html.contains("/evenements/VIT-2026-000001"), "each line leads to its page");
    assert!(letter.leaves_at <= app.clock.now(), "its own hour is within working hours");
}

#[actix_web::test]
async fn a_digest_says_first_what_waits_for_the_person_by_its_due_date() {
    let app = TestApp::new().await;
    let waiting = app.files_gift("camille");
    let withdrawn = app.files_gift("theo");
    app.withdraws("theo", &withdrawn).unwrap();
    assert!(!app.letters_to("rosalie").iter().any(|letter| letter.letter == "withdrawn"));
    app.clock.advance_business_days(1);
    app.digests();
    let digest = app.letters_to("rosalie").pop().unwrap();
    let (due, news) = (digest.text.find(&waiting).unwrap(), digest.text.find(&withdrawn).unwrap());
    assert!(due < news, "{}", digest.text);
    assert!(digest.text.contains("À décider d’ici le 30 nov."), "{}", digest.text);
    assert!(!digest.text.contains("Simard") || digest.text.contains(&withdrawn));
}

#[actix_web::test]
async fn a_letter_that_asks_for_something_never_waits_for_the_digest() {
    let app = TestApp::new().await;
    app.wants_digest("rosalie", true);
    app.wants_digest("camille", true);
    let gift = app.files_gift("camille");
    app.asks("rosalie", &gift, "Qui d’autre?").unwrap();
    app.answers("camille", &gift, "Personne.").unwrap();
    app.decides("rosalie", &gift, "accept").unwrap();
    assert_eq!(
        app.post_since(0),
        [
            "received → camille",
            "decide → rosalie",
            "question → camille",
            "answered → rosalie",
            "approved → camille",
            "recorded → rosalie",
        ]
    );
}

#[actix_web::test]
async fn a_person_chooses_with_one_button_and_no_get_changes_anything() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    let letter = app.letters_to("rosalie").pop().unwrap();
    assert!(letter.text.contains("/preferences#courriels") && letter.html.contains("/preferences#courriels"));
    let rosalie = app.as_("rosalie");
    let pulse = app.pulse();
    let page = rosalie.open("/preferences").await;
    assert_eq!(app.pulse(), pulse);
    assert!(page.says("réuni dans un résumé, les jours ouvrables à 7 h 30"), "{}", page.text());
    let page = rosalie.send(&page.form("/preferences/courriels")).await;
    assert!(page.says("Vous recevez chaque courriel à part"), "{}", page.text());
    app.withdraws("camille", &gift).unwrap();
    assert_eq!(app.post_since(2), ["withdrawn → rosalie"]);
    // And back.
    let page = rosalie.send(&page.form("/preferences/courriels")).await;
    assert!(page.says("réuni dans un résumé"));
    let page = rosalie.post_only("/preferences/courriels", &[("envoi", "jamais")]).await;
    assert_eq!(page.status, 400, "nothing can be turned off");
}

#[actix_web::test]
async fn nothing_leaves_in_quiet_hours_but_the_answer_to_what_one_just_did() {
    let app = TestApp::new().await;
    // Wednesday 23 December, 19:00; Monday the 28th stands for Saturday the 26th (calendar in force).
    app.clock.set("2026-12-23".parse().unwrap(), 19, 0);
    let reference = {
        let mut fields = PLAN.to_vec();
        fields.retain(|(name, _)| *name != "held_on" && *name != "call_planned");
        fields.extend([("held_on", "2027-01-20"), ("call_planned", "yes"), ("call_on", "2027-03-01")]);
        app.plans("cyril", &fields)
    };
    app.registers("camille", &reference);
    let leaves = |letter: &str| app.letters().into_iter().find(|one| one.letter == letter).unwrap().leaves_at;
    let tuesday = probite::clock::at_local_time("2026-12-29".parse().unwrap(), 7, 0, chrono_tz::America::Toronto);
    assert_eq!(leaves("consulted"), tuesday);
    assert_eq!(leaves("registered"), app.clock.now(), "she just pressed the button");
}

#[actix_web::test]
async fn the_letter_of_an_authorised_event_carries_its_date_and_a_refusal_carries_none() {
    let app = TestApp::new().await;
    for (outcome, letter, carries) in [
        ("authorised", "approved", true),
        ("authorised_with_conditions", "conditions", true),
        ("refused", "refused", false),
    ] {
        let event = app.files("camille", "event_request", answers::event());
        app.decides("rosalie", &event, outcome).unwrap();
        let sent = app.letters_to("camille").into_iter().rfind(|one| one.letter == letter).unwrap();
        assert_eq!(sent.calendar.is_some(), carries, "{outcome}");
        let Some(calendar) = sent.calendar else { continue };
        for line in ["METHOD:PUBLISH", "DTSTART;VALUE=DATE:20261214", "TRANSP:TRANSPARENT", "TRIGGER:-P1D"] {
            assert!(calendar.contains(&format!("{line}\r\n")), "{line}: {calendar}");
        }
        assert!(!calendar.contains("Nordik") && !calendar.contains("infonuagique"), "{calendar}");
    }
    // Other kinds promise no date.
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    assert!(
        app.letters().iter().filter(|one| one.reference.as_deref() == Some(&gift)).all(|one| one.calendar.is_none())
    );
    app.clock.advance(TimeDelta::hours(1));
}
