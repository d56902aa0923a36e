//! Measures in words.

use chrono::NaiveDate;
use serde::Serialize;

use super::store::Measure;
use super::workflow::{Expected, State};
use crate::access::{Actor, MeasureAction, Verdict, may_measure};
use crate::app::Tx;
use crate::declarations::calendar::Calendar;
use crate::declarations::deadlines;
use crate::declarations::kind::Kind;
use crate::declarations::store::Authorized;
use crate::error::Result;
use crate::formats;
use crate::people;
use crate::text::Language;
use crate::texts::{Arg, say};

/// « À faire », « Preuve à vérifier »…
pub fn state_label(state: State, language: Language) -> String {
    say(language, &format!("measure-state-{}", state.as_str().replace('_', "-")), &[])
}

/// The look of a state, among those of the style sheet.
pub fn tone(state: State) -> &'static str {
    match state {
        State::Open => "submitted",
        State::Overdue => "late",
        State::ProofGiven => "under_review",
        State::Verified => "decided",
        State::Lifted => "withdrawn",
    }
}

/// « dans 8 jours ouvrables », « aujourd’hui », « en retard de 2 jours ouvrables »; nothing once settled for good.
pub fn due_words(state: State, due: NaiveDate, today: NaiveDate, calendar: &Calendar, language: Language) -> String {
    let days = |from, to| Arg::from(deadlines::age(from, to, calendar).max(1));
    match state {
        State::Open | State::Overdue if due < today => say(language, "measure-late", &[("days", days(due, today))]),
        State::Open | State::Overdue if due == today => say(language, "measure-today", &[]),
        State::Open | State::Overdue => say(language, "measure-in", &[("days", days(today, due))]),
        State::ProofGiven | State::Verified | State::Lifted => String::new(),
    }
}

/// The kind of proof asked, and its help.
pub fn evidence_label(kind: &Kind, evidence: &str, language: Language) -> (String, Option<String>) {
    match kind.measures.evidence.iter().find(|known| known.id == evidence) {
        Some(known) => {
            (known.label.get(language).to_owned(), known.hint.as_ref().map(|hint| hint.get(language).to_owned()))
        }
        None => (say(language, "measure-evidence-any", &[]), None),
    }
}

/// What waits, for whom, in one sentence.
pub fn expected_words(state: State, expected: Expected, owner: &str, due: NaiveDate, language: Language) -> String {
    let date = Arg::from(formats::format_date_long(due, language));
    let who = Arg::from(owner.to_owned());
    match (state, expected) {
        (State::Open | State::Overdue, Expected::Proof) => {
            say(language, "measure-waits-proof", &[("who", who), ("date", date)])
        }
        (State::Open | State::Overdue, Expected::Attestation) => {
            say(language, "measure-waits-attestation", &[("date", date)])
        }
        (State::ProofGiven, _) => say(language, "measure-waits-check", &[("who", who)]),
        (State::Verified, _) => say(language, "measure-verified-words", &[]),
        (State::Lifted, _) => say(language, "measure-lifted-words", &[]),
    }
}

/// The same for whoever must carry it out; without its day where a column tells it.
pub fn own_words(state: State, expected: Expected, due: Option<NaiveDate>, language: Language) -> Option<String> {
    match (state, expected) {
        (State::Open | State::Overdue, Expected::Proof) => Some(match due {
            Some(due) => {
                let date = Arg::from(formats::format_date_long(due, language));
                say(language, "measure-mine-proof", &[("date", date)])
            }
            None => say(language, "measure-mine-proof-listed", &[]),
        }),
        (State::ProofGiven, _) => Some(say(language, "measure-mine-check", &[])),
        (State::Open | State::Overdue, Expected::Attestation) | (State::Verified | State::Lifted, _) => None,
    }
}

/// One measure on the page of its file.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureView {
    /// Its page, for whoever may read it.
    pub href: Option<String>,
    pub text: String,
    pub state_label: String,
    pub tone: &'static str,
    pub waits: String,
    pub due: String,
    pub evidence: String,
}

/// The measures of a file, for somebody who reads it.
pub fn of_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &Kind,
    found: &Authorized,
    measures: &[Measure],
    language: Language,
) -> Result<Vec<MeasureView>> {
    let today = tx.today();
    let mut views = Vec::new();
    for measure in measures {
        let owner = people::store::find(tx, measure.owner_id)?.name();
        let state = measure.shown(today);
        let target = measure.target(&found.declaration, found.barred);
        let reads = may_measure(&tx.book.access, actor, MeasureAction::Read, &target) == Verdict::Allowed;
        views.push(MeasureView {
            href: reads.then(|| format!("/mesures/{}", measure.id)),
            text: measure.text.clone(),
            state_label: state_label(state, language),
            tone: tone(state),
            waits: match measure.owner_id == actor.person {
                true => own_words(state, measure.expected(), Some(measure.due_on), language),
                false => None,
            }
            .unwrap_or_else(|| expected_words(state, measure.expected(), &owner, measure.due_on, language)),
            due: due_words(state, measure.due_on, today, &tx.book.calendar, language),
            evidence: evidence_label(kind, &measure.evidence, language).0,
        });
    }
    Ok(views)
}

/// One choice of the detailed form.
#[derive(Debug, Clone, Serialize)]
pub struct Pick {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

/// One row of the detailed form, with what was typed and what to put right.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    pub id: String,
    pub number: usize,
    pub text: String,
    pub owner: String,
    pub due: String,
    pub evidence: Vec<Pick>,
    pub every: Vec<Pick>,
    pub text_error: Option<String>,
    pub owner_error: Option<String>,
    pub due_error: Option<String>,
    pub evidence_error: Option<String>,
    pub every_error: Option<String>,
}

/// The proofs that a kind offers. The first, proposed, is the empty choice: a row left alone says nothing.
pub fn evidence_picks(kind: &Kind, chosen: &str, language: Language) -> Vec<Pick> {
    let known = kind.measures.evidence.iter().enumerate();
    let mut picks: Vec<Pick> = known
        .map(|(place, evidence)| Pick {
            value: if place == 0 { String::new() } else { evidence.id.clone() },
            label: evidence.label.get(language).to_owned(),
            selected: evidence.id == chosen || (place == 0 && chosen.is_empty()),
        })
        .collect();
    if picks.is_empty() {
        picks.push(Pick { value: String::new(), label: say(language, "measure-evidence-any", &[]), selected: true });
    }
    picks
}

/// How often a supervisor may be asked to confirm; the kind's own pace is the empty choice.
pub fn every_picks(kind: &Kind, chosen: &str, language: Language) -> Vec<Pick> {
    let months = |months: i64| say(language, "measure-every", &[("months", Arg::from(months))]);
    let usual = months(kind.measures.every_months.map_or(0, i64::from));
    let mut picks = vec![Pick { value: String::new(), label: usual, selected: chosen.is_empty() }];
    for each in [0_i64, 3, 6, 12] {
        if Some(each) != kind.measures.every_months.map_or(Some(0), |months| Some(i64::from(months))) {
            let value = each.to_string();
            picks.push(Pick { label: months(each), selected: chosen == value, value });
        }
    }
    picks
}
