//! Style sheet, script, fonts: compiled in, fingerprinted, trimmed and compressed once.

use std::collections::HashMap;
use std::io::Write;
use std::sync::OnceLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/assets"]
#[exclude = "*.md"]
#[exclude = "*.ttf"]
struct Assets;

struct Asset {
    bytes: web::Bytes,
    /// Compressed, by the name that a browser asks for, the best first.
    compressed: Vec<(&'static str, web::Bytes)>,
    etag: String,
    media_type: &'static str,
}

/// Addresses with a fingerprint, for pages.
#[derive(Debug, Clone, Serialize)]
pub struct Addresses {
    pub css: String,
    pub js: String,
    pub favicon: String,
}

fn all() -> &'static HashMap<String, Asset> {
    static ALL: OnceLock<HashMap<String, Asset>> = OnceLock::new();
    ALL.get_or_init(|| {
        Assets::iter()
            .filter_map(|name| {
                let file = Assets::get(&name)?;
                let hash: String = file.metadata.sha256_hash().iter().take(6).map(|b| format!("{b:02x}")).collect();
                let media_type = media_type(&name);
                let bytes = trimmed(media_type, file.data.into_owned());
                let compressed = if media_type.contains("text") { compressed(&bytes) } else { Vec::new() };
                Some((name.to_string(), Asset { bytes, compressed, etag: hash, media_type }))
            })
            .collect()
    })
}

/// Without what people alone read: comments, indents, blanks beside what separates.
fn trimmed(media_type: &str, bytes: Vec<u8>) -> web::Bytes {
    let text = std::str::from_utf8(&bytes).ok();
    match (media_type.split(';').next(), text) {
        (Some("text/css"), Some(text)) => web::Bytes::from(style(text)),
        (Some("text/javascript"), Some(text)) => web::Bytes::from(script(text)),
        _ => web::Bytes::from(bytes),
    }
}

/// What is trimmed of a style sheet, in this order: no text in quotes holds any of it.
const BLANKS: [(&str, &str); 9] = [
    ("; ", ";"),
    (": ", ":"),
    (", ", ","),
    (" {", "{"),
    ("{ ", "{"),
    (" }", "}"),
    ("} ", "}"),
    (";}", "}"),
    (" > ", ">"),
];

fn style(text: &str) -> String {
    let mut parts = text.split("/*");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    whole.extend(parts.filter_map(|part| part.split_once("*/")).map(|(_, after)| after));
    let lines: Vec<&str> = whole.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    BLANKS.iter().fold(lines.join(" "), |text, (from, to)| text.replace(from, to))
}

/// Lines stay lines: a statement may end with its own.
fn script(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn compressed(bytes: &[u8]) -> Vec<(&'static str, web::Bytes)> {
    [("br", brotli(bytes)), ("gzip", gzip(bytes))]
        .into_iter()
        .filter_map(|(name, bytes)| Some((name, bytes?)))
        .collect()
}

/// Quality 10 makes a page 3 % lighter than 9 for some 15 ms, once; the best takes twice as long for half as much.
fn brotli(bytes: &[u8]) -> Option<web::Bytes> {
    let mut out = Vec::new();
    {
        let mut encoder = brotli::CompressorWriter::new(&mut out, 4_096, 10, 22);
        encoder.write_all(bytes).ok()?;
    }
    Some(web::Bytes::from(out))
}

fn gzip(bytes: &[u8]) -> Option<web::Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().map(web::Bytes::from)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// Fingerprinted addresses of what every page loads.
pub fn addresses() -> &'static Addresses {
    static ADDRESSES: OnceLock<Addresses> = OnceLock::new();
    ADDRESSES.get_or_init(|| Addresses {
        css: address("app.css"),
        js: address("app.js"),
        favicon: address("favicon.svg"),
    })
}

/// Fingerprinted address of an asset.
pub fn address(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let hash = all().get(name).map_or("", |asset| asset.etag.as_str());
    format!("/assets/{stem}.{hash}.{extension}")
}

/// `GET /assets/{path}`, with or without fingerprint.
pub async fn serve(request: HttpRequest, path: web::Path<String>) -> Result<HttpResponse> {
    let asset = all().get(path.as_str()).or_else(|| all().get(&without_fingerprint(&path))).ok_or(Error::NotFound)?;
    let etag = format!("\"{}\"", asset.etag);
    if request.headers().get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes()) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, etag)).finish());
    }
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, asset.media_type))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::ETAG, etag));
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes = |name: &str| accepted.split(',').any(|one| one.split(';').next().map(str::trim) == Some(name));
    match asset.compressed.iter().find(|(name, _)| takes(name)) {
        Some((name, bytes)) => {
            response.insert_header((header::CONTENT_ENCODING, *name));
            Ok(response.body(bytes.clone()))
        }
        None => {
            // Already compressed, or not worth it: the compressing layer leaves it alone.
            response.insert_header((header::CONTENT_ENCODING, "identity"));
            Ok(response.body(asset.bytes.clone()))
        }
    }
}

fn without_fingerprint(path: &str) -> String {
    let Some((stem, extension)) = path.rsplit_once('.') else { return path.to_owned() };
    match stem.rsplit_once('.') {
        Some((stem, hash)) if hash.len() == 12 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            format!("{stem}.{extension}")
        }
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_keeps_its_rules_and_loses_its_comments_and_blanks() {
        let sheet = "/* 1 Base */\n.a > .b, .c:not(.d) {\n  width: calc(1px + 2 * 3px); content: \"\";\n}\n/* x */ .e { color: red; }\n";
        assert_eq!(style(sheet), ".a>.b,.c:not(.d){width:calc(1px + 2 * 3px);content:\"\"}.e{color:red}");
        let js = "// Why.\nif (a) {\n  b(); // here\n\n}\n";
        assert_eq!(script(js), "if (a) {\nb(); // here\n}");
    }

    /// What is trimmed is never part of a text: the sheets and the script quote none of it, over several lines or within one.
    #[test]
    fn nothing_that_is_quoted_is_trimmed() {
        for name in Assets::iter() {
            let text = String::from_utf8(Assets::get(&name).unwrap().data.into_owned());
            match (name.rsplit('.').next(), text) {
                (Some("css"), Ok(text)) => {
                    let quoted: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
                    assert!(!text.contains('\''), "{name}");
                    for (from, _) in BLANKS {
                        assert!(
                            quoted.iter().all(|one| !one.contains(from) && !one.contains("/*")),
                            "{name}: {from:?}"
                        );
                    }
                }
                (Some("js"), Ok(text)) => assert!(!text.contains('`'), "{name}: a text over several lines"),
                _ => {}
            }
        }
    }
}
