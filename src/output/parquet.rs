//! Parquet: typed columns for data frames and query engines.

use std::io::Write;
use std::sync::Arc;

use arrow_array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use crate::arrow::{ResultColumn, schema};
use crate::batch::{BatchSummary, Screened};
use crate::error::{Error, ErrorKind, Result};
use crate::report::SCHEMA;

use super::{Output, cannot_write};

/// Rows that are held as Rust values before they become columns.
const ROWS_AT_ONCE: usize = 512;

/// Rows of one row group: what is encoded of it is held in memory, about 2 kB a row.
const ROW_GROUP: usize = 8192;

/// One row a resume, in the order of the inputs, with nested skills and evidence; the columns are those of [`crate::arrow`].
///
/// The file's metadata has the records' `skillscreen.schema` and, as JSON, the `skillscreen.summary` of the batch. It is written with
/// Snappy, which every reader has.
pub struct Parquet<W: Write + Send> {
    // Taken when the file is finished.
    writer: Option<ArrowWriter<W>>,
    rows: ResultColumn,
    done: Option<W>,
}

impl<W: Write + Send> Parquet<W> {
    /// Writes to `writer`.
    ///
    /// # Errors
    ///
    /// When the head cannot be written.
    pub fn new(writer: W) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .build();
        let writer = ArrowWriter::try_new(writer, Arc::new(schema()), Some(properties));
        Ok(Self {
            writer: Some(writer.map_err(failed)?),
            rows: ResultColumn::new(),
            done: None,
        })
    }

    /// What it wrote to, once it is finished.
    pub fn into_inner(self) -> Option<W> {
        self.done
    }

    fn open(&mut self) -> Result<&mut ArrowWriter<W>> {
        self.writer
            .as_mut()
            .ok_or_else(|| Error::new(ErrorKind::Output, "the file is finished"))
    }

    fn put(&mut self) -> Result<()> {
        let rows = RecordBatch::from(self.rows.finish()?);
        self.open()?.write(&rows).map_err(failed)
    }
}

impl<W: Write + Send> Output for Parquet<W> {
    fn write(&mut self, screened: &Screened) -> Result<()> {
        self.rows.push(screened);
        if self.rows.len() == ROWS_AT_ONCE {
            self.put()?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        self.put()?;
        let summary = serde_json::to_string(summary).map_err(super::cannot_serialize)?;
        let mut writer = self
            .writer
            .take()
            .ok_or_else(|| Error::new(ErrorKind::Output, "the file is finished"))?;
        for (key, value) in [("schema", SCHEMA), ("summary", summary.as_str())] {
            let key = format!("skillscreen.{key}");
            writer.append_key_value_metadata(KeyValue::new(key, value.to_owned()));
        }
        let mut writer = writer.into_inner().map_err(failed)?;
        writer.flush().map_err(cannot_write)?;
        self.done = Some(writer);
        Ok(())
    }
}

/// An I/O error inside is told as one.
fn failed(error: ParquetError) -> Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => cannot_write(*error),
            Err(inner) => cannot_write(std::io::Error::other(inner)),
        },
        other => cannot_write(std::io::Error::other(other)),
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::{Array, StructArray};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;
    use crate::arrow::summarize;
    use crate::batch::{Batch, Input};
    use crate::document::Status;
    use crate::{JobProfile, Screener, Taxonomy};

    #[test]
    fn what_is_written_is_read_again() {
        let screener =
            Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm").unwrap()).unwrap();
        let mut output = Parquet::new(Vec::new()).unwrap();
        let mut results = Vec::new();
        let text = "Supervised 12 agents, processed payroll";
        let inputs = [
            Input::text("a", text),
            Input::unreadable("b", Status::Empty, "without a word"),
        ];
        let mut summary = Batch::new(&screener)
            .run(inputs, |screened| {
                output.write(&screened)?;
                results.push(screened);
                Ok(())
            })
            .unwrap();
        for _ in 2..ROW_GROUP + ROWS_AT_ONCE + 1 {
            output.write(&results[0]).unwrap();
            summary.add(&results[0]);
        }
        output.finish(&summary).unwrap();
        let error = output.finish(&summary).unwrap_err();
        assert_eq!(error.to_string(), "the file is finished");
        let file = output.into_inner().unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(file)).unwrap();
        let groups: Vec<i64> = reader
            .metadata()
            .row_groups()
            .iter()
            .map(|group| group.num_rows())
            .collect();
        assert_eq!(groups, [ROW_GROUP as i64, ROWS_AT_ONCE as i64 + 1]);
        let told = reader.metadata().file_metadata().key_value_metadata();
        assert!(told.unwrap().iter().any(|pair| {
            pair.key == "skillscreen.summary"
                && pair
                    .value
                    .as_ref()
                    .unwrap()
                    .starts_with("{\"complete\":true")
        }));
        let chunks: Vec<StructArray> = reader
            .build()
            .unwrap()
            .map(|batch| StructArray::from(batch.unwrap()))
            .collect();
        assert_eq!(chunks[0].data_type(), &crate::arrow::data_type());
        assert_eq!(chunks[0].column(0).as_string::<i32>().value(1), "b");
        assert!(chunks[0].column_by_name("skills").unwrap().is_null(1));
        assert_eq!(
            summarize(&screener, &chunks).unwrap().skills(),
            summary.skills()
        );
    }

    #[test]
    fn a_full_disk_is_told() {
        struct Full;

        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::StorageFull.into())
            }

            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }

        let screener =
            Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm").unwrap()).unwrap();
        let error = Parquet::new(std::io::BufWriter::with_capacity(0, Full))
            .and_then(|mut output| {
                let summary = Batch::new(&screener)
                    .run([Input::text("a", "payroll")], |screened| {
                        output.write(&screened)
                    })?;
                output.finish(&summary)
            })
            .unwrap_err();
        assert_eq!(error.to_string(), "cannot write: no storage space");
    }
}
