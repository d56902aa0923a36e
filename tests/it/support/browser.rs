//! A person in front of the pages: cookies kept, links followed, forms filled and sent as a browser does.

use std::cell::RefCell;
use std::collections::BTreeMap;

use actix_web::body::to_bytes;
use actix_web::cookie::Cookie;
use actix_web::http::{Method, header};
use actix_web::test::TestRequest;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::TestApp;
use super::failpoints::Failpoints;

/// Fields of a form, by name.
pub type Fields<'f> = &'f [(&'f str, &'f str)];

pub struct Browser<'a> {
    app: &'a TestApp,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    pub fn new(app: &'a TestApp) -> Self {
        Self { app, cookies: RefCell::default() }
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// What a program of this person sends to the API, and the answer.
    pub async fn post_json(&self, path: &str, body: &Value) -> (u16, Value) {
        let body = Some(("application/json", body.to_string().into_bytes()));
        let page = self.request(Method::POST, path, &[("sec-fetch-site", "same-origin")], body).await;
        (page.status, serde_json::from_str(&page.html).unwrap_or_default())
    }

    /// What the API answers to a program of this person.
    pub async fn get_json(&self, path: &str) -> Value {
        serde_json::from_str(&self.open(path).await.html).expect("an answer of the API")
    }

    /// One request, redirects not followed.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        headers: Fields<'_>,
        body: Option<(&str, Vec<u8>)>,
    ) -> Page {
        match self.app.failpoints() {
            Some(points) if !method.is_safe() => self.request_under(points, method, path, headers, body).await,
            _ => self.send_request(method, path, headers, body).await,
        }
    }

    /// The same request, each row that it would write failing in its turn: it is refused, and nothing of it is left.
    async fn request_under(
        &self,
        points: &Failpoints,
        method: Method,
        path: &str,
        headers: Fields<'_>,
        body: Option<(&str, Vec<u8>)>,
    ) -> Page {
        let before = points.everything();
        for row in 1.. {
            points.arm(row);
            let page = self.send_request(method.clone(), path, headers, body.clone()).await;
            if page.status < 500 {
                assert!(!points.struck(row), "{method} {path}: {} though its row {row} was not written", page.status);
                points.disarm(row - 1);
                return page;
            }
            let changed = points.changed(&before);
            assert!(changed.is_empty(), "{method} {path}: row {row} was not written, and these changed: {changed:?}");
        }
        unreachable!("a request writes a finite number of rows")
    }

    async fn send_request(
        &self,
        method: Method,
        path: &str,
        headers: Fields<'_>,
        body: Option<(&str, Vec<u8>)>,
    ) -> Page {
        let mut request = TestRequest::with_uri(path).method(method).peer_addr(([127, 0, 0, 1], 4000).into());
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        for (name, value) in self.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        if let Some((media_type, bytes)) = body {
            request = request.insert_header((header::CONTENT_TYPE, media_type)).set_payload(bytes);
        }
        let response = (self.app.service)(request).await;
        for cookie in response.response().cookies() {
            let mut cookies = self.cookies.borrow_mut();
            if cookie.max_age().is_some_and(|age| age.is_zero()) || cookie.value().is_empty() {
                cookies.remove(cookie.name());
            } else {
                cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let body = to_bytes(response.into_body()).await.map_err(|_| ()).expect("the answer has a body");
        let html = String::from_utf8_lossy(&body).into_owned();
        Page { status, path: path.to_owned(), headers, html, bytes: body.to_vec() }
    }

    /// A page, redirects followed.
    pub async fn open(&self, path: &str) -> Page {
        let page = self.request(Method::GET, path, NAVIGATION, None).await;
        self.follow(page).await
    }

    /// A form sent as it is, redirects followed.
    pub async fn post(&self, path: &str, fields: Fields<'_>) -> Page {
        let page = self.post_only(path, fields).await;
        self.follow(page).await
    }

    pub async fn post_only(&self, path: &str, fields: Fields<'_>) -> Page {
        let body = serde_urlencoded(fields);
        self.request(Method::POST, path, NAVIGATION, Some(("application/x-www-form-urlencoded", body))).await
    }

    /// Sends a filled form to the address of another of its buttons.
    pub async fn send_to(&self, form: &Form, action: &str) -> Page {
        self.send(&Form { action: action.to_owned(), ..form.clone() }).await
    }

    /// Sends a filled form.
    pub async fn send(&self, form: &Form) -> Page {
        let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let page = if form.multipart {
            let (media_type, body) = multipart(&fields);
            self.request(Method::POST, &form.action, NAVIGATION, Some((&media_type, body))).await
        } else if form.method == "get" {
            let query = String::from_utf8(serde_urlencoded(&fields)).expect("ASCII");
            self.request(Method::GET, &format!("{}?{query}", form.action), NAVIGATION, None).await
        } else {
            self.post_only(&form.action, &fields).await
        };
        self.follow(page).await
    }

    async fn follow(&self, mut page: Page) -> Page {
        for _ in 0..8 {
            match page.location() {
                Some(to) if (300..400).contains(&page.status) => {
                    page = self.request(Method::GET, &to, NAVIGATION, None).await;
                }
                _ => return page,
            }
        }
        panic!("redirects without end at {}", page.path)
    }
}

/// What a browser says when somebody follows a link or sends a form of the same site.
const NAVIGATION: Fields<'static> = &[("sec-fetch-site", "same-origin"), ("accept", "text/html")];

fn serde_urlencoded(fields: Fields<'_>) -> Vec<u8> {
    let encode = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
                b' ' => "+".to_owned(),
                _ => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&").into_bytes()
}

fn multipart(fields: Fields<'_>) -> (String, Vec<u8>) {
    let boundary = "----une-frontiere-que-personne-n-ecrit";
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str(&format!("--{boundary}--\r\n"));
    (format!("multipart/form-data; boundary={boundary}"), body.into_bytes())
}

/// An answer, read as a person reads it.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: u16,
    /// Address asked for last.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub html: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

fn select(css: &str) -> Selector {
    Selector::parse(css).expect("a CSS selector")
}

/// Words of an element, spaces made one.
fn words(element: ElementRef<'_>) -> String {
    tidy(&element.text().collect::<Vec<_>>().join(" "))
}

/// Spaces of all kinds made one ordinary space, none before a full stop or a comma.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",")
}

impl Page {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn location(&self) -> Option<String> {
        self.header("location").map(str::to_owned)
    }

    /// An attribute of the first element that has it.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.document().select(&select(css)).next()?.value().attr(name).map(str::to_owned)
    }

    fn document(&self) -> Html {
        Html::parse_document(&self.html)
    }

    fn all(&self, css: &str) -> Vec<String> {
        self.document().select(&select(css)).map(words).collect()
    }

    pub fn h1(&self) -> String {
        self.all("h1").into_iter().next().unwrap_or_default()
    }

    pub fn title(&self) -> String {
        self.all("title").into_iter().next().unwrap_or_default()
    }

    /// Words of the middle of the page.
    pub fn text(&self) -> String {
        self.all("main").join(" ")
    }

    pub fn says(&self, text: &str) -> bool {
        tidy(&words(self.document().root_element())).contains(&tidy(text))
    }

    /// The summary of what is to be corrected.
    pub fn errors(&self) -> Vec<String> {
        self.all(".error-summary__list li")
    }

    /// The message left by the page before.
    pub fn flash(&self) -> String {
        self.all(".notice > p:last-child").join(" ")
    }

    /// Address and words of each link.
    pub fn links(&self) -> Vec<(String, String)> {
        self.document()
            .select(&select("a[href]"))
            .map(|a| (a.value().attr("href").unwrap_or_default().to_owned(), words(a)))
            .collect()
    }

    /// The address behind the first link that says this.
    pub fn link(&self, text: &str) -> String {
        let found = self.links().into_iter().find(|(_, words)| words.contains(text));
        found.unwrap_or_else(|| panic!("no link « {text} » on {}:\n{}", self.path, self.text())).0
    }

    /// Label and value of each line of the summary.
    pub fn summary(&self) -> BTreeMap<String, String> {
        let document = self.document();
        let text = |row: ElementRef<'_>, css: &str| row.select(&select(css)).next().map(words).unwrap_or_default();
        document
            .select(&select(".summary__row"))
            .map(|row| (text(row, ".summary__label"), text(row, ".summary__value")))
            .collect()
    }

    pub fn timeline(&self) -> Vec<String> {
        self.all(".timeline__title")
    }

    pub fn select_text(&self, css: &str) -> Vec<String> {
        self.all(css)
    }

    pub fn forms(&self) -> Vec<Form> {
        self.document().select(&select("main form")).map(Form::read).collect()
    }

    /// The form whose address ends so.
    pub fn form(&self, end: &str) -> Form {
        let forms = self.forms();
        let found = forms.iter().find(|form| form.action.ends_with(end)).cloned();
        found.unwrap_or_else(|| {
            panic!("no form …{end} on {} ({}), only {forms:#?}\n{}", self.path, self.status, self.text())
        })
    }

    pub fn has_form(&self, end: &str) -> bool {
        self.forms().iter().any(|form| form.action.ends_with(end))
    }

    /// What this answer would be if the nonce, the only part made anew each time, were not there.
    pub fn without_nonce(&self) -> (u16, Vec<(String, String)>, String) {
        let nonce = self
            .header("content-security-policy")
            .and_then(|policy| policy.split("'nonce-").nth(1))
            .and_then(|rest| rest.split('\'').next())
            .unwrap_or("no nonce")
            .to_owned();
        let plain = |text: &str| text.replace(&nonce, "NONCE");
        let mut headers: Vec<_> = self.headers.iter().map(|(n, v)| (n.clone(), plain(v))).collect();
        headers.sort();
        (self.status, headers, plain(&self.html))
    }
}

/// A form with what is already in it.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub method: String,
    pub multipart: bool,
    /// What would be sent now.
    pub fields: Vec<(String, String)>,
    /// Every name and value that can be chosen or typed.
    offered: Vec<(String, Option<String>)>,
}

impl Form {
    fn read(form: ElementRef<'_>) -> Self {
        let attribute = |element: ElementRef<'_>, name: &str| element.value().attr(name).unwrap_or_default().to_owned();
        let (mut fields, mut offered) = (Vec::new(), Vec::new());
        for input in form.select(&select("input, textarea, select, button")) {
            let name = attribute(input, "name");
            if name.is_empty() {
                continue;
            }
            let value = attribute(input, "value");
            let checked = input.value().attr("checked").is_some();
            match (input.value().name(), attribute(input, "type").as_str()) {
                ("button", _) => offered.push((name, Some(value))),
                ("input", "radio" | "checkbox") => {
                    offered.push((name.clone(), Some(value.clone())));
                    if checked {
                        fields.push((name, value));
                    }
                }
                ("input", "file") => {}
                ("textarea", _) => {
                    let typed: String = input.text().collect();
                    offered.push((name.clone(), None));
                    fields.push((name, typed));
                }
                ("select", _) => {
                    for option in input.select(&select("option")) {
                        offered.push((name.clone(), Some(attribute(option, "value"))));
                    }
                    let chosen = input.select(&select("option[selected]")).next();
                    fields.push((name, chosen.map(|option| attribute(option, "value")).unwrap_or_default()));
                }
                _ => {
                    offered.push((name.clone(), None));
                    fields.push((name, value));
                }
            }
        }
        let method = if form.value().attr("method") == Some("post") { "post" } else { "get" };
        Self {
            action: attribute(form, "action"),
            method: method.to_owned(),
            multipart: form.value().attr("enctype") == Some("multipart/form-data"),
            fields,
            offered,
        }
    }

    /// Types into a box, chooses a radio button, presses a button: only what the page offers.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let offered = self.offered.iter().any(|(n, v)| n == name && v.as_deref().is_none_or(|v| v == value));
        assert!(offered, "the form {} offers no {name}={value}: {:?}", self.action, self.offered);
        self.fields.retain(|(n, _)| n != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Values offered under a name.
    pub fn offers(&self, name: &str) -> Vec<&str> {
        self.offered.iter().filter(|(n, _)| n == name).filter_map(|(_, value)| value.as_deref()).collect()
    }
}
