//! A page: the frame every page shares, around its own template.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::Serialize;

use super::Visit;
use super::assets::{self, Addresses};
use super::navigation::{Menu, menu};
use crate::config::Config;
use crate::error::Result;
use crate::text::Language;

/// Name of the organisation and of the service in a language.
pub fn organisation(config: &Config, language: Language) -> (&str, &str) {
    let organisation = &config.organisation;
    match language {
        Language::En => (
            if organisation.name_en.is_empty() { &organisation.name } else { &organisation.name_en },
            if organisation.service_en.is_empty() { &organisation.service } else { &organisation.service_en },
        ),
        Language::Fr => (&organisation.name, &organisation.service),
    }
}

#[derive(Serialize)]
struct Frame<'v> {
    title: String,
    lang: &'static str,
    has_errors: bool,
    nonce: &'v str,
    other_lang_url: String,
    org_name: &'v str,
    service_name: &'v str,
    logo_url: Option<&'v str>,
    user: Option<User>,
    menu: Menu,
    demo: Option<Demo>,
    flash: Option<Flash>,
    back: Option<Link>,
    wide: bool,
    footer_links: Vec<Link>,
    disclosure: Disclosure,
    asset: &'static Addresses,
    extra_css: Option<String>,
}

/// The external channel for disclosing wrongdoing, as the settings say it: on every page, and before the forms that
/// could be mistaken for it (D-11.1).
#[derive(Debug, Clone, Serialize)]
pub struct Disclosure {
    pub name: String,
    pub url: String,
    pub phone: Option<String>,
    pub address: Option<String>,
}

impl Disclosure {
    pub fn of(config: &Config) -> Self {
        let organisation = &config.organisation;
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            name: organisation.disclosure_name.clone(),
            url: organisation.disclosure_url.clone(),
            phone: filled(&organisation.disclosure_phone),
            address: filled(&organisation.disclosure_address),
        }
    }
}

#[derive(Serialize)]
struct User {
    name: String,
    initials: String,
}

#[derive(Serialize)]
struct Demo {
    personas_url: &'static str,
    mailbox_url: &'static str,
}

#[derive(Serialize)]
struct Flash {
    tone: &'static str,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub href: String,
    pub label: String,
}

#[derive(Serialize)]
struct Whole<'c, C: Serialize> {
    page: Frame<'c>,
    #[serde(flatten)]
    content: &'c C,
}

/// A page being made.
pub struct Page<'v> {
    visit: &'v Visit,
    frame: Frame<'v>,
    status: StatusCode,
}

impl<'v> Page<'v> {
    pub fn new(visit: &'v Visit, title: impl Into<String>) -> Self {
        let config = &visit.app.book.config;
        let (org_name, service_name) = organisation(config, visit.language);
        let user = visit.visitor().map(|actor| User {
            name: actor.name.clone(),
            initials: actor.name.split([' ', '-']).filter_map(|part| part.chars().next()).take(2).collect(),
        });
        let other = visit.language.other().code();
        let flash = visit
            .flash
            .as_deref()
            .and_then(|key| crate::texts::find(visit.language, key, &[]).map(|text| Flash { tone: "success", text }));
        let footer = |href: &str, key: &str| Link { href: href.to_owned(), label: visit.say(key) };
        let frame = Frame {
            title: title.into(),
            lang: visit.language.code(),
            has_errors: false,
            nonce: &visit.nonce,
            other_lang_url: format!("/langue/{other}?retour={}", percent(&visit.address)),
            org_name,
            service_name,
            logo_url: Some(config.organisation.logo_url.as_str()).filter(|url| !url.is_empty()),
            user,
            menu: menu(visit),
            demo: config.demo.enabled.then_some(Demo { personas_url: "/demo/entrer", mailbox_url: "/demo/courriels" }),
            flash,
            back: None,
            wide: false,
            footer_links: vec![
                footer("/aide", "footer-help"),
                footer("/accessibilite", "footer-accessibility"),
                footer("/confidentialite", "footer-privacy"),
            ],
            disclosure: Disclosure::of(config),
            asset: assets::addresses(),
            extra_css: None,
        };
        Self { visit, frame, status: StatusCode::OK }
    }

    /// A page titled by a Fluent message.
    pub fn titled(visit: &'v Visit, key: &str) -> Self {
        Self::new(visit, visit.say(key))
    }

    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The form comes back with errors: status 422 and « Erreur : » before the title.
    pub fn with_errors(mut self, any: bool) -> Self {
        if any {
            self.frame.has_errors = true;
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        self
    }

    pub fn back(mut self, href: impl Into<String>, key: &str) -> Self {
        self.frame.back = Some(Link { href: href.into(), label: self.visit.say(key) });
        self
    }

    pub fn wide(mut self) -> Self {
        self.frame.wide = true;
        self
    }

    /// A style sheet that only this page needs.
    pub fn styled(mut self, name: &str) -> Self {
        self.frame.extra_css = Some(assets::address(name));
        self
    }

    /// A count beside one link of the navigation.
    pub fn count(mut self, href: &str, count: i64) -> Self {
        if let Some(link) = self.frame.menu.line.iter_mut().find(|link| link.href == href) {
            link.count = Some(count).filter(|count| *count > 0);
        }
        self
    }

    pub fn warn(mut self, key: &str) -> Self {
        self.frame.flash = Some(Flash { tone: "warning", text: self.visit.say(key) });
        self
    }

    pub fn render(self, template: &str, content: &impl Serialize) -> Result<HttpResponse> {
        let status = self.status;
        let html = self.html(template, content)?;
        Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
    }

    /// The page's text alone.
    pub fn html(self, template: &str, content: &impl Serialize) -> Result<String> {
        let views = &self.visit.app.book.views;
        views.render(self.visit.language, template, &Whole { page: self.frame, content })
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986), for a value inside a query.
pub fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Where to go after a form: a page of ours, never another site (trust.md O11).
pub fn local_path(wanted: &str) -> &str {
    let ours = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && !wanted.chars().any(char::is_control);
    if ours { wanted } else { "/" }
}

/// « Voir l’autre page » (303) with a message to show there.
pub fn see_other(path: &str, flash: Option<&str>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, path.to_owned()));
    if let Some(key) = flash {
        response.cookie(super::gate::host_cookie(super::gate::FLASH_COOKIE, key, Some(60)).into_owned());
    }
    response.finish()
}
