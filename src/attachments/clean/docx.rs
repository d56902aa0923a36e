//! DOCX (ECMA-376): a package of parts, written again. Gone: the properties of the document, who wrote each change and
//! comment and when, revision numbers, thumbnails, data of programs, signatures, what the pictures tell. Refused:
//! programs, other files and objects inside, pictures kept elsewhere.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::bytes::{find, find_last};
use super::xml::{self, Tag};
use super::{Limits, Refusal, gif, jpeg, png};

/// What begins the end of a directory.
const END: &[u8] = b"PK\x05\x06";
const TYPES: &str = "[Content_Types].xml";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// A document of a thousand pages has fewer parts.
const MOST_PARTS: usize = 4096;

/// Properties that say nothing.
const CORE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties \
    xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>";
const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Properties \
    xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>";

/// Elements that go with all they hold: revision numbers, hidden values, paths of models and sources of mailings, scripts
/// and notes of drawings.
const GONE: [&str; 9] = [
    "rsids",
    "docVars",
    "attachedTemplate",
    "mailMerge",
    "docId",
    "writeProtection",
    "script",
    "metadata",
    "chartTrackingRefBased",
];

/// Last words of the types of relationships that go with what they lead to.
const GONE_LINKS: [&str; 12] = [
    "thumbnail",
    "custom-properties",
    "customXml",
    "customXmlProps",
    "attachedTemplate",
    "people",
    "printerSettings",
    "origin",
    "signature",
    "mailMergeSource",
    "mailMergeHeaderSource",
    "taskpanes",
];

/// What becomes of a part.
enum Part {
    Xml,
    Links,
    Picture,
    /// Kept as it is: fonts.
    Plain,
    Given(&'static str),
    Gone,
}

/// The document without what it hides.
pub fn clean(content: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut parts = read(only_package(content)?, limits)?;
    let types = text(parts.get(TYPES).ok_or(Refusal::Type)?)?;
    if types.contains("macroEnabled") || types.contains("vbaProject") {
        return Err(Refusal::Program);
    }
    if !types.contains(MAIN) {
        return Err(Refusal::Type);
    }
    let mut kept = BTreeMap::new();
    for (name, part) in std::mem::take(&mut parts) {
        if let Some(cleaned) = clean_part(&name, &part, limits)? {
            kept.insert(name, cleaned);
        }
    }
    let names: Vec<String> = kept.keys().cloned().collect();
    for (name, part) in &mut kept {
        if name == TYPES {
            *part = only_kept_types(text(part)?, &names)?.into_bytes();
        } else if name.ends_with(".rels") {
            *part = links(name, text(part)?, &names)?.into_bytes();
        }
    }
    write(&kept)
}

/// The package from its first entry to the end of its directory: what comes after is nobody's.
fn only_package(content: &[u8]) -> Result<&[u8], Refusal> {
    let end = find_last(content, END).ok_or(Refusal::Broken)?;
    let mut from = 0;
    while let Some(step) = find(content.get(from..end).unwrap_or_default(), END) {
        let at = from + step;
        // Those four bytes may be in anything; after a directory, they end another package.
        if ends_a_directory(content, at) {
            return Err(Refusal::Embedded);
        }
        from = at + END.len();
    }
    // Its comment goes with the rest.
    content.get(..end + 22).ok_or(Refusal::Broken)
}

/// True when a directory as long as it says is before this end.
fn ends_a_directory(content: &[u8], at: usize) -> bool {
    let size = content.get(at + 12..at + 16).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes);
    let start = size.and_then(|size| at.checked_sub(usize::try_from(size).ok()?));
    start.is_some_and(|start| start < at && content.get(start..).is_some_and(|there| there.starts_with(b"PK\x01\x02")))
}

/// Every part, inflated within the limit, whatever the directory says of sizes.
fn read(package: &[u8], limits: &Limits) -> Result<BTreeMap<String, Vec<u8>>, Refusal> {
    let mut package = package.to_vec();
    // The comment that was cut off is no longer announced.
    let announced = package.len() - 2;
    if let Some(length) = package.get_mut(announced..) {
        length.fill(0);
    }
    let mut archive = ZipArchive::new(Cursor::new(package)).map_err(|_| Refusal::Broken)?;
    if archive.len() > MOST_PARTS {
        return Err(Refusal::Unpacked);
    }
    if archive.has_duplicate_names() {
        return Err(Refusal::Broken);
    }
    let (mut parts, mut lower, mut left) = (BTreeMap::new(), std::collections::BTreeSet::new(), limits.unpacked);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => Refusal::Encrypted,
            _ => Refusal::Broken,
        })?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        let name = std::str::from_utf8(entry.name_raw()).map_err(|_| Refusal::Broken)?.to_owned();
        if entry.is_dir() {
            continue;
        }
        if !is_sound(&name) || !lower.insert(name.to_lowercase()) || entry.is_symlink() {
            return Err(Refusal::Broken);
        }
        let mut part = Vec::new();
        let most = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        entry.take(most).read_to_end(&mut part).map_err(|_| Refusal::Broken)?;
        left = left.checked_sub(part.len()).ok_or(Refusal::Unpacked)?;
        parts.insert(name, part);
    }
    Ok(parts)
}

/// A name that stays in the package.
fn is_sound(name: &str) -> bool {
    !name.starts_with('/')
        && !name.contains(|c: char| c.is_control() || matches!(c, '\\' | ':' | '%' | '?' | '#'))
        && name.split('/').all(|step| !step.is_empty() && step != "." && step != "..")
}

fn part(name: &str) -> Result<Part, Refusal> {
    let lower = name.to_lowercase();
    let within = |folder: &str| lower.starts_with(folder);
    let extension = lower.rsplit_once('.').map_or("", |(_, extension)| extension);
    if lower.contains("vba")
        || within("word/activex/")
        || within("word/attachedtoolbars")
        || within("word/customizations")
    {
        return Err(Refusal::Program);
    }
    if within("word/embeddings/")
        || within("word/afchunk")
        || ["docx", "xlsx", "html", "htm", "mht", "rtf"].contains(&extension)
    {
        return Err(Refusal::Embedded);
    }
    Ok(match lower.as_str() {
        "docprops/core.xml" => Part::Given(CORE),
        "docprops/app.xml" => Part::Given(APP),
        "word/people.xml" => Part::Gone,
        _ if ["docprops/", "customxml/", "_xmlsignatures/", "word/webextensions/", "usercustomization/"]
            .iter()
            .any(|folder| within(folder)) =>
        {
            Part::Gone
        }
        _ if extension == "rels" => Part::Links,
        _ if within("word/fonts/") => Part::Plain,
        _ if ["png", "jpg", "jpeg", "jpe", "gif", "svg"].contains(&extension) => Part::Picture,
        _ if extension == "xml" || extension == "vml" => Part::Xml,
        _ if within("word/media/") => return Err(Refusal::Picture),
        _ => Part::Gone,
    })
}

fn clean_part(name: &str, content: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>, Refusal> {
    Ok(Some(match part(name)? {
        Part::Gone => return Ok(None),
        Part::Given(text) => text.as_bytes().to_vec(),
        // Links and types are read once it is known what stays.
        Part::Plain | Part::Links => content.to_vec(),
        Part::Xml if name == TYPES => content.to_vec(),
        Part::Xml => rewritten(content)?,
        Part::Picture => picture(content, limits)?,
    }))
}

/// A picture by its content, whatever its name.
fn picture(content: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let inside = |refusal| if refusal == Refusal::Broken { Refusal::Picture } else { refusal };
    if content.starts_with(png::SIGNATURE) {
        png::clean(content, limits).map_err(inside)
    } else if content.starts_with(&[0xff, 0xd8, 0xff]) {
        jpeg::clean(content, limits).map_err(inside)
    } else if content.starts_with(b"GIF8") {
        gif::clean(content, limits).map_err(inside)
    } else {
        // SVG, which a word processor writes beside its PNG.
        let drawing = rewritten(content).map_err(|_| Refusal::Picture)?;
        if find(&drawing, b"<svg").is_some() { Ok(drawing) } else { Err(Refusal::Picture) }
    }
}

fn rewritten(content: &[u8]) -> Result<Vec<u8>, Refusal> {
    xml::rewrite(text(content)?, &mut |tag| {
        if GONE.contains(&tag.local()) {
            return false;
        }
        neutral(tag);
        true
    })
    .map(String::into_bytes)
    .ok_or(Refusal::Broken)
}

/// Attributes that say who and when, and the scripts of drawings (`onload`, not the `on` of old ones): emptied where the format wants them, else removed.
fn neutral(tag: &mut Tag<'_>) {
    let picture = tag.local() == "cNvPr";
    tag.attributes.retain(|attribute| {
        let name = xml::local(attribute.name);
        let script = name.starts_with("on") && name.len() > 4;
        let said = name.starts_with("rsid") || matches!(name, "date" | "dateUtc" | "userId" | "providerId");
        !script && !said
    });
    for attribute in &mut tag.attributes {
        let emptied = matches!(xml::local(attribute.name), "author" | "initials" | "lastUser" | "userName")
            || (picture && attribute.name == "name");
        if emptied {
            attribute.value = "".into();
        }
    }
}

fn only_kept_types(types: &str, names: &[String]) -> Result<String, Refusal> {
    xml::rewrite(types, &mut |tag| {
        tag.get("PartName").is_none_or(|part| names.iter().any(|name| part.strip_prefix('/') == Some(name.as_str())))
    })
    .ok_or(Refusal::Broken)
}

/// Relationships of one part: those that lead to what is kept, and links to pages.
fn links(rels: &str, text: &str, names: &[String]) -> Result<String, Refusal> {
    let folder = rels.rsplit_once("_rels/").map_or("", |(folder, _)| folder);
    let mut refusal = None;
    let rewritten = xml::rewrite(text, &mut |tag| {
        if tag.local() != "Relationship" {
            return true;
        }
        let kind = tag.get("Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default().to_owned();
        let target = tag.get("Target").unwrap_or_default().to_owned();
        if GONE_LINKS.contains(&kind.as_str()) {
            return false;
        }
        if tag.get("TargetMode") == Some("External") {
            match kind.as_str() {
                "hyperlink" if is_page(&target) => {}
                // It leads to a place on somebody's machine.
                "hyperlink" => tag.set("Target", "about:blank"),
                _ => refusal = refusal.or(Some(Refusal::Linked)),
            }
            return true;
        }
        if matches!(kind.as_str(), "aFChunk" | "oleObject" | "package" | "subDocument" | "control") {
            refusal = refusal.or(Some(Refusal::Embedded));
        }
        let place = place(folder, &target);
        names.contains(&place) || target.starts_with('#')
    });
    match (refusal, rewritten) {
        (Some(refusal), _) => Err(refusal),
        (None, Some(text)) => Ok(text),
        (None, None) => Err(Refusal::Broken),
    }
}

fn is_page(target: &str) -> bool {
    let lower = target.to_lowercase();
    ["http://", "https://", "mailto:", "tel:", "#"].iter().any(|start| lower.starts_with(start))
}

/// Where a target is, from the folder of the part that names it.
fn place(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn text(part: &[u8]) -> Result<&str, Refusal> {
    std::str::from_utf8(part).map_err(|_| Refusal::Broken)
}

/// One order, one day, no comment: the same document is always the same bytes.
fn write(parts: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, Refusal> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let first = parts.get_key_value(TYPES);
    for (name, content) in first.into_iter().chain(parts.iter().filter(|(name, _)| *name != TYPES)) {
        package.start_file(name.as_str(), options).map_err(|_| Refusal::Broken)?;
        package.write_all(content).map_err(|_| Refusal::Broken)?;
    }
    Ok(package.finish().map_err(|_| Refusal::Broken)?.into_inner())
}
