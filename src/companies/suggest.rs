//! Companies proposed to whoever types a name: those of the ministry first, then the business register. Choosing one of the
//! register fills its name and NEQ; it becomes a company of the ministry when what names it is filed. Nobody has to choose:
//! « not in the list » is an answer.

use serde_json::Value;

use super::CompanyId;
use super::registry::{self, STRUCK_OFF};
use super::store::{self, Company};
use crate::app::Tx;
use crate::declarations::answers::Form;
use crate::declarations::form::CandidateView;
use crate::error::Result;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;

/// A company proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// None for an enterprise that the ministry does not know yet.
    pub id: Option<CompanyId>,
    pub name: String,
    pub neq: Option<String>,
    /// Struck off the business register.
    pub struck_off: bool,
    /// The former or other name by which it was found.
    pub by: Option<String>,
}

impl Suggestion {
    /// What tells it from the others, in a few words.
    pub fn status(&self, language: Language) -> Option<String> {
        let former =
            self.by.as_ref().map(|name| say(language, "registry-former", &[("name", Arg::from(name.as_str()))]));
        let struck = self.struck_off.then(|| say(language, "registry-struck-off", &[]));
        let known = self.id.is_none().then(|| say(language, "registry-known", &[]));
        let all: Vec<String> = [former, struck, known].into_iter().flatten().collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// The value that chooses it in a form without script.
    fn choice(&self) -> String {
        match (self.id, &self.neq) {
            (Some(id), _) => id.to_string(),
            (None, neq) => format!("{CHOSEN}{}", neq.as_deref().unwrap_or_default()),
        }
    }

    pub fn candidate(self, language: Language) -> CandidateView {
        let status = self.status(language);
        CandidateView { id: self.choice(), neq: self.neq, name: self.name, status, checked: false }
    }
}

impl From<Company> for Suggestion {
    fn from(company: Company) -> Self {
        Self { id: Some(company.id), name: company.name, neq: company.neq, struck_off: false, by: None }
    }
}

/// Before the NEQ of an enterprise chosen in the register.
const CHOSEN: char = 'q';

/// Places kept for the register when the ministry knows as many companies as there are places: the one meant may be there.
const KEPT_FOR_REGISTER: usize = 3;

/// At most `most` companies that what was typed may mean.
pub fn suggest(tx: &mut Tx<'_>, typed: &str, most: usize) -> Result<Vec<Suggestion>> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let mut found: Vec<Suggestion> = store::suggest(tx, typed, limit)?.into_iter().map(Suggestion::from).collect();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_neq = digits.len() >= 4 && digits.len() == typed.chars().filter(|c| !c.is_whitespace()).count();
    let registered = if is_neq {
        registry::store::beginning(tx, &digits, limit)?
            .into_iter()
            .map(|enterprise| registry::search::Found { enterprise, by: None })
            .collect()
    } else {
        registry::search::find(tx, typed, most)?
    };
    let mut new: Vec<Suggestion> = Vec::new();
    for one in registered {
        let struck_off = one.enterprise.status == STRUCK_OFF;
        if let Some(known) = found.iter_mut().find(|found| found.neq.as_ref() == Some(&one.enterprise.neq)) {
            known.struck_off = struck_off;
            continue;
        }
        let there = if one.enterprise.name.is_empty() { None } else { store::find_by_neq(tx, &one.enterprise.neq)? };
        let id = match there {
            // Found under a name that the ministry does not know.
            Some(company) => Some(store::kept(tx, company.id)?),
            None => None,
        };
        let listed = id.is_some() && found.iter().chain(&new).any(|found| found.id == id);
        if !one.enterprise.name.is_empty() && !listed {
            new.push(Suggestion {
                id,
                name: one.enterprise.name,
                neq: Some(one.enterprise.neq),
                struck_off,
                by: one.by,
            });
        }
    }
    let room = most.saturating_sub(found.len()).max(KEPT_FOR_REGISTER.min(most));
    new.truncate(room);
    found.truncate(most - new.len());
    found.append(&mut new);
    Ok(found)
}

/// Companies with an NEQ that bear the name which an answer gives without one, or did. Whoever answers says whether it is one of them.
pub fn homonyms(tx: &mut Tx<'_>, answer: &Value) -> Result<Vec<Suggestion>> {
    let Some(name) = store::unnumbered_name(answer) else { return Ok(Vec::new()) };
    let wanted = store::bare(name);
    let bears = |name: &str| store::bare(name) == wanted;
    let mut found = suggest(tx, &wanted, 8)?;
    found.retain(|one| one.neq.is_some() && (bears(&one.name) || one.by.as_deref().is_some_and(bears)));
    Ok(found)
}

/// Puts the name and the NEQ of an enterprise chosen without script where the form has them.
pub fn fill(tx: &mut Tx<'_>, form: &mut Form) -> Result<()> {
    let chosen: Vec<(String, String)> = form
        .iter()
        .filter_map(|(field, value)| {
            let neq =
                value.strip_prefix(CHOSEN).filter(|neq| neq.len() == 10 && neq.bytes().all(|b| b.is_ascii_digit()))?;
            Some((field.strip_suffix(".id")?.to_owned(), neq.to_owned()))
        })
        .collect();
    for (field, neq) in chosen {
        let enterprise = registry::store::find(tx, &neq)?;
        for (name, value) in form.iter_mut() {
            match name.strip_prefix(&field) {
                Some(".id") => value.clear(),
                Some(".neq") => value.clone_from(&neq),
                Some(".name") => {
                    if let Some(enterprise) = &enterprise {
                        value.clone_from(&enterprise.name);
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// The form with what [`fill`] puts in it.
pub async fn filled(visit: &Visit, mut form: Form) -> Result<Form> {
    if form.iter().all(|(_, value)| !value.starts_with(CHOSEN)) {
        return Ok(form);
    }
    visit
        .app
        .read(move |tx| {
            fill(tx, &mut form)?;
            Ok(form)
        })
        .await
}
