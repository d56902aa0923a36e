//! Charts drawn by the server, once, as rectangles, lines and words: the page writes them as SVG
//! (`templates/report/chart.hbs`) and the PDF as Typst shapes (`templates/report/audit.typ`), from the same numbers.
//!
//! A series is told by its fill *and* its pattern, never by colour only; the table beneath says the same in words.
//! Lengths are in pixels of a 720-pixel wide drawing, y downwards; the PDF scales them.

use serde::Serialize;

/// Width of every chart.
pub const WIDTH: f64 = 720.0;
/// How many fills there are; the last one is for « Autres ».
pub const SERIES: usize = 6;
/// Patterns of the fills, in order; empty is solid.
const PATTERNS: [&str; SERIES] = ["", "hatch", "", "dots", "", "rows"];
/// Mean width of a character of the labels: an estimate that only decides where to cut and wrap.
const CHARACTER: f64 = 6.2;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChartView {
    /// Unique on the page: the prefix of the ids within the SVG.
    pub id: String,
    /// What is plotted.
    pub title: String,
    /// The finding, then where the numbers are.
    pub desc: String,
    pub width: i64,
    pub height: i64,
    pub rects: Vec<Rect>,
    pub lines: Vec<Line>,
    pub curves: Vec<Curve>,
    pub labels: Vec<Label>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rect {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    /// 0 to 5: class `chart-s0`…
    pub series: usize,
    /// `hatch`, `dots`, `rows` or empty.
    pub pattern: &'static str,
    /// What the mark says when it is pointed at.
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub x1: i64,
    pub y1: i64,
    pub x2: i64,
    pub y2: i64,
    /// `axis`, `grid` or `mark`.
    pub class: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// `x,y x,y …` for SVG.
    pub points: String,
    /// The same, for the PDF.
    pub path: Vec<(i64, i64)>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Label {
    pub x: i64,
    /// Of the baseline.
    pub y: i64,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// `label`, `value` or `mark`.
    pub class: &'static str,
    pub text: String,
}

/// One bar, column or segment: how it is named, its size, and how that size is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub label: String,
    pub value: u64,
    pub text: String,
}

impl ChartView {
    fn new(id: &str, title: String, desc: String, height: f64) -> Self {
        Self {
            id: id.to_owned(),
            title,
            desc,
            width: round(WIDTH),
            height: round(height),
            rects: Vec::new(),
            lines: Vec::new(),
            curves: Vec::new(),
            labels: Vec::new(),
        }
    }

    fn rect(&mut self, (x, y, width, height): (f64, f64, f64, f64), series: usize, label: String) {
        let pattern = PATTERNS.get(series).copied().unwrap_or_default();
        // From edge to edge, so that what is stacked neither gaps nor overlaps; what is something is seen.
        let from_to = |from: f64, length: f64| {
            let (first, last) = (round(from), round(from + length));
            (first, if length > 0.0 { (last - first).max(1) } else { 0 })
        };
        let ((x, width), (y, height)) = (from_to(x, width), from_to(y, height));
        self.rects.push(Rect { x, y, width, height, series, pattern, label });
    }

    fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), class: &'static str) {
        self.lines.push(Line { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), class });
    }

    fn label(&mut self, (x, y): (f64, f64), anchor: &'static str, class: &'static str, text: impl Into<String>) {
        self.labels.push(Label { x: round(x), y: round(y), anchor, class, text: text.into() });
    }

    /// Horizontal grid lines at round counts, with their labels; gives the top of the scale.
    fn scale(&mut self, (left, top, bottom): (f64, f64, f64), most: u64, read: &dyn Fn(u64) -> String) -> u64 {
        let step = round_step(most, 6);
        let ceiling = most.div_ceil(step).max(1) * step;
        for tick in (0..=ceiling).step_by(usize::try_from(step).unwrap_or(1)) {
            let y = bottom - (bottom - top) * part(tick, ceiling);
            self.line((left, y), (WIDTH, y), if tick == 0 { "axis" } else { "grid" });
            self.label((left - 8.0, y + 4.0), "end", "label", read(tick));
        }
        ceiling
    }
}

/// Horizontal bars, in the order given, all in one fill.
pub fn bars(id: &str, title: String, desc: String, marks: &[Mark]) -> ChartView {
    const ROW: f64 = 26.0;
    const LEFT: f64 = 300.0;
    let most = marks.iter().map(|mark| mark.value).max().unwrap_or(0).max(1);
    let height = ROW * marks.len() as f64 + 4.0;
    let mut chart = ChartView::new(id, title, desc, height);
    let room = WIDTH - LEFT - 70.0;
    for (row, mark) in marks.iter().enumerate() {
        let y = row as f64 * ROW + 4.0;
        let width = (room * part(mark.value, most)).max(if mark.value > 0 { 2.0 } else { 0.0 });
        chart.label((LEFT - 10.0, y + 13.5), "end", "label", cut(&mark.label, LEFT - 14.0));
        chart.rect((LEFT, y, width, ROW - 8.0), 0, format!("{} ({})", mark.label, mark.text));
        chart.label((LEFT + width + 8.0, y + 13.5), "start", "value", &mark.text);
    }
    chart.line((LEFT, 0.0), (LEFT, height), "axis");
    chart
}

/// Columns of one series, touching. `edges` are the lower bounds of the bins, written under their left sides.
pub fn histogram(
    id: &str,
    title: String,
    desc: String,
    marks: &[Mark],
    edges: &[String],
    read: &dyn Fn(u64) -> String,
) -> ChartView {
    const HEIGHT: f64 = 220.0;
    let (left, top, bottom) = (44.0, 18.0, HEIGHT - 26.0);
    let mut chart = ChartView::new(id, title, desc, HEIGHT);
    let most = marks.iter().map(|mark| mark.value).max().unwrap_or(0).max(1);
    let ceiling = chart.scale((left, top, bottom), most, read);
    let width = (WIDTH - left) / (marks.len().max(1) as f64);
    for (column, (mark, edge)) in marks.iter().zip(edges).enumerate() {
        let x = left + column as f64 * width;
        let height = (bottom - top) * part(mark.value, ceiling);
        chart.rect((x + 1.5, bottom - height, width - 3.0, height), 0, format!("{} ({})", mark.label, mark.text));
        if mark.value > 0 {
            chart.label((x + width / 2.0, bottom - height - 5.0), "middle", "value", &mark.text);
        }
        chart.label((x, bottom + 17.0), if column == 0 { "start" } else { "middle" }, "label", edge);
    }
    chart
}

/// One column of a stacked chart: its label, a second line under it (the year) or nothing, one mark per series.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    pub label: String,
    pub under: String,
    /// In the order of the legend; the label is what is read when the segment is pointed at.
    pub marks: Vec<Mark>,
}

/// Stacked columns with a legend above. At most [`SERIES`] series.
pub fn stacked(
    id: &str,
    title: String,
    desc: String,
    legend: &[String],
    stacks: &[Stack],
    read: &dyn Fn(u64) -> String,
) -> ChartView {
    let left = 44.0;
    let mut chart = ChartView::new(id, title, desc, 0.0);
    let (mut x, mut y) = (left, 4.0);
    for (series, name) in legend.iter().enumerate() {
        let name = cut(name, 300.0);
        let wide = 20.0 + name.chars().count() as f64 * CHARACTER + 18.0;
        if x + wide > WIDTH && x > left {
            (x, y) = (left, y + 20.0);
        }
        chart.rect((x, y, 13.0, 12.0), series, String::new());
        chart.label((x + 20.0, y + 10.5), "start", "label", name);
        x += wide;
    }
    let top = y + 38.0;
    let bottom = top + 170.0;
    chart.height = round(bottom + 42.0);
    let total = |stack: &Stack| stack.marks.iter().map(|mark| mark.value).sum::<u64>();
    let ceiling = chart.scale((left, top, bottom), stacks.iter().map(total).max().unwrap_or(0).max(1), read);
    let step = (WIDTH - left) / (stacks.len().max(1) as f64);
    let width = (step * 0.68).min(46.0);
    // Labels of many months would touch: every second, third… is written.
    let every = (34.0 / step).ceil().max(1.0) as usize;
    for (column, stack) in stacks.iter().enumerate() {
        let middle = left + (column as f64 + 0.5) * step;
        let mut base = bottom;
        for (series, mark) in stack.marks.iter().enumerate().filter(|(_, mark)| mark.value > 0) {
            let height = (bottom - top) * part(mark.value, ceiling);
            base -= height;
            chart.rect((middle - width / 2.0, base, width, height), series.min(SERIES - 1), mark.label.clone());
        }
        if column.is_multiple_of(every) {
            if total(stack) > 0 {
                chart.label((middle, base - 5.0), "middle", "value", read(total(stack)));
            }
            chart.label((middle, bottom + 17.0), "middle", "label", &stack.label);
            chart.label((middle, bottom + 33.0), "middle", "label", &stack.under);
        }
    }
    chart
}

/// A vertical mark on the curve: « P50 = 4 ».
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    pub at: i64,
    pub text: String,
}

/// Share of decisions taken within so many days: steps that climb to the whole. `counts` is ascending.
pub fn climb(
    id: &str,
    title: String,
    desc: String,
    counts: &[(i64, u64)],
    markers: &[Marker],
    axis: &str,
    percent: &dyn Fn(u64) -> String,
) -> ChartView {
    const HEIGHT: f64 = 250.0;
    let (left, top, bottom) = (56.0, 26.0, HEIGHT - 46.0);
    let mut chart = ChartView::new(id, title, desc, HEIGHT);
    let all = counts.iter().map(|(_, count)| count).sum::<u64>().max(1);
    let longest = counts.last().map_or(0, |(days, _)| *days).max(1);
    // One file that slept for a year must not flatten the curve of all the others.
    let reach = markers.iter().map(|marker| marker.at).max().unwrap_or(longest).saturating_mul(3).max(10).min(longest);
    let across = |days: i64| left + (WIDTH - left - 12.0) * (days.clamp(0, reach) as f64 / reach as f64);
    for quarter in 0..=4_u64 {
        let y = bottom - (bottom - top) * quarter as f64 / 4.0;
        chart.line((left, y), (WIDTH, y), if quarter == 0 { "axis" } else { "grid" });
        chart.label((left - 8.0, y + 4.0), "end", "label", percent(quarter * 250));
    }
    let reach_count = u64::try_from(reach).unwrap_or(1);
    for tick in (0..=reach_count).step_by(usize::try_from(round_step(reach_count, 12)).unwrap_or(1)) {
        let x = across(i64::try_from(tick).unwrap_or(0));
        chart.line((x, bottom), (x, bottom + 4.0), "axis");
        chart.label((x, bottom + 18.0), "middle", "label", tick.to_string());
    }
    chart.label(((left + WIDTH) / 2.0, HEIGHT - 8.0), "middle", "label", axis);
    let mut path = vec![(round(left), round(bottom))];
    let mut seen = 0;
    for (days, count) in counts.iter().take_while(|(days, _)| *days <= reach) {
        let x = across(*days);
        let before = bottom - (bottom - top) * part(seen, all);
        seen += count;
        path.push((round(x), round(before)));
        path.push((round(x), round(bottom - (bottom - top) * part(seen, all))));
    }
    if let Some((_, y)) = path.last().copied() {
        path.push((round(across(reach)), y));
    }
    let points = path.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
    if seen > 0 {
        chart.curves.push(Curve { points, path });
    }
    let mut free_from = left;
    for marker in markers {
        let x = across(marker.at);
        chart.line((x, top - 8.0), (x, bottom), "mark");
        let at = x.max(free_from);
        chart.label((at + 4.0, top - 12.0), "start", "mark", &marker.text);
        free_from = at + 4.0 + marker.text.chars().count() as f64 * CHARACTER + 10.0;
    }
    chart
}

/// A step of 1, 2 or 5 times a power of ten that gives at most `ticks` of them.
fn round_step(most: u64, ticks: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for step in [power, power.saturating_mul(2), power.saturating_mul(5)] {
            if step.saturating_mul(ticks) >= most {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

fn part(value: u64, whole: u64) -> f64 {
    value as f64 / whole.max(1) as f64
}

/// To a whole pixel of the drawing: a tenth more is bytes that nobody sees.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a drawing")]
fn round(value: f64) -> i64 {
    value.round() as i64
}

/// What fits in so many pixels; the table has the whole.
fn cut(text: &str, pixels: f64) -> String {
    crate::reports::format::clip(text, (pixels / CHARACTER) as usize)
}
