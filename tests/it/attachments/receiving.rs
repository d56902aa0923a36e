//! What arrives is cleaned, or refused beside its field; what is given back is what was kept.

use actix_web::http::Method;

use super::{app_with, gift, joins, kept};
use crate::support::answers;
use crate::support::files::{self, CANARY};

#[actix_web::test]
async fn a_file_is_cleaned_before_anybody_reads_it() {
    let (app, folder) = app_with(|_| {}).await;
    let (key, camille) = (gift(&app), app.as_("camille"));
    let sent: [(&str, Vec<u8>); 4] = [
        ("photo.jpg", files::jpeg_that_tells(6)),
        ("capture.png", files::png_that_tells()),
        ("facture.pdf", files::pdf_that_tells("Facture")),
        ("note.docx", files::docx_that_tells("Bonjour")),
    ];
    let joined: Vec<(&str, &[u8])> = sent.iter().map(|(name, content)| (*name, content.as_slice())).collect();
    let page = joins(&camille, &key, &joined).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let contents = kept(&folder);
    assert_eq!(contents.len(), 4);
    for content in &contents {
        assert!(!content.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()));
        let sha256 = probite::random::sha256_hex(content);
        assert!(app.row(&key).answers.contains(&sha256), "its sum is that of what was cleaned");
    }
    let reference = app.sends("camille", &key).unwrap().reference.unwrap();
    let page = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    for (name, media) in [
        ("photo.jpg", "image/jpeg"),
        ("capture.png", "image/png"),
        ("facture.pdf", "application/pdf"),
        ("note.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ] {
        let file = app.as_("rosalie").open(&page.link(name)).await;
        assert_eq!((file.status, file.header("content-type")), (200, Some(media)), "{name}");
        assert!(!file.html.contains(CANARY), "{name}");
        let disposition = file.header("content-disposition").unwrap();
        assert!(disposition.starts_with(&format!("attachment; filename=\"{name}\"")), "{disposition}");
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(file.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    }
}

#[actix_web::test]
async fn what_cannot_be_cleaned_is_refused_beside_its_field_and_nothing_typed_is_lost() {
    let (app, folder) = app_with(|_| {}).await;
    let (key, camille) = (gift(&app), app.as_("camille"));
    let locked = files::pdf_of(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</V 2>>".to_vec()], "/Encrypt 2 0 R");
    let macros = files::docx_with("<w:document/>", "", &[], &[("word/vbaProject.bin", b"x")]);
    for (name, content, says) in [
        ("contrat.pdf", locked, "est protégé par un mot de passe"),
        ("offre.docx", macros, "contient un programme"),
        ("facture.pdf", b"%PDF-1.7\n%%EOF".to_vec(), "est abîmé ou incomplet"),
        ("image.pdf", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "Ce type de fichier n’est pas accepté"),
        ("vide.pdf", Vec::new(), "Le fichier est vide"),
    ] {
        let page = joins(&camille, &key, &[(name, &content)]).await;
        assert_eq!(page.status, 422, "{name}");
        let errors = page.errors();
        assert!(errors.iter().any(|error| error.contains(says)), "{name}: {errors:?}");
        let named = !says.starts_with(['C', 'L']);
        assert!(!named || errors[0].contains(name), "{name}: {errors:?}");
        let form = page.form("/value");
        assert_eq!((form.value("value_method"), form.value("value_cents")), (Some("invoice"), Some("80,25")));
    }
    assert!(kept(&folder).is_empty());
    // One that is sound beside one that is not: the first is kept, the second told.
    let page = joins(&camille, &key, &[("bonne.pdf", &files::pdf("Facture")), ("mauvaise.pdf", b"%PDF-1.7")]).await;
    assert_eq!((page.status, page.errors().len(), kept(&folder).len()), (422, 1, 1));
    assert!(page.says("bonne.pdf"), "{}", page.text());
}

#[actix_web::test]
async fn nothing_is_kept_of_somebody_who_may_not_write_there() {
    let (app, folder) = app_with(|_| {}).await;
    let key = gift(&app);
    let page = joins(&app.as_("theo"), &key, &[("facture.pdf", &files::pdf("Facture"))]).await;
    assert_eq!((page.status, kept(&folder).len()), (404, 0));
    let page = joins(&app.as_("camille"), &key, &[("facture.pdf", &files::pdf("Facture"))]).await;
    assert_eq!((page.status, kept(&folder).len()), (303, 1), "the twin: its author may");
}

#[actix_web::test]
async fn a_name_is_told_as_it_is_and_breaks_no_header() {
    let (app, _folder) = app_with(|_| {}).await;
    let (key, camille) = (gift(&app), app.as_("camille"));
    let name = "..%2F..%2Freçu «final» \u{202e}fdp.exe";
    assert_eq!(joins(&camille, &key, &[(name, &files::pdf("Reçu"))]).await.status, 303);
    let reference = app.sends("camille", &key).unwrap().reference.unwrap();
    let page = camille.open(&format!("/d/{reference}")).await;
    let file = camille.open(&page.link("reçu «final»")).await;
    let disposition = file.header("content-disposition").unwrap();
    assert!(disposition.is_ascii() && !disposition.contains("exe") && disposition.contains(".pdf"), "{disposition}");
}

/// The file is in its place before the transaction that joins it, which may fail.
#[actix_web::test]
async fn content_that_nothing_joins_is_removed_a_day_later_and_what_is_joined_stays() {
    use std::time::{Duration, SystemTime};

    use probite::attachments::{orphans, store};

    let (app, folder) = app_with(|_| {}).await;
    assert_eq!(joins(&app.as_("camille"), &gift(&app), &[("facture.pdf", &files::pdf("Facture"))]).await.status, 303);
    let orphan = store::put(folder.path(), b"joined by nothing").unwrap();
    let place = store::place_of(folder.path(), &orphan);
    let half = place.with_file_name(".tmpHalf");
    std::fs::write(&half, b"killed while writing").unwrap();
    assert_eq!(orphans::sweep(&app.app, orphans::AGE).unwrap(), 0, "somebody may still be joining it");
    let yesterday = SystemTime::now() - Duration::from_secs(25 * 3600);
    for path in [&place, &half] {
        std::fs::File::options().append(true).open(path).unwrap().set_modified(yesterday).unwrap();
    }
    store::put(folder.path(), b"joined by nothing").unwrap();
    assert_eq!(orphans::sweep(&app.app, orphans::AGE).unwrap(), 1, "sent again, it is young again; the half one goes");
    assert_eq!(orphans::sweep(&app.app, Duration::ZERO).unwrap(), 1);
    assert_eq!((kept(&folder).len(), place.exists()), (1, false), "what is joined stays");
}

/// D09: What is removed from a folder does not come back with a transaction that fails: it goes once that is durable.
#[actix_web::test]
async fn a_draft_whose_deletion_fails_keeps_its_files_and_one_that_is_deleted_leaves_none() {
    use std::time::Duration;

    use probite::attachments::orphans;
    use probite::declarations::drafts;
    use probite::error::Error;

    let (app, folder) = app_with(|_| {}).await;
    let camille = app.as_("camille");
    let plain = gift(&app);
    assert_eq!(joins(&camille, &plain, &[("facture.pdf", &files::pdf("Facture"))]).await.status, 303);
    let sealed = app.drafts("camille", "concern_report", answers::concern());
    let body =
        files::multipart(&[("description", "Des faits.")], &[("attachments", "faits.pdf", &files::pdf("Faits"))]);
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    let joined = camille.request(Method::POST, &format!("/brouillons/{sealed}/facts"), &headers, Some(body)).await;
    let swept = |age: Duration| {
        orphans::remove_given_up(&app.app).unwrap();
        orphans::sweep(&app.app, age).unwrap();
        kept(&folder).len()
    };
    // Under failpoints, what is sealed was put in its place once for each time that it could not be joined.
    assert_eq!((joined.status, swept(Duration::ZERO)), (303, 2), "{}", joined.text());

    for key in [plain.clone(), sealed.clone()] {
        let failed = app.does("camille", move |tx, actor| {
            drafts::discard(tx, actor, &key)?;
            Err::<(), _>(Error::Internal("what comes next fails".into()))
        });
        assert!(failed.is_err());
    }
    assert_eq!(swept(Duration::ZERO), 2, "both drafts are there, and so are their files");
    for key in [&plain, &sealed] {
        assert_eq!(camille.open(&format!("/brouillons/{key}")).await.status, 200);
    }
    // The twin. What is not sealed may be sent again by somebody who has not joined it yet: it waits a day.
    for key in [plain, sealed] {
        app.does("camille", move |tx, actor| drafts::discard(tx, actor, &key)).unwrap();
    }
    assert_eq!(swept(orphans::AGE), 1);
    assert_eq!(swept(Duration::ZERO), 0);
}
