//! Who may do what to a measure, cell by cell: what is expected comes from the `[[measure]]` lines of the table, read
//! here by an interpreter of their own, and from the four sentences above them; what happens comes from the pages.

use actix_web::http::Method;
use probite::measures::wishes::Wish;
use toml::Value;

use crate::support::browser::Fields;
use crate::support::measures::wish;
use crate::support::{TestApp, answers};

const TABLE: &str = include_str!("../../../config/access.toml");

const ROLES: [(&str, &[&str]); 14] = [
    ("victor", &["deputy_minister"]),
    ("solange", &["secretary_general"]),
    ("aline", &["ethics_officer"]),
    ("marc", &["ethics_officer"]),
    ("rita", &["contract_monitor"]),
    ("denis", &[]),
    ("rosalie", &[]),
    ("camille", &[]),
    ("theo", &[]),
    ("serge", &["system_admin"]),
    ("nadia", &[]),
    ("olivier", &[]),
    ("audrey", &["auditor"]),
    ("cyril", &["cio"]),
];

/// One measure, and where everybody stands toward it as the story tells.
struct Case {
    label: &'static str,
    id: i64,
    kind: &'static str,
    owner: &'static str,
    prover: Option<&'static str>,
    declarant: &'static str,
    supervisor: &'static str,
    decider: &'static str,
    barred: &'static [&'static str],
}

fn grants(table: &Value, who: &str, action: &str, kind: &str) -> bool {
    let has = |line: &Value, key: &str, wanted: &[&str]| {
        line[key].as_array().unwrap().iter().any(|value| wanted.contains(&value.as_str().unwrap()))
    };
    let lines = table["measure"].as_array().unwrap();
    lines.iter().any(|line| {
        line["who"].as_str() == Some(who) && has(line, "may", &[action]) && has(line, "kinds", &["*", kind])
    })
}

/// 404, 403 or allowed.
fn expected(table: &Value, case: &Case, me: &str, roles: &[&str], action: &str) -> u16 {
    if case.barred.contains(&me) {
        return 404;
    }
    let mut lines: Vec<&str> = Vec::new();
    if me == case.owner {
        lines.push("owner");
    }
    if me == case.declarant {
        lines.push("declarant");
    } else {
        if me == case.supervisor {
            lines.push("supervisor");
        }
        if me == case.decider {
            lines.push("past_decider");
        }
        lines.extend(roles);
    }
    let may = |action: &str| lines.iter().any(|who| grants(table, who, action, case.kind));
    let own = me == case.owner || case.prover == Some(me);
    let never = (action == "verify" && own) || (action == "hand_on" && me == case.owner);
    match (may("read"), may(action) && !never) {
        (false, _) => 404,
        (true, false) => 403,
        (true, true) => 200,
    }
}

fn cases(app: &TestApp) -> Vec<Case> {
    let mut cases = Vec::new();
    let interest = app.files("camille", "interest_declaration", answers::interest());
    let given = |owner: &str, text: &str| Wish { owner: app.number(owner), ..wish(text) };
    let wishes = vec![
        wish("À la déclarante"),
        given("serge", "À un collègue"),
        given("rosalie", "À sa gestionnaire"),
        given("aline", "À l’éthique"),
    ];
    let measures = app.asks_for("rosalie", &interest, "managed", wishes);
    for (measure, owner) in measures.iter().zip(["camille", "serge", "rosalie", "aline"]) {
        for prover in [None, Some(owner)] {
            cases.push(Case {
                label: owner,
                id: measure.id,
                kind: "interest_declaration",
                owner,
                prover,
                declarant: "camille",
                supervisor: "rosalie",
                decider: "rosalie",
                barred: &[],
            });
        }
    }
    let event = app.files("camille", "event_request", answers::about_the_supervisor("event_request"));
    let measures = app.asks_for("denis", &event, "authorised_with_conditions", vec![wish("Payer l’entrée")]);
    for prover in [None, Some("camille")] {
        cases.push(Case {
            label: "about the supervisor",
            id: measures[0].id,
            kind: "event_request",
            owner: "camille",
            prover,
            declarant: "camille",
            supervisor: "rosalie",
            decider: "denis",
            barred: &["rosalie"],
        });
    }
    let hers = app.files("aline", "interest_declaration", answers::interest());
    let measures = app.asks_for("solange", &hers, "managed", vec![wish("Se retirer")]);
    cases.push(Case {
        label: "the ethics officer’s own",
        id: measures[0].id,
        kind: "interest_declaration",
        owner: "aline",
        prover: None,
        declarant: "aline",
        supervisor: "solange",
        decider: "solange",
        barred: &["marc"],
    });
    cases
}

#[actix_web::test]
async fn every_cell_of_measures() {
    let table = Value::Table(TABLE.parse().expect("access.toml is TOML"));
    let app = TestApp::new().await;
    let cases = cases(&app);
    let (mut cells, mut deviations) = (0, Vec::new());
    // Never enough to succeed, so that a cell leaves the measure as it was.
    let doors: [(&str, &str, &str, Fields); 6] = [
        ("read", "GET", "", &[]),
        ("prove", "POST", "/preuve", &[("proof", "")]),
        ("verify", "POST", "/verification", &[("outcome", "")]),
        ("verify", "POST", "/attestation", &[("outcome", "")]),
        ("hand_on", "POST", "/responsable", &[("to", "")]),
        ("lift", "POST", "/levee", &[("note", "")]),
    ];
    for case in &cases {
        if let Some(prover) = case.prover {
            app.proves(prover, case.id).unwrap();
        }
        for (me, roles) in ROLES {
            let browser = app.as_(me);
            let nothing = browser.request(Method::GET, "/mesures/999999", &[], None).await.without_nonce();
            for (action, method, end, fields) in doors {
                cells += 1;
                let path = format!("/mesures/{}{end}", case.id);
                let page = match method {
                    "GET" => browser.request(Method::GET, &path, &[], None).await,
                    _ => browser.post_only(&path, fields).await,
                };
                let found = if [200, 303, 409, 422].contains(&page.status) { 200 } else { page.status };
                let wanted = expected(&table, case, me, roles, action);
                if found != wanted {
                    deviations
                        .push(format!("{me}, {}, {method} {end}: {} instead of {wanted}", case.label, page.status));
                }
                if found == 404 && method == "GET" {
                    let (status, headers, html) = page.without_nonce();
                    let html = html.replace(&format!("mesures%2F{}", case.id), "mesures%2F999999");
                    assert_eq!((status, headers, html), nothing, "{me} {}: the answer to nothing", case.label);
                }
            }
            for view in ["miennes", "equipe", "toutes"] {
                for state in ["a-faire", "a-verifier", "en-retard", "verifiees", "levees"] {
                    cells += 1;
                    let page = browser.open(&format!("/mesures?vue={view}&etat={state}")).await;
                    let seen = page.html.contains(&format!("href=\"/mesures/{}\"", case.id));
                    if seen && expected(&table, case, me, roles, "read") == 404 {
                        deviations.push(format!("{me} sees {} in {view} {state}", case.label));
                    }
                }
            }
            let mine = browser.open("/mesures?vue=miennes").await;
            if (me == case.owner) != mine.html.contains(&format!("href=\"/mesures/{}\"", case.id)) {
                deviations.push(format!("{me}, {}: wrong in mine", case.label));
            }
        }
    }
    println!("measures: {cells} cells, {} deviations", deviations.len());
    assert!(cells > 2_000, "{cells}");
    assert!(deviations.is_empty(), "{deviations:#?}");
}

/// The twin: a line taken away in the product only is seen.
#[actix_web::test]
async fn a_line_of_the_table_that_changes_is_found() {
    let from = "who = \"supervisor\"\nmay = [\"read\", \"verify\", \"hand_on\"]";
    assert!(TABLE.contains(from));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("access.toml");
    std::fs::write(&file, TABLE.replace(from, "who = \"auditor\"\nmay = [\"read\", \"verify\"]")).unwrap();
    let app = TestApp::with(|config| config.files.access = file.display().to_string()).await;
    let case = &cases(&app)[8];
    assert_eq!(case.label, "about the supervisor");
    let interest = &cases(&app)[0];
    let page = app.as_("audrey").open(&format!("/mesures/{}", interest.id)).await;
    assert_eq!(page.status, 200, "the table is what decides");
}

#[actix_web::test]
async fn reading_a_measure_of_a_confidential_file_leaves_a_row() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let id = app.asks_for("rosalie", &reference, "managed", vec![wish("Se retirer")])[0].id;
    for name in ["rosalie", "aline", "camille", "theo"] {
        app.as_(name).open(&format!("/mesures/{id}")).await;
    }
    assert_eq!(
        app.access_log(),
        [
            ("rosalie", "measure".to_owned(), true),
            ("aline", "measure".to_owned(), true),
            ("theo", "read".to_owned(), false)
        ]
    );
}

/// P08
#[actix_web::test]
async fn a_list_of_measures_of_others_leaves_a_row() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    app.asks_for("rosalie", &reference, "managed", vec![wish("Se retirer")]);
    let before = app.access_log().len();
    assert!(app.as_("camille").open("/mesures").await.says("Se retirer"));
    assert_eq!(app.access_log().len(), before, "her own");
    for path in ["/mesures?vue=toutes", "/api/v1/measures?whose=toutes"] {
        assert_eq!(app.as_("aline").open(path).await.status, 200, "{path}");
    }
    let measures = ("aline", "measures".to_owned(), true);
    assert_eq!(app.access_log()[before..], [measures], "one look");
}
