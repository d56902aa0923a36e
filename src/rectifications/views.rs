//! The rectifications of a file in words.

use serde::Serialize;

use super::actions::{may_answer, may_ask, may_extend, open};
use super::store::{self, Rectification, Verdict};
use super::times;
use crate::access::{Actor, Role};
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::kind::Kind;
use crate::declarations::store::{Declaration, is_barred};
use crate::error::Result;
use crate::formats;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::page::Link;

#[derive(Debug, Clone, Default, Serialize)]
pub struct Panel {
    pub notes: Vec<NoteView>,
    /// This reader may ask for one now.
    pub may_ask: bool,
    /// This reader answers the one that waits.
    pub may_answer: bool,
    /// This reader may take more time first: until when.
    pub may_extend: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    pub about: Option<String>,
    pub text: String,
    pub asked: String,
    /// By whom and until when more time was taken, and why.
    pub extended: Option<String>,
    pub extension: String,
    pub verdict: Option<&'static str>,
    /// What was answered and by whom, or by when it will be.
    pub answered: String,
    pub answer: String,
}

/// What a reader sees of the rectifications of a file.
pub fn panel(
    tx: &Tx<'_>,
    actor: &Actor,
    kind: &Kind,
    declaration: &Declaration,
    asked: &[Rectification],
    comments: bool,
    language: Language,
) -> Panel {
    let waits = open(asked);
    let answers = comments && waits.is_some() && may_answer(actor, declaration);
    let until = |asked: &Rectification| formats::format_date_long(times::due(tx, asked.asked_at, true), language);
    Panel {
        may_ask: comments && waits.is_none() && may_ask(actor, declaration),
        may_answer: answers,
        may_extend: waits.filter(|asked| answers && may_extend(tx, asked)).map(until),
        notes: asked.iter().map(|asked| note(tx, kind, asked, language)).collect(),
    }
}

fn note(tx: &Tx<'_>, kind: &Kind, asked: &Rectification, language: Language) -> NoteView {
    let long = |day| formats::format_date_long(day, language);
    let date = |at| long(local_date(at, tx.zone()));
    let about = asked.field.as_deref().and_then(|id| kind.field(id));
    let args = |who: &str, at| [("who", Arg::from(who.to_owned())), ("date", Arg::from(date(at)))];
    NoteView {
        about: about.map(|field| field.label.get(language).to_owned()),
        text: asked.text.clone(),
        asked: say(language, "rectification-asked-by", &args(&asked.asked_by, asked.asked_at)),
        extended: asked.extension.as_ref().map(|extension| {
            let until = Arg::from(long(times::due(tx, asked.asked_at, true)));
            let by =
                [("who", Arg::from(extension.by.clone())), ("date", Arg::from(date(extension.at))), ("until", until)];
            say(language, "rectification-extended-by", &by)
        }),
        extension: asked.extension.as_ref().map(|extension| extension.text.clone()).unwrap_or_default(),
        verdict: asked.answer.as_ref().map(|answer| answer.verdict.as_str()),
        answered: match &asked.answer {
            None => {
                let due = times::due(tx, asked.asked_at, asked.extension.is_some());
                say(language, "rectification-due", &[("date", Arg::from(long(due)))])
            }
            Some(answer) => {
                let key = match answer.verdict {
                    Verdict::Granted => "rectification-granted-by",
                    Verdict::Refused => "rectification-refused-by",
                };
                say(language, key, &args(&answer.by, answer.at))
            }
        },
        answer: asked.answer.as_ref().map(|answer| answer.text.clone()).unwrap_or_default(),
    }
}

/// The files whose request for rectification this reader answers: reference and by when, for their first page.
///
/// # Errors
/// The database does not answer.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor, language: Language) -> Result<Vec<Link>> {
    if !actor.has(Role::EthicsOfficer) && !actor.has(Role::SecretaryGeneral) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for waiting in store::waiting(tx)? {
        let Some(reference) = waiting.reference else { continue };
        if waiting.declarant == actor.person || is_barred(tx, waiting.declaration, actor.person)? {
            continue;
        }
        let due = formats::format_date_long(times::due(tx, waiting.asked_at, waiting.extended), language);
        let args = [("ref", Arg::from(reference.clone())), ("date", Arg::from(due))];
        let label = say(language, "home-rectification", &args);
        found.push(Link { href: format!("/d/{reference}/rectification"), label });
    }
    Ok(found)
}
