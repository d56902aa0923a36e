//! What is hidden is gone, what is shown stays, what nobody can clean is refused, and no bytes make a cleaner panic or
//! grow.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use super::samples::{self, CANARY};
use super::*;

const LIMITS: Limits = Limits { unpacked: 1 << 24, pixels: 1 << 22 };

fn cleaned(content: &[u8]) -> Vec<u8> {
    clean(content, &LIMITS).unwrap_or_else(|refusal| panic!("{refusal:?}")).1
}

fn refused(content: &[u8]) -> Refusal {
    clean(content, &LIMITS).expect_err("it is kept")
}

fn holds(content: &[u8], needle: &str) -> bool {
    bytes::find(content, needle.as_bytes()).is_some()
}

/// The parts of a package, unpacked.
fn parts(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut part = Vec::new();
            entry.read_to_end(&mut part).unwrap();
            (entry.name().unwrap().into_owned(), part)
        })
        .collect()
}

/// Every stream of a PDF, unpacked by another program; nothing where there is none.
fn unpacked_by_qpdf(pdf: &[u8]) -> Option<Vec<u8>> {
    piped("qpdf", &["--qdf", "--object-streams=disable", "--decode-level=specialized", "-", "-"], pdf)
}

fn piped(program: &str, arguments: &[&str], given: &[u8]) -> Option<Vec<u8>> {
    let mut folder = tempfile::NamedTempFile::new().unwrap();
    folder.write_all(given).unwrap();
    let path = folder.path().display().to_string();
    let arguments: Vec<String> = arguments
        .iter()
        .enumerate()
        .map(
            |(at, argument)| {
                if *argument == "-" && at + 1 < arguments.len() { path.clone() } else { (*argument).into() }
            },
        )
        .collect();
    let done = Command::new(program).args(&arguments).stdin(Stdio::null()).stderr(Stdio::piped()).output().ok()?;
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    Some(done.stdout)
}

// --- JPEG ------------------------------------------------------------------------------------------------------------

#[test]
fn a_jpeg_keeps_its_picture_and_nothing_else() {
    assert_eq!(cleaned(&samples::jpeg()), samples::jpeg(), "a picture that tells nothing stays as it is");
    let dirty = samples::jpeg_that_tells(1);
    assert!(holds(&dirty, CANARY), "the twin: it is there before");
    let clean = cleaned(&dirty);
    assert!(!holds(&clean, CANARY) && !holds(&clean, "script") && !holds(&clean, "GPS"));
    // The same coded picture, with the colours that Adobe's marker says.
    let adobe: &[u8] = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0";
    let at = bytes::find(&clean, adobe).unwrap();
    assert_eq!([&clean[..at], &clean[at + adobe.len()..]].concat(), samples::jpeg());
}

#[test]
fn a_jpeg_stays_upright() {
    let clean = cleaned(&samples::jpeg_that_tells(6));
    let at = bytes::find(&clean, b"Exif\0\0MM").unwrap();
    assert_eq!(&clean[at + 16..at + 26], b"\x01\x12\0\x03\0\0\0\x01\0\x06");
    assert_eq!(cleaned(&clean), clean, "cleaning twice changes nothing more");
    assert!(!holds(&clean, CANARY));
}

#[test]
fn a_jpeg_cut_short_is_refused_and_one_in_a_pdf_is_not() {
    let whole = samples::jpeg();
    let cut = &whole[..whole.len() - 2];
    assert_eq!(refused(cut), Refusal::Broken);
    assert_eq!(jpeg::strip(cut, &LIMITS, jpeg::Rigour::Within), Ok(whole));
}

// --- PNG -------------------------------------------------------------------------------------------------------------

#[test]
fn a_png_keeps_its_picture_and_nothing_else() {
    assert_eq!(cleaned(&samples::png()), samples::png());
    let dirty = samples::png_that_tells();
    assert!(holds(&dirty, CANARY));
    assert_eq!(cleaned(&dirty), samples::png());
}

#[test]
fn a_png_whose_sums_or_sizes_lie_is_refused() {
    let mut wrong = samples::png();
    wrong[60] ^= 1;
    assert_eq!(refused(&wrong), Refusal::Broken);
    let huge = |width, height| {
        [
            png::SIGNATURE,
            &samples::chunk(b"IHDR", &samples::png_header(width, height)),
            &samples::chunk(b"IDAT", &samples::zlib(&[0; 64])),
            &samples::chunk(b"IEND", b""),
        ]
        .concat()
    };
    assert_eq!(refused(&huge(50_000, 50_000)), Refusal::Dimensions);
    assert_eq!(refused(&huge(u32::MAX, u32::MAX)), Refusal::Dimensions);
    assert_eq!(refused(&huge(100, 100)), Refusal::Broken, "less data than points");
    assert_eq!(refused(&huge(2, 2)), Refusal::Broken, "more data than points");
}

// --- pictures inside other files ---------------------------------------------------------------------------------------

#[test]
fn pictures_of_other_files_tell_nothing_either() {
    let (gif, jp2) = (samples::gif_that_tells(), samples::jpeg2000_that_tells());
    assert!(holds(&gif, CANARY) && holds(&jp2, CANARY) && holds(&jp2, "Created by"));
    let (gif, jp2) = (gif::clean(&gif, &LIMITS).unwrap(), jpeg2000::clean(&jp2).unwrap());
    assert!(!holds(&gif, CANARY) && !holds(&gif, "XMP") && gif.ends_with(b"\x44\x01\0\x3b"));
    assert!(!holds(&jp2, CANARY) && !holds(&jp2, "Created by") && holds(&jp2, "jp2c"));
}

// --- PDF -------------------------------------------------------------------------------------------------------------

#[test]
fn a_pdf_keeps_its_pages_and_nothing_that_hides_or_runs() {
    let dirty = samples::pdf_that_tells("Bonjour");
    assert!(holds(&dirty, CANARY));
    let clean = cleaned(&dirty);
    assert!(!holds(&clean, CANARY));
    let Some(unpacked) = unpacked_by_qpdf(&clean) else { return };
    assert!(!holds(&unpacked, CANARY), "{}", String::from_utf8_lossy(&unpacked));
    for gone in [
        "JavaScript",
        "/OpenAction",
        "/AA <<",
        "EmbeddedFile",
        "/Launch",
        "/Metadata",
        "/Info",
        "/ByteRange",
        "/XFA",
        "file:",
    ] {
        assert!(!holds(&unpacked, gone), "{gone}");
    }
    for kept in ["https://exemple.quebec/page", "(Remarque)", "(montant)", "(125 $)", "(fr-CA)", "/DCTDecode", "/AA "] {
        assert!(holds(&unpacked, kept), "{kept}: {}", String::from_utf8_lossy(&unpacked));
    }
    assert_eq!(
        piped("pdftotext", &["-", "-"], &clean).map(|text| String::from_utf8_lossy(&text).trim().to_owned()),
        Some("Bonjour".into())
    );
    piped("qpdf", &["--check", "-", "--warning-exit-0"], &clean);
}

#[test]
fn a_pdf_cleaned_twice_is_the_same() {
    let once = cleaned(&samples::pdf_that_tells("Bonjour"));
    assert_eq!(cleaned(&once), once);
}

/// The products of other programs are read too: object streams, tables in streams, a first page that comes first.
#[test]
fn a_pdf_packed_or_linearized_by_another_program_is_read() {
    for arguments in [
        &["--object-streams=generate", "-", "-"][..],
        &["--linearize", "-", "-"],
        &["--object-streams=generate", "--linearize", "-", "-"],
        &["--object-streams=disable", "--compress-streams=n", "-", "-"],
    ] {
        let Some(made) = piped("qpdf", arguments, &samples::pdf("Bonjour")) else { return };
        let text = piped("pdftotext", &["-", "-"], &cleaned(&made));
        assert_eq!(
            text.map(|text| String::from_utf8_lossy(&text).trim().to_owned()),
            Some("Bonjour".into()),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_pdf_whose_table_is_wrong_is_read_where_its_objects_are() {
    let sound = samples::pdf("Bonjour");
    let text = String::from_utf8_lossy(&sound).into_owned();
    let start = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().to_owned();
    for (from, to) in
        [(format!("startxref\n{start}"), "startxref\n7".to_owned()), ("0000000015".to_owned(), "0000000016".to_owned())]
    {
        let at = bytes::find(&sound, from.as_bytes()).unwrap();
        let broken = [&sound[..at], to.as_bytes(), &sound[at + from.len()..]].concat();
        assert_eq!(cleaned(&broken), cleaned(&sound), "{from}");
    }
}

/// I04
#[test]
fn a_pdf_that_is_not_what_it_shows_is_refused() {
    let with = |catalogue: &str, trailer: &str| {
        let mut objects = vec![
            format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>").into_bytes(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_vec(),
        ];
        objects.push(b"<</Filter/Standard/V 2>>".to_vec());
        samples::pdf_of(&objects, trailer)
    };
    assert!(clean(&with("", ""), &LIMITS).is_ok());
    assert_eq!(refused(&with("", "/Encrypt 4 0 R")), Refusal::Encrypted);
    assert_eq!(refused(&with("/Collection<<>>", "")), Refusal::Embedded);
    assert_eq!(refused(&with("/NeedsRendering true", "")), Refusal::DynamicForm);
    let whole = with("", "");
    // Cut in the middle: its only page is no longer there.
    let cut = bytes::find(&whole, b"3 0 obj").unwrap();
    assert_eq!(refused(&whole[..cut]), Refusal::Broken);
    for nothing in
        [&b"%PDF-1.7"[..], b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>"]
    {
        assert_eq!(refused(nothing), Refusal::Broken);
    }
}

/// I06
#[test]
fn a_pdf_that_has_no_end_or_swells_is_refused() {
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>".to_vec();
    let catalogue = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    // Pages that hold themselves end.
    let loops =
        samples::pdf_of(&[catalogue.clone(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1/Parent 2 0 R>>".to_vec()], "");
    assert_eq!(refused(&loops), Refusal::Broken);
    // A table that is before itself is not followed.
    let objects = [catalogue.clone(), b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(), page.clone()];
    let pdf = samples::pdf_of(&objects, "");
    let start = bytes::find_last(&pdf, b"xref\n0").unwrap();
    assert_eq!(cleaned(&samples::pdf_of(&objects, &format!("/Prev {start}"))), cleaned(&pdf));
    // Sixty-four megabytes of spaces in an object stream.
    let bomb = samples::zlib(&vec![b' '; 1 << 26]);
    let packed = samples::stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &bomb);
    let mut swollen = samples::pdf_of(&[catalogue, b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(), page, packed], "");
    assert!(swollen.len() < 1 << 17);
    assert!(clean(&swollen, &LIMITS).is_ok(), "nobody needs what is in it");
    // Needed, it is too much.
    let at = bytes::find(&swollen, b"startxref").unwrap();
    swollen.truncate(at);
    swollen.extend_from_slice(b"startxref\n0\n%%EOF");
    assert_eq!(refused(&swollen), Refusal::Unpacked);
}

// --- DOCX ------------------------------------------------------------------------------------------------------------

#[test]
fn a_docx_keeps_its_words_and_nothing_that_tells_of_them() {
    let dirty = samples::docx_that_tells("Bonjour");
    let before = parts(&dirty);
    assert!(before.iter().filter(|(_, part)| holds(part, CANARY)).count() > 10);
    let clean = cleaned(&dirty);
    let after = parts(&clean);
    for (name, part) in &after {
        assert!(!holds(part, CANARY), "{name}: {}", String::from_utf8_lossy(part));
    }
    assert!(!holds(&clean, CANARY) && !holds(&clean, "script"));
    let names: Vec<&str> = after.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/settings.xml.rels",
        "word/comments.xml",
        "word/document.xml",
        "word/media/image1.jpg",
        "word/media/image2.png",
        "word/settings.xml",
    ];
    assert_eq!(names, expected);
    let part = |name: &str| String::from_utf8_lossy(&after.iter().find(|(n, _)| n == name).unwrap().1).into_owned();
    let body = part("word/document.xml");
    assert!(body.contains("<w:ins w:id=\"1\" w:author=\"\"><w:r><w:t>Bonjour</w:t></w:r></w:ins>"), "{body}");
    assert!(body.contains("<pic:cNvPr id=\"0\" name=\"\" descr=\"Un graphique\"/>"), "{body}");
    assert!(part("word/comments.xml").contains("<w:t>Remarque</w:t>"));
    let rels = part("word/_rels/document.xml.rels");
    for kept in
        ["comments.xml", "media/image1.jpg", "/word/media/image2.png", "https://exemple.quebec/page", "about:blank"]
    {
        assert!(rels.contains(kept), "{kept}: {rels}");
    }
    assert!(!rels.contains("people") && !rels.contains("customXml"), "{rels}");
    assert!(!part("[Content_Types].xml").contains("custom") && part("[Content_Types].xml").contains("comments"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&clean[..])).unwrap();
    let entry = archive.by_index(0).unwrap();
    assert_eq!(entry.last_modified(), Some(zip::DateTime::default()), "no day");
}

#[test]
fn a_docx_without_secrets_keeps_its_document_byte_for_byte() {
    let text = |package: &[u8]| parts(package).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    // Four bytes that look like the end of a package, and an attribute that looks like a script.
    let plain = samples::docx("Bonjour, «\u{a0}ça\u{a0}» va? PK\x05\x06</w:t><v:stroke on=\"f\"/><w:t>");
    assert_eq!(text(&cleaned(&plain)), text(&plain));
    assert_eq!(cleaned(&cleaned(&plain)), cleaned(&plain));
}

#[test]
fn a_docx_that_holds_something_else_is_refused() {
    let main = [("officeDocument", "word/document.xml", false)];
    let with = |more: &str, parts: &[(&str, &[u8])]| samples::docx_with("<w:document/>", more, &main, parts);
    let links = |links: &[(&str, &str, bool)]| {
        let rels = samples::rels(links);
        with("", &[("word/_rels/document.xml.rels", rels.as_bytes())])
    };
    let vba = "<Override PartName=\"/word/vbaProject.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>";
    for (refusal, content) in [
        (Refusal::Program, with("", &[("word/vbaProject.bin", b"x")])),
        (Refusal::Program, with(vba, &[])),
        (Refusal::Program, with("", &[("word/activeX/activeX1.bin", b"x")])),
        (Refusal::Embedded, with("", &[("word/embeddings/oleObject1.bin", b"x")])),
        (Refusal::Embedded, with("", &[("word/afchunk.mht", b"x")])),
        (Refusal::Embedded, links(&[("oleObject", "x.bin", false)])),
        (Refusal::Linked, links(&[("image", "https://suivi.exemple/point.png", true)])),
        (Refusal::Picture, with("", &[("word/media/image1.emf", b"x")])),
        (Refusal::Picture, with("", &[("word/media/image1.png", b"GIF, non")])),
        (Refusal::Broken, with("", &[("../evasion.xml", b"<x/>")])),
        (Refusal::Broken, with("", &[("/etc/passwd", b"x")])),
        (Refusal::Broken, with("", &[("word\\document.xml", b"<x/>")])),
        (Refusal::Broken, with("", &[("WORD/document.XML", b"<x/>")])),
        (Refusal::Broken, samples::docx_with("<!DOCTYPE a [<!ENTITY x \"y\">]><w:document/>", "", &main, &[])),
        (Refusal::Broken, samples::docx_with("<w:document>", "", &main, &[])),
        (Refusal::Type, samples::package(&[("mimetype", b"application/zip")])),
        (Refusal::Type, samples::package(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")])),
    ] {
        assert_eq!(refused(&content), refusal);
    }
    // Two packages one after the other, of which programs read one or the other.
    assert_eq!(refused(&[samples::docx("Un"), samples::docx("Deux")].concat()), Refusal::Embedded);
}

#[test]
fn a_docx_that_swells_is_refused() {
    let main = [("officeDocument", "word/document.xml", false)];
    let bomb = samples::docx_with("<w:document/>", "", &main, &[("word/footer1.xml", &vec![b' '; 1 << 25])]);
    assert!(bomb.len() < 1 << 16, "{}", bomb.len());
    assert_eq!(refused(&bomb), Refusal::Unpacked);
    let names: Vec<String> = (0..5000).map(|number| format!("word/footer{number}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"<x/>"[..])).collect();
    assert_eq!(refused(&samples::docx_with("<w:document/>", "", &main, &many)), Refusal::Unpacked);
}

// --- I04: what may be joined -------------------------------------------------------------------------------------------

/// Content decides, never a name nor what a browser says; polyglots are what their beginning says, and only that.
#[test]
fn only_four_kinds_of_files_are_kept_and_each_as_one_thing() {
    let pdf = samples::pdf("Bonjour");
    let zip = samples::package(&[("x.txt", b"x")]);
    let refused_kinds: [(&str, Vec<u8>); 14] = [
        ("nothing", Vec::new()),
        ("a page", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("an SVG picture", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec()),
        ("an SVG picture with a declaration", b"<?xml version=\"1.0\"?><svg/>".to_vec()),
        ("a program for Windows", b"MZ\x90\0\x03\0\0\0".to_vec()),
        ("a program for Linux", b"\x7fELF\x02\x01\x01".to_vec()),
        ("a shortcut", b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F".to_vec()),
        ("an old document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        ("an archive", zip.clone()),
        ("a GIF picture that is a script", b"GIF89a=1;alert(1)".to_vec()),
        ("a page before a PDF", [b"<html>", &pdf[..]].concat()),
        ("spaces before a PDF", [b"\n\n", &pdf[..]].concat()),
        ("a text", b"bonjour".to_vec()),
        ("a picture of which only the beginning is one", b"\xff\xd8\xff\xe0<script>".to_vec()),
    ];
    for (what, content) in refused_kinds {
        let refusal = refused(&content);
        assert!(matches!(refusal, Refusal::Type | Refusal::Broken), "{what}: {refusal:?}");
    }
    let polyglots: [(&str, Format, Vec<u8>); 5] = [
        ("a PDF and a page", Format::Pdf, [&pdf[..], b"<script>alert(1)</script>"].concat()),
        ("a PDF and an archive", Format::Pdf, [&pdf[..], &zip].concat()),
        ("a JPEG and an archive", Format::Jpeg, [samples::jpeg(), zip.clone()].concat()),
        ("a PNG and a page", Format::Png, [&samples::png()[..], b"<script>alert(1)</script>"].concat()),
        ("a DOCX and a page", Format::Docx, [&samples::docx("Bonjour")[..], b"<script>alert(1)</script>"].concat()),
    ];
    for (what, format, content) in polyglots {
        let (kept_as, kept) = clean(&content, &LIMITS).unwrap_or_else(|refusal| panic!("{what}: {refusal:?}"));
        assert_eq!(kept_as, format, "{what}");
        assert!(!holds(&kept, "<script>"), "{what}");
        assert!(format == Format::Docx || !holds(&kept, "PK\x03\x04"), "{what}");
    }
}

// --- any bytes ---------------------------------------------------------------------------------------------------------

/// A seeded generator, so that a failure can be played again.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

fn mutate(content: &mut Vec<u8>, chance: &mut Chance) {
    let words: [&[u8]; 12] = [
        b"<<",
        b">>",
        b"[",
        b"(",
        b"/Kids",
        b" 2 0 R",
        b"stream",
        b"\xff\xd9",
        b"\xff\xda",
        b"IDAT",
        b"</w:p>",
        b"99999999999999999999",
    ];
    for _ in 0..=chance.below(6) {
        let at = chance.below(content.len());
        let to = (at + chance.below(40)).min(content.len());
        match chance.below(6) {
            0 if at < content.len() => content[at] ^= 1 << chance.below(8),
            1 if at < content.len() => content[at] = u8::try_from(chance.below(256)).unwrap(),
            2 => drop(content.drain(at..to)),
            3 => {
                let piece = content[at..to].to_vec();
                content.splice(at..at, piece);
            }
            4 => drop(content.splice(at..at, words[chance.below(words.len())].to_vec())),
            _ => content.truncate(content.len() - chance.below(content.len() / 8)),
        }
    }
}

/// Thousands of damaged files: each is cleaned or refused, and none grows.
#[test]
fn damaged_files_are_cleaned_or_refused_and_never_grow() {
    let seed = std::env::var("PROBITE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_125);
    println!("PROBITE_SEED={seed}");
    let mut chance = Chance(seed);
    let packed = cleaned(&samples::pdf_that_tells("Bonjour"));
    let originals = [
        samples::jpeg_that_tells(6),
        samples::png_that_tells(),
        samples::pdf_that_tells("Bonjour"),
        packed,
        samples::docx_that_tells("Bonjour"),
    ];
    let (mut kept, mut refused) = (0, 0);
    for round in 0..1500 {
        for original in &originals {
            let mut content = original.clone();
            mutate(&mut content, &mut chance);
            match clean(&content, &LIMITS) {
                Ok((_, cleaned)) => {
                    kept += 1;
                    assert!(
                        cleaned.len() <= content.len() * 4 + 4096,
                        "round {round}: {} from {}",
                        cleaned.len(),
                        content.len()
                    );
                }
                Err(_) => refused += 1,
            }
        }
    }
    println!("{kept} cleaned, {refused} refused");
    assert!(kept > 100 && refused > 100, "{kept} {refused}");
    // Inside the packages, where sums protect what is damaged above.
    let main = [("officeDocument", "word/document.xml", false)];
    let document = "<w:document><w:p w:rsidR=\"x\"><w:r><w:t>Bonjour</w:t></w:r></w:p><!-- x --></w:document>";
    for _ in 0..1500 {
        let (mut body, mut picture) = (document.as_bytes().to_vec(), samples::gif_that_tells());
        mutate(&mut body, &mut chance);
        mutate(&mut picture, &mut chance);
        if let Ok(body) = std::str::from_utf8(&body) {
            drop(clean(&samples::docx_with(body, "", &main, &[]), &LIMITS));
        }
        drop(gif::clean(&picture, &LIMITS));
        let mut picture = samples::jpeg2000_that_tells();
        mutate(&mut picture, &mut chance);
        drop(jpeg2000::clean(&picture));
    }
}
