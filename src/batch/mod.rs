//! Many resumes at once: in parallel, in a stable order, in constant memory.
//!
//! [`Batch::run`] takes any iterator of [`Input`]s and hands each [`Screened`] to a sink, [`Batch::iter`] gives them as an iterator: in the
//! order of the inputs whatever the number of threads, each as soon as it and all before it are done, and at most a window of them is
//! held at a time. What the pool amounts to is counted on the way in a [`BatchSummary`], in integers.
//!
//! What is kept for each input is what duplicates are recognised by, some 60 bytes and its name; [`Duplicates::Ignore`] keeps nothing.
//! A [`Journal`] lets a batch that was stopped, or killed, go on where it was.

mod duplicates;

mod input;

mod journal;

mod ordered;

mod statistics;

mod summary;

mod work;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use crate::document::{Document, ExtractError, Limits, Status};
use crate::error::{Error, ErrorKind, Result};
use crate::report::Report;
use crate::screener::{Scratch, Screener};

use duplicates::DuplicateFinder;
use ordered::Ordered;
use work::{Done, Worker};

pub use input::Input;
pub use journal::Journal;
pub use statistics::wilson;
pub use summary::{BatchSummary, CoOccurrence, ScoreBand, SkillPrevalence};

/// So many inputs a thread are held at most. 32: enough that one slow document does not leave the other threads idle.
const WINDOW_PER_THREAD: usize = 32;

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

/// Reads a document from the bytes of a file; the program passes a pool of worker processes here.
pub type ExtractDocument = dyn Fn(&[u8]) -> Result<Document, ExtractError> + Send + Sync;

/// What is done about resumes that are there more than once: the same words, or all but a few, whatever the layout or file format.
///
/// The first in the order of the inputs is the original; the others' reports name it in `duplicate_of`. Scores stay as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Duplicates {
    /// They are marked, and counted like any other resume. The default.
    #[default]
    Mark,
    /// They are marked and left out of prevalence, of the bands of scores and of pairs of skills.
    CountOnce,
    /// They are not looked for, and nothing is kept for each resume.
    Ignore,
}

/// How far a batch is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Inputs that are done, the failed ones and those of the journal among them.
    pub done: u64,
    /// Inputs that could not be screened.
    pub failed: u64,
    /// Inputs whose result came from the [`Journal`].
    pub resumed: u64,
}

type OnProgress = dyn Fn(Progress) + Send + Sync;

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
#[derive(Clone)]
pub struct Batch {
    screener: Screener,
    jobs: usize,
    limits: Limits,
    extract: Option<Arc<ExtractDocument>>,
    cancel: Option<Arc<AtomicBool>>,
    progress: Option<Arc<OnProgress>>,
    journal: Option<Arc<Journal>>,
    duplicates: Duplicates,
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("fingerprint", self.screener.fingerprint())
            .field("jobs", &self.jobs)
            .field("limits", &self.limits)
            .field("cancel", &self.cancel)
            .field("journal", &self.journal)
            .field("duplicates", &self.duplicates)
            .finish_non_exhaustive()
    }
}

impl Batch {
    /// A batch on all cores that reads files in this process and marks duplicates.
    pub fn new(screener: &Screener) -> Self {
        Self {
            screener: screener.clone(),
            jobs: 0,
            limits: Limits::default(),
            extract: None,
            cancel: None,
            progress: None,
            journal: None,
            duplicates: Duplicates::default(),
        }
    }

    /// Threads to use; 0, the default, means one a core.
    pub fn jobs(&mut self, jobs: usize) -> &mut Self {
        self.jobs = jobs;
        self
    }

    /// Limits on files; the defaults of [`Limits`] unless set.
    pub fn limits(&mut self, limits: Limits) -> &mut Self {
        self.limits = limits;
        self
    }

    /// How documents are read from the bytes of files; by default [`extract`](crate::document::extract) in this process.
    pub fn extract_with(
        &mut self,
        extract: impl Fn(&[u8]) -> Result<Document, ExtractError> + Send + Sync + 'static,
    ) -> &mut Self {
        self.extract = Some(Arc::new(extract));
        self
    }

    /// Set to true from another thread or by a signal, it ends the batch: no input is begun any more, those in work are finished, and the
    /// summary says that it is not complete.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicBool, Ordering};
    /// use skillscreen::batch::{Batch, Input};
    /// use skillscreen::{JobProfile, Screener, Taxonomy};
    ///
    /// let screener = Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm")?)?;
    /// let cancel = Arc::new(AtomicBool::new(false));
    /// let endless = (0..).map(|n| Input::text(n.to_string(), "Processed payroll"));
    /// let summary = Batch::new(&screener).cancel_with(cancel.clone()).run(endless, |screened| {
    ///     cancel.store(screened.source() == "9", Ordering::Relaxed);
    ///     Ok(())
    /// })?;
    /// assert!(!summary.complete && summary.scored >= 10);
    /// # Ok::<(), skillscreen::Error>(())
    /// ```
    pub fn cancel_with(&mut self, cancel: Arc<AtomicBool>) -> &mut Self {
        self.cancel = Some(cancel);
        self
    }

    /// Called after each result, on the thread that takes them.
    pub fn on_progress(&mut self, call: impl Fn(Progress) + Send + Sync + 'static) -> &mut Self {
        self.progress = Some(Arc::new(call));
        self
    }

    /// Results are kept in this journal as they come, and those it has already are not computed again.
    pub fn journal_with(&mut self, journal: Arc<Journal>) -> &mut Self {
        self.journal = Some(journal);
        self
    }

    /// What is done about duplicates; default [`Duplicates::Mark`].
    pub fn duplicates(&mut self, duplicates: Duplicates) -> &mut Self {
        self.duplicates = duplicates;
        self
    }

    /// Screens all inputs and hands each result to `sink` in the order of the inputs.
    ///
    /// A result is handed on as soon as it and all before it are done, so a program that feeds one input at a time gets one result at a time.
    /// A cancelled run waits for the input that is just being fetched; [`iter`](Self::iter) does not.
    ///
    /// # Errors
    ///
    /// Those of `sink`, when the threads cannot be started, and when the journal cannot be written. Inputs that cannot be read are
    /// results, not errors.
    pub fn run<I>(
        &self,
        inputs: I,
        mut sink: impl FnMut(Screened) -> Result<()>,
    ) -> Result<BatchSummary>
    where
        I: IntoIterator<Item = Input>,
        I::IntoIter: Send,
    {
        let inputs = inputs.into_iter();
        let line = self.line();
        let mut desk = Desk::new(self);
        std::thread::scope(|scope| {
            // However it ends, by an error or a panic of the sink, nobody waits for more.
            let closing = Closing(&line);
            for _ in 0..self.threads() {
                let mut worker = self.worker();
                thread()
                    .spawn_scoped(scope, || line.work(move |input| worker.work(input)))
                    .map_err(no_thread)?;
            }
            thread()
                .spawn_scoped(scope, || line.feed(inputs))
                .map_err(no_thread)?;
            while let Some(done) = line.next() {
                sink(desk.take(done)?)?;
            }
            drop(closing);
            Result::<()>::Ok(())
        })?;
        desk.end(&line);
        Ok(desk.summary)
    }

    /// Screens all inputs while the results are taken, in the order of the inputs.
    ///
    /// ```
    /// use skillscreen::batch::{Batch, Input};
    /// use skillscreen::{JobProfile, Screener, Taxonomy};
    ///
    /// let screener = Screener::new(&Taxonomy::builtin(), &JobProfile::builtin("csm")?)?;
    /// let texts = [("ada", "Processed payroll"), ("bo", "Wrote poems"), ("cy", "Processed payroll.")];
    /// let mut results = Batch::new(&screener).iter(texts.map(|(name, text)| Input::text(name, text)))?;
    /// let sources: skillscreen::Result<Vec<String>> =
    ///     results.by_ref().map(|result| Ok(result?.source().to_owned())).collect();
    /// assert_eq!(sources?, ["ada", "bo", "cy"]);
    /// assert_eq!(results.summary().duplicates, 1);
    /// # Ok::<(), skillscreen::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the threads cannot be started.
    pub fn iter<I>(&self, inputs: I) -> Result<Results>
    where
        I: IntoIterator<Item = Input>,
        I::IntoIter: Send + 'static,
    {
        let inputs = inputs.into_iter();
        let results = Results {
            line: Arc::new(self.line()),
            desk: Desk::new(self),
            failed: false,
        };
        for _ in 0..self.threads() {
            let (line, mut worker) = (results.line.clone(), self.worker());
            thread()
                .spawn(move || line.work(move |input| worker.work(input)))
                .map_err(no_thread)?;
        }
        let line = results.line.clone();
        thread()
            .spawn(move || line.feed(inputs))
            .map_err(no_thread)?;
        Ok(results)
    }

    fn threads(&self) -> usize {
        match self.jobs {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            jobs => jobs,
        }
    }

    fn line(&self) -> Line {
        Ordered::new(self.threads() * WINDOW_PER_THREAD, self.cancel.clone())
    }

    fn worker(&self) -> Worker {
        Worker {
            screener: self.screener.clone(),
            limits: self.limits.clone(),
            extract: self
                .extract
                .clone()
                .unwrap_or_else(|| work::in_process(&self.limits)),
            journal: self.journal.clone(),
            prints: self.duplicates != Duplicates::Ignore,
            scratch: Scratch::default(),
            pairs: Vec::new(),
        }
    }
}

/// The results of a [`Batch`], in the order of the inputs; made by [`Batch::iter`].
///
/// An item is an error when the journal cannot be written; the iterator then ends. Dropped early it ends the batch; the thread that
/// fetches inputs ends with the next input.
pub struct Results {
    line: Arc<Line>,
    desk: Desk,
    /// An error was given; there is nothing after it.
    failed: bool,
}

impl fmt::Debug for Results {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Results")
            .field("so_far", &self.desk.so_far)
            .finish_non_exhaustive()
    }
}

impl Results {
    /// What the results taken so far amount to; of the whole batch once there are no more.
    pub fn summary(&self) -> &BatchSummary {
        &self.desk.summary
    }

    /// The summary of the results that were taken.
    pub fn into_summary(mut self) -> BatchSummary {
        self.line.close();
        self.desk.end(&self.line);
        self.desk.summary.clone()
    }
}

impl Iterator for Results {
    type Item = Result<Screened>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = if self.failed { None } else { self.line.next() };
        let Some(done) = next else {
            self.desk.end(&self.line);
            return None;
        };
        let taken = self.desk.take(done);
        if taken.is_err() {
            self.failed = true;
            self.line.close();
        }
        Some(taken)
    }
}

impl Drop for Results {
    fn drop(&mut self) {
        self.line.close();
    }
}

type Line = Ordered<Input, Done>;

/// Where results are taken in: what has to be done in the order of the inputs.
struct Desk {
    summary: BatchSummary,
    finder: Option<DuplicateFinder>,
    journal: Option<Arc<Journal>>,
    progress: Option<Arc<OnProgress>>,
    so_far: Progress,
}

impl Desk {
    fn new(batch: &Batch) -> Self {
        let mut summary = BatchSummary::new(&batch.screener);
        summary.counted_once = batch.duplicates == Duplicates::CountOnce;
        Self {
            summary,
            finder: (batch.duplicates != Duplicates::Ignore).then(DuplicateFinder::new),
            journal: batch.journal.clone(),
            progress: batch.progress.clone(),
            so_far: Progress::default(),
        }
    }

    fn take(&mut self, done: Done) -> Result<Screened> {
        let Done {
            mut screened,
            print,
            record,
            resumed,
        } = done;
        if let (Some(journal), Some(record)) = (&self.journal, record) {
            journal.append(&record)?;
        }
        if let (Some(finder), Some(print), Screened::Report(report)) =
            (&mut self.finder, print, &mut screened)
        {
            report.duplicate_of = finder.original(&report.source, print).map(str::to_owned);
        }
        self.summary.add(&screened);
        self.so_far.done += 1;
        self.so_far.failed += u64::from(screened.report().is_none());
        self.so_far.resumed += u64::from(resumed);
        if let Some(call) = &self.progress {
            call(self.so_far);
        }
        Ok(screened)
    }

    fn end(&mut self, line: &Line) {
        self.summary.complete = !line.is_cut();
    }
}

/// Ends the work when it is dropped.
struct Closing<'a>(&'a Line);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn thread() -> std::thread::Builder {
    std::thread::Builder::new().name("skillscreen".to_owned())
}

fn no_thread(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot start the threads").caused_by(error)
}
