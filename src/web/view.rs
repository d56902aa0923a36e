//! Templates: strict Handlebars, one registry per language in which fixed texts and the parts that take no parameter are
//! already in place: Handlebars copies the whole of what it shows at each inclusion. The frame that pages share is read
//! once, as what comes before and after them. A template is compiled when it is first shown: all of them in both languages take
//! ten mebibytes and a tenth of a second, and most of a day needs a few.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError, RenderErrorReason,
    ScopedJson,
};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::rows::{Cells, RowTemplate};
use crate::error::{Error, Result};
use crate::formats;
use crate::text::Language;
use crate::texts::{self, Arg};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates"]
#[include = "*.hbs"]
#[include = "**/*.hbs"]
struct Templates;

/// Every template in both languages, and the pages kept ready.
pub struct Views {
    compiled: Arc<Compiled>,
    ready_fr: OnceLock<String>,
    ready_en: OnceLock<String>,
}

/// What the binary holds, whatever its settings; letters in text also without escaping.
struct Compiled {
    fr: Registry,
    en: Registry,
    text_fr: Registry,
    text_en: Registry,
    rows_fr: BTreeMap<String, RowTemplate>,
    rows_en: BTreeMap<String, RowTemplate>,
}

impl Compiled {
    fn new() -> Result<Self> {
        let sources = Arc::new(sources()?);
        let (rows_fr, rows_en) = (row_templates(&sources, Language::Fr)?, row_templates(&sources, Language::En)?);
        let registry = |language, plain| Registry::new(Arc::clone(&sources), language, plain);
        Ok(Self {
            fr: registry(Language::Fr, false),
            en: registry(Language::En, false),
            text_fr: registry(Language::Fr, true),
            text_en: registry(Language::En, true),
            rows_fr,
            rows_en,
        })
    }

    /// Made once in a process: stories run the product hundreds of times.
    fn shared() -> Result<Arc<Self>> {
        static COMPILED: OnceLock<Arc<Compiled>> = OnceLock::new();
        if let Some(compiled) = COMPILED.get() {
            return Ok(Arc::clone(compiled));
        }
        let compiled = Arc::new(Self::new()?);
        Ok(Arc::clone(COMPILED.get_or_init(|| compiled)))
    }
}

impl Views {
    /// Reads the templates; each is compiled when it is first shown.
    ///
    /// # Errors
    /// A template that is no text, or a row that cannot be read.
    pub fn load() -> Result<Self> {
        Ok(Self { compiled: Compiled::shared()?, ready_fr: OnceLock::new(), ready_en: OnceLock::new() })
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
            Language::Fr => &self.compiled.fr,
            Language::En => &self.compiled.en,
        };
        registry.render(template, context)
    }

    /// The rows of a list, from the template `rows/<name>.hbs`, as HTML to put in place.
    pub fn rows<R: Cells>(&self, language: Language, name: &str, rows: &[R]) -> Result<String> {
        let templates = match language {
            Language::Fr => &self.compiled.rows_fr,
            Language::En => &self.compiled.rows_en,
        };
        let template = templates.get(name).ok_or_else(|| Error::Internal(format!("no template rows/{name}")))?;
        let mut html = String::with_capacity(rows.len() * 1024);
        for row in rows {
            template.fill(row, &mut html).map_err(|e| Error::Internal(format!("template rows/{name}: {e}")))?;
        }
        Ok(html)
    }

    /// The text part of a letter: nothing is escaped.
    pub fn render_text(&self, language: Language, template: &str, context: &impl Serialize) -> Result<String> {
        let registry = match language {
            Language::Fr => &self.compiled.text_fr,
            Language::En => &self.compiled.text_en,
        };
        registry.render(template, context)
    }
}

/// Every template by its name, as written: those of the binary are not copied.
type Sources = BTreeMap<String, Cow<'static, str>>;

/// The templates of a language, each compiled once it was asked for.
struct Registry {
    sources: Arc<Sources>,
    language: Language,
    plain: bool,
    compiled: RwLock<Compilation>,
}

struct Compilation {
    handlebars: Handlebars<'static>,
    /// The frame of each template that has one.
    frames: BTreeMap<String, String>,
}

impl Registry {
    fn new(sources: Arc<Sources>, language: Language, plain: bool) -> Self {
        let compiled = Compilation { handlebars: empty(language, plain), frames: BTreeMap::new() };
        Self { sources, language, plain, compiled: RwLock::new(compiled) }
    }

    /// Compiles a template and what it includes.
    ///
    /// # Errors
    /// Names the template and what is wrong with it: a text that is missing, a block left open.
    fn compile(&self, name: &str) -> Result<()> {
        let mut compiled = self.compiled.write().unwrap_or_else(PoisonError::into_inner);
        self.compile_into(&mut compiled, name)
    }

    fn compile_into(&self, into: &mut Compilation, name: &str) -> Result<()> {
        if into.handlebars.has_template(name) {
            return Ok(());
        }
        let source = self.sources.get(name).ok_or_else(|| Error::Internal(format!("no template {name}")))?;
        let source = with_parts(source, &self.sources, 0);
        let framed = framed(&source).and_then(|(frame, body)| {
            let whole = with_parts(self.sources.get(frame)?, &self.sources, 0);
            let (before, after) = split(&whole)?;
            Some((frame.to_owned(), body, before.to_owned(), after.to_owned()))
        });
        let Some((frame, body, before, after)) = framed else { return self.register(into, name, &source) };
        self.register(into, &format!("{frame}{BEFORE}"), &before)?;
        self.register(into, &format!("{frame}{AFTER}"), &after)?;
        self.register(into, name, body)?;
        into.frames.insert(name.to_owned(), frame);
        Ok(())
    }

    fn register(&self, into: &mut Compilation, name: &str, source: &str) -> Result<()> {
        if into.handlebars.has_template(name) {
            return Ok(());
        }
        let fixed =
            with_fixed_texts(source, self.language, self.plain).map_err(|e| Error::Internal(format!("{name}: {e}")))?;
        let registered = into.handlebars.register_template_string(name, fixed);
        registered.map_err(|e| Error::Internal(format!("template {name}: {e}")))?;
        // After itself, so that a part which has itself ends.
        included(source)
            .filter(|part| self.sources.contains_key(*part))
            .try_for_each(|part| self.compile_into(into, part))
    }

    fn render(&self, template: &str, content: &impl Serialize) -> Result<String> {
        let known = self.compiled.read().unwrap_or_else(PoisonError::into_inner).handlebars.has_template(template);
        if !known {
            self.compile(template)?;
        }
        let compiled = self.compiled.read().unwrap_or_else(PoisonError::into_inner);
        let failed = |e: RenderError| Error::Internal(format!("template {template}: {e}"));
        let content = Context::wraps(content).map_err(failed)?;
        let render = |name: &str| compiled.handlebars.render_with_context(name, &content).map_err(failed);
        let Some(frame) = compiled.frames.get(template) else { return render(template) };
        let mut page = render(&format!("{frame}{BEFORE}"))?;
        page.push_str(&render(template)?);
        page.push_str(&render(&format!("{frame}{AFTER}"))?);
        Ok(page)
    }
}

/// Names of the templates that a source includes, however its tags treat the blanks around them.
fn included(source: &str) -> impl Iterator<Item = &str> {
    source.split("{{").skip(1).filter_map(|tag| {
        let name = tag.trim_start_matches(['~', '#']).strip_prefix('>')?;
        name.trim_start().split([' ', '\n', '}', '~']).next()
    })
}

/// Names of the halves of a frame.
const BEFORE: &str = "#before";
const AFTER: &str = "#after";

fn empty(language: Language, plain: bool) -> Handlebars<'static> {
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
    registry
}

/// Folder of the templates of rows.
const ROWS: &str = "rows/";

/// Every template by its name: `pages/home`, `mail/decide_html`, `mail/decide_txt`.
fn sources() -> Result<Sources> {
    Templates::iter()
        .map(|file| {
            let source = Templates::get(&file).ok_or_else(|| Error::Internal(format!("{file} is not embedded")))?;
            let source = match source.data {
                Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).map_err(Error::internal)?),
                Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).map_err(Error::internal)?),
            };
            Ok((file.trim_end_matches(".hbs").replace(".html", "_html").replace(".txt", "_txt"), source))
        })
        .collect()
}

fn row_templates(sources: &Sources, language: Language) -> Result<BTreeMap<String, RowTemplate>> {
    let rows = sources.iter().filter_map(|(name, source)| Some((name.strip_prefix(ROWS)?, source)));
    rows.map(|(name, source)| {
        let source = with_parts(source, sources, 0);
        let template = with_fixed_texts(&source, language, false).and_then(|source| RowTemplate::parse(&source));
        Ok((name.to_owned(), template.map_err(|e| Error::Internal(format!("template {ROWS}{name}: {e}")))?))
    })
    .collect()
}

/// Parts may have parts; none has itself.
const DEEPEST: usize = 4;

/// Puts parts that take no parameter (`{{> part}}`) in place. A part that looks outside itself (`../`) stays: its depth
/// would change. A tag alone on its line takes its line away with it, as Handlebars does.
fn with_parts(source: &str, sources: &Sources, depth: usize) -> String {
    let mut whole = String::with_capacity(source.len());
    let mut rest = source;
    let mut on_new_line = true;
    while let Some((before, after)) = rest.split_once("{{> ") {
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let (lines, indent) = before.split_at(line_start);
        let alone = indent.trim().is_empty() && (line_start > 0 || on_new_line);
        let part = after.split_once("}}").and_then(|(name, after)| Some((sources.get(name)?, after)));
        match part.filter(|(part, _)| depth < DEEPEST && !part.contains("../")) {
            Some((part, after)) => {
                let next_line = after.strip_prefix('\n').filter(|_| alone);
                whole.push_str(if next_line.is_some() { lines } else { before });
                whole.push_str(&with_parts(part, sources, depth + 1));
                on_new_line = next_line.is_some();
                rest = next_line.unwrap_or(after);
            }
            None => {
                whole.push_str(before);
                whole.push_str("{{> ");
                on_new_line = false;
                rest = after;
            }
        }
    }
    whole.push_str(rest);
    whole
}

const BLOCK: &str = "{{> @partial-block}}";

/// Name of the frame and body of a template that is nothing but a framed body.
fn framed(source: &str) -> Option<(&str, &str)> {
    let (name, rest) = source.strip_prefix("{{#> ")?.split_once("}}")?;
    let body = rest.trim_end().strip_suffix(&format!("{{{{/{name}}}}}"))?;
    Some((name, body.strip_prefix('\n').unwrap_or(body)))
}

/// What a frame shows before and after the page; nothing when the page is within a block of the frame.
fn split(frame: &str) -> Option<(&str, &str)> {
    let (before, after) = frame.split_once(BLOCK)?;
    let open = before.matches("{{#").count();
    (open == before.matches("{{/").count()).then_some((before, after.strip_prefix('\n').unwrap_or(after)))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// Pages, letters and fields, with « … » wherever people write; the fuzzer fills them too.
    const FILLED: &str = include_str!("../../tests/data/templates.json");
    /// What Handlebars escapes, but for the ampersand that escaping adds.
    const SIGNS: [char; 6] = ['<', '>', '"', '\'', '`', '='];

    fn filled(context: &Value, next: &mut dyn FnMut() -> String) -> Value {
        match context {
            Value::String(text) if text == "…" => Value::String(next()),
            Value::Array(items) => items.iter().map(|item| filled(item, next)).collect(),
            Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), filled(value, next))).collect(),
            other => other.clone(),
        }
    }

    fn signs(shown: &str) -> [usize; 6] {
        SIGNS.map(|sign| shown.matches(sign).count())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn whatever_people_type_is_shown_and_is_never_markup(
            typed in prop::collection::vec("\\PC{0,12}|[<>\"'`=&{}/!-]{1,8}", 1..9),
        ) {
            let views = Views::load().unwrap();
            let all: BTreeMap<String, Value> = serde_json::from_str(FILLED).unwrap();
            for (name, context) in &all {
                for language in [Language::Fr, Language::En] {
                    let shown = |said: &dyn Fn(&String) -> String| {
                        let mut typed = typed.iter().cycle();
                        let context = filled(context, &mut || typed.next().map(said).unwrap_or_default());
                        views.render(language, name, &context).unwrap()
                    };
                    // An empty answer is another page.
                    let ordinary = |text: &String| if text.is_empty() { String::new() } else { "x".to_owned() };
                    prop_assert_eq!(signs(&shown(&String::clone)), signs(&shown(&ordinary)), "{}", name);
                }
            }
        }
    }

    #[test]
    fn a_template_that_lets_markup_through_is_seen() {
        let registry = Registry::new(Arc::new(sources(&[("page", "<p>{{{a}}}</p>")])), Language::Fr, false);
        let shown = |typed: &str| signs(&registry.render("page", &serde_json::json!({ "a": typed })).unwrap());
        assert_ne!(shown("<b>"), shown("x"));
    }

    fn sources(of: &[(&'static str, &'static str)]) -> Sources {
        of.iter().map(|(name, source)| ((*name).to_owned(), Cow::Borrowed(*source))).collect()
    }

    /// A page nobody opens in a story would otherwise be found wrong by the first person who does.
    #[test]
    fn every_template_is_whole_in_both_languages() {
        let sources = Arc::new(super::sources().unwrap());
        let mut seen = 0;
        for (language, plain) in
            [(Language::Fr, false), (Language::Fr, true), (Language::En, false), (Language::En, true)]
        {
            let registry = Registry::new(Arc::clone(&sources), language, plain);
            for name in sources.keys().filter(|name| !name.starts_with(ROWS) && name.ends_with("_txt") == plain) {
                registry.compile(name).unwrap();
                seen += 1;
            }
        }
        assert!(seen > 200, "{seen}");
    }

    #[test]
    fn every_way_of_including_a_part_is_seen() {
        let source =
            "{{> a}} {{>b x=1}} {{~> c~}} {{#> d}}{{> @partial-block}}{{/d}} {{~#> e\n y=2}} {{#if f}}{{g}}{{/if}}";
        assert_eq!(included(source).collect::<Vec<_>>(), ["a", "b", "c", "d", "@partial-block", "e"]);
    }

    #[test]
    fn a_template_that_lacks_a_text_a_part_or_its_end_is_named() {
        for (page, said) in
            [("{{t \"no-such-text\"}}", "no-such-text"), ("{{#if a}}", "page"), ("{{> part x=1}}", "part")]
        {
            let registry = Registry::new(Arc::new(sources(&[("page", page)])), Language::Fr, false);
            let failed = registry.render("page", &serde_json::json!({ "a": 1 })).unwrap_err().to_string();
            assert!(failed.contains(said), "{failed}");
        }
    }

    #[test]
    fn parts_are_put_in_place_but_those_with_a_parameter() {
        let all = sources(&[("tag", "<b>{{x}}</b>\n{{> dot}}"), ("dot", ".\n")]);
        let page = "<h1>a</h1>\n{{> tag}}\n{{> tag y=1}}\n";
        assert_eq!(with_parts(page, &all, 0), "<h1>a</h1>\n<b>{{x}}</b>\n.\n{{> tag y=1}}\n");
    }

    #[test]
    fn a_frame_is_read_once_unless_the_page_is_within_one_of_its_blocks() {
        assert_eq!(split("<main>\n{{> @partial-block}}\n</main>\n"), Some(("<main>\n", "</main>\n")));
        assert_eq!(split("{{#if a}}\n{{> @partial-block}}\n{{/if}}\n"), None);
    }

    #[test]
    fn two_parts_on_lines_of_their_own_take_both_lines_away() {
        let all = sources(&[("a", "1\n"), ("b", "2\n")]);
        assert_eq!(with_parts("{{> a}}\n  {{> b}}\nend\n", &all, 0), "1\n2\nend\n");
    }

    #[test]
    fn a_part_within_a_line_stays_within_it() {
        let all = sources(&[("dot", ".")]);
        assert_eq!(with_parts("a{{> dot}}b{{> dot}}\n", &all, 0), "a.b.\n");
    }

    /// What is put in place says the same as what Handlebars includes.
    #[test]
    fn what_is_done_in_advance_changes_no_output() {
        let frame = "<header>{{title}}</header>\n{{> @partial-block}}\n<footer></footer>\n";
        let part = "{{#if items}}\n<ul>\n{{#each items}}\n<li>{{name}}</li>\n{{/each}}\n</ul>\n{{/if}}\n";
        let page = "{{#> frame}}\n<h1>{{title}}</h1>\n{{> part}}\n<p>end</p>\n{{/frame}}\n";
        let data = serde_json::json!({ "title": "t", "items": [{ "name": "a" }, { "name": "b" }] });
        let theirs = {
            let mut registry = Handlebars::new();
            registry.set_prevent_indent(true);
            for (name, source) in [("frame", frame), ("part", part), ("page", page)] {
                registry.register_template_string(name, source).unwrap();
            }
            registry.render("page", &data).unwrap()
        };
        let all = sources(&[("frame", frame), ("part", part), ("page", page)]);
        let ours = Registry::new(Arc::new(all), Language::Fr, false);
        assert_eq!(ours.render("page", &data).unwrap(), theirs);
        assert_eq!(ours.render("page", &data).unwrap(), theirs, "compiled once");
    }
}
