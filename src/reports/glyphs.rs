//! Fits text to the characters of a font. A tagged PDF must not hold a character that its font cannot show.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Longest run without a place to break: a pasted address must not leave its column.
const LONGEST_RUN: usize = 22;

/// Replaces what the font lacks, and counts it.
pub struct Glyphs<F: Fn(char) -> bool> {
    has: F,
    replaced: u64,
}

impl<F: Fn(char) -> bool> Glyphs<F> {
    /// `has` says whether the font shows a character.
    pub fn new(has: F) -> Self {
        Self { has, replaced: 0 }
    }

    /// Characters shown as « ? » so far.
    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// Fits every string of a value. Keys are ours and stay.
    pub fn fit(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if text.chars().any(|c| !c.is_ascii_graphic() && c != ' ') || text.len() > LONGEST_RUN {
                    *text = self.line(text);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.fit(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.fit(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn line(&mut self, text: &str) -> String {
        let mut fitted = String::with_capacity(text.len() + 8);
        let mut run = 0;
        for c in text.nfc() {
            let before = fitted.len();
            self.character(c, &mut fitted);
            if fitted.get(before..).is_some_and(|added| added.contains([' ', '\n', '-', '/'])) {
                run = 0;
            } else {
                run += 1;
            }
            if run == LONGEST_RUN {
                // Zero width space: invisible, and a place to break.
                fitted.push('\u{200b}');
                run = 0;
            }
        }
        fitted
    }

    fn character(&mut self, c: char, into: &mut String) {
        match c {
            '\n' => into.push('\n'),
            // Controls and marks of direction or of joining have no shape; without the script they serve they do harm.
            _ if c.is_control() => into.push(' '),
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' => {}
            '\u{2000}'..='\u{200a}' => into.push(' '),
            '\u{202f}' => into.push('\u{a0}'),
            '\u{2011}' => into.push('-'),
            _ if (self.has)(c) => into.push(c),
            _ => {
                // « Škoda » is better read as « Skoda » than as « ?koda ».
                let plain: String = std::iter::once(c).nfkd().filter(|part| (self.has)(*part)).collect();
                if plain.is_empty() {
                    into.push('?');
                    self.replaced += 1;
                } else {
                    into.push_str(&plain);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_font_lacks_is_told_and_counted() {
        let mut glyphs = Glyphs::new(|c| c.is_ascii() || "éàœ«»\u{a0}–".contains(c));
        let mut value = serde_json::json!({ "a": ["œuvre «\u{a0}Škoda\u{202f}» 🎁 e\u{301}", 3], "b": "עב\u{202e}" });
        glyphs.fit(&mut value);
        assert_eq!(value, serde_json::json!({ "a": ["œuvre «\u{a0}Skoda\u{a0}» ? é", 3], "b": "??" }));
        assert_eq!(glyphs.replaced(), 3);
    }
}
