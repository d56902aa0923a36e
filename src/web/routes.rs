//! Every address of the service, on one page. `config/access.toml` lists the same ones; a difference stops the start.

use actix_web::http::Method;
use actix_web::{Handler, Responder, Route, web};

use super::{assets, home, openapi, sign_in};
use crate::companies;
use crate::declarations::api::{commands, queries};
use crate::declarations::{detail, inbox, pages};

/// One address: method, pattern, and what answers.
pub struct Entry {
    pub method: Method,
    pub pattern: &'static str,
    make: Box<dyn Fn() -> Route + Send + Sync>,
}

impl Entry {
    fn new<F, Args>(method: Method, pattern: &'static str, handler: F) -> Self
    where
        F: Handler<Args> + Send + Sync,
        Args: actix_web::FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        Self { method, pattern, make: Box::new(move || web::route().to(handler.clone())) }
    }

    /// `"GET /registre"`, as the access table writes it.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.pattern)
    }
}

/// All addresses.
pub fn all() -> Vec<Entry> {
    let mut entries = pages_of_everybody();
    entries.extend(pages_of_declarations());
    entries.extend(api());
    entries
}

fn pages_of_everybody() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/", home::home),
        Entry::new(Method::GET, "/connexion", sign_in::show),
        Entry::new(Method::POST, "/connexion", sign_in::enter),
        Entry::new(Method::POST, "/deconnexion", sign_in::leave),
        Entry::new(Method::GET, "/langue/{code}", sign_in::language),
        Entry::new(Method::GET, "/preferences", home::preferences),
        Entry::new(Method::GET, "/aide", home::help),
        Entry::new(Method::GET, "/accessibilite", home::accessibility),
        Entry::new(Method::GET, "/confidentialite", home::privacy),
        Entry::new(Method::GET, "/healthz", home::alive),
        Entry::new(Method::GET, "/readyz", home::ready),
        Entry::new(Method::GET, "/assets/{path:.*}", assets::serve),
        Entry::new(Method::GET, "/entreprises/suggestions", companies::api::suggestions),
    ]
}

fn pages_of_declarations() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/declarer", pages::choose),
        Entry::new(Method::GET, "/declarer/{kind}", pages::introduce),
        Entry::new(Method::POST, "/declarer/{kind}", pages::start),
        Entry::new(Method::POST, "/declarer/{kind}/rien", pages::nothing),
        Entry::new(Method::GET, "/brouillons/{slug}", pages::resume),
        Entry::new(Method::GET, "/brouillons/{slug}/verifier", pages::check),
        Entry::new(Method::POST, "/brouillons/{slug}/envoi", pages::send),
        Entry::new(Method::POST, "/brouillons/{slug}/suppression", pages::discard),
        Entry::new(Method::GET, "/brouillons/{slug}/{step}", pages::step),
        Entry::new(Method::POST, "/brouillons/{slug}/{step}", pages::save),
        Entry::new(Method::GET, "/mes-declarations", inbox::mine),
        Entry::new(Method::GET, "/a-traiter", inbox::inbox),
        Entry::new(Method::GET, "/d/{slug}", detail::show),
        Entry::new(Method::GET, "/d/{slug}/recue", pages::received),
        Entry::new(Method::POST, "/d/{slug}/decision", detail::decide),
        Entry::new(Method::POST, "/d/{slug}/prise-en-charge", detail::take_up),
        Entry::new(Method::POST, "/d/{slug}/reponse", detail::answer),
        Entry::new(Method::POST, "/d/{slug}/avis", detail::opine),
        Entry::new(Method::POST, "/d/{slug}/retrait", detail::withdraw),
        Entry::new(Method::POST, "/d/{slug}/fermeture", detail::close),
        Entry::new(Method::POST, "/d/{slug}/reaffectation", detail::reassign),
    ]
}

/// The API and its description; `openapi/operations.rs` has the same operations.
pub fn api() -> Vec<Entry> {
    vec![
        Entry::new(Method::GET, "/api/openapi.json", openapi::document),
        Entry::new(Method::GET, "/api/docs", openapi::show),
        Entry::new(Method::GET, "/api/v1/me", queries::me),
        Entry::new(Method::GET, "/api/v1/kinds", queries::kinds),
        Entry::new(Method::GET, "/api/v1/kinds/{id}", queries::kind),
        Entry::new(Method::GET, "/api/v1/declarations", queries::mine),
        Entry::new(Method::POST, "/api/v1/declarations", commands::create),
        Entry::new(Method::GET, "/api/v1/declarations/{id}", queries::declaration),
        Entry::new(Method::DELETE, "/api/v1/declarations/{id}", commands::delete),
        Entry::new(Method::PUT, "/api/v1/declarations/{id}/answers", commands::put_answers),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/submission", commands::submit),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/correction", commands::correct),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/withdrawal", commands::withdraw),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/answer", commands::answer),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/completion", commands::complete),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/review", commands::take_up),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/question", commands::ask),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/referral", commands::refer),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/decision", commands::decide),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/opinion", commands::opine),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/closing", commands::close),
        Entry::new(Method::POST, "/api/v1/declarations/{id}/reassignment", commands::reassign),
        Entry::new(Method::GET, "/api/v1/inbox", queries::inbox),
        Entry::new(Method::GET, "/api/v1/register", queries::register),
        Entry::new(Method::GET, "/api/v1/companies", queries::companies),
        Entry::new(Method::GET, "/api/v1/units", queries::units),
    ]
}

/// Puts every address in an actix application. `HEAD` follows `GET`.
pub fn configure(config: &mut web::ServiceConfig) {
    let mut resources: Vec<(&'static str, actix_web::Resource)> = Vec::new();
    for entry in all() {
        let mut add = |method: Method| {
            let route = (entry.make)().method(method);
            match resources.iter().position(|(pattern, _)| *pattern == entry.pattern) {
                Some(place) => {
                    let (pattern, resource) = resources.remove(place);
                    resources.insert(place, (pattern, resource.route(route)));
                }
                None => resources.push((entry.pattern, web::resource(entry.pattern).route(route))),
            }
        };
        add(entry.method.clone());
        if entry.method == Method::GET {
            add(Method::HEAD);
        }
    }
    for (_, resource) in resources {
        config.service(resource);
    }
}
