//! A letter as an RFC 5322 message, the same octets at every try. lettre builds it; what goes in is cleaned here, so
//! that no text of ours can add a header, a recipient or a command.

use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MessageBuilder, MultiPart, SinglePart};

use super::store::LetterRow;
use super::transport::{Class, Trouble};
use crate::config::{Config, refused};
use crate::error::Result;
use crate::random::sha256_hex;
use crate::texts::Sentence;

/// Who writes: the same for every letter.
#[derive(Debug, Clone)]
pub struct Identity {
    from: Mailbox,
    reply_to: Mailbox,
}

impl Identity {
    /// From the settings.
    ///
    /// # Errors
    /// Names the setting that is not an address.
    pub fn of(config: &Config) -> Result<Self> {
        let read = |key: &str, text: &str| -> Result<Mailbox> {
            let mailbox: Mailbox = text.parse().map_err(|_| refused(key, Sentence::new("settings-why-mailbox")))?;
            plain(&mailbox.email).map_err(|_| refused(key, Sentence::new("settings-why-relays").with("text", text)))?;
            let name = mailbox.name.as_deref().map(clean);
            Ok(Mailbox::new(name, mailbox.email))
        };
        Ok(Self {
            from: read("letters.from", &config.letters.from)?,
            reply_to: read("organisation.ethics_email", &config.organisation.ethics_email)?,
        })
    }

    /// Host of our letters and lists.
    pub fn host(&self) -> &str {
        self.from.email.domain()
    }
}

/// A message ready to leave, to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Sender, for bounces.
    pub from: String,
    /// Recipient.
    pub to: String,
    /// Headers and body, lines ended by CRLF, ASCII only.
    pub bytes: Vec<u8>,
}

/// Writes a letter as a message.
///
/// # Errors
/// When it could not be read by every relay: the address or an identifier has what headers and commands cannot carry.
pub fn build(letter: &LetterRow, identity: &Identity) -> Result<Message, Trouble> {
    let refuse = |why: &str| Trouble::new(Class::Message, why);
    let to: Address = letter.recipient_email.parse().map_err(|_| refuse("the address is not one"))?;
    plain(&to).map_err(refuse)?;
    let id = identifier(&letter.message_id).ok_or_else(|| refuse("the Message-ID is not one"))?;
    let mut builder = lettre::Message::builder()
        .date(date(letter))
        .from(identity.from.clone())
        .to(Mailbox::new(None, to.clone()))
        .reply_to(identity.reply_to.clone())
        .subject(clean(&letter.subject))
        .message_id(Some(id.to_owned()));
    if let Some(root) = letter.thread_id.as_deref().filter(|root| *root != id) {
        let root = identifier(root).ok_or_else(|| refuse("the thread is not a Message-ID"))?;
        builder = builder.in_reply_to(root.to_owned()).references(root.to_owned());
    }
    let stream = stream(&letter.letter);
    builder = raw(builder, "List-Id", &format!("<{stream}.{}>", identity.host()));
    builder = raw(builder, "X-Registre-Reason", &letter.reason);
    if let Some(reference) = &letter.reference {
        builder = raw(builder, "X-Registre-Ref", reference);
    }
    builder = raw(builder, "Auto-Submitted", "auto-generated");
    builder = raw(builder, "X-Auto-Response-Suppress", "All");
    builder = raw(builder, "Content-Language", language(&letter.html_body));
    // "=_" cannot occur in quoted-printable text, so no body can end its own part.
    let digest = sha256_hex(id.as_bytes());
    let boundary = format!("=_{}", digest.get(..32).unwrap_or(&digest));
    let parts = MultiPart::alternative()
        .boundary(boundary.clone())
        .singlepart(part(ContentType::TEXT_PLAIN, &letter.text_body)?)
        .singlepart(part(ContentType::TEXT_HTML, &letter.html_body)?);
    let parts = match &letter.calendar {
        // A boundary that begins by another would end it too early.
        Some(calendar) => {
            MultiPart::mixed().boundary(boundary.replacen("=_", "=_m", 1)).multipart(parts).singlepart(entry(calendar)?)
        }
        None => parts,
    };
    let message = builder.multipart(parts).map_err(|e| Trouble::new(Class::Message, e))?;
    Ok(Message { from: identity.from.email.to_string(), to: to.to_string(), bytes: message.formatted() })
}

fn raw(builder: MessageBuilder, name: &'static str, value: &str) -> MessageBuilder {
    builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), clean(value)))
}

/// Always encoded, whatever the text: a body of its own octets is what RUSTSEC-2026-0561 is about.
fn part(kind: ContentType, text: &str) -> Result<SinglePart, Trouble> {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\n'], "\r\n");
    let body = Body::new_with_encoding(lines.into_bytes(), ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| Trouble::new(Class::Message, "the body cannot be encoded"))?;
    Ok(SinglePart::builder().header(kind).body(body))
}

/// The iCalendar object, published and not sent as an invitation that asks for an answer.
fn entry(calendar: &str) -> Result<SinglePart, Trouble> {
    let refuse = |_| Trouble::new(Class::Message, "the calendar cannot be encoded");
    let kind: ContentType = crate::programme::ics::MEDIA_TYPE
        .parse()
        .map_err(|_| Trouble::new(Class::Message, "the calendar has no media type"))?;
    let body =
        Body::new_with_encoding(calendar.to_owned().into_bytes(), ContentTransferEncoding::Base64).map_err(refuse)?;
    Ok(SinglePart::builder().header(kind).header(ContentDisposition::attachment("evenement.ics")).body(body))
}

/// Longest text of a header, in characters: subjects have 60.
const LONGEST_HEADER: usize = 200;

/// One line of text without controls, nothing a reader would decode a second time (RFC 2047).
fn clean(text: &str) -> String {
    let line: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    let line = line.replace("=?", "= ?");
    let words: Vec<&str> = line.split_whitespace().collect();
    super::letter::shorten(&words.join(" "), LONGEST_HEADER)
}

/// Controls, line and paragraph separators, and marks that turn text around (a look-alike of another subject).
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A Message-ID as every reader takes it: `<left@right>`, printable ASCII, short enough for one line.
fn identifier(text: &str) -> Option<&str> {
    let (left, right) = text.strip_prefix('<')?.strip_suffix('>')?.split_once('@')?;
    let fits = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_graphic() && !br#"()<>[],;:\"@"#.contains(&b))
            && !part.contains("=?")
    };
    (fits(left) && fits(right) && text.len() <= LONGEST_HEADER).then_some(text)
}

/// An address that needs no quoting anywhere.
fn plain(address: &Address) -> Result<(), &'static str> {
    let plain = |c: u8| c.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&c);
    if !address.user().bytes().all(plain) || address.user().len() > 64 {
        return Err("the address has a name that relays do not all accept");
    }
    if !address.domain().bytes().all(|c| c.is_ascii_alphanumeric() || b"-.".contains(&c)) {
        return Err("the address has a host that relays do not all accept");
    }
    Ok(())
}

fn date(letter: &LetterRow) -> SystemTime {
    let seconds = u64::try_from(letter.created_at.and_utc().timestamp()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// The stream of a letter, for people who sort their mail: what waits for me, what is mine, what the ethics officer
/// watches.
fn stream(letter: &str) -> &'static str {
    match letter {
        "decide" | "corrected" | "answered" | "referred" | "opinion" | "recorded" | "reminder" | "withdrawn" => {
            "a-approuver"
        }
        "ruled" | "told-after" | "rectified" => "a-approuver",
        "flagged" | "escalated" | "contract" => "rgei",
        "digest" => "resume",
        "planned" | "consulted" | "advised" | "monitor-opinion" | "registered" | "moved" | "cancelled" | "attest"
        | "named" => "evenements",
        "yearly" | "yearly-reminder" | "yearly-team" | "yearly-closed" => "campagne",
        "unusual-readings" | "second-notice" | "suspended-notice" | "access" | "retention-due" => "rgei",
        "second-asked" => "a-approuver",
        _ => "mes-declarations",
    }
}

/// The language the letter was written in, as its own document says.
fn language(html: &str) -> &'static str {
    let english = html.split('>').take(3).any(|tag| tag.contains("lang=\"en"));
    if english { "en-CA" } else { "fr-CA" }
}

#[cfg(test)]
mod tests;
