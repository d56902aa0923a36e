//! The register of confidentiality incidents.

use diesel::prelude::*;
use probite::db::schema::{events, incident_versions};

use crate::support::browser::Form;
use crate::support::{TestApp, say};

/// The form of an incident, filled in.
pub fn filled(form: Form) -> Form {
    form.with("information", "Adresses de courriel de 12 membres du personnel.")
        .with("circumstances", "Un courriel envoyé à une liste au lieu d’une personne.")
        .with("happened", "Le 18 novembre 2026")
        .with("known_on", "2026-11-20")
        .with("people", "12")
        .with("assessment", "Renseignements peu sensibles, destinataires tenus à la discrétion.")
        .with("serious", "no")
        .with("measures", "=Rappel du courriel, et formation.")
}

/// P07
#[actix_web::test]
async fn an_incident_has_its_eight_parts_and_its_corrections_stay_beside_what_was_known_before() {
    let app = TestApp::new().await;
    let aline = app.as_("aline");
    let form = aline.open("/incidents/nouveau").await.form("/incidents");
    let empty = aline.send(&form).await;
    assert_eq!(empty.status, 422);
    assert_eq!(empty.errors().len(), 8, "the parts that the regulation asks for: {:?}", empty.errors());
    let early = filled(form.clone()).with("known_on", "2026-12-01").with("commission_told_on", "2026-13-45");
    let early = aline.send(&early).await;
    assert_eq!(early.errors().len(), 2, "a day to come and one that does not exist: {:?}", early.errors());
    assert_eq!(early.form("/incidents").value("people"), Some("12"), "nothing typed is lost");

    let recorded = aline.send(&filled(form)).await;
    assert_eq!(recorded.path, "/incidents/INC-2026-0001");
    assert!(!recorded.says(&say("incident-awaits-text")), "{}", recorded.text());
    // It is found to be serious later: what is due is said until it is done.
    let correction = aline.open("/incidents/INC-2026-0001/correction").await;
    let serious = correction.form("/INC-2026-0001").with("serious", "yes").with("people", "Environ 300");
    let serious = aline.send(&serious).await;
    assert!(serious.says(&say("incident-awaits-text")) && serious.says("Environ 300"), "{}", serious.text());
    let summary = serious.select_text("main details");
    assert!(summary.len() == 1 && summary[0].contains("12"), "what was known before: {summary:?}");
    let list = app.as_("audrey").open("/incidents").await;
    assert!(list.says(&say("incident-awaits")), "{}", list.text());
    assert!(!list.html.contains("/incidents/nouveau"), "an auditor reads");
    // Two people at once: the second reads again.
    let stale = app.as_("solange").send(&correction.form("/INC-2026-0001").with("people", "13")).await;
    assert_eq!(stale.status, 412);
    let told = aline.open("/incidents/INC-2026-0001/correction").await.form("/INC-2026-0001");
    let before = aline.send(&told.clone().with("commission_told_on", "2026-11-19")).await;
    assert_eq!(
        before.errors(),
        [format!("Avis à la Commission d’accès à l’information – {}", say("error-incident-before"))]
    );
    let told = told.with("commission_told_on", "2026-11-21").with("people_told_on", "2026-11-22");
    assert!(!aline.send(&told).await.says(&say("incident-awaits-text")));

    let file = app.as_("audrey").open("/incidents/registre.csv").await;
    let left: Vec<String> =
        app.access_log().into_iter().filter(|(who, ..)| *who == "audrey").map(|(_, action, _)| action).collect();
    assert_eq!(left, ["incidents", "incidents.csv"], "before the first byte");
    assert!(file.html.contains("INC-2026-0001;") && file.html.contains("Environ 300"), "{}", file.html);
    assert!(file.html.contains("'=Rappel"), "no cell of it is a formula: {}", file.html);
    let numbers: Vec<i64> = app.read(|tx| {
        Ok(events::table.filter(events::event.eq("incident_recorded")).select(events::seq).load(tx.conn)?)
    });
    assert_eq!(numbers.len(), 3);
    for name in ["camille", "serge", "rita"] {
        assert_eq!(app.as_(name).open("/incidents").await.status, 403, "{name}");
    }
}

/// P07
#[actix_web::test]
async fn nothing_of_the_register_of_incidents_is_changed_or_deleted() {
    let app = TestApp::new().await;
    let aline = app.as_("aline");
    aline.send(&filled(aline.open("/incidents/nouveau").await.form("/incidents"))).await;
    let changed = app.app.write_here(|tx| {
        Ok(diesel::update(incident_versions::table).set(incident_versions::people.eq("0")).execute(tx.conn)?)
    });
    assert!(changed.is_err());
    let deleted = app.app.write_here(|tx| Ok(diesel::delete(incident_versions::table).execute(tx.conn)?));
    assert!(deleted.is_err());
    let second = aline.send(&filled(aline.open("/incidents/nouveau").await.form("/incidents"))).await;
    assert_eq!(second.path, "/incidents/INC-2026-0002");
}
