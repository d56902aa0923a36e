//! Parameters of the operations, with the bounds that reading applies.

use serde_json::{Value, json};

use crate::declarations::api::ID;
use crate::declarations::api::asked::{CURSOR, MOST};
use crate::declarations::lists::InboxView;
use crate::declarations::workflow;
use crate::measures::lists::{View, Which};
use crate::web::idempotency;

/// Anything that somebody writes; the null character (`%00`) is never taken.
const WRITTEN: &str = r"^[^\u0000]*$";

/// A parameter of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Param {
    Id,
    KindId,
    Version,
    VersionNeeded,
    KnownVersion,
    Key,
    Language,
    Limit,
    Cursor,
    State,
    RegisterState,
    View,
    Office,
    Kind,
    Words,
    Unit,
    Company,
    Flagged,
    Late,
    From,
    To,
    Typed,
    MeasureId,
    AbsenceId,
    CampaignId,
    Whose,
    MeasureState,
    Person,
    Neq,
    Contract,
    Purpose,
}

impl Param {
    /// Place, name, whether it is needed, schema and description.
    fn parts(self, kinds: &[&str]) -> (&'static str, &'static str, bool, Value, &'static str) {
        let states = || workflow::State::ALL.into_iter().map(workflow::State::as_str);
        let filed: Vec<&str> = states().filter(|state| *state != "draft").chain(["pending"]).collect();
        let version = json!({ "type": "string", "examples": ["\"1\""] });
        let number = json!({ "type": "integer", "minimum": 1, "maximum": i32::MAX });
        let yes = json!({ "type": "boolean", "default": false });
        let date = json!({ "type": "string", "format": "date" });
        match self {
            Self::Id => {
                ("path", "id", true, json!({ "type": "string", "pattern": ID }), "Reference, or key of a draft.")
            }
            Self::KindId => ("path", "id", true, json!({ "type": "string", "enum": kinds }), "Kind id."),
            Self::Version => {
                ("header", "If-Match", false, version, "Version read (`ETag`). A stale one is refused (412).")
            }
            Self::VersionNeeded => (
                "header",
                "If-Match",
                true,
                version,
                "Version read (`ETag`). Needed, and `*` does not say it (428); a stale one is refused (412).",
            ),
            Self::KnownVersion => (
                "header",
                "If-None-Match",
                false,
                json!({ "type": "string" }),
                "Version already known: 304 when it is current.",
            ),
            Self::Key => (
                "header",
                "Idempotency-Key",
                false,
                json!({ "type": "string", "pattern": idempotency::PATTERN }),
                "Sent again with the same request within 24 hours, it gives the same answer without a second effect.",
            ),
            Self::Language => (
                "header",
                "Accept-Language",
                false,
                json!({ "type": "string" }),
                "`fr` (default of the person) or `en`.",
            ),
            Self::Limit => (
                "query",
                "limit",
                false,
                json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": 50 }),
                "Rows of a page.",
            ),
            Self::Cursor => {
                ("query", "cursor", false, json!({ "type": "string", "pattern": CURSOR }), "`next` of the page before.")
            }
            Self::State => {
                let states: Vec<&str> = states().collect();
                ("query", "state", false, json!({ "type": "string", "enum": states }), "Only in this state.")
            }
            Self::RegisterState => (
                "query",
                "state",
                false,
                json!({ "type": "string", "enum": filed }),
                "Only in this state; `pending` for all that wait for a decision.",
            ),
            Self::View => {
                let views = InboxView::ALL.map(InboxView::as_str);
                let schema = json!({ "type": "string", "enum": views, "default": views.first() });
                (
                    "query",
                    "view",
                    false,
                    schema,
                    "`a-decider` to decide, `en-retard` late, `signalees` flagged, `attend-reponse` waiting for an \
                     answer, `decidees` decided by me in 30 days, `equipe` of the people I supervise, \
                     `a-inscrire` decided outside, to record, `avis` notices of the contract-rules officer, \
                     `a-relire` told after the decision and to be read.",
                )
            }
            Self::Office => {
                let offices = ["ethics_officer", "secretary_general", "deputy_minister", "contract_monitor"];
                let schema = json!({ "type": "string", "enum": offices });
                ("query", "office", false, schema, "The inbox of an office this person holds, rather than their own.")
            }
            Self::Kind => ("query", "kind", false, json!({ "type": "string", "enum": kinds }), "Only of this kind."),
            Self::Words => {
                let schema = json!({ "type": "string", "minLength": 1, "maxLength": 200, "pattern": WRITTEN });
                ("query", "q", false, schema, "Words found in the declaration, people and companies included.")
            }
            Self::Unit => ("query", "unit", false, number, "Only of this unit (id)."),
            Self::Company => ("query", "company", false, number, "Only about this company (id)."),
            Self::Flagged => ("query", "flagged", false, yes, "Only with a finding to look at."),
            Self::Late => ("query", "late", false, yes, "Only past their due date."),
            Self::From => ("query", "from", false, date, "First filed on this day or later."),
            Self::To => ("query", "to", false, date, "First filed on this day or earlier."),
            Self::MeasureId => ("path", "id", true, number, "Number of the measure."),
            Self::AbsenceId => ("path", "id", true, number, "Number of the absence."),
            Self::CampaignId => ("path", "id", true, number, "Number of the campaign."),
            Self::Whose => {
                let schema = json!({ "type": "string", "enum": View::ALL.map(View::as_str), "default": "miennes" });
                (
                    "query",
                    "whose",
                    false,
                    schema,
                    "`miennes` to carry out by the person, `equipe` of the people they supervise or of what they decided, \
                     `toutes` all that their role shows.",
                )
            }
            Self::MeasureState => {
                let schema = json!({ "type": "string", "enum": Which::ALL.map(Which::as_str), "default": "a-faire" });
                (
                    "query",
                    "state",
                    false,
                    schema,
                    "`a-faire` something is expected, `en-retard` late, `a-verifier` proof to verify, `verifiees` \
                     verified, `levees` lifted.",
                )
            }
            Self::Person => {
                let schema = json!({ "type": "string", "minLength": 1, "maxLength": 300, "pattern": WRITTEN });
                ("query", "person", true, schema, "Employee number, address or name.")
            }
            Self::Neq => {
                let schema = json!({ "type": "string", "minLength": 1, "maxLength": 300, "pattern": WRITTEN });
                ("query", "neq", false, schema, "NEQ or name of a company.")
            }
            Self::Contract => {
                let schema = json!({ "type": "string", "minLength": 1, "maxLength": 300, "pattern": WRITTEN });
                ("query", "contract", false, schema, "Number of a contract or notice on file.")
            }
            Self::Purpose => {
                let schema = json!({ "type": "string", "minLength": 1, "maxLength": 300, "pattern": WRITTEN });
                ("query", "purpose", true, schema, "What for; the person checked reads it.")
            }
            Self::Typed => {
                let schema = json!({ "type": "string", "minLength": 1, "maxLength": 100, "pattern": WRITTEN });
                ("query", "q", true, schema, "What was typed.")
            }
        }
    }

    /// As OpenAPI writes it.
    pub fn describe(self, kinds: &[&str]) -> Value {
        let (place, name, needed, schema, about) = self.parts(kinds);
        json!({ "name": name, "in": place, "required": needed, "schema": schema, "description": about })
    }
}
