//! Finds the white strips between columns.

use super::columns::bands;
use super::torn::goes_on;
use super::words::Piece;

/// A column has at least this many lines; fewer lines side by side are a row.
const MIN_LINES: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// All of the left, then all of the right.
    Columns,
    /// Left and right belong together piece by piece: rows whose cells have lines of their own.
    Bands,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Gutter {
    /// The right side begins here.
    pub(super) x: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) kind: Kind,
    score: f32,
}

impl Gutter {
    /// The white strip with most lines on both sides.
    pub(super) fn best(pieces: &[Piece]) -> Option<Self> {
        let mut by_height: Vec<&Piece> = pieces.iter().collect();
        by_height.sort_by(|a, b| centre(a).total_cmp(&centre(b)).then(a.order.cmp(&b.order)));
        let mut best: Option<Self> = None;
        for x in left_edges(pieces) {
            let mut left = Vec::new();
            let mut right = Vec::new();
            for piece in by_height.iter().copied().map(Some).chain([None]) {
                let crosses = piece
                    .is_none_or(|piece| piece.x0 < x - 1.0 && piece.x1 > x - gutter_width(piece));
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

    /// Ends below a sentence that goes on beside the other side, and above one that goes on across both.
    pub(super) fn with_whole_sentences(mut self, pieces: &[Piece]) -> Self {
        let mut painted: Vec<&Piece> = pieces.iter().collect();
        painted.sort_by_key(|piece| piece.order);
        for sentence in painted.chunk_by(|line, next| goes_on(line, next)) {
            let (first, last) = (centre(sentence[0]), centre(sentence[sentence.len() - 1]));
            if !(self.top < first && first <= self.bottom && self.bottom < last) {
                continue;
            }
            let is_left = sentence.iter().all(|piece| piece.x1 < self.x);
            let is_right = sentence.iter().all(|piece| piece.x0 >= self.x - 1.0);
            self.bottom = if is_left || is_right {
                last
            } else {
                first - 0.1 * sentence[0].size
            };
        }
        self
    }

    /// Ends where the left column goes on below the right one after a gap: what begins there is beside nothing.
    pub(super) fn without_tail(mut self, pieces: &[Piece]) -> Self {
        let inside = |piece: &&Piece| (self.top..=self.bottom).contains(&centre(piece));
        let (mut left, right): (Vec<&Piece>, Vec<&Piece>) = pieces
            .iter()
            .filter(inside)
            .partition(|piece| piece.x0 < self.x - 1.0);
        left.sort_by(|a, b| a.base.total_cmp(&b.base));
        let end = right
            .iter()
            .map(|piece| piece.base)
            .fold(self.top, f32::max);
        // 1.8 sizes: usual lines are 1.2 apart, and a heading stands off by half a line or more.
        let gap = left.windows(2).find(|pair| {
            pair[1].top() > end && pair[1].base - pair[0].base.max(end) > 1.8 * pair[0].size
        });
        if let Some(gap) = gap {
            self.bottom = (gap[0].base.max(end) + gap[1].top()) / 2.0;
        }
        self
    }

    /// What is above, beside and below.
    pub(super) fn cut(self, pieces: Vec<Piece>) -> (Vec<Piece>, Vec<Piece>, Vec<Piece>) {
        let (mut above, mut inside, mut below) = (Vec::new(), Vec::new(), Vec::new());
        for piece in pieces {
            let middle = centre(&piece);
            if middle < self.top {
                above.push(piece);
            } else if middle > self.bottom {
                below.push(piece);
            } else {
                inside.push(piece);
            }
        }
        (above, inside, below)
    }
}

pub(super) fn centre(piece: &Piece) -> f32 {
    (piece.top() + piece.bottom()) / 2.0
}

pub(super) fn sides(pieces: Vec<Piece>, x: f32) -> (Vec<Piece>, Vec<Piece>) {
    pieces.into_iter().partition(|piece| piece.x0 < x - 1.0)
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
    let min_lines = min_lines(left, right);
    if left.len() < min_lines || right.len() < min_lines {
        return None;
    }
    let (left, right) = without_shared_ends(left, right);
    let (left, right) = without_header(left, right);
    let (left_lines, right_lines) = (bases(left), bases(right));
    let fewer = left_lines.len().min(right_lines.len());
    if fewer < min_lines {
        return None;
    }
    let (top, bottom) = (
        left_lines[0].min(right_lines[0]),
        left_lines[left_lines.len() - 1].max(right_lines[right_lines.len() - 1]),
    );
    let overlap = left_lines[left_lines.len() - 1].min(right_lines[right_lines.len() - 1])
        - left_lines[0].max(right_lines[0]);
    let size = left[0].size.max(1.0);
    if overlap < (min_lines - 1) as f32 * size.min(right[0].size) {
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
        score: overlap * fewer as f32 * if switches <= 1 { 1.5 } else { 1.0 },
    })
}

/// A name and a title in large letters are two lines, and what stands beside them is no part of their rows.
fn min_lines(left: &[&Piece], right: &[&Piece]) -> usize {
    let largest = |side: &[&Piece]| side.iter().map(|piece| piece.size).fold(0.0, f32::max);
    let (left, right) = (largest(left), largest(right));
    // 1.5 times: headings are up to 1.4 times as large as their text.
    if left.max(right) > 1.5 * left.min(right) {
        2
    } else {
        MIN_LINES
    }
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

/// Leaves out up to three rows above both columns that were painted before either, such as contacts, when without
/// them the columns were painted one after the other.
fn without_header<'p, 's>(
    left: &'s [&'p Piece],
    right: &'s [&'p Piece],
) -> (&'s [&'p Piece], &'s [&'p Piece]) {
    if switches(left, right) <= 1 {
        return (left, right);
    }
    let rows = bases(right);
    // 8 rows: shorter columns are lists, and what is above them is the list's beginning.
    let is_column = |side: &[&Piece]| bases(side).len() >= 8;
    let half = 0.5 * right[0].size;
    // Just below each row, then just above the next: contacts may have rows on the left only.
    let cuts = rows
        .windows(2)
        .take(3)
        .flat_map(|pair| [pair[0] + half, pair[1] - half]);
    for cut in cuts {
        let is_above = |piece: &&Piece| piece.base < cut;
        let (head_left, left) = left.split_at(left.partition_point(is_above));
        let (head_right, right) = right.split_at(right.partition_point(is_above));
        let orders = |side: &[&Piece]| side.iter().map(|piece| piece.order).collect::<Vec<_>>();
        let last = orders(head_left)
            .into_iter()
            .chain(orders(head_right))
            .max();
        let first = orders(left).into_iter().chain(orders(right)).min();
        if last < first && switches(left, right) <= 1 && is_column(left) && is_column(right) {
            return (left, right);
        }
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

pub(super) fn line_count(pieces: &[Piece]) -> usize {
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
