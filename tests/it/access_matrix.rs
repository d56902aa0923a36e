//! Who may do what, cell by cell, through every door.
//!
//! What is expected comes from `config/access.toml`, read here by a small interpreter of its own, and from the three
//! sentences at the top of that file. What happens comes from the pages. Nothing of the crate's policy is used to
//! expect anything.

mod cases;
mod oracle;

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::http::Method;
use probite::access::Role;
use probite::declarations::workflow::State;
use probite::people::roles;

use crate::support::TestApp;
use crate::support::browser::{Browser, Fields, Page};
use crate::support::ministry::{BOREAL, NORDIK};
use cases::{Case, NOTICES, Recipe, SEALED, VARIANTS, Variant};
use oracle::{Expected, Oracle, ROLES};

/// Two readers that the ministry of other stories does not have: an executive, and a respondent, whose role is optional.
fn name_readers(app: &TestApp) {
    let (helene, emma, since) = (app.id("helene"), app.id("emma"), app.clock.today());
    app.write(move |tx| {
        roles::grant(tx, None, helene, Role::Executive, since, None)?;
        roles::grant(tx, None, emma, Role::Respondent, since, None)
    });
}

async fn ministry() -> TestApp {
    let app = TestApp::with(|config| config.continuity.respondents = true).await;
    name_readers(&app);
    app
}

/// One door to one declaration: what is asked of the product, and which action of the table it takes.
struct Door {
    name: &'static str,
    action: &'static str,
    method: Method,
    path: &'static str,
    body: Body,
    /// States in which the request would change something: those cells get a declaration of their own.
    changes: &'static [State],
}

#[derive(Clone, Copy)]
enum Body {
    None,
    /// A page's form, never enough to succeed, so that a cell leaves the declaration as it was.
    Form(Fields<'static>),
    /// A program's request, with the version it read.
    Json(&'static str),
}

const PENDING: &[State] = &[State::Submitted, State::UnderReview, State::InfoRequested, State::WithEthics];
const DECIDED: &[State] = &[State::Decided, State::Monitoring];
const WRITABLE: &[State] = &[
    State::Draft,
    State::Submitted,
    State::UnderReview,
    State::InfoRequested,
    State::WithEthics,
    State::Decided,
    State::Monitoring,
];
const ATTESTED: &str = r#"{"attested":true}"#;

/// Every door. A new one is a line here.
fn doors() -> Vec<Door> {
    let get = |name, action, path| Door { name, action, method: Method::GET, path, body: Body::None, changes: &[] };
    let post = |name, action, path, fields| Door {
        name,
        action,
        method: Method::POST,
        path,
        body: Body::Form(fields),
        changes: &[],
    };
    let call = |name, action, end: &'static str, json, changes| Door {
        name,
        action,
        method: Method::POST,
        path: end,
        body: Body::Json(json),
        changes,
    };
    vec![
        get("page", "summarise", "/d/{}"),
        Door { method: Method::HEAD, ..get("head", "summarise", "/d/{}") },
        get("receipt", "edit", "/d/{}/recue"),
        get("form", "edit", "/brouillons/{}"),
        get("check", "edit", "/brouillons/{}/verifier"),
        post("decision", "decide", "/d/{}/decision", &[("outcome", ""), ("version", "0")]),
        post("question", "ask", "/d/{}/decision", &[("outcome", "_ask"), ("reason", ""), ("version", "0")]),
        Door { changes: &[State::Submitted], ..post("taking up", "take_up", "/d/{}/prise-en-charge", &[]) },
        post("answer", "answer", "/d/{}/reponse", &[("answer", "")]),
        post("going on", "ask", "/d/{}/suite", &[("note", ""), ("version", "0")]),
        post("opinion", "opine", "/d/{}/avis", &[("note", "")]),
        post("sending back", "send_back", "/d/{}/avis", &[("note", ""), ("back", "1")]),
        Door { changes: PENDING, ..post("withdrawal", "withdraw", "/d/{}/retrait", &[]) },
        post("closing", "close", "/d/{}/fermeture", &[("note", "")]),
        Door { changes: DECIDED, ..post("reading", "acknowledge", "/d/{}/lecture", &[]) },
        post("reassignment", "reassign", "/d/{}/reaffectation", &[("note", ""), ("to", "")]),
        post("passport", "decide", "/d/{}/passeport", &[("passport", "")]),
        post("sending", "edit", "/brouillons/{}/envoi", &[]),
        Door { changes: &[State::Draft], ..post("discarding", "edit", "/brouillons/{}/suppression", &[]) },
        get("API", "summarise", "/api/v1/declarations/{}"),
        call("API submission", "submit", "/api/v1/declarations/{}/submission", ATTESTED, &[State::Draft]),
        call("API correction", "correct", "/api/v1/declarations/{}/correction", ATTESTED, PENDING),
        call("API completion", "complete", "/api/v1/declarations/{}/completion", ATTESTED, DECIDED),
        call("API withdrawal", "withdraw", "/api/v1/declarations/{}/withdrawal", "{}", PENDING),
        call("API answer", "answer", "/api/v1/declarations/{}/answer", r#"{"text":"Oui."}"#, PENDING),
        call("API review", "take_up", "/api/v1/declarations/{}/review", "{}", PENDING),
        call("API question", "ask", "/api/v1/declarations/{}/question", r#"{"question":"Quand?"}"#, PENDING),
        call("API continuation", "ask", "/api/v1/declarations/{}/continuation", r#"{"reason":"Départ."}"#, PENDING),
        call("API referral", "refer", "/api/v1/declarations/{}/referral", r#"{"reason":"Doute."}"#, PENDING),
        call("API decision", "decide", "/api/v1/declarations/{}/decision", r#"{"outcome":"no_such_outcome"}"#, &[]),
        call(
            "API opinion",
            "opine",
            "/api/v1/declarations/{}/opinion",
            r#"{"opinion":"Avis.","send_back":false}"#,
            PENDING,
        ),
        call(
            "API sending back",
            "send_back",
            "/api/v1/declarations/{}/opinion",
            r#"{"opinion":"Avis.","send_back":true}"#,
            PENDING,
        ),
        get("opinion form", "decide", "/conseils/{}/rediger"),
        post("writing an opinion", "decide", "/conseils/{}/rediger", &[("version", "0")]),
        get("receipt of an opinion", "edit", "/conseils/{}/recu"),
        call(
            "API advice",
            "decide",
            "/api/v1/declarations/{}/advice",
            r#"{"facts":"F.","norms":"N.","analysis":"A.","recommendation":"R."}"#,
            PENDING,
        ),
        call("API closing", "close", "/api/v1/declarations/{}/closing", r#"{"note":"Fini."}"#, DECIDED),
        call("API reading", "acknowledge", "/api/v1/declarations/{}/acknowledgement", "{}", DECIDED),
        call(
            "API reassignment",
            "reassign",
            "/api/v1/declarations/{}/reassignment",
            r#"{"to":"Personne Inconnue","reason":"Absence."}"#,
            &[],
        ),
        post("outside decision", "record_outside", "/d/{}/decision-externe", &[("outcome", ""), ("version", "0")]),
        post("direction", "seek_direction", "/d/{}/direction", &[("note", ""), ("version", "0")]),
        get("comparison", "examine", "/d/{}/comparaison"),
        get("signed proof", "examine", "/d/{}/recu"),
        get("comments", "comment", "/d/{}/commentaires"),
        post("commenting", "comment", "/d/{}/commentaires", &[("comment", ""), ("audience", "")]),
        get("release", "comment", "/d/{}/communication"),
        post("looking at a release", "comment", "/d/{}/communication", &[("recipient", "")]),
        post("releasing", "comment", "/d/{}/communication/document", &[("recipient", "")]),
        get("rectification", "comment", "/d/{}/rectification"),
        post("asking for a rectification", "comment", "/d/{}/rectification", &[("rectification", "")]),
        post("answering a rectification", "comment", "/d/{}/rectification/reponse", &[("verdict", "")]),
        post("taking more time for one", "comment", "/d/{}/rectification/prolongation", &[("extension", "")]),
        call(
            "API rectification",
            "comment",
            "/api/v1/declarations/{}/rectification",
            r#"{"text":"Vu.","about":"no_such_answer"}"#,
            &[],
        ),
        call(
            "API rectification answer",
            "comment",
            "/api/v1/declarations/{}/rectification-answer",
            r#"{"verdict":"granted"}"#,
            &[],
        ),
        call(
            "API rectification extension",
            "comment",
            "/api/v1/declarations/{}/rectification-extension",
            r#"{"reason":"Absence."}"#,
            &[],
        ),
        call(
            "API cross-check",
            "comment",
            "/api/v1/declarations/{}/crosscheck-answer",
            r#"{"crosscheck":1,"answer":"unchanged"}"#,
            &[],
        ),
        post("cross-check", "comment", "/d/{}/recoupements/1", &[("said", "unchanged")]),
        post("human review", "comment", "/d/{}/examen", &[("note", "")]),
        post("contestation", "contest", "/d/{}/contestation", &[("note", "")]),
        get("API comments", "examine", "/api/v1/declarations/{}/comments"),
        call(
            "API commenting",
            "comment",
            "/api/v1/declarations/{}/comments",
            r#"{"text":"Vu.","audience":"person","about":"no_such_answer"}"#,
            &[],
        ),
        call(
            "API outside decision",
            "record_outside",
            "/api/v1/declarations/{}/outside-decision",
            r#"{"outcome":"no_such_outcome","reason":"Non.","authority":"Ailleurs","decided_on":"2026-11-23","document":"A-1"}"#,
            &[],
        ),
        call(
            "API direction",
            "seek_direction",
            "/api/v1/declarations/{}/direction",
            r#"{"reason":"Conflit réel."}"#,
            &[State::WithEthics],
        ),
        call(
            "API contestation",
            "contest",
            "/api/v1/declarations/{}/contestation",
            r#"{"reason":"Lien terminé."}"#,
            &[State::Decided, State::Monitoring, State::Closed],
        ),
        Door { method: Method::PUT, ..call("API answers", "edit", "/api/v1/declarations/{}/answers", "{}", WRITABLE) },
        Door {
            method: Method::DELETE,
            body: Body::None,
            ..call("API deletion", "edit", "/api/v1/declarations/{}", "", &[State::Draft])
        },
    ]
}

/// One list: where it is, and which of the declarations it must show to somebody. Whatever it is, it must never show
/// one that its reader may not read.
struct List {
    name: &'static str,
    path: &'static str,
    /// Route of the table that opens it.
    route: &'static str,
    shows: fn(&Case, &str) -> bool,
}

fn is_undecided(case: &Case) -> bool {
    case.state.is_pending() && case.state != State::InfoRequested
}

fn holds_office(case: &Case, reader: &str) -> bool {
    case.office.is_some_and(|office| oracle::roles_of(reader).contains(&office))
}

/// Those who have no register read notices in a list of their own.
fn is_notice_for(case: &Case, reader: &str) -> bool {
    let reads = ["secretary_general", "deputy_minister"].iter().any(|role| oracle::roles_of(reader).contains(role));
    reads && case.kind == "rarc_notice" && case.state != State::Draft
}

/// Every list. A new one is a line here.
const LISTS: &[List] = &[
    List {
        name: "mine",
        path: "/mes-declarations",
        route: "GET /mes-declarations",
        shows: |case, me| case.declarant == me,
    },
    List {
        name: "to decide",
        path: "/a-traiter?bureau=moi",
        route: "GET /a-traiter",
        shows: |case, me| case.holder == Some(me) && is_undecided(case),
    },
    List {
        name: "to decide, ethics office",
        path: "/a-traiter?bureau=ethics_officer",
        route: "GET /a-traiter",
        shows: |case, me| case.office == Some("ethics_officer") && holds_office(case, me) && is_undecided(case),
    },
    List {
        name: "to decide, general secretariat",
        path: "/a-traiter?bureau=secretary_general",
        route: "GET /a-traiter",
        shows: |case, me| case.office == Some("secretary_general") && holds_office(case, me) && is_undecided(case),
    },
    List {
        name: "confidential files",
        path: "/confidentiel",
        route: "GET /confidentiel",
        shows: |case, _| case.sealed() && case.state != State::Draft,
    },
    List {
        name: "to decide, deputy minister",
        path: "/a-traiter?bureau=deputy_minister",
        route: "GET /a-traiter",
        shows: |case, me| case.office == Some("deputy_minister") && holds_office(case, me) && is_undecided(case),
    },
    List {
        name: "waiting for an answer",
        path: "/a-traiter?vue=attend-reponse&bureau=moi",
        route: "GET /a-traiter",
        shows: |case, me| case.holder == Some(me) && case.state == State::InfoRequested,
    },
    List {
        name: "decided by me",
        path: "/a-traiter?vue=decidees",
        route: "GET /a-traiter",
        shows: |case, me| case.past_decider == Some(me),
    },
    List {
        name: "my team",
        path: "/a-traiter?vue=equipe",
        route: "GET /a-traiter",
        shows: |case, me| case.supervisor == Some(me) && case.of_the_line() && case.state != State::Draft,
    },
    List {
        name: "to record",
        path: "/a-traiter?vue=a-inscrire",
        route: "GET /a-traiter",
        shows: |case, me| case.is_outside() && oracle::roles_of(me).contains(&"secretary_general"),
    },
    List {
        name: "delegated to me",
        path: "/a-traiter?vue=deleguees",
        route: "GET /a-traiter",
        shows: |case, me| case.label.starts_with("delegated") && case.holder == Some(me),
    },
    List { name: "notices", path: "/a-traiter?vue=avis", route: "GET /a-traiter", shows: is_notice_for },
    List { name: "to read", path: "/a-traiter?vue=a-relire", route: "GET /a-traiter", shows: |_, _| false },
    List { name: "late", path: "/a-traiter?vue=en-retard", route: "GET /a-traiter", shows: |_, _| false },
    List { name: "flagged", path: "/a-traiter?vue=signalees", route: "GET /a-traiter", shows: |_, _| false },
    List { name: "home", path: "/", route: "GET /", shows: |_, _| false },
    List {
        name: "register",
        path: "/registre",
        route: "GET /registre",
        shows: |case, _| case.state != State::Draft && !case.sealed(),
    },
    List {
        name: "search",
        path: "/registre?q=Nordik",
        route: "GET /registre",
        shows: |case, _| case.state != State::Draft && !case.sealed(),
    },
    List {
        name: "search by reference",
        path: "/registre?q=2026",
        route: "GET /registre",
        shows: |case, _| case.state != State::Draft && !case.sealed(),
    },
    List {
        name: "export",
        path: "/registre/export.csv",
        route: "GET /registre/export.csv",
        shows: |case, _| case.state != State::Draft && !case.sealed(),
    },
    List {
        name: "API, mine",
        path: "/api/v1/declarations",
        route: "GET /api/v1/declarations",
        shows: |case, me| case.declarant == me,
    },
    List {
        name: "API, to decide",
        path: "/api/v1/inbox",
        route: "GET /api/v1/inbox",
        shows: |case, me| case.holder == Some(me) && is_undecided(case),
    },
    List {
        name: "API, my team",
        path: "/api/v1/inbox?view=equipe",
        route: "GET /api/v1/inbox",
        shows: |case, me| case.supervisor == Some(me) && case.of_the_line() && case.state != State::Draft,
    },
    List { name: "API, notices", path: "/api/v1/inbox?view=avis", route: "GET /api/v1/inbox", shows: is_notice_for },
    List {
        name: "API, register",
        path: "/api/v1/register",
        route: "GET /api/v1/register",
        shows: |case, _| case.state != State::Draft && !case.sealed(),
    },
    List {
        name: "company",
        path: "/entreprises/{nordik}",
        route: "GET /entreprises/{id}",
        shows: |case, _| case.state != State::Draft && !case.sealed() && case.about_nordik,
    },
    List {
        name: "company, one kind",
        path: "/entreprises/{nordik}?type=interest_declaration",
        route: "GET /entreprises/{id}",
        shows: |case, _| case.state != State::Draft && case.kind == "interest_declaration" && case.about_nordik,
    },
    List {
        name: "register of a company",
        path: "/registre?fiche={nordik}",
        route: "GET /registre",
        shows: |case, _| case.state != State::Draft && !case.sealed() && case.about_nordik,
    },
    List {
        name: "export of a company",
        path: "/registre/export.csv?fiche={nordik}",
        route: "GET /registre/export.csv",
        shows: |case, _| case.state != State::Draft && !case.sealed() && case.about_nordik,
    },
    List { name: "all companies", path: "/entreprises", route: "GET /entreprises", shows: |_, _| false },
    List {
        name: "merging companies",
        path: "/entreprises/{nordik}/fusion?doublon={boreal}",
        route: "GET /entreprises/{id}/fusion",
        shows: |_, _| false,
    },
    List {
        name: "group of a company",
        path: "/entreprises/{nordik}/groupe?nom=Bor",
        route: "GET /entreprises/{id}/groupe",
        shows: |_, _| false,
    },
    // Their longest lists are bounded: what they must never show is enough.
    List { name: "report", path: "/rapports?du=2026-04-01&au=2026-11-30", route: "GET /rapports", shows: |_, _| false },
    List {
        name: "report of a team",
        path: "/rapports/equipe?du=2026-04-01&au=2026-11-30",
        route: "GET /rapports/equipe",
        shows: |_, _| false,
    },
    List {
        name: "report on contracts",
        path: "/rapports/contrats?du=2026-04-01&au=2026-11-30",
        route: "GET /rapports/contrats",
        shows: |_, _| false,
    },
    List {
        name: "report on contracts, as a file",
        path: "/rapports/contrats.csv?du=2026-04-01&au=2026-11-30",
        route: "GET /rapports/contrats.csv",
        shows: |_, _| false,
    },
    List { name: "cross-checks", path: "/recoupements", route: "GET /recoupements", shows: |_, _| false },
    List { name: "sources", path: "/sources", route: "GET /sources", shows: |_, _| false },
    List {
        name: "companies",
        path: "/entreprises/suggestions?q=nordik",
        route: "GET /entreprises/suggestions",
        shows: |_, _| false,
    },
];

/// Lists in which no sealed file is, whoever reads.
const SHOWS_NO_SEALED: [&str; 20] = [
    "notices",
    "API, notices",
    "report",
    "report of a team",
    "report on contracts",
    "report on contracts, as a file",
    "my team",
    "register",
    "search",
    "search by reference",
    "export",
    "API, my team",
    "API, register",
    "companies",
    "company",
    "company, one kind",
    "register of a company",
    "export of a company",
    "all companies",
    "merging companies",
];

fn observed(page: &Page) -> Expected {
    match page.status {
        404 => Expected::Hidden,
        403 => Expected::Refused,
        200 | 204 | 303 | 409 | 422 => Expected::Allowed,
        other => panic!("{} answered {other}: {}", page.path, page.text()),
    }
}

async fn ask(app: &TestApp, browser: &Browser<'_>, door: &Door, slug: &str, exists: bool) -> Page {
    let path = door.path.replace("{}", slug);
    let mut headers = vec![("sec-fetch-site", "same-origin")];
    let body = match door.body {
        Body::None => None,
        Body::Form(fields) => return browser.post_only(&path, fields).await,
        Body::Json(json) => Some(("application/json", json.as_bytes().to_vec())),
    };
    let version = if exists && body.is_some() { app.row(slug).version } else { 1 };
    let tag = format!("\"{version}\"");
    if body.is_some() {
        headers.push(("if-match", &tag));
    }
    browser.request(door.method.clone(), &path, &headers, body).await
}

/// A reference of the same shape that nobody ever got.
fn never(slug: &str) -> String {
    if slug.contains("-2026-") { format!("{}-2026-999999", &slug[..3]) } else { "AAAAAAAAAAAAAAAAAAAAAA".into() }
}

/// Status, headers and words of an answer.
type Said = (u16, Vec<(String, String)>, String);

/// Runs every cell of some declarations; gives the number of cells and the deviations, in words.
async fn run(app: &TestApp, oracle: &Oracle, recipes: &[Recipe], doors: &[Door]) -> (usize, Vec<String>) {
    let cases: Vec<Case> = recipes.iter().map(|recipe| (recipe.make)(app)).collect();
    let (mut cells, mut deviations) = (0, Vec::new());
    let (nordik, boreal) = (app.company(NORDIK.1).to_string(), app.company(BOREAL.1).to_string());
    // Lists first: the doors that change something leave more declarations behind.
    for (reader, roles) in ROLES {
        let browser = app.as_(reader);
        for list in LISTS {
            let path = list.path.replace("{nordik}", &nordik).replace("{boreal}", &boreal);
            let page = browser.request(Method::GET, &path, &[("sec-fetch-site", "same-origin")], None).await;
            let opens = oracle.opens(list.route, Some(roles));
            if opens != (page.status == 200) {
                deviations.push(format!("{reader} {}: {} though the table says {opens}", list.name, page.status));
            }
            for case in &cases {
                cells += 1;
                let readable = oracle.expected(case, reader, roles, "summarise") == Expected::Allowed;
                let seen = page.html.contains(&case.slug);
                // Somebody who reads masked files, or summaries, does not search among their words.
                let whole = oracle.expected(case, reader, roles, "read") == Expected::Allowed;
                let unsearched = list.name.trim_start_matches("API, ").starts_with("search")
                    && (!whole || roles.contains(&"auditor"));
                let wanted = opens
                    && readable
                    && !unsearched
                    && (list.shows)(case, reader)
                    && case.listed_for(reader, list.name.trim_start_matches("API, "));
                if seen && !readable {
                    deviations.push(format!("{reader} sees {} in {}", case.label, list.name));
                }
                if seen && case.sealed() && SHOWS_NO_SEALED.contains(&list.name) {
                    deviations.push(format!("{reader} sees the sealed {} in {}", case.label, list.name));
                }
                if wanted && !seen {
                    deviations.push(format!("{reader} misses {} in {}", case.label, list.name));
                }
            }
        }
    }
    for (reader, roles) in ROLES {
        let browser = app.as_(reader);
        // What each door says of something that never was.
        let mut nothing: BTreeMap<(&str, String), Said> = BTreeMap::new();
        for (case, recipe) in cases.iter().zip(recipes) {
            for door in doors {
                cells += 1;
                let expected = oracle.expected(case, reader, roles, door.action);
                let own_case;
                let case = if expected == Expected::Allowed && door.changes.contains(&case.state) {
                    own_case = (recipe.make)(app);
                    &own_case
                } else {
                    case
                };
                let page = ask(app, &browser, door, &case.slug, true).await;
                let found = observed(&page);
                if found != expected {
                    deviations.push(format!(
                        "{reader}, {}, {}: {found:?} ({}) instead of {expected:?}",
                        case.label, door.name, page.status
                    ));
                }
                if found == Expected::Hidden {
                    let fake = never(&case.slug);
                    let place = (door.name, fake.clone());
                    if !nothing.contains_key(&place) {
                        nothing.insert(place.clone(), ask(app, &browser, door, &fake, false).await.without_nonce());
                    }
                    let (status, headers, html) = page.without_nonce();
                    if (status, headers, html.replace(&case.slug, &fake)) != nothing[&place] {
                        deviations.push(format!("{reader}, {}, {}: not the answer to nothing", case.label, door.name));
                    }
                }
            }
        }
    }
    (cells, deviations)
}

/// One kind of each sort: decided in the line, told in confidence, of an office. Every door of theirs is tried.
const KINDS_WITH_EVERY_DOOR: [&str; 3] = ["gift_declaration", "concern_report", "rarc_notice"];

/// The doors of a kind. Behind a door stands the same code whatever the kind, so for the others one door of each action
/// is enough; and on the second engine the same code over the same rows, so there it is one step less.
fn doors_of(kind: &str, is_second_engine: bool) -> Vec<Door> {
    match (KINDS_WITH_EVERY_DOOR.contains(&kind), is_second_engine) {
        (true, false) => doors(),
        (false, true) => Vec::new(),
        _ => {
            let mut actions = std::collections::BTreeSet::new();
            doors().into_iter().filter(|door| actions.insert(door.action)).collect()
        }
    }
}

async fn whole(kind: &'static str) {
    whole_of(kind, VARIANTS, 2_000).await;
}

async fn whole_of(kind: &'static str, variants: &[Variant], least: usize) {
    let oracle = Oracle::read();
    let (mut cells, mut wanted) = (0, least);
    let mut book = None;
    for variant in variants {
        let recipes = (variant.recipes)(kind);
        if recipes.is_empty() {
            continue;
        }
        // Its rules are read once.
        let app = match &book {
            None => TestApp::with(|config| config.continuity.respondents = true).await,
            Some(book) => TestApp::with_book(book).await,
        };
        book.get_or_insert_with(|| Arc::clone(&app.app.book));
        name_readers(&app);
        // Lists are other SQL on the second engine, and run for every kind.
        let doors = doors_of(kind, app.app.db.is_postgres());
        if doors.is_empty() {
            wanted = least / 4;
        }
        let (more, deviations) = run(&app, &oracle, &recipes, &doors).await;
        assert!(deviations.is_empty(), "{kind}, {}: {deviations:#?}", variant.name);
        cells += more;
    }
    println!("access matrix, {kind}: {cells} cells, 0 deviations");
    assert!(cells > wanted, "{kind}: only {cells} cells ran");
}

/// Z01: Each action has a door in every kind on the first engine, or nothing would try it there.
#[test]
fn no_action_is_without_a_door_of_each_kind() {
    let all: std::collections::BTreeSet<_> = doors().iter().map(|door| door.action).collect();
    for kind in ["event_request", "gift_declaration"] {
        let tried: std::collections::BTreeSet<_> = doors_of(kind, false).iter().map(|door| door.action).collect();
        assert_eq!(tried, all, "{kind}");
    }
    assert!(doors_of("gift_declaration", false).len() > 40);
}

/// Z01, Z05: like a reference that nobody ever got, byte for byte, to whoever may not know of it.
#[actix_web::test]
async fn every_cell_of_gifts() {
    whole("gift_declaration").await;
}

/// Z01, Z05
#[actix_web::test]
async fn every_cell_of_relations() {
    whole("business_relation").await;
}

/// Z01, Z05
#[actix_web::test]
async fn every_cell_of_events() {
    whole("event_request").await;
}

/// Z01, Z05
#[actix_web::test]
async fn every_cell_of_interests() {
    whole("interest_declaration").await;
}

/// Z01, Z05
#[actix_web::test]
async fn every_cell_of_requests_for_advice() {
    whole_of("advice_request", SEALED, 1_000).await;
}

/// Z01, Z05
#[actix_web::test]
async fn every_cell_of_voluntary_declarations() {
    whole_of("voluntary_declaration", SEALED, 1_000).await;
}

/// Z01, Z05
#[actix_web::test]
async fn every_cell_of_concerns() {
    whole_of("concern_report", SEALED, 2_000).await;
}

/// Z01, Z05
#[actix_web::test]
async fn every_cell_of_notices() {
    whole_of("rarc_notice", NOTICES, 1_000).await;
}

/// Z01: The twin: one cell of the table is flipped, in the product only, and the matrix says which.
#[actix_web::test]
async fn one_cell_flipped_in_the_table_is_found() {
    let text = oracle::TABLE;
    for (variant, from, to) in [
        (0, "may = [\"read\", \"close\"]", "may = [\"read\"]"),
        (0, "who = \"auditor\"\nmay = [\"read\"]", "who = \"auditor\"\nmay = [\"read\", \"close\"]"),
        (1, "who = \"past_decider\"\nmay = [\"read\"]", "who = \"past_decider\"\nmay = [\"read\", \"close\"]"),
        (0, "\"opine\", \"reassign\", \"close\"", "\"opine\", \"reassign\", \"close\", \"decide\""),
        (0, "who = \"respondent\"\nmay = [\"read\"]", "who = \"respondent\"\nmay = [\"read\", \"close\"]"),
        (0, "who = \"executive\"\nmay = [\"count\"]", "who = \"executive\"\nmay = [\"count\", \"read\"]"),
        (0, "[pages]", "[[declaration]]\nwho = \"cio\"\nmay = [\"read\"]\nkinds = [\"gift_declaration\"]\n\n[pages]"),
    ] {
        assert!(text.contains(from), "the table changed: {from}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("access.toml");
        std::fs::write(&file, text.replace(from, to)).unwrap();
        let app = TestApp::with(|config| {
            config.files.access = file.display().to_string();
            config.continuity.respondents = true;
        })
        .await;
        name_readers(&app);
        let mut recipes = (VARIANTS[variant].recipes)("gift_declaration");
        // One file on its desk and one decided are enough to see it.
        recipes.retain(|recipe| [State::Submitted, State::Decided].contains(&recipe.state));
        let (_, deviations) = run(&app, &Oracle::read(), &recipes, &doors()).await;
        assert!(!deviations.is_empty(), "{from} → {to} went unseen");
    }
}

/// Z01: The pure function, against the same reading of the table, for every combination of places.
#[test]
fn every_combination_of_places_roles_and_states_says_what_the_table_says() {
    use probite::access::actor::Channel;
    use probite::access::{AccessTable, Action, Actor, Target, Verdict, may};
    use probite::declarations::kind::Office;

    let oracle = Oracle::read();
    let table = AccessTable::parse(oracle::TABLE).unwrap();
    let mut role_sets: Vec<Vec<Role>> = vec![Vec::new(), Role::ALL.to_vec()];
    role_sets.extend(Role::ALL.iter().map(|role| vec![*role]));
    role_sets.push(vec![Role::EthicsOfficer, Role::SystemAdmin]);
    let offices = [None, Some(Office::Supervisor), Some(Office::EthicsOfficer), Some(Office::SecretaryGeneral)];
    let (me, other) = (7_i64, 8_i64);
    let actions: Vec<(Action, String)> = Action::ALL.into_iter().map(|action| (action, snake(action))).collect();
    let mut cells = 0_u64;
    for roles in &role_sets {
        let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        let mut actor = Actor {
            person: me,
            number: "1".into(),
            name: "Moi".into(),
            roles: roles.clone(),
            language: probite::text::Language::Fr,
            site: String::new(),
            regime: String::new(),
            position: String::new(),
            leads: false,
            holds: false,
            unit: 1,
            channel: Channel::Page,
            read_only: false,
            proved_at: None,
        };
        for places in 0..128_u8 {
            let place = |bit: u8| places & (1 << bit) != 0;
            for office in offices {
                for barred in [false, true] {
                    for state in State::ALL {
                        for kind in ["gift_declaration", "interest_declaration", "advice_request", "a_kind_to_come"] {
                            let target = Target {
                                kind,
                                state,
                                declarant: if place(0) { me } else { other },
                                holder: match () {
                                    () if place(1) => Some(me),
                                    () if place(4) => None,
                                    () => Some(other),
                                },
                                holder_office: office,
                                supervisor: Some(if place(2) { me } else { other }),
                                decider: Some(if place(3) { me } else { other }),
                                contract_linked: place(5),
                                unit: if place(5) { 1 } else { 2 },
                                barred,
                                emergency: place(6),
                            };
                            for (action, name) in &actions {
                                for read_only in [false, true] {
                                    actor.read_only = read_only;
                                    let expected = oracle.judge(
                                        &oracle::Places {
                                            declarant: place(0),
                                            holder: place(1),
                                            supervisor: place(2),
                                            past_decider: place(3),
                                            office: office.map(Office::as_str),
                                            nobody_here: state.is_pending()
                                                && place(4)
                                                && !place(1)
                                                && office.is_none(),
                                            roles: &names,
                                            contract_linked: place(5),
                                            own_unit: place(5),
                                            barred,
                                            emergency: place(6),
                                            draft: state == State::Draft,
                                            kind,
                                        },
                                        name,
                                        read_only,
                                    );
                                    let found = match may(&table, &actor, *action, &target) {
                                        Verdict::Allowed => Expected::Allowed,
                                        Verdict::Refused => Expected::Refused,
                                        Verdict::Hidden => Expected::Hidden,
                                    };
                                    cells += 1;
                                    assert_eq!(found, expected, "{names:?} {target:?} {action:?} {read_only}");
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    println!("policy: {cells} cells, 0 deviations");
    assert!(cells > 100_000, "{cells}");
}

fn snake(action: probite::access::Action) -> String {
    serde_json::to_value(action).unwrap().as_str().unwrap().to_owned()
}

/// Z02: the first door, every route for everybody and for a stranger.
#[actix_web::test]
async fn every_route_opens_for_the_roles_of_the_table_and_for_nobody_else() {
    let oracle = Oracle::read();
    let app = ministry().await;
    let mut cells = 0;
    let mut people: Vec<(Option<&str>, &[&str])> = ROLES.iter().map(|(name, roles)| (Some(*name), *roles)).collect();
    people.push((None, &[]));
    for (name, roles) in people {
        for route in oracle.routes() {
            let (method, pattern) = route.split_once(' ').unwrap();
            if ["POST /connexion", "POST /connexion/code", "POST /connexion/cle", "POST /deconnexion"]
                .contains(&route.as_str())
            {
                continue;
            }
            let browser = name.map_or_else(|| app.stranger(), |name| app.as_(name));
            let path = filled(pattern);
            let named = Method::from_bytes(method.as_bytes()).unwrap();
            let methods = if named == Method::GET { vec![Method::GET, Method::HEAD] } else { vec![named] };
            for method in methods {
                cells += 1;
                let headers = [("sec-fetch-site", "same-origin")];
                let body = (method == Method::POST).then(|| ("application/x-www-form-urlencoded", Vec::new()));
                let page = browser.request(method.clone(), &path, &headers, body).await;
                if oracle.is_demo(&route) {
                    assert_eq!(page.status, 404, "{name:?} {method} {path}: this is no demonstration");
                    continue;
                }
                let asked_to_sign_in =
                    page.location().is_some_and(|to| to.starts_with("/connexion")) || page.status == 401;
                match (oracle.opens(&route, name.map(|_| roles)), name) {
                    (true, _) => {
                        assert!(page.status != 403 && !asked_to_sign_in, "{name:?} {method} {path}: {}", page.status)
                    }
                    (false, Some(_)) => assert_eq!(page.status, 403, "{name:?} {method} {path}"),
                    (false, None) => assert!(asked_to_sign_in, "{method} {path}: {}", page.status),
                }
                assert!(page.status < 500, "{name:?} {method} {path}: {}", page.status);
            }
        }
    }
    println!("routes: {cells} cells, 0 deviations");
    assert!(cells > 1_000, "{cells}");
}

/// An address of a pattern: `/d/{slug}` becomes `/d/x`.
fn filled(pattern: &str) -> String {
    let mut path = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        path.push('x');
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    path + rest
}

/// Z02
#[actix_web::test]
async fn a_route_that_is_not_in_the_table_stops_the_start() {
    for (from, to, why) in [
        ("\"GET /registre\" = \"register\"\n", "", "GET /registre is served but not in access.toml"),
        ("[routes]\n", "[routes]\n\"GET /cachette\" = \"open\"\n", "GET /cachette is in access.toml but not served"),
    ] {
        assert!(oracle::TABLE.contains(from), "{from}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("access.toml");
        std::fs::write(&file, oracle::TABLE.replace(from, to)).unwrap();
        let app = TestApp::with(|config| config.files.access = file.display().to_string()).await;
        let refused = probite::web::server::check_routes(&app.app).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
        // Started all the same, the unlisted address is closed.
        assert_eq!(
            app.as_("aline").open("/registre").await.status == 200,
            from != "\"GET /registre\" = \"register\"\n"
        );
    }
    assert!(probite::web::server::check_routes(&TestApp::new().await.app).is_ok());
}

/// Z02: other ways of writing an address reach nothing that the address itself would not.
#[actix_web::test]
async fn no_other_spelling_of_an_address_opens_a_page() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", crate::support::answers::interest());
    let (olivier, rosalie) = (app.as_("olivier"), app.as_("rosalie"));
    let mut cells = 0;
    for base in
        [format!("/d/{reference}"), "/registre".to_owned(), "/registre/export.csv".to_owned(), "/courriels".to_owned()]
    {
        let tail = base.trim_start_matches('/');
        let spellings = [
            format!("//{tail}"),
            format!("/./{tail}"),
            format!("/aide/../{tail}"),
            format!("/{}", tail.replace('/', "//")),
            format!("/{}", tail.replace('/', "%2f")),
            format!("/%2e/{tail}"),
            format!("/aide/%2e%2e/{tail}"),
            format!("{base}/"),
            format!("{base}/."),
            format!("{base}%2f"),
            format!("{base};x=1"),
            format!("{base}%00"),
            format!("{base}%20"),
            format!("/{}", tail.to_uppercase()),
            format!("{base}.html"),
            format!("/assets/../{tail}"),
            format!("/assets/%2e%2e/{tail}"),
            format!("/assets/..%2f{tail}"),
            // A letter written as its number is another address, which the doors that look at addresses would not know.
            format!("/%{:02X}{}", tail.as_bytes()[0], &tail[1..]),
            format!("/%{:02x}{}", tail.as_bytes()[0], &tail[1..]),
            format!("{}%{:02X}", &base[..base.len() - 1], base.as_bytes()[base.len() - 1]),
        ];
        for path in spellings {
            for method in [Method::GET, Method::HEAD] {
                cells += 1;
                let page = olivier.request(method, &path, &[], None).await;
                assert!([400, 403, 404].contains(&page.status), "{path}: {}", page.status);
                assert!(!page.html.contains("Camille"), "{path}");
            }
            // Nor for somebody who may read it: one address, one page.
            let page = rosalie.request(Method::GET, &path, &[], None).await;
            assert!([400, 403, 404].contains(&page.status), "rosalie {path}: {}", page.status);
        }
        for method in ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get", "OPTIONS"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let page = rosalie.request(method.clone(), &base, &[("sec-fetch-site", "same-origin")], None).await;
            assert!(page.status >= 400, "{method} {base}: {}", page.status);
        }
    }
    // Method override is nobody's business here.
    for header in ["x-http-method-override", "x-method-override", "x-http-method"] {
        let headers = [(header, "POST"), ("sec-fetch-site", "same-origin")];
        let path = format!("/d/{reference}/decision?_method=POST&outcome=no_conflict");
        let page = rosalie.request(Method::GET, &path, &headers, None).await;
        assert!([404, 405].contains(&page.status), "{header}: {}", page.status);
    }
    assert_eq!(app.state(&reference), State::Submitted);
    assert!(cells > 100);
}

/// Z04: whoever is gone, disabled or signed out is nobody.
#[actix_web::test]
async fn somebody_gone_or_disabled_is_nobody_at_once() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let path = format!("/d/{reference}");
    app.gives_password("rosalie", "une phrase facile à retenir");
    let rosalie = app.as_("rosalie");
    assert_eq!(rosalie.open(&path).await.status, 200);
    app.suspends("rosalie");
    assert_eq!(rosalie.open(&path).await.h1(), "Connexion", "her open session too");

    let denis = app.as_("denis");
    assert_eq!(denis.open("/a-traiter").await.status, 200);
    app.leaves("denis", app.clock.today());
    assert_eq!(denis.open("/a-traiter").await.status, 200, "the last day");
    app.clock.advance(chrono::TimeDelta::hours(14));
    app.leaves("denis", chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap());
    assert_eq!(app.as_("denis").open("/a-traiter").await.h1(), "Connexion");

    let theo = app.as_("theo");
    let home = theo.open("/").await;
    assert!(home.html.contains("/deconnexion"));
    let secret = theo.cookie("__Host-session").unwrap();
    theo.post("/deconnexion", &[]).await;
    theo.set_cookie("__Host-session", &secret);
    assert_eq!(theo.open("/").await.h1(), "Connexion", "a copy of the cookie opens nothing");
}

/// Joins a file, without a form.
fn join(app: &TestApp, slug: &str, measure: Option<i64>) -> String {
    use probite::attachments::{scan::Scan, store};
    let folder = std::path::PathBuf::from(&app.app.book.config.uploads.directory);
    let sha256 = store::put(&folder, slug.as_bytes()).unwrap();
    let (declaration, by) = (app.row(slug).id, app.id("camille"));
    let file = store::Kept {
        field: "attachments".into(),
        name: "facture.pdf".into(),
        media_type: "application/pdf",
        size: 1,
        sha256,
        scan: Scan::Unscanned,
        key: None,
    };
    let id = app.write(move |tx| store::insert(tx, declaration, measure, by, &file));
    format!("/pieces/{id}")
}

/// Z01, Z05: A file joined opens for whoever may read the declaration, in every state, and for nobody else.
#[actix_web::test]
async fn a_file_joined_opens_for_whoever_may_read_the_declaration() {
    let app = ministry().await;
    let oracle = Oracle::read();
    let (mut seen, mut wrong) = (BTreeMap::new(), Vec::new());
    for variant in VARIANTS.iter().filter(|variant| variant.name.contains("ordinary") || variant.name.contains("names"))
    {
        for recipe in (variant.recipes)("business_relation") {
            let case = (recipe.make)(&app);
            let file = join(&app, &case.slug, None);
            for (reader, roles) in ROLES {
                let expected = match oracle.expected(&case, reader, roles, "read") {
                    Expected::Allowed => 200,
                    Expected::Refused => 403,
                    Expected::Hidden => 404,
                };
                let status = app.as_(reader).open(&file).await.status;
                *seen.entry(status).or_insert(0) += 1;
                if status != expected {
                    wrong.push(format!("{}: {reader} {status}, not {expected}", case.label));
                }
            }
            let stranger = app.stranger().request(Method::GET, &file, &[], None).await;
            assert_ne!(stranger.status, 200, "{}", case.label);
        }
    }
    println!("{seen:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen[&200] > 50 && seen[&404] > 50, "{seen:?}");
}

/// Z01, Z05: The proof of a measure opens for whoever may read the measure: its owner too, who may not read the declaration.
#[actix_web::test]
async fn the_proof_of_a_measure_opens_for_whoever_may_read_the_measure() {
    let app = ministry().await;
    let reference = app.files("camille", "business_relation", crate::support::answers::relation());
    let wished = probite::measures::wishes::Wish {
        owner: app.number("theo"),
        ..crate::support::measures::wish("Reprendre le lot 2")
    };
    let measure = app.asks_for("rosalie", &reference, "measures", vec![wished])[0].id;
    // The files are put in the tables, and no event says so.
    app.is_altered();
    let (proof, joined) = (join(&app, &reference, Some(measure)), join(&app, &reference, None));
    let mut seen = BTreeMap::new();
    for (reader, _) in ROLES {
        let browser = app.as_(reader);
        let (page, status) =
            (browser.open(&format!("/mesures/{measure}")).await.status, browser.open(&proof).await.status);
        assert_eq!(status, page, "{reader}");
        seen.insert(*reader, status);
    }
    for (reader, status) in
        [("camille", 200), ("rosalie", 200), ("theo", 200), ("aline", 200), ("olivier", 404), ("serge", 404)]
    {
        assert_eq!(seen[reader], status, "{reader}: {seen:?}");
    }
    assert_eq!(app.as_("theo").open(&joined).await.status, 404, "the twin: another file of the same declaration");
}
