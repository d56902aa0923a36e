//! Two versions of what was declared, answer by answer: what a correction changed, or what changed since last year.
//!
//! A pure function of two sets of answers, each read with the kind as it was on its day. Free text is compared word by
//! word; everything else changes as a whole.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::answers::{self, Answers, Given};
use super::kind::{Field, Kind, Widget};
use crate::text::Language;

/// One side of the comparison.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub kind: &'a Kind,
    pub answers: &'a Answers,
}

/// What became of one answer from the first side to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Same,
    Changed,
    Added,
    Removed,
}

impl Change {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// A run of text that both sides share, or that one of them alone has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub text: String,
    /// The other side does not have it.
    pub alone: bool,
}

/// One answer on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Id of its field.
    pub field: String,
    pub label: String,
    pub change: Change,
    pub before: Vec<Piece>,
    pub after: Vec<Piece>,
}

/// Every answer that either side has, in the order of the second one's form, then those only the first one's form asks.
pub fn compare(before: Side<'_>, after: Side<'_>, given: Given<'_>, language: Language) -> Vec<Line> {
    let gone = before.kind.fields().filter(|field| after.kind.fields().all(|other| other.id != field.id));
    let asked = |side: &Side<'_>, field: &Field| side.kind.fields().find(|f| f.id == field.id).cloned();
    after
        .kind
        .fields()
        .chain(gone)
        .filter_map(|field| {
            let read = |side: Side<'_>| match asked(&side, field) {
                Some(field) if side.answers.shows(&field, given) => {
                    answers::lines(&field, side.answers.get(&field.id), language).join("\n")
                }
                _ => String::new(),
            };
            let (left, right) = (read(before), read(after));
            let differs = before.answers.get(&field.id) != after.answers.get(&field.id);
            let change = match (left.is_empty(), right.is_empty()) {
                (true, true) => return None,
                (true, false) => Change::Added,
                (false, true) => Change::Removed,
                // A choice may have been reworded since: the words changed, not the answer. A file may have kept its
                // name: the answer changed, not the words.
                _ if differs => Change::Changed,
                _ => Change::Same,
            };
            let by_word = change == Change::Changed && matches!(field.widget, Widget::Text | Widget::Longtext);
            let (before, after) =
                if by_word { words(&left, &right) } else { (whole(left, change), whole(right, change)) };
            let label = field.label.get(language).to_owned();
            Some(Line { field: field.id.clone(), label, change, before, after })
        })
        .collect()
}

fn whole(text: String, change: Change) -> Vec<Piece> {
    if text.is_empty() { Vec::new() } else { vec![Piece { text, alone: change != Change::Same }] }
}

/// Both texts in runs, word by word.
fn words(before: &str, after: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Equal => {
                add(&mut left, text, false);
                add(&mut right, text, false);
            }
            ChangeTag::Delete => add(&mut left, text, true),
            ChangeTag::Insert => add(&mut right, text, true),
        }
    }
    (left, right)
}

fn add(pieces: &mut Vec<Piece>, text: &str, alone: bool) {
    match pieces.last_mut() {
        Some(last) if last.alone == alone => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), alone }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.alone { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn a_text_is_compared_word_by_word() {
        let (before, after) = words("Repas de 40 dollars au bistro", "Repas de 60 dollars au restaurant");
        assert_eq!(said(&before), "Repas de [40] dollars au [bistro]");
        assert_eq!(said(&after), "Repas de [60] dollars au [restaurant]");
    }

    #[test]
    fn each_side_says_its_own_text_whole_whatever_changed() {
        let pairs = [("", "a b"), ("a b", "b a"), ("é\nà", "é\n\nà c"), ("même", "même")];
        for (left, right) in pairs {
            let (before, after) = words(left, right);
            let text = |pieces: &[Piece]| pieces.iter().map(|p| p.text.as_str()).collect::<String>();
            assert_eq!((text(&before).as_str(), text(&after).as_str()), (left, right));
            let shared =
                |pieces: &[Piece]| pieces.iter().filter(|p| !p.alone).map(|p| p.text.as_str()).collect::<String>();
            assert_eq!(shared(&before), shared(&after), "what is not marked is on both sides");
        }
    }
}
