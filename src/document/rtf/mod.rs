//! Rich Text Format: one pass over the bytes with a bounded stack.

mod control;

use super::Document;
use super::colour::{Rgb, WHITE};
use super::format::Format;
use super::hidden::HiddenReason;
use super::limits::Limits;
use super::status::ExtractError;
use super::writer::{BULLET, Writer};
use encoding_rs::Encoding;
use std::collections::HashMap;

/// Groups inside each other that keep a state of their own; deeper ones share that of the deepest.
/// Word writes some 20 levels; a file of two million open braces must not fill the memory.
const MAX_GROUPS: usize = 4096;

/// 3 half-points; see the same limit for DOCX.
const TINY: i32 = 3;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    let mut reader = Reader::new(bytes, limits);
    reader.run();
    Document::written(Format::Rtf, reader.writer.finish(), Vec::new())
}

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Body,
    /// Not text: pictures, style sheets, field codes.
    Skip,
    FontTable,
    ColourTable,
    /// The label that Word computed for a list item; its text is in a symbol font more often than not.
    ListLabel,
    /// Notes and text boxes.
    Aside,
    Header,
    Footer,
}

#[derive(Clone, Copy, Debug)]
struct State {
    destination: Destination,
    hidden: bool,
    deleted: bool,
    size: i32,
    colour: usize,
    ground: usize,
    paragraph_ground: usize,
    encoding: &'static Encoding,
    font_symbol: bool,
    /// Bytes or characters to skip after `\u`.
    unicode_skip: usize,
    /// In a table (`\intbl`).
    in_table: bool,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    writer: Writer,
    state: State,
    stack: Vec<State>,
    /// Open groups beyond the stack.
    deeper: usize,
    /// Bytes in the encoding of the current font, not yet decoded: characters may take several.
    pending: Vec<u8>,
    /// Characters that stand in for the last `\u` and must be passed over.
    to_skip: usize,
    surrogate: Option<u16>,
    default_encoding: &'static Encoding,
    fonts: HashMap<i32, (&'static Encoding, bool)>,
    font: i32,
    default_font: i32,
    colours: Vec<Option<Rgb>>,
    colour: Option<[u8; 3]>,
    /// The group began with `\*`: unknown destinations are to be skipped.
    star: bool,
    in_row: bool,
    label: String,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], limits: &Limits) -> Self {
        let encoding = encoding_rs::WINDOWS_1252;
        Self {
            bytes,
            at: 0,
            writer: Writer::new(limits.chars),
            state: State {
                destination: Destination::Body,
                hidden: false,
                deleted: false,
                size: 24,
                colour: 0,
                ground: 0,
                paragraph_ground: 0,
                encoding,
                font_symbol: false,
                unicode_skip: 1,
                in_table: false,
            },
            stack: Vec::new(),
            deeper: 0,
            pending: Vec::new(),
            to_skip: 0,
            surrogate: None,
            default_encoding: encoding,
            fonts: HashMap::new(),
            font: 0,
            default_font: 0,
            colours: Vec::new(),
            colour: None,
            star: false,
            in_row: false,
            label: String::new(),
        }
    }

    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    self.open();
                    // `\*` means something only right after the brace.
                    if self.bytes[self.at..].starts_with(b"\\*") {
                        self.at += 2;
                        self.star = true;
                    }
                }
                b'}' => {
                    self.flush();
                    self.close();
                }
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                b'\t' => self.character('\t'),
                byte => self.byte(byte),
            }
            if self.writer.is_full() {
                break;
            }
        }
        self.flush();
        while !self.stack.is_empty() {
            self.close();
        }
    }

    fn open(&mut self) {
        self.to_skip = 0;
        self.star = false;
        if self.stack.len() < MAX_GROUPS {
            self.stack.push(self.state);
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) {
        self.to_skip = 0;
        self.star = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(outer) = self.stack.pop() else {
            return;
        };
        let inner = std::mem::replace(&mut self.state, outer);
        if inner.destination == outer.destination {
            return;
        }
        match inner.destination {
            Destination::Footer => self.writer.end_aside_at_tail(),
            Destination::Aside => self.writer.end_aside(),
            // A header stands before the first paragraph and is to be read before it.
            Destination::Header => {
                self.writer.end_aside();
                self.writer.release_asides();
            }
            Destination::ListLabel => self.end_label(),
            _ => {}
        }
    }

    /// A label with letters or digits stays ("1.", "a)"); any other sign is a bullet.
    fn end_label(&mut self) {
        let label = std::mem::take(&mut self.label);
        let label = label.trim();
        if self.state.destination == Destination::Skip || label.is_empty() {
            return;
        }
        if label.chars().any(char::is_alphanumeric) && label.chars().count() > 1 {
            self.text(label);
            self.text(" ");
        } else {
            self.text(BULLET);
        }
    }

    /// One byte of text in the font's encoding.
    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        match self.state.destination {
            Destination::Skip => {}
            Destination::ColourTable => {
                if byte == b';' {
                    let colour = self.colour.take().map(Rgb);
                    // 4,096: Word's tables have a few dozen.
                    if self.colours.len() < 4096 {
                        self.colours.push(colour);
                    }
                }
            }
            Destination::FontTable => {}
            _ => self.pending.push(byte),
        }
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        if self.state.font_symbol {
            // Symbol fonts have their own glyphs at these codes; as in DOCX they go to the private use area,
            // but for plain ASCII, which some files put into a symbol font by mistake.
            let text: String = bytes
                .iter()
                .map(|&byte| {
                    if byte < 0x80 {
                        char::from(byte)
                    } else {
                        char::from_u32(0xf000 + u32::from(byte)).unwrap_or(' ')
                    }
                })
                .collect();
            self.text(&text);
        } else {
            let (text, _) = self.state.encoding.decode_without_bom_handling(&bytes);
            self.text(&text);
        }
        self.pending = bytes;
        self.pending.clear();
    }

    fn character(&mut self, c: char) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        self.flush();
        self.text(c.encode_utf8(&mut [0; 4]));
    }

    fn text(&mut self, text: &str) {
        match self.state.destination {
            Destination::Skip | Destination::FontTable | Destination::ColourTable => return,
            Destination::ListLabel => {
                if self.label.len() < 64 {
                    self.label.push_str(text);
                }
                return;
            }
            Destination::Body | Destination::Aside | Destination::Header | Destination::Footer => {}
        }
        if self.state.deleted {
            return;
        }
        match self.hidden() {
            Some(reason) => self.writer.hide(reason, text),
            None => {
                self.row_if_in_table();
                self.writer.push(text);
            }
        }
    }

    fn hidden(&self) -> Option<HiddenReason> {
        if self.state.hidden {
            return Some(HiddenReason::Marked);
        }
        if (0..=TINY).contains(&self.state.size) {
            return Some(HiddenReason::Tiny);
        }
        let colour = self.colours.get(self.state.colour).copied().flatten()?;
        let ground = [self.state.ground, self.state.paragraph_ground]
            .into_iter()
            .filter(|&index| index > 0)
            .find_map(|index| self.colours.get(index).copied().flatten());
        // Cells and boxes have grounds of their own that are not followed.
        if ground.is_none() && (self.state.in_table || self.state.destination != Destination::Body)
        {
            return None;
        }
        colour
            .vanishes_on(ground.unwrap_or(WHITE))
            .then_some(HiddenReason::Colour)
    }

    fn row_if_in_table(&mut self) {
        if self.state.in_table && !self.in_row && self.state.destination == Destination::Body {
            self.in_row = true;
            self.writer.begin_cell();
        }
    }

    fn is_text(&self) -> bool {
        matches!(
            self.state.destination,
            Destination::Body | Destination::Aside | Destination::Header | Destination::Footer
        )
    }

    fn paragraph(&mut self) {
        if self.is_text() && !self.state.deleted {
            self.flush();
            self.row_if_in_table();
            self.writer.end_paragraph();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rtf: &str) -> String {
        let mut reader = Reader::new(rtf.as_bytes(), &Limits::default());
        reader.run();
        reader.writer.finish().text
    }

    #[test]
    fn what_is_kept_and_what_is_left_out() {
        for (rtf, expected) in [
            (r"{\rtf1\ansi a\par\par b\line c}", "a\n\nb\nc\n"),
            (
                r"{\rtf1\ansi\ansicpg1252 it\'92s r\'e9sum\'e9}",
                "it’s résumé\n",
            ),
            (
                r"{\rtf1\ansi {\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}\f1\'cf\'f0 \f0 x}",
                "Пр x\n",
            ),
            (r"{\rtf1\uc1 caf\u233?\u8211 - \u-3913 ?}", "café– •\n"),
            (r"{\rtf1 \u55357?\u56832?}", "😀\n"),
            (
                r"{\rtf1 {\*\generator Word;}{\info{\title T}}{\stylesheet{\s0 Normal;}}x}",
                "x\n",
            ),
            (
                r"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt link}} y}",
                "link y\n",
            ),
            (
                r"{\rtf1 {\listtext\'b7\tab}item\par{\listtext 1.\tab}one\par}",
                "• item\n1. one\n",
            ),
            (
                r"{\rtf1 \trowd\intbl a\cell b\cell\row\pard c\par}",
                "a | b\nc\n",
            ),
            (
                r"{\rtf1 {\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt box\par}}{\shprslt box}}Jane\par}",
                "Jane\n\nbox\n",
            ),
            (r"{\rtf1 {\deleted old}new\bin3 xyz}", "new\n"),
            (
                r"{\rtf1 {\i0\*\cs7 kept}{\object{\*\objdata 0a}{\result shown}}}",
                "keptshown\n",
            ),
            (r"{\rtf1 a\{b\}\\c\~d\_e\-f}", "a{b}\\c\u{a0}d-ef\n"),
        ] {
            assert_eq!(text(rtf), expected, "{rtf}");
        }
    }

    #[test]
    fn hidden_text_is_listed_and_left_out() {
        let colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}";
        for (rtf, reason) in [
            (r"{\v unseen}", Some(HiddenReason::Marked)),
            (r"{\v0 unseen}", None),
            (r"{\cf1 unseen}", Some(HiddenReason::Colour)),
            (r"{\cf1\chcbpat2 unseen}", None),
            (r"{\fs2 unseen}", Some(HiddenReason::Tiny)),
        ] {
            let rtf = format!(r"{{\rtf1 {colours} seen {rtf}}}");
            let mut reader = Reader::new(rtf.as_bytes(), &Limits::default());
            reader.run();
            let written = reader.writer.finish();
            assert_eq!(
                written.hidden.first().map(|hidden| hidden.reason),
                reason,
                "{rtf}"
            );
            assert_eq!(written.text.contains("unseen"), reason.is_none(), "{rtf}");
        }
    }

    #[test]
    fn two_million_braces_are_no_trouble() {
        let rtf = format!("{{\\rtf1 a{}b", "{".repeat(2_000_000));
        assert_eq!(text(&rtf), "ab\n");
    }
}
