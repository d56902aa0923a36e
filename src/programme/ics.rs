//! iCalendar (RFC 5545): what calendars of all makers read. Lines end by CRLF and are folded at 75 octets without
//! cutting a character; texts are escaped; times are UTC or whole dates, so that no VTIMEZONE is needed.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::clock::Instant;

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A whole day. Calendars of all zones show it on that day.
    Day(NaiveDate),
    /// From an instant, for so many minutes.
    Time(Instant, i64),
}

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same for the life of the matter.
    pub uid: String,
    /// Grows when what is shown changes.
    pub sequence: i32,
    pub when: When,
    pub summary: String,
    pub description: String,
    pub location: String,
    pub url: String,
    pub cancelled: bool,
    /// Reminds the day before (ux.md §4.4).
    pub alarm: bool,
}

/// A calendar to publish: never a meeting invitation (`METHOD:REQUEST`), which would ask for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar<'c> {
    pub name: &'c str,
    pub language: &'c str,
    /// `DTSTAMP` of each entry: when this was written.
    pub stamp: Instant,
    pub events: &'c [Event],
}

/// Media type of a calendar that is sent by mail or downloaded.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8; method=PUBLISH";

impl Calendar<'_> {
    /// The whole text.
    pub fn text(&self) -> String {
        let mut out = Lines(String::new());
        out.line("BEGIN:VCALENDAR");
        out.line("VERSION:2.0");
        out.line(&format!("PRODID:-//Probite//Registre//{}", self.language.to_uppercase()));
        out.line("CALSCALE:GREGORIAN");
        out.line("METHOD:PUBLISH");
        out.text("X-WR-CALNAME", self.name);
        for event in self.events {
            out.event(event, self.stamp);
        }
        out.line("END:VCALENDAR");
        out.0
    }
}

/// The stable name of a matter on a host (RFC 7986, s. 5.3 asks for no more than uniqueness).
pub fn uid(reference: &str, public_url: &str) -> String {
    let host = public_url.split("://").nth(1).unwrap_or(public_url);
    let host = host.split(['/', ':']).next().unwrap_or(host);
    format!("{reference}@{host}")
}

struct Lines(String);

impl Lines {
    fn event(&mut self, event: &Event, stamp: Instant) {
        self.line("BEGIN:VEVENT");
        self.text("UID", &event.uid);
        self.line(&format!("DTSTAMP:{}", utc(stamp)));
        self.line(&format!("SEQUENCE:{}", event.sequence));
        match event.when {
            When::Day(day) => {
                self.line(&format!("DTSTART;VALUE=DATE:{}", date(day)));
                // The end is the day after: the first that is not part of it.
                let after = day.checked_add_days(Days::new(1)).unwrap_or(day);
                self.line(&format!("DTEND;VALUE=DATE:{}", date(after)));
            }
            When::Time(start, minutes) => {
                self.line(&format!("DTSTART:{}", utc(start)));
                self.line(&format!("DTEND:{}", utc(start + TimeDelta::minutes(minutes))));
            }
        }
        self.text("SUMMARY", &event.summary);
        for (name, value) in [("DESCRIPTION", &event.description), ("LOCATION", &event.location)] {
            if !value.is_empty() {
                self.text(name, value);
            }
        }
        // A URI is not text: it is not escaped.
        self.line(&format!("URL:{}", event.url.replace(['\r', '\n'], "")));
        self.line(if event.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
        self.line("TRANSP:TRANSPARENT");
        if event.alarm && !event.cancelled {
            self.line("BEGIN:VALARM");
            self.line("ACTION:DISPLAY");
            self.text("DESCRIPTION", &event.summary);
            self.line("TRIGGER:-P1D");
            self.line("END:VALARM");
        }
        self.line("END:VEVENT");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escape(value)));
    }

    /// Folds at 75 octets, the space that begins a continuation counted (RFC 5545, s. 3.1).
    fn line(&mut self, line: &str) {
        let mut room = 75;
        for character in line.chars() {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = 74;
            }
            self.0.push(character);
            room -= character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Backslash, comma, semicolon and line feed are written with a backslash (RFC 5545, s. 3.3.11); other controls go.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ',' | ';' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn utc(instant: Instant) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn event() -> Event {
        Event {
            uid: "VIT-2026-000001@registre.example".into(),
            sequence: 2,
            when: When::Day(day(12, 31)),
            summary: "Vitrine : relève, reprise; et « secours »".into(),
            description: "Ligne 1\r\nLigne 2 \\ fin".into(),
            location: "En ligne".into(),
            url: "https://registre.example/evenements/VIT-2026-000001".into(),
            cancelled: false,
            alarm: true,
        }
    }

    fn text(events: &[Event]) -> String {
        let stamp = day(11, 23).and_hms_opt(15, 0, 0).unwrap();
        Calendar { name: "Registre", language: "fr", stamp, events }.text()
    }

    /// Undoes folding and escaping as RFC 5545 says, sharing nothing with the writer.
    fn read(text: &str, name: &str) -> String {
        let whole = text.replace("\r\n ", "");
        let line = whole.split("\r\n").find(|line| line.starts_with(&format!("{name}:"))).unwrap();
        let value = &line[name.len() + 1..];
        let mut out = String::new();
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            match (character, character == '\\') {
                (_, true) => match characters.next().unwrap() {
                    'n' | 'N' => out.push('\n'),
                    other => out.push(other),
                },
                (other, false) => out.push(other),
            }
        }
        out
    }

    #[test]
    fn a_whole_day_ends_where_the_next_begins() {
        let text = text(&[event()]);
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"), "{text}");
    }

    #[test]
    fn a_time_is_utc_and_lasts_its_minutes() {
        let start = day(12, 3).and_hms_opt(18, 30, 0).unwrap();
        let text = text(&[Event { when: When::Time(start, 90), ..event() }]);
        assert!(text.contains("DTSTART:20261203T183000Z\r\nDTEND:20261203T200000Z\r\n"), "{text}");
    }

    #[test]
    fn texts_come_back_as_they_were() {
        let text = text(&[event()]);
        assert_eq!(read(&text, "SUMMARY"), event().summary);
        assert_eq!(read(&text, "DESCRIPTION"), "Ligne 1\nLigne 2 \\ fin");
        assert!(text.contains("SUMMARY:Vitrine : relève\\, reprise\\; et"), "{text}");
    }

    #[test]
    fn no_line_is_longer_than_seventy_five_octets_and_no_character_is_cut() {
        for length in 60..100 {
            let summary = "é".repeat(length) + &"a".repeat(length % 7);
            let text = text(&[Event { summary: summary.clone(), ..event() }]);
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            assert_eq!(read(&text, "SUMMARY"), summary);
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "a bare line end");
        }
    }

    #[test]
    fn nothing_typed_adds_a_line() {
        let evil = "x\r\nATTENDEE:mailto:a@b.example\nEND:VCALENDAR".to_owned();
        let event =
            Event { summary: evil.clone(), url: format!("https://x.example/{evil}"), location: evil, ..event() };
        let text = text(&[event]);
        assert!(!text.split("\r\n").any(|line| line.starts_with("ATTENDEE") || line == "END:VCALENDAR\n"), "{text}");
        assert_eq!(text.matches("\r\nEND:VCALENDAR\r\n").count(), 1);
    }

    #[test]
    fn a_cancelled_entry_says_so_and_reminds_of_nothing() {
        let text = text(&[Event { cancelled: true, ..event() }]);
        assert!(text.contains("STATUS:CANCELLED") && !text.contains("VALARM"));
    }

    #[test]
    fn an_identifier_holds_the_host_and_no_port() {
        assert_eq!(uid("VIT-2026-000001", "http://127.0.0.1:8080"), "VIT-2026-000001@127.0.0.1");
    }
}
