//! What is wrong in a file, where, in words.

use serde::{Deserialize, Serialize};

use crate::text::Language;
use crate::texts::{Arg, say};

/// Problems kept with their place; the others are counted.
pub const SHOWN: usize = 50;

/// One thing wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file, or the file of an archive.
    pub file: String,
    /// Line of the file, from 1; 0 when the file as a whole is meant.
    pub line: u64,
    /// Column, or path inside the record; empty when the whole line is meant.
    pub column: String,
    /// What was read there, shortened.
    pub value: String,
    /// Fluent key of the sentence.
    pub code: String,
}

impl Problem {
    pub fn new(file: &str, line: u64, column: impl Into<String>, value: impl AsRef<str>, code: &'static str) -> Self {
        let printable = value.as_ref().chars().map(|c| if c.is_control() { ' ' } else { c });
        Self {
            file: file.to_owned(),
            line,
            column: column.into(),
            value: printable.take(80).collect(),
            code: code.to_owned(),
        }
    }

    /// « fichier.csv, ligne 12, NEQ : … (valeur lue) ».
    pub fn text(&self, language: Language) -> String {
        let mut place = self.file.clone();
        if self.line > 0 {
            let line = i64::try_from(self.line).unwrap_or(i64::MAX);
            place = say(language, "import-place-line", &[("file", place.into()), ("line", Arg::from(line))]);
        }
        if !self.column.is_empty() {
            place = format!("{place}, {}", self.column);
        }
        let sentence = say(language, &self.code, &[]);
        if self.value.is_empty() {
            say(language, "import-problem", &[("place", place.into()), ("text", sentence.into())])
        } else {
            let args = [("place", place.into()), ("text", sentence.into()), ("value", Arg::from(self.value.as_str()))];
            say(language, "import-problem-value", &args)
        }
    }
}

/// Problems met so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    pub shown: Vec<Problem>,
    pub count: i64,
}

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.count += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(problem);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}
