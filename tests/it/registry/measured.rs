//! What the full register costs; not asserted but for the search, whose goal is a promise. Run by hand:
//! `PROBITE_REQ=/path/file.zip it --ignored the_full_register --nocapture`, after `tests/tools/outside.py req`.

use std::time::Instant;

use probite::companies::registry::search;

use crate::support::TestApp;

#[actix_web::test]
#[ignore = "needs a file of 2.9 million enterprises"]
async fn the_full_register_is_taken_in_and_searched() {
    let Ok(path) = std::env::var("PROBITE_REQ") else { panic!("PROBITE_REQ names no file") };
    let app = TestApp::new().await;
    let started = Instant::now();
    let report = super::zips::takes_in(&app, std::path::Path::new(&path));
    println!("{} enterprises, {} names in {:.1?}", report.enterprises, report.names, started.elapsed());
    let peak = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", peak.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
    // Names as people type them: a prefix, then with one letter wrong.
    let names: Vec<String> = app.read(|tx| {
        use diesel::prelude::*;
        use probite::db::schema::registry_names;
        let mut names = Vec::new();
        for n in 0..400_i64 {
            let id = 1 + n * 7_919 % 3_000_000;
            names.extend(
                registry_names::table.find(id).select(registry_names::name).first::<String>(tx.conn).optional()?,
            );
        }
        Ok(names)
    });
    for wrong in [false, true] {
        let mut times = Vec::new();
        let mut missed = 0;
        for name in &names {
            let mut typed: Vec<char> = name.chars().collect();
            typed.truncate(typed.len() * 2 / 3 + 3);
            if wrong {
                let middle = typed.len() / 2;
                if typed[middle].is_alphabetic() {
                    typed[middle] = 'z';
                }
            }
            let typed: String = typed.into_iter().collect();
            let started = Instant::now();
            let found = app.read(|tx| search::find(tx, &typed, 8));
            times.push((started.elapsed(), typed));
            missed += usize::from(found.is_empty());
        }
        times.sort();
        let at = |share: usize| &times[(times.len() * share / 100).min(times.len() - 1)];
        println!(
            "wrong {wrong}: p50 {:.1?}, p99 {:?}, worst {:?}, {missed} of {} not found",
            at(50).0,
            at(99),
            at(100),
            times.len()
        );
    }
}
