//! Puts the document together: heading, key figures, highlights, definitions, sections, method.

use crate::reports::document::{Document, KeyFigure, Method, Pair, Words};
use crate::reports::figures::{AuditFigures, Share};
use crate::reports::findings;
use crate::reports::format;
use crate::reports::rows::ReportContext;
use crate::reports::texts::Texts;
use crate::reports::{cases, sections};

/// The whole report in the language of the texts.
pub fn document(figures: &AuditFigures, context: &ReportContext, texts: &Texts) -> Document {
    let date = |date| serde_json::Value::from(format::date_long(date, texts.language));
    Document {
        language: texts.language.code(),
        title: texts.get("title"),
        organisation: context.organisation.clone(),
        period: texts.with("period", &[("from", date(context.from)), ("to", date(context.to))]),
        meta: meta(figures, context, texts),
        key_figures: key_figures(figures, texts),
        highlights_title: texts.get("highlights"),
        highlights: highlights(figures, texts),
        definitions_title: texts.get("definitions"),
        definitions: ["filed", "decided", "pending", "withdrawn", "overdue", "late", "percentile", "gift"]
            .iter()
            .map(|key| Pair {
                term: texts.get(&format!("term-{key}")),
                text: texts.with(&format!("definition-{key}"), &[("date", date(context.as_of))]),
            })
            .collect(),
        sections: vec![
            sections::volume(figures, texts),
            sections::kinds(figures, texts),
            sections::units(figures, texts),
            sections::states(figures, texts),
            sections::delays(figures, texts),
            sections::pending(figures, texts),
            cases::decisions(figures, texts),
            cases::gifts(figures, texts),
            cases::companies(figures, texts),
            cases::filed_late(figures, texts),
            cases::missing_supervisors(figures, texts),
        ],
        method: method(figures, context, texts),
        words: words(texts),
    }
}

/// Words of the frame of any report.
pub fn words(texts: &Texts) -> Words {
    Words {
        page: texts.get("page"),
        of: texts.get("page-of"),
        data: texts.get("chart-data"),
        contents: texts.get("contents"),
        empty: texts.get("empty-table"),
    }
}

fn pair(texts: &Texts, key: &str, text: String) -> Pair {
    Pair { term: texts.get(key), text }
}

/// Who, what, when: the first lines of the report.
fn meta(figures: &AuditFigures, context: &ReportContext, texts: &Texts) -> Vec<Pair> {
    let scope = match (&context.unit_filter, &context.scope_note) {
        (Some(unit), Some(note)) => format!("{unit}. {note}"),
        (Some(unit), None) => unit.clone(),
        (None, Some(note)) => format!("{} {note}", texts.get("whole-organisation")),
        (None, None) => texts.get("whole-organisation"),
    };
    let population = texts.with(
        "population-text",
        &[
            ("n", context.population.into()),
            ("count", texts.number(context.population).into()),
            ("declarants", texts.number(figures.totals.declarants.count).into()),
            ("share", texts.share(figures.totals.declarants).into()),
        ],
    );
    vec![
        pair(texts, "meta-scope", scope),
        pair(texts, "meta-population", population),
        pair(texts, "meta-policies", policies(context, texts)),
        pair(texts, "meta-generated", context.generated_local.clone()),
        pair(texts, "meta-by", context.generated_by.clone()),
    ]
}

fn policies(context: &ReportContext, texts: &Texts) -> String {
    if context.policy_versions.is_empty() { texts.get("no-policy") } else { context.policy_versions.join("; ") }
}

fn key_figures(figures: &AuditFigures, texts: &Texts) -> Vec<KeyFigure> {
    let totals = &figures.totals;
    let figure = |key: &str, value: String, detail: String, watch: bool| KeyFigure {
        value,
        label: texts.get(&format!("key-{key}")),
        detail,
        tone: if watch { "watch" } else { "calm" },
    };
    let days = |days: Option<i64>| days.map_or_else(|| texts.get("none"), |days| format::integer(days, texts.language));
    let unit = |days: Option<i64>| texts.counted("key-detail-days", days.map_or(0, i64::unsigned_abs));
    let decided = texts.share(Share { count: totals.decided, of: totals.declarations });
    let detail = |key: &str, value: String| {
        if totals.declarations == 0 { String::new() } else { texts.with(key, &[("value", value.into())]) }
    };
    vec![
        figure("declarations", texts.number(totals.declarations), detail("key-detail-decided", decided), false),
        figure("on-time", texts.share(figures.delay.on_time), texts.get("key-detail-on-time"), false),
        figure("p50", days(figures.delay.p50), unit(figures.delay.p50), false),
        figure("p90", days(figures.delay.p90), unit(figures.delay.p90), false),
        figure(
            "pending",
            texts.number(totals.pending),
            texts.counted("key-detail-overdue", totals.overdue),
            totals.overdue > 0,
        ),
        figure(
            "late",
            texts.number(figures.filed_late.share.count),
            detail("key-detail-late", texts.share(figures.filed_late.share)),
            figures.filed_late.share.count > 0,
        ),
    ]
}

/// The sentences an executive reads when there is time for one page.
fn highlights(figures: &AuditFigures, texts: &Texts) -> Vec<String> {
    let mut highlights: Vec<String> = Vec::new();
    for finding in [
        findings::volume(figures, texts),
        findings::delays(figures, texts),
        findings::pending(figures, texts),
        findings::decisions(figures, texts),
        findings::gifts(figures, texts),
        findings::filed_late(figures, texts),
        findings::missing_supervisors(figures, texts),
    ] {
        // In an empty period several say the same.
        if !highlights.contains(&finding) {
            highlights.push(finding);
        }
    }
    highlights
}

/// How far the journal is signed, and what witnesses do not cover yet.
fn witnessed(context: &ReportContext, texts: &Texts) -> Vec<Pair> {
    let Some(witnessed) = &context.witnessed else { return Vec::new() };
    let told = |key: &str, n: u64, more: &[(&str, serde_json::Value)]| {
        let counted: [(&str, serde_json::Value); 2] = [("n", n.into()), ("count", texts.number(n).into())];
        texts.with(key, &[&counted[..], more].concat())
    };
    let head = witnessed.head.as_ref().map_or_else(
        || texts.get("none"),
        |head| told("method-head-text", head.events, &[("at", head.signed_local.clone().into())]),
    );
    let mut facts = vec![pair(texts, "method-head", head)];
    if let Some(waits) = &witnessed.waits {
        let many = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        if waits.asked > 1 {
            let asked = ("asked", texts.number(many(waits.asked)).into());
            facts.push(pair(texts, "method-witnesses", told("method-witnesses-text", many(waits.wanted), &[asked])));
        }
        let waiting =
            told("method-waiting-text", many(waits.uncovered), &[("waiting", span(waits.waiting, texts).into())]);
        facts.push(pair(texts, "method-waiting", waiting));
        let seconds = [("p50", waits.p50), ("p99", waits.p99), ("longest", waits.longest)];
        let waited = told(
            "method-waits-text",
            many(waits.covered),
            &seconds.map(|(name, value)| (name, span(value, texts).into())),
        );
        facts.push(pair(texts, "method-waits", waited));
    }
    facts
}

/// How long something lasted, in the unit that says it in a few digits: no less than it was.
fn span(seconds: i64, texts: &Texts) -> String {
    let seconds = u64::try_from(seconds).unwrap_or_default();
    let (unit, size) = match seconds {
        0..600 => ("seconds", 1),
        600..7_200 => ("minutes", 60),
        7_200..172_800 => ("hours", 3_600),
        _ => ("days", 86_400),
    };
    texts.counted(&format!("span-{unit}"), seconds.div_ceil(size))
}

fn method(figures: &AuditFigures, context: &ReportContext, texts: &Texts) -> Method {
    let mut facts = vec![
        pair(texts, "meta-generated", context.generated_local.clone()),
        pair(texts, "method-utc", context.generated_at.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        pair(texts, "meta-by", context.generated_by.clone()),
        pair(texts, "method-count", texts.number(figures.data.rows)),
        pair(texts, "meta-policies", policies(context, texts)),
        pair(texts, "method-version", crate::reports::json::SCHEMA.to_owned()),
    ];
    facts.extend(witnessed(context, texts));
    Method {
        title: texts.get("section-method"),
        paragraphs: ["rows", "delays", "percentiles", "gifts", "companies", "lists", "check"]
            .iter()
            .map(|key| texts.get(&format!("method-{key}")))
            .collect(),
        facts,
        hash: pair(texts, "method-hash", figures.data.sha256.clone()),
    }
}
