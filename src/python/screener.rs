//! Taxonomy, profile and screener. All of them remember the texts they were made of, so that they can be sent to another process.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use pyo3_arrow::input::AnyArray;

use crate::document::{Limits, extract, read_file};
use crate::error::{Error, ErrorKind, Result};
use crate::facts::YearMonth;
use crate::screener::Scratch;

use super::column::{self, Results};
use super::report::Report;

/// TOML texts by name; none stand for what is built in.
type Parts = Vec<(String, String)>;

fn read_text(path: &PathBuf) -> Result<(String, String)> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(Error::new(ErrorKind::Io, format!("cannot read: {error}"))
            .in_file(&name)
            .caused_by(error)),
    }
}

/// A skill that a taxonomy has.
#[pyclass(module = "skillscreen", frozen, get_all)]
#[derive(Clone)]
pub(super) struct TaxonomySkill {
    id: String,
    label: String,
    category: String,
}

/// What skills exist, and under which names. Without arguments, the built-in taxonomy; else of TOML texts, each with a name for error messages.
#[pyclass(module = "skillscreen", frozen, from_py_object)]
#[derive(Clone)]
pub(super) struct Taxonomy {
    parts: Parts,
    inner: crate::Taxonomy,
}

impl Taxonomy {
    fn new(parts: Parts) -> Result<Self> {
        let borrowed: Vec<(&str, &str)> = parts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let inner = match borrowed.as_slice() {
            [] => crate::Taxonomy::builtin(),
            parts => crate::Taxonomy::from_toml_parts(parts)?,
        };
        Ok(Self { parts, inner })
    }
}

#[pymethods]
impl Taxonomy {
    #[new]
    #[pyo3(signature = (parts = Parts::new()))]
    fn py_new(parts: Parts) -> Result<Self> {
        Self::new(parts)
    }

    /// Of one TOML text. Raises SkillscreenError with the line when it does not follow the format.
    #[staticmethod]
    #[pyo3(signature = (text, name = "taxonomy.toml"))]
    fn from_toml(text: String, name: &str) -> Result<Self> {
        Self::new(vec![(name.to_owned(), text)])
    }

    /// Of TOML files that make up one taxonomy.
    #[staticmethod]
    #[pyo3(signature = (*paths))]
    fn from_files(paths: Vec<PathBuf>) -> Result<Self> {
        let parts: Result<Parts> = paths.iter().map(read_text).collect();
        Self::new(parts?)
    }

    #[getter]
    fn id(&self) -> &str {
        self.inner.id()
    }

    #[getter]
    fn version(&self) -> &str {
        self.inner.version()
    }

    #[getter]
    fn fingerprint(&self) -> String {
        self.inner.fingerprint()
    }

    /// All skills, in the order they were given.
    #[getter]
    fn skills(&self) -> Vec<TaxonomySkill> {
        self.inner
            .skills()
            .iter()
            .map(|skill| TaxonomySkill {
                id: skill.id().to_owned(),
                label: skill.label().to_owned(),
                category: skill.category().to_owned(),
            })
            .collect()
    }

    fn __getnewargs__(&self) -> (Parts,) {
        (self.parts.clone(),)
    }

    fn __repr__(&self) -> String {
        format!("Taxonomy({})", self.inner.fingerprint())
    }
}

/// Where a profile comes from.
#[derive(Clone, Debug, PartialEq, FromPyObject, IntoPyObject)]
enum ProfileSource {
    Builtin(String),
    Text((String, String)),
}

/// What one job asks for: the built-in profile of this id, or a (name, TOML text) pair.
#[pyclass(module = "skillscreen", frozen, from_py_object)]
#[derive(Clone)]
pub(super) struct JobProfile {
    source: ProfileSource,
    inner: crate::JobProfile,
}

impl JobProfile {
    fn new(source: ProfileSource) -> Result<Self> {
        let inner = match &source {
            ProfileSource::Builtin(id) => crate::JobProfile::builtin(id)?,
            ProfileSource::Text((name, text)) => crate::JobProfile::from_toml(name, text)?,
        };
        Ok(Self { source, inner })
    }
}

#[pymethods]
impl JobProfile {
    #[new]
    #[pyo3(signature = (source = ProfileSource::Builtin("csm".to_owned())), text_signature = "(source='csm')")]
    fn py_new(source: ProfileSource) -> Result<Self> {
        Self::new(source)
    }

    /// The built-in profile of this id.
    #[staticmethod]
    fn builtin(id: String) -> Result<Self> {
        Self::new(ProfileSource::Builtin(id))
    }

    /// The ids of all built-in profiles.
    #[staticmethod]
    fn builtin_ids() -> Vec<&'static str> {
        crate::JobProfile::builtin_ids().collect()
    }

    /// Of a TOML text. Raises SkillscreenError with the line when it does not follow the format.
    #[staticmethod]
    #[pyo3(signature = (text, name = "profile.toml"))]
    fn from_toml(text: String, name: &str) -> Result<Self> {
        Self::new(ProfileSource::Text((name.to_owned(), text)))
    }

    /// Of a TOML file.
    #[staticmethod]
    fn from_file(path: PathBuf) -> Result<Self> {
        Self::new(ProfileSource::Text(read_text(&path)?))
    }

    #[getter]
    fn id(&self) -> &str {
        self.inner.id()
    }

    #[getter]
    fn version(&self) -> &str {
        self.inner.version()
    }

    #[getter]
    fn label(&self) -> &str {
        self.inner.label()
    }

    #[getter]
    fn fingerprint(&self) -> String {
        self.inner.fingerprint()
    }

    /// The skills it asks for, with their weights.
    #[getter]
    fn skills(&self) -> Vec<(String, u32)> {
        self.inner
            .skills()
            .iter()
            .map(|skill| (skill.id().to_owned(), skill.weight()))
            .collect()
    }

    fn __getnewargs__(&self) -> (ProfileSource,) {
        (self.source.clone(),)
    }

    fn __repr__(&self) -> String {
        format!("JobProfile({})", self.inner.fingerprint())
    }
}

/// A profile, or what it is made of.
#[derive(FromPyObject)]
#[allow(
    clippy::large_enum_variant,
    reason = "an argument, taken apart at once"
)]
enum ProfileOrSource {
    Profile(JobProfile),
    Source(ProfileSource),
}

/// A taxonomy, or what it is made of.
#[derive(FromPyObject)]
#[allow(
    clippy::large_enum_variant,
    reason = "an argument, taken apart at once"
)]
enum TaxonomyOrParts {
    Taxonomy(Taxonomy),
    Parts(Parts),
}

/// What a screener is made of.
#[derive(Clone, PartialEq)]
struct Recipe {
    profile: ProfileSource,
    taxonomy: Parts,
    as_of: Option<String>,
}

/// The screener made last. A query engine unpickles its function for every task, and most of the time it is the one it had before.
static LAST: Mutex<Option<(Recipe, crate::Screener)>> = Mutex::new(None);

impl Recipe {
    fn screener(&self) -> Result<crate::Screener> {
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((recipe, screener)) = &*last
            && recipe == self
        {
            return Ok(screener.clone());
        }
        let mut builder = crate::Screener::builder();
        if let Some(as_of) = &self.as_of {
            builder.as_of(month(as_of)?);
        }
        let profile = JobProfile::new(self.profile.clone())?;
        let taxonomy = Taxonomy::new(self.taxonomy.clone())?;
        let screener = builder.build(&taxonomy.inner, &profile.inner)?;
        *last = Some((self.clone(), screener.clone()));
        Ok(screener)
    }
}

fn month(text: &str) -> Result<YearMonth> {
    text.parse().map_err(|_| {
        let message = format!("as_of is \"{text}\"; expected a month such as 2024-06");
        Error::new(ErrorKind::Option, message)
    })
}

/// Screens resumes against one job. It may be shared by threads, and pickled: it carries its taxonomy and profile.
///
/// profile is a JobProfile or what it is made of, such as the id of a built-in one; so is taxonomy. as_of is the month that "present" means,
/// such as "2024-06"; without it, the latest date of each resume.
#[pyclass(module = "skillscreen", frozen, from_py_object)]
#[derive(Clone)]
pub(super) struct Screener {
    recipe: Recipe,
    pub(super) inner: crate::Screener,
}

#[pymethods]
impl Screener {
    #[new]
    #[pyo3(
        signature = (profile = ProfileOrSource::Source(ProfileSource::Builtin("csm".to_owned())), taxonomy = None, as_of = None),
        text_signature = "(profile='csm', taxonomy=None, as_of=None)"
    )]
    fn new(
        py: Python<'_>,
        profile: ProfileOrSource,
        taxonomy: Option<TaxonomyOrParts>,
        as_of: Option<String>,
    ) -> Result<Self> {
        let recipe = Recipe {
            profile: match profile {
                ProfileOrSource::Profile(profile) => profile.source,
                ProfileOrSource::Source(source) => source,
            },
            taxonomy: match taxonomy {
                Some(TaxonomyOrParts::Taxonomy(taxonomy)) => taxonomy.parts,
                Some(TaxonomyOrParts::Parts(parts)) => parts,
                None => Parts::new(),
            },
            as_of,
        };
        let inner = py.detach(|| recipe.screener())?;
        Ok(Self { recipe, inner })
    }

    /// For pickle: the texts, so that what the process has already is not parsed again.
    fn __getnewargs__(&self) -> (ProfileSource, Parts, Option<String>) {
        let Recipe {
            profile,
            taxonomy,
            as_of,
        } = self.recipe.clone();
        (profile, taxonomy, as_of)
    }

    /// Scores one text. Any text gives a report; that of a text of nothing but white space has the status `empty`, no score, and judges nothing.
    #[pyo3(signature = (text, source = ""))]
    fn score(&self, py: Python<'_>, text: &Bound<'_, PyString>, source: &str) -> PyResult<Report> {
        let broken;
        let whole = text.to_cow();
        let bytes = match &whole {
            Ok(text) => text.as_bytes(),
            // Half of a surrogate pair, which Python allows in a string, is no Unicode: scored as broken bytes in a column are.
            Err(_) => {
                broken = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
                broken.cast::<PyBytes>()?.as_bytes()
            }
        };
        Ok(py.detach(|| {
            let mut scratch = Scratch::default();
            crate::arrow::score_bytes(&self.inner, &mut scratch, source, bytes).into()
        }))
    }

    /// Scores a document: PDF, DOCX, DOC, ODT, RTF, HTML or text. Raises SkillscreenError when it cannot be read.
    ///
    /// It is read in this process. For files of strangers use the program, which reads each in a process that may die.
    fn score_file(&self, py: Python<'_>, path: PathBuf) -> Result<Report> {
        py.detach(|| {
            let source = path.display().to_string();
            let limits = Limits::default();
            let document = read_file(&path, &limits)
                .and_then(|bytes| extract(&bytes, &limits))
                .map_err(|error| {
                    Error::new(ErrorKind::Document, error.message())
                        .in_file(&source)
                        .caused_by(error)
                })?;
            let mut scratch = Scratch::default();
            let report = self.inner.screen_document(&mut scratch, &source, &document);
            Ok(Report::from(report))
        })
    }

    /// Scores a column of texts: strings, large strings or string views, chunked or not; null stays null.
    ///
    /// ids, strings or integers, become the column source. threads is 1 where an engine calls this in parallel; 0 means one a core.
    #[pyo3(signature = (texts, ids = None, threads = 1))]
    fn score_batch(
        &self,
        py: Python<'_>,
        texts: AnyArray,
        ids: Option<AnyArray>,
        threads: usize,
    ) -> PyResult<Results> {
        let texts = column::chunks(texts)?;
        let ids = ids.map(column::chunks).transpose()?;
        let results =
            py.detach(|| crate::arrow::score_chunks(&self.inner, &texts, ids.as_deref(), threads))?;
        Ok(Results::new(results))
    }

    /// What its reports are stamped with.
    #[getter]
    fn fingerprint(&self) -> super::report::Fingerprint {
        self.inner.fingerprint().into()
    }

    fn __repr__(&self) -> String {
        let fingerprint = self.inner.fingerprint();
        format!(
            "Screener(profile={}, taxonomy={})",
            fingerprint.profile, fingerprint.taxonomy
        )
    }
}
