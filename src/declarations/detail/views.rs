//! What the page of a declaration shows.

use serde::Serialize;

use super::can::Can;
use super::choices::ChoiceView;
use super::findings::FindingView;
use super::notes::Notes;
use crate::comments::views::CommentView;
use crate::crosschecks::views::CrosscheckView;
use crate::declarations::automatic::AutomaticView;
use crate::declarations::form::ErrorView;
use crate::declarations::summary::Section;
use crate::declarations::timeline::{DecisionView, TimelineView};
use crate::ethics;
use crate::measures::views::{MeasureView, RowView};
use crate::programme::passports::panel::PanelView;
use crate::rectifications;

#[derive(Serialize)]
pub struct DetailPage {
    pub reference: String,
    pub heading: String,
    pub kind: String,
    pub declarant: String,
    pub declarant_title: String,
    /// Where somebody on loan comes from.
    pub home_body: Option<String>,
    pub unit: String,
    pub state: &'static str,
    pub state_label: String,
    /// « Chez Rosalie Tremblay depuis 2 jours ouvrables · décision attendue le 27 novembre 2026 »
    pub whereabouts: Vec<String>,
    pub filed_on: String,
    pub late: Option<String>,
    pub sections: Vec<Section>,
    pub findings: Vec<FindingView>,
    pub has_findings: bool,
    /// A rule decided alone.
    pub automatic: Option<AutomaticView>,
    /// What files from outside brought since it was filed.
    pub crosschecks: Vec<CrosscheckView>,
    /// Contracts and calls for tenders of the company, for whoever has to say something about the file.
    pub contracts: Vec<String>,
    pub timeline: Vec<TimelineView>,
    /// When it was corrected, for whoever reads it before the decision.
    pub corrected: Option<String>,
    pub decision: Option<DecisionView>,
    /// Why the person contests it, until the direction.
    pub contest: Option<String>,
    pub measures: Vec<MeasureView>,
    /// Measures of a decision taken before they were followed one by one.
    pub measures_said: Vec<String>,
    /// Number of the slip of what goes to the State.
    pub slip: Option<String>,
    /// Why the file cannot close yet.
    pub close_waits: Option<String>,
    pub question: Option<String>,
    pub choices: Vec<ChoiceView>,
    /// Which of them ask for words.
    pub reason_hint: String,
    /// One of the choices comes with conditions or measures.
    pub takes_measures: bool,
    /// The detailed form of measures.
    pub rows: Vec<RowView>,
    pub rows_open: bool,
    pub can: Can,
    pub version: i32,
    pub action: String,
    pub errors: Vec<ErrorView>,
    /// What was written in a form that nobody may send any more: somebody else acted first.
    pub unsent: Vec<String>,
    pub typed: Typed,
    pub field_errors: FieldErrors,
    /// Of the forms whose box is called `note`.
    pub notes: Notes,
    pub history: Vec<HistoryView>,
    /// Its versions, or the declaration it follows, can be put side by side.
    pub compare: bool,
    pub receipt: bool,
    pub confidential: bool,
    pub is_mine: bool,
    /// Said to somebody who sees a part only.
    pub veil: Option<String>,
    /// What it deserves, what came before and what happened are then neither told nor denied.
    pub in_summary: bool,
    pub next_href: Option<String>,
    pub opinion: Option<OpinionView>,
    pub followed: Option<FollowedView>,
    pub sealed: Option<&'static str>,
    /// What the ethics officer ruled on this event, once for all invitees.
    pub passport: Option<PanelView>,
    /// What is written about it, for whoever may comment.
    pub comments: Vec<CommentView>,
    pub rectifications: rectifications::views::Panel,
    /// The file may be given, line by line, to somebody who asked for it.
    pub may_release: bool,
    /// Conditions that a decision starts from.
    #[serde(skip)]
    pub inherited: String,
}

/// The structured opinion on file, and what its reader may do with it.
#[derive(Serialize)]
pub struct OpinionView {
    pub parts: Vec<ethics::opinion_page::PartView>,
    pub given: String,
    pub receipt_href: Option<String>,
    pub precedent_href: Option<String>,
    /// The asker did not let it serve as an example.
    pub precedent_refused: bool,
}

/// « A suivi l’avis AVI-… »
#[derive(Serialize)]
pub struct FollowedView {
    pub reference: String,
    pub text: String,
}

/// What was typed when a form comes back with errors.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Typed {
    pub reason: String,
    pub measures: String,
    pub answer: String,
    pub to: String,
    pub authority: String,
    pub decided_on: String,
    pub document: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct FieldErrors {
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub measures: Option<String>,
    pub answer: Option<String>,
    pub to: Option<String>,
    pub authority: Option<String>,
    pub decided_on: Option<String>,
    pub document: Option<String>,
}

#[derive(Serialize)]
pub struct HistoryView {
    pub href: String,
    pub reference: String,
    pub subject: String,
    pub filed_on: String,
    pub state: &'static str,
    pub state_label: String,
}
