//! The figures of the audit report. Every format (PDF, XLSX, JSON, page) shows these and computes nothing of its own.
//!
//! How each is defined, so that an independent script can find the same from the rows: see [`crate::reports`].

use std::borrow::Borrow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::reports::collect::Collector;
use crate::reports::rows::{ReportContext, ReportRow};

/// Longest list of declarations kept in the figures; the rest is in the XLSX, sheet « Déclarations ».
pub const LIST_LIMIT: usize = 12;
/// Most units and companies kept.
pub const GROUP_LIMIT: usize = 200;
/// Longest reason kept, in characters.
pub const REASON_LIMIT: usize = 420;
/// Lower bounds of the gift value bins, in cents: 1-2-5 per decade, lower bound included, upper excluded.
pub const GIFT_BINS: [i64; 10] = [0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];
/// Lower bounds of the age bands of pending files, in business days held: 0–2, 3–5, 6–10, more than 10.
pub const AGE_BANDS: [i64; 4] = [0, 3, 6, 11];

/// Why rows cannot be counted. Each is a fault of the query, and a report must not be made from a faulty query.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum RowError {
    #[error("{0} does not come after the row before it: rows must be unique and sorted by reference, byte by byte")]
    OutOfOrder(String),
    #[error("{0} was first filed outside the period of the report")]
    OutsidePeriod(String),
    #[error("{0} cannot be written as JSON")]
    NotJson(String),
}

/// A part of a whole, as two counts so that nothing is lost in rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Share {
    pub count: u64,
    pub of: u64,
}

impl Share {
    /// Rounded half up to the tenth of a percent; none of nothing.
    pub fn permille(self) -> Option<u64> {
        (self.of > 0).then(|| (2_000 * self.count + self.of) / (2 * self.of))
    }
}

/// The first items of a longer list, with its true length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounded<T> {
    pub total: u64,
    pub items: Vec<T>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub declarations: u64,
    pub decided: u64,
    pub pending: u64,
    pub withdrawn: u64,
    pub closed_undecided: u64,
    /// Pending and past due at `as_of`.
    pub overdue: u64,
    /// Distinct declarant numbers among active members of staff.
    pub declarants: Share,
    /// Rows by highest severity of the rules that fired, 0 to 3.
    pub attention: [u64; 4],
}

/// Business days from first filing to decision, over decided rows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delay {
    /// Decided rows with a known number of days.
    pub measured: u64,
    pub p50: Option<i64>,
    pub p90: Option<i64>,
    pub max: Option<i64>,
    /// Decided on time, among decided rows that had a due date.
    pub on_time: Share,
}

/// How many decisions took exactly so many business days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    pub days: i64,
    pub count: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindFigures {
    pub kind: String,
    pub title: String,
    pub declarations: u64,
    pub decided: u64,
    pub pending: u64,
    pub withdrawn: u64,
    pub overdue: u64,
    /// Rows with `days_late` above zero.
    pub filed_late: u64,
    pub delay: Delay,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthFigures {
    /// `2026-04`.
    pub month: String,
    pub declarations: u64,
    /// By kind id; kinds without any are left out.
    pub by_kind: BTreeMap<String, u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFigures {
    pub code: String,
    pub name: String,
    pub declarations: u64,
    pub pending: u64,
    pub overdue: u64,
    pub delay: Delay,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateCount {
    pub state: String,
    pub count: u64,
}

/// Pending files by how long their holder has had them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeBand {
    /// First business day of the band; `None` when unknown.
    pub from: Option<i64>,
    pub count: u64,
    pub overdue: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingItem {
    pub reference: String,
    pub kind_title: String,
    pub unit_code: String,
    pub state: String,
    pub holder_name: Option<String>,
    pub held_days: Option<i64>,
    pub due_on: Option<NaiveDate>,
    /// Business days past due at `as_of`, one at least; 0 when not.
    pub overdue_days: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeFigures {
    pub outcome: String,
    pub label: String,
    pub tone: Option<String>,
    pub count: u64,
    /// With a reason that is not blank.
    pub with_reason: u64,
    pub with_measures: u64,
}

/// Measures asked by the decisions of the rows, whatever became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureFigures {
    pub asked: u64,
    /// Somebody else than its owner saw that it is done.
    pub verified: u64,
    /// A proof waits to be verified.
    pub proof_given: u64,
    pub open: u64,
    pub overdue: u64,
    pub lifted: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionItem {
    pub reference: String,
    pub kind_title: String,
    pub unit_code: String,
    pub outcome_label: String,
    pub tone: Option<String>,
    pub decided_on: NaiveDate,
    pub decider_name: Option<String>,
    /// Clipped to [`REASON_LIMIT`] characters.
    pub reason: Option<String>,
    pub measures: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftGroup {
    /// Id; `None` when not known yet.
    pub id: Option<String>,
    pub label: Option<String>,
    pub count: u64,
    /// Of which without a value.
    pub without_value: u64,
    /// Sum of known values, in cents.
    pub value_cents: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiftBin {
    /// Lower bound in cents, included.
    pub from_cents: i64,
    /// Upper bound in cents, excluded; none for the last.
    pub below_cents: Option<i64>,
    pub count: u64,
}

/// Rows of the gift kinds that were not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gifts {
    pub count: u64,
    pub without_value: u64,
    pub value_cents: i64,
    /// Nearest-rank median of known values, in cents.
    pub median_cents: Option<i64>,
    pub max_cents: Option<i64>,
    pub by_disposition: Vec<GiftGroup>,
    pub by_category: Vec<GiftGroup>,
    pub by_value: Vec<GiftBin>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyFigures {
    pub name: String,
    pub neq: Option<String>,
    pub declarations: u64,
    /// Distinct declarant numbers.
    pub declarants: u64,
    pub gifts: u64,
    /// Sum of known gift values, in cents.
    pub gift_cents: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateItem {
    pub reference: String,
    pub kind_title: String,
    pub unit_code: String,
    pub declarant_name: String,
    pub occurred_on: Option<NaiveDate>,
    pub first_filed_on: NaiveDate,
    pub days_late: i64,
}

/// Filed after the limit that runs from the fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledLate {
    pub share: Share,
    pub p50: Option<i64>,
    pub p90: Option<i64>,
    pub max: Option<i64>,
    pub list: Bounded<LateItem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingSupervisor {
    pub declarant_number: String,
    pub declarant_name: String,
    pub unit_code: String,
    pub unit_name: String,
    pub declarations: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingSupervisors {
    /// Rows concerned.
    pub declarations: u64,
    /// Distinct people concerned.
    pub people: Bounded<MissingSupervisor>,
}

/// What the figures were computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataSeal {
    pub rows: u64,
    /// SHA-256 of the canonical lines in order of reference, in lower-case hexadecimal.
    pub sha256: String,
}

/// All figures of one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFigures {
    pub data: DataSeal,
    pub totals: Totals,
    pub by_month: Vec<MonthFigures>,
    pub by_kind: Vec<KindFigures>,
    pub by_unit: Bounded<UnitFigures>,
    pub by_state: Vec<StateCount>,
    pub delay: Delay,
    /// Every distinct delay, ascending: enough to redraw the curve.
    pub delay_days: Vec<DayCount>,
    pub pending_ages: Vec<AgeBand>,
    pub pending: Bounded<PendingItem>,
    pub outcomes: Vec<OutcomeFigures>,
    /// Rows with a reason, whatever the outcome.
    pub decisions_with_reason: u64,
    pub measures: MeasureFigures,
    pub refusals_and_conditions: Bounded<DecisionItem>,
    pub other_reasoned_decisions: Bounded<DecisionItem>,
    pub gifts: Gifts,
    pub companies: Bounded<CompanyFigures>,
    pub filed_late: FiledLate,
    pub missing_supervisors: MissingSupervisors,
}

impl AuditFigures {
    /// Computes all figures in one pass. To compute while rows stream elsewhere too, use [`Collector`].
    pub fn compute<R: Borrow<ReportRow>>(
        rows: impl IntoIterator<Item = R>,
        context: &ReportContext,
    ) -> Result<Self, RowError> {
        let mut collector = Collector::new(context);
        for row in rows {
            collector.add(row.borrow())?;
        }
        Ok(collector.finish())
    }
}
