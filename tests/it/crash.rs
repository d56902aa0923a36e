//! The process is killed at random moments while people work, and comes back. What it acknowledged is there, once; what it
//! did not is there once when the same request comes again; letters left for what is in the register and nothing else.
//!
//! `CRASH_CYCLES` says how many times (`tests/run` 50, `tests/run nightly` 1,000); `CRASH_SEED` replays the moments.

mod clock;
mod disk;
mod in_doubt;
mod server;

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use diesel::prelude::*;
use probite::app::{App, Tx};
use probite::clock::Clock;
use probite::config::{Config, TransportKind};
use probite::db::schema::{decisions, declarations, events, letters};
use probite::people::sessions;

use crate::support::process::Launcher;
use crate::support::{TestApp, answers, until};

/// Clients at work at the same time: half file, half decide.
const CLIENTS: u64 = 4;

/// One request of a client, the same each time it is sent.
#[derive(Debug, Clone)]
struct Wish {
    key: String,
    path: String,
    body: String,
    version: Option<i64>,
}

impl Wish {
    /// A gift, filed at once.
    fn files(key: String) -> Self {
        let body = serde_json::json!({
            "kind": "gift_declaration", "submit": true, "attested": true, "answers": answers::gift(),
        });
        Self { key, path: "/api/v1/declarations".into(), body: body.to_string(), version: None }
    }

    /// A gift accepted by whoever decides about it.
    fn decides(reference: &str, version: i64) -> Self {
        Self {
            key: format!("decide-{reference}"),
            path: format!("/api/v1/declarations/{reference}/decision"),
            body: r#"{"outcome":"accept","reason":"Usuel et modeste."}"#.into(),
            version: Some(version),
        }
    }
}

/// What clients know: what was acknowledged, and what they must ask again.
#[derive(Debug, Default)]
struct Ledger {
    /// Key and reference of what was filed.
    filed: Mutex<BTreeMap<String, String>>,
    /// Reference and outcome of what was decided.
    decided: Mutex<BTreeMap<String, String>>,
    /// Reference and version of what nobody decided yet.
    to_decide: Mutex<Vec<(String, i64)>>,
    unanswered: Mutex<Vec<(u64, Wish)>>,
    /// How many answers clients heard, and how many of those who file went home.
    heard: AtomicUsize,
    home: AtomicUsize,
}

struct Site {
    launcher: Launcher,
    /// The same database, seen from here.
    app: App,
    outbox: PathBuf,
    tokens: Tokens,
    folder: tempfile::TempDir,
    // Last: the database goes with it.
    _base: Box<dyn Any>,
}

struct Tokens {
    camille: String,
    rosalie: String,
}

/// Letters leave at any hour for a folder, and programs are let through.
fn settings(config: &mut Config, folder: &Path) {
    config.letters.transport = TransportKind::Directory;
    config.letters.directory = outbox(folder).display().to_string();
    config.letters.from_hour = 0;
    config.letters.to_hour = 24;
    config.api.requests_per_minute = 1_000_000;
}

fn outbox(folder: &Path) -> PathBuf {
    folder.join("courriels")
}

async fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let base = TestApp::with(|config| settings(config, folder.path())).await;
    // The process has the time of the machine.
    let mut app = base.app.clone();
    app.clock = Clock::system();
    let people = ["camille", "rosalie"].map(|who| base.id(who));
    Site::of(app, folder, people, Box::new(base))
}

impl Site {
    /// Where Camille files and Rosalie decides, by programs. `base` goes last.
    fn of(app: App, folder: tempfile::TempDir, people: [i64; 2], base: Box<dyn Any>) -> Self {
        let [camille, rosalie] = people.map(|person| {
            app.write_here(move |tx| sessions::create_token(tx, None, person, "crash", "write", 30)).unwrap()
        });
        let launcher = Launcher::new(folder.path(), &app.book.config);
        let outbox = outbox(folder.path());
        Self { launcher, app, outbox, tokens: Tokens { camille, rosalie }, folder, _base: base }
    }
}

/// What stands between the process and the C library, compiled for the occasion from `tests/tools`.
fn shim(folder: &Path, name: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools").join(name).with_extension("c");
    let built = folder.join(name).with_extension("so");
    let done = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&built).arg(source).arg("-ldl").status();
    assert!(done.expect("a C compiler").success());
    built
}

/// What a process answered.
struct Told {
    status: u16,
    /// Seconds to wait before one asks again.
    retry_after: Option<String>,
    body: serde_json::Value,
}

/// The answer, or nothing when the process was not there to give it.
fn ask(base: &str, token: &str, wish: &Wish) -> Option<Told> {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .new_agent();
    let mut request = agent
        .post(format!("{base}{}", wish.path))
        .header("Authorization", format!("Bearer {token}"))
        .header("Idempotency-Key", &wish.key)
        .content_type("application/json");
    if let Some(version) = wish.version {
        request = request.header("If-Match", format!("\"{version}\""));
    }
    let mut answer = request.send(&wish.body).ok()?;
    let text = answer.body_mut().read_to_string().ok()?;
    let retry_after = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
    Some(Told { status: answer.status().as_u16(), retry_after, body: serde_json::from_str(&text).ok()? })
}

fn send(base: &str, token: &str, wish: &Wish) -> Option<(u16, serde_json::Value)> {
    ask(base, token, wish).map(|told| (told.status, told.body))
}

impl Ledger {
    /// Waits until clients heard so many answers more: they are at work.
    fn hears(&self, more: usize) {
        let before = self.heard.load(Ordering::Relaxed);
        until("clients are answered", || (self.heard.load(Ordering::Relaxed) >= before + more).then_some(()));
    }

    fn note(&self, wish: &Wish, status: u16, answer: &serde_json::Value) {
        assert!((200..300).contains(&status), "{wish:?}: {status} {answer}");
        self.heard.fetch_add(1, Ordering::Relaxed);
        let reference = answer["reference"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        if wish.path.ends_with("/decision") {
            self.decided.lock().unwrap().insert(reference, "accept".into());
        } else if self.filed.lock().unwrap().insert(wish.key.clone(), reference.clone()).is_none() {
            self.to_decide.lock().unwrap().push((reference, answer["version"].as_i64().unwrap()));
        }
    }

    /// A client works until the process is gone, or fails it.
    fn work(&self, tokens: &Tokens, base: &str, client: u64, cycle: u64, stop: &AtomicBool) {
        self.work_day(tokens, base, client, cycle, stop);
        if client.is_multiple_of(2) {
            self.home.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn work_day(&self, tokens: &Tokens, base: &str, client: u64, cycle: u64, stop: &AtomicBool) {
        let decides = client % 2 == 1;
        let token = if decides { &tokens.rosalie } else { &tokens.camille };
        let mut again: Vec<Wish> = Vec::new();
        self.unanswered.lock().unwrap().retain(|(whose, wish)| {
            if *whose == client {
                again.push(wish.clone());
            }
            *whose != client
        });
        for number in 0.. {
            let wish = match again.pop() {
                Some(wish) => wish,
                None if stop.load(Ordering::Relaxed) => return,
                None if decides => match self.to_decide.lock().unwrap().pop() {
                    Some((reference, version)) => Wish::decides(&reference, version),
                    None => {
                        std::thread::yield_now();
                        continue;
                    }
                },
                None => Wish::files(format!("file-{client}-{cycle}-{number}")),
            };
            match send(base, token, &wish) {
                // What failed on our side may have been done or not: it is asked again, as by any client.
                Some((status, answer)) if status < 500 => self.note(&wish, status, &answer),
                _ => {
                    let mut unanswered = self.unanswered.lock().unwrap();
                    unanswered.push((client, wish));
                    unanswered.extend(again.drain(..).map(|wish| (client, wish)));
                    return;
                }
            }
        }
    }
}

/// However a story ends, the clients that it waits for end too.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What the register does not hold of what was acknowledged, or holds twice, or never should.
fn problems(tx: &mut Tx<'_>, ledger: &Ledger) -> Vec<String> {
    let mut found = Vec::new();
    let rows: Vec<(i64, Option<String>, String)> = declarations::table
        .filter(declarations::kind.eq("gift_declaration"))
        .filter(declarations::reference.is_not_null())
        .select((declarations::id, declarations::reference, declarations::state))
        .load(tx.conn)
        .unwrap();
    let by_reference: BTreeMap<String, (i64, String)> =
        rows.into_iter().filter_map(|(id, reference, state)| Some((reference?, (id, state)))).collect();
    let filed = ledger.filed.lock().unwrap();
    for (key, reference) in filed.iter() {
        if !by_reference.contains_key(reference) {
            found.push(format!("{reference}, acknowledged to {key}, is lost"));
        }
    }
    let distinct: BTreeSet<&String> = filed.values().collect();
    if distinct.len() != filed.len() {
        found.push("two requests were given one reference".into());
    }
    // Every key was answered in the end: what is there and was given to nobody was filed twice.
    for reference in by_reference.keys().filter(|reference| !distinct.contains(reference)) {
        found.push(format!("{reference} was given to nobody"));
    }
    let mut numbers: Vec<u32> = by_reference.keys().map(|r| r.rsplit('-').next().unwrap().parse().unwrap()).collect();
    numbers.sort_unstable();
    if numbers.iter().copied().ne(1..=u32::try_from(numbers.len()).unwrap()) {
        found.push("the numbers have a gap".into());
    }
    let decided = ledger.decided.lock().unwrap();
    let rows: Vec<(i64, String)> =
        decisions::table.select((decisions::declaration_id, decisions::outcome)).load(tx.conn).unwrap();
    for (reference, (id, state)) in &by_reference {
        let given: Vec<&String> = rows.iter().filter(|(of, _)| of == id).map(|(_, outcome)| outcome).collect();
        match (given.as_slice(), decided.get(reference)) {
            ([], None) => {}
            ([one], Some(told)) if *one == told => {}
            _ => found.push(format!("{reference}: decided {given:?}, acknowledged {:?}", decided.get(reference))),
        }
        if given.is_empty() == state.starts_with("decided") {
            found.push(format!("{reference} is {state} with {} decisions", given.len()));
        }
    }
    let of = |tx: &mut Tx<'_>, event: &str| -> usize {
        usize::try_from(events::table.filter(events::event.eq(event)).count().get_result::<i64>(tx.conn).unwrap())
            .unwrap()
    };
    // A03: no change without its event, no event without its change.
    let told = (of(tx, "submitted"), of(tx, "decided"));
    if told != (by_reference.len(), rows.len()) {
        found.push(format!("{told:?} events for {} declarations and {} decisions", by_reference.len(), rows.len()));
    }
    if let Some(at) = probite::journal::store::first_break(tx).unwrap() {
        found.push(format!("the journal is broken at {at}"));
    }
    found
}

/// A03, D01, D11, M06, M07
#[actix_web::test]
async fn a_process_killed_at_any_moment_loses_nothing_that_it_acknowledged_and_does_nothing_twice() {
    let cycles: u64 = std::env::var("CRASH_CYCLES").ok().and_then(|text| text.parse().ok()).unwrap_or(6);
    let seed: u64 = std::env::var("CRASH_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_129);
    let site = site().await;
    let app = &site.app;
    let ledger = Ledger::default();
    let mut random = seed;
    let kills = AtomicU64::new(0);
    for cycle in 0..=cycles {
        let mut running = site.launcher.start();
        let stop = AtomicBool::new(cycle == cycles);
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Soon after the start, and one time in three once much is under way.
        let longest = if cycle % 3 == 2 { 2_000 } else { 495 };
        let moment = Duration::from_millis(5 + (random >> 33) % longest);
        let address = running.base.clone();
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (tokens, ledger, address, stop) = (&site.tokens, &ledger, &address, &stop);
                scope.spawn(move || ledger.work(tokens, address, client, cycle, stop));
            }
            // The last time it lives: what was not answered is asked again, and answered.
            if cycle < cycles {
                // The moment is what this story is about: time itself, drawn at random, and no sign of how far anybody is.
                std::thread::park_timeout(moment);
                running.kill();
                stop.store(true, Ordering::Relaxed);
                kills.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    assert!(ledger.unanswered.lock().unwrap().is_empty());
    let (filed, decided) = (ledger.filed.lock().unwrap().len(), ledger.decided.lock().unwrap().len());
    println!("seed {seed}: {} kills, {filed} filed, {decided} decided", kills.load(Ordering::Relaxed));
    assert!(filed > 0, "nothing happened");

    let found = app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap();
    assert_eq!(found, Vec::<String>::new(), "seed {seed}");
    let faults = probite::db::dump::faults(&mut probite::db::dump::reader(app.db.url()).unwrap()).unwrap();
    assert_eq!(faults, Vec::<String>::new(), "seed {seed}");
    letters_are_those_of_the_register(app, &site.outbox, seed);

    // The twins: each sort of damage is seen.
    ledger.filed.lock().unwrap().insert("invented".into(), "CAD-2026-999999".into());
    let seen = app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap();
    assert_eq!(seen, ["CAD-2026-999999, acknowledged to invented, is lost"]);
    ledger.filed.lock().unwrap().remove("invented");
    let forgotten = ledger.filed.lock().unwrap().pop_first().unwrap();
    let seen = app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap();
    assert_eq!(seen, [format!("{} was given to nobody", forgotten.1)]);
    ledger.filed.lock().unwrap().insert(forgotten.0, forgotten.1);
    let one = ledger.decided.lock().unwrap().keys().next().cloned();
    if let Some(reference) = one {
        ledger.decided.lock().unwrap().insert(reference.clone(), "return".into());
        let seen = app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap();
        assert!(seen.len() == 1 && seen[0].starts_with(&reference), "{seen:?}");
    }
}

/// M06, M07: once the queue is empty, each letter left, none twice under two names, and none for what is not there.
fn letters_are_those_of_the_register(app: &App, outbox: &Path, seed: u64) {
    // A letter that the killed process held is free again when its lease is over, and some wait for a working day: a later
    // clock stands for the wait.
    let later = App { clock: Clock::at(Clock::system().now() + chrono::TimeDelta::days(8)), ..app.clone() };
    probite::outbox::worker::Worker::new(later).unwrap().run_once().unwrap();
    let rows: Vec<(String, String)> =
        app.read_here(|tx| Ok(letters::table.select((letters::message_id, letters::state)).load(tx.conn)?)).unwrap();
    let waiting: Vec<_> = rows.iter().filter(|(_, state)| state != "sent").collect();
    assert!(waiting.is_empty(), "seed {seed}: {} wait, {:?} first", waiting.len(), waiting.first());
    let known: BTreeSet<&str> = rows.iter().map(|(id, _)| id.as_str()).collect();
    let mut left = BTreeSet::new();
    for file in std::fs::read_dir(outbox).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "eml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().trim().to_owned();
        assert!(known.contains(id.as_str()), "seed {seed}: {id} is of no letter of the register");
        assert!(left.insert(id), "seed {seed}: {} twice", path.display());
    }
    assert_eq!(left.len(), known.len(), "seed {seed}: each letter left");
}
