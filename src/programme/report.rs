//! What the showcases of a period come to: how many took place, which companies were heard and how long, whether access was equal.
//! Nobody of the staff is in it. Values in, values out.

use std::collections::BTreeMap;

use super::fairness::{self, Equality, Heard, Indicator};
use super::state::State;
use super::store::{Firm, Showcase};
use crate::companies::CompanyId;
use crate::reports::document::{Cells, Column, KeyFigure, Section, Table};
use crate::reports::figures::Share;
use crate::reports::sections::bounded_note;
use crate::reports::texts::Texts;

/// Companies of the longest table.
const COMPANIES: usize = 25;

/// A showcase of the period, with the companies of its ledger and how many members of staff came.
pub struct Seen {
    pub showcase: Showcase,
    pub firms: Vec<Firm>,
    pub attended: u64,
    pub indicator: Indicator,
}

impl Seen {
    pub fn new(showcase: Showcase, firms: Vec<Firm>, attended: u64, gap_percent: u32) -> Self {
        let outcomes: Vec<Heard> = firms.iter().map(Firm::outcome).collect();
        Self { showcase, firms, attended, indicator: fairness::indicator(&outcomes, gap_percent) }
    }

    fn is(&self, state: State) -> bool {
        self.showcase.state() == state
    }
}

fn counted(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn held(seen: &[Seen]) -> impl Iterator<Item = &Seen> {
    seen.iter().filter(|one| one.is(State::Held))
}

/// How many showcases that took place gave equal access, of all of them.
fn even(seen: &[Seen]) -> Share {
    let even = held(seen).filter(|one| one.indicator.equality == Equality::Even).count();
    Share { count: counted(even), of: counted(held(seen).count()) }
}

/// How many companies were heard, of all that ledgers hold. One is counted once for each showcase.
fn heard(seen: &[Seen]) -> Share {
    let sum = |of: fn(&Indicator) -> usize| counted(seen.iter().map(|one| of(&one.indicator)).sum());
    Share { count: sum(|indicator| indicator.heard), of: sum(|indicator| indicator.firms) }
}

/// The head of the report.
pub fn key_figures(seen: &[Seen], texts: &Texts<'_>) -> Vec<KeyFigure> {
    let figure = |key: &str, value: String, detail: String| KeyFigure {
        value,
        label: texts.get(&format!("showcases-key-{key}")),
        detail,
        tone: "calm",
    };
    let (even, heard) = (even(seen), heard(seen));
    let of = |key: &str, of: u64| texts.counted(&format!("showcases-of-{key}"), of);
    vec![
        figure("held", texts.number(even.of), of("all", counted(seen.len()))),
        figure("heard", texts.number(heard.count), of("firms", heard.of)),
        figure("even", texts.number(even.count), of("held", even.of)),
        figure("attended", texts.number(seen.iter().map(|one| one.attended).sum()), String::new()),
    ]
}

/// Sections that count, for whoever reads the report.
pub fn sections(seen: &[Seen], kinds: &[(String, String)], texts: &Texts<'_>) -> Vec<Section> {
    vec![by_kind(seen, kinds, texts), hearings(seen, texts), equality(seen, texts)]
}

fn by_kind(seen: &[Seen], kinds: &[(String, String)], texts: &Texts<'_>) -> Section {
    let cells = Cells(texts);
    let mut columns = vec![Column::text(texts.get("col-kind"), 3.0)];
    columns.extend(State::ALL.map(|state| Column::number(texts.get(&format!("showcases-{}", state.as_str())), 1.0)));
    columns.push(Column::number(texts.get("col-total"), 1.0));
    columns.push(Column::number(texts.get("showcases-attended"), 1.0));
    let row = |title: &str, of: &[&Seen]| {
        let mut row = vec![cells.text(title)];
        let in_state = |state| counted(of.iter().filter(|one| one.is(state)).count());
        row.extend(State::ALL.map(|state| cells.count(in_state(state))));
        row.push(cells.count(counted(of.len())));
        row.push(cells.count(of.iter().map(|one| one.attended).sum()));
        row
    };
    let rows = kinds
        .iter()
        .map(|(id, title)| row(title, &seen.iter().filter(|one| one.showcase.kind == *id).collect::<Vec<_>>()))
        .collect();
    let total = Some(row(&texts.get("col-total"), &seen.iter().collect::<Vec<_>>()));
    let finding = texts.counted("showcases-finding", counted(held(seen).count()));
    let caption = texts.get("showcases-table-kinds");
    let table = Table { id: "showcases", caption, columns, rows, total, note: None };
    Section { id: "showcases", title: texts.get("showcases-section-kinds"), finding, chart: None, tables: vec![table] }
}

/// What became of the companies, by the way they came.
fn hearings(seen: &[Seen], texts: &Texts<'_>) -> Section {
    let cells = Cells(texts);
    type Outcome = (&'static str, fn(&Heard) -> bool);
    let outcomes: [Outcome; 4] = [
        ("heard", |heard| matches!(heard, Heard::Yes { .. })),
        ("with-reason", |heard| matches!(heard, Heard::No { with_reason: true })),
        ("without-reason", |heard| matches!(heard, Heard::No { with_reason: false })),
        ("unknown", |heard| matches!(heard, Heard::Unknown)),
    ];
    let mut columns = vec![Column::text(texts.get("showcases-origin"), 3.0)];
    columns.extend(outcomes.map(|(key, _)| Column::number(texts.get(&format!("showcases-col-{key}")), 1.2)));
    columns.push(Column::number(texts.get("col-total"), 1.0));
    let row = |title: String, origin: Option<&str>| {
        let of: Vec<Heard> = seen
            .iter()
            .flat_map(|one| &one.firms)
            .filter(|firm| origin.is_none_or(|origin| firm.origin == origin))
            .map(Firm::outcome)
            .collect();
        let mut row = vec![cells.text(title)];
        row.extend(outcomes.map(|(_, is)| cells.count(counted(of.iter().filter(|heard| is(heard)).count()))));
        row.push(cells.count(counted(of.len())));
        row
    };
    let rows = ["invited", "asked"]
        .map(|origin| row(texts.get(&format!("showcases-origin-{origin}")), Some(origin)))
        .into_iter()
        .collect();
    let total = Some(row(texts.get("col-total"), None));
    let share = heard(seen);
    let finding = match share.of {
        0 => texts.get("showcases-finding-no-firm"),
        _ => texts.with(
            "showcases-finding-heard",
            &[("count", texts.number(share.count).into()), ("firms", texts.number(share.of).into())],
        ),
    };
    let caption = texts.get("showcases-table-hearings");
    let table = Table { id: "hearings", caption, columns, rows, total, note: None };
    let title = texts.get("showcases-section-hearings");
    Section { id: "hearings", title, finding, chart: None, tables: vec![table] }
}

/// Ledgers of the showcases that took place, by what they say.
fn equality(seen: &[Seen], texts: &Texts<'_>) -> Section {
    let (cells, share) = (Cells(texts), even(seen));
    let columns = vec![
        Column::text(texts.get("showcases-col-ledger"), 4.0),
        Column::number(texts.get("col-count"), 1.0),
        Column::number(texts.get("col-share"), 1.0),
    ];
    let rows = Equality::ALL
        .map(|equality| {
            let count = counted(held(seen).filter(|one| one.indicator.equality == equality).count());
            vec![
                cells.text(equality_label(equality, texts)),
                cells.count(count),
                cells.share(Share { count, of: share.of }),
            ]
        })
        .into_iter()
        .collect();
    let finding = match share.of {
        0 => texts.get("showcases-finding-none-held"),
        of => texts.with(
            "showcases-finding-even",
            &[
                ("n", share.count.into()),
                ("count", texts.number(share.count).into()),
                ("held", texts.number(of).into()),
            ],
        ),
    };
    let caption = texts.get("showcases-table-equality");
    let table = Table { id: "equality", caption, columns, rows, total: None, note: None };
    let title = texts.get("showcases-section-equality");
    Section { id: "equality", title, finding, chart: None, tables: vec![table] }
}

/// What a ledger says, in a word or two.
pub fn equality_label(equality: Equality, texts: &Texts<'_>) -> String {
    texts.get(&format!("showcases-ledger-{}", equality.as_str()))
}

/// Companies that were heard, most often first: for whoever reads every ledger.
pub fn companies(seen: &[Seen], texts: &Texts<'_>) -> Section {
    let cells = Cells(texts);
    let mut heard: BTreeMap<CompanyId, (&Firm, u64, i64)> = BTreeMap::new();
    for firm in seen.iter().flat_map(|one| &one.firms) {
        if let Heard::Yes { minutes } = firm.outcome() {
            let (_, times, total) = heard.entry(firm.company_id).or_insert((firm, 0, 0));
            *times += 1;
            *total += i64::from(minutes);
        }
    }
    let mut companies: Vec<(&Firm, u64, i64)> = heard.into_values().collect();
    companies.sort_by(|(a, a_times, a_minutes), (b, b_times, b_minutes)| {
        (b_times, b_minutes, &a.name).cmp(&(a_times, a_minutes, &b.name))
    });
    let columns = vec![
        Column::text(texts.get("col-company"), 3.4),
        Column::fixed(texts.get("col-neq"), 1.3),
        Column::number(texts.get("showcases-col-times"), 1.0),
        Column::number(texts.get("showcases-col-minutes"), 1.0),
    ];
    let rows: Vec<_> = companies
        .iter()
        .take(COMPANIES)
        .map(|(firm, times, minutes)| {
            vec![cells.text(&firm.name), cells.maybe(firm.neq.as_deref()), cells.count(*times), cells.number(*minutes)]
        })
        .collect();
    let note = bounded_note(texts, rows.len(), counted(companies.len()), "showcases-note-companies");
    let finding = texts.counted("showcases-finding-companies", counted(companies.len()));
    let caption = texts.get("showcases-table-companies");
    let tables = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Table { id: "companies", caption, columns, rows, total: None, note }]
    };
    Section { id: "companies", title: texts.get("showcases-section-companies"), finding, chart: None, tables }
}
