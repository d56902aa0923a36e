//! The report as a tagged PDF (PDF/UA-1 and PDF/A-2a in one file), made by Typst from `templates/report/audit.typ`.
//!
//! The template is ours and fixed; everything people wrote arrives as `data.json` and is set as text, never read as
//! markup. The world has two files and two fonts: no folder, no package, no network, no clock. Callers run this in
//! `web::block`, one or two at a time: the lists are bounded, a report takes tens of megabytes.

use std::sync::OnceLock;

use chrono::{Datelike, Timelike};
use thiserror::Error;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::reports::compose;
use crate::reports::figures::AuditFigures;
use crate::reports::glyphs::Glyphs;
use crate::reports::rows::ReportContext;
use crate::reports::texts::Texts;

const TEMPLATE: &str = include_str!("../../templates/report/audit.typ");
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../templates/assets/fonts/OpenSans-Regular.ttf"),
    include_bytes!("../../templates/assets/fonts/OpenSans-Semibold.ttf"),
];

/// Why no PDF came out. Each is a fault of ours; the texts are for the log.
#[derive(Debug, Error)]
pub enum PdfError {
    /// Fonts or file names could not be prepared.
    #[error("PDF engine: {0}")]
    Setup(&'static str),
    /// The template does not compile with these data.
    #[error("PDF template: {0}")]
    Template(String),
    /// The document does not meet PDF/UA-1 or PDF/A-2a.
    #[error("PDF export: {0}")]
    Export(String),
    #[error("PDF data: {0}")]
    Data(#[from] serde_json::Error),
}

/// What never changes between reports, made once: the standard library, the fonts, the template.
/// File ids are interned for ever by Typst, hence exactly two.
struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
}

impl Engine {
    fn shared() -> Result<&'static Self, PdfError> {
        static ENGINE: OnceLock<Option<Engine>> = OnceLock::new();
        ENGINE.get_or_init(Self::start).as_ref().ok_or(PdfError::Setup("fonts or paths"))
    }

    fn start() -> Option<Self> {
        let fonts: Vec<Font> = FONTS.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
        let id =
            |path: &str| VirtualPath::new(path).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern());
        (fonts.len() == FONTS.len()).then_some(())?;
        Some(Self {
            // Row headers of two-column tables need the extra accessibility functions.
            library: LazyHash::new(
                Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
            ),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(id("audit.typ")?, TEMPLATE.to_owned()),
            data: id("data.json")?,
        })
    }
}

/// One report being set.
struct Sheet {
    engine: &'static Engine,
    json: Bytes,
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.engine.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.engine.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.engine.data { Ok(self.json.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The date of a report is in its data.
        None
    }
}

/// Empties Typst's caches when a run ends, however it ends: they would otherwise keep each report's data for ever.
struct Evict;

impl Drop for Evict {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

/// The report as the bytes of a PDF. The same figures, context and words give the same bytes.
pub fn render(figures: &AuditFigures, context: &ReportContext, texts: &Texts) -> Result<Vec<u8>, PdfError> {
    let engine = Engine::shared()?;
    let mut data = serde_json::to_value(compose::document(figures, context, texts))?;
    // Text outside the font would stop a PDF/UA export: it is set with what the font has, and the report says so.
    let mut glyphs = Glyphs::new(|c| engine.fonts.iter().all(|font| font.info().coverage.contains(u32::from(c))));
    glyphs.fit(&mut data);
    let replaced = glyphs.replaced();
    // Copied from the page, the hash must be the hash: no invisible place to break in it.
    if let Some(hash) = data.pointer_mut("/method/hash/text") {
        *hash = figures.data.sha256.as_str().into();
    }
    if let Some(object) = data.as_object_mut() {
        let note = (replaced > 0).then(|| texts.counted("note-glyphs", replaced));
        object.insert("glyphs".into(), note.into());
        object.insert("author".into(), context.generated_by.as_str().into());
    }
    let _evict = Evict;
    let sheet = Sheet { engine, json: Bytes::new(serde_json::to_vec(&data)?) };
    let document: PagedDocument = typst::compile(&sheet).output.map_err(|errors| PdfError::Template(say(&errors)))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| PdfError::Export(error.message().to_string()))?;
    let at = context.generated_at;
    let parts = [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(|n| u8::try_from(n).unwrap_or(0));
    let [month, day, hour, minute, second] = parts;
    let options = PdfOptions {
        // Two reports of the same data are the same document.
        ident: Smart::Custom(figures.data.sha256.clone()),
        timestamp: Datetime::from_ymd_hms(at.year(), month, day, hour, minute, second).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| PdfError::Export(say(&errors)))
}

fn say(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ")
}
