//! Cross-checks on the page of their declaration: what is new, and the form of whoever may say what it means.

use serde::Serialize;

use super::{Answer, actions, store};
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::local_date;
use crate::comments;
use crate::comments::views::CommentView;
use crate::declarations::answers::Form;
use crate::declarations::store::Declaration;
use crate::error::{FieldError, Result};
use crate::formats;
use crate::people;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::problems::field_message;

/// Something new since the declaration was filed.
#[derive(Debug, Clone, Serialize)]
pub struct CrosscheckView {
    id: i64,
    what: String,
    on: String,
    sentence: String,
    article: String,
    now: String,
    /// « Sans changement, par X le 3 décembre », once it is answered or lifted.
    answered: Option<String>,
    note: Option<String>,
    /// It does not hold any more: nobody has anything to do.
    lifted: bool,
    choices: Vec<ChoiceView>,
    wants_note: bool,
    action: String,
    typed: String,
    error: Option<String>,
    /// What the person may say against it: what the comment is about, and where it is posted.
    contest: Option<ContestView>,
    /// The person did.
    contested: bool,
}

#[derive(Debug, Clone, Serialize)]
struct ContestView {
    about: String,
    action: String,
}

impl CrosscheckView {
    /// Without the name of whoever answered, for somebody who reads the file masked.
    pub fn mask(&mut self) {
        if self.answered.is_some() {
            self.answered = Some("–".to_owned());
            self.note = None;
        }
    }

    /// With what the person says against it, and, for that person, the way to say it.
    pub fn contest(&mut self, said: &[CommentView], action: Option<&str>) {
        let about = comments::actions::of_news(self.id);
        self.contested = said.iter().any(|comment| comment.contests.as_ref() == Some(&about));
        self.contest = action
            .filter(|_| !self.lifted)
            .map(|action| ContestView { about, action: format!("{action}/commentaires") });
    }

    /// The form again, with what was typed and what to put right.
    pub fn refill(&mut self, errors: &[FieldError], form: &Form, language: Language) {
        let name = actions::field(self.id);
        if let Some((_, typed)) = form.iter().find(|(field, _)| *field == name) {
            self.typed.clone_from(typed);
        }
        self.error = errors.iter().find(|error| error.field == name).map(|error| field_message(error, language));
    }
}

#[derive(Debug, Clone, Serialize)]
struct ChoiceView {
    value: &'static str,
    label: String,
}

/// Those of a declaration, for somebody who reads it.
pub fn of_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    declaration: &Declaration,
    may_answer: bool,
    language: Language,
) -> Result<Vec<CrosscheckView>> {
    let zone = tx.zone();
    let offered = if may_answer { actions::offered(actor, declaration) } else { &[] };
    let day = |at| Arg::from(formats::format_date_long(local_date(at, zone), language));
    let mut views = Vec::new();
    for one in store::of_declaration(tx, declaration.id)? {
        let finding = one.finding()?;
        let lifted = one.is_lifted();
        let answered = match (one.answer.as_deref().and_then(Answer::parse), one.answered_by, one.answered_at) {
            (Some(answer), Some(by), Some(at)) => {
                let who = people::store::find(tx, by)?.name();
                let said = label(answer, language);
                let args = [("answer", Arg::from(said)), ("who", Arg::from(who)), ("date", day(at))];
                Some(say(language, "crosscheck-answered", &args))
            }
            // Nobody answered: it does not hold any more.
            (Some(answer), None, Some(at)) => {
                let args = [("answer", Arg::from(label(answer, language))), ("date", day(at))];
                Some(say(language, "crosscheck-answered-by-itself", &args))
            }
            _ => None,
        };
        let choices = match answered {
            None => {
                offered.iter().map(|one| ChoiceView { value: one.as_str(), label: label(*one, language) }).collect()
            }
            Some(_) => Vec::new(),
        };
        views.push(CrosscheckView {
            id: one.id,
            what: say(language, &key(&one.what), &[]),
            on: say(language, "crosscheck-on", &[("date", day(one.found_at))]),
            sentence: finding.say.get(language).to_owned(),
            article: finding.article.get(language).to_owned(),
            // What a decider has to do is not said to whoever the file is about.
            now: if lifted || declaration.declarant_id == actor.person {
                String::new()
            } else {
                finding.now.get(language).to_owned()
            },
            answered,
            lifted,
            note: one.note.filter(|note| !note.is_empty()),
            wants_note: offered.contains(&Answer::NoEffect),
            choices,
            typed: String::new(),
            error: None,
            contest: None,
            contested: false,
            action: format!("/d/{}/recoupements/{}", declaration.slug(), one.id),
        });
    }
    Ok(views)
}

/// Fluent key of what is new.
pub fn key(what: &str) -> String {
    format!("crosscheck-{}", what.replace('_', "-"))
}

/// « Rien ne change »…
pub fn label(answer: Answer, language: Language) -> String {
    say(language, &format!("crosscheck-{}", answer.as_str().replace('_', "-")), &[])
}
