//! Arrow columns to and from Python. The PyCapsule interface hands over pointers; nothing is copied.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::{ArrowError, Field, FieldRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{
    ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule,
};
use pyo3_arrow::input::AnyArray;

use crate::arrow;
use crate::error::Result;

/// The chunks of a column from any library.
pub(super) fn chunks(column: AnyArray) -> PyResult<Vec<ArrayRef>> {
    Ok(column.into_chunked_array()?.into_inner().0)
}

fn field() -> FieldRef {
    Arc::new(Field::new("", arrow::data_type(), true))
}

/// A column of results: hand it to pyarrow.array, pyarrow.chunked_array, polars.Series or any other Arrow library.
#[pyclass(module = "skillscreen", frozen)]
pub(super) struct Results {
    chunks: Vec<ArrayRef>,
}

impl Results {
    pub(super) fn new(chunks: Vec<StructArray>) -> Self {
        let chunks = chunks
            .into_iter()
            .map(|chunk| Arc::new(chunk) as ArrayRef)
            .collect();
        Self { chunks }
    }

    /// As one chunk, which costs a copy when there are more.
    fn whole(&self) -> Result<ArrayRef, ArrowError> {
        match self.chunks.as_slice() {
            [] => Ok(arrow_array::new_empty_array(&arrow::data_type())),
            [chunk] => Ok(chunk.clone()),
            chunks => {
                let chunks: Vec<&dyn Array> = chunks.iter().map(AsRef::as_ref).collect();
                arrow_select::concat::concat(&chunks)
            }
        }
    }
}

#[pymethods]
impl Results {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyTuple>> {
        to_array_pycapsules(py, field(), &self.whole()?, requested_schema)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let chunks: Vec<Result<ArrayRef, ArrowError>> =
            self.chunks.iter().cloned().map(Ok).collect();
        let reader = ArrayIterator::new(chunks, field());
        to_stream_pycapsule(py, Box::new(reader), requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, field().as_ref())
    }

    fn __len__(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    fn __repr__(&self) -> String {
        format!("Results({} rows)", self.__len__())
    }
}

/// The columns of results: hand it to pyarrow.schema.
#[pyclass(module = "skillscreen", frozen)]
pub(super) struct ResultSchema;

#[pymethods]
impl ResultSchema {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, arrow::schema())
    }
}

/// The columns of results, as the Parquet files have them.
#[pyfunction]
pub(super) fn schema() -> ResultSchema {
    ResultSchema
}

/// The type of a column of results as Spark's SQL writes it, for mapInArrow.
#[pyfunction]
pub(super) fn spark_type() -> Result<String> {
    arrow::sql_type(&arrow::data_type())
}
