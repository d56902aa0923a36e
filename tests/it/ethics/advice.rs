//! Asking the ethics officer: private, answered in four parts, shown by its reader alone.

use probite::declarations::workflow::State;
use probite::error::{Error, Result};
use probite::ethics::actions::give_opinion;
use probite::ethics::opinion::{Compared, Opinion, Stance};
use probite::ethics::precedents::{self, Text};
use serde_json::json;

use crate::support::{TestApp, answers, say};

pub fn opinion() -> Opinion {
    Opinion {
        facts: "Un fournisseur paie le transport d’une conférence.".into(),
        norms: "Politique, section 5; REDFP, article 6.".into(),
        analysis: "Le paiement dépasse ce qui est d’usage.".into(),
        recommendation: "Décliner le transport, ou le faire payer par le Ministère.".into(),
    }
}

fn gives(app: &TestApp, name: &str, slug: &str, compared: Vec<Compared>) -> Result<()> {
    let (slug, version) = (slug.to_owned(), app.row(slug).version);
    app.does(name, move |tx, actor| give_opinion(tx, actor, &slug, version, &opinion(), &compared).map(drop))
}

/// A request answered; its reference.
pub fn answered(app: &TestApp) -> String {
    let slug = app.files("camille", "advice_request", answers::advice());
    gives(app, "aline", &slug, Vec::new()).unwrap();
    slug
}

fn publishes(app: &TestApp, title: &str, situation: &str) -> i64 {
    let text = Text {
        title: title.into(),
        situation: situation.into(),
        norms: "REDFP, article 6.".into(),
        recommendation: "Décliner.".into(),
    };
    app.does("aline", move |tx, actor| probite::ethics::actions::publish(tx, actor, None, &text)).unwrap()
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(errors) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[actix_web::test]
async fn a_question_goes_to_the_ethics_officer_and_the_supervisor_is_never_told() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "advice_request", answers::advice());
    assert_eq!((app.state(&slug), app.holder(&slug).as_str()), (State::WithEthics, "ethics_officer"));
    assert_eq!(
        app.post_since(0),
        ["private-received → camille", "private-asked → aline", "private-asked → marc"],
        "nobody else"
    );
    assert_eq!(app.letters_to("aline")[0].subject, format!("Demande d’avis – {slug}"));
    gives(&app, "marc", &slug, Vec::new()).unwrap();
    assert_eq!(app.state(&slug), State::Closed);
    assert_eq!(app.post_since(3), ["private-given → camille"]);
    let letter = app.letters_to("camille").pop().unwrap();
    assert_eq!(letter.subject, format!("Votre avis est prêt – {slug}"));
    for word in ["conférence", "fournisseur", "Décliner", "transport"] {
        assert!(!letter.text.contains(word) && !letter.html.contains(word), "{word}");
    }
    assert!(app.letters_to("rosalie").is_empty());
    insta::assert_snapshot!("advice-given-fr", letter.text.replace(&slug, "AVI-2026-000000"));
}

/// The whole way through pages: the form, the opinion, the receipt.
#[actix_web::test]
async fn camille_asks_aline_answers_and_camille_prints_a_receipt() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let page = camille.post("/declarer/advice_request", &[]).await;
    let key = page.path.split('/').nth(2).unwrap().to_owned();
    let base = format!("/brouillons/{key}");
    camille.post(&format!("{base}/question"), &[("topic", "Conférence"), ("question", "Puis-je?")]).await;
    camille.post(&format!("{base}/context"), &[("context", "Je siège au comité.")]).await;
    let check =
        camille.post(&format!("{base}/terms"), &[("urgency", "ordinary"), ("confidentiality", "ethics_only")]).await;
    assert_eq!(check.status, 200, "{}", check.text());
    assert!(check.text().contains("responsable de l’éthique"), "{}", check.text());
    assert!(!check.says(&say("check-supervisor")), "there is no supervisor to dispute");
    let received = camille.post(&format!("{base}/envoi"), &[("attestation", "1")]).await;
    let slug = received.path.split('/').nth(2).unwrap().to_owned();
    assert!(slug.starts_with("AVI-2026-"), "{slug}");

    let aline = app.as_("aline");
    let file = aline.open(&format!("/d/{slug}")).await;
    assert!(file.says("Puis-je?") && file.says(&say("advice-write")), "{}", file.text());
    let writing = aline.open(&format!("/conseils/{slug}/rediger")).await;
    assert!(writing.says("Camille Gagnon verra l’avis en entier"), "{}", writing.text());
    let version = app.row(&slug).version.to_string();
    let half = [("version", version.as_str()), ("facts", "Les faits."), ("norms", "Section 5.")];
    let again = aline.post(&format!("/conseils/{slug}/rediger"), &half).await;
    assert_eq!(again.status, 422);
    assert_eq!(again.errors().len(), 2, "{:?}", again.errors());
    assert!(again.html.contains("Les faits."), "nothing typed is lost");
    let whole = [half[0], half[1], half[2], ("analysis", "L’analyse."), ("recommendation", "La recommandation.")];
    let done = aline.post(&format!("/conseils/{slug}/rediger"), &whole).await;
    assert_eq!((done.status, done.path.as_str()), (200, format!("/d/{slug}").as_str()));

    let read = camille.open(&format!("/d/{slug}")).await;
    for part in ["Les faits.", "Section 5.", "L’analyse.", "La recommandation."] {
        assert!(read.says(part), "{part}");
    }
    let receipt = camille.open(&format!("/conseils/{slug}/recu")).await;
    for part in [slug.as_str(), "Puis-je?", "La recommandation.", "Aline Bouchard", "23 novembre 2026"] {
        assert!(receipt.says(part), "{part}: {}", receipt.text());
    }
    // For her alone: the officer who wrote it does not open it.
    assert_eq!(aline.open(&format!("/conseils/{slug}/recu")).await.status, 403);
    assert_eq!(app.as_("rosalie").open(&format!("/conseils/{slug}/recu")).await.status, 404);
    insta::assert_snapshot!("receipt", receipt.text().replace(&slug, "AVI-2026-000000"));
}

#[actix_web::test]
async fn an_opinion_is_given_once_at_the_version_read_and_only_on_its_page() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "advice_request", answers::advice());
    assert_eq!(fields(app.decides("aline", &slug, "advice_given").unwrap_err()), ["outcome"]);
    let stale = slug.clone();
    let late = app.does("aline", move |tx, actor| give_opinion(tx, actor, &stale, 0, &opinion(), &[]).map(drop));
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    gives(&app, "aline", &slug, Vec::new()).unwrap();
    assert!(matches!(gives(&app, "marc", &slug, Vec::new()), Err(Error::NotAllowed)), "it waits for nobody now");
    assert_eq!(app.decisions(&slug), 1);
    assert_eq!(app.journal(&slug), ["submitted", "advice_given", "decided"]);
    // Neither does it answer another kind.
    let gift = app.files("camille", "gift_declaration", answers::referred("gift_declaration"));
    assert!(matches!(gives(&app, "aline", &gift, Vec::new()), Err(Error::NotPossible("not-possible-opinion"))));
}

/// The deputy minister and the secretary general may ask too; the ethics officer asks somebody else.
#[actix_web::test]
async fn everybody_has_somebody_to_ask() {
    let app = TestApp::new().await;
    for (who, holder) in [
        ("victor", "ethics_officer"),
        ("solange", "ethics_officer"),
        ("isabelle", "ethics_officer"),
        ("aline", "solange"),
    ] {
        let slug = app.files(who, "advice_request", answers::advice());
        assert_eq!(app.holder(&slug), holder, "{who}");
    }
    let own = app.files("aline", "advice_request", answers::advice());
    gives(&app, "solange", &own, Vec::new()).unwrap();
    assert_eq!(app.state(&own), State::Closed);
}

#[actix_web::test]
async fn a_precedent_that_looks_like_the_question_is_proposed_and_a_departure_says_why() {
    let app = TestApp::new().await;
    let close = publishes(&app, "Conférence payée", "Une personne donne une conférence payée par un fournisseur.");
    let far = publishes(&app, "Bénévolat", "Une personne siège à une coopérative d’habitation.");
    let slug = app.files("camille", "advice_request", answers::advice());
    let aline = app.as_("aline");
    let page = aline.open(&format!("/conseils/{slug}/rediger")).await;
    assert!(page.html.contains(&format!("precedent-{close}")) && !page.html.contains(&format!("precedent-{far}")));

    // Without a word on it, the opinion waits; so does a departure without its reason.
    assert_eq!(fields(gives(&app, "aline", &slug, Vec::new()).unwrap_err()), [format!("precedent-{close}")]);
    let departs =
        |reason: &str| vec![Compared { precedent: close, stance: Some(Stance::Departs), reason: reason.into() }];
    assert_eq!(fields(gives(&app, "aline", &slug, departs(" ")).unwrap_err()), [format!("why-{close}")]);
    gives(&app, "aline", &slug, departs("Le Ministère organise lui-même.")).unwrap();
    assert_eq!(app.journal(&slug), ["submitted", "advice_given", "precedent_departed", "decided"]);

    // The reason stays with the office.
    assert!(aline.open(&format!("/d/{slug}")).await.says("Le Ministère organise lui-même."));
    let camille = app.as_("camille");
    assert!(!camille.open(&format!("/d/{slug}")).await.says("Le Ministère organise lui-même."));
    let api = camille.open(&format!("/api/v1/declarations/{slug}")).await;
    assert!(!api.html.contains("organise") && api.html.contains("recommendation"), "{}", api.html);
}

/// A colleague takes the precedent out while the opinion is written: it is said beside it, and nothing written is lost.
#[actix_web::test]
async fn a_precedent_withdrawn_meanwhile_costs_no_word_of_the_opinion() {
    let app = TestApp::new().await;
    let close = publishes(&app, "Conférence payée", "Une personne donne une conférence payée par un fournisseur.");
    let slug = app.files("camille", "advice_request", answers::advice());
    let (aline, address) = (app.as_("aline"), format!("/conseils/{slug}/rediger"));
    let (stance, why) = (format!("precedent-{close}"), format!("why-{close}"));
    let written = [
        ("facts", "Les faits."),
        ("norms", "Section 5."),
        ("analysis", "Une analyse longue."),
        ("recommendation", "Décliner."),
        (stance.as_str(), "departs"),
        (why.as_str(), "Le Ministère organise."),
    ];
    let form = written
        .into_iter()
        .fold(aline.open(&address).await.form("/rediger"), |form, (name, value)| form.with(name, value));
    app.as_("marc").post(&format!("/precedents/{close}/retrait"), &[]).await;
    let refused = app.access_log().len();
    let page = aline.send(&form).await;
    assert_eq!(page.status, 422, "{}", page.text());
    assert_eq!(page.errors(), [say("error-precedent-withdrawn")]);
    for kept in ["Les faits.", "Section 5.", "Une analyse longue.", "Décliner.", "Le Ministère organise."] {
        assert!(page.html.contains(kept), "{kept}: {}", page.text());
    }
    assert!(page.html.contains(&format!("id=\"precedent-{close}\"")), "the summary leads to it");
    assert!(app.access_log().iter().skip(refused).all(|(_, _, allowed)| *allowed), "nobody was refused a reading");
    // Sent again, it no longer speaks of it.
    let done = aline.send(&page.form("/rediger")).await;
    assert_eq!((done.status, done.path.as_str()), (200, format!("/d/{slug}").as_str()), "{}", done.text());
    assert_eq!(app.journal(&slug), ["submitted", "advice_given", "decided"]);
}

#[actix_web::test]
async fn everybody_searches_the_library_and_the_ethics_officer_alone_writes_it() {
    let app = TestApp::new().await;
    let id = publishes(&app, "Conférence payée", "Une personne donne une conférence payée par un fournisseur.");
    let theo = app.as_("theo");
    assert!(theo.open("/precedents").await.says("Conférence payée"));
    assert!(theo.open("/precedents?q=conferences").await.says("Conférence payée"), "accents and plurals aside");
    assert!(!theo.open("/precedents?q=habitation").await.says("Conférence payée"));
    assert!(theo.open(&format!("/precedents/{id}")).await.says("Décliner."));
    assert_eq!(theo.open("/precedents/rediger").await.status, 403);
    assert_eq!(theo.post(&format!("/precedents/{id}/retrait"), &[]).await.status, 403);
    let aline = app.as_("aline");
    assert_eq!(aline.post("/precedents/rediger", &[("title", "Seul")]).await.status, 422);
    aline.post(&format!("/precedents/{id}/retrait"), &[]).await;
    assert_eq!(theo.open(&format!("/precedents/{id}")).await.status, 404);
    assert!(app.read(precedents::in_force).is_empty());
}

#[actix_web::test]
async fn a_precedent_written_from_an_opinion_names_neither_the_person_nor_the_company() {
    let app = TestApp::new().await;
    let given = answers::changed(
        answers::advice(),
        json!({
            "company": { "name": "Nordik Infonuagique inc.", "neq": "1171234567" },
            "confidentiality": "precedent",
        }),
    );
    let slug = app.files("camille", "advice_request", given);
    gives(&app, "aline", &slug, Vec::new()).unwrap();
    let aline = app.as_("aline");
    let start = aline.open(&format!("/precedents/rediger?avis={slug}")).await;
    assert!(start.html.contains("Un fournisseur paie"), "the opinion is where the text starts");
    let number = app.number("camille");
    for told in [
        "Madame Gagnon demande",
        "L’entreprise Nordik paie",
        &format!("Le dossier {slug}"),
        &format!("La personne {number}"),
    ] {
        let form = [
            ("from", slug.as_str()),
            ("title", "Conférence"),
            ("situation", told),
            ("norms", "Section 5."),
            ("recommendation", "Décliner."),
        ];
        let page = aline.post("/precedents/rediger", &form).await;
        assert_eq!(page.status, 422, "{told}");
        assert!(page.html.contains(&told.replace('\'', "&#x27;")), "{told}: nothing typed is lost");
    }
    let form = [
        ("from", slug.as_str()),
        ("title", "Conférence"),
        ("situation", "Une personne est invitée à parler aux frais d’un fournisseur."),
        ("norms", "Section 5."),
        ("recommendation", "Décliner."),
    ];
    let page = aline.post("/precedents/rediger", &form).await;
    assert!(page.path.starts_with("/precedents/") && page.status == 200, "{} {}", page.path, page.text());
    assert!(!page.html.contains(&slug));
}

/// « Entre la personne responsable de l’éthique et moi seulement » is kept: no precedent is drawn from it, by any way.
#[actix_web::test]
async fn a_question_asked_in_confidence_never_becomes_an_example() {
    let app = TestApp::new().await;
    let slug = answered(&app);
    let aline = app.as_("aline");
    let page = aline.open(&format!("/d/{slug}")).await;
    assert!(page.says(&say("precedent-refused")), "{}", page.text());
    assert!(!page.says(&say("precedent-from-opinion")));
    let start = aline.open(&format!("/precedents/rediger?avis={slug}")).await;
    assert_eq!(start.status, 409);
    assert!(
        start.says(&say("not-possible-precedent")) && !start.html.contains("paie le transport"),
        "{}",
        start.text()
    );
    let form = [
        ("from", slug.as_str()),
        ("title", "Conférence"),
        ("situation", "Une personne est invitée à parler aux frais d’un fournisseur."),
        ("norms", "Section 5."),
        ("recommendation", "Décliner."),
    ];
    assert_eq!(aline.post("/precedents/rediger", &form).await.status, 409);
    assert!(app.read(precedents::in_force).is_empty());
    let camille = app.as_("camille").open(&format!("/d/{slug}")).await;
    assert!(!camille.says(&say("precedent-refused")), "it is said to whoever could have written one");
    // The twin: with her consent, the same opinion is where an example starts.
    let agreed = answers::changed(answers::advice(), json!({ "confidentiality": "precedent" }));
    let slug = app.files("camille", "advice_request", agreed);
    gives(&app, "aline", &slug, Vec::new()).unwrap();
    let page = aline.open(&format!("/d/{slug}")).await;
    assert!(page.says(&say("precedent-from-opinion")) && !page.says(&say("precedent-refused")), "{}", page.text());
    assert_eq!(aline.open(&format!("/precedents/rediger?avis={slug}")).await.status, 200);
}

/// « Je dois répondre vendredi »: what the person says is when the office is due, is told and is reminded.
#[actix_web::test]
async fn an_opinion_needed_by_friday_is_due_on_friday() {
    let app = TestApp::new().await;
    let by = |date: &str| answers::changed(answers::advice(), json!({ "urgency": "dated", "needed_by": date }));
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day);
    let slug = app.files("camille", "advice_request", by("2026-11-27"));
    assert_eq!(app.row(&slug).due_on, day(11, 27));
    let letter = app.letters_to("aline").remove(0);
    assert!(letter.text.contains("27 novembre 2026"), "{}", letter.text);
    // Her question gives her no more time than the person has.
    app.asks("aline", &slug, "Qui paie?").unwrap();
    app.answers("camille", &slug, "L’entreprise.").unwrap();
    assert_eq!(app.row(&slug).due_on, day(11, 27));
    // Later than the usual delay, or on no day at all, the usual delay holds.
    assert_eq!(app.row(&app.files("theo", "advice_request", by("2027-01-15"))).due_on, day(12, 7));
    assert_eq!(app.row(&app.files("emma", "advice_request", answers::advice())).due_on, day(12, 7));
    // Needed sooner after all: a correction says so.
    let later = app.files("olivier", "advice_request", answers::advice());
    app.corrects("olivier", &later, by("2026-11-25")).unwrap();
    assert_eq!(app.row(&later).due_on, day(11, 25));
    // A day that is past is a slip, said beside the field.
    let key = app.drafts("camille", "advice_request", by("2026-11-20"));
    assert_eq!(fields(app.sends("camille", &key).unwrap_err()), ["needed_by"]);
    // On the Friday, whoever may answer is reminded.
    app.clock.set(day(11, 27).unwrap(), 10, 0);
    app.remind();
    assert_eq!(app.letters_to("aline").last().unwrap().letter, "reminder");
}

#[actix_web::test]
async fn somebody_who_followed_an_opinion_may_say_so_and_the_decider_reads_that_much() {
    let app = TestApp::new().await;
    let slug = answered(&app);
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    let check = camille.open(&format!("/brouillons/{key}/verifier")).await;
    assert!(check.html.contains(&slug), "her own opinions are offered");
    let form = [("attestation", "1"), ("advice", slug.as_str()), ("advice_text", "On m’a conseillé de le rendre.")];
    let received = camille.post(&format!("/brouillons/{key}/envoi"), &form).await;
    let gift = received.path.split('/').nth(2).unwrap().to_owned();
    let page = app.as_("rosalie").open(&format!("/d/{gift}")).await;
    assert!(page.says(&format!("A suivi un avis : {slug}")) || page.says(&slug), "{}", page.text());
    assert!(page.says("On m’a conseillé de le rendre."));
    for word in ["conférence", "transport", "Puis-je"] {
        assert!(!page.says(word), "{word}: nothing of the opinion follows");
    }
    assert_eq!(app.as_("rosalie").open(&format!("/d/{slug}")).await.status, 404, "knowing of it opens nothing");
}

#[actix_web::test]
async fn whoever_says_nothing_of_an_opinion_leaves_no_trace_of_it() {
    let app = TestApp::new().await;
    let slug = answered(&app);
    let gift = app.files_gift("camille");
    for reader in ["rosalie", "aline", "denis", "audrey", "serge"] {
        let page = app.as_(reader).open(&format!("/d/{gift}")).await;
        assert!(!page.html.contains(&slug), "{reader}");
    }
}

#[actix_web::test]
async fn only_an_opinion_of_ones_own_can_be_mentioned() {
    let app = TestApp::new().await;
    let slug = answered(&app);
    let theo = app.as_("theo");
    let key = app.drafts("theo", "gift_declaration", answers::gift());
    assert!(!theo.open(&format!("/brouillons/{key}/verifier")).await.html.contains("name=\"advice\""));
    let mut said = Vec::new();
    for reference in [slug.as_str(), "AVI-2026-123456"] {
        let form = [("attestation", "1"), ("advice", reference)];
        let page = theo.post(&format!("/brouillons/{key}/envoi"), &form).await;
        assert_eq!(page.status, 422, "{reference}");
        said.push(page.without_nonce().2);
    }
    assert_eq!(said[0], said[1], "one that exists and one that does not answer alike");
    assert_eq!(app.state(&key), State::Draft);
    // Not answered yet: nothing to follow.
    let open = app.files("camille", "advice_request", answers::advice());
    let camille = app.as_("camille");
    let key = app.drafts("camille", "gift_declaration", answers::gift());
    assert!(!camille.open(&format!("/brouillons/{key}/verifier")).await.html.contains(&open));
}

#[actix_web::test]
async fn the_api_asks_answers_and_reads_the_library() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "advice_request", answers::advice());
    let aline = app.as_("aline");
    let body = serde_json::to_vec(&json!({
        "facts": "Faits.", "norms": "Normes.", "analysis": "Analyse.", "recommendation": "Décliner.",
    }))
    .unwrap();
    let tag = format!("\"{}\"", app.row(&slug).version);
    let path = format!("/api/v1/declarations/{slug}/advice");
    let headers = [("sec-fetch-site", "same-origin"), ("if-match", tag.as_str())];
    let post = actix_web::http::Method::POST;
    let done = aline.request(post.clone(), &path, &headers, Some(("application/json", body.clone()))).await;
    assert_eq!(done.status, 200, "{}", done.html);
    let read = app.as_("camille").open(&format!("/api/v1/declarations/{slug}")).await;
    assert!(read.html.contains("Décliner."), "{}", read.html);
    assert_eq!(app.as_("rosalie").request(post, &path, &headers, Some(("application/json", body))).await.status, 404);
    publishes(&app, "Conférence payée", "Une conférence payée.");
    assert!(app.as_("theo").open("/api/v1/precedents?q=conference").await.html.contains("Conférence payée"));
}

#[actix_web::test]
async fn an_opinion_half_written_waits_for_its_author_alone_and_goes_with_the_answer() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "advice_request", answers::advice());
    let (address, aline) = (format!("/conseils/{slug}/rediger"), app.as_("aline"));
    let kept = aline.post(&address, &[("facts", "Trois faits."), ("analysis", "À suivre"), ("_later", "1")]).await;
    assert!(kept.says(&say("flash-opinion-kept")), "{}", kept.text());
    let again = aline.open(&address).await;
    assert!(again.says("Vous reprenez votre brouillon"), "{}", again.text());
    assert_eq!(again.form("/rediger").value("facts"), Some("Trois faits."));
    assert_eq!(again.form("/rediger").value("analysis"), Some("À suivre"));
    assert!(!app.as_("marc").open(&address).await.says("Trois faits."), "another officer writes their own");
    assert_eq!(app.as_("rosalie").open(&address).await.status, 404);
    gives(&app, "aline", &slug, Vec::new()).unwrap();
    let left: i64 = app.read(|tx| {
        use diesel::prelude::*;
        Ok(probite::db::schema::opinion_drafts::table.count().get_result(tx.conn)?)
    });
    assert_eq!(left, 0);
}

/// What is annotated after an opinion is told to whoever gave it, while they hold the office that reads it.
#[actix_web::test]
async fn whoever_gave_an_opinion_and_left_the_office_is_told_nothing_more_of_it() {
    for left in [true, false] {
        let app = TestApp::new().await;
        app.wants_digest("aline", false);
        let slug = answered(&app);
        if left {
            let aline = app.id("aline");
            app.write(move |tx| {
                let (role, today) = (probite::access::Role::EthicsOfficer, tx.today());
                probite::people::roles::end(tx, None, aline, role, today).map(drop)
            });
        }
        crate::rectifications::asks(&app, "camille", &slug, "La date est fausse.").unwrap();
        let posted = app.letters().len();
        crate::rectifications::answers(&app, "marc", &slug, "granted", "").unwrap();
        let told = app.post_since(posted);
        // Letters about what is sealed have one name for all.
        let is_told = |name: &str| told.iter().any(|letter| letter.ends_with(name));
        assert!(is_told("→ camille"), "left: {left}, {told:?}");
        assert_eq!(is_told("→ aline"), !left, "left: {left}, {told:?}");
    }
}
