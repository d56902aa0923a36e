//! Templates: strict Handlebars, one registry per language in which fixed texts are already in place.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError, RenderErrorReason,
    ScopedJson,
};
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::config::Config;
use crate::error::{Error, Result};
use crate::formats;
use crate::text::Language;
use crate::texts::{self, Arg};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates"]
#[include = "*.hbs"]
#[include = "**/*.hbs"]
struct Templates;

/// Every template in both languages; letters in text also without escaping.
pub struct Views {
    fr: Handlebars<'static>,
    en: Handlebars<'static>,
    text_fr: Handlebars<'static>,
    text_en: Handlebars<'static>,
    ready_fr: std::sync::OnceLock<String>,
    ready_en: std::sync::OnceLock<String>,
}

impl Views {
    /// Compiles all templates.
    ///
    /// # Errors
    /// Names the template and the text that is missing.
    pub fn load(_config: &Config) -> Result<Self> {
        Ok(Self {
            fr: registry(Language::Fr, false)?,
            en: registry(Language::En, false)?,
            text_fr: registry(Language::Fr, true)?,
            text_en: registry(Language::En, true)?,
            ready_fr: std::sync::OnceLock::new(),
            ready_en: std::sync::OnceLock::new(),
        })
    }

    /// A page kept ready in a language; made the first time.
    pub fn ready(&self, language: Language, make: impl FnOnce() -> Result<String>) -> Result<&str> {
        let place = match language {
            Language::Fr => &self.ready_fr,
            Language::En => &self.ready_en,
        };
        if let Some(page) = place.get() {
            return Ok(page);
        }
        let page = make()?;
        Ok(place.get_or_init(|| page))
    }

    /// A page or a part of one.
    pub fn render(&self, language: Language, template: &str, context: &impl Serialize) -> Result<String> {
        let registry = match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        };
        registry.render(template, context).map_err(|e| Error::Internal(format!("template {template}: {e}")))
    }

    /// The text part of a letter: nothing is escaped.
    pub fn render_text(&self, language: Language, template: &str, context: &impl Serialize) -> Result<String> {
        let registry = match language {
            Language::Fr => &self.text_fr,
            Language::En => &self.text_en,
        };
        registry.render(template, context).map_err(|e| Error::Internal(format!("template {template}: {e}")))
    }
}

fn registry(language: Language, plain: bool) -> Result<Handlebars<'static>> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    // Otherwise an indented partial puts spaces into what people typed in a text area.
    registry.set_prevent_indent(true);
    if plain {
        registry.register_escape_fn(handlebars::no_escape);
    }
    registry.register_helper("t", Box::new(Translate(language)));
    registry.register_helper("date", Box::new(Date(language)));
    registry.register_helper("money", Box::new(Money(language)));
    registry.register_helper("json", Box::new(json));
    for file in Templates::iter() {
        let is_text = file.ends_with(".txt.hbs");
        if is_text != plain {
            continue;
        }
        let source = Templates::get(&file).ok_or_else(|| Error::Internal(format!("{file} is not embedded")))?;
        let source = String::from_utf8(source.data.into_owned()).map_err(Error::internal)?;
        let name = file.trim_end_matches(".hbs").replace(".html", "_html").replace(".txt", "_txt");
        let source = with_fixed_texts(&source, language, plain).map_err(|e| Error::Internal(format!("{file}: {e}")))?;
        registry
            .register_template_string(&name, source)
            .map_err(|e| Error::Internal(format!("template {file}: {e}")))?;
    }
    Ok(registry)
}

/// Puts `{{t "key"}}` without arguments in place once, so that a page does not look them up again and again.
fn with_fixed_texts(source: &str, language: Language, plain: bool) -> std::result::Result<String, String> {
    let mut done = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{{t \"") {
        done.push_str(before);
        let (key, after_key) = after.split_once('"').ok_or("unclosed {{t \"")?;
        if let Some(after_call) = after_key.strip_prefix("}}") {
            let text = texts::find(language, key, &[]).ok_or_else(|| format!("missing text {key:?}"))?;
            let text = if plain { text } else { handlebars::html_escape(&text) };
            // Nothing of a text may be read as a Handlebars expression.
            done.push_str(&text.replace("{{", "{ {"));
            rest = after_call;
        } else {
            if !texts::exists(key) {
                return Err(format!("missing text {key:?}"));
            }
            done.push_str("{{t \"");
            done.push_str(key);
            done.push('"');
            rest = after_key;
        }
    }
    done.push_str(rest);
    Ok(done)
}

/// `{{t "key" name=value}}`: a value, so that Handlebars escapes it.
struct Translate(Language);

impl HelperDef for Translate {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> std::result::Result<ScopedJson<'rc>, RenderError> {
        let key = helper
            .param(0)
            .and_then(|param| param.value().as_str())
            .ok_or(RenderErrorReason::ParamNotFoundForIndex("t", 0))?;
        let args: Vec<(&str, Arg<'_>)> = helper
            .hash()
            .iter()
            .map(|(name, value)| {
                let arg = match value.value() {
                    serde_json::Value::Number(number) => Arg::Number(number.as_i64().unwrap_or_default()),
                    serde_json::Value::String(text) => Arg::from(text.clone()),
                    other => Arg::from(other.to_string()),
                };
                (*name, arg)
            })
            .collect();
        let text =
            texts::find(self.0, key, &args).ok_or_else(|| RenderErrorReason::Other(format!("missing text {key:?}")))?;
        Ok(ScopedJson::Derived(text.into()))
    }
}

struct Date(Language);

impl HelperDef for Date {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> std::result::Result<ScopedJson<'rc>, RenderError> {
        let text = helper.param(0).and_then(|param| param.value().as_str()).unwrap_or("");
        let shown = text.parse().map_or_else(|_| text.to_owned(), |date| formats::format_date_long(date, self.0));
        Ok(ScopedJson::Derived(shown.into()))
    }
}

struct Money(Language);

impl HelperDef for Money {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> std::result::Result<ScopedJson<'rc>, RenderError> {
        let cents = helper.param(0).and_then(|param| param.value().as_i64());
        let shown = cents.map(|cents| formats::format_money(cents, self.0)).unwrap_or_default();
        Ok(ScopedJson::Derived(shown.into()))
    }
}

fn json(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let value = helper.param(0).map(|param| param.value().to_string()).unwrap_or_default();
    out.write(&handlebars::html_escape(&value))?;
    Ok(())
}
