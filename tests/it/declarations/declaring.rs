//! From a situation to a reference.

use actix_web::http::Method;
use chrono::TimeDelta;
use probite::declarations::workflow::State;
use serde_json::json;

use crate::support::browser::{Browser, Page};
use crate::support::ministry::NORDIK;
use crate::support::{TestApp, answers, files, say};

const PASSWORD: &str = "une phrase facile à retenir";

/// Answers every page of a gift up to the check page.
async fn answers_a_gift(browser: &Browser<'_>) -> Page {
    let page = browser.open("/declarer/gift_declaration").await;
    let page = browser.send(&page.form("/declarer/gift_declaration")).await;
    assert_eq!(page.h1(), "Que vous a-t-on offert?");
    let form = page.form("/thing").with("type", "gift").with("description", "Boîte de chocolats, à la fin du projet");
    let page = browser.send(&form).await;
    assert_eq!(page.h1(), "Qui vous l’a offert?");
    let form = page.form("/donor").with("company.name", NORDIK.0).with("company.neq", NORDIK.1);
    let page = browser.send(&form.with("contract_process", "no")).await;
    assert_eq!(page.h1(), "Quand était-ce, et qu’avez-vous répondu?");
    let page = browser.send(&page.form("/moment").with("offered_on", "2026-11-20").with("direction", "received")).await;
    assert_eq!(page.h1(), "Combien cela vaut-il, à peu près?");
    browser.send(&page.form("/value").with("value_method", "estimate").with("value_cents", "25,00")).await
}

#[actix_web::test]
async fn an_employee_declares_a_gift_from_end_to_end() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let home = camille.open("/").await;
    assert_eq!(home.h1(), "Bonjour Camille, que souhaitez-vous déclarer?");
    assert_eq!(home.link("On m’a offert quelque chose"), "/declarer/gift_declaration");

    let check = answers_a_gift(&camille).await;
    assert_eq!(check.summary()["Valeur"], "25,00 $");
    assert!(check.says("Rosalie Tremblay. C’est votre gestionnaire qui décide."), "{}", check.text());
    let received = camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert!(received.says("CAD-2026-000001"), "{}", received.text());
    assert!(received.says("30 novembre 2026"), "five business days from Monday 23: {}", received.text());

    let page = camille.open(&received.link("Voir ma déclaration")).await;
    assert_eq!(page.h1(), "Objet ou cadeau – Nordik Infonuagique inc.");
    assert_eq!(page.timeline(), ["Déclaration transmise"]);
    assert_eq!(app.holder("CAD-2026-000001"), "rosalie");
    assert_eq!(app.post_since(0), ["received → camille", "decide → rosalie"]);
}

#[actix_web::test]
async fn a_page_with_errors_names_them_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let page = camille.open("/declarer/gift_declaration").await;
    let page = camille.send(&page.form("/declarer/gift_declaration")).await;
    let page = camille.send(&page.form("/thing").with("description", "Une boîte <b>de</b> chocolats & des noix")).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.errors(), ["Type – Choisissez une réponse."]);
    assert!(page.title().starts_with("Erreur :"), "{}", page.title());
    assert_eq!(page.form("/thing").value("description"), Some("Une boîte <b>de</b> chocolats & des noix"));
    // The draft has it too, for another day.
    let draft = camille.open("/mes-declarations").await;
    let page = camille.open(&draft.link("Cadeau")).await;
    assert_eq!(page.form("/thing").value("description"), Some("Une boîte <b>de</b> chocolats & des noix"));
}

#[actix_web::test]
async fn what_cannot_be_read_is_kept_as_typed_and_refused_at_the_check() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let page = camille.open(&format!("/brouillons/{key}/moment")).await;
    let page = camille.send(&page.form("/moment").with("offered_on", "l’autre jour")).await;
    assert_eq!(page.errors(), ["Date de l’offre – Cette date n’est pas reconnue. Écrivez-la ainsi : 2026-11-27."]);
    assert_eq!(page.form("/moment").value("offered_on"), Some("l’autre jour"));
    let check = camille.open(&format!("/brouillons/{key}/verifier")).await;
    let sent = camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert!(sent.says("Cette date n’est pas reconnue"), "{}", sent.text());
    assert_eq!(app.state(&key), State::Draft);
}

#[actix_web::test]
async fn a_draft_waits_on_the_home_page_and_resumes_at_the_first_open_question() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let page = camille.open("/declarer/gift_declaration").await;
    let page = camille.send(&page.form("/declarer/gift_declaration")).await;
    let form = page.form("/thing").with("type", "gift").with("description", "Un livre").with("_later", "1");
    let home = camille.send(&form).await;
    assert_eq!(home.flash(), "Brouillon enregistré. Vous pouvez le reprendre quand vous voulez.");
    let page = camille.open(&home.link("Objet ou cadeau")).await;
    assert_eq!(page.h1(), "Qui vous l’a offert?");
}

#[actix_web::test]
async fn a_draft_can_be_thrown_away_and_leaves_nothing() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let page = camille.open(&format!("/brouillons/{key}/thing")).await;
    let page = camille.send(&page.form("/suppression")).await;
    assert_eq!(page.flash(), "Le brouillon est supprimé.");
    assert_eq!(app.declarations(), 0);
}

#[actix_web::test]
async fn nobody_else_opens_a_draft_even_with_its_address() {
    let app = TestApp::new().await;
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    for name in app.everybody() {
        if ["camille", "pierre"].contains(&name) {
            continue;
        }
        let other = app.as_(name);
        for path in [format!("/brouillons/{key}"), format!("/brouillons/{key}/thing"), format!("/d/{key}")] {
            assert_eq!(other.open(&path).await.status, 404, "{name} {path}");
        }
    }
}

#[actix_web::test]
async fn sending_without_the_attestation_sends_nothing() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let check = camille.open(&format!("/brouillons/{key}/verifier")).await;
    let page = camille.send(&check.form("/envoi")).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.errors(), ["Cochez l’attestation pour envoyer."]);
    assert_eq!((app.state(&key), app.letters().len()), (State::Draft, 0));
}

/// C04
#[actix_web::test]
async fn a_double_click_on_send_files_once() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let form = camille.open(&format!("/brouillons/{key}/verifier")).await.form("/envoi").with("attestation", "true");
    let first = camille.send(&form).await;
    let second = camille.send(&form).await;
    assert!(first.says("CAD-2026-000001"));
    assert_eq!(second.flash(), "Cette déclaration était déjà envoyée.");
    assert_eq!(app.journal(&key), ["submitted"]);
    assert_eq!(app.letters().len(), 2);
}

#[actix_web::test]
async fn nothing_to_declare_takes_two_clicks() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let home = camille.open("/").await;
    let check = camille.send(&home.form("/rien")).await;
    let received = camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert!(received.says("INT-2026-000001"), "{}", received.text());
    assert_eq!(app.holder("INT-2026-000001"), "rosalie");
}

#[actix_web::test]
async fn every_kind_can_be_declared_in_both_languages() {
    let app = TestApp::new().await;
    for kind in ["business_relation", "gift_declaration", "event_request", "interest_declaration"] {
        for code in ["fr", "en"] {
            let camille = app.as_("camille");
            camille.open(&format!("/langue/{code}?retour=/")).await;
            let key = app.drafts("camille", kind, answers::ordinary(kind));
            let check = camille.open(&format!("/brouillons/{key}/verifier")).await;
            assert_eq!((check.status, check.errors()), (200, Vec::<String>::new()), "{kind} {code}: {}", check.text());
            let received = camille.send(&check.form("/envoi").with("attestation", "true")).await;
            assert_eq!(received.status, 200, "{kind} {code}");
            assert_eq!(app.state(&key), State::Submitted);
        }
    }
}

#[actix_web::test]
async fn every_step_of_every_kind_renders_in_both_languages() {
    let app = TestApp::new().await;
    for code in ["fr", "en"] {
        let camille = app.as_("camille");
        camille.open(&format!("/langue/{code}?retour=/")).await;
        for version in app.app.book.catalogue.kinds().iter() {
            let kind = match version.kind.id.as_str() {
                "business_relation" => "business_relation",
                "gift_declaration" => "gift_declaration",
                "event_request" => "event_request",
                "advice_request" => "advice_request",
                "voluntary_declaration" => "voluntary_declaration",
                "concern_report" => "concern_report",
                // Filed by the contract-rules officer alone: its pages are in `ethics/notice.rs`.
                "rarc_notice" => continue,
                _ => "interest_declaration",
            };
            let key = app.drafts("camille", kind, answers::ordinary(kind));
            let person = app.actor("camille");
            let given = probite::declarations::answers::Given {
                today: app.clock.today(),
                regime: &person.regime,
                position: &person.position,
            };
            let known = app.row(&key).answers().unwrap();
            for step in version.kind.steps_for(&known, probite::declarations::kind::Phase::Filing, given) {
                let page = camille.open(&format!("/brouillons/{key}/{}", step.id)).await;
                assert_eq!(page.status, 200, "{kind}/{} {code}", step.id);
                assert!(!page.h1().is_empty(), "{kind}/{} {code}", step.id);
                // Sent back untouched, it goes on.
                let next = camille.send(&page.form(&format!("/{}", step.id))).await;
                assert_eq!((next.status, next.errors()), (200, vec![]), "{kind}/{} {code}", step.id);
            }
        }
    }
}

#[actix_web::test]
async fn a_company_is_found_in_the_register_without_a_script() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::changed(answers::gift(), json!({ "company": null })));
    let page = camille.open(&format!("/brouillons/{key}/donor")).await;
    let page = camille.send(&page.form("/donor").with("company.name", "nordik").with("_search", "company")).await;
    assert_eq!(page.status, 200);
    assert!(page.says("Nordik Infonuagique inc."), "{}", page.text());
    let id = page.form("/donor").offers("company.id").into_iter().find(|id| !id.is_empty()).unwrap().to_owned();
    let form = page.form("/donor").with("company.id", &id).with("contract_process", "no");
    let page = camille.send(&form).await;
    assert_eq!(page.h1(), "Quand était-ce, et qu’avez-vous répondu?", "{:?}", page.errors());
    let filed = app.sends("camille", &key).unwrap();
    assert_eq!(filed.company_name.as_deref(), Some(NORDIK.0));
}

#[actix_web::test]
async fn a_company_not_known_yet_joins_the_register_when_the_declaration_is_filed() {
    let app = TestApp::new().await;
    let unknown = json!({ "name": "Érablière du Nord", "no_neq_reason": "Association sans NEQ" });
    app.drafts("camille", "gift_declaration", answers::changed(answers::gift(), json!({ "company": unknown })));
    let suggested = |page: &Page| page.html.contains("rablière du Nord");
    let camille = app.as_("camille");
    assert!(!suggested(&camille.open("/entreprises/suggestions?q=erabl").await), "a draft adds nothing");
    app.files("camille", "gift_declaration", answers::changed(answers::gift(), json!({ "company": unknown })));
    assert!(suggested(&camille.open("/entreprises/suggestions?q=%C3%89RABL").await));
}

#[actix_web::test]
async fn what_a_rule_sees_is_said_before_sending_and_who_receives_it() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::referred("gift_declaration"));
    let check = camille.open(&format!("/brouillons/{key}/verifier")).await;
    assert!(check.says("Il s’agit d’argent ou d’un équivalent, ce qui n’est jamais d’usage."), "{}", check.text());
    assert!(check.says("REDFP, art. 6"));
    assert!(check.says("La personne responsable de l’éthique. Un point à vérifier demande"), "{}", check.text());
    // Looking wrote nothing.
    assert_eq!((app.state(&key), app.journal(&key).len()), (State::Draft, 0));
}

#[actix_web::test]
async fn a_name_that_means_nobody_or_several_is_an_error_beside_the_field() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let team = |name: &str| {
        answers::changed(
            answers::gift(),
            json!({
                "direction": "received_other", "received_on": "2026-11-20", "beneficiary": "team",
                "team_members": [{ "name": name }],
            }),
        )
    };
    let key = app.drafts("camille", "gift_declaration", team("Personne Inconnue"));
    let check = camille.open(&format!("/brouillons/{key}/verifier")).await;
    let sent = camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert!(sent.says("« Personne Inconnue » n’est pas au répertoire"), "{}", sent.text());
    let key = app.drafts("camille", "gift_declaration", team("simard théo"));
    let filed = app.sends("camille", &key).unwrap();
    assert!(filed.answers.contains("Théo Simard"), "either order, accents or not: {}", filed.answers);
}

#[actix_web::test]
async fn a_gift_mentioned_in_a_relation_opens_one_linked_draft() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let offered = json!({ "advantage_offered": true, "advantage_details": "Deux billets de hockey" });
    let key = app.drafts("camille", "business_relation", answers::changed(answers::relation(), offered));
    let check = camille.open(&format!("/brouillons/{key}/verifier")).await;
    let received = camille.send(&check.form("/envoi").with("attestation", "true")).await;
    assert!(received.says("Un brouillon est prêt"), "{}", received.text());
    let draft = camille.open(&received.link("Nordik")).await;
    assert_eq!(draft.h1(), "Que vous a-t-on offert?");
    assert_eq!(draft.form("/thing").value("description"), Some("Deux billets de hockey"));
    assert_eq!(app.declarations(), 2);
    assert_eq!(app.letters_to("camille").len(), 1, "a draft writes no letter");
}

#[actix_web::test]
async fn hospitality_at_an_event_opens_a_linked_gift_draft_at_filing_only() {
    let app = TestApp::new().await;
    let event = app.files("camille", "event_request", answers::hospitality());
    assert_eq!(app.declarations(), 2);
    app.corrects("camille", &event, answers::hospitality()).unwrap();
    assert_eq!(app.declarations(), 2, "a correction opens no second one");
    app.decides("rosalie", &event, "authorised").unwrap();
    assert_eq!(app.declarations(), 2);
}

#[actix_web::test]
async fn a_declaration_keeps_the_form_under_which_it_was_filed() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let row = app.row(&reference);
    assert_eq!(row.kind_version_id, app.app.book.catalogue.kind("gift_declaration").unwrap().id);
    assert_eq!(row.revision, 1);
}

#[actix_web::test]
async fn a_wrong_supervisor_that_was_told_is_still_told_when_the_page_comes_back() {
    let app = TestApp::new().await;
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let camille = app.as_("camille");
    let form = camille.open(&format!("/brouillons/{key}/verifier")).await.form("/envoi");
    // A name without a reason: the name stays, the error is beside the reason.
    let named = form.with("supervisor_name", "Nadia Fortin");
    let page = camille.send(&named.clone().with("attestation", "true")).await;
    assert_eq!(page.errors(), ["Écrivez vos motifs."]);
    assert!(page.links().contains(&("#supervisor_reason".to_owned(), "Écrivez vos motifs.".to_owned())));
    assert_eq!(page.form("/envoi").value("supervisor_name"), Some("Nadia Fortin"));
    // Both, and the attestation forgotten: both stay.
    let page = camille.send(&named.with("supervisor_reason", "J’ai changé d’équipe.")).await;
    assert_eq!(page.errors(), [say("error-attestation")]);
    let again = page.form("/envoi");
    assert_eq!(again.value("supervisor_name"), Some("Nadia Fortin"));
    assert_eq!(again.value("supervisor_reason"), Some("J’ai changé d’équipe."));
    camille.send(&again.with("attestation", "true")).await;
    let reference = app.row(&key).reference.expect("it is filed");
    assert_eq!(app.holder(&reference), "ethics_officer", "who looks for the right person");
    let page = app.as_("aline").open(&format!("/d/{reference}")).await;
    assert!(page.says("Nadia Fortin") && page.says("J’ai changé d’équipe."), "{}", page.text());
}

#[actix_web::test]
async fn the_session_ends_in_mid_form_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    app.gives_password("camille", "une phrase facile à retenir");
    let camille = app.as_("camille");
    let page = camille.open("/declarer/gift_declaration").await;
    let page = camille.send(&page.form("/declarer/gift_declaration")).await;
    let form =
        page.form("/thing").with("type", "gift").with("description", "Un panier « d’automne »\u{a0}: 2 + 2 = 4 %");
    app.clock.advance(TimeDelta::minutes(31));

    let sign_in = camille.send(&form).await;
    assert_eq!((sign_in.status, sign_in.h1().as_str()), (401, "Connexion"));
    assert!(sign_in.says("ce que vous avez écrit est conservé"));
    // A slip of the finger loses nothing either.
    let email = "camille.gagnon@ministere.example";
    let enter = sign_in.form("/connexion").with("email", email);
    let again = camille.send(&enter.clone().with("password", "pas celle-là")).await;
    assert_eq!(again.status, 422);
    let resume = camille.send(&again.form("/connexion").with("password", "une phrase facile à retenir")).await;
    assert_eq!(resume.h1(), "Vous êtes de retour");
    let next = camille.send(&resume.form("/thing")).await;
    assert_eq!(next.h1(), "Qui vous l’a offert?", "{}", next.text());
    let back = camille.open(&next.link("Retour")).await;
    assert_eq!(back.form("/thing").value("description"), Some("Un panier « d’automne »\u{a0}: 2 + 2 = 4 %"));
}

/// A page with files is sent otherwise: its text is kept all the same, and it says which files to join again.
#[actix_web::test]
async fn the_session_ends_on_a_page_with_files_and_nothing_typed_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = folder.path().display().to_string();
    let app = TestApp::with(|config| config.uploads.directory = uploads).await;
    app.gives_password("camille", PASSWORD);
    let camille = app.as_("camille");
    let potential = json!({ "conflict_kind": "potential" });
    let key = app.drafts("camille", "interest_declaration", answers::changed(answers::interest(), potential));
    let path = format!("/brouillons/{key}/measures");
    let page = camille.open(&path).await;
    assert!(page.form("/measures").multipart, "the page takes files");
    let long = "Je ne vérifie plus « ses » factures\u{a0}: 2 + 2 = 4 %.\n".repeat(20);
    let long = long.trim();
    app.clock.advance(TimeDelta::minutes(31));

    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    let typed = [("conflict_kind", "potential"), ("measures_taken", long), ("names_supervisor", "no")];
    let body = files::multipart(&typed, &[("attachments", "lettre.pdf", &files::pdf("Lettre"))]);
    let sign_in = camille.request(Method::POST, &path, &headers, Some(body)).await;
    assert_eq!((sign_in.status, sign_in.h1().as_str()), (401, "Connexion"));
    assert!(sign_in.says("ce que vous avez écrit est conservé"));
    let enter = sign_in.form("/connexion").with("email", "camille.gagnon@ministere.example");
    let again = camille.send(&enter.clone().with("password", "pas celle-là")).await;
    let resume = camille.send(&again.form("/connexion").with("password", PASSWORD)).await;
    assert_eq!(resume.h1(), "Vous êtes de retour");
    assert!(resume.says("Joindre de nouveau : lettre.pdf"), "{}", resume.text());
    assert_eq!(resume.attribute("input[type=file]", "name").as_deref(), Some("attachments"));
    let form = resume.form("/measures");
    assert!(form.multipart, "it leaves as it came");
    let sent = camille.send(&form).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    let back = camille.open(&path).await;
    let kept = back.form("/measures").value("measures_taken").unwrap_or_default().to_owned();
    assert_eq!(kept.lines().map(str::trim).collect::<Vec<_>>(), long.lines().map(str::trim).collect::<Vec<_>>());
    assert_eq!(app.row(&key).state(), State::Draft, "and nothing was sent");
}

#[actix_web::test]
async fn a_page_asked_for_without_a_session_comes_back_after_signing_in() {
    let app = TestApp::new().await;
    app.gives_password("camille", "une phrase facile à retenir");
    let visitor = app.stranger();
    let sign_in = visitor.open("/mes-declarations?etat=draft").await;
    assert_eq!(sign_in.path, "/connexion?retour=%2Fmes-declarations%3Fetat%3Ddraft");
    let form = sign_in.form("/connexion").with("email", " Camille.Gagnon@ministere.example ");
    let page = visitor.send(&form.with("password", "une phrase facile à retenir")).await;
    assert_eq!(page.path, "/mes-declarations?etat=draft");
}

#[actix_web::test]
async fn the_language_toggle_keeps_the_page_and_its_query() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let page = camille.open("/mes-declarations?etat=draft").await;
    let english = camille.open(&page.link("English")).await;
    assert_eq!(english.path, "/mes-declarations?etat=draft");
    assert!(english.html.contains("<html lang=\"en-CA\">"));
    let french = camille.open(&english.link("Français")).await;
    assert_eq!(french.path, "/mes-declarations?etat=draft");
    assert!(french.html.contains("<html lang=\"fr-CA\">"));
    // It goes nowhere else.
    let elsewhere = camille.open("/langue/en?retour=//evil.example/").await;
    assert_eq!(elsewhere.path, "/");
}

#[actix_web::test]
async fn emma_reads_english_from_the_start() {
    let app = TestApp::new().await;
    let home = app.as_("emma").open("/").await;
    assert!(home.html.contains("<html lang=\"en-CA\">"));
    app.files_gift("emma");
    let letter = &app.letters_to("emma")[0];
    assert_eq!(letter.subject, "Received – CAD-2026-000001");
}

/// A02, Z07
#[actix_web::test]
async fn fields_and_columns_that_a_form_never_offers_change_nothing() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let before = app.row(&key);
    let mut fields: Vec<(&str, &str)> = vec![
        ("type", "gift"),
        ("description", "Un livre"),
        ("id", "999"),
        ("key", "x"),
        ("reference", "CAD-2026-999999"),
        ("state", "closed"),
        ("version", "77"),
        ("revision", "9"),
        ("declarant_id", "1"),
        ("holder_id", "1"),
        ("decider_id", "1"),
        ("outcome", "accept"),
        ("decided_at", "2020-01-01T00:00:00"),
        ("filed_at", "2020-01-01T00:00:00"),
        ("first_filed_at", "2020-01-01T00:00:00"),
        ("created_at", "2020-01-01T00:00:00"),
        ("due_on", "2030-01-01"),
        ("days_late", "-5"),
        ("attention", "0"),
        ("class", "C1"),
        ("kind", "interest_declaration"),
        ("answers", "{}"),
        ("company_id", "1"),
        ("value_cents", "99999999"),
        ("names_supervisor", "yes"),
        ("_internal", "1"),
    ];
    let page = camille.post(&format!("/brouillons/{key}/thing"), &fields).await;
    assert_eq!(page.status, 200);
    let after = app.row(&key);
    assert_eq!(after.answers().unwrap().get("value_cents"), &json!(2500), "asked on another page");
    assert_eq!(after.answers().unwrap().get("description"), &json!("Un livre"));
    let known: Vec<&String> = after.answers().unwrap().0.keys().cloned().collect::<Vec<_>>().leak().iter().collect();
    assert!(known.iter().all(|name| answers::gift().get(name.as_str()).is_some()), "{known:?}");
    assert_eq!(
        (after.id, &after.key, &after.reference, after.state(), after.declarant_id, after.holder_id, after.created_at),
        (before.id, &before.key, &None, State::Draft, before.declarant_id, None, before.created_at),
    );
    // The same at the attestation.
    fields.push(("attestation", "true"));
    camille.post(&format!("/brouillons/{key}/envoi"), &fields).await;
    let filed = app.row(&key);
    assert_eq!(filed.reference.as_deref(), Some("CAD-2026-000001"));
    assert_eq!(filed.first_filed_at, Some(app.clock.now()), "record times are ours (A02)");
    assert_eq!((filed.days_late, filed.revision, filed.outcome.as_deref()), (0, 1, None));
    assert_eq!(app.holder(&key), "rosalie");
}

/// N18
#[actix_web::test]
async fn a_form_from_another_site_is_refused() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[],
    ] {
        let body = Some(("application/x-www-form-urlencoded", Vec::new()));
        let page = camille.request(Method::POST, "/declarer/gift_declaration", headers, body).await;
        assert_eq!(page.status, 400, "{headers:?}");
    }
    assert_eq!(app.declarations(), 0);
    let body = Some(("application/x-www-form-urlencoded", Vec::new()));
    let page =
        camille.request(Method::POST, "/declarer/gift_declaration", &[("origin", "http://127.0.0.1:8080")], body).await;
    assert_eq!(page.status, 303, "an old browser of ours is believed by its Origin");
}

#[actix_web::test]
async fn a_nul_somebody_pastes_is_left_out_and_one_in_an_address_leads_nowhere() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let page =
        camille.post(&format!("/brouillons/{key}/thing"), &[("type", "gift"), ("description", "Un\0 livre")]).await;
    assert_eq!(page.status, 200);
    assert_eq!(app.row(&key).answers().unwrap().text("description"), "Un livre");
    for path in
        ["/d/CAD%00", "/mes-declarations?etat=%00", "/entreprises/suggestions?q=ab%00", "/api/v1/declarations/x%00"]
    {
        assert_eq!(camille.open(path).await.status, 404, "{path}");
    }
    let reference = app.sends("camille", &key).unwrap().reference.unwrap();
    let page = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    let form = page.form("/decision").with("outcome", "return").with("reason", "Trop\0 cher.");
    assert_eq!(app.as_("rosalie").send(&form).await.status, 200);
}

/// domain.md §10.3: who benefits is known of every gift that is not declined; the common case says it in one answer.
#[actix_web::test]
async fn who_benefits_from_a_gift_received_is_always_said() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let mine = answers_a_gift(&camille).await;
    assert!(mine.summary().values().any(|said| said == "Je l’ai reçu le jour même, pour moi"), "{}", mine.text());
    let for_another = json!({ "direction": "received_other", "received_on": "2026-11-20" });
    let key = app.drafts("camille", "gift_declaration", answers::changed(answers::gift(), for_another));
    let page = camille.open(&format!("/brouillons/{key}/moment")).await;
    assert!(page.says("À qui cela profite-t-il"), "{}", page.text());
    let unsaid = camille.send(&page.form("/moment")).await;
    assert_eq!(
        (unsaid.status, unsaid.errors()),
        (422, vec!["À qui cela profite-t-il, ou profiterait-il? – Choisissez une réponse.".to_owned()])
    );
    camille.send(&unsaid.form("/moment").with("beneficiary", "relative")).await;
    let filed = app.sends("camille", &key).unwrap();
    assert!(filed.findings().unwrap().iter().any(|finding| finding.rule == "gift.relative"));
    // The twin: what one received for oneself is nobody else’s.
    let own = app.files_gift("camille");
    assert!(!app.row(&own).findings().unwrap().iter().any(|finding| finding.rule == "gift.relative"));
}
