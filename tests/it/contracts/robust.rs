//! Files that are broken, cut, absurd or hostile: named, contained, nothing half-applied.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::json;

use super::files::{Folder, package, release, rows, takes_in, with};
use crate::support::TestApp;

#[actix_web::test]
async fn a_file_cut_short_is_refused_whole_with_its_place() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let whole = package(&[release(100, "2026-03-01"), release(200, "2026-03-01")]);
    for end in [whole.len() - 1, whole.len() / 2, whole.len() / 4] {
        let report = takes_in(&app, &folder.put("coupe.json", &whole[..end]));
        assert!(report.refused, "{report:?}");
        let problem = &report.problems.shown[0];
        assert_eq!((problem.code.as_str(), problem.file.as_str(), problem.line), ("import-truncated", "coupe.json", 1));
        assert_eq!(rows(&app), Vec::<String>::new(), "nothing was kept");
    }
    // The twin.
    assert!(!takes_in(&app, &folder.put("entier.json", &whole)).refused && !rows(&app).is_empty());
}

#[actix_web::test]
async fn a_release_that_makes_no_sense_is_set_aside_and_named_and_the_others_are_kept() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let bad = with(release(666, "2026-03-01"), "/contracts/0/value/amount", json!(-1));
    let report = takes_in(&app, &folder.put("hebdo.json", package(&[release(100, "2026-03-01"), bad])));
    assert_eq!((report.tally.rows, report.tally.errors), (1, 1));
    let problem = &report.problems.shown[0];
    assert!(problem.column.contains("release 2 (ocds-ec9k95-666) contracts[0].value.amount"), "{problem:?}");
    assert!(rows(&app).iter().all(|row| !row.contains("666")), "not even its tender");
    // Kept with the import, for the page of sources.
    let last = app.read(|tx| probite::sources::store::last(tx, probite::sources::Source::Contracts)).unwrap();
    assert_eq!((last.error_count, last.problems()), (1, report.problems.shown));
}

#[actix_web::test]
async fn bytes_changed_at_random_never_stop_the_product_nor_leave_half_a_file() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let whole = package(&[release(100, "2026-03-01"), release(200, "2026-03-01")]).into_bytes();
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() });
    let mutations = proptest::collection::vec((0..whole.len(), any::<u8>(), 0..3_u8), 1..6);
    let refused = std::cell::Cell::new(0);
    runner
        .run(&mutations, |mutations| {
            let mut bytes = whole.clone();
            for (place, byte, how) in mutations {
                let place = place.min(bytes.len().saturating_sub(1));
                match how {
                    0 => bytes[place] = byte,
                    1 => bytes.insert(place, byte),
                    _ => bytes.truncate(place.max(1)),
                }
            }
            let before = rows(&app);
            let report = takes_in(&app, &folder.put("abime.json", &bytes));
            if report.refused {
                refused.set(refused.get() + 1);
                prop_assert_eq!(rows(&app), before);
                prop_assert!(!report.problems.is_empty());
            }
            Ok(())
        })
        .unwrap();
    assert!(refused.get() > 30, "the guard bites: {}", refused.get());
    assert_eq!(app.read(probite::journal::store::first_break), None);
}
