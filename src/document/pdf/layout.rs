//! Writes the pieces of a page as lines.

use super::columns::blocks;
use super::device::Glyph;
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

pub(super) fn write(glyphs: &[Glyph], out: &mut String) -> Ends {
    let mut ends: Option<Ends> = None;
    // Upright text first, then text along the edges, whichever way it is turned.
    let mut turns: Vec<(usize, u8)> = (0..4)
        .map(|turn| {
            (
                glyphs.iter().filter(|glyph| glyph.turn == turn).count(),
                turn,
            )
        })
        .collect();
    turns.sort_by_key(|&(count, turn)| (std::cmp::Reverse(count), turn));
    for (count, turn) in turns {
        if count == 0 {
            break;
        }
        let mut before: Option<Edge> = None;
        for block in blocks(level_index_figures(without_repeats(pieces(glyphs, turn)))) {
            let (first, last) = (edge(&block, false), edge(&block, true));
            if !before
                .zip(first)
                .is_some_and(|(before, first)| before.continues_in(first))
            {
                gap(out);
            }
            before = last;
            let block = write_lines(block, out);
            ends = Some(Ends {
                begins_running: ends.map_or(block.begins_running, |ends| ends.begins_running),
                ends_full: block.ends_full,
            });
        }
    }
    ends.unwrap_or_default()
}

/// Where a block begins or ends.
#[derive(Clone, Copy)]
struct Edge {
    x: f32,
    base: f32,
    size: f32,
}

fn edge(block: &[Piece], last: bool) -> Option<Edge> {
    let by_base = |a: &&Piece, b: &&Piece| a.base.total_cmp(&b.base).then(b.x0.total_cmp(&a.x0));
    let piece = if last {
        block.iter().max_by(by_base)
    } else {
        block.iter().min_by(by_base)
    };
    piece.map(|piece| Edge {
        x: piece.x0,
        base: piece.base,
        size: piece.size,
    })
}

impl Edge {
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

struct Line {
    base: f32,
    size: f32,
    pieces: Vec<Piece>,
}

fn write_lines(mut pieces: Vec<Piece>, out: &mut String) -> Ends {
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.order.cmp(&b.order)));
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            // Index figures and bullets stand up to 0.45 of the smaller size off the line; lines of one text are
            // at least 0.9 apart.
            Some(line) if piece.base - line.base <= 0.45 * piece.size.min(line.size) => {
                line.size = line.size.max(piece.size);
                line.pieces.push(piece);
            }
            _ => lines.push(Line {
                base: piece.base,
                size: piece.size,
                pieces: vec![piece],
            }),
        }
    }
    for line in &mut lines {
        line.pieces
            .sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.order.cmp(&b.order)));
    }
    let leading = usual_leading(&lines);
    let measure = Measure::of(&lines);
    let mut before: Option<&Line> = None;
    for line in &lines {
        if let Some(before) = before {
            let step = line.base - before.base;
            // 1.4 of the usual step, or more than two and a half sizes where nothing is usual.
            if step
                > 1.4
                    * leading
                        .unwrap_or(f32::INFINITY)
                        .max(before.size.min(line.size))
                || step > 2.5 * before.size.max(line.size)
            {
                gap(out);
            } else if measure.is_some_and(|measure| measure.wraps(before, line)) {
                join(out);
            }
        }
        before = Some(line);
        write_line(&line.pieces, out);
        out.push('\n');
    }
    let runs = |line: &Line| line.is_long() && !begins_item(&line.pieces[0].text);
    let ends_full = |measure: Measure| lines.last().is_some_and(|line| measure.is_full(line));
    Ends {
        begins_running: lines.first().is_some_and(runs),
        ends_full: measure.is_some_and(ends_full),
    }
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
    fn of(lines: &[Line]) -> Option<Self> {
        let long = || lines.iter().filter(|line| line.is_long());
        let right = long().map(Line::right).max_by(f32::total_cmp)?;
        let measure = Self { right };
        let full = long().filter(|line| measure.is_full(line)).count();
        // Three: fewer say nothing about a measure. Seven in ten: resumes with lists have about as many short lines as
        // full ones.
        (full >= 3 && full * 10 >= lines.len() * 7).then_some(measure)
    }

    /// Whether the line comes near the end of the measure.
    fn is_full(self, line: &Line) -> bool {
        // 8 sizes: a word of some sixteen letters may have been too long for the line.
        line.is_long() && line.right() > self.right - 8.0 * line.size
    }

    /// Whether the line ended only since the next word had no room.
    fn wraps(self, line: &Line, next: &Line) -> bool {
        let (Some(first), Some(start)) = (line.pieces.first(), next.pieces.first()) else {
            return false;
        };
        if !line.is_long() || (line.size - next.size).abs() > 0.1 * line.size {
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
        let may_be_title = !next.is_long() && start.text.starts_with(char::is_uppercase);
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

impl Line {
    fn right(&self) -> f32 {
        self.pieces
            .last()
            .map_or(f32::NEG_INFINITY, |piece| piece.x1)
    }

    /// Whether it is running text: long, and no title with a date at the other end.
    fn is_long(&self) -> bool {
        let chars = self
            .pieces
            .iter()
            .map(|piece| piece.text.chars().count())
            .sum::<usize>();
        let is_apart = |pair: &[Piece]| {
            !is_label(&pair[0]) && pair[1].x0 - pair[0].x1 > 1.5 * pair[1].size.min(pair[0].size)
        };
        chars >= SHORTEST_FULL_LINE && !self.pieces.windows(2).any(is_apart)
    }
}

/// Whether the first word is a bullet or a number of a list.
fn begins_item(text: &str) -> bool {
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

/// A bullet or a number of a list.
fn is_label(piece: &Piece) -> bool {
    piece.text.chars().count() <= 3 && !piece.text.chars().any(char::is_alphabetic)
}

/// The median step from line to line.
fn usual_leading(lines: &[Line]) -> Option<f32> {
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

fn write_line(pieces: &[Piece], out: &mut String) {
    let mut before: Option<&Piece> = None;
    for piece in pieces {
        if let Some(before) = before {
            let gap = piece.x0 - before.x1;
            let size = piece.size.min(before.size);
            if gap > 1.5 * size && !is_label(before) {
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
mod tests {
    use super::super::words::tests::line;
    use super::*;

    fn page(lines: &[(&str, f32, f32)]) -> String {
        let glyphs: Vec<Glyph> = lines
            .iter()
            .flat_map(|&(text, x, y)| line(text, x, y, 10.0))
            .collect();
        let mut out = String::new();
        write(&glyphs, &mut out);
        out
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
        let mut out = String::new();
        write(&glyphs, &mut out);
        assert_eq!(out, "upright\n\nside\n");
    }
}
