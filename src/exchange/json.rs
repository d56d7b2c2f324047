//! The native fields as JSON.

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{Place, TaxonomyBuilder};

use super::record::File;

pub(super) fn read(name: &str, text: &str) -> Result<TaxonomyBuilder> {
    let file: File = parse(name, text)?;
    // JSON's reader keeps no places of values; an id stands in the file as it is.
    file.build(|id| Place {
        file: Some(name.into()),
        line: line_of_text(text, id),
    })
}

pub(super) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    crate::reading::from_json(ErrorKind::Taxonomy, name, text)
}

/// The line where the text stands in quotes, from 1.
pub(super) fn line_of_text(text: &str, value: &str) -> Option<usize> {
    let quoted = serde_json::to_string(value).ok()?;
    let at = text.find(&quoted)?;
    Some(crate::taxonomy::line_of(text, at))
}

pub(super) fn write(file: &File) -> Result<String> {
    let mut text = serde_json::to_string_pretty(file)
        .map_err(|error| Error::new(ErrorKind::Output, "cannot write JSON").caused_by(error))?;
    text.push('\n');
    Ok(text)
}
