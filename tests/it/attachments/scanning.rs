//! With an antivirus: nothing is clean because it was silent, what it finds is refused or deleted, and everybody is
//! told what they need to know.

use probite::attachments::quarantine;
use probite::doctor::{self, Health};
use probite::measures::wishes::Wish;

use super::{app_with, gift, joins, kept};
use crate::support::clamd::{Clamd, Manner, absent};
use crate::support::measures::wish;
use crate::support::{TestApp, answers, files, say};

const PENDING: &str = "En attente d’analyse";
const INFECTED: &str = "Contenu supprimé";

async fn app_scanned_at(address: &str) -> (TestApp, tempfile::TempDir) {
    let address = address.to_owned();
    app_with(|config| {
        config.uploads.clamd = address;
        config.uploads.clamd_connect_seconds = 1;
        config.uploads.clamd_answer_seconds = 1;
    })
    .await
}

/// A gift on file, with a file that the antivirus did not answer about.
async fn quarantined(app: &TestApp) -> String {
    let key = gift(app);
    let page = joins(&app.as_("camille"), &key, &[("facture.pdf", &files::pdf("Facture"))]).await;
    assert_eq!(page.status, 303, "{}", page.text());
    app.sends("camille", &key).unwrap().reference.unwrap()
}

fn address_of_the_file(app: &TestApp) -> String {
    use diesel::prelude::*;
    use probite::db::schema::attachments;
    let id: i64 = app.read(|tx| Ok(attachments::table.select(attachments::id).first(tx.conn)?));
    format!("/pieces/{id}")
}

fn retry(app: &TestApp) -> usize {
    quarantine::retry(&app.app).unwrap()
}

/// I05: The twin of those that follow, too.
#[actix_web::test]
async fn what_is_analysed_is_what_was_received_and_what_is_clean_is_downloaded() {
    let clamd = Clamd::start(Manner::Looks);
    let (app, _folder) = app_scanned_at(&clamd.address()).await;
    let (key, sent) = (gift(&app), files::pdf_that_tells("Facture"));
    assert_eq!(joins(&app.as_("camille"), &key, &[("facture.pdf", &sent)]).await.status, 303);
    assert_eq!(clamd.received(), [sent], "the bytes as they came, before cleaning");
    let reference = app.sends("camille", &key).unwrap().reference.unwrap();
    let page = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    assert!(!page.says(PENDING), "the twin");
    assert_eq!(app.as_("rosalie").open(&page.link("facture.pdf")).await.status, 200);
}

/// I05
#[actix_web::test]
async fn what_is_infected_is_refused_beside_its_field_and_not_kept() {
    let clamd = Clamd::start(Manner::Looks);
    let (app, folder) = app_scanned_at(&clamd.address()).await;
    let (key, camille) = (gift(&app), app.as_("camille"));
    for content in [files::pdf(&files::eicar().replace(['(', ')', '\\'], "")), files::pdf("Facture")] {
        // After the end of the file, where the cleaning would have dropped it unseen.
        let infected = [&content[..], files::eicar().as_bytes()].concat();
        let page = joins(&camille, &key, &[("facture.pdf", &infected)]).await;
        assert_eq!((page.status, kept(&folder).len()), (422, 0), "{}", page.text());
        assert!(page.errors()[0].contains("Un virus a été trouvé dans"), "{:?}", page.errors());
        assert_eq!(page.form("/value").value("value_cents"), Some("80,25"));
    }
    assert_eq!(joins(&camille, &key, &[("facture.pdf", &files::pdf("Facture"))]).await.status, 303, "the twin");
}

/// F11, I05
#[actix_web::test]
async fn without_a_clear_answer_a_file_waits_in_quarantine_until_there_is_one() {
    for manner in
        [None, Some(Manner::Hangs), Some(Manner::Leaves), Some(Manner::TooLarge), Some(Manner::LimitsExceeded)]
    {
        let clamd = manner.map(Clamd::start);
        let address = clamd.as_ref().map_or_else(absent, Clamd::address);
        let (app, folder) = app_scanned_at(&address).await;
        // It may be submitted, and decided on.
        let reference = quarantined(&app).await;
        assert_eq!(kept(&folder).len(), 1, "{manner:?}");
        let file = address_of_the_file(&app);
        for name in ["camille", "rosalie"] {
            let page = app.as_(name).open(&format!("/d/{reference}")).await;
            assert!(page.says(PENDING), "{manner:?}: {}", page.text());
            let answer = app.as_(name).open(&file).await;
            assert_eq!(answer.status, 409, "{manner:?}");
            assert!(answer.says(&say("not-possible-file-pending")), "{}", answer.text());
            assert!(!answer.html.contains("%PDF"));
        }
        assert_eq!(app.as_("theo").open(&file).await.status, 404, "who may not read it is told nothing of it");
        assert_eq!(retry(&app), 0, "{manner:?}");
        assert_eq!(app.as_("rosalie").open(&file).await.status, 409, "{manner:?}");
        let Some(clamd) = clamd else { continue };
        clamd.now(Manner::Looks);
        assert_eq!((retry(&app), retry(&app)), (1, 0), "{manner:?}");
        assert_eq!(app.as_("rosalie").open(&file).await.status, 200, "{manner:?}");
        let page = app.as_("rosalie").open(&format!("/d/{reference}")).await;
        assert!(
            !page.says(PENDING) && page.timeline().contains(&say("event-attachment-cleared")),
            "{:?}",
            page.timeline()
        );
    }
}

/// F11
#[actix_web::test]
async fn a_silent_antivirus_is_not_asked_again_for_each_file_of_a_form() {
    let clamd = Clamd::start(Manner::Hangs);
    let (app, folder) = app_scanned_at(&clamd.address()).await;
    let pdf = |text: &str| files::pdf(text);
    let (un, deux, trois) = (pdf("Un"), pdf("Deux"), pdf("Trois"));
    let page = joins(&app.as_("camille"), &gift(&app), &[("1.pdf", &un), ("2.pdf", &deux), ("3.pdf", &trois)]).await;
    assert_eq!((page.status, kept(&folder).len(), clamd.received().len()), (303, 3, 1));
    // One that it does not decide about does not keep the others from being asked about.
    clamd.now(Manner::LimitsExceeded);
    assert_eq!((retry(&app), clamd.received().len()), (0, 4));
    clamd.now(Manner::Looks);
    assert_eq!(retry(&app), 3);
}

/// F11, I05
#[actix_web::test]
async fn what_is_found_later_is_deleted_written_down_and_told() {
    let clamd = Clamd::start(Manner::Hangs);
    let (app, folder) = app_scanned_at(&clamd.address()).await;
    let reference = quarantined(&app).await;
    let (file, letters) = (address_of_the_file(&app), app.letters().len());
    clamd.now(Manner::Finds);
    assert_eq!((retry(&app), kept(&folder).len()), (1, 0));
    assert_eq!(app.post_since(letters), ["file-infected → camille"]);
    let letter = app.letters().pop().unwrap();
    assert_eq!(letter.reference.as_deref(), Some(reference.as_str()));
    for secret in ["facture", "Eicar", "chocolats"] {
        assert!(!letter.text.contains(secret) && !letter.subject.contains(secret), "{}", letter.text);
    }
    let page = app.as_("rosalie").open(&format!("/d/{reference}")).await;
    assert!(page.says(INFECTED) && page.says("facture.pdf"), "{}", page.text());
    assert!(page.links().iter().all(|(href, _)| *href != file), "it is no link any more");
    assert!(page.timeline().contains(&say("event-attachment-infected")), "{:?}", page.timeline());
    let answer = app.as_("rosalie").open(&file).await;
    assert_eq!(answer.status, 409);
    assert!(answer.says(&say("not-possible-file-infected")), "{}", answer.text());
    assert_eq!(retry(&app), 0);
    assert_eq!(app.letters().len(), letters + 1, "told once");
}

/// I05
#[actix_web::test]
async fn the_same_content_joined_twice_is_condemned_everywhere() {
    let clamd = Clamd::start(Manner::Looks);
    let (app, folder) = app_scanned_at(&clamd.address()).await;
    let first = quarantined(&app).await;
    clamd.now(Manner::Leaves);
    let key = app.drafts("theo", "gift_declaration", answers::gift());
    assert_eq!(joins(&app.as_("theo"), &key, &[("reçu.pdf", &files::pdf("Facture"))]).await.status, 303);
    assert_eq!(kept(&folder).len(), 1, "kept once");
    let (letters, events) = (app.letters().len(), app.pulse().0);
    clamd.now(Manner::Finds);
    // The first was clean for the antivirus of that day.
    assert_eq!((retry(&app), kept(&folder).len()), (2, 0));
    assert_eq!(app.post_since(letters), ["file-infected → camille", "file-infected → theo"]);
    // A draft leaves nothing in the journal, and its letter nothing that leads to it.
    assert_eq!(app.pulse().0, events + 1);
    assert!(app.as_("camille").open(&format!("/d/{first}")).await.says(INFECTED));
    let letter = app.letters().pop().unwrap();
    assert!(letter.reference.is_none() && !letter.text.contains(&key), "{}", letter.text);
    assert!(app.as_("theo").open(&format!("/brouillons/{key}/value")).await.says(INFECTED));
    assert!(app.as_("theo").open(&format!("/brouillons/{key}/verifier")).await.says(INFECTED));
}

/// F11, I05
#[actix_web::test]
async fn the_proof_of_a_measure_waits_too() {
    let clamd = Clamd::start(Manner::Hangs);
    let (app, _folder) = app_scanned_at(&clamd.address()).await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let wished = Wish { owner: app.number("serge"), ..wish("Retirer l’accès au lot 2") };
    let id = app.asks_for("rosalie", &reference, "managed", vec![wished])[0].id;
    let (serge, address) = (app.as_("serge"), format!("/mesures/{id}"));
    let body = files::multipart(&[("proof", "Voici.")], &[("files", "accès.pdf", &files::pdf("Retiré"))]);
    let headers = [("sec-fetch-site", "same-origin")];
    let sent = serge.request(actix_web::http::Method::POST, &format!("{address}/preuve"), &headers, Some(body)).await;
    assert_eq!(sent.status, 303);
    assert!(serge.open(&address).await.says(PENDING));
    assert_eq!(serge.open(&address_of_the_file(&app)).await.status, 409);
    let letters = app.letters().len();
    clamd.now(Manner::Finds);
    assert_eq!(retry(&app), 1);
    assert_eq!(app.post_since(letters), ["file-infected → serge"]);
    assert!(app.letters().pop().unwrap().text.contains(&address));
    assert!(app.as_("rosalie").open(&address).await.says(INFECTED));
}

/// M03
#[actix_web::test]
async fn of_a_sealed_file_the_letter_says_only_that_something_waits() {
    let clamd = Clamd::start(Manner::Hangs);
    let (app, _folder) = app_scanned_at(&clamd.address()).await;
    let key = app.drafts("camille", "concern_report", answers::concern());
    let body =
        files::multipart(&[("description", "Des faits.")], &[("attachments", "preuve.pdf", &files::pdf("Faits"))]);
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    let path = format!("/brouillons/{key}/facts");
    let saved = app.as_("camille").request(actix_web::http::Method::POST, &path, &headers, Some(body)).await;
    assert!(saved.status == 303, "{}", saved.text());
    app.sends("camille", &key).unwrap();
    let letters = app.letters().len();
    clamd.now(Manner::Finds);
    assert_eq!(retry(&app), 1);
    assert_eq!(app.post_since(letters), ["sealed-message → camille"]);
}

/// F11
#[actix_web::test]
async fn the_diagnosis_says_what_becomes_of_files() {
    let said = |app: &TestApp| {
        let check = doctor::run(&app.app).into_iter().find(|check| check.name == "antivirus").unwrap();
        (check.health, check.detail)
    };
    let (app, _folder) = app_with(|_| {}).await;
    assert_eq!(said(&app).0, Health::Warning, "{:?}", said(&app));
    let clamd = Clamd::start(Manner::Looks);
    let (app, _folder) = app_scanned_at(&clamd.address()).await;
    let (health, detail) = said(&app);
    assert!(health == Health::Ok && detail.contains("ClamAV 1.4.3"), "{detail}");
    let (app, _folder) = app_scanned_at(&absent()).await;
    quarantined(&app).await;
    let (health, detail) = said(&app);
    assert!(health == Health::Failed && detail.contains("1 fichier"), "{detail}");
}

/// F11: The worker asks again by itself, on its timer.
#[actix_web::test]
async fn the_worker_asks_again() {
    let clamd = Clamd::start(Manner::Leaves);
    let address = clamd.address();
    let mail = tempfile::tempdir().unwrap();
    let folder = mail.path().display().to_string();
    let (app, _folder) = app_with(|config| {
        config.uploads.clamd = address;
        config.letters.transport = probite::config::TransportKind::Directory;
        config.letters.directory = folder;
    })
    .await;
    quarantined(&app).await;
    let file = address_of_the_file(&app);
    clamd.now(Manner::Looks);
    let mut worker = probite::outbox::worker::Worker::new(app.app.clone()).unwrap();
    assert_eq!(worker.run_once().unwrap().analysed, 1);
    assert_eq!(app.as_("rosalie").open(&file).await.status, 200);
}
