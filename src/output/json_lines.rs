//! JSON Lines: one result a line, as soon as it is there.

use std::io::Write;

use crate::batch::{BatchSummary, Screened};
use crate::error::Result;

use super::{Output, cannot_serialize, cannot_write, words};

/// One [`Screened`] a line, flushed each time, so that another program can wait for each.
///
/// A line with `"error"` is a failure; any other is a [`Report`](crate::Report) as [`to_json`](crate::Report::to_json) gives it. When the
/// batch was stopped before its end, the last line is a failure with the status `incomplete` and no source.
#[derive(Debug)]
pub struct JsonLines<W> {
    writer: W,
    line: Vec<u8>,
}

impl<W: Write> JsonLines<W> {
    /// Writes to `writer`.
    pub fn new(writer: W) -> Self {
        Self {
            writer,
            line: Vec::new(),
        }
    }

    /// What it wrote to.
    pub fn into_inner(self) -> W {
        self.writer
    }
}

impl<W: Write> Output for JsonLines<W> {
    fn write(&mut self, screened: &Screened) -> Result<()> {
        // Whole lines only: what reads along never sees half a record that then fails to serialise.
        self.line.clear();
        serde_json::to_writer(&mut self.line, screened).map_err(cannot_serialize)?;
        self.line.push(b'\n');
        self.writer
            .write_all(&self.line)
            .and_then(|()| self.writer.flush())
            .map_err(cannot_write)
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        if !summary.complete {
            self.write(&Screened::Failure(words::stopped()))?;
        }
        self.writer.flush().map_err(cannot_write)
    }
}
