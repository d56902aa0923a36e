//! Letters as people receive them: neutral, short, harmless to open.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use diesel::prelude::*;
use probite::app::Tx;
use probite::db::schema::{letters, persons};
use probite::declarations::kind::{Field, Widget};
use probite::measures::wishes::Wish;
use serde_json::{Value, json};

use crate::support::measures::wish;
use crate::support::{Letter, TestApp, answers};

/// Every letter is written only where rules may decide alone.
async fn rules_may_decide() -> TestApp {
    TestApp::with(|config| config.automatic.enabled = true).await
}

/// Lives through a story in which every letter of the product is written once.
fn every_letter(app: &TestApp) {
    // News reach these three one by one; Aline has them in a digest.
    for name in ["rosalie", "rita", "marc"] {
        app.wants_digest(name, false);
    }
    every_letter_of_the_programme(app);
    // received, decide, flagged, contract
    let tender = json!({
        "value_cents": 8000, "contract_process": "unknown", "under_contract": "yes",
    });
    let gift = app.files("camille", "gift_declaration", answers::changed(answers::gift(), tender.clone()));
    // corrected, question, answered, opinion
    app.corrects("camille", &gift, answers::changed(answers::gift(), tender)).unwrap();
    app.asks("rosalie", &gift, "Qui d’autre?").unwrap();
    app.answers("camille", &gift, "Personne.").unwrap();
    let reference = gift.clone();
    app.does("aline", move |tx, actor| probite::declarations::actions::opine(tx, actor, &reference, "À retourner."))
        .unwrap();
    // referred, decide again after being sent back, approved, recorded
    app.refers("rosalie", &gift).unwrap();
    app.sends_back("aline", &gift).unwrap();
    app.decides("rosalie", &gift, "accept").unwrap();
    let event = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &event, "authorised_with_conditions").unwrap();
    let refused = app.files("camille", "event_request", answers::event());
    app.decides("rosalie", &refused, "refused").unwrap();
    let told_in_person = app.files("camille", "business_relation", answers::relation());
    app.decides("rosalie", &told_in_person, "noted").unwrap();
    // ruled-alone, ruled-for-you
    app.files("theo", "gift_declaration", answers::declined_gift());
    // contract, withdrawn
    let relation = app.files("camille", "business_relation", answers::relation());
    app.withdraws("camille", &relation).unwrap();
    // in English, and confidential
    let interest = app.files("emma", "interest_declaration", answers::interest());
    app.decides("rosalie", &interest, "managed").unwrap();
    // rescored
    crate::crosschecks::nordik_gets_a_contract(app);
    // reminder, escalated, reminder of a follow-up
    app.files("emma", "business_relation", answers::relation());
    app.files("theo", "interest_declaration", answers::interest());
    // rescored-many
    crate::crosschecks::nordik_gets_another_contract(app);
    // outside, decided-outside, recorded-outside
    let own = app.files("victor", "gift_declaration", answers::gift());
    app.records_outside("solange", &own, "hand_to_state").unwrap();
    // direction, direction-asked, directed
    let real = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    app.seeks_direction("aline", &real).unwrap();
    app.decides("victor", &real, "recusal").unwrap();
    // rectify-asked, rectify-answered, rectified
    crate::rectifications::asks(app, "camille", &real, "La date est fausse.").unwrap();
    crate::rectifications::answers(app, "aline", &real, "granted", "").unwrap();
    // spare-code-used
    let theo = app.id("theo");
    app.write(move |tx| {
        let code = probite::people::recovery::renew(tx, theo)?.remove(0);
        let person = probite::people::store::find(tx, theo)?;
        probite::people::recovery::take(tx, &person, &code)
    });
    // delegation, absence, absence-over, role
    let absence = app.is_away("nadia", 20, Some("denis"), "nadia").unwrap();
    let nadia = app.id("nadia");
    app.clock.advance_business_days(1);
    app.write(move |tx| probite::people::absences::end(tx, Some(nadia), nadia, absence));
    app.is_away("helene", 20, None, "serge").unwrap();
    let (serge, theo) = (app.id("serge"), app.number("theo"));
    let today = app.clock.today();
    app.write(move |tx| {
        probite::people::roles::grant_to(tx, Some(serge), &theo, probite::access::Role::Auditor, today, Some(today))
    });
    // access: changed from the command line, of somebody who opens what is sealed
    let aline = app.id("aline");
    let aline = app.read(|tx| probite::people::store::find(tx, aline));
    probite::people::shell::set_password(&app.app, &aline, "une phrase facile à retenir").unwrap();
    // situation, departure
    let theo = app.id("theo");
    app.write(move |tx| {
        probite::people::confirmations::ask(tx, &[(theo, probite::people::confirmations::Cause::Supervisor)])?;
        probite::people::confirmations::tell(tx)
    });
    app.leaves("olivier", app.clock.today() + chrono::TimeDelta::days(10));
    app.write(probite::people::departures::follow);
    // undelivered
    app.a_letter_fails(550, "no such mailbox");
    app.write(probite::outbox::undelivered::tell);
    // unusual-readings
    let tried = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    for _ in 0..6 {
        let slug = tried.clone();
        app.does("theo", move |tx, actor| probite::declarations::access_log::refused(tx, actor, &slug)).unwrap();
    }
    app.write(probite::readings::unusual::watch);
    // passed-on and passed-up come last
    for _ in 0..16 {
        app.clock.advance_business_days(1);
        app.remind();
    }
    // situation-due
    app.write(probite::people::confirmations::remind);
    // copied, and what is told in confidence
    app.files("rita", "rarc_notice", answers::notice());
    let asked = app.files("camille", "advice_request", answers::advice());
    app.does("aline", move |tx, actor| {
        let version = probite::declarations::actions::read(tx, actor, &asked)?.declaration.version;
        let part = |text: &str| text.to_owned();
        let opinion = probite::ethics::opinion::Opinion {
            facts: part("Faits."),
            norms: part("Normes."),
            analysis: part("Analyse."),
            recommendation: part("Recommandation."),
        };
        probite::ethics::actions::give_opinion(tx, actor, &asked, version, &opinion, &[])
    })
    .unwrap();
    let told = app.files("camille", "voluntary_declaration", answers::voluntary());
    app.decides("aline", &told, "advice_given").unwrap();
    every_letter_of_measures(app);
    app.comments(
        "aline",
        &app.files_gift("camille"),
        "readers",
        &format!("Qu’en pensez-vous, @{}?", app.number("rosalie")),
    )
    .unwrap();
    every_letter_of_files(app);
    crate::policy::every_letter_of_the_policy(app);
    crate::forms::every_letter_of_the_forms(app);
    crate::campaigns::every_letter_of_a_campaign(app);
    crate::acts::every_letter_of_acts(app);
    crate::retention::every_letter_of_retention(app);
    crate::retention::every_letter_of_drafts(app);
    // rectify-extended, rectify-due
    crate::rectifications::asks(app, "camille", &told_in_person, "L’heure est fausse.").unwrap();
    crate::rectifications::extends(app, "aline", &told_in_person, "Le dossier est ailleurs.").unwrap();
    crate::rectifications::is_due(app);
    // told-after
    let kept = json!({ "final_disposition": "kept", "final_on": "2026-11-23", "customary": true, "modest": true });
    app.completes("victor", &own, kept).unwrap();
}

/// A letter with what is drawn at random in it, references and keys of sealed files, made one.
fn steady(app: &TestApp, text: &str) -> String {
    use probite::db::schema::declarations;
    let drawn: Vec<(Option<String>, String)> = app.read(|tx| {
        Ok(declarations::table
            .filter(declarations::class.eq("C3"))
            .select((declarations::reference, declarations::key))
            .load(tx.conn)?)
    });
    drawn.into_iter().fold(text.to_owned(), |text, (reference, key)| {
        text.replace(&reference.unwrap_or_default(), "AVI-2026-000000").replace(&key, "clé-du-dossier")
    })
}

/// Given, proof, sent back, verified, to review, not applied, late, lifted.
fn every_letter_of_measures(app: &TestApp) {
    let interest = app.files("camille", "interest_declaration", answers::interest());
    let monthly = Wish { every: "1".into(), ..wish("Se retirer") };
    let to_theo = Wish { owner: app.number("theo"), ..wish("Reprendre le lot 2") };
    let asked = app.asks_for("rosalie", &interest, "managed", vec![monthly, to_theo, wish("Double signature")]);
    app.proves("camille", asked[0].id).unwrap();
    app.sends_proof_back("rosalie", asked[0].id).unwrap();
    app.proves("camille", asked[0].id).unwrap();
    app.verifies("rosalie", asked[0].id).unwrap();
    app.lifts("aline", asked[1].id).unwrap();
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2027, 1, 5).unwrap(), 9, 0);
    app.remind();
    app.denies("rosalie", asked[0].id).unwrap();
}

/// A virus found after a file was received.
fn every_letter_of_files(app: &TestApp) {
    use probite::attachments::{quarantine, scan::Scan, store};
    for name in ["camille", "emma"] {
        let reference = app.files_gift(name);
        let (declaration, person) = (app.row(&reference).id, app.id(name));
        app.write(move |tx| {
            let file = store::Kept {
                field: "attachments".into(),
                name: "facture.pdf".into(),
                media_type: "application/pdf",
                size: 9,
                sha256: format!("{person:064}"),
                scan: Scan::Pending,
                key: None,
            };
            store::insert(tx, declaration, None, person, &file)?;
            quarantine::condemn(tx, &file.sha256)
        });
    }
}

/// Showcases, passports and the digest.
fn every_letter_of_the_programme(app: &TestApp) {
    use probite::programme::passports::actions::{About, Typed};
    use probite::programme::{actions, organisers, passports};

    let number = app.number("theo");
    app.does("cyril", move |tx, actor| organisers::name(tx, actor, &number)).unwrap();
    let reference = app.plans("nadia", &crate::programme::scene::with_call());
    let at = reference.clone();
    app.does("rita", move |tx, actor| actions::advise(tx, actor, &at, "Inviter une troisième entreprise.")).unwrap();
    app.registers("camille", &reference);
    let mut moved = crate::programme::scene::with_call();
    moved.retain(|(name, _)| *name != "held_on");
    moved.push(("held_on", "2026-12-18"));
    let form: Vec<(String, String)> = moved.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let (at, version) = (reference.clone(), app.showcase(&reference).version);
    app.does("nadia", move |tx, actor| actions::change(tx, actor, &at, version, &form)).unwrap();
    app.does("nadia", move |tx, actor| actions::cancel(tx, actor, &reference, "En panne.")).unwrap();
    let event = app.files("camille", "event_request", answers::event());
    let about = About {
        title: "Rendez-vous infonuagique 2026".into(),
        event_on: "2026-12-14".into(),
        company: json!({ "neq": crate::support::ministry::NORDIK.1 }),
        from: event,
    };
    let typed = Typed { ruling: "acceptable".into(), reason: "Ouvert à tous.".into(), ..Typed::default() };
    app.does("aline", move |tx, actor| passports::actions::create(tx, actor, &about, &typed)).unwrap();
    let day = app.clock.now();
    app.holds("cyril", &["camille"]);
    app.app.clock.set(day);
    app.clock.advance_business_days(1);
    assert!(app.digests() > 0);
    app.app.clock.set(day);
}

fn names(letters: &[Letter]) -> BTreeSet<&str> {
    letters.iter().map(|letter| letter.letter.as_str()).collect()
}

#[actix_web::test]
async fn every_letter_reads_well() {
    let app = rules_may_decide().await;
    every_letter(&app);
    let mut seen = BTreeSet::new();
    for letter in app.letters() {
        let language = if letter.to == "emma" { "en" } else { "fr" };
        if seen.insert((letter.letter.clone(), language)) {
            let whole = format!(
                "To: {}\nSubject: {}\nIn thread: {}\n\n{}",
                letter.to,
                letter.subject,
                letter.thread_id.is_some(),
                letter.text
            );
            insta::assert_snapshot!(format!("{}-{language}", letter.letter), steady(&app, &whole));
        }
    }
}

/// What the product can write is what the story above wrote: a new letter must join it.
#[actix_web::test]
async fn the_story_of_every_letter_leaves_none_out() {
    let app = rules_may_decide().await;
    every_letter(&app);
    let keys = probite::texts::keys(probite::text::Language::Fr);
    let known: BTreeSet<&str> =
        keys.iter().filter_map(|key| key.strip_prefix("letter-")?.strip_suffix("-body")).collect();
    let letters = app.letters();
    assert_eq!(names(&letters), known);
}

#[actix_web::test]
async fn subjects_fit_in_sixty_characters_for_the_longest_names() {
    for language in ["fr", "en"] {
        let app = rules_may_decide().await;
        app.write(move |tx| {
            diesel::update(persons::table)
                .set((
                    persons::given_name.eq("Marie-Philippe-Antoinette"),
                    persons::family_name.eq("Vaillancourt-Charbonneau de La Chevrotière-Robitaille"),
                    persons::language.eq(language),
                ))
                .execute(tx.conn)?;
            Ok(())
        });
        every_letter(&app);
        let letters = app.letters();
        assert!(letters.len() > 25, "{}", letters.len());
        for letter in letters {
            let length = letter.subject.chars().count();
            assert!(length <= 60, "{length}: {}", letter.subject);
            assert!(!letter.subject.contains(['\n', '\r']), "{}", letter.subject);
        }
    }
}

/// An answer that shows wherever it goes.
fn canary(field: &Field, options: &Value) -> Value {
    let mark = format!("CANARI{}", field.id.to_uppercase().replace('_', ""));
    match field.widget {
        Widget::Text | Widget::Longtext => Value::from(mark),
        Widget::Lines => json!([mark]),
        Widget::Contacts => {
            json!([{ "name": mark, "title": format!("{mark}T"), "email": format!("{mark}@x.example") }])
        }
        Widget::Company => json!({ "name": mark, "no_neq_reason": format!("{mark}R") }),
        _ => options.clone(),
    }
}

/// M03: canaries in every field of every kind, in every letter, text, HTML and headers.
#[actix_web::test]
async fn no_answer_is_ever_in_a_letter() {
    let app = TestApp::new().await;
    for name in ["camille", "emma"] {
        for kind in ["business_relation", "gift_declaration", "event_request", "interest_declaration"] {
            for base in [answers::ordinary(kind), answers::referred(kind)] {
                let version = app.app.book.catalogue.kind(kind).unwrap().kind.clone();
                let mut given = base;
                for field in version.fields() {
                    let held = given.get(&field.id).cloned().unwrap_or(Value::Null);
                    let marked = canary(field, &held);
                    // Free text everywhere it may be; choices as they are, so that it can be filed.
                    if !marked.is_null() {
                        given[&field.id] = marked;
                    }
                }
                let reference = app.files(name, kind, given.clone());
                app.corrects(name, &reference, given.clone()).unwrap();
                let decider = if app.holder(&reference) == "rosalie" { "rosalie" } else { "aline" };
                app.asks(decider, &reference, "CANARIQUESTION?").unwrap();
                app.answers(name, &reference, "CANARIREPONSE").unwrap();
                if decider == "rosalie" {
                    let slug = reference.clone();
                    app.does("aline", move |tx, actor| {
                        probite::declarations::actions::opine(tx, actor, &slug, "CANARIAVIS")
                    })
                    .unwrap();
                }
                let (slug, outcome) = (
                    reference.clone(),
                    match kind {
                        "business_relation" => "measures",
                        "gift_declaration" => "return",
                        "event_request" => "authorised_with_conditions",
                        _ => "managed",
                    },
                );
                let version_read = app.row(&reference).version;
                let measures = if kind == "gift_declaration" { Vec::new() } else { vec!["CANARIMESURE".into()] };
                app.does(decider, move |tx, actor| {
                    let choice = probite::declarations::actions::Choice {
                        outcome: outcome.into(),
                        reason: "CANARIMOTIF".into(),
                        measures,
                        version: version_read,
                    };
                    probite::declarations::actions::decide(tx, actor, &slug, &choice)
                })
                .unwrap();
            }
        }
    }
    for _ in 0..12 {
        app.clock.advance_business_days(1);
        app.remind();
    }
    let letters = app.letters();
    assert!(letters.len() > 100, "{}", letters.len());
    for letter in &letters {
        for part in [&letter.subject, &letter.text, &letter.html, &letter.message_id] {
            assert!(!part.contains("CANARI"), "{} to {}:\n{part}", letter.letter, letter.to);
        }
    }
    // The twin: the canaries are there, on the page.
    let page = app.as_("camille").open("/d/REL-2026-000001").await;
    assert!(page.html.contains("CANARISUBJECT"));
}

/// The words are those of the outcome, for every kind: nobody reads that a gift to be returned is a request not authorised.
#[actix_web::test]
async fn the_letter_of_a_decision_says_what_was_decided() {
    for (kind, outcome, letter, words, rest) in [
        ("gift_declaration", "return", "refused", "À retourner", "La page donne les motifs"),
        ("gift_declaration", "share", "approved", "À partager avec l’équipe", "La page indique ce qui reste à faire"),
        ("gift_declaration", "hand_to_state", "approved", "À remettre à l’État", "La page indique ce qui reste"),
        ("gift_declaration", "refusal_noted", "noted", "Offre déclinée, notée", "Elle est au registre."),
        ("business_relation", "measures", "conditions", "Notée, avec des mesures", "Lisez ce qu’elle demande"),
        ("event_request", "refused", "refused", "Non autorisée", "La page donne les motifs"),
    ] {
        let app = TestApp::new().await;
        let given = if outcome == "refusal_noted" { answers::declined_gift() } else { answers::ordinary(kind) };
        let reference = app.files("camille", kind, given);
        app.decides("rosalie", &reference, outcome).unwrap();
        let sent = app.letters_to("camille").pop().unwrap();
        assert_eq!((sent.letter.as_str(), sent.subject), (letter, format!("{words} – {reference}")), "{outcome}");
        let sentence =
            format!("La décision sur votre déclaration {reference} est prise\u{a0}: «\u{a0}{words}\u{a0}». {rest}");
        assert!(sent.text.contains(&sentence), "{outcome}: {}", sent.text);
    }
}

/// M03
#[actix_web::test]
async fn letters_about_interests_name_neither_the_kind_nor_the_outcome() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    app.decides("rosalie", &reference, "managed").unwrap();
    for letter in app.letters() {
        for word in ["intérêt", "Encadrée", "mesure", "condition", "Nordik", "Emploi", "Camille"] {
            let body = letter.text.replace("éthique et de l’intégrité", "");
            assert!(!body.contains(word), "{} says {word}:\n{body}", letter.letter);
            assert!(!letter.subject.contains(word), "{} says {word}", letter.subject);
        }
    }
}

#[actix_web::test]
async fn minimal_letters_name_nobody_in_their_facts() {
    let app = TestApp::with(|config| config.letters.detail = probite::config::Detail::Minimal).await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "accept").unwrap();
    for letter in app.letters() {
        assert!(!letter.text.contains("Camille"), "{}", letter.text);
        assert!(!letter.text.contains("Cadeau, hospitalité"), "{}", letter.text);
        assert!(!letter.text.contains("Acceptée"), "{}", letter.text);
    }
}

#[actix_web::test]
async fn letters_of_one_matter_make_one_thread_for_each_person() {
    let app = rules_may_decide().await;
    every_letter(&app);
    let mut firsts: BTreeMap<(&str, String), String> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for letter in app.letters() {
        assert!(ids.insert(letter.message_id.clone()), "a Message-ID is used once");
        assert!(letter.message_id.starts_with('<') && letter.message_id.ends_with("@ministere.example>"));
        let Some(reference) = letter.reference.clone() else {
            // Sealed files have threads too, whose letters carry no reference.
            assert!(letter.thread_id.is_none() || letter.letter.starts_with("sealed"), "{}", letter.subject);
            continue;
        };
        match firsts.get(&(letter.to, reference.clone())) {
            Some(first) => assert_eq!(letter.thread_id.as_ref(), Some(first), "{}", letter.subject),
            None => {
                assert_eq!(letter.thread_id, None, "{}", letter.subject);
                firsts.insert((letter.to, reference), letter.message_id);
            }
        }
    }
}

/// M14
#[actix_web::test]
async fn the_html_of_a_letter_says_what_its_text_says_and_loads_nothing() {
    let app = rules_may_decide().await;
    every_letter(&app);
    for letter in app.letters() {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let page = scraper::Html::parse_document(&letter.html);
        let html = words(&page.root_element().text().collect::<Vec<_>>().join(" "));
        for line in letter.text.lines().filter(|line| line.len() > 12 && !line.starts_with("http")) {
            let line =
                words(line.trim_start_matches("- ").trim_start_matches("> ").trim_end_matches([' ', '\u{a0}', ':']));
            let (label, value) =
                line.split_once(" : ").or_else(|| line.split_once(": ")).unwrap_or(("", line.as_str()));
            assert!(
                html.contains(&line) || (html.contains(label) && html.contains(value)) || line.contains(" – "),
                "{}: « {line} » is in the text only",
                letter.letter
            );
        }
        for forbidden in ["<img", "<script", "src=", "url(", "@import", "<link", "<form", "onclick"] {
            assert!(!letter.html.contains(forbidden), "{}: {forbidden}", letter.letter);
        }
    }
}

/// M04
#[actix_web::test]
async fn names_cannot_write_html_nor_headers_into_a_letter() {
    let app = TestApp::new().await;
    let id = app.id("camille");
    app.write(move |tx| {
        diesel::update(persons::table.find(id))
            .set(persons::family_name.eq("Gagnon<script>alert(1)</script>\r\nBcc: x@y.example"))
            .execute(tx.conn)?;
        Ok(())
    });
    app.files_gift("camille");
    for letter in app.letters() {
        assert!(!letter.html.contains("<script>"), "{}", letter.html);
        assert!(!letter.subject.contains(['\r', '\n']), "{:?}", letter.subject);
    }
}

/// Addresses in a letter, as paths of the product.
fn links(letter: &Letter) -> Vec<String> {
    let page = scraper::Html::parse_document(&letter.html);
    let anchors = scraper::Selector::parse("a[href]").unwrap();
    let mut links: Vec<String> =
        page.select(&anchors).filter_map(|a| a.value().attr("href")).map(str::to_owned).collect();
    links.extend(letter.text.split_whitespace().filter(|word| word.starts_with("http")).map(str::to_owned));
    links
        .iter()
        .filter_map(|link| link.strip_prefix("http://127.0.0.1:8080"))
        .map(|path| if path.is_empty() { "/".to_owned() } else { path.to_owned() })
        .collect()
}

/// M01: scanners, previews and curious people open every link of every letter; nothing changes.
#[actix_web::test]
async fn opening_every_link_of_every_letter_changes_nothing() {
    let app = rules_may_decide().await;
    every_letter(&app);
    let all: BTreeSet<(&str, String)> =
        app.letters().iter().flat_map(|letter| links(letter).into_iter().map(|path| (letter.to, path))).collect();
    assert!(all.len() > 15, "{all:?}");
    let before: Vec<&str> = all.iter().map(|(to, _)| *to).collect();
    let browsers: BTreeMap<&str, _> = before.iter().map(|name| (*name, app.as_(name))).collect();
    let pulse = app.pulse();
    for (to, path) in &all {
        for browser in [&browsers[to], &app.stranger()] {
            for _ in 0..3 {
                for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
                    let page = browser.request(method.clone(), path, &[], None).await;
                    assert!(page.status < 500, "{method} {path}: {}", page.status);
                }
            }
        }
    }
    assert_eq!(app.pulse(), pulse);
}

#[actix_web::test]
async fn every_link_of_a_letter_opens_for_the_person_who_received_it() {
    let app = rules_may_decide().await;
    every_letter(&app);
    for letter in app.letters() {
        for path in links(&letter) {
            let page = app.as_(letter.to).open(&path).await;
            assert_eq!(page.status, 200, "{} to {}: {path}", letter.letter, letter.to);
        }
    }
}

/// M02: a link gives nothing to somebody else.
#[actix_web::test]
async fn a_link_forwarded_to_somebody_else_asks_to_sign_in_then_opens_nothing() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    for path in app.letters().iter().flat_map(links).filter(|path| path.starts_with("/d/")) {
        assert_eq!(app.stranger().open(&path).await.h1(), "Connexion");
        assert_eq!(app.as_("olivier").open(&path).await.status, 404);
    }
}

/// E26: once a day, what failed since the last time, and never because of itself.
#[actix_web::test]
async fn letters_that_failed_are_told_to_the_administrator_once_a_day() {
    use probite::outbox::undelivered::tell;
    let app = TestApp::new().await;
    assert_eq!(app.write(tell), 0, "nothing failed");
    app.files_gift("camille");
    app.a_letter_fails(550, "no such mailbox");
    app.clock.advance(chrono::TimeDelta::minutes(5));
    assert_eq!(app.write(tell), 1);
    let told = app.letters_to("serge").pop().unwrap();
    assert_eq!((told.letter.as_str(), told.subject.as_str()), ("undelivered", "1 courriel non remis"));
    assert!(told.text.contains("no such mailbox"), "{}", told.text);
    // This one fails too: it is no news of its own.
    app.a_letter_fails(550, "no such mailbox");
    app.clock.advance(chrono::TimeDelta::days(1));
    assert_eq!(app.write(tell), 0);
    app.files_gift("theo");
    app.a_letter_fails(421, "later");
    app.clock.advance(chrono::TimeDelta::minutes(5));
    assert_eq!((app.write(tell), app.write(tell)), (1, 0), "and again the next day, for what is new");
}

/// Mail programs part letters whose subjects differ: those about one decision keep the subject of the first, whatever its new date.
#[actix_web::test]
async fn letters_about_one_declaration_keep_the_subject_of_the_first_when_its_date_changes() {
    let app = TestApp::new().await;
    app.wants_digest("rosalie", false);
    let reference = app.files("camille", "event_request", answers::event());
    let first = app.letters_to("rosalie").pop().unwrap();
    let due = app.row(&reference).due_on;
    app.clock.advance_business_days(2);
    let later = json!({ "event_on": "2027-01-18" });
    app.corrects("camille", &reference, answers::changed(answers::event(), later)).unwrap();
    assert_ne!(app.row(&reference).due_on, due, "it has a new date");
    for _ in 0..4 {
        app.clock.advance_business_days(1);
        app.remind();
    }
    app.refers("rosalie", &reference).unwrap();
    app.sends_back("aline", &reference).unwrap();
    let mine = |letter: &&Letter| {
        letter.reference.as_deref() == Some(reference.as_str())
            && ["corrected", "reminder", "decide"].contains(&letter.letter.as_str())
    };
    let letters = app.letters_to("rosalie");
    let after: Vec<&Letter> = letters.iter().filter(mine).skip(1).collect();
    let kinds: BTreeSet<&str> = after.iter().map(|letter| letter.letter.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["corrected", "decide", "reminder"]));
    for letter in after {
        assert_eq!(letter.subject, format!("Re: {}", first.subject), "{}", letter.letter);
        assert_eq!(letter.thread_id.as_deref(), Some(first.message_id.as_str()), "{}", letter.letter);
    }
    // The words of the letter are those of today, whatever its subject.
    let again = app.letters_to("rosalie").into_iter().rev().find(|letter| letter.letter == "decide").unwrap();
    assert!(!again.text.contains(&first.subject), "{}", again.text);
    // What is due is said in the letter.
    let now = probite::formats::format_date_long(app.row(&reference).due_on.unwrap(), probite::text::Language::Fr);
    assert!(
        app.letters_to("rosalie").iter().rev().any(|letter| letter.letter == "decide" && letter.text.contains(&now))
    );
    // The twin: another declaration has a subject of its own.
    let other = app.files("camille", "event_request", answers::event());
    let letter = app.letters_to("rosalie").pop().unwrap();
    assert!(letter.subject.contains(&other) && !letter.subject.starts_with("Re: "), "{}", letter.subject);
}

/// What became of the letters of a name: to whom, and why they did not leave.
fn became_of(app: &TestApp, name: &str) -> Vec<(&'static str, String, Option<String>)> {
    let rows: Vec<(i64, String, Option<String>)> = app.read(|tx| {
        let named = letters::table.filter(letters::letter.eq(name)).order(letters::id.asc());
        Ok(named.select((letters::recipient_id, letters::state, letters::last_error)).load(tx.conn)?)
    });
    rows.into_iter().map(|(to, state, error)| (app.name(to), state, error)).collect()
}

/// An interest that nobody renews is followed for ever, and the mailbox of whoever left may be read by somebody else.
#[actix_web::test]
async fn nothing_leaves_for_somebody_who_left_and_the_list_of_letters_says_why() {
    let app = TestApp::new().await;
    let given = answers::changed(
        answers::interest(),
        json!({ "in_contact": "yes", "duties_details": "Le lot 2", "client_touched": "no", "under_contract": "no" }),
    );
    let interest = app.files("camille", "interest_declaration", given);
    app.decides("rosalie", &interest, "managed").unwrap();
    crate::rectifications::asks(&app, "camille", &interest, "Mon poste a changé de nom.").unwrap();
    app.leaves("camille", app.clock.today());
    app.clock.advance_business_days(1);
    crate::crosschecks::nordik_gets_a_contract(&app);
    let told = became_of(&app, "rescored");
    let held = crate::support::say("letters-held-left");
    assert!(told.contains(&("camille", "cancelled".into(), Some(held.clone()))), "{told:?}");
    for name in ["rosalie", "aline"] {
        assert!(told.contains(&(name, "queued".into(), None)), "the twin, {name}: {told:?}");
    }
    let hers = app.letters_to("camille").pop().unwrap();
    assert!(hers.text.is_empty() && hers.html.is_empty(), "{hers:?}");
    let page = app.as_("serge").open("/courriels?etat=cancelled").await;
    assert!(page.says(&held) && page.says("camille.gagnon@ministere.example"), "{}", page.text());
    // The twin: the answer that the law promises to whoever asked leaves.
    crate::rectifications::answers(&app, "aline", &interest, "granted", "").unwrap();
    assert_eq!(became_of(&app, "rectify-answered"), vec![("camille", "queued".to_owned(), None)]);
}

/// Written on a Friday evening for the Monday morning: whoever left on the Friday is not written to.
#[actix_web::test]
async fn what_was_written_before_a_last_day_and_waits_does_not_leave_after_it() {
    type Row = (String, String, String, Option<String>);
    // The worker follows the calendar; or it was away, and takes what is due before it does.
    for follows in [true, false] {
        let app = TestApp::new().await;
        let gift = app.files_gift("camille");
        let friday = chrono::NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
        app.clock.set(friday, 19, 0);
        app.decides("rosalie", &gift, "accept").unwrap();
        crate::rectifications::asks(&app, "camille", &gift, "La date est fausse.").unwrap();
        crate::rectifications::answers(&app, "aline", &gift, "granted", "").unwrap();
        if follows {
            // What failed may be sent again by hand: it is taken back too, and by the calendar since it is not due.
            app.write(|tx| {
                let receipt = letters::table.filter(letters::letter.eq("received"));
                Ok(diesel::update(receipt).set(letters::state.eq("failed")).execute(tx.conn)?)
            });
        }
        app.leaves("camille", friday);
        app.clock.set(friday + chrono::TimeDelta::days(3), 7, 30);
        let claimed = if follows {
            app.follows_the_calendar();
            Vec::new()
        } else {
            app.write(|tx| probite::outbox::store::claim(tx, 100))
        };
        let camille = app.id("camille");
        let theirs: Vec<Row> = app.read(|tx| {
            let theirs = letters::table.filter(letters::recipient_id.eq(camille)).order(letters::id.asc());
            let columns = (letters::letter, letters::state, letters::text_body, letters::last_error);
            Ok(theirs.select(columns).load(tx.conn)?)
        });
        let held = crate::support::say("letters-held-left");
        assert!(theirs.len() > 2, "{theirs:?}");
        for (letter, state, text, why) in theirs {
            if letter == "rectify-answered" {
                assert!(state != "cancelled" && !text.is_empty(), "the twin, which the law promises: {state}");
            } else {
                assert_eq!((state.as_str(), text.as_str(), why.as_ref()), ("cancelled", "", Some(&held)), "{letter}");
            }
        }
        let to_camille = claimed.iter().filter(|letter| letter.recipient_id == camille);
        assert!(to_camille.into_iter().all(|letter| letter.letter == "rectify-answered"));
        let told = became_of(&app, "decide");
        assert!(told.iter().all(|(to, state, _)| *to == "rosalie" && state != "cancelled"), "the twin: {told:?}");
    }
}

/// Four workers over one PostgreSQL, at the same instant.
#[actix_web::test]
async fn no_duty_writes_a_letter_twice_whatever_the_number_of_workers() {
    use probite::people::confirmations::{self, Cause};
    type Duty = fn(&mut Tx<'_>) -> probite::error::Result<usize>;
    let app = TestApp::new().await;
    let all_at_once = |duty: Duty, expected: &[&str]| {
        let before = app.letters().len();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let product = app.app.clone();
                scope.spawn(move || product.write_here(duty).unwrap());
            }
        });
        let written = app.post_since(before);
        let distinct: BTreeSet<&String> = written.iter().collect();
        assert_eq!(distinct.len(), written.len(), "{written:?}");
        for letter in expected {
            assert!(written.iter().any(|one| one == letter), "{letter}: {written:?}");
        }
    };
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    crate::rectifications::asks(&app, "camille", &gift, "La date est fausse.").unwrap();
    let theo = app.id("theo");
    app.write(move |tx| confirmations::ask(tx, &[(theo, Cause::Duties)]));
    app.drafts("emma", "gift_declaration", answers::gift());

    all_at_once(confirmations::tell, &["situation → theo"]);
    app.a_letter_fails(550, "no such mailbox");
    all_at_once(probite::outbox::undelivered::tell, &["undelivered → serge"]);
    let conflict = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    for _ in 0..6 {
        let slug = conflict.clone();
        app.does("theo", move |tx, actor| probite::declarations::access_log::refused(tx, actor, &slug)).unwrap();
    }
    all_at_once(probite::readings::unusual::watch, &["unusual-readings → aline", "unusual-readings → marc"]);
    app.leaves("olivier", app.clock.today() + chrono::TimeDelta::days(10));
    all_at_once(probite::people::departures::follow, &["departure → olivier", "departure → nadia"]);
    let due_on = app.app.book.calendar.add_business_days(app.clock.today(), 12);
    crate::campaigns::opens(&app, due_on);
    all_at_once(probite::campaigns::worker::go_on, &["yearly → camille", "yearly → theo"]);

    let privacy = app.app.book.config.privacy.clone();
    app.clock.advance(chrono::TimeDelta::days(privacy.rectification_days + privacy.rectification_extra_days));
    all_at_once(confirmations::remind, &["situation-due → theo"]);
    all_at_once(probite::rectifications::reminders::remind, &["rectify-due → aline"]);
    app.clock.advance(chrono::TimeDelta::days(160));
    all_at_once(probite::declarations::forgotten::follow, &["draft-forgotten → emma"]);
}
