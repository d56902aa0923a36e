//! Puts the document together: typed structs, operations, and the answers of each kind in force.

use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::operations::{Answer, OPERATIONS, Operation, Tag};
use super::parameters::Param;
use crate::campaigns::api as campaigns;
use crate::clearance::api as clearance;
use crate::config::Config;
use crate::crosschecks::api as crosschecks;
use crate::declarations::api::{bodies, shape, views};
use crate::declarations::catalogue::Catalogue;
use crate::declarations::kind::{Kind, Phase};
use crate::error::Result;
use crate::measures::api as measures;
use crate::people::absences_api as absences;
use crate::rectifications::api as rectifications;
use crate::text::Language;

/// What every problem says of its status.
const PROBLEMS: [(u16, &str); 11] = [
    (400, "The address, a header or the JSON is malformed."),
    (401, "No token, or one that is unknown, expired or revoked."),
    (
        403,
        "Known, but not allowed: read-only token, not the role, or its owner is not signed in to the service in a browser.",
    ),
    (404, "It does not exist, or this person may not know that it does."),
    (409, "The state does not allow it any more (decided, withdrawn…)."),
    (412, "Changed since the version in `If-Match`."),
    (413, "The body is too large."),
    (415, "The body is not `application/json`."),
    (422, "Fields to put right, or an idempotency key that came with another request."),
    (428, "An `If-Match` header is needed."),
    (429, "Too many requests of this person in a minute, or of these in a day; `Retry-After` says when to go on."),
];

/// The OpenAPI 3.1 document.
pub fn build(config: &Config, catalogue: &Catalogue) -> Result<Value> {
    let versions = catalogue.kinds();
    let kinds: Vec<&Kind> = versions.iter().map(|version| &*version.kind).collect();
    let ids: Vec<&str> = kinds.iter().map(|kind| kind.id.as_str()).collect();
    let mut paths: Map<String, Value> = Map::new();
    for operation in &OPERATIONS {
        let item = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            item.insert(operation.method.to_lowercase(), describe(operation, &ids));
        }
    }
    let tags = Tag::ALL.map(|tag| {
        json!({
            "name": tag.as_str(),
            "description": crate::texts::say(Language::En, &format!("api-tag-{}", tag.as_str()), &[]),
        })
    });
    Ok(json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": crate::web::page::organisation(config, Language::En).1,
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Ethics and business-relations register: the same use cases as the pages.",
            "description": crate::texts::say(Language::En, "api-description", &[]),
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": config.server.public_url }],
        "security": [{ "bearer": [] }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas(&kinds)?,
            "responses": problems(),
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "probite_…",
                    "description": "A token of the person, with scope `read` or `write`, for a year at most.",
                },
            },
        },
    }))
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn describe(operation: &Operation, kinds: &[&str]) -> Value {
    let french = crate::texts::Arg::from(operation.summary(Language::Fr));
    let in_french = crate::texts::say(Language::En, "api-in-french", &[("summary", french)]);
    let mut described = json!({
        "operationId": operation.id,
        "tags": [operation.tag.as_str()],
        "summary": operation.summary(Language::En),
        "description": format!("{}\n\n{in_french}", operation.about),
        "parameters": operation.params.iter().map(|param| param.describe(kinds)).collect::<Vec<_>>(),
        "responses": responses(operation),
    });
    if let (Some((name, example)), Some(object)) = (operation.body, described.as_object_mut()) {
        let mut content = json!({ "schema": reference(name) });
        let example = serde_json::from_str(example).ok().or_else(|| Some(json!({ "kind": kinds.first()? })));
        if let (Some(content), Some(example)) = (content.as_object_mut(), example) {
            content.insert("example".into(), example);
        }
        let needed = name != "Nothing";
        object.insert("requestBody".into(), json!({ "required": needed, "content": { "application/json": content } }));
    }
    described
}

fn responses(operation: &Operation) -> Value {
    let header = |about: &str, pattern: &str| json!({ "description": about, "required": true, "schema": { "type": "string", "pattern": pattern } });
    let tag = || header("Version, for `If-Match`.", "^\"[1-9][0-9]*\"$");
    let content = |name: &str| json!({ "application/json": { "schema": reference(name) } });
    let receipt = |about: &str| {
        json!({
            "description": about,
            "headers": { "ETag": tag(), "Location": header("The declaration.", "^/api/v1/declarations/.+$") },
            "content": content("Receipt"),
            "links": links(),
        })
    };
    let mut responses = Map::new();
    match operation.answer {
        Answer::Is(name) => {
            responses.insert("200".into(), json!({ "description": "Done.", "content": content(name) }));
        }
        Answer::Tagged(name) => {
            let headers = json!({ "ETag": tag() });
            responses
                .insert("200".into(), json!({ "description": "Done.", "headers": headers, "content": content(name) }));
            responses
                .insert("304".into(), json!({ "description": "The version known is current.", "headers": headers }));
        }
        Answer::Receipt => {
            responses.insert("200".into(), receipt("Done."));
        }
        Answer::Created => {
            responses.insert("201".into(), receipt("Opened, or filed."));
        }
        Answer::Nothing => {
            responses.insert("204".into(), json!({ "description": "Done." }));
        }
    }
    for status in [400, 401, 429].iter().chain(operation.errors) {
        responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/Problem{status}") }));
    }
    Value::Object(responses)
}

/// What can follow: the same declaration, at the version just read.
fn links() -> Map<String, Value> {
    OPERATIONS
        .iter()
        .filter(|operation| operation.params.contains(&Param::Id))
        .map(|operation| {
            let mut parameters = json!({ "id": "$response.body#/id" });
            if let (true, Some(parameters)) =
                (operation.params.contains(&Param::VersionNeeded), parameters.as_object_mut())
            {
                parameters.insert("header.If-Match".into(), "$response.header.ETag".into());
            }
            (operation.id.to_owned(), json!({ "operationId": operation.id, "parameters": parameters }))
        })
        .collect()
}

fn problems() -> Map<String, Value> {
    let content = json!({ "application/problem+json": { "schema": reference("Problem") } });
    let described = |status: u16, about: &str| {
        let mut problem = json!({ "description": about, "content": content });
        let header = match status {
            401 => json!({ "WWW-Authenticate": {
                "description": "`Bearer`.", "required": true, "schema": { "type": "string" }
            } }),
            429 => json!({ "Retry-After": {
                "description": "Seconds.", "required": true, "schema": { "type": "integer", "minimum": 1 }
            } }),
            _ => Value::Null,
        };
        if let (false, Some(problem)) = (header.is_null(), problem.as_object_mut()) {
            problem.insert("headers".into(), header);
        }
        (format!("Problem{status}"), problem)
    };
    PROBLEMS.iter().map(|(status, about)| described(*status, about)).collect()
}

fn schemas(kinds: &[&Kind]) -> Result<Map<String, Value>> {
    let mut found: Vec<(String, RefOr<Schema>)> = Vec::new();
    macro_rules! add {
        ($($type:ty),+ $(,)?) => {
            $( found.push((<$type>::name().into_owned(), <$type>::schema())); <$type>::schemas(&mut found); )+
        };
    }
    add!(
        views::Me,
        views::ListOfKinds,
        views::KindDetail,
        views::ListOfDeclarations,
        views::DeclarationDetail,
        views::Receipt,
        views::ListOfCompanies,
        views::ListOfUnits,
        views::ListOfPrecedents,
        views::ListOfComments,
        views::Problem,
        bodies::NewDeclaration,
        bodies::Attestation,
        bodies::Withdrawal,
        bodies::Reply,
        bodies::Question,
        bodies::Continuation,
        bodies::Referral,
        bodies::Decision,
        bodies::Opinion,
        bodies::Closing,
        bodies::Reassignment,
        bodies::Advice,
        bodies::OutsideDecision,
        bodies::DirectionRequest,
        bodies::Contestation,
        bodies::NewComment,
        bodies::Nothing,
        measures::ListOfMeasures,
        measures::MeasureItem,
        measures::MeasureProof,
        measures::MeasureVerification,
        measures::MeasureAttestation,
        measures::MeasureHandOn,
        measures::MeasureLifting,
        absences::ListOfAbsences,
        absences::AbsenceToSet,
        clearance::ClearanceSheet,
        clearance::ClearanceRequest,
        campaigns::ListOfCampaigns,
        campaigns::CampaignDetail,
        crosschecks::CrosscheckAnswer,
        rectifications::ListOfRectifications,
        rectifications::RectificationRequest,
        rectifications::RectificationAnswer,
        rectifications::RectificationExtension,
    );
    let mut schemas: Map<String, Value> = Map::new();
    for (name, schema) in found {
        schemas.insert(name, serde_json::to_value(schema)?);
    }
    add_kinds(&mut schemas, kinds);
    Ok(schemas)
}

/// What may be sent depends on the kinds in force.
fn add_kinds(schemas: &mut Map<String, Value>, kinds: &[&Kind]) {
    let (mut news, mut kept) = (Vec::new(), Vec::new());
    for kind in kinds {
        let (answers, filing, after) =
            (format!("Answers_{}", kind.id), format!("Filing_{}", kind.id), format!("FollowUp_{}", kind.id));
        if let Some(schema) = component(kind, Phase::Filing) {
            schemas.insert(filing.clone(), schema.clone());
            schemas.insert(answers.clone(), partial(schema));
            kept.push(reference(&answers));
            news.push(json!({
                "title": format!("Draft: {}", kind.id),
                "type": "object",
                "properties": {
                    "kind": { "const": kind.id },
                    "answers": reference(&answers),
                    "submit": { "const": false },
                    "attested": { "type": "boolean" },
                },
                "required": ["kind"],
                "additionalProperties": false,
            }));
            news.push(json!({
                "title": format!("File at once: {}", kind.id),
                "type": "object",
                "properties": {
                    "kind": { "const": kind.id },
                    "answers": reference(&filing),
                    "submit": { "const": true },
                    "attested": { "const": true },
                },
                "required": ["kind", "answers", "submit", "attested"],
                "additionalProperties": false,
            }));
        }
        if let Some(schema) = component(kind, Phase::FollowUp) {
            schemas.insert(after.clone(), partial(schema));
            kept.push(reference(&after));
        }
    }
    let about = schemas.get("NewDeclaration").and_then(|schema| schema.get("description")).cloned();
    schemas.insert("NewDeclaration".into(), json!({ "description": about, "oneOf": news }));
    schemas.insert(
        "AnswersToKeep".into(),
        json!({
            "description": "Answers by field id, of the kind of the declaration: before (`Answers_…`) or after the \
                            decision (`FollowUp_…`).",
            "anyOf": kept,
        }),
    );
}

fn component(kind: &Kind, phase: Phase) -> Option<Value> {
    let mut schema = shape::schema(kind, phase, Language::En)?;
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$schema");
    }
    Some(schema)
}

/// A draft may lack anything.
fn partial(mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("required");
    }
    schema
}
