//! What strangers, programs and curious people meet at the doors: signing in, headers, addresses, errors, logs.

use actix_web::http::Method;
use probite::clock::Clock;
use probite::people::sessions;

use crate::support::browser::Page;
use crate::support::process::Launcher;
use crate::support::{TestApp, answers, say};

const PASSWORD: &str = "phrase-de-passe-longue-et-connue";

async fn with_passwords(tries: u32) -> TestApp {
    let app = TestApp::with(|config| config.sign_in.tries_per_account = tries).await;
    for name in ["camille", "theo"] {
        app.gives_password(name, PASSWORD);
    }
    app
}

fn email(app: &TestApp, name: &str) -> String {
    let id = app.id(name);
    app.read(|tx| Ok(probite::people::store::find(tx, id)?.email))
}

/// N08: the cookie of a session is bound to this host, unread by scripts, and never one that the visitor came with.
#[actix_web::test]
async fn a_session_is_carried_by_a_cookie_that_only_this_host_gets_back() {
    let app = with_passwords(50).await;
    let stranger = app.stranger();
    stranger.set_cookie(probite::web::gate::SESSION_COOKIE, "chosen-by-somebody-else");
    let fields = [("email", &*email(&app, "camille")), ("password", PASSWORD)];
    let page = stranger.post_only("/connexion", &fields).await;
    let cookies: Vec<&String> = page.headers.iter().filter(|(n, _)| n == "set-cookie").map(|(_, v)| v).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("__Host-")).unwrap_or_else(|| panic!("{cookies:?}"));
    for part in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
        assert!(session.contains(part), "{part} in {session}");
    }
    assert!(!session.contains("Domain="), "{session}");
    assert!(!session.contains("chosen-by-somebody-else"));
    assert_ne!(stranger.cookie(probite::web::gate::SESSION_COOKIE).as_deref(), Some("chosen-by-somebody-else"));
    assert_eq!(stranger.open("/mes-declarations").await.status, 200);
    // Each session has a secret of its own, and the one that ends opens nothing more.
    let before = stranger.cookie(probite::web::gate::SESSION_COOKIE).unwrap();
    stranger.post("/deconnexion", &[]).await;
    let thief = app.stranger();
    thief.set_cookie(probite::web::gate::SESSION_COOKIE, &before);
    assert_eq!(thief.open("/mes-declarations").await.path, "/connexion?retour=%2Fmes-declarations");
}

/// N11: whether an account exists, is disabled or has another password, the answer is the same to the byte.
#[actix_web::test]
async fn a_wrong_password_and_an_account_that_is_not_there_are_answered_alike() {
    let app = with_passwords(50).await;
    app.suspends("theo");
    let plain = |page: &Page, typed: &str| {
        let (status, headers, html) = page.without_nonce();
        (status, headers, html.replace(typed, "TYPED"))
    };
    let mut answers = Vec::new();
    for (who, password) in [
        (email(&app, "camille"), "pas-le-bon-mot-de-passe"),
        (email(&app, "theo"), PASSWORD),
        ("personne@ministere.example".to_owned(), PASSWORD),
        ("pas une adresse".to_owned(), PASSWORD),
        // Longer than any account: it is refused without its password being tried, in the same words.
        (format!("{}@ministere.example", "a".repeat(100_000)), PASSWORD),
    ] {
        let page = app.stranger().post_only("/connexion", &[("email", &who), ("password", password)]).await;
        assert!(page.says(&say("sign-in-refused")), "{who}");
        answers.push((who.clone(), plain(&page, &who)));
    }
    for (who, answer) in &answers {
        assert_eq!(*answer, answers[0].1, "{who}");
    }
    // The twin: the right one is not answered so.
    let right =
        app.stranger().post_only("/connexion", &[("email", &email(&app, "camille")), ("password", PASSWORD)]).await;
    assert_eq!(right.status, 303);
}

/// N13: guesses are slowed down per account, known or not, and the person of another account is not held up.
#[actix_web::test]
async fn guesses_at_an_account_are_slowed_down_and_lock_nobody_else_out() {
    let app = with_passwords(3).await;
    for target in [email(&app, "camille"), "personne@ministere.example".into()] {
        let mut statuses = Vec::new();
        for _ in 0..4 {
            let page = app.stranger().post_only("/connexion", &[("email", &target), ("password", "au hasard")]).await;
            statuses.push(page.status);
            if page.status == 429 {
                let seconds: u64 = page.header("retry-after").unwrap().parse().unwrap();
                assert!((1..=60).contains(&seconds), "{seconds}");
            }
        }
        assert_eq!(statuses, [422, 422, 422, 429], "{target}");
        // The same account written otherwise is the same account.
        let page =
            app.stranger().post_only("/connexion", &[("email", &target.to_uppercase()), ("password", "x")]).await;
        assert_eq!(page.status, 429);
    }
    let theo = app.stranger().post_only("/connexion", &[("email", &email(&app, "theo")), ("password", PASSWORD)]).await;
    assert_eq!(theo.status, 303, "another account goes in");
    // Whoever is signed in already goes on.
    assert_eq!(app.as_("camille").open("/mes-declarations").await.status, 200);
}

/// N13: whoever tries one password after another at somebody's account, from everywhere, keeps them out of nothing.
#[actix_web::test]
async fn whoever_signs_in_from_their_desk_goes_in_while_strangers_guess_at_their_account() {
    let app = TestApp::with(|config| {
        config.sign_in.tries_per_account = 3;
        config.sign_in.tries_per_account_in_all = 5;
        config.sign_in.tries_per_address = 1000;
        config.server.trusted_proxies = vec![[127, 0, 0, 1].into()];
    })
    .await;
    app.gives_password("camille", PASSWORD);
    let email = email(&app, "camille");
    let tries = async |from: &str, password: &str| {
        let body = serde_urlencoded::to_string([("email", email.as_str()), ("password", password)]).unwrap();
        let headers = [("sec-fetch-site", "same-origin"), ("x-forwarded-for", from)];
        let form = Some(("application/x-www-form-urlencoded", body.into_bytes()));
        app.stranger().request(Method::POST, "/connexion", &headers, form).await.status
    };
    assert_eq!(tries("203.0.113.1", PASSWORD).await, 303, "this morning, from her desk");
    let guesses = ["10", "11", "12", "13", "14", "15"];
    let mut statuses = Vec::new();
    for guess in guesses {
        statuses.push(tries(&format!("203.0.113.{guess}"), "au hasard").await);
    }
    assert_eq!(statuses, [422, 422, 422, 422, 429, 429], "all the places together are slowed down");
    assert_eq!(tries("203.0.113.99", PASSWORD).await, 429, "the twin: from where nobody signed in to it");
    assert_eq!(tries("203.0.113.1", PASSWORD).await, 303, "from her desk");
    // Even there, one does not try for ever.
    assert_eq!([tries("203.0.113.1", "x").await, tries("203.0.113.1", "x").await], [422, 429]);
}

/// N19: what a request says of where it comes from counts only when a named proxy says it.
#[actix_web::test]
async fn only_a_named_proxy_says_where_a_request_comes_from() {
    let folder = tempfile::tempdir().unwrap();
    for (trusted, expected) in [(false, 429), (true, 422)] {
        let app = TestApp::with(|config| {
            config.sign_in.tries_per_address = 2;
            config.sign_in.tries_per_account = 1000;
            if trusted {
                config.server.trusted_proxies = vec![[127, 0, 0, 1].into()];
            }
        })
        .await;
        let launcher = Launcher::new(folder.path(), &app.app.book.config);
        let process = launcher.start();
        let mut last = 0;
        for guess in 0..4 {
            let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().new_agent();
            let answer = agent
                .post(format!("{}/connexion", process.base))
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-Forwarded-For", format!("203.0.113.{guess}"))
                .send_form([("email", format!("a{guess}@ministere.example").as_str()), ("password", "au hasard")])
                .unwrap();
            last = answer.status().as_u16();
        }
        assert_eq!(last, expected, "trusted: {trusted}");
    }
}

/// O03, O04, O10: every answer has its headers and no error says what it should not, page, file, API, refusal or nonsense.
#[actix_web::test]
async fn every_answer_has_its_headers_and_no_error_says_too_much() {
    let app = TestApp::new().await;
    let reference = app.files_gift("camille");
    let (camille, aline, stranger) = (app.as_("camille"), app.as_("aline"), app.stranger());
    let mut asked = Vec::new();
    for path in ["/connexion", "/healthz", "/mes-declarations", "/registre", "/n-existe-pas", "/d/CAD-2026-999999"] {
        for who in [&camille, &aline, &stranger] {
            asked.push(who.request(Method::GET, path, &[("accept", "text/html")], None).await);
        }
    }
    asked.push(aline.open("/registre/export.csv").await);
    asked.push(camille.open(&format!("/d/{reference}")).await);
    let nonsense = [
        (Method::POST, "/connexion", "application/json", b"{".to_vec()),
        (Method::POST, "/declarer/gift_declaration", "application/x-www-form-urlencoded", vec![0xff, 0xfe, 0x00]),
        (Method::POST, "/api/v1/declarations", "application/json", b"{\"kind\":1".to_vec()),
        (Method::PUT, "/mes-declarations", "text/plain", Vec::new()),
        (Method::DELETE, "/", "text/plain", Vec::new()),
        (Method::POST, "/d/..%2f..%2fetc%2fpasswd/decision", "application/x-www-form-urlencoded", b"a=1".to_vec()),
        (Method::GET, "/registre?du=2026-99-99&q=%27%20OR%201=1--", "text/plain", Vec::new()),
        (Method::GET, "/d/%F0%9F%92%A5", "text/plain", Vec::new()),
    ];
    for (method, path, media, body) in nonsense {
        let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
        let body = (!body.is_empty()).then_some((media, body));
        let page = camille.request(method.clone(), path, &headers, body).await;
        assert!(page.status < 500, "{method} {path}: {}", page.status);
        asked.push(page);
    }
    for page in &asked {
        let what = format!("{} ({})", page.path, page.status);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(page.header(name), Some(value), "{name} of {what}");
        }
        assert!(page.header("strict-transport-security").is_some_and(|value| value.contains("max-age=")), "{what}");
        assert_eq!(page.header("cache-control"), Some("no-store"), "{what}");
        let policy = page.header("content-security-policy").unwrap_or_else(|| panic!("no policy on {what}"));
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{what}: {policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("unsafe-eval") && !policy.contains('*'),
            "{what}"
        );
        assert_eq!(page.header("server"), None, "{what}");
        for word in ["panicked", "/src/", ".rs:", "SELECT ", "sqlite", "diesel", "postgres", "RUST_BACKTRACE"] {
            assert!(!page.html.contains(word), "{what} says {word}");
        }
    }
    // A nonce serves once.
    let nonce = |page: &Page| page.header("content-security-policy").unwrap().split('\'').nth(3).unwrap().to_owned();
    assert_ne!(nonce(&camille.open("/mes-declarations").await), nonce(&camille.open("/mes-declarations").await));
}

/// O11: signing in leads back to a page of ours, whatever the address says.
#[actix_web::test]
async fn no_address_that_somebody_sends_leads_elsewhere() {
    let app = with_passwords(50).await;
    for wanted in [
        "https://ailleurs.example/",
        "//ailleurs.example",
        "/\\ailleurs.example",
        "\\\\ailleurs.example",
        "/\t/ailleurs.example",
        "javascript:alert(1)",
        " /mes-declarations",
        "/\u{0085}//ailleurs.example",
        "@ailleurs.example",
    ] {
        let fields = [("email", &*email(&app, "camille")), ("password", PASSWORD), ("back_to", wanted)];
        let page = app.stranger().post_only("/connexion", &fields).await;
        let to = page.location().unwrap_or_else(|| panic!("{wanted:?}: {}", page.status));
        assert_eq!(to, "/", "{wanted:?}");
        let toggled =
            app.as_("camille").request(Method::GET, &format!("/langue/en?retour={}", encoded(wanted)), &[], None).await;
        assert_eq!(toggled.location().as_deref(), Some("/"), "{wanted:?}");
    }
    let fields = [("email", &*email(&app, "camille")), ("password", PASSWORD), ("back_to", "/mes-declarations?page=2")];
    let page = app.stranger().post_only("/connexion", &fields).await;
    assert_eq!(page.location().as_deref(), Some("/mes-declarations?page=2"), "the twin");
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Elements and their attributes' names, without the words.
fn skeleton(page: &Page) -> Vec<String> {
    let document = scraper::Html::parse_document(&page.html);
    let elements = document.tree.values().filter_map(|node| node.as_element());
    elements
        .map(|element| format!("{} {:?}", element.name(), element.attrs().map(|(name, _)| name).collect::<Vec<_>>()))
        .collect()
}

/// O01: whatever people typed, a page is made of the same elements as with ordinary words.
#[actix_web::test]
async fn what_people_type_changes_no_element_of_any_page() {
    let app = TestApp::new().await;
    let hostile = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</textarea></td></main><h1>autre</h1>",
        "{{description}} {{{description}}} ${7*7}",
        "<!-- --><![CDATA[ ]]>",
        "&lt;b&gt; &amp;amp; &#x3C;",
        "\u{202e}gpj.exe\u{2066}",
        "javascript:alert(1)",
    ];
    let file = |text: &str| {
        let company = serde_json::json!({ "name": format!("{text} inc."), "no_neq_reason": "Entreprise étrangère" });
        let gift = answers::changed(answers::gift(), serde_json::json!({ "description": text, "company": company }));
        app.files("camille", "gift_declaration", gift)
    };
    let seen = async |reference: &str| {
        let mut pages = Vec::new();
        pages.push(app.as_("camille").open(&format!("/d/{reference}")).await);
        pages.push(app.as_("rosalie").open(&format!("/d/{reference}")).await);
        pages.push(app.as_("aline").open(&format!("/registre?q={reference}")).await);
        pages.push(app.as_("aline").open(&format!("/d/{reference}")).await);
        pages.iter().map(|page| (page.path.replace(reference, "REF"), skeleton(page))).collect::<Vec<_>>()
    };
    let plain = file("Un texte ordinaire");
    app.decides("rosalie", &plain, "accept").unwrap();
    let expected = seen(&plain).await;
    for text in hostile {
        let reference = file(text);
        app.decides("rosalie", &reference, "accept").unwrap();
        for ((path, found), (_, wanted)) in seen(&reference).await.iter().zip(&expected) {
            assert_eq!(found, wanted, "{text:?} on {path}");
        }
    }
}

/// D06: a database that forgets is refused; with the setting that says so, it is accepted.
#[actix_web::test]
async fn a_database_that_could_lose_what_it_acknowledged_stops_the_start() {
    let app = TestApp::new().await;
    let mut config = app.app.book.config.clone();
    let refused = |config: &probite::config::Config| match probite::app::App::build(config.clone(), Clock::system()) {
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    };
    // Tests run on a file system in memory, or on a PostgreSQL that never waits for the disk.
    config.database.allow_unsafe_settings = false;
    let forgets = app.app.db.is_postgres() || config.database.url.starts_with("/dev/shm");
    let why = refused(&config);
    assert_eq!(why.is_some(), forgets, "{why:?}");
    assert!(why.is_none_or(|why| why.contains("peut perdre ce qu’elle a confirmé")));
    config.database.allow_unsafe_settings = true;
    assert_eq!(refused(&config), None);
    // Each unsafe setting of a SQLite file has its sentence.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db").display().to_string();
    let mut conn = probite::db::DbConn::Sqlite(diesel::Connection::establish(&path).unwrap());
    for (pragma, word) in
        [("journal_mode = DELETE", "journal_mode vaut delete"), ("synchronous = NORMAL", "synchronous vaut 1")]
    {
        diesel::connection::SimpleConnection::batch_execute(&mut conn, &format!("PRAGMA {pragma}")).unwrap();
        let said = probite::db::migrate::unsafe_settings(&mut conn, &path).unwrap();
        assert!(said.iter().any(|problem| problem.sentence().to_string().starts_with(word)), "{pragma}: {said:?}");
    }
}

/// S11: at the most talkative level, no log holds what people wrote, a password, a token or a cookie.
#[actix_web::test]
async fn no_log_holds_a_word_of_anybody_nor_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::with(|config| {
        config.log.level = "trace".into();
        config.letters.transport = probite::config::TransportKind::Directory;
        config.letters.directory = folder.path().join("courriels").display().to_string();
    })
    .await;
    app.gives_password("camille", PASSWORD);
    let mut now = app.app.clone();
    now.clock = Clock::system();
    let person = app.id("camille");
    let token = now.write_here(move |tx| sessions::create_token(tx, None, person, "logs", "write", 30)).unwrap();
    let launcher = Launcher::new(folder.path(), &app.app.book.config);
    let process = launcher.start();
    let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().new_agent();
    let words = ["Zibeline-quarante-deux", "Marmotte-cent-un", "Belette-dix-sept"];
    let gift = answers::changed(answers::gift(), serde_json::json!({ "description": words[0] }));
    let filed = serde_json::json!({ "kind": "gift_declaration", "submit": true, "attested": true, "answers": gift });
    let api = |path: &str, body: String| {
        let request = agent.post(format!("{}{path}", process.base)).header("Authorization", format!("Bearer {token}"));
        request.content_type("application/json").send(body).unwrap().status().as_u16()
    };
    assert_eq!(api("/api/v1/declarations", filed.to_string()), 201);
    // What is refused, and what cannot be read.
    assert_eq!(api("/api/v1/declarations", format!("{{\"kind\":\"{}", words[1])), 400);
    assert!(api("/api/v1/declarations/CAD-2026-000001/decision", format!("{{\"outcome\":\"{}\"}}", words[1])) >= 400);
    let enter = |password: &str| {
        let request = agent.post(format!("{}/connexion", process.base)).header("Sec-Fetch-Site", "same-origin");
        request.send_form([("email", email(&app, "camille").as_str()), ("password", password)]).unwrap()
    };
    assert_eq!(enter(words[2]).status().as_u16(), 422);
    let entered = enter(PASSWORD);
    assert_eq!(entered.status().as_u16(), 303);
    let cookie =
        entered.headers().get("set-cookie").unwrap().to_str().unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
    let get = |path: &str| {
        let request = agent.get(format!("{}{path}", process.base)).header("Cookie", format!("__Host-session={cookie}"));
        request.call().unwrap().status().as_u16()
    };
    assert_eq!(get("/d/CAD-2026-000001"), 200, "the session opened it");
    get(&format!("/registre?q={}", words[1]));
    drop(process);
    let log = launcher.log();
    assert!(log.lines().count() > 3 && log.contains("TRACE"), "the log is as talkative as it can be: {log}");
    let address = email(&app, "camille");
    let token = token.as_str();
    for (what, secret) in words.iter().map(|word| ("a word", *word)).chain([
        ("the password", PASSWORD),
        ("the token", token),
        ("the cookie", cookie.as_str()),
        ("an address", address.as_str()),
    ]) {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{what}: {}", line.unwrap_or_default());
    }
}

/// P11: before anything is asked, in both languages, each form says who collects, why, who reads it and what not answering does.
#[actix_web::test]
async fn every_form_says_why_it_collects_before_it_asks_anything() {
    let app = TestApp::new().await;
    for (code, language) in [("fr", probite::text::Language::Fr), ("en", probite::text::Language::En)] {
        for version in app.app.book.catalogue.kinds().iter() {
            // The contract-rules officer alone files notices.
            let who = app.as_(if version.kind.id == "rarc_notice" { "rita" } else { "camille" });
            who.open(&format!("/langue/{code}?retour=/")).await;
            let page = who.open(&format!("/declarer/{}", version.kind.id)).await;
            assert_eq!(page.status, 200, "{}", version.kind.id);
            let organisation = &app.app.book.config.organisation;
            let english = Some(&organisation.name_en).filter(|name| code == "en" && !name.is_empty());
            let name = english.unwrap_or(&organisation.name);
            for words in [version.kind.notice.get(language), name, &organisation.ethics_email] {
                assert!(!words.is_empty() && page.says(words), "{} in {code}: {words}", version.kind.id);
            }
        }
    }
}

/// N11: what everybody tries first, and what whoever knows the person tries, is refused where a password is chosen.
#[actix_web::test]
async fn a_password_that_is_easy_to_guess_is_refused_where_it_is_chosen() {
    use probite::error::Error;
    let app = TestApp::with(|config| config.organisation.name = "Ministère des Chemins de halage".into()).await;
    let id = app.id("camille");
    let camille = app.read(|tx| probite::people::store::find(tx, id));
    let refused = |password: &str| match probite::people::shell::set_password(&app.app, &camille, password) {
        Err(Error::Invalid(wrong)) => wrong[0].message,
        other => panic!("{password}: {other:?}"),
    };
    let own_number = format!("{0}-{0}-camille", camille.number);
    for (password, why) in [
        ("trop court", "error-password-short"),
        ("Bienvenue-Soleil-2026", "error-password-common"),
        ("azertyuiopqsdfghjklm", "error-password-common"),
        ("ministere-des-chemins-de-halage", "error-password-common"),
        ("Camille Gagnon 2026", "error-password-common"),
        (camille.email.as_str(), "error-password-own-name"),
        (own_number.as_str(), "error-password-own-name"),
    ] {
        assert_eq!(refused(password), why, "{password}");
    }
    probite::people::shell::set_password(&app.app, &camille, "trois lanternes au bord du canal").unwrap();
}
