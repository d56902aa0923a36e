//! What can happen, in the past tense.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::declarations::answers::Answers;
use crate::declarations::rules::Finding;
use crate::people::PersonId;

/// One event and its facts. The names are those of the journal, for ever: add, never rename.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum Event {
    // declarations
    Submitted(Filed),
    Corrected(Filed),
    Withdrawn {
        reason: String,
    },
    TakenUp,
    InformationRequested {
        question: String,
        due_on: NaiveDate,
    },
    InformationProvided {
        answer: String,
    },
    /// Whoever asked goes on without the answer.
    QuestionSetAside {
        reason: String,
    },
    /// To the ethics officer.
    Referred {
        reason: String,
        due_on: NaiveDate,
    },
    OpinionGiven {
        opinion: String,
    },
    SentBack {
        opinion: String,
        holder: Option<PersonId>,
        due_on: NaiveDate,
    },
    Decided {
        outcome: String,
        reason: String,
        measures: Vec<String>,
        revision: i32,
    },
    Completed {
        answers: Answers,
    },
    Closed {
        note: String,
    },
    Reassigned {
        from: Option<PersonId>,
        to: PersonId,
        reason: String,
    },
    Escalated {
        days_late: i64,
    },
    Reminded {
        step: String,
        to: PersonId,
    },
    AttachmentAdded {
        name: String,
        sha256: String,
        size: i64,
    },
    AttachmentRemoved {
        name: String,
        sha256: String,
    },
    // people
    DirectoryImported {
        file: String,
        sha256: String,
        added: usize,
        changed: usize,
        departed: usize,
    },
    RoleGranted {
        person: PersonId,
        role: String,
        since: NaiveDate,
        until: Option<NaiveDate>,
    },
    RoleEnded {
        person: PersonId,
        role: String,
        until: NaiveDate,
    },
    AccountOpened {
        person: PersonId,
    },
    SignedIn {
        person: PersonId,
    },
    SignInRefused {
        reason: String,
    },
    SignedOut {
        person: PersonId,
    },
    TokenCreated {
        person: PersonId,
        name: String,
        scope: String,
    },
    TokenRevoked {
        person: PersonId,
        name: String,
    },
    // reading out
    Exported {
        what: String,
        rows: i64,
        filter: String,
    },
    Reported {
        from: NaiveDate,
        to: NaiveDate,
        rows: i64,
        sha256: String,
    },
    // letters
    LetterResent {
        letter: i64,
    },
    // in force
    KindLoaded {
        kind: String,
        hash: String,
    },
    PolicyLoaded {
        effective: NaiveDate,
        hash: String,
    },
    SettingsLoaded {
        hash: String,
    },
    // people and declarations
    /// The chart changed while the file was open: it went to whoever decides from now on. `why` is a Fluent key.
    Rerouted {
        from: Option<PersonId>,
        to: Option<PersonId>,
        office: Option<String>,
        why: String,
    },
    // programme
    ShowcasePlanned {
        reference: String,
        answers: Answers,
    },
    ShowcaseChanged {
        reference: String,
        answers: Answers,
    },
    ShowcaseHeld {
        reference: String,
        attended: Vec<PersonId>,
    },
    ShowcaseCancelled {
        reference: String,
        reason: String,
    },
    FirmAdded {
        reference: String,
        company: i64,
        origin: String,
    },
    FirmHeard {
        reference: String,
        company: i64,
        heard: bool,
        minutes: Option<i32>,
        stage: String,
        reason: Option<String>,
    },
    AnswerPublished {
        reference: String,
        question: String,
        answer: String,
    },
    Registered {
        reference: String,
        person: PersonId,
    },
    RegistrationCancelled {
        reference: String,
        person: PersonId,
    },
    MonitorConsulted {
        reference: String,
        call_reference: Option<String>,
        call_on: Option<NaiveDate>,
    },
    MonitorAdvised {
        reference: String,
        opinion: String,
    },
    CalendarFeedOpened {
        person: PersonId,
    },
    CalendarFeedClosed {
        person: PersonId,
    },
    PassportRuled {
        reference: String,
        number: i32,
        ruling: String,
        cap_cents: Option<i64>,
        conditions: Vec<String>,
        reason: String,
    },
    /// A request is for the event of a passport; recorded with the request.
    PassportLinked {
        reference: String,
    },
    PassportUnlinked {
        reference: String,
    },
    LettersChosen {
        person: PersonId,
        digest: bool,
    },
}

/// A version put on file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    pub reference: String,
    pub revision: i32,
    pub answers: Answers,
    pub findings: Vec<Finding>,
    pub holder: Option<PersonId>,
    pub office: Option<String>,
    /// Fluent key of the reason of the route.
    pub why: String,
    pub due_on: Option<NaiveDate>,
    pub days_late: i64,
}

impl Event {
    /// Name in the journal: `submitted`.
    pub fn name(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(mut object)) => match object.remove("event") {
                Some(serde_json::Value::String(name)) => name,
                _ => String::new(),
            },
            _ => String::new(),
        }
    }
}
