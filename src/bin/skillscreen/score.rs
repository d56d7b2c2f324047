//! `skillscreen score`.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use skillscreen::Screener;
use skillscreen::batch::Batch;
use skillscreen::output::{
    AtomicFile, Csv, CsvSkills, Format, Json, JsonLines, Markdown, Output, Table,
};

use crate::args::ScoreArgs;
use crate::progress::Progress;
use crate::terminal::{Failure, Result};
use crate::{exit, inputs, load};

/// The width of a table that goes to no terminal.
const PLAIN_WIDTH: usize = 100;

pub(crate) fn run(args: &ScoreArgs) -> Result<u8> {
    let screener = load::screener(&args.with)?;
    let mut outputs = Outputs::begin(args, &screener)?;
    let pool = load::pool(&args.reading, args.jobs);
    let inputs = inputs::collect(&args.paths, args.from);
    let mut progress = Progress::new(inputs.count, args.quiet, args.verbose > 0);
    progress.skipped(&inputs.skipped);
    let read = |path: &Path| pool.extract(path);
    let mut batch = Batch::new(&screener);
    batch.jobs(args.jobs).read_with(&read);
    let mut summary = batch.run(inputs.iter, |screened| {
        progress.seen(&screened);
        outputs
            .all
            .iter_mut()
            .try_for_each(|output| output.write(&screened))
    })?;
    summary.add_skipped(inputs.skipped.len() as u64);
    progress.finish(&summary, args.quiet);
    for output in &mut outputs.all {
        output.finish(&summary)?;
    }
    outputs.commit()?;
    Ok(if summary.failed > 0 {
        exit::SOME_FAILED
    } else {
        exit::ALL
    })
}

/// Everything that is written, and the files that are put in place once all of it is.
struct Outputs {
    all: Vec<Box<dyn Output>>,
    files: Vec<AtomicFile>,
}

impl Outputs {
    fn begin(args: &ScoreArgs, screener: &Screener) -> Result<Self> {
        let mut outputs = Self {
            all: Vec::new(),
            files: Vec::new(),
        };
        for path in &args.output {
            // With one output and a suffix that tells nothing, --format tells.
            let format = match (Format::from_path(path), args.format) {
                (Err(_), Some(format)) if args.output.len() == 1 => format,
                (format, _) => format?,
            };
            let file = AtomicFile::create(path, args.force)?;
            outputs.add(format, file.writer(), args, screener)?;
            outputs.files.push(file);
        }
        if args.output.is_empty() {
            outputs.add(
                args.format.unwrap_or(Format::Table),
                io::stdout(),
                args,
                screener,
            )?;
        }
        Ok(outputs)
    }

    fn add(
        &mut self,
        format: Format,
        writer: impl Write + 'static,
        args: &ScoreArgs,
        screener: &Screener,
    ) -> Result<()> {
        let writer = io::BufWriter::new(writer);
        self.all.push(match format {
            Format::Table => {
                let to_terminal = args.output.is_empty() && io::stdout().is_terminal();
                let colour = to_terminal && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
                let width = if to_terminal { terminal_width() } else { PLAIN_WIDTH };
                Box::new(Table::new(writer, screener).top(args.top).width(width).colour(colour))
            }
            Format::Json => Box::new(Json::new(writer)?),
            Format::JsonLines => Box::new(JsonLines::new(writer)),
            Format::Csv => Box::new(Csv::new(writer, screener)),
            Format::CsvSkills => Box::new(CsvSkills::new(writer)),
            Format::Markdown => Box::new(Markdown::new(writer, screener).top(args.top)),
            #[cfg(feature = "page")]
            Format::Html => Box::new(skillscreen::output::Html::new(writer, screener)?),
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

    fn commit(self) -> Result<()> {
        drop(self.all);
        for file in self.files {
            file.commit()?;
        }
        Ok(())
    }
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0))
}
