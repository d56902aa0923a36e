//! What a report is made of: one row per declaration, and the frame in which the rows are read.
//!
//! `queries.rs` fills these from the database. Everything after that (figures, sentences, PDF, XLSX, CSV, JSON, page)
//! reads only these two types, so that the same figures come out of every door.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::journal::waits::Waits;
use crate::sealing::Keyring;
use crate::text::Language;

/// States of a filed declaration, in the order of its life. A draft is nobody's business and never in a report.
pub const STATES: [&str; 8] =
    ["submitted", "under_review", "info_requested", "with_ethics", "decided", "monitoring", "closed", "withdrawn"];

/// States in which somebody still owes a decision.
pub const OPEN_STATES: [&str; 4] = ["submitted", "under_review", "info_requested", "with_ethics"];

/// One filed declaration, as it stood when the report was made.
///
/// The order of the fields is part of the contract: it is the order of the keys in the canonical line that is hashed
/// (see [`ReportRow::canonical_line`]) and of the columns of the exports. Texts are in the language of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// `CAD-2026-000123`. Unique; rows come sorted by it, byte by byte.
    pub reference: String,
    /// Id of the kind, such as `gift_declaration`.
    pub kind: String,
    pub kind_title: String,
    pub unit_code: String,
    pub unit_name: String,
    /// Employee number: what tells two people of the same name apart.
    pub declarant_number: String,
    pub declarant_name: String,
    /// One of [`STATES`].
    pub state: String,
    /// Id of the outcome, in the kind's file.
    pub outcome: Option<String>,
    /// « Autorisée avec conditions ».
    pub outcome_label: Option<String>,
    /// `positive`, `conditional`, `negative` or `neutral`.
    pub tone: Option<String>,
    /// Reasons given by the person who decided.
    pub reason: Option<String>,
    /// Conditions or measures, one per entry.
    pub measures: Vec<String>,
    /// Where each of the measures stands, in their order: `open`, `overdue`, `proof_given`, `verified` or `lifted`. Empty for
    /// a decision taken before measures were followed one by one.
    pub measure_states: Vec<String>,
    /// Civil date of the first filing. A correction or a new version never moves it.
    pub first_filed_on: NaiveDate,
    /// Civil date of the fact declared.
    pub occurred_on: Option<NaiveDate>,
    /// Business days between the limit set by the kind and the first filing, whatever the unit of that limit; 0 when on time.
    pub days_late: i64,
    /// Civil date of the decision, from the journal's time.
    pub decided_on: Option<NaiveDate>,
    pub decider_name: Option<String>,
    /// Business days from the first filing to the decision.
    pub decision_days: Option<i64>,
    /// Civil date by which the decision was or is due.
    pub due_on: Option<NaiveDate>,
    /// For a decided row: decided on or before `due_on`.
    pub on_time: Option<bool>,
    /// Who has the file now.
    pub holder_name: Option<String>,
    /// Business days since that person has had it.
    pub held_days: Option<i64>,
    /// Highest severity of the rules that fired, 0 (none) to 3 (stop).
    pub attention: i16,
    pub company_name: Option<String>,
    /// Québec business number, ten digits.
    pub neq: Option<String>,
    /// Estimated value, in cents of Canadian dollars.
    pub value_cents: Option<i64>,
    pub category: Option<String>,
    pub category_label: Option<String>,
    /// What became of a gift.
    pub disposition: Option<String>,
    pub disposition_label: Option<String>,
    /// The directory knew no supervisor for this person when the declaration was filed.
    pub supervisor_missing: bool,
    /// For a row of [`ReportRow::is_overdue`]: business days past `due_on` on the day of the report, one at least.
    pub overdue_days: Option<i64>,
}

impl ReportRow {
    /// For whoever may not know people: a stable pseudonym instead of the person, and nobody who had it or decided it
    /// (domain.md §11).
    pub fn mask(&mut self, keyring: &Keyring) {
        self.declarant_name = keyring.pseudonym(&self.declarant_number);
        self.declarant_number.clone_from(&self.declarant_name);
        self.holder_name = self.holder_name.take().map(|_| "–".to_owned());
        self.decider_name = self.decider_name.take().map(|_| "–".to_owned());
    }

    /// For whoever reads its kind in summary: neither what it is about nor what became of it, but its state.
    pub fn summarise(&mut self) {
        (self.outcome, self.outcome_label, self.tone, self.reason) = (None, None, None, None);
        self.measures.clear();
        self.measure_states.clear();
        (self.occurred_on, self.days_late, self.attention) = (None, 0, 0);
        (self.holder_name, self.decider_name) = (None, None);
        (self.decision_days, self.on_time, self.held_days) = (None, None, None);
        (self.value_cents, self.category, self.category_label) = (None, None, None);
        (self.disposition, self.disposition_label) = (None, None);
    }

    /// The line that is hashed: this row as one compact JSON object, keys in declared order, UTF-8, no escaping beyond
    /// what JSON requires (`\"`, `\\`, `\b \f \n \r \t`, `\u00xx` in lower case), then one LF.
    ///
    /// Python writes the same bytes with `json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"`.
    pub fn canonical_line(&self, into: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        serde_json::to_writer(&mut *into, self)?;
        into.push(b'\n');
        Ok(())
    }

    /// Where the row counts: exactly one of the four, so that they add up to the total.
    pub fn standing(&self) -> Standing {
        if self.state == "withdrawn" {
            Standing::Withdrawn
        } else if self.decided_on.is_some() {
            Standing::Decided
        } else if OPEN_STATES.contains(&self.state.as_str()) {
            Standing::Pending
        } else {
            Standing::ClosedUndecided
        }
    }

    /// Still owed a decision whose date has passed.
    pub fn is_overdue(&self, as_of: NaiveDate) -> bool {
        self.standing() == Standing::Pending && self.due_on.is_some_and(|due| due < as_of)
    }
}

/// The four ways in which a declaration can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Not withdrawn, and a decision is recorded.
    Decided,
    /// No decision yet, in one of [`OPEN_STATES`].
    Pending,
    /// Taken back by the person, decided or not.
    Withdrawn,
    /// Closed (or in a later state) without any recorded decision: rare, and worth a look.
    ClosedUndecided,
}

/// The frame of a report: period, population, and what the method note must say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportContext {
    pub organisation: String,
    /// First civil day of the period; compared with `first_filed_on`.
    pub from: NaiveDate,
    /// Last civil day of the period, included.
    pub to: NaiveDate,
    /// Civil date on which lateness of pending files is judged: the local date of `generated_at`.
    pub as_of: NaiveDate,
    /// UTC.
    pub generated_at: NaiveDateTime,
    /// The same in the organisation's zone, for people: « 22 novembre 2026, 9 h 05 ».
    pub generated_local: String,
    pub generated_by: String,
    pub language: Language,
    /// Policy versions in force at some time in the period: « 2026-04-01 (v3) ».
    pub policy_versions: Vec<String>,
    /// Active members of staff at `to`, in the same units as the rows.
    pub population: u64,
    /// Label of the unit filter, when the report is not of the whole organisation.
    pub unit_filter: Option<String>,
    /// Kinds in the order of the product, (id, title), whether or not they have rows.
    pub kinds: Vec<(String, String)>,
    /// Ids of the kinds that are gifts: those whose file has a field with `fact = "disposition"`.
    pub gift_kinds: Vec<String>,
    /// What the reader must know of the scope, such as classes left out.
    pub scope_note: Option<String>,
    /// How far the journal is signed and out of reach; nothing where nothing is signed.
    pub witnessed: Option<Witnessed>,
}

/// What the journal says of itself to whoever reads a period (trust.md A07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witnessed {
    /// The last head that was signed; nothing before the first.
    pub head: Option<SignedHead>,
    /// How long what was recorded in the period waited for a witness, in seconds; nothing where nobody is one, or nothing was recorded.
    pub waits: Option<Waits>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// How many events it covers, from the first.
    pub events: u64,
    /// UTC.
    pub signed_at: NaiveDateTime,
    /// The same in the organisation's zone, for people.
    pub signed_local: String,
}
