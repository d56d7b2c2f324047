//! Which glyphs a reader of the page sees.

use super::super::colour::{Rgb, WHITE};
use super::super::hidden::{HiddenLog, HiddenReason};
use super::device::{Fill, FillKind, Glyph, PageInk};
use hayro_interpret::kurbo::{Point, Rect};

/// Pictures over 0.7 of the page make a scan: some have margins cut off, and strips overlap.
const PAGE_FILLING: f64 = 0.7;

/// Takes hidden glyphs out and lists them. Returns whether the text of the page is an OCR layer: invisible or
/// covered glyphs over a picture of the page, which are the page's text and no accusation.
pub(super) fn judge(ink: &mut PageInk, log: &mut HiddenLog) -> bool {
    mark_by_fills(ink);
    let unseen = |glyph: &&Glyph| {
        matches!(
            glyph.hidden,
            Some(HiddenReason::Invisible | HiddenReason::Covered | HiddenReason::Colour)
        )
    };
    let invisible = ink
        .glyphs
        .iter()
        .filter(unseen)
        .filter(|glyph| !glyph.is_space())
        .count();
    let visible = ink
        .glyphs
        .iter()
        .filter(|glyph| glyph.hidden.is_none() && !glyph.is_space())
        .count();
    // A tenth: a scan may carry a page number or a scanner's stamp in real text.
    let lies_on_picture = |glyph: &&Glyph| {
        let centre = glyph.bounds().center();
        ink.fills
            .iter()
            .any(|fill| fill.is_picture && fill.area.contains(centre))
    };
    if invisible > 0
        && visible * 10 < invisible
        && (ink.pictures >= PAGE_FILLING
            // A scan of less than the page: nine of ten glyphs lie on it. 1,000 tell.
            || ink.glyphs.iter().filter(unseen).take(1_000).filter(lies_on_picture).count() * 10
                >= invisible.min(1_000) * 9)
    {
        for glyph in &mut ink.glyphs {
            if unseen(&&*glyph) {
                glyph.hidden = None;
            }
        }
        list_hidden(ink, log);
        return true;
    }
    list_hidden(ink, log);
    false
}

fn list_hidden(ink: &mut PageInk, log: &mut HiddenLog) {
    let mut text = String::new();
    let mut last: Option<(HiddenReason, f32, f32)> = None;
    for glyph in ink.glyphs.iter().filter(|glyph| glyph.hidden.is_some()) {
        let reason = glyph.hidden.unwrap_or(HiddenReason::Marked);
        if let Some((before, end, y)) = last {
            if before != reason {
                log.add(before, &text);
                text.clear();
            } else if (glyph.y - y).abs() > glyph.size || glyph.x - end > glyph.size * 0.2 {
                text.push(' ');
            }
        }
        glyph.push_to(&mut text);
        last = Some((reason, glyph.x + glyph.advance, glyph.y));
    }
    if let Some((reason, ..)) = last {
        log.add(reason, &text);
    }
    ink.glyphs.retain(|glyph| glyph.hidden.is_none());
}

/// Text of the colour of its ground, and text that was painted over.
fn mark_by_fills(ink: &mut PageInk) {
    // 50 million: a tenth of a second. A page beyond it is made to be slow, and its text is taken as seen.
    if ink.fills.len().saturating_mul(ink.glyphs.len()) > 50_000_000 {
        return;
    }
    let grid = Grid::new(&ink.fills, ink.bounds);
    let mut colours: Vec<Rgb> = ink
        .fills
        .iter()
        .filter_map(|fill| match fill.kind {
            FillKind::Solid(colour) | FillKind::Shape(colour) => Some(colour),
            _ => None,
        })
        .collect();
    colours.push(WHITE);
    colours.sort_by_key(|colour| colour.0);
    colours.dedup();
    // Most pages have text in colours that no ground has.
    let mut last: Option<(Rgb, bool)> = None;
    for glyph in &mut ink.glyphs {
        if glyph.hidden.is_some() || glyph.is_space() {
            continue;
        }
        let centre = glyph.bounds().center();
        let suspicious = match (glyph.colour, last) {
            (None, _) => false,
            (Some(colour), Some((before, verdict))) if before == colour => verdict,
            (Some(colour), _) => {
                // 500 colours: an illustration; its text is taken as seen.
                let verdict =
                    colours.len() < 500 && colours.iter().any(|&ground| colour.vanishes_on(ground));
                last = Some((colour, verdict));
                verdict
            }
        };
        if let (true, Some(colour)) = (suspicious, glyph.colour)
            && vanishes(colour, glyph.order, centre, &ink.fills, &grid)
        {
            glyph.hidden = Some(HiddenReason::Colour);
            continue;
        }
        if is_covered(glyph, &ink.fills, &grid) {
            glyph.hidden = Some(HiddenReason::Covered);
        }
    }
}

/// Whether the colour is that of all that may lie under the glyph.
fn vanishes(colour: Rgb, order: u32, centre: Point, fills: &[Fill], grid: &Grid) -> bool {
    for fill in grid.at(centre).iter().rev().map(|&at| &fills[at as usize]) {
        if fill.order > order || !fill.area.contains(centre) {
            continue;
        }
        match fill.kind {
            FillKind::Solid(ground) => return colour.vanishes_on(ground),
            // The glyph may be on the shape or beside it: hidden only if it would be on both.
            FillKind::Shape(ground) => {
                if !colour.vanishes_on(ground) {
                    return false;
                }
            }
            FillKind::Picture | FillKind::Unknown => return false,
        }
    }
    colour.vanishes_on(WHITE)
}

fn is_covered(glyph: &Glyph, fills: &[Fill], grid: &Grid) -> bool {
    let bounds = glyph.bounds();
    grid.at(bounds.center())
        .iter()
        .map(|&at| &fills[at as usize])
        .any(|fill| {
            fill.order > glyph.order
                && matches!(fill.kind, FillKind::Solid(_) | FillKind::Picture)
                && fill.area.contains(Point::new(bounds.x0, bounds.y0))
                && fill.area.contains(Point::new(bounds.x1, bounds.y1))
        })
}

/// Fills by the part of the page they touch, so that thousands of glyphs need not look at all of them.
struct Grid {
    cells: Vec<Vec<u32>>,
    bounds: Rect,
}

/// 16 by 16 cells: about the size of a line on a page.
const SIDE: usize = 16;

impl Grid {
    fn new(fills: &[Fill], bounds: Rect) -> Self {
        let mut grid = Self {
            cells: vec![Vec::new(); SIDE * SIDE],
            bounds,
        };
        for (at, fill) in fills.iter().enumerate() {
            let (x0, y0) = grid.cell(Point::new(fill.area.x0, fill.area.y0));
            let (x1, y1) = grid.cell(Point::new(fill.area.x1, fill.area.y1));
            for y in y0..=y1 {
                for x in x0..=x1 {
                    grid.cells[y * SIDE + x].push(at as u32);
                }
            }
        }
        grid
    }

    fn cell(&self, point: Point) -> (usize, usize) {
        let place = |value: f64, from: f64, length: f64| {
            let share = if length > 0.0 {
                (value - from) / length
            } else {
                0.0
            };
            ((share * SIDE as f64) as isize).clamp(0, SIDE as isize - 1) as usize
        };
        (
            place(point.x, self.bounds.x0, self.bounds.width()),
            place(point.y, self.bounds.y0, self.bounds.height()),
        )
    }

    fn at(&self, point: Point) -> &[u32] {
        let (x, y) = self.cell(point);
        &self.cells[y * SIDE + x]
    }
}
