//! How reading one file ended: a closed list, so that every file found can be accounted for.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The outcome of one file.
///
/// The list is closed on purpose: `discovered = scored + failed + skipped` can be checked only against
/// outcomes that are all known. Only [`Scored`](Status::Scored) and [`Partial`](Status::Partial) come with a
/// text; no other outcome may ever be read as a score of 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::exhaustive_enums, reason = "a closed list is the point")]
pub enum Status {
    /// Read in full.
    Scored,
    /// Read, but a part was left out; the notes of the document say which.
    Partial,
    /// A readable file without a visible character.
    Empty,
    /// Pages of pictures only; optical character recognition would be needed.
    ImageOnly,
    /// Protected by a password.
    Encrypted,
    /// No format that this build reads.
    Unsupported,
    /// Damaged, or not what its first bytes promise.
    Corrupt,
    /// Over one of the [`Limits`](super::Limits).
    Limit,
    /// Took longer than allowed.
    Timeout,
    /// Wanted more memory than allowed.
    Memory,
    /// The parser crashed.
    Crashed,
    /// A folder, link, pipe, socket or device.
    NotRegular,
    /// The operating system refused: missing, no permission, device error.
    Io,
    /// Not tried: the run was stopped first.
    Incomplete,
}

impl Status {
    /// All of them, in the order reports list them.
    pub const ALL: [Status; 14] = [
        Status::Scored,
        Status::Partial,
        Status::Empty,
        Status::ImageOnly,
        Status::Encrypted,
        Status::Unsupported,
        Status::Corrupt,
        Status::Limit,
        Status::Timeout,
        Status::Memory,
        Status::Crashed,
        Status::NotRegular,
        Status::Io,
        Status::Incomplete,
    ];

    /// The name as reports write it: `image_only`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Scored => "scored",
            Status::Partial => "partial",
            Status::Empty => "empty",
            Status::ImageOnly => "image_only",
            Status::Encrypted => "encrypted",
            Status::Unsupported => "unsupported",
            Status::Corrupt => "corrupt",
            Status::Limit => "limit",
            Status::Timeout => "timeout",
            Status::Memory => "memory",
            Status::Crashed => "crashed",
            Status::NotRegular => "not_regular",
            Status::Io => "io",
            Status::Incomplete => "incomplete",
        }
    }

    /// Whether there is no text to score.
    pub fn is_failure(self) -> bool {
        !matches!(self, Status::Scored | Status::Partial)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a file gave no text.
///
/// The message holds sizes, limits and names of formats, never words of the document: it may be logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractError {
    status: Status,
    message: String,
}

impl ExtractError {
    pub(super) fn new(status: Status, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }

    /// The outcome; always one for which [`Status::is_failure`] holds.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The message for people.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status, self.message)
    }
}

impl std::error::Error for ExtractError {}

impl From<ExtractError> for crate::error::Error {
    fn from(error: ExtractError) -> Self {
        crate::error::Error::new(crate::error::ErrorKind::Document, error.to_string())
            .caused_by(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_ones_serialized() {
        for status in Status::ALL {
            assert_eq!(
                serde_json::to_string(&status).unwrap(),
                format!("\"{status}\"")
            );
        }
        assert!(!Status::Partial.is_failure());
        assert!(Status::Empty.is_failure());
    }

    #[test]
    fn status_stands_first_in_the_message() {
        let error = ExtractError::new(Status::Limit, "21 MiB, at most 20 MiB");
        assert_eq!(error.to_string(), "limit: 21 MiB, at most 20 MiB");
        let error = crate::error::Error::from(error);
        assert_eq!(error.kind(), crate::error::ErrorKind::Document);
    }
}
