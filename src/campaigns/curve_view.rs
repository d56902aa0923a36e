//! The curve of a campaign as a drawing: what `curve.rs` counted, in places and words.

use chrono::NaiveDate;
use serde::Serialize;

use super::curve::Step;
use crate::declarations::calendar::Calendar;
use crate::formats::{format_date_long, format_percent};
use crate::text::Language;
use crate::texts::say;

/// What `partials/chart_lines` draws.
#[derive(Serialize)]
pub struct CurveView {
    id: &'static str,
    title: String,
    desc: String,
    height: i32,
    baseline: i32,
    grid: Vec<GridView>,
    lines: Vec<LineView>,
    marks: Vec<MarkView>,
    ticks: Vec<TickView>,
}

#[derive(Serialize)]
struct GridView {
    y: i32,
    label: String,
}

#[derive(Serialize)]
struct LineView {
    series: u8,
    points: String,
}

#[derive(Serialize)]
struct MarkView {
    x: String,
    y: i32,
    label: String,
    before: bool,
}

#[derive(Serialize)]
struct TickView {
    x: String,
    label: String,
}

/// Pixels of the drawing: where everybody answered, and where nobody did.
const TOP: i32 = 24;
const BASELINE: i32 = 184;
const HEIGHT: i32 = 210;

/// A share of people, as a height.
fn height(done: usize, people: usize) -> i32 {
    let full = usize::try_from(BASELINE - TOP).unwrap_or(0);
    BASELINE - i32::try_from((done.min(people) * full).checked_div(people).unwrap_or(0)).unwrap_or(0)
}

/// A business day among those of the drawing, as a percentage of its width.
#[expect(clippy::cast_precision_loss, reason = "a place on a drawing")]
fn place(day: usize, days: usize) -> String {
    format!("{:.2}", day as f64 * 100.0 / days.max(1) as f64)
}

fn points(steps: impl Iterator<Item = usize>, people: usize, days: usize) -> String {
    let each = steps.enumerate().take_while(|(day, _)| *day <= days);
    each.map(|(day, done)| format!("{},{}", place(day, days), height(done, people))).collect::<Vec<_>>().join(" ")
}

/// The answers of a campaign due on a day, beside the pace that ends in time and beside those of the campaign before: the steps
/// of each and how many it asked. Nothing when it lasts no day or asks nobody. `finding` is what it shows, in a sentence.
pub fn drawn(
    (steps, people): (&[Step], usize),
    before: Option<(&[Step], usize)>,
    due_on: NaiveDate,
    calendar: &Calendar,
    finding: &str,
    language: Language,
) -> Option<CurveView> {
    let (first, last) = (steps.first()?, steps.last()?);
    let planned = usize::try_from(calendar.business_days_between(first.on, due_on)).unwrap_or(0);
    let days = planned.max(steps.len().saturating_sub(1));
    if days == 0 || people == 0 {
        return None;
    }
    let mut lines = vec![LineView { series: 2, points: format!("0,{BASELINE} {},{TOP}", place(planned, days)) }];
    if let Some((steps, people)) = before.filter(|(_, people)| *people > 0) {
        lines.push(LineView { series: 3, points: points(steps.iter().map(|step| step.done), people, days) });
    }
    lines.push(LineView { series: 1, points: points(steps.iter().map(|step| step.done), people, days) });
    let share = |part: usize, whole: usize| {
        format_percent(u64::try_from(part).unwrap_or(0), u64::try_from(whole).unwrap_or(0), language)
    };
    let at = steps.len() - 1;
    Some(CurveView {
        id: "courbe",
        title: say(language, "campaign-curve", &[]),
        desc: finding.to_owned(),
        height: HEIGHT,
        baseline: BASELINE,
        grid: [(1, 1), (1, 2)]
            .map(|(part, whole)| GridView { y: height(part, whole), label: share(part, whole) })
            .into(),
        lines,
        marks: vec![MarkView {
            x: place(at, days),
            y: height(last.done, people),
            // On the first day it would lie across the pace, which begins there; the sentence says as much.
            label: if at == 0 { String::new() } else { share(last.done, people) },
            before: at * 2 > days,
        }],
        ticks: [(planned, due_on)]
            .map(|(day, on)| TickView { x: place(day, days), label: format_date_long(on, language) })
            .into_iter()
            .filter(|_| planned < days)
            .collect(),
    })
}
