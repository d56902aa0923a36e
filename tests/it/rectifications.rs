//! Rectification by annotation: what was filed stays, what the person says is wrong is read with it.

use chrono::TimeDelta;
use diesel::prelude::*;
use probite::db::schema::{declarations, rectifications};
use probite::declarations::Declaration;
use probite::error::{Error, Result};
use probite::rectifications::{actions, reminders};
use probite::text::Language;
use serde_json::{Value, json};

use crate::support::{TestApp, answers, say};

const WRONG: &str = "La valeur est de 8 dollars, et non de 80.";

pub fn asks(app: &TestApp, name: &str, slug: &str, text: &'static str) -> Result<Declaration> {
    let slug = slug.to_owned();
    app.does(name, move |tx, actor| actions::ask(tx, actor, &slug, "", text))
}

pub fn answers(
    app: &TestApp,
    name: &str,
    slug: &str,
    verdict: &'static str,
    text: &'static str,
) -> Result<Declaration> {
    let slug = slug.to_owned();
    app.does(name, move |tx, actor| actions::answer(tx, actor, &slug, verdict, text))
}

pub fn extends(app: &TestApp, name: &str, slug: &str, why: &'static str) -> Result<Declaration> {
    let slug = slug.to_owned();
    app.does(name, move |tx, actor| actions::extend(tx, actor, &slug, why))
}

/// Whoever answers is reminded as if the request were of long ago.
pub fn is_due(app: &TestApp) {
    let settings = app.app.book.config.privacy.clone();
    app.clock.advance(TimeDelta::days(settings.rectification_days + settings.rectification_extra_days));
    assert_eq!(app.write(reminders::remind), 1);
}

/// The person asks, the ethics officer answers, everybody who reads the file reads both, and nothing filed has changed.
#[actix_web::test]
async fn what_is_wrong_in_a_decided_file_is_annotated_and_nothing_is_written_over() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    let camille = app.as_("camille");
    assert!(!camille.open(&format!("/d/{gift}")).await.says(&say("rectification-ask")), "a correction does it before");
    assert_eq!(camille.open(&format!("/d/{gift}/rectification")).await.status, 409);
    app.decides("rosalie", &gift, "accept").unwrap();
    let before: (String, i32) = app.read(|tx| {
        let row = declarations::table.filter(declarations::reference.eq(&gift));
        Ok(row.select((declarations::answers, declarations::revision)).first(tx.conn)?)
    });

    let page = camille.open(&format!("/d/{gift}")).await;
    let form = camille.open(&page.link(&say("rectification-ask"))).await.form("/rectification");
    let empty = camille.send(&form.clone().with("rectification", " ").with("about", "value_cents")).await;
    assert_eq!((empty.status, empty.errors()), (422, vec![say("error-rectification")]));
    assert_eq!(empty.form("/rectification").value("about"), Some("value_cents"), "what was chosen is still there");
    let posted = app.letters().len();
    let asked = camille.send(&form.with("rectification", WRONG).with("about", "value_cents")).await;
    assert_eq!(asked.flash(), say("flash-rectification-asked"));
    assert!(asked.says(WRONG));
    assert_eq!(app.post_since(posted), ["rectify-asked → aline", "rectify-asked → marc"]);
    assert!(!app.letters().pop().unwrap().text.contains("8 dollars"));
    assert!(matches!(asks(&app, "camille", &gift, "Encore."), Err(Error::NotPossible("not-possible-rectify-twice"))));

    let aline = app.as_("aline");
    let due = app.clock.today() + TimeDelta::days(20);
    let home = aline.open("/").await;
    let link = home.links().into_iter().find(|(_, text)| text.contains(&gift)).expect("it waits on her first page");
    let day = probite::formats::format_date_long(due, probite::text::Language::Fr);
    assert!(link.1.contains(&day), "{link:?}");
    let form = aline.open(&link.0).await.form("/reponse");
    let none = aline.send(&form.clone().with("rectification", "Vérifié.")).await;
    assert_eq!(none.errors(), [say("error-rectification-verdict")], "nothing is preset");
    let why = aline.send(&form.clone().with("verdict", "refused")).await;
    assert_eq!(why.errors(), [say("error-reason")], "a refusal says why");
    let posted = app.letters().len();
    let done = aline.send(&form.with("verdict", "granted").with("rectification", "Vérifié sur la facture.")).await;
    assert_eq!(done.flash(), say("flash-rectification-answered"));
    assert_eq!(app.post_since(posted), ["rectify-answered → camille", "rectified → rosalie"]);
    let told = app.letters().pop().unwrap();
    assert_eq!(told.subject, format!("Modifiée depuis votre décision – {gift}"));
    assert!(!told.text.contains("8 dollars") && !told.text.contains("facture"), "{}", told.text);
    assert!(matches!(
        answers(&app, "aline", &gift, "refused", "Non."),
        Err(Error::NotPossible("not-possible-rectified"))
    ));

    for reader in ["camille", "rosalie", "aline"] {
        let page = app.as_(reader).open(&format!("/d/{gift}")).await;
        assert!(page.says(WRONG) && page.says("Vérifié sur la facture."), "{reader}: {}", page.text());
    }
    // An auditor reads the file without people: what people wrote about themselves is not for them.
    assert!(!app.as_("audrey").open(&format!("/d/{gift}")).await.says(WRONG));
    let copy = camille.open("/mes-declarations/copie").await;
    assert!(copy.status == 200 && !copy.bytes.is_empty());
    let after: (String, i32) = app.read(|tx| {
        let row = declarations::table.filter(declarations::reference.eq(&gift));
        Ok(row.select((declarations::answers, declarations::revision)).first(tx.conn)?)
    });
    assert_eq!(after, before, "what was filed is what was filed");
    let kept: Vec<String> = app.read(|tx| Ok(rectifications::table.select(rectifications::text).load(tx.conn)?));
    assert!(kept.iter().all(|text| !text.contains("8 dollars")), "kept encrypted: {kept:?}");
}

/// Nobody asks about the file of another, nobody answers about their own, and a refusal leaves the request on file.
#[actix_web::test]
async fn whom_a_file_is_about_asks_and_somebody_else_answers() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    for other in ["rosalie", "aline"] {
        assert!(matches!(asks(&app, other, &gift, WRONG), Err(Error::NotPossible("not-possible-rectify"))), "{other}");
    }
    assert!(matches!(asks(&app, "theo", &gift, WRONG), Err(Error::NotFound)));
    asks(&app, "camille", &gift, WRONG).unwrap();
    for other in ["camille", "rosalie"] {
        let answered = answers(&app, other, &gift, "granted", "");
        assert!(matches!(answered, Err(Error::NotPossible("not-possible-rectify-answer"))), "{other}: {answered:?}");
    }
    let posted = app.letters().len();
    answers(&app, "aline", &gift, "refused", "La facture dit 80.").unwrap();
    assert_eq!(app.post_since(posted), ["rectify-answered → camille"], "nothing changed for whoever decided");
    assert!(app.as_("camille").open(&format!("/d/{gift}")).await.says(WRONG), "the request stays");
    asks(&app, "camille", &gift, "Voici une autre facture.").unwrap();
    // The ethics officer's own file: the secretary general answers.
    let own = app.files("aline", "interest_declaration", answers::interest());
    app.decides("solange", &own, "managed").unwrap();
    let posted = app.letters().len();
    asks(&app, "aline", &own, "Le poste est fini.").unwrap();
    assert!(app.post_since(posted).iter().all(|letter| !letter.ends_with("aline")), "{:?}", app.post_since(posted));
    assert!(answers(&app, "aline", &own, "granted", "").is_err());
    answers(&app, "solange", &own, "granted", "").unwrap();
    // The database keeps both as they were written.
    let changed = app.app.write_here(|tx| {
        Ok(diesel::update(rectifications::table).set(rectifications::verdict.eq("granted")).execute(tx.conn)?)
    });
    assert!(matches!(changed, Err(Error::Internal(why)) if why.contains("append-only")));
}

/// s. 98: more time is taken once, before the first is over, and the person is told why; whoever answers is reminded.
#[actix_web::test]
async fn more_time_is_taken_once_and_whoever_answers_is_reminded() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    assert!(matches!(extends(&app, "aline", &gift, "Absence."), Err(Error::NotPossible("not-possible-rectified"))));
    asks(&app, "camille", &gift, WRONG).unwrap();
    let after = |days: i64| {
        app.clock.advance(TimeDelta::days(days));
        let posted = app.letters().len();
        let reminded = app.write(reminders::remind);
        (reminded, app.post_since(posted))
    };
    let (nothing, both) = ((0, vec![]), (1, vec!["rectify-due → aline".to_owned(), "rectify-due → marc".to_owned()]));
    assert_eq!(after(14), nothing, "six days left");
    assert_eq!(after(1), both, "five");
    assert_eq!(after(0), nothing, "once");

    let aline = app.as_("aline");
    let list = aline.open("/rectifications").await;
    assert!(list.says(&gift) && list.says("Camille"), "{}", list.text());
    let form = aline.open(&format!("/d/{gift}/rectification")).await.form("/prolongation");
    let empty = aline.send(&form.clone().with("extension", " ")).await;
    assert_eq!((empty.status, empty.errors()), (422, vec![say("error-reason")]));
    let posted = app.letters().len();
    let done = aline.send(&form.with("extension", "La facture est chez le donateur.")).await;
    assert_eq!(done.flash(), say("flash-rectification-extended"));
    assert_eq!(app.post_since(posted), ["rectify-extended → camille"]);
    let told = app.letters().pop().unwrap().text;
    let due = probite::formats::format_date_long(app.clock.today() + TimeDelta::days(15), Language::Fr);
    assert!(told.contains(&due) && !told.contains("facture"), "the reason is read in the service: {told}");
    let file = app.as_("camille").open(&format!("/d/{gift}")).await;
    assert!(file.says("La facture est chez le donateur.") && file.says(&due), "{}", file.text());
    assert!(matches!(extends(&app, "aline", &gift, "Encore."), Err(Error::NotPossible("not-possible-rectify-extend"))));

    assert_eq!(after(10), both, "five days before the new day");
    assert_eq!(after(8), both, "it was due three days ago");
    assert!(app.as_("aline").open("/rectifications").await.says("en retard de 3"));
    assert_eq!(after(3), nothing);
    assert_eq!(after(1), both, "each week");
    answers(&app, "aline", &gift, "granted", "Vu.").unwrap();
    assert_eq!(after(30), nothing);
    assert!(app.as_("aline").open("/rectifications").await.says(&say("rectifications-empty")));
    assert!(app.as_("aline").open("/rectifications?vue=repondues").await.says(&gift));
}

/// The first time is over: the law gives no more. Nobody else takes it, nor for their own file, and the list is theirs alone.
#[actix_web::test]
async fn too_late_is_too_late_and_the_list_is_for_whoever_answers() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    asks(&app, "camille", &gift, WRONG).unwrap();
    for other in ["camille", "rosalie"] {
        let taken = extends(&app, other, &gift, "Absence.");
        assert!(matches!(taken, Err(Error::NotPossible("not-possible-rectify-answer"))), "{other}: {taken:?}");
        assert_eq!(app.as_(other).open("/rectifications").await.status, 403, "{other}");
    }
    assert!(app.as_("solange").open("/rectifications").await.says(&say("rectifications-title")));
    let own = app.files("aline", "interest_declaration", crate::support::answers::interest());
    app.decides("solange", &own, "managed").unwrap();
    asks(&app, "aline", &own, "Le poste est fini.").unwrap();
    assert!(!app.as_("aline").open("/rectifications").await.says(&own), "one's own is not on the list");
    app.clock.advance(TimeDelta::days(21));
    let late = extends(&app, "aline", &gift, "Absence.");
    assert!(matches!(late, Err(Error::NotPossible("not-possible-rectify-extend"))), "{late:?}");
    assert!(!app.as_("aline").open(&format!("/d/{gift}/rectification")).await.has_form("/prolongation"));
}

/// The same for programs.
#[actix_web::test]
async fn a_program_asks_answers_and_lists_rectifications() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    let sends = async |name: &str, part: &str, body: Value| {
        app.as_(name).post_json(&format!("/api/v1/declarations/{gift}/{part}"), &body).await
    };
    let reads = async |name: &str, path: &str| app.as_(name).get_json(path).await;
    let ask = json!({ "text": WRONG, "about": "value_cents" });
    let asked = sends("camille", "rectification", ask.clone()).await;
    assert_eq!(asked.0, 200, "{}", asked.1);
    let twice = sends("camille", "rectification", ask).await;
    assert_eq!((twice.0, twice.1["code"].as_str()), (409, Some("not-possible-rectify-twice")));
    let list = reads("aline", "/api/v1/rectifications").await;
    assert_eq!(list["items"][0]["declaration"], gift.as_str(), "{list}");
    assert_eq!(app.as_("camille").open("/api/v1/rectifications").await.status, 403);
    let longer = sends("aline", "rectification-extension", json!({ "reason": "Absence." })).await;
    assert_eq!(longer.0, 200, "{}", longer.1);
    let bare = sends("aline", "rectification-answer", json!({ "verdict": "refused" })).await;
    assert_eq!((bare.0, bare.1["errors"][0]["field"].as_str()), (422, Some("text")), "a refusal says why");
    let detail = reads("aline", &format!("/api/v1/declarations/{gift}")).await;
    assert!(detail["actions"].as_array().unwrap().iter().any(|one| one["name"] == "rectification-answer"), "{detail}");
    let refusal = json!({ "verdict": "refused", "text": "La facture dit 80." });
    let done = sends("aline", "rectification-answer", refusal).await;
    assert_eq!(done.0, 200, "{}", done.1);
    let detail = reads("camille", &format!("/api/v1/declarations/{gift}")).await;
    let one = &detail["rectifications"][0];
    assert_eq!((one["verdict"].as_str(), one["extension"].as_str()), (Some("refused"), Some("Absence.")), "{one}");
}
