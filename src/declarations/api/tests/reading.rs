use std::num::NonZeroU32;

use actix_web::http::Method;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::*;
use crate::db::schema::access_log;
use crate::people::sessions;

/// N15
#[actix_web::test]
async fn without_a_valid_token_nothing_opens() {
    let rig = Rig::new();
    let service = rig.service().await;
    for token in ["", "probite_inconnu"] {
        for ask in [get(token, "/api/v1/me"), post(token, DECLARATIONS, filing())] {
            let reply = ask.send(&service).await;
            assert_eq!(reply.status, 401);
            assert_eq!(reply.header("content-type"), "application/problem+json");
            assert!(reply.header("www-authenticate").starts_with("Bearer"));
            assert_eq!(reply.json()["status"], 401);
        }
    }
    assert_eq!(get(&rig.declarant, "/api/v1/me").send(&service).await.json()["number"], "1002");
    rig.app.clock.advance(TimeDelta::days(31));
    assert_eq!(get(&rig.declarant, "/api/v1/me").send(&service).await.status, 401);
}

#[actix_web::test]
async fn a_program_in_a_hurry_is_told_when_to_go_on_and_others_are_not_held_up() {
    let mut rig = Rig::new();
    std::sync::Arc::get_mut(&mut rig.app.book).unwrap().config.api.requests_per_minute = 3;
    let service = rig.service().await;
    for _ in 0..3 {
        assert_eq!(get(&rig.declarant, "/api/v1/me").send(&service).await.status, 200);
    }
    let refused = get(&rig.declarant, "/api/v1/me").send(&service).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.json()["code"], "too-many");
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert_eq!(get(&rig.colleague, "/api/v1/me").send(&service).await.status, 200);
}

/// What leaves by pages of a list is an export too.
#[actix_web::test]
async fn a_program_reads_so_many_rows_about_others_in_a_day() {
    let mut rig = Rig::new();
    std::sync::Arc::get_mut(&mut rig.app.book).unwrap().config.api.rows_per_day = NonZeroU32::new(3).unwrap();
    let service = rig.service().await;
    for _ in 0..4 {
        let filed = post(&rig.declarant, DECLARATIONS, filing()).send(&service).await;
        assert_eq!(filed.status, 201, "{}", filed.text);
    }
    let page = |limit: u32| get(&rig.ethics, format!("/api/v1/register?limit={limit}"));
    assert_eq!(page(2).send(&service).await.json()["items"].as_array().map(Vec::len), Some(2));
    let refused = page(4).send(&service).await;
    assert_eq!(refused.status, 429, "more than a day's at once");
    assert_eq!(refused.json()["code"], "too-many");
    assert_eq!(page(1).send(&service).await.status, 200, "what was refused was not counted");
    let refused = page(1).send(&service).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 60);
    // One's own are not about others.
    assert_eq!(
        get(&rig.declarant, DECLARATIONS).send(&service).await.json()["items"].as_array().map(Vec::len),
        Some(4)
    );
}

/// N15
#[actix_web::test]
async fn a_read_only_token_reads_and_changes_nothing() {
    let rig = Rig::new();
    let service = rig.service().await;
    let (id, filed) = (rig.ids[0], post(&rig.declarant, DECLARATIONS, filing()).send(&service).await);
    let token = rig.app.write_here(move |tx| sessions::create_token(tx, None, id, "lecture", "read", 1)).unwrap();
    let at = filed.header("location");
    assert_eq!(get(&token, &at).send(&service).await.json()["actions"], json!([]));
    assert_eq!(get(&token, "/api/v1/me").send(&service).await.json()["scope"], "read");
    let tries = [
        post(&token, DECLARATIONS, json!({ "kind": "gift_declaration" })),
        post(&token, format!("{at}/withdrawal"), json!({})),
        // The pages are closed to it as well.
        post(&token, "/declarer/gift_declaration", json!({})),
        Ask { method: Method::DELETE, ..get(&token, &at) },
    ];
    for ask in tries {
        assert_eq!(ask.send(&service).await.status, 403);
    }
    let still = get(&rig.declarant, &at).send(&service).await;
    assert_eq!(still.header("etag"), filed.header("etag"));
}

#[actix_web::test]
async fn comments_are_written_and_read_by_whom_they_are_for() {
    let rig = Rig::new();
    let service = rig.service().await;
    let at = post(&rig.declarant, DECLARATIONS, filing()).send(&service).await.header("location");
    let comments = format!("{at}/comments");
    let said = json!({ "text": "Y avait-il une facture?", "audience": "person", "about": "value_cents" });
    assert_eq!(post(&rig.director, &comments, said).send(&service).await.status, 200);
    let noted = json!({ "text": "À vérifier.", "audience": "private" });
    assert_eq!(post(&rig.director, &comments, noted).send(&service).await.status, 200);
    let texts = |reply: &Value| -> Vec<String> {
        let items = reply["items"].as_array().unwrap();
        items.iter().map(|item| item["text"].as_str().unwrap().to_owned()).collect()
    };
    let read = get(&rig.director, &comments).send(&service).await.json();
    assert_eq!(texts(&read), ["Y avait-il une facture?", "À vérifier."]);
    assert_eq!((&read["items"][0]["about"], &read["items"][0]["audience"]), (&json!("value_cents"), &json!("person")));
    assert_eq!(texts(&get(&rig.declarant, &comments).send(&service).await.json()), ["Y avait-il une facture?"]);
    assert_eq!(get(&rig.colleague, &comments).send(&service).await.status, 404);
    let refused = post(&rig.declarant, &comments, json!({ "text": "Entre nous.", "audience": "readers" }));
    assert_eq!(refused.send(&service).await.error(), ("audience".into(), "error-comment-audience".into()));
    let long = json!({ "text": "x".repeat(4001), "audience": "person" });
    assert_eq!(post(&rig.declarant, &comments, long).send(&service).await.error().0, "text");
    let id = rig.ids[0];
    let token = rig.app.write_here(move |tx| sessions::create_token(tx, None, id, "lecture", "read", 1)).unwrap();
    assert_eq!(get(&token, &comments).send(&service).await.status, 200, "a read-only token reads");
    let refused = post(&token, &comments, json!({ "text": "Non.", "audience": "private" })).send(&service).await;
    assert_eq!(refused.status, 403);
}

#[actix_web::test]
async fn what_one_may_not_see_does_not_exist_and_the_try_is_kept() {
    let rig = Rig::new();
    let service = rig.service().await;
    let filed = post(&rig.declarant, DECLARATIONS, filing()).send(&service).await;
    let at = filed.header("location");
    let hidden = get(&rig.colleague, &at).send(&service).await;
    let absent = get(&rig.colleague, format!("{DECLARATIONS}/CAD-2026-999999")).send(&service).await;
    assert_eq!((hidden.status, &hidden.text), (absent.status, &absent.text));
    let tried = post(&rig.colleague, format!("{at}/withdrawal"), json!({})).send(&service).await;
    assert_eq!(tried.status, 404);
    let kept: Vec<(i64, String, bool)> = rig
        .app
        .read_here(|tx| {
            Ok(access_log::table
                .select((access_log::person_id, access_log::channel, access_log::allowed))
                .load(tx.conn)?)
        })
        .unwrap();
    assert_eq!(kept, vec![(rig.ids[1], "api".into(), false); 2]);
}

#[actix_web::test]
async fn reading_a_confidential_declaration_leaves_a_row() {
    let rig = Rig::new();
    let service = rig.service().await;
    let interest = rig.app.book.catalogue.kind("interest_declaration").unwrap().kind.clone();
    let answers = crate::declarations::drafts::shortcut_answers(&interest).unwrap();
    let body = json!({ "kind": interest.id, "answers": answers, "submit": true, "attested": true });
    let filed = post(&rig.declarant, DECLARATIONS, body).send(&service).await;
    assert_eq!(filed.status, 201, "{}", filed.text);
    let rows = || rig.app.read_here(|tx| Ok(access_log::table.count().get_result::<i64>(tx.conn)?)).unwrap();
    get(&rig.declarant, filed.header("location")).send(&service).await;
    assert_eq!(rows(), 0);
    let read = get(&rig.ethics, filed.header("location")).send(&service).await;
    assert_eq!((read.status.as_u16(), rows()), (200, 1));
}

#[actix_web::test]
async fn a_version_already_known_is_not_sent_again() {
    let rig = Rig::new();
    let service = rig.service().await;
    let filed = post(&rig.declarant, DECLARATIONS, filing()).send(&service).await;
    let known = get(&rig.declarant, filed.header("location")).with("if-none-match", filed.header("etag"));
    let reply = known.send(&service).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (304, ""));
    let older = get(&rig.declarant, filed.header("location")).with("if-none-match", "\"0\"");
    assert_eq!(older.send(&service).await.status, 200);
}

#[actix_web::test]
async fn pages_follow_one_another_without_a_gap() {
    let rig = Rig::new();
    let service = rig.service().await;
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(post(&rig.declarant, DECLARATIONS, filing()).send(&service).await.id());
        rig.app.clock.advance(TimeDelta::minutes(1));
    }
    for (token, path, newest_first) in [
        (&rig.declarant, "/api/v1/declarations", true),
        (&rig.director, "/api/v1/inbox", false),
        (&rig.director, "/api/v1/inbox?view=equipe", true),
        (&rig.ethics, "/api/v1/register?state=pending", true),
    ] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let sign = if path.contains('?') { '&' } else { '?' };
            let page = get(token, format!("{path}{sign}limit=2{cursor}")).send(&service).await.json();
            let ids = page["items"].as_array().unwrap_or_else(|| panic!("{path}: {page}"));
            seen.extend(ids.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let mut expected = all.clone();
        if newest_first {
            expected.reverse();
        }
        assert_eq!(seen, expected, "{path}");
    }
}

#[actix_web::test]
async fn lists_open_to_whoever_the_table_says() {
    let rig = Rig::new();
    let service = rig.service().await;
    assert_eq!(get(&rig.declarant, "/api/v1/register").send(&service).await.status, 403);
    assert_eq!(get(&rig.declarant, "/api/v1/inbox?office=ethics_officer").send(&service).await.status, 403);
    assert_eq!(get(&rig.ethics, "/api/v1/inbox?office=ethics_officer").send(&service).await.status, 200);
    for path in
        ["register?etat=1", "declarations?limit=0", "declarations?limit=1000", "declarations?cursor=x", "companies"]
    {
        assert_eq!(get(&rig.ethics, format!("/api/v1/{path}")).send(&service).await.status, 400, "{path}");
    }
}

#[actix_web::test]
async fn labels_come_in_the_language_asked() {
    let rig = Rig::new();
    let service = rig.service().await;
    let title = |tongue: &'static str| {
        let ask = get(&rig.declarant, "/api/v1/kinds/gift_declaration").with("accept-language", tongue);
        let sent = ask.send(&service);
        async move { sent.await.json()["answers_schema"]["properties"]["company"]["title"].as_str().unwrap().to_owned() }
    };
    assert_eq!(title("en-CA,fr;q=0.5").await, "Company or person");
    assert_eq!(title("fr-CA").await, "Entreprise ou personne");
    assert_eq!(title("de").await, "Entreprise ou personne");
}
