//! What a file joined carries beside what it shows: places, names, days, earlier versions, programs, other files. Its
//! content is written again without them, so that what is kept is what its author meant to hand over (trust.md P11),
//! and nothing of it runs or hides (I04, I06). What cannot be cleaned is refused.
//!
//! Each format has its cleaner: a pure function from bytes to bytes, that never trusts a length and never panics.

mod bytes;
mod docx;
mod gif;
mod jpeg;
mod jpeg2000;
mod pdf;
mod png;
mod xml;

#[cfg(test)]
#[path = "../../../tests/it/support/files.rs"]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

use crate::config::Uploads;

/// What a file may become once opened; settings of `[uploads]`.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes, once unpacked.
    pub unpacked: usize,
    /// Points of an image.
    pub pixels: u64,
}

impl Limits {
    pub fn of(uploads: &Uploads) -> Self {
        Self { unpacked: uploads.max_unpacked_bytes, pixels: uploads.max_pixels }
    }
}

/// The kinds of files accepted, recognised by their content: the name and the type that a browser says are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Pdf,
    Png,
    Jpeg,
    Docx,
}

impl Format {
    fn recognise(content: &[u8]) -> Option<Self> {
        let starts: [(&[u8], Self); 4] = [
            (b"%PDF-", Self::Pdf),
            (png::SIGNATURE, Self::Png),
            (&[0xff, 0xd8, 0xff], Self::Jpeg),
            (b"PK\x03\x04", Self::Docx),
        ];
        starts.into_iter().find(|(start, _)| content.starts_with(start)).map(|(_, format)| format)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Docx => "docx",
        }
    }
}

/// Why a file cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Of a kind that is not accepted.
    Type,
    /// Damaged or cut short.
    Broken,
    /// Locked by a password.
    Encrypted,
    /// It holds a program.
    Program,
    /// It holds another file, or an object of another program.
    Embedded,
    /// It shows something that is kept elsewhere.
    Linked,
    /// It holds a picture of a kind that cannot be cleaned.
    Picture,
    /// Its pages are made when it opens.
    DynamicForm,
    /// Too large once unpacked.
    Unpacked,
    /// Too many points.
    Dimensions,
}

impl Refusal {
    /// Fluent key of what the person is told; `$arg` is the name of the file.
    pub fn message(self) -> &'static str {
        match self {
            Self::Type => "error-file-type",
            Self::Broken => "error-file-broken",
            Self::Encrypted => "error-file-encrypted",
            Self::Program => "error-file-program",
            Self::Embedded => "error-file-embedded",
            Self::Linked => "error-file-linked",
            Self::Picture => "error-file-picture",
            Self::DynamicForm => "error-file-dynamic-form",
            Self::Unpacked => "error-file-unpacked",
            Self::Dimensions => "error-file-dimensions",
        }
    }
}

/// The content of a file without what it hides, and what it is.
///
/// # Errors
/// Why it cannot be kept.
pub fn clean(content: &[u8], limits: &Limits) -> Result<(Format, Vec<u8>), Refusal> {
    let format = Format::recognise(content).ok_or(Refusal::Type)?;
    let cleaned = match format {
        Format::Pdf => pdf::clean(content, limits),
        Format::Png => png::clean(content, limits),
        Format::Jpeg => jpeg::clean(content, limits),
        Format::Docx => docx::clean(content, limits),
    }?;
    Ok((format, cleaned))
}
