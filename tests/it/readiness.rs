//! Whoever watches the service learns that something is wrong with the register, and no more.

use chrono::TimeDelta;
use probite::journal::{checkpoints, comparisons};

use crate::proof::{disarm, execute, relink, signing};
use crate::support::TestApp;

/// What `/readyz` answers, a moment after it answered last.
async fn ready(app: &TestApp) -> u16 {
    app.clock.advance(TimeDelta::seconds(2));
    let page = app.stranger().open("/readyz").await;
    assert!(["ready\n", "not ready\n"].contains(&page.html.as_str()), "no detail for strangers: {}", page.html);
    assert_eq!(app.stranger().open("/healthz").await.status, 200, "the process lives all the same");
    page.status
}

/// The same of what is read beside: it is begun by a first question, and known a little later.
async fn ready_later(app: &TestApp, wanted: u16) {
    app.clock.advance(TimeDelta::minutes(2));
    let begun = std::time::Instant::now();
    loop {
        let last = app.stranger().open("/readyz").await.status;
        if last == wanted {
            return;
        }
        assert!(begun.elapsed().as_secs() < 60, "{last}, not {wanted}, a minute later");
        // Its turn to whoever reads beside.
        std::thread::yield_now();
    }
}

/// S08: The twin of all that follow.
#[actix_web::test]
async fn a_register_that_nothing_is_wrong_with_is_ready() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    assert_eq!(ready(&app).await, 200);
}

/// S08
#[actix_web::test]
async fn a_register_is_not_ready_while_its_chain_is_broken() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    disarm(&app);
    execute(&app, "UPDATE events SET leaf = replace(leaf, 'submitted', 'withdrawn') WHERE event = 'submitted'");
    ready_later(&app, 503).await;
}

/// S08
#[actix_web::test]
async fn a_register_is_not_ready_while_a_witness_saw_another_history() {
    let (app, folder, _) = signing().await;
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    ready_later(&app, 200).await;
    let key = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let later = folder.path().join("temoin").join("checkpoint-000000009999.note");
    std::fs::write(&later, key.checkpoint(9999, &[5; 32])).unwrap();
    ready_later(&app, 503).await;
    std::fs::remove_file(&later).unwrap();
    ready_later(&app, 200).await;
}

/// S08
#[actix_web::test]
async fn a_register_is_not_ready_while_it_has_less_than_was_signed() {
    let (app, _folder, _) = signing().await;
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    assert_eq!(ready(&app).await, 200, "the twin");
    let size = app.read(checkpoints::size);
    disarm(&app);
    execute(&app, &format!("DELETE FROM events WHERE seq = {size}"));
    relink(&app);
    assert_eq!(ready(&app).await, 503);
}

/// S08
#[actix_web::test]
async fn a_register_is_not_ready_while_a_change_waits_too_long_for_a_witness() {
    let (app, _folder, _) = signing().await;
    checkpoints::publish(&app.app).unwrap();
    app.files_gift("camille");
    assert_eq!(ready(&app).await, 200, "a moment is not long");
    app.clock.advance(TimeDelta::seconds(app.app.book.config.journal.witness_stale_seconds));
    assert_eq!(ready(&app).await, 503);
    let doctor = probite::doctor::run(&app.app);
    let line = doctor.iter().find(|line| line.name == "journal").unwrap();
    assert!(line.detail.contains("qu’aucun témoin ne couvre depuis 5"), "{}", line.detail);
    checkpoints::publish(&app.app).unwrap();
    assert_eq!(ready(&app).await, 200);
    // Where nobody is a witness there is nobody to wait for: the diagnosis warns, no more.
    let alone = TestApp::new().await;
    alone.files_gift("camille");
    alone.clock.advance(TimeDelta::minutes(11));
    assert_eq!(ready(&alone).await, 200);
}

/// S08
#[actix_web::test]
async fn a_register_is_not_ready_while_its_clock_is_behind_what_was_recorded() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    app.clock.advance(TimeDelta::seconds(-20));
    assert_eq!(ready(&app).await, 503);
    app.clock.advance(TimeDelta::seconds(20));
    assert_eq!(ready(&app).await, 200);
}

/// S08
#[actix_web::test]
async fn a_register_is_not_ready_while_its_tables_differ_from_the_journal() {
    let app = TestApp::new().await;
    app.is_altered();
    let gift = app.files_gift("camille");
    execute(&app, &format!("UPDATE declarations SET value_cents = 1 WHERE reference = '{gift}'"));
    assert_eq!(ready(&app).await, 200, "nobody compared yet");
    comparisons::run_if_due(&app.app).unwrap();
    assert_eq!(ready(&app).await, 503);
}

/// S08
#[actix_web::test]
async fn a_register_is_not_ready_while_no_copy_of_it_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("copies").display().to_string();
    let recipient = age::x25519::Identity::generate().to_public().to_string();
    let app = TestApp::with(|config| {
        config.backup.folder = place;
        config.backup.recipients = vec![recipient];
    })
    .await;
    assert_eq!(ready(&app).await, 503);
}

/// S08
#[actix_web::test]
async fn a_register_is_not_ready_while_a_disk_is_nearly_full() {
    let app = TestApp::with(|config| config.server.min_free_percent = 100).await;
    assert_eq!(ready(&app).await, 503);
    let doctor = probite::doctor::run(&app.app);
    let line = doctor.iter().find(|line| line.name == "disque").unwrap();
    assert!(
        line.health == probite::doctor::Health::Failed && line.detail.contains("de place libre"),
        "{}",
        line.detail
    );
    let unasked = TestApp::with(|config| config.server.min_free_percent = 0).await;
    assert_eq!(ready(&unasked).await, 200, "the twin");
}
