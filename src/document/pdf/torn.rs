//! Sentences that other text stands beside: they are read whole, and what is beside them before or after.

use super::columns::{Block, MAX_DEPTH, leaf, split};
use super::rows::ROW_HEIGHT;
use super::words::Piece;

/// 2,000 pieces: the search is quadratic, and a page of text has a quarter of that.
const MAX_PIECES: usize = 2_000;

/// A sentence over several lines that reading line by line would tear.
struct Torn {
    /// Its pieces, by their place in the order of painting.
    orders: Vec<usize>,
    x0: f32,
    x1: f32,
    first: f32,
    last: f32,
}

impl Torn {
    /// From top to bottom.
    fn all(pieces: &[Piece]) -> Vec<Self> {
        if pieces.len() > MAX_PIECES {
            return Vec::new();
        }
        let mut painted: Vec<&Piece> = pieces.iter().collect();
        painted.sort_by_key(|piece| piece.order);
        let mut torn: Vec<Self> = painted
            .chunk_by(|line, next| goes_on(line, next))
            .filter(|sentence| {
                let is_interrupted = |pair: &[&Piece]| is_interrupted(pair[0], pair[1], pieces);
                sentence.windows(2).any(is_interrupted)
                    // Lines that all have something beside them are rows of a table.
                    && !sentence.iter().all(|line| has_partner(line, pieces))
            })
            .map(|sentence| Self {
                orders: sentence.iter().map(|piece| piece.order).collect(),
                x0: fold(sentence, |piece| piece.x0, f32::min),
                x1: fold(sentence, |piece| piece.x1, f32::max),
                first: sentence[0].base,
                last: sentence[sentence.len() - 1].base,
            })
            .collect();
        torn.sort_by(|a, b| a.first.total_cmp(&b.first));
        torn
    }

    /// Writes what is above, to the left, the sentence and what is to the right; gives back what is below.
    fn mend(&self, pieces: Vec<Piece>, depth: usize, out: &mut Vec<Block>) -> Vec<Piece> {
        let (mut above, mut left, mut sentence) = (Vec::new(), Vec::new(), Vec::new());
        let (mut right, mut below) = (Vec::new(), Vec::new());
        for piece in pieces {
            let height = row_height(&piece);
            let side = if self.orders.contains(&piece.order) {
                &mut sentence
            } else if piece.base < self.first - height {
                &mut above
            } else if piece.base > self.last + height {
                &mut below
            } else if piece.x1 <= self.x0 + 1.0 {
                &mut left
            } else if piece.x0 >= self.x1 - 1.0 {
                &mut right
            } else {
                // Index figures and the like.
                &mut sentence
            };
            side.push(piece);
        }
        split(above, depth, out);
        let is_label = |piece: &Piece| (piece.base - self.first).abs() <= row_height(piece);
        if left.iter().all(is_label) {
            sentence.append(&mut left);
        }
        split(left, depth, out);
        leaf(sentence, out);
        let is_note = right.len() == 1;
        let at = out.len();
        split(right, depth, out);
        if let Some(note) = out.get_mut(at) {
            note.follows = is_note;
        }
        below
    }
}

/// Text to be read line by line, but for the sentences that this would tear.
pub(super) fn read(mut pieces: Vec<Piece>, depth: usize, out: &mut Vec<Block>) {
    let torn = if depth < MAX_DEPTH {
        Torn::all(&pieces)
    } else {
        Vec::new()
    };
    if torn.is_empty() {
        leaf(pieces, out);
        return;
    }
    let mut top = f32::NEG_INFINITY;
    for sentence in torn {
        // One beside another was read with it.
        if sentence.first > top {
            top = sentence.last;
            pieces = sentence.mend(pieces, depth + 1, out);
        }
    }
    split(pieces, depth + 1, out);
}

fn fold(pieces: &[&Piece], edge: impl Fn(&Piece) -> f32, pick: impl Fn(f32, f32) -> f32) -> f32 {
    pieces
        .iter()
        .map(|piece| edge(piece))
        .reduce(pick)
        .unwrap_or_default()
}

fn row_height(piece: &Piece) -> f32 {
    ROW_HEIGHT * piece.size
}

/// Whether a sentence goes on from one piece to the next below, which was painted next.
pub(super) fn goes_on(line: &Piece, next: &Piece) -> bool {
    let step = next.base - line.base;
    let shared = line.x1.min(next.x1) - line.x0.max(next.x0);
    let is_below = next.order == line.order + 1
        && step > row_height(line)
        // Usual lines are 1.2 sizes apart.
        && step < 1.7 * line.size
        && (next.size - line.size).abs() < 0.1 * line.size
        // Half of the shorter: lines of one paragraph, at one edge or centred.
        && shared > 0.5 * (line.x1 - line.x0).min(next.x1 - next.x0);
    if !is_below {
        return false;
    }
    let mut end = line.text.chars().rev();
    match (end.next(), end.next()) {
        (Some('.' | '!' | '?' | ':' | ';'), _) => false,
        (Some(','), _) => true,
        (Some('-'), Some(letter)) if letter.is_alphabetic() => true,
        _ => {
            let word = line.text.rsplit(' ').next().unwrap_or_default();
            next.text.starts_with(char::is_lowercase) || OPEN_WORDS.contains(&word)
        }
    }
}

/// Words that no line of a list ends with.
const OPEN_WORDS: [&str; 16] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "our", "the", "to",
    "with",
];

fn on_row(piece: &Piece, of: &Piece) -> bool {
    (piece.base - of.base).abs() <= ROW_HEIGHT * piece.size.min(of.size)
}

/// Whether something stands further right in the line's row.
fn has_partner(line: &Piece, pieces: &[Piece]) -> bool {
    pieces
        .iter()
        .any(|piece| on_row(piece, line) && piece.x0 > line.x1)
}

/// Whether reading line by line would put another piece between two lines of a sentence.
fn is_interrupted(line: &Piece, next: &Piece, pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| {
        if piece.order == line.order || piece.order == next.order {
            return false;
        }
        if on_row(piece, line) {
            piece.x0 - line.x1 > 1.5 * line.size
        } else if on_row(piece, next) {
            next.x0 - piece.x1 > 1.5 * line.size
        } else {
            line.base < piece.base && piece.base < next.base
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::layout::tests::page;

    #[test]
    fn a_sentence_beside_labels_stays_whole() {
        let text = page(&[
            ("Every day I work with", 0.0, 12.0),
            ("the registers and with", 0.0, 24.0),
            ("Ledgers of the shop.", 0.0, 36.0),
            ("Chart", 200.0, 7.0),
            ("Tills", 200.0, 19.0),
            ("Books", 300.0, 24.0),
        ]);
        assert_eq!(
            text,
            "Chart\n\nEvery day I work with\nthe registers and with\nLedgers of the shop.\n\nTills\nBooks\n"
        );
    }

    #[test]
    fn a_title_over_two_lines_comes_before_its_date() {
        let text = page(&[
            ("Manager of the call center and", 0.0, 0.0),
            ("the counter", 0.0, 12.0),
            ("2019 - 2021", 300.0, 0.0),
            ("- Led a team.", 0.0, 24.0),
        ]);
        assert_eq!(
            text,
            "Manager of the call center and\nthe counter\n2019 - 2021\n- Led a team.\n"
        );
    }

    #[test]
    fn lists_side_by_side_stay_rows() {
        let text = page(&[
            ("Tills", 0.0, 0.0),
            ("Ledgers", 200.0, 0.0),
            ("Stock", 0.0, 12.0),
            ("Payroll", 200.0, 12.0),
        ]);
        assert_eq!(text, "Tills\tLedgers\nStock\tPayroll\n");
    }
}
