//! Canaries: one file of each sealed kind, full of words that are nowhere else, then every page, list, search, export,
//! report, letter and API answer of everybody who may not see it.

use std::collections::BTreeSet;

use actix_web::http::Method;
use diesel::prelude::*;
use probite::db::schema::{companies, declarations};
use serde_json::{Value, json};

use crate::support::answers::{self, SEALED};
use crate::support::browser::Page;
use crate::support::{TestApp, say};

/// A word nobody writes by chance.
const CANARY: &str = "Zorglubine";

/// A declaration of a sealed kind whose every text is a canary, its company too.
pub fn canaries(kind: &str) -> Value {
    let company = json!({ "name": format!("{CANARY} Compagnie"), "no_neq_reason": format!("{CANARY} étrangère") });
    match kind {
        "advice_request" => answers::changed(
            answers::advice(),
            json!({
                "topic": format!("{CANARY} sujet"),
                "question": format!("{CANARY} question"),
                "context": format!("{CANARY} contexte"),
                "file": format!("{CANARY} dossier"),
                "company": company,
            }),
        ),
        "voluntary_declaration" => answers::changed(
            answers::voluntary(),
            json!({
                "situation": format!("{CANARY} situation"),
                "done_already": format!("{CANARY} démarches"),
                "help_wanted": format!("{CANARY} aide"),
                "company": company,
            }),
        ),
        "concern_report" => answers::changed(
            answers::concern(),
            json!({ "description": format!("{CANARY} description"), "functions": format!("{CANARY} fonctions") }),
        ),
        other => panic!("{other} is not sealed"),
    }
}

/// Every address that a reader of the product can ask for without knowing a reference.
fn addresses() -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/declarer",
        "/mes-declarations",
        "/a-traiter",
        "/a-traiter?bureau=moi",
        "/a-traiter?bureau=ethics_officer",
        "/a-traiter?bureau=secretary_general",
        "/a-traiter?vue=en-retard",
        "/a-traiter?vue=signalees",
        "/a-traiter?vue=attend-reponse",
        "/a-traiter?vue=decidees",
        "/a-traiter?vue=equipe",
        "/registre",
        "/registre?etat=en-attente",
        "/registre?entreprise=Zorglubine",
        "/registre/export.csv",
        "/registre/export.xlsx",
        "/rapports?periode=mois",
        "/rapports?du=2026-01-01&au=2026-12-31",
        "/rapports/audit.json?du=2026-01-01&au=2026-12-31",
        "/rapports/audit.csv?du=2026-01-01&au=2026-12-31",
        "/rapports/audit.xlsx?du=2026-01-01&au=2026-12-31",
        "/rapports/equipe.json?du=2026-01-01&au=2026-12-31",
        "/rapports/contrats.json?du=2026-01-01&au=2026-12-31",
        "/rapports/vitrines.json?du=2026-01-01&au=2026-12-31",
        "/courriels?etat=queued",
        "/courriels?etat=sent",
        "/courriels?etat=failed",
        "/personnes",
        "/diagnostic",
        "/precedents",
        "/precedents?q=zorglubine",
        "/confidentiel",
        "/entreprises/suggestions?q=zorglubine",
        "/api/v1/me",
        "/api/v1/declarations",
        "/api/v1/inbox",
        "/api/v1/inbox?view=equipe",
        "/api/v1/inbox?view=decidees",
        "/api/v1/inbox?office=ethics_officer",
        "/api/v1/register",
        "/api/v1/register?q=zorglubine",
        "/api/v1/companies?q=zorglubine",
        "/api/v1/precedents?q=zorglubine",
        "/api/v1/units",
    ]
    .map(str::to_owned)
    .to_vec();
    for kind in SEALED {
        all.push(format!("/registre?type={kind}"));
        all.push(format!("/registre/export.csv?type={kind}"));
        all.push(format!("/api/v1/register?kind={kind}"));
        all.push(format!("/a-traiter?type={kind}"));
    }
    for word in ["zorglubine", "AVI-2026", "SIG"] {
        all.push(format!("/registre?q={word}"));
        all.push(format!("/registre/export.csv?q={word}"));
    }
    all
}

/// Traces of a file on a page: its words, its reference, its key. The words somebody searched for come back in the search
/// box; the phrases of the file do not.
fn traces(app: &TestApp, page: &Page, slug: &str) -> Vec<String> {
    let key = app.row(slug).key;
    let mut wanted = vec![slug.to_owned(), key];
    wanted.extend(PHRASES.map(|word| format!("{CANARY} {word}")));
    wanted.into_iter().filter(|trace| page.html.contains(trace.as_str())).collect()
}

/// What follows the canary in the answers.
const PHRASES: [&str; 13] = [
    "sujet",
    "question",
    "contexte",
    "dossier",
    "situation",
    "démarches",
    "aide",
    "description",
    "fonctions",
    "Compagnie",
    "étrangère",
    "précision",
    "réponse",
];

/// Everybody but the declarant and those who may read the file.
async fn nobody_else_sees(app: &TestApp, slug: &str, readers: &[&str]) -> usize {
    let mut looked = 0;
    for name in app.everybody() {
        if readers.contains(&name) || name == "pierre" {
            continue;
        }
        let browser = app.as_(name);
        let mut paths = addresses();
        let key = app.row(slug).key;
        paths.extend([
            format!("/d/{slug}"),
            format!("/d/{key}"),
            format!("/d/{slug}/recue"),
            format!("/brouillons/{key}"),
            format!("/conseils/{slug}/rediger"),
            format!("/conseils/{slug}/recu"),
            format!("/precedents/rediger?avis={slug}"),
            format!("/api/v1/declarations/{slug}"),
            format!("/api/v1/declarations/{key}"),
        ]);
        for path in paths {
            looked += 1;
            let page = browser.request(Method::GET, &path, &[("sec-fetch-site", "same-origin")], None).await;
            // A page that does not exist says back the address that was asked, and no more.
            let found: Vec<String> =
                traces(app, &page, slug).into_iter().filter(|trace| !path.contains(trace.as_str())).collect();
            assert!(found.is_empty(), "{name} sees {found:?} at {path} ({})", page.status);
            if path.contains(slug) || path.contains(&key) {
                assert!(page.status == 404 || page.status == 403, "{name} {path}: {}", page.status);
            }
        }
    }
    looked
}

/// M03, T16, Z08
#[actix_web::test]
async fn a_sealed_file_is_seen_by_its_declarant_and_its_office_and_by_nobody_else() {
    let app = TestApp::new().await;
    // Ordinary files stand beside it, so that every list has lines.
    app.files_gift("camille");
    app.files("theo", "business_relation", answers::relation());
    let mut looked = 0;
    for kind in SEALED {
        let slug = app.files("camille", kind, canaries(kind));
        // In all the states it goes through.
        looked += nobody_else_sees(&app, &slug, &["camille", "aline", "marc"]).await;
        app.asks("aline", &slug, &format!("{CANARY} précision?")).unwrap();
        app.answers("camille", &slug, &format!("{CANARY} réponse")).unwrap();
        let outcome = match kind {
            "advice_request" => "redirected",
            "voluntary_declaration" => "advice_given",
            _ => "clarified",
        };
        app.decides("aline", &slug, outcome).unwrap();
        looked += nobody_else_sees(&app, &slug, &["camille", "aline", "marc"]).await;
        for reader in ["camille", "aline", "marc"] {
            assert_eq!(app.as_(reader).open(&format!("/d/{slug}")).await.status, 200, "{reader} {kind}");
        }
    }
    // No letter holds a word of it, nor the reference of a concern or a voluntary declaration.
    for letter in app.letters() {
        let whole = format!("{} {} {} {}", letter.subject, letter.text, letter.html, letter.message_id);
        assert!(!whole.to_lowercase().contains("zorglubine"), "{}", letter.subject);
        assert!(!whole.contains("SIG-") && !whole.contains("DVO-"), "{whole}");
        assert!(!letter.subject.to_lowercase().contains("signal"), "{}", letter.subject);
        assert!(letter.subject.chars().count() <= 60, "{}", letter.subject);
    }
    println!("canaries: {looked} answers looked at");
    assert!(looked > 3_000, "{looked}");
}

/// Z08: The twin: an ordinary file with the same words is found by the same search of traces.
#[actix_web::test]
async fn the_same_words_in_an_ordinary_file_are_found() {
    let app = TestApp::new().await;
    let given = answers::changed(answers::gift(), json!({ "description": format!("{CANARY} description") }));
    let slug = app.files("camille", "gift_declaration", given);
    let aline = app.as_("aline");
    let mut seen = BTreeSet::new();
    for path in [
        "/registre",
        "/registre/export.csv",
        "/api/v1/register?q=zorglubine",
        "/rapports/audit.csv?du=2026-01-01&au=2026-12-31",
    ] {
        let page = aline.request(Method::GET, path, &[("sec-fetch-site", "same-origin")], None).await;
        if !traces(&app, &page, &slug).is_empty() {
            seen.insert(path);
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

/// T16, Z08: Even to those who may read it one by one, it is in no list but those of their office.
#[actix_web::test]
async fn a_sealed_file_is_in_no_register_search_export_or_report_of_its_own_office() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    for kind in SEALED {
        let slug = app.files("camille", kind, canaries(kind));
        let aline = app.as_("aline");
        for path in addresses() {
            let in_office = path.starts_with("/a-traiter") || path.contains("/inbox") || path == "/confidentiel";
            if in_office {
                continue;
            }
            let page = aline.request(Method::GET, &path, &[("sec-fetch-site", "same-origin")], None).await;
            assert_eq!(traces(&app, &page, &slug), Vec::<String>::new(), "{path}");
        }
        // Neither on the page of another declaration of the same person.
        let gift = app.files_gift("camille");
        assert!(!aline.open(&format!("/d/{gift}")).await.html.contains(&slug));
        assert!(aline.open("/confidentiel").await.html.contains(&slug));
        assert!(aline.open("/a-traiter?bureau=ethics_officer").await.html.contains(&slug));
    }
}

/// T16, Z08
#[actix_web::test]
async fn nothing_of_a_sealed_file_is_in_the_columns_that_lists_and_reports_read() {
    let app = TestApp::new().await;
    for kind in SEALED {
        let slug = app.files("camille", kind, canaries(kind));
        let row = app.row(&slug);
        let filled = [row.company_name, row.contract, row.purpose, row.category, row.disposition];
        assert!(filled.iter().all(Option::is_none), "{kind}: {filled:?}");
        assert_eq!((row.company_id, row.occurred_on, row.value_cents), (None, None, None), "{kind}");
        assert_eq!((row.supervisor_id, row.attention, row.findings.as_str()), (None, 0, "[]"), "{kind}");
        assert!(!row.subject.contains(CANARY), "{kind}");
        let hits = app.read(|tx| probite::db::search::find(tx.conn, "zorglubine", i64::MAX, 10));
        assert_eq!(hits, Vec::<i64>::new(), "{kind}");
    }
    let known: i64 =
        app.read(|tx| Ok(companies::table.filter(companies::name.like("%Zorglubine%")).count().get_result(tx.conn)?));
    assert_eq!(known, 0, "no company joins the register from what is sealed");
}

/// P08: Every reading leaves its row before the bytes: the page, the API, and the lines of a list.
#[actix_web::test]
async fn every_reading_of_a_sealed_file_is_in_the_access_log() {
    let app = TestApp::new().await;
    for kind in SEALED {
        let slug = app.files("camille", kind, canaries(kind));
        let aline = app.as_("aline");
        for (path, action) in [
            (format!("/d/{slug}"), "read"),
            (format!("/api/v1/declarations/{slug}"), "read"),
            ("/confidentiel".to_owned(), "list"),
            ("/a-traiter?bureau=ethics_officer".to_owned(), "list"),
            ("/api/v1/inbox?office=ethics_officer".to_owned(), "list"),
        ] {
            let before = app.access_log().len();
            assert_eq!(aline.open(&path).await.status, 200, "{path}");
            let log = app.access_log();
            assert!(log[before..].contains(&("aline", action.to_owned(), true)), "{path}: {:?}", &log[before..]);
        }
        let before = app.access_log().len();
        assert_eq!(app.as_("rosalie").open(&format!("/d/{slug}")).await.status, 404);
        assert_eq!(app.access_log()[before..], [("rosalie", "read".to_owned(), false)]);
        app.as_("camille").open(&format!("/d/{slug}")).await;
        assert_eq!(app.access_log().len(), before + 1, "one’s own file is nobody else’s reading");
    }
}

/// T16: References of sealed files are drawn: a number missing from what somebody may see tells nothing.
#[actix_web::test]
async fn references_of_sealed_files_do_not_count_them() {
    let app = TestApp::new().await;
    let numbers: Vec<i64> = (0..6)
        .map(|_| {
            let slug = app.files("camille", "concern_report", answers::concern());
            slug.rsplit('-').next().unwrap().parse().unwrap()
        })
        .collect();
    assert!(numbers.windows(2).any(|pair| pair[1] != pair[0] + 1), "{numbers:?}");
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 6);
}

/// Z04: An officer whose role is over keeps nothing of what she answered; her successor has it.
#[actix_web::test]
async fn advice_belongs_to_the_office_not_to_whoever_held_it() {
    let app = TestApp::new().await;
    let slug = app.files("camille", "advice_request", canaries("advice_request"));
    app.decides("marc", &slug, "redirected").unwrap();
    assert_eq!(app.as_("marc").open(&format!("/d/{slug}")).await.status, 200);
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2027, 4, 1).unwrap(), 10, 0);
    let marc = app.as_("marc");
    assert_eq!(marc.open(&format!("/d/{slug}")).await.status, 404);
    assert!(!marc.open("/a-traiter?vue=decidees").await.html.contains(&slug));
    assert_eq!(app.as_("aline").open(&format!("/d/{slug}")).await.status, 200);
}

/// Z08: Nobody sends a sealed file up or down the line: neither back, nor to another person, nor with an opinion.
#[actix_web::test]
async fn a_sealed_file_does_not_leave_its_office() {
    let app = TestApp::new().await;
    for kind in SEALED {
        let slug = app.files("camille", kind, canaries(kind));
        assert!(app.sends_back("aline", &slug).is_err(), "{kind}");
        assert!(app.gives_to("aline", &slug, "rosalie").is_err(), "{kind}");
        let before = app.holder(&slug);
        app.moves("camille", Some("nadia"));
        app.write(move |tx| probite::declarations::handover::follow_supervisors(tx, &[(9, Some(13))]));
        assert_eq!(app.holder(&slug), before, "{kind}");
        assert_eq!(app.row(&slug).supervisor_id, None, "{kind}");
        app.moves("camille", Some("rosalie"));
    }
}

/// The settings hold the external channel; it is on every page, and before the two forms that could be taken for it.
#[actix_web::test]
async fn the_external_channel_is_in_every_footer_and_before_the_two_forms() {
    let app = TestApp::with(|config| {
        config.organisation.disclosure_name = "Organisme externe d’essai".into();
        config.organisation.disclosure_phone = "555 010-0199".into();
        config.organisation.disclosure_address = "1, rue de l’Essai, Québec".into();
    })
    .await;
    let camille = app.as_("camille");
    for path in ["/", "/declarer", "/mes-declarations", "/aide", "/precedents", "/nulle-part"] {
        let page = camille.open(path).await;
        let footer = page.select_text("footer").join(" ");
        for part in ["Organisme externe d’essai", "555 010-0199", "1, rue de l’Essai"] {
            assert!(footer.contains(part), "{path}: {footer}");
        }
    }
    assert!(app.stranger().open("/connexion").await.select_text("footer").join(" ").contains("555 010-0199"));
    for (kind, first) in [
        ("concern_report", true),
        ("voluntary_declaration", true),
        ("advice_request", false),
        ("gift_declaration", false),
    ] {
        let page = camille.open(&format!("/declarer/{kind}")).await;
        let middle = page.text();
        assert_eq!(middle.contains("555 010-0199"), first, "{kind}");
        if first {
            let (notice, button) =
                (middle.find("555 010-0199").unwrap(), middle.find(&say("introduce-start")).unwrap());
            assert!(notice < button, "{kind}: the channel comes before the form");
        }
    }
}

/// Z08
#[actix_web::test]
async fn a_kind_that_would_leak_what_is_sealed_does_not_start() {
    use probite::declarations::kind::Kind;
    use probite::declarations::kind_check::problems;
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/config/kinds/advice_request.toml")).unwrap();
    let good: Kind = toml::from_str(&text).unwrap();
    assert_eq!(problems(&good, &[&good]), []);
    for (from, to) in [
        ("subject = []", "subject = [\"topic\"]"),
        ("export = \"entreprise\"", "export = \"entreprise\"\nfact = \"company\""),
        ("also_told = []", "also_told = [\"supervisor\"]"),
    ] {
        assert!(text.contains(from));
        let bad: Kind = toml::from_str(&text.replacen(from, to, 1)).unwrap();
        assert_eq!(problems(&bad, &[&bad]).len(), 1, "{to}");
    }
}

/// T16, Z08: A draft is a draft: nobody else sees it, and it is not in the counts either.
#[actix_web::test]
async fn a_sealed_draft_is_its_writers_alone() {
    let app = TestApp::new().await;
    for kind in SEALED {
        let key = app.drafts("camille", kind, canaries(kind));
        for reader in ["aline", "rosalie", "serge", "audrey"] {
            assert_eq!(app.as_(reader).open(&format!("/d/{key}")).await.status, 404, "{reader} {kind}");
        }
        assert_eq!(app.as_("aline").open("/confidentiel").await.html.matches(&key).count(), 0);
    }
    let sealed: i64 =
        app.read(|tx| Ok(declarations::table.filter(declarations::class.eq("C3")).count().get_result(tx.conn)?));
    assert_eq!(sealed, 3);
}

#[actix_web::test]
async fn two_requests_made_in_confidence_are_told_apart_by_their_link_and_by_their_day() {
    let app = TestApp::new().await;
    let first = app.files("camille", "advice_request", answers::advice());
    app.clock.advance_business_days(1);
    let second = app.files("camille", "advice_request", answers::advice());
    let page = app.as_("aline").open("/confidentiel").await;
    for (slug, day) in [(&first, "23 novembre 2026"), (&second, "24 novembre 2026")] {
        let mut rows = page.select_text("tbody tr").into_iter();
        let row = rows.find(|row| row.contains(slug.as_str())).unwrap_or_else(|| panic!("{}", page.text()));
        assert!(row.contains(&format!("Reçue le {day}")), "{row}");
        assert_eq!(page.link(slug), format!("/d/{slug}"));
    }
}
