//! A form with one file: the file and what was typed beside it.

use std::collections::HashMap;

use actix_multipart::Multipart;
use futures_util::StreamExt;

use crate::error::FieldError;

/// What a field that is typed may hold.
const LONGEST_FIELD: usize = 4_096;

/// What a form sent.
#[derive(Debug, Default)]
pub struct Uploaded {
    /// Name of the file, without its folders.
    pub name: String,
    pub bytes: Vec<u8>,
    pub fields: HashMap<String, String>,
}

/// Reads a form whose file is called `file`; past `most` bytes the rest is read and thrown away, so that the page can
/// answer.
///
/// # Errors
/// What to say beside the field of the file. What was typed is lost only when the form cannot be read at all.
pub async fn receive(mut parts: Multipart, most: usize) -> Result<Uploaded, (FieldError, Uploaded)> {
    let mut found = Uploaded::default();
    let (mut received, mut unread) = (0_usize, false);
    while let Some(part) = parts.next().await {
        let Ok(mut part) = part else {
            unread = true;
            break;
        };
        let Some(field) = part.name().map(str::to_owned) else { continue };
        let is_file = field == "file";
        if is_file {
            let name = part.content_disposition().and_then(|disposition| disposition.get_filename());
            let name = name.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
            found.name = name.chars().filter(|c| !c.is_control()).collect();
        }
        let mut typed = Vec::new();
        while let Some(piece) = part.next().await {
            let Ok(piece) = piece else {
                unread = true;
                break;
            };
            if !is_file {
                typed.extend_from_slice(piece.get(..LONGEST_FIELD.saturating_sub(typed.len())).unwrap_or(&piece));
                continue;
            }
            received += piece.len();
            if received <= most {
                found.bytes.extend_from_slice(&piece);
            } else if received > most * 4 {
                break;
            }
        }
        if !is_file {
            found.fields.insert(field, String::from_utf8_lossy(&typed).into_owned());
        }
    }
    let problem = match () {
        () if unread => FieldError::new("file", "error-import-unread"),
        () if received > most => FieldError::with("file", "error-file-large", most / 1_048_576),
        () if found.bytes.is_empty() && found.name.is_empty() => FieldError::new("file", "error-required-file"),
        () if found.bytes.is_empty() => FieldError::new("file", "error-file-empty"),
        () => return Ok(found),
    };
    Err((problem, found))
}
