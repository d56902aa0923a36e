//! Measures through the API.

use actix_web::http::Method;
use probite::measures::workflow::State;
use serde_json::{Value, json};

use crate::support::browser::{Browser, Page};
use crate::support::measures::wish;
use crate::support::{TestApp, answers};

async fn get(browser: &Browser<'_>, path: &str) -> (u16, Value) {
    let page = browser.request(Method::GET, path, &[("sec-fetch-site", "same-origin")], None).await;
    (page.status, serde_json::from_str(&page.html).unwrap_or(Value::Null))
}

async fn post(browser: &Browser<'_>, path: &str, tag: Option<i32>, body: Value) -> Page {
    let tag = tag.map(|version| format!("\"{version}\""));
    let mut headers = vec![("sec-fetch-site", "same-origin")];
    headers.extend(tag.as_deref().map(|tag| ("if-match", tag)));
    browser.request(Method::POST, path, &headers, Some(("application/json", body.to_string().into_bytes()))).await
}

#[actix_web::test]
async fn a_measure_is_followed_by_programs_as_by_people() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let id = app.asks_for("rosalie", &reference, "managed", vec![wish("Se retirer")])[0].id;
    let (camille, rosalie, theo) = (app.as_("camille"), app.as_("rosalie"), app.as_("theo"));
    let (status, list) = get(&camille, "/api/v1/measures").await;
    assert_eq!((status, &list["items"][0]["text"], &list["next"]), (200, &json!("Se retirer"), &Value::Null));
    assert_eq!(list["items"][0]["state"], "open");
    let path = format!("/api/v1/measures/{id}");
    let (_, shown) = get(&camille, &path).await;
    assert_eq!((&shown["actions"], &shown["expected"]), (&json!(["proof"]), &json!("proof")));
    let body = json!({ "text": "Théo a repris le lot." });
    assert_eq!(post(&camille, &format!("{path}/proof"), None, body.clone()).await.status, 428);
    assert_eq!(post(&camille, &format!("{path}/proof"), Some(9), body.clone()).await.status, 412);
    let done = post(&camille, &format!("{path}/proof"), Some(1), body).await;
    assert_eq!((done.status, app.measure(id).state()), (200, State::ProofGiven), "{}", done.html);

    let back = json!({ "verified": false });
    assert_eq!(post(&rosalie, &format!("{path}/verification"), Some(2), back).await.status, 422, "it needs a reason");
    let yes = json!({ "verified": true });
    assert_eq!(post(&camille, &format!("{path}/verification"), Some(2), yes.clone()).await.status, 403);
    assert_eq!(post(&theo, &format!("{path}/verification"), Some(2), yes.clone()).await.status, 404);
    assert_eq!(post(&rosalie, &format!("{path}/verification"), Some(2), yes).await.status, 200);
    assert_eq!(app.measure(id).state(), State::Verified);
    assert_eq!(get(&theo, &path).await.0, 404);
    assert_eq!(get(&theo, "/api/v1/measures?whose=toutes").await.0, 403);
    let (status, list) = get(&app.as_("aline"), "/api/v1/measures?whose=toutes&state=verifiees").await;
    assert_eq!((status, list["items"].as_array().unwrap().len()), (200, 1));
}

#[actix_web::test]
async fn a_measure_changes_owner_by_programs_too() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "business_relation", answers::relation());
    let id = app.asks_for("rosalie", &reference, "measures", vec![wish("Double signature")])[0].id;
    let (camille, rosalie, theo) = (app.as_("camille"), app.as_("rosalie"), app.as_("theo"));
    let path = format!("/api/v1/measures/{id}");
    assert_eq!(get(&rosalie, &path).await.1["actions"], json!(["owner"]), "she verifies, once there is a proof");
    let to_theo = json!({ "to": app.number("theo"), "due": "2027-02-01", "reason": "Camille change d’équipe." });
    assert_eq!(post(&camille, &format!("{path}/owner"), Some(1), to_theo.clone()).await.status, 403, "her own");
    assert_eq!(post(&theo, &format!("{path}/owner"), Some(1), to_theo.clone()).await.status, 404);
    let nobody = json!({ "to": "personne d’ici", "reason": "Camille change d’équipe." });
    assert_eq!(post(&rosalie, &format!("{path}/owner"), Some(1), nobody).await.status, 422);
    assert_eq!(post(&rosalie, &format!("{path}/owner"), Some(1), to_theo).await.status, 200);
    let measure = app.measure(id);
    assert_eq!((app.name(measure.owner_id), measure.due_on.to_string().as_str()), ("theo", "2027-02-01"));
    assert_eq!(get(&theo, &path).await.1["actions"], json!(["proof"]));
}
