//! Which format a file is to have.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// For a terminal.
    Table,
    /// The whole batch, indented.
    Json,
    /// One result a line.
    JsonLines,
    /// One row a resume.
    Csv,
    /// One row a resume and skill.
    CsvSkills,
    /// A summary for a ticket.
    Markdown,
    /// A page to read.
    Html,
    /// For data frames; needs the feature `arrow`.
    Parquet,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 8] = [
        Format::Table,
        Format::Json,
        Format::JsonLines,
        Format::Csv,
        Format::CsvSkills,
        Format::Markdown,
        Format::Html,
        Format::Parquet,
    ];

    /// The format that a file's suffix tells, in any case of letters.
    ///
    /// ```
    /// use skillscreen::output::Format;
    ///
    /// assert_eq!(Format::from_path("pool.skills.csv")?, Format::CsvSkills);
    /// assert_eq!(Format::from_path("pool.CSV")?, Format::Csv);
    /// let error = Format::from_path("pool.xlsx").unwrap_err();
    /// assert!(error.to_string().starts_with("pool.xlsx: the suffix tells no format"));
    /// # Ok::<(), skillscreen::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the suffix is none of these.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().to_ascii_lowercase())
            .unwrap_or_default();
        // The longest suffix first: .skills.csv is a .csv, too.
        let suffixes = [
            (".skills.csv", Format::CsvSkills),
            (".csv", Format::Csv),
            (".jsonl", Format::JsonLines),
            (".ndjson", Format::JsonLines),
            (".json", Format::Json),
            (".md", Format::Markdown),
            (".html", Format::Html),
            (".htm", Format::Html),
            (".parquet", Format::Parquet),
            (".txt", Format::Table),
        ];
        suffixes.iter().find(|(suffix, _)| name.ends_with(suffix)).map(|(_, format)| *format).ok_or_else(|| {
            let message = "the suffix tells no format; expected .json, .jsonl, .csv, .skills.csv, .md, .html, .parquet or .txt";
            Error::new(ErrorKind::Option, message).in_file(&path.to_string_lossy())
        })
    }

    /// Its name on the command line: `csv-skills`.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Json => "json",
            Format::JsonLines => "jsonl",
            Format::Csv => "csv",
            Format::CsvSkills => "csv-skills",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Parquet => "parquet",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Format::ALL
            .into_iter()
            .find(|format| format.as_str() == name)
            .ok_or_else(|| {
                let all = Format::ALL.map(Format::as_str).join(", ");
                Error::new(
                    ErrorKind::Option,
                    format!("there is no format \"{name}\"; expected one of {all}"),
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for format in Format::ALL {
            assert_eq!(format.as_str().parse::<Format>().unwrap(), format);
        }
        assert!(
            "xlsx"
                .parse::<Format>()
                .unwrap_err()
                .to_string()
                .contains("expected one of table, json")
        );
    }

    #[test]
    fn only_the_file_name_tells() {
        assert_eq!(
            Format::from_path("/a.csv/b.jsonl").unwrap(),
            Format::JsonLines
        );
        assert!(Format::from_path("/a.csv/b").is_err());
        assert!(Format::from_path("").is_err());
    }
}
