//! Reading resumes: from the bytes of a file to its visible text.
//!
//! ```
//! use skillscreen::document::{extract, Format, Limits};
//!
//! let document = extract(b"Skills\r\n- conflict resolution\r\n", &Limits::default())?;
//! assert_eq!(document.format(), Format::Text);
//! assert_eq!(document.text(), "Skills\n- conflict resolution\n");
//! # Ok::<(), skillscreen::document::ExtractError>(())
//! ```
//!
//! The bytes tell the format ([`extract`]), a reader for that format writes lines, table rows and boxes in
//! reading order, and what a person looking at the page would not see is listed apart
//! ([`Document::hidden`]). All readers write the same way, so a resume gives the same lines as PDF, DOCX, DOC,
//! ODT, RTF, HTML and text.
//!
//! [`extract`] works in this process: it bounds what it reads and survives panics, but no code can survive
//! its own stack overflow or a full memory. For files of strangers use the `pool` module (feature
//! `isolate`), which reads each file in a process that may die.

#[cfg(any(feature = "docx", feature = "odt"))]
mod archive;
#[cfg(any(
    feature = "docx",
    feature = "odt",
    feature = "html",
    feature = "rtf",
    feature = "pdf"
))]
mod colour;
mod discover;
#[cfg(feature = "doc")]
mod doc;
#[cfg(feature = "docx")]
mod docx;
mod encoding;
mod format;
mod guard;
mod hidden;
#[cfg(feature = "html")]
mod html;
mod limits;
#[cfg(feature = "odt")]
mod odt;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "isolate")]
pub mod pool;
#[cfg(feature = "rtf")]
mod rtf;
mod source;
mod status;
mod text;
mod tidy;
#[cfg(any(
    feature = "docx",
    feature = "odt",
    feature = "doc",
    feature = "rtf",
    feature = "html"
))]
#[cfg_attr(
    not(all(
        feature = "docx",
        feature = "odt",
        feature = "doc",
        feature = "rtf",
        feature = "html"
    )),
    allow(dead_code, reason = "each format uses its part of it")
)]
mod writer;
#[cfg(any(feature = "docx", feature = "odt"))]
mod xml;

pub use discover::{Candidate, Discovery, SkipReason, Skipped, discover};
pub use format::Format;
pub use hidden::{HiddenReason, HiddenText};
pub use limits::Limits;
pub use source::read_file;
pub use status::{ExtractError, Status};

use format::Sniffed;
use serde::{Deserialize, Serialize};
use tidy::Written;

/// A document as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    text: String,
    format: Format,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hidden: Vec<HiddenText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
}

/// Something a reader of the text should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "note")]
#[non_exhaustive]
pub enum Note {
    /// The text is longer than [`Limits::chars`]; the rest is left out.
    Truncated {
        /// Characters kept.
        chars: usize,
    },
    /// More pages than [`Limits::pages`]; the rest is left out.
    PagesSkipped {
        /// Pages left out.
        skipped: usize,
        /// Pages of the file.
        pages: usize,
    },
    /// Pages that show pictures and no text; the rest of the document has text.
    PagesWithoutText {
        /// How many.
        pages: usize,
    },
    /// Glyphs whose font does not say which characters they are; they are left out.
    UnmappedGlyphs {
        /// How many.
        glyphs: usize,
    },
    /// The text is a text layer that optical character recognition put over pictures of the pages.
    OcrLayer,
    /// Time ran out; what was read by then is kept.
    TimedOut,
    /// A part of the file (a header, notes) is damaged and left out.
    PartSkipped {
        /// Its name.
        part: String,
    },
}

impl Note {
    /// Whether text of the document is missing because of it, which makes the outcome [`Status::Partial`].
    pub fn is_loss(&self) -> bool {
        match self {
            Note::Truncated { .. }
            | Note::PagesSkipped { .. }
            | Note::TimedOut
            | Note::PartSkipped { .. } => true,
            Note::PagesWithoutText { .. } | Note::UnmappedGlyphs { .. } | Note::OcrLayer => false,
        }
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Note::Truncated { chars } => write!(f, "text cut after {chars} characters"),
            Note::PagesSkipped { skipped, pages } => {
                write!(f, "{skipped} of {pages} pages left out")
            }
            Note::PagesWithoutText { pages } => write!(f, "{pages} pages show pictures only"),
            Note::UnmappedGlyphs { glyphs } => {
                write!(f, "{glyphs} glyphs without known characters left out")
            }
            Note::OcrLayer => f.write_str("text comes from optical character recognition"),
            Note::TimedOut => f.write_str("time ran out, the rest is left out"),
            Note::PartSkipped { part } => write!(f, "damaged part left out: {part}"),
        }
    }
}

impl Document {
    /// A document of plain text that the caller has already.
    ///
    /// The text is kept byte for byte, so spans in reports slice the caller's own string.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            format: Format::Text,
            encoding: None,
            hidden: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The visible text: `\n` at line ends, a blank line where the page has a gap, cells of a table row
    /// separated by ` | `.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the file is.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The encoding of a text or HTML file: `UTF-8`, `windows-1252`.
    pub fn encoding(&self) -> Option<&str> {
        self.encoding.as_deref()
    }

    /// Text that the file holds and the page does not show, one entry a reason.
    pub fn hidden(&self) -> &[HiddenText] {
        &self.hidden
    }

    /// What a reader of the text should know.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// [`Status::Partial`] when text is missing, [`Status::Scored`] otherwise.
    pub fn status(&self) -> Status {
        if self.notes.iter().any(Note::is_loss) {
            Status::Partial
        } else {
            Status::Scored
        }
    }

    /// Takes what a reader wrote; a document without a visible character is an error.
    fn written(
        format: Format,
        written: Written,
        mut notes: Vec<Note>,
    ) -> Result<Self, ExtractError> {
        if written.truncated {
            notes.push(Note::Truncated {
                chars: written.text.trim_end().chars().count(),
            });
        }
        if written.text.trim().is_empty() {
            let message = match written.hidden_chars {
                0 => format!("{format}: no text"),
                n => format!("{format}: no visible text, {n} hidden characters"),
            };
            return Err(ExtractError::new(Status::Empty, message));
        }
        Ok(Self {
            text: written.text,
            format,
            encoding: None,
            hidden: written.hidden,
            notes,
        })
    }

    fn with_encoding(mut self, encoding: &str) -> Self {
        self.encoding = Some(encoding.to_owned());
        self
    }
}

/// Reads a document of any known format from its bytes, in this process.
///
/// Parsers run in a thread of their own with a large stack, and a panic in one of them is the status
/// [`Crashed`](Status::Crashed) of this file. Nothing is ever fetched, no archive is opened as a folder, no
/// file is opened.
///
/// # Errors
/// With the [`Status`] that tells why there is no text; [`Unsupported`](Status::Unsupported) names the feature
/// when the format is known but its feature is off.
pub fn extract(bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(ExtractError::new(
            Status::Limit,
            format!("{} bytes, at most {} allowed", bytes.len(), limits.bytes),
        ));
    }
    if bytes.is_empty() {
        return Err(ExtractError::new(Status::Empty, "0 bytes"));
    }
    match format::sniff(bytes) {
        Sniffed::Other(name) => Err(ExtractError::new(
            Status::Unsupported,
            format!("{name}, not a document with text"),
        )),
        // Texts are by far the most frequent and their code is our own and small: no thread for them.
        Sniffed::Text => text::read(bytes, limits),
        kind => guard::run(|| read(kind, bytes, limits)),
    }
}

fn read(kind: Sniffed, bytes: &[u8], limits: &Limits) -> Result<Document, ExtractError> {
    match kind {
        #[cfg(feature = "pdf")]
        Sniffed::Pdf => pdf::read(bytes, limits),
        #[cfg(feature = "rtf")]
        Sniffed::Rtf => rtf::read(bytes, limits),
        #[cfg(feature = "html")]
        Sniffed::Html => html::read(bytes, limits),
        #[cfg(any(feature = "docx", feature = "odt"))]
        Sniffed::Zip => archive::read(bytes, limits),
        #[cfg(feature = "doc")]
        Sniffed::Ole => doc::read(bytes, limits),
        #[allow(unreachable_patterns, reason = "reachable when features are off")]
        Sniffed::Pdf => Err(feature_off("pdf", "pdf")),
        #[allow(unreachable_patterns, reason = "reachable when features are off")]
        Sniffed::Rtf => Err(feature_off("rtf", "rtf")),
        #[allow(unreachable_patterns, reason = "reachable when features are off")]
        Sniffed::Html => Err(feature_off("html", "html")),
        #[allow(unreachable_patterns, reason = "reachable when features are off")]
        Sniffed::Zip => Err(feature_off("zip archive", "docx` or `odt")),
        #[allow(unreachable_patterns, reason = "reachable when features are off")]
        Sniffed::Ole => Err(feature_off("OLE compound file", "doc")),
        Sniffed::Text | Sniffed::Other(_) => text::read(bytes, limits),
    }
}

#[allow(dead_code, reason = "dead when all formats are on")]
fn feature_off(what: &str, feature: &str) -> ExtractError {
    ExtractError::new(
        Status::Unsupported,
        format!("{what}: built without feature `{feature}`"),
    )
}
