//! What the tables and the journal do not say alike, and how it is told.

use serde::Serialize;

use crate::journal::imprints::{Register, Thing};
use crate::people::PersonId;
use crate::text::Language;
use crate::texts::{Arg, say};

/// Something that the tables and the journal do not say alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Difference {
    /// What the database itself says is wrong with it.
    Database {
        fault: String,
    },
    /// The chain breaks, or words are gone that nobody certified.
    Chain {
        event: i64,
    },
    /// The events are not those of the head signed at `size` events.
    Head {
        size: i64,
    },
    /// A file that its events tell, and that is not there.
    Gone {
        declaration: i64,
        event: i64,
    },
    /// A file that no event tells.
    Untold {
        declaration: String,
    },
    /// The file is not as its last event left it; `part` is the first of [`Standing`] that differs.
    Row {
        declaration: String,
        event: i64,
        part: &'static str,
    },
    /// What is kept of it does not open: it was changed, moved or put back from before.
    Closed {
        declaration: i64,
    },
    Version {
        declaration: String,
        number: i32,
    },
    Decision {
        declaration: String,
        revision: i32,
    },
    /// The content of a file joined is not there, or not what was joined.
    Content {
        declaration: String,
        sha256: String,
    },
    /// A role that no event gave, or that an event gave and that is not there.
    Role {
        person: PersonId,
        role: String,
    },
    /// A token that no event made, or that an event took away.
    Token {
        person: PersonId,
        name: String,
    },
    /// The access log does not hold, between two numbers, the readings that were sealed.
    Readings {
        first: i64,
        last: i64,
    },
    /// A thing that is no file is not as its last event left it.
    Thing {
        #[serde(flatten)]
        thing: Thing,
        event: i64,
    },
    /// One that its events tell, and that is not there.
    ThingGone {
        #[serde(flatten)]
        thing: Thing,
        event: i64,
    },
    /// One that no event tells.
    ThingUntold {
        #[serde(flatten)]
        thing: Thing,
    },
    /// The row of a file joined is not the one that the answers name.
    Attachment {
        declaration: String,
        attachment: i64,
    },
}

impl Difference {
    /// As a sentence.
    pub fn told(&self, language: Language) -> String {
        let text = |text: &String| Arg::from(text.clone());
        let thing = |thing: &Thing| {
            let name = say(language, thing.register.name_key(), &[]);
            // There is one directory.
            let named = if thing.register == Register::Directory { name } else { format!("{name} {}", thing.key) };
            [("thing", Arg::from(named))]
        };
        let (key, args): (&str, Vec<(&str, Arg<'_>)>) = match self {
            Self::Database { fault } => ("agreement-database", vec![("fault", text(fault))]),
            Self::Chain { event } => ("agreement-chain", vec![("event", Arg::from(*event))]),
            Self::Head { size } => ("agreement-head", vec![("size", Arg::from(*size))]),
            Self::Gone { declaration, event } => {
                ("agreement-gone", vec![("declaration", Arg::from(*declaration)), ("event", Arg::from(*event))])
            }
            Self::Untold { declaration } => ("agreement-untold", vec![("declaration", text(declaration))]),
            Self::Row { declaration, event, part } => (
                "agreement-row",
                vec![
                    ("declaration", text(declaration)),
                    ("event", Arg::from(*event)),
                    ("part", Arg::from(say(language, part, &[]))),
                ],
            ),
            Self::Closed { declaration } => ("agreement-closed", vec![("declaration", Arg::from(*declaration))]),
            Self::Version { declaration, number } => (
                "agreement-version",
                vec![("declaration", text(declaration)), ("number", Arg::from(i64::from(*number)))],
            ),
            Self::Decision { declaration, revision } => (
                "agreement-decision",
                vec![("declaration", text(declaration)), ("number", Arg::from(i64::from(*revision)))],
            ),
            Self::Content { declaration, sha256 } => {
                ("agreement-content", vec![("declaration", text(declaration)), ("sha256", text(sha256))])
            }
            Self::Readings { first, last } => {
                ("agreement-readings", vec![("first", Arg::from(*first)), ("last", Arg::from(*last))])
            }
            Self::Role { person, role } => (
                "agreement-role",
                vec![
                    ("person", Arg::from(*person)),
                    ("role", Arg::from(say(language, &format!("role-{}", role.replace('_', "-")), &[]))),
                ],
            ),
            Self::Token { person, name } => {
                ("agreement-token", vec![("person", Arg::from(*person)), ("name", text(name))])
            }
            Self::Thing { thing: of, event } => {
                ("agreement-thing", thing(of).into_iter().chain([("event", Arg::from(*event))]).collect())
            }
            Self::ThingGone { thing: of, event } => {
                ("agreement-thing-gone", thing(of).into_iter().chain([("event", Arg::from(*event))]).collect())
            }
            Self::ThingUntold { thing: of } => ("agreement-thing-untold", thing(of).into_iter().collect()),
            Self::Attachment { declaration, attachment } => (
                "agreement-attachment",
                vec![("declaration", text(declaration)), ("attachment", Arg::from(*attachment))],
            ),
        };
        say(language, key, &args)
    }
}
