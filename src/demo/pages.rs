//! Becoming somebody of the fictional ministry, without a password.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::data::{Data, Ministry};
use crate::error::{Error, Result};
use crate::people::sessions;
use crate::people::store::{self, Person};
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::sign_in::session_cookie;

/// People a search shows at most.
const MOST_FOUND: i64 = 24;

#[derive(Serialize)]
struct EntryPage {
    personas: Vec<Card>,
    q: String,
    found: Vec<Card>,
    nobody: bool,
    email: String,
    password: String,
}

/// One person to become.
#[derive(Serialize)]
struct Card {
    value: String,
    initials: String,
    name: String,
    role: String,
}

impl Card {
    fn new(value: impl Into<String>, person: &Person, role: String) -> Self {
        let initial = |name: &str| name.chars().next().map(String::from).unwrap_or_default();
        let initials = format!("{}{}", initial(&person.given_name), initial(&person.family_name));
        Self { value: value.into(), initials, name: person.name(), role }
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /demo/entrer`: the personas, and a search for anybody else.
pub async fn show(visit: Visit, query: web::Query<Search>) -> Result<HttpResponse> {
    let ministry = Data::load()?.ministry;
    let typed: String = query.q.trim().chars().take(100).collect();
    let sought = typed.clone();
    let posts = ministry.posts.clone();
    let (personas, found) = visit
        .app
        .read(move |tx| {
            let mut personas = Vec::new();
            for post in posts.iter().filter_map(|post| post.persona.as_ref().map(|key| (key, &post.number))) {
                if let Some(person) = store::find_by_number(tx, post.1)? {
                    personas.push((post.0.clone(), person));
                }
            }
            let found = if sought.is_empty() { Vec::new() } else { store::search(tx, &sought, MOST_FOUND)? };
            let (today, units) = (tx.today(), store::units(tx)?);
            let unit =
                |person: &Person| units.iter().find(|unit| unit.id == person.unit_id).map(|unit| unit.name.clone());
            let found: Vec<_> = found
                .into_iter()
                .filter(|person| person.is_active(today))
                .map(|person| (unit(&person).unwrap_or_default(), person))
                .collect();
            Ok((personas, found))
        })
        .await?;
    let about = |key: &str| visit.say(&format!("demo-persona-{}", key.replace('_', "-")));
    let content = EntryPage {
        personas: personas.iter().map(|(key, person)| Card::new(key, person, about(key))).collect(),
        nobody: found.is_empty() && !typed.is_empty(),
        found: found
            .iter()
            .map(|(unit, person)| {
                let args = [("title", Arg::from(person.title.as_str())), ("unit", Arg::from(unit.as_str()))];
                Card::new(&person.number, person, say(visit.language, "demo-enter-place", &args))
            })
            .collect(),
        email: personas.first().map(|(_, person)| person.email.clone()).unwrap_or_default(),
        password: ministry.password,
        q: typed,
    };
    Page::titled(&visit, "demo-enter-title").wide().render("pages/demo/enter", &content)
}

#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    persona: String,
}

/// `POST /demo/entrer`: opens a session for the person chosen, by persona or by number.
pub async fn enter(visit: Visit, form: web::Form<Chosen>) -> Result<HttpResponse> {
    let ministry = Data::load()?.ministry;
    let number = number_of(&ministry, &form.persona).unwrap_or(&form.persona).to_owned();
    let secret = visit
        .app
        .write(move |tx| {
            let today = tx.today();
            let person = store::find_by_number(tx, &number)?.filter(|person| person.is_active(today));
            sessions::open(tx, &person.ok_or(Error::NotFound)?, sessions::Factor::Password)
        })
        .await?;
    let mut response = see_other(first_page(&visit, &form.persona), None);
    response.add_cookie(&session_cookie(&visit, &secret)).map_err(Error::internal)?;
    Ok(response)
}

fn number_of<'m>(ministry: &'m Ministry, persona: &str) -> Option<&'m str> {
    let post = ministry.posts.iter().find(|post| post.persona.as_deref() == Some(persona))?;
    Some(&post.number)
}

/// The page where this persona's work is, among those that are served.
fn first_page(visit: &Visit, persona: &str) -> &'static str {
    let wanted: &[&str] = match persona {
        "supervisor" | "executive" => &["/a-traiter"],
        "ethics_officer" => &["/registre", "/a-traiter"],
        "auditor" => &["/rapports"],
        "secretary_general" => &["/a-traiter"],
        "deputy_minister" => &["/a-traiter"],
        "contract_monitor" => &["/registre", "/evenements"],
        "cio" => &["/evenements"],
        "acting" => &["/a-traiter"],
        "system_admin" => &["/diagnostic", "/courriels"],
        _ => &[],
    };
    wanted.iter().find(|path| visit.app.book.access.route("GET", path).is_some()).copied().unwrap_or("/")
}
