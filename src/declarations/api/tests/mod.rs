//! The API through the whole service: gate, access table, actions, a database of its own.

mod changing;
mod contract;
mod reading;

use std::pin::Pin;
use std::rc::Rc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::from_fn;
use actix_web::test::{self, TestRequest};
use actix_web::{App as ActixApp, web};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::access::Role;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::schema::{persons, units};
use crate::people::{PersonId, roles, sessions};
use crate::web::limits::Limits;
use crate::web::{gate, routes, server};

/// Answers one request.
pub type Served = Box<dyn Fn(TestRequest) -> Pin<Box<dyn Future<Output = ServiceResponse<BoxBody>>>>>;

/// A small ministry: a director, two people who report to her, the ethics officer.
pub struct Rig {
    pub app: App,
    pub declarant: String,
    pub colleague: String,
    pub director: String,
    pub ethics: String,
    pub ids: [PersonId; 4],
    _folder: tempfile::TempDir,
}

impl Rig {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = folder.path().join("probite.db").display().to_string();
        let options = [
            ("database.url", url.into()),
            ("database.allow_unsafe_settings", true.into()),
            ("sealing.key_file", crate::sealing::keyring::of_tests().into()),
        ];
        let config = Config::load(None, &[], &options).unwrap();
        let now = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(15, 0, 0).unwrap();
        let app = App::build(config, Clock::at(now)).unwrap();
        let (ids, tokens) = app
            .write_here(|tx| {
                diesel::insert_into(units::table)
                    .values((units::code.eq("11"), units::name.eq("Direction"), units::path.eq("11")))
                    .execute(tx.conn)?;
                let director = person(tx, "1001", "Rosalie", "Tremblay", None)?;
                let declarant = person(tx, "1002", "Camille", "Gagnon", Some(director))?;
                let colleague = person(tx, "1003", "Awa", "Diop", Some(director))?;
                let ethics = person(tx, "1004", "Luc", "Bélanger", Some(director))?;
                let since = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
                roles::grant(tx, None, ethics, Role::EthicsOfficer, since, None)?;
                let ids = [declarant, colleague, director, ethics];
                let mut tokens = Vec::new();
                for id in ids {
                    tokens.push(sessions::create_token(tx, None, id, "tests", "write", 30)?);
                }
                Ok((ids, tokens))
            })
            .unwrap();
        let [declarant, colleague, director, ethics] = tokens.try_into().unwrap();
        Self { app, declarant, colleague, director, ethics, ids, _folder: folder }
    }

    /// The service, wired as `server::start` does.
    pub async fn service(&self) -> Served {
        let service = test::init_service(
            ActixApp::new()
                .app_data(web::Data::new(self.app.clone()))
                .app_data(web::Data::new(Limits::new(&self.app.book.config)))
                .configure(server::extractors(self.app.book.config.server.max_body))
                .wrap(from_fn(gate::gate))
                .configure(routes::configure),
        )
        .await;
        let service = Rc::new(service);
        Box::new(move |request| {
            let service = Rc::clone(&service);
            Box::pin(async move { test::call_service(&*service, request.to_request()).await })
        })
    }
}

fn person(
    tx: &mut crate::app::Tx<'_>,
    number: &str,
    given: &str,
    family: &str,
    supervisor: Option<PersonId>,
) -> crate::error::Result<PersonId> {
    Ok(diesel::insert_into(persons::table)
        .values((
            persons::number.eq(number),
            persons::given_name.eq(given),
            persons::family_name.eq(family),
            persons::email.eq(format!("{number}@ministere.example")),
            persons::title.eq("Conseil"),
            persons::unit_id.eq(1_i64),
            persons::site.eq("quebec"),
            persons::supervisor_id.eq(supervisor),
            persons::regime.eq("public_servant"),
            persons::position.eq(""),
            persons::language.eq("fr"),
            persons::active_from.eq(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap()),
            persons::folded.eq(crate::db::search::fold(&format!("{given} {family}"))),
        ))
        .returning(persons::id)
        .get_result(tx.conn)?)
}

/// An answer, read to its end.
pub struct Reply {
    pub status: StatusCode,
    pub headers: actix_web::http::header::HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} {:?}", self.status, self.text))
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap().to_owned()
    }

    /// Code of the first error beside a field.
    pub fn error(&self) -> (String, String) {
        let error = &self.json()["errors"][0];
        (error["field"].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned())
    }
}

/// One request.
pub struct Ask<'a> {
    pub method: Method,
    pub path: String,
    pub token: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<Value>,
}

pub fn get<'a>(token: &'a str, path: impl Into<String>) -> Ask<'a> {
    Ask { method: Method::GET, path: path.into(), token, headers: Vec::new(), body: None }
}

pub fn post<'a>(token: &'a str, path: impl Into<String>, body: Value) -> Ask<'a> {
    Ask { method: Method::POST, body: Some(body), ..get(token, path) }
}

impl Ask<'_> {
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub async fn send(self, service: &Served) -> Reply {
        let mut request = TestRequest::with_uri(&self.path).method(self.method);
        if !self.token.is_empty() {
            request = request.insert_header(("authorization", format!("Bearer {}", self.token)));
        }
        for (name, value) in &self.headers {
            request = request.insert_header((*name, value.as_str()));
        }
        if let Some(body) = self.body {
            request = request.insert_header(("content-type", "application/json")).set_payload(body.to_string());
        }
        let response = service(request).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().try_into_bytes().unwrap_or_default();
        Reply { status, headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }
}

/// An ordinary gift, as a program files it.
pub fn gift() -> Value {
    json!({
        "type": "gift",
        "description": "Boîte de chocolats, à la fin du projet",
        "company": { "name": "Nordik Infonuagique inc.", "neq": "1171234567" },
        "contract_process": "no",
        "offered_on": "2026-11-19",
        "direction": "received",
        "value_method": "estimate",
        "value_cents": 2500,
    })
}

pub fn filing() -> Value {
    json!({ "kind": "gift_declaration", "answers": gift(), "submit": true, "attested": true })
}

pub const DECLARATIONS: &str = "/api/v1/declarations";
