//! A disk that fails, or is full, under the process: `tests/tools/bad_disk.c` stands between it and its database file.
//!
//! `DISK_FAULTS` says up to which write each fails in its turn (12; `tests/run nightly` 100).

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::SimpleConnection;
use probite::db::DbConn;
use probite::error::Error;

use super::{CLIENTS, Ledger, Over, Site, Tokens, Wish, ask, problems, shim, site};
use crate::support::process::Process;
use crate::support::{TestApp, answers, say, until};

/// A process whose disk fails once `armed` is called.
struct Sick {
    process: Process,
    armed: PathBuf,
}

impl Sick {
    fn start(site: &Site, shim: &Path, fault: &str) -> Self {
        let armed = site.folder.path().join("armed");
        let _ = std::fs::remove_file(&armed);
        let database = Path::new(site.app.db.url()).file_name().unwrap().to_str().unwrap().to_owned();
        let process = site.launcher.start_with(&[
            ("LD_PRELOAD", shim.to_str().unwrap()),
            ("BAD_DISK", fault),
            ("BAD_DISK_PATH", &database),
            ("BAD_DISK_ARMED", armed.to_str().unwrap()),
        ]);
        Self { process, armed }
    }

    fn arm(&self) {
        std::fs::write(&self.armed, "").unwrap();
    }

    /// Nothing fails any more: a disk that was full has room again.
    fn heal(&self) {
        std::fs::remove_file(&self.armed).unwrap();
    }

    /// Its exit code, when it ended by itself.
    fn ended(&mut self) -> Option<i32> {
        self.process.child.try_wait().unwrap().and_then(|status| status.code())
    }
}

/// How much clients do before their disk is armed, so that it fails under people at work.
const AT_WORK: usize = 8;
/// Answers after which the write that fails, if any does, has failed: each takes several.
const ENOUGH: usize = 60;

/// What becomes of a process whose disk is armed: its exit code when it ends by itself; nothing when it goes on, or failed all those
/// who file, `home` then: the others have nothing to decide. One that must end is waited for.
fn becomes(sick: &mut Sick, ledger: &Ledger, home: usize, ends: bool) -> Option<i32> {
    let heard = ledger.heard.load(Ordering::Relaxed);
    until("the process ends, sends everybody home, or goes on", || {
        let code = sick.ended();
        let goes_on = ledger.heard.load(Ordering::Relaxed) >= heard + ENOUGH;
        let nobody = ledger.home.load(Ordering::Relaxed) >= home;
        (code.is_some() || (!ends && (goes_on || nobody))).then_some(code)
    })
}

/// Clients work on a process whose disk fails; what it said, and what a healthy one answers to the same requests afterwards.
fn worked_on(site: &Site, ledger: &Ledger, shim: &Path, fault: &str, ends: bool, cycle: u64) -> Option<i32> {
    let mut sick = Sick::start(site, shim, fault);
    let stop = AtomicBool::new(false);
    let base = sick.process.base.clone();
    let home = ledger.home.load(Ordering::Relaxed) + usize::try_from(CLIENTS / 2).unwrap();
    let code = std::thread::scope(|scope| {
        let _over = Over(&stop);
        for client in 0..CLIENTS {
            let (base, stop, tokens) = (&base, &stop, &site.tokens);
            scope.spawn(move || ledger.work(tokens, base, client, cycle, stop));
        }
        ledger.hears(AT_WORK);
        sick.arm();
        let code = becomes(&mut sick, ledger, home, ends);
        stop.store(true, Ordering::Relaxed);
        if code.is_none() {
            sick.process.kill();
        }
        code
    });
    let healthy = site.launcher.start();
    let done = AtomicBool::new(true);
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (base, done, tokens) = (&healthy.base, &done, &site.tokens);
            scope.spawn(move || ledger.work(tokens, base, client, cycle + 1000, done));
        }
    });
    code
}

/// F03: nobody knows what a disk kept after an fsync that failed; the process says so and ends, and what it acknowledged is there.
#[actix_web::test]
async fn an_fsync_that_fails_stops_the_process_and_loses_nothing_acknowledged() {
    let site = site().await;
    if site.app.db.is_postgres() {
        // Its server has the same duty, and does it (PostgreSQL 12 and later stop on a failed fsync).
        return;
    }
    let (shim, ledger) = (shim(site.folder.path(), "bad_disk"), Ledger::default());
    for (cycle, call) in [1, 2, 5].into_iter().enumerate() {
        let code = worked_on(&site, &ledger, &shim, &format!("sync {call}"), true, u64::try_from(cycle).unwrap());
        assert_eq!(code, Some(74), "call {call}: it ends by itself\n{}", site.launcher.log());
    }
    assert!(site.launcher.log().contains("the disk does not keep what is written"));
    assert_eq!(site.app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap(), Vec::<String>::new());
    assert!(!ledger.filed.lock().unwrap().is_empty());
    // The twin: the same process with a disk that does not fail goes on.
    assert_eq!(worked_on(&site, &ledger, &shim, "sync 1000000", false, 50), None);
}

/// F02: whichever write fails, nothing acknowledged is lost and nothing is done twice.
#[actix_web::test]
async fn whichever_write_fails_nothing_acknowledged_is_lost() {
    let site = site().await;
    if site.app.db.is_postgres() {
        return;
    }
    let (shim, ledger) = (shim(site.folder.path(), "bad_disk"), Ledger::default());
    let most: u64 = std::env::var("DISK_FAULTS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    for (cycle, call) in (1..=most).chain([most + 8, most + 28]).enumerate() {
        worked_on(&site, &ledger, &shim, &format!("write {call}"), false, u64::try_from(cycle).unwrap());
        let found = site.app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap();
        assert_eq!(found, Vec::<String>::new(), "write {call}");
    }
    let faults = probite::db::dump::faults(&mut probite::db::dump::reader(site.app.db.url()).unwrap()).unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

/// Camille files until she is told that there is no room, in words; gives what was refused.
fn files_until_full(tokens: &Tokens, ledger: &Ledger, base: &str, cycle: u64) -> Wish {
    for number in 0..500 {
        let wish = Wish::files(format!("full-{cycle}-{number}"));
        let told = ask(base, &tokens.camille, &wish).expect("the process lives");
        if told.status == 507 {
            assert_eq!(
                (told.body["code"].as_str(), told.body["title"].as_str()),
                (Some("full"), Some(&*say("problem-full-title")))
            );
            return wish;
        }
        ledger.note(&wish, told.status, &told.body);
    }
    panic!("it never fills");
}

/// The same request, until there is room for it.
fn goes_on(tokens: &Tokens, ledger: &Ledger, base: &str, wish: &Wish) {
    let told = until("there is room again", || {
        let told = ask(base, &tokens.camille, wish).expect("the process lives");
        (told.status != 507).then_some(told)
    });
    ledger.note(wish, told.status, &told.body);
}

/// What a program that reads is answered.
fn read(base: &str, token: &str) -> u16 {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let request = agent.get(format!("{base}/api/v1/declarations")).header("Authorization", format!("Bearer {token}"));
    request.call().expect("the process answers").status().as_u16()
}

/// Clients work on a process whose disk is full from a write on, and then no more; nothing is started again.
fn filled(site: &Site, ledger: &Ledger, shim: &Path, call: u64, cycle: u64) {
    let mut sick = Sick::start(site, shim, &format!("full {call}"));
    let (base, tokens, stop) = (sick.process.base.clone(), &site.tokens, AtomicBool::new(false));
    std::thread::scope(|scope| {
        let _over = Over(&stop);
        for client in 0..CLIENTS {
            let (base, stop) = (&base, &stop);
            scope.spawn(move || ledger.work(tokens, base, client, cycle, stop));
        }
        ledger.hears(AT_WORK);
        sick.arm();
        let refused = files_until_full(tokens, ledger, &base, cycle);
        assert_eq!(read(&base, &tokens.camille), 200, "full {call}: reading goes on");
        sick.heal();
        goes_on(tokens, ledger, &base, &refused);
    });
    // What the others were refused is asked again, and answered, by the same process.
    let done = AtomicBool::new(true);
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (base, done) = (&base, &done);
            scope.spawn(move || ledger.work(tokens, base, client, cycle + 1000, done));
        }
    });
    assert!(ledger.unanswered.lock().unwrap().is_empty(), "full {call}");
    assert!(sick.process.child.try_wait().unwrap().is_none(), "full {call}: it ended\n{}", site.launcher.log());
}

/// F01: whichever write finds no room, whoever files is told that the disk is full, nothing acknowledged is lost, reading goes on, and
/// so does filing once there is room, in the same process.
#[actix_web::test]
async fn whichever_write_finds_no_room_it_is_told_and_filing_goes_on_once_there_is_some() {
    let site = site().await;
    if site.app.db.is_postgres() {
        return;
    }
    let (shim, ledger) = (shim(site.folder.path(), "bad_disk"), Ledger::default());
    for (cycle, call) in [1, 2, 3, 5, 8, 13, 30].into_iter().enumerate() {
        filled(&site, &ledger, &shim, call, u64::try_from(cycle).unwrap());
        let found = site.app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap();
        assert_eq!(found, Vec::<String>::new(), "full {call}");
    }
    let faults = probite::db::dump::faults(&mut probite::db::dump::reader(site.app.db.url()).unwrap()).unwrap();
    assert_eq!(faults, Vec::<String>::new());
    // The twin: what is acknowledged and not there would be seen.
    ledger.filed.lock().unwrap().insert("invented".into(), "CAD-2026-999999".into());
    let seen = site.app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap();
    assert_eq!(seen, ["CAD-2026-999999, acknowledged to invented, is lost"]);
}

fn most_pages(app: &TestApp, pages: i64) {
    app.write(move |tx| {
        let DbConn::Sqlite(conn) = &mut *tx.conn else { return Ok(()) };
        Ok(conn.batch_execute(&format!("PRAGMA max_page_count = {pages}"))?)
    });
}

/// F01: a full disk is told in words, nothing half written stays, reading goes on, and writing again once there is room.
#[actix_web::test]
async fn a_full_disk_is_told_and_the_service_recovers_by_itself() {
    let app = TestApp::new().await;
    if app.app.db.is_postgres() {
        return;
    }
    let before = app.files_gift("camille");
    let draft = app.drafts("camille", "gift_declaration", answers::gift());
    let signed_in = app.as_("camille");
    let form =
        signed_in.open(&format!("/brouillons/{draft}/verifier")).await.form("/envoi").with("attestation", "true");
    // The engine is told that its file may not grow: it says the same as for a disk without room.
    most_pages(&app, 1);
    let mut filed = vec![before.clone()];
    let refused = loop {
        let key = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            app.drafts("camille", "gift_declaration", answers::gift())
        })) {
            Ok(key) => key,
            Err(_) => break None,
        };
        match app.sends("camille", &key) {
            Ok(sent) => filed.push(sent.reference.unwrap()),
            Err(error) => break Some(error),
        }
        assert!(filed.len() < 3000, "it never fills");
    };
    assert!(refused.is_none_or(|error| matches!(error, Error::Full)));
    let error = app.does("camille", {
        let draft = draft.clone();
        move |tx, actor| probite::declarations::actions::submit(tx, actor, &draft, true)
    });
    assert!(matches!(error, Err(Error::Full)), "{error:?}");
    let page = signed_in.open(&format!("/d/{before}")).await;
    assert_eq!(page.status, 200, "reading goes on");
    let page = signed_in.send(&form).await;
    assert_eq!(page.status, 507);
    assert!(page.says(&say("problem-full-title")), "{}", page.text());
    // Several at once are told the same, whichever came first in the batch.
    let told: Vec<bool> = std::thread::scope(|scope| {
        let app = &app.app;
        let tries: Vec<_> = (0..8)
            .map(|number| {
                scope.spawn(move || {
                    app.write_here(move |tx| {
                        let event = probite::journal::Event::SignInRefused {
                            reason: format!("{number}{}", "x".repeat(200_000)),
                        };
                        probite::journal::record(tx, None, None, &event)
                    })
                    .is_err()
                })
            })
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(told.iter().all(|refused| *refused), "{told:?}");

    most_pages(&app, 1_000_000_000);
    let sent = app.sends("camille", &draft).unwrap().reference.unwrap();
    filed.push(sent);
    app.read(|tx| {
        assert_eq!(probite::journal::store::first_break(tx)?, None);
        Ok(())
    });
    let mut numbers: Vec<u32> = filed.iter().map(|r| r.rsplit('-').next().unwrap().parse().unwrap()).collect();
    numbers.sort_unstable();
    assert!(numbers.iter().copied().eq(1..=u32::try_from(numbers.len()).unwrap()), "{numbers:?}");
    let faults = probite::db::dump::faults(&mut probite::db::dump::reader(app.app.db.url()).unwrap()).unwrap();
    assert_eq!(faults, Vec::<String>::new());
}

/// The log is copied back as it grows, since SQLite's own way is off: it never becomes the database.
#[actix_web::test]
async fn the_log_of_the_database_stays_short_whatever_is_written() {
    let app = TestApp::new().await;
    if app.app.db.is_postgres() {
        return;
    }
    let log = format!("{}-wal", app.app.db.url());
    let mut longest = 0;
    for number in 0..400 {
        app.write(move |tx| {
            let reason = format!("{number}{}", "x".repeat(200_000));
            probite::journal::record(tx, None, None, &probite::journal::Event::SignInRefused { reason })
        });
        longest = longest.max(std::fs::metadata(&log).unwrap().len());
    }
    let written = std::fs::metadata(app.app.db.url()).unwrap().len();
    assert!(written > 60_000_000, "{written} bytes are in the database itself");
    assert!(longest < 16_000_000, "the log was {longest} bytes long");
}
