//! What a batch is fed with.

use std::path::PathBuf;

use crate::document::{Document, Status};

/// One thing to screen.
#[derive(Clone, Debug)]
pub struct Input {
    pub(super) source: String,
    pub(super) content: Content,
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    Text(String),
    Document(Box<Document>),
    File(PathBuf),
    Unreadable(Status, String),
}

impl Input {
    /// A text under a name. One of nothing but white space is [`Empty`](Status::Empty), as a file without one is.
    pub fn text(source: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            content: Content::Text(text.into()),
        }
    }

    /// A document that has been read already, under a name.
    pub fn document(source: impl Into<String>, document: Document) -> Self {
        Self {
            source: source.into(),
            content: Content::Document(Box::new(document)),
        }
    }

    /// A file, named by its path.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self {
            source: path.to_string_lossy().into_owned(),
            content: Content::File(path),
        }
    }

    /// Something that is known to be unreadable already, so that it is not lost.
    pub fn unreadable(source: impl Into<String>, status: Status, error: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            content: Content::Unreadable(status, error.into()),
        }
    }

    /// The name that its result will have.
    pub fn source(&self) -> &str {
        &self.source
    }
}
