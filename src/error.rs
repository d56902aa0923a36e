//! One error type for use cases. The web, the API and the CLI each say it in their own way (`web/problems.rs`, `cli`).

use thiserror::Error;

use crate::texts::Sentence;

/// What went wrong beside one field. `message` is a Fluent key; `arg` fills its `$arg`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FieldError {
    pub field: String,
    pub message: &'static str,
    pub arg: Option<String>,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: &'static str) -> Self {
        Self { field: field.into(), message, arg: None }
    }

    pub fn with(field: impl Into<String>, message: &'static str, arg: impl ToString) -> Self {
        Self { field: field.into(), message, arg: Some(arg.to_string()) }
    }
}

#[derive(Debug, Error)]
pub enum Error {
    /// Fields to correct; the form comes back with what was typed.
    #[error("{} field(s) to correct", .0.len())]
    Invalid(Vec<FieldError>),
    /// Nobody is signed in.
    #[error("sign in first")]
    SignedOut,
    /// The session is open, but its person proved too long ago who they are.
    #[error("confirm who you are")]
    NotConfirmed,
    /// Somebody else must approve it first. Carries the page that asks them.
    #[error("a second person is needed")]
    SecondPerson(String),
    /// An office of this person asks for a code that their session was opened without.
    #[error("a code is needed first")]
    CodeFirst,
    /// The access table says no, and the person knows the thing exists.
    #[error("not allowed")]
    NotAllowed,
    /// It does not exist, or this person may not know that it does: the same answer, byte for byte.
    #[error("not found")]
    NotFound,
    /// Somebody changed it since it was read.
    #[error("changed since it was read")]
    Stale,
    /// The state does not allow this (already decided, already withdrawn…). Carries a Fluent key.
    #[error("not possible now: {0}")]
    NotPossible(&'static str),
    /// Too many tries; seconds to wait.
    #[error("try again in {0} s")]
    TooMany(u64),
    /// The request itself is malformed. Carries a Fluent key.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// A parameter or header of the API is not what its description says.
    #[error("{} bad parameter(s)", .0.len())]
    BadParameters(Vec<FieldError>),
    /// The address exists, the method does not. Carries the methods that do.
    #[error("method not allowed, only {0}")]
    WrongMethod(String),
    /// The body of a request to the API is not JSON.
    #[error("unsupported media type")]
    WrongMediaType,
    /// An `If-Match` header is needed.
    #[error("precondition required")]
    PreconditionRequired,
    /// The same idempotency key came with another request.
    #[error("idempotency key reused")]
    KeyReused,
    /// Too large.
    #[error("too large")]
    TooLarge,
    /// The disk of the database has no room: nothing is written until somebody makes some.
    #[error("the disk is full")]
    Full,
    /// The server of the database does not answer, for now: what was asked may have been done or not. The cause goes to the log.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A setting, a key or a file that whoever runs the register must put right: the command line says it in their language. Elsewhere
    /// it is ours, as the next one.
    #[error("internal: {0}")]
    Operator(Sentence),
    /// It and another change waited for each other, and the database gave this one up: nothing of it was done, and it may be asked
    /// again at once. The cause goes to the log.
    #[error("given up, another change came across: {0}")]
    Crossed(String),
    /// Ours. The cause goes to the log, never to the person.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// What whoever runs the register reads. `key` is that of a message without arguments.
    pub fn operator(key: &'static str) -> Self {
        Self::Operator(Sentence::new(key))
    }

    /// A file that could not be read or written, for whoever runs the register.
    pub fn of_file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Operator(Sentence::new("operator-file").with("file", path.display()).because("why", cause(error)))
    }

    pub fn unavailable(cause: impl std::fmt::Display) -> Self {
        Self::Unavailable(cause.to_string())
    }

    pub fn field(field: impl Into<String>, message: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::NotFound => Self::NotFound,
            other if is_full(&other) => Self::Full,
            other if is_gone(&other) => Self::unavailable(other),
            other if is_crossed(&other) => Self::Crossed(other.to_string()),
            other => Self::Internal(format!("database: {other}")),
        }
    }
}

/// What both engines say when there is no room: SQLITE_FULL, and SQLSTATE 53100.
pub fn is_full(error: &diesel::result::Error) -> bool {
    let diesel::result::Error::DatabaseError(_, information) = error else { return false };
    let message = information.message();
    message.contains("database or disk is full") || message.contains("No space left on device")
}

/// Is the server of the database gone, going, coming back or too busy? What libpq says of its connection, and SQLSTATE 57014 and
/// 57P01 to 57P03.
fn is_gone(error: &diesel::result::Error) -> bool {
    use diesel::result::DatabaseErrorKind::{ClosedConnection, UnableToSendCommand};
    let diesel::result::Error::DatabaseError(kind, information) = error else { return false };
    let message = information.message();
    matches!(kind, ClosedConnection | UnableToSendCommand)
        || [
            "terminating connection",
            "the database system is",
            "server closed the connection",
            "no connection to the server",
            // It waited a minute for work on the whole database.
            "canceling statement due to statement timeout",
        ]
        .iter()
        .any(|said| message.contains(said))
}

/// Did PostgreSQL give this transaction up for another one? SQLSTATE 40001, and 40P01, which is known by its words.
fn is_crossed(error: &diesel::result::Error) -> bool {
    let diesel::result::Error::DatabaseError(kind, information) = error else { return false };
    matches!(kind, diesel::result::DatabaseErrorKind::SerializationFailure)
        || information.message().contains("deadlock detected")
}

/// What the system says, in words for what happens most.
pub fn cause(error: &std::io::Error) -> Sentence {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => Sentence::new("operator-why-missing"),
        ErrorKind::PermissionDenied => Sentence::new("operator-why-forbidden"),
        ErrorKind::AlreadyExists => Sentence::new("operator-why-exists"),
        ErrorKind::AddrInUse => Sentence::new("operator-why-in-use"),
        ErrorKind::StorageFull => Sentence::new("operator-why-full"),
        ErrorKind::IsADirectory => Sentence::new("operator-why-folder"),
        _ => Sentence::new("operator-why-other").with("cause", error),
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("json: {error}"))
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
