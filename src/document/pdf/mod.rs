//! PDF files: glyphs from `hayro-interpret`, everything after that our own.
//!
//! [`device`] hears which glyph is painted where, [`visible`] tells which of them a reader sees, [`words`]
//! joins glyphs to pieces of lines, [`sidebar`] cuts the page into its parts, [`columns`] puts the pieces of a part
//! into reading order along the strips that [`gutter`] finds, [`layout`] writes lines, and [`overleaf`] puts the pages
//! together. What columns alone don't tell: [`entry`] sets places and dates into the head of their entry, [`torn`]
//! keeps sentences whole, [`turned`] sets headings along the edge above their lines.

mod bomb;
mod columns;
mod device;
mod entry;
mod gutter;
mod layout;
mod overleaf;
mod rows;
mod sidebar;
mod torn;
mod turned;
mod visible;
mod words;

use super::format::Format;
use super::guard::TimeIsUp;
use super::hidden::HiddenLog;
use super::limits::Limits;
use super::status::{ExtractError, Status};
use super::tidy::{Written, tidy};
use super::{Document, Note};
use device::{Budget, PageDevice, PageInk};
use hayro_interpret::hayro_syntax::object::{Array, Name, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    bomb::check(bytes, limits)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => {
            ExtractError::new(Status::Encrypted, "pdf: protected by a password")
        }
        LoadPdfError::Invalid => ExtractError::new(Status::Corrupt, "pdf: no readable page tree"),
    })?;
    let mut reading = Reading {
        limits,
        pages: Vec::new(),
        bytes: 0,
        hidden: HiddenLog::default(),
        notes: Vec::new(),
        unmapped: 0,
        pages_of_pictures: 0,
        ocr: false,
        panicked: false,
        truncated: false,
    };
    reading.read(&pdf);
    reading.finish()
}

/// Whether a page's content is labelled as a picture: such streams went past the look for bombs, and no real page
/// has one.
fn has_picture_for_content(page: &Page<'_>) -> bool {
    let is_picture = |stream: Stream<'_>| {
        stream
            .dict()
            .get::<Name<'_>>(b"Subtype" as &[u8])
            .is_some_and(|name| &*name == b"Image")
    };
    if let Some(stream) = page.raw().get::<Stream<'_>>(b"Contents" as &[u8]) {
        return is_picture(stream);
    }
    // 10,000 streams: some makers write one for each word.
    page.raw()
        .get::<Array<'_>>(b"Contents" as &[u8])
        .is_some_and(|streams| streams.iter::<Stream<'_>>().take(10_000).any(is_picture))
}

struct Reading<'a> {
    limits: &'a Limits,
    /// The parts of each page that has text.
    pages: Vec<Vec<layout::Written>>,
    /// Length of their text.
    bytes: usize,
    hidden: HiddenLog,
    notes: Vec<Note>,
    unmapped: usize,
    pages_of_pictures: usize,
    ocr: bool,
    panicked: bool,
    truncated: bool,
}

impl Reading<'_> {
    fn read(&mut self, pdf: &Pdf) {
        let pages = pdf.pages();
        if pages.len() > self.limits.pages {
            self.notes.push(Note::PagesSkipped {
                skipped: pages.len() - self.limits.pages,
                pages: pages.len(),
            });
        }
        let mut budget = Budget::new(Instant::now() + self.limits.pdf_time, self.limits.chars);
        let mut cache = InterpreterCache::new();
        for (at, page) in pages.iter().take(self.limits.pages).enumerate() {
            let (width, height) = page.render_dimensions();
            let bounds =
                hayro_interpret::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
            let coefficients = page.initial_transform(true).as_coeffs();
            let transform = hayro_interpret::kurbo::Affine::new(coefficients);
            if has_picture_for_content(page) {
                self.notes.push(Note::PartSkipped {
                    part: format!("page {}", at + 1),
                });
                continue;
            }
            let mut device = PageDevice::new(bounds, &mut budget);
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                let mut context = Context::new(
                    transform,
                    bounds,
                    &cache,
                    pdf.xref(),
                    InterpreterSettings::default(),
                );
                interpret_page(page, &mut context, &mut device);
            }));
            let ink = device.finish();
            self.page(ink);
            match outcome {
                Ok(()) => {}
                Err(payload) if payload.is::<TimeIsUp>() => {
                    if budget.is_spent {
                        self.truncated = true;
                    } else {
                        self.notes.push(Note::TimedOut);
                    }
                    return;
                }
                Err(_) => {
                    self.panicked = true;
                    self.notes.push(Note::PartSkipped {
                        part: format!("page {}", at + 1),
                    });
                    // A cache that was being written to when the parser panicked is not to be trusted.
                    cache = InterpreterCache::new();
                }
            }
            // Four bytes are the longest character: what is less may still be beyond the limit, and is cut at the end.
            if self.bytes > self.limits.chars.saturating_mul(4) {
                self.truncated = true;
                return;
            }
        }
    }

    fn page(&mut self, mut ink: PageInk) {
        self.ocr |= visible::judge(&mut ink, &mut self.hidden);
        self.unmapped += ink.unmapped;
        let parts = layout::write(&ink.glyphs);
        if parts.iter().all(|part| part.text.trim().is_empty()) {
            self.pages_of_pictures += usize::from(ink.pictures > 0.0 || ink.unmapped > 0);
            return;
        }
        self.bytes += parts.iter().map(|part| part.text.len()).sum::<usize>();
        self.pages.push(parts);
    }

    fn finish(mut self) -> Result<Document, ExtractError> {
        let text = overleaf::bind(std::mem::take(&mut self.pages));
        let mut text = tidy(&text, &mut self.hidden);
        if let Some((cut, _)) = text.char_indices().nth(self.limits.chars) {
            text.truncate(cut);
            self.truncated = true;
        }
        if text.trim().is_empty() {
            if self.notes.contains(&Note::TimedOut) {
                return Err(ExtractError::new(
                    Status::Timeout,
                    "pdf: no text within the time allowed",
                ));
            }
            if self.truncated {
                return Err(ExtractError::new(
                    Status::Limit,
                    "pdf: more glyphs than allowed and none on the page",
                ));
            }
            if self.panicked {
                return Err(ExtractError::new(
                    Status::Crashed,
                    "pdf: the parser failed on the pages",
                ));
            }
            if self
                .notes
                .iter()
                .any(|note| matches!(note, Note::PartSkipped { .. }))
            {
                return Err(ExtractError::new(
                    Status::Corrupt,
                    "pdf: pictures where page contents should be",
                ));
            }
            if self.unmapped > 0 {
                let message = format!(
                    "pdf: {} glyphs without known characters, needs OCR",
                    self.unmapped
                );
                return Err(ExtractError::new(Status::ImageOnly, message));
            }
            if self.pages_of_pictures > 0 && self.hidden.chars() == 0 {
                let message = format!(
                    "pdf: {} pages of pictures only, needs OCR",
                    self.pages_of_pictures
                );
                return Err(ExtractError::new(Status::ImageOnly, message));
            }
        } else if self.pages_of_pictures > 0 {
            self.notes.push(Note::PagesWithoutText {
                pages: self.pages_of_pictures,
            });
        }
        if self.unmapped > 0 {
            self.notes.push(Note::UnmappedGlyphs {
                glyphs: self.unmapped,
            });
        }
        if self.ocr {
            self.notes.push(Note::OcrLayer);
        }
        let written = Written {
            text,
            hidden_chars: self.hidden.chars(),
            hidden: self.hidden.into_entries(),
            truncated: self.truncated,
        };
        Document::written(Format::Pdf, written, self.notes)
    }
}
