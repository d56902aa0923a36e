//! One subject at a time, named by `FUZZ`: what a stranger sent is read, and must be understood or refused. A crash, a hang, or a
//! promise below that does not hold is kept by the fuzzer with the bytes that did it.

#![no_main]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::Write;
use std::sync::OnceLock;

use actix_multipart::Multipart;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use chrono::NaiveDate;
use futures_util::FutureExt;
use libfuzzer_sys::fuzz_target;
use probite::attachments::clean;
use probite::companies::{lists, registry};
use probite::config::Config;
use probite::contracts::normal::Buyers;
use probite::contracts::{below, import};
use probite::declarations::kind::Kind;
use probite::declarations::kind_file;
use probite::formats;
use probite::journal::note::Verifier;
use probite::journal::receipt;
use probite::outbox::message;
use probite::outbox::store::LetterRow;
use probite::people::csv_directory;
use probite::policy::facts::Facts;
use probite::policy::{file, pack};
use probite::sources::{Problems, Source};
use probite::text::Language;
use probite::web::rows::Cells;
use probite::web::upload;
use probite::web::view::Views;

/// Where the bytes go.
#[derive(Clone, Copy)]
enum Subject {
    /// OCDS packages, plain, compressed or by lines.
    Contracts,
    /// Contracts under the threshold, by CSV.
    Below,
    /// Ineligible and authorised firms, by CSV.
    Lists,
    /// The ZIP of the business register.
    Registry,
    /// The staff directory.
    Directory,
    /// A rule: its expression is checked, then evaluated.
    Expression,
    /// A whole file of rules.
    Policy,
    /// A form.
    Kind,
    /// A pack of another body.
    Pack,
    /// A receipt, for a key that signed none.
    Receipt,
    /// A file that somebody joins.
    Attachment,
    /// Dates, amounts and enterprise numbers as people type them.
    Formats,
    /// The settings of a site.
    Config,
    /// A form with a file, as a browser sends it.
    Form,
    /// What people wrote, as a letter of the relay.
    Letter,
    /// What people wrote, in pages, letters and lists as their readers see them.
    Page,
}

/// Name, subject.
const SUBJECTS: [(&str, Subject); 16] = [
    ("contracts", Subject::Contracts),
    ("below", Subject::Below),
    ("lists", Subject::Lists),
    ("registry", Subject::Registry),
    ("directory", Subject::Directory),
    ("expression", Subject::Expression),
    ("policy", Subject::Policy),
    ("kind", Subject::Kind),
    ("pack", Subject::Pack),
    ("receipt", Subject::Receipt),
    ("attachment", Subject::Attachment),
    ("formats", Subject::Formats),
    ("config", Subject::Config),
    ("form", Subject::Form),
    ("letter", Subject::Letter),
    ("page", Subject::Page),
];

/// Pages, letters and fields, with « … » wherever people write.
const FILLED: &str = include_str!("../data/templates.json");
/// Rows of lists, which are filled by another program than pages.
const ROWS: [&str; 6] = ["company", "inbox", "measures", "mine", "option", "register"];
/// What is escaped, but for the ampersand that escaping adds.
const SIGNS: [char; 6] = ['<', '>', '"', '\'', '`', '='];

/// What subjects are read with.
struct Ground {
    subject: Subject,
    today: NaiveDate,
    buyers: Buyers,
    kinds: Vec<Kind>,
    verifier: Verifier,
    limits: clean::Limits,
    identity: message::Identity,
    views: Views,
    filled: BTreeMap<String, serde_json::Value>,
    folder: tempfile::TempDir,
}

fn ground() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    GROUND.get_or_init(|| {
        let name = std::env::var("FUZZ").expect("FUZZ names a subject");
        let known = SUBJECTS.iter().find(|(known, _)| *known == name);
        let (_, subject) = *known.unwrap_or_else(|| panic!("FUZZ is one of {:?}", SUBJECTS.map(|(name, _)| name)));
        let config = Config::load(None, &[], &[]).expect("the defaults are settings");
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/kinds");
        let texts = std::fs::read_dir(folder).expect("the kinds").map(|entry| entry.expect("a kind").path());
        Ground {
            subject,
            today: NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"),
            buyers: Buyers::new(&[]),
            kinds: texts
                .map(|path| toml::from_str(&std::fs::read_to_string(path).expect("a text")).expect("a kind"))
                .collect(),
            verifier: Verifier::parse(&std::env::var("FUZZ_VERIFIER").expect("FUZZ_VERIFIER is a verifying key"))
                .expect("a verifying key"),
            limits: clean::Limits::of(&config.uploads),
            identity: message::Identity::of(&config).expect("who writes"),
            views: Views::load().expect("the templates"),
            filled: serde_json::from_str(FILLED).expect("what templates are filled with"),
            folder: tempfile::tempdir().expect("a folder"),
        }
    })
}

fuzz_target!(|data: &[u8]| {
    let ground = ground();
    let Ground { today, kinds, .. } = ground;
    let kinds: Vec<&Kind> = kinds.iter().collect();
    let mut problems = Problems::default();
    let text = || std::str::from_utf8(data).ok();
    match ground.subject {
        Subject::Contracts => {
            let kept = import::spool(data, "recu.json", &ground.buyers, &mut problems);
            assert!(!matches!(kept, Ok(None)) || !problems.is_empty(), "what is refused is explained");
        }
        Subject::Below => drop(below::read(data, "recu.csv", *today, &below::Units::new(), &mut problems)),
        Subject::Lists => {
            for list in [Source::Rena, Source::Rea] {
                drop(lists::read(data, "recu.csv", list, *today, &mut problems));
            }
        }
        Subject::Registry => {
            let path = ground.folder.path().join("recu.zip");
            let mut file = std::fs::File::create(&path).expect("a file");
            file.write_all(data).expect("it is written");
            if let Ok(Ok(mut archive)) = registry::archive::Archive::open(&path) {
                let kept = registry::read::read(&mut archive, &registry::codes::Codes::default(), &mut problems, &|_| ());
                assert!(!matches!(kept, Ok(None)) || !problems.is_empty(), "what is refused is explained");
            }
        }
        Subject::Directory => {
            if let Err(wrong) = csv_directory::parse(data, *today) {
                assert!(!wrong.is_empty(), "what is refused is explained");
            }
        }
        Subject::Expression => {
            let Some(when) = text() else { return };
            let rule = file::read("essai.toml", &of_one_rule(when), &kinds);
            if let Ok(policy) = rule {
                // What was accepted costs little and never fails, whatever was answered.
                for facts in answered(&kinds) {
                    drop(policy.evaluate(&facts));
                    drop(policy.explain(&facts));
                }
            }
        }
        Subject::Policy => {
            let Some(text) = text() else { return };
            match file::read("essai.toml", text, &kinds) {
                Ok(policy) => drop(policy.evaluate(&Facts::default())),
                Err(problems) => assert!(!problems.to_text(Language::Fr).is_empty()),
            }
        }
        Subject::Kind => {
            let Some(text) = text() else { return };
            drop(kind_file::parse("essai.toml", text));
        }
        Subject::Pack => {
            let Some(text) = text() else { return };
            assert!(pack::open(text, &ground.verifier).is_err(), "nothing was signed with this key");
        }
        Subject::Receipt => {
            let Some(text) = text() else { return };
            assert!(receipt::verify(text, &ground.verifier).is_err(), "nothing was signed with this key");
        }
        Subject::Attachment => {
            if let Ok((format, cleaned)) = clean::clean(data, &ground.limits) {
                let again = clean::clean(&cleaned, &ground.limits);
                let Ok((format_again, _)) = again else { panic!("what was cleaned as {format:?} is refused") };
                assert_eq!(format, format_again);
            }
        }
        Subject::Formats => {
            let Some(text) = text() else { return };
            for language in [Language::Fr, Language::En] {
                if let Ok(date) = formats::parse_date(text, *today, language) {
                    let shown = formats::format_date_long(date, language);
                    assert_eq!(formats::parse_date(&shown, *today, language).ok(), Some(date), "{shown}");
                }
                if let Ok(cents) = formats::parse_money(text) {
                    let shown = formats::format_money(cents, language);
                    assert_eq!(formats::parse_money(&shown).ok(), Some(cents), "{shown}");
                }
            }
            drop(formats::parse_neq(text));
        }
        Subject::Config => {
            let path = ground.folder.path().join("reglages.toml");
            std::fs::write(&path, data).expect("it is written");
            if let Err(error) = Config::load(Some(&path), &[], &[]) {
                assert!(!error.to_string().is_empty(), "what is refused is explained");
            }
        }
        Subject::Form => {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=b"));
            // In two pieces: a boundary may be cut anywhere.
            let (before, after) = data.split_at(data.first().map_or(0, |at| usize::from(*at)).min(data.len()));
            let pieces = [before, after].map(|piece| Ok::<_, Infallible>(Bytes::copy_from_slice(piece)));
            let pieces = futures_util::stream::iter(pieces.map(|piece| piece.map_err(|never| match never {})));
            let most = 1_000;
            let mut form = std::pin::pin!(upload::receive(Multipart::new(&headers, pieces), most));
            // Everything was sent: it has only itself to wait for.
            let done = (0..10_000).find_map(|_| (&mut form).now_or_never());
            match done.expect("a form that is whole comes to its end") {
                Ok(received) => {
                    assert!(received.bytes.len() <= most, "no more than what a form may hold");
                    assert!(!received.name.contains(['/', '\\', '\0']), "a name without folders");
                }
                Err((_, left)) => assert!(left.bytes.len() <= most),
            }
        }
        Subject::Letter => {
            let Some(text) = text() else { return };
            let mut parts = text.split('\u{1}');
            let mut part = || parts.next().unwrap_or_default().to_owned();
            let letter = LetterRow {
                id: 1,
                letter: "decided".into(),
                recipient_id: 1,
                recipient_email: "camille.gagnon@ministere.example".into(),
                declaration_id: None,
                subject: part(),
                text_body: part(),
                html_body: part(),
                reason: part(),
                reference: Some(part()),
                message_id: "<1.decided@registre.example>".into(),
                thread_id: Some("<0.decided@registre.example>".into()),
                state: "queued".into(),
                created_at: today.and_time(chrono::NaiveTime::MIN),
                due_at: today.and_time(chrono::NaiveTime::MIN),
                attempts: 0,
                lease_until: None,
                sent_at: None,
                last_error: None,
                calendar: None,
            };
            let Ok(message) = message::build(&letter, &ground.identity) else { panic!("a letter that cannot leave") };
            only_its_own_headers(&message.bytes);
        }
        Subject::Page => {
            let Some(text) = text() else { return };
            let pieces: Vec<&str> = text.split('\u{1}').collect();
            // An empty answer is another page.
            let ordinary: Vec<&str> = pieces.iter().map(|piece| if piece.is_empty() { "" } else { "x" }).collect();
            for language in [Language::Fr, Language::En] {
                assert_eq!(shown(language, &pieces), shown(language, &ordinary), "what people write is no markup");
            }
        }
    }
});

/// The signs of markup of each page, letter and list, once people wrote these pieces in them.
fn shown(language: Language, pieces: &[&str]) -> BTreeMap<String, [usize; 6]> {
    let Ground { views, filled: all, .. } = ground();
    let signs = |html: &str| SIGNS.map(|sign| html.matches(sign).count());
    let mut found = BTreeMap::new();
    for (template, context) in all {
        let mut next = pieces.iter().cycle();
        let context = filled(context, &mut || next.next().map(|piece| (*piece).to_owned()).unwrap_or_default());
        let html = views.render(language, template, &context).unwrap_or_else(|error| panic!("{template}: {error}"));
        found.insert(template.clone(), signs(&html));
    }
    let rows: Vec<Written<'_>> = pieces.iter().map(|piece| Written(piece)).collect();
    for row in ROWS {
        let html = views.rows(language, row, &rows).unwrap_or_else(|error| panic!("{row}: {error}"));
        found.insert(row.to_owned(), signs(&html));
    }
    found
}

fn filled(context: &serde_json::Value, next: &mut dyn FnMut() -> String) -> serde_json::Value {
    use serde_json::Value;
    match context {
        Value::String(text) if text == "…" => Value::String(next()),
        Value::Array(items) => items.iter().map(|item| filled(item, next)).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), filled(value, next))).collect(),
        other => other.clone(),
    }
}

/// A row whose every cell says the same.
struct Written<'t>(&'t str);

impl Cells for Written<'_> {
    fn cell(&self, _: &str) -> Option<&str> {
        Some(self.0)
    }
}

/// The headers of a letter of ours, each once: no text adds one, nor a line that a relay refuses (RFC 5321, s. 4.5.3.1.6).
fn only_its_own_headers(letter: &[u8]) {
    assert!(letter.is_ascii(), "every relay carries it");
    let text = std::str::from_utf8(letter).expect("ASCII");
    assert!(
        text.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])),
        "lines as relays take them"
    );
    let (head, _) = text.split_once("\r\n\r\n").expect("a head and a body");
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        let (name, _) = line.split_once(':').unwrap_or_else(|| panic!("no header: {line}"));
        *seen.entry(name.to_ascii_lowercase()).or_default() += 1;
    }
    let ours = [
        "auto-submitted",
        "content-language",
        "content-type",
        "date",
        "from",
        "in-reply-to",
        "list-id",
        "message-id",
        "mime-version",
        "references",
        "reply-to",
        "subject",
        "to",
        "x-auto-response-suppress",
        "x-registre-reason",
        "x-registre-ref",
    ];
    for (name, times) in seen {
        assert!(ours.contains(&name.as_str()) && times == 1, "{name} {times} times");
    }
}

/// A file of one rule about gifts.
fn of_one_rule(when: &str) -> String {
    let when = toml::Value::String(when.to_owned());
    format!(
        "effective = \"2024-10-10\"\ntitle = \"Essai\"\n[limits]\ngift_attention_cents = 5000\nnear_limit_percent = 90\n[[rule]]\n\
         id = \"r\"\nkinds = [\"gift_declaration\"]\nwhen = {when}\nseverity = \"attention\"\nsay = {{ fr = \"Ceci\", en = \"This\" }}\n\
         article = {{ fr = \"§5\", en = \"s. 5\" }}\nnow = {{ fr = \"Rien\", en = \"Nothing\" }}\n"
    )
}

/// A gift about which nothing is said, and one of which everything is a long text.
fn answered(kinds: &[&Kind]) -> Vec<Facts> {
    let Some(gift) = kinds.iter().find(|kind| kind.id == "gift_declaration") else { return Vec::new() };
    let all = |value: serde_json::Value| gift.fields().map(|field| (field.id.clone(), value.clone())).collect();
    [serde_json::Value::Null, "mot ".repeat(200).into()]
        .into_iter()
        .map(|value| Facts { kind: gift.id.clone(), answers: all(value), value_known: true, ..Facts::default() })
        .collect()
}
