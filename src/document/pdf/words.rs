//! Joins glyphs to pieces of lines.

use super::device::{Glyph, GlyphText};

/// Glyphs that follow each other on one base line, with the spaces between their words.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The base line; down is positive.
    pub(super) base: f32,
    pub(super) size: f32,
    /// Place in the order of painting.
    pub(super) order: usize,
    /// A space was painted before the first or after the last word.
    pub(super) space_before: bool,
    pub(super) space_after: bool,
}

impl Piece {
    pub(super) fn top(&self) -> f32 {
        self.base - 0.75 * self.size
    }

    pub(super) fn bottom(&self) -> f32 {
        self.base + 0.2 * self.size
    }
}

/// A gap of a sixth of the size is a space where none was painted: letters stand at most a tenth apart, and
/// the narrowest space of usual fonts is a quarter, which justified lines squeeze to a fifth.
const WORD_GAP: f32 = 0.16;

/// In a line without any gap from a twentieth to a ninth of the size, a ninth is a space: justified lines of TeX squeeze
/// their spaces to a seventh.
const TIGHT_GAPS: std::ops::Range<f32> = 0.05..0.11;

/// A gap of one size ends a piece: what follows may be another column.
const PIECE_GAP: f32 = 1.0;

/// Glyphs of one line as far as they have come.
#[derive(Default)]
struct Draft {
    glyphs: Vec<Placed>,
    space_before: bool,
    pending_space: bool,
}

struct Placed {
    text: GlyphText,
    x0: f32,
    x1: f32,
    y: f32,
    size: f32,
    space_before: bool,
}

/// Pieces in the order of painting. `turn` tells which glyphs are meant; the others are left alone.
pub(super) fn pieces(glyphs: &[Glyph], turn: u8) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut draft = Draft::default();
    for glyph in glyphs.iter().filter(|glyph| glyph.turn == turn) {
        let (x, y) = upright(glyph);
        if glyph.is_space() {
            if draft.glyphs.is_empty() {
                draft.space_before = true;
            } else {
                draft.pending_space = true;
            }
            continue;
        }
        let placed = Placed {
            text: glyph.text.clone(),
            x0: x,
            x1: x + glyph.advance,
            y,
            size: glyph.size,
            space_before: draft.pending_space,
        };
        match draft.fits(&placed) {
            Fit::Joins => {
                draft.pending_space = false;
                draft.push(placed);
            }
            Fit::Repeats => {}
            Fit::Apart => {
                let space = draft.pending_space;
                draft.finish(&mut pieces);
                draft.space_before = space;
                draft.push(Placed {
                    space_before: false,
                    ..placed
                });
            }
        }
    }
    draft.finish(&mut pieces);
    pieces
}

/// Turns the page so that the text is upright.
fn upright(glyph: &Glyph) -> (f32, f32) {
    match glyph.turn {
        0 => (glyph.x, glyph.y),
        1 => (glyph.y, -glyph.x),
        2 => (-glyph.x, -glyph.y),
        _ => (-glyph.y, glyph.x),
    }
}

enum Fit {
    Joins,
    /// The same glyph painted again, a little aside, to look bold.
    Repeats,
    Apart,
}

impl Draft {
    fn fits(&self, next: &Placed) -> Fit {
        let Some(last) = self.glyphs.last() else {
            return Fit::Joins;
        };
        let size = last.size.max(next.size);
        let (gap, drop) = (next.x0 - last.x1, (next.y - last.y).abs());
        if drop < 0.1 * size
            && (next.x0 - last.x0).abs() < 0.25 * (last.x1 - last.x0)
            && next.text == last.text
        {
            return Fit::Repeats;
        }
        // A quarter of the size: index figures stand lower or higher and join when lines are put together.
        // 0.7 of the size back: kerning, and letters that are painted below an accent.
        if drop < 0.25 * size.min(next.size * 2.0) && gap > -0.7 * size && gap < PIECE_GAP * size {
            Fit::Joins
        } else {
            Fit::Apart
        }
    }

    fn push(&mut self, placed: Placed) {
        self.glyphs.push(placed);
    }

    fn finish(&mut self, pieces: &mut Vec<Piece>) {
        let draft = std::mem::take(self);
        let (Some(first), Some(_)) = (draft.glyphs.first(), draft.glyphs.last()) else {
            return;
        };
        let word_gap = draft.word_gap();
        let mut piece = Piece {
            text: String::with_capacity(draft.glyphs.len() + 8),
            x0: first.x0,
            x1: first.x1,
            base: first.y,
            size: first.size,
            order: pieces.len(),
            space_before: draft.space_before,
            space_after: draft.pending_space,
        };
        let mut before: Option<&Placed> = None;
        let mut glyphs = draft.glyphs.iter().peekable();
        while let Some(glyph) = glyphs.next() {
            if let Some(before) = before {
                let gap = glyph.x0 - before.x1;
                let is_gap = glyph.space_before || gap > word_gap * before.size.min(glyph.size);
                if is_gap && !piece.text.ends_with(' ') {
                    piece.text.push(' ');
                }
            }
            piece.x0 = piece.x0.min(glyph.x0);
            piece.x1 = piece.x1.max(glyph.x1);
            piece.size = piece.size.max(glyph.size);
            before = Some(glyph);
            // TeX paints an accent and then the letter below it.
            let mark = combining(&glyph.text);
            let letter = glyphs
                .next_if(|next| mark.is_some() && next.x0 < glyph.x1 - 0.3 * (glyph.x1 - glyph.x0));
            if let (Some(mark), Some(letter)) = (mark, letter) {
                letter.push_to(&mut piece.text);
                piece.text.push(mark);
                piece.x1 = piece.x1.max(letter.x1);
                before = Some(letter);
            } else {
                glyph.push_to(&mut piece.text);
            }
        }
        if piece.text.trim().len() < piece.text.len() {
            piece.text = piece.text.trim().to_owned();
        }
        if !piece.text.is_empty() {
            pieces.push(piece);
        }
    }

    /// The gap that makes a space, as a share of the size.
    ///
    /// Letters that are set apart for looks have gaps everywhere: there a space is what is painted as one, or
    /// what is twice as wide.
    fn word_gap(&self) -> f32 {
        // 6 letters: fewer say nothing about a habit.
        if self.glyphs.len() < 6 {
            return WORD_GAP;
        }
        let mut gaps: Vec<f32> = self
            .glyphs
            .windows(2)
            .map(|pair| (pair[1].x0 - pair[0].x1) / pair[0].size.max(0.1))
            .collect();
        let middle = gaps.len() / 2;
        let (_, median, _) = gaps.select_nth_unstable_by(middle, f32::total_cmp);
        let median = *median;
        let has_spaces = self.glyphs.iter().any(|glyph| glyph.space_before);
        if median >= WORD_GAP * 0.75 {
            return if has_spaces {
                f32::INFINITY
            } else {
                median * 2.0
            };
        }
        if has_spaces || gaps.iter().any(|gap| TIGHT_GAPS.contains(gap)) {
            WORD_GAP
        } else {
            TIGHT_GAPS.end
        }
    }
}

impl Placed {
    fn push_to(&self, out: &mut String) {
        match &self.text {
            GlyphText::Char(c) => out.push(*c),
            GlyphText::Text(text) => out.push_str(text),
        }
    }
}

/// The combining form of an accent that is painted as a letter of its own.
fn combining(text: &GlyphText) -> Option<char> {
    let GlyphText::Char(c) = text else {
        return None;
    };
    Some(match c {
        '\u{60}' => '\u{300}',
        '\u{b4}' => '\u{301}',
        '\u{2c6}' => '\u{302}',
        '\u{2dc}' => '\u{303}',
        '\u{af}' => '\u{304}',
        '\u{2d8}' => '\u{306}',
        '\u{2d9}' => '\u{307}',
        '\u{a8}' => '\u{308}',
        '\u{2da}' => '\u{30a}',
        '\u{2dd}' => '\u{30b}',
        '\u{2c7}' => '\u{30c}',
        '\u{b8}' => '\u{327}',
        '\u{2db}' => '\u{328}',
        _ => return None,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Glyphs of half a size each, a space for ` ` and, for `_`, a gap without one.
    pub(in super::super) fn line(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let mut x = x;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            if c != '_' {
                glyphs.push(Glyph {
                    text: GlyphText::Char(c),
                    x,
                    y,
                    advance: size / 2.0,
                    size,
                    turn: 0,
                    order: 0,
                    colour: None,
                    hidden: None,
                });
            }
            x += size / 2.0;
        }
        glyphs
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        pieces(glyphs, 0)
            .into_iter()
            .map(|piece| piece.text)
            .collect()
    }

    #[test]
    fn spaces_painted_and_unpainted() {
        assert_eq!(
            texts(&line("two words_here", 0.0, 0.0, 10.0)),
            ["two words here"]
        );
        assert_eq!(
            texts(&line("left___right", 0.0, 0.0, 10.0)),
            ["left", "right"]
        );
        assert_eq!(
            texts(&[line("one", 0.0, 0.0, 10.0), line("two", 0.0, 12.0, 10.0)].concat()),
            ["one", "two"]
        );
    }

    #[test]
    fn letters_set_apart_stay_words() {
        let mut glyphs = line("EXPERIENCE", 0.0, 0.0, 10.0);
        for (at, glyph) in glyphs.iter_mut().enumerate() {
            glyph.x += at as f32 * 3.0;
        }
        assert_eq!(texts(&glyphs), ["EXPERIENCE"]);
    }

    #[test]
    fn squeezed_spaces_are_spaces() {
        let mut glyphs = line("sold tea and cake", 0.0, 0.0, 10.0);
        let mut back = 0.0;
        for glyph in &mut glyphs {
            glyph.x -= back;
            if glyph.is_space() {
                // From half a size to a seventh.
                back += 5.0 - 10.0 / 7.0;
            }
        }
        glyphs.retain(|glyph| !glyph.is_space());
        assert_eq!(texts(&glyphs), ["sold tea and cake"]);
    }

    #[test]
    fn overprinted_glyphs_count_once() {
        let mut glyphs = Vec::new();
        for glyph in line("bold", 0.0, 0.0, 10.0) {
            glyphs.push(glyph.clone());
            glyphs.push(Glyph {
                x: glyph.x + 0.3,
                ..glyph
            });
        }
        assert_eq!(texts(&glyphs), ["bold"]);
    }

    #[test]
    fn accents_join_their_letters() {
        let mut glyphs = line("caf", 0.0, 0.0, 10.0);
        glyphs.extend(line("\u{b4}", 15.0, 0.0, 10.0));
        glyphs.extend(line("e", 15.0, 0.0, 10.0));
        assert_eq!(texts(&glyphs), ["cafe\u{301}"]);
    }
}
