//! `skillscreen score`.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use skillscreen::Screener;
use skillscreen::batch::{Batch, BatchSummary, Duplicates, Journal, Screened};
use skillscreen::document::SkipReason;
use skillscreen::output::{
    AtomicFile, Csv, CsvSkills, Format, Json, JsonLines, Markdown, Output, Table,
};

use crate::args::ScoreArgs;
use crate::inputs::{self, Own};
use crate::progress::Progress;
use crate::signals::Signals;
use crate::terminal::{Failure, Result};
use crate::{exit, load};

/// The width of a table that goes to no terminal.
const PLAIN_WIDTH: usize = 100;

pub(crate) fn run(args: &ScoreArgs) -> Result<u8> {
    let screener = load::screener(&args.with, wants_page(args))?;
    let journal_path = journal_path(args);
    let mut outputs = Outputs::begin(args, &screener, journal_path.as_deref())?;
    let own = Own::new(&args.output, journal_path.as_deref());
    let inputs = inputs::collect(&args.paths, args.from, &own)?;
    let journal = journal_path
        .map(|path| open_journal(args, path, &screener))
        .transpose()?;
    let mut progress = Progress::new(inputs.count, args.quiet, args.verbose > 0);
    progress.skipped(&inputs.skipped);
    if let Some(journal) = &journal {
        tell_resumed(&progress, journal);
    }

    let pool = Arc::new(load::pool(&args.reading, args.jobs));
    let signals = Signals::listen()?;
    let (note, ending) = (progress.noter(), pool.clone());
    signals.watch(
        move || note("stopping: what is in work is finished; Ctrl-C again ends at once"),
        move || ending.end(),
    );

    let mut batch = Batch::new(&screener);
    batch
        .jobs(args.jobs)
        .limits(load::limits(&args.reading))
        .extract_with(move |bytes| pool.extract_bytes(bytes))
        .cancel_with(signals.stopping.clone());
    if args.count_duplicates_once {
        batch.duplicates(Duplicates::CountOnce);
    }
    if let Some(journal) = &journal {
        batch.journal_with(journal.clone());
    }
    let mut results = batch.iter(inputs.iter)?;
    for screened in &mut results {
        let screened = screened?;
        progress.seen(&screened);
        outputs.write(&screened)?;
    }
    let mut summary = results.into_summary();
    summary.add_skipped(inputs.skipped.len() as u64);

    progress.end();
    outputs.finish(&summary)?;
    if let Some(journal) = &journal {
        if summary.complete {
            journal.remove()?;
        } else {
            let path = journal.path().display();
            progress.note(&format!("{path} keeps the results: go on with --resume"));
        }
    }
    progress.finish(&summary, args.quiet);
    let unreadable = |reason| matches!(reason, SkipReason::Unreadable);
    Ok(if !summary.complete {
        signals.code()
    } else if summary.failed > 0
        || inputs
            .skipped
            .iter()
            .any(|skipped| unreadable(skipped.reason))
    {
        exit::SOME_FAILED
    } else {
        exit::ALL
    })
}

/// Beside the first output that is a file, unless the arguments say another place or none.
fn journal_path(args: &ScoreArgs) -> Option<PathBuf> {
    if args.no_journal {
        return None;
    }
    args.journal.clone().or_else(|| {
        let output = args
            .output
            .iter()
            .find(|path| fs::metadata(path).map_or(true, |metadata| metadata.is_file()))?;
        let mut name = output.clone().into_os_string();
        name.push(".journal");
        Some(name.into())
    })
}

fn open_journal(args: &ScoreArgs, path: PathBuf, screener: &Screener) -> Result<Arc<Journal>> {
    let reading = &args.reading;
    // What else can change a result: how documents are read.
    let options = format!(
        "timeout={};cpu={};memory={};max_size={}",
        reading.timeout.as_secs(),
        reading.cpu.as_secs(),
        reading.memory,
        reading.max_size
    );
    let there = path.exists();
    let journal = if args.resume {
        Journal::resume(path, screener, &options)?
    } else if args.force {
        Journal::replace(path, screener, &options)?
    } else {
        Journal::create(path, screener, &options).map_err(|error| {
            let hint = if there {
                " (--resume goes on with them, --force begins anew)"
            } else {
                ""
            };
            Failure::new(format!("{error}{hint}"))
        })?
    };
    Ok(Arc::new(journal))
}

fn tell_resumed(progress: &Progress, journal: &Journal) {
    let path = journal.path().display();
    if journal.restarted() {
        progress.note(&format!(
            "{path} is of another version, taxonomy, profile or other options: everything is done again"
        ));
    } else if !journal.is_empty() {
        progress.note(&format!(
            "{path}: {} results are there already",
            journal.len()
        ));
    }
}

/// Everything that is written, and the files that are put in place once all of it is.
struct Outputs {
    all: Vec<Box<dyn Output>>,
    files: Vec<AtomicFile>,
}

impl Outputs {
    fn begin(args: &ScoreArgs, screener: &Screener, journal: Option<&Path>) -> Result<Self> {
        let mut outputs = Self {
            all: Vec::new(),
            files: Vec::new(),
        };
        // The journal of a stopped run says that what lies in the outputs' place is incomplete.
        let force = args.force || (args.resume && journal.is_some_and(Path::exists));
        for path in &args.output {
            // With one output and a suffix that tells nothing, --format tells.
            let format = match (Format::from_path(path), args.format) {
                (Err(_), Some(format)) if args.output.len() == 1 => format,
                (format, _) => format?,
            };
            let file = AtomicFile::create(path, force)?;
            outputs.add(format, file.writer(), args, screener)?;
            outputs.files.push(file);
        }
        if args.output.is_empty() {
            let format = args.format.unwrap_or(Format::Table);
            outputs.add(format, StandardOutput(io::stdout()), args, screener)?;
        }
        Ok(outputs)
    }

    fn add(
        &mut self,
        format: Format,
        writer: impl Write + Send + 'static,
        args: &ScoreArgs,
        screener: &Screener,
    ) -> Result<()> {
        let writer = io::BufWriter::new(writer);
        self.all.push(match format {
            Format::Table => {
                let to_terminal = args.output.is_empty() && io::stdout().is_terminal();
                let colour = to_terminal
                    && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
                let width = if to_terminal {
                    terminal_width()
                } else {
                    PLAIN_WIDTH
                };
                let table = Table::new(writer, screener)
                    .top(args.top)
                    .width(width)
                    .colour(colour);
                Box::new(AtLeast {
                    score: args.min_score,
                    output: table,
                })
            }
            Format::Json => Box::new(Json::new(writer)?),
            Format::JsonLines => Box::new(JsonLines::new(writer)),
            Format::Csv => Box::new(Csv::new(writer, screener)),
            Format::CsvSkills => Box::new(CsvSkills::new(writer)),
            Format::Markdown => Box::new(Markdown::new(writer, screener).top(args.top)),
            #[cfg(feature = "page")]
            Format::Html => Box::new(skillscreen::output::Html::new(writer, screener)?),
            #[cfg(feature = "arrow")]
            Format::Parquet => Box::new(skillscreen::output::Parquet::new(writer)?),
            #[cfg(not(feature = "arrow"))]
            Format::Parquet => {
                return Err(Failure::new(
                    "Parquet is not in this build: build with --features full, or write .jsonl or .csv",
                )
                .into());
            }
            other => return Err(Failure::new(format!("the program does not write {other}")).into()),
        });
        Ok(())
    }

    fn write(&mut self, screened: &Screened) -> Result<()> {
        for output in &mut self.all {
            output.write(screened)?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &BatchSummary) -> Result<()> {
        for output in &mut self.all {
            output.finish(summary)?;
        }
        self.all.clear();
        Ok(AtomicFile::commit_all(self.files.drain(..))?)
    }
}

/// Resumes with at least this score only; failures stay.
struct AtLeast<O> {
    score: Option<f64>,
    output: O,
}

impl<O: Output> Output for AtLeast<O> {
    fn write(&mut self, screened: &Screened) -> skillscreen::Result<()> {
        let enough = match (self.score, screened.report()) {
            (Some(least), Some(report)) => report.score().is_some_and(|score| score >= least),
            _ => true,
        };
        if enough {
            self.output.write(screened)
        } else {
            Ok(())
        }
    }

    fn finish(&mut self, summary: &BatchSummary) -> skillscreen::Result<()> {
        self.output.finish(summary)
    }
}

/// Standard output, named in its errors.
struct StandardOutput(io::Stdout);

impl Write for StandardOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(named)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(named)
    }
}

fn named(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("standard output: {error}"))
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0))
}

/// Whether a page is written: there quotes are read with the words around them.
fn wants_page(args: &ScoreArgs) -> bool {
    let is_page =
        |path: &PathBuf| Format::from_path(path).is_ok_and(|format| format == Format::Html);
    args.format == Some(Format::Html) || args.output.iter().any(is_page)
}
