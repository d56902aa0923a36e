//! The pages of people, through the gate.

use std::future::Future;
use std::pin::Pin;

use actix_web::body::BoxBody;
use actix_web::cookie::Cookie;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::from_fn;
use actix_web::test::{self, TestRequest};
use actix_web::{App as ActixApp, web};

use super::{directory, roles, sessions, store};
use crate::access::Role;
use crate::app::App;
use crate::clock::{Clock, Instant};
use crate::config::Config;
use crate::error::Result;
use crate::web::gate::{SESSION_COOKIE, gate};
use crate::web::limits::Limits;
use crate::web::routes;

const HEADER: &str = "numero;prenom;nom;courriel;titre;unite;site;superieur;regime;fonction_cadre;langue;debut;fin";

fn line(number: &str, name: &str, supervisor: &str) -> String {
    format!("{number};Ana;{name};p{number}@exemple.test;Analyste;M > D;;{supervisor};fonctionnaire;;;2020-01-06;\n")
}

fn file() -> String {
    [HEADER, "\n", &line("1", "Première", ""), &line("2", "Deuxième", "1"), &line("3", "Éthique", "1")].concat()
}

/// 1 administers, 3 is responsible for ethics.
fn ministry() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str| folder.path().join(name).display().to_string().into();
    let settings = [
        ("database.url", inside("test.db")),
        ("uploads.directory", inside("files")),
        ("database.allow_unsafe_settings", true.into()),
    ];
    let clock = Clock::at("2026-11-23T14:00:00".parse::<Instant>().unwrap());
    let app = App::build(Config::load(None, &[], &settings).unwrap(), clock).unwrap();
    app.write_here(|tx| {
        let bytes = file().into_bytes();
        let seen = directory::preview(tx, None, &bytes)?;
        directory::import(tx, None, "rh.csv", &bytes, &seen.seal)?;
        let today = tx.today();
        roles::grant_to(tx, None, "1", Role::SystemAdmin, today, None)?;
        roles::grant_to(tx, None, "3", Role::EthicsOfficer, today, None)
    })
    .unwrap();
    (app, folder)
}

fn signed_in(app: &App, number: &'static str) -> String {
    app.write_here(move |tx| {
        let person = store::find_by_number(tx, number)?.unwrap();
        sessions::open(tx, &person, sessions::Factor::Password)
    })
    .unwrap()
}

struct Answer {
    status: StatusCode,
    location: String,
    text: String,
}

type Reply = Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>;

struct Visitor {
    service: Box<dyn Fn(TestRequest) -> Reply>,
    secret: String,
}

/// `R` is the request type of actix, which has no name here.
fn boxed<S, R>(service: S, made: fn(TestRequest) -> R) -> Box<dyn Fn(TestRequest) -> Reply>
where
    S: Service<R, Response = ServiceResponse<BoxBody>, Error = actix_web::Error> + 'static,
    R: 'static,
{
    Box::new(move |request| {
        let answer = service.call(made(request));
        Box::pin(async move { answer.await.unwrap() })
    })
}

async fn visitor(app: &App, number: &'static str) -> Visitor {
    let limits = web::Data::new(Limits::new(&app.book.config));
    let service = test::init_service(
        ActixApp::new()
            .app_data(web::Data::new(app.clone()))
            .app_data(limits)
            .wrap(from_fn(gate))
            .configure(routes::configure),
    )
    .await;
    Visitor { service: boxed(service, TestRequest::to_request), secret: signed_in(app, number) }
}

impl Visitor {
    async fn ask(&self, request: TestRequest) -> Answer {
        let request = request
            .insert_header(("sec-fetch-site", "same-origin"))
            .cookie(Cookie::new(SESSION_COOKIE, self.secret.clone()));
        let response = (self.service)(request).await;
        let location = response.headers().get(header::LOCATION).map_or("", |value| value.to_str().unwrap()).to_owned();
        let status = response.status();
        let text = String::from_utf8(test::read_body(response).await.to_vec()).unwrap();
        Answer { status, location, text: text.replace('\u{a0}', " ") }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(TestRequest::get().uri(path)).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(TestRequest::post().uri(path).set_form(form)).await
    }

    async fn upload(&self, content: &str) -> Answer {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rh.csv\"\r\nContent-Type: text/csv\r\n\r\n\
             {content}\r\n--x--\r\n"
        );
        let request = TestRequest::post()
            .uri("/personnes/importation")
            .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=x"))
            .set_payload(body);
        self.ask(request).await
    }
}

/// Value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[actix_web::test]
async fn people_are_found_by_name_number_and_address() {
    let (app, _folder) = ministry();
    let visitor = visitor(&app, "3").await;
    for query in ["", "?q=deuxieme+ana", "?q=2", "?q=p2%40exemple", "?unite=1", "?unite=2"] {
        let page = visitor.get(&format!("/personnes{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(page.text.contains("Ana Deuxième"), "{query}");
        assert!(!page.text.contains("/personnes/importation"), "the ethics officer does not manage people");
    }
    assert!(visitor.get("/personnes?q=%25").await.text.contains("Ana Deuxième"));
    assert!(visitor.get("/personnes?q=inconnue").await.text.contains("Personne ne correspond"));
    assert!(visitor.get("/personnes?unite=99").await.text.contains("Personne ne correspond"));
    assert_eq!(visitor.get("/personnes/99").await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn who_may_look_and_who_may_manage() {
    let (app, _folder) = ministry();
    let staff = visitor(&app, "2").await;
    assert_eq!(staff.get("/personnes").await.status, StatusCode::FORBIDDEN);
    let officer = visitor(&app, "3").await;
    let page = officer.get("/personnes/2").await;
    assert!(page.text.contains("p2@exemple.test") && !page.text.contains("Accorder"), "facts, no forms");
    for path in ["/personnes/importation", "/personnes/importation/modele.csv"] {
        assert_eq!(officer.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let grant = officer.post("/personnes/2/roles", &[("role", "auditor"), ("since", "2026-11-23")]).await;
    assert_eq!(grant.status, StatusCode::FORBIDDEN);
    let admin = visitor(&app, "1").await;
    assert!(admin.get("/personnes/2").await.text.contains("probite person password 2"));
}

fn asked<'f>(role: &'f str, since: &'f str, until: &'f str) -> [(&'f str, &'f str); 4] {
    [("role", role), ("since", since), ("until", until), ("reason", "Mandat d’audit.")]
}

fn held(tx: &mut crate::app::Tx<'_>) -> Result<Vec<Role>> {
    let person = store::find_by_number(tx, "2")?.unwrap();
    roles::of(tx, person.id)
}

#[actix_web::test]
async fn a_role_is_asked_for_approved_and_ended_with_dates() {
    let (app, _folder) = ministry();
    let admin = visitor(&app, "1").await;
    let grant = |role: &'static str, since: &'static str, until: &'static str| {
        let admin = &admin;
        async move { admin.post("/personnes/2/roles", &asked(role, since, until)).await }
    };
    for (role, since, until, why) in [
        ("", "2026-11-23", "", "Choisissez un rôle."),
        ("staff", "2026-11-23", "", "Ce rôle n’existe pas."),
        ("auditor", "", "", "Inscrivez une date"),
        ("auditor", "2026-13-01", "", "calendrier"),
        ("auditor", "2026-11-23", "", "toujours un dernier jour"),
        ("respondent", "2026-11-23", "", "Ce rôle n’existe pas."),
        ("cio", "2026-11-23", "2026-11-22", "précède"),
    ] {
        let answer = grant(role, since, until).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{role} {since} {until}");
        assert!(answer.text.contains(why), "{why}");
    }
    let own = admin.post("/personnes/1/roles", &[("role", "auditor"), ("since", "2026-11-23")]).await;
    assert!(own.text.contains("Une autre personne doit le faire"));
    let silent = admin
        .post("/personnes/2/roles", &[("role", "cio"), ("since", "2026-11-23"), ("until", ""), ("reason", " ")])
        .await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "whoever approves reads why");
    let request = grant("auditor", "2026-11-23", "2026-12-31").await.location;
    assert_eq!(request, "/actes/1");
    assert_eq!(grant("auditor", "2026-11-23", "2026-12-31").await.location, request, "asked twice, it is one request");
    assert_eq!(app.read_here(held).unwrap(), [], "nothing before a second person");
    let officer = visitor(&app, "3").await;
    assert_eq!(officer.post("/actes/1/approbation", &[]).await.location, request);
    assert_eq!(app.read_here(held).unwrap(), [Role::Auditor]);
    assert!(grant("auditor", "2026-12-01", "2026-12-31").await.text.contains("déjà ce rôle"));
    let end = |last: &'static str| {
        let admin = &admin;
        async move { admin.post("/personnes/2/roles/fin", &[("role", "auditor"), ("last", last)]).await }
    };
    let past = end("2026-11-01").await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(past.text.contains("#last-auditor") && past.text.contains("avant hier"));
    assert_eq!(end("2026-11-22").await.location, "/personnes/2");
    assert_eq!(app.read_here(held).unwrap(), []);
    let own = admin.post("/personnes/1/roles/fin", &[("role", "system_admin"), ("last", "2026-11-22")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn a_file_is_looked_at_then_imported_once() {
    let (app, _folder) = ministry();
    let admin = visitor(&app, "1").await;
    let template = admin.get("/personnes/importation/modele.csv").await;
    assert_eq!(template.text, format!("\u{feff}{HEADER};organisme_attache\r\n"));
    assert!(admin.get("/personnes/importation").await.text.contains("fonction_cadre"));
    let new = file() + &line("4", "Quatrième", "2");
    let page = admin.upload(&new).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Ana Quatrième"));
    let form =
        [("token", hidden(&page.text, "token")), ("seal", hidden(&page.text, "seal")), ("file", "rh.csv".into())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let number = "4";
    let there = || app.read_here(|tx| store::find_by_number(tx, number)).unwrap().is_some();
    assert!(!there(), "a preview changes nothing");
    assert_eq!(admin.post("/personnes/importation/confirmation", &form).await.location, "/personnes/importation");
    assert!(there());
    let report = admin.get("/personnes/importation").await;
    assert!(report.text.contains("Dernières importations") && report.text.contains("Ana Première"));
    let again = admin.post("/personnes/importation/confirmation", &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("L’aperçu a expiré"));
}

#[actix_web::test]
async fn a_file_to_put_right_is_told_line_by_line() {
    let (app, _folder) = ministry();
    let admin = visitor(&app, "1").await;
    let page = admin.upload(&(file() + &line("4", "<b>Quatrième</b>", "99").replace("p4@", "p4"))).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("Personne dans le fichier ne porte ce numéro."), "{}", page.text);
    assert!(page.text.contains("n’est pas reconnue") && !page.text.contains("name=\"seal\""));
    assert!(admin.upload("").await.text.contains("Le fichier est vide"));
    let me = admin.upload(&format!("{HEADER}\n{}", line("3", "Éthique", ""))).await;
    assert!(me.text.contains("l’importation mettrait fin à votre accès"));
}

#[actix_web::test]
async fn a_preview_made_before_another_import_is_shown_again() {
    let (app, _folder) = ministry();
    let admin = visitor(&app, "1").await;
    let page = admin.upload(&(file() + &line("4", "Quatrième", "2"))).await;
    let other = (file() + &line("5", "Cinquième", "2")).into_bytes();
    app.write_here(move |tx| {
        let seen = directory::preview(tx, None, &other)?;
        directory::import(tx, None, "autre.csv", &other, &seen.seal)
    })
    .unwrap();
    let (token, seal) = (hidden(&page.text, "token"), hidden(&page.text, "seal"));
    let again = admin.post("/personnes/importation/confirmation", &[("token", &token), ("seal", &seal)]).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.text.contains("Le répertoire a changé depuis l’aperçu") && again.text.contains("Ana Cinquième"));
}
