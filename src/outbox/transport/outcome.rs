//! What becomes of a letter, and why.

/// What kind of trouble a letter met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The relay cannot be reached, or the connection broke.
    Connection,
    /// No answer in time.
    Timeout,
    /// Encryption cannot be had, or the certificate is not good.
    Tls,
    /// The relay does not let us in.
    SignIn,
    /// The relay said "later" (4xx).
    Temporary,
    /// The relay said "never" (5xx).
    Permanent,
    /// The letter cannot be written as a message (address, identifiers).
    Message,
    /// The folder of letters cannot be written.
    Folder,
}

impl Class {
    /// Name in the database and in logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Timeout => "timeout",
            Self::Tls => "tls",
            Self::SignIn => "sign_in",
            Self::Temporary => "temporary",
            Self::Permanent => "permanent",
            Self::Message => "message",
            Self::Folder => "folder",
        }
    }

    /// True when trying again cannot help.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Permanent | Self::Message)
    }
}

/// Why a letter did not leave. Its text may quote the relay, so an address: for the administrator, never for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What kind of trouble.
    pub class: Class,
    /// Code of the relay's answer, when it answered.
    pub code: Option<u16>,
    /// In words.
    pub text: String,
}

/// Longest text of a trouble, in characters.
const LONGEST_TEXT: usize = 300;

impl Trouble {
    /// A trouble in words, on one line.
    pub fn new(class: Class, text: impl std::fmt::Display) -> Self {
        let text = text.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_TEXT).collect();
        Self { class, code: None, text }
    }

    /// The same with the relay's code.
    pub fn with_code(self, code: u16) -> Self {
        Self { code: Some(code), ..self }
    }
}

/// As stored in `letters.last_error`.
impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.class.as_str(), self.text)
    }
}

/// What became of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The relay, or the folder, has it.
    Sent,
    /// To be tried again.
    Retry(Trouble),
    /// Will never leave as it is.
    Failed(Trouble),
    /// Was not tried: its turn did not come. Costs it no attempt.
    Later,
}

impl From<Trouble> for Outcome {
    fn from(trouble: Trouble) -> Self {
        if trouble.class.is_final() { Self::Failed(trouble) } else { Self::Retry(trouble) }
    }
}
