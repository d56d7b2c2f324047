//! What a pool of results amounts to.

use arrow_array::StructArray;
use arrow_array::cast::AsArray;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;

use crate::batch;
use crate::error::{Error, ErrorKind};

use super::column::chunks;
use super::screener::Screener;

/// How often a skill is shown in a pool: percent is resumes of of, with its 95 % Wilson interval.
#[pyclass(module = "skillscreen", frozen, get_all, eq)]
#[derive(Clone, PartialEq)]
pub(super) struct SkillPrevalence {
    id: String,
    label: String,
    category: String,
    resumes: u64,
    of: u64,
    percent: Option<f64>,
    interval: Option<(f64, f64)>,
    mentions: u64,
    mention_share: Option<f64>,
    benchmark: Option<f64>,
    benchmark_source: Option<String>,
}

#[pymethods]
impl SkillPrevalence {
    fn __repr__(&self) -> String {
        format!(
            "SkillPrevalence({}: {} of {})",
            self.id, self.resumes, self.of
        )
    }
}

impl From<batch::SkillPrevalence> for SkillPrevalence {
    fn from(skill: batch::SkillPrevalence) -> Self {
        Self {
            id: skill.id,
            label: skill.label,
            category: skill.category,
            resumes: skill.resumes,
            of: skill.of,
            percent: skill.percent.map(|percent| percent.value()),
            interval: skill.interval,
            mentions: skill.mentions,
            mention_share: skill.mention_share.map(|percent| percent.value()),
            benchmark: skill.benchmark,
            benchmark_source: skill.benchmark_source,
        }
    }
}

/// How often each skill is shown in results of score_batch, or in a table read from Parquet; the most frequent first.
#[pyfunction]
pub(super) fn prevalence(
    py: Python<'_>,
    results: AnyArray,
    screener: &Screener,
) -> PyResult<Vec<SkillPrevalence>> {
    let results: Result<Vec<StructArray>, Error> = chunks(results)?
        .iter()
        .map(|chunk| {
            chunk.as_struct_opt().cloned().ok_or_else(|| {
                let message = format!(
                    "the results are of type {}; expected a struct or a table, as score_batch gives",
                    chunk.data_type()
                );
                Error::new(ErrorKind::Input, message)
            })
        })
        .collect();
    let results = results?;
    let summary = py.detach(|| crate::arrow::summarize(&screener.inner, &results))?;
    Ok(summary
        .skills()
        .into_iter()
        .map(SkillPrevalence::from)
        .collect())
}

/// The 95 % Wilson interval of count out of of, in percent; None when of is 0.
#[pyfunction]
pub(super) fn wilson(count: u64, of: u64) -> Option<(f64, f64)> {
    batch::wilson(count, of)
}
