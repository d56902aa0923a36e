//! What the API answers. Names are those of the code; words for people are in the language asked.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::comments::Audience;
use crate::crosschecks::api::CrosscheckItem;
use crate::rectifications::api::RectificationItem;

/// Who acts through this token or session.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Employee number.
    pub number: String,
    pub name: String,
    /// `fr` or `en`.
    pub language: String,
    /// Roles in force, `staff` aside.
    pub roles: Vec<String>,
    /// Offices whose inbox this person sees.
    pub offices: Vec<String>,
    /// Somebody reports to this person.
    pub leads: bool,
    /// `read` or `write`.
    pub scope: String,
}

/// A rule that fired.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingItem {
    /// `information`, `attention` or `stop`.
    pub severity: String,
    pub severity_label: String,
    pub sentence: String,
    /// Law, regulation or section of the policy.
    pub article: String,
    /// What to do now.
    pub now: String,
}

/// One answer that differs between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeItem {
    pub label: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What somebody wrote about a declaration.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentItem {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub author: String,
    /// Who reads it.
    pub audience: Audience,
    /// Id of the answer it is about.
    pub about: Option<String>,
    pub text: String,
}

/// What this reader may read of it, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfComments {
    pub items: Vec<CommentItem>,
}

/// One event.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventItem {
    pub at: DateTime<Utc>,
    /// Name in the journal, such as `submitted`.
    pub event: String,
    pub title: String,
    pub actor: Option<String>,
    pub text: Option<String>,
    pub changes: Vec<ChangeItem>,
}

/// A file joined to an answer; it is read on the page.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentItem {
    pub field: String,
    pub name: String,
    /// `clean`; `pending`, in quarantine until an antivirus answers; `infected`, its content deleted; `unscanned`, no
    /// antivirus was configured when it arrived.
    pub scan: String,
}

/// Who declared.
#[derive(Debug, Serialize, ToSchema)]
pub struct Declarant {
    pub name: String,
    pub title: String,
    pub unit: String,
}

/// The decision on file.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionItem {
    pub outcome: String,
    pub label: String,
    pub reason: String,
    /// Who decided; the authority, when it was outside.
    pub by: String,
    /// In whose place, when it was in somebody else’s.
    pub on_behalf_of: Option<String>,
    pub at: Option<DateTime<Utc>>,
    /// Conditions or measures in force.
    pub measures: Vec<String>,
}

/// A structured opinion on a request for advice.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpinionItem {
    pub facts: String,
    pub norms: String,
    pub analysis: String,
    pub recommendation: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// The opinion a person says they followed, with what they chose to share of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FollowedAdvice {
    pub reference: String,
    pub text: String,
}

/// An anonymised precedent of the library.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrecedentItem {
    pub id: i64,
    pub title: String,
    pub situation: String,
    pub norms: String,
    pub recommendation: String,
    pub published_at: DateTime<Utc>,
}

/// Precedents in force, the newest first, 500 at most.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfPrecedents {
    pub items: Vec<PrecedentItem>,
}

/// A choice offered to this reader, who decides.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeChoice {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    /// `none`, `optional` or `required`.
    pub reason: String,
    /// `none`, `optional` or `required`.
    pub measures: String,
}

/// What this reader may do now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionItem {
    /// Last part of the address: `decision`, `withdrawal`…
    pub name: String,
    pub method: String,
    pub href: String,
    /// An `If-Match` header is needed.
    pub if_match: bool,
}

/// A declaration, as this reader sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationDetail {
    /// Reference, or key of the draft.
    pub id: String,
    pub reference: Option<String>,
    pub kind: String,
    pub kind_title: String,
    /// `C1` ordinary, `C2` confidential, `C3` sealed.
    pub class: String,
    pub state: String,
    pub state_label: String,
    /// The version of `If-Match`.
    pub version: i32,
    /// How many times it was filed.
    pub revision: i32,
    pub subject: String,
    pub declarant: Declarant,
    /// Who has it to decide, in words.
    pub holder: Option<String>,
    pub holder_office: Option<String>,
    /// Why it went to them.
    pub route: Option<String>,
    pub changed_at: DateTime<Utc>,
    pub first_filed_at: Option<DateTime<Utc>>,
    pub filed_at: Option<DateTime<Utc>>,
    /// Next date due.
    pub due_on: Option<NaiveDate>,
    /// How late it was filed, in the unit of its kind.
    pub days_late: i32,
    /// Answers on file, or of the draft, by field id.
    #[schema(value_type = Object)]
    pub answers: Map<String, Value>,
    /// Answers being corrected, for the declarant.
    #[schema(value_type = Option<Object>)]
    pub correction: Option<Map<String, Value>>,
    pub attachments: Vec<AttachmentItem>,
    pub findings: Vec<FindingItem>,
    /// What files from outside brought about its company since it was filed.
    pub crosschecks: Vec<CrosscheckItem>,
    /// What its person asks to have rectified, and what was answered.
    pub rectifications: Vec<RectificationItem>,
    pub decision: Option<DecisionItem>,
    /// On a request for advice, once given.
    pub opinion: Option<OpinionItem>,
    /// An opinion that the person says they followed.
    pub followed_advice: Option<FollowedAdvice>,
    /// The question that waits for an answer.
    pub question: Option<String>,
    pub timeline: Vec<EventItem>,
    pub outcomes: Vec<OutcomeChoice>,
    pub actions: Vec<ActionItem>,
}

/// What a change leaves: enough to go on. The declaration itself is at `Location`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    /// Reference, or key of the draft.
    pub id: String,
    pub reference: Option<String>,
    pub kind: String,
    pub state: String,
    pub version: i32,
    pub due_on: Option<NaiveDate>,
}

/// One line of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListItem {
    /// Reference, or key of the draft.
    pub id: String,
    pub reference: Option<String>,
    pub kind: String,
    pub kind_title: String,
    pub subject: String,
    pub state: String,
    pub state_label: String,
    /// Highest severity of its findings: `information`, `attention`, `stop`.
    pub attention: Option<String>,
    pub declarant: String,
    pub unit: String,
    pub holder: Option<String>,
    pub first_filed_at: Option<DateTime<Utc>>,
    pub changed_at: DateTime<Utc>,
    pub due_on: Option<NaiveDate>,
    pub overdue: bool,
    pub href: String,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfDeclarations {
    pub items: Vec<ListItem>,
    /// `cursor` of the next page; null on the last one.
    pub next: Option<String>,
}

/// A company of the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyItem {
    /// Of a company of the ministry; an enterprise of the business register gets one when it is first declared.
    pub id: Option<i64>,
    pub name: String,
    /// Québec enterprise number, ten digits.
    pub neq: Option<String>,
    /// Struck off the business register.
    pub struck_off: bool,
    /// The former or other name by which it was found.
    pub found_by: Option<String>,
}

/// Companies that what was typed may mean, eight at most.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfCompanies {
    pub items: Vec<CompanyItem>,
}

/// An administrative unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitItem {
    pub id: i64,
    pub code: String,
    pub name: String,
}

/// Every administrative unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfUnits {
    pub items: Vec<UnitItem>,
}

/// A kind of declaration, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct KindItem {
    pub id: String,
    pub title: String,
    /// The situation as the person would say it.
    pub situation: String,
    pub example: String,
    pub href: String,
}

/// The kinds people can declare today.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfKinds {
    pub items: Vec<KindItem>,
}

/// A value and its label.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionItem {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
}

/// A field of a form.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldItem {
    pub id: String,
    pub widget: String,
    pub label: String,
    pub hint: Option<String>,
    /// Required whenever it is shown.
    pub required: bool,
    /// Required when each named field holds one of its values.
    #[schema(value_type = Option<Object>)]
    pub required_when: Option<Value>,
    /// Shown when each named field holds one of its values.
    #[schema(value_type = Option<Object>)]
    pub shown_when: Option<Value>,
    pub options: Vec<OptionItem>,
    /// Longest text in characters, or most rows.
    pub max: Option<u32>,
    /// Section of the policy or article it rests on.
    pub source: Option<String>,
}

/// A page of the form.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepItem {
    pub id: String,
    pub title: String,
    pub hint: Option<String>,
    /// Why it is asked.
    pub why: Option<String>,
    /// `filing`, or `follow_up` after the decision.
    pub phase: String,
    pub fields: Vec<FieldItem>,
}

/// A kind of declaration: what is asked, and the JSON Schema of the answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct KindDetail {
    pub id: String,
    pub title: String,
    pub situation: String,
    pub example: String,
    /// Where it comes from in the policy or the law.
    pub source: String,
    /// Notice of collection.
    pub notice: String,
    pub class: String,
    pub steps: Vec<StepItem>,
    /// JSON Schema 2020-12 of the answers to file.
    #[schema(value_type = Object)]
    pub answers_schema: Value,
    /// The same for what is asked after the decision.
    #[schema(value_type = Option<Object>)]
    pub follow_up_schema: Option<Value>,
}

/// An error (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    pub r#type: String,
    pub title: String,
    pub status: u16,
    /// What to do next, in the language asked.
    pub detail: String,
    /// Stable name of the error: `stale`, `not-possible-decided`…
    pub code: String,
    /// What is wrong, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// Number that the service's log also has, for errors of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    pub field: String,
    /// Stable name: `error-unknown-field`, `error-required-date`…
    pub code: String,
    pub message: String,
}
