//! Roles that read a part of the register (domain.md §11): what each sees, and what it never does.

use actix_web::http::Method;
use diesel::prelude::*;
use probite::access::Role;
use probite::db::schema::units;
use probite::error::Error;
use probite::people::roles;

use crate::support::browser::Page;
use crate::support::ministry::NORDIK;
use crate::support::{TestApp, answers, say};

async fn read(app: &TestApp, name: &str, path: &str) -> serde_json::Value {
    let text = app.as_(name).request(Method::GET, path, &[], None).await.html;
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {text}"))
}

#[actix_web::test]
async fn an_auditor_reads_everything_without_names_and_each_reading_is_logged() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    let interest = app.files("theo", "interest_declaration", answers::interest());
    let audrey = app.as_("audrey");
    let register = audrey.open("/registre").await;
    assert!(register.html.contains(&gift) && register.html.contains(&interest));
    assert!(register.says("P-"), "{}", register.text());
    assert!(!register.html.contains("id=\"q\""), "nobody is searched for by name");
    let mut seen = register.html.clone();
    for reference in [&gift, &interest] {
        let page = audrey.open(&format!("/d/{reference}")).await;
        assert_eq!(page.status, 200);
        assert!(page.says(&say("detail-masked")));
        seen.push_str(&page.html);
        seen.push_str(&read(&app, "audrey", &format!("/api/v1/declarations/{reference}")).await.to_string());
    }
    seen.push_str(&read(&app, "audrey", "/api/v1/register").await.to_string());
    // A name in the search changes nothing: it would tell who is behind a pseudonym.
    let (all, searched) =
        (read(&app, "audrey", "/api/v1/register").await, read(&app, "audrey", "/api/v1/register?q=Gagnon").await);
    assert_eq!(all["items"].as_array().unwrap().len(), searched["items"].as_array().unwrap().len());
    for name in ["Camille", "Gagnon", "Simard", "Rosalie", "Tremblay"] {
        assert!(!seen.contains(name), "{name}");
    }
    assert!(seen.contains("chocolats"), "the twin: the facts are there");
    let searched = audrey.open("/registre?q=Gagnon").await;
    assert!(searched.says(&say("register-words-ignored")) && !searched.says("Gagnon"), "{}", searched.text());
    let log: Vec<_> = app.access_log().into_iter().filter(|(who, ..)| *who == "audrey").collect();
    assert_eq!(log.iter().filter(|(_, action, _)| action == "read").count(), 4, "{log:?}");
    assert!(log.iter().filter(|(_, action, _)| action == "register").count() >= 3, "lists too: {log:?}");
    // A report lists files too.
    let reports =
        || app.access_log().into_iter().filter(|(who, action, _)| *who == "audrey" && action == "report").count();
    assert_eq!((audrey.open("/rapports").await.status, reports()), (200, 0), "no period, no report");
    assert!(audrey.open(&format!("/rapports?{PERIOD}")).await.html.contains(&interest));
    assert_eq!(reports(), 1);
    // She changes nothing and exports nothing of it.
    assert_eq!(audrey.open("/registre/export.csv").await.status, 403);
}

/// In the ministry of stories, the four of the cloud team are told with the two of the directorate above, and the others as the
/// ministry.
#[actix_web::test]
async fn an_auditor_is_not_told_the_unit_of_a_few() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.files_gift("olivier");
    let director = app.files_gift("helene");
    let unit = |code: &str| {
        let code = code.to_owned();
        let id: i64 = app.read(|tx| Ok(units::table.filter(units::code.eq(code)).select(units::id).first(tx.conn)?));
        id
    };
    let hidden = ["Équipe infonuagique", "Équipe des approvisionnements", "Direction générale des technologies"];
    let (company, day) = (app.company(NORDIK.1), app.clock.today());
    let seen_by = async |name: &str| {
        let mut seen = String::new();
        let pages = [
            "/registre".to_owned(),
            format!("/registre/connu?le={day}"),
            format!("/d/{gift}"),
            format!("/d/{director}"),
            format!("/entreprises/{company}"),
            format!("/rapports?du={day}&au={day}"),
            format!("/rapports/audit.csv?du={day}&au={day}"),
            format!("/rapports/audit.json?du={day}&au={day}"),
            format!("/api/v1/declarations/{gift}"),
            "/api/v1/register".to_owned(),
            "/api/v1/units".to_owned(),
        ];
        let browser = app.as_(name);
        for path in pages {
            let page = browser.request(Method::GET, &path, &[], None).await;
            assert_eq!(page.status, 200, "{name} {path}");
            seen.push_str(&page.html);
        }
        seen
    };
    let seen = seen_by("audrey").await;
    for name in hidden {
        assert!(!seen.contains(name), "{name}");
    }
    assert!(seen.contains("Direction du numérique") && seen.contains("Ministère fictif"));
    let twin = seen_by("aline").await;
    assert!(hidden.iter().all(|name| twin.contains(name)), "the twin: the ethics officer reads them");

    // A filter on a unit of a few is one on what it is told as: what it left out would tell.
    let listed = async |path: String| {
        let found = read(&app, "audrey", &path).await["items"].as_array().unwrap().clone();
        let mut ids: Vec<String> = found.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    let of = async |code: &str| listed(format!("/api/v1/register?unit={}", unit(code))).await;
    assert_eq!(of("INFO").await, std::slice::from_ref(&gift));
    assert_eq!(of("INFO").await, of("NUM").await);
    assert_eq!(of("DG").await, of("MIN").await);
    assert_eq!(of("APPRO").await.len(), 2, "with the director general’s");
    let page = app.as_("audrey").open(&format!("/registre?unite={}", unit("DG"))).await;
    assert_eq!(page.select_text("#unite option").len(), 3, "all, and two: {}", page.text());
    let report = app.as_("audrey").open(&format!("/rapports/audit.csv?du={day}&au={day}&unite={}", unit("DG"))).await;
    assert_eq!(report.html.lines().count(), 3, "{}", report.html);
}

#[actix_web::test]
async fn an_auditors_role_always_has_a_last_day() {
    let app = TestApp::new().await;
    let (serge, number, today) = (app.id("serge"), app.number("theo"), app.clock.today());
    let grant = |until: Option<chrono::NaiveDate>| {
        let number = number.clone();
        app.app.write_here(move |tx| roles::grant_to(tx, Some(serge), &number, Role::Auditor, today, until))
    };
    assert!(matches!(grant(None), Err(Error::Invalid(_))));
    let before = app.letters().len();
    grant(Some(today)).unwrap();
    assert_eq!(app.post_since(before), ["role → theo", "role → serge"], "both are told of a new role");
    let gift = app.files_gift("camille");
    assert_eq!(app.as_("theo").open(&format!("/d/{gift}")).await.status, 200);
    app.clock.advance_business_days(1);
    assert_eq!(app.as_("theo").open(&format!("/d/{gift}")).await.status, 404, "yesterday was the last day");
    assert_eq!(app.as_("theo").open("/registre").await.status, 403);
}

#[actix_web::test]
async fn the_contract_monitor_reads_what_is_linked_to_a_contract_and_a_summary_of_interests() {
    let app = TestApp::new().await;
    let linked = app.files("camille", "business_relation", answers::relation());
    let unlinked = app.files_gift("camille");
    let interest = app.files("theo", "interest_declaration", answers::interest());
    let rita = app.as_("rita");
    let register = rita.open("/registre").await;
    assert!(register.html.contains(&linked) && register.html.contains(&interest), "{}", register.text());
    assert!(!register.html.contains(&unlinked));
    // A summary does not say what an interest is about, nor what it deserves, in a list either.
    let listed = read(&app, "rita", "/api/v1/register").await.to_string();
    let subject = app.row(&interest).subject;
    assert!(listed.contains(&interest), "{listed}");
    assert!(!register.html.contains(&subject) && !listed.contains(&subject), "{subject}");
    assert!(app.as_("aline").open("/registre").await.html.contains(&subject), "the twin: {subject}");
    let real = app.files("theo", "interest_declaration", answers::referred("interest_declaration"));
    assert!(rita.open("/registre").await.html.contains(&real));
    for path in ["/registre?signalees=1", "/api/v1/register?flagged=true"] {
        assert!(!rita.open(path).await.html.contains(&real), "{path}");
        assert!(app.as_("aline").open(path).await.html.contains(&real), "{path}");
    }
    assert_eq!(rita.open(&format!("/d/{unlinked}")).await.status, 404);
    let whole = rita.open(&format!("/d/{linked}")).await;
    assert!(whole.says("Avancement du lot 2"), "{}", whole.text());
    let summary = rita.open(&format!("/d/{interest}")).await;
    assert!(summary.says(&say("detail-summary").replace('\u{a0}', " ")), "{}", summary.text());
    assert!(summary.says("Nordik Infonuagique inc."));
    // What is not hers to read is not said to be nothing.
    for denied in ["findings-none", "detail-history-none", "detail-timeline"] {
        assert!(!summary.says(&say(denied)) && !say(denied).is_empty(), "{denied}: {}", summary.text());
    }
    for secret in ["Emploi antérieur", "2019-01-07", "7 janvier 2019"] {
        assert!(!summary.says(secret), "{secret}: {}", summary.text());
    }
    let json = read(&app, "rita", &format!("/api/v1/declarations/{interest}")).await;
    // Nor does a word of it find it.
    let found = read(&app, "rita", "/api/v1/register?q=Nordik").await.to_string();
    assert!(found.contains(&linked) && !found.contains(&interest), "{found}");
    let names: Vec<&String> = json["answers"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["company"]);
    assert!(json["timeline"].as_array().unwrap().is_empty() && json["actions"].as_array().unwrap().is_empty());
    // The twin: her supervisor reads the whole.
    assert!(app.as_("rosalie").open(&format!("/d/{interest}")).await.says("Emploi antérieur"));
}

#[actix_web::test]
async fn a_respondent_reads_the_ordinary_files_of_their_unit_when_the_role_is_in_use() {
    let app = TestApp::with(|config| config.continuity.respondents = true).await;
    let (serge, number, today) = (app.id("serge"), app.number("emma"), app.clock.today());
    app.write(move |tx| roles::grant_to(tx, Some(serge), &number, Role::Respondent, today, None));
    let own = app.files_gift("camille");
    let elsewhere = app.files_gift("olivier");
    let interest = app.files("theo", "interest_declaration", answers::interest());
    let emma = app.as_("emma");
    let register = emma.open("/registre").await;
    assert!(register.html.contains(&own) && !register.html.contains(&elsewhere) && !register.html.contains(&interest));
    for (reference, status) in [(&own, 200), (&elsewhere, 404), (&interest, 404)] {
        assert_eq!(emma.open(&format!("/d/{reference}")).await.status, status, "{reference}");
    }
    assert_eq!(emma.open("/rapports").await.status, 200);

    // Off by default: the role is not granted, and one that was opens nothing.
    let app = TestApp::new().await;
    let (serge, number, emma, today) = (app.id("serge"), app.number("emma"), app.id("emma"), app.clock.today());
    let refused =
        app.app.write_here(move |tx| roles::grant_to(tx, Some(serge), &number, Role::Respondent, today, None));
    assert!(matches!(refused, Err(Error::Invalid(_))));
    app.write(move |tx| roles::grant(tx, None, emma, Role::Respondent, today, None));
    let own = app.files_gift("camille");
    assert_eq!(app.as_("emma").open(&format!("/d/{own}")).await.status, 404);
    assert_eq!(app.as_("emma").open("/registre").await.status, 403);
}

#[actix_web::test]
async fn the_secretary_general_and_the_deputy_minister_read_figures_and_no_file() {
    let app = TestApp::new().await;
    let mut gift = String::new();
    for _ in 0..6 {
        gift = app.files_gift("camille");
    }
    // In the list of refusals, with who decided and why.
    app.decides("rosalie", &gift, "return").unwrap();
    let event = app.files("olivier", "event_request", answers::event());
    for name in ["solange", "victor"] {
        let browser = app.as_(name);
        let page = browser.open("/rapports?du=2026-04-01&au=2026-11-30").await;
        assert_eq!(page.status, 200);
        // Once in the note, once in a table at least: one event is too few to count, and six gifts beside seven files would tell it.
        assert!(page.text().matches(&say("statistics-few")).count() > 1, "{}", page.text());
        let month =
            page.select_text("table tbody tr").into_iter().find(|row| row.starts_with("novembre 2026")).unwrap();
        assert_eq!(month, format!("novembre 2026 5 {} 5", say("statistics-few")), "six gifts, one event, seven in all");
        assert!(!page.text().contains(&say("report-meta-population")), "{}", page.text());
        assert!(!page.says("délai le plus long"), "one file’s days: {}", page.text());
        for secret in ["Camille", "Olivier", "Nordik", "Rosalie", &event, &gift, "Équipe des approvisionnements"] {
            let body = page.html.split("report-keys").nth(1).unwrap_or("");
            assert!(!body.contains(secret), "{name}: {secret}");
        }
        assert!(page.select_text(".report-hash").is_empty(), "{name}: it changes with each file");
        for path in ["/registre", "/rapports/audit.csv", "/rapports/audit.xlsx", "/rapports/audit.json"] {
            assert_eq!(browser.open(path).await.status, 403, "{name} {path}");
        }
    }
    // The twin: the ethics officer reads the units, and the one event.
    let page = app.as_("aline").open("/rapports?du=2026-04-01&au=2026-11-30").await;
    assert!(page.says("Équipe des approvisionnements") && !page.says(&say("statistics-few")));
    assert_eq!(page.select_text(".report-hash").len(), 1);
    assert!(page.says(&gift) && page.says("Rosalie") && page.says("délai le plus long"));
}

#[actix_web::test]
async fn an_executive_reads_the_figures_of_their_sector() {
    let app = TestApp::new().await;
    let (helene, today) = (app.id("helene"), app.clock.today());
    app.write(move |tx| roles::grant(tx, None, helene, Role::Executive, today, None));
    for _ in 0..5 {
        app.files_gift("camille");
        app.files_gift("solange");
    }
    let figures = async |name: &str| {
        let page = app.as_(name).open("/rapports?du=2026-04-01&au=2026-11-30").await;
        page.text()
    };
    let (mine, whole) = (figures("helene").await, figures("victor").await);
    assert!(whole.contains("10"), "{whole}");
    assert_ne!(mine, whole);
    assert_eq!(app.as_("rosalie").open("/rapports").await.status, 403);
}

const PERIOD: &str = "du=2026-04-01&au=2026-11-30";

#[actix_web::test]
async fn whoever_leads_a_team_reads_its_report_and_nothing_that_they_may_not_read() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "return").unwrap();
    let waiting = app.files("theo", "event_request", answers::event());
    let relation = "business_relation";
    let about_her = app.files("camille", relation, answers::about_the_supervisor(relation));
    let advice = app.files("theo", "advice_request", answers::advice());
    let (elsewhere, her_own) = (app.files_gift("olivier"), app.files_gift("rosalie"));
    let (rosalie, address) = (app.as_("rosalie"), format!("/rapports/equipe?{PERIOD}"));
    assert!(rosalie.open("/").await.html.contains("href=\"/rapports/equipe\""), "in her menu");
    let page = rosalie.open(&address).await;
    assert!(page.says(&say("report-part-team")), "{}", page.text());
    // She reads these two files: their numbers are exact.
    let total = page.select_text("#table-kinds tfoot tr").join("");
    assert!(total.starts_with("Total 2 1 1 0 "), "{total}");
    assert!(page.html.contains(&gift) && page.html.contains(&waiting));
    for other in [&about_her, &advice, &elsewhere, &her_own] {
        assert!(!page.html.contains(other.as_str()), "{other}: {}", page.text());
    }
    assert!(!page.html.contains("/rapports/audit."), "she takes no rows away");
    // The twins: another team, and nobody's.
    let denis = app.as_("denis").open(&address).await;
    assert!(denis.html.contains(&her_own) && !denis.html.contains(&gift), "{}", denis.text());
    let camille = app.as_("camille").open(&address).await;
    assert!(camille.says(&say("report-team-nobody")) && camille.select_text("#table-kinds").is_empty());
    assert!(!app.as_("camille").open("/").await.html.contains("/rapports"));
}

#[actix_web::test]
async fn the_contract_monitor_reads_the_report_of_what_is_linked_to_a_contract() {
    let app = TestApp::new().await;
    let linked = app.files("camille", "business_relation", answers::relation());
    let unlinked = app.files_gift("camille");
    let interest = app.files("theo", "interest_declaration", answers::interest());
    app.decides("rosalie", &interest, "managed").unwrap();
    let (rita, address) = (app.as_("rita"), format!("/rapports/contrats?{PERIOD}"));
    assert!(rita.open("/").await.html.contains("href=\"/rapports/contrats\""), "in her menu");
    let page = rita.open(&address).await;
    let part = say("report-part-contracts");
    assert!(page.says(&part), "{}", page.text());
    let total = page.select_text("#table-kinds tfoot tr").join("");
    assert!(total.starts_with("Total 2 1 1 0 "), "{total}");
    assert!(page.html.contains(&linked) && !page.html.contains(&unlinked));
    let companies = page.select_text("#table-companies tbody tr");
    assert!(companies[0].starts_with("Nordik Infonuagique inc. 1171234567 2 2 "), "{companies:?}");
    // What was decided of an interest is not in its summary.
    assert!(!page.html.contains("id=\"decisions\"") && !page.html.contains("id=\"late\""), "{}", page.text());
    assert!(app.as_("aline").open(&format!("/rapports?{PERIOD}")).await.html.contains("id=\"decisions\""), "the twin");
    let elsewhere: i64 =
        app.read(|tx| Ok(units::table.filter(units::code.eq("APPRO")).select(units::id).first(tx.conn)?));
    let narrowed = rita.open(&format!("{address}&unite={elsewhere}")).await;
    assert!(narrowed.select_text("#table-kinds tfoot tr").join("").starts_with("Total 0 "), "{}", narrowed.text());
    assert_eq!(rita.open("/rapports").await.status, 403, "nor the whole");
    for name in ["rosalie", "victor", "camille", "audrey"] {
        assert_eq!(app.as_(name).open(&address).await.status, 403, "{name}");
    }
}

/// Two roles do not add up to more than each reads: what is linked to a contract is in no figure of a sector.
#[actix_web::test]
async fn an_executive_who_monitors_contracts_counts_their_sector_apart() {
    let app = TestApp::new().await;
    let (helene, today) = (app.id("helene"), app.clock.today());
    app.write(move |tx| {
        roles::grant(tx, None, helene, Role::Executive, today, None)?;
        roles::grant(tx, None, helene, Role::ContractMonitor, today, None)
    });
    for _ in 0..5 {
        app.files("solange", "business_relation", answers::relation());
    }
    let browser = app.as_("helene");
    let (sector, contracts) = (format!("/rapports?{PERIOD}"), format!("/rapports/contrats?{PERIOD}"));
    let total = async |address: &str| browser.open(address).await.select_text("#table-kinds tfoot tr").join("");
    assert!(total(&sector).await.starts_with(&format!("Total {}", say("statistics-few"))), "{}", total(&sector).await);
    assert!(total(&contracts).await.starts_with("Total 5 "));
    let page = browser.open(&sector).await;
    assert!(page.says(&say("report-part-sector")) && !page.says(&say("report-whole-organisation")), "{}", page.text());
    let links = page.select_text("nav.tabs li");
    assert_eq!(links, [say("report-link-register"), say("report-link-team"), say("report-link-contracts")]);
}

/// domain.md, « RGEI is declarant or subject: temporary replacement, else secrétaire générale ».
#[actix_web::test]
async fn whoever_replaces_the_ethics_officer_for_a_time_has_her_queue_and_her_own_referred_file() {
    let app = TestApp::new().await;
    let kind = "interest_declaration";
    let (serge, number, today) = (app.id("serge"), app.number("rita"), app.clock.today());
    let waiting = app.files("camille", kind, answers::referred(kind));
    assert!(!app.as_("rita").open("/a-traiter?bureau=ethics_officer").await.html.contains(&waiting));
    let last = today + chrono::TimeDelta::days(10);
    app.write(move |tx| roles::grant_to(tx, Some(serge), &number, Role::EthicsOfficer, today, Some(last)));
    assert!(app.as_("rita").open("/a-traiter?bureau=ethics_officer").await.html.contains(&waiting), "the queue");
    // Aline's own file, referred by a rule: Rita reports to Solange, not to her.
    let own = app.files("aline", kind, answers::referred(kind));
    assert_eq!(app.holder(&own), "ethics_officer");
    assert!(app.as_("aline").open(&format!("/d/{own}")).await.says(&say("route-acting").replace('\u{a0}', " ")));
    assert_eq!(app.as_("marc").open(&format!("/d/{own}")).await.status, 404, "he reports to her");
    app.decides("rita", &own, "managed").unwrap();
    // The interim over, nothing is left open to her.
    app.clock.set(last + chrono::TimeDelta::days(1), 9, 0);
    assert!(!app.as_("rita").open("/a-traiter?bureau=ethics_officer").await.html.contains(&waiting));
    // Without a replacement, the secretary general.
    let later = app.files("aline", kind, answers::referred(kind));
    assert_eq!(app.holder(&later), "solange");
}

#[actix_web::test]
async fn sealed_files_are_counted_for_those_whose_role_counts_them_and_never_under_five() {
    let app = TestApp::new().await;
    for _ in 0..5 {
        app.files("camille", "advice_request", answers::advice());
    }
    app.files("camille", "voluntary_declaration", answers::voluntary());
    let (year, next) = ("/rapports?du=2026-04-01&au=2027-03-31", "/rapports?du=2027-04-01&au=2028-03-31");
    let rows = |page: &Page| -> Vec<String> { page.select_text("[aria-labelledby=scellees] tbody tr") };
    // One more day in the period would tell on which one somebody wrote: nothing is counted before the year is over.
    for name in ["audrey", "solange"] {
        assert_eq!(
            rows(&app.as_(name).open("/rapports?du=2026-04-01&au=2026-11-30").await),
            Vec::<String>::new(),
            "{name}"
        );
    }
    app.clock.set("2027-04-02".parse().unwrap(), 9, 0);
    let (few, none) = (say("statistics-few"), Vec::<String>::new());
    let (advice, concern, voluntary) = ("Demande d’avis", "Signalement", "Déclaration volontaire");
    let count = |page: &Page, title: &str| {
        let rows = rows(page);
        rows.iter().find(|row| row.starts_with(title)).map(|row| row.rsplit(' ').next().unwrap().to_owned())
    };
    let audrey = app.as_("audrey").open(year).await;
    // « moins de cinq » is said of none too: otherwise it would say that somebody reported a concern.
    assert_eq!(count(&audrey, advice).as_deref(), Some("5"));
    assert!(rows(&audrey).iter().any(|row| row.starts_with(concern) && row.ends_with(&few)), "{:?}", rows(&audrey));
    assert_eq!(count(&audrey, voluntary), None);
    for name in ["solange", "victor"] {
        let page = app.as_(name).open(year).await;
        assert_eq!((count(&page, advice).as_deref(), count(&page, concern)), (Some("5"), None), "{name}");
    }
    // One less, and the number is not said; the ethics officer reads them, and it is.
    app.files("camille", "concern_report", answers::concern());
    let aline = app.as_("aline").open("/rapports?du=2026-04-01&au=2027-04-02").await;
    assert_eq!((count(&aline, concern).as_deref(), count(&aline, voluntary).as_deref()), (Some("1"), Some("1")));
    app.clock.set("2028-04-03".parse().unwrap(), 9, 0);
    let audrey = app.as_("audrey").open(next).await;
    assert!(rows(&audrey).iter().any(|row| row.starts_with(concern) && row.ends_with(&few)), "{:?}", rows(&audrey));
    assert!(
        rows(&audrey).iter().any(|row| row.starts_with(advice) && row.ends_with(&few)),
        "none, and one, are told alike"
    );
    assert_eq!(rows(&app.as_("helene").open(next).await), none);
}

/// The other side: the interim ends while her own file waits for it. Those who are left are herself, and Marc who reports to her.
#[actix_web::test]
async fn her_own_file_does_not_stay_in_a_queue_that_nobody_left_may_decide() {
    let kind = "interest_declaration";
    let app = TestApp::new().await;
    let (serge, number, today) = (app.id("serge"), app.number("rita"), app.clock.today());
    let last = today + chrono::TimeDelta::days(10);
    app.write(move |tx| roles::grant_to(tx, Some(serge), &number, Role::EthicsOfficer, today, Some(last)));
    let own = app.files("aline", kind, answers::referred(kind));
    let another = app.files("camille", kind, answers::referred(kind));
    app.clock.set(last, 9, 0);
    assert_eq!((app.follows_the_calendar(), app.holder(&own).as_str()), (0, "ethics_officer"), "her last day");
    app.clock.set(last + chrono::TimeDelta::days(1), 9, 0);
    let before = app.letters().len();
    assert_eq!((app.follows_the_calendar(), app.holder(&own).as_str()), (1, "solange"));
    assert_eq!(app.post_since(before), ["decide → solange"]);
    assert_eq!(app.holder(&another), "ethics_officer", "Aline and Marc may decide this one");
    assert!(app.as_("aline").open(&format!("/d/{own}")).await.says(&say("rerouted-office")));
    assert_eq!(app.as_("marc").open(&format!("/d/{own}")).await.status, 404);
    let pulse = app.pulse();
    assert_eq!((app.follows_the_calendar(), app.pulse()), (0, pulse), "once");

    // Ended by hand before its day: the same, at the next turn of the calendar.
    let app = TestApp::new().await;
    let (serge, number) = (app.id("serge"), app.number("rita"));
    app.write(move |tx| roles::grant_to(tx, Some(serge), &number, Role::EthicsOfficer, today, Some(last)));
    let own = app.files("aline", kind, answers::referred(kind));
    let (number, yesterday) = (app.number("rita"), today - chrono::TimeDelta::days(1));
    app.write(move |tx| roles::end_of(tx, Some(serge), &number, Role::EthicsOfficer, yesterday));
    assert_eq!((app.follows_the_calendar(), app.holder(&own).as_str()), (1, "solange"));
}

/// Nadia reports to Hélène, whom files name: they came before Nadia held the office.
#[actix_web::test]
async fn whoever_begins_in_an_office_is_kept_out_of_what_concerns_somebody_above_them() {
    for in_days in [0, 7] {
        let app = TestApp::new().await;
        let helene = app.number("helene");
        let relation = "business_relation";
        let names = serde_json::json!({ "participants": [{ "name": helene }] });
        let named = app.files("camille", relation, answers::changed(answers::referred(relation), names));
        let other = app.files("camille", relation, answers::referred(relation));
        let concern = |about: serde_json::Value| {
            app.files("camille", "concern_report", answers::changed(answers::concern(), about))
        };
        let about_helene = serde_json::json!({ "people_named": [{ "name": helene }] });
        let (open, answered) = (concern(about_helene.clone()), concern(about_helene));
        let about_nobody = concern(serde_json::json!({}));
        for waiting in [&named, &other, &open, &answered, &about_nobody] {
            assert_eq!(app.holder(waiting), "ethics_officer");
        }
        app.decides("aline", &answered, "clarified").unwrap();
        let (serge, number, today) = (app.id("serge"), app.number("nadia"), app.clock.today());
        let since = today + chrono::TimeDelta::days(in_days);
        app.write(move |tx| roles::grant_to(tx, Some(serge), &number, Role::EthicsOfficer, since, None));
        if in_days > 0 {
            app.clock.set(since, 9, 0);
            assert_eq!(app.follows_the_calendar(), 0, "Aline may still decide them all");
        }
        let nadia = app.as_("nadia");
        for kept_from_her in [&named, &open, &answered] {
            assert_eq!(nadia.open(&format!("/d/{kept_from_her}")).await.status, 404, "{kept_from_her}");
            assert!(matches!(app.decides("nadia", kept_from_her, "noted"), Err(Error::NotFound)), "{kept_from_her}");
            for list in ["/a-traiter?bureau=ethics_officer", "/confidentiel", "/registre"] {
                assert!(!nadia.open(list).await.html.contains(kept_from_her.as_str()), "{list}: {kept_from_her}");
            }
        }
        // The twins: what concerns nobody above her is hers to read, and Aline reads everything.
        assert_eq!(nadia.open(&format!("/d/{other}")).await.status, 200);
        assert_eq!(nadia.open(&format!("/d/{about_nobody}")).await.status, 200);
        assert!(nadia.open("/a-traiter?bureau=ethics_officer").await.html.contains(&other));
        for slug in [&named, &open, &answered] {
            assert_eq!(app.as_("aline").open(&format!("/d/{slug}")).await.status, 200, "{slug}");
        }
    }
}

/// The register is open to the whole office: what a colleague of it declares is not, to those who report to them.
#[actix_web::test]
async fn whoever_joins_the_office_of_their_superior_does_not_read_what_that_superior_declared() {
    let app = TestApp::new().await;
    let (nadia, olivier, today) = (app.id("nadia"), app.id("olivier"), app.clock.today());
    app.write(move |tx| roles::grant(tx, None, nadia, Role::EthicsOfficer, today, None));
    let (of_nadia, of_camille) = (app.files_gift("nadia"), app.files_gift("camille"));
    app.write(move |tx| roles::grant(tx, None, olivier, Role::EthicsOfficer, today, None));
    let browser = app.as_("olivier");
    assert_eq!(browser.open(&format!("/d/{of_nadia}")).await.status, 404);
    assert_eq!(browser.open(&format!("/d/{of_camille}")).await.status, 200, "the twin");
    assert_eq!(app.as_("aline").open(&format!("/d/{of_nadia}")).await.status, 200);
}
