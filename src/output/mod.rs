//! Shows what was found; decides nothing.
//!
//! Every format is an [`Output`]: it is handed each [`Screened`] in the order of the inputs and, at the end, the [`BatchSummary`]. All of
//! them take any [`io::Write`]; what needs a ranking keeps it in a temporary file, so that memory does not grow with the batch.
//! [`AtomicFile`] writes a file that is there in full or not at all.
//!
//! ```
//! use skillscreen::batch::{Batch, Input};
//! use skillscreen::output::{JsonLines, Output};
//! use skillscreen::{JobProfile, Screener, Taxonomy};
//!
//! let screener = Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm")?)?;
//! let mut lines = JsonLines::new(Vec::new());
//! let summary = Batch::new(&screener).run([Input::text("ada", "Processed payroll")], |screened| lines.write(&screened))?;
//! lines.finish(&summary)?;
//! assert!(lines.into_inner().starts_with(br#"{"schema":"skillscreen.report/1","source":"ada""#));
//! # Ok::<(), skillscreen::Error>(())
//! ```
//!
//! | format | one of | order |
//! |---|---|---|
//! | [`JsonLines`] | report or failure a line | input |
//! | [`Json`] | the whole batch | ranked |
//! | [`Csv`] | row a resume | input |
//! | [`CsvSkills`] | row a resume and skill | input |
//! | [`Table`] | summary for a terminal | ranked |
//! | [`Markdown`] | summary for a ticket | ranked |
//! | [`Html`] | page to read | ranked |
//! | `Parquet` | row a resume, with nested columns | input |
//!
//! The table and Markdown keep the best few only. JSON and the page need the feature `files`, the page also `page`, Parquet needs `arrow`.

#[cfg(feature = "files")]
mod atomic;

mod cell;

mod csv;

mod format;

#[cfg(feature = "page")]
mod html;

#[cfg(feature = "files")]
mod json;

mod json_lines;

mod markdown;

#[cfg(feature = "arrow")]
mod parquet;

mod rank;

mod sanitize;

#[cfg(feature = "files")]
mod spool;

mod table;

mod words;

use std::fmt;
use std::io;

use crate::batch::{BatchSummary, Screened};
use crate::error::{Error, ErrorKind, Result};

#[cfg(feature = "files")]
pub use atomic::{AtomicFile, AtomicWriter};
pub use cell::{neutralize, restore};
pub use csv::{Csv, CsvSkills};
pub use format::Format;
#[cfg(feature = "page")]
pub use html::Html;
#[cfg(feature = "files")]
pub use json::{BATCH_SCHEMA, Json};
pub use json_lines::JsonLines;
pub use markdown::Markdown;
#[cfg(feature = "arrow")]
pub use parquet::Parquet;
pub use sanitize::sanitize_for_terminal;
pub use table::Table;

/// Something that results are written to.
///
/// [`write`](Self::write) is called once an input, in the order of the inputs, then [`finish`](Self::finish) once. An output that is not
/// finished is not complete.
pub trait Output {
    /// Takes one result.
    ///
    /// # Errors
    ///
    /// When it cannot be written; the output is then of no use any more.
    fn write(&mut self, screened: &Screened) -> Result<()>;

    /// Writes what is left and flushes.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn finish(&mut self, summary: &BatchSummary) -> Result<()>;
}

/// An [`io::Error`] that knows its file.
#[derive(Debug)]
struct InFile {
    file: String,
    source: io::Error,
}

impl fmt::Display for InFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.source)
    }
}

impl std::error::Error for InFile {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Names the file in an [`io::Error`] and keeps its kind.
#[cfg(feature = "files")]
fn in_file(file: &str, source: io::Error) -> io::Error {
    io::Error::new(
        source.kind(),
        InFile {
            file: file.to_owned(),
            source,
        },
    )
}

/// The crate's error for a failed write; the file is named when the writer knew it.
fn cannot_write(error: io::Error) -> Error {
    let (file, error) = match error.downcast::<InFile>() {
        Ok(InFile { file, source }) => (Some(file), source),
        Err(error) => (None, error),
    };
    let wrong = Error::new(ErrorKind::Output, format!("cannot write: {error}")).caused_by(error);
    match file {
        Some(file) => wrong.in_file(&file),
        None => wrong,
    }
}

/// The crate's error for a value that does not serialise; an I/O error inside is told as one.
fn cannot_serialize(error: serde_json::Error) -> Error {
    if error.is_io() {
        return cannot_write(error.into());
    }
    Error::new(ErrorKind::Output, format!("cannot write as json: {error}")).caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_object_safe() {
        let outputs: Vec<Box<dyn Output>> = vec![Box::new(JsonLines::new(Vec::new()))];
        assert_eq!(outputs.len(), 1);
    }

    #[cfg(feature = "files")]
    #[test]
    fn the_file_is_named_once() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = cannot_write(in_file("a.csv", full));
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(error.to_string(), format!("a.csv: cannot write: {cause}"));
        assert!(!cause.contains("a.csv"));
    }

    #[test]
    fn a_broken_pipe_stays_one_for_those_who_look() {
        let error = cannot_write(io::Error::from(io::ErrorKind::BrokenPipe));
        let source = std::error::Error::source(&error)
            .unwrap()
            .downcast_ref::<io::Error>()
            .unwrap();
        assert_eq!(source.kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(error.kind(), ErrorKind::Output);
    }
}
