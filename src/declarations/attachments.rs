//! Files joined to a declaration: recognised by content, limited in size and number, kept under the hash of their
//! content, given back only as downloads.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use diesel::prelude::*;
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::answers::{Answers, Form};
use super::kind::{Step, Widget};
use super::store::{self, Declaration};
use crate::access::{Action, Actor, MeasureAction};
use crate::app::{App, Tx};
use crate::db::schema::{attachments, declarations};
use crate::error::{Error, FieldError, Result};
use crate::measures;
use crate::random::sha256_hex;
use crate::web::Visit;

/// What may be joined, by content.
const ACCEPTED: [(&str, &str); 4] = [
    ("application/pdf", "pdf"),
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
];

/// One file received, waiting in a temporary file.
pub struct Received {
    pub field: String,
    pub name: String,
    pub file: NamedTempFile,
    pub size: usize,
}

/// A form with or without files; the pages of the form send either.
pub struct Submitted {
    pub form: Form,
    pub files: Vec<Received>,
    /// Files refused while they arrived.
    pub refused: Vec<FieldError>,
}

impl FromRequest for Submitted {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, std::result::Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_multipart = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("multipart/form-data"));
        if !is_multipart {
            let form = web::Form::<Form>::from_request(request, payload);
            return Box::pin(async move {
                Ok(Self { form: form.await?.into_inner(), files: Vec::new(), refused: Vec::new() })
            });
        }
        let limits = request.app_data::<web::Data<App>>().map(|app| app.book.config.uploads.clone());
        let multipart = Multipart::new(request.headers(), payload.take());
        Box::pin(async move {
            let limits = limits.ok_or_else(|| Error::Internal("no application".into()))?;
            Ok(receive(multipart, limits.max_bytes, limits.max_files).await?)
        })
    }
}

async fn receive(mut multipart: Multipart, most_bytes: usize, most_files: usize) -> Result<Submitted> {
    let malformed = |_| Error::BadRequest("problem-bad-request");
    let (mut form, mut files, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let mut text_bytes = 0;
    while let Some(part) = multipart.next().await {
        let mut part = part.map_err(malformed)?;
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.content_disposition().and_then(|d| d.get_filename()).map(clean_name);
        let Some(file_name) = file_name else {
            let mut text = Vec::new();
            while let Some(piece) = part.next().await {
                text.extend_from_slice(&piece.map_err(|_| Error::BadRequest("problem-bad-request"))?);
                if text.len() + text_bytes > 256 * 1024 {
                    return Err(Error::TooLarge);
                }
            }
            text_bytes += text.len();
            form.push((name, String::from_utf8(text).map_err(|_| Error::BadRequest("problem-bad-request"))?));
            continue;
        };
        let mut file = NamedTempFile::new().map_err(Error::internal)?;
        let mut size = 0;
        while let Some(piece) = part.next().await {
            let piece = piece.map_err(|_| Error::BadRequest("problem-bad-request"))?;
            size += piece.len();
            // Past the limit the rest is read and thrown away, so that the page can answer.
            if size <= most_bytes {
                file.write_all(&piece).map_err(Error::internal)?;
            } else if size > most_bytes * 8 {
                return Err(Error::TooLarge);
            }
        }
        if file_name.is_empty() && size == 0 {
            continue;
        }
        if size > most_bytes {
            refused.push(FieldError::with(&name, "error-file-large", most_bytes / 1_048_576));
        } else if size == 0 {
            refused.push(FieldError::new(&name, "error-file-empty"));
        } else if files.len() < most_files {
            files.push(Received { field: name, name: file_name, file, size });
        } else {
            refused.push(FieldError::with(&name, "error-too-many", most_files));
        }
    }
    Ok(Submitted { form, files, refused })
}

/// The last part of a name, without what could hide its nature or break a header.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let hidden = |c: char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '"')
    };
    last.chars().filter(|c| !hidden(*c)).take(120).collect::<String>().trim().to_owned()
}

/// A file put under the hash of its content.
pub struct Kept {
    pub field: String,
    pub name: String,
    pub media_type: &'static str,
    pub size: i64,
    pub sha256: String,
}

/// Looks at the content and puts the file in its place: written, flushed, renamed, and the folder flushed too.
pub fn keep(folder: &Path, received: Received) -> Result<Kept> {
    let mut content = Vec::with_capacity(received.size);
    std::fs::File::open(received.file.path())
        .and_then(|mut file| file.read_to_end(&mut content))
        .map_err(Error::internal)?;
    let found = infer::get(&content).map(|kind| kind.mime_type());
    let Some((media_type, extension)) = ACCEPTED.iter().find(|(media_type, _)| Some(*media_type) == found) else {
        return Err(Error::field(&received.field, "error-file-type"));
    };
    let sha256 = sha256_hex(&content);
    let place = place_of(folder, &sha256);
    if !place.exists() {
        let parent = place.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(Error::internal)?;
        let mut file = NamedTempFile::new_in(parent).map_err(Error::internal)?;
        file.write_all(&content).map_err(Error::internal)?;
        file.as_file().sync_all().map_err(Error::internal)?;
        file.persist(&place).map_err(Error::internal)?;
        std::fs::File::open(parent).and_then(|folder| folder.sync_all()).map_err(Error::internal)?;
    }
    let stem = received.name.rsplit_once('.').map_or(received.name.as_str(), |(stem, _)| stem);
    let name = format!("{}.{extension}", if stem.is_empty() { "fichier" } else { stem });
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    Ok(Kept { field: received.field, name, media_type, size, sha256 })
}

fn place_of(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(sha256.get(..2).unwrap_or("00")).join(sha256)
}

/// Joins files to what is being written, and takes away those ticked for removal.
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &str,
    step: &Step,
    form: &Form,
    kept: Vec<Kept>,
) -> Result<Declaration> {
    let declaration = store::authorized(tx, actor, slug, Action::Edit)?.declaration;
    let mut answers = declaration.working_answers()?;
    let now = tx.now();
    for field in step.fields.iter().filter(|field| field.widget == Widget::Attachment) {
        let gone: Vec<i64> = form
            .iter()
            .filter(|(name, _)| *name == format!("{}.remove", field.id))
            .filter_map(|(_, id)| id.parse().ok())
            .collect();
        let mut items: Vec<Value> = answers.get(&field.id).as_array().cloned().unwrap_or_default();
        items.retain(|item| item.get("id").and_then(Value::as_i64).is_none_or(|id| !gone.contains(&id)));
        for file in kept.iter().filter(|file| file.field == field.id) {
            let id: i64 = diesel::insert_into(attachments::table)
                .values((
                    attachments::declaration_id.eq(declaration.id),
                    attachments::field.eq(&file.field),
                    attachments::name.eq(&file.name),
                    attachments::media_type.eq(file.media_type),
                    attachments::size.eq(file.size),
                    attachments::sha256.eq(&file.sha256),
                    attachments::added_by.eq(actor.person),
                    attachments::added_at.eq(now),
                ))
                .returning(attachments::id)
                .get_result(tx.conn)?;
            items.push(json!({ "id": id, "name": file.name, "sha256": file.sha256 }));
        }
        answers.set(&field.id, if items.is_empty() { Value::Null } else { Value::Array(items) });
    }
    super::drafts::save_working(tx, declaration, &answers)
}

/// The content of the files joined to a draft, by hash.
pub fn hashes_of(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<String>> {
    Ok(attachments::table
        .filter(attachments::declaration_id.eq(declaration))
        .select(attachments::sha256)
        .distinct()
        .load(tx.conn)?)
}

/// Removes the content that nothing joins any more: a draft thrown away leaves no file behind.
pub fn forget(tx: &mut Tx<'_>, hashes: &[String]) -> Result<()> {
    for sha256 in hashes {
        let joined: Option<i64> = attachments::table
            .filter(attachments::sha256.eq(sha256))
            .select(attachments::id)
            .first(tx.conn)
            .optional()?;
        if joined.is_none() {
            match std::fs::remove_file(place_of(Path::new(&tx.book.config.uploads.directory), sha256)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::internal(error)),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Ids of the files that answers join.
pub fn ids_in(answers: &Answers) -> Vec<i64> {
    answers
        .0
        .values()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|item| item.get("sha256").and(item.get("id")).and_then(Value::as_i64))
        .collect()
}

/// `GET /pieces/{id}`: a download, for whoever may read the declaration it is joined to.
pub async fn download(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let id = id.into_inner();
    let (name, media_type, sha256, declaration) = visit
        .app
        .read(move |tx| {
            type Row = (String, String, String, String, Option<i64>);
            let (name, media_type, sha256, key, measure): Row = attachments::table
                .inner_join(declarations::table.on(attachments::declaration_id.eq(declarations::id)))
                .filter(attachments::id.eq(id))
                .select((
                    attachments::name,
                    attachments::media_type,
                    attachments::sha256,
                    declarations::key,
                    attachments::measure_id,
                ))
                .first(tx.conn)
                .optional()?
                .ok_or(Error::NotFound)?;
            // The proof of a measure goes with the measure, whose owner may not read the file.
            let declaration = match measure {
                Some(id) => measures::store::authorized(tx, &actor, id, MeasureAction::Read)?.declaration,
                None => store::authorized(tx, &actor, &key, Action::Read)?.declaration,
            };
            Ok((name, media_type, sha256, declaration))
        })
        .await?;
    let reader = visit.actor()?;
    if declaration.is_confidential() && declaration.declarant_id != reader.person {
        visit.app.write(move |tx| super::access_log::read(tx, &reader, declaration.id, "attachment")).await?;
    }
    let place = place_of(Path::new(&visit.app.book.config.uploads.directory), &sha256);
    let content = tokio::task::spawn_blocking(move || std::fs::read(place))
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    if sha256_hex(&content) != sha256 {
        return Err(Error::Internal(format!("attachment {id} is not what was received")));
    }
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    let disposition =
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", crate::web::page::percent(&name));
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(name: &str, content: &[u8]) -> Received {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(content).unwrap();
        Received { field: "proof".into(), name: clean_name(name), file, size: content.len() }
    }

    #[test]
    fn a_pdf_is_recognised_by_content_and_named_so() {
        let folder = tempfile::tempdir().unwrap();
        let kept = keep(folder.path(), received("facture.exe", b"%PDF-1.7\n%%EOF")).unwrap();
        assert_eq!((kept.name.as_str(), kept.media_type), ("facture.pdf", "application/pdf"));
        assert!(place_of(folder.path(), &kept.sha256).exists());
    }

    #[test]
    fn a_program_or_a_page_under_a_pdf_name_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for content in
            [&b"MZ\x90\0\x03"[..], b"<!doctype html><script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"bonjour"]
        {
            let refused = keep(folder.path(), received("facture.pdf", content));
            assert!(matches!(refused, Err(Error::Invalid(_))), "{content:?}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_name_cannot_leave_its_folder_nor_hide_its_end() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\temp\\a\u{202e}fdp.exe\r\n"), "afdp.exe");
        assert_eq!(clean_name("\"x\".pdf"), "x.pdf");
    }
}
