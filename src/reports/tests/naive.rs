//! The figures found again without the code that computes them: whole vectors, sorts and filters, as a reader of the
//! definitions in [`crate::reports`] would write them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::sample;
use crate::reports::figures::{AuditFigures, GIFT_BINS, LIST_LIMIT, RowError, Share};
use crate::reports::rows::ReportRow;
use crate::text::Language;

fn percentile(mut values: Vec<i64>, percent: usize) -> Option<i64> {
    values.sort_unstable();
    let rank = (values.len() * percent).div_ceil(100).max(1);
    values.get(rank - 1).copied()
}

fn decided(row: &&ReportRow) -> bool {
    row.state != "withdrawn" && row.decided_on.is_some()
}

fn pending(row: &&ReportRow) -> bool {
    row.state != "withdrawn"
        && row.decided_on.is_none()
        && ["submitted", "under_review", "info_requested", "with_ethics"].contains(&row.state.as_str())
}

fn days(rows: &[&ReportRow]) -> Vec<i64> {
    rows.iter().filter(|row| decided(row)).filter_map(|row| row.decision_days).collect()
}

fn on_time(rows: &[&ReportRow]) -> Share {
    let judged: Vec<bool> = rows.iter().filter(|row| decided(row)).filter_map(|row| row.on_time).collect();
    Share { count: judged.iter().filter(|yes| **yes).count() as u64, of: judged.len() as u64 }
}

/// A15
#[test]
fn every_figure_equals_a_naive_recomputation() {
    for size in [1, 7, 400, 2_000] {
        check(size);
    }
}

fn check(size: usize) {
    let rows = sample::rows(size);
    let context = sample::context(Language::Fr);
    let figures = AuditFigures::compute(&rows, &context).unwrap();
    let all: Vec<&ReportRow> = rows.iter().collect();
    let count = |test: &dyn Fn(&&ReportRow) -> bool| all.iter().filter(|row| test(row)).count() as u64;
    let overdue = |row: &&ReportRow| pending(row) && row.due_on.is_some_and(|due| due < context.as_of);

    assert_eq!(figures.data.rows, size as u64);
    assert_eq!(figures.totals.decided, count(&decided));
    assert_eq!(figures.totals.pending, count(&pending));
    assert_eq!(figures.totals.withdrawn, count(&|row| row.state == "withdrawn"));
    assert_eq!(figures.totals.overdue, count(&overdue));
    let people: BTreeSet<&str> = all.iter().map(|row| row.declarant_number.as_str()).collect();
    assert_eq!(figures.totals.declarants, Share { count: people.len() as u64, of: context.population });
    for level in 0..4_u8 {
        assert_eq!(figures.totals.attention[usize::from(level)], count(&|row| row.attention == i16::from(level)));
    }
    let standing = &figures.totals;
    assert_eq!(standing.decided + standing.pending + standing.withdrawn + standing.closed_undecided, size as u64);

    assert_eq!(figures.delay.p50, percentile(days(&all), 50));
    assert_eq!(figures.delay.p90, percentile(days(&all), 90));
    assert_eq!(figures.delay.max, days(&all).into_iter().max());
    assert_eq!(figures.delay.on_time, on_time(&all));
    assert_eq!(figures.delay_days.iter().map(|day| day.count).sum::<u64>(), figures.delay.measured);

    for kind in &figures.by_kind {
        let of: Vec<&ReportRow> = all.iter().copied().filter(|row| row.kind == kind.kind).collect();
        assert_eq!(kind.declarations, of.len() as u64);
        assert_eq!((kind.delay.p50, kind.delay.p90), (percentile(days(&of), 50), percentile(days(&of), 90)));
        assert_eq!(kind.delay.on_time, on_time(&of));
        assert_eq!(kind.filed_late, of.iter().filter(|row| row.days_late > 0).count() as u64);
    }
    for unit in &figures.by_unit.items {
        let of: Vec<&ReportRow> = all.iter().copied().filter(|row| row.unit_code == unit.code).collect();
        assert_eq!(unit.declarations, of.len() as u64);
        assert_eq!(unit.overdue, of.iter().filter(|row| overdue(row)).count() as u64);
        assert_eq!(unit.delay.p90, percentile(days(&of), 90));
    }
    assert_eq!(figures.by_unit.items.iter().map(|unit| unit.declarations).sum::<u64>(), size as u64);
    assert_eq!(figures.by_month.len(), 7);
    for month in &figures.by_month {
        let of: Vec<&&ReportRow> =
            all.iter().filter(|row| row.first_filed_on.to_string().starts_with(&month.month)).collect();
        assert_eq!(month.declarations, of.len() as u64);
        for (kind, n) in &month.by_kind {
            assert_eq!(*n, of.iter().filter(|row| row.kind == *kind).count() as u64);
        }
    }
    for state in &figures.by_state {
        assert_eq!(state.count, count(&|row| row.state == state.state));
    }
    assert_eq!(figures.pending_ages.iter().map(|band| band.count).sum::<u64>(), figures.totals.pending);

    let mut waiting: Vec<&&ReportRow> = all.iter().filter(|row| pending(row)).collect();
    waiting.sort_by_key(|row| (row.due_on.unwrap_or(NaiveDate::MAX), row.reference.clone()));
    let expected: Vec<&str> = waiting.iter().take(LIST_LIMIT).map(|row| row.reference.as_str()).collect();
    assert_eq!(figures.pending.items.iter().map(|item| item.reference.as_str()).collect::<Vec<_>>(), expected);
    assert_eq!(figures.pending.total, waiting.len() as u64);

    let strict = |row: &&ReportRow| decided(row) && matches!(row.tone.as_deref(), Some("negative" | "conditional"));
    let reasoned = |row: &&ReportRow| decided(row) && row.reason.is_some();
    assert_eq!(figures.refusals_and_conditions.total, count(&strict));
    assert_eq!(figures.decisions_with_reason, count(&reasoned));
    assert_eq!(figures.other_reasoned_decisions.total, count(&|row| reasoned(row) && !strict(row)));
    let mut recent: Vec<&&ReportRow> = all.iter().filter(|row| strict(row)).collect();
    recent.sort_by_key(|row| (std::cmp::Reverse(row.decided_on), row.reference.clone()));
    let expected: Vec<&str> = recent.iter().take(LIST_LIMIT).map(|row| row.reference.as_str()).collect();
    let listed: Vec<&str> = figures.refusals_and_conditions.items.iter().map(|item| item.reference.as_str()).collect();
    assert_eq!(listed, expected);
    for outcome in &figures.outcomes {
        let of = |row: &&ReportRow| decided(row) && row.outcome.as_deref() == Some(outcome.outcome.as_str());
        assert_eq!(outcome.count, count(&of));
        assert_eq!(outcome.with_measures, count(&|row| of(row) && !row.measures.is_empty()));
    }

    let states: Vec<&str> = all.iter().flat_map(|row| row.measure_states.iter().map(String::as_str)).collect();
    let standing = |wanted: &str| states.iter().filter(|state| **state == wanted).count() as u64;
    assert_eq!(figures.measures.asked, states.len() as u64);
    assert_eq!(figures.measures.verified, standing("verified"));
    assert_eq!(figures.measures.proof_given, standing("proof_given"));
    assert_eq!(figures.measures.overdue, standing("overdue"));
    assert_eq!(figures.measures.lifted, standing("lifted"));
    assert_eq!(figures.measures.open, standing("open"));

    let gift = |row: &&ReportRow| row.kind == "gift_declaration" && row.state != "withdrawn";
    let values: Vec<i64> = all.iter().filter(|row| gift(row)).filter_map(|row| row.value_cents).collect();
    assert_eq!(figures.gifts.count, count(&gift));
    assert_eq!(figures.gifts.value_cents, values.iter().sum::<i64>());
    assert_eq!(figures.gifts.without_value, figures.gifts.count - values.len() as u64);
    assert_eq!(figures.gifts.median_cents, percentile(values.clone(), 50));
    for (bin, from) in figures.gifts.by_value.iter().zip(GIFT_BINS) {
        let below = bin.below_cents.unwrap_or(i64::MAX);
        assert_eq!(bin.count, values.iter().filter(|value| (from..below).contains(*value)).count() as u64);
    }
    for group in &figures.gifts.by_disposition {
        assert_eq!(group.count, count(&|row| gift(row) && row.disposition == group.id));
    }

    let mut companies: BTreeMap<String, (u64, BTreeSet<&str>)> = BTreeMap::new();
    for row in all.iter().filter(|row| row.company_name.is_some()) {
        let name = row.company_name.clone().unwrap().trim().to_lowercase();
        let company = companies.entry(row.neq.clone().unwrap_or(name)).or_default();
        company.0 += 1;
        company.1.insert(&row.declarant_number);
    }
    assert_eq!(figures.companies.total, companies.len() as u64);
    for company in &figures.companies.items {
        let key = company.neq.clone().unwrap_or_else(|| company.name.to_lowercase());
        assert_eq!((company.declarations, company.declarants), (companies[&key].0, companies[&key].1.len() as u64));
    }

    let late: Vec<i64> = all.iter().map(|row| row.days_late).filter(|days| *days > 0).collect();
    assert_eq!(figures.filed_late.share, Share { count: late.len() as u64, of: size as u64 });
    assert_eq!(figures.filed_late.p90, percentile(late, 90));
    let alone: BTreeSet<&str> =
        all.iter().filter(|row| row.supervisor_missing).map(|row| row.declarant_number.as_str()).collect();
    // One person may have filed from two units: the list is by unit and person.
    assert!(figures.missing_supervisors.people.total >= alone.len() as u64);
    assert_eq!(figures.missing_supervisors.declarations, count(&|row| row.supervisor_missing));
}

#[test]
fn the_hash_is_that_of_the_json_lines() {
    let rows = sample::rows(50);
    let figures = AuditFigures::compute(&rows, &sample::context(Language::Fr)).unwrap();
    let mut file = Vec::new();
    for row in &rows {
        crate::reports::json::write_row(row, &mut Vec::new(), &mut file).unwrap();
    }
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &file);
    assert_eq!(figures.data.sha256, hex::encode(digest));
    let first = String::from_utf8(file).unwrap().lines().next().unwrap().to_owned();
    assert!(first.starts_with("{\"reference\":\"AVI-2026-") && !first.contains(": "), "{first}");
    assert_eq!(serde_json::from_str::<ReportRow>(&first).unwrap(), rows[0]);
}

#[test]
fn rows_out_of_order_twice_or_out_of_the_period_are_refused() {
    let context = sample::context(Language::Fr);
    let mut rows = sample::rows(3);
    rows.swap(0, 1);
    assert!(matches!(AuditFigures::compute(&rows, &context), Err(RowError::OutOfOrder(_))));
    rows[0] = rows[1].clone();
    assert!(matches!(AuditFigures::compute(&rows[..2], &context), Err(RowError::OutOfOrder(_))));
    rows[0].first_filed_on = context.to.succ_opt().unwrap();
    assert!(matches!(AuditFigures::compute(&rows[..1], &context), Err(RowError::OutsidePeriod(_))));
}

#[test]
fn a_share_is_rounded_half_up_to_the_tenth_of_a_percent() {
    assert_eq!(Share { count: 1, of: 3 }.permille(), Some(333));
    assert_eq!(Share { count: 1, of: 2_000 }.permille(), Some(1));
    assert_eq!(Share { count: 1, of: 2_001 }.permille(), Some(0));
    assert_eq!(Share { count: 0, of: 0 }.permille(), None);
}
