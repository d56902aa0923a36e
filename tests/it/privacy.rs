//! What a person may ask of what is kept of them (A-2.1, s. 83 and 84).

use std::io::{Cursor, Read};

use actix_web::http::Method;
use serde_json::Value;

use crate::ethics::sealed::canaries;
use crate::support::{TestApp, answers, files, say};

fn unpacked(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// P05
#[actix_web::test]
async fn camille_takes_a_copy_of_all_that_is_kept_about_her_and_of_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = folder.path().display().to_string();
    let app = TestApp::with(|config| config.uploads.directory = uploads).await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    let interest = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    app.as_("aline").open(&format!("/d/{interest}")).await;
    app.as_("aline").open("/registre/export.csv?type=gift_declaration").await;
    app.comments("aline", &interest, "private", "Note de la responsable").unwrap();
    app.files("theo", "gift_declaration", answers::gift());
    // A request for advice with a file: sealed, and in clear in the copy of its author.
    let key = app.drafts("camille", "advice_request", canaries("advice_request"));
    let content = files::pdf("Invitation");
    let body =
        files::multipart(&[("context", "Je siège au comité.")], &[("attachments", "=cmd.pdf", content.as_slice())]);
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    app.as_("camille").request(Method::POST, &format!("/brouillons/{key}/context"), &headers, Some(body)).await;

    let page = app.as_("camille").open("/mes-declarations").await;
    let address = page.link(&say("own-copy-link"));
    let copy = unpacked(app.as_("camille").open(&address).await.bytes);
    let of = |name: &str| copy.iter().find(|(n, _)| n == name).map(|(_, content)| content).unwrap();
    let data: Value = serde_json::from_slice(of("donnees.json")).unwrap();
    assert_eq!(data["person"]["given_name"], "Camille");
    let declarations = data["declarations"].as_array().unwrap();
    assert_eq!(declarations.len(), 3, "the draft too");
    let decided = declarations.iter().find(|one| one["reference"] == gift.as_str()).unwrap();
    assert_eq!(decided["decision"]["reason"], "Selon la politique.");
    let draft = declarations.iter().find(|one| one["kind"] == "advice_request").unwrap();
    assert!(draft["answers"]["question"].as_str().unwrap().contains("Zorglubine"), "{draft}");
    assert_eq!(data["readings"][0]["reader"], "Aline Bouchard");
    assert_eq!(data["readings"][0]["declaration"], interest.as_str());
    assert_eq!(data["exports"][0]["reader"], "Aline Bouchard");
    assert_eq!(data["exports"][0]["declarations"], serde_json::json!([gift]));
    let whole = String::from_utf8(of("donnees.json").clone()).unwrap();
    for others in ["Simard", "Note de la responsable"] {
        assert!(!whole.contains(others), "{others}");
    }
    let table = String::from_utf8(of("declarations.csv").clone()).unwrap();
    assert_eq!(table.lines().count(), 4, "{table}");
    let (_, file) = copy.iter().find(|(name, _)| name.starts_with("fichiers/")).unwrap();
    assert!(file.starts_with(b"%PDF"), "opened");
    assert!(String::from_utf8(of("LISEZMOI.txt").clone()).unwrap().contains("vos déclarations (3)"));
    assert_eq!(app.stranger().open(&address).await.path, "/connexion?retour=%2Fmes-declarations%2Fcopie");
}

/// N09
#[actix_web::test]
async fn camille_ends_the_sessions_that_she_left_open_elsewhere() {
    let app = TestApp::new().await;
    let (here, left, theo) = (app.as_("camille"), app.as_("camille"), app.as_("theo"));
    assert_eq!(left.open("/preferences").await.status, 200);
    let page = here.open("/preferences").await;
    let forms: Vec<_> = page.forms().into_iter().filter(|form| form.action.ends_with("/seances")).collect();
    assert_eq!(forms.len(), 2, "the other one, and all the others: never this one");
    // A session of somebody else is none of hers.
    let theirs = theo.open("/preferences").await;
    assert!(!theirs.says(&say("sessions-end-others")), "{}", theirs.text());
    let hash: String = app.read(|tx| {
        use diesel::prelude::*;
        use probite::db::schema::sessions;
        let person = app.id("theo");
        Ok(sessions::table.filter(sessions::person_id.eq(person)).select(sessions::token_hash).first(tx.conn)?)
    });
    for id in [&hash[..16], &hash[..1], "x"] {
        assert_eq!(here.post("/preferences/seances", &[("seance", id)]).await.status, 404, "{id}");
    }
    assert_eq!(theo.open("/preferences").await.status, 200);

    let done = here.send(&forms[0]).await;
    assert!(done.says(&say("flash-sessions-closed")), "{}", done.text());
    assert!(left.open("/preferences").await.path.starts_with("/connexion"), "ended at once");
    let again = app.as_("camille");
    assert_eq!(here.post("/preferences/seances", &[]).await.status, 200);
    assert!(again.open("/preferences").await.path.starts_with("/connexion"));
    assert_eq!(here.open("/preferences").await.status, 200, "this one stays");
}
