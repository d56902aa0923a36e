//! What of a PDF is kept. From the catalogue, what pages show is followed: pages, what they draw, links to pages and
//! places, forms and their values, outlines, the structure that screen readers use. Left behind, wherever it is:
//!
//! - who, when and with what: `Info`, `Metadata`, `PieceInfo`, `LastModified`, authors and days of annotations, `ID`;
//! - what runs or opens something: JavaScript, `OpenAction`, `AA`, and every action but going to a page or an address;
//! - other files: `EmbeddedFiles`, `EF`, `AF`, attachments, films and sounds, data kept outside;
//! - signatures: a file written again is no longer the one that was signed. Their image stays.
//!
//! A file that is only a cover for others, or whose pages are made when it opens, is refused: what is left would not be
//! what somebody meant to hand over.

use std::collections::{HashMap, VecDeque};

use super::super::bytes::inflate;
use super::super::jpeg::{self, Rigour};
use super::super::{Limits, Refusal, jpeg2000};
use super::file::File;
use super::object::{Dict, Object};
use super::write::Writer;

const CATALOGUE: [&[u8]; 17] = [
    b"Type",
    b"Pages",
    b"PageLabels",
    b"Names",
    b"Dests",
    b"ViewerPreferences",
    b"PageLayout",
    b"PageMode",
    b"Outlines",
    b"AcroForm",
    b"StructTreeRoot",
    b"MarkInfo",
    b"Lang",
    b"OutputIntents",
    b"OCProperties",
    b"Extensions",
    b"DeveloperExtensions",
];

const PAGE: [&[u8]; 21] = [
    b"Type",
    b"Parent",
    b"Resources",
    b"MediaBox",
    b"CropBox",
    b"BleedBox",
    b"TrimBox",
    b"ArtBox",
    b"BoxColorInfo",
    b"Contents",
    b"Rotate",
    b"Group",
    b"Dur",
    b"Trans",
    b"Annots",
    b"StructParents",
    b"Tabs",
    b"UserUnit",
    b"VP",
    b"SeparationInfo",
    b"PresSteps",
];

/// Left out of every dictionary whose names have a meaning.
const GONE: [&[u8]; 27] = [
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"Thumb",
    b"AF",
    b"AA",
    b"JS",
    b"JavaScript",
    b"EmbeddedFiles",
    b"EF",
    b"RF",
    b"Renditions",
    b"AlternatePresentations",
    b"Templates",
    b"XFA",
    b"OpenAction",
    b"Perms",
    b"DSS",
    b"Legal",
    b"Collection",
    b"SpiderInfo",
    b"Alternates",
    b"OPI",
    b"Ref",
    b"CreatorInfo",
    b"User",
    b"SigFlags",
];

/// Said of an annotation that is not a field of a form: by whom, when, under which number.
const SAID: [&[u8]; 5] = [b"T", b"M", b"CreationDate", b"NM", b"ExData"];

const ACTIONS: [&[u8]; 15] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToR",
    b"GoToE",
    b"GoToDp",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
    b"GoTo3DView",
    b"SetState",
    b"NOP",
    b"Hide",
];

const ANNOTATIONS: [&[u8]; 7] = [b"FileAttachment", b"RichMedia", b"Movie", b"Sound", b"Screen", b"3D", b"Projection"];

const TYPES: [&[u8]; 7] = [b"Metadata", b"EmbeddedFile", b"Sig", b"DocTimeStamp", b"XRef", b"ObjStm", b"Filespec"];

/// Entries whose names are free: fonts of a page may be called anything.
const FREE: [&[u8]; 11] = [
    b"Font",
    b"XObject",
    b"ExtGState",
    b"ColorSpace",
    b"Pattern",
    b"Shading",
    b"Properties",
    b"CharProcs",
    b"Dests",
    b"RoleMap",
    b"ClassMap",
];

/// What the names of a dictionary mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Catalogue,
    /// Pages and groups of pages: what is missing there is missing from the document.
    Pages,
    Usual,
    Free,
}

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Kept,
    LeftBehind,
    /// Nothing: it stands for null.
    Missing,
}

struct Picker<'f, 'b> {
    file: &'f mut File<'b>,
    limits: &'f Limits,
    /// New numbers, by old number.
    numbers: HashMap<u32, u32>,
    queue: VecDeque<(u32, Meaning)>,
    /// Objects looked at already.
    looks: HashMap<u32, Look>,
    pages: usize,
}

/// Writes the file again with what is kept.
pub fn pick(file: &mut File<'_>, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let root = file.root;
    refuse_covers(file)?;
    let mut picker =
        Picker { file, limits, numbers: HashMap::new(), queue: VecDeque::new(), looks: HashMap::new(), pages: 0 };
    let root = picker.number(root, Meaning::Catalogue);
    let mut writer = Writer::new(limits.unpacked);
    while let Some((old, meaning)) = picker.queue.pop_front() {
        let Some(number) = picker.numbers.get(&old).copied() else { continue };
        let Some(found) = picker.file.find(old)? else { continue };
        match (found.object, found.stream) {
            (Object::Dict(dict), Some(range)) => {
                let data = picker.file.data(range);
                let (dict, data) = picker.stream(&dict, data)?;
                writer.stream(number, &dict, &data)?;
            }
            (object, _) => {
                let object = picker.keep(&object, meaning)?;
                writer.object(number, &object)?;
            }
        }
    }
    if picker.pages == 0 {
        return Err(Refusal::Broken);
    }
    let next = picker.next();
    writer.finish(root, next)
}

/// Portfolios are covers; forms that build themselves show nothing else than « please wait ».
fn refuse_covers(file: &mut File<'_>) -> Result<(), Refusal> {
    let Object::Dict(catalogue) = file.resolve(&Object::Ref(file.root))? else { return Err(Refusal::Broken) };
    if catalogue.get(b"Collection").is_some() {
        return Err(Refusal::Embedded);
    }
    if catalogue.get(b"NeedsRendering") == Some(&Object::Bool(true)) {
        return Err(Refusal::DynamicForm);
    }
    Ok(())
}

impl Picker<'_, '_> {
    /// The first number that no object has.
    fn next(&self) -> u32 {
        u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX)
    }

    /// The new number of an object, that waits to be written: pages first, since what leads to one must not say what it is.
    fn number(&mut self, old: u32, meaning: Meaning) -> u32 {
        let next = self.next();
        *self.numbers.entry(old).or_insert_with(|| {
            match meaning {
                Meaning::Pages => self.queue.push_front((old, meaning)),
                _ => self.queue.push_back((old, meaning)),
            }
            next
        })
    }

    fn keep(&mut self, object: &Object, meaning: Meaning) -> Result<Object, Refusal> {
        Ok(match object {
            Object::Ref(old) => match (self.look(*old)?, meaning) {
                (Look::Missing, Meaning::Pages) => return Err(Refusal::Broken),
                (Look::Missing, _) => Object::Null,
                _ => Object::Ref(self.number(*old, meaning)),
            },
            Object::Array(items) => {
                let mut kept = Vec::with_capacity(items.len());
                for item in items {
                    if !self.is_left_behind(item)? {
                        kept.push(self.keep(item, meaning)?);
                    }
                }
                Object::Array(kept)
            }
            Object::Dict(dict) => Object::Dict(self.dict(dict, meaning)?),
            plain => plain.clone(),
        })
    }

    fn dict(&mut self, dict: &Dict, meaning: Meaning) -> Result<Dict, Refusal> {
        let is_page = dict.name(b"Type") == Some(b"Page") || (meaning == Meaning::Pages && dict.get(b"Kids").is_none());
        self.pages += usize::from(is_page && meaning == Meaning::Pages);
        let is_annotation = dict.get(b"Rect").is_some() && dict.get(b"Subtype").is_some();
        let says = is_annotation && dict.name(b"Subtype") != Some(b"Widget");
        let mut kept = Dict::default();
        for (name, value) in &dict.0 {
            let name = name.as_slice();
            let goes = match meaning {
                Meaning::Free => false,
                Meaning::Catalogue => !CATALOGUE.contains(&name),
                Meaning::Pages | Meaning::Usual => {
                    GONE.contains(&name) || (is_page && !PAGE.contains(&name)) || (says && SAID.contains(&name))
                }
            };
            if goes || self.is_left_behind(value)? {
                continue;
            }
            let within = match (meaning, name) {
                (Meaning::Catalogue, b"Pages") | (Meaning::Pages, b"Kids") => Meaning::Pages,
                (Meaning::Free, _) => Meaning::Usual,
                (_, name) if FREE.contains(&name) => Meaning::Free,
                _ => Meaning::Usual,
            };
            let value = self.keep(value, within)?;
            kept.0.push((name.to_vec(), value));
        }
        Ok(kept)
    }

    fn look(&mut self, number: u32) -> Result<Look, Refusal> {
        if let Some(known) = self.looks.get(&number) {
            return Ok(*known);
        }
        let look = match self.file.find(number)?.map(|found| found.object) {
            None | Some(Object::Null) => Look::Missing,
            Some(Object::Dict(dict)) if is_gone(&dict) => Look::LeftBehind,
            Some(_) => Look::Kept,
        };
        self.looks.insert(number, look);
        Ok(look)
    }

    /// True for what is never kept, by what it says it is, wherever it is.
    fn is_left_behind(&mut self, object: &Object) -> Result<bool, Refusal> {
        Ok(match object {
            Object::Ref(number) => self.look(*number)? == Look::LeftBehind,
            Object::Dict(dict) => is_gone(dict),
            _ => false,
        })
    }

    /// A stream, its pictures cleaned.
    fn stream<'d>(&mut self, dict: &Dict, data: &'d [u8]) -> Result<(Dict, std::borrow::Cow<'d, [u8]>), Refusal> {
        let mut given = dict.clone();
        // Its data is here and as long as it is, whatever it says.
        for outside in [&b"F"[..], b"FFilter", b"FDecodeParms", b"Length", b"DL"] {
            given.remove(outside);
        }
        let mut kept = self.dict(&given, Meaning::Usual)?;
        let filters = match self.file.resolve(dict.get(b"Filter").unwrap_or(&Object::Null))? {
            Object::Name(name) => vec![name],
            Object::Array(items) => items
                .into_iter()
                .map(|item| match item {
                    Object::Name(name) => Ok(name),
                    _ => Err(Refusal::Broken),
                })
                .collect::<Result<_, _>>()?,
            _ => Vec::new(),
        };
        let Some((picture, before)) = filters.split_last() else { return Ok((kept, data.into())) };
        let is_jpeg = matches!(picture.as_slice(), b"DCTDecode" | b"DCT");
        if !is_jpeg && picture != b"JPXDecode" {
            return Ok((kept, data.into()));
        }
        let mut coded: std::borrow::Cow<'_, [u8]> = data.into();
        for filter in before {
            let undone = match filter.as_slice() {
                b"FlateDecode" | b"Fl" => inflate(&coded, self.limits.unpacked).map(|(data, _)| data),
                b"ASCII85Decode" | b"A85" => ascii85(&coded),
                b"ASCIIHexDecode" | b"AHx" => hexadecimal(&coded),
                _ => None,
            };
            coded = undone.ok_or(Refusal::Picture)?.into();
        }
        let cleaned = if is_jpeg {
            jpeg::strip(&coded, self.limits, Rigour::Within).map_err(|refusal| match refusal {
                Refusal::Broken => Refusal::Picture,
                other => other,
            })?
        } else {
            jpeg2000::clean(&coded).ok_or(Refusal::Picture)?
        };
        if !before.is_empty() {
            let parameters = match self.file.resolve(dict.get(b"DecodeParms").unwrap_or(&Object::Null))? {
                Object::Array(items) => items.last().cloned().unwrap_or(Object::Null),
                _ => Object::Null,
            };
            let parameters = self.keep(&parameters, Meaning::Usual)?;
            kept.set(b"Filter", Object::Name(picture.clone()));
            kept.remove(b"DecodeParms");
            if parameters != Object::Null {
                kept.set(b"DecodeParms", parameters);
            }
        }
        Ok((kept, cleaned.into()))
    }
}

fn is_gone(dict: &Dict) -> bool {
    let is = |key: &[u8], among: &[&[u8]]| dict.name(key).is_some_and(|name| among.contains(&name));
    is(b"Type", &TYPES)
        || is(b"S", &ACTIONS)
        || (is(b"Subtype", &ANNOTATIONS) && dict.get(b"Rect").is_some())
        || dict.get(b"ByteRange").is_some()
        || dict.get(b"JS").is_some()
        || dict.get(b"EF").is_some()
        || (dict.name(b"S") == Some(b"URI")
            && !matches!(dict.get(b"URI"), Some(Object::Text(address)) if is_page(address)))
}

/// An address of a page or of somebody, or one without a scheme; not a file of somebody's machine, not a program.
fn is_page(address: &[u8]) -> bool {
    let address = address.to_ascii_lowercase();
    let known: [&[u8]; 4] = [b"http://", b"https://", b"mailto:", b"tel:"];
    known.iter().any(|start| address.starts_with(start)) || !address.contains(&b':')
}

fn ascii85(data: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut group) = (Vec::new(), Vec::new());
    for byte in data.iter().copied().filter(|byte| !super::object::is_space(*byte)) {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => group.push(u64::from(byte - b'!')),
            _ => return None,
        }
        if group.len() == 5 {
            out.extend_from_slice(&quad(&group)?);
            group.clear();
        }
    }
    if group.len() > 1 {
        let count = group.len() - 1;
        group.resize(5, 84);
        out.extend_from_slice(quad(&group)?.get(..count)?);
    }
    Some(out)
}

fn quad(group: &[u64]) -> Option<[u8; 4]> {
    let value = group.iter().fold(0, |value, digit| value * 85 + digit);
    Some(u32::try_from(value).ok()?.to_be_bytes())
}

fn hexadecimal(data: &[u8]) -> Option<Vec<u8>> {
    let digits = data.iter().take_while(|byte| **byte != b'>').filter(|byte| !super::object::is_space(**byte));
    let digits: Vec<u8> =
        digits.map(|byte| u8::try_from(char::from(*byte).to_digit(16)?).ok()).collect::<Option<_>>()?;
    Some(digits.chunks(2).map(|pair| (pair.first().unwrap_or(&0) << 4) | pair.get(1).unwrap_or(&0)).collect())
}
