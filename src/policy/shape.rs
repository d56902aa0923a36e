//! What a value can be, as far as a rule file tells before any declaration is looked at.

use std::collections::BTreeSet;

use crate::declarations::kind::{Field, Widget};

/// A nature of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    YesNo,
    Number,
    Text,
    List,
    Object,
    /// Not answered.
    Nothing,
}

/// The natures a value can have, the words it can be, the numbers it lies between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub natures: BTreeSet<Nature>,
    /// The words that a text, or an item of a list, can be; `None` for any.
    pub words: Option<BTreeSet<String>>,
    /// The least and the greatest number.
    pub range: Option<(i64, i64)>,
}

impl Shape {
    fn of(nature: Nature) -> Self {
        Self { natures: BTreeSet::from([nature]), words: None, range: None }
    }

    pub fn text() -> Self {
        Self::of(Nature::Text)
    }

    pub fn yes_no() -> Self {
        Self::of(Nature::YesNo)
    }

    pub fn list() -> Self {
        Self::of(Nature::List)
    }

    pub fn nothing() -> Self {
        Self::of(Nature::Nothing)
    }

    pub fn number() -> Self {
        Self { range: Some((i64::MIN, i64::MAX)), ..Self::of(Nature::Number) }
    }

    pub fn between(least: i64, greatest: i64) -> Self {
        Self { range: Some((least, greatest)), ..Self::of(Nature::Number) }
    }

    pub fn at_least(least: i64) -> Self {
        Self::between(least, i64::MAX)
    }

    pub fn exactly(number: i64) -> Self {
        Self::between(number, number)
    }

    pub fn one_of<const N: usize>(words: [&str; N]) -> Self {
        Self { words: Some(words.into_iter().map(str::to_owned).collect()), ..Self::text() }
    }

    pub fn word(word: &str) -> Self {
        Self::one_of([word])
    }

    /// The answers of a declaration, by field.
    pub fn answers() -> Self {
        Self::of(Nature::Object)
    }

    /// Whatever it may be.
    pub fn any() -> Self {
        use Nature::{List, Nothing, Number, Object, Text, YesNo};
        Self { natures: BTreeSet::from([YesNo, Number, Text, List, Object, Nothing]), words: None, range: None }
    }

    /// The answer to a field of a kind. Nothing asked is always answered: a condition may hide it.
    pub fn of_field(field: &Field) -> Self {
        let mut shape = match field.widget {
            Widget::YesNo | Widget::Checkbox => Self::yes_no(),
            Widget::Money => Self::at_least(0),
            Widget::Text | Widget::Longtext | Widget::Date | Widget::Choice => Self::text(),
            Widget::Lines | Widget::Choices | Widget::Contacts | Widget::Persons | Widget::Attachment => Self::list(),
            Widget::Company => Self::answers(),
        };
        if matches!(field.widget, Widget::Choice | Widget::Choices) {
            shape.words = Some(field.options.iter().map(|option| option.id.clone()).collect());
        }
        shape.natures.insert(Nature::Nothing);
        shape
    }

    /// One or the other.
    pub fn or(mut self, other: &Self) -> Self {
        self.natures.extend(&other.natures);
        self.words = match (self.words, &other.words) {
            (Some(mut mine), Some(theirs)) => {
                mine.extend(theirs.iter().cloned());
                Some(mine)
            }
            _ => None,
        };
        self.range = match (self.range, other.range) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (Some(one), None) | (None, Some(one)) => Some(one),
            (None, None) => None,
        };
        self
    }

    /// The same when it is known to be answered.
    pub fn answered(mut self) -> Self {
        self.natures.remove(&Nature::Nothing);
        self
    }

    pub fn can_be(&self, nature: Nature) -> bool {
        self.natures.contains(&nature)
    }

    /// It is that, and nothing else.
    pub fn is_only(&self, nature: Nature) -> bool {
        self.natures.len() == 1 && self.can_be(nature)
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.natures.intersection(&other.natures).next().is_some()
    }
}
