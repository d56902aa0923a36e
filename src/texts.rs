//! Words for people that live in `templates/text/{fr,en}/*.ftl`. French is complete; English falls back to it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::RwLock;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use unic_langid::{LanguageIdentifier, langid};

use crate::text::Language;

static_loader! {
    static TEXTS = {
        locales: "./templates/text",
        fallback_language: "fr",
        // Isolation marks would end up in letters, files and PDF.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const FR: LanguageIdentifier = langid!("fr");
const EN: LanguageIdentifier = langid!("en");

/// An argument of a message.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    Text(Cow<'a, str>),
    Number(i64),
}

impl Arg<'_> {
    /// How many.
    pub fn count(number: impl TryInto<i64>) -> Self {
        Self::Number(number.try_into().unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A message and what fills it, from where nobody knows yet in which language it will be read. Logs, and what is kept in the
/// database, have it in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    key: &'static str,
    parts: Vec<(&'static str, Part)>,
}

/// What fills a place of a [`Sentence`].
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Number(i64),
    Said(Sentence),
}

impl Sentence {
    pub fn new(key: &'static str) -> Self {
        Self { key, parts: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, text: impl std::fmt::Display) -> Self {
        self.parts.push((name, Part::Text(text.to_string())));
        self
    }

    /// With a number, which may decide how the sentence is written.
    pub fn count(mut self, name: &'static str, number: impl TryInto<i64>) -> Self {
        self.parts.push((name, Part::Number(number.try_into().unwrap_or(i64::MAX))));
        self
    }

    /// With another sentence in it, said in the same language.
    pub fn because(mut self, name: &'static str, why: Self) -> Self {
        self.parts.push((name, Part::Said(why)));
        self
    }

    pub fn say(&self, language: Language) -> String {
        let args: Vec<(&str, Arg<'_>)> = self
            .parts
            .iter()
            .map(|(name, part)| {
                let arg = match part {
                    Part::Text(text) => Arg::from(text.as_str()),
                    Part::Number(number) => Arg::from(*number),
                    Part::Said(sentence) => Arg::from(sentence.say(language)),
                };
                (*name, arg)
            })
            .collect();
        say(language, self.key, &args)
    }
}

impl std::fmt::Display for Sentence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Language::Fr))
    }
}

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/text"]
struct Files;

/// Keys of a language's files. Looking a message with arguments up without them fails, so this reads the files.
pub fn keys(language: Language) -> std::collections::BTreeSet<String> {
    Files::iter()
        .filter(|name| name.starts_with(language.code()))
        .filter_map(|name| Files::get(&name))
        .flat_map(|file| {
            String::from_utf8_lossy(&file.data)
                .lines()
                .filter_map(|line| line.split_once(" ="))
                .filter(|(key, _)| key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
                .map(|(key, _)| key.to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// True when the French files have the message.
pub fn exists(key: &str) -> bool {
    static KEYS: std::sync::OnceLock<std::collections::BTreeSet<String>> = std::sync::OnceLock::new();
    KEYS.get_or_init(|| keys(Language::Fr)).contains(key)
}

/// A message without arguments says the same each time: it is put together once. Only what exists is kept, so that
/// keys that come from outside add nothing.
fn fixed(language: Language, key: &str, make: impl FnOnce() -> Option<String>) -> Option<String> {
    static FR_SAID: RwLock<BTreeMap<String, String>> = RwLock::new(BTreeMap::new());
    static EN_SAID: RwLock<BTreeMap<String, String>> = RwLock::new(BTreeMap::new());
    let said = match language {
        Language::Fr => &FR_SAID,
        Language::En => &EN_SAID,
    };
    if let Some(text) = said.read().ok().and_then(|said| said.get(key).cloned()) {
        return Some(text);
    }
    let text = make()?;
    if let Ok(mut said) = said.write() {
        said.insert(key.to_owned(), text.clone());
    }
    Some(text)
}

/// A message, or `None` when no language has it.
pub fn find(language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let id = match language {
        Language::Fr => &FR,
        Language::En => &EN,
    };
    if args.is_empty() {
        return fixed(language, key, || TEXTS.try_lookup(id, key));
    }
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.as_ref()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            (Cow::Owned((*name).to_owned()), value)
        })
        .collect();
    TEXTS.try_lookup_with_args(id, key, &args)
}

/// A message. A missing one shows its key, and is an error in the log: `tests/it/texts.rs` finds it first.
pub fn say(language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    find(language, key, args).unwrap_or_else(|| {
        tracing::error!(key, "missing text");
        key.to_owned()
    })
}
