//! Files that people join, made here: sound ones, and the same with something hidden in every place a cleaner knows.
//! Shared by the stories and by the unit tests of the cleaners.
#![allow(dead_code, reason = "each of the two uses what it needs")]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// What is hidden, and must be gone.
pub const CANARY: &str = "CANARI-7f3a";

/// The string that every antivirus finds, made where it is used: this source must not be found.
pub fn eicar() -> String {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS", "-TEST-FILE!$H+H*"].concat()
}

// --- JPEG ------------------------------------------------------------------------------------------------------------

/// Sixteen by eight points, progressive: ten scans.
const PROGRESSIVE: &str = "\
    ffd8ffe000104a46494600010100000100010000ffdb004300140e0f120f0d14121012171514181e32211e1c1c1e3d2c2e243249404c\
    4b47404645505a736250556d5645466488656d777b8182814e608d978c7d96737e817cffdb0043011517171e1a1e3b21213b7c534653\
    7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7c7cffc20011\
    080008001003012200021101031101ffc4001500010100000000000000000000000000000003ffc40015010101000000000000000000\
    00000000000102ffda000c0301000210031000000185c23fffc400161000030000000000000000000000000000000103ffda00080101\
    0001050252148fffc400161101010100000000000000000000000000030002ffda0008010301013f0114d5ffc4001611010101000000\
    00000000000000000000020001ffda0008010201013f014f6fffc40014100100000000000000000000000000000010ffda0008010100\
    063f023fffc4001510010100000000000000000000000000000061ffda0008010100013f21924fffda000c0301000200030000001077\
    ffc4001511010100000000000000000000000000002100ffda0008010301013f10237fffc40015110101000000000000000000000000\
    00000051ffda0008010201013f10a5ffc40014100100000000000000000000000000000010ffda0008010100013f1012ffd9";

pub fn jpeg() -> Vec<u8> {
    hex::decode(PROGRESSIVE).expect("a picture")
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("a segment").to_be_bytes();
    [&[0xff, marker][..], &length, body].concat()
}

/// EXIF with an orientation, an author, a place and a thumbnail.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend_from_slice(&[0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend_from_slice(&[0x3b, 1, 2, 0, 12, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend_from_slice(&[0, 0, 0, 0]);
    tiff.extend_from_slice(CANARY.as_bytes());
    tiff.extend_from_slice(b" GPS 46.81,-71.20 ");
    [&b"Exif\0\0"[..], &tiff, &jpeg()].concat()
}

/// The same picture with something hidden everywhere.
pub fn jpeg_that_tells(orientation: u8) -> Vec<u8> {
    let plain = jpeg();
    let (start, rest) = plain.split_at(20);
    let canary = |head: &[u8]| [head, CANARY.as_bytes()].concat();
    let thumbnail = [&b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01"[..], b"\x01\x02\x03"].concat();
    [
        &start[..2],
        &segment(0xe0, &thumbnail),
        &segment(0xe0, &canary(b"JFXX\0\x10")),
        &segment(0xe1, &exif(orientation)),
        &segment(0xe1, &canary(b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>")),
        &segment(0xe2, &canary(b"MPF\0")),
        &segment(0xed, &canary(b"Photoshop 3.0\08BIM\x04\x04")),
        &segment(0xee, &canary(b"Adobe\0\x64\0\0\0\0\0")),
        &segment(0xfe, &canary(b"")),
        rest,
        b"PK\x03\x04<script>",
        CANARY.as_bytes(),
        &plain,
    ]
    .concat()
}

// --- PNG -------------------------------------------------------------------------------------------------------------

pub fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let summed = [&name[..], body].concat();
    let length = u32::try_from(body.len()).expect("a chunk").to_be_bytes();
    [&length[..], &summed, &crc32fast::hash(&summed).to_be_bytes()].concat()
}

pub fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).expect("memory");
    encoder.finish().expect("memory")
}

pub fn png_header(width: u32, height: u32) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat()
}

/// Four by three points, with its density.
pub fn png() -> Vec<u8> {
    let raw: Vec<u8> =
        (0..3_u8).flat_map(|row| std::iter::once(0).chain((0..12).map(move |at| row * 40 + at))).collect();
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &png_header(4, 3)),
        &chunk(b"pHYs", &[0, 0, 14, 196, 0, 0, 14, 196, 1]),
        &chunk(b"IDAT", &zlib(&raw)),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

/// The same picture with something hidden everywhere.
pub fn png_that_tells() -> Vec<u8> {
    let plain = png();
    let (head, rest) = plain.split_at(8 + 25);
    let (middle, end) = rest.split_at(rest.len() - 12);
    let canary = |head: &[u8]| [head, CANARY.as_bytes()].concat();
    // After the coded data, in its own chunk.
    let data_at = 21;
    let (density, data) = middle.split_at(data_at);
    let coded = &data[8..data.len() - 4];
    [
        head,
        &chunk(b"tEXt", &canary(b"Author\0")),
        &chunk(b"zTXt", &[&b"Comment\0\0"[..], &zlib(CANARY.as_bytes())].concat()),
        &chunk(b"iTXt", &canary(b"XML:com.adobe.xmp\0\0\0\0\0")),
        &chunk(b"eXIf", &canary(b"II\x2a\0")),
        &chunk(b"tIME", &[7, 234, 11, 20, 9, 30, 0]),
        &chunk(b"prVt", CANARY.as_bytes()),
        density,
        &chunk(b"IDAT", &coded[..5]),
        &chunk(b"IDAT", &canary(&coded[5..])),
        &chunk(b"tEXt", &canary(b"Comment\0")),
        end,
        b"<!doctype html><script>",
        CANARY.as_bytes(),
    ]
    .concat()
}

// --- JPEG 2000 and GIF, which come inside other files ------------------------------------------------------------------

const JP2: &str = "\
    0000000c6a5020200d0a870a00000014667479706a703220000000006a7032200000002d6a7032680000001669686472000000080000\
    00100003070700000000000f636f6c7201000000000010000000ce6a703263ff4fff51002f0000000000100000000800000000000000\
    00000000100000000800000000000000000003070101070101070101ff52000c00000001000304040001ff5c000d4040484850484850\
    484850ff640025000143726561746564206279204f70656e4a5045472076657273696f6e20322e352e34ff90000a00000000004d0001\
    ff93df80200713ff7fc7d4060851bf80c7da04000b91a7e0060273a380c3ea0300158689a3ed05000b4174894f80c1f38400369dff7f\
    a0f9c30003849236706f80ffd9";

/// With a comment in its coded picture and a box of XML.
pub fn jpeg2000_that_tells() -> Vec<u8> {
    let plain = hex::decode(JP2).expect("a picture");
    let xml = [&b"xml <meta>"[..], CANARY.as_bytes()].concat();
    let (head, rest) = plain.split_at(plain.len() - 0xce);
    [head, &u32::try_from(xml.len() + 4).expect("a box").to_be_bytes(), &xml, rest].concat()
}

pub fn gif_that_tells() -> Vec<u8> {
    let comment = [&[0x21, 0xfe, u8::try_from(CANARY.len()).expect("short")][..], CANARY.as_bytes(), &[0]].concat();
    [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"[..],
        &comment,
        b"\x21\xff\x0bXMP DataXMP\x03abc\0",
        b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b",
        CANARY.as_bytes(),
    ]
    .concat()
}

// --- PDF -------------------------------------------------------------------------------------------------------------

/// Objects from 1 on, the first being the catalogue; a stream is given with its dictionary.
pub fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let size = objects.len() + 1;
    out.extend_from_slice(table.as_bytes());
    out.extend_from_slice(
        format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    out
}

pub fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    [format!("<<{dict}/Length {}>>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

fn shown(text: &str) -> Vec<u8> {
    stream("", format!("BT /F1 24 Tf 72 700 Td ({text}) Tj ET").as_bytes())
}

const FONT: &[u8] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
const PAGES: &[u8] = b"<</Type/Pages/Kids[3 0 R]/Count 1>>";

/// One page that shows a text.
pub fn pdf(text: &str) -> Vec<u8> {
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>";
    pdf_of(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), PAGES.to_vec(), page.to_vec(), shown(text), FONT.to_vec()], "")
}

/// A page with a comment, links, a picture and a form, and something hidden everywhere.
pub fn pdf_that_tells(text: &str) -> Vec<u8> {
    let c = CANARY;
    let xmp = stream("/Type/Metadata/Subtype/XML", format!("<x:xmpmeta>{c}</x:xmpmeta>").as_bytes());
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>/XObject<</AA 9 0 R/Im2 17 0 R>>>>\
         /Contents 4 0 R/LastModified(D:20261120{c})/PieceInfo<</App<</Private({c})>>>>/Metadata 6 0 R/Thumb 9 0 R\
         /AA<</O<</S/JavaScript/JS(app.alert\\({c}\\))>>>>/Annots[10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R]>>"
    );
    let objects: Vec<Vec<u8>> = vec![
        format!(
            "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/OpenAction<</S/JavaScript/JS({c})>>/Lang(fr-CA)\
             /Names<</JavaScript<</Names[(x) <</S/JavaScript/JS 8 0 R>>]>>/EmbeddedFiles<</Names[(x) 7 0 R]>>>>\
             /AcroForm<</Fields[15 0 R 16 0 R]/XFA({c})/SigFlags 3>>/AF[7 0 R]/Perms<</DocMDP 18 0 R>>/{c} true>>"
        )
        .into_bytes(),
        PAGES.to_vec(),
        page.into_bytes(),
        shown(text),
        FONT.to_vec(),
        xmp,
        format!("<</Type/Filespec/F({c}.exe)/EF<</F 8 0 R>>>>").into_bytes(),
        stream("/Type/EmbeddedFile", c.as_bytes()),
        stream(
            "/Type/XObject/Subtype/Image/Width 16/Height 8/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
            &jpeg_that_tells(6),
        ),
        format!(
            "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Remarque)/T({c})/M(D:2026{c})/CreationDate({c})/NM({c})>>"
        )
        .into_bytes(),
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://exemple.quebec/page)>>>>".to_vec(),
        format!("<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(file:///C:/Users/{c}/x.docx)>>>>").into_bytes(),
        format!("<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F({c}.exe)>>>>").into_bytes(),
        format!("<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 7 0 R/Contents({c})>>").into_bytes(),
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(montant)/V(125 $)/Rect[0 0 9 9]/P 3 0 R>>".to_vec(),
        b"<</FT/Sig/T(signature)/V 18 0 R>>".to_vec(),
        stream(
            "/Type/XObject/Subtype/Image/Width 16/Height 8/ColorSpace/DeviceRGB/BitsPerComponent 8\
             /Filter[/FlateDecode/DCTDecode]",
            &zlib(&jpeg_that_tells(1)),
        ),
        format!("<</Type/Sig/Name({c})/ByteRange[0 1 2 3]/Contents<00>>>").into_bytes(),
        format!("<</Author({c})/Creator({c})/Title({c})/CreationDate(D:2026)>>").into_bytes(),
    ];
    // A later revision changes the text: the earlier one stays in the file.
    let earlier = shown(&format!("Avant {c}"));
    let mut objects = objects;
    let last = std::mem::replace(&mut objects[3], earlier);
    let mut out = pdf_of(&objects, &format!("/Info 19 0 R/ID[({c})({c})]"));
    let previous = whole_start(&out);
    let at = out.len();
    out.extend_from_slice(&[b"4 0 obj\n", &last[..], b"\nendobj\n"].concat());
    let table = out.len();
    out.extend_from_slice(
        format!(
            "xref\n4 1\n{at:010} 00000 n \ntrailer\n<</Size 20/Root 1 0 R/Info 19 0 R/Prev {previous}>>\nstartxref\n{table}\n%%EOF\n"
        )
        .as_bytes(),
    );
    out.extend_from_slice(format!("<!doctype html><script>{c}</script>").as_bytes());
    out
}

/// What `startxref` says.
fn whole_start(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.rsplit("startxref\n")
        .next()
        .and_then(|rest| rest.lines().next())
        .and_then(|n| n.parse().ok())
        .expect("a number")
}

// --- DOCX ------------------------------------------------------------------------------------------------------------

pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let day = DateTime::from_date_and_time(2026, 11, 20, 9, 30, 0).expect("a day");
    for (name, content) in parts {
        package.start_file(*name, SimpleFileOptions::default().last_modified_time(day)).expect("memory");
        package.write_all(content).expect("memory");
    }
    package.finish().expect("memory").into_inner()
}

pub const DOCUMENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

fn types(more: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types \
         xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"jpg\" \
         ContentType=\"image/jpeg\"/><Override PartName=\"/word/document.xml\" ContentType=\"{DOCUMENT_TYPE}\"/>{more}</Types>"
    )
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub fn rels(links: &[(&str, &str, bool)]) -> String {
    let lines: String = links
        .iter()
        .zip(1..)
        .map(|((kind, target, outside), id)| {
            let mode = if *outside { " TargetMode=\"External\"" } else { "" };
            format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"{mode}/>")
        })
        .collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{lines}</Relationships>"
    )
}

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{body}</w:body></w:document>"
    )
}

/// One paragraph that shows a text.
pub fn docx(text: &str) -> Vec<u8> {
    docx_with(
        &document(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")),
        "",
        &[("officeDocument", "word/document.xml", false)],
        &[],
    )
}

/// A package around a document.
pub fn docx_with(document: &str, more: &str, links: &[(&str, &str, bool)], parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (types, rels) = (types(more), rels(links));
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", rels.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ];
    all.extend_from_slice(parts);
    package(&all)
}

/// The same paragraph with something hidden everywhere.
pub fn docx_that_tells(text: &str) -> Vec<u8> {
    let c = CANARY;
    let body = document(&format!(
        "<!-- {c} --><w:p w:rsidR=\"00{c}\" w:rsidRDefault=\"00{c}\"><w:ins w:id=\"1\" w:author=\"{c}\" w:date=\"2026-11-20T09:30:00Z{c}\">\
         <w:r w:rsidRPr=\"{c}\"><w:t>{text}</w:t></w:r></w:ins><pic:cNvPr id=\"0\" name=\"{c}.jpg\" descr=\"Un graphique\"/></w:p>"
    ));
    let properties = format!("<cp:coreProperties xmlns:cp=\"x\"><dc:creator>{c}</dc:creator></cp:coreProperties>");
    let app = format!("<Properties><Company>{c}</Company></Properties>");
    let custom = format!("<Properties><property name=\"{c}\"/></Properties>");
    let comments = format!(
        "<w:comments xmlns:w=\"x\"><w:comment w:id=\"0\" w:author=\"{c}\" w:initials=\"{c}\" w:date=\"{c}\"><w:p>\
         <w:r><w:t>Remarque</w:t></w:r></w:p></w:comment></w:comments>"
    );
    let settings = format!(
        "<w:settings xmlns:w=\"x\" xmlns:r=\"y\"><w:attachedTemplate r:id=\"rId1\"/><w:rsids><w:rsid w:val=\"{c}\"/></w:rsids>\
         <w:docVars><w:docVar w:name=\"{c}\" w:val=\"{c}\"/></w:docVars><w:zoom w:percent=\"100\"/></w:settings>"
    );
    let people = format!("<w15:people xmlns:w15=\"x\"><w15:person w15:author=\"{c}\"/></w15:people>");
    let settings_rels = rels(&[("attachedTemplate", &format!("file:///C:/Users/{c}/Normal.dotm"), true)]);
    let document_rels = rels(&[
        ("comments", "comments.xml", false),
        ("settings", "settings.xml", false),
        ("people", "people.xml", false),
        ("image", "media/image1.jpg", false),
        ("image", "/word/media/image2.png", false),
        ("customXml", "../customXml/item1.xml", false),
        ("hyperlink", "https://exemple.quebec/page", true),
        ("hyperlink", &format!("file:///C:/Users/{c}/autre.docx"), true),
    ]);
    let more = "<Override PartName=\"/docProps/custom.xml\" ContentType=\"custom\"/><Override PartName=\"/word/people.xml\" \
                ContentType=\"people\"/><Override PartName=\"/word/comments.xml\" ContentType=\"comments\"/>";
    let links = [
        ("officeDocument", "word/document.xml", false),
        ("core-properties", "docProps/core.xml", false),
        ("extended-properties", "docProps/app.xml", false),
        ("custom-properties", "docProps/custom.xml", false),
        ("thumbnail", "docProps/thumbnail.jpeg", false),
    ];
    let mut package = docx_with(
        &body,
        more,
        &links,
        &[
            ("docProps/core.xml", properties.as_bytes()),
            ("docProps/app.xml", app.as_bytes()),
            ("docProps/custom.xml", custom.as_bytes()),
            ("docProps/thumbnail.jpeg", &jpeg_that_tells(1)),
            ("word/comments.xml", comments.as_bytes()),
            ("word/settings.xml", settings.as_bytes()),
            ("word/people.xml", people.as_bytes()),
            ("word/_rels/document.xml.rels", document_rels.as_bytes()),
            ("word/_rels/settings.xml.rels", settings_rels.as_bytes()),
            ("word/media/image1.jpg", &jpeg_that_tells(6)),
            ("word/media/image2.png", &png_that_tells()),
            ("customXml/item1.xml", format!("<x>{c}</x>").as_bytes()),
            ("word/printerSettings1.bin", c.as_bytes()),
        ],
    );
    package.extend_from_slice(format!("<script>{c}</script>").as_bytes());
    package
}

// --- sending them ----------------------------------------------------------------------------------------------------

/// A form with fields and files, and its media type.
pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> (&'static str, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend_from_slice(
            format!("--x7f\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    for (name, file, content) in files {
        body.extend_from_slice(
            format!(
                "--x7f\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x7f--\r\n");
    ("multipart/form-data; boundary=x7f", body)
}
