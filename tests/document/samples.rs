//! One small resume of an invented person in every format, and the builders for odd ones.

use skillscreen::document::Format;
use std::io::{Cursor, Read, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// What every reader must give, blank lines aside.
pub const LINES: [&str; 6] = [
    "Jane Doe",
    "Skills & tools",
    "• conflict resolution",
    "• Crème brûlée – C++",
    "Rust | 5 years",
    "References on request",
];

pub fn all() -> Vec<(Format, Vec<u8>)> {
    vec![
        (Format::Text, text()),
        (Format::Markdown, markdown()),
        (Format::Html, html()),
        (Format::Rtf, rtf()),
        (Format::Docx, docx()),
        (Format::Odt, odt()),
        (Format::Doc, doc()),
        (Format::Pdf, pdf()),
    ]
}

fn text() -> Vec<u8> {
    LINES.join("\r\n").into_bytes()
}

fn markdown() -> Vec<u8> {
    "# Jane Doe\n\n## Skills & tools\n\n• conflict **resolution**\n• Crème brûlée – C++\n\nRust | 5 years\n\nReferences on [request](x)\n"
        .into()
}

fn html() -> Vec<u8> {
    "<!doctype html><html><head><meta charset=utf-8><title>T</title></head><body><h1>Jane Doe</h1><h2>Skills &amp; tools\
     </h2><ul><li>conflict\n resolution<li>Cr&egrave;me br&ucirc;l&eacute;e &ndash; C++</ul><table><tr><td>Rust<td>5 years\
     </table><p>References on <a href=x>request</a></p></body></html>"
        .into()
}

fn rtf() -> Vec<u8> {
    br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}Jane Doe\par\b Skills & tools\b0\par{\listtext\'95\tab}conflict resolution\par
{\listtext\'95\tab}Cr\'e8me br\u251?l\'e9e \endash  C++\par\trowd\intbl Rust\cell 5 years\cell\row\pard References on
{\field{\*\fldinst HYPERLINK x}{\fldrslt  request}}\par}"
        .to_vec()
}

pub fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A DOCX whose document part is `xml`.
pub fn docx_of(xml: &str) -> Vec<u8> {
    zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", xml.as_bytes()),
    ])
}

fn docx() -> Vec<u8> {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let xml = format!(
        "<w:document><w:body>{}{}<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>{}{}<w:tbl><w:tr><w:tc>{}</w:tc>\
         <w:tc>{}</w:tc></w:tr></w:tbl></w:body></w:document>",
        p("Jane Doe"),
        p("Skills &amp; tools"),
        item("conflict resolution"),
        item("Cr&#xe8;me brûlée – C++"),
        p("Rust"),
        p("5 years"),
    );
    let rels = "<Relationships><Relationship Type=\"x/footer\" Target=\"footer1.xml\"/><Relationship Type=\"x/footer\" \
                Target=\"footer2.xml\"/></Relationships>";
    let footer = p("References on request");
    zip_of(&[
        ("word/document.xml", xml.as_bytes()),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
        ("word/footer1.xml", footer.as_bytes()),
        ("word/footer2.xml", footer.as_bytes()),
    ])
}

fn odt() -> Vec<u8> {
    let xml = "<office:document-content><office:body><office:text><text:h>Jane Doe</text:h><text:p>Skills &amp; tools</text:p>\
        <text:list><text:list-item><text:p>conflict resolution</text:p></text:list-item><text:list-item><text:p>Crème brûlée \
        –<text:s/>C++</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Rust</text:p>\
        </table:table-cell><table:table-cell><text:p>5 years</text:p></table:table-cell></table:table-row></table:table>\
        </office:text></office:body></office:document-content>";
    let styles = "<office:document-styles><office:master-styles><style:master-page><style:footer><text:p>References on \
        <text:span>request</text:span></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>";
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", xml.as_bytes()),
        ("styles.xml", styles.as_bytes()),
    ])
}

/// A Word 97 file: one piece of UTF-16 and one of Windows-1252, no property pages.
fn doc() -> Vec<u8> {
    let wide: Vec<u8> = "Jane Doe\rSkills & tools\r• conflict resolution\r• Crème brûlée – C++\r"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let narrow = b"Rust | 5 years\rReferences on \x13HYPERLINK x\x14request\x15\r";
    let (wide_chars, narrow_chars) = (wide.len() as u32 / 2, narrow.len() as u32);
    let mut main = vec![0u8; 0x400];
    main[0..2].copy_from_slice(&0xa5ecu16.to_le_bytes());
    main[2..4].copy_from_slice(&0x00c1u16.to_le_bytes());
    main[0x0a..0x0c].copy_from_slice(&0x0200u16.to_le_bytes());
    main[0x4c..0x50].copy_from_slice(&(wide_chars + narrow_chars).to_le_bytes());
    let mut plc = Vec::new();
    for cp in [0, wide_chars, wide_chars + narrow_chars] {
        plc.extend_from_slice(&cp.to_le_bytes());
    }
    for place in [0x400u32, ((0x400 + wide.len() as u32) * 2) | 0x4000_0000] {
        plc.extend_from_slice(&[0, 0]);
        plc.extend_from_slice(&place.to_le_bytes());
        plc.extend_from_slice(&[0, 0]);
    }
    let mut table = vec![2u8];
    table.extend_from_slice(&(plc.len() as u32).to_le_bytes());
    table.extend_from_slice(&plc);
    main[0x1a6..0x1aa].copy_from_slice(&(table.len() as u32).to_le_bytes());
    main.extend_from_slice(&wide);
    main.extend_from_slice(narrow);
    compound_of(&main, &table)
}

fn compound_of(main: &[u8], table: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/WordDocument")
        .unwrap()
        .write_all(main)
        .unwrap();
    file.create_stream("/1Table")
        .unwrap()
        .write_all(table)
        .unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A Word 97 file of two paragraphs, the second one with these properties of its characters.
pub fn doc_of(plain: &str, special: &str, properties: &[u8]) -> Vec<u8> {
    const TEXT: usize = 0x400;
    const PAGE: usize = 0x600;
    let text = format!("{plain}\r{special}\r");
    let places = [TEXT, TEXT + plain.len() + 1, TEXT + text.len()].map(|place| place as u32);
    let mut main = vec![0u8; PAGE + 512];
    main[0..2].copy_from_slice(&0xa5ecu16.to_le_bytes());
    main[2..4].copy_from_slice(&0x00c1u16.to_le_bytes());
    main[0x0a..0x0c].copy_from_slice(&0x0200u16.to_le_bytes());
    main[0x4c..0x50].copy_from_slice(&(text.len() as u32).to_le_bytes());
    main[TEXT..TEXT + text.len()].copy_from_slice(text.as_bytes());
    // A page of character properties: where stretches begin, where the block of each stands, the blocks, how many.
    let page = &mut main[PAGE..];
    for (at, place) in places.iter().enumerate() {
        page[at * 4..at * 4 + 4].copy_from_slice(&place.to_le_bytes());
    }
    page[13] = 100;
    page[200] = properties.len() as u8;
    page[201..201 + properties.len()].copy_from_slice(properties);
    page[511] = 2;
    // The table stream: pieces, then the list of pages.
    let mut pieces = Vec::new();
    for number in [0, text.len() as u32] {
        pieces.extend_from_slice(&number.to_le_bytes());
    }
    pieces.extend_from_slice(&[0, 0]);
    pieces.extend_from_slice(&((TEXT as u32 * 2) | 0x4000_0000).to_le_bytes());
    pieces.extend_from_slice(&[0, 0]);
    let mut table = vec![2u8];
    table.extend_from_slice(&(pieces.len() as u32).to_le_bytes());
    table.extend_from_slice(&pieces);
    let pages = table.len() as u32;
    main[0x1a6..0x1aa].copy_from_slice(&pages.to_le_bytes());
    for number in [places[0], places[2], (PAGE / 512) as u32] {
        table.extend_from_slice(&number.to_le_bytes());
    }
    main[0xfa..0xfe].copy_from_slice(&pages.to_le_bytes());
    main[0xfe..0x102].copy_from_slice(&12u32.to_le_bytes());
    compound_of(&main, &table)
}

fn pdf() -> Vec<u8> {
    // Codes of WinAnsiEncoding in octal: bullet, letters with accents, dash.
    let lines = [
        "Jane Doe",
        "Skills & tools",
        r"\225 conflict resolution",
        r"\225 Cr\350me br\373l\351e \226 C++",
        "Rust | 5 years",
        "References on request",
    ];
    let mut content = String::new();
    for (at, line) in lines.iter().enumerate() {
        content += &format!("BT /F1 12 Tf 72 {} Td ({line}) Tj ET\n", 720 - 16 * at);
    }
    pdf_of(&content)
}

/// The main parts of the DOCX and the ODT, by their names in the archive.
pub fn document_parts() -> Vec<(&'static str, Vec<u8>)> {
    [("word/document.xml", docx()), ("content.xml", odt())]
        .into_iter()
        .map(|(name, bytes)| {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut part = Vec::new();
            archive
                .by_name(name)
                .unwrap()
                .read_to_end(&mut part)
                .unwrap();
            (name, part)
        })
        .collect()
}

/// A PDF of one page with that content stream and the font Helvetica as `/F1`.
pub fn pdf_of(content: &str) -> Vec<u8> {
    build_pdf(&[content.as_bytes().to_vec()], "")
}

/// Pages that say "page 1", "page 2" and so on.
pub fn pages(count: usize) -> Vec<u8> {
    let contents: Vec<Vec<u8>> = (1..=count)
        .map(|page| format!("BT /F1 12 Tf 72 700 Td (page {page}) Tj ET").into_bytes())
        .collect();
    build_pdf(&contents, "")
}

/// A page under a picture, with more content after it.
pub fn scan(content: &str) -> Vec<u8> {
    let picture = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n\u{7f}\nendstream";
    build_pdf(
        &[format!("q 612 0 0 792 0 0 cm /I1 Do Q\n{content}").into_bytes()],
        picture,
    )
}

fn build_pdf(contents: &[Vec<u8>], picture: &str) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = Vec::new();
    let kids: Vec<String> = (0..contents.len())
        .map(|page| format!("{} 0 R", 5 + 2 * page))
        .collect();
    objects.push(b"<</Type/Catalog/Pages 2 0 R>>".to_vec());
    objects.push(
        format!(
            "<</Type/Pages/Count {}/Kids[{}]>>",
            contents.len(),
            kids.join(" ")
        )
        .into_bytes(),
    );
    objects
        .push(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec());
    objects.push(if picture.is_empty() {
        b"null".to_vec()
    } else {
        picture.as_bytes().to_vec()
    });
    for (page, content) in contents.iter().enumerate() {
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</I1 4 0 R>>>>>>",
                6 + 2 * page
            )
            .into_bytes(),
        );
        let mut stream = format!("<</Length {}>>\nstream\n", content.len()).into_bytes();
        stream.extend_from_slice(content);
        stream.extend_from_slice(b"\nendstream");
        objects.push(stream);
    }
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend_from_slice(
        format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes(),
    );
    for place in places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let trailer = format!(
        "trailer <</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    out.extend_from_slice(trailer.as_bytes());
    out
}
