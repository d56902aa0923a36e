//! The server of the database stops, crashes and comes back under people at work; the process of the product goes on.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use probite::app::App;
use probite::clock::Clock;
use probite::config::Config;
use probite::people::{self, sessions};

use super::{CLIENTS, Ledger, Over, Site, Tokens, Wish, ask, letters_are_those_of_the_register, problems};
use crate::support::database_server::{Server, Stop};
use crate::support::{database, ministry, say, until};

/// A client that is told to come back comes back, with the same request, until it is answered.
fn insist(base: &str, token: &str, wish: &Wish, refused: &AtomicU64) -> (u16, serde_json::Value) {
    // Sooner than it is told, to meet the server at every moment of its return.
    until("an answer that is not to come back", || {
        let answer = ask(base, token, wish).expect("the process answers, whatever its database does");
        if answer.status < 500 {
            return Some((answer.status, answer.body));
        }
        assert_eq!(answer.status, 503, "{wish:?}: {}", answer.body);
        assert_eq!(answer.body["code"], "unavailable");
        let wait: u64 = answer.retry_after.expect("when to come back").parse().expect("a number of seconds");
        assert!((1..=60).contains(&wait), "{wait}");
        refused.fetch_add(1, Ordering::Relaxed);
        None
    })
}

fn work(tokens: &Tokens, ledger: &Ledger, base: &str, client: u64, stop: &AtomicBool, refused: &AtomicU64) {
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let decides = client % 2 == 1;
        let token = if decides { &tokens.rosalie } else { &tokens.camille };
        let wish = if decides {
            let Some((reference, version)) = ledger.to_decide.lock().unwrap().pop() else {
                std::thread::yield_now();
                continue;
            };
            Wish::decides(&reference, version)
        } else {
            Wish::files(format!("file-{client}-{number}"))
        };
        let (status, answer) = insist(base, token, &wish, refused);
        ledger.note(&wish, status, &answer);
    }
}

fn open(address: &str, cookie: &str) -> (u16, String) {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().new_agent();
    let request = agent.get(address).header("Accept", "text/html").header("Cookie", cookie);
    let mut answer = request.call().expect("the process answers");
    (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"))
}

/// F07: stopped and crashed under load, the database comes back and so does the product, by itself; nothing acknowledged is lost,
/// nothing is done twice, and whoever came meanwhile was told to come back. `SERVER_STOPS` says how many times.
#[actix_web::test]
async fn the_server_of_the_database_stops_and_comes_back_under_load_and_nothing_acknowledged_is_lost() {
    if database::postgres().is_none() {
        // SQLite has no server: its disk fails in `disk.rs`, its process in `crash.rs`.
        return;
    }
    let stops: u32 = std::env::var("SERVER_STOPS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let mut server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::defaults().unwrap();
    super::settings(&mut config, folder.path());
    config.database.url = server.url();
    config.sealing.key_file = database::sealing_key();
    config.uploads.directory = folder.path().join("pieces").display().to_string();
    let app = App::build(config, Clock::system()).unwrap();
    let ids = ministry::settle(&app);
    let site = Site::of(app, folder, ["camille", "rosalie"].map(|who| ids[who]), Box::new(()));
    let secret = site.app.write_here({
        let camille = ids["camille"];
        move |tx| {
            let person = people::store::find(tx, camille)?;
            sessions::open(tx, &person, sessions::Factor::Password)
        }
    });
    let cookie = format!("{}={}", probite::web::gate::SESSION_COOKIE, secret.unwrap());
    let process = site.launcher.start();
    let see = |path: &str| open(&format!("{}{path}", process.base), &cookie);
    let (ledger, stop, refused) = (Ledger::default(), AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        // Whatever happens here, the clients stop: a story that fails ends.
        let _over = Over(&stop);
        for client in 0..CLIENTS {
            let (tokens, ledger, base, stop, refused) = (&site.tokens, &ledger, &process.base, &stop, &refused);
            scope.spawn(move || work(tokens, ledger, base, client, stop, refused));
        }
        for turn in 0..stops {
            let filed = ledger.filed.lock().unwrap().len();
            server.stop(if turn % 2 == 0 { Stop::Crash } else { Stop::Fast });
            // The page that needs no database is there; a page that does says what happens; whoever watches knows.
            assert_eq!(open(&format!("{}/connexion", process.base), "").0, 200);
            let (code, page) = see("/mes-declarations");
            assert_eq!(code, 503, "{page}");
            assert!(page.contains(&say("problem-unavailable-title")), "{page}");
            assert_eq!(see("/readyz").0, 503);
            server.resume();
            // Somebody is answered before the next time.
            let before = ledger.filed.lock().unwrap().len();
            until(&format!("turn {turn}: somebody files ({filed} did, then {before})"), || {
                (ledger.filed.lock().unwrap().len() > before).then_some(())
            });
        }
    });
    let (filed, decided) = (ledger.filed.lock().unwrap().len(), ledger.decided.lock().unwrap().len());
    println!("{stops} stops, {filed} filed, {decided} decided, {} told to come back", refused.load(Ordering::Relaxed));
    assert!(refused.load(Ordering::Relaxed) > 0, "nobody came while it was stopped");
    assert_eq!((see("/readyz").0, see("/mes-declarations").0), (200, 200));
    drop(process);
    assert_eq!(site.app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap(), Vec::<String>::new());
    letters_are_those_of_the_register(&site.app, &site.outbox, 0);
}
