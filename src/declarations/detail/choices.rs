//! The form of a decision: its choices, and the rows of measures.

use serde::Serialize;

use crate::access::{Action, Actor, Verdict, may};
use crate::app::Tx;
use crate::declarations::actions;
use crate::declarations::answers::Form;
use crate::declarations::kind::{Kind, Need, Tone};
use crate::declarations::store::Declaration;
use crate::measures::views::{RowView, every_picks, evidence_picks};
use crate::measures::wishes::{MOST_ROWS, row_field};
use crate::text::Language;
use crate::texts::say;

#[derive(Serialize)]
pub struct ChoiceView {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub checked: bool,
    pub needs: String,
    /// Nothing is recorded without a word.
    #[serde(skip)]
    pub needs_words: bool,
}

/// Which of these choices ask for words, under the box that takes them.
pub fn reason_hint(choices: &[ChoiceView], language: Language) -> String {
    let asking: Vec<&str> =
        choices.iter().filter(|choice| choice.needs_words).map(|choice| choice.label.as_str()).collect();
    if asking.is_empty() {
        return say(language, "decide-reason-optional", &[]);
    }
    say(language, "decide-reason-hint", &[("choices", asking.join("; ").into())])
}

/// The choices of whoever decides now, the question among them; none is preset.
pub fn choices(
    tx: &Tx<'_>,
    kind: &Kind,
    declaration: &Declaration,
    actor: &Actor,
    language: Language,
) -> Vec<ChoiceView> {
    let stopped = declaration.attention >= 3;
    let mut choices: Vec<ChoiceView> = actions::offered(kind, declaration)
        .map(|outcome| {
            let mut needs = Vec::new();
            let needs_words = outcome.reason == Need::Required || (stopped && outcome.tone == Tone::Positive);
            if needs_words {
                needs.push(say(language, "choice-needs-reason", &[]));
            }
            if outcome.measures == Need::Required {
                needs.push(say(language, "choice-needs-measures", &[]));
            }
            ChoiceView {
                id: outcome.id.clone(),
                label: outcome.label.get(language).to_owned(),
                hint: outcome.hint.as_ref().map(|hint| hint.get(language).to_owned()),
                checked: false,
                needs: needs.join(" "),
                needs_words,
            }
        })
        .collect();
    if may(&tx.book.access, actor, Action::Ask, &declaration.target(false)) == Verdict::Allowed {
        choices.push(ChoiceView {
            id: "_ask".into(),
            label: say(language, "choice-ask", &[]),
            hint: Some(say(language, "choice-ask-hint", &[])),
            checked: false,
            needs: String::new(),
            needs_words: true,
        });
    }
    choices
}

/// The rows of the detailed form: two empty ones more than what was typed, and two more when asked.
pub fn measure_rows(
    kind: &Kind,
    form: &Form,
    message: &dyn Fn(&str) -> Option<String>,
    language: Language,
) -> Vec<RowView> {
    let typed = |row: usize, part: &str| {
        let name = row_field(row, part);
        form.iter().find(|(n, _)| *n == name).map_or_else(String::new, |(_, value)| value.clone())
    };
    let parts = ["text", "owner", "due", "evidence", "every"];
    let last = (1..=MOST_ROWS).rev().find(|row| parts.iter().any(|part| !typed(*row, part).is_empty())).unwrap_or(0);
    let more = form.iter().any(|(name, value)| name == "more" && !value.is_empty());
    let sent = (1..=MOST_ROWS).rev().find(|row| form.iter().any(|(n, _)| *n == row_field(*row, "text"))).unwrap_or(0);
    let count = (last + 1).max(sent + if more { 2 } else { 0 }).clamp(2, MOST_ROWS);
    (1..=count)
        .map(|row| RowView {
            id: format!("m{row}"),
            number: row,
            text: typed(row, "text"),
            owner: typed(row, "owner"),
            due: typed(row, "due"),
            evidence: evidence_picks(kind, &typed(row, "evidence"), language),
            every: every_picks(kind, &typed(row, "every"), language),
            text_error: message(&row_field(row, "text")),
            owner_error: message(&row_field(row, "owner")),
            due_error: message(&row_field(row, "due")),
            evidence_error: message(&row_field(row, "evidence")),
            every_error: message(&row_field(row, "every")),
        })
        .collect()
}

/// A field of the detailed form: `m2-owner`.
pub fn is_row(name: &str) -> bool {
    name.strip_prefix('m').and_then(|rest| rest.split_once('-')).is_some_and(|(row, _)| row.parse::<usize>().is_ok())
}
