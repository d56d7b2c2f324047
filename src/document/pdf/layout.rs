//! Writes the pieces of a page as lines.

use super::device::Glyph;
use super::rows::{Row, begins_item, rows};
use super::sidebar::{Part, Place, edge, parts};
use super::turned::set_headings;
use super::words::{Piece, pieces};
use std::collections::HashMap;

/// How the text of a page begins and ends, for a sentence that goes on overleaf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    /// The first line is long and no item of a list: no page's head.
    pub(super) begins_running: bool,
    /// The last line had no room for a further word.
    pub(super) ends_full: bool,
}

/// The text of one part of a page.
pub(super) struct Written {
    pub(super) place: Place,
    pub(super) text: String,
    pub(super) ends: Ends,
}

/// The parts of a page in reading order.
pub(super) fn write(glyphs: &[Glyph]) -> Vec<Written> {
    // Upright text first, then text along the edges, whichever way it is turned.
    let mut turns: Vec<(usize, u8)> = (0..4)
        .map(|turn| {
            (
                glyphs.iter().filter(|glyph| glyph.turn == turn).count(),
                turn,
            )
        })
        .filter(|&(count, _)| count > 0)
        .collect();
    turns.sort_by_key(|&(count, turn)| (std::cmp::Reverse(count), turn));
    let pieces_of = |turn| level_index_figures(without_repeats(pieces(glyphs, turn)));
    let Some((&(_, usual), others)) = turns.split_first() else {
        return Vec::new();
    };
    let mut page = pieces_of(usual);
    let mut edges = Vec::new();
    for &(_, turn) in others {
        let pieces = pieces_of(turn);
        edges.push(match usual {
            0 => set_headings(pieces, turn, &mut page),
            _ => pieces,
        });
    }
    let edges = edges.into_iter().filter_map(edge);
    parts(page)
        .into_iter()
        .chain(edges)
        .map(write_part)
        .collect()
}

fn write_part(part: Part) -> Written {
    let mut out = String::new();
    let mut ends: Option<Ends> = None;
    let mut before: Option<Edge> = None;
    for block in part.blocks {
        let lines = rows(block.pieces);
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            continue;
        };
        let (first, last) = (Edge::of(first), Edge::of(last));
        if !(block.follows || before.is_some_and(|before| before.continues_in(first))) {
            gap(&mut out);
        }
        // What follows may end higher up than what it follows.
        before = before
            .filter(|before| block.follows && before.base > last.base)
            .or(Some(last));
        let block = write_lines(&lines, &mut out);
        ends = Some(Ends {
            begins_running: ends.map_or(block.begins_running, |ends| ends.begins_running),
            ends_full: block.ends_full,
        });
    }
    Written {
        place: part.place,
        text: out,
        ends: ends.unwrap_or_default(),
    }
}

/// Where a block begins or ends.
#[derive(Clone, Copy)]
struct Edge {
    x: f32,
    base: f32,
    size: f32,
}

impl Edge {
    fn of(row: &Row) -> Self {
        Self {
            x: row.left(),
            base: row.base,
            size: row.size,
        }
    }

    /// Whether the next block goes on right below, at the same edge: a cut for the sake of a column further on.
    fn continues_in(self, next: Edge) -> bool {
        let size = self.size.max(next.size);
        let step = next.base - self.base;
        // 1.6 sizes: usual lines are 1.2 apart.
        step > 0.0 && step < 1.6 * size && (next.x - self.x).abs() < 3.0 * size
    }
}

fn gap(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// Drops pieces that are painted twice, a little aside, as bold or as a shadow.
fn without_repeats(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut seen: HashMap<String, Vec<(f32, f32)>> = HashMap::with_capacity(pieces.len());
    pieces
        .into_iter()
        .filter(|piece| {
            let places = seen.entry(piece.text.clone()).or_default();
            let near = 0.3 * piece.size;
            // The last eight: a repeat follows soon, and a page of one word repeated stays linear.
            let repeats = places
                .iter()
                .rev()
                .take(8)
                .any(|(x, y)| (x - piece.x0).abs() < near && (y - piece.base).abs() < near);
            places.push((piece.x0, piece.base));
            !repeats
        })
        .collect()
}

/// Sets index figures and ordinal endings (the "st" of 1st) on the base line of the text that they hang on.
fn level_index_figures(mut pieces: Vec<Piece>) -> Vec<Piece> {
    // 2,000 pieces: the search is quadratic, and a page of text has a quarter of that.
    if pieces.len() > 2_000 {
        return pieces;
    }
    for at in 0..pieces.len() {
        let small = &pieces[at];
        // 4 characters: "(12)", "th", "TM".
        if small.text.chars().count() > 4 {
            continue;
        }
        let middle = small.base - 0.3 * small.size;
        let host = pieces.iter().find(|host| {
            host.size > 1.2 * small.size
                && host.top() - 0.2 * host.size < middle
                && middle < host.bottom()
                && ((small.x0 - host.x1).abs() < 0.3 * host.size
                    || (host.x0 - small.x1).abs() < 0.3 * host.size)
        });
        if let Some(base) = host.map(|host| host.base) {
            pieces[at].base = base;
        }
    }
    pieces
}

fn write_lines(lines: &[Row], out: &mut String) -> Ends {
    let leading = usual_leading(lines);
    let measure = Measure::of(lines);
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &lines[at]);
        if let Some(before) = before {
            if is_apart(before, line, leading) {
                gap(out);
            } else if measure.is_some_and(|measure| measure.wraps(before, line)) {
                join(out);
            }
        }
        let is_stretched = is_stretched(line, before, lines.get(at + 1));
        write_line(&line.pieces, is_stretched, out);
        out.push('\n');
    }
    let runs = |line: &Row| is_long(line) && !line.begins_item();
    let ends_full = |measure: Measure| lines.last().is_some_and(|line| measure.is_full(line));
    Ends {
        begins_running: lines.first().is_some_and(runs),
        ends_full: measure.is_some_and(ends_full),
    }
}

/// Whether a line begins something new: far below the line before, or in larger letters.
fn is_apart(before: &Row, line: &Row, leading: Option<f32>) -> bool {
    let step = line.base - before.base;
    let usual = leading
        .unwrap_or(f32::INFINITY)
        .max(before.size.min(line.size));
    // A tenth larger: headings of public templates are a sixth larger than their text; 40 characters: what is longer
    // is no heading.
    let is_heading = line.size > 1.1 * before.size && line.chars() <= 40 && !line.begins_item();
    // 1.4 of the usual step, or more than two and a half sizes where nothing is usual.
    step > 1.4 * usual
        || step > 2.5 * before.size.max(line.size)
        || (is_heading && step > 1.1 * leading.unwrap_or(1.2 * before.size))
}

/// Makes the line end a space. Hyphens at line ends are left to the stage that knows words.
pub(super) fn join(out: &mut String) {
    // A dash after a space is no hyphen.
    if out.ends_with('\n') && (!out.ends_with("-\n") || out.ends_with(" -\n")) {
        out.pop();
        out.push(' ');
    }
}

/// The measure of running text: how far its lines may go.
#[derive(Clone, Copy)]
struct Measure {
    right: f32,
}

/// 60 characters: the shortest measure that word processors leave on a page with a sidebar. What is narrower may be a
/// list, whose longest item looks like a full line.
const SHORTEST_FULL_LINE: usize = 60;

impl Measure {
    /// None unless the text is poured in one piece, as what was pasted into a form: nearly all lines are full. Elsewhere
    /// a full line may as well be an item of a list, and the stage that knows words decides.
    fn of(lines: &[Row]) -> Option<Self> {
        let long = || lines.iter().filter(|line| is_long(line));
        let right = long().map(Row::right).max_by(f32::total_cmp)?;
        let measure = Self { right };
        let full = long().filter(|line| measure.is_full(line)).count();
        // Three: fewer say nothing about a measure. Seven in ten: resumes with lists have about as many short lines as
        // full ones.
        (full >= 3 && full * 10 >= lines.len() * 7).then_some(measure)
    }

    /// Whether the line comes near the end of the measure.
    fn is_full(self, line: &Row) -> bool {
        // 8 sizes: a word of some sixteen letters may have been too long for the line.
        is_long(line) && line.right() > self.right - 8.0 * line.size
    }

    /// Whether the line ended only since the next word had no room.
    fn wraps(self, line: &Row, next: &Row) -> bool {
        let (Some(first), Some(start)) = (line.pieces.first(), next.pieces.first()) else {
            return false;
        };
        if !is_long(line) || (line.size - next.size).abs() > 0.1 * line.size {
            return false;
        }
        // The same edge, or further in below an item's label.
        let indent = start.x0 - first.x0;
        if indent < -1.0 || indent > 4.0 * line.size || begins_item(&start.text) {
            return false;
        }
        // After a sentence's end a short line that begins with a capital is a title or the next item of a list.
        let text = line.pieces.last().map_or("", |piece| piece.text.as_str());
        let ends_sentence = text.ends_with(['.', '!', '?', ':', ';']);
        let may_be_title = !is_long(next) && start.text.starts_with(char::is_uppercase);
        if may_be_title && ends_sentence {
            return false;
        }
        let word = start.text.split(' ').next().unwrap_or_default();
        let count = |text: &str| text.chars().count().max(1) as f32;
        let share = (start.x1 - start.x0) * count(word) / count(&start.text);
        // More than its share: the word may be of wide letters, of capitals above all.
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let width = if capitals > 1 {
            1.5 * share
        } else {
            1.2 * share
        };
        // A quarter of the size: the space before the word.
        line.right() + 0.25 * line.size + width > self.right
    }
}

/// Whether it is running text: long, and no title with a date at the other end.
fn is_long(line: &Row) -> bool {
    let has_gap = |pair: &[Piece]| {
        !is_label(&pair[0]) && pair[1].x0 - pair[0].x1 > 1.5 * pair[1].size.min(pair[0].size)
    };
    line.chars() >= SHORTEST_FULL_LINE && !line.pieces.windows(2).any(has_gap)
}

/// A bullet or a number of a list.
fn is_label(piece: &Piece) -> bool {
    piece.text.chars().count() <= 3 && !piece.text.chars().any(char::is_alphabetic)
}

/// The median step from line to line.
fn usual_leading(lines: &[Row]) -> Option<f32> {
    let mut steps: Vec<f32> = lines
        .windows(2)
        .map(|pair| pair[1].base - pair[0].base)
        .collect();
    if steps.len() < 3 {
        return None;
    }
    let middle = steps.len() / 2;
    Some(*steps.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// Whether the gaps of a line are spaces that were widened to fill the measure, as narrow columns need it.
fn is_stretched(line: &Row, before: Option<&Row>, next: Option<&Row>) -> bool {
    let [first, .., last] = line.pieces.as_slice() else {
        return false;
    };
    let in_one_go = line
        .pieces
        .windows(2)
        .all(|pair| pair[1].order == pair[0].order + 1);
    // 1.5 points: what rounding moves.
    let fills = |row: &Row| {
        (row.left() - line.left()).abs() < 1.5 && (row.right() - line.right()).abs() < 1.5
    };
    let goes_on = |end: &Piece, start: &Piece| {
        start.order == end.order + 1
            && start.text.starts_with(char::is_lowercase)
            && !end.text.ends_with(['.', '!', '?', ':', ';'])
    };
    let from_before = before
        .and_then(|row| row.pieces.last())
        .is_some_and(|end| goes_on(end, first));
    let into_next = next
        .and_then(|row| row.pieces.first())
        .is_some_and(|start| goes_on(last, start));
    in_one_go
        && (before.is_some_and(fills) || next.is_some_and(fills))
        && (from_before || into_next)
}

fn write_line(pieces: &[Piece], is_stretched: bool, out: &mut String) {
    let mut before: Option<&Piece> = None;
    for piece in pieces {
        if let Some(before) = before {
            let gap = piece.x0 - before.x1;
            let size = piece.size.min(before.size);
            if gap > 1.5 * size && !is_label(before) && !is_stretched {
                // Far apart in one row: cells of a table, a title and its date.
                out.push('\t');
            } else if gap > 0.12 * size || before.space_after || piece.space_before {
                out.push(' ');
            }
        }
        out.push_str(&piece.text);
        before = Some(piece);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::words::tests::line;
    use super::*;

    /// Lines of ten points, each given by its text and where it begins.
    pub(in super::super) fn glyphs_of_page(lines: &[(&str, f32, f32)]) -> Vec<Glyph> {
        lines
            .iter()
            .flat_map(|&(text, x, y)| line(text, x, y, 10.0))
            .collect()
    }

    pub(in super::super) fn page(lines: &[(&str, f32, f32)]) -> String {
        written(&glyphs_of_page(lines))
    }

    pub(in super::super) fn written(glyphs: &[Glyph]) -> String {
        let parts: Vec<String> = write(glyphs).into_iter().map(|part| part.text).collect();
        parts.join("\n")
    }

    #[test]
    fn lines_gaps_and_cells() {
        let text = page(&[
            ("Skills", 0.0, 0.0),
            ("one", 0.0, 12.0),
            ("two", 0.0, 24.0),
            ("three", 0.0, 36.0),
            ("Work", 0.0, 70.0),
            ("2019", 300.0, 70.0),
        ]);
        assert_eq!(text, "Skills\none\ntwo\nthree\n\nWork\t2019\n");
    }

    #[test]
    fn bullets_and_index_figures_join_their_line() {
        assert_eq!(page(&[("•", 0.0, 0.0), ("item", 20.0, 1.0)]), "• item\n");
    }

    #[test]
    fn lines_that_were_full_go_on() {
        let full = "Led a team of twelve agents in a large call center and cut the";
        let text = page(&[
            (full, 0.0, 0.0),
            (
                "waiting times of customers by half, and trained the new people",
                0.0,
                12.0,
            ),
            (
                "in telephone manners, complaints and the products of the shops.",
                0.0,
                24.0,
            ),
            ("Planned the budget.", 0.0, 36.0),
        ]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines[0].contains("cut the waiting times of customers"));
        assert_eq!(lines[1], "Planned the budget.");
        // Items of a list are short, and the longest of them is no full line.
        let list = [
            ("Conflict resolution", 0.0, 0.0),
            ("Payroll", 0.0, 12.0),
            ("Budgets", 0.0, 24.0),
        ];
        assert_eq!(page(&list).lines().count(), 3);
    }

    #[test]
    fn stretched_spaces_are_spaces() {
        let text = page(&[
            ("Sold tea and cake to", 0.0, 0.0),
            ("guests", 0.0, 12.0),
            ("of", 50.0, 12.0),
            ("two", 85.0, 12.0),
            ("old shops.", 0.0, 24.0),
        ]);
        assert_eq!(text, "Sold tea and cake to\nguests of two\nold shops.\n");
        let text = page(&[
            ("Sold tea and cake to.", 0.0, 0.0),
            ("Clerk", 0.0, 12.0),
            ("2019", 85.0, 12.0),
            ("Old shops.", 0.0, 24.0),
        ]);
        assert!(text.contains("Clerk\t2019"), "{text}");
    }

    #[test]
    fn shadows_are_dropped() {
        assert_eq!(
            page(&[("Jane Doe", 0.0, 0.0), ("Jane Doe", 1.0, 1.0)]),
            "Jane Doe\n"
        );
    }

    #[test]
    fn turned_text_comes_last() {
        let mut glyphs = line("side", 0.0, 0.0, 10.0);
        for glyph in &mut glyphs {
            (glyph.x, glyph.y, glyph.turn) = (500.0, 300.0 - glyph.x, 3);
        }
        glyphs.extend(line("upright", 0.0, 0.0, 10.0));
        assert_eq!(written(&glyphs), "upright\n\nside\n");
    }
}
