//! The Python package `skillscreen`: the library as Python has it, and Arrow columns through the PyCapsule interface.
//!
//! The package's own files stand in the folder `skillscreen` beside this one; `_skillscreen.pyi` there has all signatures and docs.

mod column;
mod pool;
mod report;
mod screener;

use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::error::Error;

create_exception!(
    skillscreen,
    SkillscreenError,
    PyValueError,
    "A taxonomy, profile, document or column that cannot be used; the message says why, its place first."
);

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        SkillscreenError::new_err(error.to_string())
    }
}

#[pymodule]
mod _skillscreen {
    #[pymodule_export]
    use super::SkillscreenError;
    #[pymodule_export]
    use super::column::{ResultSchema, Results, schema, spark_type};
    #[pymodule_export]
    use super::pool::{SkillPrevalence, prevalence, wilson};
    #[pymodule_export]
    use super::report::{
        Evidence, Facts, Fingerprint, Flag, MissingSkill, Report, Requirement, Skill,
        SuppressedMatch,
    };
    #[pymodule_export]
    use super::screener::{JobProfile, Screener, Taxonomy, TaxonomySkill};

    /// Version of the package and of the engine; it is part of every report's fingerprint.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "as Python names it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
