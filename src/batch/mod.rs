//! Many resumes at once: in parallel, in a stable order, in constant memory.
//!
//! [`Batch::run`] takes any iterator of [`Input`]s and hands each [`Screened`] to a sink in the order of the inputs, whatever the number of
//! threads; at most a window of them is held at a time. What the pool amounts to is counted on the way in a [`BatchSummary`], in integers.

mod statistics;
mod summary;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::document::{Document, ExtractError, Limits, Status, extract, read_file};
use crate::error::{Error, ErrorKind, Result};
use crate::report::Report;
use crate::screener::{Scratch, Screener};

pub use statistics::wilson;
pub use summary::{BatchSummary, CoOccurrence, ScoreBand, SkillPrevalence};

/// So many inputs a thread are held at most. 32: enough that one slow document does not leave the other threads idle.
const WINDOW_PER_THREAD: usize = 32;

/// One thing to screen.
#[derive(Clone, Debug)]
pub struct Input {
    source: String,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    Document(Box<Document>),
    File(PathBuf),
    Unreadable(Status, String),
}

impl Input {
    /// A text under a name.
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

/// An input that could not be screened. It has no score: unreadable is not unskilled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Failure {
    /// The path as given, or the record's id.
    pub source: String,
    /// What kind of trouble it was.
    pub status: Status,
    /// What happened, for people.
    pub error: String,
}

/// What became of one input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[allow(
    clippy::large_enum_variant,
    reason = "nearly all are reports; boxing them would cost an allocation each"
)]
pub enum Screened {
    /// It was read and scored.
    Report(Report),
    /// It could not be.
    Failure(Failure),
}

impl Screened {
    /// The path as given, or the record's id.
    pub fn source(&self) -> &str {
        match self {
            Screened::Report(report) => &report.source,
            Screened::Failure(failure) => &failure.source,
        }
    }

    /// Its status.
    pub fn status(&self) -> Status {
        match self {
            Screened::Report(report) => report.status,
            Screened::Failure(failure) => failure.status,
        }
    }

    /// The report, if there is one.
    pub fn report(&self) -> Option<&Report> {
        match self {
            Screened::Report(report) => Some(report),
            Screened::Failure(_) => None,
        }
    }
}

/// Reads a document from a file; the program passes a pool of worker processes here.
pub type ReadDocument<'a> = dyn Fn(&Path) -> Result<Document, ExtractError> + Sync + 'a;

/// Screens many inputs with one [`Screener`].
///
/// ```
/// use skillscreen::batch::{Batch, Input};
/// use skillscreen::{JobProfile, Screener, Taxonomy};
///
/// let screener = Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm")?)?;
/// let inputs = ["Processed payroll", "Wrote poems"].map(|text| Input::text(text, text));
/// let mut scores = Vec::new();
/// let summary = Batch::new(&screener).run(inputs, |screened| {
///     scores.push(screened.report().and_then(|report| report.score()));
///     Ok(())
/// })?;
/// assert!(scores[0] > scores[1]);
/// assert_eq!(summary.skill("payroll").unwrap().resumes, 1);
/// # Ok::<(), skillscreen::Error>(())
/// ```
pub struct Batch<'a> {
    screener: &'a Screener,
    jobs: usize,
    read: Option<&'a ReadDocument<'a>>,
    cancel: Option<&'a AtomicBool>,
}

impl<'a> Batch<'a> {
    /// A batch on all cores that reads files in this process.
    pub fn new(screener: &'a Screener) -> Self {
        Self {
            screener,
            jobs: 0,
            read: None,
            cancel: None,
        }
    }

    /// Threads to use; 0, the default, means one a core.
    pub fn jobs(&mut self, jobs: usize) -> &mut Self {
        self.jobs = jobs;
        self
    }

    /// How files are read; by default [`extract`] in this process with default limits.
    pub fn read_with(&mut self, read: &'a ReadDocument<'a>) -> &mut Self {
        self.read = Some(read);
        self
    }

    /// Set to true from another thread, it ends the batch after the window in work; the summary then says that it is not complete.
    pub fn cancel_with(&mut self, cancel: &'a AtomicBool) -> &mut Self {
        self.cancel = Some(cancel);
        self
    }

    /// Screens all inputs and hands each result to `sink` in the order of the inputs.
    ///
    /// A result is handed on as soon as it and all before it are done, so a program that feeds one input at a time gets one result at a time.
    ///
    /// # Errors
    ///
    /// Those of `sink`, and when the threads cannot be started. Inputs that cannot be read are results, not errors.
    pub fn run<I>(
        &self,
        inputs: I,
        mut sink: impl FnMut(Screened) -> Result<()>,
    ) -> Result<BatchSummary>
    where
        I: IntoIterator<Item = Input>,
        I::IntoIter: Send,
    {
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(self.jobs)
            .build()
            .map_err(|error| {
                Error::new(ErrorKind::Io, "cannot start the threads").caused_by(error)
            })?;
        let window = threads.current_num_threads() * WINDOW_PER_THREAD;
        let mut summary = BatchSummary::new(self.screener);
        let inputs = inputs.into_iter();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(window);
            let done = &done;
            scope.spawn(move || {
                // A closed channel means that the batch has ended early.
                for input in inputs {
                    if done.load(Ordering::Relaxed) || sender.send(input).is_err() {
                        break;
                    }
                }
            });
            let mut work = || -> Result<()> {
                while let Some(chunk) = next_chunk(&receiver, window) {
                    if self.cancelled() {
                        summary.complete = false;
                        break;
                    }
                    let results: Vec<Screened> = threads.install(|| {
                        chunk
                            .into_par_iter()
                            .map_init(Scratch::default, |scratch, input| {
                                self.screen(scratch, input)
                            })
                            .collect()
                    });
                    for result in results {
                        summary.add(&result);
                        sink(result)?;
                    }
                }
                Ok(())
            };
            let worked = work();
            done.store(true, Ordering::Relaxed);
            drop(receiver);
            worked
        })?;
        Ok(summary)
    }

    fn cancelled(&self) -> bool {
        self.cancel
            .is_some_and(|cancel| cancel.load(Ordering::Relaxed))
    }

    fn screen(&self, scratch: &mut Scratch, input: Input) -> Screened {
        let Input { source, content } = input;
        let read = match content {
            Content::Text(text) => {
                return Screened::Report(self.screener.screen_with(scratch, &source, &text));
            }
            Content::Document(document) => Ok(*document),
            Content::Unreadable(status, error) => {
                return Screened::Failure(Failure {
                    source,
                    status,
                    error,
                });
            }
            Content::File(path) => match self.read {
                Some(read) => read(&path),
                None => read_in_process(&path),
            },
        };
        match read {
            Ok(document) => {
                Screened::Report(self.screener.screen_document(scratch, &source, &document))
            }
            Err(error) => Screened::Failure(Failure {
                source,
                status: error.status(),
                error: error.message().to_owned(),
            }),
        }
    }
}

fn read_in_process(path: &Path) -> Result<Document, ExtractError> {
    let limits = Limits::default();
    extract(&read_file(path, &limits)?, &limits)
}

/// Waits for an input, then takes those that are there already, up to `most`.
fn next_chunk(receiver: &Receiver<Input>, most: usize) -> Option<Vec<Input>> {
    let mut chunk = vec![receiver.recv().ok()?];
    while chunk.len() < most
        && let Ok(input) = receiver.try_recv()
    {
        chunk.push(input);
    }
    Some(chunk)
}
