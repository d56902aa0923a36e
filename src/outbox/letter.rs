//! One letter: what it says, to whom, about what.

use diesel::prelude::*;
use serde::Serialize;

use super::digest::{self, Urgency};
use super::held::why_held_back;
use super::store::LetterState;
use crate::app::Tx;
use crate::clock::Instant;
use crate::config::{Config, TransportKind};
use crate::db::conn::each_engine;
use crate::db::schema::letters;
use crate::declarations::deadlines;
use crate::error::Result;
use crate::people::PersonId;
use crate::people::store::Person;
use crate::text::Language;
use crate::texts::{Arg, say};

/// A letter to write. Its words are the Fluent messages `letter-<name>-subject`, `-preheader`, `-body`, `-action` and
/// `-reason`; the body's blank lines separate paragraphs.
pub struct Letter<'l> {
    pub name: &'static str,
    /// Set when the letter belongs to a declaration: it joins the thread of that matter.
    pub declaration: Option<i64>,
    pub reference: Option<&'l str>,
    pub args: Vec<(&'l str, Arg<'l>)>,
    /// Fluent key of the label, and value.
    pub facts: Vec<(&'static str, String)>,
    /// Lines set apart: what changed. Never for confidential matters, and never what somebody wrote.
    pub quote: Option<String>,
    /// Path of the page to open.
    pub link: String,
    /// Name whose subject this one answers, so that both stay in one thread.
    pub in_thread_of: Option<&'static str>,
    /// It answers something the person just did, and may leave outside working hours.
    pub receipt: bool,
}

impl Letter<'_> {
    /// A letter that belongs to no declaration, before it says anything of its own.
    pub fn plain(name: &'static str, link: impl Into<String>) -> Self {
        Self {
            name,
            declaration: None,
            reference: None,
            args: Vec::new(),
            facts: Vec::new(),
            quote: None,
            link: link.into(),
            in_thread_of: None,
            receipt: false,
        }
    }
}

#[derive(Serialize)]
struct View<'v> {
    lang: &'v str,
    /// The subject without « Re: »: the heading of the letter.
    topic: &'v str,
    preheader: String,
    org_name: &'v str,
    service_name: &'v str,
    paragraphs: Vec<String>,
    quote: Vec<String>,
    facts: Vec<Fact>,
    /// Lines of a digest, or of a list.
    items: Vec<Item>,
    action: Action,
    /// Where the signed proof of what the letter tells is taken away.
    proof: Option<String>,
    reason: String,
    help_line: String,
    base_url: &'v str,
}

#[derive(Serialize)]
struct Fact {
    label: String,
    value: String,
}

/// One line of a digest, or of a list, with its page.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    topic: String,
    href: String,
}

impl Item {
    /// A line that leads to a path of the service.
    pub fn new(tx: &Tx<'_>, topic: String, link: &str) -> Self {
        Self { topic, href: format!("{}{link}", tx.book.config.server.public_url) }
    }
}

#[derive(Serialize)]
struct Action {
    href: String,
    label: String,
}

/// Longest subject, in characters (ux.md §4.1).
pub const LONGEST_SUBJECT: usize = 60;

/// Writes a letter for one person, in their language.
pub fn enqueue(tx: &mut Tx<'_>, recipient: &Person, letter: &Letter<'_>) -> Result<()> {
    enqueue_with_calendar(tx, recipient, letter, None)
}

/// The same, with an iCalendar object for the date that the letter promises (ux.md §4.4).
pub fn enqueue_with_calendar(
    tx: &mut Tx<'_>,
    recipient: &Person,
    letter: &Letter<'_>,
    calendar: Option<&str>,
) -> Result<()> {
    if digest::urgency(letter.name) == Urgency::Inform && calendar.is_none() && digest::wants(tx, recipient.id)? {
        let language = Language::parse(&recipient.language);
        let topic = say(language, &format!("letter-{}-subject", letter.name), &letter.args);
        return digest::keep(tx, recipient, letter, &shorten(&topic, LONGEST_SUBJECT));
    }
    write(tx, recipient, letter, calendar, Vec::new())
}

/// The same, with lines that each lead to their page: for what never waits for the digest.
pub fn enqueue_with_items(tx: &mut Tx<'_>, recipient: &Person, letter: &Letter<'_>, items: Vec<Item>) -> Result<()> {
    write(tx, recipient, letter, None, items)
}

/// Puts a letter in the outbox, with its lines when it lists something. Nothing leaves for somebody who is no longer in service:
/// the row is kept without its text, cancelled, so that nothing writes it again and the list of letters says why.
pub(super) fn write(
    tx: &mut Tx<'_>,
    recipient: &Person,
    letter: &Letter<'_>,
    calendar: Option<&str>,
    items: Vec<Item>,
) -> Result<()> {
    let language = Language::parse(&recipient.language);
    let config = &tx.book.config;
    let (fresh, topic) = subject_and_topic(language, letter);
    // The letter itself says what is true now.
    let subject = topic_of_thread(tx, recipient.id, letter)?.map_or(fresh, |kept| format!("{AGAIN}{kept}"));
    let held_back = why_held_back(tx, recipient, letter.name);
    let state = if held_back.is_some() { LetterState::Cancelled } else { LetterState::Queued };
    let (text_body, html_body) = if held_back.is_none() && tx.writes_letter_texts() {
        texts(tx, language, letter, &topic, items)?
    } else {
        Default::default()
    };
    let thread_id = match (letter.declaration, letter.reference) {
        (Some(declaration), _) => first_of_thread(tx, recipient.id, declaration)?,
        (None, Some(reference)) => first_about(tx, recipient.id, reference)?,
        (None, None) => None,
    };
    let now = tx.now();
    let leaves = leaves_at(tx, recipient, letter.receipt);
    let due_at = tx.letters_after().map_or(leaves, |held| held.max(leaves));
    let matter = letter.reference.unwrap_or("avis");
    let host = config.letters.from.rsplit('@').next().unwrap_or("localhost").trim_end_matches('>');
    let unique = crate::random::token::<9>()?;
    let message_id = format!("<{matter}.{}.{}.{unique}@{host}>", letter.name, recipient.id);
    each_engine!(tx.conn, conn => diesel::insert_into(letters::table)
        .values((
            letters::letter.eq(letter.name),
            letters::recipient_id.eq(recipient.id),
            letters::recipient_email.eq(&recipient.email),
            letters::declaration_id.eq(letter.declaration),
            letters::reference.eq(letter.reference),
            letters::message_id.eq(message_id),
            letters::thread_id.eq(thread_id),
            letters::subject.eq(&subject),
            letters::text_body.eq(text_body),
            letters::html_body.eq(html_body),
            letters::reason.eq(why(letter.name)),
            letters::state.eq(state.as_str()),
            letters::created_at.eq(now),
            letters::due_at.eq(due_at),
            letters::attempts.eq(0),
            letters::last_error.eq(held_back.as_deref()),
            letters::calendar.eq(calendar.filter(|_| held_back.is_none())),
        ))
        .execute(conn))?;
    Ok(())
}

/// Before the subject of what answers, or comes after, in a thread.
const AGAIN: &str = "Re: ";

/// Asked again of the same person, it goes on in the thread of the first time (ux.md §4.1: one subject for the life of a decision).
const OPENS_A_THREAD: &str = "decide";

/// The subject, and what it is about without « Re: ».
fn subject_and_topic(language: Language, letter: &Letter<'_>) -> (String, String) {
    let (prefix, first) = letter.in_thread_of.map_or(("", letter.name), |first| (AGAIN, first));
    let topic = say(language, &format!("letter-{first}-subject"), &letter.args);
    // What opens a thread leaves room for what comes before it in the letters that follow.
    let taken = if first == OPENS_A_THREAD { AGAIN.len() } else { prefix.len() };
    let topic = shorten(&topic, LONGEST_SUBJECT - taken);
    (format!("{prefix}{topic}"), topic)
}

/// The topic that a letter of a thread keeps, word for word: that of the letter it follows, as this person got it. Mail programs
/// would part them over a due date that has changed since; the letter itself says the new one.
fn topic_of_thread(tx: &mut Tx<'_>, recipient: PersonId, letter: &Letter<'_>) -> Result<Option<String>> {
    let followed = letter.in_thread_of.or((letter.name == OPENS_A_THREAD).then_some(OPENS_A_THREAD));
    // One file may have several measures, each with its own thread and its own day.
    let followed = followed.filter(|first| *first == OPENS_A_THREAD);
    let (Some(followed), Some(declaration)) = (followed, letter.declaration) else { return Ok(None) };
    let sent: Vec<(PersonId, String, String, String)> = each_engine!(tx.conn, conn => letters::table
        .filter(letters::declaration_id.eq(declaration))
        .order(letters::id.desc())
        .select((letters::recipient_id, letters::letter, letters::state, letters::subject))
        .load(conn))?;
    let last =
        sent.into_iter().find(|(to, name, state, _)| *to == recipient && name == followed && state != "cancelled");
    Ok(last.map(|(.., subject)| subject.strip_prefix(AGAIN).unwrap_or(&subject).to_owned()))
}

/// A letter as it would be written in a language, for whoever reads it before it leaves: its subject and its text part.
///
/// # Errors
/// A template that cannot be filled.
pub fn preview(tx: &Tx<'_>, language: Language, letter: &Letter<'_>) -> Result<(String, String)> {
    let (subject, topic) = subject_and_topic(language, letter);
    let (text, _) = texts(tx, language, letter, &topic, Vec::new())?;
    Ok((subject, text))
}

/// Letters that tell a declarant what the journal now holds of their file.
const PROVED: [&str; 8] =
    ["received", "approved", "conditions", "refused", "noted", "decided", "decided-outside", "ruled-alone"];

/// Address of the receipt of what a letter tells: where the journal is signed, and when the letter may name its file.
fn proof(config: &Config, letter: &Letter<'_>) -> Option<String> {
    let reference =
        letter.reference.filter(|_| PROVED.contains(&letter.name) && !config.journal.key_file.is_empty())?;
    Some(format!("{}/d/{reference}/recu", config.server.public_url))
}

/// The text part and the HTML part.
fn texts(
    tx: &Tx<'_>,
    language: Language,
    letter: &Letter<'_>,
    topic: &str,
    items: Vec<Item>,
) -> Result<(String, String)> {
    let config = &tx.book.config;
    let word = |part: &str| say(language, &format!("letter-{}-{part}", letter.name), &letter.args);
    let (org_name, service_name) = crate::web::page::organisation(config, language);
    let view = View {
        lang: language.code(),
        topic,
        preheader: word("preheader"),
        org_name,
        service_name,
        paragraphs: word("body").split("\n\n").map(|p| p.replace('\n', " ")).collect(),
        quote: letter.quote.iter().flat_map(|text| text.lines()).map(str::to_owned).collect(),
        facts: letter
            .facts
            .iter()
            .map(|(label, value)| Fact { label: say(language, label, &[]), value: value.clone() })
            .collect(),
        items,
        action: Action { href: format!("{}{}", config.server.public_url, letter.link), label: word("action") },
        proof: proof(config, letter),
        reason: word("reason"),
        help_line: say(language, "letter-help", &[("email", Arg::from(config.organisation.ethics_email.as_str()))]),
        base_url: &config.server.public_url,
    };
    let text = tx.book.views.render_text(language, "mail/letter_txt", &view)?;
    let html = tx.book.views.render(language, "mail/letter_html", &view)?;
    Ok((text, html))
}

/// Message-ID of the first letter of a matter to this person.
fn first_of_thread(tx: &mut Tx<'_>, recipient: PersonId, declaration: i64) -> Result<Option<String>> {
    Ok(each_engine!(tx.conn, conn => letters::table
        .filter(letters::declaration_id.eq(declaration))
        .filter(letters::recipient_id.eq(recipient))
        .order(letters::id.asc())
        .select(letters::message_id)
        .first(conn))
    .optional()?)
}

/// The same for a matter that is no declaration: a showcase.
fn first_about(tx: &mut Tx<'_>, recipient: PersonId, reference: &str) -> Result<Option<String>> {
    Ok(each_engine!(tx.conn, conn => letters::table
        .filter(letters::recipient_id.eq(recipient))
        .filter(letters::reference.eq(reference))
        .filter(letters::declaration_id.is_null())
        .order(letters::id.asc())
        .select(letters::message_id)
        .first(conn))
    .optional()?)
}

fn leaves_at(tx: &Tx<'_>, recipient: &Person, receipt: bool) -> Instant {
    let settings = &tx.book.config.letters;
    if settings.transport == TransportKind::Mailbox || (receipt && settings.receipts_at_once) {
        return tx.now();
    }
    let zone = tx.book.calendar.zone(&recipient.site);
    deadlines::at_working_hours(tx.now(), zone, &tx.book.calendar, settings.from_hour, settings.to_hour)
}

/// Why this person gets the letter, in one word for mail filters (ux.md §4.3).
fn why(letter: &str) -> &'static str {
    match letter {
        "delegation" | "absence" | "absence-over" => "delegation",
        "role" => "role",
        "situation" | "situation-due" | "departure" => "situation",
        "outside" | "recorded-outside" | "direction" => "direction",
        "decide" | "passed-on" | "corrected" | "answered" | "opinion" | "withdrawn" | "recorded" | "told-after"
        | "rectified" => "approbateur",
        "obligation-proof" | "obligation-review" => "approbateur",
        "obligation-given" | "obligation-sent-back" | "obligation-verified" | "obligation-lifted" => "mesure",
        "referred" | "flagged" | "escalated" | "obligations-overdue" | "obligation-denied" => "rgei",
        "private-asked" | "copied" => "rgei",
        "sealed-file" => "approbateur",
        "contract" | "consulted" => "rarc",
        "commented" => "echange",
        "rectify-asked" | "rectify-due" => "rgei",
        "file-infected" => "securite",
        "ruled" | "ruled-for-you" => "approbateur",
        "planned" | "monitor-opinion" => "rgei",
        "advised" | "named" => "organisation",
        "registered" | "moved" | "cancelled" | "attest" => "participant",
        "digest" => "resume",
        "reminder" => "rappel",
        _ => "declarant",
    }
}

/// Cuts at a character boundary and says so.
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}
