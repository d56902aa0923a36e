use chrono::NaiveDate;

use super::*;
use crate::outbox::smtp::framed_for_tests as framed;

pub fn letter() -> LetterRow {
    let at = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap().and_hms_opt(12, 30, 0).unwrap();
    LetterRow {
        id: 7,
        letter: "decide".into(),
        recipient_id: 3,
        recipient_email: "awa.diop@ministere.example".into(),
        declaration_id: Some(1),
        reference: Some("C-2026-0142".into()),
        message_id: "<C-2026-0142.decide.3.AbC_-9@ministere.example>".into(),
        thread_id: None,
        subject: "Déclaration C-2026-0142 à traiter".into(),
        text_body: "Bonjour,\n\nUne déclaration vous attend.\n".into(),
        html_body: "<!DOCTYPE html>\n<html lang=\"fr-CA\"><body><p>Une déclaration vous attend.</p></body></html>"
            .into(),
        reason: "approbateur".into(),
        state: "sending".into(),
        created_at: at,
        due_at: at,
        attempts: 1,
        lease_until: None,
        sent_at: None,
        last_error: None,
        calendar: None,
    }
}

pub fn identity() -> Identity {
    Identity::of(&Config::defaults().unwrap()).unwrap()
}

fn text(letter: &LetterRow) -> String {
    String::from_utf8(build(letter, &identity()).unwrap().bytes).unwrap()
}

/// Headers unfolded, in order.
fn headers(message: &str) -> Vec<(String, String)> {
    let (head, _) = message.split_once("\r\n\r\n").unwrap();
    head.replace("\r\n ", " ")
        .split("\r\n")
        .map(|line| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())).unwrap())
        .collect()
}

fn header(message: &str, name: &str) -> Option<String> {
    headers(message).into_iter().find(|(n, _)| n == name).map(|(_, value)| value)
}

const NAMES: [&str; 14] = [
    "Date",
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Message-ID",
    "List-Id",
    "X-Registre-Reason",
    "X-Registre-Ref",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
];

fn names(message: &str) -> Vec<String> {
    headers(message).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_letter_has_its_headers_and_two_encoded_bodies() {
    let message = text(&letter());
    assert_eq!(names(&message), NAMES);
    for (name, value) in [
        ("Date", "Mon, 15 Jun 2026 12:30:00 +0000"),
        ("To", "awa.diop@ministere.example"),
        ("Reply-To", "ethique@ministere.example"),
        ("Message-ID", "<C-2026-0142.decide.3.AbC_-9@ministere.example>"),
        ("List-Id", "<a-approuver.ministere.example>"),
        ("X-Registre-Reason", "approbateur"),
        ("X-Registre-Ref", "C-2026-0142"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Content-Language", "fr-CA"),
    ] {
        assert_eq!(header(&message, name).as_deref(), Some(value), "{name}");
    }
    assert!(header(&message, "From").unwrap().ends_with("<registre@ministere.example>"));
    assert!(header(&message, "Content-Type").unwrap().starts_with("multipart/alternative"));
    assert_eq!(message.matches("Content-Transfer-Encoding: quoted-printable").count(), 2);
    let plain = message.find("Content-Type: text/plain; charset=utf-8").unwrap();
    assert!(plain < message.find("Content-Type: text/html; charset=utf-8").unwrap());
    assert!(message.contains("Une d=C3=A9claration vous attend."));
}

#[test]
fn every_try_sends_the_same_octets() {
    assert_eq!(build(&letter(), &identity()), build(&letter(), &identity()));
}

#[test]
fn a_letter_answers_the_first_of_its_matter_and_never_itself() {
    let root = "<C-2026-0142.received.3.zzz@ministere.example>";
    let answer = text(&LetterRow { thread_id: Some(root.into()), ..letter() });
    assert_eq!(header(&answer, "In-Reply-To").as_deref(), Some(root));
    assert_eq!(header(&answer, "References").as_deref(), Some(root));
    let first = text(&LetterRow { thread_id: Some(letter().message_id), ..letter() });
    assert_eq!(header(&first, "In-Reply-To"), None);
}

#[test]
fn the_language_and_the_stream_are_those_of_the_letter() {
    let english =
        LetterRow { html_body: "<!DOCTYPE html>\n<html lang=\"en-CA\">".into(), letter: "received".into(), ..letter() };
    assert_eq!(header(&text(&english), "Content-Language").as_deref(), Some("en-CA"));
    assert_eq!(header(&text(&english), "List-Id").as_deref(), Some("<mes-declarations.ministere.example>"));
    let flagged = LetterRow { letter: "flagged".into(), ..letter() };
    assert_eq!(header(&text(&flagged), "List-Id").as_deref(), Some("<rgei.ministere.example>"));
}

/// Lines of at most 998 octets, ended by CRLF, printable ASCII: what every relay carries unchanged.
fn assert_plain(message: &str) {
    assert!(message.bytes().all(|b| matches!(b, b'\r' | b'\n' | b'\t' | b' '..=b'~')), "{message:?}");
    assert!(!message.replace("\r\n", "").contains(['\r', '\n']), "bare CR or LF in {message:?}");
    assert!(message.split("\r\n").all(|line| line.len() <= 998));
}

/// M04
#[test]
fn no_text_can_add_a_header_or_a_recipient() {
    let hostile = [
        "x\r\nBcc: evil@x.example",
        "x\nBcc: evil@x.example\n\nbody",
        "x\rBcc: evil@x.example",
        "x\r\n\r\n<script>",
        "x\u{0}\u{7f}\u{1b}[31m",
        "x\u{2028}Bcc: y\u{85}Bcc: z",
        "=?utf-8?Q?=0D=0ABcc:_evil@x.example?=",
        "\u{202e}desrever",
        "Émilie \"la, rapide\" <b@c.example>, d@e.example;",
        "日本語 🎁 ﷽",
        "\r\n \r\n.\r\n",
        "",
        " ",
    ];
    let long = "é".repeat(5000);
    let unbroken = "a".repeat(5000);
    for text_in in hostile.into_iter().chain([long.as_str(), unbroken.as_str()]) {
        let message = text(&LetterRow {
            subject: text_in.into(),
            reason: text_in.into(),
            reference: Some(text_in.into()),
            text_body: text_in.into(),
            html_body: text_in.into(),
            letter: text_in.into(),
            ..letter()
        });
        assert_eq!(names(&message), NAMES, "{text_in:?}");
        assert_plain(&message);
        assert!(!header(&message, "X-Registre-Ref").unwrap().contains("=?utf-8?Q?=0D"));
        assert_eq!(header(&message, "To").as_deref(), Some("awa.diop@ministere.example"));
    }
}

#[test]
fn an_address_or_an_identifier_that_could_carry_more_is_refused() {
    let name = "a".repeat(65) + "@x.example";
    for address in [
        "awa@x.example\r\nBcc: y@z.example",
        "awa@x.example\nRCPT TO:<y@z.example>",
        "awa@x.example, evil@y.example",
        "Awa <awa@x.example>",
        "\"awa diop\"@x.example",
        "\"awa\r\nRSET\"@x.example",
        "awa@x.example> SIZE=1",
        "awa@@x.example",
        "awa",
        "",
        "awa@x.example ",
        "éva@x.example",
        "awa@[127.0.0.1]",
        name.as_str(),
    ] {
        let built = build(&LetterRow { recipient_email: address.into(), ..letter() }, &identity());
        assert_eq!(built.unwrap_err().class, Class::Message, "{address:?}");
    }
    for id in ["", "x@y", "<x>", "<x@y>\r\nBcc: z", "<x\r\n@y>", "<x y@z>", "<é@y>", "<@>", "<a@b@c>", "<a@b><c@d>"] {
        let own = build(&LetterRow { message_id: id.into(), ..letter() }, &identity());
        assert_eq!(own.unwrap_err().class, Class::Message, "{id:?}");
        let thread = build(&LetterRow { thread_id: Some(id.into()), ..letter() }, &identity());
        assert_eq!(thread.unwrap_err().class, Class::Message, "{id:?}");
    }
}

/// M04
#[test]
fn settings_cannot_add_a_header_either() {
    let mut config = Config::defaults().unwrap();
    config.letters.from = "\"Régie, Éthique; =?utf-8?Q?x?=\" <registre@ministere.example>".into();
    let message = build(&letter(), &Identity::of(&config).unwrap()).unwrap();
    let message = String::from_utf8(message.bytes).unwrap();
    assert_eq!(names(&message), NAMES);
    assert_plain(&message);
    config.organisation.ethics_email = "x@y.example\r\nBcc: z@z.example".into();
    assert!(Identity::of(&config).is_err());
}

#[test]
fn bodies_travel_encoded_whatever_they_hold() {
    for body in ["a\r\n.\r\nb", "a\n.\nb", "a\r.\rb", ".a\n..b", "nul\0nul", "\u{1a}", &"x".repeat(3000), "fin \n"] {
        let message = text(&LetterRow { text_body: body.into(), ..letter() });
        assert_plain(&message);
        assert!(message.contains("quoted-printable") && !message.contains("8bit") && !message.contains("7bit"));
        let wire = String::from_utf8(framed(message.as_bytes())).unwrap();
        assert_eq!(wire.matches("\r\n.\r\n").count(), 1, "{body:?}");
        assert!(wire.ends_with("\r\n.\r\n"));
        let part = message.split("Content-Type: text/plain").nth(1).unwrap();
        let part = part.split_once("\r\n\r\n").unwrap().1.split("\r\n--=_").next().unwrap();
        let expected = body.replace("\r\n", "\n").replace('\r', "\n");
        assert_eq!(decoded(part).replace("\r\n", "\n"), expected, "{body:?}");
    }
}

/// Quoted-printable text, read back.
fn decoded(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'=' {
            out.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            out.push(byte);
            rest = after;
        }
    }
    String::from_utf8(out).unwrap()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1000))]
    #[test]
    fn any_text_makes_one_message_with_the_same_headers(any in "(\\PC|[\r\n\0\t .:<>\",=?_@-]){0,120}") {
        let message = text(&LetterRow {
            subject: any.clone(),
            reason: any.clone(),
            reference: Some(any.clone()),
            text_body: any.clone(),
            html_body: any.clone(),
            ..letter()
        });
        assert_eq!(names(&message), NAMES);
        assert_plain(&message);
        let wire = framed(message.as_bytes());
        assert_eq!(wire.windows(5).filter(|w| w == b"\r\n.\r\n").count(), 1);
    }
}

#[test]
fn a_calendar_leaves_beside_the_two_texts_and_never_as_an_invitation() {
    use base64::Engine;
    let calendar = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:Relève\r\nEND:VCALENDAR\r\n";
    // Long headers are folded.
    let message = text(&LetterRow { calendar: Some(calendar.into()), ..letter() }).replace("\r\n ", " ");
    let kind = header(&message, "Content-Type").unwrap();
    assert!(kind.starts_with("multipart/mixed; boundary=\"=_m"), "{kind}");
    assert!(message.contains("Content-Type: multipart/alternative; boundary=\"=_"), "{message}");
    assert!(message.contains("Content-Type: text/calendar; charset=utf-8; method=PUBLISH\r\n"), "{message}");
    assert!(message.contains("Content-Disposition: attachment; filename=\"evenement.ics\"\r\n"), "{message}");
    let (_, after) = message.split_once("filename=\"evenement.ics\"\r\n").unwrap();
    let (_, body) = after.split_once("\r\n\r\n").unwrap();
    let body: String = body.split("\r\n--").next().unwrap().split_whitespace().collect();
    assert_eq!(base64::engine::general_purpose::STANDARD.decode(body).unwrap(), calendar.as_bytes());
    // The inner boundary is not the beginning of the outer one, nor the other way round.
    let boundary = |text: &str| text.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (outer, rest) = message.split_once("multipart/alternative").unwrap();
    let (outer, inner) = (boundary(outer), boundary(rest));
    assert!(!outer.starts_with(&inner) && !inner.starts_with(&outer), "{outer} {inner}");
}
