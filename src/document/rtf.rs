//! Rich Text Format: one pass over the bytes with a bounded stack.

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

    fn control(&mut self) {
        let Some(&byte) = self.bytes.get(self.at) else {
            return;
        };
        if !byte.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(byte);
        }
        let start = self.at;
        // 32 letters is the longest word of the specification.
        while self.at < self.bytes.len()
            && self.at - start < 32
            && self.bytes[self.at].is_ascii_alphabetic()
        {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or("");
        let number_start = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.at < self.bytes.len()
            && self.at - number_start < 11
            && self.bytes[self.at].is_ascii_digit()
        {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[number_start..self.at])
            .ok()
            .and_then(|digits| digits.parse::<i64>().ok())
            .map(|number| number.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32);
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(word, number);
    }

    fn symbol(&mut self, byte: u8) {
        match byte {
            b'\'' => {
                let hex = self
                    .bytes
                    .get(self.at..self.at + 2)
                    .and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(value) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.at += 2;
                    self.byte(value);
                }
            }
            b'*' => {}
            b'~' => self.character('\u{a0}'),
            b'_' => self.character('-'),
            b'-' => {}
            b'\r' | b'\n' => self.paragraph(),
            b'\t' => self.character('\t'),
            byte => self.byte(byte),
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let star = std::mem::take(&mut self.star);
        if word != "u" && word != "uc" && self.to_skip > 0 {
            // A control word counts as one character to pass over.
            self.to_skip -= 1;
        }
        if word == "bin" {
            self.at = self
                .at
                .saturating_add(number.unwrap_or(0).max(0) as usize)
                .min(self.bytes.len());
            return;
        }
        if self.destination(word, star) {
            return;
        }
        let on = number != Some(0);
        let index = number.unwrap_or(0).max(0) as usize;
        match word {
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.unicode_skip = index.min(16),
            "par" | "sect" => self.paragraph(),
            "line" | "lbr" | "softline" | "page" | "column" => {
                self.flush();
                if self.is_text() {
                    self.writer.line_break();
                }
            }
            "tab" => self.character('\t'),
            "cell" | "nestcell" => {
                self.flush();
                if self.state.destination == Destination::Body {
                    // An empty first cell has no text that could have begun the row.
                    if !std::mem::replace(&mut self.in_row, true) {
                        self.writer.begin_cell();
                    }
                    self.writer.end_cell();
                    self.writer.begin_cell();
                }
            }
            "row" | "nestrow" => {
                self.flush();
                if self.state.destination == Destination::Body && self.in_row {
                    self.in_row = false;
                    self.writer.end_row();
                }
            }
            "emdash" => self.character('—'),
            "endash" => self.character('–'),
            "emspace" | "enspace" | "qmspace" => self.character(' '),
            "bullet" => self.character('•'),
            "lquote" => self.character('‘'),
            "rquote" => self.character('’'),
            "ldblquote" => self.character('“'),
            "rdblquote" => self.character('”'),
            _ => {
                self.flush();
                self.property(word, number, on, index);
            }
        }
    }

    /// Formatting and tables of fonts and colours.
    fn property(&mut self, word: &str, number: Option<i32>, on: bool, index: usize) {
        match word {
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on,
            "fs" => self.state.size = number.unwrap_or(24),
            "cf" => self.state.colour = index,
            "cb" | "chcbpat" | "highlight" => self.state.ground = index,
            "cbpat" => self.state.paragraph_ground = index,
            "plain" => {
                self.state.hidden = false;
                self.state.deleted = false;
                self.state.size = 24;
                self.state.colour = 0;
                self.state.ground = 0;
                self.set_font(self.default_font);
            }
            "pard" => {
                self.state.in_table = false;
                self.state.paragraph_ground = 0;
            }
            "intbl" => self.state.in_table = on,
            "trowd" => {}
            "f" => {
                let font = number.unwrap_or(0);
                if self.state.destination == Destination::FontTable {
                    self.font = font;
                } else {
                    self.set_font(font);
                }
            }
            "fcharset" => {
                let (encoding, symbol) = charset(number.unwrap_or(0), self.default_encoding);
                // 4,096: a document has some dozens of fonts.
                if self.fonts.len() < 4096 {
                    self.fonts.insert(self.font, (encoding, symbol));
                }
            }
            "deff" => self.default_font = number.unwrap_or(0),
            "ansicpg" => {
                if let Some(encoding) = code_page(index) {
                    self.default_encoding = encoding;
                    self.state.encoding = encoding;
                }
            }
            "mac" => {
                self.default_encoding = encoding_rs::MACINTOSH;
                self.state.encoding = encoding_rs::MACINTOSH;
            }
            "red" => self.colour.get_or_insert_default()[0] = index.min(255) as u8,
            "green" => self.colour.get_or_insert_default()[1] = index.min(255) as u8,
            "blue" => self.colour.get_or_insert_default()[2] = index.min(255) as u8,
            _ => {}
        }
    }

    fn set_font(&mut self, font: i32) {
        let (encoding, symbol) = self
            .fonts
            .get(&font)
            .copied()
            .unwrap_or((self.default_encoding, false));
        self.state.encoding = encoding;
        self.state.font_symbol = symbol;
    }

    fn unicode(&mut self, code: i32) {
        self.flush();
        self.to_skip = 0;
        let unit = code as u16;
        let c = match (self.surrogate.take(), unit) {
            (None, 0xd800..=0xdbff) => {
                self.surrogate = Some(unit);
                None
            }
            (Some(high), 0xdc00..=0xdfff) => {
                char::decode_utf16([high, unit]).next().and_then(Result::ok)
            }
            _ if code > 0xffff => char::from_u32(code as u32),
            _ => char::from_u32(u32::from(unit)),
        };
        if let Some(c) = c {
            self.text(c.encode_utf8(&mut [0; 4]));
        }
        self.to_skip = self.state.unicode_skip;
    }

    /// Whether the word says where the text of the group goes.
    fn destination(&mut self, word: &str, star: bool) -> bool {
        if self.state.destination == Destination::Skip {
            // Inside a skipped group only groups that come back are of interest: there are none, except the
            // text of a shape or field, whose outer group is not skipped.
            return star;
        }
        let destination = match word {
            "fonttbl" => Destination::FontTable,
            "colortbl" => Destination::ColourTable,
            "listtext" | "pntext" => Destination::ListLabel,
            "footer" | "footerl" | "footerr" | "footerf" => Destination::Footer,
            "header" | "headerl" | "headerr" | "headerf" => Destination::Header,
            "footnote" | "shptxt" => Destination::Aside,
            "stylesheet" | "info" | "pict" | "objdata" | "objclass" | "objname" | "fldinst"
            | "nonshppict" | "shprslt" | "sp" | "listtable" | "listoverridetable"
            | "annotation" | "atnid" | "atnauthor" | "comment" | "themedata" | "generator"
            | "xmlnstbl" | "rsidtbl" | "filetbl" | "revtbl" | "template" | "tc" | "xe"
            | "bkmkstart" | "bkmkend" | "datastore" | "latentstyles" | "pn" | "upr" => {
                // `\upr` holds an old and a Unicode form; the Unicode form is in `\*\ud` and comes second.
                if word == "upr" {
                    return false;
                } else {
                    Destination::Skip
                }
            }
            // Groups marked optional that hold text all the same.
            "shpinst" | "shppict" | "ud" | "shp" | "nesttableprops" => return true,
            _ if star => Destination::Skip,
            _ => return false,
        };
        self.flush();
        if matches!(
            destination,
            Destination::Aside | Destination::Header | Destination::Footer
        ) {
            if self.state.destination != Destination::Body {
                return true;
            }
            self.writer.begin_aside();
        }
        self.state.destination = destination;
        true
    }
}

/// Windows code pages of `\fcharset`; true for symbol fonts.
fn charset(number: i32, default: &'static Encoding) -> (&'static Encoding, bool) {
    let page = match number {
        0 => return (default, false),
        2 => return (encoding_rs::WINDOWS_1252, true),
        77 => return (encoding_rs::MACINTOSH, false),
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return (default, false),
    };
    (code_page(page).unwrap_or(default), false)
}

fn code_page(number: usize) -> Option<&'static Encoding> {
    let label = match number {
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        874 | 1250..=1258 => format!("windows-{number}"),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        866 => "ibm866".to_owned(),
        20866 => "koi8-r".to_owned(),
        28591..=28605 => format!("iso-8859-{}", number - 28590),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
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
