//! Sections on volume, delays and what waits. The others are in [`crate::reports::cases`].

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::reports::charts::{self, Mark, Marker, SERIES, Stack};
use crate::reports::document::{Cell, Cells, Column, Section, Table};
use crate::reports::figures::{AGE_BANDS, AgeBand, AuditFigures, KindFigures, MonthFigures, Share};
use crate::reports::findings::{self, first_of};
use crate::reports::format;
use crate::reports::texts::Texts;

/// Longest table of months or units on paper and on the page; the figures hold all.
const PRINTED: usize = 36;
/// Bars in one chart.
pub const BARS: usize = 12;

/// « 40 sur 212; … » when a list is not whole.
pub fn bounded_note(texts: &Texts, shown: usize, total: u64, key: &str) -> Option<String> {
    (total > shown as u64).then(|| {
        texts.with(key, &[("shown", texts.number(shown as u64).into()), ("total", texts.number(total).into())])
    })
}

/// A bar whose reading is its count.
pub fn mark(texts: &Texts, label: impl Into<String>, value: u64) -> Mark {
    Mark { label: label.into(), value, text: texts.number(value) }
}

/// Where the numbers of a chart are, after its finding.
pub fn desc(texts: &Texts, finding: &str) -> String {
    format!("{finding} {}", texts.get("chart-desc"))
}

/// The kinds that have a fill of their own, most frequent first, and whether the others are gathered.
fn series(figures: &AuditFigures) -> (Vec<&KindFigures>, bool) {
    let mut kinds: Vec<&KindFigures> = figures.by_kind.iter().filter(|kind| kind.declarations > 0).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.declarations));
    let gathered = kinds.len() > SERIES;
    if gathered {
        kinds.truncate(SERIES - 1);
    }
    (kinds, gathered)
}

/// Counts of a month in the order of the series.
fn split(month: &MonthFigures, kinds: &[&KindFigures], gathered: bool) -> Vec<u64> {
    let of = |by_kind: &BTreeMap<String, u64>, id: &str| by_kind.get(id).copied().unwrap_or(0);
    let mut counts: Vec<u64> = kinds.iter().map(|kind| of(&month.by_kind, &kind.kind)).collect();
    if gathered {
        counts.push(month.declarations - counts.iter().sum::<u64>());
    }
    counts
}

/// By month and kind.
pub fn volume(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::volume(figures, texts);
    let (kinds, gathered) = series(figures);
    let mut legend: Vec<String> = kinds.iter().map(|kind| kind.title.clone()).collect();
    if gathered {
        legend.push(texts.get("others"));
    }
    let hidden = figures.by_month.len().saturating_sub(PRINTED);
    let months: Vec<&MonthFigures> = figures.by_month.iter().skip(hidden).collect();
    let stacks: Vec<Stack> = months
        .iter()
        .map(|month| {
            let first = first_of(&month.month).unwrap_or_default();
            let name = format::month_long(first, texts.language);
            let counts = split(month, &kinds, gathered);
            Stack {
                label: texts.get(&format!("month-{}", first.month())),
                under: month.month.get(..4).unwrap_or_default().to_owned(),
                marks: legend
                    .iter()
                    .zip(counts)
                    .map(|(kind, n)| mark(texts, format!("{kind}, {name} ({})", texts.number(n)), n))
                    .collect(),
            }
        })
        .collect();
    let mut columns = vec![Column::text(texts.get("col-month"), 1.5)];
    columns.extend(legend.iter().map(|title| Column::number(title.clone(), 1.25)));
    columns.push(Column::number(texts.get("col-total"), 0.8));
    let rows = months
        .iter()
        .map(|month| {
            let first = first_of(&month.month).unwrap_or_default();
            let mut row = vec![cells.text(format::month_long(first, texts.language))];
            row.extend(split(month, &kinds, gathered).into_iter().map(|n| cells.count(n)));
            row.push(cells.count(month.declarations));
            row
        })
        .collect();
    let mut total = vec![cells.text(texts.get("col-total"))];
    let all = MonthFigures {
        month: String::new(),
        declarations: figures.totals.declarations,
        by_kind: figures.by_kind.iter().map(|kind| (kind.kind.clone(), kind.declarations)).collect(),
    };
    total.extend(split(&all, &kinds, gathered).into_iter().map(|n| cells.count(n)));
    total.push(cells.count(all.declarations));
    let chart = (figures.totals.declarations > 0).then(|| {
        let read = |n| texts.number(n);
        charts::stacked("volume", texts.get("chart-volume"), desc(texts, &finding), &legend, &stacks, &read)
    });
    let note = bounded_note(texts, months.len(), figures.by_month.len() as u64, "note-months");
    let table = Table { id: "months", caption: texts.get("table-months"), columns, rows, note, total: Some(total) };
    Section { id: "volume", title: texts.get("section-volume"), finding, chart, tables: vec![table] }
}

/// By kind, with delays.
pub fn kinds(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::kinds(figures, texts);
    let columns = vec![
        Column::text(texts.get("col-kind"), 3.0),
        Column::number(texts.get("col-filed"), 1.0),
        Column::number(texts.get("col-decided"), 1.0),
        Column::number(texts.get("col-pending"), 1.0),
        Column::number(texts.get("col-withdrawn"), 1.0),
        Column::number(texts.get("col-p50"), 0.8),
        Column::number(texts.get("col-p90"), 0.8),
        Column::number(texts.get("col-on-time"), 1.1),
    ];
    let rows = figures
        .by_kind
        .iter()
        .map(|kind| {
            vec![
                cells.text(&kind.title),
                cells.count(kind.declarations),
                cells.count(kind.decided),
                cells.count(kind.pending),
                cells.count(kind.withdrawn),
                cells.days(kind.delay.p50),
                cells.days(kind.delay.p90),
                cells.share(kind.delay.on_time),
            ]
        })
        .collect();
    let totals = &figures.totals;
    let total = Some(vec![
        cells.text(texts.get("col-total")),
        cells.count(totals.declarations),
        cells.count(totals.decided),
        cells.count(totals.pending),
        cells.count(totals.withdrawn),
        cells.days(figures.delay.p50),
        cells.days(figures.delay.p90),
        cells.share(figures.delay.on_time),
    ]);
    let table = Table { id: "kinds", caption: texts.get("table-kinds"), columns, rows, note: None, total };
    Section { id: "kinds", title: texts.get("section-kinds"), finding, chart: None, tables: vec![table] }
}

/// By unit.
pub fn units(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::units(figures, texts);
    let marks: Vec<Mark> = figures
        .by_unit
        .items
        .iter()
        .take(BARS)
        .map(|unit| mark(texts, format!("{} · {}", unit.code, unit.name), unit.declarations))
        .collect();
    let chart =
        (!marks.is_empty()).then(|| charts::bars("units", texts.get("chart-units"), desc(texts, &finding), &marks));
    let columns = vec![
        Column::fixed(texts.get("col-unit-code"), 1.0),
        Column::text(texts.get("col-unit"), 3.6),
        Column::number(texts.get("col-filed"), 1.0),
        Column::number(texts.get("col-pending"), 1.0),
        Column::number(texts.get("col-overdue"), 1.0),
        Column::number(texts.get("col-p50"), 0.8),
        Column::number(texts.get("col-p90"), 0.8),
        Column::number(texts.get("col-on-time"), 1.1),
    ];
    let rows: Vec<Vec<Cell>> = figures
        .by_unit
        .items
        .iter()
        .take(PRINTED)
        .map(|unit| {
            vec![
                cells.text(&unit.code),
                cells.text(&unit.name),
                cells.count(unit.declarations),
                cells.count(unit.pending),
                cells.count(unit.overdue),
                cells.days(unit.delay.p50),
                cells.days(unit.delay.p90),
                cells.share(unit.delay.on_time),
            ]
        })
        .collect();
    let note = bounded_note(texts, rows.len(), figures.by_unit.total, "note-groups");
    let table = Table { id: "units", caption: texts.get("table-units"), columns, rows, note, total: None };
    Section { id: "units", title: texts.get("section-units"), finding, chart, tables: vec![table] }
}

/// By state.
pub fn states(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::states(figures, texts);
    let of = figures.totals.declarations;
    let title = |state: &str| texts.get(&format!("state-{}", state.replace('_', "-")));
    let marks: Vec<Mark> = figures.by_state.iter().map(|state| mark(texts, title(&state.state), state.count)).collect();
    let chart = (of > 0).then(|| charts::bars("states", texts.get("chart-states"), desc(texts, &finding), &marks));
    let columns = vec![
        Column::text(texts.get("col-state"), 4.0),
        Column::number(texts.get("col-count"), 1.0),
        Column::number(texts.get("col-share"), 1.0),
    ];
    let rows = figures
        .by_state
        .iter()
        .map(|state| {
            vec![
                cells.text(title(&state.state)),
                cells.count(state.count),
                cells.share(Share { count: state.count, of }),
            ]
        })
        .collect();
    let table = Table { id: "states", caption: texts.get("table-states"), columns, rows, note: None, total: None };
    Section { id: "states", title: texts.get("section-states"), finding, chart, tables: vec![table] }
}

/// From filing to decision.
pub fn delays(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::delays(figures, texts);
    let counts: Vec<(i64, u64)> = figures.delay_days.iter().map(|day| (day.days, day.count)).collect();
    let markers: Vec<Marker> = [("P50", figures.delay.p50), ("P90", figures.delay.p90)]
        .into_iter()
        .filter_map(|(name, at)| Some(Marker { at: at?, text: format!("{name} = {}", at?) }))
        .collect();
    let chart = (figures.delay.measured > 0).then(|| {
        let percent = |permille| format::percent(permille, texts.language);
        let axis = texts.get("axis-business-days");
        charts::climb("delays", texts.get("chart-delays"), desc(texts, &finding), &counts, &markers, &axis, &percent)
    });
    let columns = vec![
        Column::text(texts.get("col-within"), 4.0),
        Column::number(texts.get("col-decisions"), 1.0),
        Column::number(texts.get("col-share"), 1.0),
    ];
    let within = |limit: i64| counts.iter().filter(|(days, _)| *days <= limit).map(|(_, count)| count).sum::<u64>();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for limit in [0, 1, 2, 3, 5, 10, 15, 20, 30].into_iter().filter(|_| figures.delay.measured > 0) {
        let count = within(limit);
        let label = texts.counted("within", limit.unsigned_abs());
        rows.push(vec![
            cells.text(label),
            cells.count(count),
            cells.share(Share { count, of: figures.delay.measured }),
        ]);
        if count == figures.delay.measured {
            break;
        }
    }
    if let Some(max) = figures.delay.max {
        let label = texts.with("longest", &[("days", texts.counted("within", max.unsigned_abs()).into())]);
        let all = Share { count: figures.delay.measured, of: figures.delay.measured };
        rows.push(vec![cells.of_one_file(label), cells.count(figures.delay.measured), cells.share(all)]);
    }
    let table = Table { id: "delays", caption: texts.get("table-delays"), columns, rows, note: None, total: None };
    Section { id: "delays", title: texts.get("section-delays"), finding, chart, tables: vec![table] }
}

/// What waits, and who has it.
pub fn pending(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::pending(figures, texts);
    let marks: Vec<Mark> =
        figures.pending_ages.iter().map(|band| mark(texts, band_label(band, texts), band.count)).collect();
    let chart = (figures.totals.pending > 0)
        .then(|| charts::bars("ages", texts.get("chart-ages"), desc(texts, &finding), &marks));
    let columns = vec![
        Column::text(texts.get("col-age"), 4.0),
        Column::number(texts.get("col-pending"), 1.0),
        Column::number(texts.get("col-overdue"), 1.0),
    ];
    let rows = figures
        .pending_ages
        .iter()
        .map(|band| vec![cells.text(band_label(band, texts)), cells.count(band.count), cells.count(band.overdue)])
        .collect();
    let ages = Table { id: "ages", caption: texts.get("table-ages"), columns, rows, note: None, total: None };
    let columns = vec![
        Column::fixed(texts.get("col-reference"), 1.9),
        Column::text(texts.get("col-kind"), 1.7),
        Column::fixed(texts.get("col-unit-code"), 0.9),
        Column::text(texts.get("col-state"), 1.5),
        Column::text(texts.get("col-holder"), 2.0),
        Column::fixed(texts.get("col-due"), 1.2),
        Column::number(texts.get("col-overdue-days"), 1.3),
        Column::number(texts.get("col-held"), 1.0),
    ];
    let rows: Vec<Vec<Cell>> = figures
        .pending
        .items
        .iter()
        .map(|item| {
            vec![
                cells.text(&item.reference),
                cells.text(&item.kind_title),
                cells.text(&item.unit_code),
                cells.text(texts.get(&format!("state-{}", item.state.replace('_', "-")))),
                cells.maybe(item.holder_name.as_deref()),
                cells.date(item.due_on),
                if item.overdue_days > 0 { cells.number(item.overdue_days) } else { cells.nothing() },
                cells.days(item.held_days),
            ]
        })
        .collect();
    let note = bounded_note(texts, rows.len(), figures.pending.total, "note-list");
    let list = Table { id: "pending", caption: texts.get("table-pending"), columns, rows, note, total: None };
    Section { id: "pending", title: texts.get("section-pending"), finding, chart, tables: vec![ages, list] }
}

fn band_label(band: &AgeBand, texts: &Texts) -> String {
    let Some(from) = band.from else { return texts.get("age-unknown") };
    match AGE_BANDS.iter().find(|next| **next > from) {
        Some(next) => texts.with("age-between", &[("from", from.into()), ("to", (next - 1).into())]),
        None => texts.with("age-over", &[("from", (from - 1).into())]),
    }
}
