//! Hears what the interpreter paints and keeps what matters for text: glyphs, and what may lie under or over
//! them.

use super::super::colour::Rgb;
use super::super::guard::TimeIsUp;
use super::super::hidden::HiddenReason;
use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{self, Dict};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use std::time::Instant;

/// One character (or ligature) on the page. The y axis points down.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: GlyphText,
    /// Where it stands on its base line.
    pub(super) x: f32,
    pub(super) y: f32,
    /// How far the text moves on.
    pub(super) advance: f32,
    /// Font size on the page.
    pub(super) size: f32,
    /// Direction of writing in quarter turns clockwise.
    pub(super) turn: u8,
    /// Place in the order of painting, fills and pictures counted too.
    pub(super) order: u32,
    pub(super) colour: Option<Rgb>,
    pub(super) hidden: Option<HiddenReason>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum GlyphText {
    Char(char),
    Text(Box<str>),
}

impl Glyph {
    pub(super) fn is_space(&self) -> bool {
        match &self.text {
            GlyphText::Char(c) => c.is_whitespace() || *c == '\u{200b}',
            GlyphText::Text(text) => text.chars().all(char::is_whitespace),
        }
    }

    pub(super) fn push_to(&self, out: &mut String) {
        match &self.text {
            GlyphText::Char(c) => out.push(*c),
            GlyphText::Text(text) => out.push_str(text),
        }
    }

    /// The box of the glyph on the page, whatever its turn.
    pub(super) fn bounds(&self) -> Rect {
        let (x, y, advance, size) = (
            f64::from(self.x),
            f64::from(self.y),
            f64::from(self.advance),
            f64::from(self.size),
        );
        let (up, down) = (0.75 * size, 0.2 * size);
        match self.turn {
            0 => Rect::new(x, y - up, x + advance, y + down),
            1 => Rect::new(x - down, y, x + up, y + advance),
            2 => Rect::new(x - advance, y - down, x, y + up),
            _ => Rect::new(x - up, y - advance, x + down, y),
        }
    }
}

/// Something painted that is not text.
#[derive(Clone, Debug)]
pub(super) struct Fill {
    pub(super) area: Rect,
    pub(super) order: u32,
    pub(super) kind: FillKind,
    pub(super) is_picture: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum FillKind {
    /// A rectangle of one colour that hides what is below it.
    Solid(Rgb),
    /// A shape of one colour, of which only the outer box is known.
    Shape(Rgb),
    /// A picture without holes.
    Picture,
    /// A pattern, a picture with holes, a gradient, something half transparent.
    Unknown,
}

/// What is on a page.
pub(super) struct PageInk {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) fills: Vec<Fill>,
    pub(super) bounds: Rect,
    /// Area of the page under pictures, at most 1.
    pub(super) pictures: f64,
    pub(super) unmapped: usize,
}

/// Time and glyphs for the whole document.
pub(super) struct Budget {
    deadline: Instant,
    glyphs: usize,
    ticks: u32,
    /// More glyphs than allowed, rather than more time.
    pub(super) is_spent: bool,
}

impl Budget {
    pub(super) fn new(deadline: Instant, chars: usize) -> Self {
        // Twice the characters kept, because spaces and overprinted glyphs count here and not there.
        Self {
            deadline,
            glyphs: chars.saturating_mul(2),
            ticks: 0,
            is_spent: false,
        }
    }

    /// Leaves the interpreter when time is up: it has no other way to be stopped.
    fn tick(&mut self) {
        self.ticks = self.ticks.wrapping_add(1);
        // Every 64 calls: asking for the time takes as long as a small path.
        if self.ticks.is_multiple_of(64) && Instant::now() > self.deadline {
            std::panic::resume_unwind(Box::new(TimeIsUp));
        }
    }

    fn glyph(&mut self) {
        match self.glyphs.checked_sub(1) {
            Some(left) => self.glyphs = left,
            None => {
                self.is_spent = true;
                std::panic::resume_unwind(Box::new(TimeIsUp));
            }
        }
    }
}

/// 20,000 fills a page are kept: a resume has some hundreds, a map has more and no text to judge by them.
const MAX_FILLS: usize = 20_000;

pub(super) struct PageDevice<'b> {
    ink: PageInk,
    budget: &'b mut Budget,
    order: u32,
    clips: Vec<Rect>,
    /// Opaque groups only let fills hide what is below.
    see_through: Vec<bool>,
    marks: Vec<Option<String>>,
}

impl<'b> PageDevice<'b> {
    pub(super) fn new(bounds: Rect, budget: &'b mut Budget) -> Self {
        Self {
            ink: PageInk {
                glyphs: Vec::new(),
                fills: Vec::new(),
                bounds,
                pictures: 0.0,
                unmapped: 0,
            },
            budget,
            order: 0,
            clips: Vec::new(),
            see_through: Vec::new(),
            marks: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> PageInk {
        self.ink
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.ink.bounds)
    }

    fn fill(&mut self, area: Rect, kind: FillKind, is_picture: bool) {
        self.order += 1;
        let area = area.intersect(self.clip());
        // 2 points: rules and underlines are no ground for text.
        if area.width() < 2.0 || area.height() < 2.0 || self.ink.fills.len() >= MAX_FILLS {
            return;
        }
        self.ink.fills.push(Fill {
            area,
            order: self.order,
            kind,
            is_picture,
        });
    }

    fn paint(&mut self, area: Rect, is_rectangle: bool, props: &DrawProps<'_>) {
        let kind = match &props.paint {
            Paint::Color(colour) => {
                let [r, g, b, alpha] = colour.to_rgba().to_rgba8();
                let opaque = alpha == 255
                    && props.soft_mask.is_none()
                    && props.blend_mode == BlendMode::Normal
                    && !self.see_through.contains(&true);
                match (opaque, is_rectangle) {
                    (true, true) => FillKind::Solid(Rgb([r, g, b])),
                    (true, false) => FillKind::Shape(Rgb([r, g, b])),
                    _ if alpha < 13 => return,
                    _ => FillKind::Unknown,
                }
            }
            Paint::Pattern(_) => FillKind::Unknown,
        };
        self.fill(area, kind, false);
    }
}

impl<'a> Device<'a> for PageDevice<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.budget.tick();
        if matches!(draw_mode, DrawMode::Stroke(_) | DrawMode::Invisible) {
            return;
        }
        let straight = is_upright(props.transform);
        let is_rectangle = straight && is_rectangle(path);
        self.paint(
            props.transform.transform_rect_bbox(path.bounding_box()),
            is_rectangle,
            &props,
        );
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.budget.tick();
        if matches!(draw_mode, DrawMode::Stroke(_) | DrawMode::Invisible) {
            return;
        }
        let is_rectangle = is_upright(props.transform);
        self.paint(
            props.transform.transform_rect_bbox(*rect),
            is_rectangle,
            &props,
        );
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.budget.tick();
        let clip = self.clip().intersect(clip_path.path.bounding_box());
        self.clips.push(clip);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.budget.tick();
        let clip = self.clip().intersect(*rect);
        self.clips.push(clip);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend_mode: BlendMode,
    ) {
        self.budget.tick();
        self.see_through
            .push(opacity < 1.0 || mask.is_some() || blend_mode != BlendMode::Normal);
    }

    fn pop_transparency_group(&mut self) {
        self.see_through.pop();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.budget.tick();
        let size = Rect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        );
        let area = props.transform.transform_rect_bbox(size);
        let shown = area.intersect(self.clip()).intersect(self.ink.bounds);
        if self.ink.bounds.area() > 0.0 && shown.width() > 0.0 && shown.height() > 0.0 {
            self.ink.pictures =
                (self.ink.pictures + shown.area() / self.ink.bounds.area()).min(1.0);
        }
        let kind = match &image {
            Image::Raster(raster) => {
                let dict = raster.stream().dict();
                let has_holes =
                    dict.contains_key(b"SMask" as &[u8]) || dict.contains_key(b"Mask" as &[u8]);
                let opaque = !has_holes
                    && props.soft_mask.is_none()
                    && props.blend_mode == BlendMode::Normal
                    && !self.see_through.contains(&true);
                if opaque {
                    FillKind::Picture
                } else {
                    FillKind::Unknown
                }
            }
            // A stencil paints through its holes only: a watermark, a shadow.
            Image::Stencil(_) => FillKind::Unknown,
        };
        self.fill(area, kind, true);
    }

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        draw_mode: &DrawMode,
    ) {
        self.budget.tick();
        self.order += 1;
        let (colour, alpha) = match &props.paint {
            Paint::Color(colour) => {
                let [r, g, b, alpha] = colour.to_rgba().to_rgba8();
                (Some(Rgb([r, g, b])), alpha)
            }
            Paint::Pattern(_) => (None, 255),
        };
        // 13 of 255 is 5 %, which no eye sees.
        let hidden = (matches!(draw_mode, DrawMode::Invisible) || alpha < 13)
            .then_some(HiddenReason::Invisible);
        let clip = self.clip();
        let scale = TextScale::of(run);
        for positioned in run.glyphs() {
            self.budget.glyph();
            let glyph: &FontGlyph<'_> = positioned;
            let transform = props.transform * positioned.transform();
            let (advance, is_type3) = match glyph {
                FontGlyph::Outline(glyph) => (glyph.advance_width().unwrap_or(500.0), false),
                FontGlyph::Type3(glyph) => (glyph.advance_width().unwrap_or(500.0), true),
            };
            let [a, b, c, d, x, y] = transform.as_coeffs();
            if !(x.is_finite() && y.is_finite()) {
                continue;
            }
            let across = a.hypot(b);
            let mut size = 1000.0 * c.hypot(d);
            let across = across * scale.correction(positioned.transform());
            let advance = f64::from(advance) * across;
            // 5 %: letters squeezed to a twentieth of their width or height are strokes.
            let is_squeezed =
                !is_type3 && (1000.0 * across).min(size) < 0.05 * (1000.0 * across).max(size);
            // Type 3 fonts have a scale of their own: what their glyphs take up tells more than the font size.
            if is_type3 && size < advance {
                size = advance * 1.5;
            }
            let Some(text) = self.text_of(glyph) else {
                continue;
            };
            let mut glyph = Glyph {
                text,
                x: x as f32,
                y: y as f32,
                advance: advance as f32,
                size: size as f32,
                turn: quarter_turns(a, b),
                order: self.order,
                colour,
                hidden,
            };
            if glyph.hidden.is_none() {
                glyph.hidden = match is_squeezed {
                    true => Some(HiddenReason::Tiny),
                    false => self.place_hides(&glyph, clip),
                };
            }
            self.ink.glyphs.push(glyph);
        }
    }

    fn begin_marked_content(&mut self, _tag: &[u8], properties: Option<&Dict<'_>>) {
        // 64 levels are enough for tagged files; deeper ones only lose their replacement text.
        if self.marks.len() < 64 {
            let actual = properties.and_then(|properties| {
                properties.get::<object::String<'_>>(b"ActualText" as &[u8])
            });
            self.marks
                .push(actual.map(|text| pdf_string(text.as_bytes())));
        } else {
            self.marks.push(None);
        }
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}

impl PageDevice<'_> {
    /// The characters of a glyph. One without any, an icon above all, takes the text that the file gives for
    /// it. Where glyphs have characters of their own the replacement is ignored: it could say anything.
    fn text_of(&mut self, glyph: &FontGlyph<'_>) -> Option<GlyphText> {
        let unicode = glyph.as_unicode();
        match &unicode {
            // A soft hyphen that is painted is a hyphen.
            Some(BfString::Char('\u{ad}')) => return Some(GlyphText::Char('-')),
            Some(BfString::Char(c)) if is_character(*c) => return Some(GlyphText::Char(*c)),
            // Some fonts say of one hyphen that it is all of these.
            Some(BfString::String(text))
                if !text.is_empty()
                    && text
                        .chars()
                        .all(|c| matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}')) =>
            {
                return Some(GlyphText::Char('-'));
            }
            Some(BfString::String(text)) => {
                let shown: String = text
                    .chars()
                    .filter(|c| is_character(*c) && *c != '\u{ad}')
                    .collect();
                if !shown.is_empty() {
                    return Some(GlyphText::Text(shown.into_boxed_str()));
                }
            }
            _ => {}
        }
        if let Some(actual) = self.marks.iter_mut().rev().find_map(Option::take)
            && !actual.trim_start().starts_with('\\')
        {
            // 40: an icon's name; more would be a text that nobody sees. A name with a backslash is TeX's own.
            let shown: String = actual
                .trim()
                .chars()
                .filter(|c| is_character(*c))
                .take(40)
                .collect();
            return Some(GlyphText::Text(shown.into_boxed_str()));
        }
        // Control codes are what some makers have for a space; private codes are icons.
        let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}');
        match unicode {
            Some(BfString::Char(c)) if c.is_control() || is_private(c) => {
                Some(GlyphText::Char(' '))
            }
            Some(BfString::String(_)) => Some(GlyphText::Char(' ')),
            _ => {
                self.ink.unmapped += 1;
                None
            }
        }
    }

    fn place_hides(&self, glyph: &Glyph, clip: Rect) -> Option<HiddenReason> {
        // 1.5 points; see the same limit for DOCX.
        if glyph.size < 1.5 && glyph.advance < 1.5 {
            return Some(HiddenReason::Tiny);
        }
        let bounds = glyph.bounds();
        let inside = |area: Rect| {
            bounds.x1 > area.x0 && bounds.x0 < area.x1 && bounds.y1 > area.y0 && bounds.y0 < area.y1
        };
        // Clips are often drawn tight around the letters, so a letter counts as clipped only a size away.
        let clip = clip.inflate(f64::from(glyph.size), f64::from(glyph.size));
        (!inside(self.ink.bounds) || !inside(clip)).then_some(HiddenReason::OffPage)
    }
}

/// The horizontal scale of a run whose glyphs are stretched to the widths of a font that is not embedded.
struct TextScale(Option<f64>);

impl TextScale {
    fn of(run: &GlyphRun<'_, '_>) -> Self {
        let mut ratios = run.glyphs().iter().map(|glyph| ratio(glyph.transform()));
        let first = ratios.next();
        // Equal ratios are the text's own scale; others differ from glyph to glyph, and the advance is right
        // without them.
        let even =
            first.is_none_or(|first| ratios.all(|ratio| (ratio - first).abs() < 0.01 * first));
        Self(if even { None } else { Some(1.0) })
    }

    fn correction(&self, transform: Affine) -> f64 {
        match self.0 {
            Some(scale) => scale / ratio(transform).max(1e-6),
            None => 1.0,
        }
    }
}

fn ratio(transform: Affine) -> f64 {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let down = c.hypot(d);
    if down > 0.0 { a.hypot(b) / down } else { 1.0 }
}

fn quarter_turns(a: f64, b: f64) -> u8 {
    match (a.abs() >= b.abs(), a >= 0.0, b >= 0.0) {
        (true, true, _) => 0,
        (false, _, true) => 1,
        (true, false, _) => 2,
        (false, _, false) => 3,
    }
}

fn is_character(c: char) -> bool {
    let bullet_of_symbol_font = matches!(
        c,
        '\u{f0a0}'..='\u{f0ff}' | '\u{f06c}' | '\u{f06e}' | '\u{f076}'
    );
    !c.is_control() && (!matches!(c, '\u{e000}'..='\u{f8ff}') || bullet_of_symbol_font)
}

fn is_upright(transform: Affine) -> bool {
    let [a, b, c, d, ..] = transform.as_coeffs();
    (b.abs() < 1e-6 && c.abs() < 1e-6) || (a.abs() < 1e-6 && d.abs() < 1e-6)
}

/// Four or five corners with right angles.
fn is_rectangle(path: &BezPath) -> bool {
    use hayro_interpret::kurbo::PathEl;
    let mut corners: Vec<Point> = Vec::with_capacity(6);
    for element in path.elements() {
        match element {
            PathEl::MoveTo(point) | PathEl::LineTo(point) if corners.len() < 6 => {
                corners.push(*point)
            }
            PathEl::ClosePath => {}
            _ => return false,
        }
    }
    if corners.len() == 5 && corners[0] == corners[4] {
        corners.pop();
    }
    corners.len() == 4
        && (0..4).all(|at| {
            let (from, to) = (corners[at], corners[(at + 1) % 4]);
            (from.x - to.x).abs() < 1e-3 || (from.y - to.y).abs() < 1e-3
        })
}

/// A text string of a PDF: UTF-16 with a mark, else Latin-1 near enough.
fn pdf_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(rest) => {
            let units = rest
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(|unit| unit.unwrap_or('\u{fffd}'))
                .collect()
        }
        None => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
