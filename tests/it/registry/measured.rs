//! What files from outside cost, without a release build; looked at, not asserted. With the files that `tests/load outside` leaves in
//! `FOLDER`: `PROBITE_REQ=… PROBITE_OCDS=… it --ignored what_files_from_outside_cost --nocapture`.

use std::path::Path;

use probite::bench::{outside, table};

#[test]
#[ignore = "needs files of hundreds of megabytes"]
fn what_files_from_outside_cost() {
    let mut lines = Vec::new();
    if let Ok(path) = std::env::var("PROBITE_OCDS") {
        lines.extend(outside::contracts(Path::new(&path)).unwrap());
    }
    if let Ok(path) = std::env::var("PROBITE_REQ") {
        lines.extend(outside::registry(Path::new(&path)).unwrap());
    }
    assert!(!lines.is_empty(), "PROBITE_REQ and PROBITE_OCDS name no file");
    table::print(&lines);
}
