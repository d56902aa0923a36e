//! Texts as the API takes them: what the description says of each is what reading refuses.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// One line with something to read on it and no control character.
pub const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";
/// The same over several lines.
pub const PROSE: &str = r"^([^\u0000-\u001f\u007f-\u009f]|[\t\n\r])*[^\s\u0000-\u001f\u007f-\u009f]([^\u0000-\u001f\u007f-\u009f]|[\t\n\r])*$";

/// Longest line and longest text, in characters.
pub const LONGEST_LINE: u32 = 300;
pub const LONGEST_PROSE: u32 = 4000;
/// Most lines of a list.
pub const MOST_LINES: usize = 20;

/// Key of what is wrong with a text, and its argument; `None` when nothing is.
pub fn problem(text: &str, prose: bool, most: u32) -> Option<(&'static str, Option<String>)> {
    if text.chars().any(|c| c.is_control() && !(prose && matches!(c, '\t' | '\n' | '\r'))) {
        return Some(("error-control-character", None));
    }
    if text.chars().all(char::is_whitespace) {
        return Some(("error-required-text", None));
    }
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    (length > most).then(|| ("error-too-long", Some(most.to_string())))
}

/// Carries the key of a sentence through serde, which only carries text; `body.rs` finds it again.
fn refuse<E: serde::de::Error>((key, arg): (&'static str, Option<String>)) -> E {
    E::custom(format!("{key} {}", arg.unwrap_or_default()))
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $prose:literal, $most:expr, $pattern:expr, $about:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                match problem(&text, $prose, $most) {
                    Some(problem) => Err(refuse(problem)),
                    None => Ok(Self(text)),
                }
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($about))
                    .min_length(Some(1))
                    .max_length(usize::try_from($most).ok())
                    .pattern(Some($pattern))
                    .into()
            }
        }

        impl ToSchema for $name {}
    };
}

text!(
    /// A text of several lines.
    Prose, true, LONGEST_PROSE, PROSE, "Text of one or several lines, with something to read, without control characters."
);
text!(
    /// One line.
    Line, false, LONGEST_LINE, LINE, "One line, with something to read, without control characters."
);

/// Conditions or measures, one line each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measures(pub Vec<Line>);

impl<'de> Deserialize<'de> for Measures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let lines = Vec::<Line>::deserialize(deserializer)?;
        if lines.len() > MOST_LINES {
            return Err(refuse(("error-too-many", Some(MOST_LINES.to_string()))));
        }
        Ok(Self(lines))
    }
}

impl PartialSchema for Measures {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new()
            .items(Ref::from_schema_name("Line"))
            .max_items(Some(MOST_LINES))
            .description(Some("Conditions or measures, one line each."))
            .into()
    }
}

impl ToSchema for Measures {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Line::name().into_owned(), Line::schema()));
    }
}

/// The attestation of a person: `true`, nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Yes;

impl<'de> Deserialize<'de> for Yes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if bool::deserialize(deserializer)? { Ok(Self) } else { Err(D::Error::custom("error-attestation ")) }
    }
}

impl PartialSchema for Yes {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Boolean)
            .enum_values(Some([true]))
            .description(Some("The person attests that what is filed is complete and true."))
            .into()
    }
}

impl ToSchema for Yes {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_and_control_characters_are_refused() {
        for text in ["", " ", "\u{a0}\t", "\u{2003}"] {
            assert!(problem(text, true, 10).is_some(), "{text:?}");
        }
        assert!(problem("a\u{0}", true, 10).is_some());
        assert!(problem("deux\nlignes", true, 20).is_none());
        assert!(problem("deux\nlignes", false, 20).is_some());
    }

    #[test]
    fn length_counts_characters() {
        assert!(problem(&"é".repeat(10), false, 10).is_none());
        assert_eq!(problem(&"é".repeat(11), false, 10), Some(("error-too-long", Some("10".into()))));
    }
}
