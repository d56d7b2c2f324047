//! Text that a file holds and its page does not show: every way in every format. It is listed with its reason, it is not read, and it
//! moves no score.

use crate::samples::{doc_of, docx_of, pdf_of, scan, zip_of};
use skillscreen::document::{Format, HiddenReason, Limits, Note, extract};
use skillscreen::report::FlagCode;
use skillscreen::taxonomy::Skill;
use skillscreen::{JobProfile, Scratch, Screener, Taxonomy};

const SEEN: &str = "BT /F1 12 Tf 72 700 Td (seen) Tj ET\n";

#[test]
fn hidden_pdf_text_is_listed_and_left_out() {
    for (name, content, reason) in [
        ("plain", "BT /F1 12 Tf 72 600 Td (other) Tj ET", None),
        (
            "mode 3",
            "BT 3 Tr /F1 12 Tf 72 600 Td (other) Tj ET",
            Some(HiddenReason::Invisible),
        ),
        (
            "white",
            "1 g BT /F1 12 Tf 72 600 Td (other) Tj ET",
            Some(HiddenReason::Colour),
        ),
        (
            "nearly white",
            "0.99 g BT /F1 12 Tf 72 600 Td (other) Tj ET",
            Some(HiddenReason::Colour),
        ),
        (
            "light grey",
            "0.8 g BT /F1 12 Tf 72 600 Td (other) Tj ET",
            None,
        ),
        (
            "white on blue",
            "0 0 0.5 rg 50 580 300 50 re f 1 g BT /F1 12 Tf 72 600 Td (other) Tj ET",
            None,
        ),
        (
            "blue on blue",
            "0 0 0.5 rg 50 580 300 50 re f BT /F1 12 Tf 72 600 Td (other) Tj ET",
            Some(HiddenReason::Colour),
        ),
        (
            "tiny",
            "BT /F1 0.5 Tf 72 600 Td (other) Tj ET",
            Some(HiddenReason::Tiny),
        ),
        (
            "scaled to tiny",
            "q 0.05 0 0 0.05 0 0 cm BT /F1 12 Tf 1000 9000 Td (other) Tj ET Q",
            Some(HiddenReason::Tiny),
        ),
        (
            "squeezed",
            "BT 0.5 Tz /F1 12 Tf 72 600 Td (other) Tj ET",
            Some(HiddenReason::Tiny),
        ),
        (
            "flattened",
            "BT /F1 12 Tf 1 0 0 0.01 72 600 Tm (other) Tj ET",
            Some(HiddenReason::Tiny),
        ),
        (
            "condensed",
            "BT 60 Tz /F1 12 Tf 72 600 Td (other) Tj ET",
            None,
        ),
        (
            "scaled to size",
            "q 12 0 0 12 0 0 cm BT /F1 1 Tf 6 50 Td (other) Tj ET Q",
            None,
        ),
        (
            "off the page",
            "BT /F1 12 Tf 2000 600 Td (other) Tj ET",
            Some(HiddenReason::OffPage),
        ),
        (
            "clipped away",
            "q 0 0 50 50 re W n BT /F1 12 Tf 72 600 Td (other) Tj ET Q",
            Some(HiddenReason::OffPage),
        ),
        (
            "painted over",
            "BT /F1 12 Tf 72 600 Td (other) Tj ET 1 g 50 580 300 50 re f",
            Some(HiddenReason::Covered),
        ),
    ] {
        let document = extract(&pdf_of(&format!("{SEEN}{content}")), &Limits::default()).unwrap();
        let hidden = document.hidden();
        assert_eq!(hidden.first().map(|hidden| hidden.reason), reason, "{name}");
        assert_eq!(
            document.text().contains("other"),
            reason.is_none(),
            "{name}: {}",
            document.text()
        );
        assert!(document.text().contains("seen"), "{name}");
        if let Some(hidden) = hidden.first() {
            assert_eq!(
                (hidden.chars, hidden.sample.as_str()),
                (5, "other"),
                "{name}"
            );
        }
    }
}

#[test]
fn a_text_layer_over_a_scan_is_the_text() {
    let document = extract(
        &scan("BT 3 Tr /F1 12 Tf 72 600 Td (read by a machine) Tj ET"),
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(document.text(), "read by a machine\n");
    assert!(document.hidden().is_empty());
    assert_eq!(document.notes(), [Note::OcrLayer]);
}

const VISIBLE: &str = "Skills: payroll";
const HIDDEN: &str = "Skills: Excel and staff training";

fn docx_with(properties: &str) -> Vec<u8> {
    docx_of(&format!(
        "<w:document><w:body><w:p><w:r><w:t>{VISIBLE}</w:t></w:r></w:p><w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{HIDDEN}</w:t>\
         </w:r></w:p></w:body></w:document>"
    ))
}

fn odt_with(properties: &str) -> Vec<u8> {
    let xml = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"S\"><style:text-properties {properties}/>\
         </style:style></office:automatic-styles><office:body><office:text><text:p>{VISIBLE}</text:p><text:p><text:span \
         text:style-name=\"S\">{HIDDEN}</text:span></text:p></office:text></office:body></office:document-content>"
    );
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", xml.as_bytes()),
    ])
}

fn odt_hidden_paragraph() -> Vec<u8> {
    let xml = format!(
        "<office:document-content><office:body><office:text><text:p>{VISIBLE}</text:p><text:p><text:hidden-paragraph \
         text:condition=\"1\" text:is-hidden=\"true\"/>{HIDDEN}</text:p></office:text></office:body></office:document-content>"
    );
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", xml.as_bytes()),
    ])
}

fn rtf_with(properties: &str) -> Vec<u8> {
    format!(
        "{{\\rtf1\\ansi{{\\colortbl;\\red255\\green255\\blue255;}}{VISIBLE}\\par{{{properties} {HIDDEN}}}\\par}}"
    )
    .into_bytes()
}

fn html_with(style: &str) -> Vec<u8> {
    format!("<html><body><p>{VISIBLE}</p><p style=\"{style}\">{HIDDEN}</p></body></html>")
        .into_bytes()
}

fn pdf_with(before: &str) -> Vec<u8> {
    pdf_of(&format!(
        "BT /F1 12 Tf 72 700 Td ({VISIBLE}) Tj ET\nBT /F1 12 Tf 72 600 Td {before} ({HIDDEN}) Tj ET"
    ))
}

fn in_tags(text: &str) -> String {
    text.chars()
        .filter_map(|c| char::from_u32(0xe0000 + c as u32))
        .collect()
}

/// Every way to hide text that a format has, and the plain file last.
fn hiding() -> Vec<(Format, &'static str, Vec<u8>, Option<HiddenReason>)> {
    use HiddenReason::{Colour, Invisible, Marked, OffPage, TagCharacters, Tiny};
    let text = format!("{VISIBLE}\n{}\n", in_tags(HIDDEN));
    let tagged = docx_of(&format!(
        "<w:document><w:body><w:p><w:r><w:t>{VISIBLE}</w:t></w:r></w:p><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>",
        in_tags(HIDDEN)
    ));
    let doc = |properties: &[u8]| doc_of(VISIBLE, HIDDEN, properties);
    vec![
        (
            Format::Text,
            "tag characters",
            text.into_bytes(),
            Some(TagCharacters),
        ),
        (Format::Docx, "tag characters", tagged, Some(TagCharacters)),
        (
            Format::Docx,
            "vanish",
            docx_with("<w:vanish/>"),
            Some(Marked),
        ),
        (
            Format::Docx,
            "white",
            docx_with("<w:color w:val=\"FFFFFF\"/>"),
            Some(Colour),
        ),
        (
            Format::Docx,
            "tiny",
            docx_with("<w:sz w:val=\"2\"/>"),
            Some(Tiny),
        ),
        (Format::Docx, "plain", docx_with("<w:b/>"), None),
        (
            Format::Odt,
            "display none",
            odt_with("text:display=\"none\""),
            Some(Marked),
        ),
        (
            Format::Odt,
            "hidden paragraph",
            odt_hidden_paragraph(),
            Some(Marked),
        ),
        (
            Format::Odt,
            "white",
            odt_with("fo:color=\"#ffffff\""),
            Some(Colour),
        ),
        (
            Format::Odt,
            "tiny",
            odt_with("fo:font-size=\"1pt\""),
            Some(Tiny),
        ),
        (
            Format::Odt,
            "plain",
            odt_with("fo:font-size=\"11pt\""),
            None,
        ),
        // sprmCFVanish, sprmCIco white, sprmCCv white, sprmCHps of one point, sprmCFBold.
        (Format::Doc, "vanish", doc(&[0x3c, 0x08, 1]), Some(Marked)),
        (Format::Doc, "white", doc(&[0x42, 0x2a, 8]), Some(Colour)),
        (
            Format::Doc,
            "white in RGB",
            doc(&[0x70, 0x68, 255, 255, 255, 0]),
            Some(Colour),
        ),
        (Format::Doc, "tiny", doc(&[0x43, 0x4a, 2, 0]), Some(Tiny)),
        (Format::Doc, "plain", doc(&[0x35, 0x08, 1]), None),
        (Format::Rtf, "hidden", rtf_with("\\v"), Some(Marked)),
        (Format::Rtf, "white", rtf_with("\\cf1"), Some(Colour)),
        (Format::Rtf, "tiny", rtf_with("\\fs2"), Some(Tiny)),
        (Format::Rtf, "plain", rtf_with("\\b"), None),
        (
            Format::Html,
            "display none",
            html_with("display: none"),
            Some(Marked),
        ),
        (
            Format::Html,
            "invisible",
            html_with("visibility: hidden"),
            Some(Invisible),
        ),
        (
            Format::Html,
            "transparent",
            html_with("opacity: 0"),
            Some(Invisible),
        ),
        (
            Format::Html,
            "white",
            html_with("color: #fff"),
            Some(Colour),
        ),
        (
            Format::Html,
            "tiny",
            html_with("font-size: 1px"),
            Some(Tiny),
        ),
        (
            Format::Html,
            "off the page",
            html_with("position: absolute; left: -9999px"),
            Some(OffPage),
        ),
        (
            Format::Html,
            "without ink",
            html_with("color: transparent"),
            Some(Invisible),
        ),
        (
            Format::Html,
            "clipped away",
            html_with("position: absolute; clip: rect(0, 0, 0, 0)"),
            Some(OffPage),
        ),
        (Format::Html, "plain", html_with("font-weight: bold"), None),
        (Format::Pdf, "mode 3", pdf_with("3 Tr"), Some(Invisible)),
        (Format::Pdf, "white", pdf_with("1 g"), Some(Colour)),
        (Format::Pdf, "tiny", pdf_with("/F1 0.5 Tf"), Some(Tiny)),
        (
            Format::Pdf,
            "off the page",
            pdf_with("-3000 0 Td"),
            Some(OffPage),
        ),
        (Format::Pdf, "plain", pdf_with("0 g"), None),
    ]
}

fn screener() -> Screener {
    let mut taxonomy = Taxonomy::builder("small");
    for (id, label) in [
        ("payroll", "Payroll"),
        ("excel", "Excel"),
        ("training", "Staff training"),
    ] {
        taxonomy.skill(Skill::new(id, label));
    }
    let mut profile = JobProfile::builder("clerk");
    profile
        .skill("payroll", 1)
        .skill("excel", 2)
        .skill("training", 3);
    Screener::new(&taxonomy.build().unwrap(), &profile.build().unwrap()).unwrap()
}

#[test]
fn what_is_hidden_moves_no_score_in_any_format() {
    let screener = screener();
    let mut scratch = Scratch::default();
    let visible_only = screener.screen(VISIBLE);
    for (format, way, bytes, reason) in hiding() {
        let name = format!("{format}, {way}");
        let document = extract(&bytes, &Limits::default()).unwrap();
        assert_eq!(document.format(), format, "{name}");
        let reasons: Vec<_> = document.hidden().iter().map(|it| it.reason).collect();
        assert_eq!(reasons, Vec::from_iter(reason), "{name}");
        let report = screener.screen_document(&mut scratch, "", &document);
        let flag = report
            .flags
            .iter()
            .find(|flag| flag.code == FlagCode::HiddenText);
        assert_eq!(flag.is_some(), reason.is_some(), "{name}");
        assert!(report.skill("payroll").is_some(), "{name}");
        if reason.is_some() {
            assert_eq!(report.score, visible_only.score, "{name}");
            assert!(HIDDEN.starts_with(&document.hidden()[0].sample), "{name}");
        } else {
            assert!(report.skill("excel").is_some(), "{name}");
            assert!(report.score > visible_only.score, "{name}");
        }
    }
}

#[test]
fn characters_without_width_hide_no_skill() {
    let plain = screener().screen("Skills: payroll, Excel");
    for between in ['\u{200b}', '\u{200d}', '\u{2060}', '\u{ad}', '\u{feff}'] {
        let text: String = "payroll, Excel"
            .chars()
            .flat_map(|c| [c, between])
            .collect();
        let document = extract(format!("Skills: {text}").as_bytes(), &Limits::default()).unwrap();
        assert!(document.hidden().is_empty());
        let report = screener().screen(document.text());
        assert_eq!(report.score, plain.score, "{between:?}");
    }
}
