//! What the API takes. An unknown field is refused and named (trust.md Z07).

use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::words::{Line, Measures, Prose, Yes};
use crate::comments::Audience;
use crate::ethics::opinion::Stance;

/// A new declaration: a draft, or one filed at once.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeclaration {
    /// Kind id, from `GET /api/v1/kinds`.
    pub kind: String,
    /// Answers by field id.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub answers: Map<String, Value>,
    /// File it now; all answers are then checked, and nothing is kept when one is wrong.
    #[serde(default)]
    pub submit: bool,
    /// Needed to file: the person attests that what is filed is complete and true.
    #[serde(default)]
    pub attested: bool,
}

/// Files what was written.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    #[expect(dead_code, reason = "reading it is the check")]
    attested: Yes,
}

/// Takes a declaration back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why, if the person wishes to say.
    pub reason: Option<Prose>,
}

/// Answers the question asked.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    pub text: Prose,
}

/// Asks the declarant a question.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub question: Prose,
}

/// Goes on without the answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Continuation {
    pub reason: Prose,
}

/// Hands the file to the ethics officer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    pub reason: Prose,
}

/// Decides.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// One of `outcomes` of the declaration.
    pub outcome: Line,
    /// Needed where the outcome says so, and always to authorise what a rule says to stop.
    pub reason: Option<Prose>,
    /// Needed where the outcome says so.
    #[serde(default)]
    pub measures: Measures,
}

/// Gives an opinion, and with `send_back` hands the file back to whoever decides.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    pub opinion: Prose,
    #[serde(default)]
    pub send_back: bool,
}

/// Closes a file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    pub note: Prose,
}

/// Gives a file to another decider.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reassignment {
    /// Number, address or full name of a member of staff.
    pub to: Line,
    pub reason: Prose,
}

/// What an authority outside the organisation decided.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideDecision {
    /// One of `outcomes` of the declaration.
    pub outcome: Line,
    pub reason: Prose,
    #[serde(default)]
    pub measures: Measures,
    /// Who decided.
    pub authority: Line,
    /// Day of the decision, not before the filing nor in the future.
    pub decided_on: chrono::NaiveDate,
    /// Reference of the authority’s document.
    pub document: Line,
}

/// Asks the deputy minister for a direction.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionRequest {
    pub reason: Prose,
}

/// Contests a decision before the deputy minister.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contestation {
    pub reason: Prose,
}

/// Writes about a declaration.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    pub text: Prose,
    /// Who reads it: `private` (its author), `readers` (whoever handles the file), `person` (the declarant too).
    pub audience: Audience,
    /// Id of the answer it is about; the whole file without it.
    pub about: Option<Line>,
}

/// Nothing to say.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Answers a request for advice with a structured opinion.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    pub facts: Prose,
    pub norms: Prose,
    pub analysis: Prose,
    pub recommendation: Prose,
    /// What becomes of each precedent that the service proposes; a missing one is named in the refusal.
    #[serde(default)]
    pub precedents: Vec<ComparedPrecedent>,
}

/// A precedent that was proposed, and whether the opinion follows it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComparedPrecedent {
    pub id: i64,
    pub stance: Stance,
    /// Needed when the opinion departs from it; stays with the file.
    pub reason: Option<Prose>,
}
