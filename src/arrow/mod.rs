//! Columns of texts in, columns of results out: for data frames, query engines and Parquet.
//!
//! ```
//! use arrow_array::cast::AsArray;
//! use arrow_array::types::Float64Type;
//! use arrow_array::{Array, StringArray};
//! use skillscreen::arrow::score_array;
//! use skillscreen::{JobProfile, Scratch, Screener, Taxonomy};
//!
//! let screener = Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm")?)?;
//! let texts = StringArray::from(vec![Some("Supervised 12 agents"), None]);
//! let results = score_array(&screener, &mut Scratch::default(), &texts, None)?;
//! assert!(results.column_by_name("score").unwrap().as_primitive::<Float64Type>().value(0) > 0.0);
//! assert!(results.is_null(1));
//! # Ok::<(), skillscreen::Error>(())
//! ```
//!
//! One [`Screener`] serves all threads, each thread keeps a [`Scratch`]. Texts are read where they lie. [`score_array`] is for engines that
//! cut their data into batches and run them in parallel themselves; [`score_chunks`] takes a whole column and can use threads of its own.
//! Results of a [`Batch`](crate::batch::Batch) become rows by [`ResultColumn`].
#![doc = include_str!("schema.md")]

mod chunks;
mod column;
mod rows;
mod sql;
mod summary;
mod text;

use arrow_array::{Array, StructArray};
use arrow_schema::{DataType, Schema};

use crate::batch::Screened;
use crate::document::Status;
use crate::error::{Error, ErrorKind, Result};
use crate::report::{Flag, FlagCode, Report};
use crate::screener::{Scratch, Screener};

use column::Column;
use rows::Rows;
use text::{Ids, Texts, repaired};

pub use chunks::score_chunks;
pub use sql::sql_type;
pub use summary::summarize;

/// The columns of a file of results; the same as the fields of [`data_type`].
pub fn schema() -> Schema {
    Schema::new(Rows::fields())
}

/// The type of a column of results: a struct.
pub fn data_type() -> DataType {
    Rows::data_type()
}

/// Scores a column of texts: strings, large strings or string views, or the same as bytes.
///
/// The result has a row for each text; a null stays a null. `ids`, strings or integers, become `source`. A text with bytes that are not
/// UTF-8 is scored with a question mark for each of them, has the status `partial` and is flagged `not_all_read`. A text of
/// nothing but white space has a row with the status `empty`, no score and no judgement.
///
/// # Errors
///
/// When a column is of another type, the two are not of one length, or the results need more than 2 GiB.
pub fn score_array(
    screener: &Screener,
    scratch: &mut Scratch,
    texts: &dyn Array,
    ids: Option<&dyn Array>,
) -> Result<StructArray> {
    if let Some(ids) = ids
        && ids.len() != texts.len()
    {
        let message = format!("{} texts, but {} ids", texts.len(), ids.len());
        return Err(Error::new(ErrorKind::Input, message));
    }
    let rows = texts.len();
    let texts = Texts::new(texts)?;
    let ids = ids.map(Ids::new).transpose()?;
    let mut results = ResultColumn::new();
    for row in 0..rows {
        match texts.get(row) {
            Some(text) => {
                let id = ids.as_ref().map(|ids| ids.get(row)).unwrap_or_default();
                let report = score_bytes(screener, scratch, &id, text);
                results.push(&Screened::Report(report));
            }
            None => results.push_null(),
        }
    }
    results.finish()
}

/// Scores bytes that should be UTF-8.
pub(crate) fn score_bytes(
    screener: &Screener,
    scratch: &mut Scratch,
    id: &str,
    bytes: &[u8],
) -> Report {
    let (text, places) = repaired(bytes);
    let mut report = screener.screen_with(scratch, id, &text);
    if places > 0 {
        report.status = Status::Partial;
        report.flags.push(Flag {
            code: FlagCode::NotAllRead,
            count: places,
        });
        report.flags.sort_by_key(|flag| flag.code);
    }
    report
}

/// A column of results in the making.
///
/// ```
/// use arrow_array::Array;
/// use skillscreen::arrow::ResultColumn;
/// use skillscreen::batch::Screened;
/// use skillscreen::{JobProfile, Screener, Taxonomy};
///
/// let screener = Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm")?)?;
/// let mut column = ResultColumn::new();
/// column.push(&Screened::Report(screener.screen("Processed payroll")));
/// column.push_null();
/// let results = column.finish()?;
/// assert_eq!((results.len(), results.null_count()), (2, 1));
/// # Ok::<(), skillscreen::Error>(())
/// ```
#[derive(Default)]
pub struct ResultColumn {
    rows: Rows,
    len: usize,
}

impl ResultColumn {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row.
    pub fn push(&mut self, screened: &Screened) {
        self.rows.push(Some(screened));
        self.len += 1;
    }

    /// Adds a row that is null: there was nothing to score.
    pub fn push_null(&mut self) {
        self.rows.push(None);
        self.len += 1;
    }

    /// Rows so far.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row yet.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Makes the column of the rows so far and starts anew.
    ///
    /// # Errors
    ///
    /// When the rows need more than 2 GiB; they are lost then.
    pub fn finish(&mut self) -> Result<StructArray> {
        std::mem::take(self).rows.finish_struct()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::cast::AsArray;
    use arrow_array::{
        ArrayRef, BinaryArray, Int64Array, LargeStringArray, NullArray, StringArray,
        StringViewArray,
    };

    use super::*;
    use crate::batch::Failure;
    use crate::{JobProfile, Taxonomy};

    pub(super) fn screener() -> Screener {
        Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm").unwrap()).unwrap()
    }

    const TEXTS: [Option<&str>; 4] = [
        Some("EXPERIENCE\nSupervised 12 agents, processed payroll. 01/2010 - 06/2014"),
        None,
        Some(""),
        Some("Résumé – résolu customers’ complaints; processed payroll"),
    ];

    fn score(texts: &dyn Array, ids: Option<&dyn Array>) -> Result<StructArray> {
        score_array(&screener(), &mut Scratch::default(), texts, ids)
    }

    #[test]
    fn every_kind_of_text_column_gives_the_rows_of_the_screener() {
        let screener = screener();
        let mut expected = ResultColumn::new();
        for text in TEXTS {
            match text {
                Some("") => {
                    let mut report = screener.screen("");
                    report.status = Status::Empty;
                    report.score = None;
                    expected.push(&Screened::Report(report));
                }
                Some(text) => expected.push(&Screened::Report(screener.screen(text))),
                None => expected.push_null(),
            }
        }
        let expected = expected.finish().unwrap();
        let columns: [ArrayRef; 4] = [
            Arc::new(StringArray::from_iter(TEXTS)),
            Arc::new(LargeStringArray::from_iter(TEXTS)),
            Arc::new(StringViewArray::from_iter(TEXTS)),
            Arc::new(BinaryArray::from_iter(TEXTS)),
        ];
        for column in columns {
            let found = score(&column, None).unwrap();
            assert_eq!(found, expected, "{}", column.data_type());
            // A slice begins somewhere inside its buffers.
            assert_eq!(
                score(&column.slice(2, 2), None).unwrap(),
                expected.slice(2, 2)
            );
            assert_eq!(score(&column.slice(1, 0), None).unwrap().len(), 0);
        }
        assert_eq!(score(&NullArray::new(3), None).unwrap().null_count(), 3);
        assert_eq!(expected.data_type(), &data_type());
    }

    #[test]
    fn ids_become_the_source() {
        let texts = StringArray::from_iter(TEXTS);
        let numbers = Int64Array::from(vec![Some(7), Some(8), None, Some(-1)]);
        let names = StringViewArray::from(vec!["a", "b", "", "d"]);
        for (ids, first, last) in [(&numbers as &dyn Array, "7", "-1"), (&names, "a", "d")] {
            let results = score(&texts, Some(ids)).unwrap();
            let sources = results.column(0).as_string::<i32>();
            assert_eq!((sources.value(0), sources.value(3)), (first, last));
            assert!(sources.is_null(1) && sources.is_null(2));
        }
    }

    #[test]
    fn a_column_of_another_kind_is_refused() {
        let numbers = Int64Array::from(vec![1]);
        let texts = StringArray::from(vec!["a", "b"]);
        assert_eq!(
            score(&numbers, None).unwrap_err().to_string(),
            "the column of texts is of type Int64; expected string, large_string or string_view"
        );
        assert_eq!(
            score(&texts, Some(&numbers)).unwrap_err().to_string(),
            "2 texts, but 1 ids"
        );
    }

    #[test]
    fn broken_unicode_is_scored_and_told() {
        let bytes: &[u8] = b"R\xe9sum\xe9: processed payroll";
        let results = score(&BinaryArray::from_iter_values([bytes]), None).unwrap();
        let text = |name: &str| results.column_by_name(name).unwrap().clone();
        assert_eq!(text("status").as_string::<i32>().value(0), "partial");
        let flags = text("flags");
        let codes = flags.as_list::<i32>().values().as_struct().column(0);
        assert_eq!(codes.as_string::<i32>().value(0), "not_all_read");
        let report = score_bytes(&screener(), &mut Scratch::default(), "", bytes);
        let evidence = &report.skill("payroll").unwrap().evidence[0];
        assert_eq!(&bytes[evidence.start..evidence.end], b"processed payroll");
    }

    #[test]
    fn what_failed_has_a_row_without_figures() {
        let mut column = ResultColumn::new();
        column.push(&Screened::Failure(Failure {
            source: "a.pdf".to_owned(),
            status: Status::Encrypted,
            error: "needs a password".to_owned(),
        }));
        let results = column.finish().unwrap();
        assert!(results.is_valid(0));
        for (name, column) in results.column_names().into_iter().zip(results.columns()) {
            let known = ["source", "status", "error"].contains(&name);
            assert_eq!(column.is_valid(0), known, "{name}");
        }
    }

    #[test]
    fn the_documented_columns_are_the_ones_there_are() {
        fn flat(prefix: &str, data_type: &DataType, found: &mut Vec<String>) {
            match data_type {
                DataType::List(item) => flat(prefix, item.data_type(), found),
                DataType::Struct(fields) => {
                    for field in fields {
                        let name = format!("{prefix}{}", field.name());
                        let kind = sql_type(field.data_type()).unwrap();
                        let kind = kind.split('<').next().unwrap_or_default().to_owned();
                        found.push(format!("| `{name}` | {kind} |"));
                        flat(&format!("{name}."), field.data_type(), found);
                    }
                }
                _ => {}
            }
        }
        let mut found = Vec::new();
        flat("", &data_type(), &mut found);
        let told: Vec<&str> = include_str!("schema.md")
            .lines()
            .filter(|line| line.starts_with("| `"))
            .collect();
        assert_eq!(told.len(), found.len());
        for (told, found) in told.iter().zip(&found) {
            assert!(told.starts_with(found), "{told} is {found}");
        }
    }
}
