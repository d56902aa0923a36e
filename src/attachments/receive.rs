//! Files as they arrive with a form: streamed to temporary files without a name, which nobody finds after a crash, within limits
//! of size and number, under a name that hides nothing; then cleaned and kept.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;

use super::antivirus::{Answer, Antivirus};
use super::clean::{self, Format, Limits};
use super::scan::Scan;
use super::store::{self, Kept};
use crate::app::App;
use crate::config::Uploads;
use crate::declarations::answers::Form;
use crate::error::{Error, FieldError, Result};

/// One file received, waiting in a temporary file.
pub struct Received {
    pub field: String,
    pub name: String,
    pub file: File,
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
        let mut file = tempfile::tempfile().map_err(Error::internal)?;
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
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let hidden = |c: char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '"')
    };
    last.chars().filter(|c| !hidden(*c)).take(120).collect::<String>().trim().to_owned()
}

/// Keeps what arrived: files analysed, cleaned and put in their place, encrypted when what they are joined to is `sealed`; and
/// what is told of those that are refused.
///
/// # Errors
/// When the folder cannot be written.
pub async fn keep_all(app: &App, files: Vec<Received>, sealed: bool) -> Result<(Vec<Kept>, Vec<FieldError>)> {
    each(app, files, move |uploads, antivirus, file| {
        keep(Path::new(&uploads.directory), &Limits::of(uploads), antivirus, file, sealed)
    })
    .await
}

/// A file that would be kept, of a form that is only looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    pub field: String,
    /// As it would be named.
    pub name: String,
}

/// Does with what arrived all that is done before it is kept, then forgets it: what would be joined, and what would be told of the rest.
///
/// # Errors
/// When what arrived cannot be read again.
pub async fn try_all(app: &App, files: Vec<Received>) -> Result<(Vec<Tried>, Vec<FieldError>)> {
    each(app, files, |uploads, antivirus, file| {
        let Examined { field, name, .. } = examine(&Limits::of(uploads), antivirus, file)?;
        Ok(Tried { field, name })
    })
    .await
}

/// Does the same with each file, off the threads that answer pages: what came of each, and what is told of those that are refused.
async fn each<T: Send + 'static>(
    app: &App,
    files: Vec<Received>,
    work: impl Fn(&Uploads, &mut Asked, Received) -> Result<T> + Copy + Send + 'static,
) -> Result<(Vec<T>, Vec<FieldError>)> {
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    let mut antivirus = Antivirus::of(&app.book.config.uploads).map_or(Asked::NoAntivirus, Asked::Answers);
    for file in files {
        let app = app.clone();
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&app.book.config.uploads, &mut antivirus, file);
            (done, antivirus)
        });
        let (done, asked) = done.await.map_err(Error::internal)?;
        antivirus = asked;
        match done {
            Ok(file) => kept.push(file),
            Err(Error::Invalid(errors)) => refused.extend(errors),
            Err(error) => return Err(error),
        }
    }
    Ok((kept, refused))
}

/// The antivirus of one form: once it was silent, the other files of the form do not wait for it.
enum Asked {
    NoAntivirus,
    Answers(Antivirus),
    Silent,
}

impl Asked {
    /// What is known of some content, or nothing when it is infected.
    fn about(&mut self, content: &[u8]) -> Option<Scan> {
        let antivirus = match self {
            Self::NoAntivirus => return Some(Scan::Unscanned),
            Self::Silent => return Some(Scan::Pending),
            Self::Answers(antivirus) => antivirus,
        };
        match antivirus.scan(content) {
            Answer::Clean => Some(Scan::Clean),
            Answer::Infected(virus) => {
                tracing::warn!(virus, "a file that arrived is infected and refused");
                None
            }
            Answer::Undecided(cause) => {
                tracing::warn!(cause, "the antivirus does not decide about a file that arrived");
                Some(Scan::Pending)
            }
            Answer::Silent(cause) => {
                tracing::warn!(cause, "the antivirus does not answer; files that arrive wait in quarantine");
                *self = Self::Silent;
                Some(Scan::Pending)
            }
        }
    }
}

/// A file analysed and cleaned, as it would be kept.
struct Examined {
    field: String,
    name: String,
    format: Format,
    content: Vec<u8>,
    scan: Scan,
}

/// Analyses one file as it came, and cleans it.
///
/// The antivirus sees the bytes as received: it knows files as they travel, and somebody whose machine sends infected
/// files needs to know, even when the cleaning would have dropped what infects them.
fn examine(limits: &Limits, antivirus: &mut Asked, mut received: Received) -> Result<Examined> {
    let mut content = Vec::with_capacity(received.size);
    received.file.rewind().and_then(|()| received.file.read_to_end(&mut content)).map_err(Error::internal)?;
    let refuse = |message| Error::Invalid(vec![FieldError::with(&received.field, message, &received.name)]);
    let scan = antivirus.about(&content).ok_or_else(|| refuse("error-file-infected"))?;
    let (format, content) = clean::clean(&content, limits).map_err(|refusal| refuse(refusal.message()))?;
    let stem = received.name.rsplit_once('.').map_or(received.name.as_str(), |(stem, _)| stem);
    let name = format!("{}.{}", if stem.is_empty() { "fichier" } else { stem }, format.extension());
    Ok(Examined { field: received.field, name, format, content, scan })
}

/// The same, and puts it in its place.
fn keep(folder: &Path, limits: &Limits, antivirus: &mut Asked, received: Received, sealed: bool) -> Result<Kept> {
    let Examined { field, name, format, content, scan } = examine(limits, antivirus, received)?;
    let (key, sha256) = if sealed {
        let (key, closed) = store::close(&content)?;
        (Some(key), store::put(folder, &closed)?)
    } else {
        (None, store::put(folder, &content)?)
    };
    let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
    Ok(Kept { field, name, media_type: format.media_type(), size, sha256, scan, key })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attachments::clean::samples;

    const LIMITS: Limits = Limits { unpacked: 1 << 24, pixels: 1 << 24 };

    fn received(name: &str, content: &[u8]) -> Received {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(content).unwrap();
        Received { field: "proof".into(), name: clean_name(name), file, size: content.len() }
    }

    /// I04
    #[test]
    fn a_pdf_is_recognised_by_content_and_named_so() {
        let folder = tempfile::tempdir().unwrap();
        let kept = keep(
            folder.path(),
            &LIMITS,
            &mut Asked::NoAntivirus,
            received("facture.exe", &samples::pdf("Facture")),
            false,
        )
        .unwrap();
        assert_eq!((kept.name.as_str(), kept.media_type), ("facture.pdf", "application/pdf"));
        let content = std::fs::read(store::place_of(folder.path(), &kept.sha256)).unwrap();
        assert_eq!(crate::random::sha256_hex(&content), kept.sha256, "its name is the sum of what was cleaned");
        assert_eq!(kept.size, i64::try_from(content.len()).unwrap());
    }

    #[test]
    fn what_is_refused_leaves_nothing_and_says_which_file() {
        let folder = tempfile::tempdir().unwrap();
        for content in [&b"MZ\x90\0\x03"[..], b"<!doctype html><script>", b"%PDF-1.7\n%%EOF", b"bonjour"] {
            let Err(Error::Invalid(errors)) =
                keep(folder.path(), &LIMITS, &mut Asked::NoAntivirus, received("facture.pdf", content), false)
            else {
                panic!("{content:?} is kept")
            };
            assert_eq!((errors[0].field.as_str(), errors[0].arg.as_deref()), ("proof", Some("facture.pdf")));
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
