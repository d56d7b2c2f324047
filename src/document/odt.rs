//! OpenDocument texts.

use super::archive::Archive;
use super::colour::{Rgb, WHITE};
use super::format::Format;
use super::hidden::HiddenReason;
use super::limits::Limits;
use super::status::{ExtractError, Status};
use super::writer::{BULLET, Writer};
use super::xml::{self, Attributes, Handler};
use super::{Document, Note};
use std::collections::HashMap;

/// 1.5 points; see the same limit for DOCX.
const TINY_POINTS: f64 = 1.5;

pub(super) fn read(archive: &mut Archive<'_>, limits: &Limits) -> Result<Document, ExtractError> {
    if let Some(manifest) = archive.part("META-INF/manifest.xml")?
        && super::format::find(&manifest, b"encryption-data").is_some()
    {
        return Err(ExtractError::new(
            Status::Encrypted,
            "odt: protected by a password",
        ));
    }
    let Some(content) = archive.part("content.xml")? else {
        return Err(ExtractError::new(
            Status::Corrupt,
            "odt: no part content.xml",
        ));
    };
    let mut notes = Vec::new();
    let mut styles = Styles::default();
    let mut writer = Writer::new(limits.chars);
    let style_sheet = archive.part("styles.xml");
    match style_sheet {
        Ok(Some(sheet)) => {
            // Headers use styles of the sheet's end, so it is read twice: for the styles, then for the text.
            let outcome = xml::parse("styles.xml", &sheet, limits, &mut styles).and_then(|()| {
                let mut pages = Content::new(&mut writer, &styles);
                pages.frames_only = true;
                xml::parse("styles.xml", &sheet, limits, &mut pages)
            });
            match outcome {
                Err(error) if error.status() == Status::Corrupt => {
                    notes.push(Note::PartSkipped {
                        part: "styles.xml".to_owned(),
                    });
                }
                outcome => outcome?,
            }
        }
        Ok(None) => {}
        Err(error) if error.status() == Status::Corrupt => {
            notes.push(Note::PartSkipped {
                part: "styles.xml".to_owned(),
            });
        }
        Err(error) => return Err(error),
    }
    writer.release_asides();
    // Automatic styles of the content come before its text.
    let mut content_styles = Styles {
        by_name: styles.by_name.clone(),
        ..Styles::default()
    };
    xml::parse("content.xml", &content, limits, &mut content_styles)?;
    let mut body = Content::new(&mut writer, &content_styles);
    xml::parse("content.xml", &content, limits, &mut body)?;
    Document::written(Format::Odt, writer.finish(), notes)
}

#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    hidden: bool,
    colour: Option<Rgb>,
    ground: Option<Rgb>,
    points: Option<f64>,
}

/// All styles of a part, and which list levels are numbered.
#[derive(Debug, Default)]
struct Styles {
    by_name: HashMap<String, Style>,
    lists: HashMap<String, Vec<ListLevel>>,
    current: Option<String>,
    list: Option<String>,
}

#[derive(Clone, Debug)]
struct ListLevel {
    numbered: bool,
    start: u32,
    suffix: String,
    shown: bool,
}

/// 16 styles based on each other are followed.
const MAX_CHAIN: usize = 16;

impl Styles {
    fn find<T>(&self, name: &str, property: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut style = self.by_name.get(name)?;
        for _ in 0..MAX_CHAIN {
            if let Some(value) = property(style) {
                return Some(value);
            }
            style = self.by_name.get(style.parent.as_deref()?)?;
        }
        None
    }
}

impl Handler for Styles {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "style" => {
                // Families have separate names in principle; a clash only mixes up what is hidden.
                let own = attributes.get("name").unwrap_or_default().to_owned();
                let parent = attributes.get("parent-style-name").map(str::to_owned);
                self.by_name.insert(
                    own.clone(),
                    Style {
                        parent,
                        ..Style::default()
                    },
                );
                self.current = Some(own);
            }
            "text-properties"
            | "paragraph-properties"
            | "table-cell-properties"
            | "section-properties" => {
                let Some(style) = self
                    .current
                    .as_ref()
                    .and_then(|own| self.by_name.get_mut(own))
                else {
                    return;
                };
                if matches!(attributes.get("display"), Some("none" | "condition")) {
                    style.hidden = true;
                }
                if let Some(colour) = attributes.get("color").and_then(Rgb::from_hex) {
                    style.colour = Some(colour);
                }
                if let Some(ground) = attributes.get("background-color").and_then(Rgb::from_hex) {
                    style.ground = Some(ground);
                }
                if let Some(points) = attributes
                    .get("font-size")
                    .and_then(|size| size.strip_suffix("pt"))
                {
                    style.points = points.parse().ok();
                }
            }
            "list-style" => {
                let own = attributes.get("name").unwrap_or_default().to_owned();
                self.lists.insert(own.clone(), Vec::new());
                self.list = Some(own);
            }
            "list-level-style-number" | "list-level-style-bullet" | "list-level-style-image" => {
                let Some(levels) = self.list.as_ref().and_then(|own| self.lists.get_mut(own))
                else {
                    return;
                };
                if levels.len() < 16 {
                    let numbered = name == "list-level-style-number";
                    levels.push(ListLevel {
                        numbered,
                        start: attributes
                            .get("start-value")
                            .and_then(|v| v.parse().ok())
                            .unwrap_or(1),
                        suffix: attributes.get("num-suffix").unwrap_or_default().to_owned(),
                        shown: !numbered
                            || attributes
                                .get("num-format")
                                .is_some_and(|format| !format.is_empty()),
                    });
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn end(&mut self, name: &str) {
        match name {
            "style" => self.current = None,
            "list-style" => self.list = None,
            _ => {}
        }
    }
}

/// Elements whose content is not shown in the text.
const SKIPPED: &[&str] = &[
    "tracked-changes",
    "annotation",
    "note-citation",
    "forms",
    "title",
    "desc",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "ruby-text",
    "scripts",
    "font-face-decls",
    "automatic-styles",
    "dde-connection-decls",
    "hidden-text",
    "hidden-paragraph",
    "binary-data",
    "event-listeners",
    "meta",
];

/// The running text of a part.
struct Content<'a> {
    writer: &'a mut Writer,
    styles: &'a Styles,
    /// Names of paragraph, span and cell styles, with the element that each belongs to.
    open: Vec<(String, Option<String>)>,
    /// One entry a list level: its style and the count of its items.
    lists: Vec<(Option<String>, u32)>,
    /// The label of an item waits for its first text.
    label: Option<String>,
    paragraphs: usize,
    skip: usize,
    /// Reads only page headers and footers, as in the style sheet.
    frames_only: bool,
    inside_frame: bool,
    hidden_sections: usize,
    /// The paragraph holds a mark that hides all of it.
    hidden_paragraph: bool,
    section_marks: Vec<bool>,
}

impl<'a> Content<'a> {
    fn new(writer: &'a mut Writer, styles: &'a Styles) -> Self {
        Self {
            writer,
            styles,
            open: Vec::new(),
            lists: Vec::new(),
            label: None,
            paragraphs: 0,
            skip: 0,
            frames_only: false,
            inside_frame: false,
            hidden_sections: 0,
            hidden_paragraph: false,
            section_marks: Vec::new(),
        }
    }

    fn hidden(&self) -> Option<HiddenReason> {
        if self.hidden_sections > 0 || self.hidden_paragraph {
            return Some(HiddenReason::Marked);
        }
        let styles = || {
            self.open
                .iter()
                .rev()
                .filter_map(|(_, style)| style.as_deref())
        };
        let first = |property: fn(&Style) -> Option<Rgb>| {
            styles().find_map(|name| self.styles.find(name, property))
        };
        if styles().any(|name| {
            self.styles
                .find(name, |style| style.hidden.then_some(()))
                .is_some()
        }) {
            return Some(HiddenReason::Marked);
        }
        let points = styles().find_map(|name| self.styles.find(name, |style| style.points));
        if points.is_some_and(|points| points <= TINY_POINTS) {
            return Some(HiddenReason::Tiny);
        }
        let colour = first(|style| style.colour)?;
        let ground = first(|style| style.ground);
        // Text in a frame may stand on the frame's own fill, which is not read.
        if ground.is_none()
            && self
                .open
                .iter()
                .any(|(name, _)| name == "frame" || name == "custom-shape")
        {
            return None;
        }
        colour
            .vanishes_on(ground.unwrap_or(WHITE))
            .then_some(HiddenReason::Colour)
    }

    fn write(&mut self, text: &str, collapse: bool) {
        if let Some(reason) = self.hidden() {
            self.writer.hide(reason, text);
            return;
        }
        if !text.trim().is_empty()
            && let Some(label) = self.label.take()
        {
            self.writer.push(&label);
        }
        if collapse {
            self.writer.push_collapsed(text)
        } else {
            self.writer.push(text)
        }
    }

    fn begin_item(&mut self, header: bool) {
        let depth = self.lists.len();
        let Some((_, count)) = self.lists.last_mut() else {
            return;
        };
        *count += 1;
        let count = *count;
        let style = self
            .lists
            .iter()
            .rev()
            .find_map(|(style, _)| style.as_deref());
        let level = style
            .and_then(|style| self.styles.lists.get(style))
            .and_then(|levels| levels.get(depth - 1));
        self.label = match level {
            _ if header => None,
            Some(level) if !level.shown => None,
            Some(level) if level.numbered => {
                let number = level.start.saturating_add(count - 1);
                Some(format!("{number}{} ", level.suffix))
            }
            _ => Some(BULLET.to_owned()),
        };
    }
}

enum PageFrame {
    Header,
    Footer,
}

/// Elements of a master page that hold what is repeated on each page.
fn page_frame(name: &str) -> Option<PageFrame> {
    match name {
        "header" | "header-left" | "header-first" => Some(PageFrame::Header),
        "footer" | "footer-left" | "footer-first" => Some(PageFrame::Footer),
        _ => None,
    }
}

impl Handler for Content<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        if self.frames_only {
            if page_frame(name).is_some() {
                self.inside_frame = true;
                self.writer.begin_aside();
                return;
            }
            if !self.inside_frame {
                return;
            }
        }
        if self.skip > 0 || SKIPPED.contains(&name) {
            self.hidden_paragraph |= self.skip == 0
                && name == "hidden-paragraph"
                && attributes.get("is-hidden") == Some("true");
            self.skip += 1;
            return;
        }
        let style = attributes.get("style-name").map(str::to_owned);
        match name {
            "p" | "h" => {
                self.paragraphs += 1;
                self.open.push((name.to_owned(), style));
            }
            "span" | "a" | "frame" | "custom-shape" => self.open.push((name.to_owned(), style)),
            "s" => {
                let count = attributes
                    .get("c")
                    .and_then(|c| c.parse().ok())
                    .unwrap_or(1usize);
                self.write(&" ".repeat(count.min(100)), false);
            }
            "tab" => self.write("\t", false),
            "line-break" => self.writer.line_break(),
            "list" => self.lists.push((style, 0)),
            "list-item" => self.begin_item(false),
            "list-header" => self.begin_item(true),
            "section" => {
                let hidden = attributes.get("display") == Some("none")
                    || style.is_some_and(|name| {
                        self.styles
                            .find(&name, |s| s.hidden.then_some(()))
                            .is_some()
                    });
                self.hidden_sections += usize::from(hidden);
                self.section_marks.push(hidden);
            }
            "table-row" => self.writer.begin_row(),
            "table-cell" => {
                self.writer.begin_cell();
                self.open.push((name.to_owned(), style));
            }
            "text-box" | "note" => self.writer.begin_aside(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skip == 0 && self.paragraphs > 0 {
            self.write(text, true);
        }
    }

    fn end(&mut self, name: &str) {
        if self.frames_only {
            match page_frame(name) {
                Some(PageFrame::Header) => self.writer.end_aside(),
                Some(PageFrame::Footer) => self.writer.end_aside_at_tail(),
                None => {}
            }
            if page_frame(name).is_some() {
                self.inside_frame = false;
                return;
            }
            if !self.inside_frame {
                return;
            }
        }
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.hidden_paragraph = false;
                self.open.pop();
                self.writer.end_paragraph();
            }
            "span" | "a" | "frame" | "custom-shape" => {
                self.open.pop();
            }
            "list" => {
                self.lists.pop();
            }
            "section" => {
                let hidden = self.section_marks.pop() == Some(true);
                self.hidden_sections -= usize::from(hidden);
            }
            "table-row" => self.writer.end_row(),
            "table-cell" => {
                self.open.pop();
                self.writer.end_cell();
            }
            "text-box" | "note" => self.writer.end_aside(),
            _ => {}
        }
    }

    fn is_done(&self) -> bool {
        self.writer.is_full()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> super::super::tidy::Written {
        let xml = format!(
            "<office:document-content><office:automatic-styles>\
             <style:style style:name='H'><style:text-properties text:display='none'/></style:style>\
             <style:style style:name='W'><style:text-properties fo:color='#ffffff'/></style:style>\
             <style:style style:name='WB' style:parent-style-name='W'><style:text-properties fo:background-color='#000000'/>\
             </style:style><style:style style:name='T'><style:text-properties fo:font-size='1pt'/></style:style>\
             <text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-suffix='.' style:num-format='1'/>\
             </text:list-style></office:automatic-styles><office:body>{body}</office:body></office:document-content>"
        );
        let limits = Limits::default();
        let mut styles = Styles::default();
        xml::parse("content", xml.as_bytes(), &limits, &mut styles).unwrap();
        let mut writer = Writer::new(10_000);
        xml::parse(
            "content",
            xml.as_bytes(),
            &limits,
            &mut Content::new(&mut writer, &styles),
        )
        .unwrap();
        writer.finish()
    }

    #[test]
    fn what_is_kept_and_what_is_left_out() {
        for (xml, text) in [
            (
                "<text:p>a<text:s text:c='2'/>b\n  c<text:tab/>d</text:p><text:p/><text:h>e</text:h>",
                "a  b c\td\n\ne\n",
            ),
            (
                "<text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>",
                "• x\n",
            ),
            (
                "<text:list text:style-name='L'><text:list-item><text:p>x</text:p></text:list-item>\
              <text:list-item><text:p>y</text:p></text:list-item></text:list>",
                "1. x\n2. y\n",
            ),
            (
                "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
              <table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>",
                "a | b\n",
            ),
            (
                "<text:tracked-changes><text:deletion><text:p>old</text:p></text:deletion></text:tracked-changes><text:p>new</text:p>",
                "new\n",
            ),
            (
                "<text:p>Jane<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame> Doe</text:p><text:p>x</text:p>",
                "Jane Doe\n\nbox\n\nx\n",
            ),
            (
                "<text:p><text:a>link</text:a><text:line-break/>next</text:p>",
                "link\nnext\n",
            ),
        ] {
            assert_eq!(read(xml).text, text, "{xml}");
        }
    }

    #[test]
    fn hidden_spans_are_listed_and_left_out() {
        for (style, reason) in [
            ("H", Some(HiddenReason::Marked)),
            ("W", Some(HiddenReason::Colour)),
            ("WB", None),
            ("T", Some(HiddenReason::Tiny)),
        ] {
            let written = read(&format!(
                "<text:p>seen <text:span text:style-name='{style}'>unseen</text:span></text:p>"
            ));
            assert_eq!(
                written.hidden.first().map(|hidden| hidden.reason),
                reason,
                "{style}"
            );
            assert_eq!(written.text.contains("unseen"), reason.is_none(), "{style}");
        }
    }
}
