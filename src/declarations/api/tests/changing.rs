use actix_web::http::Method;
use diesel::prelude::*;
use futures_util::future::join_all;
use serde_json::json;

use super::*;
use crate::db::schema::{declarations, events, idempotency_keys};

fn count(rig: &Rig, event: &str) -> i64 {
    let event = event.to_owned();
    rig.app.read_here(|tx| Ok(events::table.filter(events::event.eq(event)).count().get_result(tx.conn)?)).unwrap()
}

fn drafts(rig: &Rig) -> i64 {
    rig.app.read_here(|tx| Ok(declarations::table.count().get_result(tx.conn)?)).unwrap()
}

#[actix_web::test]
async fn a_gift_is_filed_then_decided_then_completed() {
    let rig = Rig::new();
    let service = rig.service().await;
    let filed = post(&rig.declarant, DECLARATIONS, filing()).send(&service).await;
    assert_eq!(filed.status, 201, "{}", filed.text);
    let at = filed.header("location");
    assert_eq!(at, format!("{DECLARATIONS}/{}", filed.id()));
    assert_eq!(filed.json()["state"], "submitted");

    let read = get(&rig.director, &at).send(&service).await;
    assert_eq!(read.header("etag"), filed.header("etag"));
    let names: Vec<String> =
        read.json()["actions"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["review", "question", "referral", "decision", "comments"]);
    assert!(read.json()["outcomes"].as_array().unwrap().iter().any(|o| o["id"] == "accept"));

    let decision = json!({ "outcome": "accept", "reason": "Modeste et d’usage." });
    let decided = post(&rig.director, format!("{at}/decision"), decision)
        .with("if-match", read.header("etag"))
        .send(&service)
        .await;
    assert_eq!(decided.json()["state"], "decided", "{}", decided.text);

    let told = json!({ "final_disposition": "shared", "final_on": "2026-11-20" });
    let mut ask = post(&rig.declarant, format!("{at}/answers"), told).with("if-match", decided.header("etag"));
    ask.method = Method::PUT;
    let written = ask.send(&service).await;
    assert_eq!(written.status, 200, "{}", written.text);
    let done = post(&rig.declarant, format!("{at}/completion"), json!({ "attested": true })).send(&service).await;
    assert_eq!(done.json()["state"], "closed", "{}", done.text);
    let detail = get(&rig.declarant, &at).send(&service).await.json();
    assert_eq!(detail["answers"]["final_disposition"], "shared");
    assert_eq!(detail["answers"]["value_cents"], 2500);
    assert_eq!(detail["timeline"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn what_was_decided_cannot_be_rewritten() {
    let rig = Rig::new();
    let service = rig.service().await;
    let filed = post(&rig.declarant, DECLARATIONS, filing()).send(&service).await;
    let at = filed.header("location");
    let decided = post(&rig.director, format!("{at}/decision"), json!({ "outcome": "accept" }))
        .with("if-match", filed.header("etag"))
        .send(&service)
        .await;
    let mut ask = post(&rig.declarant, format!("{at}/answers"), json!({ "value_cents": 1 }))
        .with("if-match", decided.header("etag"));
    ask.method = Method::PUT;
    let refused = ask.send(&service).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(refused.error(), ("value_cents".into(), "error-unknown-field".into()));
}

/// C02
#[actix_web::test]
async fn a_change_needs_the_version_that_was_read() {
    let rig = Rig::new();
    let service = rig.service().await;
    let draft = post(&rig.declarant, DECLARATIONS, json!({ "kind": "gift_declaration" })).send(&service).await;
    let put = |tag: Option<String>| {
        let mut ask = post(&rig.declarant, format!("{}/answers", draft.header("location")), gift());
        ask.method = Method::PUT;
        if let Some(tag) = tag {
            ask = ask.with("if-match", tag);
        }
        ask.send(&service)
    };
    assert_eq!(put(None).await.status, 428);
    assert_eq!(put(Some("*".into())).await.status, 428);
    assert_eq!(put(Some("abc".into())).await.status, 412);
    let first = put(Some(draft.header("etag"))).await;
    assert_eq!((first.status.as_u16(), first.header("etag").as_str()), (200, "\"2\""));
    let stale = put(Some(draft.header("etag"))).await;
    assert_eq!(stale.status, 412);
    assert_eq!(stale.json()["code"], "stale");
    assert_eq!(stale.header("content-type"), "application/problem+json");
}

/// C04
#[actix_web::test]
async fn the_same_key_fifty_times_at_once_files_once() {
    let rig = Rig::new();
    let service = rig.service().await;
    let send = || post(&rig.declarant, DECLARATIONS, filing()).with("idempotency-key", "8e03978e-40d5").send(&service);
    let replies = join_all((0..50).map(|_| send())).await;
    let first = &replies[0];
    assert_eq!(first.status, 201, "{}", first.text);
    for reply in &replies {
        assert_eq!(
            (reply.status, &reply.text, reply.header("location"), reply.header("etag")),
            (first.status, &first.text, first.header("location"), first.header("etag")),
        );
    }
    assert_eq!(count(&rig, "submitted"), 1);

    let other = post(&rig.declarant, DECLARATIONS, json!({ "kind": "gift_declaration" }));
    let other = other.with("idempotency-key", "8e03978e-40d5").send(&service).await;
    assert_eq!((other.status.as_u16(), other.json()["code"].as_str()), (422, Some("key-reused")));
    // Somebody else's key is another key.
    let theirs = post(&rig.colleague, DECLARATIONS, filing()).with("idempotency-key", "8e03978e-40d5");
    assert_ne!(theirs.send(&service).await.id(), first.id());

    rig.app.clock.advance(chrono::TimeDelta::hours(25));
    assert_ne!(send().await.id(), first.id());
}

#[actix_web::test]
async fn a_refused_request_leaves_its_key_free() {
    let rig = Rig::new();
    let service = rig.service().await;
    let wrong = json!({ "kind": "gift_declaration", "answers": {}, "submit": true, "attested": true });
    let refused = post(&rig.declarant, DECLARATIONS, wrong).with("idempotency-key", "cle-du-jour").send(&service).await;
    assert_eq!(refused.status, 422);
    let kept: i64 = rig.app.read_here(|tx| Ok(idempotency_keys::table.count().get_result(tx.conn)?)).unwrap();
    assert_eq!((kept, drafts(&rig)), (0, 0));
    let right = post(&rig.declarant, DECLARATIONS, filing()).with("idempotency-key", "cle-du-jour");
    assert_eq!(right.send(&service).await.status, 201);
}

/// C01
#[actix_web::test]
async fn sixty_four_decisions_at_once_make_one() {
    let rig = Rig::new();
    let service = rig.service().await;
    let filed = post(&rig.declarant, DECLARATIONS, filing()).send(&service).await;
    let decide = |n: usize| {
        let outcome = if n.is_multiple_of(2) { "accept" } else { "return" };
        post(
            &rig.director,
            format!("{}/decision", filed.header("location")),
            json!({ "outcome": outcome, "reason": format!("Motif {n}") }),
        )
        .with("if-match", filed.header("etag"))
        .send(&service)
    };
    let replies = join_all((0..64).map(decide)).await;
    assert_eq!(replies.iter().filter(|reply| reply.status.is_success()).count(), 1);
    assert!(replies.iter().filter(|r| !r.status.is_success()).all(|r| matches!(r.status.as_u16(), 409 | 412)));
    assert_eq!(count(&rig, "decided"), 1);
}

/// A02
#[actix_web::test]
async fn unknown_fields_are_refused_by_name() {
    let rig = Rig::new();
    let service = rig.service().await;
    let body = json!({ "kind": "gift_declaration", "state": "decided" });
    let reply = post(&rig.declarant, DECLARATIONS, body).send(&service).await;
    assert_eq!((reply.status.as_u16(), reply.error().0.as_str()), (422, "state"));
    let body = json!({ "kind": "gift_declaration", "answers": { "decider_id": 1 } });
    let reply = post(&rig.declarant, DECLARATIONS, body).send(&service).await;
    assert_eq!(reply.error(), ("answers.decider_id".into(), "error-unknown-field".into()));
    let reply = post(&rig.declarant, DECLARATIONS, json!({})).send(&service).await;
    assert_eq!(reply.error(), ("kind".into(), "error-missing-field".into()));
    assert_eq!(drafts(&rig), 0);
}

#[actix_web::test]
async fn answers_to_put_right_are_named_and_nothing_is_kept() {
    let rig = Rig::new();
    let service = rig.service().await;
    let mut body = filing();
    body["answers"]["offered_on"] = json!("2027-01-01");
    body["answers"].as_object_mut().unwrap().shift_remove("value_cents");
    let reply = post(&rig.declarant, DECLARATIONS, body).with("accept-language", "en").send(&service).await;
    assert_eq!(reply.status, 422);
    let fields: Vec<_> =
        reply.json()["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap().to_owned()).collect();
    assert_eq!(fields, ["answers.offered_on", "answers.value_cents"]);
    assert_eq!(reply.header("content-language"), "en");
    assert_eq!(drafts(&rig), 0);
}

#[actix_web::test]
async fn a_whole_number_may_be_written_with_a_point() {
    let rig = Rig::new();
    let service = rig.service().await;
    let mut body = filing();
    body["answers"]["value_cents"] = json!(2500.0);
    let filed = post(&rig.declarant, DECLARATIONS, body.clone()).send(&service).await;
    let detail = get(&rig.declarant, filed.header("location")).send(&service).await.json();
    assert_eq!(detail["answers"]["value_cents"], json!(2500));
    body["answers"]["value_cents"] = json!(2500.5);
    assert_eq!(post(&rig.declarant, DECLARATIONS, body).send(&service).await.error().1, "error-money");
}

#[actix_web::test]
async fn nobody_is_named_who_does_not_exist() {
    let rig = Rig::new();
    let service = rig.service().await;
    let mut body = filing();
    body["answers"]["direction"] = json!("received_other");
    body["answers"]["received_on"] = json!("2026-11-19");
    body["answers"]["beneficiary"] = json!("team");
    body["answers"]["team_members"] = json!([{ "person_id": 999_999 }]);
    let reply = post(&rig.declarant, DECLARATIONS, body.clone()).send(&service).await;
    assert_eq!(reply.error(), ("answers.team_members".into(), "error-person-unknown".into()));
    body["answers"]["team_members"] = json!([{ "person_id": rig.ids[1], "name": "Quelqu’un d’autre" }]);
    let filed = post(&rig.declarant, DECLARATIONS, body).send(&service).await;
    let detail = get(&rig.declarant, filed.header("location")).send(&service).await.json();
    assert_eq!(detail["answers"]["team_members"][0]["name"], "Awa Diop");
}

#[actix_web::test]
async fn a_draft_is_deleted_and_a_filed_declaration_is_not() {
    let rig = Rig::new();
    let service = rig.service().await;
    let delete = |at: String| {
        let mut ask = get(&rig.declarant, at);
        ask.method = Method::DELETE;
        ask.send(&service)
    };
    let draft = post(&rig.declarant, DECLARATIONS, json!({ "kind": "gift_declaration" })).send(&service).await;
    assert_eq!(delete(draft.header("location")).await.status, 204);
    assert_eq!(get(&rig.declarant, draft.header("location")).send(&service).await.status, 404);
    let filed = post(&rig.declarant, DECLARATIONS, filing()).send(&service).await;
    assert_eq!(delete(filed.header("location")).await.json()["code"], "not-possible-delete");
}

#[actix_web::test]
async fn an_absence_is_said_once_ended_and_belongs_to_who_calls() {
    let rig = Rig::new();
    let service = rig.service().await;
    let absences = "/api/v1/absences";
    let away = json!({ "first_day": "2027-03-01", "last_day": "2027-03-05" });
    let set = || post(&rig.director, absences, away.clone()).with("idempotency-key", "conge-2027-03");
    let first = set().send(&service).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(set().send(&service).await.text, first.text, "told twice by a leave system, it is one absence");
    assert_eq!(count(&rig, "absence_set"), 1);
    let item = &first.json()["items"][0];
    assert_eq!((&item["stage"], &item["scope"]), (&json!("planned"), &json!("*")));
    let twice = post(&rig.director, absences, away).send(&service).await;
    assert_eq!(twice.error(), ("first_day".into(), "error-absence-overlap".into()));
    let end = format!("{absences}/{}/end", item["id"]);
    assert_eq!(post(&rig.declarant, &end, json!({})).send(&service).await.status, 404, "somebody else's");
    assert_eq!(get(&rig.declarant, absences).send(&service).await.json()["items"], json!([]));
    let ended = post(&rig.director, &end, json!({})).send(&service).await;
    assert_eq!(ended.json()["items"][0]["stage"], "cancelled", "{}", ended.text);
    let id = rig.ids[0];
    let token = rig.app.write_here(move |tx| sessions::create_token(tx, None, id, "lecture", "read", 1)).unwrap();
    let refused = post(&token, absences, json!({ "first_day": "2027-04-01" })).send(&service).await;
    assert_eq!(refused.status, 403);
}
