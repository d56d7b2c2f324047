//! Puts the pieces of a page into reading order: columns one after the other, rows of tables row by row.

use super::entry::Entry;
use super::gutter::{Gutter, Kind, centre, line_count, sides};
use super::torn;
use super::words::Piece;

/// Splits inside each other: columns in columns in columns.
pub(super) const MAX_DEPTH: usize = 8;

/// Pieces that are to be read line by line.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) pieces: Vec<Piece>,
    /// Belongs to the block before: nothing stands between them.
    pub(super) follows: bool,
}

pub(super) fn split(pieces: Vec<Piece>, depth: usize, out: &mut Vec<Block>) {
    if depth >= MAX_DEPTH {
        leaf(pieces, out);
        return;
    }
    let gutter = (pieces.len() >= 4).then(|| Gutter::best(&pieces)).flatten();
    let Some(mut gutter) = gutter.map(|gutter| gutter.with_whole_sentences(&pieces)) else {
        torn::read(pieces, depth, out);
        return;
    };
    // The columns of a page go down to its foot.
    if depth > 0 && gutter.kind == Kind::Columns {
        gutter = gutter.without_tail(&pieces);
    }
    let (above, inside, below) = gutter.cut(pieces);
    split(above, depth + 1, out);
    let (left, right) = sides(inside, gutter.x);
    match gutter.kind {
        Kind::Columns => side_by_side(left, right, depth + 1, out),
        Kind::Bands => {
            for (left, right) in bands(left, right) {
                if line_count(&left) >= 2 && line_count(&right) >= 2 {
                    side_by_side(left, right, depth + 1, out);
                } else {
                    torn::read([left, right].concat(), depth + 1, out);
                }
            }
        }
    }
    split(below, depth + 1, out);
}

/// Nothing for no pieces.
pub(super) fn leaf(pieces: Vec<Piece>, out: &mut Vec<Block>) {
    if !pieces.is_empty() {
        out.push(Block {
            pieces,
            follows: false,
        });
    }
}

/// The left, then the right; notes at the right of an entry's head go before the entry's text.
fn side_by_side(left: Vec<Piece>, right: Vec<Piece>, depth: usize, out: &mut Vec<Block>) {
    match Entry::of(left, right) {
        Ok(entry) => {
            split(entry.above, depth, out);
            leaf(entry.head, out);
            for part in [entry.notes, entry.text] {
                let at = out.len();
                split(part, depth, out);
                if let Some(block) = out.get_mut(at) {
                    block.follows = true;
                }
            }
        }
        Err((left, right)) => {
            split(left, depth, out);
            split(right, depth, out);
        }
    }
}

/// Rows of cells, told by the order of painting: a run on one side, a run on the other, then further down.
pub(super) fn bands(left: Vec<Piece>, right: Vec<Piece>) -> Vec<(Vec<Piece>, Vec<Piece>)> {
    let mut all: Vec<(Piece, bool)> = left
        .into_iter()
        .map(|piece| (piece, true))
        .chain(right.into_iter().map(|piece| (piece, false)))
        .collect();
    all.sort_by_key(|(piece, _)| piece.order);
    let mut bands: Vec<(Vec<Piece>, Vec<Piece>)> = Vec::new();
    let mut bottom = f32::NEG_INFINITY;
    let mut side = None;
    for (piece, is_left) in all {
        // A change of side that is also a step below all before begins a row.
        let changes = side != Some(is_left);
        if bands.is_empty() || (changes && centre(&piece) > bottom) {
            bands.push(Default::default());
        }
        side = Some(is_left);
        bottom = bottom.max(piece.bottom());
        if let Some((left, right)) = bands.last_mut() {
            if is_left {
                left.push(piece)
            } else {
                right.push(piece)
            }
        }
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::super::sidebar::parts;
    use super::*;

    fn piece(text: &str, x0: f32, base: f32, order: usize) -> Piece {
        Piece {
            text: text.to_owned(),
            x0,
            x1: x0 + text.len() as f32 * 5.0,
            base,
            size: 10.0,
            order,
            space_before: false,
            space_after: false,
        }
    }

    fn order(pieces: Vec<Piece>) -> Vec<Vec<String>> {
        parts(pieces)
            .into_iter()
            .flat_map(|part| part.blocks)
            .map(|block| block.pieces.into_iter().map(|piece| piece.text).collect())
            .collect()
    }

    #[test]
    fn columns_under_a_heading() {
        let mut pieces = vec![piece(
            "a heading across the whole of the page and more",
            0.0,
            0.0,
            0,
        )];
        for at in 0..5 {
            pieces.push(piece(
                "left text of a line",
                0.0,
                30.0 + at as f32 * 12.0,
                1 + at,
            ));
        }
        for at in 0..5 {
            pieces.push(piece("right", 150.0, 30.0 + at as f32 * 13.0, 10 + at));
        }
        let blocks = order(pieces);
        assert_eq!(blocks.iter().map(Vec::len).collect::<Vec<_>>(), [1, 5, 5]);
        assert!(blocks[1].iter().all(|text| text.starts_with("left")));
    }

    #[test]
    fn dates_beside_titles_stay_in_their_lines() {
        for one_after_the_other in [false, true] {
            let mut pieces = Vec::new();
            for at in 0..5 {
                let (title, date) = if one_after_the_other {
                    (at, 10 + at)
                } else {
                    (2 * at, 2 * at + 1)
                };
                pieces.push(piece(
                    "customer service manager",
                    0.0,
                    at as f32 * 12.0,
                    title,
                ));
                pieces.push(piece("2019", 300.0, at as f32 * 12.0, date));
            }
            assert_eq!(order(pieces).len(), 1);
        }
    }

    #[test]
    fn tall_cells_of_a_row_stay_whole() {
        let mut pieces = Vec::new();
        let mut n = 0;
        for row in 0..4 {
            for (x, text) in [(0.0, "cell left"), (150.0, "cell right")] {
                for line in 0..3 {
                    pieces.push(piece(text, x, row as f32 * 50.0 + line as f32 * 12.0, n));
                    n += 1;
                }
            }
        }
        let blocks = order(pieces);
        assert_eq!(blocks.len(), 8);
        assert!(
            blocks
                .iter()
                .all(|block| block.iter().all(|text| *text == block[0]))
        );
    }

    #[test]
    fn contacts_above_columns_stay_above() {
        // The right column was painted first, the contacts before both; one of them stands above the right column only.
        let mut pieces = vec![
            piece("jane@example.org", 0.0, 0.0, 0),
            piece("Leeds", 300.0, 0.0, 1),
            piece("example.org", 0.0, 12.0, 2),
        ];
        for at in 0..10 {
            let y = 40.0 + at as f32 * 12.0;
            pieces.push(piece("Sold tea and cake in a shop.", 0.0, y, 20 + at));
            pieces.push(piece("Tea", 300.0, y + 3.0, 5 + at));
        }
        let blocks = order(pieces);
        assert_eq!(blocks[0], ["jane@example.org", "Leeds", "example.org"]);
        assert_eq!(blocks.iter().map(Vec::len).collect::<Vec<_>>(), [3, 10, 10]);
    }

    #[test]
    fn a_name_in_large_letters_is_no_row_of_the_contacts() {
        let large = |text: &str, base: f32, order: usize| Piece {
            size: 24.0,
            ..piece(text, 0.0, base, order)
        };
        let mut pieces = vec![large("Jane Doe", 20.0, 0), large("Clerk", 40.0, 1)];
        for (at, text) in ["Leeds", "0113 496", "jane@example.org"].iter().enumerate() {
            pieces.push(piece(text, 300.0, 14.0 + at as f32 * 14.0, 2 + at));
        }
        assert_eq!(order(pieces)[0], ["Jane Doe", "Clerk"]);
    }

    #[test]
    fn columns_end_below_the_sentences_in_them() {
        let mut pieces = Vec::new();
        for (at, text) in ["I sold tea.", "I sold jam.", "I sold", "bread and", "milk."]
            .iter()
            .enumerate()
        {
            pieces.push(piece(text, 0.0, at as f32 * 12.0, at));
        }
        for at in 0..3 {
            pieces.push(piece("Chart", 200.0, 3.0 + at as f32 * 12.0, 10 + at));
        }
        let blocks = order(pieces);
        assert_eq!(blocks[0].len(), 5);
        assert_eq!(blocks[1], ["Chart"; 3]);
    }

    #[test]
    fn a_heading_below_a_list_beside_text_ends_both() {
        let mut pieces = Vec::new();
        for at in 0..4 {
            let y = at as f32 * 12.0;
            pieces.push(piece("I sold tea and cake.", 0.0, y, at));
            pieces.push(piece("Tills", 200.0, y + 3.0, 10 + at));
        }
        pieces.push(piece("Study", 0.0, 64.0, 30));
        let mut blocks = Vec::new();
        split(pieces, 1, &mut blocks);
        assert_eq!(blocks.len(), 3);
        assert_eq!(blocks[2].pieces[0].text, "Study");
    }
}
