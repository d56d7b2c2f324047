//! Text that a PDF holds and its page does not show. The other formats have their tables beside their readers.

use crate::samples::{pdf_of, scan};
use skillscreen::document::{HiddenReason, Limits, Note, extract};

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
