//! The table: figure, goal, floor, ratio.

use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub what: String,
    pub figure: String,
    pub goal: String,
    /// What a bare program does on this machine, measured in this run when it could be.
    pub floor: String,
    pub held: Option<bool>,
    pub note: String,
}

impl Line {
    pub fn new(what: &str, figure: String, goal: &str, held: bool) -> Self {
        Self {
            what: what.to_owned(),
            figure,
            goal: goal.to_owned(),
            floor: String::new(),
            held: Some(held),
            note: String::new(),
        }
    }

    /// A figure with nothing to hold: what others are read against.
    pub fn reference(what: &str, figure: String) -> Self {
        Self { held: None, ..Self::new(what, figure, "–", true) }
    }

    pub fn floor(mut self, floor: impl Into<String>) -> Self {
        self.floor = floor.into();
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Prints lines as an aligned table.
pub fn print(lines: &[Line]) {
    let width = |cell: fn(&Line) -> &str, least: usize| {
        lines.iter().map(|line| cell(line).chars().count()).max().unwrap_or(0).max(least)
    };
    let (a, b, c, d) = (width(|l| &l.what, 4), width(|l| &l.figure, 6), width(|l| &l.goal, 4), width(|l| &l.floor, 5));
    println!("{:<a$}  {:>b$}  {:>c$}  {:>d$}  {:<4}  note", "what", "figure", "goal", "floor", "held");
    for line in lines {
        let held = match line.held {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "–",
        };
        println!(
            "{:<a$}  {:>b$}  {:>c$}  {:>d$}  {held:<4}  {}",
            line.what, line.figure, line.goal, line.floor, line.note
        );
    }
}
