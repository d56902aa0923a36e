//! Cells that a spreadsheet would take for a formula, made harmless, and given back as they were.

use std::borrow::Cow;

/// Characters that start a formula or a command in a spreadsheet, in half and full width, and the controls that hide
/// one (OWASP, CSV injection).
const STARTS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet could take this text for a formula: after any apostrophes and blanks (some programs drop
/// them), it starts with one of [`STARTS`].
pub fn looks_like_formula(text: &str) -> bool {
    // Nearly every cell starts with a letter or a digit.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    text.chars()
        .find(|c| {
            STARTS.contains(c)
                || !(*c == '\'' || c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
        })
        .is_some_and(|c| STARTS.contains(&c))
}

/// A leading apostrophe before what looks like a formula; anything else untouched. [`restore`] undoes exactly this.
pub fn neutralise(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text before [`neutralise`]: one apostrophe less when one was added.
pub fn restore(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_gets_one_apostrophe_and_nothing_else_does() {
        for text in [
            "=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\0=", "＝1", "＋", "－2", "＠x", " =1", "\u{a0}+1", "'=1",
            "\n=1",
        ] {
            assert_eq!(neutralise(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "a=1", "1-2", "’=", "«=»", "'a", "–3", "#REF", "CAD-2026-1", "\"=1"] {
            assert_eq!(neutralise(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_was_neutralised_comes_back(text in "[-=+@'a ＝\t\r\n]{0,6}") {
            let harmless = neutralise(&text);
            proptest::prop_assert_eq!(restore(&harmless), text.as_str());
            proptest::prop_assert!(!neutralise(&text).starts_with(STARTS));
        }
    }
}
