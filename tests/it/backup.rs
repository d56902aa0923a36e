//! The whole register copied while it serves, and put back from nothing.

use std::io::{Cursor, Read};
use std::path::Path;

use age::x25519::Identity;
use diesel::prelude::*;
use probite::app::{App, Tx};
use probite::backup::restore::{self, Accepted, Opened, Refused};
use probite::backup::{store, take};
use probite::clock::Clock;
use probite::db::dump::Tools;
use probite::db::schema::{events, letters, sessions};
use probite::declarations::store as declarations;
use probite::journal::checkpoints;
use probite::journal::note::{Signer, Verifier};
use probite::outbox::worker::Worker;

use crate::support::{TestApp, answers};

const NAME: &str = "registre.example/journal";

/// A register that makes copies, and all that its operator keeps elsewhere.
struct Site {
    app: TestApp,
    folder: tempfile::TempDir,
    identity: Identity,
    verifier: Verifier,
}

async fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::generate();
    let key = folder.path().join("journal.key");
    std::fs::write(&key, Signer::generate(NAME).unwrap()).unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (key_file, witness_folder, copies) = (at("journal.key"), at("temoin"), at("copies"));
    let recipient = identity.to_public().to_string();
    let app = TestApp::with(|config| {
        config.journal.key_file = key_file;
        config.journal.witness_folder = witness_folder;
        config.letters.transport = probite::config::TransportKind::Mailbox;
        config.backup.folder = copies;
        config.backup.recipients = vec![recipient];
    })
    .await;
    let verifier = checkpoints::signer(&app.app.book.config).unwrap().unwrap().verifier();
    Site { app, folder, identity, verifier }
}

impl Site {
    fn copy(&self) -> Vec<u8> {
        let mut copy = Vec::new();
        take::take(&self.app.app, &mut copy).unwrap();
        copy
    }

    /// Every checkpoint that the witness holds.
    fn witness(&self) -> Vec<restore::Seen> {
        checkpoints::publish(&self.app.app).unwrap();
        restore::seen_in(&self.folder.path().join("temoin"), &self.verifier).unwrap()
    }

    fn open(&self, copy: &[u8]) -> Result<Opened, Refused> {
        restore::open(Cursor::new(copy), &self.identity, &self.verifier, self.folder.path())
    }

    fn tools(&self) -> Tools {
        Tools { pg_dump: "pg_dump".into(), pg_restore: "pg_restore".into() }
    }

    /// A place of the same engine where nothing is.
    fn elsewhere(&self) -> Elsewhere {
        Elsewhere::beside(&self.app, self.folder.path())
    }

    fn load(&self, copy: &[u8], seen: &[restore::Seen], accepted: Accepted) -> Result<restore::Checked, Refused> {
        let elsewhere = self.elsewhere();
        self.open(copy)?.load(&elsewhere.url, &self.tools(), seen, accepted)
    }
}

/// An empty database, gone at the end.
struct Elsewhere {
    url: String,
    made_in: Option<(String, String)>,
}

impl Elsewhere {
    fn beside(app: &TestApp, folder: &Path) -> Self {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if !app.app.db.is_postgres() {
            return Self { url: folder.join(format!("ailleurs-{number}.db")).display().to_string(), made_in: None };
        }
        let server = app.app.db.url().to_owned();
        let (base, name) = server.rsplit_once('/').unwrap();
        let name = format!("{name}_ailleurs_{number}");
        let mut conn = PgConnection::establish(&server).unwrap();
        diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut conn).unwrap();
        Self { url: format!("{base}/{name}"), made_in: Some((server, name)) }
    }

    fn is_empty(&self) -> bool {
        probite::db::dump::require_empty(&self.url).is_ok()
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.made_in
            && let Ok(mut conn) = PgConnection::establish(server)
        {
            let _ = diesel::sql_query(format!("DROP DATABASE {name} WITH (FORCE)")).execute(&mut conn);
        }
    }
}

/// S01: taken while somebody files, put back from nothing, compared with the witness, and served.
#[actix_web::test]
async fn a_copy_taken_while_people_file_is_restored_and_serves_what_was_there() {
    let site = site().await;
    let reference = site.app.files_gift("camille");
    let text = "Un texte joint à garder.";
    let sealed = site.app.files("camille", "advice_request", answers::ordinary("advice_request"));
    let content = site.folder.path().join("joint");
    std::fs::write(&content, text).unwrap();
    let attached =
        probite::attachments::store::put(Path::new(&site.app.app.book.config.uploads.directory), text.as_bytes())
            .unwrap();
    site.app.as_("camille").open("/mes-declarations").await;
    let seen = site.witness();

    // People go on while the copy is made.
    let copy = std::thread::scope(|scope| {
        let app = site.app.app.clone();
        let taken = scope.spawn(move || {
            let mut copy = Vec::new();
            take::take(&app, &mut copy).map(|_| copy)
        });
        for _ in 0..5 {
            site.app.files_gift("camille");
        }
        taken.join().unwrap().unwrap()
    });
    let opened = site.open(&copy).unwrap();
    let elsewhere = site.elsewhere();
    let checked = opened.load(&elsewhere.url, &site.tools(), &seen, Accepted::default()).unwrap();
    assert_eq!((checked.lost, checked.missing, checked.witnessed), (0, 0, seen.len()));
    let uploads = site.folder.path().join("fichiers");
    assert_eq!(opened.put_attachments(&uploads).unwrap(), 1);
    assert_eq!(std::fs::read_to_string(probite::attachments::store::place_of(&uploads, &attached)).unwrap(), text);
    drop(opened);

    let mut config = site.app.app.book.config.clone();
    config.database.url = elsewhere.url.clone();
    config.uploads.directory = uploads.display().to_string();
    let restored = App::build(config, Clock::at(site.app.app.clock.now())).unwrap();
    let held = restore::settle(&restored, &checked).unwrap();
    assert!(held > 0, "letters waited");
    restored
        .read_here(|tx| {
            let here = by_reference(tx, &reference)?;
            assert_eq!(here.reference.as_deref(), Some(reference.as_str()));
            let closed = by_reference(tx, &sealed)?;
            assert!(!probite::journal::timeline(tx, closed.id)?.is_empty(), "what is sealed opens with its key");
            assert_eq!(sessions::table.count().get_result::<i64>(tx.conn)?, 0, "nobody is signed in");
            let waiting = letters::table.filter(letters::state.eq_any(["queued", "sending"])).count();
            assert_eq!(waiting.get_result::<i64>(tx.conn)?, 0, "no letter leaves twice");
            let last: String = events::table.order(events::seq.desc()).select(events::event).first(tx.conn)?;
            assert_eq!(last, "restored");
            assert_eq!(probite::journal::store::first_break(tx)?, None);
            Ok(())
        })
        .unwrap();
    // It goes on, and its next head continues the last one that was signed.
    let signer = checkpoints::signer(&restored.book.config).unwrap().unwrap();
    let head = checkpoints::sign(&restored, &signer).unwrap().unwrap();
    assert_eq!(u64::try_from(head.size).unwrap(), checked.manifest.size + 1);
    // Nothing is ever written over.
    let again = site.open(&copy).unwrap().load(&elsewhere.url, &site.tools(), &seen, Accepted::default());
    assert!(matches!(again, Err(Refused::Failed(_))), "{again:?}");
    assert!(!elsewhere.is_empty(), "and what was there stays");
}

fn by_reference(tx: &mut Tx<'_>, reference: &str) -> probite::error::Result<declarations::Declaration> {
    use probite::db::schema::declarations::dsl;
    let id: i64 = dsl::declarations.filter(dsl::reference.eq(reference)).select(dsl::id).first(tx.conn)?;
    declarations::find_unguarded(tx, id)
}

/// S04: truncated, changed, half written, of another site, with another key, older than what a witness saw, forged.
#[actix_web::test]
async fn a_bad_copy_is_refused_and_says_why() {
    let site = site().await;
    site.app.files_gift("camille");
    let seen = site.witness();
    let copy = site.copy();
    let strict = Accepted::default();
    site.load(&copy, &seen, strict).unwrap();

    let mut refused = 0;
    let mut random = 0x9e37_79b9_u64;
    for round in 0..120_usize {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(random >> 33).unwrap() % copy.len();
        let mut bad = copy.clone();
        if round % 3 == 0 {
            bad.truncate(at);
        } else {
            bad[at] ^= 1 << (round % 8);
        }
        match site.open(&bad) {
            Err(Refused::Closed(_) | Refused::Damaged(_) | Refused::Unfinished) => refused += 1,
            other => panic!("round {round}, byte {at}: {other:?}"),
        }
    }
    assert_eq!(refused, 120);
    assert!(matches!(site.open(&copy[..copy.len() - 1]), Err(Refused::Damaged(_))), "the last byte counts");
    assert!(matches!(site.open(&[&copy[..], b"x"].concat()), Err(Refused::Damaged(_))), "and nothing follows it");

    let stranger = Identity::generate();
    let other = restore::open(Cursor::new(&copy), &stranger, &site.verifier, site.folder.path());
    assert!(matches!(other, Err(Refused::Closed(_))), "{other:?}");
    let elsewhere = Signer::parse(&Signer::generate("autre.example/journal").unwrap()).unwrap().verifier();
    let other = restore::open(Cursor::new(&copy), &site.identity, &elsewhere, site.folder.path());
    assert!(matches!(other, Err(Refused::NotOurs(_))), "{other:?}");

    // A witness saw two more events since: they would be lost, and that is said before anything is put back.
    site.app.files_gift("camille");
    let later = site.witness();
    let place = site.elsewhere();
    let old = site.open(&copy).unwrap().load(&place.url, &site.tools(), &later, strict);
    assert!(matches!(old, Err(Refused::Older { .. })), "{old:?}");
    assert!(place.is_empty(), "nothing of what was refused stays");
    let known = site.load(&copy, &later, Accepted { loss: true, ..strict }).unwrap();
    assert!(known.lost > 0);
    // No witness, or one that saw another history.
    assert!(matches!(site.load(&copy, &[], strict), Err(Refused::Unwitnessed)));
    assert!(site.load(&copy, &[], Accepted { unwitnessed: true, ..strict }).is_ok());
    let fork = [(seen[0].0, [7; 32])];
    assert!(matches!(site.load(&copy, &fork, strict), Err(Refused::Forked(_))));
}

/// S04: What anybody can make with the public half of the recovery key: a copy that is whole, and is not ours.
#[actix_web::test]
async fn a_copy_made_by_somebody_without_the_key_of_the_journal_is_refused() {
    let site = site().await;
    site.app.files_gift("camille");
    let seen = site.witness();
    let members = members(&site, &site.copy());
    assert!(site.load(&close(&site, &members), &seen, Accepted::default()).is_ok(), "the twin: the same, closed again");
    let without = |name: &str| -> Vec<(String, Vec<u8>)> {
        members.iter().filter(|(member, _)| member != name).cloned().collect()
    };
    assert!(matches!(site.open(&close(&site, &without("manifest"))), Err(Refused::Unfinished)));
    assert!(matches!(site.open(&close(&site, &without("database"))), Err(Refused::Missing(_))));
    let mut changed = members.clone();
    let last = changed[0].1.len() - 1;
    changed[0].1[last] ^= 1;
    assert!(matches!(site.open(&close(&site, &changed)), Err(Refused::Changed(_))));
    for name in ["../../dehors", "attachments/../dehors", "attachments/abc"] {
        let mut more = members.clone();
        more.insert(1, (name.to_owned(), b"x".to_vec()));
        let found = site.open(&close(&site, &more));
        assert!(matches!(found, Err(Refused::Unlisted(_))), "{name}: {found:?}");
    }
    let mut twice = members.clone();
    twice.insert(1, members[0].clone());
    assert!(matches!(site.open(&close(&site, &twice)), Err(Refused::Changed(_))));
}

fn members(site: &Site, copy: &[u8]) -> Vec<(String, Vec<u8>)> {
    let reader = age::Decryptor::new_buffered(copy).unwrap();
    let reader = reader.decrypt(std::iter::once(&site.identity as &dyn age::Identity)).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(reader));
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (String::from_utf8(entry.path_bytes().into_owned()).unwrap(), content)
    });
    entries.collect()
}

fn close(site: &Site, members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let key = site.identity.to_public();
    let lock = age::Encryptor::with_recipients(std::iter::once(&key as &dyn age::Recipient)).unwrap();
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(
        lock.wrap_output(Vec::new()).unwrap(),
        flate2::Compression::fast(),
    ));
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        // The library refuses to write names that climb: whoever forges one writes it anyway.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_cksum();
        tar.append(&header, &content[..]).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap().finish().unwrap()
}

/// S07, Z14: what is in a copy is for whoever holds the recovery key.
#[actix_web::test]
async fn a_copy_shows_nothing_and_the_server_cannot_open_it() {
    let site = site().await;
    let canary = "Zibeline-quarante-deux";
    let gift = answers::changed(answers::gift(), serde_json::json!({ "description": canary }));
    site.app.files("camille", "gift_declaration", gift);
    let copy = site.copy();
    let holds = |bytes: &[u8], what: &str| bytes.windows(what.len()).any(|window| window == what.as_bytes());
    assert!(!holds(&copy, canary) && !holds(&copy, "SQLite format") && !holds(&copy, "camille"));
    let inside = members(&site, &copy);
    let database = &inside.iter().find(|(name, _)| name == "database").unwrap().1;
    // PostgreSQL's own dumps are compressed within.
    assert!(site.app.app.db.is_postgres() || holds(database, canary), "the twin: it is there once opened");
    let settings = site.app.app.book.config.print().unwrap();
    assert!(settings.contains(&site.identity.to_public().to_string()) && !settings.contains("AGE-SECRET-KEY"));
}

/// S01: each copy that is made on time can be put back.
#[actix_web::test]
async fn the_worker_makes_copies_on_time_and_removes_those_that_are_too_old() {
    let site = site().await;
    site.app.files_gift("camille");
    let mut worker = Worker::new(site.app.app.clone()).unwrap();
    let copies = || -> Vec<store::Backup> { site.app.read(|tx| store::latest(tx, 100)) };
    let there = |copy: &store::Backup| site.folder.path().join("copies").join(copy.file.as_ref().unwrap()).exists();
    worker.run_once().unwrap();
    worker.run_once().unwrap();
    let first = copies();
    assert_eq!(first.len(), 1, "one a day");
    assert!(there(&first[0]) && first[0].size.unwrap() > 0 && first[0].bytes.unwrap() > 1000);
    let bytes = std::fs::read(site.folder.path().join("copies").join(first[0].file.as_ref().unwrap())).unwrap();
    assert!(site.load(&bytes, &site.witness(), Accepted { loss: true, unwitnessed: false }).is_ok());

    site.app.app.clock.advance(chrono::TimeDelta::hours(25));
    worker.run_once().unwrap();
    assert_eq!(copies().len(), 2);
    assert!(copies().iter().all(there));
    site.app.app.clock.advance(chrono::TimeDelta::days(36));
    worker.run_once().unwrap();
    let all = copies();
    assert_eq!(all.len(), 3);
    let kept: Vec<bool> = all.iter().map(there).collect();
    assert_eq!(kept, [true, false, false], "the last one alone");
    assert!(all[1].removed_at.is_some());

    // A folder that cannot be written: it is said, tried again in an hour and not before.
    std::fs::remove_dir_all(site.folder.path().join("copies")).unwrap();
    std::fs::write(site.folder.path().join("copies"), b"a file in its place").unwrap();
    site.app.app.clock.advance(chrono::TimeDelta::hours(25));
    worker.run_once().unwrap();
    worker.run_once().unwrap();
    assert_eq!(copies().len(), 4);
    assert!(copies()[0].error.is_some() && copies()[0].file.is_none());
    let said = probite::doctor::run(&site.app.app);
    let line = said.iter().find(|line| line.name == "sauvegarde").unwrap();
    assert!(line.detail.contains("la dernière tentative a échoué"), "{}", line.detail);
    site.app.app.clock.advance(chrono::TimeDelta::minutes(61));
    std::fs::remove_file(site.folder.path().join("copies")).unwrap();
    worker.run_once().unwrap();
    assert!(copies()[0].file.is_some(), "and again once it can be");
}
