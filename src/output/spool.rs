//! Records put aside in a temporary file until their order is known.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};

use crate::error::{Error, ErrorKind, Result};

/// Where a record lies in a [`Spool`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    offset: u64,
    length: u32,
}

/// A temporary file without a name: the system removes it whatever happens to the program.
#[derive(Debug)]
pub(super) struct Spool {
    file: BufWriter<File>,
    end: u64,
}

impl Spool {
    /// An empty one, in the system's folder for temporary files.
    pub(super) fn new() -> Result<Self> {
        let file = tempfile::tempfile().map_err(failed)?;
        Ok(Self {
            file: BufWriter::new(file),
            end: 0,
        })
    }

    /// Puts a record aside.
    pub(super) fn push(&mut self, record: &[u8]) -> Result<Place> {
        let length = u32::try_from(record.len()).map_err(|_| {
            Error::new(
                ErrorKind::Output,
                format!("a record of {} bytes is too long", record.len()),
            )
        })?;
        self.file.write_all(record).map_err(failed)?;
        let place = Place {
            offset: self.end,
            length,
        };
        self.end += u64::from(length);
        Ok(place)
    }

    /// Reads a record back into `record`, which is emptied first.
    pub(super) fn read(&mut self, place: Place, record: &mut Vec<u8>) -> Result<()> {
        record.clear();
        record.resize(place.length as usize, 0);
        // Seeking flushes what is still in the buffer.
        self.file
            .seek(SeekFrom::Start(place.offset))
            .map_err(failed)?;
        self.file.get_mut().read_exact(record).map_err(failed)
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::new(
        ErrorKind::Io,
        format!(
            "the temporary file in {}: {error}",
            std::env::temp_dir().display()
        ),
    )
    .caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_in_any_order() {
        let mut spool = Spool::new().unwrap();
        let places: Vec<Place> = ["one", "", "three"]
            .iter()
            .map(|text| spool.push(text.as_bytes()).unwrap())
            .collect();
        let mut record = Vec::new();
        for (n, text) in [(2, "three"), (0, "one"), (1, "")] {
            spool.read(places[n], &mut record).unwrap();
            assert_eq!(record, text.as_bytes());
        }
    }
}
