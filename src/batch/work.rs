//! What one thread does with one input.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::duplicates::TextPrint;
use super::input::Content;
use super::journal::{self, Key};
use super::{ExtractDocument, Failure, Input, Journal, Screened};
use crate::document::{Document, ExtractError, Limits, Status, read_file};
use crate::report::Report;
use crate::screener::{Scratch, Screener};

/// Screens inputs, one after the other.
pub(super) struct Worker {
    pub(super) screener: Screener,
    pub(super) limits: Limits,
    pub(super) extract: Arc<ExtractDocument>,
    pub(super) journal: Option<Arc<Journal>>,
    /// Whether duplicates are looked for.
    pub(super) prints: bool,
    pub(super) scratch: Scratch,
    pub(super) pairs: Vec<u64>,
}

/// An input that is done.
pub(super) struct Done {
    pub(super) screened: Screened,
    /// What duplicates are told by, when there is a text and they are looked for.
    pub(super) print: Option<TextPrint>,
    /// What the journal is to keep.
    pub(super) record: Option<Vec<u8>>,
    /// Whether it comes from the journal.
    pub(super) resumed: bool,
}

/// A result as the journal keeps it.
#[derive(Serialize, Deserialize)]
struct Kept<R, F> {
    print: Option<TextPrint>,
    result: Outcome<R, F>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome<R, F> {
    Report(R),
    Failure(F),
}

impl Worker {
    pub(super) fn work(&mut self, input: Input) -> Done {
        let source = input.source.clone();
        catch_unwind(AssertUnwindSafe(|| self.screen(input))).unwrap_or_else(|_| {
            // What it was in the middle of must not show in the next result.
            self.scratch = Scratch::default();
            Done {
                screened: failure(source, Status::Crashed, "screening panicked"),
                print: None,
                record: None,
                resumed: false,
            }
        })
    }

    fn screen(&mut self, input: Input) -> Done {
        let Input { source, content } = input;
        let mut key = None;
        let read = match content {
            Content::Unreadable(status, error) => {
                return self.done(failure(source, status, error), None, None);
            }
            Content::Text(text) if text.trim().is_empty() => {
                return self.done(failure(source, Status::Empty, "no text"), None, None);
            }
            Content::Text(text) => {
                key = self.key(b"text", text.as_bytes());
                if let Some(done) = self.resumed(&source, key.as_ref()) {
                    return done;
                }
                let report = self.screener.screen_with(&mut self.scratch, &source, &text);
                let print = self.print(&text);
                return self.done(Screened::Report(report), print, key);
            }
            Content::Document(document) => Ok(*document),
            Content::File(path) => match self.file(&path) {
                Err(error) => Err(error),
                Ok(bytes) => {
                    key = self.key(b"file", &bytes);
                    if let Some(done) = self.resumed(&source, key.as_ref()) {
                        return done;
                    }
                    (self.extract)(&bytes)
                }
            },
        };
        match read {
            Err(error) => self.done(failure(source, error.status(), error.message()), None, key),
            Ok(document) if document.text().trim().is_empty() => {
                self.done(failure(source, Status::Empty, "no text"), None, key)
            }
            Ok(document) => {
                let report = self
                    .screener
                    .screen_document(&mut self.scratch, &source, &document);
                let print = self.print(document.text());
                self.done(Screened::Report(report), print, key)
            }
        }
    }

    /// The bytes are read once, here: what the digest is of is what is screened, whatever happens to the file meanwhile.
    fn file(&self, path: &Path) -> Result<Vec<u8>, ExtractError> {
        read_file(path, &self.limits)
    }

    fn key(&self, kind: &[u8], content: &[u8]) -> Option<Key> {
        self.journal.as_ref()?;
        let digest = Sha256::new()
            .chain_update(kind)
            .chain_update([0])
            .chain_update(content)
            .finalize();
        digest.first_chunk::<16>().copied()
    }

    fn print(&mut self, text: &str) -> Option<TextPrint> {
        self.prints.then(|| TextPrint::of(text, &mut self.pairs))
    }

    fn resumed(&self, source: &str, key: Option<&Key>) -> Option<Done> {
        let json = self.journal.as_ref()?.find(key?)?;
        let kept: Kept<Report, Failure> = serde_json::from_slice(&json).ok()?;
        // The same content may have another name now.
        let source = source.to_owned();
        let screened = match kept.result {
            Outcome::Report(report) => Screened::Report(Report { source, ..report }),
            Outcome::Failure(failure) => Screened::Failure(Failure { source, ..failure }),
        };
        Some(Done {
            screened,
            print: kept.print.filter(|_| self.prints),
            record: None,
            resumed: true,
        })
    }

    fn done(&self, screened: Screened, print: Option<TextPrint>, key: Option<Key>) -> Done {
        let result = match &screened {
            Screened::Report(report) => Some(Outcome::Report(report)),
            Screened::Failure(failure) if lasts(failure.status) => Some(Outcome::Failure(failure)),
            Screened::Failure(_) => None,
        };
        let record = key.zip(result).and_then(|(key, result)| {
            let json = serde_json::to_vec(&Kept { print, result }).ok()?;
            Some(journal::record(&key, &json))
        });
        Done {
            screened,
            print,
            record,
            resumed: false,
        }
    }
}

fn failure(source: String, status: Status, error: impl Into<String>) -> Screened {
    Screened::Failure(Failure {
        source,
        status,
        error: error.into(),
    })
}

/// Whether the same content ends the same way every time; a full machine or a slow disk is no property of the content.
fn lasts(status: Status) -> bool {
    !matches!(
        status,
        Status::Timeout | Status::Memory | Status::Crashed | Status::Io | Status::Incomplete
    )
}

/// Reads a document in this process.
pub(super) fn in_process(limits: &Limits) -> Arc<ExtractDocument> {
    let limits = limits.clone();
    Arc::new(move |bytes: &[u8]| -> Result<Document, ExtractError> {
        crate::document::extract(bytes, &limits)
    })
}
