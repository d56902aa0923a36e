//! The files of `config/demo`: who works there, with which companies, and what people write.

use std::collections::HashMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::chance::Chance;
use crate::error::{Error, Result};

const MINISTRY: &str = include_str!("../../config/demo/ministry.toml");
const COMPANIES: &str = include_str!("../../config/demo/companies.toml");
const STORY: &str = include_str!("../../config/demo/story.toml");

/// Units, people with a role, and names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ministry {
    pub name: String,
    pub name_en: String,
    pub mail_domain: String,
    /// Where people on loan come from.
    pub lender: String,
    /// Of every account.
    pub password: String,
    pub password_hash: String,
    /// Code, code above, name, site, weight, title of the head.
    pub units: Vec<[String; 6]>,
    pub vacant: String,
    pub departed: String,
    pub without_teams: Vec<String>,
    pub sites: Vec<String>,
    #[serde(rename = "post")]
    pub posts: Vec<Post>,
    pub titles: Vec<Titles>,
    pub names: Names,
}

/// A person with a fixed number: a persona, or the holder of a role.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    pub number: String,
    /// Key on the sign-in page.
    pub persona: Option<String>,
    /// Given name, family name, `f` or `m`.
    pub name: [String; 3],
    pub unit: String,
    /// Heads the unit.
    #[serde(default)]
    pub head: bool,
    pub title: Option<String>,
    pub role: Option<String>,
    /// The role is acting: it began that many days ago and ends in as many.
    pub acting_days: Option<i64>,
    /// The role ends in that many days: what an auditor reads has an end.
    pub role_days: Option<i64>,
}

/// Titles of the staff of some units; without units, of the others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titles {
    pub units: Vec<String>,
    pub titles: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub team_lead: String,
    pub female: Vec<String>,
    pub male: Vec<String>,
    pub family: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CompanyFile {
    /// Name, sector, and how many contracts when there are some.
    companies: Vec<Vec<String>>,
    /// Name, sector.
    foreign: Vec<[String; 2]>,
    foreign_reason: String,
    sectors: HashMap<String, Vec<String>>,
}

/// A company before it has a row.
#[derive(Debug, Clone)]
pub struct Firm {
    pub name: String,
    pub sector: String,
    pub neq: Option<String>,
    pub no_neq_reason: Option<String>,
    pub contracts: usize,
}

/// Everything the demonstration is made of.
pub struct Data {
    pub ministry: Ministry,
    pub firms: Vec<Firm>,
    /// Sectors a unit mostly deals with, by unit code.
    pub sectors: HashMap<String, Vec<String>>,
    /// Lists of small texts by dotted name.
    texts: HashMap<String, Vec<String>>,
}

impl Data {
    /// Reads the embedded files.
    ///
    /// # Errors
    /// Names the file and the line.
    pub fn load() -> Result<Self> {
        let ministry: Ministry = read("ministry.toml", MINISTRY)?;
        let file: CompanyFile = read("companies.toml", COMPANIES)?;
        let story: Table = read("story.toml", STORY)?;
        let mut texts = HashMap::new();
        flatten("", story, &mut texts);
        let mut firms = Vec::new();
        for row in &file.companies {
            let [name, sector, rest @ ..] = row.as_slice() else {
                return Err(Error::Internal("companies.toml: a company needs a name and a sector".into()));
            };
            firms.push(Firm {
                name: name.clone(),
                sector: sector.clone(),
                neq: Some(format!("99{:08}", firms.len() + 1)),
                no_neq_reason: None,
                contracts: rest.first().and_then(|count| count.parse().ok()).unwrap_or(0),
            });
        }
        firms.extend(file.foreign.iter().map(|[name, sector]| Firm {
            name: name.clone(),
            sector: sector.clone(),
            neq: None,
            no_neq_reason: Some(file.foreign_reason.clone()),
            contracts: 0,
        }));
        Ok(Self { ministry, firms, sectors: file.sectors, texts })
    }

    /// A list of texts; empty when the file has no such name.
    pub fn list(&self, name: &str) -> &[String] {
        self.texts.get(name).map_or(&[], Vec::as_slice)
    }

    /// One text of a list.
    pub fn say(&self, chance: &mut Chance, name: &str) -> String {
        chance.one(self.list(name)).cloned().unwrap_or_default()
    }

    /// One text of a list, its blanks filled with what is at hand.
    pub fn tell(&self, chance: &mut Chance, name: &str, company: &str, contract: Option<&str>) -> String {
        let text = self.say(chance, name);
        self.fill(chance, text, company, contract)
    }

    /// Fills the blanks of a text.
    pub fn fill(&self, chance: &mut Chance, text: String, company: &str, contract: Option<&str>) -> String {
        if !text.contains('{') {
            return text;
        }
        text.replace("{project}", &self.say(chance, "projects"))
            .replace("{month}", &self.say(chance, "months"))
            .replace("{company}", company)
            .replace(" {contract}", &contract.map(|number| format!(" {number}")).unwrap_or_default())
    }
}

fn read<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|e| Error::Internal(format!("config/demo/{name}: {e}")))
}

fn flatten(prefix: &str, table: Table, into: &mut HashMap<String, Vec<String>>) {
    for (key, value) in table {
        let name = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            Value::Table(inner) => flatten(&name, inner, into),
            Value::Array(items) => {
                into.insert(name, items.iter().filter_map(Value::as_str).map(typeset).collect());
            }
            _ => {}
        }
    }
}

/// Non-breaking spaces where Québec typography wants them.
fn typeset(text: &str) -> String {
    text.replace(" :", "\u{a0}:").replace("« ", "«\u{a0}").replace(" »", "\u{a0}»").replace(" %", "\u{a0}%")
}

/// « Directrice|Directeur » for a person.
pub fn gendered(title: &str, is_woman: bool) -> &str {
    match title.split_once('|') {
        Some((woman, _)) if is_woman => woman,
        Some((_, man)) => man,
        None => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::accounts;

    #[test]
    fn the_files_are_read_and_hold_what_was_promised() {
        let data = Data::load().unwrap();
        assert_eq!(data.ministry.units.len(), 40);
        assert_eq!(data.firms.len(), 120);
        assert!(data.list("relation.subject.contract").len() > 5);
    }

    #[test]
    fn the_password_shown_opens_every_account() {
        let data = Data::load().unwrap();
        assert!(data.ministry.password.chars().count() >= 15);
        assert!(accounts::verify(&data.ministry.password, &data.ministry.password_hash));
    }

    #[test]
    fn every_text_fits_its_field() {
        let data = Data::load().unwrap();
        assert!(data.texts.values().flatten().all(|text| text.chars().count() <= 200));
    }
}
