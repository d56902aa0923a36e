//! The page that shows the description to people. No script: what it shows is there.

use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::Value;

use super::operations::{OPERATIONS, Operation, Tag};
use crate::error::Result;
use crate::text::Language;
use crate::texts::say;
use crate::web::Visit;
use crate::web::page::Page;

#[derive(Serialize)]
struct DocsPage {
    chapters: Vec<Chapter>,
    base: String,
    schemas: Vec<SchemaView>,
}

#[derive(Serialize)]
struct Chapter {
    id: &'static str,
    title: String,
    operations: Vec<OperationView>,
}

#[derive(Serialize)]
struct OperationView {
    id: &'static str,
    method: &'static str,
    path: &'static str,
    summary: String,
    about: String,
    params: Vec<ParamView>,
    body: Option<String>,
    example: Option<String>,
    responses: Vec<ResponseView>,
    curl: String,
}

#[derive(Serialize)]
struct ParamView {
    name: String,
    place: String,
    needed: bool,
    about: String,
    form: String,
}

#[derive(Serialize)]
struct ResponseView {
    status: String,
    about: String,
    schema: Option<String>,
}

#[derive(Serialize)]
struct SchemaView {
    name: String,
    text: String,
}

/// `GET /api/docs`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    let language = visit.language;
    let base = visit.app.book.config.server.public_url.clone();
    let description = visit.app.book.description()?;
    let document = &description.document;
    let chapters = Tag::ALL
        .into_iter()
        .map(|tag| Chapter {
            id: tag.as_str(),
            title: say(language, &format!("api-tag-{}", tag.as_str()), &[]),
            operations: OPERATIONS
                .iter()
                .filter(|operation| operation.tag == tag)
                .map(|operation| view(operation, document, &base, language))
                .collect(),
        })
        .collect();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let schemas = schemas
        .map(|(name, schema)| Ok(SchemaView { name: name.clone(), text: serde_json::to_string_pretty(schema)? }))
        .collect::<Result<_>>()?;
    let content = DocsPage { chapters, base, schemas };
    Page::titled(&visit, "api-title").wide().render("pages/api/docs", &content)
}

fn view(operation: &Operation, document: &Value, base: &str, language: Language) -> OperationView {
    let path = operation.path.replace('/', "~1");
    let place = format!("/paths/{path}/{}", operation.method.to_lowercase());
    let described = document.pointer(&place).unwrap_or(&Value::Null);
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    let params = described.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let example = described.pointer("/requestBody/content/application~1json/example").map(Value::to_string);
    let responses = described.get("responses").and_then(Value::as_object).into_iter().flatten();
    OperationView {
        id: operation.id,
        method: operation.method,
        path: operation.path,
        summary: operation.summary(language),
        about: operation.about.replace('`', ""),
        params: params
            .map(|param| ParamView {
                name: text(param, "name"),
                place: text(param, "in"),
                needed: param.get("required") == Some(&Value::Bool(true)),
                about: text(param, "description").replace('`', ""),
                form: form(param.get("schema").unwrap_or(&Value::Null)),
            })
            .collect(),
        body: operation.body.map(|(name, _)| name.to_owned()),
        curl: curl(operation, base, example.as_deref()),
        example,
        responses: responses
            .map(|(status, response)| {
                // A problem is described once, among the components.
                let target = response.get("$ref").and_then(Value::as_str).and_then(|at| document.pointer(at.get(1..)?));
                let response = target.unwrap_or(response);
                let content = response.get("content").and_then(Value::as_object).and_then(|all| all.values().next());
                let schema = content.and_then(|content| content.pointer("/schema/$ref")).and_then(Value::as_str);
                ResponseView {
                    status: status.clone(),
                    about: text(response, "description").replace('`', ""),
                    schema: schema.and_then(|at| at.rsplit('/').next()).map(str::to_owned),
                }
            })
            .collect(),
    }
}

/// A schema of a parameter, in a few words.
fn form(schema: &Value) -> String {
    let part = |name: &str| schema.get(name);
    if let Some(values) = part("enum").and_then(Value::as_array) {
        return values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ");
    }
    if let Some(pattern) = part("pattern").and_then(Value::as_str) {
        return pattern.to_owned();
    }
    match (part("minimum"), part("maximum"), part("format")) {
        (Some(least), Some(most), _) => format!("{least} – {most}"),
        (_, _, Some(format)) => format.as_str().unwrap_or("").to_owned(),
        _ => part("type").and_then(Value::as_str).unwrap_or("").to_owned(),
    }
}

fn curl(operation: &Operation, base: &str, example: Option<&str>) -> String {
    use super::parameters::Param;
    let path = match operation.params.contains(&Param::KindId) {
        true => operation.path.replace("{id}", "gift_declaration"),
        false => operation.path.replace("{id}", "CAD-2026-000123"),
    };
    let query = if operation.params.contains(&Param::Typed) { "?q=nordik" } else { "" };
    let mut lines = vec![format!("curl -X {} '{base}{path}{query}'", operation.method)];
    lines.push("-H \"Authorization: Bearer $TOKEN\"".to_owned());
    if operation.params.contains(&Param::VersionNeeded) {
        lines.push("-H 'If-Match: \"3\"'".to_owned());
    }
    if operation.params.contains(&Param::Key) {
        lines.push("-H \"Idempotency-Key: $(uuidgen)\"".to_owned());
    }
    if let Some(example) = example {
        lines.push("-H 'Content-Type: application/json'".to_owned());
        lines.push(format!("-d '{example}'"));
    }
    lines.join(" \\\n  ")
}
