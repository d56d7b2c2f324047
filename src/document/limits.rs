//! How much of a document is read before it is given up.

use serde::{Deserialize, Serialize};
use std::time::Duration;

const MIB: u64 = 1024 * 1024;

/// Bounds on the work one document may cause.
///
/// All of them are checked on what is really read, never on what a file says about itself.
///
/// ```
/// use skillscreen::document::{extract, Limits, Status};
///
/// let mut limits = Limits::default();
/// limits.bytes(10);
/// let error = extract(b"more than ten bytes", &limits).unwrap_err();
/// assert_eq!(error.status(), Status::Limit);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub(super) bytes: u64,
    pub(super) pages: usize,
    pub(super) chars: usize,
    pub(super) zip_entries: usize,
    pub(super) part_bytes: u64,
    pub(super) total_bytes: u64,
    pub(super) ratio: u64,
    pub(super) nesting: usize,
    pub(super) pdf_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // 20 MiB: mail systems and job portals refuse larger attachments.
            bytes: 20 * MIB,
            // 50: above the longest academic CVs; a file with more pages is not a resume.
            pages: 50,
            // 2,000,000: 500 pages of dense text; a resume has a few thousand.
            chars: 2_000_000,
            // 1,000 entries and 100:1 are Apache POI's figures; a DOCX has 10 to 100 entries.
            zip_entries: 1_000,
            ratio: 100,
            // 64 MiB: far above the XML of any resume and far below what hurts a machine.
            part_bytes: 64 * MIB,
            total_bytes: 256 * MIB,
            // 256: Word spends about 5 elements on a table in a table, so this is some 50 tables deep.
            nesting: 256,
            // 10 s: a thousand times what a usual resume takes; leaves room under the pool's wall clock.
            pdf_time: Duration::from_secs(10),
        }
    }
}

/// Below this an inflated part is never called a bomb (Apache POI's grace).
#[cfg_attr(not(any(feature = "docx", feature = "odt")), allow(dead_code))]
pub(super) const RATIO_GRACE: u64 = 100 * 1024;

impl Limits {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes of the file; default 20 MiB.
    pub fn bytes(&mut self, bytes: u64) -> &mut Self {
        self.bytes = bytes;
        self
    }

    /// Pages of a PDF that are read, the rest being left out with a note; default 50.
    pub fn pages(&mut self, pages: usize) -> &mut Self {
        self.pages = pages;
        self
    }

    /// Characters of text kept, the rest being left out with a note; default 2,000,000.
    pub fn chars(&mut self, chars: usize) -> &mut Self {
        self.chars = chars;
        self
    }

    /// Entries of a DOCX or ODT archive; default 1,000.
    pub fn zip_entries(&mut self, entries: usize) -> &mut Self {
        self.zip_entries = entries;
        self
    }

    /// Inflated bytes of one part of an archive or one stream of a PDF; default 64 MiB.
    pub fn part_bytes(&mut self, bytes: u64) -> &mut Self {
        self.part_bytes = bytes;
        self
    }

    /// Inflated bytes of all parts read; default 256 MiB.
    pub fn total_bytes(&mut self, bytes: u64) -> &mut Self {
        self.total_bytes = bytes;
        self
    }

    /// How many times larger an archive's part may get by inflating, past the first 100 KiB; default 100.
    pub fn ratio(&mut self, ratio: u64) -> &mut Self {
        self.ratio = ratio;
        self
    }

    /// Elements inside each other in XML; default 256.
    pub fn nesting(&mut self, depth: usize) -> &mut Self {
        self.nesting = depth;
        self
    }

    /// Time for the pages of one PDF; default 10 s. The parser is asked to stop, so this also works in
    /// process; a parser that does not come round to being asked is stopped only by the worker pool.
    pub fn pdf_time(&mut self, time: Duration) -> &mut Self {
        self.pdf_time = time;
        self
    }
}
