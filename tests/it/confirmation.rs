//! Proving again who one is, and signing in with a code.

use actix_web::http::Method;
use chrono::TimeDelta;
use probite::access::Role;
use probite::people::{self, sessions, sessions::Factor};
use probite::sealing::keyring::MasterKey;
use probite::sealing::rotation;
use totp_rs::{Builder, Secret};

use crate::support::authenticator::Authenticator;
use crate::support::browser::{Browser, Form, Page};
use crate::support::{TestApp, answers, say};

const PASSWORD: &str = "une phrase facile à retenir";

/// The decision of the form of a page, with words enough.
fn decision(page: &Page, outcome: &str) -> Form {
    page.form("/decision").with("outcome", outcome).with("reason", "Les mesures prévues suffisent.")
}

/// N10
#[actix_web::test]
async fn a_conflict_is_not_decided_from_a_session_left_open_on_a_desk() {
    let app = TestApp::new().await;
    app.gives_password("rosalie", PASSWORD);
    let conflict = app.files("camille", "interest_declaration", answers::interest());
    let gift = app.files_gift("camille");
    let rosalie = app.as_("rosalie");
    let page = rosalie.open(&format!("/d/{conflict}")).await;
    let simple = rosalie.open(&format!("/d/{gift}")).await;
    app.clock.advance(TimeDelta::minutes(5));

    // Five minutes to the second is too old; what was written is kept.
    let asked = rosalie.send(&decision(&page, "no_conflict")).await;
    assert_eq!(asked.status, 401);
    assert_eq!(asked.h1(), say("confirm-title"));
    assert_eq!(app.decisions(&conflict), 0);
    let wrong = rosalie.send(&asked.form("/confirmer").with("password", "autre chose que cela")).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.errors(), [say("error-confirm-password")]);
    assert_eq!(app.decisions(&conflict), 0);
    let right = rosalie.send(&wrong.form("/confirmer").with("password", PASSWORD)).await;
    assert!(right.says(&say("resume-confirmed")), "{}", right.text());
    assert_eq!(app.decisions(&conflict), 0, "nothing leaves without a click");
    rosalie.send(&right.form("/decision")).await;
    assert_eq!(app.decisions(&conflict), 1);
    assert!(app.journal_text(&conflict).contains("Les mesures prévues suffisent."));

    // An ordinary gift is decided whatever the age of the session.
    app.clock.advance(TimeDelta::minutes(20));
    rosalie.send(&simple.form("/decision").with("outcome", "accept")).await;
    assert_eq!(app.decisions(&gift), 1);
}

/// N10
#[actix_web::test]
async fn what_was_told_in_confidence_does_not_open_in_an_old_session() {
    let app = TestApp::new().await;
    app.gives_password("aline", PASSWORD);
    let advice = app.files("camille", "advice_request", answers::advice());
    let gift = app.files_gift("camille");
    let aline = app.as_("aline");
    for _ in 0..3 {
        app.clock.advance(TimeDelta::minutes(20));
        assert_eq!(aline.open(&format!("/d/{gift}")).await.status, 200, "she is at work");
    }
    let before = app.access_log().len();
    let asked = aline.open(&format!("/d/{advice}")).await;
    assert_eq!(asked.h1(), say("confirm-title"));
    // Whether the file exists or not, the question is the same.
    let nothing = aline.open("/d/AVI-2026-999999").await;
    assert_eq!(nothing.h1(), say("confirm-title"));
    assert_eq!(app.access_log().len(), before, "nothing was read");
    let opened = aline.send(&asked.form("/confirmer").with("password", PASSWORD)).await;
    assert!(opened.path.ends_with(&advice) && opened.says("Chronologie"), "{}", opened.text());
    assert_eq!(aline.open(&format!("/d/{advice}")).await.status, 200);
    // A program proves who it is at each request; a stranger is asked to sign in.
    assert!(app.stranger().open(&format!("/d/{advice}")).await.path.starts_with("/connexion"));
}

/// N10, N16: a program does in somebody's name, of what matters most, only what they could do themselves at that moment: a token that
/// was stolen, or made by the operator, opens nothing that was told in confidence and decides no conflict.
#[actix_web::test]
async fn a_token_opens_what_was_told_in_confidence_while_its_owner_is_there() {
    let app = codes_for_ethics().await;
    let advice = app.files("camille", "advice_request", answers::advice());
    let conflict = app.files("camille", "interest_declaration", answers::interest());
    let gift = app.files_gift("camille");
    let token_of = |name: &str| {
        let person = app.id(name);
        app.write(move |tx| sessions::create_token(tx, None, person, "outil", "write", 30))
    };
    let opens = |name: &str, factor: Factor| {
        let person = app.id(name);
        app.write(move |tx| {
            let person = people::store::find(tx, person)?;
            sessions::open(tx, &person, factor)
        })
    };
    let asks = async |token: &str, method: Method, path: &str, body: Option<&str>| {
        let bearer = format!("Bearer {token}");
        let version = format!("\"{}\"", app.row(&conflict).version);
        let headers = [("authorization", bearer.as_str()), ("if-match", version.as_str())];
        let body = body.map(|body| ("application/json", body.as_bytes().to_vec()));
        let answer = app.stranger().request(method, path, &headers, body).await;
        let problem: serde_json::Value = serde_json::from_str(&answer.html).unwrap_or_default();
        (answer.status, problem["code"].as_str().unwrap_or_default().to_owned())
    };
    let refused = (403, "not-confirmed".to_owned());

    let (officer, path) = (token_of("aline"), format!("/api/v1/declarations/{advice}"));
    assert_eq!(asks(&officer, Method::GET, &path, None).await, refused);
    assert_eq!(asks(&officer, Method::GET, &format!("{path}/comments"), None).await, refused);
    assert_eq!(
        asks(&officer, Method::GET, &format!("/api/v1/declarations/{gift}"), None).await.0,
        200,
        "an ordinary file"
    );
    opens("aline", Factor::Password);
    assert_eq!(asks(&officer, Method::GET, &path, None).await, refused, "her office asks for a code");
    opens("aline", Factor::Code);
    assert_eq!(asks(&officer, Method::GET, &path, None).await.0, 200);
    app.clock.advance(TimeDelta::minutes(31));
    assert_eq!(asks(&officer, Method::GET, &path, None).await, refused, "her session is over");

    let (supervisor, path) = (token_of("rosalie"), format!("/api/v1/declarations/{conflict}/decision"));
    let decides = r#"{"outcome": "no_conflict", "reason": "Rien ne touche ses fonctions."}"#;
    assert_eq!(asks(&supervisor, Method::POST, &path, Some(decides)).await, refused);
    opens("rosalie", Factor::Password);
    app.clock.advance(TimeDelta::minutes(6));
    assert_eq!(asks(&supervisor, Method::POST, &path, Some(decides)).await, refused, "too long ago");
    assert_eq!(app.decisions(&conflict), 0);
    opens("rosalie", Factor::Password);
    let done = asks(&supervisor, Method::POST, &path, Some(decides)).await;
    assert_eq!((done.0, app.decisions(&conflict)), (200, 1), "{}", done.1);
}

/// N13
#[actix_web::test]
async fn guesses_in_an_open_session_are_slowed_down_as_at_the_door() {
    let app = TestApp::with(|config| config.sign_in.tries_per_account = 3).await;
    app.gives_password("rosalie", PASSWORD);
    let rosalie = app.as_("rosalie");
    let page = rosalie.open("/confirmer").await;
    for _ in 0..3 {
        assert_eq!(rosalie.send(&page.form("/confirmer").with("password", "au hasard")).await.status, 422);
    }
    assert_eq!(rosalie.send(&page.form("/confirmer").with("password", PASSWORD)).await.status, 429);
    // Another session of hers is held up neither by that one nor by strangers at the door.
    for _ in 0..4 {
        app.stranger().post_only("/connexion", &[("email", &email(&app, "rosalie")), ("password", "au hasard")]).await;
    }
    let desk = app.as_("rosalie");
    let page = desk.open("/confirmer").await;
    assert_eq!(desk.send(&page.form("/confirmer").with("password", PASSWORD)).await.status, 200);
}

/// N10: whatever the address, and however it is written, what was told in confidence asks for a proof that is fresh.
#[actix_web::test]
async fn no_other_address_opens_what_was_told_in_confidence_in_an_old_session() {
    let app = TestApp::new().await;
    for name in ["aline", "camille"] {
        app.gives_password(name, PASSWORD);
    }
    let advice = app.files("camille", "advice_request", answers::advice());
    let key = app.row(&advice).key;
    let (aline, camille) = (app.as_("aline"), app.as_("camille"));
    let words = "conférence";
    let addresses = [
        format!("/d/{advice}"),
        format!("/d/{advice}/commentaires"),
        format!("/d/{advice}/comparaison"),
        format!("/conseils/{advice}/rediger"),
        format!("/precedents/rediger?avis={advice}"),
    ];
    assert!(aline.open(&addresses[0]).await.says(words), "the twin: while her proof is fresh");
    for _ in 0..4 {
        app.clock.advance(TimeDelta::minutes(20));
        assert_eq!(aline.open("/registre").await.status, 200, "she is at work");
        assert_eq!(camille.open("/mes-declarations").await.status, 200);
    }
    for address in &addresses {
        let page = aline.open(address).await;
        assert_eq!(page.h1(), say("confirm-title"), "{address}");
        assert!(!page.says(words), "{address}");
    }
    // Written otherwise, it is no address at all.
    for spelled in [advice.replace('-', "%2D"), advice.replace('A', "%41")] {
        for address in [format!("/d/{spelled}"), format!("/api/v1/declarations/{spelled}")] {
            let page = aline.open(&address).await;
            assert!(page.status == 404 && !page.says(words), "{address}: {}", page.status);
        }
    }
    // The key of the draft, by which letters name what was told in confidence, asks all the same, of its author too.
    let page = aline.open(&format!("/d/{key}")).await;
    assert!(page.h1() == say("confirm-title") && !page.says(words), "{}", page.text());
    // That of an ordinary file is its author's: whoever decides has its reference, which says its kind.
    let gift = app.files_gift("camille");
    let key_of_gift = app.row(&gift).key;
    assert_eq!(app.as_("rosalie").open(&format!("/d/{key_of_gift}")).await.status, 404);
    assert_eq!(app.as_("rosalie").open(&format!("/d/{gift}")).await.status, 200, "the twin");
    assert_eq!(camille.open(&format!("/d/{key}")).await.h1(), say("confirm-title"));
    let asked = camille.open(&format!("/d/{key}")).await;
    let opened = camille.send(&asked.form("/confirmer").with("password", PASSWORD)).await;
    assert!(opened.says(words), "{}", opened.text());
}

/// N10, N16: a telephone chosen from a session left open would prove for ever that somebody is who they are not.
#[actix_web::test]
async fn nobody_takes_a_telephone_in_a_session_left_open() {
    let app = TestApp::new().await;
    app.gives_password("rosalie", PASSWORD);
    let rosalie = app.as_("rosalie");
    let page = rosalie.open("/preferences/code").await;
    let telephone = Telephone::of(&page);
    app.clock.advance(TimeDelta::minutes(6));
    // The square that a telephone reads is not shown again, and the code of whoever read it is not taken.
    assert_eq!(rosalie.open("/preferences/code").await.h1(), say("confirm-title"));
    let code = telephone.code(&app);
    let asked = rosalie.send(&page.form("/preferences/code").with("code", &code)).await;
    assert_eq!((asked.status, asked.h1()), (401, say("confirm-title")));
    let id = app.id("rosalie");
    assert!(app.read(|tx| people::second_factor::since(tx, id)).is_none());
    // With her password, it is hers.
    let right = rosalie.send(&asked.form("/confirmer").with("password", PASSWORD)).await;
    let code = telephone.code(&app);
    rosalie.send(&right.form("/preferences/code").with("code", &code)).await;
    assert!(app.read(|tx| people::second_factor::since(tx, id)).is_some());
}

/// N10, N16: Somebody whose office asks for a code, and who took more than five minutes to find their telephone, is asked for the
/// password and goes on.
#[actix_web::test]
async fn whoever_must_choose_a_telephone_and_took_their_time_is_not_turned_in_circles() {
    let app = codes_for_ethics().await;
    let (aline, page) = types_password(&app, "aline").await;
    assert_eq!(page.path, "/preferences/code");
    app.clock.advance(TimeDelta::minutes(6));
    let asked = aline.open("/preferences/code").await;
    assert_eq!(asked.h1(), say("confirm-title"), "{}", asked.path);
    let back = aline.send(&asked.form("/confirmer").with("password", PASSWORD)).await;
    assert_eq!((back.path.as_str(), back.h1()), ("/preferences/code", say("telephone-title")));
}

/// Z14, Z15: whoever runs the machine makes no second ethics officer alone, and changes nobody's access unseen.
#[actix_web::test]
async fn the_command_line_gives_no_second_key_and_is_seen() {
    let app = TestApp::new().await;
    let (theo, camille, today) = (app.number("theo"), app.number("camille"), app.clock.today());
    let grants = |number: &str, role: Role| {
        let number = number.to_owned();
        let until = (role == Role::Auditor).then_some(today);
        app.app.write_here(move |tx| people::shell::grant(tx, &number, role, today, until))
    };
    for role in [Role::EthicsOfficer, Role::SecretaryGeneral, Role::DeputyMinister, Role::Auditor] {
        let refused = grants(&theo, role).unwrap_err();
        assert!(format!("{refused:?}").contains("error-role-two-people"), "{role:?}: {refused:?}");
    }
    // The first of an office comes from there, and administrators at any time: everybody concerned is told.
    app.leaves("audrey", today.pred_opt().unwrap());
    let before = app.letters().len();
    grants(&theo, Role::Auditor).unwrap();
    let told = app.post_since(before);
    for reader in ["theo", "aline"] {
        assert!(told.contains(&format!("role → {reader}")), "{told:?}");
    }
    grants(&camille, Role::SystemAdmin).unwrap();
    // A password of somebody who opens what is sealed is changed in sight of the secretary general; of somebody else, in theirs.
    let shell = |name: &str| {
        let id = app.id(name);
        let before = app.letters().len();
        let person = app.read(|tx| people::store::find(tx, id));
        people::shell::set_password(&app.app, &person, PASSWORD).unwrap();
        app.post_since(before)
    };
    assert_eq!(shell("rosalie"), ["access → rosalie"]);
    let told = shell("aline");
    assert_eq!(told.first().map(String::as_str), Some("access → aline"));
    assert!(told.len() > 1 && told.iter().all(|letter| letter.starts_with("access → ")), "{told:?}");
}

/// The telephone of somebody: what the page of enrolment showed.
struct Telephone(Vec<u8>);

impl Telephone {
    fn of(page: &Page) -> Self {
        let shown: String = page.select_text("main code").join("").split_whitespace().collect();
        Self(Secret::try_from_base32(shown).expect("a key in base 32").as_bytes().to_vec())
    }

    fn code(&self, app: &TestApp) -> String {
        let totp = Builder::new().with_secret(Secret::new(self.0.clone().into_boxed_slice())).build_noncompliant();
        let seconds = u64::try_from(app.clock.now().and_utc().timestamp()).unwrap();
        totp.generate(seconds).to_string()
    }
}

fn email(app: &TestApp, name: &str) -> String {
    let id = app.id(name);
    app.read(|tx| Ok(probite::people::store::find(tx, id)?.email))
}

async fn types_password<'a>(app: &'a TestApp, name: &str) -> (Browser<'a>, Page) {
    let browser = app.stranger();
    let form = browser.open("/connexion").await.form("/connexion").with("email", &email(app, name));
    let page = browser.send(&form.with("password", PASSWORD)).await;
    (browser, page)
}

async fn codes_for_ethics() -> TestApp {
    let app = TestApp::with(|config| {
        config.sign_in.second_factor_for = vec![Role::EthicsOfficer];
        // Stories sign in more often than a person does in a minute.
        config.sign_in.tries_per_account = 100;
    })
    .await;
    for name in ["aline", "camille"] {
        app.gives_password(name, PASSWORD);
    }
    app
}

/// Aline chooses her telephone, as her office asks.
async fn aline_has_a_telephone(app: &TestApp) -> (Browser<'_>, Telephone) {
    let (aline, page) = types_password(app, "aline").await;
    assert_eq!(page.path, "/preferences/code", "her office asks for a code before anything else");
    for path in ["/registre", "/", "/d/AVI-2026-100001", "/preferences"] {
        assert_eq!(aline.open(path).await.path, "/preferences/code", "{path}");
    }
    let telephone = Telephone::of(&page);
    let again = aline.open("/preferences/code").await;
    assert_eq!(Telephone::of(&again).0, telephone.0, "opened twice, it is the same key");
    let wrong = aline.send(&page.form("/preferences/code").with("code", "000000")).await;
    assert_eq!((wrong.status, wrong.errors()), (422, vec![say("error-code")]));
    assert_eq!(aline.open("/registre").await.path, "/preferences/code");
    let done = aline.send(&wrong.form("/preferences/code").with("code", &telephone.code(app))).await;
    assert_eq!(done.path, "/preferences/secours", "the day when the telephone is lost is thought of now");
    assert_eq!(aline.open("/registre").await.status, 200);
    (aline, telephone)
}

/// N16: a code on paper opens once what the lost telephone opened; its owner is told, and new ones replace those of before.
#[actix_web::test]
async fn a_code_on_paper_opens_once_what_the_lost_telephone_opened() {
    let app = codes_for_ethics().await;
    let (aline, telephone) = aline_has_a_telephone(&app).await;
    let none = aline.open("/preferences/secours").await;
    assert!(none.says(&say("recovery-none")), "{}", none.text());
    let made = aline.send(&none.form("/preferences/secours")).await;
    let paper = made.select_text("main code");
    assert_eq!(paper.len(), 10, "{}", made.text());
    let again = aline.open("/preferences/secours").await;
    assert!(again.select_text("main code").is_empty(), "they are shown once");
    assert!(again.says("Il vous reste 10 codes"), "{}", again.text());
    let kept: Vec<String> = app.read(|tx| {
        use diesel::prelude::*;
        use probite::db::schema::recovery_codes;
        Ok(recovery_codes::table.select(recovery_codes::hash).load(tx.conn)?)
    });
    assert!(paper.iter().all(|code| kept.iter().all(|hash| hash.len() == 64 && !hash.contains(&**code))));

    let before = app.letters().len();
    let enters = async |typed: &str| {
        let (browser, page) = types_password(&app, "aline").await;
        let page = browser.send(&page.form("/connexion/code").with("recovery", typed)).await;
        (browser, page)
    };
    let (lost, page) = enters(&paper[0].to_lowercase().replace('-', " ")).await;
    assert_eq!(page.path, "/", "{:?}", page.errors());
    assert_eq!(lost.open("/registre").await.status, 200, "her session is as strong as with the telephone");
    assert_eq!(app.post_since(before), ["spare-code-used → aline"]);
    assert!(app.letters()[before].text.contains('9'), "{}", app.letters()[before].text);
    let (_, twice) = enters(&paper[0]).await;
    assert_eq!((twice.status, twice.errors()), (422, vec![say("error-recovery")]));
    // Nor is the one of somebody else's paper hers.
    let camille = app.id("camille");
    let others = app.write(move |tx| probite::people::recovery::renew(tx, camille));
    let (_, wrong) = enters(&others[0]).await;
    assert_eq!(wrong.errors(), [say("error-recovery")]);

    // Where one proves again who one is, a code on paper stands for the telephone too.
    app.clock.advance(TimeDelta::minutes(20));
    let asked = lost.open("/confirmer").await;
    let form = asked.form("/confirmer").with("password", PASSWORD).with("recovery", &paper[1]);
    assert_eq!(lost.send(&form).await.path, "/");
    let renewed = lost.send(&again.form("/preferences/secours")).await;
    assert_eq!(renewed.select_text("main code").len(), 10);
    let (_, old) = enters(&paper[2]).await;
    assert_eq!(old.errors(), [say("error-recovery")], "those of before open nothing any more");
    // The telephone, found again, still does.
    app.clock.advance(TimeDelta::minutes(1));
    let (found, page) = types_password(&app, "aline").await;
    assert_eq!(found.send(&page.form("/connexion/code").with("code", &telephone.code(&app))).await.path, "/");
    let journal = app.journal_of("recovery_code");
    assert_eq!(
        journal,
        [
            "recovery_codes_made",
            "recovery_code_used",
            "recovery_codes_made",
            "recovery_code_used",
            "recovery_codes_made"
        ]
    );
    // Without a second proof, there is nothing to replace.
    let theo = app.as_("theo");
    let page = theo.open("/preferences/secours").await;
    assert!(page.says(&say("recovery-first")) && !page.has_form("/secours"), "{}", page.text());
    assert_eq!(theo.post("/preferences/secours", &[]).await.status, 409);
}

/// N16
#[actix_web::test]
async fn an_office_of_ethics_signs_in_with_a_code_that_serves_once() {
    let app = codes_for_ethics().await;
    let (aline, telephone) = aline_has_a_telephone(&app).await;
    // Camille holds no office: a password is enough.
    let (camille, page) = types_password(&app, "camille").await;
    assert_eq!(page.path, "/");
    assert_eq!(camille.open("/mes-declarations").await.status, 200);

    let (second, page) = types_password(&app, "aline").await;
    assert_eq!(page.h1(), say("code-title"));
    assert!(second.open("/registre").await.path.starts_with("/connexion"), "a password alone opens nothing");
    let used = second.send(&page.form("/connexion/code").with("code", &telephone.code(&app))).await;
    assert_eq!((used.status, used.errors()), (422, vec![say("error-code")]), "the code of her first session");
    app.clock.advance(TimeDelta::seconds(30));
    let right = second.send(&used.form("/connexion/code").with("code", &telephone.code(&app))).await;
    assert_eq!(right.path, "/");
    assert_eq!(second.open("/registre").await.status, 200);

    // Spaces as a telephone shows them; and not for ever.
    let (third, page) = types_password(&app, "aline").await;
    app.clock.advance(TimeDelta::minutes(5));
    let late = third.send(&page.form("/connexion/code").with("code", &telephone.code(&app))).await;
    assert_eq!(late.path, "/connexion");
    assert_eq!(late.flash(), say("flash-code-late"));
    let (third, page) = types_password(&app, "aline").await;
    app.clock.advance(TimeDelta::seconds(30));
    let spaced = telephone.code(&app);
    let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
    assert_eq!(third.send(&page.form("/connexion/code").with("code", &spaced)).await.path, "/");

    // To prove who she is she gives both.
    app.clock.advance(TimeDelta::minutes(6));
    let asked = aline.open("/registre/export.csv").await;
    assert_eq!(asked.h1(), say("confirm-title"));
    let without = aline.send(&asked.form("/confirmer").with("password", PASSWORD)).await;
    assert_eq!(without.errors(), [say("error-code")]);
    let form = asked.form("/confirmer").with("password", PASSWORD).with("code", &telephone.code(&app));
    assert_eq!(aline.send(&form).await.header("content-type"), Some("text/csv; charset=utf-8"));
}

/// N16
#[actix_web::test]
async fn a_challenge_of_somebody_else_or_made_up_opens_nothing() {
    let app = codes_for_ethics().await;
    let (_, telephone) = aline_has_a_telephone(&app).await;
    app.clock.advance(TimeDelta::seconds(30));
    let stranger = app.stranger();
    for challenge in ["", "enc1:AAAA", "{\"person\":1,\"until\":\"2030-01-01T00:00:00\"}"] {
        let fields = [("challenge", challenge), ("code", &telephone.code(&app))];
        let page = stranger.post("/connexion/code", &fields).await;
        assert_eq!(page.path, "/connexion", "{challenge}");
        assert!(stranger.open("/registre").await.path.starts_with("/connexion"));
    }
}

/// N09, N16
#[actix_web::test]
async fn a_lost_telephone_is_taken_away_by_the_operator_and_its_sessions_end() {
    let app = codes_for_ethics().await;
    let (aline, _) = aline_has_a_telephone(&app).await;
    let number = app.number("aline");
    app.write(move |tx| probite::people::second_factor::remove(tx, None, &number));
    assert!(aline.open("/registre").await.path.starts_with("/connexion"));
    let (_, page) = types_password(&app, "aline").await;
    assert_eq!(page.path, "/preferences/code", "she chooses another");
}

/// A11, N16: The secret is wrapped as the keys of files are: a rotation takes it along.
#[actix_web::test]
async fn the_sealing_key_changes_and_codes_still_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sealing.key");
    let (old, new) = (MasterKey::generate().unwrap(), MasterKey::generate().unwrap());
    std::fs::write(&path, &*old.line()).unwrap();
    let app = TestApp::with(|config| {
        config.sealing.key_file = path.display().to_string();
        config.sign_in.second_factor_for = vec![Role::EthicsOfficer];
    })
    .await;
    app.gives_password("aline", PASSWORD);
    let (_, telephone) = aline_has_a_telephone(&app).await;
    assert_eq!(app.read(rotation::in_use), [(old.id.clone(), 1)]);
    std::fs::write(&path, format!("{}{}", *new.line(), *old.line())).unwrap();
    app.another_process().write_here(|tx| rotation::rewrap(tx, 10)).unwrap();
    assert_eq!(app.read(rotation::in_use), [(new.id.clone(), 1)]);
    app.clock.advance(TimeDelta::seconds(30));
    let (second, page) = types_password(&app, "aline").await;
    second.send(&page.form("/connexion/code").with("code", &telephone.code(&app))).await;
    assert_eq!(second.open("/registre").await.status, 200);
}

/// What the browser is asked on a page, in the form of an address.
fn options(page: &Page, action: &str) -> String {
    let form = format!("form[action=\"{action}\"]");
    page.attribute(&form, "data-options").unwrap_or_else(|| panic!("no passkey is asked for: {}", page.text()))
}

/// A telephone, as the browser of this service reaches it.
fn device(app: &TestApp) -> Authenticator {
    Authenticator::new(&probite::people::passkeys::address(&app.app.book.config))
}

async fn adds(browser: &Browser<'_>, device: &Authenticator, name: &str) -> Page {
    let page = browser.open("/preferences/cles").await;
    let made = device.creates(&options(&page, "/preferences/cles"));
    browser.send(&page.form("/preferences/cles").with("answer", &made).with("name", name)).await
}

/// N16: a passkey stands for the code, after the password and where one proves again who one is.
#[actix_web::test]
async fn a_passkey_is_made_asked_after_the_password_and_taken_away() {
    let app = codes_for_ethics().await;
    let (aline, page) = types_password(&app, "aline").await;
    assert_eq!(page.path, "/preferences/code", "her office asks for a second proof");
    let other = app.as_("aline");
    let mut telephone = device(&app);
    telephone.counter = 1;
    let done = adds(&aline, &telephone, "").await;
    assert_eq!((done.status, done.errors()), (422, vec![say("error-passkey-name")]));
    let done = adds(&aline, &telephone, "Téléphone").await;
    assert!(done.says("Téléphone") && done.flash() == say("flash-passkey"), "{}", done.text());
    assert_eq!(aline.open("/registre").await.status, 200, "her office is content with it");
    assert!(other.open("/registre").await.path.starts_with("/connexion"), "what was opened with less is closed");

    let (again, page) = types_password(&app, "aline").await;
    assert!(!page.has_form("/connexion/code"), "she has no code to give");
    let proof = telephone.proves(&options(&page, "/connexion/cle"));
    let open = again.send(&page.form("/connexion/cle").with("answer", &proof)).await;
    assert_eq!(open.path, "/");
    assert_eq!(again.open("/registre").await.status, 200);
    assert!(again.open("/preferences/cles").await.says("Utilisée la dernière fois"));

    // Later, before what matters most: the key is enough, without the password.
    app.clock.advance(TimeDelta::minutes(20));
    let page = again.open("/registre/export.csv").await;
    assert_eq!(page.path, "/confirmer?retour=%2Fregistre%2Fexport.csv");
    let proof = telephone.proves(&options(&page, "/confirmer/cle"));
    let form = page.form("/confirmer/cle").with("answer", &proof);
    assert_eq!(again.send(&form).await.path, "/registre/export.csv");

    let page = again.open("/preferences/cles").await;
    let removed = again.send(&page.form("/retrait")).await;
    assert_eq!(removed.flash(), say("flash-passkey-removed"));
    let (_, page) = types_password(&app, "aline").await;
    assert_eq!(page.path, "/preferences/code", "nothing is left to prove with");
}

/// N09, N16: no answer serves twice, none of another site, of another person, of a copy, or come too late.
#[actix_web::test]
async fn a_proof_that_is_not_the_one_that_was_asked_opens_nothing() {
    let app = codes_for_ethics().await;
    let (camille, _) = types_password(&app, "camille").await;
    let mut telephone = device(&app);
    telephone.counter = 1;
    adds(&camille, &telephone, "Téléphone").await;
    // Somebody else's, known to the service too.
    let (aline, _) = types_password(&app, "aline").await;
    let mut hers = device(&app);
    adds(&aline, &hers, "Portable").await;

    let (first, page) = types_password(&app, "camille").await;
    let form = page.form("/connexion/cle");
    let refused = async |form: &Form, answer: &str| {
        let page = app.stranger().send(&form.clone().with("answer", answer)).await;
        assert_eq!((page.status, page.errors()), (422, vec![say("error-passkey")]));
        page
    };
    let proof = telephone.proves(&options(&page, "/connexion/cle"));
    assert_eq!(first.send(&form.clone().with("answer", &proof)).await.path, "/");
    let page = refused(&form, &proof).await;
    let form = page.form("/connexion/cle");
    let page = refused(&form, &hers.proves(&options(&page, "/connexion/cle"))).await;
    let form = page.form("/connexion/cle");
    telephone.origin = "https://registre.exemple.invalid".into();
    let page = refused(&form, &telephone.proves(&options(&page, "/connexion/cle"))).await;
    telephone.origin = device(&app).origin;
    // A copy of the device, which did not follow its counter.
    let (form, counter) = (page.form("/connexion/cle"), telephone.counter);
    telephone.counter = 1;
    let page = refused(&form, &telephone.proves(&options(&page, "/connexion/cle"))).await;
    telephone.counter = counter + 1;
    for answer in ["", "{}", "n’importe quoi"] {
        let form = page.form("/connexion/cle");
        refused(&form, answer).await;
    }
    let (late, page) = types_password(&app, "camille").await;
    let proof = telephone.proves(&options(&page, "/connexion/cle"));
    app.clock.advance(TimeDelta::minutes(6));
    let too_late = late.send(&page.form("/connexion/cle").with("answer", &proof)).await;
    assert_eq!(too_late.flash(), say("flash-code-late"));
    // The operator takes away all that proves for somebody whose telephone is lost.
    let number = app.number("camille");
    app.write(move |tx| probite::people::second_factor::remove(tx, None, &number));
    assert_eq!(first.open("/").await.path, "/connexion");
    let (_, page) = types_password(&app, "camille").await;
    assert_eq!(page.path, "/", "a password is enough again");
}

/// N10: what leaves as a file asks for a proof that is fresh, or says here why it does not.
#[test]
fn every_list_that_leaves_as_a_file_asks_for_a_fresh_proof() {
    let table: toml::Table = toml::from_str(include_str!("../../config/access.toml")).unwrap();
    let asked: Vec<&str> = table["confirmed"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["within"].as_str() == Some("act") && line.get("kinds").is_none())
        .flat_map(|line| line["routes"].as_array().unwrap())
        .filter_map(|route| route.as_str())
        .collect();
    let without_names = [
        "/conservation/{id}/certificat.json",   // what was destroyed, by reference
        "/verifications/{number}/feuille.csv",  // who must step aside, without why: the committee waits for it
        "/verifications/{number}/preuve.json",  // hashes
        "/regles/paquet.json",                  // the rules
        "/rapports/audit.preuve.json",          // hashes
        "/personnes/importation/modele.csv",    // an empty form
        "/evenements/{reference}/registre.csv", // companies heard, for the contract file
        "/evenements/{reference}/calendrier.ics",
        "/calendrier/{token}.ics",
        "/api/openapi.json",
    ];
    let files = table["routes"].as_table().unwrap().keys().filter_map(|route| route.strip_prefix("GET "));
    let ends = [".csv", ".xlsx", ".pdf", ".json", ".zip", ".ics"];
    let mut seen = 0;
    for file in files.filter(|file| ends.iter().any(|end| file.ends_with(end))) {
        seen += 1;
        let is_asked = asked.contains(&format!("GET {file}").as_str());
        assert_ne!(is_asked, without_names.contains(&file), "{file}");
    }
    assert!(seen > 15, "{seen}");
}
