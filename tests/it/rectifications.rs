//! Rectification by annotation: what was filed stays, what the person says is wrong is read with it.

use chrono::TimeDelta;
use diesel::prelude::*;
use probite::db::schema::{declarations, rectifications};
use probite::declarations::Declaration;
use probite::error::{Error, Result};
use probite::rectifications::actions;

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
    assert_eq!(app.post_since(posted), ["rectify-answered → camille"]);
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
    answers(&app, "aline", &gift, "refused", "La facture dit 80.").unwrap();
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
