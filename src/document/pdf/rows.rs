//! Rows of a page: pieces on one base line, from left to right.

use super::words::Piece;

pub(super) struct Row {
    /// The base line of the row's first piece; down is positive.
    pub(super) base: f32,
    /// The largest of its pieces.
    pub(super) size: f32,
    pub(super) pieces: Vec<Piece>,
}

/// Index figures and bullets stand up to 0.45 of the smaller size off the line; lines of one text are at least 0.9
/// apart.
pub(super) const ROW_HEIGHT: f32 = 0.45;

/// Rows from top to bottom.
pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.order.cmp(&b.order)));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if piece.base - row.base <= ROW_HEIGHT * piece.size.min(row.size) => {
                row.size = row.size.max(piece.size);
                row.pieces.push(piece);
            }
            _ => rows.push(Row {
                base: piece.base,
                size: piece.size,
                pieces: vec![piece],
            }),
        }
    }
    for row in &mut rows {
        row.pieces
            .sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.order.cmp(&b.order)));
    }
    rows
}

impl Row {
    pub(super) fn chars(&self) -> usize {
        let chars = |piece: &Piece| piece.text.chars().count();
        self.pieces.iter().map(chars).sum()
    }

    pub(super) fn left(&self) -> f32 {
        self.pieces.first().map_or(f32::INFINITY, |piece| piece.x0)
    }

    pub(super) fn right(&self) -> f32 {
        self.pieces
            .last()
            .map_or(f32::NEG_INFINITY, |piece| piece.x1)
    }

    /// Whether it begins with a bullet or a number of a list.
    pub(super) fn begins_item(&self) -> bool {
        self.pieces
            .first()
            .is_some_and(|piece| begins_item(&piece.text))
    }
}

/// Whether the first word is a bullet or a number of a list.
pub(super) fn begins_item(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let mut chars = word.chars();
    match (chars.next(), chars.as_str()) {
        // The replacement character is what is left of any sign, within sentences above all.
        (Some(mark), "") => {
            matches!(mark, '*' | '-')
                || !(mark.is_ascii() || mark.is_alphanumeric() || mark == '\u{fffd}')
        }
        (Some(digit), rest) => {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            digit.is_ascii_digit() && matches!(rest, "." | ")")
        }
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_an_item() {
        for (text, begins) in [
            ("\u{2022} item", true),
            ("- item", true),
            ("1. item", true),
            ("12) item", true),
            ("12 agents", false),
            ("& more", false),
            ("? more", false),
            ("2019 to 2021", false),
            ("a team", false),
            ("", false),
        ] {
            assert_eq!(begins_item(text), begins, "{text}");
        }
    }
}
