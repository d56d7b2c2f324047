//! Places and dates at the right of an entry's head, which may have been painted after the entry's text.

use super::rows::{ROW_HEIGHT, Row, rows};
use super::words::Piece;

/// An entry of a resume with notes at its right.
pub(super) struct Entry {
    /// What comes above the head: a heading, the end of the entry before.
    pub(super) above: Vec<Piece>,
    /// Rows of the head, each with its note.
    pub(super) head: Vec<Piece>,
    /// Notes that no row of the head is beside.
    pub(super) notes: Vec<Piece>,
    /// What comes below the head.
    pub(super) text: Vec<Piece>,
}

/// Four: place, from when, until when, how long.
const MAX_NOTES: usize = 4;

/// 32 characters: "September 2018 – December 2019" has 30.
const MAX_NOTE_CHARS: usize = 32;

/// 60 characters: what is longer is text, no head.
const MAX_HEAD_CHARS: usize = 60;

impl Entry {
    /// Both sides as they were unless the right one is notes on the left one.
    pub(super) fn of(
        left: Vec<Piece>,
        right: Vec<Piece>,
    ) -> Result<Self, (Vec<Piece>, Vec<Piece>)> {
        let (mut text, mut notes) = (rows(left), rows(right));
        let is_beside = |(row, note): (&Row, &Row)| {
            (row.base - note.base).abs() <= ROW_HEIGHT * row.size.min(note.size)
        };
        let above = text
            .iter()
            .position(|row| notes.first().is_some_and(|note| is_beside((row, note))));
        let is_entry = (1..=MAX_NOTES).contains(&notes.len())
            && above.is_some()
            && notes.iter().all(|note| note.chars() <= MAX_NOTE_CHARS)
            && (is_flush_right(&notes) || notes.iter().any(has_year));
        if !is_entry {
            return Err((pieces(text), pieces(notes)));
        }
        let above = text.drain(..above.unwrap_or(0)).collect();
        let head = text
            .iter()
            .zip(&notes)
            .take_while(|&(row, note)| {
                is_beside((row, note)) && row.chars() <= MAX_HEAD_CHARS && !row.begins_item()
            })
            .count()
            .max(1);
        let head = text.drain(..head).chain(notes.drain(..head)).collect();
        Ok(Self {
            above: pieces(above),
            head: pieces(head),
            notes: pieces(notes),
            text: pieces(text),
        })
    }
}

fn pieces(rows: Vec<Row>) -> Vec<Piece> {
    rows.into_iter().flat_map(|row| row.pieces).collect()
}

/// Whether rows end at one edge and begin at several.
fn is_flush_right(notes: &[Row]) -> bool {
    // 1.5 points: what rounding moves.
    notes
        .iter()
        .all(|note| (note.right() - notes[0].right()).abs() < 1.5)
        && notes
            .iter()
            .any(|note| (note.left() - notes[0].left()).abs() > 1.5)
}

/// Whether a word is a year of a life.
fn has_year(note: &Row) -> bool {
    let is_year = |word: &str| {
        word.len() == 4
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && (word.starts_with("19") || word.starts_with("20"))
    };
    note.pieces
        .iter()
        .flat_map(|piece| piece.text.split(|c: char| !c.is_alphanumeric()))
        .any(is_year)
}

#[cfg(test)]
mod tests {
    use super::super::layout::tests::page;

    #[test]
    fn notes_painted_after_the_text_stand_in_the_head() {
        let mut lines = Vec::new();
        for entry in 0..2u8 {
            let y = f32::from(entry) * 60.0;
            lines.extend([
                ("Tea House, Manager", 0.0, y),
                ("- Led a team of six in two shops.", 0.0, y + 12.0),
                ("- Balanced the till.", 0.0, y + 24.0),
                ("Leeds, England", 300.0, y),
                ("May 2019 - present", 280.0, y + 12.0),
            ]);
        }
        let entry = "Tea House, Manager\tLeeds, England\nMay 2019 - present\n- Led a team of six in two shops.\n- Balanced the till.\n";
        assert_eq!(page(&lines), format!("{entry}\n{entry}"));
    }

    #[test]
    fn heads_of_two_rows_keep_their_notes() {
        let mut lines = Vec::new();
        for entry in 0..2u8 {
            let y = f32::from(entry) * 60.0;
            lines.extend([
                ("Tea House", 0.0, y),
                ("Manager", 0.0, y + 12.0),
                ("Leeds, England", 280.0, y),
                ("May 2019 - present", 260.0, y + 12.0),
                ("- Led a team of six in two shops.", 0.0, y + 24.0),
            ]);
        }
        let entry = "Tea House\tLeeds, England\nManager\tMay 2019 - present\n- Led a team of six in two shops.\n";
        assert_eq!(page(&lines), format!("{entry}\n{entry}"));
    }
}
