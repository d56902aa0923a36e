//! A form kept while its author is asked who they are: what was typed, and the name of each file that came with it. The content of a
//! file is not kept: nobody is known yet who would have sent it.

use actix_multipart::Multipart;
use actix_web::dev::ServiceRequest;
use actix_web::web;
use futures_util::StreamExt;

use super::confirm::LONGEST_KEPT;
use crate::app::App;
use crate::attachments::receive::clean_name;
use crate::error::{Error, Result};

/// Names of what a kept form holds besides its fields: it is sent with files; one that came with it, as `field/name`.
const WITH_FILES: &str = "_with_files";
const FILE: &str = "_file";

/// A form that can be offered again.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct KeptForm {
    pub fields: Vec<(String, String)>,
    /// Field and name of each file to join again.
    pub files: Vec<(String, String)>,
    pub with_files: bool,
}

impl KeptForm {
    /// # Errors
    /// It is none of ours.
    pub fn read(body: &str) -> Result<Self> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(body).map_err(|_| Error::BadRequest("problem-bad-request"))?;
        let mut form = Self::default();
        for (name, value) in pairs {
            match (name.as_str(), value.split_once('/')) {
                (WITH_FILES, _) => form.with_files = true,
                (FILE, Some((field, file))) => form.files.push((field.to_owned(), file.to_owned())),
                _ => form.fields.push((name, value)),
            }
        }
        Ok(form)
    }
}

/// What was typed in a form sent with files, as a form without files says it. The files are read and thrown away, so that the page
/// can answer, up to what any form may weigh.
pub async fn parts_of(request: &mut ServiceRequest) -> Option<String> {
    let uploads = request.app_data::<web::Data<App>>().map(|app| app.book.config.uploads.clone())?;
    let mut unread = uploads.max_bytes.saturating_mul(uploads.max_files.max(1));
    let mut parts = request.extract::<Multipart>().await.ok()?;
    let mut kept = vec![(WITH_FILES.to_owned(), "1".to_owned())];
    let mut room = LONGEST_KEPT;
    'parts: while let Some(Ok(mut part)) = parts.next().await {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        let file = part.content_disposition().and_then(|disposition| disposition.get_filename()).map(clean_name);
        let mut typed = Vec::new();
        while let Some(Ok(piece)) = part.next().await {
            let Some(left) = unread.checked_sub(piece.len()) else { break 'parts };
            unread = left;
            if file.is_none() {
                let kept = piece.get(..room.min(piece.len())).unwrap_or_default();
                room -= kept.len();
                typed.extend_from_slice(kept);
            }
        }
        match file {
            None => kept.push((name, String::from_utf8_lossy(&typed).into_owned())),
            Some(file) if file.is_empty() => {}
            Some(file) => kept.push((FILE.to_owned(), format!("{name}/{file}"))),
        }
    }
    serde_urlencoded::to_string(kept).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_with_files_says_which_to_join_again_and_one_without_has_none() {
        let form = KeptForm::read("_with_files=1&note=Une+phrase&_file=attachments%2Ffacture.pdf&note=2").unwrap();
        let typed = [("note", "Une phrase"), ("note", "2")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(form.fields, typed);
        assert_eq!(form.files, [("attachments".to_owned(), "facture.pdf".to_owned())]);
        assert!(form.with_files);
        let plain = KeptForm::read("note=Une+phrase").unwrap();
        assert!(!plain.with_files && plain.files.is_empty() && plain.fields.len() == 1);
    }
}
