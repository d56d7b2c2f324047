//! HTML pages: a linear tokenizer and the rules for what makes a line.
//!
//! Own code, because the tree builders at hand take time quadratic in nesting or in attributes, and because
//! for text alone no tree is needed.

mod style;
mod token;
mod value;

use super::Document;
use super::colour::{Rgb, WHITE};
use super::encoding::decode;
use super::format::{Format, find};
use super::hidden::HiddenReason;
use super::limits::Limits;
use super::status::{ExtractError, Status};
use super::writer::{BULLET, Writer};
use style::{Look, StyleSheet};
use token::{Tag, Token, Tokens};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    let declared = declared_encoding(bytes);
    let decoded = decode(bytes, declared.as_deref())?;
    let mut page = Page::new(limits);
    for token in Tokens::new(&decoded.text) {
        match token {
            Token::Text(text) => page.text(text),
            Token::Start(tag) => page.start(&tag),
            Token::End(name) => page.end(&name),
            Token::Style(css) => page.sheet.add(css),
        }
        if page.sheet.is_spent() {
            let message = "html: style rules for too many elements";
            return Err(ExtractError::new(Status::Limit, message));
        }
        if page.writer.is_full() {
            break;
        }
    }
    Ok(
        Document::written(Format::Html, page.writer.finish(), Vec::new())?
            .with_encoding(decoded.encoding),
    )
}

/// The label after `charset=` in the first kilobyte, where the standard wants it.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let at = find(&head, b"charset=")? + "charset=".len();
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .take(40)
        .collect();
    String::from_utf8(label).ok()
}

/// 512 elements inside each other are followed; deeper ones take the look of the deepest.
const MAX_DEPTH: usize = 512;

#[derive(Debug)]
struct Open {
    name: String,
    look: Look,
    /// In a list: the next number, or none for bullets.
    list: Option<u32>,
    skipped: bool,
}

struct Page {
    writer: Writer,
    sheet: StyleSheet,
    open: Vec<Open>,
    /// Elements open beyond the stack.
    deeper: usize,
    label: Option<String>,
    preformatted: usize,
}

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "caption",
    "ul",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "option",
];

/// Elements with a gap around them.
const SPACED: &[&str] = &[
    "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "hr",
];

/// Elements whose content is no text of the page.
const SKIPPED: &[&str] = &[
    "head", "script", "template", "svg", "math", "object", "iframe", "canvas", "audio", "video",
    "select", "datalist", "noembed", "noframes", "noscript",
];

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

impl Page {
    fn new(limits: &Limits) -> Self {
        Self {
            writer: Writer::new(limits.chars),
            sheet: StyleSheet::default(),
            open: Vec::new(),
            deeper: 0,
            label: None,
            preformatted: 0,
        }
    }

    fn text(&mut self, text: &str) {
        let (look, skipped) = self
            .open
            .last()
            .map_or((Look::default(), false), |open| (open.look, open.skipped));
        if skipped {
            return;
        }
        let decoded = htmlize::unescape(text);
        if let Some(reason) = hidden(&look) {
            self.writer.hide(reason, &decoded);
            return;
        }
        if !decoded.trim().is_empty()
            && let Some(label) = self.label.take()
        {
            self.writer.push(&label);
        }
        if self.preformatted > 0 {
            self.writer.push(&decoded)
        } else {
            self.writer.push_collapsed(&decoded)
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        self.close_implied(name);
        match name {
            "br" => {
                if self.is_shown() {
                    self.writer.line_break();
                }
                return;
            }
            "hr" => {
                if self.is_shown() {
                    self.writer.blank_line();
                }
                return;
            }
            _ if VOID.contains(&name) => return,
            _ => {}
        }
        if self.open.len() >= MAX_DEPTH {
            self.deeper += 1;
            return;
        }
        let (mut look, skipped) = self
            .open
            .last()
            .map_or((Look::default(), false), |open| (open.look, open.skipped));
        self.sheet.apply(&mut look, tag);
        let skipped = skipped || SKIPPED.contains(&name);
        if !skipped {
            self.begin(name, tag);
        }
        let list = (name == "ol").then(|| {
            tag.get("start")
                .and_then(|start| start.parse().ok())
                .unwrap_or(1)
        });
        self.open.push(Open {
            name: name.to_owned(),
            look,
            list,
            skipped,
        });
    }

    fn is_shown(&self) -> bool {
        self.open
            .last()
            .is_none_or(|open| !open.skipped && hidden(&open.look).is_none())
    }

    fn begin(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "tr" => self.writer.begin_row(),
            "td" | "th" => self.writer.begin_cell(),
            "pre" | "textarea" => {
                self.writer.fresh_line();
                self.preformatted += 1;
            }
            "li" => {
                self.writer.fresh_line();
                let list = self
                    .open
                    .iter_mut()
                    .rev()
                    .find(|open| matches!(open.name.as_str(), "ol" | "ul" | "menu"));
                self.label = Some(match list.and_then(|open| open.list.as_mut()) {
                    Some(next) => {
                        if let Some(value) = tag.get("value").and_then(|value| value.parse().ok()) {
                            *next = value;
                        }
                        let label = format!("{next}. ");
                        *next = next.saturating_add(1);
                        label
                    }
                    None => BULLET.to_owned(),
                });
            }
            _ if SPACED.contains(&name) => self.writer.blank_line(),
            _ if BLOCKS.contains(&name) => self.writer.fresh_line(),
            _ => {}
        }
    }

    /// Tags that HTML lets a writer leave out.
    fn close_implied(&mut self, name: &str) {
        let in_head = |name: &str| {
            matches!(
                name,
                "head"
                    | "meta"
                    | "title"
                    | "link"
                    | "style"
                    | "script"
                    | "base"
                    | "noscript"
                    | "template"
            )
        };
        // A head left open ends with the first thing of the body.
        if self.open.last().is_some_and(|open| open.name == "head") && !in_head(name)
            || name == "body"
        {
            while self.open.last().is_some_and(|open| open.name == "head") {
                self.pop();
            }
        }
        let closes: &[&str] = match name {
            "li" => &["li", "p"],
            "dt" | "dd" => &["dt", "dd", "p"],
            "td" | "th" => &["td", "th", "p"],
            "tr" => &["td", "th", "tr", "p"],
            "option" => &["option"],
            _ if BLOCKS.contains(&name) => &["p"],
            _ => return,
        };
        while self
            .open
            .last()
            .is_some_and(|open| closes.contains(&open.name.as_str()))
        {
            self.pop();
        }
    }

    fn end(&mut self, name: &str) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if name == "p" && !self.open.iter().any(|open| open.name == "p") {
            // A lone </p> is an empty paragraph.
            return self.writer.fresh_line();
        }
        // A stray end tag closes nothing; one across a table cell neither.
        let fence = self
            .open
            .iter()
            .rposition(|open| matches!(open.name.as_str(), "td" | "th" | "table"));
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            return;
        };
        if fence.is_some_and(|fence| at < fence)
            && !matches!(name, "tr" | "tbody" | "thead" | "table" | "body" | "html")
        {
            return;
        }
        while self.open.len() > at {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.skipped {
            return;
        }
        match open.name.as_str() {
            "tr" => self.writer.end_row(),
            "td" | "th" => self.writer.end_cell(),
            "p" if hidden(&open.look).is_none() => {
                // An empty paragraph is a gap.
                if self.writer.at_line_start() {
                    self.writer.blank_line()
                } else {
                    self.writer.fresh_line()
                }
            }
            "pre" | "textarea" => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.writer.fresh_line();
            }
            "li" => {
                self.label = None;
                self.writer.fresh_line();
            }
            name if SPACED.contains(&name) => self.writer.blank_line(),
            name if BLOCKS.contains(&name) => self.writer.fresh_line(),
            _ => {}
        }
    }
}

fn hidden(look: &Look) -> Option<HiddenReason> {
    if look.removed {
        return Some(HiddenReason::Marked);
    }
    if look.invisible {
        return Some(HiddenReason::Invisible);
    }
    if look.off_page {
        return Some(HiddenReason::OffPage);
    }
    if look.tiny || look.shrunk {
        return Some(HiddenReason::Tiny);
    }
    let ground = match (look.ground, look.ground_unknown) {
        (_, true) => return None,
        (ground, false) => ground.unwrap_or(WHITE),
    };
    if look.transparent {
        return Some(HiddenReason::Invisible);
    }
    look.colour
        .filter(|colour: &Rgb| colour.vanishes_on(ground))
        .map(|_| HiddenReason::Colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(html: &str) -> Result<Document, ExtractError> {
        read(html.as_bytes(), &Limits::default())
    }

    #[test]
    fn blocks_make_lines() {
        for (html, text) in [
            ("<p>a</p><p>b <b>c</b>d</p>", "a\nb cd\n"),
            ("<p>a<p><br></p><p>b", "a\n\nb\n"),
            (
                "<h2>Skills</h2><ul><li>Rust<li>C++</ul><p>x",
                "Skills\n\n• Rust\n• C++\nx\n",
            ),
            ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b\n"),
            ("<div>a<div>b</div>c</div>", "a\nb\nc\n"),
            (
                "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
                "a | b\nc | d\n",
            ),
            (
                "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>",
                "a\nb\n\nc\n",
            ),
            ("a &amp; b &eacute;&#8211;&nbsp;x", "a & b é–\u{a0}x\n"),
            ("<pre>a  b\n c</pre>", "a  b\n c\n"),
            (
                "<head><title>T</title></head><body>x<script>y<b></script><style>p{}</style>z",
                "xz\n",
            ),
            ("<html><head><title>T</title><head><body>x", "x\n"),
            (
                "<noscript>Switch scripts on</noscript><datalist><option>y</datalist>x",
                "x\n",
            ),
            ("a<!-- b -->c 1 < 2 <3", "ac 1 < 2 <3\n"),
            ("<a href='x>y'>link</a>", "link\n"),
        ] {
            assert_eq!(document(html).unwrap().text(), text, "{html}");
        }
    }

    #[test]
    fn hidden_elements_are_listed_and_left_out() {
        for (html, reason) in [
            ("<p hidden>unseen</p>", Some(HiddenReason::Marked)),
            (
                "<p style='display : none'>unseen</p>",
                Some(HiddenReason::Marked),
            ),
            (
                "<p style='visibility:hidden'>unseen</p>",
                Some(HiddenReason::Invisible),
            ),
            (
                "<p style='opacity:0'>unseen</p>",
                Some(HiddenReason::Invisible),
            ),
            (
                "<p style='font-size:0'>unseen</p>",
                Some(HiddenReason::Tiny),
            ),
            (
                "<p style='font-size:1px'>unseen</p>",
                Some(HiddenReason::Tiny),
            ),
            (
                "<p style='position:absolute;left:-9999px'>unseen</p>",
                Some(HiddenReason::OffPage),
            ),
            (
                "<p style='color:#fff'>unseen</p>",
                Some(HiddenReason::Colour),
            ),
            (
                "<font color=white>unseen</font>",
                Some(HiddenReason::Colour),
            ),
            (
                "<div style='background:#123'><p style='color:white'>unseen</p></div>",
                None,
            ),
            (
                "<div style='background:url(x)'><p style='color:white'>unseen</p></div>",
                None,
            ),
            (
                "<style>p.k{display:none}</style><p class='a k'>unseen</p>",
                Some(HiddenReason::Marked),
            ),
            (
                "<style>.k.l{display:none}</style><p class='a k'>unseen</p>",
                None,
            ),
            (
                "<style>@media screen{.x{top:0} .k{visibility:hidden}}</style><p class=k>unseen</p>",
                Some(HiddenReason::Invisible),
            ),
            (
                "<p style='display:/**/n&#111;ne'>unseen</p>",
                Some(HiddenReason::Marked),
            ),
            ("<dialog>unseen</dialog>", Some(HiddenReason::Marked)),
            ("<dialog open>unseen</dialog>", None),
            (
                "<p style='color:rgba(0,0,0,0)'>unseen</p>",
                Some(HiddenReason::Invisible),
            ),
            (
                "<h1 style='background:linear-gradient(red,blue);background-clip:text;color:transparent'>unseen</h1>",
                None,
            ),
            (
                "<p style='position:absolute;clip:rect(0,0,0,0)'>unseen</p>",
                Some(HiddenReason::OffPage),
            ),
            (
                "<p style='clip-path: inset(100%)'>unseen</p>",
                Some(HiddenReason::OffPage),
            ),
            (
                "<p style='max-height:0;overflow:hidden'>unseen</p>",
                Some(HiddenReason::OffPage),
            ),
            ("<p style='height:0'>unseen</p>", None),
            ("<p style='width:5%;overflow:hidden'>unseen</p>", None),
            (
                "<div style='transform:scale(0)'><p style='font-size:12pt'>unseen</p></div>",
                Some(HiddenReason::Tiny),
            ),
            (
                "<p style='font: 0/0 a'>unseen</p>",
                Some(HiddenReason::Tiny),
            ),
            ("<p style='font: bold 12px/1.5 Arial'>unseen</p>", None),
            (
                "<style>.k{display:none} @media print{p{display:none}}</style><p class='a k'>unseen</p>",
                Some(HiddenReason::Marked),
            ),
            (
                "<style>@media print{p{display:none}}</style><p>unseen</p>",
                None,
            ),
        ] {
            let document = document(&format!("{html}<p>seen</p>")).unwrap();
            assert_eq!(
                document.hidden().first().map(|hidden| hidden.reason),
                reason,
                "{html}"
            );
            assert_eq!(
                document.text().contains("unseen"),
                reason.is_none(),
                "{html}"
            );
            assert!(document.text().ends_with("seen\n"), "{html}");
        }
    }

    #[test]
    fn nesting_and_attributes_stay_linear() {
        let html = format!(
            "<html>a{}b{}c",
            "<div>".repeat(300_000),
            "</b>".repeat(300_000)
        );
        assert_eq!(document(&html).unwrap().text(), "a\nbc\n");
        let html = format!("<html><p {}>a", "x=1 ".repeat(300_000));
        assert_eq!(document(&html).unwrap().text(), "a\n");
        // 32 classes an element, each with all the declarations that are kept: a page of a few megabytes would take
        // minutes. It is given up, since what the rules hide would else be read.
        let rules: String = (0..32)
            .map(|class| format!(".c{class}{{{}}}", "color:red;".repeat(400)))
            .collect();
        let classes: Vec<String> = (0..32).map(|class| format!("c{class}")).collect();
        let element = format!("<b class='{}'>", classes.join(" "));
        let html = format!("<style>{rules}</style>{}a", element.repeat(20_000));
        assert_eq!(document(&html).unwrap_err().status(), Status::Limit);
        let html = format!("<html>a{}b", "<table><tr><td>".repeat(100_000));
        assert!(document(&html).unwrap().text().contains('b'));
    }

    #[test]
    fn declared_encodings_count() {
        let html = b"<html><meta charset='windows-1251'><p>\xcf\xf0\xe8\xe2\xe5\xf2";
        let document = read(html, &Limits::default());
        #[cfg(feature = "encodings")]
        assert_eq!(document.unwrap().text(), "Привет\n");
        #[cfg(not(feature = "encodings"))]
        assert!(document.is_err());
    }
}
