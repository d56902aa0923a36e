//! An import that was stopped goes on: the same file writes nothing twice, another one begins again.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use probite::companies::registry::{import, search, store};
use probite::db::schema::{registry_enterprises, registry_generations, registry_names, registry_ties, registry_words};

use super::zips::{ENTERPRISES, NAMES, archive, takes_in};
use crate::support::TestApp;

/// A product that writes the register two rows at a time, its archive, and another one.
async fn two_rows_at_a_time() -> (TestApp, tempfile::TempDir, PathBuf, PathBuf) {
    let app = TestApp::with(|config| config.sources.registry_batch = 2).await;
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("un"), folder.path().join("deux"));
    std::fs::create_dir_all(&one).unwrap();
    std::fs::create_dir_all(&two).unwrap();
    let path = archive(&one, ENTERPRISES, NAMES);
    let other = archive(&two, format!("{ENTERPRISES}\"1160000009\",,\"IM\",\"CIE\",\n"), NAMES);
    (app, folder, path, other)
}

/// Takes in an archive, and is killed once it has written so many times; false when it ended before.
fn killed(app: &TestApp, path: &Path, after: usize) -> bool {
    let times = Cell::new(0);
    let progress = |_| {
        times.set(times.get() + 1);
        if times.get() == after {
            resume_unwind(Box::new("killed"));
        }
    };
    catch_unwind(AssertUnwindSafe(|| import::import(&app.app, None, path, false, &progress))).is_err()
}

/// Everything in the register in force, in its order.
fn register(app: &TestApp) -> Vec<String> {
    app.read(|tx| {
        let current = store::current(tx)?.expect("a register");
        let generation = current.id;
        type Enterprise = (String, String, String, String, Option<String>, String);
        let enterprises: Vec<Enterprise> = registry_enterprises::table
            .filter(registry_enterprises::generation.eq(generation))
            .order(registry_enterprises::neq.asc())
            .select((
                registry_enterprises::neq,
                registry_enterprises::status,
                registry_enterprises::form,
                registry_enterprises::name,
                registry_enterprises::successor,
                registry_enterprises::standing,
            ))
            .load(tx.conn)?;
        let ties: Vec<(String, String, Option<String>)> = registry_ties::table
            .filter(registry_ties::generation.eq(generation))
            .order(registry_ties::id.asc())
            .select((registry_ties::neq, registry_ties::kind, registry_ties::other))
            .load(tx.conn)?;
        let names: Vec<(String, String)> = registry_names::table
            .filter(registry_names::id.between(current.first_name, current.last_name))
            .order(registry_names::id.asc())
            .select((registry_names::neq, registry_names::name))
            .load(tx.conn)?;
        let words: Vec<(String, i64)> = registry_words::table
            .filter(registry_words::generation.eq(generation))
            .order(registry_words::word.asc())
            .select((registry_words::word, registry_words::names))
            .load(tx.conn)?;
        let mut all: Vec<String> = enterprises.iter().map(|row| format!("{row:?}")).collect();
        all.extend(ties.iter().map(|row| format!("{row:?}")));
        all.extend(names.iter().map(|row| format!("{row:?}")));
        all.extend(words.iter().map(|row| format!("{row:?}")));
        for typed in ["erables", "brise-glace", "fantme", "sirop"] {
            let found = search::find(tx, typed, 8)?;
            all.extend(found.into_iter().map(|found| format!("{typed}: {}", found.enterprise.name)));
        }
        Ok(all)
    })
}

/// Readings of the register, and names that are not those of the one in force.
fn left(app: &TestApp) -> (i64, i64) {
    app.read(|tx| {
        let current = store::current(tx)?.expect("a register");
        let names: i64 = registry_names::table.count().get_result(tx.conn)?;
        let generations = registry_generations::table.count().get_result(tx.conn)?;
        Ok((generations, names - (current.last_name - current.first_name + 1)))
    })
}

/// Rows that a stopped import wrote.
fn staged(app: &TestApp) -> i64 {
    app.read(|tx| {
        let written: Vec<(i64, i64, i64, i64)> = registry_generations::table
            .filter(registry_generations::state.eq("staging"))
            .select((
                registry_generations::enterprises,
                registry_generations::ties,
                registry_generations::names,
                registry_generations::words,
            ))
            .load(tx.conn)?;
        Ok(written.iter().map(|(enterprises, ties, names, words)| enterprises + ties + names + words).sum())
    })
}

#[actix_web::test]
async fn an_import_stopped_after_any_of_its_transactions_goes_on_and_ends_as_in_one_go() {
    let (app, _folder, path, other) = two_rows_at_a_time().await;
    assert_eq!(takes_in(&app, &path).resumed, 0);
    let whole = register(&app);
    let mut last = 0;
    for after in 1.. {
        takes_in(&app, &other);
        let before = register(&app);
        if !killed(&app, &path, after) {
            assert!(after > 12, "enterprises, ties, names and words were each stopped: {after}");
            break;
        }
        assert_eq!(register(&app), before, "what is half written is not seen");
        let there = staged(&app);
        assert!(there > last, "{there} rows after {after} transactions");
        last = there;
        let report = takes_in(&app, &path);
        assert_eq!((report.resumed, report.refused), (there, false), "stopped after {after}");
        assert_eq!(register(&app), whole, "stopped after {after}");
        assert_eq!(left(&app), (1, 0), "nothing else is left");
    }
}

#[actix_web::test]
async fn rows_written_before_the_stop_are_not_written_again() {
    let (app, _folder, path, _) = two_rows_at_a_time().await;
    assert!(killed(&app, &path, 1));
    let marked = app.write(|tx| {
        Ok(diesel::update(registry_enterprises::table)
            .set(registry_enterprises::form.eq("Déjà là"))
            .execute(tx.conn)?)
    });
    assert_eq!(marked, 2);
    assert_eq!(takes_in(&app, &path).resumed, 2);
    let forms: Vec<String> = app.read(|tx| {
        let by_number = registry_enterprises::table.order(registry_enterprises::neq.asc());
        Ok(by_number.select(registry_enterprises::form).load(tx.conn)?)
    });
    assert_eq!(forms, ["Déjà là", "Déjà là", "Coopérative", "Compagnie", "IND"]);
}

#[actix_web::test]
async fn another_file_begins_again_and_so_does_one_whose_rows_are_not_all_there() {
    let (app, _folder, path, other) = two_rows_at_a_time().await;
    takes_in(&app, &other);
    let whole_other = register(&app);
    takes_in(&app, &path);
    let whole = register(&app);
    assert!(killed(&app, &other, 3));
    // Three transactions of the other file are there; this one is in force already, and a third has one name less.
    let third = tempfile::tempdir().unwrap();
    let third = archive(third.path(), ENTERPRISES, NAMES.replace("1171234567,Logiciels Brise-Glace inc.,,A,N\n", ""));
    assert_eq!((takes_in(&app, &third).resumed, staged(&app), left(&app)), (0, 0, (1, 0)));
    takes_in(&app, &other);
    assert_eq!(register(&app), whole_other);
    assert!(killed(&app, &path, 3));
    app.write(|tx| {
        let written = registry_generations::table.filter(registry_generations::state.eq("staging"));
        let generation: i64 = written.select(registry_generations::id).first(tx.conn)?;
        let of_it = registry_enterprises::table.filter(registry_enterprises::generation.eq(generation));
        diesel::delete(of_it.filter(registry_enterprises::neq.eq("1160000001"))).execute(tx.conn)?;
        Ok(())
    });
    assert_eq!(takes_in(&app, &path).resumed, 0);
    assert_eq!(register(&app), whole);
}

#[actix_web::test]
async fn a_second_run_of_the_same_file_takes_over_from_the_first_which_stops() {
    let (app, _folder, path, other) = two_rows_at_a_time().await;
    let second = Cell::new(None);
    let begun = Cell::new(false);
    let progress = |_| {
        if !begun.replace(true) {
            second.set(Some(takes_in(&app, &path)));
        }
    };
    let first = import::import(&app.app, None, &path, false, &progress);
    assert!(first.is_err(), "{first:?}");
    let second = second.take().unwrap();
    assert_eq!((second.resumed, second.refused), (2, false));
    let (twice, names) = (register(&app), second.tally.changes);
    assert_eq!((left(&app), names), ((1, 0), 7));
    // The twin: the same file in one go, once another register was in force.
    takes_in(&app, &other);
    takes_in(&app, &path);
    assert_eq!(register(&app), twice);
}
