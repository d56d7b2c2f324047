//! What a pool of results amounts to, read from their columns.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, LargeListArray, ListArray, StructArray};

use crate::batch::BatchSummary;
use crate::document::Status;
use crate::error::{Error, ErrorKind, Result};
use crate::screener::Screener;

use super::text::{Texts, repaired};

/// Counts columns of results, as [`score_array`](super::score_array) and Parquet files have them; their rows may come from anywhere.
///
/// The summary is the one that a [`Batch`](crate::batch::Batch) over the same texts gives. Null rows are not counted; columns beside
/// `status`, `score` and `skills` need not be there. Skills that the screener's taxonomy does not have are left out.
///
/// # Errors
///
/// When one of these columns is missing or of another type, or a status is not known.
pub fn summarize<'a>(
    screener: &Screener,
    results: impl IntoIterator<Item = &'a StructArray>,
) -> Result<BatchSummary> {
    let mut summary = BatchSummary::new(screener);
    for chunk in results {
        add(&mut summary, chunk)?;
    }
    Ok(summary)
}

fn add(summary: &mut BatchSummary, results: &StructArray) -> Result<()> {
    let statuses = Texts::new(column(results, "status")?).map_err(|_| wrong("status"))?;
    let scores = column(results, "score")?
        .as_primitive_opt::<Float64Type>()
        .ok_or_else(|| wrong("score"))?;
    let skills = Lists::new(column(results, "skills")?).ok_or_else(|| wrong("skills"))?;
    let shown = skills
        .items()
        .as_struct_opt()
        .ok_or_else(|| wrong("skills"))?;
    let ids = Texts::new(column(shown, "id")?).map_err(|_| wrong("skills.id"))?;
    let occurrences = column(shown, "occurrences")?
        .as_primitive_opt::<Int64Type>()
        .ok_or_else(|| wrong("skills.occurrences"))?;
    for row in 0..results.len() {
        let Some(name) = statuses.get(row).filter(|_| results.is_valid(row)) else {
            continue;
        };
        let status = Status::ALL
            .into_iter()
            .find(|status| status.as_str().as_bytes() == name)
            .ok_or_else(|| {
                let message = format!("there is no status \"{}\"", repaired(name).0);
                Error::new(ErrorKind::Input, message)
            })?;
        let score = scores.is_valid(row).then(|| scores.value(row));
        // An id that is no text is none that the taxonomy has.
        let skills = skills.range(row).map(|item| {
            let id = ids.get(item).and_then(|id| str::from_utf8(id).ok());
            let count = u64::try_from(occurrences.value(item)).unwrap_or(0);
            (id.unwrap_or_default(), count)
        });
        summary.add_parts(status, score, skills);
    }
    Ok(())
}

/// Lists with offsets of either width: Polars has the wide ones.
enum Lists<'a> {
    Small(&'a ListArray),
    Large(&'a LargeListArray),
}

impl<'a> Lists<'a> {
    fn new(column: &'a ArrayRef) -> Option<Self> {
        let small = column.as_list_opt().map(Self::Small);
        small.or_else(|| column.as_list_opt().map(Self::Large))
    }

    fn items(&self) -> &'a ArrayRef {
        match self {
            Self::Small(list) => list.values(),
            Self::Large(list) => list.values(),
        }
    }

    /// Where the items of a row stand.
    fn range(&self, row: usize) -> Range<usize> {
        match self {
            Self::Small(list) if list.is_valid(row) => {
                list.value_offsets()[row] as usize..list.value_offsets()[row + 1] as usize
            }
            Self::Large(list) if list.is_valid(row) => {
                list.value_offsets()[row] as usize..list.value_offsets()[row + 1] as usize
            }
            _ => 0..0,
        }
    }
}

fn column<'a>(from: &'a StructArray, name: &str) -> Result<&'a ArrayRef> {
    from.column_by_name(name).ok_or_else(|| {
        let message = format!("the results have no column \"{name}\"");
        Error::new(ErrorKind::Input, message)
    })
}

fn wrong(name: &str) -> Error {
    let message = format!("the column \"{name}\" is not of the type that results have");
    Error::new(ErrorKind::Input, message)
}

#[cfg(test)]
mod tests {
    use arrow_array::{Int64Array, StringArray};

    use super::*;
    use crate::arrow::score_array;
    use crate::arrow::tests::screener;
    use crate::batch::{Batch, Input};
    use crate::screener::Scratch;

    #[test]
    fn counted_from_columns_or_on_the_way_is_the_same() {
        let screener = screener();
        let texts = [
            "Supervised 12 agents, processed payroll",
            "Processed payroll and payroll taxes",
            "",
            "Trained staff",
        ];
        let direct = Batch::new(&screener)
            .run(texts.map(|text| Input::text(text, text)), |_| Ok(()))
            .unwrap();
        let column = StringArray::from_iter(texts.map(Some).into_iter().chain([None]));
        let results = score_array(&screener, &mut Scratch::default(), &column, None).unwrap();
        let chunks = [results.slice(0, 1), results.slice(1, 4)];
        let counted = summarize(&screener, &chunks).unwrap();
        let all = |summary: &BatchSummary| {
            (
                serde_json::to_string(summary).unwrap(),
                summary.skills(),
                summary.co_occurrences(1),
            )
        };
        assert_eq!(all(&counted), all(&direct));
        assert_eq!(counted.skill("payroll").unwrap().resumes, 2);
    }

    #[test]
    fn other_tables_are_refused() {
        let table = |name: &str, column: ArrayRef| {
            let field = arrow_schema::Field::new(name, column.data_type().clone(), true);
            StructArray::from(vec![(field.into(), column)])
        };
        let cases = [
            (
                table("x", std::sync::Arc::new(StringArray::from(vec!["a"]))),
                "the results have no column \"status\"",
            ),
            (
                table("status", std::sync::Arc::new(Int64Array::from(vec![1]))),
                "the column \"status\" is not of the type that results have",
            ),
        ];
        for (table, message) in cases {
            let error = summarize(&screener(), [&table]).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }
}
