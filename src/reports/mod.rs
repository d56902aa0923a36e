//! The audit report: what an ethics officer hands to an auditor, and what the auditor can find again without us.
//!
//! `queries.rs` and `raw.rs` give a [`rows::ReportContext`] and one [`rows::ReportRow`] per declaration, sorted by reference, byte
//! by byte. [`collect::Collector`] counts them in one pass; [`compose::document`] puts the counts into words. PDF, XLSX,
//! JSON and the page are four ways of setting that document: none computes a figure of its own.
//!
//! # How to find the figures again
//!
//! From the JSON Lines of the rows ([`json::write_row`]) or their CSV ([`csv`]; see there how cells are written: strip one
//! leading apostrophe as in [`neutral::restore`], read amounts as cents, an empty cell as nothing). Names are those of
//! the JSON of the figures.
//!
//! *Rows.* Every declaration whose first filing falls in `from ..= to`; drafts never. One row has one standing:
//! - withdrawn: `state` is `withdrawn`;
//! - decided: else, `decided_on` is there;
//! - pending: else, `state` is `submitted`, `under_review`, `info_requested` or `with_ethics`;
//! - closed undecided: else.
//!
//! `overdue`: pending, with `due_on < as_of`. `overdue_days`: of these, business days after
//! `due_on` up to `as_of`, one at least. Lateness is in business days everywhere, filings too, whatever the unit of their limit.
//!
//! *`data.sha256`.* SHA-256 of the lines of [`rows::ReportRow::canonical_line`], sorted by reference, each ended by LF:
//! what `sha256sum` says of the JSON Lines file.
//!
//! *`totals.declarants`.* Distinct `declarant_number` of all rows, of the population. `totals.attention[n]`: rows whose
//! `attention`, brought into 0–3, is `n`.
//!
//! *Percentiles.* Nearest rank: sort the values; P50 is the one at rank `ceil(n × 50 / 100)`, from 1. No interpolation;
//! none of nothing. *Shares* are kept as two counts; as read, per mille is `(2000 × count + of) div (2 × of)`.
//!
//! *`delay`* (all, by kind, by unit). Over decided rows: `decision_days` where known; `on_time` is, of the decided rows
//! where it is known, those where it is true. `delay_days` counts each distinct value.
//!
//! *`by_month`.* Every month of the period, by `first_filed_on`. *`by_kind`.* Kinds of the context in their order, then
//! any other as it first appears. *`by_unit`.* By `unit_code`; most declarations first, then code; at most
//! [`figures::GROUP_LIMIT`]. *`by_state`.* In the order of [`rows::STATES`].
//!
//! *`pending_ages`.* Pending rows by `held_days`: 0–2 (and below), 3–5, 6–10, above 10, unknown. *`pending`.* Pending rows
//! by `due_on` (none last), then reference.
//!
//! *`outcomes`.* Decided rows by `outcome` (none is the empty id); `with_reason`: `reason` is not blank; `with_measures`:
//! `measures` is not empty. *`measures`.* All entries of `measure_states` of all rows (`asked`), by state.
//! *`refusals_and_conditions`.* Decided, `tone` `negative` or `conditional`.
//! *`other_reasoned_decisions`.* The other decided rows with a reason. Both by `decided_on` descending, then reference.
//!
//! *`gifts`.* Rows whose `kind` is among `gift_kinds`, not withdrawn. Sums and the median are of known values, in cents;
//! bins hold their lower bound and not their upper one ([`figures::GIFT_BINS`]; a negative value, which forms refuse,
//! falls in the first). Groups: most first, the unknown after equals, then id.
//!
//! *`companies`.* All rows that name one: by `neq` trimmed, else by `company_name` trimmed and in lower case. Shown under
//! the first of its names in byte order. Most declarations first, then name, then NEQ. `gifts`, `gift_cents`: its rows
//! that count in `gifts`.
//!
//! *`filed_late`.* Rows with `days_late > 0`, of all rows; percentiles of those `days_late`; list by `days_late`
//! descending, then reference.
//!
//! *`missing_supervisors`.* Rows with `supervisor_missing`, then by `unit_code` and `declarant_number`, in that order.
//!
//! Lists of declarations and people hold at most [`figures::LIST_LIMIT`] items and their true `total`.
//!
//! # Limits
//!
//! An export of the register narrowed to one kind has its answers in columns after those of every row (`answer_columns.rs`): they are
//! in no figure, and not in what is hashed.
//!
//! Figures need memory for units, companies, people and distinct delays, not for rows. CSV and XLSX stream. The PDF is
//! bounded by its lists (some 16 pages): run one or two at a time, in `web::block`.

pub mod answer_columns;
pub mod cases;
pub mod charts;
pub mod collect;
pub mod compose;
pub mod csv;
pub mod document;
pub mod expected;
pub mod expected_page;
pub mod figures;
pub mod files;
pub mod findings;
pub mod follow_up_page;
pub mod format;
#[cfg(feature = "pdf")]
pub mod glyphs;
pub mod groups;
pub mod json;
pub mod neutral;
pub mod order;
pub mod pages;
pub mod parts;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod proof;
pub mod queries;
pub mod raw;
pub mod reduced;
pub mod report_page;
pub mod rows;
pub mod sections;
pub mod sheets;
pub mod statistics;
pub mod suppress;
pub mod tally;
pub mod texts;
pub mod xlsx;

#[cfg(test)]
mod tests;
