//! Puts the text of a document together: lines, blank lines, table rows, boxes and hidden runs.
//!
//! All readers but the PDF one write through it, so the same content comes out the same from every format.

use super::hidden::{HiddenLog, HiddenReason};
use super::tidy::{Written, tidy, trim_line_end};

/// What stands between two cells of a table row.
const CELL_SEPARATOR: &str = " | ";

/// What an item of a list without number begins with.
pub(super) const BULLET: &str = "• ";

/// Something that is put together apart from the text around it.
#[derive(Debug)]
enum Frame {
    /// A table row with its finished cells.
    Row(Vec<String>),
    /// A table cell in the making.
    Cell(String),
    /// A text box or note in the making; it follows the paragraph that it hangs on.
    Aside(String),
}

#[derive(Debug)]
pub(super) struct Writer {
    text: String,
    frames: Vec<Frame>,
    /// Text boxes that wait for the end of their paragraph.
    asides: Vec<String>,
    /// Footers, which come after everything.
    tail: Vec<String>,
    hidden: HiddenLog,
    room: usize,
    truncated: bool,
}

impl Writer {
    pub(super) fn new(max_chars: usize) -> Self {
        Self {
            text: String::new(),
            frames: Vec::new(),
            asides: Vec::new(),
            tail: Vec::new(),
            hidden: HiddenLog::default(),
            room: max_chars,
            truncated: false,
        }
    }

    fn out(&mut self) -> &mut String {
        for frame in self.frames.iter_mut().rev() {
            if let Frame::Cell(text) | Frame::Aside(text) = frame {
                return text;
            }
        }
        &mut self.text
    }

    /// Adds to the line as it is.
    pub(super) fn push(&mut self, text: &str) {
        if self.truncated || text.is_empty() {
            return;
        }
        // A char is at least a byte, so most calls need no counting.
        let chars = if text.len() <= self.room {
            text.len()
        } else {
            text.chars().count()
        };
        if chars > self.room {
            let cut = text
                .char_indices()
                .nth(self.room)
                .map_or(text.len(), |(at, _)| at);
            self.out().push_str(&text[..cut]);
            self.room = 0;
            self.truncated = true;
            return;
        }
        self.room -= chars;
        self.out().push_str(text);
    }

    /// Adds text whose runs of white space mean one space, as HTML and ODT have it.
    pub(super) fn push_collapsed(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let word_start = rest
                .find(|c: char| !is_collapsible(c))
                .unwrap_or(rest.len());
            if word_start > 0 && !self.at_space() {
                self.push(" ");
            }
            rest = &rest[word_start..];
            let word_end = rest.find(is_collapsible).unwrap_or(rest.len());
            self.push(&rest[..word_end]);
            rest = &rest[word_end..];
        }
    }

    /// Whether a further space would be one too many: at a line's start or after a space.
    fn at_space(&mut self) -> bool {
        let out = self.out();
        out.is_empty() || out.ends_with([' ', '\n', '\t'])
    }

    pub(super) fn at_line_start(&mut self) -> bool {
        let out = self.out();
        out.is_empty() || out.ends_with('\n')
    }

    pub(super) fn hide(&mut self, reason: HiddenReason, text: &str) {
        // Hidden text counts as work too, or a file of nothing else would never end.
        self.room = self.room.saturating_sub(text.len());
        self.truncated |= self.room == 0;
        self.hidden.add(reason, text);
    }

    /// A line break inside a paragraph.
    pub(super) fn line_break(&mut self) {
        let out = self.out();
        trim_line_end(out);
        out.push('\n');
    }

    /// The end of a paragraph. An empty paragraph gives a blank line; several give one.
    pub(super) fn end_paragraph(&mut self) {
        self.line_break();
        self.flush_asides();
    }

    /// Begins a new line unless one has just begun.
    pub(super) fn fresh_line(&mut self) {
        let out = self.out();
        trim_line_end(out);
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        self.flush_asides();
    }

    /// A visible gap between what is before and what follows.
    pub(super) fn blank_line(&mut self) {
        self.fresh_line_in_place();
        let out = self.out();
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
    }

    fn fresh_line_in_place(&mut self) {
        let out = self.out();
        trim_line_end(out);
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }

    fn flush_asides(&mut self) {
        if self.asides.is_empty()
            || self
                .frames
                .iter()
                .any(|frame| matches!(frame, Frame::Aside(_)))
        {
            return;
        }
        for aside in std::mem::take(&mut self.asides) {
            self.blank_line();
            self.out().push_str(&aside);
            self.blank_line();
        }
    }

    pub(super) fn begin_row(&mut self) {
        if !matches!(self.frames.last(), Some(Frame::Row(_))) {
            self.fresh_line_in_place();
            self.frames.push(Frame::Row(Vec::new()));
        }
    }

    pub(super) fn begin_cell(&mut self) {
        self.begin_row();
        self.frames.push(Frame::Cell(String::new()));
    }

    pub(super) fn end_cell(&mut self) {
        if !matches!(self.frames.last(), Some(Frame::Cell(_))) {
            return;
        }
        self.fresh_line_in_place();
        self.flush_asides();
        if let Some(Frame::Cell(cell)) = self.frames.pop()
            && let Some(Frame::Row(cells)) = self.frames.last_mut()
        {
            let cell = cell.trim_matches('\n');
            if !cell.trim().is_empty() {
                cells.push(cell.trim_end().to_owned());
            }
        }
    }

    /// Ends a row. Cells of one line each make one line; longer cells, as in a page laid out with a table,
    /// stay whole blocks one after the other.
    pub(super) fn end_row(&mut self) {
        self.end_cell();
        if !matches!(self.frames.last(), Some(Frame::Row(_))) {
            return;
        }
        let Some(Frame::Row(cells)) = self.frames.pop() else {
            return;
        };
        if cells.iter().any(|cell| cell.contains('\n')) {
            for cell in &cells {
                if cells.len() > 1 {
                    self.blank_line();
                }
                self.out().push_str(cell);
                self.fresh_line_in_place();
            }
            if cells.len() > 1 {
                self.blank_line();
            }
        } else if !cells.is_empty() {
            let row = cells
                .iter()
                .map(|cell| cell.trim())
                .collect::<Vec<_>>()
                .join(CELL_SEPARATOR);
            let out = self.out();
            out.push_str(&row);
            out.push('\n');
        }
    }

    /// Begins a text box, a note, a header or a footer.
    pub(super) fn begin_aside(&mut self) {
        self.frames.push(Frame::Aside(String::new()));
    }

    pub(super) fn end_aside(&mut self) {
        // Rows left open inside belong to the box.
        while let Some(frame) = self.frames.last() {
            match frame {
                Frame::Aside(_) => break,
                Frame::Cell(_) => self.end_cell(),
                Frame::Row(_) => self.end_row(),
            }
        }
        self.fresh_line_in_place();
        if let Some(Frame::Aside(text)) = self.frames.pop() {
            push_new(&mut self.asides, &text);
        }
    }

    /// Ends a footer: it goes to the end of the document.
    pub(super) fn end_aside_at_tail(&mut self) {
        self.end_aside();
        if let Some(text) = self.asides.pop() {
            push_new(&mut self.tail, &text);
        }
    }

    /// Lets finished asides out right away instead of at the end of a paragraph.
    pub(super) fn release_asides(&mut self) {
        self.flush_asides();
    }

    pub(super) fn is_full(&self) -> bool {
        self.truncated
    }

    pub(super) fn finish(mut self) -> Written {
        while let Some(frame) = self.frames.last() {
            match frame {
                Frame::Aside(_) => self.end_aside(),
                Frame::Cell(_) => self.end_cell(),
                Frame::Row(_) => self.end_row(),
            }
        }
        self.flush_asides();
        self.asides = std::mem::take(&mut self.tail);
        self.flush_asides();
        Written {
            text: tidy(&self.text, &mut self.hidden),
            hidden_chars: self.hidden.chars(),
            hidden: self.hidden.into_entries(),
            truncated: self.truncated,
        }
    }
}

/// Word repeats a header for first, odd and even pages; once is enough.
fn push_new(asides: &mut Vec<String>, text: &str) {
    let text = text.trim_matches('\n');
    if !text.trim().is_empty() && !asides.iter().any(|other| other == text) {
        asides.push(text.to_owned());
    }
}

/// No-break space (U+00A0) is not collapsible in HTML, but a tab is.
fn is_collapsible(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Writer)) -> String {
        let mut writer = Writer::new(1000);
        write(&mut writer);
        writer.finish().text
    }

    #[test]
    fn empty_paragraphs_give_one_blank_line() {
        let text = written(|w| {
            w.push("a ");
            w.end_paragraph();
            w.end_paragraph();
            w.end_paragraph();
            w.push("b");
            w.end_paragraph();
        });
        assert_eq!(text, "a\n\nb\n");
    }

    #[test]
    fn short_cells_make_a_line_and_long_cells_stay_whole() {
        let row = |w: &mut Writer, cells: &[&[&str]]| {
            w.begin_row();
            for cell in cells {
                w.begin_cell();
                for line in *cell {
                    w.push(line);
                    w.end_paragraph();
                }
                w.end_cell();
            }
            w.end_row();
        };
        let text = written(|w| {
            row(w, &[&["Rust"], &[], &["5 years"]]);
            row(w, &[&["Skills", "Rust"], &["Work", "ACME"]]);
        });
        assert_eq!(text, "Rust | 5 years\n\nSkills\nRust\n\nWork\nACME\n");
    }

    #[test]
    fn a_box_follows_its_paragraph() {
        let text = written(|w| {
            w.push("Jane ");
            w.begin_aside();
            w.push("Contact");
            w.end_paragraph();
            w.end_aside();
            w.push("Doe");
            w.end_paragraph();
            w.push("Work");
            w.end_paragraph();
        });
        assert_eq!(text, "Jane Doe\n\nContact\n\nWork\n");
    }

    #[test]
    fn white_space_collapses() {
        let text = written(|w| {
            w.push_collapsed("  a \n b");
            w.push_collapsed(" ");
            w.push_collapsed(" c ");
        });
        assert_eq!(text, "a b c\n");
    }

    #[test]
    fn text_over_the_limit_is_cut_and_said() {
        let mut writer = Writer::new(3);
        writer.push("äöüß");
        let written = writer.finish();
        assert_eq!((written.text.as_str(), written.truncated), ("äöü\n", true));
    }
}
