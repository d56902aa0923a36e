//! The report without what could tell who is meant: no name, no number under five, none that could be found again from others.
//! Pure.
//!
//! What is under five is « moins de cinq », none included; every other count is told down to the five below it. A count is then one
//! of five that its reader cannot tell apart, in a total as in its parts: what a total leaves for a part is a range too. Shares, and
//! days of waiting, are told of many people only.

use super::document::{Cell, Document, Section, Table, Value};
use crate::formats::format_number;
use crate::reports::format;
use crate::text::Language;
use crate::texts::say;

/// Sections that count, and name nobody: neither people, companies nor files.
const COUNTED: [&str; 5] = ["volume", "kinds", "states", "delays", "decisions"];
/// Tables of those sections that count too: beside them are lists of files, with who decided and why.
const COUNTING: [&str; 6] = ["months", "kinds", "states", "delays", "outcomes", "measures"];
/// Figures of the head of the report that count files.
const KEY_COUNTS: [&str; 2] = ["report-key-declarations", "report-key-pending"];
/// Numbers under this one could tell who is meant; the others are told in steps of so many.
pub const STEP: i64 = 5;
/// Files of a row under which its shares and its days would tell of somebody.
const MANY: i64 = 20;

/// What is told of a count: the five below it, or nothing more than that it is small.
pub fn told(count: i64) -> Option<i64> {
    (count >= STEP).then_some(count / STEP * STEP)
}

/// The same document, for whoever reads figures alone.
pub fn aggregated(mut document: Document, language: Language) -> Document {
    document.sections.retain(|section| COUNTED.contains(&section.id));
    for section in &mut document.sections {
        section.tables.retain(|table| COUNTING.contains(&table.id));
    }
    sections(&mut document.sections, language);
    document.highlights = vec![say(language, "statistics-note", &[])];
    // Counts are exact there, of people and of rows.
    let population = say(language, "report-meta-population", &[]);
    document.meta.retain(|pair| pair.term != population);
    let rows = say(language, "report-method-count", &[]);
    document.method.facts.retain(|pair| pair.term != rows);
    // That of rows: of none it is known, and it changes with each.
    document.method.hash.text.clear();
    let counts = KEY_COUNTS.map(|key| say(language, key, &[]));
    document.key_figures.retain(|figure| counts.contains(&figure.label));
    for figure in &mut document.key_figures {
        let digits: String = figure.value.chars().filter(char::is_ascii_digit).collect();
        figure.value = words(digits.parse().unwrap_or_default(), language);
        figure.detail = String::new();
    }
    document
}

/// The same sections, whose tables all count.
pub fn sections(sections: &mut [Section], language: Language) {
    for section in sections {
        // Charts and sentences tell the same numbers.
        section.chart = None;
        section.finding = String::new();
        section.tables.iter_mut().for_each(|table| reduce(table, language));
    }
}

/// What is told of a count, in words.
pub fn words(count: i64, language: Language) -> String {
    told(count).map_or_else(|| say(language, "statistics-few", &[]), |count| format_number(count, language))
}

fn reduce(table: &mut Table, language: Language) {
    table.rows.retain(|row| !row.iter().any(|cell| cell.value == Value::OfOneFile));
    for row in table.rows.iter_mut().chain(&mut table.total) {
        let most =
            row.iter().filter_map(|cell| if let Value::Number(count) = cell.value { Some(count) } else { None }).max();
        let of_many = most.is_some_and(|most| most >= MANY);
        for cell in row {
            match cell.value {
                Value::Number(count) => *cell = Cell { text: words(count, language), value: Value::Text },
                // A share of few people, and a share that would give an exact count back.
                Value::Share(share) => match share.permille().filter(|_| of_many) {
                    Some(permille) => {
                        // The two counts behind it are exact: what leaves as a file holds its words alone.
                        let text = format::percent((permille + 25) / 50 * 50, language);
                        *cell = Cell { text, value: Value::Text };
                    }
                    None => *cell = nothing(),
                },
                Value::Money(_) => *cell = nothing(),
                Value::Days(_) if !of_many => *cell = nothing(),
                Value::Days(_) | Value::Text | Value::OfOneFile | Value::Date(_) | Value::Nothing => {}
            }
        }
    }
}

fn nothing() -> Cell {
    Cell { text: "–".to_owned(), value: Value::Nothing }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a reader of what is told knows of a count.
    fn range(told: Option<i64>) -> std::ops::RangeInclusive<i64> {
        told.map_or(0..=STEP - 1, |count| count..=count + STEP - 1)
    }

    /// The values of a part that go with everything told of its table: the total and the other parts.
    fn possible(parts: &[Option<i64>], total: Option<i64>, place: usize) -> Vec<i64> {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, told)| range(*told));
        let (least, most) = others.fold((0, 0), |(least, most), range| (least + range.start(), most + range.end()));
        let total = range(total);
        range(parts[place]).filter(|value| value + least <= *total.end() && value + most >= *total.start()).collect()
    }

    proptest! {
        /// « moins de cinq » is never one number, whatever is subtracted from the total.
        #[test]
        fn no_small_part_is_found_again_from_its_total(counts in prop::collection::vec(0i64..40, 2..5)) {
            let parts: Vec<Option<i64>> = counts.iter().map(|count| told(*count)).collect();
            let total = told(counts.iter().sum());
            for place in 0..counts.len() {
                let values = possible(&parts, total, place);
                prop_assert!(values.contains(&counts[place]));
                prop_assert!(values.len() > 1, "{counts:?}: {place} is {values:?}");
            }
        }
    }

    /// The twin: beside exact numbers, hiding the small one hides nothing.
    #[test]
    fn a_small_part_beside_exact_numbers_is_seen_to_be_found_again() {
        let exact = |count: i64| count..=count;
        let (six, total) = (exact(6), exact(7));
        assert_eq!((0..STEP).filter(|few| total.contains(&(six.start() + few))).count(), 1);
        assert_eq!(possible(&[told(6), None], told(7), 1), [0, 1, 2, 3, 4]);
    }
}
