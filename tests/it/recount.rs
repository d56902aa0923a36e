//! The audit report counted again, from what the product lets anybody take out: `tests/tools/recompute.py` shares nothing with it.

use std::process::Command;

use diesel::prelude::*;
use probite::db::schema::declarations;
use probite::text::Language;
use probite::texts::say;
use serde_json::{Value, json};

use crate::support::{TestApp, answers};

/// What the second count says: whether everything is the same, and what is not.
fn recounted(rows: &std::path::Path, report: &std::path::Path) -> (bool, String) {
    let program = std::env::var("TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let root = env!("CARGO_MANIFEST_DIR");
    let done = Command::new(program)
        .arg(format!("{root}/tests/tools/recompute.py"))
        .arg(rows)
        .arg("--report")
        .arg(report)
        .arg("--calendar")
        .arg(format!("{root}/config/calendars/quebec.toml"))
        .output()
        .expect("Python runs");
    let said = [done.stdout, done.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    (done.status.success(), said)
}

/// A15: every figure of the report, and what each row says of its days, are found again from the export by another program.
#[actix_web::test]
async fn every_figure_of_the_report_is_found_again_from_the_export() {
    let app = TestApp::new().await;
    let accepted = app.files_gift("camille");
    let conditions = app.files("camille", "event_request", answers::event());
    app.clock.advance_business_days(2);
    app.decides("rosalie", &accepted, "accept").unwrap();
    app.decides("rosalie", &conditions, "authorised_with_conditions").unwrap();
    let gift = |changes: Value| answers::changed(answers::gift(), changes);
    let dear = app.files("theo", "gift_declaration", gift(json!({ "value_cents": 9000 })));
    let late = app.files("emma", "gift_declaration", gift(json!({ "offered_on": "2026-11-02" })));
    let relation = app.files("theo", "business_relation", answers::relation());
    let interest = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    let alone = app.files_gift("isabelle");
    let noted = app.files("baptiste", "gift_declaration", answers::declined_gift());
    app.decides("nadia", &noted, "refusal_noted").unwrap();
    let withdrawn = app.files_gift("theo");
    app.withdraws("theo", &withdrawn).unwrap();
    // In no report: what is sealed, and what was not filed.
    app.files("camille", "advice_request", answers::advice());
    app.drafts("camille", "gift_declaration", answers::gift());
    app.clock.advance_business_days(12);
    app.decides("rosalie", &dear, "return").unwrap();
    // The holidays of the end of the year are among these days.
    app.clock.advance_business_days(12);

    let folder = tempfile::tempdir().unwrap();
    let aline = app.as_("aline");
    let period = format!("du=2026-11-01&au={}", app.clock.today());
    for language in ["en", "fr"] {
        aline.open(&format!("/langue/{language}?retour=/")).await;
        let keep = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(format!("{language}-{name}"));
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let report = aline.open(&format!("/rapports/audit.json?{period}")).await;
        let report_file = keep("report.json", &report.bytes);
        // The rows of the report, and the register as its page lets it out.
        for (name, address) in
            [("rows.csv", format!("/rapports/audit.csv?{period}")), ("register.csv", "/registre/export.csv".to_owned())]
        {
            let rows = aline.open(&address).await;
            assert_eq!(rows.status, 200, "{address}");
            let (same, said) = recounted(&keep(name, &rows.bytes), &report_file);
            assert!(same, "{address}: {said}");
        }
        // The twin: a figure that is wrong is found, and named.
        let mut wrong: Value = serde_json::from_slice(&report.bytes).unwrap();
        wrong["figures"]["delay"]["p90"] = json!(99);
        let wrong_file = keep("wrong.json", wrong.to_string().as_bytes());
        let (same, said) = recounted(&folder.path().join(format!("{language}-rows.csv")), &wrong_file);
        assert!(!same && said.lines().count() == 1 && said.contains("delay.p90"), "{said}");
    }

    // What the rows say of days and people is what happened here.
    let csv = std::fs::read_to_string(folder.path().join("fr-rows.csv")).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |slug: &str, name: &str| {
        let place = head.iter().position(|column| column == name).unwrap();
        rows.iter().find(|row| &row[0] == slug).map(|row| row[place].to_owned()).unwrap_or_else(|| panic!("no {slug}"))
    };
    let told = [
        (&accepted, "2", "oui", "", "non"),
        (&conditions, "2", "oui", "", "non"),
        (&dear, "12", "non", "", "non"),
        (&late, "", "", "24", "non"),
        (&relation, "", "", "24", "non"),
        (&interest, "", "", "24", "non"),
        (&alone, "", "", "24", "oui"),
        (&noted, "0", "oui", "", "non"),
        (&withdrawn, "", "", "", "non"),
    ];
    for (slug, days, on_time, held, missing) in told {
        let said = [
            of(slug, "delai_jours_ouvrables"),
            of(slug, "a_temps"),
            of(slug, "detenu_jours_ouvrables"),
            of(slug, "gestionnaire_manquant"),
        ];
        assert_eq!(said, [days, on_time, held, missing], "{slug}");
        let row = app.row(slug);
        let late = row.due_on.filter(|_| !held.is_empty()).map(|due| {
            let late = app.app.book.calendar.business_days_between(due, app.clock.today());
            assert!(late > 0 && late < (app.clock.today() - due).num_days(), "{slug}");
            late.to_string()
        });
        assert_eq!(of(slug, "retard_jours_ouvrables"), late.unwrap_or_default(), "{slug}");
        let due = if row.decided_at.is_some() { row.decide_by } else { row.due_on };
        assert_eq!(of(slug, "echeance"), due.map(|due| due.to_string()).unwrap_or_default(), "{slug}");
        assert_eq!(of(slug, "jours_retard_depot"), row.days_late.to_string(), "{slug}");
        assert_eq!(of(slug, "etat"), row.state().as_str(), "{slug}");
        let word = say(Language::Fr, &format!("report-state-{}", row.state().as_str().replace('_', "-")), &[]);
        assert_eq!(of(slug, "etat_titre"), word, "{slug}");
    }
    // And nothing else was filed that a report may count.
    let filed: i64 = app.read(|tx| {
        let open = declarations::table.filter(declarations::first_filed_at.is_not_null());
        Ok(open.filter(declarations::class.ne("C3")).count().get_result(tx.conn)?)
    });
    assert_eq!((rows.len(), usize::try_from(filed).unwrap()), (told.len(), told.len()));
    // The twin: a row that says other days than its dates is found too.
    let lie = csv.replacen(";12;", ";11;", 1);
    assert_ne!(lie, csv);
    let lies = folder.path().join("lies.csv");
    std::fs::write(&lies, lie).unwrap();
    let (same, said) = recounted(&lies, &folder.path().join("fr-report.json"));
    assert!(!same && said.contains(&format!("{dear} decision_days")), "{said}");
    let days = of(&relation, "retard_jours_ouvrables");
    let lie = csv.replace(&format!(";non;{days}\r\n"), ";non;1\r\n");
    assert_ne!(lie, csv);
    std::fs::write(&lies, lie).unwrap();
    let (same, said) = recounted(&lies, &folder.path().join("fr-report.json"));
    assert!(!same && said.contains(&format!("{relation} overdue_days")), "{said}");
}
