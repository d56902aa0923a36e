//! Heads given to who keeps them elsewhere: a program that checks and signs, a mailbox, a folder that saw more.

use std::sync::mpsc::channel;

use actix_web::{App, HttpServer, web};
use diesel::prelude::*;
use probite::clock::Clock;
use probite::db::schema::checkpoint_copies;
use probite::doctor::Health;
use probite::journal::cosignature::{Cosigner, Scheme, WitnessKey, seen_by};
use probite::journal::note::{Signer, Verifier};
use probite::journal::witness_service::{WitnessService, routes};
use probite::journal::{checkpoints, evidence, receipt, verify, waits, witnesses};
use probite::outbox::worker::Worker;

use crate::proof::{disarm, execute, python, receipt_of, relink};
use crate::support::{TestApp, say};

const NAME: &str = "registre.example/journal";

/// A witness on a thread of its own, as on a machine of its own; it ends with the test.
struct Program {
    url: String,
    key: WitnessKey,
    handle: actix_web::dev::ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Program {
    fn start(journal: &Verifier, folder: &std::path::Path) -> Self {
        Self::of(Scheme::Ed25519, journal, folder)
    }

    fn of(scheme: Scheme, journal: &Verifier, folder: &std::path::Path) -> Self {
        let cosigner = Cosigner::parse(&Cosigner::generate("temoin.example", scheme).unwrap()).unwrap();
        let key = cosigner.key();
        let service = WitnessService::new(cosigner, vec![journal.clone()], folder.to_owned());
        let (tell, told) = channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let service = web::Data::new(service);
                let server = HttpServer::new(move || {
                    App::new().configure(|config| routes(config, service.clone(), Clock::system()))
                })
                .workers(1)
                .bind(("127.0.0.1", 0))
                .unwrap();
                let address = server.addrs()[0];
                let server = server.run();
                tell.send((address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (address, handle) = told.recv().unwrap();
        Self { url: format!("http://{address}"), key, handle, thread: Some(thread) }
    }

    fn stop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}

fn signer(folder: &std::path::Path) -> (String, Verifier) {
    let text = Signer::generate(NAME).unwrap();
    let path = folder.join("journal.key");
    std::fs::write(&path, &text).unwrap();
    (path.display().to_string(), Signer::parse(&text).unwrap().verifier())
}

fn copies(app: &TestApp) -> Vec<(i64, Option<String>, bool)> {
    app.read(|tx| {
        let columns = (checkpoint_copies::size, checkpoint_copies::error, checkpoint_copies::cosignature.is_not_null());
        Ok(checkpoint_copies::table.order(checkpoint_copies::id.asc()).select(columns).load(tx.conn)?)
    })
}

/// F12: The whole way: the journal is published, the witness signs, the receipt and the archive carry it, both verifiers see it.
#[actix_web::test]
async fn a_program_signs_heads_and_what_people_keep_carries_its_signature() {
    the_whole_way(Scheme::Ed25519).await;
}

/// F12, A08: the same with signatures that a quantum computer does not forge; the second verifier computes them by itself.
#[actix_web::test]
async fn a_program_signs_heads_for_the_day_when_ed25519_no_longer_holds() {
    the_whole_way(Scheme::MlDsa44).await;
}

async fn the_whole_way(scheme: Scheme) {
    let folder = tempfile::tempdir().unwrap();
    let (key_file, verifier) = signer(folder.path());
    let mut program = Program::of(scheme, &verifier, &folder.path().join("temoin"));
    let (url, key) = (program.url.clone(), program.key.clone());
    let app = TestApp::with(|config| {
        config.journal.key_file = key_file;
        config.journal.witnesses = vec![probite::config::WitnessProgram { url, key: key.to_string() }];
    })
    .await;
    let reference = app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    checkpoints::publish(&app.app).unwrap();
    let made = copies(&app);
    assert_eq!(made.len(), 2, "each head once: {made:?}");
    assert!(made.iter().all(|(_, error, signed)| error.is_none() && *signed));
    assert_eq!(app.read(checkpoints::exposure).uncovered, 0);

    let text = receipt_of(&app, "camille", &reference).await;
    let (read, _) = receipt::verify(&text, &verifier).unwrap();
    let seen = seen_by(&read.checkpoint, std::slice::from_ref(&program.key)).unwrap();
    assert_eq!(seen[0].0, "temoin.example");
    let path = folder.path().join("recu.json");
    std::fs::write(&path, &text).unwrap();
    let (journal, witness) = (verifier.to_string(), program.key.to_string());
    let said = python(&[&path.display().to_string(), &journal, "--temoin", &witness]);
    assert!(said.0 && said.1.contains("temoin.example"), "{}", said.1);
    // Somebody else's key did not sign it: the twin.
    let other = Cosigner::parse(&Cosigner::generate("temoin.example", scheme).unwrap()).unwrap().key();
    assert_eq!(seen_by(&read.checkpoint, std::slice::from_ref(&other)), Err("temoin.example".to_owned()));
    assert!(!python(&[&path.display().to_string(), &journal, "--temoin", &other.to_string()]).0);

    let head = app.read(checkpoints::latest).unwrap();
    let key = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let mut archive = std::io::Cursor::new(Vec::new());
    evidence::write(&app.app, None, &key, &head, &mut archive).unwrap();
    let found = verify::archive(std::io::Cursor::new(archive.get_ref().clone()), &verifier, None).unwrap();
    assert!(seen_by(&found.head, std::slice::from_ref(&program.key)).is_ok());
    let path = folder.path().join("preuve.zip");
    std::fs::write(&path, archive.get_ref()).unwrap();
    let said = python(&[&path.display().to_string(), &journal, "--temoin", &witness]);
    assert!(said.0 && said.1.contains("temoin.example"), "{}", said.1);

    // F12: it goes away; people go on, it is said once, and made up for when it is back.
    program.stop();
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    checkpoints::publish(&app.app).unwrap();
    let made = copies(&app);
    assert_eq!(made.len(), 3, "{made:?}");
    assert!(made[2].1.as_ref().is_some_and(|error| error.contains("ne répond pas")), "{made:?}");
    let doctor = probite::doctor::run(&app.app);
    let line = doctor.iter().find(|line| line.name == "journal").unwrap();
    assert!(line.detail.contains("ne répond pas"), "{}", line.detail);
    // What happened meanwhile is proved below a head of our own alone.
    let page = app.as_("camille").open(&format!("/d/{reference}")).await;
    assert_eq!(page.status, 200);
}

/// A05: the database is put back to an old copy, then rewritten; the program refuses both and the register says why.
#[actix_web::test]
async fn a_program_refuses_a_journal_that_went_back_and_one_that_was_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let (key_file, verifier) = signer(folder.path());
    let program = Program::start(&verifier, &folder.path().join("temoin"));
    let (url, key) = (program.url.clone(), program.key.to_string());
    let settings = |config: &mut probite::config::Config| {
        config.journal.key_file = key_file.clone();
        config.journal.witnesses = vec![probite::config::WitnessProgram { url: url.clone(), key: key.clone() }];
    };
    let app = TestApp::with(settings).await;
    app.files_gift("camille");
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    let held = app.read(checkpoints::latest).unwrap().size;

    // Another copy of the register, that has fewer events, with the same key.
    let old = TestApp::with(settings).await;
    old.files_gift("camille");
    checkpoints::publish(&old.app).unwrap();
    let said = copies(&old);
    let why = said[0].1.clone().unwrap();
    let size = old.read(checkpoints::size);
    assert!(size < held && why.contains(&format!("a vu autre chose\u{a0}: {held} événements")), "{why}");
    // It grows beyond, and is still another history: what the program said stops the signing.
    for _ in 0..4 {
        old.files_gift("camille");
    }
    let refused = checkpoints::publish(&old.app).unwrap_err().to_string();
    assert!(refused.contains("rien n’est signé") && refused.contains("a vu autre chose"), "{refused}");
    assert_eq!(old.read(checkpoints::latest).unwrap().size, size);
    // One whose first head is already larger cannot prove that it continues the other.
    let other = TestApp::with(settings).await;
    for _ in 0..4 {
        other.files_gift("camille");
    }
    checkpoints::publish(&other.app).unwrap();
    let why = copies(&other).last().unwrap().1.clone().unwrap();
    assert!(why.contains("ne sont pas ceux du journal"), "{why}");
    other.files_gift("camille");
    assert!(checkpoints::publish(&other.app).is_err());
    // The twin: the first one goes on.
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    assert!(copies(&app).last().unwrap().2);
}

/// A05: an old copy is put back under the service; the program is asked before anything is signed over it.
#[actix_web::test]
async fn an_old_copy_put_back_is_told_by_a_program_before_anything_is_signed() {
    let folder = tempfile::tempdir().unwrap();
    let (key_file, verifier) = signer(folder.path());
    let program = Program::start(&verifier, &folder.path().join("temoin"));
    let (url, key) = (program.url.clone(), program.key.to_string());
    let app = TestApp::with(|config| {
        config.journal.key_file = key_file;
        config.journal.witnesses = vec![probite::config::WitnessProgram { url, key }];
    })
    .await;
    let reference = app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    let copy = app.read(checkpoints::latest).unwrap().size;
    app.files_gift("theo");
    checkpoints::publish(&app.app).unwrap();
    disarm(&app);
    let off = if app.app.db.is_postgres() {
        "DROP TRIGGER checkpoints_append_only ON checkpoints; \
         DROP TRIGGER checkpoint_copies_append_only ON checkpoint_copies;"
    } else {
        "DROP TRIGGER checkpoints_no_delete; DROP TRIGGER checkpoint_copies_no_delete;"
    };
    execute(&app, off);
    for (table, column) in [("checkpoint_copies", "size"), ("checkpoints", "size"), ("events", "seq")] {
        execute(&app, &format!("DELETE FROM {table} WHERE {column} > {copy}"));
    }
    relink(&app);
    app.files_gift("camille");
    let heads = || app.read(|tx| Ok(probite::db::schema::checkpoints::table.count().get_result::<i64>(tx.conn)?));
    let before = heads();
    let refused = checkpoints::publish(&app.app).unwrap_err().to_string();
    assert!(refused.contains("a vu autre chose"), "{refused}");
    // Nor is a receipt signed: the person is told in words.
    let receipt = app.as_("camille").open(&format!("/d/{reference}/recu")).await;
    assert_eq!(receipt.status, 200, "what a witness signed covers it");
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    assert!(checkpoints::sign(&app.app, &signer).is_err());
    assert_eq!(heads(), before, "nothing is signed");
    let doctor = probite::doctor::run(&app.app);
    let line = doctor.iter().find(|line| line.name == "journal").unwrap();
    assert!(
        line.health == probite::doctor::Health::Failed && line.detail.contains("a vu autre chose"),
        "{}",
        line.detail
    );
    // The twin: the program takes the head again, as after its holder put it right, and the signing goes on.
    std::fs::remove_dir_all(folder.path().join("temoin")).unwrap();
    checkpoints::publish(&app.app).unwrap();
    assert_eq!(heads(), before + 1);
    assert!(copies(&app).last().unwrap().2);
}

/// A05: a receipt asks for a head too; it gets none over what a witness did not see, and no start serves such a journal.
#[actix_web::test]
async fn neither_a_receipt_nor_a_start_passes_over_what_a_witness_saw() {
    let (app, folder, _) = crate::proof::signing().await;
    let reference = app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    app.files_gift("theo");
    let witness = folder.path().join("temoin");
    // Anybody may add a file that is no head: it hides nothing.
    std::fs::write(witness.join("checkpoint-zzz.note"), "rien").unwrap();
    let key = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let later = witness.join("checkpoint-000000009999.note");
    std::fs::write(&later, key.checkpoint(9999, &[5; 32])).unwrap();
    let heads = || app.read(|tx| Ok(probite::db::schema::checkpoints::table.count().get_result::<i64>(tx.conn)?));
    let before = heads();
    let address = format!("/d/{reference}/recu");
    let refused = app.as_("camille").open(&address).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(refused.says("aucune preuve n’est donnée"), "{}", refused.text());
    assert_eq!(heads(), before, "nothing is signed");
    let why = checkpoints::require_known(&app.app).unwrap_err().to_string();
    assert!(why.contains("un témoin a vu 9999 événements"), "{why}");
    std::fs::remove_file(&later).unwrap();
    assert!(checkpoints::require_known(&app.app).is_ok());
    assert_eq!(app.as_("camille").open(&address).await.status, 200, "the twin");
    assert_eq!(heads(), before + 1);
}

/// A05, with a folder: what it saw is compared before anything is signed.
#[actix_web::test]
async fn nothing_is_signed_when_a_folder_saw_more_or_something_else() {
    let (app, folder, verifier) = crate::proof::signing().await;
    app.files_gift("camille");
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    assert_eq!(witnesses::contradiction(&app.app, &verifier).unwrap(), None);
    let heads = || app.read(|tx| Ok(probite::db::schema::checkpoints::table.count().get_result::<i64>(tx.conn)?));
    let before = heads();
    // A later head of this journal: an old copy of the database was put back.
    let key = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let later = folder.path().join("temoin").join("checkpoint-000000009999.note");
    std::fs::write(&later, key.checkpoint(9999, &[5; 32])).unwrap();
    app.files_gift("camille");
    let refused = checkpoints::publish(&app.app).unwrap_err().to_string();
    assert!(refused.contains("un témoin a vu 9999 événements"), "{refused}");
    assert_eq!(heads(), before, "nothing is signed");
    let doctor = probite::doctor::run(&app.app);
    let line = doctor.iter().find(|line| line.name == "journal").unwrap();
    assert!(line.detail.contains("un témoin a vu 9999"), "{}", line.detail);
    std::fs::remove_file(&later).unwrap();
    checkpoints::publish(&app.app).unwrap();
    assert_eq!(heads(), before + 1, "the twin");

    disarm(&app);
    execute(&app, "UPDATE events SET leaf = replace(leaf, 'submitted', 'withdrawn') WHERE event = 'submitted'");
    execute(&app, "DELETE FROM journal_nodes");
    let why = witnesses::contradiction(&app.app, &verifier).unwrap().unwrap().to_string();
    assert!(why.contains("ne sont pas ceux qu’un témoin a vus"), "{why}");
}

/// A07: how long each change waited for a witness is measured from the rows, and told by the report, the archive and whoever asks.
#[actix_web::test]
async fn what_changes_waited_for_a_witness_is_measured_and_told() {
    let (app, _folder, _) = crate::proof::signing().await;
    checkpoints::publish(&app.app).unwrap();
    let first = app.read(checkpoints::size) + 1;
    let waits = || {
        app.read(|tx| {
            let last = checkpoints::size(tx)?;
            waits::between(tx, first, last)
        })
    };
    for _ in 0..20 {
        app.files_gift("camille");
        app.clock.advance(chrono::TimeDelta::seconds(20));
        app.files_gift("theo");
        app.clock.advance(chrono::TimeDelta::seconds(40));
        checkpoints::publish(&app.app).unwrap();
    }
    let told = waits();
    assert!(told.covered >= 40 && told.p50 >= 40 && told.p99 <= 60, "{told:?}");
    assert_eq!((told.longest, told.uncovered, told.waiting), (60, 0, 0));
    // The twin: nobody gave a head for five minutes.
    app.files_gift("camille");
    app.clock.advance(chrono::TimeDelta::seconds(300));
    let told = waits();
    assert!(told.uncovered > 0 && told.waiting == 300 && told.longest == 60, "{told:?}");
    let page = app.as_("aline").open("/rapports?du=2026-11-01&au=2026-11-30").await;
    assert!(page.says("le plus ancien depuis 300 s"), "{}", page.text());
    checkpoints::publish(&app.app).unwrap();
    assert_eq!((waits().longest, waits().uncovered), (300, 0));

    let page = app.as_("aline").open("/rapports?du=2026-11-01&au=2026-11-30").await;
    assert!(page.says("300 s pour le plus long"), "{}", page.text());
    assert!(page.says(&say("report-method-head")) && page.says("23 novembre 2026"), "{}", page.text());
    let file = app.as_("aline").open("/rapports/audit.json?du=2026-11-01&au=2026-11-30").await;
    let file: serde_json::Value = serde_json::from_str(&file.html).unwrap();
    let witnessed = &file["context"]["witnessed"];
    assert_eq!(witnessed["waits"]["longest"], 300, "{witnessed}");
    assert_eq!(witnessed["head"]["events"], app.read(checkpoints::latest).unwrap().size, "{witnessed}");
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let head = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    let mut archive = std::io::Cursor::new(Vec::new());
    evidence::write(&app.app, None, &signer, &head, &mut archive).unwrap();
    let mut zip = zip::ZipArchive::new(archive).unwrap();
    let mut told = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("waits.json").unwrap(), &mut told).unwrap();
    assert!(told.contains("\"longest\":") && told.contains("\"p99\":"), "{told}");
}

fn setting(program: &Program) -> probite::config::WitnessProgram {
    probite::config::WitnessProgram { url: program.url.clone(), key: program.key.to_string() }
}

/// A07, F12: one of three does not answer. What the two others have is witnessed where two are wanted; where all are, it is not, and what
/// could be rewritten grows. Whoever watches, the diagnosis and the report say the same.
#[actix_web::test]
async fn one_witness_of_three_is_silent_and_the_quorum_says_whether_the_two_others_are_enough() {
    for (quorum, wanted) in [(2, 2), (3, 3), (0, 3)] {
        let folder = tempfile::tempdir().unwrap();
        let (key_file, verifier) = signer(folder.path());
        let mut programs = ["un", "deux", "trois"].map(|name| Program::start(&verifier, &folder.path().join(name)));
        let app = TestApp::with(|config| {
            config.journal.key_file = key_file;
            config.journal.witnesses = programs.iter().map(setting).collect();
            config.journal.witness_quorum = quorum;
        })
        .await;
        let uncovered = || app.read(checkpoints::exposure).uncovered;
        app.files_gift("camille");
        checkpoints::publish(&app.app).unwrap();
        assert_eq!(uncovered(), 0, "each of them has it");

        programs[2].stop();
        app.files_gift("theo");
        checkpoints::publish(&app.app).unwrap();
        let (before, enough) = (uncovered(), wanted == 2);
        app.files_gift("camille");
        checkpoints::publish(&app.app).unwrap();
        let after = uncovered();
        assert!(if enough { (before, after) == (0, 0) } else { 0 < before && before < after }, "{before}, {after}");
        let told = app.read(|tx| {
            let last = checkpoints::size(tx)?;
            waits::between(tx, 1, last)
        });
        assert_eq!((told.wanted, told.asked, told.uncovered), (wanted, 3, usize::try_from(after).unwrap()));

        app.clock.advance(chrono::TimeDelta::seconds(app.app.book.config.journal.witness_stale_seconds + 1));
        assert_eq!(app.stranger().open("/readyz").await.status, if enough { 200 } else { 503 });
        let doctor = probite::doctor::run(&app.app);
        let line = doctor.iter().find(|line| line.name == "journal").unwrap();
        let (health, said) = if enough {
            (Health::Warning, "tous couverts par 2 témoins sur 3")
        } else {
            (Health::Failed, "que moins de 3 témoins sur 3 couvrent depuis 5")
        };
        assert_eq!(line.health, health);
        assert!(line.detail.contains(said), "{}", line.detail);
        assert_eq!(line.detail.contains("ne répond pas"), enough, "{}", line.detail);
        let page = app.as_("aline").open("/rapports?du=2026-11-01&au=2026-11-30").await;
        assert!(page.says(&format!("{wanted} sur 3")), "{}", page.text());
    }
}

/// A07: a witness that the settings name later is asked for what was there before, and is not said to have been waited for.
#[actix_web::test]
async fn a_witness_added_later_does_not_lengthen_what_was_measured_before_it() {
    let (app, folder, verifier) = crate::proof::signing().await;
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    app.clock.advance(chrono::TimeDelta::days(2));
    let program = Program::start(&verifier, &folder.path().join("programme"));
    let mut config = app.app.book.config.clone();
    config.journal.witnesses = vec![setting(&program)];
    let later = probite::app::App::build(config, app.app.clock.clone()).unwrap();
    let uncovered = || later.read_here(checkpoints::exposure).unwrap().uncovered;
    assert!(uncovered() > 0, "it has nothing yet, and both are wanted");
    checkpoints::publish(&later).unwrap();
    assert_eq!(uncovered(), 0);
    app.files_gift("theo");
    app.clock.advance(chrono::TimeDelta::seconds(60));
    checkpoints::publish(&later).unwrap();
    let told = later.read_here(|tx| {
        let last = checkpoints::size(tx)?;
        waits::between(tx, 1, last)
    });
    let told = told.unwrap();
    assert_eq!((told.longest, told.uncovered, told.asked), (60, 0, 2), "{told:?}");
}

/// A mailbox outside IT has the last head, once an hour at most.
#[actix_web::test]
async fn a_mailbox_receives_the_last_head_and_no_more_than_one_an_hour() {
    let folder = tempfile::tempdir().unwrap();
    let (key_file, verifier) = signer(folder.path());
    let letters = folder.path().join("courriels");
    let directory = letters.display().to_string();
    let app = TestApp::with(|config| {
        config.journal.key_file = key_file;
        config.journal.witness_mailboxes = vec!["verification.interne@ministere.example".into()];
        config.letters.transport = probite::config::TransportKind::Directory;
        config.letters.directory = directory;
    })
    .await;
    app.files_gift("camille");
    let mut worker = Worker::new(app.app.clone()).unwrap();
    let mailed = || -> Vec<String> {
        let files =
            std::fs::read_dir(&letters).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        files.filter(|text| text.contains("To: verification.interne@ministere.example")).collect()
    };
    worker.run_once().unwrap();
    worker.run_once().unwrap();
    let first = mailed();
    assert_eq!(first.len(), 1);
    // What is in it is the head itself, which its holder can check.
    let head = app.read(checkpoints::latest).unwrap();
    let message = mail_text(&first[0]);
    let at = message.find(NAME).expect("the note is in the text");
    let end = message[at..].find("\n\n— ").unwrap() + at;
    let signature = message[end + 2..].lines().next().unwrap();
    let note = format!("{}\n{signature}\n", &message[at..end + 1]);
    assert_eq!(verifier.checkpoint(&note).map(|(size, _)| size), Some(u64::try_from(head.size).unwrap()));
    app.files_gift("camille");
    worker.run_once().unwrap();
    assert_eq!(mailed().len(), 1, "not before an hour");
    app.app.clock.advance(chrono::TimeDelta::minutes(61));
    worker.run_once().unwrap();
    assert_eq!(mailed().len(), 2);
    app.app.clock.advance(chrono::TimeDelta::minutes(61));
    worker.run_once().unwrap();
    let last = mailed().len();
    worker.run_once().unwrap();
    assert_eq!(mailed().len(), last, "nothing new, nothing mailed");
}

/// The plain text of a message in quoted-printable, base64 or as it is.
fn mail_text(message: &str) -> String {
    let program = "import sys,email,email.policy; m=email.message_from_string(sys.stdin.read(), policy=email.policy.default); \
                   sys.stdout.buffer.write(m.get_body(('plain',)).get_content().replace('\\r\\n','\\n').encode())";
    let python = std::env::var("TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut child = std::process::Command::new(python)
        .args(["-c", program])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), message.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// A08: the register signs each head twice when it is asked to: with Ed25519, and for the day when that no longer holds.
#[actix_web::test]
async fn each_head_has_a_second_signature_when_the_settings_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let (key_file, verifier) = signer(folder.path());
    let text = Cosigner::generate("registre.example/2045", Scheme::MlDsa44).unwrap();
    let second = folder.path().join("second.key");
    std::fs::write(&second, &text).unwrap();
    let app = TestApp::with(|config| {
        config.journal.key_file = key_file;
        config.journal.cosigner_key_file = second.display().to_string();
    })
    .await;
    let reference = app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    app.files_gift("theo");
    checkpoints::publish(&app.app).unwrap();
    let receipt = receipt_of(&app, "camille", &reference).await;
    let key = Cosigner::parse(&text).unwrap().key();
    let read = receipt::verify(&receipt, &verifier).unwrap().0;
    assert!(seen_by(&read.checkpoint, std::slice::from_ref(&key)).is_ok());
    let path = folder.path().join("recu.json");
    std::fs::write(&path, &receipt).unwrap();
    let (journal, witness) = (verifier.to_string(), key.to_string());
    let said = python(&[&path.display().to_string(), &journal, "--temoin", &witness]);
    assert!(said.0 && said.1.contains("registre.example/2045"), "{}", said.1);
    // A letter of the second signature changed: its head is still that of the journal, and no longer signed twice.
    let line = read.checkpoint.lines().find(|line| line.starts_with("— registre.example/2045 ")).unwrap();
    let at = line.len() - 600;
    let other = if line.as_bytes()[at] == b'A' { "B" } else { "A" };
    let forged = format!("{}{other}{}", &line[..at], &line[at + 1..]);
    std::fs::write(&path, receipt.replace(line, &forged)).unwrap();
    assert!(receipt::verify(&receipt.replace(line, &forged), &verifier).is_ok());
    assert!(python(&[&path.display().to_string(), &journal]).0);
    assert!(!python(&[&path.display().to_string(), &journal, "--temoin", &witness]).0);
    assert!(seen_by(&read.checkpoint.replace(line, &forged), std::slice::from_ref(&key)).is_err());
}
