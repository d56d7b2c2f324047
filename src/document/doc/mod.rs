//! Word 6.0 to 2003: the text of the piece table, with the few properties that decide what is shown.

mod fib;
mod properties;

use super::Document;
use super::format::Format;
use super::hidden::HiddenReason;
use super::limits::Limits;
use super::status::{ExtractError, Status};
use super::writer::{BULLET, Writer};
use fib::{Fib, Piece};
use properties::{Paragraphs, Runs};
use std::io::{Cursor, Read};

type Compound<'a> = cfb::CompoundFile<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes))
        .map_err(|error| ExtractError::new(Status::Corrupt, format!("ole: {error}")))?;
    if file.is_stream("/EncryptedPackage") {
        return Err(ExtractError::new(
            Status::Encrypted,
            "docx: protected by a password",
        ));
    }
    if !file.is_stream("/WordDocument") {
        let what = if file.is_stream("/Workbook") || file.is_stream("/Book") {
            "a spreadsheet"
        } else if file.is_stream("/PowerPoint Document") {
            "a presentation"
        } else {
            "an OLE file that is not a Word document"
        };
        return Err(ExtractError::new(Status::Unsupported, what));
    }
    let main = stream(&mut file, "/WordDocument", limits)?;
    let fib = Fib::read(&main)?;
    let table = match fib.table_name() {
        Some(name) => stream(&mut file, name, limits)?,
        None => main.clone(),
    };
    let pieces = fib.pieces(&main, &table)?;
    let runs = Runs::read(&main, fib.slice(&table, fib.runs));
    let paragraphs = Paragraphs::read(&main, fib.slice(&table, fib.paragraphs));
    let mut text = Text {
        main: &main,
        pieces: &pieces,
        runs,
        paragraphs,
        writer: Writer::new(limits.chars),
        in_row: false,
        label_due: true,
        fields: Vec::new(),
    };
    text.stories(&fib, fib.slice(&table, fib.headers));
    Document::written(Format::Doc, text.writer.finish(), Vec::new())
}

fn stream(file: &mut Compound<'_>, name: &str, limits: &Limits) -> Result<Vec<u8>, ExtractError> {
    let corrupt = |error| ExtractError::new(Status::Corrupt, format!("ole, {name}: {error}"));
    let stream = file.open_stream(name).map_err(corrupt)?;
    let mut bytes = Vec::new();
    // A stream's sectors may be chained in a circle or said to be longer than the file.
    stream
        .take(limits.part_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(corrupt)?;
    if bytes.len() as u64 > limits.part_bytes {
        return Err(ExtractError::new(
            Status::Limit,
            format!("ole, {name}: more than {} bytes", limits.part_bytes),
        ));
    }
    Ok(bytes)
}

/// One character or control code of the text with its place in the file.
struct Text<'a> {
    main: &'a [u8],
    pieces: &'a [Piece],
    runs: Runs,
    paragraphs: Paragraphs,
    writer: Writer,
    in_row: bool,
    /// At the start of a paragraph, where a list label belongs.
    label_due: bool,
    /// Open fields; true while in the code part, which is not shown.
    fields: Vec<bool>,
}

impl Text<'_> {
    /// The parts of a document stand one after the other in one long text.
    fn stories(&mut self, fib: &Fib, headers_table: &[u8]) {
        let mut start = 0u64;
        let ranges = fib.story_lengths.map(|length| {
            let range = start..start + u64::from(length);
            start = range.end;
            range
        });
        let [
            main,
            notes,
            headers,
            _macros,
            _comments,
            end_notes,
            boxes,
            header_boxes,
        ] = ranges;
        let frames = frames(headers, headers_table);
        for (_, range) in frames.iter().filter(|(footer, _)| !footer) {
            self.aside(range.clone());
        }
        self.writer.release_asides();
        self.story(main);
        for range in [boxes, header_boxes, notes, end_notes] {
            self.aside(range);
        }
        for (_, range) in frames.into_iter().filter(|(footer, _)| *footer) {
            self.aside(range);
        }
        self.writer.release_asides();
    }

    fn aside(&mut self, range: std::ops::Range<u64>) {
        self.writer.begin_aside();
        self.story(range);
        self.writer.end_aside();
    }

    fn story(&mut self, range: std::ops::Range<u64>) {
        self.fields.clear();
        self.label_due = true;
        self.range(range);
        if std::mem::take(&mut self.in_row) {
            self.writer.end_row();
        }
    }

    fn range(&mut self, range: std::ops::Range<u64>) {
        let pieces = self.pieces;
        for piece in pieces {
            let (start, end) = (range.start.max(piece.start), range.end.min(piece.end));
            if start >= end {
                continue;
            }
            let width = if piece.wide { 2 } else { 1 };
            let mut at = piece.offset + (start - piece.start) * width;
            let stop = piece.offset + (end - piece.start) * width;
            let mut surrogate = None;
            while at < stop {
                let Some(unit) = self.unit(at, piece) else {
                    return;
                };
                let place = at;
                at += width;
                let c = match (surrogate.take(), unit) {
                    (None, 0xd800..=0xdbff) => {
                        surrogate = Some(unit);
                        continue;
                    }
                    (Some(high), 0xdc00..=0xdfff) => char::decode_utf16([high, unit])
                        .next()
                        .and_then(Result::ok)
                        .unwrap_or('\u{fffd}'),
                    (_, unit) => char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}'),
                };
                self.character(c, place);
                if self.writer.is_full() {
                    return;
                }
            }
        }
    }

    fn unit(&self, at: u64, piece: &Piece) -> Option<u16> {
        let at = usize::try_from(at).ok()?;
        if piece.wide {
            let bytes = self.main.get(at..at + 2)?;
            return Some(u16::from_le_bytes([bytes[0], bytes[1]]));
        }
        let byte = *self.main.get(at)?;
        if byte < 0x80 {
            return Some(u16::from(byte));
        }
        // Compressed pieces hold Windows-1252, all of whose characters are one UTF-16 unit.
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        text.encode_utf16().next()
    }

    fn character(&mut self, c: char, place: u64) {
        match c {
            '\x13' => return self.fields.push(true),
            '\x14' => {
                if let Some(code) = self.fields.last_mut() {
                    *code = false;
                }
                return;
            }
            '\x15' => {
                self.fields.pop();
                return;
            }
            _ if self.fields.iter().any(|&code| code) => return,
            _ => {}
        }
        let run = self.runs.at(place);
        if run.deleted {
            return;
        }
        match c {
            '\r' => {
                self.row_if_in_table(place);
                self.writer.end_paragraph();
                self.label_due = true;
            }
            '\x07' => self.cell_mark(place),
            '\x0b' | '\x0c' | '\x0e' => self.writer.line_break(),
            '\x1e' => self.text('-', place),
            '\0'..='\x08' | '\x0a' | '\x0d'..='\x1f' => {}
            c => self.text(c, place),
        }
    }

    fn text(&mut self, c: char, place: u64) {
        let run = self.runs.at(place);
        let mut buffer = [0; 4];
        let text = c.encode_utf8(&mut buffer);
        if run.hidden {
            return self.writer.hide(HiddenReason::Marked, text);
        }
        if run.tiny {
            return self.writer.hide(HiddenReason::Tiny, text);
        }
        let in_table = self.paragraphs.at(place).in_table;
        // White text in a table may stand on a shaded cell, which is not followed here.
        if run.white && !in_table {
            return self.writer.hide(HiddenReason::Colour, text);
        }
        self.row_if_in_table(place);
        if std::mem::take(&mut self.label_due) && self.paragraphs.at(place).list {
            self.writer.push(BULLET);
        }
        self.writer.push(text);
    }

    fn row_if_in_table(&mut self, place: u64) {
        let in_table = self.paragraphs.at(place).in_table;
        if in_table && !self.in_row {
            self.in_row = true;
            self.writer.begin_cell();
        } else if !in_table && self.in_row {
            // A row without an end mark, as damaged files have.
            self.in_row = false;
            self.writer.end_row();
        }
    }

    fn cell_mark(&mut self, place: u64) {
        self.label_due = true;
        if self.paragraphs.at(place).row_end {
            if std::mem::take(&mut self.in_row) {
                self.writer.end_row();
            }
            return;
        }
        if !std::mem::replace(&mut self.in_row, true) {
            self.writer.begin_cell();
        }
        self.writer.end_cell();
        self.writer.begin_cell();
    }
}

/// Cuts the story of headers and footers into its parts; true for footers.
///
/// Six parts hold the separators of notes; then come six for each section: headers of even and odd pages,
/// footers of even and odd pages, header and footer of the first page.
fn frames(story: std::ops::Range<u64>, table: &[u8]) -> Vec<(bool, std::ops::Range<u64>)> {
    let starts: Vec<u64> = (0..table.len() / 4)
        .filter_map(|at| fib::u32_at(table, at * 4))
        .map(u64::from)
        .collect();
    if starts.len() < 8 {
        return vec![(false, story)];
    }
    // 600: a hundred sections; a resume has one or two.
    (6..starts.len() - 1)
        .take(600)
        .map(|at| {
            let clamp = |cp: u64| (story.start + cp).min(story.end);
            (
                matches!((at - 6) % 6, 2 | 3 | 5),
                clamp(starts[at])..clamp(starts[at + 1]),
            )
        })
        .filter(|(_, range)| !range.is_empty())
        .collect()
}
