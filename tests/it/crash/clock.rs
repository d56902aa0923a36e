//! The clock of the machine is moved under the process: `tests/tools/bad_clock.c` stands between them.

use std::path::Path;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use probite::db::schema::{declarations, events};

use super::{Ledger, Site, Wish, problems, send, shim, site};
use crate::support::until;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn set(clock: &Path, seconds: i64) {
    // All of it at once: the process reads it at each call.
    let whole = clock.with_extension("new");
    std::fs::write(&whole, seconds.to_string()).unwrap();
    std::fs::rename(&whole, clock).unwrap();
}

/// Files a gift; the answer must say that it is filed.
fn files(site: &Site, base: &str, ledger: &Ledger, key: String) {
    let wish = Wish::files(key);
    let (status, answer) = send(base, &site.tokens.camille, &wish).expect("the process answers");
    ledger.note(&wish, status, &answer);
}

/// By how many seconds the journal says that the clock moved, each time.
fn moved(site: &Site) -> Vec<i64> {
    let leaves: Vec<String> = site
        .app
        .read_here(|tx| {
            let told = events::table.filter(events::event.eq("clock_moved")).order(events::seq.asc());
            Ok(told.select(events::leaf).load(tx.conn)?)
        })
        .unwrap();
    let seconds = |leaf: String| serde_json::from_str::<serde_json::Value>(&leaf).unwrap()["data"]["seconds"].as_i64();
    leaves.into_iter().map(|leaf| seconds(leaf).unwrap()).collect()
}

/// C10: set back an hour, ten years, ahead a day: everybody is served, time in the register never goes back, nothing is late
/// for it, and each move is in the journal.
#[actix_web::test]
async fn the_clock_of_the_machine_is_moved_and_time_in_the_register_never_goes_back() {
    let site = site().await;
    let shim = shim(site.folder.path(), "bad_clock");
    let clock = site.folder.path().join("clock");
    set(&clock, 0);
    let process =
        site.launcher.start_with(&[("LD_PRELOAD", shim.to_str().unwrap()), ("BAD_CLOCK", clock.to_str().unwrap())]);
    let ledger = Ledger::default();
    for (turn, (seconds, told)) in
        [(0, 0), (-HOUR, 1), (0, 1), (-3_652 * DAY, 2), (0, 2), (DAY, 3), (0, 4)].into_iter().enumerate()
    {
        set(&clock, seconds);
        for number in 0..4 {
            files(&site, &process.base, &ledger, format!("turn-{turn}-{number}"));
        }
        // The worker looks once a second, and says so in the journal.
        until(&format!("turn {turn}: the clock moved"), || (moved(&site).len() >= told).then_some(()));
        assert_eq!(moved(&site).len(), told, "turn {turn}: {:?}\n{}", moved(&site), site.launcher.log());
    }
    let about = moved(&site);
    for (is, wanted) in about.iter().zip([-HOUR, -3_652 * DAY, DAY, -DAY]) {
        assert!((is - wanted).abs() < 30, "{about:?}");
    }
    type Filed = (i64, Option<NaiveDateTime>, i32);
    let (times, filed): (Vec<NaiveDateTime>, Vec<Filed>) = site
        .app
        .read_here(|tx| {
            let times = events::table.order(events::seq.asc()).select(events::at).load(tx.conn)?;
            let filed = declarations::table
                .filter(declarations::first_filed_at.is_not_null())
                .order(declarations::reference.asc())
                .select((declarations::id, declarations::first_filed_at, declarations::days_late))
                .load(tx.conn)?;
            Ok((times, filed))
        })
        .unwrap();
    assert!(times.is_sorted(), "{times:?}");
    assert!(filed.iter().map(|row| row.1).is_sorted(), "{filed:?}");
    assert_eq!(filed.len(), 28);
    assert_eq!(site.app.read_here(|tx| Ok(problems(tx, &ledger))).unwrap(), Vec::<String>::new());
}
