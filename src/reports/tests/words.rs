//! The real Fluent files, connected as the application connects them.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::static_loader;
use serde_json::Value;
use unic_langid::langid;

use crate::text::Language;

static_loader! {
    static MESSAGES = {
        locales: "./templates/text",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A lookup that refuses a missing message instead of printing its key.
pub fn lookup(language: Language) -> impl Fn(&str, &[(&str, Value)]) -> String {
    let id = match language {
        Language::Fr => langid!("fr"),
        Language::En => langid!("en"),
    };
    move |key, values| {
        let values: HashMap<Cow<'static, str>, FluentValue<'static>> = values
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Number(number) => FluentValue::from(number.as_i64().unwrap()),
                    Value::String(text) => FluentValue::from(text.clone()),
                    other => panic!("{key}: {other}"),
                };
                (Cow::Owned((*name).to_owned()), value)
            })
            .collect();
        // Without the fallback: English must have its own words.
        let text = MESSAGES.lookup_single_language(&id, key, Some(&values)).unwrap_or_else(|e| panic!("{key}: {e}"));
        assert!(!text.contains("{ $") && !text.contains("{$"), "{key}: {text}");
        text
    }
}
