//! The running text of a document part.

use super::super::colour::{Rgb, WHITE};
use super::super::format::find;
use super::super::hidden::HiddenReason;
use super::super::writer::Writer;
use super::super::xml::{Attributes, Handler};
use super::numbering::Numbering;
use super::styles::{RunProperties, Styles};

/// 3 half-points: nobody sets readable text in 1.5 points or less. Spacer paragraphs have 1 or 2, but no text.
const TINY: u32 = 3;

/// Elements whose content is not shown: deletions, field codes, the old state of changed properties, and the
/// fallback for readers that do not know text boxes.
const SKIPPED: &[&str] = &[
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "Fallback",
    "rPrChange",
    "pPrChange",
    "tcPrChange",
    "tblPrChange",
    "trPrChange",
    "sectPrChange",
    "tblGridChange",
    "numberingChange",
    "sectPr",
    "docPr",
    "cNvPr",
];

#[derive(Debug, Default)]
struct Paragraph {
    style: Option<String>,
    number: Option<u32>,
    level: Option<usize>,
    shading: Option<Option<Rgb>>,
    run: RunProperties,
    run_style: Option<String>,
    /// The list label has been written or there is none to write.
    labelled: bool,
}

/// Reads `w:body`, headers, footers and notes alike.
pub(super) struct Body<'a> {
    writer: &'a mut Writer,
    styles: &'a Styles,
    numbering: &'a mut Numbering,
    paragraphs: Vec<Paragraph>,
    /// Shading of the cells we are in, innermost last.
    cells: Vec<Option<Rgb>>,
    /// Text boxes that we are in.
    boxes: usize,
    /// Tables with a style, whose shading is not known here.
    styled_tables: Vec<bool>,
    in_text: usize,
    in_paragraph_properties: bool,
    in_run_properties: bool,
    skip: usize,
    /// A picture or shape lies behind the text, so white text may stand on anything.
    something_behind: bool,
    page: Rgb,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        writer: &'a mut Writer,
        styles: &'a Styles,
        numbering: &'a mut Numbering,
        xml: &[u8],
    ) -> Self {
        Self {
            writer,
            styles,
            numbering,
            paragraphs: Vec::new(),
            cells: Vec::new(),
            boxes: 0,
            styled_tables: Vec::new(),
            in_text: 0,
            in_paragraph_properties: false,
            in_run_properties: false,
            skip: 0,
            something_behind: find(xml, b"behindDoc=\"1\"").is_some()
                || find(xml, b"z-index:-").is_some(),
            page: WHITE,
        }
    }

    fn hidden(&self) -> Option<HiddenReason> {
        let paragraph = self.paragraphs.last()?;
        let style = self.styles.paragraph(paragraph.style.as_deref());
        let mut run = paragraph.run.clone();
        if let Some(named) = paragraph
            .run_style
            .as_deref()
            .and_then(|id| self.styles.character(id))
        {
            run = run.over(&named.run);
        }
        if let Some(style) = style {
            run = run.over(&style.run);
        }
        run = run.over(self.styles.defaults());
        if run.vanish == Some(true) {
            return Some(HiddenReason::Marked);
        }
        if run.size.is_some_and(|size| size <= TINY) {
            return Some(HiddenReason::Tiny);
        }
        let colour = run.colour.flatten()?;
        let own_ground = run
            .shading
            .flatten()
            .or(paragraph.shading.flatten())
            .or(style.and_then(|style| style.shading.flatten()))
            .or(self.cells.iter().rev().find_map(|shading| *shading));
        let unknown_ground = self.something_behind
            || self.boxes > 0
            || self.styled_tables.iter().any(|&styled| styled);
        let ground = match own_ground {
            Some(ground) => ground,
            None if unknown_ground => return None,
            None => self.page,
        };
        colour.vanishes_on(ground).then_some(HiddenReason::Colour)
    }

    fn write(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(reason) = self.hidden() {
            self.writer.hide(reason, text);
            return;
        }
        self.label();
        self.writer.push(text);
    }

    /// The list label goes before the first text, so that empty items leave no trace.
    fn label(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        if paragraph.labelled {
            return;
        }
        paragraph.labelled = true;
        let style = self.styles.paragraph(paragraph.style.as_deref());
        let number = paragraph.number.or(style.and_then(|style| style.numbering));
        let level = paragraph
            .level
            .or(style.and_then(|style| style.level))
            .unwrap_or(0);
        if let Some(label) = number.and_then(|number| self.numbering.label(number, level)) {
            self.writer.push(&label);
        }
    }

    fn property(&mut self, name: &str, attributes: &Attributes) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let value = attributes.get("val");
        if self.in_run_properties {
            // Properties of the paragraph mark say nothing about the text.
            if !self.in_paragraph_properties {
                match name {
                    "rStyle" => paragraph.run_style = value.map(str::to_owned),
                    _ => paragraph.run.set(name, attributes),
                }
            }
            return;
        }
        match name {
            "pStyle" => paragraph.style = value.map(str::to_owned),
            "numId" => paragraph.number = value.and_then(|value| value.parse().ok()),
            "ilvl" => paragraph.level = value.and_then(|value| value.parse().ok()),
            "shd" => paragraph.shading = Some(attributes.get("fill").and_then(Rgb::from_hex)),
            _ => {}
        }
    }
}

impl Handler for Body<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        if self.skip > 0 || SKIPPED.contains(&name) {
            self.skip += 1;
            return;
        }
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_paragraph_properties = true,
            "rPr" => self.in_run_properties = true,
            _ if self.in_run_properties || self.in_paragraph_properties => {
                self.property(name, attributes)
            }
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run = RunProperties::default();
                    paragraph.run_style = None;
                }
            }
            "t" => self.in_text += 1,
            "tab" | "ptab" => self.write("\t"),
            "br" | "cr" => self.writer.line_break(),
            "noBreakHyphen" => self.write("-"),
            "sym" => {
                let code = attributes
                    .get("char")
                    .and_then(|hex| u32::from_str_radix(hex, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.write(c.encode_utf8(&mut [0; 4]));
                }
            }
            "background" => {
                if let Some(page) = attributes.get("color").and_then(Rgb::from_hex) {
                    self.page = page;
                }
            }
            "tbl" => self.styled_tables.push(false),
            "tblStyle" => {
                if let Some(styled) = self.styled_tables.last_mut() {
                    // The plain grid has no shading.
                    *styled = !matches!(attributes.get("val"), Some("TableGrid" | "TableNormal"));
                }
            }
            "tr" => self.writer.begin_row(),
            "tc" => {
                self.writer.begin_cell();
                self.cells.push(None);
            }
            // Inside a paragraph's properties it was taken above, so this one is the cell's.
            "shd" => {
                if let Some(cell) = self.cells.last_mut() {
                    *cell = attributes.get("fill").and_then(Rgb::from_hex);
                }
            }
            "txbxContent" => {
                self.boxes += 1;
                self.writer.begin_aside();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skip == 0 && self.in_text > 0 {
            // Line breaks inside w:t are spaces to Word.
            if text.contains(['\n', '\r']) {
                self.write(&text.replace(['\n', '\r'], " "));
            } else {
                self.write(text);
            }
        }
    }

    fn end(&mut self, name: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "p" => {
                self.paragraphs.pop();
                self.writer.end_paragraph();
            }
            "pPr" => self.in_paragraph_properties = false,
            "rPr" => self.in_run_properties = false,
            "t" => self.in_text = self.in_text.saturating_sub(1),
            "tbl" => {
                self.styled_tables.pop();
            }
            "tr" => self.writer.end_row(),
            "tc" => {
                self.cells.pop();
                self.writer.end_cell();
            }
            "txbxContent" => {
                self.boxes = self.boxes.saturating_sub(1);
                self.writer.end_aside();
            }
            _ => {}
        }
    }

    fn is_done(&self) -> bool {
        self.writer.is_full()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::super::tidy::Written;
    use super::super::super::xml::parse;
    use super::*;

    fn read(xml: &str) -> Written {
        let limits = Limits::default();
        let mut writer = Writer::new(10_000);
        let (styles, mut numbering) = (Styles::default(), Numbering::default());
        let mut body = Body::new(&mut writer, &styles, &mut numbering, xml.as_bytes());
        parse(
            "document",
            format!("<w:body>{xml}</w:body>").as_bytes(),
            &limits,
            &mut body,
        )
        .unwrap();
        writer.finish()
    }

    #[test]
    fn what_is_kept_and_what_is_left_out() {
        for (xml, text) in [
            (
                "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b &amp; c</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>d</w:t></w:r></w:p>",
                "a\tb & c\n\nd\n",
            ),
            (
                "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
                "a\n",
            ),
            (
                "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>",
                "new\n",
            ),
            (
                "<w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
                "link\n",
            ),
            (
                "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>",
                "• item\n",
            ),
            (
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
                "a | b\n",
            ),
            (
                "<w:p><w:r><w:t>Jane</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>\
              </w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>\
              </mc:Fallback></mc:AlternateContent></w:p><w:p><w:r><w:t>Work</w:t></w:r></w:p>",
                "Jane\n\nbox\n\nWork\n",
            ),
        ] {
            assert_eq!(read(xml).text, text, "{xml}");
        }
    }

    #[test]
    fn hidden_runs_are_listed_and_left_out() {
        let run = |properties: &str| {
            format!(
                "<w:p><w:r><w:t>seen</w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>unseen</w:t></w:r></w:p>"
            )
        };
        for (properties, reason) in [
            ("<w:vanish/>", Some(HiddenReason::Marked)),
            ("<w:vanish w:val='0'/>", None),
            ("<w:color w:val='FFFFFF'/>", Some(HiddenReason::Colour)),
            ("<w:color w:val='FFFFFF'/><w:shd w:fill='000000'/>", None),
            ("<w:color w:val='auto'/>", None),
            ("<w:sz w:val='2'/>", Some(HiddenReason::Tiny)),
            (
                "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>",
                None,
            ),
        ] {
            let written = read(&run(properties));
            assert_eq!(
                written.hidden.first().map(|hidden| hidden.reason),
                reason,
                "{properties}"
            );
            assert_eq!(
                written.text.contains("unseen"),
                reason.is_none(),
                "{properties}"
            );
        }
        let cell = "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill='1F3864'/></w:tcPr><w:p><w:r><w:rPr><w:color w:val='FFFFFF'/>\
                    </w:rPr><w:t>white on blue</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        assert_eq!(read(cell).text, "white on blue\n");
    }
}
