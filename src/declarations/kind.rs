//! A kind is one file: what is asked, who decides, by when, for how long it is kept.
//!
//! Everything that shows or carries a declaration (form, validation, check page, detail, differences, API schema,
//! exports) reads the same list of fields from here. No Rust is written for a new kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// Confidentiality class of a kind or of one field (design §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Class {
    /// Ordinary register data.
    C1,
    /// Confidential: conflicts, measures. Each reading is logged.
    C2,
    /// Sealed: advice, voluntary declarations, concerns, ethics notes.
    C3,
}

impl Class {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::C1 => "C1",
            Self::C2 => "C2",
            Self::C3 => "C3",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Stable identifier, such as `gift_declaration`.
    pub id: String,
    /// Three letters that open the reference: `CAD-2026-000123`.
    pub prefix: String,
    pub class: Class,
    /// Place among the situations of the "declare" page.
    pub order: u16,
    pub title: Bilingual,
    /// The situation as the person would say it: « On m’a offert quelque chose ».
    pub situation: Bilingual,
    /// One line of examples under the situation.
    pub example: Bilingual,
    /// Ids of the fields whose values make the short line of lists and letters, in order.
    pub subject: Vec<String>,
    /// Where in the policy or the law this kind comes from.
    pub source: Bilingual,
    /// Notice of collection (A-2.1, s. 65): purposes of this kind, in one or two sentences.
    pub notice: Bilingual,
    /// A shortcut of the home page: the answers it sets, such as « rien à déclarer ».
    pub nothing_to_declare: Option<Shortcut>,
    /// The channel for disclosing wrongdoing is shown before the form (D-11.1): the product never takes its place.
    #[serde(default)]
    pub disclosure_first: bool,
    pub routing: Routing,
    pub deadlines: Deadlines,
    pub retention: Vec<Retention>,
    /// How the measures of a decision are followed. Versions loaded before measures were obligations have the defaults.
    #[serde(default)]
    pub measures: MeasureTerms,
    /// What goes to the State with a slip, when this kind can send something there.
    pub custody: Option<Custody>,
    #[serde(rename = "outcome")]
    pub outcomes: Vec<Outcome>,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// Drafts of another kind opened by an answer (an advantage offered in a relation opens a gift draft).
    #[serde(default, rename = "link")]
    pub links: Vec<LinkedDraft>,
}

/// Answers given in one click, before the attestation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shortcut {
    pub label: Bilingual,
    pub answers: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    /// Who looks first when nothing is referred.
    pub first: Office,
    /// Who else is told when a declaration is filed.
    #[serde(default)]
    pub also_told: Vec<Office>,
    /// What is answered binds nobody: whoever answers may report to whoever asks, the deputy minister included.
    #[serde(default)]
    pub advisory: bool,
}

/// A place in the organisation to which a file can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// The declarant's immediate supervisor, or the next one up who has no interest in it.
    Supervisor,
    /// RGEI.
    EthicsOfficer,
    SecretaryGeneral,
    DeputyMinister,
    /// RARC.
    ContractMonitor,
}

impl Office {
    pub const ALL: [Self; 5] =
        [Self::Supervisor, Self::EthicsOfficer, Self::SecretaryGeneral, Self::DeputyMinister, Self::ContractMonitor];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supervisor => "supervisor",
            Self::EthicsOfficer => "ethics_officer",
            Self::SecretaryGeneral => "secretary_general",
            Self::DeputyMinister => "deputy_minister",
            Self::ContractMonitor => "contract_monitor",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|office| office.as_str() == text)
    }
}

/// All delays are our proposals: the ministry's directives, when known, replace the file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    /// When the fact must be declared.
    pub file: Option<FilingDelay>,
    /// For the first decider, from filing.
    pub decide: Delay,
    /// For the ethics officer, from the day she receives it.
    pub ethics: Delay,
    /// For the declarant to answer a question.
    pub answer: Delay,
    /// For what is asked after the decision (report on an event, final disposition of a gift).
    pub follow_up: Option<FollowUpDelay>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    pub days: u16,
    pub unit: DayUnit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    /// Jours ouvrables of the calendar in force.
    Business,
    /// Jours civils.
    Calendar,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilingDelay {
    pub days: u16,
    pub unit: DayUnit,
    /// Before (prior authorisation) or after the fact.
    pub when: BeforeAfter,
    /// Id of the date field counted from.
    pub of: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeforeAfter {
    Before,
    After,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpDelay {
    pub days: u16,
    pub unit: DayUnit,
    /// Id of the date field counted from; from the decision when absent.
    pub of: Option<String>,
}

/// What says that the thing goes to the State: it gets a numbered slip and a custody trail.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// The outcome that orders it.
    pub outcome: String,
    /// The answer about what became of it.
    pub disposition: String,
    /// Id of the field that describes the thing.
    pub description: String,
}

/// How the measures of a decision are followed. Every number is our proposal, in the hands of the ministry.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureTerms {
    /// For the proof, when the decider names no day.
    pub due: Delay,
    /// For the supervisor to verify a proof.
    pub verify: Delay,
    /// More time for the owner, from the day a proof is sent back.
    pub again: Delay,
    /// For the supervisor to attest that a lasting measure still holds.
    pub attest: Delay,
    /// Months between two attestations, when the decider says nothing; absent: one proof is enough.
    pub every_months: Option<u16>,
    /// What can be asked as proof; the first one is proposed.
    #[serde(default)]
    pub evidence: Vec<Choice>,
}

impl Default for MeasureTerms {
    fn default() -> Self {
        let business = |days| Delay { days, unit: DayUnit::Business };
        Self {
            due: business(20),
            verify: business(5),
            again: business(5),
            attest: business(10),
            every_months: None,
            evidence: Vec::new(),
        }
    }
}

/// How long a closed file is kept. The first entry whose `outcomes` holds the outcome applies; one without is last.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    #[serde(default)]
    pub outcomes: Vec<String>,
    pub years: u16,
    /// What starts the clock.
    pub from: RetentionStart,
    /// BAnQ disposition: `C` keep, `D` destroy, `T` sort.
    pub disposition: Disposition,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionStart {
    Closing,
    ContractEnd,
    FiscalYearEnd,
    Event,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Disposition {
    C,
    D,
    T,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub id: String,
    /// The choice offered to the decider: « Autoriser avec conditions ».
    pub label: Bilingual,
    /// The result once decided: « Autorisée avec conditions ».
    pub done: Bilingual,
    /// One line of help under the choice.
    pub hint: Option<Bilingual>,
    /// Who may choose it.
    pub by: Vec<Office>,
    pub reason: Need,
    /// Conditions or measures, one per line, each of which will be followed.
    pub measures: Need,
    /// What follows the decision.
    pub then: Then,
    pub tone: Tone,
    /// What may become of the thing once this is decided, of the answers of the field whose fact is `disposition`: anything when
    /// empty. Anything else goes back to a reader. When the outcome closes the file, the first is what became of it.
    #[serde(default)]
    pub dispositions: Vec<String>,
    /// Offered only when the answers say so: nobody takes note of the refusal of what was kept.
    #[serde(default, skip_serializing_if = "Condition::is_empty")]
    pub only_when: Condition,
    /// It is given as a structured opinion (facts, norms, analysis, recommendation), on a page of its own.
    #[serde(default)]
    pub opinion: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    None,
    Optional,
    Required,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// Nothing more is expected: the file closes with the decision.
    Closed,
    /// The declarant still has something to tell (fields of the `follow_up` phase).
    Decided,
    /// Measures are in force and followed.
    Monitoring,
    /// The file goes to the ethics officer, undecided.
    WithEthics,
}

/// Chooses the letter and the words: approved (E7), approved with conditions (E8), refused (E9), noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Positive,
    Conditional,
    Negative,
    Neutral,
}

impl Tone {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Conditional => "conditional",
            Self::Negative => "negative",
            Self::Neutral => "neutral",
        }
    }
}

/// One page of the form: one question, or the few fields that answer it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub title: Bilingual,
    pub hint: Option<Bilingual>,
    /// « Pourquoi demandons-nous cela? », the policy in plain words.
    pub why: Option<Bilingual>,
    #[serde(default)]
    pub phase: Phase,
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    #[default]
    Filing,
    /// Asked of the declarant after the decision, before closing.
    FollowUp,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub id: String,
    pub widget: Widget,
    pub label: Bilingual,
    pub hint: Option<Bilingual>,
    #[serde(default)]
    pub required: Requirement,
    /// Shown only when each named field holds one of the listed values. Hidden fields keep no answer.
    #[serde(default)]
    pub shown_when: Condition,
    /// For `choice`, `choices` and `select`.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// Longest text in characters, or most lines, rows or files.
    pub max: Option<u32>,
    #[serde(default)]
    pub checks: Vec<Check>,
    /// The ordinary column filled by this field, for rules, search and reports.
    pub fact: Option<Fact>,
    /// Only when stricter than the kind's class.
    pub class: Option<Class>,
    /// Name of the column in exports (ASCII snake case, French). The id when absent.
    pub export: Option<String>,
    /// Section of the policy or article it rests on.
    pub source: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Widget {
    /// One line.
    Text,
    /// Several lines.
    Longtext,
    /// A list, one item per line.
    Lines,
    /// One among `options`, radio buttons. Answer: the option id.
    Choice,
    /// Any among `options`. Answer: array of ids.
    Choices,
    /// Oui or Non. Answer: boolean.
    YesNo,
    /// Answer: `AAAA-MM-JJ`.
    Date,
    /// Answer: integer cents.
    Money,
    /// Block B: a company of the register, or one typed. Answer: object `{company_id, name, neq, no_neq_reason}`.
    Company,
    /// People of a company met: array of `{name, title, email}`.
    Contacts,
    /// Members of staff, by name, number or email: array of `{person_id, name}`.
    Persons,
    /// Files. Answer: array of `{id, name}`.
    Attachment,
    /// A sentence to tick.
    Checkbox,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Requirement {
    Always(bool),
    When(Condition),
}

impl Default for Requirement {
    fn default() -> Self {
        Self::Always(false)
    }
}

impl<'de> Deserialize<'de> for Requirement {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Always(bool),
            When(Condition),
        }
        Ok(match Either::deserialize(deserializer)? {
            Either::Always(always) => Self::Always(always),
            Either::When(condition) => Self::When(condition),
        })
    }
}

/// Every named field holds one of its values: `{ direction = ["received"], type = ["meal", "ticket"] }`.
/// A yes/no field is `"yes"` or `"no"`; `regime` may be used as if it were a field (block A, from the directory).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Condition(pub BTreeMap<String, Vec<String>>);

impl Condition {
    /// It always holds.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub label: Bilingual,
    pub hint: Option<Bilingual>,
}

/// Checks beyond the widget's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The date is today or earlier.
    NotFuture,
    /// The date is today or later.
    NotPast,
    /// On or after the date of another field.
    NotBefore(String),
    /// At least so many items.
    AtLeast(u32),
}

/// Typed columns of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    OccurredOn,
    OccurredUntil,
    ValueCents,
    Company,
    Contract,
    Counterpart,
    Purpose,
    /// Members of staff named: they never see the file when they would have to decide it.
    Named,
    /// « Cette situation concerne ma ou mon gestionnaire »: the supervisor is named.
    NamesSupervisor,
    /// « Cette situation concerne la personne responsable de l’éthique »: everybody who holds the office is named.
    NamesEthics,
    /// Who receives it, when the declarant chooses: option ids are offices. Nobody else does.
    Recipient,
    /// Whether an opinion given on it may become an example: only when the option `precedent` is chosen.
    Precedent,
    /// The declarant needs an answer by this day: it is due then, when that comes before the usual delay.
    NeededBy,
    /// A free word that reports count by: type of gift, nature of the relation, kind of interest, role at the event.
    Category,
    /// Final disposition of a gift.
    Disposition,
}

impl Fact {
    /// Others only say where a file goes, or what may be done with it.
    pub fn fills_a_column(self) -> bool {
        match self {
            Self::Named
            | Self::NamesSupervisor
            | Self::NamesEthics
            | Self::Recipient
            | Self::Precedent
            | Self::NeededBy => false,
            Self::OccurredOn
            | Self::OccurredUntil
            | Self::ValueCents
            | Self::Company
            | Self::Contract
            | Self::Counterpart
            | Self::Purpose
            | Self::Category
            | Self::Disposition => true,
        }
    }
}

/// A draft of another kind opened when an answer says so, with what is known filled in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkedDraft {
    pub kind: String,
    pub when: Condition,
    /// target field = source field.
    pub copy: BTreeMap<String, String>,
    /// target field = fixed answer.
    #[serde(default)]
    pub set: BTreeMap<String, serde_json::Value>,
    /// What the person is told.
    pub say: Bilingual,
}
