//! Puts the pieces of a page into reading order: columns one after the other, rows of tables row by row.

use super::words::Piece;

/// 5,000 pieces: a page of text has 50 to 500. Beyond, the page is read row by row.
const MAX_PIECES: usize = 5_000;

/// Splits inside each other: columns in columns in columns.
const MAX_DEPTH: usize = 8;

/// A column has at least this many lines; fewer lines side by side are a row.
const MIN_LINES: usize = 3;

/// Blocks in reading order; inside each, text is to be read line by line.
pub(super) fn blocks(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut out = Vec::new();
    if pieces.len() > MAX_PIECES {
        out.push(pieces);
    } else {
        split(pieces, 0, &mut out);
    }
    out.retain(|block| !block.is_empty());
    out
}

fn split(pieces: Vec<Piece>, depth: usize, out: &mut Vec<Vec<Piece>>) {
    if pieces.len() < 2 * MIN_LINES || depth >= MAX_DEPTH {
        out.push(pieces);
        return;
    }
    let Some(gutter) = best_gutter(&pieces) else {
        out.push(pieces);
        return;
    };
    let (mut above, mut inside, mut below) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        let middle = centre(&piece);
        if middle < gutter.top {
            above.push(piece);
        } else if middle > gutter.bottom {
            below.push(piece);
        } else {
            inside.push(piece);
        }
    }
    split(above, depth + 1, out);
    let (left, right) = sides(inside, gutter.x);
    match gutter.kind {
        Kind::Columns => {
            split(left, depth + 1, out);
            split(right, depth + 1, out);
        }
        Kind::Bands => {
            for (left, right) in bands(left, right) {
                if line_count(&left) >= 2 && line_count(&right) >= 2 {
                    split(left, depth + 1, out);
                    split(right, depth + 1, out);
                } else {
                    out.push([left, right].concat());
                }
            }
        }
    }
    split(below, depth + 1, out);
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// All of the left, then all of the right.
    Columns,
    /// Left and right belong together piece by piece: rows whose cells have lines of their own.
    Bands,
}

#[derive(Clone, Copy, Debug)]
struct Gutter {
    /// The right side begins here.
    x: f32,
    top: f32,
    bottom: f32,
    kind: Kind,
    score: f32,
}

fn centre(piece: &Piece) -> f32 {
    (piece.top() + piece.bottom()) / 2.0
}

fn sides(pieces: Vec<Piece>, x: f32) -> (Vec<Piece>, Vec<Piece>) {
    pieces.into_iter().partition(|piece| piece.x0 < x - 1.0)
}

/// The white strip with most lines on both sides.
fn best_gutter(pieces: &[Piece]) -> Option<Gutter> {
    let mut by_height: Vec<&Piece> = pieces.iter().collect();
    by_height.sort_by(|a, b| centre(a).total_cmp(&centre(b)).then(a.order.cmp(&b.order)));
    let mut best: Option<Gutter> = None;
    for x in left_edges(pieces) {
        let mut left = Vec::new();
        let mut right = Vec::new();
        for piece in by_height.iter().copied().map(Some).chain([None]) {
            let crosses =
                piece.is_none_or(|piece| piece.x0 < x - 1.0 && piece.x1 > x - gutter_width(piece));
            if !crosses {
                let piece = piece.expect("only the end has no piece");
                if piece.x0 < x - 1.0 {
                    left.push(piece)
                } else {
                    right.push(piece)
                }
                continue;
            }
            if let Some(gutter) = judge(&left, &right, x)
                && best.is_none_or(|best| gutter.score > best.score)
            {
                best = Some(gutter);
            }
            left.clear();
            right.clear();
        }
    }
    best
}

/// 0.6 of the size: the narrowest gutters of public templates are about one size wide.
fn gutter_width(piece: &Piece) -> f32 {
    (0.6 * piece.size).clamp(3.0, 12.0)
}

/// Where pieces begin, within 1.5 points: one of these is the left edge of a right column. Centred columns have
/// no edge in common, so each is tried.
fn left_edges(pieces: &[Piece]) -> Vec<f32> {
    let mut edges: Vec<f32> = pieces.iter().map(|piece| piece.x0).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, edge| *next - *edge < 1.5);
    // 200 edges: a page has some dozens; one of scattered words has more, and no columns.
    edges.truncate(200);
    edges
}

/// Whether pieces on both sides of `x`, sorted from top to bottom, are columns.
fn judge(left: &[&Piece], right: &[&Piece], x: f32) -> Option<Gutter> {
    if left.len() < MIN_LINES || right.len() < MIN_LINES {
        return None;
    }
    let (left, right) = without_shared_ends(left, right);
    let (left_lines, right_lines) = (bases(left), bases(right));
    let fewer = left_lines.len().min(right_lines.len());
    if fewer < MIN_LINES {
        return None;
    }
    let (top, bottom) = (
        left_lines[0].min(right_lines[0]),
        left_lines[left_lines.len() - 1].max(right_lines[right_lines.len() - 1]),
    );
    let overlap = left_lines[left_lines.len() - 1].min(right_lines[right_lines.len() - 1])
        - left_lines[0].max(right_lines[0]);
    let size = left[0].size.max(1.0);
    if overlap < 2.0 * size {
        return None;
    }
    let aligned = shared(&left_lines, &right_lines);
    let switches = switches(left, right);
    let chars = |side: &[&Piece]| side.iter().map(|piece| piece.text.len()).sum::<usize>();
    let kind = if switches <= 1.max(fewer / 3) {
        // Painted one after the other. A column of dates or places stands beside its titles, short and line
        // by line with them, and is to be read with them.
        let (short, long) = if chars(left) < chars(right) {
            (left, right)
        } else {
            (right, left)
        };
        let beside = aligned * 10 >= fewer * 9
            && short.iter().all(|piece| piece.text.chars().count() <= 24)
            && chars(short) * 3 < chars(long);
        if beside { return None } else { Kind::Columns }
    } else if aligned * 3 < fewer && switches > fewer {
        // Painted back and forth by height, but few lines have a partner: no rows.
        Kind::Columns
    } else if has_tall_bands(left, right) {
        Kind::Bands
    } else {
        return None;
    };
    // Lines of the left above all of the right are read first either way; they may be as wide as the page.
    let top = if kind == Kind::Columns {
        top.max(right_lines[0])
    } else {
        top
    };
    let margin = size;
    Some(Gutter {
        x,
        top: top - margin,
        bottom: bottom + margin * 0.5,
        kind,
        score: overlap * fewer as f32,
    })
}

/// Leaves out rows at the upper and lower end that were painted from left to right in one go, as a line of
/// contacts above two columns is.
fn without_shared_ends<'p, 's>(
    mut left: &'s [&'p Piece],
    mut right: &'s [&'p Piece],
) -> (&'s [&'p Piece], &'s [&'p Piece]) {
    let is_row = |a: &Piece, b: &Piece| (a.base - b.base).abs() <= 1.5 && b.order == a.order + 1;
    while let ([first_left, rest_left @ ..], [first_right, rest_right @ ..]) = (left, right) {
        // The last piece of the row on the left is the one next to the gutter.
        let row_end = left
            .iter()
            .take_while(|piece| (piece.base - first_left.base).abs() <= 1.5)
            .count();
        let joins = left[..row_end]
            .iter()
            .any(|piece| is_row(piece, first_right));
        if !joins || rest_left.is_empty() {
            break;
        }
        (left, right) = (&left[row_end..], rest_right);
    }
    while let ([.., last_left], [rest_right @ .., last_right]) = (left, right) {
        let row_start = left
            .iter()
            .rev()
            .take_while(|piece| (piece.base - last_left.base).abs() <= 1.5)
            .count();
        let row_start = left.len() - row_start;
        if !left[row_start..]
            .iter()
            .any(|piece| is_row(piece, last_right))
        {
            break;
        }
        (left, right) = (&left[..row_start], rest_right);
    }
    (left, right)
}

/// Base lines from top to bottom, each once.
fn bases(pieces: &[&Piece]) -> Vec<f32> {
    let mut bases: Vec<(f32, f32)> = pieces
        .iter()
        .map(|piece| (piece.base, piece.size))
        .collect();
    bases.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lines: Vec<f32> = Vec::new();
    for (base, size) in bases {
        if lines.last().is_none_or(|last| base - last > 0.4 * size) {
            lines.push(base);
        }
    }
    lines
}

fn line_count(pieces: &[Piece]) -> usize {
    bases(&pieces.iter().collect::<Vec<_>>()).len()
}

/// How many base lines of one side have a partner on the other, within 1.5 points.
fn shared(left: &[f32], right: &[f32]) -> usize {
    let (fewer, more) = if left.len() < right.len() {
        (left, right)
    } else {
        (right, left)
    };
    fewer
        .iter()
        .filter(|base| {
            let at = more.partition_point(|other| *other < **base - 1.5);
            more.get(at)
                .is_some_and(|other| (other - **base).abs() <= 1.5)
        })
        .count()
}

/// How often painting went from one side to the other.
fn switches(left: &[&Piece], right: &[&Piece]) -> usize {
    let mut order: Vec<(usize, bool)> = left
        .iter()
        .map(|piece| (piece.order, true))
        .chain(right.iter().map(|piece| (piece.order, false)))
        .collect();
    order.sort_unstable();
    order
        .windows(2)
        .filter(|pair| pair[0].1 != pair[1].1)
        .count()
}

fn has_tall_bands(left: &[&Piece], right: &[&Piece]) -> bool {
    let own = |side: &[&Piece]| {
        side.iter()
            .map(|piece| (*piece).clone())
            .collect::<Vec<_>>()
    };
    let bands = bands(own(left), own(right));
    // Half of the rows: a single tall cell does not make a table of tall cells.
    let tall = bands
        .iter()
        .filter(|(left, right)| line_count(left) >= 2 && line_count(right) >= 2)
        .count();
    bands.len() >= 2 && tall * 2 >= bands.len()
}

/// Rows of cells, told by the order of painting: a run on one side, a run on the other, then further down.
fn bands(left: Vec<Piece>, right: Vec<Piece>) -> Vec<(Vec<Piece>, Vec<Piece>)> {
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
        blocks(pieces)
            .into_iter()
            .map(|block| block.into_iter().map(|piece| piece.text).collect())
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
}
