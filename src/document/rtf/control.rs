//! What control words do: places and looks of text, characters by number, code pages of fonts.

use super::{Destination, Reader};
use encoding_rs::Encoding;

impl Reader<'_> {
    /// After a backslash: a control word with its number, or a sign.
    pub(super) fn control(&mut self) {
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
