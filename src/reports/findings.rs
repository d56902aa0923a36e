//! One sentence above each plot and table that states what it shows. A sentence is a Fluent message with its values:
//! nothing is concluded here beyond comparing counts.

use chrono::NaiveDate;
use serde_json::Value;

use crate::reports::figures::{AuditFigures, Share};
use crate::reports::format;
use crate::reports::texts::Texts;

/// How many were filed, and when most were.
pub fn volume(figures: &AuditFigures, texts: &Texts) -> String {
    let busiest = figures.by_month.iter().max_by(|a, b| {
        // The earlier of two equal months.
        a.declarations.cmp(&b.declarations).then_with(|| b.month.cmp(&a.month))
    });
    match busiest.filter(|month| month.declarations > 0) {
        Some(month) if figures.by_month.len() > 1 => say(
            texts,
            "finding-volume",
            figures.totals.declarations,
            &[
                (
                    "month",
                    first_of(&month.month)
                        .map_or_else(|| month.month.clone(), |first| format::month_long(first, texts.language)),
                ),
                ("most", texts.number(month.declarations)),
            ],
        ),
        Some(_) => say(texts, "finding-volume-one-month", figures.totals.declarations, &[]),
        None => texts.get("finding-volume-none"),
    }
}

/// The most frequent kind.
pub fn kinds(figures: &AuditFigures, texts: &Texts) -> String {
    let first = figures.by_kind.iter().rev().max_by_key(|kind| kind.declarations);
    match first.filter(|kind| kind.declarations > 0) {
        Some(kind) => say(
            texts,
            "finding-kinds",
            kind.declarations,
            &[
                ("kind", kind.title.clone()),
                ("share", texts.share(Share { count: kind.declarations, of: figures.totals.declarations })),
            ],
        ),
        None => texts.get("finding-volume-none"),
    }
}

/// How many units, and the first of them.
pub fn units(figures: &AuditFigures, texts: &Texts) -> String {
    match figures.by_unit.items.first() {
        Some(unit) => say(
            texts,
            "finding-units",
            figures.by_unit.total,
            &[
                ("unit", unit.name.clone()),
                ("share", texts.share(Share { count: unit.declarations, of: figures.totals.declarations })),
            ],
        ),
        None => texts.get("finding-volume-none"),
    }
}

/// How many are decided, how many wait.
pub fn states(figures: &AuditFigures, texts: &Texts) -> String {
    let totals = &figures.totals;
    if totals.declarations == 0 {
        return texts.get("finding-volume-none");
    }
    say(
        texts,
        "finding-states",
        totals.decided,
        &[
            ("share", texts.share(Share { count: totals.decided, of: totals.declarations })),
            ("pending", texts.counted("pending", totals.pending)),
        ],
    )
}

/// P50, P90 and the share on time.
pub fn delays(figures: &AuditFigures, texts: &Texts) -> String {
    if figures.delay.measured == 0 {
        return texts.get("finding-delays-none");
    }
    say(
        texts,
        "finding-delays",
        figures.delay.measured,
        &[
            ("half", texts.made_within(figures.delay.p50)),
            ("most", texts.made_within(figures.delay.p90)),
            ("share", texts.share(figures.delay.on_time)),
        ],
    )
}

/// How many wait, how many of them are late, and by how much at most.
pub fn pending(figures: &AuditFigures, texts: &Texts) -> String {
    let totals = &figures.totals;
    let worst = figures.pending.items.iter().map(|item| item.overdue_days).max().unwrap_or(0);
    match (totals.pending, totals.overdue) {
        (0, _) => texts.get("finding-pending-none"),
        (pending, 0) => say(texts, "finding-pending-on-time", pending, &[]),
        (pending, overdue) => say(
            texts,
            "finding-pending",
            pending,
            &[
                ("overdue", texts.counted("overdue", overdue)),
                ("worst", texts.counted("business-days", worst.unsigned_abs())),
            ],
        ),
    }
}

/// Refusals, conditions, and decisions with a reason.
pub fn decisions(figures: &AuditFigures, texts: &Texts) -> String {
    let decided = figures.totals.decided;
    if decided == 0 {
        return texts.get("finding-decisions-none");
    }
    let of_tone = |tone: &str| {
        figures.outcomes.iter().filter(|outcome| outcome.tone.as_deref() == Some(tone)).map(|o| o.count).sum::<u64>()
    };
    say(
        texts,
        "finding-decisions",
        decided,
        &[
            ("refusals", texts.counted("refusals", of_tone("negative"))),
            ("conditions", texts.counted("conditions", of_tone("conditional"))),
            ("share", texts.share(Share { count: figures.decisions_with_reason, of: decided })),
        ],
    )
}

/// How many gifts, their worth, and what became of most.
pub fn gifts(figures: &AuditFigures, texts: &Texts) -> String {
    let gifts = &figures.gifts;
    // The most frequent disposition that is known, when any is.
    let known = gifts.by_disposition.iter().find(|group| group.id.is_some());
    let Some(first) = known.or(gifts.by_disposition.first()) else { return texts.get("finding-gifts-none") };
    let disposition =
        first.label.clone().or_else(|| first.id.clone()).unwrap_or_else(|| texts.get("unknown-disposition"));
    match gifts.median_cents {
        Some(median) => say(
            texts,
            "finding-gifts",
            gifts.count,
            &[("value", texts.money(gifts.value_cents)), ("median", texts.money(median)), ("disposition", disposition)],
        ),
        None => say(texts, "finding-gifts-no-value", gifts.count, &[("disposition", disposition)]),
    }
}

/// How many companies, and the one declared most.
pub fn companies(figures: &AuditFigures, texts: &Texts) -> String {
    match figures.companies.items.first() {
        Some(company) => say(
            texts,
            "finding-companies",
            figures.companies.total,
            &[
                ("company", company.name.clone()),
                ("most", texts.counted("declarations", company.declarations)),
                ("people", texts.counted("people", company.declarants)),
            ],
        ),
        None => texts.get("finding-companies-none"),
    }
}

/// How many were filed late, and by how much for half of them.
pub fn filed_late(figures: &AuditFigures, texts: &Texts) -> String {
    match figures.filed_late.p50 {
        Some(median) => say(
            texts,
            "finding-late",
            figures.filed_late.share.count,
            &[
                ("share", texts.share(figures.filed_late.share)),
                ("median", texts.counted("business-days", median.unsigned_abs())),
            ],
        ),
        None if figures.totals.declarations == 0 => texts.get("finding-volume-none"),
        None => texts.get("finding-late-none"),
    }
}

/// How many people had no supervisor.
pub fn missing_supervisors(figures: &AuditFigures, texts: &Texts) -> String {
    let missing = &figures.missing_supervisors;
    match missing.people.total {
        0 if figures.totals.declarations == 0 => texts.get("finding-volume-none"),
        0 => texts.get("finding-supervisors-none"),
        people => say(
            texts,
            "finding-supervisors",
            people,
            &[("declarations", texts.counted("declarations", missing.declarations))],
        ),
    }
}

/// First day of `2026-04`.
pub fn first_of(month: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok()
}

/// A message with `n` for the plural, `count` as read, and its other values, which are texts.
fn say(texts: &Texts, key: &str, n: u64, values: &[(&str, String)]) -> String {
    let mut all: Vec<(&str, Value)> = vec![("n", n.into()), ("count", texts.number(n).into())];
    all.extend(values.iter().map(|(name, value)| (*name, Value::from(value.as_str()))));
    texts.with(key, &all)
}
