//! Interests come back every year, and when duties or the supervisor change (E22; ux.md W4).

use probite::declarations::renewal::{self, Said};

use crate::support::{TestApp, answers, say};

const KIND: &str = "interest_declaration";

#[actix_web::test]
async fn last_years_interests_come_back_as_cards_with_nothing_preset() {
    let app = TestApp::new().await;
    let first = app.files("camille", KIND, answers::interest());
    app.decides("rosalie", &first, "no_conflict").unwrap();
    let second = app.files(
        "camille",
        KIND,
        answers::changed(
            answers::interest(),
            serde_json::json!({
                "company": { "name": "Groupe Boréal ltée", "neq": "1160007891" },
            }),
        ),
    );
    app.clock.advance(chrono::TimeDelta::days(360));
    let camille = app.as_("camille");
    // What she declared comes before « rien à déclarer » where she signs in; the twin has declared none.
    let home = camille.open("/").await;
    let link = |page: &crate::support::browser::Page| {
        page.links().into_iter().find(|(_, words)| *words == say("home-interests-go"))
    };
    assert!(home.says("2 intérêts ou liens que vous avez déclarés ne sont pas terminés"), "{}", home.text());
    assert_eq!(link(&home).map(|(href, _)| href).as_deref(), Some("/annuelle"));
    assert!(home.has_form("/rien"), "{}", home.text());
    let theirs = app.as_("theo").open("/").await;
    assert!(link(&theirs).is_none() && theirs.has_form("/rien"), "{}", theirs.text());
    let page = camille.open("/annuelle").await;
    let form = page.form("/annuelle");
    for reference in [&first, &second] {
        let name = format!("item-{reference}");
        assert_eq!((form.value(&name), form.offers(&name)), (None, vec!["unchanged", "changed", "ended"]));
    }
    // Nobody attests blindly: each card wants its answer.
    let page = camille.send(&form.with(&format!("item-{first}"), "unchanged")).await;
    assert_eq!(
        page.errors(),
        [format!("Groupe Boréal ltée – {}", say("error-renewal-item")), say("error-attestation")]
    );
    assert_eq!(page.form("/annuelle").value(&format!("item-{first}")), Some("unchanged"), "what was said is kept");
    let declared = app.declarations();
    let form = page.form("/annuelle").with(&format!("item-{second}"), "ended").with("attestation", "yes");
    let page = camille.send(&form).await;
    assert_eq!(page.flash(), say("flash-renewed-in-part"));
    assert_eq!(app.declarations(), declared + 2);
    // One is filed again, to be noted; the other is a draft where the end is asked.
    let mine = camille.open("/mes-declarations").await;
    assert!(mine.html.contains("INT-2027-000001"), "{}", mine.text());
    let row = app.row("INT-2027-000001");
    let read = row.answers().unwrap();
    assert_eq!((read.text("type"), row.holder_id), ("annual", Some(app.id("rosalie"))));
    let page = camille.open("/annuelle").await;
    assert!(page.html.contains("item-INT-2027-000001") && !page.html.contains(&format!("item-{first}\"")));
    assert!(page.html.contains(&format!("item-{second}\"")), "not ended before it is filed");
}

#[actix_web::test]
async fn an_interest_that_ended_comes_back_no_more() {
    let app = TestApp::new().await;
    let first = app.files("camille", KIND, answers::interest());
    let said = vec![(first.clone(), Some(probite::declarations::renewal::Said::Ended))];
    let done =
        app.does("camille", move |tx, actor| probite::declarations::renewal::renew(tx, actor, &said, true)).unwrap();
    let [draft] = done.drafts.as_slice() else { panic!("{done:?}") };
    let key = draft.clone();
    app.does("camille", move |tx, actor| {
        let found = probite::declarations::store::authorized(tx, actor, &key, probite::access::Action::Edit)?;
        let mut answers = found.declaration.answers()?;
        answers.set("until", "2026-10-31".into());
        probite::declarations::drafts::save_answers(tx, actor, &key, found.declaration.version, &answers)
    })
    .unwrap();
    app.sends("camille", draft).unwrap();
    let page = app.as_("camille").open("/annuelle").await;
    assert!(page.says(&say("renewal-none")), "{}", page.text());
}

#[actix_web::test]
async fn with_nothing_on_file_a_confirmation_is_two_clicks() {
    let app = TestApp::new().await;
    let theo = app.as_("theo");
    let page = theo.open("/annuelle").await;
    let check = theo.send(&page.form("/rien")).await;
    let received = theo.send(&check.form("/envoi").with("attestation", "true")).await;
    assert_eq!(received.status, 200, "{}", received.text());
    assert!(theo.open("/annuelle").await.says(&say("renewal-none")), "a nil is no interest");
}

#[actix_web::test]
async fn other_duties_or_another_supervisor_ask_the_person_to_confirm_once() {
    let app = TestApp::new().await;
    let before = app.letters().len();
    let nadia = app.number("nadia");
    app.reimports_one("camille", |line| line.supervisor = nadia);
    app.reimports_one("theo", |line| line.title = "Architecte".into());
    app.reimports_one("theo", |line| line.title = "Architecte principal".into());
    app.reimports(|_| {});
    let tell = || app.write(probite::people::confirmations::tell);
    assert_eq!((tell(), tell()), (2, 0));
    assert_eq!(app.post_since(before), ["situation → camille", "situation → theo"]);
    let page = app.as_("camille").open("/annuelle").await;
    assert!(page.says("Votre gestionnaire a changé"), "{}", page.text());
    assert!(app.as_("theo").open("/annuelle").await.says("Vos fonctions ou votre unité ont changé"));
    // Confirming settles it.
    let first = app.files("camille", KIND, answers::interest());
    let said = vec![(first, Some(probite::declarations::renewal::Said::Unchanged))];
    app.does("camille", move |tx, actor| probite::declarations::renewal::renew(tx, actor, &said, true)).unwrap();
    assert!(!app.as_("camille").open("/annuelle").await.says("Votre gestionnaire a changé"));
    assert!(app.post_since(before).iter().all(|post| !post.contains("situation → olivier")));
}

/// Nothing on file: saying so is the confirmation, and the next change asks again.
#[actix_web::test]
async fn somebody_with_nothing_on_file_confirms_by_declaring_nothing() {
    let app = TestApp::new().await;
    let tell = || app.write(probite::people::confirmations::tell);
    app.reimports_one("theo", |line| line.title = "Architecte".into());
    assert_eq!(tell(), 1);
    let (theo, asked) = (app.as_("theo"), "Vos fonctions ou votre unité ont changé");
    let page = theo.open("/annuelle").await;
    assert!(page.says(asked), "{}", page.text());
    let check = theo.send(&page.form("/rien")).await;
    assert!(theo.open("/annuelle").await.says(asked), "a draft confirms nothing");
    theo.send(&check.form("/envoi").with("attestation", "true")).await;
    assert!(!theo.open("/annuelle").await.says(asked));
    app.reimports_one("theo", |line| line.title = "Architecte principal".into());
    assert_eq!(tell(), 1, "answered once, asked again of the next change");
}

/// « Modifié » and « terminé » open drafts: they confirm when the last one is filed.
#[actix_web::test]
async fn what_changed_is_confirmed_when_it_is_filed() {
    let app = TestApp::new().await;
    let boreal = serde_json::json!({ "company": { "name": "Groupe Boréal ltée", "neq": "1160007891" } });
    let first = app.files("camille", KIND, answers::interest());
    let second = app.files("camille", KIND, answers::changed(answers::interest(), boreal));
    app.clock.advance_business_days(20);
    app.reimports_one("camille", |line| line.title = "Architecte".into());
    app.write(probite::people::confirmations::tell);
    let (camille, asked) = (app.as_("camille"), "Vos fonctions ou votre unité ont changé");
    // An interest on file is not confirmed by declaring nothing.
    app.files("camille", KIND, serde_json::json!({ "type": "nil" }));
    assert!(camille.open("/annuelle").await.says(asked));
    let said = vec![(first, Some(Said::Unchanged)), (second, Some(Said::Changed))];
    let done = app.does("camille", move |tx, actor| renewal::renew(tx, actor, &said, true)).unwrap();
    assert_eq!((done.filed.len(), done.drafts.len()), (1, 1));
    assert!(camille.open("/annuelle").await.says(asked), "one of both waits in a draft");
    app.sends("camille", &done.drafts[0]).unwrap();
    assert!(!camille.open("/annuelle").await.says(asked));
}

#[actix_web::test]
async fn whoever_did_not_confirm_is_reminded_once_on_the_day() {
    let app = TestApp::new().await;
    app.reimports_one("camille", |line| line.title = "Architecte".into());
    app.reimports_one("theo", |line| line.title = "Architecte".into());
    app.write(probite::people::confirmations::tell);
    app.files("camille", KIND, serde_json::json!({ "type": "nil" }));
    let (before, remind) = (app.letters().len(), || app.write(probite::people::confirmations::remind));
    app.clock.advance_business_days(9);
    assert_eq!(remind(), 0);
    app.clock.advance_business_days(1);
    assert_eq!((remind(), remind()), (1, 0));
    assert_eq!(app.post_since(before), ["situation-due → theo"]);
}

/// Saying that there is nothing to declare does not end what was declared: the form says so before it is sent.
#[actix_web::test]
async fn nothing_to_declare_while_an_interest_is_open_is_said_before_sending_and_to_whoever_decides() {
    let app = TestApp::new().await;
    app.files("camille", "interest_declaration", answers::interest());
    let nil = serde_json::json!({ "type": "nil" });
    let draft = app.drafts("camille", "interest_declaration", nil.clone());
    let camille = app.as_("camille");
    let page = camille.open(&format!("/brouillons/{draft}/verifier")).await;
    assert!(page.says("ne sont pas terminés. Le nombre de ces intérêts est de 1."), "{}", page.text());
    assert_eq!(page.link(&say("renewal-link")), "/annuelle");
    let sent = app.sends("camille", &draft).unwrap();
    let page = app.as_("rosalie").open(&format!("/d/{}", sent.slug())).await;
    assert!(page.says("confirmer ou de terminer chacun"), "{}", page.text());
    // The twin: nothing was declared before.
    let draft = app.drafts("theo", "interest_declaration", nil);
    let page = app.as_("theo").open(&format!("/brouillons/{draft}/verifier")).await;
    assert!(!page.says("ne sont pas terminés") && !page.html.contains("/annuelle\">"), "{}", page.text());
}

#[actix_web::test]
async fn what_the_deputy_minister_directed_is_not_decided_otherwise_by_saying_it_is_unchanged() {
    let app = TestApp::new().await;
    let first = app.files("camille", KIND, answers::referred(KIND));
    app.seeks_direction("aline", &first).unwrap();
    app.decides("victor", &first, "managed").unwrap();
    let second = app.files(
        "camille",
        KIND,
        answers::changed(
            answers::interest(),
            serde_json::json!({ "company": { "name": "Groupe Boréal ltée", "neq": "1160007891" }, "in_contact": "no" }),
        ),
    );
    app.clock.advance(chrono::TimeDelta::days(360));
    let said = [&first, &second].map(|slug| (slug.clone(), Some(Said::Unchanged))).to_vec();
    let done = app.does("camille", move |tx, actor| renewal::renew(tx, actor, &said, true)).unwrap();
    let fired = |slug: &str| -> Vec<String> {
        let found = app.row(slug).findings().unwrap().into_iter().map(|finding| finding.rule);
        found.filter(|rule| rule.starts_with("interest.renews")).collect()
    };
    let renewing = |earlier: &str| {
        let id = app.row(earlier).id;
        done.filed.iter().find(|slug| app.row(slug).origin_id == Some(id)).expect("filed again").clone()
    };
    let (again, other) = (renewing(&first), renewing(&second));
    assert_eq!(fired(&again), ["interest.renews_directed"]);
    assert_eq!(app.holder(&again), "ethics_officer", "not the supervisor alone");
    let page = app.as_("aline").open(&format!("/d/{again}")).await;
    assert!(page.says("personne ici n’en décide autrement"), "{}", page.text());
    assert_eq!(fired(&other), ["interest.renews_pending"], "the earlier one waits still");
    // The twin: one that a supervisor decided is taken up without a word.
    app.decides("rosalie", &other, "no_conflict").unwrap();
    app.clock.advance(chrono::TimeDelta::days(360));
    let said = vec![(again.clone(), Some(Said::Unchanged)), (other.clone(), Some(Said::Unchanged))];
    let done = app.does("camille", move |tx, actor| renewal::renew(tx, actor, &said, true)).unwrap();
    let id = app.row(&other).id;
    let third = done.filed.iter().find(|slug| app.row(slug).origin_id == Some(id)).unwrap();
    assert_eq!(fired(third), Vec::<String>::new());
}
