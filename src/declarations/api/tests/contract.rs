use std::collections::BTreeSet;

use actix_web::http::Method;
use serde_json::{Value, json};

use super::super::shape;
use super::*;
use crate::declarations::kind::Phase;
use crate::text::Language;
use crate::web::openapi::OPERATIONS;

/// I01
#[actix_web::test]
async fn the_description_and_the_routes_are_the_same() {
    let rig = Rig::new();
    let description = rig.app.book.description().unwrap();
    let document = &description.document;
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |m| format!("{} {path}", m.to_uppercase())))
        .collect();
    let served: BTreeSet<String> =
        routes::api().iter().map(routes::Entry::name).filter(|name| name.contains("/api/v1/")).collect();
    assert_eq!(described, served);
    assert_eq!(described.len(), OPERATIONS.len());
    server::check_routes(&rig.app).unwrap();
}

#[actix_web::test]
async fn every_reference_of_the_description_leads_somewhere() {
    fn references<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
        match value {
            Value::Object(map) => {
                into.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|value| references(value, into));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, into)),
            _ => {}
        }
    }
    let rig = Rig::new();
    let description = rig.app.book.description().unwrap();
    let document = &description.document;
    let mut found = Vec::new();
    references(document, &mut found);
    assert!(found.len() > 100);
    for reference in found {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
}

#[actix_web::test]
async fn a_wrong_method_is_told_which_are_right() {
    let rig = Rig::new();
    let service = rig.service().await;
    let reply = Ask { method: Method::PATCH, ..get(&rig.declarant, DECLARATIONS) }.send(&service).await;
    assert_eq!(reply.status, 405);
    assert_eq!(reply.header("allow"), "GET, POST, HEAD");
    let reply = Ask { method: Method::GET, ..get(&rig.declarant, format!("{DECLARATIONS}/CAD-2026-000001/decision")) };
    let reply = reply.send(&service).await;
    assert_eq!((reply.status.as_u16(), reply.header("allow").as_str()), (405, "POST"));
    assert_eq!(get(&rig.declarant, "/api/v1/nulle-part").send(&service).await.status, 404);
}

/// I01
#[actix_web::test]
async fn malformed_bodies_are_told_apart() {
    let rig = Rig::new();
    let service = rig.service().await;
    let send = |media: &str, body: &str| {
        let request = TestRequest::post()
            .uri(DECLARATIONS)
            .insert_header(("authorization", format!("Bearer {}", rig.declarant)))
            .insert_header(("content-type", media.to_owned()))
            .set_payload(body.to_owned());
        service(request)
    };
    for (media, body, status) in [
        ("text/plain", "{}", 415),
        ("application/json", "{", 400),
        ("application/json", "{\"kind\": \"gift_declaration\"} x", 400),
        ("application/json", "[]", 422),
        ("application/json; charset=utf-8", "{\"kind\": 4}", 422),
        (
            "application/json",
            &format!("{{\"kind\": \"gift_declaration\", \"answers\": {{\"x\": {}", "[".repeat(2000)),
            400,
        ),
        ("application/json", &" ".repeat(300_000), 413),
    ] {
        let reply = send(media, body).await;
        assert_eq!(reply.status().as_u16(), status, "{media} {}", body.get(..20).unwrap_or(body));
        assert_eq!(reply.headers().get("content-type").unwrap(), "application/problem+json");
    }
}

#[actix_web::test]
async fn the_page_shows_every_operation_without_script() {
    let rig = Rig::new();
    let service = rig.service().await;
    let page = get("", "/api/docs").send(&service).await;
    assert_eq!(page.status, 200);
    for operation in &OPERATIONS {
        assert!(page.text.contains(&format!("<h3 id=\"{}\">", operation.id)), "{}", operation.id);
    }
    let document = get("", "/api/openapi.json").send(&service).await;
    assert_eq!(document.json()["openapi"], "3.1.0");
}

/// The samples of each kind have the shape, and the shape refuses what they are not.
#[actix_web::test]
async fn samples_of_every_kind_have_the_shape() {
    let rig = Rig::new();
    for version in rig.app.book.catalogue.kinds().iter() {
        let kind = &version.kind;
        let path = format!("{}/tests/data/kinds/{}.json", env!("CARGO_MANIFEST_DIR"), kind.id);
        let samples: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for sample in samples.iter().filter(|sample| sample["valid"] == true) {
            let answers = sample["answers"].as_object().unwrap();
            for (id, value) in answers {
                let one = [(id.clone(), value.clone())].into_iter().collect();
                let wrong = [Phase::Filing, Phase::FollowUp].map(|phase| shape::problems(kind, phase, &one));
                let attachment =
                    kind.field(id).is_some_and(|f| f.widget == crate::declarations::kind::Widget::Attachment);
                assert!(attachment || wrong.iter().any(Vec::is_empty), "{} {id}: {wrong:?}", sample["name"]);
                for junk in [json!(null), json!({ "x": 1 }), json!([]), json!("\u{0}"), json!(-1)] {
                    let one = [(id.clone(), junk.clone())].into_iter().collect();
                    assert!(!shape::problems(kind, Phase::Filing, &one).is_empty(), "{id} {junk}");
                }
            }
        }
        let schema = shape::schema(kind, Phase::Filing, Language::En).unwrap();
        assert_eq!(schema["additionalProperties"], false);
        assert!(!schema["required"].as_array().unwrap().is_empty(), "{}", kind.id);
    }
}
