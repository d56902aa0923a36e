//! The forms: read as text, changed by two people, looked at before they are adopted, kept by what is begun.

use chrono::TimeDelta;
use diesel::prelude::*;
use probite::adoption::Standing;
use probite::db::schema::{attachments, declarations, events, kind_adoptions};
use probite::declarations::actions;
use probite::declarations::answers::Answers;
use probite::declarations::drafts;
use probite::error::{Error, Result};
use probite::forms::proposals::{self, Change, Proposal, State};
use probite::forms::versions;
use serde_json::{Value, json};

use crate::support::{TestApp, answers, files, say};

const GIFT: &str = "gift_declaration";
/// A question asked of everybody, before the description of the gift.
const WITNESS: &str = r#"[[step.field]]
id = "witness"
widget = "text"
label = { fr = "Qui était présent?", en = "Who was there?" }
required = true

[[step.field]]
id = "description""#;

fn begins(app: &TestApp, kind: &'static str) -> Proposal {
    app.does("aline", move |tx, actor| {
        let from = versions::in_force(tx, kind)?.id;
        proposals::begin(tx, actor, from)
    })
    .unwrap()
}

fn saves(app: &TestApp, proposal: &Proposal, change: Change) -> Result<Proposal> {
    let (id, version) = (proposal.id, proposal.version);
    app.does("aline", move |tx, actor| proposals::save(tx, actor, id, version, &change))
}

fn submits(app: &TestApp, name: &str, proposal: &Proposal) -> Result<Proposal> {
    let (id, version) = (proposal.id, proposal.version);
    app.does(name, move |tx, actor| proposals::submit(tx, actor, id, version))
}

fn adopts(app: &TestApp, name: &str, proposal: &Proposal) -> Result<Proposal> {
    let (id, version) = (proposal.id, proposal.version);
    app.does(name, move |tx, actor| proposals::adopt(tx, actor, id, version))
}

fn refuses(app: &TestApp, proposal: &Proposal, reason: &'static str) -> Result<Proposal> {
    let (id, version) = (proposal.id, proposal.version);
    app.does("solange", move |tx, actor| proposals::refuse(tx, actor, id, version, reason))
}

/// A change of the gift form, with its reason.
fn changes(app: &TestApp, from: &str, to: &str) -> Proposal {
    let proposal = begins(app, GIFT);
    assert!(proposal.document.contains(from), "the file says {from}");
    let change = Change {
        document: Some(proposal.document.replacen(from, to, 1)),
        note: Some("Savoir qui a vu la scène.".into()),
        ..Change::default()
    };
    saves(app, &proposal, change).unwrap()
}

/// A gift form that asks who was there.
fn asks_who_was_there(app: &TestApp) -> Proposal {
    changes(app, "[[step.field]]\nid = \"description\"", WITNESS)
}

/// Proposed, adopted, refused.
pub fn every_letter_of_the_forms(app: &TestApp) {
    let submitted = submits(app, "aline", &asks_who_was_there(app)).unwrap();
    adopts(app, "solange", &submitted).unwrap();
    let submitted = submits(app, "aline", &changes(app, "max = 300", "max = 200")).unwrap();
    refuses(app, &submitted, "Trop court.").unwrap();
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(errors) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

fn answers_of(given: Value) -> Answers {
    serde_json::from_value(given).unwrap()
}

fn files_at_once(app: &TestApp, given: Value) -> Result<String> {
    let given = answers_of(given);
    let done = app.does("camille", move |tx, actor| actions::submit_new(tx, actor, GIFT, &given, true))?;
    Ok(done.reference.unwrap())
}

/// What is wrong with the file of a proposal: line, column, rule, sentence.
fn problems(app: &TestApp, proposal: &Proposal) -> Vec<(usize, usize, Option<String>, String)> {
    let id = proposal.id;
    let found = app.read(move |tx| proposals::find(tx, id)?.form(tx)).expect_err("the file has problems");
    let french = probite::text::Language::Fr;
    found.list.iter().map(|p| (p.line, p.column, p.rule.clone(), p.sentence(french))).collect()
}

#[actix_web::test]
async fn a_new_question_is_asked_from_its_day_and_what_is_begun_keeps_its_form() {
    let app = TestApp::alone().await;
    let before = app.drafts("camille", GIFT, answers::gift());
    let filed = app.files_gift("camille");
    let old = app.row(&filed).kind_version_id;
    let proposal = asks_who_was_there(&app);
    let submitted = submits(&app, "aline", &proposal).unwrap();
    assert_eq!(app.letters_to("solange").pop().unwrap().subject, say("letter-forms-proposed-subject"));
    assert!(matches!(adopts(&app, "aline", &submitted), Err(Error::NotAllowed)), "nobody adopts their own");
    assert!(matches!(submits(&app, "solange", &submitted), Err(Error::NotAllowed)));
    let adopted = adopts(&app, "solange", &submitted).unwrap();
    assert_eq!(adopted.state(), State::Adopted);
    assert_eq!(app.letters_to("aline").pop().unwrap().subject, say("letter-forms-adopted-subject"));
    assert!(matches!(adopts(&app, "solange", &submitted), Err(Error::NotPossible(_))), "once");
    // Today the old form holds.
    assert_eq!(app.row(&files_at_once(&app, answers::gift()).unwrap()).kind_version_id, old);
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(fields(files_at_once(&app, answers::gift()).unwrap_err()), ["witness"]);
    let told = answers::changed(answers::gift(), json!({ "witness": "Toute l’équipe" }));
    let after = files_at_once(&app, told).unwrap();
    assert_eq!(Some(app.row(&after).kind_version_id), adopted.kind_version_id);
    // A draft begun before is asked what it was begun with, and so is a correction.
    let camille = app.as_("camille");
    assert!(!camille.open(&format!("/brouillons/{before}/thing")).await.html.contains("witness"));
    let sent = app.sends("camille", &before).unwrap();
    assert_eq!(sent.kind_version_id, old);
    let corrected = answers::changed(answers::gift(), json!({ "description": "Deux boîtes de chocolats" }));
    assert_eq!(app.corrects("camille", &filed, corrected).unwrap().kind_version_id, old);
    assert!(camille.open(&format!("/d/{after}")).await.says("Toute l’équipe"));
    let told: Vec<String> =
        app.read(|tx| Ok(events::table.order(events::seq).select(events::event).load::<String>(tx.conn)?));
    let of = |name: &str| told.iter().filter(|event| event.contains(name)).count();
    assert_eq!((of("form_proposed"), of("form_adopted")), (1, 1), "{told:?}");
}

#[actix_web::test]
async fn whoever_wrote_a_change_never_adopts_it_whatever_their_roles() {
    let app = TestApp::alone().await;
    let submitted = submits(&app, "aline", &asks_who_was_there(&app)).unwrap();
    let solange = app.actor("solange");
    let own = Standing { proposed_by: solange.person, ..submitted.standing() };
    let decides =
        |standing: &Standing<'_>| app.app.read_here(|tx| standing.is_decided_by(tx, &solange, standing.version));
    assert!(matches!(decides(&own), Err(Error::NotPossible("not-possible-policy-own"))));
    assert!(decides(&submitted.standing()).is_ok(), "the twin");
    // Nor would the database keep it.
    let (id, aline) = (submitted.id, app.id("aline"));
    let kept = app.app.write_here(move |tx| {
        use probite::db::schema::kind_proposals;
        diesel::update(kind_proposals::table.find(id)).set(kind_proposals::decided_by.eq(aline)).execute(tx.conn)?;
        Ok(())
    });
    assert!(kept.is_err());
}

#[actix_web::test]
async fn going_back_is_proposing_an_earlier_form_again() {
    let app = TestApp::alone().await;
    let first = app.read(|tx| Ok(versions::in_force(tx, GIFT)?.id));
    let submitted = submits(&app, "aline", &asks_who_was_there(&app)).unwrap();
    adopts(&app, "solange", &submitted).unwrap();
    app.clock.advance(TimeDelta::days(2));
    assert!(files_at_once(&app, answers::gift()).is_err(), "the question is asked");
    let back = app.does("aline", move |tx, actor| proposals::begin(tx, actor, first)).unwrap();
    let note = Change { note: Some("La question ne servait pas.".into()), ..Change::default() };
    let back = submits(&app, "aline", &saves(&app, &back, note).unwrap()).unwrap();
    assert_eq!(adopts(&app, "solange", &back).unwrap().kind_version_id, Some(first), "the same version, not a copy");
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(app.row(&files_at_once(&app, answers::gift()).unwrap()).kind_version_id, first);
    let history = app.read(|tx| versions::history(tx, GIFT));
    let adopted = history.iter().filter(|past| past.adopted.is_some()).count();
    assert_eq!((history.len(), adopted), (3, 2), "nothing leaves the history: {history:?}");
    let erased = app.app.write_here(|tx| {
        diesel::delete(kind_adoptions::table).execute(tx.conn)?;
        Ok(())
    });
    assert!(erased.is_err(), "adoptions are append-only");
}

#[actix_web::test]
async fn a_broken_file_is_refused_with_its_line_and_its_column_and_nothing_typed_is_lost() {
    let app = TestApp::alone().await;
    let proposal = begins(&app, GIFT);
    assert_eq!(fields(submits(&app, "aline", &proposal).unwrap_err()), ["note", "document"], "no reason, nothing new");
    // Not TOML at all; then a condition on a question that does not exist.
    let torn = changes(&app, "[title]", "[title");
    let line = torn.document.lines().position(|line| line == "[title").unwrap() + 1;
    assert_eq!(problems(&app, &torn)[0].0, line, "{:?}", problems(&app, &torn));
    let named = r#"shown_when = { beneficiary = ["team"] }"#;
    let wrong = changes(&app, named, r#"shown_when = { beneficiare = ["team"] }"#);
    let of = r#"id = "team_members""#;
    let (line, text) = wrong.document.lines().zip(1..).find_map(|(text, n)| (text == of).then_some((n, text))).unwrap();
    let found = problems(&app, &wrong);
    assert_eq!((found[0].0, found[0].1), (line, text.find('"').unwrap() + 1), "{found:?}");
    assert!(found[0].3.contains("beneficiary"), "with the nearest name: {found:?}");
    let page = app.as_("aline").open(&format!("/formulaires/propositions/{}", wrong.id)).await;
    assert!(page.says(&format!("Ligne {line}, colonne")) && page.says("beneficiare"), "{}", page.text());
    assert_eq!(page.form(&format!("/{}", wrong.id)).value("note"), Some("Savoir qui a vu la scène."));
    let kept = |form: &crate::support::browser::Form| {
        form.value("document").is_some_and(|text| text.contains("beneficiare = ["))
    };
    assert!(page.forms().iter().any(kept), "the text stays as it was typed");
    assert_eq!(fields(submits(&app, "aline", &wrong).unwrap_err()), ["document"]);
    let preview = app.as_("aline").open(&format!("/formulaires/propositions/{}/apercu/thing", wrong.id)).await;
    assert_eq!(preview.status, 409, "{}", preview.text());
    // Two people at once: the second is told.
    saves(&app, &proposal, Change::default()).unwrap();
    assert!(matches!(saves(&app, &proposal, Change::default()), Err(Error::Stale)));
}

#[actix_web::test]
async fn a_question_or_a_choice_that_a_rule_uses_is_not_taken_away() {
    let app = TestApp::alone().await;
    let renamed = changes(&app, "[[step.field]]\nid = \"wish\"", "[[step.field]]\nid = \"preference\"");
    let found = problems(&app, &renamed);
    let of_rule: Vec<_> = found.iter().filter(|problem| problem.2.as_deref() == Some("gift.keep_wished")).collect();
    assert_eq!(of_rule.len(), 1, "{found:?}");
    let step = renamed.document.lines().position(|line| line == "id = \"wish\"").unwrap() + 1;
    assert_eq!(of_rule[0].0, step, "on the page that lost it");
    let page = app.as_("aline").open(&format!("/formulaires/propositions/{}", renamed.id)).await;
    assert!(
        page.says("Une règle s’en sert : La personne souhaite garder l’avantage ou en profiter."),
        "{}",
        page.text()
    );
    assert_eq!(fields(submits(&app, "aline", &renamed).unwrap_err()), ["document"]);
    // A choice that a rule compares with.
    let keep =
        "    { id = \"keep\", label = { fr = \"Le garder, ou en profiter\", en = \"Keep it, or enjoy it\" } },\n";
    let retired = changes(&app, keep, "");
    assert!(problems(&app, &retired).iter().any(|p| p.2.as_deref() == Some("gift.keep_wished")));
    // A column, a nature, the references, a name that the service knows.
    let gone =
        |from: &str, to: &str| problems(&app, &changes(&app, from, to)).into_iter().map(|p| p.3).collect::<String>();
    assert!(gone("fact = \"occurred_on\"\n", "").contains("remplir la même colonne"));
    assert!(gone("id = \"offered_on\"", "id = \"day_of_offer\"").contains("offered_on"));
    assert!(gone("prefix = \"CAD\"", "prefix = \"DON\"").contains("CAD"));
    assert!(gone("id = \"thing\"", "id = \"verifier\"").contains("verifier"));
    // What nothing uses may go.
    let shown = "hint = { fr = \"Quelques mots suffisent.\"";
    let harmless = changes(&app, shown, "hint = { fr = \"Deux mots suffisent.\"");
    submits(&app, "aline", &harmless).unwrap();
}

#[actix_web::test]
async fn a_changed_form_is_looked_at_as_a_person_would_see_it_and_nothing_is_kept() {
    let app = TestApp::alone().await;
    let proposal = asks_who_was_there(&app);
    let at = format!("/formulaires/propositions/{}/apercu", proposal.id);
    let count = || app.read(|tx| Ok(declarations::table.count().get_result::<i64>(tx.conn)?));
    let before = count();
    let aline = app.as_("aline");
    let start = aline.open(&format!("{at}/debut")).await;
    assert!(start.says(&say("form-preview-banner")) && start.says(&say("introduce-notice")), "{}", start.text());
    assert!(!start.has_form("/declarer/gift_declaration"), "nothing begins");
    let first = aline.open(&start.link(&say("introduce-start"))).await;
    assert_eq!(first.status, 200, "{}", first.text());
    assert!(first.says("Qui était présent?") && first.says(&say("form-preview-banner")), "{}", first.text());
    // Its errors are those of the real form, and what was typed stays.
    let form = first.form("/apercu/thing").with("type", "gift").with("description", "Un livre");
    let wrong = aline.send(&form).await;
    assert_eq!((wrong.status, wrong.errors().len()), (422, 1), "{}", wrong.text());
    let next = aline.send(&wrong.form("/apercu/thing").with("witness", "Rosalie")).await;
    assert_eq!((next.status, next.h1()), (200, "Qui vous l’a offert?".to_owned()), "{}", next.text());
    let donor = next
        .form("/apercu/donor")
        .with("company.name", "Nordik")
        .with("company.neq", "")
        .with("company.no_neq_reason", "foreign");
    let donor = aline.send(&donor.with("contract_process", "no")).await;
    assert_eq!(donor.h1(), "Quand était-ce, et qu’avez-vous répondu?", "{}", donor.text());
    let check = aline.open(&format!("{at}/verifier")).await;
    assert!(check.says(&say("check-title")) && check.says("Qui était présent?"), "{}", check.text());
    let end = aline.send(&check.form("/apercu/envoi")).await;
    assert!(end.says(&say("flash-form-previewed")), "{}", end.text());
    assert_eq!(count(), before, "nothing is stored");
    // Whoever adopts looks too, in their language; nobody else does.
    let solange = app.as_("solange");
    solange.set_cookie("__Host-langue", "en");
    assert_eq!(solange.open(&format!("{at}/moment")).await.status, 200);
    assert_eq!(app.as_("camille").open(&format!("{at}/thing")).await.status, 403);
    assert_eq!(aline.open(&format!("{at}/nowhere")).await.status, 404);
}

#[actix_web::test]
async fn a_process_that_was_running_takes_a_form_adopted_elsewhere() {
    let app = TestApp::alone().await;
    let other = app.another_process();
    let adopted = adopts(&app, "solange", &submits(&app, "aline", &asks_who_was_there(&app)).unwrap()).unwrap();
    let asked = |process: &probite::app::App| {
        process.read_here(|tx| {
            Ok((versions::in_force(tx, GIFT)?.id, tx.book.catalogue.version(adopted.kind_version_id.unwrap()).is_ok()))
        })
    };
    assert_ne!(Some(asked(&other).unwrap().0), adopted.kind_version_id, "not before its day");
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(asked(&other).unwrap(), (adopted.kind_version_id.unwrap(), true));
    let actor = app.actor("camille");
    let draft = other.write_here(move |tx| drafts::start(tx, &actor, GIFT, &Answers::default())).unwrap();
    assert_eq!(Some(draft.kind_version_id), adopted.kind_version_id);
    // A process started since, with the files of the service, follows what was adopted too.
    assert_eq!(Some(asked(&app.another_process()).unwrap().0), adopted.kind_version_id);
}

/// Z15: as the rules.
#[actix_web::test]
async fn a_form_that_nobody_adopts_in_time_goes_back_to_its_author() {
    let app = TestApp::with(|config| config.acts.adoption_hours = 4).await;
    let submitted = submits(&app, "aline", &asks_who_was_there(&app)).unwrap();
    let path = format!("/formulaires/propositions/{}", submitted.id);
    crate::policy::assert_says_by_when(&app, "forms-proposed");
    app.clock.advance(TimeDelta::hours(4) - TimeDelta::seconds(1));
    let page = app.as_("solange").open(&path).await;
    assert!(page.has_form("/adoption") && page.says("À adopter ou à refuser avant le"), "just before: {}", page.text());
    app.clock.advance(TimeDelta::seconds(1));
    let page = app.as_("solange").open(&path).await;
    assert!(page.says(&say("policy-state-over")) && !page.has_form("/adoption"), "{}", page.text());
    for answer in [adopts(&app, "solange", &submitted), refuses(&app, &submitted, "Trop tard.")] {
        assert!(matches!(answer, Err(Error::NotPossible("not-possible-policy-over"))), "{answer:?}");
    }
    // Sent again as it is, it waits as long again.
    let page = app.as_("aline").open(&path).await;
    let sent = app.as_("aline").send(&page.form("/soumission")).await;
    assert!(sent.says(&say("flash-policy-submitted")), "{}", sent.text());
    app.clock.advance(TimeDelta::hours(3));
    let page = app.as_("solange").open(&path).await;
    let adopted = app.as_("solange").send(&page.form("/adoption")).await;
    assert!(adopted.says(&say("flash-policy-adopted")), "{}", adopted.text());
}

#[actix_web::test]
async fn a_proposal_that_waited_past_its_date_is_not_adopted_and_a_refusal_has_a_reason() {
    let app = TestApp::alone().await;
    let submitted = submits(&app, "aline", &asks_who_was_there(&app)).unwrap();
    app.clock.advance(TimeDelta::days(3));
    assert!(matches!(adopts(&app, "solange", &submitted), Err(Error::NotPossible("not-possible-policy-date"))));
    assert_eq!(fields(refuses(&app, &submitted, "").unwrap_err()), ["reason"]);
    assert_eq!(refuses(&app, &submitted, "La date est passée.").unwrap().state(), State::Refused);
    assert_eq!(app.letters_to("aline").pop().unwrap().subject, say("letter-forms-refused-subject"));
    let late = asks_who_was_there(&app);
    let today = app.clock.today();
    let late = saves(&app, &late, Change { effective: Some(today), ..Change::default() }).unwrap();
    assert_eq!(fields(submits(&app, "aline", &late).unwrap_err()), ["effective"]);
}

#[actix_web::test]
async fn a_page_is_changed_without_its_file_and_the_difference_says_what_changes() {
    let app = TestApp::alone().await;
    app.drafts("camille", GIFT, answers::gift());
    app.files_gift("camille");
    let aline = app.as_("aline");
    let list = aline.open("/formulaires").await;
    assert!(list.says("Cadeau, hospitalité ou avantage"), "{}", list.text());
    let form = aline.open("/formulaires/types/gift_declaration").await;
    assert!(form.says("Demandée si") && form.says(&say("policy-shipped")), "{}", form.text());
    let begun = aline.send(&form.form("/formulaires/propositions")).await;
    assert!(
        begun.says("Resteront à la version de leur début : un brouillon, une déclaration en cours."),
        "{}",
        begun.text()
    );
    let address = begun.path.clone();
    let page = aline.open(&format!("{address}/pages/thing")).await;
    let changed = page
        .form("/pages/thing")
        .with("title-fr", "Qu’avez-vous reçu?")
        .with("q-description-required", "no")
        .with("q-description-place", "0")
        .with("o-type-other-fr", "Autre chose")
        .with("q-type-new-fr", "Œuvre d’art")
        .with("new-label-fr", "Qui était présent?")
        .with("new-label-en", "Who was there?")
        .with("new-widget", "longtext");
    let emptied = aline.send(&changed.clone().with("q-type-label-fr", "")).await;
    assert_eq!(emptied.status, 422, "{}", emptied.text());
    assert_eq!(emptied.form("/pages/thing").value("title-fr"), Some("Qu’avez-vous reçu?"), "nothing is lost");
    let saved = aline.send(&changed).await;
    assert!(saved.says(&say("flash-policy-saved")), "{}", saved.text());
    for told in ["Question ajoutée", "qui_etait_present", "Page changée", "Autre chose", "Œuvre d’art", "Facultative"]
    {
        assert!(saved.says(told), "{told}: {}", saved.text());
    }
    assert!(saved.says(&say("form-order-changed")) && !saved.says(&say("policy-problems")), "{}", saved.text());
    let commented = |form: &crate::support::browser::Form| {
        form.value("document").is_some_and(|text| text.starts_with("# Gift, hospitality or other benefit"))
    };
    assert!(saved.forms().iter().any(commented), "the comments of the file stay");
    let preview = aline.open(&format!("{address}/apercu/thing")).await;
    assert_eq!(preview.h1(), "Qu’avez-vous reçu?");
    assert!(preview.says("Œuvre d’art") && preview.says("Qui était présent?"), "{}", preview.text());
    let (asked, offered) = (preview.html.find("name=\"description\""), preview.html.find("name=\"type\""));
    assert!(asked < offered, "in the order that was asked");
    let noted = aline.send(&saved.form(&address).with("note", "Plus clair")).await;
    let submitted = aline.send(&noted.form("/soumission")).await;
    assert!(submitted.says(&say("flash-policy-submitted")) && !submitted.has_form("/adoption"), "{}", submitted.text());
    let solange = app.as_("solange");
    let adopted = solange.send(&solange.open(&address).await.form("/adoption")).await;
    assert!(adopted.says(&say("flash-policy-adopted")), "{}", adopted.text());
    app.clock.advance(TimeDelta::days(1));
    let form = app.as_("aline").open("/formulaires/types/gift_declaration").await;
    assert!(form.says("Qu’avez-vous reçu?") && form.says(&say("policy-is-in-force")), "{}", form.text());
    for (name, status) in [("camille", 403), ("marc", 200), ("audrey", 200), ("victor", 200)] {
        assert_eq!(app.as_(name).open("/formulaires").await.status, status, "{name}");
        assert_eq!(app.as_(name).open("/formulaires/versions/1").await.status, status, "{name}");
    }
}

/// The control, its note and its answers are those of the real form; what is tried leaves nothing behind.
#[actix_web::test]
async fn a_file_is_tried_in_a_preview_as_in_the_real_form_and_nothing_of_it_is_kept() {
    let app = TestApp::alone().await;
    let proposal = asks_who_was_there(&app);
    let address = format!("/formulaires/propositions/{}/apercu/value", proposal.id);
    let aline = app.as_("aline");
    let page = aline.open(&address).await;
    assert!(page.says(&say("form-preview-files")) && page.says("Preuve du prix, ou photo"), "{}", page.text());
    assert!(page.form("/apercu/value").multipart, "a browser sends the file");
    let posts = async |typed: &[(&str, &str)], content: &[u8]| {
        let body = files::multipart(typed, &[("attachments", "facture.pdf", content)]);
        let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
        aline.request(actix_web::http::Method::POST, &address, &headers, Some(body)).await
    };
    let typed = [("value_method", "price"), ("value_cents", "25")];
    // What the real form refuses, with its words, and the page stays.
    for (content, wanted) in [(&b"MZ\x90\0\x03"[..], "error-file-type"), (&b""[..], "error-file-empty")] {
        let refused = posts(&typed, content).await;
        assert_eq!(
            (refused.status, refused.errors()),
            (422, vec![format!("Preuve du prix, ou photo – {}", say(wanted))]),
            "{}",
            refused.text()
        );
    }
    // What it takes is shown under its name, leads nowhere, and may be taken away.
    let shown = posts(&typed[..1], &files::pdf("Facture")).await;
    assert_eq!((shown.status, shown.errors().len()), (422, 1), "the value is missing: {}", shown.text());
    assert!(shown.says("facture.pdf") && shown.says(&say("form-preview-file")), "{}", shown.text());
    assert!(!shown.html.contains("/pieces/"));
    let again = shown.form("/apercu/value").with("value_cents", "25");
    assert!(aline.send(&again).await.html.contains("facture.pdf"), "it travels to the next page");
    assert!(!aline.send(&again.with("attachments.remove", "-1")).await.html.contains("facture.pdf"));
    // Nor does a page changed by hand lead to the file of somebody.
    let forged = [typed[0], ("_answers", r#"{"attachments":[{"id":1,"name":"secret.pdf","sha256":"00"}]}"#)];
    assert!(!posts(&forged, b"").await.html.contains("/pieces/"));
    let folder = std::path::PathBuf::from(&app.app.book.config.uploads.directory);
    assert_eq!(std::fs::read_dir(folder).map_or(0, Iterator::count), 0, "nothing is stored");
    let joined = app.read(|tx| Ok(attachments::table.count().get_result::<i64>(tx.conn)?));
    assert_eq!(joined, 0);
}
