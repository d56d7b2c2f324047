//! Taxonomies, profiles and screeners as the arguments ask for them.

use std::path::{Path, PathBuf};

use skillscreen::document::Limits;
use skillscreen::document::pool::WorkerPool;
use skillscreen::{JobProfile, Screener, Taxonomy};

use crate::args::{By, Reading, With};
use crate::terminal::{Failure, Result};

pub(crate) fn taxonomy(files: &[PathBuf]) -> Result<Taxonomy> {
    if files.is_empty() {
        return Ok(Taxonomy::builtin());
    }
    if let [file] = files
        && let Some(compiled) = compiled(file)?
    {
        return Ok(compiled);
    }
    Ok(Taxonomy::from_toml_parts(&parts(&texts(files)?))?)
}

/// The taxonomy in a file that `skillscreen compile` wrote; `None` when it is of another kind.
fn compiled(path: &Path) -> Result<Option<Taxonomy>> {
    let bytes = std::fs::read(path).map_err(|error| named(path, &error))?;
    if !Taxonomy::is_compiled(&bytes) {
        return Ok(None);
    }
    let taxonomy = Taxonomy::from_compiled(&bytes).map_err(|error| named(path, &error))?;
    Ok(Some(taxonomy))
}

/// Files with their names.
pub(crate) fn texts(files: &[PathBuf]) -> Result<Vec<(String, String)>> {
    files
        .iter()
        .map(|path| Ok((path.display().to_string(), read(path)?)))
        .collect()
}

pub(crate) fn parts(texts: &[(String, String)]) -> Vec<(&str, &str)> {
    texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect()
}

/// A built-in profile by its id, or one from a file.
pub(crate) fn profile(name: &str) -> Result<JobProfile> {
    if JobProfile::builtin_ids().any(|id| id == name) {
        return Ok(JobProfile::builtin(name)?);
    }
    let path = Path::new(name);
    if !path.exists() && path.extension().is_none() {
        return Ok(JobProfile::builtin(name)?);
    }
    Ok(JobProfile::from_toml(name, &read(path)?)?)
}

/// Characters on either side of a quote: about half a line of print, enough to see what it is about.
const CONTEXT: usize = 60;

/// The screener for one profile, without anything to compare.
pub(crate) fn plain_screener(by: &By, name: &str) -> Result<Screener> {
    let taxonomy = taxonomy(&by.taxonomy)?;
    let profile = profile(name)?;
    let mut builder = Screener::builder();
    if let Some(as_of) = by.as_of {
        builder.as_of(as_of);
    }
    Ok(builder.build(&taxonomy, &profile)?)
}

/// The screener; `for_people` tells whether quotes are to be read with the words around them.
pub(crate) fn screener(with: &With, for_people: bool) -> Result<Screener> {
    let taxonomy = taxonomy(&with.by.taxonomy)?;
    let (first, others) = with
        .profiles
        .split_first()
        .ok_or_else(|| Failure::new("no profile is given"))?;
    let first = profile(first)?;
    let mut builder = Screener::builder();
    builder.context(with.context.unwrap_or(if for_people { CONTEXT } else { 0 }));
    if let Some(as_of) = with.by.as_of {
        builder.as_of(as_of);
    }
    for other in others {
        builder.compare_with(profile(other)?);
    }
    if with.compare {
        for id in JobProfile::builtin_ids()
            .filter(|id| *id != first.id() && !others.iter().any(|other| other == id))
        {
            builder.compare_with(JobProfile::builtin(id)?);
        }
    }
    let screener = builder.build(&taxonomy, &first)?;
    // One more that is never let go: when the program ends, the system takes memory back quicker than it could be freed piece by piece.
    std::mem::forget(screener.clone());
    Ok(screener)
}

const MIB: u64 = 1024 * 1024;

pub(crate) fn limits(reading: &Reading) -> Limits {
    let mut limits = Limits::default();
    limits.bytes(reading.max_size.saturating_mul(MIB));
    limits
}

pub(crate) fn pool(reading: &Reading, jobs: usize) -> WorkerPool {
    let mut builder = WorkerPool::builder();
    builder
        .timeout(reading.timeout)
        .cpu(reading.cpu)
        .memory(reading.memory.saturating_mul(MIB))
        .limits(limits(reading));
    if jobs > 0 {
        builder.workers(jobs);
    }
    builder.build()
}

pub(crate) fn read(path: &Path) -> Result<String> {
    Ok(std::fs::read_to_string(path).map_err(|error| named(path, &error))?)
}

fn named(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
