//! Sections on decisions, gifts, companies and irregularities.

use crate::reports::charts::{self, Mark};
use crate::reports::document::{Cell, Cells, Column, Section, Table};
use crate::reports::figures::{AuditFigures, Bounded, DecisionItem, GiftBin, GiftGroup, Share};
use crate::reports::findings;
use crate::reports::format;
use crate::reports::sections::{BARS, bounded_note, desc, mark};
use crate::reports::texts::Texts;

/// Outcomes, refusals and conditions, other reasoned decisions.
pub fn decisions(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::decisions(figures, texts);
    let decided = figures.totals.decided;
    let label = |label: &str| if label.is_empty() { texts.get("unknown-outcome") } else { label.to_owned() };
    let marks: Vec<Mark> =
        figures.outcomes.iter().take(BARS).map(|outcome| mark(texts, label(&outcome.label), outcome.count)).collect();
    let chart =
        (decided > 0).then(|| charts::bars("outcomes", texts.get("chart-outcomes"), desc(texts, &finding), &marks));
    let columns = vec![
        Column::text(texts.get("col-outcome"), 3.4),
        Column::number(texts.get("col-count"), 1.0),
        Column::number(texts.get("col-share"), 1.0),
        Column::number(texts.get("col-with-reason"), 1.1),
        Column::number(texts.get("col-with-measures"), 1.3),
    ];
    let rows = figures
        .outcomes
        .iter()
        .map(|outcome| {
            vec![
                cells.text(label(&outcome.label)),
                cells.count(outcome.count),
                cells.share(Share { count: outcome.count, of: decided }),
                cells.count(outcome.with_reason),
                cells.count(outcome.with_measures),
            ]
        })
        .collect();
    let outcomes =
        Table { id: "outcomes", caption: texts.get("table-outcomes"), columns, rows, note: None, total: None };
    let mut tables = vec![outcomes];
    tables.extend(measures(figures, texts));
    let lists = [
        ("strict", "table-strict", &figures.refusals_and_conditions),
        ("reasoned", "table-reasoned", &figures.other_reasoned_decisions),
    ];
    for (id, caption, list) in lists {
        if list.total > 0 {
            tables.push(decision_list(id, texts.get(caption), list, texts));
        }
    }
    Section { id: "decisions", title: texts.get("section-decisions"), finding, chart, tables }
}

/// What became of the measures asked: how many were verified, out of all.
fn measures(figures: &AuditFigures, texts: &Texts) -> Option<Table> {
    let (cells, of) = (Cells(texts), &figures.measures);
    if of.asked == 0 {
        return None;
    }
    let columns = vec![
        Column::text(texts.get("col-measure-state"), 3.4),
        Column::number(texts.get("col-count"), 1.0),
        Column::number(texts.get("col-share"), 1.0),
    ];
    let line = |key: &str, count| {
        vec![cells.text(texts.get(key)), cells.count(count), cells.share(Share { count, of: of.asked })]
    };
    let rows = vec![
        line("followed-verified", of.verified),
        line("followed-proof-given", of.proof_given),
        line("followed-open", of.open),
        line("followed-overdue", of.overdue),
        line("followed-lifted", of.lifted),
    ];
    let total = Some(line("col-total", of.asked));
    Some(Table { id: "measures", caption: texts.get("table-measures"), columns, rows, note: None, total })
}

fn decision_list(id: &'static str, caption: String, list: &Bounded<DecisionItem>, texts: &Texts) -> Table {
    let cells = Cells(texts);
    let columns = vec![
        Column::fixed(texts.get("col-reference"), 1.85),
        Column::text(texts.get("col-kind"), 1.5),
        Column::text(texts.get("col-outcome"), 1.4),
        Column::fixed(texts.get("col-decided-on"), 1.3),
        Column::text(texts.get("col-decider"), 1.4),
        Column::text(texts.get("col-reason"), 4.8),
    ];
    let rows: Vec<Vec<Cell>> = list
        .items
        .iter()
        .map(|item| {
            vec![
                cells.text(&item.reference),
                cells.text(&item.kind_title),
                cells.text(&item.outcome_label),
                cells.date(Some(item.decided_on)),
                cells.maybe(item.decider_name.as_deref()),
                cells.maybe(Some(&reason_and_measures(item, texts))),
            ]
        })
        .collect();
    let note = bounded_note(texts, rows.len(), list.total, "note-list");
    Table { id, caption, columns, rows, note, total: None }
}

/// The reason, then « Mesures : … », in one cell.
fn reason_and_measures(item: &DecisionItem, texts: &Texts) -> String {
    let mut parts: Vec<String> = item.reason.iter().filter(|reason| !reason.is_empty()).cloned().collect();
    if !item.measures.is_empty() {
        parts.push(texts.with("measures", &[("list", item.measures.join("; ").into())]));
    }
    // One row stays on one page, whatever was written.
    format::clip(&parts.join("\n"), 900)
}

/// By disposition, category and value.
pub fn gifts(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::gifts(figures, texts);
    let gifts = &figures.gifts;
    if gifts.count == 0 {
        return Section { id: "gifts", title: texts.get("section-gifts"), finding, chart: None, tables: Vec::new() };
    }
    let marks: Vec<Mark> = gifts.by_value.iter().map(|bin| mark(texts, bin_label(bin, texts), bin.count)).collect();
    let edges: Vec<String> = gifts.by_value.iter().map(|bin| format::dollars(bin.from_cents, texts.language)).collect();
    let read = |n| texts.number(n);
    let chart = charts::histogram("gifts", texts.get("chart-gifts"), desc(texts, &finding), &marks, &edges, &read);
    let groups = |id, caption: &str, column: &str, unknown: &str, groups: &[GiftGroup]| Table {
        id,
        caption: texts.get(caption),
        columns: vec![
            Column::text(texts.get(column), 3.2),
            Column::number(texts.get("col-count"), 1.0),
            Column::number(texts.get("col-share"), 1.0),
            Column::number(texts.get("col-value"), 1.4),
            Column::number(texts.get("col-without-value"), 1.2),
        ],
        rows: groups
            .iter()
            .map(|group| {
                let name = group.label.clone().or_else(|| group.id.clone());
                vec![
                    cells.text(name.unwrap_or_else(|| texts.get(unknown))),
                    cells.count(group.count),
                    cells.share(Share { count: group.count, of: gifts.count }),
                    cells.money(group.value_cents),
                    cells.count(group.without_value),
                ]
            })
            .collect(),
        note: None,
        total: None,
    };
    let bins = Table {
        id: "gift-values",
        caption: texts.get("table-gift-values"),
        columns: vec![
            Column::text(texts.get("col-value"), 3.0),
            Column::number(texts.get("col-count"), 1.0),
            Column::number(texts.get("col-share"), 1.0),
        ],
        rows: gifts
            .by_value
            .iter()
            .map(|bin| (bin_label(bin, texts), bin.count))
            .chain((gifts.without_value > 0).then(|| (texts.get("unknown-value"), gifts.without_value)))
            .map(|(label, count)| {
                vec![cells.text(label), cells.count(count), cells.share(Share { count, of: gifts.count })]
            })
            .collect(),
        note: None,
        total: None,
    };
    let (of, unknown) = (&gifts.by_disposition, "unknown-disposition");
    let dispositions = groups("gift-dispositions", "table-gift-dispositions", "col-disposition", unknown, of);
    let (of, unknown) = (&gifts.by_category, "unknown-category");
    let categories = groups("gift-categories", "table-gift-categories", "col-category", unknown, of);
    let tables = vec![bins, dispositions, categories];
    Section { id: "gifts", title: texts.get("section-gifts"), finding, chart: Some(chart), tables }
}

/// « moins de 10 $ », « 10 $ à moins de 20 $ », « 5 000 $ et plus ».
fn bin_label(bin: &GiftBin, texts: &Texts) -> String {
    let read = |cents| serde_json::Value::from(format::dollars(cents, texts.language));
    match bin.below_cents {
        Some(below) if bin.from_cents == 0 => texts.with("bin-first", &[("below", read(below))]),
        Some(below) => texts.with("bin-between", &[("from", read(bin.from_cents)), ("below", read(below))]),
        None => texts.with("bin-last", &[("from", read(bin.from_cents))]),
    }
}

/// The companies most declared.
pub fn companies(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::companies(figures, texts);
    let shown = || figures.companies.items.iter();
    let marks: Vec<Mark> =
        shown().take(BARS).map(|company| mark(texts, company.name.clone(), company.declarations)).collect();
    let chart = (!marks.is_empty())
        .then(|| charts::bars("companies", texts.get("chart-companies"), desc(texts, &finding), &marks));
    let columns = vec![
        Column::text(texts.get("col-company"), 3.4),
        Column::fixed(texts.get("col-neq"), 1.3),
        Column::number(texts.get("col-filed"), 1.1),
        Column::number(texts.get("col-people"), 1.0),
        Column::number(texts.get("col-gifts"), 0.9),
        Column::number(texts.get("col-gift-value"), 1.5),
    ];
    let rows: Vec<Vec<Cell>> = shown()
        .take(25)
        .map(|company| {
            vec![
                cells.text(&company.name),
                cells.maybe(company.neq.as_deref()),
                cells.count(company.declarations),
                cells.count(company.declarants),
                cells.count(company.gifts),
                if company.gifts > 0 { cells.money(company.gift_cents) } else { cells.nothing() },
            ]
        })
        .collect();
    let note = bounded_note(texts, rows.len(), figures.companies.total, "note-groups");
    let tables = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Table { id: "companies", caption: texts.get("table-companies"), columns, rows, note, total: None }]
    };
    Section { id: "companies", title: texts.get("section-companies"), finding, chart, tables }
}

/// Filed after the limit that runs from the fact.
pub fn filed_late(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::filed_late(figures, texts);
    let title = texts.get("section-late");
    if figures.filed_late.share.count == 0 {
        return Section { id: "late", title, finding, chart: None, tables: Vec::new() };
    }
    let kinds: Vec<_> = figures.by_kind.iter().filter(|kind| kind.declarations > 0).collect();
    let marks: Vec<Mark> =
        kinds.iter().take(BARS).map(|kind| mark(texts, kind.title.clone(), kind.filed_late)).collect();
    let chart = charts::bars("late", texts.get("chart-late"), desc(texts, &finding), &marks);
    let by_kind = Table {
        id: "late-kinds",
        caption: texts.get("table-late-kinds"),
        columns: vec![
            Column::text(texts.get("col-kind"), 3.4),
            Column::number(texts.get("col-filed"), 1.0),
            Column::number(texts.get("col-late"), 1.0),
            Column::number(texts.get("col-share"), 1.0),
        ],
        rows: kinds
            .iter()
            .map(|kind| {
                vec![
                    cells.text(&kind.title),
                    cells.count(kind.declarations),
                    cells.count(kind.filed_late),
                    cells.share(Share { count: kind.filed_late, of: kind.declarations }),
                ]
            })
            .collect(),
        note: None,
        total: None,
    };
    let list = &figures.filed_late.list;
    let rows: Vec<Vec<Cell>> = list
        .items
        .iter()
        .map(|item| {
            vec![
                cells.text(&item.reference),
                cells.text(&item.kind_title),
                cells.text(&item.unit_code),
                cells.text(&item.declarant_name),
                cells.date(item.occurred_on),
                cells.date(Some(item.first_filed_on)),
                cells.number(item.days_late),
            ]
        })
        .collect();
    let columns = vec![
        Column::fixed(texts.get("col-reference"), 1.8),
        Column::text(texts.get("col-kind"), 2.1),
        Column::fixed(texts.get("col-unit-code"), 1.0),
        Column::text(texts.get("col-declarant"), 2.2),
        Column::fixed(texts.get("col-occurred"), 1.3),
        Column::fixed(texts.get("col-first-filed"), 1.3),
        Column::number(texts.get("col-days-late"), 1.3),
    ];
    let note = bounded_note(texts, rows.len(), list.total, "note-list");
    let list = Table { id: "late-list", caption: texts.get("table-late"), columns, rows, note, total: None };
    Section { id: "late", title, finding, chart: Some(chart), tables: vec![by_kind, list] }
}

/// People whom the directory gave no supervisor.
pub fn missing_supervisors(figures: &AuditFigures, texts: &Texts) -> Section {
    let cells = Cells(texts);
    let finding = findings::missing_supervisors(figures, texts);
    let people = &figures.missing_supervisors.people;
    let rows: Vec<Vec<Cell>> = people
        .items
        .iter()
        .map(|person| {
            vec![
                cells.text(&person.declarant_number),
                cells.text(&person.declarant_name),
                cells.text(&person.unit_code),
                cells.text(&person.unit_name),
                cells.count(person.declarations),
            ]
        })
        .collect();
    let columns = vec![
        Column::fixed(texts.get("col-number"), 1.1),
        Column::text(texts.get("col-declarant"), 2.6),
        Column::fixed(texts.get("col-unit-code"), 1.0),
        Column::text(texts.get("col-unit"), 3.2),
        Column::number(texts.get("col-filed"), 1.0),
    ];
    let note = bounded_note(texts, rows.len(), people.total, "note-list");
    let tables = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Table { id: "supervisors", caption: texts.get("table-supervisors"), columns, rows, note, total: None }]
    };
    Section { id: "supervisors", title: texts.get("section-supervisors"), finding, chart: None, tables }
}
