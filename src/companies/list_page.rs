//! The list of companies: found by name or NEQ.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::store::{self, Company};
use super::{CompanyId, address};
use crate::declarations::lists::{Cursor, PAGE};
use crate::error::Result;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, percent};

#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct ListPage {
    q: String,
    lines: Vec<Line>,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    href: String,
    name: String,
    /// What the name is, when it is not the one the company goes by.
    nature: Option<String>,
    neq: String,
}

/// What the list shows.
struct Found {
    company: CompanyId,
    name: String,
    /// Nature of the name, and the name the company goes by.
    of: Option<(String, String)>,
    neq: Option<String>,
}

impl From<Company> for Found {
    fn from(company: Company) -> Self {
        Self { company: company.id, name: company.name, of: None, neq: company.neq }
    }
}

/// `GET /entreprises?q=&apres=`
pub async fn list(visit: Visit, query: web::Query<ListQuery>) -> Result<HttpResponse> {
    let typed: String = query.q.trim().chars().take(100).collect();
    let (asked, after) = (typed.clone(), Cursor::parse(&query.apres));
    let (found, next) = visit
        .app
        .read(move |tx| {
            let digits = asked.chars().filter(|letter| !letter.is_whitespace());
            let is_neq = asked.len() >= 4 && digits.clone().all(|letter| letter.is_ascii_digit());
            if is_neq {
                let companies = store::suggest(tx, &asked, PAGE)?;
                return Ok((companies.into_iter().map(Found::from).collect(), None));
            }
            let (names, next) = store::names(tx, &asked, after.as_ref(), PAGE)?;
            if names.is_empty() && after.is_none() {
                // No name begins so; some may hold the word.
                let companies = store::suggest(tx, &asked, PAGE)?;
                return Ok((companies.into_iter().map(Found::from).collect::<Vec<_>>(), None));
            }
            let mut found = Vec::with_capacity(names.len());
            for name in names {
                let of = match name.merged_into {
                    Some(into) => Some(("duplicate".to_owned(), store::root(tx, into)?.name)),
                    None if name.nature != "current" => Some((name.nature, name.company_name)),
                    None => None,
                };
                found.push(Found {
                    company: name.merged_into.unwrap_or(name.company),
                    name: name.name,
                    of,
                    neq: name.neq,
                });
            }
            Ok((found, next))
        })
        .await?;
    let here =
        if typed.is_empty() { "/entreprises?".to_owned() } else { format!("/entreprises?q={}&", percent(&typed)) };
    let lines: Vec<Line> = found
        .into_iter()
        .map(|found| Line {
            href: address(found.company),
            name: found.name,
            nature: found.of.map(|(nature, of)| {
                say(visit.language, &format!("companies-nature-{nature}"), &[("name", Arg::from(of))])
            }),
            neq: found.neq.unwrap_or_else(|| "–".to_owned()),
        })
        .collect();
    let content = ListPage {
        empty: lines.is_empty(),
        lines,
        previous_href: (!query.apres.is_empty()).then(|| here.trim_end_matches(['?', '&']).to_owned()),
        next_href: next.map(|cursor| format!("{here}apres={}", percent(&cursor.to_string()))),
        q: typed,
    };
    Page::titled(&visit, "companies-title").wide().render("pages/companies/list", &content)
}
