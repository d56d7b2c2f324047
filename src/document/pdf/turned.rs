//! Headings that are written along the side of what they head.

use super::rows::{Row, rows};
use super::words::Piece;

/// 40 characters: what is longer is no heading.
const MAX_CHARS: usize = 40;

/// 2,000 pieces: the search is quadratic, and a page of text has a quarter of that.
const MAX_PIECES: usize = 2_000;

/// A heading stands beside at least three lines.
const MIN_ROWS: usize = 3;

/// Sets the headings among turned pieces above the lines that they stand beside, and gives back the rest.
///
/// `turned` are pieces as they look with the page turned by `turn` quarters clockwise.
pub(super) fn set_headings(turned: Vec<Piece>, turn: u8, page: &mut Vec<Piece>) -> Vec<Piece> {
    if turned.len() + page.len() > MAX_PIECES {
        return turned;
    }
    let mut rest = Vec::new();
    let mut headings = Vec::new();
    for row in rows(turned) {
        // 1.5 sizes: words of one heading stand nearer.
        let is_near = |a: &Piece, b: &Piece| b.x0 - a.x1 < 1.5 * a.size.min(b.size);
        for line in row.pieces.chunk_by(is_near) {
            match Heading::of(line, turn, page) {
                Some(heading) => headings.push(heading),
                None => rest.extend_from_slice(line),
            }
        }
    }
    if headings.is_empty() {
        return rest;
    }
    let lines = rows(page.clone());
    let set: Vec<Piece> = headings
        .iter()
        .map(|heading| heading.above(&lines, &headings))
        .collect();
    page.extend(set);
    // As if they had been painted with their lines.
    page.sort_by_key(|piece| piece.order);
    for (order, piece) in page.iter_mut().enumerate() {
        piece.order = order;
    }
    rest
}

/// A turned line.
struct Heading {
    piece: Piece,
    top: f32,
    bottom: f32,
}

impl Heading {
    fn of(line: &[Piece], turn: u8, page: &[Piece]) -> Option<Self> {
        let (first, last) = (line.first()?, line.last()?);
        let (top, bottom, x) = match turn {
            1 => (first.x0, last.x1, -first.base),
            3 => (-last.x1, -first.x0, first.base),
            _ => return None,
        };
        let texts: Vec<&str> = line.iter().map(|piece| piece.text.as_str()).collect();
        let text = texts.join(" ");
        let beside: Vec<&Piece> = page
            .iter()
            .filter(|piece| top < piece.base && piece.base < bottom)
            .collect();
        let mut sizes: Vec<f32> = beside.iter().map(|piece| piece.size).collect();
        sizes.sort_by(f32::total_cmp);
        let usual = *sizes.get(sizes.len() / 2)?;
        let is_outside = beside.iter().all(|piece| piece.x1 <= x + first.size)
            || beside.iter().all(|piece| piece.x0 >= x - first.size);
        let mut bases: Vec<f32> = beside.iter().map(|piece| piece.base).collect();
        bases.sort_by(f32::total_cmp);
        bases.dedup_by(|next, base| *next - *base < 0.9 * usual);
        // A fifth larger than the text: what is smaller is a file's mark or a picture's source.
        let is_heading = bases.len() >= MIN_ROWS
            && is_outside
            && first.size > 1.2 * usual
            && text.chars().count() <= MAX_CHARS
            && text.contains(char::is_alphabetic);
        is_heading.then(|| Self {
            piece: Piece {
                text,
                ..first.clone()
            },
            top,
            bottom,
        })
    }

    /// The heading as a line above the first of its lines: those beside it and, above and below them, those that
    /// follow in the same rhythm.
    fn above(&self, lines: &[Row], headings: &[Self]) -> Piece {
        let step = |at: usize| lines[at].base - lines[at - 1].base;
        // The pieces beside the heading may all be of a row that begins above it.
        let start = lines
            .partition_point(|line| line.base <= self.top)
            .min(lines.len().saturating_sub(1));
        let end = lines.partition_point(|line| line.base < self.bottom);
        let widest = (start + 1..end).map(step).fold(0.0, f32::max);
        let is_free = |line: &Row| !headings.iter().any(|heading| heading.stands_beside(line));
        // A quarter more than the widest step between the entries beside the heading.
        let first = (1..=start)
            .rev()
            .find(|&at| step(at) > 1.25 * widest || !is_free(&lines[at - 1]))
            .unwrap_or(0);
        let line = &lines[first];
        let leftmost = &line.pieces[0];
        Piece {
            // A row of its own, and as near as can be to the line that it heads.
            base: line.base - 0.6 * line.size,
            x0: leftmost.x0,
            x1: leftmost.x0 + self.piece.x1 - self.piece.x0,
            order: leftmost.order,
            ..self.piece.clone()
        }
    }

    fn stands_beside(&self, line: &Row) -> bool {
        self.top < line.base && line.base < self.bottom
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::tests::glyphs_of_page;
    use super::super::layout::tests::written;
    use super::super::words::tests::line;

    #[test]
    fn headings_along_the_edge_go_above_their_lines() {
        let mut lines = Vec::new();
        for (at, text) in ["Manager", "Led six.", "Clerk", "Sold tea."]
            .iter()
            .enumerate()
        {
            lines.push((*text, 0.0, 100.0 + at as f32 * 14.0));
            lines.push((*text, 0.0, 300.0 + at as f32 * 14.0));
        }
        lines.push(("Jane Doe", 0.0, 20.0));
        let mut glyphs = glyphs_of_page(&lines);
        for (text, from) in [("Work", 152.0), ("Study", 356.0)] {
            let mut side = line(text, 0.0, 0.0, 20.0);
            for glyph in &mut side {
                (glyph.x, glyph.y, glyph.turn) = (400.0, from - glyph.x, 3);
            }
            glyphs.extend(side);
        }
        let entries = "Manager\nLed six.\nClerk\nSold tea.\n";
        assert_eq!(
            written(&glyphs),
            format!("Jane Doe\n\nWork\n{entries}\nStudy\n{entries}")
        );
    }

    #[test]
    fn a_row_that_begins_above_the_heading_takes_it() {
        let mut glyphs = Vec::new();
        for (text, x, y, size) in [
            ("A", 0.0, 300.0, 70.0),
            ("b", 100.0, 304.0, 10.0),
            ("c", 130.0, 304.0, 10.0),
            ("d", 160.0, 304.0, 10.0),
            ("E", 200.0, 314.2, 36.0),
            ("F", 300.0, 324.2, 60.0),
        ] {
            glyphs.extend(line(text, x, y, size));
        }
        let mut side = line("Study", 0.0, 0.0, 14.0);
        for glyph in &mut side {
            (glyph.x, glyph.y, glyph.turn) = (600.0, 337.0 - glyph.x, 3);
        }
        glyphs.extend(side);
        assert_eq!(written(&glyphs).matches("Study").count(), 1);
    }
}
