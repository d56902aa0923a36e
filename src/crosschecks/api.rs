//! Cross-checks through the API: what is new about the company of a declaration, and what somebody says of it.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions::NOT_OFFERED;
use super::{Answer, actions, store};
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::api::call::Call;
use crate::declarations::api::commands::{IfMatch, act, renamed};
use crate::declarations::api::words::Prose;
use crate::declarations::store::Declaration;
use crate::error::{Error, Result};
use crate::people;
use crate::text::Language;

/// Something new about the company since the declaration was filed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CrosscheckItem {
    pub id: i64,
    /// `tender`, `contract`, `amended`, `listed`, or `look` for a look at the registry of lobbyists; `group` or `group_tender` for
    /// another company of the group.
    pub what: String,
    pub found_on: NaiveDate,
    pub sentence: String,
    /// Law, regulation or section of the policy.
    pub article: String,
    /// What to do now; empty for whom the file is about.
    pub now: String,
    /// `unchanged`, `updated` or `no_effect`; `lifted` by nobody when it does not hold any more; nothing while it waits.
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    /// What this reader may answer now.
    pub may_answer: Vec<String>,
}

/// Says what a cross-check means for a declaration.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CrosscheckAnswer {
    /// `id` of the cross-check.
    #[schema(minimum = 1)]
    pub crosscheck: i64,
    pub answer: AnswerName,
    /// Needed by `no_effect`.
    pub note: Option<Prose>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerName {
    /// The person: what was said or decided still holds.
    Unchanged,
    /// The person: the declaration was put up to date.
    Updated,
    /// The ethics officer: it has no effect on the file.
    NoEffect,
}

impl From<AnswerName> for Answer {
    fn from(name: AnswerName) -> Self {
        match name {
            AnswerName::Unchanged => Self::Unchanged,
            AnswerName::Updated => Self::Updated,
            AnswerName::NoEffect => Self::NoEffect,
        }
    }
}

/// Those of a declaration, oldest first.
///
/// # Errors
/// The database does not answer.
pub fn items(
    tx: &mut Tx<'_>,
    actor: &Actor,
    declaration: &Declaration,
    may_comment: bool,
    language: Language,
) -> Result<Vec<CrosscheckItem>> {
    let offered = if may_comment { actions::offered(actor, declaration) } else { &[] };
    let is_mine = declaration.declarant_id == actor.person;
    let mut items = Vec::new();
    for one in store::of_declaration(tx, declaration.id)? {
        let finding = one.finding()?;
        let (open, lifted) = (one.answer.is_none(), one.is_lifted());
        items.push(CrosscheckItem {
            id: one.id,
            what: one.what,
            found_on: local_date(one.found_at, tx.zone()),
            sentence: finding.say.get(language).to_owned(),
            article: finding.article.get(language).to_owned(),
            now: if is_mine || lifted { String::new() } else { finding.now.get(language).to_owned() },
            answer: one.answer,
            answered_by: one.answered_by.map(|by| people::store::find(tx, by).map(|by| by.name())).transpose()?,
            answered_at: one.answered_at.map(|at| at.and_utc()),
            note: one.note.filter(|note| !note.is_empty()),
            may_answer: offered.iter().filter(|_| open).map(|answer| answer.as_str().to_owned()).collect(),
        });
    }
    Ok(items)
}

/// `POST …/crosscheck-answer`
pub async fn answer(call: Call, id: web::Path<String>) -> Result<HttpResponse> {
    let body: CrosscheckAnswer = call.body()?;
    act(call, id, IfMatch::Welcome, move |tx, actor, slug, _| {
        let (one, note) = (body.crosscheck, body.note.map(|note| note.0).unwrap_or_default());
        // The page has one field; the answer is its button.
        actions::answer(tx, actor, slug, one, Some(body.answer.into()), &note).map_err(|error| {
            let not_offered =
                matches!(&error, Error::Invalid(wrong) if wrong.iter().any(|one| one.message == NOT_OFFERED));
            renamed(error, &actions::field(one), if not_offered { "answer" } else { "note" })
        })
    })
    .await
}
