//! Cuts a page into its parts: a sidebar and the text beside it, and what stands above and below both.

use super::columns::{Block, MAX_DEPTH, leaf, split};
use super::gutter::{Gutter, Kind, centre, sides as columns_of};
use super::words::Piece;

/// 5,000 pieces: a page of text has 50 to 500. Beyond, the page is read row by row.
const MAX_PIECES: usize = 5_000;

/// Text that stands in one column of a page.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) place: Place,
    /// In reading order.
    pub(super) blocks: Vec<Block>,
}

/// Where a part stands on its page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// Across the page, from `x0` to `x1`.
    Page { x0: f32, x1: f32 },
    /// In the wide column beside a sidebar.
    Main(Sides),
    /// In the narrow column from the page's top to its foot.
    Sidebar(Sides),
    /// Along an edge, turned.
    Edge,
}

/// The two columns of a page with a sidebar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sides {
    /// Where the right one begins.
    pub(super) gutter: f32,
    /// Whether the left one is the sidebar.
    pub(super) is_sidebar_left: bool,
}

/// A sidebar is at most three quarters as wide as the column beside it: columns of equal width may as well be meant
/// to be read one after the other on each page.
const SIDEBAR_WIDTH: f32 = 0.75;

/// The parts of a page in reading order.
pub(super) fn parts(pieces: Vec<Piece>) -> Vec<Part> {
    let (x0, x1) = reach(pieces.iter());
    let page = Place::Page { x0, x1 };
    if pieces.len() > MAX_PIECES {
        let mut blocks = Vec::new();
        leaf(pieces, &mut blocks);
        return vec![Part {
            place: page,
            blocks,
        }];
    }
    let parts = match Sidebar::cut(pieces) {
        Ok(sidebar) => {
            let sides = sidebar.sides;
            let (left, right) = if sides.is_sidebar_left {
                (Place::Sidebar(sides), Place::Main(sides))
            } else {
                (Place::Main(sides), Place::Sidebar(sides))
            };
            vec![
                part(page, sidebar.above, 1),
                part(left, sidebar.left, 1),
                part(right, sidebar.right, 1),
                part(page, sidebar.below, 1),
            ]
        }
        Err(pieces) => vec![part(page, pieces, 0)],
    };
    parts.into_iter().flatten().collect()
}

/// Text along an edge of the page.
pub(super) fn edge(pieces: Vec<Piece>) -> Option<Part> {
    // As deep as can be: no columns are looked for in a page's margin.
    part(Place::Edge, pieces, MAX_DEPTH)
}

/// None for no text.
fn part(place: Place, pieces: Vec<Piece>, depth: usize) -> Option<Part> {
    let mut blocks = Vec::new();
    split(pieces, depth, &mut blocks);
    (!blocks.is_empty()).then_some(Part { place, blocks })
}

/// From where to where pieces reach across the page.
fn reach<'p>(pieces: impl Iterator<Item = &'p Piece>) -> (f32, f32) {
    span(pieces.map(|piece| (piece.x0, piece.x1)))
}

fn span(ranges: impl Iterator<Item = (f32, f32)>) -> (f32, f32) {
    ranges.fold((f32::INFINITY, f32::NEG_INFINITY), |all, range| {
        (all.0.min(range.0), all.1.max(range.1))
    })
}

/// A page cut along a sidebar.
struct Sidebar {
    sides: Sides,
    above: Vec<Piece>,
    left: Vec<Piece>,
    right: Vec<Piece>,
    below: Vec<Piece>,
}

impl Sidebar {
    /// The pieces as they were unless the page has a sidebar.
    fn cut(pieces: Vec<Piece>) -> Result<Self, Vec<Piece>> {
        let Some(gutter) = Gutter::best(&pieces).filter(|gutter| gutter.kind == Kind::Columns)
        else {
            return Err(pieces);
        };
        let (top, bottom) = span(pieces.iter().map(|piece| (piece.top(), piece.bottom())));
        // Half of the page: a table or a row of cards is lower.
        if gutter.bottom - gutter.top < 0.5 * (bottom - top) {
            return Err(pieces);
        }
        let width = |is_left: bool| {
            let on_side = |piece: &&Piece| {
                (gutter.top..=gutter.bottom).contains(&centre(piece))
                    && (piece.x0 < gutter.x - 1.0) == is_left
            };
            let (x0, x1) = reach(pieces.iter().filter(on_side));
            x1 - x0
        };
        let (left, right) = (width(true), width(false));
        if left.min(right) > SIDEBAR_WIDTH * left.max(right) {
            return Err(pieces);
        }
        let sides = Sides {
            gutter: gutter.x,
            is_sidebar_left: left < right,
        };
        let (mut above, inside, below) = gutter.cut(pieces);
        let (mut left, right) = columns_of(inside, gutter.x);
        // The left column may begin above the right one.
        if above.iter().all(|piece| piece.x1 < gutter.x) {
            left.append(&mut above);
        }
        Ok(Self {
            sides,
            above,
            left,
            right,
            below,
        })
    }
}
