//! The crate's one error type: opaque, with a kind for code and a message for people.

use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, for code that has to tell errors apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A taxonomy file or builder call that does not hold together.
    Taxonomy,
    /// A pattern that does not follow the notation.
    Pattern,
    /// A profile file or builder call that does not hold together.
    Profile,
    /// A document that could not be read; its status tells why.
    Document,
    /// An input record (JSON Lines) that is not of the documented form.
    Input,
    /// An output that could not be written.
    Output,
    /// A precompiled matcher that is damaged or of another version.
    Compiled,
    /// An option or argument out of its range.
    Option,
    /// The operating system refused.
    Io,
}

/// An error with its place first: `service.toml, line 41: skill "payroll" is defined twice`.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    file: Option<String>,
    line: Option<usize>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            file: None,
            line: None,
            source: None,
        }))
    }

    pub(crate) fn in_file(mut self, file: &str) -> Self {
        self.0.file.get_or_insert_with(|| file.to_owned());
        self
    }

    pub(crate) fn at_line(mut self, line: usize) -> Self {
        self.0.line.get_or_insert(line);
        self
    }

    #[allow(
        dead_code,
        reason = "not every feature set has a foreign error to keep"
    )]
    pub(crate) fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What went wrong, for code.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file (or name given for a text) that the error is in, when it is in one.
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// The line, counted from 1, when it is known.
    pub fn line(&self) -> Option<usize> {
        self.0.line
    }

    /// The message without its place.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0.file, self.0.line) {
            (Some(file), Some(line)) => write!(f, "{file}, line {line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, Some(line)) => write!(f, "line {line}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}
